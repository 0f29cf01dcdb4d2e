"""What the language layer finds, as columns over the words and blocks of a scan."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from bilingual.text.workspace import Column, Columns


class LanguageColumns(Columns):
    """Languages of words and spans.

    Shapes: word_lang [n_words]; span_* [n_spans]; block_span int32[n_blocks + 1], the first span of a block. Units:
    span_start and span_end are positions in the scan's `codes`, half-open; `*_lang` indexes
    `bilingual.language.registry.LANGUAGES`, `span_script` indexes `bilingual.text.classes.SCRIPTS`; `span_score` is the
    probability of the language, 0 to 1. The spans of a block, one at least, are ordered and disjoint; between two of
    them lies white space only.
    """

    KINDS: ClassVar = {
        "word_lang": Column(np.uint8, "n_words"),
        "span_start": Column(np.int32, "n_spans"),
        "span_end": Column(np.int32, "n_spans"),
        "span_block": Column(np.int32, "n_spans"),
        "span_lang": Column(np.uint8, "n_spans"),
        "span_script": Column(np.uint8, "n_spans"),
        "span_score": Column(np.float32, "n_spans"),
        "block_span": Column(np.int32, "n_blocks", 1),
    }
    n_words = n_spans = n_blocks = 0
