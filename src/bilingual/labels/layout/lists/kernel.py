# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What lines above or below tell: names of policies above their text, what calls and headers list, boxes beside posts.

In: lines, their columns and flags, the verdicts of the trees. Out: other verdicts on some of their blocks.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.layout.headlines.kernel import (
        Blocks,
        Layout,
        Lines,
        Places,
        Scanned,
        give,
        give_headlines,
    )
    from cython.cimports.bilingual.labels.measures import is_cut_off
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
        BODY,
        FLAG_CALL,
        FLAG_ENDED,
        FLAG_HEADER,
        FLAG_META,
        FLAG_NAV,
        IN_POSITION,
        LAID_LISTED_HEADLINE,
        LAID_MEMBER_BOX,
        LAID_OFFER_ITEM,
        LAID_POLICY_TITLE,
        MARK_BULLET,
        MARK_COLON,
        MARK_DIGIT,
        MARK_EXCLAMATION,
        MARK_STOP,
        NAVIGATION,
        PLACE_NONE,
        PROMO,
        RULE,
        SAID_FORUM,
        SAID_HEADER,
        SAID_LEGAL,
        SAID_NAV_COVER,
        SIGNAL_COLONS,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_SENTENCES,
        SIGNAL_SEPARATORS,
        SIGNAL_SQUARES,
        SIGNAL_START,
        SIGNAL_URLS,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.labels.stretches import has_colon
    from cython.cimports.bilingual.text.classes import WORD_ALL_DIGITS
else:
    from bilingual.labels.layout.headlines.kernel import *  # noqa: F403  (the names above)
    from bilingual.labels.measures import is_cut_off
    from bilingual.labels.numbers import *  # noqa: F403
    from bilingual.labels.stretches import has_colon
    from bilingual.text.classes import WORD_ALL_DIGITS

COMPILED = cython.compiled


