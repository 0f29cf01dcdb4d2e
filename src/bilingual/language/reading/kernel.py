# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The blocks of a document -> how each reads on its own, and so the mix of languages.

A block whose leading language is far ahead is read by the margins of its words; every lane is summed only where it is not.

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
        HAS_SIGN,
        IS_CAPITALS,
        IS_PLAIN,
        IS_UNREAD,
        LANES,
        MAX_GROUPS,
        NO_SHARE,
        PARAM_CAPITALS,
        PARAM_SHORT,
        PARAM_UPPER,
    )
    from cython.cimports.bilingual.language.lanes.kernel import Decoder, sum_lanes
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
else:
    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.lanes.kernel import *  # noqa: F403
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
def cell_of(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The cell of group `g` in block `b`: those of one document alone, so that they stay in the cache."""
    return (b - d.first_block) * d.n_groups + g


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def take(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.void:
    """Turn to the words of group `g` in block `b`."""
    d.g = g
    d.base = LANES * g
    d.lanes = d.lanes_of[g]
    d.cell = cell_of(d, b, g)
    d.at = LANES * d.cell
    d.w0 = d.scanned.block_word[b]
    d.w1 = d.scanned.block_word[b + 1]
    d.upper = 1.0 if d.cells.block_state[d.cell] & IS_CAPITALS else d.facts.params[PARAM_UPPER]
    d.plain_first = d.cells.block_state[d.cell] & IS_PLAIN != 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def ahead_of_others(
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
            if prior[g * LANES + lane] > prior[g * LANES + d.leads[g + 1]]:
                d.leads[g + 1] = lane
        d.gap[g] = ahead_of_others(prior, g * LANES, d.lanes_of[g], d.leads[g + 1])


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
            places[w - w0] = d.words.row[w] * LANES + d.leads[d.facts.script_group[d.scanned.word_script[w]]]
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
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_plain(d: Decoder, w0: cython.Py_ssize_t, w1: cython.Py_ssize_t) -> cython.bint:
    """Whether the words w0..w1 of a block are few, and the first alone is capitalized: as it is the first, not as it is a name.
    Two letters alone may be a code (`En`)."""
    w: cython.Py_ssize_t
    if w1 - w0 == 1 and d.scanned.word_end[w0] - d.scanned.word_start[w0] < 3:
        return False
    if w1 - w0 > d.facts.params[PARAM_SHORT] or d.scanned.word_flags[w0] & (WORD_TITLE | WORD_UPPER) != WORD_TITLE:
        return False
    for w in range(w0 + 1, w1):
        if d.scanned.word_flags[w] & (WORD_TITLE | WORD_UPPER):
            return False
    return True


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
    w0: cython.Py_ssize_t = d.scanned.block_word[b]
    is_plain: cython.bint = w0 < d.scanned.block_word[b + 1] and _is_plain(d, w0, d.scanned.block_word[b + 1])
    title: cython.uint = WORD_TITLE if is_plain else 0
    step: cython.int
    weight: cython.double
    letters: cython.double = 0.0
    ahead: cython.double = 0.0
    behind: cython.double = 0.0
    soon: cython.Py_ssize_t
    for g in range(MAX_GROUPS):  # a constant: four calls of the C library otherwise
        _put_away(d, g, 0.0, 0.0, 0.0)
        d.ends[g] = 0
    for w in range(d.scanned.block_word[b], d.scanned.block_word[b + 1]):
        if cython.compiled:
            # the evidence of a word that `_look_up_steps` comes to soon: it is under way while these are added up
            soon = w + 320 if w + 320 < d.scanned.n_words else w
            fetch(cython.address(d.memo.margins[d.words.row[soon] * LANES]))
        g = d.facts.script_group[d.scanned.word_script[w]]
        if g != now + 1 and g != 0:
            _put_away(d, now, letters, ahead, behind)
            now = g - 1
            letters = d.mass[now]
            ahead = d.margin[now]
            behind = d.loss[now]
        flags = d.scanned.word_flags[w] ^ title
        title = 0
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
    d.capitals = IS_PLAIN if is_plain else 0
    if capitals & WORD_UPPER and letters >= d.facts.params[PARAM_CAPITALS] * d.facts.params[PARAM_UPPER]:
        d.capitals = IS_CAPITALS
    weight = 1.0 / d.facts.params[PARAM_UPPER] if d.capitals == IS_CAPITALS else 1.0
    _put_away(d, now, weight * letters, weight * ahead, weight * behind)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _note_sums(d: Decoder, b: cython.Py_ssize_t, g: cython.Py_ssize_t) -> cython.int:
    """Write what `_sum_margins` found; 1 for words whose leading lane is not sure to lead in the block."""
    at: cython.Py_ssize_t = cell_of(d, b, g)
    lead: cython.Py_ssize_t = d.leads[g + 1]
    # no branch: none could be foreseen
    is_sure: cython.int = 1 if d.margin[g] * d.scale + d.gap[g] > NO_SHARE + 0.001 else 0
    d.cells.block_mass[at] = d.mass[g]
    if d.mass[g] == 0.0:
        return 0
    d.cells.margin[at] = d.margin[g] * d.scale
    d.cells.loss[at] = d.loss[g] * d.scale
    d.memo.counts[g * LANES + lead] += d.mass[g] if is_sure else 0.0
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
    scores: cython.double[LANES]
    sharers: cython.uchar[17]  # LANES and one
    if not cython.compiled:
        scores, sharers = [0.0] * LANES, [0] * 17  # compiled, what the stack holds will do
    for lane in range(d.lanes):
        scores[lane] = cython.cast(cython.double, d.cells.totals[at + lane]) + d.facts.prior[base + lane]
        # no branch, here and below: none could be foreseen
        lead = lane if scores[lane] > top else lead
        top = scores[lane] if scores[lane] > top else top
    sharers[0] = cython.cast(cython.uchar, lead)
    for lane in range(d.lanes):
        sharers[n] = cython.cast(cython.uchar, lane)
        n += (scores[lane] - top > -NO_SHARE) & (lane != lead)
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
        d.gap[g] = ahead_of_others(d.facts.prior, LANES * g, d.lanes, lead)


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
                open_cell[n_open] = cell_of(d, b, g)
                n_open += _note_sums(d, b, g)
        for n in range(n_open):
            _read_lanes(d, d.first_block + open_cell[n] // n_groups, open_cell[n] % n_groups)
        b0 = last
