"""Bytes to text: which encoding, how sure, and why; for every reader of the package.

The idea: what can be proved is tried first (a byte order mark, strict UTF-8, the zero bytes of UTF-16). Only then are
the one-byte encodings weighed against each other, by how likely their reading is as Arabic or as a language in Latin
letters; when no reading is clearly better the choice is reported as not sure, and a declared encoding decides.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from bilingual.arabic import encodings
from bilingual.errors import SettingsError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

SAMPLE = 1 << 16
"""Bytes above 127 that are weighed, with what stands between them."""

MARGIN = 6.0
"""Nats by which the best reading must lead the next to be sure."""
DECLARED_MARGIN = 20.0
"""The same for a Latin reading of what is declared as Arabic: nobody declares that by default."""

_ALIASES = {
    "cp1256": "windows-1256",
    "cp1252": "windows-1252",
    "cp1254": "windows-1254",
    "iso8859-6": "iso-8859-6",
    "mac-arabic": "mac-arabic",
    "utf-8-sig": "utf-8",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read: encoding, whether that is sure, the reason, and how many bytes had no character.

    Bytes that are not valid in the encoding are U+FFFD in the text and counted in `n_replaced`.
    """

    text: str
    encoding: str
    sure: bool
    reason: str
    n_replaced: int = 0


def decode(data: bytes, declared: str | None = None, *, force: str | None = None) -> Decoded:
    """Read bytes as text.

    `declared` is what a header, a tag or a file says: evidence, not truth. `force` (the option `--encoding`)
    decides.

    >>> decode("مرحبا".encode()).encoding
    'utf-8'
    >>> decode("السلام عليكم ورحمة الله".encode("cp1256"), declared="utf-8").encoding
    'windows-1256'

    Raises: SettingsError when `force` names no encoding of text.
    """
    if force is not None:
        return _forced(data, force)
    return marked(data) or utf8(data) or utf16(data) or one_byte(data, declared)


def known_encoding(name: str) -> str | None:
    """The Python codec of an encoding's name, or None when there is no text codec of that name.

    >>> known_encoding("Windows-1256"), known_encoding("x-unknown"), known_encoding("rot13"), known_encoding("idna")
    ('cp1256', None, None, None)
    """
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
        "".encode(info.name)
    except (LookupError, ValueError, TypeError):
        return None
    return None if info.name in _OF_NAMES else info.name


_OF_NAMES = ("idna", "punycode")
"""Codecs of host names: no file is written in them."""


def _read(data: bytes, codec: str, sure: bool, reason: str) -> Decoded:
    name = _ALIASES.get(codec, codec)
    try:
        return Decoded(data.decode(codec), name, sure, reason)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    # U+FFFD that the bytes themselves hold is no replacement.
    own = data.decode(codec, "ignore").count("\N{REPLACEMENT CHARACTER}")
    return Decoded(text, name, sure, reason, text.count("\N{REPLACEMENT CHARACTER}") - own)


def _forced(data: bytes, force: str) -> Decoded:
    codec = known_encoding(force)
    if codec is None:
        raise SettingsError(f"unknown encoding {force!r}; examples: utf-8, windows-1256, iso-8859-6, utf-16")
    if codec == "utf-8":
        codec = "utf-8-sig"
    return _read(data, codec, True, f"{force} was asked for")


