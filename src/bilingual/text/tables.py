"""The code point tables, loaded once on first use.

A two-level table answers `cells[pages[code >> 8] * 256 + (code & 255)]`: 45,000 cells instead of 1.1 million, so
that the scanner's look-ups stay in the first cache levels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from bilingual.text.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePointTables:
    """Arrays of the scanner.

    Shapes: pages uint16[0x1100]; cells uint64[256 * k], properties in the low and fold in the high 32 bits;
    expansions uint32[...]: length, then code points, of the folds that give more than one.
    """

    pages: Array
    cells: Array
    expansions: Array

    def look_up(self, codes: Array) -> Array:
        """Cells of `codes` (uint32, any shape)."""
        return self.cells[self.pages[codes >> 8].astype(np.int64) * 256 + (codes & 255)]

    def props(self, codes: Array) -> Array:
        """Kind, script and case bits (uint32) of every code point of `codes`."""
        return self.look_up(codes).astype(np.uint32)

    def folds(self, codes: Array) -> Array:
        """Fold of every code point: 0 itself, FOLD_DROP, a code point, or FOLD_EXPANSION + position."""
        return (self.look_up(codes) >> np.uint64(32)).astype(np.uint32)


@cache
def code_point_tables() -> CodePointTables:
    """The tables of `data/unicode`, read-only and shared."""
    folder = files("bilingual") / "data" / "unicode"
    arrays = {}
    for name in CodePointTables.__slots__:
        with (folder / f"{name}.npy").open("rb") as file:
            arrays[name] = np.load(file)
        arrays[name].flags.writeable = False
    return CodePointTables(**arrays)
