"""The interpreted kernels of the language layer."""

from __future__ import annotations

import pytest

from bilingual.language.stages import NAMES, Stages
from bilingual.text import kernels


@pytest.fixture(scope="session")
def interpreted() -> Stages:
    found = Stages(*kernels.from_sources(NAMES))
    assert not found.spelling.COMPILED
    return found
