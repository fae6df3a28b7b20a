"""Systems to collect relevant data: which records there are, whom they can tell apart, what is asked for (learning outcome PM1)."""

from __future__ import annotations

from equitybook.charter.tables import Charter, Measures, Profile
from equitybook.charter.tables.community import Departments
from equitybook.outcomes.performance_management.data_systems.measure import measure_data
from equitybook.outcomes.performance_management.data_systems.present import present_data
from equitybook.outcomes.performance_management.data_systems.tables import TABLES
from equitybook.outcomes.performance_management.data_systems.vocabularies import CONTENT
from equitybook.outcomes.registry import Outcome

OUTCOME = Outcome(
    code="PM1",
    name="data_systems",
    area="performance_management",
    title="Systems to collect relevant data",
    tables=TABLES,
    measure=measure_data,
    present=present_data,
    content=CONTENT,
    reads=(Profile, Departments, Charter, Measures),
)
