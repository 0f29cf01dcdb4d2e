"""A whole run: plan, shards, checks that nothing was lost, and the reports. The command line is a thin face of this."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bilingual.batch.alone import Alone
from bilingual.batch.config import Config
from bilingual.batch.inputs import MADE, Inputs, named
from bilingual.batch.ledger import Ledger, remove_scratch
from bilingual.batch.place import Place, PlaceLedger
from bilingual.batch.plan import (
    SHARD_BYTES,
    Plan,
    RefusedError,
    changed_since,
    check_unchanged,
    gone_since,
    make_plan,
)
from bilingual.batch.report import write_reports
from bilingual.batch.schema import arrow
from bilingual.batch.stats import MISREAD, Stats, merge, total
from bilingual.batch.stdin import copied, kept
from bilingual.batch.supervisor import Failure, FatalError, Runner, Supervisor
from bilingual.batch.task import Shard, ShardReport
from bilingual.batch.worker import FATAL
from bilingual.formats.whole import write_whole

_UNOPENED = f"open: {os.strerror(errno.ENOENT)}"
"""Why a part of an input that is not there is quarantined."""

Progress = Callable[[str, dict[str, Any]], None]
MakeRunner = Callable[[Path, Config], Runner]
InFlight = Callable[[dict[int, dict[str, Any]]], None]
"""Takes the last word of every worker, by any number that is its own."""

UNGUARDED = (
    "each worker process imports the script that started it, and this one calls run_batch when it is imported; "
    'put the call under: if __name__ == "__main__":'
)


@dataclass(slots=True, kw_only=True)
class RunReport:
    """What became of a run.

    `is_complete`: every shard of the plan is done, every byte of every input was read exactly once, and
    every record is accounted for. `failures`: shards that were given up; a resumed run tries them again. `filtered`,
    `reasons`: records left out or quarantined, by why. `stats`: documents, characters and spans of what was written.
    `warnings`: what was done as asked and may not be meant.

    Units: `seconds` of this call, in which `bytes_read` of the input were read, not before it was resumed;
    `cpu_seconds`; bytes as they are stored; `peak_mb`, memory of the largest worker.
    """

    out: str
    is_complete: bool = False
    was_stopped: bool = False
    shards: int = 0
    shards_done: int = 0
    records_in: int = 0
    records_out: int = 0
    filtered: dict[str, int] = field(default_factory=dict)
    quarantined: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    input_files: int = 0
    input_bytes: int = 0
    bytes_read: int = 0
    ignored_files: int = 0
    runs_left_out: list[str] = field(default_factory=list)
    output_bytes: int = 0
    stats: dict[str, Any] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    retries: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: int = 0
    digest: str = ""

    def exit_code(self, max_bad: float = 0.0) -> int:
        """0 when all was done and no more than `max_bad` of the records was quarantined, else 1."""
        # The share itself: 0.29 of 100 records is less than 29, as floats are multiplied.
        too_bad = self.quarantined / max(self.records_in, 1) > max_bad
        return 0 if self.is_complete and not too_bad else 1


def run_batch(
    inputs: Inputs,
    out: str | Path,
    config: Config | None = None,
    *,
    workers: int = 0,
    resume: bool = False,
    input_format: str = "",
    shard_bytes: int = SHARD_BYTES,
    timeout: float = 600.0,
    max_mb: int = 0,
    progress: Progress | None = None,
    runner: MakeRunner | None = None,
) -> RunReport:
    """Run a corpus through every layer into a folder of shards.

    `inputs`: files, folders, glob patterns, fsspec URLs, one or many, and `-` for standard input, which is copied into
    the folder. `out`: a folder or its fsspec URL; with a URL, a temporary folder holds the shards until they are put
    there. `workers` 0 works in this process (nothing outlives a crash then). `input_format`: what all inputs are,
    whatever their names say. `runner` makes what runs the shards instead of worker processes: an engine.

    Units: `shard_bytes` bytes of plain text, `timeout` seconds without an answer, `max_mb` memory of a worker (0: any).
    Raises: RefusedError when the folder holds another run, and in a worker that imports the script that called;
    InputError when there is nothing to read, FatalError when the output cannot be written, MissingExtraError.
    """
    _check_start(out, workers)
    wanted = _Wanted(
        inputs=named(inputs), config=config or Config(), resume=resume, input_format=input_format,
        shard_bytes=shard_bytes,
    )  # fmt: skip
    tell = progress or (lambda event, facts: None)
    make = partial(_runner, runner, wanted.config, workers, timeout, max_mb)
    if "://" not in str(out):
        return _run_in(Path(out), wanted, tell, make, None)
    if runner is not None or "-" in wanted.inputs:
        raise RefusedError(f"{out}: an engine and standard input need an output folder that is no URL")
    place = Place(str(out))
    with TemporaryDirectory(prefix="bilingual-") as folder:
        return _run_in(Path(folder), wanted, tell, make, place)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What a run is asked to do, wherever it writes; see `run_batch`."""

    inputs: list[str]
    config: Config
    resume: bool
    input_format: str
    shard_bytes: int


