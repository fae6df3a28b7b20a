"""What is done by a button and a reason rather than by typing: usual rows, revisions, baselines, definitions, evidence."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equitybook.analysis import Answers
from equitybook.charter.changes import WORDING_ONLY_FROM, agreed, redefined, revised
from equitybook.charter.tables import Charter, Evidence, Measures
from equitybook.codebook.coerce import coerce, typed
from equitybook.outcomes.registry import outcome
from equitybook.outcomes.wording import day
from equitybook.server.access import Api, Refusal
from equitybook.server.charter_leave import is_late, open_until
from equitybook.server.edits import LONGEST_TEXT
from equitybook.server.known_tables import has_starters, known_table, news_of
from equitybook.store.handle import Edit

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Handle, Record

_MOVED = "Somebody changed this at the same moment, so nothing was changed here. Look at it again, then repeat it."
_REVISIONS = 5000


class StartersHandler(Api):
    """``POST starters`` with ``{"table"}``."""

    async def post(self) -> None:
        """Add the rows most towns begin with, as one paste that can be taken back; say how many."""
        table = known_table(str(self.body().get("table")))
        self.answer(await self.shared.aside(_start, self.handle, table))


class RevisionsHandler(Api):
    """``GET revisions?table=`` and ``POST revisions`` with ``{"table", "row", "values", "reason", "substance"}``."""

    async def get(self) -> None:
        """Tell every change that was made with a reason, oldest first, and for the charter whether its meaning may still change."""
        table = known_table(self.get_query_argument("table", ""))
        told = await self.shared.aside(_revisions, self.handle, table)
        words = await self.shared.aside(_meaning_words, self.shared, self.handle) if table.id == Charter.table.id else ""
        self.answer({**told, "meaning": words})

    async def post(self) -> None:
        """Change agreed words or a locked baseline, with the reason."""
        said = self.body()
        table = known_table(str(said.get("table")))
        self.answer(await self.shared.aside(_revise, self.shared, self.handle, table, said))


class AgreementsHandler(Api):
    """``POST agreements`` with ``{"day"}``: year-month-day."""

    async def post(self) -> None:
        """Note the day the sponsor agreed: the charter is version 1 from then on."""
        self.answer(await self.shared.aside(_agree, self.handle, self.body().get("day"), self.shared.today()))


class BaselinesHandler(Api):
    """``POST baselines`` with ``{"row"}``: the row of a measure."""

    async def post(self) -> None:
        """Lock a measure's baseline from the values entered for it."""
        self.answer(await self.shared.aside(_lock, self.handle, self.body().get("row"), self.shared.today()))


class RedefinitionsHandler(Api):
    """``POST redefinitions`` with ``{"row", "values", "reason"}``."""

    async def post(self) -> None:
        """Begin a new measure in place of a locked one, and retire that one."""
        self.answer(await self.shared.aside(_redefine, self.handle, self.body(), self.shared.today()))


class EvidenceHandler(Api):
    """``POST evidence`` with ``{"cycle", "finding", "statement", "measure_id", "confidence"}``."""

    async def post(self) -> None:
        """Keep what a finding says today, with a sentence of the town's own. It is only ever added to."""
        said = self.body()
        town = self.shared.cohort.community(self.person.community or "").name
        self.answer(await self.shared.aside(_keep, self.handle, said, town, self.shared.today()))


def _start(handle: Handle, table: Table) -> dict[str, Any]:
    if not has_starters(table):
        raise Refusal(404, f"{table.title} has no usual rows to begin with.")
    rows = table.model.starters(lambda table_id: [record.values() for record in handle.read(table_id)])
    batch = secrets.token_hex(8)
    added = handle.add_rows(table.id, rows, replace=False, source="pasted", batch=batch) if rows else 0
    return {"added": added, "batch": batch, **news_of(handle, table.id)}


def _revisions(handle: Handle, table: Table) -> dict[str, Any]:
    labels = {column.name: column.label for column in table.columns}
    older: dict[tuple[str, str], Any] = {}
    told = []
    for change in handle.changes(table=table.id, limit=_REVISIONS):
        if change.reason and change.field in labels:
            told.append(
                {
                    "row": change.row,
                    "field": change.field,
                    "label": labels[change.field],
                    "old": older.get((change.row, change.field)),
                    "new": change.value,
                    "reason": change.reason,
                    "author": change.author,
                    "at": change.at.isoformat(),
                    "batch": change.batch,
                }
            )
        older[change.row, change.field] = change.value
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
    row = _row(handle, table, said.get("row"))
    reason = _text(said.get("reason"))
    values = revised(
        table.id,
        _values(table, said.get("values")),
        reason,
        cycle=shared.cohort.cycle_on(shared.today()).number,
        substance=said.get("substance") is not False,
        leave=open_until(shared, handle) is not None,
    )
    _write(handle, table, [(row, values)], reason=reason)
    return news_of(handle, table.id)


def _agree(handle: Handle, said: object, today: dt.date) -> dict[str, Any]:
    table = Charter.table
    row = next((record for record in handle.read(table.id) if record.id == "one"), None)
    if row is None:
        raise Refusal(409, "There is no charter yet. Fill in the form above first.")
    on = typed(table.column("approved_on"), said if isinstance(said, str) else None)
    _write(handle, table, [(row, agreed(row.values(), on, today=today))], reason="")
    return news_of(handle, table.id)


