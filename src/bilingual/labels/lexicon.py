"""The lexicons: functional wordings of web pages, and where they occur in a scan.

`data/lexicons/kinds.tsv` names the kinds; `<lang>-<label>.tsv` hold one phrase per line. Phrases are
compared through the search fold, so one spelling stands for all; `{n}` stands for any number. A phrase
holds in one position:

- `line` the whole block; `start`, `end` the block's first or last words, in blocks that are not long;
- `lead` at the start and followed by a colon, bar or dash, `tail` at the end after one;
- `any-short` anywhere in a short block, `within` in one no longer than a notice; `any` anywhere;
- `sentence` where a sentence begins, in a block no longer than a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, ClassVar

import numpy as np

from bilingual.errors import SettingsError
from bilingual.labels.numbers import SEVERAL_POSITIONS
from bilingual.labels.packed import (
    ALIKE,
    BEGINS,
    BEGINS_ALONE,
    BEGINS_ANYWHERE,
    BEGINS_INSIDE,
    COVERS,
    END_FOLLOWS,
    END_KIND,
    END_POSITION,
    FIRST_NODE,
    LONGER,
    ROW_LABEL,
)
from bilingual.labels.phrases.stages import KERNELS, Stages
from bilingual.text import native
from bilingual.text.arrays import Array, distinct
from bilingual.text.classes import WORD_ALL_DIGITS
from bilingual.text.scan import Scan, scan
from bilingual.text.workspace import Column, Columns, Make, fresh

POSITIONS = ("line", "start", "lead", "end", "tail", "any-short", "sentence", "within", "any")
# `-`: furniture on some pages, content on others; the phrase is evidence with its kind, and names no label.
LABELS = ("body", "navigation", "promo", "-")
# Most words of a block in which a phrase holds at the start, as a lead-in, at the end, anywhere, within;
# and in which a phrase out of its position still counts as loose. Longer blocks are sentences: on the development
# pages a start phrase in a block of more than 16 words is body more often than not;
# of 57 phrases within blocks of 41 to 60 words (of silver pages) 54 are not.
START_WORDS, LEAD_WORDS, END_WORDS, SHORT_WORDS, WITHIN_WORDS, LOOSE_WORDS = 16, 40, 40, 8, 60, 24
# Stand for any number in a phrase, and mixing multiplier of the phrase hash (odd, from the golden ratio).
NUMBER_HASH = 0x9E3779B97F4A7C15
PRIME = 0xFF51AFD7ED558CCD
# URLs have the word hash 1, e-mail addresses and handles 2: a wording with one would hold on all.
SHARED_HASH = 2
_LOW = np.uint64(0xFFFF)
_SCANNED = ("codes", "word_start", "word_end", "word_flags", "word_hash", "block_word")
# Single nouns of these kinds are matched with and without the article.
NOUN_KINDS = frozenset(
    {"menu", "section", "about-header", "widget", "comments", "archive", "legal", "forum", "shop-furniture"}
)
# Arabic phrases of these kinds are matched with a leading waw too (`واقرأ أيضا`, `وتابعونا على`).
WAW_KINDS = frozenset({"teaser-header", "teaser-leadin", "share", "more-link"})
# Languages whose menus and headings often leave marks out, in capitals (A LIRE AUSSI) or everywhere (lexo me shume).
# The capital of a Turkish dotless i is that of other languages' i, so in capitals they cannot be told (DEVAMINI OKU).
_ROMANCE = str.maketrans("áàâãäéèêëíìîïóòôõöúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")
WITHOUT_MARKS = {
    **dict.fromkeys(("es", "fr", "it", "pt"), _ROMANCE),
    "sq": str.maketrans("ëçËÇ", "ecEC"),
    "tr": str.maketrans("ı", "i"),
}
# Elsewhere a single word without its marks is often one of another language: première, régions.
NO_OTHER_WORDS = frozenset({"sq", "tr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Phrases as columns, and the hash tables of the matcher.

    Shapes: phrase, lang, note: one entry per row; kind, label, position uint8[n_rows], indexes into kinds,
    LABELS and POSITIONS; n_words uint8[n_rows]. first uint16[65536], base int32[256], pairs uint8[32768] (bits), nodes
    uint64[2 * n_nodes], those of two words or more from item `longer` on, ends uint32[n]: see the kernels."""

    kinds: tuple[str, ...]
    kind_label: tuple[str, ...]
    kind_help: tuple[str, ...]
    phrase: tuple[str, ...]
    lang: tuple[str, ...]
    note: tuple[str, ...]
    kind: Array
    label: Array
    position: Array
    n_words: Array
    first: Array
    base: Array
    pairs: Array
    nodes: Array
    longer: int
    ends: Array

    def tables(self, engine: Stages) -> Any:
        """The tables as the kernels take them."""
        return _own_tables(engine) if self is lexicon() else _made_tables(self, engine)

    def bit(self, *kinds: str) -> int:
        """The mask of `kinds` in the columns `PhraseColumns.kinds` and `.loose`."""
        return sum(1 << self.kinds.index(kind) for kind in kinds)


