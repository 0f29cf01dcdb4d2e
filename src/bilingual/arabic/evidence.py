"""How much a word looks like Arabic, or like a language in Latin letters: letter pairs from langdetect's profiles.

The idea: the n-gram profiles that langdetect ships (Apache-2.0, counted on Wikipedia) hold pairs of letters
and of a letter and the edge of a word. Smoothed, they give log P(word); the difference between two readings
of the same bytes is the evidence for one of them, in nats.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import regex

from bilingual.arabic.letters import is_arabic_letter
from bilingual.arabic.memory import kept

Hashes = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.uint8]

# fmt: off
LATIN = (
    "af", "ca", "cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl", "no", "pl",
    "pt", "ro", "sk", "sl", "sq", "sv", "sw", "tl", "tr", "vi",
)
# fmt: on
"""Profiles of languages in Latin letters: what a text is taken for before it is taken for damaged Arabic."""

FLOOR = -20.0
"""What a letter of an alphabet costs at most, in nats."""
ANY_LETTER = -math.log(500)
"""What a letter costs when nothing is known: Latin text holds names, codes and alphabets, too."""

MARK, FOREIGN, SYMBOL = -4.5, -12.0, -2.5
"""What a mark, a letter of another script and any other sign cost inside a word, in nats."""
_FREQUENT = math.log(0.5)
"""Half of all words are taken to be frequent ones."""
_NO_ARABIC = -50.0

_ALPHA = 0.5
_UNKNOWN = math.log(1e-7)
_EDGE = " "


@dataclass(frozen=True, slots=True)
class LetterPairs:
    """log P(letter | letter before) of a language, with a space for the edge of a word."""

    pairs: Mapping[str, float]
    singles: Mapping[str, float]
    totals: Mapping[str, float]

    def after(self, before: str, letter: str) -> float:
        """log P(letter | before), backing off to the letter's own frequency."""
        known = self.pairs.get(before + letter)
        if known is not None:
            return known
        total = self.totals.get(before, 0.0)
        own = self.singles.get(letter, _UNKNOWN)
        return own + math.log(_ALPHA * 100 / (total + _ALPHA * 100)) if total else own

    def word(self, word: str, floor: float = FLOOR) -> float:
        """log P of a word between two edges; no letter counts less than the floor."""
        padded = _EDGE + word + _EDGE
        return sum(max(floor, self.after(a, b)) for a, b in pairwise(padded))


@cache
def letter_pairs(language: str) -> LetterPairs:
    """The letter pairs of langdetect's profile of a language.

    Source: langdetect 1.0.9, `profiles/`, Apache-2.0.
    """
    file = resources.files("langdetect") / "profiles" / language
    counts: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))["freq"]
    singles = {gram: n for gram, n in counts.items() if len(gram) == 1 and gram != _EDGE}
    whole = sum(singles.values())
    scale = 1000.0 / whole * 100  # counts per 100,000 letters: the same smoothing for small and large profiles
    doubles = {gram: n * scale for gram, n in counts.items() if len(gram) == 2}
    totals: dict[str, float] = {}
    for gram, n in doubles.items():
        totals[gram[0]] = totals.get(gram[0], 0.0) + n
    edges = sum(n for gram, n in doubles.items() if gram[1] == _EDGE)
    own = {letter: math.log(n * scale / (100_000 + edges)) for letter, n in singles.items()}
    own[_EDGE] = math.log(max(edges, 1.0) / (100_000 + edges))
    pairs = {
        gram: math.log((n + _ALPHA * 100 * math.exp(own.get(gram[1], _UNKNOWN))) / (totals[gram[0]] + _ALPHA * 100))
        for gram, n in doubles.items()
    }
    return LetterPairs(pairs, own, totals)


def pair_table(language: str, alphabet: str, floor: float) -> npt.NDArray[np.float64]:
    """log P(letter | letter before) [letter before, letter]; from one edge to the next 0.

    The alphabet begins with the edge of a word and may hold "\\0" for what has no pairs.
    """
    known = letter_pairs(language)
    at = {letter: k for k, letter in enumerate(alphabet) if letter != "\0"}
    own = np.array([known.singles.get(letter, _UNKNOWN) for letter in alphabet])
    totals = np.array([known.totals.get(letter, 0.0) for letter in alphabet])
    table = own + np.where(totals > 0, np.log(_ALPHA * 100 / (totals + _ALPHA * 100)), 0.0)[:, np.newaxis]
    for pair, value in known.pairs.items():
        if pair[0] in at and pair[1] in at:
            table[at[pair[0]], at[pair[1]]] = value
    table[0, 0] = 0.0
    return np.maximum(table, floor)


@kept
def arabic_word(word: str) -> float:
    """log P of a word as Arabic; marks and tatweel are not counted."""
    return letter_pairs("ar").word(bare(word).replace("ی", "ي"))


@cache
def _listed_words() -> tuple[Hashes, Weights]:
    from bilingual.language import facts
    from bilingual.language.registry import default_registry

    language = next(one for one in default_registry().languages if one.tag == "ar")
    arrays = facts.arrays(language)
    return arrays["word_keys"], arrays["word_weights"]


@kept
def listed_word(word: str) -> float | None:
    """log P of a word that is among the frequent ones of Arabic, in the spelling-blind form of search.

    Source: the word table of Arabic, `data/languages/SOURCES.toml`.
    """
    from bilingual.language.facts import log_share
    from bilingual.text.fold import word_hashes

    keys, weights = _listed_words()
    hashes = word_hashes(word)
    if len(hashes) != 1:
        return None
    key = hashes[0] & 0xFFFFFFFF
    at = int(np.searchsorted(keys, np.uint32(key)))
    return log_share(int(weights[at])) if at < len(keys) and int(keys[at]) == key else None


def arabic_letters(word: str) -> float:
    """log P of a word of Arabic letters: by its letter pairs, or as a frequent word."""
    pairs, listed = arabic_word(word), listed_word(word)
    return pairs if listed is None else max(pairs, listed + _FREQUENT)


def arabic_mixture(text: str) -> float:
    """log P of a word as Arabic that has other characters too: marks are rare in it, other letters hardly found."""
    letters = "".join(c for c in text if is_arabic_letter(c))
    marks = sum(unicodedata.category(c) == "Mn" for c in text)
    foreign = sum(c.isalpha() and not is_arabic_letter(c) and c != "ـ" for c in text)
    if len(letters) <= marks:
        return _NO_ARABIC
    symbols = len(text) - len(letters) - marks - foreign
    return arabic_word(letters) + marks * MARK + foreign * FOREIGN + symbols * SYMBOL


def bare(word: str) -> str:
    """Without marks, tatweel and joiners."""
    return _NO_LETTERS.sub("", word)


_NO_LETTERS = regex.compile(r"[\p{Mn}\p{Cf}ـ]+")


@kept
def latin_word(word: str) -> Mapping[str, float]:
    """log P of a word in each language of Latin letters."""
    folded = word.lower()
    dotted = word.replace("İ", "i").replace("I", "ı").lower()
    return {
        language: letter_pairs(language).word(dotted if language == "tr" else folded, ANY_LETTER) for language in LATIN
    }
