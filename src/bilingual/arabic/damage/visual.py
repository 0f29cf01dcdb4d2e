"""Lines in visual order: stored from left to right as they look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise

import regex

from bilingual.arabic import evidence
from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.mark_forms)
from bilingual.arabic.damage.finding import SIGN, Repair, lines_of

VISUAL_MARGIN = 8.0
"""Nats by which a line must read better from its end."""
VISUAL_UNSIGNED_MARGIN = 22.0
"""The same without a word that begins with teh marbuta or alef maksura: foreign names can weigh much. Words that
begin or end as they should ask for more."""
VISUAL_SURE = 20.0
_ENOUGH_LETTERS = 6
_ARABIC_WORD = re.compile("[ء-غف-يٮ-ۓـ]+")
_ALPHABET = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_BACKWARD_ARTICLE = re.compile("(?<!لا)لا$")  # not that of تلألأ
_FOLDED = str.maketrans("أإآٱىةیک", "ااااي" + "هيك")


def find(text: str) -> list[Repair]:
    """Lines stored from left to right as they look, as some PDF readers give them."""
    found = []
    for start, line in lines_of(text):
        body = line.strip()
        if len(body) < 2:
            continue
        score, reason, sure = _visual_score(body)
        if score >= VISUAL_MARGIN:
            found.append(
                Repair.at(
                    start + line.index(body), body, _reversed(body), kind="visual order", score=score, sure=sure,
                    reason=reason, offsets=(0,) * len(body),
                )
            )  # fmt: skip
    return found


def _visual_score(line: str) -> tuple[float, str, bool]:
    """How much a line looks to be in visual order, why, and whether that is sure."""
    logical, visual = _joining_signs(line)
    # A word in such forms among plain letters says nothing of their order.
    if (logical or visual) and sum(map(len, _FORMS.findall(line))) >= sum(map(L.is_arabic_letter, line)):
        if visual >= 2 and visual > 3 * logical:
            reason = f"{visual} presentation forms join to the wrong side: the line is in visual order"
            return visual * SIGN, reason, True
        return 0.0, "", False
    if logical:
        return 0.0, "", False
    # Each word once, however often it stands in the line: a refrain would outweigh all (لالا لالا لالا).
    words = dict.fromkeys(_ARABIC_WORD.findall(evidence.bare(line)))
    # Also as profile search spells it: what is damaged then is damaged now, or search were not idempotent.
    folded = dict.fromkeys(word.translate(_FOLDED) for word in words)
    gain = max(_visual_gain(words), _visual_gain(folded))
    reason = f"the line reads as Arabic from its end, by {gain:.0f} nats: visual order" if gain else ""
    return gain, reason, gain >= VISUAL_SURE


def _visual_gain(words: Iterable[str]) -> float:
    """Nats by which the words of a line read better from their ends; 0 where that is not enough."""

    def total(value: Callable[[str], float]) -> float:
        return sum(value(word) for word in words)

    n_letters = total(len)
    if n_letters < _ENOUGH_LETTERS:
        return 0.0
    if total(lambda w: sum(c not in _ALPHABET for c in w)) > 0.02 * n_letters:
        return 0.0  # Persian, Urdu, Kurdish, Uyghur: nothing is known of their letter pairs from the end
    signs = total(lambda w: w[0] in "ةى")
    against = total(lambda w: len(w) > 3 and (w.startswith("ال") or w[-1] in "ةى"))
    backward = total(lambda w: evidence.arabic_letters(w[::-1]))
    forward = max(total(evidence.arabic_letters), *(total(evidence.letter_pairs(tag).word) for tag in ("fa", "ur")))
    gain = backward - forward
    if against > signs:
        needed = VISUAL_UNSIGNED_MARGIN + 10.0 * (against - signs)
    elif not signs:
        needed = VISUAL_UNSIGNED_MARGIN - 8.0 * total(lambda w: len(w) > 3 and _BACKWARD_ARTICLE.search(w) is not None)
    else:
        needed = VISUAL_MARGIN
    return gain if gain >= needed else 0.0


def _joining_signs(line: str) -> tuple[int, int]:
    """Presentation forms that join as they can in logical order alone, and joints of which one side is missing.

    What stands at the edge of a word must not join there; a form that stands alone is shown as such (the shapes of a
    letter), as in either order it would have a neighbour.
    """
    logical = visual = 0
    for match in _FORMS.finditer(_bare_forms(line)):
        if len(match.group()) == 1:
            continue
        tags = [unicodedata.decomposition(c).partition(" ")[0] for c in match.group()]
        for before, after in pairwise(["", *tags, ""]):
            joins, joined = before in ("<initial>", "<medial>"), after in ("<medial>", "<final>")
            logical += (before, after) in (("<initial>", "<medial>"), ("<medial>", "<final>"))
            visual += joins != joined
    return logical, visual


# Beside plain letters a form may join to them.
_FORMS = re.compile("(?<![ء-ۓ\N{ZERO WIDTH JOINER}ﭐ-ﻼ])[ﭐ-ﻼ]+(?![ء-ۓ\N{ZERO WIDTH JOINER}ﭐ-ﻼ])")


def _bare_forms(line: str) -> str:
    """The line without marks and the presentation forms of marks."""
    return L.without_marks(line).translate(dict.fromkeys(L.mark_forms()))


def _ltr_run() -> regex.Pattern[str]:
    """What keeps its order in a line that is shown from right to left, as UAX #9 has it.

    Letters that run from left to right with what stands between them, numbers after them (iPhone 15) and brackets that
    close (Google (GOOG)); numbers alone, one by one, or one before such letters; sequences of emoji.
    """
    ltr, rtl, bracket = r"\p{bc=L}\p{bc=EN}\p{bc=AN}", r"\p{bc=R}\p{bc=AL}", r"()\[\]{}"
    marks = r"[\p{M}--[\u0600-\u08ff]]*"
    token = rf"(?>[{ltr}]{marks}(?:[^\s{rtl}{bracket}]*[{ltr}%]{marks})?)"
    gap = rf"[^\n\t{ltr}{rtl}{bracket}]++"
    bracketed = rf" *\([^\n\t{rtl}{bracket}]*\)"
    letters = rf"(?:{token}{gap})?(?=\p{{bc=L}}){token}(?:{bracketed}|{gap}{token})*"
    emoji = r"\p{Extended_Pictographic}(?:[\ufe0f\p{Emoji_Modifier}]|\u200d\p{Extended_Pictographic})+"
    return regex.compile(f"(?V1){letters}|{token}|{emoji}")


_LTR_RUN = _ltr_run()


def _reversed(line: str) -> str:
    """The line from its end; what runs from left to right (`_ltr_run`) in its own order, brackets mirrored."""
    pieces, at = [], 0
    for match in _LTR_RUN.finditer(line):
        pieces.append(_flip(line[at : match.start()]))
        pieces.append(match.group())
        at = match.end()
    pieces.append(_flip(line[at:]))
    return "".join(reversed(pieces))


def _flip(text: str) -> str:
    """Reversed by clusters of a letter and its marks; marks that stand before their letter are after it then."""
    return text[::-1].translate(_MIRROR)
