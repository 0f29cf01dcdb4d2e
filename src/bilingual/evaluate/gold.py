"""Gold: what people say that lines and stretches of documents are.

Gold is JSON Lines: `{"id", "text", "lines": [{"start", "end", "label"?, "lang"? or "langs"?}], "kind"?}`, offsets in
code points; `langs` and a document's own `spans` are `[start, end, tag]`. What has no label, or no language, is not
scored for it.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilingual.errors import InputError
from bilingual.labels.columns import LABELS

if TYPE_CHECKING:
    from bilingual.document import Document


def read_gold(path: str | Path) -> list[dict[str, Any]]:
    """The documents of a gold file (.gz too, `-` for stdin); blank lines are skipped.

    Raises: InputError with the system's reason, or naming the line that is not gold.
    """
    rows = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)  # of bytes: a byte order mark is none of the text
            _check(row)
            rows.append({**row, "id": str(row["id"])})
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(
                f"{path}:{number}: not a gold document: {_why(error)}; `bilingual evaluate --help` shows one"
            ) from error
    if not rows:
        raise InputError(f"{path}: no gold document in it; `bilingual evaluate --help` shows one")
    return rows


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):  # its own words count lines anew
        return f"no JSON, {error.msg} at column {error.colno}"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _lines(path: str | Path) -> Iterator[bytes]:
    """The lines of a file, unpacked where it is .gz, or of stdin for `-`. Raises: InputError with the reason."""
    if str(path) == "-":
        yield from sys.stdin.buffer
        return
    try:
        with gzip.open(path) if Path(path).suffix == ".gz" else Path(path).open("rb") as file:
            yield from file
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _check(row: dict[str, Any]) -> None:
    """Raises: KeyError, TypeError or ValueError where lines have neither label nor language, or no place."""
    if not isinstance(row, dict):
        raise TypeError(f"an object, not {type(row).__name__}")
    row["id"]
    if not isinstance(row["text"], str):
        raise TypeError(f"its text is {type(row['text']).__name__}, not str")
    for name in ("lines", "spans", "skip"):
        if not isinstance(row.get(name, []), list | tuple):
            raise TypeError(f"its {name} are {type(row[name]).__name__}, not a list")
    for item in row.get("lines", ()) if "spans" in row else row["lines"]:
        if not isinstance(item, dict):
            raise TypeError(f'a line is {{"start", "end", "label"}}, not {item!r}')
        _check_place(row, item["start"], item["end"])
        if ("label" in item or not (item.get("lang") or item.get("langs"))) and item["label"] not in LABELS:
            raise ValueError(f"no label {item['label']!r}; the labels are {', '.join(LABELS)}")
    for span in gold_spans(row):
        _check_range(row, span, "a span is [start, end, tag]", 3)
    for stretch in row.get("skip", ()):
        _check_range(row, stretch, "what to skip is [start, end]", 2)


def _check_range(row: dict[str, Any], given: Any, what: str, size: int) -> None:
    if not isinstance(given, list | tuple) or len(given) != size:
        raise TypeError(f"{what}, not {given!r}")
    _check_place(row, given[0], given[1])


def _check_place(row: dict[str, Any], start: Any, end: Any) -> None:
    try:
        is_inside = 0 <= index(start) <= index(end) <= len(row["text"])
    except TypeError:
        is_inside = False
    if not is_inside:
        raise ValueError(f"no place {start!r}:{end!r} in its text of {len(row['text'])} code points")


def paired(documents: Iterable[Document], gold: Iterable[dict[str, Any]]) -> Iterator[tuple[Document, dict[str, Any]]]:
    """Each document with its gold.

    Raises: ValueError where one of the two is missing or has another text, or what is given is no gold.
    """
    for number, (document, row) in enumerate(zip_longest(documents, gold), 1):
        if document is None or row is None:
            raise ValueError(f"{'gold' if row is None else 'documents'} ended before number {number}")
        try:
            _check(row)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"gold number {number} is none: {_why(error)}") from error
        if document.text != row["text"]:
            raise ValueError(f"document {number} has another text than gold {row['id']!r}, with which it stands")
        yield document, row


def gold_spans(row: dict[str, Any]) -> Iterator[Sequence[Any]]:
    """(start, end, tag) of every stretch of a gold document that has a language."""
    yield from row.get("spans", ())
    for line in row.get("lines", ()):
        if line.get("langs"):
            yield from line["langs"]
        elif line.get("lang"):
            yield line["start"], line["end"], line["lang"]
