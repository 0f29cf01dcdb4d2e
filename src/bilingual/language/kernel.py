# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The hot loops of the language layer: words -> evidence rows -> languages -> spans.

`evidence` gives every word a row of 16 log likelihoods, one per language of its script (a lane), remembering
rows by word; `decode` finds the best sequence of languages in each block under the document's own mix, cuts the spans
and gives neutral characters to their neighbours.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.libc.math import exp, floor, log
else:
    from math import exp, floor, log

COMPILED = cython.compiled


@cython.cclass
class Facts:
    """What is known of scripts and languages: the code point tables, `tables.Tables` and the constants of the decoder."""

    pages: cython.const[cython.ushort][::1]
    cells: cython.const[cython.ulonglong][::1]
    expansions: cython.const[cython.uint][::1]
    script_group: cython.const[cython.uchar][::1]
    script_lang: cython.const[cython.uchar][::1]
    n_lanes: cython.const[cython.int][::1]
    lane_lang: cython.const[cython.uchar][::1]
    prior: cython.const[cython.float][::1]
    spread: cython.const[cython.double][::1]
    gram_bucket: cython.const[cython.int][::1]
    gram_keys: cython.const[cython.ulonglong][::1]
    gram_rows: cython.const[cython.float][::1]
    word_bucket: cython.const[cython.int][::1]
    word_keys: cython.const[cython.uint][::1]
    word_lane: cython.const[cython.uchar][::1]
    word_weight: cython.const[cython.uchar][::1]
    letter_rows: cython.const[cython.float][::1]
    unlisted: cython.const[cython.float][::1]
    digit_lanes: cython.const[cython.uchar][::1]
    params: cython.const[cython.float][::1]
    gram_shift: cython.int

    def __init__(self, *columns: Any, gram_shift: int) -> None:
        (
            self.pages,
            self.cells,
            self.expansions,
            self.script_group,
            self.script_lang,
            self.n_lanes,
            self.lane_lang,
            self.prior,
            self.spread,
            self.gram_bucket,
            self.gram_keys,
            self.gram_rows,
            self.word_bucket,
            self.word_keys,
            self.word_lane,
            self.word_weight,
            self.letter_rows,
            self.unlisted,
            self.digit_lanes,
            self.params,
        ) = columns
        self.gram_shift = gram_shift


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
class Memo:
    """Evidence rows of the words seen so far: 16 items each; row 0 is all zeros, for words without evidence.

    A slot is the number of a row in its low 28 bits and the high bits of the word's key, which `keys` hold by row.
    `margins` say of every lane of a row by how many steps of `params[6]` it is ahead of the best other lane, or, below 0,
    behind the best. `used` rows are in use; `letters` and `vector` are work space: the folded letters of one word, and
    four rows of 16; `work` and `counts`: see `decode`.
    """

    slots: cython.ulonglong[::1]
    keys: cython.ulonglong[::1]
    margins: cython.short[::1]
    letters: cython.uint[::1]
    vector: cython.float[::1]
    work: cython.float[::1]
    counts: cython.double[::1]
    used: cython.Py_ssize_t

    def __init__(self, *columns: Any) -> None:
        (
            self.slots,
            self.keys,
            self.margins,
            self.letters,
            self.vector,
            self.work,
            self.counts,
        ) = columns
        self.used = 1


@cython.cclass
class Cells:
    """Work space of the decoder: 16 floats, or one item, per block and group.

    Bits of `block_state`: 1 a sentence ends inside, 2 languages switch, 4 `peaks` are read, 8 no other language has a
    share in the score, 16 `totals` and `own` are not read, as `margin` and `loss` say enough.
    """

    totals: cython.float[::1]
    peaks: cython.float[::1]
    own: cython.float[::1]
    margin: cython.float[::1]
    loss: cython.float[::1]
    block_mass: cython.float[::1]
    block_lead: cython.uchar[::1]
    block_state: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.totals,
            self.peaks,
            self.own,
            self.margin,
            self.loss,
            self.block_mass,
            self.block_lead,
            self.block_state,
        ) = columns


@cython.cclass
class WordRoom:
    """Work space of the decoder, one item per word; `row` is the evidence row, `steps` the margin of one lane."""

    row: cython.int[::1]
    steps: cython.short[::1]
    score: cython.float[::1]
    back: cython.uint[::1]
    best: cython.uchar[::1]
    lane: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.row,
            self.steps,
            self.score,
            self.back,
            self.best,
            self.lane,
        ) = columns


@cython.cclass
class Written:
    """The scan's `word_written`."""

    hash: cython.const[cython.uint][::1]

    def __init__(self, *columns: Any) -> None:
        (self.hash,) = columns


