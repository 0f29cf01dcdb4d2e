"""First label layer: length alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from bilingual.labels.columns import BODY, HEURISTIC, NAVIGATION, LabelColumns
from bilingual.language.columns import LanguageColumns
from bilingual.text.scan import Scan


def label(scan: Scan, languages: LanguageColumns, evidence: Any = None) -> LabelColumns:
    """Long blocks are body, short ones navigation."""
    long = np.diff(scan.block_word) >= 8
    return LabelColumns(
        label=np.where(long, BODY, NAVIGATION).astype(np.uint8),
        score=np.full(scan.n_blocks, 0.7, np.float32),
        layer=np.full(scan.n_blocks, HEURISTIC, np.uint8),
        rule=np.zeros(scan.n_blocks, np.int16),
        rule_names=("length",),
        kind=np.zeros(scan.n_docs, np.uint8),
    )
