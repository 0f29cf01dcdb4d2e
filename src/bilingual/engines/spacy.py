"""A spaCy component: language and page label of every stretch of a `Doc`, offsets kept.

    nlp = spacy.blank("en")
    nlp.add_pipe("bilingual")
    doc = nlp("Hello world. مرحبا بالعالم")
    [(span.text, span._.lang, span._.page_label) for span in doc.spans["bilingual"]]

spaCy's own `Span.lang` is that of the vocabulary, so the answers are extension attributes (`._.`). Those of a token are
stored with the document; those of a span are read from its label, and so survive wherever span groups do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from bilingual.document import Document
from bilingual.errors import MissingExtraError
from bilingual.pipeline import Segmenter
from bilingual.text.arrays import Array

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, SpanGroup, Token
except ImportError:
    raise MissingExtraError("spacy", extra="spacy") from None

KEY = "bilingual"


class Component:
    """Sets `doc.spans[key]`, `token._.lang`, `token._.page_label`, and `doc._.page_kind`.

    The spans of the group are the language spans of `bilingual.segment`, widened to whole tokens where a switch lies
    inside one; their `label_` is `label|lang` (as `body|ar`), the label's score is in `span._.page_score`. A token
    takes what holds for its first letter. White space between spans has an empty language and label.
    """

    def __init__(self, *, key: str = KEY, languages: list[str] | None = None) -> None:
        self.key = key
        self.segmenter = Segmenter(languages=languages)

    def __call__(self, doc: Any) -> Any:
        return self._annotate(doc, self.segmenter.segment(doc.text))

    def pipe(self, stream: Iterable[Any], *, batch_size: int = 1000) -> Iterator[Any]:
        """The documents of `stream`, a batch at a time through the columns."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            found = self.segmenter.segment_many(doc.text for doc in batch)
            for doc, document in zip(batch, found, strict=True):
                yield self._annotate(doc, document)

    def _annotate(self, doc: Any, document: Document) -> Any:
        starts = np.array([token.idx for token in doc], np.int64)
        ends = starts + np.array([len(token) for token in doc], np.int64)
        doc._.page_kind = document.kind
        doc.spans[self.key] = self._group(doc, document, starts, ends)
        c = document.columns
        held_by = np.searchsorted(c.span_end, starts, side="right").tolist()
        for i, token in enumerate(doc):
            span = document.spans[held_by[i]] if held_by[i] < len(document.spans) else None
            is_held = span is not None and span.start < ends[i]
            token._.lang = span.lang if span is not None and is_held else ""
            token._.page_label = span.label if span is not None and is_held else ""
        return doc

    def _group(self, doc: Any, document: Document, starts: Array, ends: Array) -> Any:
        """The spans, each from the token that holds its first letter to the one that holds its last."""
        c = document.columns
        first = np.searchsorted(ends, c.span_start, side="right").tolist()
        after = np.searchsorted(starts, c.span_end, side="left").tolist()
        group = SpanGroup(doc, name=self.key)
        for i, span in enumerate(document.spans):
            made = Span(doc, first[i], after[i], label=f"{span.label}|{span.lang}")
            made._.page_score = span.score
            group.append(made)
        return group


def _label(span: Any) -> str:
    return str(span.label_).partition("|")[0]


def _lang(span: Any) -> str:
    return str(span.label_).partition("|")[2]


def register() -> None:
    """Declare the extension attributes; doing it again changes nothing."""
    Doc.set_extension("page_kind", default="", force=True)
    for name in ("lang", "page_label"):
        Token.set_extension(name, default="", force=True)
    Span.set_extension("lang", getter=_lang, force=True)
    Span.set_extension("page_label", getter=_label, force=True)
    Span.set_extension("page_score", default=0.0, force=True)


register()


@Language.factory(
    "bilingual",
    assigns=["doc.spans", "token._.lang", "token._.page_label"],
    default_config={"key": KEY, "languages": None},
)
def make(nlp: Language, name: str, key: str, languages: list[str] | None) -> Component:
    """The component for `nlp.add_pipe("bilingual")`. Raises: SettingsError for a language that is not known."""
    del nlp, name
    return Component(key=key, languages=languages)