class PhraseColumns(Columns):
    """What the lexicon finds in each block.

    Shapes: kinds, loose uint64[n_blocks], one bit per kind: hits in position, and out of it (blocks of at
    most LOOSE_WORDS words). whole, opening, best int32[n_blocks]: row of the phrase that is the whole
    block, that holds at its first word, and the longest one; -1 for none. cover int32[n_blocks, 4]: words
    covered in position (navigation, promo) and out of it (navigation, promo)."""

    KINDS: ClassVar = {
        "kinds": Column(np.uint64),
        "loose": Column(np.uint64),
        "whole": Column(np.int32),
        "opening": Column(np.int32),
        "best": Column(np.int32),
        "cover": Column(np.int32, each=COVERS),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseHit:
    """One phrase found in a block: words `word` to `word + n_words` of the block, the row of the lexicon, in its
    position or not."""

    word: int
    n_words: int
    row: int
    in_position: bool


def read_columns(folder: Traversable) -> list[list[str]]:
    """phrase, kind, label, position, lang, note: a list each, of every lexicon file, in the order of their names.

    Raises: SettingsError naming the file and line of a row that is not one.
    """
    cells: list[str] = []
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".tsv") and path.name != "kinds.tsv")
    for name in names:
        lines = (folder / name).read_text("utf-8").splitlines()
        rows = [line for line in lines if line and line[0] != "#"]
        found = "\t".join(rows).split("\t") if rows else []
        of_known = set(LABELS).issuperset(found[2::6]) and set(POSITIONS).issuperset(found[3::6])
        if len(found) != 6 * len(rows) or not of_known:
            raise SettingsError(_no_row(name, lines))
        cells += found
    return [cells[k::6] for k in range(6)]


def _no_row(name: str, lines: Sequence[str]) -> str:
    """Which of the lines is no row."""
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        is_row = len(cells) == 6 and cells[2] in LABELS and cells[3] in POSITIONS
        if line and line[0] != "#" and not is_row:
            return f"{name}:{number}: not a lexicon row (phrase, kind, label, position, lang, note): {line!r}"
    return f"{name}: not a lexicon"


def phrase_hashes(phrases: Sequence[str]) -> tuple[Array, Array]:
    """(hash of every word uint64[n], first word of every phrase int64[len(phrases) + 1]); numbers are
    NUMBER_HASH.

    >>> hashes, ptr = phrase_hashes(["page {n}", "Page 12"])
    >>> hashes[ptr[0] : ptr[1]].tolist() == hashes[ptr[1] : ptr[2]].tolist()
    True
    """
    words = scan([phrase.replace("{n}", " 0 ") for phrase in phrases])
    if (words.word_hash <= SHARED_HASH).any():
        named = phrases[int(words.block_doc[words.word_block[words.word_hash <= SHARED_HASH]][0])]
        raise SettingsError(f"{named!r}: a wording cannot hold a URL, an e-mail address or a handle")
    is_number = (words.word_flags & WORD_ALL_DIGITS) != 0
    hashes = np.where(is_number, np.uint64(NUMBER_HASH), words.word_hash)
    counts = np.bincount(words.block_doc[words.word_block], minlength=len(phrases))
    return hashes, np.concatenate([[0], np.cumsum(counts)])


