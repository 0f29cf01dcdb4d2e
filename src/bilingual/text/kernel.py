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
def _props(
    pages: cython.const[cython.ushort][::1], cells: cython.const[cython.ulonglong][::1], code: cython.uint
) -> cython.uint:
    page: cython.Py_ssize_t = pages[code >> 8]
    return cython.cast(cython.uint, cells[page * 256 + (code & 255)] & 65535)


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
    a small page."""

    start: cython.int[::1]
    end: cython.int[::1]
    script: cython.uchar[::1]
    flags: cython.ushort[::1]
    hash: cython.ulonglong[::1]
    event_pos: cython.int[::1]
    event_kind: cython.uchar[::1]
    event_word: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.start,
            self.end,
            self.script,
            self.flags,
            self.hash,
            self.event_pos,
            self.event_kind,
            self.event_word,
        ) = columns


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


@cython.ccall
def scan_words(codes: cython.const[cython.uint][::1], classes: Classes, words: Words) -> tuple[int, int]:
    """Fill the columns of words and of events; (words, events).

    The columns of `words` are as long as `codes` + 1 at least; `codes` ends with a line feed.
    """
    pages: cython.const[cython.ushort][::1] = classes.pages
    cells: cython.const[cython.ulonglong][::1] = classes.cells
    expansions: cython.const[cython.uint][::1] = classes.expansions
    plain: cython.const[cython.uint][::1] = classes.plain
    reach: cython.uint = plain.shape[0] // 3
    base: cython.Py_ssize_t
    word_start: cython.int[::1] = words.start
    word_end: cython.int[::1] = words.end
    word_script: cython.uchar[::1] = words.script
    word_flags: cython.ushort[::1] = words.flags
    word_hash: cython.ulonglong[::1] = words.hash
    event_pos: cython.int[::1] = words.event_pos
    event_kind: cython.uchar[::1] = words.event_kind
    event_word: cython.int[::1] = words.event_word
    n: cython.Py_ssize_t = codes.shape[0]
    i: cython.Py_ssize_t = 0
    j: cython.Py_ssize_t
    s: cython.Py_ssize_t
    k: cython.Py_ssize_t = 0
    e: cython.Py_ssize_t = 0
    code: cython.uint
    both: cython.ulonglong
    page: cython.Py_ssize_t
    kind: cython.uint
    folded: cython.uint
    x: cython.Py_ssize_t
    script: cython.uint
    own: cython.uint
    flags: cython.uint
    pending: cython.uint = 0
    letters: cython.Py_ssize_t
    uppers: cython.Py_ssize_t
    digits: cython.Py_ssize_t
    kind_next: cython.uint
    last_end: cython.Py_ssize_t = -1
    barrier: cython.Py_ssize_t = 0
    has_dot: cython.int
    prime: cython.ulonglong = 1099511628211
    basis: cython.ulonglong = 14695981039346656037
    mask: cython.ulonglong = 18446744073709551615
    h: cython.ulonglong
    drop: cython.uint = 1
    expansion: cython.uint = 1114112

    with cython.nogil:
        while i < n:
            code = codes[i]
            page = pages[code >> 8]
            both = cells[page * 256 + (code & 255)]
            kind = both & 15
            if kind == 1 or kind == 3:
                # ---- a word: letters of one script, digits, marks, joiners, inner apostrophes
                s = i
                script = (both >> 4) & 255 if kind == 1 else 0
                base = script * reach if script <= 2 else 0
                flags = pending
                pending = 0
                letters = 0
                uppers = 0
                digits = 0
                h = basis
                while True:
                    # lower-case or caseless letters of the word's script: nearly all of them
                    x = i
                    i, h = _plain_letters(codes, plain, base, reach, i, h)
                    letters += i - x
                    code = codes[i]
                    page = pages[code >> 8]
                    both = cells[page * 256 + (code & 255)]
                    kind = both & 15
                    if kind > 5 or kind == 0:
                        break
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
                        kind_next = _props(pages, cells, codes[i + 1]) & 15
                        if kind_next != 1 or letters == 0 or script == 1:
                            break
                        flags |= 4096
                    if code == 304 or code == 8204:
                        flags |= 8192
                    folded = both >> 32
                    if folded == 0:
                        h = _hash_step(h, code, prime, mask)
                    elif folded >= expansion:
                        h = _hash_expansion(expansions, folded - expansion, h, prime, mask)
                    elif folded != drop:
                        h = _hash_step(h, folded, prime, mask)
                    i += 1
                    code = codes[i]
                if letters == 0:
                    flags |= 3
                    script = 0
                else:
                    if digits > 0:
                        flags |= 1
                    if uppers == letters and letters > 1:
                        flags |= 8
                if s == last_end:
                    flags |= 512
                word_start[k] = cython.cast(cython.int, s)
                word_end[k] = cython.cast(cython.int, i)
                word_script[k] = cython.cast(cython.uchar, script)
                word_flags[k] = cython.cast(cython.ushort, flags)
                word_hash[k] = h ^ (h >> 29)
                k += 1
                last_end = i
                if code == 32 and (_props(pages, cells, codes[i + 1]) & 15) != 6:
                    i += 1  # one blank is no gap
                continue
            if kind == 6:
                # ---- white space: note gaps
                s = i
                x = 0
                while kind == 6:
                    if code == 9:
                        x = 1
                    i += 1
                    code = codes[i]
                    page = pages[code >> 8]
                    kind = cells[page * 256 + (code & 255)] & 15
                if i - s > 1 or x == 1:
                    event_pos[e] = cython.cast(cython.int, s)
                    event_kind[e] = 1 if (x == 1 or i - s > 2) else 2
                    event_word[e] = cython.cast(cython.int, k)
                    e += 1
                continue
            if kind == 7:
                event_pos[e] = cython.cast(cython.int, i)
                event_kind[e] = 0
                event_word[e] = cython.cast(cython.int, k)
                e += 1
                pending = 0
                barrier = i + 1
                i += 1
                continue
            if kind == 8:
                # ---- sentence end: after its closers, before white space; and `www.`
                if code == 46 and k > 0 and word_end[k - 1] == i and i - word_start[k - 1] == 3:
                    s = i - 3
                    kind_next = _props(pages, cells, codes[i + 1]) & 15
                    if (
                        (codes[s] | 32) == 119
                        and (codes[s + 1] | 32) == 119
                        and (codes[s + 2] | 32) == 119
                        and kind_next != 6
                        and kind_next != 7
                    ):
                        i = _url_end(codes, pages, cells, i)
                        k -= 1
                        word_end[k] = cython.cast(cython.int, i)
                        word_script[k] = 0
                        word_flags[k] = cython.cast(cython.ushort, (word_flags[k] & 896) | 16)
                        word_hash[k] = 1
                        k += 1
                        last_end = i
                        barrier = i
                        continue
                i += 1
                j = i
                kind_next = _props(pages, cells, codes[j]) & 15
                while kind_next == 8 or kind_next == 11 or kind_next == 12 or kind_next == 5:
                    j += 1
                    kind_next = _props(pages, cells, codes[j]) & 15
                i = j
                if kind_next == 6:
                    event_pos[e] = cython.cast(cython.int, j)
                    event_kind[e] = 6
                    event_word[e] = cython.cast(cython.int, k)
                    e += 1
                    pending = pending | 128
                continue
            if kind == 9:
                # ---- comma, colon; and `://`
                if (
                    code == 58
                    and codes[i + 1] == 47
                    and codes[i + 2] == 47
                    and k > 0
                    and word_end[k - 1] == i
                    and word_script[k - 1] == 2
                ):
                    i = _url_end(codes, pages, cells, i)
                    k -= 1
                    word_end[k] = cython.cast(cython.int, i)
                    word_script[k] = 0
                    word_flags[k] = cython.cast(cython.ushort, (word_flags[k] & 896) | 16)
                    word_hash[k] = 1
                    k += 1
                    last_end = i
                    barrier = i
                    continue
                event_pos[e] = cython.cast(cython.int, i + 1)
                event_kind[e] = 7
                event_word[e] = cython.cast(cython.int, k)
                e += 1
                pending = pending | 256
                i += 1
                continue
            if kind == 13:
                # ---- separators: kept where white space stands around them
                kind_next = _props(pages, cells, codes[i + 1]) & 15
                x = 6
                if i > 0:
                    x = _props(pages, cells, codes[i - 1]) & 15
                if (kind_next == 6 or kind_next == 7) and (x == 6 or x == 7):
                    event_pos[e] = cython.cast(cython.int, i)
                    event_word[e] = cython.cast(cython.int, k)
                    if code == 124 or code == 166 or code == 9474:
                        event_kind[e] = 3
                    elif code == 62 or code == 47 or code == 8250 or code == 8594 or code == 8249 or code == 8592:
                        event_kind[e] = 5
                    else:
                        event_kind[e] = 4
                    e += 1
                i += 1
                continue
            if kind == 12 and (code == 187 or code == 171):
                # ---- » between spaces is a chain sign, not a quotation mark
                kind_next = _props(pages, cells, codes[i + 1]) & 15
                if i > 0 and kind_next == 6 and (_props(pages, cells, codes[i - 1]) & 15) == 6:
                    event_pos[e] = cython.cast(cython.int, i)
                    event_kind[e] = 5
                    event_word[e] = cython.cast(cython.int, k)
                    e += 1
                i += 1
                continue
            if kind == 14:
                if code == 64:
                    # ---- e-mail address or @handle
                    s = i
                    while s > barrier:
                        code = codes[s - 1]
                        kind_next = _props(pages, cells, code) & 15
                        if _is_word_kind(kind_next) or code == 46 or code == 43 or code == 45 or code == 95:
                            s -= 1
                        else:
                            break
                    j = i + 1
                    has_dot = 0
                    code = codes[j]
                    kind_next = _props(pages, cells, code) & 15
                    while _is_word_kind(kind_next) or code == 95 or (code == 45 and s < i) or (code == 46 and s < i):
                        if code == 46 and j > i + 1:
                            kind_next = _props(pages, cells, codes[j + 1]) & 15
                            if _is_word_kind(kind_next) == 0:
                                break
                            has_dot = 1
                        j += 1
                        code = codes[j]
                        kind_next = _props(pages, cells, code) & 15
                    barrier = i + 1
                    if (s < i and has_dot) or (j > i + 1 and (i == 0 or _is_handle_start(codes, pages, cells, i))):
                        flags = 16 | 1024
                        if not (s < i and has_dot):
                            flags = 16 | 2048
                            s = i
                        flags |= pending
                        pending = 0
                        while k > 0 and word_start[k - 1] >= s:
                            k -= 1
                            flags |= word_flags[k] & 896
                        while e > 0 and event_pos[e - 1] > s:
                            e -= 1
                        word_start[k] = cython.cast(cython.int, s)
                        word_end[k] = cython.cast(cython.int, j)
                        word_script[k] = 0
                        word_flags[k] = cython.cast(cython.ushort, flags)
                        word_hash[k] = 2
                        k += 1
                        last_end = j
                        barrier = j
                        i = j
                        continue
                elif code == 35:
                    kind_next = _props(pages, cells, codes[i + 1]) & 15
                    if kind_next == 1:
                        pending = pending | 32
                i += 1
                continue
            i += 1
    return k, e


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_handle_start(
    codes: cython.const[cython.uint][::1],
    pages: cython.const[cython.ushort][::1],
    cells: cython.const[cython.ulonglong][::1],
    i: cython.Py_ssize_t,
) -> cython.int:
    """1 when the @ at `i` does not follow a word character."""
    code: cython.uint = codes[i - 1]
    kind: cython.uint = _props(pages, cells, code) & 15
    return 0 if (_is_word_kind(kind) or code == 95) else 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _url_end(
    codes: cython.const[cython.uint][::1],
    pages: cython.const[cython.ushort][::1],
    cells: cython.const[cython.ulonglong][::1],
    i: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """First white space at or after `i`."""
    kind: cython.uint = _props(pages, cells, codes[i]) & 15
    while kind != 6 and kind != 7:
        i += 1
        kind = _props(pages, cells, codes[i]) & 15
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_blank(
    pages: cython.const[cython.ushort][::1], cells: cython.const[cython.ulonglong][::1], code: cython.uint
) -> cython.int:
    kind: cython.uint = _props(pages, cells, code) & 15
    return 1 if (kind == 6 or kind == 7) else 0


@cython.ccall
def cut_blocks(
    codes: cython.const[cython.uint][::1],
    doc_ptr: cython.const[cython.longlong][::1],
    classes: Classes,
    words: Words,
    blocks: Blocks,
    word_block: cython.int[::1],
    n_events: cython.Py_ssize_t,
    long_line: cython.Py_ssize_t,
    max_item: cython.Py_ssize_t,
    max_chain_item: cython.Py_ssize_t,
    long_stretch: cython.Py_ssize_t,
    chunk: cython.Py_ssize_t,
) -> int:
    """Fill the columns of blocks, and the block of every word (`word_block` int32[n_words]), from the events; the
    number of blocks."""
    pages: cython.const[cython.ushort][::1] = classes.pages
    cells: cython.const[cython.ulonglong][::1] = classes.cells
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
    n_words: cython.Py_ssize_t = word_block.shape[0]
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
    fw: cython.Py_ssize_t = 0

    with cython.nogil:
        for ev in range(n_events):
            if event_kind[ev] != 0:
                continue
            line_end = event_pos[ev]
            while doc + 1 < n_docs and line_start >= doc_ptr[doc + 1]:
                doc += 1
                line = 0
            # ---- where this line is cut
            n_cuts = 0
            if ev > first:
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
                b, w = _emit(
                    codes,
                    pages,
                    cells,
                    word_start,
                    word_block,
                    block_start,
                    block_end,
                    block_word,
                    start,
                    end,
                    b,
                    w,
                    n_words,
                )
                if b > 0 and block_start[b - 1] >= start:
                    block_doc[b - 1] = cython.cast(cython.int, doc)
                    block_line[b - 1] = cython.cast(cython.int, line)
                    block_cut[b - 1] = cut_kind
                start = end
            first = ev + 1
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _emit(
    codes: cython.const[cython.uint][::1],
    pages: cython.const[cython.ushort][::1],
    cells: cython.const[cython.ulonglong][::1],
    word_start: cython.const[cython.int][::1],
    word_block: cython.int[::1],
    block_start: cython.int[::1],
    block_end: cython.int[::1],
    block_word: cython.int[::1],
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    b: cython.Py_ssize_t,
    w: cython.Py_ssize_t,
    n_words: cython.Py_ssize_t,
) -> tuple[cython.Py_ssize_t, cython.Py_ssize_t]:
    """Trim one stretch and, when something is left, add it as a block; gives the new counts of blocks and words."""
    while start < end and _is_blank(pages, cells, codes[start]):
        start += 1
    while end > start and _is_blank(pages, cells, codes[end - 1]):
        end -= 1
    if end > start:
        block_start[b] = cython.cast(cython.int, start)
        block_end[b] = cython.cast(cython.int, end)
        block_word[b] = cython.cast(cython.int, w)
        while w < n_words and word_start[w] < end:
            word_block[w] = cython.cast(cython.int, b)
            w += 1
        b += 1
    return b, w


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
    word_block: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        self.codes, self.doc_ptr = columns[:2]
        self.words = Words(*columns[2:10])
        self.blocks = Blocks(*columns[10:17])
        self.word_block = columns[17]


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
        codes, doc_ptr, classes, room.words, room.blocks, room.word_block[:n_words], n_events,
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
