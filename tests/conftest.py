"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The folder with development gold, when this machine has it: `$BILINGUAL_SHARED` or beside the repository."""
    folder = Path(os.environ.get("BILINGUAL_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "gold" / "dev.jsonl").is_file() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development gold; the test is skipped with a reason where it is missing."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("development gold (../shared/gold) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The documents written for this project."""
    return ROOT / "corpora"
