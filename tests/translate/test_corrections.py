"""Labels that were set on the review page, taken by report, export and split; refused where they are of another text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import run

from bilingual.cli.review import load
from bilingual.errors import BilingualError
from bilingual.labels.columns import LABELS
from bilingual.pipeline import Segmenter
from bilingual.translate.corrections import Corrections
from bilingual.translate.export import read_returned
from bilingual.translate.original import open_original, place_of
from bilingual.translate.units import find_units

TEXT = (
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.\n"
    "Home | About us\n"
    "Ships must use the northern quay until then, and the ferries will leave from the old market. So it stays.\n"
)
PAGE = (
    "<!doctype html><title>News of the harbour</title><nav><a href=/>Home</a></nav><p>The harbour will be closed for "
    "repairs until the end of March.</p><p>Ships must use the northern quay until then.<img alt='A quay'></p>"
)


def reviewed(*paths: Path, label: Callable[[str, str], str], to: Path | None = None, encoding: str | None = None) -> Path:
    """What the page saves of files on which every block was given `label(text, label as found)`."""
    rows = []
    for document in (document for path in paths for document in load(str(path), encoding=encoding)):
        lines = [
            {"start": block.start, "end": block.end, "label": label(block.text, block.label), "corrected_from": block.label}
            for block in document.blocks
        ]
        rows.append(json.dumps({"id": document.id, "text": document.text, "lines": lines}))
    saved = to or paths[0].with_name(f"{paths[0].name}.gold.jsonl")
    saved.write_text("\n".join(rows) + "\n", "utf-8")
    return saved


def about_ships(text: str, label: str) -> str:
    return "promo" if "hips" in text or "سفن" in text else label


def exported(path: Path, *options: object, source: str = "en", code: int = 0) -> tuple[list[str], str]:
    """The exported texts of the wanted label, and what was said."""
    out = path.parent / "out.txt"
    target = "ar" if source == "en" else "en"
    done = run("export", path, "--from", source, "--into", target, "-o", out, *options, code=code)
    return out.read_text("utf-8").splitlines() if code == 0 else [], done.stderr + str(done.exception or "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_export_and_report_and_split_follow_them(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((TEXT + "يجب على السفن أن تستخدم الرصيف الشمالي حتى ذلك الحين.\n").replace("\n", end).encode(encoding))
    before, told = exported(path, "--keep", "promo")
    assert (before, "gold" in told) == ([], False)
    gold = reviewed(path, label=about_ships)
    after, told = exported(path, "--keep", "promo", "--corrections", gold)
    assert after == ["Ships must use the northern quay until then, and the ferries will leave from the old market.", "So it stays."]
    assert f"2 labels corrected as in {gold}" in told
    assert exported(path, "--keep", "promo", "--corrections", gold, source="ar")[0] == [
        "يجب على السفن أن تستخدم الرصيف الشمالي حتى ذلك الحين."
    ]
    report = json.loads(run("report", path, "--json", "--corrections", gold).stdout)
    promo = {row["lang"]: row["words"] for row in report["counts"] if row["label"] == "promo"}
    assert promo == {"en": 20, "ar": 10}
    run("split", path, "--out-dir", tmp_path / "parts", "--corrections", gold)
    assert len((tmp_path / "parts" / "a.txt.en-promo.txt").read_text("utf-8").splitlines()) == 2


def test_split_leaves_no_part_of_other_labels_beside_its_own(tmp_path: Path) -> None:
    path, parts = tmp_path / "a.txt", tmp_path / "parts"
    path.write_text(TEXT.splitlines()[0] + "\nHome | About us\n", "utf-8")
    run("split", path, "--out-dir", parts)
    (parts / "a.txt.notes-body.txt.old").write_text("kept", "utf-8")
    (tmp_path / "a").write_text(TEXT, "utf-8")
    run("split", tmp_path / "a", "--out-dir", parts)
    run("split", path, "--out-dir", parts)
    before = sorted(file.name for file in parts.iterdir())
    gold = reviewed(path, label=lambda text, found: "promo" if "harbour" in text else found)
    with pytest.raises(BilingualError, match=r"a\.txt\.en-body\.offsets\.tsv: there already, from another version of a\.txt"):
        raise run("split", path, "--out-dir", parts, "--corrections", gold, code=1).exception or AssertionError
    assert sorted(file.name for file in parts.iterdir()) == before


def test_they_are_never_taken_unasked_and_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    gold = reviewed(path, label=about_ships)
    for done in (
        run("export", path, "--from", "en", "--into", "ar", "-o", tmp_path / "a.xlf"),
        run("report", path),
        run("split", path, "--out-dir", tmp_path / "parts"),
    ):
        assert f"not used: {gold}; --corrections takes it" in done.stderr
    assert not list((tmp_path / "parts").glob("*promo*"))
    for name in ("", ".", "/", "..", "a" * 300):
        run("report", name, code=1)
        run("export", path, "--from", "en", "--into", "ar", "--to", "tsv", "-o", name, code=1)
    longest = tmp_path / ("a" * 250)
    longest.write_text(TEXT, "utf-8")
    assert "not used" not in run("report", longest).stderr


def test_a_page_with_its_attributes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    gold = reviewed(path, label=lambda text, found: "promo" if "Ships" in text else "body")
    assert exported(path, "--keep", "promo", "--corrections", gold)[0] == ["Ships must use the northern quay until then.", "A quay"]
    assert "Home" in exported(path, "--corrections", gold)[0]


def test_a_word_file_with_its_header(tmp_path: Path) -> None:
    path, page = tmp_path / "a.docx", tmp_path / "page.html"
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = "Ships of the harbour, the daily report for captains"
    document.save(str(path))
    run("review", path, "-o", page)
    assert page.read_text("utf-8").count("<section") == 2
    gold = reviewed(path, label=about_ships)
    assert exported(path, "--keep", "promo", "--corrections", gold)[0] == [
        TEXT.splitlines()[2], "Ships of the harbour, the daily report for captains",
    ]  # fmt: skip


def test_bytes_that_do_not_decode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"A line \xe2\x82 that is \xff\xfe broken in the middle of it.\n" + TEXT.encode())
    gold = reviewed(path, label=about_ships, encoding="utf-8")
    assert len(exported(path, "--keep", "promo", "--corrections", gold, "--encoding", "utf-8")[0]) == 2
    run("review", path, "-o", tmp_path / "page.html", "--encoding", "utf-8")


@pytest.mark.parametrize("change", [str.upper, lambda text: text + " ", lambda text: text.replace("\n", "\r\n")])
def test_those_of_another_version_are_refused(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    gold = reviewed(path, label=about_ships)
    path.write_bytes(change(TEXT).encode())
    _, told = exported(path, "--corrections", gold, code=1)
    assert f"{gold}: it was saved of another text than a.txt has: the file was changed since" in told
    assert not (tmp_path / "out.txt").exists()
    done = run("report", path, "--corrections", gold, code=1)
    assert done.stdout == ""


def test_another_encoding_than_reviewed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("Café. " + TEXT).encode("cp1252"))
    gold = reviewed(path, label=about_ships, encoding="cp1252")
    exported(path, "--corrections", gold, "--encoding", "cp1252")
    assert "read in another encoding" in exported(path, "--corrections", gold, "--encoding", "cp437", code=1)[1]


def test_those_of_another_file_are_refused(tmp_path: Path) -> None:
    paths = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in paths:
        path.write_text(TEXT + path.name, "utf-8")
    gold = reviewed(paths[1], label=about_ships)
    _, told = exported(paths[0], "--corrections", gold, code=1)
    assert f"{gold}: it holds the labels of b.txt, which is not what was given" in told


def test_several_files_and_several_savings(tmp_path: Path) -> None:
    """One saving may be of more files than are given, and some files may have none."""
    folders = tmp_path / "en", tmp_path / "ar"
    paths = []
    for folder in folders:
        folder.mkdir()
        paths.append(folder / "a.txt")
        paths[-1].write_text(TEXT + folder.name, "utf-8")
    one = reviewed(paths[0], label=about_ships)
    done = run("report", *paths, "--corrections", one, "--json")
    first, second = json.loads(done.stdout)["files"]
    assert any(row["label"] == "promo" for row in first["counts"])
    assert not any(row["label"] == "promo" for row in second["counts"])
    both = reviewed(*paths, label=about_ships, to=tmp_path / "corrections.gold.jsonl")
    assert "1 labels corrected" in exported(paths[1], "--corrections", both)[1]
    assert "2 labels corrected" in run("report", *paths, "--corrections", both, "--corrections", one).stderr
    paths[0].write_text(TEXT, "utf-8")
    assert "another text than a.txt has" in str(run("report", *paths, "--corrections", both, code=1).exception)


def test_those_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    first = reviewed(path, label=about_ships)
    second = reviewed(path, label=lambda text, label: label, to=tmp_path / "b.gold.jsonl")
    assert f"{second}: it contradicts what else was given of a.txt" in exported(
        path, "--corrections", first, "--corrections", second, code=1
    )[1]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"lines": [{"start": 0, "end": 3, "label": "body"}]}, "its lines are not the blocks of a.txt"),
        ({"lines": [{"start": 0, "end": 3, "label": "what"}]}, "no label 'what'"),
        ({"lines": 5}, "not a gold document"),
    ],
)
def test_what_no_review_saved_is_refused(tmp_path: Path, row: dict[str, object], message: str) -> None:
    path, gold = tmp_path / "a.txt", tmp_path / "a.txt.gold.jsonl"
    path.write_text(TEXT, "utf-8")
    gold.write_text(json.dumps({"id": "a.txt", "text": TEXT} | row), "utf-8")
    assert message in exported(path, "--corrections", gold, code=1)[1]
    assert "No such file" in exported(path, "--corrections", tmp_path / "no", code=1)[1]
    run("export", path, "--from", "en", "--into", "ar", "--to", "tsv", "-o", gold, "--corrections", gold, code=2)


def test_merge_needs_them_no_more(tmp_path: Path) -> None:
    path, table = tmp_path / "a.txt", tmp_path / "a.tsv"
    path.write_text(TEXT, "utf-8")
    gold = reviewed(path, label=about_ships)
    run("export", path, "--from", "en", "--into", "ar", "-o", table, "--corrections", gold, "--keep", "promo")
    assert len(read_returned(table.read_bytes(), "x").answers) == 2
    table.write_text(table.read_text("utf-8").replace("So it stays.\t", "So it stays.\tهكذا يبقى."), "utf-8")
    run("merge", path, table, "-o", tmp_path / "merged.txt")
    assert (tmp_path / "merged.txt").read_text("utf-8") == TEXT.replace("So it stays.", "هكذا يبقى.")


PIECES = st.sampled_from([*TEXT.splitlines(), "أعلنت الهيئة أن الميناء سيبقى مغلقا.", "", "\t", " | ", "\n", "\r\n", "\r", "\x0c", "\u2028"])


@given(
    text=st.lists(PIECES, max_size=12).map("".join),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
    broken=st.sampled_from([b"", b"\xff", b"\xe2\x82"]),
    labels=st.lists(st.sampled_from(LABELS), min_size=1, max_size=5),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_unit_has_the_label_that_its_block_was_given(
    tmp_path: Path, segmenter: Segmenter, text: str, encoding: str, broken: bytes, labels: list[str]
) -> None:
    """Units are parts of blocks, and the bytes of a unit stand where the text of its block does."""
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding) + (broken if encoding.startswith("utf-8") else b""))
    [document] = load(str(path), encoding=encoding)
    said = {(block.start, block.end): labels[number % len(labels)] for number, block in enumerate(document.blocks)}
    turn = iter(said.values())
    gold = reviewed(path, label=lambda text, found: next(turn), encoding=encoding)
    original = open_original(str(path), encoding=encoding)
    corrections = Corrections([str(gold)])
    found = find_units(original, segmenter, corrections).units
    corrections.check_used()
    for unit in found:
        place = place_of(unit.id)
        assert place is not None
        start, end = map(original.map_of("text").position, (place.first, place.last))
        assert [label for (a, b), label in said.items() if a <= start and end <= b] == [unit.label]
    whole = {label for (a, b), label in said.items() if original.map_of("text").is_exact(a, b)}
    assert {unit.label for unit in found} >= whole


def test_a_review_goes_on_from_them(tmp_path: Path) -> None:
    path, page = tmp_path / "a.txt", tmp_path / "page.html"
    path.write_text(TEXT, "utf-8")
    gold = reviewed(path, label=about_ships)
    run("review", path, "-o", page)
    assert page.read_text("utf-8").count(' changed"') == 0
    run("review", path, "-o", page, "--corrections", gold)
    assert page.read_text("utf-8").count(' changed"') == 1
    assert "this is an input" in run("review", path, "-o", gold, "--corrections", gold, code=2).stderr
    run("review", path, "--serve", "--corrections", gold, code=2)
    path.write_text(TEXT + TEXT, "utf-8")
    assert "the file was changed since" in str(run("review", path, "-o", page, "--corrections", gold, code=1).exception)


def test_all_of_a_word_file_is_exported_where_nobody_says_which_labels(tmp_path: Path) -> None:
    """Its headings, items and cells look like menus to labels that are made for pages."""
    document = docx.Document()
    document.add_heading("Contact", 1)
    document.add_paragraph("The harbour will be closed for repairs until the end of March, the authority said.")
    document.add_paragraph("Sign in", style="List Bullet")
    path = tmp_path / "a.docx"
    document.save(str(path))
    gold = reviewed(path, label=lambda text, found: "navigation" if text == "Contact" else "body")
    for options, n_kept in (((), 3), (("--keep", "body"), 1), (("--corrections", gold), 2)):
        assert len(exported(path, *options)[0]) == n_kept
