#!/usr/bin/env python3
"""HTML pages: body against the tools that extract main content, side by side in one run, by kind of page.

    python benchmarks/bench_html.py [GOLD.jsonl.gz] [--limit N] [--tools name,...]

GOLD (300 development pages of WCXB where none is given) has a page per line: {"id", "type", "html", "main_content"}.
For every tool: word F1 (bags of lower-case words, mean over pages), plain and in the natural mix of WCXB's kinds, and
CPU time as a multiple of resiliparse's extraction of all text. The tools other than `bilingual` are no dependencies:

    pip install resiliparse trafilatura justext readability-lxml boilerpy3

`bilingual` was fitted on the development pages: its figures on them flatter it. For pages it has not seen see
docs/html.md (folds by site: `tools/html_weights.py GOLD_FOLDER --check`).

The run also checks answers: text has blocks, and all text scores as it should.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from common import shared

WORD = re.compile(r"\w+")
MIX = {
    "article": 784, "service": 157, "product": 102, "documentation": 91, "collection": 87, "forum": 86, "listing": 77,
}  # fmt: skip
Tool = Callable[[str], str]


def bilingual_body() -> Tool:
    """The spans with the label body."""
    from bilingual.formats.html import segment_html

    def run(html: str) -> str:
        doc = segment_html(html)
        assert bool(doc.text) == bool(len(doc.blocks)), "text without blocks"
        return "\n".join(span.text for span in doc.select(label="body"))

    return run


def resiliparse_main() -> Tool:
    """resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True, alt_texts=False))


def trafilatura_default() -> Tool:
    """trafilatura as it comes."""
    import trafilatura

    return lambda html: trafilatura.extract(html) or ""


def justext_english() -> Tool:
    import justext

    words = justext.get_stoplist("English")

    def run(html: str) -> str:
        found = justext.justext(html.encode(), words)
        return "\n".join(part.text for part in found if not part.is_boilerplate)

    return run


def readability() -> Tool:
    import readability
    from lxml import html as lxml_html

    def run(html: str) -> str:
        summary = readability.Document(html).summary()
        return str(lxml_html.fromstring(summary).text_content()) if summary.strip() else ""

    return run


def boilerpy() -> Tool:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda html: extractor.get_content(html) or ""


def all_text() -> Tool:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html))


TOOLS: dict[str, tuple[str, Callable[[], Tool]]] = {
    "all-text": ("resiliparse", all_text),
    "bilingual": ("bilingual", bilingual_body),
    "resiliparse": ("resiliparse", resiliparse_main),
    "trafilatura": ("trafilatura", trafilatura_default),
    "justext": ("justext", justext_english),
    "readability": ("readability", readability),
    "boilerpy3": ("boilerpy3", boilerpy),
}


def word_f1(found: str, gold: str) -> float:
    a, b = Counter(WORD.findall(found.lower())), Counter(WORD.findall(gold.lower()))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def measure(tool: Tool, pages: list[dict[str, Any]]) -> tuple[dict[str, float], float]:
    """(word F1 by kind, CPU seconds); a page on which a tool fails scores as empty."""
    scores = defaultdict(list)
    seconds = 0.0
    for page in pages:
        start = time.process_time()
        try:
            text = tool(page["html"])
        except Exception:
            text = ""
        seconds += time.process_time() - start
        value = word_f1(text, page["main_content"])
        scores[page["type"]].append(value)
        scores["all"].append(value)
    mean = {kind: sum(values) / len(values) for kind, values in scores.items()}
    known = {kind: n for kind, n in MIX.items() if kind in mean}
    mean["mix"] = sum(mean[kind] * n for kind, n in known.items()) / max(1, sum(known.values()))
    return mean, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--tools", default=",".join(TOOLS))
    options = parser.parse_args()
    folder = shared()
    gold = options.gold or (folder and folder / "gold" / "wcxb-dev-html.jsonl.gz")
    if gold is None:
        print("the development gold (../shared/gold) is not on this machine: nothing measured", file=sys.stderr)
        return
    with gzip.open(gold, "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in file][: options.limit]
    columns = ["all", "mix", *MIX]
    print(f"{len(pages)} pages, {sum(len(page['html']) for page in pages) / 1e6:.0f} MB")
    print(f"{'':12s} {'x time':>7s} " + " ".join(f"{name[:10]:>10s}" for name in columns))
    base = None
    for name in options.tools.split(","):
        module, make = TOOLS[name]
        if find_spec(module) is None:
            print(f"{name:12s} not installed")
            continue
        tool = make()
        tool(pages[0]["html"])  # what is loaded once is not counted
        mean, seconds = measure(tool, pages)
        base = seconds if base is None else base
        row = " ".join(f"{mean.get(kind, 0):10.3f}" for kind in columns)
        print(f"{name:12s} {seconds / base:7.1f} {row}", flush=True)
        if name == "all-text" and not mean["all"] > 0.3:
            raise SystemExit("the gold is not what it should be: all text scores below .3")


if __name__ == "__main__":
    main()
