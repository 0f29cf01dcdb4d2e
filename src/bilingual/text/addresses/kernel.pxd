# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.text.columns.kernel cimport Classes, Words

cdef bint is_www(unsigned int* codes, Words words, Py_ssize_t i) noexcept nogil
cdef bint is_host_part(Words words, Py_ssize_t k) noexcept nogil
cdef Py_ssize_t end_of_host(unsigned int* codes, Classes classes, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_host(unsigned int* codes, Classes classes, Words words, Py_ssize_t end) noexcept nogil
cdef Py_ssize_t read_url(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_destination(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_address(unsigned int* codes, Classes classes, Words words, Py_ssize_t at) noexcept nogil
