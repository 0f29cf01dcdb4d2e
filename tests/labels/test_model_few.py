"""Texts of a few lines, of which trees of pages know little."""

from __future__ import annotations

import numpy as np
import pytest

import bilingual
import modules
from bilingual.labels.features import line_features
from bilingual.labels.lexicon import match
from bilingual.labels.model import FEW
from bilingual.labels.rules import apply, facts
from bilingual.labels.trees import kernel
from bilingual.labels.weights import as_seen
from bilingual.text import native
from bilingual.text.scan import scan

SENTENCES = [
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.",
    "She has taught mathematics at the village school since the year in which it opened.",
    "أعلنت هيئة الموانئ يوم الاثنين إغلاق المرفأ حتى نهاية شهر آذار لأعمال الصيانة.",
    "زرعنا الزيتون في السنة التي ولدت فيها أختي، وما زلنا نقطفه معا كل خريف.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_alone_is_body(sentence: str) -> None:
    assert [block.label for block in bilingual.segment(sentence).blocks] == ["body"]
    assert bilingual.segment(f"Home\nAbout us\n{sentence}").blocks[2].label == "body"


def test_menus_and_calls_alone_are_not() -> None:
    for text in ("Home\nAbout us\nContact us", "الرئيسية\nاتصل بنا", "Subscribe to our newsletter"):
        assert "body" not in {block.label for block in bilingual.segment(text).blocks}


@pytest.mark.parametrize("engine", [kernel, modules.interpreted(kernel)])
def test_body_gains_by_the_number_of_lines(engine: object) -> None:
    texts = ["boats", "", "boats\nnets\n\nropes", "\n".join(["boats"] * len(FEW)), "boats | nets"]
    words = scan(texts)
    lines = line_features(words, match(words), apply(facts(words, match(words))))
    lines.odds[:] = 0
    weights = native.view(np.array(FEW, np.float32), engine.COMPILED)  # type: ignore[attr-defined]
    engine.lean_few(as_seen(lines, engine), weights, len(texts))  # type: ignore[attr-defined]
    odds = lines.odds[: 3 * lines.n].reshape(-1, 3)
    sizes = [1, 3, 3, 3, *[len(FEW)] * len(FEW), 2, 2]
    assert odds[:, 0].tolist() == pytest.approx([FEW[n] if n < len(FEW) else 0 for n in sizes])
    assert not odds[:, 1:].any()


def test_explanations_tell_of_it() -> None:
    document = bilingual.segment(SENTENCES[1])
    told = {reason[0]: reason[3] for reason in document.explain(document.spans[0]).reasons}
    assert told["a text of few lines"] == 3 * FEW[1]
