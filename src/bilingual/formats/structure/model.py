"""What the structure of a page says of its lines: small boosted trees over the evidence columns.

Two scores per line, as log-odds: body against the rest, and promo against navigation. The trees know no word of the
page; what the labeller says from the words are three more columns, and `revise` blends the scores with it. Weights are
made by `tools/html_weights.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from bilingual.errors import BilingualError
from bilingual.formats.structure.columns import NAMES, WORD_NAMES
from bilingual.formats.structure.trees import kernel
from bilingual.text.arrays import Array
from bilingual.text.native import view

MODELS = ("body", "promo")
# Columns of the trees: the evidence of a line, then what its words say.
COLUMN = {name: number for number, name in enumerate((*NAMES, *WORD_NAMES))}
# A page's own threshold for body stays between these probabilities.
LOWEST, HIGHEST = 0.05, 0.5
# How far the threshold moves from one half to the page's own: all the way is best for word F1 of body, not moving is
# best for macro-F1 of the labels (promo).
OWN = 0.8
# Lines that are judged at once: their columns stay in the second cache, and a row of a table with 10,000 cells is not
# there 10,000 times.
PART = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Boosted trees, all nodes in one table, the node of smaller values next to its parent.

    Shapes: `feature` int16[n]: a column; `threshold` float32[n], in a leaf its share of the log-odds; `step` int16[2
    n]: how far on the next node is, for values up to the threshold and above it, 0 in a leaf; `root` int32[n_trees].
    """

    feature: Array
    threshold: Array
    step: Array
    root: Array

    def log_odds(self, rows: Array) -> Array:
        """Sum over the trees for every row: float32[n_rows]."""
        found = np.zeros(len(rows), np.float32)
        arrays = (np.ascontiguousarray(rows), self.feature, self.threshold, self.step, self.root, found)
        kernel.tree_sums(*(view(a, kernel.COMPILED) for a in arrays))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """How much structure and words count: log-odds = structure * s + words * w + bias."""

    structure: float
    words: float
    bias: float

    def __call__(self, structure: Array, words: Array) -> Array:
        """The blended log-odds of lines, of those of structure and words: float[n] each."""
        mixed: Array = self.structure * structure + self.words * words + self.bias
        return mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The trees, and how their answer is blended with that of the words; `body` and `promo` each."""

    trees: dict[str, Trees]
    blend: dict[str, Blend]


@cache
def models() -> Models:
    """The models, read once. Raises: BilingualError when the data file names a column that does not exist."""
    rows: dict[str, list[list[str]]] = {name: [] for name in MODELS}
    blend: dict[str, Blend] = {}
    text = (files("bilingual") / "data" / "html" / "trees.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            model, tree, *rest = line.split("\t")
            if tree == "blend":
                structure, words, bias = map(float, rest)
                blend[model] = Blend(structure=structure, words=words, bias=bias)
            else:
                rows[model].append(rest)
    return Models(trees={name: _trees(found) for name, found in rows.items()}, blend=blend)


def _trees(rows: list[list[str]]) -> Trees:
    """Rows of node, column or "leaf", threshold or value, number of the node for larger values."""
    unknown = sorted({row[1] for row in rows} - {"leaf", *COLUMN})
    if unknown:
        raise BilingualError(f"data/html/trees.tsv: no column {unknown[0]!r}; run tools/html_weights.py")
    exact = np.array([float(row[2]) for row in rows])
    near = exact.astype(np.float32)
    above = np.array([int(row[3]) - int(row[0]) for row in rows], np.int16)
    return Trees(
        feature=np.array([COLUMN.get(row[1], 0) for row in rows], np.int16),
        # Rounded down, so that a float32 value is above it just when it is above the number in the file.
        threshold=np.where(near > exact, np.nextafter(near, np.float32(-np.inf)), near),
        step=np.stack([above != 0, above], axis=1).astype(np.int16).reshape(-1),
        root=np.flatnonzero([row[0] == "0" for row in rows]).astype(np.int32),
    )


def revise(odds: Array, rows: Array, at: Array, page: Array, weight: Array) -> Array:
    """The labeller's log-odds of (body, navigation, promo), with what the structure says.

    Shapes: `odds` float32[m, 3]; `rows` float32[n_rows, n_columns], evidence, of which `at` int[m] is the row of each
    line; `page` int[m], ascending number of each line's page; `weight` [m], its letters. Returns float32[m, 3].
    """
    found = models()
    said = words_say(odds, page, weight)
    body, promo = np.empty(len(odds), np.float32), np.empty(len(odds), np.float32)
    for a in range(0, len(odds), PART):
        part = slice(a, a + PART)
        every = np.concatenate([rows[at[part]], said[part]], axis=1)
        body[part] = found.blend["body"](found.trees["body"].log_odds(every), said[part, 0])
        promo[part] = found.blend["promo"](found.trees["promo"].log_odds(every), said[part, 1])
    cuts = np.flatnonzero(np.diff(page)) + 1
    for a, b in zip([0, *cuts], [*cuts, len(page)], strict=True):
        body[a:b] -= OWN * own_threshold(body[a:b], weight[a:b])
    # The better of navigation and promo is what body is weighed against.
    return np.stack([body, np.minimum(0, -promo), np.minimum(0, promo)], axis=1).astype(np.float32)


def words_say(odds: Array, page: Array, weight: Array) -> Array:
    """The columns `WORD_NAMES`: what the words say of the line and of its page.

    Shapes: as `revise` takes them. Returns float32[m, len(WORD_NAMES)].
    """
    said: Array = np.empty((len(odds), len(WORD_NAMES)), np.float32)
    said[:, 0] = odds[:, 0] - np.logaddexp(odds[:, 1], odds[:, 2])
    said[:, 1] = odds[:, 2] - odds[:, 1]
    share = 1 / (1 + np.exp(-said[:, 0].astype(np.float64)))
    # Sums of a page in its own order, so that a batch gives what the page alone gives.
    place = np.cumsum(np.diff(page, prepend=page[:1]) != 0)
    total = np.maximum(1, np.bincount(place, weight))
    said[:, 2] = (np.bincount(place, share * weight) / total)[place]
    return said


def own_threshold(log_odds: Array, letters: Array) -> float:
    """The log-odds from which lines are body on this page.

    Keeping the lines above half of the best expected F1 makes that F1 best, so a page on which nothing is certain
    gets a lower threshold than one whose article stands out. Worth .008 of word F1 on WCXB development pages.
    """
    if not len(log_odds):
        return 0.0
    p = 1 / (1 + np.exp(-log_odds.astype(np.float64)))
    weight = letters.astype(np.float64) + 1
    order = np.argsort(-p, kind="stable")
    right = np.cumsum((p * weight)[order])
    best = float(np.max(2 * right / (np.cumsum(weight[order]) + right[-1])))
    threshold = min(max(best / 2, LOWEST), HIGHEST)
    return float(np.log(threshold / (1 - threshold)))
