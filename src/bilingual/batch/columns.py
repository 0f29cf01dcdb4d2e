"""Rows as columns of a table: a `Group` gathers batches of rows and makes their Arrow table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bilingual.batch import kernel
from bilingual.batch.config import Config
from bilingual.batch.rows import Rows, code_names, utf8
from bilingual.batch.schema import arrow, schema
from bilingual.labels.columns import KINDS, LABELS, LAYERS
from bilingual.text.arrays import Array
from bilingual.text.classes import SCRIPTS
from bilingual.text.native import views


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the documents of a batch came from: one list per column."""

    ids: list[str]
    urls: list[str]
    dates: list[str]
    names: list[str]
    offsets: list[int]


def table(sources: Sources, rows: Rows, config: Config) -> Any:
    """The Arrow table of one batch, in the schema of `schema`."""
    group = Group(config)
    group.add(sources, rows)
    return group.table()


class _Column:
    """Values that grow at their end, in an array that is kept."""

    def __init__(self, dtype: Any) -> None:
        self._array = np.empty(1 << 12, dtype)
        self.n = 0

    def clear(self) -> None:
        """Begin anew; after an extraordinary group with new memory."""
        self.n = 0
        if self._array.nbytes > KEEP_BYTES:
            self._array = self._array[: 1 << 12].copy()

    def room(self, n: int) -> Array:
        """Place for `n` more values, to be filled."""
        begin, self.n = self.n, self.n + n
        if self.n > len(self._array):
            grown = np.empty(1 << self.n.bit_length(), self._array.dtype)
            grown[:begin] = self._array[:begin]
            self._array = grown
        return self._array[begin : self.n]

    def extend(self, values: Any) -> None:
        """Add values."""
        self.room(len(values))[:] = values

    def values(self) -> Array:
        """All values so far, where they are."""
        return self._array[: self.n]


KEEP_BYTES = 1 << 25
"""A column larger than this is not kept from group to group."""
MAX_STRINGS = (1 << 31) - 1
"""Bytes of a column of strings: Arrow counts them in 32 bits."""
LISTS = {
    "span": ("start", "end", "lang", "script", "lang_score"),
    "block": ("start", "end", "label", "score", "layer", "rule"),
    "cell": ("key", "spans", "chars"),
    "origin": ("at", "start"),
}
"""Columns of `Rows` by the list that they are items of."""
_WHY = {"label": np.uint8, "score": np.float32, "layer": np.uint8, "rule": np.int16}
_DTYPES: dict[str, Any] = {
    **dict.fromkeys(("text", "kind", "span_lang", "span_script"), np.uint8),
    **{f"{item}_{name}": dtype for item in ("span", "block") for name, dtype in _WHY.items()},
    "span_lang_score": np.float32,
    "cell_chars": np.int64,
}
"""Of columns that are not int32."""


