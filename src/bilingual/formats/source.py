"""One input file or stdin -> its text, exactly: bytes decoded without translating line ends, the choice reported."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import InputError, SettingsError
from bilingual.formats.compression import MAGICS

if TYPE_CHECKING:
    from bilingual.document import Document
    from bilingual.pipeline import Segmenter

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_PACKED = "compressed; unpack it first (`bilingual batch` reads .gz, .zst, .bz2 and .xz)"
# What files that are no text begin with, and the way out. Read as text they would be thousands of senseless spans.
SIGNATURES = (
    (b"PK\x03\x04", "a Word file or another archive; `bilingual report`, `review` and `export` read Word files"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file; save a text as .docx, a table as .csv in UTF-8"),
    (b"{\\rtf", "rich text; save it as .docx"),
    (b"%PDF-", "a PDF; take its text out first"),
    *((magic, _PACKED) for magic in MAGICS),
    (b"PAR1\x15", "a Parquet file; `bilingual batch` reads it, as .parquet"),
    (b"WARC/1.", "a web archive; `bilingual batch` reads it, as .warc or .wet"),
    *((magic, "an image") for magic in (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")),
    (b"\x00\x05\x16\x07", "what macOS keeps beside a file of that name"),
)
_CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
# Endings of files that are read as they are, whatever they begin with.
_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
_LOOKS_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[\s?][^>]*>\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file's name, raw bytes, decoded text and how it was decoded (`sure` is False for a guess)."""

    name: str
    data: bytes
    text: str
    encoding: str
    sure: bool
    is_forced: bool = False

    @property
    def is_html(self) -> bool:
        """Whether its name says that it is a page; where that says nothing (stdin, `page.php`), how it begins."""
        suffix = Path(self.name).suffix.lower()
        return suffix in HTML_SUFFIXES or (suffix not in _TEXT_SUFFIXES and looks_html(self.data))

    @property
    def page(self) -> str | bytes:
        """What the HTML reader is given: the bytes, which say more than a guess, unless the encoding was asked for."""
        return self.text if self.is_forced else self.data

    def segmented(self, segmenter: Segmenter, *, as_html: bool | None = None) -> Document:
        """The document of the page or text; None: whichever it is."""
        if self.is_html if as_html is None else as_html:
            from bilingual.formats.html import segment_html

            return segment_html(self.page, languages=segmenter.settings.languages)
        return segmenter.segment(self.text)


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of stdin for `-`. Raises: InputError with the system's reason."""
    if name == "-":
        return sys.stdin.buffer.read()
    if not name:
        raise InputError("an empty name names no file; - is standard input")
    try:
        return Path(name).read_bytes()
    except IsADirectoryError as error:
        raise InputError(
            f"{name}: a folder; name the files in it, or give it to `bilingual batch` or `bilingual review --serve`"
        ) from error
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error


def other_kind(data: bytes) -> str:
    """What a file of another kind than text is, by its first bytes, with the way out; "" for text."""
    return next((f"not text: {what}" for magic, what in SIGNATURES if data.startswith(magic)), "")


def looks_html(data: bytes) -> bool:
    """Whether it begins as a page does: with its document type or its first element."""
    return bool(_LOOKS_HTML.match(data[:1000]))


def is_data(data: bytes) -> bool:
    """Whether bytes are no text of any kind: one of twelve is a control code, and they are no Unicode."""
    from bilingual.arabic.decode import marked, utf8, utf16

    head = data[:4096]
    is_binary = (len(head) - len(head.translate(None, _CONTROLS))) * 12 > max(len(head), 64)
    return is_binary and not (marked(head) or utf8(head) or utf16(head))


def no_text(data: bytes) -> str:
    """The same as `other_kind` for a file among many, also of a kind without a name."""
    what = other_kind(data)
    return "not text: control codes, as programs and data have them" if not what and is_data(data) else what


def refuse_binary(name: str, data: bytes) -> None:
    """Raises: InputError for what is no text but a file of another kind."""
    if what := other_kind(data):
        raise InputError(f"{name}: {what}")


def refuse_json_lines(name: str) -> None:
    """Raises: InputError for a file that by its name holds many documents, which would be read as one."""
    if Path(name).suffix.lower() in _JSON_LINES:
        raise InputError(
            f"{name}: JSON lines, a document each; `bilingual batch` reads them (as one text: give it on stdin)"
        )


def read(name: str, *, encoding: str | None = None) -> Source:
    """Read and decode one file or stdin.

    Raises: InputError when the file cannot be read, is no text or many, or `encoding` is unknown or does not fit the
    bytes.
    """
    from bilingual.arabic.decode import decode

    data = read_bytes(name)
    refuse_json_lines(name)
    refuse_binary(name, data)
    try:
        found = decode(data, force=encoding)
    except SettingsError as error:
        raise InputError(f"{name}: no encoding {encoding!r}") from error
    if encoding is not None and found.n_replaced:
        raise InputError(f"{name}: not {encoding}: {found.n_replaced} places have no character in it")
    return Source(
        name=name, data=data, text=found.text, encoding=found.encoding, sure=found.sure, is_forced=encoding is not None
    )
