"""CSV and TSV files: the first row names the columns, every other one is a document; a broken row costs itself.

Cells are read by the standard `csv` module, strictly. Where a quotation mark is never closed, only the line it stands
in is bad, and reading goes on behind it. In TSV, which many programs write without quoting, such a line is a row by
itself when it has the cells of one, as are lines that one quoted cell would join though each has the cells of a row.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from bilingual.errors import InputError
from bilingual.formats.compression import CHUNK, Window
from bilingual.formats.long_fields import long_fields
from bilingual.formats.nested import ambiguous, lacking
from bilingual.formats.record import TEXT, Bad, End, Event, Part, ReadOptions, Record, Skipped
from bilingual.formats.text import begin, raw_lines, refused

_SEPARATOR = re.compile(r"\"?sep=([^\w\s\"]|\t)\"?\s*", re.IGNORECASE)
"""What Excel is told in a first line."""
_WORDS = {
    "new-line character": "its lines end by CR alone; save it with LF or CR LF",
    "unexpected end": "a quotation mark that is never closed",
}
"""What the module says, and what it means."""
LINE = 200
"""Bytes that a line of a row takes in memory beside its own, so that a mark before a million blank lines holds few."""
_Line = tuple[int, bytes]
_Row = tuple[int, int, list[str]]
"""Offset, length and cells."""


def read_csv(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """The documents of a CSV or TSV file. Raises: InputError where no column has the text."""
    window = Window(stream)
    head, encoding, what = begin(window, part, options, "row by row; convert it to UTF-8")
    if what:
        yield from refused(window, part, what, head)
        return
    table = _Table(window, part, options, encoding)
    with long_fields(options.max_record):
        yield from _events(table, part, options)
    yield End(0, table.end)


def _events(table: _Table, part: Part, options: ReadOptions) -> Iterator[Event]:
    """What comes of the rows of a table, of which the first names the columns. Raises: InputError."""
    columns: dict[str, int] | None = None
    for event in table.rows():
        if isinstance(event, Skipped) or (isinstance(event, Bad) and columns is not None):
            yield event
        elif isinstance(event, Bad):
            raise InputError(f"the first row, which names the columns, cannot be read: {event.error}")
        elif columns is None:
            columns = _columns(event[2], options)
        else:
            yield _record(event, columns, part, options, "" if table.encoding == "utf-8" else table.encoding)


def _columns(names: list[str], options: ReadOptions) -> dict[str, int]:
    """Where the columns that are read stand. Raises: InputError."""
    if options.text_field not in names:
        raise InputError(lacking(options.text_field, names))
    for name in (options.text_field, options.id_field, options.url_field, "date"):
        if names.count(name) > 1:
            raise InputError(ambiguous(name, names.count(name)))
    return {name: at for at, name in enumerate(names)}


def _record(row: _Row, columns: dict[str, int], part: Part, options: ReadOptions, encoding: str) -> Record:
    offset, length, cells = row

    def cell(name: str) -> str:
        return cells[columns[name]] if name in columns else ""

    name = cell(options.id_field) or f"{part.name}#{offset}"
    url, text = cell(options.url_field), cell(options.text_field)
    return Record(name, url, cell("date"), text, TEXT, "", offset, length, encoding)


class _UndecodedError(Exception):
    """A line is not in the encoding of its file."""


class _Table:
    """The rows of a file, the first one too, and what is bad between them."""

    def __init__(self, window: Window, part: Part, options: ReadOptions, encoding: str) -> None:
        self.end = 0
        self._found = raw_lines(window, part, options.max_record)
        self._limit = options.max_record
        self.encoding = encoding
        self._delimiter = "\t" if part.format == "tsv" else ""
        self._width = 0
        self._waiting: deque[_Line | Bad] = deque()
        """Lines that were taken for a row that did not end with them."""

    def rows(self) -> Iterator[_Row | Bad | Skipped]:
        """Rows and what is bad, in order."""
        while (item := self._next()) is not None:
            if isinstance(item, Bad):
                yield item
            elif not item[1].strip(b" \r"):
                yield Skipped(item[0], "blank line")
            elif not self._width and (found := _SEPARATOR.fullmatch(item[1].decode("utf-8-sig", "replace"))):
                self._delimiter = found[1]
                yield Skipped(item[0], "the line that names the separator")
            else:
                yield self._row(item)

    def _next(self) -> _Line | Bad | None:
        if self._waiting:
            return self._waiting.popleft()
        found = next(self._found, None)
        if isinstance(found, End):
            self.end = found.ended
            return None
        if found is None or isinstance(found, Bad):
            return found
        offset, line, length = found
        if length > self._limit:
            return Bad(offset, length, "size", f"a line of {length} bytes is longer than {self._limit}", line[:CHUNK])
        return offset, line

    def _row(self, first: _Line) -> _Row | Bad:
        """The row that begins with a line; where it is none, that line alone is bad."""
        taken = [first]
        if not self._width and not self._delimiter:
            self._delimiter = chr(max(b",;\t", key=first[1].count))
        try:
            cells = next(csv.reader(self._lines_of(taken), delimiter=self._delimiter, strict=True))
            error = self._wrong(cells)
        except _UndecodedError:
            return Bad(first[0], len(first[1]), "decode", f"not {self.encoding}, which the file is in", first[1])
        except csv.Error as problem:
            why = next((words for said, words in _WORDS.items() if said in str(problem)), str(problem))
            cells, error = [], f"not a row: {why}"
        if self._delimiter == "\t" and self._width and (error or len(taken) > 1) and self._are_rows(taken):
            cells, error = self._text(first).rstrip("\r\n").split("\t"), ""
            self._put_back(taken)
        elif error:
            self._put_back(taken)
            return Bad(first[0], len(first[1]), "parse", error, first[1])
        self._width = self._width or len(cells)
        return first[0], sum(len(line) + 1 for _, line in taken) - 1, cells

    def _lines_of(self, taken: list[_Line]) -> Iterator[str]:
        """The lines of a row, as many as are asked for, which `taken` then holds."""
        yield self._text(taken[0])
        size = len(taken[0][1])
        while (item := self._next()) is not None:
            if isinstance(item, Bad) or size + len(item[1]) + LINE > self._limit:
                self._waiting.appendleft(item)
                return
            try:
                text = self._text(item)
            except _UndecodedError:
                self._waiting.appendleft(item)
                return
            taken.append(item)
            size += len(item[1]) + LINE
            yield text

    def _text(self, line: _Line) -> str:
        """A line with its end. Raises: _UndecodedError."""
        from bilingual.arabic.decode import decode

        try:
            if self.encoding == "utf-8":
                return line[1].decode("utf-8" if self._width else "utf-8-sig") + "\n"
        except UnicodeDecodeError as error:
            raise _UndecodedError from error
        found = decode(line[1], force=self.encoding)
        if found.n_replaced:
            raise _UndecodedError
        return found.text + "\n"

    def _wrong(self, cells: list[str]) -> str:
        if not self._width or len(cells) == self._width:
            return ""
        return f"a row of {len(cells)} cells, where the first row has {self._width}"

    def _are_rows(self, taken: list[_Line]) -> bool:
        """Whether every line but blank ones has the cells of a row, of two or more."""
        n_tabs = {line.count(b"\t") for _, line in taken if line.strip(b" \r")}
        return self._width > 1 and n_tabs == {self._width - 1}

    def _put_back(self, taken: list[_Line]) -> None:
        """All lines but the first are read again."""
        self._waiting.extendleft(reversed(taken[1:]))
        del taken[1:]
