# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The hot loop: code points -> words with hashes, and the events that blocks are cut at.

One pass classifies every code point, cuts words (a run of one script with its marks, digits, joiners and inner
apostrophes), hashes their search fold and notes line ends, gaps, separators and sentence ends. A second, much
shorter pass walks the events and decides the blocks.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.classes import (
        APOSTROPHE,
        ARAB,
        BAR,
        BULLET,
        CHAIN_SIGN,
        CLOSE,
        COMMA,
        CUT_CELL,
        CUT_GROUP,
        CUT_LINE,
        DIGIT,
        END,
        FOLD_DROP,
        FOLD_EXPANSION,
        HARD_GAP,
        JUSTIFIED_GAP,
        KIND_MASK,
        LATN,
        LETTER,
        LINE_END,
        MARK,
        NEWLINE,
        NO_WORD,
        OF_CODE,
        OPEN,
        OTHER,
        PAUSE,
        PUNCT,
        QUOTE,
        SCRIPT_MASK,
        SCRIPT_SHIFT,
        SENTENCE_END,
        SEPARATOR,
        SIGN,
        SOFT_GAP,
        SPACE,
        UPPER_BIT,
        WORD_AFTER_COLON,
        WORD_AFTER_COMMA,
        WORD_AFTER_EDGE,
        WORD_AFTER_END,
        WORD_AFTER_SIGN,
        WORD_ALL_DIGITS,
        WORD_APOSTROPHE,
        WORD_ATTACHED,
        WORD_EMAIL,
        WORD_HANDLE,
        WORD_HAS_DIGIT,
        WORD_HAS_MARK,
        WORD_HASHTAG,
        WORD_TITLE,
        WORD_UPPER,
        WORD_URL,
        WORD_WRITTEN,
        ZYYY,
    )
    from cython.cimports.cpython.bytes import PyBytes_AS_STRING, PyBytes_FromStringAndSize
    from cython.cimports.cpython.unicode import PyUnicode_AsUCS4
    from cython.cimports.libc.string import memcpy
