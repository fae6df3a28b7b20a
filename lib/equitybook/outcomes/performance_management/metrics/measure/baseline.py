"""Which value a measure's baseline would be if it were locked today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from equitybook.outcomes.performance_management.metrics.outline import Period

_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Baseline:
    """The value in the measure's unit, the number of people behind it where known, and the period in words."""

    value: float
    n: int | None
    period: str


def baseline_of(measure: Mapping[str, Any], values: Iterable[Mapping[str, Any]]) -> Baseline | str:
    """Take the newest period's value for everybody.

    Parameters
    ----------
    measure
        A row of ``measures``, as stored or typed.
    values
        Rows of ``pm2_values``, of any measures, as stored (dates as text) or typed.

    Returns
    -------
    Baseline or str
        The baseline, computed from numerator and denominator where both are there; or a sentence that says why there is none and what to do.
    """
    code = measure.get("measure_id")
    own = [row for row in values if row.get("measure_id") == code and row.get("group") == "ALL"]
    dated = [(period, row) for row in own if (period := period_of(row)) is not None]
    if not own:
        return f"There is no value of {code} for everybody yet. Enter one in the values of your measures."
    if not dated:
        return f"The values of {code} have no period that runs forwards. Enter its first and last day."
    period, row = max(dated, key=lambda pair: (pair[0].end, pair[0].start))
    value = value_of(row, str(measure.get("unit") or ""))
    if value is None:
        return f"{code} has no value for {period.words}. Enter how many were counted and out of how many, or the value itself."
    whole = number_of(row, "denominator")
    return Baseline(value, None if whole is None else round(whole), period.words)


def value_of(row: Mapping[str, Any], unit: str) -> float | None:
    """Compute a row's value: a share in percent, another division as it is, a count as counted, else the value as typed.

    None where it cannot be: nothing is entered, nobody is counted among, or a share would be over 100 percent.
    """
    part, whole, typed = (number_of(row, name) for name in ("numerator", "denominator", "value"))
    if unit == "count":
        return typed if part is None else part
    if part is None:
        return None if whole == 0 or _no_share(typed, unit) else typed
    if whole is None or whole == 0:
        return None
    value = _PER_CENT * part / whole if unit == "pct" else part / whole
    return None if _no_share(value, unit) else value


def period_of(row: Mapping[str, Any]) -> Period | None:
    """Read a row's period; None where a date is missing or it runs backwards."""
    start, end = _day(row.get("period_start")), _day(row.get("period_end"))
    return Period(start, end) if start and end and start <= end else None


def number_of(row: Mapping[str, Any], name: str) -> float | None:
    """Read a number; None where there is none, or one below 0."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if value >= 0 or name == "value" else None


def _no_share(value: float | None, unit: str) -> bool:
    return unit == "pct" and value is not None and not 0 <= value <= _PER_CENT


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None
