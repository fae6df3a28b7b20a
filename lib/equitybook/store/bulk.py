"""Many fields at once: rows imported in one transaction, and a whole batch put back."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from equitybook.errors import StoreError
from equitybook.store.answers import SOURCES, Address, append, chunks
from equitybook.store.counting import lock_community
from equitybook.store.handle import DELETED, ORDER
from equitybook.store.schema import answer_heads, answer_history, imports
from equitybook.store.values import NULL, checked_name, from_json, is_empty, to_json

UNDO = "undo:"

_h, _now = answer_history.c, answer_heads.c


def import_rows(
    connection: Connection,
    community: str,
    author: str,
    table: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    replace: bool | Collection[str],
    source: str,
    batch: str,
    at: dt.datetime,
) -> int:
    """Append rows, or put them in the place of all rows or of those named; return how many were added, or had been under this batch."""
    checked_name(table, what="table")
    if batch:
        checked_name(batch, what="batch")
    if source not in SOURCES:
        problem = f"{source!r} is no source of an answer. Use one of: {', '.join(sorted(SOURCES))}."
        raise StoreError(problem)
    for name in {name for row in rows for name in row}:
        checked_name(name, what="field", system=False)
    seq = lock_community(connection, community)
    done = imports.c.community == community, imports.c.batch == batch, imports.c.table_name == table
    earlier: int | None = connection.execute(select(imports.c.row_count).where(*done)).scalar() if batch else None
    if earlier is not None:
        return earlier
    stamp = {
        "community": community,
        "table_name": table,
        "author": author,
        "at": at,
        "source": source,
        "batch": batch,
        "reason": "",
    }
    cells = _taken_out(connection, community, table, only=None if replace is True else set(replace)) if replace else []
    cells.extend(_new_cells(rows, first=1.0 if replace is True else _next_place(connection, community, table)))
    history = [
        stamp | {"seq": number, "row_id": row, "field": field, "value": value, "version": version, "key": None, "lost_to": None}
        for number, (row, field, value, version) in enumerate(cells, start=seq + 1)
    ]
    append(connection, community, history, after=seq)
    if batch:
        entry = {"community": community, "batch": batch, "table_name": table, "row_count": len(rows), "author": author, "at": at}
        connection.execute(insert(imports), entry)
    return len(rows)


def _new_cells(rows: Sequence[Mapping[str, Any]], *, first: float) -> Iterator[tuple[str, str, str, int]]:
    for place, row in enumerate(rows):
        row_id = secrets.token_hex(6)
        yield row_id, ORDER, to_json(first + place), 1
        for field, value in row.items():
            if not is_empty(value):
                yield row_id, field, to_json(value), 1


def _taken_out(
    connection: Connection, community: str, table: str, *, only: Collection[str] | None
) -> list[tuple[str, str, str, int]]:
    """One more version of "deleted" for each row that stands, or for those of them that are named."""
    wanted = select(_now.row_id, _now.field, _now.value, _now.version).where(_now.community == community, _now.table_name == table)
    marks = dict.fromkeys(connection.execute(wanted.with_only_columns(_now.row_id).distinct()).scalars(), (NULL, 0))
    marks |= {row: (value, version) for row, _, value, version in connection.execute(wanted.where(_now.field == DELETED))}
    return [
        (row, DELETED, "true", version + 1)
        for row, (value, version) in marks.items()
        if value != "true" and (only is None or row in only)
    ]


def _next_place(connection: Connection, community: str, table: str) -> float:
    wanted = select(_now.value).where(_now.community == community, _now.table_name == table, _now.field == ORDER)
    places = (from_json(value) for value in connection.execute(wanted).scalars())
    return float(int(max((place for place in places if isinstance(place, int | float)), default=0.0)) + 1)


def undo_batch(connection: Connection, community: str, author: str, batch: str, *, at: dt.datetime) -> int:
    """Put back what a batch changed and nobody has changed since; return the number of fields put back.

    Undoing ``b`` is the batch ``undo:b``; undoing that is again the batch ``b``, so that undo and redo can follow each
    other for as long as somebody likes.
    """
    checked_name(batch.removeprefix(UNDO), what="batch")
    seq = lock_community(connection, community)
    standing = _standing(connection, community, batch)
    lives = _lives(connection, community, {(to.table, to.row) for to in standing})
    wanted: dict[Address, tuple[str, int, str]] = {}
    restored = 0
    for address, (version, source) in standing.items():
        life = lives[address.table, address.row]
        if not _is_own(life, batch):
            value, earlier = _before(life, address.field, batch) or (NULL, source)
            wanted[address] = (value, version + 1, earlier)
        elif _is_taken_out(life, batch):
            continue
        else:
            # One mark takes a new row out; its cells stay, so that undoing the undo brings all of them back.
            marks = sum(one.field == DELETED for one in life)
            wanted[address._replace(field=DELETED)] = ("true", marks + 1, source)
        restored += 1
    name = batch.removeprefix(UNDO) if batch.startswith(UNDO) else UNDO + batch
    stamp = {"community": community, "author": author, "at": at, "batch": name, "reason": "undo", "key": None, "lost_to": None}
    history = [
        stamp
        | {
            "seq": number,
            "table_name": to.table,
            "row_id": to.row,
            "field": to.field,
            "value": value,
            "version": version,
            "source": source,
        }
        for number, (to, (value, version, source)) in enumerate(wanted.items(), start=seq + 1)
    ]
    append(connection, community, history, after=seq)
    return restored


def _standing(connection: Connection, community: str, batch: str) -> dict[Address, tuple[int, str]]:
    """Give the fields whose newest version is the batch's, with that version and its source."""
    newest = (_h.community == _now.community) & (_h.seq == _now.seq)
    # The address as well as the number: heads are found by their address.
    same_field = (_h.table_name == _now.table_name) & (_h.row_id == _now.row_id) & (_h.field == _now.field)
    wanted = (
        select(_now.table_name, _now.row_id, _now.field, _now.version, _now.source)
        .select_from(answer_history.join(answer_heads, newest & same_field))
        .where(_h.community == community, _h.batch == batch, _h.batch != "")
        .order_by(_h.seq)
    )
    return {Address(table, row, field): (version, source) for table, row, field, version, source in connection.execute(wanted)}


