"""`bilingual review`: one self-contained page to look at and correct spans and labels."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.options import corrections_option, encoding_option, format_option

if TYPE_CHECKING:
    from bilingual.document import Document


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="The page to write; - is stdout.")
@click.option("--serve", is_flag=True, help="Serve the page on 127.0.0.1; corrections are saved beside the files.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for --serve; 0 takes a free one.")
@format_option("What the files are.")
@encoding_option("the files")
@corrections_option()
@click.option("--title", default="bilingual review", show_default=True, help="Title of the page.")
def command(
    files: tuple[str, ...], output: str | None, serve: bool, port: int, kind: str | None, encoding: str | None,
    corrections: tuple[str, ...], title: str,
) -> None:  # fmt: skip
    """Write one self-contained HTML page to look at and correct spans and labels.

    FILE is a text, HTML or Word file, or a folder of them with --serve. The page needs no network. Corrections are
    saved as gold: `bilingual report`, `export` and `split` take it with --corrections; `bilingual evaluate` reads it,
    too, an HTML page as plain text.
    """
    from bilingual.cli import each

    if serve == bool(output):
        raise click.UsageError("give either -o PAGE or --serve")
    if serve and corrections:
        raise click.UsageError("--serve goes on from what is saved beside the files; --corrections is for -o")
    if serve:
        _serve(_paths(files), port, kind, encoding)
        return
    documents: list[Document] = []
    all_done = each(files, lambda name: documents.extend(load(name, kind, encoding)))
    if documents:
        _write(documents, str(output), title, files, corrections)
    if not all_done:
        sys.exit(1)


def load(name: str, kind: str | None = None, encoding: str | None = None) -> list[Document]:
    """The documents of one file: its text; of a Word file the body, and each header, footer and set of notes.

    Raises: InputError, MissingExtraError.
    """
    from bilingual.pipeline import Segmenter
    from bilingual.translate.original import open_original

    body, *others = open_original(name, kind=kind, encoding=encoding).documents(Segmenter())
    return [body, *(document for document in others if document.text)]


def _write(
    documents: list[Document], output: str, title: str, files: tuple[str, ...], corrections: tuple[str, ...]
) -> None:
    from bilingual.cli import tell_corrections
    from bilingual.review.page import render
    from bilingual.translate.corrections import Corrections
    from bilingual.translate.files import refuse_inputs, write_all

    refuse_inputs(output, (*files, *corrections))
    said = Corrections(corrections)
    labels = [{(block.start, block.end): block.label for block in said.blocks(document)} for document in documents]
    said.check_used()
    tell_corrections(files, said)
    write_all([(output, render(documents, title=title, labels=labels).encode())])


def _paths(files: tuple[str, ...]) -> list[Path]:
    from bilingual.errors import InputError
    from bilingual.formats.source import HTML_SUFFIXES

    suffixes = {".txt", ".text", ".md", ".markdown", ".srt", ".vtt", ".docx", *HTML_SUFFIXES}
    found: list[Path] = []
    for name in files:
        path = Path(name)
        if path.is_dir():
            found += sorted(p for p in path.iterdir() if p.suffix.lower() in suffixes and p.is_file())
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(f"{name}: No such file or directory")
    if not found:
        raise InputError(f"{files[0]}: no text (.txt, .md, .srt, .vtt), HTML or Word files")
    return found


def _serve(paths: list[Path], port: int, kind: str | None, encoding: str | None) -> None:
    from bilingual.errors import BilingualError
    from bilingual.review.serve import ReviewServer

    try:
        server = ReviewServer(paths, lambda path: load(str(path), kind, encoding), port)
    except OSError as error:
        raise BilingualError(f"port {port}: {error.strerror or error}; --port 0 takes a free one") from error
    click.echo(f"Open {server.url}  (Ctrl+C stops)", err=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    finally:
        server.server_close()
