"""Results of a batch of documents as flat arrays: `Rows`, with its counts by language and label.

Arrays go from the pipeline into the output without a Python object per span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bilingual.batch import kernel
from bilingual.batch.config import Config
from bilingual.batch.stats import Stats, merge
from bilingual.labels.columns import LABELS, LAYERS
from bilingual.text.arrays import Array
from bilingual.text.native import views

if TYPE_CHECKING:
    from bilingual.pipeline import Result

_SURROGATE = re.compile("[\ud800-\udfff]")


def utf8(text: str) -> bytes:
    """UTF-8 of a text; a lone surrogate, which UTF-8 has no bytes for, becomes U+FFFD, so that offsets stay."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def languages() -> tuple[str, ...]:
    """Tags by number, as the language columns number them."""
    from bilingual.language.registry import LANGUAGES

    return LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A batch of documents as arrays; offsets are code points into each document's own text.

    Shapes: kind uint8[n], chars int64[n]; *_ptr int64[n + 1] (first item of each document); span_*,
    block_*, cell_* and origin_* flat over the batch. `cell_key` is lang * len(LABELS) + label.
    """

    texts: Sequence[bytes]
    kind: Array
    chars: Array
    span_ptr: Array
    span_start: Array
    span_end: Array
    span_lang: Array
    span_script: Array
    span_lang_score: Array
    span_block: Array
    block_ptr: Array
    block_start: Array
    block_end: Array
    block_label: Array
    block_score: Array
    block_layer: Array
    block_rule: Array
    rule_names: tuple[str, ...]
    cell_ptr: Array
    cell_key: Array
    cell_spans: Array
    cell_chars: Array
    origin_ptr: Array
    origin_at: Array
    origin_start: Array

    def __len__(self) -> int:
        return len(self.kind)


NONE = np.zeros(0, np.int32)
_EMPTY = np.zeros(0, np.int64)


def rows_of(result: Result, texts: Sequence[bytes], config: Config) -> Rows:
    """The arrays of a result. `texts`: the documents as UTF-8."""
    found = result.found
    span_start, span_end = _places(found.doc_ptr, found.doc_span, found.span_start, found.span_end)
    block_start, block_end = _places(found.doc_ptr, found.doc_block, found.block_start, found.block_end)
    rows = Rows(
        texts=texts,
        kind=found.kind,
        chars=np.diff(found.doc_ptr) - 1,
        span_ptr=found.doc_span,
        span_start=span_start,
        span_end=span_end,
        span_lang=found.span_lang,
        span_script=found.span_script,
        span_lang_score=found.span_score,
        span_block=found.span_block,
        block_ptr=found.doc_block,
        block_start=block_start,
        block_end=block_end,
        block_label=found.label,
        block_score=found.score,
        block_layer=found.layer,
        block_rule=found.rule,
        rule_names=found.rule_names,
        cell_ptr=_EMPTY,
        cell_key=NONE,
        cell_spans=NONE,
        cell_chars=_EMPTY,
        origin_ptr=np.zeros(len(result) + 1, np.int64),
        origin_at=NONE,
        origin_start=NONE,
    )
    return rows if config.is_filtered or config.is_rewritten else counted(rows, config)


def _places(base: Array, first: Array, start: Array, end: Array) -> tuple[Array, Array]:
    """Starts and ends in the batch as places in the documents."""
    made = np.empty_like(start), np.empty_like(end)
    kernel.places(*views((base, first, start, end, *made), kernel.COMPILED))
    return made


@cache
def code_names(system: str) -> tuple[str, ...]:
    """The code of each language number in a system of codes (`bcp47`, `flores`)."""
    from bilingual.language.registry import codes

    table_of = codes(system)
    return tuple(table_of[tag] for tag in languages())


def counted(rows: Rows, config: Config) -> Rows:
    """The same with its counts by language code and label."""
    n_spans = len(rows.span_start)
    sums = np.zeros(2 * len(code_names(config.codes)) * len(LABELS), np.int64)
    ptr, key = np.empty(len(rows) + 1, np.int64), np.empty(n_spans, np.int32)
    spans, chars = np.empty(n_spans, np.int32), np.empty(n_spans, np.int64)
    given = rows.span_ptr, rows.span_start, rows.span_end, rows.span_lang, rows.span_block, rows.block_label
    n = kernel.cells(len(LABELS), *views((*given, sums, ptr, key, spans, chars), kernel.COMPILED))
    return replace(rows, cell_ptr=ptr, cell_key=key[:n], cell_spans=spans[:n], cell_chars=chars[:n])


def count(rows: Rows, stats: Stats, config: Config) -> None:
    """Add a batch to the counts of its shard."""
    stats.documents += len(rows)
    stats.chars += int(rows.chars.sum())
    stats.spans += len(rows.span_start)
    stats.blocks += len(rows.block_start)
    stats.add_scores(rows.block_label, rows.block_score)
    stats.add_kinds(rows.kind)
    _count_cells(rows, stats, code_names(config.codes))
    _count_rules(rows, stats)


def _count_cells(rows: Rows, stats: Stats, names: Sequence[str]) -> None:
    width = len(names) * len(LABELS)
    documents = np.bincount(rows.cell_key, minlength=width)
    spans = np.bincount(rows.cell_key, weights=rows.cell_spans, minlength=width)
    chars = np.bincount(rows.cell_key, weights=rows.cell_chars, minlength=width)
    for key in np.flatnonzero(documents).tolist():
        name = f"{names[key // len(LABELS)]} {LABELS[key % len(LABELS)]}"
        seen = stats.cells.get(name, [0, 0, 0])
        stats.cells[name] = [
            seen[0] + int(documents[key]),
            seen[1] + int(spans[key]),
            seen[2] + int(chars[key]),
        ]


def _count_rules(rows: Rows, stats: Stats) -> None:
    n_rules = len(rows.rule_names)
    found = np.bincount((rows.block_label * np.int16(len(LAYERS)) + rows.block_layer) * n_rules + rows.block_rule)
    for key in np.flatnonzero(found).tolist():
        reason, rule = divmod(key, n_rules)
        label, layer = divmod(reason, len(LAYERS))
        merge(stats.rules, {f"{LABELS[label]} {LAYERS[layer]} {rows.rule_names[rule]}": int(found[key])})
