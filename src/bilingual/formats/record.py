"""What every reader yields: documents on their way in, damage met on the way, and how far the reader came.

A `Part` is a stretch of one input file. A reader turns it into a stream of events and ends with one `End`, whose
`began` and `ended` say which stretch was really read: neighbouring parts of a file must meet exactly, and that is
checked after a run (`bilingual.batch.run`), so that no record is lost or doubled where a file was cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

TEXT = "text"
HTML = "html"
MAX_NAME = 1 << 16
"""Code points of an id, URL or date; what is longer is none, and thousands of them are held at once."""


class Record(NamedTuple):
    """One document. `payload` is a `str`, or bytes that still need decoding.

    `charset`: what the source declared. `encoding`: what its whole file seems to be in, where that is not UTF-8 and the
    document is a line of it, which alone may say too little, or what a `str` was decoded from.
    """

    id: str
    url: str
    date: str
    payload: str | bytes
    media: str
    charset: str
    offset: int
    length: int
    encoding: str = ""


class Bad(NamedTuple):
    """A stretch of the input that is not a document: where, in which stage it failed, why, its bytes, its records."""

    offset: int
    length: int
    stage: str
    error: str
    raw: bytes
    records: int = 1


class Skipped(NamedTuple):
    """A record that is no document by its kind (a WARC request, an image), or so many blank lines from `offset` on."""

    offset: int
    reason: str
    records: int = 1


class End(NamedTuple):
    """The last event: the part that was read, in the units of the file (bytes, or row groups)."""

    began: int
    ended: int


Event: TypeAlias = Record | Bad | Skipped | End


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one file: records that begin in start <= position < end (`end` -1: to the end of the file).

    Units: bytes of the file as stored (`_packed_lines` in `text.py` says where a compressed line begins); row groups
    for Parquet. `exact` says that `start` is known to be the beginning of a record; otherwise the reader looks for the
    first one at or after it.
    """

    path: str
    name: str
    format: str
    compression: str = ""
    start: int = 0
    end: int = -1
    exact: bool = True
    weight: int = 0

    @property
    def is_packed(self) -> bool:
        """Whether only a reader that begins at the beginning of the file can read it."""
        return bool(self.compression) and self.format != "warc"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How readers look at their input: field names, a forced encoding, the size a record may have, in bytes, and the
    share of its characters that may be misread."""

    text_field: str = "text"
    id_field: str = "id"
    url_field: str = "url"
    encoding: str = ""
    unit: str = "file"
    max_record: int = 100 * 1024 * 1024
    max_misread: float = 1.0

