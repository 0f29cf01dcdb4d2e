"""The word lists of `data/arabic`, which `tools/arabic_words.py` makes."""

from __future__ import annotations

from importlib import resources


def rows(name: str) -> list[list[str]]:
    """The rows of a list, each as its columns."""
    source = resources.files("bilingual") / "data" / "arabic" / f"{name}.tsv"
    lines = source.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
