# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What a line of a text with marks looks like: Markdown, wiki text, reStructuredText, BBCode, Org.

Its first and last characters say it, whatever the lines around it are: a heading, an item, a fence, a row of a table.
Most lines begin with a letter and most texts have no marks: what comes later reads none but the pages that are named
here.

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
        LOOKS_QUOTE,
        LOOKS_ROW,
        LOOKS_SEPARATOR,
        LOOKS_SNIPPET,
        LOOKS_TAG,
        LOOKS_TAGGED,
        LOOKS_TILDES,
        LOOKS_UNDERLINE,
        PLACE_NONE,
    )
    from cython.cimports.bilingual.labels.stretches import give_place, heading_level, page_stop, repeated, shown_from
    from cython.cimports.bilingual.text.memory import fetch
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
class Looks:
    """Room for what the line that begins with each block looks like, and its tabs; the first block of each page where a
    line may have a place; and the place of every block, which has none yet. See `marks.Places`."""

    place: cython.uchar[::1]
    look: cython.uchar[::1]
    tabs: cython.uchar[::1]
    page_block: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.place,
            self.look,
            self.tabs,
            self.page_block,
        ) = columns


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
    """What a line, or an item without its bullet, looks like if links are all of it: `[x](#y)` to a place of the same
    document, or any other."""
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
    """What a line that begins with `[` looks like: links, an item, code that begins or ends, any other tag of a forum,
    with its end or without."""
    p: cython.Py_ssize_t = s + 1
    found: cython.uchar = _link_look(codes, s, e)
    if found != LOOKS_PLAIN:
        return found
    if p + 1 < e and codes[p] == ord("*") and codes[p + 1] == ord("]"):
        return LOOKS_ITEM
    if p < e and codes[p] == ord("/"):
        p += 1
    is_code: cython.bint = (
        p + 4 < e
        and codes[p] == ord("c")
        and codes[p + 1] == ord("o")
        and codes[p + 2] == ord("d")
        and codes[p + 3] == ord("e")
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
    """What a line looks like that begins with a bullet or a number at `s`: an item, or links alone; plain without a
    blank behind."""
    p: cython.Py_ssize_t = s
    found: cython.uchar
    while p < e and p - s < 4 and ord("0") <= codes[p] <= ord("9"):
        p += 1
    if p > s and p < e and codes[p] != ord(".") and codes[p] != ord(")"):
        return LOOKS_PLAIN
    if p + 2 >= e or codes[p + 1] != ord(" "):
        return LOOKS_PLAIN
    # what turns pages into Markdown sets the text of items under each other: `*   [x](y)`
    found = _link_look(codes, p + 1 + repeated(codes, p + 1, e, ord(" ")), e)
    return found if found != LOOKS_PLAIN else LOOKS_ITEM


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _dash_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line looks like that begins with a mark of which lines are made: underlines, breaks, rows of dashes,
    items."""
    n: cython.Py_ssize_t = repeated(codes, s, e, codes[s])
    if s + n == e:
        if n < 3:
            return LOOKS_PLAIN
        return LOOKS_BREAK if n == 3 or codes[s] == ord("*") else LOOKS_UNDERLINE
    if codes[s] == ord("*") and n == 2:
        return LOOKS_BOLD if _find(codes, s + 2, e, ord("*"), ord("*")) >= 0 else LOOKS_PLAIN
    if codes[s] != ord("*") and _is_separator(codes, s, e):
        return LOOKS_SEPARATOR
    if codes[s] == ord("-") or codes[s] == ord("*") or codes[s] == ord("+"):
        return _item_look(codes, s, e)
    return LOOKS_PLAIN


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
    """What a line that begins with a mark of fences looks like: a fence, with the name of a language behind, or alone;
    code that is all of the line."""
    n: cython.Py_ssize_t = repeated(codes, s, e, codes[s])
    if n < 3:
        return LOOKS_SNIPPET if codes[s] == ord("`") and codes[e - 1] == ord("`") and e - s > 2 * n else LOOKS_PLAIN
    if s + n == e:
        return LOOKS_BACKTICKS if codes[s] == ord("`") else LOOKS_TILDES
    return LOOKS_LANGUAGE if codes[s] == ord("`") and codes[s + n] > ord("@") else LOOKS_PLAIN


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _org_look(codes: cython.const[cython.uint][::1], s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.uchar:
    """What a line that begins with `#` looks like: a keyword of Org, `#+title:`, of which `#+begin_` and `#+end_` hold
    code or a quotation, or a heading."""
    c: cython.uint = codes[s + 2] | 32 if s + 7 < e else 0
    if c < ord("a") or c > ord("z") or codes[s + 1] != ord("+"):
        return LOOKS_HEADING if heading_level(codes, s, e) else LOOKS_PLAIN
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
    if c == ord("=") and heading_level(codes, s, e):
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_mark(look: cython.uchar) -> cython.bint:
    """Whether a look may give a place, alone or to other lines; bullets and quotations are everywhere."""
    return look != LOOKS_PLAIN and look != LOOKS_ITEM and look != LOOKS_ELEMENT and look != LOOKS_QUOTE


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

    Every line of every text is seen here, most of them plain: columns are handed on one by one, as a byte written may
    be part of anything else, so that the compiler would read their places again.
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
        if cython.compiled:
            # the code points of lines that are looked at soon
            fetch(cython.address(codes[block_start[b + 12 if b + 12 < hi else b]]))
        look = _look_of(codes, shown_from(codes, block_start[b], block_end[stop - 1]), block_end[stop - 1])
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


def find_looks(scanned: Scanned, looks: Looks, n: cython.Py_ssize_t) -> int:
    """The looks of the lines of `n` blocks; how many pages have a line that may give a place."""
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t = 0
    found: cython.Py_ssize_t = 0
    with cython.nogil:
        give_place(looks.place, 0, n, PLACE_NONE)
        while hi < n:
            lo = hi
            hi = page_stop(scanned.block_doc, lo, n)
            if _look(
                scanned, scanned.codes, scanned.block_start, scanned.block_end, scanned.block_line, looks.look,
                looks.tabs, lo, hi,
            ):  # fmt: skip
                looks.page_block[found] = cython.cast(cython.int, lo)
                found += 1
    return found
