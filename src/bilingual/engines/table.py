"""One document as a table, one row per span: for notebooks and for whoever joins spans with columns of their own."""

from __future__ import annotations

from typing import Any

import numpy as np

from bilingual.batch.rows import utf8
from bilingual.batch.schema import arrow
from bilingual.document import Document
from bilingual.errors import extra_module


def spans_table(document: Document) -> Any:
    """The spans as a `pyarrow.Table`, its columns named as in the JSON object, with the span's own `text` and
    `lang_score`.

    Units: `start` and `end` are code points into the document's text. A lone surrogate, which Arrow has no bytes for,
    becomes U+FFFD. Raises: MissingExtraError.
    """
    pa = arrow()
    c, spans, n = document.columns, document.spans, len(document.spans)
    name = None if document.id is None else utf8(document.id).decode()

    def words(values: list[str]) -> Any:
        return pa.array(values, pa.string()).dictionary_encode()

    columns = {
        "id": pa.array([name] * n, pa.string()),
        "kind": words([document.kind] * n),
        "start": pa.array(np.asarray(c.span_start, np.int64)),
        "end": pa.array(np.asarray(c.span_end, np.int64)),
        "text": pa.array([utf8(span.text).decode() for span in spans], pa.string()),
        "lang": words([span.lang for span in spans]),
        "script": words([span.script for span in spans]),
        "label": words([span.label for span in spans]),
        "score": pa.array([span.score for span in spans], pa.float64()),
        "layer": words([span.layer for span in spans]),
        "rule": words([span.rule for span in spans]),
        "lang_score": pa.array([span.lang_score for span in spans], pa.float64()),
    }
    return pa.table(columns)


def spans_frame(document: Document) -> Any:
    """`spans_table` as a `pandas.DataFrame`. Raises: MissingExtraError."""
    extra_module("pandas", extra="pandas")
    return spans_table(document).to_pandas()
