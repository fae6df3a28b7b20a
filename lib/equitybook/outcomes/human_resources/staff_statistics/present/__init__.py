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
from equitybook.outcomes.human_resources.staff_statistics.present.waiting import said_once, waiting

FINDINGS = {
    headcount: "staff",
    share_by_race: "staff",
    share_by_sex: "staff",
    ladder: "staff",
    median_pay: "staff",
    representation: "staff",
    utilisation_view: "staff",
    turnover_by_race: "flow",
    turnover_by_sex: "flow",
    retention: "flow",
    first_year_loss: "flow",
    terminations: "flow",
    promotion_rate: "flow",
    tenure: "tenure",
}
"""What makes each finding, in order, and what it is made of."""


def present_staff(measured: Measured) -> tuple[Finding, ...]:
    """Put what was counted into words. A number that is None is not known or not shown; nothing here can tell which."""
    return tuple(said_once(waiting(make(measured), measured, counts) for make, counts in FINDINGS.items()))
