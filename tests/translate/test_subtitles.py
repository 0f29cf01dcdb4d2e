"""Sentences over lines and subtitles: one unit, every time in its place, and no subtitle lost or emptied."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import fill, round_trip
from test_marks import exported

from bilingual.formats.exchange import Answer, Returned
from bilingual.formats.inline import codes, plain, shown
from bilingual.labels.columns import LABELS
from bilingual.pipeline import Segmenter
from bilingual.translate.merge import MergeError, merge
from bilingual.translate.original import open_original
from bilingual.translate.original.text import TextOriginal
from bilingual.translate.units import find_units, make_job

CUE = re.compile(r"(?m)^(?:\d+\r?\n)?\d\d:\d\d:\d\d[,.]\d{3} --> \d\d:\d\d:\d\d[,.]\d{3}[^\r\n]*\r?\n")


def film(*texts: str, end: str = "\n", is_webvtt: bool = False) -> str:
    cues = [
        f"{at}\n00:00:{at:02},000 --> 00:00:{at:02},900{' X1:10' * (at == 2)}\n{text}\n\n"
        for at, text in enumerate(texts, start=1)
    ]
    whole = "".join(cues)
    return (f"WEBVTT\n\n{whole.replace(',000', '.000').replace(',900', '.900')}" if is_webvtt else whole).replace("\n", end)


def read(data: str) -> tuple[list[str], list[str]]:
    """The times of a file, with their numbers, and the text below each as players read it: to the first empty line."""
    times = CUE.findall(data)
    return times, [re.split(r"(?:\r?\n)[ \t]*\r?\n|\Z", text)[0].strip() for text in CUE.split(data)[1:]]


ENGLISH = (
    "The harbour was closed to ships", "for a whole year,", "and then it opened.", "<i>Nobody knew</i>\nwhat to do.",
    "Mona wrote", "George answered.", "- was it you?\n- it was me.", "They came, they saw,", "Then they left.",
    "<v Adel>he said that", "<v Mona>nobody would know.", "He saw it.", "I know.",
)  # fmt: skip
ARABIC = (
    "أغلق الميناء أمام السفن،", "ثم فتح بعد عام.", "قالت منى إنها\nلا تعرف شيئا.", "كتب عادل رسالة", "أجابت منى.", "نعم.",
)  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("is_webvtt", [False, True])
def test_a_sentence_over_subtitles_is_one_unit(tmp_path: Path, segmenter: Segmenter, end: str, is_webvtt: bool) -> None:
    path = tmp_path / ("film.vtt" if is_webvtt else "film.srt")
    path.write_bytes(film(*ENGLISH, end=end, is_webvtt=is_webvtt).encode())
    assert exported(path) == [
        "The harbour was closed to ships for a whole year, and then it opened.", "<i>Nobody knew</i> what to do.",
        "Mona wrote", "George answered.", "was it you?", "it was me.", "They came, they saw, Then they left.",
        "<v Adel>he said that", "<v Mona>nobody would know.", "He saw it.", "I know.",
    ]  # fmt: skip
    path.write_bytes(film(*ARABIC, end=end, is_webvtt=is_webvtt).encode())
    found = [plain(unit.parts) for unit in find_units(open_original(str(path)), segmenter).units if unit.lang == "ar"]
    assert [" ".join(text.split()) for text in found] == [
        "أغلق الميناء أمام السفن، ثم فتح بعد عام.", "قالت منى إنها لا تعرف شيئا.", "كتب عادل رسالة", "أجابت منى.", "نعم.",
    ]  # fmt: skip


def test_the_last_subtitle_counts_among_those_that_end_with_a_stop(tmp_path: Path) -> None:
    path = tmp_path / "film.srt"
    path.write_bytes(film("The boat left the harbour before", "the sun came up over the hill.").encode())
    assert exported(path) == ["The boat left the harbour before the sun came up over the hill."]


def test_lines_without_stops_are_no_sentences(tmp_path: Path) -> None:
    path = tmp_path / "film.srt"
    texts = [f"he went to town number {word}" for word in ("one", "two", "three", "four", "five")]
    path.write_text(film(*texts), "utf-8")
    assert exported(path) == texts
    path.write_text(film(*["and on it went"] * 5, *["It ended."] * 5), "utf-8")
    three = "and on it went and on it went and on it went"
    assert exported(path)[:3] == [three, "and on it went and on it went", "It ended."]


TWO = film("The harbour was closed", "for a whole year.", "It opened again.", "Good.")


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("أغلق الميناء⟦1⟧عاما كاملا.", ""),
        ("  أغلق الميناء ⟦1⟧  عاما كاملا. ", ""),
        ("أغلق\nالميناء⟦1⟧عاما.", ""),
        ("⟦1⟧أغلق الميناء عاما.", "a subtitle would be empty"),
        ("أغلق الميناء عاما.⟦1⟧", "a subtitle would be empty"),
        ("أغلق الميناء⟦1⟧ \u200f", "a subtitle would be empty"),
        ("أغلق الميناء عاما.", "⟦1⟧"),
        ("أغلق⟦1⟧الميناء⟦1⟧عاما.", "is doubled"),
        ("أغلق⟦2⟧الميناء⟦1⟧عاما.", "⟦2⟧ is no code of this unit"),
        ("أغلق\n\nالميناء⟦1⟧عاما.", "an empty line would end the subtitle"),
        ("أغلق\n⟦1⟧عاما.", "a line break would begin or end the subtitle"),
        ("أغلق⟦1⟧\nعاما.", "a line break would begin or end the subtitle"),
        ("أغلق --> الميناء⟦1⟧عاما.", "`-->` would be read as a time"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_translation_says_what_is_shown_when(
    tmp_path: Path, segmenter: Segmenter, target: str, problem: str, end: str
) -> None:
    path = tmp_path / "film.srt"
    path.write_bytes(TWO.replace("\n", end).encode())
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    [unit] = [unit for unit in units if codes(unit.parts)]
    job = make_job(original, units, source="en", target="ar", keep=LABELS)
    returned = Returned(about=job.about, pairs=(("en", "ar"),), answers=(Answer(id=unit.id, target=target),))
    if problem:
        with pytest.raises(MergeError, match=re.escape(problem)):
            merge(original, returned)
        return
    merged = merge(original, returned).data.decode()
    first, second = (text.strip(" ").replace("\n", end) for text in target.split("⟦1⟧"))
    assert merged == TWO.replace("\n", end).replace("The harbour was closed", first).replace("for a whole year.", second)


LINES = st.sampled_from([
    "The harbour was closed", "for a year,", "and <i>then</i> it opened.", "Good day to you all.", "<b>so it was</b>", "- no {name}",
    "he said, and", "الميناء مغلق،", "منذ عام.", "لا أحد يعرف", "It was 5.", "\N{EIGHTH NOTE} la la",
])  # fmt: skip
FILMS = st.lists(st.lists(LINES, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=9)


@given(FILMS, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from(["utf-8", "utf-16"]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_films_go_out_and_back(
    tmp_path: Path, segmenter: Segmenter, texts: list[str], end: str, is_webvtt: bool, encoding: str
) -> None:
    path = tmp_path / "film.srt"
    whole = film(*texts, end=end, is_webvtt=is_webvtt)
    path.write_bytes(whole.encode(encoding))
    original = open_original(str(path), encoding=encoding)
    assert isinstance(original, TextOriginal)
    for unit in find_units(original, segmenter).units:
        _, first, last, _ = unit.id.split("-")
        raw = original.data[int(first) : int(last)]
        start, end_of = original._map.position(int(first)), original._map.position(int(last))
        assert original.written("text", start, end_of, unit.parts).encode(original._map.codec) == raw
    for source in ("en", "ar"):
        target = "ar" if source == "en" else "en"
        _, _, same = round_trip(path, segmenter, source=source, target=target, encoding=encoding)
        assert same.data == path.read_bytes()
        _, _, merged = round_trip(
            path, segmenter, lambda text: re.sub(r"\w", "x", text), source=source, target=target, encoding=encoding
        )
        times, shown_texts = read(merged.data.decode(encoding))
        old_times, old_texts = read(whole)
        assert times == old_times
        assert [re.sub(r"\w", "x", text) for text in shown_texts] == [re.sub(r"\w", "x", text) for text in old_texts]


@given(FILMS, st.randoms(use_true_random=False), st.sampled_from(["", " ", "\n", "x", "-->"]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_targets_are_refused_or_keep_every_subtitle(
    tmp_path: Path, segmenter: Segmenter, texts: list[str], random: object, more: str
) -> None:
    """Codes moved, dropped and doubled between words of the target."""
    path = tmp_path / "film.srt"
    path.write_text(film(*texts), "utf-8")
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    job = make_job(original, units, source="en", target="ar", keep=LABELS)
    answers = []
    for unit in job.units:
        pieces = [piece for piece in re.split(r"(⟦[^⟧]*⟧|\s+)", shown(unit.parts)) if piece.strip()]
        random.shuffle(pieces)
        if random.random() < 0.2:
            pieces.append(random.choice(pieces))
        answers.append(Answer(id=unit.id, target=more + random.choice(["", " "]).join(pieces) + more))
    try:
        merged = merge(original, Returned(about=job.about, pairs=(("en", "ar"),), answers=answers))
    except MergeError:
        return
    times, shown_texts = read(merged.data.decode())
    assert times == CUE.findall(film(*texts))
    assert all(shown_texts)


def test_subtitles_take_linear_time(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "film.vtt"
    cues = "".join(f"00:00:01.000 --> 00:00:02.000\nthe end of it,\nso it <was. {at}\n\n" for at in range(20_000))
    path.write_text(f"WEBVTT\n\n{cues}", "utf-8")
    original = open_original(str(path))
    job = make_job(original, find_units(original, segmenter).units, source="en", target="ar", keep=LABELS)
    from bilingual.translate.export import read_returned, write_job

    returned = read_returned(fill(write_job(job, "xliff"), str.upper), "x")
    start = time.process_time()
    assert b"THE END" in merge(original, returned).data
    assert time.process_time() - start < 20
