# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What lines that are alike are for, whatever the trees said: exceptions after their verdict.

The trees judge line by line. They know that the lines around one are short, not that all of them are fields of one book,
that each ends with a count, or that together they are the verses of a song: what a line is for then stands in none of
them, but in all.

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
        AT_OPENING,
        BODY,
        CONTEXT,
        FLAG_CALL,
        FLAG_META,
        FLAG_NAV,
        IN_POSITION,
        LIKE_CATEGORY_ITEM,
        LIKE_CONTENTS_TREE,
        LIKE_COUNTED_LIST,
        LIKE_FOOTNOTE,
        LIKE_FRONT_PAGE,
        LIKE_HEADED_CONTENTS,
        LIKE_MEMBER_FIELD,
        LIKE_RECORD_FIELD,
        LIKE_TAG_LINE,
        LIKE_TURN_TITLE,
        LIKE_VERSE,
        MARK_BULLET,
        MARK_COLON,
        MARK_COMMA,
        MARK_ELLIPSIS,
        MARK_EXCLAMATION,
        MARK_LETTER,
        MARK_STOP,
        MARK_SYMBOL,
        NAVIGATION,
        PLACE_NONE,
        PLACE_TEXT,
        PROMO,
        RULE,
        SAID_FORUM,
        SAID_TAGS,
        SIGNAL_COLONS,
        SIGNAL_COMMAS,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_JOINS,
        SIGNAL_LATIN,
        SIGNAL_LETTERS,
        SIGNAL_QUOTES,
        SIGNAL_SEPARATORS,
        SIGNAL_SQUARES,
        SIGNAL_START,
        SIGNAL_SYMBOLS,
        SIGNAL_TITLE,
        SIGNAL_URLS,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    block_word: cython.const[cython.int][::1]
    block_end: cython.const[cython.int][::1]
    block_cut: cython.const[cython.uchar][::1]
    word_start: cython.const[cython.int][::1]
    word_end: cython.const[cython.int][::1]
    word_hash: cython.const[cython.ulonglong][::1]
    word_flags: cython.const[cython.ushort][::1]
    codes: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.block_word, self.block_end, self.block_cut, self.word_start, self.word_end, self.word_hash, self.word_flags, self.codes,
        ) = columns  # fmt: skip


@cython.cclass
class Lines:
    """What is read of lines, see `features.Lines`."""

    block: cython.const[cython.int][::1]
    doc_line: cython.const[cython.int][::1]
    flags: cython.const[cython.uint][::1]
    every: cython.const[cython.uchar][:, ::1]

    def __init__(self, *columns: Any) -> None:
        (self.block, self.doc_line, self.flags, self.every) = columns


@cython.cclass
class Places:
    """The place of every block, see `marks.Places`."""

    place: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (self.place,) = columns


@cython.cclass
class Blocks:
    """The verdicts on every block and the kinds of documents, see `columns.LabelColumns`."""

    label: cython.uchar[::1]
    score: cython.float[::1]
    layer: cython.uchar[::1]
    rule: cython.short[::1]
    kind: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (self.label, self.score, self.layer, self.rule, self.kind) = columns


@cython.cclass
class Names:
    """A hash table of the names of fields and lists, and the class of each; what a header of categories may begin with, by
    the low bits of the hash of its first word. See `alike.page`."""

    keys: cython.const[cython.ulonglong][::1]
    classes: cython.const[cython.uchar][::1]
    opens: cython.const[cython.uchar][::1]
    mask: cython.ulonglong

    def __init__(self, *columns: Any) -> None:
        (self.keys, self.classes, self.opens) = columns
        self.mask = len(self.keys) - 1