@cython.cclass
class Found:
    """Room for the languages of words and the columns of spans, see `columns.LanguageColumns`."""

    word_lang: cython.uchar[::1]
    start: cython.int[::1]
    end: cython.int[::1]
    block: cython.int[::1]
    lang: cython.uchar[::1]
    script: cython.uchar[::1]
    score: cython.float[::1]
    block_span: cython.int[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.word_lang,
            self.start,
            self.end,
            self.block,
            self.lang,
            self.script,
            self.score,
            self.block_span,
        ) = columns


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _spread(key: cython.ulonglong, prime: cython.ulonglong, mask: cython.ulonglong) -> cython.ulonglong:
    """Spread a key over 64 bits; the high bits are the good ones."""
    key = (key * prime) & mask
    return key ^ (key >> 32)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_gram(
    a: cython.ulonglong,
    b: cython.ulonglong,
    c: cython.ulonglong,
    gram_bucket: cython.const[cython.int][::1],
    gram_keys: cython.const[cython.ulonglong][::1],
    gram_rows: cython.const[cython.float][::1],
    gram_shift: cython.int,
    base: cython.Py_ssize_t,
    vector: cython.float[::1],
    prime: cython.ulonglong,
    mask: cython.ulonglong,
) -> cython.int:
    """Add the row of one letter sequence of up to three code points to `vector[base:base + 16]`."""
    key: cython.ulonglong = a | (b << 21) | (c << 42)
    bucket: cython.Py_ssize_t = cython.cast(cython.Py_ssize_t, ((key * prime) & mask) >> gram_shift)
    at: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    for at in range(gram_bucket[bucket], gram_bucket[bucket + 1]):
        if gram_keys[at] == key:
            for lane in range(16):
                vector[base + lane] += gram_rows[at * 16 + lane]
            return 1
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_grams(
    letters: cython.uint[::1],
    n: cython.Py_ssize_t,
    gram_bucket: cython.const[cython.int][::1],
    gram_keys: cython.const[cython.ulonglong][::1],
    gram_rows: cython.const[cython.float][::1],
    gram_shift: cython.int,
    base: cython.Py_ssize_t,
    vector: cython.float[::1],
    prime: cython.ulonglong,
    mask: cython.ulonglong,
) -> cython.int:
    """The exact sum over the 1- to 3-grams of `letters[:n]`, which begins and ends with a blank (32)."""
    i: cython.Py_ssize_t
    a: cython.uint
    b: cython.uint
    c: cython.uint
    for i in range(1, n):
        c = letters[i]
        b = letters[i - 1]
        if c == 32 and b == 32:
            continue
        if c != 32:
            _add_gram(c, 0, 0, gram_bucket, gram_keys, gram_rows, gram_shift, base, vector, prime, mask)
        _add_gram(b, c, 0, gram_bucket, gram_keys, gram_rows, gram_shift, base, vector, prime, mask)
        if i > 1 and b != 32:
            a = letters[i - 2]
            _add_gram(a, b, c, gram_bucket, gram_keys, gram_rows, gram_shift, base, vector, prime, mask)
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _listed(
    hashed: cython.ulonglong,
    group: cython.Py_ssize_t,
    word_bucket: cython.const[cython.int][::1],
    word_keys: cython.const[cython.uint][::1],
    word_lane: cython.const[cython.uchar][::1],
    word_weight: cython.const[cython.uchar][::1],
    base: cython.Py_ssize_t,
    vector: cython.float[::1],
) -> cython.int:
    """Set `vector[base + lane]` to the log share of the word in the lanes that list it; their number."""
    low: cython.ulonglong = 4294967295
    key: cython.uint = cython.cast(cython.uint, hashed & low)
    bucket: cython.Py_ssize_t = key >> 16
    at: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    found: cython.int = 0
    for at in range(word_bucket[bucket], word_bucket[bucket + 1]):
        if word_keys[at] == key:
            lane = word_lane[at]
            if lane >> 4 == group:
                vector[base + (lane & 15)] = -word_weight[at] * 0.06666666666666667
                found += 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh(
    scanned: Scanned, facts: Facts, memo: Memo, w: cython.Py_ssize_t, group: cython.Py_ssize_t, row: cython.Py_ssize_t
) -> cython.int:
    """Write the evidence row of a new word."""
    s: cython.Py_ssize_t = scanned.word_start[w]
    e: cython.Py_ssize_t = scanned.word_end[w]
    i: cython.Py_ssize_t
    m: cython.Py_ssize_t
    x: cython.Py_ssize_t
    n_x: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    lanes: cython.Py_ssize_t
    code: cython.uint
    cell: cython.Py_ssize_t
    folded: cython.uint
    expansion: cython.uint = 1114112
    mask: cython.ulonglong = 18446744073709551615
    prime: cython.ulonglong = 11400714819323198485
    fnv: cython.ulonglong = 1099511628211
    basis: cython.ulonglong = 14695981039346656037
    h: cython.ulonglong
    best: cython.double
    top: cython.double
    value: cython.double
    low: cython.double
    second: cython.double = -1e30
    lead: cython.Py_ssize_t = 0
    unseen: cython.double
    cap: cython.double = facts.params[0]
    share: cython.double = facts.params[1]
    base_cost: cython.double = facts.params[2]
    letter_cost: cython.double = facts.params[3]
    letter_cap: cython.double = facts.params[4]
    digit_cost: cython.double = facts.params[5]
    steps: cython.double = facts.params[6]
    n_letters: cython.Py_ssize_t
    n_digits: cython.Py_ssize_t
    n_vowels: cython.Py_ssize_t
    n_parts: cython.Py_ssize_t
    part: cython.Py_ssize_t
    found: cython.int
    sound: cython.int
    last_digit: cython.int
    # ---- its letters as langdetect reads them, blank at both ends
    lanes = facts.n_lanes[group]
    for lane in range(64):
        memo.vector[lane] = 0.0
    m = 1
    memo.letters[0] = 32
    n_letters = 0
    n_digits = 0
    n_vowels = 0
    n_parts = 1
    sound = 1
    last_digit = 0
    for i in range(s, e):
        code = scanned.codes[i]
        cell = facts.pages[code >> 8]
        folded = cython.cast(cython.uint, facts.cells[cell * 256 + (code & 255)] >> 32)
        if folded == 0:
            folded = code
        if folded == 1:
            # dropped by the fold: a mark, a tatweel, or a joiner between two parts
            if code != 8204:
                continue
            folded = 39
        if m > 60:
            break
        if folded == 39:
            if memo.letters[m - 1] != 32 and i + 1 < e:
                memo.letters[m] = 32
                m += 1
                n_parts += 1
            continue
        if 48 <= folded <= 57:
            n_digits += 1
            if last_digit == 1 or facts.digit_lanes[folded - 48] == 0:
                sound = 0
            last_digit = 1
            memo.letters[m] = folded
            m += 1
            continue
        last_digit = 0
        n_letters += 1
        if folded == 97 or folded == 101 or folded == 105 or folded == 111 or folded == 117 or folded == 121:
            n_vowels += 1
        if code >= 2048 and folded < expansion and scanned.word_script[w] != 1:
            # capitals as small letters: words of one search fold share a row, but for Arabic ones
            code = folded
        if code < 2048:
            for lane in range(16):
                memo.vector[16 + lane] += facts.letter_rows[code * 16 + lane]
        if folded >= expansion:
            x = folded - expansion
            n_x = facts.expansions[x]
            while n_x > 0 and m < 62:
                x += 1
                n_x -= 1
                memo.letters[m] = facts.expansions[x]
                m += 1
            continue
        if code >= 1536:
            folded = code
            if folded == 1740:
                folded = 1610
        memo.letters[m] = folded
        m += 1
    if n_digits > 0 and (sound == 0 or n_letters < 2 or (n_vowels == 0 and n_letters < 4)):
        # digits that are not letters: the word is read without them
        sound = 0
        x = 1
        for i in range(1, m):
            if memo.letters[i] < 48 or memo.letters[i] > 57:
                memo.letters[x] = memo.letters[i]
                x += 1
        m = x
    memo.letters[m] = 32
    m += 1
    _add_grams(
        memo.letters, m, facts.gram_bucket, facts.gram_keys, facts.gram_rows, facts.gram_shift, 0, memo.vector, prime, mask
    )
    # ---- how likely each language writes it: as a listed word, or letter by letter
    best = -1e30
    for lane in range(lanes):
        if memo.vector[lane] > best:
            best = memo.vector[lane]
    unseen = -base_cost - letter_cost * n_letters
    for lane in range(lanes):
        value = memo.vector[16 + lane]
        if value < -letter_cap:
            value = -letter_cap
        memo.vector[16 + lane] = value
        memo.vector[lane] = facts.unlisted[group * 16 + lane] + unseen + share * (memo.vector[lane] - best) + value
        if n_digits > 0 and (sound == 0) == (facts.digit_lanes[16 + group * 16 + lane] == 1):
            memo.vector[lane] -= digit_cost
        memo.vector[32 + lane] = -1e9
        memo.vector[48 + lane] = 0.0
    found = _listed(
        scanned.word_hash[w], group, facts.word_bucket, facts.word_keys, facts.word_lane, facts.word_weight, 32, memo.vector
    )
    for lane in range(lanes):
        if memo.vector[32 + lane] > -1e8 and memo.vector[32 + lane] + memo.vector[16 + lane] > memo.vector[lane]:
            memo.vector[lane] = memo.vector[32 + lane] + memo.vector[16 + lane]
    if found == 0 and n_parts > 1:
        # ---- parts joined by an apostrophe or a joiner: the sum of what is listed
        part = 1
        i = 1
        while i < m:
            if memo.letters[i] == 32:
                if i > part:
                    h = basis
                    for x in range(part, i):
                        code = memo.letters[x]
                        cell = facts.pages[code >> 8]
                        folded = cython.cast(cython.uint, facts.cells[cell * 256 + (code & 255)] >> 32)
                        if folded == 0 or folded >= expansion:
                            folded = code
                        h = ((h ^ folded) * fnv) & mask
                    for lane in range(lanes):
                        memo.vector[32 + lane] = facts.unlisted[group * 16 + lane] - base_cost - letter_cost * (i - part)
                    found += _listed(
                        h ^ (h >> 29), group, facts.word_bucket, facts.word_keys, facts.word_lane, facts.word_weight,
                        32, memo.vector,
                    )  # fmt: skip
                    for lane in range(lanes):
                        memo.vector[48 + lane] += memo.vector[32 + lane]
                part = i + 1
            i += 1
        if found > 0:
            for lane in range(lanes):
                if memo.vector[48 + lane] + memo.vector[16 + lane] > memo.vector[lane]:
                    memo.vector[lane] = memo.vector[48 + lane] + memo.vector[16 + lane]
    top = -1e30
    for lane in range(lanes):
        if memo.vector[lane] > top:
            top = memo.vector[lane]
    best = top
    top = -1e30
    for lane in range(16):
        value = -cap
        if lane < lanes:
            value = memo.vector[lane] - best
            if n_digits > 0 and sound == 0 and found == 0:
                value = 0.0  # 15kA, 70dB: a number with a unit is of no language
            if value < -cap:
                value = -cap
        # in steps of a power of two: sums of rows are exact in 32 bits, in any order and in both forms
        value = floor(value * steps + 0.5)
        memo.margins[row * 16 + lane] = cython.cast(cython.short, value)
        if lane < lanes:
            low = value if value < top else top
            second = low if low > second else second
            lead = lane if value > top else lead
            top = value if value > top else top
    # a lane alone has no other to lead
    if second < -32767.0:
        second = -32767.0
    memo.margins[row * 16 + lead] = cython.cast(cython.short, top - second)
    return 0


