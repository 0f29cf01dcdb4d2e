"""Words and characters by one stated rule, and what of them repeats."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from bilingual.formats import messages
from bilingual.formats.exchange import Unit
from bilingual.formats.inline import Code, Parts, plain, without_references

# Tools differ by several percent on the same text, so every output names its rule.
RULES = {
    "letters": (
        "a word is a run of letters, marks and digits; an apostrophe or hyphen inside it does not part it; "
        "placeholders, addresses, code and markup are no words"
    ),
    "spaces": "a word is what stands between two white spaces, as word processors count; markup is no word",
}
# Inside a word: apostrophes (', U+2019, U+02BC), hyphens (-, U+2010, U+2011), the joiners U+200C and U+200D.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['\u2019\u02bc\-\u2010\u2011\u200c\u200d][\p{L}\p{M}\p{N}]+)*")


def count_words(text: str, rule: str = "letters") -> int:
    """Words of a text by a rule of RULES.

    >>> count_words("It's a well-known fact: 3.5 كتاب"), count_words("It's a well-known fact: 3.5 كتاب", "spaces")
    (7, 6)
    """
    return len(text.split()) if rule == "spaces" else sum(1 for _ in _WORD.finditer(text))


def countable(parts: Parts) -> str:
    """The text that rule `letters` counts: placeholders, addresses, code out, markup joins what it shows no space in.

    >>> from bilingual.formats.inline import inline
    >>> countable(inline("<b>C</b>af&eacute;<br>of %d"))
    'Café of  '
    >>> countable(inline("{n, plural, one {# file} other {# files}}"))
    ' # file # files '
    """
    text = without_references("".join(part if isinstance(part, str) else _in_place_of(part) for part in parts))
    return messages.without_syntax(text) if "{" in text else text


def _in_place_of(code: Code) -> str:
    if code.is_markup:
        return code.stands_for
    return "" if code.raw.startswith("<") and code.raw[1:3].lower() != "br" else " "


@dataclass(slots=True, kw_only=True)
class Count:
    """Counts of the units of one language and label.

    `repeated`: units whose text occurred before, in the same language and label; `repeated_words`: the words in them.
    `characters` counts white space inside units, `characters_no_spaces` does not; marks count, as they are typed.
    """

    lang: str
    label: str
    segments: int = 0
    words: int = 0
    characters: int = 0
    characters_no_spaces: int = 0
    repeated: int = 0
    repeated_words: int = 0

    def add(self, other: Count) -> None:
        """Add another count's numbers to this one."""
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self) -> dict[str, str | int]:
        """Language, label and numbers, as they are printed."""
        return {"lang": self.lang, "label": self.label, **{name: getattr(self, name) for name in NUMBERS}}


NUMBERS = ("segments", "words", "characters", "characters_no_spaces", "repeated", "repeated_words")


@dataclass(slots=True, kw_only=True)
class Counter:
    """Counts units; remembers their texts, so that a text of one file repeats in the next.

    A text repeats what has the same language and label: what is not translated saves no work where it comes again.
    """

    rule: str = "letters"
    seen: set[bytes] = field(default_factory=set)

    def count(self, units: Iterable[Unit]) -> list[Count]:
        """One count per language and label, sorted by them."""
        found: dict[tuple[str, str], Count] = {}
        for unit in units:
            text = plain(unit.parts)
            key = (unit.lang, unit.label)
            count = found.setdefault(key, Count(lang=unit.lang, label=unit.label))
            words = count_words(countable(unit.parts) if self.rule == "letters" else text, self.rule)
            # its hash: the texts of all units would be another copy of the files
            said = hashlib.blake2b("\n".join((*key, text)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            is_repeated = said in self.seen
            self.seen.add(said)
            count.add(
                Count(
                    lang=unit.lang, label=unit.label, segments=1, words=words, characters=len(text),
                    characters_no_spaces=sum(not c.isspace() for c in text),
                    repeated=int(is_repeated), repeated_words=words if is_repeated else 0,
                )
            )  # fmt: skip
        return [found[key] for key in sorted(found)]


def is_text(count: Count) -> bool:
    """Whether there is anything to translate in what was counted: numbers, placeholders and code are in no language."""
    return count.lang != "und"


def total(counts: Iterable[Count], lang: str = "total", label: str = "") -> Count:
    """The counts of all that is in a language, added up: what nobody translates is in no quote."""
    done = Count(lang=lang, label=label)
    for count in filter(is_text, counts):
        done.add(count)
    return done


def merged(groups: Iterable[Iterable[Count]]) -> list[Count]:
    """Counts of several files added up by language and label."""
    found: dict[tuple[str, str], Count] = {}
    for count in (count for group in groups for count in group):
        found.setdefault((count.lang, count.label), Count(lang=count.lang, label=count.label)).add(count)
    return [found[key] for key in sorted(found)]
