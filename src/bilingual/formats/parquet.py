"""Parquet files: text, id and URL columns, by row groups; a row group that cannot be read does not cost the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilingual.errors import InputError, extra_module
from bilingual.formats.record import TEXT, Bad, End, Event, Part, ReadOptions, Record

ROWS = 512
"""Rows that are Python objects at once."""
BEGINNING = 1 << 16
"""Code points of a text that is too large which go into the quarantine."""


def open_parquet(stream: Any) -> Any:
    """A `pyarrow.parquet.ParquetFile`. Raises: InputError where the file is damaged or no Parquet."""
    pq = extra_module("pyarrow.parquet", extra="batch")
    import pyarrow as pa

    try:
        return pq.ParquetFile(stream)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"not a readable Parquet file: {str(error)[:200]}") from error


def read_parquet(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """The documents of row groups start <= g < end. Units: row groups; `Record.offset` is the row in the file."""
    file = open_parquet(stream)
    columns = _columns(file.schema_arrow.names, options)
    end = file.num_row_groups if part.end < 0 else part.end
    row = sum(file.metadata.row_group(g).num_rows for g in range(part.start))
    for group in range(part.start, end):
        yield from _row_group(file, group, row, columns, part, options)
        row += file.metadata.row_group(group).num_rows
    yield End(part.start, max(end, part.start))


def _columns(names: list[str], options: ReadOptions) -> list[str]:
    if options.text_field not in names:
        known = ", ".join(names[:20])
        raise InputError(f"no column {options.text_field!r}; the file has: {known}. Name it with --text-field")
    wanted = (options.text_field, options.id_field, options.url_field, "date")
    found = [name for name in dict.fromkeys(wanted) if name in names]
    for name in found:
        if names.count(name) > 1:
            raise InputError(f"{names.count(name)} columns are named {name!r}, and nothing says which one is meant")
    return found


def _row_group(
    file: Any, group: int, row: int, columns: list[str], part: Part, options: ReadOptions
) -> Iterator[Event]:
    import pyarrow as pa

    total, done = file.metadata.row_group(group).num_rows, 0
    try:
        for batch in file.iter_batches(ROWS, row_groups=[group], columns=columns, use_threads=False):
            values = {name: _values(batch.column(name)) for name in batch.schema.names}
            for i in range(batch.num_rows):
                yield _record(values, i, row + done, part, options)
                done += 1
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        problem = f"{type(error).__name__}: {total - done} rows of row group {group} cannot be read"
        if done < total:
            yield Bad(row + done, total - done, "read", problem, b"", total - done)


def _values(column: Any) -> list[Any]:
    """Python objects; what Python has none for (a date after the year 9999, nanoseconds) is text, as Arrow shows it."""
    import pyarrow as pa

    try:
        values: list[Any] = column.to_pylist()
        return values
    except (ValueError, OverflowError):
        return [_value(one, pa.string()) for one in column]


def _value(one: Any, string: Any) -> Any:
    try:
        return one.as_py()
    except (ValueError, OverflowError):
        return one.cast(string).as_py()


def _identity(value: Any) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def _utf8(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def _is_larger(text: str | bytes, limit: int) -> bool:
    """Whether a text has more bytes than `limit`; they are counted only where the code points leave it open."""
    return 4 * len(text) > limit and (len(text) > limit or len(_utf8(text)) > limit)


def _record(values: dict[str, list[Any]], i: int, row: int, part: Part, options: ReadOptions) -> Record | Bad:
    text = values[options.text_field][i]
    if not isinstance(text, (str, bytes)):
        return Bad(row, 1, "parse", f"the field {options.text_field!r} is of type {type(text).__name__}", b"")
    if _is_larger(text, options.max_record):
        return Bad(row, 1, "size", f"a text of more than {options.max_record} bytes", _utf8(text[:BEGINNING]))

    def field(name: str) -> Any:
        return values[name][i] if name in values else None

    identity, url, date = field(options.id_field), field(options.url_field), field("date")
    return Record(
        f"{part.name}#{row}" if identity is None else _identity(identity),
        url if isinstance(url, str) else "",
        "" if date is None else str(date),
        text,
        TEXT,
        "",
        row,
        len(text),
    )
