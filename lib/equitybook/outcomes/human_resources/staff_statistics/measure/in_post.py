"""Who works here on the payday: the approved two-way views, and what payroll says."""

from __future__ import annotations

from typing import Any

import pandas as pd

from equitybook.findings import CountTable, Dimension, Statistic
from equitybook.outcomes.human_resources.staff_statistics.dimensions import FILLED, JOB_GROUPS, RACES, SEXES, STATUSES
from equitybook.outcomes.human_resources.staff_statistics.measure.counting import count
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Staff

STAFF = "staff in post"


def staff_tables(staff: Staff) -> dict[str, CountTable]:
    """Count staff in post: race by sex, race by job group, sex by job group, and status by what is filled in."""
    people = staff.in_post
    if staff.source == "none":
        return {}
    paid, hired = (people[name].map({True: "KNOWN", False: "BLANK"}) for name in ("paid", "hired"))
    return {
        "staff.race_sex": _table("staff.race_sex", "Staff by race and sex", people, RACES, SEXES),
        "staff.race_jobcat": _table("staff.race_jobcat", "Staff by race and job group", people, RACES, JOB_GROUPS),
        "staff.sex_jobcat": _table("staff.sex_jobcat", "Staff by sex and job group", people, SEXES, JOB_GROUPS),
        "staff.pay": _table("staff.pay", "Staff with their pay filled in", people, STATUSES, FILLED, columns=paid),
        "staff.hired": _table("staff.hired", "Staff with their hire date filled in", people, STATUSES, FILLED, columns=hired),
    }


def payroll_statistics(staff: Staff) -> tuple[Statistic, ...]:
    """Say how many people payroll counts, and how many the second source counts where there are two."""
    found = []
    if staff.setup.payroll_headcount is not None:
        payroll = staff.setup.payroll_headcount
        found.append(Statistic("HR1.payroll", "TOTAL", payroll, n=payroll, counted_in="staff.race_sex"))
    if len(staff.other_in_post):
        other = int(staff.other_in_post["n"].sum())
        found.append(Statistic("HR1.other_headcount", "TOTAL", other, n=other, counted_in="staff.race_sex"))
    return tuple(found)


def sources_differ(staff: Staff) -> bool:
    """Tell whether the counted table says anything else than the staff list, in total or by race, sex or job group."""
    if not len(staff.other_in_post):
        return False
    pairs = ((RACES, SEXES), (RACES, JOB_GROUPS))
    both = ((_table("", "", p, *pair) for p in (staff.in_post, staff.other_in_post)) for pair in pairs)
    return any(one.cells != other.cells for one, other in both)


def _table(
    id: str,  # noqa: A002 - the table's own word
    title: str,
    people: pd.DataFrame,
    rows: Dimension,
    columns_by: Dimension,
    *,
    columns: pd.Series[Any] | None = None,
) -> CountTable:
    across = people[columns_by.name] if columns is None else columns
    return count(id, title, of=STAFF, rows=(rows, people[rows.name]), columns=(columns_by, across), weights=people["n"])
