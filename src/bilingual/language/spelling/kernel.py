# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The letters of a word -> how likely each language of its script writes it.

A word is spelled as langdetect reads it. A language that lists it gives its share of running words there; for the others its
letters and the exact sum over its letter sequences have to do. Each language of a script is a lane, of LANES at most.

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
        ABSENT,
        IN_ARABIC,
        IN_PERSIAN,
        LANES,
        LEAST_PART,
        LETTERS,
        PARAM_BASE_COST,
        PARAM_BORROWED,
        PARAM_COMMON,
        PARAM_COMPOUND,
        PARAM_DIGIT_COST,
        PARAM_FOREIGN,
        PARAM_LETTER_CAP,
        PARAM_LETTER_COST,
        PARAM_SHARE,
        PARAM_STRICT,
        ROW_COSTS,
        ROW_KINDS,
        ROW_LISTED,
        ROW_PARTS,
        ROWS_END,
    )
    from cython.cimports.bilingual.text.classes import ARAB, FOLD_DROP, FOLD_EXPANSION
    from cython.cimports.bilingual.text.hashes import first_hash, hash_step, last_hash
else:
    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.text.classes import *  # noqa: F403
    from bilingual.text.hashes import first_hash, hash_step, last_hash

COMPILED = cython.compiled


@cython.cclass
class Facts:
    """What is known of scripts and languages: the code point tables, `tables.Tables` and the constants of the decoder."""

    def __init__(self, *columns: Any, gram_shift: int) -> None:
        (
            self.pages,
            self.cells,
            self.expansions,
            self.script_group,
            self.script_lang,
            self.n_lanes,
            self.n_whole,
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
            self.mixed_lanes,
            self.near_lanes,
            self.kin_lanes,
            self.joins,
            self.name_keys,
            self.name_lane,
            self.name_bits,
            self.powers,
            self.params,
        ) = columns
        self.gram_shift = gram_shift


