"""Originals: a file as places that can be translated, and those places' bytes replaced without touching another one.

A place is a byte range of a member of the file; its id holds the range and a hash of its bytes and codes. So a merge
needs the original and the ids, no segmentation: what was exported yesterday merges the same whatever was learned since.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from bilingual.arabic.decode import encoding_name, known_encoding
from bilingual.errors import BilingualError, InputError
from bilingual.formats import docx
from bilingual.formats.exchange import UNIT_ID, is_rtl
from bilingual.formats.inline import Code, Part, Parts, codes, inline, shown
from bilingual.formats.source import HTML_SUFFIXES, looks_html, read_bytes, refuse_binary, refuse_json_lines
from bilingual.labels.columns import LABELS
from bilingual.text.workspace import release
from bilingual.translate.bytemap import ByteMap, byte_map
from bilingual.translate.fields import SUFFIXES as FIELD_SUFFIXES
from bilingual.translate.fields import Columns, Fields, fields
from bilingual.translate.keys import Names
from bilingual.translate.marks import is_subtitles, union, unmarked, unseen
from bilingual.translate.wrapping import Wrapped, broken, goes_on, wrapped

if TYPE_CHECKING:
    from bilingual.document import Document
    from bilingual.formats.html import Page
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections
    from bilingual.translate.cutting import Piece
    from bilingual.translate.subtitles import Cues


DIGEST = 6
"""Bytes of a unit's hash that its id holds."""


class TargetError(BilingualError):
    """A translation cannot be written into its original."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Bytes first..last of a member: the only member of a text file is `text`; a page has `html`, `attr`, `title`."""

    member: str
    first: int
    last: int


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
        n_markup = sum(code.is_markup for code in codes(parts))
        if n_markup > 1:
            _check_order(self.parts_of(place.member, start, end) or (), parts)
        if len(codes(parts)) - n_markup > 1:
            _check_tags(self.parts_of(place.member, start, end) or (), parts)
        text = self.written(place.member, start, end, parts)
        try:
            return found.encode(text)
        except UnicodeEncodeError:
            return self._without_room(found, text)

    def _without_room(self, found: ByteMap, text: str) -> bytes:
        """What to do with characters that the encoding lacks: nothing that could change them."""
        lost = sorted({c for c in text if not _fits(c, found.codec)})
        names = ", ".join(map(_named, lost[:10]))
        more = f" and {len(lost) - 10} more" if len(lost) > 10 else ""
        raise TargetError(f"the original's encoding {encoding_name(found.codec)} has no {names}{more}")

    def place(self, member: str, start: int, end: int) -> Place:
        """The place of code points start..end of a member."""
        found = self.map_of(member)
        assert found is not None
        first, last = found.range(start, end)
        return Place(member=member, first=first, last=last)


