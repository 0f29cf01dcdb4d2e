"""JSON lines: one document per line, text and id in named fields; a line that is no such thing is a `Bad` event."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import Any

from bilingual.formats.compression import CHUNK, Window
from bilingual.formats.nested import MISSING, field_of
from bilingual.formats.record import TEXT, Bad, End, Event, Part, ReadOptions, Record, Skipped
from bilingual.formats.source import other_kind
from bilingual.formats.text import lines, refused


def read_jsonl(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """The documents of a JSON lines file."""
    loads, window = _loads(), Window(stream)
    head = b"" if part.compression else window.peek(0, HEAD)
    if what := other_kind(head) or _wide(head):
        yield from refused(window, part, what, window.peek(0, CHUNK)[:CHUNK])
        return
    for event in lines(window, part, options):
        if isinstance(event, (Bad, Skipped, End)):
            yield event
            continue
        offset, line = event
        yield _record(loads, line, offset, part, options)


HEAD = 8
"""Bytes of a file by which its kind is told."""


def _wide(head: bytes) -> str:
    """Why a file, by its byte order mark, has no lines of UTF-8, or ""."""
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "JSON lines in UTF-16 or UTF-32 are not read; convert the file to UTF-8" if is_wide else ""


def _loads() -> Callable[[bytes], Any]:
    try:
        import orjson
    except ImportError:
        return lambda line: json.loads(line.decode())
    return orjson.loads


def _record(loads: Callable[[bytes], Any], line: bytes, offset: int, part: Part, options: ReadOptions) -> Record | Bad:
    try:
        row = loads(line)
    except ValueError:
        try:
            # Takes the surrogates and NaN that orjson refuses, and says in the same words what is wrong, whether that
            # is installed or not; of bytes it would take UTF-16 cut anywhere, too.
            row = json.loads(_text(line), parse_int=_whole)
        except (ValueError, RecursionError) as error:
            return Bad(offset, len(line), "parse", _refused(line, offset, error), line)
    if not isinstance(row, dict):
        way = "; `jq -c '.[]'` writes a document in each line" if isinstance(row, list) else ""
        return Bad(offset, len(line), "parse", f"a JSON object is expected, not {_kind(row)}{way}", line)
    text = field_of(row, options.text_field)
    if not isinstance(text, str):
        found = "null" if text is None else f"of type {_kind(text)}"
        found = "missing; name another with --text-field" if text is MISSING else found
        return Bad(offset, len(line), "parse", f"the field {options.text_field!r} is {found}", line)
    identity = field_of(row, options.id_field)
    if isinstance(identity, float):
        identity = _as_written(line, options.id_field, identity)
    try:
        name = f"{part.name}#{offset}" if identity in (None, "", MISSING) else str(identity)
    except RecursionError:
        return Bad(offset, len(line), "parse", f"the field {options.id_field!r} is nested too deeply", line)
    url = field_of(row, options.url_field)
    if url in (None, MISSING) and isinstance(row.get("metadata"), dict):
        url = row["metadata"].get(options.url_field)
    date = row.get("date")
    return Record(
        name,
        url if isinstance(url, str) else "",
        str(date) if isinstance(date, (str, int)) else "",  # 20260131 is one, too
        text,
        TEXT,
        "",
        offset,
        len(line),
    )


def _refused(line: bytes, offset: int, error: Exception) -> str:
    """Why a line is no JSON, with the way out where there is one; nothing of the line is quoted."""
    if offset == 0 and line.strip() in (b"[", b"{"):
        return "JSON over several lines; write each document as a line, as `jq -c` does"
    if b"}\r{" in line:
        return "lines that end by CR alone; write them with LF"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8, which JSON is in; convert the file"
    if isinstance(error, RecursionError):
        return "not JSON: nested too deeply"
    said = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
    return f"not JSON: {_WORDS.get(said, said)}"


_WORDS = {
    "Extra data": "more stands behind the object; one document is one line",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Expecting value": "a value is missing, or is none",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Unterminated string starting at": "a string has no end; the line was cut, or a line feed in it is not written \\n",
    "Invalid control character at": "a control code in a string, which is written \\t, \\n or \\u0001",
    "Invalid \\escape": "a backslash that begins no escape",
}
"""What the module of the standard library says, and what it means."""


def _text(line: bytes) -> str:
    """A line as text, with the surrogates that some programs write."""
    from bilingual.arabic.decode import joined

    return joined(line.decode("utf-8-sig", "surrogatepass"))


class _Huge:
    """A whole number of more digits than Python makes one of, which takes the square of their time."""

    def __init__(self, digits: str) -> None:
        self._digits = digits

    def __str__(self) -> str:
        return self._digits


def _whole(digits: str) -> int | _Huge:
    try:
        return int(digits)
    except ValueError:
        return _Huge(digits)


def _kind(value: object) -> str:
    return "int" if isinstance(value, _Huge) else type(value).__name__


def _as_written(line: bytes, field: str, number: float) -> Any:
    """A number as it stands in the line: orjson takes a whole one beyond 64 bits for a float, and ids fall together."""
    try:
        return field_of(json.loads(line, parse_int=str, parse_float=str), field)
    except (ValueError, RecursionError):  # what only orjson reads
        return number
