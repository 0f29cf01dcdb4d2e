# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Where the layout of a page says what a line is for, whatever the trees said: exceptions after their verdict.

The trees see each cell of a line as a line of its own, and what is right above the first text of a page as a part of
it. So headlines side by side, and a strip of headlines above a text with no title between, read like body to them. They
know that a line returns, not that those around it do so too, in the same order, as the entries of contents.

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
        FLAG_HEADER,
        FLAG_LONG,
        FLAG_META,
        FLAG_NAV,
        IN_POSITION,
        LAID_CONTENTS_ENTRY,
        LAID_HEADLINES_ABOVE_TEXT,
        LAID_HEADLINES_IN_A_ROW,
        LAID_LISTED_HEADLINE,
        LAID_MEMBER_BOX,
        LAID_OFFER_ITEM,
        LAID_POLICY_TITLE,
        MARK_BULLET,
        MARK_COLON,
        MARK_COMMA,
        MARK_DIGIT,
        MARK_EXCLAMATION,
        MARK_STOP,
        NAVIGATION,
        PLACE_NONE,
        PLACE_TABLE,
        PROMO,
        RULE,
        SAID_FORUM,
        SAID_HEADER,
        SAID_LEGAL,
        SAID_NAV_COVER,
        SIGNAL_COLONS,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_QUOTES,
        SIGNAL_SENTENCES,
        SIGNAL_SEPARATORS,
        SIGNAL_SQUARES,
        SIGNAL_START,
        SIGNAL_URLS,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.labels.stretches import has_colon
    from cython.cimports.bilingual.text.classes import CUT_CELL, CUT_GROUP, WORD_ALL_DIGITS
    from cython.cimports.bilingual.text.hashes import first_hash, hash_step
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.stretches import has_colon
    from bilingual.text.classes import CUT_CELL, CUT_GROUP, WORD_ALL_DIGITS
    from bilingual.text.hashes import first_hash, hash_step

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    block_line: cython.const[cython.int][::1]
    block_cut: cython.const[cython.uchar][::1]
    block_word: cython.const[cython.int][::1]
    word_start: cython.const[cython.int][::1]
    word_end: cython.const[cython.int][::1]
    word_hash: cython.const[cython.ulonglong][::1]
    word_flags: cython.const[cython.ushort][::1]
    codes: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.block_line, self.block_cut, self.block_word, self.word_start, self.word_end, self.word_hash,
            self.word_flags, self.codes,
        ) = columns  # fmt: skip


@cython.cclass
class Lines:
    """What is read of lines, see `features.Lines`."""

    every_block: cython.const[cython.int][::1]
    every_doc_line: cython.const[cython.int][::1]
    every_flag: cython.const[cython.uint][::1]
    every: cython.const[cython.uchar][:, ::1]
    hash_line: cython.const[cython.ulonglong][::1]
    block: cython.const[cython.int][::1]
    doc_line: cython.const[cython.int][::1]
    flags: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (self.every_block, self.every_doc_line, self.every_flag, self.every, self.hash_line) = columns

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t, n_docs: cython.Py_ssize_t) -> None:
        """How many lines and documents there are."""
        self.block = self.every_block[:m]
        self.doc_line = self.every_doc_line[: n_docs + 1]
        self.flags = self.every_flag[:m]


@cython.cclass
class Returns:
    """Work space: what each line says, 0 for nothing that may be an entry; the next line of its page that says so, -1
    for none; whether one above does."""

    key: cython.ulonglong[::1]
    later: cython.int[::1]
    is_later: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (self.key, self.later, self.is_later) = columns


