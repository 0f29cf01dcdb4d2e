# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""From columns to a verdict on every block: the rules, what the trees say, the last exceptions.

Each function is one loop over blocks or lines that stands for some fifty passes of NumPy: most pages are so small
that the calls cost more than the work. `rules.SHAPE_RULES` says in words and in NumPy what `shape_rules` computes,
and a test holds the two together.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled


@cython.cclass
class Rules:
    """What is known of rules and of rows of the lexicon, see `rules.RuleTables`; `masks` uint64[9] and `limits` int32[11]
    in the order of `rules.MASKS` and `rules.LIMITS`."""

    row_bit: cython.const[cython.ulonglong][::1]
    row_words: cython.const[cython.int][::1]
    row_label: cython.const[cython.uchar][::1]
    masks: cython.const[cython.ulonglong][::1]
    limits: cython.const[cython.int][::1]
    rule_of_row: cython.const[cython.short][::1]
    rule_label: cython.const[cython.uchar][::1]
    rule_score: cython.const[cython.float][::1]
    rule_decides: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.row_bit,
            self.row_words,
            self.row_label,
            self.masks,
            self.limits,
            self.rule_of_row,
            self.rule_label,
            self.rule_score,
            self.rule_decides,
        ) = columns


@cython.cclass
class Scanned:
    """What rules and verdicts read of a scan."""

    block_word: cython.const[cython.int][::1]
    block_doc: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.block_word,
            self.block_doc,
        ) = columns


@cython.cclass
class Phrases:
    """What phrases say of every block, see `lexicon.PhraseColumns`."""

    kinds: cython.const[cython.ulonglong][::1]
    loose: cython.const[cython.ulonglong][::1]
    whole: cython.const[cython.int][::1]
    opening: cython.const[cython.int][::1]
    best: cython.const[cython.int][::1]
    cover: cython.const[cython.int][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.kinds,
            self.loose,
            self.whole,
            self.opening,
            self.best,
            self.cover,
        ) = columns


@cython.cclass
class Shapes:
    """The shapes of every block, see `patterns.ShapeColumns`."""

    bits: cython.const[cython.ushort][::1]
    date_from: cython.const[cython.uchar][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.bits,
            self.date_from,
        ) = columns


@cython.cclass
class Fired:
    """Room for what the rules say of every block, see `rules.RuleColumns`."""

    fired: cython.uint[::1]
    member: cython.uchar[::1]
    rule: cython.short[::1]
    label: cython.uchar[::1]
    score: cython.float[::1]
    decides: cython.uchar[::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.fired,
            self.member,
            self.rule,
            self.label,
            self.score,
            self.decides,
        ) = columns