def _fits(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _named(character: str) -> str:
    """A character as messages show it: what cannot be seen (marks of direction) by its name in Unicode."""
    seen = repr(character) if character.isprintable() else unicodedata.name(character, "a control character")
    return f"{seen} U+{ord(character):04X}"


def place_of(unit_id: str) -> Place | None:
    """The place that an id names, or None when it is none of ours."""
    found = UNIT_ID.fullmatch(unit_id)
    return Place(member=found[1], first=int(found[2]), last=int(found[3])) if found else None


def splice(data: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """`data` with every (first, last, new) replaced. Raises: TargetError when two edits overlap.

    >>> splice(b"one two three", [(4, 7, b"2"), (0, 3, b"1")])
    b'1 2 three'
    """
    out = io.BytesIO()
    at = 0
    for first, last, new in edits if _are_sorted(edits) else sorted(edits, key=lambda edit: edit[:2]):
        if first < at:
            raise TargetError(f"two units overlap: that with -{first}-{last}- in its id begins inside the one before")
        out.write(memoryview(data)[at:first])
        out.write(new)
        at = last
    out.write(memoryview(data)[at:])
    return out.getvalue()


def _are_sorted(edits: Iterable[tuple[int, int, bytes]]) -> bool:
    """Whether edits come in order, as nearly all do: to sort them takes all of them as objects."""
    return all(before[:2] <= after[:2] for before, after in pairwise(edits))


def unit_id(place: Place, digest: bytes) -> str:
    """The id of the unit at a place."""
    return f"{place.member}-{place.first}-{place.last}-{digest.hex()}"


def _released(document: Document) -> Document:
    """The document, without the work space that a huge one left: what comes next needs that memory."""
    release()
    return document


def named(document: Document, name: str) -> Document:
    """The document, with a name as its id."""
    document.id = name
    return document


# ---- markup whose codes depend on each other --------------------------------------------------------------------

_REST = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*"
# A tag, or what hides the tags in it: that goes on to the end where it is not closed, so that time stays linear.
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<![^>]*>"
    rf"|<(?P<raw>(?i:script|style|template))(?=[\s/>]){_REST}>.*?(?:</(?i:(?P=raw))\s*>|\Z)"
    rf"|<(?P<slash>/?)(?P<name>[A-Za-z][^\s/<>]*)(?=[\s/>])(?P<rest>{_REST})>",
    re.DOTALL,
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FIELD = re.compile(r"<[\w.-]+:fldChar\b[^<>]*?:fldCharType\s*=\s*[\"'](begin|separate|end)[\"']")


def _unmatched(raw: str, among: frozenset[str] | None = None) -> tuple[list[str], list[str]]:
    """Names of the elements that markup closes without having opened them, and opens without closing them.

    >>> _unmatched("</b><i>x</i><!-- <u> --><br><a>")
    (['b'], ['a'])
    """
    closed: list[str] = []
    opened: list[str] = []
    for tag in _MARKUP.finditer(raw):
        name = (tag["name"] or "").lower()
        if not name or name in _VOID or tag["rest"].endswith("/") or (among is not None and name not in among):
            continue
        if not tag["slash"]:
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            closed.append(name)
    return closed, opened


def _elements(raw: str) -> tuple[int, int]:
    """How many elements a code closes and opens. That a text or run of Word ends and the next begins does not count."""
    closed, opened = _unmatched(raw)
    while closed and opened and closed[0] == opened[-1] and closed[0].rpartition(":")[2] in ("t", "r"):
        del closed[0], opened[-1]
    return len(closed), len(opened)


def _fields(raw: str) -> tuple[int, int]:
    """How many parts of Word fields (the instruction, the result) a code closes and opens."""
    n_closed = n_opened = 0
    for kind in _FIELD.findall(raw):
        if kind != "begin":
            n_closed, n_opened = (n_closed, n_opened - 1) if n_opened else (n_closed + 1, 0)
        n_opened += kind != "end"
    return n_closed, n_opened


def _check_order(source: Parts, target: Parts) -> None:
    """Codes must close what they close in the source, and lone ones open in what they do there. Raises: TargetError."""
    for counts in (_elements, _fields):
        new = _partners(target, counts) - _partners(source, counts)
        wrong = {number for opener, _, other, _ in new for number in (opener, other)}
        for code in codes(target):
            if code.is_markup and code.number in wrong:
                raise TargetError(f"{code.token} ({code.raw!r}) is out of order: it would begin or end something else")


def _check_tags(source: Parts, target: Parts) -> None:
    """Tags that stand in the text close what they close in the source. Raises: TargetError."""
    before, after = ("".join(code.raw for code in codes(parts) if code.is_literal) for parts in (source, target))
    among = frozenset(tag["name"].lower() for tag in _MARKUP.finditer(before) if tag["slash"])
    if among and _unmatched(before, among) != _unmatched(after, among):
        tags = " ".join(tag[0] for tag in _MARKUP.finditer(after))
        raise TargetError(f"the tags are out of order: {tags}")


def _partners(parts: Parts, counts: Callable[[str], tuple[int, int]]) -> set[tuple[int, int, int, str]]:
    """(code that opens an element, which one of those it opens, another code, what that does: closes it, opens in it).

    What is opened before `parts` has the code 0, what is closed after them negative ones.
    """
    stack: list[tuple[int, int]] = []
    found: set[tuple[int, int, int, str]] = set()
    n_before = 0
    for code in codes(parts):
        n_closed, n_opened = counts(code.raw) if code.is_markup else (0, 0)
        for _ in range(n_closed):
            n_before += not stack
            found.add((*(stack.pop() if stack else (0, n_before)), code.number, "closes"))
        if n_opened and code.kind == "alone":
            found.add((*(stack[-1] if stack else (0, n_before)), code.number, "opens"))
        stack += [(code.number, k) for k in range(n_opened)]
    return found | {(*item, -depth, "closes") for depth, item in enumerate(reversed(stack), 1)}


# ---- plain text -------------------------------------------------------------------------------------------------


_LINE_END = re.compile(r"\r\n|\r|\n")
_BESIDE_BREAK = re.compile(r"[ \t]+(?=[\r\n])|(?<=[\r\n])[ \t]+")
# How the line of a heading begins, and of a quotation or an item.
_HEADS = re.compile(r"[ \t>]*#{1,6}[ \t]+")
_BOLD = re.compile(r"\*\*(?=[^\s*])[^*]*+(?:\*(?!\*)[^*]*+)*+(?<!\s)\*\*")
_MARKED = re.compile(r"[ \t]*(?:>|(?:[*+-]|\d{1,4}[.)])[ \t])")
_EMPTY_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
# A row of a table of Markdown, and the bars between its cells.
_ROW = re.compile(r"[ \t>]*\|[^|\r\n]{0,2000}\|")
_BAR = re.compile(r"(?<!\\)\|")


class TextOriginal(Original):
    """A text file: units are sentences."""

    kind = "text"
    columns: Columns | None = None  # those of a table that are to be translated
    suffix: str | None = None  # the ending by which its fields are known, where it is not that of its name

    @cached_property
    def _map(self) -> ByteMap:
        return byte_map(self.data, self.encoding, self.name)

    @cached_property
    def line_end(self) -> str:
        """The line end that the file uses most; LF when it has none."""
        text = self._map.text
        pairs = text.count("\r\n")
        counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
        most = max(counts, key=lambda end: counts[end])
        return most if counts[most] else "\n"

    @cached_property
    def _is_subtitles(self) -> bool:
        return is_subtitles(self._map.text)

    @cached_property
    def _is_webvtt(self) -> bool:
        return self._map.text.lstrip("\ufeff \t\r\n").startswith("WEBVTT")

    @cached_property
    def _cues(self) -> Cues | None:
        from bilingual.translate.subtitles import Cues

        return Cues(self._map.text, unseen(self._map.text)) if self._is_subtitles else None

    @property
    def wanted(self) -> tuple[str, ...]:
        """Short lines of subtitles and fields look like menus, and there are none."""
        is_whole = self._fields is not None and self._fields.kind != "front"
        return LABELS if is_whole or self._is_subtitles else ("body",)

    def documents(self, segmenter: Segmenter) -> list[Document]:
        return [named(_released(segmenter.segment(self._map.text)), self.name)]

    def drafts(self, segmenter: Segmenter, corrections: Corrections) -> Iterator[Draft]:
        from bilingual.translate.cutting import cut

        [document] = self.documents(segmenter)
        text = document.text
        last: Piece | None = None
        pieces: Iterable[Piece]
        hidden = union([unseen(text), self._fields.unseen if self._fields else ()])
        pieces = map(self._unmarked, cut(text, corrections.blocks(document), hidden))
        if self._cues is not None:
            pieces = self._cues.joined(pieces, may_differ=not corrections.paths)
        for piece in pieces:
            if last is not None and self._goes_on(last, piece):
                last = replace(last, end=piece.end, score=min(last.score, piece.score))
                continue
            yield from self._drafts_of(last)
            last = piece
        yield from self._drafts_of(last)

    def _unmarked(self, piece: Piece) -> Piece:
        """A piece without the marks of Markdown around its text."""
        if piece.lang == "und":
            return piece
        start, end = unmarked(self._map.text, piece.start, piece.end)
        return replace(piece, start=start, end=end)

    def _drafts_of(self, piece: Piece | None) -> Iterator[Draft]:
        if piece is not None:
            yield Draft(
                member="text", start=piece.start, end=piece.end, lang=piece.lang, label=piece.label, score=piece.score
            )

    @cached_property
    def _wrapped(self) -> list[Wrapped]:
        start = self._fields.end if self._fields else 0
        return [] if self._is_subtitles else [found for found in wrapped(self._map.text) if found.start >= start]

    @cached_property
    def _fields(self) -> Fields | None:
        try:
            suffix = Path(self.name).suffix.lower() if self.suffix is None else self.suffix
            return fields(self._map.text, suffix, self.columns)
        except InputError as error:
            raise InputError(f"{self.name}: {error}") from error

    @cached_property
    def _names(self) -> Names | None:
        return Names(self._fields) if self._fields else None

    def key(self, place: Place) -> str:
        start = self._map.position(place.first)
        is_field = self._fields is not None and start is not None and start < self._fields.end
        return self._names.of(start) if self._names and is_field and start is not None else ""

    def _paragraph_of(self, start: int, end: int) -> Wrapped | None:
        """The paragraph with lines broken to a width that a stretch is in."""
        index = bisect_right(self._wrapped, start, key=lambda found: found.start) - 1
        return self._wrapped[index] if index >= 0 and end <= self._wrapped[index].end else None

    def _goes_on(self, last: Piece, piece: Piece) -> bool:
        """Whether two pieces are one sentence over a line end."""
        if piece.lang == "und" or (last.lang, last.label) != (piece.lang, piece.label):
            return False
        found = self._paragraph_of(last.start, piece.end)
        return found is not None and goes_on(self._map.text, last.end, piece.start)

    @property
    def _is_properties(self) -> bool:
        return self._fields is not None and self._fields.kind == "properties"

    def can_take(self, tag: str) -> bool:
        if self._is_properties:
            return True
        alef = "\N{HEBREW LETTER ALEF}" if tag.lower().startswith(("he", "yi")) else "\N{ARABIC LETTER ALEF}"
        return not is_rtl(tag) or _fits(alef, self._map.codec)

    def map_of(self, member: str) -> ByteMap | None:
        return self._map if member == "text" else None

    def parts_of(self, member: str, start: int, end: int) -> Parts | None:
        if self._cues is not None:
            return self._cues.parts(start, end)
        text = self._map.text[start:end]
        if self._fields:
            text = self._fields.read(start, end)
        return inline(_LINE_END.sub(" ", text) if self._paragraph_of(start, end) else text)

    def written(self, member: str, start: int, end: int, parts: Parts) -> str:
        done = [_LINE_END.sub(self.line_end, part) if isinstance(part, str) else part for part in parts]
        if self._is_subtitles:
            return self._subtitle(start, end, done)
        new = "".join(part if isinstance(part, str) else part.raw for part in done)
        if "](" in self._map.text[start:end]:
            _check_links(self.parts_of(member, start, end) or (), parts)
        if self._fields:
            new = self._fields.put(start, end, new)
        self._check_lines(start, end, new)
        if self._is_properties:
            before = self._map.text[self._line_start(start) : start]
            return _with_escapes(new, self._map.codec, len(before) - len(before.rstrip("\\")))
        found = self._paragraph_of(start, end)
        if found is None:
            return new
        return broken(done, start - self._line_start(start), found.width, self.line_end)

    def _subtitle(self, start: int, end: int, parts: Sequence[Part]) -> str:
        """A translation as it is written; spaces around the times in it are of those that typed their codes.

        Raises: TargetError for what would be no text where it stands.
        """
        from bilingual.translate.subtitles import problem_of, texts_of

        new = texts_of(parts)
        old = texts_of(self.parts_of("text", start, end) or ())
        if problem := problem_of(parts):
            raise TargetError(problem)
        if any(map(_EMPTY_LINE.search, new)):
            raise TargetError("an empty line would end the subtitle; take it out")
        if any("-->" in text for text in new) and not any("-->" in text for text in old):
            raise TargetError("`-->` would be read as a time; write another arrow")
        if self._is_webvtt and "".join(new).count("<") > "".join(old).count("<"):
            raise TargetError("`<` would begin a tag; write it as `&lt;`")
        times = [code.raw for code in codes(parts) if code.is_markup]
        if not any(map(_BESIDE_BREAK.search, old)):
            new = [_BESIDE_BREAK.sub("", text) for text in new]
        shown = [text.strip(" \t") for text in new] if times else new
        return "".join(chain.from_iterable(zip(shown, (*times, ""), strict=True)))

    @cached_property
    def _lines(self) -> array[int]:
        """Where the lines begin: to look back from each unit for a line end takes quadratic time."""
        return array("q", chain((0,), (found.end() for found in _LINE_END.finditer(self._map.text))))

    def _line_start(self, position: int) -> int:
        return self._lines[bisect_right(self._lines, position) - 1]

    def _check_lines(self, start: int, end: int, new: str) -> None:
        """Refuse what would be no text where it stands. Raises: TargetError."""
        if self._fields is not None and start < self._fields.end:
            if problem := self._fields.problem(start, end, new):
                raise TargetError(problem)
        elif _ROW.match(self._map.text, self._line_start(start)):
            n_bars = len(_BAR.findall(new)) - len(_BAR.findall(self._map.text, start, end))
            if n_bars > 0:
                raise TargetError("a bar would begin another cell of the table; write it as `\\|`")
            if _LINE_END.search(new):
                raise TargetError("a line break would end the row of the table; take it out")
        else:
            self._check_markdown(self._line_start(start), self._map.text[start:end], new)

    def _check_markdown(self, line: int, old: str, new: str) -> None:
        """Refuse what would end the heading, quotation or item that a line begins, or would make no words bold.

        Raises: TargetError.
        """
        if _HEADS.match(self._map.text, line) and _LINE_END.search(new):
            raise TargetError("a line break would end the heading; take it out")
        is_bold = "**" in old and "**" not in _BOLD.sub("", old) and "***" not in new
        if is_bold and "**" in _BOLD.sub("", new):
            raise TargetError("`**` without its other end, or with a space inside, would be seen as it is")
        if _MARKED.match(self._map.text, line) and _EMPTY_LINE.search(new):
            raise TargetError("an empty line would end the quotation or the item; take it out")


_ENDS_LINK = re.compile(r"\)|[ ][\"'(]")


def _links(parts: Parts) -> Counter[str]:
    """Where links of Markdown lead to."""
    around = pairwise(("", *parts, ""))
    places = zip(around, ("", *parts, "")[2:], strict=False)
    return Counter(
        code.raw
        for (before, code), after in places
        if isinstance(code, Code) and isinstance(before, str) and before.endswith("](")
        and isinstance(after, str) and _ENDS_LINK.match(after)
    )  # fmt: skip


def _check_links(source: Parts, target: Parts) -> None:
    """Links of Markdown lead where they lead in the source. Raises: TargetError."""
    lost = [*(_links(source) - _links(target))]
    if lost:
        raise TargetError(
            f"{lost[0]} is no longer where a link leads to: no space and no other mark stands between `](` and it, "
            'and behind it `)`, or a title between straight marks, ` "…")`'
        )


def _with_escapes(text: str, codec: str, n_backslashes: int) -> str:
    r"""A value of `.properties`, where what the encoding lacks is written by its number. Raises: TargetError.

    `n_backslashes`: how many stand before it; one makes another sign of what is behind it.

    >>> print(_with_escapes("See \N{ARABIC LETTER ALEF}\N{GRINNING FACE}", "latin-1", 0))
    See \u0627\ud83d\ude00
    """
    done = []
    for character in text:
        if _fits(character, codec):
            n_backslashes = n_backslashes + 1 if character == "\\" else 0
            done.append(character)
        elif n_backslashes % 2:
            raise TargetError(f"a backslash stands before {_named(character)}; take it out")
        else:
            units = character.encode("utf-16-be", "surrogatepass").hex()
            done += [f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)]
            n_backslashes = 0
    return "".join(done)


# ---- HTML -------------------------------------------------------------------------------------------------------

_TAG_OR_SPACE = re.compile(rf"<{_REST}>|\s+")
_END_TAGS = re.compile(rf"\s*(?:</[A-Za-z]{_REST}>\s*)*")
_SPACE = re.compile(r"[ \t\n\r\f]+")
# Inline elements that a unit takes in when it holds only their other end.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var".split()
)
_LONG_TAG = 2000
# A piece of a unit: whether it is markup, None for text that stays as it is; and what it is.
_Piece = tuple[bool | None, str]
_MAY_KEEP = re.compile(r"<(?:code|pre)\b|\b(?:no)?translate\b", re.IGNORECASE)
# Classes of <pre> by which programs that colour code name it; others hold mails, verses and whatever was typed.
_OF_CODE = re.compile(
    r"""\sclass\s*=\s*(?:"[^"]*|'[^']*|)\b(?:brush:|(?:code|highlight|listing|src)\b|lang(?:uage)?-|prettyprint|programlisting"""
    r"""|sourceCode)""",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*(?:"[^"]*|'[^']*|)\bnotranslate\b""", re.IGNORECASE
)


_VERBATIM = re.compile(
    r"(?<=<!\[CDATA\[).*?(?:(?=\]\]>)|\Z)|<xmp\b[^>]*>.*?(?:(?=</xmp\b)|\Z)|<plaintext\b[^>]*>.*",
    re.IGNORECASE | re.DOTALL,
)
# What would end it: written as a reference, which is seen as such.
_CLOSES_VERBATIM = re.compile(r"\]\]>|</xmp\b", re.IGNORECASE)


class HtmlOriginal(Original):
    """A page: units are its blocks of visible text, its translatable attributes and its title."""

    kind = "html"

    @cached_property
    def _map(self) -> ByteMap:
        return byte_map(self.data, self.encoding, self.name)

    @cached_property
    def page(self) -> Page:
        from bilingual.formats.html import extract

        return extract(self._map.text)

    @cached_property
    def _texts(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the visible text nodes in the source."""
        starts: list[int] = self.page.places.pieces[:, 2].tolist()
        ends: list[int] = self.page.places.pieces[:, 3].tolist()
        return starts, ends

    @cached_property
    def _attributes(self) -> dict[int, int]:
        return {attribute.start: attribute.end for attribute in self.page.attributes}

    @cached_property
    def _buttons(self) -> list[tuple[int, int]]:
        """The attributes that are visible text, in order: the values of buttons."""
        return [(attribute.start, attribute.end) for attribute in self.page.attributes if attribute.name == "value"]

    def _button_at(self, position: int) -> tuple[int, int] | None:
        """The button whose value has this character of the source."""
        index = bisect_right(self._buttons, position, key=lambda button: button[0]) - 1
        return self._buttons[index] if index >= 0 and position < self._buttons[index][1] else None

    @cached_property
    def _keeping(self) -> list[tuple[int, int]]:
        """Elements whose text is not to be translated, in order: code, and those that say so."""
        found: list[tuple[int, int]] = []
        name, start, depth = "", 0, 0
        for tag in _MARKUP.finditer(self._map.text) if _MAY_KEEP.search(self._map.text) else ():
            own = (tag["name"] or "").lower()
            if depth and own == name:
                depth += -1 if tag["slash"] else 1
                if not depth:
                    found.append((start, tag.start()))
            elif not depth and not tag["slash"] and _keeps(own, tag["rest"] or ""):
                name, start, depth = own, tag.end(), 1
        return found

    def _is_kept(self, position: int) -> bool:
        index = bisect_right(self._keeping, position, key=lambda place: place[0]) - 1
        return index >= 0 and position < self._keeping[index][1]

    @cached_property
    def _title(self) -> tuple[int, int] | None:
        start, end = self.page.title_place
        raw = self._map.text[max(0, start) : max(0, end)]
        start += len(raw) - len(raw.lstrip())
        return (start, start + len(raw.strip())) if raw.strip() else None

    def map_of(self, member: str) -> ByteMap | None:
        return self._map if member in ("html", "attr", "title") else None

    def documents(self, segmenter: Segmenter) -> list[Document]:
        page = self.page
        document = segmenter.run([page.text], page.evidence).document(0, sources=page.sources)
        return [named(_released(document), self.name)]

    def drafts(self, segmenter: Segmenter, corrections: Corrections) -> Iterator[Draft]:
        from bilingual.translate.cutting import main_language

        [document] = self.documents(segmenter)
        found: list[tuple[int, int, Draft]] = []
        for block in corrections.blocks(document):
            for member, start, end in self._stretches(block.source or ()):
                lang = main_language(block)
                draft = Draft(member=member, start=start, end=end, lang=lang, label=block.label, score=block.score)
                found.append((start, end, draft))
        found += self._values(segmenter, [(start, end, draft.label) for start, end, draft in found])
        at = 0
        for start, end, draft in sorted(found, key=lambda item: item[:2]):
            if start >= at:
                yield draft
                at = end

    def _stretches(self, source: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
        """The units of a block as (member, start, end): what stands between buttons, and the values of buttons."""
        for button, group in groupby(source, key=lambda text: self._button_at(text[0])):
            texts = list(group)
            start, end = button or self._with_ends(texts[0][0], texts[-1][1])
            if start < end:
                yield "attr" if button else "html", start, end

    def _values(
        self, segmenter: Segmenter, blocks: Sequence[tuple[int, int, str]]
    ) -> Iterator[tuple[int, int, Draft]]:
        """Title and attributes: language of their own text, label of the block that they stand in or after.

        An attribute inside a unit's own markup is part of a code, and leaves with it.
        """
        from bilingual.formats.markup.places import resolved
        from bilingual.translate.cutting import most_letters

        values = [("attr", *span) for span in self._attributes.items() if self._button_at(span[0]) is None]
        values += [("title", *self._title)] if self._title else []
        starts = [start for start, _, _ in blocks]
        texts = [resolved(self._map.text[start:end]) for _, start, end in values]
        documents = segmenter.segment_many(texts)
        for (member, start, end), text, document in zip(values, texts, documents, strict=True):
            if not text.strip():
                continue
            near = bisect_right(starts, start) - 1
            if near >= 0 and start < blocks[near][1]:
                continue
            label = blocks[near][2] if near >= 0 and member == "attr" else "body"
            lang = most_letters(document.spans)
            yield start, end, Draft(member=member, start=start, end=end, lang=lang, label=label, score=0.5)

    def _with_ends(self, start: int, end: int) -> tuple[int, int]:
        """A range grown over inline tags right beside it whose other end it holds."""
        source = self._map.text
        closed, opened = _unmatched(source[start:end], _INLINE)
        for name in closed:
            opening = rf"<{name}\b{_REST}>\s*\Z"
            before = re.search(opening, source[max(0, start - _LONG_TAG) : start], re.IGNORECASE)
            if before is None:
                break
            start -= len(before[0])
        for name in reversed(opened):
            after = re.compile(rf"\s*</{name}\s*>", re.I).match(source, end)
            if after is None:
                break
            end = after.end()
        return start, end

    def parts_of(self, member: str, start: int, end: int) -> Parts | None:
        from bilingual.formats.markup.places import resolved

        source = self._map.text
        if member == "title":
            text = resolved(_SPACE.sub(" ", source[start:end]).replace("\0", ""))
            return inline(text) if self._title == (start, end) else None
        if member == "attr":
            return inline(resolved(source[start:end])) if self._attributes.get(start) == end else None
        starts, ends = self._texts
        pieces: list[_Piece] = []
        at = start
        for index in range(bisect_right(ends, start), bisect_left(starts, end)):
            if self._button_at(starts[index]):
                continue
            a, b = max(start, starts[index]), min(end, ends[index])
            pieces += _gap(source[at:a])
            text = self.page.text[slice(*self.page.places.in_text(index, a, b))]
            pieces += _kept(text) if self._is_kept(a) else [(False, text)]
            at = b
        pieces += _gap(source[at:end])
        return _numbered(pieces)

    @cached_property
    def _verbatim(self) -> list[tuple[int, int]]:
        """Where references and tags are text, in order: <xmp>, <plaintext> and CDATA."""
        return [found.span() for found in _VERBATIM.finditer(self._map.text)]

    def written(self, member: str, start: int, end: int, parts: Parts) -> str:
        source = self._map.text
        index = bisect_right(self._verbatim, start, key=lambda place: place[0]) - 1
        if member == "html" and index >= 0 and end <= self._verbatim[index][1]:
            text = "".join(part if isinstance(part, str) else part.raw for part in parts)
            return _CLOSES_VERBATIM.sub(lambda found: docx.escaped(found[0]), text)
        has_nbsp = "&nbsp;" in source[start:end]
        out = []
        for part in parts:
            if isinstance(part, Code) and part.is_markup:
                out.append(part.raw)
            else:
                text = docx.escaped(part if isinstance(part, str) else part.raw)
                out.append(text.replace("\N{NO-BREAK SPACE}", "&nbsp;") if has_nbsp else text)
        text = "".join(out)
        if member != "attr":
            return text
        quote = source[start - 1 : start]
        if quote == "'":
            return text.replace("'", "&#39;")
        text = text.replace('"', "&quot;")
        return text if quote == '"' else f'"{text}"'

    def _without_room(self, found: ByteMap, text: str) -> bytes:
        """A page can name any character: what its encoding lacks is written as a character reference."""
        return b"".join(
            (c if _fits(c, found.codec) else f"&#{ord(c)};").encode(found.codec) for c in text
        )


def _keeps(name: str, attributes: str) -> bool:
    """Whether an element's text is not to be translated. Pages that say so of all they hold only mean browsers."""
    if name in _VOID or attributes.endswith("/"):
        return False
    if name == "code" or (name == "pre" and _OF_CODE.search(attributes)):
        return True
    return name not in ("html", "body") and _KEPT.search(attributes) is not None


def _kept(text: str) -> list[_Piece]:
    """Text that stays as it is, as pieces; what no table can show as it is, is text."""
    core = text.strip()
    if not core or _UNSHOWN.search(core):
        return [(False, text)]
    first, last = text.split(core, 1)
    return [piece for piece in ((False, first), (None, core), (False, last)) if piece[1]]


_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff⟦⟧]")


