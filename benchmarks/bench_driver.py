"""What the driver of a Common Crawl month costs: plan, ledger, counts and reports of 90,000 shards, without the work.

   python benchmarks/bench_driver.py [--files 90000]

Input: that many files of 88 MB, sparse, planned as one shard each; a runner that answers at once with the report of a
real shard. Expected: every shard is done. Units: processor seconds and MB of the driver.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bilingual.batch import Config, Shard, ShardReport, make_plan, process_shard, run_batch
from common import pages, record

SIZE = 88_000_000


class Answers:
    """A runner that has every shard's report ready."""

    def __init__(self, report: ShardReport) -> None:
        self._report = report
        self.is_stopping = False

    def stop(self, now: bool = False) -> None:
        del now
        self.is_stopping = True

    def run(self, shards: Iterable[Shard]) -> Iterator[ShardReport]:
        for shard in shards:
            stats = {name: dict(v) if isinstance(v, dict) else v for name, v in self._report.stats.items()}
            reach = [[part.start, part.end] for part in shard.parts]
            yield replace(self._report, shard=shard.number, stats=stats, reach=reach)


def real_report(folder: Path, texts: list[str]) -> ShardReport:
    """The report of a shard of those pages."""
    import json

    path = folder / "pages.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    (folder / "one" / "data").mkdir(parents=True)
    config = Config()
    return process_shard(make_plan([str(path)], config).shards[0], folder / "one", config)


def main() -> None:
    """Measure and record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=90_000)
    n = parser.parse_args().files
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = real_report(folder, pages(1.0))
        (folder / "in").mkdir()
        for i in range(n):
            with (folder / "in" / f"CC-MAIN-{i:05d}.warc.wet.gz").open("wb") as file:
                file.truncate(SIZE)
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        done = run_batch([str(folder / "in")], folder / "out", shard_bytes=300 << 20, runner=lambda *_: Answers(report))
        spent, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert done.shards_done == done.shards == n, done.problems
        ledger = (folder / "out" / "ledger.jsonl").stat().st_size
        plan = (folder / "out" / "plan.json").stat().st_size
    note = f"{n} shards; ledger {ledger / 1e6:.0f} MB, plan {plan / 1e6:.0f} MB"
    record("spark", "driver, whole run", spent, "CPU s", note)
    record("spark", "driver, memory beyond an idle one", (peak - before) / 1024, "MB", note)


if __name__ == "__main__":
    main()
