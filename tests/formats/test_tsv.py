"""TSV: safe in a spreadsheet, and every text comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.errors import InputError
from bilingual.formats.exchange import About, Job, Unit
from bilingual.formats.inline import inline, read_shown, shown
from bilingual.formats.tsv import guard, read_tsv, unguard, write_tsv

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


@pytest.mark.parametrize(("cell", "expected"), [("=1+1", "'=1+1"), (" -x", "' -x"), ("'a'", "''a'"), ("a=1", "a=1")])
def test_guard(cell: str, expected: str) -> None:
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
