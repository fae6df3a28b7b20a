"""Numbers that are no counts: medians, shares from survival curves, the curves themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import floor

from equitybook.disclosure.policy import Thresholds
from equitybook.findings import TOTAL, CountTable, Curve, Statistic

_WHOLE_PER_CENT = 2


def visible_statistics(
    statistics: tuple[Statistic, ...], shown: Mapping[str, CountTable], limits: Thresholds
) -> tuple[Statistic, ...]:
    """Take the value, the interval and the number of people from every statistic about too few, or about a group that is hidden."""
    return tuple(_visible(one, shown, limits) for one in statistics)


def visible_curves(curves: tuple[Curve, ...], shown: Mapping[str, CountTable], limits: Thresholds) -> tuple[Curve, ...]:
    """Keep whole years with enough people at risk, in whole percentages; leave out the curves of hidden groups.

    Every step of a curve is one person leaving: between whole years, and beyond whole percentages, it would count them.
    """
    made = [
        replace(one, points=_whole_years(one, limits)) for one in curves if group_size(one.group, one.counted_in, shown) is not None
    ]
    return tuple(one for one in made if len(one.points) > 1)


def group_size(group: str, counted_in: str, shown: Mapping[str, CountTable]) -> float | None:
    """Look up the shown number of people of a group in a table: a row, a column, or "row/column"; None where it is hidden.

    The grand total of no table in particular is not known here: a statistic about everyone needs no table.
    """
    table = shown.get(counted_in)
    if table is None:
        return None
    if group in (TOTAL, "ALL", ""):
        return table.at()
    row, slash, column = group.partition("/")
    if slash:
        return table.at(row, column)
    return table.at(row=group) if group in table.rows.labels else table.at(column=group)


def _visible(one: Statistic, shown: Mapping[str, CountTable], limits: Thresholds) -> Statistic:
    of_all = not one.counted_in and one.group in (TOTAL, "ALL", "")
    size = float(one.n) if of_all else group_size(one.group, one.counted_in, shown)
    promised = shown[one.counted_in].promised if one.counted_in in shown else 0
    smallest = max(limits.smallest_group, promised)
    few = one.n < max(smallest, limits.statistic_from)
    if size is None or few or _tells_a_part(one, shown):
        return replace(one, value=None, interval=None, n=0)
    # The exact n beside the exact size of the group would count those without a value: say the group's size where they are few.
    near = 0 < abs(size - one.n) < smallest
    return replace(one, n=round(size)) if near else one


def _tells_a_part(one: Statistic, shown: Mapping[str, CountTable]) -> bool:
    """Tell whether a share would give away a hidden part of its row: the share and the number it is of are the part."""
    table = shown.get(one.counted_in)
    if table is None or not table.shares:
        return False
    row = one.group if one.group in table.rows.labels else TOTAL
    return any(table.at(row, column) is None for column in table.column_codes())


def _whole_years(curve: Curve, limits: Thresholds) -> tuple[tuple[float, float, int], ...]:
    kept = []
    last = max((time for time, _, _ in curve.points), default=-1.0)
    for year in range(floor(last) + 1):
        share = min((s for time, s, _ in curve.points if time <= year), default=1.0)
        followed = next((n for time, _, n in sorted(curve.points) if time >= year), 0)
        if followed >= limits.at_risk_from:
            # The number followed falls by one for each person: it is given in tens, rounded down.
            kept.append((float(year), round(share, _WHOLE_PER_CENT), followed - followed % 10))
    return tuple(kept)
