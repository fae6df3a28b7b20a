"""Rates that say what they are made of: turnover on average headcount, retention of a starting cohort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equitybook.statistics.intervals import rate_interval


@dataclass(frozen=True, slots=True)
class Rate:
    """``part`` per ``whole``; ``value`` is 0 to 1 (above 1 where more left than were there on average), None with a ``reason``."""

    part: float
    whole: float
    value: float | None
    interval: tuple[float, float] | None
    reason: str = ""


def rate(part: float, whole: float, *, of: str = "people") -> Rate:
    """Divide; a whole of 0 gives no rate and says why. ``of`` names the whole in that reason."""
    if whole == 0:
        return Rate(part, whole, None, None, reason=f"there are no {of}")
    return Rate(part, whole, part / whole, rate_interval(part, whole))


def turnover(separations: Sequence[float], headcounts: Sequence[float]) -> Rate:
    """Separations of a period per average headcount.

    Parameters
    ----------
    separations
        People who left, for example month by month.
    headcounts
        Headcount (not full-time equivalents) at points evenly spread over the same period, monthly or finer.

    Notes
    -----
    Sum over mean, not a sum of monthly rates. Retention is another question: hires who leave again count here only.
    """
    if not headcounts:
        return Rate(float(sum(separations)), 0.0, None, None, reason="no headcount is known")
    return rate(float(sum(separations)), float(sum(headcounts)) / len(headcounts), of="staff in the period")


def retention(still_here: float, at_start: float) -> Rate:
    """Share of those employed at the start who are still employed at the end."""
    return rate(still_here, at_start, of="staff at the start")
