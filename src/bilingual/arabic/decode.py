"""Bytes to text: which encoding, how sure, and why; for every reader of the package.

The idea: what can be proved is tried first (a byte order mark, strict UTF-8, the zero bytes of UTF-16). Only then are
the one-byte encodings weighed against each other, by how likely their reading is as Arabic or as a language in other
letters; when no reading is clearly better, or none is like a language, the choice is reported as not sure, and a
declared encoding decides.
"""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass, replace

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
"""Bytes that are looked at for the pattern of UTF-16."""
WEIGHED = 1 << 12
"""Bytes of words that are weighed."""

MARGIN = 5.9
SLOPE = 0.5
"""Nats by which the best reading must lead another to be sure: at least, and more for each byte that the two read in
different ways. A wrong reading of a long text leads the others of chance, a right one by 1 to 3 nats a letter."""
NEEDED = 100
"""An encoding for letters other than Arabic must be led by more than `MARGIN` where it reads one byte of so many in its
own way: of the letters of Polish, Czech and Turkish one of 15 is not in cp1252, of Hungarian one of 40. An English
page with a foreign name or two is none of these, though the name may read as well: that they are rarer is enough."""
DECLARED_MARGIN = 20.0
"""The same for a reading in another script than the declared one has: nobody declares Arabic by default."""

_SHOWN = {
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "iso8859-2": "iso-8859-2",
    "iso8859-5": "iso-8859-5",
    "iso8859-6": "iso-8859-6",
    "iso8859-7": "iso-8859-7",
    "iso8859-15": "iso-8859-15",
    "utf-8-sig": "utf-8",
}
"""The names of Python's codecs by which pages and other programs know them, where they differ."""


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


def decode(data: bytes | bytearray | memoryview, declared: str | None = None, *, force: str | None = None) -> Decoded:
    """Read bytes as text.

    `declared` is what a header, a tag or a file says: evidence, not truth. `force` (the option `--encoding`)
    decides.

    >>> decode("مرحبا".encode()).encoding
    'utf-8'
    >>> decode("السلام عليكم ورحمة الله".encode("cp1256"), declared="utf-8").encoding
    'windows-1256'

    Raises: SettingsError when `force` is not an encoding of text, TypeError for what is no bytes or no name.
    """
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"decode takes bytes, not {type(data).__name__}")
    check_name(declared)
    check_name(force)
    data = bytes(data)
    if force is not None:
        return _forced(data, force)
    return marked(data) or utf8(data) or utf16(data) or one_byte(data, declared)


def check_name(encoding: str | None) -> None:
    """Raises: TypeError for what cannot be the name of an encoding."""
    if encoding is not None and not isinstance(encoding, str):
        raise TypeError(f"an encoding is named by a str, as 'windows-1256', not by {type(encoding).__name__}")


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
    return None if info.name in _OF_NO_FILE else info.name


def encoding_name(codec: str) -> str:
    """What a Python codec is called wherever people read it.

    >>> encoding_name("cp1256"), encoding_name("utf-8-sig"), encoding_name("koi8-r")
    ('windows-1256', 'utf-8', 'koi8-r')
    """
    return _SHOWN.get(codec, codec)


_OF_NO_FILE = ("idna", "punycode", "unicode-escape", "raw-unicode-escape")
"""Codecs of host names and of literals of Python, which would read escapes: no file is written in them."""


def _read(data: bytes, codec: str, sure: bool, reason: str) -> Decoded:
    name = encoding_name(codec)
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
    """What starts with a byte order mark, read as it says; sure where all bytes but the last few have characters."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            found = _read(data, codec, True, "byte order mark")
            return replace(found, sure=found.n_replaced <= found.text.endswith("\N{REPLACEMENT CHARACTER}"))
    return None


def utf8(data: bytes) -> Decoded | None:
    """Strict UTF-8; bytes with zeros in every other place are UTF-16, though they are valid UTF-8 as well."""
    head = data[:4096]
    if (head.count(0) + head.count(6)) * 5 > len(head):
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True, "strict UTF-8")
    except UnicodeDecodeError as error:
        if _PAIR.search(data):
            found = utf8(_PAIR.sub(_as_one, data))
            return found and replace(found, reason=f"{found.reason}, with characters written as surrogate pairs")
        # Cut in the middle of a character at the end, or a broken byte in much that is well-formed.
        good, n_bad = _utf8_share(data)
        if error.start >= len(data) - 3 and error.start > 0 and good:
            return _read(data, "utf-8", True, "UTF-8, cut inside its last character")
        if good > _WELL_FORMED * n_bad:
            return _read(data, "utf-8", False, f"UTF-8 with {n_bad} broken places among {good} characters beyond ASCII")
    return None


_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""A character beyond U+FFFF as some Java programs and old databases write it: the halves of UTF-16, each as UTF-8."""


