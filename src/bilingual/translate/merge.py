"""A finished translation put back into the original's bytes; anything doubtful is refused and nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bilingual.errors import InputError
from bilingual.formats.exchange import Answer, Returned
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
    pairs: tuple[tuple[Parts, Parts], ...]
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
    for name, tag, expected in zip(("source", "target"), returned.pair, wanted, strict=True):
        if tag and _primary(tag) != _primary(expected):
            problems.append(f"the {name} language is {tag}, not {expected}")
    for name, tag, given in (("source", about.source, source), ("target", about.target, target)):
        if given and _primary(tag) != _primary(given):
            problems.append(f"it was exported with {name} language {tag}, not {given}")
    if problems:
        raise MergeError(what, dict.fromkeys(problems))


def _primary(tag: str) -> str:
    """A tag without its region, which tools add and change: `ar-EG` and `ar` are one, `ar-Latn` is not."""
    parts = tag.replace("_", "-").lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    return "-".join((parts[0], *scripts))


def merge(original: Original, returned: Returned, *, what: str = "translation") -> Merged:
    """The original with every translated unit in place. Raises: MergeError with all problems found."""
    problems: list[str] = []
    edits: dict[str, list[tuple[int, int, bytes]]] = {}
    pairs: list[tuple[Parts, Parts]] = []
    n_untranslated = n_locked = n_back = 0
    resolved = list(_resolved(original, returned.answers, problems))
    owners = {_letters(shown(source)): unit_id for _, unit_id, _, source in resolved}
    for answer, unit_id, place, source in resolved:
        n_back += 1
        target, found = read_shown(answer.target or "", source)
        if is_untranslated(answer.target or "", (target, found), source):
            n_untranslated += not answer.is_locked
        elif answer.is_locked:
            n_locked += 1
        elif (beside := _letters(answer.source)) not in ("", _letters(shown(source))) and beside in owners:
            problems.append(
                f"{unit_id}: the source beside it is that of {owners[beside]}: a column was sorted without the others"
            )
        elif found:
            problems += (f"{unit_id}: {problem}" for problem in found)
        else:
            pairs.append((source, target))
            try:
                edits.setdefault(place.member, []).append((place.first, place.last, original.compose(place, target)))
            except TargetError as error:
                problems.append(f"{unit_id}: {error}")
    if problems:
        raise MergeError(what, problems, f"Mend them in {what}, then merge again.")
    try:
        data = original.spliced(edits)
    except TargetError as error:
        raise MergeError(what, [str(error)]) from error
    return Merged(
        data=data, pairs=tuple(pairs), n_changed=len(pairs), n_untranslated=n_untranslated, n_locked=n_locked,
        n_missing=max(0, returned.about.n_units - n_back),
    )  # fmt: skip


def _letters(text: str) -> str:
    """What no editor changes of a source: its letters and digits."""
    return "".join(filter(str.isalnum, text))


def is_untranslated(text: str, read: tuple[Parts, list[str]], source: Parts) -> bool:
    """True for a target (and what `read_shown` makes of it) that is blank, or the source itself."""
    target, problems = read
    return is_blank(text) or (not problems and shown(target) == shown(source))


def _resolved(
    original: Original, answers: Iterable[Answer], problems: list[str]
) -> Iterator[tuple[Answer, str, Place, Parts]]:
    """Every answer with its unit's place and parts; unknown and double ids go to `problems`."""
    seen: set[str] = set()
    for answer in answers:
        for unit_id in (answer.id, *answer.also):
            if unit_id in seen:
                problems.append(f"{unit_id}: this id is there twice")
                continue
            seen.add(unit_id)
            place = place_of(unit_id)
            parts = original.parts(place) if place else None
            if place is None or parts is None or original.id_of(place, parts) != unit_id:
                problems.append(f"{unit_id[:80]!r}: no unit of {original.name} has this id")
            else:
                yield answer, unit_id, place, parts
