# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""From the sums over a parsed page to the columns of its lines, see `columns.py`.

One walk from every line up to the root, then loops over the lines in order: what is above and below. The walk is cut at
LEVELS elements, so time is bounded by lines times LEVELS whatever the nesting.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.markup.constants import M_ARIA_HIDDEN, M_BLOCK, T_H1, T_H6
    from cython.cimports.bilingual.formats.structure.numbers import (
        ABOVE_CORE,
        ABOVE_CORE80,
        ABOVE_H1,
        BLOCK_COLUMNS,
        BLOCKS,
        C_ARIA_HIDDEN,
        C_BLOCK_LETTERS,
        C_BLOCK_LINES,
        C_BLOCK_LINK_SHARE,
        C_BLOCK_PROSE_SHARE,
        C_CORE80_DISTANCE,
        C_CORE_DISTANCE,
        C_CORE_LEVEL,
        C_COVER_MENU,
        C_DEPTH,
        C_DIR,
        C_H1_DISTANCE,
        C_H1_LEVEL,
        C_HEADING,
        C_HEADING_ABOVE,
        C_IN_NAV,
        C_ITEM_INDEX,
        C_ITEM_LETTERS,
        C_ITEM_LEVEL,
        C_ITEM_LINES,
        C_ITEM_LINK_SHARE,
        C_ITEM_SIBLINGS,
        C_ITEMS_LETTERS,
        C_ITEMS_LINK_SHARE,
        C_ITEMS_PROSE,
        C_LANDMARK,
        C_LANG,
        C_LEAF,
        C_LETTERS,
        C_LETTERS_BEFORE,
        C_LINK_SHARE,
        C_LINKS,
        C_LIST_LETTERS,
        C_LIST_LINES,
        C_LIST_LINK_SHARE,
        C_PROSE_BEFORE,
        C_PROSE_SINCE,
        C_PROSE_UNTIL,
        C_SHAPE_COUNT,
        C_SIBLING_INDEX,
        C_SIBLINGS,
        C_SINCE_H1,
        C_SINCE_HEADING,
        C_TAG,
        CORE,
        CORE80,
        DIR_BITS,
        DIR_SHIFT,
        FAR,
        GROUP_COUNT,
        GROUP_FIRST,
        GROUP_INDEX,
        GROUP_LETTERS,
        GROUP_LINKED,
        GROUP_PROSE,
        GROUP_SIZE,
        H1,
        H1_LINE,
        ITEM_COLUMNS,
        ITEMS,
        LANG_BITS,
        LEVELS,
        LINE_LETTERS,
        LINE_LINKED,
        LINE_LINKS,
        LINE_PROSE,
        LIST,
        N_KINDS,
        NODE_DEPTH,
        NODE_LETTERS,
        NODE_LINES,
        NODE_LINKED,
        NODE_PROSE,
    )
    from cython.cimports.bilingual.formats.structure.sums.kernel import Page, Sums
else:
    from bilingual.formats.markup.constants import *  # noqa: F403  (the names above)
    from bilingual.formats.structure.numbers import *  # noqa: F403
    from bilingual.formats.structure.sums.kernel import Page, Sums

COMPILED = cython.compiled


