"""Which language where: sentences, marked cases, short strings, restriction, and what must always hold."""

from __future__ import annotations

import itertools
import pickle
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_cases import CASES, SENTENCES, scored, spans_of, unmark

import bilingual
from bilingual.language import constants
from bilingual.language.columns import LanguageColumns
from bilingual.language.model import FIRST_ROWS, PARAMS, Model, default_model
from bilingual.language.registry import LANGUAGES, Language, default_registry
from bilingual.language.stages import KERNELS, Stages
from bilingual.language.tables import default_tables
from bilingual.text.scan import scan


@pytest.mark.parametrize(("tag", "sentence"), SENTENCES)
def test_sentence_alone(tag: str, sentence: str) -> None:
    assert spans_of(sentence) == [(0, len(sentence), tag)]


@pytest.mark.parametrize(("comment", "marked"), CASES, ids=[comment for comment, _ in CASES])
def test_marked_case(comment: str, marked: str) -> None:
    text, expected = unmark(marked)
    assert spans_of(text) == expected, comment


PAIRS = ["()", "[]", "«»", "»«", "“”", "„“", "‘’", '""', "\'\'", "‹›", "**", "__", "``", "「」", "\u2067\u2069", "\u202a\u202c"]


@pytest.mark.parametrize("outer", PAIRS)
def test_marks_go_with_what_they_enclose(outer: str) -> None:
    """What encloses a stretch of another language is not cut from it: one pair, or two."""
    arabic, english = "أعلنت الشركة أمس عن مشروعها الجديد", "The port reopened on Tuesday morning"
    before, after = outer
    for around, between in ((arabic, english), (english, arabic)):
        insides = [between, *(f"{opening}{between}{closing}" for opening, closing in [*PAIRS, "<>"])]
        for inside, tail in itertools.product(insides, ["", ".", "،"]):
            text = f"{around} {before}{inside}{after}{tail} {around}"
            cuts = [start for start, _, _ in spans_of(text)]
            assert cuts == [0, len(around) + 1, len(text) - len(around)], text


