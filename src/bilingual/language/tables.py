"""The evidence tables: what `data/languages` says, as the arrays that the kernels read.

A script that several languages share is a group; each of its languages is a lane, 0 to 15.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from bilingual.errors import SettingsError
from bilingual.language import facts
from bilingual.language.constants import ABSENT, LANES, LETTERS, MAX_GROUPS
from bilingual.language.registry import Language, Registry, default_registry
from bilingual.text.arrays import Array, distinct
from bilingual.text.classes import SCRIPT_NUMBER, SCRIPTS
from bilingual.text.scan import Scan, scan

# langdetect's own smoothing: every sequence has this probability before its profile speaks (alpha /
# BASE_FREQ).
ALPHA = 0.5 / 10_000
GRAM_BITS = 15
SPREAD = np.uint64(11400714819323198485)
MASK = (1 << 64) - 1
NAME_BITS = 4096

# A letter outside a language's alphabet costs STRANGE, one that borrowed words bring TOLERATED (log
# likelihood).
STRANGE = -2.5
TOLERATED = -1.5
# One that the language avoids, see `Language.avoided`: lists do not tell آیه from آية, so the letters have to.
AVOIDED = -5.0
# A vowel sign in a language that seldom writes it.
UNUSUAL = -1.0
# Row of the non-joiner, whose code point is beyond LETTERS; no word has NUL.
NO_JOINER = 0
# Share of running words that a list never covers, whatever its size: names, misspellings, rare words.
LEAST_UNLISTED = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Arrays of the kernels.

    Shapes: script_group, script_lang uint8[n_scripts] (group 0: the script decides); n_lanes, n_whole
    int32[n_groups], the latter without the lanes of parts, which come last; lane_lang uint8[LANES * n_groups]; main
    float32[LANES * n_groups], the log share of a lane before anything is read; gram_bucket int32[2**15 + 1],
    gram_keys uint64[n], gram_rows float32[LANES * n], log likelihoods above langdetect's floor; word_bucket
    int32[65537], word_keys uint32[m], word_lane, word_weight uint8[m]; letter_rows float32[LETTERS * LANES]; unlisted
    float32[LANES * n_groups]; digit_lanes uint8[LANES + LANES * n_groups], 1 for digits that are letters and for the
    lanes that use them; mixed_lanes uint8[LANES * n_groups], 1 for languages that people mix with others; near_lanes
    uint8[LANES * n_groups], the lane that a lane has words from, itself where none; kin_lanes uint16[LANES *
    n_groups], a bit for each lane that is near to one of those that a lane stands for; joins uint16[n_groups], a bit
    for each lane of a language that writes two words as one; name_keys uint64[k], in order, and name_lane uint8[k],
    the names that languages have for themselves, by `name_key`; name_bits uint8[4096], 1 for the low bits of the hash
    of a first word of one.
    """

    registry: Registry
    script_group: Array
    script_lang: Array
    n_lanes: Array
    n_whole: Array
    lane_lang: Array
    main: Array
    gram_bucket: Array
    gram_keys: Array
    gram_rows: Array
    gram_shift: int
    word_bucket: Array
    word_keys: Array
    word_lane: Array
    word_weight: Array
    letter_rows: Array
    unlisted: Array
    digit_lanes: Array
    mixed_lanes: Array
    near_lanes: Array
    kin_lanes: Array
    joins: Array
    name_keys: Array
    name_lane: Array
    name_bits: Array


def _groups(registry: Registry) -> list[list[Language]]:
    """The languages that are read of every script that has some, in the order of SCRIPTS; parts of one come last."""
    lanes = sorted(registry.lanes, key=lambda language: language.told_as)
    found = [[language for language in lanes if language.script == script] for script in SCRIPTS]
    return [group for group in found if group]


def _grams(groups: list[list[dict[str, Array]]]) -> tuple[Array, Array, Array]:
    """Buckets, keys and rows of all letter sequences."""
    keys = np.concatenate([data["gram_keys"] for group in groups for data in group])
    unique = distinct(keys)
    where = np.searchsorted(unique, keys)
    rows = np.zeros((len(unique), LANES), np.float32)
    at = 0
    for group in groups:
        for lane, data in enumerate(group):
            n = len(data["gram_keys"])
            values = np.log((ALPHA + data["gram_shares"].astype(np.float64)) / ALPHA)
            # profiles have some sequences of other scripts, rare ones: they stay those of the script's languages
            rows[where[at : at + n], lane] = np.maximum(rows[where[at : at + n], lane], values)
            at += n
    bucket = (unique * SPREAD) >> np.uint64(64 - GRAM_BITS)
    order = np.argsort(bucket, kind="stable")
    starts = np.searchsorted(bucket[order], np.arange((1 << GRAM_BITS) + 1, dtype=np.uint64))
    return starts.astype(np.int32), unique[order], np.ascontiguousarray(rows[order]).reshape(-1)


