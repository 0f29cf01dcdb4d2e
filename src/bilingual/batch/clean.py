"""What stays of a document: the wanted spans joined, their Arabic normalized, and the map back to what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bilingual.batch.config import Config
from bilingual.batch.rows import NONE, Rows, counted, languages, utf8
from bilingual.labels.columns import LABELS
from bilingual.text.arrays import Array

if TYPE_CHECKING:
    from bilingual.arabic import Profile


def wanted(rows: Rows, config: Config) -> Array:
    """Which spans stay: bool[n_spans]."""
    mask = np.ones(len(rows.span_start), bool)
    if config.keep:
        labels = np.isin(np.arange(len(LABELS)), [LABELS.index(name) for name in config.keep])
        mask &= labels[rows.block_label[rows.span_block]]
    if config.lang:
        tags = languages()
        lang = rows.span_lang if config.lang_of == "span" else main_language(rows)[rows.span_block]
        mask &= np.isin(np.arange(len(tags)), [tags.index(name) for name in config.lang])[lang]
    if config.min_score > 0.0:
        mask &= rows.block_score[rows.span_block] >= config.min_score
    return mask


def main_language(rows: Rows) -> Array:
    """The language of most of each block's code points, of two alike the one that comes first: int64[n_blocks]."""
    n_tags = len(languages())
    pair, first, of_span = np.unique(
        rows.span_block.astype(np.int64) * n_tags + rows.span_lang, return_index=True, return_inverse=True
    )
    chars = np.bincount(of_span, weights=rows.span_end - rows.span_start, minlength=len(pair))
    order = np.lexsort((-first, chars))
    main = np.zeros(len(rows.block_label), np.int64)
    main[pair[order] // n_tags] = pair[order] % n_tags  # the last of a block stays
    return main


def clean(rows: Rows, texts: Sequence[str], config: Config) -> tuple[Rows, Array]:
    """What the configuration keeps of each document, and which documents have anything left: bool[n].

    Spans that stay and follow each other keep what stood between them; where something was left out stands a line feed.
    Offsets are into the new text, and `origin_*` maps it back; in stand-off output they stay as they were. A span of
    which normalization leaves nothing, as of marks alone, goes.
    """
    mask = wanted(rows, config) if config.is_filtered else np.ones(len(rows.span_start), bool)
    if config.text:
        rows = _rewritten(rows, texts, mask, config)
        mask &= rows.span_end > rows.span_start
    n_wanted = np.diff(np.concatenate([[0], np.cumsum(mask)])[rows.span_ptr])
    stays = n_wanted > 0 if config.is_filtered else np.ones(len(rows), bool)
    if not (mask.all() and stays.all()):  # one without spans goes where every span stays
        rows = _selected(rows, mask, stays)
    return counted(_blocks_from_spans(rows), config), stays


def _rewritten(rows: Rows, texts: Sequence[str], mask: Array, config: Config) -> Rows:
    """New texts, the offsets of the wanted spans into them, and the map back."""
    start, end = rows.span_start.copy(), rows.span_end.copy()
    new_texts: list[bytes] = []
    at: list[Array] = []
    back: list[Array] = []
    arabic = languages().index("ar")
    for i, text in enumerate(texts):
        s0, s1 = int(rows.span_ptr[i]), int(rows.span_ptr[i + 1])
        stretches = _stretches(rows, mask, s0, s1) if config.is_filtered else np.array([[0, len(text)]])
        piece, origin = _joined(text, stretches)
        chosen = np.flatnonzero(mask[s0:s1]) + s0
        if config.is_filtered:
            start[chosen] = np.searchsorted(origin, rows.span_start[chosen])
            end[chosen] = np.searchsorted(origin, rows.span_end[chosen] - 1) + 1
        if config.normalize:
            spans = chosen[rows.span_lang[chosen] == arabic]
            piece, mapped = _normalized(piece, start[spans], end[spans], config.normalize)
            start[chosen] = np.searchsorted(mapped, start[chosen])
            end[chosen] = np.searchsorted(mapped, end[chosen])
            origin = origin[mapped]
        steps = np.flatnonzero(np.diff(origin[:-1], prepend=-2) != 1)
        at.append(steps.astype(np.int32))
        back.append(origin[steps].astype(np.int32))
        new_texts.append(utf8(piece))
    return replace(
        rows,
        texts=new_texts,
        span_start=start,
        span_end=end,
        origin_ptr=np.concatenate([[0], np.cumsum([len(item) for item in at])]).astype(np.int64),
        origin_at=np.concatenate([NONE, *at]),
        origin_start=np.concatenate([NONE, *back]),
    )


def _stretches(rows: Rows, mask: Array, s0: int, s1: int) -> Array:
    """Maximal runs of neighbouring wanted spans of one document, as [start, end) of its text."""
    edges = np.flatnonzero(np.diff(mask[s0:s1].astype(np.int8), prepend=0, append=0)).reshape(-1, 2) + s0
    return np.column_stack([rows.span_start[edges[:, 0]], rows.span_end[edges[:, 1] - 1]])


def _joined(text: str, stretches: Array) -> tuple[str, Array]:
    """The stretches joined by line feeds, and the original position of each code point (and of the end)."""
    pieces = [text[s:e] for s, e in stretches.tolist()]
    # A line feed between two stretches stands at the end of the first one.
    places = [np.arange(s, e + 1) for s, e in stretches.tolist()]
    return "\n".join(pieces), np.concatenate(places) if places else np.zeros(1, np.int64)


def _normalized(text: str, starts: Array, ends: Array, profile: str | Profile) -> tuple[str, Array]:
    """The text with those ranges normalized, and the position in `text` of each code point of the new one."""
    from bilingual.arabic import normalize_ranges

    aligned = normalize_ranges(text, list(zip(starts.tolist(), ends.tolist(), strict=True)), profile)
    return aligned.text, np.asarray(aligned.origin)


def _selected(rows: Rows, mask: Array, stays: Array) -> Rows:
    """Only the wanted spans, the blocks that have one, and the documents that have any left."""
    spans = np.flatnonzero(mask)
    n_blocks = len(rows.block_start)
    kept_blocks = np.zeros(n_blocks, bool)
    kept_blocks[rows.span_block[spans]] = True
    number = np.cumsum(kept_blocks) - 1
    blocks = np.flatnonzero(kept_blocks)
    span_ptr = np.concatenate([[0], np.cumsum(mask)])[rows.span_ptr]
    block_ptr = np.concatenate([[0], np.cumsum(kept_blocks)])[rows.block_ptr]
    documents = np.flatnonzero(stays)
    origin_kept = np.repeat(stays, np.diff(rows.origin_ptr))
    return replace(
        rows,
        texts=[rows.texts[i] for i in documents.tolist()],
        kind=rows.kind[documents],
        chars=rows.chars[documents],
        span_ptr=_ptr(span_ptr, documents),
        span_start=rows.span_start[spans],
        span_end=rows.span_end[spans],
        span_lang=rows.span_lang[spans],
        span_script=rows.span_script[spans],
        span_lang_score=rows.span_lang_score[spans],
        span_block=number[rows.span_block[spans]].astype(np.int32),
        block_ptr=_ptr(block_ptr, documents),
        block_start=rows.block_start[blocks],
        block_end=rows.block_end[blocks],
        block_label=rows.block_label[blocks],
        block_score=rows.block_score[blocks],
        block_layer=rows.block_layer[blocks],
        block_rule=rows.block_rule[blocks],
        origin_ptr=_ptr(rows.origin_ptr, documents),
        origin_at=rows.origin_at[origin_kept] if len(rows.origin_at) else rows.origin_at,
        origin_start=rows.origin_start[origin_kept] if len(rows.origin_at) else rows.origin_start,
    )


def _blocks_from_spans(rows: Rows) -> Rows:
    """Blocks reach from their first span to their last one."""
    if not len(rows.span_block):
        return rows
    first = np.flatnonzero(np.diff(rows.span_block, prepend=-1))
    last = np.append(first[1:], len(rows.span_block)) - 1
    start, end = rows.block_start.copy(), rows.block_end.copy()
    start[rows.span_block[first]] = rows.span_start[first]
    end[rows.span_block[last]] = rows.span_end[last]
    return replace(rows, block_start=start, block_end=end)


def _ptr(ptr: Array, documents: Array) -> Array:
    """List offsets of the chosen documents; the others have no items."""
    return np.concatenate([[0], np.cumsum(np.diff(ptr)[documents])]).astype(np.int64)
