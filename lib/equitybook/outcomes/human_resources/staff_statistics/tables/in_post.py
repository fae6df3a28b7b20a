"""The payday, the staff counted on it, and the staff list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.codebook import Message, Money, Row, column
from equitybook.codebook.categories import (
    DEPARTMENT,
    EEO_FUNCTION,
    GRID_STATUS,
    JOBCAT,
    RACE,
    SALARY_BAND,
    SEPARATION,
    SEX,
    STATUS,
)
from equitybook.codebook.coerce import typed
from equitybook.codebook.rows import Read
from equitybook.codebook.today import today
from equitybook.codebook.wording import short_day
from equitybook.outcomes.human_resources.staff_statistics.tables.asked import hire_day_question, pay_question, total_question


class Setup(Row, id="hr1_setup", name="The payday you count on", one_row="one town", single=True):
    """The dates, totals and sources every staff number is read against."""

    snapshot_date: dt.date = column(
        "Count staff as of", required=True, example="2026-06-30", help="One payday. EEO-4 uses the payroll that includes 30 June."
    )
    payroll_headcount: int = column(
        "People on that payroll",
        unit="people",
        minimum=0,
        required=True,
        example=112,
        help="The total payroll gives you, full-time and part-time together. We compare it with your rows.",
    )
    period_start: dt.date = column(
        "Leavers and promotions from", example="2025-07-01", help="First day of the period you have records for."
    )
    period_end: dt.date = column("Leavers and promotions to", example="2026-06-30", help="Last day of that period.")
    records_from: dt.date = column(
        "People who left are on file since",
        example="2019-05-01",
        help="Payroll systems often forget people who left before some date. “How long people stay” then follows everybody from that date on only.",
        also=("leavers are on file since",),
    )
    tenure_events: list[Annotated[str, SEPARATION]] = column(
        "Reasons for leaving that count",
        example=["VOLUNTARY", "INVOLUNTARY"],
        help="Only for “How long people stay”. Empty: every reason. Choose some, and people who left for another reason count as having been here until then.",
        also=("leaving that counts in the tenure curve",),
    )
    benchmark_geography: str = column(
        "Where you hire from",
        required=True,
        example="Cook County",
        help="The county, metro area or list of places most applicants come from.",
    )
    benchmark_source: str = column(
        "Source of those shares",
        required=True,
        example="Census EEO Tabulation, table 6W, 2014–2018",
        help="Name the table and years. Residents are not the same as people with the skills for each job.",
    )

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the period runs forwards."""
        start, end = row.get("period_start"), row.get("period_end")
        if start and end and end < start:
            yield Message(
                f"The period ends ({short_day(end)}) before it starts ({short_day(start)}). Exchange the two dates or correct one.",
                field="period_end",
            )


class Grid(
    Row,
    id="hr1_grid",
    name="Staff counts",
    one_row="people of one department, job group, race and sex",
    empty="No counts yet. If you uploaded a staff list you can leave this empty. Otherwise paste from Excel, or add the first row.",
):
    """Staff in post, counted: the usual way in, with no row about one person by name."""

    department: Annotated[str, DEPARTMENT] = column(
        "Department", required=True, example="Police", also=("dept", "division", "office")
    )
    eeo_function: Annotated[str, EEO_FUNCTION] = column(
        "EEO-4 function", example="4", help="Needed only for the EEO-4 report.", also=("function",)
    )
    jobcat: Annotated[str, JOBCAT] = column(
        "Job group", required=True, example="4", also=("job category", "eeo-4 category", "eeo category")
    )
    status: Annotated[str, GRID_STATUS] = column(
        "Status", required=True, example="FT", also=("employment status", "full time / part time")
    )
    salary_band: Annotated[str, SALARY_BAND] = column(
        "Salary band", example="8", help="Full-time staff only.", also=("pay band", "salary")
    )
    race: Annotated[str, RACE] = column(
        "Race or ethnicity", required=True, example="WHITE", also=("race", "ethnicity", "race/ethnicity")
    )
    sex: Annotated[str, SEX] = column("Sex", required=True, example="M", also=("gender",))
    n: int = column(
        "People", unit="people", required=True, minimum=0, example=21, also=("count", "headcount", "number", "employees")
    )

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """Rules of the EEO-4 form: no function 14 in a municipality, no salary outside full-time. A total counts people twice."""
        yield from total_question(row, "department", row.get("n"), needs=("jobcat", "status", "race", "sex"))
        if row.get("eeo_function") == "14":
            yield Message(
                "Function 14, Employment Security, is for State agencies only. Choose the function that fits, or 15, Other.",
                field="eeo_function",
            )
        if row.get("salary_band") and row.get("status") in {"OTFT", "NEW_HIRE"}:
            yield Message(
                "Part-time staff and new hires carry no salary band in EEO-4. Leave it empty on this row.", field="salary_band"
            )

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """See that no people are counted on two rows."""
        seen: dict[tuple[Any, ...], int] = {}
        keys = ("department", "eeo_function", "jobcat", "status", "salary_band", "race", "sex")
        for number, (row_id, values) in enumerate(rows, start=1):
            key = tuple(values.get(name) for name in keys)
            if all(values.get(name) for name in ("department", "jobcat", "race", "sex")):
                if key in seen:
                    yield Message(
                        f"Row {number} repeats row {seen[key]}: same department, job group, race and sex. Add the people up on one row.",
                        row=row_id,
                    )
                seen.setdefault(key, number)


