"""The language records in words, for `bilingual languages`; from the same tables the kernels read."""

from __future__ import annotations

from typing import Any

from bilingual.language import facts
from bilingual.language.registry import UNDETERMINED, Language, check_tags, codes, default_registry


def chosen(tags: tuple[str, ...], everything: bool) -> list[Language]:
    """The languages named by `tags`, else all; scripts whose language no evidence tells only when `everything`.

    Raises: SettingsError for a tag that is not known.
    """
    languages = default_registry().languages
    if tags:
        wanted = check_tags(tags)
        return [language for tag in wanted for language in languages if language.tag == tag]
    return [
        language
        for language in languages
        if everything or language.folder is not None or not language.tag.startswith(UNDETERMINED)
    ]


def as_record(language: Language, system: str = "bcp47") -> dict[str, Any]:
    """One language as a dictionary: names, script, and how much evidence of which source."""
    record: dict[str, Any] = {
        "tag": codes(system)[language.tag],
        "name": language.name,
        "native": language.native,
        "script": language.script,
        "decided_by": "script" if language.folder is None else "evidence",
    }
    if language.folder is not None:
        arrays = [facts.arrays(lane) for lane in language.lanes]
        record |= {
            "letters": language.letters,
            "ngrams": {"source": language.ngrams, "count": sum(len(lane["gram_keys"]) for lane in arrays)},
            "words": {"source": language.frequencies, "count": sum(len(lane["word_keys"]) for lane in arrays)},
            "own_words": sum(len(facts.own_words(lane)) for lane in language.lanes),
            "profiles": list(language.profiles),
        }
        if language.parts:
            record["parts"] = {part.tag: part.name for part in language.parts}
    return record


def as_lines(language: Language, system: str = "bcp47", *, full: bool = False) -> list[str]:
    """One language as a line, or in full."""
    record = as_record(language, system)
    head = f"{record['tag']:<9} {language.script}  {language.name}"
    if language.folder is None:
        return [f"{head}  (by script)"]
    evidence = f"{record['ngrams']['count']} letter sequences from {language.ngrams}"
    evidence += f", {record['words']['count']} words from {language.frequencies}"
    if not full:
        return [f"{head}  ({evidence})"]
    own = [(word, tier) for lane in language.lanes for word, tier in facts.own_words(lane).items()]
    sample = [word for word, tier in own if tier == "1"][:12]
    lines = [head, f"  {language.native}", f"  evidence: {evidence}", f"  letters: {language.letters}"]
    lines += [f"  read as a part: {part.name}" for part in language.parts]
    if language.digits:
        lines.append(f"  digits as letters: {language.digits}")
    if sample:
        lines.append(f"  own words: {len(own)}, such as {' '.join(sample)}")
    if language.profiles:
        lines.append(f"  safe normalization profiles: {' '.join(language.profiles)}")
    return lines
