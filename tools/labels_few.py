"""Fit the label trees of texts of few lines and write `src/bilingual/data/weights/few.tsv`.

    python tools/labels_few.py [--judge]     folds by site, a dated row per size in benchmarks/results/labels.tsv;
                                             without --judge then fit on everything and write the weights

Needs CatBoost. A text of a few lines is not a page: who segments a sentence, a title or a message asks what it is
about, where the trees of pages see a line without an article around it, as in a menu. So these trees learn from parts
of pages of one to ten lines, sentences of their paragraphs alone, with and without their stop, the first words and
other pieces of such sentences, also in capitals like a title, sentences with a word of a call and what follows such a
word ("call the dentist" sells nothing), paragraphs broken at a width as in letters, and what looks like markup, which
is rare on pages, alone and above a text. Of what pages hardly have (tasks, chat, searches, words, letters, addresses,
messages of forms, unasked offers) they learn from texts written for them, `labels_few.tsv`. Six tenths of what they
learn from are body. Teasers of other articles with no word of a call and under no header of a list are left out: alone
they are titles like others.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import capwords
from typing import Any

import numpy as np

import labels_data as data
import labels_evaluate as evaluate
import labels_train as train
from bilingual.labels.columns import LABELS
from bilingual.labels.features import NAMES
from bilingual.labels.model import FEW_SHARES

Array = np.ndarray[Any, Any]
SETTINGS = {
    "iterations": 240, "depth": 6, "learning_rate": 0.2, "border_count": 96, "subsample": 0.6, "rsm": 0.3,
    "loss_function": "MultiClass",
}  # fmt: skip
# Lines of the parts of a page; the next sizes let texts of the most lines have neighbours on both sides.
MOST = len(FEW_SHARES) - 1
SIZES = (1, 1, 2, 3, 4, 5, 6, 7, 8, 10)
LONGEST = max(SIZES)
# Parts drawn of a page: gold pages are few. Lines of each label and sentences that are drawn alone; parts whose line
# breaks are spaces.
PARTS = {"gold": 24, "flat": 12, "corpus": 8, "corrected": 8}
ALONE, JOINED = 3, 0.15
# Characters of a paragraph, words of its sentences, of a sentence's beginning; how often a stop is left out, a
# beginning kept.
PARAGRAPH, SENTENCE, BEGINNING = 80, (3, 30), (3, 9)
NO_STOP, BEGINS = 0.4, 0.5
# Characters of a line of a broken paragraph; what looks like markup, and how many lines with it are drawn of a page.
WIDTH, MARKUP, MARKED = (40, 90), re.compile(r"[<>{}=#]|;\s*$"), 4
SHARES = {data.BODY: 0.6, data.NAVIGATION: 0.25, data.PROMO: 0.15}
# Columns one of which tells of a call, the second ones unless they stand for what opens a headline ("Breaking:"); 255
# in that of headers says that no list was opened above.
CALLS, COVERS = ("p_join", "p_buy", "p_ad", "call"), ("promo_cover", "promo_loose")
PITCH, NO_HEADER = 100, 255
PART, SENTENCE_ALONE, BEGINNING_ALONE, BROKEN, UNDER = "part", "sentence", "beginning", "broken", "under markup"
PIECE, ORDER, SAYS = "piece", "from a word of a call", "with a word of a call"
HEADED, WRITTEN = "in capitals", "written"
# How often a text counts by the way in which it was drawn, once without an entry; labels of what may be either.
TIMES = {WRITTEN: 8.0, ORDER: 0.4, SAYS: 0.3}
EITHER = (data.BODY, data.NAVIGATION)
# Words of a piece of a sentence, of what stands from a word of a call on; how often a piece, and a beginning in
# capitals, is drawn of a sentence.
PIECES, ORDERS, PIECED, CAPITALS = (1, 5), (2, 8), 0.3, 0.3

_MARKS = " .,;:!?؟۔،؛()«»\""
_STOP = re.compile(r"(?<=[.!?؟۔])\s+")


def texts_of(page: data.Page, parts: int, rng: random.Random) -> Iterator[data.Page]:
    """Texts of few lines made of a page; their `kind` says how."""
    lines = [line for line in page.lines if line[2] != data.NONE and re.search(r"\w", page.text[line[0] : line[1]])]
    for _ in range(parts if lines else 0):
        size = rng.choice(SIZES)
        first = rng.randrange(max(1, len(lines) - size + 1))
        yield _part(page, lines[first : first + size], " " if rng.random() < JOINED else "\n")
    for label in SHARES:
        own = [line for line in lines if line[2] == label]
        yield from (_part(page, [line], "\n") for line in rng.sample(own, min(ALONE, len(own))))
    long = [page.text[s:e] for s, e, label in lines if label == data.BODY and e - s > PARAGRAPH]
    for paragraph in rng.sample(long, min(ALONE, len(long))):
        yield from _sentences_of(page, paragraph, rng)
    for paragraph in long:
        yield from _orders_of(page, paragraph, rng)
    for paragraph in rng.sample(long, min(1, len(long))):
        yield _broken(page, paragraph, rng)
    marked = [i for i, (s, e, _) in enumerate(lines) if MARKUP.search(page.text[s:e])]
    for i in rng.sample(marked, min(MARKED, len(marked))):
        yield replace(_part(page, lines[i : i + rng.choice(SIZES)], "\n"), kind=UNDER)


def _part(page: data.Page, lines: Sequence[tuple[int, int, int]], between: str) -> data.Page:
    text, found = "", []
    for start, end, label in lines:
        text += between if text else ""
        found.append((len(text), len(text) + end - start, label))
        text += page.text[start:end].replace("\n", " ")
    return data.Page(page.id, text, tuple(found), PART)


def _sentences_of(page: data.Page, paragraph: str, rng: random.Random) -> Iterator[data.Page]:
    """A sentence of a paragraph, and perhaps its beginning, as it is and in capitals, and a piece of it, as texts."""
    sentences = [one for one in _STOP.split(paragraph) if SENTENCE[0] <= len(one.split()) <= SENTENCE[1]]
    if not sentences:
        return
    text = rng.choice(sentences)
    if rng.random() < NO_STOP:
        text = text.rstrip(".!?؟۔")
    yield _body(page, text, SENTENCE_ALONE)
    words = text.split()
    if rng.random() < BEGINS:
        yield _body(page, " ".join(words[: rng.randrange(*BEGINNING)]), BEGINNING_ALONE)
    if rng.random() < PIECED:
        at = rng.randrange(len(words))
        yield _body(page, " ".join(words[at : at + rng.randrange(*PIECES)]).strip(_MARKS), PIECE)
    if rng.random() < CAPITALS:
        yield _body(page, capwords(" ".join(words[: rng.randrange(*BEGINNING)])), HEADED)


def _orders_of(page: data.Page, paragraph: str, rng: random.Random) -> Iterator[data.Page]:
    """Sentences with a word of a call in them, and what stands from it on."""
    for sentence in _STOP.split(paragraph):
        words = sentence.split()
        places = [i for i, word in enumerate(words) if i and word in call_words()]
        if places and len(words) <= SENTENCE[1]:
            yield _body(page, sentence, SAYS)
        for at in places[:1]:
            yield _body(page, " ".join(words[at : at + rng.randrange(*ORDERS)]).strip(_MARKS), ORDER)


@cache
def call_words() -> frozenset[str]:
    """The words of calls, small letters."""
    rows = (train.WEIGHTS / "word-classes.tsv").read_text("utf-8").splitlines()
    return frozenset(word for name, word in (row.split("\t") for row in rows if row[0] != "#") if name == "call")


def _body(page: data.Page, text: str, kind: str) -> data.Page:
    return data.Page(page.id, text, ((0, len(text), data.BODY),), kind)


def _broken(page: data.Page, paragraph: str, rng: random.Random) -> data.Page:
    """A paragraph, or its first lines, broken at a width."""
    broken = textwrap.wrap(paragraph, rng.randrange(*WIDTH), break_long_words=False, break_on_hyphens=False)
    text = "\n".join(broken[:LONGEST])
    return data.Page(page.id, text, ((0, len(text), data.BODY),), BROKEN)


def drawn(seed: int = 7) -> tuple[data.Table, Array]:
    """(the texts, the name of the set that each is of)."""
    rng = random.Random(seed)
    silver = data.silver_pages(data.SHARED / "wcxb-dev-lines.jsonl.gz")
    sets = {
        "gold": data.gold_pages(data.SHARED / "dev.jsonl"),
        "flat": data.gold_pages(data.SHARED / "dev-flat.jsonl"),
        "corpus": data.gold_pages(data.CORPUS / "gold.jsonl"),
        "corrected": data.corrected(silver, data.ROOT / "tools" / "labels_silver.tsv"),
    }
    every = [(page, name) for name, pages in sets.items() for page in pages]
    found = [(text, name) for page, name in every for text in texts_of(page, PARTS[name], rng)]
    found += [(text, WRITTEN) for text in written()]
    return data.tabulate([text for text, _ in found]), np.array([name for _, name in found])


def written(path: Path = data.ROOT / "tools" / "labels_few.tsv") -> Iterator[data.Page]:
    """Texts that pages have few of; what may be either of two is drawn as both."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for label, text in rows:
        text = text.replace("\\n", "\n")
        for one in EITHER if label == "either" else (LABELS.index(label),):
            yield data.Page(text, text, ((0, len(text), one),), WRITTEN)