def _run_in(
    folder: Path, wanted: _Wanted, tell: Progress, make: Callable[[Path, InFlight], Runner], place: Place | None
) -> RunReport:
    """The run in a local folder; with a `place`, what is finished goes there."""
    began, name = time.monotonic(), place.url if place else str(folder)
    try:
        with _held(folder):
            remove_scratch(folder)  # of a run that was killed
            if place:
                place.fetch(folder)
            plan = _plan(folder, name, wanted)
            if place:
                place.put(folder, "plan.json")
            ledger = PlaceLedger(folder, place) if place else Ledger(folder)
            try:
                work = _Run(folder, plan, ledger, tell, partial(make, folder))
                report = work.run()
                ledger.put()
            finally:
                ledger.close()
                remove_scratch(folder)  # of workers that were killed; none is alive any more
            report.out = name
            report.seconds = round(time.monotonic() - began, 3)
            made = write_reports(folder, plan, wanted.config, report, work.done())
            if place:
                place.put(folder, *made)
            return report
    except FatalError as error:
        raise _fatal(name, str(error)) from error
    except OSError as error:
        if error.errno in FATAL:
            where = f" ({error.filename})" if error.filename else ""
            raise _fatal(name, f"{error.strerror}{where}") from error
        raise


def _check_start(out: str | Path, workers: int) -> None:
    """Raises: RefusedError, MissingExtraError; before anything is written."""
    if workers and getattr(multiprocessing.current_process(), "_inheriting", False):  # as `multiprocessing` asks it
        raise RefusedError(UNGUARDED)
    if not str(out):  # an unset variable of a shell, which would be the folder at hand
        raise RefusedError("the output folder has no name")
    arrow()  # without it no shard could be done


