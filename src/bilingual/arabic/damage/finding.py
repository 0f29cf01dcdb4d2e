"""What a finder of damage gives: repairs. Each says why, and how sure it is.

`score` is a log likelihood ratio in nats, or a count of signs that clean text never has times `SIGN`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

SIGN = 6.0
"""Nats for one sign that clean text does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One damaged place. `offsets[k]` is where, in `before`, the source of `after[k]` begins (non-decreasing).

    Units: start and end are code points of the text as given; score is in nats.
    """

    start: int
    end: int
    kind: str
    before: str
    after: str
    score: float
    sure: bool
    reason: str
    offsets: tuple[int, ...]
    applied: bool = False

    @classmethod
    def at(
        cls, start: int, before: str, after: str, *, kind: str, score: float, sure: bool, reason: str,
        offsets: tuple[int, ...],
    ) -> Repair:  # fmt: skip
        """The repair of `before`, which stands at `start`."""
        return cls(
            start=start, end=start + len(before), kind=kind, before=before, after=after, score=score, sure=sure,
            reason=reason, offsets=offsets,
        )  # fmt: skip


Finder = Callable[[str], list[Repair]]


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Lines and where they begin. Only line feeds end them: a misread byte 85 looks like another kind of line end."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
