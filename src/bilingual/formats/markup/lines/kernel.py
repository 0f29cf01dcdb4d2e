# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Text of a page -> lines of visible text, each with its runs and their places in the source.

White space collapses, character references are resolved, and what parts two pieces of text is written between them.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.markup.characters import find, hash_step, is_digit, is_letter, opens, small
    from cython.cimports.bilingual.formats.markup.constants import (
        MARKED,
        NO_HASH,
        NOTHING,
        SEAM,
        SPACE,
        TAB,
        VALUE,
        VERBATIM,
    )
else:
    from bilingual.formats.markup.characters import *  # noqa: F403  (the names above)
    from bilingual.formats.markup.constants import *  # noqa: F403

COMPILED = cython.compiled

LAST_CODE = cython.declare("int", 0x10FFFF)


@cython.cclass
class Lines:
    """The lines of a page and their text runs, as far as they are written."""

    def __init__(self, src, tables, arrays, out):
        self.src = src
        self.n = len(src)
        self.entity_keys = tables["entity_keys"]
        self.entity_values = tables["entity_values"]
        self.entity_text = tables["entity_text"]
        self.windows_1252 = tables["windows_1252"]
        self.out = out
        self.o = self.line_start = 0
        self.pend = self.line_ink = 0
        self.n_seg = self.n_line = self.first_seg = 0
        self.run_start = self.run_end = -1
        self.run_letters = self.after_link = 0
        self.pre_at = self.link_node = -1
        self.grow(arrays)

    def grow(self, arrays):
        """Go on in arrays that start with the rows made so far."""
        self.seg_start = arrays["seg_start"]
        self.seg_end = arrays["seg_end"]
        self.seg_out = arrays["seg_out"]
        self.seg_out_end = arrays["seg_out_end"]
        self.seg_node = arrays["seg_node"]
        self.seg_link = arrays["seg_link"]
        self.seg_letters = arrays["seg_letters"]
        self.seg_cap = len(arrays["seg_start"])
        self.line_out = arrays["line_out"]
        self.line_seg = arrays["line_seg"]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _blank(a: cython.int, b: cython.int, c: cython.int) -> cython.int:
    """How many of three bytes are a blank beyond ASCII, or a mark of direction and the like, which shows nothing; 0 where
    they begin with none."""
    if a == 0xC2:
        return 2 if b == 0xA0 or b == 0x85 or b == 0xAD else 0
    if a == 0xE2:
        if b == 0x80:
            return 3 if 0x80 <= c <= 0x8F or 0xAA <= c <= 0xAF else 0
        return 3 if b == 0x81 and 0x9F <= c <= 0xAF else 0
    if a == 0xE1:
        return 3 if b == 0x9A and c == 0x80 else 0
    if a == 0xEF:
        return 3 if b == 0xBB and c == 0xBF else 0
    return 3 if a == 0xE3 and b == 0x80 and c == 0x80 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def end_line(lines: Lines) -> cython.void:
    """End the line, or take it back when nothing can be seen on it."""
    if lines.o > lines.line_start:
        if lines.line_ink:
            lines.line_out[lines.n_line] = cython.cast(cython.int, lines.line_start)
            lines.line_seg[lines.n_line] = cython.cast(cython.int, lines.first_seg)
            lines.n_line += 1
            lines.out[lines.o] = 10
            lines.o += 1
            lines.line_start = lines.o
            lines.first_seg = lines.n_seg
        else:
            lines.o = lines.line_start
            lines.n_seg = lines.first_seg
    lines.pend = NOTHING
    lines.line_ink = 0
    lines.after_link = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def gap(lines: Lines, kind: cython.int) -> cython.void:
    """Part what follows on this line from what was before."""
    if lines.pend < kind:
        lines.pend = kind


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def copy_text(
    lines: Lines, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, markup: cython.int, node: cython.int
) -> cython.Py_ssize_t:
    """Copy text up to the next markup (or `stop`, or a line end that is kept), white space collapsed, as one row of
    `seg_*` of the element `node`; the place after it.

    `markup`: MARKED text ends at a tag and has references; a VALUE is one line and has references alone; of VERBATIM
    text every character is itself.
    """
    c: cython.int
    end: cython.Py_ssize_t
    is_kept: cython.bint = lines.pre_at >= 0 and markup != VALUE
    lines.run_end = -1
    lines.run_letters = 0
    while i < stop:
        c = lines.src[i]
        if c == ord(" ") or c == ord("\n") or c == ord("\r") or c == ord("\t") or c == ord("\f"):
            if not is_kept:
                gap(lines, SPACE)
                i += 1
                continue
            if c == ord("\n") or c == ord("\r"):
                _end_run(lines, node)
                end_line(lines)
                return i + 2 if c == ord("\r") and i + 1 < stop and lines.src[i + 1] == ord("\n") else i + 1
        elif c == ord("<"):
            if markup == MARKED and opens(lines.src, lines.n, i):
                break
        elif c == 0:
            i += 1
            continue
        elif c == 0xE2 and i + 2 < stop and _separates(lines.src[i + 1], lines.src[i + 2]):
            gap(lines, SPACE)
            i += 3
            continue
        elif c == ord("&") and markup != VERBATIM:
            end = _reference(lines, i, stop, is_kept)
            if end < 0:
                _end_run(lines, node)
                end_line(lines)
                return -end
            if end > 0:
                i = end
                continue
        if lines.pend == SEAM:
            _seam(lines, i, stop)
        _part(lines, i)
        i = _piece(lines, c, i, stop)
    _end_run(lines, node)
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _separates(b: cython.int, c: cython.int) -> cython.int:
    """Whether E2 and the bytes b and c are a line or paragraph separator, a line end to readers of the text."""
    return 1 if b == 0x80 and (c == 0xA8 or c == 0xA9) else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_parted(lines: Lines) -> cython.int:
    """Whether something parts what follows on this line from what was before, see `_gap`."""
    return 1 if lines.pend > NOTHING and lines.o > lines.line_start else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _part(lines: Lines, i: cython.Py_ssize_t) -> cython.void:
    """Before what is written of the source at i: write what parts it from the text before."""
    if _is_parted(lines):
        lines.out[lines.o] = 9 if lines.pend == TAB else 32
        lines.o += 1
    lines.pend = NOTHING
    if lines.run_end < 0:
        lines.run_start = i
        lines.seg_out[lines.n_seg] = cython.cast(cython.int, lines.o)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _seam(lines: Lines, i: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.void:
    """Drop the seam before what stands at i, unless letters or digits meet at it."""
    before: cython.Py_ssize_t = lines.o - 1
    while before > lines.line_start and lines.out[before] & 0xC0 == 0x80:
        before -= 1
    if lines.o == lines.line_start or not (
        _is_of_word(lines.out[before], lines.out[lines.o - 1])
        and _is_of_word(lines.src[i], lines.src[i + 1] if i + 1 < stop else 0)
    ):
        lines.pend = NOTHING


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_of_word(c: cython.int, d: cython.int) -> cython.int:
    """Whether a character of the bytes c and d, or c alone, is a letter or digit; signs of Latin-1, general punctuation
    and the Arabic comma, semicolon and question mark are not."""
    if c < 0x80:
        return 1 if is_letter(c) or is_digit(c) else 0
    if c == 0xD8:
        return 0 if d == 0x8C or d == 0x9B or d == 0x9F else 1
    return 1 if c > 0xC2 and c != 0xE2 and c < 0xF0 and (c != 0xE3 or d != 0x80) and c != 0xEF else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _end_run(lines: Lines, node: cython.int) -> cython.void:
    """Complete the row of what was copied, if anything was."""
    seg: cython.Py_ssize_t = lines.n_seg
    if lines.run_end < 0:
        return
    lines.seg_start[seg] = cython.cast(cython.int, lines.run_start)
    lines.seg_end[seg] = cython.cast(cython.int, lines.run_end)
    lines.seg_out_end[seg] = cython.cast(cython.int, lines.o)
    lines.seg_node[seg] = node
    lines.seg_link[seg] = lines.link_node
    lines.seg_letters[seg] = lines.run_letters
    lines.n_seg = seg + 1
    lines.after_link = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _piece(lines: Lines, c: cython.int, i: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Copy what begins with the byte c at i: one character that shows nothing, or plain text; the place after it."""
    size: cython.int
    if c <= ord(" "):  # kept white space, or a control character
        return _copy(lines, i, 1)
    size = _blank(c, lines.src[i + 1] if i + 1 < stop else 0, lines.src[i + 2] if i + 2 < stop else 0)
    if size > 0:
        return _copy(lines, i, size)
    lines.line_ink = 1
    return _plain(lines, lines.src, lines.out, i, stop)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _copy(lines: Lines, i: cython.Py_ssize_t, size: cython.int) -> cython.Py_ssize_t:
    """Copy a character of so many bytes."""
    k: cython.int
    for k in range(size):
        lines.out[lines.o + k] = lines.src[i + k]
    lines.o += size
    lines.run_end = i + size
    return i + size


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _plain(
    lines: Lines,
    src: cython.const[cython.uchar][::1],
    out: cython.uchar[::1],
    i: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Copy the byte at i and those after it up to one that may be more than itself.

    The arrays are parameters, as the parser's own would be looked up again after every byte that is written.
    """
    o: cython.Py_ssize_t = lines.o
    letters: cython.int = lines.run_letters
    c: cython.int = src[i]
    while True:
        if c >= 0x80:
            letters += 1 if c > 0xC2 and c != 0xE2 else 0
        elif is_letter(c):
            letters += 1
        out[o] = cython.cast(cython.uchar, c)
        o += 1
        i += 1
        if i >= stop:
            break
        c = src[i]
        if c <= ord("&") and (c <= ord(" ") or c == ord("&")):
            break
        if c == ord("<") or c == 0xC2 or c == 0xE2:
            break
    lines.o = o
    lines.run_letters = letters
    lines.run_end = i
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _reference(
    lines: Lines, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, is_kept: cython.bint
) -> cython.Py_ssize_t:
    """Write what the character reference whose `&` is at i stands for, which may be white space that collapses unless it
    `is_kept`; the place after it, less than 0 where it is a line feed that is kept, 0 where there is none."""
    o: cython.Py_ssize_t
    end: cython.Py_ssize_t
    size: cython.int
    if lines.pend == SEAM:
        lines.pend = NOTHING
    o = lines.o + _is_parted(lines)
    end = _entity(lines, i + 1, stop, o)
    if end == 0:
        return 0
    size = lines.out[o + 6]  # the length is left beyond the longest character
    if is_kept and size == 1 and lines.out[o] == ord("\n"):
        return -end
    if _is_gap(lines, o, size, is_kept):
        gap(lines, SPACE)
        return end
    _part(lines, i)
    if _blank(lines.out[o], lines.out[o + 1], lines.out[o + 2]) != size:
        lines.line_ink = 1
        lines.run_letters += 1 if lines.out[o] > 0xC2 else 0
    lines.o = o + size
    lines.run_end = end
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_gap(lines: Lines, o: cython.Py_ssize_t, size: cython.int, is_kept: cython.bint) -> cython.int:
    """Whether the character of so many bytes at out[o:] is one that white space collapses to: a blank where none is
    kept, a line end everywhere."""
    c: cython.int = lines.out[o]
    if size == 3:
        return 1 if c == 0xE2 and _separates(lines.out[o + 1], lines.out[o + 2]) else 0
    return 1 if size == 1 and c <= ord(" ") and (not is_kept or c == ord("\n") or c == ord("\r")) else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _entity(lines: Lines, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, o: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Decode the character reference after `&` to out[o:]; its length goes to out[o + 6]. 0: not a reference."""
    h: cython.longlong = NO_HASH
    j: cython.Py_ssize_t = i
    best: cython.Py_ssize_t = 0
    value: cython.int
    found: cython.int = -1
    c: cython.int
    if i < stop and lines.src[i] == ord("#"):
        return _numeric(lines, i + 1, stop, o)
    while j < stop and j < i + 32:
        c = lines.src[j]
        if c == ord(";"):
            h = hash_step(h, c)
            value = find(lines.entity_keys, lines.entity_values, h, 8191)
            if value >= 0:
                found = value
                best = j + 1
            break
        if not (is_letter(c) or is_digit(c)):
            break
        h = hash_step(h, c)
        j += 1
        if j <= i + 6:  # the longest name that needs no semicolon
            value = find(lines.entity_keys, lines.entity_values, h, 8191)
            if value >= 0:
                found = value
                best = j
    if found < 0:
        return 0
    _emit(lines, o, found >> 3, found & 7)
    return best


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _emit(lines: Lines, o: cython.Py_ssize_t, start: cython.int, size: cython.int) -> cython.void:
    k: cython.int
    for k in range(size):
        lines.out[o + k] = lines.entity_text[start + k]
    lines.out[o + 6] = cython.cast(cython.uchar, size)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _numeric(lines: Lines, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, o: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Decode `&#...;`; see `_entity`."""
    v: cython.int = 0
    c: cython.int
    d: cython.int
    digits: cython.int = 0
    is_hex: cython.bint = False
    if i < stop and (lines.src[i] == ord("x") or lines.src[i] == ord("X")):
        is_hex = True
        i += 1
    while i < stop:
        c = lines.src[i]
        d = -1
        if is_digit(c):
            d = c - ord("0")
        elif is_hex and ord("a") <= small(c) <= ord("f"):
            d = small(c) - ord("a") + 10
        if d < 0:
            break
        v = v * (16 if is_hex else 10) + d
        if v > LAST_CODE:
            v = LAST_CODE + 1
        digits += 1
        i += 1
    if digits == 0:
        return 0
    if i < stop and lines.src[i] == ord(";"):
        i += 1
    if 0x80 <= v <= 0x9F:
        v = lines.windows_1252[v - 0x80]  # what browsers show
    if v == 0 or v > LAST_CODE or 0xD800 <= v <= 0xDFFF:
        v = ord("\N{REPLACEMENT CHARACTER}")
    _put(lines, o, v)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _put(lines: Lines, o: cython.Py_ssize_t, v: cython.int) -> cython.void:
    """Write a code point as UTF-8, and its length."""
    out: cython.uchar[::1] = lines.out
    size: cython.int
    if v < 0x80:
        out[o] = cython.cast(cython.uchar, v)
        size = 1
    elif v < 0x800:
        out[o] = cython.cast(cython.uchar, 0xC0 | (v >> 6))
        out[o + 1] = cython.cast(cython.uchar, 0x80 | (v & 0x3F))
        size = 2
    elif v < 0x10000:
        out[o] = cython.cast(cython.uchar, 0xE0 | (v >> 12))
        out[o + 1] = cython.cast(cython.uchar, 0x80 | ((v >> 6) & 0x3F))
        out[o + 2] = cython.cast(cython.uchar, 0x80 | (v & 0x3F))
        size = 3
    else:
        out[o] = cython.cast(cython.uchar, 0xF0 | (v >> 18))
        out[o + 1] = cython.cast(cython.uchar, 0x80 | ((v >> 12) & 0x3F))
        out[o + 2] = cython.cast(cython.uchar, 0x80 | ((v >> 6) & 0x3F))
        out[o + 3] = cython.cast(cython.uchar, 0x80 | (v & 0x3F))
        size = 4
    out[o + 6] = cython.cast(cython.uchar, size)


def count_chars(src: cython.const[cython.uchar][::1], at: cython.int[::1]) -> None:
    """Turn ascending byte positions into code point positions, in place."""
    n: cython.Py_ssize_t = at.shape[0]
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t = 0
    stop: cython.Py_ssize_t
    tails: cython.Py_ssize_t = 0
    with cython.nogil:
        for k in range(n):
            stop = at[k]
            while i < stop:
                tails += 1 if (src[i] & 0xC0) == 0x80 else 0
                i += 1
            at[k] = cython.cast(cython.int, stop - tails)
