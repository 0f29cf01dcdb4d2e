"""Normalized text with the map back to the text it came from.

The idea: one array. `origin[k]` is where the source of output `k` begins, and `origin[len(text)]` is the length of the
original, so the source of `k` is `original[origin[k]:origin[k + 1]]`: a deleted mark belongs to the letter before it.
Outputs that share an origin (an expansion, letters put in another order) are one cluster with one source.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from bilingual.arabic.damage.finding import Repair

I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Aligned:
    """A normalized text and its map.

    Shapes: origin int64[len(text) + 1], non-decreasing, from 0 to len(original); [len(original)] for an
    empty text.

    `repairs` holds what was repaired (`applied`) and what was only found, with reasons. Units: code points,
    half-open ranges.
    """

    text: str
    origin: I64
    original: str
    profile: str
    repairs: tuple[Repair, ...] = field(default=())

    def __post_init__(self) -> None:
        origin = self.origin.view()  # whoever made the array may still write to it
        origin.flags.writeable = False
        object.__setattr__(self, "origin", origin)

    def __reduce__(self) -> tuple[Any, ...]:  # made anew, so that nobody can write to the map of a copy either
        return Aligned, (self.text, self.origin, self.original, self.profile, self.repairs)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Aligned):
            return NotImplemented
        return (
            (self.text, self.original, self.profile, self.repairs)
            == (other.text, other.original, other.profile, other.repairs)
        ) and np.array_equal(self.origin, other.origin)

    def __hash__(self) -> int:
        return hash((self.text, self.original, self.profile))

    def __repr__(self) -> str:
        n, m = len(self.original), len(self.text)
        repairs = f", {len(self.repairs)} repairs" if self.repairs else ""
        text = self.text if m <= 60 else f"{self.text[:59]}…"
        return f"<Aligned {self.profile}, {n} to {m} code points{repairs}: {text!r}>"

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original from which `text[start:end]` was made.

        Raises: IndexError when the range is not inside the text.
        """
        start, end = _range(start, end, len(self.text))
        lo = int(self.origin[start])
        if start == end:
            return lo, lo
        # Past the cluster of the last output: the first origin greater than its own.
        last = self.origin[end - 1]
        stop = int(np.searchsorted(self.origin, last, side="right"))
        return lo, int(self.origin[stop]) if stop < len(self.origin) else len(self.original)

    def to_normalized(self, start: int, end: int) -> tuple[int, int]:
        """The range of `text` that was made from `original[start:end]`.

        Raises: IndexError when the range is not inside the original.
        """
        start, end = _range(start, end, len(self.original))
        outputs = self.origin[:-1]
        owner = int(np.searchsorted(outputs, start, side="right")) - 1
        lo = int(np.searchsorted(outputs, outputs[owner])) if owner >= 0 else 0
        if start == end:
            return lo, lo
        return lo, int(np.searchsorted(outputs, end))

    def changes(self) -> Iterator[tuple[int, int, str, str]]:
        """Every changed place: start and end in the original, what stood there, what stands there now."""
        size = len(self.text)
        k = 0
        while k < size:
            lo = int(self.origin[k])
            stop = int(np.searchsorted(self.origin, self.origin[k], side="right"))
            hi = int(self.origin[stop]) if stop <= size else len(self.original)
            stop = min(stop, size)
            before, after = self.original[lo:hi], self.text[k:stop]
            if before != after:
                yield lo, hi, before, after
            k = stop
        if not size and self.original:
            yield 0, len(self.original), self.original, ""


def _range(start: int, end: int, size: int) -> tuple[int, int]:
    start, end = operator.index(start), operator.index(end)
    if not 0 <= start <= end <= size:
        raise IndexError(f"[{start}, {end}) is not inside a text of {size} code points")
    return start, end


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class AlignedMany(Sequence[Aligned]):
    """Many aligned texts as columns; an `Aligned` is made when one is looked at.

    Shapes: text, the normalized texts with a line feed after each; ptr int64[len + 1], text `i` is
    `text[ptr[i]:ptr[i + 1] - 1]`; origin int64[len(text)], relative to each text: `origin[ptr[i]:ptr[i + 1]]`
    is the `Aligned.origin` of text `i` (the line feed's own entry closes it).
    """

    text: str
    ptr: I64
    origin: I64
    originals: Sequence[str]
    profile: str
    repairs: Mapping[int, tuple[Repair, ...]] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AlignedMany):
            return NotImplemented
        return len(self) == len(other) and all(map(operator.eq, self, other))

    def __hash__(self) -> int:
        return hash((self.text, self.profile))

    def __repr__(self) -> str:
        return f"<AlignedMany {self.profile}, {len(self)} texts>"

    @property
    def texts(self) -> list[str]:
        """The normalized texts."""
        ptr = self.ptr.tolist()
        text = self.text
        return [text[start : end - 1] for start, end in pairwise(ptr)]

    def __len__(self) -> int:
        return len(self.originals)

    @overload
    def __getitem__(self, i: int) -> Aligned: ...
    @overload
    def __getitem__(self, i: slice) -> list[Aligned]: ...
    def __getitem__(self, i: int | slice) -> Aligned | list[Aligned]:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        i = range(len(self))[i]
        start, end = int(self.ptr[i]), int(self.ptr[i + 1])
        text, origin = self.text[start : end - 1], self.origin[start:end]
        return Aligned(text, origin, self.originals[i], self.profile, self.repairs.get(i, ()))
