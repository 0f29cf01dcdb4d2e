"""What kind of page a document is: article, forum, product, list, company, documentation or other."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from bilingual.labels import kernel as label_kernel
from bilingual.labels.columns import KINDS
from bilingual.labels.features import BODY_NAMES, NAMES, Lines
from bilingual.labels.verdict import kernel
from bilingual.text import native

Array = np.ndarray[Any, Any]

# Columns whose mean over a page says what it is; of all lines, and of the lines that are body.
MEANS = (
    "letters", "digits", "title", "upper", "urls", "sentences", "colons", "squares", "symbols", "function",
    "date", "unit",
    "call", "ask", "money", "interface", "say", "person", "first", "nav_cover", "promo_cover", "repeats", "opens",
    "p_menu", "p_form", "p_share", "p_meta", "p_more", "p_header", "p_comments", "p_tags", "p_forum", "p_join", "p_buy",
    "p_body", "p_contact", "long_w15", "short_w15", "headline_w15", "meta_w15", "ended_w15", "page", "size", "evidence",
    "run_short_size", "run_long_size", "run_headlines_size", "lists", "b_size", "b_evidence", "body_mean",
)  # fmt: skip
PAGE_NAMES = (*(f"page_{name}" for name in MEANS), *(f"body_{name}" for name in MEANS), "body_lines", "lines")
# A page of fewer lines than this says too little about its kind.
FEWEST_LINES = 3


def page_columns(lines: Lines, columns: Array, label: Array, *, verdict: Any = kernel) -> Array:
    """uint8[len(PAGE_NAMES), n_docs]: means of columns over each page, small counts stretched, capped."""
    out = np.zeros((len(PAGE_NAMES), len(lines.doc_line) - 1), np.uint8)
    arrays = (columns, _ROWS, _SCALE, label, lines.doc_line, out)
    verdict.page_columns(*native.views(arrays, verdict.COMPILED))
    return out


def page_kinds(lines: Lines, columns: Array, label: Array, *, verdict: Any = kernel) -> Array:
    """The kind of each document: uint8[n_docs], index in KINDS."""
    from bilingual.labels.weights import tree_room, weights

    pages = page_columns(lines, columns, label, verdict=verdict)
    odds = np.empty((pages.shape[1], weights().kind.width), np.float32)
    kind = np.empty(pages.shape[1], np.uint8)
    compiled = label_kernel.COMPILED
    given, room, seen, doc_line, out = native.views((pages, tree_room(), odds, lines.doc_line, kind), compiled)
    label_kernel.forest(given, _trees(), room, native.view(odds.reshape(-1), compiled))
    label_kernel.greatest(seen, doc_line, len(KINDS), FEWEST_LINES, KINDS.index("other"), out)
    return kind


@cache
def _trees() -> Any:
    from bilingual.labels.weights import weights

    return weights().kind.trees(label_kernel)


_ROWS = np.array([(*NAMES, *BODY_NAMES).index(name) for name in MEANS], np.int32)
# Shares and logarithms are used as they are; small counts and phrase strengths (0 to 4) are stretched.
_STRETCHED = frozenset(
    {"urls", "sentences", "colons", "squares", "symbols", "ask", "money", "say", "person", "first", "lists"}
)
_SCALE = np.array([16 if name in _STRETCHED or name.startswith("p_") else 1 for name in MEANS], np.int64)
