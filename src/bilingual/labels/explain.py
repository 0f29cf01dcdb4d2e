"""Reasons for a label, in words, from the same columns that decided it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from bilingual.labels.features import BODY_NAMES, NAMES, Lines
from bilingual.labels.lexicon import hits, lexicon, match
from bilingual.labels.marks import find_places
from bilingual.labels.model import few_share, judge
from bilingual.labels.rules import apply, facts
from bilingual.labels.terms import in_words
from bilingual.labels.weights import Forest, few_forest, weights
from bilingual.text.arrays import Array
from bilingual.text.reason import Reason
from bilingual.text.scan import Scan

# Terms shown one by one; the rest, a hundred and more, are shown as their sum.
MOST_TERMS = 8
# What revises the odds of a line.
_ELEMENTS, _MARKS = "elements of the page around it", "marks of headings, tables or code in the document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The lines of a scan, judged by their words alone, and with what a format knows of them or their marks say (None
    where those say nothing); `source` is what revised them, in words."""

    lines: Lines
    revised: Lines | None
    source: str


def judged(scan: Scan, evidence: Any = None) -> Judged:
    """What `reasons` reads for every block of a scan."""
    phrases = match(scan)
    rules = apply(facts(scan, phrases))
    places = find_places(scan, evidence is None)
    says_nothing = evidence is None and places.n_pages == 0
    return Judged(
        lines=judge(scan, phrases, rules),
        revised=None if says_nothing else judge(scan, phrases, rules, places, evidence=evidence),
        source=_MARKS if evidence is None else _ELEMENTS,
    )


def reasons(scan: Scan, found: Judged, label: int, block: int) -> list[Reason]:
    """The evidence for `label` of `block`: its phrases with their places, then the trees' terms, strongest
    first, and the sum of those not shown."""
    start, end = int(scan.block_start[block]), int(scan.block_end[block])
    lines = found.lines
    line = int(np.searchsorted(lines.block, block))
    if line >= len(lines.block) or lines.block[line] != block:
        return [Reason(text="no word in it: the label of the next line that has some", start=start, end=end)]
    said = _phrase_reasons(scan, block)
    if found.revised is not None:
        weight = _lead(found.revised.odds[line, :3], label) - _lead(lines.odds[line, :3], label)
        if weight or found.source is _ELEMENTS:
            said.append(Reason(text=found.source, start=start, end=end, weight=weight))
    terms = terms_of(lines, int(scan.block_doc[block]), line, label)
    ordered = sorted(terms.items(), key=lambda term: -abs(term[1]))
    shown, rest = ordered[:MOST_TERMS], ordered[MOST_TERMS:]
    for name, weight in shown:
        value = int(lines.every[_ROW[name], line])
        said.append(Reason(text=in_words(name, value), start=start, end=end, weight=weight))
    total = sum(weight for _, weight in rest)
    said.append(Reason(text=f"{len(rest)} other signals together", start=start, end=end, weight=total))
    return said


def _lead(odds: Array, label: int) -> float:
    """The log-odds of `label` against the better of the others."""
    return float(odds[label]) - max(float(odds[i]) for i in range(len(odds)) if i != label)


def _phrase_reasons(scan: Scan, block: int) -> list[Reason]:
    """One reason for each phrase of the lexicon in the block, at its place."""
    lex = lexicon()
    found = []
    first = int(scan.block_word[block])
    for hit in hits(scan, block):
        word = first + hit.word
        start, end = int(scan.word_start[word]), int(scan.word_end[word + hit.n_words - 1])
        kind = lex.kinds[lex.kind[hit.row]]
        place = "" if hit.in_position else ", out of its usual place"
        found.append(Reason(text=f"phrase “{lex.phrase[hit.row]}” ({kind}{place})", start=start, end=end))
    return found


def terms_of(lines: Lines, doc: int, line: int, label: int) -> dict[str, float]:
    """Each column's share of the log-odds of `label` of a line of document `doc`, as `attribution`, by all trees that
    were asked."""
    few = few_share(lines, doc)
    found: dict[str, float] = {}
    for forest, share in ((few_forest, few), (_label_forest, 1 - few)):
        if share:
            for name, term in attribution(forest(), lines.every[:, line], label).items():
                found[name] = found.get(name, 0.0) + share * term
    return found


def _label_forest() -> Forest:
    return weights().label


def attribution(forest: Forest, column: Array, label: int) -> dict[str, float]:
    """Each column's share of the log-odds of `label` against the mean of the other labels.

    Along each tree's questions, the change of the mean of the leaves still possible is the share of the question asked.
    The shares add up to the log-odds less the trees' mean. A line that was sure early was not asked all trees.
    """
    trees, gain = forest.asked(column)
    asked = forest.feature[:trees]
    depth = asked.shape[1]
    answers = (column[asked] > forest.border[:trees]).astype(np.int64)
    possible = np.pad(np.cumsum(answers << np.arange(depth), axis=1), ((0, 0), (1, 0)))
    means = [mean[np.arange(trees), possible[:, k]] for k, mean in enumerate(_possible_means(forest, label))]
    sums = np.bincount(asked.ravel(), gain * np.diff(means, axis=0).T.ravel(), len(_ALL))
    return {_ALL[row]: float(sums[row]) for row in np.unique(asked).tolist()}


@cache
def _possible_means(forest: Forest, label: int) -> list[Array]:
    """What `label` has above the mean of the others, in log-odds: the means of the leaves still possible.

    Shapes: float64[trees, 2**k] after k questions, by their answers, the first in the lowest bit.
    """
    trees, size, outputs = forest.leaves.shape
    others = [i for i in range(outputs) if i != label]
    value = (forest.leaves[:, :, label] - forest.leaves[:, :, others].mean(axis=2)) / 1000
    return [value.reshape(trees, size >> k, 1 << k).mean(axis=1) for k in range(forest.feature.shape[1] + 1)]


_ALL = (*NAMES, *BODY_NAMES)
_ROW = {name: i for i, name in enumerate(_ALL)}
