"""How a number is written, and what is written where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from equitybook.codebook import Row
from equitybook.findings import MIN_DENOMINATOR
from equitybook.outcomes.wording import DASH, day, listing, number

_LEAST_P = 0.005
TOO_SMALL = "There is nothing that can be shown here: the numbers are small, or small ones could be worked out from them."


def payday(facts: Mapping[str, Any]) -> str:
    """Write the day staff are counted on; one that nobody entered is never written without saying so."""
    on = day(facts["snapshot"])
    if facts["snapshot_from"] == "entered":
        return on
    return f"{on} ({'the latest date on the staff list' if facts['snapshot_from'] == 'list' else 'today'}: no payday is entered)"


def unread_words(facts: Mapping[str, Any], row: type[Row]) -> Iterator[tuple[str, str]]:
    """Say which columns of a table hold days or numbers that cannot be read, with the next step; nothing where all can."""
    table = row.table
    if columns := facts["unread_rows"].get(table.id):
        labels = listing(f"“{table.column(name).label}”" for name in columns)
        rule = f"in the table “{table.title}”, something in {labels} cannot be read"
        yield rule, "Correct what is marked there: until then it is not counted as meant."


def average(value: float | None) -> str:
    """Write an average headcount with one decimal, or a dash."""
    return DASH if value is None else f"{value:,.1f}"


def dollars(value: float | None) -> str:
    """Write "$61,300", or a dash."""
    return DASH if value is None else f"${value:,.0f}"


def percent(value: float | None) -> str:
    """Write a percentage (0 to 100) with one decimal, or a dash."""
    return DASH if value is None else f"{value:.1f} %"


def span(low: float | None, high: float | None) -> str:
    """Write an interval of percentages, for example "5.2–36.0 %"."""
    return DASH if low is None or high is None else f"{low:.1f}–{high:.1f} %"


def chance(p: float) -> str:
    """Write a probability: "p = 0.31", "p < 0.01"; never "p = 0.00", which no test gives."""
    return "p < 0.01" if p < _LEAST_P else f"p = {p:.2f}"


def rate(part: float | None, whole: float | None, *, least: float = MIN_DENOMINATOR) -> float | None:
    """Percent of ``part`` in ``whole``; None where either is not there, or ``whole`` is 0 or under ``least``."""
    if part is None or whole is None or whole <= 0 or whole < least:
        return None
    return 100 * part / whole


def people(count: float | None) -> str:
    """Write "1 person", "12 people", "96.4 people"."""
    return f"{number(count)} {'person' if count == 1 else 'people'}"


def staff_of(dimension: str, label: str) -> str:
    """Name the staff of a group inside a sentence: "Hispanic or Latino staff", "female staff"."""
    return f"{label.lower()} staff" if dimension == "sex" else label.lower() if label.startswith("All other") else f"{label} staff"
