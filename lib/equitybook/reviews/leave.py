"""A coach's leave to change an agreed charter's meaning when the programme has gone on to build upon it (specification 5.1).

It lies on the coach's side of the store, so a town cannot give it to itself, and it ends by itself.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from equitybook.errors import DataError
from equitybook.store.handle import Edit

if TYPE_CHECKING:
    from equitybook.store.handle import Cell, Handle

LASTS = dt.timedelta(days=14)
"""As long as a town works on a cycle."""

_TABLE, _ROW, _FIELD = "charter_leave", "one", "until"


def leave_until(side: Handle, today: dt.date) -> dt.date | None:
    """Give the last day on which the town may change the meaning; None where there is no leave, or it has ended.

    ``side`` is the coach's part of the store for the town (``Store.coach_side``).
    """
    cell = _cell(side)
    until = dt.date.fromisoformat(cell.value) if cell and cell.value else None
    return until if until and until >= today else None


def give_leave(side: Handle, today: dt.date) -> dt.date:
    """Let the town change the meaning for two weeks from today; give the last day.

    Raises
    ------
    DataError
        If somebody else gave or took it back at the same moment.
    """
    until = today + LASTS
    _write(side, until.isoformat())
    return until


def take_leave_back(side: Handle) -> None:
    """End it now.

    Raises
    ------
    DataError
        If somebody else gave or took it back at the same moment.
    """
    _write(side, None)


def _cell(side: Handle) -> Cell | None:
    return next((record.cells.get(_FIELD) for record in side.read(_TABLE) if record.id == _ROW), None)


def _write(side: Handle, until: str | None) -> None:
    cell = _cell(side)
    edit = Edit(table=_TABLE, row=_ROW, field=_FIELD, value=until, expected=cell.version if cell else 0, key=secrets.token_hex(8))
    if any(one.status == "conflict" for one in side.write([edit])):
        raise DataError("Somebody else changed this at the same moment. Load the page again.")
