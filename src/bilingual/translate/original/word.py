"""Word files: units are paragraphs of the body, headers, footers and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from bilingual.errors import InputError
from bilingual.formats import docx
from bilingual.formats.inline import Parts
from bilingual.labels.columns import LABELS
from bilingual.translate.bytemap import ByteMap, byte_map
from bilingual.translate.original.base import Draft, Original, with_id
from bilingual.translate.original.encodings import check_encoding
from bilingual.translate.original.places import TargetError, splice

if TYPE_CHECKING:
    from bilingual.document import Document
    from bilingual.pipeline import Segmenter
    from bilingual.translate.corrections import Corrections

class DocxOriginal(Original):
    """A Word file: units are paragraphs of its body, headers, footers and notes."""

    kind = "docx"

    @property
    def wanted(self) -> tuple[str, ...]:
        """Labels are made for pages: here headings, items of lists and cells of tables look like menus."""
        return LABELS

    @cached_property
    def _maps(self) -> dict[str, ByteMap]:
        from bilingual.formats.exchange import parse_xml

        members = docx.open_members(self.data, self.name)
        for name, data in members.items():
            parse_xml(data, f"{self.name}: {name}")
        return {name: byte_map(data, _xml_encoding(data), f"{self.name}: {name}") for name, data in members.items()}

    @cached_property
    def _paragraphs(self) -> dict[str, dict[tuple[int, int], docx.Paragraph]]:
        return {
            name: {(p.start, p.end): p for p in docx.paragraphs(found.text)} for name, found in self._maps.items()
        }

    def _copied(self, member: str, edits: Sequence[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
        """Edits, and the same ones for the copies of text boxes, which each follow what they copy."""
        found = self._maps[member]
        copies = [found.range(*place) for place, paragraph in self._paragraphs[member].items() if paragraph.is_copy]
        new_of: dict[bytes, bytes] = {}
        done = []
        for first, last, new in sorted([*edits, *((*place, None) for place in copies)], key=lambda edit: edit[:2]):
            old = found.data[first:last]
            if new is not None:
                new_of[old] = new
            if old in new_of:
                done.append((first, last, new_of[old]))
        return done

    def map_of(self, member: str) -> ByteMap | None:
        return self._maps.get(member)

    @cached_property
    def _texts(self) -> dict[str, list[tuple[docx.Paragraph, str]]]:
        """The paragraphs of each member, and their texts; the body first."""
        return {
            member: [
                (paragraph, docx.paragraph_text(self._maps[member].text, paragraph))
                for paragraph in self._paragraphs[member].values()
                if not paragraph.is_copy
            ]
            for member in sorted(self._maps, key=lambda name: (not docx.is_body(name), name))
        }

    def documents(self, segmenter: Segmenter) -> list[Document]:
        documents = segmenter.segment_many("\n".join(text for _, text in found) for found in self._texts.values())
        return [
            with_id(document, self.name if docx.is_body(member) else f"{self.name}: {member}")
            for member, document in zip(self._texts, documents, strict=True)
        ]

    def drafts(self, segmenter: Segmenter, corrections: Corrections) -> Iterator[Draft]:
        from bilingual.translate.cutting import main_block, main_language

        for member, document in zip(self._texts, self.documents(segmenter), strict=True):
            blocks = chain(corrections.blocks(document), (None,))
            block = next(blocks)
            at = 0
            for paragraph, text in self._texts[member]:
                own = []
                while block is not None and block.start < at + len(text):
                    own.append(block)
                    block = next(blocks)
                at += len(text) + 1
                if own:
                    main = main_block(own)
                    yield Draft(
                        member=member, start=paragraph.start, end=paragraph.end, lang=main_language(*own),
                        label=main.label, score=main.score,
                    )  # fmt: skip

    def parts_of(self, member: str, start: int, end: int) -> Parts | None:
        paragraph = self._paragraphs[member].get((start, end))
        if paragraph is None or paragraph.is_copy:
            return None
        return docx.paragraph_parts(self._maps[member].text, paragraph)

    def written(self, member: str, start: int, end: int, parts: Parts) -> str:
        bad = next((found for part in parts if isinstance(part, str) and (found := _NOT_IN_XML.search(part))), None)
        if bad:
            raise TargetError(f"a Word file cannot hold U+{ord(bad[0]):04X}")
        return docx.paragraph_xml(parts, docx.prefix_of(self._maps[member].text))

    def spliced(self, edits: Mapping[str, Sequence[tuple[int, int, bytes]]]) -> bytes:
        """Every changed member must still be well-formed: codes in an order that breaks the markup are refused."""
        from bilingual.formats.exchange import parse_xml

        if not any(edits.values()):
            return self.data
        changed = {
            name: splice(self._maps[name].data, self._copied(name, found)) for name, found in edits.items() if found
        }
        for name, data in changed.items():
            try:
                parse_xml(data, name)
            except InputError as error:
                raise TargetError(f"the codes of a paragraph are in an order that breaks the file: {error}") from error
        return docx.replace_members(self.data, changed)


def _xml_encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})", data)
    return check_encoding(declared[1].decode("ascii")) if declared else "utf-8"


_NOT_IN_XML = re.compile("[\x00-\x08\x0c\x0e-\x1f\ufffe\uffff]")
