"""HTML pages: the text that a reader sees, where it stands in the source, and what its elements say about it.

`extract` parses a page once (`markup.stages`) and gives a `Page`: its text with one line per block (cells of a table
row are parted by tabs), the place in the source of every piece of that text (`markup.places`), and one row of evidence
per line (`structure.columns.COLUMNS`: tags, landmarks, words of class and id, links, repetition, distances).
`segment_html` sends text and evidence through the one pipeline, so that a page and its plain text are labelled by the
same labeller.

Left out, as a reader does not see them: script, style, template, noscript, iframe, object, video, audio, canvas,
progress and meter content, <title>, form values other than button texts, alternative texts, comments, `hidden`,
`display: none`, `visibility: hidden` and places far beyond the page's edge in inline styles, closed <dialog>s and
popovers. What takes place without showing text parts its neighbours: form fields by a tab, images and the like by a
space. Style sheets are not read: what they hide is in the text, and what they turn into blocks is not known.
`aria-hidden` hides from ears, not from eyes: it stays, and is evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from bilingual.errors import InputError
from bilingual.formats.markup.encoding import decode_html as decode_html
from bilingual.formats.markup.places import Places as Places
from bilingual.formats.markup.places import resolved as resolved
from bilingual.formats.markup.stages import KERNELS
from bilingual.formats.markup.tables import ATTRIBUTES, PAGE_TYPES, TAG, tables
from bilingual.formats.structure import stages as structure_stages
from bilingual.formats.structure.columns import COLUMN, NAMES
from bilingual.formats.structure.numbers import CORE, NODE_LETTERS
from bilingual.text.arrays import Array
from bilingual.text.given import many, plain
from bilingual.text.native import view, views, warn_if_interpreted

if TYPE_CHECKING:
    from bilingual.document import Document
    from bilingual.pipeline import GivenSettings, Result, Segmenter

markup, markup_lines = KERNELS.tags, KERNELS.lines
structure = structure_stages.KERNELS

# More lines than this in one page would need gigabytes of evidence; 50 MB of ordinary markup has a tenth of it.
MAX_LINES = 1_000_000
# Positions are 32-bit.
MAX_BYTES = 1 << 30

_SEGMENT_ARRAYS = (
    "seg_start", "seg_end", "seg_out", "seg_out_end", "seg_node", "seg_link", "seg_letters", "line_out", "line_seg",
)  # fmt: skip
_NODE_ARRAYS = {
    "node_tag": np.uint8, "node_parent": np.int32, "node_kinds": np.int32, "node_landmark": np.uint8,
    "node_marks": np.uint8, "node_shape": np.int32, "node_lang": np.uint8,
}  # fmt: skip
_ATTR_ARRAYS = {"attr_kind": np.uint8, "attr_start": np.int32, "attr_end": np.int32}
_STACK_ARRAYS = (
    "st_tag", "st_node", "st_flags", "st_dead", "st_same", "st_scope", "st_button", "st_list", "st_table",
    "st_special", "st_block", "st_hidden",
)  # fmt: skip
_STACK = 4096
# A page with less visible text than this (bytes) is looked at again, in case a script was to show it.
_SHORT = 1500
_NOSCRIPT, _HIDDEN, _SHADOW = 1, 2, 4
_AGAIN = (
    (_SHADOW, b"shadowrootmode"), (_NOSCRIPT, b"noscript"), (_NOSCRIPT | _HIDDEN, b"hidden"),
    (_NOSCRIPT | _HIDDEN, b"none"),
)  # fmt: skip
_META = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a format knows about the lines of a batch of documents, for the labeller.

    Shapes: `rows` float32[n_lines, len(names)]; `line_ptr` int64[n_docs + 1]: document d has the rows
    line_ptr[d] : line_ptr[d + 1], one per line of its text.
    """

    rows: Array
    line_ptr: Array
    names: tuple[str, ...] = NAMES

    def of(self, index: int) -> Evidence:
        """The evidence of one document."""
        a, b = self.line_ptr[index], self.line_ptr[index + 1]
        return Evidence(rows=self.rows[a:b], line_ptr=np.array([0, b - a], np.int64), names=self.names)

    def row_of(self, block_doc: Array, block_line: Array) -> Array:
        """The row of every block of a scan: int64[n_blocks]."""
        return np.asarray(self.line_ptr[block_doc] + block_line)

    def revise(self, odds: Array, block_doc: Array, block_line: Array, letters: Array) -> Array:
        """The labeller's log-odds of blocks, float32[m, 3], with what the structure of their pages says added."""
        from bilingual.formats.structure.model import revise

        return revise(odds, self.rows, self.row_of(block_doc, block_line), block_doc, letters)

    def column(self, name: str) -> Array:
        """One column by name."""
        return np.asarray(self.rows[:, self.names.index(name)])

    @classmethod
    def join(cls, pages: Sequence[Page]) -> Evidence:
        """The evidence of a batch of pages."""
        ptr = np.zeros(len(pages) + 1, np.int64)
        np.cumsum([len(page.rows) for page in pages], out=ptr[1:])
        rows = np.concatenate([page.rows for page in pages]) if pages else np.zeros((0, len(NAMES)), np.float32)
        return cls(rows=rows, line_ptr=ptr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An attribute that readers meet as text (alt, title, placeholder, aria-label, a description, a button's value).

    Units: code points into the page's source; the range is the value as written, character references included.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """What a reader sees of a page, and where it comes from.

    `title_place` is where the content of <title> stands in the source, -1 and -1 when there is none.
    Shapes: `rows` float32[n_lines, n_columns] (see `structure.columns`).
    """

    text: str = field(repr=False)
    rows: Array = field(repr=False)
    places: Places = field(repr=False)
    encoding: str
    lang: str
    title: str
    title_place: tuple[int, int]
    types: frozenset[str]
    attributes: tuple[Attribute, ...] = field(repr=False)

    @property
    def source(self) -> str:
        """The page as decoded text."""
        return self.places.source

    @property
    def evidence(self) -> Evidence:
        """The rows as the pipeline takes them."""
        return Evidence(rows=self.rows, line_ptr=np.array([0, len(self.rows)], np.int64))

    def sources(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where text[start:end] stands in `source`: one range per text node, in order, tags left out.

        Units: code points.

        >>> page = extract("<p>Fish &amp; <b>chips</b></p>")
        >>> [page.source[a:b] for a, b in page.sources(0, len(page.text))]
        ['Fish &amp;', 'chips']
        >>> [page.source[a:b] for a, b in page.sources(5, 8)]
        ['&amp;', 'c']
        """
        return self.places(start, end)


# ---- extraction -------------------------------------------------------------------------------------------------


@cache
def _tables() -> dict[str, Any]:
    made = tables()
    return {item.name: _view(getattr(made, item.name)) for item in fields(made)}


def _view(array: Array) -> Any:
    return view(array, markup.COMPILED)


def _arrays(n_bytes: int) -> dict[str, Array]:
    """The arrays of a parse, sized for ordinary markup; `_parse` doubles them when a page needs more."""
    n = n_bytes // 16 + 64
    made: dict[str, Array] = {name: np.empty(n, np.int32) for name in _SEGMENT_ARRAYS}
    made |= {name: np.empty(n, dtype) for name, dtype in _NODE_ARRAYS.items()}
    made |= {name: np.empty(n // 4 + 64, dtype) for name, dtype in _ATTR_ARRAYS.items()}
    made |= {name: np.empty(_STACK, np.int32) for name in _STACK_ARRAYS}
    made |= {name: np.zeros(len(ATTRIBUTES), np.int32) for name in ("at_stamp", "at_s", "at_e")}
    made["meta"] = np.empty(_META * 5, np.int32)
    made["last_open"] = np.full(256, -1, np.int32)
    return made


@dataclass(slots=True, kw_only=True)
class _Parsed:
    """What the parser found, with arrays cut to size. Units: bytes of the source as UTF-8."""

    text: bytes
    n_line: int
    line_out: Array
    line_seg: Array
    seg: dict[str, Array]
    node: dict[str, Array]
    attr: dict[str, Array]
    meta: Array
    title: tuple[int, int]


def _parse(src: bytes, show: int = 0) -> _Parsed:
    arrays = _arrays(len(src))
    out = np.empty(len(src) + len(src) // 4 + 64, np.uint8)
    source = src if markup.COMPILED else memoryview(src)
    make: Any = markup.Parser
    parser = make(source, _tables(), {k: _view(v) for k, v in arrays.items()}, _view(out), show)
    while not parser.run():
        for name in (*_SEGMENT_ARRAYS, *_NODE_ARRAYS, *_ATTR_ARRAYS):
            arrays[name] = np.concatenate([arrays[name], np.empty_like(arrays[name])])
        parser.grow({k: _view(v) for k, v in arrays.items()})
    n_out, n_line, n_seg, n_node, n_attr, n_meta, title_start, title_end = parser.result()
    if n_line > MAX_LINES:
        raise InputError(f"the page has {n_line} lines of text; the limit is {MAX_LINES}: split it into parts")
    return _Parsed(
        text=out[: max(0, n_out - 1)].tobytes(),
        n_line=n_line,
        line_out=np.append(arrays["line_out"][:n_line], np.int32(n_out)),
        line_seg=np.append(arrays["line_seg"][:n_line], np.int32(n_seg)),
        seg={name: arrays[name][:n_seg] for name in _SEGMENT_ARRAYS[:7]},
        node={name: arrays[name][:n_node] for name in _NODE_ARRAYS},
        attr={name: arrays[name][:n_attr] for name in _ATTR_ARRAYS},
        meta=arrays["meta"][: n_meta * 5].reshape(-1, 5),
        title=(title_start, title_end),
    )


def _visible(src: bytes) -> _Parsed:
    """What the page shows; where that is next to nothing, what it shows when its scripts do not run, or have run.

    Discourse and others keep the whole page in <noscript> and let a script write it; some pages are hidden whole
    until a script has drawn them; of some all stands in the shadow trees of their components.
    """
    parsed = _parse(src)
    if len(parsed.text) < _SHORT and len(src) > _SHORT:
        for show, mark in _AGAIN:
            if mark in src:
                again = _parse(src, show)
                if len(again.text) > 4 * len(parsed.text) + 200:
                    return again
    return parsed


def extract(html: str | bytes, *, encoding: str | None = None) -> Page:
    """The visible text of a page, its places in the source and its evidence.

    `encoding` is what came with the bytes (an HTTP header's charset); see `decode_html`.

    >>> print(extract("<nav><a href=/>Home</a></nav><h1>Fish &amp; chips</h1><p>Fry<br>twice</p>").text)
    Home
    Fish & chips
    Fry
    twice

    Raises: InputError for a page of more than MAX_BYTES or MAX_LINES, TypeError for what is neither text nor bytes.
    """
    warn_if_interpreted(markup.COMPILED)
    if not isinstance(html, str | bytes | bytearray | memoryview):
        raise TypeError(f"a page must be str or bytes, not {type(html).__name__}")
    used = "str"
    if isinstance(html, str):
        source = plain(html)
    else:
        source, used = decode_html(bytes(html), encoding)
    src = source.encode("utf-8", "surrogatepass")
    if len(src) > MAX_BYTES:
        raise InputError(f"the page has {len(src)} bytes; the limit is {MAX_BYTES}: split it into parts")
    parsed = _visible(src)
    about = _about(src, parsed)
    pieces, attributes, title_place = _places(src, parsed)
    return Page(
        text=parsed.text.decode("utf-8", "surrogatepass"),
        rows=_rows(parsed, about),
        places=Places(source, pieces),
        encoding=used,
        lang=about.lang,
        title=about.title,
        title_place=title_place,
        types=about.types,
        attributes=attributes,
    )


def hidden_words(page: Page) -> int:
    """How many words more the page has where hidden elements and `<noscript>` are shown.

    >>> hidden_words(extract("<p>Fish</p><div hidden>and chips</div>"))
    2
    """
    parsed = _parse(page.source.encode("utf-8", "surrogatepass"), _NOSCRIPT | _HIDDEN)
    return max(0, len(parsed.text.decode("utf-8", "surrogatepass").split()) - len(page.text.split()))


# What the page says of itself to readers elsewhere.
_DESCRIPTIONS = frozenset(
    b"description og:title og:description og:image:alt twitter:title twitter:description twitter:image:alt".split()
)


def _places(src: bytes, parsed: _Parsed) -> tuple[Array, tuple[Attribute, ...], tuple[int, int]]:
    """Byte positions as code points: the pieces of text, the attributes, and the title."""
    seg, attr = parsed.seg, parsed.attr
    pieces = np.stack([seg["seg_out"], seg["seg_out_end"], seg["seg_start"], seg["seg_end"]], axis=1)
    about = {src[row[1] : row[2]].lower(): row[3:5] for row in reversed(parsed.meta.tolist())}  # the first of a name
    description = [place for name, place in about.items() if name in _DESCRIPTIONS and place[0] < place[1]]
    values = np.stack([attr["attr_start"], attr["attr_end"]], axis=1)
    ranges = np.concatenate([values, np.array([*description, parsed.title], np.int32)])
    if not (parsed.text.isascii() and src.isascii()):
        for columns, raw in ((slice(0, 2), parsed.text), (slice(2, 4), src)):
            flat = np.ascontiguousarray(pieces[:, columns]).reshape(-1)
            pieces[:, columns] = _code_points(flat, raw).reshape(-1, 2)
        ranges = _code_points(ranges.reshape(-1), src).reshape(-1, 2)
    names = [*(ATTRIBUTES[kind] for kind in attr["attr_kind"].tolist()), *("description" for _ in description)]
    *places, (title_start, title_end) = ranges.tolist()
    found = [
        Attribute(name=name, start=start, end=end) for name, (start, end) in zip(names, places, strict=True)
    ]
    return pieces, tuple(sorted(found, key=lambda item: item.start)), (title_start, title_end)


def _code_points(at: Array, raw: bytes) -> Array:
    """Byte positions in any order -> code point positions."""
    order = np.argsort(at, kind="stable")
    ascending = np.ascontiguousarray(at[order])
    markup_lines.count_chars(*views((raw, ascending), markup_lines.COMPILED))
    found = np.empty_like(at)
    found[order] = ascending
    return found


# ---- what the page says of itself -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    lang: str
    title: str
    title_bytes: bytes
    types: frozenset[str]
    path: int


_LD_TYPE = re.compile(rb'"@type"\s*+:\s*+\[?\s*+"(?:https?://schema\.org/)?([A-Za-z]{3,40})"')
_TYPE_NAMES = {word: name for name, words in PAGE_TYPES.items() for word in words}


def _value(src: bytes, start: int, end: int) -> str:
    return resolved(src[start:end].decode("utf-8", "replace")).strip()


def _about(src: bytes, parsed: _Parsed) -> _About:
    """Language, title, kinds and address as the head gives them."""
    lang, path, types = "", -1, set[str]()
    for attr, n0, n1, v0, v1 in parsed.meta.tolist():
        which = ATTRIBUTES[attr]
        name = src[n0:n1].strip().lower()
        if which == "lang":
            lang = lang or _value(src, v0, v1)[:35]
        elif which == "type":
            types |= {m.group(1).decode().lower() for m in _LD_TYPE.finditer(src, v0, min(v1, v0 + 20000))}
        elif which == "itemtype":
            types.add(_value(src, v0, v1).rsplit("/", 1)[-1].lower())
        elif name == b"og:type":
            types.add(_value(src, v0, v1).lower())
        elif name in (b"og:url", b"canonical") and path < 0:
            path = _path_parts(_value(src, v0, v1))
    start, end = parsed.title
    title = _value(src, start, end) if start >= 0 else ""
    return _About(
        lang=lang,
        title=" ".join(title.split()),
        title_bytes=title.encode("utf-8", "replace"),
        types=frozenset(_TYPE_NAMES[t] for t in types if t in _TYPE_NAMES),
        path=path,
    )


def _path_parts(url: str) -> int:
    """How many parts the path of an address has: 0 for a front page."""
    rest = url.split("#", 1)[0].split("?", 1)
    address = rest[0].split("://", 1)[-1]
    return len([part for part in address.split("/")[1:] if part]) + (1 if len(rest) > 1 else 0)


# ---- evidence ---------------------------------------------------------------------------------------------------

_PAGE_START = COLUMN["page_letters"]


def _rows(parsed: _Parsed, about: _About) -> Array:
    """One row of evidence per line."""
    n_line, n_node = parsed.n_line, len(parsed.node["node_tag"])
    rows = np.zeros((n_line, len(NAMES)), np.float32)
    if n_line == 0:
        return rows
    seg, n_slots = parsed.seg, 1 << (2 * n_node).bit_length()
    node_sums = np.zeros((n_node, 5), np.int32)
    arrays = (
        np.zeros((n_line, 4), np.int32), node_sums, np.zeros((n_node, 7), np.int32), np.full(n_slots, -1, np.int32),
        np.zeros(n_node, np.uint8), rows,
    )  # fmt: skip
    first, then, last = structure
    sums = first.Sums(*views(arrays, first.COMPILED))
    given = (parsed.line_seg, seg["seg_node"], seg["seg_link"], seg["seg_letters"], *parsed.node.values())
    page = first.Page(*views(given, first.COMPILED))
    first.totals(page, sums)
    first.groups(page, sums)
    cores = [first.core(sums, share) for share in (0.5, 0.8)]
    then.lines(page, sums, view(np.array([*cores, *_first_heading(parsed)], np.int32), then.COMPILED))
    words = (parsed.text + b"\n", about.title_bytes, parsed.line_out, np.full(256, -1, np.int32), rows)
    last.titles(last.Title(*views(words, last.COMPILED)))
    rows[:, _PAGE_START:] = _page_row(parsed, about, node_sums, cores[CORE])
    return rows


def _first_heading(parsed: _Parsed) -> tuple[int, int]:
    """The element and the line of the first <h1> with text; -1 and 0 when there is none."""
    is_h1 = np.flatnonzero(parsed.node["node_tag"] == TAG["h1"])
    if not len(is_h1):
        return -1, 0
    seg_node = parsed.seg["seg_node"]
    for h1 in is_h1[:20].tolist():  # text of an element follows it, before any later element outside it
        k = int(np.searchsorted(np.maximum.accumulate(seg_node), h1))
        if k < len(seg_node) and _is_inside(parsed.node["node_parent"], int(seg_node[k]), h1):
            return h1, int(np.searchsorted(parsed.line_seg, k, side="right")) - 1
    return -1, 0


def _is_inside(parent: Array, node: int, ancestor: int) -> bool:
    while node > ancestor:
        node = int(parent[node])
    return node == ancestor


def _page_row(parsed: _Parsed, about: _About, node_sums: Array, core: int) -> list[float]:
    letters, linked, _, prose, _ = (float(x) for x in node_sums[0])
    articles = np.count_nonzero((parsed.node["node_tag"] == TAG["article"]) & (node_sums[:, NODE_LETTERS] > 0))
    return [
        letters, parsed.n_line, linked / max(1.0, letters), prose / max(1.0, letters), float(articles),
        float(node_sums[core, NODE_LETTERS]) / max(1.0, letters), about.path,
        *(float(name in about.types) for name in PAGE_TYPES),
    ]  # fmt: skip


# ---- through the pipeline ---------------------------------------------------------------------------------------


def segment_html(html: str | bytes, *, encoding: str | None = None, **settings: Unpack[GivenSettings]) -> Document:
    """Segment a page: language spans and labels of its visible text, structure as evidence.

    Offsets are into `document.text`, the visible text; `block.source` holds the places in the page's source, one for
    each text node. Both are code points; where the page is bytes, those of the decoded page, `extract(html).source`.

    >>> import bilingual
    >>> page = "<p>Fish &amp; <b>chips</b></p>"
    >>> [page[a:b] for a, b in bilingual.segment_html(page).blocks[0].source]
    ['Fish &amp;', 'chips']

    Raises: InputError, SettingsError.
    """
    from bilingual.pipeline import Segmenter

    page = extract(html, encoding=encoding)
    return Segmenter(**settings).run([page.text], page.evidence).document(0, sources=page.places)


def run_html(pages: Sequence[Page], segmenter: Segmenter) -> Result:
    """A batch of extracted pages through a `Segmenter`, as columns."""
    return segmenter.run([page.text for page in pages], Evidence.join(pages))


def segment_html_many(pages: Iterable[str | bytes], **settings: Unpack[GivenSettings]) -> Iterator[Document]:
    """Segment many pages; the same results as `segment_html` on each, batched inside.

    Raises: as `segment_html`; TypeError for one page in place of many.
    """
    from bilingual.pipeline import Segmenter

    return _documents(many(pages, "segment_html_many", "segment_html"), Segmenter(**settings))


def _documents(pages: Iterable[str | bytes], segmenter: Segmenter) -> Iterator[Document]:
    from bilingual.pipeline import batches

    for batch in batches(_extracted(pages), size=lambda page: len(page.text)):
        result = run_html(batch, segmenter)
        yield from (result.document(index, sources=page.places) for index, page in enumerate(batch))


def _extracted(pages: Iterable[str | bytes]) -> Iterator[Page]:
    """The pages extracted; an error says which one it was at."""
    for place, page in enumerate(pages):
        try:
            yield extract(page)
        except (InputError, TypeError) as error:
            error.add_note(f"number {place} of the pages, counted from 0")
            raise
