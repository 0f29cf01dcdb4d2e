# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.formats.markup.attributes.kernel cimport Attributes, Nodes
from bilingual.formats.markup.lines.kernel cimport Lines

cdef class Elements:
    cdef Lines lines
    cdef Attributes attributes
    cdef Nodes nodes
    cdef int show
    # open elements
    cdef int[::1] st_tag
    cdef int[::1] st_node
    cdef int[::1] st_flags
    cdef int[::1] st_dead
    cdef int[::1] st_same
    cdef int[::1] st_scope
    cdef int[::1] st_button
    cdef int[::1] st_list
    cdef int[::1] st_table
    cdef int[::1] st_special
    cdef int[::1] st_block
    cdef int[::1] st_hidden
    cdef int[::1] last_open
    cdef int last_scope
    cdef int last_button
    cdef int last_list
    cdef int last_table
    cdef int last_special
    cdef int last_block
    cdef int top
    cdef int over
    cdef int hidden_at
    cdef int foreign_at
    cdef int link_at
    cdef int form_open
    # the last element that was closed, if it may have a seam: its place, its shape, where the text was then
    cdef int seam_at
    cdef int seam_shape
    cdef Py_ssize_t seam_out

cdef int innermost(Elements elements) noexcept nogil
cdef void pop_to(Elements elements, int pos) noexcept nogil
cdef int implied_ends(Elements elements, int tag, int flags) noexcept nogil
cdef void open_element(Elements elements, int tag, int flags) noexcept nogil
cdef void open_leaf(Elements elements, int tag) noexcept nogil
cdef void close_leaf(Elements elements) noexcept nogil
cdef void close_element(Elements elements, int tag, int flags) noexcept nogil
