"""Hashes of words: of code points one after the other, as they are or in the search fold.

`hashes.pxd` has the same bodies for the compiled kernels to take in; tests/test_house.py compares the two.
"""

# Cython checks the types, which mypy cannot express.
# mypy: ignore-errors

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # no Cython at run time
    from bilingual.text import interpreted as cython

from bilingual.text.classes import FOLD_DROP, FOLD_EXPANSION

if TYPE_CHECKING:
    from bilingual.text.columns.kernel import Classes


def first_hash() -> cython.ulonglong:
    """What the hash of a word begins with."""
    basis: cython.ulonglong = 14695981039346656037
    return basis


def last_hash(h: cython.ulonglong) -> cython.ulonglong:
    """What it ends with: the low bits, by which words are looked up, get something of the high ones."""
    return h ^ (h >> 29)


def hash_step(h: cython.ulonglong, c: cython.ulonglong) -> cython.ulonglong:
    """One step of FNV-1a, 64 bits, with a code point instead of a byte."""
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    return ((h ^ c) * prime) & mask


def hash_expansion(
    expansions: cython.const[cython.uint][::1], at: cython.Py_ssize_t, h: cython.ulonglong
) -> cython.ulonglong:
    """Hash the code points of the expansion at `at`: its length, then the code points."""
    n: cython.Py_ssize_t = expansions[at]
    while n > 0:
        at += 1
        n -= 1
        h = hash_step(h, expansions[at])
    return h


def hash_fold(classes: Classes, code: cython.uint, folded: cython.uint, h: cython.ulonglong) -> cython.ulonglong:
    """Hash the search fold of a code point, see `tables.CodePointTables.folds`."""
    if folded == 0:
        return hash_step(h, code)
    if folded >= FOLD_EXPANSION:
        return hash_expansion(classes.expansions, folded - FOLD_EXPANSION, h)
    return h if folded == FOLD_DROP else hash_step(h, folded)
