"""Damaged text: what is repaired, and what is never touched. All sentences here were written for these tests."""

from __future__ import annotations

import importlib
import json
import re
import time
from itertools import permutations
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual import segment
from bilingual.arabic import (
    PROFILES,
    Profile,
    align,
    align_many,
    find_damage,
    normalize,
    normalize_many,
    normalize_ranges,
    repair,
)

from .clean import PARTS, sentences

SENTENCES = (
    "افتتح الوزير صباح اليوم معرض الكتاب الدولي في دورته العاشرة بحضور عدد كبير من الناشرين.",
    "ذهبت مع أصدقائي إلى البحر، ثم عدنا قبل غروب الشمس بقليل.",
    "ما رأيكم في الخدمات التي تقدمها الشركة لعملائها؟",
    "يحتاج المريض إلى الراحة والنوم وشرب الماء طوال النهار.",
    "سجلت درجات الحرارة ارتفاعاً ملحوظاً خلال الأسبوع الماضي.",
    "تقع المدينة القديمة على ضفة النهر وتحيط بها أسوار عالية.",
    "أعلن الفريق عن تعيين مدرب جديد لمدة موسمين.",
    "قرأ الطالب القصيدة بصوت مرتفع أمام زملائه في الفصل.",
)
PAIRS = tuple(f"{a} {b}" for s in SENTENCES for a, b in zip(s.split(), s.split()[1:], strict=False) if len(a + b) > 6)

CLEAN = (
    *SENTENCES,
    "لا بأس، فالأمر كما قلت لك: إلا إذا اتفقنا على غير ذلك.",
    "غيورغ رايشنباخ",
    "ههههههههه",
    "ةب",
    "لالا لالا لا",
    "دلالا دلالا دلالا يا دلالا",
    "سر فلا كبا بك الفرس، ودام علا العماد",
    "يالله واالله",
    "مؤخرااليوم",
    "این کتاب را دیروز از کتابفروشی خریدم و خواندم.",
    "یہ کتاب میں نے کل بازار سے خریدی تھی۔",
    "ئەم کتێبە دوێنێ لە بازاڕ کڕیم.",
    "Á às à É ção São não irmãos coração",
    "L'été dernier, l'élève a été reçu à l'école où Zoë créait des œuvres.",
    "Über Öl und Äpfel: größer, süßer, schöner!",
    "Çağrı Işık öğleden sonra İŞÇİ hakları üzerine konuştu.",
    "Það er þó ábyrgð á öllu sem ég á að gera í dag. Ég þvæ þér á þá æð.",
    "Ísafjörður Þórshöfn Öxarfjörður Ægir Þóra",
    "öää åäö ÅÄÖ",
    "‘ß’ ‘İ’ “é”",
    "â\x80\x94 dash â\x80\x9cquoteâ\x80\x9d Â©",
    "10°C ±5% §3 £20 ©2026 ®",
    "x² + y² = z² × π",
    "naïve café señor",
)


def _read(text: str, true: str, read: str) -> tuple[str, str]:
    """The text that the encoding can hold, and how its bytes look when they are misread."""
    data = text.encode(true, "ignore")
    shown = "".join(_character(byte, read) for byte in data)
    return data.decode(true), shown


