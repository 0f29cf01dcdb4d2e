#!/usr/bin/env python3
"""Train the trees that judge lines of HTML pages by structure, and write them as a table.

    tools/html_weights.py GOLD_FOLDER [--check] [--words FILE.npz]

GOLD_FOLDER holds `wcxb-dev-html.jsonl.gz` (pages with main content) and `dev-html.jsonl.gz` (pages with a label per
line); `corpora/` has more of the latter. Lines of the first are marked by aligning them with the main content; lines
of the others by matching. Columns
know no words, so no word of these pages gets into the product; what the labeller says from the words comes from trees that
have not seen the page's site (`html_words`; `--words` keeps it between runs). `--check` prints cross-validated scores,
folds by site, and writes nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from bilingual.formats.html import extract
from bilingual.formats.structure.model import COLUMN, OWN, own_threshold, words_say
from bilingual.labels import columns

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "bilingual" / "data" / "html" / "trees.tsv"
LABELS = {"body": 0, "navigation": 1, "promo": 2}
# A page labelled line by line counts as many: such pages are few, and their labels are the product's own.
WEIGHT = {"labelled": 5.0, "corrected": 0.4}
# How much structure and words count, and the bias. The trees have the words as columns; a share of the words beside
# them is worth nothing more.
BLEND = {"body": (1.0, 0.0, 0.0), "promo": (1.0, 0.0, 0.0)}
# The natural mix of the kinds of page in WCXB, whose sample here is level.
MIX = {
    "article": 784,
    "service": 157,
    "product": 102,
    "documentation": 91,
    "collection": 87,
    "forum": 86,
    "listing": 77,
}
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A page with what is known of its lines: `label` -1 unknown, else a number of LABELS (1 also for "not body")."""

    id: str
    site: str
    kind: str
    lines: list[str]
    rows: np.ndarray[Any, Any]
    label: np.ndarray[Any, Any]
    content: str = ""


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def word_f1(found: list[str], gold: list[str]) -> float:
    """F1 of two bags of words."""
    if not found or not gold:
        return float(len(found) == len(gold))
    return 2 * sum((Counter(found) & Counter(gold)).values()) / (len(found) + len(gold))


def align(lines: list[str], content: str) -> list[bool]:
    """Which lines are in the main content: the heaviest chain of lines that stand in it in the same order."""
    gold = words(content)
    found: list[tuple[int, int, float, int]] = [*_exact(lines, gold), *_partial(lines, gold)]
    found.sort(key=lambda c: (c[1], c[0]))
    chosen = _heaviest_chain(found)
    marked = [False] * len(lines)
    for at in chosen:
        marked[found[at][1]] = True
    exact = {c[1] for c in found}
    for number, line in enumerate(lines):  # a long line of the content is content wherever it stands
        if number in exact and len(words(line)) >= 12:
            marked[number] = True
    return marked


def _exact(lines: list[str], gold: list[str]) -> Iterator[tuple[int, int, float, int]]:
    """(first word in the content, line, weight, word after it) for every place where a line stands as it is."""
    text = " " + " ".join(gold) + " "
    start = {}
    at = 0
    for number, word in enumerate(gold):
        start[at] = number
        at += len(word) + 1
    for number, line in enumerate(lines):
        own = words(line)
        if not own:
            continue
        key, place = " " + " ".join(own) + " ", -1
        for _ in range(60):
            place = text.find(key, place + 1)
            if place < 0:
                break
            yield start[place], number, float(len(own)), start[place] + len(own)


