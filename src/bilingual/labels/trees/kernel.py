# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What trees say of lines: body scores, log-odds and probabilities of labels, kinds of pages.

A tree asks the same question of every block at each of its levels: a column is a row of bytes, one byte per block, so
one instruction compares many blocks.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.trees.vectors import wide_level, wide_moves, wide_sums
    from cython.cimports.bilingual.text.powers import power_of
    from cython.cimports.libc.math import floor
else:
    from math import floor

    from bilingual.text.powers import power_of

    def wide_level() -> int:
        """Interpreted, the loops do all."""
        return 0


COMPILED = cython.compiled


@cython.cclass
class Trees:
    """Symmetric trees, see `weights.Forest.trees`: tens of them, of four or six questions; three outputs of a leaf
    in each number, one where there is but one.

    A line that is sure after the `first` trees is not asked the others: its log-odds are then `gain` times those of the
    first trees, whose biases are `early`.

    `wide` is what may be done in vectors of 64 bytes, see `vectors.pxd`; `narrow` are the leaves as these take them.
    """

    feature: cython.const[cython.int][:, ::1]
    border: cython.const[cython.uchar][:, ::1]
    leaves: cython.const[cython.ulonglong][::1]
    narrow: cython.const[cython.ushort][::1]
    bias: cython.const[cython.double][::1]
    early: cython.const[cython.double][::1]
    first: cython.Py_ssize_t
    sure: cython.double
    gain: cython.double
    wide: cython.int

    def __init__(self, *columns: Any) -> None:
        (
            self.feature,
            self.border,
            self.leaves,
            self.narrow,
            self.bias,
            self.early,
            self.first,
            self.sure,
            self.gain,
            self.wide,
        ) = columns


def most_wide() -> int:
    """What this processor does in vectors of 64 bytes, see `vectors.pxd`."""
    return wide_level()


@cython.cclass
class LeafRoom:
    """Work space of the trees: the sums of 512 lines, three numbers each, and the columns of those that are not sure."""

    total: cython.ulonglong[::1]
    columns: cython.uchar[:, ::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.total,
            self.columns,
        ) = columns


@cython.cclass
class Powers:
    """The table of `text.powers`."""

    powers: cython.const[cython.double][::1]

    def __init__(self, *columns: Any) -> None:
        (self.powers,) = columns


@cython.cclass
class Lines:
    """What trees read of lines, and room for what they say, see `features.Lines`."""

    doc_line: cython.const[cython.int][::1]
    every: cython.const[cython.uchar][:, ::1]
    body: cython.uchar[:, ::1]
    body_odds: cython.float[::1]
    odds: cython.float[::1]
    probability: cython.float[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.doc_line,
            self.every,
            self.body,
            self.body_odds,
            self.odds,
            self.probability,
        ) = columns


@cython.cclass
class Pages:
    """Room for the columns of whole pages and their odds, see `kinds.Pages`."""

    columns: cython.const[cython.uchar][:, ::1]
    odds: cython.float[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.columns,
            self.odds,
        ) = columns


