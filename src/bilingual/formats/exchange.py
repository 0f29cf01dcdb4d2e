"""What goes to a translator and what comes back, whatever the file format in between."""

from __future__ import annotations

import io
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import IO, Any, TypeVar, overload

from bilingual.errors import InputError, extra_module
from bilingual.formats.inline import UNSEEN, Parts

T = TypeVar("T")

MAX_DEPTH = 256
_STEP = 1 << 16  # bytes
# Why what came back may lack the mark of an export, with the way out.
UNMARKED = (
    "a tool removed it, or `bilingual export` did not make this file "
    "(merge takes the original first, then its translation)"
)
# A unit's id: member, first byte, last byte (excluded), hash.
UNIT_ID = re.compile(r"([A-Za-z][\w.]*)-(\d{1,12})-(\d{1,12})-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One stretch of the original that is translated as a whole.

    `id` names its bytes in the original (see `bilingual.translate.original`); `also` holds the ids of equal units that
    take the same translation. `keep` is False for a unit that is shown but must not be translated. `before`, `after`:
    the text of its neighbours; `key`: what programs call it.
    """

    id: str
    parts: Parts
    lang: str
    label: str
    score: float
    keep: bool
    also: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The original that a file of units belongs to, and the language pair.

    `n_units`: how many units were exported, equal ones included; 0 where that is not known.
    """

    name: str
    sha256: str
    kind: str
    encoding: str
    source: str
    target: str
    n_units: int = 0

    def line(self) -> str:
        """One line that every format carries and `About.read` reads back."""
        return (
            f"bilingual sha256={self.sha256} kind={self.kind} encoding={self.encoding} "
            f"from={self.source} into={self.target} units={self.n_units}"
        )

    @classmethod
    def read(cls, line: str, *, name: str = "") -> About | None:
        """The original named by a line that `line` wrote, or None for any other line."""
        found = _LINE.search(" ".join(line.split()))  # tools break long lines
        if found is None:
            return None
        sha256, kind, encoding, source, target, n_units = found.groups()
        return cls(
            name=name, sha256=sha256, kind=kind, encoding=encoding, source=source, target=target,
            n_units=int(n_units or 0),
        )  # fmt: skip


_LINE = re.compile(
    r"\bbilingual sha256=([0-9a-f]{64}) kind=(\w+) encoding=([\w.:-]+) from=([A-Za-z0-9-]+) into=([A-Za-z0-9-]+)"
    r"(?: units=(\d{1,9}))?"
)


def one_original(known: About | None, found: About | None, what: str) -> About | None:
    """The original that a file names, after another place in it was read. Raises: InputError where they differ."""
    if known is None or found is None:
        return found or known
    if found.sha256 != known.sha256:
        raise InputError(f"{what}: holds units of more than one original; split it first")
    if (found.source, found.target) != (known.source, known.target):
        raise InputError(
            f"{what}: holds units from {known.source} into {known.target} and from {found.source} into "
            f"{found.target}; split it first"
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is exported: the original's name and the units in order, `with_context` or without."""

    about: About
    units: Sequence[Unit]
    with_context: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one unit: the target with every code shown as its token, or None when there is none.

    `source`: what stands beside it in a table, whose columns people sort; empty where nothing can part the two.
    """

    id: str
    target: str | None
    also: tuple[str, ...] = ()
    is_locked: bool = False
    source: str = ""


class Answers(Sequence[Answer]):
    """Answers in order, as one stretch of bytes and the places in it; an answer is made when it is looked at."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("q", [0])  # of id, ids of equal units, target and source, one after the other
        self._is_locked = bytearray()
        self._has_target = bytearray()

    def add(self, answer: Answer) -> None:
        """Add an answer behind all others."""
        for text in (answer.id, " ".join(answer.also), answer.target or "", answer.source):
            self._bytes += text.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._bytes))
        self._is_locked.append(answer.is_locked)
        self._has_target.append(answer.target is not None)

    def __len__(self) -> int:
        return len(self._is_locked)

    @overload
    def __getitem__(self, index: int) -> Answer: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Answer]: ...
    def __getitem__(self, index: int | slice) -> Answer | Sequence[Answer]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        return self._made(range(len(self))[index])

    def __iter__(self) -> Iterator[Answer]:
        return map(self._made, range(len(self)))

    def _made(self, at: int) -> Answer:
        first, second, third, fourth, fifth = self._ends[4 * at : 4 * at + 5]
        name = self._bytes[first:second].decode("utf-8", "surrogatepass")
        also = self._bytes[second:third].decode("utf-8", "surrogatepass") if second < third else ""
        target = self._bytes[third:fourth].decode("utf-8", "surrogatepass")
        source = self._bytes[fourth:fifth].decode("utf-8", "surrogatepass") if fourth < fifth else ""
        return Answer(
            id=name, also=tuple(also.split(" ")) if also else (), target=target if self._has_target[at] else None,
            is_locked=bool(self._is_locked[at]), source=source,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file that came back. `pairs`: the language pairs that it states now: of an XLIFF, those of its files."""

    about: About
    pairs: tuple[tuple[str, str], ...]
    answers: Sequence[Answer]


def unmarked(cell: str) -> str:
    """A cell that holds no text of people (ids, the name of a column) without what nobody sees and editors put there.

    >>> unmarked(" \\N{LEFT-TO-RIGHT MARK}text-0-4-123456789abc\\N{RIGHT-TO-LEFT MARK}")
    'text-0-4-123456789abc'
    """
    return re.sub(f"[{UNSEEN}]", "", cell).strip()


def primary(tag: str) -> str:
    """A tag without its region, which tools add and change: `ar-EG` and `ar` are one, `ar-Latn` is not."""
    parts = tag.replace("_", "-").lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    return "-".join((parts[0], *scripts))


def parse_xml(data: bytes, what: str) -> Any:
    """The root of an XML file, read without network and without entities of its own.

    Raises: InputError when it is not well-formed, nested deeper than MAX_DEPTH, or has a DOCTYPE (which could name
    other files).
    """
    etree = lxml_etree()
    xml_root(data, what)
    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True, **_SAFE))
    except etree.XMLSyntaxError as error:
        raise InputError(f"{what}: not well-formed XML: {error}") from error
    _refuse_depth(root, what)
    return root


def xml_events(data: bytes | IO[bytes], what: str, *tags: str) -> Iterator[tuple[str, Any]]:
    """An XML file read as it goes: ("start", element) and ("end", element) of the elements named by `tags`, in order.

    `data`: its bytes, or the file, which is read from where it stands. Whoever reads may take an element that has ended
    out of the tree, so that no more than one is there. Raises: InputError as `parse_xml`; how deep an element named by
    `tags` is, is counted by itself.
    """
    etree = lxml_etree()
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    start = file.tell()
    _root_of(file, what)
    file.seek(start)
    found = etree.iterparse(file, events=("start", "end"), tag=tags, huge_tree=True, collect_ids=False, **_SAFE)
    try:
        for event, element in found:
            if event == "end":
                _refuse_depth(element, what)
            yield event, element
    except etree.XMLSyntaxError as error:
        # Of an entity that is not known (`&nbsp;`) the error itself says nothing.
        first = next(iter(found.error_log), None) if error.lineno in (0, None) else None
        said = f"{first.message}, line {first.line}, column {first.column}" if first else error
        raise InputError(f"{what}: not well-formed XML: {said}") from error
    _refuse_depth(found.root, what)


_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False}


def xml_root(data: bytes, what: str) -> Any:
    """The root element of an XML file, with its attributes alone; None where not even that can be read.

    Raises: InputError where a DOCTYPE stands before it.
    """
    return _root_of(io.BytesIO(data), what)


def _root_of(file: IO[bytes], what: str) -> Any:
    etree = lxml_etree()
    # What a DOCTYPE declares is read within the parser's limits, which a text of more than 10 MB is over.
    parser = etree.XMLPullParser(events=("start",), huge_tree=False, **_SAFE)
    try:
        while some := file.read(_STEP):
            parser.feed(some)
            for _, root in parser.read_events():
                if root.getroottree().docinfo.doctype:
                    raise InputError(f"{what}: it has a DOCTYPE, which no file of this kind needs")
                return root
    except etree.XMLSyntaxError as error:
        raise InputError(f"{what}: not well-formed XML: {error}") from error
    return None


def _refuse_depth(element: Any, what: str) -> None:
    """Raises: InputError where elements in this one are too deep."""
    has_many, is_deep = _depths()
    if has_many(element) and is_deep(element):
        raise InputError(f"{what}: its elements are nested more than {MAX_DEPTH} deep")


@cache
def _depths() -> tuple[Any, Any]:
    """Whether an element has so many in it that some may be too deep, and whether they are, which is slow."""
    path = lxml_etree().XPath
    return path(f"boolean(descendant::*[{MAX_DEPTH}])"), path(f"boolean({'/'.join('*' * MAX_DEPTH)})")


def xml_chunks(
    root: Any, parent: Any, items: Iterable[T], add: Callable[[Any, T], None], **options: Any
) -> Iterator[bytes]:
    """The bytes of the tree of `root` with what `add(parent, item)` makes of every item at the end of `parent`.

    They are those of `tostring` with `options`; some of the items are in memory at a time.
    """
    etree = lxml_etree()
    mark = etree.SubElement(parent, parent.tag[: parent.tag.find("}") + 1] + "mark")
    whole = etree.tostring(root, encoding="UTF-8", **options)
    written = f"<{mark.prefix}:mark/>" if mark.prefix else "<mark/>"
    parent.remove(mark)
    head, _, tail = whole.partition(written.encode())
    is_first = True
    waiting = iter(items)
    while some := list(islice(waiting, 256)):
        scratch = parent.makeelement(parent.tag, nsmap=root.nsmap)  # of the same class, of which Word's can more
        for item in some:
            add(scratch, item)
        done: bytes = etree.tostring(scratch, encoding="UTF-8")
        if is_first:
            yield head
        is_first = False
        yield done[done.index(b">") + 1 : done.rindex(b"</")]
    yield etree.tostring(root, encoding="UTF-8", **options) if is_first else tail


@cache
def lxml_etree() -> Any:
    """`lxml.etree`. Raises: MissingExtraError."""
    return extra_module("lxml.etree", extra="translate")
