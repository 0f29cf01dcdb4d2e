"""Batch: what reading, the layers and writing cost, against zlib decompression of the same bytes in the same run.

    python benchmarks/bench_batch.py [--mb 60] [--texts FILE.jsonl ...] [--workers] [--memory-gb 5] [--folder DIR]

Input: a .warc.wet.gz with one gzip member per record, made by tools/batch_wet.py (synthetic pages, or the pages of
`--texts`). Expected: every record comes out, once. Processor time is of one process; ratios are within this run.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import batch_wet
from bilingual.batch import Config, Shard, process_shard, run_batch
from bilingual.batch.columns import Sources, rows_of, table
from bilingual.batch.documents import document
from bilingual.batch.shard import gathered
from bilingual.batch.writer import ParquetSink
from bilingual.formats.readers import read
from bilingual.formats.record import Part, ReadOptions, Record


def cpu(task: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Least processor time of some runs, and the last answer."""
    best, answer = float("inf"), None
    for _ in range(times):
        began = time.process_time()
        answer = task()
        best = min(best, time.process_time() - began)
    return best, answer


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


def stages(path: Path, folder: Path, expected: int) -> None:
    """The stages one by one, and the whole shard."""
    part = Part(str(path), path.name, "warc", "gz")
    config = Config()
    data = path.read_bytes()
    floor, size = cpu(lambda: inflate(data))

    def records() -> list[Record]:
        with path.open("rb", buffering=0) as stream:
            return [event for event in read(stream, part, ReadOptions()) if isinstance(event, Record)]

    reading, found = cpu(records)
    decoding, texts = cpu(lambda: [document(record, config) for record in found])
    from bilingual.pipeline import Segmenter

    segmenter = Segmenter()
    batches = list(gathered(texts, lambda text: len(text.text)))
    layers, results = cpu(lambda: [segmenter.run([text.text for text in batch]) for batch in batches], 2)

    def write() -> int:
        group = []
        for batch, result in zip(batches, results, strict=True):
            n = len(batch)
            sources = Sources(["id"] * n, ["url"] * n, ["date"] * n, ["name"] * n, [0] * n)
            group.append((sources, rows_of(result, [text.utf8 for text in batch], config)))
        sink = ParquetSink(folder / "stage.parquet", config)
        for i in range(0, len(group), 40):
            sink.write(table(group[i : i + 40], config, dictionaries=True))
        return sink.close()

    writing, written = cpu(write, 2)
    assert written == expected, (written, expected)
    shutil.rmtree(folder / "whole", ignore_errors=True)
    (folder / "whole" / "data").mkdir(parents=True)
    shard = Shard(number=0, parts=(part,))
    whole, report = cpu(lambda: process_shard(shard, folder / "whole", config), 2)
    assert report.records_out == expected, (report.records_out, expected)
    mb = size / 1e6
    print(f"{expected} records, {mb:.1f} MB, {len(data) / 1e6:.1f} MB compressed")
    rows = [
        ("zlib", floor),
        ("read", reading),
        ("decode", decoding),
        ("layers", layers),
        ("columns and write", writing),
    ]
    for name, seconds in [*rows, ("whole shard", whole), ("whole without layers", whole - layers)]:
        print(f"{name:22} {seconds:7.3f} s  {mb / seconds:8.1f} MB/s  {seconds / floor:6.2f} x zlib")


def runs(path: Path, folder: Path, expected: int) -> None:
    """One worker against two, and against two with plain publishing (no fsync, no ledger durability)."""
    times = {}
    for workers in (1, 2, 1, 2):
        out = folder / f"run{workers}"
        shutil.rmtree(out, ignore_errors=True)
        began = time.monotonic()
        report = run_batch([str(path)], out, workers=workers, shard_bytes=8 << 20)
        assert report.records_out == expected
        assert report.is_complete
        times[workers] = min(times.get(workers, float("inf")), time.monotonic() - began)
        print(f"{workers} workers: {time.monotonic() - began:.2f} s, {report.shards} shards, {report.peak_mb} MB each")
    print(f"two workers are {times[1] / times[2]:.2f} x one (wall clock; needs a quiet machine)")
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

    os.fsync = timed("fsync", fsync)  # type: ignore[assignment]
    Ledger.append = timed("ledger", append)  # type: ignore[method-assign]
    try:
        shutil.rmtree(folder / "sync", ignore_errors=True)
        began = time.monotonic()
        run_batch([str(path)], folder / "sync", workers=0, shard_bytes=64 << 20)
        whole = time.monotonic() - began
    finally:
        os.fsync, Ledger.append = fsync, append  # type: ignore[method-assign]
    print(f"fsync {spent['fsync'] / whole:.1%}, ledger with its fsync {spent['ledger'] / whole:.1%} of {whole:.2f} s")


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
    print(f"{gigabytes} GB: {report.peak_mb} MB per worker, {report.seconds:.0f} s, {report.shards} shards")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=float, default=60)
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--memory-gb", type=float, default=0)
    parser.add_argument("--folder")
    options = parser.parse_args()
    import pyarrow as pa

    pa.set_cpu_count(1)
    print(f"{platform.platform()}, Python {platform.python_version()}, pyarrow {pa.__version__}")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        path = folder / "in.warc.wet.gz"
        expected = batch_wet.make(path, options.mb, options.texts)
        stages(path, folder, expected)
        if options.workers:
            runs(path, folder, expected)
        if options.memory_gb:
            memory(folder, options.memory_gb)


if __name__ == "__main__":
    main()
