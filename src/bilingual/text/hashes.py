"""Hashes of words, of code points one after the other, and of several words, of their hashes.

`hashes.pxd` has the same bodies for the compiled kernels to take in; tests/test_house.py compares the two.
"""

# Cython checks the types, which mypy cannot express.
# mypy: ignore-errors

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time
    from bilingual.text import interpreted as cython


def first_hash() -> cython.ulonglong:
    """What the hash of a word begins with."""
    basis: cython.ulonglong = 14695981039346656037
    return basis


def last_hash(h: cython.ulonglong) -> cython.ulonglong:
    """What it ends with: the low bits, by which words are looked up, get something of the high ones."""
    return h ^ (h >> 29)


def hash_step(h: cython.ulonglong, c: cython.ulonglong) -> cython.ulonglong:
    """One step of FNV-1a, 64 bits, with a code point, or the hash of a word, instead of a byte."""
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    return ((h ^ c) * prime) & mask
