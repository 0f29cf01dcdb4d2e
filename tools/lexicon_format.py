"""Sort and check the lexicons; with --check only say what is wrong.

    python tools/lexicon_format.py [--check]

Checked: six cells, NFC, known kind, the kind's label or `-`, the file of the row's language and label, and
that no phrase stands twice for one position, in any file, however it is spelled."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bilingual.labels.lexicon import POSITIONS, phrase_hashes

FOLDER = Path(__file__).resolve().parent.parent / "src" / "bilingual" / "data" / "lexicons"
# Words of dates, names of fields and in lists of forums: word, class, language.
CLASSED = tuple(FOLDER / "words" / name for name in ("dates.tsv", "fields.tsv", "forums.tsv"))
Row = tuple[str, ...]


def files() -> list[Path]:
    """The phrase files, not the kinds."""
    return [path for path in sorted(FOLDER.glob("*.tsv")) if path.name != "kinds.tsv"]


def split(path: Path) -> tuple[list[str], list[Row]]:
    """(head lines, rows) of a file."""
    lines = path.read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    return [line for line in lines if line.startswith("#")], rows


def formatted(path: Path) -> str:
    """The file as it should be: rows by kind, phrase, position."""
    head, rows = split(path)
    order = (1, 2, 0) if path in CLASSED else (1, 0, 3)
    kept = sorted(set(rows), key=lambda row: [row[cell] for cell in order])
    return "\n".join([*head, *("\t".join(row) for row in kept)]) + "\n"


def faults() -> Iterator[str]:
    """One line for each thing that is wrong."""
    kinds = {row[0]: row[1] for row in split(FOLDER / "kinds.tsv")[1]}
    every: list[tuple[str, Row]] = []
    for path in files():
        for row in split(path)[1]:
            yield from (f"{path.name}: {text}: {row}" for text in _row_faults(path, row, kinds))
            every.append((path.name, row))
    hashes, ptr = phrase_hashes([row[0] for _, row in every])
    seen: dict[tuple[bytes, str], str] = {}
    for number, (name, row) in enumerate(every):
        key = hashes[ptr[number] : ptr[number + 1]].tobytes(), row[3]
        if not key[0]:
            yield f"{name}: no word in {row[0]!r}"
        elif key in seen:
            yield f"{name}: {row[0]!r} ({row[3]}) stands in {seen[key]} too"
        seen[key] = name


def _row_faults(path: Path, row: Row, kinds: dict[str, str]) -> Iterator[str]:
    if len(row) != 6:
        yield "not six cells"
        return
    phrase, kind, label, position, lang, _ = row
    if unicodedata.normalize("NFC", phrase) != phrase or phrase != " ".join(phrase.split()):
        yield "not NFC, or stray spaces"
    if kind not in kinds or label not in (kinds[kind], "-"):
        yield "kind and label do not agree"
    if position not in POSITIONS:
        yield "unknown position"
    if path.name != f"{lang}-{'weak' if label == '-' else label}.tsv":
        yield "belongs in another file"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when something is wrong")
    check = parser.parse_args().check
    wrong = list(faults())
    for path in [*files(), *CLASSED]:
        text = formatted(path)
        if text != path.read_text("utf-8"):
            wrong += [f"{path.name}: not sorted; run python tools/lexicon_format.py"] if check else []
            if not check:
                path.write_text(text, "utf-8")
    print("\n".join(wrong), file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
