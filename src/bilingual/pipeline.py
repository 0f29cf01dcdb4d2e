"""The one path: texts -> scan -> languages -> labels -> documents.

The Python functions, the command line, batch, Spark and the review page all go through `Segmenter.run`, so the same
text has the same answer by every entrance.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import numpy as np

from bilingual.document import CUTS, Document, DocumentColumns, Explanation, Span, names_of_numbers
from bilingual.errors import SettingsError
from bilingual.labels.columns import LabelColumns
from bilingual.language.columns import LanguageColumns
from bilingual.text import native
from bilingual.text.arrays import Array
from bilingual.text.given import many, plain
from bilingual.text.reason import Reason
from bilingual.text.scan import Scan, scan
from bilingual.text.stages import KERNELS
from bilingual.text.workspace import Column, Columns, padded, room

if TYPE_CHECKING:
    from bilingual.labels.explain import Judged
    from bilingual.language.model import WordEvidence

T = TypeVar("T")

# `segment_many` works on batches of about this many code points: enough that tables are in the cache when they are
# asked again, small enough to bound memory (of 2**14, 2**16 .. 2**20 on the development pages: 35, 35, 36, 38, 41, 37
# MB/s).
BATCH_CODES = 1 << 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can set.

    `languages`: BCP 47 tags to choose among; None means all that are known.
    """

    languages: tuple[str, ...] | None = None

    @classmethod
    def of(cls, **given: Any) -> Settings:
        """Settings from keywords.

        Raises: SettingsError for a name or language that is not known, and where no language is left to choose;
        TypeError where the languages are no strings.
        """
        known = {item.name for item in fields(cls)}
        for name in given:
            if name not in known:
                raise SettingsError(f"no setting {name!r}; the settings are {', '.join(sorted(known))}")
        languages = given.get("languages")
        if isinstance(languages, bytes | bytearray) or not isinstance(languages, Iterable | None):
            raise TypeError(f"languages takes tags, as ['ar', 'en'], not {type(languages).__name__}")
        if languages is not None:
            from bilingual.language.registry import check_tags

            chosen = dict.fromkeys(check_tags([languages] if isinstance(languages, str) else languages))
            if all(tag.startswith("und") for tag in chosen):
                raise SettingsError("languages names no language to choose; leave it out to choose among all")
            given["languages"] = tuple(chosen)
        return cls(**given)


class GivenSettings(TypedDict, total=False):
    """The settings as keywords of every entrance: each may be left out. A single language may be given as a string."""

    languages: str | Iterable[str] | None


class Found:
    """What is found in one batch: the columns of `LanguageColumns` and `LabelColumns`, and those of `Scan` that have an
    item per block or per document.

    They stand in one buffer, and a column is made when it is looked at. Units: positions are code points into all
    texts, a line feed behind each; those of document d begin at `doc_ptr[d]`. `names` has what numbers stand for.

    Shapes: doc_ptr [n_docs + 1]; kind [n_docs]; block_start, block_end, block_doc, block_line, block_cut, label, score,
    layer, rule [n_blocks]; block_span [n_blocks + 1], the first span of a block; span_* [n_spans]; word_lang [n_words].
    """

    doc_ptr: Array
    kind: Array
    block_start: Array
    block_end: Array
    block_doc: Array
    block_line: Array
    block_cut: Array
    block_span: Array
    label: Array
    score: Array
    layer: Array
    rule: Array
    span_start: Array
    span_end: Array
    span_block: Array
    span_lang: Array
    span_script: Array
    span_score: Array
    word_lang: Array

    def __init__(self, scanned: Scan, languages: LanguageColumns, labels: LabelColumns) -> None:
        counts = (scanned.n_docs, scanned.n_blocks, languages.n_spans, scanned.n_words)
        self.n_docs, self.n_blocks, self.n_spans, self.n_words = counts
        self._buffer = KERNELS.documents.gather(_parts(scanned, languages, labels), tuple(map(padded, counts)))

    def __getattr__(self, name: str) -> Array:
        place = _PLACES.get(name)
        if place is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        before, column = place
        start = sum(width * padded(getattr(self, axis)) for axis, width in before)
        n = getattr(self, column.axis) + column.more
        found = np.frombuffer(self._buffer, column.dtype, n, start)
        self.__dict__[name] = found
        return found

    def __repr__(self) -> str:
        return f"<Found {self.n_docs} documents, {self.n_blocks} blocks, {self.n_spans} spans>"

    @property
    def names(self) -> dict[str, Sequence[str]]:
        """What the numbers of a column stand for: `names["span_lang"][number]`."""
        from bilingual.labels.columns import KINDS

        tags, scripts, labels, layers, rules = names_of_numbers()
        return {
            "kind": KINDS, "block_cut": CUTS, "label": labels, "layer": layers, "rule": rules, "span_lang": tags,
            "span_script": scripts, "word_lang": tags,
        }  # fmt: skip

    @property
    def rule_names(self) -> tuple[str, ...]:
        """What `rule` numbers."""
        from bilingual.labels.model import rule_names

        return rule_names()

    @cached_property
    def doc_block(self) -> Array:
        """First block of every document: int64[n_docs + 1]."""
        return np.searchsorted(self.block_doc, np.arange(self.n_docs + 1)).astype(np.int64)

    @cached_property
    def doc_span(self) -> Array:
        """First span of every document: int64[n_docs + 1]."""
        return self.block_span[self.doc_block].astype(np.int64)

    def columns(self, index: int) -> DocumentColumns:
        """The columns of one document, its offsets from its own start."""
        block = slice(*self.doc_block[index : index + 2].tolist())
        span = slice(*self.doc_span[index : index + 2].tolist())
        base = int(self.doc_ptr[index])
        return DocumentColumns(
            block_start=_less(self.block_start[block], base),
            block_end=_less(self.block_end[block], base),
            block_line=self.block_line[block],
            block_cut=self.block_cut[block],
            block_label=self.label[block],
            block_score=self.score[block],
            block_layer=self.layer[block],
            block_rule=self.rule[block],
            block_span=_less(self.block_span[block.start : block.stop + 1], span.start),
            span_start=_less(self.span_start[span], base),
            span_end=_less(self.span_end[span], base),
            span_lang=self.span_lang[span],
            span_script=self.span_script[span],
            span_score=self.span_score[span],
        )


