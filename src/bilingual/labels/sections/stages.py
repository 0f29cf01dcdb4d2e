"""The kernels of sections, in the order in which each calls those before it."""

from __future__ import annotations

from typing import Any, NamedTuple

from bilingual.text import kernels


class Stages(NamedTuple):
    """The kernels, all compiled or all interpreted."""

    sequence: Any  # lines and their main block -> the page as a sequence
    block: Any  # lines, then their body scores -> the main block of each page; the loop over documents


NAMES = tuple(f"bilingual.labels.sections.{stage}.kernel" for stage in Stages._fields)
KERNELS = Stages(*kernels.load(NAMES))
