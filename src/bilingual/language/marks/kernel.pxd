# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.language.lanes.kernel cimport Decoder

cdef unsigned int kind_of(Decoder d, Py_ssize_t i) noexcept nogil
cdef bint is_blank(unsigned int kind) noexcept nogil
cdef int quoted(Decoder d, int switches) noexcept nogil
cdef void walk_gap(Decoder d, Py_ssize_t i, Py_ssize_t stop, Py_ssize_t start) noexcept nogil
