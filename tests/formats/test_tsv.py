"""TSV: safe in a spreadsheet, and every text comes back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.errors import InputError
from bilingual.formats.exchange import About, Job, Unit
from bilingual.formats.inline import inline, read_shown, shown
from bilingual.formats.tsv import _misread, guard, read_tsv, unguard, write_tsv

ABOUT = About(name="=a.txt", sha256="ab" * 32, kind="text", encoding="utf-8", source="en", target="ar")


def job_of(texts: list[str], *, keep: bool = False) -> Job:
    units = [
        Unit(id=f"text-{i}-{i + 1}-0123456789ab", parts=inline(t), lang="en", label="body", score=1.0, keep=keep)
        for i, t in enumerate(texts)
    ]
    return Job(about=ABOUT, units=tuple(units))


NASTY = st.text(alphabet=st.one_of(st.sampled_from("=+-@'\"\t\r\n,; ＝1a"), st.characters()), min_size=1, max_size=30)


@given(st.lists(NASTY, max_size=5))
@settings(max_examples=200, deadline=None)
def test_every_text_comes_back_and_none_is_a_formula(texts: list[str]) -> None:
    job = job_of(texts)
    data = write_tsv(job)
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter="\t"):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for cell in row)
    answers = read_tsv(data).answers
    assert [answer.target for answer in answers] == [shown(unit.parts) for unit in job.units]
    for answer, unit in zip(answers, job.units, strict=True):
        parts, problems = read_shown(answer.target or "", unit.parts)
        assert problems == []
        assert "".join(p if isinstance(p, str) else p.raw for p in parts) == texts[job.units.index(unit)]


def test_every_line_is_a_row() -> None:
    unit = replace(job_of(["a\tb\nc"]).units[0], before="a\tb", after="c\r\nd")
    lines = write_tsv(Job(about=ABOUT, units=(unit,))).decode("utf-8-sig").split("\r\n")
    assert [line.count("\t") for line in lines] == [8, 8, 8, 0]


@pytest.mark.parametrize(("cell", "expected"), [("=1+1", "'=1+1"), (" -x", "' -x"), ("'a'", "''a'"), ("a=1", "a=1")])
def test_no_spreadsheet_runs_a_cell(cell: str, expected: str) -> None:
    assert guard(cell) == expected
    assert unguard(expected) == cell


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_save(delimiter: str, encoding: str) -> None:
    """Other separators and encodings, columns moved, quotes everywhere, an empty row at the end."""
    rows = list(csv.reader(io.StringIO(write_tsv(job_of(["Hi"], keep=True)).decode("utf-8-sig")), delimiter="\t"))
    rows[2][2] = 'قال: "مرحبا"'
    out = io.StringIO(newline="")
    moved = [[row[2], row[0], row[1], *row[3:]] for row in [*rows, [""] * 8]]
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(moved)
    returned = read_tsv(out.getvalue().encode(encoding))
    assert returned.about.sha256 == ABOUT.sha256
    assert [(answer.target, answer.is_locked) for answer in returned.answers] == [('قال: "مرحبا"', False)]


def test_the_row_of_the_original_must_be_there() -> None:
    text = write_tsv(job_of(["Hi"])).decode("utf-8-sig")
    rows = text.split("\r\n")
    del rows[1]
    with pytest.raises(InputError, match="row #original, which names the original, is missing"):
        read_tsv("\r\n".join(rows).encode())


SOURCES = ("The port will open.", '"We are ready," said the minister.', "The harbour was closed.")


def saved(targets: tuple[str, ...], *, is_trimmed: bool = False) -> bytes:
    """The table as a program saves it that knows no quoting: cells with tabs between them."""
    table = write_tsv(job_of(list(SOURCES), keep=True)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline=""), delimiter="\t"))
    for row, target in zip(rows[2:], targets, strict=True):
        row[2] = target
    lines = ["\t".join(row) for row in rows]
    return "\r\n".join(line.rstrip() if is_trimmed else line for line in lines).encode()


@pytest.mark.parametrize("is_trimmed", [False, True])
@pytest.mark.parametrize(
    "targets",
    [
        ("أعلنت.", '"نحن مستعدون"', "بقي مغلقا."),
        ('"أعلنت"', '"نحن" و"هم"', '""'),
        ('"a, b"', "c, d", 'e "f" g'),
    ],
)
def test_a_table_without_quoting(targets: tuple[str, ...], is_trimmed: bool) -> None:
    assert tuple(answer.target for answer in read_tsv(saved(targets, is_trimmed=is_trimmed)).answers) == targets


def test_a_quotation_mark_alone_swallows_no_rows() -> None:
    targets = ("أعلنت.", '"نحن مستعدون قال الوزير.', 'بقي مغلقا"')
    for is_trimmed in (False, True):
        returned = read_tsv(saved(targets, is_trimmed=is_trimmed))
        assert tuple(answer.target for answer in returned.answers) == targets


@pytest.mark.parametrize(
    ("last", "match"), [('مغلق"', "makes other rows part of one of its cells"), ("مغلق", "must end with one")]
)
def test_quotation_marks_that_can_be_read_in_two_ways(last: str, match: str) -> None:
    """One target has a line end, so lines are no rows; another one begins with a quotation mark."""
    with pytest.raises(InputError, match=match):
        read_tsv(saved(("one\ntwo", '"نحن مستعدون', last)).replace(b'"We are ready,"', b"We are ready,"))


def test_what_excel_saves_as_text() -> None:
    """Cells with a comma are quoted, whatever parts the cells."""
    lines = [line.split("\t") for line in saved(("a, b", 'c "d", e', "f")).decode().split("\r\n")]
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell for cell in line] for line in lines
    ]
    returned = read_tsv("\r\n".join(map("\t".join, quoted)).encode("utf-16"))
    assert [answer.target for answer in returned.answers] == ["a, b", 'c "d", e', "f"]


def test_a_target_of_several_lines() -> None:
    rows = list(csv.reader(io.StringIO(write_tsv(job_of(["Hi", "Ho"], keep=True)).decode("utf-8-sig")), delimiter="\t"))
    rows[2][2], rows[3][2] = 'one\ntwo "three"\tfour', '"five"'
    for delimiter in "\t,;":
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        found = [answer.target for answer in read_tsv(out.getvalue().encode()).answers]
        assert found == [rows[2][2], rows[3][2]]


@pytest.mark.parametrize(
    ("row", "match"),
    [("\t\tترجمة", "a target without an id: 'ترجمة'"), ("\t" * 9 + "note", "row 4 has more cells than the first row")],
)
def test_rows_that_belong_to_nothing(row: str, match: str) -> None:
    with pytest.raises(InputError, match=match):
        read_tsv(write_tsv(job_of(["Hi"], keep=True)) + row.encode())


@pytest.mark.parametrize(("target", "is_cut"), [("س" * 32_767, True), ("س" * 32_766, False), ("س" * 40_000, False), ("😀" * 16_383 + "س", True)])
def test_a_target_that_fills_a_cell_of_excel_was_cut(target: str, is_cut: bool) -> None:
    row = write_tsv(job_of(["Hi"], keep=True)).replace(b"\tHi\t\t", f"\tHi\t{target}\t".encode())
    if is_cut:
        with pytest.raises(InputError, match="the most that a cell of Excel holds: it was cut off"):
            read_tsv(row)
    else:
        assert read_tsv(row).answers[0].target == target


@pytest.mark.parametrize("name", ["id", "source", "target"])
def test_two_columns_of_one_name(name: str) -> None:
    head, line, rest = write_tsv(job_of(["Hi"], keep=True)).partition(b"\r\n")
    with pytest.raises(InputError, match=f"two columns have the name `{name}`; rename one of them"):
        read_tsv(head.replace(b"label", name.title().encode()) + line + rest)


@pytest.mark.parametrize("marks", ["\u200f", "\u2067 ", " \u200e"])
def test_marks_before_an_apostrophe(marks: str) -> None:
    """Editors put marks of direction before what a spreadsheet guards by its apostrophe."""
    data = write_tsv(job_of(["Hi"], keep=True)).replace(b"\tHi\t\t", f"\tHi\t{marks}'=x\t".encode())
    assert read_tsv(data).answers[0].target == f"{marks}=x"
    assert unguard(guard(f"{marks}'=x")) == f"{marks}'=x"


@pytest.mark.parametrize("codec", ["cp1252", "cp1256"])
def test_a_table_that_was_read_in_another_encoding(codec: str) -> None:
    """A spreadsheet takes UTF-8 for the code page of its system and saves what it sees as UTF-8."""
    target = "مرحبا بكم في الميناء"
    seen = "".join(
        bytes([byte]).decode("latin-1" if codec == "cp1252" and byte in b"\x81\x8d\x8f\x90\x9d" else codec)
        for byte in target.encode()
    )
    data = write_tsv(job_of(["Hi"], keep=True)).replace(b"\tHi\t\t", f"\tHi\t{seen}\t".encode())
    with pytest.raises(InputError, match=f"which is '{target}' read in another encoding than UTF-8"):
        read_tsv(data)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئ ًٌٍَُِّْ٠١٢٣،؛؟«»…–“”", max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_arabic_is_taken_for_misread(target: str) -> None:
    assert _misread(target) is None


@pytest.mark.parametrize("target", ["CAFÉ…", "«Ünlü»", "À la carte – déjà vu", "Ærø", "“CAFÉ”", "₤ 5 © ® ±"])
def test_no_words_with_accents_are_taken_for_misread(target: str) -> None:
    assert _misread(target) is None


@pytest.mark.parametrize("is_quoted", [False, True])
def test_tables_of_two_people_one_behind_the_other(is_quoted: bool) -> None:
    lines = write_tsv(job_of(['Say "hi"', "Bye, all"], keep=True)).splitlines(keepends=True)
    head, own, first, second = lines[0], lines[1], lines[2], lines[3]
    if not is_quoted:
        first = first.replace(b'"Say ""hi"""', b'Say "hi"')
    answers = read_tsv(head + own + first + head + own + second).answers
    assert [answer.source for answer in answers] == ['Say "hi"', "Bye, all"]
    other = own.replace(b"sha256=ab", b"sha256=cd")
    with pytest.raises(InputError, match="holds units of more than one original; split it first"):
        read_tsv(head + own + first + head + other + second)
    with pytest.raises(InputError, match="holds units from en into ar and from en into fr; split it first"):
        read_tsv(head + own + first + head + own.replace(b"into=ar", b"into=fr") + second)
