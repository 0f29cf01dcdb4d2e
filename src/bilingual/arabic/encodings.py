"""How likely words are in an encoding of one byte for each character, by pairs of letters.

The idea: the words are laid end to end with a blank between two, a table turns each byte into the number of its letter,
and the counts of pairs of numbers, times log P(letter | letter before), weigh all words in every language at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from bilingual.arabic import damage, evidence

ARABIC = ("cp1256", "iso8859-6", "mac-arabic")
LATIN = ("cp1252", "cp1254")
PRIOR = {"cp1256": 0.0, "iso8859-6": -4.0, "mac-arabic": -6.0, "cp1252": 0.0, "cp1254": -2.0}
"""Nats: how common the encodings are before anything is read."""

Numbers = npt.NDArray[np.uint8]
Table = npt.NDArray[np.float64]
"""log P(letter | letter before) [letter before * n + letter, language]."""

_EDGE, _SYMBOL, _MARK, _FOREIGN, _TATWEEL, _LETTERS = range(6)
"""Numbers of bytes: a blank, what is no letter, and those of letters."""
_ODD = -5.0
_NOT_TURKISH = -4.0
_NO_TURKISH_LETTERS = frozenset("áéóúýæåäãõàèìòÁÉÓÚÝÆÅÄ")
_PUNCTUATION = frozenset("\xa0،؛؟«»“”‘’")
"""What may touch a word of Arabic letters."""


def scores(words: list[bytes]) -> dict[str, float]:
    """How likely words of letters and bytes above 127 are in each encoding, in nats.

    cp1256 holds the letters of French and the quotation marks of cp1252 at the same bytes: between these two, words
    that both read alike (“café”, “it’s” in an English page with Arabic names in it) say nothing and count the same.
    """
    whole, own, alike = _joined(words), *map(_joined, _parted(words))
    same = _score(alike, "cp1252")
    return {
        codec: _score(own, codec) + same if codec in ("cp1252", "cp1256") else _score(whole, codec)
        for codec in (*LATIN, *ARABIC)
    }


def _joined(words: Iterable[bytes]) -> bytes:
    return b" ".join((b"", *words, b""))


def _parted(words: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """The words that cp1252 and cp1256 read in two ways, and those that they read alike."""
    own: list[bytes] = []
    alike: list[bytes] = []
    for word in words:
        (own if word.translate(None, _read_alike()) else alike).append(word)
    return own, alike


@cache
def _read_alike() -> bytes:
    pairs = zip(characters("cp1252"), characters("cp1256"), strict=True)
    return bytes(b for b, (latin, arabic) in enumerate(pairs) if latin == arabic)


@cache
def characters(codec: str) -> str:
    """The characters of the 256 bytes; U+FFFD where there is none."""
    return "".join(bytes([b]).decode(codec, "replace") for b in range(256))


def _score(joined: bytes, codec: str) -> float:
    """How likely the words are in the encoding: as Arabic for an Arabic one, as the best Latin language for others."""
    if len(joined) < 2:
        return PRIOR[codec]
    counts = np.bincount(np.frombuffer(joined, np.uint8), minlength=256)
    letters = np.frombuffer(joined.translate(_numbers(codec)), np.uint8)
    weigh = _arabic if codec in ARABIC else _latin
    return PRIOR[codec] + float(counts @ _costs(codec)) + weigh(letters, codec)


@cache
def _costs(codec: str) -> Table:
    """What a byte costs by itself, beside the pairs."""
    costs = np.zeros(256)
    for b, c in enumerate(characters(codec)):
        if b != ord(" "):
            costs[b] += _ODD * (c in "\N{REPLACEMENT CHARACTER}\xa0" or "\x80" <= c < "\xa0")
            costs[b] += damage.SYMBOL * (codec in LATIN and not c.isalpha())
            costs[b] += _NOT_TURKISH * (codec == "cp1254" and c in _NO_TURKISH_LETTERS)
    return costs


def _latin(letters: Numbers, codec: str) -> float:
    """log P of the words that have letters, in the best of the languages."""
    spelled = _NO_LETTERS.sub(b"", letters.tobytes())
    return float(np.max(_pair_sums(np.frombuffer(spelled, np.uint8), "tr" if codec == "cp1254" else "latin")))


_NO_LETTERS = re.compile(rb"\x00[\x01-\x04]+(?=\x00)")
"""Between blanks, what is no letter, also of `_SPELLING`."""
_SPELLING = "\xad²·"
"""What is no letter, though languages have pairs with it: Catalan "col·legi"."""


def _arabic(letters: Numbers, codec: str) -> float:
    """log P of the words and the punctuation that touches them; symbols alone cost what they cost in Latin."""
    part = np.cumsum(letters == _EDGE)
    kinds = np.bincount(part * 6 + np.minimum(letters, _LETTERS), minlength=6 * (int(part[-1]) + 1)).reshape(-1, 6)
    n_letters, n_marks = kinds[:, _LETTERS], kinds[:, _MARK]
    has_letters = n_letters > n_marks
    is_word = has_letters | (n_marks + kinds[:, _FOREIGN] + kinds[:, _TATWEEL] > 0)
    costs = np.array([0.0, damage.SYMBOL, damage.MARK, damage.FOREIGN, damage.SYMBOL, 0.0])
    each = np.where(is_word & ~has_letters, damage.NO_ARABIC, kinds @ costs)
    kept = letters[(letters == _EDGE) | ((letters >= _LETTERS) & has_letters[part])]
    return float(each.sum() + np.max(_pair_sums(kept, "arabic")))


def _pair_sums(letters: Numbers, script: str) -> npt.NDArray[np.float64]:
    """log P of words of letters and blanks around them, by language."""
    table = _pairs(script)
    n = len(_alphabet(script))
    counts = np.bincount(letters[:-1].astype(np.intp) * n + letters[1:])
    found = np.flatnonzero(counts)
    return counts[found] @ table[found]


_LANGUAGES = {"arabic": ("ar", "fa"), "tr": ("tr",), "latin": tuple(tag for tag in evidence.LATIN if tag != "tr")}
_FLOOR = {"arabic": evidence.FLOOR, "tr": evidence.ANY_LETTER, "latin": evidence.ANY_LETTER}


@cache
def _pairs(script: str) -> Table:
    tables = [evidence.pair_table(tag, _alphabet(script), _FLOOR[script]).ravel() for tag in _LANGUAGES[script]]
    return np.stack(tables, axis=1)


@cache
def _alphabet(script: str) -> str:
    """The letters in the order of their numbers; what stands before the first has no pairs of its own."""
    if script == "arabic":
        letters = {c for codec in ARABIC for c in characters(codec) if damage.is_arabic_letter(c)} - {"ی"}
        return " " + "\0" * (_LETTERS - 1) + "".join(sorted(letters))
    folded = {_latin_letter(c, codec) for codec in LATIN for c in characters(codec) if c.isalpha()}
    return " \0" + _SPELLING + "".join(sorted(folded))


def _latin_letter(character: str, codec: str) -> str:
    dotted = character.replace("İ", "i").replace("I", "ı") if codec == "cp1254" else character
    return dotted.lower()


@cache
def _numbers(codec: str) -> bytes:
    """The number of each byte's letter."""
    number = _arabic_number if codec in ARABIC else _latin_number
    return bytes(_EDGE if b == ord(" ") else number(c, codec) for b, c in enumerate(characters(codec)))


def _latin_number(character: str, codec: str) -> int:
    at = _alphabet("latin").find(_latin_letter(character, codec))
    return at if at > 0 else _SYMBOL


def _arabic_number(character: str, _codec: str) -> int:
    if character in _PUNCTUATION:
        return _EDGE
    if damage.is_arabic_letter(character):
        return _alphabet("arabic").index(character.replace("ی", "ي"))
    if character == "ـ":
        return _TATWEEL
    if character.isalpha():
        return _FOREIGN
    return _MARK if unicodedata.category(character) == "Mn" else _SYMBOL