@cython.cclass
class Scanned:
    """The columns of a scan, see `scan.Scan`; they may have room for more than `n_words` and `n_blocks`."""

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
class Spelling:
    """A word while it is weighed: its letters as langdetect reads them, `n` with a blank at both ends, and what was counted
    of them; 0 for `is_sound` where digits are not letters and for `is_hex` where a letter is beyond f, 1 for `is_lengthened`
    where a letter stands more than twice in a row, the last such `lengthened`; `kinds` of letters in it, see
    `_kind_of_letter`.

    The first row of `vector`, of LANES lanes as those behind it, is for the evidence, ROW_COSTS what its letters cost,
    ROW_LISTED what a listed word gives, ROW_PARTS the sum of that over the parts of the word, ROW_KINDS what letters of these
    kinds cost.
    """

    def __init__(self, letters: Any, vector: Any) -> None:
        self.letters = letters
        self.vector = vector


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
    """Add the row of one letter sequence of up to three code points to `vector[base:base + LANES]`."""
    key: cython.ulonglong = a | (b << 21) | (c << 42)
    bucket: cython.Py_ssize_t = cython.cast(cython.Py_ssize_t, ((key * prime) & mask) >> gram_shift)
    at: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    for at in range(gram_bucket[bucket], gram_bucket[bucket + 1]):
        if gram_keys[at] == key:
            for lane in range(LANES):
                vector[base + lane] += gram_rows[at * LANES + lane]
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
    """The exact sum over the 1- to 3-grams of `letters[:n]`, which begins and ends with a blank."""
    i: cython.Py_ssize_t
    a: cython.uint
    b: cython.uint
    c: cython.uint
    for i in range(1, n):
        c = letters[i]
        b = letters[i - 1]
        if c == ord(" ") and b == ord(" "):
            continue
        if c != ord(" "):
            _add_gram(c, 0, 0, gram_bucket, gram_keys, gram_rows, gram_shift, base, vector, prime, mask)
        _add_gram(b, c, 0, gram_bucket, gram_keys, gram_rows, gram_shift, base, vector, prime, mask)
        if i > 1 and b != ord(" "):
            a = letters[i - 2]
            _add_gram(a, b, c, gram_bucket, gram_keys, gram_rows, gram_shift, base, vector, prime, mask)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _borrow(facts: Facts, word: Spelling, group: cython.Py_ssize_t, listed: cython.uint) -> cython.void:
    """Give a word that lanes `listed`, a bit for each, to the lanes near one of them that do not list it; a function word
    would be on their own lists."""
    lane: cython.Py_ssize_t
    near: cython.Py_ssize_t
    for lane in range(LANES):
        near = facts.near_lanes[group * LANES + lane]
        if near == lane or (listed >> lane) & 1 or (listed >> near) & 1 == 0:
            continue
        if word.vector[ROW_LISTED + near] < -facts.params[PARAM_COMMON]:
            word.vector[ROW_LISTED + lane] = word.vector[ROW_LISTED + near] - facts.params[PARAM_BORROWED]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _listed(
    facts: Facts, word: Spelling, hashed: cython.ulonglong, group: cython.Py_ssize_t
) -> cython.int:
    """Set ROW_LISTED to the log share of a word in the lanes that list it; their number."""
    low: cython.ulonglong = 4294967295
    key: cython.uint = cython.cast(cython.uint, hashed & low)
    bucket: cython.Py_ssize_t = key >> 16
    at: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    found: cython.int = 0
    listed: cython.uint = 0
    one: cython.uint = 1
    for at in range(facts.word_bucket[bucket], facts.word_bucket[bucket + 1]):
        if facts.word_keys[at] == key:
            lane = facts.word_lane[at]
            if lane // LANES == group:
                word.vector[ROW_LISTED + (lane % LANES)] = -facts.word_weight[at] * 0.06666666666666667
                listed |= one << (lane % LANES)
                found += 1
    if found > 0:
        _borrow(facts, word, group, listed)
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _folded(facts: Facts, code: cython.uint) -> cython.uint:
    """The search fold of a code point: itself, another, FOLD_DROP, or, from FOLD_EXPANSION on, the place of an
    expansion."""
    cell: cython.Py_ssize_t = facts.pages[code >> 8]
    folded: cython.uint = cython.cast(cython.uint, facts.cells[cell * 256 + (code & 255)] >> 32)
    return folded if folded != 0 else code


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _spell(word: Spelling, letter: cython.uint) -> cython.void:
    """Write one letter more."""
    word.letters[word.n] = letter
    word.n += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _spell_digit(facts: Facts, word: Spelling, digit: cython.uint) -> cython.void:
    """Write a digit; only single ones that some language writes for letters are sound."""
    word.n_digits += 1
    if word.after_digit or facts.digit_lanes[digit - ord("0")] == 0:
        word.is_sound = False
    word.after_digit = True
    _spell(word, digit)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_letter_costs(facts: Facts, word: Spelling, code: cython.uint, row: cython.Py_ssize_t) -> cython.void:
    """Add what a letter or vowel sign costs in every lane to the row of `vector` that begins at `row`."""
    lane: cython.Py_ssize_t
    if code < LETTERS:
        for lane in range(LANES):
            word.vector[row + lane] += facts.letter_rows[code * LANES + lane]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _kind_of_letter(code: cython.uint) -> cython.uint:
    """IN_PERSIAN for the yeh and kaf of Persian keyboards, IN_ARABIC for those of Arabic ones and for the teh that only these
    have; 0 for all others."""
    if code == ord("\N{ARABIC LETTER FARSI YEH}") or code == ord("\N{ARABIC LETTER KEHEH}"):
        return IN_PERSIAN
    if (
        code == ord("\N{ARABIC LETTER YEH}")
        or code == ord("\N{ARABIC LETTER KAF}")
        or code == ord("\N{ARABIC LETTER TEH MARBUTA}")
    ):
        return IN_ARABIC
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lengthens(word: Spelling, code: cython.uint, folded: cython.uint) -> cython.bint:
    """Whether a letter stands there only for its length, three times or more in a row: all but the first are left out."""
    last: cython.uint = word.letters[word.n - 1]
    if word.lengthened != 0 and (folded == word.lengthened or code == word.lengthened):
        return True
    word.lengthened = 0
    if word.n < 3 or word.letters[word.n - 2] != last or (last != folded and last != code):
        return False
    word.n -= 1
    word.n_letters -= 1
    word.lengthened = last
    word.is_lengthened = True
    return True


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_vowel(code: cython.uint) -> cython.bint:
    """Whether a small letter is a vowel of Latin script without a mark."""
    return (
        code == ord("a")
        or code == ord("e")
        or code == ord("i")
        or code == ord("o")
        or code == ord("u")
        or code == ord("y")
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _spell_letter(
    facts: Facts, word: Spelling, code: cython.uint, folded: cython.uint, is_arabic: cython.bint
) -> cython.void:
    """Write a letter, or the letters that it stands for, and add what it costs in every lane to ROW_COSTS."""
    x: cython.Py_ssize_t
    n_x: cython.Py_ssize_t
    kind: cython.uint = _kind_of_letter(code)
    is_expanded: cython.bint = folded >= FOLD_EXPANSION
    word.after_digit = False
    word.n_letters += 1
    if _is_vowel(folded):
        word.n_vowels += 1
    if folded > ord("f"):
        word.is_hex = False
    if code >= LETTERS and not is_expanded and not is_arabic:
        # capitals as small letters: words of one search fold share a row, but for Arabic ones
        code = folded
    _add_letter_costs(facts, word, code, ROW_COSTS)
    if kind != 0:
        word.kinds |= kind
        _add_letter_costs(facts, word, code, ROW_KINDS)
    if is_expanded:
        x = folded - FOLD_EXPANSION
        n_x = facts.expansions[x]
        while n_x > 0 and word.n < 62:
            x += 1
            n_x -= 1
            _spell(word, facts.expansions[x])
        return
    if code < 0x600:
        _spell(word, folded)
    else:
        # Arabic letters and those behind them as written, but for the yeh of Persian, which langdetect reads as the other
        _spell(word, code if code != ord("\N{ARABIC LETTER FARSI YEH}") else ord("\N{ARABIC LETTER YEH}"))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _drop_digits(word: Spelling) -> cython.void:
    """Digits that are not letters: the word is read without them."""
    i: cython.Py_ssize_t
    n: cython.Py_ssize_t = 1
    word.is_sound = False
    for i in range(1, word.n):
        if word.letters[i] < ord("0") or word.letters[i] > ord("9"):
            word.letters[n] = word.letters[i]
            n += 1
    word.n = n


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _stands_for_ae(scanned: Scanned, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
    """Whether heh and a non-joiner begin at `i`, before `end`: so ە is typed on a keyboard without it."""
    if i + 1 >= end or scanned.codes[i] != ord("\N{ARABIC LETTER HEH}"):
        return False
    return scanned.codes[i + 1] == ord("\N{ZERO WIDTH NON-JOINER}")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def spell_word(
    scanned: Scanned, facts: Facts, word: Spelling, w: cython.Py_ssize_t, is_typed: cython.bint
) -> cython.void:
    """Write the letters of a word as langdetect reads them, blank at both ends; apostrophes and joiners become blanks.

    Where it `is_typed` on a keyboard without ە, heh and a non-joiner stand for that letter.
    """
    end: cython.Py_ssize_t = scanned.word_end[w]
    i: cython.Py_ssize_t
    code: cython.uint
    folded: cython.uint
    is_arabic: cython.bint = scanned.word_script[w] == ARAB
    for i in range(ROWS_END):
        word.vector[i] = 0.0
    word.n = word.n_letters = word.n_digits = word.n_vowels = 0
    word.n_parts = 1
    word.kinds = 0
    word.is_sound = True
    word.is_hex = True
    word.is_lengthened = False
    word.lengthened = 0
    word.after_digit = False
    _spell(word, ord(" "))
    for i in range(scanned.word_start[w], end):
        code = scanned.codes[i]
        if is_typed:
            if i > scanned.word_start[w] and _stands_for_ae(scanned, i - 1, end):
                continue
            if _stands_for_ae(scanned, i, end):
                code = ord("\N{ARABIC LETTER AE}")
        folded = _folded(facts, code)
        if folded == FOLD_DROP and code != ord("\N{ZERO WIDTH NON-JOINER}"):
            # dropped by the fold: a mark or a tatweel, that costs nothing in a word whose row does not tell that it has one
            if is_arabic:
                _add_letter_costs(facts, word, code, ROW_COSTS)
            continue
        if word.n > 60:
            break
        if folded == ord("'") or folded == FOLD_DROP:
            # between two parts; NUL is the place of the non-joiner's costs
            if folded == FOLD_DROP and is_arabic:
                _add_letter_costs(facts, word, 0, ROW_COSTS)
            if word.letters[word.n - 1] != ord(" ") and i + 1 < end:
                _spell(word, ord(" "))
                word.n_parts += 1
        elif ord("0") <= folded <= ord("9"):
            _spell_digit(facts, word, folded)
        elif not _lengthens(word, code, folded):
            _spell_letter(facts, word, code, folded, is_arabic)
    if word.n_digits > 0 and (not word.is_sound or word.n_letters < 2 or (word.n_vowels == 0 and word.n_letters < 4)):
        _drop_digits(word)
    _spell(word, ord(" "))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh_letters(facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.void:
    """How likely each language writes a word that it does not list, letter by letter, from the sums of letter sequences."""
    best: cython.double = -1e30
    value: cython.double
    share: cython.double = facts.params[PARAM_SHARE]
    letter_cost: cython.double = facts.params[PARAM_LETTER_COST]
    letter_cap: cython.double = facts.params[PARAM_LETTER_CAP]
    digit_cost: cython.double = facts.params[PARAM_DIGIT_COST]
    base_cost: cython.double = facts.params[PARAM_BASE_COST]
    unseen: cython.double = -base_cost - letter_cost * word.n_letters
    lane: cython.Py_ssize_t
    near: cython.Py_ssize_t
    for lane in range(lanes):
        near = facts.near_lanes[group * LANES + lane]
        if word.vector[near] > word.vector[lane]:
            word.vector[lane] = word.vector[near]
        if word.vector[lane] > best:
            best = word.vector[lane]
    for lane in range(lanes):
        value = word.vector[ROW_COSTS + lane]
        if value < -letter_cap:
            value = -letter_cap
        word.vector[ROW_COSTS + lane] = value
        word.vector[lane] = facts.unlisted[group * LANES + lane] + unseen + share * (word.vector[lane] - best) + value
        if word.n_digits > 0 and (not word.is_sound) == (facts.digit_lanes[LANES + group * LANES + lane] == 1):
            word.vector[lane] -= digit_cost
        word.vector[ROW_LISTED + lane] = ABSENT
        word.vector[ROW_PARTS + lane] = 0.0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hash_part(facts: Facts, word: Spelling, start: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.ulonglong:
    """The hash of the letters start..stop, as that of a word of a scan."""
    h: cython.ulonglong = first_hash()
    i: cython.Py_ssize_t
    folded: cython.uint
    for i in range(start, stop):
        folded = _folded(facts, word.letters[i])
        if folded >= FOLD_EXPANSION:
            folded = word.letters[i]
        h = hash_step(h, folded)
    return last_hash(h)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh_parts(facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.int:
    """Parts joined by an apostrophe or a joiner: set ROW_PARTS to the sum of what is listed; how often one is."""
    base_cost: cython.double = facts.params[PARAM_BASE_COST]
    letter_cost: cython.double = facts.params[PARAM_LETTER_COST]
    start: cython.Py_ssize_t = 1
    i: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    found: cython.int = 0
    for i in range(1, word.n):
        if word.letters[i] != ord(" "):
            continue
        if i > start:
            for lane in range(lanes):
                word.vector[ROW_LISTED + lane] = facts.unlisted[group * LANES + lane] - base_cost - letter_cost * (i - start)
            found += _listed(facts, word, _hash_part(facts, word, start, i), group)
            for lane in range(lanes):
                word.vector[ROW_PARTS + lane] += word.vector[ROW_LISTED + lane]
        start = i + 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_up_part(
    facts: Facts, word: Spelling, hashed: cython.ulonglong, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t
) -> cython.int:
    """Set ROW_LISTED to the log share of a part of a word, ABSENT in the lanes that do not list it; how many do."""
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        word.vector[ROW_LISTED + lane] = ABSENT
    return _listed(facts, word, hashed, group)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_second(
    facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t, start: cython.Py_ssize_t,
    first: cython.p_float,
) -> cython.void:  # fmt: skip
    """Let ROW_PARTS have the word as one of two, the `first` of these log shares, the second from letter `start` on, in the lanes
    of languages with compounds where that is likelier."""
    value: cython.float
    lane: cython.Py_ssize_t
    if word.n - 1 - start < LEAST_PART:
        return
    if _look_up_part(facts, word, _hash_part(facts, word, start, word.n - 1), group, lanes) == 0:
        return
    for lane in range(lanes):
        if first[lane] != ABSENT and word.vector[ROW_LISTED + lane] != ABSENT and (facts.joins[group] >> lane) & 1:
            value = first[lane] + word.vector[ROW_LISTED + lane] + facts.params[PARAM_COMPOUND]
            if value > word.vector[ROW_PARTS + lane]:
                word.vector[ROW_PARTS + lane] = value


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh_compound(facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.void:
    """Set ROW_PARTS to the log share of a word that may be two listed ones, with an s between them or none, written as one
    (`Weizenmehl`, `Arbeitsplatz`); ABSENT where no language of compounds has both."""
    first: cython.float[LANES]
    first = [0.0] * 16  # LANES: the compiler takes a list only with a number
    hashed: cython.ulonglong = first_hash()
    folded: cython.uint
    i: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        word.vector[ROW_PARTS + lane] = ABSENT
    for i in range(1, word.n - 1 - LEAST_PART):
        folded = _folded(facts, word.letters[i])
        hashed = hash_step(hashed, word.letters[i] if folded >= FOLD_EXPANSION else folded)
        if i < LEAST_PART or _look_up_part(facts, word, last_hash(hashed), group, lanes) == 0:
            continue
        for lane in range(lanes):
            first[lane] = word.vector[ROW_LISTED + lane]
        _add_second(facts, word, group, lanes, i + 1, first)
        if word.letters[i + 1] == ord("s"):
            _add_second(facts, word, group, lanes, i + 2, first)
    for lane in range(lanes):
        word.vector[ROW_LISTED + lane] = ABSENT


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _prefer(word: Spelling, row: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.void:
    """Take the listed words of a row of `vector`, with the cost of their letters, in the lanes where that is likelier."""
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        if word.vector[row + lane] != ABSENT and word.vector[row + lane] + word.vector[ROW_COSTS + lane] > word.vector[lane]:
            word.vector[lane] = word.vector[row + lane] + word.vector[ROW_COSTS + lane]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def main_lane(facts: Facts, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The lane of the main language of a script."""
    lane: cython.Py_ssize_t
    main: cython.Py_ssize_t = 0
    for lane in range(1, lanes):
        if facts.prior[LANES * group + lane] > facts.prior[LANES * group + main]:
            main = lane
    return main


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_numbered(
    facts: Facts, word: Spelling, hashed: cython.ulonglong, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t
) -> cython.bint:
    """Whether a word that no list has is one of the main language with a number behind it: `room5`, `step2`; not with the 7
    that so many Arabic words end with."""
    last: cython.uint = word.letters[word.n - 2]
    lane: cython.Py_ssize_t
    if word.n < 6 or last < ord("0") or last > ord("9") or last == ord("7"):
        return False
    for lane in range(lanes):
        word.vector[ROW_LISTED + lane] = ABSENT
    if _listed(facts, word, hashed, group) > 0:
        return False
    _listed(facts, word, _hash_part(facts, word, 1, word.n - 2), group)
    for lane in range(lanes):
        if facts.digit_lanes[LANES + group * LANES + lane] and word.vector[ROW_LISTED + lane] != ABSENT:
            return False
    return word.vector[ROW_LISTED + main_lane(facts, group, lanes)] != ABSENT


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _weigh_borrowed(facts: Facts, word: Spelling, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t) -> cython.void:
    """A word that only others list costs a language that mixes with them: whoever writes it has changed to one of them."""
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        if facts.mixed_lanes[group * LANES + lane] and word.vector[ROW_LISTED + lane] == ABSENT:
            word.vector[lane] -= facts.params[PARAM_FOREIGN]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _ends_twice(word: Spelling) -> cython.bint:
    """Whether the last letter of a word stands there twice, as where it is lengthened a little (`thankk youu`, `kteerr`)."""
    last: cython.uint = word.letters[word.n - 2]
    return word.n > 5 and word.letters[word.n - 3] == last and last != ord(" ")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def weigh_spelling(
    facts: Facts, word: Spelling, hashed: cython.ulonglong, group: cython.Py_ssize_t, lanes: cython.Py_ssize_t
) -> cython.int:
    """Set the first row to how likely each language writes the letters of `word`, as a listed word of this hash, as listed
    parts or letter by letter; how many lanes list it."""
    mask: cython.ulonglong = 18446744073709551615
    prime: cython.ulonglong = 11400714819323198485
    found: cython.int
    if word.n_digits == 1 and word.is_sound and _is_numbered(facts, word, hashed, group, lanes):
        _drop_digits(word)
        hashed = _hash_part(facts, word, 1, word.n - 1)
    _add_grams(
        word.letters, word.n, facts.gram_bucket, facts.gram_keys, facts.gram_rows, facts.gram_shift, 0, word.vector,
        prime, mask,
    )  # fmt: skip
    _weigh_letters(facts, word, group, lanes)
    if word.is_lengthened:
        hashed = _hash_part(facts, word, 1, word.n - 1)
    found = _listed(facts, word, hashed, group)
    if found == 0 and _ends_twice(word):
        found = _listed(facts, word, _hash_part(facts, word, 1, word.n - 2), group)
    if found > 0:
        _weigh_borrowed(facts, word, group, lanes)
    _prefer(word, ROW_LISTED, lanes)
    if found == 0 and word.n_parts > 1:
        found = _weigh_parts(facts, word, group, lanes)
        if found > 0:
            _prefer(word, ROW_PARTS, lanes)
    elif found == 0 and word.n > 2 * LEAST_PART + 1 and word.n_digits == 0 and facts.joins[group] != 0:
        _weigh_compound(facts, word, group, lanes)
        _prefer(word, ROW_PARTS, lanes)
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def weigh_typed(
    scanned: Scanned,
    facts: Facts,
    word: Spelling,
    w: cython.Py_ssize_t,
    group: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
) -> cython.void:
    """Languages with ە may have the word typed without it: each takes the likelier of the two spellings."""
    row: cython.float[LANES]
    row = [0.0] * 16  # LANES: the compiler takes a list only with a number
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        row[lane] = word.vector[lane]
    spell_word(scanned, facts, word, w, True)
    weigh_spelling(facts, word, _hash_part(facts, word, 1, word.n - 1), group, lanes)
    for lane in range(lanes):
        if facts.letter_rows[ord("\N{ARABIC LETTER AE}") * LANES + lane] < 0.0 or word.vector[lane] < row[lane]:
            word.vector[lane] = row[lane]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_kinds(facts: Facts, word: Spelling, lanes: cython.Py_ssize_t) -> cython.void:
    """Add to the first row what letters of the kinds that a text tells apart cost there besides."""
    least: cython.float = -facts.params[PARAM_LETTER_CAP]
    more: cython.float = facts.params[PARAM_STRICT]
    value: cython.float
    lane: cython.Py_ssize_t
    for lane in range(lanes):
        value = word.vector[ROW_COSTS + lane] + more * word.vector[ROW_KINDS + lane]
        word.vector[lane] += (value if value > least else least) - word.vector[ROW_COSTS + lane]


def gram_sums(
    letters: cython.uint[::1],
    n: cython.Py_ssize_t,
    gram_bucket: cython.const[cython.int][::1],
    gram_keys: cython.const[cython.ulonglong][::1],
    gram_rows: cython.const[cython.float][::1],
    gram_shift: cython.int,
    vector: cython.float[::1],
) -> None:
    """Add to `vector[:LANES]` the exact sum over the letter sequences of `letters[:n]` (blanks at both ends)."""
    mask: cython.ulonglong = 18446744073709551615
    prime: cython.ulonglong = 11400714819323198485
    _add_grams(letters, n, gram_bucket, gram_keys, gram_rows, gram_shift, 0, vector, prime, mask)
