"""Plain text and HTML files: a file is a document, or every line is one (`unit="line"`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilingual.formats.compression import CHUNK, Chunk, Damage, Window, codec_for, members, plain
from bilingual.formats.record import HTML, TEXT, Bad, End, Event, Part, ReadOptions, Record, Skipped
from bilingual.formats.source import no_text, other_kind

Line = tuple[int, bytes]
_Found = tuple[int, bytes, int]
"""Offset, bytes and length of a line; of one beyond the limit only the beginning."""
HEAD = 1 << 20
"""Bytes of a file's content by which its kind and its encoding are told."""
BLANKS = 1 << 20
"""Blank lines that are told at once."""


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
        content, media = b"".join(pieces), HTML if part.format == HTML else TEXT
        if what := no_text_in(content, options):
            yield Bad(0, window.size, "decode", what, content[:CHUNK])
        else:
            yield Record(part.name, "", "", content, media, "", 0, window.size)
    yield End(0, window.size)


def no_text_in(content: bytes, options: ReadOptions) -> str:
    """Why a file is no text; what has no name of its own may be one in an encoding that is forced."""
    return other_kind(content) if options.encoding else no_text(content)


def chunks_of(window: Window, part: Part) -> Iterator[Chunk | Damage]:
    """The whole file, decompressed where needed."""
    if part.compression:
        yield from members(window, codec_for(part.compression), 0, -1, with_cut=True)
    else:
        yield from plain(window, part.start)


