"""The recipe of docs/scale.md for Hugging Face datasets, run as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import bilingual

pytest.importorskip("datasets", reason="Hugging Face datasets is not installed")

pytestmark = pytest.mark.filterwarnings("ignore")

DOCS = Path(__file__).resolve().parents[2] / "docs" / "scale.md"


def test_the_recipe_gives_the_answers_of_the_api(tmp_path, monkeypatch, texts):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    rows = [{"id": f"d{i}", "text": text, "topic": i % 4} for i, text in enumerate(texts)]
    (tmp_path / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    recipe = re.search(r"<!-- recipe: datasets -->\n```python\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    assert recipe is not None
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    names: dict[str, object] = {}
    exec(recipe.group(1).replace('"pages.jsonl"', '"pages.jsonl", cache_dir="cache"'), names)
    found = list(names["annotated"])
    assert [row["topic"] for row in found] == [row["topic"] for row in rows]
    for row, text in zip(found, texts, strict=True):
        document = bilingual.segment(text)
        assert row["text"] == text
        assert [(s["start"], s["end"], s["lang"], s["label"]) for s in row["spans"]] == [
            (s.start, s.end, s.lang, s.label) for s in document.spans
        ]
