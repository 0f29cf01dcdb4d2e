# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What lines are for that a name tells of: fields of one thing or of a member, tags, categories, contents, other pages, the
way to this one.

The trees judge line by line. They know that the lines around one are short, not that all of them are fields of one book, or
what the header above says that they are. The names stand in `data/lexicons/words/fields.tsv`.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import digit_of
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
        AT_OPENING,
        BODY,
        CONTEXT,
        FLAG_CALL,
        FLAG_LONG,
        FLAG_META,
        FLAG_NAV,
        IN_POSITION,
        LIKE_CATEGORY_ITEM,
        LIKE_HEADED_CONTENTS,
        LIKE_MEMBER_FIELD,
        LIKE_NUMBERED_TRAIL,
        LIKE_RECORD_FIELD,
        LIKE_TAG_LINE,
        LIKE_TURN_TITLE,
        MARK_BULLET,
        MARK_COLON,
        MARK_ELLIPSIS,
        MARK_EXCLAMATION,
        MARK_LETTER,
        MARK_STOP,
        NAVIGATION,
        PLACE_TEXT,
        PROMO,
        RULE,
        SAID_FORUM,
        SAID_TAGS,
        SIGNAL_COLONS,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_START,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.labels.stretches import has_colon
    from cython.cimports.bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS
    from cython.cimports.bilingual.text.hashes import first_hash, hash_step
else:
    from bilingual.labels.measures import digit_of
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.stretches import has_colon
    from bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS
    from bilingual.text.hashes import first_hash, hash_step

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    def __init__(self, *columns: Any) -> None:
        (
            self.block_word, self.block_end, self.block_cut, self.word_start, self.word_end, self.word_hash, self.word_flags, self.codes,
        ) = columns  # fmt: skip


@cython.cclass
class Lines:
    """What is read of lines, see `features.Lines`."""

    def __init__(self, *columns: Any) -> None:
        (self.block, self.doc_line, self.flags, self.every) = columns


@cython.cclass
class Places:
    """The place of every block, see `marks.Places`."""

    def __init__(self, *columns: Any) -> None:
        (self.place,) = columns


@cython.cclass
class Blocks:
    """The verdicts on every block and the kinds of documents, see `columns.LabelColumns`."""

    def __init__(self, *columns: Any) -> None:
        (self.label, self.score, self.layer, self.rule, self.kind) = columns


@cython.cclass
class Alike:
    """What an exception of this stage is worth, and the number of the first reason, see `alike.page`."""

    def __init__(self, score: cython.float, reason: cython.int) -> None:
        self.score = score
        self.reason = reason


@cython.cclass
class Table:
    """A hash table of names and the class of each; what some of them begin with, by the low bits of the hash of their first
    word. See `alike.page`."""

    def __init__(self, keys: Any, classes: Any, opens: Any) -> None:
        self.keys = keys
        self.classes = classes
        self.opens = opens
        self.mask = len(keys) - 1


