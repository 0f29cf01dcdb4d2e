"""Scores against gold: the tables are right, and the command prints them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import bilingual
from bilingual import evaluate
from bilingual.cli import cli
from bilingual.cli.evaluate import command
from bilingual.errors import InputError

TEXT = "Home\nA long tale of two towns and the road between them, told once more by the miller.\n---\nFollow us on Facebook"


def gold(path: Path, labels: list[str]) -> Path:
    lines, at = [], 0
    for line, label in zip(TEXT.split("\n"), labels, strict=True):
        lines.append({"start": at, "end": at + len(line), "label": label})
        at += len(line) + 1
    path.write_text(json.dumps({"id": "tale", "text": TEXT, "kind": "article", "lines": lines}) + "\n", "utf-8")
    return path


def judged(path: Path) -> list[evaluate.Judged]:
    rows = evaluate.read_gold(path)
    return evaluate.judge(bilingual.segment_many(row["text"] for row in rows), rows)


def test_lines_without_letters_are_not_scored(tmp_path: Path) -> None:
    found = judged(gold(tmp_path / "gold.jsonl", ["navigation", "body", "body", "promo"]))
    assert [line.text for line in found] == [line for line in TEXT.split("\n") if line != "---"]
    assert {line.kind for line in found} == {"article"}


def test_gold_that_agrees_scores_one(tmp_path: Path) -> None:
    blocks = [block.label for block in bilingual.segment(TEXT).blocks]
    found = evaluate.report(judged(gold(tmp_path / "gold.jsonl", blocks)))
    assert found.scores["lines"]["macro"] == 1.0
    assert found.worst == []


def test_a_wrong_line_is_shown(tmp_path: Path) -> None:
    found = evaluate.report(judged(gold(tmp_path / "gold.jsonl", ["promo", "body", "body", "promo"])))
    assert found.scores["lines"]["macro"] < 1
    assert found.worst[0]["worst"][0]["text"] == "Home"
    assert sum(map(sum, found.confusion)) == found.lines == 3


def test_f1_by_hand() -> None:
    scores = evaluate.f1(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), np.ones(4))
    assert scores["body"] == pytest.approx(2 / 3)
    assert scores["navigation"] == pytest.approx(4 / 5)
    assert scores["macro"] == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_calibration_by_hand() -> None:
    error, rows = evaluate.calibration(np.array([0.95, 0.95, 0.15, 0.15]), np.array([True, False, False, False]))
    assert error == pytest.approx(0.5 * 0.45 + 0.5 * 0.15)
    assert [row["lines"] for row in rows] == [2, 2]


def test_command(tmp_path: Path) -> None:
    path = str(gold(tmp_path / "gold.jsonl", ["navigation", "body", "body", "promo"]))
    shown = CliRunner().invoke(command, [path])
    assert shown.exit_code == 0
    assert "macro" in shown.output
    assert "judged as plain text" in shown.output
    assert json.loads(CliRunner().invoke(command, [path, "--json"]).output)["lines"] == 3


def test_gold_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = gold(tmp_path / "gold.jsonl", ["navigation", "body", "body", "promo"])
    rows = evaluate.read_gold(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert evaluate.read_gold(path) == rows


def test_gold_may_be_packed_or_come_from_stdin(tmp_path: Path) -> None:
    path = gold(tmp_path / "gold.jsonl", ["navigation", "body", "body", "promo"])
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert evaluate.read_gold(packed) == evaluate.read_gold(path)
    shown = CliRunner().invoke(cli, ["evaluate", "-"], input=path.read_bytes())
    assert shown.output == CliRunner().invoke(cli, ["evaluate", str(path)]).output
    for broken in (packed.read_bytes()[:-20], b"no gzip"):
        packed.write_bytes(broken)
        with pytest.raises(InputError, match=r"gold\.jsonl\.gz: "):
            evaluate.read_gold(packed)


def test_gold_with_nothing_to_judge_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "one", "lines": []}', "utf-8")
    done = CliRunner().invoke(cli, ["evaluate", str(path)])
    assert (done.exit_code, "gold.jsonl: no line with a label" in str(done.exception)) == (1, True)


def test_blank_lines_are_no_documents(tmp_path: Path) -> None:
    path = gold(tmp_path / "gold.jsonl", ["navigation", "body", "body", "promo"])
    rows = evaluate.read_gold(path)
    path.write_bytes(b"\r\n" + path.read_bytes() + b"\n \n")
    assert evaluate.read_gold(path) == rows


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "a"}',
        b'{"id": "a", "text": "caf\xe9", "lines": []}',
        b'{"id": "a", "text": 5, "lines": []}',
        b'{"id": "a", "text": "one", "lines": [{"start": 0, "end": 500, "label": "body"}]}',
        b'{"id": "a", "text": "one", "lines": [{"start": "0", "end": 3, "label": "body"}]}',
        b'{"id": "a", "text": "one", "lines": [{"start": 0, "end": 2.5, "label": "body"}]}',
        b'{"id": "a", "text": "one", "lines": [], "skip": [[0, 4]]}',
        b'{"id": "a", "text": "one", "lines": [], "skip": [[0, 3, "en"]]}',
        b'{"id": "a", "text": "one", "spans": [[0, 3]]}',
        b'{"id": "a", "text": "one", "lines": [{"start": 0, "end": 3, "langs": [[0, 3]]}]}',
        b'["text", "lines", "spans"]',
        b"[" * 100_000,
    ],
)
def test_what_is_not_gold_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(line + b"\n")
    with pytest.raises(InputError, match=r"bad\.jsonl:1: not a gold document"):
        evaluate.read_gold(path)


def test_gold_that_cannot_be_read_failed(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        done = CliRunner().invoke(cli, ["evaluate", str(path)])
        assert (done.exit_code, str(path) in str(done.exception)) == (1, True)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"id": "a"}', "'text' is missing"),
        ('{"id": "a", "text": "one"}', "'lines' is missing"),
        ('{"text": "one", "lines": []}', "'id' is missing"),
        ('["one"]', "an object, not list"),
        ("hello", "no JSON, Expecting value at column 1"),
        ('{"id": "a", "text": "one", "lines": ["body"]}', "a line is {\"start\", \"end\", \"label\"}, not 'body'"),
        ('{"id": "a", "text": "one", "lines": [{"start": 0, "end": 3, "label": "Body"}]}', "no label 'Body'; the labels are body, "),
        ('{"id": "a", "text": "one", "lines": [{"start": 0, "end": 9, "label": "body"}]}', "no place 0:9 in its text of 3 code points"),
        ('{"id": "a", "text": "one", "spans": [{"start": 0}]}', "a span is [start, end, tag], not {'start': 0}"),
        ('{"id": "a", "text": "one", "lines": null}', "its lines are NoneType, not a list"),
        ('{"id": "a", "text": "one", "spans": {}}', "its spans are dict, not a list"),
        ("\n", "no gold document in it"),
    ],
)  # fmt: skip
def test_what_is_not_gold_says_why_and_where_the_form_is_told(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(InputError) as error:
        evaluate.read_gold(path)
    assert why in str(error.value)
    assert str(error.value).endswith("`bilingual evaluate --help` shows one")


def test_the_gold_that_the_help_shows_is_gold(tmp_path: Path) -> None:
    shown = str(command.help).partition("\b\n")[2].partition("\n\n")[0]
    path = tmp_path / "gold.jsonl"
    path.write_text(" ".join(shown.split("\n")), "utf-8")
    (row,) = evaluate.read_gold(path)
    assert [row["text"][start:end] for start, end, _ in row["spans"]] == ["Home", "شكراً", "for reading"]


def test_the_score_that_leaves_a_share_of_body_is_told() -> None:
    precision, min_score = evaluate.body_precision(
        np.array([0.9, 0.8, 0.7, 0.6]), np.array([0, 0, 1, 0]), np.zeros(4, int)
    )
    assert precision == {"0.90": 0.75, "0.95": 0.75}
    assert min_score == {"0.90": 0.6, "0.95": 0.6}
    assert evaluate.body_precision(np.array([0.9]), np.array([0]), np.ones(1, int)) == ({}, {})


def test_rows_that_are_no_gold_are_told_from_python_too() -> None:
    doc = bilingual.segment("Home")
    row = {"id": "a", "text": "Home", "lines": [{"start": np.int64(0), "end": np.int64(4), "label": "navigation"}]}
    assert [one.gold for one in evaluate.judge([doc], [row])] == [1]
    for wrong, why in (
        ({"text": "Home", "lines": []}, "'id' is missing"),
        ({**row, "lines": [{"start": 0, "end": 4, "label": "menu"}]}, "no label 'menu'"),
        ({**row, "lines": [{"start": 0, "end": 5, "label": "body"}]}, "no place 0:5 in its text of 4 code points"),
    ):
        for call in (evaluate.judge, evaluate.judge_spans):
            with pytest.raises(ValueError, match=f"gold number 1 is none: {why}"):
                call([doc], [wrong])


def test_the_score_that_is_printed_leaves_no_fewer(tmp_path: Path) -> None:
    text = "The port reopened on Tuesday after a week of repairs, and the first ferries left at dawn."
    path = tmp_path / "gold.jsonl"
    row = {"id": "a", "text": text, "lines": [{"start": 0, "end": len(text), "label": "body"}]}
    path.write_text(json.dumps(row), "utf-8")
    (span,) = bilingual.segment(text).spans
    shown = CliRunner().invoke(command, [str(path)]).output
    printed = [float(one) for one in re.findall(r"min_score (\S+)\)", shown)]
    assert len(printed) == 2
    assert all(span.score - 0.001 < one <= span.score for one in printed)
    assert "worst pages" not in shown


def test_gold_with_lone_surrogates_is_shown(tmp_path: Path) -> None:
    gold = tmp_path / "odd.jsonl"
    line = '{"id": "a\\u001b[2J", "text": "\\ud800 x", "lines": [{"start": 0, "end": 3, "label": "promo"}]}\n'
    gold.write_text(line, "utf-8")
    done = CliRunner().invoke(command, [str(gold)])
    assert (done.exit_code, "\x1b" in done.stdout) == (0, False)
    done = CliRunner().invoke(command, [str(gold), "--json"])
    assert json.loads(done.stdout)["worst"][0]["worst"][0]["text"] == "\ud800 x"


def test_command_takes_languages_as_segment_does(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "Guten Morgen", "spans": [[0, 12, "de"]]}\n', "utf-8")

    def right(*options: str) -> float:
        found = json.loads(CliRunner().invoke(command, [str(path), "--json", *options]).output)
        return float(found["languages"]["macro"]["right"])

    assert (right(), right("--languages", "ar,en")) == (1.0, 0.0)
    assert CliRunner().invoke(cli, ["evaluate", str(path), "--languages", "xx"]).exit_code == 2
