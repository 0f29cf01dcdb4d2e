"""Shapes that no list of phrases can hold: dates, page numbers, phones, prices, leftover markup, chains."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

import numpy as np

from bilingual.errors import SettingsError
from bilingual.labels.lexicon import hash_table, phrase_hashes
from bilingual.labels.numbers import NO_DATE as NO_DATE
from bilingual.labels.shapes import kernel
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.scan import Scan
from bilingual.text.workspace import Column, Columns, Make, fresh

# Bits of `ShapeColumns.bits`, in order.
SHAPES = (
    "digits",  # numbers only
    "pages",  # 1 2 3 4 ...: numbers that count up
    "phone",  # 7 to 18 digits and hardly a word
    "urls",  # URLs, e-mail addresses, @handles only
    "hashtags",  # two or more hashtags and nothing else
    "markup",  # tags, attributes, braces, calls
    "residue",  # {{ }}, <% %>, %d, &nbsp;
    "chain",  # items of at most four words between » > / | ·
    "brackets",  # [ all of it ]
    "price",  # a number with a currency, and at most six words
    "copyright",  # the sign
    "bullet",  # begins with a bullet
)
WORD_CLASSES = ("month", "month-part", "weekday", "part", "small", "unit", "relative", "currency")
# Most words of a block that is searched for a date: the longest labelled date line of the development pages
# has 15.
DATE_WORDS = 16
_SCANNED = ("codes", "word_start", "word_end", "word_flags", "word_hash", "block_start", "block_end", "block_word")


class ShapeColumns(Columns):
    """Shapes of blocks.

    Shapes: bits uint16[n_blocks], see SHAPES; date_from uint8[n_blocks]: words before the date or time that
    ends the block, NO_DATE when none does."""

    KINDS: ClassVar = {"bits": Column(np.uint16), "date_from": Column(np.uint8)}

    def has(self, shape: str) -> Array:
        """bool[n_blocks]: the blocks of that shape."""
        found: Array = (self.bits >> SHAPES.index(shape)) & 1 != 0
        return found


@cache
def date_words() -> tuple[Array, Array]:
    """(keys, classes) of the hash table of `data/lexicons/words/dates.tsv`; classes count from 1."""
    lines = (files("bilingual") / "data" / "lexicons" / "words" / "dates.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    hashes, ptr = phrase_hashes([row[0] for row in rows])
    if (np.diff(ptr) != 1).any():
        raise SettingsError(f"dates.tsv: not one word: {[rows[i][0] for i in np.flatnonzero(np.diff(ptr) != 1)]}")
    keys, order = hash_table(hashes)
    classes = np.array([WORD_CLASSES.index(row[1]) + 1 for row in rows], np.uint8)
    return keys, np.where(order >= 0, classes[order], 0).astype(np.uint8)


def shapes(words: Scan, *, engine: Any = kernel, new: Make = fresh) -> ShapeColumns:
    """The shapes of every block of a scan.

    >>> from bilingual.text.scan import scan
    >>> found = shapes(scan(["1 2 3 4\\nPublished on 3 May 2020\\n+20 100 200 3000"]))
    >>> found.has("pages").tolist(), found.date_from.tolist(), found.has("phone").tolist()
    ([True, False, False], [255, 1, 255], [False, False, True])
    """
    found = new(ShapeColumns, words.n_blocks)
    found.n = words.n_blocks
    seen = found.seen_by(engine.Shapes, engine.COMPILED)
    engine.find_shapes(words.scanned(engine, _SCANNED), _dates(engine), DATE_WORDS, seen)
    return found


@cache
def _dates(engine: Any) -> Any:
    """The words of dates as the kernel takes them."""
    return engine.Dates(*native.views(date_words(), engine.COMPILED))
