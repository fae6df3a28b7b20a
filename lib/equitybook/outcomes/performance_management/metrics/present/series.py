"""What there is to say of a measure: its name, its baseline, and its values by group and period, as far as they are visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equitybook.charter.vocabularies import MEASURED_GROUP
from equitybook.findings import TOTAL, UNKNOWN, CountTable, Measured, Statistic
from equitybook.outcomes.performance_management.metrics.outline import (
    COUNTED,
    EVERYBODY,
    PEOPLE,
    REST,
    Outline,
    Period,
    baseline_name,
    table_name,
    value_id,
)
from equitybook.statistics import wilson

GROUPINGS = ("LEP", "own", "race", "sex", "DISABLED")
EVERYBODY_LABEL = "Everybody"


@dataclass(frozen=True, slots=True)
class Point:
    """One value in the measure's unit; ``part`` of ``whole`` people, None where not known or not shown; ``interval`` in percent."""

    period: Period
    value: float
    part: float | None = None
    whole: float | None = None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of a share, 95 %, in percent."""
        if self.part is None or not self.whole or not 0 <= self.part <= self.whole:
            return None
        found = wilson(self.part, self.whole)
        return None if found is None else (100 * found[0], 100 * found[1])


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one group, or of everybody (``code`` TOTAL), oldest first."""

    code: str
    label: str
    points: tuple[Point, ...]


def outlines(measured: Measured, *, live: bool = True) -> tuple[Outline, ...]:
    """Give the measures of the project, without the retired ones unless asked."""
    return tuple(one for one in measured.facts.get("outlines", ()) if one.live or not live)


def outline_of(measured: Measured, key: str) -> Outline | None:
    """Find a measure by its key."""
    return next((one for one in outlines(measured, live=False) if one.key == key), None)


def name_of(measured: Measured, key: str) -> str:
    """Give a measure's name as typed; its code alone where words are not for this reader."""
    return str(measured.words.get("measures", {}).get(key, {}).get("name") or "") or f"Measure {key}"


def titled(measured: Measured, key: str) -> str:
    """Give code and name: "M1 · Median days …"."""
    name = name_of(measured, key)
    return name if name == f"Measure {key}" else f"{key} · {name}"


def everybody(measured: Measured, outline: Outline) -> Series:
    """Read a measure's values for everybody."""
    points = (_everybody(measured, outline, at, period) for at, period in enumerate(outline.periods))
    return Series(TOTAL, EVERYBODY_LABEL, tuple(one for one in points if one is not None))


def groups(measured: Measured, outline: Outline) -> tuple[Series, ...]:
    """Read a measure's values for each group that can be shown, in the order of its groupings; people whose group is not known left out."""
    made: dict[str, tuple[str, list[Point]]] = {}
    for at, period in enumerate(outline.periods):
        for code, label, point in _in_period(measured, outline, at, period):
            made.setdefault(code, (label, []))[1].append(point)
    return tuple(Series(code, label, tuple(points)) for code, (label, points) in made.items())


def baseline(measured: Measured, outline: Outline) -> Point | None:
    """Read the locked baseline; None where it is not locked, or not shown."""
    if outline.locked_on is None:
        return None
    until = outline.baseline_until or outline.locked_on
    period, name = Period(until, until), baseline_name(outline.key)
    found = measured.statistic(name)
    if found is not None:
        return _from_statistic(found, outline, period)
    table = measured.counts.get(name)
    return None if table is None else _from_table(table, outline, EVERYBODY, period)


def is_group(code: str) -> bool:
    """Whether a row of a count table is a group that can be named, and no rest: people put together with the rest are none."""
    return not {REST, UNKNOWN} & set(code.split("+"))


def label_of(measured: Measured, table: CountTable, code: str) -> str:
    """Give a group's words; the town's own groups by number where its words are not for this reader."""
    return str(measured.words.get("groups", {}).get(code) or table.rows.label(code))


def _everybody(measured: Measured, outline: Outline, at: int, period: Period) -> Point | None:
    table = measured.counts.get(table_name(outline.key, at, "all"))
    if table is not None:
        return point_of(measured, outline, table, TOTAL, at)
    found = measured.statistic(value_id(outline.key, at))
    return None if found is None else _from_statistic(found, outline, period)


def point_of(measured: Measured, outline: Outline, table: CountTable, code: str, at: int) -> Point | None:
    """Read the value of one group of a count table, TOTAL for everybody, in the period number ``at``; None where it is not shown."""
    period, found = outline.periods[at], measured.statistic(value_id(outline.key, at), code)
    if found is None:
        return _from_table(table, outline, code, period) if outline.share or outline.unit == "count" else None
    whole = table.at(code)
    if found.value is None or whole is None:
        return None
    return Point(period, found.value, table.at(code, COUNTED) if outline.share else None, whole)


def _in_period(measured: Measured, outline: Outline, at: int, period: Period) -> Iterator[tuple[str, str, Point]]:
    for grouping in GROUPINGS:
        table = measured.counts.get(table_name(outline.key, at, grouping))
        if table is None:
            continue
        for code in table.row_codes():
            point = point_of(measured, outline, table, code, at) if is_group(code) else None
            if point is not None:
                yield code, label_of(measured, table, code), point
    for found in measured.statistics:
        # Values without a table to stand in: the town sees them, nobody else does.
        alone = found.id == value_id(outline.key, at) and not found.counted_in and found.group not in (TOTAL, UNKNOWN)
        point = _from_statistic(found, outline, period) if alone else None
        if point is not None:
            label = str(measured.words.get("groups", {}).get(found.group) or MEASURED_GROUP.label(found.group))
            yield found.group, label, point


def _from_statistic(found: Statistic, outline: Outline, period: Period) -> Point | None:
    if found.value is None:
        return None
    part = found.value * found.n / 100 if outline.share and found.n else None
    return Point(period, found.value, part, found.n or None)


def _from_table(table: CountTable, outline: Outline, code: str, period: Period) -> Point | None:
    if outline.unit == "count":
        people = table.at(code, PEOPLE)
        return None if people is None else Point(period, people, None, None)
    part, whole = table.at(code, COUNTED), table.at(code)
    if part is None or not whole:
        return None
    return Point(period, 100 * part / whole, part, whole)
