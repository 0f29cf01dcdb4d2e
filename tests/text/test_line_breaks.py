"""Lines that have lost their line breaks: where they are cut, the same by the compiled and the interpreted kernel."""

from __future__ import annotations

import json
import random
import unicodedata
import warnings
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
from bilingual.text import kernels, line_breaks
from bilingual.text.blanks import COUNTED, EVEN, STRETCH
from bilingual.text.classes import CUT_GROUP
from bilingual.text.scan import LEAST_WORDS, LONE_LINE, LONG_LINE, MOST_WORDS, Scan, scan
from bilingual.text.stages import NAMES, Stages

CORPORA = Path(__file__).parents[2] / "corpora"
MENU = (
    "Home About us Services Contact us الرئيسية من نحن خدماتنا اتصل بنا Latest news "
    "The council met on Monday to talk about the new bridge over the river. It said that work would begin in spring. "
    "اجتمع المجلس يوم الاثنين لبحث مشروع الجسر الجديد. وقال إن العمل سيبدأ في الربيع. Share this page Privacy policy "
)


def blocks(text: str) -> list[str]:
    return [block.text for block in bilingual.segment(text).blocks]


def pages() -> list[tuple[str, list[tuple[int, int]]]]:
    """Pages of the corpus with blanks for line breaks, and where their lines were."""
    rows = [json.loads(line) for line in (CORPORA / "gold-flat.jsonl").read_text("utf-8").splitlines()]
    return [(row["text"].replace("\n", " "), [(line["start"], line["end"]) for line in row["lines"]]) for row in rows]


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    found = Stages(*kernels.from_sources(NAMES))
    assert not found.breaks.COMPILED
    return found


def cuts(found: Scan) -> list[tuple[int, int]]:
    return list(zip(found.block_start.tolist(), found.block_end.tolist(), strict=True))


def assert_same(texts: list[str], interpreted: Stages) -> None:
    one = scan(texts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        two = scan(texts, engine=interpreted)
    assert cuts(one) == cuts(two)
    assert one.word_odds.tolist() == two.word_odds.tolist()

PAGE = (
    "Home About us Services Contact us Latest news The bridge over the river Share this page Print Leave a comment "
    "The council met on Monday to talk about the new bridge over the river. It said that work would begin in spring. "
    "Related articles A mill with three wheels Privacy policy Terms of use All rights reserved"
)
ARABIC_PAGE = (
    "الرئيسية من نحن خدماتنا اتصل بنا آخر الأخبار مشروع الجسر الجديد شارك هذا الخبر طباعة إرسال تعليق "
    "اجتمع المجلس يوم الاثنين لبحث مشروع الجسر الجديد. وقال إن العمل سيبدأ في الربيع، بعد أن تنتهي فيضانات الشتاء وتجف الضفتان. "
    "مواضيع ذات صلة طاحونة قديمة على النهر سياسة الخصوصية شروط الاستخدام جميع الحقوق محفوظة"
)


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (PAGE, ["About us", "Contact us", "It said that work would begin in spring.", "Privacy policy"]),
        (ARABIC_PAGE, ["من نحن", "اتصل بنا", "اجتمع المجلس يوم الاثنين لبحث مشروع الجسر الجديد.", "سياسة الخصوصية"]),
    ],
)
def test_a_short_page_on_one_line_is_cut_too(page: str, lines: list[str]) -> None:
    assert LONE_LINE < len(page) < LONG_LINE
    assert set(lines) <= set(blocks(page))
    assert blocks(f"\n {page} \n\n") == blocks(f"\xa0\n{page}\x85\n") == blocks(page)


def test_a_paragraph_on_one_line_is_one_block() -> None:
    """It ends a sentence, or has lost no break, or is not all of its text."""
    prose = (
        "The council met on Monday to talk about the new bridge over the river, and it said that work would begin in "
        "spring. A mill stands there that nobody has used for years, because the road to it was washed away in a storm. "
        "The owner would like to see it run again, if only to show the children of the town how their bread was made"
    )
    assert len(prose) > LONE_LINE
    for text in (prose, f"{prose}.", f"{prose}»", PAGE + ".", PAGE + "!", PAGE + "\N{DEVANAGARI DANDA}"):
        assert len(blocks(text)) == 1
    assert len(blocks(f"{PAGE}\n{prose}.")) == 2


@pytest.mark.parametrize(
    "prose",
    [
        "أعلن المجلس البلدي في المدينة يوم أمس عن بدء العمل في مشروع الجسر الجديد الذي يربط ضفتي النهر وقال رئيس المجلس إن "
        "المشروع سيستغرق عامين وإن تكلفته تبلغ خمسة ملايين دينار وأضاف أن السكان كانوا ينتظرون هذا الجسر منذ أكثر من ثلاثين "
        "عاما لأن الطريق القديم يغرق كل شتاء وتنقطع القرى عن المدينة أياما طويلة وختم حديثه بشكر المهندسين والعمال",
        "اليوم جربت iPhone 15 Pro Max وكانت التجربة ممتازة الكاميرا رهيبة والبطارية تجلس يوم كامل لكن السعر غالي مقارنة مع "
        "Samsung Galaxy S24 Ultra والشاشة تقريبا نفس الجودة واللي عنده iPhone 14 ما يحتاج يغير نصيحتي لكم انتظروا العروض في "
        "Black Friday أو White Friday على Amazon و Noon وبتحصلون أسعار أفضل بكثير من الحين",
        "Weizenmehl Zucker Butter und Eier in einer Schüssel verrühren dann die Milch langsam dazugeben und alles zu einem "
        "glatten Teig schlagen den Teig eine Stunde ruhen lassen in der Zwischenzeit die Äpfel schälen und in dünne Scheiben "
        "schneiden den Ofen auf 180 Grad vorheizen die Form einfetten den Teig hineingeben und mit Äpfeln belegen",
    ],
)
def test_prose_without_punctuation_is_one_block(prose: str) -> None:
    """A message or caption without a stop is no page, though a line break is a little likely at many of its words."""
    assert LONE_LINE < len(prose) < LONG_LINE
    assert len(blocks(prose)) == 1


