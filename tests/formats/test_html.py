"""HTML: visible text, places in the source, evidence, encodings, and that no markup breaks it."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.errors import InputError
from bilingual.formats import html as module
from bilingual.formats.html import Evidence, Page, decode_html, extract, resolved
from bilingual.formats.markup import constants, stages
from bilingual.formats.markup import tables as t
from bilingual.formats.structure import numbers
from bilingual.formats.structure import stages as structure
from bilingual.formats.structure.columns import COLUMN, COLUMNS, NAMES
from bilingual.text import kernels

# (page, its lines)
SHOWN = [
    ("", []),
    ("plain", ["plain"]),
    ("<p>a\n  b\t c</p>", ["a b c"]),
    ("<p>one<p>two", ["one", "two"]),
    ("a<br>b<br/>c", ["a", "b", "c"]),
    ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
    ("<p>Fish &amp; chips &lt;3 &#1605;&#x62F; &copy2 &notit; &nosuch; &</p>", ["Fish & chips <3 مد ©2 ¬it; &nosuch; &"]),
    ("<p>a &#32; b&#10;&#9;c <b>&#x20;d</b></p>&#32;<p>&#32;e&#32;", ["a b c d", "e"]),
    ("<table><tr><td>x<td>&#32;y</table>", ["x\ty"]),
    ("<p>&#128;&#0;&#xD800;&#x110000;</p>", ["€\ufffd\ufffd\ufffd"]),
    ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", ["a", "b", "c", "d"]),
    ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", ["a", "b", "c", "d"]),
    ("<table><tr><td>1<td>2<tr><th>3</th><td>4</td></table>5", ["1\t2", "3\t4", "5"]),
    ("<table><tr><td><p>1</p><td><p>2</p></table>", ["1", "2"]),
    ("<pre>a  b\n   c\n\nd</pre>", ["a  b", "   c", "d"]),
    ("<pre>\nfirst</pre>", ["first"]),
    ("<pre>a&#10;&#xA;b&NewLine;c &#13; d</pre>e&#10;f", ["a", "b", "c   d", "e f"]),
    ("<pre><input type=submit value='a\nb&#10;c'>d</pre>", ["a b c\td"]),
    ("<script>x<y</script>a<style>b{}</style>", ["a"]),
    ("<script><!-- <script></script> --></script>a", ["a"]),
    ("<title>T</title><textarea>v</textarea><noscript>n</noscript>a", ["a"]),
    ("<template><p>t</p></template>a", ["a"]),
    ("<div hidden>h<p>i</p></div>a", ["a"]),
    ('<div style="color:red; display : NONE">h</div>a', ["a"]),
    ('<p style="visibility:hidden">h</p><p hidden=until-found>a</p>', ["a"]),
    ('<div hidden id="S:0">streamed</div>', ["streamed"]),
    ("<dialog>d</dialog><dialog open>e</dialog>", ["e"]),
    ("a<!-- b --!>c<!>d<?e?>f</>g</ h>i", ["acdfgi"]),
    ("<p>1 < 2 <3 a<b</p>", ["1 < 2 <3 a"]),
    ('<a href="/1">One</a><a href="/2">Two</a> <a href="/3">Three</a>', ["One\tTwo Three"]),
    ("<button>Go</button><button>Stop</button>", ["Go\tStop"]),
    ('<input type=submit value="Send &gt;"><input type=text value=mine><input type=hidden value=x>', ["Send >"]),
    ('<img alt="picture">a', ["a"]),
    ("<select><option>a<option>b</select>", ["a", "b"]),
    ("<video>no video</video><object>no</object><iframe>no</iframe>a", ["a"]),
    ("<svg><title>icon</title><path d='M0'/><text>12</text><text>13</text></svg>a", ["12", "13", "a"]),
    ("<svg><p>out of it</svg>", ["out of it"]),
    ("<b><p>x</b>y</p>z", ["xy", "z"]),
    ("<p>a\u2028b\u2029c</p>", ["a b c"]),
    ("<p>\xa0</p><p>a\xa0\xa0b</p>", ["a\xa0\xa0b"]),
    ("<p>\x85</p><p>&emsp;</p><p>\u3000</p><p>\u3000a\u2003 b</p>", ["\u3000a\u2003 b"]),
    ("<p>مرحبا <b>بالعالم</b>!</p>", ["مرحبا بالعالم!"]),
    ("\ufeff<p>a\u200b</p><p>&#8203;</p><p>&zwnj;</p><div>&rlm; &nbsp;</div><p>&shy;\u2060\ufeff</p><p>\u202b\u202c", ["a\u200b"]),
    ("<p>\u200fمرحبا\u200f</p><p>\ufeffb</p><p>👩\u200d🦰</p>", ["\u200fمرحبا\u200f", "\ufeffb", "👩\u200d🦰"]),
    ("<span style='display:block'>a</span>b<my-card>c</my-card>", ["a", "b", "c"]),
    ("<p>a\x00b</p>", ["ab"]),
    ("a<b style='display:none;display:flex'>x</b>", ["a", "x"]),
    ("a<b style='display:block!important;display:none'>x</b>", ["a", "x"]),
    ("a<b style='display:none ! important;display:block'>x</b>b", ["ab"]),
    ("a<b style='display:none;display:blok'>x</b>b", ["ab"]),
    ("a<b style='color:red;/* off */display:none'>x</b>b", ["ab"]),
    ("a<b style='display:/*:;*/none/*'>x</b>b", ["ab"]),
    ("<div style='visibility:hidden'>no<i style='visibility:visible'>seen</i>no</div>a", ["seen", "a"]),
    ("<div style='visibility:hidden'><p hidden><i style='visibility:visible'>no</i></p>no</div>a", ["a"]),
    ("a<b style='visibility:hidden'>x</b>b<div style='visibility:hidden'>x</div>c", ["a b", "c"]),
    ("<div>The <span>word<div style='display:none'>x</div></span> is.<div hidden>x</div>..</div>", ["The word is..."]),
    ("<div>Price: <div style='display:inline'>5</div> dollars</div>", ["Price: 5 dollars"]),
    ("<div>Price:<div style='display:inline-block'>5</div>dollars</div>", ["Price: 5 dollars"]),
    ("<span style='display:inline-block'>W</span>ord", ["Word"]),
    ("<label>Name</label><input><label>Word</label><textarea>x</textarea>z", ["Name\tWord\tz"]),
    ("<input type=checkbox>One<input type=radio>Two<input type=hidden>!", ["One\tTwo!"]),
    ("a<iframe></iframe>b<video>x</video>c<img>d<canvas hidden>x</canvas>e<img style='display:none'>f", ["a b c def"]),
    ("a<video style='display:block'>x</video>b<progress>50%</progress>c<meter>5</meter>d", ["a", "b c d"]),
    ("<a href=x>One</a><img><a href=y>Two</a>", ["One\tTwo"]),
    ("<svg><text><tspan x=0>One</tspan><tspan x=0 dy=9>Two</tspan> H<tspan dy=3>2</tspan>O</text></svg>", ["One Two H2O"]),
    ("<ruby>東京<rp>(</rp><rt>Tokyo</rt><rp>)</rp></ruby>は", ["東京 Tokyo は"]),
    ("<svg><text><![CDATA[a > b <i> ]] c]]> d</text></svg>e<![CDATA[x>y", ["a > b <i> ]] c d", "ey"]),
    ("<svg><desc><![CDATA[x>]]></desc><![CDATA[]]>a<![CDATA[b", ["ab"]),
    ("<pre><svg><![CDATA[a\nb\n]]>c", ["a", "b", "c"]),
    ("a<xmp>\n<b>  x</b>\n</p><!--</XMP >b<i>c</i>", ["a", "<b>  x</b>", "</p><!--", "bc"]),
    ("a<xmp></xmp>b<xmp>c</xmpl></xmp", ["a", "b", "c</xmpl></xmp"]),
    ("<p>a<plaintext>b</plaintext> <p>c", ["a", "b</plaintext> <p>c"]),
    ("<div hidden><xmp></div>a</xmp></div>b<template><plaintext></template>c", ["b"]),
    ("a<div popover>x</div>b", ["ab"]),
    ("<span class=plan>Business</span><span class=for>Teams</span><!-- --><span>9</span>", ["Business Teams 9"]),
    ("<a href=x>Nora</a><span>Editor</span><time>2 May</time><time class=new>5 May</time>", ["Nora Editor 2 May 5 May"]),
    ("<span class=a><a href=x>اقرأ</a></span><span class=b><i>المزيد</i></span><span class=c>،</span>", ["اقرأ المزيد،"]),
    ("<span class=a>(</span><span class=b>x</span><span class=c>)</span><span class=d>“</span><span class=e>y</span>", ["(x)“y"]),
    ("<span class=c1>l</span><span class=c2>ine</span> <span class=a>W</span>ord <b>W</b><span class=a>ord</span>", ["line Word Word"]),
    ("<pre><i class=k>x</i><span class=a>a</span><span class=b>b</span></pre>", ["xab"]),
    ("<code><span class=a>a</span><span class=b>b</span></code><span class=a>c</span><br><span class=b>d</span>", ["abc", "d"]),
    ("<xmp>a &lt;b&gt; &#65;</xmp><p>&lt;</p><plaintext>&amp &amp;", ["a &lt;b&gt; &#65;", "<", "&amp &amp;"]),
    ("<svg><text><![CDATA[a  &amp; &b;]]> &amp;</text></svg>", ["a &amp; &b; &"]),
    ("<svg/><title>x</title><math/><textarea>y</textarea><input type=submit value=Go>z", ["Go\tz"]),
    ("<p hidden>x<hr>a<p style='display:none'>x<hr/>b", ["a", "b"]),
    ("<dialog open>a<ul hidden><li>x</dialog>b", ["a", "b"]),
    ("<form>a<p hidden>x</form>b", ["a", "b"]),
    ("<form>a<div hidden>x</form>x</div>b", ["a", "b"]),
    ("<form>a<p hidden>x<form>x</form>b", ["a", "b"]),
    ("<desc>a</desc><metadata>b</metadata><svg><desc>x</desc><metadata>x</metadata></svg>", ["ab"]),
    ("a<div style='position:absolute;left:-9999px'>x</div>b", ["ab"]),
    ("a<i style='TOP : -999em ; left:0; position:fixed'>x</i>b<i style='left:-5000px'>c</i>", ["abc"]),
    ("<i style='left:-9999px'>a</i><i style='position:absolute;left:-1200px'>b</i>", ["ab"]),
    ("<i style='position:absolute;left:-100%'>a</i><i style='position:absolute;left:9999px'>b</i>", ["ab"]),
    ("<i style='margin-left:-9999px;position:absolute'>a</i><i style='left:-;position:absolute'>b", ["ab"]),
    ("<span>Share</span><span class='sr-only'>opens a window</span><b>5</b>", ["Share opens a window 5"]),
    ("<s class='visually-hidden'>Old</s>5<i class='u-hidden-visually'>now</i>4<b class='a-screen-reader-text'>%</b>", ["Old 5 now 4 %"]),
    ("W<i class='full-screen'>or</i><i class='reader'>ld</i>", ["World"]),
]


@pytest.mark.parametrize(("page", "lines"), SHOWN)
def test_text_is_what_a_reader_sees(page: str, lines: list[str]) -> None:
    assert extract(page).text.split("\n") == (lines or [""])


def test_kernel_constants_are_those_of_the_tables() -> None:
    source = Path(stages.KERNELS.styles.__file__).with_name("kernel.py").read_text("utf-8")
    hashes = dict(re.findall(r'^H_([A-Z_]+) = cython\.declare\("int", (\d+)\)', source, re.MULTILINE))
    assert len(hashes) == 34
    for name, number in hashes.items():
        assert t.name_hash(name.lower().replace("_", "-")) == int(number), name
    for name, number in vars(constants).items():
        if name.startswith("T_"):
            assert t.TAG[name[2:].lower()] == number, name
        elif name.startswith("A_"):
            assert t.ATTRIBUTES[number] == name[2:].lower().replace("_", "-"), name
    assert constants.N_KNOWN == t.N_KNOWN
    assert (len(t.KINDS), t.LANDMARKS.index("list")) == (numbers.N_KINDS, numbers.LIST)
    columns = {name[2:].lower(): number for name, number in vars(numbers).items() if name.startswith("C_")}
    assert columns == {name: COLUMN[name] for name in columns}
    assert (columns["in_nav"], columns["cover_menu"]) == (COLUMN[f"in_{t.LANDMARKS[1]}"], COLUMN[f"cover_{t.KINDS[0]}"])
    steps = {"up1_letters": "block_letters", "up3_letters": "up2_letters", "outer_level": "item_level"}
    found = [COLUMN[name] - COLUMN[before] for name, before in steps.items()]
    assert found == [numbers.BLOCK_COLUMNS, numbers.BLOCK_COLUMNS, numbers.ITEM_COLUMNS]


def test_names_are_found_by_hash_alone() -> None:
    made = t.tables()  # raises when two names of one table share a hash
    assert (made.tag_keys >= 0).sum() == t.N_KNOWN - 1
    assert t.N_KNOWN < t.CUSTOM


# ---- places -----------------------------------------------------------------------------------------------------


def places(page: Page) -> list[str]:
    return [page.source[a:b] for a, b in page.sources(0, len(page.text))]


def test_every_piece_of_text_has_its_place() -> None:
    page = extract("<div>سعر <b>10 &euro;</b>\n <i>فقط</i></div><p>second</p>")
    assert page.text == "سعر 10 € فقط\nsecond"
    assert places(page) == ["سعر", "10 &euro;", "فقط", "second"]
    assert page.source[slice(*page.sources(7, 8)[0])] == "&euro;"


@pytest.mark.parametrize(
    ("html", "part", "source"),
    [
        ("<svg><text><![CDATA[a  &amp;  b c]]></text></svg>", "b", "b"),
        ("<svg><text><![CDATA[a  &amp;  b c]]></text></svg>", "&amp;", "&amp;"),
        ("<xmp>a &amp; b</xmp>", "&amp; b", "&amp; b"),
    ],
)
def test_text_without_references_has_its_place(html: str, part: str, source: str) -> None:
    page = extract(html)
    start = page.text.index(part)
    assert [page.source[a:b] for a, b in page.sources(start, start + len(part))] == [source]


def test_a_part_of_a_piece_has_its_place() -> None:
    page = extract("<p>one  two &amp; three &hellip; four</p>")
    at = page.text.index("three")
    (place,) = page.sources(at, at + 5)
    assert page.source[slice(*place)] == "three"
    (place,) = page.sources(page.text.index("…"), page.text.index("…") + 1)
    assert page.source[slice(*place)] == "&hellip;"


def test_blocks_of_a_document_know_their_place() -> None:
    import pickle

    import bilingual

    html = "<table><tr><td>one &amp; <b>two</b><td>ثلاثة</table>"
    for doc in (bilingual.segment_html(html), pickle.loads(pickle.dumps(bilingual.segment_html(html)))):
        assert [[html[a:b] for a, b in block.source or ()] for block in doc.blocks] == [["one &amp;", "two"], ["ثلاثة"]]


@pytest.mark.parametrize(
    ("html", "sources"),
    [
        ("<pre>\n  a &amp; b words</pre>", ["a &amp; b words"]),
        ("<pre>a&lt;b     the price     twelve</pre>", ["a&lt;b", "the price", "twelve"]),
        ("<p style='white-space:pre'>  x &amp;  y</p>", ["x &amp;  y"]),
        ("<p>one&#32; &#x0A; \u2028 two\x00  &notit; | three&Tab; | four</p>", None),
    ],
)
def test_a_block_has_the_place_of_its_own_letters(html: str, sources: list[str] | None) -> None:
    import bilingual

    blocks = bilingual.segment_html(html).blocks
    assert sources is None or [html[a:b] for block in blocks for a, b in block.source or ()] == sources
    for block in blocks:
        assert ink("".join(resolved(html[a:b]) for a, b in block.source or ())) == ink(block.text)


def ink(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and not c.isspace())


TEXTS = st.lists(
    st.sampled_from(
        ["fish", "word ", "مرحبا", "b", ";", " ", "  ", "\n", "\t", "\x00", "\u2028", "\xa0", "\x85", "\u3000", "&", "&amp;", "&lt", "&notit;",
         "&#32;", "&#10;", "&#9", "&#x2028;", "&#1;", "&#0;", "&Tab;", "&NewLine;", "&fjlig;", "&none;", "&#x1F600;", "\U0001f600",
         "&#" + "9" * 5000 + ";", " | ", ". New sentences stand here. ", "&#128;", "&nbsp;", "<b>", "</b>", "<i>", "</i>",
         "<a href='#'>", "</a>", "<!-- & -->", "<br>", "<p>", "<pre>", "</pre>", "<p style='white-space:pre'>", "</p>",
         "<input type=submit value=' Go &amp;  on '>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_sources_hold_the_letters_of_their_block_and_of_no_other(html: str) -> None:
    import bilingual

    for block in bilingual.segment_html(html).blocks:
        assert ink("".join(resolved(html[a:b]) for a, b in block.source or ())) == ink(block.text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_every_character_has_its_place_and_the_way_back(html: str) -> None:
    page = extract(html)
    for index, (t0, t1, s0, s1) in enumerate(page.places.pieces.tolist()):
        assert page.places.in_text(index, s0, s1) == (t0, t1)
        for at in range(t0, t1):
            ((start, end),) = page.sources(at, at + 1)
            assert s0 <= start < end <= s1
            assert ink(page.text[at]) in ink(resolved(html[start:end]))
            first, last = page.places.in_text(index, start, end)
            assert first <= at < last
            assert (first, last) == (at, at + 1) or html[start] == "&"


def test_parts_of_one_long_piece_take_linear_time() -> None:
    page = extract("<p>" + "Home &amp; Garden | " * 50_000)
    start = time.process_time()
    for at in range(0, len(page.text) - 20, 20):
        page.sources(at, at + 13)
    assert time.process_time() - start < 5


def test_attributes_that_readers_meet_have_their_place() -> None:
    page = extract(
        '<meta name=description content="About ه"><img alt="a &amp; b"><input placeholder=Search>'
        "<nav aria-label='Main'><a href=/ title=Home>x</a></nav><input type=submit value=' Go '><input value=no>"
    )
    found = [(a.name, page.source[a.start : a.end]) for a in page.attributes]
    assert found == [
        ("description", "About ه"), ("alt", "a &amp; b"), ("placeholder", "Search"), ("aria-label", "Main"), ("title", "Home"),
        ("value", " Go "),
    ]  # fmt: skip


def test_descriptions_for_readers_elsewhere_have_their_place() -> None:
    page = extract(
        '<meta property="og:title" content="A"><meta name="twitter:title" content=B><meta property=og:type content=C>'
        '<meta name=Description content=D><meta name=description content=E><meta property="og:description" content="">'
    )
    assert [page.source[a.start : a.end] for a in page.attributes] == ["A", "B", "D"]


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class='nav menu'>", "</div>", "<a href=#>", "</a>", "<b>", "</b>", "<table>", "<tr>", "<td>",
         "</table>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<script>", "</script>", "<!--", "-->", "<br>", "<h1>",
         "</h1>", "<span hidden>", "</span>", "<svg>", "</svg>", "<form>", "</form>", "<button>", "&amp;", "&#x41", "&",
         "<", ">", "'", '"', "=", "/", " ", "\n", "\t", "\xa0", "\u2003", "مرحبا", "word", "é", "\U0001f600", "\ud800", "\x00",
         "<select>", "<option>", "<title>", "</title>", "<template>", "</template>", "<x-y>", "<!DOCTYPE html>", "</",
         "<xmp>", "</xmp>", "<plaintext>", "<span class=a>", "<span class=b>", "<time>", "</time>", "<code>", "</code>",
         "<![CDATA[", "]]>", "<svg/>", "<hr>", "<p hidden>", "&lt;", "،"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(MARKUP | st.text(max_size=80))
@settings(max_examples=400, deadline=None)
def test_no_markup_raises_and_every_piece_comes_from_the_source(html: str) -> None:
    page = extract(html)
    lines = page.text.split("\n") if page.text else []
    assert len(lines) == len(page.rows)
    assert all(line.strip() for line in lines)
    assert np.isfinite(page.rows).all()
    ends = page.places.pieces.reshape(-1, 4)
    assert (ends[:, 0] < ends[:, 1]).all()
    assert (ends[1:, 0] >= ends[:-1, 1]).all()
    assert (ends[1:, 2] >= ends[:-1, 3]).all()
    for t0, t1, s0, s1 in ends.tolist():
        if t1 - t0 == s1 - s0 and "&" not in page.source[s0:s1]:
            assert clean(page.source[s0:s1]) == clean(page.text[t0:t1])


def clean(text: str) -> str:
    return re.sub(r"[\s\x00]+", " ", text)


# ---- the interpreted kernel -------------------------------------------------------------------------------------




@pytest.fixture
def slow_extract(monkeypatch: pytest.MonkeyPatch) -> Any:
    slow = stages.Stages(*kernels.from_sources(stages.NAMES))
    assert not slow.tags.COMPILED
    monkeypatch.setattr(module, "markup", slow.tags)
    monkeypatch.setattr(module, "markup_lines", slow.lines)
    monkeypatch.setattr(module, "structure", structure.Stages(*kernels.from_sources(structure.NAMES)))
    monkeypatch.setattr(module, "warn_if_interpreted", lambda compiled: None)
    module._tables.cache_clear()
    yield extract
    module._tables.cache_clear()


def test_compiled_and_interpreted_agree(slow_extract: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if not stages.KERNELS.tags.COMPILED:
        pytest.skip("the kernels are not compiled")
    pages = [page for page, _ in SHOWN] + [PAGE]
    slow = [slow_extract(page) for page in pages]
    monkeypatch.undo()
    module._tables.cache_clear()
    for page, other in zip(pages, slow, strict=True):
        one = extract(page)
        assert one.text == other.text
        np.testing.assert_array_equal(one.places.pieces, other.places.pieces)
        np.testing.assert_array_equal(one.rows, other.rows)
        assert one.attributes == other.attributes


# ---- evidence ---------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>صفحة الخبر</title>
<meta property="og:type" content="article"><link rel="canonical" href="https://site.example/2024/05/story">
<script type="application/ld+json">{"@type": "NewsArticle"}</script></head>
<body><nav class="main-menu"><ul><li><a href="/">الرئيسية</a><li><a href="/news">أخبار</a></ul></nav>
<main><article class="post"><h1>صفحة الخبر</h1><p class="byline">كتبه أحمد</p>
<p>هذا نص طويل بما يكفي لكي يعد فقرة من فقرات المقال الذي جاء القارئ من أجله في هذه الصفحة.</p>
<p>وهذه فقرة أخرى طويلة من المقال نفسه فيها كلام كثير عن الموضوع الذي كتب عنه الكاتب اليوم.</p>
<p>ثم فقرة ثالثة طويلة تختم المقال وتشكر القراء على وقتهم واهتمامهم بما كتب في هذا الموقع.</p></article>
<aside class="related-posts"><h3>اقرأ أيضا</h3><ul><li><a href="/a">خبر آخر</a><li><a href="/b">خبر ثالث</a></ul></aside></main>
<footer id="site-footer">© 2024 <a href=/p>privacy</a></footer></body></html>"""


