"""Scores against gold: of the labels of lines, and of the language spans."""

from __future__ import annotations

from bilingual.evaluate.gold import read_gold
from bilingual.evaluate.labels import GIVEN, Judged, Report, body_precision, calibration, f1, judge, report, worst
from bilingual.evaluate.spans import SpanScores, judge_spans

__all__ = [
    "GIVEN",
    "Judged",
    "Report",
    "SpanScores",
    "body_precision",
    "calibration",
    "f1",
    "judge",
    "judge_spans",
    "read_gold",
    "report",
    "worst",
]