@cython.cclass
class Alike:
    """The constants of exceptions, see `alike.page`: what one is worth and the scores of trees that are sure of a
    stanza, of a link; the first row of phrases and the first reason; the kinds of pages; the classes of names; then how many lines
    and words they need or may have."""

    score: cython.float
    sure: cython.float
    sure_link: cython.float
    said: cython.Py_ssize_t
    reason: cython.int
    listing: cython.int
    documentation: cython.int
    record: cython.int
    member: cython.int
    category: cython.int
    keyword: cython.int
    turn: cython.int
    contents: cython.int
    fewest_fields: cython.int
    most_fields: cython.int
    field_words: cython.int
    known_fields: cython.int
    tag_words: cython.int
    fewest_counted: cython.int
    counted_words: cython.int
    header_words: cython.int
    fewest_items: cython.int
    most_items: cython.int
    item_words: cython.int
    fewest_entries: cython.int
    entry_words: cython.int
    margin: cython.int
    fewest_headlines: cython.int
    long_words: cython.int
    title_words: cython.int
    headed_entries: cython.int
    most_entries: cython.int
    headed_words: cython.int
    most_headers: cython.int
    fewest_verses: cython.int
    verse_words: cython.int
    verse_spread: cython.int

    def __init__(self, score: cython.float, sure: cython.float, sure_link: cython.float, *numbers: Any) -> None:
        self.score = score
        self.sure = sure
        self.sure_link = sure_link
        (
            self.said, self.reason, self.listing, self.documentation, self.record, self.member, self.category,
            self.keyword, self.turn, self.contents, self.fewest_fields, self.most_fields, self.field_words,
            self.known_fields, self.tag_words, self.fewest_counted, self.counted_words, self.header_words,
            self.fewest_items, self.most_items, self.item_words, self.fewest_entries, self.entry_words, self.margin,
            self.fewest_headlines, self.long_words, self.title_words, self.headed_entries, self.most_entries,
            self.headed_words, self.most_headers, self.fewest_verses, self.verse_words, self.verse_spread,
        ) = numbers  # fmt: skip


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _give(
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _name_key(scanned: Scanned, w: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.ulonglong:
    """One number for `n` words from `w` on, as `alike.page` has it."""
    prime: cython.ulonglong = 1099511628211
    all64: cython.ulonglong = 18446744073709551615
    key: cython.ulonglong = 14695981039346656037
    i: cython.Py_ssize_t
    for i in range(w, w + n):
        key = ((key ^ scanned.word_hash[i]) * prime) & all64
    return key


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _class_of(names: Names, key: cython.ulonglong) -> cython.int:
    """The class of a name, 0 for none."""
    at: cython.ulonglong = (key ^ (key >> 31)) & names.mask
    while names.keys[at] != 0:
        if names.keys[at] == key:
            return names.classes[at]
        at = (at + 1) & names.mask
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _has_colon(scanned: Scanned, w: cython.Py_ssize_t) -> cython.bint:
    """Whether a colon stands between words `w` and `w` + 1; looks at 4 code points at most."""
    i: cython.Py_ssize_t = scanned.word_end[w]
    end: cython.Py_ssize_t = min(scanned.word_start[w + 1], i + 4)
    while i < end:
        if scanned.codes[i] == ord(":") or scanned.codes[i] == ord("\N{FULLWIDTH COLON}"):
            return True
        i += 1
    return False


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
        if _has_colon(scanned, i):
            return i - w + 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_field(alike: Alike, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is a name, a colon and a short value."""
    end: cython.uchar = lines.every[SIGNAL_END, i]
    return (
        lines.every[SIGNAL_COLONS, i] > 0
        and lines.every[SIGNAL_WORDS, i] <= alike.field_words
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
    return _name_key(scanned, scanned.block_word[b], _name_words(scanned, b))


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
    while j < hi and _is_field(alike, scanned, lines, j):
        j += 1
    if j - lo < alike.fewest_fields or j - lo > alike.most_fields:
        return j
    for i in range(lo, j):
        found = _class_of(names, _field_key(scanned, lines, i))
        records += 1 if found == alike.record else 0
        if found == alike.member or lines.every[alike.said + SAID_FORUM, i] >= IN_POSITION:
            first = min(first, i)
            last = i
            members += 1
    if records >= alike.known_fields and members == 0:
        if not _is_twice(scanned, lines, lo, j):
            for i in range(lo, j):
                found = _class_of(names, _field_key(scanned, lines, i))
                if found == alike.record and places.place[lines.block[i]] <= PLACE_TEXT:
                    # a rule may have taken the name for a button: "Pages: 96"
                    if blocks.label[lines.block[i]] != BODY:
                        blocks.layer[lines.block[i]] = CONTEXT
                _give(alike, places, blocks, lines.block[i], BODY, LIKE_RECORD_FIELD)
            return -j
    elif members >= alike.known_fields and records == 0:
        for i in range(first, last + 1):
            _give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_MEMBER_FIELD)
    return j


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_tag_line(
    alike: Alike, names: Names, scanned: Scanned, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` is a word for tags or categories, a colon and some; keywords of a paper are body, and fields in code
    begin otherwise."""
    b: cython.Py_ssize_t = lines.block[i]
    start: cython.uchar = lines.every[SIGNAL_START, i]
    return (
        lines.every[SIGNAL_COLONS, i] > 0
        and blocks.label[b] != NAVIGATION
        and lines.every[SIGNAL_WORDS, i] <= alike.tag_words
        and (start == MARK_LETTER or start == MARK_BULLET)
        and lines.every[SIGNAL_END, i] != MARK_STOP
        and _name_words(scanned, b) > 0
        and _class_of(names, _field_key(scanned, lines, i)) != alike.keyword
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _digit(c: cython.uint) -> cython.int:
    """The value of a digit, European, Arabic or Persian; other numbers for what is none."""
    zero: cython.uint = 0x6F0 if c >= 0x6F0 else 0x660 if c >= 0x660 else ord("0")
    return cython.cast(cython.int, c) - cython.cast(cython.int, zero)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_year(first: cython.uint, second: cython.uint, n: cython.Py_ssize_t) -> cython.bint:
    """Whether a number of `n` digits that begins with these is a year of two centuries, 1900 to 2099."""
    return n == 4 and (
        (_digit(first) == 1 and _digit(second) == 9) or (_digit(first) == 2 and _digit(second) == 0)
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_counted(alike: Alike, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is short and ends with a number in brackets that is no year."""
    b: cython.Py_ssize_t = lines.block[i]
    w: cython.Py_ssize_t
    start: cython.Py_ssize_t
    end: cython.Py_ssize_t
    if lines.every[SIGNAL_DIGITS, i] == 0:
        return False
    w = scanned.block_word[b + 1] - 1
    if not scanned.word_flags[w] & WORD_ALL_DIGITS:
        return False
    start = scanned.word_start[w]
    end = scanned.word_end[w]
    if start == 0 or (scanned.codes[end] != ord(")") and scanned.codes[end] != ord("]")):
        return False
    if scanned.codes[start - 1] != ord("(") and scanned.codes[start - 1] != ord("["):
        return False
    if w == scanned.block_word[b] or lines.every[SIGNAL_WORDS, i] > alike.counted_words:
        return False
    return not _is_year(scanned.codes[start], scanned.codes[start + 1], end - start)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_counted(
    alike: Alike,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Names with their counts in a row from line `lo` on: the line behind them. Categories and archives are all of them
    navigation where the trees take most for that."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    all_of_them: cython.double = 0
    links: cython.double = 0
    while j < hi and _is_counted(alike, scanned, lines, j):
        all_of_them += blocks.score[lines.block[j]]
        links += blocks.score[lines.block[j]] if blocks.label[lines.block[j]] == NAVIGATION else 0
        j += 1
    if j - lo >= alike.fewest_counted and 2 * links > all_of_them:
        for i in range(lo, j):
            _give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_COUNTED_LIST)
    return j


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_category_header(
    alike: Alike, names: Names, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` begins with words for categories and has few more."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    n: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - w
    k: cython.Py_ssize_t
    if not names.opens[scanned.word_hash[w] & 4095]:
        return False
    if n > alike.header_words or lines.every[SIGNAL_END, i] == MARK_STOP:
        return False
    for k in range(min(n, 3)):
        if _class_of(names, _name_key(scanned, w, k + 1)) == alike.category:
            return True
    return False


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_be_listed(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    i: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.bint:
    """Whether a list of categories may begin with line `i`, a short one, under the one above."""
    if i + alike.fewest_items > hi or lines.every[SIGNAL_WORDS, i + alike.fewest_items - 1] > alike.item_words:
        return False
    if lines.every[SIGNAL_START, i] == MARK_BULLET:
        return lines.every[SIGNAL_START, i - 1] != MARK_BULLET and _is_category_header(alike, names, scanned, lines, i - 1)
    return lines.every[SIGNAL_WORDS, i - 1] < alike.header_words and _is_category_header(
        alike, names, scanned, lines, i - 1
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_categories(
    alike: Alike,
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
    while j < hi and lines.every[SIGNAL_WORDS, j] <= alike.item_words:
        end = lines.every[SIGNAL_END, j]
        if end == MARK_STOP or end == MARK_COLON or end == MARK_EXCLAMATION or end == MARK_ELLIPSIS:
            break
        if (lines.every[SIGNAL_START, j] == MARK_BULLET) != is_bulleted:
            break
        if not is_bulleted and (lines.every[SIGNAL_DIGITS, j] > 0 or lines.flags[j] & FLAG_CALL):
            break
        j += 1
        if not is_bulleted and j - lo > alike.most_items + 1:
            return
    if not is_bulleted:
        j -= 1
    if j - lo >= alike.fewest_items:
        for i in range(lo, j):
            if not lines.flags[i] & FLAG_CALL:
                _give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_CATEGORY_ITEM)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_small(c: cython.uint) -> cython.bint:
    """Whether a Latin, Greek or Cyrillic letter is a small one, of those that words begin with."""
    return (
        ord("a") <= c <= ord("z")
        or (0xDF <= c <= 0xFF and c != 0xF7)
        or 0x3AC <= c <= 0x3CE
        or 0x430 <= c <= 0x45F
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_whole(scanned: Scanned, places: Places, b: cython.Py_ssize_t) -> cython.bint:
    """Whether block `b` is a line without a place of its own, not a part of one."""
    return places.place[b] == PLACE_NONE and scanned.block_cut[b] != CUT_GROUP


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_verse(scanned: Scanned, lines: Lines, places: Places, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be a verse: begins with a small letter, and has words and commas and nothing else."""
    b: cython.Py_ssize_t = lines.block[i]
    end: cython.uchar = lines.every[SIGNAL_END, i]
    words: cython.int = lines.every[SIGNAL_WORDS, i]
    if lines.flags[i] & (FLAG_NAV | FLAG_CALL) or words < 2 or words > 12:
        return False
    return (
        (end == MARK_LETTER or end == MARK_COMMA or end == MARK_EXCLAMATION)
        and lines.every[SIGNAL_START, i] == MARK_LETTER
        and _is_small(scanned.codes[scanned.word_start[scanned.block_word[b]]])
        and lines.every[SIGNAL_DIGITS, i] == 0
        and lines.every[SIGNAL_URLS, i] == 0
        and lines.every[SIGNAL_COLONS, i] == 0
        and lines.every[SIGNAL_COMMAS, i] <= 2
        and lines.every[SIGNAL_SEPARATORS, i] == 0
        and lines.every[SIGNAL_SQUARES, i] == 0
        and lines.every[SIGNAL_QUOTES, i] == 0
        and lines.every[SIGNAL_SYMBOLS, i] == 0
        and lines.every[SIGNAL_JOINS, i] == 0
        and lines.every[SIGNAL_TITLE, i] <= 50
        and _is_whole(scanned, places, b)
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_verses(
    alike: Alike,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Lines in small letters from line `lo` on: the line behind them. They are verses where they are of one length and the
    trees were not sure that they are anything else."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    n: cython.Py_ssize_t
    words: cython.Py_ssize_t = 0
    letters: cython.Py_ssize_t = 0
    apart: cython.Py_ssize_t = 0
    step: cython.Py_ssize_t
    others: cython.Py_ssize_t = 0
    sure: cython.float = 0
    while j < hi and _is_verse(scanned, lines, places, j):
        words += lines.every[SIGNAL_WORDS, j]
        letters += lines.every[SIGNAL_LETTERS, j]
        if blocks.label[lines.block[j]] != BODY:
            others += 1
            sure = max(sure, blocks.score[lines.block[j]])
        j += 1
    n = j - lo
    if n < alike.fewest_verses or others == 0 or words < alike.verse_words * n or sure > alike.sure:
        return j
    for i in range(lo, j):
        step = n * lines.every[SIGNAL_LETTERS, i] - letters
        apart += step if step > 0 else -step
    if apart <= alike.verse_spread * n * n:
        for i in range(lo, j):
            _give(alike, places, blocks, lines.block[i], BODY, LIKE_VERSE)
    return j


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _may_rhyme(scanned: Scanned, lines: Lines, places: Places, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be a verse in Arabic letters: words and commas, and what parts two halves of a verse."""
    b: cython.Py_ssize_t = lines.block[i]
    end: cython.uchar = lines.every[SIGNAL_END, i]
    words: cython.int = lines.every[SIGNAL_WORDS, i]
    c: cython.uint
    if lines.flags[i] & (FLAG_NAV | FLAG_CALL) or words < 3 or words > 14:
        return False
    if lines.every[SIGNAL_START, i] != MARK_LETTER or lines.every[SIGNAL_LATIN, i] > 100:
        return False
    c = scanned.codes[scanned.word_start[scanned.block_word[b]]]
    return (
        0x620 <= c <= 0x6D3
        and (end == MARK_LETTER or end == MARK_COMMA or end == MARK_EXCLAMATION)
        and lines.every[SIGNAL_DIGITS, i] == 0
        and lines.every[SIGNAL_COLONS, i] == 0
        and lines.every[SIGNAL_SQUARES, i] == 0
        and lines.every[SIGNAL_QUOTES, i] == 0
        and _is_whole(scanned, places, b)
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rhyme(scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.uint:
    """The last two letters of line `i`, without marks, as one number; 0 for endings that any noun or adjective may have."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - 1
    at: cython.Py_ssize_t = scanned.word_end[w] - 1
    c: cython.uint
    found: cython.uint = 0
    n: cython.int = 0
    while at >= scanned.word_start[w] and n < 2:
        c = scanned.codes[at]
        if c != 0x200C and c != 0x640 and c != 0x670 and not 0x64B <= c <= 0x652:
            found |= (c & 0xFFFF) << (16 * n)
            n += 1
        at -= 1
    # feminine adjectives and plurals end lists of services alike
    if n < 2 or found == 0x064A0629 or found == 0x0627062A:
        return 0
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rhymes(
    scanned: Scanned, lines: Lines, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, step: cython.Py_ssize_t
) -> cython.uint:
    """The rhyme that three of four of every `step`-th of the lines lo..hi have, 0 for none."""
    i: cython.Py_ssize_t
    n: cython.Py_ssize_t = 0
    votes: cython.Py_ssize_t = 0
    alike: cython.Py_ssize_t = 0
    top: cython.uint = 0
    i = lo
    while i < hi:
        if votes == 0:
            top = _rhyme(scanned, lines, i)
        votes += 1 if _rhyme(scanned, lines, i) == top else -1
        n += 1
        i += step
    i = lo
    while i < hi:
        alike += 1 if _rhyme(scanned, lines, i) == top else 0
        i += step
    return top if n >= 3 and 4 * alike >= 3 * n else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_rhymes(
    alike: Alike,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Lines in Arabic letters from line `lo` on: the line behind them. They are verses where they are of one length and all
    of them, or every other one, rhyme."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    n: cython.Py_ssize_t
    letters: cython.Py_ssize_t = 0
    apart: cython.Py_ssize_t = 0
    step: cython.Py_ssize_t
    others: cython.Py_ssize_t = 0
    rhyme: cython.uint
    while j < hi and _may_rhyme(scanned, lines, places, j):
        letters += lines.every[SIGNAL_LETTERS, j]
        if blocks.label[lines.block[j]] != BODY:
            others += 1
            if blocks.score[lines.block[j]] > alike.sure_link:
                others = hi - lo + 1
        j += 1
    n = j - lo
    if n < alike.fewest_verses or others == 0 or others > n:
        return j
    for i in range(lo, j):
        step = n * lines.every[SIGNAL_LETTERS, i] - letters
        apart += step if step > 0 else -step
    if apart > alike.verse_spread * n * n:
        return j
    rhyme = _rhymes(scanned, lines, lo, j, 1)
    if rhyme == 0:
        rhyme = _rhymes(scanned, lines, lo, j, 2)
    if rhyme == 0:
        rhyme = _rhymes(scanned, lines, lo + 1, j, 2)
    if rhyme != 0:
        # the last verse rhymes; what stands below the poem does not
        n = j
        while _rhyme(scanned, lines, n - 1) != rhyme:
            n -= 1
        for i in range(lo, n):
            _give(alike, places, blocks, lines.block[i], BODY, LIKE_VERSE)
    return j


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_tree(
    alike: Alike,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Many short lines above the first sentence of a page of documentation are the contents of all of it; the last few
    may be the page's own title."""
    i: cython.Py_ssize_t
    end: cython.uchar
    j: cython.Py_ssize_t = lo
    while j < hi and lines.every[SIGNAL_WORDS, j] < alike.entry_words:
        end = lines.every[SIGNAL_END, j]
        if end == MARK_COMMA:
            break
        if (end == MARK_STOP or end == MARK_COLON) and lines.every[SIGNAL_WORDS, j] >= 5:
            break
        j += 1
    if j - lo < alike.fewest_entries:
        return
    for i in range(lo, j - alike.margin):
        if blocks.label[lines.block[i]] == BODY:
            _give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_CONTENTS_TREE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_front(
    alike: Alike,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Headlines of a page that has hardly anything else are what it is for."""
    i: cython.Py_ssize_t
    b: cython.Py_ssize_t
    headlines: cython.Py_ssize_t = 0
    texts: cython.Py_ssize_t = 0
    for i in range(lo, hi):
        b = lines.block[i]
        if blocks.label[b] == BODY:
            texts += 1
            if lines.every[SIGNAL_WORDS, i] >= alike.long_words:
                return
        elif blocks.label[b] == PROMO and blocks.layer[b] != RULE and not lines.flags[i] & FLAG_CALL:
            if lines.every[SIGNAL_WORDS, i] >= alike.long_words:
                return  # a ticker
            headlines += 1
    if headlines < alike.fewest_headlines or headlines < 3 * texts:
        return
    for i in range(lo, hi):
        if blocks.label[lines.block[i]] == PROMO and not lines.flags[i] & FLAG_CALL:
            _give(alike, places, blocks, lines.block[i], BODY, LIKE_FRONT_PAGE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_footnote(scanned: Scanned, b: cython.Py_ssize_t) -> cython.bint:
    """Whether a hook back to the text stands within 6 code points behind the last word of block `b`, in the block."""
    i: cython.Py_ssize_t = scanned.word_end[scanned.block_word[b + 1] - 1]
    end: cython.Py_ssize_t = min(cython.cast(cython.Py_ssize_t, scanned.block_end[b]), i + 6)
    while i < end:
        if scanned.codes[i] == 0x21A9:
            return True
        i += 1
    return False


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_turn(
    alike: Alike, names: Names, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i` is a link to the page before or behind and says no more."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    n: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - w
    return lines.flags[i] & FLAG_NAV != 0 and n <= 3 and _class_of(names, _name_key(scanned, w, n)) == alike.turn


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_be_title(alike: Alike, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be the title of another page: taken for a link without a wording of its own, not surely."""
    b: cython.Py_ssize_t = lines.block[i]
    return (
        blocks.label[b] == NAVIGATION
        and not lines.flags[i] & (FLAG_NAV | FLAG_CALL | FLAG_META)
        and blocks.layer[b] != RULE
        and blocks.score[b] < alike.sure_link
        and 2 <= lines.every[SIGNAL_WORDS, i] <= alike.title_words
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
        if i - k >= lo and _is_turn(alike, names, scanned, lines, i - k):
            has_other = True
        if i + k < hi and _is_turn(alike, names, scanned, lines, i + k):
            has_other = True
    if has_other and _is_turn(alike, names, scanned, lines, i):
        _give(alike, places, blocks, lines.block[i + 1], PROMO, LIKE_TURN_TITLE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _entry_key(alike: Alike, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.ulonglong:
    """What line `i` says, without the numbers that it begins with; 0 for what is no entry of contents."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i]]
    stop: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1]
    while w < stop and scanned.word_flags[w] & WORD_ALL_DIGITS:
        w += 1
    if w == stop or stop - w > alike.headed_words or scanned.block_cut[lines.block[i]] == CUT_GROUP:
        return 0
    return _name_key(scanned, w, stop - w)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_headed(
    alike: Alike,
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
    while j < hi and j - i <= alike.most_entries:
        key = _entry_key(alike, scanned, lines, j)
        if key == 0:
            break
        at = max(at, j) + 1
        while at < hi and _entry_key(alike, scanned, lines, at) != key:
            at += 1
        if at == hi:
            break
        first = min(first, at)
        j += 1
    if j - i - 1 >= alike.headed_entries and first >= j:
        for at in range(i + 1, j):
            _give(alike, places, blocks, lines.block[at], NAVIGATION, LIKE_HEADED_CONTENTS)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_runs(
    alike: Alike,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Names with counts and verses among the lines lo..hi: a run of four names or more has one whose number divides by four,
    and one of six verses, one whose number divides by six, so that the others need no look."""
    i: cython.Py_ssize_t = lo
    j: cython.Py_ssize_t
    counted: cython.Py_ssize_t = lo
    verses: cython.Py_ssize_t = lo
    rhymes: cython.Py_ssize_t = lo
    while i < hi:
        if i >= counted and _is_counted(alike, scanned, lines, i):
            j = i
            while j > counted and _is_counted(alike, scanned, lines, j - 1):
                j -= 1
            counted = _settle_counted(alike, scanned, lines, places, blocks, j, hi)
        i += 4
    i = lo
    while i < hi:
        if i >= verses and _is_verse(scanned, lines, places, i):
            j = i
            while j > verses and _is_verse(scanned, lines, places, j - 1):
                j -= 1
            verses = _settle_verses(alike, scanned, lines, places, blocks, j, hi)
        elif i >= rhymes and _may_rhyme(scanned, lines, places, i):
            j = i
            while j > rhymes and _may_rhyme(scanned, lines, places, j - 1):
                j -= 1
            rhymes = _settle_rhymes(alike, scanned, lines, places, blocks, j, hi)
        i += 6


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_page(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """What is told from single lines and runs of them among the lines lo..hi; most lines pass by a look at their flags, label
    and colons."""
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
            if i >= record and every[alike.said + SAID_TAGS, i] >= AT_OPENING:
                if _is_tag_line(alike, names, scanned, lines, blocks, i):
                    _give(alike, places, blocks, block[i], NAVIGATION, LIKE_TAG_LINE)
        if flags[i] & FLAG_NAV:
            if headers < alike.most_headers and every[alike.said + SAID_FORUM, i] == ALL_OF_IT:
                if _class_of(names, _entry_key(alike, scanned, lines, i)) == alike.contents:
                    headers += 1
                    _settle_headed(alike, scanned, lines, places, blocks, i, hi)
            if i + 1 < hi and _may_be_title(alike, lines, blocks, i + 1):
                _settle_turns(alike, names, scanned, lines, places, blocks, i, lo, hi)
        elif label[block[i]] != BODY:
            if every[SIGNAL_END, i] == MARK_SYMBOL and _is_footnote(scanned, block[i]):
                _give(alike, places, blocks, block[i], BODY, LIKE_FOOTNOTE)
        elif i > lo and every[SIGNAL_WORDS, i] <= alike.item_words:
            if _may_be_listed(alike, names, scanned, lines, i, hi):
                _settle_categories(alike, lines, places, blocks, i, hi)


def settle(
    alike: Alike,
    names: Names,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    n_docs: cython.Py_ssize_t,
) -> None:
    """The exceptions on the lines of `n_docs` documents."""
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    with cython.nogil:
        for d in range(n_docs):
            lo = lines.doc_line[d]
            hi = lines.doc_line[d + 1]
            _settle_page(alike, names, scanned, lines, places, blocks, lo, hi)
            _settle_runs(alike, scanned, lines, places, blocks, lo, hi)
            if blocks.kind[d] == alike.documentation:
                _settle_tree(alike, lines, places, blocks, lo, hi)
            elif blocks.kind[d] == alike.listing:
                _settle_front(alike, lines, places, blocks, lo, hi)
