"""Compressed input as members: every gzip member or zstd frame by itself, damage found, skipped and reported.

Corpora are files of many small members (one per record in WARC), so one damaged member need not cost the rest of the
file: the reader notes the stretch, looks for the next member that really decompresses, and goes on. A file that is one
large member is streamed in pieces. Integrity is never assumed: a member counts only when its end, with its checksum,
was seen.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from bilingual.errors import InputError, extra_module

BLOCK = 1 << 20
"""Bytes read from the file at once."""
STEP = 1 << 14
"""Bytes first given to a decompressor: what follows the member's end is copied back, so small is fast."""
HOLD = 32 << 20
"""A member that grows beyond this is passed on in pieces before its checksum was seen."""
CHUNK = 4 << 20
"""Bytes of a piece of a member that is streamed."""

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
BZIP2_MAGIC = b"BZh"
XZ_MAGIC = b"\xfd7zXZ\x00"
MAGICS = (GZIP_MAGIC, ZSTD_MAGIC, XZ_MAGIC, *(BZIP2_MAGIC + b"%d1AY&SY" % level for level in range(1, 10)))
"""What compressed files begin with; the three letters of bzip2 alone may be those of a text."""
SLOW = frozenset({"bz2", "xz"})
"""Compressions that are undone more slowly than the layers work: only one reader takes a file."""
MAX_XZ = 128 << 20
"""Bytes that xz may ask for; its level 9 needs half of them."""
BZIP2_BLOCK = 1 << 20
"""Bytes that are more than a block of bzip2, which gives nothing out before a block is whole."""
ZSTD_DICTIONARY = 0x184D2A5D
"""Skippable frame that carries the dictionary of a .warc.zst (IIPC, zstd WARC specification 1.0)."""
ZSTD_BLOCK = 1 << 18
"""Bytes that are more than the longest header and block of a zstd frame."""
MAX_DICTIONARY = 64 << 20
"""Bytes of a dictionary that are believed; tools make them of 0.1 MB."""


class Chunk(NamedTuple):
    """Decompressed bytes: those of one whole member, or one piece of it (`first`, `last`).

    `offset` is where the member begins in the file, `end` where it ended (0 while it has not), `at` where this
    piece begins: the first byte that the decompressor took for it. `is_cut`: the file ends behind it, in the member.
    """

    data: bytes
    offset: int
    end: int
    first: bool
    last: bool
    at: int
    is_cut: bool = False


class Damage(NamedTuple):
    """A stretch of the file that could not be decompressed; reading goes on after it. `at`: behind the last chunk."""

    offset: int
    length: int
    error: str
    raw: bytes
    at: int


class _Broken(NamedTuple):
    """Why a member ended before its end, and what is lost of it: from `at` on."""

    problem: str
    at: int


class Window:
    """A seekable file read by position, one block at a time."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.size: int = self._named(lambda: stream.seek(0, io.SEEK_END))
        self._base = 0
        self._block = b""

    def peek(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes at `offset`; fewer only at the end of the file."""
        at = offset - self._base
        if at < 0 or at + count > len(self._block):
            self._block = self._named(lambda: self._read(offset, max(count, BLOCK)))
            self._base, at = offset, 0
        return self._block[at : at + count]

    def _named(self, call: Callable[[], Any]) -> Any:
        """What a call gives; an error of the system says which file it is of, which only those of opening say."""
        try:
            return call()
        except OSError as error:
            if error.filename is None:
                error.filename = getattr(self._stream, "name", None)
            raise

    def _read(self, offset: int, count: int) -> bytes:
        self._stream.seek(offset)
        data = self._stream.read(count)
        while data and len(data) < count:
            more = self._stream.read(count - len(data))
            if not more:
                break
            data += more
        if len(data) < min(count, self.size - offset):  # whoever reads on to its end would do so for ever
            raise OSError(errno.EIO, "the file is shorter than when it was opened")
        return bytes(data)

    def find(self, needle: bytes, start: int) -> int:
        """First position at or after `start` where `needle` stands, or -1."""
        while start < self.size:
            at = start - self._base
            if at < 0 or at + len(needle) > len(self._block):  # what is in the block is not read again
                self.peek(start, BLOCK)
                at = start - self._base
            found = self._block.find(needle, at)
            end = self._base + len(self._block)
            if found >= 0 or end >= self.size:
                return found if found < 0 else self._base + found
            start = end - len(needle) + 1
        return -1