def rows_of(html: str) -> dict[str, dict[str, float]]:
    page = extract(html)
    return {line: dict(zip(NAMES, row.tolist(), strict=True)) for line, row in zip(page.text.split("\n"), page.rows, strict=True)}


def test_evidence_of_a_page() -> None:
    rows = rows_of(PAGE)
    menu, title, prose = rows["أخبار"], rows["صفحة الخبر"], rows[next(line for line in rows if line.startswith("هذا نص"))]
    assert (t.TAGS[int(menu["tag"])], t.LANDMARKS[int(menu["landmark"])], menu["link_share"]) == ("li", "list", 1)
    assert menu["in_nav"] > 0
    assert menu["cover_menu"] > 0
    assert (menu["siblings"], menu["sibling_index"], menu["since_h1"]) == (2, 1, -1)
    assert (title["heading"], title["title_share"], title["title_cover"], title["since_h1"]) == (1, 1, 1, 0)
    assert prose["core_distance"] == 0 < menu["core_distance"]
    assert prose["block_prose_share"] == pytest.approx(1 / 3, abs=0.05)
    assert (prose["in_article"], prose["in_main"], prose["in_nav"]) == (2, 3, 0)
    assert rows["خبر آخر"]["cover_related"] > 0 == prose["cover_related"]
    assert (prose["lang"], prose["dir"]) == (1, 2)
    assert (prose["page_is_article"], prose["page_is_product"], prose["page_path"]) == (1, 0, 3)
    assert rows["© 2024 privacy"]["in_footer"] == 1
    assert rows["© 2024 privacy"]["cover_footer"] > 0


