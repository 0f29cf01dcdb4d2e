# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Rows of evidence -> languages and spans.

`decode` finds the best sequence of languages in each block under the document's own mix, cuts the spans
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
    from cython.cimports.bilingual.language.constants import (
        HAS_END,
        HAS_MARK,
        HAS_PEAKS,
        HAS_SIGN,
        IS_CAPITALS,
        IS_SURE,
        IS_UNREAD,
        MOST_QUOTED,
        OF_PLACES,
        PARAM_AT_COLON,
        PARAM_AT_COMMA,
        PARAM_AT_END,
        PARAM_AT_SIGN,
        PARAM_AT_WORD,
        PARAM_CAPITALS,
        PARAM_HABIT,
        PARAM_HOME,
        PARAM_MIXED,
        PARAM_MOST,
        PARAM_NAME_CAP,
        PARAM_OPENING,
        PARAM_OWN_NAME,
        PARAM_PSEUDO,
        PARAM_QUOTED,
        PARAM_RETURNED,
        PARAM_SCORE_SCALE,
        PARAM_SHARP,
        PARAM_STEPS,
        PARAM_TITLE,
        PARAM_UNSURE,
        PARAM_UPPER,
        SWITCHES,
    )
    from cython.cimports.bilingual.language.evidence.kernel import Memo, WordRoom
    from cython.cimports.bilingual.language.spelling.kernel import Facts, Scanned
    from cython.cimports.bilingual.text.classes import (
        APOSTROPHE,
        CLOSE,
        COMMA,
        END,
        GREK,
        HANI,
        HIRA,
        KANA,
        KIND_MASK,
        NEWLINE,
        OPEN,
        OTHER,
        PUNCT,
        QUOTE,
        SEPARATOR,
        SPACE,
        WORD_AFTER_COLON,
        WORD_AFTER_COMMA,
        WORD_AFTER_EDGE,
        WORD_AFTER_END,
        WORD_TITLE,
        WORD_UPPER,
    )
    from cython.cimports.libc.math import log
else:
    from math import log

    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.evidence.kernel import *  # noqa: F403
    from bilingual.language.spelling.kernel import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Cells:
    """Work space of the decoder: 16 floats, or one item, per block and group.

    Bits of `block_state`: see `constants`. Lanes and bits would fit in bytes, but a byte written may be part of anything, so
    that the compiler reads all columns' places again.
    """

    totals: cython.float[::1]
    peaks: cython.float[::1]
    own: cython.float[::1]
    margin: cython.float[::1]
    loss: cython.float[::1]
    block_mass: cython.float[::1]
    block_lead: cython.ushort[::1]
    block_state: cython.ushort[::1]

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


