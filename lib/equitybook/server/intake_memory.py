"""A town's choices for a file, remembered for the next file with the same headings. They are answers like any other."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.store.handle import Edit

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Cell, Handle

TABLE = "intake_memory"
_FIELD = "mapping"


def recall(handle: Handle, table: Table, fingerprint: str) -> Any:  # noqa: ANN401 - the mapping as JSON
    """Recall what was settled for a file with these headings, or None."""
    cell = _cell(handle, table, fingerprint)
    return cell.value if cell else None


def remember(handle: Handle, table: Table, fingerprint: str, mapping: Mapping[str, Any]) -> None:
    """Keep what was settled. Where the other person settled something else at the same moment, theirs stays."""
    cell = _cell(handle, table, fingerprint)
    if cell is not None and cell.value == mapping:
        return
    wish = Edit(
        table=TABLE,
        row=_row(table, fingerprint),
        field=_FIELD,
        value=dict(mapping),
        expected=cell.version if cell else 0,
        key=secrets.token_hex(12),
    )
    handle.write([wish])


def _cell(handle: Handle, table: Table, fingerprint: str) -> Cell | None:
    row = _row(table, fingerprint)
    found = next((one for one in handle.read(TABLE) if one.id == row), None)
    return found.cells.get(_FIELD) if found else None


def _row(table: Table, fingerprint: str) -> str:
    return f"{table.id}-{fingerprint}"
