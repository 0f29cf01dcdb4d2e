# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.text.columns.kernel cimport Blocks, Classes, Words

cdef class Limits:
    cdef Py_ssize_t long_line
    cdef Py_ssize_t lone_line
    cdef Py_ssize_t fewest_breaks
    cdef Py_ssize_t lost
    cdef Py_ssize_t max_item
    cdef Py_ssize_t max_chain_item
    cdef Py_ssize_t likely
    cdef Py_ssize_t least_words
    cdef Py_ssize_t most_words
    cdef Py_ssize_t justified

cdef class Line:
    cdef int[::1] cuts
    cdef unsigned char[::1] odds
    cdef Py_ssize_t n_long
    cdef bint is_known
    cdef bint is_lone
    cdef Py_ssize_t n_cuts
    cdef Py_ssize_t start
    cdef Py_ssize_t end
    cdef Py_ssize_t word
    cdef Py_ssize_t next_word
    cdef Py_ssize_t first
    cdef Py_ssize_t last
    cdef Py_ssize_t doc
    cdef Py_ssize_t number
    cdef void begin(self) noexcept nogil

cdef void cut_blocks(
    unsigned int* codes, const long long[::1] doc_ptr, Classes classes, Limits limits, Words words, Line line,
    Blocks blocks
) noexcept nogil
