"""Code points -> bytes: where every code point of a decoded file stands in the file's bytes.

A merge splices bytes, so a unit's byte range must be exact in every encoding. The map is computed from the length
that each code point has in the encoding, and each unit is verified against the bytes before it is offered.
"""

from __future__ import annotations

import codecs
from array import array
from bisect import bisect_right
from dataclasses import dataclass

from bilingual.errors import InputError

# Encodings in which a text of ASCII has a byte for each code point.
_ASCII = frozenset({"ascii", "utf-8", "iso8859-1", "cp1252", "cp1256"})

_BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


# A position is counted from the last of the marks that stand at every so many code points: eight bytes for each code
# point would be more than the text.
STEP = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ByteMap:
    """A file's bytes, its text, and where its code points stand: `length` of them from byte `start` on.

    `width`: the bytes of every code point, 0 where they differ; then `marks` has the place of every STEP-th one (bytes
    that do not decode at the end of a file lie behind the last and belong to no unit).
    """

    data: bytes
    text: str
    codec: str
    start: int
    width: int
    marks: array[int]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Byte range of code points start..end."""
        return self._byte(start), self._byte(end)

    def _byte(self, position: int) -> int:
        if self.width:
            return self.start + position * self.width
        mark = position // STEP
        return self.marks[mark] + _length(self.text[mark * STEP : position], self.codec)

    def position(self, byte: int) -> int | None:
        """The code point that begins at a byte, or the end of the text; None where none does."""
        if self.width:
            found = (byte - self.start) // self.width
        else:
            mark = min(max(0, bisect_right(self.marks, byte) - 1), len(self.text) // STEP)
            found = mark * STEP + self._count(mark, byte)
        is_there = 0 <= found <= len(self.text) and self._byte(found) == byte
        return found if is_there else None

    def _count(self, mark: int, byte: int) -> int:
        """How many code points there are between a mark and a byte, if one begins there."""
        at = self.marks[mark]
        if self.codec == "utf-8":
            return len(str(memoryview(self.data)[at:byte], "utf-8", "surrogateescape")) if at < byte else 0
        count = 0
        for character in self.text[mark * STEP : (mark + 1) * STEP]:
            if at >= byte:
                break
            at += _length(character, self.codec)
            count += 1
        return count

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
    try:
        if codec.startswith(("utf-16", "utf-32")):
            width = 2 if codec.startswith("utf-16") else 4
            body = memoryview(data)[len(bom) : len(bom) + (len(data) - len(bom)) // width * width]
            text = str(body, codec, "surrogatepass" if width == 2 else "replace")
        else:
            text = str(memoryview(data)[len(bom) :], codec, "surrogateescape")
        width, marks = _marks(text, codec, len(bom))
    except UnicodeError as error:
        raise InputError(f"{what}: not {encoding}: {error}") from error
    return ByteMap(data=data, text=text, codec=codec, start=len(bom), width=width, marks=marks)


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


def _marks(text: str, codec: str, start: int) -> tuple[int, array[int]]:
    """The width of all code points, or 0 and the places of every STEP-th one."""
    marks = array("q", [start])
    if codec.startswith("utf-32"):
        return 4, marks
    if text.isascii() and codec in _ASCII:
        return 1, marks
    if not codec.startswith("utf") and len(text) == len(text.encode(codec, "surrogateescape")):
        return 1, marks
    for at in range(0, len(text), STEP):
        start += _length(text[at : at + STEP], codec)
        marks.append(start)
    least = 2 if codec.startswith("utf-16") else 1
    return (least, marks[:1]) if start - marks[0] == len(text) * least else (0, marks)


def _length(text: str, codec: str) -> int:
    """Bytes of a text in the encoding, those of each code point added up."""
    if codec == "utf-8":
        return len(text.encode(codec, "surrogateescape"))
    if codec.startswith("utf-16"):
        return len(text.encode(codec, "surrogatepass"))
    # one by one, as some encodings write what tells how to read on between two
    return sum(len(character.encode(codec, "surrogateescape")) for character in text)
