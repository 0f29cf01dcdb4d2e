"""Reasons for the language of a span, in words, from the same evidence that decided it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bilingual.language.constants import ABSENT, LANES
from bilingual.language.model import PARAMS, WordEvidence, default_model
from bilingual.language.tables import STRANGE, Tables, name_key
from bilingual.text.arrays import Array
from bilingual.text.classes import LATN, OF_CODE, SCRIPTS, WORD_AFTER_EDGE, WORD_AFTER_END, WORD_TITLE, WORD_UPPER
from bilingual.text.reason import Reason
from bilingual.text.scan import Scan

# Words shown; and log-odds below which one says nothing.
MOST_WORDS = 6
LEAST = 0.05
# A score above it leaves no odds to share out.
SURE = 0.9999


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """The words of a span, weighed: lane `lead` of their script against `rival`, the next of the `others`.

    Shapes: words int[n], their numbers in the scan; gains float[n], log-odds of `lead` against `rival`.
    """

    tables: Tables
    scan: Scan
    words: Array
    gains: Array
    lead: int
    rival: int
    others: list[int]

    def tag(self, lane: int) -> str:
        """The language of a lane."""
        return self.tables.registry.tags[self.tables.lane_lang[lane]]


def word_evidence(scan: Scan) -> WordEvidence:
    """What `reasons` reads for every span of a scan."""
    return default_model().word_evidence(scan)


def reasons(
    scan: Scan,
    said: WordEvidence,
    block: int,
    start: int,
    end: int,
    *,
    lang: int,
    score: float,
    languages: Sequence[str] | None = None,
) -> list[Reason]:
    """The evidence for language `lang` of the span `start`..`end`: its script, its letters, the words that say most.

    Words are weighed against the language that comes next. `languages`: the tags that could be chosen, None for all.
    """
    model = default_model()
    tables = model.tables
    prior, groups, _ = model.restricted(languages)
    first, stop = scan.block_word[block : block + 2].tolist()
    words = np.arange(first, stop)[(scan.word_start[first:stop] >= start) & (scan.word_start[first:stop] < end)]
    lanes = np.flatnonzero((tables.lane_lang == lang) & (prior > ABSENT)).tolist()
    ours = words[groups[scan.word_script[words]] == lanes[0] // LANES + 1] if lanes else words[:0]
    if not len(ours):
        return [Reason(text=_by_script(tables, scan, words, lang), start=start, end=end)]
    base = lanes[0] // LANES * LANES
    n_lanes = int((tables.n_lanes if said.has_parts else tables.n_whole)[base // LANES])
    others = [lane for lane in range(base, base + n_lanes) if prior[lane] > ABSENT and lane not in lanes]
    script = SCRIPTS[int(scan.word_script[ours[0]])]
    if math.isclose(score, PARAMS["own_name"], rel_tol=1e-6) and _is_own_name(tables, scan, ours.tolist(), lanes):
        text = f"a name that {tables.registry.tags[lang]} has for itself, in a menu of languages"
        return [Reason(text=text, start=start, end=end)]
    if not others:
        text = f"script {script} decides alone: no other of the languages to choose among is written in it"
        return [Reason(text=text, start=start, end=end)]
    upper = 1.0 if _is_in_capitals(scan, np.arange(first, stop), groups) else PARAMS["upper"]
    weights = _weights(scan, ours, first, upper, _is_plain(scan, first, stop))
    evidence = weights[:, None] * np.maximum(said.of(ours), _least(scan, ours)[:, None])
    totals = evidence.sum(axis=0) + PARAMS["score_scale"] * prior[base : base + LANES]
    lead, rival = (max(some, key=lambda lane: float(totals[lane - base])) for some in (lanes, others))
    gains = evidence[:, lead - base] - evidence[:, rival - base]
    weighed = _Weighed(tables=tables, scan=scan, words=ours, gains=gains, lead=lead, rival=rival, others=others)
    shared = len({weighed.tag(lane) for lane in (lead, *others)})
    text = f"script {script}, shared by {shared} languages; {weighed.tag(rival)} comes next"
    found = [Reason(text=text, start=start, end=end), *_own_letters(weighed), *_strongest_words(weighed)]
    if score < SURE:
        rest = math.log(score / (1.0 - score)) - float(gains.sum())
        text = "the rest of the line and of the document, and how common languages are"
        found.append(Reason(text=text, start=start, end=end, weight=rest))
    return found


def _by_script(tables: Tables, scan: Scan, words: Array, lang: int) -> str:
    """Why words of no shared script have their language."""
    if lang == 0:
        return "no word that tells a language"
    scripts = scan.word_script[words]
    named = ", ".join(dict.fromkeys(SCRIPTS[script] for script in scripts.tolist() if script))
    if not tables.registry.tags[lang].startswith("und"):
        return f"script {named} decides alone"
    is_shared = (tables.script_group[scripts] > 0).any()
    why = "none of the languages to choose among is written in it" if is_shared else "its languages are not told apart"
    return f"script {named} decides alone: {why}"


def _is_own_name(tables: Tables, scan: Scan, words: list[int], lanes: list[int]) -> bool:
    """Whether the words, or word, are a name that the language of `lanes` has for itself."""
    named = tables.name_keys[np.isin(tables.name_lane, lanes)].tolist()
    return len(words) < 3 and name_key(scan, words, lanes[0] // LANES) in named


def _is_in_capitals(scan: Scan, words: Array, groups: Array) -> bool:
    """Whether the words of a block are all in capitals, which are no acronyms then, as `reading.kernel` says it."""
    ours = words[groups[scan.word_script[words]] > 0]
    letters = int((scan.word_end[ours] - scan.word_start[ours]).sum())
    return letters >= PARAMS["capitals"] and bool((scan.word_flags[ours] & WORD_UPPER > 0).all())


def _is_plain(scan: Scan, first: int, stop: int) -> bool:
    """Whether the first word of a block is capitalized only as it is the first, as `reading.kernel` says it."""
    capitalized = scan.word_flags[first:stop] & (WORD_TITLE | WORD_UPPER)
    if stop - first == 1 and scan.word_end[first] - scan.word_start[first] < 3:
        return False
    return bool(stop - first <= PARAMS["short"] and capitalized[0] == WORD_TITLE and not capitalized[1:].any())


def _weights(scan: Scan, words: Array, first: int, upper: float, plain: bool) -> Array:
    """By how much the evidence of each word counts in the score, as `lanes.kernel` weighs it, words in capitals by
    `upper`; `first` begins the block and counts in full where it is `plain`."""
    flags = scan.word_flags[words]
    opens = (words == first) | (flags & (WORD_AFTER_END | WORD_AFTER_EDGE) > 0)
    title = np.where(opens, PARAMS["opening"], PARAMS["title"])
    weights = np.where(flags & WORD_UPPER, upper, np.where(flags & WORD_TITLE, title, 1.0))
    weights[(words == first) & plain] = 1.0
    found: Array = PARAMS["sharp"] * PARAMS["score_scale"] * weights
    return found


def _least(scan: Scan, words: Array) -> Array:
    """The least that each word says of a language, as `lanes.kernel` has it."""
    return np.where(scan.word_flags[words] & (WORD_TITLE | WORD_UPPER), -PARAMS["name_cap"], -PARAMS["cap"])


def _own_letters(weighed: _Weighed) -> Iterator[Reason]:
    """The letters that no other language of the script has, each at its first place; their words have the weight."""
    rows = weighed.tables.letter_rows.reshape(-1, LANES)
    lead, others = weighed.lead % LANES, [lane % LANES for lane in weighed.others]
    is_own = (rows[:, lead] == 0.0) & (rows[:, others] == STRANGE).all(axis=1)
    starts, ends = weighed.scan.word_start[weighed.words], weighed.scan.word_end[weighed.words]
    sizes = ends - starts
    places = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    codes = weighed.scan.codes[places]
    own = np.flatnonzero(is_own[np.minimum(codes, len(rows) - 1)] & (codes < len(rows)))
    for code, at in zip(*np.unique(codes[own], return_index=True), strict=True):
        place = int(places[own[at]])
        text = f"letter “{chr(code)}”, which only {weighed.tag(weighed.lead)} has"
        yield Reason(text=text, start=place, end=place + 1)


def _strongest_words(weighed: _Weighed) -> Iterator[Reason]:
    """The words that say most, strongest first; one that stands more than once at its first place."""
    scan = weighed.scan
    hashes, at, which, times = np.unique(
        scan.word_hash[weighed.words], return_index=True, return_inverse=True, return_counts=True
    )
    sums = np.bincount(which.ravel(), weighed.gains, len(at))
    for k in np.argsort(-np.abs(sums), kind="stable")[:MOST_WORDS].tolist():
        if abs(sums[k]) < LEAST:
            return
        word = int(weighed.words[at[k]])
        start, end = int(scan.word_start[word]), int(scan.word_end[word])
        shown = "".join(map(chr, scan.codes[start:end].tolist()))
        often = f" ({times[k]} times)" if times[k] > 1 else ""
        pair = (weighed.lead, weighed.rival) if sums[k] > 0 else (weighed.rival, weighed.lead)
        why = _spelling(weighed, int(hashes[k]), scan.codes[start:end], *pair)
        if scan.word_script[word] == LATN and scan.word_written[word] == OF_CODE:
            why = f"of a name in code, which is {weighed.tag(pair[0])} if anything"
        yield Reason(text=f"word “{shown}”{often}: {why}", start=start, end=end, weight=float(sums[k]))


def _spelling(weighed: _Weighed, hashed: int, codes: Array, better: int, worse: int) -> str:
    """Why a word speaks for lane `better`: it is a frequent one, has letters that `worse` has not, or looks alike."""
    tables, good, bad = weighed.tables, weighed.tag(better), weighed.tag(worse)
    key = np.uint32(hashed & 0xFFFFFFFF)
    first, stop = (int(np.searchsorted(tables.word_keys, key, side)) for side in ("left", "right"))
    lanes = tables.word_lane[first:stop].tolist()
    if better in lanes:
        return f"frequent in {good}, {'less' if worse in lanes else 'not'} in {bad}"
    rows = tables.letter_rows.reshape(-1, LANES)
    known = [code for code in dict.fromkeys(codes.tolist()) if code < len(rows)]
    lacking = [
        chr(code) for code in known if rows[code, better % LANES] == 0.0 and rows[code, worse % LANES] == STRANGE
    ]
    return f"{' '.join(lacking)} in {good}, not in {bad}" if lacking else f"spelled like {good}"
