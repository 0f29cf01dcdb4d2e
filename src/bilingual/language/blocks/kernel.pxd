# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.language.lanes.kernel cimport Decoder

cdef void take(Decoder d, Py_ssize_t b, Py_ssize_t g) noexcept nogil
cdef void read(Decoder d, Py_ssize_t b0, Py_ssize_t b1) noexcept nogil
cdef int settle(Decoder d, Py_ssize_t b0, Py_ssize_t b1) noexcept nogil
cdef void score_runs(Decoder d) noexcept nogil
cdef int name_groups(Decoder d, Py_ssize_t b) noexcept nogil
