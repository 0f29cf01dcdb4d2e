"""The scalars of YAML that are text: read line by line, in one pass, without a parser, which would know no places."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from bilingual.translate.programs import is_for_programs

LINE = re.compile(r"(?P<text>[^\r\n]*+)(?:\r\n|\r|\n|\Z)")
QUOTED = re.compile(r""""(?P<double>(?:[^"\\]|\\.)*+)"|'(?P<single>(?:[^']|'')*+)'""", re.DOTALL)
# What is read as a number, a date, a truth or nothing.
NO_TEXT = re.compile(
    r"(?i)~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.(?:inf|nan)|[-+]?\.?[0-9][0-9a-fox_,.:+-]*+"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:t|[ \t]++)[0-9:.+z -]++"
)
_ITEM = re.compile(r"(?:-[ \t]++)*+(?:-(?=[\r\n]|\Z))?")
_KEY = re.compile(
    r"""(?:[&!][^\s,\[\]{}]*+[ \t]++)*+(?P<key>"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\r\n]|'')*+'"""
    r"""|(?:[^\s#&*!|>'"%@`\[\]{},?:-]|[?:-](?=\S))(?:[^\s#]|[ \t]++[^\s#]|(?<=\S)\#){0,200}?)"""
    r"[ \t]*+:(?:[ \t]++|(?=[\r\n]|\Z))"
)
# Anchors and tags; a tag of another type makes something else of a text.
_PROPERTIES = re.compile(r"(?:(?:&\S++|!(?:!str)?(?=\s)|(?P<typed>!\S++))(?:[ \t]++|(?=[\r\n]|\Z)))*+")
# The text of `|` and `>` stands on the lines below, further in; a line of it may look like a key.
_BLOCK = re.compile(r"[|>][+\-\d]{0,2}[ \t]*+(?:\#[^\r\n]*+)?(?=[\r\n]|\Z)")
# Signs that begin no text: a comment, an alias, a key of several lines, the marks of a document, what YAML keeps.
_OTHER = re.compile(r"[#*%@`,|>\]}]|[?:](?=\s|\Z)")
_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?=\s|\Z)|%")
_COMMENT = re.compile(r"[ \t]++\#")
_FLOW = re.compile(
    r"""\s++(?:\#[^\r\n]*+)?|(?P<sign>[\[\]{},])|(?P<mark>["'])|(?P<colon>:(?=[\s,\[\]{}"']|\Z))"""
    r"""|(?P<plain>:*+[^\s,\[\]{}:]++(?:(?:[ \t]++(?!\#):*+|:++)[^\s,\[\]{}:]++)*+)|."""
)
# `re`, as `regex` looks for the colon to the end of the text before it says that here is none.
_IS_KEY = re.compile(r"\s*+:")
# In front matter a value of one word in small letters, or in braces, is for programs, unless the key names a text.
_FOR_PROGRAMS = re.compile(r"[a-z0-9./_@#+-][\w./:@#+-]*")
_TEXT_KEYS = frozenset(
    "caption category categories description excerpt heading headline label lead name subtitle summary tagline "
    "title".split()
)
_TEXT_NAMES = ("caption", "description", "headline", "heading", "label", "subtitle", "summary", "tagline", "title")
LONGEST = 200
"""Characters of a value that may be for programs."""
_DEEPEST = 20  # keys that a path names
# A file of Rails and its like begins with the language of all its texts.
_OF_LANGUAGE = re.compile(
    r"""(?:\s++|\#[^\n]*+\n|---[ \t]*+\r?\n)*+["']?[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?["']?:[ \t]*+[\r\n]"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value. `kind`: plain, quoted (what is between the `mark`s), block (a line of several), fold (one of several
    whose ends are white space), part (a line of a plain value of several) or item (a plain one between brackets).

    Units: code points.
    """

    start: int
    end: int
    kind: str = "plain"
    mark: str = ""


KINDS = ("plain", "quoted", "block", "fold", "part", "item")


class Keys:
    """Keys of values and the keys that these are under, as columns; -1 is no key."""

    def __init__(self) -> None:
        self._starts, self._ends, self._parents = array("q"), array("q"), array("q")

    def add(self, start: int, end: int, parent: int = -1) -> int:
        """The number of a key, which is then added."""
        self._starts.append(start)
        self._ends.append(end)
        self._parents.append(parent)
        return len(self._starts) - 1

    def path(self, text: str, number: int) -> str:
        """A key of a text behind those that it is under, as programs name it: `en.menu.title`."""
        names: list[str] = []
        while number >= 0 and len(names) < _DEEPEST:
            names.append(text[self._starts[number] : self._ends[number]].strip(" \t\f\"'"))
            number = self._parents[number]
        return ".".join(reversed(names))


class FieldList(Sequence[Field]):
    """Fields in order, as columns: of a table of a million cells the objects would be five times the text."""

    def __init__(self) -> None:
        self.keys = Keys()
        self._starts, self._ends, self._owners = array("q"), array("q"), array("q")
        self._kinds = bytearray()  # numbers of KINDS
        self._marks = bytearray()

    def add(self, start: int, end: int, kind: str = "plain", mark: str = "", *, key: int | None = None) -> None:
        """Add a field behind all others; either all have the number of their key, or none."""
        self._starts.append(start)
        self._ends.append(end)
        self._kinds.append(KINDS.index(kind))
        self._marks.append(ord(mark) if mark else 0)
        if key is not None:
            self._owners.append(key)

    def key_at(self, start: int) -> int:
        """The number of the key of the field that begins at or before `start`; -1 for none."""
        index = bisect_right(self._starts, start) - 1
        return self._owners[index] if 0 <= index < len(self._owners) else -1

    def is_part(self) -> None:
        """The last one is a line of a plain value of several."""
        self._kinds[-1] = KINDS.index("part")

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Field: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Field]: ...
    def __getitem__(self, index: int | slice) -> Field | Sequence[Field]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        mark = self._marks[index]
        return Field(
            start=self._starts[index], end=self._ends[index], kind=KINDS[self._kinds[index]],
            mark=chr(mark) if mark else "",
        )  # fmt: skip

    def at(self, start: int, end: int) -> Field | None:
        """The field that a stretch is in."""
        index = bisect_right(self._starts, start) - 1
        return self[index] if index >= 0 and end <= self._ends[index] else None

    def gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is between the fields of a stretch that begins in one."""
        at = bisect_right(self._starts, start)
        while at < len(self) and self._starts[at] < end:
            yield self._ends[at - 1], self._starts[at]
            at += 1

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What of a stretch is before, between and behind the fields, in order."""
        for first, last in zip(self._starts, self._ends, strict=True):
            if start < first:
                yield start, first
            start = last
        if start < end:
            yield start, end


