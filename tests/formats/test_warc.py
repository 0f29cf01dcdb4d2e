"""WARC and WET: every record once or quarantined, whatever was cut, flipped or put between."""

from __future__ import annotations

import gzip
import io
import itertools
import random
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.formats.readers import read
from bilingual.formats.record import Bad, End, Part, ReadOptions, Record, Skipped

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import batch_wet as make

TEXTS = [text[:900] for text in itertools.islice(make.pages(seed=7), 40)]
RECORDS = make.wet(TEXTS)
MEMBERS = [make.member(record) for record in RECORDS]


def events(data: bytes, compression: str = "", start: int = 0, end: int = -1, exact: bool = True, **options):
    part = Part("x", "x", "warc", compression, start, end, exact)
    return list(read(io.BytesIO(data), part, ReadOptions(**options)))


def texts_of(found) -> list[str]:
    return [event.payload.decode(errors="replace") for event in found if isinstance(event, Record)]


def bad_of(found) -> list[Bad]:
    return [event for event in found if isinstance(event, Bad)]


@pytest.mark.parametrize("compression", ["", "gz", "one gz", "blocks gz", "zst"])
def test_all_records_come_out(compression):
    data = b"".join(RECORDS)
    if compression == "gz":
        data = b"".join(MEMBERS)
    elif compression == "one gz":
        data = gzip.compress(data)
    elif compression == "blocks gz":  # fixed blocks, as bgzip makes them: records go over the edges
        data = b"".join(make.member(data[i : i + 700]) for i in range(0, len(data), 700))
    elif compression == "zst":
        zstd = pytest.importorskip("backports.zstd")
        data = b"".join(zstd.compress(record) for record in RECORDS)
    found = events(data, compression.rpartition(" ")[2])
    assert texts_of(found) == TEXTS
    assert not bad_of(found)
    assert [event for event in found if isinstance(event, Skipped)] == [Skipped(0, "WARC warcinfo record")]
    assert found[-1] == End(0, len(data))


def test_fields_of_a_record():
    record = events(RECORDS[1])[0]
    assert (record.id, record.url, record.date) == ("urn:uuid:0", "https://example.org/0", "2026-11-22T00:00:00Z")
    assert (record.offset, record.length) == (0, len(RECORDS[1]))


HEAD = st.sampled_from(
    [b"WARC-Type", b"content-length", b"Content-Type", b"WARC-Date", b"X", b":", b": ", b" ", b"\t", b"a:b", b"12"]
    + [b"\r\n"] * 6
    + [b"\r", b"\n", b"\r\n ", b""]
)


@given(st.lists(HEAD, max_size=14).map(b"".join))
@settings(max_examples=500, deadline=None)
def test_fields_are_those_of_the_grammar(head):
    """The quick way over the lines finds what the expression for any header finds."""
    from bilingual.formats.warc import _FIELD, header_fields

    assert header_fields(head) == {key.lower(): value for key, value in _FIELD.findall(head)}


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.99])
def test_a_file_cut_in_its_last_member(share):
    data = b"".join(MEMBERS[:-1]) + MEMBERS[-1][: int(len(MEMBERS[-1]) * share)]
    found = events(data, "gz")
    assert texts_of(found) == TEXTS[:-1]
    (bad,) = bad_of(found)
    assert bad.offset == sum(map(len, MEMBERS[:-1]))
    assert bad.offset + bad.length == len(data)
    assert bad.raw == data[bad.offset :]


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_cost_one_record(seed):
    rng = random.Random(seed)
    number = rng.randrange(1, len(MEMBERS))
    member = bytearray(MEMBERS[number])
    at = rng.randrange(10, len(member) - 9)
    for i in range(at, min(at + 64, len(member) - 8)):
        member[i] ^= rng.randrange(1, 256)
    found = events(b"".join([*MEMBERS[:number], bytes(member), *MEMBERS[number + 1 :]]), "gz")
    assert texts_of(found) == TEXTS[: number - 1] + TEXTS[number:]
    assert [bad.offset for bad in bad_of(found)] == [sum(map(len, MEMBERS[:number]))]


def test_a_wrong_checksum_costs_the_record():
    member = bytearray(MEMBERS[3])
    member[-5] ^= 1
    found = events(b"".join([*MEMBERS[:3], bytes(member), *MEMBERS[4:]]), "gz")
    assert texts_of(found) == TEXTS[:2] + TEXTS[3:]
    assert len(bad_of(found)) == 1


@pytest.mark.parametrize("garbage", [b"\0" * 1000 + b"x", b"\x1f\x8b\x08" * 300, bytes(range(256)) * 4])
def test_garbage_between_members_costs_no_record(garbage):
    found = events(b"".join([*MEMBERS[:5], garbage, *MEMBERS[5:]]), "gz")
    assert texts_of(found) == TEXTS
    assert sum(bad.length for bad in bad_of(found)) == len(garbage)


def test_zeros_at_the_end_are_padding():
    found = events(b"".join(MEMBERS) + bytes(4096), "gz")
    assert texts_of(found) == TEXTS
    assert not bad_of(found)


