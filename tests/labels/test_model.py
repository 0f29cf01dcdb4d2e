"""Labels end to end: the page that began the project, the corpus, odd text, reasons."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
from bilingual import evaluate
from bilingual.labels.columns import KINDS, LABELS, LAYERS
from bilingual.labels.explain import attribution, judged, reasons
from bilingual.labels.lexicon import match
from bilingual.labels.model import FEW_SHARES, judge, label, rule_names
from bilingual.labels.rules import apply, facts
from bilingual.labels.weights import weights
from bilingual.text.scan import scan


def scores(path: Path) -> evaluate.Report:
    rows = evaluate.read_gold(path)
    return evaluate.report(evaluate.judge(bilingual.segment_many(row["text"] for row in rows), rows))


@pytest.mark.parametrize("name", ["gold.jsonl", "gold-flat.jsonl"])
def test_corpus(corpora: Path, name: str) -> None:
    """The weights have seen these pages: this shows that they are read as they were fitted."""
    found = scores(corpora / name).scores["lines"]
    assert found["macro"] > 0.78
    assert min(found.values()) > 0.7


@pytest.mark.parametrize("name", ["dev.jsonl", "dev-flat.jsonl"])
def test_development_gold(shared: Path, name: str) -> None:
    found = scores(shared / "gold" / name).scores["lines"]
    assert found["macro"] > 0.84


def test_seed_page(shared: Path) -> None:
    """Every line of the page that began the project."""
    rows = map(json.loads, (shared / "gold" / "dev.jsonl").read_text("utf-8").splitlines())
    page = next(row for row in rows if row["id"] == "seed")
    document = bilingual.segment(page["text"])
    assert document.kind == "article"
    given_ = {(block.start, block.end): block.label for block in document.blocks}
    for line in page["lines"]:
        inside = {value for (start, end), value in given_.items() if start < line["end"] and end > line["start"]}
        assert inside == {line["label"]}, page["text"][line["start"] : line["end"]]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_text_has_labels(texts: list[str]) -> None:
    words = scan(texts)
    found = label(words)
    assert len(found.label) == len(found.score) == len(found.layer) == len(found.rule) == words.n_blocks
    assert (found.label < len(LABELS)).all()
    assert (found.layer < len(LAYERS)).all()
    assert ((found.score >= 0) & (found.score <= 1)).all()
    assert ((found.rule >= 0) & (found.rule < len(rule_names()))).all()
    assert len(found.kind) == len(texts)
    assert (found.kind < len(KINDS)).all()


def test_names_of_rules_and_evidence_are_unique() -> None:
    assert len(set(rule_names())) == len(rule_names())


def test_bare_symbols_copy_the_next_line() -> None:
    text = "•\nSubscribe to our newsletter\n•\nHome\n•"
    blocks = bilingual.segment(text).blocks
    assert blocks[0].label == blocks[1].label
    assert blocks[0].rule == "bare-symbol-copies-next"
    assert blocks[2].label == blocks[3].label == blocks[4].label


@pytest.mark.parametrize(
    "residue",
    ["' rel='stylesheet' type='text/css'>", "width='300' height=\"90\" />", ".wp-block-post-title{margin-block:0}</style>"],
)
def test_what_is_left_of_a_tag_before_an_article(residue: str) -> None:
    story = "The council opened the second bridge on Monday, two years after the first stone had been laid.\n"
    blocks = list(bilingual.segment(f"{residue}\nA bridge for the old town\n\n{story * 8}").blocks)
    assert blocks[0].label == "navigation"
    assert blocks[-1].label == "body"


ARTICLES = {
    "fa": "وزیر کشاورزی گفت که بارندگی‌های امسال کافی نبوده است و کشاورزان باید از آب کمتری استفاده کنند. "
    "او افزود که دولت برای خرید گندم از کشاورزان برنامه‌ای تازه آماده کرده است.",
    "ur": "وزیر زراعت نے کہا ہے کہ اس سال بارشیں کم ہوئی ہیں اور کسانوں کو پانی کم استعمال کرنا ہوگا۔ "
    "انہوں نے کہا کہ حکومت نے گندم کی خریداری کا نیا منصوبہ تیار کیا ہے۔",
    "fr": "Le ministre de l'agriculture a déclaré que les pluies de cette année n'avaient pas suffi et que les paysans "
    "devraient employer moins d'eau. Il a ajouté que l'achat du blé serait mieux préparé.",
    "tr": "Tarım bakanı bu yıl yağışların yetmediğini ve çiftçilerin daha az su kullanması gerektiğini söyledi. "
    "Hükümetin buğday alımı için yeni bir plan hazırladığını da ekledi.",
}


@pytest.mark.parametrize("lang", ARTICLES)
def test_prose_of_other_languages_is_body(lang: str) -> None:
    first, second = (text.strip() for text in re.split(r"(?<=[.۔])\s", ARTICLES[lang], maxsplit=1))
    text = "\n".join([f"{first} {second}", f"{second} {first}", second, first])
    assert {block.label for block in bilingual.segment(text).blocks} == {"body"}


TALE = "Home\nA long tale of two towns and the road between them, told once more.\nFollow us on Facebook"


def test_terms_add_up_to_the_odds() -> None:
    words = scan(["\n".join([TALE, *["boats"] * len(FEW_SHARES)])])
    phrases = match(words)
    lines = judge(words, phrases, apply(facts(words, phrases)))
    forest = weights().label
    for line in range(lines.n):
        for wanted in range(3):
            others = [i for i in range(3) if i != wanted]
            odds = lines.odds[line, :3]
            trees, gain = forest.asked(lines.every[:, line])
            base = gain * (forest.bias + forest.leaves[:trees].mean(axis=1).sum(axis=0) / 1000)
            terms = sum(attribution(forest, lines.every[:, line], wanted).values())
            expected = (odds[wanted] - odds[others].mean()) - (base[wanted] - base[others].mean())
            assert terms == pytest.approx(float(expected), abs=1e-2)


def test_reasons_hold_all_terms_of_the_trees() -> None:
    words = scan(["\n".join([TALE, *["boats"] * len(FEW_SHARES)])])
    found = judged(words)
    for line in range(found.lines.n):
        told = [reason for reason in reasons(words, found, 1, line) if not reason.text.startswith("phrase")]
        terms = attribution(weights().label, found.lines.every[:, line], 1)
        assert sum(reason.weight for reason in told) == pytest.approx(sum(terms.values()))
        assert told[-1].text == f"{len(terms) - len(told) + 1} other signals together"


def test_reasons_name_phrases_at_their_place() -> None:
    text = "A tale.\nFollow us on Facebook"
    words = scan([text])
    found = reasons(words, judged(words), int(label(words).label[1]), 1)
    phrase = next(reason for reason in found if reason.text.startswith("phrase"))
    assert text[phrase.start : phrase.end] == "Follow us on Facebook"
    assert len(found) > 3



@pytest.mark.parametrize(
    "line",
    [
        "Home | About | A line of some words that tells of the weather in the north.\n", "Privacy policy\n",
        "Posts: 96\nJoined: May 2011\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_lines(line: str) -> None:
    """No pass is quadratic: four times the lines take less than twelve times the time, at the best of three rounds."""
    spent = []
    for count in (5_000, 20_000):
        words = scan([line * count])
        rounds = []
        for _ in range(3):
            start = time.process_time()
            label(words)
            rounds.append(time.process_time() - start)
        spent.append(min(rounds))
    assert spent[1] < 12 * max(spent[0], 0.01)


def test_calibration_rises() -> None:
    given_, worth = weights().calibration
    assert (np.diff(given_) > 0).all()
    assert (np.diff(worth) >= 0).all()
