"""Sentences of subtitles, which go on over lines and from one subtitle to the next.

A sentence is one unit; the line breaks in it and what stands between two subtitles, the time of the second, are codes.
So a translator says which words are shown when, and every time stays as it is, byte for byte.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import regex

from bilingual.formats.inline import Code, Part, Parts, codes, inline, is_blank
from bilingual.translate.cutting import Piece, joined

# More subtitles than this, or more characters, are no sentence but lines without full stops.
MOST_CUES, LONGEST = 3, 250
# Of the subtitles of a file, those that end with a stop: where fewer do, a line without one may well be a sentence.
LEAST_STOPPED = 0.25

_CLOSERS = r"""(?:[\p{Pf}\p{Pe}"'\u200e\u200f]|</\w[^<>]{0,40}+>)*+"""
_STOP = regex.compile(
    rf"[.!?:;\N{{ARABIC QUESTION MARK}}\N{{HORIZONTAL ELLIPSIS}}\N{{ARABIC FULL STOP}}\N{{ARABIC SEMICOLON}}"
    rf"\u266a\u266b]{_CLOSERS}\Z"
)
_COMMA = regex.compile(rf"[,\N{{ARABIC COMMA}}]{_CLOSERS}\Z")
_OPENERS = r"""(?:[\p{Pi}\p{Ps}"'\u200e\u200f]|<(?!v\b)\w[^<>]{0,40}+>|\{\\[^{}]{0,40}+\})*+"""
_LETTER = regex.compile(rf"{_OPENERS}(?:(?P<small>\p{{Ll}})|(?P<caseless>\p{{Lo}})|(?P<capital>\p{{Lu}}))")
_LINE_END = regex.compile(r"[^\S\r\n]*+(?:\r\n|\r|\n)[^\S\r\n]*+")
_TAIL = 120


class Cues:
    """The subtitles of a text, by the places of their times (numbers and settings are part of these)."""

    def __init__(self, text: str, times: Iterable[tuple[int, int]]) -> None:
        self.text = text
        self._starts, self._ends = array("q"), array("q")
        for start, end in times:
            self._starts.append(start)
            self._ends.append(end)
        n_stopped = sum(map(self._is_stopped, (*self._starts[1:], len(text))))
        self._have_stops = n_stopped >= LEAST_STOPPED * len(self._starts)

    def _is_stopped(self, end: int) -> bool:
        return _STOP.search(self.text[max(0, end - _TAIL) : end].rstrip()) is not None

    def _between(self, start: int, end: int) -> range:
        """Numbers of the times that are in a stretch."""
        return range(bisect_left(self._starts, start), bisect_right(self._ends, end))

    def joined(self, pieces: Iterable[Piece], *, may_differ: bool) -> Iterator[Piece]:
        """Pieces, of which those of one sentence are one, see `cutting.joined`."""
        return joined(pieces, self._goes_on, may_differ=may_differ, is_between=self._is_time)

    def _is_time(self, piece: Piece) -> bool:
        index = bisect_right(self._starts, piece.start) - 1
        return index >= 0 and piece.end <= self._ends[index]

    def _goes_on(self, first: Piece, second: Piece) -> bool:
        """Whether a sentence goes on from one piece to another."""
        if not self._have_stops or second.end - first.start > LONGEST:
            return False
        times = self._between(first.end, second.start)
        if len(self._between(first.start, second.end)) >= MOST_CUES or len(times) > 1:
            return False
        if times:
            gap = self.text[first.end : self._starts[times[0]]] + self.text[self._ends[times[0]] : second.start]
        else:
            gap = self.text[first.end : second.start]
            if not _LINE_END.fullmatch(gap):
                return False
        before = self.text[max(first.start, first.end - _TAIL) : first.end]
        letter = _LETTER.match(self.text, second.start, second.end)
        if gap.strip() or letter is None or _STOP.search(before):
            return False
        # Letters without case do not tell: over a time only a comma does.
        return bool(letter["small"] or _COMMA.search(before) or (letter["caseless"] and not times))

    def parts(self, start: int, end: int) -> Parts:
        """A unit: what is between two subtitles in it is a code."""
        done: list[Part] = []
        number = 1
        for time in self._between(start, end):
            first, last = self._starts[time], self._ends[time]
            before = self.text[start:first].rstrip()
            after = self.text[last:end].lstrip()
            if not before or not after:
                continue
            found = inline(before, number)
            number += len(codes(found))
            first = start + len(before)
            start = end - len(after)
            done += (*found, Code(number=number, raw=self.text[first:start], is_markup=True, stands_for=" "))
            number += 1
        return (*done, *inline(self.text[start:end], number))


def texts_of(parts: Sequence[Part]) -> list[str]:
    """What each of the subtitles of a translation shows."""
    texts = [""]
    for part in parts:
        if isinstance(part, Code) and part.is_markup:
            texts.append("")
        else:
            texts[-1] += part if isinstance(part, str) else part.raw
    return texts


def problem_of(parts: Sequence[Part]) -> str:
    """What is wrong with the shape of a translation; empty where nothing is."""
    times = [code.number for code in codes(parts) if code.is_markup]
    if times != sorted(times):
        return "the times are out of order"
    texts = [text.strip(" \t") for text in texts_of(parts)]
    if times and any(map(is_blank, texts)):
        return "a subtitle would be empty; put words of the sentence before and behind each time"
    if any(text[:1] in ("\r", "\n") or text[-1:] in ("\r", "\n") for text in texts if text):
        return "a line break would begin or end the subtitle; put words before and behind it"
    return ""
