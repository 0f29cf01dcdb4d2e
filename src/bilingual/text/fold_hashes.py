"""Hashes of words in the search fold, by the tables of code points.

`fold_hashes.pxd` has the same bodies for the compiled kernels to take in; tests/test_house.py compares the two.
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
from bilingual.text.hashes import hash_step

if TYPE_CHECKING:
    from bilingual.text.columns.kernel import Classes


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
