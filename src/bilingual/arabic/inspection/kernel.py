# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Loops that look at a text and change nothing: where its Arabic stands, how its letter pairs read from either end, what
damage it can have."""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled


@cython.cclass
class Table:
    """A two-stage table over all code points, see `table.Stages`: up to U+0FFF an entry is `data[c]`."""

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

    Entries of the table are the bits of `bilingual.arabic.scope`. Format characters that touch a stretch belong to it.
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
            if x & 1:  # Arabic script
                if not is_open:
                    _open_stretch(found, touching if touching >= 0 else i)
                    here = 0
                    is_open = True
                here |= x | (last >> 1 & x >> 2 & 32)  # FOREIGN: a letter that Arabic has at the end, and one more
                last = x
                end = i + 1
                touching = -1
            elif x & 8:  # format character
                if is_open and end == i:
                    end = i + 1
                elif touching < 0:
                    touching = i
            else:
                touching = -1
                last = 0
                if x & 6:  # a letter of another script, or the end of the line
                    if is_open:
                        _close_stretch(found, end, here)
                        whole |= here
                        is_open = False
                    if x & 4:
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
    line_pairs: cython.longlong[::1],
) -> int:
    """Per line, how much better its Arabic letter pairs read from the end to the start.

    Entries of the table: 0 not a letter (a word boundary), 1 skipped (mark, tatweel), 2 end of line, else a letter's
    class + 2; `gain[a, b]`, over classes with 0 the boundary, is log P(b before a) - log P(a before b). Only lines with
    Arabic letters are returned.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    m: cython.Py_ssize_t = 0
    pairs: cython.longlong = 0
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
                if x == 1:
                    continue
            else:
                x = 2
            now = x - 2 if x > 2 else 0
            if last or now:
                total += gain[last, now]
                pairs += 1
            last = now
            if x == 2:
                if pairs:
                    line_start[m] = first
                    line_end[m] = i
                    line_gain[m] = total
                    line_pairs[m] = pairs
                    m += 1
                total = 0.0
                pairs = 0
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
    direct: cython.uint = 0x1000
    as_entry: cython.uint = 1 << 13 | 1 << 17 | 1 << 18
    any_haraka: cython.uint = 0x1FF << 19
    mark: cython.uint = 1 << 28
    space: cython.uint = 1 << 29
    last = space  # a text begins like a line
    for i in range(codes.shape[0]):
        c = codes[i]
        x = table.data[c] if c < direct else _entry(table, c)
        pair = (last >> 6) & x & 63
        seen |= (pair & pair2) | (x & as_entry) | (((x >> 2) & last & (last2 >> 1)) & 1 << 14)
        if x & mark:
            twice |= harakat & x
            harakat |= x & any_haraka
            if last & space:
                stray |= x
        else:
            harakat = 0
            doubled = (doubled << 1) | ((x >> 17) & (c == before))
            before = c
        triple |= x & last & last2
        # Three pairs, two triples or two quadruples of different letters; laughter (one letter) is neither.
        if doubled & 0b11111 == 0b10101 or doubled & 0b111111 == 0b11011 or doubled & 0b11111111 == 0b1110111:
            seen |= 1 << 15
        pair2 = pair1
        pair1 = pair
        last2 = last
        last = x
    if twice & any_haraka:
        seen |= 1 << 19
    if stray & any_haraka:
        seen |= 1 << 16
    return seen | (triple & 1 << 12)


def suspect(codes: cython.const[cython.uint][::1], table: Table) -> int:
    """Which kinds of damage a text can have, at one look per code point; false alarms are cheap, misses are final.

    Entries: bits 0-5 and 6-11: continuation and lead byte of UTF-8 Arabic as read by six other encodings; 12: a letter
    that a misread one-byte encoding leaves; 13: presentation form; 14: bare or hamza alef; 15: bare alef; 16: lam; 17:
    Arabic letter; 18: paired bidi control; 19-27: one for each haraka; 28: any mark; 29: white space. The result: bits
    0-5: two lead and continuation pairs in a row; 12: three such letters in a row; 13: as the entry; 14: bare alef, alef,
    lam; 15: three doubled letters in a row; 16: a haraka after white space; 17, 18: as the entry; 19: the same haraka
    twice on one letter.
    """
    found: cython.uint
    with cython.nogil:
        found = _damage(codes, table)
    return found
