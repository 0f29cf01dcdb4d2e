"""What merge refuses, and that it writes nothing then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree
from round_trips import fill

from bilingual.cli import cli
from bilingual.errors import BilingualError

TEXT = (
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.\n"
    "Hello {name}, you have %d new messages at https://example.org/inbox waiting for you this morning.\n"
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.\n"
)
KEEP = ("--keep", "body,navigation,promo")


def run(*arguments: object, code: int | None = 0) -> Result:
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, (SystemExit, BilingualError)):
        raise done.exception
    if code is not None:
        assert done.exit_code == code, done.output
    return done


@pytest.fixture
def sent(tmp_path: Path) -> tuple[Path, Path]:
    """An original and its export."""
    original, exported = tmp_path / "a.txt", tmp_path / "a.xlf"
    original.write_text(TEXT, "utf-8")
    run("export", original, "--from", "en", "--into", "ar", "-o", exported, *KEEP)
    return original, exported


def refused(original: Path, translated: Path, match: str, *options: str) -> None:
    out = original.parent / "out.txt"
    before = sorted(original.parent.iterdir())
    done = run("merge", original, translated, "-o", out, "--tmx", original.parent / "out.tmx", *options, code=1)
    assert isinstance(done.exception, BilingualError)
    assert re.search(match, str(done.exception)), str(done.exception)
    assert sorted(original.parent.iterdir()) == before


def change(path: Path, old: str, new: str, count: int = -1) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


def test_a_changed_original(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    original.write_text(TEXT + " ", "utf-8")
    refused(original, exported, "a.txt is not the file that was exported, or it was changed")


def test_unknown_and_double_ids(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    ids = re.findall(r'trans-unit id="([^"]+)"', exported.read_text("utf-8"))
    change(exported, ids[0], "text-0-4-123456789abc")
    refused(original, exported, "no unit of a.txt has this id")
    change(exported, "text-0-4-123456789abc", ids[1])
    refused(original, exported, "this id is there twice")
    change(exported, ids[1], "../../etc/passwd", 1)
    refused(original, exported, "no unit of a.txt has this id")


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ('<ph id="1">{name}</ph>', "", r"\{name\} is lost"),
        ('<ph id="1">{name}</ph>', '<ph id="1">{name}</ph> <ph id="1">{name}</ph>', r"\{name\} is doubled"),
        ('<ph id="2">%d</ph>', "%s", r"%d is lost(.|\n)*%s is not in the source"),
        ('<ph id="2">%d</ph>', '<ph id="9">%d</ph>', "⟦9⟧ is no code of this unit"),
    ],
)
def test_codes_lost_doubled_new(sent: tuple[Path, Path], old: str, new: str, match: str) -> None:
    original, exported = sent
    exported.write_bytes(fill(exported.read_bytes(), str.upper))
    head, mark, tail = exported.read_text("utf-8").partition("<target><")
    if not mark:
        head, mark, tail = exported.read_text("utf-8").partition("<target>HELLO")
    assert old in tail
    exported.write_text(head + mark + tail.replace(old, new, 1), "utf-8")
    refused(original, exported, match)


def test_a_placeholder_typed_by_hand_is_the_placeholder(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    exported.write_bytes(fill(exported.read_bytes(), str.upper))
    head, mark, tail = exported.read_text("utf-8").partition("<target>HELLO")
    exported.write_text(head + mark + tail.replace('<ph id="2">%d</ph>', "%d", 1), "utf-8")
    run("merge", original, exported, "-o", original.parent / "out.txt")
    assert "HELLO {name}, YOU HAVE %d NEW" in (original.parent / "out.txt").read_text("utf-8")


def test_what_the_encoding_lacks_is_named(tmp_path: Path) -> None:
    original, exported = tmp_path / "a.txt", tmp_path / "a.xlf"
    original.write_bytes(("Café: " + TEXT).encode("cp1252"))
    run("export", original, "--from", "en", "--into", "ar", "-o", exported, *KEEP, "--encoding", "cp1252")
    exported.write_bytes(fill(exported.read_bytes(), lambda text: text.replace("harbour", "ميناء")))
    refused(original, exported, r"encoding cp1252 has no 'ا' U\+0627, 'ء' U\+0621|encoding cp1252 has no .*U\+0645")


def test_language_pairs(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    refused(original, exported, "exported with target language ar, not fr", "--into", "fr")
    change(exported, 'target-language="ar"', 'target-language="fa"')
    refused(original, exported, "the target language is fa, not ar")
    change(exported, 'target-language="fa"', 'target-language="ar-EG"')
    run("merge", original, exported, "-o", original.parent / "out.txt", "--into", "ar")


def test_files_that_are_no_translation(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    change(exported, "sha256=", "sha=")
    refused(original, exported, "the note that names the original")
    exported.write_text("<a><b></a>", "utf-8")
    refused(original, exported, "not well-formed XML")
    exported.write_text("<html/>", "utf-8")
    refused(original, exported, "neither XLIFF 1.2 nor 2.x")
    exported.write_bytes(b"PK\x03\x04 nothing")
    refused(original, exported, "not a DOCX file")
    exported.write_text("a\tb\n1\t2\n", "utf-8")
    refused(original, exported, "no columns `id` and `target`")
    exported.write_bytes(b"id\ttarget\n\xff\xff\xff")
    refused(original, exported, "not utf-8")


def test_encodings_that_are_none(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    change(exported, "encoding=utf-8", "encoding=zip")
    refused(original, exported, "no encoding")


def test_entities_are_not_read(sent: tuple[Path, Path]) -> None:
    """A returned file cannot pull other files in."""
    original, exported = sent
    secret = original.parent / "secret.txt"
    secret.write_text("secret", "utf-8")
    exported.write_bytes(fill(exported.read_bytes(), str.upper))
    text = exported.read_text("utf-8").replace("THE HARBOUR", "&x;", 1)
    head, _, rest = text.partition("?>")
    exported.write_text(f'{head}?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{rest}', "utf-8")
    refused(original, exported, "it has a DOCTYPE")


def test_never_onto_an_input(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    for out in (original, exported, original.parent / "." / "a.txt"):
        done = run("merge", original, exported, "-o", out, code=1)
        assert "this is an input" in str(done.exception)
    done = run("export", original, "--from", "en", "--into", "ar", "--to", "tsv", "-o", original, code=1)
    assert "this is an input" in str(done.exception)
    assert original.read_text("utf-8") == TEXT


def test_a_folder_that_is_not_there(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    done = run("merge", original, exported, "-o", original.parent / "no" / "out.txt", code=1)
    assert "No such file or directory" in str(done.exception)


def test_dedup_fills_every_place_and_tmx_holds_the_pair_once(tmp_path: Path) -> None:
    original, exported, out, tmx = (tmp_path / name for name in ("a.txt", "a.xlf", "out.txt", "a.tmx"))
    original.write_text(TEXT, "utf-8")
    for version in ("1.2", "2.1"):
        run("export", original, "--from", "en", "--into", "ar", "-o", exported, *KEEP, "--dedup", "--xliff-version", version)
        assert len(re.findall("<source", exported.read_text("utf-8"))) == 2
        exported.write_bytes(fill(exported.read_bytes(), str.upper))
        run("merge", original, exported, "-o", out, "--tmx", tmx)
        lines = out.read_text("utf-8").splitlines()
        assert lines[0] == lines[2] == TEXT.splitlines()[0].upper()
        root = etree.fromstring(tmx.read_bytes())
        assert root.find("header").get("srclang") == "en"
        assert len(root.findall("body/tu")) == 2
        second = root.findall("body/tu")[1]
        assert "".join(second.findall("tuv/seg")[1].itertext()) == lines[1]


def test_wrong_usage(sent: tuple[Path, Path]) -> None:
    original, _ = sent
    out = original.parent / "x.xlf"
    for options in (("--from", "en", "--into", "en"), ("--from", "xx", "--into", "ar"), ("--from", "en", "--into", "!")):
        run("export", original, *options, "-o", out, code=2)
    run("export", original, "--from", "en", "--into", "ar", "-o", out, "--keep", "bod", code=2)
    run("export", original, "--from", "en", "--into", "ar", "-o", original.parent / "x.what", code=2)
    assert not out.exists()


def test_many_repetitions_fit_a_spreadsheet_cell(tmp_path: Path) -> None:
    original, exported = tmp_path / "a.txt", tmp_path / "a.tsv"
    original.write_text(TEXT.splitlines()[0] + "\n" + "\n".join([TEXT.splitlines()[0]] * 1500), "utf-8")
    run("export", original, "--from", "en", "--into", "ar", "-o", exported, *KEEP, "--dedup")
    assert max(len(cell) for line in exported.read_text("utf-8").split("\n") for cell in line.split("\t")) < 32_767
    table = exported.read_text("utf-8-sig").replace("Monday.\t\t", "Monday.\tمغلق.\t")
    exported.write_text(table, "utf-8")
    run("merge", original, exported, "-o", tmp_path / "out.txt")
    assert set((tmp_path / "out.txt").read_text("utf-8").splitlines()) == {"مغلق."}
