"""`bilingual segment` as a person or a script meets it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import bilingual
from bilingual.cli import COMMANDS, cli

TEXT = "Home\nThe council met on Tuesday to discuss the new library. مرحبا بكم\n"


def run(*argv: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(argv), input=stdin)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_json_is_the_document_of_the_python_interface(page: Path) -> None:
    done = run("segment", str(page), "--json")
    assert done.exit_code == 0
    row = json.loads(done.stdout)
    assert row["text"] == TEXT
    assert row["spans"] == bilingual.segment(TEXT).to_dict()["spans"]
    assert row["id"] == str(page)


def test_stdin_and_file_agree(page: Path) -> None:
    one, two = run("segment", str(page), "--json"), run("segment", "-", "--json", stdin=TEXT.encode())
    assert json.loads(one.stdout)["spans"] == json.loads(two.stdout)["spans"]


def test_view_puts_offsets_and_label_first_and_text_last(page: Path) -> None:
    done = run("segment", str(page))
    lines = done.stdout.splitlines()
    assert lines[1].endswith("Home")
    assert lines[-1].endswith("مرحبا بكم")
    assert lines[1].split()[0] == "0-4"


def test_the_text_begins_in_one_column_whatever_decided(page: Path) -> None:
    page.write_text(TEXT + "All rights reserved © 2020\n-->\n[]\nRead also: ten towns that moved uphill", "utf-8")
    lines, spans = run("segment", str(page)).stdout.splitlines()[1:], bilingual.segment(page.read_text("utf-8")).spans
    assert len({len(line.removesuffix(span.text)) for line, span in zip(lines, spans, strict=True)}) == 1


def test_languages_may_have_blanks_between(page: Path) -> None:
    done = run("segment", str(page), "--json", "--languages", "ar, en")
    assert done.stdout == run("segment", str(page), "--json", "--languages", "ar,en").stdout != ""


def test_document_text_is_never_markup_or_control(tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_bytes(b"array[i] = [/red] http://a.b/[c] \x1b[31mred\x1b[0m \x07 end of this line of text.\n")
    done = run("segment", str(path))
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    assert "array[i] = [/red] http://a.b/[c]" in done.stdout


def test_lang_shows_only_that_language_in_either_code(page: Path) -> None:
    rows = json.loads(run("segment", str(page), "--json", "--lang", "ar").stdout)["spans"]
    assert {row["lang"] for row in rows} == {"ar"}
    rows = json.loads(run("segment", str(page), "--json", "--codes", "flores", "--lang", "ar").stdout)["spans"]
    assert {row["lang"] for row in rows} == {"arb_Arab"}


@pytest.mark.parametrize("given", [("--lang", "ar, en"), ("--lang", "ar", "--lang", "en")])
def test_filters_take_lists_with_commas(page: Path, given: tuple[str, ...]) -> None:
    done = run("segment", str(page), "--json", *given, "--label", "body,navigation,promo")
    assert {row["lang"] for row in json.loads(done.stdout)["spans"]} == {"ar", "en"}


@pytest.mark.parametrize("command", [("segment",), ("normalize",), ("report",), ("review", "-o", "page.html")])
def test_a_folder_is_refused_with_the_way_out(command: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*command, str(tmp_path))
    assert done.exit_code == 1
    assert f"{tmp_path}: a folder; name the files in it" in done.stderr


def test_explain_adds_lines(page: Path) -> None:
    plain, explained = run("segment", str(page)), run("segment", str(page), "--explain")
    assert len(explained.stdout.splitlines()) > len(plain.stdout.splitlines())


def test_json_explains_each_span_where_asked(page: Path) -> None:
    rows = json.loads(run("segment", str(page), "--json", "--explain").stdout)["spans"]
    document = bilingual.segment(TEXT)
    for row, span in zip(rows, document.spans, strict=True):
        why = document.explain(span)
        for name in ("reasons", "lang_reasons"):
            told = [(one["text"], one["start"], one["end"]) for one in row.pop(name)]
            assert told == [reason[:3] for reason in getattr(why, name)]
    assert rows == document.to_dict()["spans"]


def test_an_empty_name_is_no_folder() -> None:
    done = run("segment", "")
    assert (done.exit_code, done.stderr) == (1, "bilingual: an empty name names no file; - is standard input\n")


def test_a_missing_file_is_one_line_and_exit_1_and_the_rest_is_done(page: Path, tmp_path: Path) -> None:
    done = run("segment", str(tmp_path / "none.txt"), str(page), "--json")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "none.txt: No such file or directory" in done.stderr
    assert json.loads(done.stdout)["text"] == TEXT


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("segment", "--nope"), "No such option"),
        (("segment", "-", "--languages", "xx-nope"), "no language 'xx-nope'"),
        (("segment", "-", "--lang", "xx-nope"), "no language 'xx-nope'"),
        (("segment", "-", "--label", "xx-nope"), "no label 'xx-nope'; the labels are body, navigation, promo"),
        *[
            ((*command, "-", "--encoding", "no-such"), "no encoding 'no-such'")
            for command in (["segment"], ["normalize"], ["report"], ["review", "-o", "x.html"], ["split", "--out-dir", "x"])
        ],
        (("export", "-", "-o", "x.tsv", "--from", "en", "--into", "ar", "--encoding", "rot13"), "no encoding 'rot13'"),
        *[
            ((*command, option, " , "), "it names nothing; leave it out for all")
            for option, *command in (
                ("--languages", "segment", "-"), ("--lang", "segment", "-"), ("--label", "segment", "-"),
                ("--keep", "batch", "-", "--out", "x"), ("--languages", "evaluate", "-"),
            )
        ],
        (("rules", "xx-nope"), "no rule is called 'xx-nope'"),
        (("languages", "xx-nope"), "no language 'xx-nope'"),
        (("profiles", "xx-nope"), "unknown profile 'xx-nope'"),
        (("review", "page.txt", "--serve", "--port", "99999"), "99999 is not in the range"),
        (("segmen",), "No such command 'segmen'; did you mean 'segment'?"),
        (("zorble",), "No such command 'zorble'."),
        ((__file__,), f"No such command {__file__!r}; for a file: bilingual segment {__file__}"),
        (("rules", "subscribe"), "`bilingual rules` lists them; did you mean 'subscribe-phrase'?"),
        (("rules", "--phrases", "Subscrib"), "did you mean 'subscribe'?"),
        (("segment", "-", "--languages", "arabic"), "did you mean 'ar'?"),
    ],
)
def test_wrong_usage_is_exit_2(argv: tuple[str, ...], message: str) -> None:
    done = run(*argv, stdin=b"x")
    assert done.exit_code == 2
    assert message in done.stderr


def test_a_shell_that_completes_a_misspelt_command_gets_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", "bilingual segmen fi")
    monkeypatch.setenv("COMP_CWORD", "2")
    done = CliRunner().invoke(cli, prog_name="bilingual", env={"_BILINGUAL_COMPLETE": "bash_complete"})
    assert (done.exit_code, done.stderr) == (0, "")


def test_the_encoding_asked_for_holds_for_pages_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes("<p>Größe und Länge der Brücke</p>".encode("cp1252"))
    done = run("segment", str(page), "--json", "--encoding", "iso8859-7")
    assert json.loads(done.stdout)["text"] == page.read_bytes()[3:-4].decode("iso8859-7")


PAGE = b"\xef\xbb\xbf\n<!DOCTYPE html><title>x</title><p>Fish &amp; chips"


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("-", PAGE, "Fish & chips"),
        ("page.php", PAGE, "Fish & chips"),
        ("page", b"<html lang=en><p>Fish &amp; chips", "Fish & chips"),
        ("page.txt", b"<html><p>Fish", "<html><p>Fish"),
        ("-", b"<htmlx> is no element", "<htmlx> is no element"),
        ("-", b"How <html> begins", "How <html> begins"),
    ],
)
def test_where_no_ending_says_what_it_is_the_beginning_does(name: str, data: bytes, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    done = run("segment", "--json", name if name == "-" else str(tmp_path / name), stdin=data)
    assert json.loads(done.stdout)["text"] == text
    plain = run("segment", "--json", "--format", "text", name if name == "-" else str(tmp_path / name), stdin=data)
    assert "<" in json.loads(plain.stdout)["text"]


def test_an_encoding_has_one_name_everywhere(tmp_path: Path) -> None:
    from bilingual.arabic.decode import decode
    from bilingual.formats.html import extract

    data = "أهلا وسهلا بكم في موقع المدينة الجديد، وقالت الوزارة إن الميناء سيفتح غداً.".encode("cp1256")
    (tmp_path / "a.txt").write_bytes(data)
    page = b"<meta charset=cp1256><p>" + data
    assert decode(data).encoding == extract(page).encoding == "windows-1256"
    report = json.loads(run("report", "--json", str(tmp_path / "a.txt")).stdout)
    assert report["files"][0]["encoding"] == "windows-1256"


@pytest.mark.parametrize("data", [b"PK\x03\x04word", b"%PDF-1.7\n", b"\x1f\x8b\x08\x00abc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1 a}", b"PAR1\x15\x04\x15", b"WARC/1.0\r\nWARC-Type: conversion\r\n"])
@pytest.mark.parametrize("command", ["segment", "normalize", "report"])
def test_a_file_of_another_kind_is_refused_with_the_way_out(command: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_bytes(data)
    done = run(command, str(tmp_path / "file.txt"))
    assert done.exit_code == 1
    assert "file.txt: not text: " in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("command", ["segment", "normalize", "report"])
def test_lines_of_json_are_no_text_but_many(command: str, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_bytes(b'{"text": "The port reopened."}\n')
    done = run(command, str(tmp_path / "pages.jsonl"))
    assert done.exit_code == 1
    assert "pages.jsonl: JSON lines, a document each; `bilingual batch` reads them" in done.stderr
    assert not done.stdout


def test_odd_text_survives_json() -> None:
    done = run("segment", "-", "--json", stdin="a\x00b \ufeff \u202e مرحبا".encode())
    assert json.loads(done.stdout)["text"] == "a\x00b \ufeff \u202e مرحبا"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
@pytest.mark.parametrize("without", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}])
def test_a_terminal_gets_colours_unless_it_or_the_user_wants_none(page: Path, without: dict[str, str]) -> None:
    import pty

    ours, theirs = pty.openpty()
    code = "from bilingual.cli import main; main()"
    env = {**os.environ, "TERM": "xterm", "NO_COLOR": "", **without}
    subprocess.run([sys.executable, "-c", code, "segment", str(page)], stdout=theirs, check=True, env=env)
    os.close(theirs)
    assert (b"\x1b[" in os.read(ours, 4096)) is not bool(without)
    os.close(ours)


@pytest.mark.parametrize("wanted", ["", "1"])
def test_a_pipe_gets_no_colours_unless_they_are_forced(page: Path, wanted: str) -> None:
    env = {**os.environ, "TERM": "xterm", "NO_COLOR": "", "FORCE_COLOR": wanted}
    done = subprocess.run(
        [sys.executable, "-m", "bilingual", "segment", str(page)], capture_output=True, check=True, env=env
    )
    assert (b"\x1b[" in done.stdout) is bool(wanted)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")  # noqa: PTH110
def test_an_output_that_is_full_is_one_line(page: Path) -> None:
    for command in (["segment", str(page)], ["normalize", str(page)], ["rules"]):
        with open("/dev/full", "wb") as full:  # noqa: PTH123
            done = subprocess.run(
                [sys.executable, "-m", "bilingual", *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert (done.returncode, done.stderr) == (1, "bilingual: No space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="closes streams as a shell does")
@pytest.mark.parametrize("command", ["segment", "normalize", "segment --json", "evaluate -"])
def test_a_stream_that_is_closed_is_no_traceback(command: str, page: Path) -> None:
    program = f"{shlex.quote(sys.executable)} -m bilingual {command}"
    done = subprocess.run(["sh", "-c", f"{program} <&-"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "bilingual: -: standard input is closed; name a file\n"
    if command != "evaluate -":
        done = subprocess.run(
            ["sh", "-c", f"{program} {shlex.quote(str(page))} >&- 2>&-"], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_script_and_help() -> None:
    code = "from bilingual.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    for name in COMMANDS:
        assert name in done.stdout


def test_every_command_of_the_table_loads() -> None:
    for name in COMMANDS:
        assert run(name, "--help").exit_code == 0, name


def test_the_package_is_a_program(page: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "bilingual", "segment", str(page), "--json"], capture_output=True, env=env
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["text"] == TEXT
    wrong = subprocess.run([sys.executable, "-m", "bilingual", "nonsense"], capture_output=True, env=env, text=True)
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("Usage: bilingual ")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
def test_a_pipe_that_has_no_arabic_takes_utf_8(page: Path, encoding: str) -> None:
    """What Windows gives a program whose output is redirected."""
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(bilingual.__file__).parents[1])}
    for argv in (["segment", str(page)], ["profiles"]):
        done = subprocess.run([sys.executable, "-m", "bilingual", *argv], capture_output=True, env=env, check=True)
        assert not done.stderr
        assert "ا" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_of_a_file_steers_no_terminal(tmp_path: Path) -> None:
    path, job = tmp_path / "a\x1b]0;b\x07\u202e.txt", str(tmp_path / "a.xlf")
    path.write_text(f"{TEXT}ÇáÓáÇã Úáíßã", "utf-8")
    pair = ("--from", "en", "--into", "ar")
    for argv in (
        ("segment", str(path)), ("segment", f"{path}.gone"), ("report", str(path)), ("normalize", str(path)),
        ("export", str(path), *pair, "-o", job), ("merge", str(path), job, "-o", f"{path}.out.txt"),
    ):  # fmt: skip
        done = run(*argv)
        assert not {"\x1b", "\x07", "\u202e"} & {*done.output}
        assert "a\ufffd]0;b\ufffd\ufffd.txt" in done.output, argv


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="no such names there")
@pytest.mark.parametrize("command", ["segment", "report", "normalize"])
def test_json_of_a_file_whose_name_is_no_utf_8_is_json(command: str, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path / "a") + b"\xff.txt"
    Path(os.fsdecode(path)).write_text(TEXT, "utf-8")
    argv = [sys.executable, "-m", "bilingual", command, "--json", path]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8:strict", "PYTHONPATH": str(Path(bilingual.__file__).parents[1])}
    done = subprocess.run(argv, capture_output=True, env=env, check=True)
    row = json.loads(done.stdout.decode("utf-8"))
    assert (row["files"][0]["file"] if command == "report" else row["id"]) == os.fsdecode(path)
