"""What stands in a text for programs: tags, code, marks and times stay, and what is written for readers is a unit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import round_trip, run

from bilingual.formats.inline import codes, inline, plain, read_shown
from bilingual.formats.tsv import guard
from bilingual.pipeline import Segmenter
from bilingual.translate.counting import count_words, countable
from bilingual.translate.marks import is_subtitles, unmarked, unseen
from bilingual.translate.original import open_original
from bilingual.translate.original.text import TextOriginal
from bilingual.translate.units import find_units


def exported(path: Path, *options: str) -> list[str]:
    """The texts that are exported of a file."""
    out = path.with_suffix(".units.txt")
    run("export", path, "--from", "en", "--into", "ar", "-o", out, *options)
    return out.read_text("utf-8").splitlines()


CODES = [
    ("A heading {#here .note} and {: .lead }", ["{#here .note}", "{: .lead }"]),
    ("Welcome, <b>{{ user.name }}</b>!", ["<b>", "{{ user.name }}", "</b>"]),
    ('Keep the <a href="https://shop.example/o?id=%d">receipt</a>.', ['<a href="https://shop.example/o?id=%d">', "</a>"]),
    ("One<br/>two <font color=red>three</font>", ["<br/>", "<font color=red>", "</font>"]),
    ("It is <color=#f00>hot</color> and {\\an8}high", ["<color=#f00>", "</color>", "{\\an8}"]),
    ("<v Roger Bingham>We are <c.loud>loud</c>", ["<v Roger Bingham>", "<c.loud>", "</c>"]),
    ("Hi <0>you</0><1/>, read <link>the terms</link> or <file>", ["<0>", "</0>", "<1/>", "<link>", "</link>"]),
    ("Copy <file> to <folder>, if a < b and c > d; <Media omitted>", []),
    ("الأمر `git commit` يحفظ والـ`x` كذلك", ["`git commit`", "`x`"]),
    ("``a `b` c`` and `d`", ["``a `b` c``", "`d`"]),
    ("`Abd al-Rahman met `Ali in Mecca", []),
    ("See [the guide](docs/guide.md) and [this](page)", ["docs/guide.md"]),
    ("[![Build](https://a.example/b.svg)](https://ci.example/b)", ["https://a.example/b.svg", "https://ci.example/b"]),
    ("[the tower](https://a.example/tower_(old)), and", ["https://a.example/tower_(old)"]),
    ('See [the manual][manual] and a note[^1]', ["[manual]", "[^1]"]),
    ('[manual]: https://example.org/m.pdf "Our manual"', ["[manual]:", "https://example.org/m.pdf"]),
    ("[Note]: please call us tomorrow", []),
    ("{% if x %}Hi{% endif %} <%= name %> %{folder} %name% {day, date, long}",
     ["{% if x %}", "{% endif %}", "<%= name %>", "%{folder}", "%name%", "{day, date, long}"]),
    ("{{{raw}}} and 50%of all% {# for the author #}", ["{{{raw}}}", "{# for the author #}"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CODES)
def test_codes_of_a_text(text: str, expected: list[str]) -> None:
    assert [code.raw for code in codes(inline(text))] == expected
    assert plain(inline(text)) == text


@pytest.mark.parametrize("part", ["<a ", "<a x=", "`", "`a ", "](", "](a", "](/(a", "[^", "<v ", "<a>", "<ab", "``a`b", '<a x="', "{a, ", "][a", "%a"])
def test_codes_are_found_in_linear_time(part: str) -> None:
    """Where time is quadratic, this takes minutes."""
    text = part * 30_000
    assert plain(inline(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>W</b>elcome to <i>the</i> city<br>library", 5),
        ("Run `make all` in [the folder](src/main)", 4),
        ("caf&eacute;&nbsp;&mdash; tea &amp; milk &#8211; AT&T", 5),
    ],
)
def test_words_that_readers_read(text: str, words: int) -> None:
    assert count_words(countable(inline(text))) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n```sh\nb\n```\nc", ["```sh\nb\n```"]),
        ("a\r\n~~~\r\n```\r\nb\r\n~~~~\r\nc", ["~~~\r\n```\r\nb\r\n~~~~"]),
        ("a\n````\n```\nb\n````\nc", ["````\n```\nb\n````"]),
        ("> ```\n> b\n> ```", ["> ```\n> b\n> ```"]),
        ("a\n```sh\nnever closed", []),
        ("a\n$$\nx = y\n$$\nb\n$$ x $$\nc\n$$", ["$$\nx = y\n$$"]),
        ("Bar\n$$\nGood food\nInn\n$$\nx^2\n$$", ["$$\nx^2\n$$"]),
        ("a ```b``` c\n```b``` d", []),
        ("a <!-- b\nc --> d <!-- e", ["<!-- b\nc -->"]),
        ("```\n<!--\n```\n-->", ["```\n<!--\n```"]),
        ("1\n00:00:01,000 --> 00:00:02,500\nNOTE well\n\n2\n00:00:03,0 --> 00:00:04,0 X1:1\nb <!-- c -->",
         ["1\n00:00:01,000 --> 00:00:02,500", "2\n00:00:03,0 --> 00:00:04,0 X1:1"]),
        ("\ufeffWEBVTT - A\nKind: captions\n\nNOTE b\nc\n\nintro\n00:01.000 --> 00:04.000 align:start\nNOTE d\n\nSTYLE\n::cue {}\n",
         ["WEBVTT - A\nKind: captions", "NOTE b\nc", "intro\n00:01.000 --> 00:04.000 align:start", "STYLE\n::cue {}"]),
        ("See 00:01.000 --> 00:04.000 of the film", []),
    ],
)  # fmt: skip
def test_what_no_reader_sees(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in unseen(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Title ##", "Title"), ("- [x] Done", "Done"), ("> > - Quoted", "Quoted"), ("| Cell |", "Cell"),
        ("\u2022 نقطة", "نقطة"), ("1. First", "1. First"), ("#tag", "#tag"), ("-5 degrees", "-5 degrees"),
        ("**Bold** text", "**Bold** text"), ("---", "---"), ("a - b", "a - b"), ("C#", "C#"),
        (": What it means", "What it means"), (":smile: yes", ":smile: yes"),
    ],
)  # fmt: skip
def test_marks_around_a_line(text: str, expected: str) -> None:
    assert text[slice(*unmarked(text, 0, len(text)))] == expected


def test_marks_in_the_middle_of_a_line_are_text() -> None:
    text = "It was closed. - It opened again."
    assert unmarked(text, 15, len(text)) == (15, len(text))


README = """# Rain gauge reader

