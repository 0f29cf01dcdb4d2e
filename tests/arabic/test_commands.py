"""`bilingual normalize` and `bilingual profiles`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bilingual.arabic import PROFILES, STEPS
from bilingual.cli import cli
from bilingual.cli.normalize import command as normalize
from bilingual.cli.profiles import command as profiles


def test_normalize_writes_exactly_the_text(tmp_path: Path) -> None:
    file = tmp_path / "in.txt"
    file.write_bytes("ذهب إلى المـدرسةِ الكُبرى صباح اليوم\r\nSome English words here\r\n".encode())
    done = CliRunner().invoke(normalize, [str(file), "--profile", "search"])
    assert done.exit_code == 0
    assert done.stdout_bytes.decode() == "ذهب الي المدرسه الكبري صباح اليوم\r\nSome English words here\r\n"


def test_normalize_stdin_by_script() -> None:
    done = CliRunner().invoke(normalize, ["-", "--by-script"], input="كِتابٌ فیلم".encode())
    assert (done.exit_code, done.stdout) == (0, "كتاب فیلم")


def test_normalize_json_has_the_map() -> None:
    done = CliRunner().invoke(normalize, ["--json", "--profile", "camel"], input="قَال".encode())
    record = json.loads(done.stdout)
    assert (record["text"], record["origin"]) == ("قال", [0, 2, 3, 4])


def test_repairs_are_told_without_the_text() -> None:
    done = CliRunner().invoke(normalize, ["--by-script"], input="ÇáÓáÇã Úáíßã".encode())
    assert done.stdout == "السلام عليكم"
    assert "one-byte misread repaired at 0-6" in done.stderr
    assert "ÇáÓáÇã" not in done.stderr


def test_exit_codes(tmp_path: Path) -> None:
    runner = CliRunner()
    good = tmp_path / "good.txt"
    good.write_text("أحمد", encoding="utf-8")
    done = runner.invoke(normalize, [str(tmp_path / "none.txt"), str(good), "--by-script"])
    assert (done.exit_code, done.stdout) == (1, "احمد")
    assert runner.invoke(cli, ["normalize", "--profile", "nope"], input="").exit_code == 2
    bad = tmp_path / "bad.toml"
    bad.write_text('steps = ["nope"]', encoding="utf-8")
    assert runner.invoke(cli, ["normalize", "--profile", str(bad)], input="").exit_code == 2
    assert runner.invoke(cli, ["profiles", "nope"]).exit_code == 2


@pytest.mark.parametrize("name", PROFILES)
def test_profiles_prints_each_with_its_steps(name: str) -> None:
    done = CliRunner().invoke(profiles, [name])
    assert done.exit_code == 0
    assert PROFILES[name].purpose in done.stdout
    assert all(step in done.stdout for step in PROFILES[name].steps)
    assert "example:" in done.stdout


def test_profiles_as_json() -> None:
    lines = CliRunner().invoke(profiles, ["--json"]).stdout.splitlines()
    assert [json.loads(line)["name"] for line in lines] == list(PROFILES)
    steps = CliRunner().invoke(profiles, ["--steps", "--json"]).stdout.splitlines()
    assert [json.loads(line)["name"] for line in steps] == list(STEPS)
