"""The label of every block: rules where they are sure, trees over the signals elsewhere, neighbours for the rest."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from bilingual.labels.alike.page import settle_alike
from bilingual.labels.columns import KINDS, LabelColumns
from bilingual.labels.evidence import ALONE, BARE, EVIDENCE, EXCEPTIONS, RESIDUE, WORDINGS
from bilingual.labels.features import BODY_NAMES, NAMES, Lines, fill_body_rows, line_features
from bilingual.labels.kinds import PAGE_ROWS, PAGE_SCALE, Pages, page_kinds
from bilingual.labels.layout.page import settle_layout
from bilingual.labels.lexicon import PhraseColumns, match
from bilingual.labels.marks import Places, find_places, lean, settle
from bilingual.labels.patterns import shapes
from bilingual.labels.rules import RuleColumns, rule_blocks, table
from bilingual.labels.trees import kernel as trees
from bilingual.labels.verdict import kernel as verdict_kernel
from bilingual.labels.weights import as_seen, few_forest, power_table, tree_room, weights
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.scan import Scan
from bilingual.text.workspace import Make, fresh, room

RESIDUE_SCORE = 0.9
RESIDUE_WORDS = 12
MOST, WORDING_WORDS = 160, 10
_NAMED = (*EXCEPTIONS, *EVIDENCE)


@cache
def rule_names() -> tuple[str, ...]:
    """What `LabelColumns.rule` numbers: evidence of the trees and of the context, then the rules."""
    return (*(one.name for one in _NAMED), *(rule.name for rule in table()))


def label(scan: Scan, evidence: Any = None, *, verdict: Any = verdict_kernel, new: Make = fresh) -> LabelColumns:
    """Label every block of a scan, with its score and its reason; `evidence` is what a format knows of the lines.

    `verdict` is the kernel that puts rules and trees together: the compiled one, or the interpreted one in tests.
    """
    phrases = match(scan, new=room)
    rules = rule_blocks(scan, phrases, shapes(scan, new=room), new=room)
    places = find_places(scan, evidence is None, new=room)
    lines = judge(scan, phrases, rules, places, evidence=evidence, new=room)
    found = new(LabelColumns, max(scan.n_blocks, scan.n_docs))
    found.n_blocks, found.n_docs = scan.n_blocks, scan.n_docs
    _decide(scan, lines, rules, places, found, verdict, evidence is None)
    return found


def judge(
    scan: Scan, phrases: PhraseColumns, found: RuleColumns, places: Places | None = None, *, evidence: Any = None,
    new: Make = fresh,
) -> Lines:  # fmt: skip
    """The lines of a scan, with columns, log-odds and probabilities; `places` is what their marks say, `evidence` what
    a format knows of the lines."""
    lines = line_features(scan, phrases, found, new=new)
    seen, leaves, powers = as_seen(lines, trees), tree_room(trees), power_table(trees)
    body_trees, label_trees = _forests()
    trees.body_scores(powers, seen, body_trees, leaves, lines.n)
    fill_body_rows(lines)
    # texts of one line are asked nothing else, and a batch may hold no others
    if trees.lines_of_few(seen, scan.n_docs, FEW_SHARES.count(1.0) - 1) < lines.n:
        trees.label_odds(seen, label_trees, leaves, lines.n)
    if trees.lines_of_few(seen, scan.n_docs, len(FEW_SHARES) - 1):
        trees.few_odds(seen, *_few(trees), leaves, lines.n, scan.n_docs)
    if evidence is not None:
        at = lines.block
        lines.odds[:] = evidence.revise(lines.odds, scan.block_doc[at], scan.block_line[at], lines.letters.sum(axis=0))
    if places is not None and places.n_pages:
        lean(scan, lines, places, found)
    trees.probabilities(powers, seen, lines.n)
    return lines


# How much the trees of short texts count in one of a line, two, up to eight; the others know pages. With a quarter of
# these, parts of pages of two to eight lines gain .01.
FEW_SHARES = (1.0, 1.0, *[0.75] * 7)


def few_share(lines: Lines, doc: int) -> float:
    """How much the trees of short texts count in a document."""
    n = int(lines.doc_line[doc + 1] - lines.doc_line[doc])
    return FEW_SHARES[n] if n < len(FEW_SHARES) else 0.0


@cache
def _few(engine: Any) -> tuple[Any, Any]:
    """The trees of short texts and their shares as the kernel takes them."""
    return few_forest().trees(engine), native.view(np.array(FEW_SHARES, np.float32), engine.COMPILED)


@cache
def _forests() -> tuple[Any, Any]:
    """The trees of body and labels as the kernel takes them."""
    return weights().body.trees(trees), weights().label.trees(trees)


def _decide(
    scan: Scan, lines: Lines, rules: RuleColumns, places: Places, found: LabelColumns, engine: Any, is_plain: bool
) -> None:  # fmt: skip
    """From the probabilities of lines and what rules say to a verdict on every block."""
    compiled, choices = engine.COMPILED, _choices(engine)
    pages = room(Pages, scan.n_docs)
    seen, blocks = lines.seen_by(engine.Lines, compiled, _LINES), found.seen_by(engine.Blocks, compiled)
    sums = pages.seen_by(engine.Pages, compiled, ("columns",))
    said = rules.seen_by(engine.Fired, compiled, _FIRED)
    engine.judge_blocks(choices, seen, said, blocks, sums, scan.n_blocks, lines.n, scan.n_docs)
    scanned = scan.seen_by(engine.Scanned, compiled, ("block_doc",))
    placed = places.seen_by(engine.Placed, compiled, ("place", "page_block"))
    if places.n_pages and settle(scan, lines, places, rules, found):
        engine.sum_pages(choices, scanned, seen, blocks, placed, sums, places.n_pages)
    page_kinds(lines, pages, found)
    settle_layout(scan, lines, places, found, is_plain)
    settle_alike(scan, lines, places, found)
    engine.finish(
        choices, scanned, seen, blocks, placed, scan.n_blocks, RESIDUE_SCORE, KINDS.index("documentation"),
    )  # fmt: skip


_FIRED = ("rule", "label", "score", "decides")
_LINES = ("block", "doc_line", "flags", "every", "probability", "label")


@cache
def _choices(engine: Any) -> Any:
    """The constants of verdicts as the kernel takes them."""
    arrays = (
        *weights().calibration, _VERDICT_ROWS, _EVIDENCE_LAYER, _LIMITS, _REASONS, PAGE_ROWS, PAGE_SCALE,
    )  # fmt: skip
    return engine.Choices(*native.views(arrays, engine.COMPILED))


def _rows(*names: str) -> Array:
    return np.array([(*NAMES, *BODY_NAMES).index(name) for name in names], np.int32)


# What the kernel of verdicts is told, in the order that it knows.
_VERDICT_ROWS = _rows(
    "opened", "longs_since", "since", "b_side", "b_closed", "run_headlines_size", "run_short_size", "nav_cover",
    "nav_loose", "promo_cover", "promo_loose", "r_markup_residue",
)  # fmt: skip
_EVIDENCE_LAYER = np.array([one.number for one in EVIDENCE], np.uint8)
_LIMITS = np.array([MOST, WORDING_WORDS, RESIDUE_WORDS], np.int32)
_REASONS = np.array(
    [_NAMED.index(ALONE), len(EXCEPTIONS), len(_NAMED)] + [_NAMED.index(one) for one in (WORDINGS, RESIDUE, BARE)],
    np.int32,
)
