"""Reasons for a label, in words, from the same columns that decided it."""

from __future__ import annotations

from typing import Any

import numpy as np

from bilingual.labels.features import BODY_NAMES, NAMES, Lines
from bilingual.labels.lexicon import hits, lexicon, match
from bilingual.labels.model import judge
from bilingual.labels.rules import apply, facts
from bilingual.labels.terms import in_words
from bilingual.labels.weights import Forest, weights
from bilingual.text.reason import Reason
from bilingual.text.scan import Scan

Array = np.ndarray[Any, Any]

# Terms shown; the rest add up to little.
MOST_TERMS = 8


def reasons(scan: Scan, label: int, block: int, evidence: Any = None) -> list[Reason]:
    """The evidence for `label` of `block`: its phrases with their places, then the trees' terms, strongest first."""
    start, end = int(scan.block_start[block]), int(scan.block_end[block])
    found = [*_phrase_reasons(scan, block)]
    phrases = match(scan)
    judged = judge(scan, phrases, apply(facts(scan, phrases)))
    line = int(np.searchsorted(judged.block, block))
    if line >= len(judged.block) or judged.block[line] != block:
        return [Reason(text="no word in it: the label of the next line that has some", start=start, end=end)]
    if evidence is not None:
        found.append(_structure_reason(scan, block, line, judged, evidence, label))
    terms = attribution(weights().label, judged.every[:, line], label)
    for name, weight in sorted(terms.items(), key=lambda term: -abs(term[1]))[:MOST_TERMS]:
        value = int(judged.every[_ROW[name], line])
        found.append(Reason(text=in_words(name, value), start=start, end=end, weight=weight))
    return found


def _structure_reason(scan: Scan, block: int, line: int, judged: Lines, evidence: Any, label: int) -> Reason:
    """What the elements of the page changed in the log-odds of `label` against the better of the others."""
    phrases = match(scan)
    revised = judge(scan, phrases, apply(facts(scan, phrases)), evidence=evidence)

    def lead(odds: Array) -> float:
        others = [float(odds[i]) for i in range(len(odds)) if i != label]
        return float(odds[label]) - max(others)

    weight = lead(revised.odds[line, :3]) - lead(judged.odds[line, :3])
    start, end = int(scan.block_start[block]), int(scan.block_end[block])
    return Reason(text="elements of the page around it", start=start, end=end, weight=weight)


def _phrase_reasons(scan: Scan, block: int) -> list[Reason]:
    """One reason for each phrase of the lexicon in the block, at its place."""
    lex = lexicon()
    found = []
    first = int(scan.block_word[block])
    for hit in hits(scan, block):
        # A hit counts words from the start of the batch or of its block, whichever the matcher was asked for.
        word = hit.word if hit.word >= first else first + hit.word
        start, end = int(scan.word_start[word]), int(scan.word_end[word + hit.n_words - 1])
        kind = lex.kinds[lex.kind[hit.row]]
        place = "" if hit.in_position else ", out of its usual place"
        found.append(Reason(text=f"phrase “{lex.phrase[hit.row]}” ({kind}{place})", start=start, end=end))
    return found


def attribution(forest: Forest, column: Array, label: int) -> dict[str, float]:
    """Each column's share of the log-odds of `label` against the mean of the other labels.

    Along each tree's questions, the change of the mean of the leaves still possible is the share of the question asked.
    The shares add up to the log-odds less the trees' mean. A line that was sure early was not asked all trees.
    """
    shares: dict[str, float] = {}
    trees, gain = forest.asked(column)
    others = [i for i in range(forest.leaves.shape[2]) if i != label]
    value = gain * (forest.leaves[:, :, label] - forest.leaves[:, :, others].mean(axis=2)) / 1000
    depth = forest.feature.shape[1]
    for t in range(trees):
        left = value[t].reshape((2,) * depth)  # axis 0 is the highest bit, the last question
        before = float(left.mean())
        for k in range(depth):
            answer = int(column[forest.feature[t, k]] > forest.border[t, k])
            left = left[..., answer]
            after = float(left.mean())
            name = _ALL[forest.feature[t, k]]
            shares[name] = shares.get(name, 0.0) + after - before
            before = after
    return shares


_ALL = (*NAMES, *BODY_NAMES)
_ROW = {name: i for i, name in enumerate(_ALL)}