@cython.cclass
class Way:
    """The way from a line up to the root, as far as it was walked.

    `level`: elements so far; blocks and items so far, letters of the last block; the nearest landmark, heading, language
    and direction, and whether something hides the line; bits of the kinds of class words, and of `path`, that were met.
    """

    level: cython.int
    blocks: cython.int
    block_letters: cython.int
    items: cython.int
    landmark: cython.int
    heading: cython.int
    hidden: cython.int
    lang: cython.int
    kinds: cython.int
    met: cython.int


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _start(way: Way) -> cython.void:
    """Back to the line."""
    way.level = way.blocks = way.items = way.landmark = way.heading = way.hidden = way.lang = way.kinds = way.met = 0
    way.block_letters = -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark(node: cython.Py_ssize_t, page: Page, sums: Sums, bit: cython.int) -> cython.void:
    """Set a bit on an element and on all around it."""
    while True:
        sums.path[node] = cython.cast(cython.uchar, sums.path[node] | bit)
        if node == 0:
            return
        node = page.node_parent[node]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _block(sums: Sums, line: cython.Py_ssize_t, at: cython.Py_ssize_t, node: cython.Py_ssize_t) -> cython.void:
    """The columns of a block around the line, `at` columns behind those of its own."""
    size: cython.int = sums.node[node, NODE_LETTERS]
    sums.rows[line, C_BLOCK_LETTERS + at] = size
    sums.rows[line, C_BLOCK_LINES + at] = sums.node[node, NODE_LINES]
    if size > 0:
        sums.rows[line, C_BLOCK_LINK_SHARE + at] = cython.cast(cython.float, sums.node[node, NODE_LINKED]) / size
    sums.rows[line, C_BLOCK_PROSE_SHARE + at] = cython.cast(cython.float, sums.node[node, NODE_PROSE] / sums.prose)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _item(
    sums: Sums, line: cython.Py_ssize_t, at: cython.Py_ssize_t, node: cython.Py_ssize_t, level: cython.int
) -> cython.void:
    """The columns of an item of a list of like things, `at` columns behind those of the nearest."""
    first: cython.Py_ssize_t = sums.group[node, GROUP_FIRST]
    size: cython.int = sums.node[node, NODE_LETTERS]
    sums.rows[line, C_ITEM_LEVEL + at] = level
    sums.rows[line, C_ITEM_SIBLINGS + at] = sums.group[first, GROUP_SIZE]
    sums.rows[line, C_ITEM_INDEX + at] = sums.group[node, GROUP_INDEX]
    sums.rows[line, C_ITEM_LETTERS + at] = size
    sums.rows[line, C_ITEM_LINES + at] = sums.node[node, NODE_LINES]
    if size > 0:
        sums.rows[line, C_ITEM_LINK_SHARE + at] = cython.cast(cython.float, sums.node[node, NODE_LINKED]) / size
    sums.rows[line, C_ITEMS_LETTERS + at] = cython.cast(cython.float, sums.group[first, GROUP_LETTERS]) / sums.group[first, GROUP_SIZE]
    sums.rows[line, C_ITEMS_PROSE + at] = cython.cast(cython.float, sums.group[first, GROUP_PROSE] / sums.prose)
    if sums.group[first, GROUP_LETTERS] > 0:
        sums.rows[line, C_ITEMS_LINK_SHARE + at] = cython.cast(cython.float, sums.group[first, GROUP_LINKED]) / sums.group[first, GROUP_LETTERS]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _list(sums: Sums, line: cython.Py_ssize_t, node: cython.Py_ssize_t) -> cython.void:
    """The columns of the nearest list."""
    size: cython.int = sums.node[node, NODE_LETTERS]
    sums.rows[line, C_LIST_LINES] = sums.node[node, NODE_LINES]
    if sums.node[node, NODE_LINES] > 0:
        sums.rows[line, C_LIST_LETTERS] = cython.cast(cython.float, size) / sums.node[node, NODE_LINES]
    if size > 0:
        sums.rows[line, C_LIST_LINK_SHARE] = cython.cast(cython.float, sums.node[node, NODE_LINKED]) / size


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _declared(page: Page, node: cython.Py_ssize_t, way: Way) -> cython.void:
    """Keep what the nearest element says of itself: hidden, heading, language and direction."""
    tag: cython.int = page.node_tag[node]
    if page.node_marks[node] & M_ARIA_HIDDEN:
        way.hidden = 1
    if T_H1 <= tag <= T_H6 and way.heading == 0:
        way.heading = tag - T_H1 + 1
    if way.lang & LANG_BITS == 0:
        way.lang |= page.node_lang[node] & LANG_BITS
    if way.lang & DIR_BITS == 0:
        way.lang |= page.node_lang[node] & DIR_BITS


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _blocks(page: Page, sums: Sums, line: cython.Py_ssize_t, node: cython.Py_ssize_t, way: Way) -> cython.void:
    """The columns of the line's block, and of up to three blocks around it that hold more."""
    first: cython.Py_ssize_t = sums.group[node, GROUP_FIRST]
    if not page.node_marks[node] & M_BLOCK and node != 0:
        return
    if way.blocks == BLOCKS or sums.node[node, NODE_LETTERS] <= way.block_letters:
        return
    if way.blocks == 0:
        sums.rows[line, C_TAG] = page.node_tag[node]
        sums.rows[line, C_SIBLINGS] = sums.group[first, GROUP_SIZE]
        sums.rows[line, C_SIBLING_INDEX] = sums.group[node, GROUP_INDEX]
        sums.rows[line, C_SHAPE_COUNT] = sums.group[node, GROUP_COUNT]
    _block(sums, line, BLOCK_COLUMNS * way.blocks, node)
    way.blocks += 1
    way.block_letters = sums.node[node, NODE_LETTERS]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _items(sums: Sums, line: cython.Py_ssize_t, node: cython.Py_ssize_t, way: Way) -> cython.void:
    """The columns of the nearest two elements that have siblings of their shape."""
    if way.items < ITEMS and node > 0 and sums.group[sums.group[node, GROUP_FIRST], GROUP_SIZE] >= 2:
        _item(sums, line, ITEM_COLUMNS * way.items, node, way.level)
        way.items += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _landmarks(page: Page, sums: Sums, line: cython.Py_ssize_t, node: cython.Py_ssize_t, way: Way) -> cython.void:
    """Levels up to the nearest landmark of each kind, and the columns of the nearest list."""
    kind: cython.int = page.node_landmark[node]
    at: cython.Py_ssize_t = C_IN_NAV + kind - 1
    if kind == 0:
        return
    if way.landmark == 0:
        way.landmark = kind
    if sums.rows[line, at] == 0:
        sums.rows[line, at] = way.level
        if kind == LIST:
            _list(sums, line, node)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _covers(page: Page, sums: Sums, line: cython.Py_ssize_t, node: cython.Py_ssize_t, way: Way) -> cython.void:
    """Share of the page in the nearest element whose class or id has a word of each kind."""
    kind: cython.int
    new: cython.int = page.node_kinds[node] & ~way.kinds
    if not new:
        return
    way.kinds |= new
    for kind in range(N_KINDS):
        if (new >> kind) & 1:
            sums.rows[line, C_COVER_MENU + kind] = cython.cast(cython.float, sums.node[node, NODE_LETTERS] / sums.total)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _meetings(
    sums: Sums, line: cython.Py_ssize_t, node: cython.Py_ssize_t, cores: cython.const[cython.int][::1], way: Way
) -> cython.void:
    """Where the way first meets those from the core, the 80% core and the first h1 up to the root: levels to there, and
    from there to these."""
    new: cython.int = sums.path[node] & ~way.met
    if not new:
        return
    way.met |= new
    if new & ABOVE_CORE:
        sums.rows[line, C_CORE_DISTANCE] = sums.node[cores[CORE], NODE_DEPTH] - sums.node[node, NODE_DEPTH]
        sums.rows[line, C_CORE_LEVEL] = way.level
    if new & ABOVE_CORE80:
        sums.rows[line, C_CORE80_DISTANCE] = sums.node[cores[CORE80], NODE_DEPTH] - sums.node[node, NODE_DEPTH]
    if new & ABOVE_H1:
        sums.rows[line, C_H1_DISTANCE] = sums.node[cores[H1], NODE_DEPTH] - sums.node[node, NODE_DEPTH]
        sums.rows[line, C_H1_LEVEL] = way.level


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _walk(
    page: Page, sums: Sums, line: cython.Py_ssize_t, cores: cython.const[cython.int][::1], way: Way
) -> cython.void:
    """From the element around the line's first letter up to the root: what every element on the way says."""
    node: cython.Py_ssize_t = page.seg_node[page.line_seg[line]]
    _start(way)
    while way.level < LEVELS:
        way.level += 1
        _declared(page, node, way)
        _blocks(page, sums, line, node, way)
        _items(sums, line, node, way)
        _landmarks(page, sums, line, node, way)
        _covers(page, sums, line, node, way)
        _meetings(sums, line, node, cores, way)
        if node == 0:
            break
        node = page.node_parent[node]
    sums.rows[line, C_LANDMARK] = way.landmark
    sums.rows[line, C_HEADING] = way.heading
    sums.rows[line, C_ARIA_HIDDEN] = way.hidden
    sums.rows[line, C_LANG] = way.lang & LANG_BITS
    sums.rows[line, C_DIR] = way.lang >> DIR_SHIFT


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _in_order(page: Page, sums: Sums, cores: cython.const[cython.int][::1]) -> cython.void:
    """What a line is by itself, and what comes before and after it."""
    n_line: cython.Py_ssize_t = sums.rows.shape[0]
    line: cython.Py_ssize_t
    node: cython.Py_ssize_t
    heading_above: cython.float = 0
    heading_line: cython.Py_ssize_t = -1
    prose_line: cython.Py_ssize_t = -FAR
    prose_before: cython.double = 0
    letters_before: cython.double = 0
    for line in range(n_line):
        node = page.seg_node[page.line_seg[line]]
        sums.rows[line, C_LEAF] = page.node_tag[node]
        sums.rows[line, C_LETTERS] = sums.line[line, LINE_LETTERS]
        if sums.line[line, LINE_LETTERS] > 0:
            sums.rows[line, C_LINK_SHARE] = cython.cast(cython.float, sums.line[line, LINE_LINKED]) / sums.line[line, LINE_LETTERS]
        sums.rows[line, C_LINKS] = sums.line[line, LINE_LINKS]
        sums.rows[line, C_DEPTH] = sums.node[node, NODE_DEPTH]
        if sums.rows[line, C_HEADING] > 0:
            heading_above = sums.rows[line, C_HEADING]
            heading_line = line
        sums.rows[line, C_HEADING_ABOVE] = heading_above
        sums.rows[line, C_SINCE_HEADING] = line - heading_line
        if cores[H1] >= 0:
            sums.rows[line, C_SINCE_H1] = line - cores[H1_LINE]
        sums.rows[line, C_PROSE_BEFORE] = cython.cast(cython.float, prose_before / sums.prose)
        sums.rows[line, C_LETTERS_BEFORE] = cython.cast(cython.float, letters_before / sums.total)
        if sums.line[line, LINE_PROSE]:
            prose_before += sums.line[line, LINE_LETTERS]
            prose_line = line
        letters_before += sums.line[line, LINE_LETTERS]
        sums.rows[line, C_PROSE_SINCE] = line - prose_line if line - prose_line < FAR else FAR
    prose_line = n_line + FAR
    for line in range(n_line - 1, -1, -1):
        if sums.line[line, LINE_PROSE]:
            prose_line = line
        sums.rows[line, C_PROSE_UNTIL] = prose_line - line if prose_line - line < FAR else FAR


def lines(page: Page, sums: Sums, cores: cython.const[cython.int][::1]) -> None:
    """Fill the columns of every line. `cores`: the elements CORE, CORE80, H1 (or -1), and the H1_LINE."""
    line: cython.Py_ssize_t
    way: Way = Way()
    if sums.node[0, NODE_LETTERS] > 0:
        sums.total = sums.node[0, NODE_LETTERS]
    if sums.node[0, NODE_PROSE] > 0:
        sums.prose = sums.node[0, NODE_PROSE]
    with cython.nogil:
        _mark(cores[CORE], page, sums, ABOVE_CORE)
        _mark(cores[CORE80], page, sums, ABOVE_CORE80)
        if cores[H1] >= 0:
            _mark(cores[H1], page, sums, ABOVE_H1)
        for line in range(sums.rows.shape[0]):
            _walk(page, sums, line, cores, way)
        _in_order(page, sums, cores)
