"""Word: documents translated in place, and the table of units."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trips import round_trip

from bilingual.errors import InputError
from bilingual.formats.docx import (
    open_members,
    paragraph_parts,
    paragraph_text,
    paragraphs,
    read_docx_table,
    replace_members,
    write_docx_table,
)
from bilingual.formats.exchange import About, Job, Unit
from bilingual.formats.inline import codes, inline, plain, read_shown, shown
from bilingual.pipeline import Segmenter
from bilingual.translate.counting import RULES, Counter
from bilingual.translate.original import TargetError, open_original, place_of
from bilingual.translate.units import find_units

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINE = "The harbour will be closed for repairs until the end of March, the authority said."


def xml(body: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def texts(source: str) -> list[str]:
    return [shown(paragraph_parts(source, paragraph)) for paragraph in paragraphs(source)]


def test_runs_that_look_alike_are_one_text() -> None:
    source = xml(
        '<w:p><w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t>Hel</w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:r w:rsidR="2"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">lo &amp; </w:t></w:r>'
        "<w:r><w:t>world</w:t><w:tab/><w:t>end</w:t></w:r></w:p>"
    )
    assert texts(source) == ["Hello & ⟦1⟧world⟦2⟧end"]
    assert paragraph_text(source, paragraphs(source)[0]) == "Hello & world\tend"


def test_a_paragraph_of_many_formats_is_read_in_linear_time() -> None:
    """Where time is quadratic, this takes minutes."""
    n = 40_000
    source = xml(f"<w:p>{'<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>' * n}</w:p>")
    (paragraph,) = paragraphs(source)
    assert len(paragraph_parts(source, paragraph)) == 4 * n - 1


def test_runs_that_differ_in_what_spelling_is_checked_in_are_one_text() -> None:
    def run(text: str, language: str, other: str = "") -> str:
        return f'<w:r><w:rPr>{other}<w:lang w:val="{language}"/></w:rPr><w:t>{text}</w:t></w:r>'

    plain_run = "<w:r><w:t>our</w:t></w:r>"
    source = xml(f"<w:p>{run('col', 'en-GB')}{plain_run}{run('s', 'en-US')}{run('x', 'en-US', '<w:b/>')}</w:p>")
    assert texts(source) == ["colours⟦1⟧x"]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("a b:b c", "a⟦1⟧b⟦/1⟧c"),
        ("a b:b c b:d i:e f", "a⟦1⟧b⟦/1⟧c⟦2⟧d⟦3⟧e⟦4⟧f"),
        ("b:a b b:c", "a⟦1⟧b⟦/1⟧c"),
        ("a b:b i:c b:d e", "a⟦1⟧b⟦2⟧c⟦/2⟧d⟦/1⟧e"),
        ("a b:{n} c i:%d e", "a⟦1⟧{n}⟦/1⟧c⟦3⟧%d⟦/3⟧e"),
        ("a b:b", "a⟦1⟧b"),
    ],
)
def test_words_of_another_formatting_are_in_a_pair(runs: str, expected: str) -> None:
    """A code that closes what another one opened cannot go before it: it would format other words."""
    made = (run.rpartition(":")[::2] for run in runs.split())
    body = "".join(f"<w:r><w:rPr>{'<w:' + kind + '/>' if kind else ''}</w:rPr><w:t>{text}</w:t></w:r>" for kind, text in made)
    source = xml(f"<w:p>{body}</w:p>")
    parts = paragraph_parts(source, paragraphs(source)[0])
    assert shown(parts) == expected
    assert read_shown(expected, parts) == (parts, [])
    if "⟦/1⟧" in expected:
        turned = expected.replace("⟦1⟧", "x").replace("⟦/1⟧", "⟦1⟧").replace("x", "⟦/1⟧")
        assert "⟦/1⟧" in read_shown(turned, parts)[1][0]


def test_hidden_text_is_no_text() -> None:
    def run(text: str, formatting: str) -> str:
        return f"<w:r><w:rPr>{formatting}</w:rPr><w:t>{text}</w:t></w:r>"

    changed = "<w:b/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    source = xml(
        f"<w:p>{run('a', '')}{run('hidden', '<w:vanish/>')}{run('b', '')}</w:p><w:p>{run('hidden', '<w:vanish/>')}</w:p>"
        f"""<w:p>{run('c', '<w:vanish w:val="0"/>')}</w:p><w:p>{run('d', '<w:webHidden/>')}</w:p><w:p>{run('e', changed)}</w:p>"""
    )
    assert texts(source) == ["a⟦1⟧b", "c", "d", "e"]


@pytest.mark.parametrize("character", ["\x0e", "\ufffe", "\uffff"])
def test_what_no_xml_holds(tmp_path: Path, character: str) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph(LINE)
    document.save(str(path))
    original = open_original(str(path))
    unit = find_units(original, Segmenter()).units[0]
    place = place_of(unit.id)
    assert place is not None
    with pytest.raises(TargetError, match=f"a Word file cannot hold U\\+{ord(character):04X}"):
        original.compose(place, (f"a{character}b",))


def test_text_boxes_deletions_and_fields() -> None:
    source = xml(
        "<w:p><w:r><w:t>before</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>inside</w:t></w:r></w:p></w:txbxContent>"
        "</w:r><w:r><w:t>after</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:p/><w:p><w:r><w:t/></w:r></w:p>"
    )
    assert texts(source) == ["before", "inside", "after"]


def test_what_is_deleted_or_moved_away_is_no_text() -> None:
    source = xml(
        "<w:p><w:r><w:t>stays</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
    )
    assert texts(source) == ["stays⟦1⟧here"]


def test_tabs_and_breaks_part_words() -> None:
    source = xml(
        "<w:p><w:r><w:t>the revenue</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>costs</w:t></w:r><w:r><w:br/></w:r>"
        "<w:r><w:t>and well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>s</w:t></w:r></w:p>"
    )
    parts = paragraph_parts(source, paragraphs(source)[0])
    assert plain(parts) == paragraph_text(source, paragraphs(source)[0]) == "the revenue\tcosts and well\u2011knowns"
    unit = Unit(id="a-0-1-0123456789ab", parts=parts, lang="en", label="body", score=1.0, keep=True)
    for rule in RULES:
        assert Counter(rule=rule).count([unit])[0].words == 5


def text_box(choice: str, fallback: str) -> str:
    """A paragraph with a text box as Word writes it: once for itself, once for old readers."""
    inner = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    return (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>Before the box</w:t></w:r>'
        f"<w:r><mc:AlternateContent><mc:Choice>{choice and inner.format(choice)}</mc:Choice>"
        f"<mc:Fallback><w:pict>{inner.format(fallback)}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>and after the box.</w:t></w:r></w:p>"
    )


def test_a_text_box_is_one_unit_and_its_copy_takes_the_translation(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    for choice, fallback in ((LINE, LINE), ("", "A picture of the harbour."), ("The northern quay is open.", LINE)):
        document.element.body.insert(0, docx.oxml.parse_xml(text_box(choice, fallback).replace("<w:p ", f'<w:p xmlns:w="{W}" ', 1)))
    document.save(str(path))
    original, _, merged = round_trip(path, Segmenter(), str.upper)
    found = [plain(unit.parts) for unit in find_units(original, Segmenter()).units]
    assert found.count(LINE) == 1
    assert found.count("Before the box") == found.count("and after the box.") == 3
    assert "A picture of the harbour." not in found
    after = open_members(merged.data, "a")["document"].decode()
    assert (after.count(LINE.upper()), after.count(LINE)) == (2, 1)
    assert after.count("THE NORTHERN QUAY") == 1


def make_document(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Harbour news", 1)
    paragraph = document.add_paragraph("The ")
    paragraph.add_run("old harbour").bold = True
    paragraph.add_run(" will be closed until March & April, says {name}.")
    document.add_paragraph("سيغلق الميناء للإصلاح حتى نهاية شهر مارس كما قالت سلطة الميناء.")
    document.add_paragraph(LINE)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "The northern quay stays open for all ships."
    table.cell(0, 1).text = "نعم"
    document.sections[0].header.paragraphs[0].text = "The daily harbour report for all captains"
    picture = io.BytesIO(bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    ))  # fmt: skip
    document.add_picture(picture)
    document.save(str(path))


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_translated_in_place(tmp_path: Path, version: str) -> None:
    path = tmp_path / "a.docx"
    make_document(path)
    segmenter = Segmenter()
    _, _, merged = round_trip(path, segmenter, version=version)
    assert merged.data == path.read_bytes()
    _, _, merged = round_trip(path, segmenter, str.upper, version=version)
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (path.read_bytes(), merged.data))
    assert old.namelist() == new.namelist()
    changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["word/document.xml", "word/header1.xml"] or sorted(changed) == sorted(
        ["word/document.xml", "word/header1.xml"]
    )
    document = docx.Document(io.BytesIO(merged.data))
    found = [paragraph.text for paragraph in document.paragraphs]
    assert "THE OLD HARBOUR WILL BE CLOSED UNTIL MARCH & APRIL, SAYS {name}." in found
    assert LINE.upper() in found
    assert "سيغلق الميناء للإصلاح حتى نهاية شهر مارس كما قالت سلطة الميناء." in found
    assert document.tables[0].cell(0, 0).text == "THE NORTHERN QUAY STAYS OPEN FOR ALL SHIPS."
    assert document.sections[0].header.paragraphs[0].text == "THE DAILY HARBOUR REPORT FOR ALL CAPTAINS"
    assert [run.text for run in document.paragraphs[1].runs if run.bold] == ["OLD HARBOUR"]
    assert len(document.inline_shapes) == 1


def test_other_bytes_of_the_document_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    make_document(path)
    original = open_original(str(path))
    unit = next(u for u in find_units(original, Segmenter()).units if shown(u.parts) == LINE)
    place = place_of(unit.id)
    assert place is not None
    new = original.compose(place, ("<جديد> & ",))
    xml_before = open_members(original.data, "a")["document"]
    xml_after = open_members(original.spliced({"document": [(place.first, place.last, new)]}), "a")["document"]
    assert xml_after == xml_before[: place.first] + new + xml_before[place.last :]
    assert new.decode() == '<w:t xml:space="preserve">&lt;جديد&gt; &amp; </w:t>'


def test_a_body_with_the_name_that_word_on_the_web_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    make_document(path)
    renamed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(renamed, "w") as new:
        for info in old.infolist():
            name = info.filename.replace("/document.xml", "/document2.xml")
            new.writestr(name, old.read(info).replace(b"word/document.xml", b"word/document2.xml"))
    path.write_bytes(renamed.getvalue())
    _, _, merged = round_trip(path, Segmenter(), str.upper)
    assert LINE.upper() in [p.text for p in docx.Document(io.BytesIO(merged.data)).paragraphs]


def test_replacing_nothing_keeps_every_member(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    make_document(path)
    old, new = zipfile.ZipFile(path), zipfile.ZipFile(io.BytesIO(replace_members(path.read_bytes(), {})))
    assert [(i.filename, i.date_time, i.compress_type, i.CRC) for i in old.infolist()] == [
        (i.filename, i.date_time, i.compress_type, i.CRC) for i in new.infolist()
    ]


def damaged(data: bytes, name: str) -> bytes:
    """The file with bytes inside a member's compressed content changed."""
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo(name)
    at = info.header_offset + 30 + len(name) + info.compress_size // 2
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 8]) + data[at + 8 :]


