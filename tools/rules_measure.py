"""Measure every rule on the development pages, the project's corpus and the silver pages; write `rules.tsv`.

    python tools/rules_measure.py [--check]

Development and corpus pages give right and fired blocks; silver pages, which know body and the rest only,
the share of blocks that are not body. A rule decides when it keeps DECIDES, as a mean over pages, on
development and corpus pages together (ENOUGH_GOLD of them or more) and on the silver ones. Its score is its
precision with a prior weight."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import labels_data as data
from bilingual.labels import rules
from bilingual.labels.lexicon import LABELS
from bilingual.text.scan import scan

Array = np.ndarray[Any, Any]

OUT = data.ROOT / "src" / "bilingual" / "data" / "lexicons" / "words" / "rules.tsv"
DECIDES = 0.95
# Fewer pages than this say too little; silver is noisy, so it needs more of them.
ENOUGH_GOLD, ENOUGH_PAGES = 4, 15
# A rule starts as 10 blocks at 0.95 and moves from there.
PRIOR, PRIOR_BLOCKS = 0.95, 10
HEAD = """# What every rule was measured at.
# Source: development and silver pages of the project, corpora/gold.jsonl.
# Licence: Apache-2.0. Date: 2026-11-22.
# Made by: python tools/rules_measure.py
# rule\tdecides\tprecision\tdevelopment\tsilver
"""


@dataclass(frozen=True, slots=True)
class Collection:
    """Pages, what every rule fires on, and the label of each block."""

    fires: Array
    gold: Array
    doc: Array


def collect(pages: Sequence[data.Page]) -> Collection:
    """Scan pages and ask every rule on its own."""
    words = scan([page.text for page in pages])
    f = rules.facts(words)
    of_row = rules.phrase_rules()
    fires = np.zeros((len(rules.table()), words.n_blocks), np.bool_)
    for number, function in enumerate(rules.SHAPE_RULES):
        fires[number] = function(f)
    by_phrase = of_row[f.phrases.best]
    fired = np.flatnonzero(by_phrase >= 0)
    fires[by_phrase[fired], fired] = True
    return Collection(fires=fires, gold=_gold(pages, words), doc=words.block_doc)


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when the file would change")
    options = parser.parse_args()
    gold = [*data.gold_pages(data.SHARED / "dev.jsonl")]
    own = data.gold_pages(data.CORPUS / "gold.jsonl")
    silver = data.silver_pages(data.SHARED / "wcxb-dev-lines.jsonl.gz")
    known = {page.id for page in gold}
    silver = [page for page in silver if page.id not in known]
    rows = measure(collect(gold), collect(own), collect(silver))
    text = HEAD + "".join("\t".join(row) + "\n" for row in rows)
    if options.check:
        sys.exit(OUT.read_text("utf-8") != text)
    OUT.write_text(text, "utf-8")


def measure(gold: Collection, own: Collection, silver: Collection) -> list[list[str]]:
    """The rows of the file, sorted by rule."""
    rows = []
    for number, rule in enumerate(rules.table()):
        label = LABELS.index(rule.label)
        g, o = _counts([gold], number, label), _counts([own], number, label)
        both = _counts([gold, own], number, label)
        pages, apart = _not_body(silver, number)
        rate = (both[0] + PRIOR * PRIOR_BLOCKS) / (both[1] + PRIOR_BLOCKS)
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
