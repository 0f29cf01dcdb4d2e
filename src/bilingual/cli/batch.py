"""`bilingual batch`: a corpus through every layer, nothing lost."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bilingual.batch.config import FORMATS, LANG_OF
from bilingual.cli.options import codes_option, languages_option, names

if TYPE_CHECKING:
    from bilingual.batch.config import Config

MB = 1 << 20


class _Number(click.FloatRange):
    """A number in a range; what is none, or has no count of bytes as so many MB, is in no range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if not math.isfinite(number * MB):
            self.fail(f"{value} is not a finite number.", param, ctx)
        return number


@click.command("batch", context_settings={"show_default": True, "help_option_names": ["-h", "--help"]})
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--out", required=True, metavar="DIR", help="Folder for the shards, the ledger and the reports, or its fsspec URL."
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    help="Worker processes (0: work in this one).  [default: one per core]",
)
@click.option("--resume", is_flag=True, help="Continue a run that was stopped or killed.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    help="Output format.",
)
@click.option(
    "--compression",
    metavar="NAME",
    default="",
    show_default=False,
    help="zstd, snappy or none (Parquet); none, gz or zst (JSONL).  [default: zstd; none]",
)
@click.option("--level", type=click.IntRange(1, 19), default=1, help="zstd level of the output.")
@click.option(
    "--keep",
    callback=names,
    multiple=True,
    metavar="LABELS",
    help="Keep only text with these labels, as in body,promo.",
)
@click.option(
    "--lang",
    callback=names,
    multiple=True,
    metavar="TAGS",
    help="Keep only text in these languages, as in ar,en.",
)
@click.option(
    "--lang-of",
    type=click.Choice(LANG_OF),
    default=LANG_OF[0],
    help="What has a language of --lang: a span, or a block by most of its text, so that foreign words stay in it.",
)
@click.option(
    "--min-score",
    type=_Number(0, 1),
    default=0.0,
    help="Keep only blocks at least this sure of their label.",
)
@click.option(
    "--normalize",
    metavar="NAME|FILE.toml",
    default="",
    show_default=False,
    help="Normalize the Arabic of the text under a profile: a built-in one (see `bilingual profiles`) or a TOML file.",
)
@click.option("--standoff", is_flag=True, help="Write annotations without the text.")
@codes_option()
@click.option(
    "--input-format",
    metavar="NAME",
    default="",
    show_default=False,
    help="text, html, jsonl, csv, tsv, parquet or warc, whatever the file's name says.",
)
@click.option("--unit", type=click.Choice(["file", "line"]), default="file", help="What a document of a text file is.")
@click.option("--text-field", default="text", help="Field or column with the text; a.b is b in a.")
@click.option("--id-field", default="id", help="Field or column with the id.")
@click.option("--url-field", default="url", help="Field or column with the URL.")
@click.option(
    "--encoding",
    default="",
    show_default=False,
    help="Encoding of text, HTML and CSV.  [default: found from the bytes]",
)
@click.option(
    "--max-misread",
    type=_Number(0, 1),
    default=1.0,
    help="Quarantine documents of whose characters more than this share is misread, by the encoding that is forced or "
    "found.",
)
@languages_option()
@click.option(
    "--shard-mb",
    type=_Number(min=0.0001),
    default=64.0,
    help="Input per shard, in MB of plain text.",
)
@click.option("--max-record-mb", type=_Number(min=0.0001), default=100.0, help="Quarantine larger documents.")
@click.option(
    "--max-bad",
    type=_Number(0, 1),
    default=0.0,
    help="Share of records that may be quarantined before the exit code is 1.",
)
@click.option(
    "--timeout",
    type=_Number(min=0.1),
    default=600.0,
    help="Seconds without an answer after which a worker is replaced.",
)
@click.option(
    "--max-mb",
    type=click.IntRange(min=0),
    default=0,
    help="Replace a worker that used more memory than this, in MB (0: never).",
)
def command(inputs: tuple[str, ...], out: str, workers: int | None, resume: bool, **options: Any) -> None:
    """Run a corpus through every layer into sharded Parquet or JSONL.

    INPUT is a file, a folder, a glob pattern, an fsspec URL (s3://, gs://, hf://, https://) or `-` for
    standard input: .txt .html .jsonl .csv .tsv .parquet .warc .wet, each (except Parquet) also
    .gz .zst .bz2 and .xz.

    Exit code 0 when every record was written, filtered as asked, or quarantined within --max-bad; 1 when
    some input failed or the run was stopped (the rest is done; continue with --resume); 2 for wrong usage.
    """
    from bilingual.batch.run import default_workers

    start(inputs, out, resume, options, workers=default_workers() if workers is None else workers)


def start(
    inputs: tuple[str, ...], out: str, resume: bool, options: dict[str, Any], *, workers: int = 0, runner: Any = None
) -> NoReturn:
    """Do what the command line asks for and exit; `runner` as `run_batch` takes it."""
    from bilingual.batch.console import Console
    from bilingual.batch.plan import RefusedError
    from bilingual.batch.run import run_batch
    from bilingual.errors import BilingualError, InputError, SettingsError

    console = Console()
    try:
        config = _config(options)
        if not config.is_filtered and options["min_score"]:
            raise SettingsError("--min-score needs a value above 0")
        if config.lang_of == "block" and not config.lang:
            raise SettingsError("--lang-of block says how --lang is asked, and no --lang was given")
        report = run_batch(
            inputs,
            out,
            config,
            workers=workers,
            resume=resume,
            input_format=options["input_format"],
            shard_bytes=int(options["shard_mb"] * MB),
            timeout=options["timeout"],
            max_mb=options["max_mb"],
            progress=console.progress,
            runner=runner,
        )
    except (RefusedError, SettingsError, InputError) as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise BilingualError(f"{error.filename or out}: {error.strerror or error}") from error
    finally:
        console.close()
    console.summary(report, options["max_bad"])
    sys.exit(report.exit_code(options["max_bad"]))


def _config(options: dict[str, Any]) -> Config:
    from bilingual.arabic.profile import named_profile
    from bilingual.batch.config import Config
    from bilingual.formats.record import ReadOptions

    read = ReadOptions(
        text_field=options["text_field"],
        id_field=options["id_field"],
        url_field=options["url_field"],
        encoding=options["encoding"],
        unit=options["unit"],
        max_record=int(options["max_record_mb"] * MB),
        max_misread=options["max_misread"],
    )
    settings = (("languages", options["languages"]),) if options["languages"] else ()
    return Config(
        format=options["output_format"],
        compression=options["compression"],
        level=options["level"],
        keep=options["keep"],
        lang=options["lang"],
        lang_of=options["lang_of"],
        min_score=options["min_score"],
        normalize=named_profile(options["normalize"]) if options["normalize"] else "",
        text=not options["standoff"],
        codes=options["codes"],
        read=read,
        settings=settings,
    )
