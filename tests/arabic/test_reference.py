"""The fast engine against a slow obvious one, and the compiled kernel against the interpreted one."""

from __future__ import annotations

import sys
import unicodedata
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual.arabic.codes as codes_module
import modules
from bilingual.arabic import PROFILES, STEPS, Profile, Step, align, engine, normalize_ranges, scope, table
from bilingual.arabic.inspection import kernel as inspection
from bilingual.arabic.rewriting import kernel as rewriting
from bilingual.text.native import view

from .strings import fuzz, texts


def slowly(text: str, step: Step) -> str:
    """One step, as its record says, one code point after the other."""
    if step.maps:
        table = step.maps()
        return "".join(chr(out) for c in text for out in table.get(ord(c), (ord(c),)))
    if step.form:
        return unicodedata.normalize(step.form, text.translate(dict(step.before)))
    assert step.looks
    codes = [ord(c) for c in text]
    places = [(i, 0, len(codes)) for i, code in enumerate(codes) if code in step.at]
    edits = step.looks(codes, places)
    return "".join(chr(out) for i, code in enumerate(codes) for out in edits.get(i, (code,)))


@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("name", PROFILES)
@given(text=texts(60))
def test_profiles_are_their_steps_in_order(name: str, text: str) -> None:
    expected = text
    for step in PROFILES[name].steps:
        expected = slowly(expected, STEPS[step])
    assert normalize_ranges(text, [(0, len(text))], Profile(PROFILES[name].steps)).text == expected


@settings(max_examples=300, deadline=None)
@given(text=texts(40), names=st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_any_list_of_steps(text: str, names: list[str]) -> None:
    expected = text
    for name in names:
        expected = slowly(expected, STEPS[name])
    aligned = align(text, Profile(names, scope="text"))
    assert aligned.text == expected
    assert len(aligned.origin) == len(expected) + 1


@pytest.fixture(scope="module")
def interpreted() -> dict[ModuleType, ModuleType]:
    """The kernels of the room run by the interpreter, by the compiled ones."""
    return {kernel: modules.interpreted(kernel) for kernel in (rewriting, inspection)}


def test_the_interpreted_kernels_give_the_same(
    interpreted: dict[ModuleType, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not all(kernel.COMPILED for kernel in interpreted):
        pytest.skip("the kernels are not compiled here")
    strings = [
        *fuzz(300, seed=3),
        "ÇáÓáÇã Úáíßã\nةيبرعلا ةغللا ملعت",
        "a" + "\u0651\u064e" * 40,
        "ﷺ" * 300,
        "األول\nفیلم آن Škoda",
    ]
    expected = {name: [align(text, name) for text in strings] for name in PROFILES}
    for name in ("codes", "engine", "normalization", "repair", "scope"):
        module = sys.modules[f"bilingual.arabic.{name}"]
        monkeypatch.setattr(module, "kernel", interpreted[module.kernel])
    for name, results in expected.items():
        for text, one in zip(strings, results, strict=True):
            again = align(text, name)
            assert (again.text, again.origin.tolist()) == (one.text, one.origin.tolist()), (name, text)
            assert again.repairs == one.repairs


@pytest.mark.parametrize(
    "text", ["", "\0", "abc", "éß\xff", "كتاب", "\ud800ا\udfff", "👨‍👩‍👧 ا", "\U0010ffff"], ids=repr
)
def test_text_to_codes_and_back(interpreted: dict[ModuleType, ModuleType], text: str) -> None:
    expected = [ord(character) for character in text]
    for kernel in (rewriting, interpreted[rewriting]):
        codes = np.empty(len(text), np.uint32)
        kernel.read(text, view(codes, kernel.COMPILED))
        assert codes.tolist() == expected
        assert kernel.written(view(codes, kernel.COMPILED)) == text
    assert codes_module.to_codes(text).tolist() == expected
    assert codes_module.to_text(codes) == text
    # The narrowest form: a text that lost its wide characters compares and hashes like any other.
    assert codes_module.to_text(codes[codes < 128]) == "".join(c for c in text if c < "\x80")


def test_a_text_of_a_derived_class_is_a_text() -> None:
    class Wrong(str):
        def __len__(self) -> int:
            return 1

    for text in (np.str_("كِتابٌ"), Wrong("كِتابٌ")):
        assert codes_module.to_codes(text).tolist() == [ord(character) for character in "كِتابٌ"]
        assert align(text, "camel").text == "كتاب"


def test_tables_are_direct_below_u1000() -> None:
    packed = table.stages({0x41: 7, 0x0FFF: 9, 0x1000: 11, 0x10FFFF: 13})
    assert len(packed.data) % table.PAGE == 0
    for code in (0, 0x41, 0x627, 0x0FFF, 0x1000, 0x1001, 0xFEFB, 0x10FFFF):
        assert packed[code] == {0x41: 7, 0x0FFF: 9, 0x1000: 11, 0x10FFFF: 13}.get(code, 0)
        if code < 0x1000:
            assert packed.data[code] == packed[code]


def test_one_pass_for_plain_text() -> None:
    """Ordinary vocalised Arabic needs one pass of one table, whatever the profile."""
    from bilingual.arabic.codes import to_codes

    text = "قَالَ المُديرُ إنَّ المدرسة مفتوحة في ٢٠٢٦."
    codes = to_codes(text)
    starts, ends = scope.arabic_ranges(codes)
    assert (starts.tolist(), ends.tolist()) == ([0], [len(text) - 1])
    for name in ("search", "display", "corpus"):
        passes = engine.plan(PROFILES[name].steps, frozenset())
        assert len(passes) == 1
