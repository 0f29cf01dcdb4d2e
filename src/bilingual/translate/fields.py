"""Text files of fields: front matter, YAML, `.properties`, and tables parted by commas, semicolons or tabs.

Keys and separators are no text: what stands between them is. A translation must not end its field or begin another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from bilingual.errors import InputError, SettingsError
from bilingual.translate.programs import is_for_programs
from bilingual.translate.scalars import LINE, LONGEST, NO_TEXT, QUOTED, Field, FieldList, scalars

SUFFIXES = {".csv": "table", ".tsv": "table", ".properties": "properties", ".yml": "yaml", ".yaml": "yaml"}
"""What all of a file is by the ending of its name."""

_FRONT = regex.compile(
    r"(?ms)\A\ufeff?---[ \t]*+\r?\n(?P<body>(?:[ \t]*+(?:\#[^\r\n]*+)?\r?\n)*+(?P<first>.*?))^(?:---|\.\.\.)[ \t]*+\r?$"
)
_TOP_KEY = regex.compile(
    r"""(?:[\p{L}_][\p{L}\p{M}\p{N}_ ."'/@-]{0,80}?|"[^"\r\n]{0,80}+"|'[^'\r\n]{0,80}+')[ \t]*+:(?=\s)"""
)
# What else a line of front matter may begin with: white space, comments, items, ends of what is between brackets.
_TOP = regex.compile(r"[ \t\r\n#\]}]|-\s")
_PROPERTY = regex.compile(r"[ \t\f]*+(?:\\.|[^\s=:\\])*+[ \t\f]*+(?:[=:][ \t\f]*+)?")
_COMMENT = regex.compile(r"[ \t\f]*+[#!]")
_ENDS_KEY = " \t\f=:"
_HALF = {mark: regex.compile(f"(?<!{mark})(?:{mark}{mark})*+{mark}(?!{mark})") for mark in "\"'"}  # not all doubled
_ESCAPED = regex.compile(r'(?:[^"\\]|\\.)*+', regex.DOTALL)  # each mark with a backslash before it
_ESCAPED_MARK = regex.compile(r'\\(?:(")|.)', regex.DOTALL)
# A backslash and what it makes a sign of; the number of a character may always stand behind it.
_ESCAPES = regex.compile(r"\\(?:u[0-9A-Fa-f]{4}()|(.?))", regex.DOTALL)
# What begins something else than a text in YAML, and what ends one.
_INDICATOR = regex.compile(r"[\[\]{}&*!|>%@`\"'#,]|[-?:](?:\s|\Z)")
_NEAR = 200
_WORD = regex.compile(r"\w\w")
# At the begin of a line, what parts documents.
_DOCUMENT = regex.compile(r"(?:---|\.\.\.)(?:\s|\Z)")
_ENDS_PLAIN = regex.compile(r":(?:\s|\Z)|\s\#|\t")
_ENDS_ITEM = regex.compile(r":(?:\s|\Z)|\s\#|\t|[\[\]{},?]")
_ENDS_LINE = regex.compile("[\n\r\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
# A character by its number, in `.properties`.
_NUMBERED = regex.compile(r"\\u[0-9A-Fa-f]{4}|\\.")
# Names of columns, and numbers of articles: nothing to translate.
_NAME = regex.compile(r"[a-z][a-z0-9_.-]*+|")
_NUMBER = regex.compile(r"(?=[^\d\s]*+\d)[\p{Lu}\p{N}._/#-]++|")
# Between the lines of one value; keys, and the signs of items of a list, are between two.
_LINE_GOES_ON = regex.compile(r"[\s\\]*+")
# Keys as programs write them, in a first column: `menu.open`, `common:save`.
_KEY_CELL = regex.compile(r"[a-z][A-Za-z0-9_-]*+(?:[.:][A-Za-z0-9_-]++)++")
# Spreadsheets are told the separator by a first line.
_SAYS_SEPARATOR = regex.compile(r"(?i)sep=([,;\t])(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of a text, or of its front matter, which ends at `end`. `found`: the values that are text, in order.

    `kind`: table, properties, yaml or front; `separator` of the cells of a table, and the `names` of its columns, where
    its first row has them.
    """

    text: str
    kind: str
    start: int
    end: int
    found: FieldList
    separator: str = ""
    names: tuple[str, ...] = ()

    @property
    def unseen(self) -> Iterator[tuple[int, int]]:
        """What stands before, between and behind the values, in order: no reader sees it."""
        return self.found.between(self.start, self.end)

    def is_in_one(self, start: int, end: int) -> bool:
        """Whether a stretch (code between fences, a comment of HTML) is in one value."""
        start = min(end - 1, start + len(self.text[start:end]) - len(self.text[start:end].lstrip()))
        if self.kind == "table":
            return self.found.at(start, end) is not None
        if None in (self.found.at(start, start + 1), self.found.at(end - 1, end)):
            return False
        return all(_LINE_GOES_ON.fullmatch(self.text, *gap) for gap in self.found.gaps(start, end))

    def read(self, start: int, end: int) -> str:
        """The text of start..end as it is read: without what marks of quotation are escaped by, where all are."""
        text = self.text[start:end]
        mark = self._escaped_mark(start, end)
        if mark == "\\":
            return _ESCAPED_MARK.sub(lambda found: found[1] or found[0], text)
        return text.replace(mark * 2, mark) if mark else text

    def put(self, start: int, end: int, new: str) -> str:
        """`new` as it is written in place of start..end."""
        mark = self._escaped_mark(start, end)
        return new.replace('"', '\\"') if mark == "\\" else new.replace(mark, mark * 2) if mark else new

    def _escaped_mark(self, start: int, end: int) -> str:
        """The quotation mark that stands doubled in start..end, a backslash where one is before it; empty for none."""
        field = self.found.at(start, end)
        if field is None or field.kind != "quoted":
            return ""
        text = self.text[start:end]
        if self.kind != "table" and field.mark == '"':
            return "\\" if _ESCAPED.fullmatch(text) else ""
        return "" if _HALF[field.mark].search(text) else field.mark

    def problem(self, start: int, end: int, new: str) -> str:
        """What is wrong with a text in place of start..end, as it is written; empty where nothing is, or they are in no
        field."""
        field = self.found.at(start, end)
        if field is None:
            return ""
        before, after = _ends_of(self.text[field.start : start]), _ends_of(self.text[end : field.end])
        old = before + self.text[start:end] + after
        whole = before + new + after
        if self.kind == "table":
            return self._problem_of_cell(field, old, whole, new)
        if _ENDS_LINE.search(new):
            return "a line break would end the value; take it out"
        if self.kind == "properties":
            key = self.text[max(0, field.start - 80) : field.start].rstrip(" \t\f")
            if whole[:1] in ("=", ":") and not key.endswith(("=", ":")):
                return f"{whole[0]} would be taken for what parts key and value; write a backslash before it"
            if "''" in old and not _HALF["'"].search(old) and _HALF["'"].search(whole):
                return "an apostrophe alone makes a quotation of what follows it; write it twice, as the source does"
            return _problem_of_escapes(old, whole, "\\:=#! '\"")
        if _DOCUMENT.match(whole) and self.text[max(0, field.start - 1) : field.start] in ("", "\n", "\r"):
            return f"{whole[:3]} would begin another document; write something before it"
        if field.kind == "quoted":
            return _problem_of_quoted(field.mark, old, whole)
        return "" if field.kind in ("block", "fold") else _problem_of_plain(field.kind, old, whole)

    def _problem_of_cell(self, field: Field, old: str, whole: str, new: str) -> str:
        if field.kind == "quoted":
            return "a quotation mark inside a cell must be doubled" if _HALF['"'].search(whole) else ""
        if regex.fullmatch('"(?:[^"]|"")*+"', whole):
            return ""
        begins = whole.lstrip().startswith('"') and not old.lstrip().startswith('"')
        if begins or any(sign in new for sign in (self.separator, "\n", "\r")):
            return "it would end the cell or begin another one; put it between quotation marks, those inside doubled"
        return ""


def _ends_of(text: str) -> str:
    """What stands beside a unit in its field, without the middle of much: else all of it would be read for each unit.

    It is cut inside words, so that no sign is parted from what it makes one, and unit and field keep what they are at.
    """
    if len(text) <= 4 * _NEAR:
        return text
    first, last = _WORD.search(text, _NEAR, 2 * _NEAR), _WORD.search(text, len(text) - 2 * _NEAR, len(text) - _NEAR)
    return text[: first.start() + 1] + text[last.start() + 1 :] if first and last else text


def _problem_of_quoted(mark: str, old: str, whole: str) -> str:
    if not (_ESCAPED.fullmatch(whole) if mark == '"' else not _HALF[mark].search(whole)):
        return f"the value would end before or after its mark {mark}; write a backslash twice"
    return _problem_of_escapes(old, whole, '\\"/') if mark == '"' else ""


def _problem_of_escapes(old: str, whole: str, harmless: str) -> str:
    """Backslashes that the old text has not: each makes something of the character behind it."""
    before, after = (
        Counter(found[2] for found in _ESCAPES.finditer(text) if found[2] is not None and found[2] not in set(harmless))
        for text in (old, whole)
    )
    return "a backslash makes a sign of what follows it; write it twice" if after - before else ""


def _problem_of_plain(kind: str, old: str, whole: str) -> str:
    if kind != "part" and QUOTED.fullmatch(whole):
        return ""
    way_out = "write another one" if kind == "part" else "put the value between quotation marks"
    if _INDICATOR.match(whole) or (kind == "item" and whole[:1] == ":"):
        return f"the value would begin with {whole[0]}, a sign of YAML; {way_out}"
    ends = _ENDS_ITEM if kind == "item" else _ENDS_PLAIN
    if len(ends.findall(whole)) > len(ends.findall(old)):
        signs = "`: `, ` #`, tabs, commas, question marks and brackets" if kind == "item" else "`: `, ` #` and tabs"
        return f"{signs} are signs of YAML; {way_out}"
    if kind != "part" and NO_TEXT.fullmatch(whole):
        return f"{whole} would be read as no text; {way_out}"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of a table by their names in its first row: those alone that are translated, or all others."""

    names: tuple[str, ...]
    are_skipped: bool = False

    def skipped(self, header: Sequence[str]) -> list[bool]:
        """Which columns stay as they are; of those behind the named ones, the last says. Raises: InputError for a name
        that no column has."""
        known = [_folded(name) for name in header]
        wanted = {_folded(name) for name in self.names}
        if lost := [name for name in self.names if _folded(name) not in known]:
            raise InputError(f"no column {lost[0]!r}; the first row has: {', '.join(header[:30])}")
        return [(name in wanted) == self.are_skipped for name in known] + [not self.are_skipped]


def columns_of(names: Sequence[str], skipped: Sequence[str]) -> Columns | None:
    """The columns that are asked for, if any. Raises: SettingsError where both are named."""
    if names and skipped:
        raise SettingsError("name the columns to translate or those to skip, not both")
    return Columns(names=tuple(skipped or names), are_skipped=bool(skipped)) if names or skipped else None


def _folded(name: str) -> str:
    return name.strip().casefold()


def fields(text: str, suffix: str, columns: Columns | None = None) -> Fields | None:
    """The fields of a text by the ending of its file's name: all of it, its front matter, or None.

    >>> text = "---\\ntitle: A guide\\nlayout: post\\n---\\nHello: all"
    >>> [text[field.start : field.end] for field in fields(text, ".md").found]
    ['A guide']
    """
    if columns and suffix not in (".csv", ".tsv"):
        raise InputError("columns are named, and it is no .csv or .tsv file")
    kind = SUFFIXES.get(suffix)
    start, end = 0, len(text)
    if kind is None:
        front = _FRONT.match(text)
        if front is None or not _is_front(text, front.start("first"), front.end("body")):
            return None
        kind, (start, end) = "front", front.span("body")
    separator = ""
    names: tuple[str, ...] = ()
    found: FieldList | None
    if kind == "table":
        separator, first = separator_of(text, "\t" if suffix == ".tsv" else ",")
        found, names = _cells(text, first, separator, columns)
        if found is None and columns:
            raise InputError("columns are named, and its cells cannot be told apart: a quotation mark is not closed")
    elif kind == "properties":
        found = _properties(text)
    else:
        found = scalars(text, start, end, is_front=kind == "front")
    if found is None:
        return None
    return Fields(text=text, kind=kind, start=start, end=end, found=found, separator=separator, names=names)


def _is_front(text: str, start: int, end: int) -> bool:
    """Whether what is between two rules at the begin of a text is front matter, and no paragraph."""
    if not _TOP_KEY.match(text, start):
        return False
    starts = (line.start() for line in LINE.finditer(text, start, end) if line["text"])
    return all(_TOP.match(text, at) or _TOP_KEY.match(text, at) for at in starts)


def _properties(text: str) -> FieldList:
    done = FieldList()
    goes_on = False
    number = -1
    for line in LINE.finditer(text):
        if not goes_on and _COMMENT.match(line["text"]):
            continue
        key = None if goes_on else _PROPERTY.match(text, line.start(), line.end("text"))
        if key:
            number = done.keys.add(key.start(), key.start() + len(key[0].rstrip(_ENDS_KEY)))
        first = key.end() if key else line.start()
        value = text[first : line.end("text")]
        goes_on = (len(value) - len(value.rstrip("\\"))) % 2 == 1
        last = line.end("text") - goes_on
        value = text[first:last].strip()
        if value and not (key and not goes_on and _is_for_programs(value, key[0])):
            done.add(first, last, key=number)
    return done


def _is_for_programs(value: str, key: str) -> bool:
    """Whether a value on one line is for programs, or all letters in it are numbers, whose language nobody sees."""
    bare = _NUMBERED.sub("", value)
    if bare != value and not any(map(str.isalpha, bare)):
        return True
    return len(value) <= LONGEST and is_for_programs(value, key.strip(_ENDS_KEY))


def separator_of(text: str, usual: str) -> tuple[str, int]:
    """What parts the cells of a table, as its first line has it outside quotation marks, and where the cells begin."""
    said = _SAYS_SEPARATOR.match(text)
    if said:
        return said[1], said.end()
    line = LINE.match(text)
    assert line is not None
    bare = regex.sub('"[^"]*+"', "", line["text"])
    return max((usual, *"\t,;"), key=bare.count), 0


@cache
def cell_pattern(separator: str) -> regex.Pattern[str]:
    """A cell and what ends it: the separator, a line end or that of the text."""
    return regex.compile(
        rf'(?:"(?P<quoted>(?:[^"]|"")*+)"|(?P<plain>(?!")[^{separator}\r\n]*+))(?P<end>{separator}|\r\n|\r|\n|\Z)'
    )


def _cells(
    text: str, at: int, separator: str, columns: Columns | None = None
) -> tuple[FieldList | None, tuple[str, ...]]:
    """The cells of a table with something to translate, and the names of its columns, if the first row has them; None
    where quotation marks do not part them."""
    cell = cell_pattern(separator)
    row = _Row(text, columns)
    while at < len(text):
        found = cell.match(text, at)
        if found is None:
            return None, ()
        kind, mark = ("plain", "") if found["quoted"] is None else ("quoted", '"')
        row.add(found.start(kind), found.end(kind), kind, mark)
        at = found.end()
        if found["end"] != separator or at == len(text):
            row.end()
    return row.done, row.names


class _Row:
    """The row that is read, and the cells to translate so far. The first row waits until it ends: it may be names."""

    def __init__(self, text: str, columns: Columns | None) -> None:
        self.text = text
        self.columns = columns
        self.done = FieldList()
        self.first: list[tuple[int, int, str, str]] | None = []
        self.skipped = [False]
        self.names: tuple[str, ...] = ()
        self.at = 0

    def add(self, start: int, end: int, kind: str, mark: str) -> None:
        """Another cell."""
        if self.first is not None:
            self.first.append((start, end, kind, mark))
            return
        is_skipped = self.skipped[min(self.at, len(self.skipped) - 1)]
        if not is_skipped and not self._is_for_programs(self.text[start:end].strip()):
            self.done.add(start, end, kind, mark)
        self.at += 1

    def _is_for_programs(self, value: str) -> bool:
        """Whether a cell is a number or code; in a column that was named, a word may look so."""
        if _NUMBER.fullmatch(value):
            return True
        if self.columns or len(value) > LONGEST or " " in value:
            return False
        return is_for_programs(value) or (self.at == 0 and _KEY_CELL.fullmatch(value) is not None)

    def end(self) -> None:
        """The row ends here. Raises: InputError."""
        first, self.first, self.at = self.first, None, 0
        if first is None:
            return
        names = [self.text[start:end].strip() for start, end, _, _ in first]
        if self.columns:
            self.skipped = self.columns.skipped([name.replace('""', '"') for name in names])
        elif not all(map(_NAME.fullmatch, names)):
            for cell in first:
                self.add(*cell)
            self.at = 0
            return
        self.names = tuple(names)
