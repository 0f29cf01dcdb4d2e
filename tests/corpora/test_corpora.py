"""The project's own corpus: files are what their sources give, and the builder refuses what is wrong."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import modules

ROOT = Path(__file__).resolve().parents[2]
HEADER = "# kind: article\n# country: EG\n# lang: ar\n# site-shape: toy\n\n"


builder = modules.module_at(ROOT / "tools" / "corpora.py")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    return tmp_path


def page(root: Path, rows: str, header: str = HEADER, name: str = "ar-toy") -> None:
    (root / "pages" / f"{name}.lines").write_text(header + rows, "utf-8")


def gold(root: Path, name: str = "gold.jsonl") -> dict[str, Any]:
    return json.loads(builder.build(root)[name])


def spans(root: Path, row: str, header: str = HEADER) -> list[tuple[str, str]]:
    """(text, language) of the spans of a page of one line."""
    page(root, row + "\n", header)
    document = gold(root)
    line = document["lines"][0]
    found = line.get("langs") or [[line["start"], line["end"], line["lang"]]]
    return [(document["text"][start:end], lang) for start, end, lang in found]


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "corpora" / name).read_text("utf-8").splitlines()]


def test_files_on_disk_are_what_the_sources_give() -> None:
    assert builder.stale(builder.CORPORA, builder.build(builder.CORPORA)) == []


@pytest.mark.parametrize("name", ["gold.jsonl", "gold-flat.jsonl"])
def test_every_line_that_is_not_blank_has_one_label(name: str) -> None:
    for row in rows_of(name):
        at = 0
        for line in row["lines"]:
            assert line["label"] in {"body", "navigation", "promo"}
            assert not row["text"][at : line["start"]].strip(), row["id"]
            text = row["text"][line["start"] : line["end"]]
            assert text == text.strip() != ""
            at = line["end"]
        assert not row["text"][at:].strip(), row["id"]


def test_the_datasheet_and_the_documents_count_the_same() -> None:
    sheet = (ROOT / "corpora" / "DATASHEET.md").read_text("utf-8")
    pages = [path.stem for path in (ROOT / "corpora" / "html").iterdir()]
    n_ar = sum(name.startswith("ar-") for name in pages)
    sizes = sorted(len(row["lines"]) for row in rows_of("gold.jsonl"))
    assert f"HTML of {len(pages)} of the {len(sizes)} pages ({n_ar} led by Arabic)" in sheet
    assert f"({sizes[0]} to {sizes[-1]} lines, half of them under {sizes[len(sizes) // 2]})" in sheet


def test_the_corpus_is_varied() -> None:
    rows = rows_of("gold.jsonl")
    lines = [line for row in rows for line in row["lines"]]
    languages = {lang for line in lines for *_, lang in line.get("langs", [[line.get("lang")]])}
    assert len(rows) >= 80
    assert len({row["kind"] for row in rows}) >= 10
    assert len({row["country"] for row in rows}) >= 20
    assert {"ar", "en", "fa", "ur", "ckb", "fr", "ar-Latn", "und"} <= languages
    twins = [row["id"] for row in rows if (ROOT / "corpora" / "html" / f"{row['id']}.html").is_file()]
    assert len(twins) >= 50
    assert sum(name.startswith("ar-") for name in twins) >= len(twins) / 3
    for row in rows:
        assert {line["label"] for line in row["lines"]} >= {"body", "navigation"}, row["id"]


@pytest.mark.parametrize("twin", sorted((ROOT / "corpora" / "html").glob("*.html")), ids=lambda path: path.stem)
def test_the_text_of_a_twin_is_that_of_its_document(twin: Path) -> None:
    """As the product reads the page: line by line, but for placeholders of fields and buttons side by side."""
    pytest.importorskip("selectolax")
    from bilingual.formats.html import extract

    page = builder.read_page(ROOT / "corpora" / "pages" / f"{twin.stem}.lines")
    wanted = [builder.letters_only(row.text) for row in page.rows if row and builder.letters_only(row.text)]
    lines = {builder.letters_only(line) for line in extract(twin.read_bytes()).text.split("\n")}
    lost = [text for text in wanted if text not in lines]
    assert len(lost) <= 0.1 * len(wanted), lost


def test_pages_do_not_share_their_furniture() -> None:
    """Each line longer than 40 letters is on one page only: the pages are of different sites and authors."""
    seen: dict[str, str] = {}
    for row in rows_of("gold.jsonl"):
        for line in row["lines"]:
            text = builder.letters_only(row["text"][line["start"] : line["end"]])
            if len(text) > 40:
                assert seen.setdefault(text, row["id"]) == row["id"], text


def test_nothing_is_copied_from_the_development_pages(shared: Path) -> None:
    taken = set()
    for line in (shared / "gold" / "dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        taken |= {builder.letters_only(row["text"][x["start"] : x["end"]]) for x in row["lines"]}
    ours = {
        builder.letters_only(row["text"][line["start"] : line["end"]])
        for row in rows_of("gold.jsonl")
        for line in row["lines"]
    }
    assert {text for text in ours & taken if len(text) > 60} == set()


def test_script_tells_the_language_and_marks_tell_the_rest(root: Path) -> None:
    row = "b\tأرسلها عبر WhatsApp ثم قل ⟦fr:merci⟧ ومضى"
    assert spans(root, row) == [
        ("أرسلها عبر", "ar"), ("WhatsApp", "en"), ("ثم قل", "ar"), ("merci", "fr"), ("ومضى", "ar"),
    ]  # fmt: skip


def test_neutrals_go_with_the_word_the_brackets_or_the_neighbour(root: Path) -> None:
    assert spans(root, "b\tعبر الـAPI (REST v2)، 50% a@b.co") == [
        ("عبر الـ", "ar"), ("API (REST v2)، 50% a@b.co", "en"),
    ]  # fmt: skip
    assert spans(root, "b\tبسعة 5.12kWh للبيت") == [("بسعة", "ar"), ("5.12kWh", "en"), ("للبيت", "ar")]
    assert spans(root, "n\t%d معجبون") == [("%d معجبون", "ar")]
    assert spans(root, "b\tدقة 4K ممتازة") == [("دقة", "ar"), ("4K", "en"), ("ممتازة", "ar")]
    assert spans(root, 'b\t12 - قال "hello" له') == [("12 - قال", "ar"), ('"hello"', "en"), ("له", "ar")]
    assert spans(root, "n\t[ ] 12:30") == [("[ ] 12:30", "und")]


def test_a_row_may_be_in_another_language(root: Path) -> None:
    assert spans(root, "b@ar-Latn\tana 3ayez a2ollak 7aga") == [("ana 3ayez a2ollak 7aga", "ar-Latn")]
    assert spans(root, "b@fa\tاین ۳ کتاب") == [("این ۳ کتاب", "fa")]
    assert spans(root, "b\tMerci شكرا", HEADER.replace("site-", "latin: fr\n# site-")) == [
        ("Merci", "fr"), ("شكرا", "ar"),
    ]  # fmt: skip


def test_flat_drops_bullets_indents_and_blank_lines(root: Path) -> None:
    page(root, "n\t  • الرئيسية\n\nb\t  3. خطوة\nn\t•\nb\t-5 درجات\n")
    assert gold(root)["text"] == "  • الرئيسية\n\n  3. خطوة\n•\n-5 درجات\n"
    flat = gold(root, "gold-flat.jsonl")
    assert flat["text"] == "الرئيسية\nخطوة\n•\n-5 درجات\n"
    assert [flat["text"][x["start"] : x["end"]] for x in flat["lines"]] == flat["text"].splitlines()


def test_a_page_without_line_breaks_keeps_its_gold(root: Path) -> None:
    page(root, "n\t  • الرئيسية\n\nb\tخبر اليوم\n", HEADER.replace("# site-", "# flatten: yes\n# site-"))
    document = gold(root)
    assert document["text"] == "• الرئيسية خبر اليوم\n"
    assert [document["text"][x["start"] : x["end"]] for x in document["lines"]] == ["• الرئيسية", "خبر اليوم"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("x\tسطر\n", "ar-toy.lines:6: not a row"),
        ("b سطر\n", "not a row"),
        ("b\t⟦en:open\n", "left open"),
        ("b\tПривет\n", "needs a language mark"),
        ("b\tcafe\N{COMBINING ACUTE ACCENT}\n", "not NFC"),
    ],
)
def test_wrong_rows_are_refused_with_their_place(root: Path, rows: str, said: str) -> None:
    page(root, rows)
    with pytest.raises(builder.SourceError, match=said):
        builder.build(root)


def test_an_unknown_or_missing_header_is_refused(root: Path) -> None:
    page(root, "b\tسطر\n", HEADER.replace("kind", "sort"))
    with pytest.raises(builder.SourceError, match=r"lacks \['kind'\], does not know \['sort'\]"):
        builder.build(root)


HTML = """<html><head><title>عنوان</title></head><body><nav><ul><li><a>الرئيسية</a><li>بحث</ul></nav>
<p hidden>سر</p><div style="display: none"><p>سر آخر</p></div><script>var x = "<p>لا</p>";</script>
<h1>خبر <em>اليوم</em></h1><input type="submit" value="أرسل"></body></html>"""


def test_html_has_the_lines_of_its_source(root: Path) -> None:
    page(root, "n\t• الرئيسية\nn\tبحث\nb\tخبر اليوم\nn\t[ أرسل ]\n")
    (root / "html").mkdir()
    (root / "html" / "ar-toy.html").write_text(HTML, "utf-8")
    builder.build(root)
    assert builder.write_html(root, root / "out.jsonl.gz") == 1
    row = json.loads(gzip.decompress((root / "out.jsonl.gz").read_bytes()))
    assert row["lines"][2] == ["خبر اليوم", "body"]


@pytest.mark.parametrize("change", [("خبر", "حدث"), ("<li>بحث", ""), ("</body>", "<p>زيادة</p></body>")])
def test_html_that_differs_is_refused(root: Path, change: tuple[str, str]) -> None:
    page(root, "n\t• الرئيسية\nn\tبحث\nb\tخبر اليوم\nn\t[ أرسل ]\n")
    (root / "html").mkdir()
    (root / "html" / "ar-toy.html").write_text(HTML.replace(*change), "utf-8")
    with pytest.raises(builder.SourceError, match=r"ar-toy\.html"):
        builder.build(root)


def test_check_changes_nothing_and_fails_on_a_stale_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page(root, "b\tسطر\n")
    monkeypatch.setattr(sys, "argv", ["corpora.py", "--root", str(root)])
    assert builder.main() == 0
    monkeypatch.setattr(sys, "argv", ["corpora.py", "--root", str(root), "--check"])
    assert builder.main() == 0
    (root / "text" / "left-over.txt").write_text("", "utf-8")
    (root / "gold.jsonl").write_text("{}\n", "utf-8")
    assert builder.main() == 1
    assert (root / "gold.jsonl").read_text("utf-8") == "{}\n"
    assert "gold.jsonl is not what" in capsys.readouterr().err
