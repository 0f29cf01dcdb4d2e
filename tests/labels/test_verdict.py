"""The kernel of rules against their functions in NumPy, and it and the one of verdicts against themselves interpreted."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import modules
from bilingual.labels.firing import kernel as firing
from bilingual.labels.model import label
from bilingual.labels.rules import SHAPE_RULES, apply, facts, spared, table
from bilingual.labels.verdict import kernel as verdict
from bilingual.text.scan import scan

PIECES = st.lists(
    st.sampled_from(
        [
            "Home", "About us", "Contact us", "من نحن", "اتصل بنا", "الرئيسية", "\n", "\n", "\n• ", " » ", " | ", "© 2020",
            "All rights reserved", "1 2 3 4 Next", "Published on", "3 May 2020", "By Sara Haddad", "Tel: +20 100 200 3000",
            "https://example.com", "#a #b", "Read also: Ten towns that moved uphill", "بالصور| افتتاح الجسر الجديد", "250 ريال",
            "12", "</div>", "{{ x }}", "We use cookies", "You are here: Home > Sport", "The dam broke in May, and the town",
            "moved uphill. ", "…", "[]", "السابق", "تابعونا على فيسبوك",
        ]
    ),
    max_size=30,
)  # fmt: skip
# What stands in a rule's way: policies above their text, pages about cookies.
SPARED_LINES = st.sampled_from(
    [
        "Privacy policy", "سياسة الخصوصية", "Terms of use", "Performance", "Accept all", "Cookie settings", "We use cookies on this site",
        "The council of the harbour town met on Monday to speak about the price of water and bread", "", "Two boats",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def interpreted() -> tuple[ModuleType, ModuleType]:
    return modules.interpreted(firing), modules.interpreted(verdict)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES.map(" ".join), min_size=1, max_size=3))
def test_shape_rules_say_what_their_functions_say(pages: list[str]) -> None:
    f = facts(scan(pages))
    found = apply(f)
    for row, function in zip(found.evidence, SHAPE_RULES, strict=True):
        np.testing.assert_array_equal(row, function(f), err_msg=function.__name__)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.one_of(PIECES.map(" ".join), SPARED_LINES), max_size=9).map("\n".join), min_size=1, max_size=3))
def test_rules_are_spared_where_their_function_says(pages: list[str]) -> None:
    f = facts(scan(pages))
    found = apply(f)
    decides = np.array([*(rule.decides for rule in table()), False])[found.rule]
    np.testing.assert_array_equal(found.decides, decides & ~spared(f, found.rule))


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES.map(" ".join), min_size=1, max_size=3))
def test_interpreted_and_compiled_agree(interpreted: tuple[ModuleType, ModuleType], pages: list[str]) -> None:
    scanned = scan(pages)
    f = facts(scanned)
    fast, slow = apply(f), apply(f, engine=interpreted[0])
    for name in ("rule", "label", "score", "decides", "evidence"):
        np.testing.assert_array_equal(getattr(fast, name), getattr(slow, name))
    one, other = label(scanned), label(scanned, verdict=interpreted[1])
    for name in ("label", "score", "layer", "rule", "kind"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
