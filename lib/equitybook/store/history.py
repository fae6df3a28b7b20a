"""The whole history of a table or a field, however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from equitybook.store.handle import Change, Handle

_PORTION = 5_000
"""Changes asked for at a time: half of what one answer to a notebook carries."""


def whole_history(handle: Handle, table: str, *, field: str = "", portion: int = _PORTION) -> Iterator[Change]:
    """Tell every change of a table, or of one field of all its rows, oldest first; deleted rows included."""
    after = 0
    while told := handle.changes(after=after, table=table, field=field, limit=portion):
        yield from told
        if len(told) < portion:
            return
        after = told[-1].seq
