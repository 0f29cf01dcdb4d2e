# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The loops of the Arabic room: rewrite code points by table, put text in a Unicode normal form, classify.

Text is an array of code points, and work is limited to ascending, disjoint ranges of it: what lies outside a
range is copied. Every output code point carries the index of the input it came from (`origin`), written in
the same pass.

A table is two-staged: `data[(index[c >> 8] << 8) | (c & 255)]`, which up to U+0FFF is `data[c]`. The entry is `c ^ output`, so all the pages
in which nothing changes are one shared page of zeros; bit 24 deletes; bit 30 means that the low bits number a
row of the pool of expansions (in `rewrite`) or that the code point needs the long way (in `canonical`).
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.cpython.unicode import PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND
    from cython.cimports.libc.string import memcpy

COMPILED = cython.compiled


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
@cython.nogil
@cython.exceptval(check=False)
def _copy(
    codes: cython.const[cython.uint][::1],
    i: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    out: cython.uint[::1],
    m: cython.Py_ssize_t,
    origin: cython.longlong[::1],
) -> cython.void:
    """Copy [i, end) to `out` from `m` on."""
    k: cython.Py_ssize_t
    for k in range(end - i):
        out[m + k] = codes[i + k]
    if origin.shape[0] > 0:
        for k in range(end - i):
            origin[m + k] = i + k


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _plain(
    codes: cython.const[cython.uint][::1],
    i: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
    out: cython.uint[::1],
    m: cython.Py_ssize_t,
    origin: cython.longlong[::1],
    at: cython.longlong[::1],
) -> cython.Py_ssize_t:
    """Copy from `i` to the next code point that the table calls special, changing and deleting as it says.

    Where that is goes to `at`; returns the number of outputs. A function of its own, so that its loop keeps all
    that it needs in registers.
    """
    c: cython.uint
    x: cython.uint
    direct: cython.uint = 0x1000
    special: cython.uint = 1 << 30
    if origin.shape[0] > 0:
        while i < end:
            c = codes[i]
            x = data[c] if c < direct else data[(index[c >> 8] << 8) | (c & 255)]
            if x >= special:
                break
            out[m] = c ^ x
            origin[m] = i
            m += 1 - (x >> 24)
            i += 1
    else:
        while i < end:
            c = codes[i]
            x = data[c] if c < direct else data[(index[c >> 8] << 8) | (c & 255)]
            if x >= special:
                break
            out[m] = c ^ x
            m += 1 - (x >> 24)
            i += 1
    at[0] = i
    return m


def rewrite(
    codes: cython.const[cython.uint][::1],
    starts: cython.const[cython.longlong][::1],
    ends: cython.const[cython.longlong][::1],
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
    pool_start: cython.const[cython.longlong][::1],
    pool: cython.const[cython.uint][::1],
    out: cython.uint[::1],
    origin: cython.longlong[::1],
    new_starts: cython.longlong[::1],
    new_ends: cython.longlong[::1],
    at: cython.longlong[::1],
) -> int:
    """Apply a table inside the ranges; the number of outputs, or -1 when `out` is too short.

    `out` needs one place more than there are outputs. `origin` may be empty: then it is not written. `at` is one
    place of scratch.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    room: cython.Py_ssize_t = out.shape[0]
    n_ranges: cython.Py_ssize_t = starts.shape[0]
    keep_origin: cython.bint = origin.shape[0] > 0
    i: cython.Py_ssize_t = 0
    m: cython.Py_ssize_t = 0
    r: cython.Py_ssize_t
    k: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    c: cython.uint
    x: cython.uint
    with cython.nogil:
        for r in range(n_ranges + 1):
            lo = starts[r] if r < n_ranges else n
            hi = ends[r] if r < n_ranges else n
            if m + (n - i) >= room:
                m = -1
                break
            _copy(codes, i, lo, out, m, origin)
            m += lo - i
            i = lo
            if r < n_ranges:
                new_starts[r] = m
            while i < hi:
                m = _plain(codes, i, hi, index, data, out, m, origin, at)
                i = at[0]
                if i == hi:
                    break
                c = codes[i]
                x = data[(index[c >> 8] << 8) | (c & 255)]
                first = pool_start[x & 0xFFFFFF]
                last = pool_start[(x & 0xFFFFFF) + 1]
                if m + (last - first) + (n - i) >= room:
                    m = -1
                    break
                for k in range(first, last):
                    out[m] = pool[k]
                    if keep_origin:
                        origin[m] = i
                    m += 1
                i += 1
            if m < 0:
                break
            if r < n_ranges:
                new_ends[r] = m
    return m


def survey(
    codes: cython.const[cython.uint][::1],
    starts: cython.const[cython.longlong][::1],
    ends: cython.const[cython.longlong][::1],
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
) -> int:
    """The union of the table's bits over all code points inside the ranges."""
    r: cython.Py_ssize_t
    i: cython.Py_ssize_t
    c: cython.uint
    seen: cython.uint = 0
    with cython.nogil:
        for r in range(starts.shape[0]):
            for i in range(starts[r], ends[r]):
                c = codes[i]
                seen |= data[(index[c >> 8] << 8) | (c & 255)]
    return seen


