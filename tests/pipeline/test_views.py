"""Views of a document: the notebook's HTML is well formed and safe, tables hold what the spans hold."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
from bilingual.errors import MissingExtraError

TEXT = """The <b>committee</b> met & agreed on "a plan".
قال الوزير إن اللجنة اتفقت على خطة جديدة today.
تابعونا على تويتر"""


class Page(HTMLParser):
    """Collects the elements and the text, and checks that every element is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_span_has_its_direction_and_language() -> None:
    doc = bilingual.segment(TEXT)
    page = Page(doc._repr_html_())
    spans = [attrs for tag, attrs in page.found if tag == "bdi" and "lang" in attrs]
    assert [attrs["lang"] for attrs in spans] == [span.lang for span in doc.spans]
    assert [attrs["dir"] for attrs in spans] == ["rtl" if span.lang == "ar" else "ltr" for span in doc.spans]
    assert 'The <b>committee</b> met & agreed on "a plan".' in page.text
    assert {tag for tag, _ in page.found} == {"div", "span", "bdi"}


def test_a_notebook_shows_an_explanation_in_words() -> None:
    """As IPython asks an object for it: with a printer, whose `text` takes what is shown."""
    doc = bilingual.segment(TEXT)
    shown: list[str] = []

    class Printer:
        text = shown.append

    explanation = doc.explain(doc.spans[0])
    explanation._repr_pretty_(Printer, False)
    assert shown == [str(explanation)]


def test_the_profile_of_a_document_is_search_unless_told_otherwise() -> None:
    doc = bilingual.segment("مدرسةُ الحيّ")
    assert doc.normalized() == doc.aligned().text == bilingual.normalize(doc.text) == "مدرسه الحي"


def test_colours_tell_labels_apart() -> None:
    html = bilingual.segment(TEXT)._repr_html_()
    from bilingual.labels.columns import LABELS
    from bilingual.review.notebook import EDGES

    assert tuple(EDGES) == LABELS
    assert EDGES["body"] in html
    assert EDGES["promo"] in html


def test_a_long_document_stays_small() -> None:
    html = bilingual.segment("line سطر\n" * 20_000)._repr_html_()
    assert "… and 19,900 more blocks" in html
    assert len(html) < 100_000
    assert len(bilingual.segment("word" * 100_000)._repr_html_()) < 2_000


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_sound_html(text: str) -> None:
    html = bilingual.segment(text + "\u202eabc\x00\ud800<script>")._repr_html_()
    html.encode("utf-8")
    assert {tag for tag, _ in Page(html).found} <= {"div", "span", "bdi"}
    assert "\u202e" not in html


def test_arrow_rows_are_the_spans() -> None:
    pytest.importorskip("pyarrow", reason="the extra `batch` is not installed")
    doc = bilingual.segment(TEXT)
    rows = doc.to_arrow().to_pylist()
    for row, span in zip(rows, doc.spans, strict=True):
        named = {name: row[name] for name in span.to_dict()}
        assert {**named, "score": round(row["score"], 4)} == span.to_dict()
        assert (row["id"], row["kind"], row["text"]) == (doc.id, doc.kind, span.text)
        assert row["lang_score"] == span.lang_score


def test_arrow_of_odd_texts() -> None:
    pytest.importorskip("pyarrow", reason="the extra `batch` is not installed")
    assert bilingual.segment("").to_arrow().num_rows == 0
    assert bilingual.segment("").to_arrow().schema == bilingual.segment("a").to_arrow().schema
    doc = bilingual.segment("a\ud800b")
    doc.id = "\ud800"
    assert doc.to_arrow()["text"].to_pylist() == ["a\ufffdb"]
    assert doc.to_arrow()["id"].to_pylist() == ["\ufffd"]


def test_pandas() -> None:
    pytest.importorskip("pandas", reason="the extra `pandas` is not installed")
    frame = bilingual.segment(TEXT).to_pandas()
    assert frame[frame.lang == "ar"].text.iloc[0].startswith("قال الوزير")
    assert list(frame.columns)[:5] == ["id", "kind", "start", "end", "text"]


def test_a_missing_library_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pandas is not installed; run: pip install 'bilingual\[pandas\]'"):
        bilingual.segment("a").to_pandas()


def test_what_a_prompt_shows_is_one_short_line() -> None:
    text = "The council met on Tuesday to discuss the new library, the old bridge and the price of both."
    doc = bilingual.segment(text)
    assert repr(doc.spans[0]) == f"<Span 0:92 en {doc.spans[0].label} {doc.spans[0].score:.2f} {text[:59] + '…'!r}>"
    assert repr(doc.blocks[0]).startswith("<Block 0:92 ")
    assert repr(bilingual.align("كِتَابٌ", "search")) == "<Aligned search, 7 to 4 code points: 'كتاب'>"
    assert repr(bilingual.align_many(["a"] * 1000)) == "<AlignedMany search, 1000 texts>"
    result = bilingual.Segmenter().run([text, "", "a\nb"])
    assert repr(result) == "<Result <Found 3 documents, 3 blocks, 3 spans>>"