@cython.cclass
class Lists:
    """The numbers of the rules of policies and of menus; fewest words of the text under the name of a policy; fewest
    words of a call above a list and most items of it; fewest fields of a box and most words of one; fewest and most
    headlines under a header of a list, fewest and most words of one, most digits and wordings of navigation in it."""

    def __init__(self, *numbers: Any) -> None:
        (
            self.legal, self.menu, self.text_words, self.call_words, self.most_items, self.fewest_fields,
            self.field_words, self.fewest_listed, self.most_listed, self.listed_words, self.most_listed_words,
            self.listed_digits, self.listed_cover,
        ) = numbers  # fmt: skip


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_text(lists: Lists, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is a sentence of the body, by the trees."""
    b: cython.Py_ssize_t = lines.block[i]
    return (
        blocks.label[b] == BODY
        and blocks.layer[b] != RULE
        and lines.every[SIGNAL_WORDS, i] >= lists.text_words
        and (lines.flags[i] & FLAG_ENDED or lines.every[SIGNAL_SENTENCES, i] > 0)
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_long_body(lists: Lists, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is as long as a sentence, and body by the trees; it need not end as one."""
    b: cython.Py_ssize_t = lines.block[i]
    return blocks.label[b] == BODY and blocks.layer[b] != RULE and lines.every[SIGNAL_WORDS, i] >= lists.text_words


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_headed(
    lists: Lists, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t, hi: cython.Py_ssize_t, strict: cython.bint
) -> cython.bint:
    """Whether a text begins with line `i`: a sentence of body or, unless `strict`, a line as long as one; or two such
    lines. A rule that took the name above it for a link is right more often than the trees are."""
    if _is_text(lists, lines, blocks, i):
        return True
    if not _is_long_body(lists, lines, blocks, i):
        return False
    return not strict or (i + 1 < hi and _is_long_body(lists, lines, blocks, i + 1))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_titles(
    layout: Layout, lists: Lists, lines: Lines, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.void:
    """Names of policies among the lines lo..hi that stand above their text, with themselves again, a date or a
    heading between or nothing: they were taken for links."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    b: cython.Py_ssize_t
    for i in range(lo, hi - 1):
        if lines.every[layout.said + SAID_LEGAL, i] != ALL_OF_IT:
            continue
        b = lines.block[i]
        if blocks.label[b] != NAVIGATION:
            continue
        if blocks.layer[b] == RULE and blocks.rule[b] != lists.legal and blocks.rule[b] != lists.menu:
            continue
        if j <= i:  # else the line is one of a row of equal ones, which ends at j
            j = i + 1
        while j < hi - 1 and lines.hash_line[j] == lines.hash_line[i]:
            j += 1
        if not _is_headed(lists, lines, blocks, j, hi, blocks.layer[b] == RULE):
            if lines.every[SIGNAL_WORDS, j] >= lists.text_words or j + 1 >= hi:
                continue
            if blocks.label[lines.block[j]] != BODY and not lines.flags[j] & FLAG_META:
                continue
            if not _is_headed(lists, lines, blocks, j + 1, hi, True):
                continue
        give(layout, blocks, b, BODY, LAID_POLICY_TITLE)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_listed(scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` begins with a bullet, or with a number and a stop or bracket, and goes on."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    c: cython.uint
    if lines.every[SIGNAL_START, i] != MARK_DIGIT:
        return lines.every[SIGNAL_START, i] == MARK_BULLET
    if w + 1 >= scanned.block_word[lines.block[i] + 1] or not scanned.word_flags[w] & WORD_ALL_DIGITS:
        return False
    c = scanned.codes[scanned.word_end[w]]
    return c == ord(".") or c == ord(")") or c == ord("-")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_offer(
    layout: Layout,
    lists: Lists,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Items of a list right under line `i`, which ends with a colon, are what it promises if it is a call."""
    j: cython.Py_ssize_t = i + 1
    if lines.every[SIGNAL_WORDS, i] < lists.call_words or blocks.label[lines.block[i]] != PROMO:
        return
    while j < hi and j - i <= lists.most_items and places.place[lines.block[j]] == PLACE_NONE:
        if not _is_listed(scanned, lines, j):
            return
        if blocks.layer[lines.block[j]] != RULE:
            give(layout, blocks, lines.block[j], PROMO, LAID_OFFER_ITEM)
        j += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_field(lists: Lists, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is a name of one word or two, a colon, and a short value."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    n: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - w
    end: cython.uchar = lines.every[SIGNAL_END, i]
    if lines.every[SIGNAL_COLONS, i] == 0 or n < 2 or n > lists.field_words:
        return False
    if end == MARK_STOP or end == MARK_EXCLAMATION or scanned.word_flags[w] & WORD_ALL_DIGITS:
        return False
    return has_colon(scanned.codes, scanned.word_end[w], scanned.word_start[w + 1]) or (
        n > 2
        and not scanned.word_flags[w + 1] & WORD_ALL_DIGITS
        and has_colon(scanned.codes, scanned.word_end[w + 1], scanned.word_start[w + 2])
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_box(
    layout: Layout,
    lists: Lists,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Fields in a row around line `i`, a wording of forums, say who wrote the post beside them if it is one of them and
    was taken for navigation. The line behind them, before which no other needs a look, or `i`."""
    j: cython.Py_ssize_t = i
    end: cython.Py_ssize_t = i + 1
    if blocks.label[lines.block[i]] != NAVIGATION or not _is_field(lists, scanned, lines, i):
        return i
    while j > lo and _is_field(lists, scanned, lines, j - 1):
        j -= 1
    while end < hi and _is_field(lists, scanned, lines, end):
        end += 1
    if end - j < lists.fewest_fields:
        return end
    while j < end:
        if blocks.layer[lines.block[j]] != RULE and places.place[lines.block[j]] == PLACE_NONE:
            give(layout, blocks, lines.block[j], NAVIGATION, LAID_MEMBER_BOX)
        j += 1
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_headline(
    layout: Layout, lists: Lists, lines: Lines, places: Places, blocks: Blocks, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` may be the headline of another page: some words, no sentence, nothing of a menu, date or call."""
    b: cython.Py_ssize_t = lines.block[i]
    return (
        lists.listed_words <= lines.every[SIGNAL_WORDS, i] <= lists.most_listed_words
        and not lines.flags[i] & (FLAG_NAV | FLAG_META | FLAG_CALL | FLAG_HEADER)
        and not is_cut_off(lines.every[SIGNAL_END, i])
        and lines.every[SIGNAL_DIGITS, i] <= lists.listed_digits
        and lines.every[SIGNAL_URLS, i] == 0
        and lines.every[SIGNAL_SEPARATORS, i] == 0
        and lines.every[SIGNAL_SQUARES, i] == 0
        and lines.every[layout.said + SAID_NAV_COVER, i] < lists.listed_cover
        and blocks.layer[b] != RULE
        and blocks.label[b] != BODY
        and places.place[b] == PLACE_NONE
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_listed(
    layout: Layout,
    lists: Lists,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Headlines in a row right under line `i`, the header of a list of others, are what it lists, unless one of them is
    body: then the page is such a list."""
    j: cython.Py_ssize_t = i + 1
    while j < hi and j - i <= lists.most_listed and _is_headline(layout, lists, lines, places, blocks, j):
        j += 1
    if j - i - 1 < lists.fewest_listed:
        return
    if j < hi and j - i <= lists.most_listed and blocks.label[lines.block[j]] == BODY:
        return
    give_headlines(layout, lines, blocks, i + 1, j, LAID_LISTED_HEADLINE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_under(
    layout: Layout,
    lists: Lists,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Lists under calls and under headers of lists, and boxes beside posts, among the lines lo..hi."""
    i: cython.Py_ssize_t
    box: cython.Py_ssize_t = lo
    for i in range(lo, hi):
        if lines.every[SIGNAL_END, i] == MARK_COLON:
            _settle_offer(layout, lists, scanned, lines, places, blocks, i, hi)
        if i >= box and lines.every[layout.said + SAID_FORUM, i] >= IN_POSITION:
            box = _settle_box(layout, lists, scanned, lines, places, blocks, lo, i, hi)
        if lines.flags[i] & FLAG_HEADER and lines.every[layout.said + SAID_HEADER, i] == ALL_OF_IT:
            _settle_listed(layout, lists, lines, places, blocks, i, hi)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def settle_lists(
    layout: Layout,
    lists: Lists,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """What is told by the lines above or below, among the lines lo..hi of one document."""
    _settle_titles(layout, lists, lines, blocks, lo, hi)
    _settle_under(layout, lists, scanned, lines, places, blocks, lo, hi)