@cython.cclass
class Slots:
    """A hash table: the last line that was entered for a slot, -1 for a free one."""

    line: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (self.line,) = columns


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
    """The constants of exceptions: the row of words of a line that long lines use, and the first of phrases; the
    numbers of the rules of policies and of menus, and of the first reason; what an exception is worth.

    Fewest headlines of a row or strip and their fewest words in the mean, most words of one, most of a mean; most lines
    above a text; the share of words used by the text, of 200, of a strip and of what is a title behind it; fewest words
    of the text under the name of a policy; fewest entries of contents and most words of one; fewest words of a call above
    a list and most items of it; fewest fields of a box and most words of one; fewest and most headlines under a header
    of a list, fewest and most words of one, most digits and wordings of navigation in it.
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
    fewest_entries: cython.int
    entry_words: cython.int
    call_words: cython.int
    most_items: cython.int
    fewest_fields: cython.int
    field_words: cython.int
    fewest_listed: cython.int
    most_listed: cython.int
    listed_words: cython.int
    most_listed_words: cython.int
    listed_digits: cython.int
    listed_cover: cython.int

    def __init__(self, score: cython.float, *numbers: Any) -> None:
        self.score = score
        (
            self.echo, self.said, self.legal, self.menu, self.reason, self.fewest, self.mean_words,
            self.most_words, self.most_mean, self.most_above, self.strange, self.own, self.text_words,
            self.fewest_entries, self.entry_words, self.call_words, self.most_items, self.fewest_fields, self.field_words,
            self.fewest_listed, self.most_listed, self.listed_words, self.most_listed_words, self.listed_digits,
            self.listed_cover,
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
    """The verdict on block `b`, unless its label is that already; `reason` is one of LAID_*."""
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
        # a long line without breaks is cut into groups of sentences, which are no cells
        if i - first >= layout.fewest and scanned.block_cut[lines.block[first]] == CUT_CELL:
            if _is_row(layout, lines, places, first, i):
                _give_headlines(layout, lines, blocks, first, i, LAID_HEADLINES_IN_A_ROW)
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
        and not _is_cut_off(lines.every[SIGNAL_END, i])
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
    if longs < 2 or text - lo > layout.most_above:
        return
    first = text
    while first > lo and _is_item(layout, scanned, lines, places, first - 1):
        first -= 1
        words += lines.every[SIGNAL_WORDS, first]
        known += lines.every[layout.echo, first] if lines.every[layout.echo, first] != 255 else 0
        press += 1 if _is_press(lines, first) else 0
    i = text - first
    if i < layout.fewest or 5 * press < i or words < layout.mean_words * i or known > layout.strange * i:
        return
    # the first line of the page may be the date and the names of its sites
    if first == lo and lines.every[SIGNAL_DIGITS, lo] > 0 and blocks.label[lines.block[lo]] == NAVIGATION:
        first += 1
    while text > first and layout.own < lines.every[layout.echo, text - 1] < 255:
        text -= 1
    _give_headlines(layout, lines, blocks, first, text, LAID_HEADLINES_ABOVE_TEXT)


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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_long_body(layout: Layout, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is as long as a sentence, and body by the trees; it need not end as one."""
    b: cython.Py_ssize_t = lines.block[i]
    return blocks.label[b] == BODY and blocks.layer[b] != RULE and lines.every[SIGNAL_WORDS, i] >= layout.text_words


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_headed(
    layout: Layout, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t, hi: cython.Py_ssize_t, strict: cython.bint
) -> cython.bint:
    """Whether a text begins with line `i`: a sentence of body or, unless `strict`, a line as long as one; or two such
    lines. A rule that took the name above it for a link is right more often than the trees are."""
    if _is_text(layout, lines, blocks, i):
        return True
    if not _is_long_body(layout, lines, blocks, i):
        return False
    return not strict or (i + 1 < hi and _is_long_body(layout, lines, blocks, i + 1))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_titles(
    layout: Layout, lines: Lines, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
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
        if blocks.layer[b] == RULE and blocks.rule[b] != layout.legal and blocks.rule[b] != layout.menu:
            continue
        if j <= i:  # else the line is one of a row of equal ones, which ends at j
            j = i + 1
        while j < hi - 1 and lines.hash_line[j] == lines.hash_line[i]:
            j += 1
        if not _is_headed(layout, lines, blocks, j, hi, blocks.layer[b] == RULE):
            if lines.every[SIGNAL_WORDS, j] >= layout.text_words or j + 1 >= hi:
                continue
            if blocks.label[lines.block[j]] != BODY and not lines.flags[j] & FLAG_META:
                continue
            if not _is_headed(layout, lines, blocks, j + 1, hi, True):
                continue
        _give(layout, blocks, b, BODY, LAID_POLICY_TITLE)


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
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Items of a list right under line `i`, which ends with a colon, are what it promises if it is a call."""
    j: cython.Py_ssize_t = i + 1
    if lines.every[SIGNAL_WORDS, i] < layout.call_words or blocks.label[lines.block[i]] != PROMO:
        return
    while j < hi and j - i <= layout.most_items and places.place[lines.block[j]] == PLACE_NONE:
        if not _is_listed(scanned, lines, j):
            return
        if blocks.layer[lines.block[j]] != RULE:
            _give(layout, blocks, lines.block[j], PROMO, LAID_OFFER_ITEM)
        j += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_field(layout: Layout, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is a name of one word or two, a colon, and a short value."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    n: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - w
    end: cython.uchar = lines.every[SIGNAL_END, i]
    if lines.every[SIGNAL_COLONS, i] == 0 or n < 2 or n > layout.field_words:
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
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Fields in a row around line `i`, a wording of forums, say who wrote the post beside them if it is one of them and was
    taken for navigation. The line behind them, before which no other needs a look, or `i`."""
    j: cython.Py_ssize_t = i
    end: cython.Py_ssize_t = i + 1
    if blocks.label[lines.block[i]] != NAVIGATION or not _is_field(layout, scanned, lines, i):
        return i
    while j > lo and _is_field(layout, scanned, lines, j - 1):
        j -= 1
    while end < hi and _is_field(layout, scanned, lines, end):
        end += 1
    if end - j < layout.fewest_fields:
        return end
    while j < end:
        if blocks.layer[lines.block[j]] != RULE and places.place[lines.block[j]] == PLACE_NONE:
            _give(layout, blocks, lines.block[j], NAVIGATION, LAID_MEMBER_BOX)
        j += 1
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_headline(layout: Layout, lines: Lines, places: Places, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be the headline of another page: some words, no sentence, nothing of a menu, date or call."""
    b: cython.Py_ssize_t = lines.block[i]
    return (
        layout.listed_words <= lines.every[SIGNAL_WORDS, i] <= layout.most_listed_words
        and not lines.flags[i] & (FLAG_NAV | FLAG_META | FLAG_CALL | FLAG_HEADER)
        and not _is_cut_off(lines.every[SIGNAL_END, i])
        and lines.every[SIGNAL_DIGITS, i] <= layout.listed_digits
        and lines.every[SIGNAL_URLS, i] == 0
        and lines.every[SIGNAL_SEPARATORS, i] == 0
        and lines.every[SIGNAL_SQUARES, i] == 0
        and lines.every[layout.said + SAID_NAV_COVER, i] < layout.listed_cover
        and blocks.layer[b] != RULE
        and blocks.label[b] != BODY
        and places.place[b] == PLACE_NONE
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_listed(
    layout: Layout, lines: Lines, places: Places, blocks: Blocks, i: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.void:
    """Headlines in a row right under line `i`, the header of a list of others, are what it lists, unless one of them is
    body: then the page is such a list."""
    j: cython.Py_ssize_t = i + 1
    while j < hi and j - i <= layout.most_listed and _is_headline(layout, lines, places, blocks, j):
        j += 1
    if j - i - 1 < layout.fewest_listed:
        return
    if j < hi and j - i <= layout.most_listed and blocks.label[lines.block[j]] == BODY:
        return
    _give_headlines(layout, lines, blocks, i + 1, j, LAID_LISTED_HEADLINE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_lists(
    layout: Layout,
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
            _settle_offer(layout, scanned, lines, places, blocks, i, hi)
        if i >= box and lines.every[layout.said + SAID_FORUM, i] >= IN_POSITION:
            box = _settle_box(layout, scanned, lines, places, blocks, lo, i, hi)
        if lines.flags[i] & FLAG_HEADER and lines.every[layout.said + SAID_HEADER, i] == ALL_OF_IT:
            _settle_listed(layout, lines, places, blocks, i, hi)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_keys(
    layout: Layout, scanned: Scanned, lines: Lines, returns: Returns, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.void:
    """What each of the lines lo..hi says, without the numbers that it begins with: contents count, headings often do
    not. Groups of sentences, of a long line without breaks, are no lines."""
    i: cython.Py_ssize_t
    w: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    key: cython.ulonglong
    for i in range(lo, hi):
        w = scanned.block_word[lines.block[i]]
        stop = scanned.block_word[lines.block[i] + 1]
        if stop - w > layout.entry_words or scanned.block_cut[lines.block[i]] == CUT_GROUP:
            key = 0
        elif not scanned.word_flags[w] & WORD_ALL_DIGITS:
            key = lines.hash_line[i]
        else:
            while w < stop and scanned.word_flags[w] & WORD_ALL_DIGITS:
                w += 1
            # as `vocabulary.kernel` begins
            key = first_hash() if w < stop else 0
            while w < stop:
                key = hash_step(key, scanned.word_hash[w])
                w += 1
        returns.key[i] = key


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_returns(returns: Returns, slots: Slots, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t) -> cython.void:
    """Where each of the lines lo..hi returns, and which do, from the last to the first."""
    mask: cython.ulonglong = 16
    at: cython.ulonglong
    key: cython.ulonglong
    i: cython.Py_ssize_t
    while mask < cython.cast(cython.ulonglong, 2 * (hi - lo)):
        mask *= 2
    for i in range(cython.cast(cython.Py_ssize_t, mask)):
        slots.line[i] = -1
    mask -= 1
    for i in range(hi - 1, lo - 1, -1):
        key = returns.key[i]
        returns.later[i] = -1
        returns.is_later[i] = 0
        if key == 0:
            continue
        at = (key ^ (key >> 31)) & mask
        while slots.line[at] >= 0 and returns.key[slots.line[at]] != key:
            at = (at + 1) & mask
        if slots.line[at] >= 0:
            returns.later[i] = slots.line[at]
            returns.is_later[slots.line[at]] = 1
        slots.line[at] = cython.cast(cython.int, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_contents(
    layout: Layout, lines: Lines, returns: Returns, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.void:
    """Rows of lines that return below them in the same order, each with something under it, are the page's contents."""
    i: cython.Py_ssize_t = lo
    j: cython.Py_ssize_t
    is_apart: cython.bint
    while i < hi:
        if returns.later[i] < 0 or returns.is_later[i]:
            i += 1
            continue
        j = i + 1
        is_apart = True
        while j < hi and returns.later[j] >= 0 and not returns.is_later[j]:
            if returns.later[j] < returns.later[j - 1] + 2:
                is_apart = False
            j += 1
        if is_apart and j - i >= layout.fewest_entries and returns.later[i] >= j:
            while i < j:
                if blocks.layer[lines.block[i]] != RULE:
                    _give(layout, blocks, lines.block[i], NAVIGATION, LAID_CONTENTS_ENTRY)
                i += 1
        i = j


def settle(
    layout: Layout,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    returns: Returns,
    slots: Slots,
    blocks: Blocks,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
    is_plain: cython.bint,
) -> None:
    """The exceptions on the `m` lines of `n_docs` documents, of plain text or not; `slots` has room for twice the lines
    of the longest, at the next power of two."""
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    lines.hold(m, n_docs)
    with cython.nogil:
        for d in range(n_docs):
            lo = lines.doc_line[d]
            hi = lines.doc_line[d + 1]
            if is_plain:
                _settle_rows(layout, scanned, lines, places, blocks, lo, hi)
                _settle_strip(layout, scanned, lines, places, blocks, lo, hi)
            _settle_titles(layout, lines, blocks, lo, hi)
            _settle_lists(layout, scanned, lines, places, blocks, lo, hi)
            if hi - lo > 2 * layout.fewest_entries:
                _read_keys(layout, scanned, lines, returns, lo, hi)
                _find_returns(returns, slots, lo, hi)
                _settle_contents(layout, lines, returns, blocks, lo, hi)
