"""The reports of a run: `report.json` for programs, `report.html` for a person, `README.md` as the dataset's card.

None of them holds text of a document: places, counts and reasons only. The page is one file without scripts
and without anything to load; its charts are SVG.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from bilingual.batch.config import Config
from bilingual.batch.plan import Plan
from bilingual.batch.task import ShardReport
from bilingual.formats.whole import write_whole
from bilingual.labels.columns import LABELS

if TYPE_CHECKING:
    from bilingual.batch.run import RunReport

MOST = 25
"""Rows of a chart or table; the rest is summed up."""


def write_reports(
    folder: Path, plan: Plan, config: Config, report: RunReport, done: Sequence[ShardReport]
) -> tuple[str, ...]:
    """Write the three reports of a run into its folder; their names."""
    from bilingual.batch.card import card

    data = json.dumps(asdict(report), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    made = {
        "report.json": data + b"\n",
        "report.html": html_report(folder, plan, config, report, done).encode("utf-8", "replace"),
        "README.md": card(config, report).encode("utf-8", "replace"),
    }
    for name, content in made.items():
        write_whole(folder / name, content)
    return tuple(made)


def html_report(folder: Path, plan: Plan, config: Config, report: RunReport, done: Sequence[ShardReport]) -> str:
    """The page."""
    page = files("bilingual.batch") / "templates" / "report.html"
    cells = by_language(report.stats["cells"])
    good = report.is_complete and not report.quarantined
    if report.is_complete:
        state = "Complete: every record is accounted for."
        if report.quarantined:
            state = f"Complete, with {report.quarantined:,} records in quarantine; all others are done."
    else:
        state = "Not complete. Where no line below says otherwise, run the same command with --resume."
    problems = "".join(f"<li>{escape(problem)}</li>" for problem in [*report.problems[:MOST], *report.warnings])
    return Template(page.read_text(encoding="utf-8")).substitute(
        title=escape(f"Run of {report.records_in:,} records"),
        subtitle=escape(
            f"{report.input_files:,} files, {_mb(report.input_bytes)} in; {_mb(report.output_bytes)} out; "
            f"{report.seconds:,.1f} s; {report.cpu_seconds:,.1f} s of processor time; "
            f"at most {report.peak_mb:,} MB per worker"
        ),
        state=escape(state),
        state_class="good" if good else "bad",
        problems=f"<ul>{problems}</ul>" if problems else "",
        records=_records(report),
        chars_chart=stacked(cells, 2, "characters"),
        documents_chart=stacked(cells, 0, "documents"),
        scores_chart=histograms(report.stats["scores"]),
        kinds_chart=bars(report.stats["kinds"], "documents"),
        rules=_rules(report.stats["rules"]),
        quarantine=_quarantine(folder, report, done),
        shards=_shards(done),
        setup=_setup(plan, config),
    )


def by_language(cells: dict[str, list[int]]) -> dict[str, dict[str, list[int]]]:
    """ "lang label" -> counts, as lang -> label -> counts, the largest first."""
    found: dict[str, dict[str, list[int]]] = {}
    for key, counts in cells.items():
        lang, _, label = key.rpartition(" ")
        found.setdefault(lang, {})[label] = counts
    order = sorted(found, key=lambda lang: (-sum(counts[2] for counts in found[lang].values()), lang))
    return {lang: found[lang] for lang in order}


# --- tables -----------------------------------------------------------------------------------------


def table_of(rows: Iterable[Sequence[Any]], head: Sequence[str], numbers: Sequence[int]) -> str:
    """An HTML table; `numbers` are the columns of numbers."""
    kinds = [' class="n"' if i in numbers else "" for i in range(len(head))]
    lines = [
        "<tr>" + "".join(f"<th{kind}>{escape(name)}</th>" for name, kind in zip(head, kinds, strict=True)) + "</tr>"
    ]
    for row in rows:
        values = (f"{value:,}" if isinstance(value, int) else str(value) for value in row)
        cells = (f"<td{kind}>{escape(value)}</td>" for value, kind in zip(values, kinds, strict=True))
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "".join(lines) + "</table>"


def _records(report: RunReport) -> str:
    rows: list[tuple[str, int]] = [("read", report.records_in), ("written", report.records_out)]
    rows += [(f"filtered: {name}", count) for name, count in sorted(report.filtered.items())]
    rows.append(("quarantined", report.quarantined))
    rows.append(("documents that share an id with an earlier one of their shard", report.stats["duplicate_ids"]))
    for name, count in sorted(report.stats["encodings"].items()):
        rows.append(("came as text" if name == "text" else f"decoded as {name}", count))
    rows.append(("code points replaced by U+FFFD, as their bytes are no character", report.stats["replaced"]))
    for name, count in sorted(report.stats["misread"].items()):
        rows.append((f"misread as {name}", count))
    if report.ignored_files:
        rows.append(("files with other suffixes, not read", report.ignored_files))
    if report.runs_left_out:
        rows.append(("folders of runs, of which nothing that a run wrote was read", len(report.runs_left_out)))
    return table_of(rows, ("what", "count"), (1,))


def _rules(rules: dict[str, int]) -> str:
    most = sorted(rules.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    rows = [(*key.split(" ", 2), count) for key, count in most]
    return table_of(rows, ("label", "layer", "rule", "blocks"), (3,)) if rows else "<p>None.</p>"


def _quarantine(folder: Path, report: RunReport, done: Sequence[ShardReport]) -> str:
    if not report.quarantined:
        return "<p>None.</p>"
    reasons = sorted(report.reasons.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    shown = table_of(reasons, ("reason", "records"), (1,))
    lines: list[tuple[str, int, int, str]] = []
    for one in done:
        if one.quarantine and len(lines) < 4 * MOST:
            with (folder / one.quarantine).open(encoding="utf-8") as file:
                for line in file:
                    bad = json.loads(line)
                    lines.append((bad["source"], bad["offset"], bad["length"], f"{bad['stage']}: {bad['error']}"))
                    if len(lines) >= 4 * MOST:
                        break
    where = table_of(lines, ("source", "offset", "length", "reason"), (1, 2))
    return f"{shown}<p>The first {len(lines):,} places; all, with their bytes, are in quarantine/.</p>{where}"


def _shards(done: Sequence[ShardReport]) -> str:
    rows = [
        (
            one.file,
            one.records_in,
            one.records_out,
            one.quarantined,
            _mb(one.bytes),
            f"{one.seconds:,.1f} s",
            one.attempts,
        )
        for one in done[: 4 * MOST]
    ]
    head = ("file", "read", "written", "quarantined", "size", "time", "attempts")
    more = f"<p>and {len(done) - len(rows):,} more, see ledger.jsonl</p>" if len(done) > len(rows) else ""
    return table_of(rows, head, (1, 2, 3, 4, 5, 6)) + more


def _setup(plan: Plan, config: Config) -> str:
    rows = {**config.to_dict(), "configuration": plan.digest, "shards": len(plan.shards)}
    return "".join(
        f"<tr><td>{escape(name)}</td><td class=note><code>"
        f"{escape(json.dumps(value, ensure_ascii=False))}</code></td></tr>"
        for name, value in rows.items()
    )


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


# --- charts -----------------------------------------------------------------------------------------

WIDTH, LEFT, RIGHT, ROW = 900, 110, 110, 24


def stacked(cells: dict[str, dict[str, list[int]]], item: int, unit: str) -> str:
    """One bar per language, in the colours of its labels. `item`: which count of a cell."""
    rows = [(lang, [labels.get(label, [0, 0, 0])[item] for label in LABELS]) for lang, labels in cells.items()]
    if len(rows) > MOST:
        rest = [sum(counts) for counts in zip(*(counts for _, counts in rows[MOST:]), strict=True)]
        rows = [*rows[:MOST], ("others", rest)]
    longest = max((sum(counts) for _, counts in rows), default=0) or 1
    space = WIDTH - LEFT - RIGHT
    parts = []
    for i, (lang, counts) in enumerate(rows):
        x, y = float(LEFT), i * ROW
        parts.append(f'<text x="{LEFT - 8}" y="{y + 16}" text-anchor="end">{escape(lang)}</text>')
        for label, count in zip(LABELS, counts, strict=True):
            width = count / longest * space
            hint = f"{lang} {label}: {count:,} {unit}"
            parts.append(
                f'<rect class="{label}" x="{x:.1f}" y="{y + 3}" width="{width:.1f}" height="{ROW - 6}">'
                f"<title>{escape(hint)}</title></rect>"
            )
            x += width
        parts.append(f'<text class="soft" x="{x + 6:.1f}" y="{y + 16}">{sum(counts):,}</text>')
    return _svg(parts, len(rows) * ROW, f"{unit} by language and label")


def bars(counts: dict[str, int], unit: str) -> str:
    """One bar per name, the longest first."""
    rows = sorted(((name, count) for name, count in counts.items() if count), key=lambda row: (-row[1], row[0]))
    longest = max((count for _, count in rows), default=0) or 1
    parts = []
    for i, (name, count) in enumerate(rows[:MOST]):
        width, y = count / longest * (WIDTH - LEFT - RIGHT), i * ROW
        parts.append(f'<text x="{LEFT - 8}" y="{y + 16}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect class="body" x="{LEFT}" y="{y + 3}" width="{width:.1f}" height="{ROW - 6}"/>')
        parts.append(f'<text class="soft" x="{LEFT + width + 6:.1f}" y="{y + 16}">{count:,}</text>')
    return _svg(parts, min(len(rows), MOST) * ROW, f"{unit} by kind")


def histograms(scores: dict[str, list[int]]) -> str:
    """One histogram of probabilities per label."""
    height, parts = 84, []
    for row, label in enumerate(LABELS):
        counts = scores.get(label) or [0]
        base, highest = (row + 1) * height - 18, max(counts) or 1
        width = (WIDTH - LEFT - RIGHT) / len(counts)
        parts.append(f'<text x="{LEFT - 8}" y="{base - 20}" text-anchor="end">{label}</text>')
        for i, count in enumerate(counts):
            tall = count / highest * (height - 26)
            hint = f"{label}, {i / len(counts):.2f} to {(i + 1) / len(counts):.2f}: {count:,} blocks"
            parts.append(
                f'<rect class="{label}" x="{LEFT + i * width + 1:.1f}" y="{base - tall:.1f}" '
                f'width="{width - 2:.1f}" height="{tall:.1f}"><title>{escape(hint)}</title></rect>'
            )
        parts.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{base}" y2="{base}"/>')
        for i in range(5):
            x = LEFT + i * (WIDTH - LEFT - RIGHT) / 4
            parts.append(f'<text class="soft" x="{x:.0f}" y="{base + 14}" text-anchor="middle">{i / 4:g}</text>')
    return _svg(parts, len(LABELS) * height, "scores by label")


def _svg(parts: list[str], height: int, name: str) -> str:
    if not parts:
        return "<p>None.</p>"
    inside = "".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(name)}">{inside}</svg>'
