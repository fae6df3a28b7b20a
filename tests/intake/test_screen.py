from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equitybook.intake import door
from equitybook.intake.read import read_spreadsheet
from equitybook.intake.screen import screen
from equitybook.intake.sheet import Sheet, pack
from equitybook.outcomes.human_resources.staff_statistics.tables import Availability, Grid, Moves, Roster
from tests.intake.make_files import csv_of, xlsx_of

TODAY = dt.date(2026, 6, 30)


def sheet_of(columns: dict[str, list[Any]]) -> Sheet:
    rows = list(zip(*columns.values(), strict=True))
    return Sheet("a.csv", tuple(columns), tuple(rows), tuple(range(2, len(rows) + 2)))


def reasons(columns: dict[str, list[Any]], row: Any = Roster) -> dict[str, str]:
    return {one.column: one.reason for one in screen(sheet_of(columns), row.table, today=TODAY).dropped}


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Employee Name", "names of people"),
        ("LAST_NAME", "names of people"),
        ("FirstName", "names of people"),
        ("fname", "names of people"),
        ("Name", "names of people"),
        ("Employee", "names of people"),
        ("Supervisor", "names of people"),
        ("Emp ID", "a number or code of one person"),
        ("EMPNO", "a number or code of one person"),
        ("Employee #", "names of people"),
        ("EmployeeNumber", "a number or code of one person"),
        ("Badge", "a number or code of one person"),
        ("UNIQUE_ID", "a number or code of one person"),
        ("ID", "a number or code of one person"),
        ("Key", "a number or code of one person"),
        ("SSN", "social security numbers"),
        ("Social Security No.", "social security numbers"),
        ("E-mail", "e-mail addresses"),
        ("Home Phone", "phone numbers"),
        ("Home Address", "addresses"),
        ("ZIP", "addresses"),
        ("DOB", "birth dates or ages"),
        ("Date of Birth", "birth dates or ages"),
        ("BirthYear", "birth dates or ages"),
        ("Age", "birth dates or ages"),
        ("Comments", "notes in free text"),
    ],
)
def test_a_heading_that_names_people_drops_its_column_whatever_is_in_it(heading: str, reason: str):
    assert reasons({"Race": ["White", "White", "Black"], heading: ["a", "a", "b"]}) == {heading: reason}


@pytest.mark.parametrize(
    "heading",
    ["Department Name", "Position Title", "Job Code", "Hire Date", "Start Date", "Pay Grade", "Position", "EEO Category", "Title"],
)
def test_headings_of_things_stay(heading: str):
    assert reasons({"Race": ["White", "White", "Black"], heading: ["a", "a", "b"]}) == {}


FIVE = ["Smith, Ann", "Doe, Michael", "Lee, Susan", "Garcia, Maria", "Kowalski, Piotr"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (FIVE, "names of people"),
        (["Ann Smith", "Michael J. Doe", "SUSAN LEE", "Maria de la Cruz", "Piotr Kowalski"], "names of people"),
        (["Ann", "Michael", "Susan", "Ann", "Maria"], "names of people"),
        (["Xqo Brelk", "Wuv Tantri", "Zib Forqu", "Plo Nemdi", "Gra Vosku"], "a value of its own for almost every person"),
        (["10021", "10022", "10035", "10041", "10055"], "a value of its own for almost every person"),
        (["A-17", "B-22", "A-93", "C-01", "C-02"], "a value of its own for almost every person"),
        (["123-45-6789", None, None, "987-65-4321", None], "social security numbers"),
        (["a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org"], "e-mail addresses"),
        (["(630) 555-0101", "630-555-0102", None, None, "630.555.0103"], "phone numbers"),
        (["12 Oak St", "7 N. Elm Avenue", "12 Oak St", "9 Main Road", "1 First Ct"], "addresses"),
        (["1961-03-04", "1975-12-01", "1988-01-30", "1990-07-07", "2001-02-03"], "birth dates or ages"),
        (["3/4/61", "12/1/75", "1/30/88", "7/7/90", "2/3/01"], "birth dates or ages"),
        (
            ["Was promoted in May after the exam in spring", "x", "Moved here from the county with all of her files", "y", "z"],
            "notes in free text",
        ),
    ],
)
def test_values_that_name_people_drop_their_column_under_a_silent_heading(values: list[Any], reason: str):
    assert reasons({"Race": ["White", "White", "Black", "White", "White"], "Column B (no heading)": values}) == {
        "Column B (no heading)": reason
    }


def test_hire_dates_are_not_taken_for_birth_dates_even_when_all_are_old():
    old = ["1985-03-04", "1990-12-01", "1979-01-30", "2001-07-07", "2003-02-03"]
    assert reasons({"Hire Date": old, "Race": ["White"] * 5}) == {}
    assert reasons({"Race": ["White"] * 5, "Rank date": [*old[:4], "2024-01-01"]}) == {}


def test_pay_and_job_titles_that_differ_for_everybody_stay():
    titles = ["Village Manager", "Police Chief", "Fire Chief", "Finance Director", "Village Clerk"]
    assert reasons({"Job title": titles, "Base salary": ["52000", "61000", "48500", "75250", "80000"]}) == {}


def test_people_under_the_heading_of_a_title_are_dropped_all_the_same():
    assert reasons({"Title": FIVE, "Race": ["White"] * 5}) == {"Title": "names of people"}


def test_position_numbers_under_the_heading_position_are_dropped():
    assert reasons({"Position": ["P-001", "P-002", "P-003", "P-004", "P-005"]}) == {"Position": "a number or code of one person"}


