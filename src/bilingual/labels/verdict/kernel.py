# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""From rules and trees to a verdict on every block, and the columns of pages.

What the trees find most probable is the label of a line, and the first evidence that holds for it is the reason; a rule
that decides is asked before them. The labels are summed for each page, which says of what kind it is, and then the last
exceptions are made, of which one needs the kind.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.labels.numbers import (
        BEHIND_BLOCK,
        BODY,
        CONTEXT,
        FLAG_CALL,
        FLAG_LONG,
        FLAG_META,
        FLAG_NAV,
        HEURISTIC,
        INSIDE_BLOCK,
        MARK_QUOTE,
        MARK_STOP,
        MARK_SYMBOL,
        NAVIGATION,
        OPENS_LIST,
        PLACE_CODE,
        PLACE_TABLE,
        PLACE_UNDERLINE,
        PROMO,
        RULE,
        SIGNAL_START,
        SIGNAL_WORDS,
        WHY_AFTER_ARTICLE_END,
        WHY_BODY_SIGNALS,
        WHY_CALL_PHRASE,
        WHY_DATE_OR_BYLINE,
        WHY_HEADLINE_RUN,
        WHY_IN_MAIN_BLOCK,
        WHY_LONG_SENTENCE,
        WHY_MENU_WORDING,
        WHY_NAVIGATION_SIGNALS,
        WHY_OUTSIDE_MAIN_BLOCK,
        WHY_PROMO_SIGNALS,
        WHY_SHORT_LINE_RUN,
        WHY_UNDER_LIST_HEADER,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)

COMPILED = cython.compiled


@cython.cclass
class Scanned:
    """What verdicts read of a scan."""

    block_doc: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (self.block_doc,) = columns


@cython.cclass
class Fired:
    """The rule of every block, its label and score, and whether it decides, see `rules.RuleColumns`."""

    rule: cython.const[cython.short][::1]
    label: cython.const[cython.uchar][::1]
    score: cython.const[cython.float][::1]
    decides: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.rule,
            self.label,
            self.score,
            self.decides,
        ) = columns


@cython.cclass
class Choices:
    """The constants of verdicts.

    `given` and `worth` [k]: probabilities, and what they are worth. Rows of the columns of lines, named as these are;
    the layers of evidence; least cover and most words of wordings, most words of residue. Numbers of reasons: a block
    without words alone, the first evidence, the first rule, wordings, residue, a block that takes its neighbour's
    verdict. `page_row` and `page_scale`: see `page_columns`.
    """

    given: cython.const[cython.double][::1]
    worth: cython.const[cython.double][::1]
    evidence_layer: cython.const[cython.uchar][::1]
    page_row: cython.const[cython.int][::1]
    page_scale: cython.const[cython.longlong][::1]
    opened: cython.int
    longs_since: cython.int
    since: cython.int
    b_side: cython.int
    b_closed: cython.int
    run_headlines_size: cython.int
    run_short_size: cython.int
    nav_cover: cython.int
    nav_loose: cython.int
    promo_cover: cython.int
    promo_loose: cython.int
    r_markup_residue: cython.int
    least_cover: cython.int
    most_words: cython.int
    residue_words: cython.int
    alone: cython.int
    first_evidence: cython.int
    first_rule: cython.int
    wordings: cython.int
    residue: cython.int
    bare: cython.int

    def __init__(self, *columns: Any) -> None:
        (
            self.given,
            self.worth,
            rows,
            self.evidence_layer,
            limits,
            reasons,
            self.page_row,
            self.page_scale,
        ) = columns
        (
            self.opened, self.longs_since, self.since, self.b_side, self.b_closed, self.run_headlines_size,
            self.run_short_size, self.nav_cover, self.nav_loose, self.promo_cover, self.promo_loose,
            self.r_markup_residue,
        ) = rows  # fmt: skip
        self.least_cover, self.most_words, self.residue_words = limits
        self.alone, self.first_evidence, self.first_rule, self.wordings, self.residue, self.bare = reasons


