"""Messages with plurals and choices, and placeholders that programs fill by their order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.formats.exchange import Answer, Returned
from bilingual.formats.inline import codes, inline, plain, read_shown, shown
from bilingual.formats.messages import arguments, without_syntax
from bilingual.pipeline import Segmenter
from bilingual.translate.counting import count_words, countable
from bilingual.translate.merge import merge
from bilingual.translate.original import open_original
from bilingual.translate.original.html import HtmlOriginal
from bilingual.translate.plurals import Plurals
from bilingual.translate.units import find_units, make_job

FILES = "{n, plural, one {{n} file of {user}} other {{n} files of {user}}}"
WHO = "{g, select, male {He} female {She} other {They}} liked this"

TARGETS = [
    (FILES, "{n, plural, zero {لا شيء لدى {user}} two {ملفان} few {{n} ملفات} other {{n} ملفا}}", []),
    (FILES, "{n, plural, one {ملف {user}} other {{n} ملفا {x}}}", ["{x} is not in the source"]),
    (FILES, "{n, plural, one {ملف} other {{n} ملفا}}", ["{user} is lost"]),
    (FILES, "{n, plural, واحد {ملف {user}} other {{n}}}", ["'واحد' of {n, plural, …} is no form"]),
    (FILES, "{n, plural, one {ملف {user}} one {{n}} other {{n}}}", ["{n, plural, …} has one twice"]),
    (FILES, "{n, plural, one {{n} ملف {user}}}", ["other of {n, plural, …} is lost"]),
    (FILES, "{n, plural, one {{n} ملف {user}} other {ملفات}", ["{n, plural, …} is lost or not closed"]),
    (FILES, "{n, جمع, one {ملف {user}} other {ملفات {n}}}", ["{n, plural, …} is lost or not closed"]),
    (FILES, "{n} ملفات {user}", ["{n, plural, …} is lost or not closed"]),
    (WHO, "أعجب {g, select, other {بهم} male {به} female {بها}} هذا", []),
    (WHO, "{g, select, male {one} female {two} other {they}}", []),
    (WHO, "{g, select, ذكر {هو} female {هي} other {هم}}", ["male of {g, select, …} is lost", "ذكر of {g, select, …} is"]),
    ("{n, plural, one {# file} other {# files}}", "ملفات", ["{n, plural, …} is lost or not closed"]),
    ("{n, plural, one {'{' # file} other {# files}}", "{n, plural, one {'{' ملف} other {'}' #}}", []),
    ("%s has %d files", "لدى %s %d ملفات", []),
    ("%s has %d files", "%d ملفات لدى %s", ["%d is in the place of %s"]),
    ("%@ has %.1f of %@", "%@ لديه %@ من %.1f", ["%@ is in the place of %.1f"]),
    ("{} of {:.2f}", "{:.2f} من {}", ["{:.2f} is in the place of {}"]),
    ("%s of {:.2f}", "{:.2f} من %s", []),
    ("%1$s has %2$d of %3$s", "%3$s %2$d %1$s", []),
    ("%(a)s has {b} of %{c}", "%{c} {b} %(a)s", []),
    ("on %d %B at %I %p", "%I %p في %B %d", []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "problems"), TARGETS)
def test_what_a_target_may_be(source: str, target: str, problems: list[str]) -> None:
    parts, found = read_shown(target, inline(source))
    assert len(found) == len(problems)
    assert all(said.startswith(problem) for said, problem in zip(sorted(found), sorted(problems), strict=True))
    assert plain(parts) == target


def test_a_code_of_a_branch_may_come_as_an_element(segmenter: Segmenter) -> None:
    """In XLIFF placeholders are elements, which come back as tokens."""
    target = "{n, plural, two {ملفان} few {⟦1⟧ ملفات} other {⟦1⟧ ملفا {files} ⟦2⟧}}"
    parts, found = read_shown(target, inline(FILES))
    assert found == ["{files} is not in the source"]
    assert plain(parts) == target.replace("⟦1⟧", "{n}").replace("⟦2⟧", "{user}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHO, []),
        (FILES, ["{n}", "{user}"] * 2),
        ("{n, plural, =0{none} one{{n}} other{{{n}}}} for {name} { user }", ["{n}", "{{n}}", "{name}", "{ user }"]),
        ("قال تعالى {الرحمن} في {name}", ["{name}"]),
    ],
)
def test_branches_are_no_codes(text: str, expected: list[str]) -> None:
    assert [code.raw for code in codes(inline(text))] == expected


@pytest.mark.parametrize("mark", "\"'")
def test_a_message_is_one_unit_in_the_language_of_its_branches(tmp_path: Path, segmenter: Segmenter, mark: str) -> None:
    path = tmp_path / "a.yml"
    text = "{n, plural, two {حذف ملفين؟ لا عودة} few {حذف # ملفات؟ لا عودة} other {حذف # ملف؟ لا عودة}}"
    path.write_text(f"delete: {mark}{text}{mark}\n", "utf-8")
    units = [unit for unit in find_units(open_original(str(path)), segmenter).units if unit.lang != "und"]
    assert [(unit.lang, plain(unit.parts)) for unit in units] == [("ar", text)]
    assert count_words(countable(units[0].parts)) == 12


LINES = "{{n, plural,{0}one {{Delete <b>this</b> file?}}{0}other {{Delete all # files? You {{can}} wait.}}{0}}}"
TARGET = (
    "{n, plural,⟦%d⟧zero {لا شيء؟ لك {can}} one {حذف <b>هذا</b> الملف؟}⟦%d⟧two {حذف الملفين؟}"
    "⟦%d⟧other {حذف # ملفا؟ لك {can}}}"
)
OVER_LINES = {
    "a.yml": ("en:\n  b: |\n    ", "\n      ", "\n  c: The end\n"),
    "b.yml": ("en:\n  b: >-\n    ", "\n    ", "\n  c: The end\n"),
    "c.yml": ('en:\n  b: "', "\n\n    ", '"\n  c: The end\n'),
    "d.yml": ("en:\n  a: '{n, select, other {No}}'\n  b: '", "\n    ", "'\n  c: 'The end'\n"),
    "a.properties": ("b=", " \\\r\n\t", "\r\nc=The end\r\n"),
    "a.csv": ('code,text\nA-1,"', "\n ", '"\n'),
    "a.md": ("The files of the harbour are listed here.\n\n", "\n  ", "\n\nThe other files are not.\n"),
}


@pytest.mark.parametrize("name", OVER_LINES)
def test_a_message_over_lines_is_one_unit(tmp_path: Path, segmenter: Segmenter, name: str) -> None:
    """Its line ends are codes: a translation with more forms has them where it wants, and all others are not touched."""
    before, end, behind = OVER_LINES[name]
    path = tmp_path / name
    path.write_bytes((before + LINES.format(end) + behind).encode())
    original = open_original(str(path))
    units = [unit for unit in find_units(original, segmenter).units if "plural" in plain(unit.parts)]
    [unit] = units
    assert unit.lang == "en"
    assert count_words(countable(unit.parts)) == 8
    numbers = [code.number for code in codes(unit.parts) if code.is_markup]
    target = TARGET % tuple(numbers)
    about = make_job(original, (), source="en", target="ar").about
    answers = [Answer(id=unit.id, target=target)]
    data = merge(original, Returned(about=about, pairs=(("en", "ar"),), answers=answers)).data.decode()
    new = target
    for number in numbers:
        new = new.replace(f"⟦{number}⟧", end)
    assert data == before + new + behind


def test_a_placeholder_over_lines_in_a_message_stays(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.md"
    path.write_text("{n, plural,\n  one {A file of {{\n name\n}} is here.}\n  other {The files are here.}\n}\n", "utf-8")
    [unit] = find_units(open_original(str(path)), segmenter).units
    assert read_shown(shown(unit.parts), unit.parts) == (unit.parts, [])
    _, problems = read_shown(shown(unit.parts).replace("files", "files of {{owner}}"), unit.parts)
    assert problems == ["{{owner}} is not in the source"]


def test_branches_behind_markup_are_no_codes(segmenter: Segmenter) -> None:
    text = "<p>{n, plural, one {Yes} other {<b>No</b> {x}}} and {g, select, a {<i>He</i>} b {She} other {{name}}} waited.</p>"
    original = HtmlOriginal("a.html", text.encode(), "utf-8")
    [unit] = find_units(original, segmenter).units
    assert shown(unit.parts) == (
        "{n, plural, one {Yes} other {⟦1⟧No⟦/1⟧ {x}}} and {g, select, a {⟦3⟧He⟦/3⟧} b {She} other {{name}}} waited."
    )
    assert [code.raw for code in codes(unit.parts)] == ["<b>", "</b>", "{x}", "<i>", "</i>", "{name}"]
    target = (
        "{n, plural, one {نعم} two {كلا} other {⟦1⟧لا⟦/1⟧ {x}}} وانتظر {g, select, a {⟦3⟧هو⟦/3⟧} b {هي} other {{name} {x}}}."
    )
    assert read_shown(target, unit.parts)[1] == []
    assert read_shown(target.replace("{x}", ""), unit.parts)[1] == ["{x} is lost"]
    assert read_shown(target.replace("b {هي}", "ب {هي}"), unit.parts)[1] == [
        "b of {g, select, …} is lost", "ب of {g, select, …} is not in the source",
    ]


def test_a_message_is_in_the_language_of_its_branches_in_a_page(segmenter: Segmenter) -> None:
    original = HtmlOriginal("a.html", "<p>{n, selectordinal, two {<b>ثان</b>} other {ثالث}}</p>".encode(), "utf-8")
    assert [unit.lang for unit in find_units(original, segmenter).units] == ["ar"]


PIECES = ["{n, plural,", "{", "}", " one", "=1 ", "'", "''", "x ", "{n}", "{g,select,"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_arguments_are_whole(text: str) -> None:
    for argument in arguments(text):
        assert text[argument.start] + text[argument.end - 1] == "{}"
        assert all(text[start - 1] + text[end] == "{}" for _, start, end in argument.branches)
    assert plain(inline(text)) == text
    assert read_shown(text, inline(text))[1] == []
    assert len(without_syntax(text)) <= len(text) + len(arguments(text))


@pytest.mark.parametrize("part", ["{n, plural, one {", "{n, plural, one {x} ", "'{", "{n , ", "{ n"])
def test_messages_are_read_in_linear_time(part: str) -> None:
    """Where time is quadratic, this takes minutes."""
    inline(part * 50_000)
    Plurals(f"{part}\n" * 50_000, None)
    inline("{n, select, x {}} " + part * 50_000)
