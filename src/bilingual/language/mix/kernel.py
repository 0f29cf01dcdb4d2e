# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The blocks of a document -> their languages, under the document's own mix of them.

What leads a block is asked anew with what the rest of the document is in; the best sequence of languages is found only where
another could win on a part.

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
        HAS_END,
        HAS_MARK,
        HAS_PEAKS,
        HAS_SIGN,
        IS_CAPITALS,
        IS_SURE,
        IS_UNREAD,
        LANES,
        MOST_LONE,
        MOST_QUOTED,
        NO_SHARE,
        OF_PLACES,
        PARAM_AT_COLON,
        PARAM_AT_COMMA,
        PARAM_AT_END,
        PARAM_AT_SIGN,
        PARAM_AT_WORD,
        PARAM_HABIT,
        PARAM_LONE,
        PARAM_MOST,
        PARAM_PSEUDO,
        PARAM_QUOTED,
        PARAM_SCORE_SCALE,
        PARAM_TITLE,
        PARAM_UNSURE,
        SWITCHES,
        UNASKED,
    )
    from cython.cimports.bilingual.language.lanes.kernel import (
        Decoder,
        best_stretches,
        mixed_price,
        sum_lanes,
        viterbi,
    )
    from cython.cimports.bilingual.language.marks.kernel import quoted
    from cython.cimports.bilingual.language.reading.kernel import ahead_of_others, take
    from cython.cimports.libc.math import log
else:
    from math import log

    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.lanes.kernel import *  # noqa: F403
    from bilingual.language.marks.kernel import *  # noqa: F403
    from bilingual.language.reading.kernel import *  # noqa: F403

