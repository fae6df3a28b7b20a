"""How a number is written, and what is written where there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from equitybook.findings import MIN_DENOMINATOR

DASH = "—"
NOT_SHOWN = "— stands for a number that is not known, or not shown because the group is small."
LEFT_OUT = "Groups whose numbers are not known, or too small to show, are left out."
SMALL = 20
"""Below so many people a rate is marked as resting on a small number (specification 1.4)."""
SMALL_NOTE = f"* fewer than {SMALL} people: read it with its interval."
TOO_SMALL = "There is nothing that can be shown here: the groups are too small."

_UNDER_TEN = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: float | None) -> str:
    """Write a number of people: "1,234"; "96.4" for an average; a dash for None."""
    if value is None:
        return DASH
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def average(value: float | None) -> str:
    """Write an average headcount with one decimal, or a dash."""
    return DASH if value is None else f"{value:,.1f}"


def dollars(value: float | None) -> str:
    """Write "$61,300", or a dash."""
    return DASH if value is None else f"${value:,.0f}"


def percent(value: float | None) -> str:
    """Write a per cent (0 to 100) with one decimal, or a dash."""
    return DASH if value is None else f"{value:.1f} %"


def ratio(value: float | None) -> str:
    """Write a ratio or an index with two decimals, or a dash."""
    return DASH if value is None else f"{value:.2f}"


def span(low: float | None, high: float | None) -> str:
    """Write an interval of per cents, for example "5.2–36.0 %"."""
    return DASH if low is None or high is None else f"{low:.1f}–{high:.1f} %"


def rate(part: float | None, whole: float | None, *, least: float = MIN_DENOMINATOR) -> float | None:
    """Per cent of ``part`` in ``whole``; None where either is not there, or ``whole`` is 0 or under ``least``."""
    if part is None or whole is None or whole <= 0 or whole < least:
        return None
    return 100 * part / whole


def people(count: float | None) -> str:
    """Write "1 person", "12 people", "96.4 people"."""
    return f"{number(count)} {'person' if count == 1 else 'people'}"


def day(date: dt.date | None) -> str:
    """Write "30 June 2026"."""
    return "" if date is None else f"{date.day} {date:%B %Y}"


def staff_of(dimension: str, label: str) -> str:
    """Name the staff of a group inside a sentence: "Hispanic or Latino staff", "female staff"."""
    return f"{label.lower()} staff" if dimension == "sex" else label.lower() if label.startswith("All other") else f"{label} staff"


def listing(words: Iterable[str]) -> str:
    """Join as "a", "a and b", "a, b and c"."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def counted(value: int) -> str:
    """Write small counts of things as words: "two"."""
    return _UNDER_TEN[value] if value < len(_UNDER_TEN) else str(value)
