"""Facts of a language folder -> arrays: letter sequences and word frequencies, as the evidence tables read them.

`tools/language_data.py` writes the results beside the records; a folder without them is derived on loading.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bilingual.language.registry import Language
from bilingual.text.arrays import Array
from bilingual.text.scan import scan

BLANK = " "
# Share of the running words that one word of a tier of words.tsv stands for.
TIER_SHARE = {"0": 1.5e-2, "1": 2.5e-3, "2": 2.5e-4, "3": 2e-5, "4": 3e-6}
AFFIXED_SHARE = 1.5e-6
# Weight of a word of a tier in the letter sequences of its language; names are spelled as those of many are.
TIER_WEIGHT = {"0": 12.0, "1": 6.0, "2": 2.0, "3": 1.0, "4": 0.0}
# A pooled language (`Language.pooled`) has this many times the mean share of those that it stands for, as a text is in
# one of them; what another language has at least this many times as often as their mean is left out.
POOLED = 2.0
COMMON = 2.0
# As many sequences as langdetect keeps for a language.
MAX_GRAMS = 3000
FARSI_YEH, ARABIC_YEH = "\N{ARABIC LETTER FARSI YEH}", "\N{ARABIC LETTER YEH}"
WEIGHT_STEPS = 15.0


def gram_key(gram: str) -> int:
    """Up to three code points in one number, 21 bits each."""
    key = 0
    for position, letter in enumerate(gram):
        key |= ord(letter) << (21 * position)
    return key


def langdetect_grams(code: str) -> dict[str, float]:
    """n-gram -> relative frequency among those of its length, lower-cased, from langdetect's profile `code`."""
    import langdetect

    path = Path(langdetect.__file__).parent / "profiles" / code
    profile = json.loads(path.read_text(encoding="utf-8"))
    shares: Counter[str] = Counter()
    for gram, count in profile["freq"].items():
        if gram.strip() and 1 <= len(gram) <= 3:
            shares[gram.lower()] += count / profile["n_words"][len(gram) - 1]
    return {gram: share for gram, share in shares.items() if len(gram) <= 3}


def pooled(tables: Sequence[Mapping[str, float]], common: Mapping[str, float]) -> dict[str, float]:
    """The shares that several languages have together, without what `common` has much more of.

    >>> pooled([{"og": 0.02, "men": 0.008}, {"men": 0.001}], {"men": 0.01})
    {'og': 0.02}
    """
    means: defaultdict[str, float] = defaultdict(float)
    for table in tables:
        for key, share in table.items():
            means[key] += share / len(tables)
    return {key: POOLED * mean for key, mean in means.items() if COMMON * mean > common.get(key, 0.0)}


def source_grams(language: Language) -> dict[str, float]:
    """n-gram -> relative frequency, from where `ngrams` says."""
    source, _, codes = language.ngrams.partition(":")
    if source != "langdetect":
        return derived_grams(own_words(language))
    if not language.pooled:
        return langdetect_grams(codes)
    return pooled([langdetect_grams(code) for code in codes.split()], langdetect_grams(language.unlike))


def word_grams(word: str) -> list[str]:
    """The 1- to 3-grams of a word with a blank at both edges, as langdetect cuts them."""
    padded = BLANK + word + BLANK
    grams = list(word)
    grams += [padded[i : i + 2] for i in range(len(padded) - 1)]
    grams += [padded[i : i + 3] for i in range(len(padded) - 2)]
    return grams


def derived_grams(words: dict[str, str]) -> dict[str, float]:
    """As `langdetect_grams`, from a word list with tiers."""
    counts: list[dict[str, float]] = [defaultdict(float) for _ in range(3)]
    for word, tier in words.items():
        for gram in word_grams(word.replace(FARSI_YEH, ARABIC_YEH)):
            counts[len(gram) - 1][gram] += TIER_WEIGHT[tier]
    found = {
        gram: count / total
        for table, total in ((c, sum(c.values())) for c in counts)
        for gram, count in table.items()
        if count >= 2
    }
    best = sorted(found.items(), key=lambda item: (-item[1] * 10 ** (len(item[0]) - 1), item[0]))[:MAX_GRAMS]
    return dict(best)


