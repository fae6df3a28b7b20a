"""The tables a page may read and write, and how they look as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from equitybook.charter.tables import Benchmark
from equitybook.codebook import Row
from equitybook.codebook.check import check_table
from equitybook.errors import EquitybookError
from equitybook.intake import MOST_MEGABYTES
from equitybook.intake.roster import FORM
from equitybook.outcomes import registry
from equitybook.server.access import Refusal
from equitybook.server.checked import CheckedTables
from equitybook.server.codes import has_codes, highest_codes, reused_codes
from equitybook.server.locks import has_locks, locks_of

if TYPE_CHECKING:
    from equitybook.codebook import Column, Message, Table
    from equitybook.codebook.rows import Read
    from equitybook.store.handle import Cell, Change, Handle, Record


def known_table(table_id: str) -> Table:
    """Find the table with that id.

    Raises
    ------
    Refusal
        404 where no outcome declares it.
    """
    try:
        return registry.table(table_id)
    except EquitybookError as error:
        raise Refusal(404, str(error)) from error


def table_json(handle: Handle, table: Table, records: Sequence[Record], seq: int) -> dict[str, Any]:
    """Write a table as the grid and the form take it: its declaration, its rows, what to check in them, the codes that are taken."""
    rows = [(row.id, row.values()) for row in records]
    return {
        "table": {
            "id": table.id,
            "title": table.title,
            "one_row": table.one_row,
            "single": table.single,
            "columns": [_column_json(column) for column in table.columns],
            "starters": has_starters(table),
            # Null where a place of its own takes its files: a staff list is screened for more, a census download has its own layout.
            "upload_megabytes": None if table.id in {FORM.table.id, Benchmark.table.id} else MOST_MEGABYTES,
        },
        "rows": [
            {
                "id": row.id,
                "order": row.order,
                "cells": {name: cell_json(cell) for name, cell in row.cells.items()},
                "system": dict(row.system),
                "locked": dict(locks_of(table, row)),
            }
            for row in records
        ],
        "messages": messages_json((*check_table(table, rows, read=_values_of(handle)), *reused_codes(handle, table, rows))),
        "codes": highest_codes(handle, table),
        "seq": seq,
    }


def _values_of(handle: Handle) -> Read:
    """Give the values of any table of the town, for what has to fit them."""
    return lambda table_id: [row.values() for row in handle.read(table_id)]


def has_starters(table: Table) -> bool:
    """Whether this table offers the rows most towns begin with."""
    return table.model.starters.__func__ is not Row.starters.__func__  # type: ignore[attr-defined] # both are class methods


def messages_of(
    handle: Handle, table_ids: Iterable[str], *, checked: CheckedTables | None = None
) -> dict[str, list[dict[str, str]]]:
    """Check these tables as they stand: messages by table id. Tables no outcome declares are left out.

    ``checked`` remembers rows that are checked already; without it every row is read and checked.
    """
    checked = checked or CheckedTables()
    return {table.id: messages_json(_messages(handle, table, checked)) for table in _declared(table_ids)}


def _messages(handle: Handle, table: Table, checked: CheckedTables) -> tuple[Message, ...]:
    reused = reused_codes(handle, table, checked.values(handle, table)) if has_codes(table) else ()
    return (*checked.messages(handle, table), *reused)


def locks_in(handle: Handle, table_ids: Iterable[str], *, checked: CheckedTables) -> dict[str, dict[str, dict[str, str]]]:
    """Give what is locked in those of these tables that can be locked at all: sentences by table, row and field."""
    return {
        table.id: {row: locks for row, values in checked.values(handle, table) if (locks := dict(table.model.locked(values)))}
        for table in _declared(table_ids)
        if has_locks(table)
    }


def _declared(table_ids: Iterable[str]) -> Iterator[Table]:
    for table_id in sorted(set(table_ids)):
        try:
            yield registry.table(table_id)
        except EquitybookError:  # the store also keeps tables that no page shows
            continue


def news_of(handle: Handle, table_id: str) -> dict[str, Any]:
    """Say after a write where the town's history stands, when that was, and what there is to check in the table."""
    return {"seq": handle.last_seq(), "at": dt.datetime.now(dt.UTC).isoformat(), "messages": messages_of(handle, [table_id])}


def messages_json(messages: Iterable[Message]) -> list[dict[str, str]]:
    """Messages as JSON; ``suggestion`` only where there is one."""
    return [
        {"row": one.row, "field": one.field, "text": one.text} | ({"suggestion": one.suggestion} if one.suggestion else {})
        for one in messages
    ]


def cell_json(cell: Cell) -> dict[str, Any]:
    """One cell as JSON."""
    return {"value": cell.value, "version": cell.version, "author": cell.author, "at": cell.at.isoformat(), "source": cell.source}


def change_json(change: Change) -> dict[str, Any]:
    """One change as JSON."""
    return {
        "seq": change.seq,
        "table": change.table,
        "row": change.row,
        "field": change.field,
        "value": change.value,
        "version": change.version,
        "author": change.author,
        "at": change.at.isoformat(),
        "source": change.source,
        "batch": change.batch,
    }


def _column_json(column: Column) -> dict[str, Any]:
    vocabulary = column.vocabulary
    return {
        "name": column.name,
        "label": column.label,
        "kind": str(column.kind),
        "help": column.help,
        "unit": column.unit,
        "required": column.required,
        "choices": [[code, vocabulary.label(code)] for code in vocabulary.codes] if vocabulary else None,
        "open_ended": bool(vocabulary and vocabulary.open_ended),
        "example": column.example
        if column.example is None or isinstance(column.example, str | int | float | bool | list)
        else str(column.example),
        "minimum": column.minimum,
        "maximum": column.maximum,
        "refers": column.refers,
        "numbered": column.numbered,
        "typed": column.typed,
    }