def _gap(raw: str) -> list[tuple[bool, str]]:
    """What stands between two texts as (is markup, text): white space, and tags one by one.

    Where there is more than tags (comments, scripts, hidden text), the end tags before that and the start tags after it
    are parted from it, as they may be halves of pairs; the rest is one.
    """
    ends = _END_TAGS.match(raw)
    first = at = last = ends.end() if ends else 0
    is_plain = True
    for found in _MARKUP.finditer(raw, first):
        has_more = found["name"] is None or bool(raw[at : found.start()].strip())
        is_plain = is_plain and not has_more
        at = found.end()
        if found["name"] is None or found["slash"]:
            last = at
        elif has_more:
            last = found.start()
    if raw[at:].strip():
        last, is_plain = len(raw), False
    if is_plain:
        return _one_by_one(raw)
    middle = raw[first:last].rstrip()
    return [*_one_by_one(raw[:first]), (True, middle), *_one_by_one(raw[first + len(middle) :])]


def _one_by_one(raw: str) -> list[tuple[bool, str]]:
    return [(True, found[0]) if found[0][0] == "<" else (False, " ") for found in _TAG_OR_SPACE.finditer(raw)]


def _numbered(pieces: Sequence[_Piece]) -> Parts:
    """Pieces as parts: tags get numbers, both tags of a pair the same one."""
    joined: list[_Piece] = []
    for is_markup, raw in pieces:
        if joined and is_markup is False and joined[-1][0] is False:
            joined[-1] = (False, joined[-1][1] + raw)
        else:
            joined.append((is_markup, raw))
    parts: list[Part] = []
    opened: list[tuple[str, int]] = []
    number = 1
    for is_markup, raw in joined:
        if not is_markup:
            stays = Code(number=number, raw=raw, is_literal=True)
            found = inline(raw, number) if is_markup is False else (stays,)
            number += len(codes(found))
            parts += found
            continue
        tag = _MARKUP.fullmatch(raw)
        name = (tag["name"] or "").lower() if tag else ""
        kind, own = "alone", number
        if tag and tag["slash"]:
            if opened and opened[-1][0] == name:
                kind, own = "close", opened.pop()[1]
        elif tag and name and name not in _VOID and not tag["rest"].endswith("/"):
            kind = "open"
            opened.append((name, number))
        number += own == number
        parts.append(Code(number=own, raw=raw, kind=kind, is_markup=True))
    alone = {number for _, number in opened}
    return tuple(
        replace(part, kind="alone") if isinstance(part, Code) and part.is_markup and part.number in alone else part
        for part in parts
    )


