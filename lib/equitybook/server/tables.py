"""Reading: a table as it stands, what has changed since, and the history of one field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.server.access import Api, Refusal
from equitybook.server.known_tables import change_json, known_table, locks_in, messages_of, table_json
from equitybook.server.presence import Place

if TYPE_CHECKING:
    from equitybook.server.checked import CheckedTables
    from equitybook.store.handle import Change, Handle

_MOST_CHANGES = 1000
_LONGEST_NAME = 64


class TableHandler(Api):
    """``GET tables/<id>``."""

    async def get(self, table: str) -> None:
        """Send the table, its rows and what to check in them."""
        self.answer(await self.shared.aside(_read, self.handle, table))


class ChangesHandler(Api):
    """``GET changes?after=<seq>``."""

    async def get(self) -> None:
        """Send what anybody of the town wrote after a sequence number, what to check in the tables it touched, and who is here.

        With it comes how often the coach has released comments on each cycle, so that an open page can say that there are new ones.

        The question itself says where the asking person is: ``tab``, ``table``, ``row``, ``field``.
        """
        said = await self.shared.aside(_changes, self.handle, self._after(), self.shared.checked)
        self.answer(said | {"here": self._meet(), "released": self.shared.releases.of(self.person.community or "")})

    def _meet(self) -> list[dict[str, str]]:
        tab, *place = (self.get_query_argument(name, "")[:_LONGEST_NAME] for name in ("tab", "table", "row", "field"))
        town, presence = self.person.community or "", self.shared.presence
        presence.note(town, self.person.username, Place(*place), tab=tab)
        return [
            {"username": name, "table": at.table, "row": at.row, "field": at.field}
            for name, at in presence.others(town, self.person.username).items()
        ]

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
        self.answer({"changes": [change_json(one) | {"status": one.status, "reason": one.reason} for one in changes]})


def _read(handle: Handle, table_id: str) -> dict[str, Any]:
    table = known_table(table_id)
    # The number first: a write in between is then told again by the next look at the changes, never lost.
    seq = handle.last_seq()
    return table_json(handle, table, handle.read(table_id), seq)


def _changes(handle: Handle, after: int, checked: CheckedTables) -> dict[str, Any]:
    seq = handle.last_seq()
    changes = handle.changes(after=after, limit=_MOST_CHANGES) if seq > after else ()
    if changes:
        seq = changes[-1].seq if len(changes) == _MOST_CHANGES else max(seq, changes[-1].seq)
    tables = {one.table for one in changes}
    messages = messages_of(handle, tables, checked=checked)
    # The store also keeps what no page shows, such as the choices for a file.
    shown = [change_json(one) for one in changes if one.table in messages]
    return {"seq": seq, "changes": shown, "messages": messages, "locked": locks_in(handle, tables, checked=checked)}


def _history(handle: Handle, place: Mapping[str, str]) -> tuple[Change, ...]:
    return handle.changes(table=place["table"], row=place["row"], field=place["field"], limit=_MOST_CHANGES, wishes=True)
