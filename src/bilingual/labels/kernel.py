# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The loops of the label layer: signals of a block, and its surroundings.

Every column is a row of bytes, one byte per block, so that a tree compares many blocks with one instruction.
Counts saturate at 255, shares run from 0 to 200, distances and lengths go through a logarithmic table (`log`).
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import cap, count_down, count_up, ends_sentence, fill, log_of, share
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
        AT_OPENING,
        BEFORE_BLOCK,
        BEHIND_BLOCK,
        BLOCK_CLOSED,
        BLOCK_EVIDENCE,
        BLOCK_FROM_START,
        BLOCK_HEADS_AFTER,
        BLOCK_SIDE,
        BLOCK_SIZE,
        BLOCK_TO_END,
        BY_COMMENTS,
        BY_LIST,
        BY_SHARE,
        CLASS_ASK,
        CLASS_BYLINE,
        CLASS_CALL,
        CLASS_DATE,
        CLASS_FUNCTION,
        CLASS_INTERFACE,
        CLASS_MONEY,
        CLASS_NAME,
        CLASS_PERSON,
        CLASS_SAY,
        CLASS_UNIT,
        FLAG_ASK,
        FLAG_BULLET,
        FLAG_CALL,
        FLAG_COMMENTS,
        FLAG_DATE,
        FLAG_ENDED,
        FLAG_FORM,
        FLAG_HEADER,
        FLAG_HEADLINE,
        FLAG_LEGAL,
        FLAG_LONG,
        FLAG_MENU,
        FLAG_META,
        FLAG_MORE,
        FLAG_NAV,
        FLAG_REPEAT,
        FLAG_SHARE,
        FLAG_SHORT,
        FLAG_SQUARE,
        HAS_END_BELOW,
        HAS_LONGS,
        HAS_META_ABOVE,
        IN_POSITION,
        INSIDE_BLOCK,
        MARK_BULLET,
        MARK_COLON,
        MARK_COMMA,
        MARK_ELLIPSIS,
        MARK_EXCLAMATION,
        MARK_LETTER,
        MARK_QUOTE,
        MARK_SEPARATOR,
        MARK_SQUARE_CLOSE,
        MARK_SQUARE_OPEN,
        MARK_STOP,
        MARK_SYMBOL,
        OPENS_CALL,
        OPENS_COMMENTS,
        OPENS_FORM,
        OPENS_LEGAL,
        OPENS_LIST,
        OPENS_MENU,
        OPENS_NOTHING,
        OPENS_SHARE,
        OUT_OF_POSITION,
        SAID_AD,
        SAID_BUY,
        SAID_COMMENTS,
        SAID_CONTACT,
        SAID_FORM,
        SAID_FORUM,
        SAID_HEADER,
        SAID_JOIN,
        SAID_LEGAL,
        SAID_MENU,
        SAID_META,
        SAID_MORE,
        SAID_NAV_COVER,
        SAID_PROMO_COVER,
        SAID_SHARE,
        SAID_TAGS,
        SECTION_ABOVE_CLASS,
        SECTION_ABOVE_DISTANCE,
        SECTION_AFTER_ARTICLE,
        SECTION_ARTICLE,
        SECTION_HEADS_SINCE,
        SECTION_INDEX,
        SECTION_LETTERS_BEFORE,
        SECTION_LISTS,
        SECTION_LONG_BEFORE,
        SECTION_LONGS_SINCE,
        SECTION_OPENED,
        SECTION_PAGE,
        SECTION_PLACE,
        SECTION_PROSE_BEFORE,
        SECTION_PROSE_LAST,
        SECTION_RINDEX,
        SECTION_SCRIPT,
        SECTION_SINCE,
        SECTION_TICKER,
        SECTION_UNDER_HEADER,
        SIGNAL_ASK,
        SIGNAL_BYLINE,
        SIGNAL_CALL,
        SIGNAL_COLONS,
        SIGNAL_COMMAS,
        SIGNAL_CUT,
        SIGNAL_DATE,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_FIRST,
        SIGNAL_FUNCTION,
        SIGNAL_GAP,
        SIGNAL_INDENT,
        SIGNAL_INTERFACE,
        SIGNAL_JOINS,
        SIGNAL_LATIN,
        SIGNAL_LETTERS,
        SIGNAL_MONEY,
        SIGNAL_NAME,
        SIGNAL_PERSON,
        SIGNAL_QUOTES,
        SIGNAL_SAY,
        SIGNAL_SENTENCES,
        SIGNAL_SEPARATORS,
        SIGNAL_SQUARES,
        SIGNAL_START,
        SIGNAL_SYMBOLS,
        SIGNAL_TITLE,
        SIGNAL_UNIT,
        SIGNAL_UPPER,
        SIGNAL_URLS,
        SIGNAL_WORD_LENGTH,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.text.classes import (
        ARAB,
        LATN,
        WORD_ALL_DIGITS,
        WORD_HASHTAG,
        WORD_TITLE,
        WORD_UPPER,
        WORD_URL,
        ZYYY,
    )
else:
    from bilingual.labels.measures import *  # noqa: F403  (the names above)
    from bilingual.labels.numbers import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Tables:
    """Look-up tables, see `features.Tables`; `shape_rows` are the shape rules that are columns."""

    marks: cython.const[cython.uchar][::1]
    sieve: cython.const[cython.uchar][::1]
    keys: cython.const[cython.ulonglong][::1]
    bits: cython.const[cython.ushort][::1]
    log: cython.const[cython.uchar][::1]
    factors: cython.const[cython.ushort][::1]
    windowed: cython.const[cython.uint][::1]
    distant: cython.const[cython.uint][::1]
    kind_group: cython.const[cython.uchar][::1]
    row_kind: cython.const[cython.uchar][::1]
    shape_rows: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.marks,
            self.sieve,
            self.keys,
            self.bits,
            self.log,
            self.factors,
            self.windowed,
            self.distant,
            self.kind_group,
            self.row_kind,
            self.shape_rows,
        ) = columns


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
class Phrases:
    """What phrases say of every block, see `lexicon.PhraseColumns`."""

    kinds: cython.const[cython.ulonglong][::1]
    loose: cython.const[cython.ulonglong][::1]
    whole: cython.const[cython.int][::1]
    opening: cython.const[cython.int][::1]
    cover: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.kinds,
            self.loose,
            self.whole,
            self.opening,
            self.cover,
        ) = columns


@cython.cclass
class Rules:
    """What rules say of every block, see `rules.RuleColumns`."""

    fired: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (self.fired,) = columns


@cython.cclass
class LineRoom:
    """Work space, one item per line: hashes of the whole line and of its first word, its first word with content, gains."""

    hash_line: cython.ulonglong[::1]
    hash_first: cython.ulonglong[::1]
    content_from: cython.int[::1]
    gain: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.hash_line,
            self.hash_first,
            self.content_from,
            self.gain,
        ) = columns


@cython.cclass
class StripRoom:
    """Work space of windows: 16 strips, each 64 items longer than the longest page."""

    strips: cython.ushort[::1]

    def __init__(self, *columns: Any) -> None:
        (self.strips,) = columns


@cython.cclass
class Page:
    """One page while it is read: its lines lo..hi, those of its main block first..stop.

    Letters of the page, of its long lines, and inside of the main block; `script`, the row of most letters; long lines of
    the block; `evidence`, see `_measure_block`; `article`, 1 for a page with an article of its own.
    """

    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    letters: cython.long
    long_letters: cython.long
    inside: cython.long
    script: cython.Py_ssize_t
    longs: cython.long
    evidence: cython.uchar
    article: cython.uchar


@cython.cclass
class Lines:
    """Room for the lines and their columns, see `features.Lines`; `block`, `doc_line` and `flags` are what is in use."""

    every_block: cython.int[::1]
    every_doc_line: cython.int[::1]
    every: cython.uchar[:, ::1]
    every_flag: cython.uint[::1]
    letters: cython.int[:, ::1]
    body: cython.uchar[:, ::1]
    room: LineRoom
    strips: StripRoom
    page: Page
    block: cython.int[::1]
    doc_line: cython.int[::1]
    flags: cython.uint[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.every_block,
            self.every_doc_line,
            self.every,
            self.every_flag,
            self.letters,
            self.body,
        ) = columns[:6]
        self.room = LineRoom(*columns[6:10])
        self.strips = StripRoom(*columns[10:])
        self.page = Page()

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t, n_docs: cython.Py_ssize_t) -> None:
        """How many lines and documents there are."""
        self.block = self.every_block[:m]
        self.doc_line = self.every_doc_line[: n_docs + 1]
        self.flags = self.every_flag[:m]


@cython.cclass
class WordRoom:
    """Work space: the hashes of the words with content, one line after the other."""

    content: cython.ulonglong[::1]

    def __init__(self, *columns: Any) -> None:
        (self.content,) = columns


