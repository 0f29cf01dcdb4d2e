"""What kind of page a document is: article, forum, product, list, company, documentation or other."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import numpy as np

from bilingual.labels.columns import KINDS, LabelColumns
from bilingual.labels.features import BODY_NAMES, NAMES, Lines
from bilingual.labels.trees import kernel as trees
from bilingual.labels.verdict import kernel
from bilingual.labels.weights import as_seen, tree_room, weights
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.workspace import Column, Columns

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


class Pages(Columns):
    """Columns of whole pages, and the odds of their kinds with zeros behind them."""

    IS_TIGHT = True
    KINDS: ClassVar = {
        "columns": Column(np.uint8, rows=len(PAGE_NAMES)),
        "odds": Column(np.float32, each=len(KINDS) + -len(KINDS) % 3),
    }


def page_columns(lines: Lines, columns: Array, label: Array, *, verdict: Any = kernel) -> Array:
    """uint8[len(PAGE_NAMES), n_docs]: means of columns over each page, small counts stretched, capped."""
    out = np.zeros((len(PAGE_NAMES), lines.n_docs), np.uint8)
    arrays = (columns, PAGE_ROWS, PAGE_SCALE, label, lines.doc_line, out)
    verdict.page_columns(*native.views(arrays, verdict.COMPILED))
    return out


def page_kinds(lines: Lines, pages: Pages, found: LabelColumns) -> None:
    """Fill the kind of each document."""
    compiled = trees.COMPILED
    trees.kinds_of_pages(
        as_seen(lines, trees), _trees(), tree_room(trees),
        pages.seen_by(trees.Pages, compiled), found.seen_by(trees.Kinds, compiled, ("kind",)),
        lines.n_docs, len(KINDS), FEWEST_LINES, KINDS.index("other"),
    )  # fmt: skip


@cache
def _trees() -> Any:
    return weights().kind.trees(trees)


PAGE_ROWS = np.array([(*NAMES, *BODY_NAMES).index(name) for name in MEANS], np.int32)
# Shares and logarithms are used as they are; small counts and phrase strengths (0 to 4) are stretched.
_STRETCHED = frozenset(
    {"urls", "sentences", "colons", "squares", "symbols", "ask", "money", "say", "person", "first", "lists"}
)
PAGE_SCALE = np.array([16 if name in _STRETCHED or name.startswith("p_") else 1 for name in MEANS], np.int64)
