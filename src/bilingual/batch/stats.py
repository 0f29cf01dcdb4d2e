"""Counts of a shard or a run: plain dictionaries that add up and go through JSON unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bilingual.labels.columns import KINDS, LABELS
from bilingual.text.arrays import Array

BINS = 20
"""Bins of the score histograms, of equal width over 0 to 1."""

MISREAD = 0.01
"""Share of its characters of which more make a document misread: one bad byte of a page is no wrong encoding."""


@dataclass(slots=True)
class Stats:
    """What was seen, by language and label.

    `cells`: "lang label" -> [documents with it, spans, characters]; `scores`: label -> blocks per bin;
    `rules`: "label layer rule" -> blocks; `kinds`: page kind -> documents. `chars` counts code points of
    documents, `replaced` those for which stands U+FFFD. `misread`: encoding -> documents that are, more than a little.
    """

    documents: int = 0
    chars: int = 0
    blocks: int = 0
    spans: int = 0
    cells: dict[str, list[int]] = field(default_factory=dict)
    scores: dict[str, list[int]] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    encodings: dict[str, int] = field(default_factory=dict)
    misread: dict[str, int] = field(default_factory=dict)
    duplicate_ids: int = 0
    replaced: int = 0

    def add(self, other: Stats) -> None:
        """Add the counts of `other`."""
        for name in ("documents", "chars", "blocks", "spans", "duplicate_ids", "replaced"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for key, values in other.cells.items():
            self.cells[key] = _sum(self.cells.get(key), values)
        for key, values in other.scores.items():
            self.scores[key] = _sum(self.scores.get(key), values)
        for name in ("rules", "kinds", "encodings", "misread"):
            merge(getattr(self, name), getattr(other, name))

    def add_decoded(self, encoding: str, replaced: int, misread: int, size: int) -> None:
        """Add a document that was read in an encoding; `misread` of its `size` characters are."""
        self.encodings[encoding] = self.encodings.get(encoding, 0) + 1
        if misread:
            self.replaced += replaced
            if misread > MISREAD * size:
                self.misread[encoding] = self.misread.get(encoding, 0) + 1

    def add_scores(self, label: Array, score: Array) -> None:
        """Add blocks to the histograms of scores."""
        bins = np.minimum((score * BINS).astype(np.int64), BINS - 1)
        counts = np.bincount(label.astype(np.int64) * BINS + bins, minlength=len(LABELS) * BINS)
        for i, name in enumerate(LABELS):
            self.scores[name] = _sum(self.scores.get(name), counts[i * BINS : (i + 1) * BINS].tolist())

    def add_kinds(self, kind: Array) -> None:
        """Add documents to the count of page kinds."""
        counts = np.bincount(kind, minlength=len(KINDS)).tolist()
        merge(self.kinds, {name: n for name, n in zip(KINDS, counts, strict=True) if n})

    def to_dict(self) -> dict[str, Any]:
        """Plain data, keys sorted, so that equal counts are equal bytes."""
        plain: dict[str, Any] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            plain[name] = {key: value[key] for key in sorted(value)} if isinstance(value, dict) else value
        return plain

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Stats:
        """The counts that `to_dict` gave."""
        return cls(**plain)


def total(many: Iterable[Stats]) -> Stats:
    """The sum of many."""
    result = Stats()
    for one in many:
        result.add(one)
    return result


def merge(into: dict[str, int], other: dict[str, int]) -> None:
    """Add counts by key."""
    for key, count in other.items():
        into[key] = into.get(key, 0) + count


def _sum(one: list[int] | None, other: list[int]) -> list[int]:
    return list(other) if one is None else [a + b for a, b in zip(one, other, strict=True)]
