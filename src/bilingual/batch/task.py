"""What a worker is given and what it answers: a shard, and the report of what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from bilingual.batch.config import Config
from bilingual.formats.record import Part

EXPANSION = 3
"""Compressed input is taken to hold so many times its bytes of text."""

Notify = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The parts of input files that become one output file.

    `poison`: numbers of records that killed a worker before, with the reason; they are quarantined and neither decoded
    nor read by the layers. `careful`: numbers of records to go one by one, so that the one that kills is known.
    `alone`: number of a record that a worker is to try, and nothing else; -1 for the whole shard.
    """

    number: int
    parts: tuple[Part, ...]
    poison: tuple[tuple[int, str], ...] = ()
    careful: tuple[int, int] = (0, 0)
    alone: int = -1

    def name(self, config: Config) -> str:
        """Name of the output file."""
        return f"part-{self.number:05d}{config.suffix}"


def quarantine_name(number: int) -> str:
    """Name of a shard's quarantine file below the output folder."""
    return f"quarantine/part-{number:05d}.jsonl"


@dataclass(slots=True, kw_only=True)
class ShardReport:
    """What became of a shard.

    `records_in` = `records_out` + the sum of `filtered` + `quarantined`, or `process_shard` fails. `reach`: for each
    part, the positions where its reader began and ended. `file`, `quarantine`: names below the output folder.
    """

    shard: int
    file: str = ""
    bytes: int = 0
    sha256: str = ""
    quarantine: str = ""
    records_in: int = 0
    records_out: int = 0
    filtered: dict[str, int] = field(default_factory=dict)
    quarantined: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    reach: list[list[int]] = field(default_factory=list)
    stats: dict[str, Any] = field(default_factory=dict)
    attempts: int = 1
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: int = 0

    def is_conserved(self) -> bool:
        """Whether every record that came in is accounted for."""
        return self.records_in == self.records_out + sum(self.filtered.values()) + self.quarantined

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)
