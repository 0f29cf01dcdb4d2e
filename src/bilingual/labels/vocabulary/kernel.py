# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What the words of a line say: their classes, which of them have content, and the hash of all.

Every column is a row of bytes, one byte per line; see `measures` for their scales.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import cap, inverse_of, part_of
    from cython.cimports.bilingual.labels.numbers import (
        CLASS_ASK,
        CLASS_BYLINE,
        CLASS_CALL,
        CLASS_DATE,
        CLASS_FUNCTION,
        CLASS_FURNITURE,
        CLASS_INTERFACE,
        CLASS_MONEY,
        CLASS_NAME,
        CLASS_PERSON,
        CLASS_PITCH,
        CLASS_SAY,
        CLASS_UNIT,
        RARE_CLASSES,
        SIGNAL_ASK,
        SIGNAL_BYLINE,
        SIGNAL_CALL,
        SIGNAL_DATE,
        SIGNAL_FIRST,
        SIGNAL_FUNCTION,
        SIGNAL_INTERFACE,
        SIGNAL_MONEY,
        SIGNAL_NAME,
        SIGNAL_NAV_WORDS,
        SIGNAL_PERSON,
        SIGNAL_PROMO_FIRST,
        SIGNAL_PROMO_WORDS,
        SIGNAL_SAY,
        SIGNAL_UNIT,
    )
    from cython.cimports.bilingual.text.hashes import first_hash, hash_step
    from cython.cimports.bilingual.text.memory import fetch
else:
    from bilingual.labels.measures import *  # noqa: F403  (the names above)
    from bilingual.labels.numbers import *  # noqa: F403
    from bilingual.text.hashes import first_hash, hash_step

COMPILED = cython.compiled


@cython.cclass
class Tables:
    """The classes of words by their hashes, and what most hashes that are in none are told by, see `features.Tables`."""

    sieve: cython.const[cython.uchar][::1]
    classes: cython.const[cython.ulonglong][::1]

    def __init__(self, *columns: Any) -> None:
        (self.sieve, self.classes) = columns


@cython.cclass
class Scanned:
    """What is read of a scan."""

    word_start: cython.const[cython.int][::1]
    word_end: cython.const[cython.int][::1]
    word_hash: cython.const[cython.ulonglong][::1]
    block_word: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (self.word_start, self.word_end, self.word_hash, self.block_word) = columns


@cython.cclass
class Lines:
    """The blocks of lines, and their columns, see `features.Lines`.

    Hashes of the whole line and of its first word, and its first word with content, are for `flags.kernel`.
    """

    block: cython.const[cython.int][::1]
    every: cython.uchar[:, ::1]
    hash_line: cython.ulonglong[::1]
    hash_first: cython.ulonglong[::1]
    content_from: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (self.block, self.every, self.hash_line, self.hash_first, self.content_from) = columns