def _partial(lines: list[str], gold: list[str]) -> Iterator[tuple[int, int, float, int]]:
    """The same for lines half of whose runs of four words stand in the content."""
    places = defaultdict(list)
    for at in range(len(gold) - 3):
        places[tuple(gold[at : at + 4])].append(at)
    text = " " + " ".join(gold) + " "
    for number, line in enumerate(lines):
        own = words(line)
        if len(own) < 6 or " " + " ".join(own) + " " in text:
            continue
        runs = [tuple(own[k : k + 4]) for k in range(len(own) - 3)]
        hits = sorted(at for run in runs for at in places.get(run, ())[:5])
        if len(hits) >= len(runs) / 2:
            middle = hits[len(hits) // 2]
            yield max(0, middle - len(own) // 2), number, 0.9 * len(own), middle + 1


def _heaviest_chain(found: list[tuple[int, int, float, int]]) -> list[int]:
    """Indices of the chain of matches, ascending in lines and in the content, with the most words."""
    ends: list[int] = [-1]  # ascending ends with ascending best weights: a staircase
    best: list[tuple[float, int]] = [(0.0, -1)]
    back: dict[int, int] = {}
    at = 0
    while at < len(found):
        line = found[at][1]
        fresh = []
        while at < len(found) and found[at][1] == line:
            first, _, weight, end = found[at]
            before, previous = best[bisect_right(ends, first) - 1]
            back[at] = previous
            fresh.append((end, before + weight, at))
            at += 1
        for end, total, index in fresh:
            place = bisect_right(ends, end)
            if best[place - 1][0] >= total:
                continue
            ends.insert(place, end)
            best.insert(place, (total, index))
            while place + 1 < len(ends) and best[place + 1][0] <= total:
                del ends[place + 1], best[place + 1]
    chain, index = [], best[-1][1]
    while index >= 0:
        chain.append(index)
        index = back[index]
    return chain


def key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def match(gold: list[str], found: list[str]) -> list[int | None]:
    """For each gold line the line that is it, or that holds it, in order."""
    result: list[int | None] = [None] * len(gold)
    for a, b, size in SequenceMatcher(None, gold, found, autojunk=False).get_matching_blocks():
        for k in range(size):
            result[a + k] = b + k
    low = 0
    for number, own in enumerate(gold):
        if result[number] is not None:
            low = result[number] or 0
            continue
        high = next((r for r in result[number + 1 :] if r is not None), len(found) - 1)
        result[number] = next(
            (
                j
                for j in range(low, min(high, len(found) - 1) + 1)
                if own and (own in found[j] or (len(found[j]) > 3 and found[j] in own))
            ),
            None,
        )
    return result


def _page(html: str) -> tuple[list[str], np.ndarray[Any, Any]]:
    page = extract(html)
    return page.text.split("\n") if page.text else [], page.rows


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def content_pages(path: Path) -> Iterator[Example]:
    """Pages with main content."""
    for row in json_lines(path):
        lines, rows = _page(row["html"])
        label = np.where(align(lines, row["main_content"]), 0, 1) if lines else np.zeros(0, int)
        yield Example(
            id=row["id"].replace("/", "__"),
            site=urlsplit(row["url"]).netloc,
            kind=row["type"],
            lines=lines,
            rows=rows,
            label=label,
            content=row["main_content"],
        )


def labelled_pages(path: Path) -> Iterator[Example]:
    """Pages with a label per line."""
    for row in json_lines(path):
        site = row["id"] if row["id"].startswith("wcxb") else row["id"].split("__")[0]
        yield labelled(row["id"], site, row["html"], row["lines"])


def corrected_pages(gold: Path, table: Path) -> Iterator[Example]:
    """Pages with main content whose lines a reader went through (`labels_silver.tsv`)."""
    import labels_data

    silver = labels_data.silver_pages(gold / "wcxb-dev-lines.jsonl.gz")
    known = {page.id: page for page in labels_data.corrected(silver, table)}
    for row in json_lines(gold / "wcxb-dev-html.jsonl.gz"):
        page = known.get(row["id"].replace("/", "__"))
        if page is not None:
            lines = [(page.text[start:end], columns.LABELS[label]) for start, end, label in page.lines if label != labels_data.NONE]
            found = labelled(page.id, urlsplit(row["url"]).netloc, row["html"], lines)
            yield replace(found, kind="corrected")


def corpus_pages(folder: Path) -> Iterator[Example]:
    """The project's own documents that have an HTML twin."""
    for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8")):
        twin = folder / "html" / f"{row['id']}.html"
        if twin.is_file():
            lines = [(row["text"][line["start"] : line["end"]], line["label"]) for line in row["lines"]]
            yield labelled(row["id"], row["id"], twin.read_text("utf-8"), lines)


def labelled(name: str, site: str, html: str, labels: Iterable[Sequence[str]]) -> Example:
    """A page and the labels of its lines as another extractor cut them; a line takes the label of most letters."""
    lines, rows = _page(html)
    gold = [(key(text), label) for text, label in labels if any(c.isalpha() for c in text)]
    votes: list[Counter[int]] = [Counter() for _ in lines]
    for (own, label), line in zip(gold, match([g for g, _ in gold], [key(line) for line in lines]), strict=True):
        if line is not None:
            votes[line][LABELS[label]] += len(own)
    most = np.array([v.most_common(1)[0][0] if v else -1 for v in votes], int)
    return Example(id=name, site=site, kind="labelled", lines=lines, rows=rows, label=most)


def add_words(examples: list[Example], path: Path | None) -> list[Example]:
    """The pages with the columns of their words; `path` keeps the log-odds. A page that both files have is of one site."""
    if path is not None and path.is_file():
        kept = np.load(path)
        odds = [kept[example.id + example.kind] for example in examples]
    else:
        from html_words import word_odds

        odds = word_odds([e.id for e in examples], ["\n".join(e.lines) for e in examples])
        if path is not None:
            arrays: dict[str, Any] = {e.id + e.kind: own for e, own in zip(examples, odds, strict=True)}
            np.savez_compressed(path, **arrays)
    known = {e.id for e in examples if e.kind == "labelled"}
    return [
        replace(
            e,
            site=e.id if e.id in known else e.site,
            rows=np.hstack([e.rows, words_say(own, np.zeros(len(e.rows), int), e.rows[:, COLUMN["letters"]])])
            if e.lines
            else e.rows,
        )
        for e, own in zip(examples, odds, strict=True)
    ]


def weights(example: Example) -> np.ndarray[Any, Any]:
    """Long lines count more, long pages less than their length."""
    own = np.array([max(1, len(words(line))) for line in example.lines], float) ** 0.75
    return own / max(1.0, own.sum()) ** 0.5 * WEIGHT.get(example.kind, 1.0)


def train(examples: list[Example], model: str, seed: int = 0) -> Any:
    """Boosted trees for body against the rest, or for promo against navigation."""
    import lightgbm

    rows = np.vstack([e.rows for e in examples])
    label = np.concatenate([e.label for e in examples])
    weight = np.concatenate([weights(e) for e in examples])
    if model == "body":
        keep, target = label >= 0, label == 0
        size: dict[str, Any] = {"n_estimators": 250, "num_leaves": 14, "min_child_samples": 40}
    else:
        known = np.concatenate([np.full(len(e.label), e.kind in WEIGHT) for e in examples])
        keep, target = known & (label >= 1), label == 2
        weight = np.where(target, 1.5, 1.0)
        size = {"n_estimators": 120, "num_leaves": 12, "min_child_samples": 40}
    learner = lightgbm.LGBMClassifier(
        learning_rate=0.07, subsample=0.8, subsample_freq=1, colsample_bytree=0.3, reg_lambda=5.0, n_jobs=1,
        verbose=-1, random_state=seed, deterministic=True, force_row_wise=True, **size,
    )  # fmt: skip
    return learner.fit(rows[keep], target[keep], sample_weight=weight[keep])


def log_odds(learner: Any, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if not len(rows):
        return np.zeros(0, np.float32)
    return learner.predict(rows, raw_score=True).astype(np.float32)


def table(learner: Any, model: str) -> Iterator[str]:
    """The trees as lines of the table: model, tree, node, column, threshold or value, node for larger values."""
    for number, tree in enumerate(learner.booster_.dump_model()["tree_info"]):
        rows: list[list[str]] = []
        _flatten(tree["tree_structure"], rows)
        for node, row in enumerate(rows):
            yield "\t".join([model, str(number), str(node), *row])


def _flatten(node: dict[str, Any], rows: list[list[str]]) -> int:
    at = len(rows)
    if "leaf_value" in node:
        rows.append(["leaf", f"{node['leaf_value']:.6g}", str(at)])
        return at
    name = (*COLUMN,)[node["split_feature"]]
    rows.append([])
    _flatten(node["left_child"], rows)
    right = _flatten(node["right_child"], rows)
    rows[at] = [name, f"{node['threshold']:.9g}", str(right)]
    return at


def write(learners: dict[str, Any]) -> None:
    OUT.parent.mkdir(parents=True, exist_ok=True)
    head = (
        "# Boosted trees over the evidence of HTML lines and the log-odds of their words: body, and promo among the rest.\n"
        "# Source: trained on the labels of development pages (WCXB, CC BY 4.0, and pages labelled for this project).\n"
        "# Licence: Apache-2.0. Date: 2026-11-29. Made by: tools/html_weights.py GOLD_FOLDER\n"
        "# model\tblend\tshare of structure\tshare of words\tbias\n"
        "# model\ttree\tnode\tcolumn\tthreshold or value\tnode for larger values\n"
    )
    lines = [f"{model}\tblend\t" + "\t".join(map(str, BLEND[model])) for model in learners]
    lines += [line for model, learner in learners.items() for line in table(learner, model)]
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} nodes -> {OUT}")


def report(examples: list[Example], found: list[np.ndarray[Any, Any]]) -> None:
    """Word F1 by kind, from margins."""
    scores = defaultdict(list)
    for example, margin in zip(examples, found, strict=True):
        if example.content:
            kept = [line for line, m in zip(example.lines, margin, strict=True) if m > 0]
            value = word_f1(words("\n".join(kept)), words(example.content))
            scores[example.kind].append(value)
            scores["all"].append(value)
    mean = {kind: sum(v) / len(v) for kind, v in scores.items()}
    mixed = sum(mean[kind] * n for kind, n in MIX.items()) / sum(MIX.values())
    print(f"word F1 {mean['all']:.3f}, in WCXB's mix {mixed:.3f}:", {k: round(v, 3) for k, v in mean.items()})


def report_labels(examples: list[Example], body: list[np.ndarray[Any, Any]], promo: list[np.ndarray[Any, Any]]) -> None:
    counts: Counter[tuple[int, int]] = Counter()
    for e, b, p in zip(examples, body, promo, strict=True):
        if e.kind == "labelled":
            guess = np.where(b > 0, 0, np.where(p > 0, 2, 1))
            counts.update((int(g), int(h)) for g, h in zip(e.label, guess, strict=True) if g >= 0)
    f1 = {}
    for name, x in LABELS.items():
        total = sum(n for (g, _), n in counts.items() if g == x) + sum(n for (_, h), n in counts.items() if h == x)
        f1[name] = round(2 * counts[x, x] / max(1, total), 3)
    print(f"labels of lines: macro-F1 {sum(f1.values()) / 3:.3f}", f1)


def blended(learners: dict[str, Any], rows: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """(body, promo) of the lines of a page as `revise` gives them: structure, words and the page's own threshold."""
    if not len(rows):
        return np.zeros(0), np.zeros(0)
    found = []
    for model in ("body", "promo"):
        structure, by_words, bias = BLEND[model]
        raw = log_odds(learners[model], rows)
        found.append(structure * raw + by_words * rows[:, COLUMN[f"words_{model}"]] + bias)
    return found[0] - OWN * own_threshold(found[0], rows[:, COLUMN["letters"]]), found[1]


def check(examples: list[Example], folds: int = 5) -> None:
    """Cross-validated scores, folds by site."""
    for seed in (0, 1):
        rng = np.random.default_rng(seed)
        sites = sorted({e.site for e in examples})
        fold = dict(zip(sites, rng.integers(0, folds, len(sites)), strict=True))
        body: list[Any] = [None] * len(examples)
        promo: list[Any] = [None] * len(examples)
        for k in range(folds):
            known = [e for e in examples if fold[e.site] != k and len(e.label)]
            learners = {model: train(known, model, seed) for model in ("body", "promo")}
            for number, e in enumerate(examples):
                if fold[e.site] == k:
                    body[number], promo[number] = blended(learners, e.rows)
        report(examples, body)
        report_labels(examples, body, promo)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--words", type=Path)
    options = parser.parse_args()
    examples = [
        *content_pages(options.gold / "wcxb-dev-html.jsonl.gz"),
        *labelled_pages(options.gold / "dev-html.jsonl.gz"),
        *corpus_pages(ROOT / "corpora"),
        *corrected_pages(options.gold, ROOT / "tools" / "labels_silver.tsv"),
    ]
    examples = add_words(examples, options.words)
    if options.check:
        check(examples)
        return
    known = [e for e in examples if len(e.label)]
    write({model: train(known, model) for model in ("body", "promo")})


if __name__ == "__main__":
    main()
