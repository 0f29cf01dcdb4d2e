"""Repair of damaged Arabic: text read in the wrong encoding, in visual order, with doubled or swapped letters.

The idea: one compiled pass over the code points says which kinds of damage a text can have at all; only for those the
finders of `bilingual.arabic.damage` run, line by line. Repairs are made in stages (bytes, letters, order, ligatures),
and the maps of the stages are composed, so every repair and every normalized text points into the text as given.
"""

from __future__ import annotations

import itertools
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from bilingual.arabic import entries as E  # noqa: N812  (bits, read as E.HIGH)
from bilingual.arabic import evidence, odd, table
from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.ZWNJ)
from bilingual.arabic.aligned import Aligned
from bilingual.arabic.codes import to_codes
from bilingual.arabic.damage import doubled, lam_alef, one_byte, utf8, visual
from bilingual.arabic.damage.finding import Finder, Repair, lines_of
from bilingual.arabic.damage.one_byte import Documents
from bilingual.arabic.damage.readers import READERS, reader
from bilingual.arabic.inspection import kernel
from bilingual.arabic.profile import Repairing, check_repair
from bilingual.arabic.scope import Bounds, bounds
from bilingual.arabic.table import I64, U32
from bilingual.text.given import plain
from bilingual.text.native import view, views

Stage = Callable[[str, U32, int], list[Repair]]
"""From a text, its code points and what `kernel.suspect` saw to repairs."""

_READERS = tuple(READERS)


def repair(text: str, mode: Repairing = "on") -> Aligned:
    """The text with its damage repaired, and the map back; `repairs` says what was changed and why.

    `mode`: "on" repairs all that was found, "sure" only with a wide margin, "report" nothing; "off" does not look.
    Raises: SettingsError for another one, TypeError for what is no text.

    >>> repaired = repair("ÇáÓáÇã Úáíßã")
    >>> repaired.text, repaired.repairs[0].kind
    ('السلام عليكم', 'one-byte misread')
    """
    text = plain(text)
    check_repair(mode)
    if mode == "off":
        return Aligned(text, np.arange(len(text) + 1), text, "repair")
    mended = mend(text, to_codes(text), mode, None, Documents())
    origin = mended.origin if mended.origin is not None else np.arange(len(text) + 1)
    return Aligned(mended.text, origin, text, "repair", mended.repairs)


