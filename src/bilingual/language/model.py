"""Words and blocks of a scan -> languages and spans.

The script decides where it can. Inside a script that several languages share, every word is weighed (known
words, letters, letter sequences from langdetect's profiles), and the best sequence of languages of each block
is found under the document's own mix of languages, with a price for every switch.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from bilingual.language import facts, kernel
from bilingual.language.columns import LanguageColumns
from bilingual.language.registry import MAX_PER_SCRIPT as LANES
from bilingual.language.tables import Tables, default_tables
from bilingual.text import native
from bilingual.text.classes import SCRIPT_MASK, SCRIPT_NUMBER, SCRIPT_SHIFT, SCRIPTS
from bilingual.text.scan import Scan
from bilingual.text.tables import code_point_tables
from bilingual.text.workspace import borrow

Array = np.ndarray[Any, Any]

# Constants of the decoder: log likelihoods. Tuned on half of the development documents, checked on the other
# half.
PARAMS = {
    "cap": 9.0,  # no word says more than this for one language against another
    "share": 0.25,  # of the n-gram sum, whose sequences overlap
    "base_cost": 7.0,  # of a word that no list has, and of each of its letters
    "letter_cost": 1.2,
    "letter_cap": 5.0,  # strange letters of one word, together
    "digit_cost": 3.0,  # digits as letters in a language without them, and the other way round
    "steps": 256.0,  # evidence is rounded to this part of one: sums are exact in 32 bits
    "habit": 60.0,  # discount on a switch per share of words at which sentences switch, on the second reading
    "title": 0.25,  # weight of a capitalized word inside a sentence: often a name
    "upper": 0.25,  # weight of a word in capitals: often an acronym
    "at_word": 7.0,  # price of a switch between two words of a sentence
    "at_comma": 6.0,  # after a comma, a colon, a number or another script
    "at_end": 2.5,  # at a sentence end
    "pseudo": 20.0,  # letters that the expected mix of languages counts for
    "sharp": 0.75,  # words of a text are not independent
    "unsure": 10.0,  # lead of a language under which a block is judged by the rest of the document
    "score_scale": 0.7,  # of the log odds that a score is made of: fitted to the development documents
    "most": 2.5,  # discount at most
}  # fmt: skip

FIRST_ROWS = 1 << 11
MAX_ROWS = 1 << 17


class Memo:
    """Evidence rows of the words seen so far; one thread at a time owns it."""

    __slots__ = ("keys", "letters", "rows", "slots", "state", "vector")

    def __init__(self, rows: int = FIRST_ROWS) -> None:
        self.keys = np.zeros(4 * rows, np.uint64)
        self.slots = np.zeros(4 * rows, np.int32)
        self.rows = np.zeros(rows * LANES, np.float32)
        self.state = np.ones(1, np.int64)
        self.letters = np.zeros(72, np.uint32)
        self.vector = np.zeros(64, np.float32)

    def grow(self, engine: Any) -> None:
        """Room for twice as many words."""
        keys, slots = np.zeros(2 * len(self.keys), np.uint64), np.zeros(2 * len(self.keys), np.int32)
        engine.rehash(*(native.view(a, engine.COMPILED) for a in (self.keys, self.slots, keys, slots)))
        self.keys, self.slots = keys, slots
        self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])


class Model:
    """The languages of one registry, ready to identify; safe to share between threads."""

    def __init__(self, tables: Tables, *, engine: Any = kernel, params: dict[str, float] | None = None) -> None:
        self.tables = tables
        self.engine = engine
        self.params = np.array(list({**PARAMS, **(params or {})}.values()), np.float32)
        self._memos: deque[Memo] = deque(maxlen=8)

    def identify(self, scan: Scan, languages: Sequence[str] | None = None) -> LanguageColumns:
        """Languages of the words and spans of a scan, chosen among `languages` (tags) where given."""
        try:
            memo = self._memos.pop()
        except IndexError:
            memo = Memo()
        rows = self._evidence(scan, memo)
        lang, score = self._decode(scan, rows, memo, languages)
        if len(memo.rows) <= MAX_ROWS * LANES:
            self._memos.append(memo)
        return self._spans(scan, lang, score)

    def _view(self, *arrays: Any) -> Sequence[Any]:
        """The arguments of a kernel function, in the form that suits it."""
        if self.engine.COMPILED:
            return arrays
        return [native.view(item, False) if isinstance(item, np.ndarray) else item for item in arrays]

    def _evidence(self, scan: Scan, memo: Memo) -> Array:
        """Evidence row of every word: int32[n_words]."""
        t, c = self.tables, code_point_tables()
        rows = borrow("language.rows", scan.n_words, np.int32)
        rows.fill(0)
        at = 0
        while at < scan.n_words:
            at = self.engine.evidence(
                *self._view(
                    scan.codes, c.pages, c.cells, c.expansions,
                    scan.word_start, scan.word_end, scan.word_script, scan.word_flags, scan.word_hash,
                    t.script_group, t.gram_bucket, t.gram_keys, t.gram_rows, t.gram_shift,
                    t.word_bucket, t.word_keys, t.word_lane, t.word_weight, t.letter_rows, t.unlisted,
                    t.n_lanes, t.digit_lanes, self.params,
                    memo.keys, memo.slots, memo.rows, memo.state, memo.letters, memo.vector, rows, at,
                )
            )  # fmt: skip
            if at < scan.n_words:
                memo.grow(self.engine)
        return rows

    def _decode(self, scan: Scan, rows: Array, memo: Memo, languages: Sequence[str] | None) -> tuple[Array, Array]:
        """(language, score) of every word."""
        t = self.tables
        n, groups = scan.n_words, len(t.n_lanes)
        cells = scan.n_blocks * groups
        doc_block = np.searchsorted(scan.block_doc, np.arange(scan.n_docs + 1)).astype(np.int64)
        prior, script_group, script_lang = self._restricted(languages)
        lang = np.zeros(n, np.uint8)
        score = np.ones(n, np.float32)
        self.engine.decode(
            *self._view(
                rows, memo.rows, scan.word_script, scan.word_flags, scan.word_start, scan.word_end,
                scan.block_word, doc_block, script_group, script_lang, t.n_lanes, t.lane_lang, prior,
                self.params,
                *(borrow(f"language.lanes{i}", cells * LANES, np.float32) for i in range(3)),
                borrow("language.cells0", cells, np.float32), borrow("language.cells1", cells, np.uint8),
                borrow("language.cells2", cells, np.uint8), borrow("language.words0", n, np.uint32),
                borrow("language.words1", n, np.uint8), borrow("language.words2", n, np.uint8),
                np.zeros(64 + LANES * groups, np.float32), np.zeros(2 * LANES * groups + 1), score, lang,
            )
        )  # fmt: skip
        return lang, score

    def _restricted(self, languages: Sequence[str] | None) -> tuple[Array, Array, Array]:
        """(prior, script_group, script_lang) when only `languages` are candidates."""
        t = self.tables
        if languages is None:
            return t.main, t.script_group, t.script_lang
        tags = t.registry.tags
        allowed = np.array([tag in languages for tag in tags])
        prior = np.where(allowed[t.lane_lang], t.main, np.float32(-1e9)).astype(np.float32)
        unknown = np.array([tags.index(f"und-{s}") if f"und-{s}" in tags else 0 for s in SCRIPTS], np.uint8)
        script_lang = np.where(allowed[t.script_lang], t.script_lang, unknown).astype(np.uint8)
        group_open = np.concatenate([[True], (prior.reshape(-1, LANES) > -1e8).any(axis=1)])
        script_group = np.where(group_open[t.script_group], t.script_group, 0).astype(np.uint8)
        return prior, script_group, script_lang

    def _spans(self, scan: Scan, lang: Array, score: Array) -> LanguageColumns:
        """The columns, with spans bound to their neighbours."""
        c = code_point_tables()
        n = scan.n_words + scan.n_blocks + 1
        kinds = (np.int32, np.int32, np.int32, np.uint8, np.uint8, np.float32)
        spans = [borrow(f"language.span{i}", n, kind) for i, kind in enumerate(kinds)]
        block_span = np.zeros(scan.n_blocks + 1, np.int32)
        count = self.engine.bind(
            *self._view(
                scan.codes, c.pages, c.cells, scan.word_start, scan.word_end, scan.word_script,
                scan.word_flags, lang, score, scan.block_start, scan.block_end, scan.block_word, *spans,
                block_span,
            )
        )  # fmt: skip
        start, end, block, span_lang, script, span_score = (column[:count].copy() for column in spans)
        return LanguageColumns(
            word_lang=lang,
            span_start=start,
            span_end=end,
            span_block=block,
            span_lang=span_lang,
            span_script=script,
            span_score=span_score,
            block_span=block_span,
        )


@cache
def default_model() -> Model:
    """The model of the package's languages."""
    return Model(default_tables())


