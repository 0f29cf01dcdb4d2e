"""The units of an original, and the job that goes to a translator."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from bilingual.errors import SettingsError
from bilingual.formats.exchange import About, Job, Unit
from bilingual.formats.inline import Parts, has_letters, key_of, plain
from bilingual.translate.corrections import Corrections
from bilingual.translate.original import DIGEST, Draft, Original, place_of, unit_id

if TYPE_CHECKING:
    from bilingual.pipeline import Segmenter

# Neighbours are shown to this length; longer ones are cut at their far end.
CONTEXT = 200
# Equal units whose ids stand in one cell of a table; spreadsheets cut a cell at 32,767 characters.
MAX_ALSO = 500


# Language, label, and whether there are letters outside codes.
Kind = tuple[str, str, bool]


class _Made(Sequence[Unit]):
    """Units that are made when they are looked at."""

    @abstractmethod
    def _unit_at(self, at: int) -> Unit:
        """The unit of this number, from 0 on."""

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Unit]: ...
    def __getitem__(self, index: int | slice) -> Unit | Sequence[Unit]:
        if isinstance(index, slice):
            return tuple(map(self._unit_at, range(len(self))[index]))
        return self._unit_at(range(len(self))[index])


class UnitList(_Made):
    """The units of a file, in order: their places, and a unit made of one when it is looked at.

    A unit as an object takes ten times its text. Its parts are read from the text again, unless they are other than
    what stands there, as where there is code in it.
    """

    def __init__(self, original: Original) -> None:
        self._original = original
        self._members: dict[str, int] = {}
        self._kinds: dict[Kind, int] = {}
        self._member, self._kind = array("H"), array("H")
        self._start, self._end, self._score = array("q"), array("q"), array("d")
        self._digests = bytearray()
        self._parts: dict[int, Parts] = {}

    def add(self, draft: Draft, parts: Parts) -> None:
        """Add the unit of a draft behind all others."""
        original = self._original
        is_text = has_letters(parts)
        kind = (draft.lang if is_text else "und", draft.label, is_text)
        if parts != (self._text(draft.member, draft.start, draft.end),):
            self._parts[len(self)] = parts
        self._member.append(self._members.setdefault(draft.member, len(self._members)))
        self._kind.append(self._kinds.setdefault(kind, len(self._kinds)))
        self._start.append(draft.start)
        self._end.append(draft.end)
        self._score.append(draft.score)
        self._digests += original.digest(original.place(draft.member, draft.start, draft.end), parts)

    def _text(self, member: str, start: int, end: int) -> str:
        found = self._original.map_of(member)
        assert found is not None
        return found.text[start:end]

    def kinds(self) -> Iterator[Kind]:
        """Language, label and whether there are letters, of every unit."""
        names = list(self._kinds)
        return (names[kind] for kind in self._kind)

    def __len__(self) -> int:
        return len(self._start)

    def _unit_at(self, at: int) -> Unit:
        return self._unit(at, list(self._members), list(self._kinds))

    def __iter__(self) -> Iterator[Unit]:
        members, kinds = list(self._members), list(self._kinds)
        return (self._unit(at, members, kinds) for at in range(len(self)))

    def _unit(self, at: int, members: Sequence[str], kinds: Sequence[Kind]) -> Unit:
        member, (lang, label, _) = members[self._member[at]], kinds[self._kind[at]]
        start, end = self._start[at], self._end[at]
        parts = self._parts.get(at)
        return Unit(
            id=unit_id(self._original.place(member, start, end), bytes(self._digests[DIGEST * at : DIGEST * (at + 1)])),
            parts=(self._text(member, start, end),) if parts is None else parts,
            lang=lang, label=label, score=self._score[at], keep=True,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """All units of a file in order, and how many places were left out because their bytes do not decode."""

    units: UnitList
    n_left_out: int


def find_units(original: Original, segmenter: Segmenter, corrections: Corrections | None = None) -> Units:
    """Every unit of a file, whatever its language and label, verified against the file's bytes.

    A unit without letters outside its codes is in no language: there is nothing in it to translate, or to quote.
    `corrections` say which labels people gave. Raises: InputError where they do not belong to the file's blocks.
    """
    found = UnitList(original)
    n_left_out = 0
    for draft in original.drafts(segmenter, corrections or Corrections()):
        parts = original.unit_at(draft.member, draft.start, draft.end)
        if parts is None:
            n_left_out += 1
        elif parts:
            found.add(draft, parts)
    return Units(units=found, n_left_out=n_left_out)


class Chosen(_Made):
    """Units that are exported, in order, made when they are looked at.

    `keeps` has a byte for every unit, whether it is to be translated; `chosen` are the numbers of those that go out,
    and `also` of one those that equal it. `of`: the original, where they have their context: the text before and after
    them that is in a language (no keys, times and code), and what programs call them.
    """

    def __init__(
        self, units: Sequence[Unit], keeps: bytearray, chosen: Sequence[int], also: Mapping[int, Sequence[int]],
        *, of: Original | None,
    ) -> None:  # fmt: skip
        self._units, self._keeps, self._chosen, self._also = units, keeps, chosen, also
        self._of = of

    def __len__(self) -> int:
        return len(self._chosen)

    def _unit_at(self, at: int) -> Unit:
        at = self._chosen[at]
        if self._of is None:
            return self._made(at, None, self._units[at], None)
        before, after = range(at - 1, -1, -1), range(at + 1, len(self._units))
        return self._made(at, self._told(before), self._units[at], self._told(after))

    def _told(self, numbers: Iterable[int]) -> Unit | None:
        """The first of some units that is in a language."""
        return next((unit for unit in map(self._units.__getitem__, numbers) if unit.lang != "und"), None)

    def __iter__(self) -> Iterator[Unit]:
        if self._of is None:
            yield from map(self._unit_at, range(len(self)))
            return
        chosen = iter(self._chosen)
        wanted = next(chosen, None)
        before: Unit | None = None
        waiting: list[tuple[int, Unit | None, Unit]] = []  # those of which what follows is not known yet
        for at, unit in enumerate(self._units):
            if unit.lang != "und":
                yield from (self._made(*one, unit) for one in waiting)
                waiting.clear()
            if at == wanted:
                waiting.append((at, before, unit))
                wanted = next(chosen, None)
            before = unit if unit.lang != "und" else before
        yield from (self._made(*one, None) for one in waiting)

    def _made(self, at: int, before: Unit | None, unit: Unit, after: Unit | None) -> Unit:
        place = place_of(unit.id) if self._of else None
        return replace(
            unit,
            keep=bool(self._keeps[at]),
            also=tuple(self._units[other].id for other in self._also.get(at, ())),
            before=_end_of(plain(before.parts)) if before else "",
            after=_start_of(plain(after.parts)) if after else "",
            key=self._of.key(place) if self._of and place else "",
        )


def make_job(
    original: Original,
    units: Sequence[Unit],
    *,
    source: str,
    target: str,
    keep: Iterable[str] = ("body",),
    with_context: bool = False,
    locked: bool = False,
    dedup: bool = False,
) -> Job:
    """The units to translate: those in language `source` with a label of `keep`, and something to translate.

    `with_context` gives every unit its neighbours' text; `locked` keeps the other units, locked; `dedup` gives equal
    units once. Raises: SettingsError for a label, language or pair that cannot be.
    """
    wanted = is_wanted(source, keep)
    if check_language(source).lower() == check_language(target).lower():
        raise SettingsError(f"source and target are the same language: {source}")
    kinds = units.kinds() if isinstance(units, UnitList) else ((unit.lang, unit.label, True) for unit in units)
    keeps = bytearray(wanted(lang, label) for lang, label, _ in kinds)
    chosen: Sequence[int] = array("q", (at for at, is_kept in enumerate(keeps) if is_kept or locked))
    also: Mapping[int, Sequence[int]] = {}
    if dedup:
        chosen, also = _deduplicated(units, keeps, chosen)
    about = About(
        name=original.name, sha256=original.sha256, kind=original.kind, encoding=original.encoding,
        source=source, target=target, n_units=len(chosen) + sum(map(len, also.values())),
    )  # fmt: skip
    chosen_units = Chosen(units, keeps, chosen, also, of=original if with_context else None)
    return Job(about=about, units=chosen_units, with_context=with_context)


def is_wanted(source: str, keep: Iterable[str]) -> Callable[[str, str], bool]:
    """Whether units of a language and a label are translated. Raises: SettingsError where there is no such one."""
    labels, wanted = _checked(keep), source_tag(source)
    return lambda lang, label: lang == wanted and label in labels


def _checked(labels: Iterable[str]) -> frozenset[str]:
    from bilingual.labels.columns import LABELS

    done = frozenset(labels)
    if not done:
        raise SettingsError(f"no label to keep; the labels are {', '.join(LABELS)}")
    for label in sorted(done - set(LABELS)):
        raise SettingsError(f"no label {label!r}; the labels are {', '.join(LABELS)}")
    return done


def check_language(tag: str) -> str:
    """A language tag that XLIFF can hold. Raises: SettingsError."""
    import re

    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", tag):
        raise SettingsError(f"{tag!r} is no language tag, such as ar, en or ar-EG")
    return tag


def source_tag(tag: str) -> str:
    """The tag that units have for a language given with or without its region. Raises: SettingsError."""
    from bilingual.language.registry import check_tags

    check_language(tag)
    try:
        return check_tags([tag])[0]
    except SettingsError:
        return check_tags([tag.split("-")[0]])[0]


def _start_of(text: str) -> str:
    """The first words of a long text."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rsplit(" ", 1)[0] + " …"


def _end_of(text: str) -> str:
    """The last words of a long text."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].split(" ", 1)[-1]


def _deduplicated(
    units: Sequence[Unit], keeps: bytearray, chosen: Sequence[int]
) -> tuple[Sequence[int], dict[int, array[int]]]:
    """Numbers of units, of equal ones that of the first; and by that those of the others. Locked units stay."""
    first: dict[bytes, int] = {}
    also: dict[int, array[int]] = {}
    done = array("q")
    for at in (at for at in chosen if keeps[at]):
        same = key_of(units[at].parts)
        known = first.get(same)
        if known is None or len(also.get(known, ())) >= MAX_ALSO:
            first[same] = at
        else:
            also.setdefault(known, array("q")).append(at)
    gone = {at for others in also.values() for at in others}
    done.extend(at for at in chosen if at not in gone)
    return done, also
