# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A page read as a sequence: places of lines, the sections that they open, what headlines are, prose above a line.

In: signals and flags of its lines, and its main block as `block.kernel` found it. Out: twenty rows behind those of the
block.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import (
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
        ALL_OF_IT,
        BLOCK_CLOSED,
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
        HAS_META_ABOVE,
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
class Page:
    """One page while it is read: its lines lo..hi, those of its main block first..stop.

    Letters of the page, of its long lines, and inside of the main block; `script`, the row of most letters; long lines
    of the block; `evidence`, bits HAS_*; `article`, 1 for a page with an article of its own.
    """


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
    inverse: cython.ulonglong = inverse_of_page(hi - lo)
    letters_inverse: cython.ulonglong = inverse_of_page(all_letters)
    long_inverse: cython.ulonglong = inverse_of_page(long_letters)
    i: cython.Py_ssize_t
    total: cython.long
    above: cython.long = 0
    longs_above: cython.long = 0
    count_up(log, lo, lo, hi, out, row + SECTION_INDEX)
    count_down(log, hi - 1, lo, hi, out, row + SECTION_RINDEX)
    fill(out, row + SECTION_PAGE, lo, hi, log_of(log, hi - lo))
    for i in range(lo, hi):
        total = letters_of(letters, i)
        out[row + SECTION_PLACE, i] = part_of_page(i - lo, hi - lo, inverse)
        out[row + SECTION_LETTERS_BEFORE, i] = part_of_page(above, all_letters, letters_inverse)
        out[row + SECTION_LONG_BEFORE, i] = part_of_page(longs_above, long_letters, long_inverse)
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
    """What a headline is on a page with an article of its own: whether it has one, 1 or 2 (with an article) for
    headlines in groups after its end, and for those above it."""
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
    """Lines of words under a header of a list, up to 40 lines or three long ones below: 1, 2 on a page with an article,
    3 where a sentence ends."""
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
            every += letters_of(letters, i)
    inverse = inverse_of_page(every)
    for i in range(page.lo, page.hi):
        out[row + SECTION_PROSE_BEFORE, i] = part_of_page(above, every, inverse)
        out[row + SECTION_PROSE_LAST, i] = log_of(log, i - last) if last >= 0 else 255
        if _is_prose(out, flags[i], i):
            above += letters_of(letters, i)
            last = i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def page_rows(
    p: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The twenty rows behind those of the main block, with which `row` begins."""
    # a third of the main block are long lines, with a date above or an end marker below
    has_article: cython.bint = page.longs >= 3 and page.longs * 20 >= (page.stop - page.first) * 7
    page.article = 1 if has_article and page.evidence & (HAS_META_ABOVE | HAS_END_BELOW) else 0
    _place_rows(letters, flags, log, page, out, row)
    _opened_rows(p, flags, log, page, out, row)
    _headline_rows(flags, page, out, row)
    _under_header_row(flags, page, out, row)
    _prose_rows(letters, flags, log, page, out, row)
