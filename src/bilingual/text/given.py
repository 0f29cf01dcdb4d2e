"""What callers give as texts: one that is no `str`, or one in place of many, is refused by every entrance alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def plain(text: str) -> str:
    """The text as the kernels take it, of no class derived from `str`. Raises: TypeError when it is none."""
    if type(text) is str:
        return text
    if not isinstance(text, str):
        raise TypeError(f"a text must be str, not {type(text).__name__}")
    return str.__str__(text)


def many(texts: Iterable[T], name: str, one: str) -> Iterable[T]:
    """The texts, given to `name`. Raises: TypeError for one in place of many, for which there is `one`, or for none."""
    if isinstance(texts, str | bytes | bytearray | memoryview):
        raise TypeError(f"{name} takes many texts; for one there is {one}")
    try:
        if isinstance(texts, Mapping):  # of which only the keys would be read
            raise TypeError
        iter(texts)
    except TypeError:
        raise TypeError(f"{name} takes many texts, not {type(texts).__name__}") from None
    return texts