def evidence(
    scanned: Scanned,
    words: Written,
    facts: Facts,
    memo: Memo,
    room: WordRoom,
    first: cython.Py_ssize_t,
) -> int:
    """Give every word from `first` on its evidence row; the first word that found the memo full, else n_words."""
    written: cython.const[cython.uint][::1] = words.hash
    word_script: cython.const[cython.uchar][::1] = scanned.word_script
    word_hash: cython.const[cython.ulonglong][::1] = scanned.word_hash
    script_group: cython.const[cython.uchar][::1] = facts.script_group
    slots: cython.ulonglong[::1] = memo.slots
    word_row: cython.int[::1] = room.row
    n: cython.Py_ssize_t = scanned.n_words
    w: cython.Py_ssize_t = first
    v: cython.Py_ssize_t
    m: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    group: cython.Py_ssize_t
    slot: cython.Py_ssize_t
    slot_mask: cython.ulonglong = cython.cast(cython.ulonglong, slots.shape[0]) - 1
    max_rows: cython.Py_ssize_t = memo.keys.shape[0]
    key: cython.ulonglong
    seen: cython.ulonglong
    row_mask: cython.ulonglong = (1 << 28) - 1
    mask: cython.ulonglong = 18446744073709551615
    high: cython.ulonglong = 9223372036854775808
    prime: cython.ulonglong = 11400714819323198485
    missed: cython.Py_ssize_t
    keys: cython.ulonglong[64]
    found: cython.ulonglong[64]
    misses: cython.Py_ssize_t[64]
    keys = [0] * 64
    found = [0] * 64
    misses = [0] * 64

    with cython.nogil:
        while w < n:
            # the look-ups in a loop of their own: many on their way at once, as each may have to wait for memory
            stop = w + 64 if w + 64 < n else n
            for v in range(w, stop):
                group = script_group[word_script[v]]
                # the search fold hides letters that tell Persian from Arabic, and the dot of Turkish İ: both hashes are
                # the key; its highest bit is set, as that of no empty slot is
                key = word_hash[v] ^ (cython.cast(cython.ulonglong, written[v]) << 32)
                keys[v - w] = _spread(key ^ cython.cast(cython.ulonglong, group), prime, mask) | high
            for m in range(stop - w):
                found[m] = slots[cython.cast(cython.Py_ssize_t, keys[m] & slot_mask)]
            missed = 0
            for v in range(w, stop):
                # no branch: none could be foreseen
                seen = found[v - w]
                group = script_group[word_script[v]]
                word_row[v] = cython.cast(cython.int, seen & row_mask & -cython.cast(cython.ulonglong, group > 0))
                misses[missed] = v
                missed += ((seen ^ keys[v - w]) > row_mask) & (group > 0)
            for m in range(missed):
                v = misses[m]
                group = script_group[word_script[v]]
                key = keys[v - w]
                slot = cython.cast(cython.Py_ssize_t, key & slot_mask)
                while slots[slot] != 0 and (slots[slot] ^ key) > row_mask:
                    slot = cython.cast(cython.Py_ssize_t, cython.cast(cython.ulonglong, slot + 1) & slot_mask)
                if slots[slot] == 0:
                    if memo.used >= max_rows:
                        n = v
                        break
                    _weigh(scanned, facts, memo, v, group - 1, memo.used)
                    memo.keys[memo.used] = key
                    slots[slot] = (key & ~row_mask) | cython.cast(cython.ulonglong, memo.used)
                    memo.used += 1
                word_row[v] = cython.cast(cython.int, slots[slot] & row_mask)
            w = stop
    return n


def rehash(old: Memo, new: Memo) -> None:
    """Move the rows of a memo to a larger, empty one."""
    slots: cython.ulonglong[::1] = new.slots
    row: cython.Py_ssize_t
    i: cython.Py_ssize_t
    key: cython.ulonglong
    slot: cython.Py_ssize_t
    slot_mask: cython.ulonglong = cython.cast(cython.ulonglong, slots.shape[0]) - 1
    row_mask: cython.ulonglong = (1 << 28) - 1
    with cython.nogil:
        for row in range(1, old.used):
            key = old.keys[row]
            slot = cython.cast(cython.Py_ssize_t, key & slot_mask)
            while slots[slot] != 0:
                slot = cython.cast(cython.Py_ssize_t, cython.cast(cython.ulonglong, slot + 1) & slot_mask)
            slots[slot] = (key & ~row_mask) | cython.cast(cython.ulonglong, row)
            new.keys[row] = key
        for i in range(16 * old.used):
            new.margins[i] = old.margins[i]
    new.used = old.used


