"""Pages: units are the blocks of visible text, the attributes that can be translated, and the title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from bilingual.formats import docx
from bilingual.formats.inline import Code, Parts, inline
from bilingual.translate.bytemap import ByteMap, byte_map
from bilingual.translate.original.base import Draft, Original, fits, released, with_id
from bilingual.translate.original.pieces import Piece, gap, kept, numbered
from bilingual.translate.original.tags import MARKUP, REST, VOID, unmatched
from bilingual.translate.sentences import trimmed

if TYPE_CHECKING:
    from bilingual.document import Document
    from bilingual.formats.html import Page
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections

_SPACE = re.compile(r"[ \t\n\r\f]+")
# Inline elements that a unit takes in when it holds only their other end.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var".split()
)
_LONG_TAG = 2000
_MAY_KEEP = re.compile(r"<(?:code|pre)\b|\b(?:no)?translate\b", re.IGNORECASE)
# Classes of <pre> by which programs that colour code name it; others hold mails, verses and whatever was typed.
_OF_CODE = re.compile(
    r"""\sclass\s*=\s*(?:"[^"]*|'[^']*|)\b(?:brush:|(?:code|highlight|listing|src)\b|lang(?:uage)?-|prettyprint|programlisting"""
    r"""|sourceCode)""",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*(?:"[^"]*|'[^']*|)\bnotranslate\b""", re.IGNORECASE
)
_VERBATIM = re.compile(
    r"(?<=<!\[CDATA\[).*?(?:(?=\]\]>)|\Z)|<xmp\b[^>]*>.*?(?:(?=</xmp\b)|\Z)|<plaintext\b[^>]*>.*",
    re.IGNORECASE | re.DOTALL,
)
# Code of PHP: a browser takes it to end at its first angle bracket, and shows the rest.
_PHP = re.compile(r"<\?(?:php\b|=|\s).*?(?:\?>|\Z)", re.DOTALL)
# Codes that a program reads before the page is HTML, where no reference stands for a character.
_OF_PROGRAM = re.compile(r"[{$%]|<%")
# What would end it: written as a reference, which is seen as such.
_CLOSES_VERBATIM = re.compile(r"\]\]>|</xmp\b", re.IGNORECASE)


