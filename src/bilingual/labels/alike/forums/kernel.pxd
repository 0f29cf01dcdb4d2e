# The classes and functions of `kernel.py` that other kernels know, as C has them.

from bilingual.labels.alike.named.kernel cimport Alike, Blocks, Lines, Names, Places, Scanned, Table

cdef class Forums:
    cdef Table table
    cdef int kinds
    cdef int column
    cdef int thread
    cdef int posts
    cdef int views
    cdef int last
    cdef int other
    cdef int by
    cdef int empty
    cdef int end
    cdef int fewest_rows
    cdef int fewest_named
    cdef int most_between
    cdef int row_words
    cdef int by_words
    cdef int author_words
    cdef int text_words
    cdef int most_texts
    cdef int text_rows
    cdef int share

cdef class Listing:
    cdef Py_ssize_t first
    cdef Py_ssize_t behind
    cdef Py_ssize_t texts
    cdef int headers
    cdef int named
    cdef int rows
    cdef int bylines
    cdef int numbers
    cdef unsigned long long key
    cdef bint has_two
    cdef bint has_posts
    cdef bint has_other
    cdef bint has_thread
    cdef bint of_threads

cdef void settle_forums(
    Alike alike, Names names, Forums forums, Listing found, Scanned scanned, Lines lines, Places places, Blocks blocks,
    Py_ssize_t lo, Py_ssize_t hi
) noexcept nogil
