"""The lexicons and their matcher: files in order, and the kernels find what a slow obvious search finds."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.errors import SettingsError
from bilingual.labels import lexicon as module
from bilingual.labels.lexicon import (
    END_WORDS,
    LABELS,
    LEAD_WORDS,
    LOOSE_WORDS,
    POSITIONS,
    SHORT_WORDS,
    WITHIN_WORDS,
    hits,
    lexicon,
    load,
    match,
    phrase_hashes,
)
from bilingual.labels.phrases.stages import KERNELS, NAMES, Stages
from bilingual.text import kernels
from bilingual.text import scan as scanning
from bilingual.text.scan import scan

ROOT = Path(__file__).resolve().parent.parent.parent


SLOW = Stages(*kernels.from_sources(NAMES))


@pytest.fixture(scope="module")
def interpreted() -> Stages:
    assert not SLOW.matcher.COMPILED
    return SLOW


def found(text: str) -> list[tuple[str, str, bool]]:
    """(phrase, kind, in position) of the first block of `text`."""
    lex = lexicon()
    return [(lex.phrase[h.row], lex.kinds[lex.kind[h.row]], h.in_position) for h in hits(scan([text]), 0)]


def test_files_are_sorted_unique_and_agree_with_their_kinds() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "lexicon_format.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


LEAST = {"ar": 1500, "en": 1500, "fa": 150, "ur": 80, "fr": 250, "de": 350, "tr": 300, "es": 350,
         "id": 800, "pt": 1200, "it": 1300, "nl": 900, "sq": 500,
         "pl": 800, "sv": 600, "vi": 400}  # fmt: skip


@pytest.mark.parametrize(("lang", "least"), LEAST.items())
def test_every_language_has_its_phrases(lang: str, least: int) -> None:
    assert lexicon().lang.count(lang) >= least


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BACA JUGA:", "teaser-header"),
        ("2 jam yang lalu", "meta-date"),
        ("Tambahkan ke keranjang", "buy"),
        ("Leia também: o rio voltou a subir", "teaser-leadin"),
        ("Todos os direitos reservados", "copyright"),
        ("Potrebbe interessarti anche", "teaser-header"),
        ("Iscriviti alla nostra newsletter", "subscribe"),
        ("Lees ook", "teaser-header"),
        ("Toevoegen aan winkelwagen", "buy"),
        ("Lexo më shumë", "more-link"),
        ("Na ndiqni në Facebook", "follow"),
        ("Czytaj także: rzeka znowu rośnie", "teaser-leadin"),
        ("Dodaj do koszyka", "buy"),
        ("Läs också", "teaser-header"),
        ("Bài viết liên quan", "teaser-header"),
        ("Deliver every 2 weeks", "shop-furniture"),
        ("keyboard_arrow_down", "template"),
        ("Inscription newsletter", "subscribe"),
        ("Compartir por WhatsApp", "share"),
        ("Bunlar da ilginizi çekebilir", "teaser-header"),
    ],
)
def test_wordings_of_sites_of_many_languages(text: str, kind: str) -> None:
    assert (kind, True) in [(name, held) for _, name, held in found(text)]


@pytest.mark.parametrize("text", ["Ora", "Agora", "Focus", "Mode", "Regional", "Media", "Brasil", "The route", "Indonesia"])
def test_words_that_other_languages_use_too_are_no_wordings_of_new_ones(text: str) -> None:
    lex, new = lexicon(), ("id", "pt", "it", "nl", "sq", "pl", "sv", "vi")
    assert not [lex.phrase[hit.row] for hit in hits(scan([text]), 0) if lex.lang[hit.row] in new]


def test_kinds_fit_the_bits_and_all_are_used() -> None:
    lex = lexicon()
    assert len(lex.kinds) <= 64
    assert set(lex.kind.tolist()) == set(range(len(lex.kinds)))
    assert set(lex.kind_label) <= set(LABELS)


@pytest.mark.parametrize("text", ["إقرأ أيضاً", "اقرا ايضا", "واقرأ أيضًا", "إقــرأ أيضا:", "« اقرأ أيضا »"])
def test_one_spelling_stands_for_all(text: str) -> None:
    assert [(kind, held) for _, kind, held in found(text)] == [("teaser-header", True)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("DEVAMINI OKU", "Devamını oku"),
        ("Yazarın diğer yazıları", "Yazarın diğer yazıları"),
        ("YAZARIN DİĞER YAZILARI", "Yazarın diğer yazıları"),
        ("A LIRE ÉGALEMENT", "a lire également"),
        ("Artikuj te ngjashem", "artikuj të ngjashëm"),
        ("ULTIMAS NOTICIAS", "últimas noticias"),
        ("Leia tambem: o rio", "leia também"),
    ],
)
def test_marks_may_be_left_out(text: str, phrase: str) -> None:
    assert (phrase, True) in [(name, held) for name, _, held in found(text)]


@pytest.mark.parametrize("text", ["Premiere", "Regions", "Suggere"])
def test_single_words_without_their_marks_are_words_of_other_languages(text: str) -> None:
    assert not any(held for _, _, held in found(text))


def test_numbers_match_any_number() -> None:
    assert found("Page ٣ of 12")[0][:2] == ("page {n} of {n}", "pagination")


def test_positions() -> None:
    assert found("Home") == [("home", "menu", True)]
    assert ("home", "menu", True) not in found("Home was far")
    assert found("Tags: bread, water")[0][2]
    assert not any(held for _, _, held in found("Tags bread water"))
    assert any(kind == "press-suffix" and held for _, kind, held in found("سقوط المئذنة.. فيديو"))
    assert not any(kind == "press-suffix" and held for _, kind, held in found("سقوط المئذنة في فيديو"))


FILLING = "one two three four five six seven eight nine ten eleven twelve "


@pytest.mark.parametrize(
    ("before", "holds"),
    [("", True), ("Want more? ", True), ("We write: ", True), ("هل تريد المزيد؟ ", True), ("They were asked to ", False)],
)
def test_a_call_holds_where_a_sentence_begins(before: str, holds: bool) -> None:
    text = f"{before}Sign up to our letter and have it, {FILLING}."
    assert any(held for _, kind, held in found(text) if kind == "subscribe") is holds
    assert not any(held for _, kind, held in found(f"{text} {FILLING * 5}") if kind == "subscribe")


def test_a_sentence_does_not_begin_inside_a_name() -> None:
    assert not any(held for _, kind, held in found(f"The list of 3.sign up to our {FILLING}") if kind == "subscribe")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"The best of the week {FILLING} goes straight to your inbox on {FILLING}", "subscribe"),
        (f"If you buy something {FILLING} we may earn a commission, {FILLING}", "legal"),
        (f"{FILLING} سيعرض لك جديدنا، تابعونا على فيسبوك {FILLING}", "follow"),
    ],
)
def test_a_wording_holds_within_a_notice_and_not_within_a_longer_block(text: str, kind: str) -> None:
    assert (kind, True) in [(name, held) for _, name, held in found(text)]
    assert (kind, True) not in [(name, held) for _, name, held in found(f"{text} {FILLING * 5}")]


def test_a_sentence_that_mentions_subscribing_has_no_call_in_position() -> None:
    text = "He asked his readers to subscribe to our newsletter and to tell their friends about it."
    assert not any(held for _, kind, held in found(text) if kind == "subscribe")


@pytest.mark.parametrize("text", ["⭐ Star us on GitHub", "## ادعم التطوير", "لا تنسوا إعطاء نجمةٍ للمستودع", "لطفا به پروژه ستاره بدهید"])
def test_asking_for_stars_and_support_is_a_call(text: str) -> None:
    assert ("donate", True) in [(kind, held) for _, kind, held in found(text)]


def test_a_glued_menu_is_covered_word_by_word() -> None:
    columns = match(scan(["من نحن تواصل معنا سياسة الخصوصية"]))
    assert columns.cover[0].tolist() == [2, 0, 4, 0]
    assert columns.whole[0] == -1


@pytest.mark.parametrize("engine", [KERNELS, SLOW])
@pytest.mark.usefixtures("whole_lines")
def test_a_block_of_more_than_65535_words_is_covered_by_all_of_them(engine: Stages) -> None:
    lex = lexicon()
    is_fit = (lex.position == POSITIONS.index("any")) & (lex.label == LABELS.index("navigation"))
    row = int(np.argmax(np.where(is_fit, lex.n_words, 0)))
    words = scan([f"{lex.phrase[row]}, " * (70_000 // int(lex.n_words[row]))])
    assert words.n_blocks == 1
    assert match(words, engine=engine).cover.tolist() == [[words.n_words, 0, 0, 0]]


def test_explanations_name_what_the_columns_hold() -> None:
    words = scan(["Subscribe to our newsletter\nFollow us on Facebook | Home"])
    columns = match(words)
    lex = lexicon()
    for block in range(words.n_blocks):
        held = {h.row for h in hits(words, block) if h.in_position}
        assert int(columns.kinds[block]) == sum({1 << int(lex.kind[row]) for row in held})
        assert columns.best[block] in held


@pytest.fixture
def whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are one block however long they are."""
    monkeypatch.setattr(scanning, "_limits", lambda blocks: blocks.Limits(2**31, *scanning.LIMITS[1:]))


