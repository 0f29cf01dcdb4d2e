"""Stand-in for the `cython` module when Cython is not installed: every directive does nothing.

Kernels are written in Cython's pure-Python mode. Interpreted, their annotations are never evaluated, so only the
decorators and context managers that they use are needed here.
"""

from __future__ import annotations

import builtins
from typing import Any, TypeVar

F = TypeVar("F")

compiled = False


class _NoGil:
    """Works as `with cython.nogil:` and as `@cython.nogil`."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *args: object) -> None:
        return None

    def __call__(self, function: F) -> F:
        return function


def _identity(function: F) -> F:
    return function


def _with_arguments(*args: object, **kwargs: object) -> Any:
    return _identity


nogil = _NoGil()
cfunc = ccall = inline = cclass = final = _identity
exceptval = _with_arguments


# Types, for `cython.cast(cython.int, value)`.
int = uint = uchar = short = ushort = longlong = ulonglong = Py_ssize_t = builtins.int
float = double = builtins.float


def cast(type_: Any, value: Any) -> Any:
    """The value as a whole number or a float, of any size: kernels cast what fits."""
    return type_(value)


def declare(type_: object, value: Any = None) -> Any:
    """The value itself: a module-level C constant is a plain global."""
    return value
