"""Changing what others build upon, with a reason, and telling every change that was made so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.charter.changes import WORDING_ONLY_FROM, revised
from equitybook.charter.tables import Charter
from equitybook.outcomes.wording import day
from equitybook.server.access import Api
from equitybook.server.acting import change_of, row_of, text_of, values_of, write
from equitybook.server.charter_leave import is_late, open_until
from equitybook.server.known_tables import known_table, news_of
from equitybook.store.history import revisions, whole_history

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Handle


class RevisionsHandler(Api):
    """``GET revisions?table=`` and ``POST revisions`` with ``{"table", "row", "values", "reason", "substance"}``.

    ``substance`` is for the charter: true where its meaning changes, false where only its wording does.
    """

    async def get(self) -> None:
        """Tell every change that was made with a reason, oldest first, and for the charter whether its meaning may still change."""
        table = known_table(self.get_query_argument("table", ""))
        told = await self.shared.aside(_tell, self.handle, table)
        words = await self.shared.aside(_meaning_words, self.shared, self.handle) if table.id == Charter.table.id else ""
        self.answer({**told, "meaning": words})

    async def post(self) -> None:
        """Change agreed words or a locked baseline, with the reason."""
        said = self.body()
        table = known_table(str(said.get("table")))
        self.answer(await self.shared.aside(_revise, self.shared, self.handle, table, said))


def _tell(handle: Handle, table: Table) -> dict[str, Any]:
    told = [
        {
            "row": one.row,
            "field": one.field,
            "label": table.column(one.field).label,
            "old": one.old,
            "new": one.new,
            "reason": one.reason,
            "author": one.author,
            "at": one.at.isoformat(),
            "batch": one.batch,
        }
        for one in revisions(table, whole_history(handle, table.id))
    ]
    return {"revisions": told}


def _meaning_words(shared: Shared, handle: Handle) -> str:
    """Say from the cycle on in which a charter's meaning is fixed whether this town's may change; nothing before."""
    if not is_late(shared):
        return ""
    until = open_until(shared, handle)
    if until is None:
        return f"From cycle {WORDING_ONLY_FROM} on only the wording changes. Your coach can open the meaning for two weeks."
    return f"Your coach has opened the meaning until {day(until)}."


def _revise(shared: Shared, handle: Handle, table: Table, said: Mapping[str, Any]) -> dict[str, Any]:
    row = row_of(handle, table, said.get("row"))
    reason = text_of(said.get("reason"))
    substance = said.get("substance")
    values = revised(
        table.id,
        row.values(),
        values_of(table, said.get("values")),
        reason,
        cycle=shared.cohort.cycle_on(shared.today()).number,
        substance=substance if isinstance(substance, bool) else None,
        leave=open_until(shared, handle) is not None,
    )
    write(handle, change_of(table, row, values, reason=reason))
    return news_of(handle, table.id)
