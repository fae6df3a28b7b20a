"""The middle yearly pay of full-time staff of one group in one job group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from equitybook.findings import MIN_DENOMINATOR, UNKNOWN, Statistic
from equitybook.outcomes.human_resources.staff_statistics.dimensions import GROUP_DIMENSIONS
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Staff

ROUNDED_TO = 100
"""Dollars. The median of an odd number of people is one person's exact pay; rounded, it is nobody's."""


def pay_medians(staff: Staff) -> tuple[Statistic, ...]:
    """Give the median pay of every group within a job group that has at least ten people with their pay filled in.

    The group's code is ``"HISP/4"``: the row and column of table ``counted_in``.
    """
    return tuple(_medians(staff)) if staff.source == "roster" else ()


def _medians(staff: Staff) -> Iterator[Statistic]:
    people = staff.in_post
    # Part-time pay is for fewer hours; where no status is filled in at all, everyone is taken as full-time.
    if people["status"].notna().any():
        people = people[people["status"].eq("FT").fillna(value=False)]
    people = people[people["paid"] & people["jobcat"].notna()]
    for name in GROUP_DIMENSIONS:
        for (group, jobcat), salaries in people.groupby([name, "jobcat"])["salary"]:
            if len(salaries) >= MIN_DENOMINATOR and group != UNKNOWN:
                median = float(np.median(salaries.to_numpy(dtype=float)))
                value = float(round(median / ROUNDED_TO) * ROUNDED_TO)
                yield Statistic("HR1.median_pay", f"{group}/{jobcat}", value, n=len(salaries), counted_in=f"staff.{name}_jobcat")