@dataclass(frozen=True, slots=True)
class Codec:
    """A compressed format that is a sequence of members: how one begins and how it is undone.

    `most`: bytes that one call of the decompressor may give, the rest with the next; gzip, of which a step can make a
    thousand, needs no such limit (0), while four bytes of zstd may be 128 KB. `first`: bytes in which a member comes to
    its first content; zstd gives nothing out before a block is whole.
    """

    name: str
    magic: bytes
    decompressor: Callable[[], Any]
    most: int = 0
    first: int = STEP


def gzip_codec() -> Codec:
    """gzip through isal where it is installed (three times faster than zlib, checksum checked)."""
    try:
        from isal import isal_zlib
    except ImportError:
        return Codec("gz", GZIP_MAGIC, lambda: zlib.decompressobj(wbits=31))
    return Codec("gz", GZIP_MAGIC, lambda: isal_zlib.decompressobj(wbits=31))


_LANES = np.zeros(64, np.float32)


def _decompressed(decompressor: Any, data: bytes, most: int) -> bytes:
    """What the decompressor makes of more data, up to `most` bytes; it may raise an error of any class."""
    content: bytes = decompressor.decompress(data, most)
    # isal's checksum leaves the upper halves of the vector registers in use, and all narrow vector code after it pays:
    # the layers took 1.35 times as long (EPYC, 2026). NumPy's wide loops end with the instruction that clears them.
    np.add(_LANES, _LANES, out=_LANES)
    return content