@pytest.mark.parametrize(
    "pair",
    ["ar fa", "ar ur", "ar ckb", "ar ps", "ar ug", "ar sd", "en fr", "en de", "en tr", "en id", "en es"],
)
def test_lines_alternate(pair: str) -> None:
    """Lines of two languages of one script keep their languages, whichever comes first."""
    first, second = ([s for tag, s in SENTENCES if tag == wanted] for wanted in pair.split())
    lines = [line for both in zip(first, second, strict=False) for line in both]
    found = [tag for _, _, tag in spans_of("\n".join(lines))]
    assert found == pair.split() * (len(lines) // 2)


@pytest.mark.parametrize(
    ("text", "lang"), [("OK", "en"), ("BBC", "en"), ("hi", "en"), ("سلام", "ar"), ("Ulrich", "en")]
)
def test_a_word_alone_is_the_main_language_with_a_low_score(text: str, lang: str) -> None:
    ((_, _, found, score),) = scored(text)
    assert found == lang
    assert score < 0.8


def test_a_sentence_scores_high() -> None:
    assert min(scored(sentence)[0][3] for _, sentence in SENTENCES) > 0.8


def test_short_blocks_follow_the_rest_of_the_document() -> None:
    """The same word is read as the language that the other lines are in."""
    french = "\n".join(s for tag, s in SENTENCES if tag == "fr")
    german = "\n".join(s for tag, s in SENTENCES if tag == "de")
    assert spans_of(f"{french}\nsituation")[-1][2] == "fr"
    assert spans_of(f"{german}\nSituation")[-1][2] == "de"
    assert spans_of("situation")[-1][2] == "en"


def test_languages_restrict_the_candidates() -> None:
    sentence = dict(reversed(SENTENCES))["fr"]
    assert spans_of(sentence, languages=["en", "ar"]) == [(0, len(sentence), "en")]
    assert spans_of(sentence, languages=["de", "fr"]) == [(0, len(sentence), "fr")]
    for text in ("漢字かな", "かな漢字", "カナ 漢字", "漢字", "کتاب 漢字 と"):
        for languages in (["ar", "en"], ["zh", "ar"]):
            for span in bilingual.segment(text, languages=languages).spans:
                assert span.lang in ("ar", "zh", f"und-{span.script}")
    assert spans_of("Hello, friends سلام", languages=["ar"]) == [(0, 14, "und-Latn"), (15, 19, "ar")]
    for names in ("Hello", "BBC", "Ulrich", "Iyer-Saarinen"):
        assert spans_of(names, languages=["ar", "und-Latn"]) == [(0, len(names), "und-Latn")]


def test_parts_are_looked_for_only_where_a_word_says_much_for_one() -> None:
    """Other texts come out, scores and all, as they do where `und-Arab` may not be chosen; not so with one word more."""
    others = [language.tag for language in default_registry().modelled if language.tag != "und-Arab"]
    texts = ["هذا كتاب عن تاريخ المدينة القديمة", "شهرداری پل قدیمی را تعمیر می‌کند", "دل مست", "کتاب"]
    for text in texts:
        for (*span, score), (*alone, alone_score) in zip(scored(text), scored(text, others), strict=True):
            assert span == alone
            assert score == pytest.approx(alone_score, abs=1e-3)
    assert spans_of("کتاب اوچون")[0][2] == "und-Arab"
    assert scored("کتاب جیہڑی")[0][2:] != scored("کتاب جیہڑی", others)[0][2:]


def test_languages_near_known_ones_in_latin_letters() -> None:
    """A text with words of such a language has the others from the one near it; not so a text with fewer of them."""
    turkish = "Bu akşam yeni kitap okuyorum."
    assert [tag for _, _, tag in spans_of("Bu axşam yeni kitab oxuyuram, çünki sabah məktəb yoxdur.")] == ["und-Latn"]
    assert spans_of(turkish)[0][2] == "tr"
    azeri = "Bakıda yeni kitab mağazası açılıb və bütün gün açıqdır."
    assert {tag for _, _, tag in spans_of(f"{azeri}\nyeni parkda\n{azeri}")} == {"und-Latn"}
    turkish_page = "\n".join(s for tag, s in SENTENCES if tag == "tr")
    assert spans_of(f"{turkish_page}\nyeni parkda")[-1][2] == "tr"


def test_names_of_many_languages_are_english_where_few_words_are_of_others() -> None:
    """No list of names becomes another language for one foreign word on a page."""
    names = "Winners: Camillo Golgi, Selma Lagerlöf, Knut Hamsun, José Saramago, Herta Müller, Orhan Pamuk"
    english = "\n".join(s for tag, s in SENTENCES if tag == "en")
    page = "\n".join((english, "Hulle het gister vir ons gesê", english, names, english, english))
    assert [tag for _, _, tag in spans_of(page) if tag != "en"] == ["und-Latn"]


def test_names_of_no_known_language_are_told_as_the_text_around_them() -> None:
    """Surnames of many origins side by side look like another language; four capitalized words in brackets are none."""
    surnames = "Okafor Iyer Lindqvist Kowalczyk Nakamura Petrosyan Horvath Kravchuk Raghavan Saarinen Dimitrova Ozols"
    authors = ["-".join(four) for four in itertools.islice(itertools.permutations(surnames.split(), 4), 0, 8000, 40)]
    texts = [f"The lower bound is proved in [{four} '14] and again in the next chapter." for four in authors]
    found = [[tag for _, _, tag in spans_of(text)] for text in texts]
    assert sum(tags == ["en"] for tags in found) > 0.9 * len(found)
    assert spans_of("The lower bound was proved long ago.\nDzień dobry, jak się macie?")[-1][2] == "pl"
    assert spans_of("The lower bound was proved long ago.\nKde je moje kniha?")[-1][2] == "und-Latn"


@given(st.permutations([language for language in default_registry().modelled if language.native]), st.booleans())
def test_each_name_in_a_menu_of_languages_is_of_its_own(languages: list[Language], has_codes: bool) -> None:
    """Whatever their order, and with a code before each or not."""
    menu = [language for language in languages if language.script == "Latn" and "-" not in language.tag][:6]
    names = [f"{language.tag.upper()} {language.native}" if has_codes else language.native for language in menu]
    text = " ".join(names)
    found = {start + i: tag for start, end, tag in spans_of(text) for i in range(end - start)}
    at = 0
    for language, name in zip(menu, names, strict=True):
        assert found[at + len(name) - 1] == language.tag, text
        at += len(name) + 1


def test_words_of_languages_near_known_ones_fill_the_memo(interpreted: Stages) -> None:
    """Their second rows make the memo grow, with the same answers."""
    azeri = "Hər səhər uşaqlar məktəbə gedir və axşam evdə kitab oxuyurlar. "
    words = ["".join(letters) for letters in itertools.product("bdgk", "aeiou", "lmnr", "aeiou", "st", "aeiou")]
    scanned = scan([azeri * 30 + " ".join(words)])
    found = [Model(default_tables(), engine=engine).identify(scanned) for engine in (KERNELS, interpreted)]
    assert len(words) > FIRST_ROWS
    for name in LanguageColumns.KINDS:
        assert np.array_equal(getattr(found[0], name), getattr(found[1], name)), name
    assert LANGUAGES[found[0].span_lang[0]] == "und-Latn"


def test_only_unknown_languages_to_choose() -> None:
    """Where nothing but parts of a language may be chosen, a text is of that one, whatever it says."""
    assert [tag for _, _, tag in spans_of("مرحبا بكم في بيتنا", languages=["und-Arab"])] == ["und-Arab"]


def test_a_language_of_parts_has_the_odds_of_all() -> None:
    """Parts of one language are no rivals: a text of words that two of them have is no less sure for that."""
    ((_, _, tag, score),) = scored("دے نوں وچ کوں تے دا جیہڑا تھیا")
    assert tag == "und-Arab"
    assert score > 0.999


def test_results_do_not_depend_on_what_was_seen_before() -> None:
    text = "\n".join(sentence for _, sentence in SENTENCES)
    before = spans_of(text)
    for _, sentence in SENTENCES * 2:
        spans_of(sentence)
    assert spans_of(text) == before
    together = default_model().identify(scan([sentence for _, sentence in SENTENCES]))
    alone = [default_model().identify(scan([sentence])) for _, sentence in SENTENCES]
    assert np.array_equal(together.word_lang, np.concatenate([found.word_lang for found in alone]))
    assert np.array_equal(together.span_score, np.concatenate([found.span_score for found in alone]))


def test_documents_that_switch_do_not_depend_on_those_before() -> None:
    """Cells of blocks are used again by the next document: titles between marks, switches and plain lines alike."""
    texts = [
        "Home\nAbout us\nقائمة الطعام",
        "Menu\nHe read “La Maison Rouge” on the train home and liked the old house very much.\nContact",
        "اشترينا الخبز صباحا then we walked home together بعد الظهر\nThank you, merci beaucoup pour votre visite",
        "The museum opens today.\n\nThey watched the film “Los Amigos Perdidos” twice.",
    ] * 2
    together = default_model().identify(scan(texts))
    alone = [default_model().identify(scan([text])) for text in texts]
    for column in ("word_lang", "span_lang", "span_score"):
        expected = np.concatenate([getattr(found, column) for found in alone])
        assert np.array_equal(getattr(together, column), expected), column
    assert len({*together.span_lang.tolist()}) >= 4


def test_a_memo_that_grows_changes_nothing() -> None:
    """A batch with more distinct words than the memo starts with has the same rows as its documents alone."""
    words = [f"{a}{b}{c}tion" for a in "bcdfghklmnprst" for b in "aeiou" for c in "abcdefghijklmnopqrstuvwxyz" * 2]
    texts = [" ".join(words[i : i + 50]) for i in range(0, len(words), 50)]
    together = default_model().identify(scan(texts))
    alone = [default_model().identify(scan([text])).word_lang for text in texts]
    assert np.array_equal(together.word_lang, np.concatenate(alone))


def test_threads_agree() -> None:
    texts = [sentence for _, sentence in SENTENCES] * 10
    expected = [spans_of(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(spans_of, texts)) == expected


def test_a_segmenter_travels() -> None:
    segmenter = pickle.loads(pickle.dumps(bilingual.Segmenter(languages=["fr", "ar"])))
    assert segmenter.settings.languages == ("fr", "ar")


WORDS = [
    "the cat",
    "قال الولد",
    "می‌خواهم",
    "12",
    "@ab",
    "#x",
    "https://a.b/c",
    "a@b.co",
    "3ala",
    "漢",
    "か",
    "β",
]
SIGNS = [
    "(",
    ")",
    '"',
    "«",
    "»",
    " ",
    "  ",
    "\n",
    "\t",
    ".",
    "؟",
    "🎉",
    "\u200f",
    "\u0301",
    "ـ",
    "\ud800",
    "\0",
    "|",
    "'",
]
PIECES = st.sampled_from([*WORDS, *SIGNS])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_spans_cover_their_blocks(text: str) -> None:
    """Spans are ordered and disjoint, cover each block, and leave only white space between them."""
    scanned = scan([text])
    found = default_model().identify(scanned)
    assert len(found.block_span) == scanned.n_blocks + 1
    for block in range(scanned.n_blocks):
        spans = range(found.block_span[block], found.block_span[block + 1])
        assert len(spans) >= 1
        at = int(scanned.block_start[block])
        for span in spans:
            start, end = int(found.span_start[span]), int(found.span_end[span])
            assert text[at:start].strip(" \t\v\f\x1c\x1d\x1e\x1f\x85\xa0") == "" or text[at:start].isspace()
            assert start < end
            assert found.span_block[span] == block
            assert 0.0 <= found.span_score[span] <= 1.0
            at = end
        assert at == scanned.block_end[block]
        langs = [LANGUAGES[found.span_lang[span]] for span in spans]
        assert all(a != b for a, b in pairwise(langs))
        assert "und" not in langs or len(langs) == 1


@pytest.mark.parametrize("piece", ['"', "(", ")", "«", "'", "🎉", "\u0301", "a(", 'ع"', "123 ", "a ب "])
def test_long_lines_stay_linear(piece: str) -> None:
    """A line of half a million odd characters is read in well under a second per pass."""
    import time

    text = "the start " + piece * (500_000 // len(piece)) + " النهاية"
    begin = time.process_time()
    spans = default_model().identify(scan([text]))
    assert len(spans.span_start) >= 1
    assert time.process_time() - begin < 5.0


@pytest.mark.parametrize(
    ("written", "plain"),
    [("İ İ İ", "i i i"), ("mi\u200cle cas\u200ca", "mile casa"), ("STRAẞE", "straße"), ("oil\u0650", "oil")],
)
def test_what_was_read_before_changes_nothing(written: str, plain: str) -> None:
    """Words that the search fold makes equal are remembered apart where it hides what tells the language."""
    texts = [scan([written]), scan([plain])]
    assert (texts[0].word_hash == texts[1].word_hash).all()
    alone = [Model(default_tables()).identify(text) for text in texts]
    forth, back = Model(default_tables()), Model(default_tables())
    after = [[model.identify(text) for text in order][1] for model, order in ((back, texts[::-1]), (forth, texts))]
    for one, other in zip(alone, after, strict=True):
        assert one.span_score.tolist() == other.span_score.tolist()
        assert one.span_lang.tolist() == other.span_lang.tolist()


def test_the_order_of_documents_changes_nothing() -> None:
    """Every Latin letter, alone and in a word, each a document of its own."""
    letters = [chr(code) for code in range(0x20000) if unicodedata.name(chr(code), "").startswith("LATIN ")]
    texts = [text for letter in letters for text in (letter, f"ka{letter}e")]
    forth = Model(default_tables()).identify(scan(texts))
    back = Model(default_tables()).identify(scan(texts[::-1]))
    assert forth.span_lang.tolist() == back.span_lang[::-1].tolist()
    assert forth.span_score.tolist() == back.span_score[::-1].tolist()


def test_the_kernel_knows_the_places_of_parameters() -> None:
    for place, name in enumerate(PARAMS):
        assert getattr(constants, f"PARAM_{name.upper()}") == place
