"""Profile camel equals camel-tools, whole and step by step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.arabic import Profile, align, align_many, normalize, normalize_many

from .strings import fuzz

pytest.importorskip("camel_tools", reason="camel-tools is not installed")
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

STEPS: dict[str, Callable[[str], str]] = {
    "camel-unicode": normalize_unicode,
    "camel-alef": normalize_alef_ar,
    "camel-alef-maksura": normalize_alef_maksura_ar,
    "camel-teh-marbuta": normalize_teh_marbuta_ar,
    "camel-dediac": dediac_ar,
}
SCALARS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def chain(text: str) -> str:
    for step in STEPS.values():
        text = step(text)
    return text


def test_every_scalar_value() -> None:
    assert normalize_many(SCALARS, "camel") == [chain(c) for c in SCALARS]


@pytest.mark.parametrize("step", STEPS)
def test_every_scalar_value_of_each_step(step: str) -> None:
    theirs = STEPS[step]
    joined = "\n".join(SCALARS)
    assert normalize(joined, Profile([step], scope="text")) == theirs(joined)


@pytest.mark.parametrize(
    "count", [pytest.param(10_000, id="10k"), pytest.param(100_000, marks=pytest.mark.slow, id="100k")]
)
def test_fuzzed_strings(count: int) -> None:
    strings = fuzz(count, seed=20261122)
    batch = align_many(strings, "camel")
    assert batch.texts == [chain(s) for s in strings]
    for i, text in enumerate(strings):
        origin = batch[i].origin
        assert len(origin) == len(batch[i].text) + 1
        assert origin[-1] == len(text)
        assert (np.diff(origin) >= 0).all()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_as_the_chain_has_it(text: str) -> None:
    assert align(text, "camel").text == chain(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0651\u064e" * 4000 + "\u0301\u0323" * 3000,
        "\ufdfa" * 5000,
        "\u1100\u064e\u1161\u11a8",
        "ا\u0670\u0654",
        "\u064e\u0654",
        "",
        "\0",
    ],
    ids=["long marks", "expansions", "mark between jamo", "mark before hamza", "only marks", "empty", "nul"],
)
def test_hard_strings(text: str) -> None:
    assert normalize(text, "camel") == chain(text)


@pytest.mark.parametrize("form", ["nfc", "nfkc"])
def test_normal_forms(form: str) -> None:
    import unicodedata

    for text in fuzz(2000, seed=7):
        assert normalize(text, Profile([form], scope="text")) == unicodedata.normalize(form.upper(), text)  # type: ignore[arg-type]
