"""Spark: the batch work on a cluster, with the same answers, files and reports.

Two entrances. `segment(df)` annotates the texts of a DataFrame through `mapInArrow`. As a program,

    python -m bilingual.engines.spark INPUT... --out DIR --master spark://host:7077    # or
    spark-submit .../site-packages/bilingual/engines/spark.py INPUT... --out DIR

it is `bilingual batch` with executors in place of worker processes: the driver makes the plan, keeps the ledger and
writes the reports; each task is one shard and calls the function that a worker process calls.

Nothing is shuffled, and only paths go out and counts come back. A shard that Spark tries again, on whichever executor,
writes the same bytes under the same name. A shard whose task died once is tried under a supervisor on its executor,
which finds and quarantines the record that kills.
"""

from __future__ import annotations

import faulthandler
import re
import socket
import sys
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilingual.batch.config import Config
from bilingual.batch.supervisor import Failure, FatalError, Supervisor
from bilingual.batch.task import Shard, ShardReport
from bilingual.batch.worker import answer, limit_threads
from bilingual.engines.arrow import Annotator, configured
from bilingual.errors import extra_module
from bilingual.formats.nested import names_of

if TYPE_CHECKING:
    import click
    from pyspark import SparkContext
    from pyspark.sql import Column, DataFrame

STOP = ".stop"
"""A file in the output folder that tells tasks which have not begun to leave their shard alone."""


# --- tables ---------------------------------------------------------------------------------------


def segment(
    df: DataFrame,
    text_col: str = "text",
    id_col: str | None = None,
    *,
    columns: Sequence[str] = (),
    config: Config | None = None,
    **settings: Any,
) -> DataFrame:
    """The texts of a DataFrame, annotated: the columns of the batch output, by name, one row per document.

    `id_col` None takes the column `id` if there is one; `columns` of the input are kept beside the new ones; `config`
    filters, normalizes and chooses codes as in a batch run; `settings` are those of `bilingual.Segmenter`. A null text
    is an empty document. Raises: SettingsError, MissingExtraError.
    """
    extra_module("pyspark", extra="spark")
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    annotator = Annotator(config=configured(config, text_col, id_col, settings), columns=tuple(columns))
    made = annotator.schema(to_arrow_schema(df.schema))
    read = annotator.config.read
    known = {*names_of(to_arrow_schema(df.schema))}
    wanted = dict.fromkeys((read.text_field, read.id_field, read.url_field, "date", *columns))
    names = [name for name in wanted if name in known]

    def annotate(batches: Iterator[Any]) -> Iterator[Any]:
        limit_threads()
        for batch in batches:
            yield from annotator.batches(batch.rename_columns(names))

    # `mapInArrow` takes a name with a dot for a field of a struct
    needed = df.select(*[_column(df, name).alias(f"c{i}") for i, name in enumerate(names)])
    return needed.mapInArrow(annotate, from_arrow_schema(made))


def _column(df: DataFrame, name: str) -> Column:
    """A column by its name, in which a dot is no step, or the field of a struct under the whole name."""
    first, *steps = [name] if name in df.columns else name.split(".")
    found = df["`" + first.replace("`", "``") + "`"]
    for step in steps:
        found = found.getField(step)
    return found


