# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.language.lanes.kernel cimport Decoder

cdef int settle(Decoder d, Py_ssize_t b0, Py_ssize_t b1) noexcept nogil