def zstd_module() -> Any:
    """The zstd module: of the standard library from Python 3.14, of `backports.zstd` before."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return extra_module("backports.zstd", extra="batch", name="backports.zstd")
    return zstd


def zstd_codec(dictionary_in: Window | None = None) -> Codec:
    """zstd, with the dictionary that the first frame of a .warc.zst may carry. Raises: InputError for a damaged one."""
    zstd = zstd_module()
    content = b"" if dictionary_in is None else _dictionary_frame(dictionary_in)
    if not content:
        return Codec("zst", ZSTD_MAGIC, zstd.ZstdDecompressor, HOLD, ZSTD_BLOCK)
    try:
        if content.startswith(ZSTD_MAGIC):
            content = zstd.ZstdDecompressor().decompress(content, MAX_DICTIONARY)
        dictionary = zstd.ZstdDict(content)
        zstd.ZstdDecompressor(dictionary)
    except (ValueError, zstd.ZstdError) as error:
        raise InputError(f"the zstd dictionary of the file is damaged: {error}") from error
    return Codec("zst", ZSTD_MAGIC, lambda: zstd.ZstdDecompressor(dictionary), HOLD, ZSTD_BLOCK)


def _dictionary_frame(window: Window) -> bytes:
    head = window.peek(0, 8)
    magic, size = struct.unpack("<II", head) if len(head) == 8 else (0, 0)
    if magic != ZSTD_DICTIONARY:
        return b""
    if size > MAX_DICTIONARY or 8 + size > window.size:
        raise InputError(f"the zstd dictionary of the file is damaged: {size} bytes are said to be in it")
    return window.peek(8, size)


def codec_for(compression: str, *, dictionary_in: Window | None = None) -> Codec:
    """The codec of a file; `dictionary_in`: the file, where its first frame may be a dictionary (WARC).

    Raises: InputError for an unknown one.
    """
    if compression == "bz2":
        import bz2

        return Codec("bz2", BZIP2_MAGIC, bz2.BZ2Decompressor, CHUNK, BZIP2_BLOCK)
    if compression == "xz":
        import lzma

        return Codec("xz", XZ_MAGIC, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, MAX_XZ), CHUNK, BZIP2_BLOCK)
    if compression == "gz":
        return gzip_codec()
    if compression == "zst":
        return zstd_codec(dictionary_in)
    raise InputError(f"compression {compression!r} is not known; known: gz, zst, bz2, xz")


def members(
    window: Window, codec: Codec, start: int, end: int, probe: bytes = b"", *, with_cut: bool = False
) -> Iterator[Chunk | Damage]:
    """The members that begin in start <= offset < end, in order, and the damage between them.

    `probe`: bytes that every member's content begins with; a place that looks like a member but whose content
    does not begin so is not taken for one when the reader looks for its place again, unless the file is one of fixed
    blocks. `with_cut`: of a member in which the file ends, what is there of its content comes before the damage.
    """
    position = start
    end = window.size if end < 0 else min(end, window.size)
    magic, begin = codec.magic, None
    may_skip = magic == ZSTD_MAGIC
    if not position and (nothing := _holds_nothing(window, codec)):
        yield nothing
        return
    while position < end:
        skipped = _skippable(window, position) if may_skip else 0
        if skipped:
            position += skipped
            continue
        if whole := _small_member(window, codec, position):
            yield whole
            position = whole.end
            continue
        if window.peek(position, len(magic)) != magic:
            n_zeros = _zeros(window, position)
            if position + n_zeros >= window.size:
                return
            if magic == XZ_MAGIC and n_zeros and n_zeros % 4 == 0:  # padding, as its format has it between members
                position += n_zeros
                continue
            broken = _Broken(_no_member(window, codec, position), position)
        else:
            broken = _Broken("", position)
            reached = position
            for chunk in _member(window, codec, position, with_cut):
                if isinstance(chunk, _Broken):
                    broken = chunk
                else:
                    reached = chunk.end
                    yield chunk
            if not broken.problem:
                position = reached
                continue
        begin = usual_begin(window, codec, probe) if begin is None else begin
        found = next_member(window, codec, position + 1, begin)
        raw = window.peek(position, min(found - position, BLOCK))
        yield Damage(position, found - position, broken.problem, raw, broken.at)
        position = found


def _holds_nothing(window: Window, codec: Codec) -> Damage | None:
    """The damage of a file of nothing or of zeros alone, as a transfer that failed leaves it."""
    if _zeros(window, 0) < window.size:
        return None
    what = "the file is zeros alone" if window.size else "the file is empty"
    return Damage(0, window.size, f"no {codec.name} member begins here: {what}", window.peek(0, BLOCK), 0)


def _no_member(window: Window, codec: Codec, position: int) -> str:
    """The problem of a place where no member begins; at the begin of a file with what it may be instead."""
    hint = "" if position else packed_otherwise(window.peek(0, HEAD), codec.name)
    return f"no {codec.name} member begins here{hint}"


_PACKED = (
    ("gz", re.compile(re.escape(GZIP_MAGIC))),
    ("zst", re.compile(re.escape(ZSTD_MAGIC) + rb"|[\x50-\x5f]\x2a\x4d\x18")),  # or a frame that is passed over
    ("bz2", re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")),  # the three letters may be those of a text
    ("xz", re.compile(re.escape(XZ_MAGIC))),
)
HEAD = 10
"""Bytes of a file by which its compression is told."""


def compression_of(head: bytes) -> str:
    """What a file is packed in by its first bytes, "" for none that is known."""
    return next((name for name, begin in _PACKED if begin.match(head)), "")


def packed_otherwise(head: bytes, name: str) -> str:
    """What to say of a file whose first bytes say another compression than its name (`name` "": none), or ""."""
    found = compression_of(head)
    if found == name:
        return ""
    return f": it is a .{found} file by its first bytes" if found else f": a file that is not compressed has no .{name}"


def usual_begin(window: Window, codec: Codec, probe: bytes) -> bytes:
    """`probe`, or nothing where the second member of the file does not begin so: in fixed blocks, as bgzip makes them,
    hardly any does, and the next one that does may be at the end of the file."""
    second = next(islice(members(window, codec, 0, -1), 1, 2), None) if probe else None
    is_other = isinstance(second, Chunk) and second.first and not second.data.startswith(probe)
    return b"" if is_other else probe


def next_member(window: Window, codec: Codec, start: int, probe: bytes) -> int:
    """Where the first member at or after `start` begins whose content decompresses and begins with `probe`."""
    while True:
        start = window.find(codec.magic, start)
        if start < 0:
            return window.size
        if _begins_with(window, codec, start, probe):
            return start
        start += 1


def _begins_with(window: Window, codec: Codec, offset: int, probe: bytes) -> bool:
    """Whether a member at `offset` decompresses to something that begins with `probe`."""
    decompressor = codec.decompressor()
    head, wanted, position = b"", max(len(probe), 1), offset
    while len(head) < wanted and not decompressor.eof:
        data = window.peek(position, STEP)
        if not data or position - offset >= codec.first:
            return False
        try:
            head += decompressor.decompress(data, wanted - len(head))
        except Exception:  # each library has an error class of its own
            return False
        position += len(data)
    return head.startswith(probe)


def _small_member(window: Window, codec: Codec, offset: int) -> Chunk | None:
    """The member at `offset` when one step holds all of it, as nearly always; else None."""
    decompressor = codec.decompressor()
    content, position = b"", offset
    for step in (STEP // 4, STEP - STEP // 4):
        data = window.peek(position, step)
        try:
            piece = _decompressed(decompressor, data, codec.most)
        except Exception:  # the slow way meets it again and says what it is
            return None
        content = content + piece if content else piece
        position += len(data)
        if decompressor.eof:
            return Chunk(content, offset, position - len(decompressor.unused_data), True, True, offset)
        if codec.most and not decompressor.needs_input:
            return None
    return None


def _member(window: Window, codec: Codec, offset: int, with_cut: bool) -> Iterator[Chunk | _Broken]:
    """The chunks of the member at `offset`; a `_Broken`, last, says why it ended before its end."""
    decompressor = codec.decompressor()
    pieces: list[bytes] = []
    held, at, position, step, first = 0, offset, offset, STEP, True
    limit, taken, has_more = HOLD, offset, False
    while not decompressor.eof:
        data = b"" if has_more else window.peek(position, step)
        if not data and not has_more:
            if with_cut and held:
                yield Chunk(b"".join(pieces), offset, 0, first, False, at, True)
                at = taken
            yield _Broken("the file ends inside this member", at)
            return
        try:
            piece = _decompressed(decompressor, data, codec.most)
        except Exception as error:  # zlib.error, IsalError, ZstdError: each its own, all mean damage
            yield _Broken(_in_words(error), at)
            return
        if not has_more:
            taken, position = position, position + len(data)
        has_more = codec.most > 0 and not decompressor.needs_input
        step = min(step * 2, BLOCK // 16)  # bounds what one call of a bomb can expand to
        pieces.append(piece)
        held += len(piece)
        if held > limit and not decompressor.eof:
            yield Chunk(b"".join(pieces), offset, 0, first, False, at)
            pieces, held, first, limit = [], 0, False, CHUNK
            at = taken if has_more else position  # never behind the member's end, which may be in what was taken
    end = position - len(decompressor.unused_data)
    yield Chunk(pieces[0] if len(pieces) == 1 else b"".join(pieces), offset, end, first, True, at)


def _in_words(error: Exception) -> str:
    """What a decompressor says, and the way out of what is no damage."""
    said = f"{type(error).__name__}: {error}"
    if "too much memory" in said or "Memory usage limit" in said:
        return f"{said}; compress it again with a window of 128 MB at most, as `zstd --long=27`"
    return said


def _skippable(window: Window, position: int) -> int:
    """Length of the zstd skippable frame at `position`, 0 when there is none."""
    head = window.peek(position, 8)
    if len(head) < 8:
        return 0
    magic, size = struct.unpack("<II", head)
    return 8 + size if 0x184D2A50 <= magic <= 0x184D2A5F else 0


def _zeros(window: Window, position: int) -> int:
    """How many zeros stand there: behind the last member (tapes, blocks of a file system) they are no damage."""
    begin = position
    while position < window.size:
        block = window.peek(position, BLOCK)
        n_zeros = len(block) - len(block.lstrip(b"\0"))
        position += n_zeros
        if n_zeros < len(block):
            break
    return position - begin


def plain(window: Window, start: int) -> Iterator[Chunk]:
    """An uncompressed file as one member, from `start`, in pieces. The caller stops when it has enough."""
    position = start
    while position < window.size:
        data = window.peek(position, CHUNK)
        after = position + len(data)
        yield Chunk(data, position, after, position == start, after >= window.size, position)
        position = after


def open_input(path: str) -> Any:
    """A seekable binary stream of a local path or an fsspec URL. Raises: MissingExtraError, OSError."""
    if "://" not in path:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 (for a missing file it raises)
            raise OSError(errno.EINVAL, "no file but a pipe, device or folder", path)  # a pipe would block
        return open(path, "rb", buffering=0)  # noqa: PTH123 (the caller closes; the window buffers)
    return extra_module("fsspec", extra="remote").open(path, "rb").open()
