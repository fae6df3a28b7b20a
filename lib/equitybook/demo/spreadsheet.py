"""A staff list as a payroll system gives it out, to try the upload with: names, numbers, codes of its own, a few gaps.

Everybody in it is invented.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from equitybook.demo.staff import Employee

HEADINGS = (
    "Employee No",
    "Last Name",
    "First Name",
    "Birth Date",
    "Department",
    "Position Title",
    "EEO Category",
    "FT/PT",
    "Annual Rate",
    "Ethnic Code",
    "Gender",
    "Hire Date",
    "Term Date",
    "Term Reason",
    "Pay Grade",
)
_WIDTH = 16
_CATEGORY = {
    "1": "Officials and Administrators",
    "2": "Professionals",
    "3": "Technicians",
    "4": "Protective Service",
    "5": "Paraprofessionals",
    "6": "Administrative Support",
    "7": "Skilled Craft",
    "8": "Service-Maintenance",
}
# "I" and "H" are the codes a reader must ask about: they mean different things in different systems.
_ETHNIC = {"WHITE": "W", "BLACK": "B", "HISP": "H", "ASIAN": "A", "AIAN": "I", "NHPI": "P", "TWO": "2+", "UNK": ""}
_REASON = {
    "VOLUNTARY": "Resignation",
    "RETIREMENT": "Retired",
    "INVOLUNTARY": "Discharged",
    "LAYOFF": "RIF",
    "END_OF_TERM": "End of term",
    "DEATH": "Deceased",
    "TRANSFER_OUT": "Other public employer",
}


def write_practice_roster(path: Path, staff: Sequence[Employee]) -> None:
    """Write a town's staff, people in post and leavers, as an .xlsx file of a payroll system."""
    chance = random.Random(f"practice list of {len(staff)}")  # noqa: S311 - invented people, not secrets
    names = yaml.safe_load(files("equitybook.demo").joinpath("content/names.yml").read_text(encoding="utf-8"))
    rows = [_row(person, number, names, chance) for number, person in enumerate(staff)]
    rows.sort(key=lambda row: (row[1], row[2], row[0]))
    # One fixed date in the file's properties: the same list is the same file.
    with xlsxwriter.Workbook(path, {"default_date_format": "mm/dd/yyyy", "remove_timezone": True}) as book:
        book.set_properties({"title": "Staff list (invented)", "created": dt.datetime(2026, 7, 1, tzinfo=dt.UTC)})
        sheet = book.add_worksheet("Staff list")
        sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True}))
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, line, column, value)
        sheet.set_column(0, len(HEADINGS) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)


def _row(person: Employee, number: int, names: Mapping[str, Any], chance: random.Random) -> list[Any]:
    job = person.job
    age_at_hire = dt.timedelta(days=int(365.25 * chance.uniform(20, 45)))
    return [
        10_000 + 37 * number + chance.randrange(30),
        chance.choice(names["last"]),
        chance.choice(names[person.sex]),
        person.hired - age_at_hire,
        job.department,
        job.title,
        _CATEGORY[job.jobcat],
        "PT" if job.part_time else "FT",
        _pay(person.pay, chance),
        _ETHNIC[person.race],
        person.sex,
        # Typed by hand before the system came: text, not a date.
        f"{person.hired:%m/%d/%Y}" if person.hired.year < 2000 else person.hired,  # noqa: PLR2004
        person.left,
        _REASON.get(person.reason, ""),
        job.grade,
    ]


def _pay(pay: int, chance: random.Random) -> object:
    """One in twenty as text with a dollar sign; one in thirty missing."""
    throw = chance.random()
    if throw < 1 / 30:
        return None
    return f"${pay:,.2f}" if throw < 1 / 30 + 1 / 20 else pay


def _write(sheet: Any, line: int, column: int, value: object) -> None:  # noqa: ANN401 - xlsxwriter is not typed
    if isinstance(value, dt.date):
        sheet.write_datetime(line, column, value)
    elif value not in (None, ""):
        sheet.write(line, column, value)
