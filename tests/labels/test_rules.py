"""The rules: every sample of their help runs, the table and page are whole, measures are kept."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import modules
from bilingual.cli.rules import command
from bilingual.errors import SettingsError
from bilingual.labels import describe
from bilingual.labels.lexicon import LABELS
from bilingual.labels.model import rule_names
from bilingual.labels.patterns import NO_DATE, SHAPES, shapes
from bilingual.labels.rules import SHAPE_RULES, Rule, apply, every_phrase_rule, facts, phrase_rules, table, undecided
from bilingual.labels.shapes import kernel
from bilingual.text.scan import scan

SLOW = modules.interpreted(kernel)
ROOT = Path(__file__).resolve().parent.parent.parent
CASES = ROOT / "tests" / "cases"
SAMPLES = [(rule, line, label) for rule in table() for line, label in rule.samples()]
NAMES = [f"{rule.name}: {line}"[:60] for rule, line, _ in SAMPLES]


def fires(rule: Rule, line: str) -> bool:
    """Whether `rule`, asked alone, takes any block of `line`; ` / ` is a line break."""
    f = facts(scan([line.replace(" / ", "\n")]))
    number = [other.name for other in table()].index(rule.name)
    if number < len(SHAPE_RULES):
        return bool([*SHAPE_RULES][number](f).any())
    return bool((phrase_rules()[f.phrases.best] == number).any())


@pytest.mark.parametrize(("rule", "line", "label"), SAMPLES, ids=NAMES)
def test_samples_of_the_help(rule: Rule, line: str, label: str) -> None:
    assert fires(rule, line) is bool(label)
    if label:
        assert label == rule.label


@pytest.mark.parametrize("rule", table(), ids=lambda rule: rule.name)
def test_every_rule_has_samples_of_both_sorts_and_a_measure(rule: Rule) -> None:
    labels = [label for _, label in rule.samples()]
    assert any(labels), "no sample that the rule takes"
    assert not all(labels), "no sample that the rule leaves alone"
    assert rule.label in LABELS
    assert rule.development != "unmeasured", "run python tools/rules_measure.py"
    assert 0 < rule.precision < 1


def test_names_are_one_word_and_unique() -> None:
    names = [rule.name for rule in table()]
    assert len(names) == len(set(names))
    assert all(" " not in name and "_" not in name for name in names)


def test_rules_that_decide_have_a_score_of_95_percent() -> None:
    assert sum(rule.decides for rule in table()) >= 15
    assert all(rule.precision >= 0.95 for rule in table() if rule.decides)


def read_cases() -> list[dict[str, str]]:
    return [
        json.loads(line)
        for name in ("rules.jsonl", "rules-negative.jsonl")
        for line in (CASES / name).read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["text"][:40])
def test_cases(case: dict[str, str]) -> None:
    said = apply(facts(scan([case["text"]])))
    decided = said.decides[0]
    got = LABELS[said.label[0]] if decided else ""
    assert got == case["label"], table()[said.rule[0]].name if said.rule[0] >= 0 else "no rule"


HEADED = [
    (["Privacy policy", "We keep the names of those who order from our shop for two years, and no longer than that."], [False]),
    (["سياسة الاسترجاع", "يعيد الزبون ما اشتراه من المعرض خلال أسبوع إن بقي في علبته ومعه فاتورة الشراء الأصلية."], [False]),
    (["Privacy policy", "Terms of use", "Our shop"], [True, True]),
    (["Home", "About us", "Two sisters opened the bakery beside the old harbour in the spring of the year of the flood."],
     [True, False]),
    (["الرئيسية", "من نحن", "جمعية أهلية أسسها معلمون متقاعدون في حلب لتعليم الكبار القراءة والحساب دون مقابل."], [True, False]),
    (["We use cookies to improve your visit.", "Accept all", *["Two boats lay in the harbour."] * 20], [True, True]),
    (["Cookie settings", "We use cookies to keep your basket.", "We use cookies to count our guests.", "Bakery"], [False] * 3),
    (["Performance", "The boat is quick and quiet."], [False]),
    (["الإحصائيات", "التسويق", "Personalization"], [False] * 3),
    (["C 12", "C. 4 cups of flour"], [False] * 2),
    (["سياسة ملفات تعريف الارتباط", "نستخدم ملفات تعريف الارتباط لتذكر لغتك.", "إدارة ملفات تعريف الارتباط", "المخبز"],
     [False] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "decides"), HEADED, ids=lambda value: str(value)[:40])
def test_headings_pages_about_cookies_and_weak_wordings_are_left_to_the_trees(
    lines: list[str], decides: list[bool]
) -> None:
    said = apply(facts(scan(["\n".join(lines), "Privacy policy"])))
    assert said.decides[: len(decides)].tolist() == decides
    assert said.decides[-1], "what stands on another page says nothing"


DATES = [
    "الأحد 3 مايو 2020", "الإثنين 12 كانون الثاني 2015", "٣ حزيران ٢٠١٩ - ٠٥:٣٠ م", "12 فيفري 2018",
    "15 غشت 2021", "3 رمضان 1441 هـ", "5 ربيع الآخر 1440", "March 3, 2019 at 5:30 pm", "2020-05-03",
    "20 رمضان 1445هـ", "1445/09/20هـ", "السبت 5:00م", "4 تشرين ثاني 2020", "12 مايس 2020",
    "03/05/2020", "منذ 3 ساعات", "5 hours ago", "12:45", "Mon, 3 May 2020", "le 3 février 2020", "۳ خرداد ۱۳۹۹",
]  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_dates_alone(text: str) -> None:
    assert shapes(scan([text])).date_from.tolist() == [0]


@pytest.mark.parametrize("text", ["May the best team win", "12 apples", "المادة 3/5ب", "في مايو", "Sunday lunch", "123", "سبت"])
def test_no_dates(text: str) -> None:
    assert shapes(scan([text])).date_from.tolist() != [0]


def test_date_after_its_label() -> None:
    assert shapes(scan(["Published on 3 May 2020"])).date_from.tolist() == [1]
    assert shapes(scan(["It rained all day"])).date_from.tolist() == [NO_DATE]


PIECES = st.sampled_from(
    ["12", "٣", "2020", "مايو", "May", "Sunday", "/", ":", "-", "{{", "}}", "<%", "%d", "&nbsp;", "</b>", "#a", "©",
     "$", "ريال", "»", "|", "[", "]", "a@b.co", "http://a.b", "\n", "pm", "قبل", "ساعة", "2nd", "word"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=24), st.sampled_from([" ", ""]))
def test_interpreted_and_compiled_agree_on_shapes(pieces: list[str], glue: str) -> None:
    words = scan([glue.join(pieces), "x"])
    fast, slow = shapes(words), shapes(words, engine=SLOW)
    np.testing.assert_array_equal(fast.bits, slow.bits)
    np.testing.assert_array_equal(fast.date_from, slow.date_from)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_columns_fit_and_a_batch_changes_nothing(texts: list[str]) -> None:
    words = scan(texts)
    said = apply(facts(words))
    assert len(said.rule) == words.n_blocks
    assert not said.decides[said.rule < 0].any()
    apart = [apply(facts(scan([text]))).rule for text in texts]
    np.testing.assert_array_equal(said.rule, np.concatenate([np.zeros(0, np.int16), *apart]))


def test_no_blocks() -> None:
    assert apply(facts(scan([]))).rule.shape == (0,)


def test_every_phrase_rule_has_phrases_and_every_shape_a_bit() -> None:
    of_row = phrase_rules()
    for number, rule in enumerate(table()):
        if rule.family == "phrase":
            assert (of_row == number).any(), rule.name
    assert len(SHAPES) <= 16


def test_no_rule_takes_an_undecided_wording() -> None:
    without = phrase_rules() != every_phrase_rule()
    assert (phrase_rules()[without] == -1).all()
    records = [json.loads(line) for line in describe.phrases(as_json=True)]
    assert {(r["phrase"], r["position"]) for r in records if r["undecided"]} == undecided(), "each stands in the lexicon"
    assert without.sum() == sum(r["undecided"] for r in records) > 0
    found = apply(facts(scan(["Advertise with us"])))
    assert not found.decides[0]


def test_every_name_that_a_block_may_go_by_is_told() -> None:
    listed = [line.split()[0] for line in describe.rules()]
    assert sorted(listed) == sorted(rule_names())
    assert all(describe.meaning(name) and f"{name}" in describe.page() for name in rule_names())
    assert json.loads(next(iter(describe.rules(["in-main-block"], as_json=True))))["family"] == "context"
    assert next(iter(describe.rules(["no-words"]))) == "no-words: navigation, layer context"


def test_listing() -> None:
    record = json.loads(next(iter(describe.rules(["copyright-notice"], as_json=True))))
    assert record["label"] == "navigation"
    assert record["decides"] is True
    assert {"line": "© 2020 All rights reserved.", "label": "navigation"} in record["samples"]
    assert "measured:" in "\n".join(describe.rules(["date-line"]))
    assert any(line.startswith("about us\tmenu\tnavigation\tline\ten") for line in describe.phrases(["menu"]))
    assert json.loads(next(iter(describe.phrases(["cookie"], as_json=True))))["kind"] == "cookie"


def test_listing_an_unknown_name_says_so() -> None:
    with pytest.raises(SettingsError, match="no rule is called 'zorble'"):
        list(describe.rules(["zorble"]))
    with pytest.raises(SettingsError, match="no kind of phrases is called 'zorble'"):
        list(describe.phrases(["zorble"]))


def test_the_page_is_current() -> None:
    """Made by `bilingual rules --markdown > docs/rules.md`."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == describe.page()