@cython.cclass
class Decoder:
    """What the stages of the decoder share: tables, room and results, and where they are.

    Of all documents: `weights` of words by their flags, see `_weigh_flags`; `scale` of a step of evidence, `least_title`,
    see `_least_of`. Of the document,
    by group: `leads[g + 1]` the lane that led the blocks read before, `gap` by how much its prior is ahead;
    `first_share` the lane of the greatest log share, which is `share`, and `next_share` that of another; see
    `_price_switches` for the rest. Of the block, by group: `mass`, `margin`, `loss` and `ends`, see `_sum_margins`, as for `capitals`;
    `langs[g + 1]` and `scores[g + 1]`, before them those of words of no group, `named` the last group that has any;
    `quotes`, `depth` and the place of the `bottom` one of what is open between words.

    Of the words w0..w1 of a block that belong to group `g`, see `_take`: how many `lanes`; `upper` the weight of capitals; `cell`, `at` and `base`, where
    what the block, its lanes and the group's lanes have begins; `lead` the leading lane, `sure` IS_SURE or 0, `total`
    letters of the rest of the document, by which it is judged where it `is_near` another.
    """

    scanned: Scanned
    facts: Facts
    memo: Memo
    words: WordRoom
    cells: Cells
    spans: Found
    n_groups: cython.Py_ssize_t
    scale: cython.double
    least_title: cython.short
    weights: cython.double[16]
    leads: cython.Py_ssize_t[9]
    gap: cython.double[8]
    first_share: cython.Py_ssize_t[8]
    share: cython.double[8]
    next_share: cython.double[8]
    prices: cython.double[4]
    plain: cython.double[8]
    low: cython.double
    least: cython.double
    discount: cython.double
    unsure: cython.double
    safe: cython.double
    mass: cython.double[8]
    margin: cython.double[8]
    loss: cython.double[8]
    ends: cython.int[8]
    capitals: cython.int
    upper: cython.float
    langs: cython.int[9]
    scores: cython.float[9]
    named: cython.Py_ssize_t
    quotes: cython.Py_ssize_t
    depth: cython.Py_ssize_t
    bottom: cython.Py_ssize_t
    g: cython.Py_ssize_t
    lanes: cython.Py_ssize_t
    w0: cython.Py_ssize_t
    w1: cython.Py_ssize_t
    cell: cython.Py_ssize_t
    at: cython.Py_ssize_t
    base: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    sure: cython.int
    is_near: cython.bint
    total: cython.double

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
        self.leads = [0] * 9
        self.gap = [0.0] * 8
        self.first_share = [0] * 8
        self.share = [0.0] * 8
        self.next_share = [0.0] * 8
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
def _exp(powers: cython.const[cython.double][::1], x: cython.double) -> cython.double:
    """e to the power of `x`, from -24 to 12, by the table of `text.powers`."""
    steps: cython.double = (x + 24.0) * 16.0
    # a C cast where it is compiled: a call of `floor` would cost half as much as all the rest
    at: cython.Py_ssize_t = cython.cast(cython.Py_ssize_t, steps) if cython.compiled else int(steps)
    rest: cython.double = (steps - at) * 0.0625
    return powers[at] * (1.0 + rest * (1.0 + rest * (0.5 + rest * (0.16666666666666666 + rest * 0.041666666666666664))))


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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _behind(margin: cython.short, least: cython.short) -> cython.short:
    """The evidence of a lane, in steps, from its margin: 0 for the one that leads, no less than `least`."""
    margin = margin if margin < 0 else 0
    return margin if margin > least else least


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
def _is_after_sign(flags: cython.uint) -> cython.bint:
    """Whether a dash, bar or slash between blanks stands before a word."""
    return flags & (WORD_AFTER_EDGE | WORD_AFTER_COLON) == WORD_AFTER_EDGE | WORD_AFTER_COLON


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
    if _is_after_sign(flags):
        return at_sign
    if flags & (WORD_AFTER_END | WORD_AFTER_EDGE):
        return at_end
    if flags & WORD_AFTER_COLON:
        return at_colon
    if flags & WORD_AFTER_COMMA or gap:
        return at_comma
    return at_word


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _weigh_flags(d: Decoder) -> cython.void:
    """Weights by the flags of a word, see `_weight_at`: numbers have none."""
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
def _weight_at(flags: cython.uint, first: cython.uint) -> cython.uint:
    """Place of a word in a half of `weights`: bits 1 and 2 as it is in title or upper case, 4 where it is `first`, which is
    WORD_AFTER_END or 0, or stands after a sentence end or an edge."""
    opens: cython.uint = (flags | flags >> 7 | first) & WORD_AFTER_END  # WORD_AFTER_EDGE is 7 bits above it
    return (opens >> 5) + ((flags & (WORD_TITLE | WORD_UPPER)) >> 2)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _take(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.void:
    """Turn to the words of group `g` in block `b`."""
    d.g = g
    d.base = 16 * g
    d.lanes = d.facts.n_lanes[g]
    d.cell = b * d.n_groups + g
    d.at = 16 * d.cell
    d.w0 = d.scanned.block_word[b]
    d.w1 = d.scanned.block_word[b + 1]
    d.upper = 1.0 if d.cells.block_state[d.cell] & IS_CAPITALS else d.facts.params[PARAM_UPPER]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_ours(d: Decoder, w: cython.Py_ssize_t) -> cython.bint:
    """Whether a word belongs to the group that is looked at."""
    return d.facts.script_group[d.scanned.word_script[w]] == d.g + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _weight_of(d: Decoder, w: cython.Py_ssize_t) -> cython.float:
    """How much the evidence of a word of the block counts."""
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
def _letters_of(d: Decoder, w: cython.Py_ssize_t) -> cython.int:
    """Code points of a word."""
    return d.scanned.word_end[w] - d.scanned.word_start[w]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum_lanes(d: Decoder) -> cython.void:
    """Set `totals` of the block to the sum of its words in every lane, and `own` to zeros."""
    acc: cython.float[16]
    acc = [0.0] * 16
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    least: cython.short
    weight: cython.float
    # whole vectors; a constant would be unrolled into single items
    width: cython.Py_ssize_t = (d.lanes + 7) >> 3 << 3
    scale: cython.float = d.facts.params[PARAM_SHARP] / d.facts.params[PARAM_STEPS]
    for w in range(d.w0, d.w1):
        if not _is_ours(d, w):
            continue
        weight = scale * _weight_of(d, w)
        least = _least_of(d, w)
        row = d.words.row[w] * 16
        for lane in range(width):
            acc[lane] += weight * _behind(d.memo.margins[row + lane], least)
    for lane in range(16):
        d.cells.totals[d.at + lane] = acc[lane]
        d.cells.own[d.at + lane] = 0.0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _share_out(d: Decoder) -> tuple[cython.Py_ssize_t, cython.int]:
    """Share the letters of the block among the lanes by how likely each is; the likeliest, and how many have a share."""
    at: cython.Py_ssize_t = d.at
    base: cython.Py_ssize_t = d.base
    mass: cython.double = d.cells.block_mass[d.cell]
    top: cython.double = -1e30
    score: cython.double
    total: cython.double = 1.0
    lead: cython.Py_ssize_t = 0
    lane: cython.Py_ssize_t
    n: cython.int = 1
    m: cython.int
    sharers: cython.uchar[16]
    sharers = [0] * 16
    for lane in range(d.lanes):
        score = cython.cast(cython.double, d.cells.totals[at + lane]) + d.facts.prior[base + lane]
        # no branch: none could be foreseen
        lead = lane if score > top else lead
        top = score if score > top else top
    d.cells.own[at + lead] = 1.0
    sharers[0] = cython.cast(cython.uchar, lead)
    for lane in range(d.lanes):
        score = cython.cast(cython.double, d.cells.totals[at + lane]) + d.facts.prior[base + lane] - top
        if score > -9.0 and lane != lead:
            d.cells.own[at + lane] = _exp(d.facts.powers, score)
            total += d.cells.own[at + lane]
            sharers[n] = cython.cast(cython.uchar, lane)
            n += 1
    for m in range(n):
        lane = sharers[m]
        d.cells.own[at + lane] = mass * d.cells.own[at + lane] / total
        d.memo.counts[base + lane] += d.cells.own[at + lane]
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
def _first_leads(d: Decoder) -> cython.void:
    """The lane of each group that is the likeliest of a text nothing is known of."""
    prior: cython.const[cython.float][::1] = d.facts.prior
    g: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    for g in range(d.n_groups):
        d.leads[g + 1] = 0
        for lane in range(1, d.facts.n_lanes[g]):
            if prior[g * 16 + lane] > prior[g * 16 + d.leads[g + 1]]:
                d.leads[g + 1] = lane
        d.gap[g] = _gap(prior, g * 16, d.facts.n_lanes[g], d.leads[g + 1])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_up_steps(d: Decoder, first: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.void:
    """What each of the words first..stop says for the lane that leads its group."""
    places: cython.Py_ssize_t[64]
    places = [0] * 64
    w: cython.Py_ssize_t
    w0: cython.Py_ssize_t
    w1: cython.Py_ssize_t
    for w0 in range(first, stop, 64):
        w1 = w0 + 64 if w0 + 64 < stop else stop
        for w in range(w0, w1):
            places[w - w0] = d.words.row[w] * 16 + d.leads[d.facts.script_group[d.scanned.word_script[w]]]
        for w in range(w0, w1):
            d.words.steps[w] = d.memo.margins[places[w - w0]]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _put_away(
    d: Decoder, g: cython.Py_ssize_t, letters: cython.double, ahead: cython.double, behind: cython.double
) -> cython.void:
    """Keep the sums of a group, while words of another follow."""
    d.mass[g] = letters
    d.margin[g] = ahead
    d.loss[g] = behind


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _state_of_place(flags: cython.uint) -> cython.ushort:
    """What stands before a word inside a block, as bits of its state: a sentence end, an edge or a colon."""
    if _is_after_sign(flags):
        return HAS_END | HAS_SIGN
    return HAS_END | HAS_MARK if flags & WORD_AFTER_EDGE else HAS_END


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum_margins(d: Decoder, b: cython.Py_ssize_t) -> cython.void:
    """Of every group in block `b`: letters that count, the sum of the margins of its leading lane and of those below 0, and
    what stands inside, as bits of its state; whether all is written in capitals, which are no acronyms then."""
    g: cython.Py_ssize_t
    now: cython.Py_ssize_t = 0
    w: cython.Py_ssize_t
    flags: cython.uint
    first: cython.uint = WORD_AFTER_END
    capitals: cython.uint = WORD_UPPER
    step: cython.int
    weight: cython.double
    letters: cython.double = 0.0
    ahead: cython.double = 0.0
    behind: cython.double = 0.0
    for g in range(8):  # a constant: four calls of the C library otherwise
        _put_away(d, g, 0.0, 0.0, 0.0)
        d.ends[g] = 0
    for w in range(d.scanned.block_word[b], d.scanned.block_word[b + 1]):
        g = d.facts.script_group[d.scanned.word_script[w]]
        if g != now + 1 and g != 0:
            _put_away(d, now, letters, ahead, behind)
            now = g - 1
            letters = d.mass[now]
            ahead = d.margin[now]
            behind = d.loss[now]
        flags = d.scanned.word_flags[w]
        capitals &= flags | (WORD_UPPER if g == 0 else 0)
        if flags & (WORD_AFTER_END | WORD_AFTER_EDGE | WORD_AFTER_COLON) and g != 0 and letters > 0.0:
            d.ends[now] |= _state_of_place(flags)
        weight = d.weights[(8 if g != 0 else 0) + _weight_at(flags, first)]
        first = 0
        letters += _letters_of(d, w) * weight
        step = d.words.steps[w]
        ahead += weight * step
        behind -= weight * (step if step < 0 else 0)
    # fewer letters may be an acronym; what was counted of each is its weight as one
    d.capitals = 0
    if capitals & WORD_UPPER and letters >= d.facts.params[PARAM_CAPITALS] * d.facts.params[PARAM_UPPER]:
        d.capitals = IS_CAPITALS
    weight = 1.0 / d.facts.params[PARAM_UPPER] if d.capitals else 1.0
    _put_away(d, now, weight * letters, weight * ahead, weight * behind)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _note_sums(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.int:
    """Write what `_sum_margins` found; 1 for words whose leading lane is not sure to lead in the block."""
    at: cython.Py_ssize_t = b * d.n_groups + g
    lead: cython.Py_ssize_t = d.leads[g + 1]
    # no branch: none could be foreseen
    is_sure: cython.int = 1 if d.margin[g] * d.scale + d.gap[g] > 9.001 else 0
    d.cells.block_mass[at] = d.mass[g]
    if d.mass[g] == 0.0:
        return 0
    d.cells.margin[at] = d.margin[g] * d.scale
    d.cells.loss[at] = d.loss[g] * d.scale
    d.memo.counts[g * 16 + lead] += d.mass[g] if is_sure else 0.0
    d.cells.block_lead[at] = cython.cast(cython.ushort, lead)
    d.cells.block_state[at] = cython.cast(cython.ushort, d.ends[g] | (IS_UNREAD if is_sure else 0) | d.capitals)
    return 1 - is_sure


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_lanes(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.void:
    """Find the likeliest lane of a block from the sums of all; it leads the next blocks where no other has a share."""
    lead: cython.Py_ssize_t
    sharers: cython.int
    _take(d, b, g)
    _sum_lanes(d)
    lead, sharers = _share_out(d)
    d.cells.block_lead[d.cell] = cython.cast(cython.ushort, lead)
    if sharers == 1 and lead != d.leads[g + 1]:
        d.leads[g + 1] = lead
        d.gap[g] = _gap(d.facts.prior, 16 * g, d.lanes, lead)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read(d: Decoder, b0: cython.Py_ssize_t, b1: cython.Py_ssize_t) -> cython.void:
    """How every block of a document reads on its own.

    The sum of its words in every lane is seldom needed: of a lane that led the blocks before, it is enough to know what
    every word says for it against the best other lane of that word. The sum of these margins is no more than its lead
    over any one lane.
    """
    open_cell: cython.Py_ssize_t[64]
    open_cell = [0] * 64
    n_open: cython.Py_ssize_t
    n_groups: cython.Py_ssize_t = d.n_groups
    b: cython.Py_ssize_t
    g: cython.Py_ssize_t
    n: cython.Py_ssize_t
    last: cython.Py_ssize_t
    _first_leads(d)
    while b0 < b1:
        # some blocks at a time: what is looked up for many words at once need not wait for each
        last = b0 + 1
        while (
            last < b1
            and (last + 1 - b0) * n_groups <= 64
            and d.scanned.block_word[last + 1] <= d.scanned.block_word[b0] + 256
        ):
            last += 1
        _look_up_steps(d, d.scanned.block_word[b0], d.scanned.block_word[last])
        n_open = 0
        for b in range(b0, last):
            _sum_margins(d, b)
            for g in range(n_groups):
                open_cell[n_open] = b * n_groups + g
                n_open += _note_sums(d, b, g)
        for n in range(n_open):
            _read_lanes(d, open_cell[n] // n_groups, open_cell[n] % n_groups)
        b0 = last


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
            if script == GREK and scanned.word_end[w] - scanned.word_start[w] == 1:
                word_lang[w] = 0  # a Greek letter alone is a sign of mathematics
            if word_lang[w] != 0:
                found += 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _best_stretches(d: Decoder) -> cython.void:
    """Set `peaks` of the block to the largest sum, over a stretch of words, of each lane's lead over `lead`."""
    run: cython.float[16]
    peak: cython.float[16]
    run = [0.0] * 16
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
        if not _is_ours(d, w):
            continue
        weight = scale * _weight_of(d, w)
        row = d.words.row[w] * 16
        least = _least_of(d, w)
        led = _behind(d.memo.margins[row + d.lead], least)
        for lane in range(width):
            value = run[lane] + weight * (_behind(d.memo.margins[row + lane], least) - led)
            value = value if value > 0.0 else 0.0
            run[lane] = value
            peak[lane] = value if value > peak[lane] else peak[lane]
    for lane in range(16):
        d.cells.peaks[d.at + lane] = peak[lane]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _best_lane(work: cython.float[::1], lanes: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The lane of the greatest sum in `work[16 : 16 + lanes]`."""
    best: cython.Py_ssize_t = 0
    lane: cython.Py_ssize_t
    for lane in range(1, lanes):
        if work[16 + lane] > work[16 + best]:
            best = lane
    return best


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
        if not _is_ours(d, w):
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
        if _is_ours(d, w):
            row = d.words.row[w] * 16
            least = _least_of(d, w)
            gain = _behind(d.memo.margins[row + other], least) - _behind(d.memo.margins[row + lead], least)
            says += _weight_of(d, w) * gain
    if says < 0.0:
        return
    for w in range(first, edge):
        if _is_ours(d, w):
            d.words.lane[w] = cython.cast(cython.uchar, other)
            d.cells.own[d.at + other] += _letters_of(d, w) * _weight_of(d, w)
            d.cells.own[d.at + lead] -= _letters_of(d, w) * _weight_of(d, w)


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
    while w != end and (not _is_ours(d, w) or d.words.lane[w] == lead):
        if _is_ours(d, w):
            at = w
        w += step
    if w == end or d.scanned.word_flags[w if step > 0 else at] & (WORD_AFTER_END | WORD_AFTER_EDGE):
        return
    other = d.words.lane[w]
    end = w
    w = first
    while w != end:
        if _is_ours(d, w):
            row = d.words.row[w] * 16
            least = _least_of(d, w)
            gain = _behind(d.memo.margins[row + other], least) - _behind(d.memo.margins[row + lead], least)
            says += _weight_of(d, w) * gain
            if says > most:
                most = says
                last = w + step
        w += step
    w = first
    while w != last:
        if _is_ours(d, w):
            d.words.lane[w] = cython.cast(cython.uchar, other)
            d.cells.own[d.at + other] += _letters_of(d, w) * _weight_of(d, w)
            d.cells.own[d.at + lead] -= _letters_of(d, w) * _weight_of(d, w)
        w += step


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _trace_back(d: Decoder, lane: cython.Py_ssize_t, first: cython.Py_ssize_t, w: cython.Py_ssize_t) -> cython.int:
    """Follow the best sequence of lanes back from word `w`, which ends in `lane`, to the first; gives what `_viterbi` does."""
    mixed: cython.int = 0
    end: cython.Py_ssize_t = w + 1
    while w >= first:
        if _is_ours(d, w):
            d.words.lane[w] = cython.cast(cython.uchar, lane)
            d.cells.own[d.at + lane] += _letters_of(d, w) * _weight_of(d, w)
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _enter_lanes(
    d: Decoder,
    work: cython.float[::1],
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
    cost: cython.double = work[16 + best] - price
    ease: cython.double = price - _mixed_price(d, price) if price > at_end else 0.0
    back: cython.double = d.facts.params[PARAM_HOME] * price
    before: cython.Py_ssize_t = came[best]
    for lane in range(d.lanes):
        value = cost + work[lane]
        if _mixes(d, lane, best):
            value += ease
        if lane == before:
            value += back
        if value > work[16 + lane]:
            work[16 + lane] = value
            bits = bits | (one << lane)
            came[lane] = best if price > at_end and lane != before else -1
    return bits


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _viterbi(d: Decoder) -> cython.int:
    """The best sequence of lanes over the words of the block; 0 when it never switches, else 1 and one more for every switch
    inside a sentence.

    `work[:16]` holds the log shares of the lanes, `work[16:32]` the sums; `own` receives the letters of each lane. `came`: see
    `_enter_lanes`; the switch back costs less.
    """
    work: cython.float[::1] = d.memo.work
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
    at_colon: cython.double = d.facts.params[PARAM_AT_COLON]
    at_end: cython.double = d.facts.params[PARAM_AT_END]
    at_sign: cython.double = d.facts.params[PARAM_AT_SIGN]
    came: cython.Py_ssize_t[16]
    came = [-1] * 16
    for lane in range(lanes):
        work[16 + lane] = work[lane]
    for w in range(d.w0, d.w1):
        if not _is_ours(d, w):
            continue
        if prev < 0:
            first = w
        else:
            best = _best_lane(work, lanes)
            d.words.best[w] = cython.cast(cython.uchar, best)
            price = _switch_cost(
                d.scanned.word_flags[w], prev != w - 1, at_word, at_comma, at_colon, at_end, at_sign
            )
            d.words.back[w] = _enter_lanes(d, work, came, best, price, at_end)
        weight = scale * _weight_of(d, w)
        least = _least_of(d, w)
        row = d.words.row[w] * 16
        for lane in range(lanes):
            work[16 + lane] += weight * _behind(d.memo.margins[row + lane], least)
        prev = w
    return _trace_back(d, _best_lane(work, lanes), first, prev)


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
                total += _exp(powers, value if value < 12.0 else 12.0)
    return 1.0 / total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum_run(d: Decoder, w: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Sum the words of the run that begins with `w` into `work[:16]`; the last of them."""
    lead: cython.Py_ssize_t = d.words.lane[w]
    end: cython.Py_ssize_t = w
    lane: cython.Py_ssize_t
    row: cython.Py_ssize_t
    least: cython.short
    weight: cython.float
    for lane in range(16):
        d.memo.work[lane] = 0.0
    while w < d.w1:
        if _is_ours(d, w):
            if d.words.lane[w] != lead:
                break
            weight = d.facts.params[PARAM_SHARP] / d.facts.params[PARAM_STEPS] * _weight_of(d, w)
            least = _least_of(d, w)
            row = d.words.row[w] * 16
            for lane in range(16):
                d.memo.work[lane] += weight * _behind(d.memo.margins[row + lane], least)
            end = w
        w += 1
    return end


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
        if not _is_ours(d, start):
            start += 1
            continue
        lead = d.words.lane[start]
        end = _sum_run(d, start)
        score = _score(
            d.facts.powers, d.memo.work, 0, d.memo.work, 64 + d.base, d.lanes, lead, d.facts.params[PARAM_SCORE_SCALE]
        )  # fmt: skip
        for w in range(start, end + 1):
            if _is_ours(d, w):
                d.spans.word_lang[w] = d.facts.lane_lang[d.base + lead]
                d.words.score[w] = score
        start = end + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _lesser(a: cython.double, b: cython.double) -> cython.double:
    """The smaller of two prices."""
    return a if a < b else b


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _least_price(d: Decoder, state: cython.uint) -> cython.double:
    """The least price of a switch in a block of this state, but for the languages that mix."""
    return d.prices[(1 if state & HAS_END else 0) + (2 if state & HAS_SIGN else 0)]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _least_loss(d: Decoder, g: cython.Py_ssize_t, lead: cython.Py_ssize_t, state: cython.uint) -> cython.double:
    """What the words of a block have to say against lane `lead` that another may win on a stretch, by the mix of the
    document."""
    return _lesser(_least_price(d, state), d.low if d.facts.mixed_lanes[16 * g + lead] else d.plain[g])


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mixed_price(d: Decoder, price: cython.double) -> cython.double:
    """The price of a switch to or from a language that mixes, of one that costs `price`: not less than at a sign."""
    least: cython.double = _lesser(price, d.facts.params[PARAM_AT_SIGN])
    price -= d.facts.params[PARAM_MIXED]
    return price if price > least else least


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _price_switches(d: Decoder) -> cython.void:
    """The least prices of a switch by what stands inside a block, see `_least_price`, and of languages that mix; how far a
    lane must be ahead that no other can come near."""
    params: cython.const[cython.float][::1] = d.facts.params
    share: cython.double = 9.0 / params[PARAM_SCORE_SCALE]
    d.discount = d.memo.counts[32 * d.n_groups]
    d.prices[0] = _lesser(params[PARAM_AT_WORD], params[PARAM_AT_COMMA]) - d.discount
    d.prices[1] = _lesser(_lesser(params[PARAM_AT_END], params[PARAM_AT_COLON]), d.prices[0])
    d.prices[2] = d.prices[3] = _lesser(params[PARAM_AT_SIGN], d.prices[1])
    d.low = _mixed_price(d, d.prices[0])
    d.least = _lesser(d.low, d.prices[3]) - 0.001
    d.unsure = params[PARAM_UNSURE]
    d.safe = (share if share > d.unsure else d.unsure) + 0.001


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _share_document(d: Decoder) -> cython.void:
    """The log share of every lane in the document, from its letters there: `work[64:]`; what is found now begins at none."""
    shares: cython.float[::1] = d.memo.work
    counts: cython.double[::1] = d.memo.counts
    pseudo: cython.double = d.facts.params[PARAM_PSEUDO]
    now: cython.Py_ssize_t = 16 * d.n_groups
    g: cython.Py_ssize_t
    i: cython.Py_ssize_t
    base: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    total: cython.double
    for g in range(d.n_groups):
        base = 16 * g
        stop = base + d.facts.n_lanes[g]
        total = 0.0
        for i in range(base, stop):
            total += counts[i]
            counts[now + i] = 0.0
        first = base
        for i in range(base, stop):
            shares[64 + i] = _log_share(counts[i], total, d.facts.prior[i], d.facts.spread[i], pseudo)
            if shares[64 + i] > shares[64 + first]:
                first = i
        d.plain[g] = d.prices[0]
        for i in range(base, stop):
            if d.facts.mixed_lanes[i]:
                d.plain[g] = _lesser(d.plain[g], d.low - shares[64 + i])
        d.first_share[g] = first - base
        d.share[g] = shares[64 + first]
        d.next_share[g] = d.share[g] - _gap(shares, 64 + base, stop - base, first - base)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _share_without(d: Decoder, lane: cython.Py_ssize_t) -> cython.double:
    """Log share of a lane in the rest of the document, without the block."""
    i: cython.Py_ssize_t = d.base + lane
    count: cython.double = d.memo.counts[i] - d.cells.own[d.at + lane]
    return _log_share(count, d.total, d.facts.prior[i], d.facts.spread[i], d.facts.params[PARAM_PSEUDO])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lead_without(d: Decoder, first: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The leading lane of a block, a near thing, by what the rest of the document says; `first` leads in all of it."""
    work: cython.float[::1] = d.memo.work
    lead: cython.Py_ssize_t = first
    lane: cython.Py_ssize_t
    top: cython.double
    value: cython.double
    total: cython.double = 0.0
    for lane in range(d.lanes):
        total += d.memo.counts[d.base + lane] - d.cells.own[d.at + lane]
    d.total = total
    work[first] = _share_without(d, first)
    top = cython.cast(cython.double, d.cells.totals[d.at + first]) + work[first]
    for lane in range(d.lanes):
        if lane == first:
            continue
        work[lane] = 1.0
        if d.cells.totals[d.at + lane] < top - 0.001:
            continue  # a log share is at most 0: it cannot win, and its share is seldom asked for
        work[lane] = _share_without(d, lane)
        value = cython.cast(cython.double, d.cells.totals[d.at + lane]) + work[lane]
        if value > top or (value == top and lane < lead):
            top = value
            lead = lane
    return lead


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _choose_lead(d: Decoder) -> cython.void:
    """The leading lane of a block from the sums of all and the mix of the document; `work[:16]` receives the log shares."""
    top: cython.double = -1e30
    second: cython.double = -1e30
    low: cython.double
    value: cython.double
    lane: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    for lane in range(d.lanes):
        d.memo.work[lane] = d.memo.work[64 + d.base + lane]
        value = cython.cast(cython.double, d.cells.totals[d.at + lane]) + d.memo.work[lane]
        low = value if value < top else top
        second = low if low > second else second
        first = lane if value > top else first
        top = value if value > top else top
    d.lead = first
    d.is_near = top - second < d.unsure
    if d.is_near:
        d.lead = _lead_without(d, first)
    # no other language has a share in the score
    d.sure = IS_SURE if d.lead == first and d.facts.params[PARAM_SCORE_SCALE] * (second - top) <= -9.0 else 0
    if d.lead != d.cells.block_lead[d.cell]:
        d.cells.block_lead[d.cell] = cython.cast(cython.ushort, d.lead)
        d.cells.block_state[d.cell] = d.cells.block_state[d.cell] & OF_PLACES


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mixes(d: Decoder, a: cython.Py_ssize_t, b: cython.Py_ssize_t) -> cython.bint:
    """Whether one of two lanes is of a language that people mix with others inside sentences."""
    return (d.facts.mixed_lanes[d.base + a] | d.facts.mixed_lanes[d.base + b]) != 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _best_other_share(d: Decoder, ease: cython.double) -> cython.double:
    """The greatest log share that a lane but the leading one can have, 0 where it is not known, and `ease` more where it
    mixes."""
    best: cython.double = -1e30
    value: cython.double
    lane: cython.Py_ssize_t
    for lane in range(d.lanes):
        if d.cells.block_state[d.cell] & IS_UNREAD:
            d.memo.work[lane] = d.memo.work[64 + d.base + lane]
        value = d.memo.work[lane] if d.memo.work[lane] < 0.0 else 0.0
        value += ease if _mixes(d, lane, d.lead) else 0.0
        if lane != d.lead and value > best:
            best = value
    return best


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _may_switch(d: Decoder) -> cython.bint:
    """Whether another language can win on a stretch of the block: the best stretch of every lane, against its least price.

    Evidence is at most 0 in every lane: no stretch can gain more than the leading language lost on all words.
    """
    least: cython.double = _least_price(d, d.cells.block_state[d.cell])
    ease: cython.double = least - _mixed_price(d, least)
    own_least: cython.double
    loss: cython.double
    lane: cython.Py_ssize_t
    may: cython.bint = False
    loss = d.cells.loss[d.cell] if d.cells.block_state[d.cell] & IS_UNREAD else -d.cells.totals[d.at + d.lead]
    if loss <= (least - ease if d.is_near else _least_loss(d, d.g, d.lead, d.cells.block_state[d.cell])) - 0.001:
        return False
    if loss <= least - _best_other_share(d, ease):
        return False
    if d.cells.block_state[d.cell] & HAS_PEAKS == 0:
        _best_stretches(d)
    for lane in range(d.lanes):
        own_least = least - ease if _mixes(d, lane, d.lead) else least
        if lane == d.lead or d.cells.peaks[d.at + lane] <= own_least - 0.001:
            continue
        if d.memo.work[lane] == 1.0:
            d.memo.work[lane] = _share_without(d, lane)
        if d.cells.peaks[d.at + lane] > own_least - d.memo.work[lane]:
            may = True
    d.cells.block_state[d.cell] = d.cells.block_state[d.cell] & ~(SWITCHES | IS_SURE) | HAS_PEAKS
    return may


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _switch(d: Decoder) -> cython.int:
    """Find the best sequence of languages in the block; what `_viterbi` gives."""
    lane: cython.Py_ssize_t
    if d.cells.block_state[d.cell] & IS_UNREAD:
        _sum_lanes(d)
        d.cells.block_state[d.cell] = d.cells.block_state[d.cell] & ~IS_UNREAD
    for lane in range(d.lanes):
        if d.memo.work[lane] == 1.0:
            d.memo.work[lane] = _share_without(d, lane)
    for lane in range(16):
        d.cells.own[d.at + lane] = 0.0
    return _viterbi(d)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_letters(d: Decoder, switches: cython.int) -> cython.void:
    """Add the letters of the block to those found now, by lane."""
    now: cython.Py_ssize_t = 16 * d.n_groups + d.base
    mass: cython.float = d.cells.block_mass[d.cell]
    lane: cython.Py_ssize_t
    if switches > 0:
        d.cells.block_state[d.cell] = d.cells.block_state[d.cell] | SWITCHES
        for lane in range(d.lanes):
            d.memo.counts[now + lane] += d.cells.own[d.at + lane]
        return
    if d.cells.block_state[d.cell] & IS_UNREAD == 0:
        for lane in range(16):
            d.cells.own[d.at + lane] = 0.0
        d.cells.own[d.at + d.lead] = mass
    d.memo.counts[now + d.lead] += mass


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_quote(d: Decoder, g: cython.Py_ssize_t, cell: cython.Py_ssize_t) -> cython.bint:
    """Whether another language can win between two marks, in a block that does not switch: words that may be names count there
    as all others do."""
    state: cython.uint = d.cells.block_state[cell]
    lead: cython.Py_ssize_t = d.cells.block_lead[cell]
    loss: cython.float
    price: cython.double
    if state & (HAS_MARK | IS_CAPITALS) != HAS_MARK:
        return False
    loss = d.cells.loss[cell] if state & IS_UNREAD else -d.cells.totals[16 * cell + lead]
    price = d.facts.params[PARAM_QUOTED] / MOST_QUOTED + d.memo.work[64 + 16 * g + lead]
    price -= d.share[g] if lead != d.first_share[g] else d.next_share[g]
    return loss > d.facts.params[PARAM_TITLE] * price


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_before(d: Decoder, w: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.uint:
    """The code point that opens a bracket, a quotation or an emphasis right before word `w`, 0 for none; the block begins at
    `start`."""
    i: cython.Py_ssize_t = d.scanned.word_start[w] - 1
    kind: cython.uint
    if i > start and d.scanned.codes[i - 1] == ord("«") and _kind(d, i) == SPACE:
        i -= 1
    if i < start:
        return 0
    kind = _kind(d, i)
    if kind == QUOTE or _is_emphasis(d.scanned.codes[i]):
        # one that closes stands after a word
        kind = _kind(d, i - 1) if i > start else OPEN
        kind = OPEN if _is_blank(kind) else kind
    return d.scanned.codes[i] if kind == OPEN else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_emphasis(code: cython.uint) -> cython.bint:
    """Whether it is a sign of emphasis in plain text."""
    return code == ord("*") or code == ord("_")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _closes(d: Decoder, w: cython.Py_ssize_t, end: cython.Py_ssize_t, mark: cython.uint) -> cython.bint:
    """Whether what `mark` opened closes right after word `w` of a block that ends at `end`."""
    i: cython.Py_ssize_t = d.scanned.word_end[w]
    kind: cython.uint
    while i < end and (_kind(d, i) == END or _kind(d, i) == COMMA):
        i += 1
    if i + 1 < end and _kind(d, i) == SPACE and d.scanned.codes[i + 1] == ord("»"):
        i += 1
    if i >= end:
        return False
    if _is_emphasis(mark):
        return d.scanned.codes[i] == mark
    kind = _kind(d, i)
    return kind == CLOSE or (kind == QUOTE and d.scanned.codes[i] != ord("«"))


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
        if _is_ours(d, w) and d.scanned.word_flags[w] & kinds == 0:
            row = d.words.row[w] * 16
            least = _least_of(d, w)
            lead -= _behind(d.memo.margins[row + home], least)
            if lane >= 0:
                lead += _behind(d.memo.margins[row + lane], least)
    return lead


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lane_of_quoted(
    d: Decoder, first: cython.Py_ssize_t, stop: cython.Py_ssize_t, home: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The lane that the words first..stop between two marks are of, as a whole: `home`, of the words around them, or the one
    that they are likeliest of by themselves, where that pays for both switches, which cost less for more words, and the
    words that are no names do not speak against it."""
    work: cython.float[::1] = d.memo.work
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
        work[16 + lane] = 0.0
    for w in range(first, stop):
        if not _is_ours(d, w):
            continue
        row = d.words.row[w] * 16
        least = _least_of(d, w)
        weight = scale * (d.upper if d.scanned.word_flags[w] & WORD_UPPER else 1.0)
        for lane in range(d.lanes):
            work[16 + lane] += weight * _behind(d.memo.margins[row + lane], least)
    best = _best_lane(work, d.lanes)
    price += work[64 + d.base + home] - work[64 + d.base + best]
    if work[16 + best] - work[16 + home] <= price:
        return home
    return best if _lead_over(d, first, stop, best, home, WORD_TITLE | WORD_UPPER) >= 0 else home


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _stop_of_quoted(
    d: Decoder, first: cython.Py_ssize_t, mark: cython.uint, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The word after those between `mark`, which stands before word `first`, and what closes it; `first` where these are not
    two to MOST_QUOTED words of the group, or may all be names: none is written small or as short as `The`."""
    w: cython.Py_ssize_t
    may_be_names: cython.bint = True
    for w in range(first, first + MOST_QUOTED if first + MOST_QUOTED < d.w1 else d.w1):
        if not _is_ours(d, w) and d.facts.script_group[d.scanned.word_script[w]] != 0:
            return first
        if d.scanned.word_flags[w] & WORD_TITLE == 0 or _letters_of(d, w) < 4:
            may_be_names = False
        if _closes(d, w, end, mark):
            return first if w == first or may_be_names else w + 1
    return first


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _begin_lanes(d: Decoder) -> cython.void:
    """All words of the block, in which no language switches, are of the one that leads."""
    w: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    if d.cells.block_state[d.cell] & IS_UNREAD:
        _sum_lanes(d)
        d.cells.block_state[d.cell] = d.cells.block_state[d.cell] & ~IS_UNREAD
    for lane in range(16):
        d.cells.own[d.at + lane] = 0.0
    d.cells.own[d.at + d.lead] = d.cells.block_mass[d.cell]
    for w in range(d.w0, d.w1):
        d.words.lane[w] = cython.cast(cython.uchar, d.lead)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lane_beside(
    d: Decoder, first: cython.Py_ssize_t, stop: cython.Py_ssize_t, switches: cython.int
) -> cython.Py_ssize_t:
    """The lane of the word of the group before word `first`, or of that from `stop` on, if the words first..stop are of it
    too; -1 for none."""
    w: cython.Py_ssize_t = first - 1
    home: cython.Py_ssize_t
    while w >= d.w0 and not _is_ours(d, w):
        w -= 1
    if w < d.w0:
        w = stop
        while w < d.w1 and not _is_ours(d, w):
            w += 1
        if w >= d.w1:
            return -1
    if switches == 0:
        return d.lead
    home = d.words.lane[w]
    for w in range(first, stop):
        if _is_ours(d, w) and d.words.lane[w] != home:
            return -1
    return home


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _set_lane(d: Decoder, first: cython.Py_ssize_t, stop: cython.Py_ssize_t, lane: cython.Py_ssize_t) -> cython.void:
    """The words first..stop of the group are of this lane."""
    w: cython.Py_ssize_t
    letters: cython.float
    for w in range(first, stop):
        if _is_ours(d, w):
            letters = _letters_of(d, w) * _weight_of(d, w)
            d.cells.own[d.at + d.words.lane[w]] -= letters
            d.cells.own[d.at + lane] += letters
            d.words.lane[w] = cython.cast(cython.uchar, lane)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _quoted(d: Decoder, switches: cython.int) -> cython.int:
    """Judge what stands between two marks, as a title or a gloss, as a whole; what `_viterbi` gave, or 1 for a block that only
    switches there."""
    b: cython.Py_ssize_t = d.cell // d.n_groups
    start: cython.Py_ssize_t = d.scanned.block_start[b]
    end: cython.Py_ssize_t = d.scanned.block_end[b]
    w: cython.Py_ssize_t = d.w0
    stop: cython.Py_ssize_t
    home: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    mark: cython.uint
    if d.cells.block_state[d.cell] & (HAS_MARK | IS_CAPITALS) != HAS_MARK:
        return switches
    while w < d.w1:
        stop = w
        if d.scanned.word_flags[w] & WORD_AFTER_EDGE or w == d.w0:
            mark = _mark_before(d, w, start)
            if mark != 0:
                stop = _stop_of_quoted(d, w, mark, end)
        if stop > w:
            home = _lane_beside(d, w, stop, switches)
            lane = _lane_of_quoted(d, w, stop, home) if home >= 0 else home
            if lane != home:
                if switches == 0:
                    _begin_lanes(d)
                    switches = 1
                _set_lane(d, w, stop, lane)
            w = stop - 1
        w += 1
    return switches


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle_block(d: Decoder) -> cython.int:
    """Settle the language, or languages, of the block; what `_viterbi` gives."""
    may_switch: cython.bint
    switches: cython.int
    d.total = 0.0
    d.sure = IS_SURE
    d.is_near = False
    if d.cells.block_state[d.cell] & IS_UNREAD:
        d.lead = d.cells.block_lead[d.cell]
    else:
        _choose_lead(d)
    may_switch = _may_switch(d)
    d.cells.block_state[d.cell] = d.cells.block_state[d.cell] & ~(SWITCHES | IS_SURE) | d.sure
    switches = _switch(d) if may_switch else 0
    if switches > 0 or _may_quote(d, d.g, d.cell):
        switches = _quoted(d, switches)
    _count_letters(d, switches)
    return switches


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_ahead(d: Decoder, g: cython.Py_ssize_t, cell: cython.Py_ssize_t) -> cython.bint:
    """Whether the margins of the words show that no lane comes near the leading one, under the mix of the document."""
    lead: cython.Py_ssize_t = d.cells.block_lead[cell]
    rival: cython.double = d.share[g] if lead != d.first_share[g] else d.next_share[g]
    return d.cells.margin[cell] + d.memo.work[64 + 16 * g + lead] - rival > d.safe


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle(d: Decoder, b0: cython.Py_ssize_t, b1: cython.Py_ssize_t) -> cython.int:
    """Settle the languages of a document's blocks under its mix; 1 when a block switches inside a script.

    `counts` holds the letters of every lane in the document, behind them those found now, and last how much less
    a switch costs than at first.
    """
    n_groups: cython.Py_ssize_t = d.n_groups
    now: cython.Py_ssize_t = 16 * n_groups
    b: cython.Py_ssize_t
    g: cython.Py_ssize_t
    cell: cython.Py_ssize_t
    state: cython.ushort
    lead: cython.ushort
    mixed: cython.int = 0
    switches: cython.int
    found: cython.double = 0.0
    most: cython.double = d.facts.params[PARAM_MOST]
    _price_switches(d)
    _share_document(d)
    for b in range(b0, b1):
        for g in range(n_groups):
            cell = b * n_groups + g
            if d.cells.block_mass[cell] == 0.0:
                continue
            state = d.cells.block_state[cell]
            lead = d.cells.block_lead[cell]
            if state & IS_UNREAD and _is_ahead(d, g, cell):
                if d.cells.loss[cell] <= d.least or (
                    d.cells.loss[cell] <= _least_loss(d, g, lead, state) - 0.001 and not _may_quote(d, g, cell)
                ):
                    # no other language can win, on the whole or on a stretch
                    d.cells.block_state[cell] = state & ~SWITCHES | IS_SURE
                    d.memo.counts[now + 16 * g + lead] += d.cells.block_mass[cell]
                    continue
                _take(d, b, g)
            else:
                _take(d, b, g)
                if state & IS_UNREAD:
                    _sum_lanes(d)
                    d.cells.own[d.at + lead] = d.cells.block_mass[cell]
                    d.cells.block_state[cell] = state & ~IS_UNREAD
            switches = _settle_block(d)
            if switches > 0:
                found += switches - 1
                mixed = 1
    # where languages change inside sentences often, a switch costs less: for the next reading of the document
    found = d.facts.params[PARAM_HABIT] * found / (d.scanned.block_word[b1] - d.scanned.block_word[b0] + 1)
    d.memo.counts[32 * n_groups] = found if found < most else most
    return mixed


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _kind(d: Decoder, i: cython.Py_ssize_t) -> cython.uint:
    """The class of a code point, see `classes`."""
    code: cython.uint = d.scanned.codes[i]
    page: cython.Py_ssize_t = d.facts.pages[code >> 8]
    return cython.cast(cython.uint, d.facts.cells[page * 256 + (code & 255)] & KIND_MASK)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_blank(kind: cython.uint) -> cython.bint:
    """Whether a code point of this class is a space or ends a line."""
    return kind == SPACE or kind == NEWLINE


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _quotes(d: Decoder, i: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.int:
    """1 for a quotation mark or a sign of emphasis that opens, -1 for one that closes, 0 for an apostrophe inside a word; the
    block begins at `start`."""
    before: cython.uint = _kind(d, i - 1) if i > start else SPACE
    after: cython.uint = _kind(d, i + 1)
    if (_is_blank(before) or before == OPEN) and not _is_blank(after):
        return 1
    if _is_blank(after) or after == END or after == COMMA or after == CLOSE:
        # a mark between two spaces is a sign of its own, but for « “ „
        code: cython.uint = d.scanned.codes[i]
        return 1 if _is_blank(before) and (code == ord("«") or code == ord("“") or code == ord("„")) else -1
    if _kind(d, i) == QUOTE:
        return -1 if d.quotes > 0 else 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _directs(code: cython.uint) -> cython.int:
    """1 for a code point that opens an embedding or isolate of the Bidirectional Algorithm (UAX #9), and for ¡ ¿; -1 for one
    that closes, 0 for all others."""
    if (
        code == ord("¡")
        or code == ord("¿")
        or ord("\N{LEFT-TO-RIGHT ISOLATE}") <= code <= ord("\N{FIRST STRONG ISOLATE}")
        or code == ord("\N{LEFT-TO-RIGHT EMBEDDING}")
        or code == ord("\N{RIGHT-TO-LEFT EMBEDDING}")
        or code == ord("\N{LEFT-TO-RIGHT OVERRIDE}")
        or code == ord("\N{RIGHT-TO-LEFT OVERRIDE}")
    ):
        return 1
    if code == ord("\N{POP DIRECTIONAL FORMATTING}") or code == ord("\N{POP DIRECTIONAL ISOLATE}"):
        return -1
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _walk_gap(d: Decoder, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.void:
    """Count what opens and closes in i..stop, between two words of the block that begins at `start`."""
    kind: cython.uint
    opens: cython.int
    while i < stop:
        kind = _kind(d, i)
        opens = 0
        if kind == OPEN:
            opens = 1
        elif kind == CLOSE:
            opens = -1
        elif kind == QUOTE or kind == APOSTROPHE or (kind >= SEPARATOR and _is_emphasis(d.scanned.codes[i])):
            opens = _quotes(d, i, start)
            if opens > 0:
                d.quotes += 1
            elif opens < 0 and d.quotes > 0:
                d.quotes -= 1
        elif kind == OTHER or kind == PUNCT:
            opens = _directs(d.scanned.codes[i])
        if opens > 0:
            if d.depth == 0:
                d.bottom = i
            d.depth += 1
        elif opens < 0 and d.depth > 0:
            d.depth -= 1
        i += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bind_whole(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.bint:
    """Write span `k` as all of block `b`; whether that holds, as no two of its words differ in language."""
    w0: cython.Py_ssize_t = d.scanned.block_word[b]
    w1: cython.Py_ssize_t = d.scanned.block_word[b + 1]
    w: cython.Py_ssize_t
    lang: cython.int = -1
    weights: cython.double = 0.0
    score: cython.double = 0.0
    is_whole: cython.bint = True
    d.spans.script[k] = d.scanned.word_script[w0] if w0 < w1 else 0
    for w in range(w0, w1):
        if d.spans.word_lang[w] != lang:
            if d.spans.word_lang[w] == 0:
                continue
            if lang >= 0:
                is_whole = False
                break
            lang = d.spans.word_lang[w]
            d.spans.script[k] = d.scanned.word_script[w]
        weights += _letters_of(d, w)
        score += cython.cast(cython.double, _letters_of(d, w)) * d.words.score[w]
    d.spans.start[k] = d.scanned.block_start[b]
    d.spans.end[k] = d.scanned.block_end[b]
    d.spans.block[k] = cython.cast(cython.int, b)
    d.spans.lang[k] = cython.cast(cython.uchar, lang if lang > 0 else 0)
    d.spans.score[k] = score / weights if lang >= 0 else 1.0
    return is_whole


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _part(d: Decoder, k: cython.Py_ssize_t, w: cython.Py_ssize_t, at: cython.Py_ssize_t) -> cython.void:
    """End span `k` at `at`, without the blanks there, where the next begins, with the language of word `w`."""
    d.spans.start[k + 1] = cython.cast(cython.int, at)
    at -= 1
    while at > d.spans.start[k] and _is_blank(_kind(d, at)):
        at -= 1
    d.spans.end[k] = cython.cast(cython.int, at + 1)
    d.spans.block[k + 1] = d.spans.block[k]
    d.spans.lang[k + 1] = d.spans.word_lang[w]
    d.spans.script[k + 1] = d.scanned.word_script[w]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bind(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Cut block `b` into spans, `k` the first of them; the one after the last.

    Neutral characters go with the span before them, at the start of a block with the one after; an opening
    bracket or quotation mark that encloses a new language goes with it.
    """
    start: cython.Py_ssize_t = d.scanned.block_start[b]
    i: cython.Py_ssize_t = start
    w: cython.Py_ssize_t
    lang: cython.int = -1
    weights: cython.double = 0.0
    score: cython.double = 0.0
    if _bind_whole(d, b, k):
        return k + 1
    d.quotes = 0
    d.depth = 0
    d.bottom = -1
    for w in range(d.scanned.block_word[b], d.scanned.block_word[b + 1]):
        _walk_gap(d, i, d.scanned.word_start[w], start)
        i = d.scanned.word_end[w]
        if d.spans.word_lang[w] == 0:
            continue
        if lang >= 0 and d.spans.word_lang[w] != lang:
            d.spans.score[k] = score / weights
            _part(d, k, w, d.bottom if d.depth > 0 else d.scanned.word_start[w])
            k += 1
            weights = 0.0
            score = 0.0
        lang = d.spans.word_lang[w]
        weights += _letters_of(d, w)
        score += cython.cast(cython.double, _letters_of(d, w)) * d.words.score[w]
        d.depth = 0
        d.bottom = -1
    d.spans.score[k] = score / weights
    d.spans.end[k] = d.scanned.block_end[b]
    return k + 1


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
    d.named = 0
    for g in range(d.n_groups):
        cell = b * d.n_groups + g
        if d.cells.block_mass[cell] == 0.0:
            continue
        lead = d.cells.block_lead[cell]
        d.langs[g + 1] = d.facts.lane_lang[g * 16 + lead]
        d.scores[g + 1] = 1.0
        if d.cells.block_state[cell] & IS_SURE == 0:
            d.scores[g + 1] = _score(
                d.facts.powers, d.cells.totals, cell * 16, d.memo.work, 64 + g * 16, d.facts.n_lanes[g], lead,
                d.facts.params[PARAM_SCORE_SCALE],
            )  # fmt: skip
        parts += 2 if d.cells.block_state[cell] & SWITCHES else 1
        d.named = g + 1
    return parts


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
def _one_span(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.void:
    """Write block `b`, of words of one language and perhaps numbers, as span `k`: its score is theirs."""
    w: cython.Py_ssize_t = d.scanned.block_word[b]
    while d.named > 0 and d.facts.script_group[d.scanned.word_script[w]] != d.named:
        w += 1
    d.spans.start[k] = d.scanned.block_start[b]
    d.spans.end[k] = d.scanned.block_end[b]
    d.spans.block[k] = cython.cast(cython.int, b)
    d.spans.score[k] = d.scores[d.named]
    d.spans.lang[k] = cython.cast(cython.uchar, d.langs[d.named])
    d.spans.script[k] = d.scanned.word_script[w] if w < d.scanned.block_word[b + 1] else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _own_name(d: Decoder, key: cython.ulonglong) -> cython.int:
    """The language that has the word, or the two words, of this key as its name for itself; 0 where none of those to choose
    among has."""
    i: cython.Py_ssize_t
    for i in range(d.facts.name_keys.shape[0]):
        if d.facts.name_keys[i] == key and d.facts.prior[d.facts.name_lane[i]] > -1e8:
            return d.facts.lane_lang[d.facts.name_lane[i]]
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _name_menu(d: Decoder, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.bint:
    """Where the words w0..w1 are nothing but names that languages have for themselves, as in a menu of them, each is of its
    own language, however the rest of the document reads; whether they are."""
    prime: cython.ulonglong = 11400714819323198485
    mask: cython.ulonglong = 18446744073709551615
    keys: cython.ulonglong[::1] = d.memo.keys
    key: cython.ulonglong
    w: cython.Py_ssize_t = w0
    lang: cython.int
    while w < w1:
        key = keys[d.words.row[w]]
        lang = _own_name(d, key)
        d.spans.word_lang[w] = cython.cast(cython.uchar, lang)
        d.words.score[w] = d.facts.params[PARAM_OWN_NAME]
        w += 1
        if lang == 0 and w < w1 and key != 0:
            lang = _own_name(d, ((key * prime) & mask) ^ keys[d.words.row[w]])
            d.spans.word_lang[w - 1] = d.spans.word_lang[w] = cython.cast(cython.uchar, lang)
            d.words.score[w] = d.facts.params[PARAM_OWN_NAME]
            w += 1
        if lang == 0:
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _cut_block(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Languages of the words of block `b` and its spans, `k` the first of them; the one after the last."""
    w0: cython.Py_ssize_t = d.scanned.block_word[b]
    w1: cython.Py_ssize_t = d.scanned.block_word[b + 1]
    w: cython.Py_ssize_t
    g: cython.Py_ssize_t
    parts: cython.int = _name_groups(d, b)
    by_script: cython.int
    # few words are looked up: the first has to look like a name
    if w0 < w1 and d.facts.name_bits[d.memo.keys[d.words.row[w0]] >> 51 & 4095] and _name_menu(d, w0, w1):
        return _bind(d, b, k)
    by_script = _name_words(d, d.facts.script_group, d.scanned.word_script, d.spans.word_lang, w0, w1)
    if by_script == 0 and parts < 2:
        _one_span(d, b, k)
        return k + 1
    for w in range(w0, w1):
        d.words.score[w] = d.scores[d.facts.script_group[d.scanned.word_script[w]]]
    for g in range(d.n_groups):
        _take(d, b, g)
        if d.cells.block_mass[d.cell] != 0.0 and d.cells.block_state[d.cell] & SWITCHES:
            _score_runs(d)
    return _bind(d, b, k)


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
    d: Decoder = Decoder(scanned, facts, memo, room, cells, spans)
    n_blocks: cython.Py_ssize_t = scanned.n_blocks
    n_lanes: cython.Py_ssize_t = 16 * d.n_groups
    b0: cython.Py_ssize_t = 0
    b1: cython.Py_ssize_t
    b: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    k: cython.Py_ssize_t = 0
    _round: cython.int
    with cython.nogil:
        _weigh_flags(d)
        while b0 < n_blocks:
            b1 = b0 + 1
            while b1 < n_blocks and scanned.block_doc[b1] == scanned.block_doc[b0]:
                b1 += 1
            for lane in range(2 * n_lanes + 1):
                memo.counts[lane] = 0.0
            _read(d, b0, b1)
            for _round in range(2):
                if not _settle(d, b0, b1):
                    break
                for lane in range(n_lanes):
                    memo.counts[lane] = memo.counts[n_lanes + lane]
            for b in range(b0, b1):
                spans.block_span[b] = cython.cast(cython.int, k)
                k = _cut_block(d, b, k)
            b0 = b1
        spans.block_span[n_blocks] = cython.cast(cython.int, k)
    return k
