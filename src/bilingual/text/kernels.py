"""Kernels that call each other: all of them compiled, or all of them run from their sources.

A compiled kernel knows the classes and functions of another by their places in C, an interpreted one by their names;
neither can have them from the other form. Where one of them could not be compiled, none is used that was.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def load(names: Sequence[str]) -> list[ModuleType]:
    """The kernels of these names; each may need those before it."""
    are_compiled = {isinstance(_spec(name).loader, ExtensionFileLoader) for name in names}
    return from_sources(names) if len(are_compiled) > 1 else [import_module(name) for name in names]


def from_sources(names: Sequence[str]) -> list[ModuleType]:
    """The kernels run by the interpreter, whatever is compiled; each finds those before it, nobody else does."""
    kept = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    try:
        return [_run(name) for name in names]
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(kept)


def _run(name: str) -> ModuleType:
    source = Path(_spec(name).origin or "").with_name("kernel.py")
    spec = spec_from_file_location(name, source)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _spec(name: str) -> ModuleSpec:
    spec = find_spec(name)
    assert spec is not None, name
    return spec
