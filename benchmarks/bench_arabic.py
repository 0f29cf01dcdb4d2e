"""Speed of Arabic normalization with its offset map beside the camel-tools chain without one, and of repair.

    python benchmarks/bench_arabic.py [--megabytes 10] [--lines 100000] [--rounds 5]

Purpose: the numbers of docs/orthography.md. Input: Arabic lines of the project's corpus, about one letter in twelve
with a mark, repeated. Checks: every output of profile camel equals that of camel-tools.
"""

from __future__ import annotations

import argparse
import json
import random

from bilingual.arabic import PROFILES, align, align_many, normalize_many
from common import ROOT, paired, record

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
    text = "\n".join(lines) + "\n"
    text *= round(megabytes * 1e6 / len(text.encode()))
    size = len(text.encode()) / 1e6
    assert align(text, "camel").text == chain(text)
    for name in PROFILES:
        times = paired(lambda name=name: align(text, name), lambda: chain(text), rounds)
        record(
            NAME,
            f"align {name}, {size:.0f} MB, beside the camel-tools chain",
            sorted(times.ratios)[rounds // 2],
            "x",
            str(times),
        )
        record(NAME, f"align {name}, {size:.0f} MB", size / min(times.subject), "MB/s")


def short_lines(count: int, lines: list[str], rounds: int) -> None:
    short = [line[i : i + 37] for line in lines for i in range(0, len(line), 37)]
    short = (short * (count // len(short) + 1))[:count]
    expected = [chain(line) for line in short]
    assert normalize_many(short, "camel") == expected
    assert align_many(short, "camel").texts == expected
    for what, call in (("normalize_many", normalize_many), ("align_many", align_many)):
        times = paired(lambda call=call: call(short, "camel"), lambda: [chain(line) for line in short], rounds)
        record(
            NAME,
            f"{what} camel, {count} short lines, beside the chain",
            sorted(times.ratios)[rounds // 2],
            "x",
            str(times),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    lines = arabic_lines()
    long_text(options.megabytes, lines, options.rounds)
    short_lines(options.lines, lines, options.rounds)


if __name__ == "__main__":
    main()
