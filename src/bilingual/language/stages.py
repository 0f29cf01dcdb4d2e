"""The kernels of the language layer, in the order in which words pass through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bilingual.text import kernels


@dataclass(frozen=True, slots=True)
class Stages:
    """The kernels, all compiled or all interpreted; each calls those before it."""

    spelling: Any  # letters of a word -> how likely each language writes it
    evidence: Any  # words -> rows of margins, remembered
    decoder: Any  # rows of the words of a document -> languages, spans


NAMES = tuple(f"bilingual.language.{stage}.kernel" for stage in Stages.__slots__)
KERNELS = Stages(*kernels.load(NAMES))
