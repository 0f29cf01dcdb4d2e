"""The spaCy component in blank pipelines: spans, tokens, batches, storage."""

from __future__ import annotations

import warnings

import pytest

import bilingual

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what spaCy's own imports deprecate is not ours
    spacy = pytest.importorskip("spacy", reason="the extra `spacy` is not installed")
    from spacy.tokens import Doc, DocBin, Token

    from bilingual.engines.spacy import Component, make

TEXT = "The committee met on Tuesday and agreed.\n\nقال الوزير إن اللجنة اتفقت على iPhone خطة جديدة.\nتابعونا على تويتر"


def rows(doc):
    return [(span.start, span.end, span.label_) for span in doc.spans["bilingual"]]


@pytest.fixture(params=["en", "ar"])
def nlp(request):
    made = spacy.blank(request.param)
    made.add_pipe("bilingual", config={"languages": ["en", "ar"]})
    return made


def test_spans_are_those_of_the_api(nlp):
    doc = nlp(TEXT)
    expected = bilingual.segment(TEXT, languages=["en", "ar"])
    found = [(s.start_char, s.end_char, s._.lang, s._.page_label, s._.page_score) for s in doc.spans["bilingual"]]
    assert found == [(s.start, s.end, s.lang, s.label, s.score) for s in expected.spans]
    assert [s.label_ for s in doc.spans["bilingual"]] == [f"{s.label}|{s.lang}" for s in expected.spans]
    assert doc._.page_kind == expected.kind


def test_every_token_has_the_answer_of_its_first_letter(nlp):
    doc = nlp(TEXT)
    spans = bilingual.segment(TEXT, languages=["en", "ar"]).spans
    for token in doc:
        held = [s for s in spans if s.start <= token.idx < s.end]
        assert token._.lang == (held[0].lang if held else "")
        assert token._.page_label == (held[0].label if held else "")
    assert {token.text: token._.lang for token in doc}["iPhone"] == "en"


def test_a_switch_inside_a_token(nlp):
    doc = nlp("iPhoneالجديد وصل")
    assert [s.text for s in doc.spans["bilingual"]] == ["iPhoneالجديد", "iPhoneالجديد وصل"]
    assert [token._.lang for token in doc] == ["en", "ar"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\u064e\u064f", "\u202e\u202c", "a\u00a0 \u2003ب", "🏴 ؟"])
def test_odd_texts(nlp, text):
    doc = nlp(text)
    assert len(doc.spans["bilingual"]) == len(bilingual.segment(text).spans)


def test_batches_give_the_same(nlp):
    texts = [TEXT, "", "Home", "مرحبا بكم"] * 3
    one_by_one = [rows(nlp(text)) for text in texts]
    for size in (1, 5, 1000):
        assert [rows(doc) for doc in nlp.pipe(texts, batch_size=size)] == one_by_one


def test_annotations_survive_storage(nlp):
    doc = nlp(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert [(s.text, s._.lang, s._.page_score) for s in again.spans["bilingual"]] == [
        (s.text, s._.lang, s._.page_score) for s in doc.spans["bilingual"]
    ]
    assert [token._.lang for token in again] == [token._.lang for token in doc]


def test_pipeline_is_saved_with_its_settings(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.get_pipe("bilingual").segmenter.settings == nlp.get_pipe("bilingual").segmenter.settings
    assert rows(again(TEXT)) == rows(nlp(TEXT))


def test_a_component_may_be_used_again_and_under_another_key():
    nlp = spacy.blank("en")
    component = make(nlp, "bilingual", "pages", None)
    doc = component(component(nlp.make_doc("Hello مرحبا")))
    assert len(doc.spans["pages"]) == 2
    assert "bilingual" not in doc.spans
    assert isinstance(component, Component)
    assert Token.has_extension("lang")
    assert isinstance(doc, Doc)


def test_an_unknown_language_is_said():
    with pytest.raises(ValueError, match="no language 'xx-nope'"):
        spacy.blank("en").add_pipe("bilingual", config={"languages": ["xx-nope"]})
