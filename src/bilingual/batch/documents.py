"""A record to the text that the layers see: decoding of bytes, and the text of HTML pages with its evidence."""

from __future__ import annotations

from typing import Any, NamedTuple

from bilingual.batch.config import Config
from bilingual.batch.rows import utf8
from bilingual.errors import BilingualError
from bilingual.formats.record import HTML, Record


class UnreadableError(BilingualError):
    """A record has no text that can be read; `stage` says where it failed."""

    def __init__(self, stage: str, message: str) -> None:
        super().__init__(message)
        self.stage = stage


class Text(NamedTuple):
    """A document's text, the same as UTF-8, the evidence of a page, the encoding, how many of its characters had to be
    replaced, and how many are misread; these of the source of a page, which is of `size` characters."""

    text: str
    utf8: bytes
    page: Any
    encoding: str
    replaced: int
    misread: int
    size: int


def document(record: Record, config: Config) -> Text:
    """The text of a record. Raises: UnreadableError."""
    found = _document(record, config)
    if found.misread > config.read.max_misread * found.size:
        raise UnreadableError("decode", f"more of it is misread as {found.encoding} than --max-misread allows")
    return found


def _document(record: Record, config: Config) -> Text:
    if record.media == HTML:
        return _page(record, config)
    if isinstance(record.payload, str):
        return _given(record.payload, record.encoding)
    if not config.read.encoding:  # what `decode` would say, but that UTF-16 of Arabic may be valid UTF-8
        try:
            text = record.payload.decode()
        except UnicodeDecodeError:
            pass
        else:
            if not (text.startswith("\ufeff") or b"\0" in record.payload or b"\x06" in record.payload):
                return Text(text, record.payload, None, "utf-8", 0, 0, len(text))
    from bilingual.arabic.decode import decode

    force = config.read.encoding or record.encoding or None
    found = decode(record.payload, record.charset or None, force=force)
    misread = _misread(record.payload, found.text) if config.read.encoding else 0
    return _of_str(found.text, found.encoding, found.n_replaced, misread)


def _given(text: str, encoding: str) -> Text:
    """A text that came as one, or that its reader has decoded."""
    if not encoding:
        return _of_str(text, "text", 0, 0)
    from bilingual.arabic.decode import encoding_name, known_encoding

    codec = known_encoding(encoding) or encoding
    return _of_str(text, encoding_name(codec), 0, _misread(text.encode(codec, "ignore"), text))


def _of_str(text: str, encoding: str, replaced: int, misread: int) -> Text:
    data = utf8(text)
    surrogates = 0 if text.isascii() else data.count(b"\xef\xbf\xbd") - text.count("\ufffd")
    replaced += surrogates
    return Text(text, data, None, encoding, replaced, max(misread, replaced), len(text))


def _misread(data: bytes, text: str) -> int:
    """Characters beyond ASCII of a text that was read in a forced encoding, where the bytes prove that they are in
    another one: by a mark, or as strict UTF-8. Else 0."""
    from bilingual.arabic.decode import marked, utf8

    proved = marked(data) or utf8(data)
    if proved is None or not proved.sure or proved.text.lstrip("\ufeff") == text.lstrip("\ufeff"):
        return 0
    return len(text) - len(text.encode("ascii", "ignore"))


def _page(record: Record, config: Config) -> Text:
    from bilingual.formats.html import extract

    try:
        html, encoding, replaced, misread = _html(record, config.read.encoding)
        page = extract(html)
    except (ImportError, OSError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableError("html", type(error).__name__) from error
    # Not the page itself, which holds its source: of many waiting pages that is more than all else.
    counts = (encoding, replaced, max(misread, replaced), len(html))
    return Text(page.text, utf8(page.text), page.evidence, *counts)


def _html(record: Record, force: str) -> tuple[str, str, int, int]:
    """The source of a page, its encoding, how many characters its bytes do not give, and how many are misread."""
    from bilingual.arabic.decode import decode
    from bilingual.formats.markup.encoding import decode_html

    payload = record.payload
    if isinstance(payload, str):
        return payload.encode("utf-8", "replace").decode(), "utf-8", 0, 0
    if force:
        found = decode(payload, force=force)
        return found.text, found.encoding, found.n_replaced, _misread(payload, found.text)
    html, encoding = decode_html(payload, record.charset or None)
    replaced = html.count(_REPLACEMENT)
    if replaced and encoding == "utf-8":  # those that stand in the page itself are its own
        replaced = max(0, replaced - payload.count(_REPLACEMENT.encode()))
    return html, encoding, replaced, 0


_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def stack(pages: list[Any]) -> Any:
    """The evidence of several pages as one."""
    from bilingual.formats.html import Evidence

    return Evidence.join(pages)