def read_words(path: Path) -> dict[str, str]:
    """word -> tier of a words.tsv."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))


def own_words(language: Language) -> dict[str, str]:
    """Words with tiers of a folder: words.tsv, then what derived.tsv adds."""
    assert language.folder is not None
    words: dict[str, str] = {}
    for name in ("derived.tsv", "words.tsv"):
        if (language.folder / name).is_file():
            words.update(read_words(language.folder / name))
    return words


def hashes(words: list[str]) -> tuple[Array, Array]:
    """(uint32 hash, index of the word) of those words that the scanner reads as one word each."""
    scanned = scan(["\n".join(words)])
    lines = scanned.block_line[scanned.word_block]
    count = np.bincount(lines, minlength=len(words))
    single = count[lines] == 1
    return (scanned.word_hash[single] & np.uint64(0xFFFFFFFF)).astype(np.uint32), lines[single]


def word_table(shares: dict[str, float]) -> tuple[Array, Array]:
    """(uint32 hashes, uint8 weights), sorted by hash; a weight is -ln(share) in steps of 1 / WEIGHT_STEPS."""
    words = [word for word in shares if word.strip()]
    keys, index = hashes(words)
    values = np.array([shares[word] for word in words])[index]
    unique, where = np.unique(keys, return_inverse=True)
    total = np.zeros(len(unique))
    np.add.at(total, where, values)
    weights = np.clip(np.rint(-np.log(total) * WEIGHT_STEPS), 0, 255).astype(np.uint8)
    return unique, weights


def own_shares(language: Language) -> dict[str, float]:
    """word -> share of running words: the folder's words, and each with the language's affixes."""
    words = own_words(language)
    shares: dict[str, float] = {}
    for word, tier in words.items():
        if len(word) > 2 and (tier < "3" or (tier == "3" and language.prefixes)):
            shares |= dict.fromkeys([prefix + word for prefix in language.prefixes], AFFIXED_SHARE)
            shares |= dict.fromkeys([word + suffix for suffix in language.suffixes], AFFIXED_SHARE)
    for word, tier in words.items():
        shares[word] = TIER_SHARE[tier]
    return shares


def gram_table(grams: dict[str, float]) -> tuple[Array, Array]:
    """(uint64 keys, float32 shares), sorted by key."""
    pairs = sorted((gram_key(gram), share) for gram, share in grams.items())
    return np.array([key for key, _ in pairs], np.uint64), np.array([share for _, share in pairs], np.float32)


def derive(language: Language) -> dict[str, Array]:
    """The four arrays of a language from its own folder and langdetect's profile."""
    gram_keys, gram_shares = gram_table(source_grams(language))
    word_keys, word_weights = word_table(own_shares(language))
    return {
        "gram_keys": gram_keys,
        "gram_shares": gram_shares,
        "word_keys": word_keys,
        "word_weights": word_weights,
    }


def arrays(language: Language) -> dict[str, Array]:
    """The four arrays of a language: those beside its record, else derived."""
    assert language.folder is not None
    if not (language.folder / "word_keys.npy").is_file():
        return derive(language)
    names = ("gram_keys", "gram_shares", "word_keys", "word_weights")
    return {name: np.load(language.folder / f"{name}.npy") for name in names}


def listed_share(weights: Array) -> float:
    """Share of running words that a word table covers."""
    return float(np.exp(-weights.astype(np.float64) / WEIGHT_STEPS).sum()) if len(weights) else 0.0


def log_share(weight: int) -> float:
    """Natural logarithm of the share that a stored weight stands for."""
    return -weight / WEIGHT_STEPS
