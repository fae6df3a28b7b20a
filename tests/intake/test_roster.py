from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from equitybook.errors import DataError
from equitybook.intake import door
from equitybook.intake.proposal import Mapping, Proposal
from equitybook.intake.read import read_spreadsheet
from equitybook.intake.roster import apply, fingerprint, propose
from equitybook.intake.screen import screen
from equitybook.intake.sheet import Sheet
from equitybook.outcomes.human_resources.staff_statistics.tables import Roster
from tests.intake.make_files import csv_of

HEADINGS = ["Dept", "Position Title", "Race", "Gender", "Emp Type", "Hire Date", "Term Date", "Term Reason", "Annual Salary"]
FIRST = ["Police", "Patrol officer", "White", "M", "FT", "3/10/2014", "", "", "$74,250.00"]
SECOND = ["Fire", "Captain", "H", "F", "PT", "45200", "2025-01-31", "R", ""]


def roster(*rows: list[Any], headings: list[str] = HEADINGS) -> Sheet:
    return read_spreadsheet(csv_of([headings, *rows]), "staff.csv")


def targets(proposal: Proposal) -> dict[str, str | None]:
    return {one.source: one.target for one in proposal.columns}


def settled(proposal: Proposal, **codes: dict[str, str]) -> Mapping:
    mapping = proposal.mapping.model_copy(deep=True)
    for field, words in codes.items():
        mapping.codes[field].update(words)
    return mapping


def test_headings_of_personnel_systems_are_matched_to_the_staff_list():
    assert targets(propose(roster(FIRST, SECOND))) == {
        "Dept": "department",
        "Position Title": "job_title",
        "Race": "race",
        "Gender": "sex",
        "Emp Type": "status",
        "Hire Date": "hire_date",
        "Term Date": "sep_date",
        "Term Reason": "sep_type",
        "Annual Salary": "annual_salary",
    }


def test_words_of_one_meaning_have_codes_and_the_others_are_asked():
    proposal = propose(roster(FIRST, SECOND))
    assert {one.raw: one.code for one in proposal.codes["race"]} == {"H": None, "White": "WHITE"}
    assert proposal.open == ('what "H" in "Race" stands for (1 row)', 'what "R" in "Term Reason" stands for (1 row)')


def test_open_questions_refuse_the_import_and_are_all_listed():
    sheet = roster(FIRST, SECOND)
    with pytest.raises(DataError) as refusal:
        apply(sheet, propose(sheet).mapping)
    assert 'what "H" in "Race" stands for (1 row); what "R" in "Term Reason" stands for (1 row).' in str(refusal.value)


def test_a_settled_list_becomes_typed_rows_under_random_keys():
    sheet = roster(FIRST, SECOND)
    imported = apply(sheet, settled(propose(sheet), race={"H": "HISP"}, sep_type={"R": "RETIREMENT"}))
    first, second = imported.rows
    assert {name: value for name, value in first.items() if name != "emp_key"} == {
        "department": "Police", "job_title": "Patrol officer", "race": "WHITE", "sex": "M", "status": "FT",
        "hire_date": "2014-03-10", "sep_date": None, "sep_type": None, "annual_salary": 74_250.0,
    }  # fmt: skip
    assert (second["race"], second["sep_type"], second["hire_date"], second["annual_salary"]) == (
        "HISP",
        "RETIREMENT",
        "2023-10-01",
        None,
    )
    assert first["emp_key"] != second["emp_key"]
    again = apply(sheet, settled(propose(sheet), race={"H": "HISP"}, sep_type={"R": "RETIREMENT"}))
    assert not {row["emp_key"] for row in imported.rows} & {row["emp_key"] for row in again.rows}, (
        "a key says nothing about a person"
    )
    assert "1 row has no Yearly pay." in imported.notes
    assert any("45200" in note and "1 Oct 2023" in note for note in imported.notes)