@pytest.mark.parametrize("difference", [-500, -1, 1, 300, 10**6])
@pytest.mark.parametrize("compression", ["", "gz"])
def test_a_wrong_content_length_costs_one_record(difference, compression):
    body = TEXTS[4].encode()
    right = b"Content-Length: %d\r\n" % len(body)
    wrong = RECORDS[5].replace(right, b"Content-Length: %d\r\n" % (len(body) + difference))
    assert wrong != RECORDS[5]
    records = [*RECORDS[:5], wrong, *RECORDS[6:]]
    found = events(b"".join(map(make.member, records) if compression else records), compression)
    assert texts_of(found) == TEXTS[:4] + TEXTS[5:]
    assert [bad.stage for bad in bad_of(found)] == ["length"]


@pytest.mark.parametrize("cut", [1, 10, 200])
def test_a_plain_file_cut_short(cut):
    data = b"".join(RECORDS)[: -4 - cut]
    found = events(data)
    assert texts_of(found) == TEXTS[:-1]
    assert len(bad_of(found)) == 1


def test_a_damaged_stream_gives_what_came_before():
    data = bytearray(gzip.compress(b"".join(RECORDS)))
    for i in range(len(data) // 2, len(data) // 2 + 50):
        data[i] ^= 0xA5
    found = events(bytes(data), "gz")
    assert all(text in TEXTS for text in texts_of(found))
    assert bad_of(found)


def test_records_larger_than_the_limit_are_passed_over():
    large = make.record("large", b"x" * 300_000)
    for data, compression in (
        (b"".join([*RECORDS[:3], large, *RECORDS[3:]]), ""),
        (b"".join([*MEMBERS[:3], make.member(large), *MEMBERS[3:]]), "gz"),
    ):
        found = events(data, compression, max_record=100_000)
        assert texts_of(found) == TEXTS
        assert [bad.stage for bad in bad_of(found)] == ["size"]


def test_an_empty_record_and_one_of_50_mb():
    bodies = [b"", b"abcdefgh " * (50 * 1024 * 1024 // 9)]
    records = [make.record(i, body) for i, body in enumerate(bodies)]
    for data, compression in ((b"".join(records), ""), (b"".join(map(make.member, records)), "gz")):
        found = events(data, compression)
        assert [event.payload for event in found if isinstance(event, Record)] == bodies


@pytest.mark.parametrize("compression", ["", "gz"])
@given(cuts=st.lists(st.floats(0, 1), max_size=4))
@settings(max_examples=40, deadline=None)
def test_parts_of_a_file_together_give_every_record_once(compression, cuts):
    data = b"".join(MEMBERS if compression else RECORDS)
    edges = [0, *sorted(int(cut * len(data)) for cut in cuts), len(data)]
    found = []
    last = 0
    for i, (start, end) in enumerate(itertools.pairwise(edges)):
        part = events(data, compression, start, end if i < len(edges) - 2 else -1, exact=i == 0)
        found += part[:-1]
        assert part[-1].began == last
        last = part[-1].ended
    assert last == len(data)
    assert texts_of(found) == TEXTS
    assert not bad_of(found)


@given(data=st.binary(max_size=400), compression=st.sampled_from(["", "gz", "zst"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_to_their_end(data, compression):
    if compression == "zst":
        pytest.importorskip("backports.zstd")
    assert events(data, compression)[-1] == End(0, len(data))


@given(
    at=st.integers(0, 10**6),
    length=st.integers(1, 400),
    xor=st.integers(1, 255),
    compression=st.sampled_from(["", "gz"]),
)
@settings(max_examples=80, deadline=None)
def test_no_damage_brings_a_text_that_was_not_there(at, length, xor, compression):
    data = bytearray(b"".join(MEMBERS if compression else RECORDS))
    at %= len(data)
    for i in range(at, min(at + length, len(data))):
        data[i] ^= xor
    found = texts_of(events(bytes(data), compression))
    if compression:  # plain files have no checksum: a flipped letter is a letter
        assert set(found) <= set(TEXTS)
    assert len(found) >= len(TEXTS) - 3 - length // 100


# --- HTTP responses ---------------------------------------------------------------------------------

HTML = "<html><body><p>مرحبا بالعالم</p></body></html>".encode()


def one(data: bytes):
    return events(data)[0]


def test_responses():
    record = one(make.response(1, HTML, "text/html; charset=windows-1256"))
    assert (record.payload, record.media, record.charset) == (HTML, "html", "windows-1256")
    assert one(make.response(1, b"abc", "text/plain")).media == "text"
    assert one(make.response(1, b"\x89PNG", "image/png")) == Skipped(0, "neither text nor HTML")
    missing = make.response(1, HTML).replace(b"200 OK", b"404 NO")
    assert one(missing) == Skipped(0, "HTTP status other than 200")
    assert one(make.record(1, b"a dns answer", kind="response")) == Skipped(0, "not an HTTP response")


def test_transfer_and_content_encodings_are_undone():
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(HTML[i : i + 9]), HTML[i : i + 9]) for i in range(0, len(HTML), 9))
    assert one(make.response(1, chunked + b"0\r\n\r\n", head="Transfer-Encoding: chunked\r\n")).payload == HTML
    for packed in (gzip.compress(HTML), zlib.compress(HTML)):
        assert one(make.response(1, packed, head="Content-Encoding: gzip\r\n")).payload == HTML
    assert one(make.response(1, HTML, head="Content-Encoding: gzip\r\n")).payload == HTML  # the archive undid it
    assert one(make.response(1, HTML, head="Content-Encoding: br\r\n")) == Skipped(0, "content encoding br")
