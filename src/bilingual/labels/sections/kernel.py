# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A page read as a sequence: its main block, whether it has an article, the sections that lines open, prose above a line.

The main block is found twice: by long lines, for the trees of body scores, and by these scores, for those of labels.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import cap, count_down, count_up, fill, log_of, share
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
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
        FLAG_BULLET,
        FLAG_CALL,
        FLAG_COMMENTS,
        FLAG_ENDED,
        FLAG_FORM,
        FLAG_HEADER,
        FLAG_HEADLINE,
        FLAG_LEGAL,
        FLAG_LONG,
        FLAG_META,
        FLAG_MORE,
        FLAG_SHARE,
        FLAG_SQUARE,
        HAS_END_BELOW,
        HAS_LONGS,
        HAS_META_ABOVE,
        INSIDE_BLOCK,
        OPENS_CALL,
        OPENS_COMMENTS,
        OPENS_FORM,
        OPENS_LEGAL,
        OPENS_LIST,
        OPENS_MENU,
        OPENS_NOTHING,
        OPENS_SHARE,
        SAID_MENU,
        SECTION_ABOVE_CLASS,
        SECTION_ABOVE_DISTANCE,
        SECTION_AFTER_ARTICLE,
        SECTION_ARTICLE,
        SECTION_HEADS_SINCE,
        SECTION_INDEX,
        SECTION_LETTERS_BEFORE,
        SECTION_LISTS,
        SECTION_LONG_BEFORE,
        SECTION_LONGS_SINCE,
        SECTION_OPENED,
        SECTION_PAGE,
        SECTION_PLACE,
        SECTION_PROSE_BEFORE,
        SECTION_PROSE_LAST,
        SECTION_RINDEX,
        SECTION_SCRIPT,
        SECTION_SINCE,
        SECTION_TICKER,
        SECTION_UNDER_HEADER,
        SIGNAL_SENTENCES,
        SIGNAL_WORDS,
    )
else:
    from bilingual.labels.measures import *  # noqa: F403  (the names above)
    from bilingual.labels.numbers import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Tables:
    """The logarithmic table, see `features.log_table`."""

    log: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (self.log,) = columns


