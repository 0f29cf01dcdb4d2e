"""A worker process: takes one shard at a time from its own pipe, reports, and ends when the pipe closes."""

from __future__ import annotations

import errno
import gc
import os
import signal
from multiprocessing.connection import Connection
from typing import Any

from bilingual.batch.config import Config
from bilingual.batch.shard import describe, process_shard, try_alone
from bilingual.batch.task import Notify, Shard
from bilingual.errors import BilingualError

FATAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG}
"""Errors of the output that trying again cannot mend."""
GC_OBJECTS = 10_000
"""New objects between two searches for cycles: records make none, and one search for 700, as is usual, takes a fiftieth
of a run."""


def main(pipe: Connection, out: str, config: Config) -> None:
    """Serve until the supervisor closes the pipe or dies. Signals from the keyboard are the supervisor's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare()
    try:
        while True:
            shard = pipe.recv()
            if shard is None:
                return
            pipe.send(answer(shard, out, config, pipe.send))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def prepare() -> None:
    """What a process that does nothing but shards sets once: threads, and how often garbage is looked for."""
    limit_threads()
    gc.set_threshold(GC_OBJECTS)


def limit_threads() -> None:
    """One thread for Arrow: there is a worker on every core already."""
    try:
        import pyarrow as pa
    except ImportError:
        return
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def answer(shard: Shard, out: str, config: Config, notify: Notify) -> dict[str, Any]:
    """`{"done": ShardReport}`, of a record that was to be tried alone `{"tried": its number}`, or `{"failed": why,
    "fatal": whether trying again cannot help}`; never raises for what is the shard's or the output's fault."""
    try:
        if shard.alone >= 0:
            try_alone(shard, out, config, notify)
            return {"tried": shard.alone}
        return {"done": process_shard(shard, out, config, notify=notify)}
    except (BrokenPipeError, ConnectionResetError):
        raise
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return {"failed": f"{os.strerror(error.errno) if error.errno else type(error).__name__}{where}",
                "fatal": error.errno in FATAL}  # fmt: skip
    except BilingualError as error:
        return {"failed": str(error), "fatal": isinstance(error, ImportError)}
    except MemoryError:
        return {"failed": "out of memory", "fatal": False}
    except Exception as error:
        return {"failed": describe(error), "fatal": False}
