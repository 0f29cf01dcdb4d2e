"""The fitted weights: symmetric trees and the calibration of scores, read from `data/weights`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

import numpy as np

from bilingual.labels import kernel
from bilingual.labels.features import BODY_NAMES, NAMES
from bilingual.labels.kinds import PAGE_NAMES
from bilingual.text import native
from bilingual.text.workspace import Column, Columns, room

Array = np.ndarray[Any, Any]


# Lines and trees that the kernel takes at a time, leaves of a tree there; it knows the numbers.
CHUNK, GROUP, LEAVES = 512, 10, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees that ask the same questions of every line.

    Shapes: feature int32[trees, depth], row of the columns; border uint8[trees, depth], the answer is `value > border`;
    leaves float32[trees, 2**depth, outputs], in log-odds; bias float32[outputs].
    """

    feature: Array
    border: Array
    leaves: Array
    bias: Array

    @property
    def width(self) -> int:
        """Outputs of the kernel: a multiple of four, so that a vector takes them, or one."""
        outputs = len(self.bias)
        return outputs if outputs == 1 else outputs + -outputs % 4

    def trees(self, engine: Any = kernel) -> Any:
        """The trees as the kernel takes them: what is added to make the numbers round says nothing."""
        more = (0, -len(self.feature) % GROUP)
        leaf, output = (0, max(LEAVES - self.leaves.shape[1], 0)), (0, self.width - len(self.bias))
        arrays = (
            np.pad(self.feature, (more, (0, 0))),
            np.pad(self.border, (more, (0, 0))),
            np.pad(self.leaves, (more, leaf, output)).reshape(-1),
            np.pad(self.bias, output),
        )
        return engine.Trees(*native.views(arrays, engine.COMPILED))

    def __call__(self, columns: Array, *, engine: Any = kernel) -> Array:
        """Log-odds of every line: float32[m, outputs] from columns uint8[features, m]."""
        out = np.empty(columns.shape[1] * self.width, np.float32)
        index = np.empty(GROUP * CHUNK, np.uint8)
        columns, index, found = native.views((np.ascontiguousarray(columns), index, out), engine.COMPILED)
        engine.forest(columns, self.trees(engine), index, found)
        return np.ascontiguousarray(out.reshape(-1, self.width)[:, : len(self.bias)])


class _Leaves(Columns):
    """Work space of the trees, see `kernel.LeafRoom`."""

    KINDS: ClassVar = {"index": Column(np.uint8)}


def tree_room(engine: Any) -> Any:
    """Work space of the trees as the kernel takes it: the leaves of GROUP trees for CHUNK lines."""
    return room(_Leaves, GROUP * CHUNK).seen_by(engine.LeafRoom, engine.COMPILED)


def read_forest(text: str, names: Sequence[str]) -> Forest:
    """The trees of a weights file; `names` are the rows of the columns."""
    number = {name: i for i, name in enumerate(names)}
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    bias = np.array(lines[0].split("\t")[1].split(), np.float32)
    asked, leaves = zip(*(line.split("\t") for line in lines[1:]), strict=True)
    depth = max(len(questions.split()) for questions in asked)
    feature, border = np.zeros((len(asked), depth), np.int32), np.full((len(asked), depth), 255, np.uint8)
    values = np.zeros((len(asked), 1 << depth, len(bias)), np.float32)
    for t, questions in enumerate(asked):
        for k, question in enumerate(questions.split()):
            name, _, limit = question.rpartition(">")
            feature[t, k], border[t, k] = number[name], int(limit)
        found = np.array(leaves[t].split(), np.float32).reshape(-1, len(bias)) / np.float32(1000)
        values[t, : len(found)] = found
    return Forest(feature=feature, border=border, leaves=values, bias=bias)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Everything that is fitted: trees for body, labels and page kinds, what a probability is worth.

    Shapes: calibration float64[2, k]: probability given by the trees, share of lines that had the label.
    """

    body: Forest
    label: Forest
    kind: Forest
    calibration: Array


@cache
def weights() -> Weights:
    """The weights of the package, loaded once."""
    folder = files("bilingual") / "data" / "weights"
    rows = (folder / "calibration.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in rows if not line.startswith("#")]
    return Weights(
        body=read_forest((folder / "body.tsv").read_text("utf-8"), NAMES),
        label=read_forest((folder / "label.tsv").read_text("utf-8"), (*NAMES, *BODY_NAMES)),
        kind=read_forest((folder / "kind.tsv").read_text("utf-8"), PAGE_NAMES),
        calibration=np.ascontiguousarray(np.array(pairs, np.float32).T, np.float64),
    )
