"""The plan of a run: which inputs there are, how they are cut into shards, and in what order; fixed once, in a file.

Order is the order of the plan, never that of completion, so the output is the same for any number of workers. A resumed
run must find the same inputs (size and time of change) and the same configuration, or it is refused.
"""

from __future__ import annotations

import glob
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path
from typing import Any

from bilingual.batch.config import Config
from bilingual.batch.task import EXPANSION, Shard
from bilingual.errors import BilingualError, InputError, extra_module
from bilingual.formats.compression import SLOW, open_input
from bilingual.formats.readers import COMPRESSIONS, READERS, format_of, unread
from bilingual.formats.record import Part

SHARD_BYTES = 64 << 20
"""Bytes of input per shard. Compressed input counts `EXPANSION` times."""
PACKED_PIECES = 8
"""Pieces of a compressed stream of lines at most. Each is read from the beginning of the stream, half of it on average:
with decompression at 500 MB/s and the layers at 15, eight pieces cost a tenth more than one."""


Inputs = str | Path | Iterable[str | Path]
"""Files, folders, glob patterns and fsspec URLs; one alone may stand for itself."""


class RefusedError(BilingualError):
    """The run may not start here as asked: the command line says so and exits with 2."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input file, as it was when the plan was made.

    Units: bytes; `stamp` is the time of change in ns, or an etag.
    """

    path: str
    name: str
    format: str
    compression: str
    size: int
    stamp: str


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
    if not found:
        raise InputError("no input file was found")
    groups = _grouped((part for item in found for part in cut(item, shard_bytes, config.read.unit)), shard_bytes)
    shards = tuple(Shard(number=number, parts=parts) for number, parts in enumerate(groups))
    return Plan(
        digest=config.digest(), config=config.to_dict(), inputs=tuple(found), ignored=ignored, runs=runs, shards=shards
    )


# --- inputs ---------------------------------------------------------------------------------------


_UNKNOWN = (
    f"its suffix names no format that is read; those are {', '.join(READERS)}, "
    "and --input-format names the one it is in"
)


def find_inputs(given: Inputs, input_format: str = "") -> tuple[list[Input], int, tuple[str, ...]]:
    """The input files, sorted by name and unique, how many files of folders have no known suffix, and the folders of
    runs among them, of which what a run wrote is left out.

    `given`: files, folders, glob patterns and fsspec URLs. Raises: InputError for one that matches nothing.
    """
    check_format(input_format)
    found: dict[str, Input] = {}
    ignored: set[str] = set()
    runs: set[str] = set()
    for one in named(given):
        listed = _remote(one, runs) if "://" in one else _local(one, runs)
        for path, name, size, stamp, is_named in listed:
            kind = _kind(name, input_format)
            if kind is None:
                if is_named:
                    raise InputError(f"{path}: {unread(name) or _UNKNOWN}")
                ignored.add(path)
                continue
            found.setdefault(path, Input(path, name, *kind, size, stamp))
    items = sorted(_distinct(found.values()), key=lambda item: (item.name, item.path))
    return items, len(ignored), tuple(sorted(runs))


def named(given: Inputs) -> list[str]:
    """The names of inputs. Raises: TypeError for one that is no name."""
    return [os.fspath(one) for one in ([given] if isinstance(given, str | Path) else given)]


def _distinct(items: Iterable[Input]) -> Iterator[Input]:
    """Names are part of ids, so where two files have one name, both get their whole path."""
    items = list(items)
    counts = Counter(item.name for item in items)
    for item in items:
        yield item if counts[item.name] == 1 else replace(item, name=item.path)


def _kind(name: str, input_format: str) -> tuple[str, str] | None:
    if not input_format:
        return format_of(name)
    return input_format, COMPRESSIONS.get(Path(name.lower()).suffix, "")


def check_format(input_format: str) -> None:
    """Raises: InputError for a format that no reader knows; none ("") is that of each file's name."""
    if input_format and input_format not in READERS:
        raise InputError(f"input format {input_format!r} is not known; known: {', '.join(READERS)}")


