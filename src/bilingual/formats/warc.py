"""WARC and WET files: framed by members and by Content-Length, both checked, with resynchronisation after damage.

A reader that trusts either the compression or the length alone returns short bodies or loses the rest of a
file without an error (measured over the usual libraries). Here a record counts only when its member was
whole (checksum seen), its body has the declared length, and what follows is the end of the record; anything
else is a `Bad` event with its bytes, and reading goes on at the next record: behind a blank line, or wherever a
whole header stands, because a record that was cut ends anywhere.
"""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from bilingual.errors import extra_module
from bilingual.formats.compression import (
    GZIP_MAGIC,
    HEAD,
    Chunk,
    Codec,
    Damage,
    Window,
    codec_for,
    gzip_codec,
    members,
    next_member,
    packed_otherwise,
    plain,
    zstd_codec,
)
from bilingual.formats.framing import kernel
from bilingual.formats.record import HTML, TEXT, Bad, End, Event, Part, ReadOptions, Record, Skipped
from bilingual.formats.source import SIGNATURES

BEGIN = b"WARC/"
VERSION = b"WARC/1."
BLANK = b"\r\n\r\n"
NEXT = BLANK + VERSION
_ENDS = (BLANK, b"\r\n", b"")
"""What follows a body; the shorter ones at the end of a file."""
_HEADER = re.compile(rb"WARC/1\.\d\r\n(?:(?:[^\s:]+[ \t]*:|[ \t])[^\r\n]*\r\n){1,100}\r\n")
_NEEDED = {b"warc-type", b"content-length"}
_OTHER_KINDS = frozenset((b"warcinfo", b"request", b"metadata", b"revisit", b"continuation"))
_NAMES = ("WARC-Type", "WARC-Record-ID", "WARC-Target-URI", "WARC-Date", "Content-Type", "Content-Length")
_FIELD = re.compile(rf"(?im)^({'|'.join(_NAMES)})[ \t]*:([^\r\n]*+)\r?$".encode())
_KEYS = {name.encode(): name.lower().encode() for name in _NAMES}
_KNOWN = frozenset(_KEYS.values())
_FOLDED = re.compile(rb"\r?\n[ \t]+")
"""Where a field goes on in the next line."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_RAW = 1 << 20
"""Bytes of a bad stretch that are passed on (the quarantine caps them further), and that are searched for its end
before the stretch is told."""
_HEAD = 1 << 16
"""Bytes in which the end of a header is awaited where only the header tells that a record begins."""
_DIGITS = 18
"""Digits of a Content-Length that can be one."""
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]+)[ \t]*(?:;[^\r\n]*)?(\r?)\n")
_BREAK = re.compile(rb"\r?\n")
_ZLIB = (b"x\x01", b"x^", b"x\x9c", b"x\xda")
_CONTROLS = bytes({*range(32)} - {*b"\t\n\f\r"})
"""No text has these, and nearly all that is compressed."""
_NO_TEXT = tuple(magic for magic, _ in SIGNATURES if not magic.startswith(BEGIN))
"""What begins so is no text, whatever its type is said to be; an archive inside an archive is judged by its type."""


class _BodyError(Exception):
    """A body that cannot be undone. Arguments: the stage and the reason of its `Bad`."""


def read_warc(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """Documents of a WARC or WET file: conversion and resource records with text, responses with HTML or text."""
    window = Window(stream)
    end = window.size if part.end < 0 else part.end
    read = _read_members if part.compression else _read_plain
    yield from read(window, part, options, end)


def _read_members(window: Window, part: Part, options: ReadOptions, end: int) -> Iterator[Event]:
    """Members from the part's start to the first one at or after its end that begins a record."""
    codec = codec_for(part.compression, dictionary_in=window)
    parser = _Parser(part, options, -1, None)
    began = part.start if part.exact else next_member(window, codec, part.start, BEGIN)
    ended = began
    taken = -1
    if began < end:
        ended = window.size
        for chunk in members(window, codec, began, -1, BEGIN, with_cut=True):
            # Damage of a member of which pieces were taken is not the next part's, which would take them again.
            if chunk.offset >= end and chunk.offset != taken and (isinstance(chunk, Damage) or _begins(chunk)):
                ended = chunk.offset
                break
            if isinstance(chunk, Damage):
                yield from parser.finish()
                yield Bad(chunk.offset, chunk.length, "decompress", chunk.error, chunk.raw)
            elif chunk.is_cut:
                # A member behind it says that the bytes are wrong: those of the file's end are none of this member's.
                if next_member(window, codec, chunk.offset + 1, BEGIN) == window.size:
                    taken = chunk.offset
                    yield from parser.feed_cut(chunk)
            else:
                taken = chunk.offset
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
    parser = _Parser(part, options, end, window)
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

    def __init__(self, part: Part, options: ReadOptions, limit: int, window: Window | None) -> None:
        self._name = part.name
        self._window = window
        self._plain = window is not None
        self._limit = limit
        self.stopped = -1
        """Where the first record begins that is beyond the limit; -1 before."""
        self._max = options.max_record
        self._rest = b""
        self._offset = 0
        self._skip = 0
        """Bytes still to come of a bad record that was told already."""
        self._is_searched = False
        """Whether a record may begin within them."""

    def only(self, chunk: Chunk) -> Event | None:
        """The one record of a member that holds exactly one, as is the custom; None for anything else."""
        data = chunk.data
        if self._rest or self._skip or not (chunk.first and chunk.last):
            return None
        self._offset = chunk.offset
        found = kernel.usual(data, self._max)
        if found is not None:
            begin, end, *head = found
            return self._document(head, data, 0, begin, end, len(data))
        if not data.startswith(BEGIN):
            return None
        event, after = self._record(data, 0, whole=False)
        if after == len(data):
            return event
        self._skip = 0  # `feed` judges it anew
        return None

    def feed(self, chunk: Chunk) -> Iterator[Event]:
        """The records that end in this chunk. A member that begins a record ends the one before it."""
        data = chunk.data
        if chunk.first and data.startswith(BEGIN) and not self._plain:
            yield from self.finish()
        if self._rest:
            data = self._rest + data
        else:
            self._offset = chunk.offset
        if self._skip:
            data = self._pass_over(data, whole=False)
            self._offset = self._offset if self._plain else chunk.offset
            if self._skip:
                self._rest = data
                return
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

    def feed_cut(self, chunk: Chunk) -> Iterator[Event]:
        """The records of a chunk in which the file ends that another one follows; the last is part of what is lost.

        No checksum was seen, so that a record counts only where the next one begins behind it.
        """
        data = chunk.data
        at = data.rfind(VERSION)
        while at > 0 and not _is_begin(data, at):
            at = data.rfind(VERSION, 0, at)
        if at > 0:
            yield from self.feed(chunk._replace(data=data[:at]))

    def finish(self) -> Iterator[Event]:
        """What is left is not going to become whole: judge it."""
        data, self._rest = self._rest, b""
        if self._skip:
            data = self._pass_over(data, whole=True)
        if self.stopped >= 0:
            return
        for event, _ in self._records(data, whole=True):
            if event is not None:
                yield event

    def _pass_over(self, data: bytes, whole: bool) -> bytes:
        """What is left of `data` behind the bad record that was told already, as far as its end is known."""
        found = self._resync(data, 0, whole) if self._is_searched else min(self._skip, len(data))
        if not 0 <= found <= self._skip and self._skip + 4 <= len(data):  # its declared end is there first
            if data.startswith(BLANK, self._skip):
                found = self._skip
            else:
                self._skip = sys.maxsize
        gone = max(found, 0)
        self._skip = 0 if whole or data.startswith(VERSION, gone) else self._skip - gone
        if self._plain:
            self._offset += gone
        return data[gone:]

    def _records(self, data: bytes, whole: bool) -> Iterator[tuple[Event | None, int]]:
        """(event, bytes consumed so far) for each record in `data`; stops at one that is not whole."""
        position, size = 0, len(data)
        while position < size and not self._skip:
            if data[position] in b"\r\n":
                position += 1
                yield None, position
                continue
            if 0 <= self._limit <= self._offset + position:
                self.stopped = self._offset + position
                yield None, size
                return
            if data.startswith(BEGIN, position):
                event, after = self._record(data, position, whole)
            elif not whole and size - position < len(BEGIN) and BEGIN.startswith(data[position:]):
                return
            else:
                hint = packed_otherwise(data[:HEAD], "") if self._plain and self._offset + position == 0 else ""
                error = f"no WARC record begins here{hint}"
                event, after = self._lost(data, position, position, whole, "frame", error)
            if after < 0:
                return
            yield event, after
            position = after

    def _record(self, data: bytes, position: int, whole: bool) -> tuple[Event | None, int]:
        """The record at `position` and where it ends; (None, -1) while bytes are missing."""
        head_end = data.find(BLANK, position)
        if head_end < 0:
            if not whole and len(data) - position < _RAW:
                return None, -1
            return self._lost(data, position, position + len(BEGIN), whole, "frame", "the record's header has no end")
        cut = data.find(VERSION, position + 1, head_end)
        if cut >= 0 and (cut := _second_begin(data, cut, head_end)) >= 0:
            return self._bad(data, position, cut, "frame", "the record's header has no end"), cut
        fields = header_fields(data[position:head_end])
        declared = fields.get(b"content-length", b"")
        if not declared.isdigit() or len(declared) > _DIGITS:
            return self._lost(data, position, head_end, whole, "frame", "the record has no Content-Length")
        begin, length = head_end + 4, int(declared)
        end = begin + length
        after = min(end + 4, len(data))
        is_large = length > self._max
        if is_large and self._may_end(data, end, whole):
            is_open = end > len(data)
            self._skip, self._is_searched = length if is_open else 0, not self._plain
            error = f"a record of {length} bytes is larger than the limit of {self._max}"
            return self._bad(data, position, end, "size", error), begin if is_open else end
        if not is_large and not whole and end + 4 > len(data):
            return None, -1
        if is_large or not _is_whole(data, begin, end):
            error = f"Content-Length is {length}, but the body does not end there"
            return self._lost(data, position, head_end, whole, "length", error)
        return self._document(_head(fields), data, position, begin, end, after), after

    def _may_end(self, data: bytes, end: int, whole: bool) -> bool:
        """Whether a record that is too large to be held ends at `end`; of a stream it is not known yet."""
        if whole or end + 4 <= len(data):
            return end <= len(data) and data[end : end + 4] in _ENDS
        if self._window is None:
            return True
        at = self._offset + end
        return at <= self._window.size and self._window.peek(at, 4) in _ENDS

    def _lost(
        self, data: bytes, position: int, since: int, whole: bool, stage: str, error: str
    ) -> tuple[Bad | None, int]:
        """What is bad from `position` to where the next record begins behind `since`; (None, -1) to wait for more.

        What comes later of a long stretch is passed over, so that it counts as one record.
        """
        after = self._resync(data, since, whole)
        if after < 0:
            return None, -1
        if not whole and not data.startswith(VERSION, after):
            self._skip, self._is_searched = sys.maxsize, True
        return self._bad(data, position, after, stage, error), after

    def _resync(self, data: bytes, position: int, whole: bool) -> int:
        """Where the next record begins at or after `position`, or may begin; -1 to wait for more. With none: the end of
        the data, or before the last bytes, which may be the first of one."""
        found = _find_begin(data, position, len(data))
        if found >= 0:
            return found
        if whole:
            return len(data)
        if len(data) - position <= _RAW:
            return -1
        begun = data.find(VERSION, max(position, data.rfind(BLANK), len(data) - _HEAD))
        return begun if begun >= 0 else len(data) - len(NEXT) + 1

    def _bad(self, data: bytes, begin: int, end: int, stage: str, error: str) -> Bad:
        offset = self._offset + (begin if self._plain else 0)
        return Bad(offset, end - begin, stage, error, data[begin : min(end, begin + _RAW)])

    def _document(
        self, head: Sequence[Any], data: bytes, position: int, begin: int, end: int, after: int
    ) -> Event:
        """The record from `position` to `after` with its header's fields and its body from `begin` to `end`."""
        offset = self._offset + (position if self._plain else 0)
        kind, name, url, date, content_type = head
        if kind == b"conversion" or kind == b"resource":
            content_type = b"text/plain" if content_type is None else content_type
            payload, media, charset = data[begin:end], _media(content_type), _charset(content_type)
        elif kind == b"response":
            if not data.startswith(b"HTTP/", begin):
                return Skipped(offset, "not an HTTP response")
            try:
                response = http_response(data[begin:end], self._max)
            except _BodyError as error:
                return self._bad(data, position, after, *error.args)
            except (ImportError, OSError, MemoryError):
                raise
            except Exception as error:  # what nobody thought of costs its record, not its shard
                return self._bad(data, position, after, "http", type(error).__name__)
            if isinstance(response, str):
                return Skipped(offset, response)
            payload, media, charset = response
        elif not kind:
            return self._bad(data, position, after, "frame", "the record has no WARC-Type")
        else:
            return Skipped(offset, f"WARC {kind.decode() if kind in _OTHER_KINDS else 'other'} record")
        if not media or payload.startswith(_NO_TEXT):
            return Skipped(offset, "neither text nor HTML")
        name = name or f"{self._name}#{offset}"
        return Record(name, url, date, payload, media, charset, offset, after - position)


