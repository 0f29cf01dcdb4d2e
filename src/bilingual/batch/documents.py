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
    """A document's text, the same as UTF-8, the evidence of a page, the encoding, and what had to be replaced."""

    text: str
    utf8: bytes
    page: Any
    encoding: str
    replaced: int


def document(record: Record, config: Config) -> Text:
    """The text of a record. Raises: UnreadableError."""
    if record.media == HTML:
        return _page(record, config)
    if isinstance(record.payload, str):
        return _of_str(record.payload, "text", 0)
    if not config.read.encoding:  # what `decode` would say, but that UTF-16 of Arabic may be valid UTF-8
        try:
            text = record.payload.decode()
        except UnicodeDecodeError:
            pass
        else:
            if not (text.startswith("\ufeff") or b"\0" in record.payload or b"\x06" in record.payload):
                return Text(text, record.payload, None, "utf-8", 0)
    from bilingual.arabic.decode import decode

    force = config.read.encoding or record.encoding or None
    found = decode(record.payload, record.charset or None, force=force)
    return _of_str(found.text, found.encoding, found.n_replaced)


def _of_str(text: str, encoding: str, replaced: int) -> Text:
    data = utf8(text)
    surrogates = 0 if text.isascii() else data.count(b"\xef\xbf\xbd") - text.count("\ufffd")
    return Text(text, data, None, encoding, replaced + surrogates)


def _page(record: Record, config: Config) -> Text:
    from bilingual.formats.html import extract

    try:
        html, encoding, replaced = _html(record, config.read.encoding)
        page = extract(html)
    except (ImportError, OSError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableError("html", type(error).__name__) from error
    # Not the page itself, which holds its source: of many waiting pages that is more than all else.
    return Text(page.text, utf8(page.text), page.evidence, encoding, replaced)


def _html(record: Record, force: str) -> tuple[str, str, int]:
    """The source of a page, its encoding, and how many bytes a forced encoding cannot read."""
    from bilingual.arabic.decode import decode
    from bilingual.formats.markup.encoding import decode_html

    if isinstance(record.payload, str):
        return record.payload.encode("utf-8", "replace").decode(), "utf-8", 0
    if force:
        found = decode(record.payload, force=force)
        return found.text, found.encoding, found.n_replaced
    return *decode_html(record.payload, record.charset or None), 0


def stack(pages: list[Any]) -> Any:
    """The evidence of several pages as one."""
    from bilingual.formats.html import Evidence

    return Evidence.join(pages)
