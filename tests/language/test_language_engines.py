"""The compiled kernels give what the interpreted ones give, to the last bit."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from language_cases import CASES, SENTENCES, unmark

from bilingual.language.columns import LanguageColumns
from bilingual.language.model import Model, default_model
from bilingual.language.stages import Stages
from bilingual.language.tables import default_tables
from bilingual.text.scan import scan


def assert_same(left: LanguageColumns, right: LanguageColumns) -> None:
    for name in LanguageColumns.KINDS:
        assert np.array_equal(getattr(left, name), getattr(right, name)), name


def test_engines_agree_on_cases(interpreted: Stages) -> None:
    model = Model(default_tables(), engine=interpreted)
    texts = [unmark(marked)[0] for _, marked in CASES] + [sentence for _, sentence in SENTENCES]
    texts.append(" ".join(texts))
    scanned = scan(texts)
    assert_same(default_model().identify(scanned), model.identify(scanned))


WORDS = st.sampled_from(
    [word for _, sentence in SENTENCES for word in sentence.split()]
    + ["(", '"', "»", "|", "-", "كتب:", "7abibi", "mp3", "BBC", "2024", "β", "Deutsch", "اردو", "ده\u200cكه\u200cم"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=4))
def test_engines_agree_on_mixtures(interpreted: Stages, texts: list[str]) -> None:
    model = Model(default_tables(), engine=interpreted)
    scanned = scan(texts)
    assert_same(default_model().identify(scanned), model.identify(scanned))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([sentence for tag, sentence in SENTENCES if tag.startswith("und")]), st.lists(WORDS, min_size=1, max_size=4))
def test_a_document_leaves_nothing_behind_for_the_next(before: str, words: list[str]) -> None:
    """Work space is kept; parts of a language are looked at in some documents only."""
    model = Model(default_tables())
    after = scan([" ".join(words)])
    alone = Model(default_tables()).identify(after)
    model.identify(scan([before]))
    assert_same(model.identify(after), alone)


def test_letters_of_parts_that_one_document_had_say_nothing_in_the_next() -> None:
    model = Model(default_tables())
    alone = model.identify(scan(["mesh gearbeitet"]))
    for sentence in (sentence for tag, sentence in SENTENCES if tag == "und-Arab"):
        model.identify(scan([sentence]))
        assert_same(model.identify(scan(["mesh gearbeitet"])), alone)
