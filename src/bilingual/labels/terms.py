"""Columns of lines and their values in words, for explanations.

A column is a byte (see `features`): what it counts and in which unit is one row here, so that an explanation says
“words of calls: 25%” where the column `call` holds 50.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from bilingual.labels.features import GROUPS

# The value that stands for "there is none".
_NONE = 255
_MARKS = (
    "a letter", "a blank", "a full stop", "a question or exclamation mark", "a colon", "a comma", "an ellipsis",
    "an opening square bracket", "a closing square bracket", "a quotation mark or bracket", "a bullet", "a separator",
    "a symbol", "a digit",
)  # fmt: skip
_DEGREES = ("none", "out of place", "in place", "opening the line", "the whole line")
_SECTIONS = ("none", "list of others", "comments", "sharing", "legal notes", "forms", "menu", "calls")
_ABOVE = ("any other", *_SECTIONS[1:])
_SIDES = ("before it", "in it", "after it")
_CUTS = ("a whole line", "a cell of a line", "a group of words")
# Those of `features.WORD_CLASSES` that the column of the first word has bits for.
_CLASSES = ("functions", "dates", "units", "calls", "questions", "money", "controls", "saying")


def _share(value: int) -> str:
    """Of 200."""
    return "none" if value == _NONE else f"{value / 2:.0f}%"


def _count(value: int) -> str:
    return "255 or more" if value == _NONE else str(value)


def _log(value: int) -> str:
    """0 to 7 as they are, then 6 steps for each doubling (`features.log_table`).

    >>> _log(5), _log(20), _log(255)
    ('5', 'about 32', 'none')
    """
    if value == _NONE:
        return "none"
    return str(value) if value < 8 else f"about {8 * 2 ** ((value - 8) / 6):.0f}"


def _eighths(value: int) -> str:
    return f"{value / 8:.1f}"


def _yes(value: int) -> str:
    return "yes" if value else "no"


def _one_of(names: tuple[str, ...]) -> Callable[[int], str]:
    return lambda value: names[value] if value < len(names) else "none"


def _bits(*names: str) -> Callable[[int], str]:
    """A name for every bit that is set."""
    return lambda value: (
        "none" if value in (0, _NONE) else ", ".join(name for bit, name in enumerate(names) if value >> bit & 1)
    )


def _level(value: int) -> str:
    """1 where the page may have no article of its own, 2 where it has one, 3 for a sentence."""
    return ("no", "likely", "yes", "yes, a sentence")[value] if value < 4 else "none"


Unit = Callable[[int], str]
# What a column counts, and its unit.
_OWN: dict[str, tuple[str, Unit]] = {
    "words": ("words", _count),
    "letters": ("letters", _log),
    "word_length": ("letters for each word", _eighths),
    "digits": ("words of digits", _share),
    "title": ("capitalized words", _share),
    "upper": ("words in capitals", _share),
    "urls": ("addresses, @names and tags", _count),
    "end": ("its last mark", _one_of(_MARKS)),
    "start": ("its first mark", _one_of(_MARKS)),
    "sentences": ("full stops", _count),
    "commas": ("commas", _count),
    "colons": ("colons", _count),
    "separators": ("separators", _count),
    "squares": ("square brackets", _count),
    "quotes": ("quotation marks and brackets", _count),
    "symbols": ("symbols", _count),
    "joins": ("bullets and dashes", _count),
    "function": ("function words", _share),
    "date": ("words of dates", _share),
    "unit": ("words of units", _share),
    "call": ("words of calls", _share),
    "ask": ("question words", _count),
    "money": ("words of money", _count),
    "interface": ("words of controls", _share),
    "say": ("verbs of saying", _count),
    "person": ("words of the writer and the reader", _count),
    "first": ("its first word is one of", _bits(*_CLASSES)),
    "latin": ("Latin letters", _share),
    "indent": ("characters before it in its line", _count),
    "gap": ("lines since the block above", _count),
    "cut": ("how it was cut from its line", _one_of(_CUTS)),
    "name": ("names of people", _share),
    "byline": ("cities, agencies and roles of a newsroom", _share),
    "nav_words": ("words that wordings of navigation use", _share),
    "promo_words": ("words that wordings of promo use", _share),
    "promo_first": ("its first word is one that wordings of promo use", _yes),
    "nav_cover": ("words in wordings of navigation", _share),
    "promo_cover": ("words in wordings of promo", _share),
    "nav_loose": ("words in wordings of navigation, out of place", _share),
    "promo_loose": ("words in wordings of promo, out of place", _share),
    "repeats": ("times on the page", _log),
    "repeats_above": ("times on the page above it", _log),
    "opens": ("lines of the page with its first word", _log),
    "echo": ("words shared with the page's long lines", _share),
    "body": ("reads like body", _share),
    "body_before": ("reads like body, all lines above", _share),
    "body_after": ("reads like body, all lines below", _share),
    "body_mean": ("reads like body, the whole page", _share),
    "side": ("place against the page's main block", _one_of(_SIDES)),
    "from_start": ("lines from the main block's start", _log),
    "to_end": ("lines to the main block's end", _log),
    "size": ("letters of the page in its main block", _share),
    "evidence": ("signs that the page has its own article", _bits("three long lines", "a date above", "an end below")),
    "closed": ("headers since the main block", _bits("a list of others", "sharing", "comments")),
    "heads_after": ("headlines since the main block", _log),
    "index": ("lines above", _log),
    "rindex": ("lines below", _log),
    "place": ("place on the page", _share),
    "letters_before": ("letters of the page above it", _share),
    "long_before": ("letters of the page's long lines above it", _share),
    "page": ("lines of the page", _log),
    "script": ("letters in the page's main script", _share),
    "opened": ("section it stands in", _one_of(_SECTIONS)),
    "since": ("lines since that section's header", _log),
    "heads_since": ("headlines since that header", _log),
    "longs_since": ("long lines since that header", _log),
    "lists": ("list headers above", _count),
    "above_class": ("the last short line above", _one_of(("none", *_ABOVE))),
    "above_distance": ("lines since that short line", _log),
    "article": ("the page has its own article", _yes),
    "after_article": ("in a group of headlines after the article", _level),
    "under_header": ("under a list header", _level),
    "ticker": ("in a group of headlines above the article", _level),
    "prose_before": ("the page's prose above it", _share),
    "prose_last": ("lines since the last prose", _log),
}
# What the lines around are counted by.
_FLAGS = {
    "long": "long lines", "short": "short lines", "headline": "headline-like lines", "headlines": "headline-like lines",
    "bullet": "lines with a bullet", "meta": "dates and bylines", "nav": "wordings of navigation",
    "menu": "menu wordings", "promo": "calls", "more": "“more” links", "repeat": "repeated lines",
    "ended": "finished sentences", "square": "lines in square brackets", "operate": "forms, sharing and legal notes",
    "header": "list headers", "legal": "legal notes", "share": "sharing", "comments": "comments",
    "notlong": "lines that are not long", "body": "reads like body",
}  # fmt: skip
_WINDOWS = {
    "2": "2 lines around", "6": "6 lines around", "15": "15 lines around", "before": "the 8 lines above",
    "after": "the 8 lines below",
}  # fmt: skip


def in_words(name: str, value: int) -> str:
    """What the column `name` says with `value`.

    >>> in_words("nav_w6", 50), in_words("words-1", 3), in_words("p_join", 4)
    ('wordings of navigation, 6 lines around: 25%', 'words, line above: 3', 'wordings to join: the whole line')
    >>> in_words("cut", 1), in_words("first", 10)
    ('how it was cut from its line: a cell of a line', 'its first word is one of: dates, calls')
    >>> in_words("header_last", 255), in_words("run_short_size", 20)
    ('lines up to list headers: none', 'run of short lines, its lines: about 32')
    """
    what, unit = _column(name)
    return f"{what}: {unit(value)}"


@cache
def _column(name: str) -> tuple[str, Unit]:
    """What a column counts, and its unit. Raises: KeyError for a name that no column has."""
    if name in _OWN:
        return _OWN[name]
    for read in (_window, _neighbour, _distance, _run, _phrase):
        found = read(name)
        if found:
            return found
    if name.startswith("r_"):
        return f"shape “{name[2:].replace('_', ' ')}”", _yes
    if name.startswith("b_"):
        what, unit = _OWN[name[2:]]
        return f"{what} (by the body scores)", unit
    raise KeyError(name)


def _window(name: str) -> tuple[str, Unit] | None:
    stem, _, window = name.rpartition("_w")
    if not stem or window not in _WINDOWS:
        return None
    what, unit = (_FLAGS[stem], _share) if stem in _FLAGS else _OWN[stem]
    return f"{what}, {_WINDOWS[window]}", unit


def _neighbour(name: str) -> tuple[str, Unit] | None:
    where = {"-1": "above", "+1": "below"}.get(name[-2:])
    if where is None:
        return None
    stem = {"nav": "nav_cover", "promo": "promo_cover"}.get(name[:-2], name[:-2])
    what, unit = _OWN[stem]
    return f"{what}, line {where}", unit


def _distance(name: str) -> tuple[str, Unit] | None:
    stem, _, side = name.rpartition("_")
    if side not in ("last", "next") or stem not in _FLAGS:
        return None
    return f"lines {'up' if side == 'last' else 'down'} to {_FLAGS[stem]}", _log


def _run(name: str) -> tuple[str, Unit] | None:
    if not name.startswith("run_"):
        return None
    stem, _, what = name[4:].rpartition("_")
    return f"run of {_FLAGS[stem]}, {'its lines' if what == 'size' else 'place in it'}", _log


def _phrase(name: str) -> tuple[str, Unit] | None:
    if name[:2] != "p_" or name[2:] not in GROUPS:
        return None
    return f"wordings {_GROUPS.get(name[2:], 'of ' + name[2:])}", _one_of(_DEGREES)


_GROUPS = {
    "menu": "of menus", "legal": "of legal notes", "form": "of forms and controls", "share": "to share",
    "meta": "of dates and authors", "more": "of “more” links", "header": "of list headers",
    "tags": "of tags and archives", "forum": "of forums and wikis", "join": "to join", "buy": "to buy",
    "ad": "of advertisements", "leadin": "that lead to another article",
}  # fmt: skip
