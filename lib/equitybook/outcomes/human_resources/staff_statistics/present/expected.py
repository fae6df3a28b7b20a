"""Staff beside the people who could be hired or promoted: one reading of counts and availability for two findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equitybook.findings import UNKNOWN, CountTable, Measured, Statistic
from equitybook.outcomes.human_resources.staff_statistics.measure.available import margin_of
from equitybook.outcomes.human_resources.staff_statistics.present.groups import Margin, by_row
from equitybook.statistics import Utilisation, fraction, utilisation

AVAILABILITY = "HR1.availability"
MOST_CV = 40
"""Percent. A published share with a larger coefficient of variation is too shaky to read against (specification 8.1)."""


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
    of_all: bool
    """Whether the incumbents include people of unknown group, because how many these are is not shown."""


@dataclass(frozen=True, slots=True)
class Overall:
    """One group over all job groups with an availability: expected is the sum over them, so that jobs are not mixed up."""

    group: str
    label: str
    found: Utilisation
    moe: float | None
    of_all: bool


def expected(measured: Measured) -> Iterator[Expected]:
    """Read every availability beside its cell. Cells that are not known or not shown are passed over."""
    for one in measured.statistics:
        table = measured.counts.get(one.counted_in)
        if one.id != AVAILABILITY or one.value is None or table is None:
            continue
        group, jobcat = one.group.split("/")
        if group not in table.rows.labels or group == UNKNOWN or jobcat not in table.columns.labels:
            continue
        level = by_row(table, jobcat)
        incumbents, people = _incumbents(level), table.at(group, jobcat)
        if incumbents is None or people is None:
            continue
        found = utilisation(int(incumbents), int(people), fraction(one.value))
        label, job_group = table.rows.label(group), table.columns.label(jobcat)
        yield Expected(table.rows.name, group, label, jobcat, job_group, found, margin_of(one), _of_all(level))


def overall(measured: Measured) -> list[Overall]:
    """Set each group's people beside its share available over all its job groups.

    Notes
    -----
    Nothing is added up from the cells that happen to be shown: small ones are missing among them, and the sum would mislead. Either the shares cover
    all job groups with staff, and the group's own total is read; or every cell of the job groups covered has to be there.
    """
    made = (_overall(measured, one) for one in measured.statistics if one.id == f"{AVAILABILITY}.all" and one.value)
    return [one for one in made if one is not None]


def _overall(measured: Measured, share: Statistic) -> Overall | None:
    table = measured.counts.get(share.counted_in)
    if table is None or share.group not in table.rows.labels or share.group == UNKNOWN:
        return None
    covered = [code for code in measured.facts["availability_covers"][share.group] if code in table.columns.labels]
    if all(table.at(column=code) == 0 for code in table.column_codes() if code not in covered):
        levels = [by_row(table)]
        people, incumbents = table.at(share.group), _incumbents(levels[0])
    else:
        levels = [by_row(table, code) for code in covered]
        people, incumbents = _of_some(table, share.group, covered)
    if people is None or not incumbents:
        return None
    found = utilisation(int(incumbents), int(people), fraction(share.value or 0))
    return Overall(share.group, table.rows.label(share.group), found, margin_of(share), any(map(_of_all, levels)))


def any_hidden(measured: Measured) -> bool:
    """Whether a number of the job groups with an availability is not there, so that a whole could not be made."""
    for share in measured.statistics:
        table = measured.counts.get(share.counted_in)
        if share.id != AVAILABILITY:
            continue
        group, jobcat = share.group.split("/")
        if share.value is None or table is None or table.at(group, jobcat) is None or table.at(column=jobcat) is None:
            return True
    return False


def _of_some(table: CountTable, group: str, covered: list[str]) -> tuple[float | None, float | None]:
    """Add up the cells and the known people of some job groups; None where one of them is not there."""
    cells, known = [table.at(group, code) for code in covered], [_incumbents(by_row(table, code)) for code in covered]
    if any(one is None for one in (*cells, *known)):
        return None, None
    return sum(one or 0 for one in cells), sum(one or 0 for one in known)


def _incumbents(level: Margin) -> float | None:
    """Count those in the job group whose group is known, or all where the unknowns are not shown; None where more than a quarter are unknown."""
    return level.whole.n if level.whole.mostly_known else None


def _of_all(level: Margin) -> bool:
    """Whether those counted in the job group include people of unknown group, as far as can be seen."""
    return level.get(UNKNOWN) is None
