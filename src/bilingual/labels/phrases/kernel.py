# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Every lexicon phrase in every block, in one pass over the word hashes.

The lexicon is a tree of words kept in one hash table: the key of a node is the combined hash of the words
that lead to it. A 64 KB table of first words sends most words away after one look; the others walk the tree
and the longest phrase whose position holds wins. A phrase that occurs out of its position counts as loose,
in short blocks only.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled


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
class Lexicon:
    """The tables of the matcher, see `lexicon.Lexicon`; `limits`: most
    words of a block for start, lead, end, any-short and loose."""

    first: cython.const[cython.uchar][::1]
    pairs: cython.const[cython.uchar][::1]
    keys: cython.const[cython.ulonglong][::1]
    nodes: cython.const[cython.int][::1]
    slots: cython.const[cython.int][::1]
    has_more: cython.const[cython.uchar][::1]
    row_kind: cython.const[cython.uchar][::1]
    row_label: cython.const[cython.uchar][::1]
    limits: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.first,
            self.pairs,
            self.keys,
            self.nodes,
            self.slots,
            self.has_more,
            self.row_kind,
            self.row_label,
            self.limits,
        ) = columns


@cython.cclass
class Dates:
    """The words of dates, see `patterns.date_words`, and the bits of
    word flags: all digits, has digit, URL, hashtag."""

    keys: cython.const[cython.ulonglong][::1]
    classes: cython.const[cython.uchar][::1]
    flag_bits: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.keys,
            self.classes,
            self.flag_bits,
        ) = columns