class Roster(
    Row,
    id="hr1_roster",
    name="Staff list",
    one_row="one person, without name or number",
    empty="No staff list yet. Upload one above, paste from Excel, or use the table of counts below instead.",
):
    """One row per person under a random key. Stays with the town: it is never shown to a coach and never exported."""

    emp_key: str = column(
        "Key", required=True, example="k7Q2", typed=False, help="Random, made here. It is not the employee number."
    )
    department: Annotated[str, DEPARTMENT] = column(
        "Department", example="Police", also=("dept", "division", "department name", "home department")
    )
    job_title: str = column(
        "Job title", example="Patrol officer", also=("position title", "position", "title", "job", "classification")
    )
    jobcat: Annotated[str, JOBCAT] = column(
        "Job group", example="4", also=("job category", "eeo category", "eeo-4 category", "eeo4 job category", "eeo job category")
    )
    status: Annotated[str, STATUS] = column(
        "Status", example="FT", also=("employment type", "full/part time", "ft/pt", "employee type", "fte status")
    )
    annual_salary: Money = column(
        "Yearly pay",
        unit="US dollars",
        minimum=0,
        example=74_250,
        also=("base salary", "salary", "annual rate", "annual pay", "base pay"),
    )
    race: Annotated[str, RACE] = column(
        "Race or ethnicity", example="WHITE", also=("race", "ethnicity", "race/ethnicity", "ethnic group", "eeo race")
    )
    sex: Annotated[str, SEX] = column("Sex", example="M", also=("gender", "gender identity"))
    hire_date: dt.date = column(
        "Hired on",
        required=True,
        example="2014-03-10",
        also=("hire date", "date of hire", "original hire date", "start date", "doh", "date hired"),
    )
    sep_date: dt.date = column(
        "Left on",
        example=None,
        help="Empty for people still here.",
        also=("separation date", "termination date", "term date", "end date", "last day worked"),
    )
    sep_type: Annotated[str, SEPARATION] = column(
        "Reason for leaving", also=("separation reason", "termination reason", "separation type", "reason", "term reason")
    )
    grade: str = column("Grade", example="P-2", also=("pay grade", "step", "range"))

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """Nobody leaves before being hired; a reason needs a date; a total is no person; pay is for a year."""
        for field in ("department", "job_title"):
            yield from total_question(row, field, 1, needs=("hire_date",))
        yield from pay_question(row.get("annual_salary"), row.get("status"))
        hired, left = row.get("hire_date"), row.get("sep_date")
        if hired and left and left < hired:
            yield Message(
                f"Left on {short_day(left)}, before being hired on {short_day(hired)}. Correct one of the dates.", field="sep_date"
            )
        if row.get("sep_type") and not left:
            yield Message("There is a reason for leaving but no date. Add the last day, or clear the reason.", field="sep_date")

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """See that a key stands for one person."""
        seen: dict[str, int] = {}
        for number, (row_id, values) in enumerate(rows, start=1):
            key = values.get("emp_key")
            if key and key in seen:
                yield Message(
                    f"Row {number} has the same key as row {seen[key]} ({key}). Each person needs a key of their own.",
                    row=row_id,
                    field="emp_key",
                )
            if key:
                seen.setdefault(key, number)

    @classmethod
    def check_beside(cls, rows: Sequence[tuple[str, Mapping[str, Any]]], read: Read) -> Iterator[Message]:
        """See that people were hired by now, and not sixty years before the day staff are counted on: two digits of a year are a guess."""
        now, payday = today(), Setup.table.column("snapshot_date")
        counted = next((day for one in read(Setup.table.id) if (day := typed(payday, one.get(payday.name)))), None)
        for number, (row_id, values) in enumerate(rows, start=1):
            asked = hire_day_question(values.get("hire_date"), counted, now)
            if asked:
                yield Message(f"Row {number}, {cls.table.column('hire_date').label}: {asked}", row=row_id, field="hire_date")
