"""Scores of language spans against gold.

Languages are scored by the letters that gold gives one, outside addresses and the document's `skip` ranges. Letters
that were given none take the language before them on the line, else the next; a switch stands where the new language
begins; a span reaches from the first letter of a language to its last before another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from bilingual.document import Document
from bilingual.errors import SettingsError
from bilingual.evaluate.gold import gold_spans, paired
from bilingual.language.registry import check_tags
from bilingual.text.arrays import Array

# Letters of a URL, an e-mail address or a handle belong to no language.
ADDRESS = re.compile(
    r"(?: https?:// | www\. ) \S+  |  (?<![\w.+-]) [\w.+-]++ @ [\w-]++ \. [\w.-]+  |  (?<!\w) @ \w+", re.VERBOSE
)
# Settings of real text (`g_real`) have few documents: they are shown, and the macro mean is that of the made ones.
REAL = "_real"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanScores:
    """Share of letters in the right language, F1 of exact switches and of whole spans.

    The F1 are None where gold has no switch.
    """

    letters: int
    right: float | None
    switches: float | None
    spans: float | None


def judge_spans(documents: Iterable[Document], gold: Sequence[dict[str, Any]]) -> dict[str, SpanScores]:
    """Scores per setting of the documents (else their kind, else `all`) and their mean as `macro`.

    Documents in which gold knows the language of no letter are left out; where all are, nothing is returned. Raises:
    ValueError where one has no document, or that of another text.
    """
    counts: dict[str, Array] = {}
    for document, row in paired(documents, gold):
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
    gold = _paint(text, gold_spans(row))
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
