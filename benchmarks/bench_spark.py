"""What Spark costs beside the work: processor time per row of the Arrow hop, and of the work in it.

   python benchmarks/bench_spark.py [--mb 40] [--rounds 3]

Input: the page mix of `common.pages` as Parquet, in local[2]. Three jobs in turn: read and drop, read through an empty
`mapInArrow` and drop, read through `segment` and drop. Hop = second less first; work = third less second. Expected:
`segment` returns as many rows as went in. Units: microseconds of processor time, JVM and Python together, per row.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from common import cpu, n_bytes, pages, record


def tree_cpu() -> float:
    """Processor seconds of every process below this one, so far."""
    import psutil

    total = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


def parquet(texts: list[str], folder: Path) -> str:
    """The pages as a Parquet file of four row groups."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"id": [str(i) for i in range(len(texts))], "text": texts})
    path = folder / "pages.parquet"
    pq.write_table(table, path, row_group_size=-(-len(texts) // 4))
    return str(path)


def spent(job: Callable[[], None]) -> float:
    """Processor seconds of all processes for one job."""
    before = tree_cpu()
    job()
    return tree_cpu() - before


def identity(batches: Any) -> Any:
    """Batches as they are."""
    yield from batches


def session() -> Any:
    """Spark on two cores, its workers kept alive so that their time can be read."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    return builder.config("spark.log.level", "ERROR").getOrCreate()


def main() -> None:
    """Measure and record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mb", type=float, default=40.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if find_spec("pyspark") is None:
        print("pyspark is not installed: nothing measured", file=sys.stderr)
        return
    texts = pages(given.mb)
    size = n_bytes(texts)

    from bilingual.engines.arrow import Annotator
    from bilingual.engines.spark import segment

    spark = session()
    with tempfile.TemporaryDirectory() as folder:
        df = spark.read.parquet(parquet(texts, Path(folder)))
        jobs: dict[str, Callable[[], None]] = {
            "read": lambda: df.write.format("noop").mode("overwrite").save(),
            "hop": lambda: df.mapInArrow(identity, df.schema).write.format("noop").mode("overwrite").save(),
            "work": lambda: segment(df).write.format("noop").mode("overwrite").save(),
        }
        n = segment(df).count()
        assert n == len(texts), f"{n} rows of {len(texts)} came back"
        for job in jobs.values():
            job()
        found = {name: [] for name in jobs}  # type: dict[str, list[float]]
        for _ in range(given.rounds):
            for name, job in jobs.items():
                found[name].append(spent(job) / len(texts) * 1e6)
    spark.stop()
    median = {name: statistics.median(times) for name, times in found.items()}
    note = f"{len(texts)} rows of {size / len(texts):.0f} bytes, local[2], median of {given.rounds}"
    record("spark", "read Parquet and drop", median["read"], "us/row", note)
    record("spark", "Arrow hop to Python and back", median["hop"] - median["read"], "us/row", note)
    record("spark", "segment in the hop", median["work"] - median["hop"], "us/row", note)
    record(
        "spark",
        "hop as a share of the work",
        (median["hop"] - median["read"]) / (median["work"] - median["hop"]),
        "",
        note,
    )
    alone = alone_cpu(Annotator(), texts[: len(texts) // 4])
    record("spark", "the same work without Spark", alone / (len(texts) // 4) * 1e6, "us/row", note)


def alone_cpu(annotator: Any, texts: list[str]) -> float:
    """Processor seconds of the same work in this process."""
    import pyarrow as pa

    table = pa.table({"text": texts})
    annotator(table.slice(0, 50))
    return cpu(lambda: annotator(table))


if __name__ == "__main__":
    main()
