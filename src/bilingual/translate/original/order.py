"""Codes of a translation whose markup depends on each other: they have to close what they close in the source."""

from __future__ import annotations

import re
from collections.abc import Callable

from bilingual.formats.inline import Code, Parts, codes
from bilingual.translate.original.places import TargetError
from bilingual.translate.original.tags import MARKUP, unmatched

_FIELD = re.compile(r"<[\w.-]+:fldChar\b[^<>]*?:fldCharType\s*=\s*[\"'](begin|separate|end)[\"']")


def check_order(source: Parts, target: Parts) -> None:
    """Codes must close what they close in the source, and lone ones open in what they do there. Raises: TargetError."""
    for counts in (_elements, _fields):
        new = _partners(target, counts) - _partners(source, counts)
        wrong = {number for opener, _, other, _ in new for number in (opener, other)}
        for code in codes(target):
            if code.is_markup and code.number in wrong:
                raise TargetError(f"{code.token} ({code.raw!r}) is out of order: it would begin or end something else")


def is_tag(code: Code) -> bool:
    """Whether a code is a tag that stands in the text."""
    return code.is_literal and code.raw.startswith("<")


def check_tags(source: Parts, target: Parts) -> None:
    """Tags that stand in the text close what they close in the source. Raises: TargetError."""
    before, after = ("".join(code.raw for code in codes(parts) if is_tag(code)) for parts in (source, target))
    among = frozenset(tag["name"].lower() for tag in MARKUP.finditer(before) if tag["slash"])
    if among and unmatched(before, among) != unmatched(after, among):
        tags = " ".join(tag[0] for tag in MARKUP.finditer(after))
        raise TargetError(f"the tags are out of order: {tags}")


def _elements(raw: str) -> tuple[int, int]:
    """How many elements a code closes and opens. That a text or run of Word ends and the next begins does not count."""
    closed, opened = unmatched(raw)
    while closed and opened and closed[0] == opened[-1] and closed[0].rpartition(":")[2] in ("t", "r"):
        del closed[0], opened[-1]
    return len(closed), len(opened)


def _fields(raw: str) -> tuple[int, int]:
    """How many parts of Word fields (the instruction, the result) a code closes and opens."""
    n_closed = n_opened = 0
    for kind in _FIELD.findall(raw):
        if kind != "begin":
            n_closed, n_opened = (n_closed, n_opened - 1) if n_opened else (n_closed + 1, 0)
        n_opened += kind != "end"
    return n_closed, n_opened


def _partners(parts: Parts, counts: Callable[[str], tuple[int, int]]) -> set[tuple[int, int, int, str]]:
    """(code that opens an element, which one of those it opens, another code, what that does: closes it, opens in it).

    What is opened before `parts` has the code 0, what is closed after them negative ones.
    """
    stack: list[tuple[int, int]] = []
    found: set[tuple[int, int, int, str]] = set()
    n_before = 0
    for code in codes(parts):
        n_closed, n_opened = counts(code.raw) if code.is_markup else (0, 0)
        for _ in range(n_closed):
            n_before += not stack
            found.add((*(stack.pop() if stack else (0, n_before)), code.number, "closes"))
        if n_opened and code.kind == "alone":
            found.add((*(stack[-1] if stack else (0, n_before)), code.number, "opens"))
        stack += [(code.number, k) for k in range(n_opened)]
    return found | {(*item, -depth, "closes") for depth, item in enumerate(reversed(stack), 1)}
