"""`bilingual export`: the wanted text of one file, for a translator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from bilingual.cli.options import columns_options, corrections_option, encoding_option, format_option
from bilingual.errors import printable

if TYPE_CHECKING:
    from bilingual.formats.exchange import Job, Unit
    from bilingual.translate.units import Units


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--to", type=click.Choice(["xliff", "tsv", "docx", "txt"]), help="Format; or OUT's ending decides.")
@click.option("--from", "source", required=True, metavar="LANG", help="Language to translate from, e.g. en.")
@click.option("--into", "target", required=True, metavar="LANG", help="Language to translate into, e.g. ar.")
@click.option("-o", "--output", "out", required=True, metavar="OUT", help="File to write.")
@click.option("--keep", help="Labels to translate, as in body,promo.  [default: body; without --corrections all of "
              "Word files, subtitles, tables and files of keys]")  # fmt: skip
@click.option("--with-context", is_flag=True, help="Give every unit its neighbours' text, and its key, as notes.")
@click.option("--locked", is_flag=True, help='Show the other units too, locked (translate="no", target = source).')
@click.option("--dedup", is_flag=True, help="Give equal units once; merge puts the translation in every place.")
@click.option("--xliff-version", type=click.Choice(["1.2", "2.1"]), default="1.2", show_default=True,
              help="XLIFF: which one your tool reads.")  # fmt: skip
@click.option("--fill-targets", is_flag=True, help="XLIFF: put the source into the targets, as OmegaT before 6 needs.")
@format_option("What FILE is, where its name and content do not say.")
@encoding_option("FILE")
@columns_options
@corrections_option()
def command(
    file: str, to: str | None, source: str, target: str, out: str, keep: str | None, with_context: bool, locked: bool,
    dedup: bool, xliff_version: str, fill_targets: bool, kind: str | None, encoding: str | None,
    columns: tuple[str, ...], skipped: tuple[str, ...], corrections: tuple[str, ...],
) -> None:  # fmt: skip
    """Export the units of FILE (text, HTML or DOCX) that are in one language and have a wanted label.

    Units are sentences of a text, blocks of a page, paragraphs of a Word file. `bilingual merge` puts the
    translation back into FILE's bytes, so keep FILE as it is.
    """
    from bilingual.cli import tell_corrections, tell_guess
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections
    from bilingual.translate.export import job_chunks
    from bilingual.translate.fields import columns_of
    from bilingual.translate.files import refuse_inputs, write_all
    from bilingual.translate.original import open_original
    from bilingual.translate.units import find_units, is_wanted, make_job

    to = to or _by_ending(out)
    if fill_targets and to != "xliff":
        raise click.UsageError("--fill-targets is for XLIFF")
    refuse_inputs(out, [file, *corrections])
    original = open_original(file, kind=kind, encoding=encoding, columns=columns_of(columns, skipped))
    if not original.is_sure:
        tell_guess(file, original.encoding)
    said = Corrections(corrections)
    found = find_units(original, Segmenter(), said)
    said.check_used()
    tell_corrections([file], said)
    labels = _labels(keep, ("body",) if corrections else original.wanted)
    job = make_job(
        original, found.units, source=source, target=target, keep=labels,
        with_context=with_context, locked=locked, dedup=dedup,
    )  # fmt: skip
    wanted = is_wanted(source, labels)
    if not original.can_take(target):
        _tell_encoding(file, original.encoding, target)
    _refuse_translations(out, found.units)
    write_all([(out, job_chunks(job, to, xliff_version=xliff_version, fill_targets=fill_targets))])
    _tell_taken(out, file, job, found, wanted)
    if found.n_left_out:
        click.echo(f"  {found.n_left_out} units left out: their bytes are not {original.encoding}", err=True)
    if n_hidden := original.n_hidden:
        way_out = "take `hidden` and `display: none` off what is to be translated"
        click.echo(f"  {n_hidden} words of hidden text are no units; {way_out}", err=True)
    if not any(wanted(lang, label) for lang, label, _ in found.units.kinds()):
        named = " or ".join(labels)
        click.echo(printable(f"  nothing in {source} has the label {named}; see `bilingual report {file}`"), err=True)


def _tell_encoding(file: str, encoding: str, target: str) -> None:
    """Say that translations cannot go back into the file."""
    way_out = "save the file as UTF-8 and export that"
    told = f"{encoding} has no letters of {target}, so that merge will refuse them; {way_out}"
    click.echo(printable(f"bilingual: {file}: {told}"), err=True)


def _labels(keep: str | None, unasked: Sequence[str]) -> list[str]:
    """The labels that are asked for, else those of `unasked`."""
    return list(unasked) if keep is None else [label.strip() for label in keep.split(",") if label.strip()]


def _refuse_translations(out: str, units: Sequence[Unit]) -> None:
    """Raises: InputError where the file to write holds translations, which somebody may still need."""
    import os

    from bilingual.errors import InputError
    from bilingual.formats.source import read_bytes
    from bilingual.translate.export import count_translations

    is_there = out != "-" and os.path.isfile(out)  # noqa: PTH113 (False for no name)
    try:
        count = count_translations(read_bytes(out), units) if is_there else 0
    except InputError as error:
        raise InputError(f"{out}: {error}; move it away, or give another name") from error
    if count:
        raise InputError(f"{out}: it holds translations, {count} of them; move it away, or give another name")


def _tell_taken(out: str, file: str, job: Job, found: Units, is_wanted: Callable[[str, str], bool]) -> None:
    """What was written, and what of the file was not: by language and label, most first."""
    kinds = [*found.units.kinds()]
    n_same = job.about.n_units - len(job.units)
    n_kept = sum(is_wanted(lang, label) for lang, label, _ in kinds) - n_same
    click.echo(printable(f"{out}: {n_kept} units to translate of {len(kinds)} in {file}"), err=True)
    rest = Counter(
        f"{lang} {label}" if has_letters else "without letters"
        for lang, label, has_letters in kinds
        if not is_wanted(lang, label)
    )
    if rest:
        counts = ", ".join(f"{count} {what}" for what, count in rest.most_common())
        click.echo(f"  not to translate: {counts} (see --from and --keep)", err=True)
    if n_same:
        click.echo(f"  {n_same} repetitions are not in it; merge fills them", err=True)


def _by_ending(out: str) -> str:
    from pathlib import Path

    from bilingual.translate.export import FORMATS

    for name, endings in FORMATS.items():
        if Path(out).suffix.lower() in endings:
            return name
    raise click.UsageError(f"{out}: give --to, or a name that ends in .xlf, .tsv, .docx or .txt")
