"""An output folder by URL: the run works in a local folder, and what is finished is put there.

Object stores have no rename, but an object is there whole or not at all. So a shard's files are put first and its
ledger line after them, as on a disk, and a run that was killed is continued from the plan and the ledger that are
there.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bilingual.batch.inputs import MADE
from bilingual.batch.ledger import Ledger
from bilingual.batch.plan import RefusedError
from bilingual.batch.supervisor import FatalError
from bilingual.batch.task import ShardReport, quarantine_name
from bilingual.errors import extra_module

SHARE = 20
"""The ledger, which grows, is put again when so many times the seconds have gone by that the last time took."""

WITH_FOLDERS = frozenset({"file", "local", "sftp", "ssh", "smb", "ftp", "hdfs", "webhdfs"})


class Place:
    """The folder of a URL. Raises: FatalError with the reason of the back end, of which each has its own errors."""

    def __init__(self, url: str) -> None:
        fsspec = extra_module("fsspec", extra="remote")
        self.url = url.rstrip("/")
        try:
            self._system, root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:  # a back end that is missing or not known
            raise RefusedError(f"{url}: {error}") from error
        self._root = str(root).rstrip("/")
        self._folders: set[str] = set()

    def _error(self, name: str, error: Exception) -> FatalError:
        return FatalError(f"{name}: {str(error) or type(error).__name__}")

    def _info(self, name: str) -> dict[str, Any] | None:
        """What the system says of a file; None where there is none."""
        try:
            found: dict[str, Any] = self._system.info(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        except Exception as error:
            raise self._error(name, error) from error
        return found

    def fetch(self, folder: Path) -> None:
        """The plan and the ledger of the run that is there, into the local folder.

        Raises: RefusedError where something else has a name of a run's.
        """
        self._system.invalidate_cache()
        names = [name for name in sorted(MADE) if self._info(name) is not None]
        if names and "plan.json" not in names:
            raise RefusedError(f"{self.url} holds {names[0]} but no plan.json; use an empty folder")
        for name in {"plan.json", "ledger.jsonl"} & {*names}:
            self.get(folder, name)

    def get(self, folder: Path, name: str) -> None:
        """A file into the local folder."""
        (folder / name).parent.mkdir(exist_ok=True)
        try:
            self._system.get_file(f"{self._root}/{name}", str(folder / name))
        except Exception as error:
            raise self._error(name, error) from error

    def put(self, folder: Path, *names: str) -> None:
        """Files of the local folder into that of the URL."""
        for name in filter(None, names):
            path = f"{self._root}/{name}"
            try:
                self._make_folder(path.rpartition("/")[0])
                self._system.put_file(str(folder / name), path)
            except Exception as error:
                raise self._error(name, error) from error
            if not self.holds(name, (folder / name).stat().st_size):
                raise self._error(name, OSError("the file that was put there is not the same"))

    def _make_folder(self, path: str) -> None:
        """Make a folder where files need one. In an object store that could make a bucket of a name mistyped."""
        protocol = self._system.protocol
        names = {protocol} if isinstance(protocol, str) else {*protocol}
        if path not in self._folders and names & WITH_FOLDERS:
            self._system.makedirs(path, exist_ok=True)
        self._folders.add(path)

    def drop(self, name: str) -> None:
        """Remove a file, if it is there."""
        if self.holds(name):
            try:
                self._system.rm_file(f"{self._root}/{name}")
            except Exception as error:
                raise self._error(name, error) from error

    def holds(self, name: str, size: int | None = None) -> bool:
        """Whether a file is there, of that many bytes."""
        info = self._info(name)
        return info is not None and (size is None or int(info.get("size") or 0) == size)


class PlaceLedger(Ledger):
    """The ledger of a run whose folder is a URL's: a shard's files are put there before it is noted."""

    def __init__(self, out: Path, place: Place) -> None:
        super().__init__(out)
        self._place = place
        self._last = self._took = 0.0

    def append(self, report: ShardReport) -> None:
        """Note a finished shard. Raises: OSError, FatalError."""
        self._place.put(self._out, report.file, report.quarantine)
        if not report.quarantine:  # what an attempt before may have left
            self._place.drop(quarantine_name(report.shard))
        super().append(report)
        (self._out / report.file).unlink()
        if time.monotonic() - self._last >= SHARE * self._took:
            self.put()

    def put(self) -> None:
        """Put the ledger as it is."""
        began = time.monotonic()
        self._place.put(self._out, "ledger.jsonl")
        self._last = time.monotonic()
        self._took = self._last - began

    def _is_there(self, report: ShardReport) -> bool:
        if not self._place.holds(report.file, report.bytes):
            return False
        if report.quarantine and not self._place.holds(report.quarantine):
            return False
        if report.quarantine:  # the page of the run shows some of it
            self._place.get(self._out, report.quarantine)
        return True
