"""Why a span has its language: the reasons in words, their places, and that their weights are those of the score."""

from __future__ import annotations

import math

import pytest
from language_cases import SENTENCES

import bilingual
from bilingual.language.model import PARAMS
from bilingual.language.registry import LANGUAGES
from bilingual.language.tables import default_tables


def lang_reasons(text: str, **settings: object) -> tuple[tuple[str, int, int, float], ...]:
    doc = bilingual.segment(text, **settings)
    assert len(doc.spans) == 1
    return doc.explain(doc.spans[0]).lang_reasons


@pytest.mark.parametrize(
    ("text", "languages", "reason"),
    [
        ("Αθήνα και Πάτρα", None, "script Grek decides alone"),
        ("東京に行く", None, "script Hani, Hira decides alone"),
        ("Привет мир", None, "script Cyrl decides alone: its languages are not told apart"),
        ("12 % 2026", None, "no word that tells a language"),
        (
            "Bonjour tout le monde",
            ["ar", "el"],
            "script Latn decides alone: none of the languages to choose among is written in it",
        ),
        (
            "Bonjour tout le monde",
            ["ar", "en"],
            "script Latn decides alone: no other of the languages to choose among is written in it",
        ),
    ],
)
def test_script_alone(text: str, languages: list[str] | None, reason: str) -> None:
    settings = {} if languages is None else {"languages": languages}
    assert lang_reasons(text, **settings) == ((reason, 0, len(text), 0.0),)


def test_a_menu_of_languages_says_so() -> None:
    found = lang_reasons("Deutsch")
    assert found == (("a name that de has for itself, in a menu of languages", 0, 7, 0.0),)
    assert len(lang_reasons("Deutsch lernen")) > 1


def test_letters_and_words_at_their_places() -> None:
    text = "Die Straße ist groß und schön, aber die Autos sind nicht schön."
    found = lang_reasons(text)
    assert found[0] == ("script Latn, shared by 16 languages; nl comes next", 0, len(text), 0.0)
    assert found[1] == ("letter “ß”, which only de has", text.index("ß"), text.index("ß") + 1, 0.0)
    words = {text[start:end]: (reason, weight) for reason, start, end, weight in found[2:]}
    reason, weight = words["schön"]
    assert reason == "word “schön” (2 times): frequent in de, not in nl"
    assert weight == max(weight for _, weight in words.values()) > 4
    assert len(found) < len(text.split())


def test_a_word_that_speaks_for_another_language_says_so() -> None:
    text = "Minister"
    found = {reason: weight for reason, _, _, weight in lang_reasons(text)}
    assert found["word “Minister”: frequent in nl, less in en"] < 0
    assert found["the rest of the line and of the document, and how common languages are"] > 0


@pytest.mark.parametrize(("tag", "sentence"), SENTENCES)
def test_words_speak_for_the_language_of_a_sentence(tag: str, sentence: str) -> None:
    doc = bilingual.segment(f"A line above.\nسطر قبله\n{sentence}")
    assert doc.blocks[-1].spans
    for span in doc.blocks[-1].spans:
        found = doc.explain(span).lang_reasons
        assert sum(weight for _, _, _, weight in found) >= 0
        for reason, start, end, _ in found:
            assert span.start <= start < end <= span.end
            if reason.startswith("word “"):
                assert f"“{doc.text[start:end]}”" in reason


@pytest.mark.parametrize(
    "text",
    ["table", "la table", "Information", "La nation", "excellent", "UNIE", "NATIONS UNIES", "Nations UNIES", "The nation. Elle part"],
)
def test_weights_are_those_of_the_score(text: str) -> None:
    """Of a text of one line and two languages, the odds that the words leave are those of the document's own letters."""
    doc = bilingual.segment(text, languages=["en", "fr"])
    assert len(doc.spans) == 1
    *words, (_, _, _, rest) = doc.explain(doc.spans[0]).lang_reasons
    assert 0.02 < doc.spans[0].lang_score < 0.999
    tables, lead = default_tables(), doc.spans[0].lang
    log_share = {
        LANGUAGES[lang]: float(share) for lang, share in zip(tables.lane_lang, tables.main, strict=True) if share > -1e8
    }
    rival = "fr" if lead == "en" else "en"
    said = sum(weight for _, _, _, weight in words) / PARAMS["score_scale"]
    share = 1 / (1 + math.exp(log_share[rival] - log_share[lead] - said))
    weights = {True: 1.0 if text.isupper() and len(text) > 7 else PARAMS["upper"], False: 1.0}
    letters = 0.0
    for number, word in enumerate(text.replace(".", "").split()):
        opens = number == 0 or word == "Elle"
        title = 0.5 + 0.5 * PARAMS["title"] if opens else PARAMS["title"]
        if text[1:].islower():
            title = 1.0  # the only capital of a short line is that of its beginning
        letters += len(word) * (weights[word.isupper()] if word.isupper() or not word[0].isupper() else title)
    spread = {tag: PARAMS["pseudo"] * math.exp(log_share[tag]) for tag in (lead, rival)}
    expected = math.log((letters * share + spread[lead]) / (letters * (1 - share) + spread[rival]))
    assert rest == pytest.approx(PARAMS["score_scale"] * expected, abs=0.02)


@pytest.mark.parametrize(("text", "word"), [("Open logo.png now", "logo"), ("Voir le fichier logo.png demain matin", "logo")])
def test_a_name_in_code_says_what_it_is(text: str, word: str) -> None:
    doc = bilingual.segment(text, languages=["en", "fr"])
    (reason,) = (r for r, *_ in doc.explain(doc.spans[0]).lang_reasons if f"“{word}”" in r)
    assert reason == f"word “{word}”: of a name in code, which is en if anything"


def test_parts_are_told_as_the_whole_and_named_only_where_they_were_looked_for() -> None:
    first, *words = lang_reasons("مینوں ایہ گل چنگی نئیں لگدی تے اوہدا بھرا وی")
    assert first[0].startswith("script Arab, shared by 8 languages; ")
    assert "“مینوں”" in " ".join(text for text, *_ in words)
    assert not any("pnb" in text for text, *_ in words)
    plain = "تعمل الحكومة على تحسين شبكة الطرق بين المدن الكبرى في كل عام"
    for text, known in ((plain, 7), (f"{plain} جیہڑی", 8), (f"جیہڑی {plain * 9}", 7), (f"جیہڑی اولان {plain * 9}", 8)):
        doc = bilingual.segment(text)
        (first, *_), *_ = doc.explain(doc.spans[-1]).lang_reasons
        assert first.startswith(f"script Arab, shared by {known} languages; "), text


def test_str_tells_both() -> None:
    doc = bilingual.segment("Follow us on Facebook")
    shown = str(doc.explain(doc.spans[0])).splitlines()
    assert shown[0].endswith("in script Latn")
    assert {"  promo:", "  en:"} < set(shown)
