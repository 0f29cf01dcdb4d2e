# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What lists of forums and threads are for: their names and descriptions are the body of a page that has nothing else.

The trees take them for headlines of other pages, or for a menu. What tells them is what stands between them: rows of names of
columns, counts of topics and posts, bylines of the last message. The names stand in `data/lexicons/words/forums.tsv`.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.alike.named.kernel import (
        Alike,
        Blocks,
        Lines,
        Names,
        Places,
        Scanned,
        Table,
        class_of,
        give,
        name_key,
    )
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
        BODY,
        FLAG_CALL,
        FLAG_COMMENTS,
        FLAG_DATE,
        FLAG_FORM,
        FLAG_HEADER,
        FLAG_LEGAL,
        FLAG_META,
        FLAG_MORE,
        FLAG_NAV,
        FLAG_SHARE,
        LIKE_FORUM_COLUMN,
        LIKE_FORUM_ENTRY,
        LISTED_BY,
        LISTED_COUNT,
        LISTED_EMPTY,
        LISTED_END,
        LISTED_NAMES,
        LISTED_OTHER,
        NAVIGATION,
        SAID_FORUM,
        SIGNAL_COLONS,
        SIGNAL_LETTERS,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.labels.stretches import has_colon
    from cython.cimports.bilingual.text.classes import CUT_LINE, WORD_ALL_DIGITS, WORD_ATTACHED, WORD_HAS_DIGIT
else:
    from bilingual.labels.alike.named.kernel import *  # noqa: F403  (the names above)
    from bilingual.labels.numbers import *  # noqa: F403
    from bilingual.labels.stretches import has_colon
    from bilingual.text.classes import CUT_LINE, WORD_ALL_DIGITS, WORD_ATTACHED, WORD_HAS_DIGIT

COMPILED = cython.compiled


@cython.cclass
class Forums:
    """The names in lists of forums, what opens of which are those of columns; the kinds of pages that may be one, as bits;
    the classes of the names; then how many lines and words such a list needs or may have. See `alike.page`."""

    def __init__(self, table: Table, *numbers: Any) -> None:
        self.table = table
        (
            self.kinds, self.column, self.thread, self.posts, self.views, self.last, self.other, self.by, self.empty,
            self.end, self.fewest_rows, self.fewest_named, self.most_between, self.row_words, self.by_words,
            self.author_words, self.text_words, self.most_texts, self.text_rows, self.share,
        ) = numbers  # fmt: skip


