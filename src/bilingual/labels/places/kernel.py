# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Where blocks stand in text that is written with marks: Markdown, wiki text, reStructuredText, BBCode.

A page of the web shows its structure by what stands around a line; such a text says it. What is between fences is code, a
row under a row of dashes is one of a table, a line behind `##` heads what follows, whatever its words are elsewhere.
First every line is looked at alone, by its first and last characters, then the document is read once where some line has a
mark. Later, the labels of lines decide those of their headings.

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
        BODY,
        CONTEXT,
        FIRES_BREADCRUMB_TRAIL,
        FIRES_BYLINE,
        FIRES_COOKIE_NOTICE,
        FIRES_COPYRIGHT_NOTICE,
        FIRES_DATE_LINE,
        FIRES_LABELLED_DATE,
        FIRES_MENU_LIST,
        FIRES_MENU_RUN,
        FIRES_PAGE_NUMBERS,
        FLAG_CALL,
        FLAG_COMMENTS,
        FLAG_ENDED,
        FLAG_FORM,
        FLAG_HEADER,
        FLAG_LEGAL,
        FLAG_LONG,
        FLAG_MENU,
        FLAG_NAV,
        FLAG_SHARE,
        FLAG_SHORT,
        LOOKS_BACKTICKS,
        LOOKS_BOLD,
        LOOKS_BOX,
        LOOKS_BOX_END,
        LOOKS_BREAK,
        LOOKS_CELL,
        LOOKS_CODE_END,
        LOOKS_CODE_TAG,
        LOOKS_CONTENTS,
        LOOKS_ELEMENT,
        LOOKS_GRID,
        LOOKS_GRID_END,
        LOOKS_HEADING,
        LOOKS_ITEM,
        LOOKS_LANGUAGE,
        LOOKS_LINK,
        LOOKS_ORG,
        LOOKS_PLAIN,
        LOOKS_QUOTE,
        LOOKS_ROW,
        LOOKS_SEPARATOR,
        LOOKS_SNIPPET,
        LOOKS_TAG,
        LOOKS_TAGGED,
        LOOKS_TILDES,
        LOOKS_UNDERLINE,
        NAVIGATION,
        OF_SITE,
        PLACE_CODE,
        PLACE_COLUMNS,
        PLACE_CONTENTS,
        PLACE_HEADING,
        PLACE_ITEM,
        PLACE_NONE,
        PLACE_TABLE,
        PLACE_TEXT,
        PLACE_UNDERLINE,
        PROMO,
        RULE,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    codes: cython.const[cython.uint][::1]
    block_start: cython.const[cython.int][::1]
    block_end: cython.const[cython.int][::1]
    block_doc: cython.const[cython.int][::1]
    block_line: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.codes,
            self.block_start,
            self.block_end,
            self.block_doc,
            self.block_line,
        ) = columns


@cython.cclass
class Page:
    """One document while it is read: its blocks lo..hi, how much speaks for marks, whether it is written with them, with those
    of Org; ends that were sought in vain, as bits by their looks; its last line of dashes, -1 for none, and its last
    heading."""

    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    weight: cython.int
    is_marked: cython.bint
    is_org: cython.bint
    missing: cython.uint
    last_break: cython.Py_ssize_t
    last_heading: cython.Py_ssize_t


@cython.cclass
class Places:
    """Room for the place of every block, see `marks.Places`, and the first block of each page where one has any; `look` and
    `level` are work space: what the line that begins with a block looks like, its tabs, and the level of a heading."""

    place: cython.uchar[::1]
    look: cython.uchar[::1]
    level: cython.uchar[::1]
    tabs: cython.uchar[::1]
    page_block: cython.int[::1]
    page: Page

    def __init__(self, *columns: Any) -> None:
        (
            self.place,
            self.look,
            self.level,
            self.tabs,
            self.page_block,
        ) = columns
        self.page = Page()


@cython.cclass
class Lines:
    """What is read of lines, see `features.Lines`, and their log-odds, which change."""

    block: cython.const[cython.int][::1]
    doc_line: cython.const[cython.int][::1]
    flags: cython.const[cython.uint][::1]
    letters: cython.const[cython.int][:, ::1]
    odds: cython.float[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.block,
            self.doc_line,
            self.flags,
            self.letters,
            self.odds,
        ) = columns


@cython.cclass
class Fired:
    """What shape rules say of every block, see `rules.RuleColumns`."""

    fired: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (self.fired,) = columns


@cython.cclass
class Blocks:
    """The verdicts on every block, see `columns.LabelColumns`; how many were changed."""

    label: cython.uchar[::1]
    score: cython.float[::1]
    layer: cython.uchar[::1]
    rule: cython.short[::1]
    n_changed: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (
            self.label,
            self.score,
            self.layer,
            self.rule,
        ) = columns


