"""The label of every block: rules where they are sure, trees over the signals elsewhere, neighbours for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bilingual.labels import features, kernel
from bilingual.labels.columns import BODY, CONTEXT, HEURISTIC, NAVIGATION, PROMO, LabelColumns
from bilingual.labels.features import BODY_NAMES, NAMES, Lines, body_features, line_features
from bilingual.labels.kinds import page_kinds
from bilingual.labels.lexicon import PhraseColumns, match
from bilingual.labels.weights import Forest, weights
from bilingual.language.columns import LanguageColumns
from bilingual.text.scan import Scan

Array = np.ndarray[Any, Any]

# A block without a word takes the label of the next one that has some: 521 of 521 bare bullets of the gold pages.
BARE = "bare-symbol-copies-next"
ALONE = "no-words"
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
NAMES_OF_RULES = (BARE, ALONE, *(name for name, _ in EVIDENCE))
_FIRST = {BODY: 10, NAVIGATION: 5, PROMO: 0}
_LAST = {BODY: 12, NAVIGATION: 9, PROMO: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the trees say of the lines, kept for explanations.

    Shapes: columns uint8[len(NAMES) + len(BODY_NAMES), m]; odds, probability float32[3, m].
    """

    lines: Lines
    columns: Array
    odds: Array
    probability: Array


def label(scan: Scan, languages: LanguageColumns, evidence: Any = None) -> LabelColumns:
    """Label every block of a scan, with its score and its reason."""
    phrases = match(scan)
    judged = judge(scan, phrases)
    return _columns(scan, judged)


def judge(scan: Scan, phrases: PhraseColumns, *, engine: Any = kernel) -> Judgement:
    """Columns, log-odds and probabilities of every line with words."""
    lines = line_features(scan, phrases, engine=engine)
    body = body_scores(weights().body, lines, engine=engine)
    columns = np.concatenate([lines.columns, body_features(lines, body, engine=engine)])
    odds = weights().label(columns, engine=engine)
    return Judgement(lines=lines, columns=columns, odds=odds, probability=softmax(odds))


def body_scores(forest: Forest, lines: Lines, *, engine: Any = kernel) -> Array:
    """How much each line looks like body: uint8[m], 0 to 200."""
    odds = forest(lines.columns, engine=engine)[0]
    return np.round(200 / (1 + np.exp(-odds))).astype(np.uint8)


def softmax(odds: Array) -> Array:
    """Probabilities of the labels: float32, the same shape."""
    power = np.exp(odds - odds.max(axis=0, initial=-np.inf, keepdims=True)) if odds.size else odds
    total: Array = power.sum(axis=0, keepdims=True)
    return power / total


def _columns(scan: Scan, judged: Judgement) -> LabelColumns:
    n = scan.n_blocks
    block = judged.lines.block
    chosen = judged.probability.argmax(axis=0).astype(np.uint8)
    given, worth = weights().calibration
    score = np.interp(judged.probability.max(axis=0, initial=0.0), given, worth).astype(np.float32)
    rule, layer = _reasons(judged, chosen)
    label_, scores = np.full(n, NAVIGATION, np.uint8), np.full(n, 0.5, np.float32)
    layers, rules = np.full(n, CONTEXT, np.uint8), np.full(n, NAMES_OF_RULES.index(ALONE), np.int16)
    label_[block], scores[block], layers[block], rules[block] = chosen, score, layer, rule
    _copy_next(scan, block, label_, scores, rules)
    return LabelColumns(
        label=label_, score=scores, layer=layers, rule=rules, rule_names=NAMES_OF_RULES,
        kind=page_kinds(judged.lines, judged.columns, label_[block]),
    )  # fmt: skip


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
            rule[here], layer[here] = i + 2, EVIDENCE[i][1]
    return rule, layer


_USED = frozenset(
    {"opened", "longs_since", "since", "b_side", "b_closed", "run_headlines_size", "run_short_size"}
)