def find_damage(text: str) -> tuple[Repair, ...]:
    """What `repair` would change, with reasons; nothing is changed. Raises: TypeError for what is no text."""
    text = plain(text)
    return mend(text, to_codes(text), "report", None, Documents()).repairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A text after repair. Shapes: codes uint32[n]; origin int64[n + 1] or None when nothing changed."""

    text: str
    codes: U32
    origin: I64 | None
    ranges: Bounds | None
    repairs: tuple[Repair, ...]


def mend(
    text: str, codes: U32, mode: Repairing, given: Bounds | None, documents: Documents, *, tell: bool = False
) -> Mended:
    """Repair as `mode` says; ranges that were given follow, and repaired Arabic becomes a range.

    Where damage is reported, so is what looks wrong and is not changed.
    """
    seen = _suspect(codes)
    told = tuple(odd.oddities(text, codes, seen)) if tell else ()
    mended = Mended(text=text, codes=codes, origin=None, ranges=given, repairs=told)
    layers = 1 if mode == "report" else utf8.LAYERS
    misread: list[Stage] = [partial(_misread, documents), *[_misread_again] * (layers - 1)]
    for stage in (*misread, _doubled, _visual, _alef_twice, _swapped):
        found = stage(mended.text, mended.codes, seen)
        if found:
            mended = _apply(mended, found, mode, text)
            seen = _suspect(mended.codes)
    return mended


def mend_again(mended: Mended, original: str) -> Mended:
    """Repair what only looks damaged since the steps of a profile made alefs alike (أالله) or took marks away.

    It cannot be told from damage any more: a second run would repair it.
    """
    if _ALEF_ALEF_LAM not in mended.text:
        return mended
    for finder in (lam_alef.find_doubled, lam_alef.find_swapped_signs):
        mended = _apply(mended, finder(mended.text), "on", original)
    return mended


_ALEF_ALEF_LAM = "اال"


# -- stages: which finders can find anything


def _misread(documents: Documents, text: str, codes: U32, seen: int) -> list[Repair]:
    found = _misread_again(text, codes, seen)
    documents.enter(0)
    if seen & E.HIGH or documents.is_misread:
        found = _first_wins((found, one_byte.find(text, documents)))
    return found


def _misread_again(text: str, _codes: U32, seen: int) -> list[Repair]:
    """Under a misread layer of UTF-8 there may be another."""
    return _first_wins(
        _in_suspect_lines(utf8.finder(name), text, 1 << bit) for bit, name in enumerate(_READERS) if seen >> bit & 1
    )


def _in_suspect_lines(find: Finder, text: str, bit: int) -> list[Repair]:
    """What is found in the lines that are suspect themselves: a text is, too, for another line, or one joined to it."""
    found: list[Repair] = []
    for start, line in lines_of(text):
        if _suspect(to_codes(line)) & bit:
            found += [replace(one, start=one.start + start, end=one.end + start) for one in find(line)]
    return found


def _first_wins(lists: Iterable[list[Repair]]) -> list[Repair]:
    """Disjoint repairs: those of an earlier finder stand against those of a later one."""
    kept: list[Repair] = []
    for found in lists:
        starts, ends = [one.start for one in kept], [one.end for one in kept]
        kept += [one for one in found if bisect_right(ends, one.start) == bisect_left(starts, one.end)]
        kept.sort(key=lambda one: one.start)
    return kept


def _doubled(text: str, _codes: U32, seen: int) -> list[Repair]:
    return _in_suspect_lines(doubled.find, text, E.DOUBLED) if seen & E.DOUBLED else []


def _visual(text: str, codes: U32, seen: int) -> list[Repair]:
    if not seen & (E.LETTER | E.FORM):
        return []
    found: list[Repair] = []
    for start, end in _backward_lines(codes):
        line = visual.find(text[start:end])
        found += [replace(one, start=one.start + start, end=one.end + start) for one in line]
    return found


def _alef_twice(text: str, _codes: U32, seen: int) -> list[Repair]:
    return lam_alef.find_doubled(text) if seen & E.SWAPPED else []


def _swapped(text: str, _codes: U32, seen: int) -> list[Repair]:
    return lam_alef.find_swapped(text) if seen & E.SWAPPED else []


def _suspect(codes: U32) -> int:
    return int(kernel.suspect(view(codes, kernel.COMPILED), _signs().seen_by(kernel)))


@cache
def _signs() -> table.Stages:
    """The entries of `kernel.suspect`."""
    entries: dict[int, int] = {}

    def add(code: int, bits: int) -> None:
        entries[code] = entries.get(code, 0) | bits

    for k, name in enumerate(_READERS):
        for character, byte in reader(name).items():
            if byte in range(0x80, 0xC0):
                add(ord(character), 1 << k)
            elif byte in utf8.leads(name):
                add(ord(character), 1 << E.N_READERS + k)
    for character in one_byte.arabic_of("cp1256"):
        if ord(character) >= 0x80:
            add(ord(character), E.HIGH)
    for code in L.letter_forms():
        add(code, E.FORM)
    for code in L.ARABIC_ALPHABET:
        add(code, E.LETTER)
    for code in (*L.ALEFS, L.ALEF):
        add(code, E.ANY_ALEF)
    add(L.ALEF, E.BARE_ALEF)
    add(ord("ل"), E.LAM)
    for code in L.BIDI_PAIRED:
        add(code, E.BIDI)
    for bit, code in enumerate(sorted(L.HARAKAT | {L.DAGGER_ALEF}), start=E.HARAKA):
        add(code, 1 << bit)
    for code in L.MARKS:
        add(code, E.MARK)
    for code in {0x20, 0x09, *L.SPACES, *L.LINE_ENDS} - {L.NO_BREAK_SPACE}:
        add(code, E.SPACE)
    return table.stages(entries)


# -- lines that read better backward, over all lines in one compiled pass

_SCREEN = 4.0
"""Nats; the finder then weighs the line exactly."""


def _backward_lines(codes: U32) -> list[tuple[int, int]]:
    n_lines = int(np.count_nonzero(codes == 10)) + 1
    classes, gain = _flow_tables()
    starts, ends, total = np.empty(n_lines, np.int64), np.empty(n_lines, np.int64), np.empty(n_lines, np.float64)
    arrays = views((codes, gain, starts, ends, total), kernel.COMPILED)
    size = kernel.flow(classes.seen_by(kernel), *arrays)
    # Presentation forms are weighed by how they join, whatever their letters say.
    is_form = np.append((codes >= 0xFB50) & (codes <= 0xFEFC), False)
    forms = np.add.reduceat(is_form, starts[:size]) if size else np.zeros(0, np.int64)
    wanted = (total[:size] > _SCREEN) | (forms > 0)
    return list(zip(starts[:size][wanted].tolist(), ends[:size][wanted].tolist(), strict=True))


@cache
def _flow_tables() -> tuple[table.Stages, np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    """Letter classes, and log P(second before first) - log P(first before second) for pairs of them."""
    alphabet = sorted(L.ARABIC_ALPHABET)
    number = {code: k for k, code in enumerate(alphabet, start=1)}
    entries = {code: E.BREAK + k for code, k in number.items()}
    entries |= dict.fromkeys([*L.MARKS, L.TATWEEL, L.ZWNJ, L.ZWJ], E.SKIPPED)
    for code, letters in L.letter_forms().items():
        if letters[0] in number:
            entries[code] = E.BREAK + number[letters[0]]
    entries[ord("\n")] = E.BREAK
    pairs = evidence.letter_pairs("ar")
    symbols = [" ", *map(chr, alphabet)]
    single = [pairs.singles.get(s, -14.0) for s in symbols]
    joint = np.array([[one + pairs.after(a, b) for b in symbols] for a, one in zip(symbols, single, strict=True)])
    return table.stages(entries), np.ascontiguousarray((joint.T - joint).astype(np.float32))


# -- applying


def _apply(mended: Mended, found: Sequence[Repair], mode: Repairing, original: str) -> Mended:
    """Apply what the mode allows, report all, in offsets of the original."""
    wanted = [mode == "on" or (mode == "sure" and one.sure) for one in found]
    chosen = [one for one, applied in zip(found, wanted, strict=True) if applied]
    to_original = _mapper(mended, original)
    told = []
    for one, applied in zip(found, wanted, strict=True):
        start, end = to_original(one.start, one.end)
        told.append(replace(one, start=start, end=end, before=original[start:end], applied=applied))
    repairs = (*mended.repairs, *told)
    if not chosen:
        return replace(mended, repairs=repairs)
    pieces, sources, at = [], [], 0
    for one in chosen:
        pieces += [mended.text[at : one.start], one.after]
        sources += [np.arange(at, one.start), np.array(one.offsets, np.int64) + one.start]
        at = one.end
    pieces.append(mended.text[at:])
    sources.append(np.arange(at, len(mended.text) + 1))
    text, source = "".join(pieces), np.concatenate(sources)
    return Mended(
        text=text,
        codes=to_codes(text),
        origin=source if mended.origin is None else mended.origin[source],
        ranges=_moved(mended.ranges, chosen, mended.text),
        repairs=repairs,
    )


def _mapper(mended: Mended, original: str) -> Callable[[int, int], tuple[int, int]]:
    """From ranges of the mended text to those of the original."""
    if mended.origin is None:
        return lambda start, end: (start, end)
    return Aligned(mended.text, mended.origin, original, "repair").to_original


def _moved(ranges: Bounds | None, chosen: Sequence[Repair], text: str) -> Bounds | None:
    """The ranges after the repairs: what was inside one stays there, a stretch of repairs with Arabic becomes one."""
    if ranges is None:
        return None
    ends = [one.end for one in chosen]
    shift = [0, *itertools.accumulate(len(one.after) - (one.end - one.start) for one in chosen)]
    rows = []
    for start, end in zip(ranges[0].tolist(), ranges[1].tolist(), strict=True):
        first, last = bisect_right(ends, start), bisect_right(ends, end)
        # what is repaired at an edge of the range belongs to it no more
        if first < len(chosen) and chosen[first].start < start:
            start, first = chosen[first].end, first + 1
        if last < len(chosen):
            end = min(end, chosen[last].start)
        if start < end:
            rows.append((start + shift[first], end + shift[last]))
    for first, last in _stretches(chosen, text):
        if any(unicodedata.bidirectional(c) == "AL" for one in chosen[first:last] for c in one.after):
            rows.append((chosen[first].start + shift[first], chosen[last - 1].end + shift[last]))
    return bounds(_joined(sorted(rows)))


def _stretches(chosen: Sequence[Repair], text: str) -> Iterator[tuple[int, int]]:
    """Which repairs have nothing but spaces, digits and symbols of one line between them: half-open numbers of them."""
    first = 0
    for k, (one, after) in enumerate(itertools.pairwise(chosen), start=1):
        between = text[one.end : after.start]
        if "\n" in between or any(map(str.isalpha, between)):
            yield first, k
            first = k
    yield first, len(chosen)


def _joined(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that touch become one: a repaired word and its neighbours are one stretch of Arabic."""
    joined: list[tuple[int, int]] = []
    for start, end in rows:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((int(start), int(end)))
    return joined
