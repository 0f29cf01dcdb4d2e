"""Make the code point tables of `bilingual.text` from the Unicode Character Database.

    python tools/unicode_tables.py            write src/bilingual/data/unicode/*
    python tools/unicode_tables.py --check    fail when the files on disk differ

Scripts and ScriptExtensions come from fontTools.unicodedata (generated from Scripts.txt and
ScriptExtensions.txt), general categories from `regex`, case and decomposition from Python's unicodedata.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import regex
from fontTools.unicodedata import ScriptExtensions, Scripts

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src/bilingual/data/unicode"
N_CODES = 0x110000
DATE = "2026-11-22"

sys.path.insert(0, str(ROOT / "src"))
from bilingual.text import classes as cls  # noqa: E402

CATEGORIES = tuple("Lu Lt Ll Lm Lo Mn Mc Me Nd Zs Zl Zp Ps Pe Pi Pf Pc Pd Po".split())


def general_categories() -> np.ndarray:
    """Index into CATEGORIES + 1 of every code point, 0 for the categories that play no part."""
    every = "".join(map(chr, range(0xD800))) + "\0" * 2048 + "".join(map(chr, range(0xE000, N_CODES)))
    found = np.zeros(N_CODES, np.uint8)
    for number, name in enumerate(CATEGORIES, 1):
        for match in regex.finditer(rf"\p{{gc={name}}}+", every):
            found[match.start() : match.end()] = number
    found[0xD800:0xE000] = 0
    return found


def script_ranges() -> list[tuple[int, int, str, str]]:
    """(first, last, script, extensions) over the whole code space, merged where both agree."""
    rows: list[list[Any]] = []
    for code in range(N_CODES):
        script = Scripts.VALUES[_index(Scripts.RANGES, code)]
        extensions = ScriptExtensions.VALUES[_index(ScriptExtensions.RANGES, code)] or {script}
        text = " ".join(sorted(extensions))
        if rows and rows[-1][2] == script and rows[-1][3] == text:
            rows[-1][1] = code
        else:
            rows.append([code, code, script, text])
    return [tuple(row) for row in rows]


def _index(ranges: list[int], code: int) -> int:
    from bisect import bisect_right

    return bisect_right(ranges, code) - 1


def script_column(ranges: list[tuple[int, int, str, str]]) -> np.ndarray:
    """Script number of every code point: its own script, else the one its extensions point to (Arabic first)."""
    numbers = {name: number for number, name in enumerate(cls.SCRIPTS)}
    column = np.zeros(N_CODES, np.uint8)
    for first, last, script, extensions in ranges:
        column[first : last + 1] = numbers[cls.resolve_script(script, extensions.split())]
    return column


def kinds(categories: np.ndarray) -> np.ndarray:
    """Kind of every code point (see bilingual.text.classes)."""
    by_category = {
        "Lu": cls.LETTER, "Lt": cls.LETTER, "Ll": cls.LETTER, "Lm": cls.LETTER, "Lo": cls.LETTER,
        "Mn": cls.MARK, "Mc": cls.MARK, "Me": cls.MARK, "Nd": cls.DIGIT, "Zs": cls.SPACE, "Zl": cls.NEWLINE,
        "Zp": cls.NEWLINE, "Ps": cls.OPEN, "Pe": cls.CLOSE, "Pi": cls.QUOTE, "Pf": cls.QUOTE, "Pc": cls.PUNCT,
        "Pd": cls.PUNCT, "Po": cls.PUNCT,
    }  # fmt: skip
    lookup = np.array([cls.OTHER] + [by_category[name] for name in CATEGORIES], np.uint8)
    column = lookup[categories]
    for kind, characters in cls.EXCEPTIONS.items():
        column[[ord(character) for character in characters]] = kind
    return column


def props(categories: np.ndarray, ranges: list[tuple[int, int, str, str]]) -> np.ndarray:
    """uint32 per code point: kind | script << 4 | UPPER."""
    upper = np.isin(categories, [CATEGORIES.index("Lu") + 1, CATEGORIES.index("Lt") + 1])
    scripts = script_column(ranges).astype(np.uint32)
    column = kinds(categories).astype(np.uint32) | scripts << cls.SCRIPT_SHIFT
    return column | np.where(upper, np.uint32(cls.UPPER_BIT), np.uint32(0))


def fold_of(code: int) -> str:
    """What the search fold makes of one code point, as a string of 0 to 18 characters."""
    if 0xD800 <= code < 0xE000:
        return ""
    character = chr(code)
    if 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        character = unicodedata.normalize("NFKC", character).replace(" ", "")
    folded = "".join(cls.FOLDS.get(c, c) for c in character.lower())
    kept = [c for c in folded if c not in cls.FOLD_DROPS and unicodedata.category(c) not in ("Mn", "Me", "Cf")]
    kept = [str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in kept]
    return "".join(kept)


def folds() -> tuple[np.ndarray, np.ndarray]:
    """(fold, expansions): 0 = itself, 1 = dropped, a code point, or N_CODES + position in `expansions`.

    An expansion is its length, then its code points.
    """
    column = np.zeros(N_CODES, dtype=np.uint32)
    expansions: list[int] = []
    for code in range(N_CODES):
        folded = fold_of(code)
        if folded == chr(code):
            continue
        if len(folded) == 1:
            column[code] = ord(folded)
        elif not folded:
            column[code] = 1
        else:
            column[code] = N_CODES + len(expansions)
            expansions += [len(folded), *map(ord, folded)]
    return column, np.array(expansions, np.uint32)


def two_level(column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(pages uint16[0x1100], cells): column[c] == cells[pages[c >> 8] * 256 + (c & 255)]."""
    unique, inverse = np.unique(column.reshape(-1, 256), axis=0, return_inverse=True)
    return inverse.reshape(-1).astype(np.uint16), np.ascontiguousarray(unique.reshape(-1))


