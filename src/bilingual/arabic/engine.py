"""Run the steps of a profile over code points, fast, with the map back.

The idea: context-free steps fuse into one table, and a step that looks around matters only where its candidates occur.
So the text is surveyed first (one look-up per code point says which of those steps can act), and the plan for that set
of steps is usually one pass of the kernel that writes text and origin together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from bilingual.arabic import canonical, context, table
from bilingual.arabic.entries import DECOMPOSITION, DELETED, ROW, SPECIAL
from bilingual.arabic.rewriting import kernel
from bilingual.arabic.steps import Step
from bilingual.arabic.steps import step as find_step
from bilingual.arabic.table import I64, U32
from bilingual.text.native import views
from bilingual.text.workspace import Column, Columns, room

LAST_BIT = 30
"""The last bit of the survey's entries; of looking steps that are more it stands for all the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Code points on their way: the ranges in which steps act, and the origin of each (None: not asked for).

    Shapes: codes uint32[n]; starts, ends int64[k] ascending and disjoint; origin int64[n + 1], closed by the
    length of the original.
    """

    codes: U32
    starts: I64
    ends: I64
    origin: I64 | None


@dataclass(frozen=True, slots=True)
class TablePass:
    """Context-free steps, fused."""

    rewriting: table.Rewriting

    def run(self, stream: Stream, keep_origin: bool) -> Stream:
        """The stream after the pass; its origin is followed only where it is kept."""
        pool = kernel.Pool(*_views(self.rewriting.pool_start, self.rewriting.pool))
        changes = self.rewriting.stages.seen_by(kernel)
        return _through(stream, lambda text, out, _: kernel.rewrite(text, changes, pool, out), self._room, keep_origin)

    def _room(self) -> table.Stages:
        """The length of each expansion."""
        lengths = np.diff(self.rewriting.pool_start).astype(np.uint32)
        data = self.rewriting.stages.data
        special = data >= SPECIAL
        entries = np.zeros_like(data)
        entries[special] = lengths[data[special] & ROW]
        return table.Stages(self.rewriting.stages.index, entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPass:
    """A Unicode normal form and the context-free steps that follow it."""

    form: canonical.NormalForm
    fast: table.Stages
    post: table.Stages
    room: table.Stages

    def run(self, stream: Stream, keep_origin: bool) -> Stream:
        """As `TablePass.run`."""
        one = self.form
        form = kernel.Form(*_views(one.info.index, one.info.data, one.pool_start, one.pool, one.keys, one.values))
        fast, post = self.fast.seen_by(kernel), self.post.seen_by(kernel)

        def run(text: Any, out: Any, longest: int) -> int:
            found = room(_Segment, longest).seen_by(kernel.Segment, kernel.COMPILED)
            size: int = kernel.canonical(text, fast, post, form, found, out)
            return size

        return _through(stream, run, lambda: self.room, keep_origin)


class _Segment(Columns):
    """Work space, see `kernel.Segment`."""

    KINDS: ClassVar = {
        "codes": Column(np.uint32), "ccc": Column(np.uint32), "origin": Column(np.int64), "codes2": Column(np.uint32),
        "ccc2": Column(np.uint32), "origin2": Column(np.int64), "count": Column(np.int64),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LookingPass:
    """A step that looks around."""

    step: Step

    def run(self, stream: Stream, keep_origin: bool) -> Stream:
        """As `TablePass.run`."""
        return _look(stream, self.step, keep_origin)


Pass = TablePass | FormPass | LookingPass


def run(stream: Stream, steps: tuple[str, ...], *, keep_origin: bool = True) -> Stream:
    """Apply steps, by name, one after the other, inside the ranges of the stream."""
    survey, looking = _survey(steps)
    present = frozenset[int]()
    if looking:
        seen = kernel.survey(_text(stream), survey.seen_by(kernel))
        present = frozenset(number for bit, number in enumerate(looking) if seen >> min(bit, LAST_BIT) & 1)
    for one in plan(steps, present):
        stream = one.run(stream, keep_origin)
    return stream


@lru_cache(maxsize=64)
def _survey(steps: tuple[str, ...]) -> tuple[table.Stages, tuple[int, ...]]:
    """A table of bits, one for each looking step, set where a code point is or can become its candidate."""
    looking = tuple(i for i, name in enumerate(steps) if find_step(name).looks)
    entries: dict[int, int] = {}
    for bit, number in enumerate(looking):
        at = find_step(steps[number]).at
        fused = _fused(steps[:number])
        sources = {code for code, result in fused.items() if any(c in at for c in result)}
        for code in sources | {code for code in at if code not in fused}:
            entries[code] = entries.get(code, 0) | 1 << min(bit, LAST_BIT)
    return table.stages(entries), looking


def _fused(steps: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """What the steps before a looking step can turn a code point into, over-estimated for those that look."""
    fused: dict[int, tuple[int, ...]] = {}
    for name in steps:
        one = find_step(name)
        if one.maps:
            fused = table.then(fused, one.maps())
        elif one.form:
            fused = table.then(fused, {c: tuple(map(ord, text)) for c, text in _form_texts(one).items()})
    return fused


def _form_texts(one: Step) -> Mapping[int, str]:
    import unicodedata

    assert one.form is not None
    form = canonical.normal_form(one.form, one.before)
    before = dict(one.before)
    return {code: unicodedata.normalize(one.form, before.get(code, chr(code))) for code in form.inner}


@lru_cache(maxsize=256)
def plan(steps: tuple[str, ...], present: frozenset[int]) -> tuple[Pass, ...]:
    """The passes for a text in which only the looking steps numbered in `present` have candidates."""
    active = [find_step(name) for i, name in enumerate(steps) if not find_step(name).looks or i in present]
    passes: list[Pass] = []
    mapped: dict[int, tuple[int, ...]] = {}
    form: Step | None = None

    def flush() -> None:
        nonlocal mapped, form
        if form:
            passes.extend(_form_passes(form, mapped))
        elif mapped:
            passes.append(TablePass(table.rewriting(mapped)))
        mapped, form = {}, None

    for one in active:
        if one.maps:
            mapped = table.then(mapped, one.maps())
            continue
        flush()
        if one.form:
            form = one
        else:
            passes.append(LookingPass(one))
    flush()
    return tuple(passes)


def _form_passes(one: Step, post: Mapping[int, tuple[int, ...]]) -> list[Pass]:
    """The form with the following table in one pass; expansions of the table need their own."""
    assert one.form is not None
    if any(len(result) > 1 for result in post.values()):
        return [*_form_passes(one, {}), TablePass(table.rewriting(post))]
    form = canonical.normal_form(one.form, one.before)
    seconds = {int(key) & 0xFFFFFFFF for key in form.keys}
    # A mark that goes in the end and composes with nothing can go at once: it changes no class above its own.
    gone = {
        c
        for c, n in form.inner.items()
        if n == 1 and c not in seconds and post.get(c) == () and form.info[c] >> DECOMPOSITION == 0
    }
    entries = {code: DELETED if not result else code ^ result[0] for code, result in post.items()}
    fast = entries | {code: DELETED if code in gone else SPECIAL for code in form.inner}
    return [
        FormPass(
            form=form,
            fast=table.stages(fast),
            post=table.stages(entries),
            room=table.stages({code: n + 4 for code, n in form.inner.items()}),
        )
    ]


# -- passes over the kernel


def _views(*arrays: Any) -> Sequence[Any]:
    return views(arrays, kernel.COMPILED)


def _text(stream: Stream) -> Any:
    return kernel.Text(*_views(stream.codes, stream.starts, stream.ends))


def _through(
    stream: Stream,
    run: Callable[[Any, Any, int], int],
    entries: Callable[[], table.Stages],
    keep_origin: bool,
) -> Stream:
    """A pass of the kernel over the stream, once more with measured room where the first guess was too short.

    `run` gets text, output and the length of the longest segment; `entries` are those that `kernel.measure` sums.
    """
    text, n = _text(stream), len(stream.codes)
    sizes: I64 = np.array([n + n // 8, 1024], np.int64)
    for _ in range(2):
        room_for = int(sizes[0]) + 64
        out, origin = np.empty(room_for, np.uint32), np.empty(room_for if keep_origin else 0, np.int64)
        starts, ends = np.empty_like(stream.starts), np.empty_like(stream.ends)
        size = run(text, kernel.Output(*_views(out, origin, starts, ends)), int(sizes[1]) + 64)
        if size >= 0:
            mapped: I64 | None = None
            if keep_origin:
                origin[size] = n
                mapped = origin[: size + 1] if stream.origin is None else stream.origin[origin[: size + 1]]
            return Stream(codes=out[:size], starts=starts, ends=ends, origin=mapped)
        kernel.measure(text, entries().seen_by(kernel), *_views(sizes))
    raise AssertionError("the measured room is enough")


def _look(stream: Stream, one: Step, keep_origin: bool) -> Stream:
    places = _places(stream, one.at)
    if not places:
        return stream
    assert one.looks is not None
    if one.wide:
        n = len(stream.codes)
        everywhere = replace(stream, starts=np.zeros(1, np.int64), ends=np.full(1, n, np.int64))
        edits = one.looks(stream.codes.data, _places(everywhere, one.at))
        edits = {at: edits[at] for at, _, _ in places if at in edits}
    else:
        edits = one.looks(stream.codes.data, places)
    return apply_edits(stream, edits, keep_origin) if edits else stream


def _places(stream: Stream, at: frozenset[int]) -> list[context.Place]:
    """Where the candidates stand, with the range in which each stands."""
    low, high = min(at), max(at)
    near = np.flatnonzero((stream.codes >= low) & (stream.codes <= high))
    near = near[np.isin(stream.codes[near], np.fromiter(at, np.uint32))]
    row = np.searchsorted(stream.starts, near, side="right") - 1
    inside = (row >= 0) & (near < stream.ends[row]) if len(stream.starts) else np.zeros(len(near), bool)
    near, row = near[inside], row[inside]
    return list(zip(near.tolist(), stream.starts[row].tolist(), stream.ends[row].tolist(), strict=True))


def apply_edits(stream: Stream, edits: context.Edits, keep_origin: bool) -> Stream:
    """Replace single code points; the ranges and the origin follow."""
    at = np.array(sorted(edits), np.int64)
    counts = np.ones(len(stream.codes), np.int64)
    counts[at] = [len(edits[int(place)]) for place in at]
    source = np.repeat(np.arange(len(stream.codes)), counts)
    new_place = np.zeros(len(stream.codes) + 1, np.int64)
    np.cumsum(counts, out=new_place[1:])
    codes = stream.codes[source]
    for place in at.tolist():
        first = int(new_place[place])
        codes[first : first + len(edits[place])] = edits[place]
    origin: I64 | None = None
    if keep_origin:
        source = np.append(source, len(stream.codes))
        origin = source if stream.origin is None else stream.origin[source]
    moved = replace(stream, codes=codes, origin=origin)
    return replace(moved, starts=new_place[stream.starts], ends=new_place[stream.ends])
