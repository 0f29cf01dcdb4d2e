"""Word files: paragraphs with their places in the XML (to translate in place), and tables of units out and back.

A member of the file is treated as markup with ranges: only the bytes of translated paragraphs change, everything else
of the member stays as it is, and every other member is copied.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from html import unescape
from typing import Any

from bilingual.errors import InputError, extra_module
from bilingual.formats.exchange import (
    UNIT_ID,
    UNMARKED,
    About,
    Answer,
    Answers,
    Job,
    Returned,
    Unit,
    unmarked,
    xml_chunks,
    xml_events,
)
from bilingual.formats.inline import Code, Part, codes, inline, over_codes, shown
from bilingual.formats.xliff import safe
from bilingual.language.direction import is_rtl

# Bytes of XML in one file: a page of a book has about 20,000, and its paragraphs need 70 times as much memory.
MAX_XML = 128 << 20
# XML of Word is packed into a tenth to a fortieth. What is much smaller was made to fill the memory.
MAX_RATIO, RATIO_FROM = 100, 16 << 20
# Word on the web names the body `document2`.
_TEXT_MEMBER = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MAIN = re.compile(
    r"xmlns:([\w.-]+)\s*=\s*[\"']http://(?:schemas\.openxmlformats\.org/wordprocessingml/2006/main"
    r"|purl\.oclc\.org/ooxml/wordprocessingml/main)[\"']"
)
_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(/?)([A-Za-z_][\w.:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>",
    re.DOTALL,
)

# Nobody sees what is deleted or moved away, nor the copy of a text box for old readers.
_GONE = frozenset({"del", "moveFrom"})
_HIDDEN = _GONE | {"Fallback"}
# What a reader does not see of the formatting of a run: the language that spelling is checked in.
_UNSEEN = re.compile(r"<[\w.-]+:lang\b[^<>]*/>")
_EMPTY = re.compile(r"<([\w.:-]+)\b[^<>]*>\s*</\1>")
# Hidden text is written for the author, or for an index.
_VANISHES = re.compile(r"<[\w.-]+:vanish\b(?![^<>]*val\s*=\s*[\"'](?:0|false|off)\b)[^<>]*/>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One text element of a paragraph: the places of its tags and content, and its run's formatting as written.

    Units: code points into the member's text.
    """

    start: int
    text_start: int
    text_end: int
    end: int
    formatting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The text elements of one paragraph (or of its part before or after a text box inside it).

    `is_copy`: it belongs to the copy of a text box that Word keeps for old readers.
    """

    chunks: tuple[Chunk, ...]
    is_copy: bool = False

    @property
    def start(self) -> int:
        """Where its first text element begins."""
        return self.chunks[0].start

    @property
    def end(self) -> int:
        """Where its last text element ends."""
        return self.chunks[-1].end


# ---- in: a document to translate --------------------------------------------------------------------------------


def open_members(data: bytes, what: str) -> dict[str, bytes]:
    """The members with text, by their short name (`document`, `header1`, ...). Raises: InputError."""
    with _opened(data, what) as (archive, infos):
        return {name: archive.read(info) for name, info in infos.items()}


@contextmanager
def _opened(data: bytes, what: str) -> Iterator[tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]]:
    """A file and its members with text, by their short name. Raises: InputError, also while it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            matches = ((_TEXT_MEMBER.fullmatch(info.filename), info) for info in archive.infolist())
            texts = [(match[1], info) for match, info in matches if match]
            _check_members(texts, what)
            infos = dict(texts)
            if not any(map(is_body, infos)):
                raise InputError(f"{what}: not a DOCX file: {_other_kind(archive.namelist())}")
            yield archive, infos
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise InputError(f"{what}: not a DOCX file: {error}") from error


