"""From a community's answers to what an outcome has measured: the step the workbook, the summary and the self-check share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equitybook.codebook import Message
from equitybook.codebook.check import check_table
from equitybook.codebook.frames import frame
from equitybook.outcomes.gate import Check, self_check
from equitybook.outcomes.registry import Context, Outcome
from equitybook.store.history import revisions, whole_history

if TYPE_CHECKING:
    from equitybook.codebook.revisions import Revision
    from equitybook.findings import Finding, Measured
    from equitybook.store.handle import Handle

Records = tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a community has entered for one outcome: (row id, values) by table id, as stored.

    ``revisions`` are what it changed with a reason, oldest first; ``roles`` its participants by user name.
    """

    outcome: Outcome
    tables: Mapping[str, Records]
    revisions: tuple[Revision, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, handle: Handle, outcome: Outcome, *, roles: Mapping[str, str] | None = None) -> Answers:
        """Read every table of the outcome, and those it reads of others, as they stand, and what was changed with a reason."""
        tables = {row.table.id: _records(handle, row.table.id) for row in outcome.looked_at}
        found = (one for row in outcome.history for one in revisions(row.table, whole_history(handle, row.table.id)))
        return cls(outcome, tables, tuple(found), roles or {})

    def measure(self, town: str, *, today: dt.date) -> Measured:
        """Count what the tables hold; invalid cells count as missing."""
        frames = {row.table.id: frame(row.table, self.tables[row.table.id]) for row in self.outcome.looked_at}
        return self.outcome.measure(frames, Context(town, today, self.revisions, self.roles))

    def messages(self) -> dict[str, tuple[Message, ...]]:
        """What there is to check, by table id; tables with nothing to check are left out."""
        found = {
            row.table.id: check_table(row.table, self.tables[row.table.id], read=self.values) for row in self.outcome.looked_at
        }
        return {table_id: messages for table_id, messages in found.items() if messages}

    def self_check(self, findings: Sequence[Finding], *, requested: Collection[str] = ()) -> tuple[Check, ...]:
        """Hold the outcome's done-rules against the answers and the town's own ``findings``; steps ``requested`` wait for data."""
        values = {table_id: self.values(table_id) for table_id in self.tables}
        return self_check(self.outcome.guide, values, findings, requested=requested)

    def values(self, table_id: str) -> list[Mapping[str, Any]]:
        """The plain values of a table's rows."""
        return [values for _, values in self.tables.get(table_id, ())]


def _records(handle: Handle, table_id: str) -> Records:
    return tuple((record.id, record.values()) for record in handle.read(table_id))
