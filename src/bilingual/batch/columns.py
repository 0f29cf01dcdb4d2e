"""Results as columns of a table: arrays go from the pipeline into Arrow without a Python object per span.

`Rows` is a batch of documents with its spans, blocks and counts as flat arrays and list offsets; `clean`
leaves out what is not wanted and normalizes what stays, with a map back; `table` makes the Arrow table of
many batches, in the schema that `schema` declares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from bilingual.batch.config import SCHEMA_VERSION, Config
from bilingual.batch.stats import Stats, merge
from bilingual.errors import extra_module
from bilingual.labels.columns import KINDS, LABELS, LAYERS

if TYPE_CHECKING:
    from bilingual.pipeline import Result

Array = np.ndarray[Any, Any]


def arrow() -> Any:
    """pyarrow. Raises: MissingExtraError."""
    return extra_module("pyarrow", extra="batch")


def languages() -> tuple[str, ...]:
    """Tags by number, as the language columns number them."""
    from bilingual.language.registry import LANGUAGES

    return LANGUAGES


def scripts() -> tuple[str, ...]:
    """ISO 15924 codes by number."""
    from bilingual.text.tables import SCRIPTS

    return tuple(SCRIPTS)


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


_NONE = np.zeros(0, np.int32)


def rows_of(result: Result, texts: Sequence[bytes], config: Config) -> Rows:
    """The arrays of a result. `texts`: the documents as UTF-8."""
    found = result.found
    n = len(result)
    base = found.doc_ptr.astype(np.int32)
    block_base = base[found.block_doc]
    span_base = block_base[found.span_block]
    rows = Rows(
        texts=texts,
        kind=found.kind,
        chars=np.diff(found.doc_ptr) - 1,
        span_ptr=found.doc_span,
        span_start=found.span_start - span_base,
        span_end=found.span_end - span_base,
        span_lang=found.span_lang,
        span_script=found.span_script,
        span_block=found.span_block,
        block_ptr=found.doc_block,
        block_start=found.block_start - block_base,
        block_end=found.block_end - block_base,
        block_label=found.label,
        block_score=found.score,
        block_layer=found.layer,
        block_rule=found.rule,
        rule_names=found.rule_names,
        cell_ptr=_NONE,
        cell_key=_NONE,
        cell_spans=_NONE,
        cell_chars=_NONE,
        origin_ptr=np.zeros(n + 1, np.int64),
        origin_at=_NONE,
        origin_start=_NONE,
    )
    return rows if config.is_filtered or config.is_rewritten else counted(rows, config)


@cache
def code_names(system: str) -> tuple[str, ...]:
    """The code of each language number in a system of codes (`bcp47`, `flores`)."""
    from bilingual.language.registry import codes

    table_of = codes(system)
    return tuple(table_of[tag] for tag in languages())


def counted(rows: Rows, config: Config) -> Rows:
    """The same with its counts by language code and label."""
    n, width = len(rows), len(code_names(config.codes)) * len(LABELS)
    document = np.repeat(np.arange(n), np.diff(rows.span_ptr))
    key = rows.span_lang.astype(np.int64) * len(LABELS) + rows.block_label[rows.span_block] + document * width
    cells, inverse = (np.arange(n * width), key) if n * width < 1 << 16 else np.unique(key, return_inverse=True)
    spans = np.bincount(inverse, minlength=len(cells))
    chars = np.bincount(inverse, weights=rows.span_end - rows.span_start, minlength=len(cells))
    seen = np.flatnonzero(spans)
    cells = cells[seen]
    return replace(
        rows,
        cell_ptr=np.searchsorted(cells, np.arange(n + 1) * width),
        cell_key=(cells % width).astype(np.int32),
        cell_spans=spans[seen].astype(np.int32),
        cell_chars=chars[seen].astype(np.int64),
    )


def count(rows: Rows, stats: Stats, config: Config) -> None:
    """Add a batch to the counts of its shard."""
    stats.documents += len(rows)
    stats.chars += int(rows.chars.sum())
    stats.spans += len(rows.span_start)
    stats.blocks += len(rows.block_start)
    stats.add_scores(rows.block_label, rows.block_score)
    stats.add_kinds(rows.kind)
    names = code_names(config.codes)
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
    shape = (len(LABELS), len(LAYERS), len(rows.rule_names))
    coordinates = (rows.block_label, rows.block_layer, rows.block_rule)
    rules = np.bincount(np.ravel_multi_index(coordinates, shape)) if len(rows.block_rule) else _NONE
    found = {}
    for flat in np.flatnonzero(rules).tolist():
        label, layer, rule = np.unravel_index(flat, shape)
        found[f"{LABELS[label]} {LAYERS[layer]} {rows.rule_names[rule]}"] = int(rules[flat])
    merge(stats.rules, found)


# --- what stays of a document ---------------------------------------------------------------------


def wanted(rows: Rows, config: Config) -> Array:
    """Which spans stay: bool[n_spans]."""
    mask = np.ones(len(rows.span_start), bool)
    if config.keep:
        labels = np.isin(np.arange(len(LABELS)), [LABELS.index(name) for name in config.keep])
        mask &= labels[rows.block_label[rows.span_block]]
    if config.lang:
        tags = languages()
        mask &= np.isin(np.arange(len(tags)), [tags.index(name) for name in config.lang])[rows.span_lang]
    if config.min_score > 0.0:
        mask &= rows.block_score[rows.span_block] >= config.min_score
    return mask


def clean(rows: Rows, texts: Sequence[str], config: Config) -> tuple[Rows, Array]:
    """What the configuration keeps of each document, and which documents have anything left: bool[n].

    Spans that stay and follow each other keep what stood between them; where something was left out stands a line feed.
    Offsets are into the new text, and `origin_*` maps it back; in stand-off output they stay as they were.
    """
    mask = wanted(rows, config) if config.is_filtered else np.ones(len(rows.span_start), bool)
    n_wanted = np.diff(np.concatenate([[0], np.cumsum(mask)])[rows.span_ptr])
    stays = n_wanted > 0 if config.is_filtered else np.ones(len(rows), bool)
    if config.text:
        rows = _rewritten(rows, texts, mask, config)
    if config.is_filtered:
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
        origin_at=np.concatenate([_NONE, *at]),
        origin_start=np.concatenate([_NONE, *back]),
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


def _normalized(text: str, starts: Array, ends: Array, profile: str) -> tuple[str, Array]:
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
        span_block=number[rows.span_block[spans]],
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


def utf8(text: str) -> bytes:
    """UTF-8 of a text; a lone surrogate, which UTF-8 has no bytes for, becomes U+FFFD, so that offsets stay."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