def test_a_damaged_text_is_refused_and_a_damaged_picture_copied(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    make_document(path)
    whole = path.read_bytes()
    with pytest.raises(InputError, match="not a DOCX file"):
        open_members(damaged(whole, "word/document.xml"), "x")
    name = next(name for name in zipfile.ZipFile(path).namelist() if name.startswith("word/media/"))
    path.write_bytes(damaged(whole, name))
    _, _, merged = round_trip(path, Segmenter(), str.upper)
    old, new = zipfile.ZipFile(path), zipfile.ZipFile(io.BytesIO(merged.data))
    assert new.testzip() == old.testzip() == name
    assert LINE.upper() in new.read("word/document.xml").decode()
    for one in old.infolist():
        other = new.getinfo(one.filename)
        assert (one.date_time, one.compress_type, one.external_attr) == (
            other.date_time, other.compress_type, other.external_attr
        )  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not a DOCX file"):
        open_members(data, "x")


def test_a_zip_that_is_not_word() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(InputError, match=r"no word/document\.xml"):
        open_members(out.getvalue(), "x")


ABOUT = About(name="a.txt", sha256="0" * 64, kind="text", encoding="utf-8", source="en", target="ar")


def job_of(*pairs: tuple[str, bool]) -> Job:
    units = [
        Unit(id=f"text-{i}-{i + 1}-0123456789ab", parts=inline(text), lang="en", label="body", score=1.0, keep=keep)
        for i, (text, keep) in enumerate(pairs)
    ]
    return Job(about=ABOUT, units=tuple(units))


def test_the_table_opens_and_is_right_to_left() -> None:
    data = write_docx_table(job_of(("Hello {name}\x00!", True), ("Menu", False)))
    document = docx.Document(io.BytesIO(data))
    rows = document.tables[0].rows
    assert [cell.text for cell in rows[1].cells] == ["text-0-1-0123456789ab", "Hello {name}⟦2⟧!", "", "body"]
    assert rows[2].cells[2].text == "Menu"
    target = rows[1].cells[2].paragraphs[0]
    assert target._p.pPr.find(qn("w:bidi")) is not None
    assert target.runs[0].font.rtl
    assert rows[1].cells[1].paragraphs[0]._p.pPr is None
    rows[1].cells[2].paragraphs[0].runs[0].text = "مرحبا {name}⟦2⟧!"
    out = io.BytesIO()
    document.save(out)
    returned = read_docx_table(out.getvalue())
    assert returned.about.sha256 == ABOUT.sha256
    assert [answer.target for answer in returned.answers] == ["مرحبا {name}⟦2⟧!", "Menu"]
    assert [answer.is_locked for answer in returned.answers] == [False, True]


def test_tracked_changes_are_read_as_accepted() -> None:
    data = write_docx_table(job_of(("Hello", True)))
    document = docx.Document(io.BytesIO(data))
    paragraph = document.tables[0].rows[1].cells[2].paragraphs[0]._p
    changes = (
        ("w:ins", "<w:t>مر</w:t>"), ("w:moveTo", "<w:t>حبا</w:t>"), ("w:del", "<w:delText>سلام</w:delText>"),
        ("w:del", "<w:t>سلام</w:t>"), ("w:moveFrom", "<w:t>حبا</w:t>"),
    )  # fmt: skip
    for tag, inner in changes:
        paragraph.append(docx.oxml.parse_xml(f'<{tag} xmlns:w="{W}" w:id="1" w:author="a"><w:r>{inner}</w:r></{tag}>'))
    out = io.BytesIO()
    document.save(out)
    assert read_docx_table(out.getvalue()).answers[0].target == "مرحبا"


def returned_table(change: Callable[[docx.table.Table], object]) -> list[tuple[str, str | None]]:
    """Ids and targets of a table of two units that was translated and then changed."""
    document = docx.Document(io.BytesIO(write_docx_table(job_of(("Hello", True), ("Bye", True)))))
    table = document.tables[0]
    for row, text in zip(table.rows[1:], ("مرحبا", "وداعا"), strict=True):
        row.cells[2].text = text
    change(table)
    out = io.BytesIO()
    document.save(out)
    return [(answer.id, answer.target) for answer in read_docx_table(out.getvalue()).answers]


def add_comments(table: docx.table.Table) -> None:
    table.add_column(1_000_000)
    table.rows[0].cells[4].text = "Comments"


def drop_labels(table: docx.table.Table) -> None:
    for row in table.rows:
        row._tr.remove(row.cells[3]._tc)


def move_ids_to_the_end(table: docx.table.Table) -> None:
    for row in table.rows:
        row._tr.append(row.cells[0]._tc)


def wrap_a_row(table: docx.table.Table) -> None:
    """Word wraps rows and cells in content controls."""
    content = docx.oxml.parse_xml(f'<w:sdt xmlns:w="{W}"><w:sdtContent/></w:sdt>')
    row = table.rows[1]._tr
    row.addprevious(content)
    content[0].append(row)


def nest_a_table(table: docx.table.Table) -> None:
    table.rows[1].cells[2].add_table(1, 1)


def nest_a_table_of_the_same_kind(table: docx.table.Table) -> None:
    """What somebody pasted into a cell is text of the cell, whatever it looks like."""
    inner = table.rows[1].cells[3].add_table(2, 2)
    for cell, text in zip(inner._cells, ("ID", "Target", "text-5-6-0123456789ab", "x"), strict=True):
        cell.text = text


def move_a_table_away(table: docx.table.Table) -> None:
    """The old place of a table that was moved with tracked changes."""
    gone = docx.oxml.parse_xml(f'<w:moveFrom xmlns:w="{W}"/>')
    table._tbl.addprevious(gone)
    gone.append(deepcopy(table._tbl))


def move_the_line_behind_the_table(table: docx.table.Table) -> None:
    lines = [p for p in table._tbl.getparent() if p.tag.endswith("}p")]
    table._tbl.getparent().extend(lines)


def split_with_a_header(table: docx.table.Table) -> None:
    second = docx.oxml.parse_xml(f'<w:tbl xmlns:w="{W}"/>')
    table._tbl.addnext(second)
    second.append(deepcopy(table.rows[0]._tr))
    second.append(table.rows[2]._tr)


@pytest.mark.parametrize(
    "change",
    [
        add_comments, drop_labels, move_ids_to_the_end, wrap_a_row, nest_a_table, nest_a_table_of_the_same_kind,
        move_a_table_away, move_the_line_behind_the_table, split_with_a_header,
    ],
)  # fmt: skip
def test_tables_that_people_changed(change: Callable[[docx.table.Table], None]) -> None:
    assert returned_table(change) == [("text-0-1-0123456789ab", "مرحبا"), ("text-1-2-0123456789ab", "وداعا")]


def rename(table: docx.table.Table) -> None:
    table.rows[0].cells[2].text = "Arabic"


def merge_target_and_label(table: docx.table.Table) -> None:
    table.rows[1].cells[2].merge(table.rows[1].cells[3])


def merge_targets(table: docx.table.Table) -> None:
    table.rows[1].cells[2].merge(table.rows[2].cells[2])


def drop_an_id(table: docx.table.Table) -> None:
    table.rows[1].cells[0].text = ""


def add_another_target(table: docx.table.Table) -> None:
    table.add_column(1_000_000)
    table.rows[0].cells[4].text = "Target"


def part_the_table(table: docx.table.Table) -> None:
    second = docx.oxml.parse_xml(f'<w:tbl xmlns:w="{W}"/>')
    table._tbl.addnext(second)
    second.append(table.rows[2]._tr)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (rename, "lacks the columns ID and Target"),
        (part_the_table, "lacks the columns ID and Target"),
        (lambda table: table._tbl.getparent().remove(table._tbl), "no table has the columns ID and Target"),
        (merge_target_and_label, "row 2 of the table has no id, or not the cells"),
        (merge_targets, "row 3 of the table has no id, or not the cells"),
        (drop_an_id, "row 2 of the table has no id"),
        (add_another_target, "two columns have the name Target; rename one of them"),
    ],
)
def test_tables_that_cannot_be_read(change: Callable[[docx.table.Table], None], match: str) -> None:
    with pytest.raises(InputError, match=match):
        returned_table(change)


