"""What of the Spark engine needs no Spark: its options, its messages, and who is told what is missing."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bilingual.batch import Config
from bilingual.errors import MissingExtraError


def test_the_program_has_the_options_of_batch():
    from bilingual.cli.batch import command as batch
    from bilingual.engines.spark import command

    ours, theirs = ({param.name for param in one.params} for one in (command(), batch))
    assert ours == theirs - {"workers"} | {"master"}
    shown = CliRunner().invoke(command(), ["--help"])
    assert shown.exit_code == 0
    assert "\n  Shards are spread over the executors of Spark.\n\n  INPUT is a file" in shown.output
    assert '[default: ""]' not in shown.output


def test_wrong_usage_is_exit_code_2():
    from bilingual.engines.spark import command

    assert CliRunner().invoke(command(), ["x.jsonl"]).exit_code == 2


def test_missing_libraries_name_their_extra(monkeypatch):
    from bilingual.engines.spark import context_for, segment

    monkeypatch.setitem(sys.modules, "pyspark", None)
    for call in (lambda: context_for(), lambda: segment(None)):  # type: ignore[arg-type]
        with pytest.raises(MissingExtraError, match=r"bilingual\[spark\]"):
            call()
    monkeypatch.delitem(sys.modules, "bilingual.engines.datatrove", raising=False)
    for name in [name for name in sys.modules if name.split(".")[0] == "datatrove"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datatrove", None)
    with pytest.raises(MissingExtraError, match=r"bilingual\[datatrove\]"):
        importlib.import_module("bilingual.engines.datatrove")


def test_the_program_says_in_one_line_what_is_missing(tmp_path):
    code = "import runpy, sys; sys.modules['pyspark'] = None; runpy.run_module('bilingual.engines.spark', run_name='__main__')"
    call = [sys.executable, "-c", code, "x.jsonl", "--out", str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "bilingual: pyspark is not installed; run: pip install 'bilingual[spark]'\n"


def test_an_executor_with_other_code_or_storage_does_nothing(tmp_path):
    from bilingual.engines.spark import Task

    def task(digest: str) -> Task:
        given = {"out": str(tmp_path), "config": Config(), "digest": digest}
        return Task(**given, timeout=1.0, max_mb=0, is_careful=False, answers=None)

    digest = Config().digest()
    assert "must share the output folder" in task(digest)._unfit()["failed"]
    (tmp_path / "plan.json").touch()
    assert task(digest)._unfit() is None
    assert "another version of bilingual" in task("other")._unfit()["failed"]


def test_the_cause_is_one_line_of_sparks_report():
    from bilingual.engines.spark import _cause

    report = (
        "An error occurred.\n: org.apache.spark.SparkException: Job aborted due to stage failure: Task 3 in stage 0.0 "
        "failed 4 times, most recent failure: Lost task 3.3 (TID 9) (host executor 1): ExecutorLostFailure\n\tat x"
    )
    assert _cause(RuntimeError(report)).startswith("Task 3 in stage 0.0 failed 4 times")
    assert _cause(RuntimeError("plain\nmore")) == "plain"
