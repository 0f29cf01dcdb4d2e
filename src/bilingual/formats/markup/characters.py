"""What markup is made of: letters and digits of ASCII, names by their hash, and where a tag begins.

They are called for every character, so `characters.pxd` has the same bodies for the compiled kernels to take in;
tests/test_house.py compares the two.
"""

# Cython checks the types, which mypy cannot express.
# mypy: ignore-errors

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time
    from bilingual.text import interpreted as cython


def is_letter(c: cython.int) -> cython.bint:
    """Whether it is a letter of ASCII."""
    return (ord("a") <= c <= ord("z")) or (ord("A") <= c <= ord("Z"))


def is_digit(c: cython.int) -> cython.bint:
    """Whether it is a digit of ASCII."""
    return ord("0") <= c <= ord("9")


def small(c: cython.int) -> cython.int:
    """A capital of ASCII as its small letter, all else as it is."""
    return c + 32 if ord("A") <= c <= ord("Z") else c


def hash_step(h: cython.longlong, c: cython.int) -> cython.longlong:
    """One step of `tables.name_hash`."""
    return ((h ^ c) * 1000003) & 0x7FFFFFFF


def find(
    keys: cython.const[cython.int][::1],
    values: cython.const[cython.int][::1],
    h: cython.longlong,
    mask: cython.int,
) -> cython.int:
    """The value of a name's hash, or -1."""
    slot: cython.Py_ssize_t = (h >> 7) & mask
    while keys[slot] != -1:
        if keys[slot] == h:
            return values[slot]
        slot = (slot + 1) & mask
    return -1


def opens(src: cython.const[cython.uchar][::1], n: cython.Py_ssize_t, i: cython.Py_ssize_t) -> cython.int:
    """Whether the `<` at i of the n bytes starts markup."""
    c: cython.int
    if i + 1 >= n:
        return 0
    c = src[i + 1]
    if is_letter(c) or c == ord("!") or c == ord("?"):
        return 1
    return 1 if c == ord("/") and i + 2 < n else 0
