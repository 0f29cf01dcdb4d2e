"""A whole run: the same answers as the Python API, in a fixed order, whatever the number of workers."""

from __future__ import annotations

import bz2
import csv
import inspect
import json
import lzma
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

import batch_wet as make
import bilingual
from bilingual.batch import Config, make_plan, run_batch
from bilingual.batch.inputs import find_inputs
from bilingual.batch.plan import RefusedError
from bilingual.batch.shard import process_shard
from bilingual.batch.task import Shard
from bilingual.errors import InputError, MissingExtraError
from bilingual.formats.record import Part, ReadOptions


def test_every_record_of_every_format_comes_out_once(corpus, tmp_path, rows, texts):
    report = run_batch([str(corpus)], tmp_path / "out")
    assert report.is_complete
    assert report.exit_code() == 0
    assert (report.records_in, report.records_out) == (252, 250)  # 2 warcinfo records are no documents
    assert report.filtered == {"WARC warcinfo record": 2}
    found = rows(tmp_path / "out")
    by_source: dict[str, list[str]] = {}
    for row in found:
        by_source.setdefault(row["source"].partition("/")[0], []).append(row["text"])
    for name in ("pages.jsonl", "pages.jsonl.gz", "pages.warc.wet", "pages.warc.wet.gz"):
        assert by_source[name] == texts
    assert by_source["sub"] == texts[:10]


def test_answers_are_those_of_the_api(tmp_path, rows, texts, write_jsonl):
    run_batch([str(write_jsonl(tmp_path / "a.jsonl", texts[:20]))], tmp_path / "out")
    for row, text in zip(rows(tmp_path / "out"), texts[:20], strict=True):
        document = bilingual.segment(text)
        assert row["kind"] == document.kind
        assert row["chars"] == len(text)
        assert [tuple(span.values()) for span in row["spans"]] == [
            (s.start, s.end, s.lang, s.script, s.label, s.score, s.layer, s.rule, s.lang_score) for s in document.spans
        ]
        assert [tuple(block.values()) for block in row["blocks"]] == [
            (b.start, b.end, b.label, b.score, b.layer, b.rule) for b in document.blocks
        ]
        counts = {(c["lang"], c["label"]): (c["spans"], c["chars"]) for c in row["counts"]}
        assert sum(spans for spans, _ in counts.values()) == len(document.spans)
        for (lang, label), (n, chars) in counts.items():
            chosen = [s for s in document.spans if (s.lang, s.label) == (lang, label)]
            assert (n, chars) == (len(chosen), sum(s.end - s.start for s in chosen))


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst"])
def test_a_compressed_stream_of_lines_is_shared_out(tmp_path, rows, texts, write_jsonl, bytes_of, suffix):
    import gzip

    from bilingual.formats.compression import zstd_module

    pack = gzip.compress if suffix.endswith("gz") else zstd_module().compress
    data = write_jsonl(tmp_path / "pages.jsonl", texts).read_bytes()
    path = tmp_path / f"pages.{suffix}"
    path.write_bytes(b"".join(pack(data[i : i + 5000]) for i in range(0, len(data), 5000)))
    for workers in (0, 2):
        report = run_batch([str(path)], tmp_path / f"out{workers}", workers=workers, shard_bytes=20_000)
        assert report.is_complete
        assert report.shards == 8
    assert [row["text"] for row in rows(tmp_path / "out0")] == texts
    assert bytes_of(tmp_path / "out0") == bytes_of(tmp_path / "out2")
    import pyarrow.parquet as pq

    sizes = [pq.read_metadata(part).num_rows for part in sorted((tmp_path / "out0" / "data").iterdir())]
    assert min(sizes) > 0
    assert max(sizes) < len(texts) / 3


