"""What lines that are alike decide together, and the kernels against themselves interpreted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import same_verdicts

import bilingual
from bilingual.labels.alike import page as alike
from bilingual.labels.alike.stages import NAMES, Stages
from bilingual.labels.evidence import EVIDENCE, EXCEPTIONS
from bilingual.labels.lexicon import phrase_hashes
from bilingual.text import kernels

TEXT = [
    "نزل الصيادون إلى البحيرة قبل الفجر، وكان الضباب كثيفا حتى إن أحدهم لم ير مجداف صاحبه الذي يجلس أمامه في القارب.",
    "وقال شيخهم إن السمك يصعد إلى السطح في مثل هذا اليوم من كل عام، وإن من عاد بشبكة فارغة فلا يلومن إلا نفسه.",
    "وفي المساء اجتمع أهل القرية حول النار، وأكل كل بيت مما اصطاده بيت آخر، كما كان آباؤهم يفعلون من قبلهم.",
]
MENU = ["الرئيسية", "من نحن", "اتصل بنا"]


def found(lines: list[str]) -> list[tuple[str, str]]:
    return [(block.label, block.rule) for block in bilingual.segment("\n".join(lines)).blocks]


def names(lines: list[str]) -> set[str]:
    return {rule for _, rule in found(lines)}


RECORDS = [
    ["الناشر: دار الغدير", "الطبعة: الثالثة", "سنة النشر: 1418", "عدد الصفحات: 96"],
    ["Pages: 96", "Binding: sewn", "Publisher: The Mill Press"],
    ["ناشر: نشر رودخانه", "مترجم: پری سیاوشی", "تعداد صفحات: 96"],
    ["- Éditeur : Presses du Moulin", "- Date de parution : mai 1998", "- Nombre de pages : 96"],
]
MEMBERS = [
    ["تاريخ التسجيل: مايو 2011", "المشاركات: 96", "البلد: البحيرة"],
    ["Joined: May 2011", "Posts: 96", "Boat: green"],
    ["Joined: May 2011", "Boat: green", "Posts: 96"],
]


@pytest.mark.parametrize("record", RECORDS, ids=range(len(RECORDS)))
def test_fields_of_one_thing_are_body(record: list[str]) -> None:
    lines = [*MENU, "حكايات البحيرة", *record, *MENU]
    said = found(lines)
    assert [label for label, _ in said[4:-3]] == ["body"] * len(record)
    assert "record-field" in {rule for _, rule in said}


def test_the_rule_that_took_a_marked_heading_stays_its_reason() -> None:
    """`Pages: 96` is a wording of pagination; as a heading it is no field, so the verdict is that of the rule."""
    first = bilingual.segment("\n".join(["## Pages: 96", *RECORDS[0][:2], *["x"] * 8])).blocks[0]
    assert (first.label, first.layer, first.rule) == ("navigation", "rule", "pagination-phrase")


@pytest.mark.parametrize("member", MEMBERS, ids=range(len(MEMBERS)))
def test_fields_of_a_member_are_furniture(member: list[str]) -> None:
    said = found([*TEXT, *member, *TEXT])
    last = max(i for i, line in enumerate(member) if "Boat" not in line)
    assert [label for label, _ in said[3 : 4 + last]] == ["navigation"] * (last + 1)
    assert "record-field" not in {rule for _, rule in said}


@pytest.mark.parametrize(
    "fields",
    [
        RECORDS[1][:2],  # two of them
        ["Brand: Mill", "Brand: Weir", "Color: red", "Color: blue"],  # choices of a filter
        ["Pages: 96", "Boat: green", "Harbour: north"],  # one known name
        ["Pages: 96", "Publisher: The Mill Press", "Posts: 96"],  # one of a member
        ["3: Pages", "4: Publisher", "5: Binding"],  # numbers
        ["Pages: there were ninety-six.", "Binding: it was sewn!", "Publisher:"],
    ],
)
def test_other_fields_are_left_alone(fields: list[str]) -> None:
    assert not names([*MENU, "The old harbour", *fields, *MENU]) & {"record-field", "member-field"}


@pytest.mark.parametrize(
    "line",
    [
        "التصنيف: قوارب، شباك",
        "التسميات: Lake, Boats",
        "Categories: lake stories",
        "- التصنيف : قوارب",
        "التصنيف: قوارب | الكاتب: مريم | إرسال إلى",
    ],
)
def test_a_line_of_tags_among_a_text_is_navigation(line: str) -> None:
    said = found([*TEXT, line, *TEXT])
    assert [label for label, _ in said if label != "body"] == ["navigation"] * (len(said) - 6)


@pytest.mark.parametrize(
    "line",
    [
        "التصنيف: قسم الصيادون السمك ثلاثة أقسام بحسب حجمه ثم باعوه في السوق.",
        "التصنيف الذي وضعه الصيادون قديم",
        '{ category: "boats", price: 3 },',
    ],
)
def test_a_sentence_that_begins_so_is_not_one(line: str) -> None:
    assert "tag-line" not in names([*TEXT, line, *TEXT])


COUNTED = [
    "قوارب (12)", "شباك الصيد القديمة (4)", "قصص الليل (31)", "أحوال الطقس في البحيرة (7)", "غير مصنف (2)", "أخبار (5)",
    "Old nets and how they were mended (9)",
]  # fmt: skip


def test_names_with_counts_are_navigation_where_most_of_them_are() -> None:
    said = found([*MENU, *COUNTED, *MENU])
    assert [label for label, _ in said] == ["navigation"] * (6 + len(COUNTED))
    years = [line[: line.index("(")] + f"(19{50 + i})" for i, line in enumerate(COUNTED)]
    assert "counted-list" not in names([*MENU, *years, *MENU])
    assert "counted-list" not in names([*MENU, *COUNTED[:3], *MENU])
    bare = [line.replace("(", "").replace(")", "") for line in COUNTED]
    assert "counted-list" not in names([*MENU, *bare, *MENU])


@pytest.mark.parametrize("zero", ["0", "\N{ARABIC-INDIC DIGIT ZERO}", "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}"])
def test_years_are_no_counts_in_any_digits(zero: str) -> None:
    digits = str.maketrans("0123456789", "".join(chr(ord(zero) + i) for i in range(10)))
    rows = [line.translate(digits) for line in COUNTED[2:5]]
    for year in (1991, 2014):
        assert "counted-list" not in names([*TEXT, *TEXT, " | ".join([*rows, f"فيلم ({year})".translate(digits)]), *MENU])
    assert "counted-list" in names([*TEXT, *TEXT, " | ".join([*rows, "فيلم (1871)".translate(digits)]), *MENU])


ITEMS = [
    "- قوارب خشبية وحديدية", "- شباك صيد قديمة", "- أدوات تنظيف السمك", "- ملابس للمطر والبرد", "- خرائط البحيرة والنهر",
]  # fmt: skip


@pytest.mark.parametrize("header", ["تصنيفات السوق", "أقسام الموقع", "دسته بندی", "Categories:"])
def test_items_under_a_header_of_categories_are_links(header: str) -> None:
    said = found([*TEXT, header, *ITEMS, *TEXT])
    assert [label for label, _ in said[4:-3]] == ["navigation"] * 5
    assert "category-item" in {rule for _, rule in said}


def test_without_bullets_the_last_line_is_the_next_header() -> None:
    said = found([*TEXT, "أقسام السوق", *(item.removeprefix("- ") for item in ITEMS), *TEXT])
    assert [label for label, _ in said[4:]] == ["navigation"] * 4 + ["body"] * 4


@pytest.mark.parametrize(
    "lines",
    [
        ["ما يحمله الصياد معه", *ITEMS],
        ["أقسام الشرطة في القرية والمدن التي حولها", *ITEMS],
        ["تصنيفات السوق", *ITEMS[:3]],
        ["تصنيفات السوق", *(item + "." for item in ITEMS)],
        ["تصنيفات السوق", *(item.removeprefix("- ") for item in ITEMS[:4])],
        ["تصنيفات السوق", *(f"{item[2:]} {where}" for item in ITEMS for where in ("شرقا", "غربا"))],
        ["تصنيفات السوق", *(f"{item[2:]} {number}" for number, item in enumerate(ITEMS))],
        ["تصنيفات سوق السمك القديم", *(item.removeprefix("- ") for item in ITEMS)],
    ],
)
def test_items_under_others_are_left_alone(lines: list[str]) -> None:
    assert "category-item" not in names([*TEXT, *lines, *TEXT])


ENTRIES = [
    f"{verb} {what}"
    for verb in ("Install", "Configure", "Start", "Stop", "Upgrade", "Test")
    for what in ("the pump server", "a remote valve", "the weir API", "level sensors", "Docker images", "log files", "alarms")
]
GUIDE = [
    "Docs » Install the pump server",
    "View page source",
    "Install the pump server¶",
    "The pump server reads the level of the lake and opens the valves that are named in its configuration file.",
    "$ pip install pumpserver",
    "$ pumpserver --config valves.toml --port 8080",
    "Then import the client in Python:",
    ">>> from pumpserver import Client",
    ">>> client = Client(port=8080)",
    ">>> client.level()",
    "The method returns a float, or raises a ConnectionError if no server answers on this port before the timeout.",
    "class pumpserver.Client(port: int = 8080, timeout: float = 3.0)",
    "Parameters: port, the number of the port; timeout, how many seconds the client waits for an answer.",
    "Next Previous",
    "Built with Sphinx using a theme provided by Read the Docs.",
]


def test_a_tree_of_contents_above_documentation_is_navigation() -> None:
    page = bilingual.segment("\n".join(["Docs", *ENTRIES, *GUIDE]))
    assert page.kind == "documentation"
    said = [(block.label, block.rule) for block in page.blocks]
    assert {label for label, _ in said[: len(ENTRIES) - 4]} == {"navigation"}
    assert "contents-tree" in {rule for _, rule in said}
    assert said[-3][0] == "body"
    assert "contents-tree" not in names(["Docs", *ENTRIES[:20], *GUIDE])
    assert "contents-tree" not in names(["Docs", GUIDE[3], *ENTRIES, *GUIDE])


HEADLINES = [
    "وزير الري يتفقد سدود الوادي الجديد", "ارتفاع أسعار السمك في أسواق المدينة", "عمال الميناء يعودون إلى العمل",
    "افتتاح جسر جديد على النهر الكبير", "الأرصاد: أمطار على السواحل غدا", "جامعة الشمال تعلن نتائج القبول",
    "إصابة ثلاثة في حريق بمصنع أخشاب", "النادي الأزرق يفوز على ضيفه بهدفين", "قطار الوادي يبدأ رحلاته الأحد المقبل",
    "مزارعو القطن يطالبون بصرف الأسمدة", "لجنة البحيرة تأخذ عينات من المياه", "شركة النقل ترفع أسعار التذاكر",
]  # fmt: skip
FRONT = ["الرئيسية", "سياسة", "اقتصاد", "رياضة", "أهم الأخبار", *HEADLINES, "حوادث", *HEADLINES[3:9], "من نحن", "اتصل بنا"]


def test_headlines_of_a_page_with_nothing_else_are_what_it_is_for() -> None:
    page = bilingual.segment("\n".join(FRONT))
    assert page.kind == "list"
    said = {block.text: (block.label, block.rule) for block in page.blocks}
    assert {said[headline][0] for headline in HEADLINES} == {"body"}
    assert "front-page" in {rule for _, rule in said.values()}
    article = found([*MENU, "عودة الصيادين", *TEXT, "اقرأ أيضا", *HEADLINES])
    assert "front-page" not in {rule for _, rule in article}
    assert [label for label, _ in article[-12:]] == ["promo"] * 12


SONG = [
    "der alte Fischer kennt den See", "er zählt die Boote jede Nacht", "und wenn der Nebel niedergeht",
    "dann hält er bis zum Morgen Wacht", "das Wasser schweigt und spricht zugleich", "und alles was es nimmt ist sein",
]  # fmt: skip
VERSES = [
    "старик выходит на рассвете", "и лодку тянет по песку", "а в небе гаснет тихий ветер",
    "и звёзды падают в реку", "никто не ждёт его у дома", "и дом давно уже пустой",
]  # fmt: skip
AROUND = ["Home", "About us", "Archive", "April 3rd, 2014", "8 comments", "Leave a comment", "Share"]


@pytest.mark.parametrize("song", [VERSES, [line.lower() for line in SONG]], ids=["ru", "de"])
def test_lines_of_one_length_in_small_letters_are_verses(song: list[str]) -> None:
    said = found([*AROUND, "песня", *song, *AROUND])
    assert [label for label, _ in said[8:14]] == ["body"] * 6
    assert ("verse" in {rule for _, rule in said}) == (song is VERSES)  # of the others the trees are right


@pytest.mark.parametrize(
    "lines",
    [
        VERSES[:4],
        [line.capitalize() for line in VERSES],
        [line + "." for line in VERSES],
        [line + ":" for line in VERSES],
        [line.replace(" ", "-", 1) for line in VERSES],
        [line + " 3" for line in VERSES],
        [line + " " + line + " " + line if i % 2 else "и да" for i, line in enumerate(VERSES)],
        [line.replace(" ", "") for line in VERSES],
    ],
)
def test_other_lines_are_no_verses(lines: list[str]) -> None:
    assert "verse" not in names([*AROUND, "песня", *lines, *AROUND])


@pytest.mark.parametrize("hook", ["↩", "↩︎", " ↩\N{VARIATION SELECTOR-15}"])
def test_notes_that_lead_back_are_body(hook: str) -> None:
    notes = ["أخبار البحيرة: كتاب الشيخ عن السمك | طبعة 1418", "والد الصياد: 12 قاربا في الميناء", "شاهد: كتاب الضباب، ص 3"]
    said = found([*TEXT, "اقرأ أيضا", *HEADLINES[:4], *(f"{note} {hook}" for note in notes)])
    assert said[-3:] == [("body", "footnote")] * 3
    assert "footnote" not in names([*TEXT, "اقرأ أيضا", *HEADLINES[:4], *(f"{hook} {note}" for note in notes)])


@pytest.mark.parametrize("between", ["\r", "\N{LINE SEPARATOR}"])
def test_a_hook_in_the_next_block_is_of_that(between: str) -> None:
    said = found([*TEXT, "اقرأ أيضا", *HEADLINES[:4], f"{HEADLINES[5]} ★{between}↩ رجوع"])
    assert said[-2] == ("promo", "under-list-header")


TRAILS = [
    ["1. الرئيسية", "2. حكايات البحيرة", "3. عودة الصيادين في آخر الليل"],
    ["1. Home", "2. Lake stories", "3. The night the boats came back"],
    ["١. الصفحة الرئيسية", "٢. ثلاث ليال في كوخ الصياد القديم"],
    ["۱. صفحه اصلی", "۲. سه شب در کلبه ماهیگیر پیر"],
    ["1) Accueil", "2) Trois nuits dans la cabane du vieux pêcheur"],
]


@pytest.mark.parametrize("trail", TRAILS, ids=range(len(TRAILS)))
def test_a_numbered_way_from_the_home_page_is_navigation(trail: list[str]) -> None:
    said = found(["عودة الصيادين", *trail, *TEXT, *TEXT])
    assert [label for label, _ in said[1 : len(trail) + 2]] == ["navigation"] * len(trail) + ["body"]
    assert "numbered-trail" in {rule for _, rule in said}


@pytest.mark.parametrize(
    "lines",
    [
        ["1. خيوط الشبكة", "2. حكايات البحيرة", "3. عودة الصيادين"],
        ["1. الرئيسية", "3. حكايات البحيرة", "عودة الصيادين"],
        ["1. الرئيسية هي أول قرية على البحيرة", "2. والثانية قرية الصيادين"],
        ["1. Home", "2. The boats were out all night and nobody knew where."],
    ],
)
def test_other_numbered_lines_are_no_way(lines: list[str]) -> None:
    assert "numbered-trail" not in names(["عودة الصيادين", TEXT[0], *lines, *TEXT])


TITLES = ["لماذا ترك الشيخ قاربه في الميناء", "ثلاث ليال في كوخ الصياد القديم"]


@pytest.mark.parametrize("turns", [("« الصفحة السابقة", "الصفحة التالية »"), ("Previous post", "Next post"), ("قبلی", "بعدی")])
def test_titles_under_links_to_the_pages_beside_are_of_others(turns: tuple[str, str]) -> None:
    said = found(["عودة الصيادين", *TEXT, *TEXT, turns[0], TITLES[0], turns[1], TITLES[1], "جميع الحقوق محفوظة"])
    assert [label for label, _ in said[7:11]] == ["navigation", "promo", "navigation", "promo"]


def test_other_lines_under_such_links_are_no_titles() -> None:
    turns = [("السابق", "1 2 3", "التالي"), ("السابق", "الرئيسية", "التالي", "اتصل بنا"), ("التالي", TITLES[0])]
    for lines in turns:
        assert "turn-title" not in names(["عودة الصيادين", *TEXT, *TEXT, *lines, "جميع الحقوق محفوظة"])


PARTS = ["كيف تعقد الشبكة القديمة", "أدوات يحتاج إليها الصياد", "نصائح قبل الفجر"]


def manual(header: str, entries: list[str], parts: list[str]) -> list[str]:
    body = [line for part, text in zip(parts, TEXT, strict=True) for line in (part, text, text)]
    return ["الرئيسية", PARTS[0], TEXT[1], header, *entries, TEXT[2], *body]


@pytest.mark.parametrize("header", ["المحتويات", "فهرس المقال", "Table of contents", "فهرست مطالب"])
def test_lines_under_a_header_of_contents_that_return_are_entries(header: str) -> None:
    for mark in ("- {}", "{n}. {}", "{}"):
        entries = [mark.format(part, n=n) for n, part in enumerate(PARTS, 1)]
        said = found(manual(header, entries, PARTS))
        assert [label for label, _ in said[3:8]] == ["navigation"] * 4 + ["body"]


def test_other_lines_that_return_are_no_entries() -> None:
    for lines in (
        manual("أدوات الصيد", PARTS, PARTS),
        manual("المحتويات", PARTS[:2], PARTS),
        manual("المحتويات", PARTS, PARTS[::-1]),
        ["المحتويات", *PARTS, *MENU, *PARTS[:2], *TEXT],
    ):
        assert "headed-contents" not in names(lines)


ARABIC = [
    "سرى الصياد في ليل طويل", "وخلف وجهه بحر الرحيل", "يعد النجم في صمت ويمضي", "كأن الموج يعرف عن دليل",
    "إذا هبت رياح من شمال", "أعادت ذكره بعد الأصيل", "وما في القلب من حب قديم", "سوى أهل على الشط الجميل",
]  # fmt: skip
PERSIAN = [
    "تنها میان این همه دیوار مانده‌ام", "بی‌خواب زیر نور شب تار مانده‌ام", "باران که می‌زند به دل کوچه‌های شهر",
    "من پشت پنجره به تو دلدار مانده‌ام", "دیگر کسی ز حال من اینجا خبر نداشت", "در گوشه‌ای ز خاطره بیدار مانده‌ام",
]  # fmt: skip
POETS = ["الرئيسية", "الشعراء", "القصائد", "الدواوين", "اتصل بنا", "تسجيل الدخول", "بحث", "قصيدة الليل", "سالم الوادي"]
BELOW = ["شارك القصيدة", "فيسبوك", "تويتر", "قصائد أخرى للشاعر", "عن الموقع", "سياسة الخصوصية", "جميع الحقوق محفوظة © 2023"]


@pytest.mark.parametrize("poem", [ARABIC, PERSIAN], ids=["ar", "fa"])
def test_lines_in_arabic_letters_that_rhyme_are_verses(poem: list[str]) -> None:
    said = found([*POETS, *poem, "كلمات على ضوء القمر", *BELOW])
    assert [label for label, _ in said[9 : 9 + len(poem)]] == ["body"] * len(poem)
    assert said[9 + len(poem)][1] != "verse"
    assert "verse" in names([*POETS[:3], *poem, *BELOW])


@pytest.mark.parametrize(
    "lines",
    [
        ARABIC[:5],
        ARABIC[::2] + ARABIC[::2][:2],
        [line + " 3" for line in ARABIC],
        [line + "." for line in ARABIC],
        [line.split()[-1] for line in ARABIC],
        [f"{what} {how} والصناعية" for what in ("الخدمات", "الأعمال", "الحلول", "الدراسات") for how in ("التجارية", "المالية")],
        [f"خدمات نقل {what} بالسيارات" for what in ("الأثاث", "البضائع", "الأجهزة", "السيارات", "الرخام", "الأخشاب")],
    ],
)
def test_other_lines_in_arabic_letters_are_no_verses(lines: list[str]) -> None:
    assert "verse" not in names([*POETS, *lines, *BELOW])


def test_every_name_of_the_table_is_found() -> None:
    keys, classes, _ = alike.field_names()
    for name, number in (("عدد الصفحات", 1), ("Publisher", 1), ("Posts", 2), ("أقسام", 3), ("boat", 0)):
        hashes, _ = phrase_hashes([name])
        where = np.flatnonzero(keys == alike.name_key(hashes.tolist()))
        assert (int(classes[where[0]]) if len(where) else 0) == number


PAGES = st.lists(
    st.sampled_from(
        [*TEXT[:2], *MENU, *RECORDS[0], *RECORDS[1], *MEMBERS[1], *TRAILS[0], "\n".join(TRAILS[1]), "\n".join(RECORDS[2]), "\n".join(MEMBERS[0]), "Brand: a\nBrand: b",
         "التصنيف: قوارب، شباك", "Categories: lake stories", *COUNTED[:3], "\n".join(COUNTED), "تصنيفات السوق", "Categories:",
         "\n".join(ITEMS), *ITEMS[:2], "\n".join(ITEMS).replace("- ", ""), "\n".join(ENTRIES), "\n".join(GUIDE), "\n".join(HEADLINES), "أهم الأخبار", *HEADLINES[:3],
         "\n".join(VERSES), *VERSES[:3], "\n".join(SONG).lower(), "", "a: b", "a : b : c", "(3)", "x (3", "12:30 (4)", "Previous", "Next", "السابق\nمركب قديم\nالتالي", "\n".join(["المحتويات", *PARTS]), "\n".join(PARTS), "المحتويات", *PARTS[:2], "\n".join(ARABIC), "\n".join(PERSIAN), *ARABIC[:2], "x ↩", "↩ x", "x\n↩","٣ (٤)", "：x", "فيلم (١٩٩١)", "x ★\r↩ y", "## Pages: 96", "- Publisher: The Mill Press"]
    ),
    max_size=16,
).map("\n".join)  # fmt: skip


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    found = Stages(*kernels.from_sources(NAMES))
    assert not found.runs.COMPILED
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_interpreted_and_compiled_give_the_same_labels(interpreted: Stages, pages: list[str]) -> None:
    found = same_verdicts(alike.settle_alike, interpreted, pages)
    # a layer goes with its reason
    told = {one.name for one in (*EVIDENCE, *EXCEPTIONS)}
    assert all((layer == "rule") != (rule in told) for blocks in found for _, _, layer, rule in blocks)