A tool that reads **rain gauges** over a serial line, see the [guide](docs/guide.md). Run `raingauge. Help` to begin.

```bash
# Install the package first, please.
pip install raingauge
```

| Option | Meaning |
|---|---|
| `--port` | The serial port that the gauge is connected to. |

- [x] Daily tables are written in the evening.
  - It stops when you press <kbd>Ctrl</kbd>+<kbd>C</kbd>.
<!-- Keep this section short. It is for beginners. -->
See also [the manual][manual] of the gauge before you write to us.

[manual]: https://example.org/manual.pdf
"""
UNITS = [
    "Rain gauge reader",
    "A tool that reads **rain gauges** over a serial line, see the [guide](docs/guide.md).",
    "Run `raingauge. Help` to begin.",
    "Option",
    "Meaning",
    "The serial port that the gauge is connected to.",
    "Daily tables are written in the evening.",
    "It stops when you press <kbd>Ctrl</kbd>+<kbd>C</kbd>.",
    "See also [the manual][manual] of the gauge before you write to us.",
]
ALL = ("--keep", "body,navigation,promo")


def test_code_of_markdown_is_not_exported(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(README, "utf-8")
    assert exported(path, *ALL) == UNITS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_code_and_marks_stay_as_they_are(tmp_path: Path, segmenter: Segmenter, end: str, encoding: str) -> None:
    expected = README
    for unit in UNITS:
        new = "".join(part.upper() if isinstance(part, str) else part.raw for part in inline(unit))
        expected = expected.replace(unit, new)
    path = tmp_path / "README.md"
    path.write_bytes(README.replace("\n", end).encode(encoding))
    _, _, merged = round_trip(path, segmenter, str.upper, encoding=encoding)
    assert merged.data == expected.replace("\n", end).encode(encoding)


SUBTITLES = """1
00:00:01,000 --> 00:00:03,500
Where have you been all night?

