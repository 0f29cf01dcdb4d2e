"""Inline codes: what is one, what is not, and that none gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.formats.inline import Code, Part, codes, inline, plain, read_shown, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%d مدونون معجبون بهذه:", ["%d"]),
        ("%1$s of %2$d, %(name)s, %5.2f and %%", ["%1$s", "%2$d", "%(name)s", "%5.2f"]),
        ("50% discount, 100% d'accord, 5 % de plus", []),
        ("{name} {0} {} {{ user.name }} ${HOME} {x:.2f}", ["{name}", "{0}", "{}", "{{ user.name }}", "${HOME}", "{x:.2f}"]),
        ("{ a set, of words }", []),
        ("see https://example.org/a_(b)?q=1, or (http://x.org/y).", ["https://example.org/a_(b)?q=1", "http://x.org/y"]),
        ("زوروا https://example.org/صفحة، ثم", ["https://example.org/صفحة"]),
        ("write to a.b+c@example.co.uk.", ["a.b+c@example.co.uk"]),
        ("www.example.com/x! not a@b", ["www.example.com/x"]),
        ("a\x00\x01b\x1b[31mred", ["\x00\x01", "\x1b[31m"]),
        ("a ⟦1⟧ b", ["⟦", "⟧"]),
        ("plain words: nothing else.", []),
    ],
)
def test_codes(text: str, expected: list[str]) -> None:
    assert [code.raw for code in codes(inline(text))] == expected


@given(st.text(alphabet=st.one_of(st.sampled_from("a%ds{}$@.:/htp⟦⟧1\n "), st.characters()), max_size=60))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost(text: str) -> None:
    parts = inline(text)
    assert plain(parts) == text
    assert [code.number for code in codes(parts)] == list(range(1, len(codes(parts)) + 1))
    again, problems = read_shown(shown(parts), parts)
    assert problems == []
    assert plain(again) == text


PAIR: tuple[Part, ...] = (
    Code(number=1, raw="<b>", kind="open", is_markup=True), "x", Code(number=1, raw="</b>", kind="close", is_markup=True),
    Code(number=2, raw="<i>", kind="open", is_markup=True), "y", Code(number=2, raw="</i>", kind="close", is_markup=True),
)  # fmt: skip


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("⟦1⟧x⟦/1⟧⟦2⟧y⟦/2⟧", None),
        ("⟦2⟧y⟦/2⟧⟦1⟧x⟦/1⟧", None),
        ("⟦1⟧x⟦2⟧y⟦/2⟧⟦/1⟧", None),
        ("⟦/1⟧x⟦1⟧⟦2⟧y⟦/2⟧", "is not where it closes its pair"),
        ("⟦1⟧x⟦2⟧⟦/1⟧y⟦/2⟧", "is not where it closes its pair"),
        ("⟦1⟧x⟦2⟧y⟦/2⟧", "⟦/1⟧ ('</b>') is lost"),
        ("⟦1⟧x⟦/1⟧⟦2⟧y⟦/2⟧⟦/2⟧", "⟦/2⟧ ('</i>') is doubled"),
    ],
)
def test_pairs(target: str, problem: str | None) -> None:
    problems = read_shown(target, PAIR)[1]
    assert (problems == []) if problem is None else any(problem in found for found in problems)
