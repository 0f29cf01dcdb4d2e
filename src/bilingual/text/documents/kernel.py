# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Documents -> columns: all stages over a batch of texts, and the copy of what is kept of its columns.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.blocks.kernel import Limits, Line, cut_blocks
    from cython.cimports.bilingual.text.columns.kernel import Blocks, Classes, Words
    from cython.cimports.bilingual.text.signs.kernel import scan_words
    from cython.cimports.cpython.bytes import PyBytes_AS_STRING, PyBytes_FromStringAndSize
    from cython.cimports.cpython.unicode import PyUnicode_AsUCS4
    from cython.cimports.libc.string import memcpy
else:
    from bilingual.text.blocks.kernel import *  # noqa: F403  (the names above)
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.signs.kernel import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Room:
    """All columns of a scan, see `scan.Scan.KINDS`."""

    codes: cython.uint[::1]
    doc_ptr: cython.longlong[::1]
    words: Words
    line: Line
    blocks: Blocks

    def __init__(self, *columns: Any) -> None:
        self.codes, self.doc_ptr = columns[:2]
        self.words = Words(*columns[2:11])
        self.line = Line(*columns[11:13])
        self.blocks = Blocks(*columns[13:])


@cython.ccall
def measure(texts: list, doc_ptr: cython.longlong[::1]) -> int:
    """Where every document begins, each with one line feed more: `doc_ptr` int64[n + 1]; the length of all."""
    text: str
    d: cython.Py_ssize_t = 0
    at: cython.longlong = 0
    doc_ptr[0] = 0
    for text in texts:
        at += len(text) + 1
        d += 1
        doc_ptr[d] = at
    return at


@cython.ccall
def fill(texts: list, codes: cython.uint[::1]) -> None:
    """Write the code points of `texts` one after the other, a line feed after each."""
    text: str
    at: cython.Py_ssize_t = 0
    i: cython.Py_ssize_t
    n: cython.Py_ssize_t
    for text in texts:
        n = len(text)
        if cython.compiled:
            PyUnicode_AsUCS4(text, cython.cast(cython.pointer(cython.Py_UCS4), cython.address(codes[at])), n + 1, 1)
        else:
            for i in range(n):
                codes[at + i] = ord(text[i])
        at += n
        codes[at] = ord("\n")
        at += 1


def scan(texts: list, n: cython.Py_ssize_t, classes: Classes, limits: Limits, room: Room) -> tuple[int, int, int]:
    """The code points of `texts`, `n` with a line feed after each, their words and blocks; (words, blocks, lines that have
    lost their line breaks: these are one block each)."""
    codes: cython.uint[::1] = room.codes[:n]
    doc_ptr: cython.longlong[::1] = room.doc_ptr[: len(texts) + 1]
    first: cython.p_uint  # a view would be copied at every call from one stage to another
    if cython.compiled:
        first = cython.address(codes[0])
    else:
        first = codes
    measure(texts, doc_ptr)
    fill(texts, codes)
    room.line.is_known = False
    with cython.nogil:
        scan_words(first, n, classes, room.words)
        cut_blocks(first, doc_ptr, classes, limits, room.words, room.line, room.blocks)
    return room.words.n, room.blocks.n, room.line.n_long


def cut(n_docs: cython.Py_ssize_t, classes: Classes, limits: Limits, room: Room) -> int:
    """The blocks once more, now that `word_odds` says where lines have lost their line breaks; how many there are."""
    doc_ptr: cython.longlong[::1] = room.doc_ptr[: n_docs + 1]
    first: cython.p_uint
    if cython.compiled:
        first = cython.address(room.codes[0])
    else:
        first = room.codes
    room.line.is_known = True
    with cython.nogil:
        cut_blocks(first, doc_ptr, classes, limits, room.words, room.line, room.blocks)
    return room.blocks.n


@cython.cclass
class Part:
    """The bytes of a column with items of `width` bytes; `axis` says which of the counts of `gather` is its length."""

    data: cython.const[cython.uchar][::1]
    width: cython.Py_ssize_t
    axis: cython.int

    def __init__(self, data: Any, width: int, axis: int) -> None:
        self.data = data
        self.width = width
        self.axis = axis


def gather(parts: list, counts: tuple) -> bytes:
    """The first items of columns one after the other, as many of each as its count."""
    part: Part
    n: cython.Py_ssize_t
    if not cython.compiled:
        return b"".join([part.data[: counts[part.axis] * part.width] for part in parts])
    total: cython.Py_ssize_t = 0
    for part in parts:
        total += cython.cast(cython.Py_ssize_t, counts[part.axis]) * part.width
    found: bytes = PyBytes_FromStringAndSize(cython.NULL, total)
    at: cython.p_char = PyBytes_AS_STRING(found)
    for part in parts:
        n = cython.cast(cython.Py_ssize_t, counts[part.axis]) * part.width
        memcpy(at, cython.address(part.data[0]), n)
        at += n
    return found
