# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The columns of a scan, as the stages that fill and read them see them.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled


@cython.cclass
class Classes:
    """The code point tables, see `tables.CodePointTables`; `plain`, see `scan.plain_letters`; `domains` of hosts
    and `extensions` of files, see `scan.packed_names`. `letters` points to `plain`."""

    def __init__(self, *columns: Any) -> None:
        (
            self.pages,
            self.cells,
            self.expansions,
            self.plain,
            self.domains,
            self.extensions,
        ) = columns
        if cython.compiled:
            self.letters = cython.cast(cython.p_uint, cython.address(self.plain[0]))
        else:
            self.letters = self.plain


@cython.cclass
class Words:
    """Room for the columns of words and events, kept between batches; handing over arrays one by one costs more than
    a small page.

    While a batch is scanned: how many there are, the flags that the next word has from what stands before it, the first
    place where an e-mail address may begin, and the event of an open « between blanks: -1 for none, -2 where it has no
    event.
    """

    def __init__(self, *columns: Any) -> None:
        (
            self.start,
            self.end,
            self.script,
            self.flags,
            self.hash,
            self.written,
            self.event_pos,
            self.event_kind,
            self.event_word,
        ) = columns
        self.begin()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def begin(self) -> cython.void:
        """Before the first word."""
        self.n = 0
        self.n_events = 0
        self.pending = 0
        self.barrier = 0
        self.quote = -1


@cython.cclass
class Blocks:
    """Room for the columns of blocks; while a batch is cut, how many there are."""

    def __init__(self, *columns: Any) -> None:
        (
            self.start,
            self.end,
            self.word,
            self.doc,
            self.line,
            self.cut,
        ) = columns
        self.n = 0
