"""Signals of blocks and of what stands around them, as columns of bytes.

A *line* here is a block with a word in it: bare bullets and brackets are left out of every neighbourhood. A column is a
row of a matrix, one byte per line: counts saturate at 255, shares run from 0 to 200, lengths and distances are
logarithmic (`log_table`), 255 stands for "there is none".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, NamedTuple

import numpy as np

from bilingual.labels import numbers
from bilingual.labels.flags import kernel as flags
from bilingual.labels.lexicon import PhraseColumns, lexicon
from bilingual.labels.rules import SHAPE_RULES, RuleColumns
from bilingual.labels.sections.stages import KERNELS as SECTIONS
from bilingual.labels.signals import kernel as signals
from bilingual.labels.surroundings import kernel as surroundings
from bilingual.labels.vocabulary import kernel as vocabulary
from bilingual.text import classes, native
from bilingual.text.arrays import Array
from bilingual.text.scan import Scan
from bilingual.text.tables import code_point_tables
from bilingual.text.workspace import Column, Columns, Make, fresh, room

# Rows that `signals.kernel` and `vocabulary.kernel` fill from the block alone.
SIGNALS = (
    "words", "letters", "word_length", "digits", "title", "upper", "urls", "end", "start", "sentences", "commas",
    "colons", "separators", "squares", "quotes", "symbols", "joins", "function", "date", "unit", "call", "ask", "money",
    "interface", "say", "person", "first", "latin", "indent", "gap", "cut",
    "name", "byline", "nav_words", "promo_words", "promo_first",
)  # fmt: skip
# Phrase kinds that mean the same to the context.
GROUPS: dict[str, tuple[str, ...]] = {
    "menu": ("menu", "section", "breadcrumb", "language-switch", "about-header"),
    "legal": ("legal", "cookie", "copyright", "theme-credit"),
    "form": (
        "form", "search", "login", "status", "filter", "skip-a11y", "pagination", "prev-next",
        "shop-furniture", "player",
    ),
    "share": ("share", "social", "print"),
    "meta": ("meta-date", "meta-author", "counter"),
    "more": ("more-link",),
    "header": ("teaser-header",),
    "comments": ("comments", "comment-form"),
    "tags": ("tags", "archive", "widget"),
    "forum": ("forum", "wiki", "docs", "template"),
    "join": (
        "follow", "subscribe", "download-app", "demo", "register-join", "donate", "book", "contest", "question-cta",
        "advertise",
    ),
    "buy": ("buy", "order-quote", "contact-cta", "offer-price", "coupon"),
    "ad": ("ad-label", "sponsored"),
    "body": ("author-bio", "body-heading", "greeting"),
    "contact": ("contact-info",),
    "leadin": ("teaser-leadin", "press-prefix", "press-suffix"),
}  # fmt: skip
COVERS = ("nav_cover", "promo_cover", "nav_loose", "promo_loose")
ECHOES = ("repeats", "repeats_above", "opens", "echo")
_WINDOWED = (
    "long", "short", "headline", "bullet", "meta", "nav", "menu", "promo", "more", "repeat", "ended", "square",
    "operate",
    "letters", "function", "title", "digits", "nav_words", "promo_words",
)  # fmt: skip
_WINDOWS = ("2", "6", "15")
_SIDES = ("before", "after")
_SIDED = frozenset({"headline", "nav", "ended", "letters", "function", "title", "digits"})
_NEIGHBOURS = ("words", "end", "start", "digits", "title", "nav", "promo")
_DISTANCES = ("long", "header", "promo", "meta", "legal", "share", "comments", "more", "menu", "headline")
_RUNS = ("short", "headline", "headlines", "bullet", "notlong", "long")
_BLOCK = ("side", "from_start", "to_end", "size", "evidence", "closed", "heads_after")
_SECTION = (
    "index", "rindex", "place", "letters_before", "long_before", "page", "script", "opened", "since", "heads_since",
    "longs_since", "lists", "above_class", "above_distance", "article",
    "after_article", "under_header", "ticker", "prose_before", "prose_last",
)  # fmt: skip
CONTEXT = (
    *(f"{signal}_w{window}" for signal in _WINDOWED for window in (*_WINDOWS, *(_SIDES if signal in _SIDED else ()))),
    *(f"{signal}{offset}" for signal in _NEIGHBOURS for offset in ("-1", "+1")),
    *(f"{flag}_{side}" for flag in _DISTANCES for side in ("last", "next")),
    *(f"run_{flag}_{what}" for flag in _RUNS for what in ("size", "at")),
)
# Shape rules whose firing is a column.
_SHAPES = (
    "copyright_notice", "furniture_chain", "date_line", "byline", "contact_line", "related_leadin", "price_line",
    "number_line", "markup_residue",
)  # fmt: skip
_SHAPE_ROWS = [[rule.__name__ for rule in SHAPE_RULES].index(name) for name in _SHAPES]
RULES = tuple(f"r_{name}" for name in _SHAPES)
NAMES = (*SIGNALS, *(f"p_{group}" for group in GROUPS), *COVERS, *ECHOES, *CONTEXT, *_BLOCK, *_SECTION, *RULES)
# Rows that need the scores of the body trees.
BODY_NAMES = (
    "body",
    "body-1",
    "body+1",
    *(f"body_w{window}" for window in (*_WINDOWS, *_SIDES)),
    *(f"b_{name}" for name in _BLOCK), "body_before", "body_after", "body_mean",
)  # fmt: skip
N_SIGNALS, N_PHRASES = len(SIGNALS), len(GROUPS) + len(COVERS)
# First rows of each stage.
_ECHOES_AT, _CONTEXT_AT, _BLOCK_AT, _RULES_AT = (NAMES.index(names[0]) for names in (ECHOES, CONTEXT, _BLOCK, RULES))
_BODY_AT, _BODY_BLOCK_AT = len(NAMES), len(NAMES) + BODY_NAMES.index("b_side")

WORD_CLASSES = (
    "function", "date", "unit", "call", "ask", "money", "interface", "say", "person", "name", "byline",
    "furniture", "pitch",
)  # fmt: skip

# What each kind of mark is; letters, white space and digits have their own, and MARK_SYMBOL is any other character.
MARKS = {
    numbers.MARK_STOP: ".。۔",
    numbers.MARK_EXCLAMATION: "!?؟",
    numbers.MARK_COLON: ":",
    numbers.MARK_COMMA: ",،؛;",
    numbers.MARK_ELLIPSIS: "…",
    numbers.MARK_SQUARE_OPEN: "[",
    numbers.MARK_SQUARE_CLOSE: "]",
    numbers.MARK_QUOTE: "\"“”‘’'()«»",
    numbers.MARK_BULLET: "•*-–—·‣▪■○●◦▸►✓✔◾▶",
    numbers.MARK_SEPARATOR: "|/>›\\→←‹<",
}

# Marks of direction and other code points that nobody sees.
UNSEEN = [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2061, 0x2065), *range(0x2066, 0x2070)]


def _mean_factors() -> Array:
    """uint16[64]: what 4 times a sum of n values is multiplied with, twice, to give the mean in the bits from 16 on.

    The first, in item n, is 2**(15 + k) / n, rounded up, the largest that has 16 bits; the second, in item 32 + n, is
    2**(15 - k).
    """
    factors = np.zeros(64, np.uint16)
    for n in range(1, 32):
        k = (n - 1).bit_length()
        factors[n], factors[32 + n] = -(-(1 << 15 + k) // n), 1 << 15 - k
    return factors


class Lines(Columns):
    """The lines of a batch and their columns, and what the trees say of them.

    Shapes: block int32[m], the block of each line; doc_line int32[n_docs + 1], first line of each document;
    every uint8[len(NAMES) + len(BODY_NAMES), m], whose last rows the body scores decide; flags uint32[m];
    letters int32[3, m]: Latin, Arabic, other; odds float32[m, 3], log-odds of the labels;
    probability float32[m, 3]; label uint8[m]; the others are work space.
    """

    IS_TIGHT = True
    TURNS = "blocks"
    KINDS: ClassVar = {
        "block": Column(np.int32),
        "doc_line": Column(np.int32, "n_docs", 1),
        "every": Column(np.uint8, rows=len(NAMES) + len(BODY_NAMES)),
        "flags": Column(np.uint32),
        "letters": Column(np.int32, rows=3),
        "body": Column(np.uint8, rows=1),
        "body_odds": Column(np.float32),
        "odds": Column(np.float32, each=3),
        "probability": Column(np.float32, each=3),
        "label": Column(np.uint8),
        "hash_line": Column(np.uint64),
        "hash_first": Column(np.uint64),
        "content_from": Column(np.int32),
        "gain": Column(np.int32),
        "strips": Column(np.uint16, each=16),
    }
    n_docs = 0

    @property
    def columns(self) -> Array:
        return self.every[: len(NAMES)]

    @property
    def signals(self) -> Array:
        return self.every[:N_SIGNALS]

    @property
    def phrases(self) -> Array:
        return self.every[N_SIGNALS : N_SIGNALS + N_PHRASES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Look-up tables of the kernels: kinds of marks, word classes and their sieve, logarithms, phrase groups."""

    marks: Array
    sieve: Array
    classes: Array
    log: Array
    kind_group: Array