def test_deciding_rules_keep_their_precision_on_the_corpus(corpora: Path) -> None:
    """On the documents of the corpus, deciding rules together are right in 95 of 100 blocks."""
    right = fired = 0
    for line in (corpora / "gold.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        words = scan([page["text"]])
        said = apply(facts(words))
        for block in np.flatnonzero(said.decides).tolist():
            start = int(words.block_start[block])
            gold = [row["label"] for row in page["lines"] if row["start"] <= start < row["end"]]
            fired += bool(gold)
            right += gold[:1] == [LABELS[said.label[block]]]
    assert fired > 500
    assert right / fired >= 0.95


def test_deciding_rules_keep_their_precision_on_development_pages(shared: Path) -> None:
    right = fired = 0
    for line in (shared / "gold" / "dev.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        words = scan([page["text"]])
        said = apply(facts(words))
        starts = np.array([row["start"] for row in page["lines"]])
        for block in np.flatnonzero(said.decides).tolist():
            at = int(np.searchsorted(starts, words.block_start[block], "right")) - 1
            fired += 1
            right += page["lines"][at]["label"] == LABELS[said.label[block]]
    assert fired > 300
    assert right / fired >= 0.95


def test_command_line() -> None:
    runner = CliRunner()
    listing = runner.invoke(command, [])
    assert listing.exit_code == 0
    assert len(listing.output.splitlines()) == len(rule_names())
    one = runner.invoke(command, ["menu-run", "--json"])
    assert json.loads(one.output)["name"] == "menu-run"
    assert runner.invoke(command, ["--phrases", "coupon"]).output.count("\tcoupon\t") > 20
    assert isinstance(runner.invoke(command, ["zorble"]).exception, SettingsError)