def _other_kind(names: Sequence[str]) -> str:
    """What a zip file without the body of a Word file is, by the names of its members, with the way out."""
    if any(name.startswith("xl/") for name in names):
        return "it is an Excel workbook; save the table as `CSV UTF-8` or `Unicode Text`"
    if "content.xml" in names:
        return "it is an OpenDocument file; save a text as .docx, a table as .csv in UTF-8"
    if packed := next((name for name in names if name.lower().endswith((".xlf", ".xliff", ".tsv", ".docx"))), None):
        return f"it is an archive; unpack it and give {packed}"
    return "it has no word/document.xml"


def _check_members(texts: list[tuple[str, zipfile.ZipInfo]], what: str) -> None:
    """Raises: InputError for a member that is there twice, of which programs show different ones, and too much XML."""
    size, packed = (sum(getattr(info, name) for _, info in texts) for name in ("file_size", "compress_size"))
    if len(dict(texts)) < len(texts):
        raise InputError(f"{what}: not a DOCX file: a member is there twice")
    if size > MAX_XML:
        raise InputError(f"{what}: it has {size:,} bytes of XML; the limit is {MAX_XML:,}: split it into parts")
    if size > RATIO_FROM and size > MAX_RATIO * packed:
        raise InputError(f"{what}: not a DOCX file: {packed:,} bytes in it unpack to {size:,}")


def is_body(member: str) -> bool:
    """Whether a member, by its short name, is the body of the file."""
    return member.startswith("document")


