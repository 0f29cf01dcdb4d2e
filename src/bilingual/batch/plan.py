"""The plan of a run: which inputs there are, how they are cut into shards, and in what order; fixed once, in a file.

Order is the order of the plan, never that of completion, so the output is the same for any number of workers. A resumed
run must find the same inputs (size and time of change) and the same configuration, or it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bilingual.batch.config import Config
from bilingual.batch.inputs import Input, Inputs, find_inputs, size_and_time
from bilingual.batch.task import EXPANSION, Shard
from bilingual.errors import BilingualError, InputError
from bilingual.formats.compression import SLOW, open_input
from bilingual.formats.record import Part

SHARD_BYTES = 64 << 20
"""Bytes of input per shard. Compressed input counts `EXPANSION` times."""
PACKED_PIECES = 8
"""Pieces of a compressed stream of lines at most. Each is read from the beginning of the stream, half of it on average:
with decompression at 500 MB/s and the layers at 15, eight pieces cost a tenth more than one."""


class RefusedError(BilingualError):
    """The run may not start here as asked: the command line says so and exits with 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Inputs and shards of a run, and the digest of its configuration; `runs`: folders of runs that were left out."""

    digest: str
    config: dict[str, Any]
    inputs: tuple[Input, ...]
    ignored: int
    runs: tuple[str, ...]
    shards: tuple[Shard, ...]

    @property
    def weight(self) -> int:
        """Bytes of input, as the progress bar counts them."""
        return sum(part.weight for shard in self.shards for part in shard.parts)

    def to_json(self) -> bytes:
        """The plan as the file holds it."""
        shards = [[asdict(part) for part in shard.parts] for shard in self.shards]
        data = {
            "digest": self.digest,
            "config": self.config,
            "ignored": self.ignored,
            "runs": self.runs,
            "inputs": [asdict(item) for item in self.inputs],
            "shards": shards,
        }
        return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "surrogateescape") + b"\n"

    @classmethod
    def of_json(cls, data: bytes) -> Plan:
        """The plan of a file. Raises: RefusedError when it is none."""
        try:
            plain = json.loads(data.decode("utf-8", "surrogateescape"))
            shards = tuple(
                Shard(number=number, parts=tuple(Part(**part) for part in parts))
                for number, parts in enumerate(plain["shards"])
            )
            inputs = tuple(Input(**item) for item in plain["inputs"])
            if not {_of_file(part) for shard in shards for part in shard.parts} <= {_of_file(item) for item in inputs}:
                raise ValueError("a shard has a part of another file")
            return cls(
                digest=plain["digest"],
                config=plain["config"],
                inputs=inputs,
                ignored=plain["ignored"],
                runs=tuple(plain["runs"]),
                shards=shards,
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise RefusedError(f"plan.json is damaged ({type(error).__name__}); use another output folder") from None


def _of_file(item: Input | Part) -> tuple[str, str, str, str]:
    return item.path, item.name, item.format, item.compression


def make_plan(given: Inputs, config: Config, *, input_format: str = "", shard_bytes: int = SHARD_BYTES) -> Plan:
    """Find the inputs and cut them into shards. Raises: InputError when there is nothing to do."""
    found, ignored, runs = find_inputs(given, input_format)
    if not found and runs:
        raise InputError(f"no input file was found but those of a run; to read what it wrote, name {runs[0]}/data")
    if not found and ignored:
        told = "the suffix of no file names a format that is read"
        raise InputError(f"no input file was found: {told}; --input-format names the one they are in")
    if not found:
        raise InputError("no input file was found")
    groups = _grouped((part for item in found for part in cut(item, shard_bytes, config.read.unit)), shard_bytes)
    shards = tuple(Shard(number=number, parts=parts) for number, parts in enumerate(groups))
    return Plan(
        digest=config.digest(), config=config.to_dict(), inputs=tuple(found), ignored=ignored, runs=runs, shards=shards
    )


def cut(item: Input, shard_bytes: int, unit: str) -> Iterator[Part]:
    """The parts of a file: one, or several where it is large and its format lets a reader begin in the middle."""
    expansion = EXPANSION if item.compression else 1
    common: dict[str, Any] = {name: getattr(item, name) for name in ("path", "name", "format", "compression")}
    if item.format == "parquet":
        yield from _row_groups(item, common, shard_bytes)
        return
    is_lines = item.format == "jsonl" or (item.format == "text" and unit == "line")
    pieces = max(1, round(item.size * expansion / shard_bytes)) if item.format == "warc" or is_lines else 1
    if item.compression in SLOW:  # WARC in them is one stream, too, so that no reader can begin in its middle
        pieces = 1
    elif item.compression and is_lines:
        pieces = 1 if "://" in item.path else min(pieces, PACKED_PIECES)
    edges = [item.size * i // pieces for i in range(pieces + 1)]
    for i in range(pieces):
        end = -1 if i == pieces - 1 else edges[i + 1]
        weight = (edges[i + 1] - edges[i]) * expansion
        yield Part(**common, start=edges[i], end=end, exact=i == 0, weight=weight)


def _row_groups(item: Input, common: dict[str, Any], shard_bytes: int) -> Iterator[Part]:
    """Row groups, gathered up to the size of a shard. A file that cannot be read is one part, judged when it is."""
    from bilingual.formats.parquet import open_parquet

    try:
        with open_input(item.path) as stream:
            meta = open_parquet(stream).metadata
            sizes = [meta.row_group(g).total_byte_size for g in range(meta.num_row_groups)]
    except (InputError, OSError):
        sizes = []
    start, size = 0, 0
    for group, weight in enumerate(sizes):
        if size and size + weight > shard_bytes:
            yield Part(**common, start=start, end=group, weight=size)
            start, size = group, 0
        size += weight
    yield Part(**common, start=start, end=-1, weight=size or item.size)


def _grouped(parts: Iterable[Part], shard_bytes: int) -> Iterator[tuple[Part, ...]]:
    """Parts of small files together, up to the size of a shard."""
    group: list[Part] = []
    weight = 0
    for part in parts:
        if group and weight + part.weight > shard_bytes:
            yield tuple(group)
            group, weight = [], 0
        group.append(part)
        weight += part.weight
    if group:
        yield tuple(group)


def check_unchanged(plan: Plan, config: Config, given: Inputs, input_format: str = "") -> None:
    """Raises: RefusedError when the configuration or an input is not what the plan was made for, or the inputs that
    are given are others."""
    if plan.digest != config.digest():
        now = config.to_dict()
        changed = sorted(name for name in now if json.loads(json.dumps(now[name])) != plan.config.get(name))
        what = ", ".join(changed) or "the version of bilingual"
        raise RefusedError(f"the run was begun with another configuration ({what}); use another output folder")
    found = {item.path: item for item in find_inputs(given, input_format)[0]}
    for item in plan.inputs:
        current = found.pop(item.path, None)
        if current is None:
            raise RefusedError(f"{item.path}: this input of the run is gone or not given; use another output folder")
        if _facts_of(current) != _facts_of(item):
            raise RefusedError(f"{item.path}: this input changed since the run began; use another output folder")
    if found:
        raise RefusedError(f"{min(found)}: the run was begun without this input; use another output folder")


def changed_since(plan: Plan) -> list[str]:
    """The local inputs that are another size or age than when the plan was made. One that is gone may have been read:
    where it was not, its shard says so."""
    local = [item for item in plan.inputs if "://" not in item.path and item.stamp]
    found = [(item, size_and_time(Path(item.path))) for item in local]
    return [item.path for item, facts in found if facts[1] and facts != (item.size, item.stamp)]


def gone_since(plan: Plan) -> list[str]:
    """The local inputs that were there when the plan was made and are not any more."""
    return [item.path for item in plan.inputs if "://" not in item.path and item.stamp and not Path(item.path).exists()]


def _facts_of(item: Input) -> tuple[str, str, int, str]:
    return item.format, item.compression, item.size, item.stamp
