"""WARC and WET files: framed by members and by Content-Length, both checked, with resynchronisation after damage.

A reader that trusts either the compression or the length alone returns short bodies or loses the rest of a
file without an error (measured over the usual libraries). Here a record counts only when its member was
whole (checksum seen), its body has the declared length, and what follows is the end of the record; anything
else is a `Bad` event with its bytes, and reading goes on at the next record: behind a blank line, or wherever a
whole header stands, because a record that was cut ends anywhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from bilingual.formats.compression import (
    HEAD,
    Chunk,
    Damage,
    Window,
    codec_for,
    members,
    next_member,
    packed_otherwise,
    plain,
    usual_begin,
)
from bilingual.formats.framing import kernel
from bilingual.formats.record import Bad, End, Event, Part, ReadOptions, Record, Skipped
from bilingual.formats.responses import BodyError, charset_of, http_response, media_of, unfolded
from bilingual.formats.source import SIGNATURES, is_data

BEGIN = b"WARC/"
VERSION = b"WARC/1."
BLANK = b"\r\n\r\n"
NEXT = BLANK + VERSION
_ENDS = (BLANK, b"\r\n", b"")
"""What follows a body; the shorter ones at the end of a file."""
_HEADER = re.compile(rb"WARC/1\.\d\r\n(?:(?:[^\s:]+[ \t]*:|[ \t])[^\r\n]*\r\n){1,100}\r\n")
_NEEDED = {b"warc-type", b"content-length"}
_OTHER_KINDS = frozenset((b"warcinfo", b"request", b"metadata", b"revisit", b"continuation"))
_NAMES = tuple(f"WARC-{name}" for name in ("Type", "Record-ID", "Target-URI", "Date", "Segment-Number"))
_NAMES += ("Content-Type", "Content-Length")
_FIELD = re.compile(rf"(?im)^({'|'.join(_NAMES)})[ \t]*:([^\r\n]*+)\r?$".encode())
_KEYS = {name.encode(): name.lower().encode() for name in _NAMES}
_KNOWN = frozenset(_KEYS.values())
_SEGMENT = "only the first segment of a record; the others, in continuation records, are not joined to it"
_RAW = 1 << 20
"""Bytes of a bad stretch that are passed on (the quarantine caps them further), and that are searched for its end
before the stretch is told."""
_HEAD = 1 << 16
"""Bytes in which the end of a header is awaited where only the header tells that a record begins."""
_DIGITS = 18
"""Digits of a Content-Length that can be one."""
_NO_TEXT = tuple(magic for magic, _ in SIGNATURES if not magic.startswith(BEGIN))
"""What begins so is no text, whatever its type is said to be; an archive inside an archive is judged by its type."""


def read_warc(stream: Any, part: Part, options: ReadOptions) -> Iterator[Event]:
    """Documents of a WARC or WET file: conversion and resource records with text, responses with HTML or text."""
    window = Window(stream)
    end = max(window.size, 1) if part.end < 0 else part.end  # an empty file may be damage, at 0
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
                probe = usual_begin(window, codec, BEGIN)
                if next_member(window, codec, chunk.offset + 1, probe) == window.size:
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
        self._rest: list[bytes] = []
        """What waits for more, as it came; put together when `_due` bytes of it are there."""
        self._due = 0
        self._offset = 0
        self._skip = 0
        """Bytes still to come of a bad record that was told already."""
        self._is_searched = False
        """Whether a record may begin within them."""
        self._blank = -1
        """The blank line that was found last in the data at hand."""

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
        self._blank = -1
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
            self._rest.append(data)
            self._due -= len(data)
            if self._due > 0:  # else a record in a thousand small members takes the square of their time
                return
            data = b"".join(self._rest)
        else:
            self._offset = chunk.offset
        self._due = 0
        if self._skip:
            data = self._pass_over(data, whole=False)
            self._offset = self._offset if self._plain else chunk.offset
            if self._skip:
                self._keep(data)
                return
        consumed = 0
        for event, after in self._records(data, whole=False):
            consumed = after
            if event is not None:
                yield event
        self._keep(data[consumed:])
        if self._plain:
            self._offset += consumed
        elif consumed:
            self._offset = chunk.offset

    def _keep(self, data: bytes) -> None:
        """What waits for more."""
        self._rest = [data] if data else []

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
        data, self._rest = b"".join(self._rest), []
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
        position, size, self._blank = 0, len(data), -1
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
        if self._blank < position:  # else the blank line behind a thousand headers is looked for from each of them
            self._blank = data.find(BLANK, position)
        head_end = self._blank
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
            self._due = end + 4 - len(data)
            return None, -1
        if is_large or not _is_whole(data, begin, end):
            error = f"Content-Length is {length}, but the body does not end there"
            return self._lost(data, position, head_end, whole, "length", error)
        if b"warc-segment-number" in fields and fields.get(b"warc-type") not in _OTHER_KINDS:
            return self._bad(data, position, after, "frame", _SEGMENT), after
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
            payload, media, charset = data[begin:end], media_of(content_type), charset_of(content_type)
        elif kind == b"response":
            if not data.startswith(b"HTTP/", begin):
                return Skipped(offset, "not an HTTP response")
            try:
                response = http_response(data[begin:end], self._max)
            except BodyError as error:
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
        # What was extracted is text; what a server said to be a page may be anything.
        if not media or payload.startswith(_NO_TEXT) or (kind == b"response" and is_data(payload)):
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
    head = unfolded(head)
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
