"""What is written: schema, cleaned text with its map back, stand-off, JSON lines, codes, HTML, the command line."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import batch_wet as make
import bilingual
from bilingual.batch import Config, run_batch
from bilingual.batch.console import summary_lines
from bilingual.batch.run import RunReport
from bilingual.cli import cli
from bilingual.errors import SettingsError
from bilingual.formats.record import ReadOptions
from bilingual.labels.columns import LABELS

SPAN = ["start", "end", "lang", "script", "label", "score", "layer", "rule", "lang_score"]


@pytest.fixture
def source(tmp_path, texts, write_jsonl):
    return str(write_jsonl(tmp_path / "pages.jsonl", texts[:12]))


def test_the_schema_is_explicit_and_says_its_unit(source, tmp_path):
    run_batch([source], tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "data" / "part-00000.parquet")
    schema = file.schema_arrow
    assert schema.names == [
        "id", "url", "date", "source", "offset", "kind", "chars", "text", "spans", "blocks", "counts",
    ]  # fmt: skip
    spans = schema.field("spans").type.value_type
    assert [field.name for field in spans] == SPAN
    kinds = ["int32", "int32", "string", "string", "string", "float", "string", "string", "float"]
    assert [str(field.type) for field in spans] == kinds
    metadata = {key.decode(): value.decode() for key, value in file.metadata.metadata.items()}
    assert metadata["bilingual.offset_unit"] == "code point"
    assert metadata["bilingual.schema_version"] == "2"
    assert file.metadata.row_group(0).column(7).compression == "ZSTD"


def test_an_empty_shard_has_the_same_schema(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n")
    (tmp_path / "b.jsonl").write_text('{"text": "abc"}\n')
    run_batch([str(tmp_path / "a.jsonl")], tmp_path / "one")
    run_batch([str(tmp_path / "b.jsonl")], tmp_path / "two")
    one, two = (pq.read_schema(tmp_path / name / "data" / "part-00000.parquet") for name in ("one", "two"))
    assert one == two


CHOICES = [
    {"keep": ("body",)},
    {"keep": ("navigation", "promo")},
    {"lang": ("ar",)},
    {"lang": ("en",), "keep": ("body",)},
    {"min_score": 0.8},
    {"min_score": 0.9},
    {"normalize": "search"},
    {"normalize": "corpus", "lang": ("ar",)},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_cleaned_text_has_what_was_asked_for_and_a_map_back(source, tmp_path, rows, texts, choice):
    report = run_batch([source], tmp_path / "out", Config(**choice))
    found = {row["id"]: row for row in rows(tmp_path / "out")}
    assert report.records_out + report.filtered.get("nothing kept", 0) == 12
    assert report.is_complete
    profile = choice.get("normalize")
    for i, text in enumerate(texts[:12]):
        document = bilingual.segment(text)
        wanted = document.select(
            label=choice.get("keep"), lang=choice.get("lang"), min_score=choice.get("min_score", 0.0)
        )
        row = found.get(f"doc-{i}")
        assert (row is not None) == bool(wanted)
        if row is None:
            continue
        assert len(row["spans"]) == len(wanted)
        for span, given in zip(row["spans"], wanted, strict=True):
            piece = row["text"][span["start"] : span["end"]]
            if profile is None:
                assert piece == given.text
            elif given.lang == "ar" and profile != "corpus":
                assert piece == bilingual.normalize(given.text, profile)
            elif given.lang == "en":
                assert piece == given.text
            assert back(row["origin"], span["start"]) == given.start
            facts = (given.lang, given.label, given.score, given.lang_score)
            assert (span["lang"], span["label"], span["score"], span["lang_score"]) == facts
        starts = [block["start"] for block in row["blocks"]]
        assert starts == sorted(starts)
        assert row["chars"] == len(text)
        if profile is None:
            for at, letter in enumerate(row["text"]):
                assert letter == "\n" or letter == text[back(row["origin"], at)]
        if profile and not choice.get("lang"):
            assert row["text"] == document.normalized(profile)


@pytest.mark.parametrize("choice", [{"lang": ("ar",)}, {"lang": ("en", "fr"), "keep": ("body",)}], ids=str)
def test_blocks_stay_by_the_language_of_most_of_their_text(source, tmp_path, rows, texts, choice):
    run_batch([source], tmp_path / "out", Config(lang_of="block", **choice))
    found = {row["id"]: row for row in rows(tmp_path / "out")}
    for i, text in enumerate(texts[:12]):
        wanted = []
        for block in bilingual.segment(text).blocks:
            size: dict[str, int] = {}
            for span in block.spans:
                size[span.lang] = size.get(span.lang, 0) + span.end - span.start
            if max(size, key=lambda lang: size[lang]) in choice["lang"] and block.label in choice.get("keep", LABELS):
                wanted += block.spans
        row = found.get(f"doc-{i}", {"spans": [], "text": ""})
        pieces = [row["text"][span["start"] : span["end"]] for span in row["spans"]]
        assert pieces == [span.text for span in wanted]


def test_a_foreign_name_stays_in_a_sentence_whose_language_is_wanted(tmp_path, rows, write_jsonl):
    sentence = "أعلنت الشركة أمس عن هاتف iPhone جديد في الرياض بحضور عدد كبير من الصحفيين."
    source = str(write_jsonl(tmp_path / "in.jsonl", [f"{sentence}\nThe council met again on Monday, officials said."]))
    cut = run_batch([source], tmp_path / "cut", Config(lang=("ar",)))
    whole = run_batch([source], tmp_path / "whole", Config(lang=("ar",), lang_of="block"))
    assert cut.is_complete
    assert whole.is_complete
    assert [row["text"] for row in rows(tmp_path / "cut")] == [sentence.replace(" iPhone ", "\n")]
    assert [row["text"] for row in rows(tmp_path / "whole")] == [sentence]
    assert "of each document only what has main language ar." in (tmp_path / "whole" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("lang", [(), ("en", "und")], ids=str)
def test_a_span_that_normalization_empties_goes(tmp_path, rows, write_jsonl, lang):
    marks = "\u064e\u064f\u0650"
    given = [f"The port reopened on Tuesday.\n{marks}\nThe council met again.", marks]
    assert [span.text for span in bilingual.segment(given[0]).spans][1] == marks
    source = write_jsonl(tmp_path / "in.jsonl", given)
    report = run_batch([str(source)], tmp_path / "out", Config(normalize="camel", lang=lang))
    assert report.is_complete
    row, *empty = rows(tmp_path / "out")
    texts = [row["text"][span["start"] : span["end"]] for span in row["spans"]]
    assert texts == ["The port reopened on Tuesday.", "The council met again."]
    assert [(block["start"], block["end"]) for block in row["blocks"]] == [(0, 29), (31, 53)]
    assert sum(count["spans"] for count in row["counts"]) == 2
    assert [(row["text"], row["spans"]) for row in empty] == ([] if lang else [("", [])])
    assert report.filtered == ({"nothing kept": 1} if lang else {})


@pytest.mark.parametrize("text", [True, False])
def test_a_document_without_spans_goes_where_all_spans_stay(tmp_path, rows, write_jsonl, text):
    source = write_jsonl(tmp_path / "in.jsonl", ["", "The port reopened on Tuesday.", " \n"])
    report = run_batch([str(source)], tmp_path / "out", Config(lang="en", text=text))
    assert report.is_complete
    assert report.filtered == {"nothing kept": 2}
    assert [row["id"] for row in rows(tmp_path / "out")] == ["doc-1"]


def back(origin: list[dict[str, int]], at: int) -> int:
    segment = [item for item in origin if item["at"] <= at][-1]
    return segment["start"] + at - segment["at"]


def test_a_profile_of_a_file_normalizes_and_belongs_to_the_configuration(source, tmp_path, rows):
    from bilingual.arabic import load_profile

    path, out = tmp_path / "mine.toml", tmp_path / "out"
    path.write_text('extends = "search"\nwithout = ["teh-marbuta"]\n', encoding="utf-8")
    arguments = ["batch", source, "--out", str(out), "--workers", "0", "--normalize", str(path)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    mine = load_profile(path)
    texts = [json.loads(line)["text"] for line in Path(source).read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows(out)] == [bilingual.segment(text).normalized(mine) for text in texts]
    assert "`teh-marbuta`" not in (out / "README.md").read_text(encoding="utf-8").partition("(steps: ")[2]
    path.write_text('extends = "search"\n', encoding="utf-8")
    refused = CliRunner().invoke(cli, [*arguments, "--resume"])
    assert refused.exit_code == 2
    assert "(normalize)" in refused.output
    assert Config(normalize=load_profile(path)).digest() != Config(normalize="search").digest()
    assert Config(normalize=bilingual.arabic.get_profile("search")).digest() == Config(normalize="search").digest()


def test_stand_off_has_offsets_into_the_original_and_no_text(source, tmp_path, rows, texts):
    report = run_batch([source], tmp_path / "out", Config(text=False, keep=("body",)))
    found = rows(tmp_path / "out")
    assert 0 < len(found) == report.records_out
    for row in found:
        text = texts[int(row["id"].removeprefix("doc-"))]
        spans = bilingual.segment(text).select(label="body")
        assert "text" not in row
        assert [(span["start"], span["end"]) for span in row["spans"]] == [(s.start, s.end) for s in spans]


@pytest.mark.parametrize("compression", ["none", "gz", "zst"])
def test_json_lines_say_the_same_as_parquet(source, tmp_path, rows, compression):
    run_batch([source], tmp_path / "a", Config(keep=("body", "promo")))
    run_batch([source], tmp_path / "b", Config(keep=("body", "promo"), format="jsonl", compression=compression))
    (path,) = (tmp_path / "b" / "data").iterdir()
    data = path.read_bytes()
    if compression == "gz":
        data = gzip.decompress(data)
    elif compression == "zst":
        data = pytest.importorskip("backports.zstd").decompress(data)
    found = [json.loads(line) for line in data.splitlines()]
    expected = rows(tmp_path / "a")
    for row in expected:
        for item in [*row["spans"], *row["blocks"]]:
            item.update({name: round(item[name], 4) for name in {"score", "lang_score"} & {*item}})
    assert found == expected


def test_flores_codes(tmp_path, rows, write_jsonl):
    source = write_jsonl(tmp_path / "a.jsonl", ["The house is very big.\nالبيت كبير جدا في هذه المدينة.\n123"])
    report = run_batch([str(source)], tmp_path / "out", Config(codes="flores"))
    (row,) = rows(tmp_path / "out")
    assert {span["lang"] for span in row["spans"]} >= {"eng_Latn", "arb_Arab"}
    assert {count["lang"] for count in row["counts"]} == {span["lang"] for span in row["spans"]}
    assert all(re.fullmatch(r"[a-z]{3}(_\w{4})? \w+", key) for key in report.stats["cells"])


def test_wrong_settings_are_refused():
    for wrong in (
        {"format": "csv"}, {"keep": ("advert",)}, {"lang": ("xx-nope",)}, {"min_score": 2.0},
        {"normalize": "search", "text": False}, {"normalize": "nope"}, {"compression": "lzma"},
    ):  # fmt: skip
        with pytest.raises(SettingsError):
            Config(**wrong)


def test_one_name_or_a_list_of_names_is_the_same_configuration():
    tuples = Config(keep=("body",), lang=("ar",))
    for given in ({"keep": "body", "lang": "ar"}, {"keep": ["body"], "lang": ["ar-EG"]}):
        config = Config(**given)
        assert config == tuples
        assert config.digest() == tuples.digest()


def test_the_order_of_names_is_no_other_configuration():
    one = Config(keep=("promo", "body", "promo"), lang=iter(["en", "arb_Arab", "fa", "ar"]))
    other = Config(keep=["body", "promo"], lang="ar,fa,en".split(","))
    assert one == other
    assert one.digest() == other.digest()
    assert (one.keep, one.lang) == (("body", "promo"), ("ar", "en", "fa"))


HTML = (
    "<html><head><title>t</title></head><body><nav><a href=/>الرئيسية</a> <a href=/n>أخبار</a></nav>"
    "<article><h1>عنوان المقال</h1><p>{}</p></article></body></html>"
)


def test_html_files_and_responses_go_through_the_html_path(tmp_path, rows, texts):
    pages = [HTML.format(text.replace("\n", "<p>")) for text in texts[:4]]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(pages[0].encode())
    (folder / "b.html").write_bytes(pages[1].encode("cp1256", "ignore"))
    records = [make.response(i, page.encode()) for i, page in enumerate(pages)]
    (folder / "c.warc.gz").write_bytes(b"".join(map(make.member, records)))
    report = run_batch([str(folder)], tmp_path / "out")
    assert report.is_complete
    found = {row["id"]: row for row in rows(tmp_path / "out")}
    assert len(found) == 6
    for name, page in (("a.html", pages[0]), *((f"urn:uuid:{i}", page) for i, page in enumerate(pages))):
        document = bilingual.segment_html(page)
        assert found[name]["text"] == document.text
        assert [(s["start"], s["label"], s["lang"]) for s in found[name]["spans"]] == [
            (s.start, s.label, s.lang) for s in document.spans
        ]
    assert "عنوان المقال" in found["b.html"]["text"]


def test_bytes_that_are_not_utf_8_are_decoded(tmp_path, rows):
    text = "هذا نص عربي قديم محفوظ بترميز قديم، كان شائعا على أجهزة كثيرة في التسعينيات. " * 5
    (tmp_path / "old.txt").write_bytes(text.encode("cp1256"))
    report = run_batch([str(tmp_path / "old.txt")], tmp_path / "out")
    assert rows(tmp_path / "out")[0]["text"] == text
    assert report.stats["encodings"] == {"windows-1256": 1}
    report = run_batch([str(tmp_path / "old.txt")], tmp_path / "two", Config(read=ReadOptions(encoding="latin-1")))
    assert rows(tmp_path / "two")[0]["text"] == text.encode("cp1256").decode("latin-1")


ARABIC = "هذه قرية صغيرة على ضفة النهر، يعمل أهلها في الزراعة وصيد السمك. "


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
@pytest.mark.parametrize(
    ("real", "forced"), [("utf-8", "cp1256"), ("utf-8", "utf-16-le"), ("cp1256", "utf-8"), ("cp1256", "iso-8859-6")]
)
def test_a_wrong_encoding_is_told_and_quarantined_on_request(tmp_path, name, real, forced):
    (tmp_path / name).write_bytes(("text\n" * name.endswith("csv") + ARABIC * 3).encode(real))
    report = run_batch([str(tmp_path / name)], tmp_path / "out", Config(read=ReadOptions(encoding=forced)))
    if name.endswith("csv") and (real, forced) != ("utf-8", "cp1256"):  # whose lines are quarantined by themselves
        assert (report.records_out, report.quarantined) == (0, report.records_in)
        return
    assert (report.exit_code(), report.records_out) == (0, 1)
    assert sum(report.stats["misread"].values()) == 1
    (warning,) = report.warnings
    assert f"--encoding {forced} is not theirs" in warning
    assert any(warning in line for line in summary_lines(report))
    assert f"--encoding {forced} is not theirs" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    config = Config(read=ReadOptions(encoding=forced, max_misread=0.01))
    report = run_batch([str(tmp_path / name)], tmp_path / "two", config)
    assert (report.records_out, report.quarantined) == (0, 1)


def test_halves_of_surrogate_pairs_are_told_and_blamed_on_no_encoding(tmp_path, rows):
    (tmp_path / "a.jsonl").write_text('{"text": "nice \\ud83d"}\n{"text": "good"}\n', encoding="utf-8")
    report = run_batch([str(tmp_path / "a.jsonl")], tmp_path / "out")
    assert [row["text"] for row in rows(tmp_path / "out")] == ["nice \ufffd", "good"]
    (warning,) = report.warnings
    assert "1 of 2 documents hold halves of surrogate pairs" in warning


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
def test_a_right_encoding_and_a_broken_byte_are_no_misread_document(tmp_path, rows, name):
    text = ARABIC * 3
    (tmp_path / name).write_bytes(("text\n" * name.endswith("csv") + text).encode("cp1256"))
    config = Config(read=ReadOptions(encoding="cp1256", max_misread=0.01))
    report = run_batch([str(tmp_path / name)], tmp_path / "out", config)
    assert (report.records_out, report.warnings, report.stats["misread"]) == (1, [], {})
    assert report.stats["encodings"] == {"windows-1256": 1}
    assert rows(tmp_path / "out")[0]["text"].strip() == text.strip()
    if name != "a.csv":
        (tmp_path / name).write_bytes(text.encode() + b"\xff" + text.encode())
        report = run_batch([str(tmp_path / name)], tmp_path / "two", Config(read=ReadOptions(max_misread=0.01)))
        assert (report.records_out, report.warnings, report.stats["replaced"]) == (1, [], 1)
        assert any("replaced    1 by U+FFFD" in line for line in summary_lines(report))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_found_though_it_is_utf_8_too(tmp_path, rows, encoding):
    text = "هذا نص عربي قصير لا توجد فيه لاتينية\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (tmp_path / "b.txt").write_bytes("كتاب".encode(encoding) * 9)
    (tmp_path / "c.txt").write_text("One NUL \0 in a text is a NUL in a text.", encoding="utf-8")
    report = run_batch([str(tmp_path / f"{name}.txt") for name in "abc"], tmp_path / "out")
    assert [row["text"] for row in rows(tmp_path / "out")][:2] == [text, "كتاب" * 9]
    assert report.stats["encodings"] == {encoding: 2, "utf-8": 1}


def test_a_forced_encoding_reads_pages_too(tmp_path, rows):
    (tmp_path / "page.html").write_bytes("<p>Привет, мир</p>".encode("utf-16-le"))
    config = Config(read=ReadOptions(encoding="utf-16-le"))
    run_batch([str(tmp_path / "page.html")], tmp_path / "out", config)
    assert [row["text"] for row in rows(tmp_path / "out")] == ["Привет, мир"]


def test_parquet_as_input_is_split_by_row_groups(tmp_path, rows, source, texts):
    run_batch([source], tmp_path / "first")
    table = pq.read_table(tmp_path / "first" / "data")
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=2)
    report = run_batch([str(tmp_path / "in.parquet")], tmp_path / "second", shard_bytes=20_000, workers=2)
    assert report.shards > 1
    assert report.is_complete
    assert [row["text"] for row in rows(tmp_path / "second")] == texts[:12]
    assert [row["spans"] for row in rows(tmp_path / "second")] == [row["spans"] for row in rows(tmp_path / "first")]


def test_damaged_inputs_do_not_cost_the_others(corpus, tmp_path, texts, rows):
    (corpus / "broken.parquet").write_bytes(b"PAR1 no")
    packed = (corpus / "pages.jsonl.gz").read_bytes()
    (corpus / "pages.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    report = run_batch([str(corpus)], tmp_path / "out", workers=2, shard_bytes=100_000)
    assert report.is_complete
    assert report.exit_code() == 1
    assert report.records_in == report.records_out + sum(report.filtered.values()) + report.quarantined
    found = [row["text"] for row in rows(tmp_path / "out") if row["source"].startswith("pages.warc")]
    assert found == texts * 2
    assert any("Parquet" in reason for reason in report.reasons)


def test_an_input_that_cannot_be_opened_does_not_cost_the_others(corpus, tmp_path):
    (corpus / "gone.txt").symlink_to(tmp_path / "nothing")
    report = run_batch([str(corpus)], tmp_path / "out")
    assert report.is_complete
    assert report.reasons == {"open: No such file or directory": 1}
    assert report.records_out == 250
    assert run_batch([str(corpus)], tmp_path / "out", resume=True).is_complete


def test_an_archive_inside_an_archive_is_one_record(tmp_path, rows, texts):
    """A part that begins in the middle may take content for a record; the seams are checked and mended."""
    inner = b"".join(make.wet(texts[:12]))
    records = [make.record("a", b"first"), make.record("outer", inner), make.record("z", b"last")]
    path = tmp_path / "nested.warc"
    path.write_bytes(b"".join(records))
    report = run_batch([str(path)], tmp_path / "out", shard_bytes=8_000)
    assert report.shards > 2
    assert report.is_complete
    assert [row["id"] for row in rows(tmp_path / "out")] == ["urn:uuid:a", "urn:uuid:outer", "urn:uuid:z"]
    again = run_batch([str(path)], tmp_path / "two", shard_bytes=8_000)
    assert again.is_complete
    assert rows(tmp_path / "two") == rows(tmp_path / "out")


# --- reports ----------------------------------------------------------------------------------------


def test_reports_agree_and_hold_no_text(corpus, tmp_path, texts):
    (corpus / "broken.jsonl").write_text('{"text": 5}\n' + json.dumps({"text": texts[0]}) + "\n")
    out = tmp_path / "out"
    report = run_batch([str(corpus)], out)
    plain = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert plain["records_out"] == report.records_out
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert not re.search(r"<script|src=|href=|url\(", page)
    assert "broken.jsonl" in page
    assert "1 records in quarantine" in page
    for text in texts:
        for line in text.split("\n"):
            assert len(line) < 30 or line not in page
    from html.parser import HTMLParser

    HTMLParser().feed(page)
    card = (out / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlanguage:\n- ar\n- en\n")
    assert "data_files: data/*.parquet" in card
    assert f"- written: {report.records_out:,}" in card


def test_counts_in_the_report_are_those_of_the_rows(source, tmp_path, rows):
    report = run_batch([source], tmp_path / "out", shard_bytes=9_000)
    cells: dict[str, list[int]] = {}
    found = rows(tmp_path / "out")
    for row in found:
        for count in row["counts"]:
            cell = cells.setdefault(f"{count['lang']} {count['label']}", [0, 0, 0])
            cell[0] += 1
            cell[1] += count["spans"]
            cell[2] += count["chars"]
    assert report.stats["cells"] == cells
    assert sum(map(sum, report.stats["scores"].values())) == sum(len(row["blocks"]) for row in found)
    assert sum(report.stats["rules"].values()) == sum(len(row["blocks"]) for row in found)
    assert sum(report.stats["kinds"].values()) == len(found)


# --- command line -----------------------------------------------------------------------------------


def call(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[Any]:
    command = [sys.executable, "-c", "from bilingual.cli import main; main()", "batch", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_the_command_talks_on_stderr_alone(source, tmp_path, rows):
    done = call(source, "--out", tmp_path / "out", "--keep", "body", "--lang", "ar,en", "--workers", "1")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    talk = done.stderr.decode()
    assert talk.startswith("12 records from 1 files")
    assert len(talk.splitlines()) <= 6
    assert rows(tmp_path / "out")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_standard_input(tmp_path, rows, texts, pack):
    data = pack("".join(json.dumps({"text": text}) + "\n" for text in texts[:3]).encode())
    done = call("-", "--out", tmp_path / "out", "--input-format", "jsonl", "--workers", "0", stdin=data)
    assert done.returncode == 0, done.stderr.decode()
    assert [row["text"] for row in rows(tmp_path / "out")] == texts[:3]


def test_standard_input_that_begins_with_the_letters_of_bzip2(tmp_path, rows):
    done = call("-", "--out", tmp_path / "out", "--input-format", "text", "--workers", "0", stdin=b"BZh91 is a word")
    assert done.returncode == 0, done.stderr.decode()
    assert [row["text"] for row in rows(tmp_path / "out")] == ["BZh91 is a word"]


def test_standard_input_that_was_cut_by_a_kill_is_asked_for_again(tmp_path, rows):
    out = tmp_path / "out"
    arguments = ["-", "--out", str(out), "--input-format", "text", "--workers", "0"]
    command = [sys.executable, "-c", "from bilingual.cli import main; main()", "batch", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert process.stdin
    process.stdin.write(b"The port reopened on Tuesday.\n" * 9000)
    process.stdin.flush()
    while not list(out.glob("stdin/*")):
        time.sleep(0.05)
    process.kill()
    process.communicate()
    done = call(*arguments, "--resume")
    assert done.returncode == 2
    assert "give it again" in done.stderr.decode()
    assert call(*arguments, "--resume", stdin=b"THE END").returncode == 0
    assert call(*arguments, "--resume").returncode == 0
    assert [row["text"] for row in rows(out)] == ["THE END"]


def test_a_whole_copy_of_standard_input_serves_a_resumed_run(tmp_path, rows):
    out = tmp_path / "out"
    arguments = ["-", source := str(tmp_path / "in"), "--out", str(out), "--input-format", "text", "--workers", "0"]
    assert call(*arguments, stdin=b"THE END").returncode == 2  # the other input is missing
    Path(source).write_text("The beginning", encoding="utf-8")
    assert call(*arguments, "--resume").returncode == 0
    assert [row["text"] for row in rows(out)] == ["The beginning", "THE END"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing-here.jsonl"], "no such file"),
        (["-"], "--input-format"),
        (["{source}", "--keep", "advert"], "advert"),
        (["{source}", "--format", "csv"], "csv"),
        (["{source}", "--input-format", "pdf"], "pdf"),
        (["-", "--input-format", "pdf"], "pdf"),
        (["{source}", "--languages", "xx"], "no language 'xx'"),
        (["{source}", "--lang-of", "block"], "no --lang was given"),
        (["{source}", "--encoding", "nonsense"], "unknown encoding 'nonsense'"),
        (["{source}", "--max-record-mb", "inf"], "not a finite number"),
        (["{source}", "--shard-mb", "1e308"], "not a finite number"),
        (["{source}", "--shard-mb", "nan"], "not a finite number"),
        (["{source}", "--max-bad", "nan"], "not a finite number"),
    ],
)
def test_wrong_usage_exits_2_and_begins_no_run(source, tmp_path, arguments, message):
    done = call(*(one.format(source=source) for one in arguments), "--out", tmp_path / "out", "--workers", "0")
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert not (tmp_path / "out" / "plan.json").exists()


def test_options_that_are_given_again_add_to_each_other(source, tmp_path):
    arguments = ["--keep", "body", "--keep", "promo", "--lang", "ar", "--lang", "en", "--languages", "en,ar"]
    run = [*arguments, "--languages", "fr", "--workers", "0"]
    done = CliRunner().invoke(cli, ["batch", source, "--out", str(tmp_path / "out"), *run])
    assert done.exit_code == 0, done.output
    config = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))["config"]
    assert (config["keep"], config["lang"]) == (["body", "promo"], ["ar", "en"])
    assert config["settings"] == [["languages", ["en", "ar", "fr"]]]


def test_a_second_run_without_resume_is_wrong_usage(source, tmp_path):
    assert call(source, "--out", tmp_path / "out", "--workers", "0").returncode == 0
    done = call(source, "--out", tmp_path / "out", "--workers", "0")
    assert done.returncode == 2
    assert "--resume" in done.stderr.decode()
    assert call(source, "--out", tmp_path / "out", "--workers", "0", "--resume").returncode == 0


def test_an_output_below_a_file_is_one_clear_error(source, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    done = call(source, "--out", tmp_path / "file" / "out", "--workers", "0")
    assert done.returncode == 2
    assert re.search(r"\nError: \S+: a file; the output needs a folder\n$", done.stderr.decode())


def test_a_share_of_bad_records_is_compared_as_it_is_given():
    assert RunReport(out="", is_complete=True, records_in=100, quarantined=29).exit_code(0.29) == 0
    assert RunReport(out="", is_complete=True, records_in=100, quarantined=30).exit_code(0.29) == 1


def test_exit_code_1_with_a_bad_record(tmp_path, source):
    Path(source).write_bytes(Path(source).read_bytes() + b"{\n")
    done = call(source, "--out", tmp_path / "out", "--workers", "0")
    assert done.returncode == 1
    assert "quarantined 1" in done.stderr.decode()
    assert re.search(r"exit code 1: 1 of \d+ records are in quarantine, more than --max-bad 0 allows", done.stderr.decode())
    done = call(source, "--out", tmp_path / "two", "--workers", "0", "--max-bad", "0.5")
    assert (done.returncode, b"exit code" in done.stderr) == (0, False)


@pytest.mark.slow
def test_a_hundred_thousand_tiny_files(tmp_path, rows):
    folder = tmp_path / "tiny"
    for i in range(100):
        (folder / f"{i:03d}").mkdir(parents=True)
        for j in range(1000):
            (folder / f"{i:03d}" / f"{j:03d}.txt").write_text(f"Text {i} {j} نص", encoding="utf-8")
    report = run_batch([str(folder)], tmp_path / "out", workers=2, shard_bytes=1 << 20)
    assert report.is_complete
    assert report.records_out == 100_000
    assert len({row["id"] for row in rows(tmp_path / "out")}) == 100_000