@cython.cclass
class Kinds:
    """Room for the kind of each document."""

    kind: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (self.kind,) = columns


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _answer_four(
    x: cython.const[cython.uchar][:, ::1],
    feature: cython.const[cython.int][:, ::1],
    border: cython.const[cython.uchar][:, ::1],
    t: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    index: cython.p_uchar,
    at: cython.Py_ssize_t,
) -> cython.void:
    """Leaves of tree `t`, of four questions, for the `n` lines from `lo` on, into the items from `at` on."""
    i: cython.Py_ssize_t
    a: cython.Py_ssize_t = feature[t, 0]
    b: cython.Py_ssize_t = feature[t, 1]
    c: cython.Py_ssize_t = feature[t, 2]
    d: cython.Py_ssize_t = feature[t, 3]
    la: cython.uchar = border[t, 0]
    lb: cython.uchar = border[t, 1]
    lc: cython.uchar = border[t, 2]
    ld: cython.uchar = border[t, 3]
    for i in range(n):
        index[at + i] = (
            (1 if x[a, lo + i] > la else 0)
            | (2 if x[b, lo + i] > lb else 0)
            | (4 if x[c, lo + i] > lc else 0)
            | (8 if x[d, lo + i] > ld else 0)
        )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _answer_six(
    x: cython.const[cython.uchar][:, ::1],
    feature: cython.const[cython.int][:, ::1],
    border: cython.const[cython.uchar][:, ::1],
    t: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    index: cython.p_uchar,
    at: cython.Py_ssize_t,
) -> cython.void:
    """Leaves of tree `t`, of six questions, for the `n` lines from `lo` on, into the items from `at` on."""
    i: cython.Py_ssize_t
    a: cython.Py_ssize_t = feature[t, 0]
    b: cython.Py_ssize_t = feature[t, 1]
    c: cython.Py_ssize_t = feature[t, 2]
    d: cython.Py_ssize_t = feature[t, 3]
    e: cython.Py_ssize_t = feature[t, 4]
    f: cython.Py_ssize_t = feature[t, 5]
    la: cython.uchar = border[t, 0]
    lb: cython.uchar = border[t, 1]
    lc: cython.uchar = border[t, 2]
    ld: cython.uchar = border[t, 3]
    le: cython.uchar = border[t, 4]
    lf: cython.uchar = border[t, 5]
    for i in range(n):
        index[at + i] = (
            (1 if x[a, lo + i] > la else 0)
            | (2 if x[b, lo + i] > lb else 0)
            | (4 if x[c, lo + i] > lc else 0)
            | (8 if x[d, lo + i] > ld else 0)
            | (16 if x[e, lo + i] > le else 0)
            | (32 if x[f, lo + i] > lf else 0)
        )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _answers(
    x: cython.const[cython.uchar][:, ::1],
    feature: cython.const[cython.int][:, ::1],
    border: cython.const[cython.uchar][:, ::1],
    first: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    index: cython.p_uchar,
) -> cython.void:
    """Leaves of the ten trees from `first` on for the lines from `lo` on, each tree's 512 items of `index` further.

    All questions of a tree are one vector loop; trees ask four or six.
    """
    k: cython.Py_ssize_t
    for k in range(10):
        if feature.shape[1] == 4:
            _answer_four(x, feature, border, first + k, lo, n, index, 512 * k)
        else:
            _answer_six(x, feature, border, first + k, lo, n, index, 512 * k)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _answers_of_one(
    x: cython.const[cython.uchar][:, ::1],
    feature: cython.const[cython.int][:, ::1],
    border: cython.const[cython.uchar][:, ::1],
    first: cython.Py_ssize_t,
    at: cython.Py_ssize_t,
    index: cython.p_uchar,
) -> cython.void:
    """`_answers` for line `at` alone: a title, a page whose kind is asked."""
    k: cython.Py_ssize_t
    q: cython.Py_ssize_t
    leaf: cython.int
    for k in range(10):
        leaf = 0
        for q in range(feature.shape[1]):
            leaf |= (1 if x[feature[first + k, q], at] > border[first + k, q] else 0) << q
        index[512 * k] = leaf


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_packed(
    leaves: cython.const[cython.ulonglong][::1],
    size: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    index: cython.p_uchar,
    total: cython.ulonglong[::1],
) -> cython.void:
    """Add the first ten trees of `leaves`, three outputs with one addition.

    `size`, leaves of a tree, is a constant: the places of the leaves are constants then, two instructions for each.
    """
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    a: cython.ulonglong
    for i in range(n):
        a = total[i]
        for j in range(10):
            a = a + leaves[size * j + index[512 * j + i]]
        total[i] = a


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_wide(
    leaves: cython.const[cython.ulonglong][::1],
    size: cython.Py_ssize_t,
    words: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    index: cython.p_uchar,
    total: cython.ulonglong[::1],
) -> cython.void:
    """Add the first ten trees of `leaves`, which have `words` numbers in each of their `size` leaves."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    w: cython.Py_ssize_t
    k: cython.Py_ssize_t
    for j in range(10):
        for i in range(n):
            k = words * (size * j + index[512 * j + i])
            for w in range(words):
                total[words * i + w] += leaves[k + w]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_ten(
    leaves: cython.const[cython.ulonglong][::1],
    size: cython.Py_ssize_t,
    words: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    index: cython.p_uchar,
    total: cython.ulonglong[::1],
) -> cython.void:
    """Add the first ten trees of `leaves`: those of six questions and one number a leaf have a loop of their own."""
    if words == 1 and size == 64:
        _add_packed(leaves, 64, n, index, total)
    else:
        _add_wide(leaves, size, words, n, index, total)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _field(packed: cython.ulonglong, shift: cython.int) -> cython.double:
    """One of the three sums of a number, in log-odds."""
    return cython.cast(cython.int, packed >> shift & 2097151) / 1000.0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _odds(
    total: cython.ulonglong[::1],
    bias: cython.const[cython.double][::1],
    n: cython.Py_ssize_t,
    line: cython.p_int,
    out: cython.float[::1],
    at: cython.Py_ssize_t,
) -> cython.void:
    """Log-odds of `n` lines into `out[at:]`, each at its number in `line`, from their sums in thousandths, three of 21
    bits in each number."""
    outputs: cython.Py_ssize_t = bias.shape[0]
    i: cython.Py_ssize_t
    o: cython.Py_ssize_t
    k: cython.Py_ssize_t
    w: cython.Py_ssize_t = 0
    packed: cython.ulonglong
    if outputs == 1:
        for i in range(n):
            out[at + line[i]] = bias[0] + cython.cast(cython.int, total[i]) / 1000.0
        return
    for i in range(n):
        k = at + outputs * line[i]
        for o in range(0, outputs, 3):
            packed = total[w]
            out[k + o] = bias[o] + _field(packed, 0)
            out[k + o + 1] = bias[o + 1] + _field(packed, 21)
            out[k + o + 2] = bias[o + 2] + _field(packed, 42)
            w += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mix(
    total: cython.ulonglong[::1],
    bias: cython.const[cython.double][::1],
    n: cython.Py_ssize_t,
    line: cython.p_int,
    share: cython.p_float,
    out: cython.float[::1],
    at: cython.Py_ssize_t,
) -> cython.void:
    """As `_odds` of three outputs, but of what is in `out` already all but `share` stays; nothing of it with 1, as it may
    be no number."""
    i: cython.Py_ssize_t
    o: cython.Py_ssize_t
    k: cython.Py_ssize_t
    said: cython.double
    for i in range(n):
        for o in range(3):
            k = at + 3 * line[i] + o
            said = bias[o] + _field(total[i], cython.cast(cython.int, 21 * o))
            out[k] = said if share[i] == 1 else share[i] * said + (1 - share[i]) * out[k]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _leave_sure(
    trees: Trees,
    total: cython.ulonglong[::1],
    n: cython.Py_ssize_t,
    line: cython.p_int,
    out: cython.float[::1],
    at: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Write the log-odds of the lines that are sure; the numbers of the others into `line`, their sums to the front.

    Sure of three outputs: the greatest is `trees.sure` above the next.
    """
    bias: cython.const[cython.double][::1] = trees.early
    i: cython.Py_ssize_t
    left: cython.Py_ssize_t = 0
    packed: cython.ulonglong
    a: cython.double
    b: cython.double
    c: cython.double
    most: cython.double
    for i in range(n):
        packed = total[i]
        a = bias[0] + _field(packed, 0)
        b = bias[1] + _field(packed, 21)
        c = bias[2] + _field(packed, 42)
        most = a if a > b else b
        most = c if c > most else most
        most -= trees.sure
        # written of every line, those that are asked more write again: a branch could not be foreseen
        out[at + 3 * i] = trees.gain * a
        out[at + 3 * i + 1] = trees.gain * b
        out[at + 3 * i + 2] = trees.gain * c
        line[left] = i
        total[left] = packed
        left += 0 if (1 if a >= most else 0) + (1 if b >= most else 0) + (1 if c >= most else 0) == 1 else 1
    return left


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _side_by_side(
    x: cython.const[cython.uchar][:, ::1],
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    line: cython.p_int,
    out: cython.uchar[:, ::1],
) -> cython.void:
    """The columns of the `n` lines numbered in `line`, from `lo` on, side by side into `out`."""
    f: cython.Py_ssize_t
    i: cython.Py_ssize_t
    at: cython.Py_ssize_t
    fours: cython.Py_ssize_t = x.shape[0] >> 2 << 2
    # four at one look at the number of a line
    for f in range(0, fours, 4):
        for i in range(n):
            at = lo + line[i]
            out[f, i] = x[f, at]
            out[f + 1, i] = x[f + 1, at]
            out[f + 2, i] = x[f + 2, at]
            out[f + 3, i] = x[f + 3, at]
    for f in range(fours, x.shape[0]):
        for i in range(n):
            out[f, i] = x[f, lo + line[i]]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _move(
    x: cython.const[cython.uchar][:, ::1],
    trees: Trees,
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    line: cython.p_int,
    room: LeafRoom,
) -> cython.void:
    """The columns of the `n` lines numbered in `line`, of the 512 from `lo` on, side by side into the room."""
    if trees.wide > 1 and n > 0:
        wide_moves(
            cython.address(x[0, lo]), x.shape[1], x.shape[0], line, n,
            cython.address(room.columns[0, 0]), room.columns.shape[1],
        )  # fmt: skip
    else:
        _side_by_side(x, lo, n, line, room.columns)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_trees(
    x: cython.const[cython.uchar][:, ::1],
    trees: Trees,
    begin: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    total: cython.ulonglong[::1],
) -> cython.void:
    """Add the leaves of the trees from `begin` to `end` for the `n` lines from `lo` on.

    Ten trees at a time: their questions are answered with whole-vector comparisons, then their leaves are added. The
    sums are whole numbers, so their order is nothing. (Sums on the stack are added by vectors of two, which costs more.)
    """
    # of this function, so that the compiler knows that no column is written with it
    index: cython.uchar[5120]
    leaves: cython.const[cython.ulonglong][::1] = trees.leaves
    words: cython.Py_ssize_t = (trees.bias.shape[0] + 2) // 3
    size: cython.Py_ssize_t = 1 << trees.feature.shape[1]
    # whole vectors, where the columns have room for them: the answers of lines beyond the last are not looked at
    whole: cython.Py_ssize_t = (n + 15) >> 4 << 4
    t: cython.Py_ssize_t
    if not cython.compiled:
        index = [0] * 5120  # compiled, what the stack holds will do
    if lo + whole > x.shape[1]:
        whole = n
    if trees.wide > 0 and n > 1 and begin < end:
        wide_sums(
            cython.address(x[0, 0]), x.shape[1], x.shape[0], lo, cython.address(trees.feature[0, 0]),
            cython.address(trees.border[0, 0]), cython.address(trees.narrow[0]), begin, end, cython.cast(cython.int, trees.bias.shape[0]), n,
            cython.address(total[0]),
        )  # fmt: skip
        return
    for t in range(begin, end, 10):
        if n == 1:
            _answers_of_one(x, trees.feature, trees.border, t, lo, index)
        else:
            _answers(x, trees.feature, trees.border, t, lo, whole, index)
        _add_ten(leaves[words * size * t :], size, words, n, index, total)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _forest(x: cython.const[cython.uchar][:, ::1], trees: Trees, room: LeafRoom, out: cython.float[::1]) -> cython.void:
    """Sums of the leaves of symmetric trees: a tree asks the same question of every block at each of its levels.

    Shapes: `x` uint8[features, m]; `out` float32[m * outputs]. 512 lines at a time; those that the first trees leave
    unsure are moved side by side for the others.
    """
    total: cython.ulonglong[::1] = room.total
    last: cython.Py_ssize_t = trees.feature.shape[0]
    outputs: cython.Py_ssize_t = trees.bias.shape[0]
    words: cython.Py_ssize_t = (outputs + 2) // 3
    m: cython.Py_ssize_t = out.shape[0] // outputs
    line: cython.int[512]
    lo: cython.Py_ssize_t
    n: cython.Py_ssize_t
    i: cython.Py_ssize_t
    if not cython.compiled:
        line = [0] * 512  # compiled, what the stack holds will do
    for lo in range(0, m, 512):
        n = 512 if lo + 512 < m else m - lo
        for i in range(n):
            line[i] = i
        for i in range(words * n):
            total[i] = 0
        _add_trees(x, trees, 0, trees.first, lo, n, total)
        if trees.first < last:
            n = _leave_sure(trees, total, n, line, out, outputs * lo)
            _move(x, trees, lo, n, line, room)
            _add_trees(room.columns, trees, trees.first, last, 0, n, total)
        _odds(total, trees.bias, n, line, out, outputs * lo)


