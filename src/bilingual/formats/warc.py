"""WARC and WET files: framed by members and by Content-Length, both checked, with resynchronisation after damage.

A reader that trusts either the compression or the length alone returns short bodies or loses the rest of a
file without an error (measured over the usual libraries). Here a record counts only when its member was
whole (checksum seen), its body has the declared length, and what follows is the end of the record; anything
else is a `Bad` event with its bytes, and reading goes on at the next record.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bilingual.formats.compression import Chunk, Damage, Window, codec_for, members, next_member, plain
from bilingual.formats.record import HTML, TEXT, Bad, End, Event, Part, ReadOptions, Record, Skipped

BEGIN = b"WARC/"
NEXT = b"\r\n\r\nWARC/1."
_NAMES = ("WARC-Type", "WARC-Record-ID", "WARC-Target-URI", "WARC-Date", "Content-Type", "Content-Length")
_FIELD = re.compile(rf"(?im)^({'|'.join(_NAMES)})[ \t]*:[ \t]*([^\r\n]*?)[ \t]*\r?$".encode())
_KEYS = {name.encode(): name.lower().encode() for name in _NAMES}
_KNOWN = frozenset(_KEYS.values())
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_RAW = 1 << 20
"""Bytes of a bad stretch that are passed on (the quarantine caps them further)."""


def read_warc(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """Documents of a WARC or WET file: conversion and resource records with text, responses with HTML or text."""
    window = Window(stream)
    end = window.size if part.end < 0 else part.end
    read = _read_members if part.compression else _read_plain
    yield from read(window, part, options, end)


def _read_members(window: Window, part: Part, options: ReadOptions, end: int) -> Iterator[Event]:
    """Members from the part's start to the first one at or after its end that begins a record."""
    codec = codec_for(part.compression, dictionary_in=window)
    parser = _Parser(part, options, -1)
    began = part.start if part.exact else next_member(window, codec, part.start, BEGIN)
    ended = began
    if began < end:
        ended = window.size
        for chunk in members(window, codec, began, -1, BEGIN):
            if chunk.offset >= end and (isinstance(chunk, Damage) or _begins(chunk)):
                ended = chunk.offset
                break
            if isinstance(chunk, Damage):
                yield from parser.finish()
                yield Bad(chunk.offset, chunk.length, "decompress", chunk.error, chunk.raw)
            else:
                one = parser.only(chunk)
                if one is None:
                    yield from parser.feed(chunk)
                else:
                    yield one
        yield from parser.finish()
    yield End(began, ended)


def _begins(chunk: Chunk) -> bool:
    return chunk.first and chunk.data.startswith(BEGIN)


def _read_plain(window: Window, part: Part, options: ReadOptions, end: int) -> Iterator[Event]:
    """An uncompressed file, record by record, up to the first one that begins at or after the part's end."""
    parser = _Parser(part, options, end)
    began = part.start if part.exact else _plain_start(window, part.start)
    ended = began
    if began < end:
        for chunk in plain(window, began):
            yield from parser.feed(chunk)
            if parser.stopped >= 0:
                break
        yield from parser.finish()
        ended = parser.stopped if parser.stopped >= 0 else window.size
    yield End(began, ended)


def _plain_start(window: Window, offset: int) -> int:
    """Where the first record at or after `offset` seems to begin."""
    if offset <= 0:
        return 0
    found = window.find(NEXT, max(offset - 4, 0))
    return window.size if found < 0 else found + 4


