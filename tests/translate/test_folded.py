"""Sentences of values that go on over lines are one unit, and their line ends stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.formats.exchange import Answer, Returned
from bilingual.formats.inline import shown
from bilingual.pipeline import Segmenter
from bilingual.translate.merge import MergeError, merge
from bilingual.translate.original import Original, open_original, place_of
from bilingual.translate.units import find_units, make_job

YAML = """en:
  folded: >-
    The harbour will be closed
    for {n} weeks, and ships
    must wait. Call us to
    ask for more:
      a line that stays one
    and another one of them
  literal: |
    This line stays alone
    and so does this one
  plain: A text of two lines
    goes on down here
  list:
    - first thing of all
    - second thing of all
"""
PROPERTIES = """a.b=The harbour will be closed \\
    for {0} weeks, and ships must\\
\twait. Call us \\
    to ask for more
a.c=Nothing else
"""
FRONT = "---\ntitle: >\n  The harbour will be\n  closed for weeks\n---\nA line that is text\nand another one\n"
CASES = {
    "a.yml": (YAML, [
        "The harbour will be closed⟦1⟧for {n} weeks, and ships⟦3⟧must wait.", "Call us to⟦1⟧ask for more:",
        "a line that stays one", "and another one of them", "This line stays alone", "and so does this one",
        "A text of two lines⟦1⟧goes on down here", "first thing of all", "second thing of all",
    ]),
    "a.properties": (PROPERTIES, [
        "The harbour will be closed⟦1⟧for {0} weeks, and ships must⟦3⟧wait.", "Call us⟦1⟧to ask for more", "Nothing else",
    ]),
    "a.md": (FRONT, ["The harbour will be⟦1⟧closed for weeks", "A line that is text", "and another one"]),
}  # fmt: skip


def opened(path: Path, text: str, segmenter: Segmenter) -> tuple[Original, dict[str, str]]:
    """A file, and the ids of its units by their texts."""
    path.write_bytes(text.encode())
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    return original, {shown(unit.parts): unit.id for unit in units if unit.lang != "und"}


def merged(original: Original, targets: dict[str, str]) -> str:
    about = make_job(original, (), source="en", target="ar").about
    answers = [Answer(id=name, target=target) for name, target in targets.items()]
    return merge(original, Returned(about=about, pairs=(("en", "ar"),), answers=answers)).data.decode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", CASES)
def test_a_sentence_over_lines_is_one_unit(tmp_path: Path, segmenter: Segmenter, name: str, end: str) -> None:
    text, expected = CASES[name]
    if name == "a.md" and end == "\r":
        return  # no front matter
    original, units = opened(tmp_path / name, text.replace("\n", end), segmenter)
    assert list(units) == expected
    assert merged(original, {unit: f"({text})" for text, unit in units.items() if "⟦" in text}).count(end) == text.count("\n")


@pytest.mark.parametrize(
    ("name", "target", "new"),
    [
        ("a.yml", "سيغلق ⟦1⟧ المرفأ {n} ⟦3⟧ أسابيع.", "    سيغلق\n    المرفأ {n}\n    أسابيع. Call us to\n"),
        ("a.properties", "سيغلق⟦1⟧المرفأ {0}⟦3⟧أسابيع.", "a.b=سيغلق \\\n    المرفأ {0}\\\n\tأسابيع. Call us \\\n"),
        ("a.yml", "سيغلق ⟦3⟧ المرفأ {n} ⟦1⟧ أسابيع.", "the line ends are out of order"),
        ("a.yml", "سيغلق المرفأ {n} أسابيع.⟦1⟧⟦3⟧", "a line would be empty"),
        ("a.properties", "سيغلق⟦1⟧المرفأ\n{0}⟦3⟧أسابيع.", "a line break would end the value"),
        ("a.properties", "سيغلق⟦1⟧المرفأ \\x {0}⟦3⟧أسابيع.", "a backslash makes a sign of what follows it"),
    ],
)
def test_a_translation_says_what_stands_on_which_line(
    tmp_path: Path, segmenter: Segmenter, name: str, target: str, new: str
) -> None:
    original, units = opened(tmp_path / name, CASES[name][0], segmenter)
    unit = next(unit for text, unit in units.items() if text.startswith("The harbour"))
    if "\n" in new:
        assert new in merged(original, {unit: target})
        return
    with pytest.raises(MergeError, match=f"{unit}: {new}"):
        merged(original, {unit: target})


WORDS = st.lists(st.sampled_from(["the", "harbour", "is", "closed,", "until.", "\\", "#", "- a", "{n}", ": b"]), max_size=6)


@given(st.lists(WORDS.map(" ".join), max_size=8), st.sampled_from([">", "|", ""]), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_not_translated_keeps_its_bytes(
    tmp_path: Path, segmenter: Segmenter, lines: list[str], sign: str, end: str
) -> None:
    for name, text in (
        ("a.yml", f"key: {sign}{end}" + "".join(f"  {line}{end}" for line in lines)),
        ("a.properties", "key=" + f"\\{end}  ".join(lines)),
    ):
        original, units = opened(tmp_path / name, text, segmenter)
        assert merged(original, {unit: source for source, unit in units.items()}) == text
        for source, unit in units.items():
            place = place_of(unit)
            assert place is not None
            assert shown(original.parts(place) or ()) == source
