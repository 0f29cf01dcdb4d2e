"""What lines that are alike in a row are for, whatever the trees said: constants and columns of the kernels."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from bilingual.errors import SettingsError
from bilingual.labels.alike.stages import KERNELS, Stages
from bilingual.labels.columns import KINDS, LabelColumns
from bilingual.labels.evidence import ALIKE, EXCEPTIONS
from bilingual.labels.features import N_SIGNALS, Lines
from bilingual.labels.lexicon import phrase_hashes
from bilingual.labels.marks import Places
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.scan import Scan

# What an exception is worth: never learned, so no more than that.
ALIKE_SCORE = 0.9
# Classes of the names of `data/lexicons/words/fields.tsv`, from 1 on, and most words of a name.
CLASSES = ("record", "member", "category", "keyword", "turn", "contents", "home")
NAME_WORDS = 3
# The same of `data/lexicons/words/forums.tsv`.
LISTED = ("column", "thread", "posts", "views", "last", "other", "by", "empty", "end")
# Fields in a row, most of them, words of one, and how many must have a name of the class. Of development, corpus,
# silver and fresh pages 50 fields of one thing change, 33 to the better; of the others 14 are release dates and
# measures of products, which silver leaves out.
FEWEST_FIELDS, MOST_FIELDS, FIELD_WORDS, KNOWN_FIELDS = 3, 40, 12, 2
# Words of a line of tags: 16 of 17 such lines that the trees took for something else are navigation.
TAG_WORDS = 60
# Names with counts in a row (the kernel looks at each fourth line), and words of one: 15 of 15.
FEWEST_COUNTED, COUNTED_WORDS = 4, 10
# Words of a header of categories, items under it, most of them without bullets, words of one: 26 of 27; of longer lists
# without bullets as many are body.
HEADER_WORDS, FEWEST_ITEMS, MOST_ITEMS, ITEM_WORDS = 4, 4, 8, 6
# Lines above the first sentence of documentation, words of one, and the last that may be the page's own: 209 of 212.
FEWEST_ENTRIES, ENTRY_WORDS, MARGIN = 40, 14, 4
# Headlines of a page without a text, and words of a line that is one: no labelled page of another kind has as many.
FEWEST_HEADLINES, LONG_WORDS = 8, 20
# Words of a title under "next", and how sure the trees may be that it is a link of this site: of 184 such lines on
# silver, development and fresh pages those that were read are titles of other pages.
TITLE_WORDS, TURN_SURE = 20, 0.95
# Entries under a header of contents, most of them, words of one, and most headers of a page: four entries that return
# need no header (`layout.page`); of the lines that change, those that were read are entries.
HEADED_ENTRIES, MOST_ENTRIES, HEADED_WORDS, MOST_HEADERS = 3, 40, 16, 2
# The way to the page as a numbered list needs no number of its own here: of 6 lists on development, corpus and fresh
# pages that begin with the name of the home page, all 20 lines are navigation; on silver pages it changes nothing.
# Kinds of pages that a list of forums or threads may be taken for.
BOARD_KINDS = ("forum", "list", "documentation", "company", "other")
# Rows of such a list; rows that name their counts where none names the columns; lines between two rows; words of one,
# of a byline, of who wrote or a category; words of a sentence, most of them beside the list, or rows for each; its part
# of the page, at least. On two indexes of forums 102 blocks become body, all rightly; on gold, development and silver
# pages, threads among them, it changes none.
FEWEST_ROWS, FEWEST_NAMED, MOST_BETWEEN, ROW_WORDS, BY_WORDS, AUTHOR_WORDS = 4, 4, 16, 12, 10, 3
TEXT_WORDS, MOST_TEXTS, TEXT_ROWS, LIST_SHARE = 10, 2, 6, 3
# Verses in a row (the kernel looks at each sixth line), words of one in the mean, how far in sixths of a doubling the
# lengths are from their mean, and how sure the trees may be that one is something else: 33 of 33; where they are surer,
# the lines are lists of services. In Arabic letters they have to rhyme, as no other run of labelled pages does.
FEWEST_VERSES, VERSE_WORDS, VERSE_SPREAD, VERSE_SURE = 6, 3, 3, 0.85


@cache
def field_names() -> tuple[Array, Array, Array]:
    """The hash table of `fields.tsv`; categories open."""
    return _name_table("fields.tsv", CLASSES, ("category",))


@cache
def forum_names() -> tuple[Array, Array, Array]:
    """The hash table of `forums.tsv`; names of columns open."""
    return _name_table("forums.tsv", LISTED, LISTED[:5])


def _name_table(file: str, kinds: tuple[str, ...], opening: tuple[str, ...]) -> tuple[Array, Array, Array]:
    """(keys uint64[2**k], classes uint8[2**k], opens uint8[4096]): a hash table of names, 0 for a free slot; 1 for the
    low bits of the first words of those of some classes."""
    text = (files("bilingual") / "data" / "lexicons" / "words" / file).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    hashes, ptr = phrase_hashes([row[0] for row in rows])
    long = [row[0] for row, n in zip(rows, np.diff(ptr), strict=True) if not 1 <= n <= NAME_WORDS]
    if long:
        raise SettingsError(f"{file}: not one to {NAME_WORDS} words: {long}")
    size = 1 << (2 * len(rows)).bit_length()
    keys, classes, opens = np.zeros(size, np.uint64), np.zeros(size, np.uint8), np.zeros(4096, np.uint8)
    for number, row in enumerate(rows):
        key = name_key(hashes[ptr[number] : ptr[number + 1]].tolist())
        at = (key ^ key >> 31) & size - 1
        while keys[at]:
            at = at + 1 & size - 1
        keys[at], classes[at] = key, kinds.index(row[1]) + 1
        if row[1] in opening:
            opens[hashes[ptr[number]] & np.uint64(4095)] = 1
    return keys, classes, opens


def name_key(hashes: list[int]) -> int:
    """One number for the words of a name, as the kernel has it."""
    key = 14695981039346656037
    for value in hashes:
        key = (key ^ value) * 1099511628211 & (1 << 64) - 1
    return key


@cache
def _constants(engine: Stages) -> tuple[Any, Any, Any, Any]:
    """The constants and the names as the kernels take them."""
    first, last = engine.named, engine.runs
    alike = first.Alike(ALIKE_SCORE, EXCEPTIONS.index(ALIKE[0]))
    names = first.Names(
        first.Table(*native.views(field_names(), first.COMPILED)), TURN_SURE, N_SIGNALS, *range(1, len(CLASSES) + 1),
        FEWEST_FIELDS, MOST_FIELDS, FIELD_WORDS, KNOWN_FIELDS, TAG_WORDS, HEADER_WORDS, FEWEST_ITEMS, MOST_ITEMS,
        ITEM_WORDS, TITLE_WORDS, HEADED_ENTRIES, MOST_ENTRIES, HEADED_WORDS, MOST_HEADERS,
    )  # fmt: skip
    forums = engine.forums.Forums(
        first.Table(*native.views(forum_names(), first.COMPILED)),
        sum(1 << KINDS.index(kind) for kind in BOARD_KINDS), *range(1, len(LISTED) + 1),
        FEWEST_ROWS, FEWEST_NAMED, MOST_BETWEEN, ROW_WORDS, BY_WORDS, AUTHOR_WORDS, TEXT_WORDS, MOST_TEXTS,
        TEXT_ROWS, LIST_SHARE,
    )  # fmt: skip
    runs = last.Runs(
        VERSE_SURE, TURN_SURE, KINDS.index("list"), KINDS.index("documentation"), FEWEST_COUNTED, COUNTED_WORDS,
        FEWEST_ENTRIES, ENTRY_WORDS, MARGIN, FEWEST_HEADLINES, LONG_WORDS, FEWEST_VERSES, VERSE_WORDS, VERSE_SPREAD,
    )  # fmt: skip
    return alike, names, forums, runs


_SCANNED = ("block_word", "block_end", "block_cut", "word_start", "word_end", "word_hash", "word_flags", "codes")


def settle_alike(scan: Scan, lines: Lines, places: Places, found: LabelColumns, *, engine: Stages = KERNELS) -> None:
    """Give the verdict on blocks where the lines around them, which are like them, say what all of them are for."""
    first = engine.named
    compiled = first.COMPILED
    engine.runs.settle(
        *_constants(engine), scan.seen_by(first.Scanned, compiled, _SCANNED),
        lines.seen_by(first.Lines, compiled, ("block", "doc_line", "flags", "every")),
        places.seen_by(first.Places, compiled, ("place",)),
        found.seen_by(first.Blocks, compiled, ("label", "score", "layer", "rule", "kind")), scan.n_docs,
    )  # fmt: skip