def replace_members(data: bytes, members: Mapping[str, bytes]) -> bytes:
    """The file with the given members replaced; the others keep order, names, times and their bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            match = _TEXT_MEMBER.fullmatch(info.filename)
            changed = members.get(match[1]) if match else None
            if changed is None:
                _copy_member(data, info, new, out)
            else:
                new.writestr(info, changed, compress_type=info.compress_type)
    return out.getvalue()


def _copy_member(data: bytes, info: zipfile.ZipInfo, new: zipfile.ZipFile, out: io.BytesIO) -> None:
    """A member as it stands in the file: a picture that is damaged stays as damaged as it was."""
    # A local header has 30 bytes, the last four of which are the lengths of the name and the extra field after it.
    header = data[info.header_offset : info.header_offset + 30]
    start = info.header_offset + 30 + sum(int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    made = copy(info)
    # `zipfile` cannot write what is compressed already: it is written as if it were not, and then named what it is.
    new.writestr(made, data[start : start + info.compress_size], compress_type=zipfile.ZIP_STORED)
    made.compress_type, made.CRC, made.file_size = info.compress_type, info.CRC, info.file_size
    for at, size, value in ((8, 2, info.compress_type), (14, 4, info.CRC), (22, 4, min(info.file_size, 0xFFFFFFFF))):
        at += made.header_offset
        out.getbuffer()[at : at + size] = value.to_bytes(size, "little")


def paragraphs(xml: str) -> list[Paragraph]:
    """The paragraphs with visible text of one member, and their copies, in the order in which they begin.

    >>> space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    >>> xml = f'<w:d xmlns:w="{space}"><w:p><w:r><w:t>a &lt; b</w:t></w:r></w:p></w:d>'
    >>> [paragraph_text(xml, p) for p in paragraphs(xml)]
    ['a < b']
    """
    prefix = _MAIN.search(xml)
    if prefix is None:
        return []
    walk = _Walk(xml, prefix[1] + ":")
    for tag in _TAG.finditer(xml):
        walk.see(tag)
    return sorted(walk.found, key=lambda paragraph: paragraph.start)


class _Walk:
    """Reads tags in order and collects the text elements of each open paragraph."""

    def __init__(self, xml: str, prefix: str) -> None:
        self.xml = xml
        self.p, self.r, self.t, self.rpr = (prefix + name for name in ("p", "r", "t", "rPr"))
        self.found: list[Paragraph] = []
        self.open: list[list[Chunk]] = []
        self.is_copy: list[bool] = []  # of each open paragraph
        self.formatting: list[str] = []
        self.rpr_start = -1
        self.rpr_depth = 0
        self.text: re.Match[str] | None = None
        self.n_gone = self.n_copies = 0  # how many deletions, and copies, are open

    def see(self, tag: re.Match[str]) -> None:
        closes, name, empty = tag[1] == "/", tag[2], tag[4] == "/"
        if name == self.p and not empty:
            self._paragraph(closes)
        elif name == self.r and not empty:
            if closes:
                del self.formatting[-1:]
            else:
                self.formatting.append("")
        elif name == self.rpr and not empty:
            self._formatting(tag, closes)
        elif name == self.t and not empty:
            if not closes:
                self.text = tag
            elif self.text is not None and self.open:
                if not self.n_gone and self.is_copy[-1] == (self.n_copies > 0):
                    self._chunk(self.text, tag)
                self.text = None
        elif name and not empty and name.rpartition(":")[2] in _HIDDEN:
            self._hidden(name, closes)

    def _paragraph(self, closes: bool) -> None:
        """A paragraph inside another one (a text box) cuts the outer one in two."""
        if self.open and self.open[-1]:
            self.found.append(Paragraph(chunks=tuple(self.open[-1]), is_copy=self.is_copy[-1]))
            self.open[-1].clear()
        if closes:
            del self.open[-1:], self.is_copy[-1:]
        else:
            self.open.append([])
            self.is_copy.append(self.n_copies > 0)

    def _hidden(self, name: str, closes: bool) -> None:
        step = -1 if closes else 1
        if name.rpartition(":")[2] in _GONE:
            self.n_gone += step
        else:
            self.n_copies += step

    def _formatting(self, tag: re.Match[str], closes: bool) -> None:
        """<rPr> inside <rPr> is only there for tracked changes (<rPrChange>)."""
        self.rpr_depth += -1 if closes else 1
        if not closes and self.rpr_depth == 1:
            self.rpr_start = tag.start()
        elif closes and self.rpr_depth == 0 and self.formatting:
            self.formatting[-1] = _EMPTY.sub("", _UNSEEN.sub("", self.xml[self.rpr_start : tag.end()]))

    def _chunk(self, start: re.Match[str], end: re.Match[str]) -> None:
        if self.formatting and _VANISHES.search(self.formatting[-1].partition("rPrChange")[0]):
            return
        self.open[-1].append(
            Chunk(
                start=start.start(), text_start=start.end(), text_end=end.start(), end=end.end(),
                formatting=self.formatting[-1] if self.formatting else "",
            )
        )  # fmt: skip


_SPECIAL = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": "\N{SOFT HYPHEN}",
}  # fmt: skip
_CHARACTER = re.compile(rf"<[\w.-]+:({'|'.join(_SPECIAL)})\b")


def _characters(gap: str) -> str:
    """The characters that the markup between two texts stands for; line breaks are spaces."""
    return "".join(_SPECIAL[found[1]] for found in _CHARACTER.finditer(gap)).replace("\n", " ")


def paragraph_text(xml: str, paragraph: Paragraph) -> str:
    """The text of a paragraph as the pipeline reads it: tabs stay, line breaks become spaces."""
    pieces: list[str] = []
    last: Chunk | None = None
    for chunk in paragraph.chunks:
        pieces += (_characters(xml[last.end : chunk.start]) if last else "", _content(xml, chunk))
        last = chunk
    return re.sub(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", " ", "".join(pieces))


def _content(xml: str, chunk: Chunk) -> str:
    return unescape(xml[chunk.text_start : chunk.text_end])


def paragraph_parts(xml: str, paragraph: Paragraph) -> tuple[Part, ...]:
    """Text with what stands between two text elements as codes.

    Runs of the same formatting that Word parted for its own ends (spelling, revision numbers) are one text. Where words
    are formatted otherwise than those around them, what stands before and behind them is a pair.
    """
    found_texts: list[list[str]] = []  # each in pieces
    between: list[tuple[str, str, str]] = []  # what stands before each text but the first; formatting before, behind
    last: Chunk | None = None
    for chunk in paragraph.chunks:
        if last is None:
            found_texts.append([_content(xml, chunk)])
        elif last.formatting == chunk.formatting and _is_noise(xml[last.text_end : chunk.text_start]):
            found_texts[-1].append(_content(xml, chunk))
        else:
            between.append((xml[last.text_end : chunk.text_start], last.formatting, chunk.formatting))
            found_texts.append([_content(xml, chunk)])
        last = chunk
    texts = ["".join(pieces) for pieces in found_texts]
    opener = _pairs([(before, behind) for _, before, behind in between])
    openers = {*opener.values()}
    parts: list[Part] = [*inline(texts[0])] if texts else []
    number = 1 + len(codes(parts))
    numbers: dict[int, int] = {}
    for at, ((raw, _, _), text) in enumerate(zip(between, texts[1:], strict=True)):
        kind = "close" if at in opener else "open" if at in openers else "alone"
        numbers[at] = numbers[opener[at]] if kind == "close" else number
        parts.append(Code(number=numbers[at], raw=raw, kind=kind, is_markup=True, stands_for=_characters(raw)))
        number += kind != "close"
        found = inline(text, number)
        number += len(codes(found))
        parts += found
    return over_codes(tuple(parts))


def _pairs(changes: Iterable[tuple[str, str]]) -> dict[int, int]:
    """Of changes of formatting, from one to another, those that take another one back: which one that is.

    >>> _pairs([("", "bold"), ("bold", ""), ("", "italic"), ("italic", "bold")])
    {1: 0}
    """
    found: dict[int, int] = {}
    waiting: list[tuple[int, str, str]] = []
    for at, (before, behind) in enumerate(changes):
        if before == behind:
            continue
        if waiting and waiting[-1][1:] == (behind, before):
            found[at] = waiting.pop()[0]
        else:
            waiting.append((at, before, behind))
    return found


_NOISE = frozenset({"t", "r", "proofErr", "lastRenderedPageBreak"})
_RPR = re.compile(r"<([\w.-]+:rPr)\b(?:[^<>]*/>|.*?</\1>)", re.DOTALL)


def _is_noise(gap: str) -> bool:
    """True when the markup between two texts of equal formatting says nothing that a reader could see."""
    rest = _RPR.sub("", gap)
    return all(
        tag[2] is not None and tag[2].rpartition(":")[2] in _NOISE for tag in _TAG.finditer(rest)
    ) and not _TAG.sub("", rest).strip()


_BREAK = re.compile(r"\r\n|[\r\n\v]|\t")


def paragraph_xml(parts: tuple[Part, ...], prefix: str) -> str:
    """Parts as the XML that replaces a paragraph's texts, from its first text tag to the end of its last.

    Line breaks and tabs of a translation become Word's.
    """
    opening = f'<{prefix}:t xml:space="preserve">'

    def broken(found: re.Match[str]) -> str:
        return f"</{prefix}:t><{prefix}:{'tab' if found[0] == chr(9) else 'br'}/>{opening}"

    out = [opening]
    for part in parts:
        if isinstance(part, Code) and part.is_markup:
            out.append(re.sub(rf"<{re.escape(prefix)}:t\b[^<>]*>\Z", lambda _: opening, part.raw))
        else:
            out.append(_BREAK.sub(broken, escaped(part)) if isinstance(part, str) else escaped(part.raw))
    return "".join(out) + f"</{prefix}:t>"


def prefix_of(xml: str) -> str:
    """The namespace prefix of WordprocessingML in a member, nearly always `w`."""
    found = _MAIN.search(xml)
    return found[1] if found else "w"


def escaped(text: str) -> str:
    """Text for XML content."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# ---- out and back: a table of units -----------------------------------------------------------------------------

