"""Rules, evidence and lexicons in words, from the tables that the code reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from bilingual.errors import SettingsError, nearest
from bilingual.labels.evidence import EVIDENCE, EXCEPTIONS, Evidence
from bilingual.labels.lexicon import LABELS, POSITIONS, lexicon
from bilingual.labels.rules import Rule, table, undecided


@cache
def _known() -> dict[str, Rule | Evidence]:
    """Everything that `Block.rule` may be, by name."""
    every: tuple[Rule | Evidence, ...] = (*table(), *EVIDENCE, *EXCEPTIONS)
    return {one.name: one for one in every}


def meaning(name: str) -> str:
    """What a `Block.rule` says of its block, in words.

    >>> meaning("long-sentence")
    '25 words or more, or 14 and the end of a sentence'
    """
    return _known()[name].summary.rstrip(".")


def rules(names: Sequence[str] = (), as_json: bool = False) -> Iterator[str]:
    """Lines that list the rules and the evidence of `names`, or one line for each of all.

    Raises: SettingsError for a name that none has.
    """
    known = _known()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SettingsError(
            f"no rule is called {unknown[0]!r}; `bilingual rules` lists them{nearest(unknown[0], known)}"
        )
    for one in [known[name] for name in names] or known.values():
        if as_json:
            yield json.dumps(_record(one), ensure_ascii=False)
        elif names:
            yield from _full(one)
        else:
            yield _row(one)


def _row(one: Rule | Evidence) -> str:
    if isinstance(one, Evidence):
        how, score = one.layer, ""
    else:
        how, score = "decides" if one.decides else "evidence", f"{one.precision:.3f}"
    return f"{one.name:24} {one.label or 'any':10} {how:9} {score:5}  {one.summary}"


def phrases(kinds: Sequence[str] = (), as_json: bool = False) -> Iterator[str]:
    """Lines that list the phrases of `kinds`, or of all: phrase, kind, label, position, language, note; as JSON also
    whether it is undecided.

    Raises: SettingsError for an unknown kind.
    """
    lex = lexicon()
    unknown = [kind for kind in kinds if kind not in lex.kinds]
    if unknown:
        known = ", ".join(lex.kinds) + nearest(unknown[0], lex.kinds)
        raise SettingsError(f"no kind of phrases is called {unknown[0]!r}; known: {known}")
    keys = ("phrase", "kind", "label", "position", "lang", "note")
    for row, phrase in enumerate(lex.phrase):
        kind = lex.kinds[lex.kind[row]]
        if kinds and kind not in kinds:
            continue
        label, position = LABELS[lex.label[row]], POSITIONS[lex.position[row]]
        cells = (phrase, kind, label, position, lex.lang[row], lex.note[row])
        record = {**dict(zip(keys, cells, strict=True)), "undecided": (phrase, position) in undecided()}
        yield json.dumps(record, ensure_ascii=False) if as_json else "\t".join(cells)


def page() -> str:
    """The page docs/rules.md."""
    parts = [_HEAD, "## Rules that decide\n"]
    parts += [_section(rule) for rule in table() if rule.decides]
    parts.append("## Rules that are evidence\n\nBelow 95% somewhere, or met too rarely: they decide nothing alone.\n")
    parts += [_section(rule) for rule in table() if not rule.decides]
    parts += [_EVIDENCE_HEAD, *(_table_row(one) for one in (*EVIDENCE, *EXCEPTIONS)), ""]
    parts.append(_lexicon_table())
    return "\n".join(parts)


_HEAD = """# Label rules and lexicons

Made by `bilingual rules --markdown`; do not edit. A sample line after `+` is taken by the rule, one after
`-` is not; all of them run as tests. "Not body" is the share of the blocks on silver pages, which know only body and
the rest.
"""

_EVIDENCE_HEAD = f"""## What the other layers go by

Where no rule decides, the trees do, by all signals at once. `rule` then names the first evidence below that speaks for
the label they chose and holds for the block; `layer` says whether the block itself (heuristic) or its page (context)
shows it. `explain` gives the signals' shares. The last {len(EXCEPTIONS)} are exceptions, made afterwards.

| name | label | layer | what holds |
|---|---|---|---|"""


def _table_row(one: Evidence) -> str:
    return f"| {one.name} | {one.label or 'any'} | {one.layer} | {one.summary} |"


def _record(one: Rule | Evidence) -> dict[str, object]:
    if isinstance(one, Evidence):
        return {"name": one.name, "label": one.label or None, "family": one.layer, "help": one.summary}
    return _rule_record(one)


def _rule_record(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name, "label": rule.label, "family": rule.family, "decides": rule.decides,
        "precision": rule.precision, "development": rule.development, "silver": rule.silver,
        "help": rule.summary,
        "samples": [{"line": line, "label": label or None} for line, label in rule.samples()],
    }  # fmt: skip


def _full(one: Rule | Evidence) -> Iterator[str]:
    if isinstance(one, Evidence):
        yield f"{one.name}: {one.label or 'any label'}, layer {one.layer}"
        yield f"  {one.summary}"
    else:
        yield from _full_rule(one)


def _full_rule(rule: Rule) -> Iterator[str]:
    how = "decides alone" if rule.decides else "is evidence, does not decide alone"
    yield f"{rule.name}: {rule.label}, {how}, score {rule.precision:.3f}"
    yield f"  measured: {rule.development}; silver: {rule.silver}"
    yield from (f"  {line}" for line in rule.help.splitlines())


def _section(rule: Rule) -> str:
    text, _, samples = rule.help.partition("\n\n")
    return (
        f"### {rule.name}\n\n{rule.label}, score {rule.precision:.3f}: {' '.join(text.split())}\n\n"
        f"```\n{samples}\n```\n\n"
        f"Measured: {rule.development}; silver: {rule.silver}.\n"
    )


def _lexicon_table() -> str:
    lex = lexicon()
    langs = sorted(set(lex.lang))
    count = Counter(zip((lex.kinds[kind] for kind in lex.kind), lex.lang, strict=True))
    rows = [
        f"## Lexicons\n\n{len(lex.phrase):,} phrases; `bilingual rules --phrases KIND` lists them. {len(undecided())} "
        "of them are undecided: too\noften wrong alone, so no rule takes them; they are evidence like the others.\n"
    ]
    rows.append(f"| kind | label | meaning | {' | '.join(langs)} |\n|---|---|---|{'---:|' * len(langs)}")
    for kind, label, meaning in zip(lex.kinds, lex.kind_label, lex.kind_help, strict=True):
        counts = " | ".join(str(count[kind, lang]) for lang in langs)
        rows.append(f"| {kind} | {label} | {meaning} | {counts} |")
    return "\n".join(rows) + "\n"
