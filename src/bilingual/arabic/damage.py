"""Where Arabic text is damaged: one function for each kind of damage, from text to repairs.

A finder looks at one text and returns what it would change; nothing is changed here. Each repair says why, and how sure
it is: `score` is a log likelihood ratio in nats, or a count of signs that clean text never has times `SIGN`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import regex

from bilingual.arabic import evidence
from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.MARKS)

SIGN = 6.0
"""Nats for one sign that clean text does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One damaged place. `offsets[k]` is where, in `before`, the source of `after[k]` begins (non-decreasing).

    Units: start and end are code points of the text as given; score is in nats.
    """

    start: int
    end: int
    kind: str
    before: str
    after: str
    score: float
    sure: bool
    reason: str
    offsets: tuple[int, ...]
    applied: bool = False


Finder = Callable[[str], list[Repair]]

# -- bytes read in a wrong encoding


def _sloppy(encoding: str) -> dict[int, str]:
    """Byte -> character, where bytes that the encoding leaves out are read as Latin-1 does, as browsers do."""
    return {
        b: bytes([b]).decode(encoding, "replace").replace("\N{REPLACEMENT CHARACTER}", chr(b)) for b in range(128, 256)
    }


def _reader(*encodings: str) -> dict[str, int]:
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

LEADS = range(0xD8, 0xDC)
"""Lead bytes of U+0600 to U+06FF in UTF-8."""
LAYERS = 3
"""How often UTF-8 may have been misread, one time after the other."""


@cache
def reader(name: str) -> dict[str, int]:
    """Character -> byte of a reader of `READERS`."""
    return _reader(*READERS[name])


def _class(characters: Iterator[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(set(characters)))) + "]"


@cache
def _utf8_pattern(name: str) -> re.Pattern[str]:
    """Runs of well-formed UTF-8 of two to four bytes for each character, as the reader shows them."""
    bytes_of = reader(name)

    def of(first: int, last: int) -> str:
        return _class(c for c, b in bytes_of.items() if first <= b <= last)

    tail = of(0x80, 0xBF)
    return re.compile(f"(?:{of(0xC2, 0xDF)}{tail}|{of(0xE0, 0xEF)}{tail}{{2}}|{of(0xF0, 0xF4)}{tail}{{3}})+")


def utf8_misread(name: str) -> Finder:
    """A finder of UTF-8 that was read as another encoding; a run must decode strictly, and to Arabic."""

    def find(text: str) -> list[Repair]:
        found = []
        for start, line in _lines(text):
            runs = _utf8_runs(line, name)
            n = _utf8_letters(line, runs, name)
            if not n:
                continue
            for match, after, offsets in runs:
                found.append(
                    Repair(
                        start=start + match.start(),
                        end=start + match.end(),
                        kind="utf-8 misread",
                        before=match.group(),
                        after=after,
                        score=n * SIGN,
                        sure=True,
                        reason=f"UTF-8 read as {' or '.join(READERS[name])}: {n} Arabic letters as byte pairs",
                        offsets=offsets,
                    )
                )
        return found

    return find


Run = tuple[re.Match[str], str, tuple[int, ...]]
"""A run of misread UTF-8: where it stands, its text, and where in it each character begins."""


def _utf8_runs(line: str, name: str) -> list[Run]:
    bytes_of = reader(name)
    runs = []
    for match in _utf8_pattern(name).finditer(line):
        try:
            after = bytes(bytes_of[c] for c in match.group()).decode("utf-8")
        except UnicodeDecodeError:
            continue
        sizes = [len(character.encode()) for character in after]
        runs.append((match, after, tuple(sum(sizes[:k]) for k in range(len(sizes)))))
    return runs


def _utf8_letters(line: str, runs: list[Run], name: str, layers: int = LAYERS) -> int:
    """How many Arabic letters the runs hold; 0 when chance could have made them.

    A misread line is all UTF-8: its runs take up (nearly) all of what is not ASCII and are (mostly) Arabic, or a line
    that is misread itself.
    """
    read = "".join(after for _, after, _ in runs)
    n = sum(map(is_arabic_letter, read))
    inside = sum(len(match.group()) for match, *_ in runs)
    outside = sum(c in reader(name) for c in line) - inside
    if not inside or outside > 0.1 * inside:
        return 0
    if n < 2 or n < 0.7 * sum(map(str.isalpha, read)):
        return _inner_letters(line, runs, layers - 1)
    return n if any(sum(map(is_arabic_letter, after)) > 1 for _, after, _ in runs) else 0


def _inner_letters(line: str, runs: list[Run], layers: int) -> int:
    """The Arabic letters of a line that is misread in what the runs of a misread line hold."""
    pieces, at = [], 0
    for match, after, _ in runs:
        pieces += [line[at : match.start()], after]
        at = match.end()
    inner = "".join([*pieces, line[at:]])
    names = READERS if layers and not inner.isascii() else ()
    return max((_utf8_letters(inner, _utf8_runs(inner, name), name, layers) for name in names), default=0)


@cache
def leads(name: str) -> frozenset[int]:
    """Lead bytes of Arabic in UTF-8, and of the characters that this reader or cp1252 shows for Arabic in UTF-8."""
    readers = (reader(name), reader("cp1252"))
    shown = (c.encode() for one in readers for c, byte in one.items() if byte in LEADS or 0x80 <= byte < 0xC0)
    return frozenset(LEADS) | {character[0] for character in shown if len(character) == 2}


def is_arabic_letter(character: str) -> bool:
    """Whether a character is a letter of Arabic script, not a mark, a digit or tatweel."""
    return "ء" <= character <= "ۓ" and character != "ـ" and unicodedata.category(character) == "Lo"


_HIGH = "\x80-\xff" + "".join(
    re.escape(c) for c in sorted({*_reader("cp1252"), *_reader("cp1254")} - {chr(b) for b in range(256)})
)
_HIGH_WORD = re.compile(f"(?<![A-Za-z{_HIGH}])[A-Za-z]*+[{_HIGH}][A-Za-z{_HIGH}]*")
ONE_BYTE = {"cp1256": "Windows-1256", "iso8859-6": "ISO 8859-6"}
_RARER = {"cp1256": 0.0, "iso8859-6": 2.0}
"""Nats by which text in an encoding is rarer, whatever it says."""
CHARSET_MARGIN = 7.5
"""Nats for a line: 99 of 100 damaged pairs of words reach it, words of European languages do not."""
SURE_MARGIN = 20.0


@cache
def arabic_of(encoding: str) -> dict[str, str]:
    """Character of the misread text -> character of the one-byte Arabic encoding."""
    truth = {b: bytes([b]).decode(encoding, "replace") for b in range(128, 256)}
    return {
        c: truth[b]
        for c, b in _reader("cp1252", "latin-1", "cp1254").items()
        if truth[b] != "\N{REPLACEMENT CHARACTER}"
    }


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


def one_byte_misread(text: str, documents: Documents | None = None) -> list[Repair]:
    """Windows-1256 or ISO 8859-6 that was read as cp1252, Latin-1 or cp1254."""
    documents = documents or Documents()
    found: list[Repair] = []
    for start, line in _lines(text):
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
    return re.compile(_class(c for c in arabic_of("cp1256") if c >= "\x80") + "{3}")


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
    places = (place for m, gain in zip(words, gains, strict=True) for place in _misread_in(m, gain, sure, encoding))
    return [
        Repair(
            start=start + match.start(),
            end=start + match.end(),
            kind="one-byte misread",
            before=match.group(),
            after=_decoded(match.group(), encoding),
            score=total,
            sure=sure,
            reason=f"{ONE_BYTE[encoding]} read as cp1252 or Latin-1: likelier Arabic by {total:.0f} nats",
            offsets=tuple(range(len(match.group()))),
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
    signs = _class(c for c, true in shown if true in "،؛؟" or unicodedata.category(true) == "Cf" or c < "\xa0")
    prefixes = _class(c for c, true in shown if true in "وفبكلاـ")
    return re.compile(f"{signs}+|(?<![^\\W\\d_]){prefixes}{{1,4}}(?=[A-Z])")


def _decoded(word: str, encoding: str) -> str:
    return "".join(arabic_of(encoding).get(c, c) for c in word)


def _counts(word: str, encoding: str) -> bool:
    """True for a word of two letters or more with few symbols, that is not UTF-8 read as cp1252."""
    decoded = _decoded(word, encoding)
    n = sum(map(is_arabic_letter, decoded))
    if n < 2 or n + sum(unicodedata.category(c) == "Mn" for c in decoded) < 0.7 * len(word.strip(_EDGES)):
        return False
    return not _utf8_pattern("cp1252").fullmatch(word)


_EDGES = "¡¿º»«‘’“”"


def _arabic_reading(word: str, encoding: str) -> float:
    """log P of a misread word, read as Arabic: by its letter pairs, or as a frequent word."""
    decoded = _decoded(word, encoding)
    return _word_reading(decoded) if all(map(is_arabic_letter, decoded)) else _mixed_reading(decoded)


def _word_reading(word: str) -> float:
    """log P of a word of Arabic letters."""
    pairs, listed = evidence.arabic_word(word), evidence.listed_word(word)
    return pairs if listed is None else max(pairs, listed + _LISTED)


def _mixed_reading(decoded: str) -> float:
    """log P of a decoded word as Arabic; marks are rare in it, other letters nearly impossible."""
    letters = "".join(c for c in decoded if is_arabic_letter(c))
    marks = sum(unicodedata.category(c) == "Mn" for c in decoded)
    foreign = sum(c.isalpha() and not is_arabic_letter(c) and c != "ـ" for c in decoded)
    if len(letters) <= marks:
        return _NO_ARABIC
    symbols = len(decoded) - len(letters) - marks - foreign
    return evidence.arabic_word(letters) + marks * MARK + foreign * FOREIGN + symbols * SYMBOL


_ASCII_LETTER = re.compile("[A-Za-z]")
_WORD_MARGIN = -3.0
_LISTED = math.log(0.5)
"""Half of all words are taken to be frequent ones."""
_NO_ARABIC = -50.0
MARK = -4.5
FOREIGN = -12.0
SYMBOL = -2.5


# -- letters doubled by decorated fonts

_ARABIC_WORD = re.compile("[ء-غف-يٮ-ۓـ]+")


_THREE_REPEATED = re.compile(r"([ء-ي])\1+([ء-ي])\2+([ء-ي])\3+")


def doubled_letters(text: str) -> list[Repair]:
    """Lines in which (nearly) every letter stands two to four times, as when bold print is drawn twice; marks between
    the letters are looked through."""
    found: list[Repair] = []
    for start, line in _lines(text):
        if not _THREE_REPEATED.search(_without_marks(line)):
            continue
        words = [_Word(start + m.start(), m.group()) for m in _MARKED_WORD.finditer(line)]
        words = [word for word in words if len(word.places) > 1]
        for times in (4, 3, 2):
            hits = [word for word in words if _is_repeated(word.letters, times)]
            clear = [word for word in hits if _changes(word.letters, times) >= 2]
            if clear and len(hits) >= 0.8 * len(words):
                found += [_undoubled(word, times, len(clear)) for word in hits]
                break
    return found


_MARKS = "".join(map(chr, sorted(L.MARKS)))
_MARKED_WORD = re.compile(f"[ء-غف-يٮ-ۓـ][ء-غف-يٮ-ۓـ{_MARKS}]*")
_NO_MARKS = dict.fromkeys(L.MARKS)


def _without_marks(text: str) -> str:
    return text.translate(_NO_MARKS)


class _Word:
    """A word with its marks; `places` are those of its letters."""

    __slots__ = ("letters", "places", "start", "text")

    def __init__(self, start: int, text: str) -> None:
        self.start, self.text = start, text
        self.places = [k for k, c in enumerate(text) if ord(c) not in L.MARKS]
        self.letters = _without_marks(text)


def _is_repeated(word: str, times: int) -> bool:
    return len(word) % times == 0 and all(word[k : k + times] == word[k] * times for k in range(0, len(word), times))


def _changes(word: str, times: int) -> int:
    """How often the letter changes: laughter (ههههه) never does."""
    return sum(word[k] != word[k - 1] for k in range(times, len(word), times))


def _undoubled(word: _Word, times: int, n_clear: int) -> Repair:
    # of each letter the first, with all the marks that stand on any of its copies
    dropped = {place for k, place in enumerate(word.places) if k % times}
    kept = [k for k in range(len(word.text)) if k not in dropped]
    after = "".join(word.text[k] for k in kept)
    return Repair(
        start=word.start,
        end=word.start + len(word.text),
        kind="doubled letters",
        before=word.text,
        after=after,
        score=n_clear * SIGN,
        sure=n_clear > 1 or len(word.letters) // times > 3,
        reason=f"every letter of the line stands {times} times: a font drawn {times} times",
        offsets=tuple(kept),
    )


# -- visual order

VISUAL_MARGIN = 8.0
"""Nats by which a line must read better from its end."""
VISUAL_UNSIGNED_MARGIN = 22.0
"""The same without a word that begins with teh marbuta or alef maksura: foreign names can weigh much. Words that
begin or end as they should ask for more."""
VISUAL_SURE = 20.0
_ENOUGH_LETTERS = 6
_ALPHABET = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_BACKWARD_ARTICLE = re.compile("(?<!لا)لا$")  # not that of تلألأ
_FOLDED = str.maketrans("أإآٱىةیک", "ااااي" + "هيك")


def visual_order(text: str) -> list[Repair]:
    """Lines stored from left to right as they look, as some PDF readers give them."""
    found = []
    for start, line in _lines(text):
        body = line.strip()
        if len(body) < 2:
            continue
        score, reason, sure = _visual_score(body)
        if score >= VISUAL_MARGIN:
            at = start + line.index(body)
            found.append(
                Repair(
                    start=at,
                    end=at + len(body),
                    kind="visual order",
                    before=body,
                    after=_reversed(body),
                    score=score,
                    sure=sure,
                    reason=reason,
                    offsets=(0,) * len(body),
                )
            )
    return found


def _visual_score(line: str) -> tuple[float, str, bool]:
    """How much a line looks to be in visual order, why, and whether that is sure."""
    logical, visual = _joining_signs(line)
    # A word in such forms among plain letters says nothing of their order.
    if (logical or visual) and sum(map(len, _FORMS.findall(line))) >= sum(map(is_arabic_letter, line)):
        if visual >= 2 and visual > 3 * logical:
            reason = f"{visual} presentation forms join to the wrong side: the line is in visual order"
            return visual * SIGN, reason, True
        return 0.0, "", False
    if logical:
        return 0.0, "", False
    # Each word once, however often it stands in the line: a refrain would outweigh all (لالا لالا لالا).
    words = dict.fromkeys(_ARABIC_WORD.findall(evidence.bare(line)))
    # Also as profile search spells it: what is damaged then is damaged now, or search were not idempotent.
    folded = dict.fromkeys(word.translate(_FOLDED) for word in words)
    gain = max(_visual_gain(words), _visual_gain(folded))
    reason = f"the line reads as Arabic from its end, by {gain:.0f} nats: visual order" if gain else ""
    return gain, reason, gain >= VISUAL_SURE


def _visual_gain(words: Iterable[str]) -> float:
    """Nats by which the words of a line read better from their ends; 0 where that is not enough."""

    def total(value: Callable[[str], float]) -> float:
        return sum(value(word) for word in words)

    n_letters = total(len)
    if n_letters < _ENOUGH_LETTERS:
        return 0.0
    if total(lambda w: sum(c not in _ALPHABET for c in w)) > 0.02 * n_letters:
        return 0.0  # Persian, Urdu, Kurdish, Uyghur: nothing is known of their letter pairs from the end
    signs = total(lambda w: w[0] in "ةى")
    against = total(lambda w: len(w) > 3 and (w.startswith("ال") or w[-1] in "ةى"))
    backward = total(lambda w: _word_reading(w[::-1]))
    forward = max(total(_word_reading), *(total(evidence.letter_pairs(tag).word) for tag in ("fa", "ur")))
    gain = backward - forward
    if against > signs:
        needed = VISUAL_UNSIGNED_MARGIN + 10.0 * (against - signs)
    elif not signs:
        needed = VISUAL_UNSIGNED_MARGIN - 8.0 * total(lambda w: len(w) > 3 and _BACKWARD_ARTICLE.search(w) is not None)
    else:
        needed = VISUAL_MARGIN
    return gain if gain >= needed else 0.0


def _joining_signs(line: str) -> tuple[int, int]:
    """Presentation forms that join as they can in logical order alone, and joints of which one side is missing.

    What stands at the edge of a word must not join there; a form that stands alone is shown as such (the shapes of a
    letter), as in either order it would have a neighbour.
    """
    logical = visual = 0
    for match in _FORMS.finditer(_bare_forms(line)):
        if len(match.group()) == 1:
            continue
        tags = [unicodedata.decomposition(c).partition(" ")[0] for c in match.group()]
        for before, after in pairwise(["", *tags, ""]):
            joins, joined = before in ("<initial>", "<medial>"), after in ("<medial>", "<final>")
            logical += (before, after) in (("<initial>", "<medial>"), ("<medial>", "<final>"))
            visual += joins != joined
    return logical, visual


# Beside plain letters a form may join to them.
_FORMS = re.compile("(?<![ء-ۓ\N{ZERO WIDTH JOINER}ﭐ-ﻼ])[ﭐ-ﻼ]+(?![ء-ۓ\N{ZERO WIDTH JOINER}ﭐ-ﻼ])")


def _bare_forms(line: str) -> str:
    """The line without marks and the presentation forms of marks."""
    return _without_marks(line).translate(dict.fromkeys(L.mark_forms()))


def _ltr_run() -> regex.Pattern[str]:
    """What keeps its order in a line that is shown from right to left, as UAX #9 has it.

    Letters that run from left to right with what stands between them, numbers after them (iPhone 15) and brackets that
    close (Google (GOOG)); numbers alone, one by one, or one before such letters; sequences of emoji.
    """
    ltr, rtl, bracket = r"\p{bc=L}\p{bc=EN}\p{bc=AN}", r"\p{bc=R}\p{bc=AL}", r"()\[\]{}"
    marks = r"[\p{M}--[\u0600-\u08ff]]*"
    token = rf"(?>[{ltr}]{marks}(?:[^\s{rtl}{bracket}]*[{ltr}%]{marks})?)"
    gap = rf"[^\n\t{ltr}{rtl}{bracket}]++"
    bracketed = rf" *\([^\n\t{rtl}{bracket}]*\)"
    letters = rf"(?:{token}{gap})?(?=\p{{bc=L}}){token}(?:{bracketed}|{gap}{token})*"
    emoji = r"\p{Extended_Pictographic}(?:[\ufe0f\p{Emoji_Modifier}]|\u200d\p{Extended_Pictographic})+"
    return regex.compile(f"(?V1){letters}|{token}|{emoji}")


_LTR_RUN = _ltr_run()


def _reversed(line: str) -> str:
    """The line from its end; what runs from left to right (`_ltr_run`) in its own order, brackets mirrored."""
    pieces, at = [], 0
    for match in _LTR_RUN.finditer(line):
        pieces.append(_flip(line[at : match.start()]))
        pieces.append(match.group())
        at = match.end()
    pieces.append(_flip(line[at:]))
    return "".join(reversed(pieces))


def _flip(text: str) -> str:
    """Reversed by clusters of a letter and its marks; marks that stand before their letter are after it then."""
    return text[::-1].translate(_MIRROR)


# -- an alef too many

# What follows the alef and the first lam in الله and اللهم.
_GOD = "لهم?(?![ء-ۓ])"
# After waw it may be a vowel drawn out (واالله).
_ALEF_TWICE = re.compile(f"(?<![ء-ۓ])(?:[وف]?(?:عبد|[بتك]))?(اا)(?=ل{_GOD})")


def doubled_alef(text: str) -> list[Repair]:
    """An alef too many in الله: typed before a ligature that fonts draw without its own, which was then taken apart.

    Never sure, as the first vowel of a call may be drawn out.
    """
    return [
        Repair(
            start=match.start(1),
            end=match.end(1),
            kind="doubled alef",
            before="اا",
            after="ا",
            score=SIGN,
            sure=False,
            reason="no word begins so; the ligature of الله was written with an alef of its own before it",
            offsets=(0,),
        )
        for match in _ALEF_TWICE.finditer(text)
    ]


# -- swapped lam-alef

_SWAPPED = re.compile(
    f"(?<![ء-ۓ\N{ARABIC FATHATAN}-\N{ARABIC HAMZA BELOW}])([وفبك]?)ا([اأإآ])ل(?!{_GOD})(?=[ء-ۓ]{{2}})"
)
# Inside a word alone it is no sign: two words glued together (مؤخرااليوم) look the same.
_SWAPPED_INSIDE = re.compile(f"(?<=[ء-ۓ])ا([اأإآ])ل(?!{_GOD})")
_SWAPPED_LI = re.compile("(?<![ء-ۓ])ل([اأإآ])ل(?=[ء-ۓ]{2})")
# Where the ligature was taken apart backwards, it was so everywhere: what still stands as it should says it was not.
_INTACT = re.compile("ل([اأإآ])(?!ل)")


def swapped_lam_alef(text: str) -> list[Repair]:
    """Lam and alef that changed places when a ligature was taken apart: األول for الأول.

    In a line with such words, others that can be nothing else are repaired, too.
    """
    return _swapped_places(text, _signs_and_others)


def swapped_sign(text: str) -> list[Repair]:
    """As `swapped_lam_alef`, in the words that begin with alef, alef, lam alone."""
    return _swapped_places(text, lambda _, signs: {m.start(2): m.group(2) for m in signs})


def _swapped_places(text: str, places: Callable[[str, list[re.Match[str]]], dict[int, str]]) -> list[Repair]:
    found = []
    for start, line in _lines(text):
        signs = list(_SWAPPED.finditer(line))
        if not signs:
            continue
        n = len(signs)
        for at, alef in sorted(places(line, signs).items()):
            found.append(
                Repair(
                    start=start + at,
                    end=start + at + 2,
                    kind="swapped lam-alef",
                    before=alef + "ل",
                    after="ل" + alef,
                    score=n * SIGN,
                    sure=n > 1 or alef != "ا",
                    reason=f"{n} words begin with alef, alef, lam, as none does: lam-alef was taken apart backwards",
                    offsets=(0, 0),
                )
            )
    return _disjoint(found)


def _signs_and_others(line: str, signs: list[re.Match[str]]) -> dict[int, str]:
    """Where in the line an alef stands before its lam, and which alef."""
    intact = {m.group(1) for m in _INTACT.finditer(line)}
    places = {m.start(2): m.group(2) for m in signs}
    others = (*_SWAPPED_INSIDE.finditer(line), *_SWAPPED_LI.finditer(line))
    places |= {m.start(1): m.group(1) for m in others if m.group(1) not in intact}
    if "ا" not in intact:
        words, swapped_at = _swapped_words()
        for match in words.finditer(line):
            word = match.lastindex or 1
            places |= {match.start(word) + at: "ا" for at in swapped_at[match.group(word)]}
    return places


_SUFFIXES = "ة|ا|ي|ى|يا|ية|ات|يات|ان|ين|ون|يين|يون|ه|ها|هم|هما|هن|ك|كم|نا"


@cache
def _swapped_words() -> tuple[re.Pattern[str], dict[str, list[int]]]:
    """Swapped spellings that are no word, from `data/arabic/lam-alef.tsv`, and where in each the alefs stand.

    The first letter of a word that begins with alef is swapped with the lam of the article before it.
    """
    source = resources.files("bilingual") / "data" / "arabic" / "lam-alef.tsv"
    places: dict[str, list[int]] = {}
    words, behind_article = [], []
    for line in source.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            swapped, at = line.replace("لا", "ال"), [m.start() for m in re.finditer("لا", line)]
            words.append(swapped)
            places[swapped] = at
            if line[0] in "اأإآ" and not line.startswith("ال"):
                behind_article.append(swapped[0] + "ل" + swapped[1:])
                places[behind_article[-1]] = [k + 1 for k in at]
    pattern = (
        f"(?<![ء-ۓ{_MARKS}])(?:[وف]?(?:[بكل]?(?:ال)?|لل)({'|'.join(words)})"
        f"|[وف]?(?:[بك]?ا|ل)({'|'.join(behind_article)}))(?:{_SUFFIXES})?(?![{_MARKS}]*[ء-ۓ])"
    )
    return re.compile(pattern), places


def _disjoint(found: list[Repair]) -> list[Repair]:
    kept: list[Repair] = []
    for one in sorted(found, key=lambda r: (r.start, r.end)):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines and where they begin. Only line feeds end them: a misread byte 85 looks like another kind of line end."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
