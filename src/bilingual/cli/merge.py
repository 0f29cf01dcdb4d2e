"""`bilingual merge`: a finished translation back into the original's bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bilingual.errors import printable

if TYPE_CHECKING:
    from pathlib import Path

    from bilingual.translate.files import Bytes


@click.command()
@click.argument("file", metavar="FILE")
@click.argument("translated", metavar="TRANSLATED")
@click.option("-o", "--output", "out", required=True, metavar="OUT", help="File to write; never FILE itself.")
@click.option("--from", "source", metavar="LANG", help="Refuse another source language than this.")
@click.option("--into", "target", metavar="LANG", help="Refuse another target language than this.")
@click.option("--tmx", metavar="TMX", help="Also write the pairs as a translation memory.")
def command(file: str, translated: str, out: str, source: str | None, target: str | None, tmx: str | None) -> None:
    """Put the translations of TRANSLATED (XLIFF 1.2 or 2.x, TSV, or the Word table) into FILE, as it was exported.

    Everything outside the translated units stays as it is, byte for byte. Nothing is written where FILE was
    changed, an id is unknown or there twice, a code is lost or doubled, FILE's encoding lacks a character, or the
    language pair is another one.
    """
    from bilingual.errors import InputError
    from bilingual.formats.source import read_bytes
    from bilingual.translate.export import read_returned
    from bilingual.translate.files import is_same_file, refuse_inputs, write_all
    from bilingual.translate.merge import check_belongs, merge
    from bilingual.translate.original import open_original

    refuse_inputs(out, [file, translated])
    if tmx:
        refuse_inputs(tmx, [file, translated])
        if tmx == out or is_same_file(tmx, out):
            raise click.UsageError(f"{tmx}: give the translation memory another name than the output")
    returned = read_returned(read_bytes(translated), translated)
    about = returned.about
    if about.kind not in ("text", "html", "docx"):
        raise InputError(f"{translated}: it was exported from a file of an unknown kind, {about.kind!r}")
    data = read_bytes(file)
    check_belongs(returned, data, name=file, what=translated, source=source, target=target)
    original = open_original(file, kind=about.kind, encoding=about.encoding, data=data, exported=about.name)
    done = merge(original, returned, what=translated)
    files: list[tuple[str | Path, Bytes | Iterator[bytes]]] = [(out, done.data)]
    if tmx:
        from bilingual.formats.tmx import tmx_chunks

        files.append((tmx, tmx_chunks(done.pairs, about.source, about.target)))
    write_all(files)
    click.echo(printable(f"{out}: {done.n_changed} units translated"), err=True)
    if done.n_untranslated:
        click.echo(f"  {done.n_untranslated} without a translation keep their source", err=True)
    if done.n_missing:
        told = f"  {done.n_missing} exported units are not in {translated}; they keep their source"
        click.echo(printable(told), err=True)
    if done.n_locked:
        click.echo(f"  {done.n_locked} locked units were translated; they keep their source", err=True)
