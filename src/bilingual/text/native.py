"""Hand arrays to a kernel in the form that suits it: typed memory views compiled, `memoryview` interpreted."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

_warned = False


def view(array: Any, compiled: bool = True) -> Any:
    """The array itself for a compiled kernel; a memoryview for an interpreted one.

    Indexing a memoryview gives Python integers, whose arithmetic does not overflow; NumPy scalars would.
    """
    return array if compiled else memoryview(array)


def views(arrays: Sequence[Any], compiled: bool = True) -> Sequence[Any]:
    """`view` of several arrays at once: compiled, the very sequence that was given."""
    return arrays if compiled else [memoryview(array) for array in arrays]


def aligned(n: int, dtype: Any) -> Any:
    """Zeros that begin with a cache line of 64 bytes: what divides a line lies in one, not in parts of two."""
    size = n * np.dtype(dtype).itemsize
    room = np.zeros(size + 64, np.uint8)
    start = -room.ctypes.data % 64
    return room[start : start + size].view(dtype)


def warn_if_interpreted(compiled: bool) -> None:
    """Say once per process that the kernels run interpreted, and what to do about it."""
    global _warned
    if compiled or _warned:
        return
    _warned = True
    warnings.warn(
        "bilingual runs without its compiled kernels: same answers, about 100 times slower. "
        "Install a C compiler, then run `pip install --force-reinstall --no-deps .` in the source folder.",
        RuntimeWarning,
        stacklevel=3,
    )
