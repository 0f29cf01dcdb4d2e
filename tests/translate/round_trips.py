"""A translator who runs commands and fills targets in, and the whole way out and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result
from lxml import etree

from bilingual.cli import cli
from bilingual.errors import BilingualError
from bilingual.pipeline import Segmenter
from bilingual.translate.export import read_returned, write_job
from bilingual.translate.merge import Merged, check_belongs, merge
from bilingual.translate.original import Original, open_original
from bilingual.translate.units import find_units, make_job

NS_12 = "{urn:oasis:names:tc:xliff:document:1.2}"
NS_2 = "{urn:oasis:names:tc:xliff:document:2.0}"


def run(*arguments: object, code: int | None = 0) -> Result:
    """What a command says; it must end with `code`, if one is given."""
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, (SystemExit, BilingualError)):
        raise done.exception
    assert code in (None, done.exit_code), (done.output, done.exception)
    return done


def fill(data: bytes, translate: Callable[[str], str]) -> bytes:
    """An XLIFF file with a target in every unit to translate: its source, texts changed by `translate`, codes kept."""
    root = etree.fromstring(data)
    if root.tag == f"{NS_12}xliff":
        units = [(unit, unit, NS_12) for unit in root.iter(f"{NS_12}trans-unit")]
    else:
        units = [(unit, unit.find(f"{NS_2}segment"), NS_2) for unit in root.iter(f"{NS_2}unit")]
    for unit, holder, n in units:
        if unit.get("translate") == "no":
            continue
        source = holder.find(f"{n}source")
        for old in holder.findall(f"{n}target"):
            holder.remove(old)
        target = etree.Element(f"{n}target")
        target.text = translate(source.text) if source.text else None
        for code in source:
            copy = etree.fromstring(etree.tostring(code, with_tail=False))
            copy.tail = translate(code.tail) if code.tail else None
            target.append(copy)
        source.addnext(target)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def round_trip(
    path: Path,
    segmenter: Segmenter,
    translate: Callable[[str], str] | None = None,
    *,
    version: str = "1.2",
    source: str = "en",
    target: str = "ar",
    keep: tuple[str, ...] = ("body", "navigation", "promo"),
    encoding: str | None = None,
    **options: bool,
) -> tuple[Original, bytes, Merged]:
    """Export, translate, merge: the original, the exported bytes and what was merged."""
    original = open_original(str(path), encoding=encoding)
    job = make_job(original, find_units(original, segmenter).units, source=source, target=target, keep=keep, **options)
    sent = write_job(job, "xliff", xliff_version=version)
    returned = read_returned(sent if translate is None else fill(sent, translate), "test.xlf")
    again = open_original(str(path), kind=returned.about.kind, encoding=returned.about.encoding)
    check_belongs(returned, again.data, name=again.name, what="test.xlf", source=None, target=None)
    return original, sent, merge(again, returned)
