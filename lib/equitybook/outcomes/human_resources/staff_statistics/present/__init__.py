"""Counts in, findings out: every sentence, table, picture and flag, from the numbers that are there and only from those."""

from __future__ import annotations

from equitybook.findings import Finding, Measured
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import headcount
from equitybook.outcomes.human_resources.staff_statistics.present.shares import share_by_race, share_by_sex

FINDINGS = (headcount, share_by_race, share_by_sex)


def present_staff(measured: Measured) -> tuple[Finding, ...]:
    """Put what was counted into words. A number that is None is not known or not shown; nothing here can tell which."""
    return tuple(make(measured) for make in FINDINGS)