def measure(
    codes: cython.const[cython.uint][::1],
    starts: cython.const[cython.longlong][::1],
    ends: cython.const[cython.longlong][::1],
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
    sizes: cython.longlong[::1],
) -> None:
    """Room that is certainly enough, where an entry is the outputs of a code point over and above one.

    sizes[0]: sum over the text, with one for each code point; sizes[1]: greatest sum over a run of entries
    not zero.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    r: cython.Py_ssize_t
    i: cython.Py_ssize_t
    c: cython.uint
    x: cython.longlong
    total: cython.longlong = n
    run: cython.longlong
    longest: cython.longlong = 0
    with cython.nogil:
        for r in range(starts.shape[0]):
            run = 0
            for i in range(starts[r], ends[r]):
                c = codes[i]
                x = data[(index[c >> 8] << 8) | (c & 255)]
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
def _composite(
    a: cython.uint,
    b: cython.uint,
    keys: cython.const[cython.ulonglong][::1],
    values: cython.const[cython.uint][::1],
) -> cython.uint:
    """The primary composite of two code points, or 0. Hangul by arithmetic (Unicode Standard, section 3.12)."""
    lo: cython.Py_ssize_t = 0
    hi: cython.Py_ssize_t = keys.shape[0]
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
        if keys[mid] < key:
            lo = mid + 1
        else:
            hi = mid
    if lo < keys.shape[0] and keys[lo] == key:
        return values[lo]
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sort_marks(
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    cp: cython.uint[::1],
    ccc: cython.uint[::1],
    org: cython.longlong[::1],
    cp2: cython.uint[::1],
    ccc2: cython.uint[::1],
    org2: cython.longlong[::1],
    count: cython.longlong[::1],
) -> cython.void:
    """Stable sort of one run of marks by combining class: by insertion when short, by counting when long."""
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    k: cython.Py_ssize_t
    total: cython.longlong
    c: cython.uint
    cc: cython.uint
    o: cython.longlong
    if hi - lo <= 32:
        for i in range(lo + 1, hi):
            c = cp[i]
            cc = ccc[i]
            o = org[i]
            j = i
            while j > lo and ccc[j - 1] > cc:
                cp[j] = cp[j - 1]
                ccc[j] = ccc[j - 1]
                org[j] = org[j - 1]
                j -= 1
            cp[j] = c
            ccc[j] = cc
            org[j] = o
        return
    for i in range(256):
        count[i] = 0
    for i in range(lo, hi):
        count[ccc[i]] += 1
    total = lo
    for i in range(256):
        k = count[i]
        count[i] = total
        total += k
    for i in range(lo, hi):
        k = count[ccc[i]]
        count[ccc[i]] += 1
        cp2[k] = cp[i]
        ccc2[k] = ccc[i]
        org2[k] = org[i]
    for i in range(lo, hi):
        cp[i] = cp2[i]
        ccc[i] = ccc2[i]
        org[i] = org2[i]


def canonical(
    codes: cython.const[cython.uint][::1],
    starts: cython.const[cython.longlong][::1],
    ends: cython.const[cython.longlong][::1],
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
    post_index: cython.const[cython.ushort][::1],
    post_data: cython.const[cython.uint][::1],
    info_index: cython.const[cython.ushort][::1],
    info_data: cython.const[cython.uint][::1],
    pool_start: cython.const[cython.longlong][::1],
    pool: cython.const[cython.uint][::1],
    keys: cython.const[cython.ulonglong][::1],
    values: cython.const[cython.uint][::1],
    cp: cython.uint[::1],
    ccc: cython.uint[::1],
    org: cython.longlong[::1],
    cp2: cython.uint[::1],
    ccc2: cython.uint[::1],
    org2: cython.longlong[::1],
    count: cython.longlong[::1],
    out: cython.uint[::1],
    origin: cython.longlong[::1],
    new_starts: cython.longlong[::1],
    new_ends: cython.longlong[::1],
    at: cython.longlong[::1],
) -> int:
    """Put the ranges in a Unicode normal form and apply the `post` table to the result, in one pass.

    `data` is `post` for the code points that end the segment before them (starters that no normalization
    changes or joins to what precedes), with bit 30 for all others but those that `post` deletes whatever the
    normal form does. `info`: bits 0-7 the combining class, bit 8 set when the code point begins a segment,
    bits 9- the number of its decomposition (0: itself). The number of outputs, or -1 when `out` or the
    scratch arrays are too short.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    room: cython.Py_ssize_t = out.shape[0]
    scratch: cython.Py_ssize_t = cp.shape[0]
    n_ranges: cython.Py_ssize_t = starts.shape[0]
    keep_origin: cython.bint = origin.shape[0] > 0
    i: cython.Py_ssize_t = 0
    m: cython.Py_ssize_t = 0
    r: cython.Py_ssize_t
    k: cython.Py_ssize_t
    j: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    size: cython.Py_ssize_t
    base: cython.Py_ssize_t
    written: cython.Py_ssize_t
    before: cython.Py_ssize_t
    last_class: cython.int
    mark_class: cython.int
    c: cython.uint
    d: cython.uint
    x: cython.uint
    pair: cython.uint
    with cython.nogil:
        for r in range(n_ranges + 1):
            lo = starts[r] if r < n_ranges else n
            hi = ends[r] if r < n_ranges else n
            if m + (n - i) >= room:
                m = -1
                break
            _copy(codes, i, lo, out, m, origin)
            m += lo - i
            i = lo
            if r < n_ranges:
                new_starts[r] = m
            while i < hi:
                m = _plain(codes, i, hi, index, data, out, m, origin, at)
                i = at[0]
                if i == hi:
                    break
                # Back to the start of the segment: everything since then was deleted, the start itself
                # written once.
                while i > lo:
                    i -= 1
                    d = codes[i]
                    x = info_data[(info_index[d >> 8] << 8) | (d & 255)]
                    if x & 256:
                        x = data[(index[d >> 8] << 8) | (d & 255)]
                        m -= 1 - (x >> 24)
                        break
                # Decompose up to the next start.
                size = 0
                j = i
                while j < hi:
                    d = codes[j]
                    x = info_data[(info_index[d >> 8] << 8) | (d & 255)]
                    if j > i and x & 256:
                        break
                    if 0xAC00 <= d < 0xD7A4:
                        if size + 4 > scratch:
                            size = -1
                            break
                        cp[size] = 0x1100 + (d - 0xAC00) // 588
                        cp[size + 1] = 0x1161 + ((d - 0xAC00) % 588) // 28
                        cp[size + 2] = 0x11A7 + (d - 0xAC00) % 28
                        written = 3 if (d - 0xAC00) % 28 else 2
                        for k in range(size, size + written):
                            ccc[k] = 0
                            org[k] = j
                        size += written
                    elif x >> 9 == 0:
                        if size + 1 > scratch:
                            size = -1
                            break
                        cp[size] = d
                        ccc[size] = x & 255
                        org[size] = j
                        size += 1
                    else:
                        x = x >> 9
                        if size + (pool_start[x + 1] - pool_start[x]) > scratch:
                            size = -1
                            break
                        for k in range(pool_start[x], pool_start[x + 1]):
                            d = pool[k]
                            cp[size] = d
                            ccc[size] = info_data[(info_index[d >> 8] << 8) | (d & 255)] & 255
                            org[size] = j
                            size += 1
                    j += 1
                if size < 0 or m + size + (n - j) >= room:
                    m = -1
                    break
                # Canonical order.
                k = 0
                while k < size:
                    if ccc[k] == 0:
                        k += 1
                        continue
                    base = k
                    while k < size and ccc[k] != 0:
                        k += 1
                    if k - base > 1:
                        _sort_marks(base, k, cp, ccc, org, cp2, ccc2, org2, count)
                # Compose in place.
                written = 0
                base = -1
                last_class = -1
                for k in range(size):
                    mark_class = ccc[k]
                    if base >= 0 and last_class < mark_class:
                        pair = _composite(cp[base], cp[k], keys, values)
                        if pair:
                            cp[base] = pair
                            continue
                    cp[written] = cp[k]
                    ccc[written] = ccc[k]
                    org[written] = org[k]
                    if ccc[k] == 0:
                        base = written
                        last_class = -1
                    else:
                        last_class = ccc[k]
                    written += 1
                # Write, then make the origins of reordered marks non-decreasing.
                before = m
                for k in range(written):
                    d = cp[k]
                    x = post_data[(post_index[d >> 8] << 8) | (d & 255)]
                    out[m] = d ^ x
                    if keep_origin:
                        origin[m] = org[k]
                    m += 1 - (x >> 24)
                if keep_origin:
                    k = m - 2
                    while k >= before:
                        if origin[k] > origin[k + 1]:
                            origin[k] = origin[k + 1]
                        k -= 1
                i = j
            if m < 0:
                break
            if r < n_ranges:
                new_ends[r] = m
    return m


