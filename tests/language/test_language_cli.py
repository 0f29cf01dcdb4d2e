"""`bilingual languages` prints what the tables hold."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bilingual.cli.languages import command
from bilingual.errors import SettingsError
from bilingual.language import facts
from bilingual.language.registry import default_registry


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_every_language_has_a_line() -> None:
    listed = [line.split()[0] for line in run().splitlines()]
    known = [language.tag for language in default_registry().languages if language.tag[:3] != "und" or language.folder]
    assert listed == known
    assert {"und-Arab", "und-Latn"} < set(listed)
    assert "und-Cyrl" in run("--all")


def test_json_says_how_much_evidence_there_is() -> None:
    (record,) = map(json.loads, run("--json", "ckb").splitlines())
    language = next(language for language in default_registry().modelled if language.tag == "ckb")
    assert record["decided_by"] == "evidence"
    assert record["own_words"] == len(facts.own_words(language))
    assert record["ngrams"] == {"source": "words", "count": len(facts.arrays(language)["gram_keys"])}


def test_every_profile_is_safe_for_arabic() -> None:
    from bilingual.arabic import PROFILES

    (record,) = map(json.loads, run("--json", "ar").splitlines())
    assert sorted(record["profiles"]) == sorted(PROFILES)


def test_parts_are_told_with_the_whole() -> None:
    (record,) = map(json.loads, run("--json", "und-Arab").splitlines())
    whole = next(language for language in default_registry().modelled if language.tag == "und-Arab")
    assert record["parts"] == {part.tag: part.name for part in whole.parts}
    assert record["own_words"] == sum(len(facts.own_words(part)) for part in whole.parts)
    assert "  read as a part: Kashmiri\n" in run("und-Arab")


def test_codes_and_details() -> None:
    assert run("--codes", "flores", "fa").startswith("pes_Arab")
    assert "digits as letters: 2356789" in run("arb_Latn")
    with pytest.raises(SettingsError, match="no language 'klingon'"):
        run("klingon")
