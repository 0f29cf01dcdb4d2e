# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.language.lanes.kernel cimport Decoder

cdef int lang_of_many(Decoder d) noexcept nogil
cdef bint name_block(Decoder d, Py_ssize_t b, int many) noexcept nogil