_Listed = Iterator[tuple[str, str, int, str, bool]]


def _local(one: str, runs: set[str]) -> _Listed:
    """(path, name, size, stamp, named by the user) of a file, the files of a folder, or the matches of a pattern; adds
    to `runs` the folders of runs."""
    path = Path(one)
    if not one:
        raise InputError("an input has no name")
    if ".." in path.parts:  # one file by two ways would be two
        path = path.resolve() if path.name == ".." else path.parent.resolve() / path.name
    if path.is_dir():
        for file in _files(path, runs):
            yield _stat(file, file.relative_to(path).as_posix(), False)
    elif path.is_file():
        yield _stat(path, path.name, True)
    elif path.exists():
        raise InputError(f"{one}: no file but a pipe or device; - reads standard input")
    else:
        plain = re.split(r"[*?\[]", one, maxsplit=1)[0]
        root = plain[: plain.rfind("/") + 1] or "."
        n_runs, matches = len(runs), list(_matches(one, runs))
        if not matches and len(runs) == n_runs:
            raise InputError(f"{one}: no such file, folder or match")
        for file in matches:
            yield _stat(file, file.relative_to(root).as_posix(), False)


def _matches(pattern: str, runs: set[str]) -> Iterator[Path]:
    """The files that a pattern matches, and those in the folders that it matches."""
    # `glob` follows links under ** until the system refuses: one loop gives every file forty times.
    head, *tail = re.split(r"(?:(?<=/)|^)\*\*(?=/|$)", pattern, maxsplit=1)
    parts = ("**", *Path(tail[0].lstrip("/")).parts) if tail else ()
    for match in sorted(glob.glob(head)) if head else ["."]:  # noqa: PTH207 (the pattern may be absolute)
        path = Path(match)
        if path.is_dir():
            yield from (file for file in _files(path, runs) if _fits(file.relative_to(path).parts, parts))
        elif not tail:
            yield path


