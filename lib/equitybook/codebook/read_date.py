"""Text as people write dates, to dates: ISO, month/day/year, months in words, the serial numbers of Excel."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from equitybook.codebook.wording import short_day

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_US = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})", re.IGNORECASE)
_WORD_DAY = re.compile(r"([a-z]{3,9})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4})", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m|Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
_EXCEL_FIRST, _EXCEL_LAST = 10_000, 80_000  # 1927 to 2119: a smaller number in a date column is a year or a slip
_CENTURY_TURNS = 50  # '49 is 2049, '50 is 1950: the reading is always said, so that it can be corrected
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that was read, or None with a hint at what would be right. ``guessed`` says that a century or a serial was read into it."""

    date: dt.date | None
    hint: str = ""
    guessed: bool = False


def read_date(text: str) -> ReadDate:
    """Read one date. Month comes before day, as in the United States; nothing is guessed where the month is above 12."""
    text = _WEEKDAY.sub("", _CLOCK.sub("", text.strip()[:_LONGEST])).strip()
    for pattern, order in ((_ISO, "ymd"), (_COMPACT, "ymd"), (_US, "mdy"), (_DAY_WORD, "dmy"), (_WORD_DAY, "mdy")):
        found = pattern.fullmatch(text)
        if found:
            return _from_parts(dict(zip(order, found.groups(), strict=True)))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return read_excel_day(float(text))
    return ReadDate(None)


def read_excel_day(number: float) -> ReadDate:
    """Read the day number that Excel keeps for a date, for example 45200 for 2023-10-01."""
    if _EXCEL_FIRST <= number <= _EXCEL_LAST:
        return ReadDate(_EXCEL_DAY_ZERO + dt.timedelta(days=int(number)), guessed=True)
    compact = _COMPACT.fullmatch(f"{number:.0f}")
    return _from_parts(dict(zip("ymd", compact.groups(), strict=True))) if compact else ReadDate(None)


def is_day_first(text: str) -> bool:
    """Whether ``text`` can only be day/month/year, for example ``13/05/2024``."""
    first, second = _first_two(text)
    return first > len(_MONTHS) >= second > 0


def is_month_first(text: str) -> bool:
    """Whether ``text`` can only be month/day/year, for example ``05/13/2024``."""
    first, second = _first_two(text)
    return second > len(_MONTHS) >= first > 0


def month_before_day(text: str) -> str:
    """Turn ``13/05/2024`` into ``05/13/2024``; other texts stay as they are."""
    found = _US.fullmatch(_CLOCK.sub("", text.strip()[:_LONGEST]))
    return f"{found.group(2)}/{found.group(1)}/{found.group(3)}" if found else text


def _first_two(text: str) -> tuple[int, int]:
    found = _US.fullmatch(_CLOCK.sub("", text.strip()[:_LONGEST]))
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def _from_parts(parts: dict[str, str]) -> ReadDate:
    month = int(parts["m"]) if parts["m"].isdigit() else _month(parts["m"])
    year, day = int(parts["y"]), int(parts["d"])
    short = len(parts["y"]) == 2  # noqa: PLR2004 - two digits of a year
    if short:
        year += 2000 if year < _CENTURY_TURNS else 1900
    try:
        return ReadDate(dt.date(year, month, day), guessed=short)
    except ValueError:
        if month > len(_MONTHS) >= day and not short:
            return ReadDate(None, hint=f"There is no month {month}. {_day_first(year, day, month)}".strip())
        return ReadDate(None)


def _day_first(year: int, month: int, day: int) -> str:
    """Say which day it would be with the day before the month, as in most of the world; nothing where there is no such day."""
    try:
        return f"If the day comes first, it is {short_day(dt.date(year, month, day))}."
    except ValueError:
        return ""


def _month(word: str) -> int:
    start = word[:3].lower()
    names = (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
    known = start in _MONTHS and (names[_MONTHS.index(start)].startswith(word.lower()) or word.lower() == "sept")
    return _MONTHS.index(start) + 1 if known else 0
