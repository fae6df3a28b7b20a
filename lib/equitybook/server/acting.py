"""What every act has in common: reading what the page sent, finding the row, writing all of it or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equitybook.codebook.coerce import coerce
from equitybook.server.access import Refusal
from equitybook.server.edits import LONGEST_TEXT
from equitybook.store.handle import ORDER, Edit

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Handle, Record

MOVED = "Somebody changed this at the same moment, so nothing was changed here. Look at it again, then repeat it."


def row_of(handle: Handle, table: Table, row_id: object) -> Record:
    """Find the row an act is about.

    Raises
    ------
    Refusal
        400 where no row is named, 404 where it is gone.
    """
    if not isinstance(row_id, str):
        raise Refusal(400, "row is the id of a row.")
    for record in handle.read(table.id):
        if record.id == row_id:
            return record
    raise Refusal(404, f"{table.title} has no such row any more. Load the page again.")


def values_of(table: Table, said: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever was sent
    """Read values by field as they would be stored; what cannot be read stays as it was sent.

    Raises
    ------
    Refusal
        400 where this is no object, or names a column the table does not have.
    """
    if not isinstance(said, Mapping):
        raise Refusal(400, "values is a JSON object.")
    names = {column.name for column in table.columns}
    if unknown := set(said) - names:
        raise Refusal(400, f'{table.title} has no column "{sorted(unknown)[0]}".')
    return {str(name): coerce(table.column(str(name)), _plain(value)).value for name, value in said.items()}


def text_of(said: Any) -> str:  # noqa: ANN401 - whatever was sent
    """Read a text.

    Raises
    ------
    Refusal
        400 where it is none, or too long.
    """
    if not isinstance(said, str) or len(said) > LONGEST_TEXT or "\0" in said:
        raise Refusal(400, f"A text has up to {LONGEST_TEXT:,} characters.")
    return said.strip()


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever was sent
    if isinstance(value, Mapping) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
        raise Refusal(400, "A value is a text, a number, yes or no, a list of codes, or nothing.")
    return text_of(value) if isinstance(value, str) else value


def change_of(table: Table, row: Record, values: Mapping[str, Any], *, reason: str = "") -> list[Edit]:
    """Give the edits that write values into a row over the versions that were read."""
    return [
        _edit(table, row.id, name, value, expected=row.cells[name].version if name in row.cells else 0, reason=reason)
        for name, value in values.items()
    ]


def addition_of(table: Table, rows: Sequence[Record], values: Mapping[str, Any]) -> list[Edit]:
    """Give the edits that add a row after these; empty values are left out."""
    row = secrets.token_hex(6)
    place = max((one.order for one in rows), default=0.0) + 1
    filled = {name: value for name, value in values.items() if value not in (None, "", [])}
    return [_edit(table, row, name, value) for name, value in {ORDER: place, **filled}.items()]


def write(handle: Handle, edits: Iterable[Edit]) -> None:
    """Save edits as one act, in one transaction: all of them fit the versions that were read, or nothing is saved.

    Raises
    ------
    Refusal
        409 where somebody else was first.
    """
    batch = secrets.token_hex(8)
    made = [Edit(one.table, one.row, one.field, one.value, one.expected, one.key, batch=batch, reason=one.reason) for one in edits]
    if any(receipt.status == "conflict" for receipt in handle.write(made, together=True)):
        raise Refusal(409, MOVED)


def _edit(table: Table, row: str, field: str, value: Any, *, expected: int = 0, reason: str = "") -> Edit:  # noqa: ANN401 - any JSON value
    return Edit(table.id, row, field, value, expected, key=secrets.token_hex(8), reason=reason)
