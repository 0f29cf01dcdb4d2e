"""A file run as a module of its own: a tool of the repository, or the source of a kernel beside its compiled form."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def module_at(path: Path) -> ModuleType:
    """The file as a fresh module."""
    name = "_".join(("alone", *path.with_suffix("").parts[-3:]))
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look for their module there
    spec.loader.exec_module(module)
    return module


def interpreted(kernel: ModuleType) -> ModuleType:
    """A kernel's source run by the interpreter, whatever is compiled: the reference of the compiled form."""
    assert kernel.__file__ is not None
    module = module_at(Path(kernel.__file__).with_name("kernel.py"))
    assert not module.COMPILED
    return module
