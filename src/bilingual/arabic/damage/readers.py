"""Characters that bytes become where they are read in a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache


def _sloppy(encoding: str) -> dict[int, str]:
    """Byte -> character, where bytes that the encoding leaves out are read as Latin-1 does, as browsers do."""
    return {
        b: bytes([b]).decode(encoding, "replace").replace("\N{REPLACEMENT CHARACTER}", chr(b)) for b in range(128, 256)
    }


def bytes_of_all(*encodings: str) -> dict[str, int]:
    """Character -> byte, for the first of the encodings that has it."""
    bytes_of: dict[str, int] = {}
    for encoding in encodings:
        for byte, character in _sloppy(encoding).items():
            bytes_of.setdefault(character, byte)
    return bytes_of


READERS: dict[str, tuple[str, ...]] = {
    "cp1252": ("cp1252", "latin-1", "cp1254"),
    "cp1256": ("cp1256",),
    "cp1251": ("cp1251",),
    "mac-roman": ("mac-roman",),
    "cp437": ("cp437",),
    "cp850": ("cp850",),
}
"""Encodings in which UTF-8 is misread. The first stands for cp1252, Latin-1 and cp1254 together."""


@cache
def reader(name: str) -> dict[str, int]:
    """Character -> byte of a reader of `READERS`."""
    return bytes_of_all(*READERS[name])


def class_of(characters: Iterator[str]) -> str:
    """A class of a pattern that has these characters."""
    return "[" + "".join(map(re.escape, sorted(set(characters)))) + "]"
