"""Paragraphs of a text file whose lines were broken to a width: their sentences go on over the line ends.

A line end is one of a width only where the next word would not have fit before it, at every line end of the paragraph,
and where the lines read on: so a translation of the same length, broken at the same width, has the same line ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from bilingual.formats.inline import Code, Part

# Widths that editors and mail programs break lines at; shorter lines are verses, addresses and items.
NARROWEST, WIDEST = 45, 100

_LINE = regex.compile(r"(?P<text>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")
# What begins with a mark, number or address, is indented, or has cells or code is no line that goes on.
_OTHER = regex.compile(
    r"[\s>|#*+\u2022\u00b7\[<:=~`\p{Pd}]|\w{1,3}[.)]\s|https?:|.*(?:[\t|]|\s\Z|\s{2}|\s[!=+-]?=\s|\$[A-Za-z{(]|[;{}\\]\Z)"
)
_CLOSERS = r"[\p{Pf}\p{Pe}\"']*"
_STOPS = r"[.!?:;\N{ARABIC QUESTION MARK}\N{HORIZONTAL ELLIPSIS}\N{ARABIC FULL STOP}]"
_STOPPED = regex.compile(rf"{_STOPS}{_CLOSERS}\Z")
_INSIDE = regex.compile(rf"[.!?,\N{{ARABIC QUESTION MARK}}\N{{ARABIC COMMA}}\N{{ARABIC SEMICOLON}}]{_CLOSERS}\s")
# What would begin an item, a quotation or a heading where it begins a line.
_BEGINS = regex.compile(r"[-*+#=]++|>.*|[0-9]{1,9}+[.)]|(?:```|~~~).*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A paragraph and the width of its lines. Units: code points."""

    start: int
    end: int
    width: int


def wrapped(text: str) -> list[Wrapped]:
    """The paragraphs of a text that were broken to a width, in order.

    >>> text = "The harbour will be closed for repairs until the\\nend of March, and ships must use the northern\\nquay"
    >>> [(found.start, found.end == len(text), found.width) for found in wrapped(text)]
    [(0, True, 48)]
    """
    return [
        Wrapped(start=lines[0][0], end=lines[-1][0] + len(lines[-1][1]), width=max(len(line) for _, line in lines))
        for lines in _paragraphs(text)
        if _is_wrapped([line for _, line in lines])
    ]


def _paragraphs(text: str) -> Iterator[list[tuple[int, str]]]:
    """Runs of two and more lines that may go on: where each starts, and its text."""
    lines: list[tuple[int, str]] = []
    for found in _LINE.finditer(text):
        line = found["text"]
        if line and len(line) <= WIDEST and not _OTHER.match(line):
            lines.append((found.start(), line))
            continue
        if len(lines) > 1:
            yield lines
        lines = []
    if len(lines) > 1:
        yield lines


def _is_wrapped(lines: Sequence[str]) -> bool:
    width = max(map(len, lines))
    if width < NARROWEST:
        return False
    going_on = []
    for line, after in pairwise(lines):
        if len(line) + 1 + len(after.split(" ", 1)[0]) <= width:
            return False
        if not _STOPPED.search(line):
            going_on.append(after[0])
    n_lower = sum(map(str.islower, going_on))
    n_upper = sum(map(str.isupper, going_on))
    if n_lower + n_upper:
        return n_lower * 2 > len(going_on)
    # Letters without case do not tell: of pages, up to three headlines or teasers are as long as each other.
    return len(lines) > 3 and bool(going_on) and any(_INSIDE.search(line) for line in lines)


def goes_on(text: str, end: int, start: int) -> bool:
    """Whether a sentence that ends at `end`, at the end of a line of a wrapped paragraph, goes on at `start`."""
    return text[end:start] in ("\n", "\r\n", "\r") and not is_stopped(text, end)


def is_stopped(text: str, end: int) -> bool:
    """Whether what ends at `end` ends with a stop."""
    return _STOPPED.search(text, max(0, end - 12), end) is not None


def broken(parts: Sequence[Part], column: int, width: int, line_end: str) -> str:
    """Parts as text with a line end before every word that would go over the width. Codes are not broken.

    >>> broken(["one two three"], 4, 11, "\\n")
    'one two\\nthree'
    """
    words: list[str] = [""]
    for part in parts:
        first, *others = [part.raw] if isinstance(part, Code) else part.split(" ")
        words[-1] += first
        words += others
    out = [words[0]]
    column += len(words[0])
    for word in words[1:]:
        if word and column + 1 + len(word) > width and not _BEGINS.fullmatch(word):
            out += (line_end, word)
            column = len(word)
        else:
            out += (" ", word)
            column += 1 + len(word)
    return "".join(out)