def marked(data: bytes) -> Decoded | None:
    """What starts with a byte order mark, read as it says."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _read(data, codec, True, "byte order mark")
    return None


def utf8(data: bytes) -> Decoded | None:
    """Strict UTF-8; bytes with zeros in every other place are UTF-16, though they are valid UTF-8 as well."""
    head = data[:4096]
    if (head.count(0) + head.count(6)) * 5 > len(head):
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True, "strict UTF-8")
    except UnicodeDecodeError as error:
        # Cut in the middle of a character at the end, or a broken byte in much that is well-formed.
        good, n_bad = _utf8_share(data)
        if error.start >= len(data) - 3 and error.start > 0 and good:
            return _read(data, "utf-8", True, "UTF-8, cut inside its last character")
        if good > 20 * n_bad:
            return _read(data, "utf-8", False, f"UTF-8 with {n_bad} broken places among {good} characters beyond ASCII")
    return None


def _utf8_share(data: bytes) -> tuple[int, int]:
    """Characters beyond ASCII that are well-formed UTF-8, and places that are not."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}") - data.count("\N{REPLACEMENT CHARACTER}".encode())
    beyond = len(text) - len(data) + len(data.translate(None, _ASCII))
    return beyond - bad, bad


_ASCII = bytes(range(128))


def utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: the high bytes of ASCII are 0, those of Arabic 6, of few characters others."""
    sample = data[: SAMPLE & ~1]
    if len(sample) < 4:
        return None
    for codec, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        n_other = len(high.translate(None, _HIGH_BYTES))
        common = high.count(0x00) + high.count(0x06)
        as_low = low.count(0x00) + low.count(0x06)
        if min((len(high) - n_other) / 0.95, common / 0.5) >= len(high) and (
            as_low < 0.2 * len(low) and (high.count(0x00) or high.count(0x06) >= 2)
        ):
            return _read(data[: len(data) & ~1], codec, True, "the byte pattern of UTF-16")
    return None


_HIGH_BYTES = bytes((0x00, 0x06, *range(0x20, 0x28), 0xD8, 0xD9, *range(0xDC, 0xE0), 0xFB, 0xFC, 0xFD, 0xFE))
"""Those of ASCII, Arabic, punctuation and symbols, emoji, presentation forms."""


# -- one byte for each character

_CONTROLS = bytes((*range(0x07), *range(0x0E, 0x1A)))
"""No text of one byte for each character has these."""
# A run begins behind what is none of it: tried from each of its letters, a long one would take quadratic time.
_HIGH_RUN = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*+[\x80-\xff][A-Za-z\x80-\xff]*")


def one_byte(data: bytes, declared: str | None) -> Decoded:
    """The one-byte encoding whose letters read best; a declared one wins where they do not clearly contradict it."""
    scores = encodings.scores(_sample(data))
    order = sorted(scores, key=lambda codec: -scores[codec])
    lead = scores[order[0]] - scores[order[1]]
    has_controls = len(data.translate(None, _CONTROLS)) < len(data)
    asked = known_encoding(declared) if declared else None
    asked = _WIDER.get(asked or "", asked)
    if asked and asked not in ("utf-8", "ascii") and asked not in scores:
        return _read(data, asked, False, f"declared as {declared}; no encoding for Arabic reads better for certain")
    if asked in scores:
        behind = scores[order[0]] - scores[asked]
        if behind < MARGIN:
            return _read(data, asked, not has_controls, f"declared as {declared}, and the letters agree")
        if asked in encodings.ARABIC and order[0] in encodings.LATIN and behind < DECLARED_MARGIN:
            reason = f"declared as {declared}, though {order[0]} reads better by {behind:.0f} nats"
            return _read(data, asked, False, reason)
    if lead >= MARGIN:
        told = f", though declared as {declared}" if declared else ""
        return _read(data, order[0], not has_controls, f"the letters read best so, by {lead:.0f} nats{told}")
    same = not has_controls and data.decode(order[0], "replace") == data.decode(order[1], "replace")
    return _read(data, order[0], same, f"{order[0]} and {order[1]} read alike, {lead:.1f} nats apart")


_WIDER = {"iso8859-1": "cp1252", "iso8859-9": "cp1254"}
"""What is declared and what is meant (WHATWG Encoding Standard)."""


def _sample(data: bytes) -> list[bytes]:
    words, size = [], 0
    for match in _HIGH_RUN.finditer(data):
        words.append(match.group()[: SAMPLE // 16])
        size += len(match.group())
        if size > SAMPLE // 16:
            break
    return words
