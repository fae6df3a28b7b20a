"""A stored value in the words the page shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from equitybook.codebook.columns import Column, Kind

DAY_LIKE = "30 Jun 2026 or 6/30/2026"
"""How a day may be typed, in the two ways people here write one: for the messages that ask for it."""


def short_day(day: dt.date) -> str:
    """Write "30 Jun 2026", as a cell shows it."""
    return f"{day.day} {day:%b %Y}"


def as_words(column: Column, value: Any) -> str:  # noqa: ANN401 - any stored value
    """Return a stored value as it is read on the page; what is not of the column's kind is shown as typed."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, dt.date):  # a frame's timestamps are dates too
        return short_day(value)
    if isinstance(value, list):
        return ", ".join(_label(column, one) for one in value)
    if isinstance(value, bool | int | float):
        return _number(column.kind, value)
    if column.vocabulary:
        return _label(column, value)
    return _day(value) if column.kind is Kind.DATE else str(value)


def _label(column: Column, code: object) -> str:
    return column.vocabulary.label(str(code)) if column.vocabulary else str(code)


def _number(kind: Kind, value: float) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    plain = f"{value:,.2f}" if kind is Kind.MONEY and value % 1 else f"{value:,g}" if abs(value) < 1e6 else f"{value:,.0f}"  # noqa: PLR2004 - :g turns to powers of ten there
    return {Kind.MONEY: f"${plain}", Kind.PERCENT: f"{plain} %"}.get(kind, plain)


def _day(value: object) -> str:
    try:
        day = dt.date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return short_day(day)
