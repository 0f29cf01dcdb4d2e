"""Where the text of a page stands in its source: pieces of text, and inside of them the places where the two differ."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from html.entities import html5

from bilingual.text.arrays import Array

# What can be another number of characters in the text: a reference, white space, and NUL, which is dropped.
_STEP = re.compile(
    r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[A-Za-z][A-Za-z0-9]{1,30};?)|[ \t\n\r\f]+|[\u2028\u2029\x00]"
)
_LINE_ENDS = "\n\r\u2028\u2029"
# More digits than Python turns into a number; no character has half as many.
_LONG_NUMBER = re.compile(r"&#[0-9]{20,};?")


def resolved(raw: str) -> str:
    """`raw` with its character references resolved.

    >>> resolved("Fish &amp; chips"), resolved("&#" + "1" * 5000 + ";")
    ('Fish & chips', '\N{REPLACEMENT CHARACTER}')
    """
    return unescape(_LONG_NUMBER.sub("\N{REPLACEMENT CHARACTER}", raw))


class Places:
    """The map from a page's text to its source; call it with a range of the text.

    Shapes: `pieces` int32[n, 4]: start and end of a piece in the text, start and end in the source, ascending.
    """

    def __init__(self, source: str, pieces: Array) -> None:
        self.source = source
        self.pieces = pieces
        self._steps: dict[int, _Steps] = {}

    @cached_property
    def _rows(self) -> list[list[int]]:  # bisecting a list is several times faster than searching an array
        return list(self.pieces.tolist())

    @cached_property
    def _ends(self) -> list[int]:
        return [row[1] for row in self._rows]

    def __call__(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where text[start:end] stands: one range of the source per text node, in order, tags left out."""
        rows, found = self._rows, []
        at = bisect_right(self._ends, start)
        while at < len(rows) and rows[at][0] < end:
            t0, t1, s0, s1 = rows[at]
            if start <= t0 and t1 <= end:
                found.append((s0, s1))
            else:
                steps = self._steps_of(at)
                found.append(_across(max(start, t0), min(end, t1), steps.text, steps.source))
            at += 1
        return tuple(found)

    def in_text(self, index: int, start: int, end: int) -> tuple[int, int]:
        """Where source[start:end], all or a part of the piece `index`, stands in the text."""
        steps = self._steps_of(index)
        return _across(start, end, steps.source, steps.text)

    def _steps_of(self, index: int) -> _Steps:
        """The steps of a piece: its source is read once, however many parts of it are asked for."""
        found = self._steps.get(index)
        if found is None:
            found = self._steps[index] = _read_steps(self.source, self._rows[index])
        return found

    def __getstate__(self) -> tuple[str, Array]:
        return self.source, self.pieces

    def __setstate__(self, state: tuple[str, Array]) -> None:
        self.__init__(*state)  # type: ignore[misc]


_Side = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """Where a piece's text and source are not the same characters: starts and ends in both, in order.

    Between two steps both go on character by character. An empty first step stands at the start of the piece.
    """

    text: _Side
    source: _Side


def _across(start: int, end: int, here: _Side, there: _Side) -> tuple[int, int]:
    """A range of one side of a piece as the range of the other; of a step all or nothing is taken."""
    k = bisect_right(here[0], start) - 1
    first = there[0][k] if start < here[1][k] else there[1][k] + start - here[1][k]
    k = bisect_left(here[0], end) - 1
    return first, there[1][k] + max(0, end - here[1][k])


def _read_steps(source: str, piece: Sequence[int]) -> _Steps:
    """The steps of a piece. How long its text is shows whether it keeps white space (<pre>) or references (CDATA)."""
    t0, t1, s0, s1 = piece
    if t1 - t0 == s1 - s0:  # nothing was decoded, dropped or collapsed
        return _Steps(text=([t0], [t0]), source=([s0], [s0]))
    for is_verbatim in (False, True):
        for is_kept in (False, True):
            steps = _steps(source, piece, is_kept=is_kept, is_verbatim=is_verbatim)
            if steps.text[1][-1] + s1 - steps.source[1][-1] == t1:
                return steps
    return steps


def _steps(source: str, piece: Sequence[int], *, is_kept: bool, is_verbatim: bool) -> _Steps:
    """The steps of a piece as the parser made them (`markup.lines.kernel`), where white space is kept or collapses and
    references are text or what they stand for."""
    t0, _, s0, s1 = piece
    text, places = ([t0], [t0]), ([s0], [s0])
    gap_end = -1
    for match in _STEP.finditer(source, s0, s1):
        token, start = match[0], match.start()
        size, shown = _reference(token) if token[0] == "&" else (len(token), token.strip("\0"))
        if size == 0 or (is_kept and token[0] in " \t\f") or (is_verbatim and token[0] == "&"):
            continue
        is_gap = shown != "" and (shown[0] in _LINE_ENDS or (shown[0] <= " " and not is_kept))
        if start == gap_end and (is_gap or not shown):
            gap_end = places[1][-1] = start + size
            continue
        at = text[1][-1] + start - places[1][-1]
        text[0].append(at)
        text[1].append(at + (1 if is_gap else len(shown)))
        places[0].append(start)
        places[1].append(start + size)
        gap_end = start + size if is_gap else -1
    return _Steps(text=text, source=places)


def _reference(token: str) -> tuple[int, str]:
    """How much of `&...` is a character reference, and what it shows; 0 when it is none.

    >>> _reference("&notit;"), _reference("&nota"), _reference("&zz;")
    ((4, '¬'), (4, '¬'), (0, ''))
    """
    if token[1] == "#":
        digits, base = (token[3:], 16) if token[2] in "xX" else (token[2:], 10)
        value = int(digits.rstrip(";").lstrip("0")[:8] or "0", base)  # more digits are no character
        return len(token), chr(value) if 0 < value <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    for end in range(len(token), 2, -1):
        shown = html5.get(token[1:end])
        if shown is not None:
            return end, shown
    return 0, ""
