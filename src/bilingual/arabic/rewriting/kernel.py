# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Loops that change a text: rewrite code points by table, put them in a Unicode normal form, write the text.

Work is limited to ascending, disjoint ranges of a text: what lies outside a range is copied. Every output code
point carries the index of the input it came from (`origin`), written in the same pass.

In a table of replacements the entry of `c` is `c ^ output`, so all the pages in which nothing changes are one shared
page of zeros; DELETED deletes; SPECIAL means that the bits of ROW number a row of the pool of expansions (in `rewrite`) or
that the code point needs the long way (in `canonical`).
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.arabic.entries import (
        CLASS,
        DECOMPOSITION,
        DELETED,
        DIRECT,
        ROW,
        SPECIAL,
        STARTS_SEGMENT,
    )
    from cython.cimports.cpython.unicode import PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND
    from cython.cimports.libc.string import memcpy
else:
    from bilingual.arabic.entries import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Table:
    """A two-stage table over all code points, see `table.Stages`: below DIRECT an entry is `data[c]`."""

    index: cython.const[cython.ushort][::1]
    data: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        self.index, self.data = columns


@cython.cclass
class Pool:
    """Expansions: row `r` is `codes[start[r]:start[r + 1]]`."""

    start: cython.const[cython.longlong][::1]
    codes: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        self.start, self.codes = columns


@cython.cclass
class Form:
    """A Unicode normal form, see `canonical.NormalForm`. Entries of the table of `index` and `data`: the combining
    class, STARTS_SEGMENT, and above the number of its DECOMPOSITION in the pool (0: itself)."""

    index: cython.const[cython.ushort][::1]
    data: cython.const[cython.uint][::1]
    start: cython.const[cython.longlong][::1]
    codes: cython.const[cython.uint][::1]
    keys: cython.const[cython.ulonglong][::1]
    values: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        self.index, self.data, self.start, self.codes, self.keys, self.values = columns


@cython.cclass
class Text:
    """Code points, and the ranges of them in which the work is done."""

    codes: cython.const[cython.uint][::1]
    starts: cython.const[cython.longlong][::1]
    ends: cython.const[cython.longlong][::1]

    def __init__(self, *columns: Any) -> None:
        self.codes, self.starts, self.ends = columns


@cython.cclass
class Output:
    """The text made: its code points (one place more than there are), the origin of each (empty: not written), and the
    ranges. `at` is how far the input was read."""

    codes: cython.uint[::1]
    origin: cython.longlong[::1]
    starts: cython.longlong[::1]
    ends: cython.longlong[::1]
    at: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        self.codes, self.origin, self.starts, self.ends = columns
        self.at = 0


@cython.cclass
class Segment:
    """Room for one segment of `canonical`: code points, combining classes and origins, each twice for sorting, and
    counts of the 256 classes. `end` is where the segment ends in the input."""

    codes: cython.uint[::1]
    ccc: cython.uint[::1]
    origin: cython.longlong[::1]
    codes2: cython.uint[::1]
    ccc2: cython.uint[::1]
    origin2: cython.longlong[::1]
    count: cython.longlong[::1]
    end: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        self.codes, self.ccc, self.origin, self.codes2, self.ccc2, self.origin2, self.count = columns
        self.end = 0


def read(text: str, out: cython.uint[::1]) -> None:
    """Write the code points of a text to `out`, which has room for them.

    Compiled, they come straight from the string's own one, two or four bytes for each character.
    """
    n: cython.Py_ssize_t = len(text)
    i: cython.Py_ssize_t
    if not cython.compiled:
        for i, character in enumerate(text):
            out[i] = ord(character)
        return
    if n == 0:
        return
    kind: cython.int = PyUnicode_KIND(text)
    data: cython.p_void = PyUnicode_DATA(text)
    one: cython.pointer(cython.uchar) = cython.cast(cython.pointer(cython.uchar), data)
    two: cython.pointer(cython.ushort) = cython.cast(cython.pointer(cython.ushort), data)
    if kind == 4:
        memcpy(cython.address(out[0]), data, n * 4)
    elif kind == 2:
        for i in range(n):
            out[i] = two[i]
    else:
        for i in range(n):
            out[i] = one[i]


