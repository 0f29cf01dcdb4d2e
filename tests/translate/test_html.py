"""Pages: markup stays byte for byte, text and attributes are translated in place."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from round_trips import round_trip

from bilingual.formats.html import extract
from bilingual.formats.inline import Code, shown
from bilingual.pipeline import Segmenter
from bilingual.translate.original import open_original, place_of
from bilingual.translate.units import find_units

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


def test_what_the_encoding_lacks_becomes_references(tmp_path: Path, segmenter: Segmenter) -> None:
    path = tmp_path / "a.html"
    data = PAGE[: PAGE.index("<p>سيغلق")].replace("utf-8", "windows-1252").replace("The <b>", "Caf\xe9: the <b>")
    path.write_bytes(data.encode("cp1252"))
    _, _, merged = round_trip(path, segmenter, lambda text: text.replace("Everyone", "الجميع"))
    assert b"<em>" + b"".join(b"&#%d;" % ord(c) for c in "الجميع") + b"</em> was asked" in merged.data
    assert b"Caf\xe9: the <b>" in merged.data


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
        seen = sum(
            sum(map(str.isalpha, part if isinstance(part, str) else part.raw))
            for unit in found.units
            if unit.id.startswith("html-")
            for part in unit.parts
            if isinstance(part, str) or not part.is_markup
        )
        assert seen == sum(map(str.isalpha, page.text)), path.name
        assert found.n_left_out == 0
        for source, target in (("en", "ar"), ("ar", "en")):
            _, _, merged = round_trip(path, segmenter, source=source, target=target)
            assert merged.data == original.data
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
    for unit in find_units(original, segmenter).units:
        place = place_of(unit.id)
        assert place is not None
        raw = original.data[place.first : place.last].decode()
        assert raw in PAGE
        assert all(code.raw in raw for code in unit.parts if isinstance(code, Code) and code.is_markup)
