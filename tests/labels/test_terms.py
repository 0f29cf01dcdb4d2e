"""Columns in words: every column has some for each of its values."""

import pytest

from bilingual.labels.features import BODY_NAMES, NAMES
from bilingual.labels.terms import in_words


def test_every_column_has_words_for_every_value():
    said = {name: [in_words(name, value) for value in range(256)] for name in (*NAMES, *BODY_NAMES)}
    for name, words in said.items():
        assert len(set(words)) > 1, name
        assert not any("_" in word for word in words), name


def test_two_columns_do_not_say_the_same():
    names = (*NAMES, *BODY_NAMES)
    assert len({in_words(name, 1).rpartition(":")[0] for name in names}) >= len(names) - 2, "but the two kinds of headline runs"


def test_what_is_no_number_is_not_told_as_one():
    """A column of kinds or of bits has words for them, one for each kind of cut and class of words."""
    assert [in_words("cut", value).rpartition(": ")[2] for value in range(3)] == [
        "a whole line", "a cell of a line", "a group of words",
    ]  # fmt: skip
    bits = [in_words("first", 1 << bit).rpartition(": ")[2] for bit in range(8)]
    assert len(set(bits)) == 8
    assert not any(word.isdigit() for word in bits)


def test_a_name_that_no_column_has():
    with pytest.raises(KeyError):
        in_words("weather", 1)
