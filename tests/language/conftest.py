"""The interpreted kernel of the language layer."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from bilingual.language import kernel


@pytest.fixture(scope="session")
def interpreted() -> ModuleType:
    """The kernel as plain Python: the reference of the compiled one."""
    path = Path(kernel.__file__).parent / "kernel.py"
    spec = importlib.util.spec_from_file_location("interpreted_language_kernel", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not module.COMPILED
    return module
