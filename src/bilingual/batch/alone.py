"""The shards of a run in this process, one after the other: what a notebook uses, and `--workers 0`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bilingual.batch.config import Config
from bilingual.batch.supervisor import ATTEMPTS, Failure, FatalError
from bilingual.batch.task import Shard, ShardReport
from bilingual.batch.worker import answer


class _StopNow(BaseException):
    """Raised out of a shard at work, past everything that takes an `Exception` for the shard's fault."""


class Alone:
    """Runs shards here, and judges them as the supervisor does. A crash ends the run; `--resume` continues it."""

    def __init__(self, out: Path, config: Config, *, on_progress: Callable[[dict[int, dict[str, Any]]], None]) -> None:
        self._out = str(out)
        self._config = config
        self._on_progress = on_progress
        self._stopping = self._is_at_work = False

    def stop(self, now: bool = False) -> None:
        """Begin no more shards; with `now`, called in a signal handler, leave the one at work as well."""
        self._stopping = True
        if now and self._is_at_work:
            raise _StopNow

    @property
    def is_stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    def run(self, shards: Iterable[Shard]) -> Iterator[ShardReport | Failure]:
        """Reports, in order. Raises: FatalError."""
        for shard in shards:
            if self._stopping:
                return
            try:
                outcome = self._tried(shard)
            except _StopNow:
                self._is_at_work = False
                return
            yield outcome

    def _tried(self, shard: Shard) -> ShardReport | Failure:
        problem = ""
        for attempt in range(1, ATTEMPTS + 1):
            message = self._answer(shard)
            if "done" in message:
                report: ShardReport = message["done"]
                report.attempts = attempt
                return report
            problem = message["failed"]
            if message["fatal"]:
                raise FatalError(problem)
        return Failure(shard.number, problem)

    def _answer(self, shard: Shard) -> dict[str, Any]:
        self._is_at_work = True
        try:
            return answer(shard, self._out, self._config, lambda message: self._on_progress({0: message}))
        except ConnectionError as error:  # of a remote input: here is no pipe that could break
            return {"failed": error.strerror or type(error).__name__, "fatal": False}
        finally:
            self._is_at_work = False
