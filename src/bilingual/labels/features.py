"""Signals of blocks and of what stands around them, as columns of bytes.

A *line* here is a block with a word in it: bare bullets and brackets are left out of every neighbourhood. A column is a
row of a matrix, one byte per line: counts saturate at 255, shares run from 0 to 200, lengths and distances are
logarithmic (`LOG`), 255 stands for "there is none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from bilingual.labels import kernel
from bilingual.labels.lexicon import PhraseColumns, lexicon
from bilingual.labels.rules import SHAPE_RULES, RuleColumns
from bilingual.text import classes, native
from bilingual.text.scan import Scan, seen_by
from bilingual.text.tables import code_point_tables
from bilingual.text.workspace import room

Array = np.ndarray[Any, Any]

# Rows filled by `kernel.signals`, from the block alone.
SIGNALS = (
    "words", "letters", "word_length", "digits", "title", "upper", "urls", "end", "start", "sentences", "commas",
    "colons", "separators", "squares", "quotes", "symbols", "joins", "function", "date", "unit", "call", "ask", "money",
    "interface", "say", "person", "first", "latin", "indent", "gap", "cut",
)  # fmt: skip
# Phrase kinds that mean the same to the context, in the order that `kernel.flag_lines` knows.
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
    "letters", "function", "title", "digits",
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
# Shape rules that fire, 200 or 0.
_SHAPES = (
    "copyright_notice", "cookie_notice", "template_residue", "breadcrumb_trail", "page_numbers", "furniture_chain",
    "labelled_date", "date_line", "byline", "contact_line", "address_line", "hashtag_line", "related_leadin",
    "press_prefix", "price_line", "number_line", "markup_residue",
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

# Bits of `Lines.flags`, set by `kernel.flag_lines` and `kernel.echoes`.
(
    LONG,
    SHORT,
    HEADLINE,
    BULLET,
    DATE,
    NAV,
    MENU,
    HEADER,
    SHARE,
    COMMENTS,
    CALL,
    LEGAL,
    MORE,
    FORM,
    ASK,
    REPEAT,
) = (1 << i for i in range(16))
ENDED, SQUARE, META = 1 << 16, 1 << 17, 1 << 18

WORD_CLASSES = ("function", "date", "unit", "call", "ask", "money", "interface", "say", "person")

# Kinds of marks, the numbers that the kernel knows: 1 space, 13 digit, 12 any other symbol, 0 letters and marks.
MARKS = {
    2: ".。۔",
    3: "!?؟",
    4: ":",
    5: ",،؛;",
    6: "…",
    7: "[",
    8: "]",
    9: "\"“”‘’'()«»",
    10: "•*-–—·‣▪■○●◦▸►✓✔◾▶",
    11: "|/>›\\→←‹<",
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a batch and their columns.

    Shapes: block int32[m], the block of each line; doc_line int32[n_docs + 1], first line of each document;
    wide uint8[len(NAMES) + len(BODY_NAMES), m and more, to whole vectors of 16], whose last rows `body_features` fills;
    flags uint32[m]; letters int32[3, m]: Latin, Arabic, other. `seen`: the lines as kernels take them.
    """

    block: Array
    doc_line: Array
    wide: Array
    flags: Array
    letters: Array
    seen: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def every(self) -> Array:
        return self.wide[:, : len(self.block)]

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
    """Look-up tables of the kernel: kinds of marks, word classes (open addressing), logarithms, phrase groups."""

    marks: Array
    keys: Array
    bits: Array
    log: Array
    kind_group: Array


@cache
def tables() -> Tables:
    """The tables, built once."""
    keys, bits = _class_table()
    return Tables(marks=_mark_kinds(), keys=keys, bits=bits, log=log_table(), kind_group=_kind_groups())


def log_table() -> Array:
    """uint8[4096]: 0 to 7 as they are, then 6 steps for each doubling.

    >>> log_table()[[0, 7, 8, 16, 4095]].tolist()
    [0, 7, 8, 14, 61]
    """
    value = np.arange(4096)
    return np.where(value < 8, value, np.floor(8 + 6 * np.log2(np.maximum(value, 8) / 8))).astype(np.uint8)


def _mark_kinds() -> Array:
    kinds = code_point_tables().props(np.arange(0x3400, dtype=np.uint32)) & 15
    marks = np.full(0x3400, 12, np.uint8)
    marks[(kinds == classes.LETTER) | (kinds == classes.MARK) | (kinds == classes.JOIN)] = 0
    marks[(kinds == classes.SPACE) | (kinds == classes.NEWLINE)] = 1
    marks[kinds == classes.DIGIT] = 13
    for kind, characters in MARKS.items():
        marks[[ord(character) for character in characters]] = kind
    return marks


