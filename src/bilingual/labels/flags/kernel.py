# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What kind of line each is, as bits that later stages count, and what of it stands elsewhere on its page.

Long, short, a headline, a date, a call, a header of a list, said again: see `numbers` for the bits.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import ends_sentence, log_of, share
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
        AT_OPENING,
        FLAG_ASK,
        FLAG_BULLET,
        FLAG_CALL,
        FLAG_COMMENTS,
        FLAG_DATE,
        FLAG_ENDED,
        FLAG_FORM,
        FLAG_HEADER,
        FLAG_HEADLINE,
        FLAG_LEGAL,
        FLAG_LONG,
        FLAG_MENU,
        FLAG_META,
        FLAG_MORE,
        FLAG_NAV,
        FLAG_REPEAT,
        FLAG_SHARE,
        FLAG_SHORT,
        FLAG_SQUARE,
        MARK_BULLET,
        MARK_COLON,
        MARK_COMMA,
        MARK_EXCLAMATION,
        MARK_SQUARE_OPEN,
        MARK_STOP,
        OUT_OF_POSITION,
        SAID_AD,
        SAID_BUY,
        SAID_COMMENTS,
        SAID_CONTACT,
        SAID_FORM,
        SAID_FORUM,
        SAID_HEADER,
        SAID_JOIN,
        SAID_LEGAL,
        SAID_MENU,
        SAID_META,
        SAID_MORE,
        SAID_NAV_COVER,
        SAID_PROMO_COVER,
        SAID_SHARE,
        SAID_TAGS,
        SIGNAL_DATE,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_START,
        SIGNAL_UNIT,
        SIGNAL_URLS,
        SIGNAL_WORDS,
    )
else:
    from bilingual.labels.measures import *  # noqa: F403  (the names above)
    from bilingual.labels.numbers import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    block_word: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (self.block_word,) = columns


@cython.cclass
class Tables:
    """The logarithmic table, see `features.log_table`."""

    log: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (self.log,) = columns


@cython.cclass
class Lines:
    """What is read of lines, and room for flags and echoes, see `features.Lines`; `block`, `doc_line` and `flags` are what
    is in use, `slot` is work space."""

    every_block: cython.const[cython.int][::1]
    every_doc_line: cython.const[cython.int][::1]
    every: cython.uchar[:, ::1]
    every_flag: cython.uint[::1]
    hash_line: cython.const[cython.ulonglong][::1]
    hash_first: cython.const[cython.ulonglong][::1]
    content_from: cython.const[cython.int][::1]
    slot: cython.int[::1]
    block: cython.const[cython.int][::1]
    doc_line: cython.const[cython.int][::1]
    flags: cython.uint[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.every_block,
            self.every_doc_line,
            self.every,
            self.every_flag,
            self.hash_line,
            self.hash_first,
            self.content_from,
            self.slot,
        ) = columns

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t, n_docs: cython.Py_ssize_t) -> None:
        """How many lines and documents there are."""
        self.block = self.every_block[:m]
        self.doc_line = self.every_doc_line[: n_docs + 1]
        self.flags = self.every_flag[:m]


@cython.cclass
class Words:
    """The hashes of the words with content, one line after the other, which give way to their slots."""

    content: cython.ulonglong[::1]

    def __init__(self, *columns: Any) -> None:
        (self.content,) = columns


