# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Where the layout of a page says what a line is for, whatever the trees said: exceptions after their verdict.

The trees see each cell of a line as a line of its own, and what is right above the first text of a page as a part of it.
So headlines side by side, and a strip of headlines above a text with no title between, read like body to them.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
        BODY,
        CONTEXT,
        FLAG_CALL,
        FLAG_ENDED,
        FLAG_LONG,
        FLAG_META,
        FLAG_NAV,
        MARK_COLON,
        MARK_COMMA,
        MARK_STOP,
        PLACE_NONE,
        PLACE_TABLE,
        PROMO,
        RULE,
        SAID_LEGAL,
        SAID_NAV_COVER,
        SIGNAL_COLONS,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_QUOTES,
        SIGNAL_SENTENCES,
        SIGNAL_WORDS,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    block_line: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (self.block_line,) = columns


@cython.cclass
class Lines:
    """What is read of lines, see `features.Lines`."""

    every_block: cython.const[cython.int][::1]
    every_doc_line: cython.const[cython.int][::1]
    every_flag: cython.const[cython.uint][::1]
    every: cython.const[cython.uchar][:, ::1]
    block: cython.const[cython.int][::1]
    doc_line: cython.const[cython.int][::1]
    flags: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (self.every_block, self.every_doc_line, self.every_flag, self.every) = columns

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t, n_docs: cython.Py_ssize_t) -> None:
        """How many lines and documents there are."""
        self.block = self.every_block[:m]
        self.doc_line = self.every_doc_line[: n_docs + 1]
        self.flags = self.every_flag[:m]


@cython.cclass
class Places:
    """The place of every block, see `marks.Places`."""

    place: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (self.place,) = columns


@cython.cclass
class Blocks:
    """The verdicts on every block, see `columns.LabelColumns`."""

    label: cython.uchar[::1]
    score: cython.float[::1]
    layer: cython.uchar[::1]
    rule: cython.short[::1]

    def __init__(self, *columns: Any) -> None:
        (self.label, self.score, self.layer, self.rule) = columns


