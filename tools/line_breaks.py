"""Fit where lines that have lost their line breaks had them, and write `src/bilingual/data/breaks`.

    python tools/line_breaks.py [--judge]    --judge: how well, on the development pages, which are not fitted on

Needs CatBoost (`pip install catboost`). Pages whose line breaks are known are read with blanks in their place. Two things
are learned: words that begin or end lines more or less often than others, counted on other pages than those whose blanks
the trees then learn from; and symmetric trees over what stands around a blank (`bilingual.text.line_breaks.NAMES`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

import labels_data as data
import labels_train as train
from bilingual.labels.lexicon import SHARED_HASH, read_columns
from bilingual.text import blanks, classes, line_breaks
from bilingual.text import scan as scanning
from bilingual.text.fold import fold
from bilingual.text.scan import Scan, code_points_of, scan
from bilingual.text.stages import KERNELS
from bilingual.text.workspace import fresh

Array = np.ndarray[Any, Any]
FOLDER = data.ROOT / "src" / "bilingual" / "data" / "breaks"
PARTS = 5
# Blanks drawn of a silver page, and how much they count: there are five times as many as of the corpus.
SILVER_SHARE, SILVER_WEIGHT = 0.3, 0.5
# How much pages count as extracted, with bullets and with blank lines, which become wide gaps.
SPREAD_WEIGHT = 0.8
# A page counts a word so often at most, a lexicon twice as often; words of fewer counts, or of nearly even worth, are left out.
MOST, LEAST, NEAR = 3, 4, 6
# Steps of worth in a doubling of e, and what is counted for every word before anything is known of it.
STEPS, PRIOR = 24, 4.0
SETTINGS = {
    "iterations": 400, "depth": 6, "learning_rate": 0.2, "border_count": 64, "subsample": 0.6, "rsm": 0.4,
    "loss_function": "Logloss",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A page with blanks for line breaks: its scan, the words, and which of them begin lines."""

    scan: Scan
    words: list[str]
    begins: Array
    weight: float
    part: int

    @property
    def blanks(self) -> Array:
        """Words with a blank before them: bool[n_words]."""
        found: Array = (self.scan.word_flags & classes.WORD_ATTACHED) == 0
        found[:1] = False
        return found


def pages_of(pages: Iterable[data.Page], weight: float) -> list[Page]:
    """The pages that have the same words with and without line breaks."""
    found = []
    for page in pages:
        given, flat = scan([page.text]), scan([page.text.replace("\n", " ")])
        if given.n_words < 5 or not np.array_equal(given.word_hash, flat.word_hash):
            continue
        breaks = np.cumsum(np.array([c == "\n" for c in page.text]))[given.word_start]
        found.append(Page(flat, words_of(flat), np.append(True, breaks[1:] != breaks[:-1]), weight, crc32(page.id.encode()) % PARTS))
    return found


def words_of(found: Scan) -> list[str]:
    """The words of a scan, in the search fold; "" for those that are none by themselves (of addresses, of code)."""
    text = "".join(map(chr, found.codes.tolist()))
    spans = zip(found.word_start.tolist(), found.word_end.tolist(), strict=True)
    words = [fold(text[start:end]) for start, end in spans]
    is_word = (line_breaks.hashes(words) == found.word_hash) & (found.word_hash > SHARED_HASH)
    return [word if same else "" for word, same in zip(words, is_word, strict=True)]


def counts(words: Sequence[str], begins: Array, most: int) -> dict[str, Array]:
    """Of each word: how often it begins a line, does not, ends one, does not; `most` times at most."""
    ends = np.append(begins[1:], True)
    found: dict[str, Array] = {}
    for word, is_first, is_last in zip(words, begins.tolist(), ends.tolist(), strict=True):
        row = found.setdefault(word, np.zeros(4))
        row[0 if is_first else 1] += 1
        row[2 if is_last else 3] += 1
    return {word: np.minimum(row, most) for word, row in found.items() if word}


def lexicon_counts() -> dict[str, Array]:
    """The same of the wordings of the lexicon, which are lines."""
    phrases = read_columns(data.ROOT / "src" / "bilingual" / "data" / "lexicons")[0]
    found = scan(["\n".join(phrase.replace("{n}", "0") for phrase in phrases)])
    line = found.block_line[found.word_block]
    return counts(words_of(found), np.append(True, line[1:] != line[:-1]), 2 * MOST)


def worth(parts: Iterable[dict[str, Array]]) -> dict[str, tuple[int, int]]:
    """How much more often than others a word begins, and ends, lines: STEPS for each factor of e."""
    total: dict[str, Array] = {}
    for part in parts:
        for word, row in part.items():
            total[word] = total[word] + row if word in total else row
    words, table = list(total), np.array(list(total.values()))
    found = []
    for yes, no in ((0, 1), (2, 3)):
        share = table[:, yes].sum() / table[:, [yes, no]].sum()
        odds = np.log((table[:, yes] + PRIOR * share) / (table[:, no] + PRIOR * (1 - share))) - np.log(share / (1 - share))
        found.append(np.clip(np.round(odds * STEPS), 1 - blanks.EVEN, 255 - blanks.EVEN).astype(int))
    keep = (table[:, :2].sum(axis=1) >= LEAST) & (np.maximum(abs(found[0]), abs(found[1])) > NEAR)
    return {words[i]: (int(found[0][i]), int(found[1][i])) for i in np.flatnonzero(keep)}


