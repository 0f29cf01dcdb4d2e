"""The languages that the package knows; their order is the numbering of every language column."""

from __future__ import annotations

from collections.abc import Iterable

from bilingual.errors import SettingsError

LANGUAGES: tuple[str, ...] = ("und", "ar", "en", "ru", "el", "he", "zh", "ja", "ko", "th", "hi")
_NUMBER = {name: number for number, name in enumerate(LANGUAGES)}


def tag(number: int) -> str:
    """BCP 47 tag of a language number."""
    return LANGUAGES[number]


def number(name: str) -> int:
    """Language number of a BCP 47 tag. Raises: SettingsError."""
    return _NUMBER[check_tags([name])[0]]


def check_tags(names: Iterable[str]) -> tuple[str, ...]:
    """The tags as a tuple. Raises: SettingsError for one that is not known."""
    found = tuple(names)
    for name in found:
        if name not in _NUMBER:
            raise SettingsError(f"no language {name!r}; known are {', '.join(LANGUAGES)}")
    return found
