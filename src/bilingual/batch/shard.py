"""One input shard to one output shard: a pure function of the shard, the configuration and nothing else.

The local runner and any engine call `process_shard`; it needs only paths and a picklable configuration,
writes its output file and its quarantine file, and returns a report. Called again it writes the same bytes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bilingual.batch import faults
from bilingual.batch.clean import clean
from bilingual.batch.columns import Group, Sources
from bilingual.batch.config import Config
from bilingual.batch.documents import Text, UnreadableError, document, stack
from bilingual.batch.rows import Rows, count, rows_of
from bilingual.batch.stats import Stats, merge
from bilingual.batch.task import EXPANSION, Notify, Shard, ShardReport, quarantine_name
from bilingual.batch.writer import RAW_CAP, Quarantine, open_sink, publish, sha256
from bilingual.errors import BilingualError, InputError, SettingsError
from bilingual.formats.compression import open_input
from bilingual.formats.readers import read
from bilingual.formats.record import MAX_NAME, Bad, End, Part, Record, Skipped
from bilingual.formats.whole import temporary

RUN_CHARS = 1 << 20
"""Code points that go through the layers at once: a twentieth faster than half as many, which leave the caches to the
reader twice as often; twice as many gain nothing and need 100 MB more."""
FIRST_CHARS = 1 << 16
"""The same before it is known how many blocks there are in them."""
RUN_ROWS = 1024
RUN_BLOCKS = 1 << 16
"""Blocks that should go through at once, by those of the run before: of pages there are half as many. A line of one
letter needs as much memory as a sentence: with 2^20 code points of them a worker had 761 MB, so 264."""
RUN_SOURCE = 1 << 24
"""Bytes of the sources of pages that are kept for the quarantine until their run is done."""
GROUP_SPANS = 1 << 18
"""Spans of a row group: a third more than of pages."""

SILENT = 1 << 14
"""Records of which none goes through the layers after which a worker tells that it is alive."""
ALIVE = 0.2
"""Seconds of reading without a word after which a worker tells so: the reader of a part of a compressed stream passes
over all that stands before it, which may take longer than a worker may be silent."""
MAX_REASONS = 200
"""Reasons of a shard that are counted by name: they hold lengths, so that every record may have its own."""
MAX_IDS = 500_000
"""Ids of a shard that are remembered to count doubles, which bounds memory."""

T = TypeVar("T")


def gathered(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """Neighbours that go through the layers at once; `length` of an item is in code points."""
    group: list[T] = []
    chars = 0
    for item in items:
        if group and (chars + length(item) > RUN_CHARS or len(group) >= RUN_ROWS):
            yield group
            group, chars = [], 0
        group.append(item)
        chars += length(item) + 1
    if group:
        yield group


def process_shard(shard: Shard, out: str | Path, config: Config, notify: Notify | None = None) -> ShardReport:
    """Read the shard's parts, run every layer, write and publish the output and the quarantine.

    `notify` is told before each run of records which ones it holds. Raises: OSError when the output cannot be
    written (nothing half-written stays), BilingualError when records would be lost.
    """
    return _Work(shard, Path(out), config, notify or (lambda message: None)).run()


def try_alone(shard: Shard, out: str | Path, config: Config, notify: Notify) -> None:
    """Do all with the record `shard.alone` that `process_shard` does, but for publishing it, and nothing with others.

    A process that ends meanwhile was ended by the record, or by what has nothing to do with the shard.
    """
    _Work(shard, Path(out), config, notify).try_alone()


class _Tried(BaseException):
    """Raised when the record that was to be tried has been read."""


@cache
def segmenter(settings: tuple[tuple[str, Any], ...]) -> Any:
    """The segmenter of a configuration's settings, one in a process."""
    from bilingual.pipeline import Segmenter

    return Segmenter(**dict(settings))


@dataclass(slots=True)
class _Waiting:
    """Records that wait for their run through the layers."""

    numbers: list[int] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    utf8: list[bytes] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)
    chars: int = 0
    n_source: int = 0