def tables() -> dict[str, np.ndarray]:
    """The scanner's arrays: properties in the low, fold in the high half of one cell, so that a look-up gives both."""
    ranges = script_ranges()
    fold_column, expansions = folds()
    column = props(general_categories(), ranges).astype(np.uint64) | fold_column.astype(np.uint64) << np.uint64(32)
    pages, cells = two_level(column)
    return {"pages": pages, "cells": cells, "expansions": expansions}


def ucd_version() -> str:
    """The Unicode version that fontTools' script tables say they were made from."""
    found = regex.search(r"Scripts-([0-9.]+)\.txt", Path(Scripts.__file__).read_text("utf-8"))
    return found[1].strip(".") if found else "unknown"


def scripts_tsv() -> str:
    head = (
        f"# Script and Script_Extensions of every code point (UAX #24), Unicode {ucd_version()}\n"
        f"# source: Scripts.txt and ScriptExtensions.txt through fontTools.unicodedata; licence: Unicode-3.0\n"
        f"# date: {DATE}; made by: python tools/unicode_tables.py; do not edit\n# first\tlast\tscript\textensions\n"
    )
    return head + "".join(f"{a:04X}\t{b:04X}\t{s}\t{x}\n" for a, b, s, x in script_ranges())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    OUT.mkdir(parents=True, exist_ok=True)
    made = tables()
    text = scripts_tsv()
    if check:
        same = (OUT / "scripts.tsv").read_text("utf-8") == text
        same &= all(np.array_equal(np.load(OUT / f"{name}.npy"), table) for name, table in made.items())
        print("unicode tables:", "as made" if same else "DIFFER")
        return 0 if same else 1
    (OUT / "scripts.tsv").write_text(text, "utf-8")
    for name, table in made.items():
        np.save(OUT / f"{name}.npy", table)
        print(name, table.dtype, table.shape, table.nbytes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
