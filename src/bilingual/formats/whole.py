"""Files written whole or not at all: under a temporary name, made durable, then under their own in one step.

Order: data to disk (fsync), rename, folder to disk. A reader never sees half a file, and who is killed leaves only
`*.inprogress`.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable
from pathlib import Path

IN_PROGRESS = ".inprogress"
_TEMPORARY = re.compile(rf".+\.\d+-[0-9a-f]{{8}}{re.escape(IN_PROGRESS)}", re.DOTALL)


def temporary(path: Path) -> Path:
    """A name beside `path` that no other attempt uses, and that is not too long where that of `path` is not."""
    return path.with_name(f"{path.name[:40]}.{os.getpid()}-{uuid.uuid4().hex[:8]}{IN_PROGRESS}")


def is_temporary(name: str) -> bool:
    """Whether `temporary` made a name.

    >>> is_temporary(temporary(Path("a.txt")).name), is_temporary("film.inprogress")
    (True, False)
    """
    return _TEMPORARY.fullmatch(name) is not None


def written_beside(path: Path, parts: Iterable[bytes | bytearray]) -> Path:
    """A durable file with the data under a temporary name beside `path`; there is none where that fails.

    Raises: OSError, and whatever the parts raise.
    """
    scratch = temporary(path)
    try:
        with scratch.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    return scratch


def give_name(scratch: Path, path: Path) -> None:
    """Give a finished, durable file its own name, durably."""
    scratch.replace(path)
    sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file; where `path` is a link, the file that it points to. Raises: OSError."""
    path = path.resolve()
    scratch = written_beside(path, (data,))
    try:
        give_name(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; where a system cannot, there is nothing to do."""
    if os.name == "nt":
        return
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:  # one that may be written, not read
        return
    try:
        os.fsync(number)
    except OSError:
        pass
    finally:
        os.close(number)
