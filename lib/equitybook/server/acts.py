"""What is done by a button rather than by typing: usual rows, the sponsor's agreement, baselines, definitions anew."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.charter.changes import AIMED, agreed, redefined
from equitybook.charter.tables import Charter, Measures
from equitybook.codebook.coerce import typed
from equitybook.outcomes.wording import listing
from equitybook.server.access import Api, Refusal
from equitybook.server.acting import addition_of, change_of, row_of, text_of, values_of, write
from equitybook.server.known_tables import has_starters, known_table, news_of
from equitybook.store.history import whole_history

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Handle


class StartersHandler(Api):
    """``POST starters`` with ``{"table"}``."""

    async def post(self) -> None:
        """Add the rows most towns begin with, as one paste that can be taken back; say how many."""
        table = known_table(str(self.body().get("table")))
        self.answer(await self.shared.aside(_start, self.handle, table))


class AgreementsHandler(Api):
    """``POST agreements`` with ``{"day"}``: year-month-day."""

    async def post(self) -> None:
        """Note the day the sponsor agreed: the charter is version 1 from then on."""
        self.answer(await self.shared.aside(_agree, self.handle, self.body().get("day"), self.shared.today()))


class BaselinesHandler(Api):
    """``POST baselines`` with ``{"row"}``: the row of a measure; with ``"look": true`` besides, only to be told."""

    async def post(self) -> None:
        """Lock a measure's baseline from the values entered for it, or say which it would be."""
        said = self.body()
        self.answer(await self.shared.aside(_lock, self.shared, self.handle, said.get("row"), look=said.get("look") is True))


class RedefinitionsHandler(Api):
    """``POST redefinitions`` with ``{"row", "values", "reason"}``."""

    async def post(self) -> None:
        """Begin a new measure in place of a locked one, and retire that one."""
        self.answer(await self.shared.aside(_redefine, self.shared, self.handle, self.body()))


def _start(handle: Handle, table: Table) -> dict[str, Any]:
    if not has_starters(table):
        raise Refusal(404, f"{table.title} has no usual rows to begin with.")
    rows = table.model.starters(lambda table_id: [record.values() for record in handle.read(table_id)])
    batch = secrets.token_hex(8)
    added = handle.add_rows(table.id, rows, replace=False, source="pasted", batch=batch) if rows else 0
    return {"added": added, "batch": batch, **news_of(handle, table.id)}


def _agree(handle: Handle, said: object, today: dt.date) -> dict[str, Any]:
    table = Charter.table
    row = next((record for record in handle.read(table.id) if record.id == "one"), None)
    if row is None:
        raise Refusal(409, "There is no charter yet. Fill in the form above first.")
    on = typed(table.column("approved_on"), said if isinstance(said, str) else None)
    write(handle, change_of(table, row, agreed(row.values(), on, today=today)))
    return news_of(handle, table.id)


def _lock(shared: Shared, handle: Handle, row_id: object, *, look: bool) -> dict[str, Any]:
    table = Measures.table
    row = row_of(handle, table, row_id)
    measure = row.values()
    if measure.get("baseline_locked_on"):
        raise Refusal(409, "This baseline is locked already. Revise it, with a reason.")
    from equitybook.outcomes.performance_management.metrics import baseline_of
    from equitybook.outcomes.performance_management.metrics.measure.baseline import period_of
    from equitybook.outcomes.performance_management.metrics.present.words import amount

    entered = [record.values() for record in handle.read("pm2_values")]
    found = baseline_of(measure, entered)
    if isinstance(found, str):
        raise Refusal(409, found)
    if look:
        of = "" if found.n is None else f" of {found.n:,}"
        return {"baseline": f"{amount(found.value, str(measure.get('unit') or ''))}{of}, {found.period}"}
    ends = [period.end for one in entered if (period := period_of(one)) and period.words == found.period]
    values = {
        "baseline_value": found.value,
        "baseline_n": found.n,
        "baseline_period": found.period,
        "baseline_date": max(ends).isoformat(),
        "locked_by": shared.cohort.community(handle.community).roles.get(handle.author, handle.author),
        "baseline_locked_on": shared.today().isoformat(),
    }
    write(handle, change_of(table, row, values))
    return news_of(handle, table.id)


def _redefine(shared: Shared, handle: Handle, said: Mapping[str, Any]) -> dict[str, Any]:
    table = Measures.table
    reason = text_of(said.get("reason"))
    with shared.numbering:  # two people who define two measures anew at once are given two codes
        rows = handle.read(table.id)
        row = row_of(handle, table, said.get("row"))
        used = [str(change.value) for change in whole_history(handle, table.id, field="measure_id")]
        new, old = redefined(row.values(), values_of(table, said.get("values")), reason, used=used, today=shared.today())
        write(handle, [*change_of(table, row, old, reason=reason), *addition_of(table, rows, new)])
    return {"measure_id": new["measure_id"], "left": _left_behind(row.values(), new), **news_of(handle, table.id)}


def _left_behind(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Name what was said in the old unit or for the old direction and is to be entered anew; empty where nothing was."""
    names = [name for name in AIMED if old.get(name) not in (None, "") and name not in new]
    return listing(Measures.table.column(name).label for name in names) if names else ""
