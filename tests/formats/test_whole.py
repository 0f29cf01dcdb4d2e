"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bilingual.formats import whole
from bilingual.formats.whole import IN_PROGRESS, temporary, write_whole, written_beside


def test_data_is_durable_before_the_name_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    seen: list[tuple[bytes, int]] = []
    sync = os.fsync

    def note(number: int) -> None:
        seen.append((path.read_bytes(), len(list(tmp_path.iterdir()))))
        sync(number)

    monkeypatch.setattr(whole.os, "fsync", note)
    write_whole(path, b"new")
    assert seen == [(b"old", 2), (b"new", 1)][: 1 if os.name == "nt" else 2]


def test_what_fails_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parts() -> Iterator[bytes]:
        yield b"some"
        raise KeyError("no more")

    with pytest.raises(KeyError):
        written_beside(tmp_path / "a", parts())

    def refuse(*_: Any) -> None:
        raise OSError(5, "no disk")

    monkeypatch.setattr(whole, "give_name", refuse)
    with pytest.raises(OSError, match="no disk"):
        write_whole(tmp_path / "a", b"data")
    assert not [*tmp_path.iterdir()]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["a.txt", "n" * 255, "\N{ARABIC LETTER ALEF}" * 127])
def test_every_name_of_a_file_has_room_for_a_temporary_one(tmp_path: Path, name: str) -> None:
    write_whole(tmp_path / name, b"data")
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert temporary(tmp_path / name).name.endswith(IN_PROGRESS)
    assert temporary(tmp_path / name) != temporary(tmp_path / name)