@pytest.mark.parametrize("shard_bytes", [20_000, 70_001])
def test_bytes_do_not_depend_on_the_number_of_workers(corpus, tmp_path, bytes_of, shard_bytes):
    outputs = []
    for workers in (0, 1, 3):
        out = tmp_path / f"out{workers}"
        assert run_batch([str(corpus)], out, workers=workers, shard_bytes=shard_bytes).is_complete
        outputs.append(bytes_of(out))
    assert len(outputs[0]) > 5
    assert outputs[0] == outputs[1] == outputs[2]


@pytest.mark.parametrize("shard_bytes", [pytest.param(1_000, marks=pytest.mark.slow), 7_777, 50_000])
def test_cutting_files_loses_and_doubles_nothing(corpus, tmp_path, rows, shard_bytes):
    run_batch([str(corpus)], tmp_path / "whole")
    report = run_batch([str(corpus)], tmp_path / "cut", shard_bytes=shard_bytes)
    assert report.is_complete
    assert rows(tmp_path / "cut") == rows(tmp_path / "whole")


def test_a_second_run_into_the_folder_is_refused(corpus, tmp_path):
    run_batch([str(corpus)], tmp_path / "out")
    with pytest.raises(RefusedError, match="--resume"):
        run_batch([str(corpus)], tmp_path / "out")


