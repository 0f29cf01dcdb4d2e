"""The fitted weights: symmetric trees and the calibration of scores, read from `data/weights`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, NamedTuple

import numpy as np

from bilingual.errors import BilingualError
from bilingual.labels.features import BODY_NAMES, NAMES, Lines
from bilingual.labels.trees import kernel
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.powers import powers
from bilingual.text.trees_file import read_trees
from bilingual.text.workspace import Column, Columns, room

# Lines and trees that the kernel takes at a time, outputs in one number of it, bits of each; it knows the numbers.
CHUNK, GROUP, FIELDS, BITS = 512, 10, 3, 21
# Numbers in a leaf, for which there is room; questions of a tree that the kernel knows.
MOST_WORDS, QUESTIONS = 3, (4, 6)
# Questions and outputs of trees that vectors know.
WIDE_QUESTIONS, WIDE_OUTPUTS = 6, (1, FIELDS)


class Early(NamedTuple):
    """When the first trees will do: where an output is `sure` above the next after `trees` trees, a multiple of GROUP,
    the log-odds are `gain` times theirs."""

    trees: int
    sure: float
    gain: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forest:
    """Trees that ask the same questions of every line; with `early`, not all of them of a line that is sure before.

    Shapes: feature int32[trees, depth], row of the columns; border uint8[trees, depth], the answer is `value > border`;
    leaves int32[trees, 2**depth, outputs], in thousandths of log-odds; bias float64[outputs], in log-odds.
    """

    feature: Array
    border: Array
    leaves: Array
    bias: Array
    early: Early | None = None

    @property
    def width(self) -> int:
        """Outputs of the kernel: one, or a multiple of three."""
        outputs = len(self.bias)
        return outputs if outputs == 1 else outputs + -outputs % FIELDS

    def trees(self, engine: Any = kernel, wide: int | None = None) -> Any:
        """The trees as the kernel takes them: what is added to make the numbers round says nothing.

        `wide` says what is done in vectors, see `trees/vectors.pxd`; all that the processor knows without it.

        Leaves are told by how much they are above the least of their tree and output, which goes into the bias: sums of
        such fields never run into each other.

        Raises: BilingualError when the kernel cannot have them.
        """
        if self.early and (len(self.bias) != FIELDS or self.early.trees % GROUP):
            raise BilingualError(f"only trees of {FIELDS} outputs are left early, after a multiple of {GROUP}")
        least = self.leaves.min(axis=1, keepdims=True)
        first, sure, gain = self.early or Early(len(self.feature) + -len(self.feature) % GROUP, 0.0, 1.0)
        bias, early = (
            np.pad(self.bias + least[:trees].sum(axis=(0, 1)) / 1000, (0, self.width - len(self.bias)))
            for trees in (len(self.feature), first)
        )
        questions = _questions(self.feature.shape[1])
        more = ((0, -len(self.feature) % GROUP), (0, questions - self.feature.shape[1]))
        above = self.leaves - least
        narrow = _narrow(above, 1 << questions) if questions == WIDE_QUESTIONS else None
        wide = 0 if narrow is None else engine.most_wide() if wide is None else wide
        arrays = (
            np.ascontiguousarray(np.pad(self.feature, more), np.int32),
            np.ascontiguousarray(np.pad(self.border, more, constant_values=255), np.uint8),
            _packed(above, self.width, 1 << questions),
            np.zeros(0, np.uint16) if narrow is None else narrow,
            np.ascontiguousarray(bias, np.float64),
            np.ascontiguousarray(early, np.float64),
        )
        return engine.Trees(*native.views(arrays, engine.COMPILED), first, sure, gain, wide)

    def asked(self, column: Array) -> tuple[int, float]:
        """(how many trees a line with this column is asked, how much their log-odds count)."""
        if self.early is None:
            return len(self.feature), 1.0
        first, sure, gain = self.early
        answers = column[self.feature[:first]] > self.border[:first]
        leaf = (answers << np.arange(answers.shape[1])).sum(axis=1)
        odds = np.sort(self.bias + self.leaves[np.arange(first), leaf].sum(axis=0) / 1000)
        return (first, gain) if odds[-1] - odds[-2] > sure else (len(self.feature), 1.0)

    def __call__(self, columns: Array, *, engine: Any = kernel, wide: int | None = None) -> Array:
        """Log-odds of every line: float32[m, outputs] from columns uint8[features, m]; `wide` as `trees` takes it."""
        out = np.empty(columns.shape[1] * self.width, np.float32)
        columns, found = native.views((np.ascontiguousarray(columns), out), engine.COMPILED)
        engine.forest(columns, self.trees(engine, wide), tree_room(engine), found)
        return np.ascontiguousarray(out.reshape(-1, self.width)[:, : len(self.bias)])


def _questions(asked: int) -> int:
    """Questions of a tree in the kernel: those beyond `asked` have always the same answer.

    Raises: BilingualError when the kernel knows no trees of so many.
    """
    if asked > QUESTIONS[-1]:
        raise BilingualError(f"trees of at most {QUESTIONS[-1]} questions are known")
    return next(questions for questions in QUESTIONS if questions >= asked)


def _packed(above: Array, width: int, room: int) -> Array:
    """Leaves int[trees, leaves, outputs], none below 0, as the kernel has them: `room` of a tree, uint64 with FIELDS
    outputs in each.

    Raises: BilingualError when they do not fit.
    """
    trees, size, outputs = above.shape
    if width > FIELDS * MOST_WORDS:
        raise BilingualError(f"trees of at most {FIELDS * MOST_WORDS} outputs are known")
    if above.max(axis=1).sum(axis=0).max() >= 1 << BITS:
        raise BilingualError("leaves of trees are too far apart: their sums would not fit the kernel's numbers")
    leaves = np.zeros((trees + -trees % GROUP, room, width), np.uint64)
    leaves[:trees, :size, :outputs] = above
    leaves <<= np.arange(width, dtype=np.uint64) % FIELDS * BITS
    packed = leaves.reshape(-1, min(width, FIELDS)).sum(axis=1, dtype=np.uint64)
    found: Array = native.aligned(packed.size, np.uint64)
    found[:] = packed
    return found


def _narrow(above: Array, room: int) -> Array | None:
    """The same leaves as vectors take them: an output of a tree after the other, `room` numbers of 16 bits in each.

    None where sums of GROUP of them may be larger, and for so many outputs as vectors do not know."""
    trees, size, outputs = above.shape
    if outputs not in WIDE_OUTPUTS or above.max() * GROUP >= 1 << 16:
        return None
    found: Array = native.aligned((trees + -trees % GROUP) * outputs * room, np.uint16)
    found.reshape(-1, outputs, room)[:trees, :, :size] = above.transpose(0, 2, 1)
    return found


class _Leaves(Columns):
    """Work space of the trees, see `kernel.LeafRoom`."""

    KINDS: ClassVar = {
        "total": Column(np.uint64, each=MOST_WORDS),
        "columns": Column(np.uint8, rows=len(NAMES) + len(BODY_NAMES)),
    }
    IS_TIGHT: ClassVar = True


def tree_room(engine: Any) -> Any:
    """Work space of the trees as the kernel takes it: for CHUNK lines."""
    return room(_Leaves, CHUNK).seen_by(engine.LeafRoom, engine.COMPILED)


def as_seen(lines: Lines, engine: Any) -> Any:
    """The lines as the kernel of trees takes them."""
    return lines.seen_by(engine.Lines, engine.COMPILED, _LINES)


_LINES = ("doc_line", "every", "body", "body_odds", "odds", "probability")


@cache
def power_table(engine: Any) -> Any:
    """The powers of e as the kernel takes them."""
    return engine.Powers(*native.views((powers(),), engine.COMPILED))


def read_forest(text: str, names: Sequence[str]) -> Forest:
    """The trees of a weights file; `names` are the rows of the columns."""
    rows = read_trees(text, names)
    early = None
    if "early" in rows.settings:
        trees, sure, gain = rows.settings["early"].split()
        early = Early(int(trees), float(sure), float(gain))
    return Forest(feature=rows.feature, border=rows.border, leaves=rows.leaves, bias=rows.bias, early=early)


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
    from bilingual.labels.kinds import PAGE_NAMES

    folder = files("bilingual") / "data" / "weights"
    rows = (folder / "calibration.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in rows if not line.startswith("#")]
    return Weights(
        body=read_forest((folder / "body.tsv").read_text("utf-8"), NAMES),
        label=read_forest((folder / "label.tsv").read_text("utf-8"), (*NAMES, *BODY_NAMES)),
        kind=read_forest((folder / "kind.tsv").read_text("utf-8"), PAGE_NAMES),
        calibration=np.ascontiguousarray(np.array(pairs, np.float32).T, np.float64),
    )


@cache
def few_forest() -> Forest:
    """The label trees of texts of few lines, loaded once, with the first such text."""
    text = (files("bilingual") / "data" / "weights" / "few.tsv").read_text("utf-8")
    return read_forest(text, (*NAMES, *BODY_NAMES))