def written(codes: cython.const[cython.uint][::1]) -> str:
    """The text of an array of code points, in the narrowest form that Python has for it."""
    if not cython.compiled:
        return "".join(map(chr, codes))
    if codes.shape[0] == 0:
        return ""
    return PyUnicode_FromKindAndData(4, cython.cast(cython.p_void, cython.address(codes[0])), codes.shape[0])


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _entry(table: Table, c: cython.uint) -> cython.uint:
    return table.data[(table.index[c >> 8] << 8) | (c & 255)]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _outside(text: Text, r: cython.Py_ssize_t, i: cython.Py_ssize_t, out: Output, m: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Copy from `i` up to range `r`, or to the end behind the last one. The number of outputs, or -1 without room."""
    n: cython.Py_ssize_t = text.codes.shape[0]
    end: cython.Py_ssize_t = text.starts[r] if r < text.starts.shape[0] else n
    k: cython.Py_ssize_t
    if m + (n - i) >= out.codes.shape[0]:
        return -1
    for k in range(end - i):
        out.codes[m + k] = text.codes[i + k]
    if out.origin.shape[0] > 0:
        for k in range(end - i):
            out.origin[m + k] = i + k
    m += end - i
    if r < text.starts.shape[0]:
        out.starts[r] = m
    return m


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _plain(
    text: Text, i: cython.Py_ssize_t, end: cython.Py_ssize_t, table: Table, out: Output, m: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Copy from `i` to the next code point that the table calls special, changing and deleting as it says.

    Where that is goes to `out.at`; returns the number of outputs. A function of its own, so that its loop keeps all
    that it needs in registers.
    """
    c: cython.uint
    x: cython.uint
    if out.origin.shape[0] > 0:
        while i < end:
            c = text.codes[i]
            x = table.data[c] if c < DIRECT else _entry(table, c)
            if x >= SPECIAL:
                break
            out.codes[m] = c ^ x
            out.origin[m] = i
            m += 1 - x // DELETED
            i += 1
    else:
        while i < end:
            c = text.codes[i]
            x = table.data[c] if c < DIRECT else _entry(table, c)
            if x >= SPECIAL:
                break
            out.codes[m] = c ^ x
            m += 1 - x // DELETED
            i += 1
    out.at = i
    return m


def rewrite(text: Text, table: Table, pool: Pool, out: Output) -> int:
    """Apply a table inside the ranges; the number of outputs, or -1 when `out` is too short."""
    n: cython.Py_ssize_t = text.codes.shape[0]
    n_ranges: cython.Py_ssize_t = text.starts.shape[0]
    keep_origin: cython.bint = out.origin.shape[0] > 0
    i: cython.Py_ssize_t = 0
    m: cython.Py_ssize_t = 0
    r: cython.Py_ssize_t
    k: cython.Py_ssize_t
    row: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    with cython.nogil:
        for r in range(n_ranges + 1):
            m = _outside(text, r, i, out, m)
            if m < 0 or r == n_ranges:
                break
            i = text.starts[r]
            hi = text.ends[r]
            while i < hi:
                m = _plain(text, i, hi, table, out, m)
                i = out.at
                if i == hi:
                    break
                row = _entry(table, text.codes[i]) & ROW
                if m + (pool.start[row + 1] - pool.start[row]) + (n - i) >= out.codes.shape[0]:
                    m = -1
                    break
                for k in range(pool.start[row], pool.start[row + 1]):
                    out.codes[m] = pool.codes[k]
                    if keep_origin:
                        out.origin[m] = i
                    m += 1
                i += 1
            if m < 0:
                break
            out.ends[r] = m
    return m


def survey(text: Text, table: Table) -> int:
    """The union of the table's bits over all code points inside the ranges."""
    r: cython.Py_ssize_t
    i: cython.Py_ssize_t
    seen: cython.uint = 0
    with cython.nogil:
        for r in range(text.starts.shape[0]):
            for i in range(text.starts[r], text.ends[r]):
                seen |= _entry(table, text.codes[i])
    return seen


def measure(text: Text, table: Table, sizes: cython.longlong[::1]) -> None:
    """Room that is certainly enough, where an entry is the outputs of a code point over and above one.

    sizes[0]: sum over the text, with one for each code point; sizes[1]: greatest sum over a run of entries not zero.
    """
    r: cython.Py_ssize_t
    i: cython.Py_ssize_t
    x: cython.longlong
    total: cython.longlong = text.codes.shape[0]
    run: cython.longlong
    longest: cython.longlong = 0
    with cython.nogil:
        for r in range(text.starts.shape[0]):
            run = 0
            for i in range(text.starts[r], text.ends[r]):
                x = _entry(table, text.codes[i])
                total += x
                if x == 0:
                    run = 0
                else:
                    run += x + 1
                    if run > longest:
                        longest = run
    sizes[0] = total
    sizes[1] = longest


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _composite(a: cython.uint, b: cython.uint, form: Form) -> cython.uint:
    """The primary composite of two code points, or 0. Hangul by arithmetic (Unicode Standard, section 3.12)."""
    lo: cython.Py_ssize_t = 0
    hi: cython.Py_ssize_t = form.keys.shape[0]
    mid: cython.Py_ssize_t
    key: cython.ulonglong
    if 0x1100 <= a < 0x1113 and 0x1161 <= b < 0x1176:
        return 0xAC00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28
    if 0xAC00 <= a < 0xD7A4 and (a - 0xAC00) % 28 == 0 and 0x11A7 < b < 0x11C3:
        return a + (b - 0x11A7)
    key = a
    key = (key << 32) | b
    while lo < hi:
        mid = (lo + hi) >> 1
        if form.keys[mid] < key:
            lo = mid + 1
        else:
            hi = mid
    if lo < form.keys.shape[0] and form.keys[lo] == key:
        return form.values[lo]
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sort_marks(lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, found: Segment) -> cython.void:
    """Stable sort of one run of marks by combining class: by insertion when short, by counting when long."""
    if hi - lo <= 32:
        _sort_by_insertion(lo, hi, found)
    else:
        _sort_by_counting(lo, hi, found)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sort_by_insertion(lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, found: Segment) -> cython.void:
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    c: cython.uint
    cc: cython.uint
    o: cython.longlong
    for i in range(lo + 1, hi):
        c = found.codes[i]
        cc = found.ccc[i]
        o = found.origin[i]
        j = i
        while j > lo and found.ccc[j - 1] > cc:
            found.codes[j] = found.codes[j - 1]
            found.ccc[j] = found.ccc[j - 1]
            found.origin[j] = found.origin[j - 1]
            j -= 1
        found.codes[j] = c
        found.ccc[j] = cc
        found.origin[j] = o


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sort_by_counting(lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, found: Segment) -> cython.void:
    i: cython.Py_ssize_t
    k: cython.Py_ssize_t
    total: cython.longlong = lo
    for i in range(256):
        found.count[i] = 0
    for i in range(lo, hi):
        found.count[found.ccc[i]] += 1
    for i in range(256):
        k = found.count[i]
        found.count[i] = total
        total += k
    for i in range(lo, hi):
        k = found.count[found.ccc[i]]
        found.count[found.ccc[i]] += 1
        found.codes2[k] = found.codes[i]
        found.ccc2[k] = found.ccc[i]
        found.origin2[k] = found.origin[i]
    for i in range(lo, hi):
        found.codes[i] = found.codes2[i]
        found.ccc[i] = found.ccc2[i]
        found.origin[i] = found.origin2[i]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _fact(form: Form, c: cython.uint) -> cython.uint:
    return form.data[(form.index[c >> 8] << 8) | (c & 255)]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _decompose(text: Text, i: cython.Py_ssize_t, end: cython.Py_ssize_t, form: Form, found: Segment) -> cython.Py_ssize_t:
    """The segment that begins at `i`, decomposed; its size, or -1 when there is no room for it."""
    scratch: cython.Py_ssize_t = found.codes.shape[0]
    first: cython.Py_ssize_t = i
    size: cython.Py_ssize_t = 0
    k: cython.Py_ssize_t
    c: cython.uint
    x: cython.uint
    while i < end:
        c = text.codes[i]
        x = _fact(form, c)
        if i > first and x & STARTS_SEGMENT:
            break
        if 0xAC00 <= c < 0xD7A4:  # Hangul by arithmetic
            if size + 4 > scratch:
                return -1
            found.codes[size] = 0x1100 + (c - 0xAC00) // 588
            found.codes[size + 1] = 0x1161 + ((c - 0xAC00) % 588) // 28
            found.codes[size + 2] = 0x11A7 + (c - 0xAC00) % 28
            for k in range(3 if (c - 0xAC00) % 28 else 2):
                found.ccc[size] = 0
                found.origin[size] = i
                size += 1
        elif x >> DECOMPOSITION == 0:
            if size + 1 > scratch:
                return -1
            found.codes[size] = c
            found.ccc[size] = x & CLASS
            found.origin[size] = i
            size += 1
        else:
            x = x >> DECOMPOSITION
            if size + (form.start[x + 1] - form.start[x]) > scratch:
                return -1
            for k in range(form.start[x], form.start[x + 1]):
                c = form.codes[k]
                found.codes[size] = c
                found.ccc[size] = _fact(form, c) & CLASS
                found.origin[size] = i
                size += 1
        i += 1
    found.end = i
    return size


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _order(size: cython.Py_ssize_t, found: Segment) -> cython.void:
    """Canonical order: every run of marks sorted by combining class."""
    k: cython.Py_ssize_t = 0
    first: cython.Py_ssize_t
    while k < size:
        first = k
        while k < size and found.ccc[k] != 0:
            k += 1
        if k - first > 1:
            _sort_marks(first, k, found)
        k += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _compose(size: cython.Py_ssize_t, form: Form, found: Segment) -> cython.Py_ssize_t:
    """Compose in place; the size that is left."""
    written: cython.Py_ssize_t = 0
    base: cython.Py_ssize_t = -1
    last_class: cython.int = -1
    mark_class: cython.int
    k: cython.Py_ssize_t
    pair: cython.uint
    for k in range(size):
        mark_class = found.ccc[k]
        if base >= 0 and last_class < mark_class:
            pair = _composite(found.codes[base], found.codes[k], form)
            if pair:
                found.codes[base] = pair
                continue
        found.codes[written] = found.codes[k]
        found.ccc[written] = found.ccc[k]
        found.origin[written] = found.origin[k]
        if mark_class == 0:
            base = written
            last_class = -1
        else:
            last_class = mark_class
        written += 1
    return written


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _write(size: cython.Py_ssize_t, found: Segment, post: Table, out: Output, m: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Write the segment under the table; the number of outputs. Origins of reordered marks become non-decreasing."""
    before: cython.Py_ssize_t = m
    k: cython.Py_ssize_t
    x: cython.uint
    for k in range(size):
        x = _entry(post, found.codes[k])
        out.codes[m] = found.codes[k] ^ x
        if out.origin.shape[0] > 0:
            out.origin[m] = found.origin[k]
        m += 1 - x // DELETED
    if out.origin.shape[0] > 0:
        k = m - 2
        while k >= before:
            if out.origin[k] > out.origin[k + 1]:
                out.origin[k] = out.origin[k + 1]
            k -= 1
    return m


def canonical(text: Text, fast: Table, post: Table, form: Form, found: Segment, out: Output) -> int:
    """Put the ranges in a Unicode normal form and apply the `post` table to the result, in one pass.

    `fast` is `post` for the code points that end the segment before them (starters that no normalization
    changes or joins to what precedes), with bit 30 for all others but those that `post` deletes whatever the
    normal form does. The number of outputs, or -1 when `out` or `found` is too short.
    """
    n: cython.Py_ssize_t = text.codes.shape[0]
    n_ranges: cython.Py_ssize_t = text.starts.shape[0]
    i: cython.Py_ssize_t = 0
    m: cython.Py_ssize_t = 0
    r: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    size: cython.Py_ssize_t
    with cython.nogil:
        for r in range(n_ranges + 1):
            m = _outside(text, r, i, out, m)
            if m < 0 or r == n_ranges:
                break
            i = text.starts[r]
            hi = text.ends[r]
            while i < hi:
                m = _plain(text, i, hi, fast, out, m)
                i = out.at
                if i == hi:
                    break
                # Back to the start of the segment: all since then was deleted, the start itself written once.
                while i > text.starts[r]:
                    i -= 1
                    if _fact(form, text.codes[i]) & STARTS_SEGMENT:
                        m -= 1 - (_entry(fast, text.codes[i]) >> 24)
                        break
                size = _decompose(text, i, hi, form, found)
                if size < 0 or m + size + (n - found.end) >= out.codes.shape[0]:
                    m = -1
                    break
                _order(size, found)
                m = _write(_compose(size, form, found), found, post, out, m)
                i = found.end
            if m < 0:
                break
            out.ends[r] = m
    return m


def cut(origin: cython.longlong[::1], ptr: cython.const[cython.longlong][::1], new_ptr: cython.longlong[::1]) -> None:
    """Cut the origin of joined texts at the line feeds that joined them, and make it relative to each text, in place.

    Text `t` was at `ptr[t]`, its line feed at `ptr[t + 1] - 1`; `new_ptr` gets the same for the outputs.
    """
    size: cython.Py_ssize_t = origin.shape[0]
    n_texts: cython.Py_ssize_t = ptr.shape[0] - 1
    k: cython.Py_ssize_t
    row: cython.Py_ssize_t = 0
    o: cython.longlong
    base: cython.longlong = 0
    end: cython.longlong = ptr[1] - 1 if n_texts else -1
    is_first: cython.bint = True
    with cython.nogil:
        new_ptr[0] = 0
        for k in range(size):
            o = origin[k]
            if o == end:
                origin[k] = o - base
                row += 1
                new_ptr[row] = k + 1
                if row == n_texts:
                    break
                base = ptr[row]
                end = ptr[row + 1] - 1
                is_first = True
            else:
                origin[k] = 0 if is_first else o - base
                is_first = False
