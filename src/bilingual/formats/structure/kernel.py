# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""From the elements and text runs of a parsed page to the columns of `columns.py`.

Two passes: sums over every element's content, from the last element to the first (a parent always comes before its
children), then one walk from every line up to the root. The walk is cut at LEVELS elements, so time is bounded by
lines times LEVELS whatever the nesting.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled

LEVELS = cython.declare("int", 100)  # elements looked at above a line
PROBES = cython.declare("int", 64)  # slots tried before two shapes are taken to differ
PROSE = cython.declare("int", 60)  # letters that make a line prose when few of them are in links
N_KINDS = cython.declare("int", 28)
T_LI = cython.declare("int", 5)
T_H1 = cython.declare("int", 8)
T_H6 = cython.declare("int", 13)
L_LIST = cython.declare("int", 11)  # in tables.LANDMARKS


def totals(
    seg_node: cython.const[cython.int][::1],
    seg_link: cython.const[cython.int][::1],
    seg_letters: cython.const[cython.int][::1],
    line_seg: cython.const[cython.int][::1],
    node_parent: cython.const[cython.int][::1],
    line_sums: cython.int[:, ::1],
    node_sums: cython.int[:, ::1],
) -> None:
    """Sums over lines and elements.

    Shapes: `line_seg` int32[n_lines + 1]; `line_sums` int32[n_lines, 4]: letters, linked letters, links, is prose;
    `node_sums` int32[n_nodes, 5], zero on entry: letters, linked letters, lines, prose letters, depth.
    """
    n_line: cython.Py_ssize_t = line_sums.shape[0]
    n_node: cython.Py_ssize_t = node_sums.shape[0]
    line: cython.Py_ssize_t
    seg: cython.Py_ssize_t
    node: cython.Py_ssize_t
    parent: cython.Py_ssize_t
    letters: cython.int
    linked: cython.int
    links: cython.int
    last: cython.int
    prose: cython.int
    with cython.nogil:
        for line in range(n_line):
            letters = 0
            linked = 0
            links = 0
            last = -1
            for seg in range(line_seg[line], line_seg[line + 1]):
                node = seg_node[seg]
                letters += seg_letters[seg]
                node_sums[node, 0] += seg_letters[seg]
                if seg_link[seg] >= 0:
                    linked += seg_letters[seg]
                    node_sums[node, 1] += seg_letters[seg]
                    if seg_link[seg] != last:
                        links += 1
                        last = seg_link[seg]
            prose = 1 if letters >= PROSE and linked * 3 < letters else 0
            line_sums[line, 0] = letters
            line_sums[line, 1] = linked
            line_sums[line, 2] = links
            line_sums[line, 3] = prose
            node_sums[seg_node[line_seg[line]], 2] += 1
            if prose:
                for seg in range(line_seg[line], line_seg[line + 1]):
                    node_sums[seg_node[seg], 3] += seg_letters[seg]
        for node in range(n_node - 1, 0, -1):
            parent = node_parent[node]
            node_sums[parent, 0] += node_sums[node, 0]
            node_sums[parent, 1] += node_sums[node, 1]
            node_sums[parent, 2] += node_sums[node, 2]
            node_sums[parent, 3] += node_sums[node, 3]
        for node in range(1, n_node):
            node_sums[node, 4] = node_sums[node_parent[node], 4] + 1


