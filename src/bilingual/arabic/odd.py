"""What looks wrong in Arabic text and is told, never changed: bidi controls without a partner, marks that repeat
or stand alone.

The idea: nobody but the writer knows what was meant, so a finding has a place and a reason, and what stands
there now is what stands there after.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import numpy as np

from bilingual.arabic import context
from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.ZWNJ)
from bilingual.arabic.damage.finding import SIGN, Repair
from bilingual.arabic.entries import BIDI, REPEATED, STRAY
from bilingual.arabic.table import U32

_HARAKAT = "\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC LETTER SUPERSCRIPT ALEF}"
_RUN = re.compile(f"[{L.MARKS_TEXT}]{{2,}}")
# Not after a no-break space: on that a mark is shown alone on purpose.
_STRAY = re.compile(f"(?:\\A|(?<=[^\\S\\N{{NO-BREAK SPACE}}]))[{_HARAKAT}][{L.MARKS_TEXT}]*")
_HARAKA = re.compile(f"[{_HARAKAT}]")


def oddities(text: str, codes: U32, seen: int) -> list[Repair]:
    """All findings, in the order of their places; `seen` is what `kernel.suspect` says the text can have."""
    found: list[Repair] = []
    if seen & BIDI:
        found += _unbalanced(codes)
    if seen & REPEATED:
        found += _repeated(text)
    if seen & STRAY:
        found += _stray(text)
    return sorted(found, key=lambda one: (one.start, one.end))


def _unbalanced(codes: U32) -> Iterator[Repair]:
    at = np.flatnonzero(np.isin(codes, np.fromiter(L.BIDI_PAIRED, np.uint32))).tolist()
    for place in sorted(context.unbalanced_bidi(codes.data, [(k, 0, len(codes)) for k in at])):
        code = int(codes[place])
        closes = code in (L.POP_EMBEDDING, L.POP_ISOLATE)
        what = "closes nothing" if closes else "is not closed in its line"
        yield _finding(place, chr(code), "unbalanced bidi control", f"{_name(chr(code))} {what}")


def _repeated(text: str) -> Iterator[Repair]:
    for run in _RUN.finditer(text):
        for mark, times in Counter(_HARAKA.findall(run.group())).most_common(1):
            if times > 1:
                yield _finding(run.start(), run.group(), "repeated mark", f"{_name(mark)} {times} times on one letter")


def _stray(text: str) -> Iterator[Repair]:
    for run in _STRAY.finditer(text):
        yield _finding(run.start(), run.group(), "mark without a letter", f"{_name(run.group()[0])} after a space")


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character)}"


def _finding(start: int, before: str, kind: str, reason: str) -> Repair:
    return Repair.at(
        start, before, before, kind=kind, score=SIGN, sure=False, reason=reason, offsets=tuple(range(len(before)))
    )
