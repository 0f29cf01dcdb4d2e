"""JSON lines, text and Parquet: every line or row once or quarantined, cut anywhere, compressed or not."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import json
import lzma
import random
import struct
import sys
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.batch.config import Config
from bilingual.batch.documents import document
from bilingual.errors import InputError
from bilingual.formats import compression as packing
from bilingual.formats.jsonl import _WORDS
from bilingual.formats.readers import format_of, read
from bilingual.formats.record import Bad, End, Part, ReadOptions, Record, Skipped

ROWS = [{"id": i, "text": f"Text {i} نص " * (i % 7), "url": f"https://example.org/{i}"} for i in range(50)]
LINES = [json.dumps(row, ensure_ascii=i % 2 == 0).encode() + b"\n" for i, row in enumerate(ROWS)]


def events(data: bytes, kind: str, compression: str = "", start: int = 0, end: int = -1, exact: bool = True, **options):
    part = Part("x", "x", kind, compression, start, end, exact)
    return list(read(io.BytesIO(data), part, ReadOptions(**options)))


def records(found) -> list[Record]:
    return [event for event in found if isinstance(event, Record)]


def bad_of(found) -> list[Bad]:
    return [event for event in found if isinstance(event, Bad)]


@pytest.mark.parametrize("compression", ["", "gz", "blocks gz", "zst"])
@pytest.mark.parametrize("last_newline", [True, False])
def test_all_lines_come_out(compression, last_newline):
    data = b"".join(LINES)[: None if last_newline else -1]
    size = len(data)
    if compression == "gz":
        data = gzip.compress(data)
    elif compression == "blocks gz":
        data = b"".join(gzip.compress(data[i : i + 333]) for i in range(0, size, 333))
    elif compression == "zst":
        data = pytest.importorskip("backports.zstd").compress(data)
    found = events(data, "jsonl", compression.rpartition(" ")[2])
    assert [record.payload for record in records(found)] == [row["text"] for row in ROWS]
    assert [record.id for record in records(found)] == [str(i) for i in range(50)]
    assert [record.offset for record in records(found)] == [0, *itertools.accumulate(map(len, LINES[:-1]))]
    assert not bad_of(found)
    assert found[-1] == End(0, size if compression else len(data))  # of the content, where it is compressed


def packed(kind: str) -> tuple[bytes, str]:
    """The lines as a compressed file, and its compression."""
    data = b"".join(LINES)
    if kind == "zst frames":
        zstd = pytest.importorskip("backports.zstd")
        return b"".join(zstd.compress(data[i : i + 700]) for i in range(0, len(data), 700)), "zst"
    if kind in ("one member", "cut member"):
        return gzip.compress(data, 0)[: None if kind == "one member" else -100], "gz"
    found = bytearray(b"".join(gzip.compress(data[i : i + 500]) for i in range(0, len(data), 500)))
    if kind == "damaged members":
        found[len(found) // 2 : len(found) // 2 + 200] = bytes(200)
        del found[-30:]
    return bytes(found), "gz"


@pytest.mark.parametrize("kind", ["one member", "cut member", "members", "zst frames", "damaged members"])
@given(cuts=st.lists(st.floats(0, 1), max_size=5))
@settings(max_examples=60, deadline=None)
def test_parts_of_a_compressed_file_together_are_the_file(kind, cuts):
    """Every line and every damage in exactly one part, in order, whatever the cuts; parts meet in the content."""
    data, compression = packed(kind)
    with pytest.MonkeyPatch.context() as patch:  # pieces of a member small enough to be cut between
        patch.setattr(packing, "STEP", 64)
        patch.setattr(packing, "HOLD", 300)
        patch.setattr(packing, "CHUNK", 200)
        patch.setattr(packing, "BLOCK", 1024)
        whole = events(data, "jsonl", compression)
        edges = [0, *sorted(int(cut * len(data)) for cut in cuts), -1]
        found, last = [], 0
        for start, end in itertools.pairwise(edges):
            *inside, reach = events(data, "jsonl", compression, start, end, exact=start == 0)
            assert reach.began == last
            last = reach.ended
            found += inside
    assert [*found, End(0, last)] == whole
    is_damaged = kind in ("cut member", "damaged members")
    assert len(records(found)) == 50 or is_damaged
    assert bool(bad_of(found)) == is_damaged


@given(cuts=st.lists(st.floats(0, 1), max_size=5))
@settings(max_examples=100, deadline=None)
def test_parts_of_a_file_together_give_every_line_once(cuts):
    data = b"".join(LINES)
    edges = [0, *sorted(int(cut * len(data)) for cut in cuts), len(data)]
    found, last = [], 0
    for i, (start, end) in enumerate(itertools.pairwise(edges)):
        part = events(data, "jsonl", "", start, end if i < len(edges) - 2 else -1, exact=i == 0)
        found += part[:-1]
        assert part[-1].began == last
        last = part[-1].ended
    assert last == len(data)
    assert [record.id for record in records(found)] == [str(i) for i in range(50)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON: a name in double quotes is missing"),
        (b"[" * 100_000, "not JSON: nested too deeply"),
        (b'{"text": "\xff"}', "not UTF-8, which JSON is in; convert the file"),
        ('{"text": "نص"}'.encode("utf-16"), "not UTF-8, which JSON is in; convert the file"),
        (b"\0" + '{"text": "نص"}'.encode("utf-16-le")[:-1], "not JSON: a value is missing, or is none"),
        (b"[1]", "a JSON object is expected, not list; `jq -c '.[]'` writes a document in each line"),
        (b'{"id": 1}', "the field 'text' is missing; name another with --text-field"),
        (b'{"text": null}', "the field 'text' is null"),
    ],
)
def test_a_line_that_is_no_document(line, reason):
    found = events(LINES[0] + line + b"\n" + LINES[1], "jsonl")
    assert [record.id for record in records(found)] == ["0", "1"]
    assert bad_of(found) == [Bad(len(LINES[0]), len(line), "parse", reason, line)]


def test_blank_lines_are_counted_and_passed_over():
    found = events(b"\n" + LINES[0] + b"  \n\r\n" + LINES[1], "jsonl")
    assert len(records(found)) == 2
    size = len(LINES[0])
    skipped = [event for event in found if isinstance(event, Skipped)]
    assert skipped == [Skipped(0, "blank line", 1), Skipped(size + 1, "blank line", 2)]


@pytest.mark.parametrize("compression", ["", "gz"])
@pytest.mark.parametrize("line", [b"\n", b" \t\r\n"])
def test_a_file_of_blank_lines_is_quick_and_counted(line, compression):
    data = line * 3_000_000
    start = time.process_time()
    found = events(gzip.compress(data, 1) if compression else data, "jsonl", compression)
    assert time.process_time() - start < 4.5  # a second here, and three when each was told by itself
    assert sum(event.records for event in found[:-1]) == 3_000_000
    assert len(found) < 10


@given(cuts=st.lists(st.floats(0, 1), max_size=5))
@settings(max_examples=50, deadline=None)
def test_blank_lines_are_counted_once_wherever_a_file_is_cut(cuts):
    data = b"\n \n" + b"\n\n".join(LINES[:9]) + b"\n" * 30 + LINES[9]
    edges = [0, *sorted(int(cut * len(data)) for cut in cuts), -1]
    parts = [events(data, "jsonl", "", a, b, exact=a == 0) for a, b in itertools.pairwise(edges)]
    found = [event for part in parts for event in part[:-1]]
    n_blank = sum(line.isspace() or not line for line in data.split(b"\n")[:-1])
    assert sum(event.records for event in found if isinstance(event, Skipped)) == n_blank
    assert len(records(found)) == 10


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (gzip.compress(b"".join(LINES)), "not text: compressed; unpack it first"),
        (b"".join(LINES).decode().encode("utf-16"), "JSON lines in UTF-16 or UTF-32 are not read"),
        (b"PAR1\x15" + b"x\n" * 99, "not text: a Parquet file"),
    ],
)
def test_a_file_that_has_no_json_lines_is_one_bad_record(data, error):
    edges = [0, 20, -1]
    parts = [events(data, "jsonl", "", a, b, exact=not a) for a, b in itertools.pairwise(edges)]
    (bad,) = bad_of(itertools.chain(*parts))
    assert bad[:3] == (0, len(data), "decode")
    assert bad.error.startswith(error)
    assert [(end.began, end.ended) for *_, end in parts] == [(0, 20), (20, len(data))]


@pytest.mark.parametrize("data", [b'[\n{"text": "a"}\n]\n', b'{\n "text": "a"\n}\n'])
def test_json_over_several_lines_is_told(data):
    first, *_ = bad_of(events(data, "jsonl"))
    assert first.error == "JSON over several lines; write each document as a line, as `jq -c` does"


JSON = [b"{", b"}", b"[", b"]", b'"', b"text", b'":', b",", b" ", b"1", b"-", b"e400", b"1" * 400, b".", b"NaN"]
JSON += [b"Infinity", b"true", b"null", b"\\ud83d", b"\\n", b"\t", b"\0", b"'", b"+", b"\xed\xa0\xbd", b"\xff", b"\xef\xbb\xbf"]


@given(st.sampled_from([b"", b"\xef\xbb\xbf", b" "]), st.lists(st.sampled_from(JSON), max_size=7).map(b"".join))
@settings(max_examples=1000, deadline=None)
def test_a_line_is_what_the_standard_library_makes_of_it(begin, piece):
    """Both readers of JSON, and the short way for a line that neither reads."""
    line = begin + b'{"text": "x", "a": ' + piece + b"}"
    (event, _) = events(line, "jsonl")
    try:
        text = json.loads(line.decode("utf-8-sig", "surrogatepass"))["text"]
        kind = "null" if text is None else f"of type {type(text).__name__}"
        told = text if isinstance(text, str) else f"the field 'text' is {kind}"
    except UnicodeDecodeError:
        told = "not UTF-8, which JSON is in; convert the file"
    except ValueError as error:
        told = f"not JSON: {_WORDS.get(error.msg, error.msg)}"
    except RecursionError:
        told = "not JSON: nested too deeply"
    assert told == (event.payload if isinstance(event, Record) else event.error)


@pytest.mark.parametrize("library", ["orjson", ""])
@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{'text': 'x'}", "a name in double quotes is missing"),
        (b'{"text": "x"} {"text": "y"}', "more stands behind the object; one document is one line"),
        (b'{"text": "x', "a string has no end; the line was cut, or a line feed in it is not written \\n"),
        (b'{"text": "a\tb"}', "a control code in a string, which is written \\t, \\n or \\u0001"),
        (b'{"text": "\\q"}', "a backslash that begins no escape"),
        (b'{"text": }', "a value is missing, or is none"),
        (b'{"text" "x"}', "a colon is missing"),
        (b'{"text": "x" "id": 1}', "a comma is missing"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_in_words(line, told, library, monkeypatch):
    """The same with and without the faster library."""
    if library:
        pytest.importorskip(library)
    else:
        monkeypatch.setitem(sys.modules, "orjson", None)
    (bad,) = bad_of(events(LINES[0] + line + b"\n", "jsonl"))
    assert bad.error == f"not JSON: {told}"
    assert bad.raw == line


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_an_id_that_is_empty_is_the_place(kind):
    rows = [{"id": "a", "text": "x"}, {"id": "", "text": "y"}, {"id": None, "text": "z"}]
    data = parquet(rows) if kind == "parquet" else b"\n".join(json.dumps(row).encode() for row in rows)
    found = records(events(data, kind))
    assert [record.id for record in found] == ["a", *(f"x#{record.offset}" for record in found[1:])]


def test_other_field_names_and_places():
    line = b'{"content": "x", "name": "n", "metadata": {"url": "u"}, "date": "2026"}'
    (record, _) = events(line, "jsonl", text_field="content", id_field="name")
    assert record[:4] == ("n", "u", "2026", "x")
    (record, _) = events(b'{"text": "x", "date": 20260131}', "jsonl")
    assert record[:3] == ("x#0", "", "20260131")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"page": {"text": "x", "key": 7, "at": {"url": "u"}}}, ("7", "u", "x")),
        ({"page.text": "whole name", "page": {"text": "x"}}, ("x#0", "", "whole name")),
        ({"page": {"text": None}}, "the field 'page.text' is null"),
        ({"page": {"body": "x"}}, "the field 'page.text' is missing; name another with --text-field"),
        ({"page": "x"}, "the field 'page.text' is missing; name another with --text-field"),
    ],
)
def test_a_field_in_an_object(row, told):
    options = {"text_field": "page.text", "id_field": "page.key", "url_field": "page.at.url"}
    (event, _) = events(json.dumps(row).encode(), "jsonl", **options)
    assert told == ((event.id, event.url, event.payload) if isinstance(event, Record) else event.error)
    huge = b'{"page": {"text": "x", "key": 123456789012345678901234567890}}'
    assert records(events(huge, "jsonl", **options))[0].id == "123456789012345678901234567890"


@pytest.mark.parametrize("digits", [4300, 4301, 60_000])
def test_a_number_that_python_makes_none_of_costs_nothing(digits):
    number = b"-" + b"7" * digits
    (record, _) = events(b'{"n": [' + number + b'], "date": ' + number + b', "text": "x"}', "jsonl")
    assert (record.payload, record.id) == ("x", "x#0")
    (bad, _) = events(b'{"text": ' + number + b"}", "jsonl")
    assert bad.error == "the field 'text' is of type int"


@pytest.mark.parametrize("depth", [900, 1010, 1023, 100_000])
def test_an_id_that_is_nested_deeply_costs_its_line(depth):
    line = b'{"text": "x", "id": ' + b"[" * depth + b"]" * depth + b"}\n"
    found = events(line + b'{"text": "y"}\n', "jsonl")
    assert [record.payload for record in records(found)][-1] == "y"
    assert len(records(found)) + len(bad_of(found)) == 2


def test_lines_that_end_by_cr_alone_are_told():
    (bad, _) = events(b'{"text": "x"}\r{"text": "y"}\r', "jsonl")
    assert bad.error == "lines that end by CR alone; write them with LF"


def test_surrogates_as_bytes_are_joined_where_they_are_pairs():
    pair = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    found = events(b'{"text": "' + pair + b" " + pair[:3] + b'"}\n', "jsonl")
    assert records(found)[0].payload == "😀 \ud83d"


@pytest.mark.parametrize("number", ["123456789012345678901234567890", "-9223372036854775809", "1" * 400, "-" + "9" * 5000, "0.10", "7"])
def test_an_id_that_is_a_number_stays_as_it_is_written(number):
    assert events(f'{{"id": {number}, "text": "x"}}'.encode(), "jsonl")[0].id == number


@pytest.mark.parametrize("kind", ["jsonl", "text"])
@pytest.mark.parametrize("compression", ["gz", "zst"])
def test_a_compressed_file_that_is_cut_says_so(kind, compression):
    data = b"".join(LINES)
    data = gzip.compress(data) if compression == "gz" else pytest.importorskip("backports.zstd").compress(data)
    found = events(data[:-20], kind, compression)
    assert any("ends inside" in bad.error for bad in bad_of(found))
    assert len(records(found)) < 50


@pytest.mark.parametrize("kind", ["jsonl", "text"])
@pytest.mark.parametrize("size", [0, 5000])
def test_a_packed_file_of_nothing_or_zeros_alone_is_damaged(kind, size):
    found = events(bytes(size), kind, "gz")
    assert [(bad.offset, bad.length) for bad in bad_of(found)] == [(0, size)]
    assert not records(found)


@pytest.mark.parametrize("compression", ["gz", "zst"])
@pytest.mark.parametrize("unit", ["jsonl", "text"])
def test_of_a_stream_that_is_cut_the_lines_before_come_out(unit, compression):
    """Also of one that is small enough to be held until its end is seen, and of one in an encoding of its own."""
    lines = [json.dumps({"text": f"سطر {i} {i * 7919 % 1000003}"}, ensure_ascii=False) for i in range(20_000)]
    data = "\n".join(lines).encode("utf-8" if unit == "jsonl" else "cp1256")
    data = gzip.compress(data) if compression == "gz" else pytest.importorskip("backports.zstd").compress(data)
    found = events(data[:-1000], unit, compression, unit="line")
    payloads = [record.payload for record in records(found)]
    if unit == "text":
        assert {record.encoding for record in records(found)} == {"windows-1256"}
        payloads = [json.loads(payload.decode("cp1256"))["text"] for payload in payloads]
    assert len(payloads) > 15_000
    assert payloads == [json.loads(line)["text"] for line in lines[: len(payloads)]]
    *_, cut, damage, end = found
    assert isinstance(end, End)
    assert (cut.error, damage.error) == ("the line is cut by damage", "the file ends inside this member")


@pytest.mark.parametrize(
    ("data", "kind", "compression", "error"),
    [
        (LINES[0], "jsonl", "gz", "no gz member begins here: a file that is not compressed has no .gz"),
        (gzip.compress(LINES[0]), "jsonl", "zst", "no zst member begins here: it is a .gz file by its first bytes"),
        (b"\x28\xb5\x2f\xfd", "text", "gz", "no gz member begins here: it is a .zst file by its first bytes"),
        (gzip.compress(b"WARC/1.0"), "warc", "", "no WARC record begins here: it is a .gz file by its first bytes"),
        (b"<html>", "warc", "", "no WARC record begins here"),
    ],
)
def test_a_file_that_is_packed_otherwise_than_its_name_says(data, kind, compression, error):
    if compression == "zst":
        pytest.importorskip("backports.zstd")
    (bad,) = bad_of(events(data, kind, compression))
    assert bad.error == error


def test_damage_between_members_of_lines_costs_only_its_lines():
    members = [gzip.compress(line) for line in LINES]
    broken = bytearray(members[10])
    broken[15] ^= 0xFF
    found = events(b"".join([*members[:10], bytes(broken), *members[11:]]), "jsonl", "gz")
    assert [record.id for record in records(found)] == [str(i) for i in range(50) if i != 10]
    assert len(bad_of(found)) == 1


def test_a_line_longer_than_the_limit():
    found = events(LINES[0] + b'{"text": "' + b"x" * 5000 + b'"}\n' + LINES[1], "jsonl", max_record=1000)
    assert len(records(found)) == 2
    assert [bad.stage for bad in bad_of(found)] == ["size"]


def test_text_is_one_document_or_one_per_line():
    data = "سطر\r\nline\n\nlast".encode()
    (record, end) = events(data, "text")
    assert (record.payload, record.id, record.media) == (data, "x", "text")
    assert end == End(0, len(data))
    found = events(data, "text", unit="line")
    assert [record.payload.decode() for record in records(found)] == ["سطر", "line", "last"]
    assert events(data, "html", unit="line")[0].media == "html"
    assert events(b"", "text")[0].payload == b""


@pytest.mark.parametrize("compression", ["", "gz"])
def test_all_lines_of_a_file_have_its_encoding(compression):
    texts = ["• الإمارات", "سافر إلى بيروت عاصمة لبنان", "ما هي أفضل طريقة لتعلم الطبخ؟", "plain", "… نعم"]
    data = "\n".join(texts).encode("cp1256")
    found = events(gzip.compress(data) if compression else data, "text", compression, unit="line")
    assert [record.encoding for record in records(found)] == ["windows-1256"] * 5
    assert [document(record, Config()).text for record in records(found)] == texts


@pytest.mark.parametrize(
    ("data", "options", "error"),
    [
        ("hello\nyou\n".encode("utf-16"), {}, "utf-16 is not read line by line"),
        ("hello\nyou\n".encode("utf-16-le"), {}, "utf-16-le is not read line by line"),
        ("hello\nyou\n".encode("utf-32"), {}, "utf-32 is not read line by line"),
        ("hello\nyou\n".encode("cp500"), {"encoding": "cp500"}, "cp500 is not read line by line"),
        (gzip.compress(b"hello\nyou\n"), {}, "not text: compressed"),
        (b"%PDF-1.7\nhello\nyou\n", {}, "not text: a PDF"),
    ],
)
def test_files_that_cannot_be_cut_into_lines_are_quarantined(data, options, error):
    edges = [0, 5, len(data) // 2, -1]
    parts = [events(data, "text", "", a, b, exact=not a, unit="line", **options) for a, b in itertools.pairwise(edges)]
    (bad,) = bad_of(itertools.chain(*parts))
    assert bad[:3] == (0, len(data), "decode")
    assert bad.error.startswith(error)
    assert not records(itertools.chain(*parts))
    assert [(end.began, end.ended) for *_, end in parts] == [(0, 5), (5, len(data) // 2), (len(data) // 2, len(data))]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16", "utf-8", "cp1256"])
def test_text_with_some_control_codes_is_text(encoding):
    data = "نص قصير فيه \x00 رمز واحد\x07 لا أكثر\n".encode(encoding) * 20
    assert records(events(data, "text"))


@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_file_of_another_kind_is_quarantined(kind):
    packed = gzip.compress(b"hello")
    binary = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20
    finder = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(50)
    packs = (gzip.compress(packed), gzip.compress(binary), gzip.compress(finder))
    plain = (packed, b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"GIF89a x", binary, finder)
    for data, compression in (*((data, "") for data in plain), *((data, "gz") for data in packs)):
        found = events(data, kind, compression)
        assert not records(found)
        assert [bad.stage for bad in bad_of(found)] == ["decode"]
        assert bad_of(found)[0].error.startswith("not text: ")


def test_a_text_larger_than_the_limit():
    found = events(b"x" * 5000, "text", max_record=1000)
    assert [bad.stage for bad in bad_of(found)] == ["size"]
    assert "--unit line" in bad_of(found)[0].error


@pytest.mark.parametrize("compression", ["", "gz"])
def test_of_a_line_beyond_the_limit_only_the_beginning_is_held(compression):
    line = b'{"text": "' + b"x" * (60 << 20) + b'"}'
    for data, n_lines in ((LINES[0] + line + b"\n" + LINES[1], 2), (LINES[0] + line, 1)):
        stream = gzip.compress(data, 1) if compression else data
        tracemalloc.start()
        found = events(stream, "jsonl", compression, max_record=1000)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert [record.id for record in records(found)] == ["0", "1"][:n_lines]
        (bad,) = bad_of(found)
        error = f"a line of {len(line)} bytes is longer than 1000"
        assert bad == Bad(len(LINES[0]), len(line), "size", error, line[: len(bad.raw)])
        assert len(bad.raw) >= 1 << 16
        assert found[-1].ended == len(data)
        assert peak < (150 << 20 if compression else 30 << 20)


def test_a_skippable_frame_before_lines_is_passed_over():
    zstd = pytest.importorskip("backports.zstd")
    found = events(struct.pack("<II", 0x184D2A5D, 4) + b"abcd" + zstd.compress(b"".join(LINES)), "jsonl", "zst")
    assert len(records(found)) == 50


def zstd_frame(content: bytes, times: int) -> bytes:
    """One byte, `times` blocks of 128 KB, as a frame that takes four bytes for each."""
    head, size = b"\x28\xb5\x2f\xfd\x00\x38", 128 << 10
    return head + (struct.pack("<I", size << 3 | 2)[:3] + content) * times + struct.pack("<I", 1 << 3 | 3)[:3] + b"\n"


@pytest.mark.parametrize("content", [b"x", b"\n"])
def test_a_frame_that_is_far_larger_than_it_looks_is_read_in_pieces(content):
    pytest.importorskip("backports.zstd")
    window = packing.Window(io.BytesIO(zstd_frame(content, 2000)))
    sizes = [len(chunk.data) for chunk in packing.members(window, packing.codec_for("zst"), 0, -1)]
    assert sum(sizes) == 2000 * (128 << 10) + 1
    assert max(sizes) <= 2 * packing.HOLD


def test_lines_of_a_large_chunk_are_not_made_all_at_once():
    data = gzip.compress(b"xx\n" * (8 << 20), 1)
    part = Part("x", "x", "text", "gz", 0, -1, True)
    tracemalloc.start()
    found = read(io.BytesIO(data), part, ReadOptions(unit="line"))
    for _ in range(10):
        assert next(found).payload == b"xx"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 220 << 20


@pytest.mark.parametrize(("magic", "kind"), [(b"\x1f\x8b\x08\x08", "gz"), (b"\x28\xb5\x2f\xfd", "zst")])
def test_a_place_that_looks_like_a_member_is_not_read_to_the_end_of_the_file(magic, kind):
    if kind == "zst":
        pytest.importorskip("backports.zstd")
    window = packing.Window(io.BytesIO(magic * 300_000))
    asked: list[int] = []
    look = window.peek
    window.peek = lambda offset, count: asked.append(offset) or look(offset, count)
    assert not packing._begins_with(window, packing.codec_for(kind), 0, b"")
    assert max(asked, default=0) <= packing.ZSTD_BLOCK


# --- Parquet ----------------------------------------------------------------------------------------


def parquet(rows: Any, row_group_size: int = 10, **options: Any) -> bytes:
    """A table, or rows that make one, as a file."""
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    table = pa.Table.from_pylist(rows) if isinstance(rows, list) else rows
    pq.write_table(table, sink, row_group_size=row_group_size, compression="zstd", **options)
    return sink.getvalue().to_pybytes()


def test_row_groups_of_parquet():
    data = parquet(ROWS)
    found = events(data, "parquet")
    assert [(record.id, record.payload) for record in records(found)] == [(str(r["id"]), r["text"]) for r in ROWS]
    assert found[-1] == End(0, 5)
    middle = events(data, "parquet", "", 2, 4)
    assert [record.offset for record in records(middle)] == list(range(20, 40))
    assert middle[-1] == End(2, 4)


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", "PLAIN"])
@pytest.mark.parametrize("column", ["id", "text"])
def test_every_encoding_of_a_column_of_texts_is_read(encoding, column):
    """pyarrow makes no dictionary of texts in delta encodings, which other programs write of their own accord."""
    rows = [{"id": str(i), "text": None if i % 40 == 7 else f"Text {i} نص"} for i in range(200)]
    others = [name for name in ("id", "text") if name != column]
    data = parquet(rows, 90, use_dictionary=others, column_encoding={column: encoding})
    for start, end in ((0, -1), (1, 2)):
        found = events(data, "parquet", "", start, end)
        given = list(enumerate(rows))[90 * start : 90 * end if end > 0 else None]
        kept = [(i, row["id"], row["text"]) for i, row in given if row["text"]]
        assert [(one.offset, one.id, one.payload) for one in records(found)] == kept
        assert [bad.offset for bad in bad_of(found)] == [i for i, row in given if row["text"] is None]


class Counted(io.BytesIO):
    """A file that knows how much was read of it at once."""

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.most = max(self.most, len(data))
        return data


def test_a_large_row_group_is_not_held_whole():
    """pyarrow writes a million rows as one group: a worker had 786 MB of 211 MB of texts."""
    pa = pytest.importorskip("pyarrow")
    rng = random.Random(3)
    texts = [f"{i} {'Good morning. ' * 250}{rng.randbytes(400).hex()}" for i in range(8000)]
    file = Counted(parquet(pa.table({"text": texts}), row_group_size=10_000))
    size = before = pa.total_allocated_bytes()
    for i, event in enumerate(read(file, Part("x", "x", "parquet"), ReadOptions())):
        assert isinstance(event, End) or event.payload == texts[i]
        size = max(size, pa.total_allocated_bytes())
    assert sum(map(len, texts)) > 32 << 20
    assert size - before < 16 << 20
    assert file.most < 2 << 20 < len(file.getvalue())


def test_a_damaged_row_group_costs_only_its_rows():
    pq = pytest.importorskip("pyarrow.parquet")
    data = bytearray(parquet(ROWS))
    column = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(2).column(1)
    at = column.dictionary_page_offset or column.data_page_offset
    for i in range(at, at + column.total_compressed_size):
        data[i] ^= 0x5A
    found = events(bytes(data), "parquet")
    assert sum(bad.records for bad in bad_of(found)) + len(records(found)) == 50
    assert {record.id for record in records(found)} >= {str(i) for i in range(50) if not 20 <= i < 30}


@pytest.mark.parametrize("damage", ["cut", "empty", "text"])
def test_a_file_that_is_no_parquet(damage):
    data = {"cut": parquet(ROWS)[:-100], "empty": b"", "text": b"hello" * 100}[damage]
    with pytest.raises(InputError, match="not a readable Parquet file"):
        events(data, "parquet")


def test_a_column_that_is_there_twice():
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_arrays([pa.array(["x"]), pa.array(["y"]), pa.array([1]), pa.array([2])], ["text", "text", "n", "n"])
    with pytest.raises(InputError, match="2 columns are named 'text'"):
        events(parquet(table), "parquet")
    table = pa.Table.from_arrays([pa.array(["x"]), pa.array([1]), pa.array([2])], ["text", "n", "n"])
    assert len(records(events(parquet(table), "parquet"))) == 1


def test_columns_are_named_by_option():
    data = parquet([{"content": "x", "key": 7}])
    assert records(events(data, "parquet", text_field="content", id_field="key"))[0].id == "7"
    with pytest.raises(InputError, match=r"no column 'text'; the file has: content, key"):
        events(data, "parquet")


@pytest.mark.parametrize("dictionary", [True, False])
def test_a_column_in_a_struct(dictionary):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pages = [{"text": "x", "key": 7, "at": {"url": "u"}}, None, {"text": None}, {"text": "y", "key": 8, "at": None}]
    table = pa.table({"page": pages, "note": ["n"] * 4, "page.note": ["whole name"] * 4})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, use_dictionary=dictionary, row_group_size=3)
    data = sink.getvalue().to_pybytes()
    found = events(data, "parquet", text_field="page.text", id_field="page.key", url_field="page.at.url")
    assert [record[:4] for record in records(found)] == [("7", "u", "", "x"), ("8", "", "", "y")]
    assert [(bad.offset, bad.error) for bad in bad_of(found)] == [
        (i, "the field 'page.text' is null") for i in (1, 2)
    ]
    (record, *_) = records(events(data, "parquet", text_field="page.note"))
    assert record.payload == "whole name"
    with pytest.raises(InputError, match=r"the file has: page, note, page\.note, page\.text, page\.key, page\.at, page\.at\.url"):
        events(data, "parquet")


def test_damage_that_only_a_checksum_of_a_page_tells():
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    table = pa.table({"text": ["A whole sentence here."] * 2 + ["Another one."]})
    pq.write_table(table, sink, write_page_checksum=True, write_statistics=False, row_group_size=2, compression="none")
    data = sink.getvalue().to_pybytes()
    assert len(records(events(data, "parquet"))) == 3
    found = events(data.replace(b"A whole", b"A whale"), "parquet")
    assert [record.payload for record in records(found)] == ["Another one."]
    assert [(bad.offset, bad.records, bad.stage) for bad in bad_of(found)] == [(0, 2, "read")]


def test_a_file_of_which_columns_are_encrypted_costs_no_process():
    """Asked for such a column's metadata, pyarrow ends the process."""
    pa = pytest.importorskip("pyarrow")
    pe = pytest.importorskip("pyarrow.parquet.encryption")
    import pyarrow.parquet as pq

    class Keys(pe.KmsClient):
        def wrap_key(self, key, name):
            return key.hex()

    settings = pe.EncryptionConfiguration(footer_key="f", column_keys={"c": ["text"]}, plaintext_footer=True)
    factory = pe.CryptoFactory(lambda _: Keys())
    sink = pa.BufferOutputStream()
    keys = factory.file_encryption_properties(pe.KmsConnectionConfig(), settings)
    pq.write_table(pa.table({"text": ["a", "b"], "title": ["c", "d"]}), sink, encryption_properties=keys)
    data = sink.getvalue().to_pybytes()
    (bad,) = bad_of(events(data, "parquet"))
    assert (bad.records, bad.error) == (2, "it is encrypted: 2 rows of row group 0 cannot be read")
    assert [record.payload for record in records(events(data, "parquet", text_field="title"))] == ["c", "d"]


