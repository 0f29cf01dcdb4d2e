"""Run the steps of a profile over code points, fast, with the map back.

The idea: context-free steps fuse into one table, and a step that looks around matters only where its
candidates occur. So the text is surveyed first (one look-up per code point says which of those steps can
act), and the plan for that set of steps is usually one pass of the kernel that writes text and origin
together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bilingual.arabic import canonical, context, kernel, table
from bilingual.arabic.steps import Step
from bilingual.arabic.steps import step as find_step
from bilingual.arabic.table import I64, U32
from bilingual.text.native import view

MAX_LOOKING_STEPS = 31
"""Bits of the survey's entries."""


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
        return _rewrite(stream, self.rewriting, keep_origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPass:
    """A Unicode normal form and the context-free steps that follow it."""

    form: canonical.NormalForm
    fast: table.Stages
    post: table.Stages
    room: table.Stages

    def run(self, stream: Stream, keep_origin: bool) -> Stream:
        return _canonical(stream, self, keep_origin)


@dataclass(frozen=True, slots=True)
class LookingPass:
    """A step that looks around."""

    step: Step

    def run(self, stream: Stream, keep_origin: bool) -> Stream:
        return _look(stream, self.step, keep_origin)


Pass = TablePass | FormPass | LookingPass


def run(stream: Stream, steps: tuple[str, ...], *, keep_origin: bool = True) -> Stream:
    """Apply steps, by name, one after the other, inside the ranges of the stream."""
    survey, looking = _survey(steps)
    present = frozenset[int]()
    if looking:
        seen = kernel.survey(*_ranged(stream), *_stages(survey))
        present = frozenset(number for bit, number in enumerate(looking) if seen >> bit & 1)
    for one in plan(steps, present):
        stream = one.run(stream, keep_origin)
    return stream


@lru_cache(maxsize=64)
def _survey(steps: tuple[str, ...]) -> tuple[table.Stages, tuple[int, ...]]:
    """A table of bits, one for each looking step, set where a code point is or can become its candidate."""
    looking = tuple(i for i, name in enumerate(steps) if find_step(name).looks)[:MAX_LOOKING_STEPS]
    entries: dict[int, int] = {}
    for bit, number in enumerate(looking):
        at = find_step(steps[number]).at
        fused = _fused(steps[:number])
        sources = {code for code, result in fused.items() if any(c in at for c in result)}
        for code in sources | {code for code in at if code not in fused}:
            entries[code] = entries.get(code, 0) | 1 << bit
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
        c for c, n in form.inner.items() if n == 1 and c not in seconds and post.get(c) == () and form.info[c] >> 9 == 0
    }
    entries = {code: table.DELETED if not result else code ^ result[0] for code, result in post.items()}
    fast = entries | {code: table.DELETED if code in gone else table.SPECIAL for code in form.inner}
    return [
        FormPass(
            form=form,
            fast=table.stages(fast),
            post=table.stages(entries),
            room=table.stages({code: n + 4 for code, n in form.inner.items()}),
        )
    ]


# -- passes over the kernel


def _v(array: object) -> object:
    return view(array, kernel.COMPILED)


def _stages(stages: table.Stages) -> tuple[object, object]:
    return _v(stages.index), _v(stages.data)


def _ranged(stream: Stream) -> tuple[object, object, object]:
    return _v(stream.codes), _v(stream.starts), _v(stream.ends)


def _result(stream: Stream, out: U32, size: int, origin: I64, starts: I64, ends: I64, keep_origin: bool) -> Stream:
    mapped: I64 | None = None
    if keep_origin:
        origin[size] = len(stream.codes)
        mapped = origin[: size + 1] if stream.origin is None else stream.origin[origin[: size + 1]]
    return Stream(codes=out[:size], starts=starts, ends=ends, origin=mapped)


def _rewrite(stream: Stream, rewriting: table.Rewriting, keep_origin: bool) -> Stream:
    n = len(stream.codes)
    starts, ends = np.empty_like(stream.starts), np.empty_like(stream.ends)
    sizes: I64 = np.zeros(2, np.int64)
    for attempt in range(2):
        room = n + n // 8 + 64 if attempt == 0 else int(sizes[0]) + 64
        out = np.empty(room, np.uint32)
        origin = np.empty(room if keep_origin else 0, np.int64)
        size = kernel.rewrite(
            *_ranged(stream),
            *_stages(rewriting.stages),
            _v(rewriting.pool_start),
            _v(rewriting.pool),
            *map(_v, (out, origin, starts, ends, np.empty(1, np.int64))),
        )
        if size >= 0:
            return _result(stream, out, size, origin, starts, ends, keep_origin)
        kernel.measure(*_ranged(stream), *_stages(_room(rewriting)), _v(sizes))
    raise AssertionError("the measured room is enough")


def _room(rewriting: table.Rewriting) -> table.Stages:
    lengths = np.diff(rewriting.pool_start).astype(np.uint32)
    data = rewriting.stages.data
    special = data >= table.SPECIAL
    entries = np.zeros_like(data)
    entries[special] = lengths[data[special] & 0xFFFFFF]
    return table.Stages(rewriting.stages.index, entries)


def _canonical(stream: Stream, one: FormPass, keep_origin: bool) -> Stream:
    n = len(stream.codes)
    starts, ends = np.empty_like(stream.starts), np.empty_like(stream.ends)
    sizes: I64 = np.array([n + n // 8 + 64, 1024], np.int64)
    for _ in range(2):
        room, scratch = int(sizes[0]) + 64, int(sizes[1]) + 64
        out = np.empty(room, np.uint32)
        origin = np.empty(room if keep_origin else 0, np.int64)
        u32, i64 = np.empty((4, scratch), np.uint32), np.empty((2, scratch), np.int64)
        size = kernel.canonical(
            *_ranged(stream),
            *_stages(one.fast),
            *_stages(one.post),
            *_stages(one.form.info),
            *map(_v, (one.form.pool_start, one.form.pool, one.form.keys, one.form.values)),
            *map(_v, (u32[0], u32[1], i64[0], u32[2], u32[3], i64[1], np.empty(256, np.int64))),
            *map(_v, (out, origin, starts, ends, np.empty(1, np.int64))),
        )
        if size >= 0:
            return _result(stream, out, size, origin, starts, ends, keep_origin)
        kernel.measure(*_ranged(stream), *_stages(one.room), _v(sizes))
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
