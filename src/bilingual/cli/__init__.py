"""Command line: a lazy group; every command is one file of this folder, imported only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilingual import __version__
from bilingual.errors import BilingualError, InputError, SettingsError, nearest, printable

if TYPE_CHECKING:
    from bilingual.formats.source import Source
    from bilingual.translate.corrections import Corrections

# Name -> one-line help. The help stands here so that `bilingual --help` imports no command.
COMMANDS = {
    "segment": "Show or print (--json) the language spans and labels of one document.",
    "normalize": "Normalize Arabic orthography under a named profile.",
    "batch": "Run a corpus through every layer into sharded Parquet or JSONL.",
    "report": "Count words, characters and repetitions by language and label.",
    "review": "Write one self-contained page to look at and correct spans and labels.",
    "export": "Export the wanted text for translation (XLIFF, TSV, DOCX, text).",
    "merge": "Splice a finished translation back into the original bytes.",
    "split": "Write one text file per language and label, with offsets.",
    "evaluate": "Score labels and language spans against gold.",
    "rules": "List the label rules, their examples and evidence.",
    "languages": "List the languages, their scripts and evidence.",
    "profiles": "List the normalization profiles and their steps.",
}


class LazyGroup(click.Group):
    """A click group whose commands live in `bilingual.cli.<name>` as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"bilingual.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is named first; where there is none of the name, the message has the nearest one. A
        shell that completes a line (`resilient_parsing`) wants no message."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            # a file in place of the command is what somebody types who meets the program for the first time
            out = f"; for a file: bilingual segment {name}" if os.path.isfile(name) else nearest(name, COMMANDS)  # noqa: PTH113
            if out:
                ctx.fail(printable(f"No such command {name!r}{out}"))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:  # wrong usage: exit code 2
            raise click.UsageError(str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bilingual")
def cli() -> None:
    """Language spans, Arabic orthography and body/navigation/promo labels for Arabic/English text."""


def each(names: Iterable[str], work: Callable[[str], object]) -> bool:
    """Whether `work` was done for every file: one that fails is told on stderr, and the rest is done."""
    failed = False
    for name in names:
        try:
            work(name)
        except BilingualError as error:
            failed = True
            click.echo(f"bilingual: {error}", err=True)
    return not failed


def read_text(name: str, encoding: str | None) -> Source:
    """One file or stdin as text; says on stderr where its encoding is a guess. Raises: InputError."""
    from bilingual.formats.source import read

    source = read(name, encoding=encoding)
    if not source.sure:
        tell_guess(name, source.encoding)
    return source


def tell_guess(name: str, encoding: str) -> None:
    """Say on stderr that the encoding of a file was not sure."""
    click.echo(printable(f"bilingual: {name}: read as {encoding}, not sure; see --encoding"), err=True)


def tell_corrections(names: Iterable[str], corrections: Corrections) -> None:
    """Say on stderr what corrections did, and where some lie beside a file and were not asked for."""
    from bilingual.translate.corrections import saved_beside

    if corrections.paths:
        given = ", ".join(corrections.paths)
        click.echo(printable(f"bilingual: {corrections.n_changed} labels corrected as in {given}"), err=True)
        return
    for saved in (saved_beside(Path(name)) for name in names if os.path.isfile(name)):  # noqa: PTH113 (False for no name)
        if os.path.isfile(saved):  # noqa: PTH113
            click.echo(printable(f"bilingual: not used: {saved}; --corrections takes it"), err=True)


class _ClosedInput(io.StringIO):
    """Standard input that whoever started the program has closed."""

    @property
    def buffer(self) -> io.BytesIO:
        """Raises: InputError."""
        raise InputError("-: standard input is closed; name a file")


def _open_what_is_closed() -> None:
    """Give a program that was started with a closed standard stream one that says so, or takes everything."""
    if sys.stdin is None:
        sys.stdin = _ClosedInput()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (as long as the program)


def _color() -> bool | None:
    """Whether output is coloured: None where a terminal alone is. See no-color.org and force-color.org."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def main() -> None:
    """Entrance of the `bilingual` script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            # A pipe on Windows is cp1252, in which there is no Arabic: it gets UTF-8, as files do; a terminal, escapes.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    run(cli, "bilingual")


def run(command: click.Command, name: str | None = None) -> None:
    """A command as a program: warnings, known errors and those of the system become one line on stderr, errors exit
    code 1."""
    warnings.formatwarning = lambda message, *_, **__: f"bilingual: {message}\n"
    _open_what_is_closed()
    try:
        command(prog_name=name, color=_color())
    except BilingualError as error:
        click.echo(f"bilingual: {error}", err=True)
        sys.exit(1)
    except OSError as error:  # of the output: what is read says its own
        click.echo(printable(f"bilingual: {error.strerror or error}"), err=True)
        # what is still to be written would fail once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
