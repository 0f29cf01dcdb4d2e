"""Parquet files: text, id and URL columns, by row groups; a row group that cannot be read does not cost the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from bilingual.errors import InputError, extra_module
from bilingual.formats.nested import ambiguous, column_of, doubled, lacking, names_of
from bilingual.formats.record import MAX_NAME, TEXT, Bad, End, Event, Part, ReadOptions, Record
from bilingual.formats.source import no_text

ROWS = 512
"""Rows that are Python objects at once, at most."""
FEW_ROWS = 8
"""The same of a large row group, in which many rows may share a text of a dictionary."""
AT_ONCE = 32 << 20
"""Bytes that so many rows may have, if each had the text that all of a small row group share: fewer where they are
long."""
BUFFER = 1 << 20
"""Bytes of a column that are read at once, or a page where that is larger."""
BEGINNING = 1 << 16
"""Code points of a text that is too large which go into the quarantine."""


def open_parquet(stream: Any) -> Any:
    """A `pyarrow.parquet.ParquetFile`. Checksums of pages, where the file has some, are checked.

    Raises: InputError where the file is damaged or no Parquet.
    """
    pq = extra_module("pyarrow.parquet", extra="batch")
    import pyarrow as pa

    try:
        # By default all columns of a row group, which may be the whole file, are read at once.
        return pq.ParquetFile(stream, page_checksum_verification=True, pre_buffer=False, buffer_size=BUFFER)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # the last: a name of a column
        raise InputError(f"not a readable Parquet file: {str(error)[:200]}") from error


def read_parquet(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """The documents of row groups start <= g < end. Units: row groups; `Record.offset` is the row in the file."""
    file = open_parquet(stream)
    columns = _columns(file.schema_arrow, options)
    end = file.num_row_groups if part.end < 0 else part.end
    row = sum(max(0, file.metadata.row_group(g).num_rows) for g in range(part.start))
    for group in range(part.start, end):
        yield from _row_group(_Group(file, group, columns), row, part, options)
        row += max(0, file.metadata.row_group(group).num_rows)
    yield End(part.start, max(end, part.start))


def _columns(schema: Any, options: ReadOptions) -> list[str]:
    """The columns to read; `a.b` is the field b of a column a of structs, where no column has that very name."""
    names = names_of(schema)
    if options.text_field not in names:
        raise InputError(lacking(options.text_field, names))
    wanted = (options.text_field, options.id_field, options.url_field, "date")
    found = [name for name in dict.fromkeys(wanted) if name in names]
    for name in found:
        if count := doubled(schema, name):
            raise InputError(ambiguous(name, count))
    return found


class _Group(NamedTuple):
    """A row group of a file."""

    file: Any
    number: int
    columns: list[str]

    @property
    def n_rows(self) -> int:
        return int(self.file.metadata.row_group(self.number).num_rows)

    def batches(self) -> Iterator[Any]:
        """The rows, as many at once as may become Python objects.

        A dictionary has a text once that a million rows may refer to. Arrow would hold it once, too, but then all texts
        of the row group, and it makes no dictionary of those in delta encodings: so rows come a few at a time, and
        those of a column that was written as a dictionary one by one where they are too long together.
        """
        import pyarrow as pa

        # The columns of a row group are not looked at: pyarrow ends the process where one is encrypted or damaged.
        total = max(1, self.file.metadata.row_group(self.number).total_byte_size)
        few = max(FEW_ROWS, min(ROWS, AT_ONCE // total))
        most = max(1, min(few, AT_ONCE * self.n_rows // total))
        for read in self.file.iter_batches(
            most, row_groups=[self.number], columns=self.columns, use_threads=False
        ):
            batch = pa.RecordBatch.from_arrays([column_of(read, name) for name in self.columns], self.columns)
            if sum(map(_bytes_of_words, batch.columns)) <= AT_ONCE:
                yield batch
            else:
                yield from (batch.slice(i, 1) for i in range(batch.num_rows))


def _bytes_of_words(column: Any) -> int:
    """Bytes of the texts of a column of references to a dictionary, each as often as it stands there; 0 of others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        return 0
    lengths = pc.cast(pc.binary_length(column.dictionary), pa.int64())
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0)


