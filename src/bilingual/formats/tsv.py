"""Units as a table of tab-separated values that a spreadsheet opens safely, and back.

A cell that a spreadsheet would take for a formula (it begins with = + - @ or their full-width forms, or with the
apostrophe that is the mark itself) is written with an apostrophe before it, and read without it.
"""

from __future__ import annotations

import csv
import io

from bilingual.errors import InputError
from bilingual.formats.exchange import About, Answer, Job, Returned
from bilingual.formats.inline import shown
from bilingual.formats.xliff import safe

COLUMNS = ("id", "source", "target", "language", "label", "translate", "before", "after")
_FORMULA = tuple("=+-@'\uff1d\uff0b\uff0d\uff20")
_ABOUT = "#original"


def write_tsv(job: Job) -> bytes:
    """The job as UTF-8 with BOM (spreadsheets need it) and CRLF; the first row after the header names the original."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerow([_ABOUT, job.about.line(), "", "", "", "no", guard(safe(job.about.name)), ""])
    for unit in job.units:
        text = shown(unit.parts)
        cells = (" ".join((unit.id, *unit.also)), text, "" if unit.keep else text, unit.lang, unit.label,
                 "yes" if unit.keep else "no", safe(unit.before), safe(unit.after))  # fmt: skip
        writer.writerow([guard(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def read_tsv(data: bytes, what: str = "TSV") -> Returned:
    """What a returned table says: columns may be in any order, parted by tabs, commas or semicolons.

    Raises: InputError when it is no table that `write_tsv` wrote.
    """
    text = _decoded(data, what)
    head = text.partition("\n")[0]
    delimiter = max("\t,;", key=head.count)
    limit = csv.field_size_limit(max(1, len(text)))  # the standard one is 131,072 characters
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        raise InputError(f"{what}: not a table: {error}") from error
    finally:
        csv.field_size_limit(limit)
    columns = {name.strip().lower(): index for index, name in enumerate(rows[0] if rows else [])}
    if not {"id", "target"} <= columns.keys():
        raise InputError(f"{what}: no columns `id` and `target` in its first row")
    about = None
    answers: list[Answer] = []
    for row in rows[1:]:
        ids = _cell(row, columns, "id").split()
        if not ids:
            continue
        if ids[0] == _ABOUT:
            about = About.read(_cell(row, columns, "source"), name=unguard(_cell(row, columns, "before")))
            continue
        target = unguard(_cell(row, columns, "target"))
        is_locked = _cell(row, columns, "translate").strip().lower() == "no"
        answers.append(Answer(id=ids[0], also=tuple(ids[1:]), target=target or None, is_locked=is_locked))
    if about is None:
        raise InputError(f"{what}: the row {_ABOUT}, which names the original, is missing")
    return Returned(about=about, pair=(about.source, about.target), answers=tuple(answers))


def _decoded(data: bytes, what: str) -> str:
    """UTF-8, or UTF-16 with BOM as spreadsheets save "Unicode text"."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{what}: not {encoding}: save the table as UTF-8 (byte {error.start})") from error


def _cell(row: list[str], columns: dict[str, int], name: str) -> str:
    index = columns.get(name, len(row))
    return row[index] if index < len(row) else ""


def guard(cell: str) -> str:
    """A cell that no spreadsheet runs.

    >>> guard("=1+1"), guard("plain"), unguard(guard("'quoted'"))
    ("'=1+1", 'plain', "'quoted'")
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def unguard(cell: str) -> str:
    """`guard` undone; a cell that a person typed stays as it is."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith(_FORMULA) else cell