def _read_lines(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """The lines of a file, with the encoding that the file seems to have."""
    window = Window(stream)
    head, encoding, what = begin(window, part, options, "line by line; convert it to UTF-8, or use --unit file")
    if what:
        yield from refused(window, part, what, head)
        return
    encoding = "" if encoding == "utf-8" else encoding  # lines that are none are judged by themselves
    for event in lines(window, part, options):
        if not isinstance(event, tuple) or isinstance(event, (Bad, Skipped, End)):
            yield event
            continue
        offset, line = event
        yield Record(f"{part.name}#{offset}", "", "", line.removesuffix(b"\r"), TEXT, "", offset, len(line), encoding)


def begin(window: Window, part: Part, options: ReadOptions, how: str) -> tuple[bytes, str, str]:
    """The beginning of a file that is read in pieces, the encoding that it seems to have, and why it cannot be, or "";
    `how`: see `uncut`."""
    from bilingual.arabic.decode import decode

    head = content_head(window, part)
    encoding = options.encoding or decode(head).encoding
    return head, encoding, no_text_in(head, options) or uncut(encoding, how)


def refused(window: Window, part: Part, what: str, head: bytes) -> Iterator[Bad | End]:
    """A file of which no line can be read: one bad stretch, in its first part."""
    if part.start == 0:
        yield Bad(0, window.size, "decode", what, head)
    yield End(part.start, window.size if part.end < 0 else part.end)


def content_head(window: Window, part: Part) -> bytes:
    """The beginning of the file, whatever the part, decompressed where needed."""
    if not part.compression:
        return window.peek(0, HEAD)[:HEAD]
    head = b""
    for chunk in chunks_of(window, part):
        head += b"" if isinstance(chunk, Damage) else chunk.data[:HEAD]
        if len(head) >= HEAD:
            break
    return head


def uncut(encoding: str, how: str) -> str:
    """Why lines of an encoding cannot be told by the byte of the line feed; "" where they can. `how`: what is then not
    done, and the way out."""
    from bilingual.arabic.decode import known_encoding

    try:
        is_cut = b"\n".decode(known_encoding(encoding) or "utf-8") == "\n"
    except UnicodeDecodeError:
        is_cut = False
    return "" if is_cut else f"{encoding} is not read {how}"


def lines(window: Window, part: Part, options: ReadOptions) -> Iterator[Line | Bad | Skipped | End]:
    """(offset, line) for the lines that begin in the part; blank lines are `Skipped`, neighbours at once.

    Units: bytes of the file, or of its decompressed content where it is compressed.
    """
    limit = options.max_record
    event: Line | Bad | End
    first = n_blank = 0
    for found in raw_lines(window, part, limit):
        if isinstance(found, (Bad, End)):
            event = found
        else:
            offset, line, length = found
            if length > limit:
                error = f"a line of {length} bytes is longer than {limit}"
                event = Bad(offset, length, "size", error, line[:CHUNK])
            elif line and not line.isspace():
                event = offset, line
            else:  # a file of nothing else takes a tenth of a microsecond for each
                first = first if n_blank else offset
                n_blank += 1
                if n_blank == BLANKS:
                    yield Skipped(first, "blank line", n_blank)
                    n_blank = 0
                continue
        if n_blank:
            yield Skipped(first, "blank line", n_blank)
            n_blank = 0
        yield event


def raw_lines(window: Window, part: Part, limit: int) -> Iterator[_Found | Bad | End]:
    """The lines that begin in the part with their offsets and lengths, blank ones and those beyond the limit too."""
    return (_packed_lines if part.is_packed else _plain_lines)(window, part, limit)


def _plain_lines(window: Window, part: Part, limit: int) -> Iterator[_Found | Bad | End]:
    end = window.size if part.end < 0 else part.end
    began = part.start if part.exact else _line_start(window, part.start)
    offset, rest, held = began, [b""], 0
    stopped = -1
    for chunk in plain(window, began) if began < end else ():
        first, *others = chunk.data.split(b"\n")
        rest.append(first)
        held += len(first)
        if not others:
            rest = _begun(rest, held, limit)
            continue
        line, length = b"".join(rest), held
        for after in others:
            if offset >= end:
                stopped = offset
                break
            yield offset, line, length
            offset += length + 1
            line, length = after, len(after)
        if stopped >= 0:
            break
        rest, held = [line], length
    if stopped < 0:
        stopped = window.size
        if held and offset < end:
            yield offset, b"".join(rest), held
        elif held:
            stopped = offset
    yield End(began, stopped if began < end else began)


def _packed_lines(window: Window, part: Part, limit: int) -> Iterator[_Found | Bad | End]:
    """The lines of a compressed file that belong to the part.

    A reader cannot begin in the middle of a compressed stream, so the reader of every part decompresses from the
    beginning, which costs little beside the layers, and all of them see the same chunks. A line belongs to the part
    that holds the place, in the file as stored, where the chunk begins in which the line begins; damage likewise.
    """
    end = part.end if part.end >= 0 else window.size + 1
    began = -1
    for at, offset, length, found in _placed(window, part, limit):
        if at < part.start:
            continue
        began = offset if began < 0 else began
        if at >= end:
            yield End(began, offset)
            return
        yield found if isinstance(found, Bad) else (offset, found, length)


def _placed(window: Window, part: Part, limit: int) -> Iterator[tuple[int, int, int, bytes | Bad]]:
    """(place in the file as stored, offset in the content, length, line or damage), in order, then the end.

    Lines before the part are not cut one from the other. A damaged member is read beyond the beginning of the next one,
    so that a chunk may begin before those that came first: its place is theirs.
    """
    offset = held = at = place = 0
    rest: list[bytes] = []
    for chunk in chunks_of(window, part):
        place = max(place, chunk.at)
        at = at if held else place
        if isinstance(chunk, Damage):
            if held:
                cut = Bad(offset, held, "decompress", "the line is cut by damage", b"".join(rest)[:CHUNK])
                yield at, offset, held, cut
            offset, rest, held = offset + held, [], 0
            yield place, offset, 0, Bad(chunk.offset, chunk.length, "decompress", chunk.error, chunk.raw)
            continue
        for begin in range(0, len(chunk.data), CHUNK):  # the lines of a bomb are more than the bytes of many files
            data = chunk.data[begin : begin + CHUNK]
            *whole, tail = data.split(b"\n") if place >= part.start else data.rsplit(b"\n", 1)
            for piece in whole:
                line = b"".join([*rest, piece]) if rest else piece
                length = held + len(piece)
                yield at, offset, length, line
                offset, rest, held, at = offset + length + 1, [], 0, place
            if tail:
                held += len(tail)
                rest.append(tail)
                rest = _begun(rest, held, limit)
    if held:
        yield at, offset, held, b"".join(rest)
    yield window.size + 1, offset + held, 0, b""


def _begun(pieces: list[bytes], length: int, limit: int) -> list[bytes]:
    """The pieces of a line whose end has not come; of one beyond the limit only the beginning, for the quarantine."""
    if length <= limit:
        return pieces
    return pieces[:1] if len(pieces[0]) >= CHUNK else [b"".join(pieces)[:CHUNK]]


def _line_start(window: Window, offset: int) -> int:
    """Where the first line at or after `offset` begins."""
    if offset <= 0:
        return 0
    found = window.find(b"\n", offset - 1)
    return window.size if found < 0 else found + 1
