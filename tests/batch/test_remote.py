"""Inputs by URL, where fsspec is installed."""

from __future__ import annotations

import gzip
import http.server
import json
import threading

import pytest

from bilingual.batch import run_batch
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