def _variants(phrase: str, kind: str, position: str, lang: str) -> Iterable[str]:
    """Other forms under which a phrase is met: in Arabic a single noun's article and a leading waw, in some languages
    of Latin script the form without marks."""
    if lang in WITHOUT_MARKS:
        plain = phrase.translate(WITHOUT_MARKS[lang])
        if plain != phrase and (" " in phrase or lang in NO_OTHER_WORDS):
            yield plain
    if lang != "ar":
        return
    if position == "line" and kind in NOUN_KINDS and " " not in phrase:
        yield phrase[2:] if phrase.startswith("ال") and len(phrase) > 5 else "ال" + phrase
    if kind in WAW_KINDS and not phrase.startswith("و") and position != "end":
        yield "و" + phrase


def _mix(h: Array, w: Array) -> Array:
    """The kernels' mixing step on whole columns."""
    x = (h ^ w) * np.uint64(PRIME)
    return x ^ (x >> np.uint64(29))


def build_tables(hashes: Array, ptr: Array, row: Array, position: Array, meaning: Array) -> dict[str, Any]:
    """The matcher's tables of phrases: words `hashes[ptr[i] : ptr[i + 1]]` mean `row[i]` in `position[i]`.

    `meaning` of a row: its kind, its label above it, from bit ROW_LABEL on.

    The first phrase given for a node and position keeps it, so variants never hide a phrase of the files.
    """
    full = np.flatnonzero(ptr[1:] > ptr[:-1])
    start, length, row, position = ptr[:-1][full], np.diff(ptr)[full], row[full], position[full]
    words = hashes[start]
    key = _mix(np.zeros(len(full), np.uint64), words)
    inner = [np.zeros((3, 0), np.uint64)]
    for depth in range(1, int(length.max(initial=1))):
        live = np.flatnonzero(length > depth)
        before, word = key[live], hashes[start[live] + depth]
        key[live] = _mix(before, word)
        inner.append(np.stack([key[live], before, word]))
    first, base, heads = _first_words(words, position, length == 1)
    nodes, longer, ends = _nodes(heads, np.concatenate(inner, axis=1), (key, row, position), meaning)
    pairs = np.zeros(1 << 15, np.uint8)
    two = np.flatnonzero(length > 1)
    found = words[two] * np.uint64(PRIME) + hashes[start[two] + 1] >> np.uint64(46)
    bit = (1 << (found & np.uint64(7))).astype(np.uint8)
    np.bitwise_or.at(pairs, (found >> np.uint64(3)).astype(np.int64), bit)
    return {"first": first, "base": base, "pairs": pairs, "nodes": nodes, "longer": longer, "ends": ends}


def _first_words(words: Array, position: Array, alone: Array) -> tuple[Array, Array, Array]:
    """(first, base, distinct words in the order of their nodes) from the first word of every phrase, where it holds,
    whether it is all of it."""
    anywhere, inside = position == POSITIONS.index("any"), position >= POSITIONS.index("sentence")
    heads = distinct(words)
    heads = heads[np.argsort(heads & _LOW, kind="stable")]
    low = (heads & _LOW).astype(np.int64)
    values = np.arange(1 << 16)
    base = 1 + np.searchsorted(low, values[::256])
    first = 1 + np.searchsorted(low, values) - base[values >> 8] << FIRST_NODE
    begun = {
        BEGINS: words, BEGINS_ANYWHERE: words[anywhere], BEGINS_ALONE: words[alone], BEGINS_INSIDE: words[inside],
    }  # fmt: skip
    for bit, some in begun.items():
        first[(some & _LOW).astype(np.int64)] |= 1 << bit
    if first.max() > 0xFFFF:
        raise SettingsError("too many phrases: more than 4095 first words in one of 256 parts of the table")
    return first.astype(np.uint16), base.astype(np.int32), heads


