"""The encoding that an original is read and written in."""

from __future__ import annotations

import re

from bilingual.arabic.decode import known_encoding
from bilingual.errors import InputError

_ESCAPE = re.compile(rb"\\u[0-9A-Fa-f]{4}")
_NOT_LATIN = re.compile(rb"[\x80-\x9f]")


def check_encoding(name: str) -> str:
    """The name of a text encoding. Raises: InputError."""
    found = known_encoding(name)
    if found is None:
        raise InputError(f"no encoding {name!r}")
    return found


def encoding_of(data: bytes, kind: str) -> tuple[str, bool]:
    """The encoding of a page or text, as it is found out; whether that is sure."""
    if kind == "html":
        from bilingual.formats.markup.encoding import encoding_to_write

        return encoding_to_write(data), True
    from bilingual.arabic.decode import decode

    found = decode(data)
    return found.encoding, found.sure


def encoding_of_properties(data: bytes, encoding: str) -> str:
    """The encoding that programs read `.properties` in, which is Latin-1 where it is not UTF-8.

    Where all that is beyond ASCII is written by its number, a translation is, too.
    """
    if data.isascii():
        return "ascii" if _ESCAPE.search(data) else encoding
    return "iso8859-1" if encoding == "windows-1252" and not _NOT_LATIN.search(data) else encoding