def test_problems_name_the_row_of_the_file():
    sheet = roster(FIRST, ["Fire", "Captain", "White", "F", "FT", "13/2024", "", "", "-5"])
    problems = [(one.row, one.column, one.text) for one in apply(sheet, propose(sheet).mapping).problems]
    assert problems == [
        (3, "Hired on", '"13/2024" is not a date. Write it like 30 Jun 2026 or 6/30/2026. Kept as typed.'),
        (3, "Yearly pay", "-5 is below 0, the least this can be. Kept as typed."),
    ]


def test_rows_that_contradict_themselves_are_told_with_their_row():
    sheet = roster(FIRST, ["Fire", "Captain", "White", "F", "FT", "2020-01-01", "2019-01-01", "Resigned", "50000"])
    texts = [one.text for one in apply(sheet, propose(sheet).mapping).problems]
    assert texts == ["Left on 1 Jan 2019, before being hired on 1 Jan 2020. Correct one of the dates."]


def test_blank_race_and_sex_are_counted_as_unknown_never_left_out():
    sheet = roster(
        FIRST,
        ["Fire", "Captain", "", "", "FT", "2020-01-01", "", "", "50000"],
        ["Fire", "Captain", "N/A", "F", "FT", "2020-01-01", "", "", "50000"],
    )
    imported = apply(sheet, propose(sheet).mapping)
    assert imported.counts["race"] == {"UNK": 2, "WHITE": 1}
    assert imported.counts["sex"] == {"F": 1, "M": 1, "UNK": 1}


def test_hispanic_asked_apart_overrides_race_and_nobody_is_counted_twice():
    headings = ["Race", "Ethnicity", "Hire Date"]
    rows = [
        ["White", "Hispanic or Latino"],
        ["White", "Not Hispanic or Latino"],
        ["Black", "Not Hispanic or Latino"],
        ["", "Hispanic or Latino"],
        ["Asian", ""],
    ]
    sheet = roster(*([*row, "2020-01-01"] for row in rows), headings=headings)
    proposal = propose(sheet)
    assert targets(proposal) == {"Race": "race", "Ethnicity": "hispanic", "Hire Date": "hire_date"}
    imported = apply(sheet, proposal.mapping)
    assert [row["race"] for row in imported.rows] == ["HISP", "WHITE", "BLACK", "HISP", "ASIAN"]
    assert all("hispanic" not in row for row in imported.rows)


@pytest.mark.parametrize("heading", ["Hispanic", "Hispanic/Latino?", "IS_HISPANIC", "Hispanic Ethnicity (Y/N)"])
def test_a_yes_no_column_for_hispanic_is_recognised_by_its_heading(heading: str):
    sheet = roster(["White", "Y", "2020-01-01"], ["Black", "N", "2020-01-01"], headings=["Race", heading, "Hire Date"])
    assert targets(propose(sheet))[heading] == "hispanic"
    assert [row["race"] for row in apply(sheet, propose(sheet).mapping).rows] == ["HISP", "BLACK"]


STATUS = [["White", "Active", "2020-01-01"], ["Black", "Inactive", "2020-01-01"]]


def test_what_inactive_means_is_asked_and_each_answer_is_followed():
    sheet = roster(*STATUS, headings=["Race", "Status", "Hire Date"])
    proposal = propose(sheet)
    assert targets(proposal)["Status"] == "active"
    assert proposal.open == ('what "Inactive" in "Status" stands for (1 row)',)
    assert len(apply(sheet, settled(proposal, active={"Inactive": "here"})).rows) == 2
    for code, reason in (("leave_out", "Left out as you chose."), ("left", "The person has left, but there is no leaving date.")):
        imported = apply(sheet, settled(proposal, active={"Inactive": code}))
        assert [row["race"] for row in imported.rows] == ["WHITE"]
        assert imported.left_out[0].row == 3
        assert imported.left_out[0].text.startswith(reason)


