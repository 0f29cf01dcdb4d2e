"""One text file per language and label, every unit with its place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bilingual.formats.exchange import Unit
from bilingual.formats.inline import plain
from bilingual.translate.original import place_of


def split_units(units: Iterable[Unit]) -> dict[str, str]:
    """File name without ending (`en-body`) -> its text: one unit per line, and `<name>.offsets` -> their places.

    A line of the offsets file is `line member first last` (bytes of the original, half-open), parted by tabs, and
    stands for the same line of the text file.
    """
    lines: dict[str, list[str]] = {}
    offsets: dict[str, list[str]] = {}
    for unit in units:
        name = f"{unit.lang}-{unit.label}"
        place = place_of(unit.id)
        assert place is not None
        lines.setdefault(name, []).append(re.sub(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", plain(unit.parts)))
        number = len(lines[name])
        offsets.setdefault(name, []).append(f"{number}\t{place.member}\t{place.first}\t{place.last}")
    done = {f"{name}.txt": "\n".join(found) + "\n" for name, found in lines.items()}
    head = "# line\tmember\tfirst byte\tlast byte (excluded)\n"
    return done | {f"{name}.offsets.tsv": head + "\n".join(found) + "\n" for name, found in offsets.items()}
