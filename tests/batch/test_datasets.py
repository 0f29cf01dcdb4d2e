"""The real Hugging Face library reads the output unchanged (`make test-engines`; skipped where it is missing)."""

from __future__ import annotations

import pytest

from bilingual.batch import Config, run_batch

datasets = pytest.importorskip("datasets")

pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.parametrize("streaming", [False, True])
def test_load_dataset_reads_the_parquet(tmp_path, texts, rows, write_jsonl, streaming):
    source = write_jsonl(tmp_path / "pages.jsonl", texts[:20])
    run_batch([str(source)], tmp_path / "out", Config(keep=("body", "navigation")), shard_bytes=15_000)
    loaded = datasets.load_dataset(
        "parquet",
        data_files=str(tmp_path / "out" / "data" / "*.parquet"),
        split="train",
        streaming=streaming,
        cache_dir=str(tmp_path / "cache"),
    )
    assert list(loaded) == rows(tmp_path / "out")


def test_the_card_tells_load_dataset_where_the_data_is(tmp_path, texts, rows, write_jsonl):
    source = write_jsonl(tmp_path / "pages.jsonl", texts[:5])
    run_batch([str(source)], tmp_path / "out")
    loaded = datasets.load_dataset(str(tmp_path / "out"), split="train", cache_dir=str(tmp_path / "cache"))
    assert list(loaded) == rows(tmp_path / "out")
