"""What the user settles about a file as a whole: a total at the bottom, the month or the day first, pay by the hour, shares or percent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from equitybook.codebook import Column, Kind
from equitybook.codebook.read_date import is_day_first, is_month_first
from equitybook.codebook.read_number import read_money, read_number
from equitybook.intake.proposal import Question
from equitybook.intake.sheet import Cell, Sheet

PAY_UNITS: Mapping[str, tuple[str, int]] = {
    "year": ("a year", 1),
    "month": ("a month (times 12)", 12),
    "half_month": ("half a month (times 24)", 24),
    "two_weeks": ("two weeks (times 26)", 26),
    "hour": ("an hour (times 2,080)", 2080),
}
"""How often a rate of pay is paid in a year: 2,080 hours are 52 weeks of 40."""

_LEAST_YEARLY_PAY = 10_000


def questions(sheet: Sheet, chosen: Mapping[str, Column], settled: Mapping[str, str | None]) -> tuple[Question, ...]:
    """Ask what the file leaves open. ``chosen`` are the fields by heading; ``settled`` answers from before."""
    asked = [_totals(sheet)] if sheet.totals else []
    for source, column in chosen.items():
        values = [value for value in sheet.column(source) if value is not None]
        if column.kind is Kind.DATE:
            asked.extend(_day_first(source, values))
        elif column.name == "annual_salary":
            asked.extend(_pay_unit(source, values))
        elif column.kind is Kind.PERCENT and column.unit != "points":
            asked.extend(_shares(source, column, values))
    return tuple(_with_answer(one, settled.get(one.id)) for one in asked)


def _with_answer(question: Question, answer: str | None) -> Question:
    if answer not in dict(question.options):
        return question
    return Question(question.id, question.text, question.options, answer, ask=False)


def _totals(sheet: Sheet) -> Question:
    rows = " and ".join(str(number) for number in sheet.totals)
    text = f"Row{'s' if len(sheet.totals) > 1 else ''} {rows} at the bottom look{'' if len(sheet.totals) > 1 else 's'} like a total of the rows above."
    return Question("totals", text, (("leave_out", "Leave it out"), ("keep", "Read it like the others")), "leave_out", ask=False)


def _day_first(source: str, values: Sequence[Cell]) -> list[Question]:
    written = [value for value in values if isinstance(value, str)]
    day = next((value for value in written if is_day_first(value)), None)
    if day is None:
        return []
    text = f'In "{source}", "{day}" has no month {day.split("/")[0].split("-")[0].split(".")[0]}. What comes first in this column?'
    sure = not any(is_month_first(value) for value in written)
    options = (
        ("day", "The day: 13/5/2024 is 13 May 2024"),
        ("month", "The month: dates like this one are kept as typed and marked"),
    )
    return [Question(f"dates:{source}", text, options if sure else tuple(reversed(options)), None, ask=True)]


def _pay_unit(source: str, values: Sequence[Cell]) -> list[Question]:
    amounts = [amount for value in values if (amount := read_money(str(value))) is not None and amount > 0]
    if not amounts or median(amounts) >= _LEAST_YEARLY_PAY:
        return []
    text = f'Half of the amounts in "{source}" are below ${median(amounts):,.2f}. What are they paid for?'
    return [Question("pay_unit", text, tuple((code, words) for code, (words, _) in PAY_UNITS.items()), None, ask=True)]


def _shares(source: str, column: Column, values: Sequence[Cell]) -> list[Question]:
    numbers = [number for value in values if (number := read_number(str(value))) is not None]
    if not numbers or max(numbers) > 1 or all(number in {0, 1} for number in numbers):
        return []
    largest = max(numbers)
    text = f'All values in "{source}" are between 0 and 1. Are they shares of one whole?'
    options = (("share", f"Yes: {largest:g} is {largest * 100:g} %"), ("percent", f"No: {largest:g} is {largest:g} %"))
    return [Question(f"percent:{column.name}", text, options, None, ask=True)]
