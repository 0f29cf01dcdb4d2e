# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Headlines of others: side by side in one line, or in a strip right above the first text of a page.

The trees see each cell of a line as a line of its own, and what is right above the first text of a page as a part of
it: both read like body to them. In: lines, their columns and flags, the verdicts of the trees. Out: other verdicts on
some of their blocks. What all kernels of layout take stands here.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import is_cut_off
    from cython.cimports.bilingual.labels.numbers import (
        CONTEXT,
        FLAG_CALL,
        FLAG_LONG,
        FLAG_META,
        FLAG_NAV,
        LAID_HEADLINES_ABOVE_TEXT,
        LAID_HEADLINES_IN_A_ROW,
        NAVIGATION,
        PLACE_NONE,
        PLACE_TABLE,
        PROMO,
        RULE,
        SAID_NAV_COVER,
        SIGNAL_COLONS,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_QUOTES,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.text.classes import CUT_CELL, CUT_GROUP
else:
    from bilingual.labels.measures import is_cut_off
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.text.classes import CUT_CELL, CUT_GROUP

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    def __init__(self, *columns: Any) -> None:
        (
            self.block_line, self.block_cut, self.block_word, self.word_start, self.word_end, self.word_hash,
            self.word_flags, self.codes,
        ) = columns  # fmt: skip


@cython.cclass
class Lines:
    """What is read of lines, see `features.Lines`."""

    def __init__(self, *columns: Any) -> None:
        (self.block, self.doc_line, self.flags, self.every, self.hash_line) = columns


@cython.cclass
class Places:
    """The place of every block, see `marks.Places`."""

    def __init__(self, *columns: Any) -> None:
        (self.place,) = columns


@cython.cclass
class Blocks:
    """The verdicts on every block, see `columns.LabelColumns`."""

    def __init__(self, *columns: Any) -> None:
        (self.label, self.score, self.layer, self.rule) = columns


@cython.cclass
class Layout:
    """What an exception of layout is worth, and the number of the first reason; the first row of phrases."""

    def __init__(self, score: cython.float, reason: cython.int, said: cython.Py_ssize_t) -> None:
        self.score = score
        self.reason = reason
        self.said = said


@cython.cclass
class Headlines:
    """The row of words of a line that long lines use. Fewest headlines of a row or strip and their fewest words in the
    mean, most words of one, most of a mean; most lines above a text; the share of words used by the text, of 200, of a
    strip and of what is a title behind it."""

    def __init__(self, *numbers: Any) -> None:
        (
            self.echo, self.fewest, self.mean_words, self.most_words, self.most_mean, self.most_above, self.strange,
            self.own,
        ) = numbers  # fmt: skip


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def give(
    layout: Layout,
    blocks: Blocks,
    b: cython.Py_ssize_t,
    label: cython.uchar,
    reason: cython.int,
) -> cython.void:
    """The verdict on block `b`, unless its label is that already; `reason` is one of LAID_*."""
    if blocks.label[b] != label:
        blocks.label[b] = label
        blocks.score[b] = layout.score
        blocks.layer[b] = CONTEXT
        blocks.rule[b] = cython.cast(cython.short, layout.reason + reason)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def give_headlines(
    layout: Layout, lines: Lines, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, reason: cython.int
) -> cython.void:
    """The lines lo..hi are headlines of others, but for those that a rule decided."""
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        if blocks.layer[lines.block[i]] != RULE:
            give(layout, blocks, lines.block[i], PROMO, reason)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_row(
    headlines: Headlines, lines: Lines, places: Places, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.bint:
    """Whether the cells lo..hi of one line are headlines: neither names and numbers, as in a table, nor sentences."""
    n: cython.Py_ssize_t = hi - lo
    i: cython.Py_ssize_t
    words: cython.Py_ssize_t = 0
    short: cython.Py_ssize_t = 0
    cut_off: cython.Py_ssize_t = 0
    for i in range(lo, hi):
        if lines.every[SIGNAL_WORDS, i] > headlines.most_words or places.place[lines.block[i]] == PLACE_TABLE:
            return False
        words += lines.every[SIGNAL_WORDS, i]
        short += 1 if lines.every[SIGNAL_WORDS, i] < 3 else 0
        cut_off += 1 if is_cut_off(lines.every[SIGNAL_END, i]) else 0
    # three cells of ten may be short, one of seven may end like a sentence: both are met among headlines
    return headlines.mean_words * n <= words <= headlines.most_mean * n and 10 * short <= 3 * n and 7 * cut_off <= n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_rows(
    layout: Layout,
    headlines: Headlines,
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
        # a long line without breaks is cut into groups of sentences, which are no cells
        if i - first >= headlines.fewest and scanned.block_cut[lines.block[first]] == CUT_CELL:
            if _is_row(headlines, lines, places, first, i):
                give_headlines(layout, lines, blocks, first, i, LAID_HEADLINES_IN_A_ROW)
        first = i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_item(
    layout: Layout, scanned: Scanned, lines: Lines, places: Places, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` may be one of a strip of headlines; in text with marks, or without breaks, none is."""
    return (
        3 <= lines.every[SIGNAL_WORDS, i] <= 20
        and not is_cut_off(lines.every[SIGNAL_END, i])
        and lines.every[layout.said + SAID_NAV_COVER, i] < 100
        and not lines.flags[i] & (FLAG_LONG | FLAG_META | FLAG_CALL | FLAG_NAV)
        and places.place[lines.block[i]] == PLACE_NONE
        and scanned.block_cut[lines.block[i]] != CUT_GROUP
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_press(lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` has what headlines often have and verses do not: digits, a colon, quotes or brackets."""
    return (
        lines.every[SIGNAL_DIGITS, i] > 0 or lines.every[SIGNAL_COLONS, i] > 0 or lines.every[SIGNAL_QUOTES, i] > 0
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_strip(
    layout: Layout,
    headlines: Headlines,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Headlines right above the first text of a page, of whose words it uses few; those behind them whose words it uses
    are its title."""
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
    if longs < 2 or text - lo > headlines.most_above:
        return
    first = text
    while first > lo and _is_item(layout, scanned, lines, places, first - 1):
        first -= 1
        words += lines.every[SIGNAL_WORDS, first]
        known += lines.every[headlines.echo, first] if lines.every[headlines.echo, first] != 255 else 0
        press += 1 if _is_press(lines, first) else 0
    i = text - first
    if i < headlines.fewest or 5 * press < i or words < headlines.mean_words * i or known > headlines.strange * i:
        return
    # the first line of the page may be the date and the names of its sites
    if first == lo and lines.every[SIGNAL_DIGITS, lo] > 0 and blocks.label[lines.block[lo]] == NAVIGATION:
        first += 1
    while text > first and headlines.own < lines.every[headlines.echo, text - 1] < 255:
        text -= 1
    give_headlines(layout, lines, blocks, first, text, LAID_HEADLINES_ABOVE_TEXT)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def settle_headlines(
    layout: Layout,
    headlines: Headlines,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """What is told by headlines side by side, or above a text, among the lines lo..hi of one document of plain text."""
    _settle_rows(layout, headlines, scanned, lines, places, blocks, lo, hi)
    _settle_strip(layout, headlines, scanned, lines, places, blocks, lo, hi)
