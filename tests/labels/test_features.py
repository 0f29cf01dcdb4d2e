"""Signals and context: the interpreted kernel is the reference, and slow obvious code checks the fast passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import modules
from bilingual.errors import BilingualError
from bilingual.labels import features, numbers
from bilingual.labels.features import BODY_NAMES, NAMES, STAGES, Lines, Stages, body_features, line_features
from bilingual.labels.lexicon import match
from bilingual.labels.model import judge
from bilingual.labels.rules import apply, facts
from bilingual.labels.sections import stages as sections
from bilingual.labels.trees import kernel
from bilingual.labels.weights import Early, Forest, as_seen, power_table, weights
from bilingual.text import kernels
from bilingual.text.scan import scan

PAGE = """الرئيسية | أخبار | رياضة
Skip to content
  • من نحن
  • Contact us

Flood in the north: two villages cut off
12 March 2024
The river rose in the night and cut the road to the two villages, officials said on Tuesday; nobody was hurt.
قال مسؤولون إن النهر فاض ليلا وقطع الطريق إلى القريتين، ولم يصب أحد بأذى، وإن العمل جار لفتح الطريق اليوم.
[ ]
Related posts
Road to the coast opens again after ten days
A bridge that nobody wanted is ten years old
© 2024 The Valley Paper"""

texts = st.lists(
    st.text(st.sampled_from("ab AB\n\t.,:!?؟[]•-1٢ء بتس•|\u200f\ud800\0é中"), max_size=120), min_size=1, max_size=5
)


def lines_of(pages: list[str], stages: Stages = STAGES) -> Lines:
    words = scan(pages)
    phrases = match(words)
    return line_features(words, phrases, apply(facts(words, phrases)), stages=stages)


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    last = sections.Stages(*kernels.from_sources(sections.NAMES))
    return Stages(*map(modules.interpreted, STAGES[:-1]), last.block)


@pytest.fixture(scope="module")
def interpreted_trees() -> ModuleType:
    return modules.interpreted(kernel)


def column(lines: Lines, name: str) -> list[int]:
    return [int(value) for value in lines.columns[NAMES.index(name)]]


@given(texts)
@settings(max_examples=30, deadline=None)
def test_interpreted_and_compiled_agree(interpreted: Stages, pages: list[str]) -> None:
    fast, slow = lines_of(pages), lines_of(pages, interpreted)
    assert (fast.columns == slow.columns).all()
    assert (fast.flags == slow.flags).all()
    body = (fast.columns[0] * 37 % 201).astype(np.uint8)
    assert (body_features(fast, body) == body_features(slow, body, stages=interpreted)).all()


def test_words_that_count_although_they_have_no_content(interpreted: Stages) -> None:
    """Some function words are words of wordings too: a line may have more of these than words with content."""
    fast, slow = lines_of(["وأن وإذا market"]), lines_of(["وأن وإذا market"], interpreted)
    assert (fast.columns == slow.columns).all()


def test_interpreted_and_compiled_trees_agree(interpreted_trees: ModuleType) -> None:
    columns = np.random.default_rng(0).integers(0, 256, (len(NAMES), 70)).astype(np.uint8)
    every = np.random.default_rng(0).integers(0, 256, (len(NAMES) + len(BODY_NAMES), 40)).astype(np.uint8)
    for forest, rows in ((weights().body, columns), (weights().label, every), (weights().kind, every)):
        assert (forest(rows) == forest(rows, engine=interpreted_trees)).all()


@pytest.mark.parametrize("n", [1, 2, 63, 64, 65, 130, 511, 512, 513, 1100])
def test_vectors_of_trees_say_what_the_loops_say(n: int) -> None:
    rng = np.random.default_rng(n)
    columns = rng.integers(0, 256, (len(NAMES) + len(BODY_NAMES), n)).astype(np.uint8)
    fitted = weights()
    for forest in (fitted.body, fitted.label, replace(fitted.label, early=Early(60, 0.3, 1.0)), far_apart(fitted.body)):
        plain = forest(columns, wide=0)
        for wide in range(1, kernel.most_wide() + 1):
            assert (forest(columns, wide=wide) == plain).all()


def far_apart(forest: Forest) -> Forest:
    """The forest with leaves as large as numbers of 16 bits can add ten of."""
    return replace(forest, leaves=np.clip(forest.leaves * 100, 0, 6553))


def test_vectors_take_no_leaves_that_sums_of_16_bits_cannot_hold() -> None:
    columns = np.full((len(NAMES), 70), 255, np.uint8)
    body = weights().body
    for most in (6553, 6554, 12000):
        leaves = np.zeros_like(body.leaves)
        leaves[:, -1] = most
        forest = replace(body, leaves=leaves, border=np.full_like(body.border, 7), bias=np.zeros(1))
        assert np.allclose(forest(columns), most * len(leaves) / 1000)


@pytest.mark.parametrize("far", [0.01, 1.0, 12.0, 40.0, 3000.0])
def test_probabilities_are_shares_of_powers(interpreted_trees: ModuleType, far: float) -> None:
    page = "\n".join(PAGE for _ in range(20))
    fast, slow = lines_of([page]), lines_of([page])
    odds = np.random.default_rng(3).normal(0.0, far, fast.odds.shape).astype(np.float32)
    odds[0] = odds[1, 0] = 0.0
    for lines, engine in ((fast, kernel), (slow, interpreted_trees)):
        lines.odds[:] = odds
        engine.probabilities(power_table(engine), as_seen(lines, engine), lines.n)
    power = np.exp(odds - odds.max(axis=1, keepdims=True), dtype=np.float64)
    assert np.allclose(fast.probability, power / power.sum(axis=1, keepdims=True), rtol=1e-6, atol=1e-9)
    assert (fast.probability == slow.probability).all()


def test_body_scores_are_shares_of_200() -> None:
    pages = [PAGE, "\n".join(PAGE.split("\n")[5:9]), "a", "Log in\nSign up\n" * 30]
    words = scan(pages)
    phrases = match(words)
    lines = judge(words, phrases, apply(facts(words, phrases)))
    assert (lines.body[0] == np.floor(200 / (1 + np.exp(-lines.body_odds.astype(np.float64))) + 0.5)).all()


def some_trees(rng: np.random.Generator, depth: int, outputs: int, far: int = 1000) -> Forest:
    return Forest(
        feature=rng.integers(0, 6, (7, depth)).astype(np.int32),
        border=rng.integers(0, 8, (7, depth)).astype(np.uint8),
        leaves=rng.integers(-far, far + 1, (7, 1 << depth, outputs)).astype(np.int32),
        bias=rng.normal(size=outputs),
    )


@pytest.mark.parametrize("depth", range(3, 7))
@pytest.mark.parametrize("outputs", [1, 2, 3, 7])
def test_trees_equal_the_plain_definition(depth: int, outputs: int) -> None:
    rng = np.random.default_rng(1)
    columns = rng.integers(0, 8, (6, 2500)).astype(np.uint8)
    forest = some_trees(rng, depth, outputs)
    found = forest(columns)
    for i in (0, 1, 1023, 1024, 2499):
        total = np.zeros(outputs, np.int64)
        for t in range(7):
            leaf = sum(1 << k for k in range(depth) if columns[forest.feature[t, k], i] > forest.border[t, k])
            total += forest.leaves[t, leaf]
        assert np.allclose(found[i], forest.bias + total / 1000, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("sure", [0.0, 0.4, 1.5, 90.0])
def test_lines_that_are_sure_early_are_asked_no_more(interpreted_trees: ModuleType, sure: float) -> None:
    rng = np.random.default_rng(5)
    columns = rng.integers(0, 8, (6, 1100)).astype(np.uint8)
    trees = {
        "feature": rng.integers(0, 6, (27, 5)).astype(np.int32),
        "border": rng.integers(0, 8, (27, 5)).astype(np.uint8),
        "leaves": rng.integers(-200, 201, (27, 32, 3)).astype(np.int32),
        "bias": rng.normal(size=3),
    }
    whole, first = (
        Forest(**trees),
        Forest(**{**trees, **{name: trees[name][:10] for name in ("feature", "border", "leaves")}}),
    )
    forest = Forest(**trees, early=Early(10, sure, 1.5))
    found, early = forest(columns), first(columns)
    ranked = np.sort(early, axis=1)
    is_sure = ranked[:, 2] - ranked[:, 1] > sure
    assert np.allclose(found, np.where(is_sure[:, None], 1.5 * early, whole(columns)), rtol=1e-6, atol=1e-6)
    assert (found == forest(columns, engine=interpreted_trees)).all()
    assert [forest.asked(columns[:, i])[0] == 10 for i in range(1100)] == is_sure.tolist()
    assert (is_sure.any(), is_sure.all()) == {0.0: (True, True), 90.0: (False, False)}.get(sure, (True, False))
    for n in (1, 15, 17):
        assert (forest(columns[:, :n]) == found[:n]).all()


@pytest.mark.parametrize(("trees", "outputs"), [(10, 1), (10, 7), (7, 3)])
def test_only_three_outputs_are_left_early_after_whole_groups(trees: int, outputs: int) -> None:
    forest = some_trees(np.random.default_rng(2), 4, outputs)
    with pytest.raises(BilingualError, match="left early"):
        replace(forest, early=Early(trees, 1.0, 1.0)).trees()


@pytest.mark.parametrize(("depth", "outputs", "far"), [(7, 1, 10), (4, 10, 10), (4, 3, 300_000)])
def test_trees_that_do_not_fit_the_kernel_are_refused(depth: int, outputs: int, far: int) -> None:
    with pytest.raises(BilingualError, match="trees"):
        some_trees(np.random.default_rng(2), depth, outputs, far).trees()


def test_windows_are_means_of_their_lines() -> None:
    lines = lines_of([PAGE, "one\ntwo\nthree", PAGE])
    flag = ((lines.flags & numbers.FLAG_SHORT) != 0) * 200
    for d in range(3):
        low, high = lines.doc_line[d], lines.doc_line[d + 1]
        for i in range(low, high):
            for reach in (2, 6, 15):
                around = flag[max(low, i - reach) : min(high, i + reach + 1)]
                assert column(lines, f"short_w{reach}")[i] == around.sum() // len(around)


def test_words_of_wordings_are_shares_of_the_words_with_content() -> None:
    lines = lines_of(["My cart and the wishlist\nSubscribe to the newsletter now\nThe river rose in the night\nand the of"])
    # function words count on neither side, so what is left of the first line is furniture
    assert column(lines, "nav_words") == [200, 0, 0, 0]
    assert column(lines, "promo_words")[1] >= 100
    assert column(lines, "promo_words")[2:] == [0, 0]
    assert column(lines, "promo_first") == [0, 1, 0, 0]


def test_a_word_has_the_classes_of_its_rows() -> None:
    found = features._word_classes()
    slots = features._class_table(found)
    size = len(slots)
    assert size >= 2 * len(found)
    assert size & (size - 1) == 0
    for value, mask in found.items():
        at = (value ^ (value >> 29)) & (size - 1)
        while (int(slots[at]) ^ value) >> 16:
            assert slots[at], "a free slot before the word"
            at = (at + 1) & (size - 1)
        assert int(slots[at]) & 0xFFFF == mask
    for name, word in (("furniture", "wishlist"), ("pitch", "subscribe"), ("function", "and"), ("call", "اشترك")):
        assert found[features._single_hashes([word])[0]] >> features.WORD_CLASSES.index(name) & 1


def test_distances_count_lines() -> None:
    lines = lines_of([PAGE])
    headers = [i for i in range(len(lines.block)) if lines.flags[i] & numbers.FLAG_HEADER]
    assert len(headers) == 1
    log = features.log_table()
    for i, value in enumerate(column(lines, "header_last")):
        assert value == (log[i - headers[0]] if i > headers[0] else 255)


def nearest(flagged: list[int], log: Sequence[int], above: bool) -> list[int]:
    """By definition: how far the next flagged line above, or below, is from each line; 255 where there is none."""
    found, n = [], len(flagged)
    for i in range(n):
        at = next((k for k in (range(i - 1, -1, -1) if above else range(i + 1, n)) if flagged[k]), None)
        found.append(255 if at is None else int(log[min(abs(i - at), 4095)]))
    return found


DISTANT = {"long": numbers.FLAG_LONG, "header": numbers.FLAG_HEADER, "headline": numbers.FLAG_HEADLINE, "meta": numbers.FLAG_META}


@given(st.lists(st.lists(st.sampled_from(PAGE.split("\n")), min_size=1, max_size=30), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_distances_are_those_of_the_nearest_lines(pages: list[list[str]]) -> None:
    lines = lines_of(["\n".join(page) for page in pages])
    for name, bit in DISTANT.items():
        for above in (True, False):
            seen = column(lines, f"{name}_last" if above else f"{name}_next")
            for lo, hi in pairwise(lines.doc_line[: len(pages) + 1].tolist()):
                flagged = [int(lines.flags[i] & bit) for i in range(lo, hi)]
                assert seen[lo:hi] == nearest(flagged, features.log_table(), above)


def test_distances_end_where_their_table_does() -> None:
    lines = lines_of(["\n".join(["12 March 2024", *["x y"] * 4200, "12 March 2024"])])
    log = features.log_table()
    last, after = column(lines, "meta_last"), column(lines, "meta_next")
    assert lines.flags[0] & numbers.FLAG_META
    assert not any(lines.flags[i] & numbers.FLAG_META for i in range(1, 4201))
    assert last == [255, *(int(log[min(i, 4095)]) for i in range(1, 4202))]
    assert after == [*(int(log[min(4201 - i, 4095)]) for i in range(4201)), 255]


def test_a_header_opens_a_section() -> None:
    lines = lines_of([PAGE])
    assert column(lines, "opened")[-3:-1] == [1, 1]
    assert column(lines, "heads_since")[-2] == 1


def test_bare_symbols_are_no_lines() -> None:
    words = scan([PAGE])
    lines = lines_of([PAGE])
    skipped = set(range(words.n_blocks)) - set(lines.block.tolist())
    assert [PAGE[words.block_start[b] : words.block_end[b]] for b in sorted(skipped)] == ["[ ]"]


@given(texts)
@settings(max_examples=40, deadline=None)
def test_a_batch_is_its_documents(pages: list[str]) -> None:
    """Batching changes nothing."""
    whole = lines_of(pages).columns
    alone = np.concatenate([lines_of([page]).columns for page in pages], axis=1)
    assert (whole == alone).all()


def test_repeated_lines_are_counted() -> None:
    lines = lines_of(["Read on\nA tale\nRead on\nRead  on"])
    assert column(lines, "repeats") == [3, 1, 3, 3]
    assert column(lines, "repeats_above") == [0, 0, 1, 2]


def test_names_are_unique_and_counted() -> None:
    assert len(set(NAMES) | set(BODY_NAMES)) == len(NAMES) + len(BODY_NAMES)
