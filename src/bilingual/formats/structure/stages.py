"""The kernels from a parsed page to the columns of its lines, in the order in which each needs those before it."""

from __future__ import annotations

from typing import Any, NamedTuple

from bilingual.text import kernels


class Stages(NamedTuple):
    """The kernels, all compiled or all interpreted."""

    sums: Any  # elements and text runs -> what lines and elements hold, and the shapes that come back
    lines: Any  # these sums -> columns of every line
    titles: Any  # text and title -> two more, of the words that a line shares with the title


NAMES = tuple(f"bilingual.formats.structure.{stage}.kernel" for stage in Stages._fields)
KERNELS = Stages(*kernels.load(NAMES))