def learned(table: data.Table, size: Array) -> Array:
    """Which lines the trees learn from: those with a label, in texts short enough, promo where something says so."""
    names = (*CALLS, *COVERS, "promo_words", "header_last", "p_leadin")
    column = {name: table.lines.columns[NAMES.index(name)] for name in names}
    says_so = (column["promo_words"] > PITCH) | (column["header_last"] != NO_HEADER)
    for name in CALLS:
        says_so |= column[name] > 0
    for name in COVERS:
        says_so |= (column[name] > 0) & (column["p_leadin"] == 0)
    says_so |= kinds_of(table) == WRITTEN
    keep: Array = (table.gold != data.NONE) & (size <= LONGEST) & ((table.gold != data.PROMO) | says_so)
    return keep


def kinds_of(table: data.Table) -> Array:
    """The way in which the text of each line was drawn."""
    return np.array([page.kind for page in table.pages])[table.page_of]


def weigh(table: data.Table, size: Array, keep: Array) -> Array:
    """What each line counts, so that in the texts of each size the labels have their SHARES."""
    kind, label = kinds_of(table), table.gold
    times, weight = np.ones(len(label)), np.zeros(len(label))
    for way, count in TIMES.items():
        times[kind == way] = count
    for one in range(1, LONGEST + 1):
        here = keep & (size == one)
        for number, share in SHARES.items():
            own = here & (label == number)
            weight[own] = times[own] * share * here.sum() / max(1, times[own].sum())
    return weight


