"""The kernels of phrases, in the order in which each calls those before it."""

from __future__ import annotations

from typing import Any, NamedTuple

from bilingual.text import kernels


class Stages(NamedTuple):
    """The kernels, all compiled or all interpreted."""

    candidates: Any  # words -> those that may begin a phrase, and their nodes in the tree of words
    matcher: Any  # these -> the phrases of every block


NAMES = tuple(f"bilingual.labels.phrases.{stage}.kernel" for stage in Stages._fields)
KERNELS = Stages(*kernels.load(NAMES))
