"""The kernels of the HTML parser, in the order in which each calls those before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bilingual.text import kernels


@dataclass(frozen=True, slots=True)
class Stages:
    """The kernels, all compiled or all interpreted."""

    lines: Any  # text -> lines of visible text and their runs, character references
    attributes: Any  # attributes of a tag -> what they say of its element, a row of it
    styles: Any  # attributes and inline style -> how an element is shown
    elements: Any  # start and end tags -> elements that are open, what they part
    tags: Any  # bytes -> tags, text, comments: the parser


NAMES = tuple(f"bilingual.formats.markup.{stage}.kernel" for stage in Stages.__slots__)
KERNELS = Stages(*kernels.load(NAMES))
