"""Rows of a table that mean the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from equitybook.codebook.rows import Message

Read = Callable[[str], Sequence[Mapping[str, Any]]]
Records = Sequence[tuple[str, Mapping[str, Any]]]


def key_of(value: object) -> str:
    """Bring a name into the form in which two spellings of it are the same."""
    return " ".join(str(value or "").split()).casefold()


def twice(rows: Records, field: str, advice: str) -> Iterator[Message]:
    """Name the rows whose value stands in a row above."""
    seen: dict[str, int] = {}
    for number, (row_id, values) in enumerate(rows, start=1):
        key = key_of(values.get(field))
        if key and key in seen:
            yield Message(f"Row {number} has the same as row {seen[key]}: “{values[field]}”. {advice}", row=row_id, field=field)
        if key:
            seen.setdefault(key, number)
