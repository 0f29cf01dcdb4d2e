"""The Arrow schema of the output, and what its files say of themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from bilingual.batch.config import SCHEMA_VERSION, Config
from bilingual.errors import extra_module


def arrow() -> Any:
    """pyarrow. Raises: MissingExtraError."""
    return extra_module("pyarrow", extra="batch")


@cache
def schema(config: Config, *, dictionaries: bool = False) -> Any:
    """The schema of the output, the same for every file and row of a run.

    With `dictionaries` the words inside lists are dictionary arrays, as they are handed to the Parquet writer, which
    stores both forms alike.
    """
    pa = arrow()
    int32, string = pa.int32(), pa.string()
    word, rule = (pa.dictionary(number, string) if dictionaries else string for number in (pa.uint8(), pa.int16()))
    why = [("label", word), ("score", pa.float32()), ("layer", word), ("rule", rule)]
    place = [("start", int32), ("end", int32)]
    columns = [("id", string), ("url", string), ("date", string), ("source", string), ("offset", pa.int64())]
    columns += [("kind", word), ("chars", int32)]
    if config.text:
        columns.append(("text", string))
    if config.is_rewritten:
        columns.append(("origin", _list(pa, [("at", int32), ("start", int32)])))
    spans = [*place, ("lang", word), ("script", word), *why, ("lang_score", pa.float32())]
    columns.append(("spans", _list(pa, spans)))
    columns.append(("blocks", _list(pa, [*place, *why])))
    columns.append(("counts", _list(pa, [("lang", word), ("label", word), ("spans", int32), ("chars", pa.int64())])))
    fields = [pa.field(name, kind, nullable=False) for name, kind in columns]
    return pa.schema(fields, metadata=metadata(config))


def metadata(config: Config) -> dict[str, str]:
    """What a reader of a file must know to use its numbers."""
    import bilingual

    return {
        "bilingual.schema_version": SCHEMA_VERSION,
        "bilingual.offset_unit": "code point",
        "bilingual.offset_base": "text" if config.text else "the document as read",
        "bilingual.version": bilingual.__version__,
        "bilingual.codes": config.codes,
        "bilingual.config": config.digest(),
    }


def _list(pa: Any, fields: list[tuple[str, Any]]) -> Any:
    item = pa.struct([pa.field(name, kind, nullable=False) for name, kind in fields])
    return pa.list_(pa.field("element", item, nullable=False))
