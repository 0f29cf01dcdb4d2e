"""What a translation may not break in Markdown: links, headings, quotations, items, bold words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from bilingual.formats.inline import Code, Parts
from bilingual.translate.original.places import TargetError

LINE_END = re.compile(r"\r\n|\r|\n")
EMPTY_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
# How the line of a heading begins, and of a quotation or an item.
_HEADS = re.compile(r"[ \t>]*#{1,6}[ \t]+")
_BOLD = re.compile(r"\*\*(?=[^\s*])[^*]*+(?:\*(?!\*)[^*]*+)*+(?<!\s)\*\*")
_MARKED = re.compile(r"[ \t]*(?:>|(?:[*+-]|\d{1,4}[.)])[ \t])")
_ENDS_LINK = re.compile(r"\)|[ ][\"'(]")


def check_markdown(text: str, line: int, old: str, new: str) -> None:
    """Refuse what would end the heading, quotation or item that a line of `text` begins, or would make no words bold.

    Raises: TargetError.
    """
    if _HEADS.match(text, line) and LINE_END.search(new):
        raise TargetError("a line break would end the heading; take it out")
    is_bold = "**" in old and "**" not in _BOLD.sub("", old) and "***" not in new
    if is_bold and "**" in _BOLD.sub("", new):
        raise TargetError("`**` without its other end, or with a space inside, would be seen as it is")
    if _MARKED.match(text, line) and EMPTY_LINE.search(new):
        raise TargetError("an empty line would end the quotation or the item; take it out")


def _links(parts: Parts) -> Counter[str]:
    """Where links of Markdown lead to."""
    around = pairwise(("", *parts, ""))
    places = zip(around, ("", *parts, "")[2:], strict=False)
    return Counter(
        code.raw
        for (before, code), after in places
        if isinstance(code, Code) and isinstance(before, str) and before.endswith("](")
        and isinstance(after, str) and _ENDS_LINK.match(after)
    )  # fmt: skip


def check_links(source: Parts, target: Parts) -> None:
    """Links of Markdown lead where they lead in the source. Raises: TargetError."""
    lost = [*(_links(source) - _links(target))]
    if lost:
        raise TargetError(
            f"{lost[0]} is no longer where a link leads to: no space and no other mark stands between `](` and it, "
            'and behind it `)`, or a title between straight marks, ` "…")`'
        )
