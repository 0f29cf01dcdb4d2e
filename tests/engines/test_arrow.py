"""Tables in, tables out: the answers of the API, columns by name, rows once and in order."""

from __future__ import annotations

import pickle

import pyarrow as pa
import pytest

import bilingual
from bilingual.batch import Config, make_plan, process_shard, run_batch
from bilingual.engines.arrow import Annotator, configured
from bilingual.errors import SettingsError
from bilingual.formats.record import ReadOptions


def table(texts: list[str | None], **more: list[object]) -> pa.Table:
    return pa.table({"n": list(range(len(texts))), "id": [f"d{i}" for i in range(len(texts))], "text": texts, **more})


def test_answers_are_those_of_the_api(texts):
    rows = Annotator(columns=("n",))(table(texts)).to_pylist()
    assert [row["n"] for row in rows] == list(range(len(texts)))
    for row, text in zip(rows, texts, strict=True):
        document = bilingual.segment(text)
        assert (row["text"], row["kind"], row["chars"]) == (text, document.kind, len(text))
        assert [tuple(span.values()) for span in row["spans"]] == [
            (s.start, s.end, s.lang, s.script, s.label, s.score, s.layer, s.rule, s.lang_score) for s in document.spans
        ]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_size_of_batches_changes_nothing(texts, size):
    given = table(texts)
    annotator = Annotator(columns=("n",))
    whole = annotator(given)
    pieces = [annotator(batch) for batch in given.to_batches(max_chunksize=size)]
    assert pa.concat_tables(pieces).equals(whole)


def test_the_columns_of_a_file_and_of_a_table_are_the_same(texts, tmp_path):
    import pyarrow.parquet as pq

    given = table(texts)
    pq.write_table(given, tmp_path / "a.parquet")
    config = Config(keep=("body",), lang=("ar",), normalize="search", codes="flores")
    run_batch([str(tmp_path / "a.parquet")], tmp_path / "out", config)
    written = pq.read_table(tmp_path / "out" / "data" / "part-00000.parquet")
    found = Annotator(config=config)(given)
    assert found.schema.names == written.schema.names
    assert 0 < found.num_rows < len(texts)
    same = [name for name in found.schema.names if name not in ("source", "offset")]
    assert found.select(same).to_pylist() == written.select(same).to_pylist()


def test_kept_columns_follow_their_rows_when_rows_go(texts):
    given = table(["Share this!", *texts[:10], ""])
    rows = Annotator(config=Config(keep=("body",)), columns=("n",))(given).to_pylist()
    assert rows
    assert 11 not in {row["n"] for row in rows}
    for row in rows:
        assert row["id"] == f"d{row['n']}"


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.large_string())]
)
def test_odd_texts_and_nulls(kind):
    texts = ["", None, " \n", "\0", "a", "\u064b\u064c", "مرحبا", "x" * 400_000]
    given = pa.table({"text": pa.array(texts, kind)})
    rows = Annotator()(given).to_pylist()
    assert [row["text"] for row in rows] == [text or "" for text in texts]
    assert {(row["id"], row["source"], row["offset"]) for row in rows} == {("", "", -1)}
    assert Annotator()(given.slice(0, 0)).num_rows == 0


@pytest.mark.parametrize(
    ("annotator", "message"),
    [
        (Annotator(config=configured(None, "body", None, {})), "no column 'body'"),
        (Annotator(config=configured(None, "n", None, {})), "type int64; text is needed: cast it"),
        (Annotator(columns=("id",)), "'id' is made anew"),
        (Annotator(columns=("nothing",)), "no column 'nothing'"),
        (Annotator(config=configured(None, "text.page", None, {})), "no column 'text.page'"),
        (Annotator(config=configured(None, "text", "key", {})), "no column 'key'; the table has: n, id, text"),
        (Annotator(config=Config(read=ReadOptions(url_field="link"))), "no column 'link'"),
    ],
)
def test_wrong_columns_are_named(annotator, message):
    with pytest.raises(SettingsError, match=message):
        annotator(table(["text"]))


