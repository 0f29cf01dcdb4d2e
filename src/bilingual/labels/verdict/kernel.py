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

if cython.compiled:
    from cython.cimports.bilingual.labels.numbers import (
        BEHIND_BLOCK,
        BODY,
        CONTEXT,
        FIRES_ADDRESS_LINE,
        FIRES_BREADCRUMB_TRAIL,
        FIRES_BYLINE,
        FIRES_CONTACT_LINE,
        FIRES_COOKIE_NOTICE,
        FIRES_COPYRIGHT_NOTICE,
        FIRES_DATE_LINE,
        FIRES_FURNITURE_CHAIN,
        FIRES_HASHTAG_LINE,
        FIRES_LABELLED_DATE,
        FIRES_MARKUP_RESIDUE,
        FIRES_MENU_LIST,
        FIRES_MENU_RUN,
        FIRES_NUMBER_LINE,
        FIRES_PAGE_NUMBERS,
        FIRES_PRESS_PREFIX,
        FIRES_PRICE_LINE,
        FIRES_RELATED_LEADIN,
        FIRES_TEMPLATE_RESIDUE,
        FLAG_CALL,
        FLAG_LONG,
        FLAG_META,
        FLAG_NAV,
        HAS_WORDS,
        HEURISTIC,
        IN_LIST,
        IN_MENU,
        INSIDE_BLOCK,
        IS_COVERED,
        IS_ITEM,
        IS_WORDING,
        MARK_QUOTE,
        MARK_STOP,
        MARK_SYMBOL,
        NAVIGATION,
        NO_DATE,
        OPENS_LIST,
        PLACE_CODE,
        PLACE_TABLE,
        PLACE_UNDERLINE,
        PROMO,
        RULE,
        SHAPE_BULLET,
        SHAPE_CHAIN,
        SHAPE_COPYRIGHT,
        SHAPE_DIGITS,
        SHAPE_HASHTAGS,
        SHAPE_MARKUP,
        SHAPE_PAGES,
        SHAPE_PHONE,
        SHAPE_PRICE,
        SHAPE_RESIDUE,
        SHAPE_URLS,
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
class Rules:
    """What is known of rules and of rows of the lexicon, see `rules.RuleTables`; kinds of phrases as bits, in the order of
    `rules.MASKS`; numbers of words, or of wordings, in the order of `rules.LIMITS`."""

    row_bit: cython.const[cython.ulonglong][::1]
    row_words: cython.const[cython.int][::1]
    row_label: cython.const[cython.uchar][::1]
    rule_of_row: cython.const[cython.short][::1]
    rule_label: cython.const[cython.uchar][::1]
    rule_score: cython.const[cython.float][::1]
    rule_decides: cython.const[cython.uchar][::1]
    copyright: cython.ulonglong
    cookie: cython.ulonglong
    breadcrumb: cython.ulonglong
    chained: cython.ulonglong
    paging: cython.ulonglong
    date_label: cython.ulonglong
    author_label: cython.ulonglong
    lead_in: cython.ulonglong
    press: cython.ulonglong
    heading: cython.ulonglong
    notice_words: cython.int
    sign_words: cython.int
    trail_words: cython.int
    byline_words: cython.int
    phone_words: cython.int
    chain_words: cython.int
    run_wordings: cython.int
    item_words: cython.int
    list_wordings: cython.int
    title_words: cython.int
    headed_words: cython.int
    cookie_blocks: cython.int
    cookie_share: cython.int
    legal_rule: cython.int
    menu_rule: cython.int
    cookie_notice: cython.int
    cookie_rule: cython.int

    def __init__(self, *columns: Any) -> None:
        (
            self.row_bit,
            self.row_words,
            self.row_label,
            masks,
            limits,
            self.rule_of_row,
            self.rule_label,
            self.rule_score,
            self.rule_decides,
        ) = columns
        (
            self.copyright, self.cookie, self.breadcrumb, self.chained, self.paging, self.date_label, self.author_label,
            self.lead_in, self.press, self.heading,
        ) = masks  # fmt: skip
        (
            self.notice_words, self.sign_words, self.trail_words, self.byline_words, self.phone_words, self.chain_words,
            self.run_wordings, self.item_words, self.list_wordings, self.title_words, self.headed_words,
            self.cookie_blocks, self.cookie_share, self.legal_rule, self.menu_rule, self.cookie_notice, self.cookie_rule,
        ) = limits  # fmt: skip


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
class Facts:
    """What the rules read of one block, see `rules.Facts`.

    The kinds of its phrases in position, out of it, and of the one that holds at the first word, as bits; the row of the
    phrase that is all of it, or -1; `date_from` as in `patterns.ShapeColumns`.
    """

    n_words: cython.int
    kinds: cython.ulonglong
    loose: cython.ulonglong
    opening: cython.ulonglong
    opening_words: cython.int
    whole: cython.int
    shapes: cython.int
    date_from: cython.int
    is_covered: cython.bint


@cython.cclass
class Fired:
    """Room for what the rules say of every block, see `rules.RuleColumns`; `facts`, the block that is read."""

    fired: cython.uint[::1]
    member: cython.uchar[::1]
    rule: cython.short[::1]
    label: cython.uchar[::1]
    score: cython.float[::1]
    decides: cython.uchar[::1]
    facts: Facts

    def __init__(self, *columns: Any) -> None:
        (
            self.fired,
            self.member,
            self.rule,
            self.label,
            self.score,
            self.decides,
        ) = columns
        self.facts = Facts()


@cython.cclass
class Choices:
    """The constants of verdicts.

    `given` and `worth` [k]: probabilities, and what they are worth. Rows of the columns of lines, named as these are; the
    layers of evidence; least cover and most words of wordings, most words of residue. Numbers of reasons: a block without
    words alone, the first evidence, the first rule, wordings, residue, a block that takes its neighbour's verdict.
    `page_row` and `page_scale`: see `page_columns`.
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
            self.run_short_size, self.nav_cover, self.nav_loose, self.promo_cover, self.promo_loose, self.r_markup_residue,
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
def _membership(
    rules: Rules, n_words: cython.int, row: cython.int, covered: cython.int, shapes: cython.int
) -> cython.uchar:
    """What a block is in runs, as bits of `RuleColumns.member`: `covered` words belong to wordings of navigation, and `row` of
    the lexicon is all of it, -1 for none."""
    found: cython.int = HAS_WORDS
    if n_words == 0:
        return 0
    if row >= 0 and rules.row_label[row] == NAVIGATION:
        found |= IS_WORDING | IS_COVERED | IS_ITEM
    elif covered == n_words:
        found |= IS_COVERED
    if shapes & SHAPE_BULLET and n_words <= rules.item_words:
        found |= IS_ITEM
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_members(
    rules: Rules, scanned: Scanned, phrases: Phrases, shapes: Shapes, said: Fired, n: cython.Py_ssize_t
) -> cython.void:
    """What each of `n` blocks is in runs."""
    b: cython.Py_ssize_t
    n_words: cython.int
    covered: cython.int
    for b in range(n):
        n_words = scanned.block_word[b + 1] - scanned.block_word[b]
        covered = phrases.cover[4 * b] + phrases.cover[4 * b + 2]
        said.member[b] = _membership(rules, n_words, phrases.whole[b], covered, shapes.bits[b])


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
    n: cython.Py_ssize_t,
    bit: cython.uchar,
    least: cython.Py_ssize_t,
    share: cython.double,
    out: cython.uchar,
) -> cython.void:
    """Set `out` on runs of blocks with `bit` of which `least`, and `share` of them all, are wordings; `n` blocks.

    A run ends at the end of its document and at a block with words that is no member.
    """
    b: cython.Py_ssize_t
    first: cython.Py_ssize_t = -1
    last: cython.Py_ssize_t = -1
    size: cython.Py_ssize_t = 0
    wordings: cython.Py_ssize_t = 0
    for b in range(n):
        if not member[b] & HAS_WORDS:
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
            wordings += member[b] & IS_WORDING
            last = b
    if first >= 0 and wordings >= least and wordings >= share * size:
        _close_run(member, first, last + 1, bit, out)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _furniture_rules(f: Facts, rules: Rules) -> cython.uint:
    """Notices, where the reader stands, page numbers, wordings glued together."""
    found: cython.uint = 0
    if f.kinds & rules.copyright and f.n_words <= rules.notice_words:
        found |= FIRES_COPYRIGHT_NOTICE
    if f.shapes & SHAPE_COPYRIGHT and f.n_words <= rules.sign_words:
        found |= FIRES_COPYRIGHT_NOTICE
    if f.kinds & rules.cookie and f.n_words <= rules.notice_words:
        found |= FIRES_COOKIE_NOTICE
    if f.n_words <= rules.trail_words:
        if f.opening & rules.breadcrumb or (f.shapes & SHAPE_CHAIN and f.opening & rules.chained):
            found |= FIRES_BREADCRUMB_TRAIL
    if f.shapes & SHAPE_PAGES and (f.kinds | f.loose) & rules.paging:
        found |= FIRES_PAGE_NUMBERS
    if f.is_covered and f.n_words >= rules.chain_words and f.whole < 0:
        found |= FIRES_FURNITURE_CHAIN
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _date_rules(f: Facts, rules: Rules) -> cython.uint:
    """Dates with their label or alone, authors."""
    found: cython.uint = 0
    if f.opening & rules.date_label and f.opening_words + 1 >= f.date_from and f.date_from < f.n_words:
        found |= FIRES_LABELLED_DATE
    if f.date_from == 0:
        found |= FIRES_DATE_LINE
    if f.opening & rules.author_label and f.n_words <= rules.byline_words and f.n_words > f.opening_words:
        found |= FIRES_BYLINE
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _contact_rules(f: Facts, rules: Rules) -> cython.uint:
    """Where to call, write or look."""
    found: cython.uint = 0
    if f.shapes == 0:
        return 0
    if f.shapes & SHAPE_PHONE and f.n_words <= rules.phone_words and f.date_from > 0:
        found |= FIRES_CONTACT_LINE
    if f.shapes & SHAPE_URLS:
        found |= FIRES_ADDRESS_LINE
    if f.shapes & SHAPE_HASHTAGS:
        found |= FIRES_HASHTAG_LINE
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _title_rules(f: Facts, rules: Rules) -> cython.uint:
    """Words that announce the title of another article, and a title after them."""
    found: cython.uint = 0
    if f.n_words >= f.opening_words + rules.title_words:
        if f.opening & rules.lead_in:
            found |= FIRES_RELATED_LEADIN
        if f.opening & rules.press:
            found |= FIRES_PRESS_PREFIX
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _residue_rules(f: Facts) -> cython.uint:
    """What a template left behind, and numbers alone."""
    found: cython.uint = 0
    if f.shapes == 0:
        return 0
    if f.shapes & SHAPE_RESIDUE:
        found |= FIRES_TEMPLATE_RESIDUE
    if f.shapes & SHAPE_PRICE:
        found |= FIRES_PRICE_LINE
    if f.shapes & SHAPE_DIGITS:
        found |= FIRES_NUMBER_LINE
    if f.shapes & SHAPE_MARKUP:
        found |= FIRES_MARKUP_RESIDUE
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _rules_of_block(f: Facts, rules: Rules) -> cython.uint:
    """The shape rules that fire on a block whatever its neighbours are: a bit for each, in the order of `SHAPE_RULES`."""
    return (
        _furniture_rules(f, rules)
        | _date_rules(f, rules)
        | _contact_rules(f, rules)
        | _title_rules(f, rules)
        | _residue_rules(f)
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _read(
    f: Facts, rules: Rules, scanned: Scanned, phrases: Phrases, shapes: Shapes, said: Fired, b: cython.Py_ssize_t
) -> cython.void:
    """The facts of block `b`."""
    row: cython.int = phrases.opening[b]
    f.n_words = scanned.block_word[b + 1] - scanned.block_word[b]
    f.kinds = phrases.kinds[b]
    f.loose = phrases.loose[b]
    f.opening = rules.row_bit[row] if row >= 0 else 0
    f.opening_words = rules.row_words[row] if row >= 0 else 0
    f.whole = phrases.whole[b]
    f.shapes = shapes.bits[b]
    f.date_from = shapes.date_from[b]
    f.is_covered = said.member[b] & IS_COVERED != 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _fire_alone(
    f: Facts, rules: Rules, scanned: Scanned, phrases: Phrases, shapes: Shapes, said: Fired, n: cython.Py_ssize_t
) -> cython.void:
    """The shape rules of each of `n` blocks alone. None fires without a phrase in position and without a shape."""
    b: cython.Py_ssize_t
    for b in range(n):
        said.fired[b] = 0
        if phrases.kinds[b] or shapes.bits[b] or shapes.date_from[b] != NO_DATE or said.member[b] & IS_COVERED:
            _read(f, rules, scanned, phrases, shapes, said, b)
            said.fired[b] = _rules_of_block(f, rules)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _fire_in_runs(
    rules: Rules, scanned: Scanned, phrases: Phrases, said: Fired, n: cython.Py_ssize_t, list_share: cython.double
) -> cython.void:
    """The shape rules of blocks in runs: menus, and lists with `list_share` of wordings."""
    b: cython.Py_ssize_t
    _runs(said.member, scanned.block_doc, n, IS_COVERED, rules.run_wordings, 0.0, IN_MENU)
    _runs(said.member, scanned.block_doc, n, IS_ITEM, rules.list_wordings, list_share, IN_LIST)
    for b in range(n):
        if said.member[b] & IN_MENU:
            said.fired[b] |= FIRES_MENU_RUN
        # not where words of promo are in position
        if said.member[b] & IN_LIST and phrases.cover[4 * b + 1] == 0:
            said.fired[b] |= FIRES_MENU_LIST


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _deciding(rules: Rules, n_rules: cython.Py_ssize_t) -> cython.uint:
    """The shape rules that decide, as bits."""
    i: cython.Py_ssize_t
    one: cython.uint = 1
    found: cython.uint = 0
    for i in range(n_rules):
        if rules.rule_decides[i]:
            found |= one << i
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _first_rule(fired: cython.uint, deciding: cython.uint, of_phrase: cython.int, n_rules: cython.int) -> cython.int:
    """The rule of a block: the first of the `n_rules` shape rules that decides, else its phrase's, else the last that
    fires; -1 for none."""
    found: cython.int = of_phrase
    if fired & deciding:
        found = 0
        while not (fired & deciding) >> found & 1:
            found += 1
    elif found < 0 and fired:
        found = n_rules - 1
        while not fired >> found & 1:
            found -= 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _choose_rules(
    rules: Rules, phrases: Phrases, said: Fired, n: cython.Py_ssize_t, n_rules: cython.Py_ssize_t
) -> cython.void:
    """The rule of every block, its label and score, whether it decides."""
    b: cython.Py_ssize_t
    found: cython.int
    deciding: cython.uint = _deciding(rules, n_rules)
    for b in range(n):
        found = -1
        if phrases.best[b] >= 0:
            found = rules.rule_of_row[phrases.best[b]]
        found = _first_rule(said.fired[b], deciding, found, n_rules)
        said.rule[b] = found
        if found >= 0:
            said.label[b] = rules.rule_label[found]
            said.score[b] = rules.rule_score[found]
            said.decides[b] = rules.rule_decides[found]
        else:
            said.label[b] = 0
            said.score[b] = 0
            said.decides[b] = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _spare_page(
    rules: Rules,
    said: Fired,
    lo: cython.Py_ssize_t,
    hi: cython.Py_ssize_t,
    speaking: cython.Py_ssize_t,
    blocks: cython.Py_ssize_t,
) -> cython.void:
    """On a page about cookies, blocks lo..hi, their wordings do not decide: `speaking` of its `blocks` with words."""
    b: cython.Py_ssize_t
    if speaking < rules.cookie_blocks or speaking * rules.cookie_share <= blocks:
        return
    for b in range(lo, hi):
        if said.rule[b] == rules.cookie_notice or said.rule[b] == rules.cookie_rule:
            said.decides[b] = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_heading(rules: Rules, rule: cython.int, row: cython.int) -> cython.bint:
    """True where `rule` takes a wording, `row` of the lexicon or -1, that heads the text below it as often as not."""
    if rule == rules.legal_rule:
        return True
    return rule == rules.menu_rule and row >= 0 and rules.row_bit[row] & rules.heading != 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _spare(
    rules: Rules, scanned: Scanned, phrases: Phrases, said: Fired, n: cython.Py_ssize_t
) -> cython.void:
    """Where a rule does not decide after all, see `rules.spared`; from the last of `n` blocks to the first."""
    b: cython.Py_ssize_t
    hi: cython.Py_ssize_t = n
    speaking: cython.Py_ssize_t = 0
    blocks: cython.Py_ssize_t = 0
    n_words: cython.int
    below: cython.int = 0
    for b in range(n - 1, -1, -1):
        if b + 1 < hi and scanned.block_doc[b] != scanned.block_doc[b + 1]:
            _spare_page(rules, said, b + 1, hi, speaking, blocks)
            hi = b + 1
            speaking = 0
            blocks = 0
            below = 0
        n_words = scanned.block_word[b + 1] - scanned.block_word[b]
        if n_words == 0:
            continue
        blocks += 1
        if said.fired[b] & FIRES_COOKIE_NOTICE:
            speaking += 1
        if below >= rules.headed_words and _is_heading(rules, said.rule[b], phrases.whole[b]):
            said.decides[b] = 0
        if said.rule[b] == rules.cookie_notice and phrases.whole[b] >= 0:
            # a wording that names no label is no notice
            if rules.row_label[phrases.whole[b]] != NAVIGATION:
                said.decides[b] = 0
        below = n_words
    _spare_page(rules, said, 0, hi, speaking, blocks)


def rule_blocks(
    rules: Rules,
    scanned: Scanned,
    phrases: Phrases,
    shapes: Shapes,
    said: Fired,
    n: cython.Py_ssize_t,
    list_share: cython.double,
    n_rules: cython.Py_ssize_t,
) -> None:
    """Which of the `n_rules` shape rules fire on `n` blocks, and the rule of each."""
    facts: Facts = said.facts
    with cython.nogil:
        _find_members(rules, scanned, phrases, shapes, said, n)
        _fire_alone(facts, rules, scanned, phrases, shapes, said, n)
        _fire_in_runs(rules, scanned, phrases, said, n, list_share)
        _choose_rules(rules, phrases, said, n, n_rules)
        _spare(rules, scanned, phrases, said, n)


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
    # cut off in the middle, or a rule of style (.title{…}), or the first thing on the page: no title looks like this. In
    # the main block it is both.
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
    """Give blocks without words the verdict of the next line of their document, or of the one before, which an underline
    takes; not where they are part of code or of a table."""
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
