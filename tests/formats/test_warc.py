"""WARC and WET: every record once or quarantined, whatever was cut, flipped or put between."""

from __future__ import annotations

import gzip
import io
import itertools
import random
import re
import struct
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import batch_wet as make
from bilingual.errors import InputError
from bilingual.formats.compression import compression_of
from bilingual.formats.framing import kernel
from bilingual.formats.readers import read
from bilingual.formats.record import Bad, End, Part, ReadOptions, Record, Skipped
from modules import interpreted

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


def test_a_field_that_goes_on_in_the_next_line():
    folded = RECORDS[1].replace(b"WARC-Target-URI: ", b"WARC-Target-URI:\r\n ").replace(b"Length: ", b"Length:\r\n\t")
    assert events(folded)[0][:4] == events(RECORDS[1])[0][:4]


HEAD = st.sampled_from(
    [b"WARC-Type", b"content-length", b"Content-Type", b"WARC-Date", b"X", b":", b": ", b" ", b"\t", b"a:b", b"12"]
    + [b"\r\n"] * 6
    + [b"\r", b"\n", b"\r\n ", b""]
)


@given(st.lists(HEAD, max_size=14).map(b"".join))
@settings(max_examples=500, deadline=None)
def test_fields_are_those_of_the_grammar(head):
    """The quick way over the lines finds what the expression for any header finds, where none goes over a line's end."""
    from bilingual.formats.warc import _FIELD, header_fields

    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", head)
    assert header_fields(head) == {key.lower(): value.strip(b" \t") for key, value in _FIELD.findall(unfolded)}


LINE = st.tuples(
    st.sampled_from(
        b"WARC-Type|warc-TYPE|WARC-Segment-Number|WARC-Segment-Numbes|WARC-Record-ID|WARC-Target-URI|WARC-Date|Content-Type|WARC-Typo|Content-Langth|WARC-Datum|"
        b"x\xff|WARC-Date |".split(b"|")
    ),
    st.sampled_from([b": ", b":", b" \t:\t", b"", b":\r\n "]),
    st.sampled_from(
        [b"conversion", b"response", b"text/plain; charset=x", b"<<urn:\xd8\xa7>", b"\xff>", b"", b"a:b WARC/1.0", b"\r"]
    ),
    st.sampled_from([b"\r\n"] * 6 + [b"\n", b"", b" \r\n"]),
).map(b"".join)


@given(
    st.lists(LINE, max_size=6),
    st.sampled_from([b"Content-Length: %d\r\n"] * 5 + [b"", b"content-length:\t0%d \r\n", b"Content-Length: +%d\r\n"]),
    st.sampled_from([0] * 5 + [1, -1, 10**20]),
    st.sampled_from([b"Good morning", b"", b"HTTP/1.1 200 OK\r\n\r\n<p>Good</p>", b"WARC/1.0\r\nWARC-Type: x\r\n\r\n"]),
    st.sampled_from([b"\r\n\r\n"] * 6 + [b"\r\n", b"", b"\r\n\r\n\r\n"]),
    st.sampled_from([b"WARC/1.0\r\n"] * 6 + [b"WARC/2\r\n", b"WARC/1.0", b""]),
    st.sampled_from([100, 14]),
)
@settings(max_examples=600, deadline=None)
def test_the_quick_way_says_of_a_record_what_the_other_one_says(lines, length, wrong, body, after, version, limit):
    record = version + b"".join(lines) + length.replace(b"%d", b"%d" % max(len(body) + wrong, 0)) + b"\r\n" + body + after
    data = make.member(record) * 2
    found = events(data, "gz", max_record=limit)
    told = kernel.usual(record, limit)
    assert interpreted(kernel).usual(record, limit) == told
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "usual", lambda data, limit: None)
        assert events(data, "gz", max_record=limit) == found


def test_the_quick_way_is_the_usual_one():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bilingual.formats.warc._Parser._record", None)
        assert texts_of(events(b"".join(MEMBERS), "gz")) == TEXTS


