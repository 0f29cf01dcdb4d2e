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
    lanes: Any  # words of a block -> their sum in every language, the best sequence of languages
    marks: Any  # brackets, quotation marks, emphasis: what they open, close and enclose
    reading: Any  # blocks of a document -> how each reads on its own, and so the mix of languages
    mix: Any  # how blocks read -> their languages, under the mix
    naming: Any  # languages of blocks -> those of their words
    spans: Any  # languages of words -> spans; the loop over documents


NAMES = tuple(f"bilingual.language.{stage}.kernel" for stage in Stages.__slots__)
KERNELS = Stages(*kernels.load(NAMES))