def test_page_says_what_it_is() -> None:
    page = extract(PAGE)
    assert (page.lang, page.title, page.types) == ("ar", "صفحة الخبر", frozenset({"article"}))


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<script>'<title>no</title>'</script><title> ا &amp; <b> </title>x", " ا &amp; <b> "),
        ("<!-- <title>no</title> --><svg><title>no</title></svg><title>yes</title>", "yes"),
        ("<p>x", ""),
    ],
)
def test_the_title_has_its_place(html: str, title: str) -> None:
    page = extract(html)
    start, end = page.title_place
    assert (html[start:end] if start >= 0 else "") == title


def test_a_number_of_many_digits_is_no_character() -> None:
    assert extract("<title>&#" + "1" * 5000 + ";</title>x").title == "\N{REPLACEMENT CHARACTER}"


def test_columns_are_documented_and_fixed() -> None:
    assert len(set(NAMES)) == len(NAMES) == len(COLUMNS)
    assert NAMES[:5] == ("tag", "leaf", "landmark", "letters", "link_share")
    assert COLUMN["cover_menu"] + len(t.KINDS) == COLUMN["page_letters"]
    assert extract(PAGE).rows.dtype == np.float32


@pytest.mark.parametrize(
    ("name", "kind"),
    [("jp-relatedposts", "related"), ("similarThreads", "related"), ("navbox", "menu"), ("catlinks", "tag"), ("posts", "forum")],
)
def test_names_that_sites_write_in_one_word(name: str, kind: str) -> None:
    page = extract(f"<p>One line.</p><div class={name}><p>Another line.</p></div>")
    assert page.rows[:, COLUMN[f"cover_{kind}"]].tolist() == [0.0, pytest.approx(0.6, abs=0.1)]