@pytest.mark.parametrize("compression", ["", "gz", "one gz"])
@pytest.mark.parametrize("kind", ["conversion", "response"])
def test_the_first_segment_of_a_record_is_no_document(kind, compression):
    """Its text goes on in a continuation record: what is written would be half of it."""
    body = b"HTTP/1.1 200 OK\r\n\r\n<p>One" if kind == "response" else b"One"
    first = make.record(1, body, kind=kind).replace(b"WARC-Date", b"WARC-Segment-Number: 1\r\nWARC-Date")
    second = make.record(2, b" and two", kind="continuation").replace(b"WARC-Date", b"warc-segment-number: 2\r\nWARC-Date")
    pieces = [first, second, RECORDS[1]]
    data = b"".join(map(make.member, pieces) if compression == "gz" else pieces)
    found = events(gzip.compress(data) if compression == "one gz" else data, compression.rpartition(" ")[2])
    assert texts_of(found) == TEXTS[:1]
    (bad,) = bad_of(found)
    assert bad.error.startswith("only the first segment of a record")
    assert bad.raw == first
    assert [one.reason for one in found if isinstance(one, Skipped)] == ["WARC continuation record"]


@pytest.mark.parametrize("size", [b"7fffffffffffffff", b"ffffffffffffffff", b"9" * 40])
def test_a_chunk_that_no_memory_could_hold(size):
    bad = make.response(1, size + b"\r\n<p>Good morning</p>", head="Transfer-Encoding: chunked\r\n")
    found = events(bad + RECORDS[1])
    assert [one.error for one in bad_of(found)] == ["the HTTP body is cut or damaged: no chunk where one is due"]
    assert texts_of(found) == TEXTS[:1]


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


def test_a_damaged_block_of_a_file_of_fixed_blocks_costs_no_more_than_its_records():
    data = b"".join(RECORDS)
    blocks = [bytearray(make.member(data[i : i + 700])) for i in range(0, len(data), 700)]
    blocks[9][-6] ^= 1
    found = events(b"".join(blocks), "gz")
    assert len(texts_of(found)) >= len(TEXTS) - 3
    assert {*texts_of(found)} <= {*TEXTS}
    assert bad_of(found)


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


@pytest.mark.parametrize("compression", ["gz", "zst", "bz2", "xz"])
@pytest.mark.parametrize("size", [0, 1, 5000])
def test_a_packed_file_of_nothing_or_zeros_alone_is_damaged(size, compression):
    found = events(bytes(size), compression)
    assert [(bad.offset, bad.length, bad.stage) for bad in bad_of(found)] == [(0, size, "decompress")]
    assert found[-1] == End(0, size)


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


