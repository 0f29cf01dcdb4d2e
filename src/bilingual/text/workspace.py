"""Columns in one buffer each, kept between calls by every thread.

A fresh large array costs a page fault per 4 KB, more than the loop that fills it; a small page costs less than handing
a dozen arrays to a kernel. So columns are made once, with the objects through which kernels see them, and filled again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, TypeVar

import numpy as np

from bilingual.text import native
from bilingual.text.arrays import Array


class Column(NamedTuple):
    """What one column holds: items of `dtype`, as many as the attribute `axis` of its columns says and `more`.

    `each` numbers stand in an item; with `rows`, the column is a matrix of that many rows, one item wide.
    """

    dtype: Any
    axis: str = "n"
    more: int = 0
    each: int = 1
    rows: int = 0

    @property
    def width(self) -> int:
        """Bytes of one item."""
        return int(np.dtype(self.dtype).itemsize) * self.each * max(self.rows, 1)


class Shown:
    """A column as an attribute of its columns: what is in use.

    One for each column: `Columns.__getattr__` would be asked for every other attribute too, at five times the price.
    """

    def __init__(self, name: str, column: Column) -> None:
        self.name, self.column = name, column

    def __get__(self, columns: Columns | None, kind: type[Columns] | None = None) -> Any:
        if columns is None:
            return self
        column = self.column
        used = getattr(columns, column.axis) + column.more
        found = columns.room_of(self.name)
        if column.rows:
            return found[:, :used]
        return found[:used] if column.each == 1 else found[: used * column.each].reshape(used, column.each)


def padded(n: int) -> int:
    """Items of a column that is kept: `n` and a closing one, to whole words of memory."""
    return n + 8 & -8


class Columns:
    """Columns with room for `n` items and a closing one, zeros at first; kernels see all the room.

    A class names its columns in `KINDS`. As an attribute, a column shows what is in use.
    """

    KINDS: ClassVar[dict[str, Column]] = {}
    # Whether rows should be little longer than what is in use: those of a matrix are far apart otherwise.
    IS_TIGHT: ClassVar[bool] = False
    # Columns of more bytes are kept only until a call that needs less, so that one huge document does not pin its work
    # space for ever.
    KEEP_BYTES: ClassVar[int] = 16 << 20
    # Kinds of one name here, no two of which are in use at once, take turns in one buffer where they are large: more
    # memory than a huge document needs at any time would be kept.
    TURNS: ClassVar[str] = ""
    # Bytes of one item in all columns; the most items that are kept.
    WIDTH: ClassVar[int] = 0
    MOST: ClassVar[int] = 0

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Array: ...

    def __init_subclass__(cls) -> None:
        cls.WIDTH = sum(column.width for column in cls.KINDS.values())
        cls.MOST = cls.KEEP_BYTES // max(cls.WIDTH, 1)
        for name, column in cls.KINDS.items():
            setattr(cls, name, Shown(name, column))

    def __init__(self, n: int, buffer: Array | None = None) -> None:
        self.n = n
        self.size = n + 64 & -64  # whole lines of the cache; every column, and every row of one, begins with one
        self.buffer = native.aligned(self.bytes_for(n), np.uint8) if buffer is None else buffer
        self.seen: dict[Any, Any] = {}
        self._rooms: dict[str, Array] = {}

    @classmethod
    def bytes_for(cls, n: int) -> int:
        """Bytes of the columns with room for `n` items."""
        return (n + 64 & -64) * cls.WIDTH

    def room_of(self, name: str) -> Array:
        """All the room of a column."""
        found = self._rooms.get(name)
        if found is None:
            found = self._rooms[name] = self._column(name)
        return found

    def _column(self, name: str) -> Array:
        start = 0
        for other, column in self.KINDS.items():
            end = start + column.width * self.size
            if other == name:
                found: Array = self.buffer[start:end].view(column.dtype)
                return found.reshape(column.rows, self.size) if column.rows else found
            start = end
        raise AttributeError(f"{type(self).__name__!r} has no column {name!r}")

    def seen_by(self, make: Callable[..., Any], compiled: bool = True, names: tuple[str, ...] = ()) -> Any:
        """`make` of the columns, or of those named, made once."""
        try:
            return self.seen[make]
        except KeyError:
            arrays = [self.room_of(name) for name in names or self.KINDS]
            arrays = [array.view(np.uint8) if array.dtype == bool else array for array in arrays]
            found = self.seen[make] = make(*native.views(arrays, compiled))
            return found


C = TypeVar("C", bound=Columns)


class Make(Protocol):
    """How columns of a class are made: `fresh`, or `room`."""

    def __call__(self, kind: type[C], n: int, /) -> C: ...


def fresh(kind: type[C], n: int) -> C:
    """Columns that nobody else will fill."""
    return kind(n)


class _Local(threading.local):
    """What each thread keeps: rooms, large ones, and of every kind the room asked for last, unless it is large, with
    the fewest items that it is for and one more than the most."""

    def __init__(self) -> None:
        self.rooms: dict[Any, Any] = {}
        self.large: dict[Any, Any] = {}
        self.last: dict[Any, tuple[int, int, Any]] = {}


_local = _Local()


def room(kind: type[C], n: int) -> C:
    """Columns with room for at least `n` items, valid until this thread asks for a room of `kind` again.

    What an earlier call left in them stays. Whoever uses them must copy what outlives the call.
    """
    # one page after the other needs the same rooms: nothing more is looked at for the next
    last = _local.last.get(kind)
    if last is not None:
        least, size, found = last
        if least <= n < size:
            kept: C = found
            return kept
    return _large_room(kind, n) if n > kind.MOST else _kept_room(kind, n)


def _kept_room(kind: type[C], n: int) -> C:
    """The room of a kind for `n` items, of those that are kept; a large one is not, from now on."""
    turn = kind.TURNS or kind
    if type(_local.large.get(turn)) is kind:
        del _local.large[turn]
    above = 1 << n.bit_length()
    key = (kind, above) if kind.IS_TIGHT else kind
    found: C | None = _local.rooms.get(key)
    if found is None or found.size <= n:
        found = _local.rooms[key] = kind(max(1 << 6 if kind.IS_TIGHT else 1 << 12, above))
    _local.last[kind] = (above >> 1 if kind.IS_TIGHT else 0, found.size, found)
    return found


def _large_room(kind: type[C], n: int) -> C:
    """A room kept for the next large one alone: new pages of memory would cost as much as the loops that fill them."""
    large = _local.large
    key = kind.TURNS or kind
    _local.last.pop(kind, None)
    if type(large.get(key)) is not kind or large[key].size <= n:
        before = large.pop(key, None)
        buffer = before.buffer if before is not None and kind.TURNS else None
        del before
        if buffer is not None and buffer.size < kind.bytes_for(n):
            buffer = None  # goes before the next is made
        large[key] = kind(n, buffer)
    found: C = large[key]
    return found


def release() -> None:
    """Give back this thread's large rooms, for who has a huge document behind and more to do with it."""
    _local.large.clear()
