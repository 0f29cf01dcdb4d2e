"""What the layout of a page decides, and the kernels against themselves interpreted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import same_verdicts

import bilingual
from bilingual.labels.layout import page as layout
from bilingual.labels.layout.stages import NAMES, Stages
from bilingual.text import kernels

HEADLINES = [
    "وزير الري يتفقد بوابات القناطر الجديدة في المنيا",
    "ارتفاع أسعار الطماطم في أسواق الجملة إلى 12 جنيها",
    "شاهد.. لحظة وصول أول قطار إلى محطة الوادي",
    "جامعة أسوان: بدء اختبارات القبول يوم الأحد المقبل",
    "إصابة 3 عمال في حريق بمصنع أخشاب شرق المدينة",
    "«المزارعون» يطالبون بتعجيل صرف الأسمدة قبل الشتاء",
]
TEXT = [
    "أعلنت لجنة البحيرة اليوم أنها وجدت نوعا من الأسماك لم يعش في مياهها من قبل، وأن الصيادين رأوه أول مرة في الربيع.",
    "وقال رئيس اللجنة إن هذا النوع يأتي عادة من البحر عبر القنوات القديمة، وإن وجوده يدل على أن المياه صارت أكثر ملوحة.",
    "وأضاف أن اللجنة ستأخذ عينات جديدة كل شهر حتى نهاية العام، ثم تنشر تقريرها في كتاب صغير يوزع على المدارس.",
]
VERSES = [
    "سار الغريب على الرمال وحيدا", "والليل يطوي خلفه أثر الخطى", "ما كان يعرف أن دربا واحدا",
    "يكفي ليحمل كل هذا العمر معه", "وأن ريحا من جهات لا تجيء", "ستوقظ النخل الذي نام هنا",
]  # fmt: skip


def rules(text: str) -> list[tuple[str, str]]:
    return [(block.label, block.rule) for block in bilingual.segment(text).blocks]


@pytest.mark.parametrize("between", ["    ", " | ", "\t"])
def test_headlines_side_by_side_are_of_others(between: str) -> None:
    found = rules(between.join(HEADLINES) + "\n" + "\n".join(TEXT))
    assert [label for label, _ in found] == ["promo"] * 6 + ["body"] * 3
    assert "headlines-in-a-row" in {rule for _, rule in found}


def test_headlines_right_above_a_text_are_of_others() -> None:
    found = rules("\n".join(HEADLINES + TEXT))
    assert [label for label, _ in found] == ["promo"] * 6 + ["body"] * 3
    assert "headlines-above-text" in {rule for _, rule in found}


def test_a_title_behind_them_is_of_the_text() -> None:
    title = "لجنة البحيرة: نوع من الأسماك يأتي من البحر عبر القنوات"
    found = rules("\n".join([*HEADLINES, title, *TEXT]))
    assert [label for label, _ in found] == ["promo"] * 6 + ["body"] * 4


def test_the_date_above_them_is_not_one() -> None:
    found = rules("\n".join(["تاريخ اليوم 2025-09-29 بوابة القناطر القناطر الرياضية القناطر عقارات", *HEADLINES, *TEXT]))
    assert [label for label, _ in found] == ["navigation"] + ["promo"] * 6 + ["body"] * 3


ALONE = [
    # rows of a table, few cells, short ones, sentences
    "\n".join("\t".join(HEADLINES[:5]) for _ in range(3)),
    "    ".join(HEADLINES[:4]),
    "    ".join(["القاهرة", "الجيزة", "أسوان 12", "طنطا", "بنها", "قنا"]),
    "    ".join(f"{headline}." for headline in HEADLINES),
    # verses; what the text below is about; a text of one paragraph
    "\n".join(VERSES + TEXT),
    "\n".join(["نوع من الأسماك في مياه البحيرة: 1", "القنوات القديمة: الأسماك تأتي من البحر", "رئيس اللجنة: المياه أكثر ملوحة",
               "عينات جديدة كل شهر حتى نهاية العام: 12", "تقرير اللجنة: كتاب صغير يوزع على المدارس", *TEXT]),
    "\n".join(HEADLINES + TEXT[:1]),
    # items of a text with marks
    "# أخبار القرية\n\n## هذا الأسبوع\n\n" + "\n".join(f"- {headline}" for headline in HEADLINES) + "\n\n" + "\n\n".join(TEXT),
]  # fmt: skip


@pytest.mark.parametrize("text", ALONE, ids=range(len(ALONE)))
def test_other_lines_are_left_alone(text: str) -> None:
    assert not {rule for _, rule in rules(text)} & {"headlines-in-a-row", "headlines-above-text"}


POLICIES = [
    "سياسة الخصوصية\nآخر تحديث: 3 مايو 2023\n"
    "نجمع اسمك ورقم هاتفك حين تطلب من المتجر، ولا نعطيهما أحدا غير شركة الشحن التي تحمل الطلب.",
    "Terms of Service\nLast updated: 3 May 2023\n"
    "The mill sells flour on this page to whoever lives in the valley, and sends it once a week.",
]


@pytest.mark.parametrize("text", POLICIES)
def test_the_name_of_a_policy_above_its_text_is_its_title(text: str) -> None:
    assert rules(text)[0] == ("body", "policy-title")
    assert rules(text.split("\n")[0])[0][0] == "navigation"
    assert rules(text.split("\n")[0] + "\n" + text.split("\n")[1])[0][0] == "navigation"


@pytest.mark.parametrize(
    "lines",
    [
        ["سياسة الشحن والتوصيل", "سياسة الشحن والتوصيل:",
         "* يرسل الطلب من المخزن بعد أن يدفع الزبون ثمنه كاملا في حساب المتجر",
         "* يحق للمتجر أن يلغي الطلب إن كان السعر خطأ أو لم يبق من البضاعة شيء"],
        ["Terms of Service", "Terms of Service", "3 May 2023",
         "• The mill sells flour on this page to whoever lives in the valley and brings a sack",
         "• Whoever comes without one pays for ours and may bring it back until the next market day"],
    ],
)  # fmt: skip
def test_a_name_may_stand_twice_and_its_text_need_not_end_as_a_sentence(lines: list[str]) -> None:
    found = rules("\n".join(lines))
    assert ("body", "policy-title") in found


OFFER = ["- Two letters about boats every week", "- A map of the harbour", "1. The voice of the old pilot"]


def test_items_under_a_call_that_ends_with_a_colon_are_of_it() -> None:
    call = "Sign up now for the following benefits:"
    found = rules("\n".join([*TEXT, call, *OFFER, TEXT[0]]))
    assert [label for label, _ in found] == ["body"] * 3 + ["promo"] * 4 + ["body"]
    assert "offer-item" in {rule for _, rule in found}
    for other in ("The old pilot takes with him:", "Sign up now"):
        assert "offer-item" not in {rule for _, rule in rules("\n".join([*TEXT, other, *OFFER, TEXT[0]]))}
    dated = ["12 boats came in before noon", "14 boats left"]
    assert "offer-item" not in {rule for _, rule in rules("\n".join([*TEXT, call, *dated, TEXT[0]]))}


BOX = ["الاختصاص: ميكانيك عام", "نوع الاشتراك: انتساب", "عدد المشاركات: 213"]


def test_fields_beside_a_wording_of_forums_say_who_wrote() -> None:
    found = rules("\n".join([*TEXT, *BOX, *TEXT]))
    assert [label for label, _ in found] == ["body"] * 3 + ["navigation"] * 3 + ["body"] * 3
    assert "member-box" in {rule for _, rule in found}
    for other in (BOX[1:], [*BOX[:2], "سعر الجرة: 213"], ["الفصل 3: ميكانيك عام", "الفصل 4: انتساب", BOX[2]]):
        assert "member-box" not in {rule for _, rule in rules("\n".join([*TEXT, *other, *TEXT]))}


SALES = [
    "The harbour office said on Monday that the old ferry would stay in the dock until the new engine arrives.",
    "Its captain told the council that the repair had been planned for two years, and nobody had found the money.",
    "The council will meet again in June, when the letters of the islanders will be read aloud in the town hall.",
]
LISTED = ["Blue Lamp Oil Large", "Old Harbour Rope Set", "Net Needle Box Set"]


@pytest.mark.parametrize("header", ["Trending products", "Related products", "منتجات مشابهة"])
def test_headlines_right_under_the_header_of_a_list_are_of_others(header: str) -> None:
    found = rules("\n".join([*SALES, header, *LISTED, "Help", "Terms of use"]))
    assert [label for label, _ in found] == ["body"] * 3 + ["navigation"] + ["promo"] * 3 + ["navigation"] * 2
    assert "listed-headline" in {rule for _, rule in found}


@pytest.mark.parametrize(
    "below",
    [
        LISTED[:1],
        ["Lamps", "Ropes", "Net needles"],
        ["Lamp oil is sold here.", "Rope is sold there."],
        ["3 May 2023 12:30", "4 May 2023 12:40", "5 May 2023 12:50"],
        ["Home / Shop / Lamp Oil", "Home / Shop / Rope Set"],
        ["[ All ] [ Lamps ] [ Ropes ]", "[ Old ] [ New ] [ Used ]"],
    ],
)
def test_other_lines_under_the_header_of_a_list_are_none(below: list[str]) -> None:
    found = rules("\n".join([*SALES, "Trending products", *below, "Help", "Terms of use"]))
    assert "listed-headline" not in {rule for _, rule in found}
    assert "listed-headline" not in {rule for _, rule in rules("\n".join([*SALES, *LISTED, "Help", "Terms of use"]))}


HEADINGS = ["كيف يعمل الدولاب", "ما الذي تحتاج إليه", "تركيب الحجر الأعلى", "متى يغير الحبل"]


def guide(numbers: bool, headings: list[str]) -> tuple[list[str], list[str]]:
    """(a page: contents, then a text under every heading; the rule of every line of the contents)."""
    entries = [f"{n}. {heading}" if numbers else heading for n, heading in enumerate(headings, 1)]
    texts = [line for heading, text in zip(headings, TEXT + VERSES, strict=False) for line in (heading, text)]
    found = bilingual.segment("\n".join(["دليل المطحنة", *entries, TEXT[2], *texts]))
    return entries, [block.rule for block in found.blocks[1 : 1 + len(entries)] if block.label == "navigation"]


@pytest.mark.parametrize("numbers", [False, True])
def test_lines_that_return_above_their_texts_are_contents(numbers: bool) -> None:
    entries, found = guide(numbers, HEADINGS)
    assert len(found) == len(entries)
    assert "contents-entry" in found


def test_pages_in_html_have_contents_too_but_rows_of_their_own() -> None:
    texts = "".join(f"<h2>{heading}</h2><p>{text}</p>" for heading, text in zip(HEADINGS, TEXT + VERSES, strict=False))
    entries = "".join(f"<p>{heading}</p>" for heading in HEADINGS)
    page = f"<html><body><h1>دليل المطحنة</h1>{entries}<p>{TEXT[2]}</p>{texts}</body></html>"
    found = {block.rule for block in bilingual.segment_html(page).blocks}
    assert "contents-entry" in found
    cells = "".join(f"<td>{headline}</td>" for headline in HEADLINES)
    found = {block.rule for block in bilingual.segment_html(f"<table><tr>{cells}</tr></table><p>{TEXT[0]}</p>").blocks}
    assert "headlines-in-a-row" not in found


RETURNING = [
    # three of them, a refrain, another order, all of them side by side once more
    ["دليل المطحنة", *HEADINGS[:3], *(line for heading, text in zip(HEADINGS, TEXT, strict=False) for line in (heading, text))],
    ["أغنية الطحان", *VERSES[:4], *VERSES[4:], *VERSES[:4]],
    ["دليل المطحنة", *HEADINGS, *(line for heading in reversed(HEADINGS) for line in (heading, TEXT[0]))],
    ["دليل المطحنة", *HEADINGS, TEXT[0], *HEADINGS, TEXT[1]],
]


@pytest.mark.parametrize("lines", RETURNING, ids=range(len(RETURNING)))
def test_other_lines_that_return_are_none(lines: list[str]) -> None:
    assert "contents-entry" not in {rule for _, rule in rules("\n".join(lines))}


def test_lines_that_return_on_the_next_page_are_no_contents() -> None:
    pages = ["\n".join(["دليل المطحنة", *HEADINGS, TEXT[0], *VERSES]),
             "\n".join(line for heading in HEADINGS for line in (heading, TEXT[1]))]  # fmt: skip
    found = [[(block.label, block.rule) for block in page.blocks] for page in bilingual.segment_many(pages)]
    assert found == [rules(page) for page in pages]
    assert "contents-entry" not in {rule for page in found for _, rule in page}


def test_explanations_tell_of_the_layout() -> None:
    found = bilingual.segment("    ".join(HEADLINES) + "\n" + "\n".join(TEXT))
    told = [block for block in found.blocks if block.rule == "headlines-in-a-row"]
    assert told
    assert "side by side" in str(found.explain(told[0]))


PAGES = st.lists(
    st.sampled_from(
        [*HEADLINES, *TEXT, *VERSES, *HEADINGS, "1. " + HEADINGS[0], "\n".join(HEADINGS),
         "\n".join(line for heading in HEADINGS for line in (heading, TEXT[0])), "    ".join(HEADLINES), "\t".join(HEADLINES), "سياسة الخصوصية", "Terms of Service",
         "3 May 2023", "Home", "", "a | b", "من نحن", "Sign up now for the following benefits:", *OFFER, *BOX, *LISTED,
         "Trending products", "\n".join(["Related products", *LISTED]),
         "سياسة الشحن والتوصيل"]
    ),
    max_size=20,
).map("\n".join)  # fmt: skip


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    found = Stages(*kernels.from_sources(NAMES))
    assert not found.contents.COMPILED
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_interpreted_and_compiled_give_the_same_labels(interpreted: Stages, pages: list[str]) -> None:
    same_verdicts(layout.settle_layout, interpreted, pages)