class _Parser:
    """Bytes in, records out; holds what is not yet a whole record."""

    def __init__(self, part: Part, options: ReadOptions, limit: int) -> None:
        self._name = part.name
        self._plain = not part.compression
        self._limit = limit
        self.stopped = -1
        """Where the first record begins that is beyond the limit; -1 before."""
        self._max = options.max_record
        self._rest = b""
        self._offset = 0
        self._skip = 0

    def only(self, chunk: Chunk) -> Event | None:
        """The one record of a member that holds exactly one, as is the custom; None for anything else."""
        data = chunk.data
        if self._rest or self._skip or not (chunk.first and chunk.last and data.startswith(BEGIN)):
            return None
        self._offset = chunk.offset
        event, after = self._record(data, 0, whole=False)
        return event if after == len(data) else None

    def feed(self, chunk: Chunk) -> Iterator[Event]:
        """The records that end in this chunk. A member that begins a record ends the one before it."""
        data, gone = chunk.data, 0
        if chunk.first and data.startswith(BEGIN) and not self._plain:
            yield from self.finish()
        if self._skip:
            gone = min(self._skip, len(data))
            self._skip -= gone
            data = data[gone:]
        if self._rest:
            data = self._rest + data
        else:
            self._offset = chunk.offset + (gone if self._plain else 0)
        consumed = 0
        for event, after in self._records(data, whole=False):
            consumed = after
            if event is not None:
                yield event
        self._rest = data[consumed:]
        if self._plain:
            self._offset += consumed
        elif consumed:
            self._offset = chunk.offset

    def finish(self) -> Iterator[Event]:
        """What is left is not going to become whole: judge it."""
        data, self._rest = self._rest, b""
        self._skip = 0
        if self.stopped >= 0:
            return
        for event, _ in self._records(data, whole=True):
            if event is not None:
                yield event

    def _records(self, data: bytes, whole: bool) -> Iterator[tuple[Event | None, int]]:
        """(event, bytes consumed so far) for each record in `data`; stops at one that is not whole."""
        position, size = 0, len(data)
        while position < size:
            if data[position] in b"\r\n":
                position += 1
                yield None, position
                continue
            if 0 <= self._limit <= self._offset + position:
                self.stopped = self._offset + position
                yield None, size
                return
            if not data.startswith(BEGIN, position):
                if not whole and size - position < len(BEGIN) and BEGIN.startswith(data[position:]):
                    return
                after = self._resync(data, position, whole)
                if after < 0:
                    return
                yield self._bad(data, position, after, "frame", "no WARC record begins here"), after
                position = after
                continue
            event, after = self._record(data, position, whole)
            if after < 0:
                return
            yield event, after
            position = after

    def _record(self, data: bytes, position: int, whole: bool) -> tuple[Event | None, int]:
        """The record at `position` and where it ends; (None, -1) while bytes are missing."""
        head_end = data.find(b"\r\n\r\n", position)
        if head_end < 0:
            if not whole and len(data) - position < _RAW:
                return None, -1
            after = self._resync(data, position + 5, whole=True)
            return self._bad(data, position, after, "frame", "the record's header has no end"), after
        fields = header_fields(data[position:head_end])
        declared = fields.get(b"content-length", b"")
        if not declared.isdigit():
            after = self._resync(data, head_end, whole=True)
            return self._bad(data, position, after, "frame", "the record has no Content-Length"), after
        begin, length = head_end + 4, int(declared)
        end = begin + length
        if length > self._max and (end > len(data) or data[end : end + 4] == b"\r\n\r\n"):
            self._skip = 0 if whole else max(0, end - len(data))
            error = f"a record of {length} bytes is larger than the limit of {self._max}"
            return self._bad(data, position, end, "size", error), min(end, len(data))
        if end + 4 > len(data) and not whole:
            return None, -1
        if end > len(data) or data[end : end + 4] not in (b"\r\n\r\n", b"\r\n", b""):
            after = self._resync(data, head_end, whole=True)
            error = f"Content-Length is {length}, the body has {_trimmed(data, begin, after)} bytes"
            return self._bad(data, position, after, "length", error), after
        after = min(end + 4, len(data))
        offset = self._offset + (position if self._plain else 0)
        return self._document(fields, data, begin, end, offset, after - position), after

    def _resync(self, data: bytes, position: int, whole: bool) -> int:
        """Where the next record begins after `position`; the end of the data, or -1 to wait for more."""
        found = data.find(NEXT, position)
        if found >= 0:
            return found + 4
        return len(data) if whole or len(data) - position > _RAW else -1

    def _bad(self, data: bytes, begin: int, end: int, stage: str, error: str) -> Bad:
        offset = self._offset + (begin if self._plain else 0)
        return Bad(offset, end - begin, stage, error, data[begin : min(end, begin + _RAW)])

    def _document(
        self, fields: dict[bytes, bytes], data: bytes, begin: int, end: int, offset: int, length: int
    ) -> Event:
        kind = fields.get(b"warc-type", b"")
        if kind == b"conversion" or kind == b"resource":
            payload, media, charset = data[begin:end], _media(fields.get(b"content-type", b"text/plain")), ""
        elif kind == b"response":
            if not data.startswith(b"HTTP/", begin):
                return Skipped(offset, "not an HTTP response")
            response = http_response(data[begin:end])
            if isinstance(response, str):
                return Skipped(offset, response)
            payload, media, charset = response
        else:
            return Skipped(offset, f"WARC {kind.decode('ascii', 'replace')} record")
        if not media:
            return Skipped(offset, "neither text nor HTML")
        name = fields.get(b"warc-record-id", b"").decode("utf-8", "replace").strip("<>")
        return Record(
            name or f"{self._name}#{offset}",
            fields.get(b"warc-target-uri", b"").decode("utf-8", "replace").strip("<>"),
            fields.get(b"warc-date", b"").decode("ascii", "replace"),
            payload,
            media,
            charset,
            offset,
            length,
        )


