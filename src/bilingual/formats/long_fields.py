"""Fields of any length for the standard `csv` module, whose limit (131,072 characters) is one for the whole process."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_wanted: list[int] = []
_before = 0


@contextmanager
def long_fields(size: int) -> Iterator[None]:
    """Fields of `size` characters are read as long as this holds.

    Tables may be read side by side, by threads or by turns: the limit is never less than any of them needs, nor than it
    was, and what it was again when the last one is done.
    """
    global _before
    with _lock:
        if not _wanted:
            _before = csv.field_size_limit()
        _wanted.append(size)
        csv.field_size_limit(max(_before, *_wanted))
    try:
        yield
    finally:
        with _lock:
            _wanted.remove(size)
            csv.field_size_limit(max([_before, *_wanted]))