@cython.cclass
class Choices:
    """The constants of verdicts. `given` and `worth` [k]: probabilities, and what they are worth; `row` int32[7], the columns
    opened, longs_since, since, b_side, b_closed, run_headlines_size, run_short_size; `bits` uint32[4], the flags call, nav,
    meta, long; `last_row` int32[7], the columns nav_cover, nav_loose, promo_cover, promo_loose, r_markup_residue, b_side,
    start; `limits` int32[5]: least cover, most words, most words of residue, the two starts of residue; `numbers` int32[3],
    the reasons wordings, residue, bare; `page_row` and `page_scale`: see `page_columns`.
    """

    given: cython.const[cython.double][::1]
    worth: cython.const[cython.double][::1]
    row: cython.const[cython.int][::1]
    bits: cython.const[cython.uint][::1]
    evidence_layer: cython.const[cython.uchar][::1]
    last_row: cython.const[cython.int][::1]
    limits: cython.const[cython.int][::1]
    numbers: cython.const[cython.int][::1]
    page_row: cython.const[cython.int][::1]
    page_scale: cython.const[cython.longlong][::1]

    def __init__(self, *columns: Any) -> None:
        (
            self.given,
            self.worth,
            self.row,
            self.bits,
            self.evidence_layer,
            self.last_row,
            self.limits,
            self.numbers,
            self.page_row,
            self.page_scale,
        ) = columns


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
class Pages:
    """Room for columns of whole pages."""

    columns: cython.uchar[:, ::1]

    def __init__(self, *columns: Any) -> None:
        (self.columns,) = columns


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_wording(whole: cython.int, row_label: cython.const[cython.uchar][::1]) -> cython.int:
    """1 when the block is one phrase of navigation."""
    if whole < 0:
        return 0
    return 1 if row_label[whole] == 1 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_run(
    member: cython.uchar[::1], lo: cython.Py_ssize_t, hi: cython.Py_ssize_t, bit: cython.uchar, out: cython.uchar
) -> cython.void:
    """Set `out` on the members of a run, blocks lo..hi; blocks without words stand between them untouched."""
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        if member[i] & bit:
            member[i] = member[i] | out


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _runs(
    member: cython.uchar[::1],
    block_doc: cython.const[cython.int][::1],
    bit: cython.uchar,
    least: cython.Py_ssize_t,
    share: cython.double,
    out: cython.uchar,
) -> cython.void:
    """Set `out` on runs of blocks with `bit` of which `least`, and `share` of them all, are wordings (bit 1).

    A run ends at the end of its document and at a block with words (bit 8) that is no member.
    """
    n: cython.Py_ssize_t = member.shape[0]
    b: cython.Py_ssize_t
    first: cython.Py_ssize_t = -1
    last: cython.Py_ssize_t = -1
    size: cython.Py_ssize_t = 0
    wordings: cython.Py_ssize_t = 0
    for b in range(n):
        if not member[b] & 8:
            continue
        if first >= 0 and (not member[b] & bit or block_doc[b] != block_doc[last]):
            if wordings >= least and wordings >= share * size:
                _close_run(member, first, last + 1, bit, out)
            first = -1
        if member[b] & bit:
            if first < 0:
                first = b
                size = 0
                wordings = 0
            size += 1
            wordings += member[b] & 1
            last = b
    if first >= 0 and wordings >= least and wordings >= share * size:
        _close_run(member, first, last + 1, bit, out)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _shape_rules(
    block_word: cython.const[cython.int][::1],
    block_doc: cython.const[cython.int][::1],
    kinds: cython.const[cython.ulonglong][::1],
    loose: cython.const[cython.ulonglong][::1],
    whole: cython.const[cython.int][::1],
    opening: cython.const[cython.int][::1],
    cover: cython.const[cython.int][::1],
    shapes: cython.const[cython.ushort][::1],
    date_from: cython.const[cython.uchar][::1],
    row_bit: cython.const[cython.ulonglong][::1],
    row_words: cython.const[cython.int][::1],
    row_label: cython.const[cython.uchar][::1],
    masks: cython.const[cython.ulonglong][::1],
    limits: cython.const[cython.int][::1],
    list_share: cython.double,
    member: cython.uchar[::1],
    fired: cython.uint[::1],
) -> cython.void:
    """Which shape rules fire on every block: `fired` uint32[n], a bit for each rule in the order of `SHAPE_RULES`.

    `member` uint8[n] scratch: 1 wording, 2 in a run of wordings or covered lines, 4 in a run of list items, 8 has words,
    16 and 32 verdicts.
    """
    b: cython.Py_ssize_t
    n: cython.int
    k: cython.ulonglong
    opens: cython.ulonglong
    words: cython.int
    s: cython.int
    date: cython.int
    wording: cython.int
    covered: cython.int
    f: cython.uchar
    bits: cython.uint
    for b in range(kinds.shape[0]):
        n = block_word[b + 1] - block_word[b]
        k = kinds[b]
        s = shapes[b]
        date = date_from[b]
        wording = _is_wording(whole[b], row_label)
        covered = 1 if n > 0 and cover[4 * b] + cover[4 * b + 2] == n else 0
        f = 8 if n > 0 else 0
        if n > 0:
            if wording:
                f |= 1 | 2 | 4
            elif covered:
                f |= 2
            if s & 2048 and n <= limits[8]:
                f |= 4
        member[b] = f
        fired[b] = 0
        if k == 0 and s == 0 and date == 255 and not covered:
            continue
        bits = 0
        opens = 0
        words = 0
        if opening[b] >= 0:
            opens = row_bit[opening[b]]
            words = row_words[opening[b]]
        # copyright, cookie
        if (k & masks[0] and n <= limits[0]) or (s & 1024 and n <= limits[1]):
            bits |= 1
        if k & masks[1] and n <= limits[0]:
            bits |= 2
        # residue, bread crumbs, page numbers, chains
        if s & 64:
            bits |= 16
        if (opens & masks[2] or (s & 128 and opens & masks[3])) and n <= limits[2]:
            bits |= 32
        if s & 2 and (k | loose[b]) & masks[4]:
            bits |= 64
        if covered and n >= limits[5] and whole[b] < 0:
            bits |= 128
        # dates, bylines
        if opens & masks[5] and words + 1 >= date and date < n:
            bits |= 256
        if date == 0:
            bits |= 512
        if opens & masks[6] and n <= limits[3] and n > words:
            bits |= 1024
        # phone, addresses, hashtags
        if s & 4 and n <= limits[4] and date > 0:
            bits |= 2048
        if s & 8:
            bits |= 4096
        if s & 16:
            bits |= 8192
        # titles of other articles
        if opens & masks[7] and n >= words + limits[10]:
            bits |= 16384
        if opens & masks[8] and n >= words + limits[10]:
            bits |= 32768
        # price, numbers, markup
        if s & 512:
            bits |= 65536
        if s & 1:
            bits |= 131072
        if s & 32:
            bits |= 262144
        fired[b] = bits
    _runs(member, block_doc, 2, limits[6], 0.0, 16)
    _runs(member, block_doc, 4, limits[9], list_share, 32)
    for b in range(kinds.shape[0]):
        if member[b] & 16:
            fired[b] = fired[b] | 4
        if member[b] & 32 and cover[4 * b + 1] == 0:
            fired[b] = fired[b] | 8


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _first_rule(
    fired: cython.const[cython.uint][::1],
    best: cython.const[cython.int][::1],
    n_rules: cython.Py_ssize_t,
    rule_of_row: cython.const[cython.short][::1],
    rule_label: cython.const[cython.uchar][::1],
    rule_score: cython.const[cython.float][::1],
    rule_decides: cython.const[cython.uchar][::1],
    rule: cython.short[::1],
    label: cython.uchar[::1],
    score: cython.float[::1],
    decides: cython.uchar[::1],
) -> cython.void:
    """The rule of every block: the first of the `n_rules` shape rules that decides, else its phrase's, else the last that
    fires."""
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    found: cython.Py_ssize_t
    bits: cython.uint
    one: cython.uint = 1
    deciding: cython.uint = 0
    for i in range(n_rules):
        if rule_decides[i]:
            deciding |= one << i
    for b in range(rule.shape[0]):
        found = -1
        if best[b] >= 0:
            found = rule_of_row[best[b]]
        bits = fired[b] & deciding
        if bits:
            found = 0
            while not bits >> found & 1:
                found += 1
        elif found < 0 and fired[b]:
            found = n_rules - 1
            while not fired[b] >> found & 1:
                found -= 1
        rule[b] = found
        if found >= 0:
            label[b] = rule_label[found]
            score[b] = rule_score[found]
            decides[b] = rule_decides[found]
        else:
            label[b] = 0
            score[b] = 0
            decides[b] = 0