@cache
def phrase_table() -> dict[tuple[int, ...], set[str]]:
    """Word hashes of every phrase -> its positions."""
    lex = lexicon()
    hashes, ptr = module.phrase_hashes(list(lex.phrase))
    table: dict[tuple[int, ...], set[str]] = {}
    for row in range(len(lex.phrase)):
        key = tuple(hashes[ptr[row] : ptr[row + 1]].tolist())
        table.setdefault(key, set()).add(POSITIONS[lex.position[row]])
    return table


def reference(text: str) -> list[tuple[int, int]]:
    """(word, words) of every phrase that holds: dictionaries and tuples, longest first, nothing clever."""
    table = phrase_table()
    seen = scan([text]).word_hash.tolist()
    out, i = [], 0
    while i < len(seen):
        ahead = [n for n in range(8, 0, -1) if i + n <= len(seen)]
        lengths = [n for n in ahead if _holds(table.get(tuple(seen[i : i + n])), i, n, len(seen))]
        loose = [n for n in ahead if tuple(seen[i : i + n]) in table]
        if lengths and (lengths[0] >= max(loose) or lengths[0] >= 2):
            out.append((i, lengths[0]))
            i += lengths[0]
        else:
            i += max(loose, default=1)
    return out


def _holds(positions: set[str] | None, i: int, n: int, total: int) -> bool:
    if not positions:
        return False
    return (
        ("line" in positions and i == 0 and n == total)
        or ("start" in positions and i == 0)
        or ("end" in positions and i + n == total)
        or ("any-short" in positions and total <= SHORT_WORDS)
        or "any" in positions
        or ("sentence" in positions and i == 0 and total <= WITHIN_WORDS)
        or ("within" in positions and total <= WITHIN_WORDS)
        or ("lead" in positions and i == 0 and n == total)
    )


