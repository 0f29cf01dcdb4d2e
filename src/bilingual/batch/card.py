"""The dataset card of an output folder: metadata that Hugging Face reads, and what a reader must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.batch.config import SCHEMA_VERSION, Config
from bilingual.labels.columns import KINDS, LABELS

if TYPE_CHECKING:
    from bilingual.arabic import Profile
    from bilingual.batch.run import RunReport

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
_COLUMNS = {
    "id": "id of the document: its record id, its id field, or its place (`file#offset`)",
    "url": "URL, where the source has one",
    "date": "date of the record, where the source has one",
    "source": "input file",
    "offset": "where the record begins in the input (bytes; rows for Parquet)",
    "kind": f"kind of page: {', '.join(KINDS)}",
    "chars": "code points of the document as it was read",
    "text": "the text",
    "origin": "map back: code point `at` of `text` and those after it come from `start` on of the document as read",
    "spans": "language spans: start, end, lang, script, label, score, layer, rule, lang_score",
    "blocks": "labelled blocks: start, end, label, score, layer, rule",
    "counts": "spans and characters by language and label",
}


def card(config: Config, report: RunReport) -> str:
    """The card as Markdown with a YAML head."""
    from bilingual.batch.report import by_language

    cells = by_language(report.stats["cells"])
    total = sum(counts[2] for labels in cells.values() for counts in labels.values()) or 1
    main = [lang for lang, labels in cells.items() if sum(c[2] for c in labels.values()) >= total / 100]
    lines = ["---", *_head(config, report, main), "---", "", "# Corpus made by bilingual", ""]
    lines += [_sentence(config, report), "", "## Columns", ""]
    lines += [f"- `{name}`: {_COLUMNS[name]}" for name in _names(config)]
    base = "`text`" if config.text else "the document as it was read (this corpus is stand-off: it has no text)"
    lines += [
        "",
        f"Offsets are Unicode code points, half-open, into {base}. Schema version {SCHEMA_VERSION}.",
        "",
    ]
    lines += [
        "## Content",
        "",
        f"| language | characters | {' | '.join(LABELS)} |",
        "|---|---|" + "---|" * len(LABELS),
    ]
    for lang, labels in list(cells.items())[:30]:
        chars = [labels.get(label, [0, 0, 0])[2] for label in LABELS]
        lines.append(f"| {lang} | {sum(chars):,} | {' | '.join(f'{n:,}' for n in chars)} |")
    lines += ["", "## Records", "", f"- read: {report.records_in:,}", f"- written: {report.records_out:,}"]
    lines += [f"- filtered, {name}: {count:,}" for name, count in sorted(report.filtered.items())]
    lines += [f"- misread as {name}: {count:,}" for name, count in sorted(report.stats["misread"].items())]
    lines += [f"- quarantined: {report.quarantined:,}", ""]
    lines += ["## Load", "", "```python", _load(config), "```", ""]
    lines += ["## Limits", "", _LIMITS, ""]
    return "\n".join(lines)


_LIMITS = (
    "Languages and labels are decided by rules and fitted weights; `score` is the probability of the label, "
    "`lang_score` that of the language. Licence, personal data and selection are "
    "those of the sources and are not checked: state them here before publishing."
)


def _head(config: Config, report: RunReport, main: list[str]) -> list[str]:
    size = next((name for limit, name in _SIZES if report.records_out < limit), "n>10M")
    codes = sorted({code.split("-")[0].split("_")[0] for code in main} - {"und"})
    return [
        "language:",
        *(f"- {code}" for code in codes or ["und"]),
        "tags:",
        "- bilingual",
        "- language-identification",
        "- boilerplate-removal",
        f"size_categories:\n- {size}",
        "configs:",
        "- config_name: default",
        f"  data_files: data/*{config.suffix}",
    ]


def _names(config: Config) -> list[str]:
    left_out = set() if config.text else {"text"}
    if not config.is_rewritten:
        left_out.add("origin")
    return [name for name in _COLUMNS if name not in left_out]


def _sentence(config: Config, report: RunReport) -> str:
    kept = []
    if config.keep:
        kept.append(f"labels {', '.join(config.keep)}")
    if config.lang:
        whole = "main language " if config.lang_of == "block" else "languages "
        kept.append(whole + ", ".join(config.lang))
    if config.min_score:
        kept.append(f"scores of at least {config.min_score}")
    text = f"{report.records_out:,} documents from {report.input_files:,} files"
    if kept:
        text += f"; of each document only what has {' and '.join(kept)}"
    if config.normalize:
        text += f"; Arabic normalized under the profile {_profile(config.normalize)}"
    return text + f". Languages are {'FLORES-200 codes' if config.codes == 'flores' else 'BCP 47 tags'}."


def _profile(profile: str | Profile) -> str:
    """A built-in profile by its name; another one with all that it does."""
    if isinstance(profile, str):
        return f"`{profile}`"
    steps = ", ".join(f"`{name}`" for name in profile.steps) or "none"
    return f"`{profile.name}` (steps: {steps}; scope: {profile.scope}; repair: {profile.repair})"


def _load(config: Config) -> str:
    kind = "parquet" if config.format == "parquet" else "json"
    return (
        "from datasets import load_dataset\n\n"
        f'dataset = load_dataset("{kind}", data_files="data/*{config.suffix}", split="train")'
    )
