"""The errors of the package: one base, few kinds, each saying what, where and the way out."""

from __future__ import annotations

import importlib
from typing import Any


class BilingualError(Exception):
    """Base of every error that the package raises on purpose."""


class InputError(BilingualError):
    """An input cannot be read or is not what it claims to be."""


class SettingsError(BilingualError, ValueError):
    """A setting, profile, language or option has a value that is not known."""


class MissingExtraError(BilingualError, ImportError):
    """A feature needs an optional dependency that is not installed.

    >>> str(MissingExtraError("pyarrow", extra="batch"))
    "pyarrow is not installed; run: pip install 'bilingual[batch]'"
    """

    def __init__(self, module: str, *, extra: str) -> None:
        super().__init__(f"{module} is not installed; run: pip install 'bilingual[{extra}]'")
        self.module = module
        self.extra = extra


def extra_module(module: str, *, extra: str, name: str = "") -> Any:
    """A module that an extra brings; `name`: its distribution, where that has another. Raises: MissingExtraError."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(name or module.partition(".")[0], extra=extra) from error