def header_fields(head: bytes) -> dict[bytes, bytes]:
    """The fields of a record's header that are needed, by lower-case name; the last one where one is doubled."""
    lines = head.split(b"\r\n")
    n_breaks = len(lines) - 1
    if head.count(b"\n") != n_breaks or head.count(b"\r") != n_breaks:  # breaks of another kind, which are rare
        return {key.lower(): value for key, value in _FIELD.findall(head)}
    found = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        key = _KEYS.get(name)
        if key is None:
            key = name.rstrip(b" \t").lower()
            if key not in _KNOWN:
                continue
        if colon:
            found[key] = value.strip(b" \t")
    return found


def _trimmed(data: bytes, begin: int, end: int) -> int:
    return len(data[begin:end].removesuffix(b"\r\n\r\n"))


@lru_cache(maxsize=256)
def _media(content_type: bytes) -> str:
    """`text`, `html`, or "" for what is neither."""
    kind = content_type.split(b";")[0].strip().lower()
    if kind in (b"text/html", b"application/xhtml+xml"):
        return HTML
    return TEXT if kind in (b"text/plain", b"") else ""


def http_response(body: bytes) -> tuple[bytes, str, str] | str:
    """Payload, media and charset of an HTTP response, or why it is none to read.

    Chunked transfer and gzip or deflate are undone where the archive kept them.
    """
    head, found, payload = body.partition(b"\r\n\r\n")
    if not found:
        head, _, payload = body.partition(b"\n\n")
    lines = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    status = lines[0].split(" ", 2)[1:2]
    if status != ["200"]:
        return "HTTP status other than 200"
    fields = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
    content_type = fields.get("content-type", "")
    media = _media(content_type.encode("latin-1")) if content_type else HTML
    if not media:
        return "neither text nor HTML"
    if "chunked" in fields.get("transfer-encoding", "").lower():
        payload = _dechunk(payload)
    encoding = fields.get("content-encoding", "").lower()
    if encoding in ("gzip", "x-gzip", "deflate"):
        payload = _inflate(payload)
    elif encoding not in ("", "identity"):
        return f"content encoding {encoding[:20]}"
    charset = _CHARSET.search(content_type)
    return payload, media, charset.group(1) if charset else ""


def _dechunk(payload: bytes) -> bytes:
    """Chunked transfer coding undone; a payload that is not chunked (archives often undo it) comes back as it is."""
    pieces: list[bytes] = []
    position = 0
    while True:
        line_end = payload.find(b"\r\n", position)
        if line_end < 0 or line_end - position > 16:
            return payload
        try:
            size = int(payload[position:line_end].split(b";")[0], 16)
        except ValueError:
            return payload
        if size == 0:
            return b"".join(pieces)
        pieces.append(payload[line_end + 2 : line_end + 2 + size])
        position = line_end + 2 + size + 2


def _inflate(payload: bytes) -> bytes:
    """gzip or deflate undone (at most 256 MB); a payload that is neither comes back as it is."""
    for bits in (47, -15):
        try:
            return zlib.decompressobj(wbits=bits).decompress(payload, 1 << 28)
        except zlib.error:
            continue
    return payload
