"""Text with marks: where its lines stand, what that says of them, and the kernel against itself interpreted."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
import modules
from bilingual.labels.looks import kernel as looks
from bilingual.labels.marks import Stages, find_places, lean, settle
from bilingual.labels.numbers import PLACE_TEXT
from bilingual.labels.places import kernel as places
from bilingual.labels.settling import kernel as settling
from bilingual.text.scan import scan

TITLE = "# Handbook of the mill\n\n"
# (a document, its lines that are not body)
DOCUMENTS = [
    # headings are what they head, whatever their words are elsewhere
    (TITLE + "## Contact us\nThe miller answers letters in winter only.\n## Search\nLook for the key under the stone.\n", []),
    ("# دليل المطحنة\n## اتصل بنا\nيجيب الطحان عن الرسائل في الشتاء فقط.\n## البحث\nابحث عن المفتاح تحت الحجر.\n", []),
    ("دليل المطحنة\n============\nتطحن القمح والشعير.\nاتصل بنا\n--------\nيجيب الطحان عن الرسائل في الشتاء فقط.\n", []),
    ("== History ==\nThe mill was built in 1702.\n== Contact ==\nThe miller answers letters in winter only.\n", []),
    ("#+options: toc:nil\n* Contact us\nThe miller answers letters in winter only.\n* The wheel\nIt turns in spring.\n"
     "* The stone\nIt is cut in our own quarry.\n* The key\nNobody has it.\n* Search\nUnder the stone.\n",
     ["#+options: toc:nil"]),
    # tables, whatever their cells say
    ("Wheels\n| Part | Search | Print |\n|---|---|---|\n| Shaft | yes | no |\n| Home | no | yes |\n", ["Wheels"]),
    ("a | b\n--|--\nالرئيسية | اتصل بنا\nPrevious | Next\n", []),
    ("{| class=wikitable\n|-\n| Home || Contact us\n|}\n", []),
    ("{{Infobox mill\n| name = Upper mill\n| search = no\n}}\n", []),
    ("We sell three kinds of stones, which are cut in our own quarry above the village.\n"
     "Stone\tHardness\tPrint\nRed\t7\tyes\nWhite\t5\tno\nGrey\t6\tno\n", []),
    # a glossary, whose words are those of menus elsewhere
    ("Home\tالبيت\nMap\tخريطة\nSearch\tبحث\nPhoto\tصورة\n", []),
    # code
    (TITLE + "Turn it on.\n```\nlogin\nprint()\n```\n## Log\nIt is kept for a week.\n", []),
    ("```sh\nlogin\nsearch\nprint\n```\n", []),
    ("[code]\nlogin\nsearch\n[/code]\n", []),
    # items without links
    (TITLE + "## Tools\n- search\n- print\n- share\n", []),
    # what leads to other places of the document, or away from it
    (TITLE + "- [Wheel](#wheel)\n- [Stone](#stone)\n\n## Wheel\nIt turns.\n", ["- [Wheel](#wheel)", "- [Stone](#stone)"]),
    (TITLE + "The wheel turns in spring, when the snow melts.\n\n[back to top](#readme)\n", ["[back to top](#readme)"]),
    # calls stay calls, dates stay dates
    (TITLE + "The wheel turns in spring.\n\n- Subscribe to our newsletter\n", ["- Subscribe to our newsletter"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "others"), DOCUMENTS, ids=[text.split("\n")[-2] for text, _ in DOCUMENTS])
def test_what_is_written_with_marks_is_body(text: str, others: list[str]) -> None:
    found = bilingual.segment(text)
    lines = {text[: block.start].count("\n") for block in found.blocks if block.label != "body"}
    assert [text.split("\n")[line] for line in sorted(lines)] == others


PAGES = [
    # bars of a menu are no table, bullets no items of a list, hashtags no headings
    "| Home | About us | Photos |\n\n| Contact us | Privacy policy | Links |\n",
    "- Home\n- About us\n- Contact us\n- Privacy policy\n",
    "# spring\n# snow\n# mill\n",
    # bare fences around nothing of the kind, an end that does not come
    "```\nHome\n```\nAbout us\n```\nContact us\n```\n",
    "```sh\nHome\nAbout us\n",
    "{{Infobox\nHome\nAbout us\n}}\n",
    # two rows
    "Home\tAbout us\nContact us\tPhotos\n",
]


@pytest.mark.parametrize("unseen", ["\u200f", "\ufeff", "\u202b"])
@pytest.mark.parametrize("text", [text for text, _ in DOCUMENTS if text.startswith("# ")])
def test_headings_behind_what_is_not_seen_are_headings(text: str, unseen: str) -> None:
    expected = [block.label for block in bilingual.segment(text).blocks]
    before = "\n".join(unseen + line if line.startswith("#") else line for line in text.split("\n"))
    assert [block.label for block in bilingual.segment(before).blocks] == expected


@pytest.mark.parametrize("text", PAGES)
def test_pages_of_the_web_are_not(text: str) -> None:
    assert not find_places(scan([text])).place.any()


def test_lists_of_others_and_feet_are_left_alone() -> None:
    text = (
        TITLE + "The wheel turns in spring, when the miller opens the gate for the water that comes down from the hills.\n"
        "He closes it in summer, when the stones are cut again and the sacks are mended.\n"
        "## Related posts\n- Ten towns that moved uphill\n- A bridge that nobody wanted\n"
    )
    place = find_places(scan([text + "\n---\nWritten in winter by nobody\n"])).place
    assert place[-1] == 0
    found = bilingual.segment(text)
    assert [block.label for block in found.blocks[3:]] == ["navigation", "promo", "promo"]


# (a page of the web that a tool turned into Markdown, its lines that are not navigation)
SITES = [
    ("# The Upper Mill\n\n*   [Home](/)\n*   About us\n*   Contact us\n\n## The wheel turns again\n\n"
     "The wheel stood still for nine years, until the snow of this spring brought it the water that it needs.\n\n"
     "*   Privacy policy\n*   Terms of use\n\n© 2024 The Upper Mill\n",
     ["## The wheel turns again",
      "The wheel stood still for nine years, until the snow of this spring brought it the water that it needs."]),
    ("# مطحنة الوادي\n\n- الرئيسية\n- من نحن\n- اتصل بنا\n\n## الدولاب يدور من جديد\n\n"
     "ظل الدولاب واقفا تسع سنين حتى جاءه ثلج هذا الربيع بما يحتاج إليه من الماء في مجرى النهر.\n\n"
     "- سياسة الخصوصية\n- شروط الاستخدام\n",
     ["## الدولاب يدور من جديد",
      "ظل الدولاب واقفا تسع سنين حتى جاءه ثلج هذا الربيع بما يحتاج إليه من الماء في مجرى النهر."]),
    # a menu drawn as a table
    ("| Home | News | Photos | Contact |\n|---|---|---|---|\n\n# Opening hours of the mill\n\n"
     "The mill is open every day of the week but Monday, from nine in the morning until it is dark.\n\n"
     "| Month | Search |\n|---|---|\n| May | yes |\n| June | no |\n",
     ["|---|---|---|---|",  # the label of the next line, as all rows without a word
      "# Opening hours of the mill",
      "The mill is open every day of the week but Monday, from nine in the morning until it is dark.",
      "| Month | Search |", "|---|---|", "| May | yes |", "| June | no |"]),
    # one beside a manual
    ("# Millwright docs\n\n- Getting started\n- API\n- FAQ\n- Support\n\n# Wheels\n\nA wheel has forty buckets.\n\n- oak\n- elm\n",
     ["# Wheels", "A wheel has forty buckets.", "- oak", "- elm"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "others"), SITES, ids=[text.split("\n")[0] for text, _ in SITES])
def test_furniture_of_sites_is_navigation(text: str, others: list[str]) -> None:
    found = bilingual.segment(text)
    lines = {text[: block.start].count("\n") for block in found.blocks if block.label != "navigation"}
    assert [text.split("\n")[line] for line in sorted(lines)] == others


def test_menus_that_a_document_tells_of_are_body() -> None:
    text = (
        "# Plan of the new site\n\nThis text lists the pages that the mill will have on the web, and who will write them.\n\n"
        "## Menu\n- Home\n- About us\n- Contact us\n\n## Footer\n- Privacy policy\n- Terms of use\n\n## Who writes\n\n"
        "The miller writes all of it in winter, when the wheel stands still and the nights are long.\n"
    )
    assert {block.label for block in bilingual.segment(text).blocks} == {"body"}


def test_menus_end_with_their_document() -> None:
    menu = "| Home | News | Photos |\n|---|---|---|"
    pages = ["|---|\n| a |\n|---|", menu, "|---|\n| b |"]
    alone = [[(block.label, block.rule) for block in bilingual.segment(page).blocks] for page in pages]
    assert [[(block.label, block.rule) for block in page.blocks] for page in bilingual.segment_many(pages)] == alone
    assert {label for label, _ in alone[1]} == {"navigation"}


def test_html_has_its_own_marks() -> None:
    found = find_places(scan([TITLE + "| a |\n|---|\n"]), False)
    assert found.n_pages == 0
    assert not found.place.any()


def test_explanations_tell_of_marks() -> None:
    found = bilingual.segment(TITLE + "## Search\nIt turns in spring, when the snow melts.\n- search\n")
    assert found.blocks[-1].rule == "marked-item"
    assert found.blocks[1].rule == "marked-heading"
    assert "marks of headings, tables or code" in str(found.explain(found.blocks[2]))
    assert "an item without a link" in str(found.explain(found.blocks[-1]))


def test_many_openings_without_an_end_take_no_time() -> None:
    assert (find_places(scan(["```sh\n" * 50_000 + "[code]\n" * 50_000])).place == PLACE_TEXT).all()


PIECES = st.lists(
    st.sampled_from(
        [
            "# A mill", "## ", "== Wheel ==", "== Stone", "=====", "-----", "---", "```", "```py", "~~~", "[code]", "[/code]",
            "[b]x[/b]", "[list]", "[*]one", "| a | b |", "|---|---|", "--|--", "{|", "|}", "{{Box", "}}", "#+title: x", "* star",
            "- item", "*   [x](y)", "1. one", "- Home", "- About us", "© 2020 A", "| Home | News | Links |", "## Related", "- [x](#y)", "[x](z)", "[[a]]", "![a](b)", "**bold** x", "> said", "<p>", "`code`", "a\tb", "\ta\t",
            "The dam broke in May.", "Home", "اتصل بنا", "3 May 2020", "", "#", "=", "[", "|", "{", "`", "*", "-", "1.", "#+b",
        ]
    ),
    max_size=24,
).map("\n".join)  # fmt: skip


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    return Stages(modules.interpreted(looks), modules.interpreted(places))


@pytest.fixture(scope="module")
def slow_settling() -> ModuleType:
    return modules.interpreted(settling)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_interpreted_and_compiled_agree(interpreted: Stages, pages: list[str]) -> None:
    words = scan(pages)
    fast, slow = find_places(words), find_places(words, stages=interpreted)
    np.testing.assert_array_equal(fast.place, slow.place)
    assert fast.n_pages == slow.n_pages
    apart = [find_places(scan([page])) for page in pages]
    np.testing.assert_array_equal(fast.place, np.concatenate([page.place for page in apart]))
    has_any = [doc for doc, page in enumerate(apart) if page.place.any()]
    assert words.block_doc[fast.page_block[: fast.n_pages]].tolist() == has_any


def test_pages_with_places_are_noted_by_their_first_blocks() -> None:
    marked = TITLE + "## Tools\n- search\n"
    found = find_places(scan(["", "Home\nAbout us", marked, "", "The dam broke in May.", "- Home", marked]))
    assert found.page_block[: found.n_pages].tolist() == [2, 7]
    labels = [[block.label for block in page.blocks] for page in bilingual.segment_many(["Home\nAbout us", marked])]
    assert labels == [["navigation", "navigation"], ["body", "body", "body"]]


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_interpreted_and_compiled_give_the_same_labels(
    interpreted: Stages, slow_settling: ModuleType, pages: list[str]
) -> None:
    fast = [[(b.label, b.score, b.layer, b.rule) for b in d.blocks] for d in bilingual.segment_many(pages)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(find_places.__kwdefaults__, "stages", interpreted)
        for function in (lean, settle):
            patch.setitem(function.__kwdefaults__, "engine", slow_settling)
        slow = [[(b.label, b.score, b.layer, b.rule) for b in d.blocks] for d in bilingual.segment_many(pages)]
    assert fast == slow
