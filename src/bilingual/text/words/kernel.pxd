# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.text.columns.kernel cimport Classes, Words

cdef int add_word(
    Words words, Py_ssize_t start, Py_ssize_t end, unsigned int script, unsigned int flags, unsigned long long h,
    unsigned long long written
) noexcept nogil
cdef Py_ssize_t read_plain_words(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
cdef Py_ssize_t read_word(unsigned int* codes, Classes classes, Words words, Py_ssize_t i) noexcept nogil
