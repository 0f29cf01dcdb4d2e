"""Fit the trees of the label layer and write `src/bilingual/data/weights`.

    python tools/labels_evaluate.py --fit   judge in folds, fit on all pages, write the weights
    python tools/labels_train.py --check    check that the lists of words are sorted and unique

Needs CatBoost (`pip install catboost`), used here only. Two stages of symmetric trees: the first tells body from the rest
and is fitted on silver pages (none of the gold pages among them; where a reader corrected the labels, on these) and the
project's corpus; its scores, read over the page, are columns of the second, which gives the three labels and is fitted on gold pages, the
project's corpus and corrected silver pages, as extracted, flat, joined and truncated; gold and corpus also the openings, and
the pages without what stands before their article. The second is fitted twice: its first fit says which silver lines outside the
main content are navigation and which promo, and which of them look like body after all and are left out; with the others it
is fitted again.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import labels_data as data
from bilingual.labels.features import body_features

Array = np.ndarray[Any, Any]
WEIGHTS = data.ROOT / "src" / "bilingual" / "data" / "weights"
THREADS = 2
# Promo is rare: its lines are learned better when they count more than once. Of sites not seen the trees find half of it
# and are right when they say it, so it is said at somewhat lower odds than even.
PROMO_WEIGHT, PROMO_LEAN = 2.0, 0.22
# How much a rendering of a page counts.
RENDERINGS = {
    "extracted": 1.0, "flat": 1.0, "joined": 1.0, "flat joined": 0.9, "cut": 0.5, "flat cut": 0.5, "opening": 0.25, "bare": 0.25,
}  # fmt: skip
# Renderings of the corpus that the body trees learn from.
BODY_RENDERINGS = ("extracted", "flat", "opening", "bare")
# Lines drawn of a page: for the body trees, for the label trees, of silver pages for the label trees.
BODY_LINES, LABEL_LINES, SILVER_LINES = 150, 90, 35
# How much silver lines count for the label trees, and how sure these are that one is body when silver says it is not.
SILVER_WEIGHT, SILVER_DOUBT = 0.3, 0.6
BODY_SETTINGS = {
    "iterations": 150, "depth": 6, "learning_rate": 0.15, "border_count": 64, "subsample": 0.5, "rsm": 0.4,
    "loss_function": "Logloss",
}  # fmt: skip
LABEL_SETTINGS = {
    "iterations": 350, "depth": 6, "learning_rate": 0.13, "border_count": 48, "subsample": 0.6, "rsm": 0.15,
    "loss_function": "MultiClass", "l2_leaf_reg": 5,
}  # fmt: skip
# A line whose label is this far above the next after so many trees is asked no more: seven of ten are, and no label of
# them changes.
EARLY_TREES, SURE = 60, 2.0


KIND_SETTINGS = {
    "iterations": 80, "depth": 4, "learning_rate": 0.1, "border_count": 32, "subsample": 0.7, "rsm": 0.3,
    "loss_function": "MultiClass", "l2_leaf_reg": 5, "classes_count": 7,
}  # fmt: skip


def boosting(settings: dict[str, Any], seed: int = 0) -> Any:
    from catboost import CatBoostClassifier

    return CatBoostClassifier(
        **settings, thread_count=THREADS, verbose=0, random_seed=seed, bootstrap_type="Bernoulli", boosting_type="Plain",
        allow_writing_files=False,
    )  # fmt: skip


def page_weight(table: data.Table) -> Array:
    """Long pages count less per line, so that one page does not rule."""
    lines = np.bincount(table.page_of, minlength=len(table.pages))
    return np.sqrt(60 / np.maximum(lines, 20))[table.page_of]


@dataclass
class Rows:
    """Lines ready to fit on."""

    columns: Array
    label: Array
    weight: Array
    site: Array

    def where(self, keep: Array) -> Rows:
        return Rows(self.columns[keep], self.label[keep], self.weight[keep], self.site[keep])


def stack(parts: Sequence[Rows]) -> Rows:
    return Rows(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("columns", "label", "weight", "site"))
    )


def scores(model: Any, table: data.Table) -> Array:
    """Body scores of a table: uint8[m], 0 to 200."""
    found = model.predict_proba(table.lines.columns.T.astype(np.float32))[:, 1]
    return np.round(found * 200).astype(np.uint8)


def columns(table: data.Table, body: Array) -> Array:
    return np.array(body_features(table.lines, body).T)


def rows_of(table: data.Table, body: Array, weight: float = 1.0) -> Rows:
    drawn, stands_for = data.draw(table.page_of, LABEL_LINES)
    keep = drawn & (table.gold != data.NONE)
    gain = np.where(table.gold == data.PROMO, PROMO_WEIGHT, 1.0) * page_weight(table) * stands_for * weight
    site = np.array([page.site for page in table.pages])[table.page_of]
    return Rows(columns(table, body)[keep], table.gold[keep], gain[keep], site[keep])


def renderings(extracted: Sequence[data.Page], flat: Sequence[data.Page], seed: int = 5) -> dict[str, list[data.Page]]:
    rng = random.Random(seed)
    return {
        "extracted": list(extracted),
        "flat": list(flat),
        "joined": [data.joined(page) for page in extracted],
        "flat joined": [data.joined(page) for page in flat],
        "cut": [data.truncated(page, rng) for page in extracted],
        "flat cut": [data.truncated(page, rng) for page in flat],
        "opening": [data.opening(page, rng) for page in extracted],
        "bare": [data.bare(page, rng) for page in extracted],
    }


def body_rows(table: data.Table, pages: Array) -> tuple[Array, Array, Array]:
    """Columns, body or not, and weight of the lines drawn from those of `pages` (bool, one per page) for the body trees."""
    drawn, stands_for = data.draw(table.page_of, BODY_LINES)
    lines = np.bincount(table.page_of, minlength=len(table.pages))
    weight = stands_for / np.sqrt(lines[table.page_of])
    keep = pages[table.page_of] & drawn & (table.gold != data.NONE)
    return table.lines.columns.T[keep].astype(np.float32), table.gold[keep] == data.BODY, weight[keep]


def fit_body(m: Material, part: BodyParts, without: int) -> Any:
    """Body trees of the silver pages and the corpus, but those of the part `without` and gold pages."""
    rows = [body_rows(m.silver, (part.silver != without) & ~m.is_gold)]
    rows += [body_rows(m.corpus[r], part.of(m.corpus[r]) != without) for r in BODY_RENDERINGS]
    columns, is_body, weight = (np.concatenate(found) for found in zip(*rows, strict=True))
    return boosting(BODY_SETTINGS).fit(columns, is_body, sample_weight=weight)


@dataclass(frozen=True, slots=True)
class Silver:
    """Silver lines for the label trees, drawn from pages that are neither gold nor corrected; `part` is the fold."""

    columns: Array
    is_body: Array
    weight: Array
    part: Array

    def where(self, keep: Array) -> Silver:
        return Silver(self.columns[keep], self.is_body[keep], self.weight[keep], self.part[keep])


def silver_lines(m: Material, body: Array, part: Array) -> Silver:
    """The drawn lines of the silver pages; `body` and `part` as `body_scores` gives them."""
    table = m.silver
    drawn, stands_for = data.draw(table.page_of, SILVER_LINES)
    known = {page.id for page in m.corrected["flat"].pages}
    free = np.array([page.id not in known for page in table.pages]) & ~m.is_gold
    keep = drawn & free[table.page_of]
    weight = page_weight(table) * stands_for * SILVER_WEIGHT
    return Silver(columns(table, body)[keep], table.gold[keep] == data.BODY, weight[keep], part[table.page_of][keep])


def silver_rows(silver: Silver, model: Any) -> Rows:
    """Silver lines with a label: `model` says what is promo, and what looks like body though silver says it is not."""
    said = model.predict_proba(silver.columns.astype(np.float32))
    other = np.where(said[:, data.PROMO] > said[:, data.NAVIGATION], data.PROMO, data.NAVIGATION)
    label = np.where(silver.is_body, data.BODY, other).astype(np.uint8)
    keep = silver.is_body | (said[:, data.BODY] <= SILVER_DOUBT)
    weight = silver.weight * np.where(label == data.PROMO, PROMO_WEIGHT, 1.0)
    return Rows(silver.columns[keep], label[keep], weight[keep], np.full(int(keep.sum()), "silver"))


@dataclass(frozen=True, slots=True)
class LabelTrees:
    """Trees of the three labels, of which lines that are sure early are asked EARLY_TREES only; `gain` is how many times
    the log-odds of these their final ones are, as a rule."""

    model: Any
    gain: float

    def predict_proba(self, columns: Array) -> Array:
        first, odds = (_odds(self.model, columns, trees) for trees in (EARLY_TREES, 0))
        odds = np.where(_is_sure(first)[:, None], self.gain * first, odds)
        power = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares: Array = power / power.sum(axis=1, keepdims=True)
        return shares


def _odds(model: Any, columns: Array, trees: int) -> Array:
    """Log-odds by the first `trees` trees, 0 for all."""
    found: Array = model.predict(columns.astype(np.float32), prediction_type="RawFormulaVal", ntree_end=trees)
    return found


def _is_sure(odds: Array) -> Array:
    ranked = np.sort(odds, axis=1)
    return np.asarray(ranked[:, -1] - ranked[:, -2] > SURE)


def fit_labels(rows: Rows, silver: Silver, settings: dict[str, Any] = LABEL_SETTINGS, seed: int = 0) -> LabelTrees:
    """Label trees, fitted on `rows` and then on these and silver lines."""
    first = fit_rows(rows, settings, seed)
    model = fit_rows(stack([rows, silver_rows(silver, first)]), settings, seed, PROMO_LEAN)
    early, late = (_odds(model, rows.columns, trees) for trees in (EARLY_TREES, 0))
    sure = _is_sure(early)
    a, b = (odds[sure] - odds[sure].mean(axis=1, keepdims=True) for odds in (early, late))
    return LabelTrees(model, float((a * b).sum() / (a * a).sum()))


def fit_rows(rows: Rows, settings: dict[str, Any], seed: int, lean: float = 0.0) -> Any:
    """Trees of the three labels. What the weight of promo lines adds to the log-odds of promo is taken off again, but
    for `lean`."""
    model = boosting(settings, seed).fit(rows.columns.astype(np.float32), rows.label, sample_weight=rows.weight)
    scale, bias = model.get_scale_and_bias()
    bias = np.broadcast_to(bias, 3).copy()
    bias[data.PROMO] -= np.log(PROMO_WEIGHT) - lean
    model.set_scale_and_bias(scale, bias.tolist())
    return model


def export(model: Any, names: Sequence[str], path: Path, about: str) -> None:
    """Write a model as text: a bias row, when to ask no more, then one row per tree: its questions, its leaves in
    thousandths."""
    early = []
    if isinstance(model, LabelTrees):
        early = [f"early\t{EARLY_TREES} {SURE} {model.gain:.3f}"]
        model = model.model
    with tempfile.TemporaryDirectory() as folder:
        model.save_model(str(Path(folder) / "model.json"), format="json")
        raw = json.loads((Path(folder) / "model.json").read_text())
    bias = np.atleast_1d(raw["scale_and_bias"][1])
    scale = raw["scale_and_bias"][0]
    lines = [f"bias\t{' '.join(f'{value:.4f}' for value in bias)}", *early]
    for tree in raw["oblivious_trees"]:
        # Leaf number: bit k is the answer to question k.
        asked = [f"{names[split['float_feature_index']]}>{int(np.floor(split['border']))}" for split in tree["splits"]]
        leaves = [str(round(value * scale * 1000)) for value in tree["leaf_values"]]
        lines.append(f"{' '.join(asked)}\t{' '.join(leaves)}")
    path.write_text(f"{about}{chr(10).join(lines)}\n", "utf-8")


def header(what: str, source: str, *details: str, command: str = "tools/labels_evaluate.py --fit") -> str:
    """The lines above a table of weights: `what` it is, `details` of its rows, what it was fitted on and by what."""
    lines = (
        what,
        *details,
        f"Source: fitted on {source}; no word of a page is a column.",
        f"Licence: Apache-2.0. Date: {date.today()}. Made by: python {command}",
    )
    return "".join(f"# {line}\n" for line in lines)


def of_trees(outputs: Sequence[str] = ()) -> tuple[str, str]:
    """What a header says of the rows of trees, and of their `outputs` where there are several."""
    named = f"; outputs: {', '.join(outputs)}" if outputs else ""
    return (
        "Symmetric trees: each asks the same questions of every line; bit k of the leaf number is the answer to question k.",
        f"Leaves in thousandths of log-odds{named}.",
    )


OF_EARLY = "early: trees that every line is asked, how far above the next its label must be to ask no more, times their odds."


def check_words() -> None:
    """The lists of words are NFC, sorted and unique."""
    for name in ("word-classes.tsv", "wording-words.tsv"):
        lines = (WEIGHTS / name).read_text("utf-8").splitlines()
        rows = [line for line in lines if not line.startswith("#")]
        assert rows == sorted(set(rows)), f"{name} is not sorted and unique"
        assert all(unicodedata.is_normalized("NFC", row) for row in rows), f"{name} is not NFC"


@dataclass
class Material:
    """Everything that is fitted on."""

    silver: data.Table
    is_gold: Array  # of silver pages: also in gold
    gold: dict[str, data.Table]
    corpus: dict[str, data.Table]
    corrected: dict[str, data.Table]


def material() -> Material:
    silver = data.silver_pages(data.SHARED / "wcxb-dev-lines.jsonl.gz")
    gold = data.gold_pages(data.SHARED / "dev.jsonl")
    known = {page.id for page in gold}
    fixed = data.corrected(silver, data.ROOT / "tools" / "labels_silver.tsv")
    sets = {
        "gold": renderings(gold, data.gold_pages(data.SHARED / "dev-flat.jsonl")),
        "corpus": renderings(
            data.gold_pages(data.CORPUS / "gold.jsonl"), data.gold_pages(data.CORPUS / "gold-flat.jsonl")
        ),
        "corrected": {"flat": fixed, "joined": [data.joined(page) for page in fixed]},
    }
    tables = {name: {r: data.tabulate(pages) for r, pages in group.items()} for name, group in sets.items()}
    table = data.with_labels(data.tabulate(silver), tables["corrected"]["flat"])
    return Material(table, np.array([page.id in known for page in silver]), **tables)


@dataclass(frozen=True, slots=True)
class BodyParts:
    """The part of every page that body trees learn from: pages of one part are scored by trees of the others."""

    silver: Array
    corpus: dict[str, int]

    def of(self, table: data.Table) -> Array:
        """Part of each page of a rendering of the corpus."""
        return np.array([self.corpus[page.site] for page in table.pages])


@dataclass(frozen=True, slots=True)
class BodyScores:
    """The body trees that ship, those of each part of the pages, and the body scores of every table, by trees that have
    not seen the page's site."""

    model: Any
    models: Sequence[Any]
    part: BodyParts
    silver: Array
    tables: dict[tuple[str, str], Array]