# ---- Word -------------------------------------------------------------------------------------------------------


class DocxOriginal(Original):
    """A Word file: units are paragraphs of its body, headers, footers and notes."""

    kind = "docx"

    @property
    def wanted(self) -> tuple[str, ...]:
        """Labels are made for pages: here headings, items of lists and cells of tables look like menus."""
        return LABELS

    @cached_property
    def _maps(self) -> dict[str, ByteMap]:
        from bilingual.formats.exchange import parse_xml

        members = docx.open_members(self.data, self.name)
        for name, data in members.items():
            parse_xml(data, f"{self.name}: {name}")
        return {name: byte_map(data, _xml_encoding(data), f"{self.name}: {name}") for name, data in members.items()}

    @cached_property
    def _paragraphs(self) -> dict[str, dict[tuple[int, int], docx.Paragraph]]:
        return {
            name: {(p.start, p.end): p for p in docx.paragraphs(found.text)} for name, found in self._maps.items()
        }

    def _copied(self, member: str, edits: Sequence[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
        """Edits, and the same ones for the copies of text boxes, which each follow what they copy."""
        found = self._maps[member]
        copies = [found.range(*place) for place, paragraph in self._paragraphs[member].items() if paragraph.is_copy]
        new_of: dict[bytes, bytes] = {}
        done = []
        for first, last, new in sorted([*edits, *((*place, None) for place in copies)], key=lambda edit: edit[:2]):
            old = found.data[first:last]
            if new is not None:
                new_of[old] = new
            if old in new_of:
                done.append((first, last, new_of[old]))
        return done

    def map_of(self, member: str) -> ByteMap | None:
        return self._maps.get(member)

    @cached_property
    def _texts(self) -> dict[str, list[tuple[docx.Paragraph, str]]]:
        """The paragraphs of each member, and their texts; the body first."""
        return {
            member: [
                (paragraph, docx.paragraph_text(self._maps[member].text, paragraph))
                for paragraph in self._paragraphs[member].values()
                if not paragraph.is_copy
            ]
            for member in sorted(self._maps, key=lambda name: (not docx.is_body(name), name))
        }

    def documents(self, segmenter: Segmenter) -> list[Document]:
        documents = segmenter.segment_many("\n".join(text for _, text in found) for found in self._texts.values())
        return [
            named(document, self.name if docx.is_body(member) else f"{self.name}: {member}")
            for member, document in zip(self._texts, documents, strict=True)
        ]

    def drafts(self, segmenter: Segmenter, corrections: Corrections) -> Iterator[Draft]:
        from bilingual.translate.cutting import main_block, main_language

        for member, document in zip(self._texts, self.documents(segmenter), strict=True):
            blocks = chain(corrections.blocks(document), (None,))
            block = next(blocks)
            at = 0
            for paragraph, text in self._texts[member]:
                own = []
                while block is not None and block.start < at + len(text):
                    own.append(block)
                    block = next(blocks)
                at += len(text) + 1
                if own:
                    main = main_block(own)
                    yield Draft(
                        member=member, start=paragraph.start, end=paragraph.end, lang=main_language(*own),
                        label=main.label, score=main.score,
                    )  # fmt: skip

    def parts_of(self, member: str, start: int, end: int) -> Parts | None:
        paragraph = self._paragraphs[member].get((start, end))
        if paragraph is None or paragraph.is_copy:
            return None
        return docx.paragraph_parts(self._maps[member].text, paragraph)

    def written(self, member: str, start: int, end: int, parts: Parts) -> str:
        bad = next((found for part in parts if isinstance(part, str) and (found := _NOT_IN_XML.search(part))), None)
        if bad:
            raise TargetError(f"a Word file cannot hold U+{ord(bad[0]):04X}")
        return docx.paragraph_xml(parts, docx.prefix_of(self._maps[member].text))

    def spliced(self, edits: Mapping[str, Sequence[tuple[int, int, bytes]]]) -> bytes:
        """Every changed member must still be well-formed: codes in an order that breaks the markup are refused."""
        from bilingual.formats.exchange import parse_xml

        if not any(edits.values()):
            return self.data
        changed = {
            name: splice(self._maps[name].data, self._copied(name, found)) for name, found in edits.items() if found
        }
        for name, data in changed.items():
            try:
                parse_xml(data, name)
            except InputError as error:
                raise TargetError(f"the codes of a paragraph are in an order that breaks the file: {error}") from error
        return docx.replace_members(self.data, changed)


_NOT_IN_XML = re.compile("[\x00-\x08\x0c\x0e-\x1f\ufffe\uffff]")


def _xml_encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})", data)
    return check_encoding(declared[1].decode("ascii")) if declared else "utf-8"


