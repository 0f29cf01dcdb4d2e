# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Languages of blocks -> languages and scores of their words.

Words are of the language of their group in the block, or of the run that they are in where the block switches; those of a
script that decides alone are of its language. Then come the exceptions: menus of languages, names, signs of mathematics.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.language.constants import (
        ABSENT,
        IS_SURE,
        LANES,
        MOST_NAMES,
        NO_SHARE,
        PARAM_NAMES,
        PARAM_OWN_NAME,
        PARAM_SCORE_SCALE,
        SAYS_MANY,
        SWITCHES,
        TWO_WORDS,
    )
    from cython.cimports.bilingual.language.lanes.kernel import Decoder, is_ours, letters_of, sum_run, weight_of
    from cython.cimports.bilingual.language.marks.kernel import kind_of
    from cython.cimports.bilingual.language.reading.kernel import cell_of, take
    from cython.cimports.bilingual.language.spelling.kernel import Facts, Scanned, main_lane
    from cython.cimports.bilingual.text.classes import (
        GREK,
        HANI,
        HIRA,
        KANA,
        LATN,
        SPACE,
        WORD_TITLE,
        WORD_UPPER,
        WORD_URL,
    )
    from cython.cimports.bilingual.text.powers import power_of
else:
    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.lanes.kernel import *  # noqa: F403
    from bilingual.language.marks.kernel import *  # noqa: F403
    from bilingual.language.reading.kernel import *  # noqa: F403
    from bilingual.language.spelling.kernel import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403
    from bilingual.text.powers import power_of

