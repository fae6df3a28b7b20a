"""A table's history to its end, and what in it was changed with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from equitybook.codebook.revisions import Revision

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Change, Handle

UNDO, RESTORED = "undo", "restored"
"""Reasons the program itself writes into the history. A person's is a sentence, and longer."""

_TAKEN_BACK = "undo:"  # as store.bulk names the batch that takes another one back; a notebook that reads has no need of that module
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


def revisions(table: Table, changes: Iterable[Change]) -> tuple[Revision, ...]:
    """Find the revisions in a table's history, oldest first.

    A revision is a change with a reason of a field that was locked at that moment (``Row.locked``). What was typed before the lock,
    taken back or restored is none.

    Parameters
    ----------
    table
        The table's declaration: its row model says what is locked.
    changes
        Every change of the table, oldest first.
    """
    told = list(changes)
    gone = {one.batch.removeprefix(_TAKEN_BACK) for one in told if one.batch.startswith(_TAKEN_BACK)}
    rows: dict[str, dict[str, Any]] = {}
    found = []
    for one in told:
        values = rows.setdefault(one.row, {})
        by_a_person = bool(one.reason) and one.reason not in (UNDO, RESTORED) and one.batch not in gone
        if by_a_person and one.field in table.model.locked(values):
            old = values.get(one.field)
            found.append(Revision(table.id, one.row, one.field, old, one.value, one.reason, one.author, one.at, one.batch))
        values[one.field] = one.value
    return tuple(found)
