"""Inputs for the engines, and the ways that their tests look at a run."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import batch_wet as make
from runs import bytes_of


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Real documents of the project's own corpus, and made pages."""
    lines = (Path(__file__).resolve().parents[2] / "corpora" / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines[:40]] + list(itertools.islice(make.pages(seed=5), 80))


@pytest.fixture
def corpus(tmp_path: Path, texts: list[str]) -> Path:
    """JSON lines, one of them broken; WET as members of gzip, one of them damaged; Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = [json.dumps({"id": f"doc-{i}", "text": text}, ensure_ascii=False) for i, text in enumerate(texts)]
    (folder / "pages.jsonl").write_text("\n".join([*rows[:20], "{broken", *rows[20:], ""]), encoding="utf-8")
    members = [bytearray(make.member(record)) for record in make.wet(texts)]
    members[30][40:60] = bytes(20)
    (folder / "pages.warc.wet.gz").write_bytes(b"".join(members))
    table = pa.table({"id": [f"row-{i}" for i in range(len(texts))], "text": texts})
    pq.write_table(table, folder / "pages.parquet", row_group_size=25)
    return folder


HOW = ("attempts", "seconds", "cpu_seconds", "peak_mb")


def ledger_of(out: Path) -> list[dict[str, Any]]:
    """The lines of the ledger in the order of shards, without what tells only how the run went."""
    lines = [json.loads(line) for line in (out / "ledger.jsonl").read_text("utf-8").splitlines()]
    plain = [{name: value for name, value in line.items() if name not in HOW} for line in lines]
    return sorted(plain, key=lambda line: line["shard"])


def report_of(out: Path) -> dict[str, Any]:
    """The report of a run without what tells only how it went."""
    report: dict[str, Any] = json.loads((out / "report.json").read_text("utf-8"))
    return {name: value for name, value in report.items() if name not in (*HOW, "out", "retries", "bytes_read")}


@pytest.fixture
def same_run() -> Callable[[Path, Path], None]:
    """Two output folders hold the same run: bytes, ledger and report."""

    def check(one: Path, other: Path) -> None:
        assert bytes_of(one) == bytes_of(other)
        assert ledger_of(one) == ledger_of(other)
        assert report_of(one) == report_of(other)

    return check
