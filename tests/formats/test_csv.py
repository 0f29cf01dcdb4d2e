"""CSV and TSV: every row once or quarantined, whatever is quoted, broken or never closed."""

from __future__ import annotations

import csv
import gzip
import io
import re
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.errors import InputError
from bilingual.formats.readers import read
from bilingual.formats.record import Bad, Part, ReadOptions, Record


def events(data: bytes, kind: str, compression: str = "", **options):
    return list(read(io.BytesIO(data), Part("x", "x", kind, compression), ReadOptions(**options)))


def rows_of_csv(data: bytes, kind: str = "csv", compression: str = "", **options):
    """(id, text) of the rows, and the offset and error of what is bad."""
    found = events(data, kind, compression, **options)
    records = [(event.id, event.payload) for event in found if isinstance(event, Record)]
    return records, [(event.offset, event.error) for event in found if isinstance(event, Bad)]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(CELL, CELL.filter(bool)), max_size=8), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
@settings(deadline=None)
def test_what_the_standard_module_writes_comes_out(rows, quoting):
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=quoting)
    writer.writerows([("text", "id"), *rows])
    data = out.getvalue().encode()
    found, bad = rows_of_csv(data)
    assert not bad
    assert found == [(name, text) for text, name in rows]
    assert rows_of_csv(gzip.compress(data), compression="gz") == (found, bad)
    for record in events(data, "csv")[:-1]:
        (again,) = csv.reader(io.StringIO(data[record.offset : record.offset + record.length].decode(), newline=""))
        assert again == [record.payload, record.id]


def test_tables_are_read_side_by_side_whatever_the_length_of_their_cells():
    """The limit of the module is one for the whole process: who is done first must not take it from the others."""
    before, text = csv.field_size_limit(), "word " * 40_000
    data = b"id,text\n" + f"1,{text}\n2,{text}\n".encode()

    def reader(limit):
        return iter(read(io.BytesIO(data), Part("x", "x", "csv", ""), ReadOptions(max_record=limit)))

    first, second = reader(1 << 20), reader(1 << 19)
    assert next(first).payload == next(second).payload == text
    assert len(list(first)) == 2  # the row that is left, and the end
    assert next(second).payload == text
    assert csv.field_size_limit() >= len(text)
    list(second)
    small = reader(10)  # nor does one with short cells
    next(small)
    assert csv.field_size_limit() == before
    small.close()
    assert csv.field_size_limit() == before


def test_columns_by_name_and_separators():
    head = b"\xef\xbb\xbfdate;url;content;key\r\n2026;u;x, y;k\r\n"
    (record, _) = events(head, "csv", text_field="content", id_field="key")
    assert record[:4] == ("k", "u", "2026", "x, y")
    (_, record, _) = events(b"sep=|\ntext|id\na,b|1", "csv")
    assert record[:4] == ("1", "", "", "a,b")
    (record, _) = events(b"a, b\ttext\n1\t2\n", "tsv")
    assert (record.id, record.payload) == ("x#10", "2")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"a,b\n1,2\n", "no column 'text'; the file has: a, b. Name it with --text-field"),
        (b"text,text\n1,2\n", "2 columns are named 'text'"),
        (b"text\rx\ry\r", "lines end by CR alone"),
        (b"sep=\r\ntext\r\nx\r\n", "no column 'text'; the file has: sep="),
        (b'sep="\ntext\nx\n', "no column 'text'; the file has: sep="),
        (b'"text\nx\n', "the first row, which names the columns, cannot be read"),
    ],
)
def test_a_table_without_its_columns(data, error):
    with pytest.raises(InputError, match=re.escape(error)):
        events(data, "csv")


def test_a_table_in_an_encoding_of_its_own():
    arabic = "".join(f"{i},مرحبا بكم في المدينة الجديدة\n" for i in range(30))
    data = f"id,text\n{arabic}".encode("cp1256")
    assert rows_of_csv(data)[0][7] == ("7", "مرحبا بكم في المدينة الجديدة")
    assert rows_of_csv("id,text\n1,é\n".encode("cp1252"), encoding="cp1252") == ([("1", "é")], [])
    (bad, _) = events("id,text\n1,x\n".encode("utf-16"), "csv")
    assert bad.error == "utf-16 is not read row by row; convert it to UTF-8"
    found, bad = rows_of_csv(b"id,text\n1,\xff\n2,x\n", encoding="utf-8")
    assert (found, bad) == ([("2", "x")], [(8, "not utf-8, which the file is in")])


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (b"9,x,y", "a row of 3 cells, where the first row has 2"),
        (b"9", "a row of 1 cells, where the first row has 2"),
        (b'9,"x" y', "not a row"),
        (b'9,"never closed', "not a row"),
        (b'9,"' + b"x" * 2000, "a line of 2003 bytes is longer than 1000"),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_broken_row_costs_itself(broken, error, at):
    lines = [b"id,text", b"1,a", b'2,"b"', b'3,"c\nd"']
    lines.insert(at + 1, broken)
    found, ((offset, told),) = rows_of_csv(b"\n".join(lines), max_record=1000)
    assert found == [("1", "a"), ("2", "b"), ("3", "c\nd")]
    assert offset == b"\n".join(lines).index(broken)
    assert told.startswith(error)


def test_a_table_without_quoting():
    """Most programs write TSV so: a quotation mark there parts and joins nothing."""
    lines = [b"id\ttext", b'1\t"Hi" he said', b'2\t"open', b"", b'3\tend"', b'4\t"a\nb"', b'5\t"q"']
    found, bad = rows_of_csv(b"\n".join(lines), "tsv")
    assert found == [("1", '"Hi" he said'), ("2", '"open'), ("3", 'end"'), ("4", "a\nb"), ("5", "q")]
    assert not bad
    assert rows_of_csv(b'text\n"a\n\nb"\nc', "tsv") == ([("x#5", "a\n\nb"), ("x#12", "c")], [])


def test_a_table_of_marks_is_read_once():
    """A mark that is never closed is looked for to the end of the file, once for each line that has one."""
    data = b"id,text\n" + b'1,"a\n' * 20_000
    began = time.process_time()
    found, bad = rows_of_csv(data)
    assert len(found) + len(bad) == 20_000
    assert time.process_time() - began < 5


def test_a_mark_before_many_blank_lines_holds_few_of_them():
    data = b'id,text\n1,"x' + b"\n" * 200_000 + b"2,y\n"
    tracemalloc.start()
    part, told = Part("x", "x", "csv"), []
    for event in read(io.BytesIO(data), part, ReadOptions(max_record=500_000)):
        if isinstance(event, (Record, Bad)):
            told.append((event.offset, event.payload if isinstance(event, Record) else event.error))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told == [(8, "not a row: a quotation mark that is never closed"), (200_012, "y")]
    assert peak < 15_000_000


def test_the_limit_of_the_module_stays():
    before = csv.field_size_limit()
    rows_of_csv(b"text\n" + b"x" * 200_000 + b"\n")
    assert csv.field_size_limit() == before