def test_evidence_of_a_batch() -> None:
    pages = [extract(html) for html in ("<p>a<p>b", "", "<p>c")]
    joined = Evidence.join(pages)
    assert joined.line_ptr.tolist() == [0, 2, 2, 3]
    np.testing.assert_array_equal(joined.of(2).rows, pages[2].rows)
    assert joined.row_of(np.array([0, 2]), np.array([1, 0])).tolist() == [1, 2]
    assert joined.column("letters").tolist() == [1, 1, 1]


def test_lines_are_those_of_the_scanner() -> None:
    from bilingual.text.scan import scan

    page = extract(PAGE + "<pre>a\r\nb\rc &#13; d &#10; e &#8232; f</pre>")
    found = scan([page.text])
    assert found.block_line.max() == len(page.rows) - 1


# ---- pages that scripts show ------------------------------------------------------------------------------------


def test_a_page_in_noscript_is_read() -> None:
    posts = "".join(f"<div class=post>Post number {i} has a few words in it.</div>" for i in range(30))
    page = extract(f"<body><div id=app></div>{' ' * 1500}<noscript>{posts}</noscript></body>")
    assert "Post number 29" in page.text
    page = extract(f"<body><p>{'A page with text. ' * 100}</p><noscript>{posts}</noscript></body>")
    assert "Post number" not in page.text