def test_a_name_of_a_column_that_is_no_utf8():
    data = parquet([{"text": "x", "more": 1}]).replace(b"more", b"mo\xffe")
    with pytest.raises(InputError, match="not a readable Parquet file: 'utf-8' codec"):
        events(data, "parquet")


@pytest.mark.parametrize(
    ("unit", "time", "shown"),
    [
        ("ns", 1_700_000_000_123_456_789, "2023-11-14 22:13:20.123456789"),
        ("us", 1 << 62, "<value out of range: 4611686018427387904>"),
    ],
)
def test_a_date_that_python_has_no_object_for(unit, time, shown):
    pa = pytest.importorskip("pyarrow")
    dates = pa.array([0, time, None], pa.timestamp(unit))
    found = events(parquet(pa.table({"text": ["one", "two", "three"], "date": dates})), "parquet")
    assert [record.payload for record in records(found)] == ["one", "two", "three"]
    assert [record.date for record in records(found)] == ["1970-01-01 00:00:00", shown, ""]


@pytest.mark.parametrize("kind", ["string", "large_string", "dictionary"])
@pytest.mark.parametrize("n_rows", [1, 4])
def test_a_text_that_is_no_utf8_costs_no_other_row(kind, n_rows):
    """Writers that do not look at their bytes make such files; the bytes are decoded like those of other files."""
    pa = pytest.importorskip("pyarrow")
    texts = ["كتاب الأطفال الجديد", "one", None, "نعم"][:n_rows]
    rows = [text and text.encode("cp1256" if i == 0 else "utf-8") for i, text in enumerate(texts)]
    column = pa.Array.from_buffers(pa.string(), n_rows, pa.array(rows, pa.binary()).buffers())
    if kind == "dictionary":
        column = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 3][:n_rows], pa.int32()), column.fill_null(""))
    elif kind != "string":
        column = column.cast(getattr(pa, kind)())
    found = events(parquet(pa.table({"text": column, "id": column})), "parquet")
    assert [document(record, Config()).text for record in records(found)] == [text for text in texts if text]
    assert [bad.error for bad in bad_of(found)] == ["the field 'text' is null"][: n_rows - 1]
    assert records(found)[0].id.startswith("\\xdf\\xca")


