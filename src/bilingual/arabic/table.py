"""Two-stage tables over all code points, as the kernel reads them.

The idea: almost every page of 256 code points is the same page (nothing changes), so a table for the whole
code space is a few kilobytes. The pages up to U+0FFF stand first, whether anything changes in them or not, so
most look-ups are one load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from bilingual.arabic.entries import DELETED, DIRECT, SPECIAL
from bilingual.text.native import views

PAGE = 256
N_PAGES = 0x110000 // PAGE

Mapped = Mapping[int, tuple[int, ...]]
"""What a context-free step does: code point -> the code points that take its place (none: deleted)."""

U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stages:
    """A two-stage table. Shapes: index uint16[4352], data uint32[pages * 256]; entries not set are 0.

    `data[code]` is the entry of a code point below DIRECT.
    """

    index: U16
    data: U32
    _seen: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def seen_by(self, kernel: Any) -> Any:
        """The table as a kernel takes it; made once for each."""
        if kernel not in self._seen:
            self._seen[kernel] = kernel.Table(*views((self.index, self.data), kernel.COMPILED))
        return self._seen[kernel]

    def __getitem__(self, code: int) -> int:
        return int(self.data[int(self.index[code >> 8]) * PAGE + (code & 255)])


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A `Mapped` in the form that `kernel.rewrite` reads. Shapes: pool_start int64[rows + 1], pool uint32[...]."""

    stages: Stages
    pool_start: I64
    pool: U32


def stages(entries: Mapping[int, int]) -> Stages:
    """Pack sparse entries (code point -> value) into two stages."""
    pages = {number: np.zeros(PAGE, np.uint32) for number in range(DIRECT // PAGE)}
    for code, value in entries.items():
        page = pages.setdefault(code >> 8, np.zeros(PAGE, np.uint32))
        page[code & 255] = value
    pages[N_PAGES] = np.zeros(PAGE, np.uint32)  # the page of all that is not set
    order = sorted(pages)
    index = np.full(N_PAGES, len(order) - 1, np.uint16)
    index[order[:-1]] = np.arange(len(order) - 1)
    return Stages(index, np.concatenate([pages[number] for number in order]))


def rewriting(mapped: Mapped) -> Rewriting:
    """The table of a context-free step."""
    entries: dict[int, int] = {}
    rows: list[tuple[int, ...]] = []
    for code, result in mapped.items():
        if not result:
            entries[code] = DELETED
        elif len(result) == 1:
            entries[code] = code ^ result[0]
        else:
            entries[code] = SPECIAL | len(rows)
            rows.append(result)
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    flat = [code for row in rows for code in row]
    return Rewriting(stages(entries), starts, np.array(flat or [0], np.uint32))


def then(first: Mapped, second: Mapped) -> dict[int, tuple[int, ...]]:
    """One step that does what the two do one after the other.

    >>> then({1: (2, 3)}, {3: (), 9: (8,)})
    {1: (2,), 3: (), 9: (8,)}
    """
    fused = {
        code: tuple(final for middle in result for final in second.get(middle, (middle,)))
        for code, result in first.items()
    }
    return fused | {code: result for code, result in second.items() if code not in first}
