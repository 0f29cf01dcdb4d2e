"""The review page as a server, for one file that holds the `TEXT` of the tests' module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from bilingual.cli.review import load
from bilingual.review.serve import ReviewServer


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReviewServer]:
    path = tmp_path / "a.txt"
    path.write_text(request.module.TEXT, "utf-8")
    running = ReviewServer([path], lambda path: load(str(path)))
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()
