"""People whose group is not known: how many, whether groups are compared all the same, and what they could change (specification 1.4)."""

from __future__ import annotations

from dataclasses import dataclass

from equitybook.findings import TOTAL, UNKNOWN, Measured
from equitybook.outcomes.performance_management.metrics.outline import OF_EVERYBODY, Outline, grouping_of, table_name, value_id
from equitybook.outcomes.performance_management.metrics.present.series import Point

BADGE, MOST = 0.10, 0.25
"""Shares of people whose group is not known above which it is said, and above which nothing is compared."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Of ``whole`` people, so many have no group on record; None where the number is not shown, or nobody counted it."""

    people: float | None = None
    whole: float | None = None

    @property
    def share(self) -> float | None:
        """Their share, 0 to 1."""
        return None if self.people is None or not self.whole else self.people / self.whole

    @property
    def too_many(self) -> bool:
        """Whether so many are unknown that groups are not compared, as far as can be seen."""
        return (self.share or 0) > MOST

    def bounds(self, point: Point) -> tuple[float, float] | None:
        """Give a group's lowest and highest percent: all the unknown belong to it, and none, or all, of them are counted.

        None where nobody is unknown, or a number is not there. Source: specification 1.4, the bounds of a selection rate.
        """
        if not self.people or point.part is None or point.whole is None:
            return None
        whole = point.whole + self.people
        return 100 * point.part / whole, 100 * (point.part + self.people) / whole


def newest(measured: Measured, outline: Outline, grouping: str) -> int | None:
    """Find the number of the newest period in which groups of that kind were entered, whether or not they can be shown; None where in none."""
    return next((at for at in reversed(range(len(outline.periods))) if _entered(measured, outline, at, grouping)), None)


def unknown(measured: Measured, outline: Outline, at: int, grouping: str) -> Unknown:
    """Count the people of a period whose race, or sex, is not known; nothing is known of them in other ways of grouping."""
    if grouping not in OF_EVERYBODY:
        return Unknown()
    table = measured.counts.get(table_name(outline.key, at, grouping))
    if table is not None:
        return Unknown(table.at(UNKNOWN), table.at())
    # Without a table the town alone sees the groups, as they were entered.
    people = {one.group: one.n for one in measured.statistics if _of(one.id, one.group, outline, at, grouping)}
    return Unknown(people.get(UNKNOWN), sum(people.values()))


def _entered(measured: Measured, outline: Outline, at: int, grouping: str) -> bool:
    return table_name(outline.key, at, grouping) in measured.counts or any(
        _of(one.id, one.group, outline, at, grouping) for one in measured.statistics
    )


def _of(statistic: str, group: str, outline: Outline, at: int, grouping: str) -> bool:
    return statistic == value_id(outline.key, at) and group != TOTAL and grouping_of(group) == grouping
