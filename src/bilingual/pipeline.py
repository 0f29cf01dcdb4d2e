"""The one path: texts -> scan -> languages -> labels -> documents.

The Python functions, the command line, batch, Spark and the review page all go through `Pipeline.run`, so the same
text has the same answer by every entrance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import Any

import numpy as np

from bilingual.document import Document, DocumentColumns, Explanation, Span
from bilingual.errors import SettingsError
from bilingual.labels.columns import KINDS, LabelColumns
from bilingual.language.columns import LanguageColumns
from bilingual.text.scan import Scan, scan, settle

Array = np.ndarray[Any, Any]

# `segment_many` works on batches of about this many code points: enough to spread the fixed cost of a batch, small
# enough to bound memory (of 2**13 .. 2**19 on the development pages: 26, 29, 31, 32, 32, 34, 36 MB/s).
BATCH_CODES = 1 << 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can set.

    `languages`: BCP 47 tags to choose among; None means all that are known.
    """

    languages: tuple[str, ...] | None = None

    @classmethod
    def of(cls, **given: Any) -> Settings:
        """Settings from keywords. Raises: SettingsError for a name or language that is not known."""
        known = {item.name for item in fields(cls)}
        for name in given:
            if name not in known:
                raise SettingsError(f"no setting {name!r}; the settings are {', '.join(sorted(known))}")
        languages = given.get("languages")
        if languages is not None:
            from bilingual.language.registry import check_tags

            given["languages"] = check_tags([languages] if isinstance(languages, str) else languages)
        return cls(**given)


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything found in one batch, as columns; documents are made on request."""

    texts: Sequence[str]
    scan: Scan
    languages: LanguageColumns
    labels: LabelColumns
    settings: Settings
    evidence: Any = None

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def doc_block(self) -> Array:
        """First block of every document: int64[n_docs + 1]."""
        return np.searchsorted(self.scan.block_doc, np.arange(len(self.texts) + 1)).astype(np.int64)

    @cached_property
    def doc_span(self) -> Array:
        """First span of every document: int64[n_docs + 1]."""
        return self.languages.block_span[self.doc_block].astype(np.int64)

    def document(self, index: int, *, id: str | None = None, sources: Any = None) -> Document:  # noqa: A002
        """The document at `index`."""
        columns = self._whole() if len(self.texts) == 1 else self._part(index)
        return Document(
            self.texts[index],
            columns,
            kind=KINDS[self.labels.kind[index]],
            rule_names=self.labels.rule_names,
            settings=self.settings,
            evidence=None if self.evidence is None else self.evidence.of(index),
            sources=sources,
            id=id,
        )

    def _whole(self) -> DocumentColumns:
        """The columns of the only document."""
        s, g, v = self.scan, self.languages, self.labels
        return DocumentColumns(
            block_start=s.block_start,
            block_end=s.block_end,
            block_line=s.block_line,
            block_cut=s.block_cut,
            block_label=v.label,
            block_score=v.score,
            block_layer=v.layer,
            block_rule=v.rule,
            block_span=g.block_span,
            span_start=g.span_start,
            span_end=g.span_end,
            span_lang=g.span_lang,
            span_script=g.span_script,
            span_score=g.span_score,
        )

    def _part(self, index: int) -> DocumentColumns:
        """The columns of one document among others, its offsets from its own start."""
        whole = self._whole()
        b0, b1 = self.doc_block[index], self.doc_block[index + 1]
        s0, s1 = int(self.doc_span[index]), int(self.doc_span[index + 1])
        base = int(self.scan.doc_ptr[index])
        return DocumentColumns(
            block_start=whole.block_start[b0:b1] - base,
            block_end=whole.block_end[b0:b1] - base,
            block_line=whole.block_line[b0:b1],
            block_cut=whole.block_cut[b0:b1],
            block_label=whole.block_label[b0:b1],
            block_score=whole.block_score[b0:b1],
            block_layer=whole.block_layer[b0:b1],
            block_rule=whole.block_rule[b0:b1],
            block_span=whole.block_span[b0 : b1 + 1] - s0,
            span_start=whole.span_start[s0:s1] - base,
            span_end=whole.span_end[s0:s1] - base,
            span_lang=whole.span_lang[s0:s1],
            span_script=whole.span_script[s0:s1],
            span_score=whole.span_score[s0:s1],
        )

    def __iter__(self) -> Iterator[Document]:
        return (self.document(index) for index in range(len(self)))


class Segmenter:
    """A configured, reusable, picklable segmenter.

    >>> Segmenter(languages=["ar", "en"]).segment("Hello مرحبا").spans[1].lang
    'ar'
    """

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings.of(**settings)

    def run(self, texts: Sequence[str], evidence: Any = None) -> Result:
        """One batch through every layer, as columns.

        `evidence` holds what a format knows beyond the text, one row per line (see `bilingual.formats.html`).

        Raises: TypeError when a text is not a `str`.
        """
        from bilingual.labels.model import label
        from bilingual.language.model import identify

        for text in texts:
            if not isinstance(text, str):
                raise TypeError(f"a text must be str, not {type(text).__name__}")
        scanned = scan(texts)
        languages = identify(scanned, self.settings)
        labels = label(scanned, languages, evidence)
        settle(scanned)
        return Result(
            texts=texts, scan=scanned, languages=languages, labels=labels, settings=self.settings, evidence=evidence
        )

    def segment(self, text: str) -> Document:
        """The document of one text."""
        return self.run([text]).document(0)

    def segment_many(self, texts: Iterable[str]) -> Iterator[Document]:
        """The documents of many texts, in order; the same as `segment` on each, batched inside.

        Raises: TypeError for one text in place of many.
        """
        if isinstance(texts, str):
            raise TypeError("segment_many takes many texts; for one there is segment")
        return self._documents(texts)

    def _documents(self, texts: Iterable[str]) -> Iterator[Document]:
        for batch in _batches(texts):
            yield from self.run(batch)

    def __repr__(self) -> str:
        given = ", ".join(
            f"{item.name}={getattr(self.settings, item.name)!r}"
            for item in fields(self.settings)
            if getattr(self.settings, item.name) is not None
        )
        return f"Segmenter({given})"


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Lists of texts of about BATCH_CODES code points together."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text) + 1
        if size >= BATCH_CODES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@cache
def _default() -> Segmenter:
    return Segmenter()


def segment(text: str, **settings: Any) -> Document:
    """Segment one text: language spans, labels and reasons.

    Settings override the defaults by keyword (see `Settings`). Raises: SettingsError, TypeError.
    """
    return (Segmenter(**settings) if settings else _default()).segment(text)


def segment_many(texts: Iterable[str], **settings: Any) -> Iterator[Document]:
    """Segment many texts; the same results as `segment` on each, batched inside."""
    return (Segmenter(**settings) if settings else _default()).segment_many(texts)


def explain(document: Document, span: Span) -> Explanation:
    """Why `span` of `document` has its language and label: the same columns, put in words."""
    from bilingual.labels.explain import reasons

    segmenter = Segmenter()
    segmenter.settings = document._settings
    evidence = document._evidence
    result = segmenter.run([document.text], evidence)
    found = reasons(result.scan, result.languages, result.labels, span.block, evidence)
    summary = (
        f"{span.label} ({span.score:.2f}), decided by {span.layer} {span.rule!r}; "
        f"language {span.lang} ({span.lang_score:.2f}) in script {span.script}"
    )
    return Explanation(
        span=span, summary=summary, reasons=tuple((r.text, int(r.start), int(r.end), float(r.weight)) for r in found)
    )
