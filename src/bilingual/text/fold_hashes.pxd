# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# The functions of `fold_hashes.py` as the compiled kernels take them in; tests/test_house.py compares the two.

cimport cython

from bilingual.text.classes cimport FOLD_DROP, FOLD_EXPANSION
from bilingual.text.columns.kernel cimport Classes
from bilingual.text.hashes cimport hash_step


cdef inline unsigned long long hash_expansion(
    const unsigned int[::1] expansions, Py_ssize_t at, unsigned long long h
) noexcept nogil:
    n: cython.Py_ssize_t = expansions[at]
    while n > 0:
        at += 1
        n -= 1
        h = hash_step(h, expansions[at])
    return h


cdef inline unsigned long long hash_fold(
    Classes classes, unsigned int code, unsigned int folded, unsigned long long h
) noexcept nogil:
    if folded == 0:
        return hash_step(h, code)
    if folded >= FOLD_EXPANSION:
        return hash_expansion(classes.expansions, folded - FOLD_EXPANSION, h)
    return h if folded == FOLD_DROP else hash_step(h, folded)