def stretches(
    codes: cython.const[cython.uint][::1],
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
    starts: cython.longlong[::1],
    ends: cython.longlong[::1],
    bits: cython.uint[::1],
    lines: cython.longlong[::1],
    line_start: cython.longlong[::1],
    line_bits: cython.uint[::1],
) -> tuple[int, int]:
    """Stretches of Arabic script: from its first to its last code point, cut at other letters and at line
    ends.

    Entries of the table are the bits of `bilingual.arabic.scope`. Format characters that touch a stretch
    belong to it. Returns the number of stretches and of lines.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    i: cython.Py_ssize_t
    s: cython.Py_ssize_t = 0
    line: cython.Py_ssize_t = 0
    is_open: cython.bint = False
    touching: cython.Py_ssize_t = -1  # first of the format characters that touch the next code point
    end: cython.Py_ssize_t = 0
    here: cython.uint = 0  # bits of the open stretch, and of the line: kept in registers
    whole: cython.uint = 0
    c: cython.uint
    x: cython.uint
    with cython.nogil:
        line_start[0] = 0
        for i in range(n):
            c = codes[i]
            x = data[(index[c >> 8] << 8) | (c & 255)]
            if x & 1:  # Arabic script
                if not is_open:
                    starts[s] = touching if touching >= 0 else i
                    lines[s] = line
                    here = 0
                    is_open = True
                here |= x
                end = i + 1
                touching = -1
            elif x & 8:  # format character
                if is_open and end == i:
                    end = i + 1
                elif touching < 0:
                    touching = i
            else:
                touching = -1
                if x & 6:  # a letter of another script, or the end of the line
                    if is_open:
                        ends[s] = end
                        bits[s] = here
                        whole |= here
                        s += 1
                        is_open = False
                    if x & 4:
                        line_bits[line] = whole
                        whole = 0
                        line += 1
                        line_start[line] = i + 1
                    else:
                        whole |= x
        if is_open:
            ends[s] = end
            bits[s] = here
            whole |= here
            s += 1
        line_bits[line] = whole
    return s, line + 1


def flow(
    codes: cython.const[cython.uint][::1],
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
    gain: cython.const[cython.float][:, ::1],
    line_start: cython.longlong[::1],
    line_end: cython.longlong[::1],
    line_gain: cython.double[::1],
    line_pairs: cython.longlong[::1],
) -> int:
    """Per line, how much better its Arabic letter pairs read from the end to the start.

    Entries of the table: 0 not a letter (a word boundary), 1 skipped (mark, tatweel), 2 end of line, else a
    letter class + 3; `gain[a, b]`, over classes with 0 the boundary, is log P(b before a) - log P(a before
    b). Only lines with Arabic letters are returned.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    m: cython.Py_ssize_t = 0
    pairs: cython.longlong = 0
    last: cython.uint = 0
    now: cython.uint
    c: cython.uint
    x: cython.uint
    total: cython.double = 0.0
    with cython.nogil:
        for i in range(n + 1):
            if i < n:
                c = codes[i]
                x = data[(index[c >> 8] << 8) | (c & 255)]
                if x == 1:
                    continue
            else:
                x = 2
            now = x - 2 if x > 2 else 0
            if last or now:
                total += gain[last, now]
                pairs += 1
            last = now
            if x == 2:
                if pairs:
                    line_start[m] = first
                    line_end[m] = i
                    line_gain[m] = total
                    line_pairs[m] = pairs
                    m += 1
                total = 0.0
                pairs = 0
                first = i + 1
    return m