def with_body(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A Word file with its body changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, change(content) if info.filename == "word/document.xml" else content)
    return out.getvalue()


def test_a_table_that_was_saved_as_strict_open_xml() -> None:
    data = write_docx_table(job_of(("Hello", True), ("Menu", False)))
    strict = with_body(data, lambda xml: xml.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert [*read_docx_table(strict).answers] == [*read_docx_table(data).answers]


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda xml: xml[:-40], "not well-formed XML"),
        (lambda xml: b"<!DOCTYPE a>" + xml[xml.index(b"<w:document") :], "it has a DOCTYPE"),
        (lambda _: b"", "not well-formed XML"),
    ],
)
def test_a_table_whose_xml_is_damaged(change: Callable[[bytes], bytes], match: str) -> None:
    with pytest.raises(InputError, match=match):
        read_docx_table(with_body(write_docx_table(job_of(("Hello", True))), change))


def test_a_table_whose_bytes_are_damaged() -> None:
    data = write_docx_table(job_of(*((f"Hello {number} {hash(number)}", True) for number in range(300))))
    at = data.index(b"word/document.xml") + 2000
    with pytest.raises(InputError, match=r"not a DOCX file|not well-formed XML"):
        read_docx_table(data[:at] + bytes(byte ^ 255 for byte in data[at : at + 50]) + data[at + 50 :])


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=20), max_size=4))
@settings(max_examples=25, deadline=None)
def test_the_table_holds_any_text(found: list[str]) -> None:
    job = job_of(*((text, False) for text in found))
    answers = read_docx_table(write_docx_table(job)).answers
    expected = [shown(unit.parts).strip() or None for unit in job.units]
    assert [answer.target for answer in answers] == expected


