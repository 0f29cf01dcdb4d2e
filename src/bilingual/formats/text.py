"""Plain text and HTML files: a file is a document, or every line is one (`unit="line"`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilingual.formats.compression import CHUNK, Chunk, Damage, Window, codec_for, members, plain
from bilingual.formats.record import HTML, TEXT, Bad, End, Event, Part, ReadOptions, Record, Skipped


def read_text(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """The documents of a text or HTML file."""
    if options.unit == "line" and part.format == TEXT:
        yield from _read_lines(stream, part, options)
        return
    window = Window(stream)
    pieces: list[bytes] = []
    size = 0
    for chunk in chunks_of(window, part):
        if isinstance(chunk, Damage):
            yield Bad(chunk.offset, chunk.length, "decompress", chunk.error, chunk.raw)
            break
        pieces.append(chunk.data)
        size += len(chunk.data)
        if size > options.max_record:
            error = f"a document of more than {options.max_record} bytes; --unit line reads a document per line"
            yield Bad(0, window.size, "size", error, window.peek(0, CHUNK))
            break
    else:
        media = HTML if part.format == HTML else TEXT
        yield Record(part.name, "", "", b"".join(pieces), media, "", 0, window.size)
    yield End(0, window.size)


def chunks_of(window: Window, part: Part) -> Iterator[Chunk | Damage]:
    """The whole file, decompressed where needed."""
    if part.compression:
        yield from members(window, codec_for(part.compression, window), 0, -1)
    else:
        yield from plain(window, part.start)


def _read_lines(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    for event in lines(stream, part, options):
        if not isinstance(event, tuple) or isinstance(event, (Bad, Skipped, End)):
            yield event
            continue
        offset, line = event
        yield Record(f"{part.name}#{offset}", "", "", line.removesuffix(b"\r"), TEXT, "", offset, len(line))


def lines(stream: Any, part: Part, options: ReadOptions) -> Iterator[tuple[int, bytes] | Bad | Skipped | End]:
    """(offset, line) for the lines that begin in the part; blank lines are `Skipped`.

    Units: bytes of the file, or of its decompressed content where it is compressed (such a file is one part).
    """
    window = Window(stream)
    end = window.size if part.end < 0 or part.compression else part.end
    began = part.start if part.exact else _line_start(window, part.start)
    offset, rest, limit = began, [b""], options.max_record
    held = 0
    stopped = -1
    for chunk in chunks_of(window, _from(part, began)) if began < end else ():
        if isinstance(chunk, Damage):
            if held:
                yield Bad(offset, held, "decompress", "the line is cut by damage", b"".join(rest)[:CHUNK])
            yield Bad(chunk.offset, chunk.length, "decompress", chunk.error, chunk.raw)
            offset, rest, held = offset + held, [b""], 0
            continue
        first, *others = chunk.data.split(b"\n")
        rest.append(first)
        held += len(first)
        if not others:
            continue
        for line in [b"".join(rest), *others[:-1]]:
            if not part.compression and offset >= end:
                stopped = offset
                break
            yield _line(offset, line, limit)
            offset += len(line) + 1
        if stopped >= 0:
            break
        rest, held = [others[-1]], len(others[-1])
    if stopped < 0:
        stopped = window.size
        if held and (part.compression or offset < end):
            yield _line(offset, b"".join(rest), limit)
        elif held:
            stopped = offset
    yield End(began, stopped if began < end else began)


def _line(offset: int, line: bytes, limit: int) -> tuple[int, bytes] | Bad | Skipped:
    if len(line) > limit:
        return Bad(offset, len(line), "size", f"a line of {len(line)} bytes is longer than {limit}", line[:CHUNK])
    if not line or line.isspace():
        return Skipped(offset, "blank line")
    return offset, line


def _line_start(window: Window, offset: int) -> int:
    """Where the first line at or after `offset` begins."""
    if offset <= 0:
        return 0
    found = window.find(b"\n", offset - 1)
    return window.size if found < 0 else found + 1


def _from(part: Part, start: int) -> Part:
    import dataclasses

    return dataclasses.replace(part, start=start)
