"""The scanner: the interpreted kernel is the reference of the compiled one, and columns cover the text."""

from __future__ import annotations

import time
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.text import kernels
from bilingual.text.classes import (
    ARAB,
    CUT_CELL,
    CUT_GROUP,
    CUT_LINE,
    KIND_MASK,
    LATN,
    NEWLINE,
    NO_WORD,
    OF_CODE,
    SPACE,
    WORD_AFTER_EDGE,
    WORD_EMAIL,
    WORD_HANDLE,
    WORD_URL,
    WORD_WRITTEN,
    ZYYY,
)
from bilingual.text.scan import LONG_LINE, Scan, scan
from bilingual.text.stages import NAMES, Stages
from bilingual.text.tables import code_point_tables

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from("aZé3٣اءبةىـ\u064e\u200c'’.!؟،,:/@#|•»«“”()[] \t\n\r-_wW\u2028\u00a0😀漢я\ufefb\ud800\x00"),
        st.characters(),
    ),
    max_size=200,
)
# Strings of pieces in which addresses and pairs are more often whole.
PIECED = st.lists(
    st.sampled_from(
        [" ", "  ", "\n", "«", "»", " « ", " » ", "-", " - ", "/", ".", ".com", ".co.uk", ".de", "@", "#", "www", "a", "bc-d", "X",
         "اب", "12", "(", ")", "\"", ",", "http://", "_", "é", "3D", "<a", "</b", ">", " = ", "](", "|", "   ",
         "\\", "\\n", "%s", "%(", "%1$", "{", "}", "{{ ", "&lt;", "&gt;", "&a", ";", "[x]", "=", "--", " -a", "aB", ".ini", "()", "~/"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    found = Stages(*kernels.from_sources(NAMES))
    assert not found.words.COMPILED
    return found


def assert_same(one: Scan, two: Scan) -> None:
    for name in ("codes", "doc_ptr", *(name for name in Scan.KINDS if name.startswith(("word_", "block_")))):
        assert np.array_equal(getattr(one, name), getattr(two, name)), name


@given(st.lists(MIXED | PIECED, max_size=4))
@settings(max_examples=400, deadline=None)
def test_interpreted_and_compiled_agree(interpreted: Stages, texts: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        assert_same(scan(texts), scan(texts, engine=interpreted))


def test_interpreted_and_compiled_agree_on_long_lines(interpreted: Stages) -> None:
    text = "Home About الرئيسية من نحن اتصل بنا Contact us. A sentence, with a comma | and bars • bullets  gap " * 40
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for page in (text, text.replace(" ", "   ")):
            assert_same(scan([page, "x"]), scan([page, "x"], engine=interpreted))


@given(st.lists(MIXED | PIECED, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_blocks_are_ordered_disjoint_and_leave_only_white_space(texts: list[str]) -> None:
    found = scan(texts)
    covered = np.zeros(len(found.codes), bool)
    last = 0
    for start, end in zip(found.block_start.tolist(), found.block_end.tolist(), strict=True):
        assert last <= start < end
        last = end
        covered[start:end] = True
    kinds = code_point_tables().props(found.codes) & KIND_MASK
    assert np.all(np.isin(kinds[~covered], (SPACE, NEWLINE)))


@given(st.lists(MIXED | PIECED, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_words_lie_inside_their_block_and_batching_changes_nothing(texts: list[str]) -> None:
    found = scan(texts)
    assert np.all(found.word_start < found.word_end)
    assert np.all(found.word_start[1:] >= found.word_end[:-1])
    assert np.all(found.word_start >= found.block_start[found.word_block])
    assert np.all(found.word_end <= found.block_end[found.word_block])
    assert np.all(np.diff(found.word_block) >= 0)
    at = 0
    for number, text in enumerate(texts):
        alone = scan([text])
        base = found.doc_ptr[number]
        mine = found.block_doc == number
        assert np.array_equal(found.block_start[mine] - base, alone.block_start)
        assert np.array_equal(found.block_line[mine], alone.block_line)
        n = alone.n_words
        assert np.array_equal(found.word_hash[at : at + n], alone.word_hash)
        assert np.array_equal(found.word_flags[at : at + n], alone.word_flags)
        at += n
    assert at == found.n_words


@given(MIXED)
@settings(max_examples=200, deadline=None)
def test_letters_as_written_are_hashed_where_the_fold_hides_a_language(text: str) -> None:
    found = scan([text])
    for start, end, script, flags, written in zip(
        found.word_start, found.word_end, found.word_script, found.word_flags, found.word_written, strict=True
    ):
        value = 14695981039346656037
        for letter in text[start:end]:
            value = (value ^ ord(letter)) * 1099511628211 % 2**64
        is_hidden = script == ARAB or flags & WORD_WRITTEN
        if is_hidden:
            assert written == (value ^ value >> 32) % 2**32
        else:
            assert written == 0 or (script == LATN and written in (NO_WORD, OF_CODE))


def words(text: str) -> list[str]:
    found = scan([text])
    return [text[a:b] for a, b in zip(found.word_start, found.word_end, strict=True)]


def blocks(text: str) -> list[str]:
    found = scan([text])
    return [text[a:b] for a, b in zip(found.block_start, found.block_end, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don’t l'eau rock 'n' roll", ["don’t", "l'eau", "rock", "n", "roll"]),
        ("الـAPI بالـWhatsApp", ["الـ", "API", "بالـ", "WhatsApp"]),
        ("3amel covid19 10km 2024م", ["3amel", "covid19", "10km", "2024م"]),
        ("مُحَمَّدٌ می‌خواهم", ["مُحَمَّدٌ", "می‌خواهم"]),
        ("see https://a.b/c?d=1, now", ["see", "https://a.b/c?d=1,", "now"]),
        ("mail joe.b@x.org. Thanks @you_2 a@b", ["mail", "joe.b@x.org", "Thanks", "@you_2", "a", "b"]),
        ("www.example.com/x y", ["www.example.com/x", "y"]),
        ("well-known e-mail", ["well", "known", "e", "mail"]),
        ("facebook.com or al-ain.com/x, bbc.co.uk.", ["facebook.com", "or", "al-ain.com/x,", "bbc.co.uk"]),
        ("زوروا youm7.com، ثم (x.org:80)", ["زوروا", "youm7.com", "ثم", "x.org:80"]),
        ("راجع (https://a.b/c_(d)?e=[1]) ثم", ["راجع", "https://a.b/c_(d)?e=[1]", "ثم"]),
        ("[!a](http://b.c)](http://d.e), `www.f.g`", ["a", "http://b.c", "http://d.e", "www.f.g"]),
        ('"https://x.y/z"نص <https://x.y>نص', ["https://x.y/z", "نص", "https://x.y", "نص"]),
        ("[اقرأ](docs/أ.md) [b](#c-d) [e](f) g[0](h i.j)", ["اقرأ", "docs/أ.md", "b", "#c-d", "e", "f", "g", "0", "h", "i", "j"]),
        ('<p>نص<br />نص</p>', ["p", "نص", "br /", "نص", "/p"]),
        ("<a href='b>c' d = e>نص</a> x <y> z", ["a href='b>c' d = e", "نص", "/a", "x", "y", "z"]),
        ("a <b, c> d <e f> g<h i=j\nk>", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]),
        ("He left.Then node.js ended.no I.e. a.de@b.org", ["He", "left", "Then", "node", "js", "ended", "no", "I", "e", "a.de@b.org"]),
        ("@sara.design @sara. ok", ["@sara.design", "@sara", "ok"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open notes.txt, then main.c", "notes txt main c"),
        ("merci.bonne nuit, left.Then e.g. z.b.c.d ab.cd", ""),
        ("ab.cd.ef", "ab cd ef"),
        ("src/app/main.py and /etc/hosts, ~/docs or ./run", "src app main py etc hosts docs run"),
        ("and/or his/her 12/05/2024 kilo/metre", ""),
        ("12 m3/h, a/c", "m3 h a c"),
        ("C:\\Temp\\new \\alpha", "C Temp new alpha"),
        ("is_set, _emphasis_ and __init__ of MAX_INT", "is set MAX INT"),
        ("#save_the_date", ""),
        ("ls -la --all; a - b -- c\n-La casa", "la all"),
        ("torch.nn.init el.on(x) print() f (x) word(s)", "torch nn init el on print"),
        ("lang=ar, x = y, sum = abcd, a == b, numpy==1.2", "lang x y numpy"),
        ("first_name@corp.example sub_site.example.com", "sub"),
        ("لغة_عربية ملف.txt", "txt"),
    ],
)
def test_words_of_code(text: str, expected: str) -> None:
    found = scan([text])
    latin = zip(words(text), found.word_script, found.word_written, strict=True)
    of_code = [word for word, script, written in latin if script == LATN and written]
    assert " ".join(of_code) == expected


def test_the_first_word_of_a_name_in_code_tells() -> None:
    text = "open src/app/main.py or /etc/hosts, is_set_up, fooBar.py, --dry, el.on(x), C:\\Temp"
    found = scan([text])
    first = [word for word, written in zip(words(text), found.word_written, strict=True) if written == OF_CODE]
    assert first == ["src", "etc", "is", "dry", "el", "C"]


def test_a_long_chain_of_numbers_takes_time_by_its_length() -> None:
    start = time.process_time()
    found = scan(["12/" * 400_000])
    assert time.process_time() - start < 2.0
    assert found.n_words == 400_000


def test_capitals_inside_a_word() -> None:
    text = "userName iPhone McDonald USB Word L'Orient DNS İpekYolu"
    found = scan([text])
    inside = [word for word, written in zip(words(text), found.word_written, strict=True) if written == NO_WORD]
    assert inside == ["userName", "iPhone", "McDonald"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نص&nbsp;آخر &amp; R&D; &;", "nbsp amp"),
        ("&lt;b&gt;نص&lt;/b&gt;", "lt b gt lt b gt"),
        ("%d من %s و %1$s و %-8s و %(name)s", "d s 1 s 8s name s"),
        ("50%s 100%de %z", "50 100"),
        ("{name} ${user} {{ user.name }} {a b} {{c} {d}}", "name user user name c d"),
        ("\\textbf{Table} \\frac{a}{b}", ""),
        ("سطر\\nسطر Hello\\nWorld \\new", "n n"),
        ("[x] مهمة [ ] [b]نص[/b] [ab]", "x b b"),
        ("{\\an8}نص", "an8"),
    ],
)
def test_signs_of_code_have_no_script(text: str, expected: str) -> None:
    found = scan([text])
    neutral = [word for word, script in zip(words(text), found.word_script, strict=True) if script == ZYYY]
    assert " ".join(neutral) == expected


def test_a_first_line_reads_as_any_other() -> None:
    for text in ("--help", "-a b", "/etc/hosts", "%s", "{name}", "_a", "\\n"):
        alone, second = scan([text]), scan(["", text])
        assert np.array_equal(alone.word_written, second.word_written)
        assert np.array_equal(alone.word_script, second.word_script)


def test_flags_of_addresses() -> None:
    found = scan(["http://x.y a.b@c.de @me plain"])
    assert [int(f) & (WORD_URL | WORD_EMAIL | WORD_HANDLE) for f in found.word_flags] == [
        WORD_URL,
        WORD_URL | WORD_EMAIL,
        WORD_URL | WORD_HANDLE,
        0,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Home | About us | Contact", ["Home |", "About us |", "Contact"]),
        ("  • one\n\n•\n two  ", ["• one", "•", "two"]),
        ("one • two • three", ["one", "• two", "• three"]),
        ("| one    | two |\n| three  | four      |", ["| one    |", "two |", "| three  |", "four      |"]),
        ("  | one |        | two |", ["| one |        |", "two |"]),
        ("a\tb   c  d", ["a", "b", "c  d"]),
        ("Home » News » Sport", ["Home »", "News »", "Sport"]),
        ("Home » News » A long title of an article here", ["Home » News » A long title of an article here"]),
        ("قال «نعم» ثم مضى", ["قال «نعم» ثم مضى"]),
        ("قال « نعم » ثم « لا » ومضى", ["قال « نعم » ثم « لا » ومضى"]),
        ("« Amélie » est sorti", ["« Amélie » est sorti"]),
        ("Affaire « Pegasus », la suite » Monde » Paris", ["Affaire « Pegasus », la suite »", "Monde »", "Paris"]),
        ("الرئيسية « أخبار « رياضة", ["الرئيسية «", "أخبار «", "رياضة"]),
        ("a\r\nb\rc\u2028d", ["a", "b", "c", "d"]),
        ("الرئيسية   الشركة   الحلول   المشاريع   من نحن   إتصل بنا", ["الرئيسية", "الشركة", "الحلول", "المشاريع", "من نحن", "إتصل بنا"]),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize("gap", ["  ", "   ", "       "])
@pytest.mark.parametrize(
    "line",
    [
        "The board of the company met on Monday to look at the results of the year.",
        "اجتمع مجلس الإدارة في الشركة يوم الأحد من أجل النظر في نتائج العام الماضي.",
    ],
)
def test_a_justified_line_is_one_block(line: str, gap: str) -> None:
    spread = line.replace(" ", gap)
    assert blocks(spread) == [spread]
    page = f"{line} " * 30
    assert len(page) > LONG_LINE
    assert [" ".join(block.split()) for block in blocks(page.replace(" ", gap))] == blocks(page)


@pytest.mark.parametrize(
    "row",
    ["Mon\tthe\tto\tat\tof\tin\ton\tby\tas", "12   in   14   16   at   18   20   22   24", "The   New   Old   Top   Hot   All   Men   Kid   Web"],
)
def test_a_row_of_a_table_is_cut(row: str) -> None:
    assert blocks(row) == row.split()


def test_line_numbers_count_a_crlf_once() -> None:
    assert scan(["a\r\nb\n\nc"]).block_line.tolist() == [0, 1, 3]


def test_a_page_without_line_breaks_is_cut_into_groups() -> None:
    menu = "الرئيسية من نحن خدماتنا الأخبار اتصل بنا " * 8
    body = "هذه جملة طويلة نسبيا تنتهي بنقطة واضحة. " * 40
    found = scan([menu + body])
    assert len(menu + body) > LONG_LINE
    assert set(found.block_cut.tolist()) == {CUT_GROUP}
    texts = blocks(menu + body)
    assert max(map(len, texts)) < 200
    assert texts[-1] == "هذه جملة طويلة نسبيا تنتهي بنقطة واضحة."


def test_cut_kinds() -> None:
    assert scan(["a | b\nc"]).block_cut.tolist() == [CUT_CELL, CUT_CELL, CUT_LINE]


def test_a_host_is_known_by_its_letters() -> None:
    found = scan(["Blog at WordPress.com wordpress.com, wordpress.com/x other.com http://wordpress.com"])
    shown = found.word_hash.tolist()[2:]
    assert shown[0] == shown[1] != shown[3]
    assert shown[2] == shown[4] == 1


def test_a_host_is_no_longer_than_names_may_be() -> None:
    assert len(words("x." + "a." * 100 + "com")) == 1
    *parts, host = words("x." + "a." * 200 + "com")
    assert set(parts) == {"x", "a"}
    assert 245 < len(host) <= 256


def test_edges_are_flagged_on_the_word_behind_them() -> None:
    text = 'a (b) "c" d - e / f | g-h i/j, k'
    found = scan([text])
    behind = [text[a:b] for a, b, f in zip(found.word_start, found.word_end, found.word_flags, strict=True) if f & WORD_AFTER_EDGE]
    assert behind == ["b", "c", "d", "e", "f", "g"]
