"""What a user holds: a document, its blocks and its spans, with offsets into the text as given.

Arrays stay arrays: a `Document` keeps its slice of the pipeline's columns and makes `Block` and `Span` objects only
when somebody looks at them.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from bilingual.text.arrays import Array

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from bilingual.arabic import Aligned, Profile
    from bilingual.pipeline import Found, Grounds, Settings


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Span:
    """A maximal stretch of one block in one language.

    Units: `start` and `end` are code points into the document's text, half-open. `lang` is a BCP 47 tag, `script` an
    ISO 15924 code, `label` body, navigation or promo, `score` the calibrated probability of the label, `lang_score`
    that of the language; `layer` (rule, heuristic or context) and `rule` say what decided the label.
    """

    start: int
    end: int
    text: str
    lang: str
    script: str
    label: str
    score: float
    layer: str
    rule: str
    lang_score: float
    block: int

    def __repr__(self) -> str:
        return f"<Span {self.start}:{self.end} {self.lang} {self.label} {self.score:.2f} {_short(self.text)}>"

    def to_dict(self) -> dict[str, Any]:
        """The span as the command line prints it: no text, scores rounded to 4 places."""
        return {
            "start": self.start,
            "end": self.end,
            "lang": self.lang,
            "script": self.script,
            "label": self.label,
            "score": round(self.score, 4),
            "layer": self.layer,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Block:
    """The unit that gets a label: a line, a cell of a line, or a sentence group of a page without line breaks.

    Units: `start` and `end` are code points into the document's text, half-open; `line` is the number of its line, from
    0. `label`, `score`, `layer` and `rule` are as of a `Span`. `cut` says what it is: line, cell or group. `source`:
    ranges of the page's source, one for each text node; None where the document is no page.
    """

    start: int
    end: int
    text: str
    label: str
    score: float
    layer: str
    rule: str
    cut: str
    line: int
    spans: tuple[Span, ...]
    source: tuple[tuple[int, int], ...] | None = None

    def __repr__(self) -> str:
        return f"<Block {self.start}:{self.end} {self.label} {self.score:.2f} {self.rule} {_short(self.text)}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentColumns:
    """The columns of one document; offsets are code points into its text.

    Shapes: block_* [n_blocks] (block_span int32[n_blocks + 1]); span_* [n_spans].
    """

    block_start: Array
    block_end: Array
    block_line: Array
    block_cut: Array
    block_label: Array
    block_score: Array
    block_layer: Array
    block_rule: Array
    block_span: Array
    span_start: Array
    span_end: Array
    span_lang: Array
    span_script: Array
    span_score: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a span has its language and its label.

    `reasons` (of the label) and `lang_reasons` are (words, start, end, weight) with offsets into the document's text;
    the weight is the share in log-odds, 0 where a rule or the script decided alone.
    """

    span: Span
    summary: str
    reasons: tuple[tuple[str, int, int, float], ...]
    lang_reasons: tuple[tuple[str, int, int, float], ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What a notebook shows: the words, as `print` does."""
        del cycle
        printer.text(str(self))

    def __str__(self) -> str:
        lines = [self.summary]
        for title, reasons in ((self.span.label, self.reasons), (self.span.lang, self.lang_reasons)):
            lines.append(f"  {title}:")
            for words, start, end, weight in reasons:
                share = f"{weight:+.2f}  " if weight else ""
                lines.append(f"    {share}{words}  [{start}:{end}]")
        return "\n".join(lines)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


CUTS = ("line", "cell", "group")


class _Lazy(Sequence[Any]):
    """A sequence whose items are made on first look; `make_all`, where given, makes them all when they are iterated."""

    __slots__ = ("_items", "_make", "_make_all", "_n")

    def __init__(self, n: int, make: Any, make_all: Any = None) -> None:
        self._n = n
        self._make = make
        self._make_all = make_all
        self._items: list[Any] = [None] * n

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._n))]
        given = operator.index(index)
        index = given + self._n if given < 0 else given
        if not 0 <= index < self._n:
            raise IndexError(f"no item {given} in a sequence of {self._n}")
        item = self._items[index]
        if item is None:
            item = self._items[index] = self._make(index)
        return item

    def __iter__(self) -> Iterator[Any]:
        make_all = self._make_all  # read once: another thread may be here too
        if make_all is None:
            return (self[index] for index in range(self._n))
        made, self._make_all = make_all(), None
        # What was looked at before stays the same object.
        self._items = [new if old is None else old for old, new in zip(self._items, made, strict=True)]
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self[:3]))
        return f"[{shown}{', ...' if self._n > 3 else ''}] ({self._n})"


class Document:
    """One text with its blocks, spans, labels and kind.

    `text` is the text as given, of a page what a reader sees; `id` is a name for it in every output, None until one is
    set. All offsets are code points into `text`, half-open.

    >>> import bilingual
    >>> doc = bilingual.segment("Hello world, this is a short test.\\nمرحبا بالعالم، هذا اختبار قصير.")
    >>> [(span.lang, span.text) for span in doc.spans]
    [('en', 'Hello world, this is a short test.'), ('ar', 'مرحبا بالعالم، هذا اختبار قصير.')]
    """

    def __init__(
        self,
        text: str,
        found: Found,
        index: int,
        *,
        settings: Settings,
        evidence: Any = None,
        sources: Any = None,
        id: str | None = None,  # noqa: A002 (the field's name in every output)
    ) -> None:
        self._text = text
        self.id = id
        self._found: Found | None = found
        self._index = index
        self._settings = settings
        self._evidence = evidence
        self._sources = sources
        self._grounds: Grounds | None = None

    @property
    def text(self) -> str:
        """The text as given. It cannot be set: all that was found has places in it."""
        return self._text

    @property
    def id(self) -> str | None:
        """A name for the document in every output. Raises: TypeError when it is set to what is no string."""
        return self._id

    @id.setter  # noqa: A003 (the name in every output)
    def id(self, name: str | None) -> None:
        if name is not None and not isinstance(name, str):
            raise TypeError(f"the id of a document is str or None, not {type(name).__name__}: give str(...)")
        self._id = name

    @cached_property
    def columns(self) -> DocumentColumns:
        """The columns of the document."""
        assert self._found is not None
        return self._found.columns(self._index)

    @cached_property
    def kind(self) -> str:
        """What kind of page it is: article, forum, product, list, company, documentation or other."""
        from bilingual.labels.columns import KINDS

        assert self._found is not None
        return KINDS[self._found.kind[self._index]]

    @cached_property
    def spans(self) -> Sequence[Span]:
        """The language spans in order: disjoint, white space only between them."""
        return _Lazy(len(self.columns.span_start), self._span, self._every_span)

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The labelled blocks in order."""
        return _Lazy(len(self.columns.block_start), self._block, self._every_block)

    @cached_property
    def _span_block(self) -> Array:
        return np.repeat(np.arange(len(self.columns.block_start)), np.diff(self.columns.block_span))

    def _span(self, index: int) -> Span:
        tags, scripts, labels, layers, rules = names_of_numbers()
        c = self.columns
        block = int(self._span_block[index])
        start, end = int(c.span_start[index]), int(c.span_end[index])
        return Span(
            start=start,
            end=end,
            text=self.text[start:end],
            lang=tags[c.span_lang[index]],
            script=scripts[c.span_script[index]],
            label=labels[c.block_label[block]],
            score=float(c.block_score[block]),
            layer=layers[c.block_layer[block]],
            rule=rules[c.block_rule[block]],
            lang_score=float(c.span_score[index]),
            block=block,
        )

    def _every_span(self) -> list[Span]:
        """All spans at once, a fifth of the time of one by one."""
        return self._spans_of(0, len(self.columns.block_start))

    def _spans_of(self, first: int, last: int) -> list[Span]:
        """The spans of blocks first..last, made at once."""
        from bilingual.rows import kernel
        from bilingual.text import native

        c = self.columns
        start, end = c.block_span[[first, last]].tolist()
        spans = (c.span_start, c.span_end, c.span_lang, c.span_script, c.span_score)
        blocks = (c.block_label, c.block_score, c.block_layer, c.block_rule)
        columns = (
            *(column[start:end] for column in spans), c.block_span[first : last + 1] - start,
            *(column[first:last] for column in blocks),
        )  # fmt: skip
        found: list[Span] = kernel.make_spans(
            Span, self.text, first, *names_of_numbers(), *native.views(columns, kernel.COMPILED)
        )
        return found

    def _block(self, index: int) -> Block:
        _, _, labels, layers, rules = names_of_numbers()
        c = self.columns
        start, end = int(c.block_start[index]), int(c.block_end[index])
        return Block(
            start=start,
            end=end,
            text=self.text[start:end],
            label=labels[c.block_label[index]],
            score=float(c.block_score[index]),
            layer=layers[c.block_layer[index]],
            rule=rules[c.block_rule[index]],
            cut=CUTS[c.block_cut[index]],
            line=int(c.block_line[index]),
            spans=tuple(self.spans[c.block_span[index] : c.block_span[index + 1]]),
            source=self._sources(start, end) if self._sources is not None else None,
        )

    def _every_block(self) -> list[Block]:
        """All blocks at once, with their spans."""
        return self._blocks_of(0, len(self.columns.block_start), list(self.spans))

    def each_block(self, size: int = 1 << 12) -> Iterator[Block]:
        """The blocks in order, `size` made at a time and none kept: those of a huge text would fill the memory.

        Raises: ValueError for a size below 1.
        """
        if size < 1:
            raise ValueError(f"blocks are made one at a time at least, not {size}")
        n = len(self.columns.block_start)
        for first in range(0, n, size):
            last = min(n, first + size)
            yield from self._blocks_of(first, last, self._spans_of(first, last))

    def _blocks_of(self, first: int, last: int, spans: list[Span]) -> list[Block]:
        """Blocks first..last, whose spans are given."""
        from bilingual.rows import kernel
        from bilingual.text import native

        c = self.columns
        blocks = (
            c.block_start, c.block_end, c.block_label, c.block_score, c.block_layer, c.block_rule, c.block_cut,
            c.block_line,
        )  # fmt: skip
        columns = (
            *(column[first:last] for column in blocks),
            c.block_span[first : last + 1] - c.block_span[first],
        )
        names = (list(CUTS), *names_of_numbers()[2:])
        found: list[Block] = kernel.make_blocks(
            Block, self.text, spans, self._sources, *names, *native.views(columns, kernel.COMPILED)
        )
        return found

    def select(
        self,
        *,
        label: str | Iterable[str] | None = None,
        lang: str | Iterable[str] | None = None,
        min_score: float = 0.0,
    ) -> list[Span]:
        """The spans with one of the given labels and languages, whose label's probability is at least `min_score`.

        Raises: SettingsError for a label or a language that does not exist, or a score that is no probability;
        TypeError for what is no name, no names or no number.
        """
        from bilingual.errors import SettingsError
        from bilingual.labels.columns import LABELS
        from bilingual.language.registry import check_tags

        labels = _names("label", label)
        langs = None if lang is None else set(check_tags(_names("lang", lang) or ()))
        unknown = sorted((labels or set()) - set(LABELS))
        if unknown:
            raise SettingsError(f"no label {unknown[0]!r}; the labels are {', '.join(LABELS)}")
        if not hasattr(min_score, "__float__"):
            raise TypeError(f"min_score is a number, 0 to 1, not {type(min_score).__name__}")
        if not 0.0 <= min_score <= 1.0:
            raise SettingsError(f"min_score is a probability, 0 to 1, not {min_score}")
        lowest = float(np.float32(min_score))  # as scores are held: 0.9 is a little less there
        return [
            span
            for span in self.spans
            if (labels is None or span.label in labels)
            and (langs is None or span.lang in langs)
            and span.score >= lowest
        ]

    def explain(self, span: Span | Block) -> Explanation:
        """Why `span` (or a block's first span) has its language and label, with the evidence's offsets.

        Raises: InputError for a span of another document; TypeError for what is neither span nor block.
        """
        from bilingual.errors import InputError
        from bilingual.pipeline import explain

        if isinstance(span, Block):
            span = span.spans[0]
        if not isinstance(span, Span):
            raise TypeError(f"explain takes a span or a block of the document, not {type(span).__name__}")
        if not 0 <= span.block < len(self.blocks) or span not in self.blocks[span.block].spans:
            raise InputError(f"{span!r} is no span of {self!r}; explain takes one of its own spans or blocks")
        return explain(self, span)

    def normalized(self, profile: str | Profile = "search") -> str:
        """The text with its Arabic spans normalized under `profile`; everything else stays as it is.

        A profile whose scope is the whole text, as `camel`, changes that. Raises: SettingsError for a profile that is
        not known.
        """
        return self.aligned(profile).text

    def aligned(self, profile: str | Profile = "search") -> Aligned:
        """As `normalized`, with the map back to the original. Raises: as that does."""
        from bilingual.arabic import normalize_ranges

        ranges = [(span.start, span.end) for span in self.spans if span.lang == "ar"]
        return normalize_ranges(self.text, ranges, profile)

    def to_dict(self) -> dict[str, Any]:
        """`{"id", "text", "kind", "spans": [...]}`, as the command line prints it."""
        return {"id": self.id, "text": self.text, "kind": self.kind, "spans": [span.to_dict() for span in self.spans]}

    def to_json(self) -> str:
        """`to_dict` as one line of JSON. Lone surrogates are written as escapes, so that any text survives."""
        return json_line(self.to_dict())

    def to_arrow(self) -> pyarrow.Table:
        """The spans as a `pyarrow.Table`, one row per span: the names of `to_dict`, `text` and `lang_score`.

        Raises: MissingExtraError.
        """
        from bilingual.engines.table import spans_table

        return spans_table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The spans as a `pandas.DataFrame`, one row per span. Raises: MissingExtraError."""
        from bilingual.engines.table import spans_frame

        return spans_frame(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: blocks coloured by label, each span in its own direction."""
        from bilingual.review.notebook import html

        return html(self)

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return (self.text, self.kind) == (other.text, other.kind) and self.spans == other.spans

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return (
            f"<Document {self.kind}, {len(self.text)} code points, {len(self.columns.block_start)} blocks, "
            f"{len(self.columns.span_start)} spans>"
        )

    def __getstate__(self) -> dict[str, Any]:
        made = {"columns": self.columns, "kind": self.kind, "_found": None, "_grounds": None}
        cached = ("spans", "blocks", "_span_block")
        return {name: value for name, value in {**self.__dict__, **made}.items() if name not in cached}


def json_line(row: dict[str, Any]) -> str:
    """One line of JSON that can be written as UTF-8: with lone surrogates in it, all beyond ASCII is escaped."""
    text = json.dumps(row, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(row)
    return text


@cache
def names_of_numbers() -> tuple[list[str], list[str], list[str], list[str], list[str]]:
    """What the columns number: languages, scripts, labels, layers, rules."""
    from bilingual.labels.columns import LABELS, LAYERS
    from bilingual.labels.model import rule_names
    from bilingual.language.registry import default_registry
    from bilingual.text.classes import SCRIPTS

    return list(default_registry().tags), list(SCRIPTS), list(LABELS), list(LAYERS), list(rule_names())


def _names(setting: str, value: str | Iterable[str] | None) -> set[str] | None:
    """The names given for a setting. Raises: TypeError for what are none."""
    if value is None:
        return None
    if isinstance(value, bytes | bytearray) or not isinstance(value, Iterable):
        raise TypeError(f"{setting} takes a name or several, not {type(value).__name__}")
    names = [value] if isinstance(value, str) else list(value)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{setting} takes a name or several, not {type(name).__name__}")
    return set(names)
