"""A whole table's history as a person remembers it, point by point, and the table put back to one of them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from equitybook.server.access import Api, Refusal
from equitybook.server.known_tables import known_table
from equitybook.server.locks import locks_of
from equitybook.store.handle import DELETED, ORDER, Edit
from equitybook.store.history import RESTORED

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Change, Handle, Source

_PAUSE = dt.timedelta(minutes=2)
"""Typing of one person without a longer pause is one point."""

_MOST_POINTS = 100
_MOST_CHANGES = 200_000
_SHOWN = 6

Address = tuple[str, str]


class TableHistoryHandler(Api):
    """``GET table-history?table=``."""

    async def get(self) -> None:
        """Send the newest points of a table's history, newest first: who, when, from where, what was there and what came."""
        table = known_table(self.get_query_argument("table", ""))
        self.answer(await self.shared.aside(_tell, self.handle, table))


class RestoreHandler(Api):
    """``POST restore`` with ``{"table", "seq"}``."""

    async def post(self) -> None:
        """Write a table's values as they were after a change, as new versions under one batch, so that it can be undone."""
        said = self.body()
        seq = said.get("seq")
        if not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
            raise Refusal(400, "seq is the number of a change: a whole number from 0.")
        self.answer(await self.shared.aside(_restore, self.handle, known_table(str(said.get("table"))), seq))


@dataclass(slots=True)
class _Point:
    """What one person did in one go. ``before`` are the values each field had when it began."""

    first: Change
    last: Change
    before: dict[Address, Any] = field(default_factory=dict)
    after: dict[Address, Any] = field(default_factory=dict)

    def goes_on(self, change: Change) -> bool:
        same = (change.author, change.source, change.batch, change.reason)
        if same != (self.last.author, self.last.source, self.last.batch, self.last.reason):
            return False
        return bool(change.batch) or change.at - self.last.at <= _PAUSE

    def to_json(self, known: set[str]) -> dict[str, Any]:
        cells = [
            {"row": row, "field": name, "old": self.before[row, name], "value": value}
            for (row, name), value in self.after.items()
            if not name.startswith("_") and self.before[row, name] != value
        ]
        born = {row for row, _ in self.after} - known
        gone = {row for (row, name), value in self.after.items() if name == DELETED and value is True}
        back = {row for (row, name), value in self.after.items() if name == DELETED and value is not True and row in known}
        moved = {row for row, name in self.after if name == ORDER and row in known}
        return {
            "seq": self.last.seq,
            "at": self.last.at.isoformat(),
            "author": self.last.author,
            "source": self.last.source,
            "reason": self.last.reason,
            "cells": len(cells),
            "added": len((born | back) - gone),
            "removed": len(gone - born),
            "moved": len(moved - gone),
            "changes": cells[:_SHOWN],
        }


def _tell(handle: Handle, table: Table) -> dict[str, Any]:
    known: set[str] = set()
    told = []
    for point in _points(handle.changes(table=table.id, limit=_MOST_CHANGES)):
        told.append(point.to_json(known))
        known |= {row for row, _ in point.after}
    return {"points": told[::-1][:_MOST_POINTS], "more": len(told) > _MOST_POINTS}


def _points(changes: Sequence[Change]) -> Iterator[_Point]:
    now: dict[Address, Any] = {}
    point: _Point | None = None
    for change in changes:
        if point is None or not point.goes_on(change):
            if point is not None:
                yield point
            point = _Point(change, change)
        address = (change.row, change.field)
        point.before.setdefault(address, now.get(address))
        point.after[address] = now[address] = change.value
        point.last = change
    if point is not None:
        yield point


def _restore(handle: Handle, table: Table, seq: int) -> dict[str, Any]:
    batch = secrets.token_hex(8)
    wanted = [*_differences(handle, table, seq)]
    numbers = count(1)
    source: Source = "typed"
    edits = [
        Edit(
            table.id,
            row,
            name,
            value,
            expected=version,
            key=f"{batch}-{next(numbers)}",
            source=source,
            batch=batch,
            reason=RESTORED,
        )
        for row, name, value, version in wanted
    ]
    receipts = handle.write(edits)
    return {"batch": batch, "restored": sum(one.status == "saved" for one in receipts), "seq": handle.last_seq()}


def _differences(handle: Handle, table: Table, seq: int) -> Iterator[tuple[str, str, Any, int]]:
    """Give (row, field, value then, version now) of everything that is different now. What is locked is left as it is."""
    then: dict[Address, Any] = {}
    now: dict[Address, tuple[Any, int]] = {}
    for change in handle.changes(table=table.id, limit=_MOST_CHANGES):
        now[change.row, change.field] = change.value, change.version
        if change.seq <= seq:
            then[change.row, change.field] = change.value
    rows_then = {row for row, _ in then}
    locked = {record.id: locks_of(table, record) for record in handle.read(table.id)}
    own = {column.name for column in table.columns if column.typed}
    for (row, name), (value, version) in now.items():
        if row in rows_then and (name in own or name == ORDER):
            wish = then.get((row, name))
            if wish != value and name not in locked.get(row, {}):
                yield row, name, wish, version
    for row in dict.fromkeys(row for row, _ in now):
        wish = then.get((row, DELETED)) is True if row in rows_then else True
        value, version = now.get((row, DELETED), (None, 0))
        if wish != (value is True) and not locked.get(row):
            yield row, DELETED, wish, version
