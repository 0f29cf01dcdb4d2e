"""The numbers that kernels know against the lists that give them their names."""

from __future__ import annotations

import pytest

from bilingual.labels import features, numbers, patterns
from bilingual.labels.columns import LABELS, LAYERS
from bilingual.labels.evidence import ALIKE, EVIDENCE, LAYOUT
from bilingual.labels.rules import SHAPE_RULES

ROWS: list[tuple[str, int, list[str]]] = [
    ("", 0, list(LABELS)),
    ("", 0, list(LAYERS)),
    ("SIGNAL_", 0, list(features.SIGNALS)),
    ("SAID_", 0, [*features.GROUPS, *features.COVERS]),
    ("CLASS_", 0, list(features.WORD_CLASSES)),
    ("DATE_", 1, list(patterns.WORD_CLASSES)),
    ("WHY_", 0, [one.name for one in EVIDENCE]),
    ("LAID_", 0, [one.name for one in LAYOUT]),
    ("LIKE_", 0, [one.name for one in ALIKE]),
]
BITS: list[tuple[str, list[str]]] = [
    ("SHAPE_", list(patterns.SHAPES)),
    ("FIRES_", [rule.__name__ for rule in SHAPE_RULES]),
]


@pytest.mark.parametrize(("prefix", "first", "names"), ROWS)
def test_places_are_those_of_the_lists(prefix: str, first: int, names: list[str]) -> None:
    for place, name in enumerate(names, first):
        assert getattr(numbers, prefix + name.upper().replace("-", "_")) == place


@pytest.mark.parametrize(("prefix", "names"), BITS)
def test_bits_are_those_of_the_lists(prefix: str, names: list[str]) -> None:
    for bit, name in enumerate(names):
        assert getattr(numbers, prefix + name.upper().replace("-", "_")) == 1 << bit


def test_rows_of_the_main_block_and_the_page_follow_each_other() -> None:
    first = features.NAMES.index("side")
    for name in ("side", "from_start", "to_end", "size", "evidence", "closed", "heads_after"):
        assert getattr(numbers, f"BLOCK_{name.upper()}") == features.NAMES.index(name) - first
        assert features.BODY_NAMES.index(f"b_{name}") - features.BODY_NAMES.index("b_side") == (
            features.NAMES.index(name) - first
        )
    for place, name in enumerate(features.NAMES[first + 7 : features.NAMES.index("r_copyright_notice")], 7):
        assert getattr(numbers, f"SECTION_{name.upper()}") == place