def forest(x: cython.const[cython.uchar][:, ::1], trees: Trees, room: LeafRoom, out: cython.float[::1]) -> None:
    """Log-odds of every line, see `_forest`: `out` float32[m * outputs]."""
    with cython.nogil:
        _forest(x, trees, room, out)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _body_score(powers: cython.const[cython.double][::1], odds: cython.double) -> cython.uchar:
    """How sure it is that a line is body, 0 to 200, from its log-odds; beyond 12 nothing changes any more."""
    odds = 12.0 if odds > 12.0 else -12.0 if odds < -12.0 else odds
    return cython.cast(cython.uchar, floor(200.0 / (1.0 + power_of(powers, -odds)) + 0.5))


def body_scores(powers: Powers, lines: Lines, trees: Trees, room: LeafRoom, m: cython.Py_ssize_t) -> None:
    """Body scores of the `m` lines, 0 to 200."""
    odds: cython.float[::1] = lines.body_odds[:m]
    body: cython.uchar[:, ::1] = lines.body
    i: cython.Py_ssize_t
    with cython.nogil:
        _forest(lines.every, trees, room, odds)
        for i in range(m):
            body[0, i] = _body_score(powers.powers, odds[i])


def label_odds(lines: Lines, trees: Trees, room: LeafRoom, m: cython.Py_ssize_t) -> None:
    """Log-odds of the labels of the `m` lines, three of each."""
    odds: cython.float[::1] = lines.odds[: 3 * m]
    with cython.nogil:
        _forest(lines.every, trees, room, odds)


