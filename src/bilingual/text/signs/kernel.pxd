# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.text.columns.kernel cimport Classes, Words

cdef void scan_words(unsigned int* codes, Py_ssize_t n, Classes classes, Words words) noexcept nogil
