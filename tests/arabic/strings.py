"""Strings for the property tests: Arabic in all its spellings, other languages, emoji, controls."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import strategies as st

ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىٱپچژگڤکیہھە"
MARKS = "".join(map(chr, (*range(0x064B, 0x0656), 0x0670, 0x06E1, 0x06E4, 0x06D6, 0x0615, 0x08F0)))
# fmt: off
_INVISIBLE = (
    0x200C, 0x200D, 0x200E, 0x200F, 0x061C, 0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2069, 0xFEFF, 0x00AD, 0x2060,
    0x00A0, 0x200B,
)
_FORMS = (0xFDFA, 0xFDFC, 0xFDFD, 0xFE70, 0xFE76, 0xFEFB, 0xFEF5, 0xFC5E, 0xFCF2)
# fmt: on
SPECIAL = "ـ،؛؟٪٫٬٠١٩۴" + "".join(map(chr, (*_INVISIBLE, *_FORMS)))
OTHER = "abcXYZ019 .,:;!?()\n\téşŠ²½漢가👨👩❤\ufe0f"


def texts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Mostly Arabic, with all that must not disturb it."""
    letters = st.sampled_from(ARABIC)
    parts = st.one_of(letters, letters, st.sampled_from(MARKS), st.sampled_from(SPECIAL + " "), st.sampled_from(OTHER))
    return st.lists(parts, max_size=max_size).map("".join)


def fuzz(count: int, seed: int) -> list[str]:
    """Random strings, heavy in code points that normal forms change."""
    rng = random.Random(seed)
    scalars = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    changing = [c for c in scalars if unicodedata.decomposition(chr(c)) or unicodedata.combining(chr(c))]
    pools = (
        changing,
        list(range(0x0600, 0x0700)),
        list(range(0xFB50, 0xFF00)),
        [*range(0x1100, 0x1200), *range(0xAC00, 0xAC40)],
        list(range(0x20, 0x300)),
        scalars,
    )
    weights = (3, 4, 2, 1, 2, 1)
    return [
        "".join(chr(rng.choice(rng.choices(pools, weights)[0])) for _ in range(rng.randrange(1, 24)))
        for _ in range(count)
    ]
