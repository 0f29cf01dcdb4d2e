"""`bilingual report`: what is to translate, counted by a named rule."""

from __future__ import annotations

import sys
from itertools import filterfalse
from typing import TYPE_CHECKING, Any

import click

from bilingual.cli.options import columns_options, corrections_option, encoding_option, format_option
from bilingual.errors import printable

if TYPE_CHECKING:
    from bilingual.translate.counting import Count

HEADS = ("segments", "words", "characters", "no spaces", "repeated", "rep. words")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--rule", type=click.Choice(["letters", "spaces"]), default="letters", show_default=True,
              help="What a word is: runs of letters and digits, or what stands between white space.")  # fmt: skip
@format_option("What the files are.")
@encoding_option("the files")
@columns_options
@corrections_option()
def command(
    files: tuple[str, ...], form: str | None, rule: str, kind: str | None, encoding: str | None,
    columns: tuple[str, ...], skipped: tuple[str, ...], corrections: tuple[str, ...],
) -> None:  # fmt: skip
    """Count words, characters, segments and repetitions by language and label.

    A segment is a unit as `bilingual export` makes it: a sentence of a text, a block of a page, a paragraph of a Word
    file. Its words count for the language of most of its letters; one without letters, or of code, is in none (und)
    and in no total. A repetition is a segment whose text occurred before with the same language and label, in this
    file or an earlier one.
    """
    from bilingual.cli import each, tell_corrections, tell_guess
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections
    from bilingual.translate.counting import Counter
    from bilingual.translate.fields import columns_of
    from bilingual.translate.original import open_original
    from bilingual.translate.units import find_units

    chosen = columns_of(columns, skipped)
    segmenter, counter, said = Segmenter(), Counter(rule=rule), Corrections(corrections)
    done: list[tuple[str, str, int, list[Count]]] = []

    def count(name: str) -> None:
        original = open_original(name, kind=kind, encoding=encoding, columns=chosen)
        if not original.is_sure:
            tell_guess(name, original.encoding)
        found = find_units(original, segmenter, said)
        done.append((name, original.encoding, found.n_left_out, counter.count(found.units)))

    all_done = each(files, count)
    said.check_used()
    tell_corrections(files, said)
    {"json": _json, "csv": _csv, None: _table}[form](done, rule)
    if not all_done:
        sys.exit(1)


_Files = list[tuple[str, str, int, "list[Count]"]]


def _json(files: _Files, rule: str) -> None:
    import json

    from bilingual.translate.counting import RULES, merged, total

    def shape(counts: list[Count]) -> dict[str, Any]:
        return {"counts": [count.row() for count in counts], "total": _numbers(total(counts))}

    everything = merged(counts for *_, counts in files)
    report = {
        "rule": {"name": rule, "words": RULES[rule]},
        "files": [
            {"file": name, "encoding": encoding, "left_out": n_left_out, **shape(counts)}
            for name, encoding, n_left_out, counts in files
        ],
        **shape(everything),
    }
    # a file's name may hold bytes that are no UTF-8: as escapes
    click.echo(json.dumps(report, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))


def _numbers(count: Count) -> dict[str, str | int]:
    return {name: value for name, value in count.row().items() if name not in ("lang", "label")}


def _csv(files: _Files, rule: str) -> None:
    import csv
    import io

    from bilingual.formats.tsv import guard
    from bilingual.translate.counting import NUMBERS, merged, total

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "lang", "label", *NUMBERS, "rule"))
    groups = [(guard(name), counts) for name, *_, counts in files]
    for name, counts in [*groups, ("total", merged(counts for _, counts in groups))]:
        for count in [*counts, total(counts)]:
            writer.writerow((name, *count.row().values(), rule))
    click.echo(out.getvalue(), nl=False)


def _table(files: _Files, rule: str) -> None:
    from bilingual.translate.counting import RULES, merged

    for name, encoding, n_left_out, counts in files:
        left = f", {n_left_out} segments left out (bytes that are not {encoding})" if n_left_out else ""
        _rows(f"{name} ({encoding}{left})", counts)
    if len(files) > 1:
        _rows(f"{len(files)} files", merged(counts for *_, counts in files))
    if files:
        click.echo(f"Rule {rule!r}: {RULES[rule]}.")


def _rows(title: str, counts: list[Count]) -> None:
    from bilingual.translate.counting import is_text, total

    click.echo(click.style(printable(title), bold=True))
    click.echo(f"  {'language':<10}{'label':<12}" + "".join(f"{head:>12}" for head in HEADS))
    for count in [*filter(is_text, counts), total(counts), *filterfalse(is_text, counts)]:
        lang, label, *numbers = count.row().values()
        click.echo(f"  {lang:<10}{label:<12}" + "".join(f"{number:>12,}" for number in numbers))
    click.echo()
