"""Documents -> columns of code points, words and blocks: the one pass that everything after stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bilingual.errors import InputError
from bilingual.text import kernel, native
from bilingual.text.tables import code_point_tables
from bilingual.text.workspace import borrow

Array = np.ndarray[Any, Any]

# A line longer than this has lost its line breaks: of the lines of the development pages 0.3% are longer, nearly
# all of them glued menus or whole articles.
LONG_LINE = 1500
# Items of a bar or bullet separated line count as cells up to this many words.
MAX_ITEM = 8
# Chains (`Home » News » Sport`) are cut only when every item is this short; others are one bread crumb line.
MAX_CHAIN_ITEM = 4
# In a line that lost its breaks, more words than LONG_STRETCH without any punctuation are cut in pieces of CHUNK.
LONG_STRETCH = 14
CHUNK = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What one pass finds in a batch of documents; every position is an index into `codes`.

    Shapes: codes uint32[n]; doc_ptr int64[n_docs + 1]; word_* [n_words]; block_* [n_blocks] except
    block_word int32[n_blocks + 1], the first word of every block.
    Each document is followed by one line feed in `codes`: document d is codes[doc_ptr[d] : doc_ptr[d + 1] - 1].
    """

    codes: Array
    doc_ptr: Array
    word_start: Array
    word_end: Array
    word_block: Array
    word_script: Array
    word_flags: Array
    word_hash: Array
    block_start: Array
    block_end: Array
    block_word: Array
    block_doc: Array
    block_line: Array
    block_cut: Array

    @property
    def n_docs(self) -> int:
        return len(self.doc_ptr) - 1

    @property
    def n_words(self) -> int:
        return len(self.word_start)

    @property
    def n_blocks(self) -> int:
        return len(self.block_start)


def encode(texts: Sequence[str], engine: Any = kernel) -> tuple[Array, Array]:
    """(codes uint32[n], doc_ptr int64[n_docs + 1]) of documents, a line feed after each; lone surrogates are kept."""
    doc_ptr = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=doc_ptr[1:])
    codes = np.empty(int(doc_ptr[-1]), np.uint32)
    engine.fill(list(texts), native.view(codes, engine.COMPILED))
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
    words, events = _words(codes, engine)
    blocks = _blocks(codes, doc_ptr, words, events, engine)
    return Scan(codes=codes, doc_ptr=doc_ptr, **words, **blocks)


def _words(codes: Array, engine: Any) -> tuple[dict[str, Array], dict[str, Array]]:
    """Columns of words and of events."""
    n = len(codes) + 1
    t = code_point_tables()
    word = {
        "word_start": borrow("scan.word_start", n, np.int32),
        "word_end": borrow("scan.word_end", n, np.int32),
        "word_script": borrow("scan.word_script", n, np.uint8),
        "word_flags": borrow("scan.word_flags", n, np.uint16),
        "word_hash": borrow("scan.word_hash", n, np.uint64),
    }
    event = {
        "pos": borrow("scan.pos", n, np.int32),
        "kind": borrow("scan.kind", n, np.uint8),
        "word": borrow("scan.word", n, np.int32),
    }
    counts = np.zeros(2, np.int64)
    tables = (t.pages, t.cells, t.expansions)
    arrays = (codes, *tables, *word.values(), *event.values(), counts)
    engine.scan_words(*native.views(arrays, engine.COMPILED))
    n_words, n_events = counts.tolist()
    return {k: v[:n_words].copy() for k, v in word.items()}, {k: v[:n_events] for k, v in event.items()}


def _blocks(
    codes: Array, doc_ptr: Array, words: dict[str, Array], events: dict[str, Array], engine: Any
) -> dict[str, Array]:
    """Columns of blocks, and the block of every word."""
    n_words, n_events = len(words["word_start"]), len(events["pos"])
    n = n_words + 2 * n_events + 1
    t = code_point_tables()
    cuts = borrow("scan.cuts", n, np.int32)
    block = {
        "block_start": borrow("scan.block_start", n, np.int32),
        "block_end": borrow("scan.block_end", n, np.int32),
        "block_word": borrow("scan.block_word", n + 1, np.int32),
        "block_doc": borrow("scan.block_doc", n, np.int32),
        "block_line": borrow("scan.block_line", n, np.int32),
        "block_cut": borrow("scan.block_cut", n, np.uint8),
    }
    word_block = np.empty(n_words, np.int32)
    counts = np.zeros(1, np.int64)
    arrays = (
        codes, doc_ptr, t.pages, t.cells, words["word_start"], words["word_script"],
        events["pos"], events["kind"], events["word"], cuts, *block.values(), word_block,
    )  # fmt: skip
    engine.cut_blocks(
        *native.views(arrays, engine.COMPILED),
        n_words, n_events, LONG_LINE, MAX_ITEM, MAX_CHAIN_ITEM, LONG_STRETCH, CHUNK,
        native.view(counts, engine.COMPILED),
    )  # fmt: skip
    n_blocks = int(counts[0])
    columns = {name: array[:n_blocks].copy() for name, array in block.items() if name != "block_word"}
    return {**columns, "block_word": block["block_word"][: n_blocks + 1].copy(), "word_block": word_block}
