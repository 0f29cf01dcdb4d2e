"""What tests of batch runs look at, on one machine and on engines."""

from __future__ import annotations

from pathlib import Path


def bytes_of(out: Path) -> dict[str, bytes]:
    """The output of a run that must not depend on how it went: data and quarantine, by name."""
    found = sorted([*(out / "data").iterdir(), *(out / "quarantine").glob("*")])
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}