def _row_group(source: _Group, row: int, part: Part, options: ReadOptions) -> Iterator[Event]:
    import pyarrow as pa

    total, done, problem = source.n_rows, 0, "the file has fewer"
    if total < 0:
        yield Bad(row, 0, "read", f"row group {source.number} is said to have {total} rows", b"")
        return
    limits = dict.fromkeys(source.columns, MAX_NAME) | {options.text_field: options.max_record}
    try:
        for batch in source.batches():
            n = batch.num_rows
            if n and batch.column(options.text_field).null_count == n:  # a kilobyte may be a billion of them
                yield Bad(row + done, n, "parse", _no_text(options, None), b"", n)
                done += n
                continue
            values = {name: values_of(batch.column(name), limits[name]) for name in batch.schema.names}
            for i in range(batch.num_rows):
                yield _record(values, i, row + done, part, options)
                done += 1
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0][:100]
        problem = "it is encrypted" if "decrypt" in str(error).lower() else f"{type(error).__name__}: {said}"
    if done < total:
        lost = f"{problem}: {total - done} rows of row group {source.number} cannot be read"
        yield Bad(row + done, total - done, "read", lost, b"", total - done)


def values_of(column: Any, limit: int) -> list[Any]:
    """Python objects; what Python has none for (a date after the year 9999, nanoseconds) is text, as Arrow shows it, a
    time in a zone that the machine does not know is that of UTC, and what should be UTF-8 and is not stays bytes.

    Of the one word of a dictionary that is longer than `limit` one byte more is given.
    """
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        if len(column) == 1:
            return [_word(column, column.indices[0].as_py(), limit)]
        column = column.dictionary_decode()
    try:
        values: list[Any] = column.to_pylist()
        return values
    except UnicodeDecodeError:
        return [value if value is None else _text(value) for value in column.cast(_bytes_of(column.type)).to_pylist()]
    except (ValueError, OverflowError, KeyError):  # the last: pytz, where it is there, for a zone it does not know
        if pa.types.is_timestamp(column.type) and column.type.tz is not None:
            column = column.cast(pa.timestamp(column.type.unit, "UTC"))
        return [_value(one, pa.string()) for one in column]


def _bytes_of(kind: Any) -> Any:
    """The type of bytes that a type of text is made of."""
    import pyarrow as pa

    return pa.large_binary() if pa.types.is_large_string(kind) else pa.binary()


def _text(value: bytes) -> str | bytes:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _word(column: Any, index: int | None, limit: int) -> str | bytes | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    if index is None:
        return None
    one = column.dictionary.slice(index, 1)
    if pc.binary_length(one)[0].as_py() > limit:
        one = pc.binary_slice(one.cast(pa.binary()), 0, limit + 1)
    try:
        word: str | bytes = one[0].as_py()
    except UnicodeDecodeError:
        word = one.cast(pa.binary())[0].as_py()
    return word


def _value(one: Any, string: Any) -> Any:
    try:
        return one.as_py()
    except (ValueError, OverflowError, KeyError):
        return one.cast(string).as_py()


def named(value: Any) -> str:
    """A value as an id, URL or date."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def _utf8(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def _is_larger(text: str | bytes, limit: int) -> bool:
    """Whether a text has more bytes than `limit`; they are counted only where the code points leave it open."""
    return 4 * len(text) > limit and (len(text) > limit or len(_utf8(text)) > limit)


def _no_text(options: ReadOptions, value: Any) -> str:
    return f"the field {options.text_field!r} is {'null' if value is None else f'of type {type(value).__name__}'}"


def _record(values: dict[str, list[Any]], i: int, row: int, part: Part, options: ReadOptions) -> Record | Bad:
    text = values[options.text_field][i]
    if not isinstance(text, (str, bytes)):
        return Bad(row, 1, "parse", _no_text(options, text), b"")
    if _is_larger(text, options.max_record):
        return Bad(row, 1, "size", f"a text of more than {options.max_record} bytes", _utf8(text[:BEGINNING]))
    if isinstance(text, bytes) and (what := no_text(text)):
        return Bad(row, 1, "decode", what, text[:BEGINNING])

    def field(name: str) -> Any:
        return values[name][i] if name in values else None

    identity, url, date = field(options.id_field), field(options.url_field), field("date")
    try:
        name = f"{part.name}#{row}" if identity in (None, "", b"") else named(identity)
        day = "" if date is None else named(date)
    except RecursionError:
        return Bad(row, 1, "parse", "the id or date is nested too deeply", b"")
    return Record(
        name,
        named(url) if isinstance(url, (str, bytes)) else "",
        day,
        text,
        TEXT,
        "",
        row,
        len(text),
    )
