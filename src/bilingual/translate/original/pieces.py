"""Units of a page: text, tags and what stays as it is, numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bilingual.formats.inline import Code, Part, Parts, codes, inline, over_codes
from bilingual.translate.original.tags import MARKUP, REST, VOID

# A piece of a unit: whether it is markup, None for text that stays as it is; and what it is.
Piece = tuple[bool | None, str]

_TAG_OR_SPACE = re.compile(rf"<{REST}>|\s+")
_END_TAGS = re.compile(rf"\s*(?:</[A-Za-z]{REST}>\s*)*")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff⟦⟧]")


def kept(text: str) -> list[Piece]:
    """Text that stays as it is, as pieces; what no table can show as it is, is text."""
    core = text.strip()
    if not core or _UNSHOWN.search(core):
        return [(False, text)]
    first, last = text.split(core, 1)
    return [piece for piece in ((False, first), (None, core), (False, last)) if piece[1]]


def gap(raw: str) -> list[tuple[bool, str]]:
    """What stands between two texts as (is markup, text): white space, and tags one by one.

    Where there is more than tags (comments, scripts, hidden text), the end tags before that and the start tags after it
    are parted from it, as they may be halves of pairs; the rest is one.
    """
    ends = _END_TAGS.match(raw)
    first = at = last = ends.end() if ends else 0
    is_plain = True
    for found in MARKUP.finditer(raw, first):
        has_more = found["name"] is None or bool(raw[at : found.start()].strip())
        is_plain = is_plain and not has_more
        at = found.end()
        if found["name"] is None or found["slash"]:
            last = at
        elif has_more:
            last = found.start()
    if raw[at:].strip():
        last, is_plain = len(raw), False
    if is_plain:
        return _one_by_one(raw)
    middle = raw[first:last].rstrip()
    return [*_one_by_one(raw[:first]), (True, middle), *_one_by_one(raw[first + len(middle) :])]


def _one_by_one(raw: str) -> list[tuple[bool, str]]:
    return [(True, found[0]) if found[0][0] == "<" else (False, " ") for found in _TAG_OR_SPACE.finditer(raw)]


def numbered(pieces: Sequence[Piece]) -> Parts:
    """Pieces as parts: tags get numbers, both tags of a pair the same one."""
    joined: list[Piece] = []
    for is_markup, raw in pieces:
        if joined and is_markup is False and joined[-1][0] is False:
            joined[-1] = (False, joined[-1][1] + raw)
        else:
            joined.append((is_markup, raw))
    parts: list[Part] = []
    opened: list[tuple[str, int]] = []
    number = 1
    for is_markup, raw in joined:
        if not is_markup:
            stays = Code(number=number, raw=raw, is_literal=True)
            found = inline(raw, number) if is_markup is False else (stays,)
            number += len(codes(found))
            parts += found
            continue
        tag = MARKUP.fullmatch(raw)
        name = (tag["name"] or "").lower() if tag else ""
        kind, own = "alone", number
        if tag and tag["slash"]:
            if opened and opened[-1][0] == name:
                kind, own = "close", opened.pop()[1]
        elif tag and name and name not in VOID and not tag["rest"].endswith("/"):
            kind = "open"
            opened.append((name, number))
        number += own == number
        parts.append(Code(number=own, raw=raw, kind=kind, is_markup=True))
    alone = {number for _, number in opened}
    return over_codes(
        tuple(
            replace(part, kind="alone") if isinstance(part, Code) and part.is_markup and part.number in alone else part
            for part in parts
        )
    )
