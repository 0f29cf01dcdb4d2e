"""Letters doubled by decorated fonts."""

from __future__ import annotations

import re

from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.MARKS)
from bilingual.arabic.damage.finding import SIGN, Repair, lines_of

_MARKED_WORD = re.compile(f"[ء-غف-يٮ-ۓـ][ء-غف-يٮ-ۓـ{L.MARKS_TEXT}]*")
_THREE_REPEATED = re.compile(r"([ء-ي])\1+([ء-ي])\2+([ء-ي])\3+")


def find(text: str) -> list[Repair]:
    """Lines in which (nearly) every letter stands two to four times, as when bold print is drawn twice; marks between
    the letters are looked through."""
    found: list[Repair] = []
    for start, line in lines_of(text):
        if not _THREE_REPEATED.search(L.without_marks(line)):
            continue
        words = [_Word(start + m.start(), m.group()) for m in _MARKED_WORD.finditer(line)]
        words = [word for word in words if len(word.places) > 1]
        for times in (4, 3, 2):
            hits = [word for word in words if _is_repeated(word.letters, times)]
            clear = [word for word in hits if _changes(word.letters, times) >= 2]
            if clear and len(hits) >= 0.8 * len(words):
                found += [_undoubled(word, times, len(clear)) for word in hits]
                break
    return found


class _Word:
    """A word with its marks; `places` are those of its letters."""

    __slots__ = ("letters", "places", "start", "text")

    def __init__(self, start: int, text: str) -> None:
        self.start, self.text = start, text
        self.places = [k for k, c in enumerate(text) if ord(c) not in L.MARKS]
        self.letters = L.without_marks(text)


def _is_repeated(word: str, times: int) -> bool:
    return len(word) % times == 0 and all(word[k : k + times] == word[k] * times for k in range(0, len(word), times))


def _changes(word: str, times: int) -> int:
    """How often the letter changes: laughter (ههههه) never does."""
    return sum(word[k] != word[k - 1] for k in range(times, len(word), times))


def _undoubled(word: _Word, times: int, n_clear: int) -> Repair:
    # of each letter the first, with all the marks that stand on any of its copies
    dropped = {place for k, place in enumerate(word.places) if k % times}
    kept = [k for k in range(len(word.text)) if k not in dropped]
    after = "".join(word.text[k] for k in kept)
    return Repair.at(
        word.start, word.text, after, kind="doubled letters", score=n_clear * SIGN,
        sure=n_clear > 1 or len(word.letters) // times > 3,
        reason=f"every letter of the line stands {times} times: a font drawn {times} times", offsets=tuple(kept),
    )  # fmt: skip
