"""From a community's answers to what an outcome has measured: the step the workbook, the summary and the self-check share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equitybook.codebook import Message
from equitybook.codebook.check import check_table
from equitybook.codebook.frames import frame
from equitybook.outcomes.registry import Context, Outcome

if TYPE_CHECKING:
    from equitybook.findings import Measured
    from equitybook.store.handle import Handle

Records = tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a community has entered for one outcome: (row id, values) by table id, as stored."""

    outcome: Outcome
    tables: Mapping[str, Records]

    @classmethod
    def read(cls, handle: Handle, outcome: Outcome) -> Answers:
        """Read every table of the outcome, and those it reads of others, as they stand."""
        return cls(outcome, {row.table.id: _records(handle, row.table.id) for row in outcome.looked_at})

    def measure(self, town: str, *, today: dt.date) -> Measured:
        """Count what the tables hold; invalid cells count as missing."""
        frames = {row.table.id: frame(row.table, self.tables[row.table.id]) for row in self.outcome.looked_at}
        return self.outcome.measure(frames, Context(community=town, today=today))

    def messages(self) -> dict[str, tuple[Message, ...]]:
        """What there is to check, by table id; tables with nothing to check are left out."""
        found = {row.table.id: check_table(row.table, self.tables[row.table.id]) for row in self.outcome.looked_at}
        return {table_id: messages for table_id, messages in found.items() if messages}

    def values(self, table_id: str) -> list[Mapping[str, Any]]:
        """The plain values of a table's rows."""
        return [values for _, values in self.tables.get(table_id, ())]


def _records(handle: Handle, table_id: str) -> Records:
    return tuple((record.id, record.values()) for record in handle.read(table_id))