def gram_sums(
    letters: cython.uint[::1],
    n: cython.Py_ssize_t,
    gram_bucket: cython.const[cython.int][::1],
    gram_keys: cython.const[cython.ulonglong][::1],
    gram_rows: cython.const[cython.float][::1],
    gram_shift: cython.int,
    vector: cython.float[::1],
) -> None:
    """Add to `vector[:16]` the exact sum over the letter sequences of `letters[:n]` (blanks at both ends)."""
    mask: cython.ulonglong = 18446744073709551615
    prime: cython.ulonglong = 11400714819323198485
    _add_grams(letters, n, gram_bucket, gram_keys, gram_rows, gram_shift, 0, vector, prime, mask)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _weight(flags: cython.uint, first: cython.int, title: cython.float, upper: cython.float) -> cython.float:
    """How much a word's evidence counts: names and acronyms belong to no language."""
    if flags & 8:
        return upper
    if flags & 4:
        return 0.5 + 0.5 * title if (first or flags & 128) else title
    return 1.0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _behind(margin: cython.int) -> cython.int:
    """The evidence of a lane, in steps, from its margin: 0 for the one that leads."""
    return margin if margin < 0 else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _log_share(
    count: cython.double, total: cython.double, prior: cython.double, spread: cython.double, pseudo: cython.double
) -> cython.double:
    """Log share of a language in a document: its letters there, and `pseudo` letters spread as expected, of which it
    has `spread`."""
    if prior < -1e8:
        return -1e9
    if count < 0.0:
        count = 0.0
    if total < 0.0:
        total = 0.0
    return log((count + spread) / (total + pseudo))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _switch_cost(
    flags: cython.uint,
    gap: cython.int,
    at_word: cython.double,
    at_comma: cython.double,
    at_end: cython.double,
) -> cython.double:
    """Price of another language from this word on."""
    if flags & 128:
        return at_end
    if flags & 256 or gap:
        return at_comma
    return at_word


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum_lanes(
    word_row: cython.const[cython.int][::1],
    margins: cython.const[cython.short][::1],
    word_script: cython.const[cython.uchar][::1],
    word_flags: cython.const[cython.ushort][::1],
    script_group: cython.const[cython.uchar][::1],
    params: cython.const[cython.float][::1],
    g: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
    w0: cython.Py_ssize_t,
    w1: cython.Py_ssize_t,
    totals: cython.float[::1],
    own: cython.float[::1],
    at: cython.Py_ssize_t,
) -> cython.int:
    """Set `totals[at : at + 16]` to the sum of the words of group `g` in every lane, and `own` to zeros."""
    acc: cython.float[16]
    acc = [0.0] * 16
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    weight: cython.float
    # whole vectors; a constant would be unrolled into single items
    width: cython.Py_ssize_t = (lanes + 7) >> 3 << 3
    scale: cython.float = params[14] / params[6]
    title: cython.float = params[8]
    upper: cython.float = params[9]
    for w in range(w0, w1):
        if script_group[word_script[w]] != g + 1:
            continue
        weight = scale * _weight(word_flags[w], w == w0, title, upper)
        row = word_row[w] * 16
        for lane in range(width):
            acc[lane] += weight * _behind(margins[row + lane])
    for lane in range(16):
        totals[at + lane] = acc[lane]
        own[at + lane] = 0.0
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _share_out(
    totals: cython.const[cython.float][::1],
    own: cython.float[::1],
    at: cython.Py_ssize_t,
    prior: cython.const[cython.float][::1],
    counts: cython.double[::1],
    base: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
    mass: cython.double,
) -> tuple[cython.Py_ssize_t, cython.int]:
    """Share the letters of a block, `mass`, among the lanes by how likely each is; the likeliest, and how many have a
    share."""
    top: cython.double = -1e30
    score: cython.double
    total: cython.double = 1.0
    lead: cython.Py_ssize_t = 0
    lane: cython.Py_ssize_t
    n: cython.int = 1
    m: cython.int
    sharers: cython.uchar[16]
    sharers = [0] * 16
    for lane in range(lanes):
        score = cython.cast(cython.double, totals[at + lane]) + prior[base + lane]
        # no branch: none could be foreseen
        lead = lane if score > top else lead
        top = score if score > top else top
    own[at + lead] = 1.0
    sharers[0] = cython.cast(cython.uchar, lead)
    for lane in range(lanes):
        score = cython.cast(cython.double, totals[at + lane]) + prior[base + lane] - top
        if score > -9.0 and lane != lead:
            own[at + lane] = exp(score)
            total += own[at + lane]
            sharers[n] = cython.cast(cython.uchar, lane)
            n += 1
    for m in range(n):
        lane = sharers[m]
        own[at + lane] = mass * own[at + lane] / total
        counts[base + lane] += own[at + lane]
    return lead, n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gap(
    shares: cython.const[cython.float][::1], base: cython.Py_ssize_t, lanes: cython.Py_ssize_t, lead: cython.Py_ssize_t
) -> cython.double:
    """By how much lane `lead` is ahead of the best other one."""
    rival: cython.double = -1e30
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        if lane != lead and shares[base + lane] > rival:
            rival = shares[base + lane]
    return shares[base + lead] - rival


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read(
    word_row: cython.const[cython.int][::1],
    steps: cython.short[::1],
    margins: cython.const[cython.short][::1],
    word_script: cython.const[cython.uchar][::1],
    word_flags: cython.const[cython.ushort][::1],
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    block_word: cython.const[cython.int][::1],
    script_group: cython.const[cython.uchar][::1],
    n_lanes: cython.const[cython.int][::1],
    prior: cython.const[cython.float][::1],
    params: cython.const[cython.float][::1],
    b0: cython.Py_ssize_t,
    b1: cython.Py_ssize_t,
    totals: cython.float[::1],
    own: cython.float[::1],
    block_margin: cython.float[::1],
    block_loss: cython.float[::1],
    block_mass: cython.float[::1],
    block_lead: cython.uchar[::1],
    block_state: cython.uchar[::1],
    counts: cython.double[::1],
) -> cython.int:
    """How every block of a document reads on its own.

    The sum of its words in every lane is seldom needed: of a lane that led the blocks before, it is enough to know what
    every word says for it against the best other lane of that word. The sum of these margins is no more than its lead
    over any one lane.
    """
    n_groups: cython.Py_ssize_t = n_lanes.shape[0]
    mass: cython.double[8]
    margin: cython.double[8]
    loss: cython.double[8]
    gap: cython.double[8]
    leads: cython.Py_ssize_t[9]
    ends: cython.int[8]
    weights: cython.double[16]
    open_block: cython.Py_ssize_t[64]
    open_group: cython.Py_ssize_t[64]
    places: cython.Py_ssize_t[64]
    places = [0] * 64
    open_block = [0] * 64
    open_group = [0] * 64
    mass = [0.0] * 8
    margin = [0.0] * 8
    loss = [0.0] * 8
    gap = [0.0] * 8
    leads = [0] * 9
    ends = [0] * 8
    weights = [0.0] * 16
    b: cython.Py_ssize_t
    g: cython.Py_ssize_t
    now: cython.Py_ssize_t
    w: cython.Py_ssize_t
    at: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    w0: cython.Py_ssize_t
    w1: cython.Py_ssize_t
    flags: cython.uint
    first: cython.uint
    step: cython.int
    last: cython.Py_ssize_t
    n_open: cython.Py_ssize_t
    sharers: cython.int
    is_sure: cython.int
    weight: cython.double
    letters: cython.double
    ahead: cython.double
    behind: cython.double
    n: cython.Py_ssize_t
    scale: cython.double = params[14] / params[6]

    for g in range(n_groups):
        for lead in range(1, n_lanes[g]):
            if prior[g * 16 + lead] > prior[g * 16 + leads[g + 1]]:
                leads[g + 1] = lead
        gap[g] = _gap(prior, g * 16, n_lanes[g], leads[g + 1])
    # by the flags of a word, and whether it is the first of a block or sentence; numbers have none
    for flags in range(8):
        weights[8 + flags] = _weight((flags & 3) << 2, flags >> 2, params[8], params[9])
    while b0 < b1:
        # some blocks at a time: what is looked up for many words at once need not wait for each
        last = b0 + 1
        while last < b1 and (last + 1 - b0) * n_groups <= 64 and block_word[last + 1] <= block_word[b0] + 256:
            last += 1
        for w0 in range(block_word[b0], block_word[last], 64):
            w1 = w0 + 64 if w0 + 64 < block_word[last] else block_word[last]
            for w in range(w0, w1):
                places[w - w0] = word_row[w] * 16 + leads[script_group[word_script[w]]]
            for w in range(w0, w1):
                steps[w] = margins[places[w - w0]]
        n_open = 0
        for b in range(b0, last):
            w0 = block_word[b]
            w1 = block_word[b + 1]
            for g in range(n_groups):
                mass[g] = 0.0
                margin[g] = 0.0
                loss[g] = 0.0
                ends[g] = 0
            now = 0
            letters = 0.0
            ahead = 0.0
            behind = 0.0
            first = 128
            for w in range(w0, w1):
                g = script_group[word_script[w]]
                if g != now + 1 and g != 0:
                    # another script: put the sums away, and take up those of its group
                    mass[now] = letters
                    margin[now] = ahead
                    loss[now] = behind
                    now = g - 1
                    letters = mass[now]
                    ahead = margin[now]
                    behind = loss[now]
                flags = word_flags[w]
                if flags & 128 and g != 0 and letters > 0.0:
                    ends[now] = 1
                weight = weights[(8 if g != 0 else 0) + ((flags | first) >> 5 & 4) + (flags >> 2 & 3)]
                first = 0
                letters += (word_end[w] - word_start[w]) * weight
                step = steps[w]
                ahead += weight * step
                behind -= weight * _behind(step)
            mass[now] = letters
            margin[now] = ahead
            loss[now] = behind
            for g in range(n_groups):
                at = b * n_groups + g
                lead = leads[g + 1]
                block_mass[at] = mass[g]
                block_margin[at] = margin[g] * scale
                block_loss[at] = loss[g] * scale
                block_lead[at] = cython.cast(cython.uchar, lead)
                # no branches: none could be foreseen
                is_sure = 1 if margin[g] * scale + gap[g] > 9.001 else 0
                block_state[at] = cython.cast(cython.uchar, ends[g] | is_sure << 4)
                counts[g * 16 + lead] += mass[g] if is_sure else 0.0
                open_block[n_open] = b
                open_group[n_open] = g
                n_open += 1 - is_sure if mass[g] > 0.0 else 0
        for n in range(n_open):
            b = open_block[n]
            g = open_group[n]
            _sum_lanes(
                word_row, margins, word_script, word_flags, script_group, params, g, n_lanes[g],
                block_word[b], block_word[b + 1], totals, own, (b * n_groups + g) * 16,
            )  # fmt: skip
        for n in range(n_open):
            g = open_group[n]
            at = open_block[n] * n_groups + g
            lead, sharers = _share_out(totals, own, at * 16, prior, counts, g * 16, n_lanes[g], block_mass[at])
            block_lead[at] = cython.cast(cython.uchar, lead)
            if sharers == 1 and lead != leads[g + 1]:
                leads[g + 1] = lead
                gap[g] = _gap(prior, g * 16, n_lanes[g], lead)
        b0 = last
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _by_script(
    scanned: Scanned, facts: Facts, word_lang: cython.uchar[::1], w0: cython.Py_ssize_t, w1: cython.Py_ssize_t
) -> cython.int:
    """Languages of the words whose script alone decides; how many have one."""
    w: cython.Py_ssize_t
    script: cython.uint
    kana: cython.int = 0
    found: cython.int = 0
    for w in range(w0, w1):
        script = scanned.word_script[w]
        if script == 11 or script == 12:
            kana = 1
    for w in range(w0, w1):
        script = scanned.word_script[w]
        if script == 10 and kana:
            script = 11  # a block with kana is Japanese
        if facts.script_group[scanned.word_script[w]] == 0:
            word_lang[w] = facts.script_lang[script]
            if script == 4 and scanned.word_end[w] - scanned.word_start[w] == 1:
                word_lang[w] = 0  # a Greek letter alone is a sign of mathematics
            if word_lang[w] != 0:
                found += 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _best_stretches(
    word_row: cython.const[cython.int][::1],
    margins: cython.const[cython.short][::1],
    word_script: cython.const[cython.uchar][::1],
    word_flags: cython.const[cython.ushort][::1],
    script_group: cython.const[cython.uchar][::1],
    params: cython.const[cython.float][::1],
    g: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
    lead: cython.Py_ssize_t,
    w0: cython.Py_ssize_t,
    w1: cython.Py_ssize_t,
    peaks: cython.float[::1],
    at: cython.Py_ssize_t,
) -> cython.int:
    """Set `peaks[at : at + 16]` to the largest sum, over a stretch of words, of each lane's lead over
    `lead`.
    """
    run: cython.float[16]
    peak: cython.float[16]
    run = [0.0] * 16
    peak = [0.0] * 16
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    weight: cython.float
    led: cython.int
    value: cython.float
    width: cython.Py_ssize_t = (lanes + 7) >> 3 << 3
    scale: cython.float = params[14] / params[6]
    title: cython.float = params[8]
    upper: cython.float = params[9]
    for w in range(w0, w1):
        if script_group[word_script[w]] != g + 1:
            continue
        weight = scale * _weight(word_flags[w], w == w0, title, upper)
        row = word_row[w] * 16
        led = _behind(margins[row + lead])
        for lane in range(width):
            value = run[lane] + weight * (_behind(margins[row + lane]) - led)
            value = value if value > 0.0 else 0.0
            run[lane] = value
            peak[lane] = value if value > peak[lane] else peak[lane]
    for lane in range(16):
        peaks[at + lane] = peak[lane]
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _viterbi(
    word_row: cython.const[cython.int][::1],
    margins: cython.const[cython.short][::1],
    word_script: cython.const[cython.uchar][::1],
    word_flags: cython.const[cython.ushort][::1],
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    script_group: cython.const[cython.uchar][::1],
    params: cython.const[cython.float][::1],
    g: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
    w0: cython.Py_ssize_t,
    w1: cython.Py_ssize_t,
    work: cython.float[::1],
    back: cython.uint[::1],
    best_lane: cython.uchar[::1],
    lane_of: cython.uchar[::1],
    own: cython.float[::1],
    at: cython.Py_ssize_t,
    discount: cython.double,
) -> cython.int:
    """The best sequence of lanes over the words of group `g` in a block; 0 when it never switches, else 1 and one more for
    every switch inside a sentence.

    `work[:16]` holds the log shares of the lanes; `own[at : at + 16]` receives the letters of each lane.
    """
    w: cython.Py_ssize_t
    first: cython.Py_ssize_t = -1
    prev: cython.Py_ssize_t = -1
    lane: cython.Py_ssize_t
    cur: cython.Py_ssize_t = 0
    row: cython.Py_ssize_t
    bits: cython.uint
    one: cython.uint = 1
    flags: cython.uint
    weight: cython.float
    top: cython.double
    cost: cython.double
    value: cython.double
    mixed: cython.int = 0
    scale: cython.float = params[14] / params[6]
    title: cython.float = params[8]
    upper: cython.float = params[9]
    at_word: cython.double = params[10] - discount
    at_comma: cython.double = params[11] - discount
    at_end: cython.double = params[12]
    for lane in range(lanes):
        work[16 + lane] = work[lane]
    for w in range(w0, w1):
        if script_group[word_script[w]] != g + 1:
            continue
        flags = word_flags[w]
        weight = scale * _weight(flags, w == w0, title, upper)
        row = word_row[w] * 16
        if prev < 0:
            first = w
        else:
            top = work[16]
            cur = 0
            for lane in range(1, lanes):
                if work[16 + lane] > top:
                    top = work[16 + lane]
                    cur = lane
            best_lane[w] = cython.cast(cython.uchar, cur)
            cost = top - _switch_cost(flags, prev != w - 1, at_word, at_comma, at_end)
            bits = 0
            for lane in range(lanes):
                value = cost + work[lane]
                if value > work[16 + lane]:
                    work[16 + lane] = value
                    bits = bits | (one << lane)
            back[w] = bits
        for lane in range(lanes):
            work[16 + lane] += weight * _behind(margins[row + lane])
        prev = w
    top = work[16]
    cur = 0
    for lane in range(1, lanes):
        if work[16 + lane] > top:
            top = work[16 + lane]
            cur = lane
    w = prev
    while w >= first:
        if script_group[word_script[w]] == g + 1:
            lane_of[w] = cython.cast(cython.uchar, cur)
            own[at + cur] += (word_end[w] - word_start[w]) * _weight(word_flags[w], w == w0, title, upper)
            if w > first and (back[w] >> cur) & 1:
                cur = best_lane[w]
                if mixed == 0:
                    mixed = 1
                if word_flags[w] & 128 == 0:
                    mixed += 1
        w -= 1
    return mixed


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _score(
    sums: cython.float[::1],
    at: cython.Py_ssize_t,
    shares: cython.float[::1],
    at_share: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
    lead: cython.Py_ssize_t,
    scale: cython.double,
) -> cython.double:
    """Probability of lane `lead` for a stretch of words whose lanes sum to `sums[at : at + 16]`."""
    total: cython.double = 1.0
    top: cython.double = cython.cast(cython.double, sums[at + lead]) + shares[at_share + lead]
    value: cython.double
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        if lane != lead:
            value = scale * (cython.cast(cython.double, sums[at + lane]) + shares[at_share + lane] - top)
            if value > -9.0:
                total += exp(value if value < 12.0 else 12.0)
    return 1.0 / total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _score_runs(
    word_row: cython.const[cython.int][::1],
    margins: cython.const[cython.short][::1],
    word_script: cython.const[cython.uchar][::1],
    word_flags: cython.const[cython.ushort][::1],
    script_group: cython.const[cython.uchar][::1],
    lane_lang: cython.const[cython.uchar][::1],
    params: cython.const[cython.float][::1],
    g: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
    w0: cython.Py_ssize_t,
    w1: cython.Py_ssize_t,
    work: cython.float[::1],
    at_share: cython.Py_ssize_t,
    lane_of: cython.const[cython.uchar][::1],
    score_of: cython.float[::1],
    word_lang: cython.uchar[::1],
) -> cython.int:
    """Language and score of the words of group `g` in a block that switches: run by run."""
    start: cython.Py_ssize_t = w0
    w: cython.Py_ssize_t
    v: cython.Py_ssize_t
    end: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    row: cython.Py_ssize_t
    weight: cython.float
    score: cython.double
    while start < w1:
        if script_group[word_script[start]] != g + 1:
            start += 1
            continue
        lead = lane_of[start]
        for lane in range(16):
            work[lane] = 0.0
        w = start
        end = start
        while w < w1:
            if script_group[word_script[w]] == g + 1:
                if lane_of[w] != lead:
                    break
                weight = params[14] / params[6] * _weight(word_flags[w], w == w0, params[8], params[9])
                row = word_row[w] * 16
                for lane in range(16):
                    work[lane] += weight * _behind(margins[row + lane])
                end = w
            w += 1
        score = _score(work, 0, work, at_share, lanes, lead, params[16])
        for v in range(start, end + 1):
            if script_group[word_script[v]] == g + 1:
                word_lang[v] = lane_lang[g * 16 + lead]
                score_of[v] = score
        start = end + 1
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle(
    word_row: cython.const[cython.int][::1],
    margins: cython.const[cython.short][::1],
    word_script: cython.const[cython.uchar][::1],
    word_flags: cython.const[cython.ushort][::1],
    word_start: cython.const[cython.int][::1],
    word_end: cython.const[cython.int][::1],
    block_word: cython.const[cython.int][::1],
    script_group: cython.const[cython.uchar][::1],
    n_lanes: cython.const[cython.int][::1],
    prior: cython.const[cython.float][::1],
    spread: cython.const[cython.double][::1],
    params: cython.const[cython.float][::1],
    b0: cython.Py_ssize_t,
    b1: cython.Py_ssize_t,
    totals: cython.float[::1],
    peaks: cython.float[::1],
    own: cython.float[::1],
    block_margin: cython.const[cython.float][::1],
    block_loss: cython.const[cython.float][::1],
    block_mass: cython.const[cython.float][::1],
    block_lead: cython.uchar[::1],
    block_state: cython.uchar[::1],
    back: cython.uint[::1],
    best_lane: cython.uchar[::1],
    work: cython.float[::1],
    counts: cython.double[::1],
    lane_of: cython.uchar[::1],
) -> cython.int:
    """Settle the languages of a document's blocks under its mix; 1 when a block switches inside a script.

    `counts` holds the letters of every lane in the document, behind them those found now, and last how much less
    a switch costs than at first.
    """
    n_groups: cython.Py_ssize_t = n_lanes.shape[0]
    b: cython.Py_ssize_t
    g: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    first: cython.Py_ssize_t
    lanes: cython.Py_ssize_t
    at: cython.Py_ssize_t
    cell: cython.Py_ssize_t
    base: cython.Py_ssize_t
    top: cython.double
    low: cython.double
    second: cython.double
    value: cython.double
    least: cython.double
    total: cython.double
    pseudo: cython.double = params[13]
    unsure: cython.double = params[15]
    mixed: cython.int = 0
    switches: cython.int
    found: cython.double = 0.0
    discount: cython.double = counts[32 * n_groups]
    open_: cython.int
    sure: cython.int
    loss: cython.double
    rival: cython.double
    safe: cython.double = 9.0 / params[16]
    first_share: cython.Py_ssize_t[8]
    rivals: cython.double[16]
    first_share = [0] * 8
    rivals = [0.0] * 16
    safe = (safe if safe > unsure else unsure) + 0.001
    # the least price of a switch, and where a sentence ends inside the block
    prices: cython.double[2]
    prices = [0.0] * 2
    prices[0] = (params[10] if params[10] < params[11] else params[11]) - discount
    prices[1] = params[12] if params[12] < prices[0] else prices[0]
    for g in range(n_groups):
        base = g * 16
        total = 0.0
        for lane in range(n_lanes[g]):
            total += counts[base + lane]
            counts[16 * n_groups + base + lane] = 0.0
        for lane in range(n_lanes[g]):
            work[64 + base + lane] = _log_share(
                counts[base + lane], total, prior[base + lane], spread[base + lane], pseudo
            )
            if work[64 + base + lane] > work[64 + base + first_share[g]]:
                first_share[g] = lane
        # the largest share, and the largest of another lane
        rivals[g] = work[64 + base + first_share[g]]
        rivals[8 + g] = rivals[g] - _gap(work, 64 + base, n_lanes[g], first_share[g])
    for b in range(b0, b1):
        for g in range(n_groups):
            cell = b * n_groups + g
            if block_mass[cell] == 0.0:
                continue
            lanes = n_lanes[g]
            at = cell * 16
            base = g * 16
            if block_state[cell] & 16:
                lead = block_lead[cell]
                rival = rivals[g] if lead != first_share[g] else rivals[8 + g]
                if block_margin[cell] + work[64 + base + lead] - rival <= safe:
                    _sum_lanes(
                        word_row, margins, word_script, word_flags, script_group, params,
                        g, lanes, block_word[b], block_word[b + 1], totals, own, at,
                    )  # fmt: skip
                    own[at + lead] = block_mass[cell]
                    block_state[cell] = block_state[cell] & 15
            least = prices[block_state[cell] & 1]
            total = 0.0
            if block_state[cell] & 16:
                loss = block_loss[cell]
                if loss <= least - 0.001:
                    # no other language can win, on the whole or on a stretch
                    block_state[cell] = block_state[cell] & 21 | 8
                    counts[16 * n_groups + base + lead] += block_mass[cell]
                    continue
                first = lead
                sure = 8
            else:
                top = -1e30
                second = -1e30
                lead = 0
                for lane in range(lanes):
                    work[lane] = work[64 + base + lane]
                    value = cython.cast(cython.double, totals[at + lane]) + work[lane]
                    low = value if value < top else top
                    second = low if low > second else second
                    lead = lane if value > top else lead
                    top = value if value > top else top
                first = lead
                # no other language has a share in the score: bit 8
                sure = 0 if params[16] * (second - top) > -9.0 else 8
                if top - second < unsure:
                    # a near thing: what the rest of the document says, without this block
                    total = 0.0
                    for lane in range(lanes):
                        total += counts[base + lane] - own[at + lane]
                    work[first] = _log_share(
                        counts[base + first] - own[at + first], total, prior[base + first], spread[base + first], pseudo
                    )
                    top = cython.cast(cython.double, totals[at + first]) + work[first]
                    for lane in range(lanes):
                        if lane == first:
                            continue
                        work[lane] = 1.0
                        if totals[at + lane] < top - 0.001:
                            continue  # a log share is at most 0: it cannot win, and its share is seldom asked for
                        work[lane] = _log_share(
                            counts[base + lane] - own[at + lane], total, prior[base + lane], spread[base + lane], pseudo
                        )
                        value = cython.cast(cython.double, totals[at + lane]) + work[lane]
                        if value > top or (value == top and lane < lead):
                            top = value
                            lead = lane
                if lead != block_lead[cell]:
                    block_lead[cell] = cython.cast(cython.uchar, lead)
                    block_state[cell] = block_state[cell] & 1
                loss = -totals[at + lead]
            # can another language win on a stretch? the best stretch of every lane, against its least price
            # evidence is at most 0 in every lane: no stretch can gain more than the leading language lost on all words
            value = 0.0
            if loss > least - 0.001:
                value = -1e30
                for lane in range(lanes):
                    if block_state[cell] & 16:
                        work[lane] = work[64 + base + lane]
                    if lane != lead and work[lane] > value:
                        value = work[lane] if work[lane] < 0.0 else 0.0
            open_ = 0
            if loss > least - value:
                if block_state[cell] & 4 == 0:
                    _best_stretches(
                        word_row, margins, word_script, word_flags, script_group, params,
                        g, lanes, lead, block_word[b], block_word[b + 1], peaks, at,
                    )  # fmt: skip
                for lane in range(lanes):
                    if lane == lead or peaks[at + lane] <= least - 0.001:
                        continue
                    if work[lane] == 1.0:
                        work[lane] = _log_share(
                            counts[base + lane] - own[at + lane], total, prior[base + lane], spread[base + lane], pseudo
                        )
                    if peaks[at + lane] > least - work[lane]:
                        open_ = 1
                block_state[cell] = block_state[cell] & 17 | 4
            block_state[cell] = block_state[cell] & 21 | (sure if lead == first else 0)
            switches = 0
            if open_:
                if block_state[cell] & 16:
                    _sum_lanes(
                        word_row, margins, word_script, word_flags, script_group, params,
                        g, lanes, block_word[b], block_word[b + 1], totals, own, at,
                    )  # fmt: skip
                    block_state[cell] = block_state[cell] & 15
                for lane in range(lanes):
                    if work[lane] == 1.0:
                        work[lane] = _log_share(
                            counts[base + lane] - own[at + lane], total, prior[base + lane], spread[base + lane], pseudo
                        )
                for lane in range(16):
                    own[at + lane] = 0.0
                switches = _viterbi(
                    word_row, margins, word_script, word_flags, word_start, word_end, script_group, params,
                    g, lanes, block_word[b], block_word[b + 1], work, back, best_lane, lane_of, own, at, discount,
                )  # fmt: skip
            if switches > 0:
                found += switches - 1
                mixed = 1
                block_state[cell] = block_state[cell] | 2
                for lane in range(lanes):
                    counts[16 * n_groups + base + lane] += own[at + lane]
            else:
                if block_state[cell] & 16 == 0:
                    for lane in range(16):
                        own[at + lane] = 0.0
                    own[at + lead] = block_mass[cell]
                counts[16 * n_groups + base + lead] += block_mass[cell]
    # where languages change inside sentences often, a switch costs less: for the next reading of the document
    counts[32 * n_groups] = params[7] * found / (block_word[b1] - block_word[b0] + 1)
    if counts[32 * n_groups] > params[17]:
        counts[32 * n_groups] = params[17]
    return mixed


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bind(
    scanned: Scanned,
    facts: Facts,
    spans: Found,
    word_lang: cython.const[cython.uchar][::1],
    score_of: cython.const[cython.float][::1],
    b: cython.Py_ssize_t,
    k: cython.Py_ssize_t,
) -> cython.Py_ssize_t:
    """Cut block `b` into spans, `k` the first of them; the one after the last.

    Neutral characters go with the span before them, at the start of a block with the one after; an opening
    bracket or quotation mark that encloses a new language goes with it.
    """
    w: cython.Py_ssize_t
    w0: cython.Py_ssize_t
    w1: cython.Py_ssize_t
    i: cython.Py_ssize_t
    at: cython.Py_ssize_t
    depth: cython.Py_ssize_t
    bottom: cython.Py_ssize_t
    gap: cython.Py_ssize_t
    quotes: cython.Py_ssize_t
    lang: cython.int
    kind: cython.uint
    page: cython.Py_ssize_t
    before: cython.uint
    after: cython.uint
    code: cython.uint
    opens: cython.int
    switches: cython.int
    weight: cython.double
    weights: cython.double
    score: cython.double
    w0 = scanned.block_word[b]
    w1 = scanned.block_word[b + 1]
    lang = -1
    switches = 0
    weights = 0.0
    score = 0.0
    for w in range(w0, w1):
        if word_lang[w] != lang:
            if word_lang[w] == 0:
                continue
            if lang >= 0:
                switches = 1
                break
            lang = word_lang[w]
            spans.script[k] = scanned.word_script[w]
        weight = scanned.word_end[w] - scanned.word_start[w]
        weights += weight
        score += weight * score_of[w]
    spans.start[k] = scanned.block_start[b]
    spans.block[k] = cython.cast(cython.int, b)
    spans.lang[k] = cython.cast(cython.uchar, lang if lang > 0 else 0)
    if lang < 0:
        spans.script[k] = scanned.word_script[w0] if w0 < w1 else 0
        spans.score[k] = 1.0
    if not switches:
        if lang >= 0:
            spans.score[k] = score / weights
        spans.end[k] = scanned.block_end[b]
        return k + 1
    # ---- walk the gaps: brackets and quotation marks decide where a new span begins
    lang = -1
    quotes = 0
    depth = 0
    bottom = -1
    weights = 0.0
    score = 0.0
    i = scanned.block_start[b]
    for w in range(w0, w1):
        gap = scanned.word_start[w]
        while i < gap:
            code = scanned.codes[i]
            page = facts.pages[code >> 8]
            kind = cython.cast(cython.uint, facts.cells[page * 256 + (code & 255)] & 15)
            opens = 0
            if kind == 10:
                opens = 1
            elif kind == 11:
                opens = -1
            elif kind == 12 or kind == 5:
                before = 6
                if i > scanned.block_start[b]:
                    code = scanned.codes[i - 1]
                    page = facts.pages[code >> 8]
                    before = cython.cast(cython.uint, facts.cells[page * 256 + (code & 255)] & 15)
                code = scanned.codes[i + 1]
                page = facts.pages[code >> 8]
                after = cython.cast(cython.uint, facts.cells[page * 256 + (code & 255)] & 15)
                if (before == 6 or before == 7 or before == 10) and after != 6 and after != 7:
                    opens = 1
                elif after == 6 or after == 7 or after == 8 or after == 9 or after == 11:
                    # a mark between two spaces is a sign of its own, but for the spaced « of French
                    # style
                    opens = -1
                    if (before == 6 or before == 7) and scanned.codes[i] == 171:
                        opens = 1
                elif kind == 12:
                    opens = -1 if quotes > 0 else 1
                if opens > 0:
                    quotes += 1
                elif opens < 0 and quotes > 0:
                    quotes -= 1
            if opens > 0:
                if depth == 0:
                    bottom = i
                depth += 1
            elif opens < 0 and depth > 0:
                depth -= 1
            i += 1
        i = scanned.word_end[w]
        if word_lang[w] == 0:
            continue
        if lang >= 0 and word_lang[w] != lang:
            at = gap
            if depth > 0:
                at = bottom
            spans.score[k] = score / weights
            spans.start[k + 1] = cython.cast(cython.int, at)
            at -= 1
            while at > spans.start[k]:
                code = scanned.codes[at]
                page = facts.pages[code >> 8]
                kind = cython.cast(cython.uint, facts.cells[page * 256 + (code & 255)] & 15)
                if kind != 6 and kind != 7:
                    break
                at -= 1
            spans.end[k] = cython.cast(cython.int, at + 1)
            k += 1
            spans.block[k] = cython.cast(cython.int, b)
            spans.lang[k] = word_lang[w]
            spans.script[k] = scanned.word_script[w]
            weights = 0.0
            score = 0.0
        lang = word_lang[w]
        weight = scanned.word_end[w] - scanned.word_start[w]
        weights += weight
        score += weight * score_of[w]
        depth = 0
        bottom = -1
    spans.score[k] = score / weights
    spans.end[k] = scanned.block_end[b]
    return k + 1


