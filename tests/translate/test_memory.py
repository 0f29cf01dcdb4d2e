"""Large files: what is kept of a unit is small, what is written comes in parts, and both are what they were as a whole."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bilingual.errors import InputError
from bilingual.formats import docx as docx_format
from bilingual.formats import tmx, xliff
from bilingual.formats.docx import read_docx_table, write_docx_table
from bilingual.formats.exchange import MAX_DEPTH, About, Answer, Answers, Job, Returned, Unit
from bilingual.formats.inline import Parts, inline, shown
from bilingual.formats.xliff import NS_2, NS_12, read_xliff, write_xliff, xliff_chunks
from bilingual.pipeline import Segmenter
from bilingual.translate.export import job_chunks, write_job
from bilingual.translate.fields import fields
from bilingual.translate.files import write_all
from bilingual.translate.merge import Edits, MergeError, merge
from bilingual.translate.original import open_original
from bilingual.translate.units import find_units, make_job

ABOUT = About(name="a.txt", sha256="ab" * 32, kind="text", encoding="utf-8", source="en", target="ar")
LINE = "The {} harbour was closed to ships for a year, and {{name}} wrote about it.\n"


def numbered(n: int) -> list[Unit]:
    return [
        Unit(
            id=f"text-{at}-{at + 1}-0123456789ab", parts=inline(f"Line <{at}> & %d of \N{ARABIC LETTER ALEF} {{x}}\x01"),
            lang="en", label="body", score=1.0, keep=at % 3 > 0, also=(f"text-{at}-{at + 2}-0123456789ab",) * (at % 2),
            before="b" * (at % 4), after="a & b" * (at % 5),
        )
        for at in range(n)
    ]  # fmt: skip


def traced(step: Callable[[], object]) -> tuple[int, int]:
    """Bytes that are kept of what a step returns, and the most that were there while it ran."""
    tracemalloc.start()
    try:
        kept = step()
        found = tracemalloc.get_traced_memory()
        del kept
        return found
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("n", [0, 1, 255, 256, 257, 700])
@pytest.mark.parametrize("fill_targets", [False, True])
def test_xliff_in_parts_is_what_the_whole_tree_gives(n: int, fill_targets: bool) -> None:
    job = Job(about=ABOUT, units=numbered(n))
    root, body = xliff._head_12(job)
    for unit in job.units:
        xliff._unit_12(body, unit, ABOUT, fill_targets)
    whole = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    assert write_xliff(job, "1.2", fill_targets=fill_targets) == whole
    root, file = xliff._head_2(job)
    for unit in job.units:
        xliff._unit_2(file, unit, fill_targets)
    whole = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    assert write_xliff(job, "2.1", fill_targets=fill_targets) == whole


def test_a_name_that_looks_like_the_mark_of_the_parts() -> None:
    about = About(name="<mark/>", sha256="ab" * 32, kind="text", encoding="utf-8", source="en", target="ar")
    data = write_xliff(Job(about=about, units=numbered(3)), "2.1")
    assert read_xliff(data).about.name == "<mark/>"
    assert len(read_xliff(data).answers) == 3


@pytest.mark.parametrize("n", [0, 1, 256, 257, 600])
def test_a_word_table_in_parts_is_a_whole_file(n: int) -> None:
    job = Job(about=ABOUT, units=numbered(n))
    data = write_docx_table(job)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        body = archive.read("word/document.xml")
    root = etree.fromstring(body)
    assert etree.tostring(root, encoding="UTF-8", standalone=True) == body
    [table] = docx.Document(io.BytesIO(data)).tables
    assert len(table._tbl.tr_lst) == n + 1
    answers = read_docx_table(data).answers
    assert [(one.id, one.also, one.is_locked) for one in answers] == [(u.id, u.also, not u.keep) for u in job.units]
    assert [one.source for one in answers] == [shown(unit.parts) for unit in job.units]


def test_a_word_table_is_read_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more rows are there at a time than the parser reads at once, which is 32 kB."""
    most = 0

    class Counting(docx_format._Table):
        def see(self, event: str, element: etree._Element) -> None:
            nonlocal most
            super().see(event, element)
            most = max(most, sum(1 for _ in element.getroottree().iter("{*}tr")))

    monkeypatch.setattr(docx_format, "_Table", Counting)
    answers = read_docx_table(write_docx_table(Job(about=ABOUT, units=numbered(400)))).answers
    assert isinstance(answers, Answers)
    assert len(answers) == 400
    assert most < 100


