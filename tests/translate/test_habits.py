"""What editors, spreadsheets and people do to files of units: taken where nothing is lost, else refused with the way out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import etree
from round_trips import fill, run

from bilingual.formats.docx import open_members
from bilingual.formats.exchange import Unit
from bilingual.formats.inline import inline
from bilingual.translate.counting import Counter

HARBOUR = "The harbour will be closed for repairs until the end of March."
HELLO = "Hello {name}, you have %d new messages\x07 waiting for you this morning."
TEXT = f"{HARBOUR}\n{HELLO}\n"
MARKS = "\N{ARABIC LETTER MARK}\N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH SPACE}\N{POP DIRECTIONAL FORMATTING} \N{NO-BREAK SPACE}"


def export(folder: Path, ending: str, *options: str, name: str = "a.txt") -> tuple[Path, Path]:
    original, exported = folder / name, folder / f"units.{ending}"
    if not original.exists():
        original.write_text(TEXT, "utf-8")
    run("export", original, "--from", "en", "--into", "ar", "-o", exported, "--keep", "body,navigation,promo", *options)
    return original, exported


def answer(exported: Path, targets: dict[str, str]) -> None:
    """Write the targets of some sources (as a table shows them) into a table of tabs or a Word table."""
    if exported.suffix == ".tsv":
        text = exported.read_text("utf-8-sig")
        for source, target in targets.items():
            assert f"\t{source}\t\t" in text
            text = text.replace(f"\t{source}\t\t", f"\t{source}\t{target}\t")
        exported.write_bytes(text.encode("utf-8-sig"))
        return
    document = docx.Document(str(exported))
    for row in document.tables[0].rows[1:]:
        row.cells[2].text = targets.get(row.cells[1].text, row.cells[2].text)
    document.save(str(exported))


@pytest.mark.parametrize("ending", ["tsv", "docx"])
@pytest.mark.parametrize("column", [0, 1])
def test_a_column_that_was_sorted_without_the_others_is_refused(tmp_path: Path, ending: str, column: int) -> None:
    """Every id is there once, and every translation would go to another sentence."""
    original, exported = export(tmp_path, ending)
    answer(exported, {HARBOUR: "سيغلق الميناء."})
    if ending == "tsv":
        header, about, *rows = [line.split("\t") for line in exported.read_text("utf-8-sig").split("\n") if line]
        rows[0][column], rows[1][column] = rows[1][column], rows[0][column]
        exported.write_text("\n".join(map("\t".join, [header, about, *rows])), "utf-8")
    else:
        document = docx.Document(str(exported))
        first, second = (row.cells[column] for row in document.tables[0].rows[1:])
        first.text, second.text = second.text, first.text
        document.save(str(exported))
    done = run("merge", original, exported, "-o", tmp_path / "out.txt", code=1)
    assert "the source beside it is that of text-" in str(done.exception)
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize("ending", ["tsv", "docx"])
def test_a_target_of_which_nothing_is_seen_is_none(tmp_path: Path, ending: str) -> None:
    original, exported = export(tmp_path, ending)
    answer(exported, {HARBOUR: MARKS})
    done = run("merge", original, exported, "-o", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text("utf-8") == TEXT
    assert "2 without a translation keep their source" in done.stderr


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_a_target_of_which_nothing_is_seen_is_none_in_xliff(tmp_path: Path, version: str) -> None:
    original, exported = export(tmp_path, "xlf", "--xliff-version", version)
    exported.write_bytes(fill(exported.read_bytes(), lambda text: MARKS if text == HARBOUR else text))
    run("merge", original, exported, "-o", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text("utf-8") == TEXT


@pytest.mark.parametrize("token", ["⟦\u200e3\u200e⟧", "⟦ 3 ⟧", "\u200f⟦٣⟧\u200f", "⟦\u2068 3\u2069⟧"])
@pytest.mark.parametrize("ending", ["tsv", "docx"])
def test_marks_in_codes_and_ids(tmp_path: Path, ending: str, token: str) -> None:
    original, exported = export(tmp_path, ending)
    answer(exported, {HELLO.replace("\x07", "⟦3⟧"): f"مرحبا {{name}} %d{token}."})
    if ending == "tsv":
        text = exported.read_text("utf-8-sig").replace("\r\ntext-", "\r\n\u200e text-").replace("id\t", "\u200fID \t", 1)
        exported.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8-sig"))
    else:
        document = docx.Document(str(exported))
        for row in document.tables[0].rows:
            row.cells[0].text = f"\u202a{row.cells[0].text}\u202c"
        document.save(str(exported))
    run("merge", original, exported, "-o", tmp_path / "out.txt")
    plain = re.sub(r"[\u200e\u200f\u2068\u2069]", "", (tmp_path / "out.txt").read_text("utf-8"))
    assert plain == f"{HARBOUR}\nمرحبا {{name}} %d\x07.\n"


@pytest.mark.parametrize("error", ["#NAME?", "#REF!", "Err:508"])
def test_what_a_spreadsheet_took_for_a_formula_is_refused(tmp_path: Path, error: str) -> None:
    original, exported = export(tmp_path, "tsv")
    answer(exported, {HARBOUR: error})
    done = run("merge", original, exported, "-o", tmp_path / "out.txt", code=1)
    assert f"is {error}: a spreadsheet took it for a formula" in str(done.exception)


@pytest.mark.parametrize(("target", "is_damaged"), [("????? ??????? ??? ????.", True), ("متى؟ ??", False), ("حقا???", False)])
def test_letters_that_became_question_marks_are_refused(tmp_path: Path, target: str, is_damaged: bool) -> None:
    """Excel does that where "Text (Tab delimited)" is in a code page without Arabic."""
    original, exported = export(tmp_path, "tsv")
    answer(exported, {HARBOUR: target})
    done = run("merge", original, exported, "-o", tmp_path / "out.txt", code=int(is_damaged))
    assert ("is question marks" in str(done.exception)) == is_damaged


@pytest.mark.parametrize(
    ("before", "encoding"), [("sep=;\r\n", "utf-8-sig"), ('"sep=;"\n', "utf-16"), ("", "utf-16-le"), ("", "utf-16-be")]
)
def test_tables_for_one_program_are_read(tmp_path: Path, before: str, encoding: str) -> None:
    """A first line that tells Excel what parts the cells; UTF-16 whose BOM a script took off."""
    original, exported = export(tmp_path, "tsv")
    answer(exported, {HARBOUR: "الميناء؛ مغلق"})
    table = exported.read_text("utf-8-sig").replace("\t", ";")
    exported.write_bytes((before + table).encode(encoding))
    run("merge", original, exported, "-o", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text("utf-8") == TEXT.replace(HARBOUR, "الميناء؛ مغلق")


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "way_out"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "it is an Excel workbook; save the table as `CSV UTF-8`"),
        (zipped("mimetype", "content.xml"), "it is an OpenDocument file; save a text as .docx, a table as .csv"),
        (zipped("ar/page.txt.xlf", "report.csv"), "it is an archive; unpack it and give ar/page.txt.xlf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "an old Word or Excel file; save a text as .docx, a table as .csv"),
        (b"{\\rtf1\\ansi Hello}", "rich text; save it as .docx"),
        (b"%PDF-1.7", "a PDF"),
        ("id\ttarget\r\nمرحبا".encode("cp1256"), "save the table as UTF-8, in Excel as `CSV UTF-8` or `Unicode Text`"),
        (TEXT.encode(), "a .txt export has no ids to merge by"),
    ],
)
def test_files_saved_as_another_kind_tell_the_way_out(tmp_path: Path, data: bytes, way_out: str) -> None:
    original, exported = export(tmp_path, "tsv")
    exported.write_bytes(data)
    assert way_out in str(run("merge", original, exported, "-o", tmp_path / "out.txt", code=1).exception)


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1 A text.}", b'<?xml version="1.0"?><xliff/>'])
def test_originals_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data + b" The harbour will be closed.")
    for command in (("report",), ("export", "--from", "en", "--into", "ar", "-o", tmp_path / "a.xlf"), ("review", "-o", tmp_path / "a.html")):
        done = run(*command, tmp_path / "a.txt", code=1)
        assert re.search("save a text as|save it as|XML, whose tags are no text", done.stderr + str(done.exception))


def test_xml_may_be_html_or_asked_for_as_text(tmp_path: Path) -> None:
    page, text = tmp_path / "a.page", tmp_path / "b.page"
    page.write_text(f'<?xml version="1.0"?>\n<!DOCTYPE html><html><body><p>{HARBOUR}</p></body></html>', "utf-8")
    text.write_text(f'<?xml version="1.0"?>\n<p>{HARBOUR}</p>', "utf-8")
    assert ",1,12,62," in run("report", page, "--csv").stdout
    for kind in ("text", "html"):
        run("review", text, "--format", kind, "-o", tmp_path / "review.html")
        run("report", text, "--format", kind)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.po", 'msgid "{}"\nmsgstr ""\n'), ("en.JSON", '{{"closed": "{}"}}\n'), ("a.strings", '"closed" = "{}";\n'),
        ("a.ini", 'closed="{}"\n'), ("a.php", "<?php return [\n'a' => '<b>',\n'closed' => '{}',\n];\n"),
    ],
)
def test_files_of_messages_with_keys_are_refused_or_asked_for_as_text(tmp_path: Path, name: str, text: str) -> None:
    file, sent = tmp_path / name, tmp_path / "a.xlf"
    file.write_text(text.format(HARBOUR), "utf-8")
    options = ("export", file, "--from", "en", "--into", "ar", "-o", sent)
    said = "a program, whose code is no text" if name.endswith("php") else "messages with keys, which are no text"
    assert said in str(run(*options, code=1).exception)
    run(*options, "--format", "text", "--keep", "body,navigation,promo")
    run("merge", file, sent, "-o", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == file.read_bytes()


def test_a_program_with_a_page_is_read_as_that(tmp_path: Path) -> None:
    """Code at its begin does not hide the page behind it; what the code holds is no text."""
    page, out = tmp_path / "a.php", tmp_path / "a.txt"
    page.write_text(f'<?php $a = "<p>Not this one</p>"; ?>\n<p>{HARBOUR} <?= $a ?> again</p>\n', "utf-8")
    run("export", page, "--from", "en", "--into", "ar", "-o", out, "--keep", "body,navigation,promo")
    assert out.read_text("utf-8").splitlines() == [f"{HARBOUR} again"]


@pytest.mark.parametrize("ending", ["tsv", "docx", "xlf"])
@pytest.mark.parametrize("option", ["--locked", "--dedup"])
def test_an_export_replaces_no_translations(tmp_path: Path, ending: str, option: str) -> None:
    """The same export again, or another one of an untouched file, is no loss."""
    fillings = ("--fill-targets",) if ending == "xlf" else ()
    _, exported = export(tmp_path, ending, option, *fillings)
    export(tmp_path, ending, option, *fillings)
    if ending == "xlf":
        exported.write_bytes(fill(exported.read_bytes(), lambda text: text.replace(HARBOUR, "مغلق")))
    else:
        answer(exported, {HARBOUR: "مغلق"})
    before = exported.read_bytes()
    for into in ("ar", "fr"):
        done = run("export", tmp_path / "a.txt", "--from", "en", "--into", into, "-o", exported, code=1)
        assert f"{exported}: it holds translations, 1 of them; move it away" in str(done.exception)
    assert exported.read_bytes() == before


def test_an_export_replaces_no_file_that_it_cannot_read(tmp_path: Path) -> None:
    """What merge would refuse may be the work of days."""
    original, out = tmp_path / "a.txt", tmp_path / "a.xlf"
    original.write_text("The harbour is open all year for ships of any size, the port said.\n", "utf-8")
    run("export", original, "--from", "en", "--into", "ar", "-o", out)
    changed = out.read_bytes().replace(b"</source>", b"</source><target>x</target><target>y</target>")
    for data in (changed, changed[:-20], changed.decode().encode("utf-16")[:-30]):
        out.write_bytes(data)
        done = run("export", original, "--from", "en", "--into", "ar", "-o", out, code=1)
        assert "it was exported, and what it holds cannot be read" in str(done.exception)
        assert out.read_bytes() == data
    table = tmp_path / "a.docx"
    run("export", original, "--from", "en", "--into", "ar", "-o", table)
    document = docx.Document(str(table))
    document.tables[0].rows[1].cells[0].text = ""
    document.save(str(table))
    done = run("export", original, "--from", "en", "--into", "ar", "-o", table, code=1)
    assert "row 2 of the table has no id" in str(done.exception)


@pytest.mark.parametrize("ending", ["tsv", "docx"])
def test_line_breaks_and_tabs_of_a_target_are_those_of_word(tmp_path: Path, ending: str) -> None:
    document = docx.Document()
    document.add_paragraph(HARBOUR)
    document.save(str(tmp_path / "a.docx"))
    original, exported = export(tmp_path, ending, name="a.docx")
    answer(exported, {HARBOUR: '"\nسطر\nثان\v\r\nثالث"' if ending == "tsv" else "\nسطر\nثان\tثالث\n"})
    run("merge", original, exported, "-o", tmp_path / "out.docx")
    shown = [p.text for p in docx.Document(str(tmp_path / "out.docx")).paragraphs]
    assert shown == (["سطر\nثان\n\nثالث"] if ending == "tsv" else ["سطر\nثان\tثالث"])
    etree.fromstring(open_members((tmp_path / "out.docx").read_bytes(), "x")["document"])


def test_a_mark_that_the_encoding_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"Café. {TEXT}".encode("cp1256"))
    original, exported = export(tmp_path, "tsv", "--encoding", "cp1256")
    answer(exported, {HARBOUR: "\N{RIGHT-TO-LEFT EMBEDDING}مغلق"})
    done = run("merge", original, exported, "-o", tmp_path / "out.txt", code=1)
    assert "encoding windows-1256 has no RIGHT-TO-LEFT EMBEDDING U+202B" in str(done.exception)


@pytest.mark.parametrize("options", [("--into", "arabic"), ("--into", "ar", "--keep", ""), ("--into", "ar", "--fill-targets")])
def test_options_that_say_nothing_are_wrong_usage(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    run("export", tmp_path / "a.txt", "--from", "en", "-o", tmp_path / "a.tsv", *options, code=2)


REPEATED: list[tuple[str, Callable[[dict[str, int]], bool]]] = [
    ("1. 2. 3.\n5 — 7\n{name} %d\n" + TEXT, lambda row: row["und"] >= 3 and row["en"] == 2),
    (TEXT, lambda row: row == {"en": 2}),
]


@pytest.mark.parametrize(("text", "is_right"), REPEATED)
def test_the_quote_counts_what_is_exported(tmp_path: Path, text: str, is_right: Callable[[dict[str, int]], bool]) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    counts = json.loads(run("report", tmp_path / "a.txt", "--json").stdout)["counts"]
    segments: dict[str, int] = {}
    for row in counts:
        segments[row["lang"]] = segments.get(row["lang"], 0) + row["segments"]
    assert is_right(segments), segments
    done = run("export", tmp_path / "a.txt", "--from", "en", "--into", "ar", "-o", tmp_path / "a.tsv", "--keep", "body,navigation,promo")
    assert f"{segments['en']} units to translate" in done.stderr


def test_what_is_not_exported_is_no_first_occurrence() -> None:
    units = [
        Unit(id="a-0-1-0123456789ab", parts=inline("Contact us"), lang="en", label=label, score=1.0, keep=True)
        for label in ("navigation", "body", "body")
    ]
    assert {count.label: count.repeated for count in Counter().count(units)} == {"navigation": 0, "body": 1}
