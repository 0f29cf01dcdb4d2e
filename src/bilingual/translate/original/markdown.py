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
# What makes more of a line than text: for a program that reads the file as Markdown.
_BEGINS = re.compile(
    r"[ \t]*(?P<mark>(?P<heading>#{1,6})(?=\s|\Z)|(?P<item>[-*+])(?=\s|\Z)|(?P<number>[0-9]{1,9}[.)])(?=\s|\Z)"
    r"|(?P<quotation>>)|(?P<code>```|~~~)|(?P<comment><!--)|(?P<rule>={1,}|-{2,}|\*{3,}|_{3,})[ \t]*\Z)"
)
_KINDS = {
    "heading": "a heading", "item": "an item", "number": "an item", "quotation": "a quotation", "code": "code",
    "comment": "a comment", "rule": "a rule, or make a heading of the line above",
}  # fmt: skip
# What may stand before the text of a line.
_MARKS = re.compile(r"(?:[ \t>*+:|\u2022-]|\[[ xX]\]|[0-9]{1,9}[.)])*")
SUFFIXES = frozenset({".markdown", ".md", ".mdown", ".mdx", ".mkd", ".qmd", ".rmd"})
"""Endings of the names of files that programs read as Markdown."""
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


def check_begins(before: str, old: str, new: str) -> None:
    """Refuse what would begin an item, a heading, code or a comment, or no longer begins the item that it began.

    `before`: what stands before the text on its line. Raises: TargetError.
    """
    if new.count("<!--") > old.count("<!--"):
        raise TargetError("`<!--` would begin a comment, maybe to the end of another one; write it as `&lt;!--`")
    begins, began = ([_BEGINS.match(line) for line in LINE_END.split(text)] for text in (new, old))
    known = {_kind(found) for found in began}
    if not _MARKS.fullmatch(before):
        begins[0] = None  # it goes on
    elif _kind(began[0]) == "number" != _kind(begins[0]):
        assert began[0] is not None
        raise TargetError(f"`{began[0]['mark']} ` begins the item: keep it, with the digits that it has")
    for found in begins:
        if found and _kind(found) not in known:
            raise TargetError(
                f"`{found['mark']}` would begin {_KINDS[_kind(found)]} where it begins a line; write a backslash "
                "before its last sign, or take it from there"
            )


def _kind(found: re.Match[str] | None) -> str:
    return next(name for name in _KINDS if found[name]) if found else ""


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