COMPILED = cython.compiled


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
    return _lesser(_least_price(d, state), d.low if d.facts.mixed_lanes[LANES * g + lead] else d.plain[g])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _price_switches(d: Decoder) -> cython.void:
    """The least prices of a switch by what stands inside a block, see `_least_price`, and of languages that mix; how far a
    lane must be ahead that no other can come near."""
    params: cython.const[cython.float][::1] = d.facts.params
    share: cython.double = NO_SHARE / params[PARAM_SCORE_SCALE]
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
    if prior == ABSENT:
        return ABSENT
    if count < 0.0:
        count = 0.0
    if total < 0.0:
        total = 0.0
    return log((count + spread) / (total + pseudo))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _share_document(d: Decoder) -> cython.void:
    """The log share of every lane in the document, from its letters there; what is found now begins at none."""
    shares: cython.float[::1] = d.memo.shares
    counts: cython.double[::1] = d.memo.counts
    pseudo: cython.double = d.facts.params[PARAM_PSEUDO]
    every: cython.double = 0.0
    g: cython.Py_ssize_t
    i: cython.Py_ssize_t
    base: cython.Py_ssize_t
    first: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    total: cython.double
    for i in range(LANES * d.n_groups):
        every += counts[i]
    for g in range(d.n_groups):
        base = LANES * g
        stop = base + d.lanes_of[g]
        total = 0.0
        for i in range(base, stop):
            total += counts[i]
            d.memo.found[i] = 0.0
        first = base
        d.lone[g] = d.facts.params[PARAM_LONE] if MOST_LONE * total < every else 0.0
        for i in range(base, stop):
            shares[i] = _log_share(counts[i], total, d.facts.prior[i], d.facts.spread[i], pseudo)
            shares[i] -= d.lone[g] if d.facts.mixed_lanes[i] else 0.0
            if shares[i] > shares[first]:
                first = i
        d.plain[g] = d.prices[0]
        for i in range(base, stop):
            if d.facts.mixed_lanes[i]:
                d.plain[g] = _lesser(d.plain[g], d.low - shares[i])
        d.first_share[g] = first - base
        d.share[g] = shares[first]
        d.next_share[g] = d.share[g] - ahead_of_others(shares, base, stop - base, first - base)


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
    shares: cython.float[::1] = d.memo.block_shares
    lead: cython.Py_ssize_t = first
    lane: cython.Py_ssize_t
    top: cython.double
    value: cython.double
    total: cython.double = 0.0
    for lane in range(d.lanes):
        total += d.memo.counts[d.base + lane] - d.cells.own[d.at + lane]
    d.total = total
    shares[first] = _share_without(d, first)
    top = cython.cast(cython.double, d.cells.totals[d.at + first]) + shares[first]
    for lane in range(d.lanes):
        if lane == first:
            continue
        shares[lane] = UNASKED
        if d.cells.totals[d.at + lane] < top - 0.001:
            continue  # a log share is at most 0: it cannot win, and its share is seldom asked for
        shares[lane] = _share_without(d, lane)
        value = cython.cast(cython.double, d.cells.totals[d.at + lane]) + shares[lane]
        if value > top or (value == top and lane < lead):
            top = value
            lead = lane
    return lead


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _choose_lead(d: Decoder) -> cython.void:
    """The leading lane of a block from the sums of all and the mix of the document; `block_shares` receive its log
    shares."""
    top: cython.double = -1e30
    second: cython.double = -1e30
    low: cython.double
    value: cython.double
    lane: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    for lane in range(d.lanes):
        d.memo.block_shares[lane] = d.memo.shares[d.base + lane]
        value = cython.cast(cython.double, d.cells.totals[d.at + lane]) + d.memo.block_shares[lane]
        low = value if value < top else top
        second = low if low > second else second
        first = lane if value > top else first
        top = value if value > top else top
    d.lead = first
    d.is_near = top - second < d.unsure
    if d.is_near:
        d.lead = _lead_without(d, first)
    # no other language has a share in the score
    d.sure = IS_SURE if d.lead == first and d.facts.params[PARAM_SCORE_SCALE] * (second - top) <= -NO_SHARE else 0
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
            d.memo.block_shares[lane] = d.memo.shares[d.base + lane]
        value = d.memo.block_shares[lane] if d.memo.block_shares[lane] < 0.0 else 0.0
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
        if d.memo.block_shares[lane] == UNASKED:
            d.memo.block_shares[lane] = _share_without(d, lane)
        if d.cells.peaks[d.at + lane] > own_least - d.memo.block_shares[lane]:
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
        if d.memo.block_shares[lane] == UNASKED:
            d.memo.block_shares[lane] = _share_without(d, lane)
    for lane in range(LANES):
        d.cells.own[d.at + lane] = 0.0
    return viterbi(d)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_letters(d: Decoder, switches: cython.int) -> cython.void:
    """Add the letters of the block to those found now, by lane."""
    mass: cython.float = d.cells.block_mass[d.cell]
    lane: cython.Py_ssize_t
    if switches > 0:
        d.cells.block_state[d.cell] = d.cells.block_state[d.cell] | SWITCHES
        for lane in range(d.lanes):
            d.memo.found[d.base + lane] += d.cells.own[d.at + lane]
        return
    if d.cells.block_state[d.cell] & IS_UNREAD == 0:
        for lane in range(LANES):
            d.cells.own[d.at + lane] = 0.0
        d.cells.own[d.at + d.lead] = mass
    d.memo.found[d.base + d.lead] += mass


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
    loss = d.cells.loss[cell] if state & IS_UNREAD else -d.cells.totals[LANES * cell + lead]
    price = d.facts.params[PARAM_QUOTED] / MOST_QUOTED + d.memo.shares[LANES * g + lead]
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
    return d.cells.margin[cell] + d.memo.shares[LANES * g + lead] - rival > d.safe


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def settle(d: Decoder, b0: cython.Py_ssize_t, b1: cython.Py_ssize_t) -> cython.int:
    """Settle the languages of a document's blocks under its mix, which is in `counts`; 1 when a block switches inside a script.

    `found` receives the letters of every lane as they are found now, `discount` how much less than at first a switch is to cost
    the next time.
    """
    n_groups: cython.Py_ssize_t = d.n_groups
    b: cython.Py_ssize_t
    g: cython.Py_ssize_t
    cell: cython.Py_ssize_t = -1
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
            cell += 1  # of group `g` in block `b`: those of the document are in this order
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
                    d.memo.found[LANES * g + lead] += d.cells.block_mass[cell]
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
    d.discount = found if found < most else most
    return mixed