class _Version(NamedTuple):
    field: str
    value: str
    source: str
    batch: str


def _lives(connection: Connection, community: str, rows: set[tuple[str, str]]) -> dict[tuple[str, str], list[_Version]]:
    """Every version each of these rows ever had, oldest first."""
    lives: dict[tuple[str, str], list[_Version]] = {row: [] for row in rows}
    for table in sorted({table for table, _ in rows}):
        for some in chunks(sorted(row for at_table, row in rows if at_table == table)):
            wanted = (
                select(_h.row_id, _h.field, _h.value, _h.source, _h.batch)
                .where(_h.community == community, _h.table_name == table, _h.row_id.in_(some), _h.version.is_not(None))
                .order_by(_h.seq)
            )
            for row, *version in connection.execute(wanted):
                lives[table, row].append(_Version(*version))
    return lives


def _is_own(life: Sequence[_Version], batch: str) -> bool:
    """Whether a row was made by the batch, and nobody else has written a value to it since (taking it out is no value)."""
    strangers = (one for one in life if one.batch not in {batch, UNDO + batch})
    return life[0].batch == batch and all(one.field.startswith("_") for one in strangers)


def _is_taken_out(life: Sequence[_Version], batch: str) -> bool:
    """Whether undoing the batch took the row out already."""
    marks = [one for one in life if one.field == DELETED]
    return bool(marks) and marks[-1].batch == UNDO + batch


def _before(life: Sequence[_Version], field: str, batch: str) -> tuple[str, str] | None:
    """Give the newest value of a field that is not the batch's own, with its source."""
    return next(((one.value, one.source) for one in reversed(life) if one.field == field and one.batch != batch), None)
