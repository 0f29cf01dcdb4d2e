# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What is known of each word of a line that may have lost its line breaks: its shape, the signs around it, how lines
that are known use it, how often it stands near.

In: codes and words of a scan. Out: the columns of `Around`, from which `breaks.kernel` asks.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.blanks import (
        COUNTED,
        EVEN,
        FAR,
        MARGIN,
        MOST_TIMES,
        SHAPE_ADDRESS,
        SHAPE_ARABIC,
        SHAPE_ARTICLE,
        SHAPE_CAPITAL,
        SHAPE_CAPITALS,
        SHAPE_MIXED,
        SHAPE_NUMBER,
        SHAPE_OTHER,
        SHAPE_SMALL,
        SHAPE_TAG,
        SHAPE_TITLE,
        SIGN_CODES,
        SIGN_OTHER,
        STRETCH,
    )
    from cython.cimports.bilingual.text.classes import (
        ARAB,
        LATN,
        WORD_AFTER_END,
        WORD_ALL_DIGITS,
        WORD_HAS_DIGIT,
        WORD_HASHTAG,
        WORD_TITLE,
        WORD_UPPER,
        WORD_URL,
    )
    from cython.cimports.bilingual.text.columns.kernel import Classes, Words
    from cython.cimports.bilingual.text.kinds import is_blank
else:
    from bilingual.text.blanks import *  # noqa: F403  (the names above)
    from bilingual.text.classes import *  # noqa: F403
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.kinds import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Known:
    """Words that begin or end lines more or less often than others, by hash, see `line_breaks.known`; classes of signs by
    code point, below 0x2100."""

    def __init__(self, *columns: Any) -> None:
        (
            self.keys,
            self.begins,
            self.ends,
            self.signs,
        ) = columns


@cython.cclass
class Around:
    """Room for what is known of each word of a line, padded by MARGIN words on either side."""

    def __init__(self, *columns: Any) -> None:
        (
            self.shape,
            self.size,
            self.begins,
            self.ends,
            self.after,
            self.before,
            self.between,
            self.stop,
            self.back,
            self.ahead,
            self.times,
            self.pairs,
            self.wide,
            self.title,
            self.small,
            self.marked,
        ) = columns


