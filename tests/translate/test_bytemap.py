"""Byte maps: every code point's bytes are where the map says, in every encoding."""

from __future__ import annotations

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
    assert found.offset[-1] == len(found.data)


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6", "mac-arabic", "cp1252"])
def test_single_byte_encodings(encoding: str) -> None:
    data = bytes(range(256))
    found = byte_map(data, encoding)
    assert len(found.text) == 256
    assert found.range(65, 66) == (65, 66)
    assert found.is_exact(65, 70)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1256", "cp1252"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_have_a_map(data: bytes, encoding: str) -> None:
    found = byte_map(data, encoding)
    assert len(found.offset) == len(found.text) + 1
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


def test_invalid_bytes_are_not_exact() -> None:
    found = byte_map(b"abc \xff\xfe def \xd9\x85", "utf-8")
    assert found.is_exact(0, 3)
    assert not found.is_exact(0, 6)
    assert found.text.endswith("def م")
