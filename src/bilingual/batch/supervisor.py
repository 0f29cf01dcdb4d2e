"""The supervisor: one process and one private pipe per worker, one shard in flight each, nothing shared.

Every pool library that was tried hung or lost work when a worker was killed: they share queues, and a dead process can
hold a lock or leave half a message. Here a dead worker breaks only its own pipe; its shard is tried again, and a record
that kills every time is found, because a worker says which records it is about to run.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

from bilingual.batch import worker
from bilingual.batch.config import Config
from bilingual.batch.shard import RUN_ROWS
from bilingual.batch.task import Shard, ShardReport
from bilingual.errors import BilingualError

ATTEMPTS = 3
"""Times that a shard may end a worker or fail without telling anything new before it is given up."""
START = 120.0
"""Seconds that a new process has at least for its first word: it imports everything first."""
ALONE = 2
"""Times that a record must end a worker that does nothing but this record before it is quarantined: once may be
chance, as when the system takes memory back or somebody kills a process."""
MAX_POISON = 1000
"""Records of one shard that may be quarantined because they killed a worker."""


class FatalError(BilingualError):
    """The output cannot be written at all (disk full, no permission): the run stops, and can be resumed."""


@dataclass(slots=True)
class Failure:
    """A shard that was given up, and why."""

    shard: int
    error: str


@dataclass(slots=True)
class _Task:
    shard: Shard
    attempts: int = 0
    in_vain: int = 0
    last: tuple[int, int] | None = None
    kills: int = 0
    harmless: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    task: _Task | None = None
    heard: float = 0.0
    progress: dict[str, Any] = field(default_factory=dict)
    jobs: int = 0


class Runner(Protocol):
    """What runs shards: worker processes here, or an engine elsewhere."""

    def run(self, shards: Iterable[Shard]) -> Iterator[ShardReport | Failure]: ...
    def stop(self, now: bool = False) -> None: ...

    @property
    def is_stopping(self) -> bool: ...


class Supervisor:
    """Runs shards in worker processes. `stop()` lets the ones in flight finish; `stop(now=True)` does not."""

    def __init__(
        self,
        out: Path,
        config: Config,
        *,
        workers: int,
        timeout: float = 600.0,
        max_mb: int = 0,
        on_progress: Callable[[dict[int, dict[str, Any]]], None] | None = None,
    ) -> None:
        self._out = str(out)
        self._config = config
        self._count = workers
        self._timeout = timeout
        self._max_mb = max_mb
        self._on_progress = on_progress or (lambda progress: None)
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._stopping = self._stopping_now = False

    def stop(self, now: bool = False) -> None:
        """Hand out no more shards; with `now`, do not wait for those in flight either. Safe in a signal handler."""
        self._stopping = True
        self._stopping_now = self._stopping_now or now

    @property
    def is_stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    def run(self, shards: Iterable[Shard]) -> Iterator[ShardReport | Failure]:
        """Reports, in order of completion. Raises: FatalError."""
        ready = deque(_Task(shard) for shard in shards)
        try:
            while ready or any(one.task for one in self._workers):
                if self._stopping:
                    ready.clear()
                if self._stopping_now:
                    return
                self._hand_out(ready)
                yield from self._listen(ready)
        finally:
            self._end_workers()

    # --- giving ---

    def _hand_out(self, ready: deque[_Task]) -> None:
        idle = [one for one in self._workers if one.task is None]
        while ready and (idle or len(self._workers) < self._count):
            one = idle.pop() if idle else self._start()
            task = ready.popleft()
            task.attempts += 1
            task.last = None
            try:
                one.pipe.send(task.shard)
            except (BrokenPipeError, ConnectionResetError):  # it died while it was idle
                task.attempts -= 1
                ready.appendleft(task)
                self._remove(one)
                continue
            one.task, one.heard, one.progress = task, time.monotonic(), {}

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe(duplex=True)
        process = self._context.Process(target=worker.main, args=(theirs, self._out, self._config), daemon=True)
        process.start()
        theirs.close()
        one = _Worker(process, ours)
        self._workers.append(one)
        return one

    # --- hearing ---

    def _listen(self, ready: deque[_Task]) -> Iterator[ShardReport | Failure]:
        busy = {one.pipe: one for one in self._workers if one.task}
        for pipe in wait(list(busy), timeout=0.25):
            assert isinstance(pipe, Connection)
            one = busy[pipe]
            try:
                message = pipe.recv()
            except (EOFError, OSError):
                yield from self._died(one, ready, "")
                continue
            one.heard = time.monotonic()
            yield from self._heard(one, message, ready)
        for one in [one for one in self._workers if one.task and time.monotonic() - one.heard > self._patience(one)]:
            one.process.kill()
            yield from self._died(one, ready, f"no answer within {self._patience(one):g} s")
        self._on_progress({id(one): one.progress for one in self._workers if one.task})

    def _patience(self, one: _Worker) -> float:
        return self._timeout if one.jobs or one.progress else max(self._timeout, START)

    def _heard(self, one: _Worker, message: dict[str, Any], ready: deque[_Task]) -> Iterator[ShardReport | Failure]:
        task = one.task
        assert task is not None
        if "at" in message:
            task.last = message["at"]
            one.progress = message
            return
        one.task = None
        one.jobs += 1
        if "done" in message:
            report: ShardReport = message["done"]
            report.attempts = task.attempts
            if self._max_mb and report.peak_mb > self._max_mb:
                self._retire(one)
            yield report
            return
        if message.get("fatal"):
            raise FatalError(message["failed"])
        if task.shard.alone >= 0:  # whatever the record did, it ended no worker
            task.harmless.add(task.shard.alone)
            task.shard = replace(task.shard, alone=-1)
        task.in_vain += "failed" in message
        if "failed" in message and task.in_vain >= ATTEMPTS:
            yield Failure(task.shard.number, message["failed"])
        else:
            ready.appendleft(task)

    def _died(self, one: _Worker, ready: deque[_Task], why: str) -> Iterator[Failure]:
        """Try the dead worker's shard again, or give it up."""
        task = one.task
        assert task is not None
        self._remove(one)
        if self._stopping:
            return
        problem = _next_try(task, why or _cause(one.process.exitcode))
        if problem:
            yield Failure(task.shard.number, problem)
        else:
            ready.appendleft(task)

    # --- ending ---

    def _remove(self, one: _Worker) -> None:
        one.pipe.close()
        one.process.join(timeout=5)
        if one.process.exitcode is None:
            one.process.kill()
            one.process.join()
        self._workers.remove(one)

    def _retire(self, one: _Worker) -> None:
        try:
            one.pipe.send(None)
        except OSError:
            pass
        self._remove(one)

    def _end_workers(self) -> None:
        for one in list(self._workers):
            if one.task is not None:
                one.process.terminate()
                self._remove(one)
            else:
                self._retire(one)