def _character(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


MISREADINGS = [
    ("cp1256", "cp1252"),
    ("cp1256", "latin-1"),
    ("cp1256", "cp1254"),
    ("iso8859-6", "latin-1"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("utf-8", "cp1256"),
    ("utf-8", "cp1251"),
    ("utf-8", "mac-roman"),
]


@pytest.mark.parametrize(("true", "read"), MISREADINGS)
def test_misread_sentences(true: str, read: str) -> None:
    for sentence in SENTENCES:
        truth, shown = _read(sentence, true, read)
        repaired = repair(shown)
        assert repaired.text == truth
        assert repaired.original == shown
        assert all(r.applied and r.reason for r in repaired.repairs)


@pytest.mark.parametrize(("true", "read"), MISREADINGS[:7])
def test_misread_pairs_of_words(true: str, read: str) -> None:
    read_back = [repair(shown).text == truth for truth, shown in (_read(pair, true, read) for pair in PAIRS)]
    assert sum(read_back) >= 0.95 * len(read_back)


@pytest.mark.parametrize("text", CLEAN)
@pytest.mark.parametrize("profile", ["search", "corpus", "display"])
def test_clean_text_is_never_repaired(profile: str, text: str) -> None:
    assert find_damage(text) == ()
    assert align(text, profile).repairs == ()


def test_a_long_misread_word_takes_no_longer_than_its_letters() -> None:
    text = "كتب".encode().decode("latin-1") * 20_000
    start = time.process_time()
    (found,) = repair(text).repairs
    assert time.process_time() - start < 5
    assert (found.after, found.offsets) == ("كتب" * 20_000, tuple(range(0, len(text), 2)))


def test_offsets_of_misread_utf8() -> None:
    _, shown = _read("قال: نعم", "utf-8", "cp1252")
    aligned = repair(shown)
    assert aligned.text == "قال: نعم"
    assert aligned.origin.tolist() == [0, 2, 4, 6, 7, 8, 10, 12, 14]
    assert aligned.to_original(5, 8) == (8, 14)
    assert shown[8:14] == _read("نعم", "utf-8", "cp1252")[1]


@pytest.mark.parametrize("read", ["cp1252", "latin-1", "cp1256", "cp1251", "mac-roman", "cp437", "cp850"])
def test_misread_utf8_with_emoji(read: str) -> None:
    text = "يا سلام 😂 👨‍👩‍👧 على هذا الطبق ❤️ 𝟚"
    repaired = repair(_read(text, "utf-8", read)[1])
    assert repaired.text == text
    assert repaired.origin.tolist()[:9] == [0, 2, 4, 5, 7, 9, 11, 13, 14]


@pytest.mark.parametrize(
    "readers",
    [
        ("cp1256", "cp1256"),
        ("cp1252", "cp1252"),
        ("latin-1", "latin-1"),
        ("latin-1", "cp1252"),
        ("cp1252", "cp1256"),
        ("cp850", "cp850"),
        ("cp1251", "cp1251"),
        ("cp1252", "cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("text", ["السلام عليكم ورحمة الله", "أعلن الوزير، أمس: ٢٠ كتاباً جديداً", "مدرسة"])
def test_utf8_misread_again_and_again(readers: tuple[str, ...], text: str) -> None:
    shown = text
    for encoding in readers:
        shown = _read(shown, "utf-8", encoding)[1]
    for mode in ("on", "sure"):
        repaired = repair(shown, mode)
        assert repaired.text == text
        assert repaired.to_original(0, len(text)) == (0, len(shown))
        assert all(one.before == shown[one.start : one.end] for one in repaired.repairs)
    told = find_damage(shown)
    assert told
    assert repair(shown, "report").text == shown
    assert len({(one.start, one.end) for one in told}) == len(told)


def test_only_the_damaged_part_changes() -> None:
    _, shown = _read("السلام عليكم ورحمة الله", "cp1256", "cp1252")
    text = f"link list: {shown}\nDéjà vu à l'été\n{SENTENCES[0]}"
    assert repair(text).text == f"link list: السلام عليكم ورحمة الله\nDéjà vu à l'été\n{SENTENCES[0]}"


def test_repair_goes_before_the_steps_and_the_maps_compose() -> None:
    _, shown = _read("كتاب المدرسةِ", "utf-8", "latin-1")
    aligned = align(shown, "search")
    assert aligned.text == "كتاب المدرسه"
    assert aligned.to_original(5, 12) == (9, len(shown))
    start = len("word ")
    inside = normalize_ranges(f"word {shown} word", [], "search")
    assert inside.text == "word كتاب المدرسه word"
    assert inside.to_original(start, start + 4) == (start, start + 8)


@pytest.mark.parametrize(
    "text",
    [
        "هل تسمح بالاتصال عبر USB؟ نعم، إذا كان الجهاز آمنا",
        "اختر من بين Claude وChatGPT وCopilot في قائمة الإعدادات",
        "امسح رمز الـQR ضوئيا لتحصل على التطبيق",
        "اضغط Ctrl+\u200fShift لإعادة ترتيب العناصر في القائمة",
        "كتبت “Referrer-Policy”، ثم حفظت الملف في المجلد",
        "(سطر ، عمود )",
        "حدث خطأ",
        "أثناء إنشاء",
        "يحدث يبدأ",
    ],
)
@pytest.mark.parametrize("read", ["cp1252", "latin-1"])
def test_misread_lines_with_latin_words_and_short_ones(text: str, read: str) -> None:
    truth, shown = _read(text, "cp1256", read)
    repaired = repair(shown)
    assert repaired.text == truth == text
    assert all(r.before == shown[r.start : r.end] and r.before != r.after for r in repaired.repairs)


def test_accents_beside_latin_letters_stay() -> None:
    _, shown = _read("كتبت الطالبة رسالة طويلة إلى صديقتها في المدينة", "cp1256", "cp1252")
    assert repair(f"{shown} Škoda æsir ñandú").text.endswith("المدينة Škoda æsir ñandú")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_visual_order(sentence: str) -> None:
    if re.search(r"\d", sentence):
        pytest.skip("numbers keep their order")
    aligned = repair(sentence[::-1])
    assert aligned.text == sentence
    assert aligned.origin.tolist() == [0] * len(sentence) + [len(sentence)]
    assert aligned.repairs[0].kind == "visual order"


def test_visual_order_keeps_numbers_latin_and_brackets() -> None:
    assert (
        repair("2026 ماع يف (ةيبرعلا ةغللا) ةسردم Google تحتتفا").text
        == "افتتحت Google مدرسة (اللغة العربية) في عام 2026"
    )


LEFT_TO_RIGHT = (
    "Газпром", "Владимир Путин", "삼성전자", "Αθήνα", "北京大学", "हिन्दी", "Łódź", "Éric Zemmour", "Le Méridien Hôtel",
    "Cafe\N{COMBINING ACUTE ACCENT}", "iPhone 15 Pro", "S&P 500", "Paris, France", "World Health Organization (WHO)", "f(x)",
    "https://example.org/a?b=c", "٢٠١٩", "۱۴۰۵", "12,345.67", "5%", "🇸🇦", "👍🏽", "👨\u200d👩\u200d👧", "❤️", "1️⃣",
)  # fmt: skip


@pytest.mark.parametrize("word", LEFT_TO_RIGHT)
def test_visual_order_keeps_what_runs_from_left_to_right(word: str) -> None:
    line = f"ءانيملا يف لمعتس ةيسورلا {word} ةكرش نإ ةرازولا تلاق"
    expected = f"قالت الوزارة إن شركة {word} الروسية ستعمل في الميناء"
    assert repair(line).text == expected
    assert segment(line).normalized(Profile([], repair="on")) == expected


def test_visual_order_turns_numbers_apart_from_letters_one_by_one() -> None:
    line = "2020 2019 يماع يف Windows 11 15 Pro ةيسورلا ةكرش تلاق"
    assert repair(line).text == "قالت شركة الروسية Windows 11 15 Pro في عامي 2019 2020"


@pytest.mark.parametrize("text", ["مرحبا hello ", "ءانيملا 1,2 يف (a "])
def test_a_long_line_that_may_be_turned_round_takes_no_longer_than_its_words(text: str) -> None:
    start = time.process_time()
    align(text * 50_000, "search")
    assert time.process_time() - start < 5


def test_visual_order_of_presentation_forms() -> None:
    assert normalize("ﺔﻴﺑﺮﻌﻟﺍ ﺔﻐﻠﻟﺍ", "display") == "ةيبرعلا ةغللا"
    assert normalize("ﺔﻴﺑﺮﻌﻟﺍ ﺔﻐﻠﻟﺍ", "search") == "اللغه العربيه"
    assert normalize("ﺍﻟﻠﻐﺔ ﺍﻟﻌﺮﺑﻴﺔ", "search") == "اللغه العربيه"
    assert normalize("ﻥﻼﻋﻹﺍ ﺍﺬﻫ ﻦﻋ ﻍﻼﺑﻹﺍ", "corpus") == "الإبلاغ عن هذا الإعلان"
    assert normalize("ﺔﺳﺭﺪﻣ", "corpus") == "مدرسة"
    assert normalize("ﺔﻴﻣﻼﺳﻹﺍ ﺔﻓﺮﺧﺰﻟﺍ", "corpus") == "الزخرفة الإسلامية"
    assert find_damage("ﻣﺤﻤد ﺍﻹﺑﻼﻍ ﻋﻦ ﻫﺬﺍ ﺍﻹﻋﻼﻥ ﷺ ﷲ ﻻ ﻫـ ﻣـﺪﺭﺳﺔ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "أشكال حرف الباء: ﺑ ﺒ ﺐ ﺏ",
        "تكتب الباء في وسط الكلمة هكذا ﺒ وفي أولها هكذا ﺑ",
        "ﺑ ﺒ ﺐ ﺏ",
        "هذه مدرسة ﺔﺳﺭﺪﻣ كبيرة في المدينة",
        "لألأ Star تلألأ",
    ],
)
def test_shapes_of_letters_in_a_sentence_do_not_turn_it_round(text: str) -> None:
    assert find_damage(text) == ()
    for profile in ("search", "corpus", "display"):
        assert align(text, profile).repairs == ()


def test_swapped_lam_alef() -> None:
    aligned = repair("أعلن األمين العام عن اإلصالحات االقتصادية خالل المؤتمر")
    assert aligned.text == "أعلن الأمين العام عن الإصلاحات الاقتصادية خلال المؤتمر"
    assert {r.kind for r in aligned.repairs} == {"swapped lam-alef"}
    assert aligned.to_original(5, 11) == (5, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "قرر وزير األوقاف واألمناء صرف العالوة بالدينار بعد معالجة المشكلة",
            "قرر وزير الأوقاف والأمناء صرف العلاوة بالدينار بعد معالجة المشكلة",
        ),
        (
            "األمين واألخير: والدة عالقة، عالج خاليا بالدولة، مقالة للطالق والظالم والفالح",
            "الأمين والأخير: والدة عالقة، عالج خاليا بالدولة، مقالة للطالق والظالم والفالح",
        ),
        ("األول واألخير: دالالت البالد للواليات وبأفالمها", "الأول والأخير: دلالات البلاد للولايات وبأفلامها"),
        ("األول واألخير لألمانيا", "الأول والأخير للأمانيا"),
        ("األول واألخير لألمانيا والأخرى", "الأول والأخير لألمانيا والأخرى"),
        ("األول واألخير خالل العالوة إال هنا", "الأول والأخير خلال العلاوة إلا هنا"),
        ("األول واألخير خالل العالوة ولا شيء", "الأول والأخير خالل العالوة ولا شيء"),
    ],
)
def test_swapped_lam_alef_moves_no_letter_of_a_word_that_may_be_right(text: str, expected: str) -> None:
    assert normalize(text, "corpus") == expected


def test_what_folding_makes_look_damaged_tells_nothing_of_other_words() -> None:
    assert normalize("أألعب بالدراجة خالل لألب أم أدرس؟", "search") == "الاعب بالدراجه خالل لالب ام ادرس?"


def test_doubled_alef() -> None:
    aligned = repair("قال عبد االله بن عمر: االلهم صل، وباالله، وعبداالله")
    assert aligned.text == "قال عبد الله بن عمر: اللهم صل، وبالله، وعبدالله"
    assert {(r.kind, r.sure) for r in aligned.repairs} == {("doubled alef", False)}
    assert aligned.to_original(8, 12) == (8, 13)
    assert normalize("قال عبد االله", "corpus") == "قال عبد االله"
    assert normalize("قال عبد االله", "search") == "قال عبد الله"
    assert repair("أالله قال هذا؟ دعا الله، ما الله بغافل، واالله").repairs == ()


@pytest.mark.parametrize("name", ["search", "search-quran"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أﷲ أكبر", "الله اكبر"),
        ("إﷲ وآﷲ", "الله واالله"),
        ("عبدأﷲ", "عبدالله"),
        ("أالله قال هذا", "الله قال هذا"),
        ("اَللَّه، اَالله", "الله, الله"),
        ("أألعب معك", "الاعب معك"),
    ],
)
def test_what_folding_makes_look_damaged_is_repaired_at_once(name: str, text: str, expected: str) -> None:
    aligned = align(text, name)
    assert aligned.text == normalize(text, name) == normalize(expected, name) == expected
    assert len(aligned.origin) == len(expected) + 1
    assert (np.diff(aligned.origin) >= 0).all()
    assert all(one.applied and one.before == text[one.start : one.end] for one in aligned.repairs)
    assert repair(text).text == text


@pytest.mark.parametrize("mode", ["on", "sure", "report"])
@pytest.mark.parametrize("order", range(6))
def test_alefs_of_two_kinds_in_one_line(mode: Literal["on", "sure", "report"], order: int) -> None:
    damaged = {"عبد االله": "عبد الله", "األول واإلصالحات": "الأول والإصلاحات", "وبااللهم، واالله": "وباللهم، واالله"}
    parts = list(permutations(damaged.items()))[order]
    text, whole = (" ثم ".join(part) for part in zip(*parts, strict=True))
    aligned = repair(text, mode)
    if mode == "on":
        assert aligned.text == whole
    assert len(aligned.text) == len(text) - (2 if mode == "on" else 0)
    assert (np.diff(aligned.origin) >= 0).all()
    for one in aligned.repairs:
        assert text[one.start : one.end] == one.before


def test_doubled_letters() -> None:
    doubled = "".join(c * 2 if c.isalpha() else c for c in "العربية لغة جميلة")
    aligned = repair(doubled)
    assert aligned.text == "العربية لغة جميلة"
    assert aligned.to_original(0, 1) == (0, 2)
    assert repair("هههههههه ماما بابا دددد").repairs == ()


def test_a_profile_repairs_reports_or_looks_away() -> None:
    _, shown = _read(SENTENCES[0], "cp1256", "cp1252")
    told = align(shown, "display")
    assert told.text == shown
    assert told.repairs
    assert not any(r.applied for r in told.repairs)
    assert align(shown, "corpus").text == _read(SENTENCES[0], "cp1256", "cp1252")[0]
    assert align(shown, Profile(["harakat"])).repairs == ()
    weak = next(p for p in PAIRS if (r := find_damage(_read(p, "cp1256", "cp1252")[1])) and not r[0].sure)
    assert not any(r.applied for r in align(_read(weak, "cp1256", "cp1252")[1], "corpus").repairs)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("مََدّ", [(1, 3, "repeated mark", "U+064E ARABIC FATHA 2 times on one letter")]),
        ("مَّ\u064eد", [(1, 4, "repeated mark", "U+064E ARABIC FATHA 2 times on one letter")]),
        ("قال  \u064b\u0651 نعم", [(5, 7, "mark without a letter", "U+064B ARABIC FATHATAN after a space")]),
        (
            "\u202bنص\nنعم\u2069",
            [
                (0, 1, "unbalanced bidi control", "U+202B RIGHT-TO-LEFT EMBEDDING is not closed in its line"),
                (7, 8, "unbalanced bidi control", "U+2069 POP DIRECTIONAL ISOLATE closes nothing"),
            ],
        ),
        ("x\u202eabc\u202c \u2066نص\u2069", []),
        (
            "\u2067\u202bنص\u2069",
            [(1, 2, "unbalanced bidi control", "U+202B RIGHT-TO-LEFT EMBEDDING is not closed in its line")],
        ),
        ("الحركة\N{NO-BREAK SPACE}\u064e", []),
        ("رَيۡبَۛ ۖ فِيهِ مُدَرِّسٌ ٱلصَّلَوٰةَ شَيْـٔٗا", []),
    ],
)
def test_what_looks_wrong_is_told_and_stays(text: str, findings: list[tuple[int, int, str, str]]) -> None:
    shown = align(text, "display")
    assert [(r.start, r.end, r.kind, r.reason) for r in shown.repairs] == findings
    assert shown.text == text
    assert all(r.before == r.after == text[r.start : r.end] and not r.applied for r in shown.repairs)
    assert [(r.start, r.end, r.kind, r.reason) for r in align(text, "corpus").repairs] == findings
    assert align(text, "search").repairs == ()  # there such marks and controls go
    assert find_damage(text) == ()
    below = f"سطر\n{text}\nسطر"
    assert [(r.start - 4, r.end - 4) for r in align(below, "display").repairs] == [f[:2] for f in findings]


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="اب \n\u00a0\u064b\u064e\u0651\u0654\u06e1\u0670\u202b\u202c\u2067\u2069", max_size=24))
def test_findings_are_all_there_are(text: str) -> None:
    """Against a slow obvious reading of the rules, code point by code point."""
    harakat, marks = "\u064b\u064e\u0651\u0670", "\u064b\u064e\u0651\u0654\u06e1\u0670"
    repeated = stray = 0
    for run in re.finditer(f"[{marks}]+", text):
        repeated += any(run.group().count(mark) > 1 for mark in harakat)
        alone = run.start() == 0 or text[run.start() - 1] in " \n"
        stray += alone and run.group()[0] in harakat
    kinds = [r.kind for r in align(text, "display").repairs]
    assert kinds.count("repeated mark") == repeated
    assert kinds.count("mark without a letter") == stray
    closers, unbalanced = {"\u202c": "\u202b", "\u2069": "\u2067"}, 0
    for line in text.split("\n"):
        stack: list[str] = []
        for character in line:
            if character in closers.values():
                stack.append(character)
            elif character == "\u202c" and stack and stack[-1] == "\u202b":
                stack.pop()
            elif character == "\u2069" and "\u2067" in stack:
                while stack.pop() != "\u2067":
                    unbalanced += 1
            else:
                unbalanced += character in closers
        unbalanced += len(stack)
    assert kinds.count("unbalanced bidi control") == unbalanced


