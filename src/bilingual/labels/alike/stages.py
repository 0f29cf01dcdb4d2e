"""The kernels of lines that are alike, in the order in which each calls those before it."""

from __future__ import annotations

from typing import Any, NamedTuple

from bilingual.text import kernels


class Stages(NamedTuple):
    """The kernels, all compiled or all interpreted."""

    named: Any  # names of fields and lists -> what the lines with them, or under them, are for
    forums: Any  # names of columns and counts -> what lists of forums and threads are for
    runs: Any  # lines of one form in a row -> what they are for; the loop over documents


NAMES = tuple(f"bilingual.labels.alike.{stage}.kernel" for stage in Stages._fields)
KERNELS = Stages(*kernels.load(NAMES))
