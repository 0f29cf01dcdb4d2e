"""The verdicts on pages, by every way to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

import bilingual
from bilingual.document import Document

Verdict = tuple[str, float, str, str]


def verdicts(documents: Sequence[Document]) -> list[list[Verdict]]:
    """Label, score, layer and rule of every block."""
    return [[(b.label, b.score, b.layer, b.rule) for b in document.blocks] for document in documents]


def same_verdicts(stage: Callable[..., Any], interpreted: Any, pages: Sequence[str]) -> list[list[Verdict]]:
    """The verdicts on pages together, which are those on each alone, and those that a stage's interpreted kernels give."""
    found = verdicts(list(bilingual.segment_many(pages)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(stage.__kwdefaults__, "engine", interpreted)
        assert verdicts(list(bilingual.segment_many(pages))) == found
    assert verdicts([bilingual.segment(page) for page in pages]) == found
    return found
