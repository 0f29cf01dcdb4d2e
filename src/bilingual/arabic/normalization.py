"""Normalize and align: one text or many, a whole string or given ranges of it.

The idea: many texts are one array with a line feed after each, so short strings cost what long ones do. A profile that
keeps to Arabic gets ranges: those of the segmenter where a Document calls, else those that script and letters show.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from bilingual.arabic import engine, scope
from bilingual.arabic.aligned import Aligned, AlignedMany
from bilingual.arabic.codes import to_codes, to_text
from bilingual.arabic.damage.finding import Repair
from bilingual.arabic.damage.one_byte import Documents
from bilingual.arabic.engine import Stream
from bilingual.arabic.profile import Profile, get_profile
from bilingual.arabic.repair import Mended, mend, mend_again
from bilingual.arabic.rewriting import kernel
from bilingual.arabic.scope import Bounds, Ranges
from bilingual.arabic.steps import STEPS
from bilingual.arabic.table import I64, U32
from bilingual.text.given import many, plain
from bilingual.text.native import views


def normalize(text: str, profile: str | Profile = "search") -> str:
    """The text under a profile: the name of one (`bilingual profiles` lists them) or a `Profile`.

    A profile whose scope is Arabic changes only what script and letters show to be Arabic. `Document.normalized` knows
    the language of every span, and is surer. Raises: SettingsError for a profile that is not known, TypeError for
    anything but a text.

    >>> normalize("إلى المدرسةِ الكُبرى", "camel")
    'الي المدرسه الكبري'
    >>> normalize("Škoda x² ﻻ تذهبْ"), normalize("فیلم")
    ('Škoda x² لا تذهب', 'فیلم')
    """
    return _run(plain(text), None, get_profile(profile), keep_origin=False).text


def align(text: str, profile: str | Profile = "search") -> Aligned:
    """As `normalize`, with the map back to the text as given. Raises: as that does.

    >>> aligned = align("قال: كِتَابٌ", "camel")
    >>> aligned.text, aligned.to_original(5, 9), aligned.to_normalized(5, 12)
    ('قال: كتاب', (5, 12), (5, 9))
    """
    text, profile = plain(text), get_profile(profile)
    return _run(text, None, profile, keep_origin=True).aligned(text, profile)


def normalize_ranges(text: str, ranges: Ranges, profile: str | Profile) -> Aligned:
    """Apply a profile inside the given ranges only (ascending, disjoint); all else stays as it is.

    URLs, e-mails and @handles inside the ranges stay too. A profile whose scope is the whole text ignores the ranges.

    Raises: ValueError when the ranges overlap or leave the text, TypeError for what are no whole numbers.
    """
    text = plain(text)
    given = scope.checked(ranges, len(text))
    profile = get_profile(profile)
    return _run(text, None if profile.scope == "text" else given, profile, keep_origin=True).aligned(text, profile)


def normalize_many(texts: Iterable[str], profile: str | Profile = "search") -> list[str]:
    """The texts under a profile, joined inside into one array: for many short strings.

    Raises: SettingsError for a profile that is not known, TypeError for what is no text, or one text in place of many.
    """
    profile = get_profile(profile)
    texts, joined = _joined(texts, "normalize_many", "normalize")
    if _looks_beyond(profile) or joined.count("\n") >= len(texts):
        return _run_many(texts, joined, profile).texts
    ptr = None if profile.repair == "off" else _ptr(texts)
    return _run(joined, None, profile, keep_origin=False, ptr=ptr).text.split("\n")


def align_many(texts: Iterable[str], profile: str | Profile = "search") -> AlignedMany:
    """As `normalize_many`, with the maps, as columns. Raises: as that does."""
    return _run_many(*_joined(texts, "align_many", "align"), get_profile(profile))


def _joined(texts: Iterable[str], name: str, one: str) -> tuple[list[str], str]:
    """The texts given to `name` as a list, and with a line feed between them. Raises: TypeError, see `text.given`."""
    listed = texts if isinstance(texts, list) else list(many(texts, name, one))
    try:
        return listed, "\n".join(listed)
    except TypeError:
        for place, text in enumerate(listed):
            plain(text, place)
        raise


@dataclass(frozen=True, slots=True)
class _Ran:
    """A text that was run. Shapes: origin int64[len(text) + 1], or None when it was not asked for."""

    text: str
    origin: I64 | None
    repairs: tuple[Repair, ...]

    def aligned(self, original: str, profile: Profile) -> Aligned:
        assert self.origin is not None
        if self.text:
            self.origin[0] = 0  # what was deleted before the first output belongs to it
        return Aligned(self.text, self.origin, original, profile.name, self.repairs)


def _run(text: str, given: Bounds | None, profile: Profile, *, keep_origin: bool, ptr: I64 | None = None) -> _Ran:
    """Run a profile over a text; one whose steps look around or that needs ranges, block of lines by block of lines.

    `ptr`: where the documents begin, when the text is several that were joined.
    """
    documents = Documents((0,) if ptr is None else ptr.tolist())
    cuts = [0, len(text)] if _is_one_pass(profile) else _cuts(text)
    if len(cuts) == 2:
        return _run_block(text, given, profile, documents, keep_origin=keep_origin)
    texts: list[str] = []
    repairs: list[Repair] = []
    origin: I64 = np.empty(len(text) + len(text) // 8 + 64 if keep_origin else 0, np.int64)
    size = 0
    for start, end in itertools.pairwise(cuts):
        documents.offset = start
        inside = _inside(given, start, end)
        ran = _run_block(text[start:end], inside, profile, documents, keep_origin=keep_origin)
        texts.append(ran.text)
        repairs += [replace(one, start=one.start + start, end=one.end + start) for one in ran.repairs]
        if ran.origin is not None:
            if size + len(ran.origin) > len(origin):
                origin = np.concatenate([origin[:size], np.empty(len(origin) + len(ran.origin), np.int64)])
            np.add(ran.origin, start, out=origin[size : size + len(ran.origin)])
            size += len(ran.text)
    if keep_origin:
        origin = origin[: size + 1]
        origin[size] = len(text)
    return _Ran("".join(texts), origin if keep_origin else None, tuple(repairs))


BLOCK = 1 << 15
"""Code points of a block: its arrays stay in the processor's second cache."""