def test_columns_are_recognised_by_their_values_where_the_heading_is_silent():
    rows = [["White", "F", "Full Time"], ["Black", "M", "Part Time"], ["Hispanic", "F", "Full Time"]]
    sheet = roster(*([*row, "2020-01-01"] for row in rows), headings=["Fld1", "Fld2", "Fld3", "Hired"])
    assert targets(propose(sheet)) == {"Fld1": "race", "Fld2": "sex", "Fld3": "status", "Hired": "hire_date"}


def test_of_two_columns_for_one_field_the_fuller_one_is_proposed_and_the_other_explained():
    sheet = roster(["", "52000", "2020-01-01"], ["", "61000", "2020-01-01"], headings=["Salary", "Base Pay", "Hire Date"])
    proposal = propose(sheet)
    assert targets(proposal) == {"Salary": None, "Base Pay": "annual_salary", "Hire Date": "hire_date"}
    assert "already" in proposal.columns[0].why


def test_hourly_pay_is_asked_about_and_turned_into_a_year():
    sheet = roster(["White", "$22.50", "2020-01-01"], ["Black", "30", "2020-01-01"], headings=["Race", "Pay Rate", "Hire Date"])
    proposal = propose(sheet)
    assert [one.id for one in proposal.questions] == ["pay_unit"]
    with pytest.raises(DataError, match="What are they paid for"):
        apply(sheet, proposal.mapping)
    mapping = proposal.mapping.model_copy(update={"answers": {"pay_unit": "hour"}})
    assert [row["annual_salary"] for row in apply(sheet, mapping).rows] == [46_800.0, 62_400.0]


def test_a_column_with_the_day_first_is_asked_about_as_a_whole():
    sheet = roster(["White", "13/05/2014"], ["Black", "03/05/2015"], headings=["Race", "Hire Date"])
    proposal = propose(sheet)
    assert [one.id for one in proposal.questions] == ["dates:Hire Date"]
    day = apply(sheet, proposal.mapping.model_copy(update={"answers": {"dates:Hire Date": "day"}}))
    assert [row["hire_date"] for row in day.rows] == ["2014-05-13", "2015-05-03"]
    month = apply(sheet, proposal.mapping.model_copy(update={"answers": {"dates:Hire Date": "month"}}))
    assert [row["hire_date"] for row in month.rows] == ["13/05/2014", "2015-03-05"]


def test_a_total_is_left_out_unless_the_user_keeps_it():
    sheet = roster(["Police", "White", "2020-01-01"], ["Total", "", ""], headings=["Dept", "Race", "Hire Date"])
    proposal = propose(sheet)
    assert proposal.questions[0].answer == "leave_out"
    imported = apply(sheet, proposal.mapping)
    assert len(imported.rows) == 1
    assert imported.left_out[0].text == "It reads like a total of other rows."
    assert len(apply(sheet, proposal.mapping.model_copy(update={"answers": {"totals": "keep"}})).rows) == 2


def test_what_a_town_settled_is_proposed_for_its_next_file_with_the_same_headings():
    sheet = roster(FIRST, SECOND)
    mapping = settled(propose(sheet), race={"H": "HISP"}, sep_type={"R": "RETIREMENT"})
    mapping.columns["Position Title"] = None
    stored = json.loads(mapping.model_dump_json())
    later = roster(SECOND, [*FIRST[:2], "I", *FIRST[3:]])
    assert fingerprint(later.columns) == fingerprint([heading.upper() for heading in reversed(sheet.columns)])
    proposal = propose(later, stored)
    assert proposal.remembered
    assert proposal.open == ('what "I" in "Race" stands for (1 row)',)
    assert targets(proposal)["Position Title"] is None
    assert propose(later, {"columns": {"Gone": "race"}, "codes": {"race": {"H": "no such"}}}).codes["race"][0].ask