class HtmlOriginal(Original):
    """A page: units are its blocks of visible text, its translatable attributes and its title."""

    kind = "html"

    @cached_property
    def _map(self) -> ByteMap:
        return byte_map(self.data, self.encoding, self.name)

    @cached_property
    def page(self) -> Page:
        from bilingual.formats.html import extract

        return extract(self._map.text)

    @cached_property
    def _texts(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the visible text nodes in the source."""
        starts: list[int] = self.page.places.pieces[:, 2].tolist()
        ends: list[int] = self.page.places.pieces[:, 3].tolist()
        return [*map(self._behind_code, starts, ends)], ends

    @cached_property
    def _php(self) -> list[tuple[int, int]]:
        return [found.span() for found in _PHP.finditer(self._map.text)] if "<?" in self._map.text else []

    def _behind_code(self, start: int, end: int) -> int:
        """Where a text begins behind the code of PHP that it begins in; its end where it is all code."""
        index = bisect_right(self._php, start, key=lambda place: place[0]) - 1
        return min(end, max(start, self._php[index][1])) if index >= 0 else start

    @cached_property
    def _attributes(self) -> dict[int, int]:
        return {attribute.start: attribute.end for attribute in self.page.attributes}

    @cached_property
    def _buttons(self) -> list[tuple[int, int]]:
        """The attributes that are visible text, in order: the values of buttons."""
        return [(attribute.start, attribute.end) for attribute in self.page.attributes if attribute.name == "value"]

    def _button_at(self, position: int) -> tuple[int, int] | None:
        """The button whose value has this character of the source."""
        index = bisect_right(self._buttons, position, key=lambda button: button[0]) - 1
        return self._buttons[index] if index >= 0 and position < self._buttons[index][1] else None

    @cached_property
    def _keeping(self) -> list[tuple[int, int]]:
        """Elements whose text is not to be translated, in order: code, and those that say so."""
        found: list[tuple[int, int]] = []
        name, start, depth = "", 0, 0
        for tag in MARKUP.finditer(self._map.text) if _MAY_KEEP.search(self._map.text) else ():
            own = (tag["name"] or "").lower()
            if depth and own == name:
                depth += -1 if tag["slash"] else 1
                if not depth:
                    found.append((start, tag.start()))
            elif not depth and not tag["slash"] and _keeps(own, tag["rest"] or ""):
                name, start, depth = own, tag.end(), 1
        return found

    def _is_kept(self, position: int) -> bool:
        index = bisect_right(self._keeping, position, key=lambda place: place[0]) - 1
        return index >= 0 and position < self._keeping[index][1]

    @cached_property
    def _title(self) -> tuple[int, int] | None:
        start, end = self.page.title_place
        raw = self._map.text[max(0, start) : max(0, end)]
        start += len(raw) - len(raw.lstrip())
        return (start, start + len(raw.strip())) if raw.strip() else None

    def map_of(self, member: str) -> ByteMap | None:
        return self._map if member in ("html", "attr", "title") else None

    @property
    def n_hidden(self) -> int:
        from bilingual.formats.html import hidden_words

        return hidden_words(self.page)

    def documents(self, segmenter: Segmenter) -> list[Document]:
        page = self.page
        document = segmenter.run([page.text], page.evidence).document(0, sources=page.sources)
        return [with_id(released(document), self.name)]

    def drafts(self, segmenter: Segmenter, corrections: Corrections) -> Iterator[Draft]:
        from bilingual.translate.cutting import main_language

        [document] = self.documents(segmenter)
        found: list[tuple[int, int, Draft]] = []
        for block in corrections.blocks(document):
            for member, start, end in self._stretches(block.source or ()):
                lang = main_language(block)
                draft = Draft(member=member, start=start, end=end, lang=lang, label=block.label, score=block.score)
                found.append((start, end, draft))
        found += self._values(segmenter, [(start, end, draft.label) for start, end, draft in found])
        at = 0
        for start, end, draft in sorted(found, key=lambda item: item[:2]):
            if start >= at:
                yield draft
                at = end

    def _stretches(self, source: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
        """The units of a block as (member, start, end): what stands between buttons, and the values of buttons."""
        for button, group in groupby(source, key=lambda text: self._button_at(text[0])):
            seen = ((self._behind_code(*text), text[1]) for text in group)
            texts = [text for text in seen if self._map.text[slice(*text)].strip()]
            if not texts:
                continue
            start, end = texts[0][0], texts[-1][1]
            start, end = button or self._with_ends(*trimmed(self._map.text, start, end) if self._php else (start, end))
            if start < end:
                yield "attr" if button else "html", start, end

    def _values(
        self, segmenter: Segmenter, blocks: Sequence[tuple[int, int, str]]
    ) -> Iterator[tuple[int, int, Draft]]:
        """Title and attributes: language of their own text, label of the block that they stand in or after.

        An attribute inside a unit's own markup is part of a code, and leaves with it.
        """
        from bilingual.formats.markup.places import resolved
        from bilingual.translate.cutting import most_letters

        values = [("attr", *span) for span in self._attributes.items() if self._button_at(span[0]) is None]
        values += [("title", *self._title)] if self._title else []
        starts = [start for start, _, _ in blocks]
        texts = [resolved(self._map.text[start:end]) for _, start, end in values]
        documents = segmenter.segment_many(texts)
        for (member, start, end), text, document in zip(values, texts, documents, strict=True):
            if not text.strip():
                continue
            near = bisect_right(starts, start) - 1
            if near >= 0 and start < blocks[near][1]:
                continue
            label = blocks[near][2] if near >= 0 and member == "attr" else "body"
            lang = most_letters(document.spans)
            yield start, end, Draft(member=member, start=start, end=end, lang=lang, label=label, score=0.5)

    def _with_ends(self, start: int, end: int) -> tuple[int, int]:
        """A range grown over inline tags right beside it whose other end it holds."""
        source = self._map.text
        closed, opened = unmatched(source[start:end], _INLINE)
        for name in closed:
            opening = rf"<{name}\b{REST}>\s*\Z"
            before = re.search(opening, source[max(0, start - _LONG_TAG) : start], re.IGNORECASE)
            if before is None:
                break
            start -= len(before[0])
        for name in reversed(opened):
            after = re.compile(rf"\s*</{name}\s*>", re.I).match(source, end)
            if after is None:
                break
            end = after.end()
        return start, end

    def parts_of(self, member: str, start: int, end: int) -> Parts | None:
        from bilingual.formats.markup.places import resolved

        source = self._map.text
        if member == "title":
            text = resolved(_SPACE.sub(" ", source[start:end]).replace("\0", ""))
            return inline(text) if self._title == (start, end) else None
        if member == "attr":
            return inline(resolved(source[start:end])) if self._attributes.get(start) == end else None
        starts, ends = self._texts
        pieces: list[Piece] = []
        at = start
        for index in range(bisect_right(ends, start), bisect_left(starts, end)):
            if self._button_at(starts[index]):
                continue
            a, b = max(start, starts[index]), min(end, ends[index])
            if a >= b:
                continue
            pieces += gap(source[at:a])
            text = self.page.text[slice(*self.page.places.in_text(index, a, b))]
            pieces += kept(text) if self._is_kept(a) else [(False, text)]
            at = b
        pieces += gap(source[at:end])
        return numbered(pieces)

    @cached_property
    def _verbatim(self) -> list[tuple[int, int]]:
        """Where references and tags are text, in order: <xmp>, <plaintext> and CDATA."""
        return [found.span() for found in _VERBATIM.finditer(self._map.text)]

    def written(self, member: str, start: int, end: int, parts: Parts) -> str:
        source = self._map.text
        index = bisect_right(self._verbatim, start, key=lambda place: place[0]) - 1
        if member == "html" and index >= 0 and end <= self._verbatim[index][1]:
            text = "".join(part if isinstance(part, str) else part.raw for part in parts)
            return _CLOSES_VERBATIM.sub(lambda found: docx.escaped(found[0]), text)
        own = source[start:end]
        has_nbsp = "&nbsp;" in own
        out = []
        for part in parts:
            if isinstance(part, Code) and (part.is_markup or (_OF_PROGRAM.match(part.raw) and part.raw in own)):
                out.append(part.raw)
            else:
                text = docx.escaped(part if isinstance(part, str) else part.raw)
                out.append(text.replace("\N{NO-BREAK SPACE}", "&nbsp;") if has_nbsp else text)
        text = "".join(out)
        if member != "attr":
            return text
        quote = source[start - 1 : start]
        if quote == "'":
            return text.replace("'", "&#39;")
        text = text.replace('"', "&quot;")
        return text if quote == '"' else f'"{text}"'

    def _without_room(self, found: ByteMap, text: str) -> bytes:
        """A page can name any character: what its encoding lacks is written as a character reference."""
        return b"".join(
            (c if fits(c, found.codec) else f"&#{ord(c)};").encode(found.codec) for c in text
        )


def _keeps(name: str, attributes: str) -> bool:
    """Whether an element's text is not to be translated. Pages that say so of all they hold only mean browsers."""
    if name in VOID or attributes.endswith("/"):
        return False
    if name == "code" or (name == "pre" and _OF_CODE.search(attributes)):
        return True
    return name not in ("html", "body") and _KEPT.search(attributes) is not None
