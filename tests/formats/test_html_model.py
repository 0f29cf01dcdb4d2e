"""The trees over the structure: what they sum, how they are blended, and what labels come of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import bilingual
from bilingual.errors import BilingualError
from bilingual.formats.html import extract
from bilingual.formats.structure import model
from bilingual.formats.structure.columns import NAMES

ARTICLE = "".join(
    f"<p>{'This sentence of the story says what happened in the town yesterday evening. ' * 3}</p>" for _ in range(8)
)
PAGE = f"""<html lang=en><body><nav class=menu><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/s>Sport</a></ul></nav>
<main><article class=post><h1>Flood in the town</h1>{ARTICLE}</article></main>
<aside class="related-posts widget"><h3>Related posts</h3><ul><li><a href=/a>Mayor opens a new bridge over the river</a>
<li><a href=/b>Rain expected again on Friday</a></ul></aside>
<footer class=site-footer>© 2024 <a href=/p>Privacy</a> <a href=/t>Terms</a></footer></body></html>"""


def columns(html: str) -> Any:
    rows = extract(html).rows
    odds = np.random.default_rng(4).normal(0, 3, (len(rows), 3)).astype(np.float32)
    said = model.words_say(odds, np.zeros(len(rows), np.int64), rows[:, NAMES.index("letters")])
    return np.hstack([rows, said])


def walk(trees: model.Trees, row: Any) -> float:
    """The slow reference."""
    total = 0.0
    for root in trees.root.tolist():
        at = root
        while trees.step[2 * at]:
            at += int(trees.step[2 * at + int(row[trees.feature[at]] > trees.threshold[at])])
        total += float(trees.threshold[at])
    return total


@pytest.mark.parametrize("name", model.MODELS)
def test_sums_are_those_of_the_slow_walk(name: str) -> None:
    rng = np.random.default_rng(3)
    rows = np.concatenate([columns(PAGE), rng.exponential(20, (7, len(model.COLUMN))).astype(np.float32)])
    trees = model.models().trees[name]
    np.testing.assert_allclose(trees.log_odds(rows), [walk(trees, row) for row in rows], rtol=1e-4, atol=1e-4)


def test_any_number_of_rows() -> None:
    trees, rows = model.models().trees["body"], columns(PAGE)
    whole = trees.log_odds(rows)
    for n in range(6):
        np.testing.assert_array_equal(trees.log_odds(rows[:n]), whole[:n])


def test_what_the_words_say_by_hand() -> None:
    odds = np.array([[2, 0, -9], [-2, 0, -9], [0, 1, 4]], np.float32)
    found = model.words_say(odds, np.array([0, 0, 5]), np.array([30, 10, 7]))
    np.testing.assert_allclose(found[:, 0], [2, -2, -np.log(np.e + np.e**4)], atol=1e-3)
    np.testing.assert_allclose(found[:, 1], [-9, -9, 3])
    sure = 1 / (1 + np.exp(-2.0))
    page = (30 * sure + 10 * (1 - sure)) / 40
    np.testing.assert_allclose(found[:2, 2], [page, page], atol=1e-4)


def test_a_page_where_nothing_is_certain_has_a_lower_threshold() -> None:
    letters = np.full(4, 50.0)
    certain = model.own_threshold(np.array([5.0, 5, -5, -5]), letters)
    doubtful = model.own_threshold(np.array([-1.0, -1, -2, -3]), letters)
    assert doubtful < certain <= 0
    assert model.own_threshold(np.zeros(0), np.zeros(0)) == 0


def test_pages_of_a_batch_do_not_touch() -> None:
    one = extract(PAGE).rows
    odds = np.zeros((2 * len(one), 3), np.float32)
    at, page = np.tile(np.arange(len(one)), 2), np.repeat([0, 3], len(one))
    letters = np.tile(one[:, NAMES.index("letters")], 2)
    both = model.revise(odds, one, at, page, letters)
    alone = model.revise(odds[: len(one)], one, at[: len(one)], page[: len(one)], letters[: len(one)])
    np.testing.assert_array_equal(both[: len(one)], alone)
    np.testing.assert_array_equal(both[len(one) :], alone)


def test_parts_of_a_page_are_judged_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = extract(PAGE).rows
    at = np.arange(len(rows)).repeat(3)
    odds = np.random.default_rng(5).normal(0, 3, (len(at), 3)).astype(np.float32)
    given = odds, rows, at, np.zeros(len(at), np.int64), np.full(len(at), 40)
    whole = model.revise(*given)
    monkeypatch.setattr(model, "PART", 5)
    np.testing.assert_array_equal(model.revise(*given), whole)


def test_an_unknown_column_is_a_clear_error() -> None:
    with pytest.raises(BilingualError, match=r"no column 'nothing'; run tools/html_weights\.py"):
        model._trees([["0", "nothing", "1", "2"], ["1", "leaf", "0.5", "1"], ["2", "leaf", "0.1", "2"]])


def test_labels_of_a_page() -> None:
    labels = {block.text: block.label for block in bilingual.segment_html(PAGE).blocks}
    assert labels["Flood in the town"] == "body"
    assert all(label == "body" for text, label in labels.items() if text.startswith("This sentence"))
    assert {labels["Home"], labels["News"], labels["Related posts"]} == {"navigation"}
    assert labels["Mayor opens a new bridge over the river"] == "promo"


def test_a_batch_gives_the_labels_of_single_pages() -> None:
    from bilingual.formats.html import run_html
    from bilingual.pipeline import Segmenter

    html = [PAGE, "", "<p>مرحبا</p>", PAGE.replace("flood", "fire")]
    single = [bilingual.segment_html(page) for page in html]
    many = list(bilingual.segment_html_many(page.encode() for page in html))
    assert many == single
    assert [(page.blocks, [str(page.explain(span)) for span in page.spans]) for page in many] == [
        (page.blocks, [str(page.explain(span)) for span in page.spans]) for page in single
    ]
    assert list(run_html([extract(page) for page in html], Segmenter())) == single


def test_explanation_has_the_same_label() -> None:
    doc = bilingual.segment_html(PAGE)
    assert doc.explain(doc.spans[0]).summary.startswith(doc.spans[0].label)