def test_a_page_in_shadow_trees_is_read() -> None:
    text = "A paragraph of the page, which stands in the tree of a component. " * 30
    for mode in ("open", "closed"):
        page = f"<x-page><template shadowrootmode={mode}><p>{text}</p><slot></slot></template></x-page>"
        assert extract(page).text == text.strip()
    assert extract(f"<template><p>{text}</p></template>").text == ""
    # Beside text of its own, what stands in components are its menus and buttons.
    page = f"<p>{text}</p><x-menu><template shadowrootmode=open><a href=/>Home</a></template></x-menu>"
    assert extract(page).text == text.strip()


def test_a_page_that_is_hidden_whole_is_read() -> None:
    text = "".join(f"<p>Paragraph {i} of the page.</p>" for i in range(100))
    assert "Paragraph 99" in extract(f'<div style="visibility:hidden">{text}</div>').text
    assert "Paragraph" not in extract(f'<p>{"Shown. " * 300}</p><div style="display:none">{text}</div>').text


# ---- encodings --------------------------------------------------------------------------------------------------


_ARABIC = "وقالت الوزارة إن أعمال الصيانة في الميناء انتهت قبل موعدها"
_META = (b"<meta charset=windows-1256>", b"<meta charset=utf-8>")
_PADDING = b"<div class='col-md-4 widget-area'><img src='/i.png' alt=''></div>\n"


