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

if cython.compiled:
    from cython.cimports.bilingual.labels.numbers import (
        DATE_CURRENCY,
        DATE_MONTH,
        DATE_MONTH_PART,
        DATE_RELATIVE,
        DATE_UNIT,
        DATE_WEEKDAY,
        NAVIGATION,
        NO_DATE,
        PROMO,
        SEEN_CURRENCY,
        SEEN_PLUS,
        SHAPE_BRACKETS,
        SHAPE_BULLET,
        SHAPE_CHAIN,
        SHAPE_COPYRIGHT,
        SHAPE_DIGITS,
        SHAPE_HASHTAGS,
        SHAPE_MARKUP,
        SHAPE_PAGES,
        SHAPE_PHONE,
        SHAPE_PRICE,
        SHAPE_RESIDUE,
        SHAPE_URLS,
    )
    from cython.cimports.bilingual.text.classes import (
        WORD_ALL_DIGITS,
        WORD_HAS_DIGIT,
        WORD_HASHTAG,
        WORD_URL,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.text.classes import *  # noqa: F403

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
    """The tables of the matcher and its constants, see `lexicon.Lexicon`.

    `number`: the word that stands for all numbers, those whose flags have `all_digits`; `prime` of the mixing step. Most
    words of a block for phrases in position start, lead, end and any-short, and for loose ones.
    """

    first: cython.const[cython.ushort][::1]
    base: cython.const[cython.int][::1]
    pairs: cython.const[cython.uchar][::1]
    nodes: cython.const[cython.ulonglong][::1]
    links: cython.const[cython.int][::1]
    row_meaning: cython.const[cython.uchar][::1]
    number: cython.ulonglong
    prime: cython.ulonglong
    all_digits: cython.int
    start_words: cython.Py_ssize_t
    lead_words: cython.Py_ssize_t
    end_words: cython.Py_ssize_t
    short_words: cython.Py_ssize_t
    loose_words: cython.Py_ssize_t

    def __init__(self, *columns: Any, number: int, prime: int, all_digits: int, limits: tuple[int, ...]) -> None:
        (
            self.first,
            self.base,
            self.pairs,
            self.nodes,
            self.links,
            self.row_meaning,
        ) = columns
        self.number = number
        self.prime = prime
        self.all_digits = all_digits
        self.start_words, self.lead_words, self.end_words, self.short_words, self.loose_words = limits


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


@cython.cclass
class Candidates:
    """Words of a stretch that may begin a phrase: where the node of each alone begins, and that of it with the word behind,
    0 for none.

    There are `n`, of which number `next` was not looked at yet; the next stretch begins with word `reach`.
    """

    word: cython.int[256]
    node: cython.int[256]
    next_node: cython.int[256]
    n: cython.Py_ssize_t
    next: cython.Py_ssize_t
    reach: cython.Py_ssize_t

    def __init__(self) -> None:
        self.word = [0] * 256
        self.node = [0] * 256
        self.next_node = [0] * 256
        self.n = 0
        self.next = 0
        self.reach = 0


@cython.cclass
class Matcher:
    """What the stages of the matcher share: tables, candidates and results, and where they are.

    Of block `b`: its words begin..end, `n` of them; those before `free` belong to a phrase that was found; words of the
    `longest` phrase in position. Of the walk from a word: the row, from 1 on, and the end of the longest phrase that holds,
    and of the longest that does not, 0 for none.

    `n_hits` hits were written, of block `hit_block` only (-1: none): first word, words, row, 1 when the position holds.
    """

    scanned: Scanned
    lexicon: Lexicon
    phrases: Phrases
    candidates: Candidates
    b: cython.Py_ssize_t
    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    n: cython.Py_ssize_t
    free: cython.Py_ssize_t
    longest: cython.Py_ssize_t
    held: cython.int
    held_end: cython.Py_ssize_t
    loose: cython.int
    loose_end: cython.Py_ssize_t
    hits: cython.int[::1]
    n_hits: cython.Py_ssize_t
    hit_block: cython.Py_ssize_t

    def __init__(self, scanned: Scanned, lexicon: Lexicon, phrases: Phrases) -> None:
        self.scanned = scanned
        self.lexicon = lexicon
        self.phrases = phrases
        self.candidates = Candidates()
        self.n_hits = 0
        self.hit_block = -1


@cython.cclass
class Outline:
    """What is seen of a block, see `_outline`: its words begin..end, `n` of them, and code points start..stop.

    `bits` of shapes, and SEEN_CURRENCY and SEEN_PLUS. Chain `marks`, the word that begins the
    present `item` between them, words of the `longest` item. Words that are numbers, URLs, hashtags; digits of the numbers;
    `steps` from a number to the next above it, value of the `last` one of at most four digits.
    """

    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    n: cython.Py_ssize_t
    start: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    bits: cython.int
    marks: cython.Py_ssize_t
    item: cython.Py_ssize_t
    longest: cython.Py_ssize_t
    numbers: cython.Py_ssize_t
    digits: cython.Py_ssize_t
    steps: cython.Py_ssize_t
    last: cython.Py_ssize_t
    urls: cython.Py_ssize_t
    tags: cython.Py_ssize_t


# The table of first words, by the low 16 bits of a hash: bit 1 first word of some phrase, 2 of a phrase that holds
# anywhere in a long block, 4 of a phrase of one word; above them where the nodes of such words begin, counted from the
# base of the 256 values around.
# A node has four items, so that a look at it takes one line of the cache: its key; rows, from 1 on, of the phrases that
# end here in positions line, start and lead; end, tail and any-short; any, then the first of all these. A row has 20
# bits. Bit 40 of the last: the next node is one of a word with the same low 16 bits; bits 48 to 63: longer phrases go on
# with a word of whose hash the bits 32 to 35 are 0 to 15. Node 0 is none. Nodes of first words come first, the others are
# found by `links`, a hash table.
# The meaning of a row: its kind in 6 bits, its label above them.


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mix(lexicon: Lexicon, h: cython.ulonglong, w: cython.ulonglong) -> cython.ulonglong:
    """The key of the node that word `w` leads to from the one of key `h`; 0 is that of the root."""
    mask: cython.ulonglong = 18446744073709551615
    x: cython.ulonglong = ((h ^ w) * lexicon.prime) & mask
    return x ^ (x >> 29)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _row(item: cython.ulonglong, place: cython.int) -> cython.int:
    """The row at `place`, counted from 0, of an item of a node."""
    return cython.cast(cython.int, (item >> (20 * place)) & 1048575)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_separator(c: cython.uint) -> cython.bint:
    """Whether a mark sets a lead-in off: colon, bar, dashes, chain signs, ellipsis, plus, brackets."""
    if c < 128:
        return (
            c == ord(":")
            or c == ord("|")
            or c == ord("-")
            or c == ord(">")
            or c == ord("+")
            or c == ord("(")
            or c == ord("[")
            or c == ord("~")
        )
    return (
        c == ord("–")
        or c == ord("—")
        or c == ord("»")
        or c == ord("›")
        or c == ord("…")
        or c == ord("\N{FULLWIDTH COLON}")
        or c == ord("•")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_set_off(scanned: Scanned, j: cython.Py_ssize_t) -> cython.bint:
    """Whether a separator mark, or two full stops, stand before word `j`; looks at 8 code points at most."""
    i: cython.Py_ssize_t = scanned.word_end[j - 1]
    end: cython.Py_ssize_t = scanned.word_start[j]
    stops: cython.int = 0
    if end > i + 8:
        end = i + 8
    while i < end:
        if _is_separator(scanned.codes[i]):
            return True
        if scanned.codes[i] == ord("."):
            stops += 1
        i += 1
    return stops >= 2


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _longer(lexicon: Lexicon, h: cython.ulonglong) -> cython.Py_ssize_t:
    """Where the node of key `h`, of two words or more, begins in `nodes`; 0 for none."""
    mask: cython.ulonglong = cython.cast(cython.ulonglong, lexicon.links.shape[0]) - 1
    one: cython.ulonglong = 1
    probe: cython.ulonglong = (h >> 17) & mask
    at: cython.Py_ssize_t = lexicon.links[probe]
    while at != 0 and lexicon.nodes[at] != h:
        probe = (probe + one) & mask
        at = lexicon.links[probe]
    return at


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _word(scanned: Scanned, lexicon: Lexicon, i: cython.Py_ssize_t) -> cython.ulonglong:
    """The hash under which phrases know word `i`: one for all numbers."""
    return lexicon.number if scanned.word_flags[i] & lexicon.all_digits else scanned.word_hash[i]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sift(scanned: Scanned, lexicon: Lexicon, c: Candidates, hi: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Take the words from `reach` to `hi` that may begin a phrase, with `next_node` 1 where one of two words or more; their
    number.

    Most words are sent away without a branch, which could not be foreseen.
    """
    mask: cython.ulonglong = 18446744073709551615
    low: cython.ulonglong = 65535
    n: cython.Py_ssize_t = 0
    i: cython.Py_ssize_t
    bits: cython.int
    longer: cython.int
    both: cython.ulonglong
    w: cython.ulonglong = _word(scanned, lexicon, c.reach)
    after: cython.ulonglong = w
    for i in range(c.reach, hi):
        if i + 1 < scanned.n_words:
            after = _word(scanned, lexicon, i + 1)
        bits = lexicon.first[w & low]
        # a small filter knows the first two words of longer phrases
        both = ((w * lexicon.prime & mask) + after & mask) >> 46
        longer = lexicon.pairs[both >> 3] >> (both & 7) & 1
        c.word[n] = cython.cast(cython.int, i)
        c.next_node[n] = longer
        n += bits & (bits >> 2 | longer) & 1
        w = after
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_nodes(scanned: Scanned, lexicon: Lexicon, c: Candidates, n: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Find the nodes of the first `n` candidates, each alone, and drop those that have none; how many are left."""
    low: cython.ulonglong = 65535
    kept: cython.Py_ssize_t = 0
    k: cython.Py_ssize_t
    at: cython.Py_ssize_t
    w: cython.ulonglong
    for k in range(n):
        w = _word(scanned, lexicon, c.word[k])
        at = 4 * (lexicon.base[(w >> 8) & 255] + (lexicon.first[w & low] >> 3))
        w = _mix(lexicon, 0, w)
        while lexicon.nodes[at] != w and lexicon.nodes[at + 3] >> 40 & 1:
            at += 4
        c.word[kept] = c.word[k]
        c.node[kept] = cython.cast(cython.int, at)
        c.next_node[kept] = c.next_node[k]
        kept += 1 if lexicon.nodes[at] == w else 0
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_next_nodes(scanned: Scanned, lexicon: Lexicon, c: Candidates, n: cython.Py_ssize_t) -> cython.void:
    """Find the nodes of the first `n` candidates with the word behind, where there may be one."""
    k: cython.Py_ssize_t
    j: cython.Py_ssize_t
    w: cython.ulonglong
    for k in range(n):
        if c.next_node[k]:
            j = c.word[k] + 1
            w = _word(scanned, lexicon, j) if j < scanned.n_words else 0
            w = _mix(lexicon, lexicon.nodes[c.node[k]], w)
            c.next_node[k] = cython.cast(cython.int, _longer(lexicon, w))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_stretch(scanned: Scanned, lexicon: Lexicon, c: Candidates) -> cython.void:
    """Take the candidates of the next stretch; their looks at nodes wait for memory together."""
    hi: cython.Py_ssize_t = c.reach + 256 if c.reach + 256 < scanned.n_words else scanned.n_words
    c.n = _sift(scanned, lexicon, c, hi)
    c.n = _find_nodes(scanned, lexicon, c, c.n)
    _find_next_nodes(scanned, lexicon, c, c.n)
    c.next = 0
    c.reach = hi


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _row_at_edge(
    m: Matcher, i: cython.Py_ssize_t, j: cython.Py_ssize_t, opening: cython.ulonglong, ending: cython.ulonglong
) -> cython.int:
    """The row, from 1 on, that words i..j hold as beginning or end of the block; 0 for none."""
    if i == m.begin:
        if j == m.end and _row(opening, 0):
            return _row(opening, 0)
        if _row(opening, 1) and m.n <= m.lexicon.start_words:
            return _row(opening, 1)
        if _row(opening, 2) and m.n <= m.lexicon.lead_words and (j == m.end or _is_set_off(m.scanned, j)):
            return _row(opening, 2)
    if j == m.end and m.n <= m.lexicon.end_words:
        if _row(ending, 0):
            return _row(ending, 0)
        if _row(ending, 1) and i > m.begin and _is_set_off(m.scanned, i):
            return _row(ending, 1)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_phrase(m: Matcher, i: cython.Py_ssize_t, j: cython.Py_ssize_t, at: cython.Py_ssize_t) -> cython.void:
    """Keep the phrase of words i..j, which ends at the node `at`, as the longest that holds, or as the longest loose one."""
    row: cython.int = 0
    if i == m.begin or j == m.end:
        row = _row_at_edge(m, i, j, m.lexicon.nodes[at + 1], m.lexicon.nodes[at + 2])
        if i == m.begin and j == m.end and _row(m.lexicon.nodes[at + 1], 0):
            m.phrases.whole[m.b] = row - 1
    if row == 0 and m.n <= m.lexicon.short_words:
        row = _row(m.lexicon.nodes[at + 2], 2)
    if row == 0:
        row = _row(m.lexicon.nodes[at + 3], 0)
    if row != 0:
        m.held = row
        m.held_end = j
    elif m.n <= m.lexicon.loose_words:
        m.loose = _row(m.lexicon.nodes[at + 3], 1)
        m.loose_end = j


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _step(lexicon: Lexicon, at: cython.Py_ssize_t, w: cython.ulonglong) -> cython.Py_ssize_t:
    """Where the node begins to which word `w` leads from the one at `at`; 0 for none."""
    if not (lexicon.nodes[at + 3] >> (48 + ((w >> 32) & 15))) & 1:
        return 0
    return _longer(lexicon, _mix(lexicon, lexicon.nodes[at], w))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _walk(m: Matcher, i: cython.Py_ssize_t, at: cython.Py_ssize_t, next_at: cython.Py_ssize_t) -> cython.void:
    """Walk the tree from word `i`, whose node begins at `at`, that of it with the word behind at `next_at`: the longest
    phrases, of those that hold and of the others."""
    ends: cython.ulonglong = 1099511627775
    j: cython.Py_ssize_t = i
    m.held = 0
    m.held_end = i
    m.loose = 0
    m.loose_end = i
    while at != 0:
        j += 1
        if m.lexicon.nodes[at + 3] & ends:
            _end_phrase(m, i, j, at)
        if j == m.end:
            return
        at = next_at if j == i + 1 else _step(m.lexicon, at, _word(m.scanned, m.lexicon, j))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _note(
    m: Matcher, start: cython.Py_ssize_t, end: cython.Py_ssize_t, row: cython.int, holds: cython.bint
) -> cython.void:
    """Write a hit behind those there are."""
    m.hits[4 * m.n_hits] = cython.cast(cython.int, start)
    m.hits[4 * m.n_hits + 1] = cython.cast(cython.int, end - start)
    m.hits[4 * m.n_hits + 2] = row
    m.hits[4 * m.n_hits + 3] = 1 if holds else 0
    m.n_hits += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count(
    m: Matcher, start: cython.Py_ssize_t, end: cython.Py_ssize_t, row: cython.int, holds: cython.bint
) -> cython.void:
    """Count the phrase of words start..end, in position where that `holds`, else loose; no other begins inside."""
    one: cython.ulonglong = 1
    kind: cython.ulonglong = one << (m.lexicon.row_meaning[row] & 63)
    label: cython.int = m.lexicon.row_meaning[row] >> 6
    if holds:
        m.phrases.kinds[m.b] |= kind
    else:
        m.phrases.loose[m.b] |= kind
    if label == NAVIGATION or label == PROMO:
        m.phrases.cover[4 * m.b + label - NAVIGATION + (0 if holds else 2)] += cython.cast(cython.int, end - start)
    if m.b == m.hit_block:
        _note(m, start, end, row, holds)
    m.free = end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle(m: Matcher, i: cython.Py_ssize_t) -> cython.void:
    """Count what the walk from word `i` found: a single word that holds gives way to a longer loose phrase."""
    row: cython.int = m.held - 1
    n: cython.Py_ssize_t = m.held_end - i
    if m.held > 0 and (m.held_end >= m.loose_end or n >= 2):
        _count(m, i, m.held_end, row, True)
        if i == m.begin:
            m.phrases.opening[m.b] = row
        if n > m.longest:
            m.longest = n
            m.phrases.best[m.b] = row
    elif m.loose > 0:
        _count(m, i, m.loose_end, m.loose - 1, False)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_count(m: Matcher, i: cython.Py_ssize_t) -> cython.bint:
    """Whether a phrase from word `i` on can count: inside long blocks only those that hold anywhere, or near the end."""
    if m.n <= m.lexicon.loose_words or i == m.begin or (m.end - i <= 8 and m.n <= m.lexicon.end_words):
        return True
    return m.lexicon.first[_word(m.scanned, m.lexicon, i) & 65535] & 2 != 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _has_candidate(m: Matcher, c: Candidates) -> cython.bint:
    """Whether the next candidate is in the block; reads on where the stretch is at its end."""
    while c.next == c.n:
        if c.reach >= m.end:
            return False
        _read_stretch(m.scanned, m.lexicon, c)
    return c.word[c.next] < m.end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _open_block(m: Matcher, b: cython.Py_ssize_t) -> cython.void:
    """Begin with block `b`, of which nothing is said yet."""
    k: cython.Py_ssize_t
    m.b = b
    m.begin = m.scanned.block_word[b]
    m.end = m.scanned.block_word[b + 1]
    m.n = m.end - m.begin
    m.free = m.begin
    m.longest = 0
    m.phrases.kinds[b] = 0
    m.phrases.loose[b] = 0
    m.phrases.whole[b] = -1
    m.phrases.opening[b] = -1
    m.phrases.best[b] = -1
    for k in range(4):
        m.phrases.cover[4 * b + k] = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _match(m: Matcher, c: Candidates) -> cython.void:
    """Fill the columns of every block, from its candidates.

    Shapes: per block kinds, loose, whole, opening, best; cover int32[4 * n_blocks]: words covered in
    position (navigation, promo) and out of position (navigation, promo)."""
    b: cython.Py_ssize_t
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t
    for b in range(m.scanned.n_blocks):
        _open_block(m, b)
        while _has_candidate(m, c):
            k = c.next
            i = c.word[k]
            c.next += 1
            if i >= m.free and _may_count(m, i):
                _walk(m, i, c.node[k], c.next_node[k])
                _settle(m, i)


def find_phrases(scanned: Scanned, lexicon: Lexicon, phrases: Phrases) -> None:
    """The phrases of every block, see `_match`."""
    m: Matcher = Matcher(scanned, lexicon, phrases)
    with cython.nogil:
        _match(m, m.candidates)


def find_hits(
    scanned: Scanned, lexicon: Lexicon, phrases: Phrases, block: cython.Py_ssize_t, hits: cython.int[::1]
) -> int:
    """The same, and the phrases of one block in `hits`, four numbers each, see `Matcher`; how many there are."""
    m: Matcher = Matcher(scanned, lexicon, phrases)
    m.hits = hits
    m.hit_block = block
    with cython.nogil:
        _match(m, m.candidates)
    return m.n_hits


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _word_class(dates: Dates, w: cython.ulonglong) -> cython.int:
    """The class of the word of hash `w`; 0 for none."""
    mask: cython.ulonglong = dates.keys.shape[0] - 1
    one: cython.ulonglong = 1
    zero: cython.ulonglong = 0
    probe: cython.ulonglong = (w >> 17) & mask
    while dates.keys[probe] != zero:
        if dates.keys[probe] == w:
            return dates.classes[probe]
        probe = (probe + one) & mask
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_chain_mark(c: cython.uint) -> cython.bint:
    """Whether a mark stands between the items of a bread crumb or menu line."""
    if c < 128:
        return c == ord("|") or c == ord(">") or c == ord("/")
    return (
        c == ord("»")
        or c == ord("›")
        or c == ord("·")
        or c == ord("•")
        or c == ord("→")
        or c == ord("←")
        or c == ord("«")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _opens_template(c: cython.uint, d: cython.uint) -> cython.bint:
    """Whether two marks are those of a template: {{ }} <% %>"""
    return (
        (c == ord("{") and d == ord("{"))
        or (c == ord("}") and d == ord("}"))
        or (c == ord("<") and d == ord("%"))
        or (c == ord("%") and d == ord(">"))
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_markup(c: cython.uint, d: cython.uint) -> cython.bint:
    """Whether two marks, or the first alone, are those of tags, attributes, calls or braces: </ <! /> =" =' () ){ ); { }"""
    return (
        (c == ord("<") and (d == ord("/") or d == ord("!")))
        or (c == ord("/") and d == ord(">"))
        or (c == ord("=") and (d == ord('"') or d == ord("'")))
        or (c == ord("(") and d == ord(")"))
        or (c == ord(")") and (d == ord("{") or d == ord(";")))
        or c == ord("{")
        or c == ord("}")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_currency(c: cython.uint) -> cython.bint:
    """Whether a mark is the sign of a currency."""
    return (
        c == ord("$")
        or c == ord("€")
        or c == ord("£")
        or c == ord("\N{RIAL SIGN}")
        or c == ord("\N{TURKISH LIRA SIGN}")
        or c == ord("\N{INDIAN RUPEE SIGN}")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mark_bits(c: cython.uint, d: cython.uint) -> cython.int:
    """The bits, see `Outline`, that the mark `c` stands for, with `d` behind it."""
    if _opens_template(c, d):
        return SHAPE_RESIDUE
    if _is_markup(c, d):
        return SHAPE_MARKUP
    if _is_currency(c):
        return SEEN_CURRENCY
    if c == ord("+"):
        return SEEN_PLUS
    return SHAPE_COPYRIGHT if c == ord("©") else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_residue(scanned: Scanned, c: cython.uint, i: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.bint:
    """Whether the mark `c` and word `i` right behind it are a place of a template, as %d, or an entity, as &nbsp;"""
    start: cython.Py_ssize_t = scanned.word_start[i]
    end: cython.Py_ssize_t = scanned.word_end[i]
    if c == ord("%"):
        return end - start == 1 and (scanned.codes[start] == ord("d") or scanned.codes[start] == ord("s"))
    return c == ord("&") and end < stop and scanned.codes[end] == ord(";")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _end_item(seen: Outline, i: cython.Py_ssize_t) -> cython.void:
    """End the present item of a chain before word `i`."""
    if i - seen.item > seen.longest:
        seen.longest = i - seen.item
    seen.item = i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _stands_free(scanned: Scanned, c: cython.uint, p: cython.Py_ssize_t, d: cython.uint) -> cython.bint:
    """Whether the mark `c` at `p`, with `d` behind it, parts items: guillemets and slashes inside words are no chains."""
    return c == ord("|") or (scanned.codes[p - 1] == ord(" ") and d == ord(" "))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_gap(
    seen: Outline, scanned: Scanned, i: cython.Py_ssize_t, p: cython.Py_ssize_t, gap_end: cython.Py_ssize_t
) -> cython.void:
    """Note the marks p..gap_end before word `i` of the block, or after its last one."""
    c: cython.uint
    d: cython.uint
    while p < gap_end:
        c = scanned.codes[p]
        if c == ord(" ") or c == ord(",") or c == ord("."):
            p += 1
            continue
        d = scanned.codes[p + 1] if p + 1 < seen.stop else 0
        seen.bits |= _mark_bits(c, d)
        if p + 1 == gap_end and i < seen.end and _is_residue(scanned, c, i, seen.stop):
            seen.bits |= SHAPE_RESIDUE
        if seen.begin < i < seen.end and _is_chain_mark(c) and _stands_free(scanned, c, p, d):
            seen.marks += 1
            _end_item(seen, i)
        p += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count_number(seen: Outline, scanned: Scanned, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.void:
    """Count the number of code points start..end."""
    p: cython.Py_ssize_t
    value: cython.Py_ssize_t = 0
    seen.numbers += 1
    seen.digits += end - start
    if seen.n >= 3 and end - start <= 4:
        for p in range(start, end):
            value = value * 10 + (scanned.codes[p] & 15)
        if value == seen.last + 1:
            seen.steps += 1
        seen.last = value


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _open_outline(seen: Outline, scanned: Scanned, b: cython.Py_ssize_t) -> cython.void:
    """Begin with block `b`, of which nothing was seen yet."""
    seen.begin = scanned.block_word[b]
    seen.end = scanned.block_word[b + 1]
    seen.n = seen.end - seen.begin
    seen.start = scanned.block_start[b]
    seen.stop = scanned.block_end[b]
    seen.bits = 0
    seen.marks = 0
    seen.item = seen.begin
    seen.longest = 0
    seen.numbers = 0
    seen.digits = 0
    seen.steps = 0
    seen.last = -1
    seen.urls = 0
    seen.tags = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _outline(seen: Outline, scanned: Scanned, b: cython.Py_ssize_t) -> cython.void:
    """See the words of block `b` and the marks between them."""
    i: cython.Py_ssize_t
    p: cython.Py_ssize_t
    gap: cython.Py_ssize_t
    f: cython.int
    _open_outline(seen, scanned, b)
    gap = seen.start
    for i in range(seen.begin, seen.end):
        p = gap
        gap = scanned.word_start[i]
        # a blank says nothing
        if p != gap and not (p + 1 == gap and scanned.codes[p] == ord(" ")):
            _read_gap(seen, scanned, i, p, gap)
        gap = scanned.word_end[i]
        f = scanned.word_flags[i]
        if not f & (WORD_ALL_DIGITS | WORD_URL | WORD_HASHTAG):
            continue
        if f & WORD_ALL_DIGITS:
            _count_number(seen, scanned, scanned.word_start[i], gap)
        elif f & WORD_URL:
            seen.urls += 1
        if f & WORD_HASHTAG:
            seen.tags += 1
    if gap != seen.stop:
        _read_gap(seen, scanned, seen.end, gap, seen.stop)
    _end_item(seen, seen.end)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _follows(scanned: Scanned, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether word `i` has a digit (30, 30م), is one mark behind the word before, and before word `end`."""
    return i < end and scanned.word_flags[i] & WORD_HAS_DIGIT != 0 and scanned.word_start[i] == scanned.word_end[i - 1] + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_dated(scanned: Scanned, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether number `i` begins a time, as 12:45, or a date, as 03/05/2020, before word `end`."""
    c: cython.uint
    if not _follows(scanned, i + 1, end):
        return False
    c = scanned.codes[scanned.word_end[i]]
    if c == ord("/") or c == ord("-") or c == ord("."):
        return _follows(scanned, i + 2, end) and scanned.codes[scanned.word_end[i + 1]] == c
    return c == ord(":")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_date(has: cython.int) -> cython.bint:
    """Whether words of these classes, see `_date_from`, make a date: a number with a month, a weekday or the marks, or with a
    unit and a relative word."""
    names: cython.int = 1 << DATE_MONTH | 1 << DATE_MONTH_PART | 1 << DATE_WEEKDAY | 1 << DATE_CURRENCY
    ago: cython.int = 1 << DATE_UNIT | 1 << DATE_RELATIVE
    return has & 1 != 0 and (has & names != 0 or has & ago == ago)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _date_from(seen: Outline, scanned: Scanned, dates: Dates) -> cython.uchar:
    """Words before the date that ends the block, NO_DATE for none; notes a currency where there are numbers.

    `has`: a bit for each class of words of the date; bit 0 for a number, that of DATE_CURRENCY, which is of none, for numbers
    with the marks of a date.
    """
    i: cython.Py_ssize_t = seen.end - 1
    f: cython.int
    kind: cython.int
    has: cython.int = 0
    while i >= seen.begin:
        f = scanned.word_flags[i]
        if f & WORD_ALL_DIGITS:
            has |= 1 | 1 << DATE_CURRENCY if _is_dated(scanned, i, seen.end) else 1
        else:
            kind = _word_class(dates, scanned.word_hash[i])
            if kind == DATE_CURRENCY and seen.numbers:
                seen.bits |= SEEN_CURRENCY
            if kind == 0 or kind == DATE_CURRENCY:
                # a number and its era: 2020م, 1445هـ
                if not (f & WORD_HAS_DIGIT and scanned.word_end[i] - scanned.word_start[i] <= 6):
                    break
                kind = 0
            has |= 1 << kind
        i -= 1
    return cython.cast(cython.uchar, i + 1 - seen.begin) if _is_date(has) else NO_DATE


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _number_bits(seen: Outline) -> cython.int:
    """The shapes of a block with numbers: digits, pages, phone, price."""
    out: cython.int = 0
    others: cython.Py_ssize_t = seen.n - seen.numbers
    if others == 0:
        out |= SHAPE_DIGITS
    if seen.steps >= 2 and seen.numbers * 3 >= seen.n * 2:
        out |= SHAPE_PAGES
    if 7 <= seen.digits <= 18 and others <= 3 and seen.numbers <= 6:
        out |= SHAPE_PHONE
    if seen.bits & SEEN_PLUS and seen.digits >= 8 and others <= 2:
        out |= SHAPE_PHONE
    if seen.bits & SEEN_CURRENCY and seen.n <= 6:
        out |= SHAPE_PRICE
    return out


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_bullet(c: cython.uint) -> cython.bint:
    """Whether a mark before the first word makes an item of a list."""
    return (
        c == ord("*")
        or c == ord("-")
        or c == ord("•")
        or c == ord("·")
        or c == ord("▪")
        or c == ord("●")
        or c == ord("–")
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _frame_bits(seen: Outline, scanned: Scanned) -> cython.int:
    """The shapes that the first and the last mark of a block with words make: brackets, bullet."""
    c: cython.uint = scanned.codes[seen.start]
    if c == ord("[") and scanned.codes[seen.stop - 1] == ord("]"):
        return SHAPE_BRACKETS
    if scanned.word_start[seen.begin] > seen.start and _is_bullet(c):
        return SHAPE_BULLET
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _shape_bits(seen: Outline, scanned: Scanned) -> cython.ushort:
    """All shapes of the block, bits of `patterns.SHAPES`."""
    out: cython.int = seen.bits & ~(SEEN_CURRENCY | SEEN_PLUS)
    if seen.marks >= 2 and seen.longest <= 4:
        out |= SHAPE_CHAIN
    if seen.numbers:
        out |= _number_bits(seen)
    if seen.n > 0:
        if seen.urls == seen.n:
            out |= SHAPE_URLS
        if seen.n >= 2 and seen.tags == seen.n:
            out |= SHAPE_HASHTAGS
        out |= _frame_bits(seen, scanned)
    return cython.cast(cython.ushort, out)


def find_shapes(scanned: Scanned, dates: Dates, date_limit: cython.Py_ssize_t, found: Shapes) -> None:
    """The shapes of every block.

    Shapes: bits uint16[n_blocks], the bits named in `patterns.SHAPES`; date_from uint8[n_blocks], words
    before the date that ends the block, NO_DATE for none (blocks of at most `date_limit` words)."""
    seen: Outline = Outline()
    b: cython.Py_ssize_t
    with cython.nogil:
        for b in range(scanned.n_blocks):
            _outline(seen, scanned, b)
            found.date_from[b] = _date_from(seen, scanned, dates) if 0 < seen.n <= date_limit else NO_DATE
            found.bits[b] = _shape_bits(seen, scanned)
