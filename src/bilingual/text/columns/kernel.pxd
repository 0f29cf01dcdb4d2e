# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Classes:
    cdef const unsigned short[::1] pages
    cdef const unsigned long long[::1] cells
    cdef const unsigned int[::1] expansions
    cdef const unsigned int[::1] plain
    cdef const unsigned long long[::1] domains
    cdef const unsigned long long[::1] extensions
    cdef unsigned int* letters

cdef class Words:
    cdef int[::1] start
    cdef int[::1] end
    cdef unsigned char[::1] script
    cdef unsigned short[::1] flags
    cdef unsigned long long[::1] hash
    cdef unsigned int[::1] written
    cdef int[::1] event_pos
    cdef unsigned char[::1] event_kind
    cdef int[::1] event_word
    cdef Py_ssize_t n
    cdef Py_ssize_t n_events
    cdef unsigned int pending
    cdef Py_ssize_t barrier
    cdef Py_ssize_t quote
    cdef void begin(self) noexcept nogil

cdef class Blocks:
    cdef int[::1] start
    cdef int[::1] end
    cdef int[::1] word
    cdef int[::1] doc
    cdef int[::1] line
    cdef unsigned char[::1] cut
    cdef Py_ssize_t n