class _Work:
    """The state of one call of `process_shard`."""

    def __init__(self, shard: Shard, out: Path, config: Config, notify: Notify) -> None:
        self.shard = shard
        self.out = out
        self.config = config
        self.notify = notify
        self.report = ShardReport(shard=shard.number)
        self.stats = Stats()
        self.poison = dict(shard.poison)
        self.is_faulty = faults.armed()
        self.number = -1
        self.waiting = _Waiting()
        self.group = Group(config, dictionaries=config.format == "parquet")
        self.quarantine = Quarantine(self.out / quarantine_name(shard.number))
        self.ids: set[int] = set()
        self.done_weight = self.waiting_offset = 0
        self.run_chars = min(FIRST_CHARS, RUN_CHARS)

    def run(self) -> ShardReport:
        began, cpu = time.monotonic(), time.process_time()
        target = self.out / "data" / self.shard.name(self.config)
        scratch = temporary(target)
        try:
            self.sink = open_sink(scratch, self.config)
            try:
                self._read_all()
                self._flush_group(final=True)
                faults.hit("fsync")
                written = self.sink.close()
            except BaseException:
                self.sink.abort()
                raise
            self._finish(scratch, written)
            self.report.quarantine = self.quarantine.publish()
            publish(scratch, target)
        except BaseException:
            scratch.unlink(missing_ok=True)
            self.quarantine.abort()
            raise
        self.report.seconds = round(time.monotonic() - began, 4)
        self.report.cpu_seconds = round(time.process_time() - cpu, 4)
        self.report.peak_mb = peak_mb()
        return self.report

    def try_alone(self) -> None:
        """Read up to the record, and run, clean and write that one into a file that is dropped."""
        number = self.shard.alone
        scratch = temporary(self.out / "data" / self.shard.name(self.config))
        try:
            self.sink = open_sink(scratch, self.config)
            try:
                with suppress(_Tried):
                    self._read_all()
                self._run_waiting()
                self._flush_group()
                self._tell(number, number + 1)  # what comes now is not the record's doing
            finally:
                self.sink.abort()
        finally:
            scratch.unlink(missing_ok=True)
            self.quarantine.abort()

    # --- reading ---

    def _read_all(self) -> None:
        for part in self.shard.parts:
            self.part = part
            self._read_part(part)
            self.done_weight += part.weight
            self.waiting_offset = 0
        self._run_waiting()

    def _read_part(self, part: Part) -> None:
        reach = [part.start, part.end]
        try:
            stream = open_input(part.path)
        except OSError as error:
            stream = None
            self._count_in(1)
            self._bad(Bad(part.start, 0, "open", error.strerror or type(error).__name__, b""))
        try:
            if stream is not None:
                with stream:
                    reach = self._read_stream(stream, part) or reach
        except ImportError:
            raise
        except InputError as error:
            self._count_in(1)
            self._bad(Bad(part.start, 0, "open", str(error), b""))
        self.report.reach.append(reach)

    def _read_stream(self, stream: Any, part: Part) -> list[int]:
        """Take everything of a part; where its reader began and ended."""
        reach: list[int] = []
        silent = 0
        if part.format != "parquet":  # pyarrow wants a file
            stream = _Told(stream, lambda: self._tell(self.number, self.number + 1))
        for event in read(stream, part, self.config.read):
            if isinstance(event, End):
                reach = [event.began, event.ended]
                continue
            self._take(event)
            silent = 0 if isinstance(event, Record) else silent + event.records
            if silent >= SILENT:
                silent = 0
                self._tell(self.number, self.number + 1)
        return reach

    def _take(self, event: Record | Bad | Skipped) -> None:
        self.number += 1
        if self.number > self.shard.alone >= 0:
            raise _Tried
        if self.number < self.shard.alone:
            return
        self._count_in(1 if isinstance(event, Record) else event.records)
        if isinstance(event, Bad):
            self._bad(event)
            return
        if isinstance(event, Skipped):
            merge(self.report.filtered, {event.reason: event.records})
            return
        if self.number in self.poison:
            self._bad_record(event, "layers", self.poison[self.number])
            return
        if len(event.id) > MAX_NAME or len(event.url) > MAX_NAME or len(event.date) > MAX_NAME:
            self._bad_record(event, "size", f"an id, URL or date of more than {MAX_NAME} characters")
            return
        try:
            found = self._document(event)
        except UnreadableError as error:
            self._bad_record(event, error.stage, str(error))
            return
        self.stats.add_decoded(found.encoding, found.replaced, found.misread, found.size)
        self._wait(event, found)

    def _document(self, record: Record) -> Text:
        """The text of a record; one that goes alone is named before, and not blamed for what comes after."""
        number, careful = self.number, self.shard.careful
        is_careful = careful[0] <= number < careful[1] or number == self.shard.alone
        if is_careful:
            self._tell(number, number)
        if self.is_faulty:
            faults.hit("decode", number)
        found = document(record, self.config)
        if is_careful:
            self._tell(number, number + 1)
        return found

    def _wait(self, record: Record, found: Text) -> None:
        waiting, text = self.waiting, found.text
        size, n_source = len(text) + len(record.id) + len(record.url), 0
        if found.page is not None:  # its source is many times its text, and is asked for by the quarantine alone
            record = record._replace(payload=record.payload[:RAW_CAP])
            n_source = len(record.payload)
        mixed = bool(waiting.pages) and (waiting.pages[-1] is None) != (found.page is None)
        is_full = len(waiting.texts) >= RUN_ROWS or waiting.n_source + n_source > RUN_SOURCE
        if mixed or is_full or (waiting.chars and waiting.chars + size > self.run_chars):
            self._run_waiting()
            waiting = self.waiting
        waiting.numbers.append(self.number)
        waiting.records.append(record)
        waiting.names.append(self.part.name)
        waiting.texts.append(text)
        waiting.utf8.append(found.utf8)
        waiting.pages.append(found.page)
        waiting.chars += size + 1
        waiting.n_source += n_source

    # --- the layers ---

    def _run_waiting(self) -> None:
        waiting, self.waiting = self.waiting, _Waiting()
        if not waiting.texts:
            return
        first, last = waiting.numbers[0], waiting.numbers[-1]
        self.waiting_offset = waiting.records[-1].offset if waiting.names[-1] == self.part.name else 0
        self._tell(first, last)
        careful = self.shard.careful
        if self.is_faulty or (first < careful[1] and last >= careful[0]):
            for i in range(len(waiting.texts)):
                self._tell(waiting.numbers[i], waiting.numbers[i])
                faults.hit("record", waiting.numbers[i])
                self._layers(waiting, [i], probe=True)
            self._tell(first, last)
        self._layers(waiting, list(range(len(waiting.texts))))

    def _tell(self, first: int, last: int) -> None:
        self.notify(
            {
                "at": (first, last),
                "weight": self.done_weight + self._weight_within(),
                "in": self.report.records_in,
                "out": self.report.records_out,
                "quarantined": self.report.quarantined,
            }
        )

    def _weight_within(self) -> int:
        """How much of the part at hand is done, for the progress bar; Parquet counts rows, which say nothing."""
        part = self.part
        if part.format == "parquet" or not self.waiting_offset:
            return 0
        if part.is_packed:  # offsets are those of the content
            return min(part.weight, max(0, self.waiting_offset - part.start * EXPANSION))
        unit = EXPANSION if part.compression else 1
        return min(part.weight, max(0, self.waiting_offset - part.start) * unit)

    def _layers(self, waiting: _Waiting, chosen: list[int], *, probe: bool = False) -> None:
        """Run some waiting records; a run that raises is halved until the record that does it is alone."""
        texts = [waiting.texts[i] for i in chosen]
        try:
            result = segmenter(self.config.settings).run(texts, _stacked(waiting.pages, chosen))
            n_chars, n_blocks = int(result.found.doc_ptr[-1]), len(result.found.block_start)
            self.run_chars = min(RUN_CHARS, n_chars * RUN_BLOCKS // (n_blocks + 1) + 1)
            rows = rows_of(result, [waiting.utf8[i] for i in chosen], self.config)
            stays: Any = None
            if self.config.is_filtered or self.config.is_rewritten:
                rows, stays = clean(rows, texts, self.config)
        except (ImportError, SettingsError, OSError):
            raise
        except Exception as error:
            # A document that is no larger than many together goes through when others need less.
            if isinstance(error, MemoryError) and (len(chosen) > 1 or len(texts[0]) <= RUN_CHARS):
                raise
            if probe:
                return
            if len(chosen) == 1:
                i = chosen[0]
                self._bad_record(waiting.records[i], "layers", describe(error), waiting.names[i])
                return
            half = len(chosen) // 2
            self._layers(waiting, chosen[:half])
            self._layers(waiting, chosen[half:])
            return
        if probe:
            return
        if stays is not None:
            if len(rows) < len(chosen):
                merge(self.report.filtered, {"nothing kept": len(chosen) - len(rows)})
            chosen = [i for i, is_kept in zip(chosen, stays.tolist(), strict=True) if is_kept]
        self._add(waiting, chosen, rows)

    def _add(self, waiting: _Waiting, chosen: Sequence[int], rows: Rows) -> None:
        records = [waiting.records[i] for i in chosen]
        sources = Sources(
            [record.id for record in records],
            [record.url for record in records],
            [record.date for record in records],
            [waiting.names[i] for i in chosen],
            [record.offset for record in records],
        )
        for record in records:
            key = hash(record.id)
            self.stats.duplicate_ids += key in self.ids
            if len(self.ids) < MAX_IDS:
                self.ids.add(key)
        count(rows, self.stats, self.config)
        self.group.add(sources, rows)
        config, group = self.config, self.group
        if group.n_rows >= config.group_rows or group.n_bytes >= config.group_bytes or group.n_spans >= GROUP_SPANS:
            self._flush_group()

    def _flush_group(self, final: bool = False) -> None:
        if self.group.n_rows or (final and not self.report.records_out):
            faults.hit("write")
            self.sink.write(self.group.table())
            self.report.records_out += self.group.n_rows
        self.group.clear()

    # --- what cannot be done ---

    def _count_in(self, records: int) -> None:
        self.report.records_in += records

    def _bad_record(self, record: Record, stage: str, error: str, name: str = "") -> None:
        payload = record.payload
        raw = payload if isinstance(payload, bytes) else payload[:65536].encode("utf-8", "replace")
        self._bad(Bad(record.offset, record.length, stage, error, raw), name)

    def _bad(self, bad: Bad, name: str = "") -> None:
        self.report.quarantined += bad.records
        reason = f"{bad.stage}: {bad.error[:200]}"
        if reason not in self.report.reasons and len(self.report.reasons) >= MAX_REASONS:
            reason = f"{bad.stage}: other"
        merge(self.report.reasons, {reason: bad.records})
        self.quarantine.add(name or self.part.name, bad)

    # --- publishing ---

    def _finish(self, scratch: Path, written: int) -> None:
        report = self.report
        report.file = f"data/{self.shard.name(self.config)}"
        report.bytes = scratch.stat().st_size
        report.sha256 = sha256(scratch)
        report.stats = self.stats.to_dict()
        if written != report.records_out or not report.is_conserved():
            raise BilingualError(
                f"shard {report.shard}: {report.records_in} records came in, {written} were written, "
                f"{sum(report.filtered.values())} filtered and {report.quarantined} quarantined; "
                "nothing was published"
            )


class _Told:
    """A stream that is read, with a word of it from time to time."""

    def __init__(self, stream: Any, tell: Callable[[], None]) -> None:
        self._stream = stream
        self._tell = tell
        self._last = time.monotonic()
        self.seek = stream.seek
        self.name = getattr(stream, "name", None)

    def read(self, size: int) -> bytes:
        """Up to `size` bytes."""
        now = time.monotonic()
        if now - self._last >= ALIVE:
            self._last = now
            self._tell()
        data: bytes = self._stream.read(size)
        return data


def _stacked(pages: list[Any], chosen: list[int]) -> Any:
    """The evidence of the HTML pages of a run in one; None for text."""
    return None if pages[chosen[0]] is None else stack([pages[i] for i in chosen])


def peak_mb() -> int:
    """Largest resident memory of this process so far, in MB; 0 where the system does not say.

    Not `getrusage` where /proc is there: its maximum goes over from the parent to a new process on Linux.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024
    except (OSError, IndexError, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // (1 << 20 if sys.platform == "darwin" else 1024)


def describe(error: BaseException) -> str:
    """The kind and place of an error, without its message, which may quote the document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    code = trace.tb_frame.f_code
    return f"{type(error).__name__} in {code.co_name}, {Path(code.co_filename).name}"
