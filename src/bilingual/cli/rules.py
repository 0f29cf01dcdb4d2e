"""`bilingual rules`: the label rules, their samples and what they were measured at, and the lexicons."""

from __future__ import annotations

import click


@click.command("rules")
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per rule.")
@click.option("--phrases", is_flag=True, help="List the phrases of the lexicons instead, one row per phrase.")
@click.option("--markdown", is_flag=True, hidden=True, help="The page docs/rules.md.")
def command(names: tuple[str, ...], as_json: bool, phrases: bool, markdown: bool) -> None:
    """List the label rules, their examples and evidence; with NAMES, those rules (or kinds of phrases)."""
    from bilingual.labels import describe

    if markdown:
        click.echo(describe.page(), nl=False)
        return
    for line in describe.phrases(names, as_json) if phrases else describe.rules(names, as_json):
        click.echo(line)
