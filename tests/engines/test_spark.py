"""Spark for real: the same bytes, ledger and report as one process, also when executors and tasks are killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bilingual
from bilingual.batch import Config, run_batch
from bilingual.errors import SettingsError

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java here", allow_module_level=True)

SHARD = 40_000
KILLED = "Command exited with code 137"
"""What Spark says of an executor that got SIGKILL."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session on this machine; local[2] gives every task one attempt only, so retries are the engine's own."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    found = builder.config("spark.sql.shuffle.partitions", "2").config("spark.log.level", "ERROR").getOrCreate()
    yield found
    found.stop()


def spark_run(spark: Any, corpus: Path, out: Path, timeout: float = 60.0, **more: Any) -> Any:
    from bilingual.engines.spark import SparkRunner

    def runner(folder: Path, config: Config) -> SparkRunner:
        return SparkRunner(spark.sparkContext, folder, config, timeout=timeout)

    return run_batch([str(corpus)], out, shard_bytes=SHARD, runner=runner, **more)


# --- shards ---------------------------------------------------------------------------------------


def test_a_run_is_the_run_of_one_process(spark, corpus, tmp_path, same_run):
    alone = run_batch([str(corpus)], tmp_path / "alone", shard_bytes=SHARD)
    report = spark_run(spark, corpus, tmp_path / "spark")
    assert alone.is_complete
    assert alone.shards > 8
    assert alone.quarantined == 2  # a broken line and a damaged member
    assert report.exit_code() == alone.exit_code() == 1
    same_run(tmp_path / "spark", tmp_path / "alone")
    assert not list((tmp_path / "spark").rglob("*.inprogress"))
    assert not (tmp_path / "spark" / ".stop").exists()


def test_spark_ends_what_one_process_began(spark, corpus, tmp_path, same_run):
    run_batch([str(corpus)], tmp_path / "alone", shard_bytes=SHARD)
    begun = tmp_path / "begun"
    shutil.copytree(tmp_path / "alone", begun)
    lines = (begun / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (begun / "ledger.jsonl").write_bytes(b"".join(lines[:3]))
    for line in lines[3:]:
        # a shard beside a damaged member may stand in the ledger twice
        (begun / json.loads(line)["file"]).unlink(missing_ok=True)
    assert spark_run(spark, corpus, begun, resume=True).is_complete
    same_run(begun, tmp_path / "alone")


def test_a_record_that_kills_its_process_is_quarantined_alone(spark, corpus, tmp_path, monkeypatch, same_run):
    """Record 7 of every shard kills the process that reads it; record 3 of one shard hangs it, once."""
    monkeypatch.setenv("BILINGUAL_FAULT", "record:7:kill")
    alone = run_batch([str(corpus)], tmp_path / "alone", shard_bytes=1 << 20, workers=1)
    monkeypatch.delenv("BILINGUAL_FAULT")
    assert alone.quarantined > 2
    # Python processes of Spark inherit the environment of the JVM, which is older: the fault goes through Spark's own.
    spark.sparkContext.environment["BILINGUAL_FAULT"] = f"record:7:kill,record:3:hang:{tmp_path / 'hung'}"
    try:
        from bilingual.engines.spark import SparkRunner

        def runner(folder: Path, config: Config) -> SparkRunner:
            return SparkRunner(spark.sparkContext, folder, config, timeout=15.0)

        report = run_batch([str(corpus)], tmp_path / "spark", shard_bytes=1 << 20, runner=runner)
    finally:
        del spark.sparkContext.environment["BILINGUAL_FAULT"]
    assert (tmp_path / "hung").exists()
    assert report.is_complete, report.problems
    assert report.retries > 0
    same_run(tmp_path / "spark", tmp_path / "alone")


def test_an_output_folder_that_executors_do_not_see_ends_the_run(spark, corpus, tmp_path, monkeypatch):
    from bilingual.batch.supervisor import FatalError
    from bilingual.engines import spark as engine

    task = engine.Task

    def elsewhere(**given: Any) -> Any:
        return task(**{**given, "out": str(tmp_path / "not-mounted")})

    monkeypatch.setattr(engine, "Task", elsewhere)
    with pytest.raises(FatalError, match="must share the output folder"):
        spark_run(spark, corpus, tmp_path / "out")


# --- two executors, one of them killed ------------------------------------------------------------


def executors(program: int) -> list[int]:
    """Process ids of the executor JVMs below a process."""
    import psutil

    found = []
    for process in psutil.Process(program).children(recursive=True):
        try:
            if any("CoarseGrainedExecutorBackend" in word for word in process.cmdline()):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def test_a_killed_executor_costs_nothing(corpus, tmp_path, same_run):
    """The program on local-cluster[2,1,900]: two executor JVMs, one gets SIGKILL when some shards are done."""
    run_batch([str(corpus)], tmp_path / "alone", shard_bytes=SHARD)
    out = tmp_path / "spark"
    program = [sys.executable, "-m", "bilingual.engines.spark", str(corpus), "--out", str(out)]
    options = ["--master", "local-cluster[2,1,900]", "--shard-mb", str(SHARD / (1 << 20))]
    submit = "--driver-memory 900m --conf spark.executor.memory=900m --conf spark.ui.enabled=false pyspark-shell"
    slow = "record:never:hang"  # armed: every record is tried by itself first, so that there is time to kill
    env = {**os.environ, "PYSPARK_SUBMIT_ARGS": submit, "BILINGUAL_FAULT": slow}
    env.pop("PYSPARK_PYTHON", None)
    with (tmp_path / "log").open("w") as log:
        run = subprocess.Popen([*program, *options], env=env, stderr=log)
        try:
            total, done = None, 0
            while run.poll() is None and done < 2:
                time.sleep(0.05)
                if (out / "ledger.jsonl").exists():
                    done = (out / "ledger.jsonl").read_bytes().count(b"\n")
            found = executors(run.pid)
            total = len(json.loads((out / "plan.json").read_bytes())["shards"])
            assert len(found) == 2, (tmp_path / "log").read_text()[-3000:]
            os.kill(found[0], signal.SIGKILL)
            assert (out / "ledger.jsonl").read_bytes().count(b"\n") < total, "too late to be in mid-run"
            assert run.wait(timeout=240) == 1  # as alone: two records are quarantined
        finally:
            run.kill()
            run.wait()
    assert KILLED in (tmp_path / "log").read_text()
    same_run(out, tmp_path / "alone")


# --- tables ---------------------------------------------------------------------------------------


PROGRAM = """
import sys, time
from pyspark.sql import SparkSession
from bilingual.engines.spark import segment

def slow(batches):  # there must be time to kill
    for batch in batches:
        time.sleep(0.4)
        yield batch

spark = SparkSession.builder.getOrCreate()
pages = spark.read.schema("n bigint, text string").parquet(sys.argv[1])
segment(pages.mapInArrow(slow, pages.schema), columns=["n"]).write.parquet(sys.argv[2])
"""


def submit(program: Path | str, *given: str, master: str, conf: dict[str, str], log: Any) -> subprocess.Popen[bytes]:
    """A program under `spark-submit`."""
    settings = [f"--conf={name}={value}" for name, value in {"spark.ui.enabled": "false", **conf}.items()]
    start = str(Path(sys.executable).with_name("spark-submit"))
    env = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    env.pop("PYSPARK_SUBMIT_ARGS", None)
    return subprocess.Popen([start, "--master", master, *settings, str(program), *given], env=env, stderr=log)


def test_the_module_is_a_program_for_spark_submit(corpus, tmp_path, same_run):
    from bilingual.engines import spark as engine

    run_batch([str(corpus)], tmp_path / "alone", shard_bytes=SHARD)
    options = ["--out", str(tmp_path / "spark"), "--shard-mb", str(SHARD / (1 << 20))]
    with (tmp_path / "log").open("w") as log:
        run = submit(engine.__file__, str(corpus), *options, master="local[2]", conf={}, log=log)
        assert run.wait(timeout=240) == 1, (tmp_path / "log").read_text()[-3000:]
    same_run(tmp_path / "spark", tmp_path / "alone")


def test_every_row_comes_out_once_when_an_executor_is_killed(texts, tmp_path):
    """A DataFrame on local-cluster[2,1,900], written as Parquet; an executor gets SIGKILL when some tasks are done."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "in").mkdir()
    for part in range(14):
        rows = [i for i in range(len(texts)) if i % 14 == part]
        table = pa.table({"n": rows, "text": [texts[i] for i in rows]})
        pq.write_table(table, tmp_path / "in" / f"{part:02}.parquet")
    (tmp_path / "program.py").write_text(PROGRAM)
    # A file is a partition: opening one costs as much as a partition may hold.
    conf = {"spark.executor.memory": "900m", "spark.driver.memory": "900m"}
    conf |= {"spark.sql.files.openCostInBytes": "1g", "spark.sql.files.maxPartitionBytes": "1g"}
    given = [str(tmp_path / "in"), str(tmp_path / "out")]
    with (tmp_path / "log").open("w") as log:
        run = submit(tmp_path / "program.py", *given, master="local-cluster[2,1,900]", conf=conf, log=log)
        try:
            while run.poll() is None and len(list(tmp_path.glob("out/_temporary/0/task_*"))) < 2:
                time.sleep(0.05)
            found = executors(run.pid)
            assert len(found) == 2, (tmp_path / "log").read_text()[-3000:]
            os.kill(found[0], signal.SIGKILL)
            assert len(list(tmp_path.glob("out/_temporary/0/task_*"))) < 10, "too late to be in mid-run"
            assert run.wait(timeout=240) == 0, (tmp_path / "log").read_text()[-3000:]
        finally:
            run.kill()
            run.wait()
    assert KILLED in (tmp_path / "log").read_text()
    rows = pq.read_table(tmp_path / "out").sort_by("n").to_pylist()
    assert [row["n"] for row in rows] == list(range(len(texts)))
    for row in rows:
        document = bilingual.segment(texts[row["n"]])
        spans = [(s.start, s.end, s.lang, s.label, s.rule) for s in document.spans]
        assert [(s["start"], s["end"], s["lang"], s["label"], s["rule"]) for s in row["spans"]] == spans


def test_rows_of_a_data_frame_are_those_of_the_api(spark, texts):
    from bilingual.engines.spark import segment

    rows = [(i, f"d{i}", text, i % 3) for i, text in enumerate(texts)]
    df = spark.createDataFrame(rows, "n int, key string, page string, part int").repartition(5)
    found = segment(df, "page", "key", columns=["n"]).collect()
    assert sorted(row.n for row in found) == list(range(len(texts)))
    for row in found:
        document = bilingual.segment(texts[row.n])
        assert (row.id, row.text, row.kind) == (f"d{row.n}", document.text, document.kind)
        spans = [(s.start, s.end, s.lang, s.script, s.label, s.layer, s.rule) for s in row.spans]
        assert spans == [(s.start, s.end, s.lang, s.script, s.label, s.layer, s.rule) for s in document.spans]


def test_a_column_in_a_struct_of_a_data_frame(spark, texts):
    from bilingual.engines.spark import segment

    rows = [(i, ((texts[i], f"d{i}") if i else None), "whole name") for i in range(4)]
    df = spark.createDataFrame(rows, "n int, page struct<text: string, key: string>, `page.note` string")
    found = {row.n: row for row in segment(df, "page.text", "page.key", columns=["n"]).collect()}
    assert [found[i].text for i in range(4)] == ["", *texts[1:4]]
    assert [found[i].id for i in range(4)] == ["", "d1", "d2", "d3"]
    assert segment(df, "page.note").first().text == "whole name"
    with pytest.raises(SettingsError, match=r"no column 'page\.nothing'"):
        segment(df, "page.nothing")


def test_the_schema_is_that_of_a_batch_file_by_name(spark, texts, tmp_path):
    from bilingual.batch.schema import schema
    from bilingual.engines.spark import segment

    df = spark.createDataFrame([("x", None), ("y", texts[0])], "id string, text string")
    made = segment(df, config=Config(codes="flores"), languages=["ar", "en"])
    assert made.columns == schema(Config()).names
    made.write.parquet(str(tmp_path / "out"))
    again = {row.id: row for row in spark.read.parquet(str(tmp_path / "out")).collect()}
    assert (again["x"].text, again["x"].spans) == ("", [])
    assert again["y"].text == texts[0]
    found = {span.lang for span in again["y"].spans}
    # a page of a service in many languages: their names in its menu are known by script only
    assert {"arb_Arab", "eng_Latn"} < found
    assert all(lang.startswith("und") for lang in found - {"arb_Arab", "eng_Latn"})


def test_filtering_in_a_data_frame_drops_rows(spark, texts):
    from bilingual.engines.spark import segment

    df = spark.createDataFrame([(i, text) for i, text in enumerate(texts)], "id int, text string")
    config = Config(keep=("body",), lang=("ar",))
    found = segment(df, config=config, columns=[]).collect()
    assert 0 < len(found) < len(texts)
    assert {span.label for row in found for span in row.spans} == {"body"}


def test_wrong_names_fail_before_any_job(spark):
    from bilingual.engines.spark import segment

    df = spark.createDataFrame([("x", 1)], "text string, n int")
    with pytest.raises(SettingsError, match="no column 'page'"):
        segment(df, "page")
    with pytest.raises(SettingsError, match="text is needed"):
        segment(df, "n")
    with pytest.raises(SettingsError, match="no setting"):
        segment(df, nonsense=1)
