"""The map between a text and its normalization."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
from bilingual.arabic import PROFILES, Profile, align, align_many, normalize, normalize_many, normalize_ranges

from .strings import texts

NAMES = tuple(PROFILES)


def test_deleted_marks_stay_with_their_letter() -> None:
    aligned = align("قَالَ", "camel")
    assert aligned.text == "قال"
    assert aligned.origin.tolist() == [0, 2, 3, 5]
    assert aligned.to_original(0, 1) == (0, 2)
    assert aligned.to_normalized(1, 2) == (0, 1)


def test_expansions_share_their_source() -> None:
    aligned = align("ﻻ ﷲ", "display")
    assert aligned.text == "لا الله"
    assert aligned.origin.tolist() == [0, 0, 1, 2, 2, 2, 2, 3]
    assert aligned.to_original(1, 2) == (0, 1)
    assert aligned.to_original(4, 5) == (2, 3)
    assert aligned.to_normalized(2, 3) == (3, 7)


def test_compositions() -> None:
    aligned = align("\u0627\u0653\u0646", "display")
    assert (aligned.text, aligned.origin.tolist()) == ("آن", [0, 2, 3])


def test_leading_deletions_belong_to_the_first_output() -> None:
    aligned = align("\ufeffنص", "display")
    assert (aligned.text, aligned.origin.tolist()) == ("نص", [0, 2, 3])


def test_marks_put_in_order_are_one_cluster() -> None:
    aligned = align("ش\u0651\u064e", Profile(["nfc"], scope="text"))
    assert aligned.text == "ش\u064e\u0651"
    assert aligned.origin.tolist() == [0, 1, 1, 3]


def test_all_deleted() -> None:
    aligned = align("َُ", "camel")
    assert (aligned.text, aligned.origin.tolist()) == ("", [2])
    assert aligned.to_original(0, 0) == (2, 2)
    assert aligned.to_normalized(0, 2) == (0, 0)
    assert list(aligned.changes()) == [(0, 2, "َُ", "")]


def test_ranges_are_checked() -> None:
    aligned = align("كتاب", "camel")
    with pytest.raises(IndexError, match=r"\[2, 9\) is not inside a text of 4 code points"):
        aligned.to_original(2, 9)
    with pytest.raises(IndexError):
        aligned.to_normalized(3, 1)
    for wrong in (0.5, "0", None):
        with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
            aligned.to_original(wrong, 2)
        with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
            aligned.to_normalized(wrong, 2)
    assert aligned.to_original(False, True) == (0, 1)
    for bad in ([(2, 1)], [(0, 9)], [(0, 3), (2, 4)], [(-1, 2)]):
        with pytest.raises(ValueError, match="ascending, disjoint and inside"):
            normalize_ranges("كتاب", bad, "search")
    for odd in ([(0.5, 1.7)], [("0", "1")]):
        with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
            normalize_ranges("كتاب", odd, "search")  # type: ignore[arg-type]
    assert normalize_ranges("كتابٌ", np.array([[0, 5]]), "search").text == "كتاب"


@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("name", NAMES)
@given(text=texts())
def test_origin_is_monotone_and_covers(name: str, text: str) -> None:
    aligned = align(text, name)
    origin = aligned.origin
    assert origin.dtype == np.int64
    assert len(origin) == len(aligned.text) + 1
    assert origin[-1] == len(text)
    assert not len(aligned.text) or origin[0] == 0
    assert (np.diff(origin) >= 0).all()
    assert aligned.text == normalize(text, name)


@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("name", NAMES)
@given(text=texts(), data=st.data())
def test_round_trip(name: str, text: str, data: st.DataObject) -> None:
    """There and back covers what was asked for, and once more changes nothing."""
    aligned = align(text, name)
    start = data.draw(st.integers(0, len(aligned.text)))
    end = data.draw(st.integers(start, len(aligned.text)))
    lo, hi = aligned.to_original(start, end)
    assert 0 <= lo <= hi <= len(text)
    if start < end:
        back = aligned.to_normalized(lo, hi)
        assert back[0] <= start
        assert end <= back[1]
        assert aligned.to_original(*back) == (lo, hi)


@settings(max_examples=200, deadline=None)
@given(text=texts(80), data=st.data())
def test_ranges_change_as_if_alone_and_nothing_else_does(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    profile = Profile(PROFILES["search"].steps)
    expected, at = "", 0
    for start, end in ranges:
        alone = text[start:end]
        expected += text[at:start] + normalize_ranges(alone, [(0, len(alone))], profile).text
        at = end
    assert normalize_ranges(text, ranges, profile).text == expected + text[at:]


@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("name", NAMES)
@given(batch=st.lists(texts(20), max_size=8))
def test_a_batch_is_its_texts(name: str, batch: list[str]) -> None:
    profile = Profile(PROFILES[name].steps, scope=PROFILES[name].scope)
    many = align_many(batch, profile)
    singles = [align(text, profile) for text in batch]
    assert many.texts == [one.text for one in singles] == normalize_many(batch, profile)
    assert len(many) == len(batch)
    for got, one in zip(many, singles, strict=True):
        assert (got.text, got.origin.tolist(), got.original) == (one.text, one.origin.tolist(), one.original)
    assert many[1:] == singles[1:]
    assert many[::-2] == singles[::-2]


def test_equal_are_those_with_the_same_text_and_map() -> None:
    one = align("كِتَابٌ جديد", "search")
    assert one == align("كِتَابٌ جديد", "search") == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(align("كِتَابٌ جديد", "search"))
    for copied in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
        with pytest.raises(ValueError, match="read-only"):
            copied.origin[0] = 1
    many, others = ["كِتَابٌ", "", "ÇáÓáÇã Úáíßã"], ["كِتَابٌ", "", "كتاب"]
    assert align_many(many) == align_many(many) == pickle.loads(pickle.dumps(align_many(many)))
    assert hash(align_many(many)) == hash(align_many(many))
    assert align_many(many) != align_many(others)
    assert align_many(["كتابٌ"]) != align_many(["كتاب"])
    assert align_many(many) != align_many(many, "corpus")
    others = (align("كتَابٌ جديد", "search"), align("كِتَابٌ جديد", "camel"), dataclasses.replace(one, origin=one.origin + 1))
    assert all(one != other for other in (*others, one.text))
    for held in (one, align_many([one.original], "search")[0], bilingual.segment(one.original).aligned("search")):
        with pytest.raises(ValueError, match="read-only"):
            held.origin[0] = 1


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    module = importlib.import_module("bilingual.arabic.normalization")
    text = "كِتابٌ ﻻ \u202bجديد\n\nHello أحمد\nﷺ " * 40
    whole = [(name, align(text, name)) for name in NAMES]
    monkeypatch.setattr(module, "BLOCK", 50)
    for name, one in whole:
        blocks = align(text, name)
        assert (blocks.text, blocks.origin.tolist()) == (one.text, one.origin.tolist()), name
