"""What merge refuses, and that it writes nothing then."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from round_trips import fill, run

from bilingual.errors import BilingualError, InputError
from bilingual.formats.exchange import About, parse_xml
from bilingual.formats.inline import inline
from bilingual.translate.export import read_returned
from bilingual.translate.merge import merge
from bilingual.translate.original import Place, open_original

TEXT = (
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.\n"
    "Hello {name}, you have %d new messages at https://example.org/inbox waiting for you this morning.\n"
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.\n"
)
KEEP = ("--keep", "body,navigation,promo")


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


def test_export_tells_what_is_not_to_be_translated(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("Home\nThe harbour will be closed until the end of March, the port authority said on Monday.\n"
                    "أعلنت هيئة الموانئ أن الميناء سيبقى مغلقا حتى نهاية الشهر المقبل بسبب أعمال الصيانة.\n", "utf-8")  # fmt: skip
    done = run("export", page, "--from", "en", "--into", "ar", "-o", tmp_path / "a.xlf", "--locked")
    assert "1 units to translate of 3" in done.stderr
    assert "  not to translate: 1 en navigation, 1 ar body (see --from and --keep)\n" in done.stderr
    done = run("export", page, "--from", "en", "--into", "ar", "-o", tmp_path / "b.xlf", *KEEP)
    assert "  not to translate: 1 ar body (" in done.stderr


@pytest.mark.parametrize("suffix", ["xlf", "tsv", "docx"])
def test_another_file_is_told_before_it_is_read_as_what_it_is_not(sent: tuple[Path, Path], suffix: str) -> None:
    original, _ = sent
    table, page = original.parent / f"a.{suffix}", original.parent / "b.docx"
    run("export", original, "--from", "en", "--into", "ar", "-o", table, *KEEP)
    page.write_bytes(b"PK\x03\x04")
    refused(page, table, r"b\.docx is not .*, or it was changed since: its hash differs. Give .* as it was then")


def test_original_and_translation_in_the_wrong_order(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    refused(exported, original, "merge takes the original first, then its translation")


def test_a_changed_original(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    original.write_text(TEXT + " ", "utf-8")
    refused(original, exported, "a.txt is not the file that was exported, or it was changed")


def test_unknown_and_double_ids(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    ids = re.findall(r'trans-unit id="([^"]+)"', exported.read_text("utf-8"))
    change(exported, ids[0], "text-0-4-123456789abc")
    refused(original, exported, r"no unit of a.txt has this id\nMend them in .*a\.xlf, then merge again\.$")
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
    refused(original, exported, r"encoding windows-1252 has no 'ا' U\+0627, 'ء' U\+0621|encoding windows-1252 has no .*U\+0645")


def test_the_mark_of_an_export_may_be_broken_over_lines() -> None:
    about = About(name="", sha256="0" * 64, kind="text", encoding="utf-8", source="en", target="ar", n_units=3)
    assert About.read(about.line().replace(" ", "\n   ")) == about


def test_language_pairs(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    refused(original, exported, "exported with target language ar, not fr", "--into", "fr")
    change(exported, 'target-language="ar"', 'target-language="fa"')
    refused(original, exported, "the target language is fa, not ar")
    change(exported, 'target-language="fa"', 'target-language="ar-EG"')
    run("merge", original, exported, "-o", original.parent / "out.txt", "--into", "ar")


def test_the_pair_of_every_file_of_an_xliff_counts(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    text = exported.read_text("utf-8")
    head, mark, tail = text.partition("<file ")
    empty = re.sub("<trans-unit.*</trans-unit>", "", mark + tail.removesuffix("</xliff>"))
    french = empty.replace('target-language="ar"', 'target-language="fr"')
    for whole in (head + french + mark + tail, text.replace("</xliff>", french + "</xliff>")):
        exported.write_text(whole, "utf-8")
        refused(original, exported, "the target language is fr, not ar")


def test_a_locked_group_changes_nothing(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    exported.write_bytes(fill(exported.read_bytes(), str.upper))
    change(exported, ' translate="yes"', "")
    change(exported, "<body>", '<body><group translate="no">')
    change(exported, "</body>", "</group></body>")
    done = run("merge", original, exported, "-o", original.parent / "out.txt")
    assert "0 units translated" in done.output
    assert "locked units were translated; they keep their source" in done.output
    assert (original.parent / "out.txt").read_bytes() == original.read_bytes()


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
    refused(original, exported, "not UTF-8")


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
        done = run("merge", original, exported, "-o", out, code=2)
        assert "this is an input" in done.stderr
    done = run("export", original, "--from", "en", "--into", "ar", "--to", "tsv", "-o", original, code=2)
    assert "this is an input" in done.stderr
    assert original.read_text("utf-8") == TEXT


def test_a_folder_that_is_not_there(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    done = run("merge", original, exported, "-o", original.parent / "no" / "out.txt", code=1)
    assert "No such file or directory" in str(done.exception)


def test_a_file_that_is_read_only_is_not_replaced(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    out = original.with_name("out.txt")
    out.write_text("kept", "utf-8")
    out.chmod(0o444)
    assert "out.txt: read-only" in str(run("merge", original, exported, "-o", out, code=1).exception)
    assert out.read_text("utf-8") == "kept"
    assert not list(original.parent.glob(".out*"))


def test_no_file_is_written_when_one_cannot_be(sent: tuple[Path, Path]) -> None:
    original, exported = sent
    folder, out = original.parent, original.parent / "out.txt"
    before = sorted(folder.iterdir())
    done = run("merge", original, exported, "-o", out, "--tmx", folder / "no" / "x.tmx", code=1)
    assert "No such file or directory" in str(done.exception)
    for name in ("out.txt", "./out.txt", f"../{folder.name}/out.txt"):
        done = run("merge", original, exported, "-o", out, "--tmx", f"{folder}/{name}", code=2)
        assert "another name" in done.output
    long = folder / ("م" * 150 + ".txt")
    for options in (("-o", long), ("-o", out, "--tmx", long)):
        done = run("merge", original, exported, *options, code=1)
        assert "File name too long" in str(done.exception)
    assert sorted(folder.iterdir()) == before


def test_parts_with_names_too_long(tmp_path: Path) -> None:
    original = tmp_path / ("م" * 120 + ".txt")
    original.write_text(TEXT, "utf-8")
    done = run("split", original, "--out-dir", tmp_path / "parts", code=1)
    assert "File name too long" in str(done.exception)


def test_locked_units_that_nobody_touched(tmp_path: Path) -> None:
    """The address in them is an element in XLIFF, and is no change."""
    original, exported, out = (tmp_path / name for name in ("a.txt", "a.xlf", "out.txt"))
    original.write_text(TEXT, "utf-8")
    for version in ("1.2", "2.1"):
        run("export", original, "--from", "ar", "--into", "en", "--locked", "-o", exported, "--xliff-version", version)
        assert "locked units" not in run("merge", original, exported, "-o", out).output
        for old, new in (("The harbour", "The port"), ("Hello ", "Hi ")):
            head, mark, tail = exported.read_text("utf-8").partition("<target")
            exported.write_text(head + mark + tail.replace(old, new), "utf-8")
        done = run("merge", original, exported, "-o", out)
        assert "3 locked units were translated" in done.output
        assert out.read_text("utf-8") == TEXT


def test_filled_targets_are_no_translation(tmp_path: Path) -> None:
    original, exported, out, tmx = (tmp_path / name for name in ("a.txt", "a.xlf", "out.txt", "a.tmx"))
    original.write_text(TEXT, "utf-8")
    run("export", original, "--from", "en", "--into", "ar", "-o", exported, *KEEP, "--fill-targets")
    done = run("merge", original, exported, "-o", out, "--tmx", tmx)
    assert "0 units translated" in done.output
    assert etree.fromstring(tmx.read_bytes()).findall("body/tu") == []


def test_a_memory_of_targets_with_what_xml_cannot_hold(tmp_path: Path) -> None:
    original, exported, out, tmx = (tmp_path / name for name in ("a.txt", "a.tsv", "out.txt", "a.tmx"))
    original.write_text(TEXT, "utf-8")
    run("export", original, "--from", "en", "--into", "ar", "-o", exported, *KEEP)
    change(exported, "{name}, you have %d new messages at https://example.org/inbox waiting for you this morning.\t",
           "{name}, you have %d new messages at https://example.org/inbox waiting for you this morning.\tا"
           "{name}\v%d\ufffe https://example.org/inbox")  # fmt: skip
    run("merge", original, exported, "-o", out, "--tmx", tmx)
    assert "ا{name}\n%d\ufffe https" in out.read_text("utf-8")  # a line break of Word
    assert "\N{REPLACEMENT CHARACTER}" in tmx.read_text("utf-8")


def test_a_line_of_more_than_ten_megabytes() -> None:
    text = "The ministry announced on Tuesday that the new port will open, " * 180_000
    data = f"<a>{text}</a>".encode()
    assert parse_xml(data, "x").text == text


def test_xml_nested_too_deep() -> None:
    with pytest.raises(InputError, match="x: its elements are nested more than 256 deep"):
        parse_xml(b"<a>" + b" " * 100_000 + b"<a>" * 300 + b"</a>" * 301, "x")
    with pytest.raises(InputError, match="x: not well-formed XML"):
        parse_xml(b"<a>" * 30_000 + b"</a>" * 30_000, "x")


def test_entities_that_grow() -> None:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 9))
    with pytest.raises(InputError, match=r"DOCTYPE|not well-formed"):
        parse_xml(b'<!DOCTYPE a [<!ENTITY a0 "xxxxxxxxxx">' + entities + b']><a b="&a8;">&a8;</a>', "x")


def test_dedup_fills_every_place_and_tmx_holds_the_pair_once(tmp_path: Path) -> None:
    original, exported, out, tmx = (tmp_path / name for name in ("a.txt", "a.xlf", "out.txt", "a.tmx"))
    original.write_text(TEXT, "utf-8")
    for version in ("1.2", "2.1"):
        exported.unlink(missing_ok=True)
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


@pytest.mark.parametrize(
    ("encoding", "target", "is_told"),
    [("windows-1252", "ar", True), ("windows-1252", "fr", False), ("windows-1256", "ar-EG", False), ("utf-8", "ar", False), ("windows-1256", "he", True)],
)
def test_an_encoding_without_the_letters_of_the_target_is_told_before_the_work(
    tmp_path: Path, encoding: str, target: str, is_told: bool
) -> None:
    original = tmp_path / "a.txt"
    original.write_bytes(TEXT.replace("Hello", "\N{LEFT DOUBLE QUOTATION MARK}Hello").encode(encoding))
    options = ("--from", "en", "--into", target, "--encoding", encoding, *KEEP)
    done = run("export", original, *options, "-o", tmp_path / "a.xlf")
    assert (f"{encoding} has no letters of {target}, so that merge will refuse them" in done.stderr) == is_told


@pytest.mark.parametrize("ending", ["xlf", "tsv", "docx"])
def test_units_that_did_not_come_back_are_counted(tmp_path: Path, ending: str) -> None:
    """A tool that drops what it does not know drops the ids of equal units; a person drops rows."""
    original, exported = tmp_path / "a.txt", tmp_path / f"a.{ending}"
    original.write_text(TEXT, "utf-8")
    run("export", original, "--from", "en", "--into", "ar", "-o", exported, *KEEP, "--dedup")
    known = read_returned(exported.read_bytes(), "x")
    assert known.about.n_units == 3
    for answers, n_missing in ((known.answers, 0), (tuple(replace(one, also=()) for one in known.answers), 1), ((), 3)):
        merged = merge(open_original(str(original)), replace(known, answers=answers))
        assert (merged.n_missing, merged.n_untranslated) == (n_missing, 3 - n_missing)
    if ending == "xlf":
        exported.write_bytes(re.sub(rb"<context-group.*?</context-group>", b"", exported.read_bytes()))
        done = run("merge", original, exported, "-o", tmp_path / "out.txt")
        assert f"1 exported units are not in {exported}; they keep their source" in done.stderr


def test_wrong_usage_exits_2_and_writes_nothing(sent: tuple[Path, Path]) -> None:
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


def test_no_unit_looks_back_to_the_start_of_the_file() -> None:
    """A merge into a file of 50 MB would take days."""

    def cost(n_before: int) -> float:
        original = open_original("a.txt", data=b"word " * n_before + b"\n" + b"The harbour was closed.\n" * 300)
        places = [Place(member="text", first=first, last=first + 23) for first in range(5 * n_before + 1, len(original.data), 24)]
        answer = inline("The harbour was open.")
        original.compose(places[0], answer)  # what is done once
        begin = time.process_time()
        for place in places:
            original.compose(place, answer)
        return time.process_time() - begin

    assert min(cost(4_000_000) for _ in range(2)) < 5 * min(cost(100) for _ in range(3)) + 0.05