2
00:00:04,000 --> 00:00:06,200 X1:100 X2:200
<i>I was at the harbour,</i>
with my brother.

3
00:00:07,000 --> 00:00:09,000
- Home.
- Yes.
"""


def test_all_lines_of_subtitles_are_exported(tmp_path: Path) -> None:
    """Short lines are no menu there, and a time is never text."""
    path = tmp_path / "film.srt"
    path.write_text(SUBTITLES, "utf-8")
    lines = ["Where have you been all night?", "<i>I was at the harbour,</i> with my brother.", "Home.", "Yes."]
    assert is_subtitles(SUBTITLES)
    assert exported(path) == lines


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("أين كنت؟\nطوال الليل؟", ""),
        ("أين كنت؟\n\nطوال الليل؟", "an empty line would end the subtitle"),
        ("أين كنت؟\n \t\nطوال الليل؟", "an empty line would end the subtitle"),
        ("أين كنت --> طوال الليل؟", "`-->` would be read as a time"),
    ],
)
def test_a_subtitle_is_not_ended_by_its_translation(tmp_path: Path, target: str, problem: str, end: str) -> None:
    source = "Where have you been all night?"
    assert_merged(tmp_path / "film.srt", SUBTITLES.replace("\n", end), source, target, problem)


@pytest.mark.parametrize(
    ("target", "problem"), [("<i>أقل من</i> &lt; 5", ""), ("<i>أقل</i> < 5", "`<` would begin a tag"), ("<i>أقل</i> > 5", "")]
)
def test_a_translation_of_webvtt_begins_no_tag(tmp_path: Path, target: str, problem: str) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n<i>It was less</i> than five.\n"
    assert_merged(tmp_path / "film.vtt", text, "<i>It was less</i> than five.", target, problem)


@pytest.mark.parametrize(
    ("source", "target", "problem"),
    [
        ("Seats in the hall", "مقاعد القاعة", ""),
        ("Seats in the hall", "مقاعد \\| القاعة", ""),
        ("Seats in the hall", "مقاعد | القاعة", "a bar would begin another cell"),
        ("Seats in the hall", "مقاعد\nالقاعة", "a line break would end the row"),
        ("See `a|b` on the wall", "انظر `a|b` هنا", ""),
        ("The text below is free.", "هنا | وهنا | حرة\nكلها.", ""),
    ],
)
def test_a_row_of_a_table_keeps_its_cells(tmp_path: Path, source: str, target: str, problem: str) -> None:
    table = "# The concert hall\n\n| Place | Number |\n|---|---|\n| Seats in the hall | 40 |\n| See `a|b` on the wall | 4 |\n"
    assert_merged(tmp_path / "a.md", f"{table}\nThe text below is free.\n", source, target, problem)


def assert_merged(path: Path, text: str, source: str, target: str, problem: str) -> None:
    """A table with the target of one source is merged as it is, or refused and nothing written."""
    returned, out = path.with_suffix(".tsv"), path.with_suffix(".out")
    path.write_bytes(text.encode())
    run("export", path, "--from", "en", "--into", "ar", "-o", returned, *ALL)
    with returned.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    [row] = [row for row in rows if row[1] == guard(source)]
    row[2] = target
    with returned.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)
    done = run("merge", path, returned, "-o", out, code=int(bool(problem)))
    end = "\r\n" if "\r" in text else "\n"
    if problem:
        assert problem in str(done.exception)
        assert not out.exists()
    else:
        assert out.read_bytes() == text.replace(source, target.replace("\n", end)).encode()


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("<b>مرحبا</b> {name}", ""),
        ("{name} <b>مرحبا</b>", ""),
        ("مرحبا</b> {name}", "<b> is lost"),
        ("<b>مرحبا</b></b> {name}", "</b> is doubled"),
        ("</b>مرحبا<b> {name}", "the tags are out of order: </b> <b>"),
    ],
)
def test_tags_of_a_text_are_kept_in_order(tmp_path: Path, target: str, problem: str) -> None:
    source = "<b>Good morning</b>, {name}, and welcome to the city library"
    path, table, out = tmp_path / "a.txt", tmp_path / "a.tsv", tmp_path / "out.txt"
    path.write_text(source, "utf-8")
    run("export", path, "--from", "en", "--into", "ar", "-o", table, *ALL)
    table.write_text(table.read_text("utf-8").replace(f"\t{source}\t", f"\t{source}\t{target}"), "utf-8")
    done = run("merge", path, table, "-o", out, code=int(bool(problem)))
    assert problem in str(done.exception) if problem else out.read_text("utf-8") == target


def test_code_that_shows_tags_may_change_places() -> None:
    """What stands between grave accents opens and closes nothing."""
    source = "Write `</b>` only behind the `<b>` that it closes"
    target = "اكتب `<b>` أولا ثم `</b>` بعده"
    original = TextOriginal("a.md", source.encode(), "utf-8")
    parts = read_shown(target, original.parts_of("text", 0, len(source)) or ())[0]
    place = original.place("text", 0, len(source))
    assert original.compose(place, parts).decode() == target


def test_a_long_line_of_codes_is_cut_in_linear_time(tmp_path: Path, segmenter: Segmenter) -> None:
    """Where time is quadratic, this takes minutes."""
    path = tmp_path / "a.txt"
    path.write_text("اقرأ <b>دليل</b> the new `make all` guide, " * 8_000, "utf-8")
    assert find_units(open_original(str(path)), segmenter).units


def test_no_code_is_cut_by_a_language_or_a_sentence(tmp_path: Path, segmenter: Segmenter) -> None:
    title = 'title="The whole guide to the harbour of the city. It is long."'
    path = tmp_path / "a.txt"
    path.write_text(f'اقرأ <a {title} href="g.html">دليل الميناء</a> قبل أن تبدأ العمل غدا.', "utf-8")
    units = find_units(open_original(str(path)), segmenter).units
    assert [(unit.lang, plain(unit.parts)) for unit in units] == [("ar", path.read_text("utf-8"))]


PAGE = """<html lang="en"><body translate="no"><h1>Install the reader today</h1>
<p>Run <code>make all</code> in a <b>new</b> shell, and <code>i</code> will say if it is done in time.</p>
<pre><code># Install the package first
pip install raingauge</code></pre>
<p translate="no">Rain Gauge Reader Professional Edition is a name.</p>
<p>The word <span class="x notranslate">Rain Gauge Reader</span> is a trade mark of the company.</p>
</body></html>"""


def test_code_of_a_page_and_what_is_not_to_be_translated(tmp_path: Path, segmenter: Segmenter) -> None:
    """What says so of the whole page only keeps browsers from asking."""
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    texts = ["Install the reader today", "Run make all in a new shell, and i will say if it is done in time.",
             "The word Rain Gauge Reader is a trade mark of the company."]  # fmt: skip
    assert [plain(unit.parts) for unit in find_units(open_original(str(path)), segmenter).units if unit.lang == "en"] == texts
    _, _, merged = round_trip(path, segmenter, str.upper)
    expected = PAGE
    for kept in ("Install the reader today", "Run ", " in a ", ">new<", " shell, and ", " will say if it is done in time.",
                 "The word ", " is a trade mark of the company."):  # fmt: skip
        expected = expected.replace(kept, kept.upper())
    assert merged.data.decode() == expected


@pytest.mark.parametrize(
    ("element", "is_kept"),
    [
        ('<pre class="brush: python">', True), ("<pre class='src src-sh'>", True), ("<pre class=language-sh>", True),
        ('<pre><code class="x">', True), ('<div translate="no">', True), ("<div TRANSLATE=no>", True),
        ("<pre>", False), ('<pre class="verse">', False), ('<div class="highlight">', False), ('<p translate="yes">', False),
        ('<p data-x="notranslate">', False), ('<p class="notranslated">', False), ('<p title="say translate no">', False),
    ],
)  # fmt: skip
def test_elements_whose_text_stays(tmp_path: Path, segmenter: Segmenter, element: str, is_kept: bool) -> None:
    path = tmp_path / "a.html"
    ends = "".join(f"</{tag.strip('>').split()[0]}>" for tag in reversed(element.split("<")[1:]))
    path.write_text(f"<html><body>{element}Install the package before you start.{ends}</body></html>", "utf-8")
    langs = {unit.lang for unit in find_units(open_original(str(path)), segmenter).units if "Install" in plain(unit.parts)}
    assert langs == {"und" if is_kept else "en"}


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("⟦1⟧i⟦/1⟧ is in this sign, i think", ""),
        ("Sign ⟦1⟧⟦/1⟧ is in this", "i is lost"),
        ("⟦1⟧⟦2⟧⟦/1⟧ ⟦2⟧ sign", "i is doubled"),
    ],
)
def test_a_kept_word_is_no_part_of_other_words(tmp_path: Path, target: str, problem: str) -> None:
    path, table, out = tmp_path / "a.html", tmp_path / "a.tsv", tmp_path / "out.html"
    path.write_text("<p>اكتب الحرف <code>i</code> في الخانة الأولى من الصفحة.</p>", "utf-8")
    run("export", path, "--from", "ar", "--into", "en", "-o", table, *ALL)
    table.write_text(table.read_text("utf-8").replace("\t\tar\t", f"\t{target}\tar\t"), "utf-8")
    done = run("merge", path, table, "-o", out, code=int(bool(problem)))
    assert problem in str(done.exception) if problem else "<code>i</code> is in this sign, i think" in out.read_text("utf-8")


LINES = st.sampled_from(
    [
        "# The harbour of the city", "```sh", "```", "~~~", "<!-- a note", "and its end -->", "| The port | `--port` |", "|---|---|",
        "> - [x] Ships `must use. The` northern quay. It is <b>open</b> now.", "سيغلق الميناء `make all` للإصلاح حتى نهاية مارس.",
        "1", "00:00:01,000 --> 00:00:02,000", "WEBVTT", "NOTE to be read", "", "[a b](c/d.md)[^2] and [e][f] <br/> %d &nbsp; {x}",
        '<a href="x" title="Five words. Of another language here">نص</a>', "`", "<i>", "</i> It ends.", "[a]: b.md", "\u2022 ",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8-sig", "utf-16", "cp1256"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_with_marks_go_out_and_back(
    tmp_path: Path, segmenter: Segmenter, lines: list[str], end: str, encoding: str
) -> None:
    """Untranslated, a file is what it was; translated, nothing but the letters outside codes is changed."""
    path = tmp_path / "a.txt"
    text = end.join(lines)
    path.write_bytes(text.encode(encoding))
    _, _, merged = round_trip(path, segmenter, encoding=encoding)
    assert merged.data == path.read_bytes()
    _, _, merged = round_trip(path, segmenter, str.upper, encoding=encoding)
    done = merged.data.decode(encoding)
    assert done.upper() == text.upper()
    for start, stop in unseen(text):
        assert done[start:stop] == text[start:stop]
    for unit in find_units(open_original(str(path), encoding=encoding), segmenter).units:
        for code in codes(unit.parts):
            assert code.raw in done
