"""The language folders: records, numbering, codes, tables that regenerate, and a new language by folder
alone.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest

from bilingual.errors import SettingsError
from bilingual.language import facts
from bilingual.language.model import Model
from bilingual.language.registry import (
    DATA,
    LANGUAGES,
    check_tags,
    codes,
    default_registry,
    load_registry,
    number,
    tag,
)
from bilingual.language.tables import build, default_tables
from bilingual.text.classes import SCRIPTS
from bilingual.text.scan import scan

WANTED = {"ar", "ar-Latn", "en", "fa", "ur", "ckb", "ps", "ug", "sd", "fr", "de", "es", "it", "pt", "nl"}
WANTED |= {"tr", "id", "he", "el", "zh", "ja", "ko", "th", "und", "und-Cyrl"}


def test_numbering() -> None:
    assert LANGUAGES[0] == "und"
    assert set(LANGUAGES) >= WANTED
    assert len(set(LANGUAGES)) == len(LANGUAGES) < 256
    assert [number(name) for name in LANGUAGES] == list(range(len(LANGUAGES)))
    assert tag(number("ckb")) == "ckb"


def test_every_script_gives_a_language() -> None:
    registry = default_registry()
    given = [registry.tags[n] for n in registry.by_script]
    assert len(given) == len(SCRIPTS)
    assert dict(zip(SCRIPTS, given, strict=True))["Cyrl"] == "und-Cyrl"
    assert dict(zip(SCRIPTS, given, strict=True))["Hira"] == "ja"
    assert [s for s, t in zip(SCRIPTS, given, strict=True) if t == "und"] == ["Zyyy", "Zzzz"]


def test_codes() -> None:
    assert check_tags(["arz", "EN", "pes_Arab", "ar-latn"]) == ("ar", "en", "fa", "ar-Latn")
    assert codes("flores")["ckb"] == "ckb_Arab"
    assert len(set(codes("flores").values())) == len(LANGUAGES)
    assert check_tags(["ar-EG", "en-US", "ar-Latn-MA", "ckb-Arab-IQ"]) == ("ar", "en", "ar-Latn", "ckb")
    assert check_tags(["arz_Arab", "zsm_Latn", "prs_Arab", "ku-Arab"]) == ("ar", "id", "fa", "ckb")
    assert check_tags(["ar_EG", "pt_BR", "ar_Latn", "und_Cyrl"]) == ("ar", "pt", "ar-Latn", "und-Cyrl")
    assert check_tags(["heb", "ell", "jpn"]) == ("he", "el", "ja")
    assert check_tags(codes("flores").values()) == LANGUAGES
    for other in ("ar-Cyrl", "xx-US", "-us", "en-", "", "-", "-Arab", "_Arab", "ku_Latn"):
        with pytest.raises(SettingsError, match="no language"):
            check_tags([other])
    with pytest.raises(SettingsError, match="no language 'xx'"):
        check_tags(["xx"])
    with pytest.raises(SettingsError, match="bcp47 and flores"):
        codes("iso")


@pytest.mark.parametrize("language", default_registry().modelled, ids=lambda language: language.tag)
def test_record(language: facts.Language) -> None:
    assert language.folder == DATA / language.tag
    assert language.letters
    assert language.flores.endswith(language.script)
    assert not set(language.letters) & set(language.tolerated)
    for name in ("letters", "tolerated"):
        value = getattr(language, name)
        assert list(value) == sorted(set(value)), name
        assert unicodedata.normalize("NFC", value) == value


@pytest.mark.parametrize("part", [p for whole in default_registry().modelled for p in whole.parts], ids=lambda p: p.tag)
def test_record_of_a_part(part: facts.Language) -> None:
    whole = next(language for language in default_registry().modelled if language.tag == part.told_as)
    assert whole.pooled
    assert part.folder == DATA / whole.tag / part.tag
    assert part.script == whole.script
    assert set(part.letters) <= set(whole.letters)
    assert not set(part.letters) & set(part.tolerated)
    for value in (part.letters, part.tolerated):
        assert list(value) == sorted(set(value))
        assert unicodedata.normalize("NFC", value) == value
    near = [language for language in default_registry().modelled if language.tag == part.near]
    assert len(near) == bool(part.near)
    assert all(language.script == part.script and not language.parts for language in near)
    assert part.tag not in LANGUAGES


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.tsv")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_word_lists_are_sorted_unique_and_composed(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = [line for line in lines if not line.startswith("#")]
    assert "icence" in " ".join(head)
    assert rows == sorted(set(rows))
    assert all(unicodedata.normalize("NFC", row) == row for row in rows)


@pytest.mark.parametrize("language", default_registry().lanes, ids=lambda language: language.tag)
def test_stored_arrays_are_what_their_sources_give(language: facts.Language) -> None:
    stored, derived = facts.arrays(language), facts.derive(language)
    names = ["gram_keys", "gram_shares"]
    if language.frequencies == "words":
        names += ["word_keys", "word_weights"]
    for name in names:
        assert np.array_equal(stored[name], derived[name]), name


def test_tables_load_once_and_fast() -> None:
    import time

    assert default_tables() is default_tables()
    begin = time.process_time()
    build(default_registry())
    assert time.process_time() - begin < 1.0


TOY = """
tag = "tok"
name = "Toki Pona"
script = "Latn"
letters = "aeijklmnopstuw"
tolerated = ""
ngrams = "words"
frequencies = "words"
"""
TOY_WORDS = "toki pona li mi sina ona jan tomo moku telo suli lili wile ken lukin sona kama tawa lon e la"


def test_a_new_language_is_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tok"
    folder.mkdir()
    (folder / "language.toml").write_text(TOY, encoding="utf-8")
    words = "".join(f"{word}\t1\n" for word in sorted(TOY_WORDS.split()))
    (folder / "words.tsv").write_text(words, encoding="utf-8")
    registry = load_registry(tmp_path)
    model = Model(build(registry))
    text = "jan suli li wile moku e telo\nThe people of this house would like to eat."
    found = model.identify(scan([text]))
    assert [registry.tags[n] for n in found.span_lang] == ["tok", "en"]


def test_the_pooled_language_makes_room_for_a_language(tmp_path: Path) -> None:
    for n in range(2):
        folder = tmp_path / f"x{n}"
        folder.mkdir()
        (folder / "language.toml").write_text(TOY.replace("tok", f"x{n}"), encoding="utf-8")
    assert "und-Latn" in {language.tag for language in default_registry().modelled}
    one = load_registry(tmp_path / "none")
    assert one.tags == LANGUAGES
    with pytest.raises(SettingsError, match="script Latn has more than 16 languages"):
        load_registry(tmp_path)
    (tmp_path / "x1" / "language.toml").unlink()
    registry = load_registry(tmp_path)
    assert "und-Latn" not in {language.tag for language in registry.modelled}
    assert registry.tags[registry.by_script[SCRIPTS.index("Latn")]] == "und-Latn"


def test_parts_make_room_for_languages(tmp_path: Path) -> None:
    """The parts of `und-Arab` share one row with the languages of the script, and give up their places together."""
    parts = next(language.parts for language in default_registry().modelled if language.tag == "und-Arab")
    assert len(parts) == 8
    for n in range(2):
        folder = tmp_path / f"x{n}"
        folder.mkdir()
        record = TOY.replace("tok", f"x{n}").replace("Latn", "Arab").replace("aeijklmnopstuw", "اب")
        (folder / "language.toml").write_text(record, encoding="utf-8")
    registry = load_registry(tmp_path)
    assert "und-Arab" not in {language.tag for language in registry.modelled}
    assert registry.tags[registry.by_script[SCRIPTS.index("Arab")]] == "und-Arab"
    (tmp_path / "x1" / "language.toml").unlink()
    assert "und-Arab" in {language.tag for language in load_registry(tmp_path).modelled}


def test_lanes_of_parts_come_last_and_are_told_as_the_whole() -> None:
    tables = default_tables()
    group = int(tables.script_group[SCRIPTS.index("Arab")]) - 1
    told = [LANGUAGES[n] for n in tables.lane_lang[16 * group : 16 * group + tables.n_lanes[group]].tolist()]
    assert told == ["ar", "ckb", "fa", "ps", "sd", "ug", "ur", *["und-Arab"] * 8]
    assert int(tables.n_whole[group]) == 7
    near = tables.near_lanes[16 * group : 16 * group + 16].tolist()
    assert [told[lane] for lane in near[:7]] == ["ar", "ckb", "fa", "ps", "ur", "ug", "ur"]
    assert near[7] == told.index("fa")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ('tag = "xx"\nname = "X"\nscript = "Latn"\ncolour = 1', "colour"),
        ('tag = "xx"\nname = "X"\nscript = "Nope"', "no script 'Nope'"),
        ('tag = "xx"\nscript = "Latn"', "name"),
    ],
)
def test_a_wrong_record_says_where(tmp_path: Path, record: str, message: str) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "language.toml").write_text(record, encoding="utf-8")
    with pytest.raises(SettingsError, match=message) as caught:
        load_registry(tmp_path)
    assert "language.toml" in str(caught.value)
