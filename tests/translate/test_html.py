"""Pages: markup stays byte for byte, text and attributes are translated in place."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from round_trips import round_trip, run

from bilingual.formats.exchange import Answer, Returned
from bilingual.formats.html import extract
from bilingual.formats.inline import Code, shown
from bilingual.labels.columns import LABELS
from bilingual.pipeline import Segmenter
from bilingual.translate.merge import MergeError, merge
from bilingual.translate.original import open_original, place_of
from bilingual.translate.original.pieces import gap
from bilingual.translate.original.tags import unmatched
from bilingual.translate.units import find_units, make_job

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>The &quot;Harbour&quot; News</title>
<script>var a = "<p>not text here</p>";</script></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<p class=x>The <b>old harbour</b> will be &amp; stay closed&nbsp;for <a href="https://example.org/?a=1&amp;b=2">major
   repairs</a> until the end of March, the <i>port authority</i> said.</p>
<p><em>Everyone</em> was asked to use the northern quay until the works are over this year.</p>
<img src="a.png" alt="Ships at the 'old' quay"><input placeholder=Search>
<pre>x  =  call()   # keep these spaces</pre>
<p>سيغلق الميناء للإصلاح حتى نهاية شهر مارس كما قالت السلطات أمس.</p></body></html>
"""


def units_of(path: Path, segmenter: Segmenter) -> dict[str, str]:
    original = open_original(str(path))
    return {shown(unit.parts): unit.id for unit in find_units(original, segmenter).units}


