"""Texts whose lines were broken to a width: a sentence is one unit, and its translation is broken to the same width."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from round_trips import round_trip

from bilingual.formats.inline import inline, plain, written
from bilingual.pipeline import Segmenter
from bilingual.translate.original import open_original
from bilingual.translate.units import find_units
from bilingual.translate.wrapping import broken, wrapped

LETTER = """Dear Mr. Haddad,

thank you for your offer of 3 April. We would like to know whether the tiles
can be delivered before the end of the month, and whether the price includes
the transport to {city}. Please write to us at https://example.org/purchase
or call.

Best regards,
Lena Hart
"""
ARABIC = textwrap.fill(
    "شكرا لكم على عرضكم الذي وصلنا في الثالث من أبريل. نود أن نعرف متى يمكن تسليم البلاط الذي طلبناه منكم قبل نهاية هذا "
    "الشهر، وهل يشمل السعر النقل إلى عمان ووضعه في المخزن الذي يقع خلف المتحف.",
    60,
)
LIST = """The city opens a new library beside the old harbour today
Three ships wait outside the port because of heavy storms
Schools in the north are closed until the end of the week
"""
VERSES = """the sea is calm tonight,
the tide is full and wide
upon the straits, the light
gleams on the other side
"""
TEASERS = """سبع نصائح لمن يريد أن يزرع النعناع، والريحان، في شرفة صغيرة
خمسة مطاعم قرب الميناء القديم، وكلها تقدم السمك المشوي طازجا
الأكثر قراءة
"""
CODE = """names = dict.fromkeys([*range(100, 200), *range(300, 400)])
def open_all(names):
for script in /etc/init.d/start-$LEVEL.d/*; do $script start; done
for script in /etc/init.d/start-$LEVEL.d/*; do $script stop; done
"""
CUT = """The harbour will be closed for repairs until the end of
March, said the port authority on Monday.
and this line is quite another one, as it is so much longer than all others
"""


@pytest.mark.parametrize(
    ("text", "n_paragraphs"),
    [
        (LETTER, 1), (ARABIC, 1), (LIST, 0), (VERSES, 0), (CUT, 0), (LETTER.replace("\n", "\r\n"), 1), ("", 0),
        (textwrap.indent(LETTER, "> "), 0), (textwrap.indent(LETTER, "    "), 0), (ARABIC.replace("،", "").replace(".", ""), 0),
        (textwrap.fill(LIST, 120), 0), (CODE, 0), (TEASERS, 0),
    ],
)  # fmt: skip
def test_which_lines_go_on(text: str, n_paragraphs: int) -> None:
    assert len(wrapped(text)) == n_paragraphs


def units(path: Path, segmenter: Segmenter) -> list[str]:
    return [plain(unit.parts) for unit in find_units(open_original(str(path)), segmenter).units]


def test_a_sentence_over_line_ends_is_one_unit(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LETTER, "utf-8")
    assert units(path, segmenter) == [
        "Dear Mr. Haddad,",
        "thank you for your offer of 3 April.",
        "We would like to know whether the tiles can be delivered before the end of the month, and whether the price "
        "includes the transport to {city}.",
        "Please write to us at https://example.org/purchase or call.",
        "Best regards,",
        "Lena Hart",
    ]
    path.write_text(ARABIC, "utf-8")
    assert units(path, segmenter) == ["شكرا لكم على عرضكم الذي وصلنا في الثالث من أبريل.", ARABIC.replace("\n", " ").split(". ")[1]]
    path.write_text(LIST, "utf-8")
    assert units(path, segmenter) == LIST.splitlines()


@pytest.mark.parametrize("version", ["1.2", "2.1"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_translation_is_broken_to_the_width(
    tmp_path: Path, segmenter: Segmenter, end: str, encoding: str, version: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(LETTER.replace("\n", end).encode(encoding))
    _, _, merged = round_trip(path, segmenter, encoding=encoding)
    assert merged.data == path.read_bytes()

    def longer(text: str) -> str:
        return text + "ثم نص " * 30 if "know" in text else text

    _, _, merged = round_trip(path, segmenter, longer, encoding=encoding, version=version)
    done = merged.data.decode(encoding)
    assert end == "\r\n" or "\r\n" not in done
    assert merged.n_changed == 1
    # What follows on the last line is another sentence, which stays where it was.
    assert sorted(map(len, done.split(end)))[-2] <= 76
    assert "{city}" in done


def test_codes_are_not_broken() -> None:
    parts = inline("Read `the new guide` at <a href='x y z'>once</a> now")
    assert broken(parts, 0, 12, "\n") == "Read\n`the new guide`\nat\n<a href='x y z'>once</a>\nnow"


WORDS = st.lists(st.sampled_from("the harbour is closed, until March and ships of 12 wait; there. {name} `make all` a".split()), max_size=120)


@pytest.mark.parametrize("mark", ["-", "+", "1.", "#", ">", "=="])
def test_no_line_begins_with_a_mark(mark: str) -> None:
    assert broken([f"one two {mark} three"], 0, 7, "\n") == f"one two {mark}\nthree"


@given(WORDS, st.integers(45, 90), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-16", "cp1256"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_as_long_gets_the_same_line_ends(
    tmp_path: Path, segmenter: Segmenter, words: list[str], width: int, end: str, encoding: str
) -> None:
    path = tmp_path / "a.txt"
    text = end.join(textwrap.wrap(" ".join(words), width, break_on_hyphens=False))
    ends = [place for place, character in enumerate(text.replace(end, "\n")) if character == "\n"]
    codes = written(text.replace(end, " "))
    assume(not any(a < place < b for a, b in codes for place in ends))  # a code is not broken again
    path.write_bytes(text.encode(encoding))
    _, _, merged = round_trip(path, segmenter, str.upper, encoding=encoding)
    assert merged.data.decode(encoding).upper() == text.upper()
