"""Staff statistics: who works here, who could be hired, who stays and who moves up (learning outcome HR1)."""

from __future__ import annotations

from pathlib import Path

from equitybook.outcomes.human_resources.staff_statistics.measure import measure_staff
from equitybook.outcomes.human_resources.staff_statistics.present import present_staff
from equitybook.outcomes.human_resources.staff_statistics.tables import TABLES
from equitybook.outcomes.registry import Outcome

OUTCOME = Outcome(
    code="HR1",
    name="staff_statistics",
    area="human_resources",
    title="Staff statistics",
    tables=TABLES,
    measure=measure_staff,
    present=present_staff,
    content=Path(__file__).with_name("content.yml"),
)
