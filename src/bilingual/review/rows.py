"""Documents -> plain records for the page: every highlighted block with its text in pieces and its reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from bilingual.document import Block, Document, Span
from bilingual.language.direction import is_rtl

# Reasons are worked out for documents up to this many blocks; beyond it the deciding layer and rule must do.
MAX_EXPLAINED = 3000
MAX_REASONS = 6

# What must not be reordered by the text around it: format directives, template fields, addresses.
_ISOLATED = regex.compile(
    r"%\d*\$?[sdif@]|\{\{?[^{}\s]{0,40}\}?\}|\$\{[^}\s]{0,40}\}|(?:https?://|www\.)\S+"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+"
)
_CONTROL = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]")
# Joiners shape letters and keep emoji together; shown as chips they would break what they are for.
_JOINERS = frozenset("\u200c\u200d")
_NAMES = {
    "\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF",
    "\u202d": "LRO", "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
    "\ufeff": "BOM", "\u00ad": "SHY", "\u2060": "WJ", "\u200b": "ZWSP", "\t": "TAB", "\u2028": "LS", "\u2029": "PS",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text inside a span. `kind`: text, isolated (shown left to right on its own) or control (a chip)."""

    text: str
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """A span, or the white space between two (`lang` empty)."""

    start: int
    end: int
    lang: str
    direction: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    """A block as the page shows it."""

    number: int
    start: int
    end: int
    label: str
    score: float
    lang: str
    direction: str
    spans: tuple[SpanRow, ...]
    why: str
    reasons: tuple[tuple[str, int, int, float], ...]


def direction(lang: str, script: str = "") -> str:
    """Base direction of a language: from what it is, never from the first letter (`dir=auto` gets menus wrong).

    >>> direction("ar"), direction("en"), direction("ar-Latn"), direction("und", "Arab")
    ('rtl', 'ltr', 'ltr', 'rtl')
    """
    return "rtl" if is_rtl(f"und-{script}" if lang == "und" and script else lang) else "ltr"


def main_span(block: Block) -> Span:
    """The span with most letters, the first of equals: the block is read in its direction."""
    return max(block.spans, key=lambda span: sum(map(str.isalpha, span.text)))


def block_rows(document: Document) -> Iterator[BlockRow]:
    """One record per block."""
    explained = len(document.blocks) <= MAX_EXPLAINED
    for number, block in enumerate(document.blocks):
        yield _block_row(document, number, block, explained)


def _block_row(document: Document, number: int, block: Block, explained: bool) -> BlockRow:
    main = main_span(block)
    reasons: tuple[tuple[str, int, int, float], ...] = ()
    if explained:
        reasons = document.explain(block).reasons[:MAX_REASONS]
    return BlockRow(
        number=number,
        start=block.start,
        end=block.end,
        label=block.label,
        score=block.score,
        lang=main.lang,
        direction=direction(main.lang, main.script),
        spans=tuple(_span_rows(document.text, block.spans)),
        why=f"{block.layer}: {block.rule}",
        reasons=reasons,
    )


def _span_rows(text: str, spans: Sequence[Span]) -> Iterator[SpanRow]:
    last = spans[0].start
    for span in spans:
        if span.start > last:
            yield SpanRow(start=last, end=span.start, lang="", direction="", pieces=pieces(text[last : span.start]))
        yield SpanRow(
            start=span.start,
            end=span.end,
            lang=span.lang,
            direction=direction(span.lang, span.script),
            pieces=pieces(span.text),
        )
        last = span.end


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a span's text where something must be isolated or made visible; the pieces' texts join to `text`."""
    found: list[Piece] = []
    at = 0
    for match in _ISOLATED.finditer(text):
        found += _controls(text[at : match.start()])
        found += [Piece(text=piece.text, kind="isolated" if piece.kind == "text" else piece.kind, name=piece.name)
                  for piece in _controls(match[0])]  # fmt: skip
        at = match.end()
    found += _controls(text[at:])
    return tuple(found)


def _controls(text: str) -> Iterator[Piece]:
    at = 0
    for match in _CONTROL.finditer(text):
        if match[0] in _JOINERS:
            continue
        if match.start() > at:
            yield Piece(text=text[at : match.start()], kind="text")
        yield Piece(text=match[0], kind="control", name=_NAMES.get(match[0], f"U+{ord(match[0]):04X}"))
        at = match.end()
    if at < len(text):
        yield Piece(text=text[at:], kind="text")
