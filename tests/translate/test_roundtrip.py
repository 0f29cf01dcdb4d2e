"""Round trips: nothing outside the translated units changes, and translations land where they belong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import round_trip

from bilingual.pipeline import Segmenter
from bilingual.translate.original import open_original, place_of
from bilingual.translate.units import find_units

TEXT = (
    "The harbour will be closed for repairs until the end of March. Ships must use the northern quay, Mr. Lee said.\n"
    "\n"
    "سيغلق الميناء للإصلاح حتى نهاية شهر مارس. هل تستخدم السفن الرصيف الشمالي؟ نعم.\n"
    "Hello {name}, you have %d new messages at https://example.org/inbox?a=1&b=2.\n"
    "Home | About us | Contact\n"
)
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"]


def upper(text: str) -> str:
    return text.upper()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_untranslated_is_identical(tmp_path: Path, segmenter: Segmenter, encoding: str, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", end).encode(encoding))
    for locked in (False, True):
        _, _, merged = round_trip(path, segmenter, encoding=encoding, locked=locked, with_context=locked)
        assert merged.data == path.read_bytes()
        assert merged.n_changed == 0


@pytest.mark.parametrize("version", ["1.2", "2.1"])
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_only_translated_units_change(
    tmp_path: Path, segmenter: Segmenter, encoding: str, end: str, version: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", end).encode(encoding))
    _, _, merged = round_trip(path, segmenter, upper, version=version, encoding=encoding, keep=("body",))
    expected = TEXT.replace("\n", end)
    for source, target in merged.pairs:
        old = "".join(p if isinstance(p, str) else p.raw for p in source)
        new = "".join(p if isinstance(p, str) else p.raw for p in target)
        assert old in expected
        expected = expected.replace(old, new)
    assert merged.n_changed >= 2
    assert merged.data.decode(encoding) == expected
    assert b"\xef\xbb\xbf" not in merged.data[3:]
    assert "سيغلق الميناء" in expected


def test_mixed_line_ends_nul_and_controls(tmp_path: Path, segmenter: Segmenter) -> None:
    data = (
        b"\xef\xbb\xbfThe first sentence is quite short.\r\nThe second one\x00 holds a NUL byte here.\rThe third "
        b"line\x1b[31m has an escape.\n\n\x0cThe last one ends without a line end and has U+FFFE \xef\xbf\xbe inside"
    )
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    for version in ("1.2", "2.1"):
        _, sent, merged = round_trip(path, segmenter, upper, version=version)
        assert b"\x00" not in sent
        assert merged.data.lower() == data.lower()
        assert b"\x00 HOLDS" in merged.data
        assert b"\x1b[31m HAS AN" in merged.data


def test_invalid_bytes_stay_and_their_unit_is_left_out(tmp_path: Path, segmenter: Segmenter) -> None:
    data = b"This line is perfectly good English text.\nThis one is \xff\xfe broken in the middle.\nThis is fine again."
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    original = open_original(str(path), encoding="utf-8")
    assert find_units(original, segmenter).n_left_out == 1
    _, _, merged = round_trip(path, segmenter, upper, encoding="utf-8")
    assert b"THIS LINE IS PERFECTLY GOOD" in merged.data
    assert b"This one is \xff\xfe broken in the middle." in merged.data


def test_empty_file(tmp_path: Path, segmenter: Segmenter, schemas: dict[str, object]) -> None:
    from lxml import etree

    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    for version in ("1.2", "2.1"):
        _, sent, merged = round_trip(path, segmenter, version=version)
        assert merged.data == b""
        schemas[version].assertValid(etree.fromstring(sent))  # type: ignore[attr-defined]


def _random_bytes(rng: random.Random) -> bytes:
    """Text, noise and their mixtures, as files come."""
    words = [*"The harbour closed. مرحبا سيغلق؟ {x} %d | ... «".split(), "\r\n", "\n", "\r", " ", "\t", "\x00"]
    text = " ".join(rng.choice(words) for _ in range(rng.randrange(60)))
    encoding = rng.choice([*ENCODINGS, "utf-32"])
    data = text.encode(encoding, "replace")
    if rng.random() < 0.5:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.randbytes(rng.randrange(8)) + data[at:]
    return rng.randbytes(rng.randrange(200)) if rng.random() < 0.2 else data


def _check_random(path: Path, segmenter: Segmenter, seed: int) -> None:
    rng = random.Random(seed)
    data = _random_bytes(rng)
    path.write_bytes(data)
    source = rng.choice(["en", "ar"])
    options = {"locked": rng.random() < 0.5, "dedup": rng.random() < 0.5}
    version = rng.choice(["1.2", "2.1"])
    target = "ar" if source == "en" else "en"
    original, _, merged = round_trip(path, segmenter, version=version, source=source, target=target, **options)
    assert merged.data == data
    # One unit replaced: all other bytes stay where they were.
    units = find_units(original, segmenter).units
    if units:
        place = place_of(rng.choice(units).id)
        assert place is not None
        new = original.compose(place, ("XYZ",))
        spliced = original.spliced({place.member: [(place.first, place.last, new)]})
        assert spliced == data[: place.first] + new + data[place.last :]


@pytest.mark.parametrize("block", range(4))
def test_random_files(tmp_path: Path, segmenter: Segmenter, block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        _check_random(tmp_path / "a.txt", segmenter, seed)


@pytest.mark.slow
def test_three_thousand_random_files(tmp_path: Path, segmenter: Segmenter) -> None:
    for seed in range(10_000, 13_000):
        _check_random(tmp_path / "a.txt", segmenter, seed)


LETTERS = st.one_of(st.sampled_from("aB .!?؟\n\r\t{}%dx⟦⟧\x00\u2028ا"), st.characters(codec="utf-8"))


@given(st.text(alphabet=LETTERS, max_size=120))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_units_compose_to_their_own_bytes(tmp_path: Path, segmenter: Segmenter, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    original = open_original(str(path), encoding="utf-8")
    last = 0
    for unit in find_units(original, segmenter).units:
        place = place_of(unit.id)
        assert place is not None
        assert place.first >= last
        last = place.last
        if "\n" not in text and "\r" not in text:
            assert original.compose(place, unit.parts) == original.data[place.first : place.last]


def test_every_corpus_text(corpora: Path, segmenter: Segmenter) -> None:
    paths = sorted((corpora / "text").glob("*.txt"))[::9]
    assert len(paths) >= 3
    for path in paths:
        _, _, merged = round_trip(path, segmenter)
        assert merged.data == path.read_bytes()
        _, _, merged = round_trip(path, segmenter, upper)
        # in capitals, as a dotless i is not the lower case of its capital
        assert merged.data.decode().upper() == path.read_text("utf-8").upper()


def test_seed_page(shared: Path, segmenter: Segmenter, schemas: dict[str, object]) -> None:
    from lxml import etree

    path = shared / "gold" / "seed-page.txt"
    for version in ("1.2", "2.1"):
        _, sent, merged = round_trip(
            path, segmenter, upper, version=version, keep=("body",), locked=True, with_context=True, dedup=True
        )
        schemas[version].assertValid(etree.fromstring(sent))  # type: ignore[attr-defined]
        text = merged.data.decode()
        assert "DAESH LOSES BIG PART OF ENCLAVE" in text
        assert "شاهد أيضاً" in text
        assert "%d مدونون معجبون بهذه:" in text
        assert text.casefold() == path.read_text("utf-8").casefold()
