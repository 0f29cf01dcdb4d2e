# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Words -> rows of evidence, remembered by word.

A row holds LANES log likelihoods, one per language of the word's script (a lane). Rows are looked up many at once, so that the
look-ups wait for memory together; only a word that no row is known of is weighed, by `spelling`.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.language.constants import (
        IN_ARABIC,
        IN_PERSIAN,
        LANES,
        MARKED,
        MARKED_WORDS,
        MAY_BE_MANY,
        MAY_BE_PART,
        NEAR_WORDS,
        PARAM_CAP,
        PARAM_CODE,
        PARAM_INITIAL,
        PARAM_LENT,
        PARAM_MARKED,
        PARAM_NAME_CAP,
        PARAM_PARTIAL,
        PARAM_STEPS,
        PARAM_VERSION,
        PARTIAL,
        PERSIAN,
        ROW_COSTS,
        ROW_LISTED,
        SAYS_MANY,
        SAYS_PART,
        STRANGE_COST,
        STRETCH,
        STRETCH_BITS,
    )
    from cython.cimports.bilingual.language.spelling.kernel import (
        Facts,
        Scanned,
        Spelling,
        add_kinds,
        main_lane,
        spell_word,
        weigh_spelling,
        weigh_typed,
    )
    from cython.cimports.bilingual.text.classes import (
        ARAB,
        LATN,
        NO_WORD,
        OF_CODE,
        WORD_AFTER_EDGE,
        WORD_AFTER_END,
        WORD_TITLE,
        WORD_UPPER,
        WORD_WRITTEN,
    )
    from cython.cimports.bilingual.text.memory import fetch
    from cython.cimports.libc.math import floor
else:
    from math import floor

    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.spelling.kernel import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Memo:
    """Evidence rows of the words seen so far: LANES items each; row 0 is all zeros, for words without evidence.

    A slot is the number of a row in its low 25 bits, MARKED, PARTIAL, PERSIAN and the high bits of the word's key, which `keys`
    hold by row; `kinds` holds IN_PERSIAN or IN_ARABIC where its letters are of one kind, then the next row is of the same word,
    see `respell`, and SAYS_PART and SAYS_MANY.
    `margins` say of every lane of a row by how many steps of parameter `steps` it is ahead of the best other lane, or, below 0,
    behind the best. `used` rows are in use.

    The rest is work space. `spelling`: of a word. Of the lanes of all groups, in a document: `counts` of letters, those `found`
    while it is settled, and log `shares`. Of those of one group: `block_shares`, the log shares that a block is judged by, and
    `sums` over some of its words.
    """

    def __init__(self, *columns: Any) -> None:
        (
            self.slots,
            self.keys,
            self.kinds,
            self.margins,
            letters,
            vector,
            self.counts,
            self.found,
            self.shares,
            self.block_shares,
            self.sums,
        ) = columns
        self.spelling = Spelling(letters, vector)
        self.used = 1


