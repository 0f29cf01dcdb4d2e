"""Blocks cut into the stretches that a translator gets: sentences, each of one language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bilingual.formats import messages
from bilingual.formats.inline import inline, without_references, written
from bilingual.translate.counting import count_words, countable
from bilingual.translate.marks import union
from bilingual.translate.sentences import sentences, trimmed

if TYPE_CHECKING:
    from bilingual.document import Block, Span

# A stretch of another language with at least this many words is translated (or left) on its own; a shorter one is a
# name or a term inside its sentence, and a translator needs the sentence whole.
CUT_WORDS = 5
_LINE_END = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence, or the part of one that is in another language. Units: code points into the document."""

    start: int
    end: int
    lang: str
    label: str
    score: float

    def with_rest(self, rest: Piece) -> Piece:
        """The sentence that goes on in another piece: the label is that of the longer part."""
        label = max((self, rest), key=lambda one: one.end - one.start).label
        return replace(self, end=rest.end, label=label, score=min(self.score, rest.score))


def joined(
    pieces: Iterable[Piece],
    goes_on: Callable[[Piece, Piece], bool],
    *,
    may_differ: bool,
    is_between: Callable[[Piece], bool] | None = None,
) -> Iterator[Piece]:
    """Pieces, of which those of one sentence are one.

    Such are in one language, and `goes_on` says so. Their labels may differ where nobody corrected them (`may_differ`):
    the rest of a sentence is not for something else. What is between two of them, as the time of a subtitle, is in the
    sentence then.
    """
    waiting: list[Piece] = []  # a text, and what is between it and the next
    for piece in pieces:
        if waiting and is_between is not None and is_between(piece):
            waiting.append(piece)
            continue
        first = waiting[0] if waiting else None
        if first and _may_be_one(first, piece, may_differ) and goes_on(first, piece):
            waiting = [first.with_rest(piece)]
        else:
            yield from waiting
            waiting = [piece]
    yield from waiting


def _may_be_one(first: Piece, second: Piece, may_differ: bool) -> bool:
    return first.lang == second.lang != "und" and (may_differ or first.label == second.label)


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


def cut(text: str, blocks: Iterable[Block], unseen: Sequence[tuple[int, int]] = ()) -> Iterator[Piece]:
    """The pieces of the blocks of a text, in order; white space only between the pieces of one block.

    No code is cut in two. What is `unseen` (ordered, disjoint stretches of the text) is in no language.
    """
    n_before = 0
    for block in blocks:
        spans = block.spans
        at = 0
        for start, end in _whole(text, block):
            while at < len(spans) and spans[at].end <= start:
                at += 1
            while n_before < len(unseen) and unseen[n_before][1] <= start:
                n_before += 1
            for a, b, is_seen in _seen(start, end, unseen, n_before):
                inside = _stretches(spans, at, a, b)
                for first, last, lang in _by_language(text, a, b, inside) if is_seen else _trimmed(text, a, b, "und"):
                    yield Piece(start=first, end=last, lang=lang, label=block.label, score=block.score)