@cython.cclass
class Lines:
    """What verdicts read of lines, see `features.Lines`; `line_label` is room for their labels."""

    every_block: cython.const[cython.int][::1]
    every_doc_line: cython.const[cython.int][::1]
    flags: cython.const[cython.uint][::1]
    columns: cython.const[cython.uchar][:, ::1]
    probability: cython.const[cython.float][::1]
    every_label: cython.uchar[::1]
    block: cython.const[cython.int][::1]
    doc_line: cython.const[cython.int][::1]
    line_label: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.every_block,
            self.every_doc_line,
            self.flags,
            self.columns,
            self.probability,
            self.every_label,
        ) = columns

    @cython.ccall
    def hold(self, m: cython.Py_ssize_t, n_docs: cython.Py_ssize_t) -> None:
        """How many lines and documents there are."""
        self.block = self.every_block[:m]
        self.doc_line = self.every_doc_line[: n_docs + 1]
        self.line_label = self.every_label[:m]


@cython.cclass
class Blocks:
    """Room for the verdicts on every block and the kind of each document, see `columns.LabelColumns`."""

    label: cython.uchar[::1]
    score: cython.float[::1]
    layer: cython.uchar[::1]
    rule: cython.short[::1]
    kind: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.label,
            self.score,
            self.layer,
            self.rule,
            self.kind,
        ) = columns


@cython.cclass
class Placed:
    """The place of every block and the first blocks of pages, see `marks.Places`."""

    place: cython.const[cython.uchar][::1]
    page_block: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.place,
            self.page_block,
        ) = columns


