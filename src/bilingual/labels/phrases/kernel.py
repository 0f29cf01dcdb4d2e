# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Every lexicon phrase in every block, in one pass over the word hashes.

The lexicon is a tree of words: the key of a node is the combined hash of the words that lead to it. A table of
first words and a filter of first pairs send most words away, and inside long blocks, where few phrases count, nearly
all; the first looks of the others are taken some dozens at a time, so that they wait for memory together. Then each
walks the tree, and the longest phrase whose position holds wins. A phrase that occurs out of its position counts as
loose, in short blocks only.

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
        NAVIGATION,
        POSITION_ANY,
        POSITION_END,
        POSITION_LINE,
        POSITION_SENTENCE,
        POSITION_SHORT,
        POSITION_START,
        POSITION_TAIL,
        POSITION_WITHIN,
        PROMO,
        SEVERAL_POSITIONS,
    )
    from cython.cimports.bilingual.labels.packed import (
        ALIKE,
        BEGINS,
        BEGINS_ALONE,
        BEGINS_ANYWHERE,
        BEGINS_INSIDE,
        COVERS,
        END_FOLLOWS,
        END_KIND,
        END_LABEL,
        END_POSITION,
        END_ROW,
        FIRST_NODE,
        KIND_MASK,
        LONGER,
        NAVIGATION_COVER,
        NAVIGATION_LOOSE,
        POSITION_MASK,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.packed import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan, see `scan.Scan`; the columns may have room for more than `n_words` and `n_blocks`."""

    codes: cython.const[cython.uint][::1]
    word_start: cython.const[cython.int][::1]
    word_end: cython.const[cython.int][::1]
    word_flags: cython.const[cython.ushort][::1]
    word_hash: cython.const[cython.ulonglong][::1]
    block_word: cython.const[cython.int][::1]
    n_words: cython.Py_ssize_t
    n_blocks: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (
            self.codes,
            self.word_start,
            self.word_end,
            self.word_flags,
            self.word_hash,
            self.block_word,
        ) = columns

    def hold(self, n_words: cython.Py_ssize_t, n_blocks: cython.Py_ssize_t) -> None:
        """What changes with every batch."""
        self.n_words = n_words
        self.n_blocks = n_blocks


@cython.cclass
class Lexicon:
    """The tables of the matcher and its constants, see `lexicon.Lexicon`.

    `number`: the word that stands for all numbers, those whose flags have `all_digits`; `prime` of the mixing step. Most
    words of a block for phrases in position start, lead, end, any-short, sentence and within, and for loose ones. The nodes
    of two words and more begin at `longer`.
    """

    first: cython.const[cython.ushort][::1]
    base: cython.const[cython.int][::1]
    pairs: cython.const[cython.uchar][::1]
    nodes: cython.const[cython.ulonglong][::1]
    ends: cython.const[cython.uint][::1]
    number: cython.ulonglong
    prime: cython.ulonglong
    all_digits: cython.int
    longer: cython.Py_ssize_t
    start_words: cython.Py_ssize_t
    lead_words: cython.Py_ssize_t
    end_words: cython.Py_ssize_t
    short_words: cython.Py_ssize_t
    within_words: cython.Py_ssize_t
    loose_words: cython.Py_ssize_t

    def __init__(
        self, *columns: Any, number: int, prime: int, all_digits: int, longer: int, limits: tuple[int, ...]
    ) -> None:
        (
            self.first,
            self.base,
            self.pairs,
            self.nodes,
            self.ends,
        ) = columns
        self.number = number
        self.prime = prime
        self.all_digits = all_digits
        self.longer = longer
        (
            self.start_words, self.lead_words, self.end_words, self.short_words, self.within_words, self.loose_words,
        ) = limits  # fmt: skip


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
class Candidates:
    """Words of a stretch that may begin a phrase: where the node of each alone begins, and that of it with the word behind,
    0 for none; `key`, `seen` and `some` are work space for the looks at them.

    There are `n`, of which number `next` was not looked at yet; the next stretch begins with word `reach`. Only phrases
    that hold anywhere, or inside a notice, count from the words inner..inner_end of the next long block, by `inside` (see
    `_sift`); `block` is the one after it.
    """

    word: cython.int[256]
    node: cython.int[256]
    next_node: cython.int[256]
    some: cython.int[256]
    key: cython.ulonglong[256]
    seen: cython.ulonglong[256]
    n: cython.Py_ssize_t
    next: cython.Py_ssize_t
    reach: cython.Py_ssize_t
    inner: cython.Py_ssize_t
    inner_end: cython.Py_ssize_t
    inside: cython.int
    block: cython.Py_ssize_t

    def __init__(self) -> None:
        if not cython.compiled:
            # compiled, they are zeros
            self.word, self.node, self.next_node, self.some = ([0] * 256 for _ in range(4))
            self.key, self.seen = [0] * 256, [0] * 256
        self.n = 0
        self.next = 0
        self.reach = 0
        self.inner = 0
        self.inner_end = 0
        self.inside = BEGINS_ANYWHERE
        self.block = 0


@cython.cclass
class Matcher:
    """What the stages of the matcher share: tables, candidates and results, and where they are.

    Of block `b`: its words begin..end, `n` of them; those before `free` belong to a phrase that was found; words of the
    `longest` phrase in position. Of the walk from a word: what is known of the end of the longest phrase that holds, and where
    it is, and of the longest that does not, 0 for none.

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
    held: cython.uint
    held_end: cython.Py_ssize_t
    loose: cython.uint
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


# A node has two items, four nodes are a line of the cache: its key; what ends here, and what goes on. Node 0 is none. Nodes
# of first words come first, the others are a hash table. Where phrases in several positions end at a node, the node has
# their place in `ends`. What stands in these numbers, and in that of a first word: see `packed`.


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
def _is_opened(scanned: Scanned, j: cython.Py_ssize_t) -> cython.bint:
    """Whether a sentence may begin with word `j`, not the first of its block: the end of one, or a mark that sets off,
    stands before it, and white space, which numbers and names with a stop in them do not have; looks at 8 code points
    at most."""
    i: cython.Py_ssize_t = scanned.word_end[j - 1]
    end: cython.Py_ssize_t = scanned.word_start[j]
    c: cython.uint
    ends: cython.bint = False
    if end > i + 8:
        end = i + 8
    while i < end:
        c = scanned.codes[i]
        if c == ord(".") or c == ord("!") or c == ord("?") or c == ord("؟") or c == ord("۔") or _is_separator(c):
            ends = True
        elif ends and c == ord(" "):
            return True
        i += 1
    return False


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _place_of(lexicon: Lexicon, h: cython.ulonglong) -> cython.Py_ssize_t:
    """Where the node of key `h`, of two words or more, begins in `nodes` if no other stands there."""
    size: cython.ulonglong = cython.cast(cython.ulonglong, lexicon.nodes.shape[0] - lexicon.longer)
    two: cython.ulonglong = 2
    return lexicon.longer + cython.cast(cython.Py_ssize_t, (h >> 16) & (size - two))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _longer(lexicon: Lexicon, h: cython.ulonglong) -> cython.Py_ssize_t:
    """Where the node of key `h`, of two words or more, begins in `nodes`; 0 for none."""
    zero: cython.ulonglong = 0
    at: cython.Py_ssize_t = _place_of(lexicon, h)
    while lexicon.nodes[at] != h:
        if lexicon.nodes[at] == zero:
            return 0
        at += 2
        if at == lexicon.nodes.shape[0]:
            at = lexicon.longer
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
def _sift(
    scanned: Scanned, lexicon: Lexicon, c: Candidates, hi: cython.Py_ssize_t, inside: cython.int
) -> cython.void:
    """Take the words from `reach` to `hi` that may begin a phrase, with `next_node` 1 where one of two words or more. `inside`
    is the bit that says so: BEGINS, of words inside a long block BEGINS_ANYWHERE, inside a notice BEGINS_INSIDE.

    Most words are sent away without a branch, which could not be foreseen.
    """
    mask: cython.ulonglong = 18446744073709551615
    low: cython.ulonglong = 65535
    n: cython.Py_ssize_t = c.n
    i: cython.Py_ssize_t
    bits: cython.int
    longer: cython.int
    both: cython.ulonglong
    w: cython.ulonglong = _word(scanned, lexicon, c.reach)
    after: cython.ulonglong
    for i in range(c.reach, hi):
        # columns have room for one more: what stands behind the last word of all is in no block
        after = _word(scanned, lexicon, i + 1)
        bits = lexicon.first[w & low]
        # a small filter knows the first two words of longer phrases
        both = ((w * lexicon.prime & mask) + after & mask) >> 46
        longer = lexicon.pairs[both >> 3] >> (both & 7) & 1
        c.word[n] = cython.cast(cython.int, i)
        c.next_node[n] = longer
        n += bits >> inside & (bits >> BEGINS_ALONE | longer) & 1
        w = after
    c.n = n
    c.reach = hi


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_long_block(scanned: Scanned, lexicon: Lexicon, c: Candidates) -> cython.void:
    """Find the next long block; near its end phrases count that hold there, if it is not too long for them."""
    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    while c.block < scanned.n_blocks:
        begin = scanned.block_word[c.block]
        end = scanned.block_word[c.block + 1]
        c.block += 1
        if end - begin > lexicon.loose_words:
            c.inner = begin + 1
            c.inner_end = end - 8 if end - begin <= lexicon.end_words else end
            c.inside = BEGINS_INSIDE if end - begin <= lexicon.within_words else BEGINS_ANYWHERE
            return
    c.inner = scanned.n_words
    c.inner_end = scanned.n_words


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_at_first(scanned: Scanned, lexicon: Lexicon, c: Candidates) -> cython.void:
    """Look at the first node that each candidate alone may have: no look waits for another."""
    low: cython.ulonglong = 65535
    k: cython.Py_ssize_t
    at: cython.Py_ssize_t
    w: cython.ulonglong
    for k in range(c.n):
        w = _word(scanned, lexicon, c.word[k])
        at = 2 * (lexicon.base[(w >> 8) & 255] + (lexicon.first[w & low] >> FIRST_NODE))
        c.key[k] = _mix(lexicon, 0, w)
        c.node[k] = cython.cast(cython.int, at)
        c.seen[k] = lexicon.nodes[at]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_nodes(lexicon: Lexicon, c: Candidates) -> cython.void:
    """Find the nodes of the candidates, each alone, and drop those that have none."""
    kept: cython.Py_ssize_t = 0
    k: cython.Py_ssize_t
    at: cython.Py_ssize_t
    key: cython.ulonglong
    for k in range(c.n):
        key = c.key[k]
        at = c.node[k]
        if c.seen[k] != key:
            while lexicon.nodes[at] != key and lexicon.nodes[at + 1] >> ALIKE & 1:
                at += 2
            if lexicon.nodes[at] != key:
                continue
        c.word[kept] = c.word[k]
        c.key[kept] = key
        c.node[kept] = cython.cast(cython.int, at)
        c.next_node[kept] = c.next_node[k]
        kept += 1
    c.n = kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_next_nodes(scanned: Scanned, lexicon: Lexicon, c: Candidates) -> cython.void:
    """Find the nodes of the candidates with the word behind, where there may be one: their first looks, too, wait for memory
    together."""
    n: cython.Py_ssize_t = 0
    k: cython.Py_ssize_t
    m: cython.Py_ssize_t
    j: cython.Py_ssize_t
    w: cython.ulonglong
    for k in range(c.n):
        c.some[n] = cython.cast(cython.int, k)
        n += c.next_node[k]
    for m in range(n):
        j = c.word[c.some[m]] + 1
        w = _word(scanned, lexicon, j) if j < scanned.n_words else 0
        w = _mix(lexicon, c.key[c.some[m]], w)
        c.key[m] = w  # in place of the key of candidate `m`, which was looked at: some[m] is at least m
        c.seen[m] = lexicon.nodes[_place_of(lexicon, w)]
    for m in range(n):
        w = c.key[m]
        c.next_node[c.some[m]] = cython.cast(
            cython.int, _place_of(lexicon, w) if c.seen[m] == w else _longer(lexicon, w)
        )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_stretch(scanned: Scanned, lexicon: Lexicon, c: Candidates) -> cython.void:
    """Take the candidates of the next stretch; their looks at nodes wait for memory together."""
    hi: cython.Py_ssize_t = c.reach + 256 if c.reach + 256 < scanned.n_words else scanned.n_words
    c.n = 0
    while c.reach < hi:
        if c.reach >= c.inner_end:
            _find_long_block(scanned, lexicon, c)
        if c.reach < c.inner:
            _sift(scanned, lexicon, c, c.inner if c.inner < hi else hi, BEGINS)
        else:
            _sift(scanned, lexicon, c, c.inner_end if c.inner_end < hi else hi, c.inside)
    _look_at_first(scanned, lexicon, c)
    _find_nodes(lexicon, c)
    _find_next_nodes(scanned, lexicon, c)
    c.next = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _holds(m: Matcher, i: cython.Py_ssize_t, j: cython.Py_ssize_t, position: cython.int) -> cython.bint:
    """Whether words i..j of the block stand in `position`."""
    if position == POSITION_ANY:
        return True
    if position == POSITION_SHORT:
        return m.n <= m.lexicon.short_words
    if position == POSITION_SENTENCE or position == POSITION_WITHIN:
        if m.n > m.lexicon.within_words:
            return False
        return position == POSITION_WITHIN or i == m.begin or _is_opened(m.scanned, i)
    if position == POSITION_END or position == POSITION_TAIL:
        if j != m.end or m.n > m.lexicon.end_words:
            return False
        return position == POSITION_END or (i > m.begin and _is_set_off(m.scanned, i))
    if i != m.begin:
        return False
    if position == POSITION_LINE:
        return j == m.end
    if position == POSITION_START:
        return m.n <= m.lexicon.start_words
    return m.n <= m.lexicon.lead_words and (j == m.end or _is_set_off(m.scanned, j))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _row(end: cython.uint) -> cython.int:
    """The row of the lexicon of a phrase that ends."""
    return cython.cast(cython.int, end & END_ROW) - 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _position(end: cython.uint) -> cython.int:
    """The position of a phrase that ends."""
    return cython.cast(cython.int, end >> END_POSITION & POSITION_MASK)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_phrase(m: Matcher, i: cython.Py_ssize_t, j: cython.Py_ssize_t, end: cython.uint) -> cython.void:
    """Keep the phrase of words i..j as the longest that holds, in the first position that does, or as the longest loose
    one."""
    place: cython.Py_ssize_t = 0
    first: cython.uint
    if _position(end) == SEVERAL_POSITIONS:
        place = end & END_ROW
        end = m.lexicon.ends[place]
    first = end
    while not _holds(m, i, j, _position(end)):
        if not end >> END_FOLLOWS & 1:
            if m.n <= m.lexicon.loose_words:
                m.loose = first
                m.loose_end = j
            return
        place += 1
        end = m.lexicon.ends[place]
    m.held = end
    m.held_end = j
    if _position(end) == POSITION_LINE:
        m.phrases.whole[m.b] = _row(end)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _step(lexicon: Lexicon, at: cython.Py_ssize_t, w: cython.ulonglong) -> cython.Py_ssize_t:
    """Where the node begins to which word `w` leads from the one at `at`; 0 for none."""
    if not (lexicon.nodes[at + 1] >> (LONGER + ((w >> 32) & 15))) & 1:
        return 0
    return _longer(lexicon, _mix(lexicon, lexicon.nodes[at], w))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _walk(m: Matcher, i: cython.Py_ssize_t, at: cython.Py_ssize_t, next_at: cython.Py_ssize_t) -> cython.void:
    """Walk the tree from word `i`, whose node begins at `at`, that of it with the word behind at `next_at`: the longest
    phrases, of those that hold and of the others."""
    low: cython.ulonglong = 4294967295
    end: cython.uint
    j: cython.Py_ssize_t = i
    m.held = 0
    m.held_end = i
    m.loose = 0
    m.loose_end = i
    while at != 0:
        j += 1
        end = cython.cast(cython.uint, m.lexicon.nodes[at + 1] & low)
        if end:
            _end_phrase(m, i, j, end)
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
    m: Matcher, start: cython.Py_ssize_t, end: cython.Py_ssize_t, phrase: cython.uint, holds: cython.bint
) -> cython.void:
    """Count the phrase of words start..end, in position where that `holds`, else loose; no other begins inside."""
    one: cython.ulonglong = 1
    kind: cython.ulonglong = one << (phrase >> END_KIND & KIND_MASK)
    label: cython.int = phrase >> END_LABEL
    if holds:
        m.phrases.kinds[m.b] |= kind
    else:
        m.phrases.loose[m.b] |= kind
    cover: cython.int = label - NAVIGATION + (NAVIGATION_COVER if holds else NAVIGATION_LOOSE)
    if label == NAVIGATION or label == PROMO:
        m.phrases.cover[COVERS * m.b + cover] += cython.cast(cython.int, end - start)
    if m.b == m.hit_block:
        _note(m, start, end, _row(phrase), holds)
    m.free = end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle(m: Matcher, i: cython.Py_ssize_t) -> cython.void:
    """Count what the walk from word `i` found: a single word that holds gives way to a longer loose phrase."""
    row: cython.int = _row(m.held)
    n: cython.Py_ssize_t = m.held_end - i
    if m.held > 0 and (m.held_end >= m.loose_end or n >= 2):
        _count(m, i, m.held_end, m.held, True)
        if i == m.begin:
            m.phrases.opening[m.b] = row
        if n > m.longest:
            m.longest = n
            m.phrases.best[m.b] = row
    elif m.loose > 0:
        _count(m, i, m.loose_end, m.loose, False)


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
    for k in range(COVERS):
        m.phrases.cover[COVERS * b + k] = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _match(m: Matcher, c: Candidates) -> cython.void:
    """Fill the columns of every block, from its candidates.

    Shapes: per block kinds, loose, whole, opening, best; cover int32[COVERS * n_blocks], see `packed`."""
    b: cython.Py_ssize_t
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t
    for b in range(m.scanned.n_blocks):
        _open_block(m, b)
        while _has_candidate(m, c):
            k = c.next
            i = c.word[k]
            c.next += 1
            if i >= m.free:
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