@cython.cclass
class Names:
    """The names of fields and lists; what opens is a header of categories.

    The score of trees that are sure of a link; the first row of phrases; the classes of names; then how many lines and words
    what they stand over or in needs or may have. See `alike.page`.
    """

    def __init__(self, table: Table, sure_link: cython.float, *numbers: Any) -> None:
        self.table = table
        self.sure_link = sure_link
        (
            self.said, self.record, self.member, self.category, self.keyword, self.turn, self.contents, self.home, self.fewest_fields,
            self.most_fields, self.field_words, self.known_fields, self.tag_words, self.header_words, self.fewest_items,
            self.most_items, self.item_words, self.title_words, self.headed_entries, self.most_entries, self.headed_words,
            self.most_headers,
        ) = numbers  # fmt: skip


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def give(
    alike: Alike,
    places: Places,
    blocks: Blocks,
    b: cython.Py_ssize_t,
    label: cython.uchar,
    reason: cython.int,
) -> cython.void:
    """The verdict on block `b`, unless a rule, marks or that label decided; `reason` is one of LIKE_*."""
    if blocks.label[b] != label and blocks.layer[b] != RULE and places.place[b] <= PLACE_TEXT:
        blocks.label[b] = label
        blocks.score[b] = alike.score
        blocks.layer[b] = CONTEXT
        blocks.rule[b] = cython.cast(cython.short, alike.reason + reason)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def name_key(scanned: Scanned, w: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.ulonglong:
    """One number for `n` words from `w` on, as `alike.page` has it."""
    key: cython.ulonglong = first_hash()
    i: cython.Py_ssize_t
    for i in range(w, w + n):
        key = hash_step(key, scanned.word_hash[i])
    return key


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def class_of(table: Table, key: cython.ulonglong) -> cython.int:
    """The class of a name, 0 for none."""
    at: cython.ulonglong = (key ^ (key >> 31)) & table.mask
    while table.keys[at] != 0:
        if table.keys[at] == key:
            return table.classes[at]
        at = (at + 1) & table.mask
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_words(scanned: Scanned, b: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The words before the colon at the head of a block, up to three, none of them a number; 0 for none."""
    w: cython.Py_ssize_t = scanned.block_word[b]
    last: cython.Py_ssize_t = min(w + 3, scanned.block_word[b + 1] - 1)
    i: cython.Py_ssize_t
    for i in range(w, last):
        if scanned.word_flags[i] & WORD_ALL_DIGITS:
            return 0
        if has_colon(scanned.codes, scanned.word_end[i], scanned.word_start[i + 1]):
            return i - w + 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_field(names: Names, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is a name, a colon and a short value."""
    end: cython.uchar = lines.every[SIGNAL_END, i]
    return (
        lines.every[SIGNAL_COLONS, i] > 0
        and lines.every[SIGNAL_WORDS, i] <= names.field_words
        and end != MARK_STOP
        and end != MARK_EXCLAMATION
        and end != MARK_COLON
        and _name_words(scanned, lines.block[i]) > 0
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _field_key(scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.ulonglong:
    """The name of the field that line `i` is, as one number."""
    b: cython.Py_ssize_t = lines.block[i]
    return name_key(scanned, scanned.block_word[b], _name_words(scanned, b))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_twice(scanned: Scanned, lines: Lines, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t) -> cython.bint:
    """Whether two of the fields lo..hi have one name, as choices of a filter have."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    for i in range(lo, hi):
        for j in range(i + 1, hi):
            if _field_key(scanned, lines, i) == _field_key(scanned, lines, j):
                return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_fields(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Fields in a row from line `lo` on: the line behind them. They are the body of a page about one thing if some have
    names of such fields, and the line is given below zero; furniture if they tell of a member."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    found: cython.int
    records: cython.int = 0
    members: cython.int = 0
    first: cython.Py_ssize_t = hi
    last: cython.Py_ssize_t = hi
    while j < hi and _is_field(names, scanned, lines, j):
        j += 1
    if j - lo < names.fewest_fields or j - lo > names.most_fields:
        return j
    for i in range(lo, j):
        found = class_of(names.table, _field_key(scanned, lines, i))
        records += 1 if found == names.record else 0
        if found == names.member or lines.every[names.said + SAID_FORUM, i] >= IN_POSITION:
            first = min(first, i)
            last = i
            members += 1
    if records >= names.known_fields and members == 0:
        if not _is_twice(scanned, lines, lo, j):
            for i in range(lo, j):
                found = class_of(names.table, _field_key(scanned, lines, i))
                if found == names.record and places.place[lines.block[i]] <= PLACE_TEXT:
                    # a rule may have taken the name for a button: "Pages: 96"
                    if blocks.label[lines.block[i]] != BODY:
                        blocks.layer[lines.block[i]] = CONTEXT
                give(alike, places, blocks, lines.block[i], BODY, LIKE_RECORD_FIELD)
            return -j
    elif members >= names.known_fields and records == 0:
        for i in range(first, last + 1):
            give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_MEMBER_FIELD)
    return j


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_tag_line(
    names: Names, scanned: Scanned, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` is a word for tags or categories, a colon and some; keywords of a paper are body, and fields in code
    begin otherwise."""
    b: cython.Py_ssize_t = lines.block[i]
    start: cython.uchar = lines.every[SIGNAL_START, i]
    return (
        lines.every[SIGNAL_COLONS, i] > 0
        and blocks.label[b] != NAVIGATION
        and lines.every[SIGNAL_WORDS, i] <= names.tag_words
        and (start == MARK_LETTER or start == MARK_BULLET)
        and lines.every[SIGNAL_END, i] != MARK_STOP
        and _name_words(scanned, b) > 0
        and class_of(names.table, _field_key(scanned, lines, i)) != names.keyword
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_category_header(
    names: Names, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` begins with words for categories and has few more."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    n: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - w
    k: cython.Py_ssize_t
    if not names.table.opens[scanned.word_hash[w] & 4095]:
        return False
    if n > names.header_words or lines.every[SIGNAL_END, i] == MARK_STOP:
        return False
    for k in range(min(n, 3)):
        if class_of(names.table, name_key(scanned, w, k + 1)) == names.category:
            return True
    return False


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_be_listed(
    names: Names,
    scanned: Scanned,
    lines: Lines,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.bint:
    """Whether a list of categories may begin with line `i`, a short one, under the one above."""
    if i + names.fewest_items > hi or lines.every[SIGNAL_WORDS, i + names.fewest_items - 1] > names.item_words:
        return False
    if lines.every[SIGNAL_START, i] == MARK_BULLET:
        return lines.every[SIGNAL_START, i - 1] != MARK_BULLET and _is_category_header(names, scanned, lines, i - 1)
    return lines.every[SIGNAL_WORDS, i - 1] < names.header_words and _is_category_header(
        names, scanned, lines, i - 1
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_categories(
    alike: Alike,
    names: Names,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Short items of a list from line `lo` on, right under a header of categories, are links to them. Without bullets the
    last line is the next header, and a long list may be what the page is for."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    end: cython.uchar
    is_bulleted: cython.bint = lines.every[SIGNAL_START, lo] == MARK_BULLET
    while j < hi and lines.every[SIGNAL_WORDS, j] <= names.item_words:
        end = lines.every[SIGNAL_END, j]
        if end == MARK_STOP or end == MARK_COLON or end == MARK_EXCLAMATION or end == MARK_ELLIPSIS:
            break
        if (lines.every[SIGNAL_START, j] == MARK_BULLET) != is_bulleted:
            break
        if not is_bulleted and (lines.every[SIGNAL_DIGITS, j] > 0 or lines.flags[j] & FLAG_CALL):
            break
        j += 1
        if not is_bulleted and j - lo > names.most_items + 1:
            return
    if not is_bulleted:
        j -= 1
    if j - lo >= names.fewest_items:
        for i in range(lo, j):
            if not lines.flags[i] & FLAG_CALL:
                give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_CATEGORY_ITEM)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_turn(
    names: Names, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` is a link to the page before or behind and says no more."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    n: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - w
    return lines.flags[i] & FLAG_NAV != 0 and n <= 3 and class_of(names.table, name_key(scanned, w, n)) == names.turn


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_be_title(names: Names, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be the title of another page: taken for a link without a wording of its own, not surely."""
    b: cython.Py_ssize_t = lines.block[i]
    return (
        blocks.label[b] == NAVIGATION
        and not lines.flags[i] & (FLAG_NAV | FLAG_CALL | FLAG_META)
        and blocks.layer[b] != RULE
        and blocks.score[b] < names.sure_link
        and 2 <= lines.every[SIGNAL_WORDS, i] <= names.title_words
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_turns(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    i: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """What stands under line `i`, if that is a link to the page before or behind with the other link close by, is the title
    of that page."""
    k: cython.Py_ssize_t
    has_other: cython.bint = False
    for k in range(2, 4):
        if i - k >= lo and _is_turn(names, scanned, lines, i - k):
            has_other = True
        if i + k < hi and _is_turn(names, scanned, lines, i + k):
            has_other = True
    if has_other and _is_turn(names, scanned, lines, i):
        give(alike, places, blocks, lines.block[i + 1], PROMO, LIKE_TURN_TITLE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _entry_key(names: Names, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.ulonglong:
    """What line `i` says, without the numbers that it begins with; 0 for what is no entry of contents."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    stop: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1]
    while w < stop and scanned.word_flags[w] & WORD_ALL_DIGITS:
        w += 1
    if w == stop or stop - w > names.headed_words or scanned.block_cut[lines.block[i]] == CUT_GROUP:
        return 0
    return name_key(scanned, w, stop - w)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_headed(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Lines under line `i`, a header of contents, that return below all of them in the same order are entries."""
    j: cython.Py_ssize_t = i + 1
    at: cython.Py_ssize_t = i
    first: cython.Py_ssize_t = hi
    key: cython.ulonglong
    while j < hi and j - i <= names.most_entries:
        key = _entry_key(names, scanned, lines, j)
        if key == 0:
            break
        at = max(at, j) + 1
        while at < hi and _entry_key(names, scanned, lines, at) != key:
            at += 1
        if at == hi:
            break
        first = min(first, at)
        j += 1
    if j - i - 1 >= names.headed_entries and first >= j:
        for at in range(i + 1, j):
            give(alike, places, blocks, lines.block[at], NAVIGATION, LIKE_HEADED_CONTENTS)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _step_of(scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.int:
    """The digit that line `i` begins with, before other words; 0 for none."""
    b: cython.Py_ssize_t = lines.block[i]
    w: cython.Py_ssize_t = scanned.block_word[b]
    value: cython.int
    if scanned.block_word[b + 1] - w < 2 or scanned.word_end[w] - scanned.word_start[w] != 1:
        return 0
    value = digit_of(scanned.codes[scanned.word_start[w]])
    return value if 0 < value < 10 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_trail(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Short lines numbered from line `lo` on, which is 1 and names the home page, are the way to the page."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo + 1
    end: cython.uchar
    if class_of(names.table, _entry_key(names, scanned, lines, lo)) != names.home:
        return
    while j < hi and _step_of(scanned, lines, j) == j - lo + 1 and lines.every[SIGNAL_WORDS, j] <= names.title_words:
        end = lines.every[SIGNAL_END, j]
        if end == MARK_STOP or end == MARK_COLON or lines.flags[j] & (FLAG_CALL | FLAG_LONG):
            return
        j += 1
    if j - lo > 1:
        for i in range(lo, j):
            give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_NUMBERED_TRAIL)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def settle_named(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """What the names among the lines lo..hi tell; most lines pass by a look at their flags, label and colons."""
    i: cython.Py_ssize_t
    fields: cython.Py_ssize_t = lo
    record: cython.Py_ssize_t = lo
    headers: cython.int = 0
    flags: cython.const[cython.uint][::1] = lines.flags
    block: cython.const[cython.int][::1] = lines.block
    label: cython.uchar[::1] = blocks.label
    every: cython.const[cython.uchar][:, ::1] = lines.every
    for i in range(lo, hi):
        if every[SIGNAL_COLONS, i] > 0:
            # most lines with a colon stand alone: three in a row make a run
            if i >= fields and i + 2 < hi and every[SIGNAL_COLONS, i + 1] > 0 and every[SIGNAL_COLONS, i + 2] > 0:
                fields = _settle_fields(alike, names, scanned, lines, places, blocks, i, hi)
                if fields < 0:
                    record = fields = -fields
            if i >= record and every[names.said + SAID_TAGS, i] >= AT_OPENING:
                if _is_tag_line(names, scanned, lines, blocks, i):
                    give(alike, places, blocks, block[i], NAVIGATION, LIKE_TAG_LINE)
        if flags[i] & FLAG_NAV:
            if headers < names.most_headers and every[names.said + SAID_FORUM, i] == ALL_OF_IT:
                if class_of(names.table, _entry_key(names, scanned, lines, i)) == names.contents:
                    headers += 1
                    _settle_headed(alike, names, scanned, lines, places, blocks, i, hi)
            if i + 1 < hi and _may_be_title(names, lines, blocks, i + 1):
                _settle_turns(alike, names, scanned, lines, places, blocks, i, lo, hi)
        elif label[block[i]] == BODY and i > lo and every[SIGNAL_WORDS, i] <= names.item_words:
            if _may_be_listed(names, scanned, lines, i, hi):
                _settle_categories(alike, names, lines, places, blocks, i, hi)
        if every[SIGNAL_DIGITS, i] > 0 and i + 1 < hi and every[SIGNAL_DIGITS, i + 1] > 0:
            if _step_of(scanned, lines, i) == 1:
                _settle_trail(alike, names, scanned, lines, places, blocks, i, hi)
