# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which rules fire on every block, and which of them is its rule.

Rules are functions of a block's phrases and shapes, two of them of the run of blocks that it stands in: one loop finds
what blocks are in runs, one the rules of a block alone, one those of runs. Then a rule is chosen, and last, from the
end to the beginning, some no longer decide: headings above their text, and pages about cookies.

`rules.SHAPE_RULES` says in words and in NumPy what is computed here, and a test holds the two together: on most pages,
which are small, some fifty passes of NumPy cost more in calls than in work.

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
        HAS_WORDS,
        IN_LIST,
        IN_MENU,
        IS_COVERED,
        IS_ITEM,
        IS_WORDING,
        NAVIGATION,
        NO_DATE,
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
    )
    from cython.cimports.bilingual.labels.packed import (
        COVERS,
        KIND_MASK,
        LABEL_MASK,
        NAVIGATION_COVER,
        NAVIGATION_LOOSE,
        PROMO_COVER,
        ROW_LABEL,
        ROW_RULE,
        ROW_WORDS,
        WORDS_MASK,
    )
else:
    from bilingual.labels.numbers import *  # noqa: F403  (the names above)
    from bilingual.labels.packed import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Rules:
    """What is known of rules and of rows of the lexicon, see `rules.RuleTables`; kinds of phrases as bits, in the order
    of `rules.MASKS`; numbers of words, or of wordings, in the order of `rules.LIMITS`. What stands in the number of a row:
    see `packed`."""

    row: cython.const[cython.uint][::1]
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
            self.row,
            masks,
            limits,
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
            self.cookie_blocks, self.cookie_share, self.legal_rule, self.menu_rule, self.cookie_notice,
            self.cookie_rule,
        ) = limits  # fmt: skip


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _kind_bit(row: cython.uint) -> cython.ulonglong:
    """The bit of the kind of a row."""
    one: cython.ulonglong = 1
    return one << (row & KIND_MASK)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _label_of(row: cython.uint) -> cython.int:
    """The label of a row."""
    return cython.cast(cython.int, row >> ROW_LABEL & LABEL_MASK)


@cython.cclass
class Scanned:
    """What rules read of a scan."""

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

    The kinds of its phrases in position, out of it, and of the one that holds at the first word, as bits; the row of
    the phrase that is all of it, or -1; `date_from` as in `patterns.ShapeColumns`.
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


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _membership(
    rules: Rules, n_words: cython.int, row: cython.int, covered: cython.int, shapes: cython.int
) -> cython.uchar:
    """What a block is in runs, as bits of `RuleColumns.member`: `covered` words belong to wordings of navigation, and
    `row` of the lexicon is all of it, -1 for none."""
    found: cython.int = HAS_WORDS
    if n_words == 0:
        return 0
    if row >= 0 and _label_of(rules.row[row]) == NAVIGATION:
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
        covered = phrases.cover[COVERS * b + NAVIGATION_COVER] + phrases.cover[COVERS * b + NAVIGATION_LOOSE]
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
    """The shape rules that fire on a block whatever its neighbours are: a bit for each, in the order of
    `SHAPE_RULES`."""
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
    f.opening = _kind_bit(rules.row[row]) if row >= 0 else 0
    f.opening_words = cython.cast(cython.int, rules.row[row] >> ROW_WORDS & WORDS_MASK) if row >= 0 else 0
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
        if said.member[b] & IN_LIST and phrases.cover[COVERS * b + PROMO_COVER] == 0:
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
            found = cython.cast(cython.int, rules.row[phrases.best[b]] >> ROW_RULE) - 1
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
    return rule == rules.menu_rule and row >= 0 and _kind_bit(rules.row[row]) & rules.heading != 0


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
            if _label_of(rules.row[phrases.whole[b]]) != NAVIGATION:
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