@cache
def tables() -> Tables:
    """The tables, built once."""
    found = _word_classes()
    return Tables(
        marks=_mark_kinds(), sieve=sieve(np.array(list(found), np.uint64)), classes=_class_table(found),
        log=log_table(), kind_group=_kind_groups(),
    )  # fmt: skip


def log_table() -> Array:
    """uint8[4096]: 0 to 7 as they are, then 6 steps for each doubling.

    >>> log_table()[[0, 7, 8, 16, 4095]].tolist()
    [0, 7, 8, 14, 61]
    """
    value = np.arange(4096)
    return np.where(value < 8, value, np.floor(8 + 6 * np.log2(np.maximum(value, 8) / 8))).astype(np.uint8)


def _mark_kinds() -> Array:
    kinds = code_point_tables().props(np.arange(0x3400, dtype=np.uint32)) & classes.KIND_MASK
    marks = np.full(0x3400, numbers.MARK_SYMBOL, np.uint8)
    marks[(kinds == classes.LETTER) | (kinds == classes.MARK) | (kinds == classes.JOIN)] = numbers.MARK_LETTER
    marks[(kinds == classes.SPACE) | (kinds == classes.NEWLINE)] = numbers.MARK_SPACE
    marks[kinds == classes.DIGIT] = numbers.MARK_DIGIT
    marks[UNSEEN] = numbers.MARK_SPACE
    for kind, characters in MARKS.items():
        marks[[ord(character) for character in characters]] = kind
    return marks