# Positions of a phrase, the order of the slots of a node: line, start, lead, end, tail, any-short, any.
# Bits of the first word table: 1 first word of some phrase, 2 of a phrase that holds anywhere in a long block, 4 of a
# phrase of one word.


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mix(h: cython.ulonglong, w: cython.ulonglong, prime: cython.ulonglong, mask: cython.ulonglong) -> cython.ulonglong:
    x: cython.ulonglong = ((h ^ w) * prime) & mask
    return x ^ (x >> 29)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_separator(c: cython.uint) -> cython.int:
    """1 for the marks that set a lead-in off: colon, bar, dashes, chain signs, ellipsis, plus, brackets."""
    if c < 128:
        # : | - > + ( [ ~
        return 1 if c == 58 or c == 124 or c == 45 or c == 62 or c == 43 or c == 40 or c == 91 or c == 126 else 0
    if c == 0x2013 or c == 0x2014 or c == 0xBB or c == 0x203A or c == 0x2026 or c == 0xFF1A or c == 0x2022:
        return 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _gap_has_separator(
    codes: cython.const[cython.uint][::1], start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """1 when a separator mark, or two full stops, stand in codes[start:end]; looks at 8 code points at
    most."""
    i: cython.Py_ssize_t = start
    stops: cython.int = 0
    if end > start + 8:
        end = start + 8
    while i < end:
        if _is_separator(codes[i]):
            return 1
        if codes[i] == 46:
            stops += 1
        i += 1
    return 1 if stops >= 2 else 0


@cython.ccall
def match(
    scanned: Scanned,
    lexicon: Lexicon,
    number: cython.ulonglong,
    prime: cython.ulonglong,
    all_digits: cython.int,
    kinds: cython.ulonglong[::1],
    loose: cython.ulonglong[::1],
    whole: cython.int[::1],
    opening: cython.int[::1],
    best: cython.int[::1],
    cover: cython.ushort[::1],
    hits: cython.int[::1],
    hit_block: cython.int,
) -> int:
    """Fill the columns of every block; returns the number of hits written to `hits` (4 numbers each).

    Shapes: per block kinds, loose, whole, opening, best; cover uint16[4 * n_blocks]: words covered in
    position (navigation, promo) and out of position (navigation, promo). Hits are written for block `hit_block`
    only (-1: none): first word, words, row, 1 when the position holds."""
    codes: cython.const[cython.uint][::1] = scanned.codes
    word_start: cython.const[cython.int][::1] = scanned.word_start
    word_end: cython.const[cython.int][::1] = scanned.word_end
    word_flags: cython.const[cython.ushort][::1] = scanned.word_flags
    word_hash: cython.const[cython.ulonglong][::1] = scanned.word_hash
    block_word: cython.const[cython.int][::1] = scanned.block_word
    first: cython.const[cython.uchar][::1] = lexicon.first
    pairs: cython.const[cython.uchar][::1] = lexicon.pairs
    keys: cython.const[cython.ulonglong][::1] = lexicon.keys
    nodes: cython.const[cython.int][::1] = lexicon.nodes
    slots: cython.const[cython.int][::1] = lexicon.slots
    has_more: cython.const[cython.uchar][::1] = lexicon.has_more
    row_kind: cython.const[cython.uchar][::1] = lexicon.row_kind
    row_label: cython.const[cython.uchar][::1] = lexicon.row_label
    limits: cython.const[cython.int][::1] = lexicon.limits
    n_blocks: cython.Py_ssize_t = scanned.n_blocks
    table_mask: cython.ulonglong = keys.shape[0] - 1
    mask: cython.ulonglong = 18446744073709551615
    zero: cython.ulonglong = 0
    one: cython.ulonglong = 1
    first_mask: cython.ulonglong = 65535
    start_limit: cython.Py_ssize_t = limits[0]
    lead_limit: cython.Py_ssize_t = limits[1]
    end_limit: cython.Py_ssize_t = limits[2]
    short_limit: cython.Py_ssize_t = limits[3]
    loose_limit: cython.Py_ssize_t = limits[4]
    n_hits: cython.Py_ssize_t = 0
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    n: cython.Py_ssize_t
    at: cython.Py_ssize_t
    node: cython.Py_ssize_t
    slot: cython.Py_ssize_t
    row: cython.int
    loose_row: cython.int
    found: cython.int
    found_end: cython.Py_ssize_t
    loose_end: cython.Py_ssize_t
    best_length: cython.Py_ssize_t
    h: cython.ulonglong
    w: cython.ulonglong
    probe: cython.ulonglong
    k: cython.ulonglong
    apart: cython.ulonglong
    need: cython.int
    bits: cython.int
    pair: cython.ulonglong
    is_loose: cython.int
    with cython.nogil:
        for b in range(n_blocks):
            begin = block_word[b]
            end = block_word[b + 1]
            n = end - begin
            k = 0
            apart = 0
            whole[b] = -1
            opening[b] = -1
            best[b] = -1
            best_length = 0
            for at in range(4):
                cover[4 * b + at] = 0
            is_loose = 1 if n <= loose_limit else 0
            i = begin
            while i < end:
                # Inside long blocks only phrases that hold anywhere, or near the end, can count.
                need = 1 if (is_loose or i == begin or (end - i <= 8 and n <= end_limit)) else 2
                w = number if word_flags[i] & all_digits else word_hash[i]
                bits = first[w & first_mask]
                if not (bits & need):
                    i += 1
                    continue
                h = _mix(zero, w, prime, mask)
                if not (bits & 4):
                    # it only begins longer phrases: a small filter knows their first two words
                    if i + 1 == end:
                        i += 1
                        continue
                    w = number if word_flags[i + 1] & all_digits else word_hash[i + 1]
                    pair = _mix(h, w, prime, mask) >> 46
                    if not (pairs[pair >> 3] >> (pair & 7)) & 1:
                        i += 1
                        continue
                j = i
                found = -1
                found_end = i
                loose_row = -1
                loose_end = i
                while True:
                    probe = (h >> 17) & table_mask
                    while keys[probe] != zero and keys[probe] != h:
                        probe = (probe + one) & table_mask
                    if keys[probe] == zero:
                        break
                    node = nodes[probe]
                    j += 1
                    slot = 7 * node
                    row = -1
                    if i == begin:
                        if j == end and slots[slot] >= 0:
                            row = slots[slot]
                            whole[b] = row
                        elif slots[slot + 1] >= 0 and n <= start_limit:
                            row = slots[slot + 1]
                        elif (
                            slots[slot + 2] >= 0
                            and n <= lead_limit
                            and (j == end or _gap_has_separator(codes, word_end[j - 1], word_start[j]))
                        ):
                            row = slots[slot + 2]
                    if row < 0 and j == end and n <= end_limit:
                        if slots[slot + 3] >= 0:
                            row = slots[slot + 3]
                        elif (
                            slots[slot + 4] >= 0
                            and i > begin
                            and _gap_has_separator(codes, word_end[i - 1], word_start[i])
                        ):
                            row = slots[slot + 4]
                    if row < 0 and n <= short_limit:
                        row = slots[slot + 5]
                    if row < 0:
                        row = slots[slot + 6]
                    if row >= 0:
                        found = row
                        found_end = j
                    elif is_loose:
                        for at in range(7):
                            if slots[slot + at] >= 0:
                                loose_row = slots[slot + at]
                                loose_end = j
                                break
                    if j == end or not has_more[node]:
                        break
                    w = number if word_flags[j] & all_digits else word_hash[j]
                    h = _mix(h, w, prime, mask)
                if found >= 0 and (found_end >= loose_end or found_end - i >= 2):
                    k |= one << row_kind[found]
                    if row_label[found] == 1 or row_label[found] == 2:
                        cover[4 * b + row_label[found] - 1] += found_end - i
                    if i == begin:
                        opening[b] = found
                    if found_end - i > best_length:
                        best_length = found_end - i
                        best[b] = found
                    if b == hit_block:
                        hits[4 * n_hits] = i
                        hits[4 * n_hits + 1] = found_end - i
                        hits[4 * n_hits + 2] = found
                        hits[4 * n_hits + 3] = 1
                        n_hits += 1
                    i = found_end
                elif loose_row >= 0:
                    apart |= one << row_kind[loose_row]
                    if row_label[loose_row] == 1 or row_label[loose_row] == 2:
                        cover[4 * b + 1 + row_label[loose_row]] += loose_end - i
                    if b == hit_block:
                        hits[4 * n_hits] = i
                        hits[4 * n_hits + 1] = loose_end - i
                        hits[4 * n_hits + 2] = loose_row
                        hits[4 * n_hits + 3] = 0
                        n_hits += 1
                    i = loose_end
                else:
                    i += 1
            kinds[b] = k
            loose[b] = apart
    return n_hits


# Classes of the words of dates.tsv: 1 month, 2 part of a month's name, 3 weekday, 4 part of the day or era,
# 5 small word, 6 unit, 7 relative, 8 currency.


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _word_class(
    keys: cython.const[cython.ulonglong][::1], classes: cython.const[cython.uchar][::1], w: cython.ulonglong
) -> cython.int:
    mask: cython.ulonglong = keys.shape[0] - 1
    one: cython.ulonglong = 1
    zero: cython.ulonglong = 0
    probe: cython.ulonglong = (w >> 17) & mask
    while keys[probe] != zero:
        if keys[probe] == w:
            return classes[probe]
        probe = (probe + one) & mask
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_chain_mark(c: cython.uint) -> cython.int:
    """1 for the marks between the items of a bread crumb or menu line."""
    if c < 128:
        return 1 if (c == 124 or c == 62 or c == 47) else 0
    return 1 if (c == 0xBB or c == 0x203A or c == 0xB7 or c == 0x2022 or c == 0x2192 or c == 0x2190 or c == 0xAB) else 0


@cython.ccall
def shapes(
    scanned: Scanned, dates: Dates, date_limit: cython.int, bits: cython.ushort[::1], date_from: cython.uchar[::1]
) -> None:
    """Fill `bits` and `date_from` of every block.

    Shapes: bits uint16[n_blocks], the bits named in `patterns.SHAPES`; date_from uint8[n_blocks], words
    before the date that ends the block, 255 for none (blocks of at most `date_limit` words)."""
    codes: cython.const[cython.uint][::1] = scanned.codes
    word_start: cython.const[cython.int][::1] = scanned.word_start
    word_end: cython.const[cython.int][::1] = scanned.word_end
    word_flags: cython.const[cython.ushort][::1] = scanned.word_flags
    word_hash: cython.const[cython.ulonglong][::1] = scanned.word_hash
    block_start: cython.const[cython.int][::1] = scanned.block_start
    block_end: cython.const[cython.int][::1] = scanned.block_end
    block_word: cython.const[cython.int][::1] = scanned.block_word
    keys: cython.const[cython.ulonglong][::1] = dates.keys
    classes: cython.const[cython.uchar][::1] = dates.classes
    flag_bits: cython.const[cython.int][::1] = dates.flag_bits
    n_blocks: cython.Py_ssize_t = scanned.n_blocks
    all_digits: cython.int = flag_bits[0]
    has_digit: cython.int = flag_bits[1]
    url: cython.int = flag_bits[2]
    hashtag: cython.int = flag_bits[3]
    telling: cython.int = all_digits | url | hashtag
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    p: cython.Py_ssize_t
    gap: cython.Py_ssize_t
    gap_end: cython.Py_ssize_t
    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    n: cython.Py_ssize_t
    out: cython.int
    numbers: cython.Py_ssize_t
    urls: cython.Py_ssize_t
    tags: cython.Py_ssize_t
    digits: cython.Py_ssize_t
    chain: cython.Py_ssize_t
    item: cython.Py_ssize_t
    longest: cython.Py_ssize_t
    steps: cython.Py_ssize_t
    value: cython.Py_ssize_t
    last_value: cython.Py_ssize_t
    markup: cython.int
    residue: cython.int
    money: cython.int
    plus: cython.int
    kind: cython.int
    f: cython.int
    c: cython.uint
    d: cython.uint
    months: cython.int
    days: cython.int
    ages: cython.int
    units: cython.int
    dated: cython.int
    counts: cython.int
    with cython.nogil:
        for b in range(n_blocks):
            begin = block_word[b]
            end = block_word[b + 1]
            n = end - begin
            out = 0
            date_from[b] = 255
            numbers = 0
            urls = 0
            tags = 0
            digits = 0
            chain = 0
            item = 0
            longest = 0
            steps = 0
            last_value = -1
            markup = 0
            residue = 0
            money = 0
            plus = 0
            gap = block_start[b]
            for i in range(begin, end + 1):
                # The marks before word i (or after the last one); a blank says nothing.
                p = gap
                gap_end = block_end[b] if i == end else word_start[i]
                if p + 1 == gap_end and codes[p] == 32:
                    p = gap_end
                while p < gap_end:
                    c = codes[p]
                    if c == 32 or c == 44 or c == 46:
                        p += 1
                        continue
                    d = codes[p + 1] if p + 1 < block_end[b] else 0
                    if (
                        (c == 123 and d == 123)
                        or (c == 125 and d == 125)
                        or (c == 60 and d == 37)
                        or (c == 37 and d == 62)
                    ):
                        residue = 1
                    elif (
                        (c == 60 and (d == 47 or d == 33))
                        or (c == 47 and d == 62)
                        or (c == 61 and (d == 34 or d == 39))
                    ):
                        markup = 1
                    elif (
                        (c == 40 and d == 41)
                        or (c == 41 and d == 123)
                        or (c == 41 and d == 59)
                        or (c == 125 and d == 59)
                    ):
                        markup = 1
                    elif c == 123 or c == 125:
                        markup = 1
                    elif (
                        c == 37
                        and p + 1 == gap_end
                        and i < end
                        and word_end[i] - word_start[i] == 1
                        and (d == 100 or d == 115)
                    ):
                        residue = 1
                    elif (
                        c == 38
                        and p + 1 == gap_end
                        and i < end
                        and codes[word_end[i]] == 59
                        and word_end[i] < block_end[b]
                    ):
                        residue = 1
                    elif c == 36 or c == 0x20AC or c == 0xA3 or c == 0xFDFC or c == 0x20BA or c == 0x20B9:
                        money = 1
                    elif c == 43:
                        plus = 1
                    elif c == 0xA9:
                        out |= 1024
                    # A mark between items stands free or is a bar: guillemets and slashes inside words are
                    # not chains.
                    if i > begin and i < end and _is_chain_mark(c) and (c == 124 or (codes[p - 1] == 32 and d == 32)):
                        chain += 1
                        if item > longest:
                            longest = item
                        item = 0
                    p += 1
                if i == end:
                    break
                gap = word_end[i]
                item += 1
                f = word_flags[i]
                if not f & telling:
                    continue
                if f & all_digits:
                    numbers += 1
                    digits += word_end[i] - word_start[i]
                    if n >= 3 and word_end[i] - word_start[i] <= 4:
                        value = 0
                        for p in range(word_start[i], word_end[i]):
                            value = value * 10 + (codes[p] & 15)
                        if value == last_value + 1:
                            steps += 1
                        last_value = value
                elif f & url:
                    urls += 1
                if f & hashtag:
                    tags += 1
            if item > longest:
                longest = item
            if n > 0 and numbers == n:
                out |= 1
            if steps >= 2 and numbers * 3 >= n * 2:
                out |= 2
            if digits >= 7 and digits <= 18 and n - numbers <= 3 and numbers <= 6:
                out |= 4
            if n > 0 and urls == n:
                out |= 8
            if n >= 2 and tags == n:
                out |= 16
            if markup:
                out |= 32
            if residue:
                out |= 64
            if chain >= 2 and longest <= 4:
                out |= 128
            if n > 0 and codes[block_start[b]] == 91 and codes[block_end[b] - 1] == 93:
                out |= 256
            if plus and digits >= 8 and n - numbers <= 2:
                out |= 4
            if n > 0 and n <= date_limit:
                i = end - 1
                months = 0
                days = 0
                ages = 0
                units = 0
                counts = 0
                dated = 0
                while i >= begin:
                    f = word_flags[i]
                    if f & all_digits:
                        counts += 1
                        if i + 1 < end and word_flags[i + 1] & all_digits and word_start[i + 1] == word_end[i] + 1:
                            c = codes[word_end[i]]
                            if c == 58:
                                dated |= 1
                            elif (c == 47 or c == 45 or c == 46) and i + 2 < end and word_flags[i + 2] & all_digits:
                                if word_start[i + 2] == word_end[i + 1] + 1 and codes[word_end[i + 1]] == c:
                                    dated |= 2
                    else:
                        kind = _word_class(keys, classes, word_hash[i])
                        if kind == 0 or kind == 8:
                            if kind == 8 and numbers:
                                money = 1
                            if not (f & has_digit and word_end[i] - word_start[i] <= 5):
                                break
                            counts += 1
                        elif kind <= 2:
                            months += 1
                        elif kind == 3:
                            days += 1
                        elif kind == 6:
                            units += 1
                        elif kind == 7:
                            ages += 1
                    i -= 1
                if counts and (months or days or dated or (ages and units)):
                    date_from[b] = i + 1 - begin
                if money and n <= 6 and numbers:
                    out |= 512
            if n > 0 and word_start[begin] > block_start[b]:
                c = codes[block_start[b]]
                if c == 42 or c == 45 or c == 0x2022 or c == 0xB7 or c == 0x25AA or c == 0x25CF or c == 0x2013:
                    out |= 2048
            bits[b] = out


@cython.cclass
class Phrases:
    """Room for what phrases say of every block, see `lexicon.PhraseColumns`."""

    kinds: cython.ulonglong[::1]
    loose: cython.ulonglong[::1]
    whole: cython.int[::1]
    opening: cython.int[::1]
    best: cython.int[::1]
    cover: cython.ushort[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.kinds,
            self.loose,
            self.whole,
            self.opening,
            self.best,
            self.cover,
        ) = columns


@cython.cclass
class Shapes:
    """Room for the shapes of every block, see `patterns.ShapeColumns`."""

    bits: cython.ushort[::1]
    date_from: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.bits,
            self.date_from,
        ) = columns


def find_phrases(
    scanned: Scanned,
    lexicon: Lexicon,
    number: cython.ulonglong,
    prime: cython.ulonglong,
    all_digits: cython.int,
    phrases: Phrases,
) -> None:
    """The phrases of every block, see `match`; no hits are noted."""
    hits: cython.int[::1] = phrases.whole[:0]
    match(
        scanned, lexicon, number, prime, all_digits, phrases.kinds, phrases.loose, phrases.whole, phrases.opening,
        phrases.best, phrases.cover, hits, -1,
    )  # fmt: skip


def find_shapes(scanned: Scanned, dates: Dates, date_limit: cython.int, found: Shapes) -> None:
    """The shapes of every block, see `shapes`."""
    shapes(scanned, dates, date_limit, found.bits, found.date_from)
