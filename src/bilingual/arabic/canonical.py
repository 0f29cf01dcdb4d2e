"""Unicode normal forms as tables for the kernel, asked of the running Python's `unicodedata`.

The idea: text is cut into segments, each beginning at a starter that normalization neither changes nor joins
to what precedes it. A segment of one code point is its own normal form; only the others take the long way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from bilingual.arabic import table
from bilingual.arabic.entries import DECOMPOSITION, STARTS_SEGMENT

Form = Literal["NFC", "NFKC"]

_HANGUL_VOWELS_AND_TAILS = (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))
# Unified ideographs, Hangul syllables (done by arithmetic), surrogates and private use neither decompose nor combine.
_PLAIN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xAC00, 0xF900), (0x17000, 0x18D00), (0x20000, 0x2F800))
_END = 0x30000  # above: ideographs, tags, variation selectors and private use


def _candidates() -> Iterator[int]:
    code = 0
    for first, last in (*_PLAIN, (_END, _END)):
        yield from range(code, first)
        code = last


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalForm:
    """What the kernel needs to know of a normal form.

    Shapes: keys uint64[k] sorted, `first << 32 | second`, with values uint32[k], their composite; decompositions are
    rows of pool (row 0 is empty); inner: the code points that do not start a segment, with the room each can need.
    """

    info: table.Stages
    pool_start: table.I64
    pool: table.U32
    keys: npt.NDArray[np.uint64]
    values: table.U32
    inner: Mapping[int, int]


def _composites(decomposed: Mapping[int, str]) -> dict[tuple[int, int], int]:
    """Primary composites: pairs that NFC joins."""
    pairs = {}
    for code in decomposed:
        fields = unicodedata.decomposition(chr(code)).split()
        if len(fields) == 2 and not fields[0].startswith("<"):
            first, second = (int(field, 16) for field in fields)
            if unicodedata.normalize("NFC", chr(first) + chr(second)) == chr(code):
                pairs[first, second] = code
    return pairs


@cache
def normal_form(form: Form, overrides: tuple[tuple[int, str], ...] = ()) -> NormalForm:
    """The tables of a form; `overrides` are replacements made before it (code point -> text).

    A code point joins the segment before it when it is a mark, when the form changes it, or when its decomposition
    begins with a code point that composes with a preceding one (Quick_Check = Maybe, UAX #15 section 9).
    """
    decomposition: Literal["NFD", "NFKD"] = "NFD" if form == "NFC" else "NFKD"
    candidates = list(_candidates())
    decomposed = {
        c: unicodedata.normalize(decomposition, chr(c)) for c in candidates if unicodedata.decomposition(chr(c))
    }
    pairs = _composites(decomposed)
    decomposed = {c: text for c, text in decomposed.items() if text != chr(c)}
    decomposed |= {code: unicodedata.normalize(decomposition, text) for code, text in overrides}
    seconds = {second for _, second in pairs} | set(_HANGUL_VOWELS_AND_TAILS)
    classes = {c: cc for c in candidates if (cc := unicodedata.combining(chr(c)))}
    classes |= {c: cc for c in range(0xE0000, 0xE1000) if (cc := unicodedata.combining(chr(c)))}
    inner = dict.fromkeys(classes.keys() | seconds, 1) | {
        code: len(text)
        for code, text in decomposed.items()
        if code in classes
        or ord(text[0]) in seconds
        or ord(text[0]) in classes
        or unicodedata.normalize(form, text) != chr(code)
    }
    return _pack(decomposed, pairs, classes, inner)


def _pack(
    decomposed: Mapping[int, str],
    pairs: Mapping[tuple[int, int], int],
    classes: Mapping[int, int],
    inner: Mapping[int, int],
) -> NormalForm:
    rows = [(), *(tuple(map(ord, text)) for text in decomposed.values())]
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    number = {code: row for row, code in enumerate(decomposed, start=1)}
    info = {code: classes.get(code, 0) | number.get(code, 0) << DECOMPOSITION for code in {*number, *classes, *inner}}
    # The bit is set for all code points that start a segment, which is nearly all: it is put in last, so that pages of
    # which nothing else is known are one.
    packed = table.stages({code: value ^ STARTS_SEGMENT if code in inner else value for code, value in info.items()})
    order = sorted(pairs)
    return NormalForm(
        info=table.Stages(packed.index, packed.data ^ np.uint32(STARTS_SEGMENT)),
        pool_start=starts,
        pool=np.array([code for row in rows for code in row], np.uint32),
        keys=np.array([first << 32 | second for first, second in order], np.uint64),
        values=np.array([pairs[pair] for pair in order], np.uint32),
        inner=inner,
    )