def _word_classes() -> dict[int, int]:
    """The classes, as bits, of each word, by its hash: `word-classes.tsv` and `wording-words.tsv`."""
    folder = files("bilingual") / "data" / "weights"
    lines = [
        line for name in ("word-classes.tsv", "wording-words.tsv")
        for line in (folder / name).read_text("utf-8").splitlines() if not line.startswith("#")
    ]  # fmt: skip
    cells = "\t".join(lines).split("\t")
    bit = {name: 1 << number for number, name in enumerate(WORD_CLASSES)}
    found: dict[int, int] = {}
    # One scan for all words; a row of several words (a hyphen, a dot) is left out.
    for name, value in zip(cells[0::2], _single_hashes(cells[1::2]), strict=True):
        if value:
            found[value] = found.get(value, 0) | bit[name]
    return found


def _class_table(found: dict[int, int]) -> Array:
    """uint64[2**k], open addressing: a word's classes in the lowest 16 bits, those of its hash in the others."""
    size = 1 << (2 * len(found)).bit_length()
    slots = [0] * size
    for value, mask in found.items():
        at = (value ^ (value >> 29)) & (size - 1)
        while slots[at]:
            at = (at + 1) & (size - 1)
        slots[at] = value >> 16 << 16 | mask
    return np.array(slots, np.uint64)


