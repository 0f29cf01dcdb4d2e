"""Units as a table of tab-separated values that a spreadsheet opens safely, and back.

A cell that a spreadsheet would take for a formula (it begins with = + - @ or their full-width forms, or with the
apostrophe that is the mark itself) is written with an apostrophe before it, and read without it.

Not everything that comes back quotes its cells: Google Sheets saves TSV without, and people type into text editors. So
a quotation mark parts or joins nothing where every line is a row by itself, and is only taken off where a program put
it on.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain

from bilingual.errors import InputError
from bilingual.formats.exchange import UNIT_ID, UNMARKED, About, Answer, Answers, Job, Returned, one_original, unmarked
from bilingual.formats.inline import UNSEEN, shown
from bilingual.formats.long_fields import long_fields
from bilingual.formats.xliff import safe

COLUMNS = ("id", "source", "target", "language", "label", "translate", "before", "after", "key")
_FORMULA = re.compile(f"[\\s{UNSEEN}]*+[=+\\-@'\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(f"\\A([\\s{UNSEEN}]*+)'(?={_FORMULA.pattern})")
_ABOUT = "#original"
_LONGEST = 32_767  # UTF-16 units
_LINE_END = re.compile(r"\r\n|\r|\n")
# What a spreadsheet shows in place of a text that it took for a formula.
_ERROR = re.compile(r"#(?:NAME\?|VALUE!|REF!|DIV/0!|N/A|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}")
_SEPARATOR = re.compile(r"\A\"?sep=.\"?[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')


def write_tsv(job: Job) -> bytes:
    """The job as UTF-8 with BOM (spreadsheets need it) and CRLF; the first row after the header names the original."""
    return b"".join(tsv_chunks(job))


def tsv_chunks(job: Job) -> Iterator[bytes]:
    """The same, row by row."""
    written: list[str] = []
    writer = csv.writer(_Lines(written), delimiter="\t", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerow([_ABOUT, job.about.line(), "", "", "", "no", guard(safe(job.about.name)), "", ""])
    yield codecs.BOM_UTF8
    for unit in job.units:
        text = shown(unit.parts)
        cells = (" ".join((unit.id, *unit.also)), text, "" if unit.keep else text, unit.lang, unit.label,
                 "yes" if unit.keep else "no", *map(_one_line, (unit.before, unit.after, unit.key)))  # fmt: skip
        writer.writerow([guard(cell) for cell in cells])
        yield "".join(written).encode()
        written.clear()
    yield "".join(written).encode()


class _Lines:
    """What `csv` writes, in a list."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _one_line(text: str) -> str:
    """Text that is only read by people; without line ends and tabs every line of the file is a row."""
    return " ".join(safe(text).split())


def read_tsv(data: bytes, what: str = "TSV") -> Returned:
    """What a returned table says: columns may be in any order, parted by tabs, commas or semicolons.

    Raises: InputError when it is no table that `write_tsv` wrote.
    """
    rows = _rows(_decoded(data, what), what)
    header = next(rows, [])
    columns = _columns(header)
    if not {"id", "target"} <= columns.keys():
        raise InputError(
            f"{what}: no columns `id` and `target` in its first row; {UNMARKED}; "
            "a .txt export has no ids to merge by"
        )
    _refuse_doubled(header, what)
    about = None
    answers = Answers()
    for row in rows:
        ids = unmarked(_cell(row, columns, "id")).split()
        if not ids:
            if _cell(row, columns, "target").strip():
                raise InputError(f"{what}: a target without an id: {_cell(row, columns, 'target')[:80]!r}")
            continue
        if ids[0] == _ABOUT:
            found = About.read(_cell(row, columns, "source"), name=unguard(_cell(row, columns, "before")))
            about = one_original(about, found, what)
            continue
        if ids[0].lower() == "id" and _names(row) == _names(header):
            continue  # tables of several people, one behind the other
        target, source = unguard(_cell(row, columns, "target")), _cell(row, columns, "source")
        if target != source:
            _refuse_damaged(_cell(row, columns, "target"), f"{what}: the target of {ids[0]}")
        is_locked = _cell(row, columns, "translate").strip().lower() == "no"
        answers.add(
            Answer(id=ids[0], also=tuple(ids[1:]), target=target or None, is_locked=is_locked, source=source)
        )
    if about is None:
        raise InputError(f"{what}: the row {_ABOUT}, which names the original, is missing; {UNMARKED}")
    return Returned(about=about, pairs=((about.source, about.target),), answers=answers)


