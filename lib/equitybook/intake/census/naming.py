"""What a census file's name, codes and notes say about it: which table, which survey, which years."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FILE = re.compile(r"ACS([A-Z]{2})([135])Y(\d{4})", re.IGNORECASE)
_TABLE = re.compile(
    r"(?<![A-Z0-9])([BC]\d{5}[A-I]?(?:PR)?|[SK]\d{4,6}(?:PR)?|(?:DP|CP|NP)\d{2}[A-Z]{0,2})(?![A-Z0-9])", re.IGNORECASE
)
_NOTES_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})\s+American Community Survey\s+5-Year", re.IGNORECASE)
_NOTES_YEAR = re.compile(r"(\d{4})\s+American Community Survey\s+1-Year", re.IGNORECASE)
_FIRST, _LAST = 2005, 2100
_FIVE = 5


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of a table from outside its figures; each is "" where it is not.

    ``survey`` is "ACS 5-year" or "ACS 1-year", ``vintage`` "2019-2023" or "2023".
    """

    table_id: str = ""
    survey: str = ""
    vintage: str = ""


def read_name(name: str) -> Named:
    """Read a file's name as data.census.gov gives it: ``ACSDT5Y2023.B03002-Data.csv``. The year named is the last one covered."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    table = _TABLE.search(plain.replace("_", " "))
    found = _FILE.search(plain)
    table_id = table.group(1).upper() if table else ""
    if not found or not _FIRST <= int(found.group(3)) <= _LAST:
        return Named(table_id)
    years, last = int(found.group(2)), int(found.group(3))
    return Named(table_id, f"ACS {years}-year", str(last) if years == 1 else f"{last - years + 1}-{last}")


def read_notes(text: str) -> Named:
    """Read the notes that come with a table: they name the survey and its years."""
    years = _NOTES_YEARS.search(text)
    if years and int(years.group(2)) - int(years.group(1)) == _FIVE - 1:
        return Named("", "ACS 5-year", f"{years.group(1)}-{years.group(2)}")
    year = _NOTES_YEAR.search(text)
    return Named("", "ACS 1-year", year.group(1)) if year else Named()


def is_detailed(table_id: str) -> bool:
    """Whether a table is a detailed one (B or C), whose lines are its variables; subject tables and profiles are not."""
    return table_id[:1] in {"B", "C"} and table_id[1:2].isdigit()
