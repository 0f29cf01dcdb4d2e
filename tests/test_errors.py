"""Errors say what, where and the way out, in whatever process they are read."""

from __future__ import annotations

import pickle

import pytest

from bilingual.batch.documents import UnreadableError
from bilingual.errors import BilingualError, InputError, MissingExtraError, SettingsError, printable


@pytest.mark.parametrize(
    "error",
    [
        InputError("a.txt: no such file"), SettingsError("no label 'x'"),
        MissingExtraError("pyarrow", extra="batch"), UnreadableError("html", "the page is cut short"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_an_error_of_another_process_is_the_same(error: BilingualError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_an_error_cannot_steer_the_terminal() -> None:
    assert str(InputError("a\x1b[2J\u202eb")) == printable("a\x1b[2J\u202eb") == "a\ufffd[2J\ufffdb"
