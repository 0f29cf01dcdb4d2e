"""Text files of fields: keys and separators stay, and no translation ends its field."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import fill, round_trip, run
from test_habits import answer
from test_marks import assert_merged, exported

from bilingual.formats.inline import is_blank
from bilingual.labels.columns import LABELS
from bilingual.pipeline import Segmenter
from bilingual.translate.export import read_returned, write_job
from bilingual.translate.fields import Columns, fields
from bilingual.translate.merge import merge
from bilingual.translate.original import Place, TargetError, open_original
from bilingual.translate.original.text import _with_escapes
from bilingual.translate.units import find_units, make_job


def values(text: str, suffix: str) -> list[str]:
    found = fields(text, suffix)
    return [text[field.start : field.end] for field in found.found] if found else []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".md", "---\ntitle: A guide\nlayout: post\ndate: 2026-03-01\nmenu: {Main: 5}\nauthor: Mona Adel\n---\nNote: here\n", ["A guide", "Mona Adel"]),
        (".md", '---\n"title": guide\ntags:\n  - First steps\n  - x\nlang: "en"\n# For us\n---\n', ["guide", "First steps", "x"]),
        (".md", "---\nsummary: >-\n  Note: read it\n\n  Then go on\nseo:\n  title: A b\n---\n", ["Note: read it", "Then go on", "A b"]),
        (".md", "---\n# For us\n\ntitle: A guide\n---\n", ["A guide"]),
        (".md", "---\n# The title\n---\nNote: here\n", []),
        (".md", "---\nIt began so.\n---\nNote: here\n", []),
        (".md", "Note: here\n---\ntitle: A\n---\n", []),
        (".md", "---\ntitle: A\n", []),
        (".yml", "en:\n  home: welcome\n  'bye': 'Good bye'  \n  # For us\n  n: 4\n", ["welcome", "Good bye"]),
        (".yml", "- title: |\n    Note: a\n  text: See # for us\n- >\n  Go: on\n- 'a\n  b: c'\n", ["Note: a", "See", "Go: on", "a{}  b: c"]),
        (".yml", "base: &b A guide\nnext: *b\n'a: b': !!str Go\nbin: !!binary Go\n404: Not found\non: true\n", ["A guide", "Go", "Not found"]),
        (".yml", "a: [First, \"b, c\", {d: Second, e, f: 'g'}]\nh: [x\n  , y] # z\n", ["First", "b, c", "Second", "g", "x"]),
        (".yml", "a: One\n  two\nb:\n  Three # us\n--- # us\nc: Four\n", ["One", "two", "Three", "Four"]),
        (".md", "---\nNote: it began so.\nIt went on: and\nthen it ended.\n---\n", []),
        (".csv", '"a;b;c",d\nOne,two\n', ["a;b;c", "d", "One", "two"]),
        (".csv", "sep=;\nOne;two, or three\n", ["One", "two, or three"]),
        (".csv", "Name\nOne two\n", ["Name", "One two"]),
        (".properties", "greeting Good day\nkey\n", ["Good day"]),
        (".properties", "# For us\n! Us\na.b=Good day\na\\:c : See\\\n  you = later\nd\n", ["Good day", "See", "  you = later"]),
        (".csv", 'sku,name\nA-1,"One, two"\nB 2,"Say ""no"""\n,4.50\nc\n', ["One, two", "B 2", 'Say ""no""', "c"]),
        (".csv", "sku,name\n", []),
        (".csv", "Key;Text\nmenu.open;Open\nmenu_save;Save\nDr.Who;e.g. this\nOpen;menu.open\n", [
            "Key", "Text", "Open", "Save", "Dr.Who", "e.g. this", "Open", "menu.open",
        ]),
        (".tsv", "Key\tPlace\nx1\timg/a.png\nwelcome\tHome page\n", ["Key", "Place", "welcome", "Home page"]),
        (".csv", "Number;Name\n1;A, b\n", ["Number", "Name", "A, b"]),
        (".tsv", "id\tname\n12\tGood\tday\n", ["Good", "day"]),
        (".csv", 'a,"b" c\n"d', []),
        (".txt", "a,b\nc,d\n", []),
    ],
)  # fmt: skip
def test_what_of_fields_is_text(suffix: str, text: str, expected: list[str], end: str) -> None:
    text = text.replace("\n", end)
    assert values(text, suffix) == [value.format(end) for value in expected]
    found = fields(text, suffix)
    if found:
        last = 0
        for start, stop in found.unseen:
            assert last <= start < stop <= len(text)
            last = stop