@pytest.mark.parametrize(
    ("raw", "header", "text", "encoding"),
    [
        ("مرحبا".encode(), None, "مرحبا", "utf-8"),
        ("\ufeffمرحبا".encode("utf-8"), None, "مرحبا", "utf-8"),
        (b"\xff\xfe" + "مرحبا".encode("utf-16-le"), None, "مرحبا", "utf-16"),
        (b"\xff\xfe\0\0" + "مرحبا".encode("utf-32-le"), None, "مرحبا", "utf-32"),
        (f"<p>{_ARABIC}</p>".encode("utf-16-le"), "utf-16-le", f"<p>{_ARABIC}</p>", "utf-16-le"),
        (f"<p>{_ARABIC}</p>".encode("utf-16-be"), None, f"<p>{_ARABIC}</p>", "utf-16-be"),
        ("مرحبا".encode("cp1256"), "windows-1256", "مرحبا", "windows-1256"),
        (b"<meta charset=windows-1256>" + "مرحبا".encode("cp1256"), None, "<meta charset=windows-1256>مرحبا", "windows-1256"),
        (b'<meta http-equiv="x" content="text/html; charset=iso-8859-6">' + "مرحبا".encode("iso8859-6"), None, None, "iso-8859-6"),
        (b"caf\xe9 \x93x\x94", "iso-8859-1", "café “x”", "windows-1252"),
        (b"<meta charset=gbk>" + "我们的学校".encode("gb18030"), "iso-8859-1", "<meta charset=gbk>我们的学校", "gb18030"),
        (b"<meta charset=big5>" + "我們的學校".encode("big5"), "iso-8859-1", "<meta charset=big5>我們的學校", "big5"),
        (b"<meta charset=gbk>caf\xe9 d\xe9j\xe0 \xe9lu", "iso-8859-1", "<meta charset=gbk>café déjà élu", "windows-1252"),
        ("مرحبا".encode(), "windows-1252", "مرحبا", "utf-8"),
        (f"<p>{_ARABIC}".encode(), "utf-16", f"<p>{_ARABIC}", "utf-8"),
        (_META[0] + (_ARABIC * 9).encode() + b"\xd9", None, None, "utf-8"),
        (_META[1] + "“quoted” “text” ".encode() + b"caf\xe9", None, None, "utf-8"),
        (b"<!-- <meta charset=iso-8859-5> --><meta charset=windows-1251>\xcf\xf0\xe8", None, None, "windows-1251"),
        (b"<meta charset=gbk>" + "你好世界".encode("gbk"), None, None, "gb18030"),
        (rb"<meta charset=unicode_escape>\u0041" + _ARABIC.encode("cp1256"), None, None, "windows-1256"),
    ],
)
def test_encodings_of_pages_by_bytes_and_header(raw: bytes, header: str | None, text: str | None, encoding: str) -> None:
    found, used = decode_html(raw, header)
    assert used == encoding
    assert text is None or found == text


