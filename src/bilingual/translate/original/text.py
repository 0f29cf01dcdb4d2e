"""Text files: units are sentences, subtitles, or the fields of a table or of settings."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import InputError
from bilingual.formats.inline import Part, Parts, codes, inline
from bilingual.labels.columns import LABELS
from bilingual.language.direction import is_rtl
from bilingual.translate.bytemap import ByteMap, byte_map
from bilingual.translate.fields import Columns, Fields, fields
from bilingual.translate.keys import Names
from bilingual.translate.marks import is_subtitles, union, unmarked, unseen
from bilingual.translate.original.base import Draft, Original, fits, named_character, released, with_id
from bilingual.translate.original.markdown import (
    EMPTY_LINE,
    LINE_END,
    SUFFIXES,
    check_begins,
    check_links,
    check_markdown,
)
from bilingual.translate.original.places import Place, TargetError
from bilingual.translate.wrapping import Wrapped, broken, goes_on, wrapped

if TYPE_CHECKING:
    from bilingual.document import Document
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections
    from bilingual.translate.cutting import Piece
    from bilingual.translate.folded import FoldedValues
    from bilingual.translate.subtitles import Cues

_BESIDE_BREAK = re.compile(r"[ \t]+(?=[\r\n])|(?<=[\r\n])[ \t]+")
# A row of a table of Markdown, and the bars between its cells.
_ROW = re.compile(r"[ \t>]*\|[^|\r\n]{0,2000}\|")
_BAR = re.compile(r"(?<!\\)\|")


class TextOriginal(Original):
    """A text file: units are sentences."""

    kind = "text"
    columns: Columns | None = None  # those of a table that are to be translated
    suffix: str | None = None  # the ending by which its fields are known, where it is not that of its name

    @cached_property
    def _map(self) -> ByteMap:
        return byte_map(self.data, self.encoding, self.name)

    @cached_property
    def line_end(self) -> str:
        """The line end that the file uses most; LF when it has none."""
        text = self._map.text
        pairs = text.count("\r\n")
        counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
        most = max(counts, key=lambda end: counts[end])
        return most if counts[most] else "\n"

    @cached_property
    def _is_subtitles(self) -> bool:
        return is_subtitles(self._map.text)

    @cached_property
    def _is_webvtt(self) -> bool:
        return self._map.text.lstrip("\ufeff \t\r\n").startswith("WEBVTT")

    @cached_property
    def _cues(self) -> Cues | None:
        from bilingual.translate.subtitles import Cues

        return Cues(self._map.text, unseen(self._map.text)) if self._is_subtitles else None

    @property
    def wanted(self) -> tuple[str, ...]:
        """Short lines of subtitles and fields look like menus, and there are none."""
        is_whole = self._fields is not None and self._fields.kind != "front"
        return LABELS if is_whole or self._is_subtitles else ("body",)

    def documents(self, segmenter: Segmenter) -> list[Document]:
        return [with_id(released(segmenter.segment(self._map.text)), self.name)]

    def drafts(self, segmenter: Segmenter, corrections: Corrections) -> Iterator[Draft]:
        from bilingual.translate.cutting import cut, joined
        from bilingual.translate.plurals import readable

        [document] = self.documents(segmenter)
        text, may_differ = document.text, not corrections.paths
        pieces: Iterable[Piece]
        hidden = union([self._unseen, self._fields.unseen if self._fields else ()])
        pieces = cut(readable(text, self._fields), corrections.blocks(document), hidden)
        pieces = map(self._unmarked, pieces)
        if self._cues is not None:
            pieces = self._cues.joined(pieces, may_differ=may_differ)
        if self._folded is not None:
            pieces = self._folded.joined(pieces, may_differ=may_differ)
        pieces = joined(pieces, self._goes_on, may_differ=may_differ)
        if self._folded is not None:
            pieces = self._folded.joined_plurals(pieces)
        for piece in pieces:
            yield Draft(
                member="text", start=piece.start, end=piece.end, lang=piece.lang, label=piece.label, score=piece.score
            )

    @property
    def _unseen(self) -> list[tuple[int, int]]:
        """What no reader sees; what begins in one value hides no other."""
        text = self._map.text
        if self._fields is None:
            return unseen(text)
        end = self._fields.end
        inside = [place for place in unseen(text[:end]) if self._fields.is_in_one(*place)]
        return inside + [(first + end, last + end) for first, last in unseen(text[end:])]

    def _unmarked(self, piece: Piece) -> Piece:
        """A piece without the marks of Markdown around its text."""
        if piece.lang == "und":
            return piece
        start, end = unmarked(self._map.text, piece.start, piece.end)
        return piece if (start, end) == (piece.start, piece.end) else replace(piece, start=start, end=end)

    @cached_property
    def _wrapped(self) -> list[Wrapped]:
        start = self._fields.end if self._fields else 0
        return [] if self._is_subtitles else [found for found in wrapped(self._map.text) if found.start >= start]

    @cached_property
    def _fields(self) -> Fields | None:
        try:
            suffix = Path(self.name).suffix.lower() if self.suffix is None else self.suffix
            return fields(self._map.text, suffix, self.columns)
        except InputError as error:
            raise InputError(f"{self.name}: {error}") from error

    @cached_property
    def _folded(self) -> FoldedValues | None:
        from bilingual.translate.folded import FoldedValues

        return None if self._is_subtitles else FoldedValues(self._map.text, self._fields)

    @cached_property
    def _names(self) -> Names | None:
        return Names(self._fields) if self._fields else None

    def key(self, place: Place) -> str:
        start = self._map.position(place.first)
        is_field = self._fields is not None and start is not None and start < self._fields.end
        return self._names.of(start) if self._names and is_field and start is not None else ""

    def _paragraph_of(self, start: int, end: int) -> Wrapped | None:
        """The paragraph with lines broken to a width that a stretch is in."""
        index = bisect_right(self._wrapped, start, key=lambda found: found.start) - 1
        return self._wrapped[index] if index >= 0 and end <= self._wrapped[index].end else None

    def _goes_on(self, last: Piece, piece: Piece) -> bool:
        """Whether two pieces are one sentence over a line end of a width."""
        found = self._paragraph_of(last.start, piece.end)
        return found is not None and goes_on(self._map.text, last.end, piece.start)

    @property
    def _is_properties(self) -> bool:
        return self._fields is not None and self._fields.kind == "properties"

    @property
    def _is_markdown(self) -> bool:
        return Path(self.name).suffix.lower() in SUFFIXES

    def can_take(self, tag: str) -> bool:
        if self._is_properties:
            return True
        alef = "\N{HEBREW LETTER ALEF}" if tag.lower().startswith(("he", "yi")) else "\N{ARABIC LETTER ALEF}"
        return not is_rtl(tag) or fits(alef, self._map.codec)

    def map_of(self, member: str) -> ByteMap | None:
        return self._map if member == "text" else None

    def parts_of(self, member: str, start: int, end: int) -> Parts | None:
        if self._cues is not None:
            return self._cues.parts(start, end)
        if self._folded is not None and (parts := self._folded.parts(start, end)):
            return parts
        text = self._map.text[start:end]
        if self._fields:
            text = self._fields.read(start, end)
        return inline(LINE_END.sub(" ", text) if self._paragraph_of(start, end) else text)

    def written(self, member: str, start: int, end: int, parts: Parts) -> str:
        done = [LINE_END.sub(self.line_end, part) if isinstance(part, str) else part for part in parts]
        if self._is_subtitles:
            return self._subtitle(start, end, done)
        if "](" in self._map.text[start:end]:
            check_links(self.parts_of(member, start, end) or (), parts)
        new = self._folded.written(start, end, done, self._check_lines) if self._folded else None
        found = None if new is not None else self._paragraph_of(start, end)
        if new is None:
            new = "".join(part if isinstance(part, str) else part.raw for part in done)
            new = self._fields.put(start, end, new) if self._fields else new
            self._check_lines(start, end, new)
        if self._is_properties:
            before = self._map.text[self._line_start(start) : start]
            return _with_escapes(new, self._map.codec, len(before) - len(before.rstrip("\\")))
        if found is None:
            return new
        return broken(done, start - self._line_start(start), found.width, self.line_end)

    def _subtitle(self, start: int, end: int, parts: Sequence[Part]) -> str:
        """A translation as it is written; spaces around the times in it are of those that typed their codes.

        Raises: TargetError for what would be no text where it stands.
        """
        from bilingual.translate.subtitles import problem_of, texts_of

        new = texts_of(parts)
        old = texts_of(self.parts_of("text", start, end) or ())
        if problem := problem_of(parts):
            raise TargetError(problem)
        if any(map(EMPTY_LINE.search, new)):
            raise TargetError("an empty line would end the subtitle; take it out")
        if any("-->" in text for text in new) and not any("-->" in text for text in old):
            raise TargetError("`-->` would be read as a time; write another arrow")
        if self._is_webvtt and "".join(new).count("<") > "".join(old).count("<"):
            raise TargetError("`<` would begin a tag; write it as `&lt;`")
        times = [code.raw for code in codes(parts) if code.is_markup]
        if not any(map(_BESIDE_BREAK.search, old)):
            new = [_BESIDE_BREAK.sub("", text) for text in new]
        shown = [text.strip(" \t") for text in new] if times else new
        return "".join(chain.from_iterable(zip(shown, (*times, ""), strict=True)))

    @cached_property
    def _lines(self) -> array[int]:
        """Where the lines begin: to look back from each unit for a line end takes quadratic time."""
        return array("q", chain((0,), (found.end() for found in LINE_END.finditer(self._map.text))))

    def _line_start(self, position: int) -> int:
        return self._lines[bisect_right(self._lines, position) - 1]

    def _check_lines(self, start: int, end: int, new: str) -> None:
        """Refuse what would be no text where it stands. Raises: TargetError."""
        if self._fields is not None and start < self._fields.end:
            if problem := self._fields.problem(start, end, new):
                raise TargetError(problem)
        elif _ROW.match(self._map.text, self._line_start(start)):
            n_bars = len(_BAR.findall(new)) - len(_BAR.findall(self._map.text, start, end))
            if n_bars > 0:
                raise TargetError("a bar would begin another cell of the table; write it as `\\|`")
            if LINE_END.search(new):
                raise TargetError("a line break would end the row of the table; take it out")
        else:
            line, old = self._line_start(start), self._map.text[start:end]
            check_markdown(self._map.text, line, old, new)
            if self._is_markdown:
                check_begins(self._map.text[line:start], old, new)


def _with_escapes(text: str, codec: str, n_backslashes: int) -> str:
    r"""A value of `.properties`, where what the encoding lacks is written by its number. Raises: TargetError.

    `n_backslashes`: how many stand before it; one makes another sign of what is behind it.

    >>> print(_with_escapes("See \N{ARABIC LETTER ALEF}\N{GRINNING FACE}", "latin-1", 0))
    See \u0627\ud83d\ude00
    """
    done = []
    for character in text:
        if fits(character, codec):
            n_backslashes = n_backslashes + 1 if character == "\\" else 0
            done.append(character)
        elif n_backslashes % 2:
            raise TargetError(f"a backslash stands before {named_character(character)}; take it out")
        else:
            units = character.encode("utf-16-be", "surrogatepass").hex()
            done += [f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)]
            n_backslashes = 0
    return "".join(done)
