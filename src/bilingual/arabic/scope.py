"""Which parts of a plain string a profile may change: its Arabic, as far as script and letters can tell.

The idea: Arabic script stands in stretches, cut at letters of other scripts and at line ends. A stretch with letters
that Arabic does not use may be Persian, Urdu or Kurdish: then its words are weighed one by one. One without such a
letter changes where it or its line looks Arabic; one with it where three others do for each such word. URLs, e-mails
and @handles never change.
Text that went through the segmenter does not need this: there the language of every span is known.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from operator import index

import numpy as np
import numpy.typing as npt
import regex

from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.ZWNJ)
from bilingual.arabic import table
from bilingual.arabic.codes import to_text
from bilingual.arabic.entries import AFTER, ARABIC, FINAL, FOREIGN, FORMAT, HAS_LETTER, LINE_END, OTHER_LETTER
from bilingual.arabic.inspection import kernel
from bilingual.arabic.memory import kept
from bilingual.arabic.table import I64, U32
from bilingual.text.native import views

Ranges = Iterable[tuple[int, int]]
"""Starts and ends, half-open, in code points of the text."""
Bounds = tuple[I64, I64]
"""The same as arrays: starts and ends, ascending and disjoint."""

# A word with alef maksura before another letter is Uyghur; but two Arabic words may be written as one (إلىالسوق).
_BEGIN_WORDS = frozenset(map(ord, "اأإآٱء"))
_MEDIAL = re.compile(f"ى(?=[{''.join(map(chr, sorted(L.ARABIC_ALPHABET - _BEGIN_WORDS)))}])")
_FORMAT = L.BIDI_MARKS | L.BIDI_PAIRED | L.INVISIBLE | {L.ZWNJ, L.ZWJ}
# Letters beyond the alphabet that Arabic texts have: ڤ ڥ ڨ for loan words, swash kaf as decoration.
_FOREIGN_EXCEPT = L.ARABIC_ALPHABET | {L.TATWEEL, 0x06A4, 0x06A5, 0x06A8, L.SWASH_KAF, *L.SMALL_LETTERS}

_SIGNS = re.compile(
    "[ةأإٱﹰ-ﻼ\N{ARABIC FATHATAN}\N{ARABIC DAMMATAN}\N{ARABIC KASRATAN}]"
    "|^[وفبكل]?ال\\w{3}|^(?:من|في|عن|على|هذا|هذه|كان)$"
    "|(?:[\N{ARABIC FATHA}-\N{ARABIC SUKUN}\N{ARABIC LETTER SUPERSCRIPT ALEF}].*){2}"
)
"""Signs of Arabic in a word: letters that Persian, Urdu, Kurdish and Uyghur lack, the article, tanwin, vowel signs."""

_KEYS = re.compile("[ىيكؤ]")
"""Letters of Arabic keyboards that Uyghur has too, and whoever typed Persian, Urdu or Kurdish on such a keyboard."""

_MARKS = re.compile(f"[{L.MARKS_TEXT}{chr(L.TATWEEL)}]+")
_PHRASE = f"[{''.join(map(chr, L.PHRASES))}]"
_WORD = re.compile(
    rf"{_PHRASE}|[^\W\d_](?:(?!{_PHRASE})[\w{L.MARKS_TEXT}\N{{ZERO WIDTH NON-JOINER}}\N{{ZERO WIDTH JOINER}}])*"
)

# `regex` takes vowel marks into \w, and looks back over characters that normalization drops: what is an address does
# not change with what is dropped, nor with digits and full stops before a scheme that become ASCII.
_ADDRESS = regex.compile(
    r"""(?: (?<![A-Za-z0-9+.-])[0-9+.-]*+[A-Za-z][A-Za-z0-9+.-]*+://[^\s<>"'«»()]++   # a scheme
          | (?<![\w.])www\.[^\s<>"'«»()]++                                  # a host without one
          | (?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++                    # an e-mail
          | (?<![\w@]\p{Cf}*)@\w++ )                                        # a handle
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_TRAILING = ".,;:!?،؛؟۔…"


@cache
def _classes() -> table.Stages:
    entries = {code: OTHER_LETTER for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] == "L"}
    entries |= dict.fromkeys(L.LINE_ENDS, LINE_END)
    for block in L.ARABIC_BLOCKS:
        for code in block:
            entries[code] = ARABIC | (_letter_bits(code) if L.is_letter(code) else 0)
    entries |= dict.fromkeys(_FORMAT, FORMAT)
    entries[L.ALEF_MAKSURA] |= FINAL
    for code in L.ARABIC_ALPHABET - _BEGIN_WORDS:
        entries[code] |= AFTER
    return table.stages(entries)


def _letter_bits(code: int) -> int:
    if code in L.mark_forms() or code in L.PHRASES:
        return HAS_LETTER
    forms = L.letter_forms().get(code, (code,))
    foreign = any(form not in _FOREIGN_EXCEPT and L.is_letter(form) for form in forms)
    return HAS_LETTER | (FOREIGN if foreign else 0)


def arabic_ranges(codes: U32) -> Bounds:
    """Starts and ends of the ranges of Arabic. Shapes: codes uint32[n]; starts, ends int64[k] ascending, disjoint."""
    n = len(codes)
    starts, ends = np.empty(n // 2 + 2, np.int64), np.empty(n // 2 + 2, np.int64)
    bits, lines = np.empty(n // 2 + 2, np.uint32), np.empty(n // 2 + 2, np.int64)
    line_start, line_bits = np.empty(n + 2, np.int64), np.empty(n + 2, np.uint32)
    seen, *room = views((codes, starts, ends, bits, lines, line_start, line_bits), kernel.COMPILED)
    size, n_lines = kernel.stretches(_classes().seen_by(kernel), seen, kernel.Stretches(*room))
    starts, ends, bits, lines = starts[:size], ends[:size], bits[:size], lines[:size]
    line_start, line_bits = line_start[:n_lines], line_bits[:n_lines]
    # Digits and punctuation alone belong to the language of their line.
    keep = (bits & HAS_LETTER > 0) | (line_bits[lines] & OTHER_LETTER == 0)
    doubtful = line_bits[lines] & FOREIGN > 0
    if doubtful.any():
        return _weigh(codes, starts[keep], ends[keep], lines[keep], doubtful[keep])
    return starts[keep], ends[keep]


def _weigh(codes: U32, starts: I64, ends: I64, lines: I64, doubtful: npt.NDArray[np.bool_]) -> Bounds:
    """Keep the stretches of lines that are plainly Arabic, and of the others the words that may change."""
    ranges = [(s, e) for s, e in zip(starts[~doubtful].tolist(), ends[~doubtful].tolist(), strict=True)]
    by_line: dict[int, list[tuple[int, int]]] = {}
    rows = zip(lines[doubtful].tolist(), starts[doubtful].tolist(), ends[doubtful].tolist(), strict=True)
    for line, start, end in rows:
        by_line.setdefault(line, []).append((start, end))
    for stretches in by_line.values():
        ranges.extend(_weigh_line(codes, stretches))
    ranges.sort()
    return bounds(ranges)


def _weigh_line(codes: U32, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    words = []
    for start, end in stretches:
        text = to_text(codes[start:end])
        words += [(start + m.start(), start + m.end(), *_evidence(m.group())) for m in _WORD.finditer(text)]
    others = sum(foreign for *_, foreign in words)
    plain = [word for word in words if codes[word[0]] not in L.PHRASES]
    lean = sum(signs for _, _, signs, _, foreign in plain if not foreign) > others
    # Urdu has the phrases, too: they count where the words alone lean to Arabic, and nowhere else are they written out.
    words = words if lean else plain
    signs = sum(signs for _, _, signs, _, foreign in words if not foreign)
    typed = sum(typed for *_, typed, foreign in words if not foreign)
    if signs + (typed if signs else 0) >= 3 * others:
        return stretches
    return [(s, e) for s, e, signs, _, foreign in words if not foreign and (signs or lean)]


@kept
def _evidence(word: str) -> tuple[int, int, bool]:
    """How many words with signs of Arabic it is, as a phrase is several, and how many others with keys of Arabic
    keyboards; whether it has foreign letters.

    In a line with foreign letters swash kaf is one of them: Sindhi writes its kaf so. A letter and the hamza after it
    say what the two say as one code point, and a word says what it says without its marks, so that what is normalized
    is known again.
    """
    word = unicodedata.normalize("NFC", word)
    foreign = any(_classes()[ord(character)] & FOREIGN or ord(character) == L.SWASH_KAF for character in word)
    written = L.PHRASES.get(ord(word[0]), word)
    signs = typed = 0
    for one in written.split():
        bare = _bare(one)
        if _SIGNS.search(one) or _SIGNS.search(bare):
            signs += 1
        elif _KEYS.search(bare):
            typed += 1
    return signs, typed, foreign or _MEDIAL.search(word) is not None


def _bare(word: str) -> str:
    """The plain letters of a word."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word))


def bounds(ranges: Ranges) -> Bounds:
    """Starts and ends of ranges."""
    pairs = np.array([*ranges], np.int64).reshape(-1, 2)
    return np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])


def checked(ranges: Ranges, size: int) -> Bounds:
    """Ranges that a caller gave for a text of `size` code points.

    Raises: ValueError when they overlap or leave it, TypeError for what are no whole numbers.
    """
    given = bounds((index(start), index(end)) for start, end in ranges)
    flat = np.stack(given, axis=1).ravel()
    if len(flat) and (flat[0] < 0 or flat[-1] > size or (flat[1:] < flat[:-1]).any()):
        raise ValueError(f"ranges must be ascending, disjoint and inside a text of {size} code points")
    return given


def without_addresses(text: str, starts: I64, ends: I64) -> Bounds:
    """The ranges less the URLs, e-mails and @handles in them."""
    holes = addresses(text)
    return subtract(starts, ends, holes) if holes else (starts, ends)


def addresses(text: str) -> list[tuple[int, int]]:
    """URLs, e-mails and @handles: ascending, disjoint ranges.

    >>> addresses("زوروا www.موقع.com، أو راسلوا me@mail.com")
    [(6, 18), (30, 41)]
    """
    found: list[tuple[int, int]] = []
    end = 0
    for at in sorted(at for sign in _SIGNS_OF_ADDRESS for at in _occurrences(text, sign)):
        if at < end:
            continue
        start = max(end, _edge(text, at, -1))
        end = _edge(text, at, 1)
        for match in _ADDRESS.finditer(text, start, end):
            found.append((match.start(), match.start() + len(match.group().rstrip(_TRAILING))))
    return found


_SIGNS_OF_ADDRESS = ("@", "://", "www.", "WWW.")
_LONGEST_ADDRESS = 2000


def _occurrences(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _edge(text: str, at: int, step: int) -> int:
    """Where the run of non-space characters around `at` begins (step -1) or ends (step 1)."""
    stop = at
    while 0 <= stop < len(text) and abs(stop - at) < _LONGEST_ADDRESS and not text[stop].isspace():
        stop += step
    return stop + 1 if step < 0 else stop


def subtract(starts: I64, ends: I64, holes: list[tuple[int, int]]) -> Bounds:
    """The ranges less the holes; both ascending and disjoint."""
    kept: list[tuple[int, int]] = []
    at = 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        while at < len(holes) and holes[at][1] <= start:
            at += 1
        k = at
        while k < len(holes) and holes[k][0] < end:
            if start < holes[k][0]:
                kept.append((start, holes[k][0]))
            start = max(start, holes[k][1])
            k += 1
        if start < end:
            kept.append((start, end))
    return bounds(kept)
