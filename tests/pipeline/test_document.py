"""The document model: invariants of spans, the same answer by every entrance, odd texts."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
from bilingual.arabic import align_many, find_damage, normalize_many, repair
from bilingual.document import _Lazy
from bilingual.errors import InputError, SettingsError

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from("abc Hello مرحبا كيف فیلم .!؟،\n\t|•»«“”()[]'’#@/:12٣😀\u200f\u064e漢яé\ud800\x00"),
        st.characters(),
    ),
    max_size=300,
)

ODD = {
    "empty": "",
    "one letter": "a",
    "one Arabic letter": "ب",
    "space": " ",
    "NUL": "\x00",
    "NULs": "\x00" * 1000,
    "lone surrogates": "\ud800 a \udfff",
    "surrogates in Arabic": "مرحبا \udc80 بكم",
    "only marks": "\u064e\u0650\u0651" * 50,
    "bidi controls": "\u202e\u2066abc\u2069\u202c\u200f",
    "only bidi controls": "\u202e\u2066\u2069\u202c\u200f",
    "BOM": "\ufeffمرحبا",
    "line ends": "\r\n\r\r\n\n\u2028\u2029\x85",
    "emoji": "👨‍👩‍👧‍👦" * 20,
    "brackets": "((((((" * 100,
    "quotes": "\"'«»“”" * 100,
    "unassigned": "\u0378\U0003ffff\U0010ffff",
}


def assert_sound(doc: bilingual.Document) -> None:
    """Spans are ordered and disjoint, and white space alone lies between them."""
    last = 0
    for span in doc.spans:
        assert last <= span.start < span.end <= len(doc.text)
        assert doc.text[last : span.start].strip(" \t\v\f\n\r\x1c\x1d\x1e\x1f\x85\u2028\u2029").strip() == ""
        assert span.text == doc.text[span.start : span.end]
        assert span.label in ("body", "navigation", "promo")
        assert 0.0 <= span.score <= 1.0
        last = span.end
    assert doc.text[last:].strip() == ""
    for block in doc.blocks:
        assert block.spans[0].start == block.start
        assert block.spans[-1].end == block.end


@given(MIXED)
@settings(max_examples=200, deadline=None)
def test_spans_are_sound(text: str) -> None:
    assert_sound(bilingual.segment(text))


def test_a_sign_says_nothing_of_the_document_before() -> None:
    """An equals sign that a text begins with makes no formula of the end of another text, or of another line."""
    text = "FrançaisالعربيةF = ma"
    first, _ = bilingual.segment_many([text, "="])
    assert [(span.start, span.end, span.lang) for span in first.spans] == [
        (span.start, span.end, span.lang) for span in bilingual.segment(text).spans
    ]


@given(st.lists(MIXED, max_size=6))
@settings(max_examples=60, deadline=None)
def test_many_equals_one_by_one(texts: list[str]) -> None:
    assert list(bilingual.segment_many(texts)) == [bilingual.segment(text) for text in texts]


@pytest.mark.parametrize("name", ODD)
def test_odd_texts(name: str) -> None:
    doc = bilingual.segment(ODD[name])
    assert_sound(doc)
    json.loads(doc.to_json())
    for span in doc.spans[:2]:
        assert str(doc.explain(span))


def test_answers_do_not_hang_on_docstrings() -> None:
    """`python -OO`, and what packs programs with it, takes docstrings and assertions away."""
    text = "By Sara Haddad\nThe dam broke in May, and the valley was under water.\nاقرأ أيضا: وزير النقل يفتتح الطريق الجديد"
    code = f"import bilingual; print(ascii(bilingual.segment({text!a}).to_dict()))"
    env = {**os.environ, "PYTHONPATH": str(Path(bilingual.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.strip() == ascii(bilingual.segment(text).to_dict())


UNSEEN_IN_WORDS = ["\N{SOFT HYPHEN}", "\N{WORD JOINER}", "\N{ZERO WIDTH NO-BREAK SPACE}"]


@pytest.mark.parametrize("unseen", UNSEEN_IN_WORDS, ids=["SHY", "WJ", "BOM"])
@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to our newsletter",
        "اشترك في النشرة البريدية",
        "Copyright 2024 Acme. All rights reserved.",
        "Die wissenschaftlichen Untersuchungen wurden gestern in der Landeshauptstadt veröffentlicht.",
    ],
)
def test_what_is_not_seen_in_a_word_does_not_part_it(text: str, unseen: str) -> None:
    expected = [(span.lang, span.label, span.rule) for span in bilingual.segment(text).spans]
    for every in (2, 3, 5):
        inside = [a.isalpha() and b.isalpha() and k % every == 0 for k, (a, b) in enumerate(pairwise(text))]
        given_ = "".join(c + unseen * here for c, here in zip(text, [*inside, False], strict=True))
        assert [(span.lang, span.label, span.rule) for span in bilingual.segment(given_).spans] == expected


ROOT = Path(__file__).resolve().parents[2]
UNSEEN_AROUND = [("\u200f", ""), ("", "\u200f"), ("\u200e", "\u200e"), ("\u202b", "\u202c"), ("\u2067", "\u2069"), ("\u200b", "")]


@pytest.mark.parametrize("name", ["ar-bank-405", "en-news-gulf-01"])
@pytest.mark.parametrize(("before", "after"), UNSEEN_AROUND)
def test_marks_of_direction_at_the_ends_of_lines_change_no_label(name: str, before: str, after: str) -> None:
    text = (ROOT / "corpora" / "text" / f"{name}.txt").read_text("utf-8")
    around = "\n".join(f"{before}{line}{after}" if line.strip() else line for line in text.split("\n"))
    expected = [(block.line, block.label) for block in bilingual.segment(text).blocks]
    assert [(block.line, block.label) for block in bilingual.segment(around).blocks] == expected


LISTED = """
The dam broke in May, and the valley was under water for two weeks.
  • Home
  • About us
  • الرئيسية
  • Contact us
  • Tallybird
  • اتصل بنا
