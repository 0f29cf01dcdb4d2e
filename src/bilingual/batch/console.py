"""What a person sees of a run: a progress bar on a terminal, a summary at the end, all on standard error."""

from __future__ import annotations

import sys
from typing import Any

from bilingual.batch.run import RunReport
from bilingual.errors import printable


class Console:
    """Progress and summary. Quiet while it works when standard error is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def progress(self, event: str, facts: dict[str, Any]) -> None:
        """Take one event of a run."""
        if event == "signal":
            self._say(
                f"{facts['name']}: stopping now"
                if facts["again"]
                else f"{facts['name']}: finishing the shards in flight; once more to stop now"
            )
        elif event == "failure":
            self._say(f"shard {facts['shard']} was given up: {facts['error']}")
        elif event == "begin" and sys.stderr.isatty():
            self._open(facts)
        elif event in ("progress", "shard") and self._bar is not None:
            self._bar.update(self._task, completed=facts["done"], kept=_kept(facts))
        elif event == "end":
            self.close()

    def _open(self, facts: dict[str, Any]) -> None:
        from rich.console import Console as RichConsole
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
        kept = TextColumn("{task.fields[kept]}")
        self._bar = Progress(*columns, kept, console=RichConsole(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=facts["weight"], completed=facts["done"], kept=_kept(facts))
        self._bar.start()

    def _say(self, text: str) -> None:
        text = printable(text)
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False)
        else:
            print(f"bilingual: {text}", file=sys.stderr)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def summary(self, report: RunReport, max_bad: float = 0.0) -> None:
        """A short account of the run; `max_bad`: share of the records that may be quarantined."""
        print(printable("\n".join(summary_lines(report, max_bad))), file=sys.stderr)


def _kept(facts: dict[str, Any]) -> str:
    # what was read a moment ago is written with its row group: no share of it was left out
    text = f"{facts.get('in', 0):,} records read, {facts.get('out', 0):,} written"
    quarantined = facts.get("quarantined", 0)
    return f"{text}, {quarantined:,} quarantined" if quarantined else text


def summary_lines(report: RunReport, max_bad: float = 0.0) -> list[str]:
    """The account in words."""
    size, rate = report.input_bytes / 1e6, report.bytes_read / 1e6 / max(report.seconds, 1e-3)
    lines = [
        f"{report.records_in:,} records from {report.input_files:,} files ({size:,.1f} MB) "
        f"in {report.seconds:,.1f} s" + f" ({rate:,.1f} MB/s)" * (report.bytes_read > 0),
        f"  written     {report.records_out:,} in {report.shards_done} of {report.shards} shards "
        f"({report.output_bytes / 1e6:,.1f} MB)",
    ]
    if report.filtered:
        reasons = ", ".join(f"{name}: {count:,}" for name, count in sorted(report.filtered.items()))
        lines.append(f"  filtered    {sum(report.filtered.values()):,} ({reasons})")
    if report.quarantined:
        lines.append(f"  quarantined {report.quarantined:,}, see {report.out}/quarantine")
        most = sorted(report.reasons.items(), key=lambda item: (-item[1], item[0]))[:5]
        lines += [f"    {count:,} x {reason}" for reason, count in most]
    if report.ignored_files:
        lines.append(f"  ignored     {report.ignored_files:,} files with other suffixes")
    lines += [f"  left out    what a run wrote in {folder}" for folder in report.runs_left_out[:10]]
    if report.stats["replaced"]:
        lines.append(f"  replaced    {report.stats['replaced']:,} by U+FFFD, as what stood there is no character")
    lines += [f"  warning: {warning}" for warning in report.warnings]
    if report.was_stopped:
        lines.append("  stopped before the end; continue with --resume")
    lines += [f"  not complete: {problem}" for problem in report.problems[:10]]
    lines.append(f"  report      {report.out}/report.html")
    if report.is_complete and report.exit_code(max_bad):
        lines.append(
            f"  exit code 1: {report.quarantined:,} of {report.records_in:,} records are in quarantine, "
            f"more than --max-bad {max_bad:g} allows"
        )
    return lines
