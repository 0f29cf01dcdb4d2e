"""What a translator is told of a unit: the text around it and its key, not the signs beside it."""

from __future__ import annotations

import io
import time
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from round_trips import NS_2, NS_12, fill, run

from bilingual.formats.docx import CONTEXT, read_docx_table
from bilingual.formats.exchange import Unit
from bilingual.formats.inline import plain
from bilingual.pipeline import Segmenter
from bilingual.translate.export import write_job
from bilingual.translate.fields import fields
from bilingual.translate.keys import Names
from bilingual.translate.original import open_original
from bilingual.translate.units import find_units, make_job

CATALOGUE = (
    "sku,name_en,name_ar,text_en\n"
    'A-100,"Garden chair, folding",كرسي حديقة قابل للطي,"A light chair for the garden. It folds ""flat"" in a car."\n'
    "A-200,Picnic blanket for four,بطانية نزهة كبيرة,Warm and washable and very large.\n"
    ",Camping stove with a bag,موقد تخييم مع حقيبة,It burns gas and comes with a shield.\n"
)
MESSAGES = """en:
  menu:
    open: "Open a document"
    items:
    - Save the document as
    - label: Print the page
  errors:
    long: |
      Your session has expired.
      Please sign in again to continue.
    flow: {title: "Hello to everyone", body: Welcome to the shop}
"""
PROPERTIES = """# Login page
login.title=Welcome back to the shop
login.help : If you have forgotten your password, \\
    click on the link below to get a new one.
"""
SUBTITLES = """1
00:00:01,000 --> 00:00:03,500
Welcome to the harbour of Alexandria.

2
00:00:04,000 --> 00:00:06,500
Today we meet the people who work here.

3
00:00:10,000 --> 00:00:12,000
أهلا بكم جميعا في الميناء.
"""
PAGE = """---
title: A guide to the harbour
layout: post
---

The harbour is open all year.

```sh
make map
```

Ships wait outside until a quay is free.
"""


