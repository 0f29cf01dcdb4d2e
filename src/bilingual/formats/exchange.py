"""What goes to a translator and what comes back, whatever the file format in between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bilingual.errors import InputError, extra_module
from bilingual.formats.inline import UNSEEN, Parts

# Languages written from right to left; a tag with a script subtag goes by the script.
_RTL = frozenset("ar arc ckb dv fa he khw ks ps sd ug ur yi".split())
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg"})
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
    the neighbours' text.
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
        found = _LINE.search(line)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is exported: the original's name and the units in order."""

    about: About
    units: tuple[Unit, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file that came back. `pair`: the language pair as the file itself states it now."""

    about: About
    pair: tuple[str, str]
    answers: tuple[Answer, ...]


def unmarked(cell: str) -> str:
    """A cell that holds no text of people (ids, the name of a column) without what nobody sees and editors put there.

    >>> unmarked(" \\N{LEFT-TO-RIGHT MARK}text-0-4-123456789abc\\N{RIGHT-TO-LEFT MARK}")
    'text-0-4-123456789abc'
    """
    return re.sub(f"[{UNSEEN}]", "", cell).strip()


def is_rtl(tag: str) -> bool:
    """True for a language written from right to left.

    >>> is_rtl("ar-EG"), is_rtl("ar-Latn"), is_rtl("en")
    (True, False, False)
    """
    parts = tag.lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    return scripts[0] in _RTL_SCRIPTS if scripts else parts[0] in _RTL


def parse_xml(data: bytes, what: str) -> Any:
    """The root of an XML file, read without network and without entities of its own.

    Raises: InputError when it is not well-formed, nested deeper than MAX_DEPTH, or has a DOCTYPE (which could name
    other files).
    """
    etree = lxml_etree()
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    try:
        # A text of more than 10 MB is over the parser's limits; what a DOCTYPE declares is read within them.
        if _has_doctype(data, etree.XMLPullParser(events=("start",), huge_tree=False, **options)):
            raise InputError(f"{what}: it has a DOCTYPE, which no file of this kind needs")
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True, **options))
    except etree.XMLSyntaxError as error:
        raise InputError(f"{what}: not well-formed XML: {error}") from error
    if root.xpath(f"boolean({'/*' * (MAX_DEPTH + 1)})"):
        raise InputError(f"{what}: its elements are nested more than {MAX_DEPTH} deep")
    return root


def _has_doctype(data: bytes, parser: Any) -> bool:
    """Reads to the root element, before which a DOCTYPE must stand."""
    for at in range(0, len(data), _STEP):
        parser.feed(data[at : at + _STEP])
        for _, root in parser.read_events():
            return bool(root.getroottree().docinfo.doctype)
    return False


def lxml_etree() -> Any:
    """`lxml.etree`. Raises: MissingExtraError."""
    return extra_module("lxml.etree", extra="translate")
