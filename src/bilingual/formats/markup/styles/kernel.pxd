# The functions of `kernel.py` that other kernels know, as C has them.

from bilingual.formats.markup.attributes.kernel cimport Attributes

cdef int style_of(Attributes attributes) noexcept nogil
cdef int shown_as(
    Attributes attributes, int tag, int flags, int style, int show, bint is_foreign
) noexcept nogil
cdef int takes_place(Attributes attributes) noexcept nogil
