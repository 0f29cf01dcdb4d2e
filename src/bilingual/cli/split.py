"""`bilingual split`: one text file per language and label."""

from __future__ import annotations

import click

from bilingual.cli.options import encoding_option


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--out-dir", required=True, metavar="DIR", help="Folder to write into; made if missing.")
@click.option("--format", "kind", type=click.Choice(["text", "html", "docx"]), help="What FILE is, if not found out.")
@encoding_option("FILE")
def command(file: str, out_dir: str, kind: str | None, encoding: str | None) -> None:
    """Write FILE's units as UTF-8 text, one file per language and label, one unit per line.

    Beside each NAME.txt stands NAME.offsets.tsv with the byte range of every line in FILE.
    """
    from pathlib import Path

    from bilingual.errors import InputError
    from bilingual.pipeline import Segmenter
    from bilingual.translate.files import refuse_inputs, write_whole
    from bilingual.translate.original import open_original
    from bilingual.translate.split import split_units
    from bilingual.translate.units import find_units

    original = open_original(file, kind=kind, encoding=encoding)
    found = find_units(original, Segmenter())
    folder = Path(out_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out_dir}: {error.strerror or error}") from error
    stem = Path(file).stem if file != "-" else "stdin"
    files = {folder / f"{stem}.{name}": text for name, text in split_units(found.units).items()}
    for path in files:
        refuse_inputs(path, [file])
    for path, text in files.items():
        write_whole(path, text.encode("utf-8", "replace"))
        click.echo(str(path))
    if found.n_left_out:
        click.echo(f"bilingual: {found.n_left_out} units left out: their bytes are not {original.encoding}", err=True)