def _names(header: Iterable[str]) -> list[str]:
    return [unmarked(name).lower() for name in header]


def _refuse_doubled(header: Iterable[str], what: str) -> None:
    """Raises: InputError where it cannot be told which column holds the ids, sources or targets."""
    names = _names(header)
    for name in ("id", "source", "target"):
        if names.count(name) > 1:
            raise InputError(f"{what}: two columns have the name `{name}`; rename one of them")


def _refuse_damaged(target: str, where: str) -> None:
    """Raises: InputError for what a spreadsheet took for a formula, or had no letters or no room for."""
    if len(target) <= _LONGEST == len(target.encode("utf-16-le", "surrogatepass")) // 2:
        raise InputError(
            f"{where} has {_LONGEST:,} characters, the most that a cell of Excel holds: it was cut off; use"
            " a Word table or XLIFF"
        )
    if _ERROR.fullmatch(target):
        raise InputError(
            f"{where} is {target}: a spreadsheet took it for a formula; write it again with an apostrophe before it"
        )
    if (misread := _misread(target)) is not None:
        raise InputError(
            f"{where} is {target[:40]!r}, which is {misread[:40]!r} read in another encoding than UTF-8: open the "
            "table as UTF-8 (in Excel: Data, From Text/CSV, 65001) and save it again"
        )
    n_marks = target.count("?")
    if n_marks > 4 and n_marks > sum(not character.isspace() for character in target) / 2:
        raise InputError(
            f"{where} is question marks, {target[:40]!r}: the table was saved in an encoding without its letters; "
            "save it from where it still has them as UTF-8, in Excel as `CSV UTF-8` or `Unicode Text`"
        )


def _misread(text: str) -> str | None:
    """What a text was before a program read its UTF-8 as Windows-1252 or 1256; None where it was nothing else.

    A letter and a sign behind it may look so (`CAFÉ…`), three together do not.

    >>> _misread("مرحبا".encode().decode("cp1256")), _misread("مرحبا CAFÉ…")
    ('مرحبا', None)
    """
    for codec in () if text.isascii() else ("cp1252", "cp1256"):
        if _of_utf8(codec).fullmatch(text):
            raw = b"".join(c.encode("latin-1" if "\x80" <= c < "\xa0" else codec) for c in text)
            done = raw.decode("utf-8", "replace")
            if sum(not c.isascii() for c in done) > 2:
                return done
    return None


@cache
def _of_utf8(codec: str) -> re.Pattern[str]:
    """What UTF-8 looks like in an encoding of Windows, which keeps bytes without a sign as control characters."""

    def one_of(first: int, last: int) -> str:
        signs = (bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(first, last + 1))
        return f"[{re.escape(''.join(signs))}]"

    then = one_of(0x80, 0xBF)
    two, three, four = one_of(0xC2, 0xDF) + then, one_of(0xE0, 0xEF) + then * 2, one_of(0xF0, 0xF4) + then * 3
    return re.compile(rf"(?:[\x00-\x7f]|{two}|{three}|{four})*+")