@cython.cclass
class Counts:
    """Room to count words and pairs of them in, by the lowest bits of their hash: uint8[COUNTED] each."""

    def __init__(self, *columns: Any) -> None:
        (
            self.words,
            self.pairs,
        ) = columns


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _shape(codes: cython.p_uint, words: Words, w: cython.Py_ssize_t) -> cython.uchar:
    flags: cython.uint = words.flags[w]
    size: cython.Py_ssize_t = words.end[w] - words.start[w]
    if flags & WORD_URL:
        return SHAPE_ADDRESS
    if flags & WORD_HASHTAG:
        return SHAPE_TAG
    if flags & WORD_ALL_DIGITS:
        return SHAPE_NUMBER
    if flags & WORD_HAS_DIGIT:
        return SHAPE_MIXED
    if words.script[w] == ARAB:
        if size > 3 and codes[words.start[w]] == 0x627 and codes[words.start[w] + 1] == 0x644:
            return SHAPE_ARTICLE
        return SHAPE_ARABIC
    if flags & WORD_UPPER:
        return SHAPE_CAPITALS
    if flags & WORD_TITLE:
        return SHAPE_TITLE if size > 1 else SHAPE_CAPITAL
    return SHAPE_SMALL if words.script[w] == LATN else SHAPE_OTHER


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _sign(known: Known, code: cython.uint) -> cython.uchar:
    return known.signs[code] if code < SIGN_CODES else SIGN_OTHER


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_up(known: Known, around: Around, i: cython.Py_ssize_t, key: cython.ulonglong) -> cython.void:
    mask: cython.ulonglong = known.keys.shape[0] - 1
    at: cython.ulonglong = key & mask
    while known.keys[at] != 0:
        if known.keys[at] == key:
            around.begins[i] = known.begins[at]
            around.ends[i] = known.ends[at]
            return
        at = (at + 1) & mask
    around.begins[i] = EVEN
    around.ends[i] = EVEN


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _signs(
    codes: cython.p_uint, classes: Classes, known: Known, around: Around, i: cython.Py_ssize_t,
    start: cython.Py_ssize_t, stop: cython.Py_ssize_t,
) -> cython.void:  # fmt: skip
    """The signs of codes[start:stop], between two words."""
    p: cython.Py_ssize_t
    n_blanks: cython.Py_ssize_t = 0
    around.after[i] = around.before[i] = around.between[i] = 0
    for p in range(start, stop):
        n_blanks += is_blank(classes, codes[p])
    around.wide[i] = n_blanks > 1
    p = start
    if start < stop and not is_blank(classes, codes[start]):
        around.after[i] = _sign(known, codes[start])
    while p < stop and not is_blank(classes, codes[p]):
        p += 1
    while stop > p and not is_blank(classes, codes[stop - 1]):
        stop -= 1
        around.before[i] = _sign(known, codes[stop])
    while p < stop and is_blank(classes, codes[p]):
        p += 1
    if p < stop:
        around.between[i] = _sign(known, codes[p])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def know(
    codes: cython.p_uint, classes: Classes, known: Known, words: Words, first: cython.Py_ssize_t,
    last: cython.Py_ssize_t, around: Around,
) -> cython.void:  # fmt: skip
    """Fill the columns of `around` for the words first..last."""
    w: cython.Py_ssize_t
    i: cython.Py_ssize_t = 0
    n: cython.Py_ssize_t = last - first
    n_wide: cython.Py_ssize_t = 0
    back: cython.uchar = FAR
    for i in range(MARGIN):
        _nothing(around, i)
        _nothing(around, n + MARGIN + i)
    for w in range(first, last):
        i = w - first + MARGIN
        around.shape[i] = _shape(codes, words, w)
        around.size[i] = cython.cast(cython.uchar, min(words.end[w] - words.start[w], 20))
        _look_up(known, around, i, words.hash[w])
        around.stop[i] = 1 if w > first and words.flags[w] & WORD_AFTER_END else 0
        if w > first:
            _signs(codes, classes, known, around, i, words.end[w - 1], words.start[w])
        else:
            around.after[i] = around.before[i] = around.between[i] = around.wide[i] = 0
        around.title[i] = SHAPE_CAPITALS <= around.shape[i] <= SHAPE_TITLE
        around.small[i] = around.shape[i] == SHAPE_SMALL
        around.marked[i] = around.after[i] != 0
        n_wide += around.wide[i]
        if around.stop[i]:
            back = 0
        around.back[i] = back
        if back < FAR:
            back += 1
    back = FAR
    for w in range(n):
        i = n - 1 - w + MARGIN
        if 10 * n_wide >= 9 * (n - 1):  # a justified line: its gaps part nothing
            around.wide[i] = 0
        around.ahead[i] = back
        if around.stop[i]:
            back = 0
        if back < FAR:
            back += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _nothing(around: Around, i: cython.Py_ssize_t) -> cython.void:
    around.shape[i] = around.size[i] = around.stop[i] = 0
    around.begins[i] = around.ends[i] = EVEN
    around.after[i] = around.before[i] = around.between[i] = 0
    around.back[i] = around.ahead[i] = FAR
    around.times[i] = around.pairs[i] = around.wide[i] = 0
    around.title[i] = around.small[i] = around.marked[i] = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _pair(words: Words, w: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the pair of word `w` and the one before it is counted."""
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    mixed: cython.ulonglong = ((words.hash[w - 1] ^ (words.hash[w] >> 7)) * prime + words.hash[w]) & mask
    return (mixed ^ (mixed >> 31)) & (COUNTED - 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def count_near(
    words: Words, first: cython.Py_ssize_t, last: cython.Py_ssize_t, around: Around, counts: Counts
) -> cython.void:
    """How often each of the words first..last, and each pair of them, stands in its stretch of STRETCH words. All counts
    are 0 before and after it."""
    start: cython.Py_ssize_t = first
    stop: cython.Py_ssize_t
    w: cython.Py_ssize_t
    at: cython.Py_ssize_t
    i: cython.Py_ssize_t
    while start < last:
        stop = min(start + STRETCH, last)
        for w in range(start, stop):
            at = words.hash[w] & (COUNTED - 1)
            if counts.words[at] < MOST_TIMES:
                counts.words[at] += 1
            if w > first:
                at = _pair(words, w)
                if counts.pairs[at] < MOST_TIMES:
                    counts.pairs[at] += 1
        for w in range(start, stop):
            i = w - first + MARGIN
            around.times[i] = counts.words[words.hash[w] & (COUNTED - 1)]
            around.pairs[i] = counts.pairs[_pair(words, w)] if w > first else 0
        for w in range(start, stop):
            counts.words[words.hash[w] & (COUNTED - 1)] = 0
            if w > first:
                counts.pairs[_pair(words, w)] = 0
        start = stop
