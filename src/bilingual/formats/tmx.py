"""TMX 1.4: the pairs of a finished translation, for the next one's translation memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from bilingual.formats.exchange import lxml_etree, xml_chunks
from bilingual.formats.inline import Parts, key_of
from bilingual.formats.xliff import safe, visible

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_tmx(pairs: Iterable[tuple[Parts, Parts]], source: str, target: str) -> bytes:
    """Pairs as TMX; equal pairs once. Codes become <ph>, numbered alike on both sides."""
    return b"".join(tmx_chunks(pairs, source, target))


def tmx_chunks(pairs: Iterable[tuple[Parts, Parts]], source: str, target: str) -> Iterator[bytes]:
    """The same, some pairs at a time."""
    etree = lxml_etree()
    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": "bilingual", "creationtoolversion": version("bilingual"), "segtype": "sentence",
        "o-tmf": "bilingual", "adminlang": "en", "srclang": source, "datatype": "plaintext",
    }  # fmt: skip
    etree.SubElement(root, "header", **header)

    def add(body: Any, pair: tuple[Parts, Parts]) -> None:
        unit = etree.SubElement(body, "tu")
        for lang, parts in zip((source, target), pair, strict=True):
            variant = etree.SubElement(unit, "tuv")
            variant.set(_LANG, lang)
            _fill(etree.SubElement(variant, "seg"), parts)

    return xml_chunks(
        root, etree.SubElement(root, "body"), _different(pairs), add,
        xml_declaration=True, pretty_print=False, doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
    )  # fmt: skip


def _different(pairs: Iterable[tuple[Parts, Parts]]) -> Iterator[tuple[Parts, Parts]]:
    seen: set[bytes] = set()
    for pair in pairs:
        key = b"".join(map(key_of, pair))
        if key not in seen:
            seen.add(key)
            yield pair


def _fill(segment: Any, parts: Parts) -> None:
    etree = lxml_etree()
    last = None
    for part in parts:
        if not isinstance(part, str):
            last = etree.SubElement(segment, "ph", x=str(part.number))
            last.text = visible(part)
        elif last is None:
            segment.text = safe(part)
        else:
            last.tail = safe(part)
