"""What programs and people call a value of a file of fields: its keys, or its column and row."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter

from bilingual.translate.fields import Fields, cell_pattern, separator_of

_LONGEST = 40  # characters that are shown of what names a row


class Names:
    """The names of the values of a text, found when they are asked for."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._number = -1  # of the row that was asked for last, and its cells
        self._cells: list[tuple[int, int]] = []

    def of(self, start: int) -> str:
        """The name of the value that begins at or before `start`.

        >>> from bilingual.translate.fields import fields
        >>> text = "id,name\\nA-1,A chair\\n,A table\\n"
        >>> names = Names(fields(text, ".csv"))
        >>> names.of(text.index("A chair")), names.of(text.index("A table"))
        ('A-1, name', 'row 3, name')
        >>> text = "menu:\\n  open: Open a file"
        >>> Names(fields(text, ".yml")).of(text.index("Open"))
        'menu.open'
        """
        fields = self._fields
        if fields.kind != "table":
            return fields.found.keys.path(fields.text, fields.found.key_at(start))
        number = bisect_right(self._rows, start) - 1
        if number != self._number:
            self._number, self._cells = number, [*self._read(self._rows[number])]
        first, last = self._cells[0]
        # A first cell that is not translated says what the row is about: an article's number, a key.
        is_text = fields.found.at(first, last) is not None
        row = "" if is_text else " ".join(fields.text[first:last].split())[:_LONGEST]
        column = bisect_left(self._cells, start, key=itemgetter(1))
        name = fields.names[column] if column < len(fields.names) else f"column {column + 1}"
        return f"{row or f'row {number + 1}'}, {name}"

    @cached_property
    def _rows(self) -> array[int]:
        """Where the rows of a table begin."""
        fields = self._fields
        starts = array("q", [separator_of(fields.text, fields.separator)[1]])
        for found in cell_pattern(fields.separator).finditer(fields.text, starts[0]):
            if found["end"] != fields.separator and found.end() < len(fields.text):
                starts.append(found.end())
        return starts

    def _read(self, at: int) -> Iterator[tuple[int, int]]:
        """Where the cells of a row are, which begins at `at`, without their quotation marks."""
        fields = self._fields
        while found := cell_pattern(fields.separator).match(fields.text, at):
            yield found.span("plain" if found["quoted"] is None else "quoted")
            if found["end"] != fields.separator:
                return
            at = found.end()
