"""Speed of Arabic normalization with its offset map beside the camel-tools chain without one, and of repair.

    python benchmarks/bench_arabic.py [--megabytes 10] [--lines 100000] [--rounds 5] [--clean FILE]

Purpose: the numbers of docs/orthography.md. Input: Arabic lines of the project's corpus, about one letter in twelve
with a mark, repeated; for repair, the Arabic spans of the development gold where it is there, damaged and repaired.
FILE is a JSON object, language -> sentences that nothing is wrong with: how many of them would be changed. Checks:
every output of profile camel equals that of camel-tools.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from functools import partial
from pathlib import Path

from bilingual.arabic import PROFILES, align, align_many, find_damage, normalize_many, repair
from common import ROOT, paired, record, shared

NAME = "arabic"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"


def chain(text: str) -> str:
    """The usual chain of camel-tools."""
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )

    text = normalize_alef_ar(normalize_unicode(text))
    return dediac_ar(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(text)))


def arabic_lines() -> list[str]:
    """Lines of the corpus that are mostly Arabic, partly vocalised."""
    rng = random.Random(0)
    records = (ROOT / "corpora" / "gold.jsonl").read_text("utf-8").splitlines()
    lines = [line for record_ in records for line in json.loads(record_)["text"].splitlines()]
    wanted = [line for line in lines if sum("ء" <= c <= "ي" for c in line) > 0.6 * len(line) > 12]
    return ["".join(c + rng.choice(MARKS) * (c.isalpha() and rng.random() < 0.08) for c in line) for line in wanted]


def long_text(megabytes: float, lines: list[str], rounds: int) -> None:
    """Every profile over one long text, beside the chain."""
    text = "\n".join(lines) + "\n"
    text *= round(megabytes * 1e6 / len(text.encode()))
    size = len(text.encode()) / 1e6
    assert align(text, "camel").text == chain(text)
    for name in PROFILES:
        times = paired(partial(align, text, name), lambda: chain(text), rounds)
        record(
            NAME,
            f"align {name}, {size:.0f} MB, beside the camel-tools chain",
            sorted(times.ratios)[rounds // 2],
            "x",
            str(times),
        )
        record(NAME, f"align {name}, {size:.0f} MB", size / min(times.subject), "MB/s")


def short_lines(count: int, lines: list[str], rounds: int) -> None:
    """Many short lines at once, beside the chain line by line."""
    short = [line[i : i + 37] for line in lines for i in range(0, len(line), 37)]
    short = (short * (count // len(short) + 1))[:count]
    expected = [chain(line) for line in short]
    assert normalize_many(short, "camel") == expected
    assert align_many(short, "camel").texts == expected
    for what, call in (("normalize_many", normalize_many), ("align_many", align_many)):
        times = paired(partial(call, short, "camel"), lambda: [chain(line) for line in short], rounds)
        record(
            NAME,
            f"{what} camel, {count} short lines, beside the chain",
            sorted(times.ratios)[rounds // 2],
            "x",
            str(times),
        )


MISREADINGS = (
    ("cp1256", "cp1252"),
    ("cp1256", "latin-1"),
    ("cp1256", "cp1254"),
    ("iso8859-6", "latin-1"),
    ("utf-8", "cp1252"),
    ("utf-8", "cp1256"),
)


def misread(text: str, true: str, read: str) -> tuple[str, str]:
    """The text as the encoding can hold it, and its bytes as the other encoding shows them."""

    def shown(byte: int) -> str:
        character = bytes([byte]).decode(read, "replace")
        return chr(byte) if character == "\N{REPLACEMENT CHARACTER}" else character

    data = text.encode(true, "ignore")
    return data.decode(true), "".join(map(shown, data))


def restored() -> None:
    """Arabic sentences and pairs of words, damaged: how many come back exactly."""
    folder = shared()
    if folder is None:
        print("no development gold: repair is not measured")
        return
    records = map(json.loads, (folder / "gold" / "spans-dev.jsonl").read_text("utf-8").splitlines())
    spans = {r["text"][s:e].strip() for r in records for s, e, tag in r["spans"] if tag == "ar"}
    sentences = sorted(span for span in spans if len(span.split()) >= 4 and "\n" not in span)
    rng = random.Random(0)
    pairs = []
    for sentence in sentences:
        found = re.findall(r"(?=(?<!\S)([ء-ي]{2,} [ء-ي]{2,})(?!\S))", sentence)
        pairs += [rng.choice(found)] if found else []
    for true, read in MISREADINGS:
        for what, texts in (("sentences", sentences), ("pairs of words", sorted(set(pairs)))):
            done = [misread(text, true, read) for text in texts]
            n = sum(repair(shown).text == truth for truth, shown in done)
            record(NAME, f"{what} restored, {true} read as {read}", 100 * n / len(done), "%", f"{n} of {len(done)}")


def unchanged(file: Path) -> None:
    """Clean sentences that repair would change: alone, in capitals, and the words of all one by one."""
    for language, texts in json.loads(file.read_text("utf-8")).items():
        words = sorted({word for text in texts for word in text.split()})
        for what, items in (("strings", texts), ("strings in capitals", [t.upper() for t in texts]), ("words", words)):
            n = sum(bool(find_damage(text)) for text in items)
            long = sum(len(text.split()) >= 4 for text in items)
            note = f"of {len(items)}, {long} with four words or more"
            record(NAME, f"clean {what} changed, {language}", n, "", note)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clean", type=Path)
    options = parser.parse_args()
    if options.clean:
        unchanged(options.clean)
        return
    lines = arabic_lines()
    long_text(options.megabytes, lines, options.rounds)
    short_lines(options.lines, lines, options.rounds)
    restored()


if __name__ == "__main__":
    main()