def _words(groups: list[list[dict[str, Array]]]) -> tuple[Array, Array, Array, Array]:
    """Buckets, keys, lanes (LANES * group + lane) and weights of all listed words."""
    parts = [(LANES * g + lane, data) for g, group in enumerate(groups) for lane, data in enumerate(group)]
    keys = np.concatenate([data["word_keys"] for _, data in parts])
    lanes = np.concatenate([np.full(len(data["word_keys"]), lane, np.uint8) for lane, data in parts])
    weights = np.concatenate([data["word_weights"] for _, data in parts])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.searchsorted(keys, np.arange(65537, dtype=np.uint64) << np.uint64(16))
    return starts.astype(np.int32), keys, lanes[order], weights[order]


def _letter_cost(language: Language, letter: str) -> float:
    """What a letter says against a language."""
    if letter in language.letters:
        return 0.0
    if letter in language.tolerated:
        return TOLERATED
    return AVOIDED if letter in language.avoided else STRANGE


def _letters(groups: list[list[Language]]) -> Array:
    """What every letter says against the languages of its own group."""
    rows = np.zeros((LETTERS, LANES), np.float32)
    for group in groups:
        known = {c for language in group for c in language.letters + language.tolerated if ord(c) < LETTERS}
        for letter in known:
            rows[ord(letter)] = [_letter_cost(language, letter) for language in group] + [0.0] * (LANES - len(group))
        for mark in {mark for language in group for mark in language.marks}:
            rows[ord(mark)] = 0.0
            for lane, language in enumerate(group):
                rows[ord(mark), lane] = 0.0 if mark in language.marks else UNUSUAL
    for code in range(LETTERS):  # capitals as their small letters
        small = chr(code).lower()
        if len(small) == 1 and ord(small) != code and ord(small) < LETTERS:
            rows[code] = rows[ord(small)]
    rows[ord("İ")] = rows[ord("ı")]
    for lane, language in enumerate(next((group for group in groups if group[0].script == "Arab"), [])):
        rows[NO_JOINER, lane] = AVOIDED if "\N{ZERO WIDTH NON-JOINER}" in language.avoided else 0.0
    return rows.reshape(-1)


def _word_key(scan_: Scan, w: int, group: int) -> int:
    """The key under which `evidence.kernel` remembers word `w` of a scan, of `group`."""
    key = int(scan_.word_hash[w]) ^ int(scan_.word_written[w]) << 32 ^ group + 1
    key = key * int(SPREAD) & MASK
    return key ^ key >> 32 | 1 << 63


def name_key(scan_: Scan, words: Sequence[int], group: int) -> int:
    """The key of a name of one word or two, numbers of words of a scan, in a language of `group`."""
    first, *more = (_word_key(scan_, w, group) for w in words)
    return first * int(SPREAD) & MASK ^ more[0] if more else first


def _names(groups: list[list[Language]]) -> tuple[Array, Array, Array]:
    """Keys, in order, and lanes of names that languages have for themselves; bits of hashes of their first words."""
    found: dict[int, int] = {}
    bits = np.zeros(NAME_BITS, np.uint8)
    for g, group in enumerate(groups):
        for lane, language in enumerate(group):
            for name in filter(None, (language.native, *language.autonyms)):
                read = scan([name])
                bits[int(read.word_hash[0]) & NAME_BITS - 1] = 1
                found[name_key(read, range(read.n_words), g)] = LANES * g + lane
    keys = sorted(found)
    return np.array(keys, np.uint64), np.array([found[key] for key in keys], np.uint8), bits


def _near(group: Sequence[Language]) -> list[int]:
    """The lane that each language of a group has words from, itself where none."""
    tags = [language.tag for language in group]
    return [tags.index(language.near) if language.near in tags else lane for lane, language in enumerate(group)]


