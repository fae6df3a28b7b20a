"""Everything to look at in one table, in the order of its rows, in the words the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from equitybook.codebook.coerce import Coerced, coerce, usable
from equitybook.codebook.columns import Column
from equitybook.codebook.rows import Message, Table

_MISSING = "nothing entered yet."


def check_table(table: Table, records: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[Message, ...]:
    """Say what to look at in a table: cells that cannot be read, cells still missing, rows and tables that do not fit together.

    Parameters
    ----------
    table
        The table's declaration.
    records
        (row id, stored values by field), in the order the page shows. Rows in which nothing is entered are left alone.

    Returns
    -------
    tuple of Message
        Cells and rows first, in order, then what concerns several rows. Texts name row and column:
        ``"Row 3, People: 7.5 is not a whole number of people. …"``; the one record of a ``single`` table has no row number.
    """
    messages: list[Message] = []
    read: list[tuple[str, dict[str, Any]]] = []
    for number, (row_id, stored) in enumerate(records, start=1):
        cells = [(column, coerce(column, stored.get(column.name))) for column in table.columns]
        values = {column.name: usable(column, cell) for column, cell in cells}
        read.append((row_id, values))
        if any(cell.value is not None for _, cell in cells):
            place = "" if table.single else f"Row {number}"
            messages.extend(_cell_messages(cells, row_id, place))
            messages.extend(_placed(table, one, row_id, place) for one in table.model.check(values))
    messages.extend(table.model.check_all(read))
    return tuple(messages)


def _cell_messages(cells: Sequence[tuple[Column, Coerced]], row_id: str, place: str) -> Iterator[Message]:
    for column, cell in cells:
        said = cell.message or (_MISSING if column.required and cell.value is None else "")
        if said:
            yield Message(f"{_at(place, column)}: {said}", row=row_id, field=column.name)


def _placed(table: Table, message: Message, row_id: str, place: str) -> Message:
    """Put row and column in front of a row's own message."""
    try:
        at = _at(place, table.column(message.field)) if message.field else place
    except KeyError:
        at = place
    return replace(message, row=message.row or row_id, text=f"{at}: {message.text}" if at else message.text)


def _at(place: str, column: Column) -> str:
    return f"{place}, {column.label}" if place else column.label