def _as_one(pair: re.Match[bytes]) -> bytes:
    return joined(pair[0].decode("utf-8", "surrogatepass")).encode()


def joined(text: str) -> str:
    """A text with pairs of surrogates as the characters that they stand for; a single one stays."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


_WELL_FORMED = 2
"""Well-formed characters for each broken place that make UTF-8: other encodings have two for three by chance."""


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
            return _read(data, codec, True, "the byte pattern of UTF-16")
    return None


_HIGH_BYTES = bytes((0x00, 0x06, *range(0x20, 0x28), 0xD8, 0xD9, *range(0xDC, 0xE0), 0xFB, 0xFC, 0xFD, 0xFE))
"""Those of ASCII, Arabic, punctuation and symbols, emoji, presentation forms."""


# -- one byte for each character

_CONTROLS = bytes((*range(0x07), *range(0x0E, 0x1A)))
"""No text of one byte for each character has these."""
# A run begins behind what is none of it: tried from each of its letters, a long one would take quadratic time.
_HIGH_RUN = re.compile(rb"(?<![A-Za-z?\x80-\xff])[A-Za-z?]*+[\x80-\xff][A-Za-z?\x80-\xff]*")


def one_byte(data: bytes, declared: str | None) -> Decoded:
    """The one-byte encoding whose letters read best; a declared one wins where they do not clearly contradict it."""
    words = sample(data)
    scores = encodings.scores(words)
    best = max(scores, key=scores.__getitem__)
    rival, lead = _rival(data, words, scores, best)
    is_text = len(data.translate(None, _CONTROLS)) == len(data)
    is_sure = is_text and not rival and encodings.is_language(words, scores, best)
    if is_sure and best in encodings.LATIN:
        is_sure = not encodings.is_misread(data, words, best)
    asked = known_encoding(declared) if declared else None
    asked = _WIDER.get(asked or "", asked)
    if asked in scores:
        behind = scores[best] - scores[asked]
        if asked in encodings.LATIN:
            # A rare one is declared where it is meant; ISO 8859-6 is declared for cp1256 too.
            behind += encodings.ENCODINGS[asked].prior
        if behind <= 0 or (behind < MARGIN and data.decode(asked, "replace") == data.decode(best, "replace")):
            is_sure = is_text and encodings.is_language(words, scores, asked)
            return _read(data, asked, is_sure, f"declared as {declared}, and the letters agree")
        if behind < (MARGIN if asked in encodings.LATIN or encodings.are_kin(asked, best) else DECLARED_MARGIN):
            reason = f"declared as {declared}, though {best} reads better by {behind:.0f} nats"
            return _read(data, asked, False, reason)
    elif asked and asked not in ("utf-8", "ascii") and not (is_sure and best in encodings.ARABIC):
        found = _read(data, asked, False, f"declared as {declared}; no encoding for Arabic reads better for certain")
        if fits(found.text, asked):
            return found
    if rival:
        return _read(data, best, False, f"{best} and {rival} read alike, {lead:.1f} nats apart")
    told = f", though declared as {declared}" if declared else ""
    return _read(data, best, is_sure, f"the letters read best so, by {lead:.0f} nats{told}")


def _rival(data: bytes, words: bytes, scores: dict[str, float], best: str) -> tuple[str, float]:
    """The likeliest encoding that reads another text nearly as well, or "", and by how much the next is behind."""
    lead = math.inf
    for codec, behind, evidence, n in encodings.others(words, scores, best):
        if n or (behind < MARGIN and data.decode(best, "replace") != data.decode(codec, "replace")):
            lead = min(lead, behind)
            is_rare = codec not in encodings.ARABIC and n * NEEDED < len(data)
            if behind < MARGIN or (not is_rare and (behind < MARGIN + SLOPE * n or evidence <= 0.0)):
                return codec, behind
    return "", lead


def fits(text: str, codec: str) -> bool:
    """Whether a codec fits the bytes that it read as text: bad places among the characters beyond ASCII are few.

    Well-formed UTF-8 is nothing else, so that half of them are enough; in double-byte encodings bytes of others make
    pairs by chance.
    """
    n_beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\N{REPLACEMENT CHARACTER}") * (2 if codec == "utf-8" else 20) <= n_beyond


_WIDER = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "koi8-r": "koi8-u"}
"""What is declared and what is meant (WHATWG Encoding Standard), or what is weighed in its place."""


def sample(data: bytes) -> bytes:
    """Words with bytes above 127, and question marks for letters that were lost; a blank before and behind each."""
    end = 4 * WEIGHED
    while len(words := b" ".join(_HIGH_RUN.findall(data, 0, end))) < WEIGHED and end < len(data):
        end *= 4
    if len(words) > WEIGHED:
        whole = words.rfind(b" ", WEIGHED // 2, WEIGHED)
        words = words[: WEIGHED if whole < 0 else whole]
    return b" " + words + b" "