@cython.cclass
class Pages:
    """Room for columns of whole pages."""

    columns: cython.uchar[:, ::1]

    def __init__(self, *columns: Any) -> None:
        (self.columns,) = columns


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _give(
    blocks: Blocks,
    b: cython.Py_ssize_t,
    label: cython.uchar,
    score: cython.float,
    layer: cython.uchar,
    reason: cython.short,
) -> cython.void:
    """The verdict on block `b`."""
    blocks.label[b] = label
    blocks.score[b] = score
    blocks.layer[b] = layer
    blocks.rule[b] = reason


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _likeliest(lines: Lines, i: cython.Py_ssize_t) -> cython.int:
    """The label that the trees give line `i`."""
    found: cython.int = BODY
    if lines.probability[3 * i + NAVIGATION] > lines.probability[3 * i + BODY]:
        found = NAVIGATION
    if lines.probability[3 * i + PROMO] > lines.probability[3 * i + found]:
        found = PROMO
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _calibrated(choices: Choices, x: cython.double) -> cython.double:
    """What probability `x` is worth, by straight lines between the points `given`."""
    size: cython.Py_ssize_t = choices.given.shape[0]
    lo: cython.Py_ssize_t = 0
    half: cython.Py_ssize_t
    slope: cython.double
    if x <= choices.given[0]:
        return choices.worth[0]
    if x >= choices.given[size - 1]:
        return choices.worth[size - 1]
    # halving without a branch, which could not be foreseen
    while size > 1:
        half = size >> 1
        lo += half * (1 if choices.given[lo + half] <= x else 0)
        size -= half
    slope = (choices.worth[lo + 1] - choices.worth[lo]) / (choices.given[lo + 1] - choices.given[lo])
    return slope * (x - choices.given[lo]) + choices.worth[lo]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _promo_evidence(choices: Choices, lines: Lines, i: cython.Py_ssize_t) -> cython.int:
    """What speaks for promo on line `i`, as its number in `evidence.EVIDENCE`."""
    if lines.flags[i] & FLAG_CALL:
        return WHY_CALL_PHRASE
    if (
        lines.columns[choices.opened, i] == OPENS_LIST
        and lines.columns[choices.longs_since, i] == 0
        and lines.columns[choices.since, i] < 30
    ):
        return WHY_UNDER_LIST_HEADER
    if lines.columns[choices.b_side, i] == BEHIND_BLOCK and lines.columns[choices.b_closed, i] != 0:
        return WHY_AFTER_ARTICLE_END
    if lines.columns[choices.run_headlines_size, i] >= 3:
        return WHY_HEADLINE_RUN
    return WHY_PROMO_SIGNALS


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _navigation_evidence(choices: Choices, lines: Lines, i: cython.Py_ssize_t) -> cython.int:
    """What speaks for navigation on line `i`, as its number in `evidence.EVIDENCE`."""
    if lines.flags[i] & FLAG_NAV:
        return WHY_MENU_WORDING
    if lines.flags[i] & FLAG_META:
        return WHY_DATE_OR_BYLINE
    if lines.columns[choices.run_short_size, i] >= 4:
        return WHY_SHORT_LINE_RUN
    if lines.columns[choices.b_side, i] != INSIDE_BLOCK:
        return WHY_OUTSIDE_MAIN_BLOCK
    return WHY_NAVIGATION_SIGNALS


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _body_evidence(choices: Choices, lines: Lines, i: cython.Py_ssize_t) -> cython.int:
    """What speaks for body on line `i`, as its number in `evidence.EVIDENCE`."""
    if lines.flags[i] & FLAG_LONG:
        return WHY_LONG_SENTENCE
    if lines.columns[choices.b_side, i] == INSIDE_BLOCK:
        return WHY_IN_MAIN_BLOCK
    return WHY_BODY_SIGNALS


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _choose_by_trees(choices: Choices, lines: Lines, blocks: Blocks) -> cython.void:
    """Every line's block: the most probable label, and the first evidence that holds for it."""
    i: cython.Py_ssize_t
    label: cython.int
    e: cython.int
    score: cython.double
    for i in range(lines.block.shape[0]):
        label = _likeliest(lines, i)
        if label == PROMO:
            e = _promo_evidence(choices, lines, i)
        elif label == NAVIGATION:
            e = _navigation_evidence(choices, lines, i)
        else:
            e = _body_evidence(choices, lines, i)
        score = _calibrated(choices, lines.probability[3 * i + label])
        _give(blocks, lines.block[i], label, score, choices.evidence_layer[e], choices.first_evidence + e)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _label_lines(
    block: cython.const[cython.int][::1], label: cython.const[cython.uchar][::1], out: cython.uchar[::1]
) -> cython.void:
    """The labels of lines, from those of their blocks."""
    i: cython.Py_ssize_t
    for i in range(block.shape[0]):
        out[i] = label[block[i]]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _choose(choices: Choices, lines: Lines, said: Fired, blocks: Blocks, n: cython.Py_ssize_t) -> cython.void:
    """Label, score, layer and reason of `n` blocks, from the trees of its line or the rule that decides."""
    b: cython.Py_ssize_t
    for b in range(n):
        _give(blocks, b, NAVIGATION, 0.5, CONTEXT, choices.alone)
    _choose_by_trees(choices, lines, blocks)
    for b in range(n):
        if said.decides[b]:
            _give(blocks, b, said.label[b], said.score[b], RULE, choices.first_rule + said.rule[b])
    _label_lines(lines.block, blocks.label, lines.line_label)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _sums(
    columns: cython.const[cython.uchar][:, ::1],
    row: cython.Py_ssize_t,
    label: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
) -> tuple[cython.longlong, cython.longlong]:
    """Sums of the column in `row` over the lines lo..hi, and over those that are body."""
    every: cython.longlong = 0
    body: cython.longlong = 0
    # sums of 16 bits, of which a vector holds most, over stretches that they have room for
    part: cython.ushort
    some: cython.ushort
    stop: cython.Py_ssize_t
    i: cython.Py_ssize_t
    while lo < hi:
        stop = lo + 256 if lo + 256 < hi else hi
        part = 0
        some = 0
        for i in range(lo, stop):
            part += columns[row, i]
            some += columns[row, i] if label[i] == BODY else 0
        every += part
        body += some
        lo = stop
    return every, body


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mean(total: cython.longlong, scale: cython.longlong, n: cython.longlong) -> cython.uchar:
    """The mean of `n` values, stretched, 255 at most."""
    total = total * scale // (n if n > 0 else 1)
    return cython.cast(cython.uchar, total if total < 255 else 255)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sum_page(
    columns: cython.const[cython.uchar][:, ::1],
    rows: cython.const[cython.int][::1],
    scale: cython.const[cython.longlong][::1],
    label: cython.const[cython.uchar][::1],
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    d: cython.Py_ssize_t,
) -> cython.void:
    """Column `d` of `page_columns`, from the lines lo..hi."""
    k: cython.Py_ssize_t = rows.shape[0]
    r: cython.Py_ssize_t
    i: cython.Py_ssize_t
    every: cython.longlong
    body: cython.longlong
    bodies: cython.longlong = 0
    for i in range(lo, hi):
        bodies += 1 if label[i] == BODY else 0
    for r in range(k):
        every, body = _sums(columns, rows[r], label, lo, hi)
        out[r, d] = _mean(every, scale[r], hi - lo)
        out[k + r, d] = _mean(body, scale[r], bodies)
    out[2 * k, d] = _mean(bodies, 200, hi - lo)
    out[2 * k + 1, d] = cython.cast(cython.uchar, hi - lo if hi - lo < 255 else 255)