def _nodes(
    heads: Array, inner: Array, ends: tuple[Array, Array, Array], meaning: Array
) -> tuple[Array, int, Array]:
    """(nodes, item with which those of two words and more begin, ends) as the kernels know them.

    `heads`: first words in order; `inner` uint64[3, n]: the node of the first two, three, ... words of each phrase, the
    node before, the last of the words; `ends`: node, row and position of every phrase.
    """
    longer, _ = hash_table(distinct(inner[0]))
    start = len(heads) + 4 & -4  # both parts begin with a line of the cache
    keys = np.zeros(start + len(longer), np.uint64)
    keys[1 : 1 + len(heads)] = _mix(np.zeros(len(heads), np.uint64), heads)
    keys[start:] = longer
    known = np.flatnonzero(keys)
    by_key = np.argsort(keys[known])

    def number(key: Array) -> Array:
        return by_key[np.searchsorted(keys[known], key, sorter=by_key)]

    key, row, position = (column[::-1] for column in ends)
    rows = np.zeros((len(known), len(POSITIONS)), np.uint64)
    rows[number(key), position] = row + 1
    end, several = _ends(rows, meaning)
    same = np.flatnonzero(np.diff((heads & _LOW).astype(np.int64)) == 0)
    end[same] |= np.uint64(1 << ALIKE)
    sieve = np.uint64(1) << np.uint64(LONGER) + (inner[2] >> np.uint64(32) & np.uint64(15))
    np.bitwise_or.at(end, number(inner[1]), sieve)
    nodes = native.aligned(2 * len(keys), np.uint64)
    nodes[0::2] = keys
    nodes[2 * known + 1] = end
    return nodes, 2 * start, several


def _ends(rows: Array, meaning: Array) -> tuple[Array, Array]:
    """(end of every node uint64[n], where one position is all of it, ends uint32[m] of the others) as the kernels know
    them, from the row in each position, 0 for none."""
    node, position = np.nonzero(rows)
    row = rows[node, position]
    end = row | position.astype(np.uint64) << np.uint64(END_POSITION)
    end |= meaning[row.astype(np.int64) - 1].astype(np.uint64) << np.uint64(END_KIND)
    follows = np.diff(node, append=-1) == 0
    found = np.zeros(len(rows), np.uint64)
    found[node] = end
    is_several = (rows > 0).sum(axis=1) > 1
    listed = is_several[node]
    place = np.cumsum(listed) - 1
    first = listed & (np.diff(node, prepend=-1) != 0)
    found[node[first]] = place[first].astype(np.uint64) | np.uint64(SEVERAL_POSITIONS << END_POSITION)
    return found, (end | follows.astype(np.uint64) << np.uint64(END_FOLLOWS))[listed].astype(np.uint32)


def hash_table(unique: Array) -> tuple[Array, Array]:
    """(keys, nodes) of an open-addressed table at least twice as large as its content; nodes index `unique`."""
    size = 1 << max(int(np.ceil(np.log2(max(len(unique), 1) * 2))), 4)
    keys, nodes = np.zeros(size, np.uint64), np.full(size, -1, np.int32)
    left = np.arange(len(unique))
    step = 0
    while len(left):
        # Keys still homeless try the next place together; whoever finds it free first takes it. A key only
        # moves on from a taken place, which is all that a linear probe needs.
        place = ((unique[left] >> np.uint64(17)).astype(np.int64) + step) & (size - 1)
        first = np.full(size, len(left))
        np.minimum.at(first, place, np.arange(len(left)))
        chosen = first[first < len(left)]
        chosen = chosen[keys[place[chosen]] == 0]
        keys[place[chosen]] = unique[left[chosen]]
        nodes[place[chosen]] = left[chosen]
        left = np.delete(left, chosen)
        step += 1
    return keys, nodes


