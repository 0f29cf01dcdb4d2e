"""Text files of fields: front matter, YAML, `.properties`, and tables parted by commas, semicolons or tabs.

Keys and separators are no text: what stands between them is. A translation must not end its field or begin another one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex

_LINE = regex.compile(r"(?P<text>[^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_FRONT = regex.compile(
    r"(?ms)\A\ufeff?---[ \t]*+\r?\n(?P<body>(?:[ \t]*+(?:\#[^\r\n]*+)?\r?\n)*+(?P<first>.*?))^(?:---|\.\.\.)[ \t]*+\r?$"
)
_KEY = regex.compile(
    r"""[ \t]*+(?:-[ \t]++)*+(?P<key>[\p{L}_"'][\p{L}\p{M}\p{N}_ ."'/@-]{0,80}?)[ \t]*+:(?:[ \t]++|(?=[\r\n]|\Z))"""
)
_ITEM = regex.compile(r"[ \t]*+(?:-[ \t]++)*+")
# The text of `|` and `>` stands on the lines below, further in; a line of it may look like a key.
_BLOCK = regex.compile(r"[|>][+\-\d]{0,2}[ \t]*+(?:#.*)?")
# In front matter a value of one word in small letters, or in braces, is for programs, unless the key names a text.
_FOR_PROGRAMS = regex.compile(r"""(["']?)[a-z0-9./_@#+-][\w./:@#+-]*\1[ \t]*|\{.*\}""")
_TEXT_KEYS = frozenset(
    "caption category categories description excerpt heading name subtitle summary tagline title".split()
)
_PROPERTY = regex.compile(r"[ \t\f]*+(?:\\.|[^\s=:#!\\])(?:\\.|[^\s=:\\])*+[ \t]*+[=:][ \t]*+")
_COMMENT = {"yaml": regex.compile(r"[ \t]*+#"), "properties": regex.compile(r"[ \t]*+[#!]")}
_QUOTED = regex.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'""")
_HALF = regex.compile(r'(?<!")(?:"")*+"(?!")')  # quotation marks that are not all doubled
# What begins something else than a text in YAML, and what ends one.
_INDICATOR = regex.compile(r"[\[\]{}&*!|>%@`\"'#,]|[-?:](?:\s|\Z)")
_ENDS_PLAIN = regex.compile(r":(?:\s|\Z)|\s\#")
# Names of columns, and numbers of articles: nothing to translate.
_NAME = regex.compile(r"[a-z][a-z0-9_.-]*+|")
_NUMBER = regex.compile(r"(?=[^\d\s]*+\d)[\p{Lu}\p{N}._/#-]++|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value. `kind`: plain, quoted (what is between the quotation marks of a cell) or block (a line of several).

    Units: code points.
    """

    start: int
    end: int
    kind: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of a text, or of its front matter, which ends at `end`. `found`: the values that are text, in order.

    `kind`: table, properties, yaml or front.
    """

    text: str
    kind: str
    start: int
    end: int
    found: tuple[Field, ...]

    @property
    def unseen(self) -> list[tuple[int, int]]:
        """What stands before, between and behind the values, in order: no reader sees it."""
        ends = [self.start, *(field.end for field in self.found)]
        starts = [*(field.start for field in self.found), self.end]
        return [(end, start) for end, start in zip(ends, starts, strict=True) if end < start]

    def _field_of(self, start: int, end: int) -> Field | None:
        index = bisect_right(self.found, start, key=lambda field: field.start) - 1
        return self.found[index] if index >= 0 and end <= self.found[index].end else None

    def doubles(self, start: int, end: int) -> bool:
        """Whether quotation marks of start..end stand doubled, as those inside a cell between quotation marks do."""
        field = self._field_of(start, end)
        return field is not None and field.kind == "quoted" and not _HALF.search(self.text[start:end])

    def problem(self, start: int, end: int, new: str) -> str:
        """What is wrong with a text in place of start..end; empty where nothing is, or they are in no field."""
        field = self._field_of(start, end)
        if field is None:
            return ""
        old = self.text[start:end]
        is_whole = (start, end) == (field.start, field.end)
        if self.kind == "table":
            return self._problem_of_cell(field, new, is_whole)
        if "\n" in new or "\r" in new:
            return "a line break would end the value; take it out"
        if self.kind == "properties" or field.kind == "block" or (is_whole and _QUOTED.fullmatch(new)):
            return ""
        mark = self.text[field.start]
        if mark in "\"'":
            return "" if new.count(mark) == old.count(mark) else f"the marks {mark} of the value must stay as they are"
        if start == field.start and _INDICATOR.match(new) and new[0] != old[0]:
            return f"the value would begin with {new[0]}, a sign of YAML; put it between quotation marks"
        if len(_ENDS_PLAIN.findall(new)) > len(_ENDS_PLAIN.findall(old)):
            return "`: ` and ` #` are signs of YAML; put the value between quotation marks"
        return ""

    def _problem_of_cell(self, field: Field, new: str, is_whole: bool) -> str:
        if field.kind == "quoted":
            return "a quotation mark inside a cell must be doubled" if _HALF.search(new) else ""
        if is_whole and regex.fullmatch('"(?:[^"]|"")*+"', new):
            return ""
        if any(sign in new for sign in (_separator(self.text), "\n", "\r")) or new.startswith('"'):
            return "it would end the cell or begin another one; put it between quotation marks, those inside doubled"
        return ""


def fields(text: str, suffix: str) -> Fields | None:
    """The fields of a text by the ending of its file's name: all of it, its front matter, or None.

    >>> text = "---\\ntitle: A guide\\nlayout: post\\n---\\nHello: all"
    >>> [text[field.start : field.end] for field in fields(text, ".md").found]
    ['A guide']
    """
    kind = {".csv": "table", ".tsv": "table", ".properties": "properties", ".yml": "yaml", ".yaml": "yaml"}.get(suffix)
    start, end = 0, len(text)
    if kind is None:
        front = _FRONT.match(text)
        if front is None or not _KEY.match(text, front.start("first")):
            return None
        kind, (start, end) = "front", front.span("body")
    if kind == "table":
        found = _cells(text)
    else:
        found = list((_properties if kind == "properties" else _yaml)(text, start, end, kind))
    return None if found is None else Fields(text=text, kind=kind, start=start, end=end, found=tuple(found))


def _yaml(text: str, start: int, end: int, kind: str) -> Iterator[Field]:
    block = -1  # the indentation of the key whose text goes on below
    for line in _LINE.finditer(text, start, end):
        indentation = len(line["text"]) - len(line["text"].lstrip())
        last = line.start() + len(line["text"].rstrip())
        if last == line.start():
            continue
        if block >= 0 and indentation > block:
            yield Field(start=line.start() + indentation, end=last, kind="block")
            continue
        block = -1
        key = _KEY.match(text, line.start(), last)
        found = key or _ITEM.match(text, line.start(), last)
        first = found.end() if found else line.start()
        value = text[first:last]
        if key and _BLOCK.fullmatch(value):
            block = indentation
        elif not value or _COMMENT["yaml"].match(value) or (kind == "front" and _is_for_programs(key, value)):
            continue
        else:
            yield Field(start=first, end=last)


def _is_for_programs(key: regex.Match[str] | None, value: str) -> bool:
    is_text = key is None or key["key"].strip("\"'").lower() in _TEXT_KEYS
    return not is_text and _FOR_PROGRAMS.fullmatch(value) is not None


def _properties(text: str, start: int, end: int, kind: str) -> Iterator[Field]:
    goes_on = False
    for line in _LINE.finditer(text, start, end):
        if not goes_on and _COMMENT[kind].match(line["text"]):
            continue
        key = None if goes_on else _PROPERTY.match(text, line.start(), line.end("text"))
        first = key.end() if key else line.start()
        value = text[first : line.end("text")]
        goes_on = (len(value) - len(value.rstrip("\\"))) % 2 == 1
        last = line.end("text") - goes_on
        if text[first:last].strip():
            yield Field(start=first, end=last)


def _separator(text: str) -> str:
    line = _LINE.match(text)
    assert line is not None
    return max("\t,;", key=line["text"].count)


def _cells(text: str) -> list[Field] | None:
    """The cells of a table with something to translate; None where quotation marks do not part them."""
    separator = _separator(text)
    cell = regex.compile(
        rf'(?:"(?P<quoted>(?:[^"]|"")*+)"|(?P<plain>(?!")[^{separator}\r\n]*+))(?P<end>{separator}|\r\n|\r|\n|\Z)'
    )
    rows: list[list[Field]] = [[]]
    at = 0
    while at < len(text):
        found = cell.match(text, at)
        if found is None:
            return None
        kind = "plain" if found["quoted"] is None else "quoted"
        rows[-1].append(Field(start=found.start(kind), end=found.end(kind), kind=kind))
        if found["end"] != separator:
            rows.append([])
        at = found.end()
    if all(_NAME.fullmatch(text[field.start : field.end].strip()) for field in rows[0]):
        del rows[0]
    values = (field for row in rows for field in row)
    return [field for field in values if not _NUMBER.fullmatch(text[field.start : field.end].strip())]
