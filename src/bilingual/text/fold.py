"""The search fold: the spelling-blind form under which words and phrases are compared and hashed.

It is what profile `search` does to Arabic words, less one thing: letters that are letters of their own in Urdu,
Kurdish, Sindhi or Kashmiri (ہ ھ ە ۀ ۂ ۃ ڪ ٲ ٳ ٵ) stay apart. A word is folded before its language is known, and by
these letters it is known; `search` may fold them, because it changes Arabic spans only.
"""

from __future__ import annotations

import numpy as np

from bilingual.text.classes import FOLD_DROP, FOLD_EXPANSION
from bilingual.text.tables import code_point_tables


def fold(text: str) -> str:
    """`text` with case, alef and yeh forms, teh marbuta, digits and apostrophes folded, marks and tatweel dropped.

    >>> fold("إِلـى الجامعة")
    'الي الجامعه'
    >>> fold("It’s ٢٠٢٤")
    "it's 2024"
    >>> fold("کتاب"), fold("کەس")
    ('كتاب', 'كەس')
    """
    t = code_point_tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    cells = t.folds(codes)
    parts: list[str] = []
    for code, cell in zip(codes.tolist(), cells.tolist(), strict=True):
        if cell == 0:
            parts.append(chr(code))
        elif cell >= FOLD_EXPANSION:
            at = cell - FOLD_EXPANSION
            parts += map(chr, t.expansions[at + 1 : at + 1 + int(t.expansions[at])].tolist())
        elif cell != FOLD_DROP:
            parts.append(chr(cell))
    return "".join(parts)


def word_hashes(phrase: str) -> list[int]:
    """The hashes that a scan of `phrase` gives its words.

    >>> word_hashes("READ more") == word_hashes("read More")
    True
    """
    from bilingual.text.scan import scan

    return [int(value) for value in scan([phrase]).word_hash]
