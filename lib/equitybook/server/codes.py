"""The codes of rows that are numbered (M1, M2 …): which were ever given, and which stand for another row than they used to.

A code is never used twice, because values, causes and evidence point to it (specification 5.2). Deleted rows are not on the page, but the
history has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equitybook.codebook import Kind, Message
from equitybook.store.handle import DELETED
from equitybook.store.history import whole_history

if TYPE_CHECKING:
    from equitybook.codebook import Column, Table
    from equitybook.store.handle import Handle

Rows = Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Cell:
    value: Any
    batch: str


def has_codes(table: Table) -> bool:
    """Whether rows of this table are numbered."""
    return any(column.numbered for column in table.columns)


def highest_codes(handle: Handle, table: Table) -> dict[str, int]:
    """Give the highest number ever given in each numbered column, by its name; 0 where none was."""
    return {
        column.name: max(
            (_number(column, change.value) for change in whole_history(handle, table.id, field=column.name)), default=0
        )
        for column in _numbered(table)
    }


def reused_codes(handle: Handle, table: Table, rows: Rows) -> tuple[Message, ...]:
    """Name the rows whose code was another row's that is deleted: what points to it would now be about something else.

    A row that has the old one's code and name is taken for the same thing, entered again, and so are rows a file put in the place of others.

    Parameters
    ----------
    handle
        The town's part of the store.
    table
        The table's declaration.
    rows
        (row id, stored values) of the rows that stand, in order.
    """
    return tuple(message for column in _numbered(table) for message in _reused(handle, table, column, rows))


def _reused(handle: Handle, table: Table, column: Column, rows: Rows) -> Iterator[Message]:
    codes, standing = _newest(handle, table, column.name), {row_id for row_id, _ in rows}
    gone: dict[str, list[str]] = {}
    for row_id, cell in codes.items():
        if row_id not in standing and cell.value:
            gone.setdefault(str(cell.value), []).append(row_id)
    suspects = [(row_id, values) for row_id, values in rows if str(values.get(column.name) or "") in gone]
    if not suspects:
        return
    naming = _naming(table, column)
    names, deleted = _newest(handle, table, naming.name), _newest(handle, table, DELETED)
    free = max((_number(column, cell.value) for cell in codes.values()), default=0) + 1
    for row_id, values in suspects:
        code, own = str(values[column.name]), _plain(values.get(naming.name))
        for other in gone[code]:
            was = names[other].value if other in names else None
            batch = deleted[other].batch if other in deleted else ""
            replaced = bool(batch) and row_id in codes and codes[row_id].batch == batch
            if was and _plain(was) != own and not replaced:
                yield _mark(rows, row_id, column, was=str(was), free=f"{column.numbered}{free}")
                break


def _mark(rows: Rows, row_id: str, column: Column, *, was: str, free: str) -> Message:
    number, code = next((at, values[column.name]) for at, (one, values) in enumerate(rows, start=1) if one == row_id)
    return Message(
        f"Row {number}, {column.label}: {code} was the code of “{was}”, which is deleted. What was entered for that one would now be about "
        f"this one. If it is another one, give it a code of its own, for example {free}.",
        row=row_id,
        field=column.name,
    )


def _numbered(table: Table) -> tuple[Column, ...]:
    return tuple(column for column in table.columns if column.numbered)


def _naming(table: Table, column: Column) -> Column:
    """The column that names a row for people: the first text after its code."""
    after = table.columns[table.columns.index(column) + 1 :]
    return next((one for one in after if one.kind is Kind.TEXT), column)


def _newest(handle: Handle, table: Table, field: str) -> dict[str, _Cell]:
    return {change.row: _Cell(change.value, change.batch) for change in whole_history(handle, table.id, field=field)}


def _number(column: Column, code: object) -> int:
    found = re.fullmatch(rf"{re.escape(column.numbered)}(\d{{1,9}})", str(code or ""))
    return int(found.group(1)) if found else 0


def _plain(name: object) -> str:
    return " ".join(str(name or "").casefold().split())
