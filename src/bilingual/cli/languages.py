"""`bilingual languages`: what the language layer knows, and from where."""

from __future__ import annotations

import click

from bilingual.cli.options import codes_option


@click.command("languages")
@click.argument("tags", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per language.")
@codes_option()
@click.option("--all", "everything", is_flag=True, help="Also the scripts without a language of their own.")
def command(tags: tuple[str, ...], as_json: bool, codes: str, everything: bool) -> None:
    """List the languages, their scripts and evidence; with TAGS, those in full."""
    from bilingual.language.describe import as_lines, as_record, chosen

    for language in chosen(tags, everything):
        if as_json:
            import json

            click.echo(json.dumps(as_record(language, codes), ensure_ascii=False))
        else:
            click.echo("\n".join(as_lines(language, codes, full=bool(tags))))
