"""Counts and splits."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.cli import cli
from bilingual.errors import InputError
from bilingual.translate.counting import count_words

TEXT = (
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.\n"
    "سيغلق الميناء للإصلاح حتى نهاية شهر مارس كما قالت سلطة الميناء يوم الاثنين الماضي.\n"
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.\n"
)


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_counts_by_language_and_label(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(TEXT, "utf-8")
    second.write_text(TEXT.splitlines()[1], "utf-8")
    report = json.loads(run("report", first, second, "--json"))
    assert report["rule"]["name"] == "letters"
    assert "run of letters" in report["rule"]["words"]
    rows = {(row["lang"], row["label"]): row for row in report["files"][0]["counts"]}
    assert sum(row["words"] for key, row in rows.items() if key[0] == "en") == 36
    assert sum(row["repeated"] for key, row in rows.items() if key[0] == "en") == 1
    assert sum(row["repeated_words"] for key, row in rows.items() if key[0] == "en") == 18
    assert report["files"][1]["total"] == {
        "segments": 1, "words": 14, "characters": len(TEXT.splitlines()[1]),
        "characters_no_spaces": len(TEXT.splitlines()[1].replace(" ", "")), "repeated": 1, "repeated_words": 14,
    }  # fmt: skip
    assert report["total"]["words"] == 36 + 14 + 14


def test_what_nobody_translates_is_in_no_total(tmp_path: Path) -> None:
    """Numbers and code have rows of their own; the totals of all three forms are what is in a language."""
    path = tmp_path / "a.md"
    path.write_text(f"{TEXT.splitlines()[0]}\n\n```sh\nmake all the things\n```\n\n2024\n", "utf-8")
    report = json.loads(run("report", path, path, "--json"))
    for shown in (report, *report["files"]):
        rows = [row for row in shown["counts"] if row["lang"] != "und"]
        assert {row["lang"] for row in shown["counts"]} == {"en", "und"}
        assert shown["total"] == {name: sum(row[name] for row in rows) for name in shown["total"]}
    total = list(csv.DictReader(io.StringIO(run("report", path, path, "--csv"))))[-1]
    assert {name: int(total[name]) for name in report["total"]} == report["total"]
    lines = [line.split() for line in run("report", path).splitlines()]
    assert [line[0] for line in lines[2:] if line][:3] == ["en", "total", "und"]
    assert lines[3][1:3] == ["1", "18"]


def test_csv_and_table_name_the_rule(tmp_path: Path) -> None:
    path = tmp_path / "=a.txt"
    path.write_text(TEXT, "utf-8")
    rows = list(csv.DictReader(io.StringIO(run("report", path, "--csv", "--rule", "spaces"))))
    assert {row["rule"] for row in rows} == {"spaces"}
    assert rows[-1]["file"] == "total"
    assert int(rows[-1]["words"]) == len(TEXT.split())
    table = run("report", path)
    assert "Rule 'letters': a word is a run of letters" in table
    assert "total" in table


def test_a_missing_file_fails_and_the_rest_is_done(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    done = CliRunner().invoke(cli, ["report", str(tmp_path / "no.txt"), str(path), "--json"])
    assert done.exit_code == 1
    assert len(json.loads(done.stdout)["files"]) == 1
    assert "no.txt: No such file" in done.stderr


def test_rules_count_what_they_say() -> None:
    assert count_words("well-known don’t it's") == 3
    assert count_words("a — b") == 2
    assert count_words("a — b", "spaces") == 3
    assert count_words("می‌خواهم") == 1
    assert count_words("") == count_words("...!") == 0


def test_seed_page_words(shared: Path) -> None:
    """The whole page by rule `letters`; measured once by hand with the same rule: 819."""
    report = json.loads(run("report", shared / "gold" / "seed-page.txt", "--json"))
    assert report["total"]["words"] == 819
    assert sum(row["words"] for row in report["counts"] if row["lang"] == "ar") == 33 + 16 - 2


def test_split_has_every_letter_and_its_place(tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "out"
    path.write_bytes(TEXT.encode("utf-16"))
    names = run("split", path, "--out-dir", out).split()
    assert len(names) == len(list(out.iterdir()))
    letters = 0
    for text in out.glob("*.txt"):
        lines = text.read_text("utf-8").splitlines()
        rows = (out / f"{text.stem}.offsets.tsv").read_text("utf-8").splitlines()[1:]
        assert len(rows) == len(lines)
        for line, row in zip(lines, rows, strict=True):
            _, member, first, last = row.split("\t")
            assert member == "text"
            assert path.read_bytes()[int(first) : int(last)].decode("utf-16-le") == line
            letters += sum(map(str.isalpha, line))
    assert letters == sum(map(str.isalpha, TEXT))


def test_split_says_what_is_no_folder_and_what_holds_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    done = CliRunner().invoke(cli, ["split", str(tmp_path / "a.txt"), "--out-dir", str(tmp_path / "a.txt")])
    assert str(done.exception) == f"{tmp_path / 'a.txt'}: a file; --out-dir needs a folder"
    done = CliRunner().invoke(cli, ["split", str(tmp_path / "a.txt"), "--out-dir", str(tmp_path / "parts")])
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"bilingual: {tmp_path / 'a.txt'}: no text in it; nothing written\n"


def parts_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


NAMES = st.sampled_from(["page.txt", "page.html", "page.htm", "page", "page.en-body.txt", "Page.txt", "en/page.txt"])
LINES = st.sampled_from(["The harbour will be closed until March, they said.", "سيغلق الميناء حتى نهاية الشهر.", "Home"])
FILES = st.lists(st.tuples(NAMES, st.lists(LINES, min_size=1, max_size=3)), min_size=1, max_size=4)


@given(files=FILES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_splits_into_one_folder_lose_no_file(tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, list[str]]]) -> None:
    """Each split writes all of its own, and leaves what others wrote; or is refused, and writes nothing."""
    root = tmp_path_factory.mktemp("split")
    out = root / "parts"
    out.mkdir()
    for name, lines in files:
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(f"<p>{line}" for line in lines) if "htm" in name else "\n".join(lines), "utf-8")
        before = parts_of(out)
        done = CliRunner().invoke(cli, ["split", str(path), "--out-dir", str(out)])
        after = parts_of(out)
        assert {name: after[name] for name in before} == before
        if done.exit_code:
            assert after == before
            assert isinstance(done.exception, InputError)
            assert ": there already, " in str(done.exception)
        else:
            named = [Path(line).name for line in done.stdout.splitlines()]
            found = b"".join(after[name] for name in named if not name.endswith(".tsv")).decode().split("\n")
            assert sorted(filter(None, found)) == sorted(lines)


def test_split_refuses_what_another_file_left(tmp_path: Path) -> None:
    """The same split again is none."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(TEXT + folder, "utf-8")
    command = ["split", "--out-dir", str(tmp_path / "parts")]
    for folder, code in (("a", 0), ("a", 0), ("b", 1), ("a", 0)):
        assert CliRunner().invoke(cli, [*command, str(tmp_path / folder / "page.txt")]).exit_code == code
