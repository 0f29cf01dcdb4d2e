# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""From the elements and text runs of a parsed page to sums: over lines, over elements and over groups of one shape.

Sums over every element's content go from the last element to the first: a parent always comes before its children.
Siblings of one shape, and elements whose shape comes back anywhere on the page, are found by a hash table.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.structure.numbers import (
        GROUP_COUNT,
        GROUP_FIRST,
        GROUP_INDEX,
        GROUP_LETTERS,
        GROUP_LINKED,
        GROUP_PROSE,
        GROUP_SIZE,
        LINE_LETTERS,
        LINE_LINKED,
        LINE_LINKS,
        LINE_PROSE,
        NODE_DEPTH,
        NODE_LETTERS,
        NODE_LINES,
        NODE_LINKED,
        NODE_PROSE,
        PROBES,
        PROSE,
    )
else:
    from bilingual.formats.structure.numbers import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Page:
    """What the parser found, see `html._Parsed`. Shapes: `line_seg` int32[n_lines + 1]."""

    def __init__(self, *columns: Any) -> None:
        (
            self.line_seg, self.seg_node, self.seg_link, self.seg_letters, self.node_tag, self.node_parent,
            self.node_kinds, self.node_landmark, self.node_marks, self.node_shape, self.node_lang,
        ) = columns  # fmt: skip


@cython.cclass
class Sums:
    """What is made of it.

    Shapes: `line` int32[n_lines, 4], `node` int32[n_nodes, 5] and `group` int32[n_nodes, 7], zeros on entry: see `numbers`;
    `slots` int32[power of two, at least twice the nodes], -1 on entry; `path` uint8[n_nodes], zero: bits; `rows`
    float32[n_lines, n_columns], zero: the columns.
    """

    def __init__(self, *columns: Any) -> None:
        (
            self.line, self.node, self.group, self.slots, self.path, self.rows,
        ) = columns  # fmt: skip
        self.total = self.prose = 1


def totals(page: Page, sums: Sums) -> None:
    """Sums over lines and elements."""
    with cython.nogil:
        _sum_lines(page, sums)
        _sum_elements(page, sums)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum_lines(page: Page, sums: Sums) -> cython.void:
    """Letters, links and prose of every line, and of every element what it holds itself."""
    line: cython.Py_ssize_t
    seg: cython.Py_ssize_t
    node: cython.Py_ssize_t
    letters: cython.int
    linked: cython.int
    links: cython.int
    last: cython.int
    prose: cython.int
    for line in range(sums.line.shape[0]):
        letters = 0
        linked = 0
        links = 0
        last = -1
        for seg in range(page.line_seg[line], page.line_seg[line + 1]):
            node = page.seg_node[seg]
            letters += page.seg_letters[seg]
            sums.node[node, NODE_LETTERS] += page.seg_letters[seg]
            if page.seg_link[seg] >= 0:
                linked += page.seg_letters[seg]
                sums.node[node, NODE_LINKED] += page.seg_letters[seg]
                if page.seg_link[seg] != last:
                    links += 1
                    last = page.seg_link[seg]
        prose = 1 if letters >= PROSE and linked * 3 < letters else 0
        sums.line[line, LINE_LETTERS] = letters
        sums.line[line, LINE_LINKED] = linked
        sums.line[line, LINE_LINKS] = links
        sums.line[line, LINE_PROSE] = prose
        sums.node[page.seg_node[page.line_seg[line]], NODE_LINES] += 1
        if prose:
            for seg in range(page.line_seg[line], page.line_seg[line + 1]):
                sums.node[page.seg_node[seg], NODE_PROSE] += page.seg_letters[seg]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum_elements(page: Page, sums: Sums) -> cython.void:
    """To what every element holds itself add what those inside it do; how deep it lies."""
    n_node: cython.Py_ssize_t = sums.node.shape[0]
    node: cython.Py_ssize_t
    parent: cython.Py_ssize_t
    for node in range(n_node - 1, 0, -1):
        parent = page.node_parent[node]
        sums.node[parent, NODE_LETTERS] += sums.node[node, NODE_LETTERS]
        sums.node[parent, NODE_LINKED] += sums.node[node, NODE_LINKED]
        sums.node[parent, NODE_LINES] += sums.node[node, NODE_LINES]
        sums.node[parent, NODE_PROSE] += sums.node[node, NODE_PROSE]
    for node in range(1, n_node):
        sums.node[node, NODE_DEPTH] = sums.node[page.node_parent[node], NODE_DEPTH] + 1