def _head(fields: dict[bytes, bytes]) -> tuple[bytes, str, str, str, bytes | None]:
    """Type, id, URL, date and content type of a record, as `framing.kernel` gives them."""
    return (
        fields.get(b"warc-type", b""),
        fields.get(b"warc-record-id", b"").decode("utf-8", "replace").strip("<>"),
        fields.get(b"warc-target-uri", b"").decode("utf-8", "replace").strip("<>"),
        fields.get(b"warc-date", b"").decode("ascii", "replace"),
        fields.get(b"content-type"),
    )


def _is_begin(data: bytes, at: int) -> bool:
    """Whether a record begins at `at`, where its version stands: behind a blank line, or with a whole header."""
    if data.startswith(BLANK, max(at - 4, 0)):
        return True
    head = _HEADER.match(data, at)
    return head is not None and header_fields(head[0]).keys() >= _NEEDED


def _find_begin(data: bytes, start: int, end: int) -> int:
    """The first place in start <= at < end where a record seems to begin, or -1."""
    at = data.find(VERSION, start, end)
    while at >= 0 and not _is_begin(data, at):
        at = data.find(VERSION, at + 1, end)
    return at


def _second_begin(data: bytes, at: int, head_end: int) -> int:
    """Where, from a version at `at` on, another record begins in a header that was cut before its end; -1 for none."""
    while at >= 0 and data[at - 1] != ord("\n") and not _is_begin(data, at):  # a URL may have such words
        at = data.find(VERSION, at + 1, head_end)
    return at


