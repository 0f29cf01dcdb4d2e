"""A record to the text that the layers see: decoding of bytes, and the text of HTML pages with its
evidence."""

from __future__ import annotations

from typing import Any

from bilingual.batch.columns import utf8
from bilingual.batch.config import Config
from bilingual.errors import BilingualError, MissingExtraError
from bilingual.formats.record import HTML, Record


class UnreadableError(BilingualError):
    """A record has no text that can be read; `stage` says where it failed."""

    def __init__(self, stage: str, message: str) -> None:
        super().__init__(message)
        self.stage = stage


def document(record: Record, config: Config) -> tuple[str, bytes, Any, str]:
    """(text, the same as UTF-8, evidence of HTML or None, encoding). Raises: UnreadableError."""
    if record.media == HTML:
        return _page(record, config)
    if isinstance(record.payload, str):
        return record.payload, utf8(record.payload), None, "text"
    if not config.read.encoding:
        try:
            text = record.payload.decode()
        except UnicodeDecodeError:
            pass
        else:
            if not text.startswith("\ufeff"):
                return text, record.payload, None, "utf-8"
    text, encoding = decode(record.payload, config.read.encoding)
    return text, utf8(text), None, encoding


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Text and encoding of bytes: as given, or found by the Arabic-aware decoder. Raises: UnreadableError."""
    if encoding:
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError) as error:
            raise UnreadableError("decode", f"not {encoding}: {type(error).__name__}") from None
    from bilingual.arabic.decode import decode as found

    decoded = found(data)
    return decoded.text, decoded.encoding


def _page(record: Record, config: Config) -> tuple[str, bytes, Any, str]:
    from bilingual.formats.html import extract

    data = record.payload if isinstance(record.payload, bytes) else record.payload.encode("utf-8", "replace")
    try:
        page = extract(data, encoding=config.read.encoding or record.charset or None)
    except MissingExtraError:
        raise
    except Exception as error:
        raise UnreadableError("html", type(error).__name__) from error
    return page.text, utf8(page.text), page, page.encoding


def stack(pages: list[Any]) -> Any:
    """The evidence of several pages as one."""
    from bilingual.formats.html import Evidence

    return Evidence.join(pages)
