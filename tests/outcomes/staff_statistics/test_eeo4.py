from __future__ import annotations

import pytest

from equitybook.codebook.categories import salary_band
from equitybook.errors import DataError
from equitybook.outcomes.human_resources.staff_statistics.eeo4 import eeo4, row_label, sheets
from tests.outcomes.staff_statistics.town import SETUP, TODAY, people, tables


def report(functions=None, **records):
    return eeo4(tables(setup=[SETUP], **records), today=TODAY, functions=functions)


def cell(form, row, race, sex):
    return int(form.rows.loc[row, (race, sex)])


def grid(**values):
    return {
        "department": "Police",
        "eeo_function": "4",
        "jobcat": "4",
        "status": "FT",
        "salary_band": "8",
        "race": "WHITE",
        "sex": "M",
        "n": 1,
        **values,
    }


def test_rows_are_numbered_as_on_the_form():
    assert row_label(1) == "Officials and Administrators, $0.1–15.9 thousand"
    assert row_label(64) == "Service-Maintenance, $70.0 thousand and over"
    assert [row_label(at) for at in (65, 74, 83)] == ["Full-time, total", "Other than full-time, total", "New hires, total"]
    assert row_label(66) == "Officials and Administrators, other than full-time"
    assert row_label(82) == "Service-Maintenance, new hires"


@pytest.mark.parametrize(
    ("pay", "band"), [(15_999, "1"), (16_000, "2"), (54_999, "6"), (55_000, "7"), (69_999, "7"), (70_000, "8")]
)
def test_salary_bands_meet_where_the_form_says(pay, band):
    assert salary_band(pay) == band


def test_a_grid_row_falls_in_its_row_and_column_of_its_function():
    found = report(
        grid=[grid(n=21), grid(jobcat="6", salary_band="5", sex="F", race="HISP", n=3, eeo_function="1", department="Clerk")]
    )
    clerk, police = found.forms
    assert (clerk.function, police.function) == ("1", "4")
    assert cell(police, (4 - 1) * 8 + 8, "WHITE", "M") == 21
    assert cell(clerk, (6 - 1) * 8 + 5, "HISP", "F") == 3
    assert (clerk.headcount, police.headcount, found.headcount) == (3, 21, 24)
    assert len(police.rows) == 83


def test_new_hires_are_shown_and_never_counted_again():
    [form] = report(
        grid=[grid(n=10), grid(status="NEW_HIRE", salary_band=None, n=4), grid(status="OTFT", salary_band=None, n=2)]
    ).forms
    assert (cell(form, 65, "WHITE", "M"), cell(form, 74, "WHITE", "M"), cell(form, 83, "WHITE", "M")) == (10, 2, 4)
    assert cell(form, 65 + 4, "WHITE", "M") == 2
    assert cell(form, 74 + 4, "WHITE", "M") == 4
    assert form.headcount == 12


def test_function_fourteen_is_refused_with_what_to_do():
    with pytest.raises(DataError, match=r"State agencies only.*15, Other, for: Police"):
        report(grid=[grid(eeo_function="14")])


def test_people_without_a_column_are_listed_and_nobody_is_lost():
    races = ("ASIAN_PI", "OTHER", "MENA", None, "WHITE")
    roster = [one for race in races for one in people(3, race=race, sex="F", jobcat="4", annual_salary=50_000, department="Police")]
    roster += people(2, race="WHITE", sex="NONBINARY", jobcat="4", annual_salary=50_000)
    roster += people(1, race="WHITE", sex="F", annual_salary=50_000) + people(1, race="WHITE", sex="F", jobcat="4")
    roster += people(1, race="WHITE", sex="F", jobcat="4", status="SEASONAL") + people(
        1, race="WHITE", sex="F", jobcat="4", status=None
    )
    found = report(roster=roster)
    why = {one.why: one.people for one in found.unplaced}
    assert found.headcount + sum(why.values()) == len(roster) == 21
    assert why["Asian or Pacific Islander (not told apart) has no column on the form."] == 3
    assert why["Unknown or declined has no column on the form."] == 3
    assert why["Full-time without yearly pay, so without a salary band."] == 1
    assert sum(cell(form, 65, "WHITE", "F") for form in found.forms) == 6, "the form's definitions put Middle Eastern with White"
    assert "3 people recorded as Middle Eastern" in " ".join(found.notes)


def test_functions_are_asked_for_never_guessed():
    roster = people(3, race="WHITE", sex="M", jobcat="4", annual_salary=60_000, department="Police")
    open_question = report(roster=roster)
    assert [form.function for form in open_question.forms] == [""]
    assert "Which EEO-4 function is each of these? Police." in " ".join(open_question.notes)
    assert [form.function for form in report(roster=roster, functions={"Police": "4"}).forms] == ["4"]


def test_full_time_people_hired_in_the_year_are_new_hires_too():
    roster = people(2, race="BLACK", sex="F", jobcat="6", annual_salary=40_000, hire_date="2025-07-01")
    roster += people(1, race="BLACK", sex="F", jobcat="6", annual_salary=40_000, hire_date="2025-06-30")
    roster += people(1, race="BLACK", sex="F", jobcat="6", status="OTFT", hire_date="2026-01-01")
    [form] = report(roster=roster).forms
    assert cell(form, 74 + 6, "BLACK", "F") == 2
    assert form.headcount == 4


def test_the_sheets_carry_every_row_and_the_reconciliation():
    found = sheets(report(grid=[grid(n=21), grid(race="UNK", n=2)]))
    assert list(found) == ["Function 4", "Not on the form", "Notes"]
    assert len(found["Function 4"]) == 2 + 83
    assert found["Function 4"][2 + 64][-1] == 21
    assert found["Not on the form"][1][0] == 2
    assert found["Notes"][0][0].startswith("21 people on the forms (rows 65 and 74), 2 not")
