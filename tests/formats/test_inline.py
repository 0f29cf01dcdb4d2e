"""Inline codes: what is one, what is not, and that none gets lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.formats.inline import Code, Part, _codes_of, _pattern, codes, inline, plain, read_shown, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%d مدونون معجبون بهذه:", ["%d"]),
        ("%1$s of %2$d, %(name)s, %5.2f and %%", ["%1$s", "%2$d", "%(name)s", "%5.2f"]),
        ("50% discount, 100% d'accord, 5 % de plus", []),
        ("{name} {0} {} {{ user.name }} ${HOME} {x:.2f}", ["{name}", "{0}", "{}", "{{ user.name }}", "${HOME}", "{x:.2f}"]),
        ("{ a set, of words }", []),
        ("see https://example.org/a_(b)?q=1, or (http://x.org/y).", ["https://example.org/a_(b)?q=1", "http://x.org/y"]),
        ("see https://example.org/a_(b), (https://example.org/a_(b)).", ["https://example.org/a_(b)"] * 2),
        ("زوروا https://example.org/صفحة، ثم", ["https://example.org/صفحة"]),
        ("write to a.b+c@example.co.uk.", ["a.b+c@example.co.uk"]),
        ("www.example.com/x! not a@b", ["www.example.com/x"]),
        ("www.a.co.uk, www.موقع.org/a.html?b=1. www.a", ["www.a.co.uk", "www.موقع.org/a.html?b=1"]),
        ("a\x00\x01b\x1b[31mred", ["\x00\x01", "\x1b[31m"]),
        ("a ⟦1⟧ b", ["⟦", "⟧"]),
        ("plain words: nothing else.", []),
    ],
)
def test_what_is_a_code(text: str, expected: list[str]) -> None:
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


@given(st.lists(st.sampled_from(["a", "1", " ", ":", "/", ".", *"%ds{}$@`[]()<>^=⟦⟧\x00\ud800\uffff", "http://", "www.", "b.org", "<b>", "](c.d)", "`e`"]), max_size=12))
@settings(max_examples=1000, deadline=None)
def test_the_quick_look_passes_every_code_on(found: list[str]) -> None:
    """A text that holds no sign of a kind of code is not searched for one."""
    text = "".join(found)
    slow = _pattern(has_markdown=True, has_tags=True, has_addresses=True)
    expected = [(match.start(), match["unsafe"] is None) for match in slow.finditer(text)]
    assert [(start, is_literal) for start, _, is_literal in _codes_of(text)] == expected


@given(st.text(alphabet="ab \n%ds{}<`[]⟦1⟧\x00\u200f", max_size=12), st.sampled_from([" text\n", "text", "text {n}", ""]))
@settings(max_examples=300, deadline=None)
def test_a_target_without_signs_of_codes_is_read_like_any_other(target: str, source: str) -> None:
    parts = inline(source)
    quick = read_shown(target, parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bilingual.formats.inline._ANY", re.compile(""))
        assert read_shown(target, parts) == quick


@given(st.data(), st.sampled_from(["{name}", "%1$s", "https://a.org/b?c=d", "<b>", "a.b@c.org"]))
@settings(max_examples=200, deadline=None)
def test_marks_of_direction_in_a_placeholder_do_no_harm(data: st.DataObject, code: str) -> None:
    """Editors of right-to-left text put them wherever a caret stands; those in the words are text."""
    mark = data.draw(st.sampled_from("\u200e\u200f\u2067\u2069\u061c"))
    at = data.draw(st.integers(1, len(code) - 1))
    source = inline(f"See {code} now")
    parts, problems = read_shown(f"ا{mark}نظر {code[:at]}{mark}{code[at:]} الآن", source)
    assert problems == []
    assert plain(parts) == f"ا{mark}نظر {code} الآن"


def test_marks_in_words_that_are_code_elsewhere_are_text() -> None:
    """A soft hyphen parts `medical`, though `<code>cal</code>` is in the same unit."""
    source = ("Run ", Code(number=1, raw="cal", is_literal=True), " now")
    parts, problems = read_shown("Medi\u00adca\u00adl: cal", source)
    assert (plain(parts), problems) == ("Medi\u00adca\u00adl: cal", [])


@pytest.mark.parametrize("given", ["نص {n} ثم", "  نص {n} ثم\n  ", "\n    نص {n} ثم", " نص {n} ثم "])
def test_white_space_at_the_ends_is_that_of_the_source(given: str) -> None:
    """A note's text begins with a space after its number; tables and tools take it off, or add line ends."""
    assert plain(read_shown(given, inline(" text {n} then"))[0]) == " نص {n} ثم"