@cython.ccall
def apply_rules(
    rules: Rules,
    block_word: cython.const[cython.int][::1],
    block_doc: cython.const[cython.int][::1],
    kinds: cython.const[cython.ulonglong][::1],
    loose: cython.const[cython.ulonglong][::1],
    whole: cython.const[cython.int][::1],
    opening: cython.const[cython.int][::1],
    best: cython.const[cython.int][::1],
    cover: cython.const[cython.int][::1],
    shapes: cython.const[cython.ushort][::1],
    date_from: cython.const[cython.uchar][::1],
    list_share: cython.double,
    n_rules: cython.Py_ssize_t,
    member: cython.uchar[::1],
    fired: cython.uint[::1],
    rule: cython.short[::1],
    label: cython.uchar[::1],
    score: cython.float[::1],
    decides: cython.uchar[::1],
) -> None:
    """Which of the `n_rules` shape rules fire, and the rule of every block; see `_shape_rules` and `_first_rule`."""
    row_bit: cython.const[cython.ulonglong][::1] = rules.row_bit
    row_words: cython.const[cython.int][::1] = rules.row_words
    row_label: cython.const[cython.uchar][::1] = rules.row_label
    masks: cython.const[cython.ulonglong][::1] = rules.masks
    limits: cython.const[cython.int][::1] = rules.limits
    rule_of_row: cython.const[cython.short][::1] = rules.rule_of_row
    rule_label: cython.const[cython.uchar][::1] = rules.rule_label
    rule_score: cython.const[cython.float][::1] = rules.rule_score
    rule_decides: cython.const[cython.uchar][::1] = rules.rule_decides
    with cython.nogil:
        _shape_rules(
            block_word, block_doc, kinds, loose, whole, opening, cover, shapes, date_from, row_bit, row_words, row_label,
            masks, limits, list_share, member, fired,
        )  # fmt: skip
        _first_rule(
            fired, best, n_rules, rule_of_row, rule_label, rule_score, rule_decides, rule, label, score, decides
        )