@cython.cclass
class Listing:
    """The list that is read now: its first line, the one behind its last row, and how many rows it has: of names of
    columns, of counts that name them, bylines, all; whether it is of threads; the sentences of its page, less than zero
    before they are counted.

    Of the row that is read now: its numbers, one of its names, and whether it has two, one of posts, of another list, of
    threads.
    """

    def __init__(self) -> None:
        self.first = self.behind = self.texts = 0
        self.headers = self.named = self.bylines = self.rows = self.numbers = 0
        self.key = 0
        self.has_two = self.has_posts = self.has_other = self.has_thread = self.of_threads = False


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _open_row(found: Listing) -> cython.void:
    """Forget what was read of the row before."""
    found.numbers = 0
    found.key = 0
    found.has_two = found.has_posts = found.has_other = found.has_thread = False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_at(forums: Forums, scanned: Scanned, w: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.int:
    """The longest name that begins with word `w`, before `stop`: 4 times its class and its words, 0 for none."""
    n: cython.Py_ssize_t = min(cython.cast(cython.Py_ssize_t, 3), stop - w)
    kind: cython.int
    while n > 0:
        kind = class_of(forums.table, name_key(scanned, w, n))
        if kind:
            return 4 * kind + cython.cast(cython.int, n)
        n -= 1
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_number(found: Listing, scanned: Scanned, w: cython.Py_ssize_t) -> cython.bint:
    """Whether word `w` is a number, `1,204`, `3.2k` or `2h`, or a part of one, and counted; a part of a date or time is none."""
    before: cython.uint = 0
    c: cython.uint
    if not scanned.word_flags[w] & WORD_ALL_DIGITS:
        c = scanned.codes[scanned.word_end[w] - 1] | 0x20
        if not scanned.word_flags[w] & WORD_HAS_DIGIT or scanned.word_end[w] > scanned.word_start[w] + 4:
            return False
        if not ord("0") <= scanned.codes[scanned.word_start[w]] <= ord("9") or c < ord("a") or c > ord("z"):
            return False
    if scanned.word_flags[w] & WORD_ATTACHED:
        before = scanned.codes[scanned.word_start[w] - 1]
        if before == ord("-") or before == ord("/") or before == ord(":"):
            return False
        if before == ord(",") or before == ord(".") or before == 0x66C or before == 0x66B or before == 0x60C:
            return True
    found.numbers += 1
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_opened(
    forums: Forums, scanned: Scanned, name: cython.int, w: cython.Py_ssize_t, stop: cython.Py_ssize_t
) -> cython.uchar:
    """What the name that a line of words w..stop begins with makes of it, one of LISTED_*, whatever follows."""
    n: cython.int = name & 3
    words: cython.Py_ssize_t = stop - w
    if name >> 2 == forums.by and words <= (forums.by_words if n == 1 else 2 * forums.by_words):
        return LISTED_BY
    if name >> 2 == forums.last and words <= forums.by_words and words > n:
        # `Last post: ...`, but not two names of columns
        return LISTED_OTHER if _name_at(forums, scanned, w + n, stop) else LISTED_BY
    if name >> 2 == forums.end and (n > 1 or words == n or scanned.word_flags[w + n] & WORD_ALL_DIGITS):
        return LISTED_END
    return LISTED_OTHER


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _listed(forums: Forums, found: Listing, scanned: Scanned, b: cython.Py_ssize_t) -> cython.uchar:
    """What block `b` is in a list of forums, one of LISTED_*; what it says is added to what is known of the row."""
    w: cython.Py_ssize_t = scanned.block_word[b]
    stop: cython.Py_ssize_t = scanned.block_word[b + 1]
    name: cython.int = _name_at(forums, scanned, w, stop)
    kind: cython.int
    key: cython.ulonglong = found.key
    numbers: cython.int = found.numbers
    is_empty: cython.bint = False
    has_two: cython.bint = found.has_two
    has_posts: cython.bint = found.has_posts
    has_other: cython.bint = found.has_other
    has_thread: cython.bint = found.has_thread
    opened: cython.uchar = _is_opened(forums, scanned, name, w, stop)
    if opened != LISTED_OTHER or stop - w > forums.row_words:
        return opened
    while w < stop:
        if _is_number(found, scanned, w):
            w += 1
            continue
        name = _name_at(forums, scanned, w, stop)
        kind = name >> 2
        if kind == 0 or kind == forums.by or kind == forums.end:
            found.numbers = numbers
            return LISTED_OTHER
        if kind == forums.empty:
            is_empty = True
        elif kind == forums.other:
            has_other = True
        else:
            has_two |= key != 0 and key != name_key(scanned, w, name & 3)
            has_posts |= kind != forums.column and kind != forums.thread
            # an index of forums counts no readers
            has_thread |= kind == forums.thread or kind == forums.views
            key = name_key(scanned, w, name & 3)
        w += name & 3
    found.key = key
    found.has_two = has_two
    found.has_posts = has_posts
    found.has_other = has_other
    found.has_thread = has_thread
    if found.numbers > numbers:
        return LISTED_COUNT
    return LISTED_EMPTY if is_empty else LISTED_NAMES


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_text(forums: Forums, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` reads like a sentence of an article or a message."""
    return lines.every[SIGNAL_WORDS, i] >= forums.text_words and blocks.label[lines.block[i]] == BODY


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_be_entry(lines: Lines, said: cython.Py_ssize_t, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be a name or a description: has letters, and no wording of another use than that of a menu."""
    if lines.every[SIGNAL_LETTERS, i] < 2:
        return False
    if lines.flags[i] & (FLAG_CALL | FLAG_DATE | FLAG_META | FLAG_FORM | FLAG_SHARE | FLAG_LEGAL):
        return False
    return (
        not lines.flags[i] & (FLAG_COMMENTS | FLAG_MORE | FLAG_HEADER) and lines.every[said + SAID_FORUM, i] != ALL_OF_IT
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_list(
    forums: Forums,
    found: Listing,
    scanned: Scanned,
    lines: Lines,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.bint:
    """Whether the rows that were read are a list that the page lo..hi is for: enough of them, a good share of it, not under a
    header of other threads, and few sentences beside them."""
    i: cython.Py_ssize_t
    beside: cython.Py_ssize_t
    above: cython.Py_ssize_t = found.first - 1
    if found.rows < forums.fewest_rows or (found.headers == 0 and found.named < forums.fewest_named):
        return False
    if above > lo and lines.flags[above] & FLAG_NAV and lines.every[SIGNAL_WORDS, above] >= forums.author_words:
        above -= 0 if lines.flags[above] & FLAG_HEADER else 1
    if above >= lo:
        if lines.flags[above] & FLAG_HEADER and lines.every[SIGNAL_WORDS, above] > 1:
            return False
        if _listed(forums, found, scanned, lines.block[above]) == LISTED_END:
            return False
    if forums.share * (found.behind - found.first) < hi - lo:
        return False
    if found.texts < 0:
        found.texts = 0
        for i in range(lo, hi):
            found.texts += 1 if _is_text(forums, lines, blocks, i) else 0
    beside = found.texts
    for i in range(found.first, found.behind):
        beside -= 1 if _is_text(forums, lines, blocks, i) else 0
    return beside <= forums.most_texts or forums.text_rows * beside <= found.rows


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_writer(
    forums: Forums, found: Listing, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `i`, of a few words below a date, is who wrote last and not the name of the next forum: that comes next,
    and its description or a count behind it."""
    if i + 2 >= found.behind or _listed(forums, found, scanned, lines.block[i + 1]) != LISTED_OTHER:
        return False
    return (
        lines.every[SIGNAL_WORDS, i + 1] <= forums.author_words
        or _listed(forums, found, scanned, lines.block[i + 2]) == LISTED_OTHER
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_list(
    alike: Alike,
    names: Names,
    forums: Forums,
    found: Listing,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """What the list that was read, of the page lo..hi, is for, if it is one; it is closed."""
    i: cython.Py_ssize_t
    b: cython.Py_ssize_t
    says: cython.uchar
    is_short: cython.bint
    # what a few words may stand below: a title in a list of threads, then they are who wrote or a category; a date
    # without a byline
    is_titled: cython.bint = False
    is_dated: cython.bint = False
    if _is_list(forums, found, scanned, lines, blocks, lo, hi):
        if found.headers > 1 and found.first > lo:
            # each row of names stands under the title of what it heads
            i = found.first - 1
            if lines.every[SIGNAL_WORDS, i] <= forums.by_words and _may_be_entry(lines, names.said, i):
                give(alike, places, blocks, lines.block[i], BODY, LIKE_FORUM_ENTRY)
        for i in range(found.first, found.behind):
            b = lines.block[i]
            says = _listed(forums, found, scanned, b)
            is_short = lines.every[SIGNAL_WORDS, i] <= forums.author_words
            if is_dated and is_short:
                is_short = _is_writer(forums, found, scanned, lines, i)
            if says != LISTED_OTHER or ((is_titled or is_dated) and is_short) or lines.flags[i] & FLAG_DATE:
                if lines.every[SIGNAL_LETTERS, i] > 1 or scanned.block_cut[b] == CUT_LINE:
                    give(alike, places, blocks, b, NAVIGATION, LIKE_FORUM_COLUMN)
                is_titled = False
            else:
                is_titled = found.of_threads and (not is_short or _may_be_entry(lines, names.said, i))
                if _may_be_entry(lines, names.said, i):
                    give(alike, places, blocks, b, BODY, LIKE_FORUM_ENTRY)
            is_dated = says == LISTED_OTHER and lines.flags[i] & FLAG_DATE != 0 and found.bylines < 2
    found.rows = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_row(
    forums: Forums, found: Listing, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read names of columns and counts from line `i` on: the line behind them."""
    j: cython.Py_ssize_t = i
    says: cython.uchar = LISTED_NAMES
    _open_row(found)
    while j < hi and says != LISTED_OTHER:
        says = _listed(forums, found, scanned, lines.block[j])
        if says == LISTED_BY or says == LISTED_END:
            break
        j += 1 if says != LISTED_OTHER else 0
    return j


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_of_other(forums: Forums, scanned: Scanned, b: cython.Py_ssize_t) -> cython.bint:
    """Whether block `b` is a name that other lists have, or a field with one, as `Joined: May 2011`."""
    w: cython.Py_ssize_t = scanned.block_word[b]
    stop: cython.Py_ssize_t = scanned.block_word[b + 1]
    name: cython.int = _name_at(forums, scanned, w, stop)
    w += name & 3
    if name >> 2 != forums.other:
        return False
    return w == stop or has_colon(scanned.codes, scanned.word_end[w - 1], scanned.word_start[w])


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_row(
    forums: Forums,
    found: Listing,
    scanned: Scanned,
    lines: Lines,
    i: cython.Py_ssize_t,
    j: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Add the row i..j that was read to the list, or open one with it if it may; counts of a member open none."""
    is_named: cython.bint = found.has_two and found.has_posts and not found.has_other
    is_header: cython.bint = is_named and found.numbers == 0
    if not is_header and found.numbers < 2:
        return
    if found.rows == 0:
        # one field under the other, as `Posts: 96`, tells of a member
        if not is_named or (not is_header and j > i + 1 and lines.every[SIGNAL_COLONS, i] > 0):
            return
        if not is_header and j < hi and _is_of_other(forums, scanned, lines.block[j]):
            return
        if i > lo and _is_of_other(forums, scanned, lines.block[i - 1]):
            return
        # what the counts are of stands above them: a name and a description, or a title, who wrote it and when
        found.first = i if is_header else max(lo, i - (3 if found.has_thread else 2))
        found.headers = found.named = found.bylines = 0
        found.of_threads = False
    found.of_threads |= found.has_thread
    found.headers += 1 if is_header else 0
    found.named += 1 if is_named and not is_header else 0
    found.rows += 1
    found.behind = j


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _ends_with_counts(found: Listing, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` ends with two numbers that are no date, as a description with its counts does."""
    b: cython.Py_ssize_t = lines.block[i]
    w: cython.Py_ssize_t = scanned.block_word[b + 1] - 1
    if not scanned.word_flags[w] & WORD_ALL_DIGITS or lines.flags[i] & FLAG_DATE:
        return False
    found.numbers = 0
    while w > scanned.block_word[b] and found.numbers < 2 and _is_number(found, scanned, w):
        w -= 1
    return found.numbers > 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_open(forums: Forums, scanned: Scanned, b: cython.Py_ssize_t) -> cython.bint:
    """Whether block `b` begins like a name of a column, behind a number."""
    w: cython.Py_ssize_t = scanned.block_word[b]
    while scanned.word_flags[w] & WORD_ALL_DIGITS and w < scanned.block_word[b] + 2 and w + 1 < scanned.block_word[b + 1]:
        w += 1
    return forums.table.opens[scanned.word_hash[w] & 4095] != 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def settle_forums(
    alike: Alike,
    names: Names,
    forums: Forums,
    found: Listing,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Lists of forums and threads among the lines lo..hi; outside of them a line passes by a look at its first word."""
    i: cython.Py_ssize_t = lo
    j: cython.Py_ssize_t
    w: cython.Py_ssize_t
    says: cython.uchar
    block: cython.const[cython.int][::1] = lines.block
    first: cython.const[cython.int][::1] = scanned.block_word
    flags: cython.const[cython.ushort][::1] = scanned.word_flags
    hashes: cython.const[cython.ulonglong][::1] = scanned.word_hash
    opens: cython.const[cython.uchar][::1] = forums.table.opens
    found.rows = 0
    found.texts = -1
    while i < hi:
        if found.rows == 0:
            w = first[block[i]]
            if not opens[hashes[w] & 4095]:
                if not flags[w] & WORD_ALL_DIGITS or not _may_open(forums, scanned, block[i]):
                    i += 1
                    continue
        elif i - found.behind > forums.most_between:
            _settle_list(alike, names, forums, found, scanned, lines, places, blocks, lo, hi)
            continue
        j = _read_row(forums, found, scanned, lines, i, hi)
        if j > i:
            _add_row(forums, found, scanned, lines, i, j, lo, hi)
            i = j
            continue
        says = _listed(forums, found, scanned, lines.block[i])
        i += 1
        if found.rows and says == LISTED_END:
            _settle_list(alike, names, forums, found, scanned, lines, places, blocks, lo, hi)
        elif found.rows and (says == LISTED_BY or _ends_with_counts(found, scanned, lines, i - 1)):
            found.rows += 1
            found.bylines += 1 if says == LISTED_BY else 0
            found.behind = i
    if found.rows:
        _settle_list(alike, names, forums, found, scanned, lines, places, blocks, lo, hi)
