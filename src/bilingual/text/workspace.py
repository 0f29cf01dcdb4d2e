"""Work space that is kept between batches: a fresh large array costs a page fault per 4 KB, more than the loop itself.

Measured on batches of 0.5 million code points: 40% of the scanner's time was the kernel clearing new pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from bilingual.text import native

Array = np.ndarray[Any, Any]

# Larger requests are allocated fresh, so that one huge document does not pin its work space for ever.
KEEP_BYTES = 1 << 24


class _Local(threading.local):
    """What each thread keeps."""

    def __init__(self) -> None:
        self.buffers: dict[str, Array] = {}
        self.rooms: dict[Any, Room] = {}
        self.sheets: dict[Any, list[Sheet]] = {}


_local = _Local()


@cache
def _item_size(dtype: Any) -> int:
    return int(np.dtype(dtype).itemsize)


def borrow(name: str, n: int, dtype: Any) -> Array:
    """An uninitialised array of `n` items that stays valid until this thread borrows `name` again.

    Whoever borrows must copy what outlives the call.
    """
    size = n * _item_size(dtype)
    if size > KEEP_BYTES:
        return np.empty(n, dtype)
    found = _local.buffers.get(name)
    if found is None or found.nbytes < size:
        found = _local.buffers[name] = np.empty(max(size, 1 << 12), np.uint8)
    view: Array = found[:size].view(dtype)
    return view


class Room(NamedTuple):
    """Arrays kept together, and the object through which a kernel sees them."""

    size: int
    arrays: tuple[Array, ...]
    columns: Any


def room(
    n: int, kinds: tuple[Any, ...], make: Callable[..., Any], compiled: bool = True, *, zeros: bool = False
) -> Room:
    """Arrays of at least `n` items, one of each dtype of `kinds`, and `make` of them.

    New arrays are uninitialised, or zeros with `zeros`; what an earlier call left in them stays.

    They stay valid until this thread asks for a room of `make` again: whoever uses them must copy what outlives the
    call. Handing many arrays to a kernel one by one costs more than the work on a small page; an object made once
    costs nothing.
    """
    found = _local.rooms.get(make)
    if found is not None and found.size >= n:
        return found
    keep = n * 8 <= KEEP_BYTES
    size = max(1 << 12, 1 << n.bit_length()) if keep else n
    new = np.zeros if zeros else np.empty
    arrays = tuple(new(size, kind) for kind in kinds)
    made = Room(size, arrays, make(*native.views(arrays, compiled)))
    if keep:
        _local.rooms[make] = made
    return made


class Sheet:
    """Arrays that one owner has at a time, and the objects through which kernels see them.

    Handing many arrays to a kernel one by one costs more than the work on a small page; an object made once costs
    nothing. What is taken is uninitialised; nobody need give it back.
    """

    __slots__ = ("arrays", "kinds", "seen", "size")

    def __init__(self, kinds: tuple[Any, ...], size: int) -> None:
        self.kinds, self.size = kinds, size
        self.arrays = tuple(np.empty(size, kind) for kind in kinds)
        self.seen: dict[Any, Any] = {}

    def through(self, make: Callable[..., Any], compiled: bool = True, others: tuple[Array, ...] = ()) -> Any:
        """`make` of the arrays, and of the same `others` at every call."""
        found = self.seen.get(make)
        if found is None:
            found = self.seen[make] = make(*native.views((*self.arrays, *others), compiled))
        return found


def take(kinds: tuple[Any, ...], n: int) -> Sheet:
    """A sheet of arrays of at least `n` items, one of each dtype of `kinds`, for the caller alone."""
    free = _local.sheets
    for sheet in free.get(kinds, ()):
        if sheet.size >= n:
            free[kinds].remove(sheet)
            return sheet
    size = max(1 << 12, 1 << n.bit_length())
    return Sheet(kinds, size if size * 8 <= KEEP_BYTES else n)


def give(*sheets: Sheet) -> None:
    """Give sheets back, to be taken by others: nobody may look at them any more."""
    free = _local.sheets
    for sheet in sheets:
        if sheet.size * 8 <= KEEP_BYTES:
            free[sheet.kinds] = [sheet]
