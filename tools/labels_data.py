"""Pages with labels for fitting and judging the label layer: gold, silver and the project's own corpus.

Development pages are read from `$BILINGUAL_SHARED` or `../shared`; their words never become features or data.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bilingual.labels import features
from bilingual.labels.columns import LABELS
from bilingual.labels.lexicon import match
from bilingual.labels.rules import apply, facts
from bilingual.text.scan import Scan, scan

Array = np.ndarray[Any, Any]

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("BILINGUAL_SHARED", ROOT.parent / "shared")) / "gold"
CORPUS = ROOT / "corpora"
NONE = 255
BODY, NAVIGATION, PROMO = range(3)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its labelled lines: (start, end, label number or NONE)."""

    id: str
    text: str
    lines: tuple[tuple[int, int, int], ...]
    kind: str = ""

    @property
    def site(self) -> str:
        """What may not stand on both sides of a fold; pages of one newspaper are one site."""
        name = self.id.split("#")[0]
        if "youm7" in name:
            return "adbar_htmldate"
        return name if name.startswith("wcxb") else name.split("__")[0]


def read_json_lines(path: Path) -> Iterable[dict[str, Any]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def gold_pages(path: Path) -> list[Page]:
    """Pages of a gold file."""
    return [
        Page(
            row["id"], row["text"],
            tuple((line["start"], line["end"], LABELS.index(line["label"])) for line in row["lines"]),
            row.get("kind", ""),
        )
        for row in read_json_lines(path)
    ]  # fmt: skip


def silver_pages(path: Path) -> list[Page]:
    """Pages of the silver file: body and, for the rest, navigation."""
    pages = []
    for row in read_json_lines(path):
        parts, lines, at = [], [], 0
        for text, is_body in row["lines"]:
            clean = text.replace("\n", " ").replace("\r", " ")
            parts.append(clean)
            lines.append((at, at + len(clean), BODY if is_body else NAVIGATION))
            at += len(clean) + 1
        pages.append(Page(row["id"].replace("/", "__"), "\n".join(parts), tuple(lines), row["type"]))
    return pages


def corrected(pages: Sequence[Page], table: Path) -> list[Page]:
    """The silver pages that a reader went through: `table` has page, label and line numbers."""
    by_id = {page.id: page for page in pages}
    changes: dict[str, dict[int, int]] = {}
    for row in table.read_text("utf-8").splitlines():
        if row.startswith("#") or not row:
            continue
        name, label, numbers = row.split("\t")
        page = changes.setdefault(name, {})
        for part in numbers.split():
            first, _, last = part.partition("-")
            for number in range(int(first), int(last or first) + 1):
                page[number] = NONE if label == "unsure" else LABELS.index(label)
    return [
        Page(name, by_id[name].text,
             tuple((s, e, change.get(n, label)) for n, (s, e, label) in enumerate(by_id[name].lines)),
             by_id[name].kind)
        for name, change in changes.items()
    ]  # fmt: skip


def joined(page: Page) -> Page:
    """The page with every line break replaced by a space."""
    return Page(page.id, page.text.replace("\n", " "), page.lines, page.kind)


def truncated(page: Page, rng: random.Random) -> Page:
    """The page with its start, its end or both cut off."""
    n = len(page.lines)
    if n < 12:
        return page
    first, last, draw = 0, n, rng.random()
    if draw < 0.35:
        first = rng.randrange(1, n // 2)
    elif draw < 0.7:
        last = rng.randrange(n // 2, n)
    else:
        first, last = rng.randrange(0, n // 3), rng.randrange(2 * n // 3, n)
    return _part(page, first, last)


# Letters of an opening; lines of a bare page that breaks off.
OPENING, BARE = (400, 1600), (6, 40)


def opening(page: Page, rng: random.Random) -> Page:
    """The page's first lines, as a preview or a crawler with a limit leaves them: often all furniture, no article."""
    most = page.lines[0][0] + rng.uniform(*OPENING)
    n = next((i for i, (_, end, _) in enumerate(page.lines) if end > most), len(page.lines))
    return _part(page, 0, max(n, min(len(page.lines), BARE[0])))


def bare(page: Page, rng: random.Random) -> Page:
    """The page from its first body line on, or one or two before it, as an extractor leaves it: to its end, or not."""
    n, first = len(page.lines), next((i for i, line in enumerate(page.lines) if line[2] == BODY), None)
    if first is None:
        return page
    first = max(0, first - rng.choice((0, 0, 0, 1, 2)))
    return _part(page, first, min(n, first + rng.randrange(*BARE)) if rng.random() < 0.6 else n)


def _part(page: Page, first: int, last: int) -> Page:
    """The lines from `first` to `last` of a page."""
    start = page.text.rfind("\n", 0, page.lines[first][0]) + 1
    end = page.lines[last - 1][1]
    lines = tuple((s - start, e - start, label) for s, e, label in page.lines[first:last])
    return Page(page.id, page.text[start:end], lines, page.kind)


@dataclass(frozen=True, slots=True)
class Table:
    """Pages with their columns and the label of each line (block with words): uint8[m], NONE where unknown."""

    pages: Sequence[Page]
    scan: Scan
    lines: features.Lines
    gold: Array
    page_of: Array

    @property
    def letters(self) -> Array:
        return self.lines.letters.sum(axis=0)


def tabulate(pages: Sequence[Page]) -> Table:
    """Scan the pages and fill the columns; a block's label is that of most of its characters."""
    words = scan([page.text for page in pages])
    phrases = match(words)
    found = apply(facts(words, phrases))
    lines = features.line_features(words, phrases, found)
    gold = np.full(len(lines.block), NONE, np.uint8)
    for d, page in enumerate(pages):
        at = np.full(len(page.text) + 1, NONE, np.uint8)
        for start, end, label in page.lines:
            at[start:end] = label
        base = words.doc_ptr[d]
        for i in range(lines.doc_line[d], lines.doc_line[d + 1]):
            block = lines.block[i]
            part = at[words.block_start[block] - base : words.block_end[block] - base]
            gold[i] = np.bincount(part, minlength=256)[: NONE + 1].argmax() if len(part) else NONE
    page_of = np.repeat(np.arange(len(pages)), np.diff(lines.doc_line))
    return Table(pages, words, lines, gold, page_of)


def with_labels(table: Table, corrected: Table) -> Table:
    """`table` with the labels of the lines of those of its pages that `corrected` holds too."""
    gold, place = table.gold.copy(), {page.id: d for d, page in enumerate(table.pages)}
    for d, page in enumerate(corrected.pages):
        first, own = table.lines.doc_line[place[page.id]], slice(*corrected.lines.doc_line[d : d + 2])
        gold[first : first + own.stop - own.start] = corrected.gold[own]
    return replace(table, gold=gold)


def line_votes(table: Table, predicted: Array) -> Array:
    """(page, gold, predicted, letters) of every gold line with a letter: the label that covers most of its letters."""
    rows = []
    for d, page in enumerate(table.pages):
        base = table.scan.doc_ptr[d]
        at = np.full(len(page.text) + 1, 3, np.uint8)
        for i in range(table.lines.doc_line[d], table.lines.doc_line[d + 1]):
            block = table.lines.block[i]
            at[table.scan.block_start[block] - base : table.scan.block_end[block] - base] = predicted[i]
        for start, end, label in page.lines:
            letters = [i for i in range(start, end) if page.text[i].isalpha()]
            if letters and label != NONE:
                rows.append((d, label, int(np.bincount(at[letters], minlength=4).argmax()), len(letters)))
    return np.array(rows)


def f1(gold: Array, predicted: Array, weight: Array | None = None) -> list[float]:
    """F1 of body, navigation and promo."""
    w = np.ones(len(gold)) if weight is None else weight
    scores = []
    for label in range(3):
        hit = w[(gold == label) & (predicted == label)].sum()
        total = w[gold == label].sum() + w[predicted == label].sum()
        scores.append(float(2 * hit / total) if total else 0.0)
    return scores


def silver_sites(pages: Sequence[Page], least: int = 10, most: int = 12) -> list[str]:
    """A site for each silver page, whose address is not known: pages that share `least` lines outside their main content,
    each of them on at most `most` pages, are of one site."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    for d, page in enumerate(pages):
        for line in {page.text[start:end].strip() for start, end, label in page.lines if label != BODY}:
            if len(line) >= 6:
                where[line].append(d)
    shared = Counter(
        pair for found in where.values() if len(found) <= most for pair in itertools.combinations(found, 2)
    )
    first = list(range(len(pages)))

    def site(d: int) -> int:
        while first[d] != d:
            first[d] = first[first[d]]
            d = first[d]
        return d

    for (a, b), count in shared.items():
        if count >= least:
            first[site(b)] = site(a)
    return [pages[site(d)].id for d in range(len(pages))]


def draw(page_of: Array, most: int, seed: int = 3) -> tuple[Array, Array]:
    """(which lines are drawn, what each of them stands for): about `most` lines of each page, so that long ones do not
    rule."""
    lines = np.bincount(page_of)
    share = np.minimum(1, most / np.maximum(lines, 1))[page_of]
    return np.random.default_rng(seed).random(len(page_of)) < share, 1 / share


def folds(sites: Sequence[str], split: int, count: int = 5) -> Array:
    """A fold for each page; pages of one site share theirs."""
    names = sorted(set(sites))
    order = np.random.default_rng(100 + split).permutation(len(names))
    fold = {name: int(place % count) for name, place in zip(names, order, strict=True)}
    return np.array([fold[site] for site in sites])
