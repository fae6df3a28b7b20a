"""Reading: a table as it stands, what has changed since, and the history of one field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.server.access import Api, Refusal
from equitybook.server.known_tables import change_json, known_table, messages_of, table_json

if TYPE_CHECKING:
    from equitybook.store.handle import Change, Handle

_MOST_CHANGES = 1000


class TableHandler(Api):
    """``GET tables/<id>``."""

    async def get(self, table: str) -> None:
        """Send the table, its rows and what to check in them."""
        self.answer(await self.shared.aside(_read, self.handle, table))


class ChangesHandler(Api):
    """``GET changes?after=<seq>``."""

    async def get(self) -> None:
        """Send what was written after a sequence number, by anybody of the town, and what to check in the tables it touched."""
        self.answer(await self.shared.aside(_changes, self.handle, self._after()))

    def _after(self) -> int:
        text = self.get_query_argument("after", "0")
        if not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - more digits than any database counts
            raise Refusal(400, "after is a sequence number: digits.")
        return int(text)


class HistoryHandler(Api):
    """``GET history?table=&row=&field=``."""

    async def get(self) -> None:
        """Send every version of a field, oldest first, with the wishes that lost to another person's."""
        place = {name: self.get_query_argument(name, "") for name in ("table", "row", "field")}
        known_table(place["table"])
        changes = await self.shared.aside(_history, self.handle, place)
        self.answer({"changes": [change_json(one) for one in changes]})


def _read(handle: Handle, table_id: str) -> dict[str, Any]:
    table = known_table(table_id)
    # The number first: a write in between is then told again by the next look at the changes, never lost.
    seq = handle.last_seq()
    return table_json(table, handle.read(table_id), seq)


def _changes(handle: Handle, after: int) -> dict[str, Any]:
    seq = handle.last_seq()
    changes = handle.changes(after=after, limit=_MOST_CHANGES) if seq > after else ()
    if changes:
        seq = changes[-1].seq if len(changes) == _MOST_CHANGES else max(seq, changes[-1].seq)
    messages = messages_of(handle, {one.table for one in changes})
    # The store also keeps what no page shows, such as the choices for a file.
    return {"seq": seq, "changes": [change_json(one) for one in changes if one.table in messages], "messages": messages}


def _history(handle: Handle, place: Mapping[str, str]) -> tuple[Change, ...]:
    return handle.changes(table=place["table"], row=place["row"], field=place["field"], limit=_MOST_CHANGES, wishes=True)
