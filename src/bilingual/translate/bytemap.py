"""Code points -> bytes: where every code point of a decoded file stands in the file's bytes.

A merge splices bytes, so a unit's byte range must be exact in every encoding. The map is computed from the length
that each code point has in the encoding, and each unit is verified against the bytes before it is offered.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any

import numpy as np

from bilingual.errors import InputError

Array = np.ndarray[Any, Any]

_BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ByteMap:
    """A file's bytes, its text, and the byte offset of every code point boundary.

    Shapes: offset int64[len(text) + 1]; offset[-1] is the end of the text in `data` (bytes that do not decode at the
    end of a file lie behind it and belong to no unit).
    """

    data: bytes
    text: str
    codec: str
    offset: Array

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Byte range of code points start..end."""
        return int(self.offset[start]), int(self.offset[end])

    def is_exact(self, start: int, end: int) -> bool:
        """True when the bytes of the range decode strictly to the range's text."""
        first, last = self.range(start, end)
        try:
            return self.data[first:last].decode(self.codec) == self.text[start:end]
        except UnicodeDecodeError:
            return False

    def encode(self, text: str) -> bytes:
        """`text` in the file's encoding. Raises: UnicodeEncodeError when the encoding cannot hold it."""
        return text.encode(self.codec)


def byte_map(data: bytes, encoding: str, what: str = "the file") -> ByteMap:
    """Decode `data` and map every code point.

    Bytes that the encoding does not know become lone surrogates (U+DC80..U+DCFF), one each, so that the text still
    has a place for every byte; a truncated last unit of UTF-16 or UTF-32 is left out. Raises: InputError naming `what`
    where an encoding has no such place for them.
    """
    codec = codecs.lookup(encoding).name.replace("_", "-")
    codec, bom = _without_bom(codec, data)
    body = data[len(bom) :]
    try:
        if codec.startswith(("utf-16", "utf-32")):
            width = 2 if codec.startswith("utf-16") else 4
            text = body[: len(body) // width * width].decode(codec, "surrogatepass" if width == 2 else "replace")
        else:
            text = body.decode(codec, "surrogateescape")
        lengths = _lengths(text, codec)
    except UnicodeError as error:
        raise InputError(f"{what}: not {encoding}: {error}") from error
    offset = np.zeros(len(text) + 1, np.int64)
    np.cumsum(lengths, out=offset[1:])
    return ByteMap(data=data, text=text, codec=codec, offset=offset + len(bom))


def _without_bom(codec: str, data: bytes) -> tuple[str, bytes]:
    """The codec that does not write a BOM, and the BOM that the data begins with."""
    if codec in ("utf-8-sig", "utf-8"):
        codec = "utf-8"
    elif codec in ("utf-16", "utf-32"):
        little = data.startswith(_BOMS[f"{codec}-le"])
        big = not little and data.startswith(_BOMS[f"{codec}-be"])
        codec = f"{codec}-be" if big else f"{codec}-le"
    bom = _BOMS.get(codec, b"")
    return codec, bom if bom and data.startswith(bom) else b""


def _lengths(text: str, codec: str) -> Array:
    """Bytes of every code point in the encoding."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codec == "utf-8":
        escaped = (codes >= 0xDC80) & (codes <= 0xDCFF)
        lengths = 1 + (codes > 0x7F).astype(np.int64) + (codes > 0x7FF) + (codes > 0xFFFF)
        return np.where(escaped, 1, lengths)
    if codec.startswith("utf-16"):
        return np.where(codes > 0xFFFF, 4, 2).astype(np.int64)
    if codec.startswith("utf-32"):
        return np.full(len(codes), 4, np.int64)
    if len(text) == len(text.encode(codec, "surrogateescape")):
        return np.ones(len(codes), np.int64)
    return np.array([len(character.encode(codec, "surrogateescape")) for character in text], np.int64)
