# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What stands around a line: windows, the lines above and below, distances and runs of like lines.

Nothing is looked at beyond the page of a line. A window is a mean over the lines around, made by loops of vectors.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import count_up, fill, log_of
    from cython.cimports.bilingual.labels.numbers import (
        FLAG_BULLET,
        FLAG_ENDED,
        FLAG_HEADLINE,
        FLAG_LONG,
        FLAG_NAV,
        FLAG_SHORT,
        SAID_NAV_COVER,
        SAID_PROMO_COVER,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_FUNCTION,
        SIGNAL_LETTERS,
        SIGNAL_NAV_WORDS,
        SIGNAL_PROMO_WORDS,
        SIGNAL_START,
        SIGNAL_TITLE,
        SIGNAL_WORDS,
    )
else:
    from bilingual.labels.measures import *  # noqa: F403  (the names above)
    from bilingual.labels.numbers import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Tables:
    """Logarithms, see `features.log_table`; factors of means; the flags whose windows and distances are asked for."""

    log: cython.const[cython.uchar][::1]
    factors: cython.const[cython.ushort][::1]
    windowed: cython.const[cython.uint][::1]
    distant: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.log,
            self.factors,
            self.windowed,
            self.distant,
        ) = columns


@cython.cclass
class Lines:
    """What is read of lines and the columns to fill, see `features.Lines`; `doc_line` and `flags` are what is in use.

    `strips` is work space of windows: 16 strips, each 64 items longer than the longest page.
    """

    every_doc_line: cython.const[cython.int][::1]
    every: cython.uchar[:, ::1]
    every_flag: cython.const[cython.uint][::1]
    body: cython.const[cython.uchar][:, ::1]
    strips: cython.ushort[::1]
    doc_line: cython.const[cython.int][::1]
    flags: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.every_doc_line,
            self.every,
            self.every_flag,
            self.body,
            self.strips,
        ) = columns

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t, n_docs: cython.Py_ssize_t) -> None:
        """How many lines and documents there are."""
        self.doc_line = self.every_doc_line[: n_docs + 1]
        self.flags = self.every_flag[:m]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _means_of(
    factors: cython.const[cython.ushort][::1],
    n: cython.Py_ssize_t,
    strips: cython.ushort[::1],
    first: cython.Py_ssize_t,
    second: cython.Py_ssize_t,
    left: cython.Py_ssize_t,
    right: cython.Py_ssize_t,
) -> cython.void:
    """The two factors of a window of `left` lines before a line to `right` behind it, that line included, from the items
    `first` and `second` of `strips` on."""
    i: cython.Py_ssize_t
    size: cython.Py_ssize_t
    # where a window begins to be inside the page, and from where it no longer is
    inside: cython.Py_ssize_t = left if left < n else n
    behind: cython.Py_ssize_t = n - right if n - right > inside else inside
    whole: cython.ushort = factors[left + right + 1]
    whole_second: cython.ushort = factors[32 + left + right + 1]
    for i in range(n):
        strips[first + i] = whole
    for i in range(n):
        strips[second + i] = whole_second
    for i in range(inside):
        size = i + right + 1 if i + right + 1 < n else n
        strips[first + i] = factors[size]
        strips[second + i] = factors[32 + size]
    for i in range(behind if behind > 0 else 0, n):
        size = n - i + left if i > left else n
        strips[first + i] = factors[size]
        strips[second + i] = factors[32 + size]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _page_means(
    factors: cython.const[cython.ushort][::1], n: cython.Py_ssize_t, strips: cython.ushort[::1], size: cython.Py_ssize_t
) -> cython.void:
    """What a sum over each of the five windows is multiplied with, twice, to give a mean, for a page of `n` lines.

    A mean is a division by the lines of the window, fewer at the ends of a page: two multiplications of 16 bits keep it
    exact for sums, times 4, of up to 31 values of at most 200. Fills the strips 5 to 14 of `strips`.
    """
    _means_of(factors, n, strips, 5 * size, 10 * size, 2, 2)
    _means_of(factors, n, strips, 6 * size, 11 * size, 6, 6)
    _means_of(factors, n, strips, 7 * size, 12 * size, 15, 15)
    # the 8 lines before, the 8 behind: the line itself is none of them
    _means_of(factors, n, strips, 8 * size, 13 * size, 8, -1)
    _means_of(factors, n, strips, 9 * size, 14 * size, -1, 8)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _margins(strips: cython.ushort[::1], n: cython.Py_ssize_t) -> cython.void:
    """Zeros around the signal of a page of `n` lines in strip 0."""
    i: cython.Py_ssize_t
    for i in range(16):
        strips[i] = 0
        strips[16 + n + i] = 0
    strips[strips.shape[0] // 16 * 15] = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mean(total: cython.ushort, first: cython.ushort, second: cython.ushort, nothing: cython.ushort) -> cython.ushort:
    """A mean from 4 times a sum and the factors of `_page_means`.

    `nothing` is 0, which the compiler does not know: so it goes back to 16 bits between the multiplications, and has an
    instruction for eight of them.
    """
    mean: cython.ushort = (cython.cast(cython.uint, total) * first) >> 16
    mean = mean + nothing
    return (cython.cast(cython.uint, mean) * second) >> 16


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _whole(n: cython.Py_ssize_t, lo: cython.Py_ssize_t, out: cython.uchar[:, ::1]) -> cython.Py_ssize_t:
    """Lines of a page of `n` lines from `lo` on, filled up to whole vectors where the rows of `out` have room for them.

    What is computed of the lines more is nonsense, which the interpreter may find too large to be stored.
    """
    whole: cython.Py_ssize_t = (n + 15) >> 4 << 4
    return whole if cython.compiled and lo + whole <= out.shape[1] else n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_up(strips: cython.ushort[::1], size: cython.Py_ssize_t, whole: cython.Py_ssize_t) -> cython.void:
    """Strips 1 to 4: sums of 2, 4, 8 and 16 values of strip 0, from each of the first `whole` on and some more."""
    two: cython.Py_ssize_t = size
    four: cython.Py_ssize_t = 2 * size
    eight: cython.Py_ssize_t = 3 * size
    sixteen: cython.Py_ssize_t = 4 * size
    i: cython.Py_ssize_t
    for i in range(whole + 30):
        strips[two + i] = strips[i] + strips[i + 1]
    for i in range(whole + 26):
        strips[four + i] = strips[two + i] + strips[two + i + 2]
    for i in range(whole + 18):
        strips[eight + i] = strips[four + i] + strips[four + i + 4]
    for i in range(whole + 1):
        strips[sixteen + i] = strips[eight + i] + strips[eight + i + 8]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def windows(
    strips: cython.ushort[::1],
    size: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    whole: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    sided: cython.int,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Means of one signal around each line of a page: +-2, +-6, +-15; if `sided` the 8 before, the 8 after; 255 for none.

    Strip 0 holds 4 times the signal of the `n` lines from item 16 on, zeros around it; 5 to 14 are those of
    `_page_means`. What is written up to `whole` lines, whole vectors, is overwritten by the pages behind. Sums of 2, 4, 8 and
    16 values make those of 5, 13 and 31; all loops are of vectors. Gives the next row.
    """
    # places in `strips`: a slice for each would be counted, with locked instructions
    two: cython.Py_ssize_t = size
    four: cython.Py_ssize_t = 2 * size
    eight: cython.Py_ssize_t = 3 * size
    sixteen: cython.Py_ssize_t = 4 * size
    first: cython.Py_ssize_t = 5 * size
    second: cython.Py_ssize_t = 10 * size
    nothing: cython.ushort = strips[15 * size]
    total: cython.ushort
    i: cython.Py_ssize_t
    _add_up(strips, size, whole)
    for i in range(whole):
        total = strips[four + i + 14] + strips[i + 18]
        out[row, lo + i] = _mean(total, strips[first + i], strips[second + i], nothing)
    for i in range(whole):
        total = strips[eight + i + 10] + strips[four + i + 18] + strips[i + 22]
        out[row + 1, lo + i] = _mean(total, strips[first + size + i], strips[second + size + i], nothing)
    for i in range(whole):
        total = (
            strips[sixteen + i + 1] + strips[eight + i + 17] + strips[four + i + 25] + strips[two + i + 29]
            + strips[i + 31]
        )  # fmt: skip
        out[row + 2, lo + i] = _mean(total, strips[first + 2 * size + i], strips[second + 2 * size + i], nothing)
    if not sided:
        return row + 3
    for i in range(whole):
        total = strips[eight + i + 8]
        out[row + 3, lo + i] = _mean(total, strips[first + 3 * size + i], strips[second + 3 * size + i], nothing)
    for i in range(whole):
        total = strips[eight + i + 17]
        out[row + 4, lo + i] = _mean(total, strips[first + 4 * size + i], strips[second + 4 * size + i], nothing)
    out[row + 3, lo] = 255
    out[row + 4, lo + n - 1] = 255
    return row + 5


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def neighbours(
    values: cython.const[cython.uchar][:, ::1],
    source: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """One signal of the line above and of the line below, for a page of the lines lo..hi; 255 beyond the page."""
    i: cython.Py_ssize_t
    for i in range(lo + 1, hi):
        out[row, i] = values[source, i - 1]
    for i in range(lo + 1, hi):
        out[row + 1, i - 1] = values[source, i]
    out[row, lo] = 255
    out[row + 1, hi - 1] = 255


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _distance(
    flags: cython.const[cython.uint][::1],
    bit: cython.uint,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """`distances` of one flag. No branch asks whether a line has it: none could be foreseen."""
    first: cython.Py_ssize_t = lo
    last: cython.Py_ssize_t
    near: cython.Py_ssize_t
    i: cython.Py_ssize_t
    far: cython.Py_ssize_t
    most: cython.Py_ssize_t = 4095
    while first < hi and not flags[first] & bit:
        first += 1
    if first == hi:
        fill(out, row, lo, hi, 255)
        fill(out, row + 1, lo, hi, 255)
        return
    fill(out, row, lo, first + 1, 255)
    near = first
    for i in range(first + 1, hi):
        far = i - near
        out[row, i] = log[far if far < most else most]
        near = i if flags[i] & bit else near
    last = near
    fill(out, row + 1, last, hi, 255)
    for i in range(last - 1, lo - 1, -1):
        far = near - i
        out[row + 1, i] = log[far if far < most else most]
        near = i if flags[i] & bit else near


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def distances(
    flags: cython.const[cython.uint][::1],
    distant: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How far the last line above and the next line below with each flag of `distant` are, for a page of the
    lines lo..hi; 255 where there is none."""
    k: cython.Py_ssize_t
    for k in range(distant.shape[0]):
        _distance(flags, distant[k], lo, hi, log, out, row + 2 * k)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def runs(
    flags: cython.const[cython.uint][::1],
    bit: cython.uint,
    want: cython.uint,
    slack: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Members of the run of like lines that a line stands in, and which of them it is; 0 outside of runs; for a page of the
    lines lo..hi.

    `slack` other lines may stand between two members; they get the run's numbers too.
    """
    i: cython.Py_ssize_t = lo
    j: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    members: cython.long
    seen: cython.long
    fill(out, row, lo, hi, 0)
    fill(out, row + 1, lo, hi, 0)
    while i < hi:
        if (flags[i] & bit) != want:
            i += 1
            continue
        first = i
        last = i
        members = 1
        j = i + 1
        while j < hi and j - last <= slack + 1:
            if (flags[j] & bit) == want:
                last = j
                members += 1
            j += 1
        fill(out, row, first, last + 1, log_of(log, members))
        i = last + 1
        if members == i - first:
            count_up(log, first, first, i, out, row + 1)
            continue
        seen = 0
        for j in range(first, i):
            out[row + 1, j] = log_of(log, seen)
            if (flags[j] & bit) == want:
                seen += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _flag_windows(
    flags: cython.const[cython.uint][::1],
    windowed: cython.const[cython.uint][::1],
    strips: cython.ushort[::1],
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    whole: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Windows of the flags `windowed` on the `n` lines from `lo` on; gives the next row."""
    size: cython.Py_ssize_t = strips.shape[0] // 16
    bit: cython.uint
    i: cython.Py_ssize_t
    k: cython.Py_ssize_t
    for k in range(windowed.shape[0]):
        bit = windowed[k]
        for i in range(n):
            strips[16 + i] = 800 if flags[lo + i] & bit else 0
        row = windows(strips, size, n, whole, lo, bit & (FLAG_HEADLINE | FLAG_NAV | FLAG_ENDED), out, row)
    return row


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _signal_windows(
    s: cython.const[cython.uchar][:, ::1],
    source: cython.Py_ssize_t,
    strips: cython.ushort[::1],
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    whole: cython.Py_ssize_t,
    sided: cython.int,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Windows of the signal in row `source` of the `n` lines from `lo` on; gives the next row."""
    i: cython.Py_ssize_t
    for i in range(n):
        strips[16 + i] = 4 * s[source, lo + i]
    return windows(strips, strips.shape[0] // 16, n, whole, lo, sided, out, row)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _all_windows(
    s: cython.const[cython.uchar][:, ::1],
    flags: cython.const[cython.uint][::1],
    windowed: cython.const[cython.uint][::1],
    strips: cython.ushort[::1],
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Windows of flags and signals on the `n` lines from `lo` on; gives the next row."""
    whole: cython.Py_ssize_t = _whole(n, lo, out)
    _margins(strips, n)
    row = _flag_windows(flags, windowed, strips, lo, n, whole, out, row)
    row = _signal_windows(s, SIGNAL_LETTERS, strips, lo, n, whole, 1, out, row)
    row = _signal_windows(s, SIGNAL_FUNCTION, strips, lo, n, whole, 1, out, row)
    row = _signal_windows(s, SIGNAL_TITLE, strips, lo, n, whole, 1, out, row)
    row = _signal_windows(s, SIGNAL_DIGITS, strips, lo, n, whole, 1, out, row)
    row = _signal_windows(s, SIGNAL_NAV_WORDS, strips, lo, n, whole, 0, out, row)
    return _signal_windows(s, SIGNAL_PROMO_WORDS, strips, lo, n, whole, 0, out, row)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _all_neighbours(
    s: cython.const[cython.uchar][:, ::1],
    p: cython.const[cython.uchar][:, ::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """What the lines above and below say, for a page of the lines lo..hi; gives the next row."""
    neighbours(s, SIGNAL_WORDS, lo, hi, out, row)
    neighbours(s, SIGNAL_END, lo, hi, out, row + 2)
    neighbours(s, SIGNAL_START, lo, hi, out, row + 4)
    neighbours(s, SIGNAL_DIGITS, lo, hi, out, row + 6)
    neighbours(s, SIGNAL_TITLE, lo, hi, out, row + 8)
    neighbours(p, SAID_NAV_COVER, lo, hi, out, row + 10)
    neighbours(p, SAID_PROMO_COVER, lo, hi, out, row + 12)
    return row + 14


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _all_runs(
    flags: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Runs of like lines, for a page of the lines lo..hi: short, headlines, headlines with up to three others between, with
    bullets, not long, long with up to two others between; gives the next row."""
    runs(flags, FLAG_SHORT, FLAG_SHORT, 0, lo, hi, log, out, row)
    runs(flags, FLAG_HEADLINE, FLAG_HEADLINE, 0, lo, hi, log, out, row + 2)
    runs(flags, FLAG_HEADLINE, FLAG_HEADLINE, 3, lo, hi, log, out, row + 4)
    runs(flags, FLAG_BULLET, FLAG_BULLET, 0, lo, hi, log, out, row + 6)
    runs(flags, FLAG_LONG, 0, 0, lo, hi, log, out, row + 8)
    runs(flags, FLAG_LONG, FLAG_LONG, 2, lo, hi, log, out, row + 10)
    return row + 12


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _context(
    s: cython.const[cython.uchar][:, ::1],
    p: cython.const[cython.uchar][:, ::1],
    flags: cython.const[cython.uint][::1],
    doc_line: cython.const[cython.int][::1],
    log: cython.const[cython.uchar][::1],
    factors: cython.const[cython.ushort][::1],
    windowed: cython.const[cython.uint][::1],
    distant: cython.const[cython.uint][::1],
    strips: cython.ushort[::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Fill the rows of `out` from `row` with what stands around each line; gives the next row.

    Shapes: `s`, `p`, `flags` one column per line that has letters or digits; `windowed` and `distant` uint32, the flags
    whose windows and distances are asked for; `strips` work space.
    """
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    at: cython.Py_ssize_t = row
    for d in range(doc_line.shape[0] - 1):
        lo = doc_line[d]
        hi = doc_line[d + 1]
        if hi == lo:
            continue
        _page_means(factors, hi - lo, strips, strips.shape[0] // 16)
        at = _all_windows(s, flags, windowed, strips, lo, hi - lo, out, row)
        at = _all_neighbours(s, p, lo, hi, out, at)
        distances(flags, distant, lo, hi, log, out, at)
        at = _all_runs(flags, lo, hi, log, out, at + 2 * distant.shape[0])
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _body_context(
    body: cython.const[cython.uchar][:, ::1],
    doc_line: cython.const[cython.int][::1],
    factors: cython.const[cython.ushort][::1],
    strips: cython.ushort[::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """What the body scores of the lines around say: seven rows from `row`, neighbours and windows.

    `body` uint8[1, m], 0 to 200.
    """
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    whole: cython.Py_ssize_t
    for d in range(doc_line.shape[0] - 1):
        lo = doc_line[d]
        hi = doc_line[d + 1]
        if hi == lo:
            continue
        whole = _whole(hi - lo, lo, out)
        _page_means(factors, hi - lo, strips, strips.shape[0] // 16)
        _margins(strips, hi - lo)
        _signal_windows(body, 0, strips, lo, hi - lo, whole, 1, out, row + 2)
        neighbours(body, 0, lo, hi, out, row)


def context(
    tables: Tables,
    lines: Lines,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
    phrase_row: cython.Py_ssize_t,
    row: cython.Py_ssize_t,
) -> None:
    """Fill the rows from `row` on with what stands around each of the `m` lines."""
    lines.hold(m, n_docs)
    phrases: cython.uchar[:, ::1] = lines.every[phrase_row:]
    with cython.nogil:
        _context(
            lines.every, phrases, lines.flags, lines.doc_line, tables.log, tables.factors, tables.windowed,
            tables.distant, lines.strips, lines.every, row,
        )  # fmt: skip


def body_context(tables: Tables, lines: Lines, row: cython.Py_ssize_t) -> None:
    """Fill the rows from `row` on with what the body scores of the lines around say, see `_body_context`."""
    with cython.nogil:
        _body_context(lines.body, lines.doc_line, tables.factors, lines.strips, lines.every, row)