def _unlisted(group: Sequence[Language], data: Sequence[dict[str, Array]], near: Sequence[int]) -> list[float]:
    """Log share of the running words of each language that its list does not cover.

    A part lists few words and borrows others: it is half-way to the language near it, or at the main one.
    """
    covered = [facts.listed_share(arrays["word_weights"]) for arrays in data]
    logs = [
        math.log(max(1.0 - share, LEAST_UNLISTED, language.unlisted))
        for share, language in zip(covered, group, strict=True)
    ]
    main = next((lane for lane, language in enumerate(group) if language.main), 0)
    found = []
    for lane, language in enumerate(group):
        own = main if language.told_as and near[lane] == lane else lane
        found.append((logs[own] + logs[near[own]]) / 2)
    return found


def _lanes(
    registry: Registry, languages: Sequence[Sequence[Language]], groups: Sequence[Sequence[dict[str, Array]]]
) -> dict[str, Array]:
    """The columns of `Tables` that have an item for every script or lane."""
    n = len(groups)
    script_group = np.zeros(len(SCRIPTS), np.uint8)
    lane_lang = np.zeros(LANES * n, np.uint8)
    main = np.full(LANES * n, ABSENT, np.float32)
    unlisted = np.zeros(LANES * n, np.float32)
    digit_lanes = np.zeros(LANES + LANES * n, np.uint8)
    mixed_lanes = np.zeros(LANES * n, np.uint8)
    near_lanes = np.tile(np.arange(LANES, dtype=np.uint8), n)
    kin_lanes = np.zeros(LANES * n, np.uint16)
    joins = np.zeros(n, np.uint16)
    numbers = {tag: number for number, tag in enumerate(registry.tags)}
    for g, group in enumerate(languages):
        script_group[SCRIPT_NUMBER[group[0].script]] = g + 1
        shares = [MAIN_SHARE if language.main else language.share for language in group]
        near = _near(group)
        unlisted[LANES * g : LANES * g + len(group)] = _unlisted(group, groups[g], near)
        for lane, language in enumerate(group):
            at = LANES * g + lane
            lane_lang[at] = numbers[language.told_as or language.tag]
            main[at] = math.log(shares[lane] / sum(shares))
            near_lanes[at] = near[lane]
            kin_lanes[at] = sum(1 << k for k, kin in enumerate(group) if kin.tag in language.kin)
            digit_lanes[at + LANES] = bool(language.digits)
            mixed_lanes[at] = language.mixed
            joins[g] |= language.compounds << lane
            for digit in language.digits:
                digit_lanes[int(digit)] = 1
    return {
        "script_group": script_group, "lane_lang": lane_lang, "main": main, "unlisted": unlisted,
        "digit_lanes": digit_lanes, "mixed_lanes": mixed_lanes, "near_lanes": near_lanes,
        "kin_lanes": kin_lanes, "joins": joins,
    }  # fmt: skip


def build(registry: Registry) -> Tables:
    """The tables of a registry; reads the arrays of every language folder."""
    languages = _groups(registry)
    groups = [[facts.arrays(language) for language in group] for group in languages]
    n = len(groups)
    if n > MAX_GROUPS:
        raise SettingsError(f"languages are modelled in {n} scripts; the kernels have room for {MAX_GROUPS}")
    gram_bucket, gram_keys, gram_rows = _grams(groups)
    word_bucket, word_keys, word_lane, word_weight = _words(groups)
    name_keys, name_lane, name_bits = _names(languages)
    return Tables(
        registry=registry,
        **_lanes(registry, languages, groups),
        script_lang=np.array(registry.by_script, np.uint8),
        n_lanes=np.array([len(group) for group in groups], np.int32),
        n_whole=np.array([sum(not language.told_as for language in group) for group in languages], np.int32),
        gram_bucket=gram_bucket,
        gram_keys=gram_keys,
        gram_rows=gram_rows,
        gram_shift=64 - GRAM_BITS,
        word_bucket=word_bucket,
        word_keys=word_keys,
        word_lane=word_lane,
        word_weight=word_weight,
        letter_rows=_letters(languages),
        name_keys=name_keys,
        name_lane=name_lane,
        name_bits=name_bits,
    )


# How much likelier the main language of a script is than each of the others, before anything is read.
MAIN_SHARE = 30.0

_lock = threading.Lock()


@cache
def _default_tables() -> Tables:
    return build(default_registry())


def default_tables() -> Tables:
    """The tables of the package's languages, read once, by one thread."""
    with _lock:
        return _default_tables()