# --- Arrow ----------------------------------------------------------------------------------------


@cache
def schema(config: Config, *, dictionaries: bool = False) -> Any:
    """The schema of the output, the same for every file and row of a run.

    With `dictionaries` the words inside lists are dictionary arrays, as they are handed to the Parquet
    writer, which stores both forms alike.
    """
    pa = arrow()
    word = pa.dictionary(pa.int32(), pa.string()) if dictionaries else pa.string()
    int32, string = pa.int32(), pa.string()
    why = [("label", word), ("score", pa.float32()), ("layer", word), ("rule", word)]
    place = [("start", int32), ("end", int32)]
    columns = [("id", string), ("url", string), ("date", string), ("source", string), ("offset", pa.int64())]
    columns += [("kind", word), ("chars", int32)]
    if config.text:
        columns.append(("text", string))
    if config.is_rewritten:
        columns.append(("origin", _list(pa, [("at", int32), ("start", int32)])))
    columns.append(("spans", _list(pa, [*place, ("lang", word), ("script", word), *why])))
    columns.append(("blocks", _list(pa, [*place, *why])))
    columns.append(("counts", _list(pa, [("lang", word), ("label", word), ("spans", int32), ("chars", pa.int64())])))
    fields = [pa.field(name, kind, nullable=False) for name, kind in columns]
    return pa.schema(fields, metadata=metadata(config))


def metadata(config: Config) -> dict[str, str]:
    """What a reader of a file must know to use its numbers."""
    import bilingual

    return {
        "bilingual.schema_version": SCHEMA_VERSION,
        "bilingual.offset_unit": "code point",
        "bilingual.offset_base": "text" if config.text else "the document as read",
        "bilingual.version": bilingual.__version__,
        "bilingual.codes": config.codes,
        "bilingual.config": config.digest(),
    }