def _is_whole(data: bytes, begin: int, end: int) -> bool:
    """Whether a body ends at `end`. What ends there, where no record follows, may be a header behind a cut body."""
    after = end + 4
    if end > len(data) or data[end:after] not in _ENDS:
        return False
    return after >= len(data) or data.startswith(BEGIN, after) or _find_begin(data, begin, end) < 0


def header_fields(head: bytes) -> dict[bytes, bytes]:
    """The fields of a record's header that are needed, by lower-case name; the last one where one is doubled."""
    if b"\n " in head or b"\n\t" in head:
        head = _FOLDED.sub(b" ", head)
    lines = head.split(b"\r\n")
    n_breaks = len(lines) - 1
    if head.count(b"\n") != n_breaks or head.count(b"\r") != n_breaks:  # breaks of another kind, which are rare
        return {key.lower(): value.strip(b" \t") for key, value in _FIELD.findall(head)}
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


@lru_cache(maxsize=256)
def _media(content_type: bytes) -> str:
    """`text`, `html`, or "" for what is neither."""
    kind = content_type.replace(b",", b";").split(b";")[0].strip().lower()
    if kind in (b"text/html", b"application/xhtml+xml", b"application/vnd.wap.xhtml+xml"):
        return HTML
    return TEXT if kind in (b"text/plain", b"") else ""


