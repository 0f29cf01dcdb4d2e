"""What the language layer finds, as columns over the words and blocks of a scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageColumns:
    """Languages of words and spans.

    Shapes: word_lang uint8[n_words]; span_* [n_spans]; block_span int32[n_blocks + 1], the first span of a
    block. Units: span_start and span_end are positions in the scan's `codes`, half-open; `*_lang` indexes
    `bilingual.language.registry.LANGUAGES`, `span_script` indexes `bilingual.text.tables.SCRIPTS`; span_score
    is the probability of the language, 0 to 1. The spans of a block are ordered and disjoint; between two of
    them lies white space only.
    """

    word_lang: Array
    span_start: Array
    span_end: Array
    span_block: Array
    span_lang: Array
    span_script: Array
    span_score: Array
    block_span: Array
