"""The units of an original, and the job that goes to a translator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.errors import SettingsError
from bilingual.formats.exchange import About, Job, Unit
from bilingual.formats.inline import Parts, has_letters, plain
from bilingual.translate.corrections import Corrections
from bilingual.translate.original import Original

if TYPE_CHECKING:
    from bilingual.pipeline import Segmenter

# Neighbours are shown to this length; longer ones are cut at their far end.
CONTEXT = 200
# Equal units whose ids stand in one cell of a table; spreadsheets cut a cell at 32,767 characters.
MAX_ALSO = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """All units of a file in order, and how many places were left out because their bytes do not decode."""

    units: tuple[Unit, ...]
    n_left_out: int


def find_units(original: Original, segmenter: Segmenter, corrections: Corrections | None = None) -> Units:
    """Every unit of a file, whatever its language and label, verified against the file's bytes.

    A unit without letters outside its codes is in no language: there is nothing in it to translate, or to quote.
    `corrections` say which labels people gave. Raises: InputError where they do not belong to the file's blocks.
    """
    found: list[Unit] = []
    n_left_out = 0
    for draft in original.drafts(segmenter, corrections or Corrections()):
        parts = original.parts(draft.place)
        if parts is None:
            n_left_out += 1
        elif parts:
            unit_id = original.id_of(draft.place, parts)
            lang = draft.lang if has_letters(parts) else "und"
            found.append(Unit(id=unit_id, parts=parts, lang=lang, label=draft.label, score=draft.score, keep=True))
    return Units(units=tuple(found), n_left_out=n_left_out)


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
    labels, lang = _checked(keep), source_tag(source)
    if check_language(source).lower() == check_language(target).lower():
        raise SettingsError(f"source and target are the same language: {source}")
    done = [replace(unit, keep=unit.lang == lang and unit.label in labels) for unit in units]
    if with_context:
        done = _with_neighbours(done)
    if not locked:
        done = [unit for unit in done if unit.keep]
    if dedup:
        done = _deduplicated(done)
    about = About(
        name=original.name, sha256=original.sha256, kind=original.kind, encoding=original.encoding,
        source=source, target=target, n_units=sum(1 + len(unit.also) for unit in done),
    )  # fmt: skip
    return Job(about=about, units=tuple(done))


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


def _with_neighbours(units: Sequence[Unit]) -> list[Unit]:
    texts = [plain(unit.parts) for unit in units]
    return [
        replace(
            unit,
            before=_end_of(texts[index - 1]) if index else "",
            after=_start_of(texts[index + 1]) if index + 1 < len(texts) else "",
        )
        for index, unit in enumerate(units)
    ]


def _start_of(text: str) -> str:
    """The first words of a long text."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rsplit(" ", 1)[0] + " …"


def _end_of(text: str) -> str:
    """The last words of a long text."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].split(" ", 1)[-1]


def _deduplicated(units: Sequence[Unit]) -> list[Unit]:
    """Equal units once; the first one carries the ids of the others. Locked units stay as they are."""
    first: dict[Parts, int] = {}
    done: list[Unit] = []
    for unit in units:
        index = first.get(unit.parts) if unit.keep else None
        if index is None or len(done[index].also) >= MAX_ALSO:
            if unit.keep:
                first[unit.parts] = len(done)
            done.append(unit)
        else:
            done[index] = replace(done[index], also=(*done[index].also, unit.id))
    return done