[Read more]
News\tSports\tWeather
""".strip("\n")


@pytest.mark.parametrize("mark", ["\ufeff", "\u200f", "\u061c", "\u202b\u200f"])
def test_a_mark_that_is_not_seen_hides_no_bullet_bracket_or_indent(mark: str) -> None:
    marked = "\n".join(f"{mark}{line}" for line in LISTED.split("\n"))
    expected = [(block.label, block.score, block.rule) for block in bilingual.segment(LISTED).blocks]
    assert [(block.label, block.score, block.rule) for block in bilingual.segment(marked).blocks] == expected


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029"])
def test_line_ends_of_any_kind_change_no_label(end: str) -> None:
    text = (ROOT / "corpora" / "text" / "en-cars-19.txt").read_text("utf-8")
    expected = [(block.line, block.label, block.score) for block in bilingual.segment(text).blocks]
    found = bilingual.segment(text.replace("\n", end)).blocks
    assert [(block.line, block.label, block.score) for block in found] == expected


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("\u200f    Home", ["\u200f    Home"]),
        ("Home\t\u200fNews\t\u200e", ["Home", "\u200fNews\t\u200e"]),
        ("\u200f\t\u200f", ["\u200f\t\u200f"]),
        ("\u202b   • one\u202c    two", ["\u202b   • one\u202c", "two"]),
        ("\u200f", ["\u200f"]),
    ],
)
def test_marks_of_direction_alone_are_no_block_beside_another(text: str, blocks: list[str]) -> None:
    doc = bilingual.segment(text)
    assert [block.text for block in doc.blocks] == blocks
    assert_sound(doc)


def test_documents_before_an_error_come_before_it() -> None:
    def texts() -> Iterator[str]:
        yield from ("One text", "نص آخر")
        raise ConnectionError("the stream broke")

    documents = bilingual.segment_many(texts())
    assert [next(documents).text for _ in range(2)] == ["One text", "نص آخر"]
    with pytest.raises(ConnectionError, match="the stream broke"):
        next(documents)
    documents = bilingual.segment_many(["One text", None])  # type: ignore[list-item]
    assert next(documents).text == "One text"
    with pytest.raises(TypeError, match="a text must be str, not NoneType"):
        next(documents)


def test_every_code_point_of_the_bmp() -> None:
    assert_sound(bilingual.segment("".join(map(chr, range(0x10000)))))
    for doc in bilingual.segment_many(f"a{chr(code)}ب" for code in range(0x10000)):
        assert doc.spans[-1].end == 3


def test_ten_megabytes_on_one_line() -> None:
    text = ("word كلمة " * 1_000_000)[:10_000_000]
    doc = bilingual.segment(text)
    assert doc.spans[-1].end == len(text.rstrip())


def test_a_hundred_thousand_lines() -> None:
    doc = bilingual.segment("line سطر\n" * 100_000)
    assert len(doc.blocks) == 100_000


def test_pickle() -> None:
    segmenter = bilingual.Segmenter(languages=["ar", "en"])
    again = pickle.loads(pickle.dumps(segmenter))
    assert again == segmenter == bilingual.Segmenter(languages=("ar", "en"))
    assert hash(again) == hash(segmenter)
    assert segmenter not in (bilingual.Segmenter(), bilingual.Segmenter(languages="ar"), segmenter.settings)
    doc = segmenter.segment("Hello there مرحبا بكم\nHome")
    assert len(doc.spans) == 3
    assert pickle.loads(pickle.dumps(doc)) == doc


def test_select_takes_labels_languages_and_scores() -> None:
    doc = bilingual.segment("Hello مرحبا")
    assert [span.text for span in doc.select(lang="ar")] == ["مرحبا"]
    assert doc.select(lang=["ar", "en"]) == list(doc.spans)
    assert doc.select(lang="arb_Arab") == doc.select(lang="ar")
    assert doc.select(lang=[]) == []
    with pytest.raises(SettingsError, match="no label 'bdy'; the labels are body, navigation, promo"):
        doc.select(label="bdy")
    with pytest.raises(SettingsError, match="no language 'xx'"):
        doc.select(lang="xx")
    for value in (80, -0.1, float("nan")):
        with pytest.raises(SettingsError, match="min_score is a probability, 0 to 1, not"):
            doc.select(min_score=value)
    for given_ in ({"label": 1}, {"label": b"body"}, {"lang": 1}, {"lang": b"ar"}):
        name, value = next(iter(given_.items()))
        with pytest.raises(TypeError, match=f"{name} takes a name or several, not {type(value).__name__}"):
            doc.select(**given_)
    for names in (["bdy", 1], [["body"]]):
        with pytest.raises(TypeError, match=f"label takes a name or several, not {type(names[-1]).__name__}"):
            doc.select(label=names)
    for value in (None, "0.5", [0.5]):
        with pytest.raises(TypeError, match="min_score is a number, 0 to 1, not"):
            doc.select(min_score=value)


@pytest.mark.parametrize("value", [0.1, 0.3, 0.7, 0.9])
def test_a_score_is_as_high_as_it_is_written(value: float) -> None:
    """Scores are held in 32 bits, where 0.9 is less than in 64."""
    doc = bilingual.segment("Hello مرحبا")
    object.__setattr__(doc.columns, "block_score", np.full_like(doc.columns.block_score, value))
    assert doc.select(min_score=value) == list(doc.spans)
    assert doc.select(min_score=value + 1e-6) == []


def test_settings_are_checked() -> None:
    with pytest.raises(SettingsError, match="no setting 'langs'"):
        bilingual.segment("x", langs=["ar"])
    with pytest.raises(SettingsError, match="no language 'xx-nope'"):
        bilingual.Segmenter(languages=["xx-nope"])
    with pytest.raises(SettingsError, match="no language None"):
        bilingual.Segmenter(languages=[None])
    for none in ([], ["und"], ["und-Cyrl"]):
        with pytest.raises(SettingsError, match="names no language to choose"):
            bilingual.Segmenter(languages=none)
    assert bilingual.Segmenter(languages=["pes_Arab", "ara", "arb"]).settings.languages == ("fa", "ar")
    for wrong in (3, b"ar", True):
        with pytest.raises(TypeError, match=rf"languages takes tags, as \['ar', 'en'\], not {type(wrong).__name__}"):
            bilingual.Segmenter(languages=wrong)


def test_a_language_by_its_name_or_several_in_one_string_are_told_the_way_out() -> None:
    for given_, told in {
        "Arabic": "did you mean 'ar'?", "français": "did you mean 'fr'?", "Sorani": "did you mean 'ckb'?",
        "enn": "did you mean 'en'?", "ar,en": "several are given as a list, ['ar', 'en']",
    }.items():  # fmt: skip
        with pytest.raises(SettingsError, match=re.escape(told) + "$"):
            bilingual.segment("x", languages=[given_])
    for given_ in ("Kurdish", "xx", "ar, zorble"):
        with pytest.raises(SettingsError, match=r"and those of `bilingual languages`$"):
            bilingual.segment("x", languages=given_)


def test_a_text_that_is_none_is_named_by_its_place() -> None:
    texts: Any = ["a", "b", None]
    for call in (bilingual.Segmenter().run, bilingual.segment_many, normalize_many, align_many):
        with pytest.raises(TypeError, match="not NoneType: number 2 of the texts, counted from 0; leave it out"):
            list(call(iter(texts)))
    with pytest.raises(TypeError, match="a page must be str or bytes, not NoneType") as raised:
        list(bilingual.segment_html_many(texts))
    assert raised.value.__notes__ == ["number 2 of the pages, counted from 0"]


def test_a_column_of_arrow_is_as_good_as_a_list() -> None:
    pa = pytest.importorskip("pyarrow")
    texts = ["Good morning to you all", "صباحُ الخير"]
    for column in (pa.array(texts), pa.chunked_array([texts[:1], texts[1:]])):
        assert list(bilingual.segment_many(column)) == list(bilingual.segment_many(texts))
        assert len(bilingual.Segmenter().run(column)) == 2
        assert normalize_many(column) == align_many(column).texts == normalize_many(texts)
        assert list(bilingual.segment_html_many(column)) == list(bilingual.segment_html_many(texts))


@pytest.mark.parametrize("wrong", [None, b"x", 1])
def test_a_text_must_be_a_str_at_every_entrance(wrong: Any) -> None:
    one = (bilingual.segment, bilingual.normalize, bilingual.align, repair, find_damage)
    many = (bilingual.Segmenter().run, bilingual.segment_many, normalize_many, align_many)
    for call in (*one, *(lambda text, call=call: list(call(["a", text])) for call in many)):
        with pytest.raises(TypeError, match=f"a text must be str, not {type(wrong).__name__}"):
            call(wrong)


def test_the_names_of_columns_are_not_the_texts_of_a_table() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"id": ["a"], "text": ["صباحُ الخير"]})
    for call in (bilingual.segment_many, bilingual.Segmenter().run, normalize_many, bilingual.segment_html_many):
        with pytest.raises(TypeError, match="takes many texts, not DataFrame"):
            call(frame)
    assert [doc.text for doc in bilingual.segment_many(frame["text"])] == list(frame["text"])


@pytest.mark.parametrize("one", ["abc", b"abc", bytearray(b"abc"), memoryview(b"abc")])
def test_one_text_is_not_many(one: Any) -> None:
    calls = (bilingual.Segmenter().run, bilingual.segment_many, bilingual.segment_html_many, normalize_many, align_many)
    for call in calls:
        with pytest.raises(TypeError, match=rf"(Segmenter.)?{call.__name__} takes many texts; for one there is"):
            call(one)
        with pytest.raises(TypeError, match=rf"(Segmenter.)?{call.__name__} takes many texts, not NoneType"):
            call(None)
        with pytest.raises(TypeError, match=rf"(Segmenter.)?{call.__name__} takes many texts, not dict"):
            call({"text": ["abc"]})


def test_the_text_of_a_document_stays() -> None:
    doc = bilingual.segment("Hello مَرحبا")
    with pytest.raises(AttributeError):
        doc.text = doc.normalized("search")  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(doc)).text == doc.text == "Hello مَرحبا"


def test_the_id_of_a_document_is_a_string() -> None:
    doc = bilingual.segment("Hello")
    doc.id = "page-1"
    assert pickle.loads(pickle.dumps(doc)).id == doc.to_dict()["id"] == "page-1"
    for wrong in (3, b"x", 0.5):
        with pytest.raises(TypeError, match=f"the id of a document is str or None, not {type(wrong).__name__}"):
            doc.id = wrong
    assert doc.id == "page-1"


def test_explain_takes_spans_of_its_own_document() -> None:
    doc, other = bilingual.segment("Hello"), bilingual.segment("Hello there\nمرحبا")
    for span in other.spans:
        with pytest.raises(InputError, match="is no span of <Document"):
            doc.explain(span)
    assert doc.explain(bilingual.segment("Hello").spans[0]).span == doc.spans[0]
    with pytest.raises(TypeError, match="a span or a block of the document, not str"):
        doc.explain("Hello")


def test_sequences_are_lazy_and_behave() -> None:
    doc = bilingual.segment("one\ntwo\nثلاثة")
    assert len(doc.spans) == 3
    assert doc.spans[-1].text == "ثلاثة"
    assert [span.text for span in doc.spans[:2]] == ["one", "two"]
    for wrong in (3, -9):
        with pytest.raises(IndexError, match=f"no item {wrong} in a sequence of 3"):
            doc.spans[wrong]
    for wrong in ("a", 1.0, None):
        with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
            doc.spans[wrong]
    assert doc.blocks[2].line == 2


def test_a_text_of_a_derived_class_is_a_text() -> None:
    class Wrong(str):
        def __len__(self) -> int:
            return 1

    plain = "Hello there مرحبا بكم\nHome"
    for text in (np.str_(plain), Wrong(plain)):
        doc = bilingual.segment(text)
        assert doc == bilingual.segment(plain)
        assert type(doc.text) is str
        assert len(doc.explain(doc.spans[0]).reasons) > 0


def test_spans_that_another_thread_makes_meanwhile() -> None:
    class Taken(_Lazy):
        """Made by another thread as soon as it is known that they have to be."""

        looks = 0

        @property
        def _make_all(self):
            self.looks += 1
            return (lambda: ["a", "b"]) if self.looks == 1 else None

        @_make_all.setter
        def _make_all(self, value):
            pass

    assert list(Taken(2, "ab".__getitem__)) == ["a", "b"]


def test_a_document_is_judged_once_for_all_its_explanations(monkeypatch: pytest.MonkeyPatch) -> None:
    from bilingual.labels import explain

    times = []
    judge = explain.judge
    monkeypatch.setattr(explain, "judge", lambda *columns, **more: times.append(1) or judge(*columns, **more))
    doc, other = (bilingual.segment(f"Home\nThe dam of the {name} broke.\nتابعونا على فيسبوك") for name in ("Nile", "Po"))
    told = [doc.explain(block) for block in doc.blocks]
    assert len(times) == 1
    assert doc._grounds is not None
    other.explain(other.blocks[0])
    assert doc._grounds is None
    assert [doc.explain(block) for block in doc.blocks] == told
    assert [pickle.loads(pickle.dumps(doc)).explain(block) for block in doc.blocks] == told


def test_time_of_explanations_grows_with_the_blocks() -> None:
    spent = []
    for count in (500, 2000):
        doc = bilingual.segment("\n".join(f"Line {i} of the report on the port of Aden" for i in range(count)))
        start = time.process_time()
        for block in doc.blocks:
            doc.explain(block)
        spent.append(time.process_time() - start)
    assert spent[1] < 8 * spent[0]


@given(st.lists(st.sampled_from(["Hello world, this is a test. مرحبا بالعالم", "Home | About", "", "مرحبا"]), max_size=9), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_blocks_made_some_at_a_time_are_the_blocks(lines: list[str], size: int) -> None:
    document = bilingual.segment("\n".join(lines))
    assert list(document.each_block(size)) == list(document.blocks)
    page = bilingual.segment_html("".join(f"<p>{line}" for line in lines))
    assert list(page.each_block(size)) == list(page.blocks)


def test_work_space_of_a_huge_text_can_be_given_back() -> None:
    from bilingual.text import workspace

    text = "Hello world, this is a test.\n" * 60_000
    first = bilingual.segment(text).columns.block_label
    assert workspace._local.large
    workspace.release()
    assert not workspace._local.large
    assert np.array_equal(bilingual.segment(text).columns.block_label, first)
