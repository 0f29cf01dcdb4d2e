"""Files written whole or not at all, and never onto an input."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bilingual.errors import InputError


def refuse_inputs(out: str | Path, inputs: Iterable[str]) -> None:
    """Raises: InputError when `out` is one of the inputs, by whatever name."""
    for name in inputs:
        if "-" not in (name, str(out)) and Path(out).exists() and Path(name).exists() and Path(out).samefile(name):
            raise InputError(f"{out}: this is an input; give another name for the output")


def write_whole(path: str | Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; `-` is stdout.

    Raises: InputError with the system's reason, or when the name is that of a folder or device.
    """
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(path).resolve()  # a link keeps pointing to the file that is written
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: not a file")
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)  # noqa: PTH101 (mkstemp makes it private)
        os.replace(temporary, path)  # noqa: PTH105
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise InputError(f"{path}: {error.strerror or error}") from error
