"""Answers: read as they stand, written as new versions, told as history. Each function works inside one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, insert, select

from equitybook.errors import StoreError
from equitybook.store.counting import lock_community, set_last_seq
from equitybook.store.handle import DELETED, ORDER, Cell, Change, Edit, Receipt, Record
from equitybook.store.heads import renew_heads
from equitybook.store.schema import answer_heads, answer_history
from equitybook.store.values import checked_name, from_json, to_json

SOURCES = frozenset({"typed", "pasted", "imported", "carried"})

_CHUNK = 500  # names in one IN (…): both databases take more, neither gets faster

_h, _now = answer_history.c, answer_heads.c


class Address(NamedTuple):
    """Where a field is within a community."""

    table: str
    row: str
    field: str


class Head(NamedTuple):
    """The newest version of a field, before its value is read out of its JSON."""

    value: str
    version: int
    seq: int


def read_records(connection: Connection, community: str, table: str) -> tuple[Record, ...]:
    """Give the rows of a table as they stand, in order, without deleted rows."""
    in_table = _now.community == community, _now.table_name == table
    # Left out by the database: an import that was replaced five times leaves five times its cells behind.
    deleted = select(_now.row_id).where(*in_table, _now.field == DELETED, _now.value == "true").correlate(None)
    wanted = select(_now.row_id, _now.field, _now.value, _now.version, _now.author, _now.at, _now.source).where(
        *in_table, _now.row_id.not_in(deleted)
    )
    cells: dict[str, dict[str, Cell]] = {}
    for row, field, value, version, author, at, source in connection.execute(wanted):
        cells.setdefault(row, {})[field] = Cell(from_json(value), version, author, at, source)
    records = [_record(row, by_field) for row, by_field in cells.items()]
    return tuple(sorted(records, key=lambda record: (record.order, record.id)))


def _record(row: str, cells: Mapping[str, Cell]) -> Record:
    order = cells[ORDER].value if ORDER in cells else None
    place = float(order) if isinstance(order, int | float) else 0.0
    system = {name: cell.version for name, cell in cells.items() if name.startswith("_")}
    return Record(row, place, {name: cell for name, cell in cells.items() if name not in system}, system)


def save_edits(
    connection: Connection, community: str, author: str, edits: Sequence[Edit], at: dt.datetime, *, together: bool = False
) -> tuple[Receipt, ...]:
    """Save each edit by itself, in order; return one receipt for each, in the same order.

    ``together``: where one of them is stale none is saved, and the receipts of the stale ones are returned.

    Raises
    ------
    StoreError
        If a name or value cannot be kept, or a key was used before for another field. Nothing is saved then.
    """
    written = [to_json(_checked(edit).value) for edit in edits]
    last = seq = lock_community(connection, community)
    # Only now: what another writer saved while we waited for the lock must be seen.
    seen = _receipts(connection, community, {edit.key for edit in edits if edit.key})
    heads = read_heads(connection, community, [Address(edit.table, edit.row, edit.field) for edit in edits if edit.key not in seen])
    stamp = {"community": community, "author": author, "at": at}
    receipts, history = [], []
    for edit, value in zip(edits, written, strict=True):
        address = Address(edit.table, edit.row, edit.field)
        if edit.key in seen:
            receipts.append(_replayed(seen[edit.key], address))
            continue
        seq += 1
        head = heads.get(address)
        # The same value is agreement, not a conflict: nobody has to choose between 14 and 14.
        wins = edit.expected == (head.version if head else 0) or (head is not None and head.value == value)
        row = _history_row(stamp, edit, value, seq)
        if wins:
            row["version"] = head.version + 1 if head else 1
            heads[address] = Head(value, row["version"], seq)
        else:
            row["lost_to"] = head.seq if head else 0
        history.append(row)
        change = _change_from(row) if wins else _winner(connection, community, row, history)
        receipt = Receipt(edit.key, "saved" if wins else "conflict", change, None if wins else from_json(value))
        receipts.append(receipt)
        if edit.key:
            seen[edit.key] = (receipt, address)
    if together and (stale := tuple(one for one in receipts if one.status == "conflict")):
        return stale
    append(connection, community, history, after=last)
    return tuple(receipts)


def _checked(edit: Edit) -> Edit:
    checked_name(edit.table, what="table")
    checked_name(edit.row, what="row")
    checked_name(edit.field, what="field")
    for name, what in ((edit.key, "key"), (edit.batch, "batch")):
        if name:
            checked_name(name, what=what)
    if edit.source not in SOURCES:
        problem = f"{edit.source!r} is no source of an answer. Use one of: {', '.join(sorted(SOURCES))}."
        raise StoreError(problem)
    if "\0" in edit.reason:
        raise StoreError("The reason of an edit holds a NUL character. Take it out.")
    return edit


def _history_row(stamp: Mapping[str, Any], edit: Edit, value: str, seq: int) -> dict[str, Any]:
    return {
        **stamp,
        "seq": seq,
        "table_name": edit.table,
        "row_id": edit.row,
        "field": edit.field,
        "value": value,
        "version": None,
        "source": edit.source,
        "batch": edit.batch,
        "reason": edit.reason,
        "key": edit.key or None,
        "lost_to": None,
    }


def _winner(connection: Connection, community: str, lost: Mapping[Any, Any], unwritten: Sequence[Mapping[Any, Any]]) -> Change:
    """Give the change a wish lost to: in the database, or among the rows this very transaction is about to write."""
    seq = lost["lost_to"]
    if not seq:
        return Change(0, lost["table_name"], lost["row_id"], lost["field"], None, 0, "", lost["at"], lost["source"])
    for row in unwritten:
        if row["seq"] == seq:
            return _change_from(row)
    found = connection.execute(select(answer_history).where(_h.community == community, _h.seq == seq)).one()
    return _change_from(found._mapping)


def _change_from(row: Mapping[Any, Any]) -> Change:
    return Change(
        seq=row["seq"],
        table=row["table_name"],
        row=row["row_id"],
        field=row["field"],
        value=from_json(row["value"]),
        version=row["version"] or 0,
        author=row["author"],
        at=row["at"],
        source=row["source"],
        batch=row["batch"],
        reason=row["reason"],
        status="saved" if row["version"] else "conflict",
    )


def _receipts(connection: Connection, community: str, keys: set[str]) -> dict[str, tuple[Receipt, Address]]:
    seen = {}
    for some in chunks(sorted(keys)):
        wanted = select(answer_history).where(_h.community == community, _h.key.in_(some))
        for row in connection.execute(wanted).mappings():
            if row["version"]:
                receipt = Receipt(row["key"], "saved", _change_from(row))
            else:
                receipt = Receipt(row["key"], "conflict", _winner(connection, community, row, ()), from_json(row["value"]))
            seen[row["key"]] = (receipt, Address(row["table_name"], row["row_id"], row["field"]))
    return seen


def _replayed(earlier: tuple[Receipt, Address], address: Address) -> Receipt:
    receipt, first = earlier
    if first != address:
        problem = (
            f"The key {receipt.key!r} was used before, for {first.table}/{first.row}/{first.field}. "
            "Each edit needs a key of its own; nothing of this call was saved."
        )
        raise StoreError(problem)
    return receipt


def read_heads(connection: Connection, community: str, addresses: Iterable[Address]) -> dict[Address, Head]:
    """Give the newest version of each named field that was ever written."""
    asked = set(addresses)
    rows_of: dict[str, set[str]] = {}
    for address in asked:
        rows_of.setdefault(address.table, set()).add(address.row)
    fields = {address.field for address in asked}
    heads = {}
    for table, rows in rows_of.items():
        for some in chunks(sorted(rows)):
            wanted = select(_now.row_id, _now.field, _now.value, _now.version, _now.seq).where(
                _now.community == community, _now.table_name == table, _now.row_id.in_(some)
            )
            if len(fields) <= _CHUNK:
                wanted = wanted.where(_now.field.in_(sorted(fields)))
            for row, field, value, version, seq in connection.execute(wanted):
                heads[Address(table, row, field)] = Head(value, version, seq)
    return {address: head for address, head in heads.items() if address in asked}


def append(connection: Connection, community: str, history: Sequence[Mapping[str, Any]], *, after: int) -> None:
    """Write history rows, numbered from ``after`` + 1, make them the heads of their fields, and move the counter.

    Only under the community's lock.
    """
    if history:
        connection.execute(insert(answer_history), list(history))
        renew_heads(connection, community, after=after)
        set_last_seq(connection, community, after + len(history))


def read_changes(
    connection: Connection,
    community: str,
    *,
    after: int = 0,
    table: str = "",
    row: str = "",
    field: str = "",
    limit: int = 1000,
    wishes: bool = False,
) -> tuple[Change, ...]:
    """Tell the history after a sequence number, oldest first, at most ``limit`` of it."""
    wanted: Select[Any] = select(answer_history).where(_h.community == community, _h.seq > after)
    for column, name in ((_h.table_name, table), (_h.row_id, row), (_h.field, field)):
        if name:
            wanted = wanted.where(column == name)
    if not wishes:
        wanted = wanted.where(_h.version.is_not(None))
    found: Iterable[Row[Any]] = connection.execute(wanted.order_by(_h.seq).limit(limit))
    return tuple(_change_from(one._mapping) for one in found)


def chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Names in portions small enough for one ``IN (…)``."""
    for start in range(0, len(names), _CHUNK):
        yield names[start : start + _CHUNK]
