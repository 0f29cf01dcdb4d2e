"""Spans and blocks made together are those made one by one, compiled and interpreted."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
import modules
from bilingual.rows import kernel

TEXTS = st.lists(
    st.text(st.sampled_from("abc AB\n\t.,|•-1٢ء بتسلام\ud800é中"), max_size=80) | st.just("Home | من نحن\nHello world, مرحبا."),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def interpreted() -> ModuleType:
    return modules.interpreted(kernel)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_all_at_once_is_one_by_one(interpreted: ModuleType, texts: list[str]) -> None:
    for doc, again in zip(bilingual.segment_many(texts), bilingual.segment_many(texts), strict=True):
        at_once = list(doc.spans)
        assert at_once == [again.spans[i] for i in range(len(again.spans))]
        blocks = list(doc.blocks)
        assert blocks == [again.blocks[i] for i in range(len(again.blocks))]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bilingual.rows.kernel", interpreted)
            assert list(bilingual.segment(doc.text).spans) == at_once
            assert list(bilingual.segment(doc.text).blocks) == blocks


def test_blocks_made_at_once_have_the_spans_and_places_of_their_document() -> None:
    doc = bilingual.segment_html("<p>Hello &amp; مرحبا<p>two <b>words</b>")
    second = doc.blocks[1]
    blocks = list(doc.blocks)
    assert blocks[1] is second
    assert [span for block in blocks for span in block.spans] == list(doc.spans)
    assert all(a is b for a, b in zip(blocks[0].spans, doc.spans, strict=False))
    assert [block.source for block in blocks] == [((3, 20),), ((23, 26), (30, 35))]


def test_a_span_stays_frozen() -> None:
    doc = bilingual.segment("Hello مرحبا")
    span, block = next(iter(doc.spans)), next(iter(doc.blocks))
    with pytest.raises(FrozenInstanceError):
        span.lang = "fr"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        block.label = "body"  # type: ignore[misc]
    assert isinstance(span.start, int)
    assert type(span.score) is float
