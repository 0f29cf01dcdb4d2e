"""Labels that people set on the review page, given to the blocks of the same text.

What is saved there holds the whole text, so that it is told exactly whether a file still is what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bilingual.document import Block, Document
from bilingual.errors import InputError
from bilingual.evaluate import read_gold

# A label by start and end of its block.
Labels = Mapping[tuple[int, int], str]

SUFFIX = ".gold.jsonl"


def saved_beside(path: Path) -> Path:
    """Where the review page saves the corrections of a file."""
    return path.with_name(path.name + SUFFIX)


def labels_of(row: Mapping[str, Any]) -> Labels:
    """The labels that a document of gold gives its lines."""
    return {(line["start"], line["end"]): line["label"] for line in row.get("lines", ()) if "label" in line}


def are_of(labels: Labels, document: Document) -> bool:
    """Whether every label is that of a block of the document."""
    return labels.keys() <= {(block.start, block.end) for block in document.blocks}


class Corrections:
    """What was saved in some files, for documents that come one by one.

    `n_changed`: labels that are other than those found, of the documents so far.
    Raises: InputError when a file cannot be read or is no gold.
    """

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self.paths = tuple(dict.fromkeys(paths))
        self.n_changed = 0
        self._rows = [(path, row) for path in self.paths for row in read_gold(path)]
        self._used: set[int] = set()
        self._without: list[str] = []

    def blocks(self, document: Document) -> Iterator[Block]:
        """The blocks of a document with the labels that were saved for its text; as they are where none were.

        Raises: InputError where what was saved contradicts itself, or is not about these blocks.
        """
        labels = self._labels(document)
        for block in document.each_block():
            said = labels.get((block.start, block.end), block.label) if labels else block.label
            if said != block.label:
                self.n_changed += 1
                block = replace(block, label=said, score=1.0)
            yield block

    def _labels(self, document: Document) -> Labels:
        same = [number for number, (_, row) in enumerate(self._rows) if row["text"] == document.text]
        own = [number for number in same if self._rows[number][1]["id"] == document.id] or same
        if not own:
            self._without.append(str(document.id))
        self._used.update(own)
        labels: dict[tuple[int, int], str] = {}
        for path, row in (self._rows[number] for number in own):
            said = labels_of(row)
            if not are_of(said, document):
                raise InputError(
                    f"{path}: its lines are not the blocks of {document.id}: another version of bilingual saved it, "
                    f"or no review did; review {document.id} again"
                )
            if any(labels.get(place, label) != label for place, label in said.items()):
                raise InputError(f"{path}: it contradicts what else was given of {document.id}; give one of them")
            labels |= said
        return labels

    def check_used(self) -> None:
        """After the last document. Raises: InputError for what is of another version of one, or of none of them."""
        for number, (path, row) in enumerate(self._rows):
            if number not in self._used and row["id"] in self._without:
                raise InputError(
                    f"{path}: it was saved of another text than {row['id']} has: the file was changed since, or read "
                    f"in another encoding. Review it again, or give the file as it was"
                )
        used = {self._rows[number][0] for number in self._used}
        for path in self.paths:
            if path not in used:
                names = ", ".join(dict.fromkeys(row["id"] for of, row in self._rows if of == path))
                raise InputError(f"{path}: it holds the labels of {names}, which is not what was given")
