# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# The functions of `kinds.py` as the compiled kernels take them in; tests/test_house.py compares the two.

cimport cython

from bilingual.text.classes cimport APOSTROPHE, DIGIT, KIND_MASK, LETTER, MARK, NEWLINE, OTHER, SPACE
from bilingual.text.columns.kernel cimport Classes


cdef inline unsigned long long cell_of(Classes classes, unsigned int code) noexcept nogil:
    page: cython.Py_ssize_t = classes.pages[code >> 8]
    return classes.cells[page * 256 + (code & 255)]


cdef inline unsigned int kind_of(Classes classes, unsigned int code) noexcept nogil:
    return cell_of(classes, code) & KIND_MASK


cdef inline bint is_word_kind(unsigned int kind) noexcept nogil:
    return kind in (LETTER, MARK, DIGIT)


cdef inline bint is_of_word(unsigned int kind) noexcept nogil:
    return OTHER < kind <= APOSTROPHE


cdef inline int is_blank(Classes classes, unsigned int code) noexcept nogil:
    kind: cython.uint = kind_of(classes, code)
    return 1 if kind in (SPACE, NEWLINE) else 0


cdef inline bint is_small(unsigned int code) noexcept nogil:
    return ord("a") <= code <= ord("z")


cdef inline bint is_ascii_letter(unsigned int code) noexcept nogil:
    return is_small(code | 32)


cdef inline bint stands_apart(unsigned int* codes, Classes classes, Py_ssize_t i) noexcept nogil:
    return (i == 0 or is_blank(classes, codes[i - 1])) and is_blank(classes, codes[i + 1])


cdef inline bint is_at_edge(unsigned int* codes, Classes classes, Py_ssize_t i) noexcept nogil:
    before: cython.bint = i > 0 and is_word_kind(kind_of(classes, codes[i - 1]))
    return before != is_word_kind(kind_of(classes, codes[i + 1]))
