"""What the layout of a page says of its lines, whatever the trees said: constants and columns of the kernels."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import numpy as np

from bilingual.labels.columns import LabelColumns
from bilingual.labels.evidence import EVIDENCE, EXCEPTIONS, LAYOUT
from bilingual.labels.features import ECHOES, N_SIGNALS, NAMES, Lines
from bilingual.labels.layout.stages import KERNELS, Stages
from bilingual.labels.marks import Places
from bilingual.labels.rules import table
from bilingual.text.scan import Scan
from bilingual.text.workspace import Column, Columns, room

# What an exception is worth: never learned, so no more than that.
LAYOUT_SCORE = 0.9
# Cells of a line, lines of a strip above a text; words of each in the mean, of the longest, most words in the mean:
# cells of tables are shorter, sentences side by side are longer. Of development pages, the corpus and 400 silver ones
# 25 cells stand in such rows, all promo or not body, and no line in such a strip.
FEWEST, MEAN_WORDS, MOST_WORDS, MOST_MEAN = 5, 5, 28, 16
# Lines above the first text; words of a strip that the text uses, of 200, in the mean, and of a title behind it.
MOST_ABOVE, STRANGE, OWN = 60, 60, 90
# Words of a line that is the text of a policy: its name stands above it in 6 of 6 such places of labelled pages where
# a rule had decided, and in 9 of 10 more.
TEXT_WORDS = 12
# Entries of contents, and words of one. Of development, corpus and fresh pages 179 lines stand in such rows, all
# of them navigation; three entries are met in rows of cards that return.
FEWEST_ENTRIES, ENTRY_WORDS = 4, 16
# Words of a call that ends with a colon, items of a list under it: of silver and fresh pages 14 items that the trees
# took for something else, none of them body.
CALL_WORDS, MOST_ITEMS = 4, 8
# Fields of the box beside a post, and words of one: of silver and fresh pages nine that the trees took for body, none
# of which was.
FEWEST_FIELDS, FIELD_WORDS = 3, 7
# Headlines right under the header of a list of others, and words of one; most digits and wordings of navigation in it,
# of 200. Of silver pages 298 lines stand in such rows that the trees took for navigation: of 70 that were read some 58
# are headlines of others; of pages that nobody had looked at, 11 of 12.
FEWEST_LISTED, MOST_LISTED, LISTED_WORDS, MOST_LISTED_WORDS, LISTED_DIGITS, LISTED_COVER = 2, 12, 4, 24, 40, 60
# Rules that take the name of a policy for a link.
_LINKS = ("legal-phrase", "menu-run")


@cache
def _constants(engine: Stages) -> tuple[Any, Any, Any, Any]:
    """The constants as the kernels take them."""
    names = [rule.name for rule in table()]
    behind = len(EXCEPTIONS) + len(EVIDENCE)
    first = engine.headlines
    layout = first.Layout(LAYOUT_SCORE, EXCEPTIONS.index(LAYOUT[0]), N_SIGNALS)
    headlines = first.Headlines(
        NAMES.index(ECHOES[-1]), FEWEST, MEAN_WORDS, MOST_WORDS, MOST_MEAN, MOST_ABOVE, STRANGE, OWN
    )
    lists = engine.lists.Lists(
        *(behind + names.index(name) for name in _LINKS), TEXT_WORDS, CALL_WORDS, MOST_ITEMS, FEWEST_FIELDS,
        FIELD_WORDS, FEWEST_LISTED, MOST_LISTED, LISTED_WORDS, MOST_LISTED_WORDS, LISTED_DIGITS, LISTED_COVER,
    )  # fmt: skip
    return layout, headlines, lists, engine.contents.Contents(FEWEST_ENTRIES, ENTRY_WORDS)


_SCANNED = (
    "block_line", "block_cut", "block_word", "word_start", "word_end", "word_hash", "word_flags", "codes",
)  # fmt: skip


class _Returns(Columns):
    """Work space of lines that return, see `contents.kernel.Returns`."""

    KINDS: ClassVar = {"key": Column(np.uint64), "later": Column(np.int32), "is_later": Column(np.uint8)}


class _Slots(Columns):
    """A hash table with room for twice the lines of any document, at the next power of two."""

    KINDS: ClassVar = {"line": Column(np.int32)}


def settle_layout(
    scan: Scan, lines: Lines, places: Places, found: LabelColumns, is_plain: bool = True, *, engine: Stages = KERNELS
) -> None:  # fmt: skip
    """Give the verdict on blocks where the layout decides; what is not plain text tells itself what is side by side."""
    first, last = engine.headlines, engine.contents
    compiled = first.COMPILED
    returns, slots = room(_Returns, lines.n), room(_Slots, 4 * lines.n + 32)
    last.settle(
        *_constants(engine), scan.seen_by(first.Scanned, compiled, _SCANNED),
        lines.seen_by(first.Lines, compiled, ("block", "doc_line", "flags", "every", "hash_line")),
        places.seen_by(first.Places, compiled, ("place",)), returns.seen_by(last.Returns, compiled),
        slots.seen_by(last.Slots, compiled),
        found.seen_by(first.Blocks, compiled, ("label", "score", "layer", "rule")), scan.n_docs, is_plain,
    )  # fmt: skip
