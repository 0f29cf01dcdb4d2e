"""Measure every rule on the development pages, the project's corpus and the silver pages; write `rules.tsv` and
`undecided.tsv`.

    python tools/rules_measure.py [--check]

A wording that alone is wrong too often on development and corpus pages is undecided: no rule takes it. Development and
corpus pages (but those written to be hard) give right and fired blocks; silver pages, which know body and the rest only,
the share of blocks that are not body. A rule decides when it keeps DECIDES, as a mean over pages, on development and corpus pages together
(ENOUGH_GOLD of them or more) and on the silver ones. Its score is its precision with a prior weight."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import labels_data as data
from bilingual.labels import rules
from bilingual.labels.lexicon import LABELS, POSITIONS, lexicon
from bilingual.text.scan import scan

Array = np.ndarray[Any, Any]

WORDS = data.ROOT / "src" / "bilingual" / "data" / "lexicons" / "words"
OUT, UNDECIDED = WORDS / "rules.tsv", WORDS / "undecided.tsv"
DECIDES = 0.95
# Fewer pages than this say too little; silver is noisy, so it needs more of them.
ENOUGH_GOLD, ENOUGH_PAGES = 4, 15
# Pages of the corpus from this number on were written to be hard for rules: how often a rule is wrong there says nothing
# of how often it is wrong elsewhere.
HARD = 1501
# A rule starts as 10 pages at 0.95 and moves from there: one page that lists languages or dates as its content would
# outweigh many where they are menus.
PRIOR, PRIOR_PAGES = 0.95, 10
# A wording starts as 2 blocks at PRIOR; under WORDING_DECIDES it is undecided. Parts of the pages: a rule is measured on
# pages by which its wordings were not chosen.
WORDING_BLOCKS, WORDING_DECIDES, PARTS = 2, 0.8, 5
UNDECIDED_HEAD = """# Wordings that no rule takes: alone they are furniture on some pages, content on others.
# Source: development pages of the project, corpora/gold.jsonl.
# Licence: Apache-2.0. Date: 2026-11-30.
# Made by: python tools/rules_measure.py
# phrase\tposition\tright\tfired
"""
HEAD = """# What every rule was measured at.
# Source: development and silver pages of the project, corpora/gold.jsonl.
# Licence: Apache-2.0. Date: 2026-11-30.
# Made by: python tools/rules_measure.py
# rule\tdecides\tprecision\tdevelopment\tsilver
"""


@dataclass(frozen=True, slots=True)
class Collection:
    """Pages, what every rule fires on, and the label of each block."""

    fires: Array
    gold: Array
    doc: Array
    row: Array  # of the lexicon, whose wording a phrase rule may take, or -1

    def without(self, undecided: Array) -> Collection:
        """With no rule that takes the wordings of `undecided`, bool[PARTS, n_rows + 1], of the page's part."""
        fires = self.fires.copy()
        fires[len(rules.SHAPE_RULES) :, undecided[self.doc % PARTS, self.row]] = False
        return replace(self, fires=fires)


def collect(pages: Sequence[data.Page]) -> Collection:
    """Scan pages and ask every rule on its own."""
    words = scan([page.text for page in pages])
    f = rules.facts(words)
    of_row = rules.every_phrase_rule()
    fires = np.zeros((len(rules.table()), words.n_blocks), np.bool_)
    for number, function in enumerate(rules.SHAPE_RULES):
        fires[number] = function(f)
    by_phrase = of_row[f.phrases.best]
    fired = np.flatnonzero(by_phrase >= 0)
    fires[by_phrase[fired], fired] = True
    row = np.where(by_phrase >= 0, f.phrases.best, -1)
    return Collection(fires=fires, gold=_gold(pages, words), doc=words.block_doc, row=row)


def wordings(found: Sequence[Collection], but: int = -1) -> tuple[Array, Array]:
    """(right, fired) of every row of the lexicon and of -1, int[n_rows + 1], on pages of all parts `but` one."""
    label = np.array([LABELS.index(rule.label) for rule in rules.table()])
    of_row = rules.every_phrase_rule()
    right, fired = np.zeros(len(of_row), int), np.zeros(len(of_row), int)
    for part in found:
        row = np.where((part.gold != data.NONE) & (part.doc % PARTS != but), part.row, -1)
        np.add.at(fired, row, 1)
        np.add.at(right, row, part.gold == label[of_row[row]])
    right[-1] = fired[-1] = 0
    return right, fired


def is_undecided(right: Array, fired: Array) -> Array:
    return np.asarray((right + PRIOR * WORDING_BLOCKS) / (fired + WORDING_BLOCKS) < WORDING_DECIDES)


