"""`bilingual segment`: one document in, its spans out, for eyes or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bilingual.cli.options import codes_option, encoding_option, languages_option, names
from bilingual.errors import printable

if TYPE_CHECKING:
    from bilingual.document import Document, Span

COLOURS = {"body": "green", "navigation": "blue", "promo": "yellow"}


def _labels(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    labels = names(ctx, param, values)
    for label in labels:
        if label not in COLOURS:
            raise click.BadParameter(f"no label {label!r}; the labels are {', '.join(COLOURS)}")
    return labels


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per document instead of the coloured view.")
@click.option("--format", "form", type=click.Choice(["auto", "text", "html"]), default="auto", show_default=True,
              help="What the input is; auto goes by the file's ending, else by how it begins.")  # fmt: skip
@encoding_option("the input")
@languages_option()
@click.option("--label", "labels", callback=_labels, multiple=True, metavar="LABELS",
              help="Show only spans with these labels, as in body,promo.")  # fmt: skip
@click.option("--lang", "langs", callback=names, multiple=True, metavar="TAGS",
              help="Show only spans in these languages, as in ar,en.")  # fmt: skip
@codes_option()
@click.option("--explain", is_flag=True,
              help="Say why every span has its label and language; in JSON: reasons, lang_reasons.")  # fmt: skip
def command(
    files: tuple[str, ...],
    as_json: bool,
    form: str,
    encoding: str | None,
    languages: tuple[str, ...],
    labels: tuple[str, ...],
    langs: tuple[str, ...],
    codes: str,
    explain: bool,
) -> None:
    """Segment text into language spans, each labelled body, navigation or promo.

    FILE may be - for stdin (the default). The text is printed in logical order, offsets and labels first.
    """
    from bilingual.cli import each, read_text
    from bilingual.language.registry import check_tags
    from bilingual.pipeline import Segmenter

    segmenter = Segmenter(languages=languages or None)
    langs = check_tags(langs)

    def show(name: str) -> None:
        source = read_text(name, encoding)
        document = source.segmented(segmenter, as_html=None if form == "auto" else form == "html")
        document.id = source.name
        _print(document, as_json, labels, langs, codes, explain)

    if not each(files or ("-",), show):
        sys.exit(1)


def _print(
    document: Document, as_json: bool, labels: tuple[str, ...], langs: tuple[str, ...], codes: str, explain: bool
) -> None:
    wanted = document.select(label=labels or None, lang=langs or None)
    if as_json:
        from bilingual.document import json_line

        rows = [_coded(span.to_dict(), codes) for span in wanted]
        if explain:
            rows = [{**row, **_reasons(document, span)} for row, span in zip(rows, wanted, strict=True)]
        row = {**document.to_dict(), "spans": rows}
        click.echo(json_line(row).encode())
    else:
        for line in _lines(document, wanted, codes, explain):
            click.echo(line)


def _reasons(document: Document, span: Span) -> dict[str, object]:
    """The reasons of `explain`, each an object with its words, place and weight."""
    found, keys = document.explain(span), ("text", "start", "end", "weight")
    return {
        name: [dict(zip(keys, (*reason[:3], round(reason[3], 4)), strict=True)) for reason in getattr(found, name)]
        for name in ("reasons", "lang_reasons")
    }


def _coded(row: dict[str, object], codes: str) -> dict[str, object]:
    if codes == "flores":
        from bilingual.language.registry import flores

        row["lang"] = flores(str(row["lang"]), str(row["script"]))
    return row


def _lines(document: Document, spans: list[Span], codes: str, explain: bool) -> Iterator[str]:
    """One line per span: offsets, language, label, score, deciding rule, and last the text in logical order."""
    width = len(str(len(document.text)))
    counts = f"{len(document.blocks)} blocks, {len(document.spans)} spans"
    yield click.style(f"# {_shown(str(document.id))}: {document.kind}, {counts}", dim=True)
    for span in spans:
        row = _coded(span.to_dict(), codes)
        head = f"{span.start:>{width}}-{span.end:<{width}} {row['lang']!s:<8} "
        label = click.style(f"{span.label:<10} {span.score:4.2f}", fg=COLOURS[span.label], bold=span.label == "promo")
        why = click.style(f" {f'{span.layer}:{span.rule}':<31} ", dim=True)  # the longest is 31 wide
        yield head + label + why + _shown(span.text)
        if explain:
            for line in str(document.explain(span)).splitlines()[1:]:
                yield click.style(" " * (2 * width + 2) + _shown(line), dim=True)


def _shown(text: str) -> str:
    """`text` as it can be printed, on one line."""
    return printable(text.replace("\n", " ").replace("\r", " "))