def gram_scores(text: str) -> dict[str, float]:
    """Tag -> exact sum of n-gram log likelihoods above langdetect's floor, over the words of `text`.

    Words of every script count for the languages of that script.
    """
    t = default_tables()
    lowered = text.lower().replace(facts.FARSI_YEH, facts.ARABIC_YEH)
    codes = np.array([ord(c) if c.isalpha() else 32 for c in f" {lowered} "], np.uint32)
    scripts = (code_point_tables().props(codes) >> SCRIPT_SHIFT) & SCRIPT_MASK
    vector = np.zeros(LANES, np.float32)
    scores: dict[str, float] = {}
    for group, lanes in enumerate(t.n_lanes.tolist()):
        vector[:] = 0.0
        script = SCRIPTS[int(np.flatnonzero(t.script_group == group + 1)[0])]
        kept = np.where(scripts == SCRIPT_NUMBER[script], codes, np.uint32(32)).astype(np.uint32)
        kernel.gram_sums(
            *(
                native.view(a, kernel.COMPILED) if isinstance(a, np.ndarray) else a
                for a in (kept, len(kept), t.gram_bucket, t.gram_keys, t.gram_rows, t.gram_shift, vector)
            )
        )
        for lane in range(lanes):
            scores[t.registry.tags[t.lane_lang[LANES * group + lane]]] = float(vector[lane])
    return scores


def identify(scan: Scan, settings: Any) -> LanguageColumns:
    """Languages of words and spans; `settings.languages` restricts the candidates."""
    return default_model().identify(scan, settings.languages)