class Group:
    """Batches of rows that are written together, a row group of the output.

    Its memory is kept for the group after it: fresh memory costs a page fault for each 4 KB. So a table is good until
    the next `clear`.
    """

    def __init__(self, config: Config, *, dictionaries: bool = False) -> None:
        self._config = config
        self._dictionaries = dictionaries
        self._schema = schema(config, dictionaries=dictionaries)
        self._columns: dict[str, _Column] = {}
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.n_rows = self.n_bytes = self.n_spans = 0
        self._sources = Sources([], [], [], [], [])
        self._rule_names: tuple[str, ...] = ()
        for column in self._columns.values():
            column.clear()

    def add(self, sources: Sources, rows: Rows) -> None:
        """Add a batch."""
        for name in Sources.__slots__:
            getattr(self._sources, name).extend(getattr(sources, name))
        self.n_rows += len(rows)
        self.n_spans += len(rows.span_start)
        self.n_bytes += sum(map(len, sources.ids)) + sum(map(len, sources.urls))  # of some, more than their texts
        self._rule_names = rows.rule_names
        self._column("kind").extend(rows.kind)
        self._column("chars").extend(rows.chars)
        self._add_texts(rows.texts)
        for item, names in LISTS.items():
            ends = getattr(rows, f"{item}_ptr")[1:]
            begin = self._column(f"{item}_{names[0]}").n
            self._column(f"{item}_ends").extend(ends + begin)
            for name in names:
                self._column(f"{item}_{name}").extend(getattr(rows, f"{item}_{name}"))
        of_blocks = [getattr(rows, f"block_{name}") for name in _WHY]
        of_spans = [self._column(f"span_{name}").room(len(rows.span_block)) for name in _WHY]
        kernel.reasons(*views((rows.span_block, *of_blocks, *of_spans), kernel.COMPILED))

    def _add_texts(self, texts: Sequence[bytes]) -> None:
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        ends = np.cumsum(sizes)
        self._column("text_ends").extend(ends + self._column("text").n)
        n_bytes = int(sizes.sum())
        self.n_bytes += n_bytes
        if not self._config.text:
            return
        place, begin = self._column("text").room(n_bytes).data, 0
        for text, end in zip(texts, ends.tolist(), strict=True):
            place[begin:end] = text
            begin = end

    def _column(self, name: str) -> _Column:
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = _Column(_DTYPES.get(name, np.int32))
        return found

    # --- the table ---

    def table(self) -> Any:
        """The Arrow table of all that was added."""
        pa, sources = arrow(), self._sources
        columns = {
            "id": strings(sources.ids),
            "url": strings(sources.urls),
            "date": strings(sources.dates),
            "source": strings(sources.names),
            "offset": numbers(np.array(sources.offsets, np.int64)),
            "kind": self._words("kind", KINDS),
            "chars": self._array("chars"),
            "spans": self._spans(),
            "blocks": self._list("blocks", "block", [*self._arrays("block_start", "block_end"), *self._why("block")]),
            "counts": self._counts(),
        }
        if self._config.text:
            columns["text"] = self._text()
        if self._config.is_rewritten:
            columns["origin"] = self._list("origin", "origin", self._arrays("origin_at", "origin_start"))
        return pa.Table.from_arrays([columns[name] for name in self._schema.names], schema=self._schema)

    def _array(self, name: str) -> Any:
        return numbers(self._column(name).values())

    def _arrays(self, *names: str) -> list[Any]:
        return [self._array(name) for name in names]

    def _words(self, name: str, names: Sequence[str]) -> Any:
        return words(self._column(name).values(), names, dictionary=self._dictionaries)

    def _offsets(self, item: str) -> Array:
        """Where each row's items or bytes begin, and the end: int32[n_rows + 1]."""
        return np.concatenate([[0], self._column(f"{item}_ends").values()]).astype(np.int32)

    def _text(self) -> Any:
        pa = arrow()
        buffers = [pa.py_buffer(self._offsets("text")), pa.py_buffer(self._column("text").values())]
        return pa.StringArray.from_buffers(self.n_rows, *buffers)

    def _list(self, column: str, item: str, arrays: list[Any]) -> Any:
        pa, kind = arrow(), self._schema.field(column).type
        items = pa.StructArray.from_arrays(arrays, fields=list(kind.value_type))
        return pa.ListArray.from_arrays(numbers(self._offsets(item)), items, type=kind)

    def _why(self, item: str) -> list[Any]:
        """label, score, layer and rule of spans or blocks."""
        return [
            self._words(f"{item}_label", LABELS),
            self._array(f"{item}_score"),
            self._words(f"{item}_layer", LAYERS),
            self._words(f"{item}_rule", self._rule_names),
        ]

    def _spans(self) -> Any:
        lang = self._words("span_lang", code_names(self._config.codes))
        script = self._words("span_script", SCRIPTS)
        place, why = self._arrays("span_start", "span_end"), self._why("span")
        return self._list("spans", "span", [*place, lang, script, *why, self._array("span_lang_score")])

    def _counts(self) -> Any:
        lang, label = np.divmod(self._column("cell_key").values(), len(LABELS))
        names = code_names(self._config.codes)
        arrays = [
            words(lang.astype(np.uint8), names, dictionary=self._dictionaries),
            words(label.astype(np.uint8), LABELS, dictionary=self._dictionaries),
            *self._arrays("cell_spans", "cell_chars"),
        ]
        return self._list("counts", "cell", arrays)


def words(number: Array, names: Sequence[str], *, dictionary: bool) -> Any:
    """One of `names` per row, as dictionary or as strings."""
    pa = arrow()
    distinct = list(dict.fromkeys(names))
    if len(distinct) < len(names):
        # Arrow writes a dictionary with doubles as a page that is too long, its end whatever the memory held.
        place = {name: at for at, name in enumerate(distinct)}
        number, names = np.array([place[name] for name in names], number.dtype)[number], distinct
    names_array = strings(names or [""])
    if dictionary:
        return pa.DictionaryArray.from_arrays(numbers(number), names_array)
    return names_array.take(numbers(number))


# Not `pyarrow.array`, which imports pandas where it is installed: in every worker 0.4 s and 20 MB.


def numbers(values: Array) -> Any:
    """An Arrow array of the same memory."""
    pa = arrow()
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])


def strings(values: Sequence[str]) -> Any:
    """An Arrow array of strings; a lone surrogate in an id or URL becomes U+FFFD."""
    pa, joined = arrow(), "".join(values)
    many: Sequence[str | bytes] = values if joined.isascii() else [utf8(value) for value in values]
    offsets = np.zeros(len(values) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, many), np.int64, len(values)), out=offsets[1:])
    if offsets[-1] > MAX_STRINGS:
        raise OverflowError(f"{offsets[-1]} bytes in a column of strings")
    data = joined.encode() if many is values else b"".join(many)  # type: ignore[arg-type]
    return pa.StringArray.from_buffers(len(values), pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(data))