@pytest.mark.parametrize("to", ["xliff", "tsv", "txt"])
def test_parts_are_small(to: str) -> None:
    job = Job(about=ABOUT, units=numbered(3000))
    parts = [len(part) for part in job_chunks(job, to)]
    assert max(parts) < sum(parts) / 5


def test_a_memory_has_equal_pairs_once() -> None:
    pairs: list[tuple[Parts, Parts]] = [(unit.parts, ("x",)) for unit in numbered(300)]
    root = etree.fromstring(tmx.write_tmx([*pairs, *pairs, (("=a",), ("x",)), (("a",), ("x",))], "en", "ar"))
    assert len(root.findall("body/tu")) == 302


@given(st.lists(st.builds(
    Answer, id=st.text(max_size=9), target=st.none() | st.text(max_size=20), source=st.text(max_size=20),
    also=st.lists(st.text("ab-1", min_size=1, max_size=3), max_size=3).map(tuple), is_locked=st.booleans(),
)))  # fmt: skip
def test_answers_are_as_they_were_given(given_ones: list[Answer]) -> None:
    found = Answers()
    for one in given_ones:
        found.add(one)
    assert [*found] == given_ones
    assert found[:2] == tuple(given_ones[:2])
    with pytest.raises(IndexError):
        found[len(given_ones)]


GROUP = "<group>{}</group>"
UNIT = '<trans-unit id="{}"><source>s</source><target>t{}</target>{}</trans-unit>'


@given(st.recursive(
    st.sampled_from(["u", "note", "alt"]), lambda inner: st.tuples(st.sampled_from(["g", "u"]), st.lists(inner, max_size=4)),
    max_leaves=30,
))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_units_are_read_in_order_wherever_they_stand(tree: object) -> None:
    """As `iter` finds them in the whole tree: in groups, in each other, beside what is none."""
    count = iter(range(1000))

    def made(item: object) -> str:
        if item == "u":
            return UNIT.format(*[next(count)] * 2, "")
        if isinstance(item, tuple):
            name, inner = item
            number = next(count)
            body = "".join(map(made, inner))
            return GROUP.format(body) if name == "g" else UNIT.format(number, number, body)
        return "<note>n</note>" if item == "note" else "<alt-trans><target>no</target></alt-trans>"

    line = ABOUT.line()
    data = (
        f'<xliff xmlns="{NS_12}" version="1.2"><file source-language="en"><body>{made(tree)}</body>'
        f"<header><note>{line}</note></header></file></xliff>"
    ).encode()
    root = etree.fromstring(data)
    expected = [(unit.get("id"), unit.find(f"{{{NS_12}}}target").text) for unit in root.iter(f"{{{NS_12}}}trans-unit")]
    assert [(one.id, one.target) for one in read_xliff(data).answers] == expected


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<file/>", "a <file> inside another one"),
        (" " * 70_000 + "<group>" * 300 + "</group>" * 300, f"nested more than {MAX_DEPTH} deep"),
        (f"{' ' * 70_000}<unit id='a'>{'<mrk>' * 300}{'</mrk>' * 300}</unit>", f"nested more than {MAX_DEPTH} deep"),
        ("<group>" * 300 + "</group>" * 300, "Excessive depth"),
        ("<unit id='a'>", "not well-formed XML"),
        ("<unit id='a'>&nbsp;</unit>", "not well-formed XML: Entity 'nbsp' not defined, line 1, column "),
    ],
)
def test_what_no_tool_writes_is_refused(inside: str, problem: str) -> None:
    note = f"<notes><note>{ABOUT.line()}</note></notes>"
    data = f'<xliff xmlns="{NS_2}" version="2.1"><file>{note}{inside}</file></xliff>'.encode()
    with pytest.raises(InputError, match=problem):
        read_xliff(data)


