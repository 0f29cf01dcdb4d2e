# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.language.constants cimport MAX_GROUPS
from bilingual.language.spelling.kernel cimport Facts, Scanned
from bilingual.language.evidence.kernel cimport Memo, WordRoom

cdef class Cells:
    cdef float[::1] totals
    cdef float[::1] peaks
    cdef float[::1] own
    cdef float[::1] margin
    cdef float[::1] loss
    cdef float[::1] block_mass
    cdef unsigned short[::1] block_lead
    cdef unsigned short[::1] block_state

cdef class Found:
    cdef unsigned char[::1] word_lang
    cdef int[::1] start
    cdef int[::1] end
    cdef int[::1] block
    cdef unsigned char[::1] lang
    cdef unsigned char[::1] script
    cdef float[::1] score
    cdef int[::1] block_span

cdef class Decoder:
    cdef Scanned scanned
    cdef Facts facts
    cdef Memo memo
    cdef WordRoom words
    cdef Cells cells
    cdef Found spans
    cdef Py_ssize_t n_groups
    cdef Py_ssize_t[MAX_GROUPS] lanes_of
    cdef double scale
    cdef short least_title
    cdef double[16] weights
    cdef Py_ssize_t first_block
    cdef Py_ssize_t[MAX_GROUPS + 1] leads
    cdef double[MAX_GROUPS] gap
    cdef Py_ssize_t[MAX_GROUPS] first_share
    cdef double[MAX_GROUPS] share
    cdef double[MAX_GROUPS] next_share
    cdef double[MAX_GROUPS] lone
    cdef double[4] prices
    cdef double[MAX_GROUPS] plain
    cdef double low
    cdef double least
    cdef double discount
    cdef double unsure
    cdef double safe
    cdef double[MAX_GROUPS] mass
    cdef double[MAX_GROUPS] margin
    cdef double[MAX_GROUPS] loss
    cdef int[MAX_GROUPS] ends
    cdef int capitals
    cdef float upper
    cdef bint plain_first
    cdef int[MAX_GROUPS + 1] langs
    cdef float[MAX_GROUPS + 1] scores
    cdef Py_ssize_t named
    cdef Py_ssize_t quotes
    cdef Py_ssize_t depth
    cdef Py_ssize_t bottom
    cdef Py_ssize_t g
    cdef Py_ssize_t lanes
    cdef Py_ssize_t w0
    cdef Py_ssize_t w1
    cdef Py_ssize_t cell
    cdef Py_ssize_t at
    cdef Py_ssize_t base
    cdef Py_ssize_t lead
    cdef int sure
    cdef bint is_near
    cdef double total

cdef void weigh_flags(Decoder d) noexcept nogil
cdef bint is_ours(Decoder d, Py_ssize_t w) noexcept nogil
cdef float weight_of(Decoder d, Py_ssize_t w) noexcept nogil
cdef int letters_of(Decoder d, Py_ssize_t w) noexcept nogil
cdef void sum_lanes(Decoder d) noexcept nogil
cdef void best_stretches(Decoder d) noexcept nogil
cdef Py_ssize_t sum_run(Decoder d, Py_ssize_t w) noexcept nogil
cdef double mixed_price(Decoder d, double price) noexcept nogil
cdef int viterbi(Decoder d) noexcept nogil
cdef Py_ssize_t lane_of_quoted(Decoder d, Py_ssize_t first, Py_ssize_t stop, Py_ssize_t home) noexcept nogil
