"""How far a measure has come: progress to its target, what could be expected by today, and whether the two agree.

Nothing is clipped: a measure that got worse has a progress below 0, one that overshot above 1. Thresholds are compared as
fractions, so that exactly ten points behind is ten points behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from equitybook.statistics.exact import Number, fraction

NEAR, FAR = Fraction(1, 10), Fraction(3, 10)
"""So far behind what is expected a measure is still on track, and still close (specification PM3)."""

STALE = Fraction(3, 2)
"""A value older than so many of its own cycles says nothing about today."""

DAYS_OF: Mapping[str, Fraction] = MappingProxyType(
    {
        "monthly": Fraction(1461, 48),
        "quarterly": Fraction(1461, 16),
        "semiannual": Fraction(1461, 8),
        "annual": Fraction(1461, 4),
    }
)
"""Days of one cycle, leap years averaged."""


class Status(StrEnum):
    """Where a measure stands against its own plan. GREY is not known: nothing to compare, or too old."""

    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"
    GREY = "GREY"


def progress(baseline: Number, current: Number, target: Number) -> Fraction | None:
    """Share of the way from the baseline to the target, for rising and falling measures alike; not clipped.

    Returns
    -------
    Fraction or None
        0 at the baseline, 1 at the target. None where target and baseline are equal: there is no way to go, see ``held``.

    Notes
    -----
    Source: specification PM3; (40, 30, 20) is 0.50 and (5, 3, 20) is −0.133.
    """
    start, now, end = (fraction(one) for one in (baseline, current, target))
    return None if start == end else (now - start) / (end - start)


def expected(start: dt.date, end: dt.date, today: dt.date) -> Fraction | None:
    """Share of the time from ``start`` to ``end`` that is over, 0 to 1; None where the two dates do not run forwards."""
    if end <= start:
        return None
    return min(Fraction(1), max(Fraction(0), Fraction((today - start).days, (end - start).days)))


def held(baseline: Number, current: Number, tolerance: Number) -> bool:
    """Whether a measure that should stay where it is lies within its tolerance, the tolerance included."""
    return abs(fraction(current) - fraction(baseline)) <= fraction(tolerance)


def stale(measured_on: dt.date, today: dt.date, cadence: str) -> bool:
    """Whether a value is older than one and a half of its cycles; False where the cycle is not known."""
    days = DAYS_OF.get(cadence)
    return days is not None and (today - measured_on).days > STALE * days


def status(done: Number | None, awaited: Number | None) -> Status:
    """Compare progress with what is expected by today; GREY where either is not known."""
    if done is None or awaited is None:
        return Status.GREY
    behind = fraction(awaited) - fraction(done)
    if behind <= NEAR:
        return Status.GREEN
    return Status.AMBER if behind <= FAR else Status.RED


def status_of_held(baseline: Number, current: Number, tolerance: Number | None) -> Status:
    """Status of a measure that should stay where it is: GREEN within its tolerance, else RED; GREY without a tolerance."""
    if tolerance is None:
        return Status.GREY
    return Status.GREEN if held(baseline, current, tolerance) else Status.RED