def groups(page: Page, sums: Sums) -> None:
    """Siblings of one shape, and shapes that come back anywhere."""
    with cython.nogil:
        _siblings(page, sums)
        _shapes(page, sums)
        _shape_counts(sums)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _siblings(page: Page, sums: Sums) -> cython.void:
    """Of every element with letters the first sibling of its shape, and how many of these come before it; of these firsts
    the sums over their group."""
    mask: cython.longlong = sums.slots.shape[0] - 1
    node: cython.Py_ssize_t
    parent: cython.Py_ssize_t
    first: cython.Py_ssize_t
    slot: cython.longlong
    k: cython.int
    for node in range(1, page.node_parent.shape[0]):
        sums.group[node, GROUP_FIRST] = cython.cast(cython.int, node)
        if sums.node[node, NODE_LETTERS] == 0:
            continue
        parent = page.node_parent[node]
        slot = _slot(page.node_shape[node] ^ parent, mask)
        for k in range(PROBES):
            first = sums.slots[slot]
            if first < 0:
                sums.slots[slot] = cython.cast(cython.int, node)
                break
            if page.node_parent[first] == parent and page.node_shape[first] == page.node_shape[node]:
                sums.group[node, GROUP_FIRST] = cython.cast(cython.int, first)
                break
            slot = (slot + 1) & mask
        first = sums.group[node, GROUP_FIRST]
        sums.group[node, GROUP_INDEX] = sums.group[first, GROUP_SIZE]
        sums.group[first, GROUP_SIZE] += 1
        sums.group[first, GROUP_LETTERS] += sums.node[node, NODE_LETTERS]
        sums.group[first, GROUP_PROSE] += sums.node[node, NODE_PROSE]
        sums.group[first, GROUP_LINKED] += sums.node[node, NODE_LINKED]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _slot(key: cython.longlong, mask: cython.longlong) -> cython.longlong:
    """Where the search for a key in `Sums.slots` begins."""
    return (((key * 1000003) & 0x7FFFFFFF) >> 5) & mask


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _shapes(page: Page, sums: Sums) -> cython.void:
    """Of every element with letters the first of the page with its shape and its parent's; of these firsts how many there
    are, negative."""
    mask: cython.longlong = sums.slots.shape[0] - 1
    node: cython.Py_ssize_t
    parent: cython.Py_ssize_t
    first: cython.Py_ssize_t
    slot: cython.longlong
    k: cython.int
    for slot in range(mask + 1):
        sums.slots[slot] = -1
    for node in range(1, page.node_parent.shape[0]):
        if sums.node[node, NODE_LETTERS] == 0:
            continue
        parent = page.node_parent[node]
        slot = _slot(page.node_shape[node] ^ (page.node_shape[parent] * 7), mask)
        for k in range(PROBES):
            first = sums.slots[slot]
            if first < 0:
                sums.slots[slot] = cython.cast(cython.int, node)
                sums.group[node, GROUP_COUNT] = -1
                break
            if (
                page.node_shape[first] == page.node_shape[node]
                and page.node_shape[page.node_parent[first]] == page.node_shape[parent]
            ):
                sums.group[first, GROUP_COUNT] -= 1
                sums.group[node, GROUP_COUNT] = cython.cast(cython.int, first)
                break
            slot = (slot + 1) & mask


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _shape_counts(sums: Sums) -> cython.void:
    """The counts of `_shapes` for every element, the firsts last, as the others read them."""
    node: cython.Py_ssize_t
    count: cython.int
    for node in range(1, sums.group.shape[0]):
        if sums.group[node, GROUP_COUNT] > 0:
            count = sums.group[sums.group[node, GROUP_COUNT], GROUP_COUNT]
            sums.group[node, GROUP_COUNT] = -count if count < 0 else 1
    for node in range(1, sums.group.shape[0]):
        if sums.group[node, GROUP_COUNT] < 0:
            sums.group[node, GROUP_COUNT] = -sums.group[node, GROUP_COUNT]


def core(sums: Sums, share: cython.double) -> int:
    """The smallest element that holds more than `share` of the page's prose letters; 0 (the page) without prose."""
    n_node: cython.Py_ssize_t = sums.node.shape[0]
    total: cython.double = sums.node[0, NODE_PROSE]
    found: cython.Py_ssize_t = 0
    node: cython.Py_ssize_t
    with cython.nogil:
        for node in range(1, n_node):  # those elements are one chain, each after its parent
            if sums.node[node, NODE_PROSE] > share * total:
                found = node
    return found
