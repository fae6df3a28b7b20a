"""The tables of the charter: what a town carries from cycle to cycle (specification 4.3 and 5)."""

from __future__ import annotations

from equitybook.charter.tables.community import Benchmark, Profile
from equitybook.charter.tables.kept import Decisions, Evidence
from equitybook.charter.tables.measures import Measures, Story
from equitybook.charter.tables.project import Charter, Risks

TABLES = (Profile, Benchmark, Charter, Measures, Story, Risks, Evidence, Decisions)

__all__ = ["TABLES", "Benchmark", "Charter", "Decisions", "Evidence", "Measures", "Profile", "Risks", "Story"]
