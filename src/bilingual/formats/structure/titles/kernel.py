# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The words that lines of a page share with its title, as two columns of them.

In: text and title as bytes, where the lines begin. Out: the shares of the words of the line, and of those of the title.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.structure.numbers import C_TITLE_COVER, C_TITLE_SHARE
else:
    from bilingual.formats.structure.numbers import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Title:
    """Text of a page, its title and its lines, as bytes, and the columns to fill.

    Shapes: `line_out` int32[n_lines + 1]; `words` int32[256], -1 on entry: the title's words; `rows` float32[n_lines,
    n_columns], zero. `at`: where the next word is looked for.
    """

    text: cython.const[cython.uchar][::1]
    title: cython.const[cython.uchar][::1]
    line_out: cython.const[cython.int][::1]
    words: cython.int[::1]
    rows: cython.float[:, ::1]
    at: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (self.text, self.title, self.line_out, self.words, self.rows) = columns
        self.at = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _next_word(src: cython.const[cython.uchar][::1], stop: cython.Py_ssize_t, title: Title) -> cython.longlong:
    """Hash of the next word from `title.at`, which moves past it. -1 when there is none."""
    i: cython.Py_ssize_t = title.at
    h: cython.longlong = 7
    c: cython.int
    size: cython.int = 0
    while i < stop:
        c = src[i]
        if ord("A") <= c <= ord("Z"):
            c += 32
        # not the bytes C2 and E2, with which no-break spaces and typographic quotes begin
        if ord("a") <= c <= ord("z") or ord("0") <= c <= ord("9") or (c >= 0x80 and c != 0xC2 and c != 0xE2):
            h = ((h ^ c) * 1000003) & 0x7FFFFFFF
            size += 1
            i += 1
            continue
        if size > 0:
            break
        i += 3 if c == 0xE2 else (2 if c == 0xC2 else 1)
    title.at = i
    return h if size > 0 else -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _title_words(title: Title) -> cython.int:
    """Put the title's words (64 at most) into a table of 256 slots; their number."""
    n: cython.int = 0
    h: cython.longlong
    slot: cython.longlong
    title.at = 0
    while n < 64:
        h = _next_word(title.title, title.title.shape[0], title)
        if h < 0:
            break
        slot = h & 255
        while title.words[slot] != -1 and title.words[slot] != h:
            slot = (slot + 1) & 255
        if title.words[slot] == -1:
            title.words[slot] = cython.cast(cython.int, h)
            n += 1
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _titles(title: Title, n_title: cython.int) -> cython.void:
    """The words that lines of up to 40 words share with the title."""
    line: cython.Py_ssize_t
    words: cython.int
    same: cython.int
    h: cython.longlong
    slot: cython.longlong
    for line in range(title.rows.shape[0]):
        if title.line_out[line + 1] - title.line_out[line] >= 1000:
            continue
        title.at = title.line_out[line]
        words = 0
        same = 0
        while words <= 40:
            h = _next_word(title.text, title.line_out[line + 1], title)
            if h < 0:
                break
            words += 1
            slot = h & 255
            while title.words[slot] != -1:
                if title.words[slot] == h:
                    same += 1
                    break
                slot = (slot + 1) & 255
        if 0 < words <= 40:
            title.rows[line, C_TITLE_SHARE] = cython.cast(cython.float, same) / words
            title.rows[line, C_TITLE_COVER] = cython.cast(cython.float, same) / n_title if same < n_title else 1


def titles(title: Title) -> None:
    """Fill the two columns of every line."""
    n_title: cython.int
    with cython.nogil:
        n_title = _title_words(title)
        if n_title > 0:
            _titles(title, n_title)
