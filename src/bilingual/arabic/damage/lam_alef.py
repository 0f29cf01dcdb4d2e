"""What ligatures left where they were taken apart: an alef too many in الله, lam and alef that changed places."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.MARKS_TEXT)
from bilingual.arabic.damage.finding import SIGN, Repair, lines_of
from bilingual.arabic.lists import rows

# What follows the alef and the first lam in الله and اللهم.
_GOD = "لهم?(?![ء-ۓ])"
# After waw it may be a vowel drawn out (واالله).
_ALEF_TWICE = re.compile(f"(?<![ء-ۓ])(?:[وف]?(?:عبد|[بتك]))?(اا)(?=ل{_GOD})")


def find_doubled(text: str) -> list[Repair]:
    """An alef too many in الله: typed before a ligature that fonts draw without its own, which was then taken apart.

    Never sure, as the first vowel of a call may be drawn out.
    """
    return [
        Repair.at(
            match.start(1), "اا", "ا", kind="doubled alef", score=SIGN, sure=False, offsets=(0,),
            reason="no word begins so; the ligature of الله was written with an alef of its own before it",
        )
        for match in _ALEF_TWICE.finditer(text)
    ]


_SWAPPED = re.compile(
    f"(?<![ء-ۓ\N{ARABIC FATHATAN}-\N{ARABIC HAMZA BELOW}])([وفبك]?)ا([اأإآ])ل(?!{_GOD})(?=[ء-ۓ]{{2}})"
)
# Inside a word alone it is no sign: two words glued together (مؤخرااليوم) look the same.
_SWAPPED_INSIDE = re.compile(f"(?<=[ء-ۓ])ا([اأإآ])ل(?!{_GOD})")
_SWAPPED_LI = re.compile("(?<![ء-ۓ])ل([اأإآ])ل(?=[ء-ۓ]{2})")
# Where the ligature was taken apart backwards, it was so everywhere: what still stands as it should says it was not.
_INTACT = re.compile("ل([اأإآ])(?!ل)")


def find_swapped(text: str) -> list[Repair]:
    """Lam and alef that changed places when a ligature was taken apart: األول for الأول.

    In a line with such words, others that can be nothing else are repaired, too.
    """
    return _swapped_places(text, _signs_and_others)


def find_swapped_signs(text: str) -> list[Repair]:
    """As `find_swapped`, in the words that begin with alef, alef, lam alone."""
    return _swapped_places(text, lambda _, signs: {m.start(2): m.group(2) for m in signs})


def _swapped_places(text: str, places: Callable[[str, list[re.Match[str]]], dict[int, str]]) -> list[Repair]:
    found = []
    for start, line in lines_of(text):
        signs = list(_SWAPPED.finditer(line))
        if not signs:
            continue
        n = len(signs)
        reason = f"{n} words begin with alef, alef, lam, as none does: lam-alef was taken apart backwards"
        for at, alef in sorted(places(line, signs).items()):
            found.append(
                Repair.at(
                    start + at, alef + "ل", "ل" + alef, kind="swapped lam-alef", score=n * SIGN,
                    sure=n > 1 or alef != "ا", reason=reason, offsets=(0, 0),
                )
            )  # fmt: skip
    return _disjoint(found)


def _signs_and_others(line: str, signs: list[re.Match[str]]) -> dict[int, str]:
    """Where in the line an alef stands before its lam, and which alef."""
    intact = {m.group(1) for m in _INTACT.finditer(line)}
    places = {m.start(2): m.group(2) for m in signs}
    others = (*_SWAPPED_INSIDE.finditer(line), *_SWAPPED_LI.finditer(line))
    places |= {m.start(1): m.group(1) for m in others if m.group(1) not in intact}
    if "ا" not in intact:
        words, swapped_at = _swapped_words()
        for match in words.finditer(line):
            word = match.lastindex or 1
            places |= {match.start(word) + at: "ا" for at in swapped_at[match.group(word)]}
    return places


_SUFFIXES = "ة|ا|ي|ى|يا|ية|ات|يات|ان|ين|ون|يين|يون|ه|ها|هم|هما|هن|ك|كم|نا"


@cache
def _swapped_words() -> tuple[re.Pattern[str], dict[str, list[int]]]:
    """Swapped spellings that are no word, from `data/arabic/lam-alef.tsv`, and where in each the alefs stand.

    The first letter of a word that begins with alef is swapped with the lam of the article before it.
    """
    places: dict[str, list[int]] = {}
    words, behind_article = [], []
    for (word,) in rows("lam-alef"):
        swapped, at = word.replace("لا", "ال"), [m.start() for m in re.finditer("لا", word)]
        words.append(swapped)
        places[swapped] = at
        if word[0] in "اأإآ" and not word.startswith("ال"):
            behind_article.append(swapped[0] + "ل" + swapped[1:])
            places[behind_article[-1]] = [k + 1 for k in at]
    pattern = (
        f"(?<![ء-ۓ{L.MARKS_TEXT}])(?:[وف]?(?:[بكل]?(?:ال)?|لل)({'|'.join(words)})"
        f"|[وف]?(?:[بك]?ا|ل)({'|'.join(behind_article)}))(?:{_SUFFIXES})?(?![{L.MARKS_TEXT}]*[ء-ۓ])"
    )
    return re.compile(pattern), places


def _disjoint(found: list[Repair]) -> list[Repair]:
    kept: list[Repair] = []
    for one in sorted(found, key=lambda r: (r.start, r.end)):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept
