"""What is found of a word, kept for the next time it comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

MOST_WORDS = 1 << 14
LONGEST = 64
"""Code points of a word that is kept. What is longer is seldom a word and hardly comes again, but encoded data of any
length may look like one: thousands of them would fill the memory."""


def kept(find: Callable[[str], T]) -> Callable[[str], T]:
    """`find`, which depends on the word alone, with its answers kept for the words asked for last."""
    known = lru_cache(maxsize=MOST_WORDS)(find)

    @wraps(find)
    def found(word: str) -> T:
        return known(word) if len(word) <= LONGEST else find(word)

    return found
