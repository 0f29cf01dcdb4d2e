# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Where a line that has lost its line breaks had them: what stands around every blank between two words, and what trees
say of that.

Only lines longer than `scan.LONG_LINE` are asked, and those that are all of their text, so that other text costs nothing. In: what `around.kernel` knows of
their words. Out: odds of a lost line break before each.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.around.kernel import Around, Counts, Known, count_near, know
    from cython.cimports.bilingual.text.blanks import (
        EARLY,
        ENCLOSED,
        EVEN,
        GAPS,
        LEAVES,
        MARGIN,
        PLAIN,
        PLAIN_SMALL,
        QUESTIONS,
        SHAPE_SMALL,
        SURE,
        TOGETHER,
    )
    from cython.cimports.bilingual.text.classes import WORD_ATTACHED
    from cython.cimports.bilingual.text.columns.kernel import Classes, Words
    from cython.cimports.bilingual.text.kinds import is_blank
else:
    from bilingual.text.around.kernel import *  # noqa: F403  (the names above)
    from bilingual.text.blanks import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.kinds import *  # noqa: F403

COMPILED = cython.compiled


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_plain(around: Around, i: cython.Py_ssize_t) -> cython.bint:
    """Whether no line break was lost before word `i`, as far as its neighbour tells: no sign stands between them, and
    words like these two end and begin lines less often than others. Half of the blanks are, and one in fifty breaks."""
    parted: cython.int = (around.ends[i - 1] + around.begins[i]) // 2
    if around.after[i] | around.before[i] | around.between[i] | around.wide[i]:
        return False
    return parted <= (PLAIN_SMALL if around.shape[i] == SHAPE_SMALL else PLAIN)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _total(column: cython.uchar[::1], first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.int:
    """The sum of column[first:last]."""
    i: cython.Py_ssize_t
    total: cython.int = 0
    for i in range(first, last):
        total += column[i]
    return total


@cython.cclass
class Windows:
    """Sums over the words before and after one; `*_on` and `begins` are of those after it."""

    ends: cython.int
    begins: cython.int
    titles: cython.int
    titles_on: cython.int
    small: cython.int
    small_on: cython.int
    signs: cython.int
    signs_on: cython.int
    stops: cython.int
    stops_on: cython.int
    wide: cython.int
    wide_on: cython.int

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def begin(self, around: Around, i: cython.Py_ssize_t) -> cython.void:
        """For the word before `i`."""
        self.ends = _total(around.ends, i - 11, i - 1)
        self.begins = _total(around.begins, i, i + 10)
        self.titles = _total(around.title, i - 9, i - 1)
        self.titles_on = _total(around.title, i, i + 8)
        self.small = _total(around.small, i - 7, i - 1)
        self.small_on = _total(around.small, i - 1, i + 5)
        self.signs = _total(around.marked, i - 13, i - 1)
        self.signs_on = _total(around.marked, i, i + 12)
        self.stops = _total(around.stop, i - 26, i - 1)
        self.stops_on = _total(around.stop, i, i + 25)
        self.wide = _total(around.wide, i - 13, i - 1)
        self.wide_on = _total(around.wide, i, i + 12)

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def step(self, around: Around, i: cython.Py_ssize_t) -> cython.void:
        """On to word `i`, the next."""
        self.ends += around.ends[i - 1] - around.ends[i - 11]
        self.begins += around.begins[i + 10] - around.begins[i]
        self.titles += around.title[i - 1] - around.title[i - 9]
        self.titles_on += around.title[i + 8] - around.title[i]
        self.small += around.small[i - 1] - around.small[i - 7]
        self.small_on += around.small[i + 5] - around.small[i - 1]
        self.signs += around.marked[i - 1] - around.marked[i - 13]
        self.signs_on += around.marked[i + 12] - around.marked[i]
        self.stops += around.stop[i - 1] - around.stop[i - 26]
        self.stops_on += around.stop[i + 25] - around.stop[i]
        self.wide += around.wide[i - 1] - around.wide[i - 13]
        self.wide_on += around.wide[i + 12] - around.wide[i]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write_near(
    around: Around, i: cython.Py_ssize_t, columns: cython.uchar[:, ::1], m: cython.Py_ssize_t
) -> cython.void:
    """The rows of column `m` that tell of the words beside the blank before word `i`."""
    columns[0, m] = around.after[i]
    columns[1, m] = around.before[i]
    columns[2, m] = around.between[i]
    columns[3, m] = around.after[i - 1]
    columns[4, m] = around.after[i + 1]
    columns[5, m] = around.after[i + 2]
    columns[6, m] = around.shape[i - 3]
    columns[7, m] = around.shape[i - 2]
    columns[8, m] = around.shape[i - 1]
    columns[9, m] = around.shape[i]
    columns[10, m] = around.shape[i + 1]
    columns[11, m] = around.shape[i + 2]
    columns[12, m] = around.size[i - 2]
    columns[13, m] = around.size[i - 1]
    columns[14, m] = around.size[i]
    columns[15, m] = around.size[i + 1]
    columns[16, m] = around.ends[i - 3]
    columns[17, m] = around.ends[i - 2]
    columns[18, m] = around.ends[i - 1]
    columns[19, m] = around.ends[i]
    columns[20, m] = around.ends[i + 1]
    columns[21, m] = around.begins[i - 2]
    columns[22, m] = around.begins[i - 1]
    columns[23, m] = around.begins[i]
    columns[24, m] = around.begins[i + 1]
    columns[25, m] = around.begins[i + 2]
    columns[26, m] = cython.cast(cython.uchar, (around.ends[i - 1] + around.begins[i]) // 2)
    columns[27, m] = around.back[i]
    columns[28, m] = around.ahead[i]
    columns[39, m] = around.times[i - 1]
    columns[40, m] = around.times[i]
    columns[41, m] = around.pairs[i - 1]
    columns[42, m] = around.pairs[i]
    columns[43, m] = around.pairs[i + 1]
    columns[44, m] = cython.cast(cython.uchar, max(min(around.times[i], around.times[i - 1]) - around.pairs[i], 0))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write_far(windows: Windows, columns: cython.uchar[:, ::1], m: cython.Py_ssize_t) -> cython.void:
    """Those that tell of the words around it."""
    columns[29, m] = cython.cast(cython.uchar, windows.ends // 10)
    columns[30, m] = cython.cast(cython.uchar, windows.begins // 10)
    columns[31, m] = cython.cast(cython.uchar, windows.titles)
    columns[32, m] = cython.cast(cython.uchar, windows.titles_on)
    columns[33, m] = cython.cast(cython.uchar, windows.small)
    columns[34, m] = cython.cast(cython.uchar, windows.small_on)
    columns[35, m] = cython.cast(cython.uchar, windows.signs)
    columns[36, m] = cython.cast(cython.uchar, windows.signs_on)
    columns[37, m] = cython.cast(cython.uchar, windows.stops)
    columns[38, m] = cython.cast(cython.uchar, windows.stops_on)
    columns[45, m] = cython.cast(cython.uchar, windows.wide)
    columns[46, m] = cython.cast(cython.uchar, windows.wide_on)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _ask(
    around: Around, windows: Windows, start: cython.Py_ssize_t, n: cython.Py_ssize_t, columns: cython.uchar[:, ::1],
    asked: cython.int[::1], is_all: cython.bint,
) -> cython.Py_ssize_t:  # fmt: skip
    """What stands around the words from `start` on, `n` of them, a column each of those that are not plain, or of all;
    how many these are, and which in `asked`."""
    m: cython.Py_ssize_t = 0
    j: cython.Py_ssize_t
    windows.begin(around, start)
    for j in range(n):
        windows.step(around, start + j)
        if is_all or not _is_plain(around, start + j):
            asked[m] = cython.cast(cython.int, j)
            _write_near(around, start + j, columns, m)
            _write_far(windows, columns, m)
            m += 1
    return m


def ask(
    codes: cython.uint[::1], classes: Classes, known: Known, words: Words, first: cython.Py_ssize_t,
    last: cython.Py_ssize_t, around: Around, counts: Counts, columns: cython.uchar[:, ::1],
    asked: cython.int[::1],
) -> None:  # fmt: skip
    """Fill `columns` uint8[COLUMNS, last - first] with what stands around the words first..last of one line."""
    windows: Windows = Windows()
    at: cython.p_uint
    if cython.compiled:
        at = cython.address(codes[0])
    else:
        at = codes
    with cython.nogil:
        know(at, classes, known, words, first, last, around)
        count_near(words, first, last, around, counts)
        _ask(around, windows, MARGIN, last - first, columns, asked, True)


@cython.cclass
class Trees:
    """Symmetric trees of six questions, see `line_breaks.Trees`, and room for what is asked about GAPS blanks and what
    the trees say: of all, and of those that are `left` after the first trees."""

    feature: cython.const[cython.int][::1]
    border: cython.const[cython.uchar][::1]
    leaves: cython.const[cython.int][::1]
    bias: cython.int
    columns: cython.uchar[:, ::1]
    left: cython.uchar[:, ::1]
    leaf: cython.uchar[:, ::1]
    total: cython.int[::1]
    sums: cython.int[::1]
    place: cython.int[::1]
    asked: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.feature,
            self.border,
            self.leaves,
            self.bias,
            self.columns,
            self.left,
            self.leaf,
            self.total,
            self.sums,
            self.place,
            self.asked,
        ) = columns


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add(
    trees: Trees, first: cython.Py_ssize_t, last: cython.Py_ssize_t, columns: cython.uchar[:, ::1],
    n: cython.Py_ssize_t, sums: cython.int[::1],
) -> cython.void:  # fmt: skip
    """Add what the trees first..last say of the first `n` columns, in thousandths of log-odds; TOGETHER at a time, so
    that a sum is written once for all of them."""
    t: cython.Py_ssize_t
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t
    border: cython.uchar
    bit: cython.uchar
    row: cython.p_uchar
    leaf: cython.p_uchar
    base: cython.Py_ssize_t
    t = first
    while t < last:
        for k in range(TOGETHER * QUESTIONS):
            border = trees.border[t * QUESTIONS + k]
            bit = 1 << k % QUESTIONS
            if cython.compiled:
                leaf = cython.address(trees.leaf[k // QUESTIONS, 0])
                row = cython.address(columns[trees.feature[t * QUESTIONS + k], 0])
            else:
                leaf = trees.leaf.obj[k // QUESTIONS]
                row = columns.obj[trees.feature[t * QUESTIONS + k]]
            if bit == 1:
                for i in range(n):
                    leaf[i] = 1 if row[i] > border else 0
            else:
                for i in range(n):
                    leaf[i] |= bit if row[i] > border else 0
        base = t * LEAVES
        for i in range(n):
            sums[i] += (
                trees.leaves[base + trees.leaf[0, i]] + trees.leaves[base + LEAVES + trees.leaf[1, i]]
                + trees.leaves[base + 2 * LEAVES + trees.leaf[2, i]] + trees.leaves[base + 3 * LEAVES + trees.leaf[3, i]]
            )  # fmt: skip
        t += TOGETHER


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum(trees: Trees, n: cython.Py_ssize_t) -> cython.void:
    """What the trees say of the first `n` columns; of those of which the first trees are sure, these alone."""
    f: cython.Py_ssize_t
    i: cython.Py_ssize_t
    m: cython.Py_ssize_t = 0
    count: cython.Py_ssize_t = trees.feature.shape[0] // QUESTIONS
    early: cython.Py_ssize_t = min(EARLY, count)
    for i in range(n):
        trees.total[i] = trees.bias
    _add(trees, 0, early, trees.columns, n, trees.total)
    for i in range(n):
        if -SURE < trees.total[i] < SURE:
            trees.place[m] = cython.cast(cython.int, i)
            trees.sums[m] = trees.total[i]
            m += 1
    for f in range(trees.columns.shape[0]):
        for i in range(m):
            trees.left[f, i] = trees.columns[f, trees.place[i]]
    _add(trees, early, count, trees.left, m, trees.sums)
    for i in range(m):
        trees.total[trees.place[i]] = trees.sums[i]


def mark(
    codes: cython.uint[::1], classes: Classes, known: Known, words: Words, first: cython.Py_ssize_t,
    last: cython.Py_ssize_t, around: Around, counts: Counts, trees: Trees, odds: cython.uchar[::1],
) -> None:  # fmt: skip
    """How likely a line break was lost before each of the words first..last, which are one line: `odds` uint8[n_words],
    sixteenths of log-odds above EVEN, 0 where there is no blank."""
    start: cython.Py_ssize_t
    w: cython.Py_ssize_t
    k: cython.Py_ssize_t
    m: cython.Py_ssize_t
    n: cython.Py_ssize_t
    windows: Windows = Windows()
    at: cython.p_uint
    if cython.compiled:
        at = cython.address(codes[0])
    else:
        at = codes
    with cython.nogil:
        know(at, classes, known, words, first, last, around)
        count_near(words, first, last, around, counts)
        start = first
        while start < last:
            n = min(GAPS, last - start)
            m = _ask(around, windows, start - first + MARGIN, n, trees.columns, trees.asked, False)
            _sum(trees, m)
            for w in range(start, start + n):
                odds[w] = 1
            for k in range(m):
                odds[start + trees.asked[k]] = _rounded(trees.total[k])
            for w in range(start, start + n):
                if words.flags[w] & WORD_ATTACHED or w == first:
                    odds[w] = 0
            start += n
        _shield(at, classes, words, first, last, odds)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _shield(
    codes: cython.p_uint, classes: Classes, words: Words, first: cython.Py_ssize_t, last: cython.Py_ssize_t,
    odds: cython.uchar[::1],
) -> cython.void:  # fmt: skip
    """Brackets that close within ENCLOSED words are not cut."""
    w: cython.Py_ssize_t
    p: cython.Py_ssize_t
    k: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    depth: cython.Py_ssize_t = 0
    since: cython.Py_ssize_t = first
    for w in range(first, last + 1):
        if depth > 0 and w - since > ENCLOSED:
            depth = 0
        p = words.end[w - 1] if w > first else words.start[w]
        stop = words.start[w] if w < last else p
        while w == first and p > 0 and not is_blank(classes, codes[p - 1]):
            p -= 1
        while w == last and not is_blank(classes, codes[stop]):
            stop += 1  # what stands right behind the last word; a line feed ends every document
        while p < stop:
            if codes[p] in (ord("("), ord("["), 0xAB, 0x201C):
                if depth == 0:
                    since = w
                depth += 1
            elif depth > 0 and codes[p] in (ord(")"), ord("]"), 0xBB, 0x201D):
                depth -= 1
                if depth == 0:
                    for k in range(since + 1, w):
                        odds[k] = 0
            p += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _rounded(total: cython.int) -> cython.uchar:
    """Thousandths of log-odds as sixteenths above EVEN."""
    found: cython.int = total * 16 // 1000 + EVEN if total >= 0 else EVEN - (-total * 16 // 1000)
    return cython.cast(cython.uchar, min(max(found, 1), 255))
