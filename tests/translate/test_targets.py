"""What translators and their tools write into targets, and what a file can take where a unit stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.formats.exchange import Answer, Returned, Unit
from bilingual.formats.inline import codes, shown
from bilingual.pipeline import Segmenter
from bilingual.translate.merge import Merged, MergeError, merge
from bilingual.translate.original import open_original, place_of
from bilingual.translate.units import find_units, make_job

LABELS = ("body", "navigation", "promo")
MARKDOWN = """# Heading of the page about ships

> A quotation that says something nice about it.

1. First step of the list here. Then go on with it.
- An item of another list of ships here.

Plain text of a paragraph about the harbour.
"""
LINKS = 'See [the map of it](map.md "of all") and ![the picture](i/a.png) here.\n'
BOLD = "The **lion** and the **tiger of *all* animals** are here.\n"
SUBTITLES = """1
00:00:01,000 --> 00:00:03,500
Welcome to the harbour of Alexandria, where
we meet the people who work here.

2
00:00:04,000 --> 00:00:06,500
Ships wait outside of the quay.
"""
PROPERTIES = "a.b=It''s the {0}''s turn in this shop today\na.c=Welcome to all of the people here, {0}\n"
CATALOGUE = """id,text_en,note_en
A-1,Welcome to the harbour of ships,"It is open, all year long"
A-2,"He said ""yes"" to all of us here",Plain text of the note here
"""
MESSAGES = """en:
  title: Welcome to the harbour of ships
  quoted: "It is \\"open\\" all year: come and see"
  single: 'It''s open all year for you'
  block: |
    Line one of the block stands here.
