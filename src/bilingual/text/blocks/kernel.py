# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Events -> blocks: where lines are cut.

A line is one block, or has cells, which gaps, bars, bullets and chain signs part, or has lost its line breaks and is cut
into groups. Events are few, so that this pass is far shorter than the one over code points.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.classes import (
        BAR,
        BULLET,
        CHAIN_SIGN,
        CUT_CELL,
        CUT_GROUP,
        CUT_LINE,
        END,
        HARD_GAP,
        JUSTIFIED_GAP,
        LINE_END,
        PAUSE,
        SENTENCE_END,
        SOFT_GAP,
        WORD_HAS_DIGIT,
        WORD_TITLE,
        WORD_UPPER,
        WORD_URL,
    )
    from cython.cimports.bilingual.text.columns.kernel import Blocks, Classes, Words
    from cython.cimports.bilingual.text.kinds import is_blank, kind_of
else:
    from bilingual.text.classes import *  # noqa: F403  (the names above)
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.kinds import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Limits:
    """Lengths that decide where lines are cut, in code points or words, see `scan.LONG_LINE` and the others."""

    def __init__(self, *lengths: int) -> None:
        (
            self.long_line,
            self.lone_line,
            self.fewest_breaks,
            self.lost,
            self.max_item,
            self.max_chain_item,
            self.likely,
            self.least_words,
            self.most_words,
            self.justified,
        ) = lengths