def _decoded(data: bytes, what: str) -> str:
    """UTF-8, or UTF-16 as spreadsheets save "Unicode text"; without the line `sep=;`, which is for Excel."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\0" in data[:2]:  # the name of a column begins with ASCII
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    else:
        encoding = "utf-8-sig"
    try:
        return _SEPARATOR.sub("", data.decode(encoding))
    except UnicodeDecodeError as error:
        raise InputError(
            f"{what}: not {encoding.removesuffix('-sig').upper()} (byte {error.start}): save the table as UTF-8, "
            "in Excel as `CSV UTF-8` or `Unicode Text`"
        ) from error


def _rows(text: str, what: str) -> Iterator[list[str]]:
    """The cells of every row, the header first. Raises: InputError where cells or rows cannot be told apart."""
    delimiter = max("\t,;", key=text.partition("\n")[0].count)
    # Whatever parts its cells by commas also quotes them: a line says nothing there.
    if delimiter == "\t" and _are_rows(_lines(text)):
        yield from _unquoted(text)
        return
    # All is read once before a row is given: whoever reads it must not take rows of a table that is refused below.
    _check_table(text, delimiter, what)
    yield from _csv_rows(text, delimiter, what)


def _check_table(text: str, delimiter: str, what: str) -> None:
    """Raises: InputError where cells or rows cannot be told apart."""
    width = -1
    for number, row in enumerate(_csv_rows(text, delimiter, what), start=1):
        width = len(row) if width < 0 else width
        if any(row[width:]):
            raise InputError(f"{what}: row {number} has more cells than the first row")
        if any(_LINE_END.search(cell) and UNIT_ID.search(cell) for cell in row):
            raise InputError(f"{what}: row {number}: a quotation mark makes other rows part of one of its cells")


def _lines(text: str) -> Iterator[list[str]]:
    """What tabs part of every line that is not blank."""
    at = 0
    for end in _LINE_END.finditer(text):
        line = text[at : end.start()]
        at = end.end()
        if line.strip():
            yield line.split("\t")
    if text[at:].strip():
        yield text[at:].split("\t")


def _are_rows(lines: Iterator[list[str]]) -> bool:
    """True when every line is a row: it has the cells of the header, or lacks some at its end, and names its unit."""
    header = next(lines, None)
    at = _columns(_reader([header])(header)).get("id") if header else None
    if header is None or at is None:
        return False
    for line in lines:
        name = unmarked(line[at]).lstrip('"') if at < len(line) else ""
        if not (name.startswith(_ABOUT) or UNIT_ID.match(name)) and line != header:
            return False
        if len(line) > len(header) or (len(line) < len(header) and _has_quoted_tab(line)):
            return False
    return True


def _has_quoted_tab(line: list[str]) -> bool:
    """True when a program that quotes cells could have written a tab of this line inside a cell."""
    try:
        return len(next(csv.reader(["\t".join(line)], delimiter="\t", strict=True))) < len(line)
    except csv.Error:
        return False


def _unquoted(text: str) -> Iterator[list[str]]:
    """Lines without the quotation marks that a program put around their cells; those of the text stay."""
    read = _reader(_lines(text))
    return map(read, _lines(text))


def _reader(lines: Iterable[list[str]]) -> Callable[[list[str]], list[str]]:
    """What takes the marks off the cells of a line, as the program put them on that wrote all these lines.

    A program quotes all cells, or those with a quotation mark (which it doubles), or (Excel) those with a comma.
    """
    found = iter(lines)
    first = next(found)
    are_all = first[0].startswith('"')
    are_commas = all(cell.startswith('"') for line in chain((first,), found) for cell in line if "," in cell)

    def read(cell: str) -> str:
        is_marked = are_all or '""' in cell[1:-1] or (are_commas and "," in cell)
        return cell[1:-1].replace('""', '"') if is_marked and _QUOTED.fullmatch(cell) else cell

    return lambda line: [read(cell) if '"' in cell else cell for cell in line]


def _csv_rows(text: str, delimiter: str, what: str) -> Iterator[list[str]]:
    try:
        with long_fields(len(text)):
            yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise InputError(
            f"{what}: not a table: {error} (a cell that begins with a quotation mark must end with one, "
            "and those inside it must be doubled)"
        ) from error


def _columns(names: list[str]) -> dict[str, int]:
    return {name: index for index, name in enumerate(_names(names))}


def _cell(row: list[str], columns: dict[str, int], name: str) -> str:
    index = columns.get(name, len(row))
    return row[index] if index < len(row) else ""


def guard(cell: str) -> str:
    """A cell that no spreadsheet runs, nor would without the marks that nobody sees before it.

    >>> guard("=1+1"), guard("plain"), unguard(guard("'quoted'"))
    ("'=1+1", 'plain', "'quoted'")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """`guard` undone, also where an editor put marks of direction before it; a cell that a person typed stays as it is.

    >>> unguard("\N{RIGHT-TO-LEFT MARK}'=1+1") == "\N{RIGHT-TO-LEFT MARK}=1+1"
    True
    """
    return _GUARDED.sub(r"\1", cell, count=1)
