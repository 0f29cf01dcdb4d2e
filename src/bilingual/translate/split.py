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

_LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_HEAD = b"# line\tmember\tfirst byte\tlast byte (excluded)\n"
_PART = re.compile(rf"[A-Za-z0-9-]+-(?:{'|'.join(LABELS)})\.(?:txt|offsets\.tsv)")


def split_units(units: Iterable[Unit]) -> dict[str, bytearray]:
    """File name without its begin -> content: `en-body.txt` has a unit per line, `en-body.offsets.tsv` their places.

    A line of the offsets file is `line member first last` (bytes of the original, half-open), parted by tabs, and
    stands for the same line of the text file.
    """
    texts: dict[str, bytearray] = {}
    offsets: dict[str, bytearray] = {}
    numbers: dict[str, int] = {}
    for unit in units:
        name = f"{unit.lang}-{unit.label}"
        place = place_of(unit.id)
        assert place is not None
        number = numbers[name] = numbers.get(name, 0) + 1
        text = texts.setdefault(f"{name}.txt", bytearray())
        text += f"{_LINE_ENDS.sub(' ', plain(unit.parts))}\n".encode("utf-8", "replace")
        places = offsets.setdefault(f"{name}.offsets.tsv", bytearray(_HEAD))
        places += f"{number}\t{place.member}\t{place.first}\t{place.last}\n".encode()
    return texts | offsets


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
