"""Spans made together are those made one by one, compiled and interpreted."""

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
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bilingual.rows.kernel", interpreted)
            assert list(bilingual.segment(doc.text).spans) == at_once


def test_a_span_stays_frozen() -> None:
    span = next(iter(bilingual.segment("Hello مرحبا").spans))
    with pytest.raises(FrozenInstanceError):
        span.lang = "fr"  # type: ignore[misc]
    assert isinstance(span.start, int)
    assert type(span.score) is float
