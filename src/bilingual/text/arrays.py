"""Arrays: their type, and what NumPy has only at a price."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
"""An array; its shape and the kind of its items are told where it is made."""


def distinct(values: Array) -> Array:
    """The values in order, each once. `np.unique` gives the same and imports numpy.ma, 30 ms of the first use.

    >>> distinct(np.array([3, 1, 3]))
    array([1, 3])
    """
    found = np.sort(values)
    return found[np.append(True, found[1:] != found[:-1])[: len(found)]]
