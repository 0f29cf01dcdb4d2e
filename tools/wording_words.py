"""Write `src/bilingual/data/weights/wording-words.tsv`: single words that the lexicon's wordings are made of.

    python tools/wording_words.py [--check]    write, or say whether the file is what the lexicon gives

`furniture` are words of wordings of menus, forms and other furniture, `pitch` those of calls and offers; each is used by its
side three times as often, or half as often again, as by the other. Function words are none. Arabic words stand with and
without the article and what is written together with it. The label trees are fitted on the shares of such words, so the file
is made again only together with a fit.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator

import labels_data as data
from bilingual.labels.lexicon import LABELS, lexicon

PATH = data.ROOT / "src" / "bilingual" / "data" / "weights" / "wording-words.tsv"
# Kinds of wordings of navigation whose words make menus and controls; dates, counters and share bars do not.
FURNITURE = frozenset({
    "menu", "section", "breadcrumb", "about-header", "filter", "form", "shop-furniture", "forum", "widget", "tags",
    "archive", "login", "search", "legal", "status", "player", "docs", "wiki",
})  # fmt: skip
PREFIXES = ("وال", "بال", "لل", "ال", "و")
_ARABIC = re.compile("[\u0600-\u06ff]")
HEAD = """\
# Words that wordings of the lexicon are made of: of furniture (menus, forms), of a pitch (calls, offers).
# Source: data/lexicons of this project. Licence: Apache-2.0. Date: 2026-11-30. Made by: python tools/wording_words.py
# class	word
"""


def forms(word: str) -> Iterator[str]:
    """A word, and if it is Arabic its forms with the article, the conjunction and both."""
    yield word
    if not _ARABIC.match(word):
        return
    prefix = next((one for one in PREFIXES if word.startswith(one) and len(word) > len(one) + 2), "")
    stem = word[len(prefix) :]
    yield from (stem, "ال" + stem, "وال" + stem, "و" + stem)


def counted() -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """How many wordings of furniture, of all navigation, of promo and of body use each word."""
    lex = lexicon()
    furniture, navigation, promo, body = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    of_label = {"navigation": navigation, "promo": promo, "body": body, "-": Counter[str]()}
    for phrase, kind, label in zip(lex.phrase, lex.kind, lex.label, strict=True):
        words = {form for word in set(re.findall(r"\w+", phrase)) for form in forms(word)}
        of_label[LABELS[label]].update(words)
        if lex.kinds[kind] in FURNITURE:
            furniture.update(words)
    return furniture, navigation, promo, body


def function_words() -> frozenset[str]:
    rows = (PATH.parent / "word-classes.tsv").read_text("utf-8").splitlines()
    return frozenset(row.partition("\t")[2] for row in rows if row.startswith("function\t"))


def content() -> str:
    """What the file has to hold."""
    furniture, navigation, promo, body = counted()
    skipped = function_words()
    rows = [f"furniture\t{word}" for word in furniture if navigation[word] >= 3 * promo[word] + 2 * body[word]]
    rows += [f"pitch\t{word}" for word, n in promo.items() if n >= 2 and n >= 1.5 * navigation[word]]
    kept = sorted(row for row in rows if row.partition("\t")[2] not in skipped)
    return HEAD + "".join(f"{row}\n" for row in kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    text = content()
    if not parser.parse_args().check:
        PATH.write_text(text, "utf-8")
    elif text != PATH.read_text("utf-8"):
        parser.error(f"{PATH.name} is not what the lexicon gives")


if __name__ == "__main__":
    main()