def test_wordings_of_a_page_without_line_breaks_are_found_again() -> None:
    text = (MENU * 6).strip()
    assert len(text) > LONG_LINE
    found = blocks(text)
    assert found.count("Privacy policy") >= 5
    assert found.count("الرئيسية") >= 5
    assert found.count("The council met on Monday to talk about the new bridge over the river.") == 6
    assert found.count("اجتمع المجلس يوم الاثنين لبحث مشروع الجسر الجديد.") == 6


def test_most_line_breaks_of_pages_are_found_again() -> None:
    n_right = n_found = n_lost = 0
    for text, lines in pages()[::9]:
        ends = {end for _, end in lines} - {len(text)}
        found = {end for _, end in cuts(scan([text]))} - {len(text)}
        if len(text) > LONG_LINE:
            n_right, n_found, n_lost = n_right + len(ends & found), n_found + len(found), n_lost + len(ends)
    assert n_lost > 1000
    assert n_right > 0.7 * n_lost
    assert n_right > 0.55 * n_found


def test_blocks_cover_the_text() -> None:
    for text, _ in pages()[::40]:
        at = 0
        for start, end in cuts(scan([text])):
            assert not text[at:start].strip()
            at = end
        assert not text[at:].strip()


def test_both_kernels_find_the_same_on_pages(interpreted: Stages) -> None:
    for text, _ in pages()[5::190]:
        assert_same([text[:2000]], interpreted)


PIECES = st.lists(
    st.sampled_from(
        ["Home", "About", "us", "the", "الرئيسية", "من", "نحن", "12", "2024", "www.a.com", "#tag", "a", "B", "NASA", "(", ")",
         "«", "»", "“x”", ".", "? ", "-", "|", "•", ":", "،", "  ", "   ", "\t", "漢字", "é", "3D", "\u200f", "\ud800", "x-y", "/", "©"]
    ),
    min_size=1, max_size=60,
).map(" ".join)  # fmt: skip


@given(PIECES, st.integers(1, 10), st.text(max_size=5))
@settings(deadline=None, max_examples=8)
def test_both_kernels_find_the_same(interpreted: Stages, piece: str, times: int, more: str) -> None:
    text = f"{piece} {more} " * times + "Incomprehensibilities " * (LONG_LINE // 20 + 1)
    assert_same([text], interpreted)


@given(st.lists(PIECES, min_size=1, max_size=4), st.integers(20, 60))
@settings(deadline=None, max_examples=40)
def test_a_line_is_cut_the_same_beside_others(pieces: list[str], times: int) -> None:
    texts = [f"{piece} " * times for piece in pieces]
    together = scan(texts)
    at = together.doc_ptr
    for d, text in enumerate(texts):
        own = (together.block_doc == d).nonzero()[0]
        found = [(together.block_start[b] - at[d], together.block_end[b] - at[d]) for b in own]
        assert found == cuts(scan([text]))


@pytest.mark.parametrize("pair", ["()", "[]", "«»", "“”"])
def test_short_brackets_are_not_cut(pair: str) -> None:
    inside = "Home About us Services Contact us الرئيسية من نحن"
    text = f"{MENU}{pair[0]}{inside}{pair[1]} " * 6
    found = blocks(text)
    assert sum(f"{pair[0]}{inside}{pair[1]}" in block for block in found) == 6


def test_where_nothing_cuts_a_piece_has_a_bound() -> None:
    rng = random.Random(1)
    text = " ".join(rng.choice(["the", "of", "and", "a", "in", "to"]) for _ in range(5000))
    found = scan([text])
    sizes = np.diff(found.block_word)
    assert set(found.block_cut.tolist()) == {CUT_GROUP}
    assert sizes.max() <= MOST_WORDS
    assert sizes[:-1].min() >= LEAST_WORDS


def test_words_are_counted_among_those_near() -> None:
    """What stands far away changes nothing, so that a line of any length takes time by its length."""
    near = (MENU * 6).strip()
    far = "word " * (2 * STRETCH)
    assert STRETCH < COUNTED
    first = cuts(scan([f"{near} {far}"]))
    second = cuts(scan([f"{near} {far}{near}"]))
    n = len(cuts(scan([near]))) - 3
    assert first[:n] == second[:n]


def test_lines_that_kept_their_breaks_are_asked_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def mark(*args: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(line_breaks, "mark", mark)
    assert len(scan(["word " * (LONG_LINE // 5) + "\n" + MENU]).block_cut)
    with pytest.raises(AssertionError, match="asked"):
        scan(["word " * (LONG_LINE // 5 + 1)])


def test_the_list_of_words() -> None:
    text = (files("bilingual") / "data" / "breaks" / "words.tsv").read_text("utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    words = [row[0] for row in rows]
    assert any("Licence" in line for line in head)
    assert any("python tools/line_breaks.py" in line for line in head)
    assert words == sorted(set(words))
    keys = line_breaks.hashes(words)
    assert (keys > 0).all()
    assert len(set(keys.tolist())) == len(words)
    assert all(unicodedata.is_normalized("NFC", word) for word in words)
    assert all(-EVEN < int(value) < EVEN for row in rows for value in row[1:])
