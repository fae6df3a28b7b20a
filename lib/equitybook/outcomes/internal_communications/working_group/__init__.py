"""Interdepartmental working groups: who carries the project, by which rules, who does what (learning outcome IC1)."""

from __future__ import annotations

from pathlib import Path

from equitybook.charter.tables import Charter, Profile
from equitybook.outcomes.internal_communications.working_group.measure import measure_group
from equitybook.outcomes.internal_communications.working_group.present import present_group
from equitybook.outcomes.internal_communications.working_group.tables import TABLES
from equitybook.outcomes.registry import Outcome

OUTCOME = Outcome(
    code="IC1",
    name="working_group",
    area="internal_communications",
    title="Interdepartmental working group",
    tables=TABLES,
    measure=measure_group,
    present=present_group,
    content=Path(__file__).with_name("content.yml"),
    reads=(Profile, Charter),
)
