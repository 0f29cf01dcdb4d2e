"""Judge the label layer on pages of sites it has not seen, and fit what ships.

    python tools/labels_evaluate.py [--splits 5] [--fit]     folds by site; a dated row per split in benchmarks/results/labels.tsv

A fold's trees see neither the fold's sites nor any other rendering of their pages. The body trees see silver pages and
the corpus, no gold page. Silver pages are judged by body trees and label trees that have not seen their sites.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

import labels_data as data
import labels_train as train
from bilingual.labels.columns import KINDS as KINDS_OF
from bilingual.labels.columns import LABELS
from bilingual.labels.features import BODY_NAMES, NAMES
from bilingual.labels.kinds import PAGE_NAMES, page_columns

Array = np.ndarray[Any, Any]
RESULTS = data.ROOT / "benchmarks" / "results" / "labels.tsv"
JUDGED = ("extracted", "flat", "joined", "flat joined")


@dataclass
class Prepared:
    """Tables, their body scores and their rows."""

    material: train.Material
    body: train.BodyScores
    rows: dict[tuple[str, str], train.Rows]
    silver_lines: train.Silver


def prepare() -> Prepared:
    m = train.material()
    body = train.body_scores(m)
    rows = {
        key: train.rows_of(getattr(m, key[0])[key[1]], scores, train.RENDERINGS[key[1]])
        for key, scores in body.tables.items()
    }
    return Prepared(m, body, rows, train.silver_lines(m, body.silver, body.part.silver))


def cross_validate(
    p: Prepared, split: int, settings: dict[str, Any] = train.LABEL_SETTINGS, count: int = 5
) -> dict[str, Array]:
    """Probabilities of the lines by trees that have not seen their site: rendering (or "silver") -> [m, 3].

    The parts of the silver pages are the same in every split: their body scores belong to them.
    """
    m = p.material
    pages = m.gold["extracted"].pages
    fold = data.folds([page.site for page in pages], split, count)
    silver_part = dict(zip((page.id for page in m.silver.pages), p.body.part.silver, strict=True))
    tables = {**{r: m.gold[r] for r in JUDGED}, "silver": m.silver}
    body = {**{r: p.body.tables["gold", r] for r in JUDGED}, "silver": p.body.silver}
    where = {**dict.fromkeys(JUDGED, fold), "silver": p.body.part.silver}
    found = {r: np.zeros((len(table.gold), 3), np.float32) for r, table in tables.items()}
    for k in range(count):
        held = [page.site for page, f in zip(pages, fold, strict=True) if f == k]
        held += [page.site for page in m.corrected["flat"].pages if silver_part[page.id] == k]
        rows = train.stack([part.where(~np.isin(part.site, held)) for part in p.rows.values()])
        model = train.fit_labels(rows, p.silver_lines.where(p.silver_lines.part != k), settings)
        for r, table in tables.items():
            here = where[r][table.page_of] == k
            columns = train.columns(table, body[r])[here]
            found[r][here] = model.predict_proba(columns.astype(np.float32))
    return found


def judge(table: data.Table, probability: Array) -> list[float]:
    """Macro-F1 and F1 of body, navigation, promo over lines."""
    votes = data.line_votes(table, probability.argmax(axis=1))
    scores = data.f1(votes[:, 1], votes[:, 2])
    return [float(np.mean(scores)), *scores]


def judge_silver(p: Prepared, probability: Array) -> tuple[float, float]:
    """F1 of body over the lines of silver pages that are no gold pages, and weighted by letters."""
    votes = data.line_votes(p.material.silver, probability.argmax(axis=1))
    votes = votes[~p.material.is_gold[votes[:, 0]]]
    return data.f1(votes[:, 1], votes[:, 2])[0], data.f1(votes[:, 1], votes[:, 2], votes[:, 3])[0]


def calibration_error(confidence: Array, right: Array, bins: int = 10) -> float:
    """Expected calibration error over equally wide bins."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        here = place == b
        if here.any():
            error += here.mean() * abs(confidence[here].mean() - right[here].mean())
    return float(error)


