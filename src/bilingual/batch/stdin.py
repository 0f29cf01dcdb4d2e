"""Standard input as a file in the output folder, so that a run can be cut into shards and resumed; removed with it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from bilingual.batch.inputs import check_format
from bilingual.batch.plan import RefusedError
from bilingual.batch.writer import publish
from bilingual.errors import InputError
from bilingual.formats.compression import HEAD, compression_of
from bilingual.formats.whole import temporary

SUFFIXES = {"text": "txt"}
"""The suffix of a format whose name is none."""


def kept(folder: Path) -> str:
    """The copy of the run in this folder. Raises: RefusedError when that was begun without standard input."""
    found = sorted((folder / "stdin").glob("stdin.*"))
    if not found:
        raise RefusedError("-: the run was begun without standard input; use another output folder")
    return str(found[0])


def copied(folder: Path, input_format: str, resume: bool) -> str:
    """The copy for a run that has no plan yet: that of a run which was stopped just before its plan, or a new one.

    The copy has its name when all of standard input is in it, durably. Raises: InputError without a format,
    RefusedError when a resumed run, whose first copy was cut short, is given nothing to copy.
    """
    if not input_format:
        raise InputError("standard input has no name to tell its format; give --input-format")
    check_format(input_format)
    place = folder / "stdin"
    if place.is_dir():
        if resume and any(place.iterdir()):
            return kept(folder)
        shutil.rmtree(place)
    head = sys.stdin.buffer.read(HEAD)
    if resume and not head:
        raise RefusedError("standard input is empty, and no run has a whole copy of it here; give it again")
    place.mkdir()
    compression = compression_of(head) if input_format != "parquet" else ""
    suffixes = ["stdin", SUFFIXES.get(input_format, input_format), *filter(None, [compression])]
    path = place / ".".join(suffixes)
    scratch = temporary(path)
    try:
        with scratch.open("wb") as file:
            file.write(head)
            shutil.copyfileobj(sys.stdin.buffer, file)
            file.flush()
            os.fsync(file.fileno())
        publish(scratch, path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    return str(path)
