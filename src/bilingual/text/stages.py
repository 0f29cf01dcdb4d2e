"""The kernels of a scan, in the order in which each calls those before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bilingual.text import kernels


@dataclass(frozen=True, slots=True)
class Stages:
    """The kernels, all compiled or all interpreted."""

    columns: Any  # what the others fill and read: tables of code points, columns of words, events and blocks
    words: Any  # letters, digits and marks -> words, hashes
    addresses: Any  # URLs, hosts, e-mail addresses, @handles
    code: Any  # paths, names in programs, placeholders, tags
    signs: Any  # the loop over code points; what stands between words -> events
    blocks: Any  # events -> blocks
    documents: Any  # texts -> all of these; what is kept of them
    around: Any  # what is known of the words of a line that has lost its line breaks
    breaks: Any  # where such a line had them


NAMES = tuple(f"bilingual.text.{stage}.kernel" for stage in Stages.__slots__)
KERNELS = Stages(*kernels.load(NAMES))
