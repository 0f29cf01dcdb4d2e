"""Words and blocks of a scan -> languages and spans.

The script decides where it can. Inside a script that several languages share, every word is weighed (known
words, letters, letter sequences from langdetect's profiles), and the best sequence of languages of each block
is found under the document's own mix of languages, with a price for every switch.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np

from bilingual.language import facts
from bilingual.language.columns import LanguageColumns
from bilingual.language.constants import ABSENT, LANES, MAY_BE_PART, ROWS_END
from bilingual.language.stages import KERNELS, Stages
from bilingual.language.tables import Tables, default_tables
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.classes import SCRIPT_MASK, SCRIPT_NUMBER, SCRIPT_SHIFT, SCRIPTS
from bilingual.text.powers import powers
from bilingual.text.scan import Scan
from bilingual.text.tables import code_point_tables
from bilingual.text.workspace import Column, Columns, Make, fresh, room

# Constants of the decoder: log likelihoods. Tuned on half of the development documents, checked on the other
# half.
PARAMS = {
    "cap": 18.0,  # no word says more than this for one language against another, see `name_cap`
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
    "at_end": 2.5,  # at a sentence end, a bracket, a quotation mark, or a dash, bar or slash between blanks
    "pseudo": 20.0,  # letters that the expected mix of languages counts for
    "sharp": 0.75,  # words of a text are not independent
    "unsure": 10.0,  # lead of a language under which a block is judged by the rest of the document
    "score_scale": 0.7,  # of the log odds that a score is made of: fitted to the development documents
    "most": 2.5,  # discount at most
    "capitals": 7.0,  # letters of a block in capitals from which it is none of acronyms
    "at_colon": 4.0,  # price of a switch after a colon, which may open what somebody says
    "own_name": 0.95,  # score of a language that a line names by the name it has for itself
    "opening": 0.5625,  # weight of a capitalized word that opens a line or sentence, or stands after an edge
    "at_sign": 1.0,  # price of a switch after a dash, bar or slash between blanks
    "home": 0.5,  # share of the price that the switch back after a switch inside a sentence does not cost
    "name_cap": 12.0,  # no word that is capitalized, or that no list has, says more than this
    "strict": 2.0,  # times the cost of yeh and kaf counts more in a text that tells those of Persian and Arabic apart
    "returned": 1.5,  # what words at the ends of a block have to say more for the language beyond a switch that left it
    "mixed": 2.5,  # discount on a switch inside a sentence to or from a language that people mix with others
    "quoted": 8.0,  # price of both switches where two marks stand around a title or a gloss of another language
    "foreign": 1.5,  # cost to a language that mixes of a word that only others list
    "code": 3,  # what a name in code says for the main language of its script
    "initial": 3.7,  # no letter without a mark that stands alone says more than this: it may be a variable, an initial
    "version": 2.0,  # what a digit at the end of an unlisted word says less for a language with digits as letters
    "lone": 2.5,  # by what a language that people mix with others is less likely where nearly all is in another script
    "borrowed": 1.0,  # less likely than in the language near it a language has a word that only that one lists
    "common": 6.2,  # of log likelihood under which a word is none of the function words, which no language borrows
    "partial": 3.0,  # what one word at least says for a part of a language in a text that any is looked for in
    "lent": 0.5,  # less likely than in its kin a language that stands for many has a word, in a text with words of it
    "marked": 12.0,  # of log likelihood under which a word is too rare there to be one of these: dummy text has such
    "names": 0.5,  # score of names of no known language that are told as the commonest of the document
    "short": 4,  # words of a block, at most, whose first counts in full though it is capitalized, if no other is
    "compound": 1.0,  # log likelihood of two listed words written together, beside those of the two
}  # fmt: skip

FIRST_ROWS = 1 << 11
MAX_ROWS = 1 << 17
# Choices of languages whose tables are kept.
MOST_CHOICES = 16


class Memo:
    """Evidence rows of the words seen so far, room for `size`; one thread at a time owns it.

    With it goes the work space of the decoder that depends on the groups of languages alone.
    """

    __slots__ = ("columns", "groups", "margins", "size")

    def __init__(self, engine: Stages, groups: int, rows: int = FIRST_ROWS) -> None:
        self.size, self.groups = rows, groups
        arrays = (
            native.aligned(2 * rows, np.uint64), np.zeros(rows, np.uint64), np.zeros(rows, np.uint8),
            native.aligned(rows * LANES, np.int16), np.zeros(72, np.uint32), np.zeros(ROWS_END, np.float32),
            np.zeros(LANES * groups), np.zeros(LANES * groups), np.zeros(LANES * groups, np.float32),
            np.zeros(LANES, np.float32), np.zeros(LANES, np.float32),
        )  # fmt: skip
        self.margins = arrays[3]
        self.columns = engine.evidence.Memo(*native.views(arrays, engine.spelling.COMPILED))

    def grown(self, engine: Stages) -> Memo:
        """A memo with the same rows and room for twice as many."""
        new = Memo(engine, self.groups, 2 * self.size)
        engine.evidence.rehash(self.columns, new.columns)
        return new


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEvidence:
    """What words of a document say for each language of their script; whether parts of languages were looked for.

    Shapes: margins int16[rows, LANES], in steps of log likelihood behind the likeliest; row int32[n_words].
    """

    margins: Array
    row: Array
    has_parts: bool

    def of(self, words: Array) -> Array:
        """Log likelihoods behind the likeliest, float[n, LANES]; all zeros for a word that says nothing."""
        found: Array = self.margins[self.row[words]] / PARAMS["steps"]
        return found


class Model:
    """The languages of one registry, ready to identify; safe to share between threads."""

    def __init__(self, tables: Tables, *, engine: Stages = KERNELS, params: dict[str, float] | None = None) -> None:
        self.tables = tables
        self.engine, self.compiled = engine, engine.spelling.COMPILED
        self.params = np.array(list({**PARAMS, **(params or {})}.values()), np.float32)
        self._memos: deque[Memo] = deque(maxlen=8)
        self._known: dict[tuple[str, ...] | None, Any] = {}

    def identify(self, scan: Scan, languages: Sequence[str] | None = None, *, new: Make = fresh) -> LanguageColumns:
        """Languages of the words and spans of a scan, chosen among `languages` (tags) where given."""
        known = self._facts(None if languages is None else tuple(languages))
        engine, compiled, n = self.engine, self.compiled, scan.n_words
        scanned = scan.scanned(engine.spelling)
        words = room(_Words, n).seen_by(engine.evidence.WordRoom, compiled)
        cells = room(_Cells, scan.n_blocks * len(self.tables.n_lanes)).seen_by(engine.lanes.Cells, compiled, _CELLS)
        written = scan.seen_by(engine.evidence.Written, compiled, ("word_written",))
        memo = self._evidence(scanned, written, words, n)
        found = new(LanguageColumns, n + scan.n_blocks)
        found.n_words, found.n_blocks = n, scan.n_blocks
        found.n_spans = engine.spans.decode(
            scanned, known, memo.columns, words, cells, found.seen_by(engine.lanes.Found, compiled)
        )
        if memo.size <= MAX_ROWS:
            self._memos.append(memo)
        return found

    def _evidence(self, scanned: Any, written: Any, words: Any, n: int) -> Memo:
        """The memo that holds the evidence rows of every word, whose numbers are in `words`."""
        try:
            memo = self._memos.pop()
        except IndexError:
            memo = Memo(self.engine, len(self.tables.n_lanes))
        every = self._facts(None)
        at = self.engine.evidence.evidence(scanned, written, every, memo.columns, words, 0)
        while at < n:
            memo = memo.grown(self.engine)
            at = self.engine.evidence.evidence(scanned, written, every, memo.columns, words, at)
        if self.engine.evidence.respell(scanned, memo.columns, words):
            at = self.engine.evidence.lend(scanned, every, memo.columns, words, 0)
            while at < n:
                memo = memo.grown(self.engine)
                at = self.engine.evidence.lend(scanned, every, memo.columns, words, at)
        return memo

    def word_evidence(self, scan: Scan) -> WordEvidence:
        """What every word of a scan says."""
        written = scan.seen_by(self.engine.evidence.Written, self.compiled, ("word_written",))
        rooms = room(_Words, scan.n_words)
        seen = rooms.seen_by(self.engine.evidence.WordRoom, self.compiled)
        memo = self._evidence(scan.scanned(self.engine.spelling), written, seen, scan.n_words)
        rows, row = np.unique(rooms.room_of("row")[: scan.n_words], return_inverse=True)
        margins = np.minimum(memo.margins.reshape(-1, LANES)[rows], 0)
        if memo.size <= MAX_ROWS:
            self._memos.append(memo)
        has_parts = scan.n_words > 0 and bool(rooms.room_of("lane")[0] & MAY_BE_PART)
        return WordEvidence(margins=margins, row=row.ravel().astype(np.int32), has_parts=has_parts)

    def _facts(self, languages: tuple[str, ...] | None) -> Any:
        """The tables as the kernels take them, when only `languages` are candidates."""
        found = self._known.get(languages)
        if found is None:
            t, c = self.tables, code_point_tables()
            prior, script_group, script_lang = self.restricted(languages)
            pseudo = float(self.params[list(PARAMS).index("pseudo")])
            spread = np.array([pseudo * math.exp(share) for share in prior.tolist()])
            arrays = (
                c.pages, c.cells, c.expansions, script_group, script_lang, t.n_lanes, self._n_whole(prior), t.lane_lang,
                prior, spread,
                t.gram_bucket, t.gram_keys, t.gram_rows, t.word_bucket, t.word_keys, t.word_lane, t.word_weight,
                t.letter_rows, t.unlisted, t.digit_lanes, t.mixed_lanes, t.near_lanes, t.kin_lanes, t.joins,
                t.name_keys,
                t.name_lane, t.name_bits, powers(), self.params,
            )  # fmt: skip
            found = self.engine.spelling.Facts(*native.views(arrays, self.compiled), gram_shift=t.gram_shift)
            if len(self._known) < MOST_CHOICES:
                self._known[languages] = found
        return found

    def _n_whole(self, prior: Array) -> Array:
        """Lanes of each group that are looked at in every text: all, where only parts of languages are candidates."""
        t = self.tables
        is_open = (prior > ABSENT).reshape(-1, LANES) & (np.arange(LANES) < t.n_whole[:, None])
        return np.where(is_open.any(axis=1), t.n_whole, t.n_lanes).astype(np.int32)

    def restricted(self, languages: Sequence[str] | None) -> tuple[Array, Array, Array]:
        """(prior, script_group, script_lang) when only `languages` are candidates."""
        t = self.tables
        if languages is None:
            return t.main, t.script_group, t.script_lang
        tags = t.registry.tags
        allowed = np.array([tag in languages for tag in tags])
        prior = np.where(allowed[t.lane_lang], t.main, np.float32(ABSENT)).astype(np.float32)
        unknown = np.array([tags.index(f"und-{s}") if f"und-{s}" in tags else 0 for s in SCRIPTS], np.uint8)
        script_lang = np.where(allowed[t.script_lang], t.script_lang, unknown).astype(np.uint8)
        group_open = np.concatenate([[True], (prior.reshape(-1, LANES) > ABSENT).any(axis=1)])
        script_group = np.where(group_open[t.script_group], t.script_group, 0).astype(np.uint8)
        return prior, script_group, script_lang


class _Words(Columns):
    """Work space of words, see `evidence.kernel.WordRoom`."""

    TURNS = "words"
    KINDS: ClassVar = {
        "row": Column(np.int32), "steps": Column(np.int16), "score": Column(np.float32), "back": Column(np.uint32),
        "best": Column(np.uint8), "lane": Column(np.uint8),
    }  # fmt: skip


class _Cells(Columns):
    """Work space of blocks and groups, see `lanes.kernel.Cells`; last what few of them need."""

    TURNS = "blocks"
    KINDS: ClassVar = {
        "totals": Column(np.float32, each=LANES), "own": Column(np.float32, each=LANES),
        "margin": Column(np.float32), "loss": Column(np.float32), "block_mass": Column(np.float32),
        "block_lead": Column(np.uint16), "block_state": Column(np.uint16),
        "peaks": Column(np.float32, each=LANES),
    }  # fmt: skip


# In the order of `lanes.kernel.Cells`.
_CELLS = ("totals", "peaks", "own", "margin", "loss", "block_mass", "block_lead", "block_state")


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
        KERNELS.spelling.gram_sums(
            *(
                native.view(a, KERNELS.spelling.COMPILED) if isinstance(a, np.ndarray) else a
                for a in (kept, len(kept), t.gram_bucket, t.gram_keys, t.gram_rows, t.gram_shift, vector)
            )
        )
        for lane in range(lanes):
            scores[t.registry.tags[t.lane_lang[LANES * group + lane]]] = float(vector[lane])
    return scores


def identify(scan: Scan, settings: Any, *, new: Make = fresh) -> LanguageColumns:
    """Languages of words and spans; `settings.languages` restricts the candidates."""
    return default_model().identify(scan, settings.languages, new=new)
