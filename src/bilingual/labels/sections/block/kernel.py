# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The main block of a page, and what closes it; the loop over documents, which ends with `sequence.kernel`.

The main block is found twice: by long lines, for the trees of body scores, and by these scores, for those of labels.
In: signals and flags of lines, then their body scores. Out: rows of the block, the sequence, the body scores around.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import (
        cap,
        count_down,
        count_up,
        fill,
        inverse_of_page,
        letters_of,
        log_of,
        part_of_page,
        share,
    )
    from cython.cimports.bilingual.labels.numbers import (
        BEFORE_BLOCK,
        BEHIND_BLOCK,
        BLOCK_CLOSED,
        BLOCK_EVIDENCE,
        BLOCK_FROM_START,
        BLOCK_HEADS_AFTER,
        BLOCK_SIDE,
        BLOCK_SIZE,
        BLOCK_TO_END,
        BY_COMMENTS,
        BY_LIST,
        BY_SHARE,
        FLAG_COMMENTS,
        FLAG_HEADER,
        FLAG_HEADLINE,
        FLAG_LONG,
        FLAG_META,
        FLAG_SHARE,
        HAS_END_BELOW,
        HAS_LONGS,
        HAS_META_ABOVE,
        INSIDE_BLOCK,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.labels.sections.sequence.kernel import Page, page_rows
else:
    from bilingual.labels.measures import *  # noqa: F403  (the names above)
    from bilingual.labels.numbers import *  # noqa: F403
    from bilingual.labels.sections.sequence.kernel import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Tables:
    """The logarithmic table, see `features.log_table`."""

    log: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (self.log,) = columns


@cython.cclass
class Lines:
    """What is read of lines and the columns to fill, see `features.Lines`; `doc_line` and `flags` are what is in use,
    `gain` is work space: what a line adds to the main block."""

    every_doc_line: cython.const[cython.int][::1]
    every: cython.uchar[:, ::1]
    every_flag: cython.const[cython.uint][::1]
    letters: cython.const[cython.int][:, ::1]
    body: cython.const[cython.uchar][:, ::1]
    gain: cython.int[::1]
    page: Page
    doc_line: cython.const[cython.int][::1]
    flags: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.every_doc_line,
            self.every,
            self.every_flag,
            self.letters,
            self.body,
            self.gain,
        ) = columns
        self.page = Page()

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t, n_docs: cython.Py_ssize_t) -> None:
        """How many lines and documents there are."""
        self.doc_line = self.every_doc_line[: n_docs + 1]
        self.flags = self.every_flag[:m]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gains(
    s: cython.const[cython.uchar][:, ::1], flags: cython.const[cython.uint][::1], gain: cython.int[::1]
) -> cython.void:
    """What each line adds to the main block: the words of long lines; other lines cost, headers of lists most."""
    i: cython.Py_ssize_t
    for i in range(flags.shape[0]):
        if flags[i] & FLAG_HEADER:
            gain[i] = -60
        elif flags[i] & FLAG_LONG:
            gain[i] = s[SIGNAL_WORDS, i] if s[SIGNAL_WORDS, i] < 60 else 60
        else:
            gain[i] = -6


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _best_block(
    gain: cython.const[cython.int][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> tuple[cython.Py_ssize_t, cython.Py_ssize_t]:
    """The stretch of lines with the greatest sum of `gain`."""
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    start: cython.Py_ssize_t = lo
    total: cython.long = 0
    best: cython.long = 0
    first = lo
    stop = lo
    for i in range(lo, hi):
        if total <= 0:
            total = 0
            start = i
        total += gain[i]
        if total > best:
            best = total
            first = start
            stop = i + 1
    return first, stop


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _article_block(
    gain: cython.const[cython.int][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> tuple[cython.Py_ssize_t, cython.Py_ssize_t]:
    """The first stretch of lines whose sum of `gain` is at least 40% of the greatest; a stretch ends at its greatest
    sum, once 90 points are lost again."""
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    start: cython.Py_ssize_t = lo
    top: cython.Py_ssize_t = lo
    turn: cython.Py_ssize_t
    total: cython.long
    peak: cython.long
    best: cython.long = 0
    first = lo
    stop = lo
    for turn in range(2):
        total = 0
        peak = 0
        start = lo
        for i in range(lo, hi + 1):
            if i == hi or total <= 0 or peak - total > 90:
                if turn == 0:
                    if peak > best:
                        best = peak
                elif peak > 0 and peak * 10 >= best * 4:
                    first = start
                    stop = top + 1
                    return first, stop
                total = 0
                peak = 0
                start = i
            if i < hi:
                total += gain[i]
                if total > peak:
                    peak = total
                    top = i
    return first, stop


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _ends_article(f: cython.uint) -> cython.uint:
    """Whether a line closes an article, by its flags: it heads a list, or is about sharing or comments."""
    return f & (FLAG_HEADER | FLAG_SHARE | FLAG_COMMENTS)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _measure_page(
    letters: cython.const[cython.int][:, ::1], flags: cython.const[cython.uint][::1], page: Page
) -> cython.void:
    """Letters of the page, of its long lines, and the script of most letters."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    total: cython.long
    most: cython.long = -1
    page.letters = 0
    page.long_letters = 0
    for j in range(3):
        total = 0
        for i in range(page.lo, page.hi):
            total += letters[j, i]
        page.letters += total
        if total > most:
            most = total
            page.script = j
    for i in range(page.lo, page.hi):
        if flags[i] & FLAG_LONG:
            page.long_letters += letters_of(letters, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _measure_block(
    letters: cython.const[cython.int][:, ::1], flags: cython.const[cython.uint][::1], page: Page
) -> cython.void:
    """Letters and long lines of the main block, and what speaks for an article of the page's own, as bits: long lines,
    a date or byline just above the block, an end marker just below."""
    first: cython.Py_ssize_t = page.first
    stop: cython.Py_ssize_t = page.stop
    i: cython.Py_ssize_t
    page.inside = 0
    page.longs = 0
    for i in range(first, stop):
        page.inside += letters_of(letters, i)
        if flags[i] & FLAG_LONG:
            page.longs += 1
    page.evidence = HAS_LONGS if page.longs >= 3 else 0
    for i in range(max(first - 12, page.lo), min(first + 2, page.hi)):
        if flags[i] & FLAG_META:
            page.evidence |= HAS_META_ABOVE
    for i in range(stop, min(stop + 15, page.hi)):
        if _ends_article(flags[i]):
            page.evidence |= HAS_END_BELOW


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _block_rows(
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Seven rows from `row`: before, in or behind the main block, lines from its start and to its end, its share of
    the page, `evidence`; behind it the end markers above, and headlines since the last."""
    first: cython.Py_ssize_t = page.first
    stop: cython.Py_ssize_t = page.stop
    i: cython.Py_ssize_t
    marker: cython.uchar = 0
    heads: cython.long = 0
    fill(out, row + BLOCK_SIDE, page.lo, first, BEFORE_BLOCK)
    fill(out, row + BLOCK_SIDE, first, stop, INSIDE_BLOCK)
    fill(out, row + BLOCK_SIDE, stop, page.hi, BEHIND_BLOCK)
    count_down(log, first, page.lo, first, out, row + BLOCK_FROM_START)
    count_up(log, first, first, stop, out, row + BLOCK_FROM_START)
    fill(out, row + BLOCK_FROM_START, stop, page.hi, 255)
    fill(out, row + BLOCK_TO_END, page.lo, first, 255)
    count_down(log, stop, first, stop, out, row + BLOCK_TO_END)
    count_up(log, stop - 1, stop, page.hi, out, row + BLOCK_TO_END)
    fill(out, row + BLOCK_CLOSED, page.lo, stop, 255)
    fill(out, row + BLOCK_HEADS_AFTER, page.lo, stop, 255)
    fill(out, row + BLOCK_SIZE, page.lo, page.hi, share(page.inside, page.letters))
    fill(out, row + BLOCK_EVIDENCE, page.lo, page.hi, page.evidence)
    for i in range(stop, page.hi):
        if flags[i] & FLAG_HEADLINE:
            heads += 1
        out[row + BLOCK_CLOSED, i] = marker
        out[row + BLOCK_HEADS_AFTER, i] = log_of(log, heads)
        if _ends_article(flags[i]):
            if flags[i] & FLAG_HEADER:
                marker |= BY_LIST
            else:
                marker |= BY_SHARE if flags[i] & FLAG_SHARE else BY_COMMENTS
            heads = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sections(
    p: cython.const[cython.uchar][:, ::1],
    lines: Lines,
    log: cython.const[cython.uchar][::1],
    full: cython.bint,
    page: Page,
    row: cython.Py_ssize_t,
) -> cython.void:
    """The main block of each page, by what each line adds to it, and what closes it, in seven rows from `row`. With
    `full` the block is the first good one, and the rows of `page_rows` follow."""
    d: cython.Py_ssize_t
    for d in range(lines.doc_line.shape[0] - 1):
        page.lo = lines.doc_line[d]
        page.hi = lines.doc_line[d + 1]
        if page.hi == page.lo:
            continue
        if full:
            page.first, page.stop = _article_block(lines.gain, page.lo, page.hi)
        else:
            page.first, page.stop = _best_block(lines.gain, page.lo, page.hi)
        _measure_page(lines.letters, lines.flags, page)
        _measure_block(lines.letters, lines.flags, page)
        _block_rows(lines.flags, log, page, lines.every, row)
        if full:
            page_rows(p, lines.letters, lines.flags, log, page, lines.every, row)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _body_gains(
    body: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    log: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    gain: cython.int[::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> tuple[cython.longlong, cython.longlong]:
    """The scores of the lines lo..hi in `row`, and what each adds to the main block, more with more letters; their sum
    by letters, and by lines."""
    i: cython.Py_ssize_t
    size: cython.longlong
    by_letters: cython.longlong = 0
    by_lines: cython.longlong = 0
    for i in range(lo, hi):
        out[row, i] = body[0, i]
        size = letters_of(letters, i)
        gain[i] = (cython.cast(cython.int, body[0, i]) - 90) * log_of(log, size)
        by_letters += size * body[0, i]
        by_lines += body[0, i]
    return by_letters, by_lines


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _body_shares(
    body: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    total: cython.longlong,
    mean: cython.uchar,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Three rows from `row`: shares of the `total` of scores by letters before and after each line, and the `mean`."""
    i: cython.Py_ssize_t
    before: cython.longlong = 0
    inverse: cython.ulonglong = inverse_of_page(total)
    fill(out, row + 2, lo, hi, mean)
    for i in range(lo, hi):
        out[row, i] = part_of_page(before, total, inverse)
        before += cython.cast(cython.longlong, letters_of(letters, i)) * body[0, i]
        out[row + 1, i] = part_of_page(total - before, total, inverse)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _body_rows(
    body: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    doc_line: cython.const[cython.int][::1],
    log: cython.const[cython.uchar][::1],
    gain: cython.int[::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The body score of each line in `row`, those before, after and of the page in the rows 15-17 from there on.

    `body` uint8[1, m], 0 to 200. `gain`, what each line adds to the main block, is filled for `_sections`.
    """
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    by_letters: cython.longlong
    by_lines: cython.longlong
    for d in range(doc_line.shape[0] - 1):
        lo = doc_line[d]
        hi = doc_line[d + 1]
        if hi == lo:
            continue
        by_letters, by_lines = _body_gains(body, letters, log, lo, hi, gain, out, row)
        _body_shares(body, letters, lo, hi, by_letters, cap(by_lines // (hi - lo)), out, row + 15)


def sections(
    tables: Tables,
    lines: Lines,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
    phrase_row: cython.Py_ssize_t,
    row: cython.Py_ssize_t,
) -> None:
    """Fill the rows from `row` on with the main block of each page, then the page as a sequence, see `_sections`."""
    lines.hold(m, n_docs)
    phrases: cython.uchar[:, ::1] = lines.every[phrase_row:]
    with cython.nogil:
        _gains(lines.every, lines.flags, lines.gain)
        _sections(phrases, lines, tables.log, True, lines.page, row)


def body_sections(
    tables: Tables, lines: Lines, phrase_row: cython.Py_ssize_t, row: cython.Py_ssize_t, block_row: cython.Py_ssize_t
) -> None:
    """Fill the rows of `_body_rows` from `row` on, and from `block_row` on those of the main block by body scores."""
    phrases: cython.uchar[:, ::1] = lines.every[phrase_row:]
    with cython.nogil:
        _body_rows(lines.body, lines.letters, lines.doc_line, tables.log, lines.gain, lines.every, row)
        _sections(phrases, lines, tables.log, False, lines.page, block_row)
