"""UTF-8 that was read as an encoding of one byte for each character, once or several times."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from bilingual.arabic.damage.finding import SIGN, Finder, Repair, lines_of
from bilingual.arabic.damage.readers import READERS, class_of, reader
from bilingual.arabic.letters import is_arabic_letter

LEADS = range(0xD8, 0xDC)
"""Lead bytes of U+0600 to U+06FF in UTF-8."""
LAYERS = 3
"""How often UTF-8 may have been misread, one time after the other."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Runs of well-formed UTF-8 of two to four bytes for each character, as the reader shows them."""
    bytes_of = reader(name)

    def of(first: int, last: int) -> str:
        return class_of(c for c, b in bytes_of.items() if first <= b <= last)

    tail = of(0x80, 0xBF)
    return re.compile(f"(?:{of(0xC2, 0xDF)}{tail}|{of(0xE0, 0xEF)}{tail}{{2}}|{of(0xF0, 0xF4)}{tail}{{3}})+")


def finder(name: str) -> Finder:
    """A finder of UTF-8 that was read as another encoding; a run must decode strictly, and to Arabic."""

    def find(text: str) -> list[Repair]:
        found = []
        for start, line in lines_of(text):
            runs = _runs(line, name)
            n = _letters(line, runs, name)
            if not n:
                continue
            for match, after, offsets in runs:
                reason = f"UTF-8 read as {' or '.join(READERS[name])}: {n} Arabic letters as byte pairs"
                place = start + match.start()
                found.append(
                    Repair.at(
                        place, match.group(), after, kind="utf-8 misread", score=n * SIGN, sure=True, reason=reason,
                        offsets=offsets,
                    )
                )  # fmt: skip
        return found

    return find


Run = tuple[re.Match[str], str, tuple[int, ...]]
"""A run of misread UTF-8: where it stands, its text, and where in it each character begins."""


def _runs(line: str, name: str) -> list[Run]:
    bytes_of = reader(name)
    runs = []
    for match in _pattern(name).finditer(line):
        try:
            after = bytes(bytes_of[c] for c in match.group()).decode("utf-8")
        except UnicodeDecodeError:
            continue
        sizes = [len(character.encode()) for character in after]
        runs.append((match, after, tuple(accumulate(sizes[:-1], initial=0))))
    return runs


def _letters(line: str, runs: list[Run], name: str, layers: int = LAYERS) -> int:
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
    return max((_letters(inner, _runs(inner, name), name, layers) for name in names), default=0)


def is_utf8(word: str) -> bool:
    """Whether a word is nothing but UTF-8 that was read as cp1252, Latin-1 or cp1254."""
    return _pattern("cp1252").fullmatch(word) is not None


@cache
def leads(name: str) -> frozenset[int]:
    """Lead bytes of Arabic in UTF-8, and of the characters that this reader or cp1252 shows for Arabic in UTF-8."""
    readers = (reader(name), reader("cp1252"))
    shown = (c.encode() for one in readers for c, byte in one.items() if byte in LEADS or 0x80 <= byte < 0xC0)
    return frozenset(LEADS) | {character[0] for character in shown if len(character) == 2}
