"""What is typed or pasted can be read and is still asked about: totals, pay by the hour, days far off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from equitybook.codebook import Message, check_table
from equitybook.outcomes.human_resources.staff_statistics.tables import Flow, Grid, Roster

GRID = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}
FLOW = {"period": "2025-26", "group": "HISP", "headcount_start": 24, "headcount_end": 24}
PERSON = {"emp_key": "k1", "department": "Police", "status": "FT", "race": "WHITE", "sex": "M", "hire_date": "2014-03-10"}
PAYDAY = [{"snapshot_date": "2026-06-30"}]


def asked(row: Any, *values: dict[str, Any], setup: list[dict[str, Any]] | None = None) -> list[Message]:
    records = [(f"r{number}", {**one}) for number, one in enumerate(values, start=1)]
    return list(check_table(row.table, records, read=lambda table: (setup or []) if table == "hr1_setup" else []))


def test_a_pasted_total_is_asked_about_beside_its_row():
    found = asked(Grid, GRID, {"department": "Total", "n": 103})
    assert found[-1] == Message(
        "Row 2, Department: This reads like a total of other rows and is counted as 103 people. Delete the row if it is.",
        row="r2",
        field="department",
    )


@pytest.mark.parametrize("words", ["Grand Total", "Police Total", "Total staff", "Subtotal"])
def test_each_word_for_a_total_is_asked_about(words: str):
    assert "like a total" in asked(Grid, {"department": words, "race": "All", "n": 1})[-1].text
    assert "counted as 1 person." in asked(Grid, {"department": words, "n": 1})[-1].text
    assert "other rows. Delete" in asked(Grid, {"department": words})[-1].text


def test_a_department_called_so_is_left_in_peace_once_its_row_is_whole():
    assert asked(Grid, GRID | {"department": "Total Fitness Center"}) == []
    assert asked(Roster, PERSON | {"department": "Total Fitness Center", "job_title": "Total rewards manager"}) == []
    assert "like a total" in asked(Grid, GRID | {"department": "Total"})[0].text, "no department is called only that"


def test_a_total_is_no_person_and_no_period():
    texts = [one.text for one in asked(Roster, PERSON, {"department": "Police Total", "emp_key": "k2"})]
    assert texts == [
        "Row 2, Hired on: nothing entered yet.",
        "Row 2, Department: This reads like a total of other rows and is counted as 1 person. Delete the row if it is.",
    ]
    assert "like a total" in asked(Roster, {"job_title": "Total", "emp_key": "k2"})[-1].text
    assert asked(Flow, FLOW | {"period": "Total"})[0].text == (
        "Row 1, Period: This reads like a total of other rows and is counted as 24 people. Delete the row if it is."
    )
    assert asked(Flow, FLOW, FLOW | {"period": "2024-25"}) == []


@pytest.mark.parametrize(("pay", "year"), [(18.5, "38,480"), (22.75, "47,320"), (19, "39,520")])
def test_pay_by_the_hour_is_asked_about_and_a_year_of_it_suggested_for_full_time_people(pay: float, year: str):
    [message] = asked(Roster, PERSON | {"annual_salary": pay})
    assert message == Message(
        f"Row 1, Yearly pay: {pay:g} US dollars a year reads like pay by the hour. "
        f"Enter the pay for a year: {pay:g} an hour is {year} for 2,080 hours.",
        row="r1",
        field="annual_salary",
        suggestion=year.replace(",", ""),
    )
    assert asked(Roster, PERSON | {"annual_salary": float(message.suggestion or 0)}) == []


def test_for_part_time_people_nobody_knows_the_hours_so_no_pay_is_suggested():
    [message] = asked(Roster, PERSON | {"annual_salary": 18.5, "status": "OTFT"})
    assert message.suggestion is None
    assert asked(Roster, PERSON | {"annual_salary": 3_200, "status": "OTFT"}) == []


def test_pay_for_two_weeks_is_asked_about_in_full_time_rows():
    [message] = asked(Roster, PERSON | {"annual_salary": 2_150})
    assert message.text == (
        "Row 1, Yearly pay: 2,150 US dollars a year reads like pay for two weeks or a month. "
        "Enter the pay for a year: 26 times two weeks, or 12 times a month."
    )
    assert asked(Roster, PERSON | {"annual_salary": 0}) == asked(Roster, PERSON | {"annual_salary": 5_000}) == []


def test_a_day_of_hiring_sixty_years_before_the_payday_is_asked_about():
    found = asked(Roster, PERSON, PERSON | {"emp_key": "k2", "hire_date": "3/10/50"}, setup=PAYDAY)
    assert found[-1] == Message(
        "Row 2, Hired on: 10 Mar 1950 is 76 years before 30 Jun 2026, the day you count on. Correct it if another day is meant.",
        row="r2",
        field="hire_date",
    )
    assert asked(Roster, PERSON | {"hire_date": "1966-07-01"}, setup=PAYDAY) == []
    assert "is 60 years before" in asked(Roster, PERSON | {"hire_date": "1966-06-30"}, setup=PAYDAY)[0].text


def test_without_a_payday_that_can_be_read_today_stands_in():
    for setup in ([], [{"snapshot_date": "13/45/2026"}], [{"snapshot_date": None}]):
        assert "years before today." in asked(Roster, PERSON | {"hire_date": "1950-03-10"}, setup=setup)[0].text


def test_a_day_of_hiring_in_the_future_is_asked_about():
    today = dt.datetime.now(tz=dt.UTC).date()
    [message] = asked(Roster, PERSON | {"hire_date": (today + dt.timedelta(days=2)).isoformat()}, setup=PAYDAY)
    assert message.text.endswith(" is in the future. Correct it if another day is meant.")
    assert asked(Roster, PERSON | {"hire_date": today.isoformat()}, setup=PAYDAY) == []