def test_findings_beside_repairs_point_into_the_text_as_given() -> None:
    _, shown = _read("السلام عليكم ورحمة الله", "utf-8", "cp1252")
    text = f"{shown}\nمََد"
    aligned = align(text, "corpus")
    assert aligned.text == "السلام عليكم ورحمة الله\nمََد"
    assert {(r.kind, r.applied, text[r.start : r.end]) for r in aligned.repairs if r.kind == "repeated mark"} == {
        ("repeated mark", False, "ََ")
    }


@pytest.mark.parametrize("text", ["\u202b" * 50_000 + "\u2069" * 50_000, "\u064e" * 200_000, " \u064e\u064f" * 50_000])
def test_findings_take_no_longer_than_the_text(text: str) -> None:
    import time

    start = time.process_time()
    assert align(text, "display").repairs
    assert time.process_time() - start < 20


@pytest.mark.parametrize("true", ["cp1256", "utf-8"])
def test_a_long_damaged_text_takes_no_longer_than_its_words(true: str) -> None:
    import time

    text = "\n".join(sentences("ar") * 4)
    truth, shown = _read(text, true, "cp1252")
    start = time.process_time()
    repaired = repair(shown)
    assert repaired.text == truth
    assert len(repaired.repairs) > 10_000
    assert time.process_time() - start < 20


