# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Scanned:
    cdef const int[::1] block_line
    cdef const unsigned char[::1] block_cut
    cdef const int[::1] block_word
    cdef const int[::1] word_start
    cdef const int[::1] word_end
    cdef const unsigned long long[::1] word_hash
    cdef const unsigned short[::1] word_flags
    cdef const unsigned int[::1] codes

cdef class Lines:
    cdef const int[::1] block
    cdef const int[::1] doc_line
    cdef const unsigned int[::1] flags
    cdef const unsigned char[:, ::1] every
    cdef const unsigned long long[::1] hash_line

cdef class Places:
    cdef const unsigned char[::1] place

cdef class Blocks:
    cdef unsigned char[::1] label
    cdef float[::1] score
    cdef unsigned char[::1] layer
    cdef short[::1] rule

cdef class Layout:
    cdef float score
    cdef int reason
    cdef Py_ssize_t said

cdef class Headlines:
    cdef Py_ssize_t echo
    cdef int fewest
    cdef int mean_words
    cdef int most_words
    cdef int most_mean
    cdef int most_above
    cdef int strange
    cdef int own

cdef void give(
    Layout layout, Blocks blocks, Py_ssize_t b, unsigned char label, int reason
) noexcept nogil
cdef void give_headlines(
    Layout layout, Lines lines, Blocks blocks, Py_ssize_t lo, Py_ssize_t hi, int reason
) noexcept nogil
cdef void settle_headlines(
    Layout layout, Headlines headlines, Scanned scanned, Lines lines, Places places, Blocks blocks, Py_ssize_t lo, Py_ssize_t hi
) noexcept nogil
