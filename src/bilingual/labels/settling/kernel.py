# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What the places of lines in a text with marks say of their labels.

Before the labels: text and items lean to body, for such a document is written, not taken off a page; unless it is a
page of the web that a tool turned into text with marks, which keeps the furniture of its site. After them: code and
tables are body, and the labels of lines decide those of their headings.

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
        GLOSSARY_TURNS,
        LOOKS_BOLD,
        LOOKS_CELL,
        LOOKS_TAG,
        LOOKS_TAGGED,
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
        PROMO,
        RULE,
    )
    from cython.cimports.bilingual.labels.stretches import give_place, page_stop
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.stretches import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan."""

    block_doc: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (self.block_doc,) = columns


@cython.cclass
class Places:
    """The place of every block, which may lose it, what its line looks like, and the first block of each page where one
    has a place, see `marks.Places`."""

    place: cython.uchar[::1]
    look: cython.const[cython.uchar][::1]
    page_block: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.place,
            self.look,
            self.page_block,
        ) = columns


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
    """Letters of the lines from the present one to the next heading of each level, from 1 on, or of a higher one: all,
    and those of body."""

    every: cython.long[8]
    body: cython.long[8]

    def __init__(self) -> None:
        self.every = [0] * 8
        self.body = [0] * 8


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
    """2 for a wording of a menu that stands alone, or a notice; 1 for one of a form or a share, and for a heading over
    shares or a list of others; else 0."""
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
    """Whether the lines lo..hi are a page of the web that a tool turned into text with marks: it keeps the furniture of
    its site, one line in ten and four at least, two of them above or below all long sentences.

    Forms and shares alone are none, which manuals list: some wording of a menu or a notice has to stand among them.
    Menus between sentences are what a document tells of.
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
    """On a page of the web its text and items have no place, and its headings no levels: the title of the site stands
    above all of it."""
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

    Those under the header of a list of others lose their place, as dates and authors alone do, names of services under
    a call to share, and a list of wordings of navigation under the title, before any sentence."""
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_arabic(lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether most letters of line `i` are of Arabic script."""
    return lines.letters[1, i] > lines.letters[0, i] + lines.letters[2, i]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_columns(
    lines: Lines, places: Places, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, least: cython.float
) -> cython.void:
    """Make tables of the columns among the lines lo..hi whose cells have `least` log-odds of body in the mean, and of
    glossaries: those whose cells are in two scripts in turns."""
    i: cython.Py_ssize_t = lo
    first: cython.Py_ssize_t
    turns: cython.Py_ssize_t
    total: cython.double
    while i < hi:
        first = i
        total = 0
        turns = 0
        while i < hi and places.place[lines.block[i]] == PLACE_COLUMNS:
            total += _lead_of_body(lines.odds, i)
            turns += i > first and _is_arabic(lines, i) != _is_arabic(lines, i - 1)
            i += 1
        if i == first:
            i += 1
        elif total > least * (i - first) or (turns >= GLOSSARY_TURNS and 8 * turns >= 7 * (i - first - 1)):
            give_place(places.place, lines.block[first], lines.block[i - 1] + 1, PLACE_TABLE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _free_menus(
    scanned: Scanned, lines: Lines, places: Places, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, n: cython.Py_ssize_t
) -> cython.void:
    """Tables among the lines lo..hi of one or two rows and three cells or more, all of them wordings of navigation, are
    none: menus are drawn so. There are `n` blocks."""
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
    places: Places, blocks: Blocks, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, score: cython.float,
    reason: cython.int,
) -> cython.void:  # fmt: skip
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
    """Items of the lines lo..hi are body; so are headings of what is, by most of its letters. From the end to the
    beginning."""
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
    """The verdict on those of `n` blocks whose place decides, of `n_pages` that have any, with `score`; the number of
    the place, from `reason` on, is its reason. For `least` see `_settle_columns`. Whether a label changed."""
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
            _settle_blocks(places, blocks, b, page_stop(scanned.block_doc, b, n), score, reason)
            # most of these pages have columns between tabs and no marks
            if _has_items(lines, places, lo, hi):
                _settle_page(sums, lines, places, said, blocks, lo, hi, score, reason)
    return blocks.n_changed > 0
