# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.text.columns.kernel cimport Classes, Words

cdef class Known:
    cdef const unsigned long long[::1] keys
    cdef const unsigned char[::1] begins
    cdef const unsigned char[::1] ends
    cdef const unsigned char[::1] signs

cdef class Around:
    cdef unsigned char[::1] shape
    cdef unsigned char[::1] size
    cdef unsigned char[::1] begins
    cdef unsigned char[::1] ends
    cdef unsigned char[::1] after  # the sign right after the word before
    cdef unsigned char[::1] before  # the sign right before the word
    cdef unsigned char[::1] between  # a sign between blanks
    cdef unsigned char[::1] stop
    cdef unsigned char[::1] back
    cdef unsigned char[::1] ahead
    cdef unsigned char[::1] times  # how often the word stands near
    cdef unsigned char[::1] pairs  # how often it does behind the word before
    cdef unsigned char[::1] wide  # whether more than one blank stands before it
    cdef unsigned char[::1] title  # whether it has a capital
    cdef unsigned char[::1] small  # whether it is of small letters
    cdef unsigned char[::1] marked  # whether a sign stands right after the word before

cdef class Counts:
    cdef unsigned char[::1] words
    cdef unsigned char[::1] pairs

cdef void know(
    unsigned int* codes, Classes classes, Known known, Words words, Py_ssize_t first, Py_ssize_t last, Around around
) noexcept nogil
cdef void count_near(Words words, Py_ssize_t first, Py_ssize_t last, Around around, Counts counts) noexcept nogil
