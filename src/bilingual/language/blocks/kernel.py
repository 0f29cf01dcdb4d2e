# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The blocks of a document -> their languages, under the document's own mix of them.

`read` finds how every block reads on its own, and so the mix; `settle` decides each under it. A block whose leading language
is far ahead is decided by the margins of its words; every lane is summed only where it is not, and the best sequence of
languages is found only where another could win on a part.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

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
        MOST_LONE,
        MOST_QUOTED,
        OF_PLACES,
        PARAM_AT_COLON,
        PARAM_AT_COMMA,
        PARAM_AT_END,
        PARAM_AT_SIGN,
        PARAM_AT_WORD,
        PARAM_CAPITALS,
        PARAM_HABIT,
        PARAM_LONE,
        PARAM_MOST,
        PARAM_PSEUDO,
        PARAM_QUOTED,
        PARAM_SCORE_SCALE,
        PARAM_TITLE,
        PARAM_UNSURE,
        PARAM_UPPER,
        SWITCHES,
    )
    from cython.cimports.bilingual.language.lanes.kernel import (
        Decoder,
        best_stretches,
        is_ours,
        mixed_price,
        sum_lanes,
        sum_run,
        viterbi,
    )
    from cython.cimports.bilingual.language.marks.kernel import quoted
    from cython.cimports.bilingual.text.classes import (
        WORD_AFTER_COLON,
        WORD_AFTER_EDGE,
        WORD_AFTER_END,
        WORD_AFTER_SIGN,
        WORD_TITLE,
        WORD_UPPER,
    )
    from cython.cimports.bilingual.text.memory import fetch
    from cython.cimports.bilingual.text.powers import power_of
    from cython.cimports.libc.math import log
else:
    from math import log

    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.lanes.kernel import *  # noqa: F403
    from bilingual.language.marks.kernel import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403
    from bilingual.text.powers import power_of

