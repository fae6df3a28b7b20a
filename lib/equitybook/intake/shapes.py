"""What the values of a column look like: names, numbers of one person, birth dates, addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from equitybook.codebook.read_choice import plain
from equitybook.codebook.read_date import ReadDate, read_date
from equitybook.codebook.read_number import read_money, read_number
from equitybook.intake.sheet import Cell
from equitybook.intake.wordlists import word_lists

SSN = re.compile(r"(?<!\d)\d{3}[- ]\d{2}[- ]\d{4}(?!\d)|(?<![\dxX*])[xX*]{3}-[xX*]{2}-\d{4}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d.])(?:\+?1[-. ])?(?:\(\d{3}\)\s*|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)")
ADDRESS = re.compile(
    r"^\d+[a-z]?\s+(?:[nsew]\.?\s+)?[\w.' -]+\b(?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|ct|court|blvd|boulevard|way|pl|place|ter|terrace|cir|circle|pkwy)\b",
    re.IGNORECASE,
)
_LAST_FIRST = re.compile(r"^[^\W\d][\w'’.\- ]*,\s*[^\W\d][\w'’.\- ]*$")
_FIRST_LAST = re.compile(r"^[^\W\d_][\w'’.\-]*(?: [^\W\d_][\w'’.\-]*){1,4}$")
_COMPACT_DAY = re.compile(r"(?:19|20)\d{6}")
_CODE = re.compile(r"^(?=(?:\D*\d){3})[\w-]+$")
_YOUNGEST = 14
_ADULT_LIFE = 100
_MANY = 0.6
_SOME = 0.3


def share_of(values: Sequence[Cell], pattern: re.Pattern[str]) -> float:
    """Give the share of values in which a pattern is found (0 to 1)."""
    return sum(bool(pattern.search(str(value))) for value in values) / len(values) if values else 0.0


def uniqueness(values: Sequence[Cell]) -> float:
    """Give the number of different values per value (0 to 1)."""
    return len({str(value).strip().casefold() for value in values}) / len(values) if values else 0.0


def given_name_share(values: Sequence[Cell]) -> float:
    """Give the share of values that contain a common given name and no word of a job or an office."""
    known, jobs = word_lists().given_names, word_lists().jobs
    found = 0
    for value in values:
        tokens = set(plain(str(value)).split()) if isinstance(value, str) else set()
        found += bool(tokens & known) and not tokens & jobs
    return found / len(values) if values else 0.0


def job_word_share(values: Sequence[Cell]) -> float:
    """Give the share of values that contain a word of a job or an office."""
    jobs = word_lists().jobs
    return sum(bool(set(plain(str(value)).split()) & jobs) for value in values) / len(values) if values else 0.0


def are_names(values: Sequence[Cell]) -> bool:
    """Whether most values are people's names, by common given names and by their form."""
    given = given_name_share(values)  # a name among three values in ten tells, where the form agrees: no list holds everybody's
    return given >= _MANY or (given >= _SOME and _shaped(values, _LAST_FIRST, _FIRST_LAST) >= _MANY)


def are_shaped_as_names(values: Sequence[Cell]) -> bool:
    """Whether most values read ``Last, First`` or ``First Last`` and hold no word of a job or an office."""
    return _shaped(values, _LAST_FIRST, _FIRST_LAST) >= _MANY and job_word_share(values) < _SOME


def are_shaped_as_numbers(values: Sequence[Cell]) -> bool:
    """Whether all values are codes with at least three digits, as employee numbers are."""
    return _shaped(values, _CODE) == 1


def are_numbers(values: Sequence[Cell]) -> bool:
    """Whether most values are amounts: numbers, also with a dollar sign."""
    return sum(read_money(str(value)) is not None for value in values) >= _MANY * len(values)


def _shaped(values: Sequence[Cell], *patterns: re.Pattern[str]) -> float:
    written = [str(value).strip() for value in values]
    return sum(any(pattern.match(one) for pattern in patterns) for one in written) / len(written) if written else 0.0


def read_dates(values: Sequence[Cell], today: dt.date) -> list[dt.date] | None:
    """Read a column as written dates, two-digit years in the past; None where less than eight in ten can be read.

    Bare numbers are no dates here, 19610304 apart: five digits are an employee number more often than a day of Excel's.
    """
    texts = [str(value).strip() for value in values]
    found = [read_date(text) if read_number(text) is None or _COMPACT_DAY.fullmatch(text) else ReadDate(None) for text in texts]
    dates = [
        one.date.replace(year=one.date.year - 100) if one.guessed and one.date > today else one.date for one in found if one.date
    ]
    return dates if values and len(dates) >= 0.8 * len(values) else None


def are_birth_dates(values: Sequence[Cell], today: dt.date) -> bool:
    """Whether dates can be birth dates of working people: the newest lies at least fourteen years back."""
    dates = read_dates([value for value in values if isinstance(value, str)], today)
    if not dates or len(dates) < 0.8 * len(values):
        return False
    return max(dates).year <= today.year - _YOUNGEST and min(dates).year >= today.year - _ADULT_LIFE


def are_plain_amounts(values: Sequence[Cell]) -> bool:
    """Whether most values are numbers with cents, as pay is."""
    numbers = [read_number(str(value)) for value in values]
    return sum(one is not None and not float(one).is_integer() for one in numbers) >= _SOME * len(values)