@lru_cache(maxsize=256)
def _charset(content_type: bytes) -> str:
    """What a content type says of the encoding, or ""."""
    found = _CHARSET.search(content_type.decode("latin-1"))
    return found[1] if found else ""


def http_response(body: bytes, limit: int) -> tuple[bytes, str, str] | str:
    """Payload, media and charset of an HTTP response, or why it is none to read.

    Chunked transfer, gzip, deflate, br and zstd are undone where the archive kept them, up to `limit` bytes.
    Raises: _BodyError.
    """
    head, found, payload = body.partition(BLANK)
    if not found:
        head, _, payload = body.partition(b"\n\n")
    if b"\n " in head or b"\n\t" in head:
        head = _FOLDED.sub(b" ", head)
    lines = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    status = lines[0].split(maxsplit=2)[1:2]
    if status != ["200"]:
        return "HTTP status other than 200"
    fields: dict[str, str] = {}
    for line in lines[1:]:
        key, _, value = line.partition(":")
        key, value = key.strip().lower(), value.strip()
        fields[key] = f"{fields[key]},{value}" if key in _LISTS and key in fields else value
    content_type = fields.get("content-type", "").encode("latin-1")
    media = _media(content_type) if content_type else HTML
    if not media:
        return "neither text nor HTML"
    applied = f"{fields.get('content-encoding', '')},{fields.get('transfer-encoding', '')}".lower().split(",")
    for coding in reversed(applied):
        payload = _without(coding.strip(), payload, limit)
    return payload, media, _charset(content_type)


_LISTS = ("content-encoding", "transfer-encoding")
"""Fields of which a header may have several, one after the other."""


