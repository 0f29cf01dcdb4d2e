"""A job as a file: XLIFF for CAT tools, TSV for spreadsheets, a Word table for people, text for machines."""

from __future__ import annotations

from collections.abc import Iterable

from bilingual.errors import BilingualError, InputError
from bilingual.formats.exchange import Job, Returned, Unit
from bilingual.formats.inline import plain, read_shown
from bilingual.formats.source import refuse_binary
from bilingual.translate.merge import is_untranslated

FORMATS = {"xliff": (".xlf", ".xliff"), "tsv": (".tsv",), "docx": (".docx",), "txt": (".txt",)}


def write_job(job: Job, to: str, *, xliff_version: str = "1.2", fill_targets: bool = False) -> bytes:
    """The bytes of a job in a format of FORMATS. Raises: InputError, MissingExtraError."""
    if to == "xliff":
        from bilingual.formats.xliff import write_xliff

        return write_xliff(job, xliff_version, fill_targets=fill_targets)
    if to == "tsv":
        from bilingual.formats.tsv import write_tsv

        return write_tsv(job)
    if to == "docx":
        from bilingual.formats.docx import write_docx_table

        return write_docx_table(job)
    if to == "txt":
        # One unit per line, for reading and for machine translation; it carries no ids and cannot be merged.
        lines = (" ".join(plain(unit.parts).split()) + "\n" for unit in job.units)
        return "".join(lines).encode("utf-8", "replace")
    raise InputError(f"no format {to!r}; the formats are {', '.join(FORMATS)}")


def read_returned(data: bytes, what: str) -> Returned:
    """A file that came back, told by its first bytes. Raises: InputError, MissingExtraError."""
    if data[:2] == b"PK":
        from bilingual.formats.docx import read_docx_table

        return read_docx_table(data, what)
    refuse_binary(what, data)
    head = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<"):
        from bilingual.formats.xliff import read_xliff

        return read_xliff(data, what)
    from bilingual.formats.tsv import read_tsv

    return read_tsv(data, what)


def count_translations(data: bytes, units: Iterable[Unit]) -> int:
    """How many translations a file holds already, where it is one that was exported, from these units or others."""
    try:
        answers = read_returned(data, "").answers
    except BilingualError:
        return 0
    sources = {unit.id: unit.parts for unit in units}
    pairs = ((one.target or "", sources.get(one.id, ())) for one in answers if not one.is_locked)
    return sum(not is_untranslated(target, read_shown(target, source), source) for target, source in pairs)
