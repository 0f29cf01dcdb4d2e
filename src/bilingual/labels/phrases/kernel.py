# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Every lexicon phrase in every block, in one pass over the word hashes.

The lexicon is a tree of words: the key of a node is the combined hash of the words that lead to it. A table of
first words and a filter of first pairs send most words away; the first looks of the others are taken some
dozens at a time, so that they wait for memory together. Then each walks the tree, and the longest phrase whose
position holds wins. A phrase that occurs out of its position counts as loose,
in short blocks only.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """The columns of a scan, see `scan.Scan`; they may have room for more than `n_words` and `n_blocks`."""

    codes: cython.const[cython.uint][::1]
    doc_ptr: cython.const[cython.longlong][::1]
    word_start: cython.const[cython.int][::1]
    word_end: cython.const[cython.int][::1]
    word_script: cython.const[cython.uchar][::1]
    word_flags: cython.const[cython.ushort][::1]
    word_hash: cython.const[cython.ulonglong][::1]
    block_start: cython.const[cython.int][::1]
    block_end: cython.const[cython.int][::1]
    block_word: cython.const[cython.int][::1]
    block_doc: cython.const[cython.int][::1]
    block_line: cython.const[cython.int][::1]
    block_cut: cython.const[cython.uchar][::1]
    n_words: cython.Py_ssize_t
    n_blocks: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (
            self.codes,
            self.doc_ptr,
            self.word_start,
            self.word_end,
            self.word_script,
            self.word_flags,
            self.word_hash,
            self.block_start,
            self.block_end,
            self.block_word,
            self.block_doc,
            self.block_line,
            self.block_cut,
        ) = columns

    def hold(self, n_words: cython.Py_ssize_t, n_blocks: cython.Py_ssize_t) -> None:
        """What changes with every batch."""
        self.n_words = n_words
        self.n_blocks = n_blocks


@cython.cclass
class Lexicon:
    """The tables of the matcher, see `lexicon.Lexicon`; `limits`: most
    words of a block for start, lead, end, any-short and loose."""

    first: cython.const[cython.ushort][::1]
    base: cython.const[cython.int][::1]
    pairs: cython.const[cython.uchar][::1]
    nodes: cython.const[cython.ulonglong][::1]
    links: cython.const[cython.int][::1]
    row_meaning: cython.const[cython.uchar][::1]
    limits: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.first,
            self.base,
            self.pairs,
            self.nodes,
            self.links,
            self.row_meaning,
            self.limits,
        ) = columns


@cython.cclass
class Dates:
    """The words of dates, see `patterns.date_words`."""

    keys: cython.const[cython.ulonglong][::1]
    classes: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.keys,
            self.classes,
        ) = columns