def known(table: dict[str, tuple[int, int]]) -> Any:
    """The table as the kernel takes it."""
    keys = line_breaks.hashes(list(table))
    begins, ends = (np.array(list(table.values())).T + blanks.EVEN).astype(np.uint8)
    return line_breaks.table_of(KERNELS.around, keys[keys != 0], begins[keys != 0], ends[keys != 0])


def columns(page: Page, words: Any) -> Array:
    """What is asked of every word: uint8[n_words, len(NAMES)]."""
    n = page.scan.n_words
    first, last = KERNELS.around, KERNELS.breaks
    around = fresh(line_breaks.Around, n + 2 * blanks.MARGIN).seen_by(first.Around, first.COMPILED)
    counted = fresh(line_breaks.Counts, blanks.COUNTED).seen_by(first.Counts, first.COMPILED)
    seen = KERNELS.columns.Words(*(page.scan.room_of(name) for name in line_breaks.WORD_COLUMNS))
    found = np.zeros((len(line_breaks.NAMES), n), np.uint8)
    last.ask(page.scan.room_of("codes"), code_points_of(KERNELS.columns), words, seen, 0, n, around, counted, found, np.zeros(n, np.int32))
    return found.T


def rows(pages: Sequence[Page], of_lexicon: dict[str, Array]) -> tuple[Array, Array, Array]:
    """Columns, labels and weights of blanks, each with worths of words that were counted on the other parts."""
    counted = [counts(page.words, page.begins, MOST) for page in pages]
    rng, found = np.random.default_rng(0), []
    for part in range(PARTS):
        others = (one for one, page in zip(counted, pages, strict=True) if page.part != part and page.weight != SPREAD_WEIGHT)
        words = known(worth([of_lexicon, *others]))
        for page in pages:
            if page.part != part:
                continue
            keep = page.blanks & (rng.random(page.scan.n_words) < (SILVER_SHARE if page.weight == SILVER_WEIGHT else 1))
            found.append((columns(page, words)[keep], page.begins[keep], np.full(keep.sum(), page.weight)))
    asked, begins, weights = map(np.concatenate, zip(*found, strict=True))
    return asked, begins, weights


def judge(pages: Sequence[Page], model: Any, words: Any) -> None:
    """How many of the breaks of pages are found."""
    odds = np.concatenate([
        model.predict(columns(page, words)[page.blanks].astype(np.float32), prediction_type="RawFormulaVal") for page in pages
    ])
    gold = np.concatenate([page.begins[page.blanks] for page in pages])
    for least in (-1.1, -0.62, -0.2, 0.2):
        found = odds > least
        right = (found & gold).sum()
        print(f"odds > {least}: precision {right / found.sum():.3f}, recall {right / gold.sum():.3f}")


def write(table: dict[str, tuple[int, int]], model: Any) -> None:
    source = "Source: counted on WCXB development pages (CC BY 4.0), corpora/ and data/lexicons."
    made = "Licence: Apache-2.0. Date: 2026-11-30. Made by: python tools/line_breaks.py"
    one = {key: word for word, key in zip(table, line_breaks.hashes(list(table)).tolist(), strict=True) if key}
    words = sorted(one.values())
    lines = [
        "# Words that begin or end lines more or less often than others do: word, begins, ends; 24 for each factor of e in the odds.",
        f"# {source}", f"# {made}",
        *(f"{word}\t{table[word][0]}\t{table[word][1]}" for word in words),
    ]  # fmt: skip
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "words.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    about = (
        "# Whether a line break was lost at a blank between two words.\n"
        "# Symmetric trees: each asks the same questions of every blank; bit k of the leaf number is the answer to question k.\n"
        "# Leaves in thousandths of log-odds.\n"
        f"# {source.replace('counted', 'fitted')}\n# {made}\n"
    )
    train.export(model, line_breaks.NAMES, FOLDER / "trees.tsv", about)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--judge", action="store_true", help="tell how well, on the development pages")
    options = parser.parse_args()
    # lines are left whole: what cuts them is not there before it is fitted
    scanning.LIMITS = (2**31 - 1, *scanning.LIMITS[1:])
    gold = data.gold_pages(data.SHARED / "dev-flat.jsonl")
    held = {page.site for page in gold}
    silver = [page for page in data.silver_pages(data.SHARED / "wcxb-dev-lines.jsonl.gz") if page.site not in held]
    corpora = data.ROOT / "corpora"
    pages = pages_of(data.gold_pages(corpora / "gold-flat.jsonl"), 1.0) + pages_of(silver, SILVER_WEIGHT)
    pages += pages_of(data.gold_pages(corpora / "gold.jsonl"), SPREAD_WEIGHT)
    of_lexicon = lexicon_counts()
    asked, labels, weights = rows(pages, of_lexicon)
    model = train.boosting(SETTINGS)
    model.fit(asked.astype(np.float32), labels, sample_weight=weights)
    table = worth([of_lexicon, *(counts(page.words, page.begins, MOST) for page in pages if page.weight != SPREAD_WEIGHT)])
    print(f"{len(pages)} pages, {len(labels)} blanks, {len(table)} words")
    write(table, model)
    if options.judge:
        judge(pages_of(gold, 1.0), model, known(table))


if __name__ == "__main__":
    main()