def scalars(text: str, start: int, end: int, *, is_front: bool) -> FieldList:
    """The scalars of text[start:end] that are text, in order."""
    return _Reader(text, end, is_front=is_front).read(start)


class _Reader:
    """Where the reader is.

    `inner`: the indentation that lines of a block scalar have more than, -1 outside; `goes_on`: the line before may go
    on below, as a plain scalar, which is the last of `found` if it `is_text`; `key`: that of the line, and `owner` its
    number; `above`: columns and numbers of the keys that the line may be under; `closes`: whether a quotation mark may
    be closed, so that not each one is looked for to the end.
    """

    def __init__(self, text: str, end: int, *, is_front: bool) -> None:
        self.text = text
        self.end = end
        self.is_front = is_front
        self.are_messages = not is_front and _OF_LANGUAGE.match(text) is not None
        self.found = FieldList()
        self.inner = -1
        self.is_block_text = self.is_text = True
        self.block = "block"
        self.goes_on = False
        self.key = ""
        self.owner = -1
        self.above: list[tuple[int, int]] = []
        self.closes = {'"': True, "'": True}

    def read(self, at: int) -> FieldList:
        while at < self.end:
            line = LINE.match(self.text, at, self.end)
            assert line is not None
            last = at + len(line["text"].rstrip())
            first = at + len(line["text"]) - len(line["text"].lstrip())
            at = max(self._line(at, first, last), line.end()) if first < last else line.end()
        return self.found

    def _line(self, start: int, first: int, last: int) -> int:
        """Read the line that begins at `start`, its text first..last. Where it ends, if it goes on below."""
        if 0 <= self.inner < first - start:
            if self.is_block_text:
                self._add(first, last, self.block)
            return last
        self.inner = -1
        if self.text[first] == "#" or (first == start and _DOCUMENT.match(self.text, start)):
            self.goes_on = False
            if self.text[first] != "#":
                self.above.clear()
            return last
        item = _ITEM.match(self.text, first, last)
        key = _KEY.match(self.text, item.end() if item else first, last)
        at = key.end() if key else item.end() if item else first
        if at == first and self.goes_on:
            return self._go_on(first, last)
        self.key = key["key"].strip("\"'").lower() if key else ""
        column = key.start() - start if key else at - start - 2
        self.goes_on = False
        self._own(first - start, key.start() - start if key else -1, key)
        return self._value(at, last, max(column, 0))

    def _own(self, column: int, of_key: int, key: re.Match[str] | None) -> None:
        """Say what the value of a line is under, which begins at a column: its key, or that of the list of an item."""
        while self.above and self.above[-1][0] > column - (column == of_key):
            self.above.pop()
        self.owner = self.above[-1][1] if self.above else -1
        if key:
            self.owner = self.found.keys.add(*key.span("key"), self.owner)
            self.above.append((of_key, self.owner))

    def _go_on(self, first: int, last: int) -> int:
        """Another line of a plain scalar."""
        if self.is_text:
            self.found.is_part()
            self._plain(first, last, "part")
        return last

    def _value(self, at: int, last: int, column: int) -> int:
        about = _PROPERTIES.match(self.text, at, last)
        typed = about is not None and about["typed"] is not None
        at = about.end() if about else at
        if at >= last:
            return last
        sign = self.text[at]
        if _BLOCK.match(self.text, at, last):
            self.inner, self.is_block_text = column, not typed
            self.block = "fold" if sign == ">" else "block"
            return last
        if sign in "[{":
            return self._flow(at, is_text=not typed and not (self.is_front and sign == "{"))
        if (end := self._closed(at)) > 0:
            if not typed:
                self._add(at + 1, end - 1, "quoted", sign)
            return max(last, end)
        if not _OTHER.match(self.text, at, last):
            if typed:
                self.goes_on, self.is_text = True, False
            else:
                self._plain(at, last, "plain")
        return last

    def _plain(self, at: int, last: int, kind: str) -> None:
        comment = _COMMENT.search(self.text, at, last)
        self.goes_on = comment is None
        last = comment.start() if comment else last
        if kind == "part":
            self.found.add(at, last, kind, key=self.owner)
        else:
            self.is_text = NO_TEXT.fullmatch(self.text, at, last) is None and self._add(at, last, kind)

    def _add(self, start: int, end: int, kind: str, mark: str = "") -> bool:
        """Whether there is a text, which is then added."""
        if start == end or (kind not in ("block", "fold") and self._is_for_programs(start, end)):
            return False
        self.found.add(start, end, kind, mark, key=self.owner)
        return True

    def _is_for_programs(self, start: int, end: int) -> bool:
        if end - start > LONGEST or self.key in _TEXT_KEYS or self.key.endswith(_TEXT_NAMES):
            return False
        value = self.text[start:end]
        if self.is_front and self.key and _FOR_PROGRAMS.fullmatch(value):
            return True
        return is_for_programs(value, self.key, are_messages=self.are_messages)

    def _flow(self, at: int, *, is_text: bool) -> int:
        """Read what is between brackets, over lines. Where it ends. Between braces a text stands behind a colon."""
        inside: list[tuple[str, int]] = []  # brackets, and the keys that they are under
        is_value = False
        while token := _FLOW.match(self.text, at, self.end):
            sign = token["sign"]
            closed = self._closed(at) if token["mark"] else 0
            end = closed or token.end()
            if sign:
                inside += [(sign, self.owner)] if sign in "[{" else []
                self.owner = inside[-1][1]
                if sign in "]}":
                    inside.pop()
                if not inside:
                    return end
                is_value = inside[-1][0] == "["
            elif token["colon"]:
                is_value = True
            elif (token["plain"] or closed) and _IS_KEY.match(self.text, end, self.end):
                self.owner = self.found.keys.add(at, end, inside[-1][1])
            elif is_text and is_value:
                if closed:
                    self._add(at + 1, end - 1, "quoted", token["mark"])
                elif token["plain"] and token[0][0] not in "&*!?" and not NO_TEXT.fullmatch(token[0]):
                    self._add(at, end, "item")
            at = end
        return self.end

    def _closed(self, at: int) -> int:
        """Where the quoted scalar ends that begins at `at`; 0 where there is none."""
        mark = self.text[at]
        found = QUOTED.match(self.text, at, self.end) if self.closes.get(mark) else None
        if found is None:
            self.closes[mark] = False
        return found.end() if found else 0
