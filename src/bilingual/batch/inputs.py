"""The input files of a run: those of files, folders, patterns and URLs, without what another run wrote beside them."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path
from typing import Any

from bilingual.errors import InputError, extra_module
from bilingual.formats.readers import COMPRESSIONS, READERS, format_of, unread

Inputs = str | Path | Iterable[str | Path]
"""Files, folders, glob patterns and fsspec URLs; one alone may stand for itself."""


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
        yield item if counts[item.name] == 1 else replace(item, name=_readable(item.path))


def _readable(name: str) -> str:
    r"""A file's name without bytes that are no UTF-8, of which ids are made: two such names stay two.

    >>> _readable(os.fsdecode(b"caf\xe9.txt"))
    'caf\\xe9.txt'
    """
    return name if name.isprintable() else os.fsencode(name).decode("utf-8", "backslashreplace")


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
    return str(path.absolute()), _readable(name), *size_and_time(path), is_named


def size_and_time(path: Path) -> tuple[int, str]:
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


def _files(folder: Path, runs: set[str]) -> Iterator[Path]:
    """The files below a folder, also behind links, of which one back to a folder that it lies in ends.

    What a run wrote, this one or another, is no input, unless the folder that it lies in was given.
    Raises: InputError for a folder that cannot be listed, which would be a silent loss.
    """
    waiting: list[tuple[Path, tuple[tuple[int, int], ...]]] = [(folder, ())]
    while waiting:  # folders may lie deeper in each other than calls may
        folder, above = waiting.pop()
        try:
            info = folder.stat()
            with os.scandir(folder) as listed:
                entries = sorted((entry.name, _is_folder(entry)) for entry in listed)
        except OSError as error:
            raise InputError(f"{error.filename}: {error.strerror}") from error
        here = (info.st_dev, info.st_ino)
        if here in above:
            continue
        if any(name == "plan.json" for name, _ in entries) and _holds_run(folder):
            runs.add(str(folder.absolute()))
            entries = [(name, is_folder) for name, is_folder in entries if name not in MADE]
        for name, is_folder in entries:
            if is_folder:
                waiting.append((folder / name, (*above, here)))
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
