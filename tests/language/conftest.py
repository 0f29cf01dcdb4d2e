"""The interpreted kernel of the language layer."""

from __future__ import annotations

from types import ModuleType

import pytest

import modules
from bilingual.language import kernel


@pytest.fixture(scope="session")
def interpreted() -> ModuleType:
    return modules.interpreted(kernel)