COMPILED = cython.compiled


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
def _cell_of(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The cell of group `g` in block `b`: those of one document alone, so that they stay in the cache."""
    return (b - d.first_block) * d.n_groups + g


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def take(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.void:
    """Turn to the words of group `g` in block `b`."""
    d.g = g
    d.base = 16 * g
    d.lanes = d.lanes_of[g]
    d.cell = _cell_of(d, b, g)
    d.at = 16 * d.cell
    d.w0 = d.scanned.block_word[b]
    d.w1 = d.scanned.block_word[b + 1]
    d.upper = 1.0 if d.cells.block_state[d.cell] & IS_CAPITALS else d.facts.params[PARAM_UPPER]


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
        for lane in range(1, d.lanes_of[g]):
            if prior[g * 16 + lane] > prior[g * 16 + d.leads[g + 1]]:
                d.leads[g + 1] = lane
        d.gap[g] = _gap(prior, g * 16, d.lanes_of[g], d.leads[g + 1])


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
    if flags & WORD_AFTER_SIGN == WORD_AFTER_SIGN:
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
    soon: cython.Py_ssize_t
    for g in range(8):  # a constant: four calls of the C library otherwise
        _put_away(d, g, 0.0, 0.0, 0.0)
        d.ends[g] = 0
    for w in range(d.scanned.block_word[b], d.scanned.block_word[b + 1]):
        if cython.compiled:
            # the evidence of a word that `_look_up_steps` comes to soon: it is under way while these are added up
            soon = w + 320 if w + 320 < d.scanned.n_words else w
            fetch(cython.address(d.memo.margins[d.words.row[soon] * 16]))
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
        letters += (d.scanned.word_end[w] - d.scanned.word_start[w]) * weight
        step = d.words.steps[w]
        ahead += weight * step
        # of a step of 16 bits what is below 0, without a branch: none could be foreseen
        behind -= weight * (step & (step >> 15))
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
    at: cython.Py_ssize_t = _cell_of(d, b, g)
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
def _share_out(d: Decoder) -> tuple[cython.Py_ssize_t, cython.int]:
    """Share the letters of the block among the lanes by how likely each is; the likeliest, and how many have a share."""
    at: cython.Py_ssize_t = d.at
    base: cython.Py_ssize_t = d.base
    mass: cython.double = d.cells.block_mass[d.cell]
    top: cython.double = -1e30
    total: cython.double = 1.0
    lead: cython.Py_ssize_t = 0
    lane: cython.Py_ssize_t
    n: cython.int = 1
    m: cython.int
    scores: cython.double[16]
    sharers: cython.uchar[17]
    if not cython.compiled:
        scores, sharers = [0.0] * 16, [0] * 17  # compiled, what the stack holds will do
    for lane in range(d.lanes):
        scores[lane] = cython.cast(cython.double, d.cells.totals[at + lane]) + d.facts.prior[base + lane]
        # no branch, here and below: none could be foreseen
        lead = lane if scores[lane] > top else lead
        top = scores[lane] if scores[lane] > top else top
    sharers[0] = cython.cast(cython.uchar, lead)
    for lane in range(d.lanes):
        sharers[n] = cython.cast(cython.uchar, lane)
        n += (scores[lane] - top > -9.0) & (lane != lead)
    d.cells.own[at + lead] = 1.0
    for m in range(1, n):
        lane = sharers[m]
        d.cells.own[at + lane] = power_of(d.facts.powers, scores[lane] - top)
        total += d.cells.own[at + lane]
    for m in range(n):
        lane = sharers[m]
        d.cells.own[at + lane] = mass * d.cells.own[at + lane] / total
        d.memo.counts[base + lane] += d.cells.own[at + lane]
    return lead, n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read_lanes(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.void:
    """Find the likeliest lane of a block from the sums of all; it leads the next blocks where no other has a share."""
    lead: cython.Py_ssize_t
    sharers: cython.int
    take(d, b, g)
    sum_lanes(d)
    lead, sharers = _share_out(d)
    d.cells.block_lead[d.cell] = cython.cast(cython.ushort, lead)
    if sharers == 1 and lead != d.leads[g + 1]:
        d.leads[g + 1] = lead
        d.gap[g] = _gap(d.facts.prior, 16 * g, d.lanes, lead)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read(d: Decoder, b0: cython.Py_ssize_t, b1: cython.Py_ssize_t) -> cython.void:
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
                open_cell[n_open] = _cell_of(d, b, g)
                n_open += _note_sums(d, b, g)
        for n in range(n_open):
            _read_lanes(d, d.first_block + open_cell[n] // n_groups, open_cell[n] % n_groups)
        b0 = last


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
    d.low = mixed_price(d, d.prices[0])
    d.least = _lesser(d.low, d.prices[3]) - 0.001
    d.unsure = params[PARAM_UNSURE]
    d.safe = (share if share > d.unsure else d.unsure) + 0.001


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
@cython.nogil
@cython.exceptval(check=False)
def _share_document(d: Decoder) -> cython.void:
    """The log share of every lane in the document, from its letters there: `work[64:]`; what is found now begins at none."""
    shares: cython.float[::1] = d.memo.work
    counts: cython.double[::1] = d.memo.counts
    pseudo: cython.double = d.facts.params[PARAM_PSEUDO]
    every: cython.double = 0.0
    now: cython.Py_ssize_t = 16 * d.n_groups
    g: cython.Py_ssize_t
    i: cython.Py_ssize_t
    base: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    total: cython.double
    for i in range(now):
        every += counts[i]
    for g in range(d.n_groups):
        base = 16 * g
        stop = base + d.lanes_of[g]
        total = 0.0
        for i in range(base, stop):
            total += counts[i]
            counts[now + i] = 0.0
        first = base
        d.lone[g] = d.facts.params[PARAM_LONE] if MOST_LONE * total < every else 0.0
        for i in range(base, stop):
            shares[64 + i] = _log_share(counts[i], total, d.facts.prior[i], d.facts.spread[i], pseudo)
            shares[64 + i] -= d.lone[g] if d.facts.mixed_lanes[i] else 0.0
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
    share: cython.double = _log_share(count, d.total, d.facts.prior[i], d.facts.spread[i], d.facts.params[PARAM_PSEUDO])
    return share - d.lone[d.g] if d.facts.mixed_lanes[i] else share


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
@cython.nogil
@cython.exceptval(check=False)
def _best_other_share(d: Decoder, ease: cython.double) -> cython.double:
    """The greatest log share that a lane but the leading one can have, 0 where it is not known, and `ease` more where it
    mixes."""
    best: cython.double = -1e30
    value: cython.double
    lane: cython.Py_ssize_t
    mixes: cython.uint = d.facts.mixed_lanes[d.base + d.lead]
    for lane in range(d.lanes):
        if d.cells.block_state[d.cell] & IS_UNREAD:
            d.memo.work[lane] = d.memo.work[64 + d.base + lane]
        value = d.memo.work[lane] if d.memo.work[lane] < 0.0 else 0.0
        value += ease if mixes | d.facts.mixed_lanes[d.base + lane] else 0.0
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
    ease: cython.double = least - mixed_price(d, least)
    own_least: cython.double
    loss: cython.double
    lane: cython.Py_ssize_t
    mixes: cython.uint = d.facts.mixed_lanes[d.base + d.lead]
    may: cython.bint = False
    loss = d.cells.loss[d.cell] if d.cells.block_state[d.cell] & IS_UNREAD else -d.cells.totals[d.at + d.lead]
    if loss <= (least - ease if d.is_near else _least_loss(d, d.g, d.lead, d.cells.block_state[d.cell])) - 0.001:
        return False
    if loss <= least - _best_other_share(d, ease):
        return False
    if d.cells.block_state[d.cell] & HAS_PEAKS == 0:
        best_stretches(d)
    for lane in range(d.lanes):
        own_least = least - ease if mixes | d.facts.mixed_lanes[d.base + lane] else least
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
    """Find the best sequence of languages in the block; what `viterbi` gives."""
    lane: cython.Py_ssize_t
    if d.cells.block_state[d.cell] & IS_UNREAD:
        sum_lanes(d)
        d.cells.block_state[d.cell] = d.cells.block_state[d.cell] & ~IS_UNREAD
    for lane in range(d.lanes):
        if d.memo.work[lane] == 1.0:
            d.memo.work[lane] = _share_without(d, lane)
    for lane in range(16):
        d.cells.own[d.at + lane] = 0.0
    return viterbi(d)


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
def _settle_block(d: Decoder) -> cython.int:
    """Settle the language, or languages, of the block; what `viterbi` gives."""
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
        switches = quoted(d, switches)
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
def settle(d: Decoder, b0: cython.Py_ssize_t, b1: cython.Py_ssize_t) -> cython.int:
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
            cell = _cell_of(d, b, g)
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
                take(d, b, g)
            else:
                take(d, b, g)
                if state & IS_UNREAD:
                    sum_lanes(d)
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
    """Probability of the language of lane `lead` for a stretch of words whose lanes sum to `sums[at : at + 16]`; `langs[base:]`
    are those of the lanes."""
    total: cython.double = 1.0
    top: cython.double = cython.cast(cython.double, sums[at + lead]) + shares[at_share + lead]
    value: cython.double
    lane: cython.Py_ssize_t
    n: cython.int = 0
    m: cython.int
    values: cython.double[17]
    if not cython.compiled:
        values = [0.0] * 17  # compiled, what the stack holds will do
    # no branch: none could be foreseen
    for lane in range(lanes):
        value = scale * (cython.cast(cython.double, sums[at + lane]) + shares[at_share + lane] - top)
        values[n] = value
        n += (value > -9.0) & (langs[base + lane] != langs[base + lead])
    for m in range(n):
        total += power_of(powers, values[m] if values[m] < 12.0 else 12.0)
    return 1.0 / total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def score_runs(d: Decoder) -> cython.void:
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
            d.facts.powers, d.memo.work, 0, d.memo.work, 64 + d.base, d.lanes, lead, d.facts.params[PARAM_SCORE_SCALE],
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
def name_groups(d: Decoder, b: cython.Py_ssize_t) -> cython.int:
    """Language and score of every group in block `b`, `named` the last of them; how many there are, one more for each that
    switches."""
    parts: cython.int = 0
    g: cython.Py_ssize_t
    cell: cython.Py_ssize_t
    lead: cython.Py_ssize_t
    d.named = 0
    for g in range(d.n_groups):
        cell = _cell_of(d, b, g)
        if d.cells.block_mass[cell] == 0.0:
            continue
        lead = d.cells.block_lead[cell]
        d.langs[g + 1] = d.facts.lane_lang[g * 16 + lead]
        d.scores[g + 1] = 1.0
        if d.cells.block_state[cell] & IS_SURE == 0:
            d.scores[g + 1] = _score(
                d.facts.powers, d.cells.totals, cell * 16, d.memo.work, 64 + g * 16, d.lanes_of[g], lead,
                d.facts.params[PARAM_SCORE_SCALE], d.facts.lane_lang, 16 * g,
            )  # fmt: skip
        parts += 2 if d.cells.block_state[cell] & SWITCHES else 1
        d.named = g + 1
    return parts
