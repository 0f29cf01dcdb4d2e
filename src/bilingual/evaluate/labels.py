"""Scores of labels against gold: per label, language and kind of page, with the worst pages.

A line's label is the one that covers most of its letters; lines without a letter are not scored. Documents are made of
the text alone: gold of an HTML page tells what its words say, without the page's structure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bilingual.document import Document
from bilingual.evaluate.gold import paired
from bilingual.labels.columns import LABELS
from bilingual.text.arrays import Array

# Rows of a report's worst lists.
WORST_PAGES, WORST_LINES = 10, 4
BODY, MISSING = LABELS.index("body"), len(LABELS)
# What a line may be taken for: a label, or nothing where no block holds its letters.
GIVEN = (*LABELS, "missing")
BINS = 10
RECALLS = (0.90, 0.95)


@dataclass(slots=True)
class Judged:
    """One gold line: what it is, what it was taken for, how surely."""

    page: str
    kind: str
    lang: str
    text: str
    letters: int
    gold: int
    label: int
    score: float
    rule: str


@dataclass(slots=True)
class Report:
    """Scores of a set of lines, ready to print or to write as JSON."""

    lines: int
    letters: int
    scores: dict[str, dict[str, float]]
    by_lang: dict[str, dict[str, float]]
    by_kind: dict[str, dict[str, float]]
    confusion: list[list[int]]
    calibration_error: float
    calibration: list[dict[str, float]]
    body_precision: dict[str, float]
    body_min_score: dict[str, float]
    worst: list[dict[str, Any]] = field(default_factory=list)


def judge(documents: Iterable[Document], gold: Sequence[dict[str, Any]]) -> list[Judged]:
    """Every scored line of `gold` beside what its document says of it.

    Raises: ValueError where one is not gold (see `read_gold`), has no document, or that of another text.
    """
    found = []
    for document, row in paired(documents, gold):
        found += _judge_page(document, row)
    return found


def _judge_page(document: Document, row: dict[str, Any]) -> list[Judged]:
    text = row["text"]
    at = np.full(len(text), -1, np.int64)
    blocks = list(document.blocks)
    for number, block in enumerate(blocks):
        at[block.start : block.end] = number
    letter = np.array([character.isalpha() for character in text], bool)
    found = []
    for line in row.get("lines", ()):
        if "label" not in line:
            continue
        start, end = line["start"], line["end"]
        here = at[start:end][letter[start:end]]
        if not len(here):
            continue
        votes = np.zeros(MISSING + 1)
        for number, count in zip(*np.unique(here, return_counts=True), strict=True):
            votes[LABELS.index(blocks[number].label) if number >= 0 else MISSING] += count
        label = int(votes.argmax())
        own = [blocks[n] for n in np.unique(here) if n >= 0 and LABELS.index(blocks[n].label) == label]
        lang = line.get("lang") or next((span.lang for span in document.spans if start <= span.start < end), "und")
        found.append(
            Judged(
                page=row["id"], kind=str(row.get("kind") or document.kind), lang=str(lang), text=text[start:end],
                letters=len(here), gold=LABELS.index(line["label"]), label=label,
                score=own[0].score if own else 0.0, rule=own[0].rule if own else "",
            )
        )  # fmt: skip
    return found


def f1(gold: Array, label: Array, weight: Array) -> dict[str, float]:
    """F1 of each label that occurs, and their mean as `macro`."""
    scores = {}
    for number, name in enumerate(LABELS):
        total = weight[gold == number].sum() + weight[label == number].sum()
        if weight[gold == number].sum():
            scores[name] = float(2 * weight[(gold == number) & (label == number)].sum() / total)
    scores["macro"] = float(np.mean(list(scores.values()))) if scores else 0.0
    return scores


def report(judged: Sequence[Judged]) -> Report:
    """All tables over the lines."""
    gold, label = np.array([j.gold for j in judged], int), np.array([j.label for j in judged], int)
    letters = np.array([j.letters for j in judged], float)
    score = np.array([j.score for j in judged])
    ones = np.ones(len(judged))
    precision, min_score = body_precision(score, gold, label)
    confusion = np.zeros((len(LABELS), MISSING + 1), int)
    np.add.at(confusion, (gold, label), 1)
    error, curve = calibration(score, gold == label)

    def groups(name: str) -> dict[str, dict[str, float]]:
        keys = np.array([getattr(j, name) for j in judged])
        return {
            str(key): {
                "lines": int((keys == key).sum()),
                **f1(gold[keys == key], label[keys == key], ones[keys == key]),
            }
            for key in np.unique(keys)
        }

    return Report(
        lines=len(judged), letters=int(letters.sum()),
        scores={"lines": f1(gold, label, ones), "letters": f1(gold, label, letters)},
        by_lang=groups("lang"), by_kind=groups("kind"), confusion=confusion.tolist(), calibration_error=error,
        calibration=curve, body_precision=precision, body_min_score=min_score, worst=worst(judged),
    )  # fmt: skip


def calibration(score: Array, right: Array) -> tuple[float, list[dict[str, float]]]:
    """(expected calibration error, one row per bin of score that has lines)."""
    place = np.minimum((score * BINS).astype(int), BINS - 1)
    rows, error = [], 0.0
    for number in range(BINS):
        here = place == number
        if here.any():
            mean, share = float(score[here].mean()), float(right[here].mean())
            error += float(here.mean()) * abs(mean - share)
            rows.append({"score": mean, "right": share, "lines": int(here.sum())})
    return error, rows


def body_precision(score: Array, gold: Array, label: Array) -> tuple[dict[str, float], dict[str, float]]:
    """(precision of body where `min_score` leaves 90% and 95% of its lines, that `min_score`).

    Both lack what the labels never reach.
    """
    chosen = label == BODY
    order = np.argsort(-score[chosen], kind="stable")
    hits = np.cumsum((gold[chosen] == BODY)[order])
    total = int((gold == BODY).sum())
    precision, min_score = {}, {}
    for recall in RECALLS:
        reach = np.flatnonzero(hits >= recall * total)
        if total and len(reach):
            last = int(reach[0])
            precision[f"{recall:.2f}"] = float(hits[last] / (last + 1))
            min_score[f"{recall:.2f}"] = float(score[chosen][order[last]])
    return precision, min_score


def worst(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """The pages with the greatest share of wrong lines, each with its surest mistakes."""
    pages: dict[str, list[Judged]] = {}
    for line in judged:
        pages.setdefault(line.page, []).append(line)
    ranked: list[tuple[float, dict[str, Any]]] = []
    for page, lines in pages.items():
        wrong = sorted((line for line in lines if line.gold != line.label), key=lambda line: -line.score)
        if wrong:
            ranked.append((-len(wrong) / len(lines), _worst_page(page, len(lines), wrong)))
    ranked.sort(key=lambda item: item[0])
    return [row for _, row in ranked[:WORST_PAGES]]


def _worst_page(page: str, lines: int, wrong: Sequence[Judged]) -> dict[str, Any]:
    shown = [
        {
            "text": line.text,
            "gold": LABELS[line.gold],
            "label": GIVEN[line.label],
            "score": line.score,
            "rule": line.rule,
        }
        for line in wrong[:WORST_LINES]
    ]
    return {"page": page, "lines": lines, "wrong": len(wrong), "worst": shown}
