"""Inputs by URL, where fsspec is installed."""

from __future__ import annotations

import gzip
import http.server
import itertools
import json
import tempfile
import threading
from pathlib import Path

import pytest

from bilingual.batch import run_batch
from bilingual.batch.plan import RefusedError
from bilingual.batch.supervisor import FatalError
from bilingual.errors import InputError

fsspec = pytest.importorskip("fsspec")


def test_remote_inputs_by_url(tmp_path, rows, texts):
    system = fsspec.filesystem("memory")
    system.makedirs("/bucket/sub", exist_ok=True)
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts[:5])
    system.pipe("/bucket/sub/a.jsonl.gz", gzip.compress(lines.encode()))
    report = run_batch(["memory://bucket"], tmp_path / "out")
    assert report.is_complete
    assert [row["text"] for row in rows(tmp_path / "out")] == texts[:5]


@pytest.fixture
def bucket():
    """An empty folder in memory that is there for all of this process."""
    system = fsspec.filesystem("memory")
    system.pipe("/kept/else", b"x")
    if system.exists("/kept/run"):
        system.rm("/kept/run", recursive=True)
    return system


@pytest.fixture
def pages(tmp_path, write_jsonl, texts):
    """Two dozen documents and two lines that are none."""
    path = write_jsonl(tmp_path / "pages.jsonl", texts[:24])
    path.write_bytes(b"{\n" + path.read_bytes() + b"[]\n")
    return [str(path)]


OUT = "memory://kept/run"


def stored(system):
    return {name.removeprefix("/kept/run/"): system.cat(name) for name in system.find("/kept/run")}


def same(tmp_path, pages, system):
    """Whether a run by URL has left what one in a folder leaves; run `workers` 0, as memory is one process's."""
    run_batch(pages, tmp_path / "local", shard_bytes=8000)
    local = {path.relative_to(tmp_path / "local").as_posix(): path.read_bytes() for path in (tmp_path / "local").rglob("*")
             if path.is_file() and path.name != ".lock"}  # fmt: skip
    found = stored(system)
    assert found.keys() == local.keys()
    for name in found:
        if name.startswith(("data/", "quarantine/", "plan")):
            assert found[name] == local[name], name
    assert len(found["ledger.jsonl"].splitlines()) >= len([name for name in found if name.startswith("data/")]) > 3
    assert json.loads(found["report.json"])["out"] == OUT


