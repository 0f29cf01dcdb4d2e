"""Language spans against gold: the scores are right, for every form of gold, and the command prints them."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import bilingual
from bilingual import evaluate
from bilingual.cli.evaluate import command
from bilingual.errors import InputError
from modules import module_at

Spans = list[tuple[int, int, str]]
MIXED = "The committee met on Monday.\nاجتمعت اللجنة يوم الاثنين في القاهرة."
CUT = MIXED.index("\n")
LANGS: list[dict[str, Any]] = [
    {"start": 0, "end": CUT, "lang": "en"},
    {"start": CUT + 1, "end": len(MIXED), "lang": "ar"},
]


def document(spans: Spans, text: str) -> Any:
    return SimpleNamespace(text=text, spans=[SimpleNamespace(start=s, end=e, lang=lang) for s, e, lang in spans])


def scores(text: str, gold: Spans, given: Spans, **more: Any) -> evaluate.SpanScores | None:
    row = {"id": "a", "text": text, "spans": gold, **more}
    return evaluate.judge_spans([document(given, text)], [row]).get("macro")


def shares(found: evaluate.SpanScores | None) -> tuple[float | None, float | None, float | None]:
    assert found is not None
    return found.right, found.switches, found.spans


def written(path: Path, *rows: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def test_scores_by_hand() -> None:
    # A switch one word late costs that word, the switch and both spans; a missed one, its half of the rest.
    assert shares(scores("ab cd ef gh", [(0, 5, "en"), (6, 11, "ar")], [(0, 8, "en"), (9, 11, "ar")])) == (6 / 8, 0, 0)
    gold = [(0, 2, "en"), (3, 5, "ar"), (6, 8, "en")]
    assert shares(scores("ab cd ef", gold, gold)) == (1, 1, 1)
    assert shares(scores("ab cd ef", gold, [(0, 2, "en"), (3, 8, "ar")])) == (4 / 6, 2 / 3, 2 / 5)


def test_punctuation_moves_a_switch_and_no_span() -> None:
    found = scores("ab (cd", [(0, 2, "en"), (3, 6, "ar")], [(0, 4, "en"), (4, 6, "ar")])
    assert shares(found) == (1, 0, 1)


def test_white_space_belongs_to_no_switch() -> None:
    assert shares(scores("ab  cd", [(0, 2, "en"), (2, 6, "ar")], [(0, 2, "en"), (4, 6, "ar")])) == (1, 1, 1)


def test_a_switch_does_not_leave_the_line_of_its_letter() -> None:
    given = [(0, 3, "en"), (7, 9, "ar")]
    assert shares(scores("ab.\n12\ncd", [(0, 2, "en"), (2, 9, "ar")], given)) == (1, 1, 1)


def test_letters_given_no_language_take_a_neighbour() -> None:
    # Before it on the line; at the start of a line the next; a language that only the script names is none.
    gold = [(0, 5, "en"), (6, 11, "ar")]
    assert shares(scores("ab cd\nef gh", gold, [(0, 2, "en"), (3, 5, "und-Cyrl"), (9, 11, "ar")])) == (1, 1, 1)


def test_pieces_of_one_language_are_one_span() -> None:
    gold = [(0, 5, "en"), (6, 8, "ar")]
    assert shares(scores("ab cd ef", gold, [(0, 2, "en"), (3, 5, "en"), (6, 8, "ar")])) == (1, 1, 1)


@pytest.mark.parametrize("address", ["www.cd.ef/gh", "https://cd.ef", "cd@ef.gh", "@cd"])
def test_addresses_are_not_scored(address: str) -> None:
    text = f"ab {address} ij"
    found = scores(text, [(0, len(text), "en")], [(0, 2, "en"), (3, len(text) - 3, "ar"), (len(text) - 2, len(text), "en")])
    assert found == evaluate.SpanScores(letters=4, right=1.0, switches=None, spans=None)


def test_what_gold_leaves_open_is_not_scored() -> None:
    given = [(0, 5, "en"), (6, 8, "ar")]
    for gold, more in (([(0, 2, "en")], {}), ([(0, 2, "en"), (3, 8, "und")], {}), ([(0, 8, "en")], {"skip": [[3, 8]]})):
        found = scores("ab cd ef", gold, given, **more)
        assert found is not None
        assert (found.letters, found.right) == (2, 1.0)
    assert scores("ab cd ef", [], given) is None
    assert scores("", [(0, 0, "en")], []) is None


def test_what_gold_leaves_open_parts_its_neighbours() -> None:
    gold, given = [(0, 5, "en"), (6, 8, "ar"), (12, 14, "ar")], [(0, 5, "en"), (6, 8, "ar"), (9, 11, "en"), (12, 14, "ar")]
    assert shares(scores("ab cd ef gh ij", gold, given)) == (1, 1, 1)
    gold[2] = (12, 14, "en")  # no switch of gold: it may be anywhere in what is left open
    assert shares(scores("ab cd ef gh ij", gold, given)) == (6 / 8, 1, 2 / 3)


def test_codes_of_one_language_are_equal() -> None:
    gold = [(0, 2, "eng"), (3, 5, "arb_Arab"), (6, 8, "en-GB")]
    assert shares(scores("ab cd ef", gold, [(0, 2, "en"), (3, 5, "ar"), (6, 8, "en")])) == (1, 1, 1)


def test_macro_is_the_mean_of_made_settings() -> None:
    text, right, wrong = "ab cd", [(0, 2, "en"), (3, 5, "ar")], [(0, 5, "en")]
    plan = {"one": right, "two": wrong, "g_real": wrong}
    rows = [{"id": key, "text": text, "setting": key, "spans": right} for key in plan]
    found = evaluate.judge_spans([document(given, text) for given in plan.values()], rows)
    assert list(found) == ["g_real", "one", "two", "macro"]
    assert shares(found["g_real"]) == (0.5, 0, 0)
    assert shares(found["macro"]) == (0.75, 0.5, 0.5)


def test_documents_go_with_their_gold() -> None:
    rows = [{"id": "a", "text": "ab", "lines": [{"start": 0, "end": 2, "label": "body", "lang": "en"}]}]
    own, other = bilingual.segment("ab"), bilingual.segment("cd")
    for judge in (evaluate.judge, evaluate.judge_spans):
        with pytest.raises(ValueError, match="documents ended before number 1"):
            judge([], rows)
        with pytest.raises(ValueError, match="gold ended before number 2"):
            judge([own, other], rows)
        with pytest.raises(ValueError, match="document 1 has another text than gold 'a'"):
            judge([other], rows)


def test_numbers_of_the_development_gold(shared: Path) -> None:
    """The same numbers as the scorer that comes with the gold."""
    gold = shared / "gold" / "spans-dev.jsonl"
    rows = evaluate.read_gold(gold)
    documents = list(bilingual.segment_many(row["text"] for row in rows))
    given = {row["text"]: [(s.start, s.end, s.lang) for s in d.spans] for row, d in zip(rows, documents, strict=True)}
    scorer = module_at(shared / "gold" / "score_spans.py")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the scorer leaves its file open
        table = scorer.evaluate(given.__getitem__, scorer.load(str(gold)))
    table["macro"] = table.pop("MACRO")
    found = evaluate.judge_spans(documents, rows)
    assert found.keys() == table.keys()
    for key, row in table.items():  # means of settings may differ in their last bit
        assert shares(found[key]) == pytest.approx((row["acc"], row["b0"], row["sp"]), abs=1e-12, nan_ok=True)


def test_the_corpus_by_kind(corpora: Path) -> None:
    rows = evaluate.read_gold(corpora / "gold.jsonl")
    found = evaluate.judge_spans(bilingual.segment_many(row["text"] for row in rows), rows)
    assert set(found) == {row["kind"] for row in rows} | {"macro"}
    assert all(have and have > bar for have, bar in zip(shares(found["macro"]), (0.98, 0.95, 0.90), strict=True))


def test_command_with_languages_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", {"id": "a", "text": MIXED, "lines": LANGS})
    shown = CliRunner().invoke(command, [path])
    assert shown.exit_code == 0
    assert shown.output.splitlines()[0].split() == ["languages", "letters", "right", "switches", "spans"]
    assert [line.split()[0] for line in shown.output.splitlines()[1:]] == ["all", "macro"]
    assert "F1 over" not in shown.output
    found = json.loads(CliRunner().invoke(command, [path, "--json"]).output)
    assert list(found) == ["languages"]
    assert found["languages"]["all"] == {"letters": 54, "right": 1.0, "switches": 1.0, "spans": 1.0}


def test_command_with_languages_and_labels(tmp_path: Path) -> None:
    langs = [[0, CUT, "en"], [CUT + 1, len(MIXED), "ar"]]
    both = {"start": 0, "end": len(MIXED), "label": "body", "langs": langs}
    plain = {"start": 0, "end": CUT, "label": "body"}
    path = written(
        tmp_path / "gold.jsonl",
        {"id": "a", "text": MIXED, "kind": "article", "lines": [both]},
        {"id": "b", "text": MIXED, "kind": "list", "lines": [plain]},
    )
    shown = CliRunner().invoke(command, [path]).output
    assert "F1 over" in shown
    assert "\n\nlanguages" in shown
    found = json.loads(CliRunner().invoke(command, [path, "--json"]).output)
    assert found["lines"] == 2
    assert list(found["languages"]) == ["article", "macro"]


def test_command_with_labels_alone(tmp_path: Path) -> None:
    lines = [{"start": 0, "end": CUT, "label": "body"}]
    path = written(tmp_path / "gold.jsonl", {"id": "a", "text": MIXED, "lines": lines})
    assert "languages" not in CliRunner().invoke(command, [path]).output
    assert "languages" not in json.loads(CliRunner().invoke(command, [path, "--json"]).output)


@pytest.mark.parametrize(
    "row",
    [
        {"lines": [{"start": 0, "end": 3}]},
        {"lines": [{"start": 0, "end": 3, "lang": None}]},
        {"lines": [{"start": 0, "end": 3, "lang": "en", "label": "advert"}]},
        {"lines": [{"start": 0, "end": 999, "lang": "en"}]},
        {"lines": [{"start": 0, "end": 3, "langs": [[0, "en"]]}]},
        {"spans": [[3, 0, "en"]]},
    ],
)
def test_what_is_not_gold_is_named(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"bad\.jsonl:1: not a gold document"):
        evaluate.read_gold(written(tmp_path / "bad.jsonl", {"id": "a", "text": MIXED, **row}))
