"""`bilingual evaluate`: labels and language spans against gold."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import click

from bilingual.cli.options import languages_option
from bilingual.errors import printable

if TYPE_CHECKING:
    from bilingual.evaluate import Report, SpanScores


@click.command()
@click.argument("gold", metavar="GOLD")
@languages_option()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(gold: str, languages: tuple[str, ...], as_json: bool) -> None:
    """Score labels and language spans against GOLD, each where it has them.

    GOLD is JSON Lines (.gz too, - for stdin): a document a line (here cut into four), places in code points.
    `bilingual review` saves such lines, with labels alone.

    \b
    {"id": "a", "text": "Home\\nشكراً for reading",
     "lines": [{"start": 0, "end": 4, "label": "navigation"},
               {"start": 5, "end": 22, "label": "body"}],
     "spans": [[0, 4, "en"], [5, 10, "ar"], [11, 22, "en"]]}

    Labels, over its lines: F1 per label, language and kind of page, confusion, calibration, and the worst pages with
    their worst lines. Languages, per setting or kind of its documents: share of letters right, F1 of exact switches
    and of whole spans, and their mean as macro.

    Every text is judged as plain text. Gold that `bilingual review` saved of an HTML page holds its text alone, so the
    labels here may differ from those of the page, which its elements decide too.
    """
    from bilingual import Segmenter, evaluate
    from bilingual.document import json_line
    from bilingual.errors import InputError

    segmenter = Segmenter(languages=languages or None)
    rows = evaluate.read_gold(gold)
    documents = list(segmenter.segment_many(row["text"] for row in rows))
    judged, spans = evaluate.judge(documents, rows), evaluate.judge_spans(documents, rows)
    if not judged and not spans:
        raise InputError(f"{gold}: no line with a label and a letter in it, and no language")
    labels = evaluate.report(judged) if judged else None
    if as_json:
        found = dataclasses.asdict(labels) if labels else {}
        if spans:
            found["languages"] = {key: dataclasses.asdict(scores) for key, scores in spans.items()}
        click.echo(json_line(found))
        return
    if labels:
        _print(labels)
    if spans:
        _print_spans(spans, "\n" if labels else "")


def _print_spans(spans: dict[str, SpanScores], before: str) -> None:
    click.echo(f"{before}{'languages':16s}{'letters':>9s}{'right':>9s}{'switches':>9s}{'spans':>9s}")
    for key, found in spans.items():
        shares = (found.right, found.switches, found.spans)
        cells = "".join(f"{'-':>9s}" if share is None else f"{share:9.3f}" for share in shares)
        click.echo(f"  {printable(key):14s}{found.letters:9d}{cells}")


def _print(report: Report) -> None:
    from bilingual.evaluate import GIVEN
    from bilingual.labels.columns import LABELS

    click.echo(f"{report.lines} lines, {report.letters} letters, judged as plain text")
    for name, scores in report.scores.items():
        click.echo(
            f"F1 over {name:8s}" + "".join(f"  {label} {value:.3f}" for label, value in scores.items())
        )
    for title, groups in (("language", report.by_lang), ("kind of page", report.by_kind)):
        click.echo(f"\nby {title}")
        for key, scores in sorted(groups.items(), key=lambda item: -item[1]["lines"]):
            cells = "".join(f"  {label} {value:.3f}" for label, value in scores.items() if label != "lines")
            click.echo(f"  {printable(key):14s}{int(scores['lines']):6d} lines{cells}")
    click.echo("\ngold \\ given  " + "".join(f"{label:>12s}" for label in GIVEN))
    for label, counts in zip(LABELS, report.confusion, strict=True):
        click.echo(f"{label:14s}" + "".join(f"{count:12d}" for count in counts))
    click.echo(f"\ncalibration error {report.calibration_error:.3f}")
    for row in report.calibration:
        click.echo(f"  score {row['score']:.2f}  right {row['right']:.2f}  {int(row['lines']):6d} lines")
    for recall, precision in report.body_precision.items():
        # rounded up it would leave fewer
        min_score = math.floor(report.body_min_score[recall] * 1000) / 1000
        click.echo(f"precision of body at recall {recall}: {precision:.3f} (min_score {min_score:.3f})")
    if report.worst:
        click.echo("\nworst pages")
    for page in report.worst:
        click.echo(f"  {printable(page['page'])}: {page['wrong']} of {page['lines']} lines wrong")
        for line in page["worst"]:
            text = printable(" ".join(line["text"].split())[:70])
            click.echo(
                f"    {line['gold']} taken for {line['label']} ({line['score']:.2f}, {line['rule']}): {text}"
            )
