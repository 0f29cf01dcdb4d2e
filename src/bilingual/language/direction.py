"""Which way a language is written, by its script."""

from __future__ import annotations

from functools import cache

from bilingual.text.classes import RIGHT_TO_LEFT

# Languages that the registry does not have.
_OTHERS = {"arc": "Syrc", "khw": "Arab", "ks": "Arab", "yi": "Hebr"}


@cache
def is_rtl(tag: str) -> bool:
    """True for a language written from right to left; a BCP 47 tag with a script subtag goes by the script.

    >>> is_rtl("ar-EG"), is_rtl("ar-Latn"), is_rtl("en"), is_rtl("und-Nkoo")
    (True, False, False, True)
    """
    parts = tag.lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    return (scripts[0].title() if scripts else _scripts().get(parts[0], "")) in RIGHT_TO_LEFT


@cache
def _scripts() -> dict[str, str]:
    """The script of each language by its tag."""
    from bilingual.language.registry import default_registry  # reads a file for each language: a merge needs none

    return {language.tag: language.script for language in default_registry().languages} | _OTHERS
