"""What the user settles about a file as a whole: totals, notes below the list, the month or the day first, pay by the hour, shares or percent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from equitybook.codebook import Column, Kind
from equitybook.codebook.read_date import is_day_first, is_month_first
from equitybook.codebook.read_number import read_money, read_number
from equitybook.intake.proposal import Question
from equitybook.intake.sheet import Cell, Sheet
from equitybook.outcomes.human_resources.staff_statistics.tables.asked import HOURS_A_YEAR

PAY_UNITS: Mapping[str, tuple[str, int]] = {
    "year": ("a year", 1),
    "month": ("a month (times 12)", 12),
    "half_month": ("half a month (times 24)", 24),
    "two_weeks": ("two weeks (times 26)", 26),
    "hour": (f"an hour (times {HOURS_A_YEAR:,})", HOURS_A_YEAR),
}
"""How often a rate of pay is paid in a year: 2,080 hours are 52 weeks of 40."""

LEAVE_OUT = "leave_out"
_SHOWN = 10
_LEAST_YEARLY_PAY = 10_000


def questions(sheet: Sheet, chosen: Mapping[str, Column], settled: Mapping[str, str | None]) -> tuple[Question, ...]:
    """Ask what the file leaves open. ``chosen`` are the fields by heading; ``settled`` answers from before."""
    asked = [*([_totals(sheet)] if sheet.totals else []), *([_notes(sheet)] if sheet.notes else [])]
    sheet = sheet.without(left_out(sheet, settled).keys())
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


def left_out(sheet: Sheet, settled: Mapping[str, str | None]) -> dict[int, str]:
    """Give the rows that are no part of the list, by number, each with the reason; those the user wants to keep are not among them."""
    notes = (
        {}
        if settled.get("notes") == "keep"
        else dict.fromkeys(sheet.notes, "It has one cell filled in, like a note below the list.")
    )
    totals = {} if settled.get("totals") == "keep" else dict.fromkeys(sheet.totals, "It reads like a total of other rows.")
    return {**notes, **totals}


def _totals(sheet: Sheet) -> Question:
    one = len(sheet.totals) == 1
    text = f"{_rows(sheet.totals)} {'reads like a total' if one else 'read like totals'} of other rows."
    return Question("totals", text, _leave_or_keep(one=one), LEAVE_OUT, ask=False)


def _notes(sheet: Sheet) -> Question:
    one = len(sheet.notes) == 1
    text = f"{_rows(sheet.notes)} at the end {'has' if one else 'have'} one cell filled in, like a note below the list."
    return Question("notes", text, _leave_or_keep(one=one), LEAVE_OUT, ask=False)


def _leave_or_keep(*, one: bool) -> tuple[tuple[str, str], ...]:
    return (LEAVE_OUT, f"Leave {'it' if one else 'them'} out"), ("keep", f"Read {'it' if one else 'them'} like the others")


def _rows(numbers: Sequence[int]) -> str:
    shown = [f"{number:,}" for number in numbers[:_SHOWN]]
    if len(numbers) > _SHOWN:
        shown.append(f"{len(numbers) - _SHOWN:,} more")
    return f"Row {shown[0]}" if len(shown) == 1 else f"Rows {', '.join(shown[:-1])} and {shown[-1]}"


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