def _whole(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of a block; those that part a code are one."""
    found = sentences(text, block.start, block.end)
    codes = _held(text[block.start : block.end])[0] if len(found) > 1 else []
    at = 0
    for number, (start, end) in enumerate(found):
        while at < len(codes) and block.start + codes[at][1] <= end:
            at += 1
        is_cut = at < len(codes) and block.start + codes[at][0] < end
        if is_cut and number + 1 < len(found):
            found[number + 1] = (start, found[number + 1][1])
        else:
            yield start, end


def _held(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What is not cut inside, in order: codes, and messages with plurals whole; and what of it no one reads."""
    codes = written(text)
    plurals = [found for found in messages.arguments(text) if not _LINE_END.search(text, found.start, found.end)]
    if not plurals:
        return codes, codes
    return list(union([messages.outermost(plurals), codes])), list(union([messages.syntax(plurals), codes]))


def _seen(start: int, end: int, unseen: Sequence[tuple[int, int]], at: int) -> Iterator[tuple[int, int, bool]]:
    """A sentence cut where it begins and ends to be seen: (start, end, whether it is)."""
    while at < len(unseen) and unseen[at][0] < end:
        first, last = max(start, unseen[at][0]), min(end, unseen[at][1])
        if start < first:
            yield start, first, True
        yield first, last, False
        start = last
        at += 1
    if start < end:
        yield start, end, True


def _stretches(spans: Sequence[Span], at: int, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The spans from number `at` on inside a sentence."""
    while at < len(spans) and spans[at].start < end:
        span = spans[at]
        if span.end > start:
            yield max(start, span.start), min(end, span.end), span.lang
        at += 1


def _by_language(
    text: str, start: int, end: int, spans: Iterable[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """A sentence, with the long stretches of other languages parted from it."""
    spans = [*spans]
    if len(spans) < 2:  # most
        yield from _trimmed(text, start, end, spans[0][2] if spans else "und")
        return
    codes, unread = ([(start + a, start + b) for a, b in some] for some in _held(text[start:end]))
    stretches = [_Stretch(start=a, end=b, lang=lang, text=_readable(text, a, b, unread)) for a, b, lang in spans]
    main = most_letters(stretches)
    at = start
    since: list[_Stretch] = []  # the stretches since the last cut
    for span in stretches:
        if span.lang in (main, "und") or count_words(span.text) < CUT_WORDS:
            since.append(span)
            continue
        first, last = _around(span.start, codes, 0), _around(span.end, codes, 1)
        if first > at:
            yield from _trimmed(text, at, first, most_letters(since))
        yield from _trimmed(text, max(at, first), last, span.lang)
        at = last
        since = []
    yield from _trimmed(text, at, end, most_letters(since))


def _readable(text: str, start: int, end: int, codes: Sequence[tuple[int, int]]) -> str:
    """A stretch with white space in place of its codes and of the parts of codes in it."""
    done = []
    at = bisect_right(codes, start, key=lambda code: code[1])
    while at < len(codes) and codes[at][0] < end:
        done.append(text[start : max(start, codes[at][0])])
        start = min(end, codes[at][1])
        at += 1
    return without_references(" ".join((*done, text[start:end])))


def _around(position: int, codes: Sequence[tuple[int, int]], side: int) -> int:
    """A place to cut at: where a code begins (side 0) or ends (side 1) that the position is inside of."""
    at = bisect_right(codes, position, key=lambda code: code[1])
    return codes[at][side] if at < len(codes) and codes[at][0] < position else position


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


def united(text: str, pieces: Sequence[Piece]) -> Piece:
    """Several pieces and what is between them as one: a message, whose language is that of its branches."""
    start, end = pieces[0].start, pieces[-1].end
    unread = [(start + a, start + b) for a, b in messages.syntax(messages.arguments(text[start:end]))]
    lang = most_letters(
        _Stretch(start=one.start, end=one.end, lang=one.lang, text=_readable(text, one.start, one.end, unread))
        for one in pieces
        if one.lang != "und"
    )
    label = max(pieces, key=lambda one: one.end - one.start).label
    return Piece(start=start, end=end, lang=lang, label=label, score=min(one.score for one in pieces))


def main_language(*blocks: Block) -> str:
    """The language of most letters of one or more blocks."""
    return most_letters(span for block in blocks for span in _read(block))


def _read(block: Block) -> Iterable[_HasText]:
    """The spans of a block; of a plural no one reads what is around its branches."""
    unread = messages.syntax(messages.arguments(block.text))
    if not unread:
        return block.spans
    places = [(span.start - block.start, span.end - block.start, span.lang) for span in block.spans]
    return [
        _Stretch(start=start, end=end, lang=lang, text=_readable(block.text, start, end, unread))
        for start, end, lang in places
    ]


def main_block(blocks: Sequence[Block]) -> Block:
    """The longest block: it labels a paragraph that was cut into several."""
    return max(blocks, key=lambda block: block.end - block.start)