def _lock(handle: Handle, row_id: object, today: dt.date) -> dict[str, Any]:
    table = Measures.table
    row = _row(handle, table, row_id)
    measure = row.values()
    if measure.get("baseline_locked_on"):
        raise Refusal(409, "This baseline is locked already. Revise it, with a reason.")
    from equitybook.outcomes.performance_management.metrics import baseline_of

    found = baseline_of(measure, [record.values() for record in handle.read("pm2_values")])
    if isinstance(found, str):
        raise Refusal(409, found)
    values = {
        "baseline_value": found.value,
        "baseline_n": found.n,
        "baseline_period": found.period,
        "baseline_locked_on": today.isoformat(),
    }
    _write(handle, table, [(row, values)], reason="")
    return news_of(handle, table.id)


def _redefine(handle: Handle, said: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    table = Measures.table
    row = _row(handle, table, said.get("row"))
    reason = _text(said.get("reason"))
    used = [str(change.value) for change in handle.changes(table=table.id, field="measure_id", limit=_REVISIONS)]
    new, old = redefined(row.values(), _values(table, said.get("values")), reason, used=used, today=today)
    _write(handle, table, [(row, old)], reason=reason)
    handle.add_rows(table.id, [new], replace=False, source="typed", batch=secrets.token_hex(8))
    return {"measure_id": new["measure_id"], **news_of(handle, table.id)}


def _keep(handle: Handle, said: Mapping[str, Any], town: str, today: dt.date) -> dict[str, Any]:
    table = Evidence.table
    finding_id, cycle = str(said.get("finding")), said.get("cycle")
    if not isinstance(cycle, int) or isinstance(cycle, bool) or cycle < 1:
        raise Refusal(400, "cycle is a whole number from 1.")
    one = outcome(finding_id.split(".", maxsplit=1)[0])
    written = _values(table, {name: said.get(name) for name in ("statement", "measure_id", "confidence")})
    problems = [message.text for message in Evidence.check(written)]
    if not written.get("statement"):
        problems.append("Say in one sentence of your own what this shows.")
    if problems:
        raise Refusal(409, " ".join(problems))
    findings = one.present(Answers.read(handle, one).measure(town, today=today))
    found = next((finding for finding in findings if finding.id == finding_id), None)
    if found is None or found.empty:
        raise Refusal(409, "There is nothing to keep here yet: this part of the page has no numbers.")
    code = _evidence_code(handle, cycle, one.code)
    values = {
        **written,
        "evidence_id": code,
        "cycle": cycle,
        "outcome": one.code,
        "finding_id": finding_id,
        "says": found.sentence,
        "source": found.provenance.source,
        "as_of": found.provenance.as_of.isoformat() if found.provenance.as_of else None,
        "kept_on": today.isoformat(),
    }
    handle.add_rows(table.id, [values], replace=False, source="typed", batch=secrets.token_hex(8))
    return {"evidence_id": code, **news_of(handle, table.id)}


def _evidence_code(handle: Handle, cycle: int, code: str) -> str:
    """Number per cycle and outcome, from all that was ever kept."""
    prefix = f"C{cycle}-{code}-"
    used = [str(change.value) for change in handle.changes(table=Evidence.table.id, field="evidence_id", limit=_REVISIONS)]
    return f"{prefix}{sum(one.startswith(prefix) for one in used) + 1:03d}"


def _row(handle: Handle, table: Table, row_id: object) -> Record:
    if not isinstance(row_id, str):
        raise Refusal(400, "row is the id of a row.")
    for record in handle.read(table.id):
        if record.id == row_id:
            return record
    raise Refusal(404, f"{table.title} has no such row any more. Load the page again.")


def _values(table: Table, said: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever was sent
    if not isinstance(said, Mapping):
        raise Refusal(400, "values is a JSON object.")
    names = {column.name for column in table.columns}
    if unknown := set(said) - names:
        raise Refusal(400, f'{table.title} has no column "{sorted(unknown)[0]}".')
    return {str(name): coerce(table.column(str(name)), _plain(value)).value for name, value in said.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever was sent
    if isinstance(value, Mapping) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
        raise Refusal(400, "A value is a text, a number, yes or no, a list of codes, or nothing.")
    return _text(value) if isinstance(value, str) else value


def _text(said: Any) -> str:  # noqa: ANN401 - whatever was sent
    if not isinstance(said, str) or len(said) > LONGEST_TEXT or "\0" in said:
        raise Refusal(400, f"A text has up to {LONGEST_TEXT:,} characters.")
    return said.strip()


def _write(handle: Handle, table: Table, rows: Sequence[tuple[Record, Mapping[str, Any]]], *, reason: str) -> None:
    """Write several fields as one act: all of them fit the versions that were read, or the page is told to look again."""
    batch = secrets.token_hex(8)
    edits = [
        Edit(
            table.id,
            row.id,
            field,
            value,
            expected=row.cells[field].version if field in row.cells else 0,
            key=secrets.token_hex(8),
            batch=batch,
            reason=reason,
        )
        for row, values in rows
        for field, value in values.items()
    ]
    if any(receipt.status == "conflict" for receipt in handle.write(edits)):
        handle.undo(batch)
        raise Refusal(409, _MOVED)