def _without(coding: str, payload: bytes, limit: int) -> bytes:
    """A payload with one coding undone. Archives often undo it and keep the header, and servers name what is none: then
    it comes back as it is."""
    if coding in ("", "identity") or not payload:
        return payload
    if coding == "chunked":
        return _dechunk(payload)
    if coding not in ("gzip", "x-gzip", "deflate"):
        if _is_text(payload):
            return payload
        if coding == "br":
            return _unbrotli(payload, limit)
        if coding == "zstd":
            return _unpacked(payload, zstd_codec(), limit)
        raise _BodyError("decompress", f"the HTTP body has the coding {coding[:20]}, which is not known")
    if sum(map(int.__eq__, payload, GZIP_MAGIC)) > 1:  # also with one byte damaged it is no text
        return _unpacked(payload, gzip_codec(), limit)
    if payload[:2] in _ZLIB:
        return _inflate(payload, zlib.MAX_WBITS, limit)
    return _inflate(payload, -zlib.MAX_WBITS, limit) if _is_deflate(payload) else payload


def _dechunk(payload: bytes) -> bytes:
    """Chunked transfer coding undone, where the first line is the size of a chunk.

    Some servers end lines by LF alone: a text that begins with a number is no chunk unless it ends where that says.
    """
    content = bytearray()  # a list of a million pieces would need ten times their bytes
    line = _CHUNK_SIZE.match(payload)
    if line is None:
        return payload
    is_chunked = bool(line[2])
    while line is not None:
        size = int(line[1], 16)
        if size == 0:
            return bytes(content) if is_chunked or content or not payload[line.end() :].strip() else payload
        if size > len(payload):  # a size of more than 64 bits is no place
            break
        end = line.end() + size
        after = _BREAK.match(payload, end)
        if after is None:
            break
        content += payload[line.end() : end]
        line = _CHUNK_SIZE.match(payload, after.end())
        is_chunked = is_chunked or line is not None
    if not is_chunked:
        return payload
    raise _BodyError("decompress", "the HTTP body is cut or damaged: no chunk where one is due")


def _is_text(payload: bytes) -> bool:
    """Whether a payload is no compressed data: it has no control codes, and begins like a page or is UTF-8."""
    head = payload[:4096]
    if len(head.translate(None, _CONTROLS)) != len(head):
        return False
    if head.lstrip().startswith(b"<"):
        return True
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > 0 and error.start >= len(head) - 3 and len(payload) > len(head)
    return True


def _unbrotli(payload: bytes, limit: int) -> bytes:
    """br undone, by the library that reads Parquet. It has no checksum: a body is whole when its end is there."""
    pa = extra_module("pyarrow", extra="batch")
    try:
        with pa.CompressedInputStream(pa.BufferReader(payload), "brotli") as stream:
            content: bytes = stream.read(limit + 1)
            _check_size(len(content), limit)
            stream.read(1)  # sees the end, or that it is missing
    except (OSError, pa.ArrowException) as error:
        raise _BodyError("decompress", f"the HTTP body is cut or damaged: {error}") from error
    return content


def _unpacked(payload: bytes, codec: Codec, limit: int) -> bytes:
    """All gzip members or zstd frames of a payload, behind which a line may end."""
    pieces: list[bytes] = []
    size = 0
    for chunk in members(Window(io.BytesIO(payload)), codec, 0, -1):
        if isinstance(chunk, Damage):
            if pieces and not chunk.raw.strip(b"\r\n"):
                break
            raise _BodyError("decompress", f"the HTTP body is cut or damaged: {chunk.error}")
        pieces.append(chunk.data)
        size += len(chunk.data)
        _check_size(size, limit)
    return b"".join(pieces)


def _inflate(payload: bytes, wbits: int, limit: int) -> bytes:
    """deflate undone, with its zlib frame or without (negative `wbits`)."""
    decompressor = zlib.decompressobj(wbits=wbits)
    try:
        content = decompressor.decompress(payload, limit + 1)
    except zlib.error as error:
        raise _BodyError("decompress", f"the HTTP body is cut or damaged: {error}") from error
    _check_size(len(content), limit)
    if not decompressor.eof:
        raise _BodyError("decompress", "the HTTP body is cut or damaged: its end is missing")
    return content


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise _BodyError("size", f"the HTTP body is larger than the limit of {limit} bytes when decompressed")


def _is_deflate(payload: bytes) -> bool:
    """Whether a payload seems to be deflate without a frame, which has no mark: text is an error after a few bytes."""
    decompressor = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        content = decompressor.decompress(payload[:1024], 64)
    except zlib.error:
        return False
    return len(content) == 64 or not decompressor.unused_data
