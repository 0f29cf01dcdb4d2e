"""Sentences of a block, for translators: exact offsets, nothing lost, Arabic and English by one small rule table.

A sentence ends at . ! ? ؟ … ۔ with the closing marks after it, where white space follows and what follows can begin
a sentence. The Arabic comma and semicolon and the colon never end one. A full stop after an abbreviation, an initial
or the number or letter of an item does not. A line end always does.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import regex

_END = regex.compile(
    r"""(?P<stop>[.!?\N{ARABIC QUESTION MARK}\N{HORIZONTAL ELLIPSIS}\N{ARABIC FULL STOP}]+)
        (?P<closers>["'\u2019\u201d\u00bb\)\]]*(?:[ \u00a0\u202f]\u00bb)?)
        (?P<space>[^\S\r\n]+)
        | (?P<line>[\r\n]\s*)""",
    regex.VERBOSE,
)
# What can begin a sentence: anything but a lower-case letter or a mark that only goes on with one.
_GOES_ON = regex.compile(r"[\p{Ll},;:\)\]\N{ARABIC COMMA}\N{ARABIC SEMICOLON}%]")
# A dotted token has at most this many characters (`أ.م.د`, `e.g`, `U.S.A`); looking no further keeps this linear.
_LONGEST = 12
_DOTTED = regex.compile(r"\p{L}(?:\.\p{L})+")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}.]+\Z")
# What stands before the text of an item: `1`, `2.3`, `a`, `iv`.
_ITEM = regex.compile(r"\p{Nd}+(?:\.\p{Nd}+)*|\p{L}|x{0,3}(?:i[xv]|v?i{1,3}|v|(?<=x))")
# A number as it follows `Art.` or `No.`, and words that are no name after an initial: `Annex A. The fees`.
_A_NUMBER = regex.compile(r"[\p{Nd}#\u00a7]|\(\w{1,4}\)|[IVXLC]+\b")
_NO_NAME = regex.compile(r"(?:All|Any|Each|If|It|That|The|These|They|This|Those|We|When|You)\b")


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation in lower case without its last stop -> its kind, title, number or any."""
    text = (files("bilingual") / "data/sentences/abbreviations.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {name: kind for _, name, kind in rows}


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Sentences of text[start:end] as (start, end), white space between them left out.

    Units: code points into `text`. What lies between two sentences is white space only.

    >>> t = "هل وصل القطار؟ نعم، وصل. قال د. أحمد: غادر."
    >>> [t[a:b] for a, b in sentences(t)]
    ['هل وصل القطار؟', 'نعم، وصل.', 'قال د. أحمد: غادر.']
    >>> t = "Acme Inc. was sold for 3.5 million. Mr. J. Smith left."
    >>> [t[a:b] for a, b in sentences(t)]
    ['Acme Inc. was sold for 3.5 million.', 'Mr. J. Smith left.']
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    at = start
    for match in _END.finditer(text, start, end):
        if match["line"] is None and not _ends(text, at, match, end):
            continue
        stop = match.end("closers") if match["line"] is None else match.start()
        if stop > at and text[at:stop].strip():
            found.append((at, stop))
            at = match.end()
        elif match["line"] is not None:
            at = match.end()
    if text[at:end].strip():
        found.append((at, end))
    return [trimmed(text, a, b) for a, b in found]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends(text: str, at: int, match: regex.Match[str], end: int) -> bool:
    """True when the stop of `match` ends the sentence that began at `at`."""
    after = match.end()
    if after >= end:
        return True
    if match["stop"] == "." and not match["closers"] and _is_abbreviation(text, at, match.start("stop"), after):
        return False
    return not _GOES_ON.match(text, after)


def _is_abbreviation(text: str, at: int, stop: int, after: int) -> bool:
    """True when the word before the full stop at `stop` is an abbreviation, an initial or a list number."""
    token = _TOKEN.search(text, max(at, stop - _LONGEST), stop)
    if token is None:
        return False
    word = token[0].lower()
    if _ITEM.fullmatch(word):
        before = text[at : token.start()] if token.start() - at <= _LONGEST else "far"
        if not before.strip():
            return True  # `1. First`, but `in 2024. Then`
    kind = abbreviations().get(word) or abbreviations().get(word.lstrip("وفبلك"))  # attached particles
    if kind is None and _DOTTED.fullmatch(word):
        kind = "any"  # `B.S.C.`, and the currencies `د.ك.`
    if kind is None:
        return len(word) == 1 and text[stop - 1].isupper() and not _NO_NAME.match(text, after)  # an initial
    if kind == "title":
        return True
    if kind == "number":
        return _A_NUMBER.match(text, after) is not None  # `Art. 5`, but `a work of art. The`
    return not text[after].isupper()  # `Inc. was`, `U.S. troops`; `... Inc. The` ends
