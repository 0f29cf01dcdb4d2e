# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Where blocks stand in a text with marks: in code, a table, columns, contents, under which heading.

A page of the web shows its structure by what stands around a line; such a text says it. What is between fences is code,
a row under a row of dashes is one of a table, a line behind `##` heads what follows, whatever its words are elsewhere.
First the looks of the lines of a page are weighed, whether it is written with marks at all, then it is read once.

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
        LOOKS_ROW,
        LOOKS_SEPARATOR,
        LOOKS_SNIPPET,
        LOOKS_TAGGED,
        LOOKS_TILDES,
        LOOKS_UNDERLINE,
        PLACE_CODE,
        PLACE_COLUMNS,
        PLACE_CONTENTS,
        PLACE_HEADING,
        PLACE_ITEM,
        PLACE_NONE,
        PLACE_TABLE,
        PLACE_TEXT,
        PLACE_UNDERLINE,
    )
    from cython.cimports.bilingual.labels.stretches import give_place, heading_level, page_stop, shown_from
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.stretches import *  # noqa: F403

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
    """One document while it is read: its blocks lo..hi, how much speaks for marks, whether it is written with them,
    with those of Org; ends that were sought in vain, as bits by their looks; its last line of dashes, -1 for none, and
    its last heading."""

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
    """Room for the place of every block, see `marks.Places`, and the first block of each page where one may have any,
    then where one has; what the line that begins with a block looks like, its tabs, and the level of a heading."""

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
@cython.nogil
@cython.exceptval(check=False)
def _underlines(
    scanned: Scanned, places: Places, page: Page, b: cython.Py_ssize_t, before: cython.Py_ssize_t
) -> cython.bint:
    """Whether line `b` of one mark underlines the line `before`, as long as itself within two characters."""
    more: cython.Py_ssize_t
    if before < page.lo or places.look[before] != LOOKS_PLAIN:
        return False
    if scanned.block_line[before] + 1 != scanned.block_line[b]:
        return False
    more = (scanned.block_end[b] - scanned.block_start[b]) - (scanned.block_end[b - 1] - scanned.block_start[before])
    return -2 <= more <= 2


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rows(scanned: Scanned, places: Places, page: Page, b: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first block behind the rows of as many tabs as line `b` has, one below the other; `b` where they are fewer
    than three."""
    i: cython.Py_ssize_t = b
    rows: cython.int = 0
    if places.tabs[b] == 0:
        return b
    while i < page.hi and places.tabs[i] == places.tabs[b] and scanned.block_line[i] == scanned.block_line[b] + rows:
        rows += 1
        i = _line_stop(places, page, i)
    return i if rows >= 3 else b


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_heading(
    scanned: Scanned, places: Places, page: Page, b: cython.Py_ssize_t, before: cython.Py_ssize_t
) -> cython.uchar:
    """The look of line `b`, once it is known what stands before it: a title gets its underline, a star of Org heads a
    section. Notes the last heading and its level, and the last line of dashes."""
    look: cython.uchar = places.look[b]
    start: cython.Py_ssize_t
    stop: cython.Py_ssize_t
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
        stop = _line_stop(places, page, b)
        start = shown_from(scanned.codes, scanned.block_start[b], scanned.block_end[stop - 1])
        places.level[b] = heading_level(scanned.codes, start, scanned.block_end[stop - 1])
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _worth(look: cython.uchar) -> cython.int:
    """What a line of this look counts for marks; 4 make a page that is written with them, of which a heading gives 2
    and bold words 2 at most. Bare fences say nothing: they were seen where they were lost from pages."""
    if look == LOOKS_ORG:
        return 4
    if look == LOOKS_SEPARATOR or look == LOOKS_LANGUAGE or look == LOOKS_TAGGED or look == LOOKS_GRID:
        return 2
    return 1 if look == LOOKS_BOX else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh(scanned: Scanned, places: Places, page: Page) -> cython.void:
    """How much speaks for marks on a page.

    A heading counts with another line or level behind it, which rows of hashtags do not have; one that begins the page
    says enough. Underlined titles become headings.
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
    """The first block behind the line that ends what line `b` begins; 0 where none does, or where too little speaks for
    it.

    Of a page without other marks bare fences are none. A box holds rows alone.
    """
    look: cython.uchar = places.look[b]
    wanted: cython.uchar = _closing_look(look)
    one: cython.uint = 1
    i: cython.Py_ssize_t
    if wanted == LOOKS_PLAIN or page.missing >> wanted & 1:
        return 0
    if (look == LOOKS_BACKTICKS or look == LOOKS_TILDES) and not page.is_marked:
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
    """The table around the row of dashes that begins with block `b`: the line `before`, and the lines with bars below;
    the first block behind."""
    line: cython.int = scanned.block_line[b]
    stop: cython.Py_ssize_t = _line_stop(places, page, b)
    end: cython.Py_ssize_t
    if before >= page.lo and scanned.block_line[before] + 1 == line and _has_bar(scanned, before, b):
        give_place(places.place, before, b, PLACE_TABLE)
    give_place(places.place, b, stop, PLACE_TABLE)
    while stop < page.hi and scanned.block_line[stop] == line + 1:
        end = _line_stop(places, page, stop)
        if not _has_bar(scanned, stop, end) and places.look[stop] != LOOKS_SEPARATOR:
            break
        give_place(places.place, stop, end, PLACE_TABLE)
        line += 1
        stop = end
    return stop


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _place_alone(places: Places, page: Page, b: cython.Py_ssize_t) -> cython.uchar:
    """The place of the line that begins with block `b`, by its look.

    Nothing is said of links, elements, and of what stands behind the last line of dashes, which parts a foot from the
    text.
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
            give_place(places.place, b, stop, PLACE_TABLE if look == LOOKS_BOX or look == LOOKS_GRID else PLACE_CODE)
        elif look == LOOKS_SEPARATOR:
            stop = _place_table(scanned, places, page, b, before)
        else:
            stop = _rows(scanned, places, page, b)
            if stop > b:
                give_place(places.place, b, stop, PLACE_COLUMNS)
            else:
                stop = _line_stop(places, page, b)
                give_place(places.place, b, stop, _place_alone(places, page, b))
        found |= places.place[b] != PLACE_NONE
        before = b
        b = stop
    return found


def find_places(scanned: Scanned, places: Places, n: cython.Py_ssize_t, n_pages: cython.Py_ssize_t) -> int:
    """The places of those of `n` blocks that are on the `n_pages` where one may have any; how many pages have."""
    page: Page = places.page
    k: cython.Py_ssize_t
    found: cython.Py_ssize_t = 0
    with cython.nogil:
        for k in range(n_pages):
            page.lo = places.page_block[k]
            page.hi = page_stop(scanned.block_doc, page.lo, n)
            _weigh(scanned, places, page)
            if _place_page(scanned, places, page):
                places.page_block[found] = cython.cast(cython.int, page.lo)
                found += 1
    return found
