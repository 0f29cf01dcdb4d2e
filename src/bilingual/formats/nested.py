"""Fields in objects and structs: `a.b` is the field b of the object or struct a, where none has that very name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

MISSING = object()
"""What a field is that is not there: one that is null has another message."""


def field_of(row: dict[str, Any], name: str) -> Any:
    """The field of an object, or MISSING.

    >>> field_of({"page": {"text": "Good morning"}}, "page.text")
    'Good morning'
    """
    value: Any = row.get(name, MISSING)
    if value is not MISSING or "." not in name:
        return value
    value = row
    for step in name.split("."):
        value = value.get(step, MISSING) if isinstance(value, dict) else MISSING
    return value


def names_of(schema: Any) -> list[str]:
    """The names of the columns of an Arrow schema, then those of all fields in its columns of structs."""
    return [*schema.names, *(name for field in schema for name in _inner(field))]


def _inner(field: Any) -> Iterator[str]:
    import pyarrow as pa

    if pa.types.is_struct(field.type):
        for inner in field.type:
            yield f"{field.name}.{inner.name}"
            yield from (f"{field.name}.{name}" for name in _inner(inner))


def type_of(schema: Any, name: str) -> Any:
    """The Arrow type of a column, or of a field in one."""
    if name in schema.names:
        return schema.field(name).type
    first, *steps = name.split(".")
    kind = schema.field(first).type
    for step in steps:
        kind = kind.field(step).type
    return kind


def column_of(given: Any, name: str) -> Any:
    """A column of an Arrow table or batch, or a field of a struct in one: null where the struct is."""
    import pyarrow.compute as pc

    if name in given.schema.names:
        return given.column(name)
    first, *steps = name.split(".")
    return pc.struct_field(given.column(first), steps)


def doubled(schema: Any, name: str) -> int:
    """How many columns a name may mean, where that is more than one, else 0."""
    count = schema.names.count(name) or names_of(schema).count(name)
    return max(count, 2) if count > 1 or schema.names.count(name.split(".")[0]) > 1 else 0


def lacking(name: str, names: Sequence[str]) -> str:
    """What to say of a file without the column of the text."""
    return f"no column {name!r}; the file has: {', '.join(names[:20])}. Name it with --text-field"


def ambiguous(name: str, count: int) -> str:
    """What to say of several columns of one name."""
    return f"{count} columns are named {name!r}, and nothing says which one is meant; rename or leave out the others"
