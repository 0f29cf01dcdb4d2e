# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The words of a block in every lane: their sum, the best stretch of each lane, the best sequence of lanes.

What a word's evidence counts, and all loops over words and lanes, are here. `Decoder` is what they share with the stages
after them.

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
        LANES,
        PARAM_AT_COLON,
        PARAM_AT_COMMA,
        PARAM_AT_END,
        PARAM_AT_SIGN,
        PARAM_AT_WORD,
        PARAM_HOME,
        PARAM_MIXED,
        PARAM_NAME_CAP,
        PARAM_OPENING,
        PARAM_QUOTED,
        PARAM_RETURNED,
        PARAM_SHARP,
        PARAM_STEPS,
        PARAM_TITLE,
        PARAM_UPPER,
    )
    from cython.cimports.bilingual.language.evidence.kernel import Memo, WordRoom
    from cython.cimports.bilingual.language.spelling.kernel import Facts, Scanned
    from cython.cimports.bilingual.text.classes import (
        WORD_AFTER_COLON,
        WORD_AFTER_COMMA,
        WORD_AFTER_EDGE,
        WORD_AFTER_END,
        WORD_AFTER_SIGN,
        WORD_TITLE,
        WORD_UPPER,
    )
else:
    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.evidence.kernel import *  # noqa: F403
    from bilingual.language.spelling.kernel import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Cells:
    """Work space of the decoder: LANES floats, or one item, per block and group, of one document after the other.

    Bits of `block_state`: see `constants`. Lanes and bits would fit in bytes, but a byte written may be part of anything, so
    that the compiler reads all columns' places again.
    """

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
class Found:
    """Room for the languages of words and the columns of spans, see `columns.LanguageColumns`."""

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