@cython.cclass
class Layout:
    """The constants of exceptions: the row of words of a line that long lines use, and the first of phrases; the numbers of
    the rules of policies and of menus, and of the first reason; what an exception is worth.

    Fewest headlines of a row or strip and their fewest words in the mean, most words of one, most of a mean; most lines
    above a text; the share of words used by the text, of 200, of a strip and of what is a title behind it; fewest words
    of the text under the name of a policy.
    """

    echo: cython.Py_ssize_t
    said: cython.Py_ssize_t
    legal: cython.int
    menu: cython.int
    reason: cython.int
    score: cython.float
    fewest: cython.int
    mean_words: cython.int
    most_words: cython.int
    most_mean: cython.int
    most_above: cython.int
    strange: cython.int
    own: cython.int
    text_words: cython.int

    def __init__(self, score: cython.float, *numbers: Any) -> None:
        self.score = score
        (
            self.echo, self.said, self.legal, self.menu, self.reason, self.fewest, self.mean_words,
            self.most_words, self.most_mean, self.most_above, self.strange, self.own, self.text_words,
        ) = numbers  # fmt: skip


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_cut_off(end: cython.uchar) -> cython.bint:
    """Whether a line ends as no headline does."""
    return end == MARK_STOP or end == MARK_COLON or end == MARK_COMMA


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _give(
    layout: Layout,
    blocks: Blocks,
    b: cython.Py_ssize_t,
    label: cython.uchar,
    reason: cython.int,
) -> cython.void:
    """The verdict on block `b`, unless its label is that already; `reason` counts from the first exception."""
    if blocks.label[b] != label:
        blocks.label[b] = label
        blocks.score[b] = layout.score
        blocks.layer[b] = CONTEXT
        blocks.rule[b] = cython.cast(cython.short, layout.reason + reason)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _give_headlines(
    layout: Layout, lines: Lines, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, reason: cython.int
) -> cython.void:
    """The lines lo..hi are headlines of others, but for those that a rule decided."""
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        if blocks.layer[lines.block[i]] != RULE:
            _give(layout, blocks, lines.block[i], PROMO, reason)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_row(
    layout: Layout, lines: Lines, places: Places, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.bint:
    """Whether the cells lo..hi of one line are headlines: neither names and numbers, as in a table, nor sentences."""
    n: cython.Py_ssize_t = hi - lo
    i: cython.Py_ssize_t
    words: cython.Py_ssize_t = 0
    short: cython.Py_ssize_t = 0
    cut_off: cython.Py_ssize_t = 0
    for i in range(lo, hi):
        if lines.every[SIGNAL_WORDS, i] > layout.most_words or places.place[lines.block[i]] == PLACE_TABLE:
            return False
        words += lines.every[SIGNAL_WORDS, i]
        short += 1 if lines.every[SIGNAL_WORDS, i] < 3 else 0
        cut_off += 1 if _is_cut_off(lines.every[SIGNAL_END, i]) else 0
    # three cells of ten may be short, one of seven may end like a sentence: both are met among headlines
    return layout.mean_words * n <= words <= layout.most_mean * n and 10 * short <= 3 * n and 7 * cut_off <= n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_rows(
    layout: Layout,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Headlines side by side among the lines lo..hi: the latest news of a site, or of others, drawn as one line."""
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t = lo
    for i in range(lo + 1, hi + 1):
        if i < hi and scanned.block_line[lines.block[i]] == scanned.block_line[lines.block[first]]:
            continue
        if i - first >= layout.fewest and _is_row(layout, lines, places, first, i):
            _give_headlines(layout, lines, blocks, first, i, 0)
        first = i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_item(layout: Layout, lines: Lines, places: Places, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be one of a strip of headlines; in text with marks none is."""
    return (
        3 <= lines.every[SIGNAL_WORDS, i] <= 20
        and not _is_cut_off(lines.every[SIGNAL_END, i])
        and lines.every[layout.said + SAID_NAV_COVER, i] < 100
        and not lines.flags[i] & (FLAG_LONG | FLAG_META | FLAG_CALL | FLAG_NAV)
        and places.place[lines.block[i]] == PLACE_NONE
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_press(lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` has what headlines often have and verses do not: digits, a colon, quotation marks or brackets."""
    return (
        lines.every[SIGNAL_DIGITS, i] > 0 or lines.every[SIGNAL_COLONS, i] > 0 or lines.every[SIGNAL_QUOTES, i] > 0
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_strip(
    layout: Layout, lines: Lines, places: Places, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.void:
    """Headlines right above the first text of a page, of whose words it uses few; those behind them whose words it uses are
    its title."""
    text: cython.Py_ssize_t = lo
    first: cython.Py_ssize_t
    i: cython.Py_ssize_t
    longs: cython.Py_ssize_t = 0
    words: cython.Py_ssize_t = 0
    known: cython.Py_ssize_t = 0
    press: cython.Py_ssize_t = 0
    while text < hi and not lines.flags[text] & FLAG_LONG:
        text += 1
    for i in range(text, min(text + 4, hi)):
        longs += 1 if lines.flags[i] & FLAG_LONG else 0
    if longs < 2 or text - lo > layout.most_above:
        return
    first = text
    while first > lo and _is_item(layout, lines, places, first - 1):
        first -= 1
        words += lines.every[SIGNAL_WORDS, first]
        known += lines.every[layout.echo, first] if lines.every[layout.echo, first] != 255 else 0
        press += 1 if _is_press(lines, first) else 0
    i = text - first
    if i < layout.fewest or 5 * press < i or words < layout.mean_words * i or known > layout.strange * i:
        return
    while text > first and lines.every[layout.echo, text - 1] != 255 and lines.every[layout.echo, text - 1] > layout.own:
        text -= 1
    _give_headlines(layout, lines, blocks, first, text, 1)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_text(layout: Layout, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is a sentence of the body, by the trees."""
    b: cython.Py_ssize_t = lines.block[i]
    return (
        blocks.label[b] == BODY
        and blocks.layer[b] != RULE
        and lines.every[SIGNAL_WORDS, i] >= layout.text_words
        and (lines.flags[i] & FLAG_ENDED or lines.every[SIGNAL_SENTENCES, i] > 0)
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_titles(
    layout: Layout, lines: Lines, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.void:
    """Names of policies among the lines lo..hi that stand above their text, with a date or a heading between or nothing: a
    rule took them for links."""
    i: cython.Py_ssize_t
    b: cython.Py_ssize_t
    for i in range(lo, hi - 1):
        if lines.every[layout.said + SAID_LEGAL, i] != ALL_OF_IT:
            continue
        b = lines.block[i]
        if blocks.layer[b] != RULE or (blocks.rule[b] != layout.legal and blocks.rule[b] != layout.menu):
            continue
        if not _is_text(layout, lines, blocks, i + 1):
            if lines.every[SIGNAL_WORDS, i + 1] >= layout.text_words or i + 2 >= hi:
                continue
            if blocks.label[lines.block[i + 1]] != BODY and not lines.flags[i + 1] & FLAG_META:
                continue
            if not _is_text(layout, lines, blocks, i + 2):
                continue
        _give(layout, blocks, b, BODY, 2)


def settle(
    layout: Layout,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
) -> None:
    """The exceptions on the `m` lines of `n_docs` documents."""
    d: cython.Py_ssize_t
    lines.hold(m, n_docs)
    with cython.nogil:
        for d in range(n_docs):
            _settle_rows(layout, scanned, lines, places, blocks, lines.doc_line[d], lines.doc_line[d + 1])
            _settle_strip(layout, lines, places, blocks, lines.doc_line[d], lines.doc_line[d + 1])
            _settle_titles(layout, lines, blocks, lines.doc_line[d], lines.doc_line[d + 1])
