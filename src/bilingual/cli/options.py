"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from bilingual.batch.config import CODES


def encoding_option(what: str) -> Callable[[Any], Any]:
    """`--encoding`, of `what`."""
    told = f"Encoding of {what}; without it BOM, UTF-8 and Arabic code pages are tried."
    return click.option("--encoding", callback=_known, help=told)


def format_option(what: str) -> Callable[[Any], Any]:
    """`--format`, what `what` is: a kind of original."""
    return click.option("--format", "kind", type=click.Choice(["text", "html", "docx"]), help=what)


def corrections_option() -> Callable[[Any], Any]:
    """`--corrections`, of the files given."""
    told = "Take the labels that `bilingual review` saved in GOLD; may be given more than once."
    return click.option("--corrections", multiple=True, metavar="GOLD", help=told)


def names(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The names of an option that may be given more than once: lists with commas, several options, or both."""
    found = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    if values and not found:
        raise click.BadParameter("it names nothing; leave it out for all")
    return found


def codes_option() -> Callable[[Any], Any]:
    """`--codes`, how the output names languages."""
    return click.option(
        "--codes", type=click.Choice(CODES), default=CODES[0], show_default=True, help="Language codes of the output."
    )


def columns_options(command: Any) -> Any:
    """`--columns` and `--skip-columns`, of tables."""
    only = click.option(
        "--columns", callback=_cells, multiple=True, metavar="NAMES",
        help="Of a CSV or TSV file translate these columns only, as in title,text; quote a name with a comma.",
    )  # fmt: skip
    skip = click.option(
        "--skip-columns", "skipped", callback=_cells, multiple=True, metavar="NAMES",
        help="Of a CSV or TSV file translate all columns but these, as in sku,brand.",
    )  # fmt: skip
    return only(skip(command))


def _cells(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The names of columns of an option, parted and quoted as a row of a table."""
    import csv

    try:
        rows = list(csv.reader(given, skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise click.BadParameter(f"a quotation mark is not closed, or not doubled: {error}") from error
    found = tuple(name.strip() for row in rows for name in row if name.strip())
    if given and not found:
        raise click.BadParameter("it names nothing; leave it out for all")
    return found


def languages_option() -> Callable[[Any], Any]:
    """`--languages`, among which languages the answer is sought."""
    return click.option(
        "--languages",
        callback=names,
        multiple=True,
        metavar="TAGS",
        help="Choose among these languages only, as in ar,en.",
    )


def _known(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from bilingual.arabic.decode import known_encoding

        if known_encoding(value) is None:
            raise click.BadParameter(f"no encoding {value!r}")
    return value
