"""`bilingual normalize`: one document in, the same document out with its Arabic spelled as a profile says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bilingual.cli.options import encoding_option
from bilingual.errors import printable

if TYPE_CHECKING:
    from bilingual.arabic import Aligned, Profile


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option("--profile", "name", default="search", show_default=True, metavar="NAME|FILE.toml",
              help="A built-in profile (see `bilingual profiles`) or a TOML file.")  # fmt: skip
@encoding_option("the input")
@click.option(
    "--by-script", is_flag=True, help="Know Arabic by script and letters alone, without language detection."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per document: text, origin, repairs.")
@click.option("--quiet", is_flag=True, help="Say nothing of repaired or damaged text.")
def command(
    files: tuple[str, ...], name: str, encoding: str | None, by_script: bool, as_json: bool, quiet: bool
) -> None:
    """Normalize Arabic orthography under a named profile.

    Only Arabic changes (profile camel: the whole text). FILE may be - for stdin (the default). Damaged Arabic
    that was repaired, or only found, is reported on stderr.
    """
    from bilingual.arabic.profile import named_profile
    from bilingual.cli import each, read_text

    profile = named_profile(name)

    def write(file: str) -> None:
        aligned = _aligned(read_text(file, encoding).text, profile, by_script)
        if not quiet:
            _tell(file, aligned)
        _write(_as_json(file, aligned) if as_json else aligned.text)

    if not each(files or ("-",), write):
        sys.exit(1)


def _aligned(text: str, profile: Profile, by_script: bool) -> Aligned:
    from bilingual.arabic import align

    if by_script or profile.scope == "text":
        return align(text, profile)
    from bilingual.pipeline import segment

    return segment(text).aligned(profile)


_TOLD = 5


def _tell(file: str, aligned: Aligned) -> None:
    """The first repairs, with their place and reason, and how many there are; never the document's text."""
    for one in aligned.repairs[:_TOLD]:
        done = "repaired" if one.applied else "found"
        click.echo(printable(f"bilingual: {file}: {one.kind} {done} at {one.start}-{one.end}: {one.reason}"), err=True)
    if len(aligned.repairs) > _TOLD:
        click.echo(printable(f"bilingual: {file}: {len(aligned.repairs)} damaged places in all"), err=True)


def _as_json(file: str, aligned: Aligned) -> str:
    from bilingual.document import json_line

    repairs = [
        {
            "start": r.start,
            "end": r.end,
            "kind": r.kind,
            "score": round(r.score, 1),
            "applied": r.applied,
            "reason": r.reason,
        }
        for r in aligned.repairs
    ]
    record = {
        "id": file,
        "text": aligned.text,
        "profile": aligned.profile,
        "origin": aligned.origin.tolist(),
        "repairs": repairs,
    }
    return json_line(record) + "\n"


def _write(text: str) -> None:
    """Exactly the text: no line end is added or translated."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
