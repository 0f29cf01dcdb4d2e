"""Faults on request, so that tests can break a run at a chosen point: `BILINGUAL_FAULT=point:n:action[:flag-file]`.

`point` is decode, record, write, fsync, rename, renamed, ledger or ledgered, `n` the count of its passings (for
`decode` and `record`, the record's number in its shard), `action` is `kill` (SIGKILL to itself), `hang`, `raise` or an
errno name (`ENOSPC`). With a flag file the fault happens once: the file is made first. Several faults are separated by
commas. Without the variable a call costs a look at a dict.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from collections import Counter
from pathlib import Path

_passed: Counter[str] = Counter()


def armed() -> bool:
    """Whether any fault is asked for."""
    return "BILINGUAL_FAULT" in os.environ


def hit(point: str, number: int | None = None) -> None:
    """Pass a point; break here when that was asked for."""
    wanted = os.environ.get("BILINGUAL_FAULT")
    if not wanted:
        return
    _passed[point] += 1
    count = _passed[point] if number is None else number
    for fault in wanted.split(","):
        name, n, action, *flag = fault.split(":", 3)
        if name == point and n in (str(count), "*") and _first_time(flag):
            _break(action)


def _first_time(flag: list[str]) -> bool:
    if not flag:
        return True
    try:
        Path(flag[0]).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _break(action: str) -> None:
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "hang":
        time.sleep(3600)
    elif action == "raise":
        raise RuntimeError("a fault on request")
    else:
        raise OSError(getattr(errno, action), os.strerror(getattr(errno, action)))