else:
    from bilingual.text.classes import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _first_hash() -> cython.ulonglong:
    """What the hash of a word begins with."""
    basis: cython.ulonglong = 14695981039346656037
    return basis


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _last_hash(h: cython.ulonglong) -> cython.ulonglong:
    """What it ends with: the low bits, by which words are looked up, get something of the high ones."""
    return h ^ (h >> 29)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _hash_step(h: cython.ulonglong, c: cython.ulonglong) -> cython.ulonglong:
    """One step of FNV-1a, 64 bits, with a code point instead of a byte."""
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    return ((h ^ c) * prime) & mask


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hash_expansion(
    expansions: cython.const[cython.uint][::1], at: cython.Py_ssize_t, h: cython.ulonglong
) -> cython.ulonglong:
    """Hash the code points of the expansion at `at`: its length, then the code points."""
    n: cython.Py_ssize_t = expansions[at]
    while n > 0:
        at += 1
        n -= 1
        h = _hash_step(h, expansions[at])
    return h


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _plain_letters(
    codes: cython.const[cython.uint][::1],
    plain: cython.const[cython.uint][::1],
    base: cython.Py_ssize_t,
    reach: cython.uint,
    i: cython.Py_ssize_t,
    h: cython.ulonglong,
) -> tuple[cython.Py_ssize_t, cython.ulonglong]:
    """Hash letters from `i` on while they are plain ones of one script, whose table begins at `base`; the first that is
    none, and the hash. The closing line feed ends every word before `codes` does."""
    code: cython.uint = codes[i]
    while code < reach:
        code = plain[base + code]
        if code == 0:
            break
        h = _hash_step(h, code)
        i += 1
        code = codes[i]
    return i, h


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _written_letters(
    codes: cython.const[cython.uint][::1],
    plain: cython.const[cython.uint][::1],
    base: cython.Py_ssize_t,
    reach: cython.uint,
    i: cython.Py_ssize_t,
    h: cython.ulonglong,
    x: cython.ulonglong,
) -> tuple[cython.Py_ssize_t, cython.ulonglong, cython.ulonglong]:
    """As `_plain_letters`, and the hash `x` of the letters as they are written."""
    code: cython.uint = codes[i]
    folded: cython.uint
    while code < reach:
        folded = plain[base + code]
        if folded == 0:
            break
        h = _hash_step(h, folded)
        x = _hash_step(x, code)
        i += 1
        code = codes[i]
    return i, h, x


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hash_written(
    codes: cython.const[cython.uint][::1], start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.ulonglong:
    """The hash of `codes[start:end]` as written."""
    x: cython.ulonglong = _first_hash()
    i: cython.Py_ssize_t
    for i in range(start, end):
        x = _hash_step(x, codes[i])
    return x


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_word_kind(kind: cython.uint) -> cython.bint:
    """Whether Python's \\w matches it, closely enough: letters, marks, digits."""
    return kind == LETTER or kind == MARK or kind == DIGIT


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_of_word(kind: cython.uint) -> cython.bint:
    """Whether it can stand inside a word: a letter, mark, digit, joiner or apostrophe."""
    return OTHER < kind <= APOSTROPHE


@cython.cclass
class Classes:
    """The code point tables, see `tables.CodePointTables`; `plain`, see `scan.plain_letters`; `domains` of hosts
    and `extensions` of files, see `scan.packed_names`."""

    pages: cython.const[cython.ushort][::1]
    cells: cython.const[cython.ulonglong][::1]
    expansions: cython.const[cython.uint][::1]
    plain: cython.const[cython.uint][::1]
    domains: cython.const[cython.ulonglong][::1]
    extensions: cython.const[cython.ulonglong][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.pages,
            self.cells,
            self.expansions,
            self.plain,
            self.domains,
            self.extensions,
        ) = columns


@cython.cclass
class Words:
    """Room for the columns of words and events, kept between batches; handing over arrays one by one costs more than
    a small page.

    While a batch is scanned: how many there are, the flags that the next word has from what stands before it, the first
    place where an e-mail address may begin, and the event of an open « between blanks: -1 for none, -2 where it has no
    event.
    """

    start: cython.int[::1]
    end: cython.int[::1]
    script: cython.uchar[::1]
    flags: cython.ushort[::1]
    hash: cython.ulonglong[::1]
    written: cython.uint[::1]
    event_pos: cython.int[::1]
    event_kind: cython.uchar[::1]
    event_word: cython.int[::1]
    n: cython.Py_ssize_t
    n_events: cython.Py_ssize_t
    pending: cython.uint
    barrier: cython.Py_ssize_t
    quote: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (
            self.start,
            self.end,
            self.script,
            self.flags,
            self.hash,
            self.written,
            self.event_pos,
            self.event_kind,
            self.event_word,
        ) = columns
        self.begin()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def begin(self) -> cython.void:
        """Before the first word."""
        self.n = 0
        self.n_events = 0
        self.pending = 0
        self.barrier = 0
        self.quote = -1


@cython.cclass
class Limits:
    """Lengths that decide where lines are cut, in code points or words, see `scan.LONG_LINE` and the others."""

    long_line: cython.Py_ssize_t
    max_item: cython.Py_ssize_t
    max_chain_item: cython.Py_ssize_t
    long_stretch: cython.Py_ssize_t
    chunk: cython.Py_ssize_t
    justified: cython.Py_ssize_t

    def __init__(self, *lengths: int) -> None:
        (
            self.long_line,
            self.max_item,
            self.max_chain_item,
            self.long_stretch,
            self.chunk,
            self.justified,
        ) = lengths


@cython.cclass
class Line:
    """The line that is being cut, and room for the places inside it where a block begins: `n_cuts` of `cuts`.

    It stands at codes[start:end] and is line `number` of document `doc`; `word` is its first word, `next_word` that of the
    line after it, `first` its first event and `last` the one that ends it.
    """

    cuts: cython.int[::1]
    n_cuts: cython.Py_ssize_t
    start: cython.Py_ssize_t
    end: cython.Py_ssize_t
    word: cython.Py_ssize_t
    next_word: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    doc: cython.Py_ssize_t
    number: cython.Py_ssize_t

    def __init__(self, cuts: Any) -> None:
        self.cuts = cuts
        self.begin()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def begin(self) -> cython.void:
        """At the first line of the first document."""
        self.n_cuts = 0
        self.start = self.end = 0
        self.word = self.next_word = 0
        self.first = self.last = 0
        self.doc = self.number = 0


@cython.cclass
class Blocks:
    """Room for the columns of blocks; while a batch is cut, how many there are."""

    start: cython.int[::1]
    end: cython.int[::1]
    word: cython.int[::1]
    doc: cython.int[::1]
    line: cython.int[::1]
    cut: cython.uchar[::1]
    n: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (
            self.start,
            self.end,
            self.word,
            self.doc,
            self.line,
            self.cut,
        ) = columns
        self.n = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cell(classes: Classes, code: cython.uint) -> cython.ulonglong:
    """Properties of a code point in the low 32 bits, its fold in the high ones."""
    page: cython.Py_ssize_t = classes.pages[code >> 8]
    return classes.cells[page * 256 + (code & 255)]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _kind(classes: Classes, code: cython.uint) -> cython.uint:
    return _cell(classes, code) & KIND_MASK


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_blank(classes: Classes, code: cython.uint) -> cython.int:
    """1 for white space and line ends."""
    kind: cython.uint = _kind(classes, code)
    return 1 if (kind == SPACE or kind == NEWLINE) else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _event(words: Words, pos: cython.Py_ssize_t, kind: cython.uchar) -> cython.int:
    """Note an event after the words so far."""
    words.event_pos[words.n_events] = cython.cast(cython.int, pos)
    words.event_kind[words.n_events] = kind
    words.event_word[words.n_events] = cython.cast(cython.int, words.n)
    words.n_events += 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_word(
    words: Words,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    script: cython.uint,
    flags: cython.uint,
    h: cython.ulonglong,
    written: cython.ulonglong,
) -> cython.int:
    """Note a word, of whose `written` the low half is kept; nothing stands before the next one yet."""
    k: cython.Py_ssize_t = words.n
    low: cython.ulonglong = 4294967295
    words.start[k] = cython.cast(cython.int, start)
    words.end[k] = cython.cast(cython.int, end)
    words.script[k] = cython.cast(cython.uchar, script)
    words.flags[k] = cython.cast(cython.ushort, flags)
    words.hash[k] = _last_hash(h)
    words.written[k] = cython.cast(cython.uint, written & low)
    words.n = k + 1
    words.pending = 0
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _attached(words: Words, i: cython.Py_ssize_t) -> cython.uint:
    """The bit of a word at `i` that begins where the one before it ends."""
    return WORD_ATTACHED if words.n > 0 and words.end[words.n - 1] == i else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _hash_fold(classes: Classes, code: cython.uint, folded: cython.uint, h: cython.ulonglong) -> cython.ulonglong:
    """Hash the search fold of a code point, see `tables.CodePointTables.folds`."""
    if folded == 0:
        return _hash_step(h, code)
    if folded >= FOLD_EXPANSION:
        return _hash_expansion(classes.expansions, folded - FOLD_EXPANSION, h)
    return h if folded == FOLD_DROP else _hash_step(h, folded)


@cython.ccall
def measure(texts: list, doc_ptr: cython.longlong[::1]) -> int:
    """Where every document begins, each with one line feed more: `doc_ptr` int64[n + 1]; the length of all."""
    text: str
    d: cython.Py_ssize_t = 0
    at: cython.longlong = 0
    doc_ptr[0] = 0
    for text in texts:
        at += len(text) + 1
        d += 1
        doc_ptr[d] = at
    return at


@cython.ccall
def fill(texts: list, codes: cython.uint[::1]) -> None:
    """Write the code points of `texts` one after the other, a line feed after each."""
    text: str
    at: cython.Py_ssize_t = 0
    i: cython.Py_ssize_t
    n: cython.Py_ssize_t
    for text in texts:
        n = len(text)
        if cython.compiled:
            PyUnicode_AsUCS4(text, cython.cast(cython.pointer(cython.Py_UCS4), cython.address(codes[at])), n + 1, 1)
        else:
            for i in range(n):
                codes[at + i] = ord(text[i])
        at += n
        codes[at] = ord("\n")
        at += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _plain_words(
    codes: cython.const[cython.uint][::1],
    plain: cython.const[cython.uint][::1],
    classes: Classes,
    words: Words,
    i: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Words from `i` on, with single blanks between them, while they are plain: a letter, perhaps in upper case, and
    lower-case or caseless ones of its script. Most words are. The place after them.
    """
    basis: cython.ulonglong = _first_hash()
    reach: cython.uint = plain.shape[0] // 3
    flags: cython.uint = words.pending | _attached(words, i)
    s: cython.Py_ssize_t
    script: cython.uint
    lead: cython.uint
    code: cython.uint = codes[i]
    h: cython.ulonglong
    x: cython.ulonglong
    while code < reach:
        lead = plain[code]
        if lead == 0:
            break
        s = i
        script = lead >> 16 & 255
        h = _hash_step(basis, lead & 65535)
        x = 0
        if script == ARAB:
            x = _hash_step(basis, code)
            i, h, x = _written_letters(codes, plain, reach, reach, i + 1, h, x)
            x = x ^ (x >> 32)
        else:
            i, h = _plain_letters(codes, plain, 2 * reach, reach, i + 1, h)
        code = codes[i]
        if code != ord(" ") and _is_of_word(_kind(classes, code)):
            return s  # it goes on with what is not plain
        _add_word(words, s, i, script, flags | (WORD_TITLE if lead >> 24 else 0), h, x)
        flags = 0
        if code != ord(" "):
            return i
        i += 1  # one blank is no gap
        code = codes[i]
    if _kind(classes, code) == SPACE:
        i -= 1  # more than one are
    return i


@cython.ccall
def scan_words(codes: cython.const[cython.uint][::1], classes: Classes, words: Words) -> None:
    """Fill the columns of words and of events.

    The columns of `words` are as long as `codes` + 1 at least; `codes` ends with a line feed.
    """
    plain: cython.const[cython.uint][::1] = classes.plain
    reach: cython.uint = plain.shape[0] // 3
    n: cython.Py_ssize_t = codes.shape[0]
    i: cython.Py_ssize_t = 0
    code: cython.uint
    words.begin()
    with cython.nogil:
        while i < n:
            code = codes[i]
            if code < reach and plain[code] != 0:
                i = _plain_words(codes, plain, classes, words, i)
            i = _other(codes, classes, words, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _other(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """What no plain word is, by the kind of the code point at `i`; the place after it."""
    kind: cython.uint = _kind(classes, codes[i])
    if kind == LETTER or kind == DIGIT:
        return _word(codes, classes, words, i)
    if kind == SPACE:
        return _gap(codes, classes, words, i)
    if kind == NEWLINE:
        _event(words, i, LINE_END)
        words.pending = 0
        words.barrier = i + 1
        words.quote = -1
    elif kind == END:
        return _sentence_end(codes, classes, words, i)
    elif kind == COMMA:
        return _comma(codes, classes, words, i)
    elif kind == QUOTE:
        words.pending = words.pending | WORD_AFTER_EDGE
        _quotation_mark(codes, classes, words, i)
    elif kind == SEPARATOR:
        return _separator(codes, classes, words, i)
    elif kind == SIGN:
        return _sign(codes, classes, words, i)
    elif kind == OPEN or kind == CLOSE:
        words.pending = words.pending | WORD_AFTER_EDGE
        return _bracket(codes, classes, words, i)
    elif codes[i] == ord("<"):
        return _tag(codes, classes, words, i + 1)
    elif kind == PUNCT and _is_dash(codes[i]):
        return _dash(codes, classes, words, i)
    else:
        return _sign_of_code(codes, classes, words, i)
    return i + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_at_edge(
    codes: cython.const[cython.uint][::1], classes: Classes, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether a sign stands at one end of a word, or of several, as those of *emphasis* do."""
    before: cython.bint = i > 0 and _is_word_kind(_kind(classes, codes[i - 1]))
    return before != _is_word_kind(_kind(classes, codes[i + 1]))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_dash(code: cython.uint) -> cython.bint:
    """Whether it is a hyphen-minus, an en dash or an em dash."""
    return code == ord("-") or code == ord("–") or code == ord("—")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _stands_apart(
    codes: cython.const[cython.uint][::1], classes: Classes, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether white space or the line's edges stand on both sides of `i`."""
    return (i == 0 or _is_blank(classes, codes[i - 1])) and _is_blank(classes, codes[i + 1])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _word(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A word of any kind: letters of one script, digits, marks, joiners, inner apostrophes. The place after it."""
    start: cython.Py_ssize_t = i
    s: cython.Py_ssize_t
    code: cython.uint = codes[i]
    cell: cython.ulonglong = _cell(classes, code)
    kind: cython.uint = cell & KIND_MASK
    own: cython.uint
    script: cython.uint = ZYYY
    reach: cython.uint = classes.plain.shape[0] // 3
    flags: cython.uint = words.pending | _attached(words, i)
    letters: cython.Py_ssize_t = 0
    uppers: cython.Py_ssize_t = 0
    digits: cython.Py_ssize_t = 0
    h: cython.ulonglong = _first_hash()
    x: cython.ulonglong = h
    while _is_of_word(kind):
        if kind == LETTER:
            own = (cell >> SCRIPT_SHIFT) & SCRIPT_MASK
            if own != ZYYY and own != script:
                if script != ZYYY:
                    break  # a letter of another script begins another word
                script = own
            if cell & UPPER_BIT:
                flags |= WORD_TITLE if letters == 0 else 0
                uppers += 1
            letters += 1
        elif kind == DIGIT:
            digits += 1
        elif kind == MARK:
            flags |= WORD_HAS_MARK
        elif kind == APOSTROPHE:
            if letters == 0 or script == ARAB or _kind(classes, codes[i + 1]) != LETTER:
                break  # a quotation mark
            flags |= WORD_APOSTROPHE
        if code == ord("İ") or code == ord("\N{ZERO WIDTH NON-JOINER}"):
            flags |= WORD_WRITTEN
        h = _hash_fold(classes, code, cell >> 32, h)
        x = _hash_step(x, code)
        i += 1
        if script == ARAB or script == LATN:
            s = i
            i, h, x = _written_letters(codes, classes.plain, script * reach, reach, i, h, x)
            letters += i - s
        code = codes[i]
        cell = _cell(classes, code)
        kind = cell & KIND_MASK
    if flags & WORD_WRITTEN:
        x = _hash_written(codes, start, i)
    if script == ARAB or flags & WORD_WRITTEN:
        x = x ^ (x >> 32)
    else:
        x = NO_WORD if script == LATN and _has_capitals(flags, letters, uppers) else 0
    flags |= _composition(letters, uppers, digits)
    _add_word(words, start, i, script, flags, h, x)
    if code == ord(" ") and _kind(classes, codes[i + 1]) != SPACE:
        i += 1  # one blank is no gap
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _composition(letters: cython.Py_ssize_t, uppers: cython.Py_ssize_t, digits: cython.Py_ssize_t) -> cython.uint:
    """The bits of what a word is made of: digits, nothing else, upper case."""
    if letters == 0:
        return WORD_HAS_DIGIT | WORD_ALL_DIGITS
    return (WORD_HAS_DIGIT if digits > 0 else 0) | (WORD_UPPER if uppers == letters and letters > 1 else 0)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _has_capitals(flags: cython.uint, letters: cython.Py_ssize_t, uppers: cython.Py_ssize_t) -> cython.bint:
    """Whether capitals stand inside a word of small letters, as in userName, iPhone and base 64; but L'Orient."""
    first: cython.Py_ssize_t = 1 if flags & WORD_TITLE else 0
    return first < uppers < letters and flags & WORD_APOSTROPHE == 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gap(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """White space: two blanks or more, or a tab, are a gap."""
    s: cython.Py_ssize_t = i
    has_tab: cython.bint = False
    while _kind(classes, codes[i]) == SPACE:
        if codes[i] == ord("\t"):
            has_tab = True
        i += 1
    if i - s > 1 or has_tab:
        _event(words, s, HARD_GAP if has_tab or i - s > 2 else SOFT_GAP)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sentence_end(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A sentence end, after its closers and before white space; and the first dot of an address."""
    k: cython.Py_ssize_t = words.n
    end: cython.Py_ssize_t
    kind: cython.uint
    if codes[i] == ord(".") and k > 0 and words.end[k - 1] == i and not _is_blank(classes, codes[i + 1]):
        if _is_www(codes, words, i):
            return _url(codes, classes, words, i)
        end = _end_of_host(codes, classes, i + 1) if _is_host_part(words, k - 1) else 0
        if end > 0:
            return _host(codes, classes, words, end)
        if _is_small(codes[i + 1]):
            end = _end_of_dotted(codes, classes, words, i)
            if end > 0:
                return _read_code(codes, classes, words, i, end, False)
    i += 1
    kind = _kind(classes, codes[i])
    while kind == END or kind == CLOSE or kind == QUOTE or kind == APOSTROPHE:
        i += 1
        kind = _kind(classes, codes[i])
    if kind == SPACE:
        _event(words, i, SENTENCE_END)
        words.pending = words.pending | WORD_AFTER_END
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_w(code: cython.uint) -> cython.bint:
    return code == ord("w") or code == ord("W")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_www(
    codes: cython.const[cython.uint][::1], words: Words, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether the word before `i` is `www`."""
    return (
        i - words.start[words.n - 1] == 3
        and _is_w(codes[i - 3])
        and _is_w(codes[i - 2])
        and _is_w(codes[i - 1])
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_small(code: cython.uint) -> cython.bint:
    """Whether it is a small letter of ASCII."""
    return ord("a") <= code <= ord("z")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_host_part(words: Words, k: cython.Py_ssize_t) -> cython.bint:
    """Whether word `k` can stand in the name of a host: not Arabic, and no address itself."""
    return words.script[k] != ARAB and words.flags[k] & WORD_URL == 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_host(
    codes: cython.const[cython.uint][::1], classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the name of a host ends that goes on at `i`, after a dot, 0 where none does: its last label is a known domain
    (`com`, `co.uk`).

    In small letters only: where the blank after a sentence is missing, a capital follows. A name has at most 253 characters
    (RFC 1035), so that a chain of dots is not read to its end from each of them.
    """
    label: cython.ulonglong = 0
    code: cython.uint = codes[i]
    d: cython.Py_ssize_t
    stop: cython.Py_ssize_t = i + 253
    while i < stop and (_is_small(code) or ord("0") <= code <= ord("9") or code == ord("-") or code == ord(".")):
        if code == ord("."):
            if not _is_small(codes[i + 1]):
                break
            label = 0
        else:
            # longer than any known domain: never equal to one
            label = label << 8 | code if label >> 56 == 0 else label
        i += 1
        code = codes[i]
    if i == stop or code == ord("@") or code == ord("_") or _is_word_kind(_kind(classes, code)):
        return 0
    for d in range(classes.domains.shape[0]):
        if classes.domains[d] == label:
            return i
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _host(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The last word, with those before it that a hyphen joins to it, becomes the name of a host that goes on to `end`: an
    address, with a path or port as any URL, without one known by its letters."""
    k: cython.Py_ssize_t = words.n - 1
    i: cython.Py_ssize_t
    h: cython.ulonglong = _first_hash()
    while (
        k > 0
        and words.end[k - 1] + 1 == words.start[k]
        and codes[words.end[k - 1]] == ord("-")
        and _is_host_part(words, k - 1)
    ):
        k -= 1
    words.n = k + 1
    i = _url(codes, classes, words, end)
    if codes[end] == ord("/") or (codes[end] == ord(":") and ord("0") <= codes[end + 1] <= ord("9")):
        return i
    for i in range(words.start[k], end):
        h = _hash_fold(classes, codes[i], _cell(classes, codes[i]) >> 32, h)
    words.hash[k] = _last_hash(h)
    words.end[k] = cython.cast(cython.int, end)
    words.barrier = end
    return end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _comma(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A comma, a colon; and `://`"""
    k: cython.Py_ssize_t = words.n
    if (
        codes[i] == ord(":")
        and codes[i + 1] == ord("/")
        and codes[i + 2] == ord("/")
        and k > 0
        and words.end[k - 1] == i
        and words.script[k - 1] == LATN
    ):
        return _url(codes, classes, words, i)
    _event(words, i + 1, PAUSE)
    words.pending = words.pending | WORD_AFTER_COMMA
    if codes[i] == ord(":"):
        words.pending = words.pending | WORD_AFTER_COLON
    return i + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _flags_of_place(flags: cython.uint) -> cython.uint:
    """Of the bits of a word those that tell what stands before it."""
    return flags & (WORD_AFTER_END | WORD_AFTER_COMMA | WORD_ATTACHED)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_never_in_url(code: cython.uint) -> cython.bint:
    """Whether no URL has it (RFC 3986): what stands around one in markup, Markdown and code."""
    return code == ord('"') or code == ord("<") or code == ord(">") or code == ord("`")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _url(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The last word becomes a URL that goes on from `i` to white space, a sign that no URL has, or the end of the brackets
    around it."""
    k: cython.Py_ssize_t = words.n - 1
    depth: cython.Py_ssize_t = 0
    kind: cython.uint = _kind(classes, codes[i])
    while kind != SPACE and kind != NEWLINE and not _is_never_in_url(codes[i]):
        depth += 1 if kind == OPEN else -1 if kind == CLOSE else 0
        if depth < 0:
            break
        i += 1
        kind = _kind(classes, codes[i])
    words.end[k] = cython.cast(cython.int, i)
    words.script[k] = ZYYY
    words.flags[k] = cython.cast(cython.ushort, _flags_of_place(words.flags[k]) | WORD_URL)
    words.hash[k] = 1
    words.written[k] = 0
    words.barrier = i
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bracket(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A bracket, and what of code stands in it: where a link leads, a place for a value, the box of a task. The place after."""
    code: cython.uint = codes[i]
    end: cython.Py_ssize_t
    if code == ord("]") and codes[i + 1] == ord("("):
        return _destination(codes, classes, words, i + 2)
    if code == ord("(") and codes[i + 1] == ord(")"):
        _mark_before(codes, words, i)  # a call
    elif code == ord("["):
        end = i + 2 if codes[i + 1] == ord("/") else i + 1
        if _is_ascii_letter(codes[end]) and codes[end + 1] == ord("]"):
            return _read_code(codes, classes, words, i + 1, end + 1, True)
    elif code == ord("{"):
        end = _end_of_placeholder(codes, i)
        if end > 0:
            return _read_code(codes, classes, words, i + 1, end, True)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _destination(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where a link in Markdown leads, as `[text](docs/start.md)` does, is a URL if it begins with # or has a slash or dot; `i`
    is after its bracket. Where to go on."""
    start: cython.Py_ssize_t = i
    kind: cython.uint = _kind(classes, codes[i])
    is_place: cython.bint = codes[i] == ord("#")
    while not (kind == SPACE or kind == NEWLINE or kind == OPEN or kind == CLOSE or _is_never_in_url(codes[i])):
        is_place = is_place or codes[i] == ord("/") or codes[i] == ord(".")
        i += 1
        kind = _kind(classes, codes[i])
    if not is_place or codes[i] != ord(")"):
        return start
    _add_word(words, start, i, ZYYY, words.pending | WORD_URL, 1, 0)
    words.barrier = i
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_ascii_letter(code: cython.uint) -> cython.bint:
    return _is_small(code | 32)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_name(codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the name of a tag or of an attribute ends that begins at `i`; `i` where none does."""
    if not _is_ascii_letter(codes[i]):
        return i
    while _is_ascii_letter(codes[i]) or ord("0") <= codes[i] <= ord("9") or codes[i] == ord("-"):
        i += 1
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_attributes(
    codes: cython.const[cython.uint][::1], classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The > of a tag whose attributes begin at `i`, the first with a value; 0 where they do not end in this line."""
    quote: cython.uint = 0
    end: cython.Py_ssize_t = _end_of_name(codes, i)
    if end == i or not (codes[end] == ord("=") or (codes[end] == ord(" ") and codes[end + 1] == ord("="))):
        return 0
    i = end
    while quote != 0 or codes[i] != ord(">"):
        if _kind(classes, codes[i]) == NEWLINE or (quote == 0 and codes[i] == ord("<")):
            return 0
        if codes[i] == quote:
            quote = 0
        elif quote == 0 and (codes[i] == ord('"') or codes[i] == ord("'")):
            quote = codes[i]
        i += 1
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_tag(
    codes: cython.const[cython.uint][::1], classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The > of the tag of HTML that begins before `i` with its <; 0 where none does."""
    start: cython.Py_ssize_t = i + 1 if codes[i] == ord("/") else i
    i = _end_of_name(codes, start)
    if i == start:
        return 0
    while codes[i] == ord(" "):
        i += 1
    if codes[i] == ord("/"):
        i += 1
    return i if codes[i] == ord(">") else _end_of_attributes(codes, classes, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _tag(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """What stands between the < before `i` and the > of a tag of HTML carries no language, as a URL does; but a tag between
    two blanks is one that the text speaks of. Where to go on."""
    end: cython.Py_ssize_t = _end_of_tag(codes, classes, i)
    if end == 0 or (i > 1 and _kind(classes, codes[i - 2]) == SPACE and _kind(classes, codes[end + 1]) == SPACE):
        return i
    _add_word(words, i, end, ZYYY, words.pending | WORD_URL, 1, 0)
    words.barrier = end
    return end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _quotation_mark(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.int:
    """« and » between blanks part the items of a chain, but where one opens and the other closes, as in French."""
    code: cython.uint = codes[i]
    if code == ord("»") and words.quote != -1:
        if words.quote >= 0:
            words.event_kind[words.quote] = PAUSE
        words.quote = -1
    elif (code == ord("»") or code == ord("«")) and _stands_apart(codes, classes, i):
        is_inside: cython.bint = i > 0 and _kind(classes, codes[i - 1]) == SPACE and _kind(classes, codes[i + 1]) == SPACE
        if code == ord("«"):
            words.quote = words.n_events if is_inside else -2
        if is_inside:
            _event(words, i, CHAIN_SIGN)
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_chain_sign(code: cython.uint) -> cython.bint:
    """Whether it parts the items of a chain such as `Home > News > Sport`."""
    return (
        code == ord(">")
        or code == ord("/")
        or code == ord("›")
        or code == ord("→")
        or code == ord("‹")
        or code == ord("←")
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _separator(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Bars, bullets and chain signs count where white space stands around them. The place after."""
    code: cython.uint = codes[i]
    if not _stands_apart(codes, classes, i):
        if code == ord("/"):
            return _slash(codes, classes, words, i)
        if code == ord("*") and _is_at_edge(codes, classes, i):
            words.pending = words.pending | WORD_AFTER_EDGE
        return i + 1
    words.pending = words.pending | WORD_AFTER_SIGN
    if code == ord("|") or code == ord("¦") or code == ord("│"):
        _event(words, i, BAR)
    elif _is_chain_sign(code):
        _event(words, i, CHAIN_SIGN)
    else:
        _event(words, i, BULLET)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _dash(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A dash between blanks, or one that begins an option, as in `ls -la --all`. The place after it."""
    start: cython.Py_ssize_t = i + 1
    if _stands_apart(codes, classes, i):
        words.pending = words.pending | WORD_AFTER_SIGN
    elif codes[i] == ord("-") and (i == 0 or _is_blank(classes, codes[i - 1])):
        if codes[start] == ord("-"):
            start += 1
        elif i == 0 or _kind(classes, codes[i - 1]) == NEWLINE:
            return start  # at the start of a line it opens what somebody says, or an item of a list
        if _is_small(codes[start]):
            i = _word(codes, classes, words, start)
            _mark(words, words.n - 1, True)
            return i
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sign_of_code(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Signs that mean something in code and markup: `snake_case`, `\\n`, `&nbsp;`, `%s`, `key=value`. The place after."""
    code: cython.uint = codes[i]
    end: cython.Py_ssize_t
    if code == ord("_"):
        return _underscore(codes, classes, words, i)
    if code == ord("\\"):
        return _backslash(codes, classes, words, i)
    if code == ord("&"):
        end = _end_of_entity(codes, i + 1)
        if end > 0:
            return _read_code(codes, classes, words, i + 1, end, True)
    elif code == ord("%"):
        end = _end_of_format(codes, classes, i + 1)
        if end > 0 and (i == 0 or _kind(classes, codes[i - 1]) != DIGIT):
            return _read_code(codes, classes, words, i + 1, end, True)
    elif code == ord("=") and not _is_blank(classes, codes[i + 1]):
        _mark_before(codes, words, i)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_entity(codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where a named character of HTML ends that begins before `i` with its &: `&nbsp;`, and the tag that `&lt;` opens up to its
    `&gt;`; 0 where none does."""
    end: cython.Py_ssize_t = _end_of_name(codes, i)
    start: cython.Py_ssize_t
    if end < i + 2 or codes[end] != ord(";"):
        return 0
    end += 1
    if codes[i] == ord("l") and codes[i + 1] == ord("t") and end == i + 3:
        start = end + 1 if codes[end] == ord("/") else end
        start = _end_of_name(codes, start)
        if start > end and codes[start] == ord("&") and codes[start + 1] == ord("g"):
            return start
    return end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _underscore(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """An underscore at the edge of a word, as in _emphasis_, or inside one, as in `snake_case`. The place after."""
    k: cython.Py_ssize_t = words.n - 1
    is_hashtag: cython.bint
    if _is_at_edge(codes, classes, i):
        words.pending = words.pending | WORD_AFTER_EDGE
        return i + 1
    if k < 0 or words.end[k] != i or not _is_ascii_letter(codes[i + 1]):
        return i + 1
    is_hashtag = words.flags[k] & WORD_HASHTAG != 0  # those are made of words
    if not is_hashtag:
        _mark_before(codes, words, i)
    while codes[i] == ord("_") and words.end[words.n - 1] == i and _is_ascii_letter(codes[i + 1]):
        i = _word(codes, classes, words, i + 1)
        if not is_hashtag:
            _mark(words, words.n - 1, False)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _backslash(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A path of Windows, a command of LaTeX, or `\\n` for a line end, which is no word. The place after."""
    code: cython.uint = codes[i + 1]
    if (code == ord("n") or code == ord("t") or code == ord("r")) and not _is_small(codes[i + 2]):
        _add_word(words, i + 1, i + 2, ZYYY, words.pending, _hash_step(_first_hash(), code), 0)
        return i + 2
    if _is_ascii_letter(code):
        return _read_code(codes, classes, words, i, _end_of_run(codes, i), False)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_format(
    codes: cython.const[cython.uint][::1], classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where a format as of printf ends that begins before `i` with its %: `%d`, `%-8s`, `%1$s`, `%(name)s`; 0 where none
    does."""
    start: cython.Py_ssize_t = i
    code: cython.uint = codes[i]
    is_type: cython.bint
    if code == ord("("):
        i = _end_of_part(codes, i + 1)
        if codes[i] != ord(")"):
            return 0
        start = i + 1
        i += 1
        code = codes[i]
    while i < start + 8 and (ord("0") <= code <= ord("9") or code == ord("$") or code == ord("-") or code == ord(".")):
        i += 1
        code = codes[i]
    is_type = code == ord("d") or code == ord("s") or code == ord("i") or code == ord("u")
    is_type = is_type or code == ord("f") or code == ord("x") or code == ord("c")
    return i + 1 if is_type and not _is_word_kind(_kind(classes, codes[i + 1])) else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_of_name(code: cython.uint) -> cython.bint:
    """Whether it stands in names of code: a letter or digit of ASCII, an underscore."""
    return _is_ascii_letter(code) or ord("0") <= code <= ord("9") or code == ord("_")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_part(codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where a name as in code ends that begins at `i`, 64 characters at most."""
    stop: cython.Py_ssize_t = i + 64
    while i < stop and _is_of_name(codes[i]):
        i += 1
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_placeholder(codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The } of a place for a value that begins at `i` with its {: `{name}`, `{{ user.name }}`; 0 where none does.

    What stands in braces behind a command of LaTeX is read.
    """
    is_double: cython.bint = codes[i + 1] == ord("{")
    start: cython.Py_ssize_t
    if i > 0 and (_is_of_name(codes[i - 1]) or codes[i - 1] == ord("}") or codes[i - 1] == ord("]")):
        return 0
    i += 2 if is_double else 1
    if codes[i] == ord(" ") and is_double:
        i += 1
    if codes[i] == ord("\\"):
        i += 1
    start = i
    i = _end_of_part(codes, i)
    while i > start and codes[i] == ord("."):
        start = i + 1
        i = _end_of_part(codes, start)
    if codes[i] == ord(" ") and is_double:
        i += 1
    return i if i > start and codes[i] == ord("}") else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_of_path(code: cython.uint) -> cython.bint:
    """Whether it is a sign that joins the parts of a path: / \\ . - _ : ~"""
    return (
        code == ord("/")
        or code == ord("\\")
        or code == ord(".")
        or code == ord("-")
        or code == ord("_")
        or code == ord(":")
        or code == ord("~")
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_run(codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the names end that go on at `i`, with the signs of paths between them; no more is read than of a host, so that a
    chain of signs is not read to its end from each of them."""
    stop: cython.Py_ssize_t = i + 253
    end: cython.Py_ssize_t = i
    while i < stop and (_is_of_name(codes[i]) or (_is_of_path(codes[i]) and codes[i] != ord(":"))):
        i += 1
        if _is_of_name(codes[i - 1]):
            end = i
    return end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_extension(
    codes: cython.const[cython.uint][::1], classes: Classes, i: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.bint:
    """Whether the names from `i` on, which begin with a sign, end with what files of a kind do: `.ini`."""
    label: cython.ulonglong = 0
    e: cython.Py_ssize_t = 0
    while end > i and label >> 48 == 0 and codes[end - 1] != ord("."):
        end -= 1
        label |= cython.cast(cython.ulonglong, codes[end] & 255) << (8 * e)
        e += 1
    if end == i or codes[end - 1] != ord("."):
        return False
    for e in range(classes.extensions.shape[0]):
        if classes.extensions[e] == label:
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count(
    codes: cython.const[cython.uint][::1], i: cython.Py_ssize_t, end: cython.Py_ssize_t, sign: cython.uint
) -> cython.Py_ssize_t:
    """How often a sign stands in codes[i:end]."""
    n: cython.Py_ssize_t = 0
    while i < end:
        n += codes[i] == sign
        i += 1
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_dotted(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the name of a file or a name in code ends that the last word begins and the dot at `i` goes on: `notes.txt`,
    `torch.nn.init`, `el.on(`; 0 for all else: a blank may be missing after a sentence."""
    end: cython.Py_ssize_t
    if words.start[words.n - 1] == i - 1:
        return 0  # an abbreviation
    end = _end_of_run(codes, i)
    if codes[end] == ord("(") or _has_extension(codes, classes, i, end):
        return end
    return end if _count(codes, i, end, ord(".")) > 1 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _slash(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A path, `src/app/main.c` or /etc/hosts, or a unit as m3/h, dy/dx; but and/or. The place after."""
    k: cython.Py_ssize_t = words.n - 1
    end: cython.Py_ssize_t
    is_joined: cython.bint = k >= 0 and words.end[k] == i
    is_path: cython.bint = True
    if not _is_of_name(codes[i + 1]):
        return i + 1
    end = _end_of_run(codes, i)
    if not _has_extension(codes, classes, i, end):
        if is_joined:
            is_path = words.start[k] == i - 1 or not _is_of_name(codes[i + 2])
            is_path = is_path or (words.start[k] == i - 2 and not _is_of_name(codes[i + 3]))
        else:
            is_path = (
                i == 0
                or _is_blank(classes, codes[i - 1])
                or codes[i - 1] == ord(".")
                or codes[i - 1] == ord("~")
                or _count(codes, i, end, ord("/")) > 1
            )
    return _read_code(codes, classes, words, i, end, False) if is_path else i + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mark(words: Words, k: cython.Py_ssize_t, is_first: cython.bint) -> cython.void:
    """Note that word `k` is of a name in code, the first word of it or not, if it is in Latin letters."""
    if words.script[k] == LATN and words.flags[k] & WORD_WRITTEN == 0:
        words.written[k] = OF_CODE if is_first else NO_WORD


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_before(codes: cython.const[cython.uint][::1], words: Words, i: cython.Py_ssize_t) -> cython.bint:
    """The words that end at `i`, joined by signs of paths, are of a name in code, back to one that is known to be; whether
    there are any."""
    k: cython.Py_ssize_t = words.n - 1
    while k >= 0:
        while i > words.end[k] and _is_of_path(codes[i - 1]):
            i -= 1
        if i != words.end[k]:
            break
        if words.script[k] == ARAB or words.flags[k] & WORD_URL or words.written[k] != 0:
            return k < words.n - 1 or words.written[k] == NO_WORD or words.written[k] == OF_CODE
        _mark(words, k, k == 0 or not _is_joined(codes, words, k))
        i = words.start[k]
        k -= 1
    return k < words.n - 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_joined(codes: cython.const[cython.uint][::1], words: Words, k: cython.Py_ssize_t) -> cython.bint:
    """Whether signs of paths alone stand between word `k` and the one before it."""
    i: cython.Py_ssize_t = words.start[k]
    while i > words.end[k - 1] and _is_of_path(codes[i - 1]):
        i -= 1
    return i == words.end[k - 1]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_code(
    codes: cython.const[cython.uint][::1],
    classes: Classes,
    words: Words,
    i: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    is_neutral: cython.bint,
) -> cython.Py_ssize_t:
    """Words of a name in code from `i` to `end`, and those joined to them before; where they are `neutral`, they have no
    script. The place after."""
    is_first: cython.bint = is_neutral or not _mark_before(codes, words, i)
    while i < end:
        if not _is_word_kind(_kind(classes, codes[i])):
            i += 1
            continue
        i = _word(codes, classes, words, i)
        if is_neutral:
            words.script[words.n - 1] = ZYYY
            words.written[words.n - 1] = 0
        else:
            _mark(words, words.n - 1, is_first)
            is_first = False
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sign(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The # of a hashtag; the @ of an address. The place after it."""
    if codes[i] == ord("@"):
        return _address(codes, classes, words, i)
    if codes[i] == ord("#") and _kind(classes, codes[i + 1]) == LETTER:
        words.pending = words.pending | WORD_HASHTAG
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _address(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, at: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The e-mail address around the @ at `at`, or the @handle that begins there; the place after it."""
    start: cython.Py_ssize_t = _start_of_mailbox(codes, classes, words, at)
    has_mailbox: cython.bint = start < at
    end: cython.Py_ssize_t
    has_dot: cython.bint
    flags: cython.uint = WORD_URL | WORD_EMAIL
    end, has_dot = _end_of_address(codes, classes, at + 1, has_mailbox)
    words.barrier = at + 1
    if not (has_mailbox and has_dot):
        if end == at + 1 or (at > 0 and _is_name_part(classes, codes[at - 1])):
            return at + 1
        flags = WORD_URL | WORD_HANDLE
        start = at
    flags |= words.pending
    while words.n > 0 and words.start[words.n - 1] >= start:
        words.n -= 1
        flags |= _flags_of_place(words.flags[words.n])
    while words.n_events > 0 and words.event_pos[words.n_events - 1] > start:
        words.n_events -= 1
    _add_word(words, start, end, ZYYY, flags, 2, 0)
    words.barrier = end
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_name_part(classes: Classes, code: cython.uint) -> cython.bint:
    """Whether it stands in names of accounts: a letter, mark, digit or underscore."""
    return _is_word_kind(_kind(classes, code)) or code == ord("_")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _start_of_mailbox(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, at: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the name before the @ at `at` begins; `at` where there is none."""
    code: cython.uint
    while at > words.barrier:
        code = codes[at - 1]
        if not (_is_name_part(classes, code) or code == ord(".") or code == ord("+") or code == ord("-")):
            break
        at -= 1
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_address(
    codes: cython.const[cython.uint][::1], classes: Classes, first: cython.Py_ssize_t, has_mailbox: cython.bint
) -> tuple[cython.Py_ssize_t, cython.bint]:
    """Where what goes on at `first`, after the @, ends, and whether it has a dot inside; what no name of an account stands
    before has no hyphens, and dots before small letters alone."""
    i: cython.Py_ssize_t = first
    has_dot: cython.bint = False
    code: cython.uint = codes[i]
    while (
        _is_name_part(classes, code)
        or (code == ord("-") and has_mailbox)
        or (code == ord(".") and (has_mailbox or _is_small(codes[i + 1])))
    ):
        if code == ord(".") and i > first:
            if not _is_word_kind(_kind(classes, codes[i + 1])):
                break
            has_dot = True
        i += 1
        code = codes[i]
    return i, has_dot


@cython.ccall
def cut_blocks(
    codes: cython.const[cython.uint][::1],
    doc_ptr: cython.const[cython.longlong][::1],
    classes: Classes,
    limits: Limits,
    words: Words,
    line: Line,
    blocks: Blocks,
) -> None:
    """Fill the columns of blocks from the events."""
    event_kind: cython.const[cython.uchar][::1] = words.event_kind
    ev: cython.Py_ssize_t
    kinds: cython.uint = 0
    one: cython.uint = 1
    line.begin()
    blocks.n = 0
    with cython.nogil:
        for ev in range(words.n_events):
            kinds = kinds | one << event_kind[ev]
            if event_kind[ev] == LINE_END:
                line.last = ev
                line.end = words.event_pos[ev]
                line.next_word = words.event_word[ev]
                if kinds & (1 << HARD_GAP | 1 << SOFT_GAP) and _is_justified(codes, limits, words, line):
                    kinds = _close_gaps(words, line)
                _add_blocks(codes, classes, words, line, blocks, _cut_line(limits, words, line, kinds))
                _next_line(codes, doc_ptr, line)
                kinds = 0
        blocks.word[blocks.n] = cython.cast(cython.int, words.n)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _next_line(
    codes: cython.const[cython.uint][::1], doc_ptr: cython.const[cython.longlong][::1], line: Line
) -> cython.int:
    """Go on to the line after `line`, perhaps in the next document."""
    # a carriage return and its line feed are one line end
    if codes[line.end] != ord("\r") or codes[line.end + 1] != ord("\n"):
        line.number += 1
    line.start = line.end + 1
    line.word = line.next_word
    line.first = line.last + 1
    while line.doc + 2 < doc_ptr.shape[0] and line.start >= doc_ptr[line.doc + 1]:
        line.doc += 1
        line.number = 0
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _wide_gaps(codes: cython.const[cython.uint][::1], words: Words, line: Line) -> cython.Py_ssize_t:
    """Gaps between two words of the line that are wider than a blank; 0 where there is a tab."""
    ev: cython.Py_ssize_t
    n: cython.Py_ssize_t = 0
    for ev in range(line.first, line.last):
        if words.event_kind[ev] == HARD_GAP or words.event_kind[ev] == SOFT_GAP:
            if codes[words.event_pos[ev]] == ord("\t"):
                return 0
            n += line.word < words.event_word[ev] < line.next_word
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_justified(
    codes: cython.const[cython.uint][::1], limits: Limits, words: Words, line: Line
) -> cython.bint:
    """Whether the line is a sentence spread over the width of a page, as texts taken from PDF are, and no row of a table or
    menu: gaps are wide between nearly all of its many words, of which some are short and few are numbers or have a capital."""
    w: cython.Py_ssize_t
    n: cython.Py_ssize_t = line.next_word - line.word
    n_short: cython.Py_ssize_t = 0
    n_other: cython.Py_ssize_t = 0
    if n < limits.justified or 10 * _wide_gaps(codes, words, line) < 9 * (n - 1):
        return False
    for w in range(line.word, line.next_word):
        if words.flags[w] & (WORD_HAS_DIGIT | WORD_TITLE | WORD_UPPER | WORD_URL):
            n_other += 1
        elif words.end[w] - words.start[w] <= 3:
            n_short += 1
    return 7 * n_short >= n and 3 * n_other <= n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_gaps(words: Words, line: Line) -> cython.uint:
    """Make the gaps of a justified line such that nothing is cut there; the kinds of its events as bits."""
    ev: cython.Py_ssize_t
    kinds: cython.uint = 0
    one: cython.uint = 1
    for ev in range(line.first, line.last):
        if words.event_kind[ev] == HARD_GAP or words.event_kind[ev] == SOFT_GAP:
            words.event_kind[ev] = JUSTIFIED_GAP
        kinds = kinds | one << words.event_kind[ev]
    return kinds


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cut_line(limits: Limits, words: Words, line: Line, kinds: cython.uint) -> cython.uchar:
    """Find the cuts of the line, of whose events `kinds` has the kinds as bits; how it is cut, CUT_LINE and so on."""
    cutting: cython.uint = 1 << HARD_GAP | 1 << BAR | 1 << BULLET | 1 << CHAIN_SIGN
    line.n_cuts = 0
    if line.end - line.start > limits.long_line:
        _group_cuts(limits, words, line)
        return CUT_GROUP
    if kinds & cutting:
        _cell_cuts(limits, words, line)
    return CUT_CELL if line.n_cuts > 0 else CUT_LINE


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_blocks(
    codes: cython.const[cython.uint][::1],
    classes: Classes,
    words: Words,
    line: Line,
    blocks: Blocks,
    cut: cython.uchar,
) -> cython.int:
    """The blocks of the line between its cuts, without the white space around them; where nothing is left, none."""
    w: cython.Py_ssize_t = line.word
    b: cython.Py_ssize_t = blocks.n
    c: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    end: cython.Py_ssize_t
    start: cython.Py_ssize_t = line.start
    for c in range(line.n_cuts + 1):
        end = line.cuts[c] if c < line.n_cuts else line.end
        if end <= start:
            continue
        first = start
        last = end
        while first < last and _is_blank(classes, codes[first]):
            first += 1
        while last > first and _is_blank(classes, codes[last - 1]):
            last -= 1
        if last > first:
            blocks.start[b] = cython.cast(cython.int, first)
            blocks.end[b] = cython.cast(cython.int, last)
            blocks.word[b] = cython.cast(cython.int, w)
            blocks.doc[b] = cython.cast(cython.int, line.doc)
            blocks.line[b] = cython.cast(cython.int, line.number)
            blocks.cut[b] = cut
            b += 1
        start = end
        while c < line.n_cuts and w < line.next_word and words.start[w] < start:
            w += 1
    blocks.n = b
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cut(line: Line, pos: cython.Py_ssize_t) -> cython.int:
    """Cut the line before `pos`."""
    line.cuts[line.n_cuts] = cython.cast(cython.int, pos)
    line.n_cuts += 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cut_at(words: Words, line: Line, ev: cython.Py_ssize_t) -> cython.int:
    """Cut the line at an event: after a bar or a chain sign, before all others; padding goes with the bar after it."""
    kind: cython.uint = words.event_kind[ev]
    here: cython.Py_ssize_t = words.event_word[ev]
    is_gap: cython.bint = kind == HARD_GAP or kind == SOFT_GAP
    if is_gap and here > line.word and words.event_word[ev + 1] == here and words.event_kind[ev + 1] == BAR:
        ev += 1
        kind = BAR
    return _cut(line, words.event_pos[ev] + (1 if kind == BAR or kind == CHAIN_SIGN else 0))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _cell_cuts(limits: Limits, words: Words, line: Line) -> cython.int:
    """Cells: hard gaps cut always, bars and bullets beside a short item, chain signs where all items are short."""
    is_chain: cython.int = _is_chain(limits, words, line)
    ev: cython.Py_ssize_t
    kind: cython.uint
    item: cython.Py_ssize_t = line.word
    here: cython.Py_ssize_t
    before: cython.Py_ssize_t
    after: cython.Py_ssize_t
    beyond: cython.Py_ssize_t = line.first
    for ev in range(line.first, line.last):
        kind = words.event_kind[ev]
        if kind == SOFT_GAP or kind > CHAIN_SIGN or (kind == CHAIN_SIGN and not is_chain):
            continue
        here = words.event_word[ev]
        before = here - item
        item = here
        if kind == HARD_GAP or kind == CHAIN_SIGN:
            _cut_at(words, line, ev)
        else:
            beyond = _next_part(words, beyond if beyond > ev else ev + 1)
            after = words.event_word[beyond] - here
            # a leading bullet or a trailing bar opens nothing
            if before > 0 and after > 0 and (before <= limits.max_item or after <= limits.max_item):
                _cut_at(words, line, ev)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_chain(limits: Limits, words: Words, line: Line) -> cython.int:
    """1 where two chain signs or more part items that are short, all of them."""
    ev: cython.Py_ssize_t
    n_items: cython.Py_ssize_t = 0
    item: cython.Py_ssize_t = line.word
    for ev in range(line.first, line.last + 1):
        if words.event_kind[ev] == CHAIN_SIGN or ev == line.last:
            if words.event_word[ev] - item > limits.max_chain_item:
                return 0
            item = words.event_word[ev]
            n_items += 1
    return 1 if n_items > 2 else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _next_part(words: Words, ev: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first hard gap, bar, bullet or line end among the events from `ev` on."""
    while words.event_kind[ev] == SOFT_GAP or words.event_kind[ev] > BULLET:
        ev += 1
    return ev


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _group_cuts(limits: Limits, words: Words, line: Line) -> cython.int:
    """Groups of a line that has lost its line breaks: sentence ends, gaps, bars and bullets cut, and stretches of words
    between punctuation as they need it."""
    ev: cython.Py_ssize_t
    kind: cython.uint
    upto: cython.Py_ssize_t
    base: cython.Py_ssize_t = line.word
    since: cython.Py_ssize_t = line.word
    for ev in range(line.first, line.last + 1):
        kind = words.event_kind[ev]
        if kind == CHAIN_SIGN or kind == JUSTIFIED_GAP:
            continue
        upto = words.event_word[ev]
        _stretch_cuts(limits, words, line, base, upto)
        base = upto
        # only where there are words since the last such cut
        if ev < line.last and kind != PAUSE and upto > since:
            _cut_at(words, line, ev)
            since = upto
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _stretch_cuts(
    limits: Limits, words: Words, line: Line, base: cython.Py_ssize_t, upto: cython.Py_ssize_t
) -> cython.int:
    """Cuts among the words base..upto, which no punctuation parts: at changes of script, and in long pieces."""
    w: cython.Py_ssize_t
    for w in range(base + 2, upto - 2):
        if w - 2 >= base and _turns(words, w):
            _piece_cuts(limits, words, line, base, w)
            _cut(line, words.start[w])
            base = w
    _piece_cuts(limits, words, line, base, upto)
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _turns(words: Words, w: cython.Py_ssize_t) -> cython.int:
    """1 where two words of one script come before word `w` and three of another begin with it."""
    before: cython.uint = words.script[w - 1]
    after: cython.uint = words.script[w]
    if before == after or before == ZYYY or after == ZYYY or words.script[w - 2] != before:
        return 0
    return 1 if words.script[w + 1] == after and words.script[w + 2] == after else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _piece_cuts(
    limits: Limits, words: Words, line: Line, base: cython.Py_ssize_t, upto: cython.Py_ssize_t
) -> cython.int:
    """Equal pieces of about `chunk` words where more than `long_stretch` follow each other."""
    size: cython.Py_ssize_t = upto - base
    pieces: cython.Py_ssize_t
    p: cython.Py_ssize_t
    if size > limits.long_stretch:
        pieces = (size + limits.chunk - 1) // limits.chunk
        for p in range(1, pieces):
            _cut(line, words.start[base + size * p // pieces])
    return 0


@cython.cclass
class Room:
    """All columns of a scan, see `scan.Scan.KINDS`."""

    codes: cython.uint[::1]
    doc_ptr: cython.longlong[::1]
    words: Words
    line: Line
    blocks: Blocks

    def __init__(self, *columns: Any) -> None:
        self.codes, self.doc_ptr = columns[:2]
        self.words = Words(*columns[2:11])
        self.line = Line(columns[11])
        self.blocks = Blocks(*columns[12:])


def scan(texts: list, n: cython.Py_ssize_t, classes: Classes, limits: Limits, room: Room) -> tuple[int, int]:
    """The code points of `texts`, `n` with a line feed after each, their words and blocks; (words, blocks)."""
    codes: cython.uint[::1] = room.codes[:n]
    doc_ptr: cython.longlong[::1] = room.doc_ptr[: len(texts) + 1]
    measure(texts, doc_ptr)
    fill(texts, codes)
    scan_words(codes, classes, room.words)
    cut_blocks(codes, doc_ptr, classes, limits, room.words, room.line, room.blocks)
    return room.words.n, room.blocks.n


@cython.cclass
class Part:
    """The bytes of a column with items of `width` bytes; `axis` says which of the counts of `gather` is its length."""

    data: cython.const[cython.uchar][::1]
    width: cython.Py_ssize_t
    axis: cython.int

    def __init__(self, data: Any, width: int, axis: int) -> None:
        self.data = data
        self.width = width
        self.axis = axis


def gather(parts: list, counts: tuple) -> bytes:
    """The first items of columns one after the other, as many of each as its count."""
    part: Part
    n: cython.Py_ssize_t
    if not cython.compiled:
        return b"".join([part.data[: counts[part.axis] * part.width] for part in parts])
    total: cython.Py_ssize_t = 0
    for part in parts:
        total += cython.cast(cython.Py_ssize_t, counts[part.axis]) * part.width
    found: bytes = PyBytes_FromStringAndSize(cython.NULL, total)
    at: cython.p_char = PyBytes_AS_STRING(found)
    for part in parts:
        n = cython.cast(cython.Py_ssize_t, counts[part.axis]) * part.width
        memcpy(at, cython.address(part.data[0]), n)
        at += n
    return found
