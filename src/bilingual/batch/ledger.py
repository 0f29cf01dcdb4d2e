"""The ledger of a run: one line of JSON per finished shard, appended and made durable after its file was published.

A shard is done when its line is here and its file has the size and SHA-256 of the line. A line that a power cut left
half-written is no line.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from bilingual.batch import faults
from bilingual.batch.task import ShardReport
from bilingual.batch.writer import sha256
from bilingual.formats.whole import IN_PROGRESS, is_temporary

_FILE = re.compile(r"(?:data|quarantine)/part-\d{5,}\.[a-z.]+")


class Ledger:
    """The ledger of an output folder, open for appending; one process at a time holds it."""

    def __init__(self, out: Path) -> None:
        self._path = out / "ledger.jsonl"
        self._out = out
        self._file = self._path.open("ab+")
        self._drop_half_line()

    def _drop_half_line(self) -> None:
        self._file.seek(0)
        data = self._file.read()
        whole = data.rfind(b"\n") + 1
        if whole != len(data):
            self._file.truncate(whole)
        self._file.seek(0, os.SEEK_END)

    def append(self, report: ShardReport) -> None:
        """Note a finished shard, durably. Raises: OSError, with the ledger as it was before."""
        faults.hit("ledger")
        line = json.dumps(report.to_dict(), ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace")
        size = self._file.seek(0, os.SEEK_END)
        try:
            self._file.write(line + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:
            os.ftruncate(self._file.fileno(), size)
            raise
        faults.hit("ledgered")

    def done(self, n_shards: int) -> dict[int, ShardReport]:
        """The shards that are done, of a plan of so many: the last line of each whose file is whole."""
        reports: dict[int, ShardReport] = {}
        self._file.seek(0)
        for line in self._file.read().splitlines():
            try:
                plain: dict[str, Any] = json.loads(line)
                report = ShardReport(**plain)
            except (ValueError, TypeError, RecursionError):
                continue
            if report.shard in range(n_shards):
                reports[report.shard] = report
        return {number: report for number, report in sorted(reports.items()) if self._is_whole(report)}

    def _is_whole(self, report: ShardReport) -> bool:
        if not (_FILE.fullmatch(report.file) and _FILE.fullmatch(report.quarantine or report.file)):
            return False  # a name that no run has written, which may lead out of the folder
        return self._is_there(report)

    def _is_there(self, report: ShardReport) -> bool:
        path = self._out / report.file
        if report.quarantine and not (self._out / report.quarantine).is_file():
            return False
        return path.is_file() and path.stat().st_size == report.bytes and sha256(path) == report.sha256

    def put(self) -> None:
        """Nothing: the ledger is where it belongs."""

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def remove_scratch(out: Path) -> int:
    """Remove what killed workers left; the number of files. Files of somebody else may end alike."""
    folders = (out, out / "data", out / "quarantine", out / "stdin")
    found = [path for folder in folders for path in folder.glob(f"*{IN_PROGRESS}") if is_temporary(path.name)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