def _less(column: Array, base: int) -> Array:
    """The positions from `base` on; those of the first document as they are, as it may be the only one, and huge."""
    return column - base if base else column


# What is kept: of the scan, the languages or the labels; per document, block, span or word.
_KEPT: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 0, ("doc_ptr",)),
    (2, 0, ("kind",)),
    (0, 1, ("block_start", "block_end", "block_doc", "block_line", "block_cut")),
    (1, 1, ("block_span",)),
    (2, 1, ("label", "score", "layer", "rule")),
    (1, 2, ("span_start", "span_end", "span_block", "span_lang", "span_script", "span_score")),
    (1, 3, ("word_lang",)),
)


def _parts(*columns: Columns) -> list[Any]:
    """What is kept of a scan, languages and labels as the kernel takes it, made once for these."""
    made = columns[0].seen  # names none but the others, so that no cycle keeps a huge batch
    known = made.get(_parts)
    if known is None or known[0] != columns[1:]:
        parts = []
        kernel = KERNELS.documents
        for number, axis, names in _KEPT:
            for name in names:
                data = columns[number].room_of(name).view(np.uint8)
                width = columns[number].KINDS[name].width
                parts.append(kernel.Part(native.view(data, kernel.COMPILED), width, axis))
        known = made[_parts] = (columns[1:], parts)
    found: list[Any] = known[1]
    return found


def _places() -> dict[str, tuple[list[tuple[str, int]], Column]]:
    """Of every column of `Found`: axis and width of those before it, and what it holds."""
    before: list[tuple[str, int]] = []
    found = {}
    for columns, _, names in _KEPT:
        for name in names:
            column = (Scan, LanguageColumns, LabelColumns)[columns].KINDS[name]
            found[name] = ([*before], column)
            before.append((column.axis, column.width))
    return found


_PLACES = _places()


class Result:
    """One batch: its texts, what is `found` in them as columns, and documents, which are made on request."""

    def __init__(self, texts: Sequence[str], found: Found, settings: Settings, evidence: Any = None) -> None:
        self.texts, self.found, self.settings, self.evidence = texts, found, settings, evidence

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def scan(self) -> Scan:
        """The scan. Its words are not kept, as nearly nobody asks for them: they are found once more."""
        return scan(self.texts)

    def document(self, index: int, *, id: str | None = None, sources: Any = None) -> Document:  # noqa: A002
        """The document at `index`, from the end where that is below 0. Raises: IndexError."""
        index = range(len(self))[index]
        evidence = None if self.evidence is None else self.evidence.of(index)
        return Document(
            self.texts[index], self.found, index, settings=self.settings, evidence=evidence, sources=sources, id=id
        )

    def __iter__(self) -> Iterator[Document]:
        return (self.document(index) for index in range(len(self)))

    def __repr__(self) -> str:
        return f"<Result {self.found!r}>"


