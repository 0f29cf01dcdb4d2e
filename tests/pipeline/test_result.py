"""A result is its own: later batches, other threads and the work space do not touch it."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator

import numpy as np
import pytest

import bilingual
from bilingual import pipeline
from bilingual.labels import features
from bilingual.language import model
from bilingual.pipeline import Found, Result
from bilingual.text import workspace
from bilingual.text.scan import Scan
from bilingual.text.workspace import Column, Columns, room

TEXTS = ["Home | About\nThe river rose in the night.", "", "قال مسؤولون إن النهر فاض ليلا.\nVisit https://a.b", "•"]


def columns(result: Result) -> dict[str, list[object]]:
    names = [name for name in Found.__annotations__ if name != "rule_names"]
    return {name: getattr(result.found, name).tolist() for name in names}


def test_later_batches_change_nothing() -> None:
    segmenter = bilingual.Segmenter()
    results = [segmenter.run([text]) for text in TEXTS]
    assert [columns(one) for one in results] == [columns(segmenter.run([text])) for text in TEXTS]


def test_columns_of_a_batch_fit_its_scan() -> None:
    result = bilingual.Segmenter().run(TEXTS)
    assert result.found.doc_ptr.tolist() == result.scan.doc_ptr.tolist()
    assert result.found.block_start.tolist() == result.scan.block_start.tolist()
    assert len(result.found.word_lang) == result.scan.n_words
    assert len(result.found.kind) == len(TEXTS)
    assert [len(document.blocks) for document in result] == np.diff(result.found.doc_block).tolist()


def test_numbers_of_columns_have_names() -> None:
    result = bilingual.Segmenter().run(TEXTS)
    found, documents = result.found, list(result)
    named = {column: np.take(names, getattr(found, column)).tolist() for column, names in found.names.items()}
    assert named["kind"] == [doc.kind for doc in documents]
    blocks = [block for doc in documents for block in doc.blocks]
    for name, column in (("cut", "block_cut"), ("label", "label"), ("layer", "layer"), ("rule", "rule")):
        assert named[column] == [getattr(block, name) for block in blocks]
    spans = [span for doc in documents for span in doc]
    assert (named["span_lang"], named["span_script"]) == ([s.lang for s in spans], [s.script for s in spans])
    assert set(named["word_lang"]) <= {*named["span_lang"], "und"}


def test_every_thread_has_its_own_work_space() -> None:
    segmenter, found = bilingual.Segmenter(), {}
    wanted = [columns(segmenter.run([text * 30])) for text in TEXTS]

    def work(number: int) -> None:
        found[number] = [columns(segmenter.run([text * 30])) for text in TEXTS]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one == wanted for one in found.values())


def test_a_document_of_a_batch_is_pickled_alone() -> None:
    documents = list(bilingual.segment_many(TEXTS * 50))
    assert len(pickle.dumps(documents[0])) < 4000
    assert pickle.loads(pickle.dumps(documents[2])) == documents[2]


class Small(Columns):
    """Columns that are kept up to 1600 bytes."""

    KEEP_BYTES = 1600
    KINDS = {"one": Column(np.int64), "pairs": Column(np.int32, each=2)}  # noqa: RUF012


def test_large_rooms_are_kept_until_a_small_one_is_needed() -> None:
    assert room(Small, 100) is room(Small, 90)
    large = room(Small, 5000)
    assert room(Small, 4000) is large
    assert room(Small, 9000) is not large
    large = room(Small, 9000)
    assert room(Small, 90) is room(Small, 100)
    assert room(Small, 9000) is not large
    columns = Small(3)
    assert columns.one.shape == (3,)
    assert columns.pairs.shape == (3, 2)


class First(Columns):
    """Columns that take turns with `Second`."""

    KEEP_BYTES, TURNS = 1600, "one"
    KINDS = {"one": Column(np.int64)}  # noqa: RUF012


class Second(First):
    KINDS = {"two": Column(np.int16), "three": Column(np.int64)}  # noqa: RUF012


def test_large_rooms_that_take_turns_stand_in_one_buffer() -> None:
    first = room(First, 5000)
    second = room(Second, 3000)
    assert np.shares_memory(first.one, second.three)
    assert room(Second, 3000) is second
    assert np.shares_memory(room(First, 5000).one, first.one)
    assert not np.shares_memory(room(Second, 5000).three, first.one)
    room(First, 9)  # it is not the last large one
    assert room(Second, 5000).three.size == 5000
    room(Second, 9)
    assert not np.shares_memory(room(First, 300).one, second.two)


def test_what_earlier_calls_left_in_shared_work_space_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng, texts, segmenter = np.random.default_rng(2), [*TEXTS, "\n".join(TEXTS * 9)], bilingual.Segmenter()
    wanted = columns(segmenter.run(texts))
    for kind in (model._Cells, model._Words, features.Lines, features._Words):
        monkeypatch.setattr(kind, "MOST", 0)
    workspace._local.last.clear()  # what was not large before
    assert columns(segmenter.run(texts)) == wanted
    large = workspace._local.large
    for key in ("blocks", "words"):
        large[key].buffer[:] = rng.integers(0, 256, large[key].buffer.size, np.uint8)
    assert columns(segmenter.run(texts)) == wanted


def test_every_column_of_a_scan_has_room_for_one_more() -> None:
    found = Scan(0)
    assert all(len(found.room_of(name)) >= 1 for name in Scan.KINDS)


def test_many_texts_are_taken_a_batch_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, no more are held than fill a batch."""
    monkeypatch.setattr(pipeline, "BATCH_CODES", 100)
    taken: list[str] = []

    def texts() -> Iterator[str]:
        for _ in range(1000):
            taken.append("Hello world")
            yield taken[-1]

    documents = bilingual.segment_many(texts())
    assert not taken
    for _ in range(9):  # each takes 12 code points, with the line feed behind it
        next(documents)
        assert len(taken) == 9
    next(documents)
    assert len(taken) == 18


def test_documents_from_the_end() -> None:
    found = bilingual.Segmenter().run(["Hello", "مرحبا", "x"])
    assert [found.document(index).text for index in (-1, -3)] == ["x", "Hello"]
    assert found.document(-1) == bilingual.segment("x")
    for index in (3, -4):
        with pytest.raises(IndexError):
            found.document(index)
    with pytest.raises(ValueError, match="one at a time at least, not 0"):
        next(found.document(0).each_block(0))