# --- shards: on the executor ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What an executor does with one shard; goes to it by pickle.

    The first attempt works in Spark's own Python process; `is_careful`, and every later attempt, in a process of its
    own under a supervisor, so that a record that kills its process is found. Units: `timeout` s, `max_mb` MB.
    """

    out: str
    config: Config
    digest: str
    timeout: float
    max_mb: int
    is_careful: bool
    answers: Any

    def __call__(self, shard: Shard) -> None:
        """Process the shard and send the answer to the driver."""
        from pyspark import TaskContext

        context = TaskContext.get()
        attempt = context.attemptNumber() if context is not None else 0
        if (Path(self.out) / STOP).exists():
            return
        found = self._unfit()
        if found is None:
            found = self._supervised(shard) if self.is_careful or attempt else self._watched(shard)
        if "done" in found:
            found["done"].attempts += attempt + self.is_careful
        self.answers.add([{**found, "shard": shard.number}])

    def _unfit(self) -> dict[str, Any] | None:
        """Why this executor can do no shard at all, or None."""
        host = socket.gethostname()
        if not (Path(self.out) / "plan.json").is_file():
            problem = f"{host} does not see {self.out}: driver and executors must share the output folder"
        elif self.config.digest() != self.digest:
            problem = f"{host} has another version of bilingual than the driver"
        else:
            return None
        return {"failed": problem, "fatal": True}

    def _watched(self, shard: Shard) -> dict[str, Any]:
        """The shard in this process, which ends when nothing was heard of it for too long: Spark then tries again."""

        def notify(message: dict[str, Any]) -> None:
            del message
            # A thread below Python: it also ends a compiled loop that never lets another Python thread run.
            faulthandler.dump_traceback_later(self.timeout, exit=True)

        limit_threads()
        notify({})
        try:
            return answer(shard, self.out, self.config, notify)
        finally:
            faulthandler.cancel_dump_traceback_later()

    def _supervised(self, shard: Shard) -> dict[str, Any]:
        supervisor = Supervisor(Path(self.out), self.config, workers=1, timeout=self.timeout, max_mb=self.max_mb)
        try:
            found = next(iter(supervisor.run([shard])))
        except FatalError as error:
            return {"failed": str(error), "fatal": True}
        if isinstance(found, Failure):
            return {"failed": found.error, "fatal": False}
        return {"done": found}


# --- shards: on the driver ------------------------------------------------------------------------


class SparkRunner:
    """Runs shards as the tasks of a Spark job, one shard per task; `bilingual.batch.run_batch` takes it as `runner`.

    Reports arrive as tasks end (through an accumulator), so the ledger is as fresh as on one machine. What a first job
    leaves undone, because tasks failed or Spark gave the job up, gets one more, careful job; then it is a failure.
    """

    def __init__(
        self, context: SparkContext, out: Path, config: Config, *, timeout: float = 600.0, max_mb: int = 0
    ) -> None:
        self._context = context
        self._out = out.absolute()
        self._config = config
        self._timeout = timeout
        self._max_mb = max_mb
        self._is_stopping = self._is_stopping_now = False
        self._problem: dict[int, str] = {}

    def stop(self, now: bool = False) -> None:
        """Begin no more shards; with `now`, end those in flight too. Safe in a signal handler."""
        self._is_stopping = True
        self._is_stopping_now = self._is_stopping_now or now
        (self._out / STOP).touch()

    @property
    def is_stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._is_stopping

    def run(self, shards: Iterable[Shard]) -> Iterator[ShardReport | Failure]:
        """Reports, in order of completion. Raises: FatalError."""
        left = {shard.number: shard for shard in shards}
        (self._out / STOP).unlink(missing_ok=True)
        try:
            for is_careful in (False, True):
                if left and not self._is_stopping:
                    yield from self._job(left, is_careful)
        finally:
            (self._out / STOP).unlink(missing_ok=True)
        if not self._is_stopping:
            for number in left:
                yield Failure(number, self._problem.get(number, self._problem.get(-1, "its task did not end")))

    def _job(self, left: dict[int, Shard], is_careful: bool) -> Iterator[ShardReport]:
        """One Spark job over the shards in `left`; those that are done are taken out."""
        answers = self._context.accumulator([], _collect())
        task = Task(
            out=str(self._out),
            config=self._config,
            digest=self._config.digest(),
            timeout=self._timeout,
            max_mb=self._max_mb,
            is_careful=is_careful,
            answers=answers,
        )
        group = f"bilingual-{uuid.uuid4().hex}"
        job = threading.Thread(target=self._submit, args=(group, task, list(left.values())), daemon=True)
        job.start()
        seen = 0
        try:
            is_running = True
            while is_running and not self._is_stopping_now:
                job.join(timeout=0.2)
                is_running = job.is_alive()  # looked at before the answers: none comes after the end
                new = answers.value[seen:]
                seen += len(new)
                yield from self._heard(new, left)
        finally:
            if job.is_alive():
                self._context.cancelJobGroup(group)

    def _heard(self, new: list[dict[str, Any]], left: dict[int, Shard]) -> Iterator[ShardReport]:
        for found in new:
            if found.get("fatal"):
                raise FatalError(found["failed"])
            if "done" not in found:
                self._problem[found["shard"]] = found["failed"]
            elif left.pop(found["shard"], None) is not None:
                yield found["done"]

    def _submit(self, group: str, task: Task, shards: list[Shard]) -> None:
        self._context.setJobGroup(group, f"bilingual: {len(shards)} shards", interruptOnCancel=True)
        try:
            self._context.parallelize(shards, len(shards)).foreach(task)
        except Exception as error:  # the next job, or the failure, says what is left
            self._problem[-1] = _cause(error)


def _collect() -> Any:
    from pyspark.accumulators import AccumulatorParam

    class Collect(AccumulatorParam[Any]):
        """Lists, one after the other."""

        def zero(self, value: Any) -> Any:
            del value
            return []

        def addInPlace(self, value1: Any, value2: Any) -> Any:  # noqa: N802 (Spark's name)
            value1 += value2
            return value1

    return Collect()


def _cause(error: Exception) -> str:
    """The line of Spark's report that says what happened."""
    found = re.search(r"(?:Most recent failure: |Job aborted[^\n:]*: )([^\n]*)", str(error))
    return (found.group(1) if found else str(error).partition("\n")[0])[:300]