def _gold(pages: Sequence[data.Page], words: Any) -> Array:
    """Label of the line that holds each block; NONE where there is none."""
    gold = np.full(words.n_blocks, data.NONE, np.uint8)
    first = np.searchsorted(words.block_doc, np.arange(len(pages) + 1))
    for number, page in enumerate(pages):
        if not page.lines:
            continue
        lines = np.array(page.lines)
        start = words.block_start[first[number] : first[number + 1]] - words.doc_ptr[number]
        at = np.searchsorted(lines[:, 0], start, "right") - 1
        held = (at >= 0) & (start < lines[np.maximum(at, 0), 1])
        gold[first[number] : first[number + 1]][held] = lines[at[held], 2]
    return gold


def is_hard(page: data.Page) -> bool:
    """Whether a page of the corpus is one of those written to be hard."""
    return int(page.id.rpartition("-")[2]) >= HARD


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when the file would change")
    options = parser.parse_args()
    gold = [*data.gold_pages(data.SHARED / "dev.jsonl")]
    own = [page for page in data.gold_pages(data.CORPUS / "gold.jsonl") if not is_hard(page)]
    silver = data.silver_pages(data.SHARED / "wcxb-dev-lines.jsonl.gz")
    known = {page.id for page in gold}
    silver = [page for page in silver if page.id not in known]
    found = [collect(pages) for pages in (gold, own, silver)]
    apart = np.array([is_undecided(*wordings(found[:2], but)) for but in range(PARTS)])
    measured = measure(*(part.without(apart) for part in found))
    texts = {
        UNDECIDED: UNDECIDED_HEAD + _text(undecided(*wordings(found[:2]))),
        OUT: HEAD + _text(measured),
    }
    if options.check:
        sys.exit(any(path.read_text("utf-8") != text for path, text in texts.items()))
    for path, text in texts.items():
        path.write_text(text, "utf-8")


def undecided(right: Array, fired: Array) -> list[list[str]]:
    """The rows of the file of undecided wordings, sorted."""
    lex = lexicon()
    rows = np.flatnonzero(is_undecided(right, fired))
    return sorted([lex.phrase[row], POSITIONS[lex.position[row]], str(right[row]), str(fired[row])] for row in rows)


def _text(rows: list[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def measure(gold: Collection, own: Collection, silver: Collection) -> list[list[str]]:
    """The rows of the file, sorted by rule."""
    rows = []
    for number, rule in enumerate(rules.table()):
        label = LABELS.index(rule.label)
        g, o = _counts([gold], number, label), _counts([own], number, label)
        both = _counts([gold, own], number, label)
        pages, apart = _not_body(silver, number)
        rate = (both[3] * both[2] + PRIOR * PRIOR_PAGES) / (both[2] + PRIOR_PAGES)
        known = both[2] >= ENOUGH_GOLD and rule.label != "body"
        if pages >= ENOUGH_PAGES and rule.label != "body":
            rate = min(rate, apart)
        decides = known and rate >= DECIDES and both[3] >= DECIDES and (pages < ENOUGH_PAGES or apart >= DECIDES)
        rows.append([
            rule.name, "yes" if decides else "no", f"{rate:.3f}",
            f"{g[0]} of {g[1]} blocks on {g[2]} development pages (mean of pages {g[3]:.3f}), "
            f"{o[0]} of {o[1]} on {o[2]} of the corpus ({o[3]:.3f})",
            f"{apart:.3f} not body over {pages} pages" if pages else "never fires",
        ])  # fmt: skip
    return sorted(rows)


def _counts(found: Sequence[Collection], rule: int, label: int) -> tuple[int, int, int, float]:
    """(right, fired, pages, mean of the pages' shares) among blocks with a label."""
    at = [part.fires[rule] & (part.gold != data.NONE) for part in found]
    right = np.concatenate([part.gold[here] == label for part, here in zip(found, at, strict=True)])
    docs = [part.doc[here] + 10**6 * i for i, (part, here) in enumerate(zip(found, at, strict=True))]
    doc = np.concatenate(docs)
    pages, inverse = np.unique(doc, return_inverse=True)
    mean = float((np.bincount(inverse, right) / np.bincount(inverse)).mean()) if len(pages) else 0.0
    return int(right.sum()), len(right), len(pages), mean


def _not_body(found: Collection, rule: int) -> tuple[int, float]:
    at = np.flatnonzero(found.fires[rule] & (found.gold != data.NONE))
    if not len(at):
        return 0, 0.0
    pages, inverse = np.unique(found.doc[at], return_inverse=True)
    apart = np.bincount(inverse, found.gold[at] != data.BODY) / np.bincount(inverse)
    return len(pages), float(apart.mean())


if __name__ == "__main__":
    main()
