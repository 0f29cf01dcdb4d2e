"""HTTP responses as archives keep them: the payload with its codings undone, its media and its charset."""

from __future__ import annotations

import io
import re
import zlib
from functools import lru_cache

from bilingual.errors import extra_module
from bilingual.formats.compression import GZIP_MAGIC, Codec, Damage, Window, gzip_codec, members, zstd_codec
from bilingual.formats.record import HTML, TEXT

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_FOLDED = re.compile(rb"\r?\n[ \t]+")
"""Where a field goes on in the next line."""
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]+)[ \t]*(?:;[^\r\n]*)?(\r?)\n")
_BREAK = re.compile(rb"\r?\n")
_BLANK = re.compile(rb"\r?\n\r?\n")
_ZLIB = (b"x\x01", b"x^", b"x\x9c", b"x\xda")
_CONTROLS = bytes({*range(32)} - {*b"\t\n\f\r"})
"""No text has these, and nearly all that is compressed."""


class BodyError(Exception):
    """A body that cannot be undone. Arguments: the stage and the reason of its `Bad`."""


def unfolded(head: bytes) -> bytes:
    """A header in which every field is one line."""
    return _FOLDED.sub(b" ", head) if b"\n " in head or b"\n\t" in head else head


@lru_cache(maxsize=256)
def media_of(content_type: bytes) -> str:
    """`text`, `html`, or "" for what is neither."""
    kind = content_type.replace(b",", b";").split(b";")[0].strip().lower()
    if kind in (b"text/html", b"application/xhtml+xml", b"application/vnd.wap.xhtml+xml"):
        return HTML
    return TEXT if kind in (b"text/plain", b"text/markdown", b"") else ""


@lru_cache(maxsize=256)
def charset_of(content_type: bytes) -> str:
    """What a content type says of the encoding, or ""."""
    found = _CHARSET.search(content_type.decode("latin-1"))
    return found[1] if found else ""


def http_response(body: bytes, limit: int) -> tuple[bytes, str, str] | str:
    """Payload, media and charset of an HTTP response, or why it is none to read.

    Chunked transfer, gzip, deflate, br and zstd are undone where the archive kept them, up to `limit` bytes.
    Raises: BodyError.
    """
    end = _BLANK.search(body)  # the first of any kind: a page may have one of the other kind
    head, payload = (body[: end.start()], body[end.end() :]) if end else (body, b"")
    lines = unfolded(head).decode("latin-1").replace("\r\n", "\n").split("\n")
    status = lines[0].split(maxsplit=2)[1:2]
    if status != ["200"]:
        return "HTTP status other than 200"
    fields: dict[str, str] = {}
    for line in lines[1:]:
        key, _, value = line.partition(":")
        key, value = key.strip().lower(), value.strip()
        fields[key] = f"{fields[key]},{value}" if key in _LISTS and key in fields else value
    content_type = fields.get("content-type", "").encode("latin-1")
    media = media_of(content_type) if content_type else HTML
    if not media:
        return "neither text nor HTML"
    applied = f"{fields.get('content-encoding', '')},{fields.get('transfer-encoding', '')}".lower().split(",")
    for coding in reversed(applied):
        payload = _without(coding.strip(), payload, limit)
    return payload, media, charset_of(content_type)


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
        raise BodyError("decompress", f"the HTTP body has the coding {coding[:20]}, which is not known")
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
    raise BodyError("decompress", "the HTTP body is cut or damaged: no chunk where one is due")


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
        raise BodyError("decompress", f"the HTTP body is cut or damaged: {error}") from error
    return content


def _unpacked(payload: bytes, codec: Codec, limit: int) -> bytes:
    """All gzip members or zstd frames of a payload, behind which a line may end."""
    pieces: list[bytes] = []
    size = 0
    for chunk in members(Window(io.BytesIO(payload)), codec, 0, -1):
        if isinstance(chunk, Damage):
            if pieces and not chunk.raw.strip(b"\r\n"):
                break
            raise BodyError("decompress", f"the HTTP body is cut or damaged: {chunk.error}")
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
        raise BodyError("decompress", f"the HTTP body is cut or damaged: {error}") from error
    _check_size(len(content), limit)
    if not decompressor.eof:
        raise BodyError("decompress", "the HTTP body is cut or damaged: its end is missing")
    return content


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise BodyError("size", f"the HTTP body is larger than the limit of {limit} bytes when decompressed")


def _is_deflate(payload: bytes) -> bool:
    """Whether a payload seems to be deflate without a frame, which has no mark: text is an error after a few bytes."""
    decompressor = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        content = decompressor.decompress(payload[:1024], 64)
    except zlib.error:
        return False
    return len(content) == 64 or not decompressor.unused_data