# --- the program ----------------------------------------------------------------------------------


def context_for(master: str = "") -> SparkContext:
    """The running SparkContext, or a new one (`master` empty: what spark-submit says, else `local[*]`)."""
    import os

    extra_module("pyspark", extra="spark")
    from pyspark import SparkConf, SparkContext

    conf = SparkConf().setAppName("bilingual")
    if master:
        conf.setMaster(master)
    elif not conf.get("spark.master", ""):
        conf.setMaster("local[*]")
    context = SparkContext.getOrCreate(conf)
    if (context.master or "").startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = sys.executable  # not whichever python3 is first on the PATH
    return context


def command() -> click.Command:
    """The command: the options of `bilingual batch`, with `--master` in place of `--workers`."""
    from inspect import cleandoc

    import click

    from bilingual.cli.batch import command as batch

    options = [param for param in batch.params if param.name != "workers"]
    told = "Spark master.  [default: spark-submit's, or local[*]]"
    options.append(click.Option(["--master"], default="", show_default=False, help=told))
    spread = "Shards are spread over the executors of Spark."
    text = cleandoc(batch.help or "").replace("INPUT is", f"{spread}\n\nINPUT is", 1)
    return click.Command(
        "bilingual.engines.spark",
        params=options,
        callback=_main,
        help=text,
        context_settings=batch.context_settings,
    )


def _main(inputs: tuple[str, ...], out: str, resume: bool, master: str, **options: Any) -> None:
    from bilingual.cli.batch import start

    context = context_for(master)

    def runner(folder: Path, config: Config) -> SparkRunner:
        return SparkRunner(context, folder, config, timeout=options["timeout"], max_mb=options["max_mb"])

    try:
        start(inputs, out, resume, options, runner=runner)
    finally:
        context.stop()


if __name__ == "__main__":
    # spark-submit puts this folder first on the path, where `datatrove` and `spacy` would be our own modules.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
    # Through the package, so that what is pickled is found there by the executors and not in `__main__`.
    from bilingual.cli import run
    from bilingual.engines.spark import command as found

    run(found())
