"""Documents -> columns of code points, words and blocks: the one pass that everything after stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from bilingual.errors import InputError
from bilingual.text import classes, kernel, native
from bilingual.text.tables import FOLD_DROP, code_point_tables
from bilingual.text.workspace import Sheet, give, take

Array = np.ndarray[Any, Any]

# A line longer than this has lost its line breaks: of the lines of the development pages 0.3% are longer, nearly
# all of them glued menus or whole articles.
LONG_LINE = 1500
# Items of a bar or bullet separated line count as cells up to this many words.
MAX_ITEM = 8
# Chains (`Home » News » Sport`) are cut only when every item is this short; others are one bread crumb line.
MAX_CHAIN_ITEM = 4
# Turkish İ, whose search fold hides its dot: a word is known by the letters as written.
DOTTED_I = 304
# In a line that lost its breaks, more words than LONG_STRETCH without any punctuation are cut in pieces of CHUNK.
LONG_STRETCH = 14
CHUNK = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What one pass finds in a batch of documents; every position is an index into `codes`.

    Shapes: codes uint32[n]; doc_ptr int64[n_docs + 1]; word_* [n_words]; block_* [n_blocks] except
    block_word int32[n_blocks + 1], the first word of every block. `word_hash` is of the search fold, `word_written` of
    the letters as written where the fold hides what tells languages apart, else 0.
    Each document is followed by one line feed in `codes`: document d is codes[doc_ptr[d] : doc_ptr[d + 1] - 1].
    `sheets` hold the same columns where kernels see them, until they are given back.
    """

    codes: Array
    doc_ptr: Array
    word_start: Array
    word_end: Array
    word_script: Array
    word_flags: Array
    word_hash: Array
    word_written: Array
    block_start: Array
    block_end: Array
    block_word: Array
    block_doc: Array
    block_line: Array
    block_cut: Array
    sheets: tuple[Sheet, Sheet] | None = field(default=None, compare=False, repr=False)

    @property
    def n_docs(self) -> int:
        return len(self.doc_ptr) - 1

    @property
    def n_words(self) -> int:
        return len(self.word_start)

    @property
    def n_blocks(self) -> int:
        return len(self.block_start)

    @property
    def word_block(self) -> Array:
        """The block of every word: int32[n_words]."""
        return np.repeat(np.arange(self.n_blocks, dtype=np.int32), np.diff(self.block_word))


def encode(texts: Sequence[str], engine: Any = kernel) -> tuple[Array, Array]:
    """(codes uint32[n], doc_ptr int64[n_docs + 1]) of documents, a line feed after each; lone surrogates are kept."""
    listed = list(texts)
    doc_ptr = np.empty(len(listed) + 1, np.int64)
    codes = np.empty(engine.measure(listed, native.view(doc_ptr, engine.COMPILED)), np.uint32)
    engine.fill(listed, native.view(codes, engine.COMPILED))
    return codes, doc_ptr


def scan(texts: Sequence[str], *, engine: Any = kernel) -> Scan:
    """Scan a batch of documents.

    `engine` is the kernel module: the compiled one, or the interpreted one in tests.

    Raises: InputError for a batch of more than 2**31 - 2 code points (int32 columns).
    """
    codes, doc_ptr = encode(texts, engine)
    if len(codes) >= 2**31 - 1:
        raise InputError(f"a batch of {len(codes)} code points is too large; the limit is 2**31 - 2")
    native.warn_if_interpreted(engine.COMPILED)
    classes, seen = _classes(engine), native.view(codes, engine.COMPILED)
    words = take(_WORD_KINDS, len(codes) + 1)
    found = words.through(engine.Words, engine.COMPILED)
    n_words, n_events = engine.scan_words(seen, classes, found)
    word_start, word_end, word_script, word_flags, word_hash, word_written = (
        a[:n_words].copy() for a in words.arrays[:6]
    )
    blocks = take(_BLOCK_KINDS, n_words + 2 * n_events + 2)
    n_blocks = engine.cut_blocks(
        seen, native.view(doc_ptr, engine.COMPILED), classes, found, blocks.through(engine.Blocks, engine.COMPILED),
        n_words, n_events, LONG_LINE, MAX_ITEM, MAX_CHAIN_ITEM, LONG_STRETCH, CHUNK,
    )  # fmt: skip
    _, start, end, word, doc, line, cut = blocks.arrays
    return Scan(
        codes=codes,
        doc_ptr=doc_ptr,
        word_start=word_start,
        word_end=word_end,
        word_script=word_script,
        word_flags=word_flags,
        word_hash=word_hash,
        word_written=word_written,
        block_start=start[:n_blocks].copy(),
        block_end=end[:n_blocks].copy(),
        block_word=word[: n_blocks + 1].copy(),
        block_doc=doc[:n_blocks].copy(),
        block_line=line[:n_blocks].copy(),
        block_cut=cut[:n_blocks].copy(),
        sheets=(words, blocks),
    )


def seen_by(engine: Any, scanned: Scan) -> Any:
    """The columns of a scan as `engine.Scanned`, which every kernel after this has: all but `codes` and `doc_ptr`,
    in the order of `Scan`."""
    s = scanned
    if s.sheets is None:
        exact = (
            s.word_start, s.word_end, s.word_script, s.word_flags, s.word_hash,
            s.block_start, s.block_end, s.block_word, s.block_doc, s.block_line, s.block_cut,
        )  # fmt: skip
        found = engine.Scanned(*native.views(exact, engine.COMPILED))
    else:
        words, blocks = s.sheets
        key = (engine.Scanned, id(blocks))
        found = words.seen.get(key)
        if found is not None and words.seen.get(engine) is s.codes:
            return found  # as the last kernel function of this engine left it
        words.seen[engine] = s.codes
        if found is None:
            arrays = (*words.arrays[:5], *blocks.arrays[1:])
            found = words.seen[key] = engine.Scanned(*native.views(arrays, engine.COMPILED))
            words.seen[id(blocks)] = blocks  # so that no other has its number
    found.hold(native.view(s.codes, engine.COMPILED), native.view(s.doc_ptr, engine.COMPILED), s.n_words, s.n_blocks)
    return found


def settle(scanned: Scan) -> None:
    """Give the work space of a scan back, when no kernel will look at it again; the scan stays."""
    sheets = scanned.sheets
    if sheets is not None:
        object.__setattr__(scanned, "sheets", None)
        give(*sheets)


_WORD_KINDS = (np.int32, np.int32, np.uint8, np.uint16, np.uint64, np.uint32, np.int32, np.uint8, np.int32)
_BLOCK_KINDS = (np.int32, np.int32, np.int32, np.int32, np.int32, np.int32, np.uint8)


@cache
def _classes(engine: Any) -> Any:
    """The code point tables as the kernel takes them."""
    t = code_point_tables()
    return engine.Classes(*native.views((t.pages, t.cells, t.expansions, plain_letters()), engine.COMPILED))


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
    is_known = (props & 15 == classes.LETTER) & (folds < 1 << 16) & (folds != FOLD_DROP) & (codes != DOTTED_I)
    scripts = np.where(is_known & (scripts <= classes.LATN), scripts, 0)
    is_upper = (props & classes.UPPER_BIT) != 0
    first = np.where(scripts > 0, folds | scripts << 16 | is_upper.astype(np.uint32) << 24, 0)
    return np.concatenate(
        [first, *(np.where((scripts == k) & ~is_upper, folds, 0) for k in (classes.ARAB, classes.LATN))]
    ).astype(np.uint32)
