# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Loops that look at a text and change nothing: where its Arabic stands, how its letter pairs read from either end, what
damage it can have."""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.arabic.entries import (
        AFTER,
        ANY_HARAKA,
        ARABIC,
        BARE_ALEF,
        BIDI,
        BOUNDARY,
        BREAK,
        DIRECT,
        DOUBLED,
        FINAL,
        FORM,
        FORMAT,
        HIGH,
        LAM,
        LETTER,
        LINE_END,
        MARK,
        N_READERS,
        OTHER_LETTER,
        REPEATED,
        SKIPPED,
        SPACE,
        STRAY,
        TAILS,
    )
else:
    from bilingual.arabic.entries import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Table:
    """A two-stage table over all code points, see `table.Stages`: below DIRECT an entry is `data[c]`."""

    index: cython.const[cython.ushort][::1]
    data: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        self.index, self.data = columns


@cython.cclass
class Stretches:
    """Room for the stretches of Arabic script of a text of `size` code points, see `stretches`, and their numbers so far.

    Shapes: `starts`, `ends`, `lines` int64, `bits` uint32 [size // 2 + 2]: where each is, its line, what it holds;
    `line_start` int64, `line_bits` uint32 [size + 2]: where each line starts, what it holds.
    """

    starts: cython.longlong[::1]
    ends: cython.longlong[::1]
    bits: cython.uint[::1]
    lines: cython.longlong[::1]
    line_start: cython.longlong[::1]
    line_bits: cython.uint[::1]
    n: cython.Py_ssize_t
    n_lines: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        self.starts, self.ends, self.bits, self.lines, self.line_start, self.line_bits = columns
        self.n = self.n_lines = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _entry(table: Table, c: cython.uint) -> cython.uint:
    return table.data[(table.index[c >> 8] << 8) | (c & 255)]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _open_stretch(found: Stretches, start: cython.Py_ssize_t) -> cython.void:
    """A stretch of the present line begins."""
    found.starts[found.n] = start
    found.lines[found.n] = found.n_lines


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_stretch(found: Stretches, end: cython.Py_ssize_t, bits: cython.uint) -> cython.void:
    """The open stretch ends; `bits` are those of its code points."""
    found.ends[found.n] = end
    found.bits[found.n] = bits
    found.n += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_line(found: Stretches, bits: cython.uint, after: cython.Py_ssize_t) -> cython.void:
    """The present line ends; `after` is where the next one starts, `bits` are those of its letters."""
    found.line_bits[found.n_lines] = bits
    found.n_lines += 1
    found.line_start[found.n_lines] = after


def stretches(table: Table, codes: cython.const[cython.uint][::1], found: Stretches) -> tuple[int, int]:
    """Stretches of Arabic script: from its first to its last code point, cut at other letters and at line ends.

    Entries of the table are bits, see `entries`. Format characters that touch a stretch belong to it.
    Returns the number of stretches and of lines.
    """
    i: cython.Py_ssize_t
    is_open: cython.bint = False
    touching: cython.Py_ssize_t = -1  # first of the format characters that touch the next code point
    end: cython.Py_ssize_t = 0
    here: cython.uint = 0  # bits of the open stretch, and of the line: kept in registers
    whole: cython.uint = 0
    last: cython.uint = 0  # bits of the code point before, where that is Arabic
    x: cython.uint
    with cython.nogil:
        found.line_start[0] = 0
        for i in range(codes.shape[0]):
            x = _entry(table, codes[i])
            if x & ARABIC:
                if not is_open:
                    _open_stretch(found, touching if touching >= 0 else i)
                    here = 0
                    is_open = True
                here |= x | ((last & FINAL) >> 1 & (x & AFTER) >> 2)  # FOREIGN, the bit below both: no end of a word
                last = x
                end = i + 1
                touching = -1
            elif x & FORMAT:
                if is_open and end == i:
                    end = i + 1
                elif touching < 0:
                    touching = i
            else:
                touching = -1
                last = 0
                if x & (OTHER_LETTER | LINE_END):
                    if is_open:
                        _close_stretch(found, end, here)
                        whole |= here
                        is_open = False
                    if x & LINE_END:
                        _close_line(found, whole, i + 1)
                        whole = 0
                    else:
                        whole |= x
        if is_open:
            _close_stretch(found, end, here)
            whole |= here
        _close_line(found, whole, codes.shape[0])
    return found.n, found.n_lines


def flow(
    table: Table,
    codes: cython.const[cython.uint][::1],
    gain: cython.const[cython.float][:, ::1],
    line_start: cython.longlong[::1],
    line_end: cython.longlong[::1],
    line_gain: cython.double[::1],
) -> int:
    """Per line, how much better its Arabic letter pairs read from the end to the start.

    Entries of the table: BOUNDARY, SKIPPED (mark, tatweel), BREAK, else a letter's class above BREAK; `gain[a, b]`, over classes with 0 the boundary, is log P(b before a) - log P(a before b). Only lines with
    Arabic letters are returned.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    m: cython.Py_ssize_t = 0
    has_pairs: cython.bint = False
    last: cython.uint = 0
    now: cython.uint
    c: cython.uint
    x: cython.uint
    total: cython.double = 0.0
    with cython.nogil:
        for i in range(n + 1):
            if i < n:
                c = codes[i]
                x = _entry(table, c)
                if x == SKIPPED:
                    continue
            else:
                x = BREAK
            now = x - BREAK if x > BREAK else BOUNDARY
            if last or now:
                total += gain[last, now]
                has_pairs = True
            last = now
            if x == BREAK:
                if has_pairs:
                    line_start[m] = first
                    line_end[m] = i
                    line_gain[m] = total
                    m += 1
                total = 0.0
                has_pairs = False
                first = i + 1
    return m


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _damage(codes: cython.const[cython.uint][::1], table: Table) -> cython.uint:
    """What `suspect` gives."""
    i: cython.Py_ssize_t
    c: cython.uint
    x: cython.uint
    seen: cython.uint = 0
    triple: cython.uint = 0
    last: cython.uint = 0
    last2: cython.uint = 0
    before: cython.uint = 0
    pair: cython.uint
    pair1: cython.uint = 0
    pair2: cython.uint = 0
    doubled: cython.uint = 0  # a bit for each of the last letters: the same as the one before
    harakat: cython.uint = 0  # those of the letter so far
    twice: cython.uint = 0
    stray: cython.uint = 0
    last = SPACE  # a text begins like a line
    for i in range(codes.shape[0]):
        c = codes[i]
        x = table.data[c] if c < DIRECT else _entry(table, c)
        pair = (last >> N_READERS) & x & TAILS
        seen |= (pair & pair2) | (x & (FORM | LETTER | BIDI))
        # bare alef, alef, lam: two bits above SWAPPED, which is that of any alef, and one
        seen |= (last2 & BARE_ALEF) >> 1 & last & (x & LAM) >> 2
        if x & MARK:
            twice |= harakat & x
            harakat |= x & ANY_HARAKA
            if last & SPACE:
                stray |= x
        else:
            harakat = 0
            doubled = (doubled << 1) | ((x & LETTER != 0) & (c == before))
            before = c
        triple |= x & last & last2
        # Three pairs, two triples or two quadruples of different letters; laughter (one letter) is neither.
        if doubled & 0b11111 == 0b10101 or doubled & 0b111111 == 0b11011 or doubled & 0b11111111 == 0b1110111:
            seen |= DOUBLED
        pair2 = pair1
        pair1 = pair
        last2 = last
        last = x
    if twice & ANY_HARAKA:
        seen |= REPEATED
    if stray & ANY_HARAKA:
        seen |= STRAY
    return seen | (triple & HIGH)


def suspect(codes: cython.const[cython.uint][::1], table: Table) -> int:
    """Which kinds of damage a text can have, at one look per code point; false alarms are cheap, misses are final.

    Entries of the table and the bits of the answer: see `entries`.
    """
    found: cython.uint
    with cython.nogil:
        found = _damage(codes, table)
    return found
