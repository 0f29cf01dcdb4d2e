"""langdetect as the oracle: its own exact sum has the winner that our n-gram tables have."""

from __future__ import annotations

import threading
from functools import cache
from math import log
from pathlib import Path

import langdetect
import pytest
from langdetect.detector_factory import DetectorFactory
from language_cases import SENTENCES, spans_of

from bilingual.language.model import gram_scores
from bilingual.language.registry import default_registry

KNOWN = {
    language.tag: language
    for language in default_registry().modelled
    if language.ngrams.startswith("langdetect") and not language.pooled
}
_lock = threading.Lock()


@cache
def factory(script: str) -> DetectorFactory:
    """langdetect with the profiles of one script, loaded once under a lock."""
    with _lock:
        made = DetectorFactory()
        made.seed = 0
        folder = Path(langdetect.__file__).parent / "profiles"
        tags = sorted(tag for tag, language in KNOWN.items() if language.script == script)
        made.load_json_profile([(folder / tag).read_text("utf-8") for tag in tags])
        return made


def exact_winner(sentence: str, script: str) -> str:
    """The language with the largest exact sum of log probabilities over langdetect's features."""
    made = factory(script)
    detector = made.create()
    detector.append(sentence)
    detector.cleaning_text()
    grams = [gram for gram in detector._extract_ngrams() if gram in made.word_lang_prob_map]
    sums = [sum(log(0.5 / 10_000 + made.word_lang_prob_map[g][k]) for g in grams) for k in range(len(made.langlist))]
    return made.langlist[sums.index(max(sums))]


@pytest.mark.parametrize(("tag", "sentence"), [pair for pair in SENTENCES if pair[0] in KNOWN])
def test_same_winner_as_langdetects_exact_sum(tag: str, sentence: str) -> None:
    script = KNOWN[tag].script
    scores = {name: score for name, score in gram_scores(sentence).items() if name in KNOWN}
    same_script = {name: score for name, score in scores.items() if KNOWN[name].script == script}
    assert max(same_script, key=lambda name: same_script[name]) == exact_winner(sentence, script)


def test_langdetect_seeded_agrees_on_long_sentences() -> None:
    """langdetect's own seeded answer, restricted to the same profiles, is ours."""
    for tag, sentence in SENTENCES:
        if tag in KNOWN and len(sentence) > 60:
            detector = factory(KNOWN[tag].script).create()
            detector.append(sentence)
            assert detector.detect() == spans_of(sentence)[0][2] == tag
