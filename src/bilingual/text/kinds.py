"""Kinds of code points, and where signs stand, as the stages of a scan ask for them at every step.

`kinds.pxd` has the same bodies for the compiled kernels to take in; tests/test_house.py compares the two.
"""

# Cython checks the types, which mypy cannot express.
# mypy: ignore-errors

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # no Cython at run time
    from bilingual.text import interpreted as cython

from bilingual.text.classes import APOSTROPHE, DIGIT, KIND_MASK, LETTER, MARK, NEWLINE, OTHER, SPACE

if TYPE_CHECKING:
    from bilingual.text.columns.kernel import Classes


def cell_of(classes: Classes, code: cython.uint) -> cython.ulonglong:
    """Properties of a code point in the low 32 bits, its fold in the high ones."""
    page: cython.Py_ssize_t = classes.pages[code >> 8]
    return classes.cells[page * 256 + (code & 255)]


def kind_of(classes: Classes, code: cython.uint) -> cython.uint:
    """What the scanner does at a code point, see `classes`."""
    return cell_of(classes, code) & KIND_MASK


def is_word_kind(kind: cython.uint) -> cython.bint:
    """Whether Python's \\w matches it, closely enough: letters, marks, digits."""
    return kind in (LETTER, MARK, DIGIT)


def is_of_word(kind: cython.uint) -> cython.bint:
    """Whether it can stand inside a word: a letter, mark, digit, joiner or apostrophe."""
    return OTHER < kind <= APOSTROPHE


def is_blank(classes: Classes, code: cython.uint) -> cython.int:
    """1 for white space and line ends."""
    kind: cython.uint = kind_of(classes, code)
    return 1 if kind in (SPACE, NEWLINE) else 0


def is_small(code: cython.uint) -> cython.bint:
    """Whether it is a small letter of ASCII."""
    return ord("a") <= code <= ord("z")


def is_ascii_letter(code: cython.uint) -> cython.bint:
    """Whether it is a letter of ASCII."""
    return is_small(code | 32)


def stands_apart(
    codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether white space or the line's edges stand on both sides of `i`."""
    return (i == 0 or is_blank(classes, codes[i - 1])) and is_blank(classes, codes[i + 1])


def is_at_edge(
    codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether a sign stands at one end of a word, or of several, as those of *emphasis* do."""
    before: cython.bint = i > 0 and is_word_kind(kind_of(classes, codes[i - 1]))
    return before != is_word_kind(kind_of(classes, codes[i + 1]))