def test_resuming_a_finished_run_changes_nothing(corpus, tmp_path, bytes_of):
    first = run_batch([str(corpus)], tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    again = run_batch([str(corpus)], tmp_path / "out", resume=True)
    assert again.is_complete
    assert again.records_out == first.records_out
    assert bytes_of(tmp_path / "out") == before


def test_resume_refuses_another_configuration(corpus, tmp_path):
    run_batch([str(corpus)], tmp_path / "out")
    with pytest.raises(RefusedError, match="keep"):
        run_batch([str(corpus)], tmp_path / "out", Config(keep=("body",)), resume=True)


@pytest.mark.parametrize("change", ["append", "remove", "touch"])
def test_resume_refuses_a_changed_input(corpus, tmp_path, change):
    run_batch([str(corpus)], tmp_path / "out")
    path = corpus / "pages.jsonl"
    if change == "append":
        path.write_bytes(path.read_bytes() + b"{}\n")
    elif change == "remove":
        path.unlink()
    else:
        import os

        os.utime(path, ns=(1, 1))
    with pytest.raises(RefusedError, match=r"pages\.jsonl"):
        run_batch([str(corpus)], tmp_path / "out", resume=True)


def test_resume_refuses_other_inputs(corpus, tmp_path, write_jsonl):
    out = tmp_path / "out"
    run_batch([str(corpus)], out)
    with pytest.raises(RefusedError, match="is gone"):
        run_batch([str(corpus / "pages.jsonl")], out, resume=True)
    with pytest.raises(InputError, match="no such file"):
        run_batch([str(corpus), str(tmp_path / "nothere.txt")], out, resume=True)
    with pytest.raises(RefusedError, match="changed since"):
        run_batch([str(corpus)], out, resume=True, input_format="text")
    with pytest.raises(RefusedError, match="standard input"):
        run_batch(["-"], out, resume=True)
    write_jsonl(corpus / "sub" / "new.jsonl", ["one"])
    with pytest.raises(RefusedError, match=r"new\.jsonl: the run was begun without this input"):
        run_batch([str(corpus)], out, resume=True)


def test_an_output_folder_among_the_inputs_can_be_resumed(tmp_path, write_jsonl, bytes_of):
    write_jsonl(tmp_path / "a.jsonl", ["one", "two"])
    run_batch([str(tmp_path)], tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    assert run_batch([str(tmp_path)], tmp_path / "out", resume=True).is_complete
    assert bytes_of(tmp_path / "out") == before


def test_what_runs_wrote_is_no_input(tmp_path, write_jsonl, rows, capsys):
    from bilingual.batch.console import Console

    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    write_jsonl(folder / "a.jsonl", ["The port reopened on Tuesday."])
    run_batch([str(folder)], folder / "out")
    run_batch([str(folder / "a.jsonl")], folder / "deep" / "out", Config(format="jsonl"))
    (folder / "deep" / "out" / "mine.txt").write_text("A text of mine.", encoding="utf-8")
    (folder / "plan.json").write_text("{}", encoding="utf-8")
    for i, given in enumerate((folder, f"{folder}/*", f"{folder}/**")):
        report = run_batch([str(given)], tmp_path / f"out{i}")
        assert [row["source"] for row in rows(tmp_path / f"out{i}")] == ["a.jsonl", "deep/out/mine.txt"]
        assert report.runs_left_out == [str(folder / "deep" / "out"), str(folder / "out")]
        Console().summary(report)
        assert f"left out    what a run wrote in {folder}/out" in capsys.readouterr().err
    with pytest.raises(InputError, match=r"those of a run; to read what it wrote, name .*/in/out/data"):
        run_batch([str(folder / "out")], tmp_path / "none")
    assert run_batch([str(folder / "out" / "data")], tmp_path / "named").records_out == 1
    assert run_batch([f"{folder}/*/data/*.parquet"], tmp_path / "pattern").records_out == 1


def test_a_folder_that_is_input_and_output_can_be_resumed(tmp_path, write_jsonl, bytes_of):
    write_jsonl(tmp_path / "a.jsonl", ["one", "two"])
    run_batch([str(tmp_path)], tmp_path)
    before = bytes_of(tmp_path)
    assert run_batch([str(tmp_path)], tmp_path, resume=True).is_complete
    assert bytes_of(tmp_path) == before
    write_jsonl(tmp_path / "b.jsonl", ["three"])
    with pytest.raises(RefusedError, match=r"b\.jsonl: the run was begun without this input"):
        run_batch([str(tmp_path)], tmp_path, resume=True)


def test_a_missing_or_damaged_output_is_made_again(corpus, tmp_path, bytes_of):
    out = tmp_path / "out"
    run_batch([str(corpus)], out, shard_bytes=100_000)
    before = bytes_of(out)
    first, second, *_ = sorted((out / "data").iterdir())
    first.unlink()
    data = bytearray(second.read_bytes())
    data[100] ^= 1
    second.write_bytes(data)
    assert run_batch([str(corpus)], out, resume=True, shard_bytes=100_000).is_complete
    assert bytes_of(out) == before


def test_two_runs_at_once_are_refused(corpus, tmp_path):
    from bilingual.batch.run import _held

    with _held(tmp_path / "out"), pytest.raises(RefusedError, match="another run"):
        run_batch([str(corpus)], tmp_path / "out")


def test_an_input_may_be_a_path_and_stand_alone(tmp_path, write_jsonl, bytes_of):
    (tmp_path / "in").mkdir()
    source = write_jsonl(tmp_path / "in" / "a.jsonl", ["The house is very big.", "البيت كبير."])
    for number, inputs in enumerate(([str(source)], str(source), source, [source], iter([source]))):
        run_batch(inputs, tmp_path / str(number))
        assert bytes_of(tmp_path / str(number)) == bytes_of(tmp_path / "0")
    run_batch(tmp_path / "in", tmp_path / "0", resume=True)
    with pytest.raises(TypeError):
        run_batch([None], tmp_path / "out")


def test_inputs_that_match_nothing_are_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        run_batch([str(tmp_path / "*.jsonl")], tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no input"):
        run_batch([str(tmp_path / "empty")], tmp_path / "out")
    (tmp_path / "empty" / "notes.md").write_text("# Notes", encoding="utf-8")
    with pytest.raises(InputError, match=r"no input file was found: the suffix of no file.*--input-format"):
        run_batch([str(tmp_path / "empty" / "*.md")], tmp_path / "out")


def test_a_file_of_no_known_suffix_is_refused_by_name(tmp_path):
    (tmp_path / "pages.dat").write_text("a,b", encoding="utf-8")
    with pytest.raises(InputError, match=r"pages\.dat: .* text, html, jsonl, csv, tsv, parquet, warc, and --input-format"):
        run_batch([str(tmp_path / "pages.dat")], tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.arc.gz", r"an ARC file.*warcio recompress"),
        ("a.cdxj", r"an index of archives; give the WARC files"),
        ("a.json", r"JSON; --input-format jsonl"),
        ("a.tar.xz", r"an archive; unpack it first"),
    ],
)
def test_a_file_of_a_kind_that_is_not_read_is_refused_with_the_way_out(tmp_path, name, message):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError, match=f"{name}: {message}"):
        run_batch([str(tmp_path / name)], tmp_path / "out")


def test_tables_and_files_packed_by_bzip2_or_xz(tmp_path, rows, texts, write_jsonl):
    folder = tmp_path / "in"
    folder.mkdir()
    data = write_jsonl(folder / "a.jsonl", texts).read_bytes()
    (folder / "b.jsonl.bz2").write_bytes(bz2.compress(data))
    (folder / "c.jsonl.xz").write_bytes(lzma.compress(data))
    (folder / "d.warc.wet.xz").write_bytes(b"".join(map(lzma.compress, make.wet(texts))))
    with (folder / "e.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "text"), *enumerate(texts)])
    (folder / "f.csv.bz2").write_bytes(bz2.compress((folder / "e.csv").read_bytes()))
    parts = [part for shard in make_plan([str(folder)], Config(), shard_bytes=20_000).shards for part in shard.parts]
    cut = {part.name for part in parts if part.start}
    assert cut == {"a.jsonl"}
    report = run_batch([str(folder)], tmp_path / "out", shard_bytes=20_000, workers=2)
    assert report.is_complete
    assert report.quarantined == 0
    by_source: dict[str, list[str]] = {}
    for row in rows(tmp_path / "out"):
        by_source.setdefault(row["source"], []).append(row["text"])
    assert sorted(by_source) == sorted(path.name for path in folder.iterdir())
    assert all(found == texts for found in by_source.values())


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_where_the_output_should_be_is_refused(tmp_path, corpus, below):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"notes\.txt.*: a file; the output needs a folder"):
        run_batch([str(corpus)], tmp_path / "notes.txt" / below)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def names_of(out: Path, rows) -> list[str]:
    return [row["source"] for row in rows(out)]


def test_folders_behind_links_are_read_and_a_loop_of_links_ends(tmp_path, rows):
    for name in ("in/a", "real/deep"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "x.txt").write_text(f"Text of {name}", encoding="utf-8")
    (tmp_path / "in" / "link").symlink_to("../real")
    (tmp_path / "in" / "a" / "up").symlink_to("..")
    (tmp_path / "real" / "across").symlink_to("deep")
    (tmp_path / "in" / "self").symlink_to("self")
    report = run_batch([str(tmp_path / "in")], tmp_path / "out")
    assert report.is_complete
    assert names_of(tmp_path / "out", rows) == ["a/x.txt", "link/across/x.txt", "link/deep/x.txt"]
    assert report.ignored_files == 1


def test_folders_that_lie_deeper_than_calls_may(tmp_path):
    deep = tmp_path / "in" / "/".join(["a"] * 300)
    deep.mkdir(parents=True)
    (deep / "x.txt").write_text("A text.", encoding="utf-8")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        (found,), *_ = find_inputs([tmp_path / "in"])
    finally:
        sys.setrecursionlimit(before)
    assert found.name == "a/" * 300 + "x.txt"


@pytest.mark.parametrize("pattern", ["*", "**"])
def test_folders_that_a_pattern_matches_are_read(tmp_path, rows, pattern):
    (tmp_path / "in" / "sub" / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.dat", "sub/c.txt", "sub/deep/d.txt", "sub/e.dat"):
        (tmp_path / "in" / name).write_text(f"Text of {name}", encoding="utf-8")
    report = run_batch([str(tmp_path / "in" / pattern)], tmp_path / "out")
    assert names_of(tmp_path / "out", rows) == ["a.txt", "sub/c.txt", "sub/deep/d.txt"]
    assert report.ignored_files == 2


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("**/*.txt", ["a.txt", "sub/c.txt"]),
        ("**/s*/*.txt", ["sub/c.txt"]),
        ("**/sub", ["sub/.h.txt", "sub/c.txt"]),
        ("s*/**/c.txt", ["sub/c.txt"]),
    ],
)
def test_patterns_that_go_deep_read_a_file_once_where_links_go_round(tmp_path, rows, pattern, found):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / ".git").mkdir()
    for name in ("a.txt", "sub/c.txt", "sub/.h.txt", ".git/x.txt"):
        (tmp_path / "in" / name).write_text(f"Text of {name}", encoding="utf-8")
    for name in ("sub/up", "me", "again"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "in")
    run_batch([f"{tmp_path}/in/{pattern}"], tmp_path / "out")
    assert names_of(tmp_path / "out", rows) == found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_does_not_block(tmp_path):
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    os.mkfifo(tmp_path / "in" / "pipe.parquet")
    (tmp_path / "in" / "a.txt").write_text("A text.", encoding="utf-8")
    report = run_batch([str(tmp_path / "in")], tmp_path / "out")
    assert report.reasons == {"open: no file but a pipe, device or folder": 2}
    assert (report.records_out, report.is_complete) == (1, True)
    with pytest.raises(InputError, match="no file but a pipe or device"):
        run_batch([str(tmp_path / "in" / "pipe.txt")], tmp_path / "out2")


