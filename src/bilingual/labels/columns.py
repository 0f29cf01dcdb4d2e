"""What the label layers find, as columns over the blocks of a scan, and the words for their values."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from bilingual.text.workspace import Column, Columns

LABELS: tuple[str, ...] = ("body", "navigation", "promo")
LAYERS: tuple[str, ...] = ("rule", "heuristic", "context")
KINDS: tuple[str, ...] = ("article", "forum", "product", "list", "company", "documentation", "other")


class LabelColumns(Columns):
    """Labels of blocks and kinds of documents.

    Shapes: label, layer uint8[n_blocks]; score float32[n_blocks]; rule int16[n_blocks] (index in `model.rule_names`);
    kind uint8[n_docs] (index in KINDS).
    """

    KINDS: ClassVar = {
        "label": Column(np.uint8, "n_blocks"),
        "score": Column(np.float32, "n_blocks"),
        "layer": Column(np.uint8, "n_blocks"),
        "rule": Column(np.int16, "n_blocks"),
        "kind": Column(np.uint8, "n_docs"),
    }
    n_blocks = n_docs = 0
