# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Every lexicon phrase in every block, in one pass over the words that may begin one.

From each of them the tree of words is walked, and the longest phrase whose position holds wins. A phrase that occurs
out of its position counts as loose, in short blocks only.

In: what `candidates.kernel` finds in the words of a scan. Out: what phrases say of every block.

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
        COVERS,
        END_FOLLOWS,
        END_KIND,
        END_LABEL,
        END_POSITION,
        END_ROW,
        KIND_MASK,
        NAVIGATION_COVER,
        NAVIGATION_LOOSE,
        POSITION_MASK,
    )
    from cython.cimports.bilingual.labels.phrases.candidates.kernel import (
        Candidates,
        Lexicon,
        Scanned,
        read_stretch,
        step,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.packed import *  # noqa: F403
    from bilingual.labels.phrases.candidates.kernel import *  # noqa: F403

COMPILED = cython.compiled


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
class Matcher:
    """What the stages of the matcher share: tables, candidates and results, and where they are.

    Of block `b`: its words begin..end, `n` of them; those before `free` belong to a phrase that was found; words of the
    `longest` phrase in position. Of the walk from a word: what is known of the end of the longest phrase that holds,
    and where it is, and of the longest that does not, 0 for none.

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
        at = next_at if j == i + 1 else step(m.scanned, m.lexicon, at, j)


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
        read_stretch(m.scanned, m.lexicon, c)
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
