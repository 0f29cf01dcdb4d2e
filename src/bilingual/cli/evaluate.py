"""`bilingual evaluate`: labels against gold."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bilingual.evaluate import Report


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(gold: str, as_json: bool) -> None:
    """Score the labels of every line of GOLD (JSON Lines): F1 per label, language and kind of page, confusion,
    calibration, and the worst pages with their worst lines."""
    from bilingual import evaluate, segment_many

    rows = evaluate.read_gold(gold)
    found = evaluate.report(evaluate.judge(segment_many(row["text"] for row in rows), rows))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
    else:
        _print(found)


def _print(report: Report) -> None:
    from bilingual.labels.columns import LABELS

    click.echo(f"{report.lines} lines, {report.letters} letters")
    for name, scores in report.scores.items():
        click.echo(
            f"F1 over {name:8s}" + "".join(f"  {label} {value:.3f}" for label, value in scores.items())
        )
    for title, groups in (("language", report.by_lang), ("kind of page", report.by_kind)):
        click.echo(f"\nby {title}")
        for key, scores in sorted(groups.items(), key=lambda item: -item[1]["lines"]):
            cells = "".join(f"  {label} {value:.3f}" for label, value in scores.items() if label != "lines")
            click.echo(f"  {key:14s}{int(scores['lines']):6d} lines{cells}")
    click.echo("\ngold \\ given  " + "".join(f"{label:>12s}" for label in (*LABELS, "missing")))
    for label, counts in zip(LABELS, report.confusion, strict=True):
        click.echo(f"{label:14s}" + "".join(f"{count:12d}" for count in counts))
    click.echo(f"\ncalibration error {report.calibration_error:.3f}")
    for row in report.calibration:
        click.echo(f"  score {row['score']:.2f}  right {row['right']:.2f}  {int(row['lines']):6d} lines")
    for recall, precision in report.body_precision.items():
        click.echo(f"precision of body at recall {recall}: {precision:.3f}")
    click.echo("\nworst pages")
    for page in report.worst:
        click.echo(f"  {page['page']}: {page['wrong']} of {page['lines']} lines wrong")
        for line in page["worst"]:
            text = " ".join(line["text"].split())[:70]
            click.echo(
                f"    {line['gold']} taken for {line['label']} ({line['score']:.2f}, {line['rule']}): {text}"
            )
