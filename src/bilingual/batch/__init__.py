"""A corpus through every layer on one machine, nothing lost: `run_batch`, and `process_shard` for any engine."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilingual.batch.config import Config as Config
    from bilingual.batch.plan import make_plan as make_plan
    from bilingual.batch.run import RunReport as RunReport
    from bilingual.batch.run import run_batch as run_batch
    from bilingual.batch.shard import process_shard as process_shard
    from bilingual.batch.task import Shard as Shard
    from bilingual.batch.task import ShardReport as ShardReport

_HOME = {
    "Config": "config",
    "RunReport": "run",
    "Shard": "task",
    "ShardReport": "task",
    "make_plan": "plan",
    "process_shard": "shard",
    "run_batch": "run",
}

__all__ = ["Config", "RunReport", "Shard", "ShardReport", "make_plan", "process_shard", "run_batch"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'bilingual.batch' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"bilingual.batch.{_HOME[name]}"), name)
    globals()[name] = value
    return value