# The table of first words, by the low 16 bits of a hash: bit 1 first word of some phrase, 2 of a phrase that holds
# anywhere in a long block, 4 of a phrase of one word; above them where the nodes of such words begin, counted from the
# base of the 256 values around.
# A node has four items, so that a look at it takes one line of the cache: its key; rows, from 1 on, of the phrases that
# end here in positions line, start and lead; end, tail and any-short; any, then the first of all these. A row has 20
# bits. Bit 40 of the last: the next node is one of a word with the same low 16 bits; bits 48 to 63: longer phrases go on
# with a word of whose hash the bits 32 to 35 are 0 to 15. Node 0 is none. Nodes of first words come first, the others are found by `links`, a hash table.
# The meaning of a row: its kind in 6 bits, its label above them.


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mix(h: cython.ulonglong, w: cython.ulonglong, prime: cython.ulonglong, mask: cython.ulonglong) -> cython.ulonglong:
    x: cython.ulonglong = ((h ^ w) * prime) & mask
    return x ^ (x >> 29)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_separator(c: cython.uint) -> cython.int:
    """1 for the marks that set a lead-in off: colon, bar, dashes, chain signs, ellipsis, plus, brackets."""
    if c < 128:
        # : | - > + ( [ ~
        return 1 if c == 58 or c == 124 or c == 45 or c == 62 or c == 43 or c == 40 or c == 91 or c == 126 else 0
    if c == 0x2013 or c == 0x2014 or c == 0xBB or c == 0x203A or c == 0x2026 or c == 0xFF1A or c == 0x2022:
        return 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _gap_has_separator(
    codes: cython.const[cython.uint][::1], start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """1 when a separator mark, or two full stops, stand in codes[start:end]; looks at 8 code points at
    most."""
    i: cython.Py_ssize_t = start
    stops: cython.int = 0
    if end > start + 8:
        end = start + 8
    while i < end:
        if _is_separator(codes[i]):
            return 1
        if codes[i] == 46:
            stops += 1
        i += 1
    return 1 if stops >= 2 else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _longer(
    nodes: cython.const[cython.ulonglong][::1], links: cython.const[cython.int][::1], h: cython.ulonglong
) -> cython.Py_ssize_t:
    """Where the node of key `h`, of two words or more, begins in `nodes`; 0 for none."""
    mask: cython.ulonglong = cython.cast(cython.ulonglong, links.shape[0]) - 1
    one: cython.ulonglong = 1
    probe: cython.ulonglong = (h >> 17) & mask
    at: cython.Py_ssize_t = links[probe]
    while at != 0 and nodes[at] != h:
        probe = (probe + one) & mask
        at = links[probe]
    return at


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _word(
    word_flags: cython.const[cython.ushort][::1],
    word_hash: cython.const[cython.ulonglong][::1],
    i: cython.Py_ssize_t,
    number: cython.ulonglong,
    all_digits: cython.int,
) -> cython.ulonglong:
    """The hash under which phrases know word `i`: one for all numbers."""
    return number if word_flags[i] & all_digits else word_hash[i]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _candidates(
    word_flags: cython.const[cython.ushort][::1],
    word_hash: cython.const[cython.ulonglong][::1],
    first: cython.const[cython.ushort][::1],
    base: cython.const[cython.int][::1],
    pairs: cython.const[cython.uchar][::1],
    nodes: cython.const[cython.ulonglong][::1],
    links: cython.const[cython.int][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    n_words: cython.Py_ssize_t,
    number: cython.ulonglong,
    prime: cython.ulonglong,
    all_digits: cython.int,
    word: cython.p_int,
    node: cython.p_int,
    next_node: cython.p_int,
) -> cython.Py_ssize_t:
    """The words lo..hi that may begin a phrase, where the node of each alone begins, and that of it with the word behind,
    0 for none; their number.

    Most words are sent away without a branch, which could not be
    foreseen; the looks at nodes wait for memory together.
    """
    mask: cython.ulonglong = 18446744073709551615
    zero: cython.ulonglong = 0
    low: cython.ulonglong = 65535
    n: cython.Py_ssize_t = 0
    kept: cython.Py_ssize_t = 0
    i: cython.Py_ssize_t
    at: cython.Py_ssize_t
    bits: cython.int
    longer: cython.int
    both: cython.ulonglong
    w: cython.ulonglong = _word(word_flags, word_hash, lo, number, all_digits)
    after: cython.ulonglong = w
    for i in range(lo, hi):
        if i + 1 < n_words:
            after = _word(word_flags, word_hash, i + 1, number, all_digits)
        bits = first[w & low]
        # a small filter knows the first two words of longer phrases
        both = ((w * prime & mask) + after & mask) >> 46
        longer = pairs[both >> 3] >> (both & 7) & 1
        word[n] = cython.cast(cython.int, i)
        next_node[n] = longer
        n += bits & (bits >> 2 | longer) & 1
        w = after
    for i in range(n):
        w = _word(word_flags, word_hash, word[i], number, all_digits)
        at = 4 * (base[(w >> 8) & 255] + (first[w & low] >> 3))
        w = _mix(zero, w, prime, mask)
        while nodes[at] != w and nodes[at + 3] >> 40 & 1:
            at += 4
        word[kept] = word[i]
        node[kept] = cython.cast(cython.int, at)
        next_node[kept] = next_node[i]
        kept += 1 if nodes[at] == w else 0
    for i in range(kept):
        if next_node[i]:
            w = _word(word_flags, word_hash, word[i] + 1, number, all_digits) if word[i] + 1 < n_words else zero
            next_node[i] = cython.cast(cython.int, _longer(nodes, links, _mix(nodes[node[i]], w, prime, mask)))
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _row_at_edge(
    codes: cython.const[cython.uint][::1],
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    opening: cython.ulonglong,
    ending: cython.ulonglong,
    begin: cython.Py_ssize_t,
    i: cython.Py_ssize_t,
    j: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    limits: cython.const[cython.int][::1],
) -> cython.int:
    """The row, from 1 on, that words i..j of the block begin..end hold as its beginning or end; 0 for none."""
    n: cython.Py_ssize_t = end - begin
    if i == begin:
        if j == end and opening & 1048575:
            return opening & 1048575
        if (opening >> 20) & 1048575 and n <= limits[0]:
            return (opening >> 20) & 1048575
        if opening >> 40 and n <= limits[1] and (j == end or _gap_has_separator(codes, word_end[j - 1], word_start[j])):
            return opening >> 40
    if j == end and n <= limits[2]:
        if ending & 1048575:
            return ending & 1048575
        if (ending >> 20) & 1048575 and i > begin and _gap_has_separator(codes, word_end[i - 1], word_start[i]):
            return (ending >> 20) & 1048575
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _note(
    hits: cython.int[::1],
    n: cython.Py_ssize_t,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    row: cython.int,
    holds: cython.int,
) -> cython.Py_ssize_t:
    """Write a hit behind the `n` there are; their number."""
    hits[4 * n] = cython.cast(cython.int, start)
    hits[4 * n + 1] = cython.cast(cython.int, end - start)
    hits[4 * n + 2] = row
    hits[4 * n + 3] = holds
    return n + 1


@cython.ccall
def match(
    scanned: Scanned,
    lexicon: Lexicon,
    number: cython.ulonglong,
    prime: cython.ulonglong,
    all_digits: cython.int,
    kinds: cython.ulonglong[::1],
    loose: cython.ulonglong[::1],
    whole: cython.int[::1],
    opening: cython.int[::1],
    best: cython.int[::1],
    cover: cython.int[::1],
    hits: cython.int[::1],
    hit_block: cython.int,
) -> int:
    """Fill the columns of every block; returns the number of hits written to `hits` (4 numbers each).

    Shapes: per block kinds, loose, whole, opening, best; cover int32[4 * n_blocks]: words covered in
    position (navigation, promo) and out of position (navigation, promo). Hits are written for block `hit_block`
    only (-1: none): first word, words, row, 1 when the position holds."""
    codes: cython.const[cython.uint][::1] = scanned.codes
    word_start: cython.const[cython.int][::1] = scanned.word_start
    word_end: cython.const[cython.int][::1] = scanned.word_end
    word_flags: cython.const[cython.ushort][::1] = scanned.word_flags
    word_hash: cython.const[cython.ulonglong][::1] = scanned.word_hash
    block_word: cython.const[cython.int][::1] = scanned.block_word
    first: cython.const[cython.ushort][::1] = lexicon.first
    base: cython.const[cython.int][::1] = lexicon.base
    pairs: cython.const[cython.uchar][::1] = lexicon.pairs
    nodes: cython.const[cython.ulonglong][::1] = lexicon.nodes
    links: cython.const[cython.int][::1] = lexicon.links
    row_meaning: cython.const[cython.uchar][::1] = lexicon.row_meaning
    limits: cython.const[cython.int][::1] = lexicon.limits
    n_words: cython.Py_ssize_t = scanned.n_words
    n_blocks: cython.Py_ssize_t = scanned.n_blocks
    mask: cython.ulonglong = 18446744073709551615
    one: cython.ulonglong = 1
    ends: cython.ulonglong = 1099511627775
    n_hits: cython.Py_ssize_t = 0
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    n: cython.Py_ssize_t
    at: cython.Py_ssize_t
    row: cython.int
    loose_row: cython.int
    found: cython.int
    found_end: cython.Py_ssize_t
    loose_end: cython.Py_ssize_t
    best_length: cython.Py_ssize_t
    next_at: cython.Py_ssize_t
    k: cython.ulonglong
    apart: cython.ulonglong
    more: cython.ulonglong
    w: cython.ulonglong
    # candidates of a stretch of words, the next of them, the word behind the stretch
    word: cython.int[256]
    word = [0] * 256
    node: cython.int[256]
    node = [0] * 256
    next_node: cython.int[256]
    next_node = [0] * 256
    n_candidates: cython.Py_ssize_t = 0
    c: cython.Py_ssize_t = 0
    reach: cython.Py_ssize_t = 0
    # words before this one belong to a phrase that was found
    free: cython.Py_ssize_t
    with cython.nogil:
        for b in range(n_blocks):
            begin = block_word[b]
            end = block_word[b + 1]
            n = end - begin
            k = 0
            apart = 0
            whole[b] = -1
            opening[b] = -1
            best[b] = -1
            best_length = 0
            for at in range(4):
                cover[4 * b + at] = 0
            free = begin
            while True:
                if c == n_candidates:
                    if reach >= end:
                        break
                    i = reach + 256 if reach + 256 < n_words else n_words
                    n_candidates = _candidates(
                        word_flags, word_hash, first, base, pairs, nodes, links, reach, i, n_words, number, prime, all_digits,
                        word, node, next_node,
                    )  # fmt: skip
                    c = 0
                    reach = i
                    continue
                i = word[c]
                if i >= end:
                    break
                at = node[c]
                next_at = next_node[c]
                c += 1
                if i < free:
                    continue
                # Inside long blocks only phrases that hold anywhere, or near the end, can count.
                if not (n <= limits[4] or i == begin or (end - i <= 8 and n <= limits[2])):
                    if not first[_word(word_flags, word_hash, i, number, all_digits) & 65535] & 2:
                        continue
                j = i
                found = 0
                found_end = i
                loose_row = 0
                loose_end = i
                while True:
                    j += 1
                    more = nodes[at + 3]
                    # phrases that end here
                    if more & ends:
                        row = 0
                        if i == begin or j == end:
                            row = _row_at_edge(
                                codes, word_start, word_end, nodes[at + 1], nodes[at + 2], begin, i, j, end, limits
                            )  # fmt: skip
                            if i == begin and j == end and nodes[at + 1] & 1048575:
                                whole[b] = row - 1
                        if row == 0 and n <= limits[3]:
                            row = nodes[at + 2] >> 40
                        if row == 0:
                            row = more & 1048575
                        if row != 0:
                            found = row
                            found_end = j
                        elif n <= limits[4]:
                            loose_row = (more >> 20) & 1048575
                            loose_end = j
                    if j == end:
                        break
                    if j == i + 1:
                        at = next_at
                    else:
                        w = _word(word_flags, word_hash, j, number, all_digits)
                        if not (more >> (48 + ((w >> 32) & 15))) & 1:
                            break
                        at = _longer(nodes, links, _mix(nodes[at], w, prime, mask))
                    if at == 0:
                        break
                if found > 0 and (found_end >= loose_end or found_end - i >= 2):
                    found -= 1
                    k |= one << (row_meaning[found] & 63)
                    row = row_meaning[found] >> 6
                    if row == 1 or row == 2:
                        cover[4 * b + row - 1] += found_end - i
                    if i == begin:
                        opening[b] = found
                    if found_end - i > best_length:
                        best_length = found_end - i
                        best[b] = found
                    if b == hit_block:
                        n_hits = _note(hits, n_hits, i, found_end, found, 1)
                    free = found_end
                elif loose_row > 0:
                    loose_row -= 1
                    apart |= one << (row_meaning[loose_row] & 63)
                    row = row_meaning[loose_row] >> 6
                    if row == 1 or row == 2:
                        cover[4 * b + 1 + row] += loose_end - i
                    if b == hit_block:
                        n_hits = _note(hits, n_hits, i, loose_end, loose_row, 0)
                    free = loose_end
            kinds[b] = k
            loose[b] = apart
    return n_hits


# Classes of the words of dates.tsv: 1 month, 2 part of a month's name, 3 weekday, 4 part of the day or era,
# 5 small word, 6 unit, 7 relative, 8 currency. Bits of the flags of a word: 1 has a digit, 2 all digits, 16 URL, 32 hashtag.


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _word_class(
    keys: cython.const[cython.ulonglong][::1], classes: cython.const[cython.uchar][::1], w: cython.ulonglong
) -> cython.int:
    mask: cython.ulonglong = keys.shape[0] - 1
    one: cython.ulonglong = 1
    zero: cython.ulonglong = 0
    probe: cython.ulonglong = (w >> 17) & mask
    while keys[probe] != zero:
        if keys[probe] == w:
            return classes[probe]
        probe = (probe + one) & mask
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_chain_mark(c: cython.uint) -> cython.int:
    """1 for the marks between the items of a bread crumb or menu line."""
    if c < 128:
        return 1 if (c == 124 or c == 62 or c == 47) else 0
    return 1 if (c == 0xBB or c == 0x203A or c == 0xB7 or c == 0x2022 or c == 0x2192 or c == 0x2190 or c == 0xAB) else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gap_shapes(
    codes: cython.const[cython.uint][::1],
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    begin: cython.Py_ssize_t,
    i: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    p: cython.Py_ssize_t,
    gap_end: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    seen: cython.p_int,
) -> cython.void:
    """The marks p..gap_end before word `i` of the block begin..end (or after its last one), whose code points end at `stop`.

    `seen`: bits of `patterns.SHAPES`, and 1 << 16 for a currency, 1 << 17 for a plus; chain marks; the word that begins
    the present item between them, words of the longest item.
    """
    c: cython.uint
    d: cython.uint
    while p < gap_end:
        c = codes[p]
        if c == 32 or c == 44 or c == 46:
            p += 1
            continue
        d = codes[p + 1] if p + 1 < stop else 0
        if (c == 123 and d == 123) or (c == 125 and d == 125) or (c == 60 and d == 37) or (c == 37 and d == 62):
            seen[0] |= 64
        elif (c == 60 and (d == 47 or d == 33)) or (c == 47 and d == 62) or (c == 61 and (d == 34 or d == 39)):
            seen[0] |= 32
        elif (c == 40 and d == 41) or (c == 41 and d == 123) or (c == 41 and d == 59) or (c == 125 and d == 59):
            seen[0] |= 32
        elif c == 123 or c == 125:
            seen[0] |= 32
        elif c == 37 and p + 1 == gap_end and i < end and word_end[i] - word_start[i] == 1 and (d == 100 or d == 115):
            seen[0] |= 64
        elif c == 38 and p + 1 == gap_end and i < end and codes[word_end[i]] == 59 and word_end[i] < stop:
            seen[0] |= 64
        elif c == 36 or c == 0x20AC or c == 0xA3 or c == 0xFDFC or c == 0x20BA or c == 0x20B9:
            seen[0] |= 65536
        elif c == 43:
            seen[0] |= 131072
        elif c == 0xA9:
            seen[0] |= 1024
        # A mark between items stands free or is a bar: guillemets and slashes inside words are
        # not chains.
        if begin < i < end and _is_chain_mark(c) and (c == 124 or (codes[p - 1] == 32 and d == 32)):
            seen[1] += 1
            if i - seen[2] > seen[3]:
                seen[3] = cython.cast(cython.int, i) - seen[2]
            seen[2] = cython.cast(cython.int, i)
        p += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _date_from(
    codes: cython.const[cython.uint][::1],
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    word_flags: cython.const[cython.ushort][::1],
    word_hash: cython.const[cython.ulonglong][::1],
    keys: cython.const[cython.ulonglong][::1],
    classes: cython.const[cython.uchar][::1],
    begin: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    numbers: cython.Py_ssize_t,
    seen: cython.p_int,
) -> cython.uchar:
    """Words before the date that ends the words begin..end, 255 for none; notes a currency in `seen`, as
    `_gap_shapes` does, where there are `numbers`."""
    i: cython.Py_ssize_t = end - 1
    c: cython.uint
    f: cython.int
    kind: cython.int
    months: cython.int = 0
    days: cython.int = 0
    ages: cython.int = 0
    units: cython.int = 0
    counts: cython.int = 0
    dated: cython.int = 0
    while i >= begin:
        f = word_flags[i]
        if f & 2:
            counts += 1
            if i + 1 < end and word_flags[i + 1] & 2 and word_start[i + 1] == word_end[i] + 1:
                c = codes[word_end[i]]
                if c == 58:
                    dated |= 1
                elif (c == 47 or c == 45 or c == 46) and i + 2 < end and word_flags[i + 2] & 2:
                    if word_start[i + 2] == word_end[i + 1] + 1 and codes[word_end[i + 1]] == c:
                        dated |= 2
        else:
            kind = _word_class(keys, classes, word_hash[i])
            if kind == 0 or kind == 8:
                if kind == 8 and numbers:
                    seen[0] |= 65536
                if not (f & 1 and word_end[i] - word_start[i] <= 5):
                    break
                counts += 1
            elif kind <= 2:
                months += 1
            elif kind == 3:
                days += 1
            elif kind == 6:
                units += 1
            elif kind == 7:
                ages += 1
        i -= 1
    if counts and (months or days or dated or (ages and units)):
        return i + 1 - begin
    return 255


@cython.ccall
def shapes(
    scanned: Scanned, dates: Dates, date_limit: cython.int, bits: cython.ushort[::1], date_from: cython.uchar[::1]
) -> None:
    """Fill `bits` and `date_from` of every block.

    Shapes: bits uint16[n_blocks], the bits named in `patterns.SHAPES`; date_from uint8[n_blocks], words
    before the date that ends the block, 255 for none (blocks of at most `date_limit` words)."""
    codes: cython.const[cython.uint][::1] = scanned.codes
    word_start: cython.const[cython.int][::1] = scanned.word_start
    word_end: cython.const[cython.int][::1] = scanned.word_end
    word_flags: cython.const[cython.ushort][::1] = scanned.word_flags
    word_hash: cython.const[cython.ulonglong][::1] = scanned.word_hash
    block_start: cython.const[cython.int][::1] = scanned.block_start
    block_end: cython.const[cython.int][::1] = scanned.block_end
    block_word: cython.const[cython.int][::1] = scanned.block_word
    keys: cython.const[cython.ulonglong][::1] = dates.keys
    classes: cython.const[cython.uchar][::1] = dates.classes
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    p: cython.Py_ssize_t
    gap: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    n: cython.Py_ssize_t
    out: cython.int
    numbers: cython.Py_ssize_t
    urls: cython.Py_ssize_t
    tags: cython.Py_ssize_t
    digits: cython.Py_ssize_t
    steps: cython.Py_ssize_t
    value: cython.Py_ssize_t
    last_value: cython.Py_ssize_t
    f: cython.int
    c: cython.uint
    seen: cython.int[4]
    seen = [0] * 4
    with cython.nogil:
        for b in range(scanned.n_blocks):
            begin = block_word[b]
            end = block_word[b + 1]
            n = end - begin
            numbers = 0
            urls = 0
            tags = 0
            digits = 0
            steps = 0
            last_value = -1
            seen[0] = 0
            seen[1] = 0
            seen[2] = cython.cast(cython.int, begin)
            seen[3] = 0
            gap = block_start[b]
            stop = block_end[b]
            for i in range(begin, end):
                p = gap
                gap = word_start[i]
                # a blank says nothing
                if p != gap and not (p + 1 == gap and codes[p] == 32):
                    _gap_shapes(codes, word_start, word_end, begin, i, end, p, gap, stop, seen)
                gap = word_end[i]
                f = word_flags[i]
                # all digits, URL, hashtag
                if not f & 50:
                    continue
                if f & 2:
                    numbers += 1
                    digits += word_end[i] - word_start[i]
                    if n >= 3 and word_end[i] - word_start[i] <= 4:
                        value = 0
                        for p in range(word_start[i], word_end[i]):
                            value = value * 10 + (codes[p] & 15)
                        if value == last_value + 1:
                            steps += 1
                        last_value = value
                elif f & 16:
                    urls += 1
                if f & 32:
                    tags += 1
            if gap != stop:
                _gap_shapes(codes, word_start, word_end, begin, end, end, gap, stop, stop, seen)
            if end - seen[2] > seen[3]:
                seen[3] = cython.cast(cython.int, end) - seen[2]
            date_from[b] = 255
            if 0 < n <= date_limit:
                date_from[b] = _date_from(
                    codes, word_start, word_end, word_flags, word_hash, keys, classes, begin, end, numbers, seen
                )
            out = seen[0] & 65535
            if seen[1] >= 2 and seen[3] <= 4:
                out |= 128
            if numbers:
                if numbers == n:
                    out |= 1
                if steps >= 2 and numbers * 3 >= n * 2:
                    out |= 2
                if 7 <= digits <= 18 and n - numbers <= 3 and numbers <= 6:
                    out |= 4
                if seen[0] & 131072 and digits >= 8 and n - numbers <= 2:
                    out |= 4
                if seen[0] & 65536 and n <= 6:
                    out |= 512
            if n > 0:
                if urls == n:
                    out |= 8
                if n >= 2 and tags == n:
                    out |= 16
                c = codes[block_start[b]]
                if c == 91 and codes[stop - 1] == 93:
                    out |= 256
                if word_start[begin] > block_start[b]:
                    if c == 42 or c == 45 or c == 0x2022 or c == 0xB7 or c == 0x25AA or c == 0x25CF or c == 0x2013:
                        out |= 2048
            bits[b] = out


@cython.cclass
class Phrases:
    """Room for what phrases say of every block, see `lexicon.PhraseColumns`."""

    kinds: cython.ulonglong[::1]
    loose: cython.ulonglong[::1]
    whole: cython.int[::1]
    opening: cython.int[::1]
    best: cython.int[::1]
    cover: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.kinds,
            self.loose,
            self.whole,
            self.opening,
            self.best,
            self.cover,
        ) = columns


@cython.cclass
class Shapes:
    """Room for the shapes of every block, see `patterns.ShapeColumns`."""

    bits: cython.ushort[::1]
    date_from: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.bits,
            self.date_from,
        ) = columns


def find_phrases(
    scanned: Scanned,
    lexicon: Lexicon,
    number: cython.ulonglong,
    prime: cython.ulonglong,
    all_digits: cython.int,
    phrases: Phrases,
) -> None:
    """The phrases of every block, see `match`; no hits are noted."""
    hits: cython.int[::1] = phrases.whole[:0]
    match(
        scanned, lexicon, number, prime, all_digits, phrases.kinds, phrases.loose, phrases.whole, phrases.opening,
        phrases.best, phrases.cover, hits, -1,
    )  # fmt: skip


def find_shapes(scanned: Scanned, dates: Dates, date_limit: cython.int, found: Shapes) -> None:
    """The shapes of every block, see `shapes`."""
    shapes(scanned, dates, date_limit, found.bits, found.date_from)