def groups(
    node_parent: cython.const[cython.int][::1],
    node_shape: cython.const[cython.int][::1],
    node_sums: cython.const[cython.int][:, ::1],
    slots: cython.int[::1],
    group: cython.int[:, ::1],
) -> None:
    """Siblings of one shape, and shapes that come back anywhere.

    Shapes: `slots` int32[power of two, at least twice the nodes], -1 on entry; `group` int32[n_nodes, 7], zero on
    entry: first sibling of the shape, index among them, and (in the first one's row) their number, letters, prose
    letters, linked letters; number of elements of the page with this shape and this parent's shape.
    """
    n_node: cython.Py_ssize_t = node_parent.shape[0]
    mask: cython.longlong = slots.shape[0] - 1
    node: cython.Py_ssize_t
    parent: cython.Py_ssize_t
    first: cython.Py_ssize_t
    h: cython.longlong
    slot: cython.longlong
    k: cython.int
    with cython.nogil:
        for node in range(1, n_node):
            group[node, 0] = cython.cast(cython.int, node)
            if node_sums[node, 0] == 0:
                continue
            parent = node_parent[node]
            h = ((node_shape[node] ^ parent) * 1000003) & 0x7FFFFFFF
            slot = (h >> 5) & mask
            for k in range(PROBES):
                first = slots[slot]
                if first < 0:
                    slots[slot] = cython.cast(cython.int, node)
                    break
                if node_parent[first] == parent and node_shape[first] == node_shape[node]:
                    group[node, 0] = cython.cast(cython.int, first)
                    break
                slot = (slot + 1) & mask
            first = group[node, 0]
            group[node, 1] = group[first, 2]
            group[first, 2] += 1
            group[first, 3] += node_sums[node, 0]
            group[first, 4] += node_sums[node, 3]
            group[first, 5] += node_sums[node, 1]
        for slot in range(mask + 1):
            slots[slot] = -1
        for node in range(1, n_node):
            if node_sums[node, 0] == 0:
                continue
            parent = node_parent[node]
            h = ((node_shape[node] ^ (node_shape[parent] * 7)) * 1000003) & 0x7FFFFFFF
            slot = (h >> 5) & mask
            for k in range(PROBES):
                first = slots[slot]
                if first < 0:
                    slots[slot] = cython.cast(cython.int, node)
                    group[node, 6] = -1
                    break
                if node_shape[first] == node_shape[node] and node_shape[node_parent[first]] == node_shape[parent]:
                    group[first, 6] -= 1  # the first one's row counts, negative
                    group[node, 6] = cython.cast(cython.int, first)
                    break
                slot = (slot + 1) & mask
        for node in range(1, n_node):
            if group[node, 6] > 0:
                group[node, 6] = -group[group[node, 6], 6] if group[group[node, 6], 6] < 0 else 1
        # The firsts last: their own rows were still needed.
        for node in range(1, n_node):
            if group[node, 6] < 0:
                group[node, 6] = -group[node, 6]


def core(node_sums: cython.const[cython.int][:, ::1], share: cython.double) -> int:
    """The smallest element that holds more than `share` of the page's prose letters; 0 (the page) without prose."""
    n_node: cython.Py_ssize_t = node_sums.shape[0]
    total: cython.double = node_sums[0, 3]
    found: cython.Py_ssize_t = 0
    node: cython.Py_ssize_t
    with cython.nogil:
        for node in range(1, n_node):  # those elements are one chain, each after its parent
            if node_sums[node, 3] > share * total:
                found = node
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark(node: cython.Py_ssize_t, node_parent: cython.const[cython.int][::1], path: cython.uchar[::1], bit: cython.int) -> cython.void:
    """Set a bit on an element and on all around it."""
    while True:
        path[node] = cython.cast(cython.uchar, path[node] | bit)
        if node == 0:
            return
        node = node_parent[node]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _next_word(
    src: cython.const[cython.uchar][::1], ends: cython.int[::1], stop: cython.Py_ssize_t
) -> cython.longlong:
    """Hash of the next word from ends[0]; ends[0] moves past it. -1 when there is none."""
    i: cython.Py_ssize_t = ends[0]
    h: cython.longlong = 7
    c: cython.int
    size: cython.int = 0
    while i < stop:
        c = src[i]
        if 65 <= c <= 90:
            c += 32
        if (97 <= c <= 122) or (48 <= c <= 57) or (c >= 128 and c != 194 and c != 226):
            h = ((h ^ c) * 1000003) & 0x7FFFFFFF
            size += 1
            i += 1
            continue
        if size > 0:
            break
        i += 3 if c == 226 else (2 if c == 194 else 1)
    ends[0] = cython.cast(cython.int, i)
    return h if size > 0 else -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _title_words(
    src: cython.const[cython.uchar][::1], stop: cython.Py_ssize_t, ends: cython.int[::1], words: cython.int[::1]
) -> cython.int:
    """Put the title's words (64 at most) into a table of 256 slots; their number."""
    n: cython.int = 0
    h: cython.longlong
    slot: cython.longlong
    while n < 64:
        h = _next_word(src, ends, stop)
        if h < 0:
            break
        slot = h & 255
        while words[slot] != -1 and words[slot] != h:
            slot = (slot + 1) & 255
        if words[slot] == -1:
            words[slot] = cython.cast(cython.int, h)
            n += 1
    return n