def test_units_of_a_page(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    found = units_of(path, segmenter)
    assert 'The "Harbour" News' in found
    assert "Ships at the 'old' quay" in found
    assert "Search" in found
    assert (
        "The ⟦1⟧old harbour⟦/1⟧ will be & stay closed\xa0for ⟦2⟧major repairs⟦/2⟧ until the end of March, "
        "the ⟦3⟧port authority⟦/3⟧ said." in found
    )
    assert "⟦1⟧Everyone⟦/1⟧ was asked to use the northern quay until the works are over this year." in found


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_translated_in_place(
    tmp_path: Path, segmenter: Segmenter, version: str, schemas: dict[str, etree.XMLSchema]
) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    _, sent, merged = round_trip(path, segmenter, str.upper, version=version)
    schemas[version].assertValid(etree.fromstring(sent))
    text = merged.data.decode()
    assert '<title>THE "HARBOUR" NEWS</title>' in text
    assert "<script>var a = \"<p>not text here</p>\";</script>" in text
    assert (
        '<p class=x>THE <b>OLD HARBOUR</b> WILL BE &amp; STAY CLOSED&nbsp;FOR <a href="https://example.org/?a=1&amp;b=2">'
        "MAJOR REPAIRS</a> UNTIL THE END OF MARCH, THE <i>PORT AUTHORITY</i> SAID.</p>" in text
    )
    assert """alt="SHIPS AT THE 'OLD' QUAY">""" in text
    assert 'placeholder="SEARCH">' in text
    assert "<pre>X  =  CALL()   # KEEP THESE SPACES</pre>" in text
    assert "سيغلق الميناء للإصلاح" in text


def test_markup_in_a_translation_is_text(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    _, _, merged = round_trip(path, segmenter, lambda text: text.replace("north", '<script>"&lt;'))
    assert '&lt;script&gt;"&amp;lt;ern quay' in merged.data.decode()


@pytest.mark.parametrize(
    ("code", "shown_as"),
    [
        ("<?php echo $user->name > 3; ?>", "⟦1⟧"),
        ("<?= $this->e($x) ?>", "⟦1⟧"),
        ("<? if ($a > 3) { ?>", "⟦1⟧"),
        ('<%= price > 3 ? "a" : "b" %>', '<%= price > 3 ? "a" : "b" %>'),
        ("{{ a && b }}", "{{ a && b }}"),
        ("{{ a &amp;&amp; b }}", "{{ a && b }}"),
        ("&lt;%= name %&gt;", "<%= name %>"),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_code_of_templates_keeps_its_bytes(
    tmp_path: Path, segmenter: Segmenter, code: str, shown_as: str, at: int
) -> None:
    words = ["The harbour", "will be closed", "for repairs until March."]
    page = f"<html><body><p>{' '.join([*words[:at], code, *words[at:]])}</p></body></html>"
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    [unit] = units_of(path, segmenter)
    assert unit == " ".join([*words[:at], *([shown_as] if at or "⟦" not in shown_as else []), *words[at:]])
    merged = round_trip(path, segmenter, lambda text: text.replace("harbour", "ميناء").replace("March", "مارس"))[2]
    assert merged.data.decode() == page.replace("harbour", "ميناء").replace("March", "مارس")


def test_hidden_text_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("</body>", "<div hidden>Two words</div><noscript><p>Turn it on</noscript></body>"), "utf-8")
    said = "5 words of hidden text are no units"
    assert said in run("export", path, "--from", "en", "--into", "ar", "-o", tmp_path / "a.tsv").stderr
    path.write_text(PAGE, "utf-8")
    assert "words of hidden" not in run("export", path, "--from", "en", "--into", "ar", "-o", tmp_path / "a.tsv").stderr


def test_what_the_encoding_lacks_becomes_references(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.html"
    data = PAGE[: PAGE.index("<p>سيغلق")].replace("utf-8", "windows-1252").replace("The <b>", "Caf\xe9: the <b>")
    path.write_bytes(data.encode("cp1252"))
    _, _, merged = round_trip(path, segmenter, lambda text: text.replace("Everyone", "الجميع"))
    assert b"<em>" + b"".join(b"&#%d;" % ord(c) for c in "الجميع") + b"</em> was asked" in merged.data
    assert b"Caf\xe9: the <b>" in merged.data


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("", "صé"),
        ("<meta charset=utf-8>", "صé"),
        ("<meta charset=ISO-8859-1>", "&#1589;\xe9"),
        ("<!-- <meta charset=utf-8> --><meta charset=windows-1256>", "صé"),
        ("<meta charset=utf-16>", "&#1589;&#233;"),
        ("<meta charset=iso-2022-jp>", "&#1589;&#233;"),
    ],
)
def test_a_page_of_ascii_is_written_as_it_will_be_read(
    tmp_path: Path, segmenter: Segmenter, declared: str, written: str
) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html>{declared}<p>The ministry announced that the new port will open.", "ascii")
    _, _, merged = round_trip(path, segmenter, lambda text: "صé")
    codec = {"ISO": "cp1252", "win": "cp1256"}.get(declared.rpartition("=")[2][:3], "utf-8")
    assert merged.data.decode(codec) == f"<html>{declared}<p>{written}"


@pytest.mark.parametrize(
    ("before", "after"),
    [("<xmp>", "</xmp><p>"), ("<svg><text><![CDATA[", "]]></text></svg><p>"), ("<p>1<plaintext>", "")],
    ids=["xmp", "CDATA", "plaintext"],
)
def test_text_without_references_is_written_without(
    tmp_path: Path, segmenter: Segmenter, before: str, after: str
) -> None:
    text = "The ministry announced that the &amp; port will <b>open</b> next week."
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{before}{text}{after}", "utf-8")
    _, _, merged = round_trip(path, segmenter)
    assert merged.data == path.read_bytes()
    _, _, merged = round_trip(path, segmenter, lambda text: text.replace("port", "p & q"))
    page = merged.data.decode()
    assert page == f"<html><body>{before}{text.replace('port', 'p & q')}{after}"
    assert text.replace("port", "p & q") in extract(page).text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_encodings_of_pages(tmp_path: Path, segmenter: Segmenter, encoding: str) -> None:
    data = PAGE.replace("utf-8", encoding.replace("cp1256", "windows-1256").removesuffix("-sig"))
    path = tmp_path / "a.html"
    path.write_bytes(data.replace("\n", "\r\n").encode(encoding))
    _, _, merged = round_trip(path, segmenter)
    assert merged.data == path.read_bytes()
    _, _, merged = round_trip(path, segmenter, str.upper, source="ar", target="en")
    assert merged.data == path.read_bytes()  # Arabic has no capitals
    _, _, merged = round_trip(path, segmenter, lambda text: text.replace("سيغلق", "أغلق"), source="ar", target="en")
    assert merged.data == path.read_bytes().replace("سيغلق".encode(merged_codec(encoding)), "أغلق".encode(merged_codec(encoding)))


def merged_codec(encoding: str) -> str:
    return {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)


def test_every_corpus_page(corpora: Path, segmenter: Segmenter) -> None:
    """All visible letters are in units, and a translated page shows the same text between the same tags."""
    paths = sorted((corpora / "html").glob("*.html"))
    assert len(paths) >= 10
    for path in paths:
        original = open_original(str(path))
        found = find_units(original, segmenter)
        page = extract(original.data)
        buttons = {len(page.source[: a.start].encode()) for a in page.attributes if a.name == "value"}
        seen = sum(
            sum(map(str.isalpha, part if isinstance(part, str) else part.raw))
            for unit in found.units
            if unit.id.startswith("html-") or place_of(unit.id).first in buttons
            for part in unit.parts
            if isinstance(part, str) or not part.is_markup
        )
        assert seen == sum(map(str.isalpha, page.text)), path.name
        assert found.n_left_out == 0
        _, _, merged = round_trip(path, segmenter, source="en", target="ar")
        assert merged.data == original.data
        for source, target in (("en", "ar"), ("ar", "en")):
            _, _, merged = round_trip(path, segmenter, _swapped, source=source, target=target)
            assert extract(merged.data).text.casefold() == page.text.casefold(), path.name
            assert _tags(merged.data) == _tags(original.data), path.name


def _swapped(text: str) -> str:
    return "".join(c.swapcase() if c.isascii() else c for c in text)


def _tags(data: bytes) -> Counter[str]:
    """Tags without the attributes that are translated."""
    tags = re.findall(r"<[^<>]*>", data.decode())
    return Counter(re.sub(r'(alt|title|placeholder|aria-label|content|value|label)="[^"]*"', "", tag) for tag in tags)


def test_ids_name_the_places(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    original = open_original(str(path))
    units = find_units(original, segmenter).units
    assert units
    for unit in units:
        place = place_of(unit.id)
        assert place is not None
        raw = original.data[place.first : place.last].decode()
        assert raw in PAGE
        assert all(code.raw in raw for code in unit.parts if isinstance(code, Code) and code.is_markup)


def merged(path: Path, html: str, targets: dict[str, str]) -> str:
    """The page with targets, as shown in a table, for the units whose source contains a key."""
    path.write_text(html, "utf-8")
    original = open_original(str(path))
    job = make_job(original, find_units(original, Segmenter()).units, source="en", target="ar", keep=LABELS)
    texts = {shown(unit.parts): unit.id for unit in job.units}
    answers = [
        Answer(id=next(texts[text] for text in texts if key in text), also=(), target=target, is_locked=False)
        for key, target in targets.items()
    ]
    returned = Returned(about=job.about, pairs=(("en", "ar"),), answers=tuple(answers))
    return merge(original, returned).data.decode()


def test_preformatted_text_is_replaced_whole(tmp_path: Path) -> None:
    html = "<p>The ministry announced it today.</p><pre>\n  Fish &amp; chips are sold at the port every day.\n</pre>"
    assert merged(tmp_path / "a.html", html, {"Fish & chips": "سمك"}) == (
        "<p>The ministry announced it today.</p><pre>\n  سمك\n</pre>"
    )


def test_button_texts_are_attributes(tmp_path: Path) -> None:
    html = (
        "<p>The ministry announced the opening of the port today.</p><form><input type=submit value='Send it'>"
        '<input type=submit value="Reset"><input type=button value=Search></form>'
    )
    text = "اضغط \"هنا\" 'الآن' onclick=x"
    done = merged(tmp_path / "a.html", html, dict.fromkeys(("Send it", "Reset", "Search"), text))
    assert [a.name for a in extract(done).attributes] == ["value"] * 3
    assert extract(done).text.split("\n", 1)[1].split("\t") == [text] * 3


def test_a_button_inside_a_sentence_parts_it(tmp_path: Path) -> None:
    html = '<p>Press <b>the <input type=button value="Go"> now</b> to open the page of the ministry.</p>'
    done = merged(tmp_path / "a.html", html, {"Go": 'a"b', "now": "الآن⟦1⟧"})
    assert extract(done).text.split("\t")[1:] == ['a"b', "الآن"]


def test_the_title_is_that_of_the_page(tmp_path: Path) -> None:
    html = (
        "<html><head><!-- <title>Old</title> --><script>var old='<title>Old site</title>';</script>"
        "<title> Fish < chips </title></head><body><svg><title>Icon</title></svg><p>The port will open on Tuesday.</p>"
    )
    assert merged(tmp_path / "a.html", html, {"Fish < chips": "سمك <"}) == html.replace("Fish < chips", "سمك &lt;")


@pytest.mark.parametrize(
    ("inner", "source"),
    [
        ("a <b>bold</b><!-- <u> --> word", "a ⟦1⟧bold⟦/1⟧⟦2⟧ word"),
        ("a <b>bold</b> <!-- x --> <i>word</i>", "a ⟦1⟧bold⟦/1⟧ ⟦2⟧ ⟦3⟧word⟦/3⟧"),
        ("a <b>bold</b><script>'<i>'</script><i>word</i>", "a ⟦1⟧bold⟦/1⟧⟦2⟧⟦3⟧word⟦/3⟧"),
        ("a <b>bold <span hidden>not seen</span><i>word</i></b>", "a ⟦1⟧bold ⟦2⟧⟦3⟧word⟦/3⟧⟦/1⟧"),
        ("a <b>bold<!-- x --><i><!-- y --></b> word</i> b", "a ⟦1⟧bold⟦2⟧ word⟦3⟧ b"),
    ],
)
def test_tags_beside_a_comment_are_codes_of_their_own(
    tmp_path: Path, segmenter: Segmenter, inner: str, source: str
) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>{inner}</p>", "utf-8")
    assert source in units_of(path, segmenter)


@pytest.mark.parametrize(
    ("inner", "target"),
    [
        ("The port <b>opens<!-- x --><i><!-- y --></b> on</i> Tuesday.", "⟦2⟧⟦1⟧⟦3⟧"),
        ("The port opens</b> on <i>Tuesday</i> in the morning.", "⟦2⟧ا⟦1⟧ب⟦/2⟧"),
        ("The port <a>opens</a> on <b>Tuesday in the morning.", "⟦1⟧ا⟦2⟧ب⟦/1⟧"),
    ],
)
def test_halves_out_of_order_are_refused(tmp_path: Path, inner: str, target: str) -> None:
    with pytest.raises(MergeError, match="out of order"):
        merged(tmp_path / "a.html", f"<p>{inner}</p>", {"The port": target})


def test_what_is_whole_may_move(tmp_path: Path) -> None:
    html = "<p>The <b>port</b><!-- x --> opens <i>on</i> Tuesday<br>.</p>"
    done = merged(tmp_path / "a.html", html, {"The": "⟦2⟧⟦3⟧ا⟦/3⟧⟦1⟧ب⟦/1⟧"})
    assert done == "<p><!-- x --><i>ا</i><b>ب</b><br>.</p>"


def test_units_of_one_long_line_take_linear_time(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>" + "Home &amp; Garden | " * 4000 + "</p>", "utf-8")
    start = time.process_time()
    assert find_units(open_original(str(path)), segmenter).units
    assert time.process_time() - start < 10


@pytest.mark.parametrize("hostile", ["<" + "a" * 200_000, "<a '\"" * 60_000, "<!--" * 60_000, "<script>" * 30_000])
def test_hostile_codes_take_linear_time(hostile: str) -> None:
    start = time.process_time()
    unmatched(hostile)
    gap(hostile)
    assert time.process_time() - start < 5
