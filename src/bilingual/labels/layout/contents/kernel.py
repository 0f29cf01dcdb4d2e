# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The contents of a page: lines that return below in the same order, each with something under it.

The trees know that a line returns, not that those around it do so too. The loop over documents is here; it begins with
what `headlines.kernel` and `lists.kernel` tell of each. In: lines, their columns and flags, the verdicts of the trees.
Out: other verdicts on some of their blocks.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.layout.headlines.kernel import (
        Blocks,
        Headlines,
        Layout,
        Lines,
        Places,
        Scanned,
        give,
        settle_headlines,
    )
    from cython.cimports.bilingual.labels.layout.lists.kernel import Lists, settle_lists
    from cython.cimports.bilingual.labels.numbers import LAID_CONTENTS_ENTRY, NAVIGATION, RULE
    from cython.cimports.bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS
    from cython.cimports.bilingual.text.hashes import first_hash, hash_step
else:
    from bilingual.labels.layout.headlines.kernel import *  # noqa: F403  (the names above)
    from bilingual.labels.layout.lists.kernel import *  # noqa: F403
    from bilingual.labels.numbers import *  # noqa: F403
    from bilingual.text.classes import CUT_GROUP, WORD_ALL_DIGITS
    from bilingual.text.hashes import first_hash, hash_step

COMPILED = cython.compiled


@cython.cclass
class Returns:
    """Work space: what each line says, 0 for nothing that may be an entry; the next line of its page that says so, -1
    for none; whether one above does."""

    key: cython.ulonglong[::1]
    later: cython.int[::1]
    is_later: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (self.key, self.later, self.is_later) = columns


@cython.cclass
class Slots:
    """A hash table: the last line that was entered for a slot, -1 for a free one."""

    line: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (self.line,) = columns


@cython.cclass
class Contents:
    """Fewest entries of contents and most words of one."""

    fewest_entries: cython.int
    entry_words: cython.int

    def __init__(self, fewest_entries: cython.int, entry_words: cython.int) -> None:
        self.fewest_entries = fewest_entries
        self.entry_words = entry_words


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_keys(
    contents: Contents, scanned: Scanned, lines: Lines, returns: Returns, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.void:
    """What each of the lines lo..hi says, without the numbers that it begins with: contents count, headings often do
    not. Groups of sentences, of a long line without breaks, are no lines."""
    i: cython.Py_ssize_t
    w: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    key: cython.ulonglong
    for i in range(lo, hi):
        w = scanned.block_word[lines.block[i]]
        stop = scanned.block_word[lines.block[i] + 1]
        if stop - w > contents.entry_words or scanned.block_cut[lines.block[i]] == CUT_GROUP:
            key = 0
        elif not scanned.word_flags[w] & WORD_ALL_DIGITS:
            key = lines.hash_line[i]
        else:
            while w < stop and scanned.word_flags[w] & WORD_ALL_DIGITS:
                w += 1
            # as `vocabulary.kernel` begins
            key = first_hash() if w < stop else 0
            while w < stop:
                key = hash_step(key, scanned.word_hash[w])
                w += 1
        returns.key[i] = key


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_returns(returns: Returns, slots: Slots, lo: cython.Py_ssize_t, hi: cython.Py_ssize_t) -> cython.void:
    """Where each of the lines lo..hi returns, and which do, from the last to the first."""
    mask: cython.ulonglong = 16
    at: cython.ulonglong
    key: cython.ulonglong
    i: cython.Py_ssize_t
    while mask < cython.cast(cython.ulonglong, 2 * (hi - lo)):
        mask *= 2
    for i in range(cython.cast(cython.Py_ssize_t, mask)):
        slots.line[i] = -1
    mask -= 1
    for i in range(hi - 1, lo - 1, -1):
        key = returns.key[i]
        returns.later[i] = -1
        returns.is_later[i] = 0
        if key == 0:
            continue
        at = (key ^ (key >> 31)) & mask
        while slots.line[at] >= 0 and returns.key[slots.line[at]] != key:
            at = (at + 1) & mask
        if slots.line[at] >= 0:
            returns.later[i] = slots.line[at]
            returns.is_later[slots.line[at]] = 1
        slots.line[at] = cython.cast(cython.int, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_contents(
    layout: Layout,
    contents: Contents,
    lines: Lines,
    returns: Returns,
    blocks: Blocks,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Rows of lines that return below them in the same order, each with something under it, are the page's contents."""
    i: cython.Py_ssize_t = lo
    j: cython.Py_ssize_t
    is_apart: cython.bint
    while i < hi:
        if returns.later[i] < 0 or returns.is_later[i]:
            i += 1
            continue
        j = i + 1
        is_apart = True
        while j < hi and returns.later[j] >= 0 and not returns.is_later[j]:
            if returns.later[j] < returns.later[j - 1] + 2:
                is_apart = False
            j += 1
        if is_apart and j - i >= contents.fewest_entries and returns.later[i] >= j:
            while i < j:
                if blocks.layer[lines.block[i]] != RULE:
                    give(layout, blocks, lines.block[i], NAVIGATION, LAID_CONTENTS_ENTRY)
                i += 1
        i = j


def settle(
    layout: Layout,
    headlines: Headlines,
    lists: Lists,
    contents: Contents,
    scanned: Scanned,
    lines: Lines,
    places: Places,
    returns: Returns,
    slots: Slots,
    blocks: Blocks,
    n_docs: cython.Py_ssize_t,
    is_plain: cython.bint,
) -> None:
    """The exceptions on the lines of `n_docs` documents, of plain text or not; `slots` has room for twice the lines of
    the longest, at the next power of two."""
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    with cython.nogil:
        for d in range(n_docs):
            lo = lines.doc_line[d]
            hi = lines.doc_line[d + 1]
            if is_plain:
                settle_headlines(layout, headlines, scanned, lines, places, blocks, lo, hi)
            settle_lists(layout, lists, scanned, lines, places, blocks, lo, hi)
            if hi - lo > 2 * contents.fewest_entries:
                _read_keys(contents, scanned, lines, returns, lo, hi)
                _find_returns(returns, slots, lo, hi)
                _settle_contents(layout, contents, lines, returns, blocks, lo, hi)
