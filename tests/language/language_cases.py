"""Own sentences and marked cases, as the language tests read them."""

from __future__ import annotations

import re
from pathlib import Path

from bilingual.language.model import default_model
from bilingual.language.registry import LANGUAGES
from bilingual.text.scan import scan

HERE = Path(__file__).resolve().parent
MARKED = re.compile(r"⟦([\w-]+)\|(.*?)⟧")


def rows(name: str) -> list[tuple[str, str]]:
    """The pairs of a table of this folder."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(left, right) for left, right in pairs]


SENTENCES = rows("sentences.tsv")
CASES = rows("cases.tsv")


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """(text, spans without trailing white space) of a marked text."""
    text, spans, at = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()].replace("⏎", "\n")
        inside = match[2]
        spans.append((len(text), len(text) + len(inside.rstrip()), match[1]))
        text += inside
        at = match.end()
    return text + marked[at:].replace("⏎", "\n"), spans


def scored(text: str, languages: list[str] | None = None) -> list[tuple[int, int, str, float]]:
    """(start, end, tag, score) of the spans of one text."""
    found = default_model().identify(scan([text]), languages)
    columns = (found.span_start, found.span_end, found.span_lang, found.span_score)
    return [(s, e, LANGUAGES[n], q) for s, e, n, q in zip(*(c.tolist() for c in columns), strict=True)]


def spans_of(text: str, languages: list[str] | None = None) -> list[tuple[int, int, str]]:
    """(start, end, tag) of the spans of one text."""
    return [(start, end, tag) for start, end, tag, _ in scored(text, languages)]
