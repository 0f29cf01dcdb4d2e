"""The kernels of layout, in the order in which each calls those before it."""

from __future__ import annotations

from typing import Any, NamedTuple

from bilingual.text import kernels


class Stages(NamedTuple):
    """The kernels, all compiled or all interpreted."""

    headlines: Any  # headlines side by side, or above the first text of a page -> they are others'
    lists: Any  # lines above and below -> titles of policies, what is listed, boxes beside posts
    contents: Any  # lines that return below in the same order -> contents; the loop over documents


NAMES = tuple(f"bilingual.labels.layout.{stage}.kernel" for stage in Stages._fields)
KERNELS = Stages(*kernels.load(NAMES))