def test_the_misread_lines_of_the_gold_come_back(shared: Path) -> None:
    lines = (shared / "gold" / "mojibake.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for record in map(json.loads, lines):
        assert repair(record["mojibake"]).text == record["truth"], record["source"]


@pytest.mark.parametrize("read", ["cp1252", "latin-1", "cp437"])
def test_digits_and_punctuation_between_repairs_belong_to_the_arabic(read: str) -> None:
    _, shown = _read("السعر ٥٠ ، و ٢٠ ٪ خصم على الكتب المدرسية", "utf-8", read)
    expected = "السعر 50 , و 20 % خصم علي الكتب المدرسيه"
    assert normalize(shown, "search") == segment(shown).normalized("search") == expected
    assert segment(expected).normalized("search") == expected


def test_letters_between_repairs_do_not() -> None:
    _, shown = _read("كتاب المدرسة", "utf-8", "latin-1")
    text = f"{shown} a\u00a0b، {shown}"
    assert normalize_ranges(text, [], "search").text == "كتاب المدرسه a\u00a0b، كتاب المدرسه"


@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("name", ["search", "corpus", "display", "whole"])
@given(data=st.data())
def test_a_batch_is_its_texts_damaged_or_not(name: str, data: st.DataObject) -> None:
    """What one text shows never tells of another, however they are joined and cut into blocks."""
    profile = Profile(PROFILES["search"].steps, scope="text", repair="on") if name == "whole" else PROFILES[name]
    damaged = [_read(s, "cp1256", "cp1252")[1] for s in (*SENTENCES, "قال ، ثم", "في كل", "أن لا", "نعم", "من أن")]
    pieces = st.sampled_from([*damaged, *CLEAN, "Çá Ãä", "Ýí ßá", "\n"])
    texts = data.draw(st.lists(st.lists(pieces, max_size=4).map("\n".join), max_size=6))
    module = importlib.import_module("bilingual.arabic.normalization")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", data.draw(st.sampled_from([10, 100, 1 << 15])))
        many, plain = align_many(texts, profile), normalize_many(texts, profile)
    singles = [align(text, profile) for text in texts]
    assert plain == many.texts == [one.text for one in singles]
    for got, one in zip(many, singles, strict=True):
        assert (got.origin.tolist(), got.repairs) == (one.origin.tolist(), one.repairs)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (_read("تمتە", "utf-8", "latin-1")[1] + _read("ﻻ", "utf-8", "cp1256")[1], _read("تم", "utf-8", "cp1256")[1]),
        ("ااببببتت", "ننوورر"),
        ("ــببعع  االل", "ننوورر"),
    ],
)
def test_what_another_line_shows_makes_no_line_suspect(line: str, other: str) -> None:
    (alone,) = align_many([line], "search")
    assert align_many([other, line], "search")[1] == align_many([line, other], "search")[0] == alone
    assert align(f"{other}\n\n{line}", "search").text.rpartition("\n")[2] == alone.text