def load(folder: Traversable) -> Lexicon:
    """The lexicon of `folder`.

    Raises: SettingsError for a row that is not one or names an unknown kind.
    """
    lines = (folder / "kinds.tsv").read_text("utf-8").splitlines()
    kinds = [line.split("\t") for line in lines if line and not line.startswith("#")]
    number = {kind: i for i, (kind, _, _) in enumerate(kinds)}
    phrase, kind, label, position, lang, note = read_columns(folder)
    unknown = sorted(set(kind) - set(number))
    if unknown or len(kinds) > 64:
        raise SettingsError(f"kinds.tsv: at most 64 kinds, and these are missing: {', '.join(unknown) or 'none'}")
    place, kind_of, label_of = _numbers(position, POSITIONS), _numbers(kind, tuple(number)), _numbers(label, LABELS)
    varied = {"ar", *WITHOUT_MARKS}
    extra = [
        (text, i) for i, tag in enumerate(lang) if tag in varied
        for text in _variants(phrase[i], kind[i], position[i], tag)
    ]  # fmt: skip
    hashes, ptr = phrase_hashes([*phrase, *(text for text, _ in extra)])
    row_of = np.concatenate([np.arange(len(phrase)), np.array([i for _, i in extra], np.int64)]).astype(np.int64)
    return Lexicon(
        kinds=tuple(kind for kind, _, _ in kinds),
        kind_label=tuple(label for _, label, _ in kinds),
        kind_help=tuple(text for _, _, text in kinds),
        phrase=tuple(phrase),
        lang=tuple(lang),
        note=tuple(note),
        kind=kind_of,
        label=label_of,
        position=place,
        n_words=np.diff(ptr[: len(phrase) + 1]).astype(np.uint8),
        **build_tables(hashes, ptr, row_of, place[row_of], kind_of | label_of << ROW_LABEL),
    )


def _numbers(names: Sequence[str], known: tuple[str, ...]) -> Array:
    """uint8[n]: the place of each name among those known."""
    number = {name: i for i, name in enumerate(known)}
    return np.array([number[name] for name in names], np.uint8)


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package, loaded once."""
    return load(files("bilingual") / "data" / "lexicons")


def _made_tables(lex: Lexicon, engine: Stages) -> Any:
    arrays = (lex.first, lex.base, lex.pairs, lex.nodes, lex.ends)
    limits = (START_WORDS, LEAD_WORDS, END_WORDS, SHORT_WORDS, WITHIN_WORDS, LOOSE_WORDS)
    first = engine.candidates
    return first.Lexicon(
        *native.views(arrays, first.COMPILED),
        number=NUMBER_HASH, prime=PRIME, all_digits=WORD_ALL_DIGITS, longer=lex.longer, limits=limits,
    )  # fmt: skip


@cache
def _own_tables(engine: Stages) -> Any:
    return _made_tables(lexicon(), engine)


def match(words: Scan, lex: Lexicon | None = None, *, engine: Stages = KERNELS, new: Make = fresh) -> PhraseColumns:
    """The phrases of every block of a scan."""
    found = new(PhraseColumns, words.n_blocks)
    found.n = words.n_blocks
    tables = _own_tables(engine) if lex is None else lex.tables(engine)
    first, last = engine
    seen = found.seen_by(last.Phrases, last.COMPILED)
    last.find_phrases(words.scanned(first, _SCANNED), tables, seen)
    return found


def _alone(words: Scan, block: int, first: Any) -> Any:
    """One block of a scan as the kernels take it, its words counted from 0: what stands around it says nothing of its
    phrases."""
    start, end = words.block_word[block : block + 2].tolist()
    begin = {"word": start, "block": block}
    columns = {name: words.room_of(name)[begin.get(name.partition("_")[0], 0) :] for name in _SCANNED}
    columns["block_word"] = np.array([0, end - start], np.int32)
    alone = first.Scanned(*native.views([*columns.values()], first.COMPILED))
    alone.hold(end - start, 1)
    return alone


def hits(words: Scan, block: int, lex: Lexicon | None = None, *, engine: Stages = KERNELS) -> list[PhraseHit]:
    """The phrases of one block, for explanations.

    >>> found = hits(scan(["Follow us on Facebook"]), 0)
    >>> [(lexicon().phrase[hit.row], hit.in_position) for hit in found]
    [('follow us on facebook', True)]
    """
    n_words = int(words.block_word[block + 1] - words.block_word[block])
    found = np.zeros(4 * n_words + 4, np.int32)
    tables = (lex or lexicon()).tables(engine)
    first, last = engine
    seen = PhraseColumns(1).seen_by(last.Phrases, last.COMPILED)
    n_hits = last.find_hits(_alone(words, block, first), tables, seen, 0, native.view(found, last.COMPILED))
    rows = found[: 4 * n_hits].reshape(-1, 4).tolist()
    return [PhraseHit(word=w, n_words=n, row=r, in_position=bool(v)) for w, n, r, v in rows]