@pytest.mark.parametrize("compression", ["gz", "zst"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_of_one_stream_that_is_cut_the_records_before_come_out(compression, share):
    rng = random.Random(5)
    texts = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz \n", k=20_000)) for _ in range(50)]
    data = b"".join(make.record(i, text.encode()) for i, text in enumerate(texts))
    data = gzip.compress(data) if compression == "gz" else pytest.importorskip("backports.zstd").compress(data)
    data = data[: int(len(data) * share)]
    found = texts_of(events(data, compression))
    assert found == texts[: len(found)]
    assert len(found) >= 50 * share - (2 if compression == "gz" else 15)  # zstd gives whole blocks
    (bad,) = bad_of(events(data, compression))
    assert (bad.offset, bad.length, bad.error) == (0, len(data), "the file ends inside this member")
    parts = [events(data, compression, 0, 9000), events(data, compression, 9000, -1, exact=False)]
    assert texts_of(itertools.chain(*parts)) == found


def test_a_member_that_swallows_the_next_ones_gives_no_record_twice():
    """Stored blocks hold the records as they are: a wrong length makes one of them of all that follows."""
    packed = bytearray(b"".join(make.member(record, 0) for record in RECORDS))
    at = 10 + 1  # behind the header of the file and of the block
    packed[at : at + 4] = struct.pack("<HH", 0xFFFF, 0)
    assert texts_of(events(bytes(packed), "gz")) == TEXTS


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


def hurt(data: bytes, rng: random.Random) -> bytes:
    """Bytes lost, put in, made others or cut off, at up to two places."""
    for _ in range(rng.randrange(3)):
        at, n = rng.randrange(len(data)), rng.randrange(1, 300)
        piece = rng.choice([b"", rng.randbytes(n), bytes(n), data[at : at + 2 * n]])
        data = data[:at] + piece + (b"" if rng.random() < 0.2 else data[at + n :])
    return data or b"x"


@pytest.mark.parametrize("kind", ["warc", "jsonl"])
@pytest.mark.parametrize("seed", range(8))
def test_parts_of_a_damaged_file_together_are_the_file(monkeypatch, kind, seed):
    """Members that are streamed in pieces, that hold several records, that records go over, all of them damaged."""
    from bilingual.formats import compression

    of_kind(kind, b"", 0, -1, True)  # the reader, whose module has sizes of its own, comes before they are made small
    for name, size in (("STEP", 64), ("HOLD", 2000), ("CHUNK", 1500), ("BLOCK", 4096)):
        monkeypatch.setattr(compression, name, size)
    rng = random.Random(seed)
    content = b"".join(RECORDS if kind == "warc" else (b'{"text": "%d"}\n' % (i * i) for i in range(3000)))
    for _ in range(40):
        size = rng.randrange(300, 6000)
        whole = hurt(b"".join(gzip.compress(content[i : i + size], 1) for i in range(0, len(content), size)), rng)
        edges = [0, *sorted(rng.randrange(len(whole)) for _ in range(3)), -1]
        found, last = [], 0
        for start, end in itertools.pairwise(edges):
            *inside, reach = of_kind(kind, whole, start, end, start == 0)
            if reach.began != last:
                assert kind == "warc"  # the part is read again, as the run does it
                *inside, reach = of_kind(kind, whole, last, end, True)
            assert reach.began == last
            found, last = found + inside, reach.ended
        (*expected, end) = of_kind(kind, whole, 0, -1, True)
        assert ([one[:2] for one in found], last) == ([one[:2] for one in expected], end.ended)


def of_kind(kind: str, data: bytes, start: int, end: int, exact: bool):
    return list(read(io.BytesIO(data), Part("x", "x", kind, "gz", start, end, exact), ReadOptions()))


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


# --- one record damaged among whole ones ------------------------------------------------------------

NEIGHBOURS = [f"The port {i} reopened after a week of repairs{'.' * (7 * i + 1)}" for i in range(4)]
WHOLE = [make.record(i, text.encode()) for i, text in enumerate(NEIGHBOURS)]
STREAMS = {
    "plain": ("", lambda records: b"".join(records)),
    "one gz": ("gz", lambda records: gzip.compress(b"".join(records), 0)),
    "members": ("gz", lambda records: b"".join(make.member(record, 1) for record in records)),
    "blocks": ("gz", lambda records: blocks(b"".join(records), 97)),
}


def blocks(data: bytes, size: int) -> bytes:
    """gzip members of so many bytes each, whatever is in them."""
    return b"".join(make.member(data[i : i + size], 1) for i in range(0, len(data), size))


def among_whole(number: int, damaged: bytes, stream: str, **options):
    """What comes out in place of a damaged record; the three others must come out."""
    compression, pack = STREAMS[stream]
    found = events(pack([*WHOLE[:number], damaged, *WHOLE[number + 1 :]]), compression, **options)[:-1]
    others = NEIGHBOURS[:number] + NEIGHBOURS[number + 1 :]
    assert [text for text in texts_of(found) if text in others] == others, damaged
    return [event for event in found if not isinstance(event, Record) or event.payload.decode() not in others]


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_record_cut_at_any_byte_costs_itself_and_is_counted(number, stream):
    for at in range(1, len(WHOLE[number]) - 4):
        (event,) = among_whole(number, WHOLE[number][:at], stream)
        assert isinstance(event, Bad), at


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("number", [0, 2])
def test_a_header_damaged_at_any_byte_costs_no_other_record(number, stream):
    record = WHOLE[number]
    for at in range(record.find(b"\r\n\r\n") + 4):
        faults = [record[:at] + bytes([record[at] ^ flip]) + record[at + 1 :] for flip in (1, 0x20, 0xFF)]
        faults += [record[:at] + record[at + lost :] for lost in (1, 5, 40)]
        faults += [record[:at] + put + record[at:] for put in (b"\n", b"9", b"\r\n\r\n")]
        for damaged in faults:
            assert among_whole(number, damaged, stream), damaged


@pytest.mark.parametrize("stream", STREAMS)
def test_a_record_with_other_line_ends_costs_itself(stream):
    (bad,) = among_whole(1, WHOLE[1].replace(b"\r\n", b"\n"), stream)
    assert (bad.stage, bad.error) == ("frame", "the record's header has no end")


def test_a_body_that_ends_by_chance_where_the_next_header_does():
    header = WHOLE[2].find(b"\r\n\r\n")
    damaged = make.record(1, b"x" * 500).removesuffix(b"x" * header + b"\r\n\r\n")
    (bad,) = among_whole(1, damaged, "plain")
    assert bad.stage == "length"


@pytest.mark.parametrize("stream", ["plain", "one gz", "members"])
@pytest.mark.parametrize("length", [b"999999999999", b"9" * 18, b"9" * 5000])
@pytest.mark.parametrize("size", [1, 100_000])
def test_a_huge_content_length_costs_one_record(length, size, stream):
    record = make.record(1, b"x" * size)
    damaged = record.replace(b"Content-Length: %d" % size, b"Content-Length: " + length)
    (bad,) = among_whole(1, damaged, stream, max_record=50_000)
    assert bad.stage == "frame" if len(length) > 18 else bad.stage in ("length", "size")


@pytest.mark.parametrize("stream", ["plain", "one gz"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_long_bad_stretch_is_one_bad_record(number, stream, monkeypatch):
    from bilingual.formats import compression

    for name, size in (("STEP", 1 << 12), ("HOLD", 1 << 16), ("CHUNK", 1 << 16)):
        monkeypatch.setattr(compression, name, size)
    record = make.record(number, bytes(3 << 20))
    wrong = record.replace(b"Content-Length: 3", b"Content-Length: 8")
    for damaged in (bytes(3 << 20), record[:-9], record[:-400], record[:-4] + b"x" * 9, wrong):
        assert len(bad_of(among_whole(number, damaged, stream, max_record=1 << 20))) == 1


@pytest.mark.parametrize("stream", STREAMS)
def test_an_archive_in_a_record_is_no_records(stream):
    inner = make.record(1, b"".join(WHOLE))
    compression, pack = STREAMS[stream]
    found = events(pack([WHOLE[0], inner, WHOLE[2]]), compression)
    assert texts_of(found) == [NEIGHBOURS[0], b"".join(WHOLE).decode(), NEIGHBOURS[2]]
    found = events(b"".join([WHOLE[0], inner, WHOLE[2]]), max_record=400)
    assert texts_of(found) == [NEIGHBOURS[0], NEIGHBOURS[2]]
    assert [bad.stage for bad in bad_of(found)] == ["size"]


def test_the_version_in_an_address_begins_no_record():
    record = WHOLE[1].replace(b"https://example.org/1", b"https://example.org/WARC/1.0")
    assert one(record).url == "https://example.org/WARC/1.0"
    assert bad_of(events(WHOLE[1].replace(b"WARC-Type", b"WARC-Tipe")))[0].error == "the record has no WARC-Type"


# --- zstd -------------------------------------------------------------------------------------------


def test_a_damaged_frame_of_zstd_costs_one_record():
    zstd = pytest.importorskip("backports.zstd")
    rng = random.Random(1)
    texts = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz ", k=60_000)) for _ in range(8)]
    frames = [zstd.compress(make.record(i, text.encode())) for i, text in enumerate(texts)]
    assert len(frames[3]) > 2 << 14  # longer than one step, within which nothing comes out
    data = b"".join([*frames[:3], frames[3][:1000], *frames[4:]])
    found = events(data, "zst")
    assert texts_of(found) == texts[:3] + texts[4:]
    assert [bad.stage for bad in bad_of(found)] == ["decompress"]
    middle = events(data, "zst", len(data) // 2, -1, exact=False)
    assert texts_of(middle) == texts[-len(texts_of(middle)) :]
    assert len(texts_of(middle)) >= 3


@pytest.mark.parametrize(
    "dictionary",
    [b"abcd", b"\x37\xa4\x30\xec" + b"abcd" * 10, b"\x28\xb5\x2f\xfdabcdefgh", b"\x28\xb5"],
)
def test_a_damaged_dictionary_is_an_error_of_the_file(dictionary):
    zstd = pytest.importorskip("backports.zstd")
    for size in (len(dictionary), 1 << 20, (1 << 32) - 1):
        data = struct.pack("<II", 0x184D2A5D, size) + dictionary + zstd.compress(RECORDS[1])
        with pytest.raises(InputError, match="the zstd dictionary of the file is damaged"):
            events(data, "zst")


def test_a_dictionary_is_used():
    zstd = pytest.importorskip("backports.zstd")
    dictionary = zstd.train_dict([record * 2 for record in RECORDS] * 8, 2000)
    for content in (dictionary.dict_content, zstd.compress(dictionary.dict_content)):
        data = struct.pack("<II", 0x184D2A5D, len(content)) + content
        data += b"".join(zstd.compress(record, zstd_dict=dictionary) for record in RECORDS)
        assert texts_of(events(data, "zst")) == TEXTS
        assert compression_of(data) == "zst"


# --- HTTP responses ---------------------------------------------------------------------------------

HTML = "<html><body><p>مرحبا بالعالم</p></body></html>".encode()


def one(data: bytes):
    return events(data)[0]


def test_responses_are_pages_text_or_skipped_with_a_reason():
    record = one(make.response(1, HTML, "text/html; charset=windows-1256"))
    assert (record.payload, record.media, record.charset) == (HTML, "html", "windows-1256")
    assert one(make.response(1, b"abc", "text/plain")).media == "text"
    assert one(make.response(1, b"\x89PNG", "image/png")) == Skipped(0, "neither text nor HTML")
    missing = make.response(1, HTML).replace(b"200 OK", b"404 NO")
    assert one(missing) == Skipped(0, "HTTP status other than 200")
    assert one(make.record(1, b"a dns answer", kind="response")) == Skipped(0, "not an HTTP response")


@pytest.mark.parametrize("blank", ["\n\n", "\r\n\n", "\n\r\n"])
def test_the_first_blank_line_ends_a_header_whatever_the_page_has(blank):
    head = f"HTTP/1.1 200 OK\nContent-Type: text/plain{blank}".encode()
    record = one(make.record(1, head + b"one\r\n\r\ntwo", kind="response"))
    assert (record.payload, record.media) == (b"one\r\n\r\ntwo", "text")


def test_transfer_and_content_encodings_are_undone():
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(HTML[i : i + 9]), HTML[i : i + 9]) for i in range(0, len(HTML), 9))
    assert one(make.response(1, chunked + b"0\r\n\r\n", head="Transfer-Encoding: chunked\r\n")).payload == HTML
    for packed in (gzip.compress(HTML), zlib.compress(HTML)):
        assert one(make.response(1, packed, head="Content-Encoding: gzip\r\n")).payload == HTML
    assert one(make.response(1, HTML, head="Content-Encoding: gzip\r\n")).payload == HTML  # the archive undid it
    packed = gzip.compress(gzip.compress(HTML[:20]) + gzip.compress(HTML[20:]))  # two members in one, by two codings
    head = "Content-Encoding: gzip\r\nTransfer-Encoding: X-Gzip, chunked\r\n"
    framed = b"%X ; name=value\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    assert one(make.response(1, framed, head=head)).payload == HTML
    bare = zlib.compress(HTML)[2:-4]
    for packed in (zlib.compress(HTML), bare, HTML, b""):
        assert one(make.response(1, packed, head="Content-Encoding: deflate\r\n")).payload == (HTML if packed else b"")


@pytest.mark.parametrize("packed", [HTML, gzip.compress(HTML)])
@pytest.mark.parametrize("ends", [b"\n\n\n", b"\r\n\n\r\n", b"\n\r\n\n"])
def test_chunks_whose_lines_end_by_lf_alone(packed, ends):
    size, content, last = (end + b"\n" * (end == b"\r") for end in (ends.splitlines(keepends=True)))
    pieces = (packed[i : i + 30] for i in range(0, len(packed), 30))
    chunked = b"".join(b"%x%s%s%s" % (len(piece), size, piece, content) for piece in pieces)
    head = "Transfer-Encoding: chunked\r\n" + "Content-Encoding: gzip\r\n" * (packed != HTML)
    assert one(make.response(1, chunked + b"0" + last + last, head=head)).payload == HTML
    for at in range(60, len(chunked)):
        (bad,) = bad_of(events(make.response(1, chunked[:at], head=head)))
        assert bad.stage == "decompress"


@pytest.mark.parametrize("body", [b"2024\nA year in pictures.\n", b"0\nand more of it\n", b"5\n12\n4\n2\n", b"0\n\n"])
def test_numbers_that_begin_a_text_are_no_chunks(body):
    found = one(make.response(1, body, "text/plain", head="Transfer-Encoding: chunked\r\n"))
    assert found.payload == (body if body.strip() != b"0" else b"")


def test_what_the_types_of_records_and_pages_say():
    page = "<p>مرحبا".encode("cp1256")
    record = make.record(1, page, kind="resource").replace(b"text/plain", b'text/html; charset="windows-1256"')
    assert (one(record).media, one(record).charset) == ("html", "windows-1256")
    assert one(RECORDS[1]).charset == ""
    for end in ("\r\n\t", "\n  "):
        mobile = one(make.response(1, page, f"application/vnd.wap.xhtml+xml;{end}charset=windows-1256"))
        assert (mobile.media, mobile.charset) == ("html", "windows-1256")
    assert one(make.response(1, HTML).replace(b"1.1 200 OK", b"1.1  200 O")).payload == HTML


def test_bodies_with_codings_that_are_not_known_are_quarantined():
    packed = bytes(range(200))
    (bad,) = bad_of(events(make.response(1, packed, head="Content-Encoding: compress\r\n")))
    assert (bad.stage, bad.error) == ("decompress", "the HTTP body has the coding compress, which is not known")


@pytest.mark.parametrize("coding", ["br", "zstd", "none", "utf-8", "binary", "gzip, br"])
def test_a_body_that_is_text_is_taken_as_it_is_whatever_coding_is_said(coding):
    head = f"Content-Encoding: {coding}\r\n"
    for body in (HTML, "<p>مرحبا بالعالم".encode("cp1256"), b"Good morning.", "é".encode() * 4000):
        assert one(make.response(1, body, "text/plain", head=head)).payload == body


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_newer_codings_are_undone(coding):
    text = HTML * 300
    if coding == "br":
        pa = pytest.importorskip("pyarrow")
        packed = pa.compress(text, "brotli", asbytes=True)
    else:
        packed = pytest.importorskip("backports.zstd").compress(text)
    head = f"Content-Encoding: {coding}\r\n"
    assert one(make.response(1, packed, head=head)).payload == text
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    assert one(make.response(1, chunked, head=f"{head}Transfer-Encoding: chunked\r\n")).payload == text
    for at in range(2, len(packed)):
        (bad,) = bad_of(events(make.response(1, packed[:at], head=head)))
        assert bad.stage == "decompress"
    (bad,) = bad_of(events(make.response(1, packed, head=head), max_record=len(text) - 1))
    assert bad.stage == "size"


def test_codings_in_several_fields_are_all_undone():
    packed = gzip.compress(HTML)
    framed = b"%X\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    assert one(make.response(1, framed, head=head)).payload == HTML
    twice = "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n"
    assert one(make.response(1, packed, head=twice)).payload == HTML
    assert one(make.response(1, packed + b"\r\n", head="Content-Encoding: gzip\r\n")).payload == HTML


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", gzip.compress(b"x"), b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"GIF89a", b"{\\rtf1"])
def test_what_is_no_text_is_skipped_whatever_its_type(body):
    assert one(make.response(1, body, "text/html; charset=utf-8")) == Skipped(0, "neither text nor HTML")
    assert one(make.response(1, body, "text/plain, text/plain")) == Skipped(0, "neither text nor HTML")
    assert one(make.response(1, HTML, "text/html, text/html")).media == "html"


@pytest.mark.parametrize("kind", ["text/html", "text/plain", ""])
def test_data_without_a_name_is_skipped_whatever_its_type(kind):
    rng = random.Random(5)
    for body in (rng.randbytes(400), b"wOF2" + rng.randbytes(3000), bytes(2000), struct.pack("<200i", *range(200))):
        data = make.response(1, body, kind)
        assert one(data) == Skipped(0, "neither text nor HTML")
    for encoding in ("utf-8", "utf-16", "utf-16-le", "cp1256", "iso8859-6"):
        body = ("<p>مرحبا بكم في المدينة\x01\n" * 20).encode(encoding)
        assert one(make.response(1, body, kind or "text/html")).payload == body


def test_markdown_is_text():
    assert one(make.record(1, b"# A title", kind="resource", content_type="text/markdown")).media == "text"


PACKED = {
    "gzip": gzip.compress(HTML * 30, mtime=0),
    "two members": gzip.compress(HTML * 30, mtime=0) + gzip.compress(HTML, mtime=0),
    "deflate": zlib.compress(HTML * 30),
}


@pytest.mark.parametrize("coding", PACKED)
def test_a_damaged_compressed_body_is_no_text(coding):
    """Cut or flipped at any byte, such a body is quarantined or, where the byte says nothing, whole."""
    head = f"Content-Encoding: {'deflate' if coding == 'deflate' else 'gzip'}\r\n"
    packed = PACKED[coding]
    whole = one(make.response(1, packed, head=head)).payload
    ends = {len(PACKED["gzip"])} if coding == "two members" else set()
    for at in set(range(3, len(packed))) - ends:
        (bad,) = bad_of(events(make.response(1, packed[:at], head=head)))
        assert bad.stage == "decompress"
    for at in range(0 if coding != "deflate" else 2, len(packed)):
        flipped = packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :]
        found = one(make.response(1, flipped, head=head))
        assert isinstance(found, Bad) or found.payload == whole


def test_a_chunked_body_cut_at_any_byte_is_no_text():
    head = "Transfer-Encoding: chunked\r\n"
    chunked = b"3a\r\n%s\r\n3A;name=value\r\n%s\r\n0\r\n\r\n" % (HTML, HTML)
    assert len(HTML) == 0x3A
    assert one(make.response(1, chunked, head=head)).payload == HTML * 2
    for at in range(4, len(chunked) - 4):
        (bad,) = bad_of(events(make.response(1, chunked[:at], head=head)))
        assert bad.error == "the HTTP body is cut or damaged: no chunk where one is due"


@pytest.mark.parametrize("size", [b"-6", b"+6", b" 6", b"0x6", b"6_0", b"g"])
def test_a_chunk_size_is_hexadecimal_digits(size):
    head, body = "Transfer-Encoding: chunked\r\n", size + b"\r\nhello!\r\n0\r\n\r\n"
    assert one(make.response(1, body, head=head)).payload == body  # not chunked at all
    assert bad_of(events(make.response(1, b"1\r\nx\r\n" + body, head=head)))


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_body_may_not_grow_beyond_the_limit(pack):
    bomb = pack(b"a" * (120 << 20))
    head = f"Content-Encoding: {'gzip' if pack is gzip.compress else 'deflate'}\r\n"
    record = make.member(make.response(1, bomb, head=head))
    tracemalloc.start()
    found = events(MEMBERS[1] + record + MEMBERS[2], "gz", max_record=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert texts_of(found) == TEXTS[:2]
    assert [bad.stage for bad in bad_of(found)] == ["size"]
    assert peak < 100 << 20


def test_a_record_in_many_small_members_takes_linear_time():
    record = make.record(1, b"a b " * (1 << 21))
    data = b"".join(make.member(record[i : i + 400]) for i in range(0, len(record), 400))
    began = time.process_time()
    assert [event.payload for event in events(data, "gz")[:-1]] == [b"a b " * (1 << 21)]
    assert time.process_time() - began < 2


def test_many_headers_before_a_blank_line_take_linear_time():
    began = time.process_time()
    found = events(b"WARC/1.0\r\n" * 100_000 + b"\r\n")
    assert len(bad_of(found)) == 100_000
    assert time.process_time() - began < 4


def test_a_header_of_spaces_takes_linear_time():
    field = b"WARC-Target-URI: a" + b" " * 500_000 + b"b\r"
    head = RECORDS[1].replace(b"\r\nWARC-Type:", b"\n" + field + b"\nWARC-Type:", 1)
    start = time.process_time()
    assert [type(event) for event in events(head + RECORDS[2])] == [Record, Record, End]
    assert time.process_time() - start < 5