HOW_TO = "write each translation into the column Target; keep ⟦1⟧, %d and {name} as they are."
HEADERS = ("ID", "Source", "Target", "Label")
CONTEXT = "Context"


def write_docx_table(job: Job) -> bytes:
    """The job as a Word table, right-to-left where the language asks for it. Raises: MissingExtraError."""
    document = extra_module("docx", extra="translate", name="python-docx").Document()
    from docx.shared import Pt

    document.core_properties.title = safe(job.about.name)
    document.add_paragraph(f"{safe(job.about.name)}: {HOW_TO}")
    document.add_paragraph(job.about.line()).runs[0].font.size = Pt(7)
    headers = (*HEADERS, CONTEXT) if job.with_context else HEADERS
    table = document.add_table(rows=1, cols=len(headers), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, headers, strict=True):
        cell.text = name
    widths = [column.w for column in table._tbl.tblGrid.gridCol_lst]

    def add(rows: Any, unit: Unit) -> None:
        text = shown(unit.parts)
        cells = _row(rows, table, widths)
        _write_cell(cells[0], " ".join((unit.id, *unit.also)), is_right=False, size=Pt(6))
        _write_cell(cells[1], text, is_right=is_rtl(unit.lang))
        lang = job.about.target if unit.keep else unit.lang
        _write_cell(cells[2], "" if unit.keep else text, is_right=is_rtl(lang))
        _write_cell(cells[3], unit.label if unit.keep else f"{unit.label} (locked)", is_right=False, size=Pt(8))
        if job.with_context:
            said = (("key", unit.key), ("before", unit.before), ("after", unit.after))
            context = "\n".join(f"{name}: {' '.join(text.split())}" for name, text in said if text)
            _write_cell(cells[4], context, is_right=False, size=Pt(8))

    out = io.BytesIO()
    document.save(out)
    return _with_body(out.getvalue(), xml_chunks(document.element, table._tbl, job.units, add, standalone=True))


