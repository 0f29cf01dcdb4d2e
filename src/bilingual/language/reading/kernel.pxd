# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.language.lanes.kernel cimport Decoder

cdef Py_ssize_t cell_of(Decoder d, Py_ssize_t b, Py_ssize_t g) noexcept nogil
cdef void take(Decoder d, Py_ssize_t b, Py_ssize_t g) noexcept nogil
cdef double ahead_of_others(const float[::1] shares, Py_ssize_t base, Py_ssize_t lanes, Py_ssize_t lead) noexcept nogil
cdef void read(Decoder d, Py_ssize_t b0, Py_ssize_t b1) noexcept nogil
