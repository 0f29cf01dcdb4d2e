"""Output files: written under a temporary name, made durable, then published under their own name in one step.

Order of publishing: data to disk (fsync), rename, directory to disk. A reader never sees half a file, a second attempt
writes the same bytes over the first, and a killed worker leaves only `*.inprogress`, which the next run removes.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zlib
from pathlib import Path
from typing import Any, Protocol

from bilingual.batch import faults
from bilingual.batch.config import Config
from bilingual.batch.rows import utf8
from bilingual.batch.schema import arrow, metadata, schema
from bilingual.formats.compression import zstd_module
from bilingual.formats.record import Bad
from bilingual.formats.whole import give_name, temporary

RAW_CAP = 64 * 1024
"""Bytes of a quarantined record that are kept."""


class Sink(Protocol):
    """Takes tables, in order; `close` returns the number of rows that the file really holds."""

    def write(self, table: Any) -> None: ...
    def close(self) -> int: ...
    def abort(self) -> None: ...


def open_sink(path: Path, config: Config) -> Sink:
    """A sink of the configured format."""
    return ParquetSink(path, config) if config.format == "parquet" else JsonlSink(path, config)


class ParquetSink:
    """Parquet with the encodings that suit the columns: dictionaries for words, deltas for offsets."""

    def __init__(self, path: Path, config: Config) -> None:
        import pyarrow.parquet as pq

        self._path = path
        plain = schema(config)
        words, encodings = _encodings(plain)
        self._file = path.open("wb")
        level = {"compression_level": config.level} if config.compression == "zstd" else {}
        self._writer = pq.ParquetWriter(
            self._file,
            schema(config, dictionaries=True),
            compression=config.compression,
            use_dictionary=words,
            column_encoding=encodings,
            write_statistics=["id", "url", "date", "source", "offset", "kind", "chars"],
            store_schema=False,
            **level,
        )
        self._writer.add_key_value_metadata(metadata(config))

    def write(self, table: Any) -> None:
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))

    def close(self) -> int:
        import pyarrow.parquet as pq

        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        with self._path.open("rb") as file:  # by its name Arrow opens none whose folder is no UTF-8
            return int(pq.read_metadata(file).num_rows)

    def abort(self) -> None:
        for closing in (self._writer.close, self._file.close):
            try:
                closing()
            except Exception:
                pass


def _encodings(plain: Any) -> tuple[list[str], dict[str, str]]:
    """Leaf paths that get a dictionary, and the encodings of whole numbers; scores stay plain, as Spark's usual reader
    cannot undo a split into byte streams (SPARK-56894), which would save a fiftieth of a file."""
    pa = arrow()
    words, encodings = ["kind", "source"], {"offset": "DELTA_BINARY_PACKED", "chars": "DELTA_BINARY_PACKED"}
    for field in plain:
        if not pa.types.is_list(field.type):
            continue
        for item in field.type.value_type:
            path = f"{field.name}.list.element.{item.name}"
            if pa.types.is_string(item.type):
                words.append(path)
            elif pa.types.is_integer(item.type):
                encodings[path] = "DELTA_BINARY_PACKED"
    return words, encodings


class JsonlSink:
    """One JSON object per line with the columns of the schema; scores rounded to four places."""

    def __init__(self, path: Path, config: Config) -> None:
        self._file = path.open("wb")
        self._rows = 0
        self._compress = _compressor(config)

    def write(self, table: Any) -> None:
        dumps = _dumps()
        lines = []
        for row in table.to_pylist():
            for name, scores in (("spans", ("score", "lang_score")), ("blocks", ("score",))):
                for item in row[name]:
                    item.update({score: round(item[score], 4) for score in scores})
            lines.append(dumps(row))
        lines.append(b"")
        self._rows += len(lines) - 1
        self._file.write(self._compress.compress(b"\n".join(lines)))

    def close(self) -> int:
        self._file.write(self._compress.flush())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._rows

    def abort(self) -> None:
        try:
            self._file.close()
        except OSError:
            pass


class _Plain:
    """The compressor of an uncompressed file."""

    def compress(self, data: bytes) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


def _compressor(config: Config) -> Any:
    if config.compression == "gz":
        return zlib.compressobj(6, zlib.DEFLATED, 31)  # no name and no time in the header: equal input, equal bytes
    if config.compression == "zst":
        return zstd_module().ZstdCompressor(level=max(config.level, 1))
    return _Plain()


def _dumps() -> Any:
    import json

    try:
        import orjson
    except ImportError:
        return lambda row: json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    return orjson.dumps


# --- quarantine -----------------------------------------------------------------------------------


class Quarantine:
    """The quarantine file of a shard, written as it grows, and there only when something is in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._scratch = temporary(path)
        self._file: Any = None

    def add(self, source: str, bad: Bad) -> None:
        """Note what is bad in an input file."""
        if self._file is None:
            self._path.parent.mkdir(exist_ok=True)
            self._file = self._scratch.open("wb")
        self._file.write(quarantine_line(source, bad))

    def publish(self) -> str:
        """Make the file durable and give it its name; that name below the output folder, or ""."""
        if self._file is None:
            self._path.unlink(missing_ok=True)
            return ""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        give_name(self._scratch, self._path)
        return f"{self._path.parent.name}/{self._path.name}"

    def abort(self) -> None:
        """Leave nothing half-written."""
        if self._file is not None:
            self._file.close()
            self._scratch.unlink(missing_ok=True)


def quarantine_line(source: str, bad: Bad) -> bytes:
    """One line of a quarantine file: where, in which stage, why, and the bytes (base64, capped)."""
    raw = bytes(bad.raw[:RAW_CAP])
    row = {
        "source": utf8(source).decode(),  # a file name may hold bytes that are no UTF-8
        "offset": bad.offset,
        "length": bad.length,
        "records": bad.records,
        "stage": bad.stage,
        "error": bad.error,
        "raw": base64.b64encode(raw).decode(),
        "raw_bytes": len(raw),
    }
    line: bytes = _dumps()(row)
    return line + b"\n"


# --- publishing -----------------------------------------------------------------------------------


def publish(temporary_path: Path, path: Path) -> None:
    """Give a finished, durable file its own name, durably."""
    faults.hit("rename")
    give_name(temporary_path, path)
    faults.hit("renamed")


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
