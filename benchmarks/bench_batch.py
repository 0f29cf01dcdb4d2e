"""Batch: what reading, the layers and writing cost, against zlib decompression of the same bytes in the same run.

    python benchmarks/bench_batch.py [--mb 60] [--texts FILE.jsonl ...] [--workers] [--memory-gb 5] [--folder DIR]

Input: a .warc.wet.gz with one gzip member per record, made by tools/batch_wet.py (synthetic pages, or the pages of
`--texts`). Expected: every record comes out, once. Processor time is of one process; ratios are within this run.
Rows go to results/batch.tsv.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import batch_wet
from bilingual.batch import Config, Shard, process_shard, run_batch
from bilingual.batch.columns import Group, Sources
from bilingual.batch.documents import Text, document
from bilingual.batch.rows import rows_of
from bilingual.batch.shard import gathered
from bilingual.batch.worker import prepare
from bilingual.batch.writer import ParquetSink
from bilingual.formats.readers import read
from bilingual.formats.record import Part, ReadOptions, Record
from bilingual.pipeline import Result, Segmenter
from common import cpu, record

NAME = "batch"
ROUNDS = 3


def inflate(data: bytes) -> int:
    """The floor: a plain zlib loop over the members. The number of decompressed bytes."""
    position, total, step = 0, 0, 1 << 16
    while position < len(data):
        unpacker = zlib.decompressobj(31)
        at = position
        while not unpacker.eof:
            total += len(unpacker.decompress(data[at : at + step]))
            at += step
        position = min(at, len(data)) - len(unpacker.unused_data)
    return total


class Stages:
    """One WET file through the stages, each with what the one before it made."""

    def __init__(self, path: Path, folder: Path, expected: int) -> None:
        self.path, self.folder, self.expected = path, folder, expected
        self.part = Part(str(path), path.name, "warc", "gz")
        self.config = Config()
        self.data = path.read_bytes()

    def zlib(self) -> int:
        """The floor."""
        return inflate(self.data)

    def read(self) -> list[Record]:
        """Members and records."""
        with self.path.open("rb", buffering=0) as stream:
            return [event for event in read(stream, self.part, ReadOptions()) if isinstance(event, Record)]

    @cached_property
    def records(self) -> list[Record]:
        return self.read()

    def decode(self) -> list[Text]:
        """Bytes to text."""
        return [document(record, self.config) for record in self.records]

    @cached_property
    def batches(self) -> list[list[Text]]:
        return list(gathered(self.decode(), lambda text: len(text.text)))

    def layers(self) -> Iterator[Result]:
        """Scan, languages, labels."""
        segmenter = Segmenter()
        return (segmenter.run([text.text for text in batch]) for batch in self.batches)

    @cached_property
    def results(self) -> list[Result]:
        return list(self.layers())

    def write(self) -> None:
        """Columns and Parquet."""
        group = Group(self.config, dictionaries=True)
        sink = ParquetSink(self.folder / "stage.parquet", self.config)
        for batch, result in zip(self.batches, self.results, strict=True):
            n = len(batch)
            sources = Sources(["id"] * n, ["url"] * n, ["date"] * n, ["name"] * n, [0] * n)
            group.add(sources, rows_of(result, [text.utf8 for text in batch], self.config))
            if group.n_bytes >= self.config.group_bytes:
                sink.write(group.table())
                group.clear()
        sink.write(group.table())
        written = sink.close()
        assert written == self.expected, (written, self.expected)

    def whole(self) -> None:
        """The whole shard."""
        out = self.folder / "whole"
        (out / "data").mkdir(parents=True, exist_ok=True)
        report = process_shard(Shard(number=0, parts=(self.part,)), out, self.config)
        assert report.records_out == self.expected, (report.records_out, self.expected)


def stages(path: Path, folder: Path, expected: int, pages: str) -> None:
    """The stages and the whole shard, in turn; the best round of each against the best of zlib."""
    bench = Stages(path, folder, expected)
    tasks: dict[str, Callable[[], Any]] = {
        "zlib": bench.zlib,
        "read": bench.read,
        "decode": bench.decode,
        "layers": lambda: sum(map(len, bench.layers())),  # results are dropped at once, as in a shard
        "columns and write": bench.write,
        "whole shard": bench.whole,
    }
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            best[name] = min(best[name], cpu(task))
    best["whole without layers"] = best["whole shard"] - best["layers"]
    mb = bench.zlib() / 1e6
    note = f"{pages}, {expected} records, {mb:.1f} MB, {len(bench.data) / 1e6:.1f} MB compressed"
    for name, seconds in best.items():
        record(NAME, f"{name}: MB/s", mb / seconds, "MB/s", note)
        if name != "zlib":
            record(NAME, f"{name}: times zlib", seconds / best["zlib"], "x", note)


def runs(path: Path, folder: Path, expected: int) -> None:
    """One worker against two, and against two with plain publishing (no fsync, no ledger durability)."""
    times: dict[int, float] = {}
    for workers in (1, 2, 1, 2):
        out = folder / f"run{workers}"
        shutil.rmtree(out, ignore_errors=True)
        began = time.monotonic()
        report = run_batch([str(path)], out, workers=workers, shard_bytes=8 << 20)
        assert report.records_out == expected
        assert report.is_complete
        times[workers] = min(times.get(workers, float("inf")), time.monotonic() - began)
        print(f"{workers} workers: {time.monotonic() - began:.2f} s, {report.shards} shards, {report.peak_mb} MB each")
    record(NAME, "two workers against one (wall)", times[1] / times[2], "x", f"{times[1]:.2f} s, {times[2]:.2f} s")
    durability(path, folder)


def durability(path: Path, folder: Path) -> None:
    """Share of a run that is spent in fsync and in the ledger."""
    import os

    from bilingual.batch.ledger import Ledger

    spent = {"fsync": 0.0, "ledger": 0.0}
    fsync, append = os.fsync, Ledger.append

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            began = time.monotonic()
            try:
                return function(*arguments)
            finally:
                spent[name] += time.monotonic() - began

        return call

    os.fsync = timed("fsync", fsync)
    Ledger.append = timed("ledger", append)  # type: ignore[method-assign]
    try:
        shutil.rmtree(folder / "sync", ignore_errors=True)
        began = time.monotonic()
        run_batch([str(path)], folder / "sync", workers=0, shard_bytes=64 << 20)
        whole = time.monotonic() - began
    finally:
        os.fsync, Ledger.append = fsync, append  # type: ignore[method-assign]
    for name, seconds in spent.items():
        record(NAME, f"{name}: share of a run (wall)", 100 * seconds / whole, "%", f"of {whole:.2f} s")


def memory(folder: Path, gigabytes: float) -> None:
    """Peak memory of a worker on a large input: the same members again and again."""
    source, large = folder / "in.warc.wet.gz", folder / "large.warc.wet.gz"
    data = source.read_bytes()
    copies = int(gigabytes * 1e9 / inflate(data)) + 1
    with large.open("wb") as file:
        for _ in range(copies):
            file.write(data)
    report = run_batch([str(large)], folder / "large", workers=1)
    assert report.is_complete
    note = f"{report.seconds:.0f} s, {report.shards} shards"
    record(NAME, f"peak memory of a worker over {gigabytes} GB", report.peak_mb, "MB", note)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=float, default=60)
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--memory-gb", type=float, default=0)
    parser.add_argument("--folder")
    options = parser.parse_args()
    prepare()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        path = folder / "in.warc.wet.gz"
        expected = batch_wet.make(path, options.mb, options.texts)
        names = [Path(name).name.partition(".")[0] for name in options.texts]
        stages(path, folder, expected, f"pages of {' and '.join(names)}" if names else "synthetic pages")
        if options.workers:
            runs(path, folder, expected)
        if options.memory_gb:
            memory(folder, options.memory_gb)


if __name__ == "__main__":
    main()
