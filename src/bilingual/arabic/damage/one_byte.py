"""Arabic in an encoding of one byte for each character that was read as cp1252, Latin-1 or cp1254."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bilingual.arabic import evidence
from bilingual.arabic.damage.finding import Repair, lines_of
from bilingual.arabic.damage.readers import bytes_of_all, class_of, reader
from bilingual.arabic.damage.utf8 import is_utf8
from bilingual.arabic.letters import is_arabic_letter

_HIGH = "\x80-\xff" + "".join(
    re.escape(c) for c in sorted(bytes_of_all("cp1252", "cp1254").keys() - {chr(b) for b in range(256)})
)
_HIGH_WORD = re.compile(f"(?<![A-Za-z{_HIGH}])[A-Za-z]*+[{_HIGH}][A-Za-z{_HIGH}]*")
ONE_BYTE = {"cp1256": "Windows-1256", "iso8859-6": "ISO 8859-6"}
_RARER = {"cp1256": 0.0, "iso8859-6": 2.0}
"""Nats by which text in an encoding is rarer, whatever it says."""
CHARSET_MARGIN = 7.5
"""Nats for a line: 99 of 100 damaged pairs of words reach it, words of European languages do not."""
SURE_MARGIN = 20.0
_WORD_MARGIN = -3.0
_ASCII_LETTER = re.compile("[A-Za-z]")
_EDGES = "¡¿º»«‘’“”"


@cache
def arabic_of(encoding: str) -> dict[str, str]:
    """Character of the misread text -> character of the one-byte Arabic encoding."""
    truth = {b: bytes([b]).decode(encoding, "replace") for b in range(128, 256)}
    return {c: truth[b] for c, b in reader("cp1252").items() if truth[b] != "\N{REPLACEMENT CHARACTER}"}


@dataclass(slots=True)
class Documents:
    """Where the documents of a joined text begin, and whether the one that is being read is known to be misread.

    A misread line tells of the lines after it in its own document, never of those of another.
    """

    starts: Sequence[int] = (0,)
    offset: int = 0  # of the piece of the joined text that is looked at
    row: int = 0
    is_misread: bool = False

    def enter(self, place: int) -> None:
        """Go on to a place of the piece."""
        row = bisect_right(self.starts, self.offset + place)
        if row != self.row:
            self.row, self.is_misread = row, False


def find(text: str, documents: Documents) -> list[Repair]:
    """Windows-1256 or ISO 8859-6 that was read as cp1252, Latin-1 or cp1254."""
    found: list[Repair] = []
    for start, line in lines_of(text):
        documents.enter(start)
        words = list(_HIGH_WORD.finditer(line)) if documents.is_misread or _three_high().search(line) else []
        if words:
            repairs = _one_byte_line(start, words, documents.is_misread)
            documents.is_misread |= bool(repairs)
            found += repairs
    return found


@cache
def _three_high() -> re.Pattern[str]:
    """What a line must hold to be weighed, unless its document is known to be misread."""
    return re.compile(class_of(c for c in arabic_of("cp1256") if c >= "\x80") + "{3}")


def _one_byte_line(start: int, words: list[re.Match[str]], is_known: bool) -> list[Repair]:
    """The words of a line that read better as Arabic, if together they are evidence enough."""
    mixed = sum(_ASCII_LETTER.search(m.group()) is not None for m in words)
    if 2 * mixed > len(words):
        return []  # words of Latin letters with a few accents: Icelandic, French ...
    if not any(_counts(m.group(), encoding) for m in words for encoding in ONE_BYTE):
        return []
    total, encoding, gains = _best_encoding(words)
    if total < (CHARSET_MARGIN / 3 if is_known else CHARSET_MARGIN):
        return []
    sure = total >= SURE_MARGIN
    reason = f"{ONE_BYTE[encoding]} read as cp1252 or Latin-1: likelier Arabic by {total:.0f} nats"
    places = (place for m, gain in zip(words, gains, strict=True) for place in _misread_in(m, gain, sure, encoding))
    return [
        Repair.at(
            start + match.start(), match.group(), _decoded(match.group(), encoding), kind="one-byte misread",
            score=total, sure=sure, reason=reason, offsets=tuple(range(len(match.group()))),
        )
        for match in places
    ]


def _best_encoding(words: list[re.Match[str]]) -> tuple[float, str, list[float]]:
    """The encoding in which the words read best as Arabic: by how much in all, which, and by how much each."""
    latin = [evidence.latin_word(m.group().strip(_EDGES)) for m in words]
    language = max(evidence.LATIN, key=lambda name: sum(scores[name] for scores in latin))
    null = [max(scores[language], max(scores.values()) - 2.0) for scores in latin]
    best: tuple[float, str, list[float]] = (-1.0, "", [])
    for encoding in ONE_BYTE:
        gains = [_arabic_reading(m.group(), encoding) - base for m, base in zip(words, null, strict=True)]
        total = sum(max(0.0, gain) for gain, m in zip(gains, words, strict=True) if _counts(m.group(), encoding))
        total -= _RARER[encoding]
        if total > best[0]:
            best = (total, encoding, gains)
    return best


def _misread_in(match: re.Match[str], gain: float, sure: bool, encoding: str) -> list[re.Match[str]]:
    """What to read anew in a word of a line that is misread: all of it, or what stands beside Latin letters.

    Beside Latin letters accents may be true; marks of punctuation, invisible characters and a conjunction or the
    article before a capital are not.
    """
    word = match.group()
    if _ASCII_LETTER.search(word):
        places = _beside_latin(encoding).finditer(match.string, match.start(), match.end())
        return list(places) if sure else []
    letters = any(map(str.isalpha, _decoded(word, encoding)))
    return [match] if sure or gain > _WORD_MARGIN or not letters else []


@cache
def _beside_latin(encoding: str) -> re.Pattern[str]:
    shown = arabic_of(encoding).items()
    signs = class_of(c for c, true in shown if true in "،؛؟" or unicodedata.category(true) == "Cf" or c < "\xa0")
    prefixes = class_of(c for c, true in shown if true in "وفبكلاـ")
    return re.compile(f"{signs}+|(?<![^\\W\\d_]){prefixes}{{1,4}}(?=[A-Z])")


def _decoded(word: str, encoding: str) -> str:
    return "".join(arabic_of(encoding).get(c, c) for c in word)


def _counts(word: str, encoding: str) -> bool:
    """True for a word of two letters or more with few symbols, that is not UTF-8 read as cp1252."""
    decoded = _decoded(word, encoding)
    n = sum(map(is_arabic_letter, decoded))
    if n < 2 or n + sum(unicodedata.category(c) == "Mn" for c in decoded) < 0.7 * len(word.strip(_EDGES)):
        return False
    return not is_utf8(word)


def _arabic_reading(word: str, encoding: str) -> float:
    """log P of a misread word, read as Arabic."""
    decoded = _decoded(word, encoding)
    is_all_letters = all(map(is_arabic_letter, decoded))
    return evidence.arabic_letters(decoded) if is_all_letters else evidence.arabic_mixture(decoded)
