"""Counts in, findings out: every sentence, table, picture and flag, from the numbers that are there and only from those."""

from __future__ import annotations

from equitybook.findings import Finding, Measured
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import headcount
from equitybook.outcomes.human_resources.staff_statistics.present.ladder import ladder
from equitybook.outcomes.human_resources.staff_statistics.present.median_pay import median_pay
from equitybook.outcomes.human_resources.staff_statistics.present.promotion import promotion_rate
from equitybook.outcomes.human_resources.staff_statistics.present.representation import representation
from equitybook.outcomes.human_resources.staff_statistics.present.shares import share_by_race, share_by_sex
from equitybook.outcomes.human_resources.staff_statistics.present.staying import first_year_loss, retention, terminations
from equitybook.outcomes.human_resources.staff_statistics.present.tenure import tenure
from equitybook.outcomes.human_resources.staff_statistics.present.turnover import turnover_by_race, turnover_by_sex
from equitybook.outcomes.human_resources.staff_statistics.present.utilisation_view import utilisation_view

FINDINGS = (
    headcount,
    share_by_race,
    share_by_sex,
    ladder,
    median_pay,
    representation,
    utilisation_view,
    turnover_by_race,
    turnover_by_sex,
    retention,
    first_year_loss,
    terminations,
    promotion_rate,
    tenure,
)


def present_staff(measured: Measured) -> tuple[Finding, ...]:
    """Put what was counted into words. A number that is None is not known or not shown; nothing here can tell which."""
    return tuple(make(measured) for make in FINDINGS)
