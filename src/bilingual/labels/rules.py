"""The rule layer: few, exact rules, each with its evidence.

Two families. A *shape rule* is a function over columns, and its docstring is its help. A *phrase rule*
stands for the wordings of one kind (`data/lexicons`) in some positions; `words/phrase-rules.tsv` lists
them. The help of either holds sample lines, which run as tests:

    + line the rule takes -> label
    - line it leaves alone

`words/rules.tsv` holds what each rule was measured at (`tools/rules_measure.py`), `words/undecided.tsv` the wordings
that say too little alone and that no rule takes. A rule that keeps 95%
decides; the others are evidence for the statistical layer and for explanations. The first rule of the table
that fires on a block is its rule, deciding ones before the others; `spared` says where it does not decide after all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

import numpy as np

from bilingual.labels.firing import kernel
from bilingual.labels.lexicon import LABELS, POSITIONS, Lexicon, PhraseColumns, lexicon, match
from bilingual.labels.packed import NAVIGATION_COVER, NAVIGATION_LOOSE, PROMO_COVER, ROW_LABEL, ROW_RULE, ROW_WORDS
from bilingual.labels.patterns import ShapeColumns, shapes
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.scan import Scan
from bilingual.text.workspace import Column, Columns, Make, fresh

# Longest copyright or cookie notice of the development pages: 58 words; of 44 of 61 to 110 words on silver pages none
# is body.
NOTICE_WORDS = 110
# With the sign alone as evidence; beyond this, captions end with the sign and the photographer's name: of nine such
# lines on silver and corpus pages four are body.
SIGN_WORDS = 12
# A bread crumb line is short: the longest of the development pages has 14 words.
TRAIL_WORDS = 16
# A byline is a phrase and a name; with more words than this it is a sentence in one line of three.
BYLINE_WORDS = 7
# Phone numbers stand with at most this many words; longer lines are sentences that hold a number.
PHONE_WORDS = 8
# Two glued wordings of one word each are two words of a sentence too often; from four words on they are not.
CHAIN_WORDS = 4
# Wordings in a row that make a menu: two keep 0.989 on development pages, the corpus and the silver pages alike.
RUN_WORDINGS = 2
# A bulleted list is a menu with three wordings and a third of its lines, items of up to four words: 0.98.
ITEM_WORDS, LIST_WORDINGS, LIST_SHARE = 4, 3, 0.3
# A lead-in needs a title after it.
TITLE_WORDS = 3
# The wording of a policy right above a block of this many words is the heading of its text: navigation in 1 of 6 such
# blocks of the corpus, 46 of 56 on silver pages; elsewhere in 71 of 75, 475 of 487. So is one of a menu in a run of
# them: 11 of 16 on development and corpus pages, 174 of 188 on silver ones.
HEADED_WORDS = 12
# A page is about cookies where this many blocks, more than one in seven of those with words, speak of them. The most on
# pages of another matter is 9 of 61.
COOKIE_BLOCKS, COOKIE_SHARE = 3, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The columns that rules read.

    Shapes: as their classes say.
    """

    scan: Scan
    phrases: PhraseColumns
    shapes: ShapeColumns
    lexicon: Lexicon

    @property
    def n_words(self) -> Array:
        """int32[n_blocks]: words of each block."""
        found: Array = self.scan.block_word[1:] - self.scan.block_word[:-1]
        return found

    @property
    def opening(self) -> Array:
        """uint64[n_blocks]: the bit of the kind that holds at the first word."""
        found: Array = _columns().row_bit[self.phrases.opening]
        return found

    @property
    def opening_words(self) -> Array:
        """int32[n_blocks]: the words of the phrase that holds at the first word."""
        found: Array = _columns().row_words[self.phrases.opening]
        return found

    def hits(self, *kinds: str) -> Array:
        """bool[n_blocks]: a phrase of one of `kinds` holds."""
        found: Array = (self.phrases.kinds & _mask(kinds)) != 0
        return found

    def opens(self, *kinds: str) -> Array:
        """bool[n_blocks]: a phrase of one of `kinds` holds at the first word."""
        found: Array = (self.opening & _mask(kinds)) != 0
        return found

    def is_navigation_wording(self) -> Array:
        """bool[n_blocks]: the block is one phrase, whole, and its label is navigation."""
        row = self.phrases.whole
        found: Array = (row >= 0) & (self.lexicon.label[row] == LABELS.index("navigation"))
        return found

    def is_covered(self) -> Array:
        """bool[n_blocks]: every word belongs to some wording of navigation."""
        cover = self.phrases.cover
        found: Array = (self.n_words > 0) & (cover[:, NAVIGATION_COVER] + cover[:, NAVIGATION_LOOSE] == self.n_words)
        return found