def _single_hashes(words: list[str]) -> list[int]:
    from bilingual.text.scan import scan

    found = scan(words)
    counts = np.bincount(found.block_doc[found.word_block], minlength=len(words))
    first = np.concatenate([[0], np.cumsum(counts)])
    one = found.word_hash[np.minimum(first[:-1], found.n_words - 1)]
    return [int(value) for value in np.where(counts == 1, one, np.uint64(0)).tolist()]


def _kind_groups() -> Array:
    kinds = lexicon().kinds
    group = {kind: i for i, members in enumerate(GROUPS.values()) for kind in members}
    numbers = np.zeros(64, np.uint8)
    numbers[: len(kinds)] = [group[kind] for kind in kinds]
    return numbers


class Stages(NamedTuple):
    """Something of each of the kernels that fill the columns of lines, in the order in which they do: a line by itself,
    its words, what kind of line it is, what stands around it, the page as a sequence."""

    signals: Any
    vocabulary: Any
    flags: Any
    surroundings: Any
    sections: Any


STAGES = Stages(signals, vocabulary, flags, surroundings, SECTIONS.block)


def line_features(
    scan: Scan, phrases: PhraseColumns, rules: RuleColumns, *, stages: Stages = STAGES, new: Make = fresh
) -> Lines:
    """The columns `NAMES` of every line; `phrases` and `rules` are what was found in the scan."""
    lines = new(Lines, max(scan.n_blocks + LONGER, scan.n_docs))
    words, table = room(_Words, scan.n_words), room(_Table, 4 * scan.n_words + 64)
    tables, seen = _as_seen(lines, stages)
    first, second, third, fourth, last = stages
    compiled = first.COMPILED
    lines.n_docs = n_docs = scan.n_docs
    lines.n = m = first.read_lines(
        scan.scanned(first, _SCANNED.signals), tables.signals, phrases.seen_by(first.Phrases, compiled, _PHRASES),
        rules.seen_by(first.Rules, compiled, _RULES), seen.signals, n_docs, len(GROUPS), N_SIGNALS, _RULES_AT,
    )  # fmt: skip
    compiled = second.COMPILED
    second.read_words(
        scan.seen_by(second.Scanned, compiled, _SCANNED.vocabulary), tables.vocabulary, seen.vocabulary,
        words.seen_by(second.Words, compiled), m,
    )  # fmt: skip
    compiled = third.COMPILED
    third.flag_lines(
        scan.seen_by(third.Scanned, compiled, _SCANNED.flags), tables.flags, seen.flags,
        words.seen_by(third.Words, compiled, _CONTENT), table.seen_by(third.HashRoom, compiled),
        m, n_docs, N_SIGNALS, _ECHOES_AT,
    )  # fmt: skip
    fourth.context(tables.surroundings, seen.surroundings, m, n_docs, N_SIGNALS, _CONTEXT_AT)
    last.sections(tables.sections, seen.sections, m, n_docs, N_SIGNALS, _BLOCK_AT)
    return lines


_PHRASES, _RULES = ("kinds", "loose", "whole", "opening", "cover"), ("fired",)
_CONTENT = ("content",)
# Columns of a scan, and of lines, that each kernel sees.
_SCANNED = Stages(
    signals=(
        "codes", "word_start", "word_end", "word_script", "word_flags",
        "block_start", "block_end", "block_word", "block_doc", "block_line", "block_cut",
    ),
    vocabulary=("word_start", "word_end", "word_hash", "block_word"),
    flags=("block_word",),
    surroundings=(),
    sections=(),
)  # fmt: skip
_LINES = Stages(
    signals=("block", "doc_line", "every", "letters"),
    vocabulary=("block", "every", "hash_line", "hash_first", "content_from"),
    flags=("block", "doc_line", "every", "flags", "hash_line", "hash_first", "content_from", "gain"),
    surroundings=("doc_line", "every", "flags", "body", "strips"),
    sections=("doc_line", "every", "flags", "letters", "body", "gain"),
)
# Items by which the strips of windows are longer than the longest page.
LONGER = 64
# Flags that the context counts in windows (the last, what operates a page), and those it looks for above and below.
_WINDOWED_FLAGS = np.array(
    [
        numbers.FLAG_LONG, numbers.FLAG_SHORT, numbers.FLAG_HEADLINE, numbers.FLAG_BULLET, numbers.FLAG_META,
        numbers.FLAG_NAV, numbers.FLAG_MENU, numbers.FLAG_CALL, numbers.FLAG_MORE, numbers.FLAG_REPEAT,
        numbers.FLAG_ENDED, numbers.FLAG_SQUARE, numbers.FLAG_FORM | numbers.FLAG_LEGAL | numbers.FLAG_SHARE,
    ],
    np.uint32,
)  # fmt: skip
_DISTANT_FLAGS = np.array(
    [
        numbers.FLAG_LONG, numbers.FLAG_HEADER, numbers.FLAG_CALL, numbers.FLAG_META, numbers.FLAG_LEGAL,
        numbers.FLAG_SHARE, numbers.FLAG_COMMENTS, numbers.FLAG_MORE, numbers.FLAG_MENU, numbers.FLAG_HEADLINE,
    ],
    np.uint32,
)  # fmt: skip


