# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What lines of one form are for: names with counts, verses, the contents of documentation, headlines, footnotes.

The trees judge line by line. They know that the lines around one are short, not that each ends with a count, or that together
they are the verses of a song: what a line is for then stands in none of them, but in all. The loop over documents is here; it
begins with what `named.kernel` tells of each and ends with `forums.kernel`.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.alike.forums.kernel import Forums, Listing, settle_forums
    from cython.cimports.bilingual.labels.alike.named.kernel import (
        Alike,
        Blocks,
        Lines,
        Names,
        Places,
        Scanned,
        give,
        settle_named,
    )
    from cython.cimports.bilingual.labels.measures import digit_of
    from cython.cimports.bilingual.labels.numbers import (
        BODY,
        FLAG_CALL,
        FLAG_NAV,
        LIKE_CONTENTS_TREE,
        LIKE_COUNTED_LIST,
        LIKE_FOOTNOTE,
        LIKE_FRONT_PAGE,
        LIKE_VERSE,
        MARK_COLON,
        MARK_COMMA,
        MARK_EXCLAMATION,
        MARK_LETTER,
        MARK_STOP,
        MARK_SYMBOL,
        NAVIGATION,
        PLACE_NONE,
        PROMO,
        RULE,
        SIGNAL_COLONS,
        SIGNAL_COMMAS,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_JOINS,
        SIGNAL_LATIN,
        SIGNAL_LETTERS,
        SIGNAL_QUOTES,
        SIGNAL_SEPARATORS,
        SIGNAL_SQUARES,
        SIGNAL_START,
        SIGNAL_SYMBOLS,
        SIGNAL_TITLE,
        SIGNAL_URLS,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS
else:
    from bilingual.labels.alike.forums.kernel import Forums, Listing, settle_forums
    from bilingual.labels.alike.named.kernel import *  # noqa: F403  (the names above)
    from bilingual.labels.measures import digit_of
    from bilingual.labels.numbers import *  # noqa: F403
    from bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS

COMPILED = cython.compiled


@cython.cclass
class Runs:
    """The scores of trees that are sure of a stanza, of a link; the kinds of pages; then how many lines and words of a run
    there have to be or may be. See `alike.page`."""

    sure: cython.float
    sure_link: cython.float
    listing: cython.int
    documentation: cython.int
    fewest_counted: cython.int
    counted_words: cython.int
    fewest_entries: cython.int
    entry_words: cython.int
    margin: cython.int
    fewest_headlines: cython.int
    long_words: cython.int
    fewest_verses: cython.int
    verse_words: cython.int
    verse_spread: cython.int

    def __init__(self, sure: cython.float, sure_link: cython.float, *numbers: Any) -> None:
        self.sure = sure
        self.sure_link = sure_link
        (
            self.listing, self.documentation, self.fewest_counted, self.counted_words, self.fewest_entries, self.entry_words,
            self.margin, self.fewest_headlines, self.long_words, self.fewest_verses, self.verse_words, self.verse_spread,
        ) = numbers  # fmt: skip


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_year(first: cython.uint, second: cython.uint, n: cython.Py_ssize_t) -> cython.bint:
    """Whether a number of `n` digits that begins with these is a year of two centuries, 1900 to 2099."""
    return n == 4 and (
        (digit_of(first) == 1 and digit_of(second) == 9) or (digit_of(first) == 2 and digit_of(second) == 0)
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_counted(runs: Runs, scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is short and ends with a number in brackets that is no year."""
    b: cython.Py_ssize_t = lines.block[i]
    w: cython.Py_ssize_t
    start: cython.Py_ssize_t
    end: cython.Py_ssize_t
    if lines.every[SIGNAL_DIGITS, i] == 0:
        return False
    w = scanned.block_word[b + 1] - 1
    if not scanned.word_flags[w] & WORD_ALL_DIGITS:
        return False
    start = scanned.word_start[w]
    end = scanned.word_end[w]
    if start == 0 or (scanned.codes[end] != ord(")") and scanned.codes[end] != ord("]")):
        return False
    if scanned.codes[start - 1] != ord("(") and scanned.codes[start - 1] != ord("["):
        return False
    if w == scanned.block_word[b] or lines.every[SIGNAL_WORDS, i] > runs.counted_words:
        return False
    return not _is_year(scanned.codes[start], scanned.codes[start + 1], end - start)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_counted(
    alike: Alike,
    runs: Runs,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Names with their counts in a row from line `lo` on: the line behind them. Categories and archives are all of them
    navigation where the trees take most for that."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    all_of_them: cython.double = 0
    links: cython.double = 0
    while j < hi and _is_counted(runs, scanned, lines, j):
        all_of_them += blocks.score[lines.block[j]]
        links += blocks.score[lines.block[j]] if blocks.label[lines.block[j]] == NAVIGATION else 0
        j += 1
    if j - lo >= runs.fewest_counted and 2 * links > all_of_them:
        for i in range(lo, j):
            give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_COUNTED_LIST)
    return j


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_small(c: cython.uint) -> cython.bint:
    """Whether a Latin, Greek or Cyrillic letter is a small one, of those that words begin with."""
    return (
        ord("a") <= c <= ord("z")
        or (0xDF <= c <= 0xFF and c != 0xF7)
        or 0x3AC <= c <= 0x3CE
        or 0x430 <= c <= 0x45F
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_whole(scanned: Scanned, places: Places, b: cython.Py_ssize_t) -> cython.bint:
    """Whether block `b` is a line without a place of its own, not a part of one."""
    return places.place[b] == PLACE_NONE and scanned.block_cut[b] != CUT_GROUP


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_verse(scanned: Scanned, lines: Lines, places: Places, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be a verse: begins with a small letter, and has words and commas and nothing else."""
    b: cython.Py_ssize_t = lines.block[i]
    end: cython.uchar = lines.every[SIGNAL_END, i]
    words: cython.int = lines.every[SIGNAL_WORDS, i]
    if lines.flags[i] & (FLAG_NAV | FLAG_CALL) or words < 2 or words > 12:
        return False
    return (
        (end == MARK_LETTER or end == MARK_COMMA or end == MARK_EXCLAMATION)
        and lines.every[SIGNAL_START, i] == MARK_LETTER
        and _is_small(scanned.codes[scanned.word_start[scanned.block_word[b]]])
        and lines.every[SIGNAL_DIGITS, i] == 0
        and lines.every[SIGNAL_URLS, i] == 0
        and lines.every[SIGNAL_COLONS, i] == 0
        and lines.every[SIGNAL_COMMAS, i] <= 2
        and lines.every[SIGNAL_SEPARATORS, i] == 0
        and lines.every[SIGNAL_SQUARES, i] == 0
        and lines.every[SIGNAL_QUOTES, i] == 0
        and lines.every[SIGNAL_SYMBOLS, i] == 0
        and lines.every[SIGNAL_JOINS, i] == 0
        and lines.every[SIGNAL_TITLE, i] <= 50
        and _is_whole(scanned, places, b)
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_verses(
    alike: Alike,
    runs: Runs,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Lines in small letters from line `lo` on: the line behind them. They are verses where they are of one length and the
    trees were not sure that they are anything else."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    n: cython.Py_ssize_t
    words: cython.Py_ssize_t = 0
    letters: cython.Py_ssize_t = 0
    apart: cython.Py_ssize_t = 0
    step: cython.Py_ssize_t
    others: cython.Py_ssize_t = 0
    sure: cython.float = 0
    while j < hi and _is_verse(scanned, lines, places, j):
        words += lines.every[SIGNAL_WORDS, j]
        letters += lines.every[SIGNAL_LETTERS, j]
        if blocks.label[lines.block[j]] != BODY:
            others += 1
            sure = max(sure, blocks.score[lines.block[j]])
        j += 1
    n = j - lo
    if n < runs.fewest_verses or others == 0 or words < runs.verse_words * n or sure > runs.sure:
        return j
    for i in range(lo, j):
        step = n * lines.every[SIGNAL_LETTERS, i] - letters
        apart += step if step > 0 else -step
    if apart <= runs.verse_spread * n * n:
        for i in range(lo, j):
            give(alike, places, blocks, lines.block[i], BODY, LIKE_VERSE)
    return j


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _may_rhyme(scanned: Scanned, lines: Lines, places: Places, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` may be a verse in Arabic letters: words and commas, and what parts two halves of a verse."""
    b: cython.Py_ssize_t = lines.block[i]
    end: cython.uchar = lines.every[SIGNAL_END, i]
    words: cython.int = lines.every[SIGNAL_WORDS, i]
    c: cython.uint
    if lines.flags[i] & (FLAG_NAV | FLAG_CALL) or words < 3 or words > 14:
        return False
    if lines.every[SIGNAL_START, i] != MARK_LETTER or lines.every[SIGNAL_LATIN, i] > 100:
        return False
    c = scanned.codes[scanned.word_start[scanned.block_word[b]]]
    return (
        0x620 <= c <= 0x6D3
        and (end == MARK_LETTER or end == MARK_COMMA or end == MARK_EXCLAMATION)
        and lines.every[SIGNAL_DIGITS, i] == 0
        and lines.every[SIGNAL_COLONS, i] == 0
        and lines.every[SIGNAL_SQUARES, i] == 0
        and lines.every[SIGNAL_QUOTES, i] == 0
        and _is_whole(scanned, places, b)
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rhyme(scanned: Scanned, lines: Lines, i: cython.Py_ssize_t) -> cython.uint:
    """The last two letters of line `i`, without marks, as one number; 0 for endings that any noun or adjective may have."""
    w: cython.Py_ssize_t = scanned.block_word[lines.block[i] + 1] - 1
    at: cython.Py_ssize_t = scanned.word_end[w] - 1
    c: cython.uint
    found: cython.uint = 0
    n: cython.int = 0
    while at >= scanned.word_start[w] and n < 2:
        c = scanned.codes[at]
        if c != 0x200C and c != 0x640 and c != 0x670 and not 0x64B <= c <= 0x652:
            found |= (c & 0xFFFF) << (16 * n)
            n += 1
        at -= 1
    # feminine adjectives and plurals end lists of services alike
    if n < 2 or found == 0x064A0629 or found == 0x0627062A:
        return 0
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rhymes(
    scanned: Scanned, lines: Lines, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, step: cython.Py_ssize_t
) -> cython.uint:
    """The rhyme that three of four of every `step`-th of the lines lo..hi have, 0 for none."""
    i: cython.Py_ssize_t
    n: cython.Py_ssize_t = 0
    votes: cython.Py_ssize_t = 0
    alike: cython.Py_ssize_t = 0
    top: cython.uint = 0
    i = lo
    while i < hi:
        if votes == 0:
            top = _rhyme(scanned, lines, i)
        votes += 1 if _rhyme(scanned, lines, i) == top else -1
        n += 1
        i += step
    i = lo
    while i < hi:
        alike += 1 if _rhyme(scanned, lines, i) == top else 0
        i += step
    return top if n >= 3 and 4 * alike >= 3 * n else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_rhymes(
    alike: Alike,
    runs: Runs,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Lines in Arabic letters from line `lo` on: the line behind them. They are verses where they are of one length and all
    of them, or every other one, rhyme."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t = lo
    n: cython.Py_ssize_t
    letters: cython.Py_ssize_t = 0
    apart: cython.Py_ssize_t = 0
    step: cython.Py_ssize_t
    others: cython.Py_ssize_t = 0
    rhyme: cython.uint
    while j < hi and _may_rhyme(scanned, lines, places, j):
        letters += lines.every[SIGNAL_LETTERS, j]
        if blocks.label[lines.block[j]] != BODY:
            others += 1
            if blocks.score[lines.block[j]] > runs.sure_link:
                others = hi - lo + 1
        j += 1
    n = j - lo
    if n < runs.fewest_verses or others == 0 or others > n:
        return j
    for i in range(lo, j):
        step = n * lines.every[SIGNAL_LETTERS, i] - letters
        apart += step if step > 0 else -step
    if apart > runs.verse_spread * n * n:
        return j
    rhyme = _rhymes(scanned, lines, lo, j, 1)
    if rhyme == 0:
        rhyme = _rhymes(scanned, lines, lo, j, 2)
    if rhyme == 0:
        rhyme = _rhymes(scanned, lines, lo + 1, j, 2)
    if rhyme != 0:
        # the last verse rhymes; what stands below the poem does not
        n = j
        while _rhyme(scanned, lines, n - 1) != rhyme:
            n -= 1
        for i in range(lo, n):
            give(alike, places, blocks, lines.block[i], BODY, LIKE_VERSE)
    return j


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_runs(
    alike: Alike,
    runs: Runs,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Names with counts and verses among the lines lo..hi: a run of four names or more has one whose number divides by four,
    and one of six verses, one whose number divides by six, so that the others need no look."""
    i: cython.Py_ssize_t = lo
    j: cython.Py_ssize_t
    counted: cython.Py_ssize_t = lo
    verses: cython.Py_ssize_t = lo
    rhymes: cython.Py_ssize_t = lo
    while i < hi:
        if i >= counted and _is_counted(runs, scanned, lines, i):
            j = i
            while j > counted and _is_counted(runs, scanned, lines, j - 1):
                j -= 1
            counted = _settle_counted(alike, runs, scanned, lines, places, blocks, j, hi)
        i += 4
    i = lo
    while i < hi:
        if i >= verses and _is_verse(scanned, lines, places, i):
            j = i
            while j > verses and _is_verse(scanned, lines, places, j - 1):
                j -= 1
            verses = _settle_verses(alike, runs, scanned, lines, places, blocks, j, hi)
        elif i >= rhymes and _may_rhyme(scanned, lines, places, i):
            j = i
            while j > rhymes and _may_rhyme(scanned, lines, places, j - 1):
                j -= 1
            rhymes = _settle_rhymes(alike, runs, scanned, lines, places, blocks, j, hi)
        i += 6


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_tree(
    alike: Alike,
    runs: Runs,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Many short lines above the first sentence of a page of documentation are the contents of all of it; the last few
    may be the page's own title."""
    i: cython.Py_ssize_t
    end: cython.uchar
    j: cython.Py_ssize_t = lo
    while j < hi and lines.every[SIGNAL_WORDS, j] < runs.entry_words:
        end = lines.every[SIGNAL_END, j]
        if end == MARK_COMMA:
            break
        if (end == MARK_STOP or end == MARK_COLON) and lines.every[SIGNAL_WORDS, j] >= 5:
            break
        j += 1
    if j - lo < runs.fewest_entries:
        return
    for i in range(lo, j - runs.margin):
        if blocks.label[lines.block[i]] == BODY:
            give(alike, places, blocks, lines.block[i], NAVIGATION, LIKE_CONTENTS_TREE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_front(
    alike: Alike,
    runs: Runs,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Headlines of a page that has hardly anything else are what it is for."""
    i: cython.Py_ssize_t
    b: cython.Py_ssize_t
    headlines: cython.Py_ssize_t = 0
    texts: cython.Py_ssize_t = 0
    for i in range(lo, hi):
        b = lines.block[i]
        if blocks.label[b] == BODY:
            texts += 1
            if lines.every[SIGNAL_WORDS, i] >= runs.long_words:
                return
        elif blocks.label[b] == PROMO and blocks.layer[b] != RULE and not lines.flags[i] & FLAG_CALL:
            if lines.every[SIGNAL_WORDS, i] >= runs.long_words:
                return  # a ticker
            headlines += 1
    if headlines < runs.fewest_headlines or headlines < 3 * texts:
        return
    for i in range(lo, hi):
        if blocks.label[lines.block[i]] == PROMO and not lines.flags[i] & FLAG_CALL:
            give(alike, places, blocks, lines.block[i], BODY, LIKE_FRONT_PAGE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_footnote(scanned: Scanned, b: cython.Py_ssize_t) -> cython.bint:
    """Whether a hook back to the text stands within 6 code points behind the last word of block `b`, in the block."""
    i: cython.Py_ssize_t = scanned.word_end[scanned.block_word[b + 1] - 1]
    end: cython.Py_ssize_t = min(cython.cast(cython.Py_ssize_t, scanned.block_end[b]), i + 6)
    while i < end:
        if scanned.codes[i] == 0x21A9:
            return True
        i += 1
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_footnotes(
    alike: Alike,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Footnotes among the lines lo..hi are body: their hook is a link, so they may be taken for one."""
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        if lines.every[SIGNAL_END, i] == MARK_SYMBOL and not lines.flags[i] & FLAG_NAV:
            if blocks.label[lines.block[i]] != BODY and _is_footnote(scanned, lines.block[i]):
                give(alike, places, blocks, lines.block[i], BODY, LIKE_FOOTNOTE)


def settle(
    alike: Alike,
    names: Names,
    forums: Forums,
    runs: Runs,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    blocks: Blocks,
    n_docs: cython.Py_ssize_t,
) -> None:
    """The exceptions on the lines of `n_docs` documents."""
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    found: Listing = Listing()
    with cython.nogil:
        for d in range(n_docs):
            lo = lines.doc_line[d]
            hi = lines.doc_line[d + 1]
            settle_named(alike, names, scanned, lines, places, blocks, lo, hi)
            _settle_footnotes(alike, scanned, lines, places, blocks, lo, hi)
            _settle_runs(alike, runs, scanned, lines, places, blocks, lo, hi)
            if blocks.kind[d] == runs.documentation:
                _settle_tree(alike, runs, lines, places, blocks, lo, hi)
            elif blocks.kind[d] == runs.listing:
                _settle_front(alike, runs, lines, places, blocks, lo, hi)
            if forums.kinds >> blocks.kind[d] & 1:
                settle_forums(alike, names, forums, found, scanned, lines, places, blocks, lo, hi)

