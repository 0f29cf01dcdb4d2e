"""Profiles: named lists of steps. One record each; the command line and the documentation print these records."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from bilingual.arabic.steps import Examples, step
from bilingual.errors import SettingsError

Scope = Literal["text", "arabic"]
Repairing = Literal["off", "report", "sure", "on"]

SCOPES: Mapping[str, str] = {
    "text": "the whole text, whatever its language",
    "arabic": "Arabic only; other languages, URLs, e-mails and emoji stay as they are",
}
REPAIRS: Mapping[str, str] = {
    "off": "damaged text is left alone",
    "report": "damaged text is reported and left alone, as is what else looks wrong",
    "sure": "damaged text is repaired where the evidence leaves a wide margin; the rest is reported and left alone",
    "on": "damaged text is repaired",
}


def check_repair(mode: str) -> None:
    """Raises: SettingsError for a way to repair that is not known."""
    if mode not in get_args(Repairing):
        raise SettingsError(f"unknown repair {mode!r}; known: {', '.join(get_args(Repairing))}")


@dataclass(frozen=True, slots=True)
class Profile:
    """A list of steps, done one after the other; `bilingual profiles --steps` lists all there are.

    `scope`: which part of a text the steps may change, "arabic" or all of its "text". `repair`: what happens to damaged
    text before that: "off" does not look for any, "report" reports it, "sure" repairs it where the evidence is wide,
    "on" repairs all that is found. `examples`: pairs of a text and what becomes of it.

    >>> Profile(steps=["harakat", "tatweel"]).name
    'custom'

    Raises: SettingsError for an unknown step, scope or repair.
    """

    steps: tuple[str, ...]
    name: str = "custom"
    purpose: str = ""
    scope: Scope = "arabic"
    repair: Repairing = "off"
    examples: Examples = ()

    def __init__(
        self,
        steps: Iterable[str],
        *,
        name: str = "custom",
        purpose: str = "",
        scope: Scope = "arabic",
        repair: Repairing = "off",
        examples: Iterable[tuple[str, str]] = (),
    ) -> None:
        values = {
            "steps": (steps,) if isinstance(steps, str) else tuple(steps),
            "name": name,
            "purpose": purpose,
            "scope": scope,
            "repair": repair,
            "examples": tuple((before, after) for before, after in examples),
        }
        for key, value in values.items():
            object.__setattr__(self, key, value)
        self._check()

    def _check(self) -> None:
        for name in self.steps:
            step(name)
        if self.scope not in get_args(Scope):
            raise SettingsError(f"unknown scope {self.scope!r}; known: {', '.join(get_args(Scope))}")
        check_repair(self.repair)


_SEARCH = (
    "doubled-alef",
    "presentation-forms",
    "phrases",
    "rial",
    "drop-mark-forms",
    "spaces",
    "invisible",
    "bidi-marks",
    "bidi-controls",
    "joiners",
    "hamza-on-tatweel",
    "tatweel",
    "harakat",
    "quranic-marks",
    "dagger-alef",
    "compose-all",
    "hamza-marks",
    "keyboard-fold",
    "alef",
    "alef-maksura",
    "teh-marbuta",
    "digits",
    "punctuation",
    "number-separators",
)


def _search_quran() -> tuple[str, ...]:
    """Search, with dagger alef, small letters and hamza before alef as plain spelling has them (while their neighbours'
    marks still stand)."""
    first = _SEARCH.index("hamza-on-tatweel")
    rest = tuple(name for name in _SEARCH[first:] if name not in ("hamza-on-tatweel", "tatweel", "dagger-alef"))
    quranic = ("hamza-before-alef", "hamza-on-tatweel", "tatweel", "dagger-to-alef", "small-letters")
    return (*_SEARCH[:first], *quranic, *rest)


_PROFILES = (
    Profile(
        name="camel",
        purpose="Equal to the chain of camel-tools 1.6.0 (unicode, alef, alef maksura, teh marbuta, dediac).",
        steps=("camel-unicode", "camel-alef", "camel-alef-maksura", "camel-teh-marbuta", "camel-dediac"),
        scope="text",
        examples=(("إلى المدرسةِ الكُبرى", "الي المدرسه الكبري"), ("x²", "x2")),
    ),
    Profile(
        name="search",
        purpose="One spelling for all the ways a word is typed: for indexes, look-ups and de-duplication.",
        steps=_SEARCH,
        repair="on",
        examples=(
            ("إلى المـدرسةِ الكُبرى", "الي المدرسه الكبري"),
            ("ﻻ تذهبْ، ٢٠٢٦", "لا تذهب, 2026"),
            ("ÇáÓáÇã Úáíßã", "السلام عليكم"),
        ),
    ),
    Profile(
        name="search-quran",
        purpose="As search, for Quranic spelling: dagger alef, small letters and ءَا as plain spelling has them.",
        steps=_search_quran(),
        repair="on",
        examples=(("ٱلسَّمَٰوَٰتِ", "السماوات"), ("ٱلصَّلَوٰةَ", "الصلاه"), ("ءَامَنُوا", "امنوا")),
    ),
    Profile(
        name="corpus",
        purpose="Safe cleaning of training text: code points that carry no meaning go, spelling and vowels stay.",
        steps=(
            "doubled-alef",
            "presentation-forms",
            "mark-forms",
            "spaces",
            "invisible",
            "bidi-marks",
            "unbalanced-bidi",
            "bare-tatweel",
            "idle-joiners",
            "compose-all",
            "keyboard-letters",
        ),
        repair="sure",
        examples=(("ﻷنّ المـــدرسةَ", "لأنّ المدرسةَ"), ("ﷺ", "ﷺ")),
    ),
    Profile(
        name="display",
        purpose="The least that makes text copy, search and render well; what looks wrong is reported, not changed.",
        steps=("doubled-alef", "presentation-forms", "byte-order-mark", "compose"),
        repair="report",
        examples=(("ﻻ تذهبْ", "لا تذهبْ"), ("جــديد ٥٪", "جــديد ٥٪")),
    ),
)

PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in _PROFILES}


def get_profile(profile: str | Profile) -> Profile:
    """A built-in profile by name; a Profile is returned as it is.

    Raises: SettingsError for a name that is not known.
    """
    if isinstance(profile, Profile):
        return profile
    try:
        return PROFILES[profile]
    except (KeyError, TypeError):  # a list of steps is no name
        raise SettingsError(f"unknown profile {profile!r}; known: {', '.join(PROFILES)}") from None


def named_profile(name: str) -> Profile:
    """The profile that an option of the command line names: a built-in one, or that of a TOML file.

    Raises: SettingsError when there is none.
    """
    return load_profile(name) if name.endswith(".toml") else get_profile(name)


_FIELDS = ("name", "purpose", "steps", "scope", "repair", "examples")


def load_profile(path: str | Path) -> Profile:
    """A profile from a TOML file with `steps = [...]` and, if wanted, the other fields of `Profile`.

    `extends = "search"` begins with the steps of a built-in profile; `without = [...]` leaves steps out.

    Raises: SettingsError when the file is not such a file.
    """
    path = Path(path)
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: not a readable TOML profile: {error}") from error
    unknown = sorted(set(fields) - {*_FIELDS, "extends", "without"})
    if unknown:
        raise SettingsError(
            f"{path}: unknown field {unknown[0]!r}; known: {', '.join((*_FIELDS, 'extends', 'without'))}"
        )
    for key, value in fields.items():
        if key in _LISTS and not (isinstance(value, list) and all(map(_LISTS[key][1], value))):
            raise SettingsError(f"{path}: {key} must be a list of {_LISTS[key][0]}")
        if key not in _LISTS and not isinstance(value, str):
            raise SettingsError(f"{path}: {key} must be a text")
    try:
        return _from_fields(path, fields)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_text, value))


_LISTS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "steps": ("names of steps", _is_text),
    "without": ("names of steps", _is_text),
    "examples": ("pairs of texts", _is_pair),
}
"""Fields that are lists: what they hold, in words and as a test."""


def _from_fields(path: Path, fields: dict[str, Any]) -> Profile:
    base = get_profile(fields.pop("extends")) if "extends" in fields else None
    without = {step(name).name for name in fields.pop("without", [])}
    if base is None and "steps" not in fields:
        raise SettingsError('no steps; write steps = ["harakat", ...] or extends = "search"')
    steps = (*(base.steps if base else ()), *fields.pop("steps", ()))
    defaults: dict[str, Any] = {"name": path.stem}
    if base:
        defaults |= {"scope": base.scope, "repair": base.repair}
    return Profile([name for name in steps if name not in without], **(defaults | fields))