@cache
def _mask(kinds: tuple[str, ...]) -> np.uint64:
    return np.uint64(lexicon().bit(*kinds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its name, label, kind of evidence, help with samples, and what it was measured at.

    Units: precision 0 to 1; `development` and `silver` say where from, in words. `decides`: alone, or as
    evidence."""

    name: str
    label: str
    family: str
    help: str
    decides: bool
    precision: float
    development: str
    silver: str

    @property
    def summary(self) -> str:
        """The first line of the help."""
        return self.help.partition("\n")[0]

    def samples(self) -> list[tuple[str, str]]:
        """(line, label or "" for a line that the rule leaves alone), from the help."""
        found = []
        for line in self.help.splitlines():
            text = line.strip()
            if text.startswith("+ "):
                sample, _, label = text[2:].rpartition(" -> ")
                found.append((sample, label))
            elif text.startswith("- "):
                found.append((text[2:], ""))
        return found


def copyright_notice(f: Facts) -> Array:
    """a copyright line: the sign with a year, "all rights reserved" and their like.

    + © 2020 All rights reserved. -> navigation
    + جميع الحقوق محفوظة لموقع الديار 2019 -> navigation
    - The rights of the workers were not reserved for long.
    - The old ferry leaves the harbour of the island in the morning fog. © Jens Lund
    """
    return (f.hits("copyright") & (f.n_words <= NOTICE_WORDS)) | (f.shapes.has("copyright") & (f.n_words <= SIGN_WORDS))


def cookie_notice(f: Facts) -> Array:
    """a cookie or consent notice; on a page about cookies it does not decide.

    + We use cookies to improve your visit. -> navigation
    + يستخدم هذا الموقع ملفات تعريف الارتباط لتحسين تجربتك -> navigation
    - The grandmother's cookies were the best of the street.
    """
    return f.hits("cookie") & (f.n_words <= NOTICE_WORDS)


def furniture_chain(f: Facts) -> Array:
    """every word belongs to some wording of navigation, two or more of them glued in one line.

    + من نحن تواصل معنا سياسة الخصوصية -> navigation
    + Home About us Contact us -> navigation
    - Home news from abroad was rare.
    """
    return (f.n_words >= CHAIN_WORDS) & f.is_covered() & (f.phrases.whole < 0)


def menu_run(f: Facts) -> Array:
    """wordings of navigation in a row, each a whole line or glued in one; headings right above a text do not decide.

    + Home / About us / Contact us -> navigation
    + من نحن / سياسة الخصوصية شروط الاستخدام / اتصل بنا -> navigation
    - About us
    - Home / The dam broke in May. / Contact us
    """
    wording = f.is_navigation_wording()
    _, wordings = _runs(f, wording | f.is_covered(), wording)
    return wordings >= RUN_WORDINGS


def menu_list(f: Facts) -> Array:
    """a bulleted list of short lines, many of which are wordings of navigation.

    + • Home / • About us / • Old harbour / • Contact us -> navigation
    + • الرئيسية / • من نحن / • ديوان المظالم / • اتصل بنا -> navigation
    - • Home / • The old harbour / • Two boats / • A lamp
    - • Subscribe to our newsletter
    """
    wording = f.is_navigation_wording()
    short = f.shapes.has("bullet") & (f.n_words > 0) & (f.n_words <= ITEM_WORDS)
    size, wordings = _runs(f, short | wording, wording)
    is_call = f.phrases.cover[:, PROMO_COVER] > 0
    return (wordings >= LIST_WORDINGS) & (wordings >= LIST_SHARE * size) & ~is_call


def _runs(f: Facts, member: Array, counted: Array) -> tuple[Array, Array]:
    """(lines, counted lines) of the run of members that a block stands in; blocks without words are passed over.

    Shapes: int64[n_blocks] both, 0 outside runs.
    """
    size, count = np.zeros(f.scan.n_blocks, np.int64), np.zeros(f.scan.n_blocks, np.int64)
    lines = np.flatnonzero(f.n_words > 0)
    inside, doc = member[lines], f.scan.block_doc[lines]
    breaks = np.flatnonzero(~inside[1:] | ~inside[:-1] | (doc[1:] != doc[:-1])) + 1
    edges = np.concatenate([[0], breaks, [len(lines)]])
    length = np.diff(edges)
    sums = np.concatenate([[0], np.cumsum(counted[lines])])
    size[lines] = np.where(inside, np.repeat(length, length), 0)
    count[lines] = np.where(inside, np.repeat(sums[edges[1:]] - sums[edges[:-1]], length), 0)
    return size, count


def breadcrumb_trail(f: Facts) -> Array:
    """where the reader stands: "you are here", or a chain of short items.

    + You are here: Home > Sport > Tennis -> navigation
    + أنت هنا: الرئيسية » أخبار » رياضة -> navigation
    - You are not here to talk but to listen to the court.
    """
    chain = f.shapes.has("chain") & f.opens("menu", "breadcrumb")
    return (f.opens("breadcrumb") | chain) & (f.n_words <= TRAIL_WORDS)


def page_numbers(f: Facts) -> Array:
    """page numbers that count up, with a word of pagination.

    + 1 2 3 … 6 Next » -> navigation
    + السابق 1 2 3 4 التالي -> navigation
    - 1 2 3
    - In 1 of 2 or 3 cases the fever came back.
    """
    wanted = f.lexicon.bit("pagination", "prev-next")
    paged: Array = ((f.phrases.kinds | f.phrases.loose) & np.uint64(wanted)) != 0
    found: Array = f.shapes.has("pages") & paged
    return found


def labelled_date(f: Facts) -> Array:
    """"published on", "آخر تحديث" and a date, and nothing else.

    + Published: 3 May 2020 -> navigation
    + آخر تحديث: الأحد 3 أيار 2020 - 05:30 م -> navigation
    - Published on 3 May 2020 by the press of the university, the book sold out.
    """
    near: Array = f.opening_words + 1 >= f.shapes.date_from
    return f.opens("meta-date") & near & (f.shapes.date_from < f.n_words)


def date_line(f: Facts) -> Array:
    """a date or time and nothing else, under any of the month names in use.

    + الأحد 3 كانون الثاني 2020 -> navigation
    + 12 فيفري 2018 - 10:45 -> navigation
    + March 3, 2019 at 5:30 pm -> navigation
    - On March 3 2019 the dam broke.
    """
    found: Array = f.shapes.date_from == 0
    return found


def byline(f: Facts) -> Array:
    """an author's phrase and a name, alone on the line.

    + By Sara Haddad -> navigation
    + بقلم: سارة حداد -> navigation
    - By the river they sat and waited for the boat that never came.
    """
    return f.opens("meta-author") & (f.n_words <= BYLINE_WORDS) & (f.n_words > f.opening_words)


def template_residue(f: Facts) -> Array:
    """what a template left behind: {{ }}, <% %>, %d, &nbsp;.

    + {{ post.title }} -> navigation
    + %d مدونون معجبون بهذه: -> navigation
    - Prices rose 5 % during the year.
    """
    return f.shapes.has("residue")


def markup_residue(f: Facts) -> Array:
    """markup, style or script in the text.

    + </div> -> navigation
    + window.onload = function(){ init(); } -> navigation
    - He wrote less than three letters.
    """
    return f.shapes.has("markup")


def contact_line(f: Facts) -> Array:
    """a phone or fax number, with its label or alone.

    + هاتف: 0096611234567 -> navigation
    + Tel: +20 100 200 3000 -> navigation
    - He dialled 0100200300 and nobody answered the phone that night in the house.
    """
    return f.shapes.has("phone") & (f.n_words <= PHONE_WORDS) & (f.shapes.date_from > 0)


def address_line(f: Facts) -> Array:
    """URLs, e-mail addresses and handles alone.

    + info@example.com -> navigation
    - Write to info@example.com for the list.
    """
    return f.shapes.has("urls")


def hashtag_line(f: Facts) -> Array:
    """hashtags and nothing else.

    + #مصر #رياضة #الأهلي -> navigation
    - كتب تحت وسم #مصر كلاما طويلا
    """
    return f.shapes.has("hashtags")


def press_prefix(f: Facts) -> Array:
    """a word of the press, a colon or bar, and the title of another article.

    + بالصور| افتتاح الجسر الجديد على النيل -> promo
    - بالصور والوثائق أثبت الباحث رأيه في الكتاب
    - بالصور:
    """
    return f.opens("press-prefix") & (f.n_words >= f.opening_words + TITLE_WORDS)


def price_line(f: Facts) -> Array:
    """a price alone; the trade of a shop page, furniture elsewhere.

    + 250 ريال -> body
    + $19.99 -> body
    - The fine of 250 riyals was paid by the owner of the shop.
    """
    return f.shapes.has("price")


def number_line(f: Facts) -> Array:
    """numbers and nothing else.

    + 1,204 -> navigation
    - 1,204 people came.
    """
    return f.shapes.has("digits")


def related_leadin(f: Facts) -> Array:
    """"read also" and the title of another article in one line.

    + اقرأ أيضا: وزير النقل يفتتح الطريق الجديد -> promo
    + Read also: Ten towns that moved uphill -> promo
    - اقرأ أيضا
    """
    return f.opens("teaser-leadin") & (f.n_words >= f.opening_words + TITLE_WORDS)


SHAPE_RULES: dict[Callable[[Facts], Array], str] = {
    copyright_notice: "navigation",
    cookie_notice: "navigation",
    menu_run: "navigation",
    menu_list: "navigation",
    template_residue: "navigation",
    breadcrumb_trail: "navigation",
    page_numbers: "navigation",
    furniture_chain: "navigation",
    labelled_date: "navigation",
    date_line: "navigation",
    byline: "navigation",
    contact_line: "navigation",
    address_line: "navigation",
    hashtag_line: "navigation",
    related_leadin: "promo",
    press_prefix: "promo",
    price_line: "body",
    number_line: "navigation",
    markup_residue: "navigation",
}
"""The shape rules in the order in which they are asked, each with its label."""


def _rows(name: str) -> list[list[str]]:
    text = (files("bilingual") / "data" / "lexicons" / "words" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def table() -> tuple[Rule, ...]:
    """Every rule: shape rules, then phrase rules, in the order in which they are asked."""
    measured = {row[0]: row for row in _rows("rules.tsv")}
    lex = lexicon()
    rules = []
    for function, label in SHAPE_RULES.items():
        # `python -OO` takes docstrings away, and with them the help alone.
        rules.append(_rule(function.__name__, label, "shape", function.__doc__ or "", measured))
    for kind, _, taken, left in _rows("phrase-rules.tsv"):
        number = lex.kinds.index(kind)
        label = lex.kind_label[number]
        samples = [f"+ {line} -> {label}" for line in taken.split(" | ")] + [f"- {left}"]
        text = "\n".join([lex.kind_help[number], "", *samples])
        rules.append(_rule(f"{kind}-phrase", label, "phrase", text, measured))
    return tuple(rules)


def _rule(name: str, label: str, family: str, text: str, measured: dict[str, list[str]]) -> Rule:
    name = name.replace("_", "-")
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    row = measured.get(name, [name, "no", "0.5", "unmeasured", "unmeasured"])
    return Rule(
        name=name, label=label, family=family, help=lines, decides=row[1] == "yes", precision=float(row[2]),
        development=row[3], silver=row[4],
    )  # fmt: skip


class RuleColumns(Columns):
    """What the rules say. Shapes: rule int16[n_blocks], index in `table()` or -1; label uint8; score float32;
    decides bool[n_blocks]; fired uint32[n_blocks], a bit for each of SHAPE_RULES that fires; member is work space."""

    KINDS: ClassVar = {
        "fired": Column(np.uint32),
        "member": Column(np.uint8),
        "rule": Column(np.int16),
        "label": Column(np.uint8),
        "score": Column(np.float32),
        "decides": Column(np.bool_),
    }

    @property
    def evidence(self) -> Array:
        """bool[len(SHAPE_RULES), n_blocks]: one row per shape rule."""
        found: Array = self.fired >> np.arange(len(SHAPE_RULES), dtype=np.uint32)[:, None] & 1 != 0
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTables:
    """What the kernel knows of rules and rows.

    Shapes: label, decides uint8, precision float32: per rule; rule_of_row int16, row_bit uint64, row_words int32:
    the phrase rule of every lexicon row, the bit of its kind and its words, with one row more for -1."""

    label: Array
    precision: Array
    decides: Array
    rule_of_row: Array
    row_bit: Array
    row_words: Array


@cache
def _columns() -> RuleTables:
    """The tables of the package's rules, made once."""
    rules, lex = table(), lexicon()
    label = np.array([LABELS.index(rule.label) for rule in rules], np.uint8)
    precision = np.array([rule.precision for rule in rules], np.float32)
    decides = np.array([rule.decides for rule in rules], np.uint8)
    of_row = every_phrase_rule()
    rows = zip(lex.phrase, lex.position, strict=True)
    of_row[:-1][[(phrase, POSITIONS[position]) in undecided() for phrase, position in rows]] = -1
    bit = np.append(np.uint64(1) << lex.kind.astype(np.uint64), np.uint64(0))
    n_words = np.append(lex.n_words, 0).astype(np.int32)
    return RuleTables(
        label=label, precision=precision, decides=decides, rule_of_row=of_row, row_bit=bit, row_words=n_words
    )


def phrase_rules() -> Array:
    """int16[n_rows + 1]: the phrase rule of every row of the lexicon, -1 for none (also for row -1)."""
    return _columns().rule_of_row


@cache
def undecided() -> frozenset[tuple[str, str]]:
    """(phrase, position) of the wordings of the lexicon that say too little alone: no rule takes them."""
    return frozenset((phrase, position) for phrase, position, *_ in _rows("undecided.tsv"))


def every_phrase_rule() -> Array:
    """int16[n_rows + 1]: the phrase rule of every row of the lexicon, -1 for none (also for row -1), as if no wording
    were undecided."""
    lex = lexicon()
    of_row = np.full(len(lex.phrase) + 1, -1, np.int16)
    for number, (kind, positions, _, _) in enumerate(_rows("phrase-rules.tsv"), len(SHAPE_RULES)):
        places = np.zeros(len(POSITIONS), np.bool_)
        places[[POSITIONS.index(position) for position in positions.split()]] = True
        kind_number = lex.kinds.index(kind)
        label = LABELS.index(lex.kind_label[kind_number])
        of_row[:-1][(lex.kind == kind_number) & (lex.label == label) & places[lex.position]] = number
    return of_row


def facts(scan: Scan, phrases: PhraseColumns | None = None) -> Facts:
    """The columns that rules read, of which the phrases may have been made already."""
    return Facts(
        scan=scan,
        phrases=phrases if phrases is not None else match(scan),
        shapes=shapes(scan),
        lexicon=lexicon(),
    )


# What `firing.kernel.Rules` holds: kinds of phrases, then most or least words, in the order that it knows.
MASKS: tuple[tuple[str, ...], ...] = (
    ("copyright",), ("cookie",), ("breadcrumb",), ("menu", "breadcrumb"), ("pagination", "prev-next"), ("meta-date",),
    ("meta-author",), ("teaser-leadin",), ("press-prefix",), ("menu", "section", "legal"),
)  # fmt: skip
LIMITS = (
    NOTICE_WORDS, SIGN_WORDS, TRAIL_WORDS, BYLINE_WORDS, PHONE_WORDS, CHAIN_WORDS, RUN_WORDINGS, ITEM_WORDS,
    LIST_WORDINGS, TITLE_WORDS, HEADED_WORDS, COOKIE_BLOCKS, COOKIE_SHARE,
)  # fmt: skip
# Rules with an exception, which the kernel knows by their numbers: see `spared`.
SPARED = ("legal-phrase", "menu-run", "cookie-notice", "cookie-phrase")


@cache
def _masks_and_limits() -> tuple[Array, Array]:
    names = [rule.name for rule in table()]
    limits = [*LIMITS, *(names.index(name) for name in SPARED)]
    return np.array([_mask(kinds) for kinds in MASKS], np.uint64), np.array(limits, np.int32)


def spared(f: Facts, rule: Array) -> Array:
    """bool[n_blocks]: `rule` of the block, int16[n_blocks], does not decide, as the page says otherwise.

    The wording of a policy or a menu above its text, wordings of cookies on a page about them, and one that names no
    label ("Performance", a choice of consent or the heading of a review).
    """
    legal, menu, *cookies = [[one.name for one in table()].index(name) for name in SPARED]
    heading = (_columns().row_bit[f.phrases.whole] & _mask(MASKS[-1])) != 0
    wordy, doc = np.flatnonzero(f.n_words > 0), f.scan.block_doc
    heads = np.zeros(f.scan.n_blocks, np.bool_)
    above, below = wordy[:-1], wordy[1:]
    heads[above] = (doc[above] == doc[below]) & (f.n_words[below] >= HEADED_WORDS)
    n_docs = int(doc.max(initial=-1)) + 1
    blocks = np.bincount(doc[wordy], minlength=n_docs)
    speaking = np.bincount(doc[cookie_notice(f)], minlength=n_docs)
    about = (speaking >= COOKIE_BLOCKS) & (speaking * COOKIE_SHARE > blocks)
    row = f.phrases.whole
    weak = (row >= 0) & (f.lexicon.label[row] != LABELS.index("navigation")) & (rule == cookies[0])
    found: Array = heads & ((rule == legal) | (rule == menu) & heading) | about[doc] & np.isin(rule, cookies) | weak
    return found


def apply(f: Facts, *, engine: Any = kernel) -> RuleColumns:
    """The first rule that fires on every block; deciding rules before the others.

    >>> from bilingual.text.scan import scan
    >>> said = apply(facts(scan(["Skip to content\\nThe dam broke in May."])))
    >>> [table()[rule].name if rule >= 0 else "" for rule in said.rule.tolist()]
    ['skip-a11y-phrase', '']
    """
    return rule_blocks(f.scan, f.phrases, f.shapes, engine=engine)


def rule_blocks(
    scan: Scan, phrases: PhraseColumns, found: ShapeColumns, *, engine: Any = kernel, new: Make = fresh
) -> RuleColumns:
    """`apply` of columns."""
    rules = new(RuleColumns, scan.n_blocks)
    rules.n = scan.n_blocks
    compiled = engine.COMPILED
    engine.rule_blocks(
        _tables(engine), scan.seen_by(engine.Scanned, compiled, ("block_word", "block_doc")),
        phrases.seen_by(engine.Phrases, compiled), found.seen_by(engine.Shapes, compiled),
        rules.seen_by(engine.Fired, compiled), scan.n_blocks, LIST_SHARE,
        len(SHAPE_RULES),
    )  # fmt: skip
    return rules


def _row_facts(t: RuleTables) -> Array:
    """uint32[n_rows]: what rules know of each row of the lexicon, as the kernel has it."""
    lex = lexicon()
    parts = ((lex.kind, 0), (lex.label, ROW_LABEL), (lex.n_words, ROW_WORDS), (t.rule_of_row[:-1] + 1, ROW_RULE))
    ends = (ROW_LABEL, ROW_WORDS, ROW_RULE, 32)
    assert all(int(part.max()) < 1 << end - shift for (part, shift), end in zip(parts, ends, strict=True))
    found: Array = np.zeros(len(lex.kind), np.uint32)
    for part, shift in parts:
        found |= part.astype(np.uint32) << np.uint32(shift)
    return found


@cache
def _tables(engine: Any) -> Any:
    """The tables of rules as the kernel takes them."""
    t = _columns()
    arrays = (_row_facts(t), *_masks_and_limits(), t.label, t.precision, t.decides)
    return engine.Rules(*native.views(arrays, engine.COMPILED))