def _list(pa: Any, fields: list[tuple[str, Any]]) -> Any:
    item = pa.struct([pa.field(name, kind, nullable=False) for name, kind in fields])
    return pa.list_(pa.field("element", item, nullable=False))


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the documents of a batch came from: one list per column."""

    ids: list[str]
    urls: list[str]
    dates: list[str]
    names: list[str]
    offsets: list[int]


def table(batches: Sequence[tuple[Sources, Rows]], config: Config, *, dictionaries: bool = False) -> Any:
    """The Arrow table of some batches, in the schema of `schema`."""
    pa = arrow()
    wanted_schema = schema(config, dictionaries=dictionaries)
    build = _Builder(pa, [rows for _, rows in batches], wanted_schema, config, dictionaries)
    columns = {
        "id": build.strings([source.ids for source, _ in batches]),
        "url": build.strings([source.urls for source, _ in batches]),
        "date": build.strings([source.dates for source, _ in batches]),
        "source": build.strings([source.names for source, _ in batches]),
        "offset": pa.array([offset for source, _ in batches for offset in source.offsets], pa.int64()),
        "kind": build.words(build.flat("kind"), KINDS),
        "chars": pa.array(build.flat("chars").astype(np.int32)),
        "spans": build.spans(),
        "blocks": build.blocks(),
        "counts": build.counts(),
    }
    if config.text:
        columns["text"] = build.text()
    if config.is_rewritten:
        columns["origin"] = build.structs("origin", "origin_ptr", [build.ints("origin_at"), build.ints("origin_start")])
    return pa.Table.from_arrays([columns[name] for name in wanted_schema.names], schema=wanted_schema)


class _Builder:
    """Arrow arrays of the concatenated columns of some batches."""

    def __init__(self, pa: Any, batches: list[Rows], wanted_schema: Any, config: Config, dictionaries: bool) -> None:
        self._pa = pa
        self._batches = batches
        self._schema = wanted_schema
        self._config = config
        self._dictionaries = dictionaries
        sizes = [len(rows.block_start) for rows in batches]
        shifts = np.concatenate([[0], np.cumsum(sizes)])[:-1].tolist()
        pieces = [rows.span_block + shift for rows, shift in zip(batches, shifts, strict=True)]
        self._span_block = np.concatenate([np.zeros(0, np.int64), *pieces]).astype(np.int64)

    def flat(self, name: str) -> Array:
        pieces = [getattr(rows, name) for rows in self._batches]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int32)

    def ints(self, name: str) -> Any:
        return self._pa.array(self.flat(name).astype(np.int32, copy=False))

    def ptr(self, name: str) -> Any:
        shift, pieces = 0, [np.zeros(1, np.int64)]
        for rows in self._batches:
            ptr = getattr(rows, name)
            pieces.append(ptr[1:] + shift)
            shift += int(ptr[-1])
        return self._pa.array(np.concatenate(pieces).astype(np.int32))

    def words(self, index: Array, names: Sequence[str]) -> Any:
        """One of `names` per row, as dictionary or as strings."""
        distinct = list(dict.fromkeys(names))
        if len(distinct) < len(names):
            # Arrow writes a dictionary with doubles as a page that is too long, its end whatever the memory held.
            place = {name: at for at, name in enumerate(distinct)}
            index, names = np.array([place[name] for name in names], np.int32)[index], distinct
        names_array = self._pa.array(list(names) or [""], self._pa.string())
        indices = self._pa.array(index.astype(np.int32, copy=False))
        if self._dictionaries:
            return self._pa.DictionaryArray.from_arrays(indices, names_array)
        return names_array.take(indices)

    def strings(self, lists: list[list[str]]) -> Any:
        values = [value for values in lists for value in values]
        try:
            return self._pa.array(values, self._pa.string())
        except UnicodeEncodeError:  # a lone surrogate in an id or URL
            return self._pa.array([utf8(value).decode() for value in values], self._pa.string())

    def text(self) -> Any:
        texts = [text for rows in self._batches for text in rows.texts]
        ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
        offsets = np.concatenate([[0], ends]).astype(np.int32)
        buffers = [self._pa.py_buffer(offsets), self._pa.py_buffer(b"".join(texts))]
        return self._pa.StringArray.from_buffers(len(texts), *buffers)

    def structs(self, column: str, ptr: str, arrays: list[Any]) -> Any:
        kind = self._schema.field(column).type
        items = self._pa.StructArray.from_arrays(arrays, fields=list(kind.value_type))
        return self._pa.ListArray.from_arrays(self.ptr(ptr), items, type=kind)

    def _why(self, chosen: Array | None) -> list[Any]:
        """label, score, layer and rule of blocks, or of the blocks that `chosen` names."""
        rule_names = self._batches[0].rule_names if self._batches else ()

        def pick(name: str) -> Array:
            values = self.flat(name)
            return values if chosen is None else values[chosen]

        return [
            self.words(pick("block_label"), LABELS),
            self._pa.array(pick("block_score").astype(np.float32, copy=False)),
            self.words(pick("block_layer"), LAYERS),
            self.words(pick("block_rule"), rule_names),
        ]

    def spans(self) -> Any:
        script = self.flat("span_script")
        coded = self.words(self.flat("span_lang"), code_names(self._config.codes))
        place = [self.ints("span_start"), self.ints("span_end")]
        arrays = [*place, coded, self.words(script, scripts()), *self._why(self._span_block)]
        return self.structs("spans", "span_ptr", arrays)

    def blocks(self) -> Any:
        return self.structs("blocks", "block_ptr", [self.ints("block_start"), self.ints("block_end"), *self._why(None)])

    def counts(self) -> Any:
        key = self.flat("cell_key")
        arrays = [
            self.words(key // len(LABELS), code_names(self._config.codes)),
            self.words(key % len(LABELS), LABELS),
            self.ints("cell_spans"),
            self._pa.array(self.flat("cell_chars").astype(np.int64, copy=False)),
        ]
        return self.structs("counts", "cell_ptr", arrays)