"""


def units_of(path: Path, text: str, segmenter: Segmenter) -> list[Unit]:
    path.write_bytes(text.encode())
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    return [*make_job(original, units, source="en", target="ar", keep=LABELS).units]


def merged(path: Path, targets: dict[str, str]) -> Merged:
    original = open_original(str(path))
    units = make_job(original, (), source="en", target="ar").about
    answers = [Answer(id=name, target=target) for name, target in targets.items()]
    return merge(original, Returned(about=units, pairs=(("en", "ar"),), answers=answers), what="t.tsv")


@pytest.mark.parametrize(
    ("name", "text", "begin", "target", "said"),
    [
        ("a.md", MARKDOWN, "Heading", "عنوان\nالصفحة", "a line break would end the heading"),
        ("a.md", MARKDOWN, "Heading", "عنوان\vالصفحة", "a line break would end the heading"),
        ("a.md", MARKDOWN, "A quotation", "اقتباس\n \nثان", "an empty line would end the quotation or the item"),
        ("a.md", MARKDOWN, "A quotation", "اقتباس\nثان", ""),
        ("a.md", MARKDOWN, "1. First", "1. خطوة\n\nثانية", "an empty line would end the quotation or the item"),
        ("a.md", MARKDOWN, "1. First", "3) خطوة أولى", ""),
        ("a.md", MARKDOWN, "1. First", "١. خطوة أولى", "`1. ` begins the item: keep it"),
        ("a.md", MARKDOWN, "1. First", "خطوة أولى", "`1. ` begins the item: keep it"),
        ("a.md", MARKDOWN, "An item", "- بند آخر", "`-` would begin an item"),
        ("a.md", MARKDOWN, "An item", "-5 بنود", ""),
        ("a.md", MARKDOWN, "Heading", "# عنوان", ""),
        ("a.md", MARKDOWN, "Then go", "- ثم", ""),
        ("a.md", MARKDOWN, "Plain", "# نص", "`#` would begin a heading"),
        ("a.md", MARKDOWN, "Plain", "\\# نص", ""),
        ("a.md", MARKDOWN, "Plain", "نص\n===", "`===` would begin a rule, or make a heading of the line above"),
        ("a.md", MARKDOWN, "Plain", "نص\n> آخر", "`>` would begin a quotation"),
        ("a.md", MARKDOWN, "Plain", "نص <!-- آخر", "`<!--` would begin a comment"),
        ("a.md", MARKDOWN, "Plain", "~~~نص", "`~~~` would begin code"),
        ("a.txt", MARKDOWN, "1. First", "أولا: خطوة", ""),
        ("a.md", MARKDOWN, "Then go", "خطوة\n\nثانية", "an empty line would end the quotation or the item"),
        ("a.md", MARKDOWN, "Plain", "نص\n\nآخر", ""),
        ("a.md", BOLD, "The", "**الأسد** و**ال*ن*مر**", ""),
        ("a.md", BOLD, "The", "**الأسد** و***النمر***", ""),
        ("a.md", BOLD, "The", "الأسد والنمر", ""),
        ("a.md", BOLD, "The", "** الأسد ** و**النمر**", "`**` without its other end, or with a space inside"),
        ("a.md", BOLD, "The", "**الأسد** و**النمر", "`**` without its other end, or with a space inside"),
        ("a.md", MARKDOWN, "Plain", "نص ** آخر", ""),
        ("a.md", LINKS, "See", "انظر [الخريطة](map.md \"لنا\") و![الصورة](i/a.png).", ""),
        ("a.md", LINKS, "See", "انظر ![الصورة](i/a.png) و[الخريطة](map.md).", ""),
        ("a.md", LINKS, "See", "انظر [الخريطة] (map.md \"لنا\") و![الصورة](i/a.png).", "map.md is no longer where a link"),
        ("a.md", LINKS, "See", "انظر [الخريطة](map.md “لنا”) و![الصورة](i/a.png).", "map.md is no longer where a link"),
        ("a.md", LINKS, "See", "انظر [الخريطة](map.md \"لنا\") و![الصورة]( i/a.png).", "i/a.png is no longer where a"),
        ("a.md", MARKDOWN, "Plain", "نص \ufffd\ufffd", "U+FFFD stands for characters that a program could not read"),
        ("a.md", MARKDOWN, "Plain", "نص \x85آخر", "the control character U+0085 is not in the source"),
        ("a.md", MARKDOWN, "Plain", "نص \x0cآخر", "the control character U+000C is not in the source"),
        ("a.srt", SUBTITLES, "Ships", "سفن\v\vتنتظر", "an empty line would end the subtitle"),
        ("a.srt", SUBTITLES, "Ships", "سفن\vتنتظر", ""),
        ("a.properties", PROPERTIES, "It", "l'{0}", "an apostrophe alone makes a quotation of what follows it"),
        ("a.properties", PROPERTIES, "It", "l''{0}", ""),
        ("a.properties", PROPERTIES, "Welcome", "l'{0}", ""),
        ("a.csv", CATALOGUE, "Welcome", "أهلا\vبكم", "it would end the cell or begin another one"),
    ],
)
def test_what_a_place_takes(
    tmp_path: Path, segmenter: Segmenter, name: str, text: str, begin: str, target: str, said: str
) -> None:
    path = tmp_path / name
    [unit] = [unit for unit in units_of(path, text, segmenter) if shown(unit.parts).startswith(begin)]
    if not said:
        assert merged(path, {unit.id: target}).n_changed == 1
        return
    with pytest.raises(MergeError) as refused:
        merged(path, {unit.id: target})
    assert f"{unit.id}: {said}" in str(refused.value)


def test_units_that_overlap_are_refused(tmp_path: Path, segmenter: Segmenter) -> None:
    """Two exports in one table, of which one cut the text otherwise: each id is one of the file."""
    path = tmp_path / "a.txt"
    text = "First sentence of the text here. Second sentence of the text here."
    second = units_of(path, text, segmenter)[1]
    original = open_original(str(path))
    place = original.place("text", 0, len(text))
    whole = original.id_of(place, original.parts(place) or ())
    with pytest.raises(MergeError, match="two units overlap: that with -33-66- in its id begins inside the one before"):
        merged(path, {whole: "كل", second.id: "جزء"})


def test_spaces_beside_the_line_break_of_a_subtitle(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.srt"
    unit = units_of(path, SUBTITLES, segmenter)[0]
    [code] = codes(unit.parts)
    done = merged(path, {unit.id: f"أهلا بكم {code.token} في الميناء."}).data.decode()
    assert "\nأهلا بكم\nفي الميناء.\n" in done


TARGETS = st.text(alphabet='اب م\u200f\u00a0\n\r\v"\'،؛,;:#-=\\|<>&{}[]!?%*.1⟦⟧', max_size=14)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.md", MARKDOWN), ("a.srt", SUBTITLES), ("a.properties", PROPERTIES), ("a.csv", CATALOGUE), ("a.yml", MESSAGES)],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_the_bytes_of_translated_units_change(
    tmp_path: Path, segmenter: Segmenter, name: str, text: str, line_end: str
) -> None:
    """Whatever the targets are: a unit is refused by its id, or nothing but it changes, and its place is still one."""
    path = tmp_path / name
    units = units_of(path, "\ufeff" * (line_end != "\n") + text.replace("\n", line_end), segmenter)
    places = {unit.id: place_of(unit.id) for unit in units}

    @given(st.dictionaries(st.sampled_from([unit.id for unit in units]), TARGETS))
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def check(targets: dict[str, str]) -> None:
        problems: tuple[str, ...] = ()
        try:
            done = merged(path, targets)
        except MergeError as error:
            problems = error.problems
        if problems:
            assert {problem.split(":")[0] for problem in problems} <= targets.keys()
            return
        at = new_at = 0
        data = path.read_bytes()
        for place in sorted(places[name] for name, target in targets.items() if target.strip() and places[name]):
            between = data[at : place.first]
            found = done.data.find(between, new_at)
            assert found >= 0
            assert at or found == 0
            at, new_at = place.last, found + len(between)
        assert done.data.endswith(data[at:])

    check()