def test_an_output_folder_by_url_holds_what_a_folder_holds(tmp_path, bucket, pages, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    report = run_batch(pages, OUT, shard_bytes=8000)
    assert (report.is_complete, report.out, report.quarantined) == (True, OUT, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["pages.jsonl"]
    same(tmp_path, pages, bucket)
    with pytest.raises(RefusedError, match="memory://kept/run holds a run already"):
        run_batch(pages, OUT, shard_bytes=8000)
    report = run_batch(pages, f"file://{tmp_path}/new/run", shard_bytes=8000, workers=2)
    assert report.is_complete
    found = {path.name: path.read_bytes() for path in (tmp_path / "new" / "run" / "data").iterdir()}
    assert found == {path.name: path.read_bytes() for path in (tmp_path / "local" / "data").iterdir()}


@pytest.mark.parametrize(("protocol", "is_made"), [(("s3", "s3a"), False), ("gs", False), (("sftp", "ssh"), True)])
def test_no_bucket_is_made_of_a_name_mistyped(bucket, pages, monkeypatch, protocol, is_made):
    made = []
    monkeypatch.setattr(type(bucket), "protocol", protocol)
    monkeypatch.setattr(type(bucket), "makedirs", lambda self, path, exist_ok: made.append(path))
    monkeypatch.setattr(type(bucket), "put_file", lambda self, source, path: self.pipe(path, Path(source).read_bytes()))
    assert run_batch(pages, OUT).is_complete
    assert bool(made) == is_made


@pytest.mark.parametrize("n", [*range(1, 12), 20, 25])
def test_a_run_by_url_that_is_stopped_anywhere_is_continued(tmp_path, bucket, pages, monkeypatch, n):
    """The back end fails for good at its n-th file; what it has then may be half of that."""
    put, calls = type(bucket).put_file, itertools.count(1)

    def failing(self, source, target, **options):
        if next(calls) >= n:
            self.pipe(target, Path(source).read_bytes()[:100])
            raise ConnectionError("gone")
        return put(self, source, target, **options)

    with monkeypatch.context() as patched:
        patched.setattr(type(bucket), "put_file", failing)
        with pytest.raises(FatalError, match="gone; mend that, then --resume does what is left"):
            run_batch(pages, OUT, shard_bytes=8000)
    if n == 1:  # not even the plan was whole
        with pytest.raises(RefusedError, match=r"plan\.json is damaged"):
            run_batch(pages, OUT, shard_bytes=8000, resume=True)
        return
    report = run_batch(pages, OUT, shard_bytes=8000, resume=True)
    assert report.is_complete
    same(tmp_path, pages, bucket)


def test_files_of_a_run_by_url_that_are_gone_or_too_much(tmp_path, bucket, pages):
    run_batch(pages, OUT, shard_bytes=8000)
    bucket.rm("/kept/run/data/part-00001.parquet")
    bucket.pipe("/kept/run/data/part-00002.parquet", b"PAR1")
    bucket.pipe("/kept/run/quarantine/part-00001.jsonl", b"of an attempt before\n")
    run_batch(pages, OUT, shard_bytes=8000, resume=True)
    same(tmp_path, pages, bucket)


def test_a_run_into_a_folder_of_its_inputs_leaves_out_what_it_wrote(tmp_path, bucket, pages):
    bucket.pipe("/kept/run/pages.jsonl", Path(pages[0]).read_bytes())
    bucket.pipe("/kept/run/sub/data/more.jsonl", b'{"text": "One more."}\n')
    first = run_batch(["memory://kept/run"], OUT, shard_bytes=8000)
    assert first.records_in == 27
    bucket.rm("/kept/run/data/part-00001.parquet")
    again = run_batch(["memory://kept/run"], OUT, shard_bytes=8000, resume=True)
    assert (again.is_complete, again.records_out) == (True, first.records_out)
    other = run_batch(["memory://kept"], tmp_path / "other", shard_bytes=8000)
    assert (other.records_in, other.runs_left_out, other.ignored_files) == (27, ["memory:///kept/run"], 1)
    assert run_batch(["memory://kept/run/data"], tmp_path / "data").records_in == first.records_out


def test_what_no_run_by_url_does(bucket, pages):
    with pytest.raises(RefusedError, match="need an output folder that is no URL"):
        run_batch(["-"], OUT, input_format="jsonl")
    with pytest.raises(RefusedError, match="nosuch"):
        run_batch(pages, "nosuch://bucket/run")
    bucket.pipe("/kept/run/README.md", b"of somebody else")
    with pytest.raises(RefusedError, match=r"holds README\.md but no plan\.json"):
        run_batch(pages, OUT)


class Server(http.server.SimpleHTTPRequestHandler):
    """As the standard library has it, a server that gives no parts of files; `size`: whether it tells their sizes."""

    size = True

    def log_message(self, *_: object) -> None:
        pass

    def send_header(self, keyword: str, value: str) -> None:
        if self.size or keyword != "Content-Length":
            super().send_header(keyword, value)

    def copyfile(self, source, outputfile):
        try:
            super().copyfile(source, outputfile)
        except OSError:  # who asked has enough
            pass


@pytest.mark.parametrize("size", [True, False])
def test_a_server_that_gives_only_whole_files_is_refused_before_the_run(tmp_path, monkeypatch, write_jsonl, size):
    pytest.importorskip("aiohttp")
    monkeypatch.chdir(tmp_path)
    write_jsonl(tmp_path / "small.jsonl", ["The port reopened on Tuesday."])
    write_jsonl(tmp_path / "large.jsonl", ["x" * (6 << 20)])
    (tmp_path / "small.parquet").write_bytes(b"PAR1" * 9)
    monkeypatch.setattr(Server, "size", size)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        for name in ("large.jsonl", "small.parquet", *(() if size else ("small.jsonl",))):
            with pytest.raises(InputError, match=f"{base}/{name}: the server gives this file only as a whole"):
                run_batch([f"{base}/{name}"], tmp_path / "refused")
        if size:
            assert run_batch([f"{base}/small.jsonl"], tmp_path / "out").records_out == 1
        server.shutdown()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("memory://nowhere/x.jsonl", "no such file, folder or match"),
        ("nosuch://bucket/x.jsonl", "Protocol not known: nosuch"),
        ("broken://bucket/x.jsonl", "needs a package of its own"),
    ],
)
def test_a_url_that_cannot_be_read_is_refused_by_name(tmp_path, url, told):
    fsspec.register_implementation("broken", "no_such_module.Files", True, errtxt="needs a package of its own")
    with pytest.raises(InputError, match=f"{url}: {told}"):
        run_batch([url], tmp_path / "out")
