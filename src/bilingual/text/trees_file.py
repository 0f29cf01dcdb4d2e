"""Files of symmetric trees: a row of biases, other rows of settings, then a row for each tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bilingual.text.arrays import Array


class TreeRows(NamedTuple):
    """What a file of trees holds.

    Shapes: feature int32[trees, depth], number of the column that is asked; border uint8[trees, depth], the answer is
    `value > border`, never where a tree has fewer questions; leaves int32[trees, 2**depth, outputs], in thousandths of
    log-odds, 0 behind those that a tree has; bias float64[outputs], in log-odds. `settings` has the other rows by name.
    """

    feature: Array
    border: Array
    leaves: Array
    bias: Array
    settings: dict[str, str]


def read_trees(text: str, names: Sequence[str]) -> TreeRows:
    """The trees of a file; `names` are those of the columns.

    >>> rows = read_trees("# about\\nbias\\t0.5\\nsize>3\\t-10 20", ["shape", "size"])
    >>> rows.feature.tolist(), rows.border.tolist(), rows.leaves[0, :, 0].tolist(), float(rows.bias[0])
    ([[1]], [[3]], [-10, 20], 0.5)
    """
    number = {name: i for i, name in enumerate(names)}
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    settings = dict(row for row in rows if row[0] and ">" not in row[0])
    trees = [row for row in rows if not row[0] or ">" in row[0]]
    bias = np.array(settings.pop("bias").split(), np.float64)
    depth = max(len(questions.split()) for questions, _ in trees)
    feature, border = np.zeros((len(trees), depth), np.int32), np.full((len(trees), depth), 255, np.uint8)
    leaves = np.zeros((len(trees), 1 << depth, len(bias)), np.int32)
    for t, (questions, values) in enumerate(trees):
        for k, question in enumerate(questions.split()):
            name, _, limit = question.rpartition(">")
            feature[t, k], border[t, k] = number[name], int(limit)
        found = np.array(values.split(), np.int32).reshape(-1, len(bias))
        leaves[t, : len(found)] = found
    return TreeRows(feature, border, leaves, bias, settings)