def test_a_zone_that_nobody_knows_costs_no_row():
    pa = pytest.importorskip("pyarrow")
    dates = pa.array([0, None], pa.timestamp("s", "Nowhere/At_All"))
    found = events(parquet(pa.table({"text": ["one", "two"], "date": dates})), "parquet")
    assert [record.date for record in records(found)] == ["1970-01-01 00:00:00+00:00", ""]


def test_ids_and_dates_that_are_bytes():
    found = events(parquet([{"text": "x", "id": b"a\xff"}, {"text": "y", "id": b"a\xfe"}]), "parquet")
    assert [record.id for record in records(found)] == ["a\\xff", "a\\xfe"]
    (record,) = records(events(parquet([{"text": "x", "date": b"2026-01-31"}]), "parquet"))
    assert record.date == "2026-01-31"


def test_columns_of_bytes_are_text_where_they_hold_some():
    rows = [{"text": "نص".encode(), "url": b"https://example.org/1"}, {"text": b"\x89PNG\r\n\x1a\n", "url": None}]
    found = events(parquet(rows), "parquet")
    assert [record[1] for record in records(found)] == ["https://example.org/1"]
    assert [(bad.stage, bad.error) for bad in bad_of(found)] == [("decode", "not text: an image")]


def test_rows_without_text_are_quarantined():
    found = events(parquet([{"text": "x"}, {"text": None}]), "parquet")
    assert [bad.error for bad in bad_of(found)] == ["the field 'text' is null"]