class Segmenter:
    """A segmenter with settings, reusable by any number of threads, and picklable.

    `languages`: BCP 47 tags to choose among; without it all that are known.

    >>> Segmenter(languages=["ar", "en"]).segment("Hello مرحبا").spans[1].lang
    'ar'
    """

    def __init__(self, **settings: Unpack[GivenSettings]) -> None:
        self.settings = Settings.of(**settings)

    def run(self, texts: Sequence[str], evidence: Any = None) -> Result:
        """One batch through every layer, as columns.

        `evidence` holds what a format knows beyond the text, one row per line (see `bilingual.formats.html`).

        Raises: TypeError when a text is not a `str`, and for one text in place of many.
        """
        identify, label = _layers()
        given = many(texts, "Segmenter.run", "segment")
        texts = [text if type(text) is str else plain(text, place) for place, text in enumerate(given)]
        scanned = scan(texts, new=room)
        languages = identify(scanned, self.settings, new=room)
        labels = label(scanned, evidence, new=room)
        return Result(texts, Found(scanned, languages, labels), self.settings, evidence)

    def segment(self, text: str) -> Document:
        """The document of one text."""
        return self.run([text]).document(0)

    def segment_many(self, texts: Iterable[str]) -> Iterator[Document]:
        """The documents of many texts, in order; the same as `segment` on each, batched inside.

        Raises: TypeError as `run` does.
        """
        return self._documents(many(texts, "segment_many", "segment"))

    def _documents(self, texts: Iterable[str]) -> Iterator[Document]:
        for batch in batches(map(plain, texts, count()), size=len):
            yield from self.run(batch)

    def __eq__(self, other: object) -> bool:
        return self.settings == other.settings if isinstance(other, Segmenter) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.settings)

    def __repr__(self) -> str:
        given = ", ".join(
            f"{item.name}={getattr(self.settings, item.name)!r}"
            for item in fields(self.settings)
            if getattr(self.settings, item.name) is not None
        )
        return f"Segmenter({given})"


def batches(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Lists of items of about BATCH_CODES code points together, by the `size` of each; those before an error come
    before it."""
    batch: list[T] = []
    total = 0
    error = None
    try:
        for item in items:
            batch.append(item)
            total += size(item) + 1
            if total >= BATCH_CODES:
                yield batch
                batch, total = [], 0
    except Exception as raised:
        error = raised
    if batch:
        yield batch
    if error is not None:
        raise error


@cache
def _layers() -> tuple[Any, Any]:
    """The layers of languages and labels, imported when the first text comes."""
    from bilingual.labels.model import label
    from bilingual.language.model import identify

    return identify, label


@cache
def _default() -> Segmenter:
    return Segmenter()


def segment(text: str, **settings: Unpack[GivenSettings]) -> Document:
    """Segment one text: language spans, labels and reasons.

    The one setting is `languages`, tags to choose among, as in `languages=["ar", "en"]`. Raises: SettingsError for a
    language that is not known, TypeError for anything but a text.

    >>> [(span.lang, span.text) for span in segment("Hello world. مرحبا بالعالم").spans]
    [('en', 'Hello world.'), ('ar', 'مرحبا بالعالم')]
    """
    return (Segmenter(**settings) if settings else _default()).segment(text)


def segment_many(texts: Iterable[str], **settings: Unpack[GivenSettings]) -> Iterator[Document]:
    """Segment many texts, in order; the same results as `segment` on each with the same settings, batched inside.

    Raises: as `segment`; TypeError for one text in place of many.

    >>> [doc.spans[0].lang for doc in segment_many(["Bonjour tout le monde", "مرحبا بالعالم"])]
    ['fr', 'ar']
    """
    return (Segmenter(**settings) if settings else _default()).segment_many(texts)


def explain(document: Document, span: Span) -> Explanation:
    """Why `span` of `document` has its language and label: the same evidence, put in words."""
    from bilingual.labels.columns import LABELS
    from bilingual.labels.describe import meaning
    from bilingual.labels.explain import reasons
    from bilingual.language.explain import reasons as lang_reasons
    from bilingual.language.registry import number

    grounds = _grounds(document)
    for_label = reasons(grounds.scan, grounds.judged, LABELS.index(span.label), span.block)
    for_lang = lang_reasons(
        grounds.scan, grounds.words, span.block, span.start, span.end,
        lang=number(span.lang), score=span.lang_score, languages=document._settings.languages,
    )  # fmt: skip
    summary = (
        f"{span.label} ({span.score:.2f}), decided by {span.layer} {span.rule!r}: {meaning(span.rule)}; "
        f"language {span.lang} ({span.lang_score:.2f}) in script {span.script}"
    )
    return Explanation(span=span, summary=summary, reasons=_told(for_label), lang_reasons=_told(for_lang))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the explanations of one document read."""

    scan: Scan
    judged: Judged
    words: WordEvidence


class _Last(threading.local):
    """The document that this thread explained last: the only one for which it keeps the grounds."""

    document: Callable[[], Document | None] = staticmethod(lambda: None)


_last = _Last()


def _grounds(document: Document) -> Grounds:
    """The grounds of a document, kept with it until this thread explains another one: they are far larger than it."""
    from bilingual.labels.explain import judged
    from bilingual.language.explain import word_evidence

    grounds = document._grounds  # read once: another thread may drop it
    if grounds is None:
        scanned = scan([document.text])
        grounds = Grounds(scan=scanned, judged=judged(scanned, document._evidence), words=word_evidence(scanned))
        before = _last.document()
        if before is not None:
            before._grounds = None
        document._grounds = grounds
        _last.document = weakref.ref(document)
    return grounds


def _told(reasons: Sequence[Reason]) -> tuple[tuple[str, int, int, float], ...]:
    return tuple((one.text, int(one.start), int(one.end), float(one.weight)) for one in reasons)
