"""A document as a notebook shows it: its blocks coloured by label, every span in its own direction, nothing to run."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bilingual.document import Block, Document, Span
from bilingual.review.rows import direction, main_span, pieces

MAX_BLOCKS = 100
MAX_CHARS = 600
# Readable on the light and the dark ground of a notebook alike: the ground shines through, the edge carries the label.
EDGES = {"body": "#2e9e5b", "navigation": "#4a7fd6", "promo": "#d97a1e"}
_SMALL = "font-size:75%;opacity:.7"


def html(document: Document) -> str:
    """The first `MAX_BLOCKS` blocks as HTML, each span at most `MAX_CHARS` code points long."""
    n_blocks = len(document.blocks)
    rows = [_block(block) for block in document.blocks[:MAX_BLOCKS]]
    if n_blocks > MAX_BLOCKS:
        rows.append(f'<div style="{_SMALL}">… and {n_blocks - MAX_BLOCKS:,} more blocks</div>')
    head = f"{document.kind} · {len(document.text):,} code points · {n_blocks:,} blocks · {len(document.spans):,} spans"
    return f'<div dir="ltr"><div style="{_SMALL}">{escape(head)}</div>{"".join(rows)}</div>'


def _block(block: Block) -> str:
    main = main_span(block)
    edge = EDGES[block.label]
    why = escape(f"{block.label} {block.score:.2f}, {block.layer}: {block.rule} [{block.start}:{block.end}]")
    badge = f'<span style="{_SMALL};color:{edge}">{block.label} {block.score:.2f}</span>'
    style = f"border-inline-start:4px solid {edge};background:{edge}1a;padding:1px 6px;margin:2px 0;text-align:start"
    text = " ".join(map(_span, block.spans))
    return f'<div dir="{direction(main.lang, main.script)}" title="{why}" style="{style}">{text} {badge}</div>'


def _span(span: Span) -> str:
    place = escape(f"{span.lang} {span.lang_score:.2f} [{span.start}:{span.end}]")
    shown = "".join(_shown(span.text[:MAX_CHARS])) + ("…" if len(span.text) > MAX_CHARS else "")
    lang = escape(span.lang)
    return f'<bdi dir="{direction(span.lang, span.script)}" lang="{lang}" title="{place}">{shown}</bdi>'


def _shown(text: str) -> Iterator[str]:
    """The text, escaped; a control character as its name, so that it can steer nothing."""
    for piece in pieces(text):
        if piece.kind == "control":
            yield f'<span style="{_SMALL}">[{escape(piece.name)}]</span>'
        elif piece.kind == "isolated":
            yield f'<bdi dir="ltr">{escape(piece.text)}</bdi>'
        else:
            yield escape(piece.text)