def test_rows_without_text_that_stand_together_are_told_together():
    pa = pytest.importorskip("pyarrow")
    found = events(parquet(pa.table({"text": pa.array([None] * 2000 + ["x"], pa.string())}), 3000), "parquet")
    bad = bad_of(found)
    assert (sum(one.records for one in bad), sum(one.length for one in bad)) == (2000, 2000)
    assert [one.offset for one in bad[:3]] == [0, 512, 1024]
    assert [record.offset for record in records(found)] == [2000]


def with_rows(table: bytes, n: int, said: int) -> bytes:
    """A file of `n` rows whose footer says everywhere that there are `said`: numbers as zigzag varints of two bytes."""
    old, new = ((2 * k if k >= 0 else -2 * k - 1) for k in (n, said))
    length = struct.unpack("<I", table[-8:-4])[0]
    body, footer = table[: -8 - length], table[-8 - length :]
    assert footer.count(bytes([old & 127 | 128, old >> 7])) >= 2
    return body + footer.replace(bytes([old & 127 | 128, old >> 7]), bytes([new & 127 | 128, new >> 7]))


def test_rows_that_only_the_footer_knows_are_quarantined():
    data = parquet([{"text": f"Text {i}"} for i in range(1000)], 2000)
    found = events(with_rows(data, 1000, 1064), "parquet")
    assert len(records(found)) == 1000
    error = "the file has fewer: 64 rows of row group 0 cannot be read"
    assert bad_of(found) == [Bad(1000, 64, "read", error, b"", 64)]
    found = events(with_rows(data, 1000, -1000), "parquet")
    assert [(bad.error, bad.records) for bad in bad_of(found)] == [("row group 0 is said to have -1000 rows", 1)]


