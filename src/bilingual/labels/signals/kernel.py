# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What a line says by itself: its words, the marks between them, its place, its phrases and shapes.

A line is a block with a word in it. Every column is a row of bytes, one byte per line; see `measures` for their scales.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.measures import cap, ends_sentence, inverse_of, log_of, part_of, share
    from cython.cimports.bilingual.labels.numbers import (
        ALL_OF_IT,
        AT_OPENING,
        IN_POSITION,
        MARK_BULLET,
        MARK_COLON,
        MARK_COMMA,
        MARK_ELLIPSIS,
        MARK_LETTER,
        MARK_QUOTE,
        MARK_SEPARATOR,
        MARK_SPACE,
        MARK_SQUARE_CLOSE,
        MARK_SQUARE_OPEN,
        MARK_STOP,
        MARK_SYMBOL,
        OUT_OF_POSITION,
        SIGNAL_COLONS,
        SIGNAL_COMMAS,
        SIGNAL_CUT,
        SIGNAL_DIGITS,
        SIGNAL_END,
        SIGNAL_GAP,
        SIGNAL_INDENT,
        SIGNAL_JOINS,
        SIGNAL_LATIN,
        SIGNAL_LETTERS,
        SIGNAL_QUOTES,
        SIGNAL_SENTENCES,
        SIGNAL_SEPARATORS,
        SIGNAL_SQUARES,
        SIGNAL_START,
        SIGNAL_SYMBOLS,
        SIGNAL_TITLE,
        SIGNAL_UPPER,
        SIGNAL_URLS,
        SIGNAL_WORD_LENGTH,
        SIGNAL_WORDS,
    )
    from cython.cimports.bilingual.labels.stretches import is_unseen, shown_from
    from cython.cimports.bilingual.text.bits import lowest
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
    from bilingual.labels.stretches import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

    def lowest(bits: int) -> int:
        """The place of the lowest bit."""
        return (bits & -bits).bit_length() - 1


COMPILED = cython.compiled


@cython.cclass
class Tables:
    """Look-up tables, see `features.Tables`; `shape_rows` are the shape rules that are columns."""

    marks: cython.const[cython.uchar][::1]
    log: cython.const[cython.uchar][::1]
    kind_group: cython.const[cython.uchar][::1]
    row_kind: cython.const[cython.uchar][::1]
    shape_rows: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.marks,
            self.log,
            self.kind_group,
            self.row_kind,
            self.shape_rows,
        ) = columns


