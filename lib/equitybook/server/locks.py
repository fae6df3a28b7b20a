"""What is not typed over any more: an agreed charter, a locked baseline, kept evidence. Asked wherever rows are written.

Which fields those are, and the sentence that says what to do instead, is the row model's (``Row.locked``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equitybook.codebook import Row
from equitybook.outcomes import registry
from equitybook.server.access import Refusal
from equitybook.store.handle import DELETED, ORDER

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Edit, Handle, Record

_STAYS = "This row stays, because others build on it. {why}"
_HISTORY = 100_000


def has_locks(table: Table) -> bool:
    """Whether rows of this table can be locked at all."""
    return table.model.locked.__func__ is not Row.locked.__func__  # type: ignore[attr-defined] # both are class methods


def locks_of(table: Table, row: Record) -> Mapping[str, str]:
    """Give the locked fields of one row, each with its sentence."""
    return table.model.locked(row.values()) if has_locks(table) else {}


def refuse_locked(handle: Handle, edits: Sequence[Edit]) -> None:
    """Let edits through only where nothing locked is changed.

    Raises
    ------
    Refusal
        409 with the sentence of the first locked field.
    """
    for table_id in {edit.table for edit in edits}:
        table = registry.table(table_id)
        if not has_locks(table):
            continue
        rows = {record.id: record for record in handle.read(table_id)}
        for edit in edits:
            row = rows.get(edit.row)
            if edit.table == table_id and row is not None:
                _refuse(locks_of(table, row), row, edit)


def refuse_replacing(handle: Handle, table: Table) -> None:
    """Let a file replace a table's rows only where none of them is locked.

    Raises
    ------
    Refusal
        409 where one is.
    """
    for row in handle.read(table.id) if has_locks(table) else ():
        if why := _first(locks_of(table, row)):
            raise Refusal(409, f"{_STAYS.format(why=why)} Choose “add to the rows” instead.")


def refuse_undoing(handle: Handle, batch: str) -> None:
    """Let a paste or import be taken back only where it touches nothing that was locked since.

    Raises
    ------
    Refusal
        409 where it does.
    """
    for table in _tables_with_locks():
        touched = {(one.row, one.field) for one in handle.changes(table=table.id, limit=_HISTORY) if one.batch == batch}
        rows = {record.id: record for record in handle.read(table.id)} if touched else {}
        for row_id, field in touched:
            row = rows.get(row_id)
            locks = locks_of(table, row) if row is not None else {}
            if why := locks.get(field) or (_first(locks) if field in {DELETED, ORDER} else ""):
                raise Refusal(409, _STAYS.format(why=why))


def _refuse(locks: Mapping[str, str], row: Record, edit: Edit) -> None:
    if not locks:
        return
    if edit.field == DELETED and edit.value:
        raise Refusal(409, _STAYS.format(why=_first(locks)))
    if edit.field in locks and not _same(edit.value, row.values().get(edit.field)):
        raise Refusal(409, locks[edit.field])


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any stored value
    return one == other or (one in (None, "", []) and other in (None, "", []))


def _first(locks: Mapping[str, str]) -> str:
    return next(iter(locks.values()), "")


def _tables_with_locks() -> Iterable[Table]:
    for one in registry.all_outcomes().values():
        yield from (row.table for row in one.tables if has_locks(row.table))
