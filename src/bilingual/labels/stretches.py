"""Stretches of characters and of blocks, for kernels of labels: how far one goes, what it has, what it is given.

They are called for every line or page, so `stretches.pxd` has the same bodies for the compiled kernels to take in;
tests/test_house.py compares the two.
"""

# Cython checks the types, which mypy cannot express.
# mypy: ignore-errors

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time
    from bilingual.text import interpreted as cython


def repeated(
    codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t, e: cython.Py_ssize_t, c: cython.uint
) -> cython.Py_ssize_t:
    """How often `c` stands from `i` on, before `e`."""
    p: cython.Py_ssize_t = i
    while p < e and codes[p] == c:
        p += 1
    return p - i


def is_unseen(code: cython.uint) -> cython.bint:
    """Whether a code point has no width: a byte order mark, a mark of direction."""
    return code == 0x61C or (
        code >= 0x200B
        and (code <= 0x200F or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code == 0xFEFF)
    )


def shown_from(
    codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The place of the first character of s..e that is seen; a byte order mark or a mark of direction is not, nor are
    blanks behind one."""
    while s + 1 < e and (is_unseen(codes[s]) or codes[s] == 32 or codes[s] == 9 or codes[s] == 0xA0):
        s += 1
    return s


def heading_level(
    codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t
) -> cython.uchar:
    """The level of a heading as `## X`, in Org `** X`, `== X ==` or `== X`, 0 for another line; no heading is longer
    than a line of text."""
    c: cython.uint = codes[s]
    n: cython.Py_ssize_t = repeated(codes, s, e, c)
    if n > 6 or e - s > 160 or s + n >= e:
        return 0
    if c == ord("#") or c == ord("*"):
        return cython.cast(cython.uchar, n) if codes[s + n] == ord(" ") else 0
    if n < 2:
        return 0
    if codes[s + n] == ord(" ") and codes[e - 1] != c:
        return cython.cast(cython.uchar, n)
    if e - s <= 2 * n or codes[e - n - 1] == c or repeated(codes, e - n, e, c) < n:
        return 0
    return cython.cast(cython.uchar, n)


def has_colon(
    codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t
) -> cython.bint:
    """Whether a colon stands in s..e, between two words; looks at 4 code points at most."""
    if e > s + 4:
        e = s + 4
    while s < e:
        if codes[s] == ord(":") or codes[s] == ord("\N{FULLWIDTH COLON}"):
            return True
        s += 1
    return False


def page_stop(
    block_doc: cython.const[cython.int][::1], lo: cython.Py_ssize_t, n: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The first of `n` blocks behind those of the document that begins with block `lo`."""
    doc: cython.int = block_doc[lo]
    lo += 1
    while lo < n and block_doc[lo] == doc:
        lo += 1
    return lo


def give_place(
    place: cython.uchar[::1], lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, value: cython.uchar
) -> cython.void:
    """Give the blocks lo..hi a place."""
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        place[i] = value
