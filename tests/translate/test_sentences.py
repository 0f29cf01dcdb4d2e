"""Sentences: nothing lost, and the cases that other breakers get wrong."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
from bilingual.translate.cutting import cut
from bilingual.translate.sentences import sentences


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "افتحوا صفحة [Good Tool](https://code.example.org/good/tool) ثم اضغطوا على الزر الأخضر في أعلى الصفحة.",
        "[تعليمات عن بناء الأداة باستعمال Good Tool](https://code.example.org/good/tool/issues/new/long-name.html).",
    ],
)
def test_words_of_an_address_part_no_sentence(text: str) -> None:
    assert [(text[p.start : p.end], p.lang) for p in cut(text, bilingual.segment(text).blocks)] == [(text, "ar")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هل وصل القطار؟ نعم وصل. هل غادر؟ لا.", ["هل وصل القطار؟", "نعم وصل.", "هل غادر؟", "لا."]),
        ("أولا، ثانيا؛ ثالثا: رابعا.", ["أولا، ثانيا؛ ثالثا: رابعا."]),
        ("قال أ.د. سالم إن د. أحمد سافر. ثم عاد.", ["قال أ.د. سالم إن د. أحمد سافر.", "ثم عاد."]),
        ("انظر ص. 12 وج. 3 من الكتاب.", ["انظر ص. 12 وج. 3 من الكتاب."]),
        ("بقية التفاصيل.. ثم النهاية.", ["بقية التفاصيل..", "ثم النهاية."]),
        ("قال: «انتهى الأمر.» ثم خرج.", ["قال: «انتهى الأمر.»", "ثم خرج."]),
        ("یہ پہلا جملہ ہے۔ یہ دوسرا ہے۔", ["یہ پہلا جملہ ہے۔", "یہ دوسرا ہے۔"]),
        ("Dr. Smith of Acme Inc. paid 3.5 million. He left.", ["Dr. Smith of Acme Inc. paid 3.5 million.", "He left."]),
        ("It works, e.g. here. See p. 5 and Fig. 2.", ["It works, e.g. here.", "See p. 5 and Fig. 2."]),
        ("She joined Acme Inc. The firm grew.", ["She joined Acme Inc.", "The firm grew."]),
        ('"Stop!" he said. "Why?" she asked.', ['"Stop!" he said.', '"Why?" she asked.']),
        ("Tel. +49 30 1234567, ext. 12. Write to us.", ["Tel. +49 30 1234567, ext. 12.", "Write to us."]),
        ("1. First item. 2. Second item.", ["1. First item.", "2. Second item."]),
        ("It ended in 2024. Then it began.", ["It ended in 2024.", "Then it began."]),
        ("line one\nline two\r\n\r\nline three", ["line one", "line two", "line three"]),
        ("Visit example.com. مرحبا بكم.", ["Visit example.com.", "مرحبا بكم."]),
        ("  2. Second item of the list.", ["2. Second item of the list."]),
        ("الرسوم 1.5 د.ب. (بطاقة سارية)", ["الرسوم 1.5 د.ب. (بطاقة سارية)"]),
        ("Bu Eid Media B.S.C. © 2026", ["Bu Eid Media B.S.C. © 2026"]),
        ("« Il a appris à marcher. » Puis il partit.", ["« Il a appris à marcher. »", "Puis il partit."]),
        ("J. R. R. Tolkien wrote it.", ["J. R. R. Tolkien wrote it."]),
        ("a. Fees are due.\nb. Fines are due.", ["a. Fees are due.", "b. Fines are due."]),
        ("iv. The fee is due. 2.3. The fine is.", ["iv. The fee is due.", "2.3. The fine is."]),
        ("xii. First.\nxx. Second.", ["xii. First.", "xx. Second."]),
        ("ب. تُسدّد الأتعاب. ج. تُسدّد الغرامة.", ["ب. تُسدّد الأتعاب.", "ج. تُسدّد الغرامة."]),
        ("See Art. 5, Sec. 3.1 and cl. IV. It holds.", ["See Art. 5, Sec. 3.1 and cl. IV.", "It holds."]),
        ("Under Law No. 12 and para. (b) it is due.", ["Under Law No. 12 and para. (b) it is due."]),
        ("It is a work of art. The town bought it.", ["It is a work of art.", "The town bought it."]),
        ("The answer was no. We left.", ["The answer was no.", "We left."]),
        ("As in Annex A. The client pays. J. It.", ["As in Annex A.", "The client pays.", "J. It."]),
        ("It was paid to J. Theodor.", ["It was paid to J. Theodor."]),
        ("", []),
        ("   \n ", []),
        ("...", ["..."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(alphabet=st.one_of(st.sampled_from("aA. !?؟…۔\n\r \"»)]ب،د1"), st.characters()), max_size=200))
@settings(max_examples=500, deadline=None)
def test_only_white_space_is_left_out(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert text[last:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        last = end
    assert text[last:].strip() == ""


@pytest.mark.parametrize("unit", [". ", "a.", ".a ", "A. ", " ", "\n", "Inc. x "])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def cost(n: int) -> float:
        text = unit * n
        begin = time.process_time()
        sentences(text)
        return time.process_time() - begin

    cost(1000)
    assert min(cost(40_000) for _ in range(3)) < 20 * min(cost(4_000) for _ in range(3)) + 0.05
