"""The label of every block: rules where they are sure, trees over the signals elsewhere, neighbours for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from bilingual.labels import features, kernel
from bilingual.labels.columns import CONTEXT, HEURISTIC, KINDS, LabelColumns
from bilingual.labels.features import BODY_NAMES, NAMES, Lines, line_features, of_lines
from bilingual.labels.kinds import page_kinds
from bilingual.labels.lexicon import PhraseColumns, match
from bilingual.labels.rules import RuleColumns, apply, facts, table
from bilingual.labels.verdict import kernel as verdict_kernel
from bilingual.labels.weights import tree_room, weights
from bilingual.language.columns import LanguageColumns
from bilingual.text import native
from bilingual.text.scan import Scan

Array = np.ndarray[Any, Any]

# A block without a word takes the label of the next one that has some: 521 of 521 bare bullets of the gold pages.
BARE = "bare-symbol-copies-next"
ALONE = "no-words"
# A lone line of markup or script is residue, unless the page is about code.
RESIDUE = "residue-among-prose"
RESIDUE_SCORE = 0.9
RESIDUE_WORDS = 12
QUOTE, SYMBOL = 9, 12
MOST, WORDING_WORDS = 160, 10
# Names of the evidence, in the order in which they are tried; each is a property of a line and holds for some labels.
EVIDENCE: tuple[tuple[str, int], ...] = (
    ("call-phrase", HEURISTIC),
    ("under-list-header", CONTEXT),
    ("after-article-end", CONTEXT),
    ("headline-run", CONTEXT),
    ("promo-signals", HEURISTIC),
    ("menu-wording", HEURISTIC),
    ("date-or-byline", HEURISTIC),
    ("short-line-run", CONTEXT),
    ("outside-main-block", CONTEXT),
    ("navigation-signals", HEURISTIC),
    ("long-sentence", HEURISTIC),
    ("in-main-block", CONTEXT),
    ("body-signals", HEURISTIC),
)
# A line made of wordings of navigation is no call: all of the few such lines that the trees took for promo were
# navigation.
WORDINGS = "navigation-wordings"
NAMES_OF_RULES = (BARE, ALONE, RESIDUE, WORDINGS, *(name for name, _ in EVIDENCE))
_FIRST_EVIDENCE = 4


@cache
def rule_names() -> tuple[str, ...]:
    """What `LabelColumns.rule` numbers: evidence of the trees and of the context, then the rules."""
    return (*NAMES_OF_RULES, *(rule.name for rule in table()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the trees say of the lines, kept for explanations.

    Shapes: columns uint8[len(NAMES) + len(BODY_NAMES), m]; odds, probability float32[m, 3].
    """

    lines: Lines
    columns: Array
    odds: Array
    probability: Array


def label(
    scan: Scan, languages: LanguageColumns, evidence: Any = None, *, verdict: Any = verdict_kernel
) -> LabelColumns:
    """Label every block of a scan, with its score and its reason.

    `verdict` is the kernel that puts rules and trees together: the compiled one, or the interpreted one in tests.
    """
    phrases = match(scan)
    found = apply(facts(scan, phrases))
    judged = judge(scan, phrases, found, evidence=evidence)
    return _columns(scan, judged, found, verdict)


def judge(
    scan: Scan,
    phrases: PhraseColumns,
    found: RuleColumns,
    *,
    evidence: Any = None,
    engine: Any = kernel,
) -> Judgement:
    """Columns, log-odds and probabilities of every line with words; `evidence` is what a format knows of the lines."""
    lines = line_features(scan, phrases, found, engine=engine)
    odds = judge_lines(lines, engine=engine)
    if evidence is not None:
        at = lines.block
        given = np.ascontiguousarray(odds[:, :3])
        odds = evidence.revise(given, scan.block_doc[at], scan.block_line[at], lines.letters.sum(axis=0))
    probability = np.empty((len(lines.block), 3), np.float32)
    engine.probabilities(*native.views((odds, probability), engine.COMPILED))
    return Judgement(lines=lines, columns=lines.every, odds=odds[:, :3], probability=probability)


def judge_lines(lines: Lines, *, engine: Any = kernel) -> Array:
    """Log-odds of the labels of every line, float32[m, 4] with a zero behind the three; fills the columns that the
    body scores decide."""
    m = len(lines.block)
    odds = np.empty((m, 4), np.float32)
    arrays = (tree_room(), np.empty((1, m), np.uint8), np.empty(m, np.float32), odds.reshape(-1))
    engine.judge(
        *of_lines(lines, engine), *_forests(engine), *native.views(arrays, engine.COMPILED),
        features.N_SIGNALS, len(NAMES), BODY_NAMES.index("b_side"),
    )  # fmt: skip
    return odds


@cache
def _forests(engine: Any) -> tuple[Any, Any]:
    """The trees of body and labels as the kernel takes them."""
    return weights().body.trees(engine), weights().label.trees(engine)


def _columns(scan: Scan, judged: Judgement, found: RuleColumns, engine: Any) -> LabelColumns:
    def views(*arrays: Array) -> Sequence[Any]:
        return native.views(arrays, engine.COMPILED)

    n, at = scan.n_blocks, judged.lines
    label_, score = np.empty(n, np.uint8), np.empty(n, np.float32)
    layer, rule = np.empty(n, np.uint8), np.empty(n, np.int16)
    line_label = np.empty(len(at.block), np.uint8)
    lines = engine.Lines(*views(scan.block_doc, at.block, at.doc_line, at.flags, at.wide))
    blocks = engine.Blocks(*views(label_, score, layer, rule, line_label))
    said = engine.Said(*views(found.decides.view(np.uint8), found.label, found.score, found.rule))
    choices = _choices(engine)
    engine.choose(
        choices, lines, said, blocks, *views(judged.probability),
        _FIRST_EVIDENCE, NAMES_OF_RULES.index(ALONE), len(NAMES_OF_RULES),
    )  # fmt: skip
    kind = page_kinds(at, at.wide, line_label, verdict=engine)
    engine.finish(choices, lines, blocks, *views(kind), RESIDUE_SCORE, KINDS.index("documentation"))
    return LabelColumns(label=label_, score=score, layer=layer, rule=rule, rule_names=rule_names(), kind=kind)


@cache
def _choices(engine: Any) -> Any:
    """The constants of verdicts as the kernel takes them."""
    arrays = (
        *weights().calibration, _REASON_ROWS, _REASON_BITS, _EVIDENCE_LAYER, _LAST_ROWS, _LAST_LIMITS, _LAST_NUMBERS,
    )  # fmt: skip
    return engine.Choices(*native.views(arrays, engine.COMPILED))


def _rows(*names: str) -> Array:
    return np.array([(*NAMES, *BODY_NAMES).index(name) for name in names], np.int32)


# What the kernel of verdicts is told, in the order that it knows.
_REASON_ROWS = _rows("opened", "longs_since", "since", "b_side", "b_closed", "run_headlines_size", "run_short_size")
_REASON_BITS = np.array([features.CALL, features.NAV, features.META, features.LONG], np.uint32)
_EVIDENCE_LAYER = np.array([layer for _, layer in EVIDENCE], np.uint8)
_LAST_ROWS = _rows("nav_cover", "nav_loose", "promo_cover", "promo_loose", "r_markup_residue", "b_side", "start")
_LAST_LIMITS = np.array([MOST, WORDING_WORDS, RESIDUE_WORDS, QUOTE, SYMBOL], np.int32)
_LAST_NUMBERS = np.array([NAMES_OF_RULES.index(name) for name in (WORDINGS, RESIDUE, BARE)], np.int32)
