"""A finished translation put back into the original's bytes; anything doubtful is refused and nothing is written."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from bilingual.errors import InputError
from bilingual.formats.exchange import Answer, Returned, primary
from bilingual.formats.inline import Parts, is_blank, read_shown, shown
from bilingual.translate.original import Original, Place, TargetError, place_of

# This many problems are named; the rest are counted.
SHOWN = 20


class MergeError(InputError):
    """A translation that cannot be merged. `problems`: everything found, one line each; `way_out`: the line below."""

    def __init__(self, what: str, problems: Iterable[str], way_out: str = "") -> None:
        self.problems = tuple(problems)
        more = f"\n  and {len(self.problems) - SHOWN} more" if len(self.problems) > SHOWN else ""
        lines = "\n  ".join(self.problems[:SHOWN]) + more + (f"\n{way_out}" if way_out else "")
        super().__init__(f"{what}: not merged, nothing written:\n  {lines}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged file and what went into it.

    `pairs`: source and target of every translated unit; `n_changed`: units whose bytes changed; `n_untranslated`:
    units without a target, or with the source as target; `n_locked`: units that were not to be translated and were,
    which changes nothing; `n_missing`: units that were exported and did not come back.
    """

    data: bytes
    pairs: Sequence[tuple[Parts, Parts]]
    n_changed: int
    n_untranslated: int
    n_locked: int
    n_missing: int


def check_belongs(
    returned: Returned, data: bytes, *, name: str, what: str, source: str | None, target: str | None
) -> None:
    """Refuse another or changed original (`data`, called `name`) and another language pair. Raises: MergeError."""
    about = returned.about
    problems = []
    if about.sha256 != hashlib.sha256(data).hexdigest():
        problems.append(
            f"{name} is not the file that was exported, or it was changed since: its hash differs. "
            f"Give {about.name or 'that file'} as it was then, or export again"
        )
    wanted = (source or about.source, target or about.target)
    for pair in returned.pairs:
        for side, tag, expected in zip(("source", "target"), pair, wanted, strict=True):
            if tag and primary(tag) != primary(expected):
                problems.append(f"the {side} language is {tag}, not {expected}")
    for name, tag, given in (("source", about.source, source), ("target", about.target, target)):
        if given and primary(tag) != primary(given):
            problems.append(f"it was exported with {name} language {tag}, not {given}")
    if problems:
        raise MergeError(what, dict.fromkeys(problems))


class Edits(Sequence[tuple[int, int, bytes]]):
    """First and last byte of what is replaced, and what comes there, in one stretch of bytes."""

    def __init__(self) -> None:
        self._first, self._last, self._ends = array("q"), array("q"), array("q", [0])
        self._new = bytearray()

    def add(self, first: int, last: int, new: bytes) -> None:
        """Add an edit behind all others."""
        self._first.append(first)
        self._last.append(last)
        self._new += new
        self._ends.append(len(self._new))

    def __len__(self) -> int:
        return len(self._first)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int, bytes]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, int, bytes]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int, bytes] | Sequence[tuple[int, int, bytes]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        return self._first[at], self._last[at], bytes(self._new[self._ends[at] : self._ends[at + 1]])


class Pairs(Sequence[tuple[Parts, Parts]]):
    """Source and target of every translated unit, read again when they are looked at."""

    def __init__(self, original: Original, answers: Sequence[Answer]) -> None:
        self._original, self._answers = original, answers
        self._numbers, self._which = array("q"), array("q")

    def add(self, number: int, which: int) -> None:
        """Add the unit that an answer has as its first id (0) or as one of the others."""
        self._numbers.append(number)
        self._which.append(which)

    def sort(self) -> None:
        """Put them into the order of the answers."""
        found = sorted(zip(self._numbers, self._which, strict=True))
        self._numbers, self._which = (array("q", numbers) for numbers in zip(*found, strict=True)) if found else (
            array("q"), array("q")
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> tuple[Parts, Parts]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Parts, Parts]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Parts, Parts] | Sequence[tuple[Parts, Parts]]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        answer = self._answers[self._numbers[index]]
        place = place_of((answer.id, *answer.also)[self._which[index]])
        source = self._original.parts(place) if place else None
        assert source is not None
        return source, read_shown(answer.target or "", source)[0]


def merge(original: Original, returned: Returned, *, what: str = "translation") -> Merged:
    """The original with every translated unit in place. Raises: MergeError with all problems found."""
    return _Merge(original, returned.answers).done(what, returned.about.n_units)


