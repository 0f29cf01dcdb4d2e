"""Plurals and choices of ICU that go on over lines: each is one unit, whose line ends are codes.

A branch alone says nothing to a translator, and a language with other forms than the source has no line for them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from bilingual.formats import messages
from bilingual.translate.cutting import Piece, united
from bilingual.translate.fields import Fields
from bilingual.translate.marks import Stretches

# A longer one is no message but something that is not closed where it should be.
LONGEST = 4000
_LINE_END = re.compile(r"[\r\n]")
_ENDS = r"(?:[ \t]*(?:\r\n|\r|\n))+[ \t]*"
_OF_PROPERTIES = re.compile(r"(?:[ \t\f]*\\(?:\r\n|\r|\n))+[ \t\f]*")
_OF_OTHERS = re.compile(_ENDS)


class Plurals:
    """The plurals and choices of a text that go on over lines, but for those that are in no single value of a file."""

    def __init__(self, text: str, fields: Fields | None) -> None:
        self._text, self._fields = text, fields
        self.joint = _OF_PROPERTIES if fields is not None and fields.kind == "properties" else _OF_OTHERS
        self._places = Stretches()
        for start, end in _over_lines(readable(text, fields)):
            if self._is_one_value(start, end):
                self._places.add(start, end)

    def _is_one_value(self, start: int, end: int) -> bool:
        if self._fields is None or start >= self._fields.end:
            return True
        found = self._fields.found
        if found.at(start, end) and self._fields.kind != "properties":
            return True
        if not found.at(start, start + 1) or not found.at(end - 1, end):
            return False
        return all(self.joint.fullmatch(self._text, *gap) for gap in found.gaps(start, end))

    def end_of(self, start: int, end: int) -> int:
        """Where the last message ends of those that are in a stretch or go on into it; -1 where none is."""
        at = bisect_left(self._places, end, key=lambda place: place[0]) - 1
        return self._places[at][1] if at >= 0 and self._places[at][1] > start else -1

    def joined(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Pieces, of which those of one message are one."""
        waiting: list[Piece] = []
        last = -1
        for piece in pieces:
            if piece.start >= last:
                yield from self._one(waiting)
                waiting = []
            waiting.append(piece)
            last = max(last, self.end_of(piece.start, piece.end))
        yield from self._one(waiting)

    def _one(self, pieces: list[Piece]) -> list[Piece]:
        """What was joined; code stays what it was."""
        is_text = len(pieces) > 1 and any(piece.lang != "und" for piece in pieces)
        return [united(self._text, pieces)] if is_text else pieces


def readable(text: str, fields: Fields | None) -> str:
    """The text with other marks of quotation around the values in single ones: behind such a mark ICU reads a brace as
    a sign of the text."""
    if fields is None or messages.first(text, 0) < 0:
        return text
    done: list[str] = []
    at = 0
    for field in fields.found:
        if field.mark == "'":
            done += (text[at : field.start - 1], '"', text[field.start : field.end], '"')
            at = field.end + 1
    return "".join((*done, text[at:]))


def _over_lines(text: str) -> Iterator[tuple[int, int]]:
    """The outermost plurals and choices of a text that go on over lines.

    >>> text = "{n, plural,\\n  one {# file}\\n  other {# files}\\n} {n, plural, other {x}}"
    >>> list(_over_lines(text)) == [(0, text.index("} {n") + 1)]
    True
    """
    at = 0
    while (start := messages.first(text, at)) >= 0:
        # Each stretch is read at most twice, whatever is not closed in it.
        found = messages.outermost(messages.arguments(text[start : start + 2 * LONGEST]))
        at = start + LONGEST
        for first, last in found:
            at = max(at, start + last)
            if last - first <= LONGEST and _LINE_END.search(text, start + first, start + last):
                yield start + first, start + last
