"""Invented staff hang together and are the same every time."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from equitybook.codebook.categories import DEPARTMENT, EEO_FUNCTION, JOBCAT
from equitybook.demo.answers import flow_rows, grid_rows, moves_rows
from equitybook.demo.staff import AS_OF, RECORDS_FROM, Town, invent_staff

TOWN = Town(
    slug="test-town",
    employees=180,
    departments=("Administration/Manager", "Finance", "HR", "Police", "Fire/EMS", "Public Works"),
    population=25_000,
    race={"HISP": 18, "BLACK": 14, "ASIAN": 6, "TWO": 3},
    leaves={},
    unknown=4,
)


@pytest.fixture(scope="module")
def staff():
    return invent_staff(TOWN)


def test_the_same_town_has_the_same_staff_every_time(staff):
    assert invent_staff(TOWN) == staff


def test_exactly_the_employees_are_in_post_and_one_in_seven_part_time(staff):
    in_post = [person for person in staff if person.left is None]
    assert len(in_post) == TOWN.employees
    assert sum(person.job.part_time for person in in_post) == TOWN.employees // 7


def test_every_key_stands_for_one_person(staff):
    assert max(Counter(person.key for person in staff).values()) == 1


def test_nobody_leaves_before_being_hired_or_is_hired_after_the_payday(staff):
    assert all(person.hired <= AS_OF for person in staff)
    assert all(person.left > person.hired for person in staff if person.left)


def test_leavers_are_on_file_since_the_day_stated_and_have_a_reason(staff):
    leavers = [person for person in staff if person.left]
    assert min(person.left for person in leavers) >= RECORDS_FROM
    assert all(person.reason for person in leavers)
    assert all(not person.reason for person in staff if not person.left)


def test_each_department_has_one_head(staff):
    heads = Counter(person.job.department for person in staff if person.left is None and person.job.grade.startswith("E"))
    assert heads == dict.fromkeys(TOWN.departments, 1)


def test_jobs_use_the_official_codes(staff):
    assert {person.job.jobcat for person in staff} <= set(JOBCAT.codes)
    assert {person.job.function for person in staff} <= set(EEO_FUNCTION.codes) - {"14"}
    assert {person.job.department for person in staff} <= set(DEPARTMENT.codes)


def test_the_ladder_narrows_in_the_invented_town_as_in_most(staff):
    def share(jobcats):
        people = [person for person in staff if person.job.jobcat in jobcats and person.race != "UNK"]
        return sum(person.race != "WHITE" for person in people) / len(people)

    assert share({"1", "2"}) < share({"6", "8"})


def test_counts_add_up_to_the_payroll_without_the_new_hires(staff):
    rows = grid_rows(staff)
    assert sum(row["n"] for row in rows if row["status"] != "NEW_HIRE") == TOWN.employees
    new = sum(
        person.left is None and person.hired > AS_OF - dt.timedelta(days=365) and not person.job.part_time for person in staff
    )
    assert sum(row["n"] for row in rows if row["status"] == "NEW_HIRE") == new


def test_flow_balances_for_every_group_and_year_and_the_races_make_up_all(staff):
    rows = flow_rows(staff, moves_rows(staff, years=3, seed=TOWN.slug), years=3)
    for row in rows:
        left = row["sep_vol"] + row["sep_ret"] + row["sep_invol"] + row["sep_other"]
        assert row["headcount_start"] + row["hires"] - left == row["headcount_end"]
    for period in {row["period"] for row in rows}:
        these = {row["group"]: row["hires"] for row in rows if row["period"] == period}
        assert sum(n for group, n in these.items() if group not in {"ALL", "F", "M"}) == these["ALL"]
        assert these["F"] + these["M"] == these["ALL"]


def test_promotions_are_of_people_in_post_within_the_period(staff):
    moves = moves_rows(staff, years=3, seed=TOWN.slug)
    in_post = {person.key: person for person in staff if person.left is None}
    assert moves
    assert all(move["emp_key"] in in_post and "2023-07-01" <= move["date"] <= AS_OF.isoformat() for move in moves)
    assert all(move["to_jobcat"] == in_post[move["emp_key"]].job.jobcat for move in moves)