FRONT = "---\ntitle: The old harbour\nsummary: 'A walk, and more'\nlayout: post\n---\n\nThe harbour was closed for a year.\n"


@pytest.mark.parametrize(
    ("source", "target", "problem"),
    [
        ("The old harbour", "الميناء القديم", ""),
        ("The old harbour", '"الميناء: القديم"', ""),
        ("The old harbour", "الميناء: القديم", "are signs of YAML"),
        ("The old harbour", "الميناء #القديم", "are signs of YAML"),
        ("The old harbour", "[الميناء] القديم", "the value would begin with [, a sign of YAML"),
        ("The old harbour", '"الميناء" القديم', 'the value would begin with ", a sign of YAML'),
        ("The old harbour", "الميناء\nالقديم", "a line break would end the value"),
        ("The old harbour", "Yes", "Yes would be read as no text"),
        ("A walk, and more", "نزهة: وأكثر #", ""),
        ("The harbour was closed for a year.", "[أغلق]: الميناء\nسنة.", ""),
    ],
)
def test_a_translation_of_front_matter_is_one_value(tmp_path: Path, source: str, target: str, problem: str) -> None:
    assert_merged(tmp_path / "a.md", FRONT, source, target, problem)


TABLE = 'sku,name,text\nA-1,Steel kettle,"It boils fast, and is ""safe"" to touch."\n'


@pytest.mark.parametrize(
    ("source", "target", "problem"),
    [
        ("Steel kettle", "غلاية فولاذ", ""),
        ("Steel kettle", '"غلاية, فولاذ"', ""),
        ("Steel kettle", "غلاية، فولاذ", ""),
        ("Steel kettle", "غلاية, فولاذ", "it would end the cell or begin another one"),
        ("Steel kettle", "غلاية\nفولاذ", "it would end the cell or begin another one"),
        ("Steel kettle", '"غلاية" فولاذ', "it would end the cell or begin another one"),
        ("Steel kettle", 'غلاية "فولاذ"', ""),
    ],
)
def test_a_translation_of_a_cell_is_one_cell(tmp_path: Path, source: str, target: str, problem: str) -> None:
    assert_merged(tmp_path / "a.csv", TABLE, source, target, problem)


@pytest.mark.parametrize("quotes", ['"{}"', '"{}', '{}"', '""{}"', "{}"])
def test_quotation_marks_of_a_cell_are_doubled_in_the_file_alone(
    tmp_path: Path, segmenter: Segmenter, quotes: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, "utf-8")
    assert exported(path)[1:] == ['It boils fast, and is "safe" to touch.']
    _, _, merged = round_trip(path, segmenter, lambda text: text.replace('"safe"', quotes.format("Safe")))
    rows = list(csv.reader(io.StringIO(merged.data.decode(), newline="")))
    assert rows[1] == ["A-1", "Steel kettle", f"It boils fast, and is {quotes.format('Safe')} to touch."]


def test_a_unit_that_parts_doubled_marks_shows_them_as_they_are() -> None:
    text = 'a,"say ""no"" twice"\n'
    found = fields(text, ".csv")
    assert found is not None
    assert found.read(3, 19) == 'say "no" twice'
    assert found.read(8, 19) == '"no"" twice'
    assert found.problem(8, 19, 'say "no') == "a quotation mark inside a cell must be doubled"