def test_a_plan_or_ledger_from_elsewhere_reads_no_other_file(tmp_path, texts, write_jsonl):
    path, out = str(write_jsonl(tmp_path / "a.jsonl", texts[:3])), tmp_path / "out"
    (tmp_path / "secret.jsonl").write_text('{"source": "secret"}\n', encoding="utf-8")
    run_batch([path], out)
    plan, ledger = ((out / name).read_text(encoding="utf-8") for name in ("plan.json", "ledger.jsonl"))
    entry = json.loads(ledger)
    for change in ({"quarantine": "../secret.jsonl"}, {"file": "../a.jsonl"}, {"shard": 7}, {"shard": "0"}):
        (out / "ledger.jsonl").write_text(json.dumps({**entry, **change}) + "\n", encoding="utf-8")
        assert run_batch([path], out, resume=True).records_out == 3
        assert "secret" not in (out / "report.html").read_text(encoding="utf-8")
    at = plan.index('"shards"')
    (out / "plan.json").write_text(plan[:at] + plan[at:].replace("a.jsonl", "secret.jsonl"), encoding="utf-8")
    with pytest.raises(RefusedError, match=r"plan\.json is damaged"):
        run_batch([path], out, resume=True)


def test_the_lock_takes_nothing_from_a_file_that_it_links_to(tmp_path, texts, write_jsonl):
    path = write_jsonl(tmp_path / "a.jsonl", texts[:3])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".lock").symlink_to(path)
    assert run_batch([str(path)], tmp_path / "out").records_out == 3


