"""One text file per language and label, every unit with its place in the original."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from pathlib import Path

from bilingual.errors import InputError
from bilingual.formats.exchange import Unit
from bilingual.formats.inline import plain
from bilingual.labels.columns import LABELS
from bilingual.translate.original import place_of

_PART = re.compile(rf"[A-Za-z0-9-]+-(?:{'|'.join(LABELS)})\.(?:txt|offsets\.tsv)")


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


def refuse_old(folder: Path, name: str, parts: Container[str]) -> None:
    """Raises: InputError when a folder has a part of file `name` that is none of `parts`: units are there twice."""
    try:
        found = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror or error}") from error
    for part in (other.removeprefix(f"{name}.") for other in found if other.startswith(f"{name}.")):
        if _PART.fullmatch(part) and part not in parts:
            raise InputError(
                f"{folder / f'{name}.{part}'}: there already, from another version of {name} or with other labels; "
                "move it away, or name another folder"
            )