def _fits(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether the parts of a path, or of a folder that it lies in, are those of a pattern, as `glob` reads one.

    >>> _fits(("a", "b", "x.txt"), ("**", "*.txt")), _fits((".git", "x.txt"), ("**", "*.txt"))
    (True, False)
    """
    if not pattern:
        return True
    if pattern[0] == "**":
        shown = takewhile(lambda i: not i or not path[i - 1].startswith("."), range(len(path) + 1))
        return any(_fits(path[i:], pattern[1:]) for i in shown)
    if not path or (path[0].startswith(".") and not pattern[0].startswith(".")):
        return False
    return fnmatchcase(path[0], pattern[0]) and _fits(path[1:], pattern[1:])


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) or (entry.is_symlink() and Path(entry.path).is_dir())


def _stat(path: Path, name: str, is_named: bool) -> tuple[str, str, int, str, bool]:
    return str(path.absolute()), name, *_facts(path), is_named


def _facts(path: Path) -> tuple[int, str]:
    """Size and time of change; nothing for a file that cannot be looked at, which its shard will quarantine."""
    try:
        info = path.stat()
    except OSError:
        return 0, ""
    return info.st_size, str(info.st_mtime_ns)


MADE = frozenset(
    ("plan.json", "ledger.jsonl", "data", "quarantine", "stdin", "report.json", "report.html", "README.md")
)
"""What a run makes in its folder."""


def _holds_run(folder: Path) -> bool:
    """Whether a run has its plan in a folder."""
    try:
        with (folder / "plan.json").open("rb") as file:
            return file.read(len(_PLAN)) == _PLAN
    except OSError:
        return False


_PLAN = b'{\n "digest": "'
"""How a plan begins."""


def _files(folder: Path, runs: set[str], above: tuple[tuple[int, int], ...] = ()) -> Iterator[Path]:
    """The files below a folder, also behind links; `above`: the folders it lies in, so that a link back to one ends.

    What a run wrote, this one or another, is no input, unless the folder that it lies in was given.
    Raises: InputError for a folder that cannot be listed, which would be a silent loss.
    """
    try:
        info = folder.stat()
        with os.scandir(folder) as listed:
            entries = sorted((entry.name, _is_folder(entry)) for entry in listed)
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}") from error
    here = (info.st_dev, info.st_ino)
    if here in above:
        return
    if any(name == "plan.json" for name, _ in entries) and _holds_run(folder):
        runs.add(str(folder.absolute()))
        entries = [(name, is_folder) for name, is_folder in entries if name not in MADE]
    for name, is_folder in entries:
        if is_folder:
            yield from _files(folder / name, runs, (*above, here))
        else:
            yield folder / name


def _remote(one: str, runs: set[str]) -> _Listed:
    """The files of an fsspec URL; adds to `runs` the folders of runs.

    Raises: InputError with the reason of the back end, MissingExtraError.
    """
    fsspec = extra_module("fsspec", extra="remote")
    try:
        found = list(_listed(fsspec, one, runs))
    except FileNotFoundError as error:
        raise InputError(f"{one}: no such file, folder or match") from error
    except InputError:
        raise
    except Exception as error:  # each back end has error classes of its own; a missing one is an ImportError
        raise InputError(f"{one}: {str(error) or type(error).__name__}") from error
    yield from found


def _listed(fsspec: Any, one: str, runs: set[str]) -> _Listed:
    system, path = fsspec.core.url_to_fs(one)
    is_folder = system.isdir(path)
    paths = list(_unmade(system, sorted(system.find(path)), runs)) if is_folder else sorted(system.glob(path)) or [path]
    for item in paths:
        info = system.info(item)
        _check_ranges(system, item, info)
        stamp = str(next((info[k] for k in ("ETag", "etag", "LastModified", "mtime", "created") if info.get(k)), ""))
        name = item[len(path) :].lstrip("/") if is_folder else item.rpartition("/")[2]
        yield system.unstrip_protocol(item), name, int(info.get("size") or 0), stamp, len(paths) == 1


def _unmade(system: Any, paths: list[str], runs: set[str]) -> Iterator[str]:
    """The files of a folder but those that a run wrote; adds its folder to `runs`."""
    plans = [path for path in paths if path.rpartition("/")[2] == "plan.json"]
    made = {path[: -len("plan.json")] for path in plans if system.cat_file(path, 0, len(_PLAN)) == _PLAN}
    runs.update(system.unstrip_protocol(folder).rstrip("/") for folder in made)
    for path in paths:
        slashes = (i + 1 for i, letter in enumerate(path) if letter == "/")
        if not any(path[:at] in made and path[at:].partition("/")[0] in MADE for at in slashes):
            yield path


def _check_ranges(system: Any, path: str, info: dict[str, Any]) -> None:
    """Raises: InputError for a file of a web server that gives it only from its beginning, once.

    Such a server is known by an answer. Of files that one request fetches it is not asked.
    """
    size = info.get("size")
    if size is not None and ("http" not in system.protocol or (size <= ASKED and not path.endswith(".parquet"))):
        return
    try:
        if size is not None:
            with system.open(path, block_size=1 << 10) as stream:
                stream.seek(size - 1)
                stream.read(1)
            return
    except ValueError:  # so fsspec says that the server gave the whole file
        pass
    raise InputError(f"{path}: the server gives this file only as a whole, not in parts; download it first")


ASKED = 4 << 20
"""Bytes of a file on a web server that are read at once."""


# --- shards ---------------------------------------------------------------------------------------


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


# --- the same again? ------------------------------------------------------------------------------


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
    found = [(item, _facts(Path(item.path))) for item in local]
    return [item.path for item, facts in found if facts[1] and facts != (item.size, item.stamp)]


def gone_since(plan: Plan) -> list[str]:
    """The local inputs that were there when the plan was made and are not any more."""
    return [item.path for item in plan.inputs if "://" not in item.path and item.stamp and not Path(item.path).exists()]


def _facts_of(item: Input) -> tuple[str, str, int, str]:
    return item.format, item.compression, item.size, item.stamp