@cython.cclass
class WordRoom:
    """Work space of the decoder, one item per word; `row` is the evidence row, `steps` the margin of one lane; `best` says
    before it which stretches have words with letters of Persian keyboards or say much for a part of a language or for one that
    stands for many; `lane` before it whether the document that a word begins may be in one of these, see `respell`."""

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
def _greatest(word: Spelling, lanes: cython.Py_ssize_t) -> cython.double:
    """The greatest item of the first row of `vector`."""
    best: cython.double = -1e30
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        if word.vector[lane] > best:
            best = word.vector[lane]
    return best


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _write_margins(
    facts: Facts,
    memo: Memo,
    word: Spelling,
    lanes: cython.Py_ssize_t,
    row: cython.Py_ssize_t,
    says: cython.bint,
    found: cython.int,
    whole: cython.Py_ssize_t,
) -> cython.bint:
    """Write the first row of `vector` as evidence row `row`; all lanes alike where the word `says` nothing; `found` lanes
    list it. Whether it says much for a part of a language, a lane from `whole` on."""
    cap: cython.double = facts.params[PARAM_CAP if found > 0 else PARAM_NAME_CAP]
    steps: cython.double = facts.params[PARAM_STEPS]
    least: cython.double = -facts.params[PARAM_NAME_CAP] * steps
    best: cython.double = _greatest(word, lanes)
    top: cython.double = -1e30
    second: cython.double = -1e30
    known: cython.double = -1e30
    low: cython.double
    value: cython.double
    lane: cython.Py_ssize_t
    lead: cython.Py_ssize_t = 0
    for lane in range(LANES):
        value = -cap
        if lane < lanes:
            value = word.vector[lane] - best if says else 0.0
            if value < -cap:
                value = -cap
        # in steps of a power of two: sums of rows are exact in 32 bits, in any order and in both forms
        value = floor(value * steps + 0.5)
        memo.margins[row * LANES + lane] = cython.cast(cython.short, value)
        if lane < lanes:
            low = value if value < top else top
            second = low if low > second else second
            lead = lane if value > top else lead
            top = value if value > top else top
            known = value if lane < whole and value > known else known
    # ahead by no more than a name is: who sums margins does not look which are; a lane alone has no other to lead
    if second < least:
        second = least
    memo.margins[row * LANES + lead] = cython.cast(cython.short, top - second)
    return top - known >= facts.params[PARAM_PARTIAL] * steps


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _says_for_many(
    facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t, found: cython.int
) -> cython.bint:
    """Whether the first row says much for a language that stands for many and lists the word, as one of the `found`, not as one
    of dummy text, or, where none is found, has letters that no other language has (`gəldi`); two letters of ASCII may be a code
    (`ar`)."""
    lane: cython.Py_ssize_t
    other: cython.Py_ssize_t
    many: cython.Py_ssize_t = -1
    for lane in range(lanes):
        if facts.kin_lanes[LANES * group + lane] != 0:
            many = lane
    if many < 0 or (found > 0 and word.vector[ROW_LISTED + many] < -facts.params[PARAM_MARKED]):
        return False
    if found == 0 and word.vector[ROW_COSTS + many] < 0.0:
        return False
    if word.n_letters < 3 and word.letters[1] < 128 and word.letters[2] < 128:
        return False
    for other in range(lanes):
        if other == many:
            continue
        if word.vector[many] - word.vector[other] < facts.params[PARAM_PARTIAL]:
            return False
        if found == 0 and word.vector[ROW_COSTS + other] > -STRANGE_COST:
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _spell_code(facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.void:
    """Set the first row to what a word of code says: a little for the main language of its script."""
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        word.vector[lane] = 0.0
    word.vector[main_lane(facts, group, lanes)] = facts.params[PARAM_CODE]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _spell_initial(facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.void:
    """Let a letter that stands alone say little more for any language than for the main one, consonants nothing, but for those
    that people mix with others: `w` is Arabizi."""
    lane: cython.Py_ssize_t
    most: cython.double = word.vector[main_lane(facts, group, lanes)]
    if word.n == 3 and (word.n_vowels > 0 or word.letters[1] == ord("w") or word.letters[1] == ord("z")):
        most += facts.params[PARAM_INITIAL]
    for lane in range(lanes):
        if word.vector[lane] > most and not facts.mixed_lanes[LANES * group + lane]:
            word.vector[lane] = most


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_consonants(word: Spelling) -> cython.bint:
    """Whether a word without vowels is one of consonants without a mark, as codes are (`MPN`); w is a vowel in Welsh."""
    i: cython.Py_ssize_t
    for i in range(1, word.n - 1):
        if word.letters[i] < ord("b") or word.letters[i] > ord("z") or word.letters[i] == ord("w"):
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_version(word: Spelling) -> cython.bint:
    """Whether a word with digits has letters that those who write digits for letters do not need, or more digits than they
    use: bzip2, t5s8k2n9, 2ax."""
    i: cython.Py_ssize_t
    if word.n_digits > 3:
        return True
    for i in range(1, word.n):
        if word.letters[i] == ord("p") or word.letters[i] == ord("v"):
            return True
        if word.letters[i] == ord("x") and word.n_letters < 3:
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _spell_version(facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.void:
    """A digit at the end of a word that no list has may be of a version: boto3."""
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        if facts.digit_lanes[LANES + group * LANES + lane] == 1:
            word.vector[lane] -= facts.params[PARAM_VERSION]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh(
    scanned: Scanned,
    facts: Facts,
    memo: Memo,
    word: Spelling,
    w: cython.Py_ssize_t,
    written: cython.uint,
    group: cython.Py_ssize_t,
    row: cython.Py_ssize_t,
) -> cython.uint:
    """Write the evidence row of a new word: how likely each language writes it; for one with letters of one kind, the next
    row too, see `respell`. Its bits in `kinds`."""
    lanes: cython.Py_ssize_t = facts.n_lanes[group]
    whole: cython.Py_ssize_t = facts.n_whole[group]
    kinds: cython.uint
    found: cython.int
    says: cython.bint
    spell_word(scanned, facts, word, w, False)
    found = weigh_spelling(facts, word, scanned.word_hash[w], group, lanes)
    # 15kA, 70dB, d8ad: a number with a unit or to base 16 is of no language, nor is one letter many times
    says = word.n_digits == 0 or found > 0 or (word.is_sound and not word.is_hex and not _is_version(word))
    if word.n_digits == 1 and found == 0 and word.letters[word.n - 2] <= ord("9"):
        _spell_version(facts, word, group, lanes)
    says = says and not (word.is_lengthened and word.n_letters == 1)
    if scanned.word_script[w] == LATN and (written == NO_WORD or written == OF_CODE):
        says = written == OF_CODE
        _spell_code(facts, word, group, lanes)
    elif word.n_digits == 0 and (
        word.letters[1] < 128 if word.n == 3 else found == 0 and word.n_vowels == 0 and _is_consonants(word)
    ):
        _spell_initial(facts, word, group, lanes)
    if scanned.word_flags[w] & WORD_WRITTEN and scanned.word_script[w] == ARAB:
        weigh_typed(scanned, facts, word, w, group, lanes)
    kinds = SAYS_PART if _write_margins(facts, memo, word, lanes, row, says, found, whole) else 0
    if says and _says_for_many(facts, word, group, lanes, found):
        kinds |= SAYS_MANY
    if word.kinds == IN_PERSIAN or word.kinds == IN_ARABIC:
        kinds |= word.kinds
        add_kinds(facts, word, lanes)
        _write_margins(facts, memo, word, lanes, row + 1, says, found, whole)
    return kinds


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _group_of(scanned: Scanned, facts: Facts, w: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The group of a word's script, from 1 on; 0 for none."""
    return facts.script_group[scanned.word_script[w]]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _find_slot(slots: cython.ulonglong[::1], key: cython.ulonglong) -> cython.Py_ssize_t:
    """Where the row of `key` is, or the free slot where it would stand."""
    mask: cython.ulonglong = cython.cast(cython.ulonglong, slots.shape[0]) - 1
    row_mask: cython.ulonglong = (1 << 28) - 1
    at: cython.ulonglong = key & mask
    while slots[at] != 0 and (slots[at] ^ key) > row_mask:
        at = (at + 1) & mask
    return cython.cast(cython.Py_ssize_t, at)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _slot_of(memo: Memo, row: cython.Py_ssize_t) -> cython.ulonglong:
    """What the slot of a row holds."""
    row_mask: cython.ulonglong = (1 << 28) - 1
    kind: cython.ulonglong = PERSIAN if memo.kinds[row] & IN_PERSIAN else 0
    if memo.kinds[row] & SAYS_PART:
        kind |= PARTIAL
    if memo.kinds[row] & SAYS_MANY:
        kind |= MARKED
    return (memo.keys[row] & ~row_mask) | kind | cython.cast(cython.ulonglong, row)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _kinds_seen(slots: cython.ulonglong) -> cython.uchar:
    """IN_PERSIAN where one of the `slots` is PERSIAN, SAYS_PART where one is PARTIAL, SAYS_MANY where one is MARKED."""
    kinds: cython.uint = (IN_PERSIAN if slots & PERSIAN else 0) | (SAYS_PART if slots & PARTIAL else 0)
    return cython.cast(cython.uchar, kinds | (SAYS_MANY if slots & MARKED else 0))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh_missed(
    scanned: Scanned,
    words: Written,
    facts: Facts,
    memo: Memo,
    room: WordRoom,
    w: cython.Py_ssize_t,
    key: cython.ulonglong,
) -> cython.bint:
    """Give a word that its first look did not find its row, a new one where there is none; False when the memo is full.

    A word with letters of one kind has two rows, see `respell`.
    """
    place_mask: cython.ulonglong = MARKED - 1
    group: cython.Py_ssize_t = _group_of(scanned, facts, w) - 1
    kinds: cython.uint
    slot: cython.Py_ssize_t = _find_slot(memo.slots, key)
    if memo.slots[slot] == 0:
        if memo.used + 1 >= memo.keys.shape[0]:
            return False
        kinds = _weigh(scanned, facts, memo, memo.spelling, w, words.hash[w], group, memo.used)
        memo.keys[memo.used] = key
        memo.kinds[memo.used] = cython.cast(cython.uchar, kinds)
        memo.slots[slot] = _slot_of(memo, memo.used)
        memo.used += 1
        if kinds & (IN_PERSIAN | IN_ARABIC):
            memo.keys[memo.used] = key
            memo.used += 1
    room.best[w >> STRETCH_BITS] |= _kinds_seen(memo.slots[slot])
    room.row[w] = cython.cast(cython.int, memo.slots[slot] & place_mask)
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _key_words(
    scanned: Scanned,
    words: Written,
    facts: Facts,
    memo: Memo,
    w0: cython.Py_ssize_t,
    w1: cython.Py_ssize_t,
    keys: cython.p_ulonglong,
    base: cython.Py_ssize_t,
) -> cython.void:
    """The keys of the words w0..w1, a stretch at most, into `keys` from `base` on; their slots are asked for."""
    mask: cython.ulonglong = 18446744073709551615
    high: cython.ulonglong = 9223372036854775808
    prime: cython.ulonglong = 11400714819323198485
    slot_mask: cython.ulonglong = cython.cast(cython.ulonglong, memo.slots.shape[0]) - 1
    w: cython.Py_ssize_t
    group: cython.Py_ssize_t
    key: cython.ulonglong
    for w in range(w0, w1):
        # the search fold hides letters that tell Persian from Arabic, and the dot of Turkish İ: both hashes are
        # the key; its highest bit is set, as that of no empty slot is
        key = scanned.word_hash[w] ^ (cython.cast(cython.ulonglong, words.hash[w]) << 32)
        group = _group_of(scanned, facts, w)
        key = _spread(key ^ cython.cast(cython.ulonglong, group), prime, mask) | high
        keys[base + w - w0] = key
        if cython.compiled:
            fetch(cython.address(memo.slots[cython.cast(cython.Py_ssize_t, key & slot_mask)]))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_up(
    scanned: Scanned,
    facts: Facts,
    memo: Memo,
    room: WordRoom,
    w0: cython.Py_ssize_t,
    w1: cython.Py_ssize_t,
    keys: cython.p_ulonglong,
    base: cython.Py_ssize_t,
    misses: cython.p_Py_ssize_t,
) -> cython.Py_ssize_t:
    """Rows of the words w0..w1, a stretch at most, whose first look finds them; which are `misses`; their number. Their `keys`
    begin at `base`."""
    row_mask: cython.ulonglong = (1 << 28) - 1
    slot_mask: cython.ulonglong = cython.cast(cython.ulonglong, memo.slots.shape[0]) - 1
    place_mask: cython.ulonglong = MARKED - 1
    seen: cython.ulonglong = 0
    missed: cython.Py_ssize_t = 0
    w: cython.Py_ssize_t
    group: cython.Py_ssize_t
    key: cython.ulonglong
    found: cython.ulonglong[STRETCH]
    if not cython.compiled:
        found = [0] * STRETCH  # compiled, what the stack holds will do
    # the look-ups in a loop of their own: many on their way at once, as each may have to wait for memory
    for w in range(w1 - w0):
        found[w] = memo.slots[cython.cast(cython.Py_ssize_t, keys[base + w] & slot_mask)]
    for w in range(w0, w1):
        # no branch: none could be foreseen
        group = _group_of(scanned, facts, w)
        key = found[w - w0] & -cython.cast(cython.ulonglong, group > 0)
        seen |= key
        room.row[w] = cython.cast(cython.int, key & place_mask)
        misses[missed] = w
        missed += ((key ^ keys[base + w - w0]) > row_mask) & (group > 0)
    room.best[w0 >> STRETCH_BITS] |= _kinds_seen(seen)
    room.best[(w1 - 1) >> STRETCH_BITS] |= _kinds_seen(seen)
    return missed


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _stop_of(w: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the stretch of words from `w` on ends."""
    return w + STRETCH if w + STRETCH < n else n


def evidence(
    scanned: Scanned,
    words: Written,
    facts: Facts,
    memo: Memo,
    room: WordRoom,
    first: cython.Py_ssize_t,
) -> int:
    """Give every word from `first` on its evidence row; the first word that found the memo full, else n_words.

    The keys of each stretch are made before the one in front of it is looked up: its slots have come when they are asked.
    """
    n: cython.Py_ssize_t = scanned.n_words
    w: cython.Py_ssize_t = first
    stop: cython.Py_ssize_t
    m: cython.Py_ssize_t
    missed: cython.Py_ssize_t
    base: cython.Py_ssize_t = 0
    keys: cython.ulonglong[512]  # of two stretches
    misses: cython.Py_ssize_t[STRETCH]
    if not cython.compiled:
        keys, misses = [0] * 512, [0] * STRETCH  # compiled, what the stack holds will do
    with cython.nogil:
        if first == 0:
            for m in range((n + STRETCH - 1) >> STRETCH_BITS):
                room.best[m] = 0
        stop = _stop_of(w, n)
        _key_words(scanned, words, facts, memo, w, stop, keys, base)
        while w < n:
            _key_words(scanned, words, facts, memo, stop, _stop_of(stop, n), keys, STRETCH - base)
            missed = _look_up(scanned, facts, memo, room, w, stop, keys, base, misses)
            for m in range(missed):
                if not _weigh_missed(scanned, words, facts, memo, room, misses[m], keys[base + misses[m] - w]):
                    n = misses[m]
                    break
            w = stop
            stop = _stop_of(stop, n)
            base = STRETCH - base
    return n


def rehash(old: Memo, new: Memo) -> None:
    """Move the rows of a memo to a larger, empty one."""
    slots: cython.ulonglong[::1] = new.slots
    row: cython.Py_ssize_t
    i: cython.Py_ssize_t
    key: cython.ulonglong
    slot: cython.Py_ssize_t
    slot_mask: cython.ulonglong = cython.cast(cython.ulonglong, slots.shape[0]) - 1
    with cython.nogil:
        for row in range(1, old.used):
            key = old.keys[row]
            new.kinds[row] = old.kinds[row]
            new.keys[row] = key
            if key == old.keys[row - 1]:
                continue  # the second row of a word
            slot = cython.cast(cython.Py_ssize_t, key & slot_mask)
            while slots[slot] != 0:
                slot = cython.cast(cython.Py_ssize_t, cython.cast(cython.ulonglong, slot + 1) & slot_mask)
            slots[slot] = _slot_of(new, row)
        for i in range(LANES * old.used):
            new.margins[i] = old.margins[i]
    new.used = old.used


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _speaks_for_part(
    memo: Memo, room: WordRoom, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t
) -> cython.bint:
    """Whether two of NEAR_WORDS of the words w0..w1, or one where there are no more, say much for a part of a language."""
    last: cython.Py_ssize_t = w0 if w1 - w0 <= NEAR_WORDS else w0 - NEAR_WORDS - 1
    w: cython.Py_ssize_t = w0
    while w < w1:
        if room.best[w >> STRETCH_BITS] & SAYS_PART == 0:
            w = ((w >> STRETCH_BITS) + 1) * STRETCH
            continue
        if memo.kinds[room.row[w]] & SAYS_PART:
            if w - last <= NEAR_WORDS:
                return True
            last = w
        w += 1
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _speaks_for_many(
    scanned: Scanned, memo: Memo, room: WordRoom, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t
) -> cython.bint:
    """Whether two of the words w0..w1, one of at most NEAR_WORDS in Latin letters, and one in MARKED_WORDS of these say much
    for a language that stands for many: no capitalized ones, which may be names, and none right after a quotation mark or
    bracket, which a text may speak of (`the word "amb"`)."""
    w: cython.Py_ssize_t = w0
    words: cython.Py_ssize_t = 0
    marked: cython.Py_ssize_t = 0
    most: cython.Py_ssize_t
    while w < w1:
        if room.best[w >> STRETCH_BITS] & SAYS_MANY == 0:
            w = ((w >> STRETCH_BITS) + 1) * STRETCH
            continue
        if memo.kinds[room.row[w]] & SAYS_MANY and scanned.word_flags[w] & (WORD_TITLE | WORD_UPPER | WORD_AFTER_EDGE) == 0:
            marked += 1
        w += 1
    most = MARKED_WORDS * marked if marked > 1 else NEAR_WORDS * marked
    for w in range(w0, w1):
        words += scanned.word_script[w] == LATN
        if words > most:
            return False
    return words > 0


def respell(scanned: Scanned, memo: Memo, room: WordRoom) -> int:
    """A text that has letters of both kinds, see `Spelling`, tells them apart if most of its words with any are of
    the first: what it spells in the second is no Persian or Urdu. Its words take their rows for such texts. `lane` before its
    first word is MAY_BE_PART where `_speaks_for_part`, MAY_BE_MANY where `_speaks_for_many`; how many texts the latter is so
    of."""
    found: cython.Py_ssize_t = 0
    b: cython.Py_ssize_t = 0
    w: cython.Py_ssize_t
    w0: cython.Py_ssize_t
    w1: cython.Py_ssize_t
    kind: cython.uint
    seen: cython.uint
    persian: cython.Py_ssize_t
    arabic: cython.Py_ssize_t
    with cython.nogil:
        while b < scanned.n_blocks:
            w0 = scanned.block_word[b]
            b += 1
            while b < scanned.n_blocks and scanned.block_doc[b] == scanned.block_doc[b - 1]:
                b += 1
            w1 = scanned.block_word[b]
            if w0 == w1:
                continue
            seen = 0
            for w in range(w0 >> STRETCH_BITS, (w1 + STRETCH - 1) >> STRETCH_BITS):
                seen |= room.best[w]
            room.lane[w0] = 0
            if seen == 0:
                continue
            if seen & SAYS_PART and _speaks_for_part(memo, room, w0, w1):
                room.lane[w0] = MAY_BE_PART
            if seen & SAYS_MANY and _speaks_for_many(scanned, memo, room, w0, w1):
                room.lane[w0] |= MAY_BE_MANY
                found += 1
            persian = arabic = 0
            for w in range(w0, w1 if seen & IN_PERSIAN else w0):
                kind = memo.kinds[room.row[w]]
                persian += kind & IN_PERSIAN != 0
                arabic += kind & IN_ARABIC != 0
            if arabic == 0 or persian < arabic:
                continue
            for w in range(w0, w1):
                room.row[w] += (memo.kinds[room.row[w]] & (IN_PERSIAN | IN_ARABIC)) > 0
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _write_lent(facts: Facts, memo: Memo, group: cython.Py_ssize_t, row: cython.Py_ssize_t) -> cython.void:
    """Let the language of a group that stands for many have the word of a row as likely as the likeliest of its kin has it,
    but for `lent`."""
    least: cython.int = cython.cast(cython.int, floor(-facts.params[PARAM_LENT] * facts.params[PARAM_STEPS] + 0.5))
    lanes: cython.Py_ssize_t = facts.n_lanes[group]
    lead: cython.Py_ssize_t = 0
    lane: cython.Py_ssize_t
    kin: cython.Py_ssize_t
    best: cython.int
    value: cython.int
    for lane in range(lanes):
        if memo.margins[LANES * row + lane] > memo.margins[LANES * row + lead]:
            lead = lane
    for lane in range(lanes):
        if lane == lead or facts.kin_lanes[LANES * group + lane] == 0:
            continue
        best = memo.margins[LANES * row + lane] - least
        for kin in range(lanes):
            value = memo.margins[LANES * row + kin] if kin != lead else 0
            if (facts.kin_lanes[LANES * group + lane] >> kin) & 1 and value > best:
                best = value
        memo.margins[LANES * row + lane] = cython.cast(cython.short, best + least)
        if memo.margins[LANES * row + lead] > -best - least:
            memo.margins[LANES * row + lead] = cython.cast(cython.short, -best - least)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lend_word(
    facts: Facts, memo: Memo, room: WordRoom, w: cython.Py_ssize_t, group: cython.Py_ssize_t
) -> cython.bint:
    """Give a word its row in a text that is in a language near a known one, a new one where there is none; False when the
    memo is full."""
    other: cython.ulonglong = 6148914691236517205
    place_mask: cython.ulonglong = MARKED - 1
    row: cython.Py_ssize_t = room.row[w]
    lane: cython.Py_ssize_t
    key: cython.ulonglong = memo.keys[row] ^ other
    slot: cython.Py_ssize_t = _find_slot(memo.slots, key)
    if memo.slots[slot] == 0:
        if memo.used + 1 >= memo.keys.shape[0]:
            return False
        for lane in range(LANES):
            memo.margins[LANES * memo.used + lane] = memo.margins[LANES * row + lane]
        _write_lent(facts, memo, group, memo.used)
        memo.keys[memo.used] = key
        memo.kinds[memo.used] = 0
        memo.slots[slot] = _slot_of(memo, memo.used)
        memo.used += 1
    room.row[w] = cython.cast(cython.int, memo.slots[slot] & place_mask)
    return True


def lend(scanned: Scanned, facts: Facts, memo: Memo, room: WordRoom, first: cython.Py_ssize_t) -> int:
    """Give the words from `first` on of texts that `respell` found to speak for many their rows for such texts, but for
    capitalized ones that open no line or sentence, which may be names; the first word that found the memo full, else n_words."""
    n: cython.Py_ssize_t = scanned.n_words
    lends: cython.bint = False
    opens: cython.uint
    b: cython.Py_ssize_t
    w: cython.Py_ssize_t
    w0: cython.Py_ssize_t
    group: cython.Py_ssize_t
    with cython.nogil:
        for b in range(scanned.n_blocks):
            w0 = scanned.block_word[b]
            if b == 0 or scanned.block_doc[b] != scanned.block_doc[b - 1]:
                lends = w0 < scanned.n_words and room.lane[w0] & MAY_BE_MANY != 0
            if not lends:
                continue
            for w in range(w0 if w0 > first else first, scanned.block_word[b + 1]):
                group = _group_of(scanned, facts, w) - 1
                opens = WORD_AFTER_END if w == w0 else scanned.word_flags[w] & WORD_AFTER_END
                if scanned.word_script[w] != LATN or group < 0:
                    continue
                if scanned.word_flags[w] & (WORD_TITLE | WORD_UPPER) and opens == 0:
                    continue
                if not _lend_word(facts, memo, room, w, group):
                    n = w
                    break
            if n < scanned.n_words:
                break
    return n
