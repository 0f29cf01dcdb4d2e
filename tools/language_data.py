"""Make the evidence arrays and derived word lists of `data/languages`.

    python tools/language_data.py            all languages
    python tools/language_data.py --check    fail when regenerating would change a file
    python tools/language_data.py --sort     order the hand-written words.tsv

Needs, beside the package: wordfreq 3.1.1 (data CC BY-SA 4.0), Babel 2.18 (Unicode CLDR, Unicode License V3)
and Django 5.2.8 or a later 5.2 (BSD-3-Clause), of which only words and counts are taken.
"""

from __future__ import annotations

import argparse
import io
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import regex

from bilingual.language import facts
from bilingual.language.registry import Language, default_registry

DATE = "2026-11-22"
LISTED = 30_000
# German writes compounds: of its list so many words, those beyond LISTED only where they have at least LONG letters.
LISTED_OF_COMPOUNDS = {"de": 60_000}
LONG = 8
LISTED_OF_MANY = 10_000
# The main language of a script has the words of others, too, that it has at least this many times as often as they.
SHARED = 0.1
# A word that the main language has this many times as often, and in COMMON of its running words, is a guest on the list of another,
# from quotations and mixed speech, unless that one says it too, in COMMON of its words. There it counts for a part only.
GUEST = 10.0
GUEST_SHARE = 0.25
COMMON = 1e-4
# Letters without a vowel: mm, kg, v, px.
UNIT = regex.compile("[b-df-hj-np-tv-xz]{1,2}")
MESSAGES = {"ckb": ("ckb", "ckb"), "ps": ("ps", None), "ug": ("ug", "ug"), "sd": ("sd", None)}
WORD = regex.compile(r"[\p{Arab}\p{M}\u200c]{2,}")


@cache
def listed_shares(code: str, script: str, number: int) -> dict[str, float]:
    """word -> share of running words, the first `number` words of wordfreq's list that are in the script."""
    import wordfreq

    in_script = regex.compile(rf"[\p{{Script={script}}}\p{{M}}\u200c'’]+")
    listed = [word for word in wordfreq.top_n_list(code, 2 * number) if in_script.fullmatch(word)][:number]
    return {word: wordfreq.word_frequency(word, code) for word in listed}


def long_shares(code: str, script: str) -> dict[str, float]:
    """As `listed_shares`, LISTED words, and long ones from further down where LISTED_OF_COMPOUNDS says so."""
    shares = dict(listed_shares(code, script, LISTED))
    longer = listed_shares(code, script, LISTED_OF_COMPOUNDS.get(code, LISTED))
    return shares | {word: share for word, share in longer.items() if len(word) >= LONG}


def pooled_shares(codes: list[str], unlike: str, script: str) -> dict[str, float]:
    """As `listed_shares`, of several languages together; no units of measure, which numbers go with in all languages."""
    import wordfreq

    tables = [listed_shares(code, script, LISTED_OF_MANY) for code in codes]
    words = {word for table in tables for word in table}
    shares = facts.pooled(tables, {word: wordfreq.word_frequency(word, unlike) for word in words})
    return {word: share for word, share in shares.items() if not UNIT.fullmatch(word)}


def most_elsewhere(language: Language) -> dict[str, float]:
    """word -> its greatest share on the lists of the other languages of the script, or of the main one alone where that is another."""
    most: dict[str, float] = {}
    for other in default_registry().modelled:
        source, _, codes = other.frequencies.partition(":")
        if source != "wordfreq" or other.pooled or other.script != language.script or other is language:
            continue
        if not (language.main or other.main):
            continue
        for word, share in long_shares(codes, language.script).items():
            most[word] = max(share, most.get(word, 0.0))
    return most


def borrowed_shares(language: Language, code: str) -> dict[str, float]:
    """As `listed_shares`, of words that the lists of other languages of the script have, which reach further down, and this one
    has nearly as often: `multitasking` is on the Indonesian list and not on the English one."""
    import wordfreq

    most = most_elsewhere(language)
    own = {word: wordfreq.word_frequency(word, code) for word in most}
    return {word: own[word] for word, share in most.items() if own[word] >= SHARED * share}


