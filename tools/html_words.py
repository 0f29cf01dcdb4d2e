"""What the labeller's words say of lines of HTML pages, by trees that have not seen their sites.

The trees over the structure learn from these log-odds; those of the shipped weights would be too sure on the pages that
they were fitted on. Needs CatBoost, as `labels_train`.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import labels_data as data
import labels_evaluate as evaluate
import labels_train as train
from bilingual.labels import model, weights
from bilingual.labels.features import BODY_NAMES, NAMES
from bilingual.labels.lexicon import match
from bilingual.labels.rules import apply, facts
from bilingual.text.scan import scan

Array = np.ndarray[Any, Any]
PARTS = 5


def word_odds(ids: Sequence[str], texts: Sequence[str]) -> list[Array]:
    """Log-odds of body, navigation and promo of the lines of each page, float32[n_lines, 3], 0 for lines without words.

    `ids` are those of the development files; pages of `corpora/` have theirs.
    """
    p = evaluate.prepare()
    part = _parts(p)
    found = [np.zeros((len(text.split("\n")), 3), np.float32) for text in texts]
    gold = {page.id for page in p.material.gold["extracted"].pages}
    for k in range(PARTS):
        label = _label_trees(p, part, k)
        # No body trees have seen gold pages.
        for is_gold, body in ((True, p.body.model), (False, p.body.models[k])):
            here = [i for i, name in enumerate(ids) if part.get(_site(name), 0) == k and (name in gold) == is_gold]
            with_these = dataclasses.replace(
                weights.weights(), body=_forest(body, NAMES), label=_forest(label, (*NAMES, *BODY_NAMES))
            )
            _judge(with_these, [texts[i] for i in here], [found[i] for i in here])
    return found


def _site(name: str) -> str:
    return data.Page(name, "", ()).site


def _parts(p: evaluate.Prepared) -> dict[str, int]:
    """The part of every site: of gold pages as split 0 has them, of others as their body scores."""
    m = p.material
    pages = m.gold["extracted"].pages
    part = dict(p.body.part.corpus)
    part |= {page.site: int(k) for page, k in zip(m.silver.pages, p.body.part.silver, strict=True)}
    fold = data.folds([page.site for page in pages], 0, PARTS)
    return part | {page.site: int(k) for page, k in zip(pages, fold, strict=True)}


def _label_trees(p: evaluate.Prepared, part: dict[str, int], k: int) -> Any:
    held = [site for site, own in part.items() if own == k]
    rows = train.stack([rows.where(~np.isin(rows.site, held)) for rows in p.rows.values()])
    return train.fit_labels(rows, p.silver_lines.where(p.silver_lines.part != k))


def _forest(fitted: Any, names: Sequence[str]) -> weights.Forest:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.tsv"
        train.export(fitted, names, path, "")
        return weights.read_forest(path.read_text("utf-8"), names)


def _judge(known: weights.Weights, texts: list[str], found: list[Array]) -> None:
    """Fill `found` with the mean log-odds of each line's blocks, by their letters."""
    if not texts:
        return
    shipped = model.weights  # type: ignore[attr-defined]
    model.weights = lambda: known  # type: ignore[assignment, attr-defined]
    try:
        words = scan(texts)
        phrases = match(words)
        judged = model.judge(words, phrases, apply(facts(words, phrases)))
    finally:
        model.weights = shipped  # type: ignore[attr-defined]
    block = judged.block
    letters = judged.letters.sum(axis=0) + 1.0
    for d, odds in enumerate(found):
        here = words.block_doc[block] == d
        line = words.block_line[block[here]]
        share = np.bincount(line, letters[here], minlength=len(odds))
        for label in range(3):
            total = np.bincount(line, letters[here] * judged.odds[here, label], minlength=len(odds))
            odds[:, label] = total / np.maximum(1, share)
