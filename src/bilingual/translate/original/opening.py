"""A file as the kind of original that it is."""

from __future__ import annotations

import re
from pathlib import Path

from bilingual.arabic.decode import encoding_name
from bilingual.errors import InputError
from bilingual.formats.source import HTML_SUFFIXES, looks_html, read_bytes, refuse_binary, refuse_json_lines
from bilingual.translate.fields import SUFFIXES as FIELD_SUFFIXES
from bilingual.translate.fields import Columns
from bilingual.translate.original.base import Original
from bilingual.translate.original.encodings import check_encoding, encoding_of, encoding_of_properties
from bilingual.translate.original.html import HtmlOriginal
from bilingual.translate.original.text import TextOriginal
from bilingual.translate.original.word import DocxOriginal

_CLASSES = {"text": TextOriginal, "html": HtmlOriginal, "docx": DocxOriginal}
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[\s?]")
_KEYED = frozenset({".po", ".pot", ".json", ".arb", ".strings", ".toml", ".ini"})
_PROGRAMS = frozenset({".php", ".phtml"})
# Code of PHP; what is left of a page has tags.
_CODE = re.compile(rb"<\?(?:php\b|=|\s).*?(?:\?>|\Z)", re.DOTALL)
_A_TAG = re.compile(rb"</?[A-Za-z][^<>]{0,2000}>")


def open_original(
    name: str,
    *,
    kind: str | None = None,
    encoding: str | None = None,
    data: bytes | None = None,
    columns: Columns | None = None,
    exported: str = "",
) -> Original:
    """A file as an `Original`; `kind` and `encoding` are found out when not given. `data`: its bytes, if read before;
    `columns`: which of a table are translated; `exported`: its name when it was exported, whose ending says what its
    fields are, though it is another one by now.

    Raises: InputError when it cannot be read or is no text, or the encoding is unknown.
    """
    data = read_bytes(name) if data is None else data
    suffix = Path(name).suffix.lower()
    kind = _kind_of(name, data) if kind is None else kind
    is_sure = True
    if kind == "docx":
        encoding = "utf-8"
    else:
        refuse_binary(name, data)
    if encoding is None:
        encoding, is_sure = encoding_of(data, kind)
        encoding = encoding_of_properties(data, encoding) if suffix == ".properties" else encoding
    made = _CLASSES[kind](Path(name).name, data, encoding_name(check_encoding(encoding)), is_sure=is_sure)
    if kind == "docx":
        made.map_of("document")
    if columns:
        if not isinstance(made, TextOriginal):
            raise InputError(f"{name}: columns are named, and it is no .csv or .tsv file")
        made.columns = columns
    # A tool may have written another name, which says nothing.
    if isinstance(made, TextOriginal) and (ending := Path(exported).suffix.lower()) in FIELD_SUFFIXES:
        made.suffix = ending
    return made


def _kind_of(name: str, data: bytes) -> str:
    """What a file is by its name and content. Raises: InputError for what is none of the kinds."""
    suffix = Path(name).suffix.lower()
    refuse_json_lines(name)
    if suffix == ".docx":
        return "docx"
    if suffix in HTML_SUFFIXES or looks_html(data) or (suffix in _PROGRAMS and _has_page(data)):
        return "html"
    if _XML.match(data[:1000]):
        raise InputError(f"{name}: XML, whose tags are no text; --format html or text reads it as that")
    if suffix in _KEYED:
        raise InputError(
            f"{name}: messages with keys, which are no text; a tool for {suffix} files knows them, --format text "
            "reads all of it as text"
        )
    if suffix in _PROGRAMS:
        raise InputError(
            f"{name}: a program, whose code is no text; a tool for its messages knows them, --format text reads all of "
            "it as text"
        )
    return "text"


def _has_page(data: bytes) -> bool:
    """Whether a program has text with tags around its code."""
    return _A_TAG.search(_CODE.sub(b"", data)) is not None
