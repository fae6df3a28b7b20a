"""Staff demographics, retention and promotion: the tables (specification HR1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.codebook import Message, Money, Percent, Row, column
from equitybook.codebook.categories import (
    DEPARTMENT,
    EEO_FUNCTION,
    GRID_STATUS,
    GROUP,
    JOBCAT,
    MOVE,
    RACE,
    SALARY_BAND,
    SEPARATION,
    SEX,
    STATUS,
)


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
        "Leavers are on file since",
        example="2019-05-01",
        help="Payroll systems often forget people who left before some date. Earlier leavers are then left out of the tenure curve.",
    )
    tenure_events: list[Annotated[str, SEPARATION]] = column(
        "Leaving that counts in the tenure curve",
        example=["VOLUNTARY", "INVOLUNTARY"],
        help="Empty: every reason. Choose some, and people who left for another reason count as having been here until then.",
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
                f"The period ends ({end}) before it starts ({start}). Exchange the two dates or correct one.", field="period_end"
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
        """Rules of the EEO-4 form: no function 14 in a municipality, no salary outside full-time."""
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
        """Nobody leaves before being hired; a reason needs a date."""
        hired, left = row.get("hire_date"), row.get("sep_date")
        if hired and left and left < hired:
            yield Message(f"Left on {left}, before being hired on {hired}. Correct one of the dates.", field="sep_date")
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


class Moves(Row, id="hr1_moves", name="Promotions and moves", one_row="one move of one person"):
    """Moves of people on the staff list. Reclassifications and step increases are no promotions."""

    emp_key: str = column("Key", required=True, example="k7Q2", refers="hr1_roster.emp_key", help="The key of the staff list.")
    date: dt.date = column("Date", required=True, example="2025-11-01", also=("effective date", "move date"))
    kind: Annotated[str, MOVE] = column("Kind", required=True, example="PROMOTION", also=("type", "action", "move type"))
    from_jobcat: Annotated[str, JOBCAT] = column("From job group", required=True, example="8")
    to_jobcat: Annotated[str, JOBCAT] = column("To job group", required=True, example="7")
    competitive: bool = column("Competitive", example=True, help="Was there an exam or a selection among candidates?")


class Flow(Row, id="hr1_flow", name="Who came, stayed and left", one_row="one period, job group and group of people"):
    """The counted alternative to a staff list: who was there, who came, who left."""

    period: str = column(
        "Period",
        required=True,
        example="2025-26",
        help="One year, as you name it. Three years are better than one.",
        also=("year", "fiscal year"),
    )
    jobcat: Annotated[str, JOBCAT] = column("Job group", example="4", help="Empty: all job groups together.")
    group: Annotated[str, GROUP] = column("Group", required=True, example="HISP")
    headcount_start: int = column("At the start", unit="people", required=True, minimum=0, example=24)
    hires: int = column("Hired", unit="people", minimum=0, example=4)
    transfers_in: int = column("Moved in", unit="people", minimum=0, example=0, help="From another job group.")
    sep_vol: int = column("Resigned", unit="people", minimum=0, example=2)
    sep_ret: int = column("Retired", unit="people", minimum=0, example=1)
    sep_invol: int = column("Dismissed or laid off", unit="people", minimum=0, example=0)
    sep_other: int = column(
        "Left otherwise", unit="people", minimum=0, example=0, help="End of term, died, moved to another public employer."
    )
    transfers_out: int = column("Moved out", unit="people", minimum=0, example=0, help="To another job group.")
    promotions_from: int = column("Promoted from here", unit="people", minimum=0, example=1)
    headcount_end: int = column("At the end", unit="people", required=True, minimum=0, example=25)

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the counts add up, and that no more people leave than there are."""
        start, end = row.get("headcount_start"), row.get("headcount_end")
        if start is None:
            return
        came = sum(row.get(name) or 0 for name in ("hires", "transfers_in"))
        left = sum(row.get(name) or 0 for name in ("sep_vol", "sep_ret", "sep_invol", "sep_other", "transfers_out"))
        if left > start + came:
            yield Message(
                f"{left} people left, but only {start + came} were there at the start or came in. Check the counts.",
                field="sep_vol",
            )
        elif end is not None and start + came - left != end:
            yield Message(
                f"{start} at the start + {came} came − {left} left = {start + came - left}, not {end}. Correct one of the counts.",
                field="headcount_end",
            )


class Availability(Row, id="hr1_avail", name="Who could we hire from", one_row="one job group and one group of people"):
    """Shares among people with the skills for a job, outside (where you hire from) and inside (who could be promoted)."""

    jobcat: Annotated[str, JOBCAT] = column("Job group", required=True, example="4")
    group: Annotated[str, GROUP] = column("Group", required=True, example="HISP")
    ext_pct: Percent = column("Share outside", unit="%", required=True, minimum=0, maximum=100, example=21.0)
    ext_moe: Percent = column(
        "Margin of error", unit="points", minimum=0, maximum=100, example=3.0, help="At 90 %, as the Census prints it."
    )
    ext_source: str = column("Source outside", required=True, example="EEO Tabulation 6W, Cook County")
    int_pct: Percent = column("Share inside", unit="%", minimum=0, maximum=100, example=18.0)
    int_source: str = column("Source inside", example="Feeder job group 8, staff list of 30 June")
    w_ext: float = column(
        "Weight outside", minimum=0, maximum=1, example=0.7, help="How many of these jobs are filled from outside: 0.7 is 70 %."
    )
    w_int: float = column("Weight inside", minimum=0, maximum=1, example=0.3)

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the two weights share out one whole."""
        outside, inside = row.get("w_ext"), row.get("w_int")
        if outside is not None and inside is not None and abs(outside + inside - 1) > 0.005:  # noqa: PLR2004 - half a per cent of rounding
            yield Message(f"The weights {outside:g} and {inside:g} add up to {outside + inside:g}, not 1.", field="w_int")

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """See that no group stands twice in a job group, and that races together do not exceed the whole."""
        seen: dict[tuple[Any, Any], int] = {}
        sums: dict[Any, float] = {}
        for number, (row_id, values) in enumerate(rows, start=1):
            key = (values.get("jobcat"), values.get("group"))
            if not all(key):
                continue
            if key in seen:
                yield Message(
                    f"Row {number} repeats row {seen[key]}: same job group and group. The last one is used.",
                    row=row_id,
                    field="group",
                )
            elif key[1] in RACE.labels:
                sums[key[0]] = sums.get(key[0], 0) + (values.get("ext_pct") or 0)
            seen.setdefault(key, number)
        for jobcat, total in sums.items():
            if total > 100.5:  # noqa: PLR2004 - published shares are rounded
                yield Message(
                    f"In {JOBCAT.label(jobcat)} the shares outside add up to {total:.1f} %, more than 100 %. Check them.",
                    field="ext_pct",
                )


TABLES: tuple[type[Row], ...] = (Setup, Grid, Roster, Moves, Flow, Availability)