@pytest.mark.parametrize("header", [None, "iso-8859-6", "utf-8", "windows-1252", "gb18030", "utf-16"])
@pytest.mark.parametrize("n_padding", [0, 100, 1000])
def test_a_wrong_declaration_is_not_believed_however_much_markup_there_is(header: str | None, n_padding: int) -> None:
    raw = _META[1] + f"<p>{_ARABIC}</p>".encode("cp1256") + _PADDING * n_padding
    page = extract(raw, encoding=header)
    assert (page.text, page.encoding) == (_ARABIC, "windows-1256")


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_no_bytes_raise(raw: bytes) -> None:
    assert isinstance(extract(raw).text, str)


# ---- size -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<div>" * 100_000 + "x" + "</div>" * 100_000,
        "<b>" * 100_000 + "x" + "</i>" * 100_000,
        "<p><table><tr><td>" + "<i>" * 50_000 + "</p>" * 50_000,
        "<a href=x>" * 50_000 + "y",
        "<ul><li>" * 50_000 + "x",
        "<table><tr><td>" * 30_000 + "x",
        "<svg><g>" * 50_000 + "x",
        "<p>a" * 100_000,
        "<" * 300_000,
        "&" * 300_000,
        "<!--" * 100_000,
        "<a " * 100_000,
        '<a b="' * 100_000,
        "<script>" * 50_000,
        "<title>" * 50_000,
        "<xmp>" * 50_000 + "</xmp><xmp>" * 50_000,
        "<x" + " a=b" * 200_000 + ">y",
        "</p>" * 200_000,
        "<form><div></form>" * 40_000 + "x",
        "".join(f"<p class=c{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}>x" for i in range(50_000)),
        "<pre>" + "a\n" * 200_000,
        "<div class='" + "nav-" * 100_000 + "'>x",
        ('<p>x</p><script type="application/ld+json">"@type":' + " " * 19_000 + "x</script>") * 40,
    ],
    ids=range(24),
)
def test_hostile_markup_takes_linear_time(html: str) -> None:
    start = time.process_time()
    page = extract(html)
    assert time.process_time() - start < 5
    assert len(page.rows) == (page.text.count("\n") + 1 if page.text else 0)


