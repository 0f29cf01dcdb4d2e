"""Text that is written with marks: what its headings, tables, code and lists say of their lines."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np

from bilingual.labels.columns import LabelColumns
from bilingual.labels.evidence import EXCEPTIONS, PLACES
from bilingual.labels.features import Lines
from bilingual.labels.looks import kernel as looks
from bilingual.labels.numbers import PLACE_CODE, PLACE_NONE
from bilingual.labels.places import kernel as places_kernel
from bilingual.labels.rules import RuleColumns
from bilingual.labels.settling import kernel as settling
from bilingual.text.scan import Scan
from bilingual.text.workspace import Column, Columns, Make, fresh

# Log-odds of body that a document with marks adds to its text and items: such a one is written, not taken off a page,
# and some nine of ten of its lines are body, where four of ten lines of pages are.
LEANING = 2.5
# What a place that decides is worth: never learned, so no more than that.
PLACE_SCORE = 0.9

# Mean log-odds of body, against the better of the others, of the cells of columns that are no widget at the side, as
# calendars and tables of a league are: of the gold pages, four of seven such have -1.65 and less, all others -0.8 and
# more.
WIDGET_ODDS = -1.5


class Places(Columns):
    """The place of every block, see `numbers.PLACE_NONE`, and the first block of each of the `n_pages` where any has
    one; the others are work space.

    Shapes: place uint8[n_blocks]; page_block int32[n_blocks].
    """

    KINDS: ClassVar = {
        "place": Column(np.uint8), "look": Column(np.uint8), "level": Column(np.uint8), "tabs": Column(np.uint8),
        "page_block": Column(np.int32),
    }  # fmt: skip
    n_pages = 0


class Stages(NamedTuple):
    """The kernels that find places, in the order in which they do."""

    looks: Any  # characters -> what each line looks like
    places: Any  # looks -> places


STAGES = Stages(looks, places_kernel)


def find_places(scan: Scan, is_plain: bool = True, *, stages: Stages = STAGES, new: Make = fresh) -> Places:
    """The places of the blocks of a scan; `n_pages` says how many have some. What is not plain text has none: its
    format knows headings and tables.

    >>> from bilingual.text.scan import scan
    >>> find_places(scan(["# Soup\\n## Steps\\n- boil\\n\\n| a |\\n|---|\\n| b |"])).place.tolist()
    [9, 10, 7, 5, 5, 5]
    """
    found = new(Places, scan.n_blocks)
    found.n = scan.n_blocks
    if not is_plain:
        found.n_pages, found.place[:] = 0, PLACE_NONE
        return found
    first, second = stages
    compiled = first.COMPILED
    found.n_pages = first.find_looks(
        scan.seen_by(first.Scanned, compiled, _SCANNED), found.seen_by(first.Looks, compiled, _LOOKS), scan.n_blocks
    )
    # most texts have no marks
    if found.n_pages:
        compiled = second.COMPILED
        found.n_pages = second.find_places(
            scan.seen_by(second.Scanned, compiled, _SCANNED), found.seen_by(second.Places, compiled),
            scan.n_blocks, found.n_pages,
        )  # fmt: skip
    return found


_SCANNED = ("codes", "block_start", "block_end", "block_doc", "block_line")
_LOOKS = ("place", "look", "tabs", "page_block")


def lean(scan: Scan, lines: Lines, places: Places, rules: RuleColumns, *, engine: Any = settling) -> None:
    """Revise the log-odds of lines by their places."""
    compiled = engine.COMPILED
    seen = lines.seen_by(engine.Lines, compiled, _LINES)
    said = rules.seen_by(engine.Fired, compiled, ("fired",))
    engine.lean(
        scan.seen_by(engine.Scanned, compiled, _DOCS), seen, places.seen_by(engine.Places, compiled, _PLACES), said,
        places.n_pages, LEANING,
    )  # fmt: skip


def settle(
    scan: Scan, lines: Lines, places: Places, rules: RuleColumns, found: LabelColumns, *, engine: Any = settling
) -> bool:  # fmt: skip
    """Give the verdict on blocks whose place decides; whether a label changed."""
    compiled = engine.COMPILED
    changed: bool = engine.settle(
        scan.seen_by(engine.Scanned, compiled, _DOCS), lines.seen_by(engine.Lines, compiled, _LINES),
        places.seen_by(engine.Places, compiled, _PLACES), rules.seen_by(engine.Fired, compiled, ("fired",)),
        found.seen_by(engine.Blocks, compiled, ("label", "score", "layer", "rule")),
        found.n_blocks, places.n_pages, PLACE_SCORE, _FIRST_REASON, WIDGET_ODDS,
    )  # fmt: skip
    return changed


_DOCS = ("block_doc",)
_PLACES = ("place", "look", "page_block")
_LINES = ("block", "doc_line", "flags", "letters", "odds")
# The reason of a place is its number behind this.
_FIRST_REASON = EXCEPTIONS.index(PLACES[0]) - PLACE_CODE
