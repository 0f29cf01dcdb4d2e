"""`bilingual split`: one text file per language and label."""

from __future__ import annotations

import click

from bilingual.cli.options import columns_options, corrections_option, encoding_option, format_option
from bilingual.errors import printable


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--out-dir", required=True, metavar="DIR", help="Folder to write into; made if missing.")
@format_option("What FILE is, where its name and content do not say.")
@encoding_option("FILE")
@columns_options
@corrections_option()
def command(
    file: str, out_dir: str, kind: str | None, encoding: str | None, columns: tuple[str, ...], skipped: tuple[str, ...],
    corrections: tuple[str, ...],
) -> None:  # fmt: skip
    """Write FILE's units as UTF-8 text, one file per language and label, one unit per line.

    Beside each FILE.en-body.txt stands FILE.en-body.offsets.tsv with the byte range of every line in FILE. Nothing is
    written where that would replace other content, or where a part lies there that FILE no longer has.
    """
    from pathlib import Path

    from bilingual.cli import tell_corrections
    from bilingual.errors import InputError
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections
    from bilingual.translate.fields import columns_of
    from bilingual.translate.files import refuse_others, write_all
    from bilingual.translate.original import open_original
    from bilingual.translate.split import refuse_old, split_units
    from bilingual.translate.units import find_units

    original = open_original(file, kind=kind, encoding=encoding, columns=columns_of(columns, skipped))
    said = Corrections(corrections)
    found = find_units(original, Segmenter(), said)
    said.check_used()
    tell_corrections([file], said)
    folder = Path(out_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(f"{out_dir}: a file; --out-dir needs a folder") from error
    except OSError as error:
        raise InputError(f"{out_dir}: {error.strerror or error}") from error
    name = Path(file).name if file != "-" else "stdin"
    parts = split_units(found.units)
    files = [(folder / f"{name}.{part}", content) for part, content in parts.items()]
    refuse_others(files)
    refuse_old(folder, name, parts)
    write_all(files)
    for path, _ in files:
        click.echo(str(path))
    if not files:
        click.echo(printable(f"bilingual: {file}: no text in it; nothing written"), err=True)
    if found.n_left_out:
        click.echo(f"bilingual: {found.n_left_out} units left out: their bytes are not {original.encoding}", err=True)