def _fatal(folder: str, problem: str) -> FatalError:
    return FatalError(f"{folder}: {problem}; mend that, then --resume does what is left")


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The output folder, made when missing, held by one run at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir(exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise RefusedError(f"{error.filename}: a file; the output needs a folder") from error
    with (folder / ".lock").open("a") as file:  # were it a link, nothing of its target would be lost
        try:
            import fcntl
        except ImportError:
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(f"{folder}: another run is writing there") from None
        yield


def _plan(folder: Path, name: str, wanted: _Wanted) -> Plan:
    """The plan that the folder holds, if it may go on, else a new one."""
    path = folder / "plan.json"
    if path.exists():
        if not wanted.resume:
            raise RefusedError(f"{name} holds a run already; continue it with --resume, or use another folder")
        plan = Plan.of_json(path.read_bytes())
        given = _with_stdin(wanted.inputs, lambda: kept(folder))
        check_unchanged(plan, wanted.config, given, wanted.input_format)
        return plan
    # Where there is no plan, what has a name of a run's is somebody else's; a copy of standard input comes before it.
    made = [folder / name for name in sorted(MADE - {"data", "stdin"})]
    found = [*(folder / "data").iterdir(), *(path for path in made if path.exists())]
    if found:
        raise RefusedError(f"{folder} holds {found[0].name} but no plan.json; use an empty folder")
    given = _with_stdin(wanted.inputs, lambda: copied(folder, wanted.input_format, wanted.resume))
    plan = make_plan(given, wanted.config, input_format=wanted.input_format, shard_bytes=wanted.shard_bytes)
    write_whole(path, plan.to_json())
    return plan


def _with_stdin(inputs: list[str], copy: Callable[[], str]) -> list[str]:
    """The inputs with the copy of standard input, which can be read only once, for `-`."""
    path = copy() if "-" in inputs else ""
    return [path if one == "-" else one for one in inputs]


def _runner(
    make: MakeRunner | None,
    config: Config,
    workers: int,
    timeout: float,
    max_mb: int,
    folder: Path,
    on_progress: InFlight,
) -> Runner:
    """What runs the shards: an engine, worker processes, or this process alone."""
    if make is not None:
        return make(folder, config)
    if workers:
        return Supervisor(folder, config, workers=workers, timeout=timeout, max_mb=max_mb, on_progress=on_progress)
    return Alone(folder, config, on_progress=on_progress)


class _Run:
    """The shards of a plan until they are done. `make` gives what runs them and reports those in flight."""

    def __init__(
        self, folder: Path, plan: Plan, ledger: Ledger, tell: Progress, make: Callable[[InFlight], Runner]
    ) -> None:
        self._folder = folder
        self._plan = plan
        self._ledger = ledger
        self._tell = tell
        self._failures: dict[int, str] = {}
        self._done: dict[int, ShardReport] = {}
        self._sums = {"in": 0, "out": 0, "quarantined": 0}
        self._weight = self._weight_before = 0
        self._runner = make(self._in_flight)

    def run(self) -> RunReport:
        for report in self._ledger.done(len(self._plan.shards)).values():
            self._note(report)
        self._weight_before = self._weight
        self._tell("begin", {"weight": self._plan.weight, "done": self._weight, **self._counts()})
        with _signals(self._runner, self._tell):
            self._work([shard for shard in self._plan.shards if shard.number not in self._done])
            self._meet()
        self._tell("end", {})
        return self._report()

    def _work(self, shards: list[Shard]) -> None:
        for one in self._runner.run(shards):
            if isinstance(one, Failure):
                self._failures[one.shard] = one.error
                self._tell("failure", {"shard": one.shard, "error": one.error})
                continue
            self._ledger.append(one)
            self._note(one)
            self._failures.pop(one.shard, None)
            self._tell("shard", {"done": self._weight, **self._counts()})

    def _meet(self) -> None:
        """Where a file was cut, one reader must begin exactly where the other ended.

        A reader that begins in the middle of a file looks for the next record, and content can look like
        one (an archive inside an archive). The reader before it, which came there in order, knows better:
        on a difference the later shard is done again from where the earlier one ended.
        """
        tried: list[Shard] = []
        while not self._runner.is_stopping:
            again = self._torn()
            if not again or again == tried:  # the same once more would find the same
                return
            self._work(again)
            tried = again
            if any(shard.number in self._failures for shard in again):
                return

    def _torn(self) -> list[Shard]:
        seams: dict[str, tuple[int, int]] = {}
        wrong: list[Shard] = []
        for shard in self._plan.shards:
            report = self._done.get(shard.number)
            if report is None:
                for part in shard.parts:
                    seams.pop(part.path, None)
                continue
            parts, is_wrong = list(shard.parts), False
            for i, part in enumerate(shard.parts):
                began, ended = report.reach[i]
                before = seams.get(part.path)
                if before is not None and before[1] != began:
                    is_wrong = True
                    if not part.is_packed:  # whose reader begins at the beginning: it can only be read again
                        parts[i] = replace(part, start=before[1], exact=True)
                seams[part.path] = (began, ended)
            if is_wrong:
                wrong.append(replace(shard, parts=tuple(parts)))
                break  # the shards after it may change with it
        return wrong

    def _in_flight(self, progress: dict[int, dict[str, Any]]) -> None:
        weight = sum(one.get("weight", 0) for one in progress.values())
        self._tell("progress", {"done": self._weight + weight, **self._counts(progress.values())})

    def _note(self, report: ShardReport) -> None:
        """Count a shard as done; one that was done before is done again, and counts once."""
        before = self._done.get(report.shard)
        if before is None:
            self._weight += sum(part.weight for part in self._plan.shards[report.shard].parts)
        for one, sign in ((before, -1), (report, 1)):
            if one is not None:
                self._sums["in"] += sign * one.records_in
                self._sums["out"] += sign * one.records_out
                self._sums["quarantined"] += sign * one.quarantined
        self._done[report.shard] = report

    def _counts(self, more: Iterable[dict[str, Any]] = ()) -> dict[str, int]:
        # Running sums: a run may have a hundred thousand shards, and tells its counts after each.
        counts = dict(self._sums)
        for message in more:
            for name in counts:
                counts[name] += message.get(name, 0)
        return counts

    def done(self) -> list[ShardReport]:
        """The reports of the shards that are done, in the order of the plan."""
        return [self._done[number] for number in sorted(self._done)]

    def _report(self) -> RunReport:
        done = self.done()
        report = RunReport(
            out=str(self._folder),
            shards=len(self._plan.shards),
            shards_done=len(done),
            input_files=len(self._plan.inputs),
            input_bytes=sum(item.size for item in self._plan.inputs),
            ignored_files=self._plan.ignored,
            runs_left_out=list(self._plan.runs),
            failures=dict(sorted(self._failures.items())),
            digest=self._plan.digest,
            stats=total(Stats.of(one.stats) for one in done).to_dict(),
        )
        now = (self._weight - self._weight_before) / max(self._plan.weight, 1)
        report.bytes_read = round(now * report.input_bytes)
        for one in done:
            report.records_in += one.records_in
            report.records_out += one.records_out
            report.quarantined += one.quarantined
            report.output_bytes += one.bytes
            report.retries += one.attempts - 1
            report.cpu_seconds += one.cpu_seconds
            report.peak_mb = max(report.peak_mb, one.peak_mb)
            merge(report.filtered, one.filtered)
            merge(report.reasons, one.reasons)
        report.warnings = _warnings(report, self._plan.config["read"]["encoding"])
        report.problems = self._problems(report, done)
        report.is_complete = not report.problems
        report.was_stopped = self._runner.is_stopping and not report.is_complete
        return report

    def _problems(self, report: RunReport, done: list[ShardReport]) -> list[str]:
        """Everything that keeps the run from being complete; nothing when every record is accounted for."""
        problems = [f"shard {number}: {error}" for number, error in report.failures.items()]
        missing = sum(
            shard.number not in self._done and shard.number not in self._failures for shard in self._plan.shards
        )
        if missing:
            problems.append(f"{missing} shards are not done yet; continue with --resume")
        if report.records_in != report.records_out + sum(report.filtered.values()) + report.quarantined:
            problems.append("the counts of records do not add up")
        problems += [f"shard {one.shard}: its counts do not add up" for one in done if not one.is_conserved()]
        if not missing and not report.failures and self._torn():
            problems.append("parts of a file do not meet; continue with --resume")
        if _UNOPENED in report.reasons and (gone := gone_since(self._plan)):
            others = f" and {len(gone) - 1:,} other inputs" if len(gone) > 1 else ""
            problems.append(f"{gone[0]}{others} was removed while the run read; run again into another folder")
        if changed := changed_since(self._plan):
            others = f" and {len(changed) - 1:,} other inputs" if len(changed) > 1 else ""
            problems.append(f"{changed[0]}{others} changed while the run read; run again into another folder")
        return problems


WORTH_TELLING = 0.01
"""Share of the documents of which as many misread ones are a warning, where no encoding was forced."""


def _warnings(report: RunReport, forced: str) -> list[str]:
    """What a person should know of documents that are probably not what their bytes say."""
    misread: dict[str, int] = {**report.stats["misread"]}
    read = sum(report.stats["encodings"].values())
    halves = misread.pop("text", 0)
    told = [f"{halves:,} of {read:,} documents hold halves of surrogate pairs, which are no characters"]
    return told * (halves >= max(1.0, WORTH_TELLING * read)) + _in_wrong_encodings(misread, read, forced)


def _in_wrong_encodings(misread: dict[str, int], read: int, forced: str) -> list[str]:
    many = sum(misread.values())
    if not many or (not forced and many < WORTH_TELLING * read):
        return []
    named = ", ".join(f"{count:,} as {name}" for name, count in sorted(misread.items()))
    way = "their bytes are damaged, or of an encoding that --encoding can force, in a run of their own"
    if forced:
        way = f"--encoding {forced} is not theirs; leave it out, or give their files a run of their own"
    told = f"{many:,} of {read:,} documents are misread ({named}): {way}"
    return [f"{told}. --max-misread {MISREAD:g} puts such documents into the quarantine"]


@contextmanager
def _signals(runner: Runner, tell: Progress) -> Iterator[None]:
    """The first SIGINT or SIGTERM lets the shards in flight finish, the second stops at once."""

    def handle(number: int, _: Any) -> None:
        tell("signal", {"name": signal.Signals(number).name, "again": runner.is_stopping})
        runner.stop(now=runner.is_stopping)

    try:
        before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    except ValueError:  # not in the main thread: the caller's signals are the caller's business
        yield
        return
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def default_workers() -> int:
    """One worker per core that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
