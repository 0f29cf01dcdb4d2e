"""What the profiles do to Arabic, and what they never do."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.arabic import (
    PROFILES,
    STEPS,
    Profile,
    align,
    get_profile,
    load_profile,
    memory,
    normalize,
    normalize_ranges,
    repair,
)
from bilingual.errors import SettingsError
from bilingual.text.fold import fold

from .strings import texts

SAFE = ("search", "corpus", "display")


@pytest.mark.parametrize(("name", "before", "after"), [(p.name, *e) for p in PROFILES.values() for e in p.examples])
def test_examples_of_profiles(name: str, before: str, after: str) -> None:
    assert normalize(before, name) == after


@pytest.mark.parametrize(("name", "before", "after"), [(s.name, *e) for s in STEPS.values() for e in s.examples])
def test_examples_of_steps(name: str, before: str, after: str) -> None:
    assert normalize_ranges(before, [(0, len(before))], Profile([name])).text == after


@pytest.mark.parametrize("name", SAFE)
@pytest.mark.parametrize(
    "text",
    [
        "Škoda",
        "x² ½ ™ ﬁ",
        "فیلم",
        "گوگل",
        "کەس",
        "👨‍👩‍👧",
        "https://مثال.com/كِتاب?q=أحمد",
        "كاتب@مثال.كوم",
        "@أحمد_علي",
        "اردو میں لکھا ہوا متن ہے",
        "این یک متن فارسی است که می‌خواهم بخوانم",
        "قىزىم باغدا كىتاب ئوقۇۋاتىدۇ",
        "تىل مايىللىقى",
        "خبرگزاری مستقل ايرانى است و كتابي چاپ می‌کند",
        "بۆ چاپى ئەم كتێبە داواى يارمەتيمان كرد",
        "print(f'{x!r}')\u00a0# NBSP",
        "Москва\u200f",
        "Hello، world",
    ],
)
def test_other_languages_are_untouched(name: str, text: str) -> None:
    assert normalize(text, name) == text


@pytest.mark.parametrize("text", ["أسعار ۳http://a.b/أحمد", "أسعار٣.٤http://a.b/أحمد", "انتهى۔http://a.b/أحمد"])
def test_an_address_stays_one_when_digits_and_stops_before_it_become_ascii(text: str) -> None:
    once = normalize(text, "search")
    assert once.endswith("http://a.b/أحمد")
    assert normalize(once, "search") == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كﹶتب", "كتب"),
        ("ﻻ تذهب", "لا تذهب"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("ٱلسَّمَٰوَٰتِ", "السموت"),
        ("ﻷن ﻹنّ ﻵن", "لان لان لان"),
        ("جـــديد", "جديد"),
        ("شَيْـًٔا مَسْـُٔولًا", "شيئا مسئولا"),
        ("أ أ إ إ آ آ", "ا ا ا ا ا ا"),
        ("مُو\u0654من سى\u0654ل", "مؤمن سئل"),
        ("١٬٢٣٤٫٥٪؟", "1234.5%?"),
        ("السنة: ٢٠٢٦، نعم؛", "السنه: 2026, نعم;"),
        ("\u202bمرحبا\u202c بك\u200f", "مرحبا بك"),
        ("ڪتاب على الطاولة", "كتاب علي الطاوله"),
        ("الرحۡمن", "الرحمن"),
        ("﴿١﴾ ۞", "﴿1﴾ ۞"),
        ("عائلة 👨‍👩‍👧 كبيرة", "عائله 👨‍👩‍👧 كبيره"),
        ("م² العربية", "م² العربيه"),
    ],
)
def test_what_search_folds(text: str, expected: str) -> None:
    assert normalize(text, "search") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كﹶتب", "كَتب"),
        ("ﻻ تذهبْ", "لا تذهبْ"),
        ("ﷺ ﷽", "ﷺ ﷽"),
        ("شَيْـٔٗا جـــميل", "شَيْـٔٗا جميل"),
        ("هٰذا رحمـٰن", "هٰذا رحمـٰن"),
        ("أحمد", "أحمد"),
        ("على\u200c البيت\u00a0الكبير", "على البيت الكبير"),
        ("١٬٢٣٤٫٥٪", "١٬٢٣٤٫٥٪"),
        ("\u202bمرحبا", "مرحبا"),
        ("\u202bمرحبا\u202c", "\u202bمرحبا\u202c"),
    ],
)
def test_what_corpus_cleans(text: str, expected: str) -> None:
    assert normalize(text, "corpus") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffﻻ", "لا"),
        ("جــديد \u200f", "جــديد \u200f"),
        ("ش\u0651\u064eدة", "ش\u0651\u064eدة"),
        ("ا\u0653ن", "آن"),
        ("كﹶتب", "كﹶتب"),
    ],
)
def test_what_display_mends(text: str, expected: str) -> None:
    assert normalize(text, "display") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ٱلسَّمَٰوَٰتِ", "السماوات"), ("ٱلصَّلَوٰةَ", "الصلاه"), ("مُوسَىٰ", "موسي"), ("لَهُۥ", "له"), ("ٱلْكِتَـٰبُ", "الكتاب")],
)
def test_search_quran(text: str, expected: str) -> None:
    assert normalize(text, "search-quran") == expected


@pytest.mark.parametrize("name", ["corpus", "search", "search-quran", "display"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عبد اﷲ", "عبد الله"),
        ("وﺍﷲ", "والله"),
        ("فباﷲ ﻋﺒﺪﺍﷲ عَبْدُاﷲ", "فبالله عبدالله عَبْدُالله"),
        ("ﷲ وﷲ", "الله والله"),
        ("أﷲ", "أالله"),
        ("إلاﷲ", "إلاالله"),
        ("رضاﷲ وهداﷲ", "رضاالله وهداالله"),
        ("ياﷲ ما شاﷲ ﺷﺎﷲ", "ياالله ما شاالله شاالله"),
    ],
)
def test_an_alef_before_the_ligature_of_allah_is_its_own(name: str, text: str, expected: str) -> None:
    folded = expected.translate({ord("أ"): None, ord("إ"): "ا", **dict.fromkeys(range(0x64B, 0x653))})
    assert normalize(text, name) == (folded if name.startswith("search") else expected)


@pytest.mark.parametrize("name", ["search", "search-quran"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("﷽ﷺ", "بسم الله الرحمن الرحيم صلي الله عليه وسلم"),
        ("﷾﷿", "سبحانه وتعالي عز وجل"),
        ("١٠٠﷼فقط", "100ريال فقط"),
        ("﷼سعودي ثمن﷼", "ريال سعودي ثمن ريال"),
        ("﷼ﷺ﷼", "ريال صلي الله عليه وسلم ريال"),
        ("عمر\ufd41 وعائشة \ufd42قالت", "عمر رضي الله عنه وعائشه رضي الله عنها قالت"),
        ("قال النبي ﷺ في الکتاب", "قال النبي صلي الله عليه وسلم في الكتاب"),
        ("محمد ﷺ نے فرمایا", "محمد ﷺ نے فرمایا"),
        ("رسول ﷺ في کتاب", "رسول ﷺ في کتاب"),
        ("هن ڪتاب سٺو", "هن ڪتاب سٺو"),
        ("هي ڪتاب سٺو", "هي ڪتاب سٺو"),
    ],
)
def test_what_stands_for_words_is_written_out_as_words(name: str, text: str, expected: str) -> None:
    assert normalize(text, name) == normalize(expected, name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هَدَىٰكُمْ", "هداكم"),
        ("ٱلتَّوْرَىٰةَ", "التوراه"),
        ("مَأْوَىٰهُمْ", "ماواهم"),
        ("عَلٰى", "علي"),
        ("مُوسٰى", "موسي"),
        ("الصَّلَوَٰةَ", "الصلاه"),
        ("مُوسَىَٰ", "موسي"),
        ("ٱلرِّبَوٰا۟", "الربا"),
        ("ٱلْغَاوُۥنَ", "الغاوون"),
        ("إِبْرَٰهِـۧمَ", "ابراهيم"),
        ("ٱلنَّبِيِّـۧنَ", "النبيين"),
        ("إِۦلَٰفِهِمۡ", "ايلافهم"),
        ("ٱلسَّمَٰوَٰتِ", "السماوات"),
        ("مُوسَىٰٓ", "موسي"),
        ("دَاوُۥدَ", "داود"),
        ("وَدَاوُۥدَ", "وداود"),
        ("لَهُۥ", "له"),
        ("بِهِۦٓ", "به"),
        ("يَلْوُۥنَ", "يلوون"),
        ("تَلْوُۥٓا۟", "تلووا"),
        ("ٱلْحَوَارِيِّۦنَ", "الحواريين"),
        ("نُـۨجِى", "ننجي"),
        ("رُءْيَٰىَ", "رءياي"),
        ("ٱلزَّكَوٰةَ", "الزكاه"),
        ("يُوَٰرِى", "يواري"),
        ("فَتَىٰهُ", "فتاه"),
        ("ٱلْحَيَوٰةِ", "الحياه"),
        ("اٰمَنَ", "امن"),
        ("شَيْـٔٗا", "شيئا"),
        ("إِلَىٰ", "الي"),
        ("هٰذَا هَـٰذِهِۦ أَهَٰذَا فَبِهَٰذَا", "هذا هذه اهذا فبهذا"),
        ("هَٰٓؤُلَآءِ أُو۟لَٰٓئِكَ", "هؤلاء اولئك"),
        ("ذَٰلِكَ كَذَٰلِكَ وَذَٰلِكُمْ ذٰلِکَ", "ذلك كذلك وذلكم ذلك"),
        ("وَلَٰكِن لَٰكِنَّهُمْ لَّٰكِنَّا۠", "ولكن لكنهم لكنا"),
        ("اللّٰه وَٱللَّٰهِ لِلّٰهِ باللّٰه اللّٰهُمَّ", "الله والله لله بالله اللهم"),
        ("ٱلرَّحْمَٰنِ لِلرَّحْمَٰنِ رَحْمٰن", "الرحمن للرحمن رحمن"),
        ("إِلَٰهٌ إِلَٰهَهُۥ وَإِلَٰهُكُمْ إِلَٰهًا", "اله الهه والهكم الها"),
        ("طٰهٰ يٰسٓ حٰمٓ الٓرٰ", "طه يس حم الر"),
        ("مَٰلِكِ ٱلْعَٰلَمِينَ هَٰرُونَ هَٰتُوا۟ فَذَٰنِكَ", "مالك العالمين هارون هاتوا فذانك"),
        ("قَٰلَ إِسْحَٰقَ سُلَيْمَٰنَ", "قال اسحاق سليمان"),
        ("ءَامَنُوا۟ وَءَاتَيْنَا لِـَٔادَمَ ءَالَ ءامن", "امنوا واتينا لادم ال امن"),
        ("إِنَّ هَٰذَا ٱلْقُرْءَانَ قُرْءَانًا عَرَبِيًّا", "ان هذا القران قرانا عربيا"),
        ("وَلَقَدْ رَءَاهُ فَلَمَّا رَءَاهَا", "ولقد راه فلما راها"),
        ("ٱلْءَاخِرَةِ وَبِٱلْءَاخِرَةِ ٱلْـَٰٔنَ ٱلْـَٔانَ", "الاخره وبالاخره الان الان"),
        ("بِـَٔايَٰتِنَا فَـَٔاتَىٰهُمُ أَفَـَٔامِنُواْ", "باياتنا فاتاهم افامنوا"),
        ("مَـَٔابٖ شَنَـَٔانُ ٱلظَّمۡـَٔانُ مَـَٔارِبُ ٱلۡمُنشَـَٔاتُ", "ماب شنان الظمان مارب المنشات"),
        ("سَيِّـَٔاتِهِمۡ خَطِيٓـَٰٔتِهِمۡ شَيْـًٔا", "سيئاتهم خطيئاتهم شيئا"),
        ("ءَأَنذَرْتَهُمْ ءَأَنتُمۡ ءَآلۡـَٰٔنَ وَءَأَسۡلَمۡتُمۡ", "اانذرتهم اانتم الان وااسلمتم"),
        ("قِرَاءَات جُزْءًا جُزْءَانِ سَوۡءَٰتِهِمَا رِئَآءَ مِئَاتٌ لِئَامٌ", "قراءات جزءا جزءان سوءاتهما رئاء مئات لئام"),
    ],
)
def test_search_quran_spells_as_plain_spelling_does(text: str, expected: str) -> None:
    assert normalize(text, "search-quran") == normalize(expected, "search-quran") == expected


def test_corpus_keeps_the_tatweel_that_carries_a_small_letter() -> None:
    assert normalize("إِبْرَٰهِـۧمَ نُـۨجِى جـَديد", "corpus") == "إِبْرَٰهِـۧمَ نُـۨجِى جَديد"


def test_joiners_beside_what_goes_too() -> None:
    for text in ("ا\u200cـ", "ب\u200cـ ب", "ا\u200c\u2067ـ"):
        once = normalize(text, "corpus")
        assert "\u200c" not in once
        assert normalize(once, "corpus") == once
    assert normalize("ب\u200d👨", "search") == "ب👨"
    assert normalize("👨\u200d👩 ب", "search") == "👨\u200d👩 ب"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وفی المدينة", "وفي المدينة"),
        ("الرجل یمنی", "الرجل يمني"),
        ("توفی الرئيس", "توفي الرئيس"),
        ("حسنی مبارك", "حسني مبارك"),
        ("الأسماء الحسنی", "الأسماء الحسنى"),
        ("يعطی المعلم المستشفی الأولی", "يعطي المعلم المستشفى الأولى"),
        ("الدول الکبری والوسطی", "الدول الكبرى والوسطى"),
        ("المستوی في الدعوی للمرضی بمستشفی", "المستوى في الدعوى للمرضى بمستشفى"),
        ("وإلی مصر وعلی الطريق والی المدينة", "وإلى مصر وعلى الطريق والی المدينة"),
        ("سلمی أولی قوی خطی بنی رأی", "سلمی أولی قوی خطی بنی رأی"),
        ("هذه الأولی سلمیّ فتیً علیّ المدرسة", "هذه الأولى سلميّ فتىً عليّ المدرسة"),
        ("الرأی الليلی البخاری بلدی الکندی اسمی أسمی المدرسة", "الرأي الليلي البخاري بلدي الكندي اسمي أسمى المدرسة"),
    ],
)
def test_corpus_ends_a_word_as_it_is_spelled_or_leaves_the_yeh(text: str, expected: str) -> None:
    scoped = Profile(PROFILES["corpus"].steps, scope="text")
    assert normalize(text, scoped) == normalize(expected, scoped) == expected


@pytest.mark.parametrize("name", ["search", "search-quran", "corpus", "display"])
@pytest.mark.parametrize("text", ["نام او أحمد بود گفت إلى", "ہے مؤسسة گل", "ئەم كتاب أول وتأكيد", "رئيس ڭ سأل"])
def test_a_letter_and_its_hamza_apart_are_as_one(name: str, text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert unicodedata.normalize("NFC", normalize(apart, name)) == unicodedata.normalize("NFC", normalize(text, name))


def test_marks_of_the_quran_do_not_end_a_word_beside_another_language() -> None:
    text = "گفت قَالَ إِبْرَٰهِـۧمُ ہے"
    assert normalize(text, "corpus") == text
    assert normalize(text, "search-quran") == "گفت قال ابراهيم ہے"


def test_words_written_as_one_are_arabic() -> None:
    assert normalize("خرج إلىالسوق وعاد إلىأهله", "search") == "خرج اليالسوق وعاد الياهله"


def test_corpus_turns_a_persian_keyboard_into_arabic_letters_only_in_arabic() -> None:
    text = "ذهبت إلی المدرسة فی الصباح مع کل الأصدقاء وعلی الطریق"
    whole = [(0, len(text))]
    assert normalize_ranges(text, whole, "corpus").text == "ذهبت إلى المدرسة في الصباح مع كل الأصدقاء وعلى الطريق"
    loan = "گفتگو کی"
    assert normalize_ranges(loan, [(0, len(loan))], "corpus").text == loan


@settings(max_examples=400, deadline=None)
@pytest.mark.parametrize("name", [*SAFE, "search-quran"])
@given(text=texts())
def test_normalizing_again_changes_nothing(name: str, text: str) -> None:
    """Normalizing what is normalized changes nothing: on plain strings, and where the language is known."""
    steps = Profile(PROFILES[name].steps, name=name)
    once = normalize_ranges(text, [(0, len(text))], steps).text
    assert normalize_ranges(once, [(0, len(once))], steps).text == once


WORDS_OF_LINES = (
    "قال الوزارة المـــدرسة هٰذا هٰذه مِن فِي عَلٰى كاَن شيـٔا ٱلصَّلَوٰةَ ﷺ كِتَابٌ إلىٰ الی فی علی کتابی گفت و را که گوگل ندارد ہے نہیں کہ اور "
    "ٹھیک ئەم لە the news ١٬٠٠٠ ٪ ؟ ، # - ( ) \n \u202b"
).split(" ")


@settings(max_examples=400, deadline=None)
@pytest.mark.parametrize("name", [*SAFE, "search-quran"])
@given(words=st.lists(st.sampled_from(WORDS_OF_LINES), max_size=12))
def test_what_is_normalized_is_known_again(name: str, words: list[str]) -> None:
    """Which words of a line of several languages are Arabic does not change with the marks that a profile deletes."""
    once = normalize(" ".join(words), name)
    assert normalize(once, name) == once


def test_a_mark_hides_no_word_of_arabic() -> None:
    assert normalize("الصيانة فی المدرسة هٰذا", "search") == "الصيانه في المدرسه هذا"
    assert normalize("گفت مِن هٰذا که", "search") == "گفت من هذا که"


@pytest.mark.parametrize("between", ["\u200c", "\u200f", "\u061c", "\N{ARABIC FATHA}", "\N{ARABIC KASRATAN}\ufeff"])
def test_an_at_sign_after_a_letter_begins_no_handle_whatever_stands_between(between: str) -> None:
    once = normalize(f"كن{between}@مدرسة", "search")
    assert once == "كن@مدرسه"
    assert normalize(once, "search") == once
    assert normalize("قال \u200f@مدرسةُ_العلم", "search") == "قال @مدرسةُ_العلم"


def _letters(text: str) -> str:
    """The skeleton: letters with presentation forms taken apart, and all that search folds folded."""
    plain = unicodedata.normalize("NFKC", text.replace("\ufdfc", "ريال").replace("\ufdfd", ""))
    plain = unicodedata.normalize("NFD", plain)
    fold = str.maketrans("ٱىیکہھەڪۀةۃ", "ايي" + "ك" + "ههه" + "ك" + "ههه")
    return "".join(c for c in plain.translate(fold) if unicodedata.category(c) == "Lo")


@settings(max_examples=400, deadline=None)
@pytest.mark.parametrize("name", SAFE)
@given(text=texts())
def test_no_letter_is_deleted(name: str, text: str) -> None:
    text = text.translate(dict.fromkeys((0xFDFA, 0xFDFD), None))  # phrases, written out or kept
    text = text.replace("\N{ARABIC HAMZA ABOVE}", "")  # on tatweel it becomes a letter of its own
    done = normalize_ranges(text, [(0, len(text))], Profile(PROFILES[name].steps)).text
    assert _letters(done) == _letters(text)


@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("name", SAFE)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=50))
def test_text_without_arabic_is_byte_identical(name: str, text: str) -> None:
    blocks = (range(0x0600, 0x0900), range(0xFB50, 0xFF00), range(0x10EC0, 0x10F00))
    text = "".join(c for c in text if not any(ord(c) in block for block in blocks))
    if not any(r.applied for r in align(text, name).repairs):
        assert normalize(text, name) == text


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800", "ا\udfffب", "َُ", "\u202b" * 50, "\n" * 20, " ", "ـ" * 99, "\u200d"], ids=repr
)
def test_odd_text_has_a_whole_map(name: str, text: str) -> None:
    aligned = align(text, name)
    assert aligned.origin[-1] == len(text)
    assert len(aligned.origin) == len(aligned.text) + 1


def test_ten_megabytes_on_one_line() -> None:
    text = "كِتابٌ جديد " * 200_000
    assert normalize(text, "search") == "كتاب جديد " * 200_000


def test_the_fold_of_the_scanner_is_search_but_for_letters_of_other_languages() -> None:
    """Phrases find Arabic words however they are spelled, and the words of other languages stay theirs."""
    search = Profile(PROFILES["search"].steps)
    blocks = (
        range(0x0620, 0x0700),
        range(0x0750, 0x0780),
        range(0x08A0, 0x0900),
        range(0xFB50, 0xFDFA),
        range(0xFE70, 0xFEFD),
    )
    apart = set()
    for code in (code for block in blocks for code in block):
        if unicodedata.category(chr(code))[0] in "LM":
            word = f"ب{chr(code)}ب"
            folded, normalized = fold(word), normalize_ranges(word, [(0, 3)], search).text
            if folded != normalized:
                assert fold(normalized) == normalized
                apart |= set(folded) - set("بئ")
    assert "".join(sorted(apart)) == "".join(sorted("ہھەۀۂۃڪٲٳٵ"))


def test_unknown_names() -> None:
    with pytest.raises(SettingsError, match="unknown profile 'nope'; known: camel, search"):
        normalize("x", "nope")
    with pytest.raises(SettingsError, match=r"unknown profile \['alef'\]; known: camel, search"):
        normalize("x", ["alef"])  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="unknown repair 'yes'; known: off, report, sure, on"):
        repair("x", "yes")  # type: ignore[arg-type]
    damaged = "ÇáÓáÇã Úáíßã"
    assert (repair(damaged, "off").text, repair(damaged, "off").repairs) == (damaged, ())
    with pytest.raises(SettingsError, match=r"number-separators; did you mean 'harakat'\?$"):
        Profile(steps=["haraket"])
    with pytest.raises(SettingsError, match="unknown normalization step 'nope'"):
        Profile(["nope"])
    with pytest.raises(SettingsError, match="unknown scope"):
        Profile(["alef"], scope="all")  # type: ignore[arg-type]
    assert get_profile(PROFILES["camel"]) is PROFILES["camel"]


def test_a_profile_of_many_steps_does_all_of_them() -> None:
    """A text is surveyed once for all steps that look around, by bits; a profile may have more steps than there are."""
    steps = ["idle-joiners"] * 40 + ["bare-tatweel", "harakat"]
    assert normalize("العــربيّة", Profile(steps)) == "العربية"


def test_long_words_are_not_kept() -> None:
    """Encoded data may look like a word of any length: thousands of those would fill the memory."""
    asked: list[str] = []
    find = memory.kept(lambda word: asked.append(word) or len(word))  # type: ignore[func-returns-value]
    long, short = "س" * (memory.LONGEST + 1), "س" * memory.LONGEST
    assert [find(word) for word in (short, short, long, long)] == [len(short)] * 2 + [len(long)] * 2
    assert asked == [short, long, long]


def test_toml_profiles(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('extends = "search"\nsteps = ["hamza-carriers"]\nwithout = ["digits"]\n', encoding="utf-8")
    profile = load_profile(file)
    assert profile.name == "mine"
    assert normalize("مؤمن ٥", profile) == "مومن ٥"
    for bad, message in [
        ("steps = 5", "steps must be a list"),
        ("", "no steps"),
        ("stepz = []", "unknown field 'stepz'"),
        ("steps = [", "not a readable TOML profile"),
        ('steps = ["nope"]', "unknown normalization step"),
        ('extends = "nope"', "unknown profile 'nope'"),
        ('extends = ["search"]', "extends must be a text"),
        ('extends = "search"\nwithout = ["nope"]', "unknown normalization step"),
        ('extends = "search"\nwithout = [["digits"]]', "without must be a list of names of steps"),
        ('steps = ["alef"]\nscope = "all"', "unknown scope"),
        ('steps = ["alef"]\nscope = ["text"]', "scope must be a text"),
        ('steps = ["alef"]\nname = 7', "name must be a text"),
        ('steps = ["alef"]\nexamples = [["a"]]', "examples must be a list of pairs of texts"),
        ('steps = ["alef"]\nexamples = [["a", "b", "c"]]', "examples must be a list of pairs of texts"),
        ('steps = ["alef"]\nexamples = [1]', "examples must be a list of pairs of texts"),
    ]:
        file.write_text(bad, encoding="utf-8")
        with pytest.raises(SettingsError, match=message) as error:
            load_profile(file)
        assert str(error.value).startswith(f"{file}: ")
    file.write_bytes(b'\xef\xbb\xbfsteps = ["alef"]')
    assert load_profile(file).steps == ("alef",)
    with pytest.raises(SettingsError) as error:
        load_profile(tmp_path / "none.toml")
    assert str(error.value) == f"{tmp_path / 'none.toml'}: No such file or directory"