@cython.cclass
class Page:
    """One page while it is read: its lines lo..hi, those of its main block first..stop.

    Letters of the page, of its long lines, and inside of the main block; `script`, the row of most letters; long lines of
    the block; `evidence`, see `_measure_block`; `article`, 1 for a page with an article of its own.
    """

    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    letters: cython.long
    long_letters: cython.long
    inside: cython.long
    script: cython.Py_ssize_t
    longs: cython.long
    evidence: cython.uchar
    article: cython.uchar


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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _letters(letters: cython.const[cython.int][:, ::1], i: cython.Py_ssize_t) -> cython.long:
    """Letters of line `i` in all scripts."""
    return letters[0, i] + letters[1, i] + letters[2, i]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _part_of_page(part: cython.ulonglong, whole: cython.longlong, inverse: cython.ulonglong) -> cython.uchar:
    """`share` of a part that is no larger than the whole; `inverse` of `_inverse_of_page`, made once for many parts."""
    if inverse:
        return (part * 200 * inverse) >> 56
    return share(part, whole)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _inverse_of_page(whole: cython.longlong) -> cython.ulonglong:
    """The 2**56th part of `x * _inverse_of_page(whole)` is exactly `x // whole` for x up to 200 times the whole; 0 where
    that does not hold."""
    one: cython.ulonglong = 1
    if 0 < whole < 1 << 24:
        return (one << 56) // cython.cast(cython.ulonglong, whole) + 1
    return 0


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
            page.long_letters += _letters(letters, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _measure_block(
    letters: cython.const[cython.int][:, ::1], flags: cython.const[cython.uint][::1], page: Page
) -> cython.void:
    """Letters and long lines of the main block, and what speaks for an article of the page's own, as bits: long lines, a
    date or byline just above the block, an end marker just below."""
    first: cython.Py_ssize_t = page.first
    stop: cython.Py_ssize_t = page.stop
    i: cython.Py_ssize_t
    page.inside = 0
    page.longs = 0
    for i in range(first, stop):
        page.inside += _letters(letters, i)
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
def _place_rows(
    letters: cython.const[cython.int][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Lines above and below, their share; shares of the page's letters above, of those of long
    lines; lines of the page; share of the page's main script in the line."""
    lo: cython.Py_ssize_t = page.lo
    hi: cython.Py_ssize_t = page.hi
    all_letters: cython.long = page.letters
    long_letters: cython.long = page.long_letters
    script: cython.Py_ssize_t = page.script
    inverse: cython.ulonglong = _inverse_of_page(hi - lo)
    letters_inverse: cython.ulonglong = _inverse_of_page(all_letters)
    long_inverse: cython.ulonglong = _inverse_of_page(long_letters)
    i: cython.Py_ssize_t
    total: cython.long
    above: cython.long = 0
    longs_above: cython.long = 0
    count_up(log, lo, lo, hi, out, row + SECTION_INDEX)
    count_down(log, hi - 1, lo, hi, out, row + SECTION_RINDEX)
    fill(out, row + SECTION_PAGE, lo, hi, log_of(log, hi - lo))
    for i in range(lo, hi):
        total = _letters(letters, i)
        out[row + SECTION_PLACE, i] = _part_of_page(i - lo, hi - lo, inverse)
        out[row + SECTION_LETTERS_BEFORE, i] = _part_of_page(above, all_letters, letters_inverse)
        out[row + SECTION_LONG_BEFORE, i] = _part_of_page(longs_above, long_letters, long_inverse)
        out[row + SECTION_SCRIPT, i] = share(letters[script, i], total)
        above += total
        if flags[i] & FLAG_LONG:
            longs_above += total


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _opener(f: cython.uint, menu: cython.uchar) -> cython.uchar:
    """What section a line opens by a known wording, from its flags and how strongly the phrases of `menu` hold it."""
    if f & FLAG_HEADER:
        return OPENS_LIST
    if f & FLAG_COMMENTS:
        return OPENS_COMMENTS
    if f & FLAG_SHARE:
        return OPENS_SHARE
    if f & FLAG_LEGAL:
        return OPENS_LEGAL
    if f & FLAG_FORM:
        return OPENS_FORM
    if menu == ALL_OF_IT and not f & FLAG_BULLET:
        return OPENS_MENU
    return OPENS_CALL if f & FLAG_CALL else OPENS_NOTHING


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _opened_rows(
    p: cython.const[cython.uchar][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The section that was opened last; lines, headlines and long lines since then, 255 for none;
    headers of lists above; the last short line that may be a header, whatever it says, and lines since then."""
    i: cython.Py_ssize_t
    f: cython.uint
    opens: cython.uchar
    opened: cython.uchar = OPENS_NOTHING
    since: cython.long = 0
    heads: cython.long = 0
    longs: cython.long = 0
    lists: cython.uchar = 0
    header: cython.Py_ssize_t = -1
    header_class: cython.uchar = 0
    for i in range(page.lo, page.hi):
        f = flags[i]
        out[row + SECTION_OPENED, i] = opened
        out[row + SECTION_SINCE, i] = log_of(log, since) if opened else 255
        out[row + SECTION_HEADS_SINCE, i] = log_of(log, heads) if opened else 255
        out[row + SECTION_LONGS_SINCE, i] = log_of(log, longs) if opened else 255
        out[row + SECTION_LISTS, i] = lists
        out[row + SECTION_ABOVE_CLASS, i] = header_class
        out[row + SECTION_ABOVE_DISTANCE, i] = log_of(log, i - header) if header >= 0 else 255
        since += 1
        heads += 1 if f & FLAG_HEADLINE else 0
        longs += 1 if f & FLAG_LONG else 0
        opens = _opener(f, p[SAID_MENU, i])
        if opens:
            opened = opens
            since = heads = longs = 0
        if opens == OPENS_LIST:
            lists += 1
        if out[SIGNAL_WORDS, i] <= 5 and not f & (FLAG_META | FLAG_MORE | FLAG_BULLET | FLAG_SQUARE):
            header = i
            header_class = opens + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_headlines(
    flags: cython.const[cython.uint][::1], i: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.long:
    """Headlines of the group that begins at line `i`, with gaps of at most three lines."""
    last: cython.Py_ssize_t = i
    found: cython.long = 0
    while i < hi and i - last <= 4:
        if flags[i] & FLAG_HEADLINE:
            found += 1
            last = i
        i += 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _headline_rows(
    flags: cython.const[cython.uint][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """What a headline is on a page with an article of its own: whether it has one, 1 or 2 (with an article) for headlines in
    groups after its end, and for those above it."""
    stop: cython.Py_ssize_t = page.stop
    first: cython.Py_ssize_t = page.first if page.longs >= 3 else page.lo
    article: cython.uchar = page.article
    i: cython.Py_ssize_t
    group: cython.long = 0
    last: cython.Py_ssize_t = page.lo - 9
    for i in range(page.lo, page.hi):
        out[row + SECTION_ARTICLE, i] = article
        out[row + SECTION_AFTER_ARTICLE, i] = 0
        out[row + SECTION_TICKER, i] = 0
        if not flags[i] & FLAG_HEADLINE:
            continue
        if i - last > 4:
            group = _count_headlines(flags, i, page.hi)
        last = i
        if group >= 3 and i >= stop and out[row + BLOCK_CLOSED, i] != 0:
            out[row + SECTION_AFTER_ARTICLE, i] = 1 + article
        if group >= 4 and i < first and out[SIGNAL_WORDS, i] >= 6:
            out[row + SECTION_TICKER, i] = 1 + article


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _under_header_row(
    flags: cython.const[cython.uint][::1], page: Page, out: cython.uchar[:, ::1], row: cython.Py_ssize_t
) -> cython.void:
    """Lines of words under a header of a list, up to 40 lines or three long ones below: 1, 2 on a page with an article, 3
    where a sentence ends."""
    item: cython.uchar = 1 + page.article
    i: cython.Py_ssize_t
    f: cython.uint
    is_open: cython.int = 0
    since: cython.long = 0
    longs: cython.long = 0
    for i in range(page.lo, page.hi):
        f = flags[i]
        out[row + SECTION_UNDER_HEADER, i] = 0
        if is_open and out[SIGNAL_WORDS, i] >= 4 and not f & FLAG_HEADER and longs < 3 and since <= 40:
            out[row + SECTION_UNDER_HEADER, i] = 3 if f & FLAG_ENDED else item
        since += 1
        longs += 1 if f & FLAG_LONG else 0
        if f & FLAG_HEADER:
            is_open = 1
            since = 0
            longs = 0
        elif f & (FLAG_COMMENTS | FLAG_LEGAL | FLAG_FORM):
            is_open = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_prose(s: cython.const[cython.uchar][:, ::1], f: cython.uint, i: cython.Py_ssize_t) -> cython.bint:
    """Ten words, with a sentence that ends, and no bullet."""
    return s[SIGNAL_WORDS, i] >= 10 and (f & FLAG_ENDED or s[SIGNAL_SENTENCES, i] > 0) and not f & FLAG_BULLET


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _prose_rows(
    letters: cython.const[cython.int][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The share of the page's prose that is above, by letters; lines since the last of it, 255 for none."""
    i: cython.Py_ssize_t
    above: cython.longlong = 0
    every: cython.longlong = 0
    last: cython.Py_ssize_t = -1
    inverse: cython.ulonglong
    for i in range(page.lo, page.hi):
        if _is_prose(out, flags[i], i):
            every += _letters(letters, i)
    inverse = _inverse_of_page(every)
    for i in range(page.lo, page.hi):
        out[row + SECTION_PROSE_BEFORE, i] = _part_of_page(above, every, inverse)
        out[row + SECTION_PROSE_LAST, i] = log_of(log, i - last) if last >= 0 else 255
        if _is_prose(out, flags[i], i):
            above += _letters(letters, i)
            last = i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _page_rows(
    p: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The twenty rows behind those of `_block_rows`, with which `row` begins."""
    # a third of the main block are long lines, with a date above or an end marker below
    has_article: cython.bint = page.longs >= 3 and page.longs * 20 >= (page.stop - page.first) * 7
    page.article = 1 if has_article and page.evidence & (HAS_META_ABOVE | HAS_END_BELOW) else 0
    _place_rows(letters, flags, log, page, out, row)
    _opened_rows(p, flags, log, page, out, row)
    _headline_rows(flags, page, out, row)
    _under_header_row(flags, page, out, row)
    _prose_rows(letters, flags, log, page, out, row)


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
    """The page read as a sequence: its main block, by what each line adds to it, and what closes it, in seven rows from
    `row`. With `full` the block is the first good one, and the rows of `_page_rows` follow."""
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
            _page_rows(p, lines.letters, lines.flags, log, page, lines.every, row)


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
    """The scores of the lines lo..hi in `row`, and what each adds to the main block, more with more letters; their sum by
    letters, and by lines."""
    i: cython.Py_ssize_t
    size: cython.longlong
    by_letters: cython.longlong = 0
    by_lines: cython.longlong = 0
    for i in range(lo, hi):
        out[row, i] = body[0, i]
        size = _letters(letters, i)
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
    """Three rows from `row`: shares of the `total` of scores by letters before and after each line, and the `mean` score."""
    i: cython.Py_ssize_t
    before: cython.longlong = 0
    inverse: cython.ulonglong = _inverse_of_page(total)
    fill(out, row + 2, lo, hi, mean)
    for i in range(lo, hi):
        out[row, i] = _part_of_page(before, total, inverse)
        before += cython.cast(cython.longlong, _letters(letters, i)) * body[0, i]
        out[row + 1, i] = _part_of_page(total - before, total, inverse)


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
    """Fill the rows from `row` on with the main block of each page, and the page read as a sequence, see `_sections`."""
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