def _with_body(data: bytes, parts: Iterable[bytes]) -> bytes:
    """A Word file with another body, given in parts: as a tree, that of a table takes a hundred times its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = parts if info.filename == "word/document.xml" else (old.read(info),)
            made = zipfile.ZipInfo(info.filename, info.date_time)
            made.compress_type, made.external_attr = info.compress_type, info.external_attr
            with new.open(made, "w", force_zip64=False) as member:
                for part in content:
                    member.write(part)
    return out.getvalue()


def _row(rows: Any, table: Any, widths: Iterable[Any]) -> list[Any]:
    """A new row's cells. `table.add_row().cells` reads the whole table every time: quadratic in its rows."""
    from docx.table import _Cell

    row = rows.add_tr()
    cells = []
    for width in widths:
        made = row.add_tc()
        made.width = width
        cells.append(_Cell(made, table))
    return cells


def _write_cell(cell: Any, text: str, *, is_right: bool, size: Any = None) -> None:
    from docx.oxml import OxmlElement

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(safe(text))
    if size is not None:
        run.font.size = size
    if is_right:
        paragraph._p.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
            "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:rPr", "w:sectPr",
        )  # fmt: skip
        run.font.rtl = True


def read_docx_table(data: bytes, what: str = "DOCX") -> Returned:
    """What a returned table says; tracked changes count as accepted.

    Raises: InputError when it is no table that `write_docx_table` wrote.
    """
    found = _Table(what)
    with _opened(data, what) as (archive, infos), archive.open(infos[next(filter(is_body, infos))]) as file:
        for event, element in xml_events(file, what, *_READ):
            found.see(event, element)
    about = found.about
    if about is None:
        raise InputError(f"{what}: the line that names the original (bilingual sha256=...) is missing; {UNMARKED}")
    if not found.has_header:
        raise InputError(f"{what}: no table has the columns ID and Target in its first row")
    return Returned(about=about, pairs=((about.source, about.target),), answers=found.answers)


# Elements of whichever namespace: a file may be saved as Strict Open XML.
_READ = tuple(f"{{*}}{name}" for name in ("tbl", "tr", "p", *sorted(_HIDDEN)))