def fit(columns: Array, label: Array, weight: Array) -> Any:
    return train.boosting(SETTINGS).fit(columns.astype(np.float32), label, sample_weight=weight)


def judge(table: data.Table, name: Array, size: Array, weight: Array, columns: Array, folds: int = 5) -> None:
    """Scores in folds by site: of parts by size, of sentences and beginnings alone, the error of calibration."""
    fold = data.folds([page.site for page in table.pages], 0, folds)[table.page_of]
    keep = weight > 0
    share = np.zeros((len(fold), len(LABELS)))
    for k in range(folds):
        here = fold == k
        share[here] = fit(columns[keep & ~here], table.gold[keep & ~here], weight[keep & ~here]).predict_proba(
            columns[here].astype(np.float32)
        )
    said = share.argmax(axis=1)
    kind = kinds_of(table)
    known = (table.gold != data.NONE) & (kind == PART)
    for one in range(1, MOST + 1):
        here = known & (size == one)
        is_gold = here & np.isin(name[table.page_of], ("gold", "flat"))
        scores = data.f1(table.gold[here], said[here])
        on_gold = np.mean(data.f1(table.gold[is_gold], said[is_gold]))
        learnt = np.mean(data.f1(table.gold[here & keep], said[here & keep], weight[here & keep]))
        row = [float(np.mean(scores)), *scores]
        print(f"{one} lines: {here.sum()} macro-F1 {row[0]:.3f} {np.round(scores, 3)}; development pages "
              f"{on_gold:.3f}; as it is learned {learnt:.3f}", flush=True)  # fmt: skip
        evaluate.append_result(f"parts of pages of {one} lines, folds by site", row)
    for way in (SENTENCE_ALONE, BEGINNING_ALONE, BROKEN, UNDER, PIECE, ORDER, SAYS, HEADED, WRITTEN):
        here = (kind == way) & (table.gold != data.NONE)
        print(f"{way}: right {np.mean((said == table.gold)[here]):.3f} of {here.sum()}")
    here = keep & (size <= MOST)
    error = evaluate.calibration_error(share[here].max(axis=1), (said == table.gold)[here])
    print(f"expected calibration error, each line alike {error:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--judge", action="store_true", help="judge only, write no weights")
    judge_only = parser.parse_args().judge
    table, name = drawn()
    columns = table.lines.columns.T
    size = np.diff(table.lines.doc_line)[table.page_of]
    weight = weigh(table, size, learned(table, size))
    judge(table, name, size, weight, columns)
    if judge_only:
        return
    keep = weight > 0
    about = train.header(
        "The label of a line in a text of few lines.",
        "gold pages, corpora/, corrected silver pages (WCXB, CC BY 4.0), texts written for it (tools/labels_few.tsv)",
        *train.of_trees(LABELS), command="tools/labels_few.py",
    )  # fmt: skip
    train.export(fit(columns[keep], table.gold[keep], weight[keep]), NAMES, train.WEIGHTS / "few.tsv", about)


if __name__ == "__main__":
    main()