def lines_of_few(lines: Lines, n_docs: cython.Py_ssize_t, most: cython.Py_ssize_t) -> int:
    """How many lines stand in documents of at most `most` lines."""
    doc_line: cython.const[cython.int][::1] = lines.doc_line
    d: cython.Py_ssize_t
    n: cython.Py_ssize_t
    found: cython.Py_ssize_t = 0
    for d in range(n_docs):
        n = doc_line[d + 1] - doc_line[d]
        found += n if n <= most else 0
    return found


def few_odds(
    lines: Lines,
    trees: Trees,
    shares: cython.const[cython.float][::1],
    room: LeafRoom,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
) -> None:
    """Mix what `trees` say into the log-odds of the labels of those of the `m` lines whose documents are short: they have
    `shares[n]` of those of a document of n lines; nothing where n is beyond them."""
    doc_line: cython.const[cython.int][::1] = lines.doc_line
    line: cython.int[512]
    share: cython.float[512]
    lo: cython.Py_ssize_t
    end: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    size: cython.Py_ssize_t
    d: cython.Py_ssize_t = 0
    i: cython.Py_ssize_t
    n: cython.Py_ssize_t
    if not cython.compiled:
        line, share = [0] * 512, [0.0] * 512  # compiled, what the stack holds will do
    with cython.nogil:
        for lo in range(0, m, 512):
            n = 0
            end = lo + 512 if lo + 512 < m else m
            while d < n_docs and doc_line[d] < end:
                first = doc_line[d] if doc_line[d] > lo else lo
                last = doc_line[d + 1] if doc_line[d + 1] < end else end
                size = doc_line[d + 1] - doc_line[d]
                if size < shares.shape[0]:
                    for i in range(first, last):
                        line[n] = i - lo
                        share[n] = shares[size]
                        n += 1
                if doc_line[d + 1] > end:
                    break
                d += 1
            if n > 0:
                for i in range(n):
                    room.total[i] = 0
                _move(lines.every, trees, lo, n, line, room)
                _add_trees(room.columns, trees, 0, trees.first, 0, n, room.total)
                _mix(room.total, trees.bias, n, line, share, lines.odds, 3 * lo)