@pytest.mark.parametrize("text", ["%d of %%d", "5%s%s", "%d5%d", "nowwww.a.org/b and www.a.org/b", "%s %% %%%s"])
def test_what_looks_like_a_code_in_plain_text(text: str) -> None:
    """It is none, in the source as in the target, so the translation of a code cannot be confused with it."""
    source = inline(text)
    first = codes(source)[0]
    tokens = "".join(part if isinstance(part, str) else f"⟦{part.number}⟧" for part in source)
    assert read_shown(tokens, source) == (source, [])
    assert shown(read_shown(text, source)[0]) == text
    assert read_shown(text, source)[1] == []
    assert f"{first.raw} is lost" in read_shown(tokens.replace("⟦1⟧", ""), source)[1]
    assert f"{first.raw} is doubled" in read_shown(tokens.replace("⟦1⟧", "⟦1⟧⟦1⟧"), source)[1]


def test_codes_that_grew_together_with_words() -> None:
    source = inline("%d at https://a.org/b or www.a.org")
    target, problems = read_shown("ب5%dفي https://a.org/bو(www.a.orgو)", source)
    assert problems == []
    assert [code.raw for code in codes(target)] == ["%d", "https://a.org/b", "www.a.org"]


@pytest.mark.parametrize("character", ["\0", "\x08", "\x1e", "\x7f"])
def test_a_control_character_that_is_new_is_a_problem(character: str) -> None:
    """Copied from a window that shows it as nothing, it would make a program take the file for no text."""
    problem = f"the control character U+{ord(character):04X} is not in the source"
    assert read_shown(f"نص{character}و{character}", inline("text"))[1] == [problem]
    source = inline(f"text{character}")
    assert read_shown("⟦1⟧نص", source)[1] == []
    assert read_shown("نص\t\v\n", inline("text"))[1] == []


def test_many_codes_take_no_long_time() -> None:
    source = inline("".join(f"{{n{i}}} \x01 " for i in range(4000)))
    assert read_shown(shown(source), source) == (source, [])


@pytest.mark.parametrize("name", ["b1", "12345678", "", "tag7", "/x", "²"])
def test_tokens_of_no_code(name: str) -> None:
    assert read_shown(f"a ⟦{name}⟧", inline("a"))[1] == [f"⟦{name}⟧ is no code of this unit"]


def test_long_runs_take_no_long_time() -> None:
    """A host is of bounded length: no start of one is tried to the end of the text."""
    assert codes(inline("-www.x" * 100_000)) == []
    assert len(read_shown(f"⟦{' ' * 200_000}⟧", inline("a"))[1]) == 1


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
def test_pairs_must_nest(target: str, problem: str | None) -> None:
    problems = read_shown(target, PAIR)[1]
    assert (problems == []) if problem is None else any(problem in found for found in problems)


def test_a_word_of_code_is_there_whatever_became_of_the_same_word_in_the_text() -> None:
    """`a` between the tags of code stays, an article does not."""
    opens, closes = (Code(number=1, raw=f"<{slash}code>", kind=kind, is_markup=True)
                     for slash, kind in (("", "open"), ("/", "close")))  # fmt: skip
    code = Code(number=2, raw="a", is_literal=True)
    source = ("Adds a number to ", opens, code, closes, ", a list.")
    assert read_shown("يضيف عددا إلى ⟦1⟧a⟦/1⟧ وهي قائمة.", source) == (
        ("يضيف عددا إلى ", opens, code, closes, " وهي قائمة."), []
    )
    assert read_shown("يضيف عددا إلى ⟦1⟧ب⟦/1⟧ وهي قائمة.", source)[1] == ["a is lost"]