def without_guests(shares: dict[str, float], language: Language) -> dict[str, float]:
    """The shares, less for words of the main language: `you` and `care` are on most lists. The main one keeps all: its terms are
    words of some other language, too (`git`, `font`)."""
    most = most_elsewhere(language)
    guests = {
        word: share
        for word, share in shares.items()
        if share < COMMON <= most.get(word, 0.0) and GUEST * share < most[word]
    }
    return shares | {word: GUEST_SHARE * share for word, share in guests.items()}


def wordfreq_shares(language: Language, codes: list[str]) -> dict[str, float]:
    """word -> share of running words of wordfreq's lists, in the language's script; own words come on top."""
    shares = (
        pooled_shares(codes, language.unlike, language.script)
        if language.pooled
        else long_shares(codes[0], language.script)
    )
    if language.main:
        shares |= borrowed_shares(language, codes[0])
    elif language.script == "Latn" and not language.pooled:
        # not what Persian and Urdu have from Arabic, which is theirs by now
        shares = without_guests(shares, language)
    for word, share in facts.own_shares(language).items():
        shares[word] = max(share, shares.get(word, 0.0))
    return shares


def strings(node: Any) -> Iterator[str]:
    """All strings of a nested structure."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from strings(value)


def message_words(cldr: str, django: str | None) -> list[str]:
    """Words of a language's CLDR names and patterns and of Django's messages, those seen at least twice."""
    import gettext

    from babel import localedata

    counts: Counter[str] = Counter()
    for text in strings(localedata.load(cldr, merge_inherited=False)):
        counts.update(WORD.findall(text))
    if django is not None:
        import django as package

        for path in sorted(Path(package.__file__).parent.rglob(f"locale/{django}/LC_MESSAGES/*.mo")):
            with path.open("rb") as file:
                catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            for key, text in catalog.items():
                if key:
                    counts.update(WORD.findall(text))
    return sorted({unicodedata.normalize("NFC", word.strip("\u200c")) for word, count in counts.items() if count})


def derived_tsv(language: Language) -> str:
    """The file `derived.tsv` of a language."""
    cldr, django = MESSAGES[language.tag]
    own = facts.read_words(language.folder / "words.tsv")  # type: ignore[operator]
    words = [word for word in message_words(cldr, django) if len(word) > 1 and word not in own]
    source = "Unicode CLDR through Babel 2.18"
    licence = "Unicode License V3" + (" and BSD-3-Clause" if django else "")
    source += " and the messages of Django 5.2" if django else ""
    head = [
        f"# {language.name} words seen in {source}; words only.",
        f"# Licence: {licence}. Date: {DATE}. Made by: python tools/language_data.py",
        "# word\ttier",
    ]
    return "\n".join([*head, *(f"{word}\t3" for word in words)]) + "\n"


def npy(array: np.ndarray[Any, Any]) -> bytes:
    """The bytes of a .npy file."""
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def outputs(language: Language) -> Iterator[tuple[Path, bytes]]:
    """(path, content) of every generated file of a language, written in this order."""
    assert language.folder is not None
    if language.tag in MESSAGES:
        yield language.folder / "derived.tsv", derived_tsv(language).encode()
    arrays = facts.derive(language)
    source, _, codes = language.frequencies.partition(":")
    if source == "wordfreq":
        arrays["word_keys"], arrays["word_weights"] = facts.word_table(wordfreq_shares(language, codes.split()))
    for name, array in arrays.items():
        yield language.folder / f"{name}.npy", npy(array)


def sort_words(path: Path) -> None:
    """Order a words.tsv by word, NFC, without doubles."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    words: dict[str, str] = {}
    for line in lines:
        if line and not line.startswith("#"):
            word, tier = unicodedata.normalize("NFC", line).split("\t")
            words[word] = min(tier, words.get(word, "9"))
    path.write_text("\n".join([*head, *(f"{w}\t{t}" for w, t in sorted(words.items()))]) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a file would change")
    parser.add_argument("--sort", action="store_true", help="order the hand-written words.tsv first")
    options = parser.parse_args()
    changed = 0
    for language in default_registry().lanes:
        assert language.folder is not None
        if options.sort and (language.folder / "words.tsv").is_file():
            sort_words(language.folder / "words.tsv")
        for path, content in outputs(language):
            if path.is_file() and path.read_bytes() == content:
                continue
            changed += 1
            print(path.parent.name, path.name, len(content), file=sys.stderr)
            if not options.check:
                path.write_bytes(content)
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
