"""What the tables ask about a row that can be read and is probably not meant: a total, pay that is not for a year, a day far off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from equitybook.codebook import Message
from equitybook.codebook.read_number import shown
from equitybook.codebook.totals import is_total, is_total_of
from equitybook.codebook.wording import short_day

HOURS_A_YEAR = 2_080
"""52 weeks of 40 hours."""

LONGEST_SERVICE = 60
"""Years before the day staff are counted on; who was hired that long ago is asked about."""

_LEAST_FULL_TIME = 5_000  # US dollars a year; a fifth of the federal minimum wage, full-time, is 3,016
_MOST_AN_HOUR = 200  # US dollars


def total_question(row: Mapping[str, Any], field: str, people: int | None, *, needs: Collection[str] = ()) -> Iterator[Message]:
    """Ask about a row that reads like a total.

    Parameters
    ----------
    row
        The row's typed values.
    field
        The column whose words are looked at.
    people
        How many people the row counts; None where that is not known.
    needs
        Columns an ordinary row has. ``Total Fitness Center`` with all of them filled in is a department; ``Total`` alone never is.
    """
    text = row.get(field)
    if is_total(text) or (is_total_of(text) and (not needs or any(row.get(name) is None for name in needs))):
        counted = "" if people is None else f" and is counted as {people:,} {'person' if people == 1 else 'people'}"
        yield Message(f"This reads like a total of other rows{counted}. Delete the row if it is.", field=field)


def pay_question(pay: float | None, status: str | None) -> Iterator[Message]:
    """Ask about yearly pay (US dollars) that reads like pay for an hour, or in a full-time row like pay for a few weeks.

    Only for full-time people is the pay for a year suggested: nobody knows here how many hours the others work.
    """
    if not pay or pay < 0 or pay >= (_LEAST_FULL_TIME if status == "FT" else _MOST_AN_HOUR):
        return
    said = f"{shown(pay)} US dollars a year reads like pay"
    if pay < _MOST_AN_HOUR:
        year = round(pay * HOURS_A_YEAR, 2)
        text = f"{said} by the hour. Enter the pay for a year: {shown(pay)} an hour is {shown(year)} for {HOURS_A_YEAR:,} hours."
        yield Message(text, field="annual_salary", suggestion=f"{year:.10g}" if status == "FT" else None)
    else:
        text = f"{said} for two weeks or a month. Enter the pay for a year: 26 times two weeks, or 12 times a month."
        yield Message(text, field="annual_salary")


def hire_day_question(hired: dt.date | None, counted: dt.date | None, today: dt.date) -> str:
    """Ask about a day of hiring in the future, or ``LONGEST_SERVICE`` years or more before the day staff are counted on.

    Parameters
    ----------
    hired
        The day; None where it is empty or cannot be read.
    counted
        The day staff are counted on; None where none is entered: then it is today.
    today
        The day after which the future begins.

    Returns
    -------
    str
        The question, or an empty text.
    """
    if hired is None:
        return ""
    if hired > today:
        return f"{short_day(hired)} is in the future. Correct it if another day is meant."
    day = counted or today
    years = day.year - hired.year - ((day.month, day.day) < (hired.month, hired.day))
    if years < LONGEST_SERVICE:
        return ""
    before = f"{short_day(counted)}, the day you count on" if counted else "today"
    return f"{short_day(hired)} is {years} years before {before}. Correct it if another day is meant."