def test_bad_records_are_not_gathered_in_memory(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "a.jsonl").write_bytes(b"x\n" * 100_000)
    shard = Shard(number=0, parts=(Part(str(tmp_path / "a.jsonl"), "a.jsonl", "jsonl"),))
    tracemalloc.start()
    report = process_shard(shard, tmp_path, Config())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (report.quarantined, report.quarantine) == (100_000, "quarantine/part-00000.jsonl")
    assert len((tmp_path / report.quarantine).read_bytes().splitlines()) == 100_000
    assert peak < 16_000_000
    assert not list(tmp_path.rglob("*.inprogress"))


@pytest.mark.parametrize("line", ["a\n", "كتاب\n", "The port was opened again on Tuesday.\n"])
def test_runs_and_row_groups_of_short_lines_are_smaller(tmp_path, monkeypatch, line, write_jsonl):
    """Memory goes by lines where they are short: a worker had 761 MB of lines of one letter."""
    import pyarrow.parquet as pq

    for name, value in (("RUN_CHARS", 100_000), ("FIRST_CHARS", 10_000), ("RUN_BLOCKS", 5000), ("GROUP_SPANS", 10_000)):
        monkeypatch.setattr(f"bilingual.batch.shard.{name}", value)
    text = line * (4000 // len(line))
    source = write_jsonl(tmp_path / "a.jsonl", [text] * 100)
    seen = []
    report = run_batch([source], tmp_path / "out", progress=lambda event, facts: seen.append(facts.get("in")))
    assert (report.is_complete, report.records_out) == (True, 100)
    file = pq.ParquetFile(tmp_path / "out" / "data" / "part-00000.parquet")
    sizes = [file.read_row_group(i, ["chars"]).num_rows for i in range(file.num_row_groups)]
    n_lines = len(text) // len(line)
    a_run = min(100_000 // 4000, 5000 // n_lines + 1)
    assert max(sizes) * n_lines <= 10_000 + 2 * a_run * n_lines
    assert len([one for one in seen if one]) > 100 // a_run


def test_pages_wait_without_their_source(tmp_path, rows):
    """Pages of much markup and little text: a thousand of 1 MB may wait for one run."""
    filler = b'<div class="a"><script>var x = 1;</script><span></span></div>' * 4000
    pages = [make.response(i, b"<html><body>" + filler + b"<p>Page %d is here.</p></body>" % i) for i in range(60)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(make.member(page, 1) for page in pages))
    run_batch([tmp_path / "a.warc.gz"], tmp_path / "first")  # what is loaded once is not counted
    tracemalloc.start()
    try:
        report = run_batch([tmp_path / "a.warc.gz"], tmp_path / "out")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert report.is_complete
    assert [row["text"] for row in rows(tmp_path / "out")] == [f"Page {i} is here." for i in range(60)]
    assert most < len(filler) * 60  # twice that and more, with their sources


def test_long_ids_make_row_groups_of_fewer_rows(tmp_path):
    import pyarrow.parquet as pq

    rows = ({"id": f"{i}{'x' * 60_000}", "url": "u" * 60_000, "text": "Good morning."} for i in range(300))
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    report = run_batch([tmp_path / "a.jsonl"], tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "data" / "part-00000.parquet")
    assert (report.records_out, file.metadata.num_rows) == (300, 300)
    most = max(file.metadata.row_group(i).num_rows for i in range(file.num_row_groups))
    assert most * 120_000 < 8_000_000 + 2 * (1 << 20)


def test_reasons_that_are_all_different_are_counted_together(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join("x" * n for n in range(1000, 1500)), encoding="utf-8")
    report = run_batch([str(tmp_path / "a.jsonl")], tmp_path / "out", Config(read=ReadOptions(max_record=500)))
    assert (report.quarantined, len(report.reasons), report.reasons["size: other"]) == (500, 201, 300)


@pytest.mark.parametrize("field", ["id", "url", "date"])
def test_a_name_that_is_a_text_is_quarantined(tmp_path, field):
    lines = [json.dumps({"text": "A text.", field: "x" * n}) for n in (1 << 16, (1 << 16) + 1)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = run_batch([str(tmp_path / "a.jsonl")], tmp_path / "out")
    assert (report.records_out, report.reasons) == (1, {"size: an id, URL or date of more than 65536 characters": 1})


def test_a_document_that_needs_more_memory_than_there_is_goes_into_the_quarantine(tmp_path, write_jsonl, monkeypatch):
    from bilingual.batch import shard
    from bilingual.pipeline import Segmenter

    run = Segmenter.run

    def short_of_memory(self, texts, evidence=None):
        if sum(map(len, texts)) > 1000:
            raise MemoryError
        return run(self, texts, evidence)

    monkeypatch.setattr(Segmenter, "run", short_of_memory)
    source = str(write_jsonl(tmp_path / "a.jsonl", ["One text.", "x" * 2000, "Another."]))
    report = run_batch([source], tmp_path / "failed")
    assert report.failures == {0: "out of memory"}
    monkeypatch.setattr(shard, "RUN_CHARS", 900)
    report = run_batch([source], tmp_path / "out")
    assert (report.records_out, report.quarantined, report.is_complete) == (2, 1, True)
    assert next(iter(report.reasons)).startswith("layers: MemoryError")


def test_a_shard_tells_that_it_is_alive_where_nothing_can_be_read(tmp_path, monkeypatch):
    from bilingual.batch import shard
    from bilingual.batch.plan import make_plan

    monkeypatch.setattr(shard, "SILENT", 4)
    (tmp_path / "a.jsonl").write_text("x\n\n" * 9, encoding="utf-8")
    plan = make_plan([str(tmp_path / "a.jsonl")], Config())
    told: list[dict[str, object]] = []
    (tmp_path / "out" / "data").mkdir(parents=True)
    (tmp_path / "out" / "quarantine").mkdir()
    report = shard.process_shard(plan.shards[0], tmp_path / "out", Config(), told.append)
    assert report.quarantined == 9
    assert len(told) == 18 // 4
    assert all(last > first for first, last in (one["at"] for one in told))


def test_a_shard_tells_that_it_is_alive_before_its_part_of_a_stream_begins(tmp_path, monkeypatch):
    from bilingual.batch import shard
    from bilingual.batch.plan import make_plan

    monkeypatch.setattr(shard, "ALIVE", 0.0, raising=False)
    (tmp_path / "a.jsonl.gz").write_bytes(make.member(b'{"text": "a b"}\n' * 20_000))
    plan = make_plan([str(tmp_path / "a.jsonl.gz")], Config(), shard_bytes=1 << 10)
    told: list[dict[str, object]] = []
    (tmp_path / "out" / "data").mkdir(parents=True)
    report = shard.process_shard(plan.shards[-1], tmp_path / "out", Config(), told.append)
    assert len(plan.shards) > 1
    assert report.records_in == 0
    assert {(one["at"], one["in"]) for one in told} == {((-1, 0), 0)}


def test_nothing_of_an_input_steers_the_terminal(tmp_path, capsys):
    from bilingual.batch.console import Console

    record = "WARC/1.0\r\nWARC-Type: \x1b]0;a\x07\r\nContent-Length: 1\r\n\r\na\r\n\r\n"
    (tmp_path / "a.warc").write_text(record, encoding="utf-8")
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"\x1b[2J\u202e": [1]}), tmp_path / "a.parquet")
    report = run_batch([str(tmp_path)], tmp_path / "out")
    assert report.filtered == {"WARC other record": 1}
    Console().summary(report)
    shown = capsys.readouterr().err
    assert "the file has: \ufffd[2J\ufffd." in shown
    assert not {"\x1b", "\x07", "\u202e"} & {*shown}