@pytest.mark.parametrize("chunks", [1, 3])
def test_a_column_in_a_struct_is_read_as_a_batch_run_reads_it(texts, tmp_path, chunks):
    import pyarrow.parquet as pq

    pages = [{"text": text, "key": {"n": i}, "at": f"https://example.org/{i}"} for i, text in enumerate(texts[:6])]
    given = pa.table({"page": pages, "page.note": ["whole name"] * 6})
    pq.write_table(given, tmp_path / "a.parquet")
    read = ReadOptions(text_field="page.text", id_field="page.key.n", url_field="page.at")
    run_batch([str(tmp_path / "a.parquet")], tmp_path / "out", Config(read=read))
    written = pq.read_table(tmp_path / "out" / "data" / "part-00000.parquet")
    parts = [given.slice(i * 6 // chunks, 6 // chunks) for i in range(chunks)]
    found = Annotator(config=Config(read=read))(pa.concat_tables(parts))
    same = [name for name in found.schema.names if name not in ("source", "offset")]
    assert found.column("url").to_pylist()[5] == "https://example.org/5"
    assert found.select(same).to_pylist() == written.select(same).to_pylist()
    (row, *_) = Annotator(config=configured(None, "page.note", "page.key.n", {}))(given).to_pylist()
    assert (row["id"], row["text"]) == ("0", "whole name")


@pytest.mark.parametrize("is_cut", [False, True])
def test_ids_urls_and_dates_of_any_type_are_those_of_a_batch_run(tmp_path, is_cut):
    import pyarrow.parquet as pq

    given = pa.table({
        "id": pa.array([b"a", b"\xff", "é".encode(), b"x"]),
        "url": [1, 2, 3, 4],
        "date": pa.array([0, 1 << 62, None, -1], pa.timestamp("us", "Mars/Olympus")),
        "word": pa.array(["p", "q", None, "p"]).dictionary_encode(),
        "text": ["one", "two", "three", "four"],
    })
    pq.write_table(given, tmp_path / "a.parquet")
    for name in ("id", "word"):
        read = ReadOptions(id_field=name, url_field="id" if name == "word" else "url")
        run_batch([str(tmp_path / "a.parquet")], tmp_path / name, Config(read=read))
        written = pq.read_table(tmp_path / name / "data" / "part-00000.parquet")
        tables = [given.slice(0, 1), given.slice(1, 3)] if is_cut else [given]
        found = Annotator(config=Config(read=read))(pa.concat_tables(tables))
        for column in ("url", "date", "id"):
            here = found.column(column).to_pylist()
            assert here == [value.replace("a.parquet#2", "") for value in written.column(column).to_pylist()]


def test_a_null_struct_is_an_empty_document():
    given = pa.table({"page": pa.array([None, {"text": None}, {"text": "x"}], pa.struct([("text", pa.string())]))})
    rows = Annotator(config=configured(None, "page.text", None, {}))(given).to_pylist()
    assert [row["text"] for row in rows] == ["", "", "x"]


def test_a_name_of_two_columns_is_refused():
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    with pytest.raises(SettingsError, match="2 columns are named 'text', and nothing says which one is meant; rename"):
        Annotator()(twice)


def test_settings_are_checked_at_once_and_travel():
    with pytest.raises(SettingsError, match="no setting"):
        configured(None, "text", None, {"nonsense": 1})
    annotator = Annotator(config=configured(None, "text", None, {"languages": ["en", "ar"]}))
    again = pickle.loads(pickle.dumps(annotator))
    assert again == annotator
    rows = again(table(["Guten Morgen, wie geht es Ihnen heute?"])).to_pylist()
    assert {span["lang"] for span in rows[0]["spans"]} <= {"en", "und"}


def test_the_bytes_of_a_shard_do_not_depend_on_the_shards_before_it(corpus, tmp_path):
    """A page of a dictionary with doubled words once ended in whatever the memory held."""
    config = Config()
    plan = make_plan([str(corpus)], config, shard_bytes=60_000)
    assert len(plan.shards) > 5
    sums = []
    for name, order in (("a", plan.shards), ("b", plan.shards[::-1])):
        (tmp_path / name / "data").mkdir(parents=True)
        sums.append({s.number: process_shard(s, tmp_path / name, config).sha256 for s in order})
    assert sums[0] == sums[1]


def test_doubled_words_become_one_dictionary_entry():
    import numpy as np

    from bilingual.batch.columns import words

    made = words(np.array([0, 1, 2, 3], np.uint8), ("a", "b", "a", "c"), dictionary=True)
    assert made.to_pylist() == ["a", "b", "a", "c"]
    assert made.dictionary.to_pylist() == ["a", "b", "c"]