def _next_try(task: _Task, why: str) -> str:
    """Make of a task whose worker died what is to be tried next; why it is given up, or "".

    The records where it died go one by one; one that was at work when a worker died again is tried alone; one that
    ended `ALONE` workers so is left out. Deaths that are nobody's fault come at any record, and are counted.
    """
    shard, last = task.shard, task.last
    number = last[0] if last is not None and last[0] == last[1] else -1
    if number >= 0 and number == shard.alone:
        task.kills += 1
        if task.kills == ALONE:
            task.shard = replace(shard, alone=-1, poison=(*shard.poison, (number, f"the worker died on it: {why}")))
            task.in_vain = 0
        many = len(task.shard.poison) > MAX_POISON
        return f"more than {MAX_POISON} records ended their worker" if many else ""
    task.in_vain += 1
    if task.in_vain > 2 * ATTEMPTS or (last is None and task.in_vain > ATTEMPTS):
        way = " (by the system, where memory is short: give fewer --workers)" if "SIGKILL" in why else ""
        return f"its worker died {task.attempts} times, and no record is to blame: {why}{way}"
    if shard.careful[0] <= number < shard.careful[1] and number not in task.harmless:
        task.shard, task.kills = replace(shard, alone=number), 0
    elif shard.alone < 0:
        first, end = last or (0, -1)  # what died on its way to the next run was not told
        task.shard = replace(shard, careful=(first, end + 1 + RUN_ROWS))
    return ""


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        import signal

        try:
            return f"killed by {signal.Signals(-exitcode).name}"
        except ValueError:
            return f"killed by signal {-exitcode}"
    return f"ended with exit code {exitcode}"