def test_names_that_are_empty(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    with pytest.raises(RefusedError, match="output folder has no name"):
        run_batch(["a.txt"], "")
    with pytest.raises(InputError, match="an input has no name"):
        run_batch([""], "out")
    assert not (tmp_path / "data").exists()


def test_a_file_named_in_two_ways_is_read_once(tmp_path, rows, monkeypatch):
    for name in ("in", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "in" / "a.txt").write_text("A text.", encoding="utf-8")
    (tmp_path / "in" / "b.txt").symlink_to("a.txt")
    (tmp_path / "other" / "link").symlink_to(tmp_path / "in")
    monkeypatch.chdir(tmp_path / "other")
    given = ["../in", str(tmp_path / "in"), "../other/../in", "link/../in/a.txt", "../in/b.txt"]
    run_batch(given, tmp_path / "out")
    assert names_of(tmp_path / "out", rows) == ["a.txt", "b.txt"]
    run_batch([".."], tmp_path / "out2")
    assert names_of(tmp_path / "out2", rows) == ["in/a.txt", "in/b.txt", "other/link/a.txt", "other/link/b.txt"]


def test_files_of_one_name_keep_different_ids(tmp_path, rows):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(f"Text of {folder}", encoding="utf-8")
    run_batch([str(tmp_path / "a"), str(tmp_path / "b")], tmp_path / "out")
    assert len({row["id"] for row in rows(tmp_path / "out")}) == 2


def test_the_longest_documents_and_the_empty_ones(tmp_path, rows):
    odd = ["", " ", "\n\n", "\0", "\ud800", "a" * 3_000_000, "ــ", "\u064b\u064c", "x\u2028y"]
    path = tmp_path / "odd.jsonl"
    import json

    path.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(odd)))
    report = run_batch([str(path)], tmp_path / "out")
    assert report.is_complete
    assert report.exit_code() == 0
    found = [row["text"] for row in rows(tmp_path / "out")]
    assert found == [text.replace("\ud800", "\ufffd") for text in odd]


