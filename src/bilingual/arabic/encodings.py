"""How likely bytes are in each encoding of one byte for each character, by pairs of letters.

The idea: the words that hold bytes above 127 are laid end to end with a blank between two, a table turns each byte into
the number of its letter, and the counts of pairs of numbers, times log P(letter | letter before), weigh all words in
every language of a script at once. Encodings of other scripts are weighed too, not to be taken for Arabic.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from bilingual.arabic import evidence

Numbers = npt.NDArray[np.uint8]
Table = npt.NDArray[np.float64]


class Encoding(NamedTuple):
    """A group of languages of `LANGUAGES`, and how common the encoding is before anything is read, in nats."""

    languages: str
    prior: float


ENCODINGS = {
    "cp1252": Encoding("Latn", 0.0),
    "cp1256": Encoding("Arab", 0.0),
    "iso8859-6": Encoding("Arab", -4.0),
    "mac-arabic": Encoding("ar", -6.0),
    "mac-farsi": Encoding("fa", -6.0),
    "cp720": Encoding("Arab", -8.0),
    "cp1254": Encoding("tr", -2.0),
    "cp1250": Encoding("Latn", -6.0),
    "iso8859-2": Encoding("Latn", -7.0),
    "iso8859-15": Encoding("Latn", -6.0),
    "cp1257": Encoding("Latn", -10.0),
    "cp850": Encoding("Latn", -8.0),
    "mac-roman": Encoding("Latn", -8.0),
    "cp852": Encoding("Latn", -10.0),
    "mac-latin2": Encoding("Latn", -13.0),
    "cp857": Encoding("tr", -10.0),
    "mac-turkish": Encoding("tr", -10.0),
    "cp1258": Encoding("vi", -8.0),
    "cp1251": Encoding("Cyrl", -7.0),
    "koi8-u": Encoding("Cyrl", -9.0),
    "iso8859-5": Encoding("Cyrl", -11.0),
    "cp866": Encoding("Cyrl", -11.0),
    "cp1253": Encoding("Grek", -6.0),
    "iso8859-7": Encoding("Grek", -7.0),
    "cp1255": Encoding("Hebr", -6.0),
}
LANGUAGES = {
    "Arab": ("ar", "fa", "ur"),
    "ar": ("ar",),
    "fa": ("fa", "ur"),
    "Latn": tuple(tag for tag in evidence.LATIN if tag != "tr"),
    "tr": ("tr",),
    "vi": ("vi",),
    "Cyrl": ("ru", "uk", "bg", "mk"),
    "Grek": ("el",),
    "Hebr": ("he",),
}
_KIN = {"ar": "Arab", "fa": "Arab", "tr": "Latn", "vi": "Latn"}
"""The script of languages that an encoding of their own is for; Mac Farsi and Mac Arabic differ only in digits."""
ARABIC = tuple(codec for codec, one in ENCODINGS.items() if "Arab" in (one.languages, _KIN.get(one.languages)))
LATIN = tuple(codec for codec, one in ENCODINGS.items() if "Latn" in (one.languages, _KIN.get(one.languages)))

_EDGE, _PUNCT, _LOST, _SYMBOL, _MARK, _FOREIGN, _LETTERS = range(7)
"""Numbers of bytes: a blank, punctuation, a question mark in place of a letter, other symbols, and letters."""
_ODD = -5.0
"""A byte without a character, a control code, or a sign of mathematics or of drawn boxes."""
_MAC_BLANK = -0.5
_MAC = -3.0
"""A blank, or another character of ASCII, at a second byte, as Mac Arabic has them for text from right to left."""
_NO_BREAK = -6.0
"""A no-break space more than there are blanks: then it is the blank of Mac Arabic."""
_NOT_TURKISH = -4.0
"""A letter that Turkish does not have; all costs are in nats."""
_NO_TURKISH_LETTERS = frozenset("áéóúýæåäãõàèìòÁÉÓÚÝÆÅÄ")
_JOINS = frozenset("،؛؟‘’–—…")
"""Punctuation that may touch a word, also between two without blanks."""
_PUNCTUATION = frozenset("«»“”„‚‹›•¿¡")
"""Punctuation that touches a word on one side."""
_SPELLING = "·"
"""What is no letter, though languages spell with it: Catalan "col·legi"."""


def scores(words: bytes) -> dict[str, float]:
    """How likely words with a blank before and behind each are in each encoding, in nats.

    cp1256 and others hold the quotation marks, and cp1256 the letters of French, at the same bytes as cp1252: between
    the two, words that both read alike (“café”, “it’s” in an English page with Arabic names in it) say nothing.
    """
    latin, language = _latin(words, "cp1252")
    found = {"cp1252": latin}
    for codec in ENCODINGS:
        if codec in LATIN:
            if codec not in _RARE:
                found[codec] = _latin(words, codec)[0]
        elif alike := _alike(codec):
            same, own = b"".join(alike.findall(words)) + b" ", alike.sub(b"", words)
            found[codec] = _other(own, codec) + _latin(same, "cp1252", language)[0] + _mixed(own, same)
        else:
            found[codec] = _other(words, codec)
    best = max(found, key=found.__getitem__)
    has_rare = max(found[codec] for codec in LATIN if codec in found) > found[best] - _CLEAR
    for codec in _RARE:
        found[codec] = _rare(words, codec) if has_rare else -math.inf
    return {codec: found[codec] + one.prior for codec, one in ENCODINGS.items()}


_RARE = ("cp852", "mac-latin2", "mac-turkish", "cp1258")
"""Encodings that are weighed only where the common ones for Latin letters are not led by far: half of the time."""
_CLEAR = 50.0


def _rare(words: bytes, codec: str) -> float:
    return _vietnamese(words) if codec == "cp1258" and _TONE.search(words) else _latin(words, codec)[0]


_TONE = re.compile(rb"[aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd][\xcc\xd2\xde\xec\xf2]")
"""A vowel and a tone in cp1258, which has the tones of Vietnamese as marks behind their letters."""
_WORDS = re.compile(r"[^\W\d_]+")


def _vietnamese(words: bytes) -> float:
    """log P of the words in cp1258, whose letters and tones the pairs have as one."""
    text = unicodedata.normalize("NFC", words.decode("cp1258", "replace")).lower()
    spelled = _WORDS.findall(text)
    pairs = evidence.letter_pairs("vi")
    n_signs = sum(not c.isascii() for c in text) - sum(not c.isascii() for word in spelled for c in word)
    return sum(pairs.word(word, evidence.ANY_LETTER) for word in spelled) + evidence.SYMBOL * n_signs


def others(words: bytes, scores: dict[str, float], best: str) -> list[tuple[str, float, float, int]]:
    """The other encodings, the likeliest first: by how many nats each is behind, by how many without the priors, and
    how many bytes of the words it reads as other characters."""
    n_differing = np.bincount(np.frombuffer(words, np.uint8), minlength=256) @ _differing(best)
    found = [
        (codec, scores[best] - scores[codec], one.prior - ENCODINGS[best].prior, int(n))
        for (codec, one), n in zip(ENCODINGS.items(), n_differing, strict=True)
        if codec != best
    ]
    return sorted(((codec, lead, lead + prior, n) for codec, lead, prior, n in found), key=lambda one: one[1])


def _mixed(words: bytes, others: bytes) -> float:
    """log P that these of the words with letters are in one script and those in another, in nats: one word of many that
    would be Arabic does not make a page of French one in cp1256."""
    counts = [len(_WORD.findall(words)), len(_WORD.findall(others))]
    return sum(n * math.log(n / sum(counts)) for n in counts if n)


_WORD = re.compile(rb" [^ A-Za-z\xc0-\xff]*+[A-Za-z\xc0-\xff]")
"""A word up to its first letter."""


@cache
def _differing(codec: str) -> npt.NDArray[np.int64]:
    """1 for a byte that an encoding reads as another character [byte, encoding]."""
    columns = [[a != b for a, b in zip(characters(codec), characters(other), strict=True)] for other in ENCODINGS]
    return np.array(columns, np.int64).T


def is_language(words: bytes, scores: dict[str, float], codec: str) -> bool:
    """Whether the words read as a language at all in an encoding, not only better than in others."""
    n = len(words) - words.count(b"?") - 1
    return scores[codec] - ENCODINGS[codec].prior >= FIT * n


def is_misread(data: bytes, words: bytes, codec: str) -> bool:
    """Whether a text, of which these are the words, has signs that it is in another encoding for Latin letters.

    One sign in many words, or in a long text, says nothing; of two letters nothing is known.
    """
    text = words.decode(codec, "replace")
    if len(data) < 100 and sum(map(str.isalpha, text)) < 3:
        return True
    has_blanks = characters(codec)[0xA0] != "\xa0" or data.count(b"\xa0") <= data.count(b" ")
    n_odd = len(_ODD_SIGNS.findall(text))
    return not has_blanks or n_odd * 20 > max(text.count(" "), len(data) // 100)


# fmt: off
_ODD_SIGNS = regex.compile(
    r"(?<=\p{Ll})(?![A-Z])\p{Lu}|(?<=\p{Lu})(?![A-Z])\p{Lu}(?=\p{Ll})"  # "MŠdchen": a capital inside a word
    r"|(?<=\p{L})[‚„ˆ˜¨¸¡¿¤¦•¶¬¯±¹¼½¾‡]"  # "caf‚": no sign that ends a word
    r"|[¹²³¼½¾ºª¶§©®™ˆ˜¨¸¢¤¦›](?=\p{Ll})"  # "ºehri", none that begins one
    r"|(?<=\p{L})[–«»“”‹›°×](?=\p{L})"  # "se–or", or stands in one
    r"|(?<=[aeouêâôăơ])ì"  # "percheì": the mark of a tone in cp1258
)
# fmt: on

FIT = -3.5
"""Nats for each letter and blank: right readings have -2.5, a few short ones -3.4; random bytes and Chinese -4.5."""


def are_kin(one: str, other: str) -> bool:
    """Whether two encodings are for the same languages, or for Arabic and Persian."""
    return ENCODINGS[one].languages == ENCODINGS[other].languages or {one, other} <= {*ARABIC}


@cache
def characters(codec: str) -> str:
    """The characters of the 256 bytes; U+FFFD where there is none."""
    return "".join(bytes([b]).decode(codec, "replace") for b in range(256))


@cache
def _alike(codec: str) -> re.Pattern[bytes] | None:
    """A word, with the blank before it, that the encoding reads as cp1252 does; None where no punctuation is alike."""
    pairs = enumerate(zip(characters("cp1252"), characters(codec), strict=True))
    same = bytes(b for b, (latin, own) in pairs if latin == own and b != ord(" "))
    return re.compile(rb" [%s]+(?= )" % re.escape(same)) if 0x93 in same else None


def _latin(words: bytes, codec: str, language: int | None = None) -> tuple[float, int]:
    """log P of the words in the best, or the given, of the languages, and which that is."""
    numbers, cost = _parts(words, codec)
    letters = _NO_LETTERS.sub(b"", numbers.tobytes())
    sums = _pair_sums(np.frombuffer(letters, np.uint8), ENCODINGS[codec].languages)
    best = int(np.argmax(sums)) if language is None else language
    return cost + float(sums[best]), best


_NO_LETTERS = re.compile(rb"\x00[\x02-\x04]+(?=\x00)")
"""A word without letters."""


def _other(words: bytes, codec: str) -> float:
    """log P of words and the punctuation that touches them; symbols alone cost what they cost in Latin."""
    letters, cost = _parts(words, codec)
    part = np.cumsum(letters == _EDGE)
    n = _LETTERS + 1
    kinds = np.bincount(part * n + np.minimum(letters, _LETTERS), minlength=n * (int(part[-1]) + 1)).reshape(-1, n)
    n_marks = np.maximum(kinds[:, _MARK] - kinds[:, _LETTERS], 0)
    is_word = kinds[:, _LETTERS] + kinds[:, _MARK] + kinds[:, _FOREIGN] > 0
    each = kinds @ _KIND_COSTS + is_word * kinds[:, _SYMBOL] * _INSIDE + n_marks * evidence.FOREIGN
    kept = letters[(letters <= _LOST) | (letters >= _LETTERS)]
    return cost + float(each.sum() + np.max(_pair_sums(kept, ENCODINGS[codec].languages)))


_INSIDE = -5.0
"""What a symbol, or punctuation between two letters, costs more inside a word."""
_KIND_COSTS = np.array([0.0, 0.0, 0.0, evidence.SYMBOL, evidence.MARK, evidence.FOREIGN, 0.0])


def _parts(words: bytes, codec: str) -> tuple[Numbers, float]:
    """The numbers of letters, punctuation taken for blanks, and what bytes cost beside the pairs."""
    numbers = np.frombuffer(words.translate(_numbers(codec)), np.uint8)
    counts = np.bincount(np.frombuffer(words, np.uint8), minlength=256)
    is_letter = numbers >= _LETTERS
    is_inside = (numbers[1:-1] == _PUNCT) & is_letter[:-2] & is_letter[2:]
    cost = float(counts @ _costs(codec)) + _INSIDE * int(np.count_nonzero(is_inside))
    if characters(codec)[0xA0] == "\xa0":
        cost += _NO_BREAK * max(0, int(counts[0xA0] - counts[ord(" ")]) + 1)
    return np.where(numbers == _PUNCT, np.uint8(_EDGE), numbers), cost


@cache
def _costs(codec: str) -> Table:
    languages = ENCODINGS[codec].languages
    costs = np.zeros(256)
    for b, c in enumerate(characters(codec)[0x80:], 0x80):
        costs[b] += _ODD * (c == "\N{REPLACEMENT CHARACTER}" or "\x80" <= c < "\xa0" or "\u2200" <= c < "\u2600")
        costs[b] += _MAC_BLANK * (c == " ") + _MAC * (c.isascii() and c != " ")
        costs[b] += evidence.SYMBOL * (c in _PUNCTUATION or c in _JOINS)
        costs[b] += evidence.SYMBOL * (codec in LATIN and _number(c, languages) in (_SYMBOL, _MARK))
        costs[b] += _NOT_TURKISH * (languages == "tr" and c in _NO_TURKISH_LETTERS)
    return costs


def _pair_sums(letters: Numbers, languages: str) -> npt.NDArray[np.float64]:
    """log P of words of letters and blanks around them, by language."""
    n = len(_alphabet(languages))
    counts = np.bincount(letters[:-1].astype(np.intp) * n + letters[1:])
    found = np.flatnonzero(counts)
    return counts[found] @ _pairs(languages)[found]


@cache
def _pairs(languages: str) -> Table:
    """log P(letter | letter before) [letter before * n + letter, language]; a lost letter says nothing."""
    floor = _FLOOR if "Arab" in (languages, _KIN.get(languages)) else evidence.ANY_LETTER
    tables = np.stack([evidence.pair_table(tag, _alphabet(languages), floor) for tag in LANGUAGES[languages]], axis=-1)
    tables[_LOST] = tables[:, _LOST] = 0.0
    return tables.reshape(-1, len(LANGUAGES[languages]))


_FLOOR = -12.0
"""What a letter of Arabic script costs at most: as much as one of another script, for Pashto, Sindhi and Sorani too."""


@cache
def _alphabet(languages: str) -> str:
    """The letters that the languages have pairs with, in the order of their numbers; "\\0" for what has none."""
    known = {letter for tag in LANGUAGES[languages] for letter in evidence.letter_pairs(tag).singles}
    encodings = [codec for codec, one in ENCODINGS.items() if one.languages == languages]
    folded = {_letter(c, languages) for codec in encodings for c in characters(codec)}
    return " " + "\0" * (_LETTERS - 1) + "".join(sorted(c for c in folded & known if c.isalpha() or c in _SPELLING))


def _letter(character: str, languages: str) -> str:
    """The letter that pairs are counted for: small, and one yeh, since Uyghur writes the one without dots in words."""
    if languages == "tr":
        character = character.replace("İ", "i").replace("I", "ı")
    return character.lower().replace("ی", "ي").replace("ى", "ي")


@cache
def _numbers(codec: str) -> bytes:
    """The number of each byte's letter."""
    numbers = bytearray(_number(c, ENCODINGS[codec].languages) for c in characters(codec))
    numbers[ord("?")] = _LOST
    return bytes(numbers)


def _number(character: str, languages: str) -> int:
    at = _alphabet(languages).find(_letter(character, languages))
    if at >= _LETTERS:
        return at
    if character in _PUNCTUATION:
        return _PUNCT
    if character in _JOINS or character == "\xa0" or (character.isascii() and not character.isalpha()):
        return _EDGE
    if character.isalpha() and character not in "ªº":
        return _FOREIGN
    return _MARK if unicodedata.category(character) == "Mn" else _SYMBOL