@cython.ccall
def choose(
    choices: Choices,
    lines: Lines,
    said: Fired,
    blocks: Blocks,
    n: cython.Py_ssize_t,
    first: cython.int,
    alone: cython.int,
    after: cython.int,
) -> None:
    """Label, score, layer and reason of every block, from the trees of its line or the rule that decides.

    `n` blocks; `first` numbers the first evidence, `alone` the reason of blocks without
    words, `after` the first rule.
    """
    given: cython.const[cython.double][::1] = choices.given
    worth: cython.const[cython.double][::1] = choices.worth
    row: cython.const[cython.int][::1] = choices.row
    bits: cython.const[cython.uint][::1] = choices.bits
    evidence_layer: cython.const[cython.uchar][::1] = choices.evidence_layer
    power: cython.const[cython.float][::1] = lines.probability
    block: cython.const[cython.int][::1] = lines.block
    flags: cython.const[cython.uint][::1] = lines.flags
    columns: cython.const[cython.uchar][:, ::1] = lines.columns
    decides: cython.const[cython.uchar][::1] = said.decides
    rule_label: cython.const[cython.uchar][::1] = said.label
    rule_score: cython.const[cython.float][::1] = said.score
    rule_number: cython.const[cython.short][::1] = said.rule
    label: cython.uchar[::1] = blocks.label
    score: cython.float[::1] = blocks.score
    layer: cython.uchar[::1] = blocks.layer
    rule: cython.short[::1] = blocks.rule
    line_label: cython.uchar[::1] = lines.line_label
    m: cython.Py_ssize_t = block.shape[0]
    k: cython.Py_ssize_t = given.shape[0]
    i: cython.Py_ssize_t
    j: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    step: cython.Py_ssize_t
    half: cython.Py_ssize_t = 1
    b: cython.Py_ssize_t
    chosen: cython.int
    e: cython.int
    f: cython.uint
    x: cython.double
    y: cython.double
    slope: cython.double
    with cython.nogil:
        while 2 * half < k:
            half *= 2
        for b in range(n):
            label[b] = 1
            score[b] = 0.5
            layer[b] = 2
            rule[b] = alone
        for i in range(m):
            chosen = 0
            if power[3 * i + 1] > power[3 * i]:
                chosen = 1
            if power[3 * i + 2] > power[3 * i + chosen]:
                chosen = 2
            x = power[3 * i + chosen]
            if x <= given[0]:
                y = worth[0]
            elif x >= given[k - 1]:
                y = worth[k - 1]
            else:
                # halving without a branch, which could not be foreseen
                lo = 0
                step = half
                while step > 0:
                    j = lo + step if lo + step < k - 1 else k - 1
                    lo += step * (1 if given[j] <= x else 0)
                    step >>= 1
                slope = (worth[lo + 1] - worth[lo]) / (given[lo + 1] - given[lo])
                y = slope * (x - given[lo])
                y = y + worth[lo]
            f = flags[i]
            if chosen == 2:
                if f & bits[0]:
                    e = 0
                elif columns[row[0], i] == 1 and columns[row[1], i] == 0 and columns[row[2], i] < 30:
                    e = 1
                elif columns[row[3], i] == 2 and columns[row[4], i] != 0:
                    e = 2
                elif columns[row[5], i] >= 3:
                    e = 3
                else:
                    e = 4
            elif chosen == 1:
                if f & bits[1]:
                    e = 5
                elif f & bits[2]:
                    e = 6
                elif columns[row[6], i] >= 4:
                    e = 7
                elif columns[row[3], i] != 1:
                    e = 8
                else:
                    e = 9
            else:
                if f & bits[3]:
                    e = 10
                elif columns[row[3], i] == 1:
                    e = 11
                else:
                    e = 12
            b = block[i]
            label[b] = chosen
            score[b] = y
            layer[b] = evidence_layer[e]
            rule[b] = first + e
        for b in range(n):
            if decides[b]:
                label[b] = rule_label[b]
                score[b] = rule_score[b]
                layer[b] = 0
                rule[b] = rule_number[b] + after
        for i in range(m):
            line_label[i] = label[block[i]]


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
    k: cython.Py_ssize_t = rows.shape[0]
    d: cython.Py_ssize_t
    r: cython.Py_ssize_t
    i: cython.Py_ssize_t
    row: cython.Py_ssize_t
    lo: cython.Py_ssize_t
    hi: cython.Py_ssize_t
    lines: cython.longlong
    bodies: cython.longlong
    every: cython.longlong
    body: cython.longlong
    # sums of 16 bits, of which a vector holds most, over stretches that they have room for
    part: cython.ushort
    some: cython.ushort
    at: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    with cython.nogil:
        for d in range(doc_line.shape[0] - 1):
            lo = doc_line[d]
            hi = doc_line[d + 1]
            lines = hi - lo
            bodies = 0
            for i in range(lo, hi):
                bodies += 1 if label[i] == 0 else 0
            for r in range(k):
                row = rows[r]
                every = 0
                body = 0
                at = lo
                while at < hi:
                    stop = at + 256 if at + 256 < hi else hi
                    part = 0
                    some = 0
                    for i in range(at, stop):
                        part += columns[row, i]
                        some += columns[row, i] if label[i] == 0 else 0
                    every += part
                    body += some
                    at = stop
                every = every * scale[r] // (lines if lines > 0 else 1)
                body = body * scale[r] // (bodies if bodies > 0 else 1)
                out[r, d] = every if every < 255 else 255
                out[k + r, d] = body if body < 255 else 255
            out[2 * k, d] = bodies * 200 // (lines if lines > 0 else 1)
            out[2 * k + 1, d] = lines if lines < 255 else 255