def probabilities(table: Powers, lines: Lines, m: cython.Py_ssize_t) -> None:
    """Shares of the three labels of the `m` lines from their log-odds; below 1e-10 nothing is told apart."""
    powers: cython.const[cython.double][::1] = table.powers
    odds: cython.const[cython.float][::1] = lines.odds
    out: cython.float[::1] = lines.probability
    i: cython.Py_ssize_t
    o: cython.Py_ssize_t
    most: cython.double
    below: cython.double
    total: cython.double
    power: cython.double[3]
    power = [0.0] * 3
    with cython.nogil:
        for i in range(m):
            most = odds[3 * i]
            for o in range(1, 3):
                if odds[3 * i + o] > most:
                    most = odds[3 * i + o]
            total = 0.0
            for o in range(3):
                below = odds[3 * i + o] - most
                power[o] = power_of(powers, below if below > -24.0 else -24.0)
                total += power[o]
            for o in range(3):
                out[3 * i + o] = power[o] / total


def kinds_of_pages(
    lines: Lines,
    trees: Trees,
    leaves: LeafRoom,
    pages: Pages,
    kinds: Kinds,
    docs: cython.Py_ssize_t,
    outputs: cython.Py_ssize_t,
    fewest: cython.Py_ssize_t,
    other: cython.int,
) -> None:
    """The output of `trees` with the greatest odds of each of the `docs` pages; `other` for pages of fewer than `fewest`
    lines."""
    doc_line: cython.const[cython.int][::1] = lines.doc_line
    kind: cython.uchar[::1] = kinds.kind
    width: cython.Py_ssize_t = trees.bias.shape[0]
    odds: cython.float[::1] = pages.odds[: width * docs]
    d: cython.Py_ssize_t
    o: cython.Py_ssize_t
    top: cython.Py_ssize_t
    with cython.nogil:
        _forest(pages.columns, trees, leaves, odds)
        for d in range(docs):
            top = 0
            for o in range(1, outputs):
                if odds[width * d + o] > odds[width * d + top]:
                    top = o
            kind[d] = cython.cast(cython.uchar, top if doc_line[d + 1] - doc_line[d] >= fewest else other)
