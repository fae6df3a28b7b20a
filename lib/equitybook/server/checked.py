"""What to check in tables, kept between edits: only rows that changed are read and checked again.

A table of two thousand people has some twenty thousand cells; reading and checking all of them at each edit took longer than
everything else an edit does. The history numbers every change, so what was read before and the changes since are the table.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from equitybook.codebook.check import CheckedRow, check_row, put_together
from equitybook.outcomes import registry
from equitybook.store.handle import DELETED, ORDER

if TYPE_CHECKING:
    from equitybook.codebook import Message, Table
    from equitybook.store.handle import Change, Handle

_MOST_CHANGES = 2000
"""Changes worth following one by one; after an import the table is read afresh."""

_MOST_TABLES = 200
"""Tables remembered, those asked for last: fourteen towns with all their tables, some 5 MB each where the list is long."""


@dataclass(slots=True)
class _Row:
    order: float = 0.0
    deleted: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    checked: CheckedRow | None = None


@dataclass(slots=True)
class _Kept:
    """One table of one community as it stood at ``seq``. Checks may ask what day it is, so none outlives its day."""

    seq: int = -1
    day: dt.date = dt.date.min
    rows: dict[str, _Row] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


@dataclass(slots=True)
class CheckedTables:
    """The tables of one store that were asked about lately."""

    _kept: OrderedDict[tuple[str, str], _Kept] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def messages(self, handle: Handle, table: Table) -> tuple[Message, ...]:
        """Say what to look at in a table as it stands now: what ``check_table`` says of it."""
        kept = self._of(handle.community, table.id)
        with kept.lock:
            _follow(kept, handle, table)
            rows = [(name, _checked(table, row)) for name, row in _standing(kept)]
        # Outside the lock: what is beside may be another table with a lock of its own.
        return put_together(table, rows, read=lambda beside: [row for _, row in self.values(handle, registry.table(beside))])

    def values(self, handle: Handle, table: Table) -> list[tuple[str, Mapping[str, Any]]]:
        """Give (row id, stored values by field) of a table as it stands now, in order."""
        kept = self._of(handle.community, table.id)
        with kept.lock:
            _follow(kept, handle, table)
            return [(name, dict(row.values)) for name, row in _standing(kept)]

    def rows(self, handle: Handle, table: Table) -> frozenset[str]:
        """Give the ids of the rows of a table that are there now."""
        kept = self._of(handle.community, table.id)
        with kept.lock:
            _follow(kept, handle, table)
            return frozenset(name for name, row in kept.rows.items() if not row.deleted)

    def _of(self, community: str, table_id: str) -> _Kept:
        with self._lock:
            kept = self._kept.setdefault((community, table_id), _Kept())
            self._kept.move_to_end((community, table_id))
            while len(self._kept) > _MOST_TABLES:
                self._kept.popitem(last=False)
            return kept


def _follow(kept: _Kept, handle: Handle, table: Table) -> None:
    today = dt.datetime.now(dt.UTC).date()
    if kept.day != today:
        for row in kept.rows.values():
            row.checked = None
        kept.day = today
    last = handle.last_seq()
    if kept.seq == last:
        return
    changes = handle.changes(after=kept.seq, table=table.id, limit=_MOST_CHANGES + 1) if kept.seq >= 0 else None
    if changes is None or len(changes) > _MOST_CHANGES or _unknown(kept.rows, changes):
        kept.rows = {one.id: _Row(one.order, deleted=False, values=one.values()) for one in handle.read(table.id)}
    else:
        for change in changes:
            _apply(kept.rows, change)
    kept.seq = last


def _unknown(rows: Mapping[str, _Row], changes: Sequence[Change]) -> bool:
    """Whether something was written into a row that is neither known nor new: it was taken out before this table was read."""
    new = {one.row for one in changes if one.field == ORDER}
    return any(one.row not in rows and one.row not in new for one in changes)


def _apply(rows: dict[str, _Row], change: Change) -> None:
    row = rows.setdefault(change.row, _Row())
    if change.field == ORDER:
        row.order = float(change.value) if isinstance(change.value, int | float) else 0.0
    elif change.field == DELETED:
        row.deleted = change.value is True
    elif not change.field.startswith("_"):
        row.values[change.field] = change.value
        row.checked = None


def _standing(kept: _Kept) -> list[tuple[str, _Row]]:
    return sorted(((name, row) for name, row in kept.rows.items() if not row.deleted), key=lambda one: (one[1].order, one[0]))


def _checked(table: Table, row: _Row) -> CheckedRow:
    if row.checked is None:
        row.checked = check_row(table, row.values)
    return row.checked