def _cuts(text: str) -> list[int]:
    """Where the blocks begin and end: after a line feed, since no step looks beyond its line."""
    cuts = [0]
    while len(text) - cuts[-1] > BLOCK:
        end = text.rfind("\n", cuts[-1], cuts[-1] + BLOCK) + 1
        if not end:
            end = text.find("\n", cuts[-1] + BLOCK) + 1
        if not end:
            break
        cuts.append(end)
    if cuts[-1] < len(text) or len(cuts) == 1:
        cuts.append(len(text))
    return cuts


def _inside(given: Bounds | None, start: int, end: int) -> Bounds | None:
    """The ranges inside a block, relative to it."""
    if given is None:
        return None
    first = int(np.searchsorted(given[1], start, side="right"))
    last = int(np.searchsorted(given[0], end))
    return np.clip(given[0][first:last], start, end) - start, np.clip(given[1][first:last], start, end) - start


def _run_block(text: str, given: Bounds | None, profile: Profile, documents: Documents, *, keep_origin: bool) -> _Ran:
    repairs: tuple[Repair, ...] = ()
    original, codes = text, to_codes(text)
    before: I64 | None = None
    if profile.repair != "off":
        mended = mend(text, codes, profile.repair, given, documents, tell=profile.repair != "on")
        repairs, given = mended.repairs, mended.ranges
        text, codes, before = mended.text, mended.codes, mended.origin
    starts, ends = _scoped(text, codes, given, profile)
    ready = Stream(codes=codes, starts=starts, ends=ends, origin=before)
    stream = engine.run(ready, profile.steps, keep_origin=keep_origin)
    if stream.codes is not codes:
        del codes, ready  # a long text's memory is used again at once
        text = to_text(stream.codes)
    origin = stream.origin
    if profile.repair == "on":
        again = mend_again(Mended(text=text, codes=stream.codes, origin=origin, ranges=None, repairs=repairs), original)
        text, origin, repairs = again.text, again.origin, again.repairs
    if not keep_origin:
        return _Ran(text, None, repairs)
    return _Ran(text, np.arange(len(text) + 1) if origin is None else origin, repairs)


def _scoped(text: str, codes: U32, given: Bounds | None, profile: Profile) -> Bounds:
    """The ranges that the steps of a profile may change."""
    if profile.scope == "text" and given is None:
        return np.zeros(1, np.int64), np.full(1, len(codes), np.int64)
    if given is None:
        starts, ends = scope.arabic_ranges(codes)
    else:
        starts, ends = given
    return (starts, ends) if profile.scope == "text" else scope.without_addresses(text, starts, ends)


def _run_many(texts: list[str], joined: str, profile: Profile) -> AlignedMany:
    """Join with line feeds, run once, cut at the line feeds that joined them: no step moves or removes those."""
    ptr = _ptr(texts)
    ran = _run(joined + "\n" * bool(texts), _whole(ptr, profile), profile, keep_origin=True, ptr=ptr)
    assert ran.origin is not None
    origin = ran.origin[:-1]
    new_ptr = np.zeros(len(texts) + 1, np.int64)
    kernel.cut(*views((origin, ptr, new_ptr), kernel.COMPILED))
    repairs = _cut_repairs(ran.repairs, ptr)
    return AlignedMany(
        text=ran.text, ptr=new_ptr, origin=origin, originals=texts, profile=profile.name, repairs=repairs
    )


def _ptr(texts: list[str]) -> I64:
    """Where each text begins when they are joined with a line feed after each."""
    ptr = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=ptr[1:])
    return ptr


def _whole(ptr: I64, profile: Profile) -> Bounds | None:
    """Each text is a range of its own, for steps that would look beyond it; normal forms end at a line feed anyway."""
    return (ptr[:-1], ptr[1:] - 1) if _looks_beyond(profile) else None


def _is_one_pass(profile: Profile) -> bool:
    """True where (nearly) all is done in one pass over the whole text: cutting it would only cost."""
    return profile.scope == "text" and profile.repair == "off" and not _looks_beyond(profile)


def _looks_beyond(profile: Profile) -> bool:
    return profile.scope == "text" and any(STEPS[name].looks for name in profile.steps)


def _cut_repairs(repairs: tuple[Repair, ...], ptr: I64) -> Mapping[int, tuple[Repair, ...]]:
    """The repairs of each text that has any, with offsets relative to it."""
    by_text: dict[int, list[Repair]] = {}
    for one in repairs:
        row = int(np.searchsorted(ptr, one.start, side="right")) - 1
        moved = replace(one, start=one.start - int(ptr[row]), end=one.end - int(ptr[row]))
        by_text.setdefault(row, []).append(moved)
    return {row: tuple(moved) for row, moved in by_text.items()}