def test_duplicate_ids_all_come_out(tmp_path, rows, write_jsonl):
    path = write_jsonl(tmp_path / "a.jsonl", ["one", "two", "three"])
    path.write_text(path.read_text().replace("doc-1", "doc-0"))
    report = run_batch([str(path)], tmp_path / "out")
    assert [row["id"] for row in rows(tmp_path / "out")] == ["doc-0", "doc-0", "doc-2"]
    assert report.stats["duplicate_ids"] == 1


def test_a_file_of_somebody_else_is_no_scratch(corpus, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "film.inprogress").touch()
    (tmp_path / "out" / "part-00000.parquet.4711-0123abcd.inprogress").touch()
    run_batch([str(corpus)], tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").glob("*.inprogress")] == ["film.inprogress"]


def test_no_scratch_is_left(corpus, tmp_path):
    run_batch([str(corpus)], tmp_path / "out", workers=2, shard_bytes=50_000)
    assert not list((tmp_path / "out").rglob("*.inprogress"))
    assert Path(tmp_path / "out" / "plan.json").is_file()


def test_without_its_extra_nothing_is_begun(tmp_path, write_jsonl, monkeypatch):
    source = write_jsonl(tmp_path / "in.jsonl", ["Good morning to you all."])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'bilingual\[batch\]'"):
        run_batch([str(source)], tmp_path / "out")
    assert not (tmp_path / "out").exists()


SCRIPT = """
from bilingual.batch import run_batch

report = run_batch(["in.jsonl"], "out", workers=1)
"""


def test_a_script_that_workers_would_run_again_is_told(tmp_path, texts, write_jsonl):
    write_jsonl(tmp_path / "in.jsonl", texts[:2])
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert 'put the call under: if __name__ == "__main__":' in done.stderr
    assert "another run" not in done.stderr


def test_the_script_of_the_documentation_runs(tmp_path, texts, write_jsonl):
    page = Path(__file__).parent.parent.parent / "docs" / "batch.md"
    script = page.read_text("utf-8").split("```python\nfrom bilingual.batch")[1].partition("```")[0]
    (tmp_path / "crawl").mkdir()
    write_jsonl(tmp_path / "crawl" / "a.jsonl", texts[:20])
    (tmp_path / "script.py").write_text("from bilingual.batch" + script, "utf-8")
    subprocess.run([sys.executable, "script.py"], cwd=tmp_path, check=True, timeout=120)


@pytest.mark.parametrize("name", ["README.md", "report.html", "data/part-00000.parquet"])
def test_files_of_somebody_else_are_not_written_over(tmp_path, texts, write_jsonl, name):
    source = write_jsonl(tmp_path / "in.jsonl", texts[:2])
    (tmp_path / "out" / "data").mkdir(parents=True)
    (tmp_path / "out" / name).write_text("mine", "utf-8")
    with pytest.raises(RefusedError, match=r"holds .* but no plan\.json; use an empty folder"):
        run_batch([str(source)], tmp_path / "out")
    assert (tmp_path / "out" / name).read_text("utf-8") == "mine"