def test_counts_sources_and_keys_of_other_tables_stay():
    assert reasons({"Department": list("abcde"), "Employees": [21, 3, 4, 7, 1]}, Grid) == {}
    assert reasons({"Key": ["k1", "k2", "k3", "k4", "k5"], "Date": ["2025-11-01"] * 5}, Moves) == {}
    source = "Census EEO Tabulation, table 6W, 2014–2018, for Cook County and the places around it"
    assert reasons({"Source outside": [source, source + " too"], "Share outside": [1, 2]}, Availability) == {}


def test_names_are_dropped_from_tables_that_count_people_as_well():
    assert reasons({"Department": list("abcde"), "Filled in by": FIVE}, Grid) == {"Filled in by": "names of people"}


def test_single_cells_that_name_a_person_are_emptied_and_counted():
    titles = ["Clerk"] * 18 + ["Clerk, call 630-555-0101", "clerk@x.org"]
    screened = screen(sheet_of({"Job title": titles}), Roster.table, today=TODAY)
    assert screened.sheet.column("Job title") == ["Clerk"] * 18 + [None, None]
    assert '2 cells in "Job title" held an e-mail address' in screened.sheet.messages[0]


def test_rows_above_the_headings_are_not_kept():
    content = csv_of([["Printed by Ann Smith"], ["Dept", "Race"], ["Fire", "White"], ["Police", "Black"]])
    received = door.receive(content, "a.csv", Roster.table)
    assert b"Ann Smith" not in received.kept
    assert received.json()["top"][0] == {"row": 1, "cells": ("Printed by Ann Smith",)}


def test_what_was_dropped_is_told_and_blanked_in_the_first_rows_of_the_page():
    content = csv_of([["Dept", "Name", "Race"], ["Fire", "Ann Smith", "White"], ["Police", "Jo Doe", "Black"]])
    answer = door.receive(content, "a.csv", Roster.table).json()
    assert answer["dropped"] == [{"column": "Name", "reason": "names of people"}]
    assert answer["top"][1] == {"row": 2, "cells": ("Fire", None, "White")}
    assert "Ann Smith" not in str(answer)


def test_the_houston_list_loses_its_ids_and_nothing_else(shared_data):
    sheet = read_spreadsheet((shared_data / "workforce" / "houston_employees.csv").read_bytes(), "houston.csv")
    screened = screen(sheet, Roster.table, today=TODAY)
    assert [(one.column, one.reason) for one in screened.dropped] == [("UNIQUE_ID", "a number or code of one person")]
    assert len(screened.sheet.columns) == 9


GIVEN = [
    "Ann",
    "Michael",
    "Susan",
    "Maria",
    "Piotr",
    "Jamal",
    "Wei",
    "Latoya",
    "Carlos",
    "Emily",
    "Priya",
    "Deshawn",
    "Olga",
    "Juan",
]
FAMILY = ["Smith", "O'Neil", "García", "Kowalski", "Nguyen", "Washington", "van Dyke", "Li", "Abdullah", "Fitzgerald-Jones"]
WRITTEN = [
    lambda g, f: f"{f}, {g}",
    lambda g, f: f"{g} {f}",
    lambda g, f: f"{f.upper()}, {g.upper()} J",
    lambda g, f: f"{g} {f} Jr",
]


@st.composite
def lists_of_people(draw: st.DrawFn) -> tuple[list[list[Any]], set[str]]:
    """A staff list with names, numbers and birth dates under telling or silent headings, and what must not be kept of it."""
    size = draw(st.integers(min_value=6, max_value=25))
    write = draw(st.sampled_from(WRITTEN))
    names = [f"{write(draw(st.sampled_from(GIVEN)), draw(st.sampled_from(FAMILY)))}" for _ in range(size)]
    numbers = [str(number) for number in draw(st.lists(st.integers(10_000, 99_999), min_size=size, max_size=size, unique=True))]
    births = [
        day.isoformat() for day in draw(st.lists(st.dates(dt.date(1950, 1, 1), dt.date(2005, 1, 1)), min_size=size, max_size=size))
    ]
    hired = [
        day.isoformat()
        for day in draw(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1)), min_size=size - 1, max_size=size - 1))
    ]
    columns = {
        draw(st.sampled_from(["Name", "Employee Name", "Worker", "Who", "Column X", "Title"])): names,
        draw(st.sampled_from(["Emp No", "ID", "Code", "Payroll #", "Ref", "Grade"])): numbers,
        draw(st.sampled_from(["DOB", "Birth Date", "Date 2", "Day"])): births,
        "Hire Date": [*hired, "2025-12-01"],
        "Race": [draw(st.sampled_from(["White", "Black", "Hispanic"])) for _ in range(size)],
    }
    order = draw(st.permutations(list(columns)))
    rows = [order, *([columns[name][place] for name in order] for place in range(size))]
    return rows, {*names, *numbers, *(set(births) - set(hired))}


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(lists_of_people(), st.sampled_from([csv_of, xlsx_of]))
def test_names_numbers_and_birth_dates_never_survive_the_door(people: tuple[list[list[Any]], set[str]], write: Any):
    rows, secret = people
    received = door.receive(write(rows), "staff", Roster.table)
    kept = received.kept.decode()
    assert [one for one in secret if f'"{one}"' in kept] == []
    assert "Hire Date" in kept
    assert set(received.proposal.mapping.columns.values()) >= {"hire_date", "race"}


def test_screening_twice_changes_nothing():
    once = screen(sheet_of({"Name": FIVE, "Race": ["White"] * 5}), Roster.table, today=TODAY).sheet
    twice = screen(once, Roster.table, today=TODAY).sheet
    assert pack(twice) == pack(once)