def test_too_many_lines_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINES", 10)
    with pytest.raises(InputError, match="the page has 11 lines of text; the limit is 10"):
        extract("<p>a" * 11)


def test_too_many_bytes_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="the page has 11 bytes; the limit is 10: split it"):
        extract("a" * 11)


@pytest.mark.slow
def test_fifty_megabytes() -> None:
    html = PAGE * (50_000_000 // len(PAGE.encode()) + 1)
    start = time.process_time()
    page = extract(html)
    assert time.process_time() - start < 30
    assert len(page.rows) > 100_000


# ---- against lexbor ---------------------------------------------------------------------------------------------

NOT_SHOWN = {name for name, flags in t._TAGS if flags & (t.RAW | t.HIDDEN)}


def is_hidden(node: Any) -> bool:
    given_ = node.attributes
    if node.tag in NOT_SHOWN:
        return True
    if "hidden" in given_ and (given_["hidden"] or "")[:2].lower() != "un" and not (given_.get("id") or "").startswith("S:"):
        return True
    if "popover" in given_ or (node.tag == "dialog" and "open" not in given_):
        return True
    style = (given_.get("style") or "").lower()
    if re.search(r"position\s*:\s*(absolute|fixed)", style):
        for size, unit in re.findall(r"(?<![\w-])(?:left|right|top)\s*:\s*-(\d+)(px|r?em)", style):
            if int(size) >= (3000 if unit == "px" else 100):
                return True
    for rule in style.split(";"):
        name, _, value = rule.partition(":")
        if (name.strip(), value.strip().split("!")[0].strip().split(" ")[0]) in {
            ("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"),
        }:  # fmt: skip
            return True
    return False


def lexbor_letters(html: str) -> str:
    """The letters and digits that the tree of the reference parser shows."""
    parser = pytest.importorskip("selectolax.lexbor")
    found, stack = [], [parser.LexborHTMLParser(html).root]
    while stack:
        node = stack.pop()
        if node is None or (node.tag[0] in "-!" and node.tag != "-text"):
            continue
        if node.tag == "-text":
            found.append(node.text_content or "")
        elif node.tag == "input":
            given_ = node.attributes
            if (given_.get("type") or "").lower()[:2] in ("su", "bu", "re") and "hidden" not in given_:
                found.append(given_.get("value") or "")
        elif not is_hidden(node):
            child = node.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    return "".join(c for c in "".join(found) if c.isalnum())


@pytest.mark.parametrize("name", ["dev-html", "wcxb-dev-html"])
def test_gold_pages_show_what_lexbor_shows(shared: Path, name: str) -> None:
    different, pages = [], 0
    with gzip.open(shared / "gold" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            pages += 1
            text = module._parse(row["html"].encode("utf-8", "surrogatepass")).text.decode("utf-8", "surrogatepass")
            if "".join(c for c in text if c.isalnum()) != lexbor_letters(row["html"]):
                different.append(row["id"])
    # One page has text in a <noscript> of its head, which a parser without scripts moves into the body.
    assert len(different) <= pages // 100, different


TREES = st.recursive(
    st.sampled_from(["word ", "كلمة ", "1", "&amp;x", "<br>", "<img alt=a>", "<input type=submit value=go>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["div", "p", "a href=x", "b", "span", "ul", "li", "section", "h2", "pre", "button", "em", "nav",
                         "blockquote", "div hidden", "form", "dl", "dt", "dd", "article", "x-card", "span class=a",
                         "time", "dialog open", "p hidden", "code"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)  # fmt: skip


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_trees_show_the_letters_that_lexbor_shows(html: str) -> None:
    assert "".join(c for c in extract(html).text if c.isalnum()) == lexbor_letters(html)


def test_a_page_of_a_class_derived_from_str_is_a_page() -> None:
    class Wrong(str):
        def encode(self, *_: Any, **__: Any) -> bytes:
            return b"<p>other"

    page = extract(Wrong("<p>one &amp; two"))
    assert page.text == "one & two"
    assert type(page.source) is str


def test_what_is_neither_text_nor_bytes_is_refused() -> None:
    with pytest.raises(TypeError, match="a page must be str or bytes, not NoneType"):
        extract(None)  # type: ignore[arg-type]
    assert extract(bytearray(b"<p>one")).text == extract(memoryview(b"<p>one")).text == "one"