def body_scores(m: Material, parts: int = 5) -> BodyScores:
    """Fit the body trees. Gold pages are in none of them."""
    corpus = sorted({page.site for page in m.corpus["extracted"].pages})
    part = BodyParts(
        data.folds(data.silver_sites(m.silver.pages), 0, parts),
        dict(zip(corpus, data.folds(corpus, 0, parts).tolist(), strict=True)),
    )
    models = [fit_body(m, part, without) for without in range(parts)]
    model = fit_body(m, part, -1)
    silver = apart(models, m.silver, part.silver)
    found = {("gold", r): scores(model, table) for r, table in m.gold.items()}
    found |= {("corpus", r): apart(models, table, part.of(table)) for r, table in m.corpus.items()}
    # Corrected pages are silver pages too.
    place = {page.id: i for i, page in enumerate(m.silver.pages)}
    for r, table in m.corrected.items():
        ids = [place[page.id] for page in table.pages]
        found["corrected", r] = apart(models, table, part.silver[ids])
    return BodyScores(model, models, part, silver, found)


def apart(models: Sequence[Any], table: data.Table, part: Array) -> Array:
    """Body scores of a table; the pages of part k by `models[k]`."""
    found = np.zeros(len(table.gold), np.uint8)
    for k, model in enumerate(models):
        here = (part == k)[table.page_of]
        said = model.predict_proba(table.lines.columns.T[here].astype(np.float32))[:, 1]
        found[here] = np.round(said * 200)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        check_words()
        return
    parser.error("nothing to do: weights are written by labels_evaluate.py --fit")


if __name__ == "__main__":
    main()