@pytest.mark.parametrize("limit", [100, 1 << 20])
def test_a_text_that_many_rows_share_is_not_copied_for_each(limit):
    pa = pytest.importorskip("pyarrow")
    texts = pa.array(["x" * (1 << 20), "short"])
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 1000 + [1, None, 0], pa.int32()), texts)
    data = parquet(pa.table({"text": shared}), row_group_size=2000)
    assert len(data) < 100_000
    size = before = pa.total_allocated_bytes()
    n_records = n_bad = 0
    for event in read(io.BytesIO(data), Part("x", "x", "parquet"), ReadOptions(max_record=limit)):
        size = max(size, pa.total_allocated_bytes())
        n_records += isinstance(event, Record)
        n_bad += isinstance(event, Bad)
    assert (n_records, n_bad) == ((1, 1002) if limit == 100 else (1002, 1))
    assert size - before < 32 << 20


def test_rows_larger_than_the_limit_are_quarantined():
    texts = ["x" * 101, "x" * 100, "ب" * 51, "ب" * 50]
    found = events(parquet([{"text": text} for text in texts]), "parquet", max_record=100)
    assert [record.payload for record in records(found)] == ["x" * 100, "ب" * 50]
    assert [(bad.offset, bad.stage, bad.raw.decode()[0]) for bad in bad_of(found)] == [(0, "size", "x"), (2, "size", "ب")]
    found = events(parquet([{"text": b"x" * 101}, {"text": b"x"}]), "parquet", max_record=100)
    assert [bad.stage for bad in bad_of(found)] == ["size"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", ("text", "")),
        ("A.HTML", ("html", "")),
        ("a.jsonl.gz", ("jsonl", "gz")),
        ("a.jsonl.zst", ("jsonl", "zst")),
        ("a.warc.wet.gz", ("warc", "gz")),
        ("a.warc.gz", ("warc", "gz")),
        ("a.wet", ("warc", "")),
        ("a.parquet", ("parquet", "")),
        ("a.parquet.gz", None),
        ("a", None),
        ("a.pdf", None),
    ],
)
def test_formats_by_name(name, kind):
    assert format_of(name) == kind


