# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Marks between words: what they open and close, and what stands between two of them.

Brackets, quotation marks and signs of emphasis part a title or a gloss from the words around it, which is judged as a whole,
and go with what they enclose where spans are cut.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.language.constants import (
        HAS_MARK,
        IS_CAPITALS,
        IS_UNREAD,
        LANES,
        MOST_MARKS,
        MOST_QUOTED,
    )
    from cython.cimports.bilingual.language.lanes.kernel import (
        Decoder,
        is_ours,
        lane_of_quoted,
        letters_of,
        sum_lanes,
        weight_of,
    )
    from cython.cimports.bilingual.text.classes import (
        APOSTROPHE,
        CLOSE,
        COMMA,
        END,
        KIND_MASK,
        LETTER,
        NEWLINE,
        OPEN,
        OTHER,
        QUOTE,
        SEPARATOR,
        SPACE,
        WORD_AFTER_EDGE,
        WORD_TITLE,
    )
else:
    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.lanes.kernel import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

COMPILED = cython.compiled


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def kind_of(d: Decoder, i: cython.Py_ssize_t) -> cython.uint:
    """The class of a code point, see `text.classes`."""
    code: cython.uint = d.scanned.codes[i]
    page: cython.Py_ssize_t = d.facts.pages[code >> 8]
    return cython.cast(cython.uint, d.facts.cells[page * 256 + (code & 255)] & KIND_MASK)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def is_blank(kind: cython.uint) -> cython.bint:
    """Whether a code point of this class is a space or ends a line."""
    return kind == SPACE or kind == NEWLINE


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_emphasis(code: cython.uint) -> cython.bint:
    """Whether it is a sign of emphasis in plain text."""
    return code == ord("*") or code == ord("_")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_angle(code: cython.uint) -> cython.bint:
    """Whether it is a single angle quotation mark, which between blanks is a sign of a menu."""
    return code == ord("‹") or code == ord("›")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _may_stand_between(d: Decoder, i: cython.Py_ssize_t) -> cython.bint:
    """Whether it may stand between a mark and what the mark encloses: another mark (`**"`, `"‹`, `<<`), or one of direction."""
    code: cython.uint = d.scanned.codes[i]
    kind: cython.uint = kind_of(d, i)
    return (
        kind == QUOTE
        or kind == APOSTROPHE
        or _is_emphasis(code)
        or _is_angle(code)
        or code == ord("<")
        or code == ord("\N{LEFT-TO-RIGHT MARK}")
        or code == ord("\N{RIGHT-TO-LEFT MARK}")
        or code == ord("\N{ARABIC LETTER MARK}")
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _kind_before(d: Decoder, i: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.uint:
    """The class of what stands before `i` and the marks right before it, a space at the `start` of the block."""
    last: cython.Py_ssize_t = i - MOST_MARKS if i - MOST_MARKS > start else start
    i -= 1
    while i >= last and _may_stand_between(d, i):
        i -= 1
    return kind_of(d, i) if i >= start else SPACE


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _after_marks(d: Decoder, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The place behind the mark at `i` and those right after it."""
    last: cython.Py_ssize_t = i + MOST_MARKS
    i += 1
    while i <= last and _may_stand_between(d, i):
        i += 1
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_before(d: Decoder, w: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.uint:
    """The code point that opens a bracket, a quotation or an emphasis right before word `w`, 0 for none; the block begins at
    `start`."""
    i: cython.Py_ssize_t = d.scanned.word_start[w] - 1
    kind: cython.uint
    if i > start and d.scanned.codes[i - 1] == ord("«") and kind_of(d, i) == SPACE:
        i -= 1
    if i < start:
        return 0
    kind = kind_of(d, i)
    if kind == QUOTE or _is_emphasis(d.scanned.codes[i]) or _is_angle(d.scanned.codes[i]):
        # one that closes stands after a word
        kind = _kind_before(d, i, start)
        kind = OPEN if is_blank(kind) else kind
    return d.scanned.codes[i] if kind == OPEN else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _closes(d: Decoder, w: cython.Py_ssize_t, end: cython.Py_ssize_t, mark: cython.uint) -> cython.bint:
    """Whether what `mark` opened closes right after word `w` of a block that ends at `end`."""
    i: cython.Py_ssize_t = d.scanned.word_end[w]
    kind: cython.uint
    while i < end and (kind_of(d, i) == END or kind_of(d, i) == COMMA):
        i += 1
    if i + 1 < end and kind_of(d, i) == SPACE and d.scanned.codes[i + 1] == ord("»"):
        i += 1
    if i >= end:
        return False
    if _is_emphasis(mark):
        return d.scanned.codes[i] == mark
    kind = kind_of(d, i)
    return kind == CLOSE or (kind == QUOTE and d.scanned.codes[i] != ord("«")) or _is_angle(d.scanned.codes[i])


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
        if not is_ours(d, w) and d.facts.script_group[d.scanned.word_script[w]] != 0:
            return first
        if d.scanned.word_flags[w] & WORD_TITLE == 0 or letters_of(d, w) < 4:
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
        sum_lanes(d)
        d.cells.block_state[d.cell] = d.cells.block_state[d.cell] & ~IS_UNREAD
    for lane in range(LANES):
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
    while w >= d.w0 and not is_ours(d, w):
        w -= 1
    if w < d.w0:
        w = stop
        while w < d.w1 and not is_ours(d, w):
            w += 1
        if w >= d.w1:
            return -1
    if switches == 0:
        return d.lead
    home = d.words.lane[w]
    for w in range(first, stop):
        if is_ours(d, w) and d.words.lane[w] != home:
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
        if is_ours(d, w):
            letters = letters_of(d, w) * weight_of(d, w)
            d.cells.own[d.at + d.words.lane[w]] -= letters
            d.cells.own[d.at + lane] += letters
            d.words.lane[w] = cython.cast(cython.uchar, lane)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def quoted(d: Decoder, switches: cython.int) -> cython.int:
    """Judge what stands between two marks, as a title or a gloss, as a whole; what `viterbi` gave, or 1 for a block that only
    switches there."""
    b: cython.Py_ssize_t = d.first_block + d.cell // d.n_groups
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
            lane = lane_of_quoted(d, w, stop, home) if home >= 0 else home
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
def _quotes(d: Decoder, i: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.int:
    """1 for a quotation mark or a sign of emphasis that opens, -1 for one that closes, 0 for an apostrophe inside a word; the
    block begins at `start`."""
    before: cython.uint = _kind_before(d, i, start)
    next_: cython.Py_ssize_t = _after_marks(d, i)
    after: cython.uint = kind_of(d, next_)
    if (is_blank(before) or before == OPEN) and not is_blank(after):
        # one apart that a stop follows closes: `« text ».`
        return -1 if (after == END or after == COMMA) and is_blank(kind_of(d, next_ + 1)) else 1
    if is_blank(after) or after == END or after == COMMA or after == CLOSE:
        # a mark between two spaces is a sign of its own, but for « “ „
        code: cython.uint = d.scanned.codes[i]
        return 1 if is_blank(before) and (code == ord("«") or code == ord("“") or code == ord("„")) else -1
    if kind_of(d, i) == QUOTE or _is_angle(d.scanned.codes[i]) or d.scanned.codes[i] == ord("`"):
        return -1 if d.quotes > 0 else 1
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _encloses(d: Decoder, i: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.int:
    """1 for < before a word, as in `<<text>>`, -1 for > behind one, 0 for those of arrows, numbers and comparisons; the block
    begins at `start`."""
    code: cython.uint = d.scanned.codes[i]
    before: cython.uint
    if code == ord(">") and i > start:
        code = d.scanned.codes[i - 1]
        return 0 if code == ord("-") or code == ord("=") or is_blank(kind_of(d, i - 1)) else -1
    if code != ord("<"):
        return 0
    before = _kind_before(d, i, start)
    return 1 if (is_blank(before) or before == OPEN) and kind_of(d, _after_marks(d, i)) == LETTER else 0


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
def walk_gap(d: Decoder, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, start: cython.Py_ssize_t) -> cython.void:
    """Count what opens and closes in i..stop, between two words of the block that begins at `start`."""
    kind: cython.uint
    code: cython.uint
    opens: cython.int
    while i < stop:
        code = d.scanned.codes[i]
        kind = kind_of(d, i)
        opens = 0
        if kind == OPEN:
            opens = 1
        elif kind == CLOSE:
            opens = -1
        elif kind == QUOTE or kind == APOSTROPHE or (kind >= SEPARATOR and (_is_emphasis(code) or _is_angle(code))):
            opens = _quotes(d, i, start)
            if opens > 0:
                d.quotes += 1
            elif opens < 0 and d.quotes > 0:
                d.quotes -= 1
        elif kind >= SEPARATOR or kind == OTHER:
            opens = _directs(code) if code > ord(">") else _encloses(d, i, start)
        if opens > 0:
            if d.depth == 0:
                d.bottom = i
            d.depth += 1
        elif opens < 0 and d.depth > 0:
            d.depth -= 1
        i += 1