def test_another_choice_of_columns_brings_its_own_words_to_settle():
    received = door.receive(
        csv_of([["Dept", "Code", "Hire Date"], ["Fire", "Zz", "2020-01-01"], ["Fire", "Yy", "2020-01-01"]]), "a.csv", Roster.table
    )
    mapping = received.proposal.mapping.model_copy(deep=True)
    assert mapping.columns["Code"] is None
    mapping.columns["Code"] = "race"
    again = door.propose_again(received.kept, Roster.table, mapping.model_dump())
    assert [one.raw for one in again.codes["race"]] == ["Yy", "Zz"]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"columns": {"Nowhere": "race"}}, "The file has no such column."),
        ({"columns": {"Race": "salary_band"}}, 'There is no field "salary_band" in Staff list.'),
        ({"columns": {"Race": "sex", "Gender": "sex"}}, "Two columns are matched to Sex."),
        ({"columns": {"Name": "grade"}}, "It was left out at the door: names of people."),
        ({"codes": {"race": {"White": "PURPLE"}}}, '"PURPLE" is not in the list Race or ethnicity.'),
        ({"colums": {}}, "The choices cannot be read: colums"),
        ({"columns": ["Race"]}, "The choices cannot be read: columns"),
        ("race", "The choices cannot be read"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_the_place(mapping: Any, sentence: str):
    sheet = roster(["White", "F", "Ann Smith", "2020-01-01"], headings=["Race", "Gender", "Name", "Hire Date"])
    with pytest.raises(DataError) as refusal:
        apply(screen(sheet, Roster.table).sheet, mapping)
    assert sentence in str(refusal.value)


def test_a_list_without_a_known_column_says_so():
    sheet = roster(["1", "x"], ["2", "y"], headings=["Foo", "Bar"])
    proposal = propose(sheet)
    assert proposal.problems[0] == "No column could be matched to Staff list. Choose the fields by hand, or another heading row."
    with pytest.raises(DataError, match=r"No column is matched to Staff list, so there is nothing to read in."):
        apply(sheet, proposal.mapping)


def test_the_houston_list_gives_its_published_counts(shared_data):
    content = (shared_data / "workforce" / "houston_employees.csv").read_bytes()
    received = door.receive(content, "houston_employees.csv", Roster.table)
    proposal = received.proposal
    assert [one.column for one in proposal.dropped] == ["UNIQUE_ID"]
    assert targets(proposal)["JOB_DATE"] is None
    assert {one.raw for made in proposal.codes.values() for one in made if one.ask} == {
        "Asian/Pacific Islander",
        "Others",
        "HFD Deferred Term",
        "Inactive",
    }
    mapping = settled(
        proposal,
        race={"Asian/Pacific Islander": "ASIAN_PI", "Others": "OTHER"},
        status={"HFD Deferred Term": "OTFT"},
        active={"Inactive": "here"},
    )
    imported = door.import_rows(received.kept, Roster.table, json.loads(mapping.model_dump_json()))
    assert imported.counts["race"] == {"BLACK": 700, "WHITE": 665, "HISP": 480, "ASIAN_PI": 107, "UNK": 35, "AIAN": 11, "OTHER": 2}
    assert imported.blanks == {"annual_salary": 114}
    assert imported.notes == ("114 rows have no Yearly pay.",)
    assert imported.problems == ()
    assert len({row["emp_key"] for row in imported.rows}) == len(imported.rows) == 2000
    means = _mean_pay(imported.rows)
    assert means == {"WHITE": 64_419, "ASIAN_PI": 61_660, "HISP": 52_345, "BLACK": 50_137}, "the published means, without cents"
    json.dumps(imported.json())
    json.dumps(received.json())


def _mean_pay(rows: Any) -> dict[str, int]:
    sums, counts = Counter[str](), Counter[str]()
    for row in rows:
        if row["annual_salary"] is not None and row["race"] in {"WHITE", "ASIAN_PI", "HISP", "BLACK"}:
            sums[row["race"]] += row["annual_salary"]
            counts[row["race"]] += 1
    return {race: int(sums[race] / counts[race]) for race in sums}
