"""Put the word lists of the Arabic room in order: NFC, sorted, unique, header kept. `--check` only looks."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "src" / "bilingual" / "data" / "arabic"


def ordered(text: str) -> str:
    """The list as it should be."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    header = [line for line in lines if line.startswith("#")]
    words = sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})
    return "\n".join([*header, *words]) + "\n"


def main() -> int:
    """Write every list in order, or with `--check` exit 1 when one is not."""
    wrong = 0
    for path in sorted(FOLDER.glob("*.tsv")):
        text = path.read_text(encoding="utf-8")
        if ordered(text) != text:
            wrong += 1
            print(f"{path.name} is not in order", file=sys.stderr)
            if "--check" not in sys.argv:
                path.write_text(ordered(text), encoding="utf-8")
    return int(wrong > 0 and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
