"""The errors of the package: one base, few kinds, each saying what, where and the way out."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import Any

_UNSHOWN = dict.fromkeys(
    (*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\N{REPLACEMENT CHARACTER}",
)


def printable(text: str) -> str:
    """Text that cannot steer a terminal or turn round what stands beside it: controls become U+FFFD.

    Those are C0 and C1 but tab and line feed, DEL, line separators, and what begins or ends a direction.

    >>> printable("a\\x1b[2Jb")
    'a\N{REPLACEMENT CHARACTER}[2Jb'
    """
    return text.translate(_UNSHOWN).encode("utf-8", "replace").decode("utf-8")


def nearest(given: object, known: Iterable[str], meant: Mapping[str, str] | None = None, cutoff: float = 0.7) -> str:
    """The end of a message about a name that is not known: the nearest one that is, or what is `meant` by that, if one
    is near (`cutoff`: 0 takes any, 1 the same alone).

    >>> nearest("Serch", ["search", "corpus"]), nearest("zorble", ["search", "corpus"])
    ("; did you mean 'search'?", '')
    """
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    found = get_close_matches(given.casefold(), names, 1, cutoff) if isinstance(given, str) else []
    return f"; did you mean {(meant or names).get(names[found[0]], found[0])!r}?" if found else ""


class BilingualError(Exception):
    """Base of every error that the package raises on purpose. Its words may hold names of files and words of inputs."""

    def __str__(self) -> str:
        return printable(super().__str__())

    def __reduce__(self) -> tuple[Any, ...]:
        # Made again from its words and facts, whatever its class is called with: a pool of processes waits for ever
        # where a worker raised an error that cannot be read.
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[BilingualError], args: tuple[Any, ...], facts: dict[str, Any]) -> BilingualError:
    """An error that was pickled."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(facts)
    return error


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
