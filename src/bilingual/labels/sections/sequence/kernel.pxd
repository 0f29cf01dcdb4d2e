# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Page:
    cdef Py_ssize_t lo
    cdef Py_ssize_t hi
    cdef Py_ssize_t first
    cdef Py_ssize_t stop
    cdef long letters
    cdef long long_letters
    cdef long inside
    cdef Py_ssize_t script
    cdef long longs
    cdef unsigned char evidence
    cdef unsigned char article

cdef void page_rows(
    const unsigned char[:, ::1] p, const int[:, ::1] letters, const unsigned int[::1] flags, const unsigned char[::1] log,
    Page page, unsigned char[:, ::1] out, Py_ssize_t row
) noexcept nogil
