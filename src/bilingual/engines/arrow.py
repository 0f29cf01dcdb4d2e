"""Arrow table in, Arrow table out: the function that table engines call, with the columns of the batch output.

`Annotator` is picklable and keeps nothing between calls, so Spark's `mapInArrow`, `datasets.map` and Ray's
`map_batches` can all send it to their workers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bilingual.batch.clean import clean
from bilingual.batch.columns import Sources, table
from bilingual.batch.config import Config
from bilingual.batch.rows import rows_of, utf8
from bilingual.batch.schema import arrow, schema
from bilingual.batch.shard import gathered, segmenter
from bilingual.errors import SettingsError
from bilingual.formats.nested import ambiguous, column_of, doubled, names_of, type_of
from bilingual.formats.parquet import named, values_of
from bilingual.formats.record import ReadOptions


def configured(config: Config | None, text_col: str, id_col: str | None, settings: dict[str, Any]) -> Config:
    """A configuration with those columns and those keywords of `bilingual.Segmenter`. Raises: SettingsError."""
    from bilingual.pipeline import Settings

    config = config or Config()
    config = replace(config, read=replace(config.read, text_field=text_col, id_field=id_col or config.read.id_field))
    if not settings:
        return config
    Settings.of(**settings)  # an unknown name or language fails here, not on an executor
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}
    return replace(config, settings=tuple(sorted(plain.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotator:
    """Annotates the texts of a table.

    The result has the columns of the batch schema, found and written by name, then the `columns` of the input that
    are to be kept. `a.b` is the field b of a column a of structs. `id`, `url` and `date` are taken from the columns
    that `config.read` names; those of the usual names may be missing, and are empty then. A table is no file, so
    `source` is empty and `offset` -1. A null text is an empty document.

    >>> import pyarrow as pa
    >>> rows = Annotator()(pa.table({"text": ["Good morning to you all."]})).to_pylist()
    >>> rows[0]["spans"][0]["lang"]
    'en'
    """

    config: Config = field(default_factory=Config)
    columns: tuple[str, ...] = ()

    def schema(self, given: Any) -> Any:
        """The schema of the result for a table of schema `given`. Raises: SettingsError."""
        pa, read = arrow(), self.config.read
        names = names_of(given)
        usual = ReadOptions()  # a column of the usual name may be missing, one that somebody named may not
        chosen = [name for name in (read.id_field, read.url_field) if name not in (usual.id_field, usual.url_field)]
        for name, known in (
            *((name, names) for name in (read.text_field, *chosen)),
            *((name, given.names) for name in self.columns),
        ):
            if name not in known:
                raise SettingsError(f"no column {name!r}; the table has: {', '.join(known[:20])}")
        for name in (read.text_field, read.id_field, read.url_field, "date"):
            if name in names and (count := doubled(given, name)):
                raise SettingsError(ambiguous(name, count))
        kind = type_of(given, read.text_field)
        values = kind.value_type if pa.types.is_dictionary(kind) else kind
        if str(values) not in ("string", "large_string", "string_view"):
            raise SettingsError(f"the column {read.text_field!r} is of type {kind}; text is needed: cast it")
        made = schema(self.config)
        for name in self.columns:
            if name in made.names:
                raise SettingsError(f"the column {name!r} is made anew; rename it to keep the old one beside it")
            made = made.append(given.field(name))
        return made

    def __call__(self, given: Any) -> Any:
        """The annotated table of a table or record batch."""
        return arrow().Table.from_batches(self.batches(given), schema=self.schema(given.schema))

    def batches(self, given: Any) -> Iterator[Any]:
        """The same as record batches, one per run through the layers, so that memory stays small."""
        wanted = self.schema(given.schema)
        texts = [text or "" for text in column_of(given, self.config.read.text_field).to_pylist()]
        start = 0
        for run in gathered(texts, len):
            part = given.slice(start, len(run))
            start += len(run)
            made, stays = self._run(part, run)
            kept = part.select(list(self.columns))
            if stays is not None:
                kept = kept.filter(arrow().array(stays))
            both = {**_columns(made), **_columns(kept)}
            yield from arrow().table([both[name] for name in wanted.names], schema=wanted).to_batches()

    def _run(self, given: Any, texts: list[str]) -> tuple[Any, Any]:
        result = segmenter(self.config.settings).run(texts)
        rows = rows_of(result, [utf8(text) for text in texts], self.config)
        sources = self._sources(given)
        if not (self.config.is_filtered or self.config.is_rewritten):
            return table(sources, rows, self.config), None
        rows, stays = clean(rows, texts, self.config)
        return table(_chosen(sources, stays.tolist()), rows, self.config), stays

    def _sources(self, given: Any) -> Sources:
        read, n, names = self.config.read, given.num_rows, names_of(given.schema)

        def strings(name: str, kinds: type | tuple[type, ...] = object) -> list[str]:
            if name not in names:
                return [""] * n
            column = column_of(given, name)
            chunks = getattr(column, "chunks", [column])
            found = [value for chunk in chunks for value in values_of(chunk, sys.maxsize)]
            return [named(value) if value is not None and isinstance(value, kinds) else "" for value in found]

        urls = strings(read.url_field, (str, bytes))  # as in a batch run
        return Sources(strings(read.id_field), urls, strings("date"), [""] * n, [-1] * n)


def _chosen(sources: Sources, stays: list[bool]) -> Sources:
    def pick(values: list[Any]) -> list[Any]:
        return [value for value, is_kept in zip(values, stays, strict=True) if is_kept]

    return Sources(
        pick(sources.ids), pick(sources.urls), pick(sources.dates), pick(sources.names), pick(sources.offsets)
    )


def _columns(given: Any) -> dict[str, Any]:
    return {name: given.column(name) for name in given.schema.names}
