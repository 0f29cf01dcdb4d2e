"""A job as a file: XLIFF for CAT tools, TSV for spreadsheets, a Word table for people, text for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilingual.errors import BilingualError, InputError
from bilingual.formats.exchange import Job, Returned, Unit
from bilingual.formats.inline import plain, read_shown
from bilingual.formats.source import refuse_binary
from bilingual.translate.merge import is_untranslated

FORMATS = {"xliff": (".xlf", ".xliff"), "tsv": (".tsv",), "docx": (".docx",), "txt": (".txt",)}


def write_job(job: Job, to: str, *, xliff_version: str = "1.2", fill_targets: bool = False) -> bytes:
    """The bytes of a job in a format of FORMATS. Raises: as `job_chunks`."""
    return b"".join(job_chunks(job, to, xliff_version=xliff_version, fill_targets=fill_targets))


def job_chunks(job: Job, to: str, *, xliff_version: str = "1.2", fill_targets: bool = False) -> Iterator[bytes]:
    """The bytes of a job in a format of FORMATS, some units at a time. Raises: InputError, MissingExtraError."""
    if to == "xliff":
        from bilingual.formats.xliff import xliff_chunks

        return xliff_chunks(job, xliff_version, fill_targets=fill_targets)
    if to == "tsv":
        from bilingual.formats.tsv import tsv_chunks

        return tsv_chunks(job)
    if to == "docx":
        from bilingual.formats.docx import write_docx_table

        return iter((write_docx_table(job),))
    if to == "txt":
        # One unit per line, for reading and for machine translation; it carries no ids and cannot be merged.
        lines = (" ".join(plain(unit.parts).split()) + "\n" for unit in job.units)
        return (line.encode("utf-8", "replace") for line in lines)
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


def _was_exported(data: bytes) -> bool:
    """Whether the line that names the original stands in a file, which may be damaged otherwise."""
    if data[:2] == b"PK":
        from bilingual.formats.docx import open_members

        try:
            return any(_LINE in content for content in open_members(data, "").values())
        except InputError:
            return False
    return _LINE in data.replace(b"\0", b"")


_LINE = b"bilingual sha256="


def count_translations(data: bytes, units: Iterable[Unit]) -> int:
    """How many translations a file holds already, where it is one that was exported, from these units or others.

    Raises: InputError where it was exported and cannot be read: nobody knows what it holds.
    """
    try:
        answers = read_returned(data, "it").answers
    except BilingualError as error:
        if _was_exported(data):
            raise InputError(f"it was exported, and what it holds cannot be read: {error}") from error
        return 0
    wanted = {one.id for one in answers if one.target and not one.is_locked}
    sources = {unit.id: unit.parts for unit in units if unit.id in wanted} if wanted else {}
    pairs = ((one.target or "", sources.get(one.id, ())) for one in answers if not one.is_locked)
    return sum(not is_untranslated(target, read_shown(target, source), source) for target, source in pairs)
