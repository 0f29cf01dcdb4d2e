"""Which reader a file gets: by its name, or by what the user says; a new format is one row here."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from bilingual.errors import InputError
from bilingual.formats.record import Event, Part, ReadOptions

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
COMPRESSIONS = {".gz": "gz", ".zst": "zst"}
READERS = {
    "text": ("bilingual.formats.text", "read_text"),
    "html": ("bilingual.formats.text", "read_text"),
    "jsonl": ("bilingual.formats.jsonl", "read_jsonl"),
    "parquet": ("bilingual.formats.parquet", "read_parquet"),
    "warc": ("bilingual.formats.warc", "read_warc"),
}


def format_of(name: str) -> tuple[str, str] | None:
    """(format, compression) of a file name, or None when it is not one that is read.

    >>> format_of("CC-MAIN-0.warc.wet.gz"), format_of("a.tar")
    (('warc', 'gz'), None)
    """
    stem, dot, last = name.lower().rpartition(".")
    compression = COMPRESSIONS.get(dot + last, "")
    if compression:
        last = stem.rpartition(".")[2]
    found = SUFFIXES.get("." + last)
    if found is None or (found == "parquet" and compression):
        return None
    return found, compression


def read(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """The events of a part. Raises: InputError for a format that is not known."""
    if part.format not in READERS:
        raise InputError(f"format {part.format!r} is not known; known: {', '.join(READERS)}")
    module, function = READERS[part.format]
    found: Iterator[Event] = getattr(importlib.import_module(module), function)(stream, part, options)
    return found