def finish(
    choices: Choices,
    scanned: Scanned,
    lines: Lines,
    blocks: Blocks,
    n: cython.Py_ssize_t,
    strength: cython.float,
    code_page: cython.int,
) -> None:
    """The last exceptions: wordings of navigation, residue of markup, blocks without words; `n` blocks; `strength`
    is their score, `code_page` the kind of page on which markup is content."""
    row: cython.const[cython.int][::1] = choices.last_row
    limits: cython.const[cython.int][::1] = choices.limits
    numbers: cython.const[cython.int][::1] = choices.numbers
    kind: cython.const[cython.uchar][::1] = blocks.kind
    block_doc: cython.const[cython.int][::1] = scanned.block_doc
    block: cython.const[cython.int][::1] = lines.block
    doc_line: cython.const[cython.int][::1] = lines.doc_line
    columns: cython.const[cython.uchar][:, ::1] = lines.columns
    label: cython.uchar[::1] = blocks.label
    score: cython.float[::1] = blocks.score
    layer: cython.uchar[::1] = blocks.layer
    rule: cython.short[::1] = blocks.rule
    m: cython.Py_ssize_t = block.shape[0]
    d: cython.Py_ssize_t
    i: cython.Py_ssize_t
    b: cython.Py_ssize_t
    source: cython.Py_ssize_t
    start: cython.int
    with cython.nogil:
        for d in range(doc_line.shape[0] - 1):
            for i in range(doc_line[d], doc_line[d + 1]):
                b = block[i]
                if (
                    label[b] == 2
                    and layer[b] != 0
                    and columns[0, i] <= limits[1]
                    and columns[row[0], i] + columns[row[1], i] >= limits[0]
                    and columns[row[2], i] + columns[row[3], i] == 0
                ):
                    label[b] = 1
                    score[b] = strength
                    layer[b] = 1
                    rule[b] = numbers[0]
                if columns[row[4], i] != 0 and columns[row[5], i] != 1 and columns[0, i] <= limits[2]:
                    start = columns[row[6], i]
                    # cut off in the middle, or the first thing on the page: no title looks like this
                    if (start == limits[3] or start == limits[4] or i == doc_line[d]) and kind[d] != code_page:
                        label[b] = 1
                        score[b] = strength
                        layer[b] = 2
                        rule[b] = numbers[1]
        if 0 < m < n:
            i = 0
            for b in range(n):
                if i < m and block[i] == b:
                    i += 1
                    continue
                # `i` is the first line after the block.
                source = -1
                if i < m and block_doc[block[i]] == block_doc[b]:
                    source = block[i]
                elif i > 0 and block_doc[block[i - 1]] == block_doc[b]:
                    source = block[i - 1]
                if source >= 0:
                    label[b] = label[source]
                    score[b] = score[source]
                    rule[b] = numbers[2]


