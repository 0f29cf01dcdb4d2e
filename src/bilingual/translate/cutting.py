"""Blocks cut into the stretches that a translator gets: sentences, each of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bilingual.formats.inline import inline
from bilingual.translate.counting import count_words, countable
from bilingual.translate.sentences import sentences, trimmed

if TYPE_CHECKING:
    from bilingual.document import Block

# A stretch of another language with at least this many words is translated (or left) on its own; a shorter one is a
# name or a term inside its sentence, and a translator needs the sentence whole.
CUT_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence, or the part of one that is in another language. Units: code points into the document."""

    start: int
    end: int
    lang: str
    label: str
    score: float


class _HasText(Protocol):
    @property
    def lang(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    start: int
    end: int
    lang: str
    text: str


def cut(text: str, blocks: Iterable[Block]) -> Iterator[Piece]:
    """The pieces of the blocks of a text, in order; white space only between the pieces of one block."""
    for block in blocks:
        spans = block.spans
        at = 0
        for start, end in sentences(text, block.start, block.end):
            while at < len(spans) and spans[at].end <= start:
                at += 1
            inside = []
            index = at
            while index < len(spans) and spans[index].start < end:
                a, b = max(start, spans[index].start), min(end, spans[index].end)
                inside.append(_Stretch(start=a, end=b, lang=spans[index].lang, text=text[a:b]))
                index += 1
            for a, b, lang in _by_language(text, start, end, inside):
                yield Piece(start=a, end=b, lang=lang, label=block.label, score=block.score)


def _by_language(text: str, start: int, end: int, spans: Sequence[_Stretch]) -> Iterator[tuple[int, int, str]]:
    """A sentence, with the long stretches of other languages parted from it."""
    main = most_letters(spans)
    at = start
    since: list[_Stretch] = []  # the stretches since the last cut
    for span in spans:
        if span.lang in (main, "und") or count_words(_without_codes(span.text)) < CUT_WORDS:
            since.append(span)
            continue
        yield from _trimmed(text, at, span.start, most_letters(since))
        yield from _trimmed(text, span.start, span.end, span.lang)
        at = span.end
        since = []
    yield from _trimmed(text, at, end, most_letters(since))


def _trimmed(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int, str]]:
    start, end = trimmed(text, start, end)
    if start < end:
        yield start, end, lang


def _without_codes(text: str) -> str:
    """What a translator reads and counts of a text: no placeholders, no addresses."""
    return countable(inline(text))


def most_letters(spans: Iterable[_HasText]) -> str:
    """The language with most letters outside codes, the first of equals; `und` where there is no stretch."""
    letters: dict[str, int] = {}
    for span in spans:
        letters[span.lang] = letters.get(span.lang, 0) + sum(map(str.isalpha, _without_codes(span.text)))
    return max(letters, key=lambda lang: letters[lang], default="und")


def main_language(*blocks: Block) -> str:
    """The language of most letters of one or more blocks."""
    return most_letters(span for block in blocks for span in block.spans)


def main_block(blocks: Sequence[Block]) -> Block:
    """The longest block: it labels a paragraph that was cut into several."""
    return max(blocks, key=lambda block: block.end - block.start)
