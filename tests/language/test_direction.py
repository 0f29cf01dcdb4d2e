"""Which way languages are written."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from bilingual.language.direction import is_rtl
from bilingual.text.classes import KIND_MASK, LETTER, RIGHT_TO_LEFT, SCRIPT_MASK, SCRIPT_SHIFT, SCRIPTS
from bilingual.text.tables import code_point_tables

RIGHT = "ar arc ckb dv fa he khw ks ps sd ug ur yi AR ar-EG fa-IR az-Arab und-Arab und-Samr he-Hebr-IL".split()
LEFT = "en tr ar-Latn fa-Latn ur-Latn-PK ku sr-Cyrl und und-Latn x".split()
# Where Unicode puts nothing but what is written from right to left: a script may be younger than this Python's tables.
PLACES = ((0x590, 0x900), (0xFB1D, 0xFE00), (0xFE70, 0xFF00), (0x10800, 0x11000), (0x1E800, 0x1F000))


@pytest.mark.parametrize(("tag", "expected"), [*((tag, True) for tag in RIGHT), *((tag, False) for tag in LEFT)])
def test_which_languages_run_from_right_to_left(tag: str, expected: bool) -> None:
    assert is_rtl(tag) is expected


def test_scripts_from_right_to_left_are_those_whose_letters_are() -> None:
    codes = np.array([code for code in range(0x110000) if not 0xD800 <= code < 0xE000], np.uint32)
    props = code_point_tables().props(codes)
    is_letter = (props & KIND_MASK) == LETTER
    scripts = (props[is_letter] >> SCRIPT_SHIFT) & SCRIPT_MASK
    for code, script in zip(codes[is_letter].tolist(), scripts.tolist(), strict=True):
        name, kind = SCRIPTS[script], unicodedata.bidirectional(chr(code))
        if name in ("Zyyy", "Zzzz"):
            continue
        is_right = kind in ("R", "AL") or (not kind and any(first <= code < last for first, last in PLACES))
        assert is_right == (name in RIGHT_TO_LEFT), (hex(code), name, kind)
    assert set(SCRIPTS) > RIGHT_TO_LEFT
