"""Reasons for a label, in words, from the same columns that decided it."""

from __future__ import annotations

from typing import Any

import numpy as np

from bilingual.labels.columns import Reason
from bilingual.labels.features import BODY_NAMES, NAMES, Lines
from bilingual.labels.lexicon import hits, lexicon, match
from bilingual.labels.model import judge
from bilingual.labels.rules import apply, facts
from bilingual.labels.weights import Forest, weights
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
        found.append(Reason(text=f"{describe(name)}: {value}", start=start, end=end, weight=weight))
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
    The shares add up to the log-odds less the trees' mean.
    """
    shares: dict[str, float] = {}
    others = [i for i in range(forest.leaves.shape[2]) if i != label]
    value = forest.leaves[:, :, label] - forest.leaves[:, :, others].mean(axis=2)
    depth = forest.feature.shape[1]
    for t in range(len(forest.feature)):
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


_WINDOW = {
    "2": "2 lines around",
    "6": "6 lines around",
    "15": "15 lines around",
    "before": "the 8 lines above",
    "after": "the 8 lines below",
}
_WORDS = {
    "body": "reads like body, of 200", "words": "words", "letters": "letters (log)", "end": "kind of its last mark",
    "start": "kind of its first mark", "function": "function words, of 200",
    "echo": "words shared with long lines, of 200",
    "repeats": "times on the page (log)", "p_header": "words of a list header", "opened": "section it stands in",
    "since": "lines since a header (log)", "heads_since": "headlines since a header (log)",
    "place": "place on the page, of 200",
    "longs_since": "long lines since a header (log)", "b_side": "before, in or after the main block",
    "evidence": "signs that the page has its own article", "article": "the page has its own article (1)",
    "after_article": "headline in a group after the article's end (2)", "under_header": "under a list header (2)",
    "ticker": "headline in a group above the article (2)", "prose_before": "share of the page's prose above, of 200",
}  # fmt: skip


def describe(name: str) -> str:
    """A column's name in words.

    >>> describe("nav_w6")
    'nav in 6 lines around'
    """
    if name in _WORDS:
        return _WORDS[name]
    stem, _, window = name.rpartition("_w")
    if stem and window in _WINDOW:
        return f"{stem} in {_WINDOW[window]}"
    for offset, where in (
        ("-2", "two lines above"),
        ("-1", "line above"),
        ("+1", "line below"),
        ("+2", "two lines below"),
    ):
        if name.endswith(offset):
            return f"{name.removesuffix(offset)} of the {where}"
    if name.endswith(("_last", "_next")):
        return f"distance to the {name[-4:]} {name[:-5]} line (log)"
    return name.replace("_", " ")


_ALL = (*NAMES, *BODY_NAMES)
_ROW = {name: i for i, name in enumerate(_ALL)}