LINK = "<w:hyperlink><w:r><w:t>{}</w:t></w:r></w:hyperlink>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
RUN = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'
BOLD = "<w:rPr><w:b/></w:rPr>"
PAGE_NUMBER = f'{FIELD.format("begin")}<w:r><w:instrText>PAGEREF a</w:instrText></w:r>{FIELD.format("separate")}'


@pytest.mark.parametrize(
    ("runs", "order", "is_right"),
    [
        ((LINK.format("the quay"),), (1, 2), True),
        ((LINK.format("the quay"),), (2, 1), False),
        ((LINK.format("the quay"), RUN.format("", " and "), LINK.format("the pier")), (3, 4, 1, 2), True),
        ((LINK.format("the quay"), RUN.format("", " and "), LINK.format("the pier")), (1, 3, 4, 2), False),
        ((PAGE_NUMBER, RUN.format("", "12"), FIELD.format("end")), (1, 2), True),
        ((PAGE_NUMBER, RUN.format("", "12"), FIELD.format("end")), (2, 1), False),
        ((RUN.format(BOLD, "never"), RUN.format("", "dock"), RUN.format(BOLD, "here")), (3, 2, 1, 4), True),
    ],
)
def test_codes_that_depend_on_each_other_keep_their_order(
    tmp_path: Path, runs: tuple[str, ...], order: tuple[int, ...], is_right: bool
) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("See the ")
    for run in docx.oxml.parse_xml(f'<w:p xmlns:w="{W}">{"".join(runs)}</w:p>'):
        paragraph._p.append(run)
    paragraph.add_run(" for all ships of the port.")
    document.save(str(path))
    original = open_original(str(path))
    unit = find_units(original, Segmenter()).units[0]
    place = place_of(unit.id)
    assert place is not None
    found = dict(enumerate(codes(unit.parts), 1))
    assert sorted(found) == sorted(order)
    parts = tuple(part for number in order for part in ("a", found[number]))
    if is_right:
        edits = {"document": [(place.first, place.last, original.compose(place, (*parts, "a")))]}
        assert docx.Document(io.BytesIO(original.spliced(edits))).paragraphs[0].text == "a" * (len(order) + 1)
    else:
        with pytest.raises(TargetError, match="out of order"):
            original.compose(place, parts)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ([("word/document.xml", " " * (17 << 20))], "bytes in it unpack to 17,825,792"),
        ([(f"word/header{i}.xml", " " * (2 << 20)) for i in range(9)], "bytes in it unpack to 18,874,368"),
        ([("word/document.xml", "<a/>"), ("word/document.xml", "<b/>")], "a member is there twice"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_made_to_harm_is_refused(members: list[tuple[str, str]], message: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in members:
            archive.writestr(name, xml)
    with pytest.raises(InputError, match=message):
        open_members(out.getvalue(), "x")


def test_a_file_of_too_much_xml_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilingual.formats.docx.MAX_XML", 10)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a>12345</a>")
    with pytest.raises(InputError, match="12 bytes of XML; the limit is 10: split it"):
        open_members(out.getvalue(), "x")
