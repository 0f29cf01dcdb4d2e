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
    from cython.cimports.cpython.bytes import PyBytes_AS_STRING, PyBytes_FromStringAndSize
    from cython.cimports.cpython.unicode import PyUnicode_AsUCS4
    from cython.cimports.libc.string import memcpy

COMPILED = cython.compiled

# Kinds of an event.
# 0 line end, 1 hard gap (tab or three spaces), 2 soft gap (two spaces), 3 pipe, 4 bullet, 5 chain sign, 6 sentence
# end, 7 comma


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _hash_step(
    h: cython.ulonglong, c: cython.ulonglong, prime: cython.ulonglong, mask: cython.ulonglong
) -> cython.ulonglong:
    return ((h ^ c) * prime) & mask


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hash_expansion(
    expansions: cython.const[cython.uint][::1],
    at: cython.Py_ssize_t,
    h: cython.ulonglong,
    prime: cython.ulonglong,
    mask: cython.ulonglong,
) -> cython.ulonglong:
    """Hash the code points of the expansion at `at`: its length, then the code points."""
    n: cython.Py_ssize_t = expansions[at]
    while n > 0:
        at += 1
        n -= 1
        h = _hash_step(h, expansions[at], prime, mask)
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
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    code: cython.uint = codes[i]
    while code < reach:
        code = plain[base + code]
        if code == 0:
            break
        h = _hash_step(h, code, prime, mask)
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
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    code: cython.uint = codes[i]
    folded: cython.uint
    while code < reach:
        folded = plain[base + code]
        if folded == 0:
            break
        h = _hash_step(h, folded, prime, mask)
        x = _hash_step(x, code, prime, mask)
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
    x: cython.ulonglong = 14695981039346656037
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    i: cython.Py_ssize_t
    for i in range(start, end):
        x = _hash_step(x, codes[i], prime, mask)
    return x


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_word_kind(kind: cython.uint) -> cython.int:
    """1 for what Python's \\w matches closely enough: letters, marks, digits."""
    return 1 if (kind == 1 or kind == 2 or kind == 3) else 0


@cython.cclass
class Classes:
    """The code point tables, see `tables.CodePointTables`, and `plain`, see `scan.plain_letters`."""

    pages: cython.const[cython.ushort][::1]
    cells: cython.const[cython.ulonglong][::1]
    expansions: cython.const[cython.uint][::1]
    plain: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.pages,
            self.cells,
            self.expansions,
            self.plain,
        ) = columns