class _Table:
    """Reads a table of units element by element; rows and paragraphs that were read are taken out of the tree.

    `names`: those of the columns of the table that is read, none before its first row.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self.about: About | None = None
        self.name = ""
        self.answers = Answers()
        self.has_header = False
        self.names: list[str] | None = None
        self.number = 0  # of the row
        self.open: Counter[str] = Counter()

    def see(self, event: str, element: Any) -> None:
        """The next start or end of one of the elements of _READ."""
        name = _local(element)
        if event == "start":
            self.open[name] += 1
            if name == "tbl" and self._is_outer("tbl"):
                self.names, self.number = None, 0
            return
        if name == "p" and self.about is None:
            self._paragraph(_text(element).rstrip())
        is_whole = name in ("p", "tr") and self._is_outer(name)
        if is_whole and name == "tr" and self._is_outer("tbl"):
            self.number += 1
            self._row([_cell_text(cell) for cell in _cells(element)])
        self.open[name] -= 1
        if is_whole and not (name == "p" and self.open["tr"]):
            element.clear()
            while (before := element.getprevious()) is not None:
                element.getparent().remove(before)

    def _is_outer(self, name: str) -> bool:
        """Whether an element that is open is seen, and inside no other one of its name."""
        return self.open[name] == 1 and not any(self.open[hidden] for hidden in _HIDDEN)

    def _paragraph(self, text: str) -> None:
        self.name = self.name or (text.removesuffix(f": {HOW_TO}") if text.endswith(HOW_TO) else "")
        self.about = About.read(text, name=self.name)

    def _row(self, row: list[str]) -> None:
        """A row, whose columns may be in any order. Raises: InputError for one out of shape."""
        if self.names is None:
            self.names = [unmarked(cell).lower() for cell in row]
            self.has_header |= {"id", "target"} <= {*self.names}
            for name in ("id", "source", "target"):
                if self.names.count(name) > 1:
                    raise InputError(f"{self.what}: two columns have the name {name.capitalize()}; rename one of them")
        elif {"id", "target"} <= {*self.names}:
            self._answer(self.names, row)
            return
        if any(map(UNIT_ID.match, row)):
            raise InputError(f"{self.what}: a table of units lacks the columns ID and Target in its first row")

    def _answer(self, names: list[str], row: list[str]) -> None:
        if not any(map(str.strip, row)):
            return
        cells = dict(zip(names, row, strict=False))
        ids = unmarked(cells.get("id", "")).split()
        if len(row) != len(names) or not ids:
            raise InputError(
                f"{self.what}: row {self.number} of the table has no id, or not the cells of the first row: "
                f"{' | '.join(row)[:120]!r}"
            )
        is_locked = cells.get("label", "").strip().endswith("(locked)")
        self.answers.add(
            Answer(
                id=ids[0], also=tuple(ids[1:]), target=cells["target"].strip() or None, is_locked=is_locked,
                source=cells.get("source", ""),
            )
        )  # fmt: skip


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row but for those that only continue the one above."""
    for cell in _inside(row, {"tc"}):
        merged = cell.find("{*}tcPr/{*}vMerge")
        if merged is None or "restart" in merged.attrib.values():
            yield cell


def _cell_text(cell: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in _inside(cell, {"p"}, is_deep=True))


def _text(paragraph: Any) -> str:
    """The visible text of a paragraph, without that of a text box inside it."""
    pieces = []
    for element in _inside(paragraph, {"p", "t", *_SPECIAL}):
        name = _local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in _SPECIAL and _local(element.getparent()) == "r":
            pieces.append(_SPECIAL[name])
    return "".join(pieces)


def _inside(element: Any, names: Container[str], *, is_deep: bool = False) -> Iterator[Any]:
    """The visible elements inside another one that have one of some names, in order.

    What stands inside such an element is left out, unless `is_deep`.
    """
    waiting = list(element.iterchildren(reversed=True))
    while waiting:
        child = waiting.pop()
        name = _local(child)
        if name in names:
            yield child
        if name not in _HIDDEN and (is_deep or name not in names):
            waiting += child.iterchildren(reversed=True)


def _local(element: Any) -> str:
    """An element's name without namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
