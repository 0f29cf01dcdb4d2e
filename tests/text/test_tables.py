"""Code point tables against the Unicode Character Database as `regex` has it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pytest
import regex

from bilingual.text.classes import SCRIPTS
from bilingual.text.fold import fold, word_hashes
from bilingual.text.tables import code_point_tables

EVERY = "".join(map(chr, range(0xD800))) + "\0" * 2048 + "".join(map(chr, range(0xE000, 0x110000)))


@cache
def extension_sets() -> dict[str, np.ndarray]:
    """Script -> bool per code point, from the generated table."""
    found: dict[str, np.ndarray] = {}
    for line in (files("bilingual") / "data/unicode/scripts.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        first, last, _, extensions = line.split("\t")
        for name in extensions.split():
            found.setdefault(name, np.zeros(0x110000, bool))[int(first, 16) : int(last, 16) + 1] = True
    return found


@pytest.fixture(scope="module")
def comparable() -> np.ndarray:
    """Scalar values that `regex` knows as assigned: its Unicode version may be older or newer than the table's."""
    found = np.ones(0x110000, bool)
    for match in regex.finditer(r"\p{Cn}+", EVERY):
        found[match.start() : match.end()] = False
    found[0xD800:0xE000] = False
    return found


@pytest.mark.parametrize("name", SCRIPTS[1:40])
def test_script_extensions_equal_those_of_regex_on_every_scalar_value(name: str, comparable: np.ndarray) -> None:
    theirs = np.zeros(0x110000, bool)
    try:
        matches = regex.finditer(rf"\p{{scx={name}}}+", EVERY)
    except regex.error:
        pytest.skip(f"regex {regex.__version__} does not know {name} yet")
    for match in matches:
        theirs[match.start() : match.end()] = True
    differ = (extension_sets()[name] != theirs) & comparable
    assert not differ.any(), [hex(code) for code in np.flatnonzero(differ)[:10]]


@pytest.mark.parametrize("character", "،؛؟ـ\u064e\u0670")
def test_arabic_punctuation_and_marks_belong_with_arabic(character: str) -> None:
    props = code_point_tables().props(np.array([ord(character)], np.uint32))
    assert SCRIPTS[(int(props[0]) >> 4) & 255] == "Arab"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إلى", "الي"),
        ("مدرسة", "مدرسه"),
        ("كِتَـــاب", "كتاب"),
        ("ﻻ", "لا"),
        ("فیلم", "فيلم"),
        ("READ", "read"),
        ("٢٠٢٤", "2024"),
        ("It’s", "it's"),
    ],
)
def test_fold_and_hash_join_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert word_hashes(one) == word_hashes(other)


def test_fold_keeps_different_words_apart() -> None:
    assert word_hashes("سلام") != word_hashes("سلم")
    assert fold("Straße") == "straße"