@cython.cclass
class HashRoom:
    """A hash table that pages share: slots whose stamp is not that of the present round are free. The last item of
    `stamps` is no slot, it keeps the stamp. `mask` is one less than the slots of the present page, `stamp` that of the
    round."""

    keys: cython.ulonglong[::1]
    stamps: cython.int[::1]
    counts: cython.int[::1]
    mask: cython.ulonglong
    stamp: cython.int

    def __init__(self, *columns: Any) -> None:
        (
            self.keys,
            self.stamps,
            self.counts,
        ) = columns


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _flags_of_marks(s: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t) -> cython.uint:
    """The flags of line `i` by its number of words and the marks at its ends."""
    words: cython.long = s[SIGNAL_WORDS, i]
    end: cython.uchar = s[SIGNAL_END, i]
    start: cython.uchar = s[SIGNAL_START, i]
    f: cython.uint = 0
    if words >= 25 or (words >= 14 and ends_sentence(end)):
        f |= FLAG_LONG
    if words <= 4:
        f |= FLAG_SHORT
    if start == MARK_BULLET:
        f |= FLAG_BULLET
    if end == MARK_EXCLAMATION:
        f |= FLAG_ASK
    if ends_sentence(end):
        f |= FLAG_ENDED
    if start == MARK_SQUARE_OPEN:
        f |= FLAG_SQUARE
    return f


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_headline(
    s: cython.const[cython.uchar][:, ::1], p: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t, date: cython.long
) -> cython.bint:
    """Whether line `i`, which is not long, may be a headline; `date` are the shares of digits and of words of dates."""
    words: cython.long = s[SIGNAL_WORDS, i]
    end: cython.uchar = s[SIGNAL_END, i]
    return (
        words >= 5
        and words <= 28
        and end != MARK_STOP
        and end != MARK_COLON
        and end != MARK_COMMA
        and s[SIGNAL_START, i] != MARK_SQUARE_OPEN
        and s[SIGNAL_URLS, i] == 0
        and p[SAID_NAV_COVER, i] < 100
        and date < 120
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_navigation(p: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is all one wording of navigation."""
    return (
        p[SAID_MENU, i] == ALL_OF_IT
        or p[SAID_LEGAL, i] == ALL_OF_IT
        or p[SAID_FORM, i] == ALL_OF_IT
        or p[SAID_SHARE, i] == ALL_OF_IT
        or p[SAID_META, i] == ALL_OF_IT
        or p[SAID_MORE, i] == ALL_OF_IT
        or p[SAID_HEADER, i] == ALL_OF_IT
        or p[SAID_COMMENTS, i] == ALL_OF_IT
        or p[SAID_TAGS, i] == ALL_OF_IT
        or p[SAID_FORUM, i] == ALL_OF_IT
        or p[SAID_CONTACT, i] == ALL_OF_IT
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _opens(p: cython.const[cython.uchar][:, ::1], group: cython.Py_ssize_t, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` opens with a phrase of a group, or is one."""
    return p[group, i] >= AT_OPENING


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _flags_of_phrases(
    p: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t, words: cython.long
) -> cython.uint:
    """The flags of line `i`, of so many words, by the phrases that hold it."""
    f: cython.uint = 0
    if _is_navigation(p, i):
        f |= FLAG_NAV
    if p[SAID_MENU, i] == ALL_OF_IT:
        f |= FLAG_MENU
    if _opens(p, SAID_HEADER, i) and words <= 8:
        f |= FLAG_HEADER
    if _opens(p, SAID_SHARE, i) and words <= 8:
        f |= FLAG_SHARE
    if (_opens(p, SAID_COMMENTS, i) or _opens(p, SAID_TAGS, i)) and words <= 8:
        f |= FLAG_COMMENTS
    if words <= 12 and (
        _opens(p, SAID_JOIN, i) or _opens(p, SAID_BUY, i) or _opens(p, SAID_AD, i) or p[SAID_PROMO_COVER, i] >= 100
    ):
        f |= FLAG_CALL
    if p[SAID_LEGAL, i] >= OUT_OF_POSITION and words <= 16:
        f |= FLAG_LEGAL
    if _opens(p, SAID_MORE, i) and words <= 6:
        f |= FLAG_MORE
    if p[SAID_FORM, i] == ALL_OF_IT:
        f |= FLAG_FORM
    if _opens(p, SAID_META, i) and words <= 10:
        f |= FLAG_META
    return f


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _flag_lines(
    s: cython.const[cython.uchar][:, ::1],
    p: cython.const[cython.uchar][:, ::1],
    flags: cython.uint[::1],
) -> cython.void:
    """The kinds of line that the context counts, as bits; `s` signals and `p` phrase groups of the lines."""
    i: cython.Py_ssize_t
    words: cython.long
    date: cython.long
    f: cython.uint
    for i in range(flags.shape[0]):
        words = s[SIGNAL_WORDS, i]
        date = s[SIGNAL_DIGITS, i] + s[SIGNAL_DATE, i] + s[SIGNAL_UNIT, i]
        f = _flags_of_marks(s, i) | _flags_of_phrases(p, i, words)
        if not f & FLAG_LONG and _is_headline(s, p, i, date):
            f |= FLAG_HEADLINE
        if s[SIGNAL_DIGITS, i] > 0 and words <= 12 and date >= 120:
            f |= FLAG_DATE | FLAG_META
        flags[i] = f


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _open_table(table: HashRoom) -> cython.void:
    """Go on with the stamp that was used last; begin again long before there is no larger one."""
    last: cython.Py_ssize_t = table.stamps.shape[0] - 1
    i: cython.Py_ssize_t
    table.stamp = table.stamps[last]
    if table.stamp > 1000000000:
        table.stamp = 0
        for i in range(last):
            table.stamps[i] = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _find(table: HashRoom, key: cython.ulonglong) -> cython.Py_ssize_t:
    """Slot of `key` in a table shared by pages: slots of another round's stamp are free."""
    at: cython.ulonglong = (key ^ (key >> 31)) & table.mask
    while table.stamps[at] == table.stamp and table.keys[at] != key:
        at = (at + 1) & table.mask
    return at


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _enter(table: HashRoom, key: cython.ulonglong, count: cython.int) -> cython.Py_ssize_t:
    """Slot of `key`, which is entered with `count` where it is new."""
    at: cython.Py_ssize_t = _find(table, key)
    if table.stamps[at] != table.stamp:
        table.stamps[at] = table.stamp
        table.keys[at] = key
        table.counts[at] = count
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _size_table(table: HashRoom, words: cython.Py_ssize_t) -> cython.void:
    """Use of the table what a page of so many words needs: a small part stays in the first cache."""
    size: cython.ulonglong = cython.cast(cython.ulonglong, 2 * words + 16)
    mask: cython.ulonglong = 16
    while mask < size:
        mask *= 2
    table.mask = mask - 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _repeat_rows(
    table: HashRoom,
    hashes: cython.const[cython.ulonglong][::1],
    slot: cython.int[::1],
    flags: cython.uint[::1],
    log: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How often each of the lines lo..hi of a page occurs, in `row`, and how often above, in the next; sets FLAG_REPEAT."""
    i: cython.Py_ssize_t
    count: cython.int
    table.stamp += 1
    for i in range(lo, hi):
        slot[i] = cython.cast(cython.int, _enter(table, hashes[i], 0))
        out[row + 1, i] = log_of(log, table.counts[slot[i]])
        table.counts[slot[i]] += 1
    for i in range(lo, hi):
        count = table.counts[slot[i]]
        out[row, i] = log_of(log, count)
        if count > 1:
            flags[i] = flags[i] | FLAG_REPEAT


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _opening_row(
    table: HashRoom,
    hashes: cython.const[cython.ulonglong][::1],
    slot: cython.int[::1],
    log: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How often the first word of each of the lines lo..hi opens a line of the page; 0 for a line of one word."""
    i: cython.Py_ssize_t
    table.stamp += 1
    for i in range(lo, hi):
        slot[i] = cython.cast(cython.int, _enter(table, hashes[i], 0))
        table.counts[slot[i]] += 1
    for i in range(lo, hi):
        out[row, i] = log_of(log, table.counts[slot[i]]) if hashes[i] != 0 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _enter_long_lines(
    table: HashRoom,
    content_from: cython.const[cython.int][::1],
    content: cython.ulonglong[::1],
    flags: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Enter the words of the long lines of a page, which give way to their slots; the count is the line that uses a word, -1
    where several do."""
    i: cython.Py_ssize_t
    w: cython.Py_ssize_t
    at: cython.Py_ssize_t
    line: cython.int
    table.stamp += 1
    for i in range(lo, hi):
        if not flags[i] & FLAG_LONG:
            continue
        line = cython.cast(cython.int, i)
        for w in range(content_from[i], content_from[i + 1]):
            at = _enter(table, content[w], line)
            if table.counts[at] != line:
                table.counts[at] = -1
            content[w] = at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _echo_row(
    table: HashRoom,
    content_from: cython.const[cython.int][::1],
    content: cython.const[cython.ulonglong][::1],
    flags: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Share of the words with content of each line that other long lines of the page use; 255 for none."""
    i: cython.Py_ssize_t
    w: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    known: cython.long
    line: cython.int
    for i in range(lo, hi):
        first = content_from[i]
        stop = content_from[i + 1]
        known = 0
        line = cython.cast(cython.int, i)
        if flags[i] & FLAG_LONG:
            for w in range(first, stop):
                known += 1 if table.counts[content[w]] != line else 0
        else:
            for w in range(first, stop):
                known += 1 if table.stamps[_find(table, content[w])] == table.stamp else 0
        out[row, i] = share(known, stop - first) if stop > first else 255


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _echoes(
    scanned: Scanned,
    lines: Lines,
    content: cython.ulonglong[::1],
    table: HashRoom,
    log: cython.const[cython.uchar][::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """What of a line stands elsewhere on its page.

    Rows from `row`: how often the line occurs, how often it did above, how often its first word opens a line,
    the share of its content words that the page's long lines use. `table` has room for twice the words of the longest
    document; `lines.slot` is work space.
    """
    doc_line: cython.const[cython.int][::1] = lines.doc_line
    out: cython.uchar[:, ::1] = lines.every
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    for d in range(doc_line.shape[0] - 1):
        lo = doc_line[d]
        hi = doc_line[d + 1]
        if lo == hi:
            continue
        _size_table(table, scanned.block_word[lines.block[hi - 1] + 1] - scanned.block_word[lines.block[lo]])
        _repeat_rows(table, lines.hash_line, lines.slot, lines.flags, log, lo, hi, out, row)
        _opening_row(table, lines.hash_first, lines.slot, log, lo, hi, out, row + 2)
        _enter_long_lines(table, lines.content_from, content, lines.flags, lo, hi)
        _echo_row(table, lines.content_from, content, lines.flags, lo, hi, out, row + 3)


def flag_lines(
    scanned: Scanned,
    tables: Tables,
    lines: Lines,
    words: Words,
    table: HashRoom,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
    phrase_row: cython.Py_ssize_t,
    row: cython.Py_ssize_t,
) -> None:
    """The flags of the `m` lines, from their signals and the rows of phrases, and the rows of `_echoes` from `row` on."""
    lines.hold(m, n_docs)
    phrases: cython.uchar[:, ::1] = lines.every[phrase_row:]
    with cython.nogil:
        _flag_lines(lines.every, phrases, lines.flags)
        _open_table(table)
        _echoes(scanned, lines, words.content, table, tables.log, row)
        table.stamps[table.stamps.shape[0] - 1] = table.stamp
