"""What callers give as texts: one that is no `str`, or one in place of many, is refused by every entrance alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

T = TypeVar("T")


def plain(text: str, place: int | None = None) -> str:
    """The text as the kernels take it, of no class derived from `str`.

    Raises: TypeError when it is none, with its `place` among the texts that were given.
    """
    if type(text) is str:
        return text
    if not isinstance(text, str):
        where = "" if place is None else f": number {place} of the texts, counted from 0; leave it out, or make it ''"
        raise TypeError(f"a text must be str, not {type(text).__name__}{where}")
    return str.__str__(text)


def many(texts: Iterable[T], name: str, one: str) -> Iterable[T]:
    """The texts, given to `name`; those of an Arrow array as Python has them.

    Raises: TypeError for one in place of many, for which there is `one`, or for none.
    """
    if isinstance(texts, str | bytes | bytearray | memoryview):
        raise TypeError(f"{name} takes many texts; for one there is {one}")
    try:
        # of which only the keys would be read, of a pandas table only the names of its columns
        if isinstance(texts, Mapping) or getattr(texts, "ndim", 1) != 1:
            raise TypeError
        iter(texts)
    except TypeError:
        raise TypeError(f"{name} takes many texts, not {type(texts).__name__}") from None
    listed = getattr(texts, "to_pylist", None)  # pyarrow's items are scalars of its own
    return texts if listed is None else cast("list[T]", listed())
