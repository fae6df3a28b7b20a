"""Everything to look at in one table, in the order of its rows, in the words the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from equitybook.codebook.coerce import Coerced, coerce, usable
from equitybook.codebook.columns import Column, Kind
from equitybook.codebook.percentages import share_question
from equitybook.codebook.rows import Message, Read, Table

_MISSING = "nothing entered yet."


def check_table(table: Table, records: Sequence[tuple[str, Mapping[str, Any]]], *, read: Read | None = None) -> tuple[Message, ...]:
    """Say what to look at in a table: cells that cannot be read, cells still missing, rows and tables that do not fit together.

    Parameters
    ----------
    table
        The table's declaration.
    records
        (row id, stored values by field), in the order the page shows. Rows in which nothing is entered are left alone.
    read
        Where the rows of other tables are, for what has to fit them; without it only the table itself is looked at.

    Returns
    -------
    tuple of Message
        Cells and rows first, in order, then what concerns several rows. Texts name row and column:
        ``"Row 3, People: 7.5 is not a whole number of people. …"``; the one record of a ``single`` table has no row number.
    """
    return put_together(table, [(row_id, check_row(table, stored)) for row_id, stored in records], read=read)


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row by itself: its typed values, and what to look at in it, each with the label of its column ("" for the whole row).

    It does not know its number or its id, so it stays true while other rows come, go or move.
    """

    values: Mapping[str, Any]
    found: tuple[tuple[str, Message], ...]


def check_row(table: Table, stored: Mapping[str, Any]) -> CheckedRow:
    """Read and check one row: ``stored`` are its values by field. A row in which nothing is entered is left alone."""
    cells = [(column, coerce(column, stored.get(column.name))) for column in table.columns]
    values = {column.name: usable(column, cell) for column, cell in cells}
    if all(cell.value is None for _, cell in cells):
        return CheckedRow(values, ())
    own = ((_label(table, one.field), one) for one in table.model.check(values))
    return CheckedRow(values, (*_cell_messages(cells), *own))


def put_together(table: Table, rows: Sequence[tuple[str, CheckedRow]], *, read: Read | None = None) -> tuple[Message, ...]:
    """Say everything to look at in a table whose rows, given as (row id, checked row) in order, are checked already."""
    small = _percentages_beside_larger_ones(table, rows)
    messages = [
        _placed(message, row_id, "" if table.single else f"Row {number}", label)
        for number, (row_id, row) in enumerate(rows, start=1)
        for label, message in row.found
        if not (message.field in small and message.text == share_question(row.values[message.field] or 0)[0])
    ]
    values = [(row_id, row.values) for row_id, row in rows]
    messages.extend(table.model.check_all(values))
    if read is not None:
        messages.extend(table.model.check_beside(values, read))
    return tuple(messages)


def _percentages_beside_larger_ones(table: Table, rows: Sequence[tuple[str, CheckedRow]]) -> set[str]:
    """Name the columns of percentages in which some are above one: less than one is a small percentage there and no share."""
    percent = [column.name for column in table.columns if column.kind is Kind.PERCENT]
    return {name for name in percent if any((row.values[name] or 0) > 1 for _, row in rows)}


def _cell_messages(cells: Sequence[tuple[Column, Coerced]]) -> Iterator[tuple[str, Message]]:
    for column, cell in cells:
        said = cell.message or (_MISSING if column.required and cell.value is None else "")
        if said:
            yield column.label, Message(said, field=column.name, suggestion=cell.suggestion)


def _placed(message: Message, row_id: str, place: str, label: str) -> Message:
    """Put row and column in front of a row's own message."""
    at = ", ".join(filter(None, (place, label)))
    return replace(message, row=message.row or row_id, text=f"{at}: {message.text}" if at else message.text)


def _label(table: Table, field: str) -> str:
    return next((column.label for column in table.columns if column.name == field), "")
