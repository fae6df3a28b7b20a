"""What participants enter about the group that carries the project (specification IC1)."""

from __future__ import annotations

from equitybook.charter.tables.community import Departments
from equitybook.outcomes.internal_communications.working_group.tables.team import Group, Members
from equitybook.outcomes.internal_communications.working_group.tables.work import Meetings, Rasci, Tasks

TABLES = (Members, Departments, Group, Tasks, Rasci, Meetings)

__all__ = ["TABLES", "Departments", "Group", "Meetings", "Members", "Rasci", "Tasks"]