@cython.cclass
class HashRoom:
    """A hash table that pages share: slots whose stamp is not that of the present round are free. The last item of
    `stamps` is no slot, it keeps the stamp. `mask` is one less than the slots of the present page, `stamp` that of the
    round."""

    keys: cython.ulonglong[::1]
    stamps: cython.int[::1]
    counts: cython.int[::1]
    mask: cython.ulonglong
    stamp: cython.int

    def __init__(self, *columns: Any) -> None:
        (
            self.keys,
            self.stamps,
            self.counts,
        ) = columns


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _slot(keys: cython.const[cython.ulonglong][::1], key: cython.ulonglong) -> cython.Py_ssize_t:
    """Place of `key` in an open table of a power of two of slots, or of the free slot (0) where it would stand."""
    mask: cython.ulonglong = cython.cast(cython.ulonglong, keys.shape[0]) - 1
    at: cython.ulonglong = (key ^ (key >> 29)) & mask
    while keys[at] != 0 and keys[at] != key:
        at = (at + 1) & mask
    return at


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _part(part: cython.ulonglong, whole: cython.long, inverse: cython.ulonglong) -> cython.uchar:
    """`share` of a part that is no larger than the whole; `inverse` of `_inverse` is a division saved."""
    if inverse:
        return (part * 200 * inverse) >> 32
    return share(part, whole)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _inverse(whole: cython.long) -> cython.ulonglong:
    """The 2**32nd part of `x * _inverse(whole)` is exactly `x // whole` for x below 2**20; 0 where that does not hold."""
    if 0 < whole < 4096:
        return cython.cast(cython.uint, 4294967295) // cython.cast(cython.uint, whole) + cython.cast(
            cython.ulonglong, 1
        )
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _part_of_page(part: cython.ulonglong, whole: cython.longlong, inverse: cython.ulonglong) -> cython.uchar:
    """`share` of a part that is no larger than the whole; `inverse` of `_inverse_of_page`, made once for many parts."""
    if inverse:
        return (part * 200 * inverse) >> 56
    return share(part, whole)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _inverse_of_page(whole: cython.longlong) -> cython.ulonglong:
    """The 2**56th part of `x * _inverse_of_page(whole)` is exactly `x // whole` for x up to 200 times the whole; 0 where
    that does not hold."""
    one: cython.ulonglong = 1
    if 0 < whole < 1 << 24:
        return (one << 56) // cython.cast(cython.ulonglong, whole) + 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mark(marks: cython.const[cython.uchar][::1], code: cython.uint) -> cython.uchar:
    """The kind of a mark, see `numbers`."""
    return marks[code] if code < cython.cast(cython.uint, marks.shape[0]) else MARK_SYMBOL


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _edges(
    codes: cython.const[cython.uint][::1],
    marks: cython.const[cython.uchar][::1],
    start: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    at: cython.Py_ssize_t,
) -> cython.void:
    """Kinds of the last mark of a line start..stop, looking behind closing quotes and brackets, and of the first."""
    kind: cython.uchar = MARK_LETTER
    j: cython.Py_ssize_t = stop - 1
    out[SIGNAL_START, at] = _mark(marks, codes[start] if stop > start else 0)
    while j >= start:
        kind = _mark(marks, codes[j])
        if kind == MARK_QUOTE and j > start:
            j -= 1
            continue
        break
    if kind == MARK_STOP and j >= 2 and codes[j - 1] == ord("."):
        kind = MARK_ELLIPSIS
    out[SIGNAL_END, at] = kind


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _classes_of(
    sieve: cython.const[cython.uchar][::1],
    keys: cython.const[cython.ulonglong][::1],
    bits: cython.const[cython.ushort][::1],
    h: cython.ulonglong,
) -> cython.ushort:
    """The classes of the word of hash `h`, as bits."""
    if (sieve[(h >> 3) & 8191] >> (h & 7)) & 1:
        return bits[_slot(keys, h)]
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count_opening(
    codes: cython.const[cython.uint][::1],
    marks: cython.const[cython.uchar][::1],
    start: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    found: cython.p_int,
) -> cython.void:
    """Count the brackets, quotes and symbols start..stop before the first word of a line, 16 code points at most."""
    kind: cython.uchar
    j: cython.Py_ssize_t
    for j in range(start, stop if stop < start + 16 else start + 16):
        kind = _mark(marks, codes[j])
        if kind == MARK_SQUARE_OPEN or kind == MARK_QUOTE or kind == MARK_SYMBOL:
            found[kind] += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count_marks(
    codes: cython.const[cython.uint][::1],
    marks: cython.const[cython.uchar][::1],
    j: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    is_inside: cython.bint,
    found: cython.p_int,
) -> cython.void:
    """Count the marks j..stop behind a word, 16 code points at most; `is_inside` the line, where another word follows.

    What ends a sentence counts before a blank alone, and a stop between two words as a mark that joins, as a hyphen.
    """
    kind: cython.uchar
    if stop > j + 16:
        stop = j + 16
    while j < stop:
        kind = _mark(marks, codes[j])
        if ends_sentence(kind):
            if j + 1 < stop and codes[j + 1] == ord(" ") and is_inside:
                found[MARK_STOP] += 1
            elif kind == MARK_STOP and j + 1 == stop and is_inside:
                found[MARK_BULLET] += 1
        else:
            found[kind & 15] += 1
        j += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write_classes(
    classes: cython.p_int, words: cython.long, inverse: cython.ulonglong, out: cython.uchar[:, ::1], at: cython.Py_ssize_t
) -> cython.void:
    """Rows of one line: shares, or numbers, of its words of each class."""
    out[SIGNAL_FUNCTION, at] = _part(classes[CLASS_FUNCTION], words, inverse)
    out[SIGNAL_DATE, at] = _part(classes[CLASS_DATE], words, inverse)
    out[SIGNAL_UNIT, at] = _part(classes[CLASS_UNIT], words, inverse)
    out[SIGNAL_CALL, at] = _part(classes[CLASS_CALL], words, inverse)
    out[SIGNAL_ASK, at] = cap(classes[CLASS_ASK])
    out[SIGNAL_MONEY, at] = cap(classes[CLASS_MONEY])
    out[SIGNAL_INTERFACE, at] = _part(classes[CLASS_INTERFACE], words, inverse)
    out[SIGNAL_SAY, at] = cap(classes[CLASS_SAY])
    out[SIGNAL_PERSON, at] = cap(classes[CLASS_PERSON])
    out[SIGNAL_NAME, at] = _part(classes[CLASS_NAME], words, inverse)
    out[SIGNAL_BYLINE, at] = _part(classes[CLASS_BYLINE], words, inverse)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _word_length(total: cython.long, words: cython.long, inverse: cython.ulonglong) -> cython.uchar:
    """Eighths of a letter in a word, where `words` have `total` letters."""
    if inverse and total < 131072:
        return cap((cython.cast(cython.ulonglong, total * 8) * inverse) >> 32)
    return cap((total * 8) // words)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write_marks(found: cython.p_int, out: cython.uchar[:, ::1], at: cython.Py_ssize_t) -> cython.void:
    """Rows of one line: marks of each kind."""
    out[SIGNAL_SENTENCES, at] = cap(found[MARK_STOP])
    out[SIGNAL_COMMAS, at] = cap(found[MARK_COMMA])
    out[SIGNAL_COLONS, at] = cap(found[MARK_COLON])
    out[SIGNAL_SEPARATORS, at] = cap(found[MARK_SEPARATOR])
    out[SIGNAL_SQUARES, at] = cap(found[MARK_SQUARE_OPEN] + found[MARK_SQUARE_CLOSE])
    out[SIGNAL_QUOTES, at] = cap(found[MARK_QUOTE])
    out[SIGNAL_SYMBOLS, at] = cap(found[MARK_SYMBOL])
    out[SIGNAL_JOINS, at] = cap(found[MARK_BULLET])


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count_classes(word: cython.ushort, classes: cython.p_int) -> cython.void:
    """Count a word in each of its classes, but for that of function words."""
    k: cython.Py_ssize_t
    for k in range(1, 11):
        classes[k] += (word >> k) & 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _class_rows(
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    word_hash: cython.const[cython.ulonglong][::1],
    block_word: cython.const[cython.int][::1],
    sieve: cython.const[cython.uchar][::1],
    keys: cython.const[cython.ulonglong][::1],
    bits: cython.const[cython.ushort][::1],
    block: cython.const[cython.int][::1],
    out: cython.uchar[:, ::1],
    room: LineRoom,
    content: cython.ulonglong[::1],
) -> cython.void:
    """Rows of the classes of words; the hash of each line and of its first word, and the words with content, which have four
    letters and are no function words."""
    prime: cython.ulonglong = 1099511628211
    all64: cython.ulonglong = 18446744073709551615
    at: cython.Py_ssize_t
    i: cython.Py_ssize_t
    k: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    n_content: cython.Py_ssize_t = 0
    word: cython.ushort
    h: cython.ulonglong
    h_word: cython.ulonglong
    function: cython.int
    classes: cython.int[11]
    classes = [0] * 11
    for at in range(block.shape[0]):
        first = block_word[block[at]]
        last = block_word[block[at] + 1]
        room.content_from[at] = cython.cast(cython.int, n_content)
        h = 14695981039346656037
        function = 0
        for k in range(11):
            classes[k] = 0
        for i in range(first, last):
            h_word = word_hash[i]
            word = _classes_of(sieve, keys, bits, h_word)
            h = ((h ^ h_word) * prime) & all64
            # written in any case, kept where it counts: a branch could not be foreseen
            content[n_content] = h_word
            n_content += (1 if word_end[i] - word_start[i] >= 4 else 0) & ~word
            function += word & 1
            if word > 1:
                _count_classes(word, classes)
        classes[CLASS_FUNCTION] = function
        room.hash_line[at] = h
        room.hash_first[at] = word_hash[first] if last - first > 1 else 0
        _write_classes(classes, last - first, _inverse(last - first), out, at)
        out[SIGNAL_FIRST, at] = _classes_of(sieve, keys, bits, word_hash[first]) & 255
    room.content_from[block.shape[0]] = cython.cast(cython.int, n_content)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write_words(
    words: cython.long,
    latin: cython.int,
    total: cython.int,
    digits: cython.int,
    title: cython.int,
    upper: cython.int,
    out: cython.uchar[:, ::1],
    at: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
) -> cython.void:
    """Rows of one line: number and length of its words, of `total` letters, and shares of those of each kind."""
    inverse: cython.ulonglong = _inverse(words)
    out[SIGNAL_WORDS, at] = cap(words)
    out[SIGNAL_LETTERS, at] = log_of(log, total)
    out[SIGNAL_WORD_LENGTH, at] = _word_length(total, words, inverse)
    out[SIGNAL_DIGITS, at] = _part(digits, words, inverse)
    out[SIGNAL_TITLE, at] = _part(title, words, inverse)
    out[SIGNAL_UPPER, at] = _part(upper, words, inverse)
    out[SIGNAL_LATIN, at] = share(latin, total)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _word_rows(
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    word_script: cython.const[cython.uchar][::1],
    word_flags: cython.const[cython.ushort][::1],
    block_word: cython.const[cython.int][::1],
    block: cython.const[cython.int][::1],
    letters: cython.int[:, ::1],
    out: cython.uchar[:, ::1],
    log: cython.const[cython.uchar][::1],
) -> cython.void:
    """Rows of number and length of words, and of those in digits, with capitals, of URLs; letters by script."""
    at: cython.Py_ssize_t
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    length: cython.int
    flags: cython.uint
    latin: cython.int
    arabic: cython.int
    other: cython.int
    digits: cython.int
    title: cython.int
    upper: cython.int
    urls: cython.int
    for at in range(block.shape[0]):
        first = block_word[block[at]]
        last = block_word[block[at] + 1]
        latin = arabic = other = digits = title = upper = urls = 0
        for i in range(first, last):
            length = word_end[i] - word_start[i]
            if word_script[i] == LATN:
                latin += length
            elif word_script[i] == ARAB:
                arabic += length
            elif word_script[i] != ZYYY:
                other += length
            flags = word_flags[i]
            if flags & (WORD_ALL_DIGITS | WORD_TITLE | WORD_UPPER | WORD_URL | WORD_HASHTAG):
                digits += 1 if flags & WORD_ALL_DIGITS else 0
                title += 1 if flags & WORD_TITLE else 0
                upper += 1 if flags & (WORD_UPPER | WORD_TITLE) == WORD_UPPER else 0
                urls += (1 if flags & WORD_URL else 0) + (1 if flags & WORD_HASHTAG else 0)
        letters[0, at] = latin
        letters[1, at] = arabic
        letters[2, at] = other
        out[SIGNAL_URLS, at] = cap(urls)
        _write_words(last - first, latin, latin + arabic + other, digits, title, upper, out, at, log)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_rows(
    codes: cython.const[cython.uint][::1],
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    block_start: cython.const[cython.int][::1],
    block_end: cython.const[cython.int][::1],
    block_word: cython.const[cython.int][::1],
    block: cython.const[cython.int][::1],
    marks: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
) -> cython.void:
    """Rows of the marks of each kind between the words of a line and at its ends."""
    at: cython.Py_ssize_t
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    last: cython.Py_ssize_t
    found: cython.int[16]
    found = [0] * 16
    for at in range(block.shape[0]):
        b = block[at]
        last = block_word[b + 1] - 1
        for i in range(16):
            found[i] = 0
        _count_opening(codes, marks, block_start[b], word_start[block_word[b]], found)
        for i in range(block_word[b], last):
            # a blank says nothing
            if word_start[i + 1] != word_end[i] + 1 or codes[word_end[i]] != ord(" "):
                _count_marks(codes, marks, word_end[i], word_start[i + 1], True, found)
        _count_marks(codes, marks, word_end[last], block_end[b], False, found)
        _write_marks(found, out, at)
        _edges(codes, marks, block_start[b], block_end[b], out, at)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _position_rows(
    codes: cython.const[cython.uint][::1],
    block_start: cython.const[cython.int][::1],
    block_doc: cython.const[cython.int][::1],
    block_line: cython.const[cython.int][::1],
    block_cut: cython.const[cython.uchar][::1],
    block: cython.const[cython.int][::1],
    out: cython.uchar[:, ::1],
) -> cython.void:
    """Distance of each line's block to the start of its line of text, lines from the block above, how it was cut."""
    at: cython.Py_ssize_t
    b: cython.Py_ssize_t
    j: cython.Py_ssize_t
    indent: cython.long
    gap: cython.long
    for at in range(block.shape[0]):
        b = block[at]
        indent = 0
        # a line feed stands between documents
        j = block_start[b] - 1
        while j >= 0 and codes[j] != ord("\n") and indent < 20:
            indent += 1
            j -= 1
        gap = 20
        if b > 0 and block_doc[b - 1] == block_doc[b] and block_line[b] - block_line[b - 1] < 20:
            gap = block_line[b] - block_line[b - 1]
        out[SIGNAL_INDENT, at] = indent
        out[SIGNAL_GAP, at] = gap
        out[SIGNAL_CUT, at] = block_cut[b]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _signals(
    scanned: Scanned, tables: Tables, lines: Lines, room: LineRoom, content: cython.ulonglong[::1]
) -> cython.void:
    """Fill the first rows from the words of each line and the marks between them.

    Columns are handed on one by one: as parameters they stay in registers, as names bound to them they would not.
    """
    _class_rows(
        scanned.word_start, scanned.word_end, scanned.word_hash, scanned.block_word, tables.sieve, tables.keys, tables.bits,
        lines.block, lines.every, room, content,
    )  # fmt: skip
    _word_rows(
        scanned.word_start, scanned.word_end, scanned.word_script, scanned.word_flags, scanned.block_word, lines.block,
        lines.letters, lines.every, tables.log,
    )  # fmt: skip
    _mark_rows(
        scanned.codes, scanned.word_start, scanned.word_end, scanned.block_start, scanned.block_end, scanned.block_word,
        lines.block, tables.marks, lines.every,
    )  # fmt: skip
    _position_rows(
        scanned.codes, scanned.block_start, scanned.block_doc, scanned.block_line, scanned.block_cut, lines.block, lines.every
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _clear_rows(
    out: cython.uchar[:, ::1], row: cython.Py_ssize_t, stop: cython.Py_ssize_t, n: cython.Py_ssize_t
) -> cython.void:
    """Zeros for `n` lines in the rows row..stop."""
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t
    for k in range(row, stop):
        for i in range(n):
            out[k, i] = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _strengthen(
    out: cython.uchar[:, ::1], row: cython.Py_ssize_t, at: cython.Py_ssize_t, strength: cython.uchar
) -> cython.void:
    """Raise how strongly the group of a row holds a line to `strength`."""
    if out[row, at] < strength:
        out[row, at] = strength


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _hold(
    kinds: cython.ulonglong,
    loose: cython.ulonglong,
    kind_group: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
    at: cython.Py_ssize_t,
) -> cython.void:
    """Groups, from `row` on, of the kinds of phrases of a line: in position those of `kinds`, out of it those of `loose`."""
    bits: cython.ulonglong = kinds | loose
    one: cython.ulonglong = 1
    k: cython.Py_ssize_t = 0
    while bits:
        if not bits & 255:
            bits >>= 8
            k += 8
            continue
        if bits & 1:
            _strengthen(out, row + kind_group[k], at, IN_POSITION if kinds & (one << k) else OUT_OF_POSITION)
        bits >>= 1
        k += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _groups(
    kinds: cython.const[cython.ulonglong][::1],
    loose: cython.const[cython.ulonglong][::1],
    whole: cython.const[cython.int][::1],
    opening: cython.const[cython.int][::1],
    cover: cython.const[cython.int][::1],
    row_kind: cython.const[cython.uchar][::1],
    kind_group: cython.const[cython.uchar][::1],
    block_word: cython.const[cython.int][::1],
    block: cython.const[cython.int][::1],
    n_groups: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How strongly the phrases of each group hold a line, see `numbers`.

    Fills `n_groups` + 4 rows from `row`; the last are shares of words: in phrases of navigation and of promo in
    position, and of both out of position. `kind_group` has a group for each of the 64 kinds.
    """
    b: cython.Py_ssize_t
    at: cython.Py_ssize_t
    k: cython.Py_ssize_t
    words: cython.long
    _clear_rows(out, row, row + n_groups + 4, block.shape[0])
    for at in range(block.shape[0]):
        b = block[at]
        if kinds[b] | loose[b] == 0:
            continue
        words = block_word[b + 1] - block_word[b]
        _hold(kinds[b], loose[b], kind_group, out, row, at)
        if opening[b] >= 0:
            _strengthen(out, row + kind_group[row_kind[opening[b]]], at, AT_OPENING)
        if whole[b] >= 0:
            out[row + kind_group[row_kind[whole[b]]], at] = ALL_OF_IT
        for k in range(4):
            out[row + n_groups + k, at] = share(cover[4 * b + k], words)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _open_table(table: HashRoom) -> cython.void:
    """Go on with the stamp that was used last; begin again long before there is no larger one."""
    last: cython.Py_ssize_t = table.stamps.shape[0] - 1
    i: cython.Py_ssize_t
    table.stamp = table.stamps[last]
    if table.stamp > 1000000000:
        table.stamp = 0
        for i in range(last):
            table.stamps[i] = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _find(table: HashRoom, key: cython.ulonglong) -> cython.Py_ssize_t:
    """Slot of `key` in a table shared by pages: slots of another round's stamp are free."""
    at: cython.ulonglong = (key ^ (key >> 31)) & table.mask
    while table.stamps[at] == table.stamp and table.keys[at] != key:
        at = (at + 1) & table.mask
    return at


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _enter(table: HashRoom, key: cython.ulonglong, count: cython.int) -> cython.Py_ssize_t:
    """Slot of `key`, which is entered with `count` where it is new."""
    at: cython.Py_ssize_t = _find(table, key)
    if table.stamps[at] != table.stamp:
        table.stamps[at] = table.stamp
        table.keys[at] = key
        table.counts[at] = count
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _size_table(table: HashRoom, words: cython.Py_ssize_t) -> cython.void:
    """Use of the table what a page of so many words needs: a small part stays in the first cache."""
    size: cython.ulonglong = cython.cast(cython.ulonglong, 2 * words + 16)
    mask: cython.ulonglong = 16
    while mask < size:
        mask *= 2
    table.mask = mask - 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _repeat_rows(
    table: HashRoom,
    hashes: cython.const[cython.ulonglong][::1],
    slot: cython.int[::1],
    flags: cython.uint[::1],
    log: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How often each of the lines lo..hi of a page occurs, in `row`, and how often above, in the next; sets FLAG_REPEAT."""
    i: cython.Py_ssize_t
    count: cython.int
    table.stamp += 1
    for i in range(lo, hi):
        slot[i] = cython.cast(cython.int, _enter(table, hashes[i], 0))
        out[row + 1, i] = log_of(log, table.counts[slot[i]])
        table.counts[slot[i]] += 1
    for i in range(lo, hi):
        count = table.counts[slot[i]]
        out[row, i] = log_of(log, count)
        if count > 1:
            flags[i] = flags[i] | FLAG_REPEAT


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _opening_row(
    table: HashRoom,
    hashes: cython.const[cython.ulonglong][::1],
    slot: cython.int[::1],
    log: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How often the first word of each of the lines lo..hi opens a line of the page; 0 for a line of one word."""
    i: cython.Py_ssize_t
    table.stamp += 1
    for i in range(lo, hi):
        slot[i] = cython.cast(cython.int, _enter(table, hashes[i], 0))
        table.counts[slot[i]] += 1
    for i in range(lo, hi):
        out[row, i] = log_of(log, table.counts[slot[i]]) if hashes[i] != 0 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _enter_long_lines(
    table: HashRoom,
    content_from: cython.const[cython.int][::1],
    content: cython.ulonglong[::1],
    flags: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> cython.void:
    """Enter the words of the long lines of a page, which give way to their slots; the count is the line that uses a word, -1
    where several do."""
    i: cython.Py_ssize_t
    w: cython.Py_ssize_t
    at: cython.Py_ssize_t
    line: cython.int
    table.stamp += 1
    for i in range(lo, hi):
        if not flags[i] & FLAG_LONG:
            continue
        line = cython.cast(cython.int, i)
        for w in range(content_from[i], content_from[i + 1]):
            at = _enter(table, content[w], line)
            if table.counts[at] != line:
                table.counts[at] = -1
            content[w] = at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _echo_row(
    table: HashRoom,
    content_from: cython.const[cython.int][::1],
    content: cython.const[cython.ulonglong][::1],
    flags: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Share of the words with content of each line that other long lines of the page use; 255 for none."""
    i: cython.Py_ssize_t
    w: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    known: cython.long
    line: cython.int
    for i in range(lo, hi):
        first = content_from[i]
        stop = content_from[i + 1]
        known = 0
        line = cython.cast(cython.int, i)
        if flags[i] & FLAG_LONG:
            for w in range(first, stop):
                known += 1 if table.counts[content[w]] != line else 0
        else:
            for w in range(first, stop):
                known += 1 if table.stamps[_find(table, content[w])] == table.stamp else 0
        out[row, i] = share(known, stop - first) if stop > first else 255


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _echoes(
    scanned: Scanned,
    lines: Lines,
    room: LineRoom,
    content: cython.ulonglong[::1],
    table: HashRoom,
    log: cython.const[cython.uchar][::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """What of a line stands elsewhere on its page.

    Rows from `row`: how often the line occurs, how often it did above, how often its first word opens a line,
    the share of its content words that the page's long lines use. `table` has room for twice the words of the longest
    document; `room.gain` is work space.
    """
    doc_line: cython.const[cython.int][::1] = lines.doc_line
    out: cython.uchar[:, ::1] = lines.every
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    for d in range(doc_line.shape[0] - 1):
        lo = doc_line[d]
        hi = doc_line[d + 1]
        if lo == hi:
            continue
        _size_table(table, scanned.block_word[lines.block[hi - 1] + 1] - scanned.block_word[lines.block[lo]])
        _repeat_rows(table, room.hash_line, room.gain, lines.flags, log, lo, hi, out, row)
        _opening_row(table, room.hash_first, room.gain, log, lo, hi, out, row + 2)
        _enter_long_lines(table, room.content_from, content, lines.flags, lo, hi)
        _echo_row(table, room.content_from, content, lines.flags, lo, hi, out, row + 3)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _flags_of_marks(s: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t) -> cython.uint:
    """The flags of line `i` by its number of words and the marks at its ends."""
    words: cython.long = s[SIGNAL_WORDS, i]
    end: cython.uchar = s[SIGNAL_END, i]
    start: cython.uchar = s[SIGNAL_START, i]
    f: cython.uint = 0
    if words >= 25 or (words >= 14 and ends_sentence(end)):
        f |= FLAG_LONG
    if words <= 4:
        f |= FLAG_SHORT
    if start == MARK_BULLET:
        f |= FLAG_BULLET
    if end == MARK_EXCLAMATION:
        f |= FLAG_ASK
    if ends_sentence(end):
        f |= FLAG_ENDED
    if start == MARK_SQUARE_OPEN:
        f |= FLAG_SQUARE
    return f


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_headline(
    s: cython.const[cython.uchar][:, ::1], p: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t, date: cython.long
) -> cython.bint:
    """Whether line `i`, which is not long, may be a headline; `date` are the shares of digits and of words of dates."""
    words: cython.long = s[SIGNAL_WORDS, i]
    end: cython.uchar = s[SIGNAL_END, i]
    return (
        words >= 5
        and words <= 28
        and end != MARK_STOP
        and end != MARK_COLON
        and end != MARK_COMMA
        and s[SIGNAL_START, i] != MARK_SQUARE_OPEN
        and s[SIGNAL_URLS, i] == 0
        and p[SAID_NAV_COVER, i] < 100
        and date < 120
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_navigation(p: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` is all one wording of navigation."""
    return (
        p[SAID_MENU, i] == ALL_OF_IT
        or p[SAID_LEGAL, i] == ALL_OF_IT
        or p[SAID_FORM, i] == ALL_OF_IT
        or p[SAID_SHARE, i] == ALL_OF_IT
        or p[SAID_META, i] == ALL_OF_IT
        or p[SAID_MORE, i] == ALL_OF_IT
        or p[SAID_HEADER, i] == ALL_OF_IT
        or p[SAID_COMMENTS, i] == ALL_OF_IT
        or p[SAID_TAGS, i] == ALL_OF_IT
        or p[SAID_FORUM, i] == ALL_OF_IT
        or p[SAID_CONTACT, i] == ALL_OF_IT
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _opens(p: cython.const[cython.uchar][:, ::1], group: cython.Py_ssize_t, i: cython.Py_ssize_t) -> cython.bint:
    """Whether line `i` opens with a phrase of a group, or is one."""
    return p[group, i] >= AT_OPENING


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _flags_of_phrases(
    p: cython.const[cython.uchar][:, ::1], i: cython.Py_ssize_t, words: cython.long
) -> cython.uint:
    """The flags of line `i`, of so many words, by the phrases that hold it."""
    f: cython.uint = 0
    if _is_navigation(p, i):
        f |= FLAG_NAV
    if p[SAID_MENU, i] == ALL_OF_IT:
        f |= FLAG_MENU
    if _opens(p, SAID_HEADER, i) and words <= 8:
        f |= FLAG_HEADER
    if _opens(p, SAID_SHARE, i) and words <= 8:
        f |= FLAG_SHARE
    if (_opens(p, SAID_COMMENTS, i) or _opens(p, SAID_TAGS, i)) and words <= 8:
        f |= FLAG_COMMENTS
    if words <= 12 and (
        _opens(p, SAID_JOIN, i) or _opens(p, SAID_BUY, i) or _opens(p, SAID_AD, i) or p[SAID_PROMO_COVER, i] >= 100
    ):
        f |= FLAG_CALL
    if p[SAID_LEGAL, i] >= OUT_OF_POSITION and words <= 16:
        f |= FLAG_LEGAL
    if _opens(p, SAID_MORE, i) and words <= 6:
        f |= FLAG_MORE
    if p[SAID_FORM, i] == ALL_OF_IT:
        f |= FLAG_FORM
    if _opens(p, SAID_META, i) and words <= 10:
        f |= FLAG_META
    return f


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _flag_lines(
    s: cython.const[cython.uchar][:, ::1],
    p: cython.const[cython.uchar][:, ::1],
    flags: cython.uint[::1],
) -> cython.void:
    """The kinds of line that the context counts, as bits; `s` signals and `p` phrase groups of the lines."""
    i: cython.Py_ssize_t
    words: cython.long
    date: cython.long
    f: cython.uint
    for i in range(flags.shape[0]):
        words = s[SIGNAL_WORDS, i]
        date = s[SIGNAL_DIGITS, i] + s[SIGNAL_DATE, i] + s[SIGNAL_UNIT, i]
        f = _flags_of_marks(s, i) | _flags_of_phrases(p, i, words)
        if not f & FLAG_LONG and _is_headline(s, p, i, date):
            f |= FLAG_HEADLINE
        if s[SIGNAL_DIGITS, i] > 0 and words <= 12 and date >= 120:
            f |= FLAG_DATE | FLAG_META
        flags[i] = f


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _means_of(
    factors: cython.const[cython.ushort][::1],
    n: cython.Py_ssize_t,
    strips: cython.ushort[::1],
    first: cython.Py_ssize_t,
    second: cython.Py_ssize_t,
    left: cython.Py_ssize_t,
    right: cython.Py_ssize_t,
) -> cython.void:
    """The two factors of a window of `left` lines before a line to `right` behind it, that line included, from the items
    `first` and `second` of `strips` on."""
    i: cython.Py_ssize_t
    size: cython.Py_ssize_t
    # where a window begins to be inside the page, and from where it no longer is
    inside: cython.Py_ssize_t = left if left < n else n
    behind: cython.Py_ssize_t = n - right if n - right > inside else inside
    whole: cython.ushort = factors[left + right + 1]
    whole_second: cython.ushort = factors[32 + left + right + 1]
    for i in range(n):
        strips[first + i] = whole
    for i in range(n):
        strips[second + i] = whole_second
    for i in range(inside):
        size = i + right + 1 if i + right + 1 < n else n
        strips[first + i] = factors[size]
        strips[second + i] = factors[32 + size]
    for i in range(behind if behind > 0 else 0, n):
        size = n - i + left if i > left else n
        strips[first + i] = factors[size]
        strips[second + i] = factors[32 + size]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _page_means(
    factors: cython.const[cython.ushort][::1], n: cython.Py_ssize_t, strips: cython.ushort[::1], size: cython.Py_ssize_t
) -> cython.void:
    """What a sum over each of the five windows is multiplied with, twice, to give a mean, for a page of `n` lines.

    A mean is a division by the lines of the window, fewer at the ends of a page: two multiplications of 16 bits keep it
    exact for sums, times 4, of up to 31 values of at most 200. Fills the strips 5 to 14 of `strips`.
    """
    _means_of(factors, n, strips, 5 * size, 10 * size, 2, 2)
    _means_of(factors, n, strips, 6 * size, 11 * size, 6, 6)
    _means_of(factors, n, strips, 7 * size, 12 * size, 15, 15)
    # the 8 lines before, the 8 behind: the line itself is none of them
    _means_of(factors, n, strips, 8 * size, 13 * size, 8, -1)
    _means_of(factors, n, strips, 9 * size, 14 * size, -1, 8)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _margins(strips: cython.ushort[::1], n: cython.Py_ssize_t) -> cython.void:
    """Zeros around the signal of a page of `n` lines in strip 0."""
    i: cython.Py_ssize_t
    for i in range(16):
        strips[i] = 0
        strips[16 + n + i] = 0
    strips[strips.shape[0] // 16 * 15] = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mean(total: cython.ushort, first: cython.ushort, second: cython.ushort, nothing: cython.ushort) -> cython.ushort:
    """A mean from 4 times a sum and the factors of `_page_means`.

    `nothing` is 0, which the compiler does not know: so it goes back to 16 bits between the multiplications, and has an
    instruction for eight of them.
    """
    mean: cython.ushort = (cython.cast(cython.uint, total) * first) >> 16
    mean = mean + nothing
    return (cython.cast(cython.uint, mean) * second) >> 16


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _whole(n: cython.Py_ssize_t, lo: cython.Py_ssize_t, out: cython.uchar[:, ::1]) -> cython.Py_ssize_t:
    """Lines of a page of `n` lines from `lo` on, filled up to whole vectors where the rows of `out` have room for them.

    What is computed of the lines more is nonsense, which the interpreter may find too large to be stored.
    """
    whole: cython.Py_ssize_t = (n + 15) >> 4 << 4
    return whole if cython.compiled and lo + whole <= out.shape[1] else n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def windows(
    strips: cython.ushort[::1],
    size: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    whole: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    sided: cython.int,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Means of one signal around each line of a page: +-2, +-6, +-15; if `sided` the 8 before, the 8 after; 255 for none.
    Gives the next row.

    Strip 0 holds 4 times the signal of the `n` lines from item 16 on, zeros around it; 5 to 14 are those of
    `_page_means`. What is written up to `whole` lines, whole vectors, is overwritten by the pages behind. Sums of 2, 4, 8 and 16 values make those of 5, 13 and 31; all loops are of vectors.
    """
    # places in `strips`: a slice for each would be counted, with locked instructions
    two: cython.Py_ssize_t = size
    four: cython.Py_ssize_t = 2 * size
    eight: cython.Py_ssize_t = 3 * size
    sixteen: cython.Py_ssize_t = 4 * size
    first: cython.Py_ssize_t = 5 * size
    second: cython.Py_ssize_t = 10 * size
    nothing: cython.ushort = strips[15 * size]
    total: cython.ushort
    i: cython.Py_ssize_t
    for i in range(whole + 30):
        strips[two + i] = strips[i] + strips[i + 1]
    for i in range(whole + 26):
        strips[four + i] = strips[two + i] + strips[two + i + 2]
    for i in range(whole + 18):
        strips[eight + i] = strips[four + i] + strips[four + i + 4]
    for i in range(whole + 1):
        strips[sixteen + i] = strips[eight + i] + strips[eight + i + 8]
    for i in range(whole):
        total = strips[four + i + 14] + strips[i + 18]
        out[row, lo + i] = _mean(total, strips[first + i], strips[second + i], nothing)
    for i in range(whole):
        total = strips[eight + i + 10] + strips[four + i + 18] + strips[i + 22]
        out[row + 1, lo + i] = _mean(total, strips[first + size + i], strips[second + size + i], nothing)
    for i in range(whole):
        total = (
            strips[sixteen + i + 1] + strips[eight + i + 17] + strips[four + i + 25] + strips[two + i + 29]
            + strips[i + 31]
        )  # fmt: skip
        out[row + 2, lo + i] = _mean(total, strips[first + 2 * size + i], strips[second + 2 * size + i], nothing)
    if not sided:
        return row + 3
    for i in range(whole):
        total = strips[eight + i + 8]
        out[row + 3, lo + i] = _mean(total, strips[first + 3 * size + i], strips[second + 3 * size + i], nothing)
    for i in range(whole):
        total = strips[eight + i + 17]
        out[row + 4, lo + i] = _mean(total, strips[first + 4 * size + i], strips[second + 4 * size + i], nothing)
    out[row + 3, lo] = 255
    out[row + 4, lo + n - 1] = 255
    return row + 5


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def neighbours(
    values: cython.const[cython.uchar][:, ::1],
    source: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """One signal of the line above and of the line below, for a page of the lines lo..hi; 255 beyond the page."""
    i: cython.Py_ssize_t
    for i in range(lo + 1, hi):
        out[row, i] = values[source, i - 1]
    for i in range(lo + 1, hi):
        out[row + 1, i - 1] = values[source, i]
    out[row, lo] = 255
    out[row + 1, hi - 1] = 255


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _stretch(
    log: cython.const[cython.uchar][::1],
    last: cython.Py_ssize_t,
    i: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The distances between two lines with a flag, `last` (below `lo`: none) and `i`: those of the table, forwards up to `i`
    and backwards from `last` on."""
    if last < lo:
        fill(out, row, lo, i + 1, 255)
        last = lo
    else:
        count_up(log, last, last + 1, i + 1, out, row)
    count_down(log, i, last, i, out, row + 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def distances(
    flags: cython.const[cython.uint][::1],
    distant: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How far the last line above and the next line below with each flag of `distant` (16 at most) are, for a page of the
    lines lo..hi; 255 where there is none."""
    n: cython.Py_ssize_t = distant.shape[0]
    i: cython.Py_ssize_t
    k: cython.Py_ssize_t
    f: cython.uint
    every: cython.uint = 0
    last: cython.Py_ssize_t[16]
    last = [0] * 16
    for k in range(n):
        every |= distant[k]
        last[k] = lo - 1
    for i in range(lo, hi):
        f = flags[i] & every
        if f == 0:
            continue
        for k in range(n):
            if f & distant[k]:
                _stretch(log, last[k], i, lo, out, row + 2 * k)
                last[k] = i
    for k in range(n):
        i = last[k]
        if i < lo:
            fill(out, row + 2 * k, lo, hi, 255)
            i = lo
        else:
            count_up(log, i, i + 1, hi, out, row + 2 * k)
        fill(out, row + 2 * k + 1, i, hi, 255)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def runs(
    flags: cython.const[cython.uint][::1],
    bit: cython.uint,
    want: cython.uint,
    slack: cython.Py_ssize_t,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Members of the run of like lines that a line stands in, and which of them it is; 0 outside of runs; for a page of the
    lines lo..hi.

    `slack` other lines may stand between two members; they get the run's numbers too.
    """
    i: cython.Py_ssize_t = lo
    j: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    members: cython.long
    seen: cython.long
    fill(out, row, lo, hi, 0)
    fill(out, row + 1, lo, hi, 0)
    while i < hi:
        if (flags[i] & bit) != want:
            i += 1
            continue
        first = i
        last = i
        members = 1
        j = i + 1
        while j < hi and j - last <= slack + 1:
            if (flags[j] & bit) == want:
                last = j
                members += 1
            j += 1
        fill(out, row, first, last + 1, log_of(log, members))
        i = last + 1
        if members == i - first:
            count_up(log, first, first, i, out, row + 1)
            continue
        seen = 0
        for j in range(first, i):
            out[row + 1, j] = log_of(log, seen)
            if (flags[j] & bit) == want:
                seen += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _flag_windows(
    flags: cython.const[cython.uint][::1],
    windowed: cython.const[cython.uint][::1],
    strips: cython.ushort[::1],
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    whole: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Windows of the flags `windowed` on the `n` lines from `lo` on; gives the next row."""
    size: cython.Py_ssize_t = strips.shape[0] // 16
    bit: cython.uint
    i: cython.Py_ssize_t
    k: cython.Py_ssize_t
    for k in range(windowed.shape[0]):
        bit = windowed[k]
        for i in range(n):
            strips[16 + i] = 800 if flags[lo + i] & bit else 0
        row = windows(strips, size, n, whole, lo, bit & (FLAG_HEADLINE | FLAG_NAV | FLAG_ENDED), out, row)
    return row


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _signal_windows(
    s: cython.const[cython.uchar][:, ::1],
    source: cython.Py_ssize_t,
    strips: cython.ushort[::1],
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    whole: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Windows of the signal in row `source` of the `n` lines from `lo` on; gives the next row."""
    i: cython.Py_ssize_t
    for i in range(n):
        strips[16 + i] = 4 * s[source, lo + i]
    return windows(strips, strips.shape[0] // 16, n, whole, lo, 1, out, row)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _all_windows(
    s: cython.const[cython.uchar][:, ::1],
    flags: cython.const[cython.uint][::1],
    windowed: cython.const[cython.uint][::1],
    strips: cython.ushort[::1],
    lo: cython.Py_ssize_t,
    n: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Windows of flags and signals on the `n` lines from `lo` on; gives the next row."""
    whole: cython.Py_ssize_t = _whole(n, lo, out)
    _margins(strips, n)
    row = _flag_windows(flags, windowed, strips, lo, n, whole, out, row)
    row = _signal_windows(s, SIGNAL_LETTERS, strips, lo, n, whole, out, row)
    row = _signal_windows(s, SIGNAL_FUNCTION, strips, lo, n, whole, out, row)
    row = _signal_windows(s, SIGNAL_TITLE, strips, lo, n, whole, out, row)
    return _signal_windows(s, SIGNAL_DIGITS, strips, lo, n, whole, out, row)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _all_neighbours(
    s: cython.const[cython.uchar][:, ::1],
    p: cython.const[cython.uchar][:, ::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """What the lines above and below say, for a page of the lines lo..hi; gives the next row."""
    neighbours(s, SIGNAL_WORDS, lo, hi, out, row)
    neighbours(s, SIGNAL_END, lo, hi, out, row + 2)
    neighbours(s, SIGNAL_START, lo, hi, out, row + 4)
    neighbours(s, SIGNAL_DIGITS, lo, hi, out, row + 6)
    neighbours(s, SIGNAL_TITLE, lo, hi, out, row + 8)
    neighbours(p, SAID_NAV_COVER, lo, hi, out, row + 10)
    neighbours(p, SAID_PROMO_COVER, lo, hi, out, row + 12)
    return row + 14


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _all_runs(
    flags: cython.const[cython.uint][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    log: cython.const[cython.uchar][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Runs of like lines, for a page of the lines lo..hi: short, headlines, headlines with up to three others between, with
    bullets, not long, long with up to two others between; gives the next row."""
    runs(flags, FLAG_SHORT, FLAG_SHORT, 0, lo, hi, log, out, row)
    runs(flags, FLAG_HEADLINE, FLAG_HEADLINE, 0, lo, hi, log, out, row + 2)
    runs(flags, FLAG_HEADLINE, FLAG_HEADLINE, 3, lo, hi, log, out, row + 4)
    runs(flags, FLAG_BULLET, FLAG_BULLET, 0, lo, hi, log, out, row + 6)
    runs(flags, FLAG_LONG, 0, 0, lo, hi, log, out, row + 8)
    runs(flags, FLAG_LONG, FLAG_LONG, 2, lo, hi, log, out, row + 10)
    return row + 12


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _context(
    s: cython.const[cython.uchar][:, ::1],
    p: cython.const[cython.uchar][:, ::1],
    flags: cython.const[cython.uint][::1],
    doc_line: cython.const[cython.int][::1],
    log: cython.const[cython.uchar][::1],
    factors: cython.const[cython.ushort][::1],
    windowed: cython.const[cython.uint][::1],
    distant: cython.const[cython.uint][::1],
    strips: cython.ushort[::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Fill the rows of `out` from `row` with what stands around each line; gives the next row.

    Shapes: `s`, `p`, `flags` one column per line that has letters or digits; `windowed` and `distant` uint32, the flags
    whose windows and distances are asked for; `strips` work space.
    """
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    at: cython.Py_ssize_t = row
    for d in range(doc_line.shape[0] - 1):
        lo = doc_line[d]
        hi = doc_line[d + 1]
        if hi == lo:
            continue
        _page_means(factors, hi - lo, strips, strips.shape[0] // 16)
        at = _all_windows(s, flags, windowed, strips, lo, hi - lo, out, row)
        at = _all_neighbours(s, p, lo, hi, out, at)
        distances(flags, distant, lo, hi, log, out, at)
        at = _all_runs(flags, lo, hi, log, out, at + 2 * distant.shape[0])
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _best_block(
    gain: cython.const[cython.int][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> tuple[cython.Py_ssize_t, cython.Py_ssize_t]:
    """The stretch of lines with the greatest sum of `gain`."""
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    start: cython.Py_ssize_t = lo
    total: cython.long = 0
    best: cython.long = 0
    first = lo
    stop = lo
    for i in range(lo, hi):
        if total <= 0:
            total = 0
            start = i
        total += gain[i]
        if total > best:
            best = total
            first = start
            stop = i + 1
    return first, stop


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gains(
    s: cython.const[cython.uchar][:, ::1], flags: cython.const[cython.uint][::1], gain: cython.int[::1]
) -> cython.void:
    """What each line adds to the main block: the words of long lines; other lines cost, headers of lists most."""
    i: cython.Py_ssize_t
    for i in range(flags.shape[0]):
        if flags[i] & FLAG_HEADER:
            gain[i] = -60
        elif flags[i] & FLAG_LONG:
            gain[i] = s[SIGNAL_WORDS, i] if s[SIGNAL_WORDS, i] < 60 else 60
        else:
            gain[i] = -6


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _article_block(
    gain: cython.const[cython.int][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> tuple[cython.Py_ssize_t, cython.Py_ssize_t]:
    """The first stretch of lines whose sum of `gain` is at least 40% of the greatest; a stretch ends at its greatest
    sum, once 90 points are lost again."""
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    start: cython.Py_ssize_t = lo
    top: cython.Py_ssize_t = lo
    turn: cython.Py_ssize_t
    total: cython.long
    peak: cython.long
    best: cython.long = 0
    first = lo
    stop = lo
    for turn in range(2):
        total = 0
        peak = 0
        start = lo
        for i in range(lo, hi + 1):
            if i == hi or total <= 0 or peak - total > 90:
                if turn == 0:
                    if peak > best:
                        best = peak
                elif peak > 0 and peak * 10 >= best * 4:
                    first = start
                    stop = top + 1
                    return first, stop
                total = 0
                peak = 0
                start = i
            if i < hi:
                total += gain[i]
                if total > peak:
                    peak = total
                    top = i
    return first, stop


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _letters(letters: cython.const[cython.int][:, ::1], i: cython.Py_ssize_t) -> cython.long:
    """Letters of line `i` in all scripts."""
    return letters[0, i] + letters[1, i] + letters[2, i]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _ends_article(f: cython.uint) -> cython.uint:
    """Whether a line closes an article, by its flags: it heads a list, or is about sharing or comments."""
    return f & (FLAG_HEADER | FLAG_SHARE | FLAG_COMMENTS)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _measure_page(
    letters: cython.const[cython.int][:, ::1], flags: cython.const[cython.uint][::1], page: Page
) -> cython.void:
    """Letters of the page, of its long lines, and the script of most letters."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    total: cython.long
    most: cython.long = -1
    page.letters = 0
    page.long_letters = 0
    for j in range(3):
        total = 0
        for i in range(page.lo, page.hi):
            total += letters[j, i]
        page.letters += total
        if total > most:
            most = total
            page.script = j
    for i in range(page.lo, page.hi):
        if flags[i] & FLAG_LONG:
            page.long_letters += _letters(letters, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _measure_block(
    letters: cython.const[cython.int][:, ::1], flags: cython.const[cython.uint][::1], page: Page
) -> cython.void:
    """Letters and long lines of the main block, and what speaks for an article of the page's own, as bits: long lines, a
    date or byline just above the block, an end marker just below."""
    first: cython.Py_ssize_t = page.first
    stop: cython.Py_ssize_t = page.stop
    i: cython.Py_ssize_t
    page.inside = 0
    page.longs = 0
    for i in range(first, stop):
        page.inside += _letters(letters, i)
        if flags[i] & FLAG_LONG:
            page.longs += 1
    page.evidence = HAS_LONGS if page.longs >= 3 else 0
    for i in range(max(first - 12, page.lo), min(first + 2, page.hi)):
        if flags[i] & FLAG_META:
            page.evidence |= HAS_META_ABOVE
    for i in range(stop, min(stop + 15, page.hi)):
        if _ends_article(flags[i]):
            page.evidence |= HAS_END_BELOW


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _block_rows(
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Seven rows from `row`: before, in or behind the main block, lines from its start and to its end, its share of
    the page, `evidence`; behind it the end markers above, and headlines since the last."""
    first: cython.Py_ssize_t = page.first
    stop: cython.Py_ssize_t = page.stop
    i: cython.Py_ssize_t
    marker: cython.uchar = 0
    heads: cython.long = 0
    fill(out, row + BLOCK_SIDE, page.lo, first, BEFORE_BLOCK)
    fill(out, row + BLOCK_SIDE, first, stop, INSIDE_BLOCK)
    fill(out, row + BLOCK_SIDE, stop, page.hi, BEHIND_BLOCK)
    count_down(log, first, page.lo, first, out, row + BLOCK_FROM_START)
    count_up(log, first, first, stop, out, row + BLOCK_FROM_START)
    fill(out, row + BLOCK_FROM_START, stop, page.hi, 255)
    fill(out, row + BLOCK_TO_END, page.lo, first, 255)
    count_down(log, stop, first, stop, out, row + BLOCK_TO_END)
    count_up(log, stop - 1, stop, page.hi, out, row + BLOCK_TO_END)
    fill(out, row + BLOCK_CLOSED, page.lo, stop, 255)
    fill(out, row + BLOCK_HEADS_AFTER, page.lo, stop, 255)
    fill(out, row + BLOCK_SIZE, page.lo, page.hi, share(page.inside, page.letters))
    fill(out, row + BLOCK_EVIDENCE, page.lo, page.hi, page.evidence)
    for i in range(stop, page.hi):
        if flags[i] & FLAG_HEADLINE:
            heads += 1
        out[row + BLOCK_CLOSED, i] = marker
        out[row + BLOCK_HEADS_AFTER, i] = log_of(log, heads)
        if _ends_article(flags[i]):
            if flags[i] & FLAG_HEADER:
                marker |= BY_LIST
            else:
                marker |= BY_SHARE if flags[i] & FLAG_SHARE else BY_COMMENTS
            heads = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_headlines(
    flags: cython.const[cython.uint][::1], i: cython.Py_ssize_t, hi: cython.Py_ssize_t
) -> cython.long:
    """Headlines of the group that begins at line `i`, with gaps of at most three lines."""
    last: cython.Py_ssize_t = i
    found: cython.long = 0
    while i < hi and i - last <= 4:
        if flags[i] & FLAG_HEADLINE:
            found += 1
            last = i
        i += 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _headline_rows(
    flags: cython.const[cython.uint][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """What a headline is on a page with an article of its own: whether it has one, 1 or 2 (with an article) for headlines in
    groups after its end, and for those above it."""
    stop: cython.Py_ssize_t = page.stop
    first: cython.Py_ssize_t = page.first if page.longs >= 3 else page.lo
    article: cython.uchar = page.article
    i: cython.Py_ssize_t
    group: cython.long = 0
    last: cython.Py_ssize_t = page.lo - 9
    for i in range(page.lo, page.hi):
        out[row + SECTION_ARTICLE, i] = article
        out[row + SECTION_AFTER_ARTICLE, i] = 0
        out[row + SECTION_TICKER, i] = 0
        if not flags[i] & FLAG_HEADLINE:
            continue
        if i - last > 4:
            group = _count_headlines(flags, i, page.hi)
        last = i
        if group >= 3 and i >= stop and out[row + BLOCK_CLOSED, i] != 0:
            out[row + SECTION_AFTER_ARTICLE, i] = 1 + article
        if group >= 4 and i < first and out[SIGNAL_WORDS, i] >= 6:
            out[row + SECTION_TICKER, i] = 1 + article


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _under_header_row(
    flags: cython.const[cython.uint][::1], page: Page, out: cython.uchar[:, ::1], row: cython.Py_ssize_t
) -> cython.void:
    """Lines of words under a header of a list, up to 40 lines or three long ones below: 1, 2 on a page with an article, 3
    where a sentence ends."""
    item: cython.uchar = 1 + page.article
    i: cython.Py_ssize_t
    f: cython.uint
    is_open: cython.int = 0
    since: cython.long = 0
    longs: cython.long = 0
    for i in range(page.lo, page.hi):
        f = flags[i]
        out[row + SECTION_UNDER_HEADER, i] = 0
        if is_open and out[SIGNAL_WORDS, i] >= 4 and not f & FLAG_HEADER and longs < 3 and since <= 40:
            out[row + SECTION_UNDER_HEADER, i] = 3 if f & FLAG_ENDED else item
        since += 1
        longs += 1 if f & FLAG_LONG else 0
        if f & FLAG_HEADER:
            is_open = 1
            since = 0
            longs = 0
        elif f & (FLAG_COMMENTS | FLAG_LEGAL | FLAG_FORM):
            is_open = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_prose(s: cython.const[cython.uchar][:, ::1], f: cython.uint, i: cython.Py_ssize_t) -> cython.bint:
    """Ten words, with a sentence that ends, and no bullet."""
    return s[SIGNAL_WORDS, i] >= 10 and (f & FLAG_ENDED or s[SIGNAL_SENTENCES, i] > 0) and not f & FLAG_BULLET


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _prose_rows(
    letters: cython.const[cython.int][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The share of the page's prose that is above, by letters; lines since the last of it, 255 for none."""
    i: cython.Py_ssize_t
    above: cython.longlong = 0
    every: cython.longlong = 0
    last: cython.Py_ssize_t = -1
    inverse: cython.ulonglong
    for i in range(page.lo, page.hi):
        if _is_prose(out, flags[i], i):
            every += _letters(letters, i)
    inverse = _inverse_of_page(every)
    for i in range(page.lo, page.hi):
        out[row + SECTION_PROSE_BEFORE, i] = _part_of_page(above, every, inverse)
        out[row + SECTION_PROSE_LAST, i] = log_of(log, i - last) if last >= 0 else 255
        if _is_prose(out, flags[i], i):
            above += _letters(letters, i)
            last = i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _place_rows(
    letters: cython.const[cython.int][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Lines above and below, their share; shares of the page's letters above, of those of long
    lines; lines of the page; share of the page's main script in the line."""
    lo: cython.Py_ssize_t = page.lo
    hi: cython.Py_ssize_t = page.hi
    all_letters: cython.long = page.letters
    long_letters: cython.long = page.long_letters
    script: cython.Py_ssize_t = page.script
    inverse: cython.ulonglong = _inverse_of_page(hi - lo)
    letters_inverse: cython.ulonglong = _inverse_of_page(all_letters)
    long_inverse: cython.ulonglong = _inverse_of_page(long_letters)
    i: cython.Py_ssize_t
    total: cython.long
    above: cython.long = 0
    longs_above: cython.long = 0
    count_up(log, lo, lo, hi, out, row + SECTION_INDEX)
    count_down(log, hi - 1, lo, hi, out, row + SECTION_RINDEX)
    fill(out, row + SECTION_PAGE, lo, hi, log_of(log, hi - lo))
    for i in range(lo, hi):
        total = _letters(letters, i)
        out[row + SECTION_PLACE, i] = _part_of_page(i - lo, hi - lo, inverse)
        out[row + SECTION_LETTERS_BEFORE, i] = _part_of_page(above, all_letters, letters_inverse)
        out[row + SECTION_LONG_BEFORE, i] = _part_of_page(longs_above, long_letters, long_inverse)
        out[row + SECTION_SCRIPT, i] = share(letters[script, i], total)
        above += total
        if flags[i] & FLAG_LONG:
            longs_above += total


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _opener(f: cython.uint, menu: cython.uchar) -> cython.uchar:
    """What section a line opens by a known wording, from its flags and how strongly the phrases of `menu` hold it."""
    if f & FLAG_HEADER:
        return OPENS_LIST
    if f & FLAG_COMMENTS:
        return OPENS_COMMENTS
    if f & FLAG_SHARE:
        return OPENS_SHARE
    if f & FLAG_LEGAL:
        return OPENS_LEGAL
    if f & FLAG_FORM:
        return OPENS_FORM
    if menu == ALL_OF_IT and not f & FLAG_BULLET:
        return OPENS_MENU
    return OPENS_CALL if f & FLAG_CALL else OPENS_NOTHING


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _opened_rows(
    p: cython.const[cython.uchar][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The section that was opened last; lines, headlines and long lines since then, 255 for none;
    headers of lists above; the last short line that may be a header, whatever it says, and lines since then."""
    i: cython.Py_ssize_t
    f: cython.uint
    opens: cython.uchar
    opened: cython.uchar = OPENS_NOTHING
    since: cython.long = 0
    heads: cython.long = 0
    longs: cython.long = 0
    lists: cython.uchar = 0
    header: cython.Py_ssize_t = -1
    header_class: cython.uchar = 0
    for i in range(page.lo, page.hi):
        f = flags[i]
        out[row + SECTION_OPENED, i] = opened
        out[row + SECTION_SINCE, i] = log_of(log, since) if opened else 255
        out[row + SECTION_HEADS_SINCE, i] = log_of(log, heads) if opened else 255
        out[row + SECTION_LONGS_SINCE, i] = log_of(log, longs) if opened else 255
        out[row + SECTION_LISTS, i] = lists
        out[row + SECTION_ABOVE_CLASS, i] = header_class
        out[row + SECTION_ABOVE_DISTANCE, i] = log_of(log, i - header) if header >= 0 else 255
        since += 1
        heads += 1 if f & FLAG_HEADLINE else 0
        longs += 1 if f & FLAG_LONG else 0
        opens = _opener(f, p[SAID_MENU, i])
        if opens:
            opened = opens
            since = heads = longs = 0
        if opens == OPENS_LIST:
            lists += 1
        if out[SIGNAL_WORDS, i] <= 5 and not f & (FLAG_META | FLAG_MORE | FLAG_BULLET | FLAG_SQUARE):
            header = i
            header_class = opens + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _page_rows(
    p: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    flags: cython.const[cython.uint][::1],
    log: cython.const[cython.uchar][::1],
    page: Page,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """The twenty rows behind those of `_block_rows`, with which `row` begins."""
    # a third of the main block are long lines, with a date above or an end marker below
    has_article: cython.bint = page.longs >= 3 and page.longs * 20 >= (page.stop - page.first) * 7
    page.article = 1 if has_article and page.evidence & (HAS_META_ABOVE | HAS_END_BELOW) else 0
    _place_rows(letters, flags, log, page, out, row)
    _opened_rows(p, flags, log, page, out, row)
    _headline_rows(flags, page, out, row)
    _under_header_row(flags, page, out, row)
    _prose_rows(letters, flags, log, page, out, row)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sections(
    p: cython.const[cython.uchar][:, ::1],
    lines: Lines,
    log: cython.const[cython.uchar][::1],
    full: cython.bint,
    page: Page,
    row: cython.Py_ssize_t,
) -> cython.void:
    """The page read as a sequence: its main block, by what each line adds to it, and what closes it, in seven rows from
    `row`. With `full` the block is the first good one, and the rows of `_page_rows` follow."""
    d: cython.Py_ssize_t
    for d in range(lines.doc_line.shape[0] - 1):
        page.lo = lines.doc_line[d]
        page.hi = lines.doc_line[d + 1]
        if page.hi == page.lo:
            continue
        if full:
            page.first, page.stop = _article_block(lines.room.gain, page.lo, page.hi)
        else:
            page.first, page.stop = _best_block(lines.room.gain, page.lo, page.hi)
        _measure_page(lines.letters, lines.flags, page)
        _measure_block(lines.letters, lines.flags, page)
        _block_rows(lines.flags, log, page, lines.every, row)
        if full:
            _page_rows(p, lines.letters, lines.flags, log, page, lines.every, row)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _body_gains(
    body: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    log: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    gain: cython.int[::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> tuple[cython.longlong, cython.longlong]:
    """The scores of the lines lo..hi in `row`, and what each adds to the main block, more with more letters; their sum by
    letters, and by lines."""
    i: cython.Py_ssize_t
    size: cython.longlong
    by_letters: cython.longlong = 0
    by_lines: cython.longlong = 0
    for i in range(lo, hi):
        out[row, i] = body[0, i]
        size = _letters(letters, i)
        gain[i] = (cython.cast(cython.int, body[0, i]) - 90) * log_of(log, size)
        by_letters += size * body[0, i]
        by_lines += body[0, i]
    return by_letters, by_lines


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _body_shares(
    body: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    total: cython.longlong,
    mean: cython.uchar,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """Three rows from `row`: shares of the `total` of scores by letters before and after each line, and the `mean` score."""
    i: cython.Py_ssize_t
    before: cython.longlong = 0
    inverse: cython.ulonglong = _inverse_of_page(total)
    fill(out, row + 2, lo, hi, mean)
    for i in range(lo, hi):
        out[row, i] = _part_of_page(before, total, inverse)
        before += cython.cast(cython.longlong, _letters(letters, i)) * body[0, i]
        out[row + 1, i] = _part_of_page(total - before, total, inverse)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _body_context(
    body: cython.const[cython.uchar][:, ::1],
    letters: cython.const[cython.int][:, ::1],
    doc_line: cython.const[cython.int][::1],
    log: cython.const[cython.uchar][::1],
    factors: cython.const[cython.ushort][::1],
    strips: cython.ushort[::1],
    gain: cython.int[::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """What the body scores of the lines around say: rows from `row`, 0-7 own, neighbours, windows; 15-17 before, after, page.

    `body` uint8[1, m], 0 to 200. `gain`, what each line adds to the main block, is filled for `sections`.
    """
    d: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    whole: cython.Py_ssize_t
    by_letters: cython.longlong
    by_lines: cython.longlong
    for d in range(doc_line.shape[0] - 1):
        lo = doc_line[d]
        hi = doc_line[d + 1]
        if hi == lo:
            continue
        whole = _whole(hi - lo, lo, out)
        _page_means(factors, hi - lo, strips, strips.shape[0] // 16)
        _margins(strips, hi - lo)
        _signal_windows(body, 0, strips, lo, hi - lo, whole, out, row + 3)
        neighbours(body, 0, lo, hi, out, row + 1)
        by_letters, by_lines = _body_gains(body, letters, log, lo, hi, gain, out, row)
        _body_shares(body, letters, lo, hi, by_letters, cap(by_lines // (hi - lo)), out, row + 15)


@cython.ccall
def find_lines(scanned: Scanned, block: cython.int[::1], doc_line: cython.int[::1]) -> int:
    """The lines of a batch, the blocks with a word in them: `block` of each, `doc_line` first of each document and
    behind the last; their number."""
    block_word: cython.const[cython.int][::1] = scanned.block_word
    block_doc: cython.const[cython.int][::1] = scanned.block_doc
    n: cython.Py_ssize_t = scanned.n_blocks
    b: cython.Py_ssize_t
    m: cython.Py_ssize_t = 0
    d: cython.Py_ssize_t = 0
    with cython.nogil:
        for b in range(n):
            if block_word[b + 1] == block_word[b]:
                continue
            while d <= block_doc[b]:
                doc_line[d] = cython.cast(cython.int, m)
                d += 1
            block[m] = cython.cast(cython.int, b)
            m += 1
        while d < doc_line.shape[0]:
            doc_line[d] = cython.cast(cython.int, m)
            d += 1
    return m


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rule_rows(
    fired: cython.const[cython.uint][::1],
    shape_rows: cython.const[cython.int][::1],
    block: cython.const[cython.int][::1],
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """1 for each of some shape rules that fires on a line, from `row` on."""
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t
    for k in range(shape_rows.shape[0]):
        for i in range(block.shape[0]):
            out[row + k, i] = 0
    for i in range(block.shape[0]):
        if fired[block[i]] == 0:
            continue
        for k in range(shape_rows.shape[0]):
            out[row + k, i] = (fired[block[i]] >> shape_rows[k]) & 1


@cython.ccall
def line_columns(
    scanned: Scanned,
    tables: Tables,
    said: Phrases,
    rules: Rules,
    lines: Lines,
    room: LineRoom,
    strip_room: StripRoom,
    words: WordRoom,
    table: HashRoom,
    n_signals: cython.Py_ssize_t,
    n_groups: cython.Py_ssize_t,
) -> None:
    """Fill `lines`: the columns that do not need body scores, the flags and the letters by script.

    Columns are handed on as they are: names bound to them would be counted, with locked instructions.
    """
    row: cython.Py_ssize_t
    out: cython.uchar[:, ::1] = lines.every
    phrases: cython.uchar[:, ::1] = out[n_signals:]
    with cython.nogil:
        _open_table(table)
        _signals(scanned, tables, lines, room, words.content)
        row = n_signals
        _groups(
            said.kinds, said.loose, said.whole, said.opening, said.cover, tables.row_kind, tables.kind_group,
            scanned.block_word, lines.block, n_groups, out, row,
        )  # fmt: skip
        row += n_groups + 4
        _flag_lines(out, phrases, lines.flags)
        _echoes(scanned, lines, room, words.content, table, tables.log, row)
        row += 4
        row = _context(
            out, phrases, lines.flags, lines.doc_line, tables.log, tables.factors, tables.windowed, tables.distant,
            strip_room.strips, out, row,
        )  # fmt: skip
        _gains(out, lines.flags, room.gain)
        _sections(phrases, lines, tables.log, True, lines.page, row)
        row += 27
        _rule_rows(rules.fired, tables.shape_rows, lines.block, out, row)
        table.stamps[table.stamps.shape[0] - 1] = table.stamp


def body_columns(
    tables: Tables,
    lines: Lines,
    n_signals: cython.Py_ssize_t,
    row: cython.Py_ssize_t,
    section: cython.Py_ssize_t,
) -> None:
    """Fill the rows of `lines` from `row` that the body scores decide."""
    phrases: cython.uchar[:, ::1] = lines.every[n_signals:]
    with cython.nogil:
        _body_context(
            lines.body, lines.letters, lines.doc_line, tables.log, tables.factors, lines.strips.strips, lines.room.gain,
            lines.every, row,
        )  # fmt: skip
        _sections(phrases, lines, tables.log, False, lines.page, row + section)


def read_lines(
    scanned: Scanned,
    tables: Tables,
    phrases: Phrases,
    rules: Rules,
    lines: Lines,
    words: WordRoom,
    table: HashRoom,
    n_docs: cython.Py_ssize_t,
    n_signals: cython.Py_ssize_t,
    n_groups: cython.Py_ssize_t,
) -> int:
    """The lines of `n_docs` documents, and their columns that need no body scores; the number of lines."""
    m: cython.Py_ssize_t = find_lines(scanned, lines.every_block, lines.every_doc_line[: n_docs + 1])
    lines.hold(m, n_docs)
    line_columns(scanned, tables, phrases, rules, lines, lines.room, lines.strips, words, table, n_signals, n_groups)
    return m
