"""What in a text file is written for programs: stretches that no reader sees, and the marks around a line's text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import overload

import regex

# A line that begins or ends code or a formula in Markdown. What begins it is ended by as many of the same
# marks, or more.
_FENCE = regex.compile(
    r"^[ \t>]*+(?P<marks>`{3,}+|~{3,}+|\$\$(?=[ \t]*+\r?$))(?P<info>[^`\r\n]*+)(?=\r?$)", regex.MULTILINE
)
_OF_FORMULA = regex.compile(r"[\\^_=]")  # lists of places have lines of `$$` too: the price
_END = r"(?:\r\n|\r|\n)"
_AFTER_EMPTY = r"(?<=\A|\A\ufeff|\n\r?\n|\r\r)"
# When a line of subtitles is shown, with the number or name above it and the settings behind it.
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}"
_CUE = rf"(?:{_AFTER_EMPTY}[^\s][^\r\n]{{0,80}}+{_END})?^[ \t]*+{_TIME}[ \t]++-->[ \t]++{_TIME}[^\r\n]*+"
# The header of WebVTT and its styles, regions and notes go on to an empty line.
_HEADER = rf"{_AFTER_EMPTY}(?:WEBVTT|STYLE|REGION|NOTE)\b[^\r\n]*+(?:{_END}[^\r\n]++)*+"
_OF_SUBTITLES = regex.compile(_CUE, regex.MULTILINE)
_OF_WEBVTT = regex.compile(f"{_CUE}|{_HEADER}", regex.MULTILINE)
_IS_SUBTITLES = regex.compile(rf"[\s\ufeff]*+(?:(?P<vtt>WEBVTT\b)|(?:\d{{1,6}}[ \t]*+{_END})?[ \t]*+{_TIME}[ \t]++-->)")

# Marks of headings, quotations, items, definitions, tables and tasks, each with white space behind it.
_BEFORE = regex.compile(r"(?:(?:\#{1,6}|>++|[-*+:\u2022\u25aa\u25e6\u2023\u00b7|]|\[[ xX]\])[ \t]++)++")
_BEHIND = regex.compile(r"(?:[ \t]++(?:\||\#{1,6}))++\Z")


def is_subtitles(text: str) -> bool:
    """Whether a text is a file of subtitles, SubRip or WebVTT.

    >>> is_subtitles("1\\n00:00:01,000 --> 00:00:03,500\\nHello"), is_subtitles("1\\nHello")
    (True, False)
    """
    return _IS_SUBTITLES.match(text) is not None


def unseen(text: str) -> list[tuple[int, int]]:
    """The stretches that no reader sees as text, in order: code between fences, comments, the times of subtitles.

    >>> text = "Run this:\\n```sh\\nmake all\\n```\\nDone. <!-- Really? -->"
    >>> [text[a:b] for a, b in unseen(text)]
    ['```sh\\nmake all\\n```', '<!-- Really? -->']
    """
    if "\n" not in text:
        text = text.replace("\r", "\n")  # patterns know lines by LF
    found = _IS_SUBTITLES.match(text)
    if found:
        return [place.span() for place in (_OF_WEBVTT if found["vtt"] else _OF_SUBTITLES).finditer(text)]
    done: list[tuple[int, int]] = []
    for start, end in sorted([*_fenced(text), *_comments(text)]):
        if not done or start >= done[-1][1]:
            done.append((start, end))
    return done


class Stretches(Sequence[tuple[int, int]]):
    """Ordered, disjoint stretches of a text; as tuples, those of a table of a million cells are more than the text."""

    def __init__(self) -> None:
        self._places = array("q")

    def add(self, start: int, end: int) -> None:
        """Add what is behind all others."""
        self._places.append(start)
        self._places.append(end)

    def __len__(self) -> int:
        return len(self._places) // 2

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = 2 * index
        return self._places[at], self._places[at + 1]


def union(stretches: Iterable[Iterable[tuple[int, int]]]) -> Stretches:
    """Ordered stretches of several kinds as disjoint ones; of one that begins inside another, what is behind that.

    >>> list(union([[(0, 4), (8, 9)], [(2, 6)]]))
    [(0, 4), (4, 6), (8, 9)]
    """
    done = Stretches()
    at = 0
    for start, end in merge(*stretches):
        first = max(start, at)
        if first < end:
            done.add(first, end)
            at = end
    return done


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Code and formulas between fences; a fence that is not closed is none."""
    opened = None
    for found in _FENCE.finditer(text):
        if opened is None:
            opened = found
        elif found["marks"].startswith(opened["marks"]) and not found["info"].strip():
            if opened["marks"] == "$$" and not _OF_FORMULA.search(text, opened.end(), found.start()):
                opened = found
                continue
            yield opened.start(), found.end()
            opened = None


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)


def unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks of Markdown around it; as it is where there is nothing else in it.

    >>> text = "- [x] Done. |"
    >>> text[slice(*unmarked(text, 0, len(text)))]
    'Done.'
    """
    first = start
    line = text[max(0, start - 200) : start].rpartition("\n")[2].rpartition("\r")[2]
    if not line.strip():
        found = _BEFORE.match(text, start, end)
        first = found.end() if found else start
    behind = _BEHIND.search(text, first, end)
    last = behind.start() if behind else end
    return (first, last) if text[first:last].strip() else (start, end)
