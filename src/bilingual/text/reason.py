"""A piece of evidence in words, for explanations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One piece of evidence for a block's label or a span's language.

    Units: start and end are positions in the scan's `codes` (the whole block or span when the evidence has no place of
    its own); weight is the evidence's share in log-odds, positive for what was given; 0 where it decides alone or only
    tells.
    """

    text: str
    start: int
    end: int
    weight: float = 0.0
