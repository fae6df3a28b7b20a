"""Staff beside the people who could be hired or promoted: one reading of counts and availability for two findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from equitybook.findings import UNKNOWN, Measured
from equitybook.outcomes.human_resources.staff_statistics.present.groups import Margin, by_row
from equitybook.statistics import Utilisation, fraction, utilisation

MOST_CV = 40
"""Per cent. A published share with a larger coefficient of variation is too shaky to read against (specification 8.1)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One group in one job group: the five rules, and the margin of error (0 to 1) of its availability where one is given."""

    dimension: str
    group: str
    label: str
    jobcat: str
    job_group: str
    found: Utilisation
    moe: float | None


@dataclass(frozen=True, slots=True)
class Overall:
    """One group over all job groups with an availability: expected is the sum over them, so that jobs are not mixed up."""

    group: str
    label: str
    found: Utilisation
    moe: float | None
    job_groups: int


def expected(measured: Measured) -> Iterator[Expected]:
    """Read every availability beside its cell. Cells that are not known or not shown are passed over."""
    for one in measured.statistics:
        table = measured.counts.get(one.counted_in)
        if one.id != "HR1.availability" or one.value is None or table is None:
            continue
        group, jobcat = one.group.split("/")
        if group not in table.rows.labels or group == UNKNOWN or jobcat not in table.columns.labels:
            continue
        incumbents, people = _incumbents(by_row(table, jobcat)), table.at(group, jobcat)
        if incumbents is None or people is None:
            continue
        moe = None if one.interval is None else max(one.interval[1] - one.value, one.value - one.interval[0])
        found = utilisation(int(incumbents), int(people), fraction(one.value))
        yield Expected(table.rows.name, group, table.rows.label(group), jobcat, table.columns.label(jobcat), found, moe)


def overall(cells: list[Expected]) -> list[Overall]:
    """Add up each group's job groups: people, incumbents, expected, margin of error."""
    groups: dict[str, list[Expected]] = {}
    for one in cells:
        if one.found.incumbents and one.found.availability is not None:
            groups.setdefault(one.group, []).append(one)
    return [_sum(ones) for ones in groups.values()]


def _sum(ones: list[Expected]) -> Overall:
    incumbents, people = sum(one.found.incumbents for one in ones), sum(one.found.people for one in ones)
    share = sum((one.found.incumbents * (one.found.availability or Fraction(0)) for one in ones), Fraction(0)) / incumbents
    return Overall(ones[0].group, ones[0].label, utilisation(incumbents, people, share), _margin(ones, incumbents), len(ones))


def _margin(ones: list[Expected], incumbents: int) -> float | None:
    """Add up margins of error: plainly where the same figure serves several job groups, by the root of squares between figures."""
    if any(one.moe is None for one in ones):
        return None
    figures: dict[tuple[Fraction | None, float | None], float] = {}
    for one in ones:
        key = (one.found.availability, one.moe)
        figures[key] = figures.get(key, 0.0) + one.found.incumbents * (one.moe or 0)
    return sqrt(sum(error**2 for error in figures.values())) / incumbents


def _incumbents(level: Margin) -> float | None:
    """Count those in the job group whose group is known; nobody can be compared where more than a quarter are not."""
    return level.whole.n if level.whole.mostly_known else None
