"""Writing: the edits of a page, each saved by itself, and taking a paste or an import back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equitybook.codebook.coerce import coerce
from equitybook.errors import StoreError
from equitybook.server.access import Api, Refusal
from equitybook.server.known_tables import known_table, locks_in, messages_of
from equitybook.server.locks import refuse_locked, refuse_undoing
from equitybook.server.unnamed import left_out, with_keys
from equitybook.store.handle import DELETED, ORDER, Edit

if TYPE_CHECKING:
    from equitybook.server.checked import CheckedTables
    from equitybook.store.handle import Handle, Receipt

MOST_EDITS = 5000
"""More than a page sends at once; a larger paste is an upload."""

LONGEST_TEXT = 20_000
"""Characters in one field: some ten pages."""

_ID = re.compile(r"[A-Za-z0-9_:-]{1,64}")
_SOURCES = frozenset({"typed", "pasted"})


class EditsHandler(Api):
    """``POST edits``."""

    async def post(self) -> None:
        """Save each edit, and say what became of it and what to check in the tables it touched.

        The answer is sent after the store has committed: what it calls saved is on the disk.
        """
        wishes = self.body().get("edits")
        if not isinstance(wishes, list) or not 0 < len(wishes) <= MOST_EDITS:
            raise Refusal(400, f"edits is a list of 1 to {MOST_EDITS:,} edits.")
        self.answer(await self.shared.aside(_save, self.handle, [_edit(wish) for wish in wishes], self.shared.checked))


class UndoHandler(Api):
    """``POST undo``."""

    async def post(self) -> None:
        """Put back what one paste or import changed, as new versions."""
        batch = _id(self.body().get("batch"), "batch")
        self.answer(await self.shared.aside(_undo, self.handle, batch))


def _save(handle: Handle, edits: Sequence[Edit], checked: CheckedTables) -> dict[str, Any]:
    refuse_locked(handle, edits)
    left = left_out(handle, edits)
    receipts = handle.write([*with_keys([one for one in edits if one.key not in left])])
    tables = {one.table for one in edits}
    return {
        "results": [_result_json(one) for one in receipts],
        "left": [{"key": key, "why": why} for key, why in left.items()],
        "messages": messages_of(handle, tables, checked=checked),
        "locked": locks_in(handle, tables, checked=checked),
        "gone": _gone(handle, [one for one in edits if one.key not in left], checked),
        "seq": max((one.change.seq for one in receipts), default=0),
        "at": dt.datetime.now(dt.UTC).isoformat(),
    }


def _gone(handle: Handle, edits: Sequence[Edit], checked: CheckedTables) -> dict[str, list[str]]:
    """Name the rows that were typed into though somebody has taken them out: by table, their ids. Nobody would look there."""
    taken_out = {(one.table, one.row) for one in edits if one.field == DELETED and one.value}
    typed = {(one.table, one.row) for one in edits if one.field not in {DELETED, ORDER}} - taken_out
    found = {}
    for table_id in {table for table, _ in typed}:
        there = checked.rows(handle, known_table(table_id))
        if gone := sorted(row for table, row in typed if table == table_id and row not in there):
            found[table_id] = gone
    return found


def _undo(handle: Handle, batch: str) -> dict[str, Any]:
    refuse_undoing(handle, batch)
    before = handle.last_seq()
    try:
        restored = handle.undo(batch)
    except StoreError as error:
        raise Refusal(409, str(error)) from error
    tables = {one.table for one in handle.changes(after=before, limit=max(1, restored))}
    return {
        "restored": restored,
        "seq": handle.last_seq(),
        "messages": messages_of(handle, tables),
        "at": dt.datetime.now(dt.UTC).isoformat(),
    }


def _result_json(receipt: Receipt) -> dict[str, Any]:
    change = receipt.change
    said = {
        "key": receipt.key,
        "status": receipt.status,
        "table": change.table,
        "row": change.row,
        "field": change.field,
        "value": change.value,
        "version": change.version,
        "author": change.author,
        "at": change.at.isoformat(),
    }
    return said | {"mine": receipt.mine} if receipt.status == "conflict" else said


def _edit(wish: Any) -> Edit:  # noqa: ANN401 - whatever was sent
    if not isinstance(wish, Mapping):
        raise Refusal(400, "Each edit is a JSON object.")
    table_id, field = str(wish.get("table")), str(wish.get("field"))
    source = wish.get("source", "typed")
    expected = wish.get("expected")
    if source not in _SOURCES:
        raise Refusal(400, 'The source of an edit is "typed" or "pasted".')
    if not isinstance(expected, int) or isinstance(expected, bool) or expected < 0:
        raise Refusal(400, "expected is the version that was seen: a whole number from 0.")
    return Edit(
        table=table_id,
        row=_id(wish.get("row"), "row"),
        field=field,
        value=_value(table_id, field, wish.get("value")),
        expected=expected,
        key=_id(wish.get("key"), "key"),
        source=source,
        batch=_id(wish["batch"], "batch") if wish.get("batch") else "",
    )


def _value(table_id: str, field: str, raw: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Give what is stored: typed where it can be read, else the text as it was typed."""
    table = known_table(table_id)
    if field == ORDER:
        if not isinstance(raw, int | float) or isinstance(raw, bool):
            raise Refusal(400, "The place of a row is a number.")
        return float(raw)
    if field == DELETED:
        return bool(raw)
    if isinstance(raw, str) and len(raw) > LONGEST_TEXT:
        raise Refusal(
            400, f"This text has {len(raw):,} characters; a field holds {LONGEST_TEXT:,}. Shorten it, or attach it as a document."
        )
    if isinstance(raw, Mapping) or (isinstance(raw, list) and not all(isinstance(one, str) for one in raw)):
        raise Refusal(400, "A value is a text, a number, yes or no, a list of codes, or nothing.")
    try:
        column = table.column(field)
    except KeyError as error:
        raise Refusal(400, f'The table "{table.title}" has no column "{field}".') from error
    if not column.typed:
        raise Refusal(409, f"{column.label} is written by the page's own buttons, not typed.")
    return coerce(column, raw).value


def _id(text: Any, what: str) -> str:  # noqa: ANN401 - whatever was sent
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise Refusal(400, f"A {what} is 1 to 64 letters, digits, hyphens, colons or underscores.")
    return text
