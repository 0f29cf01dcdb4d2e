"""What all originals have in common: the units at their places, their ids, and the bytes of a translation."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from bilingual.arabic.decode import encoding_name
from bilingual.formats.inline import Parts, codes, shown
from bilingual.text.workspace import release
from bilingual.translate.bytemap import ByteMap
from bilingual.translate.original.order import check_order, check_tags, is_tag
from bilingual.translate.original.places import DIGEST, Place, TargetError, splice, unit_id

if TYPE_CHECKING:
    from bilingual.document import Document
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections

@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A stretch of a member with what the pipeline says of it. Units: code points."""

    member: str
    start: int
    end: int
    lang: str
    label: str
    score: float


class Original:
    """A file to translate. Subclasses know one kind each."""

    kind: ClassVar[str]

    def __init__(self, name: str, data: bytes, encoding: str, *, is_sure: bool = True) -> None:
        self.name = name
        self.data = data
        self.encoding = encoding
        self.is_sure = is_sure

    @property
    def wanted(self) -> tuple[str, ...]:
        """Labels of what is to be translated where nobody says which."""
        return ("body",)

    @property
    def n_hidden(self) -> int:
        """How many words are in no unit, as readers do not see them as the file stands."""
        return 0

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def documents(self, segmenter: Segmenter) -> list[Document]:
        """The texts that are read as wholes, labelled as found; the first one has the file's name as its id."""
        raise NotImplementedError

    def drafts(self, segmenter: Segmenter, corrections: Corrections) -> Iterator[Draft]:
        """The places to translate, in order, disjoint."""
        raise NotImplementedError

    def map_of(self, member: str) -> ByteMap | None:
        """The bytes and text that a member's places are ranges of, or None for a member that is not there."""
        raise NotImplementedError

    def parts_of(self, member: str, start: int, end: int) -> Parts | None:
        """The parts of code points start..end of a member; None when they are no unit of this kind."""
        raise NotImplementedError

    def written(self, member: str, start: int, end: int, parts: Parts) -> str:
        """`parts` as the characters that replace start..end."""
        raise NotImplementedError

    def key(self, place: Place) -> str:
        """What programs call the text at a place; empty where they have no name for it."""
        return ""

    def can_take(self, tag: str) -> bool:
        """Whether the file can hold a language; in an encoding without its letters, no translation could be merged."""
        return True

    def spliced(self, edits: Mapping[str, Sequence[tuple[int, int, bytes]]]) -> bytes:
        """The file with the given byte ranges of its members replaced."""
        found = list(edits.values())
        return splice(self.data, found[0] if len(found) == 1 else [edit for some in found for edit in some])

    def unit_at(self, member: str, start: int, end: int) -> Parts | None:
        """The unit of code points start..end of a member, or None where they do not decode, or are none."""
        found = self.map_of(member)
        assert found is not None
        return self.parts_of(member, start, end) if found.is_exact(start, end) else None

    def parts(self, place: Place) -> Parts | None:
        """The unit at a place, or None when there is none: outside the file, inside a character, undecodable bytes."""
        found = self.map_of(place.member)
        if found is None or not 0 <= place.first < place.last <= len(found.data):
            return None
        start, end = found.position(place.first), found.position(place.last)
        return None if start is None or end is None else self.unit_at(place.member, start, end)

    def id_of(self, place: Place, parts: Parts) -> str:
        """The id of a unit: an XML name token."""
        return unit_id(place, self.digest(place, parts))

    def digest(self, place: Place, parts: Parts) -> bytes:
        """What an id holds of the bytes and codes of a unit."""
        found = self.map_of(place.member)
        assert found is not None
        raw = found.data[place.first : place.last] + b"\0" + shown(parts).encode("utf-8", "surrogatepass")
        return hashlib.sha256(raw).digest()[:DIGEST]

    def compose(self, place: Place, parts: Parts) -> bytes:
        """The bytes of a translation at a place. Raises: TargetError naming what does not fit."""
        found = self.map_of(place.member)
        assert found is not None
        start, end = found.position(place.first), found.position(place.last)
        assert start is not None
        assert end is not None
        found_codes = codes(parts)
        if sum(code.is_markup for code in found_codes) > 1:
            check_order(self.parts_of(place.member, start, end) or (), parts)
        if sum(map(is_tag, found_codes)) > 1:
            check_tags(self.parts_of(place.member, start, end) or (), parts)
        text = self.written(place.member, start, end, parts)
        try:
            return found.encode(text)
        except UnicodeEncodeError:
            return self._without_room(found, text)

    def _without_room(self, found: ByteMap, text: str) -> bytes:
        """What to do with characters that the encoding lacks: nothing that could change them."""
        lost = sorted({c for c in text if not fits(c, found.codec)})
        names = ", ".join(map(named_character, lost[:10]))
        more = f" and {len(lost) - 10} more" if len(lost) > 10 else ""
        raise TargetError(f"the original's encoding {encoding_name(found.codec)} has no {names}{more}")

    def place(self, member: str, start: int, end: int) -> Place:
        """The place of code points start..end of a member."""
        found = self.map_of(member)
        assert found is not None
        first, last = found.range(start, end)
        return Place(member=member, first=first, last=last)


def fits(character: str, codec: str) -> bool:
    """Whether an encoding has a character."""
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def named_character(character: str) -> str:
    """A character as messages show it: what cannot be seen (marks of direction) by its name in Unicode."""
    seen = repr(character) if character.isprintable() else unicodedata.name(character, "a control character")
    return f"{seen} U+{ord(character):04X}"


def with_id(document: Document, name: str) -> Document:
    """The document, with a name as its id."""
    document.id = name
    return document


def released(document: Document) -> Document:
    """The document, without the work space that a huge one left: what comes next needs that memory."""
    release()
    return document
