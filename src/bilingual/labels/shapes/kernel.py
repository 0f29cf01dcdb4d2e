# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Shapes of blocks that no list of phrases can hold: numbers, prices, phones, chains, leftover markup, dates at the end.

One look at the words of a block and the marks between them, then one from its end for a date, see `patterns.SHAPES`.

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
        DATE_CURRENCY,
        DATE_MONTH,
        DATE_MONTH_PART,
        DATE_RELATIVE,
        DATE_UNIT,
        DATE_WEEKDAY,
        NO_DATE,
        SEEN_CURRENCY,
        SEEN_PLUS,
        SHAPE_BRACKETS,
        SHAPE_BULLET,
        SHAPE_CHAIN,
        SHAPE_COPYRIGHT,
        SHAPE_DIGITS,
        SHAPE_HASHTAGS,
        SHAPE_MARKUP,
        SHAPE_PAGES,
        SHAPE_PHONE,
        SHAPE_PRICE,
        SHAPE_RESIDUE,
        SHAPE_URLS,
    )
    from cython.cimports.bilingual.labels.stretches import is_unseen, shown_from
    from cython.cimports.bilingual.text.classes import (
        WORD_ALL_DIGITS,
        WORD_HAS_DIGIT,
        WORD_HASHTAG,
        WORD_URL,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.stretches import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan, see `scan.Scan`; the columns may have room for more than `n_words` and `n_blocks`."""

    codes: cython.const[cython.uint][::1]
    word_start: cython.const[cython.int][::1]
    word_end: cython.const[cython.int][::1]
    word_flags: cython.const[cython.ushort][::1]
    word_hash: cython.const[cython.ulonglong][::1]
    block_start: cython.const[cython.int][::1]
    block_end: cython.const[cython.int][::1]
    block_word: cython.const[cython.int][::1]
    n_words: cython.Py_ssize_t
    n_blocks: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (
            self.codes,
            self.word_start,
            self.word_end,
            self.word_flags,
            self.word_hash,
            self.block_start,
            self.block_end,
            self.block_word,
        ) = columns

    def hold(self, n_words: cython.Py_ssize_t, n_blocks: cython.Py_ssize_t) -> None:
        """What changes with every batch."""
        self.n_words = n_words
        self.n_blocks = n_blocks


@cython.cclass
class Dates:
    """The words of dates, see `patterns.date_words`."""

    keys: cython.const[cython.ulonglong][::1]
    classes: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.keys,
            self.classes,
        ) = columns


@cython.cclass
class Shapes:
    """Room for the shapes of every block, see `patterns.ShapeColumns`."""

    bits: cython.ushort[::1]
    date_from: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.bits,
            self.date_from,
        ) = columns


@cython.cclass
class Outline:
    """What is seen of a block, see `_outline`: its words begin..end, `n` of them, and code points start..stop.

    `bits` of shapes, and SEEN_CURRENCY and SEEN_PLUS. Chain `marks`, the word that begins the
    present `item` between them, words of the `longest` item. Words that are numbers, URLs, hashtags; digits of the numbers;
    `steps` from a number to the next above it, value of the `last` one of at most four digits. `flags` of all words.
    """

    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    n: cython.Py_ssize_t
    start: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    bits: cython.int
    marks: cython.Py_ssize_t
    item: cython.Py_ssize_t
    longest: cython.Py_ssize_t
    numbers: cython.Py_ssize_t
    digits: cython.Py_ssize_t
    steps: cython.Py_ssize_t
    last: cython.Py_ssize_t
    urls: cython.Py_ssize_t
    tags: cython.Py_ssize_t
    flags: cython.int


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _word_class(dates: Dates, w: cython.ulonglong) -> cython.int:
    """The class of the word of hash `w`; 0 for none."""
    mask: cython.ulonglong = dates.keys.shape[0] - 1
    one: cython.ulonglong = 1
    zero: cython.ulonglong = 0
    probe: cython.ulonglong = (w >> 17) & mask
    while dates.keys[probe] != zero:
        if dates.keys[probe] == w:
            return dates.classes[probe]
        probe = (probe + one) & mask
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_chain_mark(c: cython.uint) -> cython.bint:
    """Whether a mark stands between the items of a bread crumb or menu line."""
    if c < 128:
        return c == ord("|") or c == ord(">") or c == ord("/")
    return (
        c == ord("»")
        or c == ord("›")
        or c == ord("·")
        or c == ord("•")
        or c == ord("→")
        or c == ord("←")
        or c == ord("«")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _opens_template(c: cython.uint, d: cython.uint) -> cython.bint:
    """Whether two marks are those of a template: {{ }} <% %>"""
    return (
        (c == ord("{") and d == ord("{"))
        or (c == ord("}") and d == ord("}"))
        or (c == ord("<") and d == ord("%"))
        or (c == ord("%") and d == ord(">"))
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_markup(c: cython.uint, d: cython.uint) -> cython.bint:
    """Whether two marks, or the first alone, are those of tags, attributes, calls or braces: </ <! /> =" =' () ){ ); { }"""
    return (
        (c == ord("<") and (d == ord("/") or d == ord("!")))
        or (c == ord("/") and d == ord(">"))
        or (c == ord("=") and (d == ord('"') or d == ord("'")))
        or (c == ord("(") and d == ord(")"))
        or (c == ord(")") and (d == ord("{") or d == ord(";")))
        or c == ord("{")
        or c == ord("}")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_currency(c: cython.uint) -> cython.bint:
    """Whether a mark is the sign of a currency."""
    return (
        c == ord("$")
        or c == ord("€")
        or c == ord("£")
        or c == ord("\N{RIAL SIGN}")
        or c == ord("\N{TURKISH LIRA SIGN}")
        or c == ord("\N{INDIAN RUPEE SIGN}")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mark_bits(c: cython.uint, d: cython.uint) -> cython.int:
    """The bits, see `Outline`, that the mark `c` stands for, with `d` behind it."""
    if _opens_template(c, d):
        return SHAPE_RESIDUE
    if _is_markup(c, d):
        return SHAPE_MARKUP
    if _is_currency(c):
        return SEEN_CURRENCY
    if c == ord("+"):
        return SEEN_PLUS
    return SHAPE_COPYRIGHT if c == ord("©") else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_residue(scanned: Scanned, c: cython.uint, i: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.bint:
    """Whether the mark `c` and word `i` right behind it are a place of a template, as %d, or an entity, as &nbsp;"""
    start: cython.Py_ssize_t = scanned.word_start[i]
    end: cython.Py_ssize_t = scanned.word_end[i]
    if c == ord("%"):
        return end - start == 1 and (scanned.codes[start] == ord("d") or scanned.codes[start] == ord("s"))
    return c == ord("&") and end < stop and scanned.codes[end] == ord(";")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _end_item(seen: Outline, i: cython.Py_ssize_t) -> cython.void:
    """End the present item of a chain before word `i`."""
    if i - seen.item > seen.longest:
        seen.longest = i - seen.item
    seen.item = i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _stands_free(scanned: Scanned, c: cython.uint, p: cython.Py_ssize_t, d: cython.uint) -> cython.bint:
    """Whether the mark `c` at `p`, with `d` behind it, parts items: guillemets and slashes inside words are no chains."""
    return c == ord("|") or (scanned.codes[p - 1] == ord(" ") and d == ord(" "))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_gap(
    seen: Outline, scanned: Scanned, i: cython.Py_ssize_t, p: cython.Py_ssize_t, gap_end: cython.Py_ssize_t
) -> cython.void:
    """Note the marks p..gap_end before word `i` of the block, or after its last one."""
    c: cython.uint
    d: cython.uint
    while p < gap_end:
        c = scanned.codes[p]
        if c == ord(" ") or c == ord(",") or c == ord("."):
            p += 1
            continue
        d = scanned.codes[p + 1] if p + 1 < seen.stop else 0
        seen.bits |= _mark_bits(c, d)
        if p + 1 == gap_end and i < seen.end and _is_residue(scanned, c, i, seen.stop):
            seen.bits |= SHAPE_RESIDUE
        if seen.begin < i < seen.end and _is_chain_mark(c) and _stands_free(scanned, c, p, d):
            seen.marks += 1
            _end_item(seen, i)
        p += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count_number(seen: Outline, scanned: Scanned, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.void:
    """Count the number of code points start..end."""
    p: cython.Py_ssize_t
    value: cython.Py_ssize_t = 0
    seen.numbers += 1
    seen.digits += end - start
    if seen.n >= 3 and end - start <= 4:
        for p in range(start, end):
            value = value * 10 + (scanned.codes[p] & 15)
        if value == seen.last + 1:
            seen.steps += 1
        seen.last = value


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _open_outline(seen: Outline, scanned: Scanned, b: cython.Py_ssize_t) -> cython.void:
    """Begin with block `b`, of which nothing was seen yet."""
    seen.begin = scanned.block_word[b]
    seen.end = scanned.block_word[b + 1]
    seen.n = seen.end - seen.begin
    seen.start = scanned.block_start[b]
    seen.stop = scanned.block_end[b]
    seen.bits = 0
    seen.marks = 0
    seen.item = seen.begin
    seen.longest = 0
    seen.numbers = 0
    seen.digits = 0
    seen.steps = 0
    seen.last = -1
    seen.urls = 0
    seen.tags = 0
    seen.flags = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _outline(seen: Outline, scanned: Scanned, b: cython.Py_ssize_t) -> cython.void:
    """See the words of block `b` and the marks between them."""
    i: cython.Py_ssize_t
    p: cython.Py_ssize_t
    gap: cython.Py_ssize_t
    f: cython.int
    flags: cython.int = 0
    _open_outline(seen, scanned, b)
    gap = seen.start
    for i in range(seen.begin, seen.end):
        p = gap
        gap = scanned.word_start[i]
        # a blank says nothing
        if p != gap and not (p + 1 == gap and scanned.codes[p] == ord(" ")):
            _read_gap(seen, scanned, i, p, gap)
        gap = scanned.word_end[i]
        f = scanned.word_flags[i]
        flags |= f
        if not f & (WORD_ALL_DIGITS | WORD_URL | WORD_HASHTAG):
            continue
        if f & WORD_ALL_DIGITS:
            _count_number(seen, scanned, scanned.word_start[i], gap)
        elif f & WORD_URL:
            seen.urls += 1
        if f & WORD_HASHTAG:
            seen.tags += 1
    if gap != seen.stop:
        _read_gap(seen, scanned, seen.end, gap, seen.stop)
    _end_item(seen, seen.end)
    seen.flags = flags


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _follows(scanned: Scanned, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether word `i` has a digit (30, 30م), is one mark behind the word before, and before word `end`."""
    return i < end and scanned.word_flags[i] & WORD_HAS_DIGIT != 0 and scanned.word_start[i] == scanned.word_end[i - 1] + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_dated(scanned: Scanned, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether number `i` begins a time, as 12:45, or a date, as 03/05/2020, before word `end`."""
    c: cython.uint
    if not _follows(scanned, i + 1, end):
        return False
    c = scanned.codes[scanned.word_end[i]]
    if c == ord("/") or c == ord("-") or c == ord("."):
        return _follows(scanned, i + 2, end) and scanned.codes[scanned.word_end[i + 1]] == c
    return c == ord(":")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_date(has: cython.int) -> cython.bint:
    """Whether words of these classes, see `_date_from`, make a date: a number with a month, a weekday or the marks, or with a
    unit and a relative word."""
    names: cython.int = 1 << DATE_MONTH | 1 << DATE_MONTH_PART | 1 << DATE_WEEKDAY | 1 << DATE_CURRENCY
    ago: cython.int = 1 << DATE_UNIT | 1 << DATE_RELATIVE
    return has & 1 != 0 and (has & names != 0 or has & ago == ago)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _date_from(seen: Outline, scanned: Scanned, dates: Dates) -> cython.uchar:
    """Words before the date that ends the block, NO_DATE for none; notes a currency where there are numbers.

    `has`: a bit for each class of words of the date; bit 0 for a number, that of DATE_CURRENCY, which is of none, for numbers
    with the marks of a date.
    """
    i: cython.Py_ssize_t = seen.end - 1
    f: cython.int
    kind: cython.int
    has: cython.int = 0
    while i >= seen.begin:
        f = scanned.word_flags[i]
        if f & WORD_ALL_DIGITS:
            has |= 1 | 1 << DATE_CURRENCY if _is_dated(scanned, i, seen.end) else 1
        else:
            kind = _word_class(dates, scanned.word_hash[i])
            if kind == DATE_CURRENCY and seen.numbers:
                seen.bits |= SEEN_CURRENCY
            if kind == 0 or kind == DATE_CURRENCY:
                # a number and its era: 2020م, 1445هـ
                if not (f & WORD_HAS_DIGIT and scanned.word_end[i] - scanned.word_start[i] <= 6):
                    break
                kind = 0
            has |= 1 << kind
        i -= 1
    return cython.cast(cython.uchar, i + 1 - seen.begin) if _is_date(has) else NO_DATE


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _number_bits(seen: Outline) -> cython.int:
    """The shapes of a block with numbers: digits, pages, phone, price."""
    out: cython.int = 0
    others: cython.Py_ssize_t = seen.n - seen.numbers
    if others == 0:
        out |= SHAPE_DIGITS
    if seen.steps >= 2 and seen.numbers * 3 >= seen.n * 2:
        out |= SHAPE_PAGES
    if 7 <= seen.digits <= 18 and others <= 3 and seen.numbers <= 6:
        out |= SHAPE_PHONE
    if seen.bits & SEEN_PLUS and seen.digits >= 8 and others <= 2:
        out |= SHAPE_PHONE
    if seen.bits & SEEN_CURRENCY and seen.n <= 6:
        out |= SHAPE_PRICE
    return out


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_bullet(c: cython.uint) -> cython.bint:
    """Whether a mark before the first word makes an item of a list."""
    return (
        c == ord("*")
        or c == ord("-")
        or c == ord("•")
        or c == ord("·")
        or c == ord("▪")
        or c == ord("●")
        or c == ord("–")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _frame_bits(seen: Outline, scanned: Scanned) -> cython.int:
    """The shapes that the first and the last mark that are seen of a block with words make: brackets, bullet."""
    start: cython.Py_ssize_t = shown_from(scanned.codes, seen.start, seen.stop)
    last: cython.Py_ssize_t = seen.stop - 1
    c: cython.uint = scanned.codes[start]
    while last > start and is_unseen(scanned.codes[last]):
        last -= 1
    if c == ord("[") and scanned.codes[last] == ord("]"):
        return SHAPE_BRACKETS
    if scanned.word_start[seen.begin] > start and _is_bullet(c):
        return SHAPE_BULLET
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _shape_bits(seen: Outline, scanned: Scanned) -> cython.ushort:
    """All shapes of the block, bits of `patterns.SHAPES`."""
    out: cython.int = seen.bits & ~(SEEN_CURRENCY | SEEN_PLUS)
    if seen.marks >= 2 and seen.longest <= 4:
        out |= SHAPE_CHAIN
    if seen.numbers:
        out |= _number_bits(seen)
    if seen.n > 0:
        if seen.urls == seen.n:
            out |= SHAPE_URLS
        if seen.n >= 2 and seen.tags == seen.n:
            out |= SHAPE_HASHTAGS
        out |= _frame_bits(seen, scanned)
    return cython.cast(cython.ushort, out)


def find_shapes(scanned: Scanned, dates: Dates, date_limit: cython.Py_ssize_t, found: Shapes) -> None:
    """The shapes of every block.

    Shapes: bits uint16[n_blocks], the bits named in `patterns.SHAPES`; date_from uint8[n_blocks], words
    before the date that ends the block, NO_DATE for none (blocks of at most `date_limit` words)."""
    seen: Outline = Outline()
    b: cython.Py_ssize_t
    with cython.nogil:
        for b in range(scanned.n_blocks):
            _outline(seen, scanned, b)
            found.date_from[b] = NO_DATE
            # a date has a digit, most blocks have none
            if seen.flags & WORD_HAS_DIGIT and seen.n <= date_limit:
                found.date_from[b] = _date_from(seen, scanned, dates)
            found.bits[b] = _shape_bits(seen, scanned)
