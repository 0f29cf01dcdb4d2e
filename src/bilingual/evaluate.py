"""Scores against gold: of the labels per label, language and kind of page, with the worst pages; of the language spans.

Gold is JSON Lines: `{"id", "text", "lines": [{"start", "end", "label"?, "lang"? or "langs"?}], "kind"?}`, offsets in
code points; `langs` and a document's own `spans` are `[start, end, tag]`. What has no label, or no language, is not
scored for it. A line's label is the one that covers most of its letters; lines without a letter are not scored.
Documents are made of the text alone: gold of an HTML page tells what its words say, without the page's structure.

Languages are scored by the letters that gold gives one, outside addresses and the document's `skip` ranges. Letters
that were given none take the language before them on the line, else the next; a switch stands where the new language
begins; a span reaches from the first letter of a language to its last before another.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bilingual.document import Document
from bilingual.errors import InputError, SettingsError
from bilingual.labels.columns import LABELS
from bilingual.language.registry import check_tags
from bilingual.text.arrays import Array

# Rows of a report's worst lists.
WORST_PAGES, WORST_LINES = 10, 4
BODY, MISSING = LABELS.index("body"), len(LABELS)
# What a line may be taken for: a label, or nothing where no block holds its letters.
GIVEN = (*LABELS, "missing")
BINS = 10
RECALLS = (0.90, 0.95)
# Letters of a URL, an e-mail address or a handle belong to no language.
ADDRESS = re.compile(
    r"(?: https?:// | www\. ) \S+  |  (?<![\w.+-]) [\w.+-]++ @ [\w-]++ \. [\w.-]+  |  (?<!\w) @ \w+", re.VERBOSE
)
# Settings of real text (`g_real`) have few documents: they are shown, and the macro mean is that of the made ones.
REAL = "_real"


@dataclass(slots=True)
class Judged:
    """One gold line: what it is, what it was taken for, how surely."""

    page: str
    kind: str
    lang: str
    text: str
    letters: int
    gold: int
    label: int
    score: float
    rule: str


@dataclass(slots=True)
class Report:
    """Scores of a set of lines, ready to print or to write as JSON."""

    lines: int
    letters: int
    scores: dict[str, dict[str, float]]
    by_lang: dict[str, dict[str, float]]
    by_kind: dict[str, dict[str, float]]
    confusion: list[list[int]]
    calibration_error: float
    calibration: list[dict[str, float]]
    body_precision: dict[str, float]
    body_min_score: dict[str, float]
    worst: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanScores:
    """Share of letters in the right language, F1 of exact switches and of whole spans.

    The F1 are None where gold has no switch.
    """

    letters: int
    right: float | None
    switches: float | None
    spans: float | None


def read_gold(path: str | Path) -> list[dict[str, Any]]:
    """The documents of a gold file (.gz too, `-` for stdin); blank lines are skipped.

    Raises: InputError with the system's reason, or naming the line that is not gold.
    """
    rows = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)  # of bytes: a byte order mark is none of the text
            _check(row)
            rows.append({**row, "id": str(row["id"])})
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(
                f"{path}:{number}: not a gold document: {_why(error)}; `bilingual evaluate --help` shows one"
            ) from error
    if not rows:
        raise InputError(f"{path}: no gold document in it; `bilingual evaluate --help` shows one")
    return rows


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):  # its own words count lines anew
        return f"no JSON, {error.msg} at column {error.colno}"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _lines(path: str | Path) -> Iterator[bytes]:
    """The lines of a file, unpacked where it is .gz, or of stdin for `-`. Raises: InputError with the reason."""
    if str(path) == "-":
        yield from sys.stdin.buffer
        return
    try:
        with gzip.open(path) if Path(path).suffix == ".gz" else Path(path).open("rb") as file:
            yield from file
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _check(row: dict[str, Any]) -> None:
    """Raises: KeyError, TypeError or ValueError where lines have neither label nor language, or no place."""
    if not isinstance(row, dict):
        raise TypeError(f"an object, not {type(row).__name__}")
    if not isinstance(row["text"], str):
        raise TypeError(f"its text is {type(row['text']).__name__}, not str")
    for item in row.get("lines", ()) if "spans" in row else row["lines"]:
        if not isinstance(item, dict):
            raise TypeError(f'a line is {{"start", "end", "label"}}, not {item!r}')
        _check_place(row, item["start"], item["end"])
        if ("label" in item or not (item.get("lang") or item.get("langs"))) and item["label"] not in LABELS:
            raise ValueError(f"no label {item['label']!r}; the labels are {', '.join(LABELS)}")
    for span in _gold_spans(row):
        _check_range(row, span, "a span is [start, end, tag]", 3)
    for stretch in row.get("skip", ()):
        _check_range(row, stretch, "what to skip is [start, end]", 2)


def _check_range(row: dict[str, Any], given: Any, what: str, size: int) -> None:
    if not isinstance(given, list | tuple) or len(given) != size:
        raise TypeError(f"{what}, not {given!r}")
    _check_place(row, given[0], given[1])


def _check_place(row: dict[str, Any], start: Any, end: Any) -> None:
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(row["text"])):
        raise ValueError(f"no place {start!r}:{end!r} in its text of {len(row['text'])} code points")


def judge(documents: Iterable[Document], gold: Sequence[dict[str, Any]]) -> list[Judged]:
    """Every scored line of `gold` beside what its document says of it. Raises: ValueError where one has no document."""
    found = []
    for document, row in zip(documents, gold, strict=True):
        found += _judge_page(document, row)
    return found


def _judge_page(document: Document, row: dict[str, Any]) -> list[Judged]:
    text = row["text"]
    at = np.full(len(text), -1, np.int64)
    blocks = list(document.blocks)
    for number, block in enumerate(blocks):
        at[block.start : block.end] = number
    letter = np.array([character.isalpha() for character in text], bool)
    found = []
    for line in row.get("lines", ()):
        if "label" not in line:
            continue
        start, end = line["start"], line["end"]
        here = at[start:end][letter[start:end]]
        if not len(here):
            continue
        votes = np.zeros(MISSING + 1)
        for number, count in zip(*np.unique(here, return_counts=True), strict=True):
            votes[LABELS.index(blocks[number].label) if number >= 0 else MISSING] += count
        label = int(votes.argmax())
        own = [blocks[n] for n in np.unique(here) if n >= 0 and LABELS.index(blocks[n].label) == label]
        lang = line.get("lang") or next((span.lang for span in document.spans if start <= span.start < end), "und")
        found.append(
            Judged(
                page=row["id"], kind=str(row.get("kind") or document.kind), lang=str(lang), text=text[start:end],
                letters=len(here), gold=LABELS.index(line["label"]), label=label,
                score=own[0].score if own else 0.0, rule=own[0].rule if own else "",
            )
        )  # fmt: skip
    return found


def judge_spans(documents: Iterable[Document], gold: Sequence[dict[str, Any]]) -> dict[str, SpanScores]:
    """Scores per setting of the documents (else their kind, else `all`) and their mean as `macro`.

    Documents in which gold knows the language of no letter are left out; where all are, nothing is returned. Raises: as
    `judge`.
    """
    counts: dict[str, Array] = {}
    for document, row in zip(documents, gold, strict=True):
        key = str(row.get("setting") or row.get("kind") or "all")
        counts[key] = counts.get(key, np.zeros(8, np.int64)) + _count_spans(document, row)
    scores = {key: _span_scores(count) for key, count in sorted(counts.items()) if count[0]}
    made = [score for key, score in scores.items() if not key.endswith(REAL)]

    def mean(name: str) -> float | None:
        known = [getattr(score, name) for score in made if getattr(score, name) is not None]
        return float(np.mean(known)) if known else None

    if scores:
        scores["macro"] = SpanScores(
            letters=sum(score.letters for score in made),
            right=mean("right"), switches=mean("switches"), spans=mean("spans"),
        )  # fmt: skip
    return scores


def _span_scores(count: Array) -> SpanScores:
    letters, right, *pairs = count.tolist()
    switches, spans = (2 * both / (gold + given) if pairs[0] else None for gold, given, both in (pairs[:3], pairs[3:]))
    return SpanScores(letters=letters, right=right / letters, switches=switches, spans=spans)


def _count_spans(document: Document, row: dict[str, Any]) -> Array:
    """Shapes: int64[8]: letters, right ones; switches of gold, given, in both; whole spans of gold, given, in both."""
    text = row["text"]
    gold = _paint(text, _gold_spans(row))
    given = _fill(text, _paint(text, ((span.start, span.end, span.lang) for span in document.spans)))
    letter = np.array([character.isalpha() for character in text], bool)
    for start, end in (*(found.span() for found in ADDRESS.finditer(text)), *row.get("skip", ())):
        letter[start:end] = False
    at = np.flatnonzero(letter & (gold != ""))
    is_far = np.diff(np.cumsum(letter)[at]) > 1
    if not len(at):
        return np.zeros(8, np.int64)
    (switches, spans), (given_switches, given_spans) = _cut(text, gold, at, is_far), _cut(text, given, at, is_far)
    return np.array([
        len(at), (gold[at] == given[at]).sum(),
        len(switches), len(given_switches), len(switches & given_switches),
        len(spans), len(given_spans), len(spans & given_spans),
    ], np.int64)  # fmt: skip


def _gold_spans(row: dict[str, Any]) -> Iterator[Sequence[Any]]:
    """(start, end, tag) of every stretch of a gold document that has a language."""
    yield from row.get("spans", ())
    for line in row.get("lines", ()):
        if line.get("langs"):
            yield from line["langs"]
        elif line.get("lang"):
            yield line["start"], line["end"], line["lang"]


@cache
def _tag(name: str) -> str:
    """The tag of the registry, else the language alone; "" for a language that is not determined."""
    try:
        name = check_tags([name])[0]
    except SettingsError:
        name = name.lower().partition("-")[0]
    return "" if name.partition("-")[0] == "und" else name


def _paint(text: str, spans: Iterable[Sequence[Any]]) -> Array:
    """Shapes: object[len(text)], the tag of each character, "" for none."""
    lang = np.full(len(text), "", object)
    for start, end, name in spans:
        lang[start:end] = _tag(str(name))
    return lang


def _fill(text: str, lang: Array) -> Array:
    """Characters without a language take the one before them on their line, else the next."""
    place = np.arange(len(text))
    if not len(text):
        return lang
    line_end = np.array([character == "\n" for character in text], bool)
    lang = lang[np.maximum.accumulate(np.where((lang != "") | line_end, place, 0))]
    return lang[np.minimum.accumulate(np.where(lang != "", place, len(text) - 1)[::-1])[::-1]]


def _cut(text: str, lang: Array, at: Array, is_far: Array) -> tuple[set[int], set[tuple[int, int, str]]]:
    """(offsets of the switches between the letters `at`, whole spans: first letter, last letter, tag).

    A switch is where the run of the new language begins, after white space, on the line of its first letter. Between
    letters that `is_far` parts (gold leaves some open between them) there is none, and a span ends.
    """
    place = np.arange(len(text))
    begins = np.ones(len(text), bool)
    begins[1:] = (lang[1:] != lang[:-1]) | np.array([character == "\n" for character in text[:-1]], bool)
    run = np.maximum.accumulate(np.where(begins, place, 0))
    solid = np.array([not character.isspace() for character in text], bool)
    after = np.minimum.accumulate(np.where(solid, place, len(text))[::-1])[::-1]
    changes = lang[at[1:]] != lang[at[:-1]]
    switches = set(after[run[at[1:][changes & ~is_far]]].tolist())
    cuts = np.flatnonzero(changes | is_far)
    first, last = at[np.r_[0, cuts + 1]], at[np.r_[cuts, len(at) - 1]]
    return switches, set(zip(first.tolist(), last.tolist(), lang[first].tolist(), strict=True))


def f1(gold: Array, label: Array, weight: Array) -> dict[str, float]:
    """F1 of each label that occurs, and their mean as `macro`."""
    scores = {}
    for number, name in enumerate(LABELS):
        total = weight[gold == number].sum() + weight[label == number].sum()
        if weight[gold == number].sum():
            scores[name] = float(2 * weight[(gold == number) & (label == number)].sum() / total)
    scores["macro"] = float(np.mean(list(scores.values()))) if scores else 0.0
    return scores


def report(judged: Sequence[Judged]) -> Report:
    """All tables over the lines."""
    gold, label = np.array([j.gold for j in judged], int), np.array([j.label for j in judged], int)
    letters = np.array([j.letters for j in judged], float)
    score = np.array([j.score for j in judged])
    ones = np.ones(len(judged))
    precision, min_score = body_precision(score, gold, label)
    confusion = np.zeros((len(LABELS), MISSING + 1), int)
    np.add.at(confusion, (gold, label), 1)
    error, curve = calibration(score, gold == label)

    def groups(name: str) -> dict[str, dict[str, float]]:
        keys = np.array([getattr(j, name) for j in judged])
        return {
            str(key): {
                "lines": int((keys == key).sum()),
                **f1(gold[keys == key], label[keys == key], ones[keys == key]),
            }
            for key in np.unique(keys)
        }

    return Report(
        lines=len(judged), letters=int(letters.sum()),
        scores={"lines": f1(gold, label, ones), "letters": f1(gold, label, letters)},
        by_lang=groups("lang"), by_kind=groups("kind"), confusion=confusion.tolist(), calibration_error=error,
        calibration=curve, body_precision=precision, body_min_score=min_score, worst=worst(judged),
    )  # fmt: skip


def calibration(score: Array, right: Array) -> tuple[float, list[dict[str, float]]]:
    """(expected calibration error, one row per bin of score that has lines)."""
    place = np.minimum((score * BINS).astype(int), BINS - 1)
    rows, error = [], 0.0
    for number in range(BINS):
        here = place == number
        if here.any():
            mean, share = float(score[here].mean()), float(right[here].mean())
            error += float(here.mean()) * abs(mean - share)
            rows.append({"score": mean, "right": share, "lines": int(here.sum())})
    return error, rows


def body_precision(score: Array, gold: Array, label: Array) -> tuple[dict[str, float], dict[str, float]]:
    """(precision of body where `min_score` leaves 90% and 95% of its lines, that `min_score`).

    Both lack what the labels never reach.
    """
    chosen = label == BODY
    order = np.argsort(-score[chosen], kind="stable")
    hits = np.cumsum((gold[chosen] == BODY)[order])
    total = int((gold == BODY).sum())
    precision, min_score = {}, {}
    for recall in RECALLS:
        reach = np.flatnonzero(hits >= recall * total)
        if total and len(reach):
            last = int(reach[0])
            precision[f"{recall:.2f}"] = float(hits[last] / (last + 1))
            min_score[f"{recall:.2f}"] = float(score[chosen][order[last]])
    return precision, min_score


def worst(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """The pages with the greatest share of wrong lines, each with its surest mistakes."""
    pages: dict[str, list[Judged]] = {}
    for line in judged:
        pages.setdefault(line.page, []).append(line)
    ranked: list[tuple[float, dict[str, Any]]] = []
    for page, lines in pages.items():
        wrong = sorted((line for line in lines if line.gold != line.label), key=lambda line: -line.score)
        if wrong:
            ranked.append((-len(wrong) / len(lines), _worst_page(page, len(lines), wrong)))
    ranked.sort(key=lambda item: item[0])
    return [row for _, row in ranked[:WORST_PAGES]]


def _worst_page(page: str, lines: int, wrong: Sequence[Judged]) -> dict[str, Any]:
    shown = [
        {
            "text": line.text,
            "gold": LABELS[line.gold],
            "label": GIVEN[line.label],
            "score": line.score,
            "rule": line.rule,
        }
        for line in wrong[:WORST_LINES]
    ]
    return {"page": page, "lines": lines, "wrong": len(wrong), "worst": shown}
