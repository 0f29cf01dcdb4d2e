# The classes of `kernel.py` that other kernels know, as C has them.

cdef class Page:
    cdef const int[::1] line_seg
    cdef const int[::1] seg_node
    cdef const int[::1] seg_link
    cdef const int[::1] seg_letters
    cdef const unsigned char[::1] node_tag
    cdef const int[::1] node_parent
    cdef const int[::1] node_kinds
    cdef const unsigned char[::1] node_landmark
    cdef const unsigned char[::1] node_marks
    cdef const int[::1] node_shape
    cdef const unsigned char[::1] node_lang

cdef class Sums:
    cdef int[:, ::1] line
    cdef int[:, ::1] node
    cdef int[:, ::1] group
    cdef int[::1] slots
    cdef unsigned char[::1] path
    cdef float[:, ::1] rows
    # letters of the page, and of its prose; 1 at least
    cdef double total
    cdef double prose
