"""A datatrove pipeline on real files: every document once, the answers of the API, statistics that add up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import bilingual
from bilingual.batch import Config
from bilingual.errors import SettingsError
from bilingual.formats.record import ReadOptions

pytest.importorskip("datatrove", reason="the extra `datatrove` is not installed")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def files(tmp_path: Path, texts: list[str]) -> Path:
    """Three files of JSON lines."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        rows = [{"id": f"d{i}", "text": text, "part": n} for i, text in enumerate(texts) if i % 3 == n]
        (folder / f"{n}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def lines(folder: Path) -> list[dict[str, Any]]:
    """The rows of the written files."""
    data = [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.jsonl.gz"))]
    return [json.loads(line) for line in b"".join(data).splitlines()]


def run(files: Path, out: Path, tasks: int = 1, workers: int = 1, **more: Any) -> dict[str, dict[str, Any]]:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from bilingual.engines.datatrove import Annotate

    steps = [JsonlReader(str(files)), Annotate(**more), JsonlWriter(str(out / "data"))]
    LocalPipelineExecutor(steps, tasks=tasks, workers=workers, logging_dir=str(out / "logs")).run()
    found = lines(out / "data")
    rows = {row["id"]: row for row in found}
    assert len(rows) == len(found), "a document came out twice"
    return rows


@pytest.mark.parametrize(("tasks", "workers"), [(1, 1), (3, 2)])
def test_answers_are_those_of_the_api(files, tmp_path, texts, tasks, workers):
    rows = run(files, tmp_path / "out", tasks, workers)
    assert sorted(rows) == sorted(f"d{i}" for i in range(len(texts)) if texts[i].strip())
    for identity, row in rows.items():
        document = bilingual.segment(texts[int(identity[1:])])
        made = row["metadata"]["bilingual"]
        assert row["text"] == document.text
        assert row["metadata"]["part"] == int(identity[1:]) % 3
        assert (made["kind"], made["chars"]) == (document.kind, len(document.text))
        assert [(s["start"], s["end"], s["lang"], s["label"]) for s in made["spans"]] == [
            (s.start, s.end, s.lang, s.label) for s in document.spans
        ]
        assert [(b["start"], b["end"], b["label"], b["rule"]) for b in made["blocks"]] == [
            (b.start, b.end, b.label, b.rule) for b in document.blocks
        ]


def test_the_configuration_of_a_batch_run_may_name_fields_that_documents_lack(files, tmp_path, texts):
    config = Config(read=ReadOptions(text_field="page.body", id_field="page.key", url_field="page.link"))
    assert len(run(files, tmp_path / "out", config=config)) == sum(map(bool, map(str.strip, texts)))


def test_filtering_keeps_text_and_counts_what_goes(files, tmp_path, texts):
    from datatrove.pipeline.writers import JsonlWriter

    dropped = JsonlWriter(str(tmp_path / "dropped"))
    config = Config(keep=("body",), lang=("ar",))
    rows = run(files, tmp_path / "out", config=config, exclusion_writer=dropped, key="labels")
    gone = lines(tmp_path / "dropped")
    assert rows
    assert gone
    assert len(rows) + len(gone) == len(texts)
    assert {row["metadata"]["filter_reason"] for row in gone} == {"nothing kept"}
    for identity, row in rows.items():
        made, original = row["metadata"]["labels"], texts[int(identity[1:])]
        assert {span["label"] for span in made["spans"]} == {"body"}
        for span in made["spans"]:
            at = [step for step in made["origin"] if step["at"] <= span["start"]][-1]
            start = span["start"] - at["at"] + at["start"]
            assert original[start : start + span["end"] - span["start"]] == row["text"][span["start"] : span["end"]]
    step = json.loads((tmp_path / "out" / "logs" / "stats.json").read_text("utf-8"))[1]["stats"]
    total = {name: value if isinstance(value, int) else value["total"] for name, value in step.items()}
    assert (total["total"], total["forwarded"], total["dropped"]) == (len(texts), len(rows), len(gone))
    chars = sum(s["end"] - s["start"] for row in rows.values() for s in row["metadata"]["labels"]["spans"])
    assert sum(value for name, value in total.items() if name.startswith("chars ")) == chars


def test_odd_documents_pass(texts):
    from datatrove.data import Document

    from bilingual.engines.datatrove import Annotate

    odd = ["", "\0", "\ud800", " ", "x" * 300_000, "مرحبا"]
    step = Annotate()
    found = list(step.run(iter([Document(text=text, id=str(i)) for i, text in enumerate(odd)])))
    assert [document.text for document in found] == odd
    assert list(step.run(None)) == []


def test_wrong_settings_fail_at_once():
    from bilingual.engines.datatrove import Annotate

    with pytest.raises(SettingsError, match="no setting"):
        Annotate(nonsense=1)


def test_text_and_id_in_fields_of_objects(tmp_path, texts):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from bilingual.engines.datatrove import Annotate, Fields

    rows: list[dict[str, Any]] = [
        {"page": {"text": texts[0], "key": 7, "n": 1}, "text": "another", "metadata": {"a": 1}},
        {"page": {"text": texts[1]}, "media": []},
        {"page": {"body": "no text"}},
        {"page.text": texts[2], "page": {"text": "another", "key": "k"}, "metadata": "m"},
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    reader = JsonlReader(str(tmp_path / "in"), adapter=Fields(text="page.text", id="page.key"))
    steps = [reader, Annotate(), JsonlWriter(str(tmp_path / "data"))]
    LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=str(tmp_path / "logs")).run()
    found = {row["id"]: row for row in lines(tmp_path / "data")}
    assert {key: row["text"] for key, row in found.items()} == {"7": texts[0], "a.jsonl/1": texts[1], "k": texts[2]}
    names = ("page", "text", "a", "metadata")
    kept = {key: {name: row["metadata"].get(name) for name in names} for key, row in found.items()}
    assert kept["7"] == {"page": {"n": 1}, "text": "another", "a": 1, "metadata": None}
    assert kept["k"] == {"page": {"text": "another"}, "text": None, "a": None, "metadata": "m"}
