"""Staff demographics, retention and promotion: the tables (specification HR1)."""

from __future__ import annotations

from equitybook.codebook import Row
from equitybook.outcomes.human_resources.staff_statistics.tables.available import Availability
from equitybook.outcomes.human_resources.staff_statistics.tables.in_post import Grid, Roster, Setup
from equitybook.outcomes.human_resources.staff_statistics.tables.over_time import Flow, Moves

TABLES: tuple[type[Row], ...] = (Setup, Grid, Roster, Moves, Flow, Availability)

__all__ = ["TABLES", "Availability", "Flow", "Grid", "Moves", "Roster", "Setup"]
