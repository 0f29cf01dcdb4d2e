"""For mkdocstrings: shows the doctests of docstrings as code, so that their brackets are not taken for links."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import griffe


def fenced(text: str) -> str:
    """The text with a fence around every paragraph that begins as a doctest.

    >>> fenced("What.\\n\\n>>> [1][0]\\n1\\n\\nMore.")
    'What.\\n\\n```pycon\\n>>> [1][0]\\n1\\n```\\n\\nMore.'
    """
    parts = []
    for is_blank, lines in groupby(text.splitlines(), lambda line: not line.strip()):
        part = "\n".join(lines)
        parts.append(f"```pycon\n{part}\n```" if not is_blank and part.lstrip().startswith(">>>") else part)
    return "\n".join(parts)


class Doctests(griffe.Extension):
    """Fences the doctests of every object that is shown."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        del kwargs
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