COMPILED = cython.compiled


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _score(
    powers: cython.const[cython.double][::1],
    sums: cython.float[::1],
    at: cython.Py_ssize_t,
    shares: cython.float[::1],
    at_share: cython.Py_ssize_t,
    lanes: cython.Py_ssize_t,
    lead: cython.Py_ssize_t,
    scale: cython.double,
    langs: cython.const[cython.uchar][::1],
    base: cython.Py_ssize_t,
) -> cython.double:
    """Probability of the language of lane `lead` for a stretch of words whose lanes sum to `sums[at : at + LANES]`; `langs[base:]`
    are those of the lanes."""
    total: cython.double = 1.0
    top: cython.double = cython.cast(cython.double, sums[at + lead]) + shares[at_share + lead]
    value: cython.double
    lane: cython.Py_ssize_t
    n: cython.int = 0
    m: cython.int
    values: cython.double[17]  # LANES and one
    if not cython.compiled:
        values = [0.0] * 17  # compiled, what the stack holds will do
    # no branch: none could be foreseen
    for lane in range(lanes):
        value = scale * (cython.cast(cython.double, sums[at + lane]) + shares[at_share + lane] - top)
        values[n] = value
        n += (value > -NO_SHARE) & (langs[base + lane] != langs[base + lead])
    for m in range(n):
        total += power_of(powers, values[m] if values[m] < 12.0 else 12.0)
    return 1.0 / total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _score_runs(d: Decoder) -> cython.void:
    """Language and score of the words of a block that switches: run by run."""
    start: cython.Py_ssize_t = d.w0
    w: cython.Py_ssize_t
    end: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    score: cython.double
    while start < d.w1:
        if not is_ours(d, start):
            start += 1
            continue
        lead = d.words.lane[start]
        end = sum_run(d, start)
        score = _score(
            d.facts.powers, d.memo.sums, 0, d.memo.shares, d.base, d.lanes, lead, d.facts.params[PARAM_SCORE_SCALE],
            d.facts.lane_lang, d.base,
        )  # fmt: skip
        for w in range(start, end + 1):
            if is_ours(d, w):
                d.spans.word_lang[w] = d.facts.lane_lang[d.base + lead]
                d.words.score[w] = score
        start = end + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_groups(d: Decoder, b: cython.Py_ssize_t) -> cython.int:
    """Language and score of every group in block `b`, `named` the last of them; how many there are, one more for each that
    switches."""
    parts: cython.int = 0
    g: cython.Py_ssize_t
    cell: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    first: cython.Py_ssize_t = cell_of(d, b, 0)
    d.named = 0
    for g in range(d.n_groups):
        cell = first + g
        if d.cells.block_mass[cell] == 0.0:
            continue
        lead = d.cells.block_lead[cell]
        d.langs[g + 1] = d.facts.lane_lang[g * LANES + lead]
        d.scores[g + 1] = 1.0
        if d.cells.block_state[cell] & IS_SURE == 0:
            d.scores[g + 1] = _score(
                d.facts.powers, d.cells.totals, cell * LANES, d.memo.shares, g * LANES, d.lanes_of[g], lead,
                d.facts.params[PARAM_SCORE_SCALE], d.facts.lane_lang, LANES * g,
            )  # fmt: skip
        parts += 2 if d.cells.block_state[cell] & SWITCHES else 1
        d.named = g + 1
    return parts


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_sign(scanned: Scanned, w: cython.Py_ssize_t) -> cython.bint:
    """Whether word `w` is one letter, perhaps with a number behind it, which in Greek is a sign of mathematics: α, β1, μ₀."""
    i: cython.Py_ssize_t
    code: cython.uint
    for i in range(scanned.word_start[w] + 1, scanned.word_end[w]):
        code = scanned.codes[i]
        if not (
            ord("0") <= code <= ord("9") or ord("\N{SUBSCRIPT ZERO}") <= code <= ord("\N{SUBSCRIPT NINE}")
        ):
            return False
    return True


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
        if script == HIRA or script == KANA:
            kana = 1
    for w in range(w0, w1):
        script = scanned.word_script[w]
        if script == HANI and kana:
            script = HIRA  # a block with kana is Japanese
        if facts.script_group[scanned.word_script[w]] == 0:
            word_lang[w] = facts.script_lang[script]
            if script == GREK and _is_sign(scanned, w):
                word_lang[w] = 0
            if word_lang[w] != 0:
                found += 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_words(
    d: Decoder,
    script_group: cython.const[cython.uchar][::1],
    word_script: cython.const[cython.uchar][::1],
    word_lang: cython.uchar[::1],
    w0: cython.Py_ssize_t,
    w1: cython.Py_ssize_t,
) -> cython.int:
    """Languages of the words w0..w1 by their groups, or their script; how many have one by their script."""
    w: cython.Py_ssize_t
    g: cython.Py_ssize_t
    others: cython.uint = 0
    for w in range(w0, w1):
        g = script_group[word_script[w]]
        word_lang[w] = cython.cast(cython.uchar, d.langs[g])
        others |= word_script[w] & ((g > 0) - 1)
    return _by_script(d.scanned, d.facts, word_lang, w0, w1) if others != 0 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _own_name(d: Decoder, key: cython.ulonglong) -> cython.int:
    """The language that has the word, or the two words, of this key as its name for itself; 0 where none of those to choose
    among has."""
    low: cython.Py_ssize_t = 0
    high: cython.Py_ssize_t = d.facts.name_keys.shape[0]
    middle: cython.Py_ssize_t
    while low < high:
        middle = (low + high) >> 1
        if d.facts.name_keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    if low == d.facts.name_keys.shape[0] or d.facts.name_keys[low] != key:
        return 0
    return d.facts.lane_lang[d.facts.name_lane[low]] if d.facts.prior[d.facts.name_lane[low]] != ABSENT else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _own_name_at(d: Decoder, w: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.int:
    """The language that has word `w`, before `w1`, as its name for itself, or, with TWO_WORDS, it and the next; 0 for none."""
    prime: cython.ulonglong = 11400714819323198485
    mask: cython.ulonglong = 18446744073709551615
    key: cython.ulonglong = d.memo.keys[d.words.row[w]]
    lang: cython.int
    if d.facts.name_bits[d.scanned.word_hash[w] & 4095] == 0 or key == 0:
        return 0
    lang = _own_name(d, key)
    if lang == 0 and w + 1 < w1:
        lang = _own_name(d, ((key * prime) & mask) ^ d.memo.keys[d.words.row[w + 1]])
        lang += TWO_WORDS if lang != 0 else 0
    return lang


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_code(d: Decoder, w: cython.Py_ssize_t) -> cython.bint:
    """Whether word `w`, not one of a line in capitals, may be the code of a language or a country: FR, BR."""
    return d.scanned.word_flags[w] & WORD_UPPER != 0 and d.scanned.word_end[w] - d.scanned.word_start[w] < 4


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_loud(d: Decoder, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.bint:
    """Whether the words w0..w1 are all in capitals."""
    w: cython.Py_ssize_t
    for w in range(w0, w1):
        if d.scanned.word_flags[w] & WORD_UPPER == 0:
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_menu(d: Decoder, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.bint:
    """Whether the words w0..w1 are a menu of languages: nothing but names that languages have for themselves, where these lead,
    their codes and words of other scripts; or three such names one after the other of different languages, and one word in four of one
    (`EN English FR Français`, `Dansk (Danish)`)."""
    w: cython.Py_ssize_t = w0
    lang: cython.int
    last: cython.int = 0
    before: cython.int = 0
    names: cython.Py_ssize_t = 0
    others: cython.Py_ssize_t = 0
    is_many: cython.bint = False
    is_loud: cython.bint = _is_loud(d, w0, w1)
    while w < w1 and others <= 3 * names + 3:
        lang = _own_name_at(d, w, w1)
        if lang == 0:
            others += d.facts.script_group[d.scanned.word_script[w]] != 0 and (is_loud or not _is_code(d, w))
            w += 1
            continue
        names += 1
        w += 2 if lang >= TWO_WORDS else 1
        lang &= TWO_WORDS - 1
        is_many = is_many or (before != 0 and lang != last and lang != before and last != before)
        before = last
        last = lang
        while w < w1 and d.scanned.word_flags[w] & WORD_URL:
            w += 1
    return names > 0 and (others == 0 or (is_many and others <= 3 * names))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _main_lang(d: Decoder, g: cython.Py_ssize_t) -> cython.uchar:
    """The main language of the script of group `g`."""
    return d.facts.lane_lang[LANES * g + main_lane(d.facts, g, d.lanes_of[g])]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_menu(d: Decoder, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.void:
    """In a menu of languages each name, and where it leads, is of its own language, however the rest of the document reads; codes
    are of the main language of their script, as are glosses; what else reads as another is of the name before it (`España`)."""
    w: cython.Py_ssize_t = w0
    g: cython.Py_ssize_t
    main: cython.uchar
    last: cython.uchar = 0
    script: cython.uchar = 0
    stop: cython.Py_ssize_t
    lang: cython.int
    is_loud: cython.bint = _is_loud(d, w0, w1)
    while w < w1:
        lang = _own_name_at(d, w, w1)
        if lang == 0:
            g = d.facts.script_group[d.scanned.word_script[w]]
            main = _main_lang(d, g - 1) if g > 0 else 0
            if g > 0 and not is_loud and _is_code(d, w):
                d.spans.word_lang[w] = main
            elif g > 0 and last != 0 and d.spans.word_lang[w] != main and d.scanned.word_script[w] == script:
                d.spans.word_lang[w] = last
            w += 1
            continue
        last = cython.cast(cython.uchar, lang & (TWO_WORDS - 1))
        script = d.scanned.word_script[w]
        stop = w + (2 if lang >= TWO_WORDS else 1)
        while w < stop or (w < w1 and d.scanned.word_flags[w] & WORD_URL):
            d.spans.word_lang[w] = last
            d.words.score[w] = d.facts.params[PARAM_OWN_NAME]
            w += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_be_menu(d: Decoder, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.bint:
    """Whether one of the first two words looks like a name of a language, by its hash, which is near at hand: few words are
    looked up."""
    second: cython.Py_ssize_t = w0 + 1 if w0 + 1 < w1 else w0
    bits: cython.uchar = 0
    if w0 < w1:
        bits = d.facts.name_bits[d.scanned.word_hash[w0] & 4095] | d.facts.name_bits[d.scanned.word_hash[second] & 4095]
    return bits != 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def lang_of_many(d: Decoder) -> cython.int:
    """The language that stands for many, 0 for none."""
    i: cython.Py_ssize_t
    for i in range(LANES * d.n_groups):
        if d.facts.kin_lanes[i] != 0 and d.facts.prior[i] != ABSENT:
            return d.facts.lane_lang[i]
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lang_of_names(
    d: Decoder, g: cython.Py_ssize_t, many: cython.int, letters: cython.double
) -> cython.int:
    """The language of group `g` that names of no known one, of so many `letters` by their weight, are told as in the document: the
    commonest there; 0 where one letter in MOST_NAMES of the rest at least is in the language that stands for many."""
    i: cython.Py_ssize_t
    main: cython.Py_ssize_t = -1
    total: cython.double = 0.0
    rest: cython.double = 0.0
    for i in range(LANES * g, LANES * g + d.lanes_of[g]):
        total += d.memo.counts[i]
        if d.facts.lane_lang[i] == many:
            rest += d.memo.counts[i]
        elif d.facts.prior[i] != ABSENT and (main < 0 or d.memo.shares[i] > d.memo.shares[main]):
            main = i
    if main < 0 or (MOST_NAMES * (rest - letters) > total and d.lone[g] == 0.0):
        return 0
    return d.facts.lane_lang[main]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_names(d: Decoder, b: cython.Py_ssize_t, many: cython.int) -> cython.void:
    """Words of `many`, the language that stands for many, that are nothing but names: capitalized, and hardly any on its lists,
    which have some names. Names of any origin look like one of those; they are of the language that the document is in."""
    w: cython.Py_ssize_t = d.scanned.block_word[b]
    w1: cython.Py_ssize_t = d.scanned.block_word[b + 1]
    g: cython.Py_ssize_t
    first: cython.Py_ssize_t
    lang: cython.int
    listed: cython.Py_ssize_t
    letters: cython.double
    is_name: cython.bint
    while w < w1:
        if d.spans.word_lang[w] != many:
            w += 1
            continue
        g = d.facts.script_group[d.scanned.word_script[w]] - 1
        take(d, b, g)
        first = w
        listed = 0
        letters = 0.0
        is_name = True
        while w < w1 and d.spans.word_lang[w] == many:
            is_name = is_name and d.scanned.word_flags[w] & (WORD_TITLE | WORD_UPPER) != 0
            listed += d.memo.kinds[d.words.row[w]] & SAYS_MANY != 0
            letters += letters_of(d, w) * weight_of(d, w)
            w += 1
        is_name = is_name and 4 * listed <= w - first
        lang = _lang_of_names(d, g, many, letters) if is_name else 0
        while lang != 0 and first < w:
            d.spans.word_lang[first] = cython.cast(cython.uchar, lang)
            d.words.score[first] = d.facts.params[PARAM_NAMES]
            first += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _opens_formula(d: Decoder, w: cython.Py_ssize_t) -> cython.bint:
    """Whether word `w` is a Greek letter as a sign that a formula in Latin letters begins with: `Δ = b² - 4ac`, `μm`."""
    i: cython.Py_ssize_t = d.scanned.word_end[w]
    stop: cython.Py_ssize_t = d.scanned.word_start[w + 1]
    code: cython.uint
    is_joined: cython.bint = i == stop
    if d.spans.word_lang[w + 1] == 0 or (d.scanned.word_script[w + 1] != LATN and d.scanned.word_script[w + 1] != GREK):
        return False
    while i < stop:
        code = d.scanned.codes[i]
        if code == ord("=") or code == ord("+") or code == ord("-") or code == ord("\N{MINUS SIGN}"):
            is_joined = True
        elif code == ord("*") or code == ord("/") or code == ord("^") or code == ord("<") or code == ord(">"):
            is_joined = True
        elif code != ord("(") and not ord("0") <= code <= ord("9") and kind_of(d, i) != SPACE:
            return False
        i += 1
    return is_joined


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_signs(d: Decoder, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.void:
    """Greek letters as signs go with the words around them, but those that a formula begins with go with it."""
    w: cython.Py_ssize_t = w1 - 2
    while w >= w0:
        if d.scanned.word_script[w] == GREK and d.spans.word_lang[w] == 0 and _opens_formula(d, w):
            d.spans.word_lang[w] = d.spans.word_lang[w + 1]
            d.words.score[w] = d.words.score[w + 1]
        w -= 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def name_block(d: Decoder, b: cython.Py_ssize_t, many: cython.int) -> cython.bint:
    """Languages of the words of block `b`, `many` the language that stands for many; False where all are of one, that of group
    `named`, or numbers, so that nobody need look at them one by one. Otherwise each has its score."""
    w0: cython.Py_ssize_t = d.scanned.block_word[b]
    w1: cython.Py_ssize_t = d.scanned.block_word[b + 1]
    w: cython.Py_ssize_t
    g: cython.Py_ssize_t
    parts: cython.int = _name_groups(d, b)
    by_script: cython.int = _name_words(d, d.facts.script_group, d.scanned.word_script, d.spans.word_lang, w0, w1)
    is_menu: cython.bint = _may_be_menu(d, w0, w1) and _is_menu(d, w0, w1)
    if by_script == 0 and parts < 2 and not is_menu and (many == 0 or d.langs[d.named] != many):
        return False
    for w in range(w0, w1):
        d.words.score[w] = d.scores[d.facts.script_group[d.scanned.word_script[w]]]
    for g in range(d.n_groups):
        take(d, b, g)
        if d.cells.block_mass[d.cell] != 0.0 and d.cells.block_state[d.cell] & SWITCHES:
            _score_runs(d)
    _name_signs(d, w0, w1)
    if many != 0:
        _name_names(d, b, many)
    if is_menu:
        _name_menu(d, w0, w1)
    return True
