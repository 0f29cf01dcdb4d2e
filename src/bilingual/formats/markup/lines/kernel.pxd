# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Lines:
    cdef const unsigned char[::1] src
    cdef Py_ssize_t n
    # look-up tables of character references
    cdef const int[::1] entity_keys
    cdef const int[::1] entity_values
    cdef const unsigned char[::1] entity_text
    cdef const int[::1] windows_1252
    # text
    cdef unsigned char[::1] out
    cdef Py_ssize_t o
    cdef int pend
    cdef Py_ssize_t line_start
    cdef int line_ink
    # one row per text run
    cdef int[::1] seg_start
    cdef int[::1] seg_end
    cdef int[::1] seg_out
    cdef int[::1] seg_out_end
    cdef int[::1] seg_node
    cdef int[::1] seg_link
    cdef int[::1] seg_letters
    cdef Py_ssize_t n_seg
    cdef Py_ssize_t seg_cap
    # the run being copied: where what is written of it stands in the source, -1 for the end before there is any
    cdef Py_ssize_t run_start
    cdef Py_ssize_t run_end
    cdef int run_letters
    # one row per line
    cdef int[::1] line_out
    cdef int[::1] line_seg
    cdef Py_ssize_t n_line
    cdef Py_ssize_t first_seg
    # what the open elements say of what is copied
    cdef int pre_at
    cdef int link_node
    cdef int after_link

cdef void end_line(Lines lines) noexcept nogil
cdef void gap(Lines lines, int kind) noexcept nogil
cdef Py_ssize_t copy_text(Lines lines, Py_ssize_t i, Py_ssize_t stop, int markup, int node) noexcept nogil