def calibrate(confidence: Array, right: Array, weight: Array) -> Array:
    """Knots (probability, share right) of a rising curve: float[k, 2]."""
    from sklearn.isotonic import IsotonicRegression

    curve = IsotonicRegression(y_min=0.0, y_max=0.999, out_of_bounds="clip").fit(
        confidence, right, sample_weight=weight
    )
    edges = np.quantile(confidence, np.linspace(0, 1, 25))
    middle = np.unique(np.round((edges[1:] + edges[:-1]) / 2, 4))
    # A bin's knot is the curve's mean in it, not one of its steps.
    worth = [curve.predict(confidence[np.abs(confidence - x) <= 0.02]).mean() for x in middle]
    return np.column_stack([middle, np.maximum.accumulate(worth)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--fit", action="store_true", help="then fit on everything and write the weights")
    arguments = parser.parse_args()
    if arguments.fit:
        import sklearn.isotonic  # noqa: F401  # missing, it would say so after half an hour
    p = prepare()
    runs = report(p, arguments.splits)
    if arguments.fit:
        fit_all(p, runs)


def report(p: Prepared, splits: int) -> list[dict[str, Array]]:
    """Print and keep the scores of each split."""
    runs = []
    for split in range(splits):
        found = cross_validate(p, split)
        runs.append(found)
        for r in JUDGED:
            scores = judge(p.material.gold[r], found[r])
            print(f"split {split} {r:10s} macro-F1 {scores[0]:.3f} body {scores[1]:.3f} navigation {scores[2]:.3f} "
                  f"promo {scores[3]:.3f}", flush=True)  # fmt: skip
            append_result(f"gold {r}, folds by site, split {split}", scores)
        lines, letters = judge_silver(p, found["silver"])
        print(f"split {split} silver: body over lines {lines:.3f}, by letters {letters:.3f}", flush=True)
        append_result(f"silver, body over lines, folds by site, split {split}", [None, lines, None, None])
        append_result(f"silver, body by letters, folds by site, split {split}", [None, letters, None, None])
    return runs


KINDS = {
    "article": "article", "documentation": "documentation", "service": "company", "forum": "forum", "listing": "list",
    "product": "product", "collection": "list", "blog": "article", "company": "company", "list": "list", "wiki": "documentation",
}  # fmt: skip


def fit_kinds(p: Prepared, model: Any) -> tuple[Any, float]:
    """The page kind trees, and their accuracy on a held-out fifth of the silver pages."""
    columns, kinds = [], []
    for name, rendering in (("silver", ""), ("corpus", "extracted"), ("corpus", "flat")):
        table = p.material.silver if name == "silver" else p.material.corpus[rendering]
        body = p.body.silver if name == "silver" else p.body.tables[name, rendering]
        all_columns = train.columns(table, body)
        label = model.predict_proba(all_columns.astype(np.float32)).argmax(axis=1).astype(np.uint8)
        columns.append(page_columns(table.lines, all_columns.T, label).T)
        kinds += [KINDS_OF.index(KINDS.get(page.kind, "other")) for page in table.pages]
    x, y = np.concatenate(columns).astype(np.float32), np.array(kinds)
    silver = len(p.material.silver.pages)
    held = np.random.default_rng(2).random(len(y)) < 0.2
    held[silver:] = False
    weight = 1 / np.sqrt(np.bincount(y, minlength=len(KINDS_OF))[y])
    trial = train.boosting(train.KIND_SETTINGS).fit(x[~held], y[~held], sample_weight=weight[~held])
    right = float((trial.predict(x[held]).ravel() == y[held]).mean())
    return train.boosting(train.KIND_SETTINGS).fit(x, y, sample_weight=weight), right


def fit_all(p: Prepared, runs: list[dict[str, Array]]) -> None:
    """Fit on everything and write the weights; `runs` are cross-validated probabilities, for the calibration."""
    model = train.fit_labels(train.stack(list(p.rows.values())), p.silver_lines)
    kinds, right = fit_kinds(p, model)
    print(f"page kind accuracy on held-out silver pages {right:.3f}")
    confidence, hit = confidences(p, runs)
    knots = calibrate(confidence, hit, np.ones(len(hit)))
    folder = train.WEIGHTS
    fitted_on = "gold pages, corpora/, corrected silver pages, WCXB development pages (CC BY 4.0)"
    about = train.header(
        "How much a line looks like body.", "WCXB development pages (CC BY 4.0), corpora/", *train.of_trees()
    )
    train.export(p.body.model, NAMES, folder / "body.tsv", about)
    about = train.header("The label of a line.", fitted_on, *train.of_trees(LABELS), train.OF_EARLY)
    train.export(model, (*NAMES, *BODY_NAMES), folder / "label.tsv", about)
    about = train.header("The kind of a page.", "WCXB pages, corpora/", *train.of_trees(KINDS_OF))
    train.export(kinds, PAGE_NAMES, folder / "kind.tsv", about)
    about = train.header(
        "Probability given by the trees, share of lines of unseen sites that had the label.", fitted_on
    )
    rows = "".join(f"{x:.4f}\t{y:.4f}\n" for x, y in knots)
    (folder / "calibration.tsv").write_text(about + rows, "utf-8")


def confidences(p: Prepared, runs: list[dict[str, Array]]) -> tuple[Array, Array]:
    """(probability of the label given, whether it was right) of every line of the runs."""
    confidence, hit = [], []
    for run in runs:
        for r in JUDGED:
            gold = p.material.gold[r].gold
            keep = gold != data.NONE
            confidence.append(run[r].max(axis=1)[keep])
            hit.append((run[r].argmax(axis=1) == gold)[keep].astype(float))
    return np.concatenate(confidence), np.concatenate(hit)


def append_result(what: str, scores: Sequence[float | None]) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    if not RESULTS.exists():
        RESULTS.write_text("# date\twhat\tmacro\tbody\tnavigation\tpromo\n", "utf-8")
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(f"{date.today()}\t{what}\t" + "\t".join("-" if x is None else f"{x:.3f}" for x in scores) + "\n")


if __name__ == "__main__":
    main()