def cut(origin: cython.longlong[::1], ptr: cython.const[cython.longlong][::1], new_ptr: cython.longlong[::1]) -> None:
    """Cut the origin of joined texts at the line feeds that joined them, and make it relative to each text,
    in place.

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


def suspect(
    codes: cython.const[cython.uint][::1],
    index: cython.const[cython.ushort][::1],
    data: cython.const[cython.uint][::1],
) -> int:
    """Which kinds of damage a text can have, at one look per code point; false alarms are cheap, misses are
    final.

    Entries: bits 0-5 and 6-11: continuation and lead byte of UTF-8 Arabic as read by six other encodings; 12:
    a letter that a misread one-byte encoding leaves; 13: presentation form; 14 bare or hamza alef; 15 bare
    alef; 16 lam; 17: Arabic letter; 18: paired bidi control; 19-27: one for each haraka; 28: any mark; 29:
    white space. The result: bits 0-5 two lead and continuation pairs in a row; 12: three such letters in a
    row; 13: as the entry; 14: bare alef, alef, lam; 15: three doubled letters in a row; 16: a haraka after
    white space; 17, 18: as the entry; 19: the same haraka twice on one letter.
    """
    n: cython.Py_ssize_t = codes.shape[0]
    i: cython.Py_ssize_t
    c: cython.uint
    x: cython.uint
    seen: cython.uint = 0
    triple: cython.uint = 0
    last: cython.uint = 0
    last2: cython.uint = 0
    before: cython.uint = 0
    pair: cython.uint
    pair1: cython.uint = 0
    pair2: cython.uint = 0
    doubled: cython.uint = 0  # a bit for each of the last letters: the same as the one before
    harakat: cython.uint = 0  # those of the letter so far
    twice: cython.uint = 0
    stray: cython.uint = 0
    direct: cython.uint = 0x1000
    with cython.nogil:
        last = 1 << 29  # a text begins like a line
        for i in range(n):
            c = codes[i]
            x = data[c] if c < direct else data[(index[c >> 8] << 8) | (c & 255)]
            pair = (last >> 6) & x & 63
            seen |= (pair & pair2) | (x & 0x62000) | (((x >> 2) & last & (last2 >> 1)) & 16384)
            if x & 268435456:
                twice |= harakat & x
                harakat |= x & 0xFF80000
                if last & 536870912:
                    stray |= x
            else:
                harakat = 0
                doubled = (doubled << 1) | ((x >> 17) & (c == before))
                before = c
            triple |= x & last & last2
            # Three pairs, two triples or two quadruples of different letters; laughter (one letter) is neither.
            if doubled & 31 == 21 or doubled & 63 == 27 or doubled & 255 == 119:
                seen |= 32768
            pair2 = pair1
            pair1 = pair
            last2 = last
            last = x
    if twice & 0xFF80000:
        seen |= 524288
    if stray & 0xFF80000:
        seen |= 65536
    return seen | (triple & 4096)