@cython.cclass
class Words:
    """Work space: the hashes of the words with content, one line after the other; the classes of each word, as bits."""

    content: cython.ulonglong[::1]
    classes: cython.ushort[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.content,
            self.classes,
        ) = columns


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _classes_of(slots: cython.const[cython.ulonglong][::1], h: cython.ulonglong) -> cython.ushort:
    """Classes of a word by its hash: `slots` is open addressing over a power of two of slots, see `features`."""
    mask: cython.ulonglong = cython.cast(cython.ulonglong, slots.shape[0]) - 1
    at: cython.ulonglong = (h ^ (h >> 29)) & mask
    while slots[at] != 0 and (slots[at] ^ h) >> 16 != 0:
        at = (at + 1) & mask
    return slots[at] & 65535


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_up_classes(
    word_hash: cython.const[cython.ulonglong][::1],
    sieve: cython.const[cython.uchar][::1],
    slots: cython.const[cython.ulonglong][::1],
    first: cython.Py_ssize_t,
    n_words: cython.Py_ssize_t,
    classes: cython.ushort[::1],
) -> cython.Py_ssize_t:
    """Classes of the words from `first` on, of which there are `n_words`, 256 at a time; the place after them.

    Those that the sieve lets through are collected without a branch, which could not be foreseen.
    """
    stop: cython.Py_ssize_t = first + 256 if first + 256 < n_words else n_words
    through: cython.int[256]
    n: cython.Py_ssize_t = 0
    w: cython.Py_ssize_t
    k: cython.Py_ssize_t
    h: cython.ulonglong
    passes: cython.uint
    mask: cython.ulonglong = cython.cast(cython.ulonglong, slots.shape[0]) - 1
    if not cython.compiled:
        through = [0] * 256  # compiled, what the stack holds will do
    for w in range(first, stop):
        h = word_hash[w]
        classes[w] = 0
        through[n] = cython.cast(cython.int, w)
        passes = (sieve[(h >> 3) & 8191] >> (h & 7)) & 1
        n += passes
        if cython.compiled:  # the slot is under way while the others are sifted; of a word that is sent away the first
            fetch(cython.address(slots[((h ^ (h >> 29)) & mask) * passes]))
    for k in range(n):
        classes[through[k]] = _classes_of(slots, word_hash[through[k]])
    return stop


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write_classes(
    classes: cython.p_int, words: cython.long, inverse: cython.ulonglong, out: cython.uchar[:, ::1], at: cython.Py_ssize_t
) -> cython.void:
    """Rows of one line: shares, or numbers, of its words of each class; words of wordings among those with content."""
    content: cython.long = words - classes[CLASS_FUNCTION]
    of_content: cython.ulonglong = inverse_of(content)
    out[SIGNAL_FUNCTION, at] = part_of(classes[CLASS_FUNCTION], words, inverse)
    out[SIGNAL_DATE, at] = part_of(classes[CLASS_DATE], words, inverse)
    out[SIGNAL_UNIT, at] = part_of(classes[CLASS_UNIT], words, inverse)
    out[SIGNAL_CALL, at] = part_of(classes[CLASS_CALL], words, inverse)
    out[SIGNAL_ASK, at] = cap(classes[CLASS_ASK])
    out[SIGNAL_MONEY, at] = cap(classes[CLASS_MONEY])
    out[SIGNAL_INTERFACE, at] = part_of(classes[CLASS_INTERFACE], words, inverse)
    out[SIGNAL_SAY, at] = cap(classes[CLASS_SAY])
    out[SIGNAL_PERSON, at] = cap(classes[CLASS_PERSON])
    out[SIGNAL_NAME, at] = part_of(classes[CLASS_NAME], words, inverse)
    out[SIGNAL_BYLINE, at] = part_of(classes[CLASS_BYLINE], words, inverse)
    out[SIGNAL_NAV_WORDS, at] = part_of(classes[CLASS_FURNITURE], content, of_content)
    out[SIGNAL_PROMO_WORDS, at] = part_of(classes[CLASS_PITCH], content, of_content)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count_classes(word: cython.ushort, classes: cython.p_int) -> cython.void:
    """Count a word in each of its classes, but for those of which many words are: these need no branch."""
    k: cython.Py_ssize_t
    for k in range(1, 11):
        classes[k] += (word >> k) & 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count_words(
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    word_hash: cython.const[cython.ulonglong][::1],
    word_classes: cython.const[cython.ushort][::1],
    first: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
    content: cython.ulonglong[::1],
    n_content: cython.Py_ssize_t,
    classes: cython.p_int,
) -> tuple[cython.ulonglong, cython.Py_ssize_t]:
    """Count the words first..last in their `classes` and keep those with content; the hash of all, and how many are kept."""
    h: cython.ulonglong = first_hash()
    i: cython.Py_ssize_t
    word: cython.ushort
    function: cython.int = 0
    furniture: cython.int = 0
    pitch: cython.int = 0
    for i in range(first, last):
        word = word_classes[i]
        h = hash_step(h, word_hash[i])
        # written in any case, kept where it counts: a branch could not be foreseen
        content[n_content] = word_hash[i]
        n_content += (1 if word_end[i] - word_start[i] >= 4 else 0) & ~word
        function += word & 1
        furniture += (word >> CLASS_FURNITURE) & 1
        pitch += (word >> CLASS_PITCH) & 1
        if word & RARE_CLASSES:
            _count_classes(word, classes)
    classes[CLASS_FUNCTION] = function
    classes[CLASS_FURNITURE] = furniture
    classes[CLASS_PITCH] = pitch
    return h, n_content


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _class_rows(
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    word_hash: cython.const[cython.ulonglong][::1],
    block_word: cython.const[cython.int][::1],
    sieve: cython.const[cython.uchar][::1],
    slots: cython.const[cython.ulonglong][::1],
    block: cython.const[cython.int][::1],
    m: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    hash_line: cython.ulonglong[::1],
    hash_first: cython.ulonglong[::1],
    content_from: cython.int[::1],
    content: cython.ulonglong[::1],
    word_classes: cython.ushort[::1],
) -> cython.void:
    """Rows of the classes of words of `m` lines; the hash of each line and of its first word, and the words with content,
    which have four letters and are no function words."""
    at: cython.Py_ssize_t
    k: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    n_content: cython.Py_ssize_t = 0
    reach: cython.Py_ssize_t = 0
    n_words: cython.Py_ssize_t = block_word[block[m - 1] + 1] if m else 0
    classes: cython.int[13]
    classes = [0] * 13
    for at in range(m):
        first = block_word[block[at]]
        last = block_word[block[at] + 1]
        content_from[at] = cython.cast(cython.int, n_content)
        while reach < last:
            reach = _look_up_classes(word_hash, sieve, slots, reach, n_words, word_classes)
        for k in range(13):
            classes[k] = 0
        hash_line[at], n_content = _count_words(
            word_start, word_end, word_hash, word_classes, first, last, content, n_content, classes
        )
        hash_first[at] = word_hash[first] if last - first > 1 else 0
        _write_classes(classes, last - first, inverse_of(last - first), out, at)
        out[SIGNAL_FIRST, at] = word_classes[first] & 255
        out[SIGNAL_PROMO_FIRST, at] = (word_classes[first] >> CLASS_PITCH) & 1
    content_from[m] = cython.cast(cython.int, n_content)


def read_words(scanned: Scanned, tables: Tables, lines: Lines, words: Words, m: cython.Py_ssize_t) -> None:
    """The rows of the classes of words of `m` lines, their hashes and their words with content.

    Columns are handed on one by one: as parameters they stay in registers, as names bound to them they would not.
    """
    with cython.nogil:
        _class_rows(
            scanned.word_start, scanned.word_end, scanned.word_hash, scanned.block_word, tables.sieve, tables.classes,
            lines.block, m, lines.every, lines.hash_line, lines.hash_first, lines.content_from, words.content, words.classes,
        )  # fmt: skip