def rule_blocks(
    rules: Rules,
    scanned: Scanned,
    phrases: Phrases,
    shapes: Shapes,
    fired: Fired,
    n: cython.Py_ssize_t,
    list_share: cython.double,
    n_rules: cython.Py_ssize_t,
) -> None:
    """What the rules say of `n` blocks, see `apply_rules`."""
    apply_rules(
        rules, scanned.block_word, scanned.block_doc, phrases.kinds[:n], phrases.loose, phrases.whole, phrases.opening,
        phrases.best, phrases.cover, shapes.bits, shapes.date_from, list_share, n_rules, fired.member[:n], fired.fired,
        fired.rule[:n], fired.label, fired.score, fired.decides,
    )  # fmt: skip


def judge_blocks(
    choices: Choices,
    lines: Lines,
    said: Fired,
    blocks: Blocks,
    pages: Pages,
    n: cython.Py_ssize_t,
    m: cython.Py_ssize_t,
    n_docs: cython.Py_ssize_t,
    first: cython.int,
    alone: cython.int,
    after: cython.int,
) -> None:
    """`choose` for `n` blocks, `m` lines of `n_docs` documents, and the columns of pages."""
    lines.hold(m, n_docs)
    choose(choices, lines, said, blocks, n, first, alone, after)
    page_columns(lines.columns, choices.page_row, choices.page_scale, lines.line_label, lines.doc_line, pages.columns)
