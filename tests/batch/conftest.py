"""Makers of input files, and the ways that batch tests look at a run."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import batch_wet as make
import runs


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Sixty mixed pages."""
    return list(itertools.islice(make.pages(seed=3), 60))


@pytest.fixture
def corpus(tmp_path: Path, texts: list[str]) -> Path:
    """A folder with the same pages in every format."""
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    for i, text in enumerate(texts[:10]):
        (folder / "sub" / f"{i}.txt").write_text(text, encoding="utf-8")
    write_jsonl(folder / "pages.jsonl", texts)
    (folder / "pages.jsonl.gz").write_bytes(make.member((folder / "pages.jsonl").read_bytes()))
    records = make.wet(texts)
    (folder / "pages.warc.wet").write_bytes(b"".join(records))
    (folder / "pages.warc.wet.gz").write_bytes(b"".join(map(make.member, records)))
    return folder


def write_jsonl(path: Path, texts: list[str]) -> Path:
    """Texts as JSON lines with ids."""
    rows = ({"id": f"doc-{i}", "url": f"https://example.org/{i}", "text": text} for i, text in enumerate(texts))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(name="write_jsonl")
def _write_jsonl() -> Callable[[Path, list[str]], Path]:
    return write_jsonl


@pytest.fixture
def rows() -> Callable[[Path], list[dict[str, Any]]]:
    """All rows of a run's output, in order."""

    def read(out: Path) -> list[dict[str, Any]]:
        import pyarrow.parquet as pq

        return [row for path in sorted((out / "data").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]

    return read


@pytest.fixture
def bytes_of() -> Callable[[Path], dict[str, bytes]]:
    return runs.bytes_of
