"""The rows of the measures and their values, sorted: by measure, by period, by group."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.charter.quotas import target_quota
from equitybook.codebook.categories import RACE
from equitybook.outcomes.performance_management.metrics.measure.baseline import number_of, period_of
from equitybook.outcomes.performance_management.metrics.outline import ALONE, Outline, Period

EVERYBODY_TYPED = "ALL"
_PLAIN_CODE = re.compile(r"[A-Za-z]{1,3}\d{1,4}")
_SEX = {"F": "F", "M": "M", "NONBINARY": "NONBINARY", "NON-BINARY": "NONBINARY"}

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Project:
    """Everything the measure reads.

    ``by_period[key][period][group]`` is a row of ``pm2_values``; groups are codes, those of the town's own naming "G1", "G2" …, whose words
    are in ``own_groups``. ``rows`` are the measures as typed, by key.
    """

    rows: Mapping[str, Typed]
    outlines: tuple[Outline, ...]
    by_period: Mapping[str, Mapping[Period, Mapping[str, Typed]]]
    own_groups: Mapping[str, str]


def read_project(measures: Sequence[Typed], values: Sequence[Typed], causes: Sequence[Typed]) -> Project:
    """Sort the rows. Rows without a measure, a period or a group are left out; of two alike the first one counts."""
    rows = _keyed(measures)
    keys = {str(row["measure_id"]): key for key, row in rows.items()}
    own: dict[str, str] = {}
    sorted_values: dict[str, dict[Period, dict[str, Typed]]] = {key: {} for key in rows}
    for row in values:
        key, period, group = keys.get(str(row.get("measure_id"))), period_of(row), str(row.get("group") or "")
        if key and period and group:
            code = group if group == EVERYBODY_TYPED else _code(group, own)
            sorted_values[key].setdefault(period, {}).setdefault(code, row)
    outlines = tuple(_outline(key, row, keys, sorted(sorted_values[key]), causes) for key, row in rows.items())
    return Project(rows, outlines, sorted_values, {code: words for words, code in own.items()})


def _keyed(measures: Sequence[Typed]) -> dict[str, Typed]:
    made: dict[str, Typed] = {}
    for at, row in enumerate(measures, start=1):
        code = str(row.get("measure_id") or "")
        if code and code not in {str(one["measure_id"]) for one in made.values()}:
            made[code if _PLAIN_CODE.fullmatch(code) else f"#{at}"] = row
    return made


def _code(group: str, own: dict[str, str]) -> str:
    if group in RACE.labels or group in ALONE:
        return group
    if group.upper() in _SEX:
        return _SEX[group.upper()]
    known = next((words for words in own if words.casefold() == group.casefold()), group)
    return own.setdefault(known, f"G{len(own) + 1}")


def _outline(key: str, row: Typed, keys: Mapping[str, str], periods: Sequence[Period], causes: Sequence[Typed]) -> Outline:
    stories = [str(one.get("kind")) for one in causes if one.get("measure_id") == row["measure_id"] and one.get("cause")]
    lacks = [name for name in ("numerator_def", "denominator_def") if not row.get(name)]
    return Outline(
        key=key,
        unit=str(row.get("unit") or ""),
        direction=str(row.get("direction") or ""),
        rba=str(row.get("rba") or ""),
        level=str(row.get("level") or ""),
        reference=str(row.get("reference_group") or "COMPLEMENT"),
        cadence=str(row.get("cadence") or ""),
        periods=tuple(periods),
        published=_published(row),
        split=bool(row.get("disaggregate_by")),
        live=not row.get("retired_on"),
        retired_on=_date(row.get("retired_on")),
        replaces=keys.get(str(row.get("replaces") or ""), ""),
        # A plain number of things or people is out of nothing.
        lacks=tuple(name for name in lacks if not (name == "denominator_def" and row.get("unit") == "count")),
        planned=bool(row.get("baseline_plan")),
        due=_date(row.get("baseline_due")),
        locked_on=_date(row.get("baseline_locked_on")),
        baseline_until=_baseline_until(row, periods),
        target=number_of({"value": row.get("target_value")}, "value"),
        target_on=_date(row.get("target_date")),
        rationale=str(row.get("target_rationale") or ""),
        tolerance=number_of(row, "tolerance"),
        is_quota=bool(target_quota(row)),
        causes=(stories.count("INSIDE"), stories.count("OUTSIDE")),
        promised=int(str(row.get("suppression_min") or 0)),
    )


def _baseline_until(row: Typed, periods: Sequence[Period]) -> dt.date | None:
    """Date the baseline: the last day of its period where that is among the values, else the day it was locked."""
    own = next((one.end for one in periods if one.words == row.get("baseline_period")), None)
    return own or _date(row.get("baseline_locked_on"))


def _published(row: Typed) -> float | None:
    """Give the figure that groups are compared with; None where they are compared with people, or it is no value of this unit."""
    figure = number_of({"value": row.get("reference_value")}, "value")
    if row.get("reference_group") != "BENCHMARK" or figure is None:
        return None
    return None if row.get("unit") == "pct" and not 0 <= figure <= 100 else figure  # noqa: PLR2004 - percent


def _date(value: object) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else None
