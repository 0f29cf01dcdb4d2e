"""The arrays of a batch: places, reasons and counts are those of the documents, compiled and interpreted."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.batch import columns, kernel
from bilingual.batch.config import Config
from bilingual.batch.rows import code_names, count, rows_of, utf8
from bilingual.batch.stats import Stats
from bilingual.labels.columns import LABELS, LAYERS
from bilingual.pipeline import Segmenter
from modules import interpreted

TEXTS = (
    "",
    "Home | News | Contact\nThe minister said on Monday that the new school opens in May.",
    "اقرأ أيضا\nقال الوزير إن المدرسة الجديدة تفتح أبوابها في مايو.\nFollow us on Facebook",
    "\n",
    "Guten Morgen, wie geht es Ihnen heute?",
)


@pytest.fixture(params=["compiled", "interpreted"])
def rows(request, monkeypatch):
    if request.param == "interpreted":
        monkeypatch.setattr("bilingual.batch.rows.kernel", interpreted(kernel))
    return rows_of(Segmenter().run(TEXTS), [text.encode() for text in TEXTS], Config())


def test_offsets_are_those_of_the_document(rows):
    for d, text in enumerate(TEXTS):
        document = Segmenter().segment(text)
        spans = slice(*rows.span_ptr[d : d + 2])
        blocks = slice(*rows.block_ptr[d : d + 2])
        assert rows.span_start[spans].tolist() == [span.start for span in document.spans]
        assert rows.span_end[spans].tolist() == [span.end for span in document.spans]
        assert rows.block_start[blocks].tolist() == [block.start for block in document.blocks]
        assert rows.block_end[blocks].tolist() == [block.end for block in document.blocks]


def test_counts_by_language_and_label_add_up_the_spans(rows):
    names = code_names("bcp47")
    for d, text in enumerate(TEXTS):
        wanted: dict[tuple[str, str], list[int]] = {}
        for span in Segmenter().segment(text).spans:
            cell = wanted.setdefault((span.lang, span.label), [0, 0])
            cell[0] += 1
            cell[1] += span.end - span.start
        at = range(*rows.cell_ptr[d : d + 2])
        keys = [int(rows.cell_key[i]) for i in at]
        assert keys == sorted(set(keys))
        found = {
            (names[key // len(LABELS)], LABELS[key % len(LABELS)]): [int(rows.cell_spans[i]), int(rows.cell_chars[i])]
            for i, key in zip(at, keys, strict=True)
        }
        assert found == wanted


@pytest.mark.parametrize("text", ["a\ud83d\ude00b", "\ud800", "\udc00\ud800 \ud83d\ud83d\ude00"])
def test_every_lone_surrogate_becomes_one_character(text):
    wanted = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert utf8(text).decode() == wanted


def test_stats_count_every_block_by_its_reason(rows):
    stats, wanted = Stats(), Stats()
    count(rows, stats, Config())
    for text in TEXTS:
        for block in Segmenter().segment(text).blocks:
            name = f"{block.label} {block.layer} {block.rule}"
            wanted.rules[name] = wanted.rules.get(name, 0) + 1
    assert stats.rules == wanted.rules
    assert stats.blocks == sum(stats.rules.values()) == sum(map(sum, stats.scores.values()))
    assert {name.split()[1] for name in stats.rules} <= set(LAYERS)


@pytest.mark.parametrize("engine", [kernel, interpreted(kernel)])
def test_a_span_has_the_reason_of_its_block(engine):
    given = (
        np.array([0, 0, 2, 1], np.int32), np.array([2, 0, 1], np.uint8), np.array([0.5, 0.25, 1.0], np.float32),
        np.array([1, 2, 0], np.uint8), np.array([40, 300, 7], np.int16),
    )  # fmt: skip
    made = [np.zeros(4, column.dtype) for column in given[1:]]
    engine.reasons(*[column if engine.COMPILED else memoryview(column) for column in (*given, *made)])
    assert [column.tolist() for column in made] == [column[given[0]].tolist() for column in given[1:]]


@given(st.lists(st.text(st.one_of(st.sampled_from("ab \udc80\ud83d\0é中😀"), st.characters()), max_size=5), max_size=8))
@settings(max_examples=200, deadline=None)
def test_a_column_of_strings_is_what_arrow_makes(values):
    pa = pytest.importorskip("pyarrow")
    found = columns.strings(values)
    found.validate(full=True)
    assert found.equals(pa.array([utf8(value).decode() for value in values], pa.string()))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int32, np.int64, np.float32])
def test_a_column_of_numbers_is_the_same_memory(dtype):
    pa = pytest.importorskip("pyarrow")
    values = np.arange(9).astype(dtype)
    for part in (values, values[2:5], values[:0]):
        found = columns.numbers(part)
        assert found.equals(pa.array(part))
        assert found.to_numpy().size == 0 or np.shares_memory(found.to_numpy(), values)


@pytest.mark.parametrize("choice", [{}, {"format": "jsonl"}, {"keep": ("body",), "normalize": "search"}], ids=str)
def test_pandas_is_not_imported(choice, tmp_path):
    """Where it is installed, it is half of the start of a worker."""
    program = (
        "import sys\nfrom bilingual.batch import Config, run_batch\n"
        f"run_batch(['a.jsonl', 'b.parquet'], 'out', Config(**{choice!r}))\nsys.exit('pandas' in sys.modules)"
    )
    pq = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "a.jsonl").write_text('{"text": "Good morning. مرحبا بكم"}\n', encoding="utf-8")
    pq.write_table(columns.arrow().table({"text": ["Good evening."], "id": [1]}), tmp_path / "b.parquet")
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path, timeout=300)
