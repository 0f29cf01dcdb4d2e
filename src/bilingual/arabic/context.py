"""Steps that look around them: one function each.

A function gets the text as a sequence of code points, the places of its candidates (ascending) and for each the range
in which it may look, and returns its edits: place -> the code points that take its place (none: deleted). It sees the
text as the steps before it left it, and nothing outside the range exists for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.ZWNJ)
from bilingual.arabic.lists import rows

Codes = Sequence[int]
Place = tuple[int, int, int]
"""A candidate: its place, and the range [lo, hi) in which the step may look."""

Edits = dict[int, tuple[int, ...]]
Context = Callable[[Codes, Sequence[Place]], Edits]

STREAM_SAFE = 30
"""Marks between a letter and the hamza that composes with it: no more than the Stream-Safe Text Format allows."""

_SPACE = 0x20


def _is_arabic(code: int) -> bool:
    return any(code in block for block in L.ARABIC_BLOCKS)


def _compose(composites: dict[tuple[int, int], int]) -> Context:
    def compose(codes: Codes, places: Sequence[Place]) -> Edits:
        edits: Edits = {}
        for at, lo, _ in places:
            base = at - 1
            # A mark of the same class in between blocks the composition (UAX #15); 0655 has class 220, others 230.
            while base >= max(lo, at - STREAM_SAFE - 1) and codes[base] in L.MARKS:
                if codes[base] in L.HAMZA_MARKS and base not in edits and _blocks(codes[base], codes[at]):
                    break
                base -= 1
            if base < max(lo, at - STREAM_SAFE - 1) or codes[base] in L.MARKS:
                continue
            now = edits.get(base, (codes[base],))
            whole = composites.get((now[0], codes[at])) if len(now) == 1 else None
            if whole is not None:
                edits[base] = (whole,)
                edits[at] = ()
        return edits

    return compose


def _blocks(between: int, mark: int) -> bool:
    return (between == L.HAMZA_BELOW) == (mark == L.HAMZA_BELOW)


compose_hamza = _compose(L.HAMZA_COMPOSITES)
compose_loose_hamza = _compose(L.HAMZA_COMPOSITES | L.LOOSE_HAMZA_COMPOSITES)


def hamza_on_tatweel(codes: Codes, places: Sequence[Place]) -> Edits:
    """A hamza written on a tatweel, as in Quranic spelling (شَيْـٔٗا), is a letter: yeh with hamza."""
    edits: Edits = {}
    for at, lo, _ in places:
        base = _tatweel_under(codes, at, lo)
        if base >= 0 and base not in edits:
            edits[base] = (L.YEH_HAMZA,)
            edits[at] = ()
    return edits


def hamza_before_alef(codes: Codes, places: Sequence[Place]) -> Edits:
    """A hamza and the alef after it, which Quranic spelling parts (ءَامَنُوا, قُرْءَان, مَـَٔاب), are an alef with madda.

    Plain spelling has a hamza before alef, too: after a vowel that is written long or is a kasra (قراءات, سوءات, سيئات,
    مئات), at the end of a word (جزءا), and in a few words such as جزءان. So one on the line counts at the start of a
    word, behind prefixes and the article, and after reh.

    There a hamza before an alef that has its own is an alef with hamza (ءَأَنذَرْتَهُمْ), and nothing before one with madda.
    """
    edits: Edits = {}
    for at, lo, hi in places:
        start = at if codes[at] == L.HAMZA else _tatweel_under(codes, at, lo)
        alef = _alef_after(codes, start, hi) if start >= 0 and start not in edits else -1
        if alef >= 0 and _may_have_madda(codes, start, lo):
            edits |= {mark: () for mark in range(start + 1, alef) if codes[mark] in (_FATHA, L.HAMZA_ABOVE)}
            edits[at] = ()
            if codes[alef] in L.ALEFS:
                edits[start] = () if codes[alef] == L.ALEF_MADDA else (L.ALEF_HAMZA,)
            else:
                edits |= {alef: (), start: (L.ALEF_MADDA,)}
    return edits


def _tatweel_under(codes: Codes, at: int, lo: int) -> int:
    """Where the tatweel stands that carries the hamza at `at`; -1 for none."""
    base = at - 1
    while base >= max(lo, at - STREAM_SAFE - 1) and codes[base] in L.MARKS and codes[base] not in L.HAMZA_MARKS:
        base -= 1
    return base if base >= max(lo, at - STREAM_SAFE - 1) and codes[base] == L.TATWEEL else -1


def _alef_after(codes: Codes, at: int, hi: int) -> int:
    """Where the alef or dagger alef stands with which the letter at `at` goes on to another one, or an alef with hamza,
    madda or wasla behind it; -1 for none.

    Whatever vowel sign is between them: without it, as normalized text is, the answer must be the same.
    """
    dagger, place = -1, at + 1
    while place < min(hi, at + STREAM_SAFE) and codes[place] in L.MARKS:
        dagger = place if codes[place] == L.DAGGER_ALEF else dagger
        place += 1
    if place < hi and codes[place] in L.ALEFS:
        return place
    if place < hi and codes[place] == L.ALEF and dagger < 0:
        return place if _beside(codes, place, hi, 1) >= 0 else -1
    return dagger


_FATHA, _KASRA, _KASRATAN = map(ord, "\N{ARABIC FATHA}\N{ARABIC KASRA}\N{ARABIC KASRATAN}")
_PREFIXES = re.compile("[وف]?[بلك]?(?:[اٱ]?ل)?")
_LONG = frozenset(map(ord, "اٱآويىؤئ"))


def _may_have_madda(codes: Codes, at: int, lo: int) -> bool:
    """Whether the hamza at `at` stands where plain spelling has alef with madda, not a letter of its own."""
    base = _beside(codes, at, lo - 1, -1)
    if base < 0:
        return True
    is_kasra = any(code in (_KASRA, _KASRATAN) for code in codes[base:at])
    if _PREFIXES.fullmatch(_letters_before(codes, at, lo)):
        return not is_kasra or codes[base] in _WITH_KASRA
    is_long = codes[base] in _LONG or L.DAGGER_ALEF in codes[base:at]
    return not is_kasra and not is_long and (codes[at] == L.TATWEEL or codes[base] == _REH)


_REH = ord("ر")
_WITH_KASRA = frozenset(map(ord, "بل"))


def bare_tatweel(codes: Codes, places: Sequence[Place]) -> Edits:
    """Tatweel goes, unless a hamza, a dagger alef or a small letter stands on it, which would land on another, or it
    is that of heh as an abbreviation or list letter (١٤٤٥هـ)."""
    edits: Edits = {}
    for at, lo, hi in places:
        mark = at + 1
        while mark < min(hi, at + STREAM_SAFE) and codes[mark] in L.MARKS and not _needs_carrier(codes[mark]):
            mark += 1
        if not ((mark < hi and _needs_carrier(codes[mark])) or _is_heh_alone(codes, at, lo, hi)):
            edits[at] = ()
    return edits


def _is_heh_alone(codes: Codes, at: int, lo: int, hi: int) -> bool:
    """Whether the tatweel at `at` follows a heh that is all of its word."""
    heh = _beside(codes, at, lo - 1, -1)
    is_last = _beside(codes, at, hi, 1) < 0
    return is_last and heh >= 0 and codes[heh] == L.HEH and _beside(codes, heh, lo - 1, -1) < 0


def _needs_carrier(code: int) -> bool:
    return code in (L.HAMZA_ABOVE, L.DAGGER_ALEF) or code in L.SMALL


def _beside(codes: Codes, at: int, edge: int, step: int) -> int:
    """Where the letter before (step -1) or after (1) stands, marks looked through; -1 where the word ends there."""
    place = at + step
    while place != edge and abs(place - at) <= STREAM_SAFE and codes[place] in L.MARKS:
        place += step
    return place if place != edge and L.is_letter(codes[place]) else -1


def dagger_alef(codes: Codes, places: Sequence[Place]) -> Edits:
    """A dagger alef becomes an alef; where a letter stands for the same sound there is one of them.

    An alef maksura is the sound's own letter at the end of a word and an alef inside it (هَدَىٰكُمْ), before it the dagger
    is silent (عَلٰى). A waw before teh marbuta or a last alef only carries it (صَلَوٰة, رِبَوٰا). Words of
    `data/arabic/unwritten-alef.tsv` (هٰذَا, ذٰلِك) are written without.
    """
    edits: Edits = {}
    for at, lo, hi in places:
        base, follower = _beside(codes, at, lo - 1, -1), _beside(codes, at, hi, 1)
        before = codes[base] if base >= 0 and L.HAMZA_ABOVE not in codes[base:at] else 0
        after = codes[follower] if follower >= 0 else 0
        edits[at] = ()
        if _has_unwritten_alef(_word_at(codes, at, lo, hi)):
            continue
        if before == L.ALEF_MAKSURA:
            edits |= {base: (L.ALEF,)} if after else {}
        elif before == L.WAW and after == L.TEH_MARBUTA:
            edits[base] = (L.ALEF,)
        elif before == L.WAW and after == L.ALEF:
            edits |= {base: (L.ALEF,), follower: ()}
        elif before != L.ALEF and not (after == L.ALEF_MAKSURA and not _is_vowelled(codes, follower, hi)):
            edits[at] = (L.ALEF,)
    return edits


_ALIKE = {ord(letter): ord(like) for letter, like in zip("أإآٱؤئىیکہھە", "ااااووييكههه", strict=True)}
"""Letters that Quranic spelling and the keyboards of other languages write in place of those of a plain word."""


@cache
def _unwritten_alef() -> frozenset[str]:
    """The words of `data/arabic/unwritten-alef.tsv`, letters alike made one."""
    return frozenset(word.translate(_ALIKE) for word, *_ in rows("unwritten-alef"))


def _has_unwritten_alef(word: str) -> bool:
    """True for a word that plain spelling writes without the alef of its dagger alef."""
    word = word.translate(_ALIKE)
    known = _unwritten_alef()
    return any(part in known for start in (word, word.removeprefix("ا")) if start for part in _parts(start))


def _word_at(codes: Codes, at: int, lo: int, hi: int) -> str:
    """The letters of the word around a mark, without marks, tatweel and small letters."""
    end = at
    while end < hi and end - at < STREAM_SAFE and (codes[end] in L.MARKS or L.is_letter(codes[end])):
        end += 1
    return _letters_before(codes, end, lo).translate(dict.fromkeys(L.SMALL))


def _is_vowelled(codes: Codes, at: int, hi: int) -> bool:
    """True for a letter with a vowel of its own (رُءْيَٰىَ), which is then no alef maksura."""
    return at + 1 < hi and codes[at + 1] in L.HARAKAT


def small_letters(codes: Codes, places: Sequence[Place]) -> Edits:
    """Small letters of Quranic spelling become letters where plain spelling has them: in a word, but not in داود."""
    edits: Edits = {}
    for at, lo, hi in places:
        follower = _beside(codes, at, hi, 1)
        is_inside = follower >= 0 and _beside(codes, at, lo - 1, -1) >= 0
        is_david = is_inside and codes[follower] == L.DAL and _letters_before(codes, at, lo).endswith("داو")
        edits[at] = (L.SMALL[codes[at]],) if codes[at] in L.MARKS or (is_inside and not is_david) else ()
    return edits


def doubled_alef(codes: Codes, places: Sequence[Place]) -> Edits:
    """An alef before U+FDF2, which stands for all of الله, is the ligature's own and goes, but where it ends a word.

    Many fonts draw the ligature without its alef, so writers add one. Sources: w3c/alreq issue 125,
    zeerakahmed/makhzan issue 14.
    """
    return {
        at - 1: () for at, lo, _ in places if at > lo and codes[at - 1] in L.PLAIN_ALEFS and _begins(codes, at - 1, lo)
    }


_BEFORE_GOD = frozenset(one + other for one in ("", "و", "ف") for other in ("", "ب", "ت", "ك", "عبد"))


def _begins(codes: Codes, at: int, lo: int) -> bool:
    """True where a word begins, or what is written together with الله stands before (not رضا, هدا, يا, ما)."""
    return _letters_before(codes, at, lo) in _BEFORE_GOD


def _letters_before(codes: Codes, at: int, lo: int) -> str:
    """The letters of the word before a place, without marks and tatweel."""
    start = at
    while start > lo and at - start < STREAM_SAFE and (codes[start - 1] in L.MARKS or L.is_letter(codes[start - 1])):
        start -= 1
    forms = L.letter_forms()
    letters = (forms.get(code, (code,)) for code in codes[start:at] if code not in L.MARKS and code != L.TATWEEL)
    return "".join(chr(code) for form in letters for code in form)


def written_out(codes: Codes, places: Sequence[Place]) -> Edits:
    """A phrase ligature or the rial sign is written out, with a space to a word that touches it."""
    edits: Edits = {}
    for at, lo, hi in places:
        text = tuple(map(ord, L.WRITTEN_OUT[codes[at]]))
        if at > lo and (L.is_letter(codes[at - 1]) or L.is_mark(codes[at - 1]) or codes[at - 1] in L.WRITTEN_OUT):
            text = (_SPACE, *text)
        if at + 1 < hi and L.is_letter(codes[at + 1]) and codes[at + 1] not in L.WRITTEN_OUT:
            text = (*text, _SPACE)
        edits[at] = text
    return edits


def _joiner_runs(codes: Codes, places: Sequence[Place]) -> list[tuple[int, int, int, int]]:
    """Runs of joiners: start, end, the code point before and after (0 at the edge of the range)."""
    runs: list[tuple[int, int, int, int]] = []
    for at, lo, hi in places:
        if runs and runs[-1][1] == at and at > lo:
            start, _, before, _ = runs.pop()
        else:
            start, before = at, codes[at - 1] if at > lo else 0
        runs.append((start, at + 1, before, codes[at + 1] if at + 1 < hi else 0))
    return runs


def joiners(codes: Codes, places: Sequence[Place]) -> Edits:
    """Zero width joiners and non-joiners go where they touch Arabic; those of emoji do not."""
    edits: Edits = {}
    for start, end, before, after in _joiner_runs(codes, places):
        if _is_arabic(before) or _is_arabic(after):
            edits.update(dict.fromkeys(range(start, end), ()))
    return edits


def idle_joiners(codes: Codes, places: Sequence[Place]) -> Edits:
    """A zero width non-joiner at the edge of an Arabic word does nothing and goes."""
    edits: Edits = {}
    for start, end, before, after in _joiner_runs(codes, places):
        inside = _is_word_part(before) and _is_word_part(after)
        touches = _is_arabic(before) or _is_arabic(after)
        if touches and not inside:
            edits.update({at: () for at in range(start, end) if codes[at] == L.ZWNJ})
    return edits


def _is_word_part(code: int) -> bool:
    return code in (L.ZWNJ, L.ZWJ) or L.is_letter(code) or L.is_mark(code)


def number_separators(codes: Codes, places: Sequence[Place]) -> Edits:
    """Between digits the decimal separator is a full stop and the thousands separator nothing."""
    edits: Edits = {}
    for at, lo, hi in places:
        if lo < at < hi - 1 and _is_digit(codes[at - 1]) and _is_digit(codes[at + 1]):
            edits[at] = (ord("."),) if codes[at] == L.DECIMAL_SEPARATOR else ()
    return edits


def _is_digit(code: int) -> bool:
    return 0x30 <= code <= 0x39 or code in L.ARABIC_DIGITS


def unbalanced_bidi(codes: Codes, places: Sequence[Place]) -> Edits:
    """Embeddings, overrides and isolates that are not closed in their line, and closers that close nothing, go.

    Source: UAX #9, BD9 and BD11: an isolate closes what was opened inside it.
    """
    edits: Edits = {}
    opened: list[int] = []
    isolates = 0  # how many of the opened
    line_end = -1
    for at, _, hi in places:
        if at >= line_end:
            edits.update(dict.fromkeys(opened, ()))
            opened, isolates = [], 0
            line_end = next((k for k in range(at, hi) if codes[k] in L.LINE_ENDS), hi)
        code = codes[at]
        if code in L.EMBEDDINGS or code in L.ISOLATES:
            opened.append(at)
            isolates += code in L.ISOLATES
        elif code == L.POP_EMBEDDING:
            if opened and codes[opened[-1]] in L.EMBEDDINGS:
                opened.pop()
            else:
                edits[at] = ()
        else:
            while isolates and codes[opened[-1]] in L.EMBEDDINGS:
                edits[opened.pop()] = ()
            if isolates:
                opened.pop()
                isolates -= 1
            else:
                edits[at] = ()
    edits.update(dict.fromkeys(opened, ()))
    return edits


@cache
def _final_maksura() -> dict[str, int]:
    """How words that may end in alef maksura end, with and without hamza, from `data/arabic/final-maksura.tsv`."""
    listed = {word: ord(letter[0]) if letter else L.ALEF_MAKSURA for word, *letter in rows("final-maksura")}
    bare = str.maketrans("أإ", "اا")
    return {word.translate(bare): letter for word, letter in listed.items()} | listed


def _last_letter(word: str) -> int:
    """The letter with which a word that is written here with alef maksura ends."""
    listed = _final_maksura()
    return next((listed[part] for part in _parts(word) if part in listed), L.YEH)


def _parts(word: str) -> list[str]:
    """The word, and what is left of it without conjunction, preposition and article, in this order."""
    parts = [word]
    parts += [part[1:] for part in parts if part[0] in "وف"]
    parts += ["ا" + part[1:] if part.startswith("لل") else part[1:] for part in parts if part[:1] in [*"بكل"]]
    return parts + [part[2:] for part in parts if part.startswith("ال")]


def keyboard_letters(codes: Codes, places: Sequence[Place]) -> Edits:
    """Farsi yeh and keheh, typed on a Persian keyboard, become yeh and kaf where the range has no پ چ ژ گ.

    At the end of a word the Farsi yeh is an alef maksura if the word is listed as one, a yeh if not; in a word that
    may end in either it stays.
    """
    edits: Edits = {}
    foreign: dict[int, bool] = {}
    for at, lo, hi in places:
        if lo not in foreign:
            foreign[lo] = any(codes[k] in _PERSIAN for k in range(lo, hi))
        if foreign[lo]:
            continue
        edits[at] = (L.KAF,) if codes[at] == L.KEHEH else (_yeh(codes, at, lo, hi),)
    return edits


_PERSIAN = frozenset(map(ord, "پچژگ"))
_NEVER_ON_ALEF = L.HARAKAT - {ord("\N{ARABIC FATHATAN}"), ord("\N{ARABIC FATHA}")}
"""A fatha or fathatan of the letter before may be typed after the alef maksura."""


def _yeh(codes: Codes, at: int, lo: int, hi: int) -> int:
    after = at + 1
    while after < hi and codes[after] in L.MARKS:
        after += 1
    if after < hi and (L.is_letter(codes[after]) or codes[after] in (L.ZWJ, L.TATWEEL)):
        return L.YEH
    if any(codes[k] in _NEVER_ON_ALEF for k in range(at + 1, after)):
        return L.YEH
    start = at
    while start > lo and at - start < 24 and (codes[start - 1] in L.MARKS or L.is_letter(codes[start - 1])):
        start -= 1
    arabic = {L.KEHEH: L.KAF, L.FARSI_YEH: L.YEH}
    word = "".join(chr(arabic.get(c, c)) for c in codes[start:at] if c not in L.MARKS and c != L.TATWEEL)
    return _last_letter(word + "ى")
