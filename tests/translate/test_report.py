"""Counts and splits."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner

from bilingual.cli import cli
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
        rows = (out / text.name.replace(".txt", ".offsets.tsv")).read_text("utf-8").splitlines()[1:]
        assert len(rows) == len(lines)
        for line, row in zip(lines, rows, strict=True):
            _, member, first, last = row.split("\t")
            assert member == "text"
            assert path.read_bytes()[int(first) : int(last)].decode("utf-16-le") == line
            letters += sum(map(str.isalpha, line))
    assert letters == sum(map(str.isalpha, TEXT))
