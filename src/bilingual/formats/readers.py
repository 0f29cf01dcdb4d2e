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
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
COMPRESSIONS = {".gz": "gz", ".zst": "zst", ".bz2": "bz2", ".xz": "xz"}
READERS = {
    "text": ("bilingual.formats.text", "read_text"),
    "html": ("bilingual.formats.text", "read_text"),
    "jsonl": ("bilingual.formats.jsonl", "read_jsonl"),
    "csv": ("bilingual.formats.csv_rows", "read_csv"),
    "tsv": ("bilingual.formats.csv_rows", "read_csv"),
    "parquet": ("bilingual.formats.parquet", "read_parquet"),
    "warc": ("bilingual.formats.warc", "read_warc"),
}
UNREAD = {
    ".arc": "an ARC file, the form before WARC; `warcio recompress IN.arc.gz OUT.warc.gz` converts it",
    ".cdx": "an index of archives; give the WARC files that it names",
    ".cdxj": "an index of archives; give the WARC files that it names",
    ".json": "JSON; --input-format jsonl reads one with a document in each line; `jq -c '.[]'` writes that",
    ".zip": "an archive; unpack it first",
    ".tar": "an archive; unpack it first",
    ".tgz": "an archive; unpack it first",
    ".7z": "an archive; unpack it first",
    ".rar": "an archive; unpack it first",
    ".pdf": "a PDF; take its text out first",
    ".docx": "a Word file; `bilingual report`, `review` and `export` read those",
    ".xlsx": "an Excel file; save it as .csv in UTF-8",
}
"""What files with other suffixes are, and the way out."""


def unread(name: str) -> str:
    """Why a file is not read, by its name, or "".

    >>> unread("IA-1.arc.gz").partition(",")[0]
    'an ARC file'
    """
    stem, dot, last = name.lower().rpartition(".")
    last = stem.rpartition(".")[2] if dot + last in COMPRESSIONS else last
    return UNREAD.get("." + last, "")


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
