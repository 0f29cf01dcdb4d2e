"""Byte maps: every code point's bytes are where the map says, in every encoding."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.errors import InputError
from bilingual.translate.bytemap import byte_map

TEXT = "Hello مرحبا\r\nline\rثلاثة\n😀 é end"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_ranges_decode_to_the_text(encoding: str) -> None:
    found = byte_map(TEXT.encode(encoding), encoding)
    assert found.text == TEXT
    for start in range(len(TEXT)):
        first, last = found.range(start, start + 1)
        assert found.data[first:last].decode(found.codec) == TEXT[start]
        assert (found.position(first), found.position(last)) == (start, start + 1)
        assert all(found.position(byte) is None for byte in range(first + 1, last))
    assert found.range(0, len(TEXT))[1] == len(found.data)
    assert found.position(len(found.data) + 1) is found.position(-1) is None


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6", "mac-arabic", "cp1252"])
def test_single_byte_encodings(encoding: str) -> None:
    data = bytes(range(256))
    found = byte_map(data, encoding)
    assert len(found.text) == 256
    assert found.range(65, 66) == (65, 66)
    assert found.is_exact(65, 70)


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "cp1252", "gb18030", "shift_jis"]),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_bytes_have_a_map(data: bytes, encoding: str) -> None:
    found = byte_map(data, encoding)
    places = [found.range(at, at)[0] for at in range(len(found.text) + 1)]
    assert all(first < last for first, last in pairwise(places))
    positions = {place: at for at, place in enumerate(places)}
    assert [found.position(byte) for byte in range(-1, len(data) + 2)] == [
        positions.get(byte) for byte in range(-1, len(data) + 2)
    ]
    for start in range(len(found.text)):
        if found.is_exact(start, start + 1):
            first, last = found.range(start, start + 1)
            assert found.encode(found.text[start]) == data[first:last]


@pytest.mark.parametrize(
    ("encoding", "data"),
    [("utf-7", b"a +\xff-"), ("iso2022_jp", b"b\xa1\x1b"), ("hz", b"~"), ("unicode_escape", b"a \\x")],
)
def test_encodings_without_a_place_for_wrong_bytes(encoding: str, data: bytes) -> None:
    with pytest.raises(InputError, match=f"a.txt: not {encoding}: "):
        byte_map(data, encoding, "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-le", "gb18030", "cp1256"])
def test_a_map_is_small(encoding: str) -> None:
    """Eight bytes for every code point are more than the text."""
    data = ("Hello مرحبا\r\n" * 4000).encode(encoding, "ignore")
    found = byte_map(data, encoding)
    assert found.marks.itemsize * len(found.marks) < len(data) / 4


def test_invalid_bytes_are_not_exact() -> None:
    found = byte_map(b"abc \xff\xfe def \xd9\x85", "utf-8")
    assert found.is_exact(0, 3)
    assert not found.is_exact(0, 6)
    assert found.text.endswith("def م")