WORDS = (
    "home", "about", "us", "contact", "news", "follow", "on", "facebook", "read", "more", "our", "newsletter",
    "subscribe", "to", "sign", "up", "the", "cat", "all", "rights", "reserved",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_kernel_finds_what_the_slow_search_finds(words: list[str]) -> None:
    text = " ".join(words)
    assert [(h.word, h.n_words) for h in hits(scan([text]), 0) if h.in_position] == reference(text)


PIECES = st.sampled_from(
    [
        "Follow us",
        "تابعونا على",
        "Home",
        "|",
        ":",
        "..",
        "فيديو",
        "12",
        "٣",
        "page",
        "of",
        "\n",
        "الرئيسية",
        "»",
        "a",
        "©",
        "2020",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30))
def test_interpreted_and_compiled_agree(interpreted: Stages, pieces: list[str]) -> None:
    words = scan([" ".join(pieces), ""])
    fast, slow = match(words), match(words, engine=interpreted)
    for name in ("kinds", "loose", "whole", "opening", "best", "cover"):
        np.testing.assert_array_equal(getattr(fast, name), getattr(slow, name), err_msg=name)
    for block in range(min(words.n_blocks, 2)):
        assert hits(words, block) == hits(words, block, engine=interpreted)


def test_batch_changes_nothing() -> None:
    texts = ["Home\nAbout us", "", "تابعونا على فيسبوك", "Page 2 of 3"]
    together = match(scan(texts))
    apart = [match(scan([text])) for text in texts]
    for name in ("kinds", "loose", "whole", "opening", "best", "cover"):
        np.testing.assert_array_equal(getattr(together, name), np.concatenate([getattr(one, name) for one in apart]))


def test_loose_hits_stop_in_long_blocks() -> None:
    sentence = " ".join(["word"] * LOOSE_WORDS)
    assert not match(scan([f"contact us {sentence}"])).cover[0].any()


def test_odd_text_finds_nothing() -> None:
    assert not match(scan(["", "\0", "\ud800", "\u064b\u064b", "•", "\u202e"])).kinds.any()


LONG = [LOOSE_WORDS, LOOSE_WORDS + 1, END_WORDS, END_WORDS + 1, 256, 700]


@pytest.mark.parametrize("engine", [KERNELS, SLOW])
@pytest.mark.parametrize("total", LONG)
@pytest.mark.usefixtures("whole_lines")
def test_inside_long_blocks_only_what_holds_anywhere_counts(tmp_path: Path, total: int, engine: Stages) -> None:
    """The words inside are sifted by other rules than those at its ends; every place of every phrase is tried."""
    rows = [("wum", "any"), ("dax", "end"), ("blick toma", "end"), ("blick toma", "start"), ("fep", "start"), ("kiv", "lead")]
    lex = load(write(tmp_path, "\n".join(f"{phrase}\tmenu\tnavigation\t{at}\ten\t" for phrase, at in rows)))
    places = [0, 1, 2, total // 2, *range(total - 10, total)]
    for phrase in ("wum", "dax", "blick toma", "fep"):
        n = len(phrase.split())
        for place in places:
            if place + n > total:
                continue
            block = ["zorble"] * place + [phrase] + ["zorble"] * (total - place - n)
            at_end = (phrase, "end") in rows and place + n == total and total <= END_WORDS
            held = phrase == "wum" or at_end
            cover = [n, 0, 0, 0] if held else [0, 0, n, 0] if total <= LOOSE_WORDS else [0, 0, 0, 0]
            seen = match(scan(["Fep\n" + ", ".join(block) + "\nzorble"]), lex, engine=engine)
            assert seen.cover.tolist() == [[1, 0, 0, 0], cover, [0, 0, 0, 0]], (phrase, place)
    seen = match(scan(["kiv: " + "zorble, " * (total - 1)]), lex, engine=engine)
    assert seen.cover.tolist() == [[1 if total <= LEAD_WORDS else 0, 0, 0, 0]]


def test_a_phrase_holds_in_the_first_of_its_positions(tmp_path: Path) -> None:
    rows = [("line", "dax"), ("lead", "dax"), ("tail", "dax"), ("any-short", "dax"), ("line", "dax wum"), ("any", "dax wum")]
    lex = load(write(tmp_path, "\n".join(f"{text}\tmenu\tnavigation\t{at}\ten\t" for at, text in rows)))
    long = "zorble " * SHORT_WORDS

    def found(text: str) -> list[tuple[str, bool]]:
        return [(POSITIONS[lex.position[hit.row]], hit.in_position) for hit in hits(scan([text]), 0, lex)]

    assert found("Dax") == [("line", True)]
    assert found(f"Dax: {long}") == [("lead", True)]
    assert found(f"{long} - dax") == [("tail", True)]
    assert found("zorble dax zorble") == [("any-short", True)]
    assert found(f"zorble dax {long}") == [("line", False)]
    assert found("dax wum") == [("line", True)]
    assert found(f"zorble dax wum {long}") == [("any", True)]
    assert match(scan(["Dax\nDax: zorble"]), lex).whole.tolist() == [0, -1]


def write(folder: Path, row: str) -> Path:
    folder.joinpath("kinds.tsv").write_text("# kinds\nmenu\tnavigation\tpages\n", "utf-8")
    folder.joinpath("en-navigation.tsv").write_text(f"# head\n{row}\n", "utf-8")
    return folder


def test_a_phrase_is_one_line_in_a_file(tmp_path: Path) -> None:
    lex = load(write(tmp_path, "zorble gate\tmenu\tnavigation\tline\ten\tnote"))
    assert hits(scan(["Zorble gate"]), 0, lex)[0].in_position


def test_a_broken_row_says_where(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"en-navigation.tsv:2: not a lexicon row"):
        load(write(tmp_path, "zorble\tmenu\tnavigation\tnowhere\ten\t"))


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="zorbles"):
        load(write(tmp_path, "zorble\tzorbles\tnavigation\tline\ten\t"))


@pytest.mark.parametrize("phrase", ["more on http://x.org", "www.x.org", "write to me@x.org", "follow @x"])
def test_a_wording_with_an_address_is_refused(phrase: str) -> None:
    """All addresses of a kind have one hash: such a wording would hold on every one."""
    with pytest.raises(SettingsError, match="a wording cannot hold a URL"):
        phrase_hashes(["fine", phrase])


def test_a_wording_with_a_host_holds_on_that_host() -> None:
    assert ("blog at wordpress.com", "theme-credit", True) in found("Blog at WordPress.com.")
    assert not any(kind == "theme-credit" for _, kind, _ in found("Blog at blogger.com."))
