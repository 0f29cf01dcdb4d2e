"""Documents -> columns of code points, words and blocks: the one pass that everything after stands on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

import numpy as np

from bilingual.errors import InputError
from bilingual.text import classes, native
from bilingual.text.arrays import Array
from bilingual.text.stages import KERNELS, Stages
from bilingual.text.tables import code_point_tables
from bilingual.text.workspace import Column, Columns, Make, fresh

# A line longer than this has lost its line breaks: of the lines of the development pages 0.3% are longer, nearly
# all of them glued menus or whole articles.
LONG_LINE = 1500
# So has the only line of a text from here on, if it does not end a sentence and lost a break in as many places where no
# sentence ends, with odds from LOST on (e to 1), higher than those at which a blank is cut: of stretches of 13 lines of
# the corpus, joined, 82% end no sentence, and of these 60% have as many places; of paragraphs of development pages
# without their last stop 1%, without any punctuation 4% in Arabic and 20% in English. With LIKELY for LOST these were
# 97, 22, 87 and 43%, and a seventh of the letters of such Arabic prose were no body.
LONE_LINE, FEWEST_BREAKS, LOST = 300, 4, 144
# Items of a bar or bullet separated line count as cells up to this many words.
MAX_ITEM = 8
# Chains (`Home » News » Sport`) are cut only when every item is this short; others are one bread crumb line.
MAX_CHAIN_ITEM = 4
# Turkish İ, whose search fold hides its dot: a word is known by the letters as written.
DOTTED_I = 304
# In a line that lost its breaks: the odds of one from which on a blank is cut, see `breaks.kernel.mark`; where nothing
# cuts for MOST_WORDS, the likeliest blank is, LEAST_WORDS after the last cut at the earliest.
LIKELY = 118
LEAST_WORDS, MOST_WORDS = 8, 80
# A line of fewer words is not looked at as a justified one.
JUSTIFIED = 8
# As the kernel takes them.
LIMITS = (
    LONG_LINE, LONE_LINE, FEWEST_BREAKS, LOST, MAX_ITEM, MAX_CHAIN_ITEM, LIKELY, LEAST_WORDS, MOST_WORDS, JUSTIFIED
)  # fmt: skip


class Scan(Columns):
    """What one pass finds in a batch of documents; every position is an index into `codes`.

    Shapes: codes uint32[n]; doc_ptr int64[n_docs + 1]; word_* [n_words]; block_* [n_blocks] except
    block_word int32[n_blocks + 1], the first word of every block. `word_hash` is of the search fold, `word_written` of
    the letters as written where the fold hides what tells languages apart, NO_WORD or OF_CODE, else 0. event_*,
    cuts and word_odds are work space. Each document is followed by one line feed in `codes`: document d is
    codes[doc_ptr[d] : doc_ptr[d + 1] - 1].
    """

    KINDS: ClassVar = {
        "codes": Column(np.uint32),
        "doc_ptr": Column(np.int64, "n_docs", 1),
        "word_start": Column(np.int32, "n_words"),
        "word_end": Column(np.int32, "n_words"),
        "word_script": Column(np.uint8, "n_words"),
        "word_flags": Column(np.uint16, "n_words"),
        "word_hash": Column(np.uint64, "n_words"),
        "word_written": Column(np.uint32, "n_words"),
        "event_pos": Column(np.int32),
        "event_kind": Column(np.uint8),
        "event_word": Column(np.int32),
        "cuts": Column(np.int32),
        "word_odds": Column(np.uint8, "n_words"),
        "block_start": Column(np.int32, "n_blocks"),
        "block_end": Column(np.int32, "n_blocks"),
        "block_word": Column(np.int32, "n_blocks", 1),
        "block_doc": Column(np.int32, "n_blocks"),
        "block_line": Column(np.int32, "n_blocks"),
        "block_cut": Column(np.uint8, "n_blocks"),
    }
    # room for a word, a block and an event at every code point, of which most is never touched
    KEEP_BYTES = 64 << 20
    n_docs = n_words = n_blocks = 0

    def scanned(self, engine: Any, names: tuple[str, ...] = ()) -> Any:
        """The columns, or those of `names`, as `engine.Scanned`, which most kernels after this have."""
        found = self.seen_by(engine.Scanned, engine.COMPILED, names or SCANNED)
        found.hold(self.n_words, self.n_blocks)
        return found

    @property
    def word_block(self) -> Array:
        """The block of every word: int32[n_words]."""
        return np.repeat(np.arange(self.n_blocks, dtype=np.int32), np.diff(self.block_word))


SCANNED = (
    "codes", "doc_ptr", "word_start", "word_end", "word_script", "word_flags", "word_hash",
    "block_start", "block_end", "block_word", "block_doc", "block_line", "block_cut",
)  # fmt: skip


def scan(texts: Sequence[str], *, engine: Stages = KERNELS, new: Make = fresh) -> Scan:
    """Scan a batch of documents.

    `engine` has the kernels: the compiled ones, or the interpreted ones in tests.

    Raises: InputError for a batch of more than 2**31 - 2 code points (int32 columns).
    """
    listed = list(texts)
    size = sum(map(len, listed)) + len(listed)
    if size >= 2**31 - 1:
        raise InputError(f"a batch of {size} code points is too large; the limit is 2**31 - 2: give the texts in parts")
    kernel = engine.documents
    native.warn_if_interpreted(kernel.COMPILED)
    found = new(Scan, size)
    found.n, found.n_docs = size, len(listed)
    code_points, limits = code_points_of(engine.columns), _limits(engine.blocks)
    seen = found.seen_by(kernel.Room, kernel.COMPILED)
    found.n_words, found.n_blocks, n_long = kernel.scan(listed, size, code_points, limits, seen)
    if n_long:
        _line_breaks().mark(found, code_points, engine)
        found.n_blocks = kernel.cut(found.n_docs, code_points, limits, seen)
    return found


@cache
def _line_breaks() -> Any:
    """What finds lost line breaks, imported when the first line has lost its own."""
    from bilingual.text import line_breaks

    return line_breaks


@cache
def code_points_of(columns: Any) -> Any:
    """The code point tables as the kernels take them."""
    t = code_point_tables()
    names = (packed_names(classes.DOMAINS), packed_names(classes.EXTENSIONS))
    arrays = (t.pages, t.cells, t.expansions, plain_letters(), *names)
    return columns.Classes(*native.views(arrays, columns.COMPILED))


@cache
def _limits(blocks: Any) -> Any:
    """Where lines are cut, as the kernel takes it."""
    return blocks.Limits(*LIMITS)


def plain_letters() -> Array:
    """uint32[3 * 0x700], three tables: letters that begin most words, then the plain letters of script 1, then those of
    script 2; 0 for all other code points.

    A plain letter has no case or is in lower case; its item is its fold. A word is nearly all such letters. The first
    table has those in upper case, too: the fold, the script << 16, and 1 << 24 for upper case.
    """
    codes = np.arange(0x700, dtype=np.uint32)
    props, folds = code_point_tables().props(codes), code_point_tables().folds(codes)
    folds = np.where(folds == 0, codes, folds)
    scripts = (props >> classes.SCRIPT_SHIFT) & classes.SCRIPT_MASK
    is_letter = props & classes.KIND_MASK == classes.LETTER
    is_known = is_letter & (folds < 1 << 16) & (folds != classes.FOLD_DROP) & (codes != DOTTED_I)
    scripts = np.where(is_known & (scripts <= classes.LATN), scripts, 0)
    is_upper = (props & classes.UPPER_BIT) != 0
    first = np.where(scripts > 0, folds | scripts << 16 | is_upper.astype(np.uint32) << 24, 0)
    return np.concatenate(
        [first, *(np.where((scripts == k) & ~is_upper, folds, 0) for k in (classes.ARAB, classes.LATN))]
    ).astype(np.uint32)


def packed_names(names: Sequence[str]) -> Array:
    """uint64[n]: the letters of every name, one byte each, the last in the lowest."""
    return np.array([int.from_bytes(name.encode(), "big") for name in names], np.uint64)
