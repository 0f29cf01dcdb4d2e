# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.labels.layout.headlines.kernel cimport Blocks, Layout, Lines, Places, Scanned

cdef class Lists:
    cdef int legal
    cdef int menu
    cdef int text_words
    cdef int call_words
    cdef int most_items
    cdef int fewest_fields
    cdef int field_words
    cdef int fewest_listed
    cdef int most_listed
    cdef int listed_words
    cdef int most_listed_words
    cdef int listed_digits
    cdef int listed_cover

cdef void settle_lists(
    Layout layout, Lists lists, Scanned scanned, Lines lines, Places places, Blocks blocks, Py_ssize_t lo, Py_ssize_t hi
) noexcept nogil
