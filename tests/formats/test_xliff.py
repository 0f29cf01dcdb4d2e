"""XLIFF: valid against the schemas, and what other tools do to it is understood."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bilingual.errors import InputError
from bilingual.formats.exchange import About, Job, Unit
from bilingual.formats.inline import Code, Part, inline, read_shown, shown
from bilingual.formats.tmx import write_tmx
from bilingual.formats.xliff import NS_2, NS_12, read_xliff, write_xliff

ABOUT = About(name="a & b.html", sha256="ab" * 32, kind="html", encoding="windows-1256", source="en", target="ar")
MARKED: tuple[Part, ...] = (
    "Go ", Code(number=1, raw='<a href="x&amp;y">', kind="open", is_markup=True), "home",
    Code(number=1, raw="</a>", kind="close", is_markup=True), Code(number=2, raw="<br>", is_markup=True), " now",
)  # fmt: skip


def job_of(*units: tuple[Part, ...], keep: bool = True) -> Job:
    made = [
        Unit(
            id=f"html-{i}-{i + 1}-0123456789ab", parts=parts, lang="en", label="body", score=1.0, keep=keep,
            also=("html-900-901-0123456789ab",) if i == 0 else (), before="\x00before", after="after",
        )
        for i, parts in enumerate(units)
    ]  # fmt: skip
    return Job(about=ABOUT, units=tuple(made))


@pytest.mark.parametrize("version", ["1.2", "2.1"])
@pytest.mark.parametrize("keep", [True, False])
def test_units_are_written_as_the_version_has_them(version: str, keep: bool) -> None:
    data = write_xliff(job_of(MARKED, ("plain",), keep=keep), version)
    root = etree.fromstring(data)
    n = f"{{{NS_12 if version == '1.2' else NS_2}}}"
    assert root.get("version") == version
    units = list(root.iter(f"{n}trans-unit", f"{n}unit"))
    assert [unit.get("translate") for unit in units] == ["yes" if keep else "no"] * 2
    assert all(unit.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" for unit in units)
    ids = [unit.get("id") for unit in units]
    assert len(set(ids)) == len(ids)
    targets = list(root.iter(f"{n}target"))
    assert len(targets) == (0 if keep else 2)
    for source, target in zip(root.iter(f"{n}source"), targets, strict=False):
        assert [child.tag for child in source] == [child.tag for child in target]
        assert source.text == target.text
    returned = read_xliff(data)
    assert returned.about == ABOUT
    assert returned.pairs == (("en", "ar"),)
    assert [answer.is_locked for answer in returned.answers] == [not keep] * 2
    assert returned.answers[0].also == ("html-900-901-0123456789ab",)
    assert returned.answers[0].target == (None if keep else shown(MARKED))


def test_the_original_is_named_where_tools_look_for_it() -> None:
    """In 2.1 also as the skeleton, which a file with `original` must have; a name that is empty cannot be written."""
    for name, said in ((ABOUT.name, ABOUT.name), ("", "-")):
        job = replace(job_of(MARKED), about=replace(ABOUT, name=name))
        (old,) = etree.fromstring(write_xliff(job, "1.2")).iter(f"{{{NS_12}}}file")
        (new,) = etree.fromstring(write_xliff(job, "2.1")).iter(f"{{{NS_2}}}file")
        (skeleton,) = new.iter(f"{{{NS_2}}}skeleton")
        assert {old.get("original"), new.get("original"), skeleton.get("href")} == {said}


def test_filled_targets_say_that_they_are_to_translate() -> None:
    data = write_xliff(job_of(MARKED), "1.2", fill_targets=True)
    assert b'state="needs-translation"' in data
    assert read_xliff(data).answers[0].target == shown(MARKED)
    assert read_xliff(write_xliff(job_of(MARKED), "2.1", fill_targets=True)).answers[0].target == shown(MARKED)


@given(
    st.lists(
        st.text(alphabet=st.one_of(st.sampled_from("a {}%d<&>⟦⟧\x00\x1b\r\n\t\ufffe"), st.characters()), max_size=30)
        | st.sampled_from(["%d", "{0} %(n)s", "https://a.org/b."]),
        max_size=4,
    ),
    st.sampled_from(["1.2", "2.1"]),
)
@settings(max_examples=200, deadline=None)
def test_any_text_comes_back(texts: list[str], version: str) -> None:
    """Control characters, lone surrogates and line ends are codes, so XML can hold every text."""
    job = job_of(*(inline(text) for text in texts), keep=False)
    answers = read_xliff(write_xliff(job, version)).answers
    assert [answer.target for answer in answers] == [numbered(unit.parts) for unit in job.units]
    for answer, unit in zip(answers, job.units, strict=True):
        assert read_shown(answer.target or "", unit.parts)[0] == unit.parts


def numbered(parts: tuple[Part, ...]) -> str:
    """The parts with every code as its number: an element stands for a placeholder too."""
    return shown(tuple(part if isinstance(part, str) else replace(part, is_literal=False) for part in parts))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ('<g id="1">x</g><x id="2"/>', "⟦1⟧x⟦/1⟧⟦2⟧"),
        ('<bx id="1" rid="1"/>x<ex id="7" rid="1"/>', "⟦1⟧x⟦/1⟧"),
        ('<it id="1" pos="open"/>x<it id="1" pos="close"/>', "⟦1⟧x⟦/1⟧"),
        ('<it id="1" pos="open"/>x<it id="c1" pos="close"/>', "⟦1⟧x⟦/1⟧"),
        ('<mrk mtype="seg" mid="0">a<ph id="2"/></mrk> <mrk mtype="seg" mid="1">b</mrk>', "a⟦2⟧ b"),
        ('a<mrk mtype="x-sdl-deleted">b<x id="1"/></mrk><mrk mtype="x-sdl-added">c</mrk> <x id="1"/>', "ac ⟦1⟧"),
        ('<mrk mtype="x-sdl-comment">a<mrk mtype="x-sdl-feedback-deleted">b</mrk></mrk>c', "ac"),
        ("a<!-- note -->b", "ab"),
        ("", ""),
    ],
)
def test_what_tools_write_in_12(target: str, expected: str) -> None:
    data = write_xliff(job_of(MARKED), "1.2").decode()
    data = data.replace("</source>", f"</source><target>{target}</target>")
    assert read_xliff(data.encode()).answers[0].target == expected


def test_an_older_translation_has_no_say() -> None:
    """A tool that keeps what a unit was in <alt-trans> may copy all of it."""
    data = write_xliff(job_of(MARKED), "1.2").decode()
    inner = re.search("<source.*</context-group>", data)
    assert inner is not None
    old = inner[0].replace("</source>", "</source><target>old</target>").replace("html-900", "html-800")
    data = data.replace(inner[0], f"{inner[0]}<alt-trans>{old}</alt-trans>")
    [answer] = read_xliff(data.encode()).answers
    assert (answer.target, answer.also) == (None, ("html-900-901-0123456789ab",))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ('<mrk mtype="seg" mid="0">a.</mrk> <mrk mtype="seg" mid="1">b.</mrk>', "a. b."),
        ('<mrk mtype="seg" mid="0">a.</mrk> <mrk mtype="seg" mid="1"/>', None),
        ('<mrk mtype="seg" mid="0">a.</mrk>', None),
        ('<mrk mtype="seg" mid="0"/><mrk mtype="seg" mid="1"> </mrk>', " "),
        ("a. b.", "a. b."),
    ],
)
def test_no_sentence_is_lost_where_a_tool_made_several_segments(target: str, expected: str | None) -> None:
    """A unit of which only some segments are translated keeps its source."""
    source = '<mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk><mrk mtype="seg" mid="2"> </mrk>'
    data = write_xliff(job_of(("One. Two.",)), "1.2").decode()
    data = data.replace("</source>", f"</source><seg-source>{source}</seg-source><target>{target}</target>")
    assert read_xliff(data.encode()).answers[0].target == expected


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ('<segment><source>s</source><target><pc id="1">x</pc><ph id="2"/></target></segment>', "⟦1⟧x⟦/1⟧⟦2⟧"),
        (
            "<segment><source>s</source><target>a.</target></segment><ignorable><source> </source></ignorable>"
            "<segment><source>s</source><target>b.</target></segment>", "a. b.",
        ),
        (
            '<segment><source>s</source><target order="2">a</target></segment>'
            '<segment><source>s</source><target order="1">b</target></segment>', "ba",
        ),
        ("<segment><source>s</source><target>a</target></segment><segment><source>s</source></segment>", None),
        ("<segment><source>s</source><target>a</target></segment><segment><source>s</source><target> </target></segment>", None),
        ("<segment><source>s</source><target>a</target></segment><segment><source> </source></segment>", "a "),
        ("<segment><source>s</source><target>a</target></segment><ignorable/>", "a"),
        ('<segment><source>s</source><target>a<sm id="m"/>b<em startRef="m"/></target></segment>', "ab"),
        ('<segment><source>s</source><target>a<cp hex="001F"/><mrk id="m">b</mrk></target></segment>', "a\x1fb"),
    ],
)  # fmt: skip
def test_what_tools_write_in_2(segments: str, expected: str | None) -> None:
    data = write_xliff(job_of(MARKED), "2.1").decode()
    data = re.sub("<segment .*?</segment>", lambda _: segments, data)
    assert read_xliff(data.encode()).answers[0].target == expected


@pytest.mark.parametrize(
    ("version", "target", "match"),
    [
        ("1.2", '<target>a<foo xmlns="u">lost</foo></target>', "html-0-1-0123456789ab: <foo> in a target: its text"),
        ("2.1", '<target>a<foo xmlns="u"><b/></foo></target>', "html-0-1-0123456789ab: <foo> in a target: its text"),
        ("1.2", '<target>a<m:ch xmlns:m="u" val="x"/></target>', "html-0-1-0123456789ab: <ch> in a target: its text"),
        ("2.1", '<target order="a">b</target>', "<target order='a'>: the order is no number"),
        ("2.1", '<target>a<cp hex="ZZ"/></target>', "<cp hex='ZZ'>: no character has this code"),
        ("2.1", '<target>a<cp hex="FFFFFFFF"/></target>', "<cp hex='FFFFFFFF'>: no character has this code"),
        ("2.1", "<target>a<cp/></target>", "<cp hex=''>: no character has this code"),
    ],
)
def test_targets_that_cannot_be_read(version: str, target: str, match: str) -> None:
    data = write_xliff(job_of(("plain",)), version).decode().replace("</source>", f"</source>{target}")
    with pytest.raises(InputError, match=match):
        read_xliff(data.encode())


@pytest.mark.parametrize(
    ("version", "target", "token"),
    [
        ("1.2", '<g id="b1">x</g>', "⟦b1⟧"),
        ("1.2", '<x id="12345678"/>', "⟦12345678⟧"),
        ("1.2", '<it id="i" pos="open"/>', "⟦i⟧"),
        ("1.2", "<x/>", "⟦⟧"),
        ("2.1", '<pc id="x">x</pc>', "⟦/x⟧"),
        ("2.1", '<ph id="⟦1⟧"/>', "⟦1⟧"),
    ],
)
def test_codes_that_a_tool_made_up(version: str, target: str, token: str) -> None:
    data = write_xliff(job_of(("plain",)), version).decode()
    answer = read_xliff(data.replace("</source>", f"</source><target>{target}</target>").encode()).answers[0]
    assert f"{token} is no code of this unit" in read_shown(answer.target or "", ("plain",))[1]


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_a_target_that_says_another_language(version: str) -> None:
    data = write_xliff(job_of(("plain",)), version).decode()
    for lang, is_right in (("ar-EG", True), ("AR", True), ("en-GB", True), ("fr", False), ("ar-Latn", False)):
        changed = data.replace("</source>", f'</source><target xml:lang="{lang}">x</target>').encode()
        if is_right:
            assert read_xliff(changed).answers[0].target == "x"
        else:
            with pytest.raises(InputError, match=f"html-0-1-0123456789ab: its target is in {lang}, in a file whose"):
                read_xliff(changed)


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_two_targets_of_one_unit(version: str) -> None:
    data = write_xliff(job_of(("plain",)), version).decode()
    with pytest.raises(InputError, match="html-0-1-0123456789ab: it has 2 targets; leave one of them"):
        read_xliff(data.replace("</source>", "</source><target>a</target><target>b</target>").encode())


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_a_file_that_a_tool_indented(version: str) -> None:
    """Line ends of the tool are taken off where they are none of the text, and refused where this cannot be told."""
    plainly = [("one",), ("two ", *MARKED[1:4], " three")]
    root = etree.fromstring(write_xliff(job_of(*plainly, keep=False), version))
    etree.indent(root)
    answers = read_xliff(etree.tostring(root)).answers
    assert [read_shown(answer.target or "", parts) for answer, parts in zip(answers, plainly, strict=True)] == [
        (parts, []) for parts in plainly
    ]
    root = etree.fromstring(write_xliff(job_of(MARKED, keep=False), version))
    etree.indent(root)
    with pytest.raises(InputError, match="html-0-1-0123456789ab: a line break between two codes of its target"):
        read_xliff(etree.tostring(root))


def test_segments_that_a_tool_put_on_lines_of_their_own() -> None:
    data = write_xliff(job_of(("One. Two.",)), "1.2").decode()
    target = '\n  <mrk mtype="seg" mid="0">a.</mrk>\r\n    <mrk mtype="seg" mid="1">b.</mrk>\n'
    data = data.replace("</source>", f"</source><target>{target}</target>")
    assert read_shown(read_xliff(data.encode()).answers[0].target or "", ("One. Two.",)) == (("a. b.",), [])


SEG = '<mrk mtype="seg" mid="{}">{}</mrk>'


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (" ", ("a.", "", "b."), "a. b."),
        ("", ("a.", "", "b."), "a.b."),
        (None, ("a.", "", "b."), "a. b."),
        (" ", ("a. ", "", "b."), "a. b."),
        (" ", ("a.", "", " b."), "a. b."),
        (" ", ("a.", "\N{NO-BREAK SPACE}", "b."), "a.\N{NO-BREAK SPACE}b."),
    ],
)
def test_segments_without_the_space_between_them(source: str | None, target: tuple[str, str, str], expected: str) -> None:
    """Tools write segments side by side; whether there is a space between them is seen in the source."""
    data = write_xliff(job_of(("One. Two.",)), "1.2").decode()
    inner = SEG.format(0, target[0]) + target[1] + SEG.format(1, target[2])
    segments = "" if source is None else f"<seg-source>{SEG.format(0, 'One.')}{source}{SEG.format(1, 'Two.')}</seg-source>"
    data = data.replace("</source>", f"</source>{segments}<target>{inner}</target>")
    assert read_xliff(data.encode()).answers[0].target == expected
    in_chinese = data.replace("into=ar", "into=zh").replace('target-language="ar"', 'target-language="zh"')
    assert read_xliff(in_chinese.encode()).answers[0].target == "".join(target)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (("One. ", "Two."), ("a.", "b."), "a. b."),
        (("One.", "Two."), ("a.", "b."), "a.b."),
        (("One.", " Two. ", "Three."), ("a. ", "b.", "c."), "a. b. c."),
    ],
)
def test_segments_of_2_without_the_space_at_their_ends(source: list[str], target: list[str], expected: str) -> None:
    data = write_xliff(job_of(("One. Two.",)), "2.1").decode()
    pairs = zip(source, target, strict=True)
    segments = "".join(f"<segment><source>{one}</source><target>{two}</target></segment>" for one, two in pairs)
    data = re.sub("<segment.*</segment>", segments, data)
    assert read_xliff(data.encode()).answers[0].target == expected


def test_segments_of_2_in_another_order_have_the_space_between_them() -> None:
    data = write_xliff(job_of(("One. Two.",)), "2.1").decode()
    pairs = (("One. ", "a.", 2), ("Two.", "b.", 1))
    segments = "".join(
        f'<segment><source>{one}</source><target order="{place}">{two}</target></segment>' for one, two, place in pairs
    )
    data = re.sub("<segment.*</segment>", segments, data)
    assert read_xliff(data.encode()).answers[0].target == "b. a."


def test_xliff_22_has_another_namespace() -> None:
    data = write_xliff(job_of(MARKED, keep=False), "2.1")
    newer = data.replace(b'version="2.1"', b'version="2.2"').replace(NS_2.encode(), NS_2[:-1].encode() + b"2")
    assert [*read_xliff(newer).answers] == [*read_xliff(data).answers]


def test_two_originals_are_refused() -> None:
    data = write_xliff(job_of(MARKED), "1.2").decode()
    file = re.search("<file.*</file>", data)
    assert file is not None
    with pytest.raises(InputError, match="more than one original"):
        read_xliff(data.replace("</xliff>", file[0].replace("ab" * 32, "cd" * 32) + "</xliff>").encode())


def test_every_file_of_an_xliff_says_its_pair() -> None:
    data = write_xliff(job_of(MARKED), "1.2").decode()
    file = re.search("<file.*</file>", data)
    assert file is not None
    other = file[0].replace('target-language="ar"', 'target-language="fr"')
    for first, second in ((other, file[0]), (file[0], other)):
        both = read_xliff(data.replace(file[0], first + second).encode())
        assert {*both.pairs} == {("en", "ar"), ("en", "fr")}
    assert read_xliff(data.replace(file[0], file[0] * 2).encode()).pairs == (("en", "ar"),)


def test_an_original_exported_in_two_pairs_is_refused() -> None:
    data = write_xliff(job_of(MARKED), "1.2").decode()
    file = re.search("<file.*</file>", data)
    assert file is not None
    with pytest.raises(InputError, match="holds units from en into ar and from en into fr; split it first"):
        read_xliff(data.replace("</xliff>", file[0].replace("into=ar", "into=fr") + "</xliff>").encode())


@given(st.lists(st.sampled_from(["", "yes", "no"]), min_size=1, max_size=5), st.sampled_from(["1.2", "2.1"]))
@settings(max_examples=60, deadline=None)
def test_what_is_nearest_to_a_unit_says_whether_it_is_locked(said: list[str], version: str) -> None:
    """`said`: `translate` of the unit, and of the elements around it from inside out; yes where none says."""
    data = write_xliff(job_of(("plain",)), version).decode()
    name = "trans-unit" if version == "1.2" else "unit"
    own, *around = (f' translate="{value}"' if value else "" for value in said)
    unit = re.search(f"<{name}.*</{name}>", data)
    assert unit is not None
    inner = unit[0].replace(' translate="yes"', own)
    for number, attribute in enumerate(around):
        inner = f'<group id="g{number}"{attribute}>{inner}</group>'
    [answer] = read_xliff(data.replace(unit[0], inner).encode()).answers
    assert answer.is_locked == (next(filter(None, said), "yes") == "no")


def test_a_file_of_xliff_2_may_be_locked() -> None:
    data = write_xliff(job_of(("plain",), ("other",)), "2.1").decode()
    data = data.replace('translate="yes"', "", 1).replace("<file ", '<file translate="no" ')
    assert [answer.is_locked for answer in read_xliff(data.encode()).answers] == [True, False]


def test_unknown_version() -> None:
    with pytest.raises(InputError, match=r"no XLIFF '1\.1'; the versions are 1\.2, 2\.1"):
        write_xliff(job_of(MARKED), "1.1")


def test_tmx() -> None:
    root = etree.fromstring(write_tmx([(MARKED, MARKED), (MARKED, MARKED)], "en", "ar"))
    assert len(root.findall("body/tu")) == 1
    assert [v.get("{http://www.w3.org/XML/1998/namespace}lang") for v in root.iter("tuv")] == ["en", "ar"]
    assert [ph.get("x") for ph in root.find("body/tu/tuv/seg")] == ["1", "1", "2"]
