"""Sentences of values that go on over lines: folded and plain ones of YAML, those of `.properties` behind a backslash.

A sentence is one unit; the line ends in it are codes, so that every byte of them stays where the translator puts it. So
is a plural over lines, in any file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bilingual.formats.inline import Code, Part, Parts, codes, inline, is_blank, over_codes
from bilingual.translate.cutting import Piece, joined
from bilingual.translate.fields import Fields
from bilingual.translate.original.places import TargetError
from bilingual.translate.plurals import Plurals
from bilingual.translate.subtitles import texts_of
from bilingual.translate.wrapping import is_stopped

# A longer one is no sentence, but a list without stops.
LONGEST = 500
_NEAR = 4 * LONGEST
_YAML = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_JOINTS = {"yaml": _YAML, "front": _YAML, "properties": re.compile(r"[ \t\f]*\\(?:\r\n|\r|\n)[ \t\f]*")}
_INDENT = re.compile(r"[ \t]*")


class FoldedValues:
    """The values of a text that go on over lines, and its plurals that do."""

    def __init__(self, text: str, fields: Fields | None) -> None:
        self._text, self._fields = text, fields
        self._joint = _JOINTS.get(fields.kind) if fields else None
        self._plurals = Plurals(text, fields)

    def joined(self, pieces: Iterable[Piece], *, may_differ: bool) -> Iterator[Piece]:
        """Pieces, of which those of one sentence are one, see `cutting.joined`."""
        if self._joint is None:
            return iter(pieces)
        is_between = self._is_backslash if self._joint is not _YAML else None
        return joined(pieces, self._goes_on, may_differ=may_differ, is_between=is_between)

    def joined_plurals(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Pieces, of which those of one plural are one."""
        return self._plurals.joined(pieces)

    def _is_backslash(self, piece: Piece) -> bool:
        return self._text[piece.start : piece.end] == "\\"

    def _goes_on(self, first: Piece, second: Piece) -> bool:
        if second.end - first.start > LONGEST:
            return False
        assert self._joint is not None
        assert self._fields is not None
        is_joint = self._joint.fullmatch(self._text, first.end, second.start)
        found = self._fields.found
        if not is_joint or found.key_at(first.start) != found.key_at(second.start):
            return False
        return self._is_one_value(self._fields, first.end, second) and not is_stopped(self._text, first.end)

    def _is_one_value(self, fields: Fields, end: int, second: Piece) -> bool:
        """Whether a line end is white space to whoever reads the value."""
        if fields.kind == "properties":
            return True
        kinds = {field.kind for place in ((end - 1, end), (second.start, second.end))
                 if (field := fields.found.at(*place))}  # fmt: skip
        return kinds == {"part"} or (kinds == {"fold"} and self._indent(end) == self._indent(second.start))

    def _indent(self, position: int) -> str:
        """The white space before the line of a character; lines of folded values that stand further in stay lines."""
        before = self._text[max(0, position - _NEAR) : position]  # not to look back to the start of the text
        found = _INDENT.match(before, 1 + max(before.rfind("\n"), before.rfind("\r")))
        assert found is not None
        return found[0]

    def _ends(self, start: int, end: int) -> tuple[list[tuple[int, int]], Fields | None]:
        """The line ends in a unit; and the fields, where what is between them may be in one with marks of quotation."""
        is_plural = self._plurals.end_of(start, end) >= 0
        is_value = self._joint is not None and self._fields is not None and start < self._fields.end
        joint = self._plurals.joint if is_plural else self._joint if is_value else None
        ends = [found.span() for found in joint.finditer(self._text, start, end)] if joint else []
        return ends, self._fields if is_plural else None

    def parts(self, start: int, end: int) -> Parts | None:
        """A unit over several lines; None for any other."""
        ends, fields = self._ends(start, end)

        def read(start: int, end: int) -> str:
            return fields.read(start, end) if fields else self._text[start:end]

        done: list[Part] = []
        number = 1
        for first, last in ends:
            raw = self._text[first:last]
            found = inline(read(start, first), number)
            number += len(codes(found)) + 1
            shows = "" if raw[0] == "\\" else " "
            done += (*found, Code(number=number - 1, raw=raw, is_markup=True, stands_for=shows))
            start = last
        return over_codes((*done, *inline(read(start, end), number))) if done else None

    def written(
        self, start: int, end: int, parts: Sequence[Part], check: Callable[[int, int, str], None]
    ) -> str | None:  # fmt: skip
        """A translation as it is written; None where its unit is on one line. `check` is told what comes in place of
        which stretch of a line. Raises: TargetError."""
        ends, fields = self._ends(start, end)
        if not ends:
            return None
        numbers = [code.number for code in codes(parts) if code.is_markup]
        new = [text.strip(" \t") for text in texts_of(parts)]
        if numbers != sorted(numbers):
            raise TargetError("the line ends are out of order")
        if any(map(is_blank, new)):
            raise TargetError("a line would be empty; put words of the sentence before and behind each line end")
        places = zip((start, *(last for _, last in ends)), (*(first for first, _ in ends), end), strict=True)
        lines = []
        for place, text in zip(places, new, strict=True):
            lines.append(fields.put(*place, text) if fields else text)
            check(*place, lines[-1])
        raws = [self._text[first:last] for first, last in ends]
        return "".join(text + raw for text, raw in zip(lines, (*raws, ""), strict=True))
