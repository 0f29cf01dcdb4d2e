"""Reasons for a label, in words, from the same columns that decided it."""

from __future__ import annotations

from typing import Any

from bilingual.labels.columns import LabelColumns, Reason
from bilingual.language.columns import LanguageColumns
from bilingual.text.scan import Scan


def reasons(scan: Scan, languages: LanguageColumns, labels: LabelColumns, block: int, evidence: Any = None) -> list[Reason]:
    """The evidence for the label of `block`, strongest first."""
    start, end = int(scan.block_start[block]), int(scan.block_end[block])
    words = int(scan.block_word[block + 1] - scan.block_word[block])
    return [Reason(text=f"{words} words", start=start, end=end)]
