# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Words that may begin a phrase of the lexicon, and the tree of words that its phrases are.

The key of a node is the combined hash of the words that lead to it. A table of first words and a filter of first pairs
send most words away, and inside long blocks, where few phrases count, nearly all; the first looks of the others are
taken some dozens at a time, so that they wait for memory together.

In: the words of a scan and the tables of the lexicon. Out: of each stretch of words those that may begin a phrase, with
their nodes; the step from a node to that of one more word.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.packed import (
        ALIKE,
        BEGINS,
        BEGINS_ALONE,
        BEGINS_ANYWHERE,
        BEGINS_INSIDE,
        FIRST_NODE,
        LONGER,
    )
else:
    from bilingual.labels.packed import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What is read of a scan, see `scan.Scan`; the columns may have room for more than `n_words` and `n_blocks`."""

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

    `number`: the word that stands for all numbers, those whose flags have `all_digits`; `prime` of the mixing step.
    Most words of a block for phrases in position start, lead, end, any-short, sentence and within, and for loose ones.
    The nodes of two words and more begin at `longer`.
    """

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
class Candidates:
    """Words of a stretch that may begin a phrase: where the node of each alone begins, and that of it with the word
    behind, 0 for none; `key`, `seen` and `some` are work space for the looks at them.

    There are `n`, of which number `next` was not looked at yet; the next stretch begins with word `reach`. Only phrases
    that hold anywhere, or inside a notice, count from the words inner..inner_end of the next long block, by `inside`
    (see `_sift`); `block` is the one after it.
    """

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


# A node has two items, four nodes are a line of the cache: its key; what ends here, and what goes on. Node 0 is none.
# Nodes of first words come first, the others are a hash table. Where phrases in several positions end at a node, the
# node has their place in `ends`. What stands in these numbers, and in that of a first word: see `packed`.


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
def step(scanned: Scanned, lexicon: Lexicon, at: cython.Py_ssize_t, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the node begins to which word `i` leads from the one at `at`; 0 for none."""
    w: cython.ulonglong = _word(scanned, lexicon, i)
    if not (lexicon.nodes[at + 1] >> (LONGER + ((w >> 32) & 15))) & 1:
        return 0
    return _longer(lexicon, _mix(lexicon, lexicon.nodes[at], w))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sift(
    scanned: Scanned, lexicon: Lexicon, c: Candidates, hi: cython.Py_ssize_t, inside: cython.int
) -> cython.void:
    """Take the words from `reach` to `hi` that may begin a phrase, with `next_node` 1 where one of two words or more.
    `inside` is the bit that says so: BEGINS, of words in a long block BEGINS_ANYWHERE, in a notice BEGINS_INSIDE.

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
    """Find the nodes of the candidates with the word behind, where there may be one: their first looks, too, wait for
    memory together."""
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
def read_stretch(scanned: Scanned, lexicon: Lexicon, c: Candidates) -> cython.void:
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