@cython.cclass
class Scanned:
    """The columns of a scan, see `scan.Scan`; they may have room for more than `n_words` and `n_blocks`."""

    codes: cython.const[cython.uint][::1]
    word_start: cython.const[cython.int][::1]
    word_end: cython.const[cython.int][::1]
    word_script: cython.const[cython.uchar][::1]
    word_flags: cython.const[cython.ushort][::1]
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
            self.word_start,
            self.word_end,
            self.word_script,
            self.word_flags,
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
class Lines:
    """Room for the lines and their columns, see `features.Lines`; `block` is what is in use."""

    every_block: cython.int[::1]
    every_doc_line: cython.int[::1]
    every: cython.uchar[:, ::1]
    letters: cython.int[:, ::1]
    block: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.every_block,
            self.every_doc_line,
            self.every,
            self.letters,
        ) = columns

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t) -> None:
        """How many lines there are."""
        self.block = self.every_block[:m]


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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mark(marks: cython.const[cython.uchar][::1], code: cython.uint) -> cython.uchar:
    """The kind of a mark, see `numbers`."""
    if code < cython.cast(cython.uint, marks.shape[0]):
        return marks[code]
    return MARK_SPACE if code == ord("\N{ZERO WIDTH NO-BREAK SPACE}") else MARK_SYMBOL


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
    """Kinds of the last mark of a line start..stop, looking behind closing quotes and brackets, and of the first.

    What is not seen, as the mark that keeps a full stop at the left end of a line, is no mark.
    """
    kind: cython.uchar = MARK_LETTER
    j: cython.Py_ssize_t = stop - 1
    while start < j and _mark(marks, codes[start]) == MARK_SPACE:
        start += 1
    out[SIGNAL_START, at] = _mark(marks, codes[start] if stop > start else 0)
    while j >= start:
        kind = _mark(marks, codes[j])
        if (kind == MARK_QUOTE or kind == MARK_SPACE) and j > start:
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
    inverse: cython.ulonglong = inverse_of(words)
    out[SIGNAL_WORDS, at] = cap(words)
    out[SIGNAL_LETTERS, at] = log_of(log, total)
    out[SIGNAL_WORD_LENGTH, at] = _word_length(total, words, inverse)
    out[SIGNAL_DIGITS, at] = part_of(digits, words, inverse)
    out[SIGNAL_TITLE, at] = part_of(title, words, inverse)
    out[SIGNAL_UPPER, at] = part_of(upper, words, inverse)
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _ends_line(code: cython.uint) -> cython.bint:
    return code == ord("\n") or code == ord("\r") or code == ord("\N{LINE SEPARATOR}") or code == ord("\N{PARAGRAPH SEPARATOR}")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _indent(codes: cython.const[cython.uint][::1], start: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.long:
    """How far from the start of its line of text the block start..stop is seen, at most 20."""
    indent: cython.long = 0
    j: cython.Py_ssize_t
    for j in range(start, shown_from(codes, start, stop)):
        indent += not is_unseen(codes[j])
    # a line feed stands between documents
    j = start - 1
    while j >= 0 and indent < 20 and not _ends_line(codes[j]):
        indent += not is_unseen(codes[j])
        j -= 1
    return indent if indent < 20 else 20


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _position_rows(
    codes: cython.const[cython.uint][::1],
    block_start: cython.const[cython.int][::1],
    block_end: cython.const[cython.int][::1],
    block_doc: cython.const[cython.int][::1],
    block_line: cython.const[cython.int][::1],
    block_cut: cython.const[cython.uchar][::1],
    block: cython.const[cython.int][::1],
    out: cython.uchar[:, ::1],
) -> cython.void:
    """Distance of each line's block to the start of its line of text, lines from the block above, how it was cut."""
    at: cython.Py_ssize_t
    b: cython.Py_ssize_t
    gap: cython.long
    for at in range(block.shape[0]):
        b = block[at]
        gap = 20
        if b > 0 and block_doc[b - 1] == block_doc[b] and block_line[b] - block_line[b - 1] < 20:
            gap = block_line[b] - block_line[b - 1]
        out[SIGNAL_INDENT, at] = _indent(codes, block_start[b], block_end[b])
        out[SIGNAL_GAP, at] = gap
        out[SIGNAL_CUT, at] = block_cut[b]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _signals(scanned: Scanned, tables: Tables, lines: Lines) -> cython.void:
    """Fill the first rows from the words of each line and the marks between them.

    Columns are handed on one by one: as parameters they stay in registers, as names bound to them they would not.
    """
    _word_rows(
        scanned.word_start, scanned.word_end, scanned.word_script, scanned.word_flags, scanned.block_word, lines.block,
        lines.letters, lines.every, tables.log,
    )  # fmt: skip
    _mark_rows(
        scanned.codes, scanned.word_start, scanned.word_end, scanned.block_start, scanned.block_end, scanned.block_word,
        lines.block, tables.marks, lines.every,
    )  # fmt: skip
    _position_rows(
        scanned.codes, scanned.block_start, scanned.block_end, scanned.block_doc, scanned.block_line, scanned.block_cut,
        lines.block, lines.every,
    )  # fmt: skip


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
    k: cython.Py_ssize_t
    while bits:
        k = lowest(bits)
        _strengthen(out, row + kind_group[k], at, IN_POSITION if kinds & (one << k) else OUT_OF_POSITION)
        bits &= bits - 1


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


def read_lines(
    scanned: Scanned,
    tables: Tables,
    said: Phrases,
    rules: Rules,
    lines: Lines,
    n_docs: cython.Py_ssize_t,
    n_groups: cython.Py_ssize_t,
    phrase_row: cython.Py_ssize_t,
    rule_row: cython.Py_ssize_t,
) -> int:
    """The lines of `n_docs` documents, with the rows of signals but for those of `vocabulary.kernel`, and of phrases and
    rules from the rows given on, and letters by script; the number of lines.

    Columns are handed on as they are: names bound to them would be counted, with locked instructions.
    """
    m: cython.Py_ssize_t = find_lines(scanned, lines.every_block, lines.every_doc_line[: n_docs + 1])
    lines.hold(m)
    with cython.nogil:
        _signals(scanned, tables, lines)
        _groups(
            said.kinds, said.loose, said.whole, said.opening, said.cover, tables.row_kind, tables.kind_group,
            scanned.block_word, lines.block, n_groups, lines.every, phrase_row,
        )  # fmt: skip
        _rule_rows(rules.fired, tables.shape_rows, lines.block, lines.every, rule_row)
    return m