class _Merge:
    """What is found while answers are read in order; `problems` with the numbers of their answers.

    An answer beside the source of another unit waits until it is known whether there is such a unit: to keep the
    sources of all for this would take another copy of the text.
    """

    def __init__(self, original: Original, answers: Sequence[Answer]) -> None:
        self.original = original
        self.answers = answers
        self.unknown: list[str] = []
        self.problems: list[tuple[int, int, str]] = []
        self.edits: dict[str, Edits] = {}
        self.pairs = Pairs(original, answers)
        self.waiting: list[tuple[int, int]] = []
        self.n_back = self.n_untranslated = self.n_locked = 0

    def done(self, what: str, n_units: int) -> Merged:
        """The merged file. Raises: MergeError."""
        for found in self._resolved():
            self.n_back += 1
            self._read(*found)
        if self.waiting:
            self._read_waiting()
        if self.unknown or self.problems:
            problems = [*self.unknown, *(problem for _, _, problem in sorted(self.problems, key=lambda item: item[:2]))]
            raise MergeError(what, problems, f"Mend them in {what}, then merge again.")
        try:
            data = self.original.spliced(self.edits)
        except TargetError as error:
            raise MergeError(what, [str(error)]) from error
        return Merged(
            data=data, pairs=self.pairs, n_changed=len(self.pairs), n_untranslated=self.n_untranslated,
            n_locked=self.n_locked, n_missing=max(0, n_units - self.n_back),
        )  # fmt: skip

    def _read(self, number: int, which: int, answer: Answer, place: Place, source: Parts) -> None:
        """One answer for one unit."""
        target, found = read_shown(answer.target or "", source)
        if is_untranslated(answer.target or "", (target, found), source):
            self.n_untranslated += not answer.is_locked
        elif answer.is_locked:
            self.n_locked += 1
        elif answer.source and _beside(answer, source):
            self.waiting.append((number, which))
        else:
            self._take(number, which, answer, place, target, found)

    def _take(
        self, number: int, which: int, answer: Answer, place: Place, target: Parts, found: Iterable[str]
    ) -> None:  # fmt: skip
        """A translation, and what is wrong with its codes."""
        unit_id = (answer.id, *answer.also)[which]
        self.problems += ((number, which, f"{unit_id}: {problem}") for problem in found)
        if found:
            return
        self.pairs.add(number, which)
        try:
            new = self.original.compose(place, target)
            self.edits.setdefault(place.member, Edits()).add(place.first, place.last, new)
        except TargetError as error:
            self.problems.append((number, which, f"{unit_id}: {error}"))

    def _read_waiting(self) -> None:
        """What stands beside a source that is not its own: refused where another unit has that source."""
        waiting = {*self.waiting}
        asked: dict[str, str] = {}
        for number, which, answer, _, source in self._resolved():
            if (number, which) in waiting:
                asked[_beside(answer, source)] = ""
        for _, which, answer, _, source in self._resolved():
            letters = _letters(shown(source))
            if letters in asked:
                asked[letters] = (answer.id, *answer.also)[which]
        for number, which, answer, place, source in self._resolved():
            if (number, which) not in waiting:
                continue
            if owner := asked[_beside(answer, source)]:
                unit_id = (answer.id, *answer.also)[which]
                said = f"{unit_id}: the source beside it is that of {owner}: a column was sorted without the others"
                self.problems.append((number, which, said))
            else:
                self._take(number, which, answer, place, *read_shown(answer.target or "", source))
        self.pairs.sort()

    def _resolved(self) -> Iterator[tuple[int, int, Answer, Place, Parts]]:
        """Every answer by its number, which of its ids it is, its place and parts; unknown and double ids are told."""
        self.unknown = []
        seen: dict[str, set[int]] = {}  # of each member
        bad: set[str] = set()
        for number, answer in enumerate(self.answers):
            for which, unit_id in enumerate((answer.id, *answer.also)):
                place = place_of(unit_id)
                parts = self.original.parts(place) if place else None
                if place is None or parts is None or self.original.id_of(place, parts) != unit_id:
                    is_again = unit_id in bad
                    bad.add(unit_id)
                    if not is_again:
                        self.unknown.append(f"{unit_id[:80]!r}: no unit of {self.original.name} has this id")
                else:
                    known = seen.setdefault(place.member, set())
                    key = place.first << 40 | place.last  # an id has at most twelve digits
                    is_again = key in known
                    known.add(key)
                    if not is_again:
                        yield number, which, answer, place, parts
                if is_again:
                    self.unknown.append(f"{unit_id}: this id is there twice")


def _beside(answer: Answer, source: Parts) -> str:
    """The letters of the source that stands beside a target in a table; empty where they are those of its own."""
    beside = _letters(answer.source)
    return "" if beside == _letters(shown(source)) else beside


def _letters(text: str) -> str:
    """What no editor changes of a source: its letters and digits."""
    return "".join(filter(str.isalnum, text))


def is_untranslated(text: str, read: tuple[Parts, list[str]], source: Parts) -> bool:
    """True for a target (and what `read_shown` makes of it) that is blank, or the source itself."""
    target, problems = read
    return is_blank(text) or (not problems and shown(target) == shown(source))