# ---- opening ----------------------------------------------------------------------------------------------------

_CLASSES = {"text": TextOriginal, "html": HtmlOriginal, "docx": DocxOriginal}
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[\s?]")
_KEYED = frozenset({".po", ".pot", ".json", ".arb"})


def open_original(
    name: str,
    *,
    kind: str | None = None,
    encoding: str | None = None,
    data: bytes | None = None,
    columns: Columns | None = None,
    exported: str = "",
) -> Original:
    """A file as an `Original`; `kind` and `encoding` are found out when not given. `data`: its bytes, if read before;
    `columns`: which of a table are translated; `exported`: its name when it was exported, whose ending says what its
    fields are, though it is another one by now.

    Raises: InputError when it cannot be read or is no text, or the encoding is unknown.
    """
    data = read_bytes(name) if data is None else data
    suffix = Path(name).suffix.lower()
    if kind is None:
        refuse_json_lines(name)
        is_html = suffix in HTML_SUFFIXES or looks_html(data)
        kind = "docx" if suffix == ".docx" else "html" if is_html else "text"
        if kind == "text" and _XML.match(data[:1000]):
            raise InputError(f"{name}: XML, whose tags are no text; --format html or text reads it as that")
        if kind == "text" and suffix in _KEYED:
            raise InputError(
                f"{name}: messages with keys, which are no text; a tool for {suffix} files knows them, --format text "
                "reads all of it as text"
            )
    is_sure = True
    if kind == "docx":
        encoding = "utf-8"
    else:
        refuse_binary(name, data)
    if encoding is None:
        encoding, is_sure = _encoding_of(data, kind)
        encoding = _of_properties(data, encoding) if suffix == ".properties" else encoding
    made = _CLASSES[kind](Path(name).name, data, encoding_name(check_encoding(encoding)), is_sure=is_sure)
    if kind == "docx":
        made.map_of("document")
    if columns:
        if not isinstance(made, TextOriginal):
            raise InputError(f"{name}: columns are named, and it is no .csv or .tsv file")
        made.columns = columns
    # A tool may have written another name, which says nothing.
    if isinstance(made, TextOriginal) and (ending := Path(exported).suffix.lower()) in FIELD_SUFFIXES:
        made.suffix = ending
    return made


def check_encoding(name: str) -> str:
    """The name of a text encoding. Raises: InputError."""
    found = known_encoding(name)
    if found is None:
        raise InputError(f"no encoding {name!r}")
    return found


def _encoding_of(data: bytes, kind: str) -> tuple[str, bool]:
    if kind == "html":
        from bilingual.formats.markup.encoding import encoding_to_write

        return encoding_to_write(data), True
    from bilingual.arabic.decode import decode

    found = decode(data)
    return found.encoding, found.sure


def _of_properties(data: bytes, encoding: str) -> str:
    """The encoding that programs read `.properties` in, which is Latin-1 where it is not UTF-8.

    Where all that is beyond ASCII is written by its number, a translation is, too.
    """
    if data.isascii():
        return "ascii" if _ESCAPE.search(data) else encoding
    return "iso8859-1" if encoding == "windows-1252" and not _NOT_LATIN.search(data) else encoding


_ESCAPE = re.compile(rb"\\u[0-9A-Fa-f]{4}")
_NOT_LATIN = re.compile(rb"[\x80-\x9f]")
