"""Files written whole or not at all, and never onto an input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bilingual.errors import InputError, SettingsError
from bilingual.formats.whole import give_name, written_beside

Bytes = bytes | bytearray


def refuse_inputs(out: str | Path, inputs: Iterable[str]) -> None:
    """Raises: SettingsError when `out` is one of the inputs, by whatever name; InputError when it is no name."""
    for name in inputs:
        if is_same_file(out, name):
            raise SettingsError(f"{out}: this is an input; give another name for the output")


def is_same_file(first: str | Path, second: str | Path) -> bool:
    """True when two names mean one file, whether it is there or not; `-` is no file. Raises: InputError."""
    if "-" in (str(first), str(second)):
        return False
    try:
        a, b = Path(first).resolve(), Path(second).resolve()
        return a == b or (a.exists() and b.exists() and a.samefile(b))
    except OSError as error:
        raise InputError(f"{error.filename or first}: {error.strerror or error}") from error


def refuse_others(files: Iterable[tuple[Path, Bytes]]) -> None:
    """Raises: InputError when a file to write is there already with other content, or cannot be looked at."""
    for path, data in files:
        try:
            if _is_there(path) and path.read_bytes() != data:
                raise InputError(f"{path}: there already, with other content; move it away, or name another folder")
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from error


def _is_there(path: Path) -> bool:
    """`Path.exists`, which since Python 3.14 says False of a name that cannot be looked at. Raises: OSError of such."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def write_all(files: Sequence[tuple[str | Path, Bytes | Iterator[bytes]]]) -> None:
    """Write files, given whole or in parts: all are there whole, or none where one cannot be written; `-` is stdout.

    Raises: InputError with the system's reason, or when a name is that of a folder or device.
    """
    waiting: list[tuple[Path, Path]] = []
    shown: list[Bytes] = []
    try:
        for path, data in files:
            parts = data if isinstance(data, Iterator) else iter((data,))
            if str(path) == "-":
                shown += parts  # all of it, before any is shown
            else:
                waiting.append(_written_beside(Path(path), parts))
        for temporary, target in waiting:
            give_name(temporary, target)
    except OSError as error:
        raise InputError(f"{error.filename2 or error.filename}: {error.strerror or error}") from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    if shown:
        sys.stdout.buffer.writelines(shown)
        sys.stdout.buffer.flush()


def _written_beside(path: Path, parts: Iterable[Bytes]) -> tuple[Path, Path]:
    """A temporary file with the data, and the one that it is to replace. Raises: InputError."""
    try:
        path = path.resolve()  # a link keeps pointing to the file that is written
        if _is_there(path) and not path.is_file():
            raise InputError(f"{path}: not a file")
        if path.exists() and not path.stat().st_mode & 0o222:  # a folder lets its files be replaced all the same
            raise InputError(f"{path}: read-only")
        return written_beside(path, parts), path
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