@cython.cclass
class Sums:
    """Letters of the lines from the present one to the next heading of each level, from 1 on, or of a higher one: all, and
    those of body."""

    every: cython.long[8]
    body: cython.long[8]

    def __init__(self) -> None:
        self.every = [0] * 8
        self.body = [0] * 8


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _repeated(
    codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t, e: cython.Py_ssize_t, c: cython.uint
) -> cython.Py_ssize_t:
    """How often `c` stands from `i` on, before `e`."""
    p: cython.Py_ssize_t = i
    while p < e and codes[p] == c:
        p += 1
    return p - i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _level(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """The level of a heading as `## X`, in Org `** X`, `== X ==` or `== X`, 0 for another line; no heading is longer than a line of
    text."""
    c: cython.uint = codes[s]
    n: cython.Py_ssize_t = _repeated(codes, s, e, c)
    if n > 6 or e - s > 160 or s + n >= e:
        return 0
    if c == ord("#") or c == ord("*"):
        return cython.cast(cython.uchar, n) if codes[s + n] == ord(" ") else 0
    if n < 2:
        return 0
    if codes[s + n] == ord(" ") and codes[e - 1] != c:
        return cython.cast(cython.uchar, n)
    if e - s <= 2 * n or codes[e - n - 1] == c or _repeated(codes, e - n, e, c) < n:
        return 0
    return cython.cast(cython.uchar, n)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_separator(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.bint:
    """True for a row that parts the head of a table from its rows, as `|---|:-:|` or `+---+---+`."""
    p: cython.Py_ssize_t
    c: cython.uint
    dashes: cython.Py_ssize_t = 0
    bars: cython.Py_ssize_t = 0
    for p in range(s, e):
        c = codes[p]
        if c == ord("-") or c == ord("="):
            dashes += 1
        elif c == ord("|") or c == ord("+"):
            bars += 1
        elif c != ord(":") and c != ord(" "):
            return False
    return dashes >= 2 and bars >= 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find(
    codes: cython.const[cython.uint][::1],
    s: cython.Py_ssize_t,
    e: cython.Py_ssize_t,
    one: cython.uint,
    other: cython.uint,
) -> cython.Py_ssize_t:
    """Where `one` and `other` first stand side by side in s..e; -1 for nowhere."""
    p: cython.Py_ssize_t
    for p in range(s, e - 1):
        if codes[p] == one and codes[p + 1] == other:
            return p
    return -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _link_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line, or an item without its bullet, looks like if links are all of it: `[x](#y)` to a place of the same document,
    or any other."""
    at: cython.Py_ssize_t
    if s + 1 < e and codes[s] == ord("!"):
        s += 1
    if e - s < 4 or codes[s] != ord("["):
        return LOOKS_PLAIN
    if codes[e - 1] == ord("]") and (codes[e - 2] == ord("]") or _find(codes, s, e, ord("/"), ord("/")) >= 0):
        return LOOKS_LINK
    at = _find(codes, s, e, ord("]"), ord("("))
    if at < 0 or codes[e - 1] != ord(")"):
        return LOOKS_PLAIN
    return LOOKS_CONTENTS if codes[at + 2] == ord("#") else LOOKS_LINK


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _tag_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line that begins with `[` looks like: links, an item, code that begins or ends, any other tag of a forum, with its
    end or without."""
    p: cython.Py_ssize_t = s + 1
    found: cython.uchar = _link_look(codes, s, e)
    if found != LOOKS_PLAIN:
        return found
    if p + 1 < e and codes[p] == ord("*") and codes[p + 1] == ord("]"):
        return LOOKS_ITEM
    if p < e and codes[p] == ord("/"):
        p += 1
    is_code: cython.bint = (
        p + 4 < e and codes[p] == ord("c") and codes[p + 1] == ord("o") and codes[p + 2] == ord("d") and codes[p + 3] == ord("e")
    )
    while p < e and p - s < 8 and ord("a") <= codes[p] <= ord("z"):
        p += 1
    if p >= e or p - s < 2 or (codes[p] != ord("]") and codes[p] != ord("=")):
        return LOOKS_PLAIN
    if is_code and codes[s + 1] == ord("/"):
        return LOOKS_CODE_END
    if _find(codes, s, e, ord("["), ord("/")) >= 0:
        return LOOKS_TAGGED
    return LOOKS_CODE_TAG if is_code else LOOKS_TAG


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _item_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line looks like that begins with a bullet or a number at `s`: an item, or links alone; plain without a blank
    behind."""
    p: cython.Py_ssize_t = s
    found: cython.uchar
    while p < e and p - s < 4 and ord("0") <= codes[p] <= ord("9"):
        p += 1
    if p > s and p < e and codes[p] != ord(".") and codes[p] != ord(")"):
        return LOOKS_PLAIN
    if p + 2 >= e or codes[p + 1] != ord(" "):
        return LOOKS_PLAIN
    # what turns pages into Markdown sets the text of items under each other: `*   [x](y)`
    found = _link_look(codes, p + 1 + _repeated(codes, p + 1, e, ord(" ")), e)
    return found if found != LOOKS_PLAIN else LOOKS_ITEM


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _dash_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line looks like that begins with a mark of which lines are made: underlines, breaks, rows of dashes, items."""
    n: cython.Py_ssize_t = _repeated(codes, s, e, codes[s])
    if s + n == e:
        if n < 3:
            return LOOKS_PLAIN
        return LOOKS_BREAK if n == 3 or codes[s] == ord("*") else LOOKS_UNDERLINE
    if codes[s] == ord("*") and n == 2:
        return LOOKS_BOLD if _find(codes, s + 2, e, ord("*"), ord("*")) >= 0 else LOOKS_PLAIN
    if codes[s] != ord("*") and _is_separator(codes, s, e):
        return LOOKS_SEPARATOR
    return _item_look(codes, s, e) if codes[s] == ord("-") or codes[s] == ord("*") or codes[s] == ord("+") else LOOKS_PLAIN


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bar_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line that begins with a bar looks like: a row of dashes, the end of a table of a wiki, any other row."""
    if s + 1 < e and codes[s + 1] == ord("}"):
        return LOOKS_GRID_END
    return LOOKS_SEPARATOR if _is_separator(codes, s, e) else LOOKS_ROW


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _brace_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line that begins with a brace looks like: a table or box of a wiki that begins, a box that ends."""
    c: cython.uint = codes[s + 1] if s + 1 < e else 0
    if codes[s] == ord("}"):
        return LOOKS_BOX_END if c == ord("}") else LOOKS_PLAIN
    if c == ord("|"):
        return LOOKS_GRID
    return LOOKS_BOX if c == ord("{") and _find(codes, s, e, ord("}"), ord("}")) < 0 else LOOKS_PLAIN


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _fence_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line that begins with a mark of fences looks like: a fence, with the name of a language behind, or alone; code
    that is all of the line."""
    n: cython.Py_ssize_t = _repeated(codes, s, e, codes[s])
    if n < 3:
        return LOOKS_SNIPPET if codes[s] == ord("`") and codes[e - 1] == ord("`") and e - s > 2 * n else LOOKS_PLAIN
    if s + n == e:
        return LOOKS_BACKTICKS if codes[s] == ord("`") else LOOKS_TILDES
    return LOOKS_LANGUAGE if codes[s] == ord("`") and codes[s + n] > ord("@") else LOOKS_PLAIN


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _org_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line that begins with `#` looks like: a keyword of Org, `#+title:`, of which `#+begin_` and `#+end_` hold code or
    a quotation, or a heading."""
    c: cython.uint = codes[s + 2] | 32 if s + 7 < e else 0
    if c < ord("a") or c > ord("z") or codes[s + 1] != ord("+"):
        return LOOKS_HEADING if _level(codes, s, e) else LOOKS_PLAIN
    if c == ord("b") and codes[s + 7] == ord("_"):
        return LOOKS_CODE_TAG
    return LOOKS_CODE_END if c == ord("e") and codes[s + 5] == ord("_") else LOOKS_ORG


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _look_of(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What the line s..e looks like by its marks."""
    c: cython.uint = codes[s]
    # most lines begin with a letter
    if c > ord("~") or ord("A") <= c <= ord("Z") or ord("a") <= c <= ord("z"):
        return LOOKS_PLAIN
    if c == ord("#"):
        return _org_look(codes, s, e)
    if c == ord("=") and _level(codes, s, e):
        return LOOKS_HEADING
    if c == ord("-") or c == ord("*") or c == ord("=") or c == ord("+") or c == ord("^") or c == ord(":"):
        return _dash_look(codes, s, e)
    if ord("0") <= c <= ord("9"):
        return _item_look(codes, s, e)
    if c == ord("|"):
        return _bar_look(codes, s, e)
    if c == ord("[") or c == ord("!"):
        return _tag_look(codes, s, e) if c == ord("[") else _link_look(codes, s, e)
    if c == ord("{") or c == ord("}"):
        return _brace_look(codes, s, e)
    if c == ord("`") or c == ord("~"):
        return _fence_look(codes, s, e)
    if c == ord(">"):
        return LOOKS_QUOTE
    return LOOKS_ELEMENT if c == ord("<") else LOOKS_PLAIN


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _underlines(
    scanned: Scanned, places: Places, page: Page, b: cython.Py_ssize_t, before: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `b` of one mark underlines the line `before`, as long as itself within two characters."""
    more: cython.Py_ssize_t
    if before < page.lo or places.look[before] != LOOKS_PLAIN or scanned.block_line[before] + 1 != scanned.block_line[b]:
        return False
    more = (scanned.block_end[b] - scanned.block_start[b]) - (scanned.block_end[b - 1] - scanned.block_start[before])
    return -2 <= more <= 2


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_tabs(scanned: Scanned, b: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.uchar:
    """Tabs around the cells b..stop of a line, 0 where none parts two of them or ends the line: those are indents."""
    inside: cython.Py_ssize_t = 0
    before: cython.Py_ssize_t = 0
    i: cython.Py_ssize_t
    p: cython.Py_ssize_t
    for i in range(b, stop):
        p = scanned.block_end[i]
        # every document ends with a line feed
        while scanned.codes[p] == ord(" ") or scanned.codes[p] == ord("\t"):
            inside += scanned.codes[p] == ord("\t")
            p += 1
    p = scanned.block_start[b] - 1
    while p >= 0 and (scanned.codes[p] == ord(" ") or scanned.codes[p] == ord("\t")):
        before += scanned.codes[p] == ord("\t")
        p -= 1
    return cython.cast(cython.uchar, min(inside + before, 255) if inside else 0)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rows(scanned: Scanned, places: Places, page: Page, b: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first block behind the rows of as many tabs as line `b` has, one below the other; `b` where they are fewer than
    three."""
    i: cython.Py_ssize_t = b
    rows: cython.int = 0
    if places.tabs[b] == 0:
        return b
    while i < page.hi and places.tabs[i] == places.tabs[b] and scanned.block_line[i] == scanned.block_line[b] + rows:
        rows += 1
        i = _line_stop(places, page, i)
    return i if rows >= 3 else b


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _page_stop(block_doc: cython.const[cython.int][::1], lo: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first of `n` blocks behind those of the document that begins with block `lo`."""
    doc: cython.int = block_doc[lo]
    lo += 1
    while lo < n and block_doc[lo] == doc:
        lo += 1
    return lo


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look(
    scanned: Scanned,
    codes: cython.const[cython.uint][::1],
    block_start: cython.const[cython.int][::1],
    block_end: cython.const[cython.int][::1],
    block_line: cython.const[cython.int][::1],
    looks: cython.uchar[::1],
    tabs: cython.uchar[::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.bint:
    """What each line of a page, blocks lo..hi, looks like; whether any has a mark or cells between tabs.

    Every line of every text is seen here, most of them plain: columns are handed on one by one, as a byte written may be
    part of anything else, so that the compiler would read their places again.
    """
    b: cython.Py_ssize_t = lo
    stop: cython.Py_ssize_t
    line: cython.int
    look: cython.uchar
    found: cython.bint = False
    while b < hi:
        line = block_line[b]
        stop = b + 1
        while stop < hi and block_line[stop] == line:
            looks[stop] = LOOKS_CELL
            stop += 1
        look = _look_of(codes, block_start[b], block_end[stop - 1])
        looks[b] = look
        tabs[b] = 0
        if look != LOOKS_PLAIN and _is_mark(look):
            found = True
        # one cell and a tab behind it are a row too
        if stop > b + 1 or codes[block_end[b]] == ord("\t"):
            tabs[b] = _count_tabs(scanned, b, stop)
            found |= tabs[b] != 0
        b = stop
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_heading(
    scanned: Scanned, places: Places, page: Page, b: cython.Py_ssize_t, before: cython.Py_ssize_t
) -> cython.uchar:
    """The look of line `b`, once it is known what stands before it: a title gets its underline, a star of Org heads a section.
    Notes the last heading and its level, and the last line of dashes."""
    look: cython.uchar = places.look[b]
    if look == LOOKS_UNDERLINE and _underlines(scanned, places, page, b, before):
        places.look[before] = LOOKS_HEADING
        places.level[before] = 1 if scanned.codes[scanned.block_start[b]] == ord("=") else 2
        places.place[b] = PLACE_UNDERLINE
        page.weight += 2
        page.last_heading = before
        return look
    if look == LOOKS_ORG:
        page.is_org = True
    if look == LOOKS_HEADING or (page.is_org and scanned.codes[scanned.block_start[b]] == ord("*")):
        places.level[b] = _level(scanned.codes, scanned.block_start[b], scanned.block_end[_line_stop(places, page, b) - 1])
        if places.level[b]:
            look = places.look[b] = LOOKS_HEADING
            page.last_heading = b
    elif look == LOOKS_BREAK or look == LOOKS_UNDERLINE:
        page.last_break = b
    return look


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_other(places: Places, b: cython.Py_ssize_t, heading: cython.Py_ssize_t) -> cython.bint:
    """Whether line `b` is no heading of the level of the line `heading`."""
    return places.look[b] != LOOKS_HEADING or places.level[b] != places.level[heading]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh(scanned: Scanned, places: Places, page: Page) -> cython.void:
    """How much speaks for marks on a page.

    A heading counts with another line or level behind it, which rows of hashtags do not have; one that begins the page says
    enough. Underlined titles become headings.
    """
    b: cython.Py_ssize_t
    before: cython.Py_ssize_t = page.lo - 1
    look: cython.uchar
    last: cython.uchar = LOOKS_PLAIN
    bold: cython.int = 0
    page.weight = 0
    page.is_org = False
    page.missing = 0
    page.last_break = -1
    page.last_heading = -1
    for b in range(page.lo, page.hi):
        if places.look[b] == LOOKS_CELL:
            continue
        look = _read_heading(scanned, places, page, b, before)
        if last == LOOKS_HEADING and look != LOOKS_UNDERLINE and _is_other(places, b, before):
            page.weight += 4 if before == page.lo else 2
        page.weight += _worth(look)
        bold += look == LOOKS_BOLD
        last = look
        before = b
    page.is_marked = page.weight + min(bold, 2) >= 4


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_mark(look: cython.uchar) -> cython.bint:
    """Whether a look may give a place, alone or to other lines; bullets and quotations are everywhere."""
    return look != LOOKS_PLAIN and look != LOOKS_ITEM and look != LOOKS_ELEMENT and look != LOOKS_QUOTE


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _worth(look: cython.uchar) -> cython.int:
    """What a line of this look counts for marks; 4 make a page that is written with them, of which a heading gives 2 and bold
    words 2 at most. Bare fences say nothing: they were seen where they were lost from pages."""
    if look == LOOKS_ORG:
        return 4
    if look == LOOKS_SEPARATOR or look == LOOKS_LANGUAGE or look == LOOKS_TAGGED or look == LOOKS_GRID:
        return 2
    return 1 if look == LOOKS_BOX else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _line_stop(places: Places, page: Page, b: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first block behind the line that begins with block `b`."""
    b += 1
    while b < page.hi and places.look[b] == LOOKS_CELL:
        b += 1
    return b


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _closing_look(look: cython.uchar) -> cython.uchar:
    """What the line looks like that ends what a line of this look begins; plain for one that begins nothing."""
    if look == LOOKS_BACKTICKS or look == LOOKS_LANGUAGE:
        return LOOKS_BACKTICKS
    if look == LOOKS_TILDES:
        return LOOKS_TILDES
    if look == LOOKS_CODE_TAG:
        return LOOKS_CODE_END
    if look == LOOKS_BOX:
        return LOOKS_BOX_END
    return LOOKS_GRID_END if look == LOOKS_GRID else LOOKS_PLAIN


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _closed_at(places: Places, page: Page, b: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first block behind the line that ends what line `b` begins; 0 where none does, or where too little speaks for it.

    Of a page without other marks bare fences are none. A box holds rows alone.
    """
    look: cython.uchar = places.look[b]
    wanted: cython.uchar = _closing_look(look)
    one: cython.uint = 1
    i: cython.Py_ssize_t
    if wanted == LOOKS_PLAIN or page.missing >> wanted & 1 or ((look == LOOKS_BACKTICKS or look == LOOKS_TILDES) and not page.is_marked):
        return 0
    for i in range(b + 1, page.hi):
        if places.look[i] == wanted:
            return _line_stop(places, page, i)
        if look == LOOKS_BOX and places.look[i] != LOOKS_ROW and places.look[i] != LOOKS_CELL:
            return 0
    page.missing |= one << wanted
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _fill(place: cython.uchar[::1], lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, value: cython.uchar) -> cython.void:
    """Give the blocks lo..hi a place."""
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        place[i] = value


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_bar(scanned: Scanned, b: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.bint:
    """Whether a bar stands in the line of the blocks b..stop."""
    p: cython.Py_ssize_t
    for p in range(scanned.block_start[b], scanned.block_end[stop - 1]):
        if scanned.codes[p] == ord("|"):
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _place_table(
    scanned: Scanned, places: Places, page: Page, b: cython.Py_ssize_t, before: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The table around the row of dashes that begins with block `b`: the line `before`, and the lines with bars below; the first
    block behind."""
    line: cython.int = scanned.block_line[b]
    stop: cython.Py_ssize_t = _line_stop(places, page, b)
    end: cython.Py_ssize_t
    if before >= page.lo and scanned.block_line[before] + 1 == line and _has_bar(scanned, before, b):
        _fill(places.place, before, b, PLACE_TABLE)
    _fill(places.place, b, stop, PLACE_TABLE)
    while stop < page.hi and scanned.block_line[stop] == line + 1:
        end = _line_stop(places, page, stop)
        if not _has_bar(scanned, stop, end) and places.look[stop] != LOOKS_SEPARATOR:
            break
        _fill(places.place, stop, end, PLACE_TABLE)
        line += 1
        stop = end
    return stop


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _place_alone(places: Places, page: Page, b: cython.Py_ssize_t) -> cython.uchar:
    """The place of the line that begins with block `b`, by its look.

    Nothing is said of links, elements, and of what stands behind the last line of dashes, which parts a foot from the text.
    """
    look: cython.uchar = places.look[b]
    if look == LOOKS_CONTENTS:
        return PLACE_CONTENTS
    if look == LOOKS_UNDERLINE:
        return places.place[b]
    if not page.is_marked or look == LOOKS_LINK or look == LOOKS_ELEMENT:
        return PLACE_NONE
    if look == LOOKS_SNIPPET:
        return PLACE_CODE
    if look == LOOKS_HEADING:
        return PLACE_HEADING + places.level[b]
    if page.last_break > page.last_heading and b >= page.last_break:
        return PLACE_NONE
    return PLACE_ITEM if look == LOOKS_ITEM else PLACE_TEXT


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _place_page(scanned: Scanned, places: Places, page: Page) -> cython.bint:
    """The place of every block of a page; whether any has one."""
    found: cython.bint = False
    b: cython.Py_ssize_t = page.lo
    before: cython.Py_ssize_t = page.lo - 1
    stop: cython.Py_ssize_t
    look: cython.uchar
    while b < page.hi:
        look = places.look[b]
        stop = _closed_at(places, page, b)
        if stop:
            _fill(places.place, b, stop, PLACE_TABLE if look == LOOKS_BOX or look == LOOKS_GRID else PLACE_CODE)
        elif look == LOOKS_SEPARATOR:
            stop = _place_table(scanned, places, page, b, before)
        else:
            stop = _rows(scanned, places, page, b)
            if stop > b:
                _fill(places.place, b, stop, PLACE_COLUMNS)
            else:
                stop = _line_stop(places, page, b)
                _fill(places.place, b, stop, _place_alone(places, page, b))
        found |= places.place[b] != PLACE_NONE
        before = b
        b = stop
    return found


def find_places(scanned: Scanned, places: Places, n: cython.Py_ssize_t) -> int:
    """The places of `n` blocks; how many pages have any."""
    page: Page = places.page
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t = 0
    found: cython.Py_ssize_t = 0
    with cython.nogil:
        _fill(places.place, 0, n, PLACE_NONE)
        while hi < n:
            lo = hi
            hi = _page_stop(scanned.block_doc, lo, n)
            # most documents have no marks: nothing more is done for them, here and by what comes later
            if not _look(
                scanned, scanned.codes, scanned.block_start, scanned.block_end, scanned.block_line, places.look,
                places.tabs, lo, hi,
            ):  # fmt: skip
                continue
            page.lo, page.hi = lo, hi
            _weigh(scanned, places, page)
            if _place_page(scanned, places, page):
                places.page_block[found] = cython.cast(cython.int, lo)
                found += 1
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_meta(fired: cython.uint, look: cython.uchar) -> cython.bint:
    """Whether a line is a date or an author alone, and not a field of the text, as **Date:** 3 May."""
    return fired & (FIRES_DATE_LINE | FIRES_LABELLED_DATE | FIRES_BYLINE) != 0 and look != LOOKS_BOLD


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_sentence(flags: cython.uint) -> cython.bint:
    """Whether a line ends a sentence and holds no wording of navigation or promo."""
    return flags & FLAG_ENDED != 0 and not flags & (FLAG_NAV | FLAG_CALL | FLAG_LEGAL | FLAG_FORM)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _furniture(flags: cython.uint, fired: cython.uint, places: Places, b: cython.Py_ssize_t) -> cython.int:
    """2 for a wording of a menu that stands alone, or a notice; 1 for one of a form or a share, and for a heading over shares or a
    list of others; else 0."""
    place: cython.uchar = places.place[b]
    if place == PLACE_CODE or place == PLACE_TABLE or places.look[b] == LOOKS_TAG or places.look[b] == LOOKS_TAGGED:
        return 0
    if place > PLACE_HEADING:
        return 1 if flags & FLAG_HEADER or (flags & FLAG_SHARE and flags & FLAG_NAV) else 0
    if fired & (FIRES_COPYRIGHT_NOTICE | FIRES_COOKIE_NOTICE):
        return 2
    if not flags & FLAG_NAV or not flags & FLAG_SHORT or flags & FLAG_ENDED:
        return 0
    if flags & (FLAG_MENU | FLAG_LEGAL):
        return 2
    return 1 if flags & (FLAG_FORM | FLAG_SHARE | FLAG_COMMENTS) else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_site(lines: Lines, places: Places, said: Fired, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t) -> cython.bint:
    """Whether the lines lo..hi are a page of the web that a tool turned into text with marks: it keeps the furniture of its
    site, one line in ten and four at least, two of them above or below all long sentences.

    Forms and shares alone are none, which manuals list: some wording of a menu or a notice has to stand among them. Menus
    between sentences are what a document tells of.
    """
    i: cython.Py_ssize_t
    has_menu: cython.bint = False
    has_text: cython.bint = False
    kind: cython.int
    found: cython.Py_ssize_t = 0
    above: cython.Py_ssize_t = 0
    below: cython.Py_ssize_t = 0
    for i in range(lo, hi):
        if lines.flags[i] & FLAG_LONG:
            has_text = True
            below = 0
        kind = _furniture(lines.flags[i], said.fired[lines.block[i]], places, lines.block[i])
        if kind:
            has_menu |= kind == 2
            found += 1
            above += not has_text
            below += has_text
    return has_menu and found >= 4 and above + below >= 2 and 10 * found >= hi - lo


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _forget(places: Places, lines: Lines, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t) -> cython.void:
    """On a page of the web its text and items have no place, and its headings no levels: the title of the site stands above
    all of it."""
    i: cython.Py_ssize_t
    b: cython.Py_ssize_t
    for i in range(lo, hi):
        b = lines.block[i]
        if places.place[b] > PLACE_HEADING:
            places.place[b] = PLACE_HEADING + OF_SITE
        elif places.place[b] == PLACE_TEXT or places.place[b] == PLACE_ITEM:
            places.place[b] = PLACE_NONE


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lean_page(
    lines: Lines, places: Places, said: Fired, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, weight: cython.float
) -> cython.void:
    """`lean` for the lines lo..hi of a page."""
    i: cython.Py_ssize_t
    b: cython.Py_ssize_t
    place: cython.uchar
    under: cython.uchar = 0
    flag: cython.uint = 0
    heads: cython.bint = False
    is_top: cython.bint = True
    if _is_site(lines, places, said, lo, hi):
        _forget(places, lines, lo, hi)
    for i in range(lo, hi):
        b = lines.block[i]
        place = places.place[b]
        if place > PLACE_HEADING:
            is_top = is_top and not heads
            heads = True
            if under == 0 or place <= under:
                flag = lines.flags[i]
                under = place if flag & FLAG_HEADER else 0
        elif place == PLACE_TEXT or place == PLACE_ITEM:
            is_top = is_top and not lines.flags[i] & (FLAG_ENDED | FLAG_LONG)
            if (
                under
                or (flag & FLAG_SHARE and lines.flags[i] & FLAG_NAV)
                or _is_meta(said.fired[b], places.look[b])
                or (is_top and said.fired[b] & (FIRES_MENU_RUN | FIRES_MENU_LIST))
            ):
                places.place[b] = PLACE_NONE
            else:
                lines.odds[3 * i + BODY] += weight * (2 if _is_sentence(lines.flags[i]) else 1)


def lean(
    scanned: Scanned, lines: Lines, places: Places, said: Fired, n_pages: cython.Py_ssize_t, weight: cython.float
) -> None:  # fmt: skip
    """Add `weight` to the log-odds of body of the text and items of the `n_pages` with marks, twice for sentences.

    Those under the header of a list of others lose their place, as dates and authors alone do, names of services under a
    call to share, and a list of wordings of navigation under the title, before any sentence."""
    d: cython.Py_ssize_t
    k: cython.Py_ssize_t
    with cython.nogil:
        for k in range(n_pages):
            d = scanned.block_doc[places.page_block[k]]
            _lean_page(lines, places, said, lines.doc_line[d], lines.doc_line[d + 1], weight)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_kept(fired: cython.uint, flags: cython.uint, label: cython.uchar, layer: cython.uchar) -> cython.bint:
    """Whether an item keeps its label: a call, a notice, page numbers, where the reader stands."""
    if label == PROMO:
        return layer == RULE or flags & FLAG_CALL != 0
    return fired & (FIRES_COPYRIGHT_NOTICE | FIRES_COOKIE_NOTICE | FIRES_BREADCRUMB_TRAIL | FIRES_PAGE_NUMBERS) != 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _give(
    blocks: Blocks, b: cython.Py_ssize_t, label: cython.uchar, score: cython.float, reason: cython.int
) -> cython.void:
    """The verdict on block `b`, unless its label is that already."""
    if blocks.label[b] != label:
        blocks.n_changed += 1
        blocks.label[b] = label
        blocks.score[b] = score
        blocks.layer[b] = CONTEXT
        blocks.rule[b] = cython.cast(cython.short, reason)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _lead_of_body(odds: cython.const[cython.float][::1], i: cython.Py_ssize_t) -> cython.float:
    """The log-odds of body of line `i` against the better of the others."""
    return odds[3 * i + BODY] - max(odds[3 * i + NAVIGATION], odds[3 * i + PROMO])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_columns(
    lines: Lines, places: Places, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, least: cython.float
) -> cython.void:
    """Make tables of the columns among the lines lo..hi whose cells have `least` log-odds of body in the mean."""
    i: cython.Py_ssize_t = lo
    first: cython.Py_ssize_t
    total: cython.double
    while i < hi:
        first = i
        total = 0
        while i < hi and places.place[lines.block[i]] == PLACE_COLUMNS:
            total += _lead_of_body(lines.odds, i)
            i += 1
        if i == first:
            i += 1
        elif total > least * (i - first):
            _fill(places.place, lines.block[first], lines.block[i - 1] + 1, PLACE_TABLE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _free_menus(
    scanned: Scanned, lines: Lines, places: Places, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, n: cython.Py_ssize_t
) -> cython.void:
    """Tables among the lines lo..hi of one or two rows and three cells or more, all of them wordings of navigation, are none:
    menus are drawn so. There are `n` blocks."""
    i: cython.Py_ssize_t = lo
    first: cython.Py_ssize_t
    b: cython.Py_ssize_t
    rows: cython.Py_ssize_t
    said: cython.Py_ssize_t
    while i < hi:
        first = i
        rows = said = 0
        while i < hi and places.place[lines.block[i]] == PLACE_TABLE:
            rows += places.look[lines.block[i]] != LOOKS_CELL
            said += lines.flags[i] & FLAG_NAV != 0 and lines.flags[i] & FLAG_SHORT != 0
            i += 1
        if i == first:
            i += 1
        elif said >= 3 and said == i - first and rows <= 2:
            # rows of dashes belong to it, which are no lines
            first = lines.block[first]
            b = first
            while b > 0 and places.place[b - 1] == PLACE_TABLE and scanned.block_doc[b - 1] == scanned.block_doc[first]:
                b -= 1
            while b < n and places.place[b] == PLACE_TABLE and scanned.block_doc[b] == scanned.block_doc[first]:
                places.place[b] = PLACE_NONE
                b += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_blocks(
    places: Places, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, score: cython.float, reason: cython.int
) -> cython.void:
    """Of the blocks lo..hi, code and tables are body, links to places of the same document are navigation."""
    b: cython.Py_ssize_t
    place: cython.uchar
    for b in range(lo, hi):
        place = places.place[b]
        if place == PLACE_CODE or place == PLACE_TABLE:
            _give(blocks, b, BODY, score, reason + place)
        elif place == PLACE_CONTENTS:
            _give(blocks, b, NAVIGATION, score, reason + place)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _heads_body(sums: Sums, level: cython.int) -> cython.bint:
    """Whether most letters under a heading are of body; those of the section around it, where it has none."""
    while level > 1 and sums.every[level] == 0:
        level -= 1
    return 2 * sums.body[level] > sums.every[level]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_items(lines: Lines, places: Places, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t) -> cython.bint:
    """Whether any of the lines lo..hi is an item or a heading."""
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        if places.place[lines.block[i]] >= PLACE_ITEM:
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_page(
    sums: Sums, lines: Lines, places: Places, said: Fired, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t,
    score: cython.float, reason: cython.int,
) -> cython.void:  # fmt: skip
    """Items of the lines lo..hi are body; so are headings of what is, by most of its letters. From the end to the beginning."""
    i: cython.Py_ssize_t = hi
    b: cython.Py_ssize_t
    k: cython.int
    level: cython.int
    size: cython.long
    place: cython.uchar
    has_links: cython.bint = False
    for k in range(8):
        sums.every[k] = sums.body[k] = 0
    while i > lo:
        i -= 1
        b = lines.block[i]
        place = places.place[b]
        if place > PLACE_HEADING:
            level = place - PLACE_HEADING
            if level == OF_SITE:
                if not lines.flags[i] & (FLAG_NAV | FLAG_CALL) and _heads_body(sums, level):
                    _give(blocks, b, BODY, score, reason + PLACE_HEADING)
                for k in range(8):
                    sums.every[k] = sums.body[k] = 0
                continue
            if _heads_body(sums, level) and not (has_links and sums.every[level] == 0):
                _give(blocks, b, BODY, score, reason + PLACE_HEADING)
            has_links = False
            # a heading that was cut at a bar ends with its first cell
            for k in range(level if places.look[b] != LOOKS_CELL else 8, 8):
                sums.every[k] = sums.body[k] = 0
            continue
        if place == PLACE_ITEM and not _is_kept(said.fired[b], lines.flags[i], blocks.label[b], blocks.layer[b]):
            _give(blocks, b, BODY, score, reason + PLACE_ITEM)
        # contents say nothing of what is above them but their own heading
        has_links |= place == PLACE_CONTENTS
        size = lines.letters[0, i] + lines.letters[1, i] + lines.letters[2, i] if place != PLACE_CONTENTS else 0
        for k in range(8):
            sums.every[k] += size
            sums.body[k] += size if blocks.label[b] == BODY else 0


def settle(
    scanned: Scanned,
    lines: Lines,
    places: Places,
    said: Fired,
    blocks: Blocks,
    n: cython.Py_ssize_t,
    n_pages: cython.Py_ssize_t,
    score: cython.float,
    reason: cython.int,
    least: cython.float,
) -> bool:
    """The verdict on those of `n` blocks whose place decides, of `n_pages` that have any, with `score`; the number of the
    place, from `reason` on, is its reason. For `least` see `_settle_columns`. Whether a label changed."""
    sums: Sums = Sums()
    blocks.n_changed = 0
    b: cython.Py_ssize_t
    d: cython.Py_ssize_t
    k: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    with cython.nogil:
        for k in range(n_pages):
            b = places.page_block[k]
            d = scanned.block_doc[b]
            lo = lines.doc_line[d]
            hi = lines.doc_line[d + 1]
            _settle_columns(lines, places, lo, hi, least)
            _free_menus(scanned, lines, places, lo, hi, n)
            _settle_blocks(places, blocks, b, _page_stop(scanned.block_doc, b, n), score, reason)
            # most of these pages have columns between tabs and no marks
            if _has_items(lines, places, lo, hi):
                _settle_page(sums, lines, places, said, blocks, lo, hi, score, reason)
    return blocks.n_changed > 0