# --- bzip2 and xz ---------------------------------------------------------------------------------


PACKED = [("bz2", bz2.compress), ("xz", lzma.compress)]


@pytest.mark.parametrize(("name", "pack"), PACKED)
@pytest.mark.parametrize("n_members", [1, 3, 50])
def test_bzip2_and_xz(name, pack, n_members):
    size = -(-len(LINES) // n_members)
    parts = [b"".join(LINES[i : i + size]) for i in range(0, len(LINES), size)]
    assert events(b"".join(map(pack, parts)), "jsonl", name)[:-1] == events(b"".join(LINES), "jsonl")[:-1]
    (whole, _) = events(pack("مرحبا".encode()) + b"\0" * 512, "text", name)
    assert whole.payload.decode() == "مرحبا"
    assert events(pack(b""), "jsonl", name) == [End(0, 0)]


@pytest.mark.parametrize(("name", "pack"), PACKED)
def test_bzip2_and_xz_damaged(name, pack):
    good = pack(b"".join(LINES[:25]))
    bad = bytearray(good)
    bad[len(bad) // 2] ^= 255
    wanted = [record.payload for record in records(events(b"".join(LINES[:25]), "jsonl"))]
    found = events(good + bytes(bad) + good, "jsonl", name)
    assert [record.payload for record in records(found)] == wanted * 2
    assert [one.stage for one in bad_of(found)] == ["decompress"]
    found = events(good + b"no member at all" + good, "jsonl", name)
    assert [record.payload for record in records(found)] == wanted * 2
    (one,) = bad_of(found)
    assert (one.offset, one.length) == (len(good), 16)
    (one,) = bad_of(events(pack(b"".join(LINES) * 9)[:-9], "jsonl", name))
    assert "ends inside" in one.error


def test_xz_with_padding_between_its_members_and_with_a_window_that_is_too_large():
    data = lzma.compress(LINES[0]) + b"\0" * 8 + lzma.compress(LINES[1])
    assert len(records(events(data, "jsonl", "xz"))) == 2
    assert not bad_of(events(data, "jsonl", "xz"))
    huge = lzma.compress(LINES[0], filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}])
    (bad,) = bad_of(events(huge, "jsonl", "xz"))
    assert "emory" in bad.error
    assert "128 MB" in bad.error


@pytest.mark.parametrize(("name", "pack"), PACKED)
def test_a_bomb_of_bzip2_or_xz_is_read_in_pieces(name, pack):
    data = pack(b"a" * (64 << 20) + b"\n" + LINES[0])
    tracemalloc.start()
    found = events(data, "jsonl", name, max_record=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [bad.length for bad in bad_of(found)] == [64 << 20]
    assert len(records(found)) == 1
    assert peak < 100 << 20
