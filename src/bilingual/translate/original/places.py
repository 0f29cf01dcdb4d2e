"""Places of units in a file: their ids, and the bytes at them replaced."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilingual.errors import BilingualError
from bilingual.formats.exchange import UNIT_ID

DIGEST = 6
"""Bytes of a unit's hash that its id holds."""


class TargetError(BilingualError):
    """A translation cannot be written into its original."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Bytes first..last of a member: the only member of a text file is `text`; a page has `html`, `attr`, `title`."""

    member: str
    first: int
    last: int


def place_of(unit_id: str) -> Place | None:
    """The place that an id names, or None when it is none of ours."""
    found = UNIT_ID.fullmatch(unit_id)
    return Place(member=found[1], first=int(found[2]), last=int(found[3])) if found else None


def unit_id(place: Place, digest: bytes) -> str:
    """The id of the unit at a place."""
    return f"{place.member}-{place.first}-{place.last}-{digest.hex()}"


def splice(data: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """`data` with every (first, last, new) replaced. Raises: TargetError when two edits overlap.

    >>> splice(b"one two three", [(4, 7, b"2"), (0, 3, b"1")])
    b'1 2 three'
    """
    out = io.BytesIO()
    at = 0
    for first, last, new in edits if _are_sorted(edits) else sorted(edits, key=lambda edit: edit[:2]):
        if first < at:
            raise TargetError(f"two units overlap: that with -{first}-{last}- in its id begins inside the one before")
        out.write(memoryview(data)[at:first])
        out.write(new)
        at = last
    out.write(memoryview(data)[at:])
    return out.getvalue()


def _are_sorted(edits: Iterable[tuple[int, int, bytes]]) -> bool:
    """Whether edits come in order, as nearly all do: to sort them takes all of them as objects."""
    return all(before[:2] <= after[:2] for before, after in pairwise(edits))