class _Words(Columns):
    """Work space of words, see `vocabulary.kernel.Words`."""

    TURNS = "words"
    KINDS: ClassVar = {"content": Column(np.uint64), "classes": Column(np.uint16)}


class _Table(Columns):
    """A hash table with room for twice the words of any document, at the next power of two."""

    KINDS: ClassVar = {"keys": Column(np.uint64), "stamps": Column(np.int32), "counts": Column(np.int32)}


def sieve(hashes: Array) -> Array:
    """uint8[8192]: one bit for each value of the low 16 bits of the hashes, which sends most words away from a table
    without a look at it; it stays in the first cache."""
    bits = np.zeros(1 << 13, np.uint8)
    low = (hashes[hashes != 0] & np.uint64(0xFFFF)).astype(np.int64)
    np.bitwise_or.at(bits, low >> 3, (1 << (low & 7)).astype(np.uint8))
    return bits


@cache
def _tables_for(stages: Stages) -> Stages:
    """The tables as the kernels take them."""
    t = tables()
    arrays = Stages(
        signals=(t.marks, t.log, t.kind_group, lexicon().kind, np.array(_SHAPE_ROWS, np.int32)),
        vocabulary=(t.sieve, t.classes),
        flags=(t.log,),
        surroundings=(t.log, _mean_factors(), _WINDOWED_FLAGS, _DISTANT_FLAGS),
        sections=(t.log,),
    )  # fmt: skip
    return Stages(*(one.Tables(*native.views(given, one.COMPILED)) for one, given in zip(stages, arrays, strict=True)))


def _as_seen(lines: Lines, stages: Stages) -> tuple[Stages, Stages]:
    """(the tables, the lines) as the kernels take them, made once."""
    found: tuple[Stages, Stages] | None = lines.seen.get(stages)
    if found is None:
        seen = (lines.seen_by(one.Lines, one.COMPILED, names) for one, names in zip(stages, _LINES, strict=True))
        found = lines.seen[stages] = _tables_for(stages), Stages(*seen)
    return found


def body_features(lines: Lines, body: Array, *, stages: Stages = STAGES) -> Array:
    """All columns, with those of `BODY_NAMES` filled from the body scores of the lines: `lines.every`.

    `body` uint8[m], 0 to 200.
    """
    lines.body[0] = body
    fill_body_rows(lines, stages=stages)
    return lines.every


def fill_body_rows(lines: Lines, *, stages: Stages = STAGES) -> None:
    """Fill the columns `BODY_NAMES` from the body scores `lines.body`."""
    tables, seen = _as_seen(lines, stages)
    stages.surroundings.body_context(tables.surroundings, seen.surroundings, _BODY_AT + 1)
    stages.sections.body_sections(tables.sections, seen.sections, N_SIGNALS, _BODY_AT, _BODY_BLOCK_AT)


__all__ = [
    "BODY_NAMES",
    "GROUPS",
    "NAMES",
    "STAGES",
    "Lines",
    "Stages",
    "Tables",
    "body_features",
    "fill_body_rows",
    "line_features",
    "log_table",
    "tables",
]
