"""Where lines that have lost their line breaks had them: tables of the kernel `breaks`, read at the first such line.

Fitted by `tools/line_breaks.py` on pages whose line breaks are known.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from bilingual.text import blanks, classes, native
from bilingual.text.arrays import Array
from bilingual.text.stages import KERNELS, Stages
from bilingual.text.trees_file import read_trees
from bilingual.text.workspace import Column, Columns, room

if TYPE_CHECKING:
    from bilingual.text.scan import Scan

# Signs by class, as trees ask for them.
SIGNS = (
    ".", "?!؟", ",،;؛", ":", ")]", "\"”»’'", "…", "-–—", "/", "|", ">›", None, "([“«‘", "•·*", "#@&+$©",
)  # fmt: skip
# What is asked about a blank between two words, in the order of the rows that the kernel fills: signs beside it and
# beside those near it, shapes and lengths of words (0 the one after it), how often words end and begin lines, words
# since and to a sentence end, means or counts of such things before and after it, and how often words and pairs of them
# stand near.
NAMES = (
    "after", "before", "between", "after-1", "after+1", "after+2",
    "shape-3", "shape-2", "shape-1", "shape", "shape+1", "shape+2", "size-2", "size-1", "size", "size+1",
    "ends-3", "ends-2", "ends-1", "ends", "ends+1", "begins-2", "begins-1", "begins", "begins+1", "begins+2",
    "parted", "back", "ahead", "ends_before", "begins_after", "titles_before", "titles_after", "small_before",
    "small_after",
    "signs_before", "signs_after", "stops_before", "stops_after",
    "times-1", "times", "pairs-1", "pairs", "pairs+1", "apart", "wide_before", "wide_after",
)  # fmt: skip


class Around(Columns):
    """What the kernel knows of each word of a line, see `around.kernel.Around`."""

    KINDS: ClassVar = {
        name: Column(np.uint8)
        for name in (
            "shape", "size", "begins", "ends", "after", "before", "between", "stop", "back", "ahead", "times", "pairs",
            "wide", "title", "small", "marked",
        )
    }


class Counts(Columns):
    """Work space to count words in, see `around.kernel.Counts`."""

    KINDS: ClassVar = {"words": Column(np.uint8), "pairs": Column(np.uint8)}


class Asked(Columns):
    """Work space of the trees for GAPS blanks: what is asked of each, and what the trees say."""

    KINDS: ClassVar = {
        "columns": Column(np.uint8, rows=len(NAMES)),
        "left": Column(np.uint8, rows=len(NAMES)),
        "leaf": Column(np.uint8, rows=blanks.TOGETHER),
        "total": Column(np.int32),
        "sums": Column(np.int32),
        "place": Column(np.int32),
        "asked": Column(np.int32),
    }
    IS_TIGHT: ClassVar = True


def mark(scan: Scan, code_points: Any, engine: Stages = KERNELS) -> None:
    """Fill `scan.word_odds` for every line that the kernel left whole; `code_points` are its tables of them."""
    first, last, compiled = engine.around, engine.breaks, engine.breaks.COMPILED
    lost = np.flatnonzero(scan.block_cut == classes.CUT_GROUP)
    words = [(int(scan.block_word[b]), int(scan.block_word[b + 1])) for b in lost]
    columns = native.views([scan.room_of(name) for name in WORD_COLUMNS], compiled)
    codes, odds = native.views((scan.room_of("codes"), scan.room_of("word_odds")), compiled)
    seen = engine.columns.Words(*columns)
    trees = _trees(last, room(Asked, blanks.GAPS))
    counts = room(Counts, blanks.COUNTED).seen_by(first.Counts, compiled)
    for begin, end in words:
        around = room(Around, end - begin + 2 * blanks.MARGIN).seen_by(first.Around, compiled)
        last.mark(codes, code_points, known(first), seen, begin, end, around, counts, trees, odds)


WORD_COLUMNS = (
    "word_start", "word_end", "word_script", "word_flags", "word_hash", "word_written", "event_pos", "event_kind",
    "event_word",
)  # fmt: skip


@cache
def known(kernel: Any) -> Any:
    """Words that begin or end lines more or less often than others, and classes of signs, as the kernel takes them."""
    text = (files("bilingual") / "data" / "breaks" / "words.tsv").read_text("utf-8")
    rows = [line for line in text.splitlines() if not line.startswith("#")]
    cells = "\t".join(rows).split("\t")
    numbers = np.array([*cells[1::3], *cells[2::3]], np.int16).reshape(2, -1) + blanks.EVEN
    return table_of(kernel, hashes(cells[0::3]), *numbers.astype(np.uint8))


def hashes(words: list[str]) -> Array:
    """The hash of every word: uint64[len(words)], 0 where it is not one word.

    >>> hashes(["Home", "a b"])[1]
    np.uint64(0)
    """
    from bilingual.text.scan import scan

    found = scan(["\n".join(words)])
    line, first = np.unique(found.block_line[found.word_block], return_index=True)
    values = np.zeros(len(words), np.uint64)
    values[line] = found.word_hash[first]
    values[line[np.diff(np.append(first, found.n_words)) > 1]] = 0
    return values


def table_of(kernel: Any, keys: Array, begins: Array, ends: Array) -> Any:
    """The table of words as the kernel takes it: open addressing by hash.

    `keys` uint64[n] are hashes, none twice; `begins` and `ends` uint8[n], EVEN for a word that does as others do.
    """
    size = 1 << (2 * len(keys) + 1).bit_length()
    slots, row = np.zeros(size, np.uint64), np.zeros(size, np.int64)
    left = np.arange(len(keys))
    at = (keys & np.uint64(size - 1)).astype(np.int64)
    while len(left):  # of those that want one slot the first has it, the others go on to the next
        place, first = np.unique(at, return_index=True)
        is_free = slots[place] == 0
        place, first = place[is_free], first[is_free]
        slots[place], row[place] = keys[left[first]], left[first]
        left, at = np.delete(left, first), np.delete(at, first) + 1 & size - 1
    arrays = (slots, begins[row], ends[row], _sign_classes())
    return kernel.Known(*native.views([np.ascontiguousarray(array) for array in arrays], kernel.COMPILED))


def _sign_classes() -> Array:
    found = np.full(blanks.SIGN_CODES, blanks.SIGN_OTHER, np.uint8)
    for number, signs in enumerate(SIGNS, 1):
        for sign in signs or "":
            found[ord(sign)] = number
    return found


def _trees(kernel: Any, asked: Asked) -> Any:
    """The trees and their work space as the kernel takes them."""
    arrays = _forest()
    space = [asked.room_of(name) for name in asked.KINDS]
    return kernel.Trees(*native.views(arrays[:3], kernel.COMPILED), arrays[3], *native.views(space, kernel.COMPILED))


@cache
def _forest() -> tuple[Array, Array, Array, int]:
    """feature int32[trees * QUESTIONS], border uint8[trees * QUESTIONS], leaves int32[trees * LEAVES] and bias, both in
    thousandths of log-odds."""
    text = (files("bilingual") / "data" / "breaks" / "trees.tsv").read_text("utf-8")
    rows = read_trees(text, NAMES)
    depth = rows.feature.shape[1]
    # the kernel knows trees of QUESTIONS, TOGETHER at a time: those that make the number round say nothing
    more = ((0, -len(rows.feature) % blanks.TOGETHER), (0, blanks.QUESTIONS - depth))
    feature, border = np.pad(rows.feature, more), np.pad(rows.border, more, constant_values=255)
    leaves = np.pad(rows.leaves[:, :, 0], (more[0], (0, blanks.LEAVES - (1 << depth))))
    return feature.ravel(), border.ravel(), leaves.ravel(), round(float(rows.bias[0]) * 1000)
