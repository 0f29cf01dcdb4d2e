# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.text.columns.kernel cimport Classes, Words

cdef Py_ssize_t read_bracket(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_dash(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_sign_of_code(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_slash(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t end_of_dotted(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_code(
    unsigned int* codes, Classes classes, Words words, Py_ssize_t i, Py_ssize_t end, bint is_neutral
) noexcept nogil
cdef Py_ssize_t read_tag(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
