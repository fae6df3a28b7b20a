"""The 83 rows of the EEO-4 form, function by function, and everybody who has no place on it.

For the town's own filing only: exact numbers, never shown to a coach.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from equitybook.codebook.categories import EEO_FUNCTION, JOBCAT, RACE, RACE7, SALARY_BAND, SEX, salary_band
from equitybook.codebook.frames import unread
from equitybook.codebook.wording import DAY_LIKE
from equitybook.errors import DataError
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Staff, read_staff
from equitybook.outcomes.human_resources.staff_statistics.present.words import payday
from equitybook.outcomes.human_resources.staff_statistics.tables import Setup

FULL_TIME_TOTAL, OTHER_TOTAL, NEW_HIRES_TOTAL = 65, 74, 83
COLUMNS: tuple[tuple[str, str], ...] = tuple((race, sex) for race in RACE7 for sex in ("M", "F"))
"""The form's columns: race or ethnicity, then male and female."""
_STATE_ONLY = "14"
_FIELDS = ["department", "function", "jobcat", "status", "band", "race", "sex", "n"]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One function's form: ``rows`` has the row numbers 1 to 83, one column per (race, sex), and ``("TOTAL", "")``.

    ``function`` is its code, "" for people whose function is not written down.
    """

    function: str
    title: str
    rows: pd.DataFrame

    @property
    def headcount(self) -> int:
        """People on the form: rows 65 and 74. New hires are already in the full-time rows."""
        return sum(int(self.rows["TOTAL", ""][row]) for row in (FULL_TIME_TOTAL, OTHER_TOTAL))


@dataclass(frozen=True, slots=True)
class Unplaced:
    """People who have no cell on the form, and why. ``where`` describes them, in words."""

    people: int
    why: str
    where: str


@dataclass(frozen=True, slots=True)
class Report:
    """All forms, the people without a place, and what to know before filing. ``headcount`` + ``unplaced`` = everyone counted."""

    forms: tuple[Form, ...]
    unplaced: tuple[Unplaced, ...]
    notes: tuple[str, ...]
    as_of: dt.date

    @property
    def headcount(self) -> int:
        """People on all forms, each once."""
        return sum(form.headcount for form in self.forms)


def eeo4(tables: Mapping[str, pd.DataFrame], *, today: dt.date, functions: Mapping[str, str] | None = None) -> Report:
    """Fill in the EEO-4 forms from the staff list, or from the table of staff counts.

    Parameters
    ----------
    tables
        One typed frame per table of staff statistics.
    functions
        EEO-4 function by department, as the town answered. Nothing is guessed: departments without one go on a form of their own, with a note.

    Raises
    ------
    DataError
        If the payday is entered and cannot be read, or function 14, which is for State agencies only, is used.
    """
    staff = read_staff(tables, today)
    if "snapshot_date" in unread(tables["hr1_setup"]):
        raise DataError(
            "The payday cannot be read, so nobody can be counted on it.",
            file="EEO-4 report",
            column=Setup.table.column("snapshot_date").label,
            fix=f"Write it like {DAY_LIKE}.",
        )
    people = (
        _from_list(staff, tables["hr1_roster"], functions or {})
        if staff.source == "roster"
        else _from_grid(tables["hr1_grid"], functions or {})
    )
    state_only = people[people["function"] == _STATE_ONLY]
    if len(state_only):
        where = ", ".join(sorted(set(state_only["department"].dropna()))) or "no department"
        raise DataError(
            "Function 14, Employment Security, is for State agencies only.",
            file="EEO-4 report",
            column="EEO-4 function",
            value=_STATE_ONLY,
            fix=f"Choose the function that fits, or 15, Other, for: {where}.",
        )
    people = people.reset_index(drop=True)
    bridged = people["race"].eq("MENA").fillna(value=False)
    people = people.assign(race=people["race"].mask(bridged, "WHITE"))
    row, why = _places(people)
    placed = people[why == ""].assign(row=row[why == ""])
    forms = tuple(_form(function, part) for function, part in placed.groupby("function", sort=False))
    ordered = tuple(sorted(forms, key=lambda form: int(form.function or 99)))
    return Report(ordered, tuple(_unplaced(people, why)), tuple(_notes(people, bridged, staff)), staff.snapshot)


def row_label(number: int) -> str:
    """Give the words of a form row, for example 26: "Protective Service Workers, $16.0–19.9 thousand"."""
    totals = {FULL_TIME_TOTAL: "Full-time, total", OTHER_TOTAL: "Other than full-time, total", NEW_HIRES_TOTAL: "New hires, total"}
    if number in totals:
        return totals[number]
    if number < FULL_TIME_TOTAL:
        jobcat, band = divmod(number - 1, len(SALARY_BAND.codes))
        return f"{JOBCAT.label(str(jobcat + 1))}, {SALARY_BAND.label(str(band + 1))}"
    first, words = (FULL_TIME_TOTAL, "other than full-time") if number < OTHER_TOTAL else (OTHER_TOTAL, "new hires")
    return f"{JOBCAT.label(str(number - first))}, {words}"


def sheets(report: Report) -> dict[str, list[list[str | int]]]:
    """Lay the report out as sheets of plain cells: one per form, the people without a place, and the notes."""
    heads: list[str | int] = [
        "Row",
        "Job group and salary",
        *(f"{RACE.label(race)}, {SEX.label(sex)}" for race, sex in COLUMNS),
        "Total",
    ]
    made: dict[str, list[list[str | int]]] = {}
    unplaced: list[list[str | int]] = [[one.people, one.why, one.where] for one in report.unplaced]
    for form in report.forms:
        body: list[list[str | int]] = [
            [number, row_label(number), *map(int, values)]
            for number, values in zip(form.rows.index, form.rows.to_numpy(), strict=True)
        ]
        made[f"Function {form.function}" if form.function else "Function not recorded"] = [[form.title], heads, *body]
    made["Not on the form"] = [["People", "Why", "Who"], *unplaced]
    counted = sum(one.people for one in report.unplaced)
    lines = (f"{report.headcount} people on the forms (rows 65 and 74), {counted} not on them.", *report.notes)
    made["Notes"] = [[line] for line in lines]
    return made


def _from_grid(grid: pd.DataFrame, functions: Mapping[str, str]) -> pd.DataFrame:
    rows = grid[grid["n"].notna() & (grid["n"] > 0)]
    named = rows["eeo_function"].fillna(_answered(rows["department"], functions))
    return rows.assign(function=named, band=rows["salary_band"], n=rows["n"].astype("int64"))[_FIELDS]


def _answered(departments: pd.Series[Any], functions: Mapping[str, str]) -> pd.Series[str]:
    """Look up the function the town gave for each department; "" where it gave none."""
    return pd.Series(
        [functions.get(name, "") if isinstance(name, str) else "" for name in departments], index=departments.index, dtype="str"
    )


def _from_list(staff: Staff, roster: pd.DataFrame, functions: Mapping[str, str]) -> pd.DataFrame:
    """Count each person in post once, and full-time people hired in the year up to the payday once more as new hires."""
    whole = roster.loc[staff.in_post.index]
    bands = whole["annual_salary"].map(lambda pay: None if pd.isna(pay) or pay <= 0 else salary_band(float(pay)))
    here = whole.assign(function=_answered(whole["department"], functions), band=bands.astype(object), n=1)
    since = pd.Timestamp(staff.snapshot) - pd.DateOffset(years=1)
    new = here[here["status"].eq("FT").fillna(value=False) & (here["hire_date"] > since)]
    return pd.concat([here, new.assign(status="NEW_HIRE", band=None)])[_FIELDS]


def _places(people: pd.DataFrame) -> tuple[pd.Series[int], pd.Series[str]]:
    """Give each line its row number, and the reason where it has none (else "")."""
    rows, reasons = [], []
    for status, jobcat, band, race, sex in people[["status", "jobcat", "band", "race", "sex"]].itertuples(index=False, name=None):
        row, why = _place(*(None if pd.isna(value) else str(value) for value in (status, jobcat, band)))
        why = why or _no_column(race, sex)
        rows.append(0 if why else row)
        reasons.append(why)
    return pd.Series(rows, index=people.index, dtype="int64"), pd.Series(reasons, index=people.index, dtype="str")


def _place(status: str | None, jobcat: str | None, band: str | None) -> tuple[int, str]:
    """Give the form row of a status, job group and salary band, or the reason why there is none."""
    why = ""
    if status == "SEASONAL":
        why = "Seasonal or temporary. The form counts temporary staff with other than full-time; decide with HR."
    elif status is None:
        why = "No status: full-time or other than full-time."
    elif jobcat is None:
        why = "No job group."
    elif status == "FT" and band is None:
        why = "Full-time without yearly pay, so without a salary band."
    if why or jobcat is None:
        return 0, why
    if status == "FT" and band is not None:
        return (int(jobcat) - 1) * len(SALARY_BAND.codes) + int(band), ""
    return (FULL_TIME_TOTAL if status == "OTFT" else OTHER_TOTAL) + int(jobcat), ""


def _no_column(race: object, sex: object) -> str:
    if race not in RACE7:
        code = race if isinstance(race, str) else "UNK"
        return f"{RACE.label(code)} has no column on the form."
    if sex not in {"M", "F"}:
        code = sex if isinstance(sex, str) else "UNK"
        return f"{SEX.label(code)} has no column on the form; the comments box may carry it, in words."
    return ""


def _form(function: object, placed: pd.DataFrame) -> Form:
    code = str(function)
    rows = pd.DataFrame(
        0, index=range(1, NEW_HIRES_TOTAL + 1), columns=pd.MultiIndex.from_tuples([*COLUMNS, ("TOTAL", "")]), dtype="int64"
    )
    for row, race, sex, n in zip(placed["row"], placed["race"], placed["sex"], placed["n"], strict=True):
        rows.loc[row, (race, sex)] += n
    for total, first in ((FULL_TIME_TOTAL, 1), (OTHER_TOTAL, FULL_TIME_TOTAL + 1), (NEW_HIRES_TOTAL, OTHER_TOTAL + 1)):
        rows.loc[total] = rows.loc[first : total - 1].sum()
    rows["TOTAL", ""] = rows[list(COLUMNS)].sum(axis=1)
    return Form(code, EEO_FUNCTION.label(code) if code else "Function not recorded", rows)


def _unplaced(people: pd.DataFrame, why: pd.Series[str]) -> Iterator[Unplaced]:
    """List people without a place, each once: a new hire is in the full-time rows already."""
    lines = people.assign(why=why)[(why != "") & people["status"].ne("NEW_HIRE").fillna(value=True)]
    people_of: dict[tuple[str, str], int] = {}
    for line in lines.to_dict("records"):
        key = (str(line["why"]), _where(line))
        people_of[key] = people_of.get(key, 0) + int(line["n"])
    for (reason, where), n in sorted(people_of.items()):
        yield Unplaced(n, reason, where)


def _where(line: Mapping[Any, Any]) -> str:
    words = {"race": RACE, "sex": SEX, "jobcat": JOBCAT}
    department = line["department"] if isinstance(line["department"], str) else "no department"
    parts = [words[name].label(line[name]) if isinstance(line[name], str) else f"no {words[name].name.lower()}" for name in words]
    return ", ".join([department, *parts])


def _notes(people: pd.DataFrame, bridged: pd.Series[bool], staff: Staff) -> Iterator[str]:
    yield f"Counted on {payday({'snapshot': staff.snapshot, 'snapshot_from': staff.snapshot_from})}. EEO-4 asks for the payroll that includes 30 June."
    if bridged.any():
        yield f"{int(people.loc[bridged.to_numpy(), 'n'].sum())} people recorded as Middle Eastern or North African are counted as White, as the form's definitions have it."
    missing = people[(people["function"] == "") & people["status"].ne("NEW_HIRE").fillna(value=True)]
    if len(missing):
        where = ", ".join(sorted(set(missing["department"].dropna()))) or "people without a department"
        yield f"Which EEO-4 function is each of these? {where}. Their people stand on a form of their own until it is written down."
    yield "New hires (rows 75 to 83) are full-time people hired in the year up to that day. They are in the full-time rows too: the headcount is rows 65 and 74."