def test_little_is_kept_of_a_unit(tmp_path: Path, segmenter: Segmenter) -> None:
    """As objects with their texts, the units of this file took 1,190 bytes each."""
    path = tmp_path / "a.txt"
    path.write_text("".join(LINE.format(at).replace("{name}", "he") for at in range(3000)), "utf-8")
    original = open_original(str(path))
    find_units(original, segmenter)  # what is done once
    kept, _ = traced(lambda: find_units(original, segmenter))
    assert kept < 3000 * 100
    units = find_units(original, segmenter).units
    job = make_job(original, units, source="en", target="ar", keep=["body", "navigation"], with_context=True, dedup=True)
    size = path.stat().st_size
    _, peak = traced(lambda: [None for _ in job_chunks(job, "xliff")])
    assert peak < 4 * size
    data = write_job(job, "xliff")
    kept, peak = traced(lambda: read_xliff(data).answers)
    assert kept < 2 * size
    assert peak < 3 * size
    returned = filled(data)
    kept, peak = traced(lambda: merge(original, returned))
    assert peak < 8 * size
    assert kept < 3 * size


def filled(data: bytes) -> Returned:
    known = read_xliff(data)
    answers = Answers()
    for one in known.answers:
        answers.add(Answer(id=one.id, target="نص", also=one.also))
    return Returned(about=known.about, pairs=known.pairs, answers=answers)


def test_little_is_kept_of_a_cell() -> None:
    text = "name,text\n" + "Good day,Go on\n" * 5000
    found = fields(text, ".csv")
    assert found is not None
    assert len(found.found) == 10_000
    kept, _ = traced(lambda: fields(text, ".csv"))
    assert kept < 10_000 * 25


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.binary(max_size=4)), max_size=8))
def test_edits_are_as_they_were_given(edits: list[tuple[int, int, bytes]]) -> None:
    found = Edits()
    for edit in edits:
        found.add(*edit)
    assert [*found] == edits


WORDS = ["Go", "See {name}", "الميناء مغلق", "a\tb", "<b>x</b>", "The harbour was closed for a year.", "", "\N{GRINNING FACE} so"]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-16"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_units_are_made_again_as_they_were_found(
    tmp_path: Path, segmenter: Segmenter, lines: list[str], end: str, encoding: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(end.join(lines).encode(encoding))
    original = open_original(str(path), encoding=encoding)
    units = find_units(original, segmenter).units
    assert [*units] == [units[at] for at in range(len(units))] == [*units[:]]
    job = make_job(original, units, source="en", target="ar", keep=["body"], locked=True, with_context=True)
    assert [*job.units] == [job.units[at] for at in range(len(units))]
    assert [shown(unit.parts) for unit in job.units] == [shown(unit.parts) for unit in units]


def test_nothing_is_left_of_a_file_whose_writing_fails(tmp_path: Path) -> None:
    def parts() -> object:
        yield b"first"
        raise InputError("no more")

    with pytest.raises(InputError, match="no more"):
        write_all([(tmp_path / "a", b"whole"), (tmp_path / "b", parts())])
    assert not [*tmp_path.iterdir()]


def test_sources_sorted_against_their_ids_are_refused_in_the_order_of_the_rows(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(LINE.format(word) for word in ("old", "new", "far", "near")), "utf-8")
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    sources = [shown(unit.parts) for unit in units]
    beside = [sources[1], sources[0], "A source that somebody wrote", sources[3]]
    targets = [text.replace("harbour", "ميناء") for text in sources]
    answers = [Answer(id=unit.id, target=target, source=source) for unit, target, source in zip(units, targets, beside, strict=True)]
    returned = Returned(about=ABOUT, pairs=(("en", "ar"),), answers=answers)
    with pytest.raises(MergeError) as caught:
        merge(original, returned)
    assert [problem.partition(":")[0] for problem in caught.value.problems] == [units[0].id, units[1].id]
    good = merge(original, Returned(about=ABOUT, pairs=(("en", "ar"),), answers=answers[2:]))
    assert [shown(source) for source, _ in good.pairs] == sources[2:]
    assert good.data.decode().count("ميناء") == 2


def test_versions_of_xliff_are_told_before_anything_is_written() -> None:
    with pytest.raises(InputError, match="no XLIFF '3'"):
        xliff_chunks(Job(about=ABOUT, units=()), "3")