def decode(
    scanned: Scanned,
    facts: Facts,
    memo: Memo,
    room: WordRoom,
    cells: Cells,
    spans: Found,
) -> int:
    """Languages of all words and spans, document by document; the number of spans.

    A block is decided by the sum of its words and the document's mix; where another language could win on
    part of it, the best sequence of languages is found (Viterbi), with a price for each switch. When blocks
    turn out to be mixed, all are settled once more under the mix found.

    Work space: `memo.work` 64 floats and 16 per group; `memo.counts` 32 per group and one.
    """
    work: cython.float[::1] = memo.work
    counts: cython.double[::1] = memo.counts
    word_lang: cython.uchar[::1] = spans.word_lang
    block_span: cython.int[::1] = spans.block_span
    word_start: cython.const[cython.int][::1] = scanned.word_start
    word_end: cython.const[cython.int][::1] = scanned.word_end
    word_script: cython.const[cython.uchar][::1] = scanned.word_script
    word_flags: cython.const[cython.ushort][::1] = scanned.word_flags
    block_word: cython.const[cython.int][::1] = scanned.block_word
    block_doc: cython.const[cython.int][::1] = scanned.block_doc
    script_group: cython.const[cython.uchar][::1] = facts.script_group
    n_lanes: cython.const[cython.int][::1] = facts.n_lanes
    lane_lang: cython.const[cython.uchar][::1] = facts.lane_lang
    prior: cython.const[cython.float][::1] = facts.prior
    spread: cython.const[cython.double][::1] = facts.spread
    params: cython.const[cython.float][::1] = facts.params
    totals: cython.float[::1] = cells.totals
    peaks: cython.float[::1] = cells.peaks
    own: cython.float[::1] = cells.own
    block_margin: cython.float[::1] = cells.margin
    block_loss: cython.float[::1] = cells.loss
    block_mass: cython.float[::1] = cells.block_mass
    block_lead: cython.uchar[::1] = cells.block_lead
    block_state: cython.uchar[::1] = cells.block_state
    word_row: cython.const[cython.int][::1] = room.row
    margins: cython.const[cython.short][::1] = memo.margins
    score_of: cython.float[::1] = room.score
    steps: cython.short[::1] = room.steps
    span_start: cython.int[::1] = spans.start
    span_end: cython.int[::1] = spans.end
    span_block: cython.int[::1] = spans.block
    span_lang: cython.uchar[::1] = spans.lang
    span_script: cython.uchar[::1] = spans.script
    span_score: cython.float[::1] = spans.score
    block_start: cython.const[cython.int][::1] = scanned.block_start
    block_end: cython.const[cython.int][::1] = scanned.block_end
    back: cython.uint[::1] = room.back
    best_lane: cython.uchar[::1] = room.best
    lane_of: cython.uchar[::1] = room.lane
    n_groups: cython.Py_ssize_t = n_lanes.shape[0]
    b0: cython.Py_ssize_t = 0
    b1: cython.Py_ssize_t
    n_blocks: cython.Py_ssize_t = scanned.n_blocks
    b: cython.Py_ssize_t
    g: cython.Py_ssize_t
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    cell: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    w0: cython.Py_ssize_t
    w1: cython.Py_ssize_t
    k: cython.Py_ssize_t = 0
    group: cython.Py_ssize_t
    parts: cython.int
    _round: cython.int
    others: cython.uint
    # of every group in a block; before them, those of words that belong to none
    scores: cython.float[9]
    langs: cython.uchar[9]
    scores = [1.0] * 9
    langs = [0] * 9

    with cython.nogil:
        while b0 < n_blocks:
            b1 = b0 + 1
            while b1 < n_blocks and block_doc[b1] == block_doc[b0]:
                b1 += 1
            for lane in range(32 * n_groups + 1):
                counts[lane] = 0.0
            _read(
                word_row, steps, margins, word_script, word_flags, word_start, word_end, block_word, script_group,
                n_lanes, prior, params, b0, b1, totals, own, block_margin, block_loss,
                block_mass, block_lead, block_state, counts,
            )  # fmt: skip
            for _round in range(2):
                if (
                    _settle(
                        word_row, margins, word_script, word_flags, word_start, word_end, block_word,
                        script_group, n_lanes, prior, spread, params, b0, b1, totals, peaks,
                        own, block_margin, block_loss, block_mass, block_lead, block_state, back, best_lane, work, counts, lane_of,
                    )
                    == 0
                ):  # fmt: skip
                    break
                for lane in range(16 * n_groups):
                    counts[lane] = counts[16 * n_groups + lane]
            for b in range(b0, b1):
                block_span[b] = cython.cast(cython.int, k)
                w0 = block_word[b]
                w1 = block_word[b + 1]
                parts = 0
                group = 0
                for g in range(n_groups):
                    cell = b * n_groups + g
                    if block_mass[cell] == 0.0:
                        continue
                    lead = block_lead[cell]
                    langs[g + 1] = lane_lang[g * 16 + lead]
                    scores[g + 1] = 1.0
                    if block_state[cell] & 8 == 0:
                        scores[g + 1] = _score(totals, cell * 16, work, 64 + g * 16, n_lanes[g], lead, params[16])
                    parts += 2 if block_state[cell] & 2 else 1
                    group = g + 1
                others = 0
                for w in range(w0, w1):
                    g = script_group[word_script[w]]
                    word_lang[w] = langs[g]
                    others |= word_script[w] & ((g > 0) - 1)
                if others != 0 and _by_script(scanned, facts, word_lang, w0, w1) > 0:
                    parts = 2
                if parts < 2:
                    # words of one language, and perhaps numbers: its score is theirs
                    span_start[k] = block_start[b]
                    span_end[k] = block_end[b]
                    span_block[k] = cython.cast(cython.int, b)
                    w = w0
                    while parts > 0 and script_group[word_script[w]] != group:
                        w += 1
                    span_lang[k] = langs[group]
                    span_script[k] = word_script[w] if w < w1 else 0
                    span_score[k] = scores[group]
                    k += 1
                    continue
                for w in range(w0, w1):
                    score_of[w] = scores[script_group[word_script[w]]]
                for g in range(n_groups):
                    if block_mass[b * n_groups + g] != 0.0 and block_state[b * n_groups + g] & 2:
                        _score_runs(
                            word_row, margins, word_script, word_flags, script_group, lane_lang, params,
                            g, n_lanes[g], w0, w1, work, 64 + g * 16, lane_of, score_of, word_lang,
                        )  # fmt: skip
                k = _bind(scanned, facts, spans, word_lang, score_of, b, k)
            b0 = b1
        block_span[n_blocks] = cython.cast(cython.int, k)
    return k