def _class_table() -> tuple[Array, Array]:
    """(keys uint64[2**k], bits uint16[2**k]) of `data/weights/word-classes.tsv`."""
    text = (files("bilingual") / "data" / "weights" / "word-classes.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    found: dict[int, int] = {}
    # One scan for all words; a row of several words (a hyphen, a dot) is left out.
    hashes = _single_hashes([word for _, word in rows])
    for (name, _), value in zip(rows, hashes, strict=True):
        if value:
            found[value] = found.get(value, 0) | 1 << WORD_CLASSES.index(name)
    size = 1 << (4 * len(found)).bit_length()
    keys, bits = np.zeros(size, np.uint64), np.zeros(size, np.uint16)
    for value, mask in found.items():
        at = (value ^ (value >> 29)) & (size - 1)
        while keys[at]:
            at = (at + 1) & (size - 1)
        keys[at], bits[at] = value, mask
    return keys, bits


def _single_hashes(words: list[str]) -> list[int]:
    from bilingual.text.scan import scan

    found = scan(words)
    counts = np.bincount(found.block_doc[found.word_block], minlength=len(words))
    first = np.concatenate([[0], np.cumsum(counts)])
    return [int(found.word_hash[first[i]]) if counts[i] == 1 else 0 for i in range(len(words))]


def _kind_groups() -> Array:
    kinds = lexicon().kinds
    group = {kind: i for i, members in enumerate(GROUPS.values()) for kind in members}
    numbers = np.zeros(64, np.uint8)
    numbers[: len(kinds)] = [group[kind] for kind in kinds]
    return numbers


def line_features(scan: Scan, phrases: PhraseColumns, rules: RuleColumns, *, engine: Any = kernel) -> Lines:
    """The columns `NAMES` of every line; `phrases` and `rules` are what was found in the scan."""
    compiled = engine.COMPILED
    scanned = seen_by(engine, scan)
    found = engine.Found(*native.views(
        (
            phrases.kinds, phrases.loose, phrases.whole, phrases.opening, phrases.cover, rules.fired,
        ),
        compiled,
    ))  # fmt: skip
    doc_line, blocks = np.empty(scan.n_docs + 1, np.int32), np.empty(scan.n_blocks, np.int32)
    m = engine.find_lines(scanned, *native.views((blocks, doc_line), compiled))
    lines = Lines(
        block=blocks[:m],
        doc_line=doc_line,
        wide=np.empty((len(NAMES) + len(BODY_NAMES), m + -m % 16), np.uint8),
        flags=np.empty(m, np.uint32),
        letters=np.empty((3, m), np.int32),
    )
    engine.line_columns(
        scanned, _tables(engine), found, _columns(lines, engine), *_line_rooms(m, engine),
        room(scan.n_words + 1, (np.uint64,), engine.WordRoom, compiled).columns, _hash_room(scan, engine),
        N_SIGNALS, len(GROUPS),
    )  # fmt: skip
    return lines


_LINE_KINDS = (np.uint64, np.uint64, np.int32, np.int32)
# Flags that the context counts in windows (the last, what operates a page), and those it looks for above and below.
_WINDOWED_FLAGS = np.array(
    [LONG, SHORT, HEADLINE, BULLET, META, NAV, MENU, CALL, MORE, REPEAT, ENDED, SQUARE, FORM | LEGAL | SHARE], np.uint32
)
_DISTANT_FLAGS = np.array([LONG, HEADER, CALL, META, LEGAL, SHARE, COMMENTS, MORE, MENU, HEADLINE], np.uint32)
_HASH_KINDS = (np.uint64, np.int32, np.int32)


def sieve(hashes: Array) -> Array:
    """uint8[8192]: one bit for each value of the low 16 bits of the hashes, which sends most words away from a table
    without a look at it; it stays in the first cache."""
    bits = np.zeros(1 << 13, np.uint8)
    low = (hashes[hashes != 0] & np.uint64(0xFFFF)).astype(np.int64)
    np.bitwise_or.at(bits, low >> 3, (1 << (low & 7)).astype(np.uint8))
    return bits


@cache
def _tables(engine: Any) -> Any:
    """The tables as the kernel takes them."""
    t = tables()
    arrays = (
        t.marks, sieve(t.keys), t.keys, t.bits, t.log, _mean_factors(),
        _WINDOWED_FLAGS, _DISTANT_FLAGS, t.kind_group, lexicon().kind, np.array(_SHAPE_ROWS, np.int32),
    )  # fmt: skip
    return engine.Tables(*native.views(arrays, engine.COMPILED))


def _columns(lines: Lines, engine: Any) -> Any:
    """The lines as the kernel takes them."""
    found = lines.seen.get(engine)
    if found is None:
        arrays = (lines.block, lines.doc_line, lines.wide, lines.flags, lines.letters)
        found = lines.seen[engine] = engine.Lines(*native.views(arrays, engine.COMPILED))
    return found


def _line_rooms(m: int, engine: Any) -> tuple[Any, Any]:
    strips = room(16 * (m + 64), (np.uint16,), engine.StripRoom, engine.COMPILED).columns
    return room(m + 1, _LINE_KINDS, engine.LineRoom, engine.COMPILED).columns, strips


def _hash_room(scan: Scan, engine: Any) -> Any:
    """A hash table with room for twice the words of any document, at the next power of two."""
    return room(4 * scan.n_words + 64, _HASH_KINDS, engine.HashRoom, engine.COMPILED, zeros=True).columns


def of_lines(lines: Lines, engine: Any) -> tuple[Any, Any, Any, Any]:
    """What a kernel needs to go on with the lines: the tables, the lines, work space."""
    return _tables(engine), _columns(lines, engine), *_line_rooms(len(lines.block), engine)


def body_features(lines: Lines, body: Array, *, engine: Any = kernel) -> Array:
    """All columns, with those of `BODY_NAMES` filled from the body scores of the lines: `lines.every`.

    `body` uint8[m], 0 to 200.
    """
    m = len(body)
    engine.body_columns(
        *of_lines(lines, engine),
        native.view(body.reshape(1, m), engine.COMPILED), N_SIGNALS, len(NAMES), BODY_NAMES.index("b_side"),
    )  # fmt: skip
    return lines.every


__all__ = [
    "BODY_NAMES",
    "GROUPS",
    "NAMES",
    "Lines",
    "Tables",
    "body_features",
    "line_features",
    "log_table",
    "of_lines",
    "tables",
]
