"""The label of every block: rules where they are sure, trees over the signals elsewhere, neighbours for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from bilingual.labels import features, kernel
from bilingual.labels.columns import BODY, CONTEXT, HEURISTIC, KINDS, NAVIGATION, PROMO, RULE, LabelColumns
from bilingual.labels.features import BODY_NAMES, COVERS, NAMES, Lines, body_features, line_features
from bilingual.labels.kinds import page_kinds
from bilingual.labels.lexicon import PhraseColumns, match
from bilingual.labels.rules import RuleColumns, apply, facts, table
from bilingual.labels.weights import Forest, weights
from bilingual.language.columns import LanguageColumns
from bilingual.text.scan import Scan

Array = np.ndarray[Any, Any]

# A block without a word takes the label of the next one that has some: 521 of 521 bare bullets of the gold pages.
BARE = "bare-symbol-copies-next"
ALONE = "no-words"
# A lone line of markup or script is residue, unless the page is about code.
RESIDUE = "residue-among-prose"
RESIDUE_SCORE = 0.9
RESIDUE_WORDS = 12
QUOTE, SYMBOL, INSIDE = 9, 12, 1
MOST, WORDING_WORDS = 160, 10
# Names of the evidence, in the order in which they are tried; each is a property of a line and holds for some labels.
EVIDENCE: tuple[tuple[str, int], ...] = (
    ("call-phrase", HEURISTIC),
    ("under-list-header", CONTEXT),
    ("after-article-end", CONTEXT),
    ("headline-run", CONTEXT),
    ("promo-signals", HEURISTIC),
    ("menu-phrase", HEURISTIC),
    ("date-or-byline", HEURISTIC),
    ("short-line-run", CONTEXT),
    ("outside-main-block", CONTEXT),
    ("navigation-signals", HEURISTIC),
    ("long-sentence", HEURISTIC),
    ("in-main-block", CONTEXT),
    ("body-signals", HEURISTIC),
)
# A line made of wordings of navigation is no call: all of the few such lines that the trees took for promo were navigation.
WORDINGS = "navigation-wordings"
NAMES_OF_RULES = (BARE, ALONE, RESIDUE, WORDINGS, *(name for name, _ in EVIDENCE))
_FIRST_EVIDENCE = 4
_FIRST = {BODY: 10, NAVIGATION: 5, PROMO: 0}
_LAST = {BODY: 12, NAVIGATION: 9, PROMO: 4}


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


def label(scan: Scan, languages: LanguageColumns, evidence: Any = None) -> LabelColumns:
    """Label every block of a scan, with its score and its reason."""
    phrases = match(scan)
    found = apply(facts(scan, phrases))
    judged = judge(scan, phrases, found, evidence=evidence)
    return _columns(scan, judged, found)


def judge(scan: Scan, phrases: PhraseColumns, found: RuleColumns, *, evidence: Any = None, engine: Any = kernel) -> Judgement:
    """Columns, log-odds and probabilities of every line with words; `evidence` is what a format knows of the lines."""
    lines = line_features(scan, phrases, found, engine=engine)
    body = body_scores(weights().body, lines, engine=engine)
    columns = np.concatenate([lines.columns, body_features(lines, body, engine=engine)])
    odds = weights().label(columns, engine=engine)
    if evidence is not None:
        at = lines.block
        odds = evidence.revise(odds, scan.block_doc[at], scan.block_line[at], lines.letters.sum(axis=0))
    return Judgement(lines=lines, columns=columns, odds=odds, probability=softmax(odds))


def body_scores(forest: Forest, lines: Lines, *, engine: Any = kernel) -> Array:
    """How much each line looks like body: uint8[m], 0 to 200."""
    odds = forest(lines.columns, engine=engine)[:, 0]
    return np.round(200 / (1 + np.exp(-odds))).astype(np.uint8)


def softmax(odds: Array) -> Array:
    """Probabilities of the labels: float32, the same shape."""
    power = np.exp(odds - odds.max(axis=1, keepdims=True))
    total: Array = power.sum(axis=1, keepdims=True)
    return power / total


def _columns(scan: Scan, judged: Judgement, found: RuleColumns) -> LabelColumns:
    n = scan.n_blocks
    block = judged.lines.block
    chosen = judged.probability.argmax(axis=1).astype(np.uint8)
    given, worth = weights().calibration
    score = np.interp(judged.probability.max(axis=1), given, worth).astype(np.float32)
    rule, layer = _reasons(judged, chosen)
    label_, scores = np.full(n, NAVIGATION, np.uint8), np.full(n, 0.5, np.float32)
    layers, rules = np.full(n, CONTEXT, np.uint8), np.full(n, NAMES_OF_RULES.index(ALONE), np.int16)
    label_[block], scores[block], layers[block], rules[block] = chosen, score, layer, rule
    sure = found.decides
    label_[sure], scores[sure], layers[sure] = found.label[sure], found.score[sure], RULE
    rules[sure] = found.rule[sure] + len(NAMES_OF_RULES)
    kind = page_kinds(judged.lines, judged.columns, np.ascontiguousarray(label_[block]))
    wordings = np.flatnonzero(_wordings(judged) & (label_[block] == PROMO) & (layers[block] != RULE))
    label_[block[wordings]], scores[block[wordings]] = NAVIGATION, RESIDUE_SCORE
    layers[block[wordings]], rules[block[wordings]] = HEURISTIC, NAMES_OF_RULES.index(WORDINGS)
    residue = _residue(judged, kind)
    label_[block[residue]], scores[block[residue]] = NAVIGATION, RESIDUE_SCORE
    layers[block[residue]], rules[block[residue]] = CONTEXT, NAMES_OF_RULES.index(RESIDUE)
    _copy_next(scan, block, label_, scores, rules)
    return LabelColumns(label=label_, score=scores, layer=layers, rule=rules, rule_names=rule_names(), kind=kind)


def _wordings(judged: Judgement) -> Array:
    """bool[m]: short lines of which four fifths are wordings of navigation, none of promo."""
    row = {name: judged.columns[NAMES.index(name)].astype(np.int32) for name in COVERS}
    navigation = row["nav_cover"] + row["nav_loose"] >= MOST
    found: Array = navigation & (row["promo_cover"] + row["promo_loose"] == 0) & (judged.columns[0] <= WORDING_WORDS)
    return found


def _residue(judged: Judgement, kind: Array) -> Array:
    """Short lines outside the main block that begin in the middle of markup, on pages that are not about code."""
    columns = judged.columns
    is_markup = (columns[_MARKUP] != 0) & (columns[_SIDE] != INSIDE) & (columns[0] <= RESIDUE_WORDS)
    is_markup &= np.isin(columns[_START], (QUOTE, SYMBOL))
    page = np.repeat(kind, np.diff(judged.lines.doc_line))
    return np.flatnonzero(is_markup & (page != KINDS.index("documentation")))


def _copy_next(scan: Scan, block: Array, label_: Array, scores: Array, rules: Array) -> None:
    """Give blocks without words the label of the next block of their document that has some, else of the last."""
    if len(block) in (0, scan.n_blocks):
        return
    bare = np.setdiff1d(np.arange(scan.n_blocks), block, assume_unique=True)
    after = np.searchsorted(block, bare)
    for source in (np.maximum(after - 1, 0), np.minimum(after, len(block) - 1)):
        same = scan.block_doc[block[source]] == scan.block_doc[bare]
        to, source_block = bare[same], block[source[same]]
        label_[to], scores[to] = label_[source_block], scores[source_block]
        rules[to] = NAMES_OF_RULES.index(BARE)


def _reasons(judged: Judgement, chosen: Array) -> tuple[Array, Array]:
    """(rule int16[m], layer uint8[m]): the first evidence of the label's list that a line has."""
    flags, columns = judged.lines.flags, judged.columns
    row = {name: columns[i] for i, name in enumerate((*NAMES, *BODY_NAMES)) if name in _USED}
    has = (
        (flags & features.CALL) != 0,
        (row["opened"] == 1) & (row["longs_since"] == 0) & (row["since"] < 30),
        (row["b_side"] == 2) & (row["b_closed"] != 0),
        row["run_headlines_size"] >= 3,
        True,
        (flags & features.NAV) != 0,
        (flags & features.META) != 0,
        row["run_short_size"] >= 4,
        row["b_side"] != 1,
        True,
        (flags & features.LONG) != 0,
        row["b_side"] == 1,
        True,
    )
    rule, layer = np.zeros(len(chosen), np.int16), np.zeros(len(chosen), np.uint8)
    for label_ in (BODY, NAVIGATION, PROMO):
        for i in range(_LAST[label_], _FIRST[label_] - 1, -1):
            here = (chosen == label_) & has[i]
            rule[here], layer[here] = i + _FIRST_EVIDENCE, EVIDENCE[i][1]
    return rule, layer


_MARKUP, _START = NAMES.index("r_markup_residue"), NAMES.index("start")
_SIDE = len(NAMES) + BODY_NAMES.index("b_side")
_USED = frozenset({"opened", "longs_since", "since", "b_side", "b_closed", "run_headlines_size", "run_short_size"})