@pytest.mark.slow
def test_clean_sentences_of_the_gold(shared: Path) -> None:
    """No sentence of the development spans, in twelve languages, is taken for damaged."""
    lines = (shared / "gold" / "spans-dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [
        r for r in map(json.loads, lines) if r["setting"] in ("a_lines", "b_sents", "d_sents", "h_mono", "e_short")
    ]
    wrong = [r["text"][s:e] for r in records for s, e, _ in r["spans"] if find_damage(r["text"][s:e])]
    assert wrong == []


@pytest.mark.parametrize("language", PARTS)
def test_clean_sentences_of_six_languages(language: str) -> None:
    """900 sentences of each language: nothing is repaired, in capitals neither, nor below a line that is damaged."""
    clean = sentences(language)
    assert len(set(clean)) == 900
    assert [s for s in clean if find_damage(s)] == []
    assert [s for s in clean if find_damage(s.upper())] == []
    damaged = _read(SENTENCES[0], "cp1256", "cp1252")[1]
    below = repair("\n".join([damaged, *clean]))
    assert below.text.split("\n")[1:] == clean
    if language != "ar":
        for name in ("search", "corpus", "display"):
            assert normalize_many(clean, name) == clean


@pytest.mark.parametrize(
    "text",
    ["ححووّلل", "ررتتّبب: أأ - يي", ".ويدوتسا يف لجسملاو بقترملا ثلاثلا اهموبلأ نع تامولعملا نم ليلقلا اشيك ترشن .دننک"],
)
@pytest.mark.parametrize("profile", ["search", "corpus", "display"])
def test_what_a_second_run_would_repair_is_repaired_at_once(text: str, profile: str) -> None:
    once = normalize(text, profile)
    assert normalize(once, profile) == once


def test_marks_of_doubled_letters_stay() -> None:
    repaired = repair("ححووّلل ووممرر")
    assert repaired.text == "حوّل ومر"
    assert repaired.repairs[0].kind == "doubled letters"