@cython.ccall
def page_columns(
    columns: cython.const[cython.uchar][:, ::1],
    rows: cython.const[cython.int][::1],
    scale: cython.const[cython.longlong][::1],
    label: cython.const[cython.uchar][::1],
    doc_line: cython.const[cython.int][::1],
    out: cython.uchar[:, ::1],
) -> None:
    """Means of some columns over each page and over its body lines, the share of body lines, the count of lines.

    Shapes: `out` uint8[2 * rows + 2, n_docs].
    """
    d: cython.Py_ssize_t
    with cython.nogil:
        for d in range(doc_line.shape[0] - 1):
            _sum_page(columns, rows, scale, label, doc_line[d], doc_line[d + 1], out, d)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_wordings(choices: Choices, lines: Lines, blocks: Blocks, i: cython.Py_ssize_t) -> cython.bint:
    """True for a line that is promo by the trees and made of wordings of navigation."""
    b: cython.Py_ssize_t = lines.block[i]
    return (
        blocks.label[b] == PROMO
        and blocks.layer[b] != RULE
        and lines.columns[SIGNAL_WORDS, i] <= choices.most_words
        and lines.columns[choices.nav_cover, i] + lines.columns[choices.nav_loose, i] >= choices.least_cover
        and lines.columns[choices.promo_cover, i] + lines.columns[choices.promo_loose, i] == 0
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_residue(choices: Choices, lines: Lines, i: cython.Py_ssize_t, first: cython.Py_ssize_t) -> cython.bint:
    """True for a lone line of markup or script; `first` is the first line of its page."""
    start: cython.int
    is_cut: cython.bint
    if lines.columns[choices.r_markup_residue, i] == 0 or lines.columns[SIGNAL_WORDS, i] > choices.residue_words:
        return False
    start = lines.columns[SIGNAL_START, i]
    is_cut = start == MARK_QUOTE or start == MARK_SYMBOL or start == MARK_STOP
    # cut off in the middle, or a rule of style (.title{…}), or the first thing on the page: no title looks like this.
    # In the main block it is both.
    if lines.columns[choices.b_side, i] == INSIDE_BLOCK:
        return is_cut and i == first
    return is_cut or i == first


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_fixed(placed: Placed, b: cython.Py_ssize_t) -> cython.bint:
    """Whether block `b` is part of code or of a table."""
    return placed.place[b] == PLACE_CODE or placed.place[b] == PLACE_TABLE


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _pass_on(
    choices: Choices, scanned: Scanned, lines: Lines, blocks: Blocks, placed: Placed, n: cython.Py_ssize_t
) -> cython.void:
    """Give blocks without words the verdict of the next line of their document, or of the one before, which an
    underline takes; not where they are part of code or of a table."""
    m: cython.Py_ssize_t = lines.block.shape[0]
    i: cython.Py_ssize_t = 0
    b: cython.Py_ssize_t
    source: cython.Py_ssize_t
    for b in range(n):
        if i < m and lines.block[i] == b:
            i += 1
            continue
        if _is_fixed(placed, b):
            continue
        # `i` is the first line after the block.
        source = -1
        if placed.place[b] == PLACE_UNDERLINE:
            source = lines.block[i - 1]
        elif i < m and scanned.block_doc[lines.block[i]] == scanned.block_doc[b]:
            source = lines.block[i]
        elif i > 0 and scanned.block_doc[lines.block[i - 1]] == scanned.block_doc[b]:
            source = lines.block[i - 1]
        if source >= 0:
            blocks.label[b] = blocks.label[source]
            blocks.score[b] = blocks.score[source]
            blocks.rule[b] = choices.bare


def finish(
    choices: Choices,
    scanned: Scanned,
    lines: Lines,
    blocks: Blocks,
    placed: Placed,
    n: cython.Py_ssize_t,
    strength: cython.float,
    code_page: cython.int,
) -> None:
    """The last exceptions: wordings of navigation, residue of markup, blocks without words; `n` blocks; `strength`
    is their score, `code_page` the kind of page on which markup is content."""
    d: cython.Py_ssize_t
    i: cython.Py_ssize_t
    first: cython.Py_ssize_t
    is_prose: cython.bint
    with cython.nogil:
        for d in range(lines.doc_line.shape[0] - 1):
            first = lines.doc_line[d]
            is_prose = blocks.kind[d] != code_page
            for i in range(first, lines.doc_line[d + 1]):
                if _is_wordings(choices, lines, blocks, i):
                    _give(blocks, lines.block[i], NAVIGATION, strength, HEURISTIC, choices.wordings)
                if _is_residue(choices, lines, i, first) and is_prose and not _is_fixed(placed, lines.block[i]):
                    _give(blocks, lines.block[i], NAVIGATION, strength, CONTEXT, choices.residue)
        if 0 < lines.block.shape[0] < n:
            _pass_on(choices, scanned, lines, blocks, placed, n)


def judge_blocks(
    choices: Choices,
    lines: Lines,
    said: Fired,
    blocks: Blocks,
    pages: Pages,
    n: cython.Py_ssize_t,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
) -> None:
    """The verdict on `n` blocks, `m` lines of `n_docs` documents, and the columns of pages."""
    lines.hold(m, n_docs)
    with cython.nogil:
        _choose(choices, lines, said, blocks, n)
    page_columns(lines.columns, choices.page_row, choices.page_scale, lines.line_label, lines.doc_line, pages.columns)


def sum_pages(
    choices: Choices,
    scanned: Scanned,
    lines: Lines,
    blocks: Blocks,
    placed: Placed,
    pages: Pages,
    n_pages: cython.Py_ssize_t,
) -> None:
    """The columns of those of `n_pages` with places once more of which labels have changed since."""
    d: cython.Py_ssize_t
    k: cython.Py_ssize_t
    i: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    is_new: cython.bint
    with cython.nogil:
        for k in range(n_pages):
            d = scanned.block_doc[placed.page_block[k]]
            lo = lines.doc_line[d]
            hi = lines.doc_line[d + 1]
            is_new = False
            for i in range(lo, hi):
                is_new |= lines.line_label[i] != blocks.label[lines.block[i]]
                lines.line_label[i] = blocks.label[lines.block[i]]
            if is_new:
                _sum_page(
                    lines.columns, choices.page_row, choices.page_scale, lines.line_label, lo, hi, pages.columns, d
                )  # fmt: skip
