"""Texts of a few lines, of which trees of pages know little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import bilingual
import modules
from bilingual.labels.explain import MOST_TERMS
from bilingual.labels.features import line_features
from bilingual.labels.lexicon import match
from bilingual.labels.model import FEW_SHARES
from bilingual.labels.rules import apply, facts
from bilingual.labels.trees import kernel
from bilingual.labels.weights import as_seen, few_forest, tree_room, weights
from bilingual.text import native
from bilingual.text.scan import scan

SENTENCES = [
    "The harbour will be closed for repairs until the end of March, the port authority said on Monday.",
    "She has taught mathematics at the village school since the year in which it opened.",
    "أعلنت هيئة الموانئ يوم الاثنين إغلاق المرفأ حتى نهاية شهر آذار لأعمال الصيانة.",
    "زرعنا الزيتون في السنة التي ولدت فيها أختي، وما زلنا نقطفه معا كل خريف.",
]


CLAUSES = [
    "He bought a new car", "my brother works in a bakery in Tunis", "اشتريت خبزا من السوق", "قال المدير إن machine learning مهم",
    "I love coffee أحب القهوة", "نلتقي غدا بعد صلاة العصر", "ana rayeh el gam3a bokra", "what a lovely evening it was",
]  # fmt: skip


@pytest.mark.parametrize("sentence", [*SENTENCES, *CLAUSES])
def test_a_sentence_alone_is_body(sentence: str) -> None:
    assert [block.label for block in bilingual.segment(sentence).blocks] == ["body"]


ROWS = Path(__file__).with_name("short_texts.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("row", [row for row in ROWS if not row.startswith("#")])
def test_a_short_text_is_what_it_is_for(row: str) -> None:
    label, text = row.split("\t")
    assert [block.label for block in bilingual.segment(text).blocks] == [label]


def test_no_short_text_judges_what_it_taught() -> None:
    taught = (Path(__file__).parents[2] / "tools" / "labels_few.tsv").read_text("utf-8").splitlines()
    assert not {row.split("\t")[1] for row in ROWS if row[0] != "#"} & {row.split("\t")[-1] for row in taught}


@pytest.mark.parametrize("text", ["Nora Salem", "Rania Sabbagh", "نورا سالم", "رانيا صباغ"])
def test_a_name_is_not_sure_to_be_anything(text: str) -> None:
    assert bilingual.segment(text).blocks[0].score < 0.8


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_under_a_menu_is_body(sentence: str) -> None:
    assert bilingual.segment(f"Home\nAbout us\n{sentence}").blocks[2].label == "body"


def test_menus_and_calls_alone_are_not() -> None:
    for text in ("Home\nAbout us\nContact us", "الرئيسية\nاتصل بنا", "Subscribe to our newsletter", "اشترك في نشرتنا"):
        assert "body" not in {block.label for block in bilingual.segment(text).blocks}


@pytest.mark.parametrize("engine", [kernel, modules.interpreted(kernel)])
@pytest.mark.parametrize("wide", [0, None])
def test_lines_of_short_texts_are_asked_too(engine: object, wide: int | None) -> None:
    line, most = "Boats for sale", len(FEW_SHARES) - 1
    # short and long ones in turns, across the borders of 512 lines
    texts = ["", *["\n".join([line] * n) for n in (1, 2, most, most + 1, 500, 3, 700, most, 1200, 1, 5)]]
    words = scan(texts)
    lines = line_features(words, match(words), apply(facts(words, match(words))))
    sizes = np.diff(lines.doc_line)
    share = np.repeat([FEW_SHARES[n] if n <= most else 0 for n in sizes], sizes)[:, None]
    lines.odds[:] = np.where(share == 1, np.nan, 7)  # alone, they write what nobody wrote before
    seen, trees = as_seen(lines, engine), few_forest().trees(engine, wide)
    shares = native.view(np.array(FEW_SHARES, np.float32), engine.COMPILED)  # type: ignore[attr-defined]
    assert engine.lines_of_few(seen, len(texts), most) == (share > 0).sum()  # type: ignore[attr-defined]
    engine.few_odds(seen, trees, shares, tree_room(engine), lines.n, len(texts))  # type: ignore[attr-defined]
    expected = share * few_forest()(lines.every[:, : lines.n]) + (1 - share) * 7
    assert lines.odds[: lines.n].ravel() == pytest.approx(expected.ravel(), abs=1e-5)


def test_neighbours_in_a_batch_change_nothing() -> None:
    texts = [*SENTENCES, "Home\nAbout us", *CLAUSES, "\n".join(["Boats for sale"] * 40)]
    together = [[(b.label, b.score) for b in doc.blocks] for doc in bilingual.segment_many(texts)]
    assert together == [[(b.label, b.score) for b in bilingual.segment(text).blocks] for text in texts]


def test_reasons_are_those_of_all_trees_that_were_asked() -> None:
    for text, forests in ((SENTENCES[1], [few_forest()]), (f"{SENTENCES[1]}\n{SENTENCES[0]}", [few_forest(), weights().label])):
        document = bilingual.segment(text)
        asked = {int(row) for forest in forests for row in forest.feature.ravel()}
        told = int(document.explain(document.spans[0]).reasons[-1][0].split()[0])
        assert told <= len(asked) - MOST_TERMS
        assert told > len(np.unique(few_forest().feature)) - MOST_TERMS - (len(forests) == 1)
