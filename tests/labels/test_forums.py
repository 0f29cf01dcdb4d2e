"""What lists of forums and threads are for, and what is no such list; the kernel against itself interpreted."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import same_verdicts

import bilingual
from bilingual.errors import SettingsError
from bilingual.labels.alike import page as alike
from bilingual.labels.alike.stages import NAMES, Stages
from bilingual.labels.lexicon import phrase_hashes
from bilingual.text import kernels

# A line begins with the label that it has to have, n or b; `?` for one that may have any. Three boards in Arabic, as in
# Egypt, the Gulf and the Maghreb, then boards in the manner of the software in use.
BOARDS = {
    "eg-threads": """
        n شبكة شباب الوادى|n التسجيل|n البحث|n مشاركات اليوم|n المواضيع فى المنتدى : ركن الصيادين
        n الموضوع / كاتب الموضوع|n آخر مشاركة|n ردود|n مشاهدات
        b مثبــت: قوانين الركن قبل ما تكتب أى حاجة|n المدير|n 01-03-2014 09:12 PM|n بواسطة أبو حنفى|n 12|n 3,455
        b يا جماعة مين جرب الشبك الصينى الجديد؟|n حسن البحار|n 28-02-2014 07:15 AM|n بواسطة سمكة|n 40|n 1,204
        b مركب أبويا اتباعت وأنا زعلان أوى|n ولد البحيرة|n 18-02-2014 03:40 PM|n بواسطة المدير|n 7|n 611
        b أكلات سمك من مطبخ ستى|n أم كريم|n 16-02-2014 05:05 PM|n بواسطة سمكة|n 22|n 1,870
        b الجو بكره عامل ايه فى رشيد؟|n سمكة|n 15-02-2014 11:31 AM|n بواسطة حسن البحار|n 3|n 208
        n خيارات عرض المواضيع|n ضوابط المشاركة|n لا تستطيع إضافة مواضيع جديدة|n الانتقال السريع|n الساعة الآن 03:27 AM
    """,
    "gulf-index": """
        n منتديات نواخذة الخليج|n كلمة المرور|n التعليمات|n المنتدى\tآخر مشاركة\tالمواضيع\tالمشاركات|? الأقسام العامة
        b مجلس النواخذة (يشاهده 4 زائر)|b سوالف البحر والغوص وأيام أول، وكل ما في خاطرك|b وين راحت سفن الخشب؟...
        n بواسطة بو راشد|n 03-11-2012 10:21 PM|? 1,204\t20,311
        b ديوانية الطقس والأنواء|b متى تهب الشمال ومتى يطلع سهيل|b سهيل طلع يا جماعة
        n بواسطة ولد الفريج|n 24-08-2012 05:40 AM|? 311\t4,870
        b أقسام الأسرة|b مطبخ أم خليفة|b طبخات السمك والمرق والمجبوس|b مجبوس هامور على أصوله
        n بواسطة بنت الديرة|n 01-11-2012 08:15 PM|? 900\t7,645
        b شكاوي الأعضاء|b قسم مخفي بين العضو والإدارة|n خاص\t75\t276
        n المتواجدون الآن: 25 (الأعضاء 1 والزوار 24)|n بو راشد|? إحصائيات منتديات نواخذة الخليج
        n المواضيع: 2,490\tالمشاركات: 33,102\tالأعضاء: 3,495|? نرحب بالعضو الجديد، نوخذة_99|n الساعة الآن 11:06 PM
    """,
    "ma-index": """
        n منتدى أولاد الواد|n بحـث|n الأعضاء|n دخول|b الساحة العامة|n مواضيع|n مساهمات|n آخر مساهمة
        b ركن النقاش|b هنا نهدرو على كلش، غير السياسة خلوها برا|n 120|n 2311
        b واش رايكم فالسوق الجديد|n الأحد أكتوبر 14, 2012 6:30 pm|n كريم 31
        b التعارف والترحيب|b عرفنا براسك وقل لنا منين جيت|n 88|n 902
        b سلام عليكم خاوتي|n السبت أكتوبر 13, 2012 9:02 am|n نسرين
        b Espace francophone|b Pour ceux qui écrivent mieux en français|n 14|n 97
        b Bonjour tout le monde|n الجمعة أكتوبر 12, 2012 1:10 pm|n Samy|b ركن الدراسة|n مواضيع|n مساهمات|n آخر مساهمة
        b الباكالوريا|b دروس وتمارين وحوليات لكل الشعب|n 340|n 1985
        b تمارين فالدوال العددية|n الأحد أكتوبر 14, 2012 8:45 pm|n أستاذ م
        n المتواجدون الآن ؟|n ككل هناك 7 عُضو متصل حالياً :: 1 عضو مُسجل, 0 عُضو مُختفي و 6 زائر
    """,
    "phpbb": """
        n Skip to content|n FAQ|n Login|n Board index|b Harbour talk|n Topics|n Posts|n Last post
        n No unread posts|b Nets and knots|b Mending, tarring and drying of nets|n 12|n 345
        b Which thread for pike?|n by Old_Piet|n Thu Feb 29, 2024 8:01 pm
        n No unread posts|b Boats|b Building them, sailing them, sinking them|n 40|n 1,204
        b Sold my dinghy|n by marsh-hen|n Wed Feb 28, 2024 7:15 am
        b The village|n Topics|n Posts|n Last post
        n No unread posts|b Weather|b Fog, ice and what the old people say about them|n 99|n 2,310
        b Ice on the north bank|n by Old_Piet|n Fri Mar 01, 2024 6:30 am
        n Who is online|n Registered users: marsh-hen, Rika|n Statistics|n Powered by phpBB
    """,
    "smf": """
        n Lake Board|n Home|n Search|n Login
        b Nets and knots|b Mending, tarring and drying of nets|n 345 Posts|n 12 Topics
        n Last post by Old_Piet in Which thread for pike? on February 29, 2024, 08:01:12 PM
        b Boats|b Building them, sailing them, sinking them|n 1204 Posts|n 40 Topics
        n Last post by marsh-hen in Sold my dinghy on February 28, 2024, 07:15:00 AM
        b Books|b What do you read when the wind is from the north|n 61 Posts|n 7 Topics
        b The village|b Weather|b Fog, ice and what the old people say about them|n 2310 Posts|n 99 Topics
        n Last post by Old_Piet in Ice on the north bank on Today at 06:30:00 AM
        n Forum Stats|n 4107 Posts in 180 Topics by 96 Members|n Latest Member: piet2|n Users Online
    """,
    "xenforo": """
        n Lake Board|n Log in|n What's new|n Search forums
        b Nets and knots|b Mending, tarring and drying of nets|n Threads|n 12|n Messages|n 345
        b Which thread for pike?|n Feb 29, 2024|n Old_Piet
        b Boats|b Building them, sailing them, sinking them|n Threads|n 40|n Messages|n 1.2K
        b Sold my dinghy|n Feb 28, 2024|n marsh-hen|b The village
        b Weather|b Fog, ice and what the old people say about them|n Threads|n 99|n Messages|n 2.3K
        b Ice on the north bank|n Today at 6:30 AM|n Old_Piet
        b Kitchen|b Smoked, fried, pickled|n Threads|n 22|n Messages|n 187|b Eel in dill|n Feb 26, 2024|? tante jo
        ? Members online|? marsh-hen|? Rika|n Forum statistics|n Threads|n 180|n Messages|n 4,107
    """,
    "mybb": """
        n Lake Board|n Portal|n Search|n Help|b Harbour talk|n Forum\tThreads\tPosts\tLast Post
        b Nets and knots|b Mending, tarring and drying of nets\t12\t345\tWhich thread for pike?|n 02-29-2024, 08:01 PM
        n by Old_Piet|b Boats|b Building them, sailing them\t40\t1,204\tSold my dinghy|n 02-28-2024, 07:15 AM
        n by marsh-hen|b The village|n Forum\tThreads\tPosts\tLast Post
        b Kitchen|b Smoked, fried, pickled\t22\t187\tNever|n Board Statistics|n Contact Us
    """,
    "xenforo-threads": """
        n Lake Board|n Log in|n Forums|n Filters|b Which thread for pike?|n Old_Piet|n Feb 29, 2024
        n Replies|n 12|n Views|n 345|n Mar 1, 2024|n Rika|b Tarred or nylon?|n marsh-hen|n Feb 28, 2024
        n Replies|n 3|n Views|n 88|n Feb 28, 2024|n Old_Piet|b Knot of the month: the double sheet bend|n Rika|n Feb 18, 2024
        n Replies|n 7|n Views|n 611|n Feb 26, 2024|n tante jo|b Where to buy old cork floats|n Piet2|n Jan 18, 2024
        n Replies|n 2|n Views|n 61|n Jan 26, 2024|n tante jo|n Share this page
    """,
    "plain": """
        n Lake Board|n Search|n Login|b Harbour talk|n Forum Topics Posts
        b Nets and knots|b Mending, tarring and drying of nets 12 345|b Boats|b Building them, sailing them 40 1,204
        b The village|n Forum Topics Posts|b Kitchen|b Smoked, fried, pickled 22 187|n Board Statistics
    """,
    "dated": """
        n Lake Board|n Search|n Login|? Harbour talk|n Topics|n Posts|n Last post
        b Nets|b Mending, tarring and drying of nets|n 12|n 345|n Feb 29, 2024
        b Boats|b Building them, sailing them, sinking them|n 40|n 1,204|n Feb 28, 2024
        b Weather|b Fog, ice and what the old people say about them|n 99|n 2,310|n Feb 26, 2024
        b Kitchen|b Everything that can be smoked, fried or pickled|n 22|n 187|n Feb 20, 2024
        n Board Statistics
    """,
    "discourse": """
        n Skip to main content|n Log In|n Latest|n Topic|n Replies|n Views|n Activity
        b Which thread for pike, and who still sells it by the spool?|n Nets and knots|n 12|n 345|n 2h
        b Sold my dinghy, and what I learned about contracts|n Boats|n 40|n 1.2k|n 5h
        b Old almanacs are worth more than you think|n Books|n 7|n 61|n 1d
        b Ice on the north bank: is it safe yet?|n Weather|n 99|n 2.3k|n 1d
        n Guidelines|n Terms of Service|n Privacy Policy
    """,
}  # fmt: skip
COLUMNS = {
    "fr": ("Forum", "Sujets", "Messages", "Dernier message", "par"),
    "es": ("Foro", "Temas", "Mensajes", "Último mensaje", "por"),
    "de": ("Forum", "Themen", "Beiträge", "Letzter Beitrag", "von"),
    "tr": ("Forum", "Konular", "Mesajlar", "Son mesaj", "yazan"),
    "fa": ("انجمن", "موضوعات", "ارسال ها", "آخرین ارسال", "توسط"),
    "id": ("Forum", "Topik", "Kiriman", "Posting terakhir", "oleh"),
    "ru": ("Форум", "Темы", "Сообщения", "Последнее сообщение", "от"),
    "ur": ("فورم", "موضوعات", "مراسلے", "آخری مراسلہ", "از"),
}  # fmt: skip


def board(name: str) -> list[tuple[str, str]]:
    """(label, line) of every line."""
    lines = [line.strip() for row in BOARDS[name].strip().split("\n") for line in row.split("|")]
    return [(line[0], line[2:]) for line in lines]


def reasons(lines: list[str]) -> set[str]:
    return {block.rule for block in bilingual.segment("\n".join(lines)).blocks}


def is_listed(lines: list[str]) -> bool:
    return bool(reasons(lines) & {"forum-entry", "forum-column"})


@pytest.mark.parametrize("name", BOARDS)
def test_names_and_descriptions_are_what_a_board_is_for(name: str) -> None:
    wanted = board(name)
    text = "\n".join(line for _, line in wanted)
    at, wrong = 0, []
    blocks = bilingual.segment(text).blocks
    for label, line in wanted:
        # the label that most letters of the line have
        found = {"b": 0, "n": 0, "p": 0}
        for block in blocks:
            start, end = max(block.start, at), min(block.end, at + len(line))
            # of a line of numbers, those
            found[block.label[0]] += sum(1000 * c.isalpha() + c.isdigit() for c in text[start:end])
        told = max(found, key=lambda one: found[one])
        wrong += [(label, told, line)] if label not in ("?", told) else []
        at += len(line) + 1
    assert not wrong
    assert "forum-entry" in {block.rule for block in blocks} or name in ("eg-threads", "discourse")


@pytest.mark.parametrize("lang", COLUMNS)
def test_columns_have_names_in_many_languages(lang: str) -> None:
    *header, by = COLUMNS[lang]
    rows = [[f"Tre{c}o Vala{c}i", "12", "1.204", f"{by} Kor{c}a"] for c in "bdgklm"]
    lines = ["Nordalo", *header, *(cell for row in rows for cell in row)]
    said = [block.label for block in bilingual.segment("\n".join(lines)).blocks]
    assert said[1:5] == ["navigation"] * 4
    assert said[5::4] == ["body"] * 6
    assert said[8::4] == ["navigation"] * 6


POSTS = ["The ice held yesterday.", "Went out with the small boat and came back wet.", "Same here, the north bank is soft."]
OLD = [
    cell
    for k in range(5)
    for cell in (f"Old topic number {k} about nets and boats", "Old_Piet", "12", "345", "02-28-2024, 07:15 AM", "by Rika")
]
THREAD = ["Home", "Forums", "Ice on the north bank", "Old_Piet", POSTS[0], "Reply", "Rika", POSTS[1], "Reply"]
HEADER = ["Thread", "Author", "Replies", "Views", "Last Post"]
ARTICLE = "The fishermen went out before dawn, and the fog was so thick that none of them saw the oar of his neighbour."
OTHERS = {
    "similar-threads": [*THREAD, "Similar Threads", *HEADER, *OLD, "Contact Us"],
    "related-threads": [*THREAD, "Possibly Related Threads…", *HEADER, *OLD, "Contact Us"],
    "below-an-article": [*[ARTICLE] * 4, *HEADER, *OLD, "Contact Us"],
    "small-part": ["Harbour talk", *[f"boat {chr(97 + k)}" for k in range(26)] * 4, *HEADER, *OLD],
    "three-rows": ["Lake Board", *HEADER, *OLD[:6]],
    "members": [
        "Member list", "Username\tJoined\tLast Visit\tPosts\tThreads\tReferrals",
        *[f"member{k}\t0{k}-02-2019\t01-03-2024\t{k * 31}\t{k * 3}\t0" for k in range(1, 9)],
    ],
    "member-lines": [
        "Username", "Posts", "Threads", "Last Visit",
        *[cell for k in range(1, 9) for cell in (f"member{k}", str(k * 31), str(k * 3), "01-03-2024")],
    ],
    "boxes": [
        "Ice on the north bank",
        *[cell for k in range(5) for cell in (f"member{k}", "Posts: 116", "Threads: 23", "Joined: Feb 2019", POSTS[k % 3])],
    ],
    "short-boxes": [
        "Ice on the north bank",
        *[cell for k in range(5) for cell in (f"member{k}", "Posts: 116", "Threads: 23", POSTS[k % 3])],
    ],
    "profile": [
        "member3", "About", "Posts", "Threads", "Reactions", "345", "12",
        *[cell for k in range(4) for cell in ("member3 replied to the thread Ice on the north bank", POSTS[0], "by Rika")],
    ],
    "sports": ["Team\tPlayed\tWon\tPoints", *[f"Harbour {name}\t9\t7\t21" for name in ("Town", "City", "Rovers", "United")]],
    "news": [
        "Lake News", "Home", "Sport",
        *[cell for k in range(6) for cell in (f"Record catch number {k} on the lake", "By Jane Piet", "March 3, 2024", "345 views")],
    ],
    "blog": [cell for k in range(6) for cell in (f"Record catch number {k} on the lake", "by Jane", "12 comments", "345 views")],
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_lists_are_left_alone(name: str) -> None:
    assert not is_listed(OTHERS[name])


def test_the_rows_of_other_threads_are_a_list_where_the_page_has_nothing_else() -> None:
    names = ["forum-entry", "forum-column"]
    page = bilingual.segment("\n".join(["Lake Board", *HEADER, *OLD]))
    assert [block.label for block in page.blocks[6::6]] == ["body"] * 5
    assert {block.rule for block in page.blocks} & set(names)


@pytest.mark.parametrize(
    "lines", [HEADER * 20_000, [*HEADER, *["by Rika"] * 100_000], [*HEADER, "a boat", "12", "345"] * 15_000, ["345 Posts", "12 Topics", "x"] * 30_000]
)
def test_long_lists_take_time_in_proportion(lines: list[str]) -> None:
    def seconds(part: list[str]) -> float:
        start = time.process_time()
        bilingual.segment("\n".join(part))
        return time.process_time() - start

    seconds(lines[:1000])
    assert seconds(lines) < 40 * max(seconds(lines[: len(lines) // 10]), 0.01)


def test_every_name_of_the_table_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, classes, opens = alike.forum_names()
    for name, kind in (("Topics", "posts"), ("آخر مساهمة", "last"), ("بواسطة", "by"), ("Joined", "other"), ("boat", "")):
        hashes, _ = phrase_hashes([name])
        where = np.flatnonzero(keys == alike.name_key(hashes.tolist()))
        assert (alike.LISTED[int(classes[where[0]]) - 1] if len(where) else "") == kind
        assert kind not in ("posts", "last") or opens[int(hashes[0]) & 4095]
    monkeypatch.setattr(alike, "NAME_WORDS", 1)
    with pytest.raises(SettingsError, match=r"forums\.tsv: not one to 1 words"):
        alike._name_table("forums.tsv", alike.LISTED, ())


CELLS = sorted({line for name in BOARDS for _, line in board(name)} | {cell for lines in OTHERS.values() for cell in lines[:16]})
PAGES = st.lists(
    st.one_of(
        st.sampled_from(CELLS),
        st.sampled_from(["\n".join(HEADER), "\n".join(OLD[:12]), "Topics\nPosts", "12\n345", "by", "1,204 3.2k 2h", "١٬٤٩٣ ٣", "12:30", "", "Posts:", "Last post:", "2h", "Topics 12 x"]),
        st.sampled_from(["\n".join(line for _, line in board(name)) for name in BOARDS]),
    ),
    max_size=20,
).map("\n".join)  # fmt: skip


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    found = Stages(*kernels.from_sources(NAMES))
    assert not found.forums.COMPILED
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_interpreted_and_compiled_give_the_same_labels(interpreted: Stages, pages: list[str]) -> None:
    same_verdicts(alike.settle_alike, interpreted, pages)