def test_all_of_fields_is_exported_but_their_keys(tmp_path: Path) -> None:
    """Short values look like menus, and there are none; a value has its own language, whatever its key is in."""
    path = tmp_path / "messages.properties"
    path.write_text("menu.home=Home\nmenu.description=مرحبا بكم\nmenu.text=Your basket is empty.\n", "utf-8")
    assert exported(path) == ["Home", "Your basket is empty."]
    assert open_original(str(path)).wanted == ("body", "navigation", "promo")


@given(
    st.lists(
        st.lists(st.sampled_from(["name", "Good day", "a, b", 'say "no"', "", "4.50", "two\nlines", "مرحبا; بكم", "B-12", " x "]),
                 min_size=2, max_size=2), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_keeps_its_shape(tmp_path: Path, segmenter: Segmenter, rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["first", "second"], *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(out.getvalue().encode())
    _, _, merged = round_trip(path, segmenter, str.upper)
    again = list(csv.reader(io.StringIO(merged.data.decode(), newline=""), delimiter=delimiter))
    assert [[cell.upper() for cell in row] for row in again[1:]] == [[cell.upper() for cell in row] for row in rows]
    assert again[0] == ["first", "second"]


SIGNS = ["---\n", "key: ", "a", '"', "'", "\n", "\r\n", "\r", "\\", ": ", "#", "- ", " ", "|", ">", "=", ",", ";", "\t", "{", "ن", "\ufeff"]


@given(st.lists(st.sampled_from(SIGNS), max_size=40), st.booleans(), st.sampled_from([".md", ".csv", ".tsv", ".yml", ".properties"]))
@settings(max_examples=400, deadline=None)
def test_fields_and_what_is_between_them_are_all(signs: list[str], is_front: bool, suffix: str) -> None:
    text = "---\n" * is_front + "".join(signs)
    found = fields(text, suffix)
    if found is None:
        return
    places = sorted([*found.unseen, *((field.start, field.end) for field in found.found)])
    assert all(start < end for start, end in places)
    assert [start for start, _ in places[1:]] == [end for _, end in places[:-1]]
    assert not places or (places[0][0], places[-1][1]) == (found.start, found.end)
    for field in found.found:
        assert isinstance(found.problem(field.start, field.end, "new"), str)


VALUES = [
    ("a: One", "a: 1", True), ("a: One", "One: two", True), ("a: One", "One two", False), ("a: One two", "- two", True),
    ("a: [One, two]", "One, or", True), ("a: [One, two]", '"One, or"', False), ("a: [One]", "One?", True),
    ('a: "One"', 'say "no": [x], #1', False), ('a: "One"', "C:\\new", True), ('a: "One"', "See C:\\\\new", False),
    ('a: "One"', "One\\", True), ("a: 'One'", "it's C:\\new: # 'x'", False), ("a: One", "yes", True),
    ("a: |\n  One", "# One: 'two'", False), ("a: One", "One\u2028two", True), ("a: One\n  two", '"One"', True),
    ("a: [One]", ":two", True), ("a: One", ":two", False), ("One", "--- two", True), ("One\n", "...", True), ("a: One", "... two", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "new", "is_refused"), VALUES)
def test_a_target_of_yaml_is_its_value_or_refused(text: str, new: str, is_refused: bool) -> None:
    found = fields(text, ".yml")
    assert found is not None
    first = found.found[0]
    written = found.put(first.start, first.end, new)
    assert bool(found.problem(first.start, first.end, written)) == is_refused
    if not is_refused and first.kind == "quoted":
        again = fields(text[: first.start] + written + text[first.end :], ".yml")
        assert again is not None
        assert again.read(again.found[0].start, again.found[0].end) == new


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yml", "a: Go on <!-- here\nb: Come back\nc: See --> there\nd: Once <!-- a note --> more\n", [
            "Go on <!-- here", "Come back", "See --> there", "Once", "more",
        ]),
        ("a.yml", "a: |\n  Run it:\n  ```\n  make all\n  ```\nb: Come back\n", ["Run it:", "Come back"]),
        ("a.yml", "a:\n  - Go on <!-- here\n  - Come back\n  - See --> there\n", [
            "Go on <!-- here", "Come back", "See --> there",
        ]),
        ("a.csv", "code,text\nA-1,Go on <!-- here\nA-2,Come back\nA-3,See --> there\n", [
            "Go on <!-- here", "Come back", "See --> there",
        ]),
        ("a.md", "---\ntitle: Go on <!-- here\n---\nCome back.\n\n<!-- A note --> There.\n", [
            "Go on <!-- here", "Come back.", "There.",
        ]),
    ],
)  # fmt: skip
def test_a_comment_of_one_value_hides_no_other(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert exported(path) == expected


def test_marks_of_yaml_are_no_part_of_a_unit(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "en.yml"
    path.write_text("a: \"Read \\\"the guide\\\" first.\" # us\nb: 'It''s time to go home.'\n", "utf-8")
    assert exported(path) == ['Read "the guide" first.', "It's time to go home."]
    _, _, merged = round_trip(path, segmenter, lambda text: text.replace("time", '"time": # now'))
    assert merged.data.decode() == "a: \"Read \\\"the guide\\\" first.\" # us\nb: 'It''s \"time\": # now to go home.'\n"


@pytest.mark.parametrize(("new", "is_refused"), [("See\\", True), ("C:\\new", True), ("C:\\\\new", False), ("\\u0627: = #", False)])
def test_a_target_of_properties_goes_on_no_line(new: str, is_refused: bool) -> None:
    found = fields("a=See\nb=Go", ".properties")
    assert found is not None
    assert bool(found.problem(2, 5, new)) == is_refused


def test_a_value_behind_a_space_begins_with_no_sign() -> None:
    found = fields("a See\nb: Go", ".properties")
    assert found is not None
    assert found.problem(2, 5, "= Go")
    assert not found.problem(2, 5, "\\= Go")
    assert not found.problem(9, 11, "= See")


def test_a_cell_takes_no_separator_where_there_is_one_column() -> None:
    found = fields("Name\nOne two\n", ".csv")
    assert found is not None
    assert found.problem(5, 12, "One, two")
    found = fields("a,b\nSo it was. Then on.\n", ".csv")
    assert found is not None
    assert not found.problem(15, 23, '"Then" on.')


@pytest.mark.parametrize("part", ["[a b c ", '["', "['", "[ '''", "a: \"x\n", "a: 'x''\n", "k k "])
def test_yaml_is_read_in_linear_time(part: str) -> None:
    """Where time is quadratic, this takes minutes."""
    assert fields(part * (600_000 // len(part)), ".yml") is not None


def read_properties(data: bytes) -> dict[str, str]:
    """Keys and values as Java's `Properties.load` reads them; keys without signs, for these tests."""
    text = re.sub(r"(?m)^[ \t\f]*[#!].*\n?", "", data.decode("latin-1").replace("\r\n", "\n"))
    text = re.sub(r"(?<!\\)((?:\\\\)*)\\\n[ \t\f]*", r"\1", text)
    found = {}
    for line in filter(str.strip, text.split("\n")):
        key, value = re.fullmatch(r"[ \t\f]*([^\s=:]+)[ \t\f]*[=:]?[ \t\f]*(.*)", line).groups()
        value = re.sub(r"\\(?:u([0-9a-f]{4})|(.))", lambda e: chr(int(e[1], 16)) if e[1] else {"t": "\t", "n": "\n"}.get(e[2], e[2]), value)
        found[key] = value.encode("utf-16", "surrogatepass").decode("utf-16")
    return found


PROPERTIES = "# Café\nhome=Back to the café\nbye : See you later, friends.\nlong=It began so \\\n  and went on.\nquote=He said\\: come.\n"


@given(st.text(st.sampled_from("abc مرحباé€’،😀\u200f{"), min_size=1, max_size=20).filter(lambda text: not is_blank(text)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_latin_1_lacks_is_written_by_its_number(tmp_path: Path, segmenter: Segmenter, new: str) -> None:
    path = tmp_path / "a.properties"
    path.write_bytes(PROPERTIES.encode("latin-1"))
    _, data, unchanged = round_trip(path, segmenter)
    assert b"encoding=iso8859-1" in data
    assert unchanged.data == path.read_bytes()
    _, _, merged = round_trip(path, segmenter, lambda text: new if text.startswith("Back") else text)
    old, found = read_properties(path.read_bytes()), read_properties(merged.data)
    assert found == old | {"home": new.strip()}
    lines, before = merged.data.split(b"\n"), path.read_bytes().split(b"\n")
    assert [*lines[:1], *lines[2:]] == [*before[:1], *before[2:]]


@pytest.mark.parametrize(
    ("data", "encoding", "written"),
    [
        (b"a=Good day\n", "utf-8", "caf\u00e9 \u0645".encode()),
        (b"a=Good day\nb=\\u00e9t\\u00e9\n", "ascii", b"caf\\u00e9 \\u0645"),
        (b"a=Good day\nb=\xe9t\xe9, d\xe9j\xe0 vu\n", "iso8859-1", b"caf\xe9 \\u0645"),
        (b"a=Good day\nb=Don\x92t, d\xe9j\xe0 vu\n", "windows-1252", b"caf\xe9 \\u0645"),
    ],
)
def test_a_translation_of_properties_is_written_as_the_file_is(
    tmp_path: Path, segmenter: Segmenter, data: bytes, encoding: str, written: bytes
) -> None:
    path = tmp_path / "a.properties"
    path.write_bytes(data)
    original, _, merged = round_trip(path, segmenter, lambda text: "caf\u00e9 \u0645" if text == "Good day" else text)
    assert (original.encoding, original.can_take("ar")) == (encoding, True)
    assert merged.data == data.replace(b"Good day", written)


@pytest.mark.parametrize("new", ["مقهى", "a\\م"])
def test_a_backslash_makes_nothing_of_a_number(tmp_path: Path, new: str) -> None:
    """`\\م` would be written `\\\\u0645`, a backslash and `u0645`."""
    path = tmp_path / "a.properties"
    path.write_bytes("a=Caf\u00e9 of \\the day\n".encode("latin-1"))
    original = open_original(str(path), encoding="latin-1")
    with pytest.raises(TargetError, match="a backslash"):
        original.compose(Place(member="text", first=11, last=18), (new,))
    assert original.compose(Place(member="text", first=2, last=18), ("Caf\u00e9 \\t م",)) == b"Caf\xe9 \\t \\u0645"
    assert original.compose(Place(member="text", first=11, last=18), ("\\م",)) == b"\\\\u0645"  # the second one behind it
    assert _with_escapes("\\\\م", "latin-1", 0) == "\\\\\\u0645"
    for text, n_before in (("م", 1), ("\\م", 0), ("\\\\م", 3)):
        with pytest.raises(TargetError, match="a backslash stands before 'م' U\\+0645; take it out"):
            _with_escapes(text, "latin-1", n_before)


WARES = 'SKU,Title,"Text, long",Brand\nA-1,Steel kettle,"It boils fast, and is safe.",Good House\nPlain word,Oak table,A table for six.,Fine Wood,more text\n'


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ["SKU", "Title", "Text, long", "Brand", "Steel kettle", "It boils fast, and is safe.", "Good House",
              "Plain word", "Oak table", "A table for six.", "Fine Wood", "more text"]),
        (("--columns", "title"), ["Steel kettle", "Oak table"]),
        (("--columns", 'Title,"text, long"'), ["Steel kettle", "It boils fast, and is safe.", "Oak table", "A table for six."]),
        (("--columns", "Title", "--columns", "brand"), ["Steel kettle", "Good House", "Oak table", "Fine Wood"]),
        (("--skip-columns", "sku, Brand"), ["Steel kettle", "It boils fast, and is safe.", "Oak table", "A table for six.", "more text"]),
    ],
)  # fmt: skip
def test_columns_are_chosen_by_their_names(tmp_path: Path, options: tuple[str, ...], expected: list[str]) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "a.tsv"
    path.write_text(WARES, "utf-8")
    run("export", path, "--from", "en", "--into", "ar", "-o", out, *options)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline=""), delimiter="\t"))[1:]
    assert [row["source"] for row in rows] == expected
    out.write_text(out.read_text("utf-8-sig").replace("\tOak table\t\t", "\tOak table\tطاولة\t"), "utf-8")
    run("merge", path, out, "-o", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text("utf-8") == WARES.replace("Oak table", "طاولة" if "Oak table" in expected else "Oak table")


@pytest.mark.parametrize(
    ("name", "text", "options", "problem"),
    [
        ("a.csv", WARES, ("--columns", "Name"), "a.csv: no column 'Name'; the first row has: SKU, Title, Text, long, Brand"),
        ("a.csv", WARES, ("--skip-columns", "Title,Nome"), "a.csv: no column 'Nome'"),
        ("a.csv", 'a,b\n"c,d\n', ("--columns", "a"), "a.csv: columns are named, and its cells cannot be told apart"),
        ("a.txt", "a,b\nc,d\n", ("--columns", "a"), "a.txt: columns are named, and it is no .csv or .tsv file"),
        ("a.html", "<p>a</p>", ("--columns", "a"), "columns are named, and it is no .csv or .tsv file"),
        ("a.csv", WARES, ("--columns", "Title", "--skip-columns", "SKU"), "not both"),
        ("a.csv", WARES, ("--columns", " ,"), "it names nothing"),
        ("a.csv", WARES, ("--columns", '"a'), "a quotation mark is not closed"),
    ],
)
def test_columns_that_are_not_there_are_told(
    tmp_path: Path, name: str, text: str, options: tuple[str, ...], problem: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    for command in (
        ("export", path, "--from", "en", "--into", "ar", "-o", tmp_path / "a.xlf"),
        ("split", path, "--out-dir", tmp_path / "x"),
        ("report", path),
    ):
        done = run(*command, *options, code=None)
        assert done.exit_code != 0
        assert problem in f"{done.output}{done.exception}"
    assert not (tmp_path / "a.xlf").exists()


@given(
    st.lists(st.lists(st.sampled_from(["Good day", "a, b", 'say "no"', "", "two\nlines", "مرحبا; بكم", "B-12"]), min_size=3, max_size=4), max_size=5),
    st.sampled_from([",", ";", "\t"]), st.sets(st.sampled_from(["one", "Two", "th,ree"]), min_size=1), st.booleans(),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_other_columns_keep_their_bytes(
    tmp_path: Path, segmenter: Segmenter, rows: list[list[str]], delimiter: str, names: set[str], are_skipped: bool
) -> None:
    header = ["one", "Two", "th,ree"]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(out.getvalue().encode())
    chosen = Columns(names=tuple(names), are_skipped=are_skipped)
    original = open_original(str(path), columns=chosen)
    job = make_job(original, find_units(original, segmenter).units, source="en", target="ar", keep=LABELS)
    returned = read_returned(fill(write_job(job, "xliff"), str.upper), "x")
    merged = merge(open_original(str(path)), returned)
    again = list(csv.reader(io.StringIO(merged.data.decode(), newline=""), delimiter=delimiter))
    assert again[0] == header
    for old, new in zip(rows, again[1:], strict=True):
        for at, cell in enumerate(old):
            is_chosen = (header[at] in names) != are_skipped if at < 3 else are_skipped
            assert new[at] in ((cell, cell.upper()) if is_chosen else (cell,))
            if is_chosen and cell == "Good day":
                assert new[at] == "GOOD DAY"


@pytest.mark.parametrize("ending", ["xlf", "tsv", "docx"])
@pytest.mark.parametrize(
    ("name", "text", "old", "new", "problem"),
    [
        ("a.yml", "a: Good day\nb: The end\n", "Good day", "نعم: لا", "signs of YAML"),
        ("a.csv", "One of us,Good day\n", "Good day", "نعم, لا", "end the cell"),
        ("a.properties", "a=Good day\n", "Good day", "نعم \\لا", "a backslash makes a sign"),
        ("a.yml", "a: 'It''s late'\n", "It's late", "قل 'لا' ثم", ""),
    ],
)
def test_fields_are_what_they_were_at_the_export(
    tmp_path: Path, name: str, text: str, old: str, new: str, problem: str, ending: str
) -> None:
    """Of a copy with another name, the bytes are the same."""
    path, copy, out = tmp_path / name, tmp_path / f"{name}.bak", tmp_path / f"a.{ending}"
    path.write_text(text, "utf-8")
    run("export", path, "--from", "en", "--into", "ar", "-o", out)
    if ending == "xlf":
        out.write_bytes(fill(out.read_bytes(), lambda source: new if source == old else source))
    else:
        answer(out, {old: new})
    path.rename(copy)
    done = run("merge", copy, out, "-o", tmp_path / "b", code=int(bool(problem)))
    if problem:
        assert problem in str(done.exception)
    else:
        assert (tmp_path / "b").read_text("utf-8") == "a: 'قل ''لا'' ثم'\n"


def test_the_line_that_names_the_separator_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nname;text\nOne of us;Two of them\n", "utf-8")
    assert exported(path) == ["One of us", "Two of them"]


LONG = "The harbour of the old town was closed to ships. "


@pytest.mark.parametrize(
    ("name", "before", "after"), [("a.yml", 'a: "', '"\n'), ("a.yml", "a: '", "'\n"), ("a.yml", "a: ", "\n"), ("a.csv", 'id,text\n1,"', '"\n'),
                                  ("a.properties", "a=", "\n")],
)  # fmt: skip
def test_a_long_value_is_not_read_for_each_of_its_sentences(name: str, before: str, after: str) -> None:
    def seconds(n: int) -> float:
        found = fields(before + LONG * n + after, Path(name).suffix)
        assert found is not None
        at = range(found.found[-1].start, found.found[-1].end - len(LONG), len(LONG) * n // 100)
        begin = time.process_time()
        for start in at:
            assert not found.problem(start, start + len(LONG) - 1, "It opened.")
        return time.process_time() - begin

    assert min(seconds(4000) for _ in range(2)) < 4 * min(seconds(400) for _ in range(3)) + 0.05


@given(
    st.sampled_from([('a: "', '"\n', ".yml"), ("a: '", "'\n", ".yml"), ("a: ", "\n", ".yml"), ("a=", "\n", ".properties"), ('1,"', '"\n', ".csv"), ("x,", "\n", ".csv")]),
    st.lists(st.sampled_from(["word", " ", "\\\\", "\\n", "''", '""', '\\"', "it", ": x", "#", ". "]), max_size=30),
    st.lists(st.sampled_from(["word", " ", "\\", '"', "'", ",", ":", "#", "-"]), min_size=1, max_size=4),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_the_middle_of_a_long_value_says_nothing(kind: tuple[str, str, str], signs: list[str], new: list[str]) -> None:
    before, after, suffix = kind
    some = "".join(signs)
    answers = []
    for n in (1, 40):
        middle = " many words of it" * n
        text = f"{before}a{some}{middle}{some}{middle} here{middle}{some}{middle}{some}z{after}"
        found = fields(text, suffix)
        start = text.index(" here") + 1
        field = found and found.found.at(start, start + 4)
        if found is None or field is None or field.start > text.index("a" + some, len(before)) or "z" not in text[start : field.end]:
            return
        answers.append(bool(found.problem(start, start + 4, "".join(new))))
    assert answers[0] == answers[1]