@cython.cclass
class Decoder:
    """What the stages of the decoder share: tables, room and results, and where they are.

    Of all documents: `weights` of words by their flags, see `weigh_flags`; `scale` of a step of evidence; `least_title`, see
    `_least_of`. Of the document: its `first_block`; by group: `lanes_of` how many lanes are looked at, `leads[g + 1]` the lane
    that led the blocks read before, `gap` by how much its prior is ahead; `first_share` the lane of the greatest log share,
    which is `share`, and `next_share` that of another; see `_price_switches` in `mix` for the rest. Of the block, by group:
    `mass`, `margin`, `loss` and `ends`, see `_sum_margins` in `reading`, as for `capitals`; `langs[g + 1]` and `scores[g + 1]`,
    before them those of words of no group, `named` the last group that has any; `quotes`, `depth` and the place of the `bottom`
    one of what is open between words.

    Of the words w0..w1 of a block that belong to group `g`, see `take` in `reading`: how many `lanes`; `upper` the weight of
    capitals, `plain_first` whether the first word is capitalized only as it is the first; `cell`, `at` and `base`, where what the block, its lanes and the group's lanes have begins; `lead` the leading lane,
    `sure` IS_SURE or 0, `total` letters of the rest of the document, by which it is judged where it `is_near` another.
    """

    def __init__(
        self, scanned: Scanned, facts: Facts, memo: Memo, words: WordRoom, cells: Cells, spans: Found
    ) -> None:
        self.scanned = scanned
        self.facts = facts
        self.memo = memo
        self.words = words
        self.cells = cells
        self.spans = spans
        self.n_groups = facts.n_lanes.shape[0]
        self.scale = facts.params[PARAM_SHARP] / facts.params[PARAM_STEPS]
        self.least_title = -int(facts.params[PARAM_NAME_CAP] * facts.params[PARAM_STEPS])
        self.weights = [0.0] * 16
        self.first_block = 0
        # MAX_GROUPS, or one more: the compiler takes a list for an array only with a number
        self.lanes_of = [0] * 8
        self.leads = [0] * 9
        self.gap = [0.0] * 8
        self.first_share = [0] * 8
        self.share = [0.0] * 8
        self.next_share = [0.0] * 8
        self.lone = [0.0] * 8
        self.prices = [0.0] * 4
        self.plain = [0.0] * 8
        self.mass = [0.0] * 8
        self.margin = [0.0] * 8
        self.loss = [0.0] * 8
        self.ends = [0] * 8
        self.langs = [0] * 9
        self.scores = [1.0] * 9


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _weight(
    flags: cython.uint, first: cython.int, title: cython.float, opening: cython.float, upper: cython.float
) -> cython.float:
    """How much a word's evidence counts: names and acronyms belong to no language."""
    if flags & WORD_UPPER:
        return upper
    if flags & WORD_TITLE:
        return opening if (first or flags & (WORD_AFTER_END | WORD_AFTER_EDGE)) else title
    return 1.0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def weigh_flags(d: Decoder) -> cython.void:
    """Weights by the flags of a word, where `reading` looks for them: numbers have none."""
    at: cython.uint
    for at in range(8):
        d.weights[at] = 0.0
        d.weights[8 + at] = _weight(
            at << 2 & (WORD_TITLE | WORD_UPPER), at >> 2, d.facts.params[PARAM_TITLE], d.facts.params[PARAM_OPENING],
            d.facts.params[PARAM_UPPER],
        )  # fmt: skip


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def is_ours(d: Decoder, w: cython.Py_ssize_t) -> cython.bint:
    """Whether a word belongs to the group that is looked at."""
    return d.facts.script_group[d.scanned.word_script[w]] == d.g + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def weight_of(d: Decoder, w: cython.Py_ssize_t) -> cython.float:
    """How much the evidence of a word of the block counts."""
    if w == d.w0 and d.plain_first:
        return 1.0
    return _weight(
        d.scanned.word_flags[w], w == d.w0, d.facts.params[PARAM_TITLE], d.facts.params[PARAM_OPENING], d.upper
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _least_of(d: Decoder, w: cython.Py_ssize_t) -> cython.short:
    """The least that a word says of a lane, in steps: of one that may be a name no less than `least_title`."""
    return d.least_title if d.scanned.word_flags[w] & (WORD_TITLE | WORD_UPPER) else -32768


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def letters_of(d: Decoder, w: cython.Py_ssize_t) -> cython.int:
    """Code points of a word."""
    return d.scanned.word_end[w] - d.scanned.word_start[w]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _behind(margin: cython.short, least: cython.short) -> cython.short:
    """The evidence of a lane, in steps, from its margin: 0 for the one that leads, no less than `least`."""
    margin = margin if margin < 0 else 0
    return margin if margin > least else least


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def sum_lanes(d: Decoder) -> cython.void:
    """Set `totals` of the block to the sum of its words in every lane, and `own` to zeros."""
    acc: cython.float[LANES]
    acc = [0.0] * 16  # LANES: the compiler takes a list only with a number
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    least: cython.short
    weight: cython.float
    # whole vectors; a constant would be unrolled into single items
    width: cython.Py_ssize_t = (d.lanes + 7) >> 3 << 3
    scale: cython.float = d.facts.params[PARAM_SHARP] / d.facts.params[PARAM_STEPS]
    for w in range(d.w0, d.w1):
        if not is_ours(d, w):
            continue
        weight = scale * weight_of(d, w)
        least = _least_of(d, w)
        row = d.words.row[w] * LANES
        for lane in range(width):
            acc[lane] += weight * _behind(d.memo.margins[row + lane], least)
    for lane in range(LANES):
        d.cells.totals[d.at + lane] = acc[lane]
        d.cells.own[d.at + lane] = 0.0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def best_stretches(d: Decoder) -> cython.void:
    """Set `peaks` of the block to the largest sum, over a stretch of words, of each lane's lead over `lead`."""
    run: cython.float[LANES]
    peak: cython.float[LANES]
    run = [0.0] * 16  # LANES, as above
    peak = [0.0] * 16
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    least: cython.short
    weight: cython.float
    led: cython.int
    value: cython.float
    width: cython.Py_ssize_t = (d.lanes + 7) >> 3 << 3
    scale: cython.float = d.facts.params[PARAM_SHARP] / d.facts.params[PARAM_STEPS]
    for w in range(d.w0, d.w1):
        if not is_ours(d, w):
            continue
        weight = scale * weight_of(d, w)
        row = d.words.row[w] * LANES
        least = _least_of(d, w)
        led = _behind(d.memo.margins[row + d.lead], least)
        for lane in range(width):
            value = run[lane] + weight * (_behind(d.memo.margins[row + lane], least) - led)
            value = value if value > 0.0 else 0.0
            run[lane] = value
            peak[lane] = value if value > peak[lane] else peak[lane]
    for lane in range(LANES):
        d.cells.peaks[d.at + lane] = peak[lane]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def sum_run(d: Decoder, w: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Set `sums` to those of the words of the run that begins with `w`; the last of them."""
    lead: cython.Py_ssize_t = d.words.lane[w]
    end: cython.Py_ssize_t = w
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    least: cython.short
    weight: cython.float
    for lane in range(LANES):
        d.memo.sums[lane] = 0.0
    while w < d.w1:
        if is_ours(d, w):
            if d.words.lane[w] != lead:
                break
            weight = d.facts.params[PARAM_SHARP] / d.facts.params[PARAM_STEPS] * weight_of(d, w)
            least = _least_of(d, w)
            row = d.words.row[w] * LANES
            for lane in range(LANES):
                d.memo.sums[lane] += weight * _behind(d.memo.margins[row + lane], least)
            end = w
        w += 1
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _best_lane(sums: cython.float[::1], lanes: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The lane of the greatest sum, of the first `lanes`."""
    best: cython.Py_ssize_t = 0
    lane: cython.Py_ssize_t
    for lane in range(1, lanes):
        if sums[lane] > sums[best]:
            best = lane
    return best


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _switch_cost(
    flags: cython.uint,
    gap: cython.int,
    at_word: cython.double,
    at_comma: cython.double,
    at_colon: cython.double,
    at_end: cython.double,
    at_sign: cython.double,
) -> cython.double:
    """Price of another language from this word on."""
    if flags & WORD_AFTER_SIGN == WORD_AFTER_SIGN:
        return at_sign
    if flags & (WORD_AFTER_END | WORD_AFTER_EDGE):
        return at_end
    if flags & WORD_AFTER_COLON:
        return at_colon
    if flags & WORD_AFTER_COMMA or gap:
        return at_comma
    return at_word


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def mixed_price(d: Decoder, price: cython.double) -> cython.double:
    """The price of a switch to or from a language that mixes, of one that costs `price`: not less than at a sign."""
    least: cython.double = d.facts.params[PARAM_AT_SIGN]
    if price < least:
        least = price
    price -= d.facts.params[PARAM_MIXED]
    return price if price > least else least


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mixes(d: Decoder, a: cython.Py_ssize_t, b: cython.Py_ssize_t) -> cython.bint:
    """Whether one of two lanes is of a language that people mix with others inside sentences."""
    return (d.facts.mixed_lanes[d.base + a] | d.facts.mixed_lanes[d.base + b]) != 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _enter_lanes(
    d: Decoder,
    sums: cython.float[::1],
    shares: cython.float[::1],
    came: cython.p_Py_ssize_t,
    best: cython.Py_ssize_t,
    price: cython.double,
    at_end: cython.double,
) -> cython.uint:
    """Lanes that are likelier entered from the `best`, at the price of a switch, than gone on with: a bit for each.

    `came` is the lane that each was entered from inside a sentence, where a switch costs more than `at_end`, -1 for none.
    """
    lane: cython.Py_ssize_t
    bits: cython.uint = 0
    one: cython.uint = 1
    value: cython.double
    cost: cython.double = sums[best] - price
    ease: cython.double = price - mixed_price(d, price) if price > at_end else 0.0
    back: cython.double = d.facts.params[PARAM_HOME] * price
    before: cython.Py_ssize_t = came[best]
    for lane in range(d.lanes):
        value = cost + shares[lane]
        if _mixes(d, lane, best):
            value += ease
        if lane == before:
            value += back
        if value > sums[lane]:
            sums[lane] = value
            bits = bits | (one << lane)
            came[lane] = best if price > at_end and lane != before else -1
    return bits


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _give_back(d: Decoder, first: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.void:
    """The words first..end of a block stand before a stretch between two edges, after which another language begins: they
    are of that one too, where they say no less for it. A quotation near the beginning of a sentence is one."""
    edge: cython.Py_ssize_t = -1
    w: cython.Py_ssize_t
    row: cython.Py_ssize_t
    lead: cython.Py_ssize_t = d.words.lane[first]
    other: cython.Py_ssize_t
    least: cython.short
    gain: cython.int
    says: cython.float = 0.0
    for w in range(first + 1, end):
        if not is_ours(d, w):
            continue
        if d.words.lane[w] != lead:
            break
        if d.scanned.word_flags[w] & WORD_AFTER_EDGE:
            edge = w
    else:
        return
    if edge < 0 or d.scanned.word_flags[w] & WORD_AFTER_EDGE == 0:
        return
    other = d.words.lane[w]
    for w in range(first, edge):
        if is_ours(d, w):
            row = d.words.row[w] * LANES
            least = _least_of(d, w)
            gain = _behind(d.memo.margins[row + other], least) - _behind(d.memo.margins[row + lead], least)
            says += weight_of(d, w) * gain
    if says < 0.0:
        return
    for w in range(first, edge):
        if is_ours(d, w):
            d.words.lane[w] = cython.cast(cython.uchar, other)
            d.cells.own[d.at + other] += letters_of(d, w) * weight_of(d, w)
            d.cells.own[d.at + lead] -= letters_of(d, w) * weight_of(d, w)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _return_words(d: Decoder, first: cython.Py_ssize_t, end: cython.Py_ssize_t, step: cython.Py_ssize_t) -> cython.void:
    """The first words first..end of a block (`step` 1), or the last, from `first` down (`step` -1), that stand before, or after,
    a switch inside a sentence are of the language beyond it where they say more for that one: two switches cost more
    than such words can say."""
    w: cython.Py_ssize_t = first
    last: cython.Py_ssize_t = first
    at: cython.Py_ssize_t = first
    row: cython.Py_ssize_t
    lead: cython.Py_ssize_t = d.words.lane[first]
    other: cython.Py_ssize_t
    least: cython.short
    gain: cython.int
    says: cython.float = 0.0
    most: cython.float = d.facts.params[PARAM_RETURNED] / d.scale
    while w != end and (not is_ours(d, w) or d.words.lane[w] == lead):
        if is_ours(d, w):
            at = w
        w += step
    if w == end or d.scanned.word_flags[w if step > 0 else at] & (WORD_AFTER_END | WORD_AFTER_EDGE):
        return
    other = d.words.lane[w]
    end = w
    w = first
    while w != end:
        if is_ours(d, w):
            row = d.words.row[w] * LANES
            least = _least_of(d, w)
            gain = _behind(d.memo.margins[row + other], least) - _behind(d.memo.margins[row + lead], least)
            says += weight_of(d, w) * gain
            if says > most:
                most = says
                last = w + step
        w += step
    w = first
    while w != last:
        if is_ours(d, w):
            d.words.lane[w] = cython.cast(cython.uchar, other)
            d.cells.own[d.at + other] += letters_of(d, w) * weight_of(d, w)
            d.cells.own[d.at + lead] -= letters_of(d, w) * weight_of(d, w)
        w += step


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _trace_back(d: Decoder, lane: cython.Py_ssize_t, first: cython.Py_ssize_t, w: cython.Py_ssize_t) -> cython.int:
    """Follow the best sequence of lanes back from word `w`, which ends in `lane`, to the first; gives what `viterbi` does."""
    mixed: cython.int = 0
    end: cython.Py_ssize_t = w + 1
    while w >= first:
        if is_ours(d, w):
            d.words.lane[w] = cython.cast(cython.uchar, lane)
            d.cells.own[d.at + lane] += letters_of(d, w) * weight_of(d, w)
            if w > first and (d.words.back[w] >> lane) & 1:
                lane = d.words.best[w]
                if mixed == 0:
                    mixed = 1
                if d.scanned.word_flags[w] & WORD_AFTER_END == 0:
                    mixed += 1
        w -= 1
    if mixed > 0:
        _give_back(d, first, end)
        _return_words(d, first, end, 1)
        _return_words(d, end - 1, first - 1, -1)
    return mixed


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def viterbi(d: Decoder) -> cython.int:
    """The best sequence of lanes over the words of the block; 0 when it never switches, else 1 and one more for every switch
    inside a sentence.

    `own` receives the letters of each lane. `came`: see `_enter_lanes`; the switch back costs less.
    """
    sums: cython.float[::1] = d.memo.sums
    shares: cython.float[::1] = d.memo.block_shares
    lanes: cython.Py_ssize_t = d.lanes
    w: cython.Py_ssize_t
    first: cython.Py_ssize_t = -1
    prev: cython.Py_ssize_t = -1
    lane: cython.Py_ssize_t
    best: cython.Py_ssize_t
    row: cython.Py_ssize_t
    least: cython.short
    weight: cython.float
    price: cython.double
    scale: cython.float = d.facts.params[PARAM_SHARP] / d.facts.params[PARAM_STEPS]
    at_word: cython.double = d.facts.params[PARAM_AT_WORD] - d.discount
    at_comma: cython.double = d.facts.params[PARAM_AT_COMMA] - d.discount
    at_end: cython.double = d.facts.params[PARAM_AT_END]
    at_sign: cython.double = d.facts.params[PARAM_AT_SIGN]
    at_colon: cython.double = d.facts.params[PARAM_AT_COLON] - d.discount
    came: cython.Py_ssize_t[LANES]
    came = [-1] * 16  # LANES, as above
    at_colon = at_colon if at_colon > at_end else at_end
    for lane in range(lanes):
        sums[lane] = shares[lane]
    for w in range(d.w0, d.w1):
        if not is_ours(d, w):
            continue
        if prev < 0:
            first = w
        else:
            best = _best_lane(sums, lanes)
            d.words.best[w] = cython.cast(cython.uchar, best)
            price = _switch_cost(
                d.scanned.word_flags[w], prev != w - 1, at_word, at_comma, at_colon, at_end, at_sign
            )
            d.words.back[w] = _enter_lanes(d, sums, shares, came, best, price, at_end)
        weight = scale * weight_of(d, w)
        least = _least_of(d, w)
        row = d.words.row[w] * LANES
        for lane in range(lanes):
            sums[lane] += weight * _behind(d.memo.margins[row + lane], least)
        prev = w
    return _trace_back(d, _best_lane(sums, lanes), first, prev)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lead_over(
    d: Decoder,
    first: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    lane: cython.Py_ssize_t,
    home: cython.Py_ssize_t,
    kinds: cython.uint,
) -> cython.int:
    """By how much lane `lane` leads `home` on those of the words first..stop that have no flag of `kinds`, in steps; lane -1
    is the likeliest of each word."""
    w: cython.Py_ssize_t
    row: cython.Py_ssize_t
    least: cython.short
    lead: cython.int = 0
    for w in range(first, stop):
        if is_ours(d, w) and d.scanned.word_flags[w] & kinds == 0:
            row = d.words.row[w] * LANES
            least = _least_of(d, w)
            lead -= _behind(d.memo.margins[row + home], least)
            if lane >= 0:
                lead += _behind(d.memo.margins[row + lane], least)
    return lead


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def lane_of_quoted(
    d: Decoder, first: cython.Py_ssize_t, stop: cython.Py_ssize_t, home: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The lane that the words first..stop between two marks are of, as a whole: `home`, of the words around them, or the one
    that they are likeliest of by themselves, where that pays for both switches, which cost less for more words, and the
    words that are no names do not speak against it."""
    sums: cython.float[::1] = d.memo.sums
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    best: cython.Py_ssize_t
    least: cython.short
    weight: cython.float
    price: cython.float = d.facts.params[PARAM_QUOTED] / (stop - first)
    scale: cython.float = d.facts.params[PARAM_SHARP] / d.facts.params[PARAM_STEPS]
    if scale * _lead_over(d, first, stop, -1, home, 0) <= price:
        return home
    for lane in range(d.lanes):
        sums[lane] = 0.0
    for w in range(first, stop):
        if not is_ours(d, w):
            continue
        row = d.words.row[w] * LANES
        least = _least_of(d, w)
        weight = scale * (d.upper if d.scanned.word_flags[w] & WORD_UPPER else 1.0)
        for lane in range(d.lanes):
            sums[lane] += weight * _behind(d.memo.margins[row + lane], least)
    best = _best_lane(sums, d.lanes)
    price += d.memo.shares[d.base + home] - d.memo.shares[d.base + best]
    if sums[best] - sums[home] <= price:
        return home
    return best if _lead_over(d, first, stop, best, home, WORD_TITLE | WORD_UPPER) >= 0 else home
