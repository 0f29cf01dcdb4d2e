"""Profiles and steps in words, for the command line and the documentation; from the records alone."""

from __future__ import annotations

import unicodedata
from typing import Any

from bilingual.arabic.profile import REPAIRS, SCOPES, Profile
from bilingual.arabic.steps import STEPS, Examples, Step


def profile_record(profile: Profile) -> dict[str, Any]:
    """A profile as JSON shows it."""
    return {
        "name": profile.name,
        "purpose": profile.purpose,
        "scope": profile.scope,
        "repair": profile.repair,
        "steps": list(profile.steps),
        "examples": [list(pair) for pair in profile.examples],
    }


def step_record(step: Step) -> dict[str, Any]:
    """A step as JSON shows it."""
    return {"name": step.name, "purpose": step.purpose, "examples": [list(pair) for pair in step.examples]}


def profile_lines(profile: Profile) -> list[str]:
    """A profile for the terminal: every step with what it does."""
    return [
        profile.name,
        f"  {profile.purpose}" if profile.purpose else "  (no purpose given)",
        f"  changes: {SCOPES[profile.scope]}",
        f"  damage:  {REPAIRS[profile.repair]}",
        *_examples(profile.examples),
        *(f"  {number:>2}. {name:<20} {STEPS[name].purpose}" for number, name in enumerate(profile.steps, start=1)),
        "",
    ]


def step_lines(step: Step) -> list[str]:
    """A step for the terminal."""
    return [step.name, f"  {step.purpose}", *_examples(step.examples), ""]


def _examples(examples: Examples) -> list[str]:
    return [f"  example: {visible(before)} → {visible(after)}" for before, after in examples]


def visible(text: str) -> str:
    """Invisible code points by number, so that an example shows what it is about.

    >>> visible("ن\\u200f")
    'ن<200F>'
    """
    return "".join(f"<{ord(c):04X}>" if unicodedata.category(c) in ("Cf", "Zs") and c != " " else c for c in text)
