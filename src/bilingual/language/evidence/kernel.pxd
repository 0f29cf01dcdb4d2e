# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.language.spelling.kernel cimport Spelling

cdef class Memo:
    cdef unsigned long long[::1] slots
    cdef unsigned long long[::1] keys
    cdef unsigned char[::1] kinds
    cdef short[::1] margins
    cdef Spelling spelling
    cdef double[::1] counts
    cdef double[::1] found
    cdef float[::1] shares
    cdef float[::1] block_shares
    cdef float[::1] sums
    cdef Py_ssize_t used

cdef class WordRoom:
    cdef int[::1] row
    cdef short[::1] steps
    cdef float[::1] score
    cdef unsigned int[::1] back
    cdef unsigned char[::1] best
    cdef unsigned char[::1] lane