@cython.cclass
class Words:
    """Room for the columns of words and events, kept between batches; handing over arrays one by one costs more than
    a small page.

    While a batch is scanned: how many there are, the flags that the next word has from what stands before it, and the
    first place where an e-mail address may begin.
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

    def begin(self) -> None:
        """Before the first word."""
        self.n = 0
        self.n_events = 0
        self.pending = 0
        self.barrier = 0


@cython.cclass
class Blocks:
    """Room for the columns of blocks; `cuts` are the places inside the current line where a block begins."""

    cuts: cython.int[::1]
    start: cython.int[::1]
    end: cython.int[::1]
    word: cython.int[::1]
    doc: cython.int[::1]
    line: cython.int[::1]
    cut: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.cuts,
            self.start,
            self.end,
            self.word,
            self.doc,
            self.line,
            self.cut,
        ) = columns


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
    return _cell(classes, code) & 15


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_blank(classes: Classes, code: cython.uint) -> cython.int:
    """1 for white space and line ends."""
    kind: cython.uint = _kind(classes, code)
    return 1 if (kind == 6 or kind == 7) else 0


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
        codes[at] = 10
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
    prime: cython.ulonglong = 1099511628211
    basis: cython.ulonglong = 14695981039346656037
    mask: cython.ulonglong = 18446744073709551615
    low: cython.ulonglong = 4294967295
    reach: cython.uint = plain.shape[0] // 3
    k: cython.Py_ssize_t = words.n
    flags: cython.uint = words.pending | (512 if k > 0 and words.end[k - 1] == i else 0)
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
        h = _hash_step(basis, lead & 65535, prime, mask)
        x = 0
        if script == 1:
            x = _hash_step(basis, code, prime, mask)
            i, h, x = _written_letters(codes, plain, reach, reach, i + 1, h, x)
            x = x ^ (x >> 32)
        else:
            i, h = _plain_letters(codes, plain, 2 * reach, reach, i + 1, h)
        code = codes[i]
        if code != 32 and _kind(classes, code) < 6 and _kind(classes, code) != 0:
            return s  # it goes on with what is not plain
        words.start[k] = cython.cast(cython.int, s)
        words.end[k] = cython.cast(cython.int, i)
        words.script[k] = cython.cast(cython.uchar, script)
        words.flags[k] = cython.cast(cython.ushort, flags | lead >> 24 << 2)
        words.hash[k] = h ^ (h >> 29)
        words.written[k] = cython.cast(cython.uint, x & low)
        k += 1
        flags = 0
        words.n = k
        words.pending = 0
        if code != 32:
            return i
        i += 1  # one blank is no gap
        code = codes[i]
    if _kind(classes, code) == 6:
        i -= 1  # more than one are
    return i


@cython.ccall
def scan_words(codes: cython.const[cython.uint][::1], classes: Classes, words: Words) -> tuple[int, int]:
    """Fill the columns of words and of events; (words, events).

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
    return words.n, words.n_events


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _other(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """What no plain word is, by the kind of the code point at `i`; the place after it."""
    kind: cython.uint = _kind(classes, codes[i])
    if kind == 1 or kind == 3:
        return _word(codes, classes, words, i)
    if kind == 6:
        return _gap(codes, classes, words, i)
    if kind == 7:
        _event(words, i, 0)
        words.pending = 0
        words.barrier = i + 1
    elif kind == 8:
        return _sentence_end(codes, classes, words, i)
    elif kind == 9:
        return _comma(codes, classes, words, i)
    elif kind == 12 or kind == 13:
        _separator(codes, classes, words, i)
    elif kind == 14:
        return _sign(codes, classes, words, i)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _word(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A word of any kind: letters of one script, digits, marks, joiners, inner apostrophes."""
    s: cython.Py_ssize_t = i
    j: cython.Py_ssize_t
    k: cython.Py_ssize_t = words.n
    reach: cython.uint = classes.plain.shape[0] // 3
    code: cython.uint = codes[i]
    both: cython.ulonglong = _cell(classes, code)
    kind: cython.uint = both & 15
    folded: cython.uint
    own: cython.uint
    script: cython.uint = (both >> 4) & 255 if kind == 1 else 0
    base: cython.Py_ssize_t = script * reach if script <= 2 else 0
    flags: cython.uint = words.pending
    letters: cython.Py_ssize_t = 0
    uppers: cython.Py_ssize_t = 0
    digits: cython.Py_ssize_t = 0
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    low: cython.ulonglong = 4294967295
    h: cython.ulonglong = 14695981039346656037
    x: cython.ulonglong = h
    drop: cython.uint = 1
    expansion: cython.uint = 1114112
    while True:
        if kind == 1:
            own = (both >> 4) & 255
            if own != 0:
                if script == 0:
                    script = own
                    base = script * reach if script <= 2 else 0
                elif script != own:
                    break
            if (both >> 12) & 1:
                if letters == 0:
                    flags |= 4
                uppers += 1
            letters += 1
        elif kind == 3:
            digits += 1
        elif kind == 2:
            flags |= 64
        elif kind == 5:
            if _kind(classes, codes[i + 1]) != 1 or letters == 0 or script == 1:
                break
            flags |= 4096
        if code == 304 or code == 8204:
            flags |= 8192
        folded = both >> 32
        if folded == 0:
            h = _hash_step(h, code, prime, mask)
        elif folded >= expansion:
            h = _hash_expansion(classes.expansions, folded - expansion, h, prime, mask)
        elif folded != drop:
            h = _hash_step(h, folded, prime, mask)
        x = _hash_step(x, code, prime, mask)
        i += 1
        if base > 0:
            j = i
            i, h, x = _written_letters(codes, classes.plain, base, reach, i, h, x)
            letters += i - j
        code = codes[i]
        both = _cell(classes, code)
        kind = both & 15
        if kind > 5 or kind == 0:
            break
    if letters == 0:
        flags |= 3
        script = 0
    else:
        if digits > 0:
            flags |= 1
        if uppers == letters and letters > 1:
            flags |= 8
    if k > 0 and words.end[k - 1] == s:
        flags |= 512
    if flags & 8192:
        x = _hash_written(codes, s, i)
    elif script != 1:
        x = 0
    words.start[k] = cython.cast(cython.int, s)
    words.end[k] = cython.cast(cython.int, i)
    words.script[k] = cython.cast(cython.uchar, script)
    words.flags[k] = cython.cast(cython.ushort, flags)
    words.hash[k] = h ^ (h >> 29)
    words.written[k] = cython.cast(cython.uint, (x ^ (x >> 32)) & low)
    words.n = k + 1
    words.pending = 0
    if code == 32 and _kind(classes, codes[i + 1]) != 6:
        i += 1  # one blank is no gap
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gap(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """White space: two blanks or more, or a tab, are a gap."""
    s: cython.Py_ssize_t = i
    tab: cython.int = 0
    while _kind(classes, codes[i]) == 6:
        if codes[i] == 9:
            tab = 1
        i += 1
    if i - s > 1 or tab == 1:
        _event(words, s, 1 if (tab == 1 or i - s > 2) else 2)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sentence_end(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A sentence end, after its closers and before white space; and `www.`"""
    k: cython.Py_ssize_t = words.n
    kind: cython.uint
    if codes[i] == 46 and k > 0 and words.end[k - 1] == i and i - words.start[k - 1] == 3:
        kind = _kind(classes, codes[i + 1])
        if (
            (codes[i - 3] | 32) == 119
            and (codes[i - 2] | 32) == 119
            and (codes[i - 1] | 32) == 119
            and kind != 6
            and kind != 7
        ):
            return _url(codes, classes, words, i)
    i += 1
    kind = _kind(classes, codes[i])
    while kind == 8 or kind == 11 or kind == 12 or kind == 5:
        i += 1
        kind = _kind(classes, codes[i])
    if kind == 6:
        _event(words, i, 6)
        words.pending = words.pending | 128
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _comma(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A comma, a colon; and `://`"""
    k: cython.Py_ssize_t = words.n
    if (
        codes[i] == 58
        and codes[i + 1] == 47
        and codes[i + 2] == 47
        and k > 0
        and words.end[k - 1] == i
        and words.script[k - 1] == 2
    ):
        return _url(codes, classes, words, i)
    _event(words, i + 1, 7)
    words.pending = words.pending | 256
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _url(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The last word becomes a URL that goes on to the first white space after `i`."""
    k: cython.Py_ssize_t = words.n - 1
    while not _is_blank(classes, codes[i]):
        i += 1
    words.end[k] = cython.cast(cython.int, i)
    words.script[k] = 0
    words.flags[k] = cython.cast(cython.ushort, (words.flags[k] & 896) | 16)
    words.hash[k] = 1
    words.written[k] = 0
    words.barrier = i
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _separator(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.int:
    """Bars, bullets and chain signs count where white space stands around them; » between blanks is a chain sign, not a
    quotation mark."""
    code: cython.uint = codes[i]
    if (i > 0 and not _is_blank(classes, codes[i - 1])) or not _is_blank(classes, codes[i + 1]):
        return 0
    if code == 187 or code == 171:
        if i > 0 and _kind(classes, codes[i - 1]) == 6 and _kind(classes, codes[i + 1]) == 6:
            _event(words, i, 5)
    elif _kind(classes, code) == 12:
        return 0
    elif code == 124 or code == 166 or code == 9474:
        _event(words, i, 3)
    elif code == 62 or code == 47 or code == 8250 or code == 8594 or code == 8249 or code == 8592:
        _event(words, i, 5)
    else:
        _event(words, i, 4)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sign(
    codes: cython.const[cython.uint][::1], classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """An e-mail address or @handle; the # of a hashtag."""
    if codes[i] == 35 and _kind(classes, codes[i + 1]) == 1:
        words.pending = words.pending | 32
    if codes[i] != 64:
        return i + 1
    k: cython.Py_ssize_t = words.n
    s: cython.Py_ssize_t = i
    j: cython.Py_ssize_t
    flags: cython.uint = 16 | 1024
    has_dot: cython.int = 0
    code: cython.uint
    while s > words.barrier:
        code = codes[s - 1]
        if not (_is_word_kind(_kind(classes, code)) or code == 46 or code == 43 or code == 45 or code == 95):
            break
        s -= 1
    j = i + 1
    code = codes[j]
    while (
        _is_word_kind(_kind(classes, code)) or code == 95 or (code == 45 and s < i) or (code == 46 and s < i)
    ):
        if code == 46 and j > i + 1:
            if _is_word_kind(_kind(classes, codes[j + 1])) == 0:
                break
            has_dot = 1
        j += 1
        code = codes[j]
    words.barrier = i + 1
    if not (s < i and has_dot):
        if j == i + 1 or (i > 0 and (_is_word_kind(_kind(classes, codes[i - 1])) or codes[i - 1] == 95)):
            return i + 1
        flags = 16 | 2048
        s = i
    flags |= words.pending
    words.pending = 0
    while k > 0 and words.start[k - 1] >= s:
        k -= 1
        flags |= words.flags[k] & 896
    while words.n_events > 0 and words.event_pos[words.n_events - 1] > s:
        words.n_events -= 1
    words.start[k] = cython.cast(cython.int, s)
    words.end[k] = cython.cast(cython.int, j)
    words.script[k] = 0
    words.flags[k] = cython.cast(cython.ushort, flags)
    words.hash[k] = 2
    words.written[k] = 0
    words.n = k + 1
    words.barrier = j
    return j


@cython.ccall
def cut_blocks(
    codes: cython.const[cython.uint][::1],
    doc_ptr: cython.const[cython.longlong][::1],
    classes: Classes,
    words: Words,
    blocks: Blocks,
    n_words: cython.Py_ssize_t,
    n_events: cython.Py_ssize_t,
    long_line: cython.Py_ssize_t,
    max_item: cython.Py_ssize_t,
    max_chain_item: cython.Py_ssize_t,
    long_stretch: cython.Py_ssize_t,
    chunk: cython.Py_ssize_t,
) -> int:
    """Fill the columns of blocks from the events; the number of blocks."""
    word_start: cython.const[cython.int][::1] = words.start
    word_script: cython.const[cython.uchar][::1] = words.script
    event_pos: cython.const[cython.int][::1] = words.event_pos
    event_kind: cython.const[cython.uchar][::1] = words.event_kind
    event_word: cython.const[cython.int][::1] = words.event_word
    cuts: cython.int[::1] = blocks.cuts
    block_start: cython.int[::1] = blocks.start
    block_end: cython.int[::1] = blocks.end
    block_word: cython.int[::1] = blocks.word
    block_doc: cython.int[::1] = blocks.doc
    block_line: cython.int[::1] = blocks.line
    block_cut: cython.uchar[::1] = blocks.cut
    n_docs: cython.Py_ssize_t = doc_ptr.shape[0] - 1
    doc: cython.Py_ssize_t = 0
    line: cython.Py_ssize_t = 0
    line_start: cython.Py_ssize_t = 0
    first: cython.Py_ssize_t = 0
    ev: cython.Py_ssize_t
    b: cython.Py_ssize_t = 0
    w: cython.Py_ssize_t = 0
    n_cuts: cython.Py_ssize_t
    c: cython.Py_ssize_t
    start: cython.Py_ssize_t
    end: cython.Py_ssize_t
    cut_kind: cython.uchar
    line_end: cython.Py_ssize_t
    last: cython.Py_ssize_t
    # kinds of the events of a line, and those that a line may be cut at
    kinds: cython.uint = 0
    cutting: cython.uint = 1 << 1 | 1 << 3 | 1 << 4 | 1 << 5
    one: cython.uint = 1
    fw: cython.Py_ssize_t = 0

    with cython.nogil:
        for ev in range(n_events):
            kinds = kinds | one << event_kind[ev]
            if event_kind[ev] != 0:
                continue
            line_end = event_pos[ev]
            while doc + 1 < n_docs and line_start >= doc_ptr[doc + 1]:
                doc += 1
                line = 0
            # ---- where this line is cut
            n_cuts = 0
            if kinds & cutting:
                n_cuts = _line_cuts(
                    event_pos, event_kind, event_word, first, ev, fw, event_word[ev], cuts, max_item, max_chain_item
                )
            cut_kind = 1 if n_cuts > 0 else 0
            if line_end - line_start > long_line:
                n_cuts = _group_cuts(
                    event_pos,
                    event_kind,
                    event_word,
                    word_start,
                    word_script,
                    first,
                    ev,
                    fw,
                    event_word[ev],
                    cuts,
                    n_cuts,
                    long_stretch,
                    chunk,
                )
                cut_kind = 2
            # ---- its blocks, trimmed
            start = line_start
            for c in range(n_cuts + 1):
                end = line_end
                if c < n_cuts:
                    end = cuts[c]
                if end <= start:
                    continue
                last = end
                while start < last and _is_blank(classes, codes[start]):
                    start += 1
                while last > start and _is_blank(classes, codes[last - 1]):
                    last -= 1
                if last > start:
                    block_start[b] = cython.cast(cython.int, start)
                    block_end[b] = cython.cast(cython.int, last)
                    block_word[b] = cython.cast(cython.int, w)
                    block_doc[b] = cython.cast(cython.int, doc)
                    block_line[b] = cython.cast(cython.int, line)
                    block_cut[b] = cut_kind
                    b += 1
                    if c == n_cuts:
                        w = event_word[ev]
                    while w < n_words and word_start[w] < last:
                        w += 1
                start = end
            first = ev + 1
            kinds = 0
            fw = event_word[ev]
            line_start = line_end + 1
            # a carriage return and its line feed are one line end
            if codes[line_end] == 13 and codes[line_start] == 10 and line_start < codes.shape[0]:
                pass
            else:
                line += 1
        block_word[b] = cython.cast(cython.int, n_words)
    return b


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _line_cuts(
    event_pos: cython.const[cython.int][::1],
    event_kind: cython.const[cython.uchar][::1],
    event_word: cython.const[cython.int][::1],
    first: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
    first_word: cython.Py_ssize_t,
    last_word: cython.Py_ssize_t,
    cuts: cython.int[::1],
    max_item: cython.Py_ssize_t,
    max_chain_item: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Cell cuts of one line (events first..last): hard gaps always, separators between short items."""
    n: cython.Py_ssize_t = 0
    ev: cython.Py_ssize_t
    nx: cython.Py_ssize_t
    kind: cython.uint
    item: cython.Py_ssize_t = first_word
    before: cython.Py_ssize_t
    after: cython.Py_ssize_t
    n_chain: cython.Py_ssize_t = 0
    longest: cython.Py_ssize_t = 0
    # chains: all items must be short
    for ev in range(first, last):
        kind = event_kind[ev]
        if kind == 5:
            n_chain += 1
            if event_word[ev] - item > longest:
                longest = event_word[ev] - item
            item = event_word[ev]
    if last_word - item > longest:
        longest = last_word - item
    if longest > max_chain_item or n_chain < 2:
        n_chain = 0
    item = first_word
    nx = first
    for ev in range(first, last):
        kind = event_kind[ev]
        if kind == 2 or kind > 5:
            continue
        if kind == 1:
            cuts[n] = event_pos[ev]
            n += 1
            item = event_word[ev]
            continue
        if kind == 5:
            if n_chain > 0:
                cuts[n] = event_pos[ev] + 1
                n += 1
                item = event_word[ev]
            continue
        # pipe or bullet: words up to the separator before and to the one after
        before = event_word[ev] - item
        if nx <= ev:
            nx = ev + 1
        while nx < last and (event_kind[nx] == 2 or event_kind[nx] > 4 or event_kind[nx] == 0):
            nx += 1
        after = last_word - event_word[ev]
        if nx < last:
            after = event_word[nx] - event_word[ev]
        item = event_word[ev]
        if before == 0 or after == 0:
            continue  # a leading bullet or a trailing bar opens nothing
        if before <= max_item or after <= max_item:
            cuts[n] = event_pos[ev] + 1 if kind == 3 else event_pos[ev]
            n += 1
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _group_cuts(
    event_pos: cython.const[cython.int][::1],
    event_kind: cython.const[cython.uchar][::1],
    event_word: cython.const[cython.int][::1],
    word_start: cython.const[cython.int][::1],
    word_script: cython.const[cython.uchar][::1],
    first: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
    first_word: cython.Py_ssize_t,
    last_word: cython.Py_ssize_t,
    cuts: cython.int[::1],
    n_cells: cython.Py_ssize_t,
    long_stretch: cython.Py_ssize_t,
    chunk: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Cuts of a line that has lost its line breaks: sentence ends, gaps, script changes, pieces of long stretches.

    The cell cuts found before are redone here from the same events, in order, so that the result stays sorted.
    """
    n: cython.Py_ssize_t = 0
    ev: cython.Py_ssize_t
    kind: cython.uint
    w: cython.Py_ssize_t = first_word
    upto: cython.Py_ssize_t
    pieces: cython.Py_ssize_t
    p: cython.Py_ssize_t
    base: cython.Py_ssize_t
    pos: cython.Py_ssize_t
    since: cython.Py_ssize_t = first_word
    for ev in range(first, last + 1):
        kind = event_kind[ev]
        if kind == 5:
            continue
        upto = event_word[ev]
        # words w..upto hold no punctuation: cut at changes of script, and a long stretch into pieces
        base = w
        while w < upto:
            if (
                w - 2 >= base
                and w + 2 < upto
                and word_script[w] != 0
                and word_script[w - 1] != 0
                and word_script[w] != word_script[w - 1]
                and word_script[w + 1] == word_script[w]
                and word_script[w + 2] == word_script[w]
                and word_script[w - 2] == word_script[w - 1]
            ):
                n = _stretch_cuts(word_start, base, w, cuts, n, long_stretch, chunk)
                cuts[n] = word_start[w]
                n += 1
                base = w
            w += 1
        n = _stretch_cuts(word_start, base, upto, cuts, n, long_stretch, chunk)
        if ev == last or kind == 7:
            continue
        if upto == since:
            continue  # nothing with words since the last cut
        pos = event_pos[ev]
        if kind == 3:
            pos += 1
        cuts[n] = cython.cast(cython.int, pos)
        n += 1
        since = upto
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _stretch_cuts(
    word_start: cython.const[cython.int][::1],
    base: cython.Py_ssize_t,
    upto: cython.Py_ssize_t,
    cuts: cython.int[::1],
    n: cython.Py_ssize_t,
    long_stretch: cython.Py_ssize_t,
    chunk: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Equal pieces of about `chunk` words where more than `long_stretch` follow each other without punctuation."""
    size: cython.Py_ssize_t = upto - base
    pieces: cython.Py_ssize_t
    p: cython.Py_ssize_t
    if size > long_stretch:
        pieces = (size + chunk - 1) // chunk
        for p in range(1, pieces):
            cuts[n] = word_start[base + size * p // pieces]
            n += 1
    return n


@cython.cclass
class Room:
    """All columns of a scan, see `scan.Scan.KINDS`."""

    codes: cython.uint[::1]
    doc_ptr: cython.longlong[::1]
    words: Words
    blocks: Blocks

    def __init__(self, *columns: Any) -> None:
        self.codes, self.doc_ptr = columns[:2]
        self.words = Words(*columns[2:11])
        self.blocks = Blocks(*columns[11:])


def scan(
    texts: list,
    n: cython.Py_ssize_t,
    classes: Classes,
    room: Room,
    long_line: cython.Py_ssize_t,
    max_item: cython.Py_ssize_t,
    max_chain_item: cython.Py_ssize_t,
    long_stretch: cython.Py_ssize_t,
    chunk: cython.Py_ssize_t,
) -> tuple[int, int]:
    """The code points of `texts`, `n` with a line feed after each, their words and blocks; (words, blocks)."""
    codes: cython.uint[::1] = room.codes[:n]
    doc_ptr: cython.longlong[::1] = room.doc_ptr[: len(texts) + 1]
    n_words: cython.Py_ssize_t
    n_events: cython.Py_ssize_t
    measure(texts, doc_ptr)
    fill(texts, codes)
    n_words, n_events = scan_words(codes, classes, room.words)
    n_blocks: cython.Py_ssize_t = cut_blocks(
        codes, doc_ptr, classes, room.words, room.blocks, n_words, n_events,
        long_line, max_item, max_chain_item, long_stretch, chunk,
    )  # fmt: skip
    return n_words, n_blocks


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
