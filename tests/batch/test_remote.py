"""Inputs by URL, where fsspec is installed."""

from __future__ import annotations

import gzip
import json

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
