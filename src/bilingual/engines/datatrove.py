"""A step for datatrove pipelines: labels and spans into `Document.metadata`, text filtered and normalized on request.

from bilingual.engines.datatrove import Annotate

LocalPipelineExecutor([JsonlReader("in"), Annotate(config=Config(keep=("body",))), JsonlWriter("out")]).run()
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bilingual.batch.config import Config
from bilingual.batch.rows import utf8
from bilingual.batch.schema import arrow
from bilingual.batch.shard import gathered
from bilingual.engines.arrow import Annotator, configured
from bilingual.errors import MissingExtraError
from bilingual.formats.nested import MISSING, field_of
from bilingual.formats.record import ReadOptions

try:
    from datatrove.pipeline.base import PipelineStep
except ImportError:
    raise MissingExtraError("datatrove", extra="datatrove") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """An adapter for datatrove's readers that takes text and id where a batch run takes them: `a.b` is the field b of
    the object a, where none has that very name.

    JsonlReader("in", adapter=Fields(text="page.text", id="page.key"))

    The rest of the row goes into `metadata`, as it does without. Where there is no id it is the file's name and the
    row's number. A row whose text is missing or none is dropped by the reader, as it drops those of empty text.
    """

    text: str = "text"
    id: str = "id"

    def __call__(self, reader: Any, data: dict[str, Any], path: str, id_in_file: int | str) -> dict[str, Any]:
        """What a reader, of which this becomes a method, makes a document of."""
        del reader
        text, identity = _taken(data, self.text), _taken(data, self.id)
        metadata = data.pop("metadata", {})
        if not isinstance(metadata, dict):
            metadata = {"metadata": metadata}
        return {
            "text": text if isinstance(text, str) else "",
            "id": f"{path}/{id_in_file}" if identity is None else str(identity),
            "media": data.pop("media", None) or [],
            "metadata": metadata | data,
        }


def _taken(row: dict[str, Any], name: str) -> Any:
    """A field of a row, which is taken out of it; None where there is none."""
    if field_of(row, name) is MISSING:
        return None
    *steps, last = [name] if name in row else name.split(".")
    for step in steps:
        row = row[step]
    return row.pop(last)


class Annotate(PipelineStep):  # type: ignore[misc, unused-ignore]
    """Annotates every document; with a filtering `config`, documents of which nothing is left are dropped.

    `metadata[key]` gets `kind`, `chars`, `spans`, `blocks`, `counts`, as rows of a batch run have them (and `origin`
    where the text was rewritten, which maps it back). Offsets are code points into the document's text as it leaves
    the step. `exclusion_writer` takes the dropped documents, with their text as it came. `settings` are those of
    `bilingual.Segmenter`. Statistics: documents forwarded and dropped, by kind, and characters by language and label.
    Raises: SettingsError.
    """

    name = "bilingual"
    type = "🏷 - LABELS"

    def __init__(
        self,
        *,
        config: Config | None = None,
        key: str = "bilingual",
        exclusion_writer: Any = None,
        **settings: Any,
    ) -> None:
        super().__init__()
        found = configured(config, "text", None, settings)
        # A document has what its reader took from fields: those that a batch run names are not asked for again.
        usual = ReadOptions()
        read = replace(found.read, id_field=usual.id_field, url_field=usual.url_field)
        self.annotator = Annotator(config=replace(found, read=read), columns=("row",))
        self.key = key
        self.exclusion_writer = exclusion_writer

    def run(self, data: Iterable[Any] | None, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """The documents of `data`, annotated, in order."""
        del world_size
        with self.exclusion_writer or contextlib.nullcontext() as writer:
            for batch in gathered(data or (), lambda document: len(document.text)):
                with self.track_time("batch"):
                    rows = self._rows(batch)
                for i, document in enumerate(batch):
                    self.stat_update("total")
                    if i in rows:
                        yield self._kept(document, rows[i])
                    else:
                        self.stat_update("dropped")
                        if writer is not None:
                            document.metadata["filter_reason"] = "nothing kept"
                            writer.write(document, rank)

    def _rows(self, batch: list[Any]) -> dict[int, dict[str, Any]]:
        """The annotated rows of a batch, by the position of their document."""
        pa = arrow()
        texts = pa.array([utf8(document.text) for document in batch], pa.binary()).cast(pa.large_string())
        given = pa.table({"row": pa.array(range(len(batch)), pa.int32()), "text": texts})
        rows = self.annotator(given).to_pylist()
        return {row.pop("row"): row for row in rows}

    def _kept(self, document: Any, row: dict[str, Any]) -> Any:
        if self.annotator.config.is_rewritten:
            document.text = row["text"]
        names = ("kind", "chars", "spans", "blocks", "counts", "origin")
        document.metadata[self.key] = {name: row[name] for name in names if name in row}
        self.stat_update("forwarded", f"kind {row['kind']}")
        for cell in row["counts"]:
            self.stat_update(f"chars {cell['lang']} {cell['label']}", value=cell["chars"])
        self.update_doc_stats(document)
        return document