@cython.cclass
class Line:
    """The line that is being cut, and room for the places inside it where a block begins: `n_cuts` of `cuts`.

    It stands at codes[start:end] and is line `number` of document `doc`; `word` is its first word, `next_word` that of the
    line after it, `first` its first event and `last` the one that ends it.

    `odds`: how likely a line break was lost before each word, see `breaks.kernel.mark`; lines that have lost theirs, `n_long`
    of them, are left whole until that `is_known`. One that `is_lone` is all of its document, long enough to have lost some
    and not the end of a sentence.
    """

    def __init__(self, cuts: Any, odds: Any) -> None:
        self.cuts = cuts
        self.odds = odds
        self.is_known = self.is_lone = False
        self.begin()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def begin(self) -> cython.void:
        """At the first line of the first document."""
        self.n_cuts = self.n_long = 0
        self.start = self.end = 0
        self.word = self.next_word = 0
        self.first = self.last = 0
        self.doc = self.number = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def cut_blocks(
    codes: cython.p_uint,
    doc_ptr: cython.const[cython.longlong][::1],
    classes: Classes,
    limits: Limits,
    words: Words,
    line: Line,
    blocks: Blocks,
) -> cython.void:
    """Fill the columns of blocks from the events."""
    event_kind: cython.const[cython.uchar][::1] = words.event_kind
    ev: cython.Py_ssize_t
    kinds: cython.uint = 0
    one: cython.uint = 1
    line.begin()
    blocks.n = 0
    for ev in range(words.n_events):
        kinds = kinds | one << event_kind[ev]
        if event_kind[ev] == LINE_END:
            line.last = ev
            line.end = words.event_pos[ev]
            line.next_word = words.event_word[ev]
            if kinds & (1 << HARD_GAP | 1 << SOFT_GAP) and _is_justified(codes, limits, words, line):
                kinds = _close_gaps(words, line)
            line.is_lone = line.end - line.start > limits.lone_line and _is_lone(
                codes, classes, doc_ptr[line.doc], doc_ptr[line.doc + 1], words, line
            )
            _add_blocks(codes, classes, words, line, blocks, _cut_line(codes, classes, limits, words, line, kinds))
            _next_line(codes, doc_ptr, line)
            kinds = 0
    blocks.word[blocks.n] = cython.cast(cython.int, words.n)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _next_line(
    codes: cython.p_uint, doc_ptr: cython.const[cython.longlong][::1], line: Line
) -> cython.int:
    """Go on to the line after `line`, perhaps in the next document."""
    # a carriage return and its line feed are one line end
    if codes[line.end] != ord("\r") or codes[line.end + 1] != ord("\n"):
        line.number += 1
    line.start = line.end + 1
    line.word = line.next_word
    line.first = line.last + 1
    while line.doc + 2 < doc_ptr.shape[0] and line.start >= doc_ptr[line.doc + 1]:
        line.doc += 1
        line.number = 0
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _wide_gaps(codes: cython.p_uint, words: Words, line: Line) -> cython.Py_ssize_t:
    """Gaps between two words of the line that are wider than a blank; 0 where there is a tab."""
    ev: cython.Py_ssize_t
    n: cython.Py_ssize_t = 0
    for ev in range(line.first, line.last):
        if words.event_kind[ev] == HARD_GAP or words.event_kind[ev] == SOFT_GAP:
            if codes[words.event_pos[ev]] == ord("\t"):
                return 0
            n += line.word < words.event_word[ev] < line.next_word
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_justified(
    codes: cython.p_uint, limits: Limits, words: Words, line: Line
) -> cython.bint:
    """Whether the line is a sentence spread over the width of a page, as texts taken from PDF are, and no row of a table or
    menu: gaps are wide between nearly all of its many words, of which some are short and few are numbers or have a capital."""
    w: cython.Py_ssize_t
    n: cython.Py_ssize_t = line.next_word - line.word
    n_short: cython.Py_ssize_t = 0
    n_other: cython.Py_ssize_t = 0
    if n < limits.justified or 10 * _wide_gaps(codes, words, line) < 9 * (n - 1):
        return False
    for w in range(line.word, line.next_word):
        if words.flags[w] & (WORD_HAS_DIGIT | WORD_TITLE | WORD_UPPER | WORD_URL):
            n_other += 1
        elif words.end[w] - words.start[w] <= 3:
            n_short += 1
    return 7 * n_short >= n and 3 * n_other <= n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_gaps(words: Words, line: Line) -> cython.uint:
    """Make the gaps of a justified line such that nothing is cut there; the kinds of its events as bits."""
    ev: cython.Py_ssize_t
    kinds: cython.uint = 0
    one: cython.uint = 1
    for ev in range(line.first, line.last):
        if words.event_kind[ev] == HARD_GAP or words.event_kind[ev] == SOFT_GAP:
            words.event_kind[ev] = JUSTIFIED_GAP
        kinds = kinds | one << words.event_kind[ev]
    return kinds


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_lone(
    codes: cython.p_uint, classes: Classes, start: cython.longlong, stop: cython.longlong, words: Words, line: Line
) -> cython.bint:
    """Whether nothing but white space stands beside the line in its document, codes[start:stop], and it ends no sentence."""
    at: cython.Py_ssize_t
    if line.next_word == line.word:
        return False
    for at in range(start, line.start):
        if not is_blank(classes, codes[at]):
            return False
    for at in range(line.end, stop):
        if not is_blank(classes, codes[at]):
            return False
    for at in range(words.end[line.next_word - 1], line.end):
        if kind_of(classes, codes[at]) == END:
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_lost(limits: Limits, words: Words, line: Line) -> cython.bint:
    """Whether a line break was likely lost in enough places of the line where no sentence ends: at blanks, gaps, bars and
    bullets."""
    ev: cython.Py_ssize_t
    w: cython.Py_ssize_t
    n: cython.Py_ssize_t = 0
    kind: cython.uint
    base: cython.Py_ssize_t = line.word
    for ev in range(line.first, line.last + 1):
        kind = words.event_kind[ev]
        if kind == CHAIN_SIGN or kind == JUSTIFIED_GAP or kind == PAUSE or words.event_word[ev] <= base:
            continue
        for w in range(base + 1, words.event_word[ev]):
            n += line.odds[w] >= limits.lost
        n += kind != SENTENCE_END and ev < line.last
        base = words.event_word[ev]
    return n >= limits.fewest_breaks


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cut_line(
    codes: cython.p_uint, classes: Classes, limits: Limits, words: Words, line: Line, kinds: cython.uint
) -> cython.uchar:
    """Find the cuts of the line, of whose events `kinds` has the kinds as bits; how it is cut, CUT_LINE and so on."""
    cutting: cython.uint = 1 << HARD_GAP | 1 << BAR | 1 << BULLET | 1 << CHAIN_SIGN
    line.n_cuts = 0
    if line.is_lone or line.end - line.start > limits.long_line:
        line.n_long += 1
        if not line.is_known:
            return CUT_GROUP
        if line.end - line.start > limits.long_line or _has_lost(limits, words, line):
            _group_cuts(codes, classes, limits, words, line)
            return CUT_GROUP
    if kinds & cutting:
        _cell_cuts(limits, words, line)
    return CUT_CELL if line.n_cuts > 0 else CUT_LINE


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_blocks(
    codes: cython.p_uint,
    classes: Classes,
    words: Words,
    line: Line,
    blocks: Blocks,
    cut: cython.uchar,
) -> cython.int:
    """The blocks of the line between its cuts, without the white space around them; where nothing is left, none."""
    w: cython.Py_ssize_t = line.word
    b: cython.Py_ssize_t = blocks.n
    c: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    end: cython.Py_ssize_t
    start: cython.Py_ssize_t = line.start
    for c in range(line.n_cuts + 1):
        end = line.cuts[c] if c < line.n_cuts else line.end
        if end <= start:
            continue
        first = start
        last = end
        while first < last and is_blank(classes, codes[first]):
            first += 1
        while last > first and is_blank(classes, codes[last - 1]):
            last -= 1
        if last > first and line.n_cuts > 0 and _is_unseen(classes, codes, first, last):
            if c < line.n_cuts:
                continue  # a mark of direction is no cell: it goes with the one after it, at the end with that before
            if b > blocks.n:
                blocks.end[b - 1] = cython.cast(cython.int, last)
                last = first
        if last > first:
            blocks.start[b] = cython.cast(cython.int, first)
            blocks.end[b] = cython.cast(cython.int, last)
            blocks.word[b] = cython.cast(cython.int, w)
            blocks.doc[b] = cython.cast(cython.int, line.doc)
            blocks.line[b] = cython.cast(cython.int, line.number)
            blocks.cut[b] = cut
            b += 1
        start = end
        while c < line.n_cuts and w < line.next_word and words.start[w] < start:
            w += 1
    blocks.n = b
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_unseen(
    classes: Classes, codes: cython.p_uint, start: cython.Py_ssize_t, stop: cython.Py_ssize_t
) -> cython.bint:
    """Whether marks of direction and the like, and white space, are all of codes[start:stop]."""
    i: cython.Py_ssize_t
    for i in range(start, stop):
        if not (
            0x200B <= codes[i] <= 0x200F or 0x202A <= codes[i] <= 0x202E or 0x2066 <= codes[i] <= 0x2069
            or codes[i] == 0x061C or codes[i] == 0xFEFF or is_blank(classes, codes[i])
        ):  # fmt: skip
            return False
    return True


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cut(line: Line, pos: cython.Py_ssize_t) -> cython.int:
    """Cut the line before `pos`."""
    line.cuts[line.n_cuts] = cython.cast(cython.int, pos)
    line.n_cuts += 1
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cut_at(words: Words, line: Line, ev: cython.Py_ssize_t) -> cython.int:
    """Cut the line at an event: after a bar or a chain sign, before all others; padding goes with the bar after it."""
    kind: cython.uint = words.event_kind[ev]
    here: cython.Py_ssize_t = words.event_word[ev]
    is_gap: cython.bint = kind == HARD_GAP or kind == SOFT_GAP
    if is_gap and here > line.word and words.event_word[ev + 1] == here and words.event_kind[ev + 1] == BAR:
        ev += 1
        kind = BAR
    return _cut(line, words.event_pos[ev] + (1 if kind == BAR or kind == CHAIN_SIGN else 0))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _cell_cuts(limits: Limits, words: Words, line: Line) -> cython.int:
    """Cells: hard gaps cut always, bars and bullets beside a short item, chain signs where all items are short."""
    is_chain: cython.int = _is_chain(limits, words, line)
    ev: cython.Py_ssize_t
    kind: cython.uint
    item: cython.Py_ssize_t = line.word
    here: cython.Py_ssize_t
    before: cython.Py_ssize_t
    after: cython.Py_ssize_t
    beyond: cython.Py_ssize_t = line.first
    for ev in range(line.first, line.last):
        kind = words.event_kind[ev]
        if kind == SOFT_GAP or kind > CHAIN_SIGN or (kind == CHAIN_SIGN and not is_chain):
            continue
        here = words.event_word[ev]
        before = here - item
        item = here
        if kind == HARD_GAP or kind == CHAIN_SIGN:
            _cut_at(words, line, ev)
        else:
            beyond = _next_part(words, beyond if beyond > ev else ev + 1)
            after = words.event_word[beyond] - here
            # a leading bullet or a trailing bar opens nothing
            if before > 0 and after > 0 and (before <= limits.max_item or after <= limits.max_item):
                _cut_at(words, line, ev)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_chain(limits: Limits, words: Words, line: Line) -> cython.int:
    """1 where two chain signs or more part items that are short, all of them."""
    ev: cython.Py_ssize_t
    n_items: cython.Py_ssize_t = 0
    item: cython.Py_ssize_t = line.word
    for ev in range(line.first, line.last + 1):
        if words.event_kind[ev] == CHAIN_SIGN or ev == line.last:
            if words.event_word[ev] - item > limits.max_chain_item:
                return 0
            item = words.event_word[ev]
            n_items += 1
    return 1 if n_items > 2 else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _next_part(words: Words, ev: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The first hard gap, bar, bullet or line end among the events from `ev` on."""
    while words.event_kind[ev] == SOFT_GAP or words.event_kind[ev] > BULLET:
        ev += 1
    return ev


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _group_cuts(
    codes: cython.p_uint, classes: Classes, limits: Limits, words: Words, line: Line
) -> cython.int:
    """Groups of a line that has lost its line breaks: sentence ends, gaps, bars and bullets cut, and blanks where a line
    break was lost as likely as not."""
    ev: cython.Py_ssize_t
    kind: cython.uint
    upto: cython.Py_ssize_t
    base: cython.Py_ssize_t = line.word
    for ev in range(line.first, line.last + 1):
        kind = words.event_kind[ev]
        if kind == CHAIN_SIGN or kind == JUSTIFIED_GAP or kind == PAUSE:
            continue
        upto = words.event_word[ev]
        # only where there are words since the last such cut
        if upto > base:
            _break_cuts(codes, classes, limits, words, line, base, upto)
            base = upto
            if ev < line.last:
                _cut_at(words, line, ev)
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _break_cuts(
    codes: cython.p_uint, classes: Classes, limits: Limits, words: Words, line: Line, base: cython.Py_ssize_t,
    upto: cython.Py_ssize_t,
) -> cython.void:  # fmt: skip
    """Cuts among the words base..upto, where nothing else cuts: at every blank that is likely enough, and where there is
    none for `most_words`, at the likeliest of them."""
    w: cython.Py_ssize_t = base + 1
    best: cython.Py_ssize_t = 0
    while w < upto:
        if line.odds[w] >= limits.likely:
            _cut_before(codes, classes, words, line, w)
            base = w
            best = 0
        elif w - base >= limits.least_words and line.odds[w] > 0 and (best == 0 or line.odds[w] > line.odds[best]):
            best = w
        if best > 0 and w - base >= limits.most_words:
            _cut_before(codes, classes, words, line, best)
            w = base = best
            best = 0
        w += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _cut_before(
    codes: cython.p_uint, classes: Classes, words: Words, line: Line, w: cython.Py_ssize_t
) -> cython.void:
    """Cut at the first blank after the word before `w`: signs between blanks go with `w`."""
    at: cython.Py_ssize_t = words.end[w - 1]
    while at < words.start[w] and not is_blank(classes, codes[at]):
        at += 1
    _cut(line, at)