def lines(
    text: cython.const[cython.uchar][::1],
    title: cython.const[cython.uchar][::1],
    line_out: cython.const[cython.int][::1],
    line_seg: cython.const[cython.int][::1],
    seg_node: cython.const[cython.int][::1],
    line_sums: cython.const[cython.int][:, ::1],
    node_tag: cython.const[cython.uchar][::1],
    node_parent: cython.const[cython.int][::1],
    node_kinds: cython.const[cython.int][::1],
    node_landmark: cython.const[cython.uchar][::1],
    node_marks: cython.const[cython.uchar][::1],
    node_lang: cython.const[cython.uchar][::1],
    node_sums: cython.const[cython.int][:, ::1],
    group: cython.const[cython.int][:, ::1],
    path: cython.uchar[::1],
    work: cython.int[::1],
    starts: cython.const[cython.int][::1],
    cores: cython.const[cython.int][::1],
    rows: cython.float[:, ::1],
) -> None:
    """Fill the columns of every line.

    Shapes: `line_out` int32[n_lines + 1]; `path` uint8[n_nodes], zero; `work` int32[257], -1 (a position and the
    title's words); `starts`: first column of the groups line, blocks, shape, place, in, covers; `cores`: the
    core element, the 80% core, the first h1's element (or -1) and its line; `rows` float32[n_lines, n_columns], zero.
    """
    n_line: cython.Py_ssize_t = rows.shape[0]
    line: cython.Py_ssize_t
    node: cython.Py_ssize_t
    b: cython.Py_ssize_t
    first: cython.Py_ssize_t
    at: cython.Py_ssize_t
    level: cython.int
    level_core: cython.int
    level_core80: cython.int
    level_h1: cython.int
    blocks: cython.int
    items: cython.int
    landmark: cython.int
    lang: cython.int
    kind: cython.int
    bits: cython.int
    seen: cython.int
    hidden: cython.int
    size: cython.int
    last_size: cython.int
    n_title: cython.int
    same: cython.int
    words: cython.int
    heading: cython.int = 0
    heading_above: cython.int = 0
    heading_line: cython.Py_ssize_t = -1
    prose_line: cython.Py_ssize_t = -255
    prose_before: cython.double = 0
    letters_before: cython.double = 0
    total: cython.double = node_sums[0, 0] if node_sums[0, 0] > 0 else 1
    prose: cython.double = node_sums[0, 3] if node_sums[0, 3] > 0 else 1
    ends: cython.int[::1] = work[:1]
    table: cython.int[::1] = work[1:]
    h: cython.longlong
    slot: cython.longlong
    tag: cython.int
    g_line: cython.Py_ssize_t = starts[0]
    g_block: cython.Py_ssize_t = starts[1]
    g_shape: cython.Py_ssize_t = starts[2]
    g_place: cython.Py_ssize_t = starts[3]
    g_in: cython.Py_ssize_t = starts[4]
    g_cover: cython.Py_ssize_t = starts[5]
    with cython.nogil:
        _mark(cores[0], node_parent, path, 1)
        _mark(cores[1], node_parent, path, 2)
        if cores[2] >= 0:
            _mark(cores[2], node_parent, path, 4)
        ends[0] = 0
        n_title = _title_words(title, title.shape[0], ends, table)
        for line in range(n_line):
            node = seg_node[line_seg[line]]
            rows[line, g_line + 1] = node_tag[node]
            rows[line, g_line + 3] = line_sums[line, 0]
            if line_sums[line, 0] > 0:
                rows[line, g_line + 4] = cython.cast(cython.float, line_sums[line, 1]) / line_sums[line, 0]
            rows[line, g_line + 5] = line_sums[line, 2]
            rows[line, g_line + 9] = node_sums[node, 4]
            level = 0
            level_core = 0
            level_core80 = 0
            level_h1 = 0
            blocks = 0
            items = 0
            landmark = 0
            lang = 0
            seen = 0
            hidden = 0
            heading = 0
            last_size = -1
            while level < LEVELS:
                level += 1
                tag = node_tag[node]
                if node_marks[node] & 1:
                    hidden = 1
                if T_H1 <= tag <= T_H6 and heading == 0:
                    heading = tag - T_H1 + 1
                if lang & 7 == 0:
                    lang |= node_lang[node] & 7
                if lang & 24 == 0:
                    lang |= node_lang[node] & 24
                # The block and the larger blocks around it.
                if node_marks[node] & 2 or node == 0:
                    size = node_sums[node, 0]
                    if blocks < 4 and size > last_size:
                        if blocks == 0:
                            rows[line, g_line] = tag
                            first = group[node, 0]
                            rows[line, g_shape] = group[first, 2]
                            rows[line, g_shape + 1] = group[node, 1]
                            rows[line, g_shape + 2] = group[node, 6]
                        at = g_block + 4 * blocks
                        rows[line, at] = size
                        rows[line, at + 1] = node_sums[node, 2]
                        if size > 0:
                            rows[line, at + 2] = cython.cast(cython.float, node_sums[node, 1]) / size
                        rows[line, at + 3] = cython.cast(cython.float, node_sums[node, 3] / prose)
                        blocks += 1
                        last_size = size
                # Items of a list of like things.
                first = group[node, 0]
                if items < 2 and group[first, 2] >= 2 and node > 0:
                    at = g_shape + 3 + 9 * items
                    size = node_sums[node, 0]
                    rows[line, at] = level
                    rows[line, at + 1] = group[first, 2]
                    rows[line, at + 2] = group[node, 1]
                    rows[line, at + 3] = size
                    rows[line, at + 4] = node_sums[node, 2]
                    if size > 0:
                        rows[line, at + 5] = cython.cast(cython.float, node_sums[node, 1]) / size
                    rows[line, at + 6] = cython.cast(cython.float, group[first, 3]) / group[first, 2]
                    rows[line, at + 7] = cython.cast(cython.float, group[first, 4] / prose)
                    if group[first, 3] > 0:
                        rows[line, at + 8] = cython.cast(cython.float, group[first, 5]) / group[first, 3]
                    items += 1
                # Landmarks.
                kind = node_landmark[node]
                if kind > 0:
                    if landmark == 0:
                        landmark = kind
                    if rows[line, g_in + kind - 1] == 0:
                        rows[line, g_in + kind - 1] = level
                        if kind == L_LIST:
                            at = g_shape + 21
                            size = node_sums[node, 0]
                            rows[line, at] = node_sums[node, 2]
                            if node_sums[node, 2] > 0:
                                rows[line, at + 1] = cython.cast(cython.float, size) / node_sums[node, 2]
                            if size > 0:
                                rows[line, at + 2] = cython.cast(cython.float, node_sums[node, 1]) / size
                # Words of class and id.
                bits = node_kinds[node] & ~seen
                if bits:
                    seen |= bits
                    for kind in range(N_KINDS):
                        if (bits >> kind) & 1:
                            rows[line, g_cover + kind] = cython.cast(cython.float, node_sums[node, 0] / total)
                # The way to the core and to the first heading.
                if path[node]:
                    if path[node] & 1 and level_core == 0:
                        level_core = level
                        rows[line, g_place] = node_sums[cores[0], 4] - node_sums[node, 4]
                    if path[node] & 2 and level_core80 == 0:
                        level_core80 = level
                        rows[line, g_place + 2] = node_sums[cores[1], 4] - node_sums[node, 4]
                    if path[node] & 4 and level_h1 == 0:
                        level_h1 = level
                        rows[line, g_place + 3] = node_sums[cores[2], 4] - node_sums[node, 4]
                if node == 0:
                    break
                node = node_parent[node]
            rows[line, g_line + 2] = landmark
            if heading > 0:
                heading_above = heading
                heading_line = line
            rows[line, g_line + 6] = heading
            rows[line, g_line + 7] = heading_above
            rows[line, g_line + 8] = line - heading_line
            rows[line, g_line + 10] = hidden
            rows[line, g_line + 11] = lang & 7
            rows[line, g_line + 12] = lang >> 3
            rows[line, g_place + 1] = level_core
            rows[line, g_place + 4] = level_h1
            if cores[2] >= 0:
                rows[line, g_place + 5] = line - cores[3]
            rows[line, g_place + 6] = cython.cast(cython.float, prose_before / prose)
            rows[line, g_place + 7] = cython.cast(cython.float, letters_before / total)
            if line_sums[line, 3]:
                prose_before += line_sums[line, 0]
                prose_line = line
            letters_before += line_sums[line, 0]
            rows[line, g_place + 8] = line - prose_line if line - prose_line < 255 else 255
            # Words shared with the title.
            if n_title > 0 and line_out[line + 1] - line_out[line] < 1000:
                ends[0] = line_out[line]
                words = 0
                same = 0
                while words <= 40:
                    h = _next_word(text, ends, line_out[line + 1])
                    if h < 0:
                        break
                    words += 1
                    slot = h & 255
                    while table[slot] != -1:
                        if table[slot] == h:
                            same += 1
                            break
                        slot = (slot + 1) & 255
                if 0 < words <= 40:
                    rows[line, g_line + 13] = cython.cast(cython.float, same) / words
                    rows[line, g_line + 14] = cython.cast(cython.float, same) / n_title if same < n_title else 1
        prose_line = n_line + 255
        for line in range(n_line - 1, -1, -1):
            if line_sums[line, 3]:
                prose_line = line
            rows[line, g_place + 9] = prose_line - line if prose_line - line < 255 else 255