def told(path: Path, segmenter: Segmenter, **options: bool) -> list[Unit]:
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    job = make_job(
        original, units, source="en", target="ar", keep=("body", "navigation", "promo"), with_context=True, **options
    )
    found = [*job.units]
    assert [*map(job.units.__getitem__, range(len(job.units)))] == found
    return found


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.csv", CATALOGUE,
            [
                ("A-100, name_en", "", "كرسي حديقة قابل للطي"),
                ("A-100, text_en", "كرسي حديقة قابل للطي", 'It folds "flat" in a car.'),
                ("A-100, text_en", "A light chair for the garden.", "Picnic blanket for four"),
                ("A-200, name_en", 'It folds "flat" in a car.', "بطانية نزهة كبيرة"),
                ("A-200, text_en", "بطانية نزهة كبيرة", "Camping stove with a bag"),
                ("row 4, name_en", "Warm and washable and very large.", "موقد تخييم مع حقيبة"),
                ("row 4, text_en", "موقد تخييم مع حقيبة", ""),
            ],
        ),
        (
            "a.yml", MESSAGES,
            [
                ("en.menu.open", "", "Save the document as"),
                ("en.menu.items", "Open a document", "Print the page"),
                ("en.menu.items.label", "Save the document as", "Your session has expired."),
                ("en.errors.long", "Print the page", "Please sign in again to continue."),
                ("en.errors.long", "Your session has expired.", "Hello to everyone"),
                ("en.errors.flow.title", "Please sign in again to continue.", "Welcome to the shop"),
                ("en.errors.flow.body", "Hello to everyone", ""),
            ],
        ),
        (
            "a.properties", PROPERTIES,
            [
                ("login.title", "", "If you have forgotten your password, click on the link below to get a new one."),
                ("login.help", "Welcome back to the shop", ""),
            ],
        ),
        (
            "a.srt", SUBTITLES,
            [
                ("", "", "Today we meet the people who work here."),
                ("", "Welcome to the harbour of Alexandria.", "أهلا بكم جميعا في الميناء."),
            ],
        ),
        (
            "a.md", PAGE,
            [
                ("title", "", "The harbour is open all year."),
                ("", "A guide to the harbour", "Ships wait outside until a quay is free."),
                ("", "The harbour is open all year.", ""),
            ],
        ),
    ],
    ids=["csv", "yaml", "properties", "subtitles", "markdown"],
)  # fmt: skip
def test_what_is_told_of_a_unit(
    tmp_path: Path, segmenter: Segmenter, name: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [(unit.key, unit.before, unit.after) for unit in told(path, segmenter)] == expected
    locked = [unit for unit in told(path, segmenter, locked=True) if unit.keep]
    assert [(unit.key, unit.before, unit.after) for unit in locked] == expected


def test_a_table_without_names_of_columns() -> None:
    text = 'The harbour,"A, ""b"" c"\nThe quay\tx,Ships wait\nlast,row of all'
    found = fields(text, ".csv")
    assert found is not None
    names = Names(found)
    assert [names.of(field.start) for field in found.found] == [
        f"row {row}, column {column}" for row in (1, 2, 3) for column in (1, 2)
    ]


def test_a_table_with_a_line_for_excel() -> None:
    text = "sep=;\r\nid;text\r\nx-1;A chair\r\nx-2;A table"
    found = fields(text, ".csv")
    assert found is not None
    names = Names(found)
    assert {names.of(text.index(word)) for word in ("A chair", "A table")} <= {"x-1, text", "x-2, text"} | {
        "row 2, text", "row 3, text"
    }  # fmt: skip


Tree = dict[str, "Tree | list[str] | str"]
keys = st.text(alphabet="abcxyz_1", min_size=2, max_size=6)
values = st.sampled_from(["One text", "Another, longer text", "It's here"])
trees = st.recursive(
    st.dictionaries(keys, values | st.lists(values, min_size=1, max_size=3), min_size=1, max_size=3),
    lambda inner: st.dictionaries(keys, inner | values, min_size=1, max_size=3),
    max_leaves=6,
)


def lines(tree: Tree, indent: str, path: tuple[str, ...], *, are_flush: bool) -> list[tuple[str, str]]:
    """Lines of YAML, each with the path of the value on it."""
    done: list[tuple[str, str]] = []
    for key, value in tree.items():
        own = (*path, key)
        if isinstance(value, dict):
            done += [(f"{indent}{key}:", ""), *lines(value, indent + "  ", own, are_flush=are_flush)]
        elif isinstance(value, list):
            step = "" if are_flush else "  "
            done += [(f"{indent}{key}:", ""), *((f"{indent}{step}- {item}", ".".join(own)) for item in value)]
        else:
            done.append((f"{indent}{key}: {value}", ".".join(own)))
    return done


@given(trees, st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_path_of_a_value_of_yaml(tree: Tree, are_flush: bool) -> None:
    """Keys that a value is under, from the outermost one in; an item of a list is under the key of its list."""
    made = lines(tree, "", (), are_flush=are_flush)
    text = "\n".join(line for line, _ in made)
    found = fields(text, ".yml")
    assert found is not None
    names = Names(found)
    assert [names.of(field.start) for field in found.found] == [path for _, path in made if path]


@given(st.lists(st.lists(st.text(alphabet='ab ,"\n', max_size=5), min_size=3, max_size=3), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_the_row_and_column_of_a_cell(rows: list[list[str]]) -> None:
    """Whatever stands in cells, also separators, marks and line ends."""
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    found = fields("id,title,text\n" + body, ".csv")
    assert found is not None
    names = Names(found)
    at = {field.start: names.of(field.start) for field in found.found}
    place = len("id,title,text\n")
    for number, row in enumerate(rows, start=2):
        for cell, name in zip(row, ("id", "title", "text"), strict=True):
            place += 1
            if place in at:
                shown, _, column = at[place].rpartition(", ")
                assert column == name
                is_named = found.found.at(place, place) is None
                assert shown == f"row {number}" or is_named or not cell or shown == " ".join(row[0].split())
            place += len(cell.replace('"', '""')) + 2


def test_notes_of_every_format(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.yml"
    path.write_text(MESSAGES, "utf-8")
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    job = make_job(original, units, source="en", target="ar", keep=("body", "navigation"), with_context=True)
    expected = [[unit.key, unit.before, unit.after] for unit in job.units]
    root = etree.fromstring(write_job(job, "xliff"))
    assert [[n.text for n in unit.iter(f"{NS_12}note")] for unit in root.iter(f"{NS_12}trans-unit")] == [
        [*filter(None, said)] for said in expected
    ]
    root = etree.fromstring(write_job(job, "xliff", xliff_version="2.1"))
    assert [
        [n.text for n in unit.iter(f"{NS_2}note") if n.get("category") in ("key", "before", "after")]
        for unit in root.iter(f"{NS_2}unit")
    ] == [[*filter(None, said)] for said in expected]
    rows = [row.split("\t") for row in write_job(job, "tsv").decode("utf-8-sig").splitlines()]
    assert rows[0][-3:] == ["before", "after", "key"]
    assert [[row[8], row[6], row[7]] for row in rows[2:]] == expected
    data = write_job(job, "docx")
    [table] = docx.Document(io.BytesIO(data)).tables
    assert table.rows[0].cells[4].text == CONTEXT
    assert table.rows[2].cells[4].text == (
        "key: en.menu.items\nbefore: Open a document\nafter: Print the page"
    )
    assert [answer.source for answer in read_docx_table(data).answers] == [plain(unit.parts) for unit in job.units]


@pytest.mark.parametrize("form", ["xlf", "tsv", "docx"])
def test_context_changes_no_merge(tmp_path: Path, form: str) -> None:
    path, plainly, told_of = (tmp_path / name for name in ("a.csv", f"plain.{form}", f"told.{form}"))
    path.write_text(CATALOGUE, "utf-8")
    for out, options in ((plainly, ()), (told_of, ("--with-context",))):
        run("export", path, "--from", "en", "--into", "ar", "-o", out, *options)
        if form == "xlf":
            out.write_bytes(fill(out.read_bytes(), str.upper))
        run("merge", path, out, "-o", f"{out}.csv")
    assert Path(f"{plainly}.csv").read_bytes() == Path(f"{told_of}.csv").read_bytes()
    assert ("GARDEN" in Path(f"{told_of}.csv").read_text("utf-8")) == (form == "xlf")


def test_a_row_of_many_columns_is_read_once() -> None:
    text = ",".join(f"Text of cell {number}" for number in range(30_000))
    found = fields(text, ".csv")
    assert found is not None
    names = Names(found)
    started = time.process_time()
    assert [names.of(field.start) for field in found.found][-1] == "row 1, column 30000"
    assert time.process_time() - started < 5