def count_chars(src: cython.const[cython.uchar][::1], at: cython.int[::1]) -> None:
    """Turn ascending byte positions into code point positions, in place."""
    n: cython.Py_ssize_t = at.shape[0]
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t = 0
    stop: cython.Py_ssize_t
    tails: cython.Py_ssize_t = 0
    with cython.nogil:
        for k in range(n):
            stop = at[k]
            while i < stop:
                tails += 1 if (src[i] & 192) == 128 else 0
                i += 1
            at[k] = cython.cast(cython.int, stop - tails)


def tree_sums(
    rows: cython.const[cython.float][:, ::1],
    feature: cython.const[cython.short][::1],
    threshold: cython.const[cython.float][::1],
    step: cython.const[cython.short][::1],
    root: cython.const[cython.int][::1],
    sums: cython.float[::1],
) -> None:
    """Add up the leaves that every row reaches; see `model.Trees`.

    Four rows walk down a tree side by side, and a comparison is an index, not a branch: twice as fast.
    """
    n_row: cython.Py_ssize_t = sums.shape[0]
    n_tree: cython.Py_ssize_t = root.shape[0]
    row: cython.Py_ssize_t
    r1: cython.Py_ssize_t
    r2: cython.Py_ssize_t
    r3: cython.Py_ssize_t
    tree: cython.Py_ssize_t
    a: cython.Py_ssize_t
    b: cython.Py_ssize_t
    c: cython.Py_ssize_t
    d: cython.Py_ssize_t
    ta: cython.double
    tb: cython.double
    tc: cython.double
    td: cython.double
    with cython.nogil:
        for row in range(0, n_row, 4):
            r1 = row + 1 if row + 1 < n_row else row
            r2 = row + 2 if row + 2 < n_row else row
            r3 = row + 3 if row + 3 < n_row else row
            ta = tb = tc = td = 0
            for tree in range(n_tree):
                a = b = c = d = root[tree]
                # A leaf steps to itself, so a row that is done waits there for the others.
                while step[2 * a] | step[2 * b] | step[2 * c] | step[2 * d]:
                    a += step[2 * a + (rows[row, feature[a]] > threshold[a])]
                    b += step[2 * b + (rows[r1, feature[b]] > threshold[b])]
                    c += step[2 * c + (rows[r2, feature[c]] > threshold[c])]
                    d += step[2 * d + (rows[r3, feature[d]] > threshold[d])]
                ta += threshold[a]
                tb += threshold[b]
                tc += threshold[c]
                td += threshold[d]
            sums[r3] = cython.cast(cython.float, td)
            sums[r2] = cython.cast(cython.float, tc)
            sums[r1] = cython.cast(cython.float, tb)
            sums[row] = cython.cast(cython.float, ta)
