"""A file without headings loses no row."""

from __future__ import annotations

from typing import Any

import pytest

from equitybook.intake import door
from equitybook.intake.headless import has_no_headings
from equitybook.intake.read import NO_HEADINGS, read_spreadsheet
from equitybook.intake.screen import NAMES, Dropped
from equitybook.outcomes.human_resources.staff_statistics.tables import TABLES, Grid, Roster
from tests.intake.make_files import csv_of, xlsx_of

FIELDS = ("department", "jobcat", "status", "race", "sex", "n")
COUNTS: list[list[Any]] = [
    [department, group, "Full-time", race, sex, n]
    for n, (department, group, race, sex) in enumerate(
        (
            (department, group, race, sex)
            for department, group in (("Police", "Protective Service Workers"), ("Clerk", "Administrative Support"))
            for race in ("White", "Asian", "Hispanic or Latino")
            for sex in ("Male", "Female")
        ),
        start=1,
    )
]
PEOPLE = [
    ["Police", "Patrol officer", "White", "M", "3/10/2014", "74250"],
    ["Fire", "Captain", "Black", "F", "7/1/2016", "81000"],
    ["Library", "Librarian", "White", "F", "1/15/2020", ""],
]


@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_twelve_rows_without_headings_are_twelve_rows(write: Any):
    received = door.receive(write(COUNTS), "counts", Grid.table)
    assert received.proposal.header_row == NO_HEADINGS
    assert received.proposal.messages[0] == (
        "Row 1 is like the rows below it, so it is read as one of them and the file as one without headings. "
        "If that is wrong, choose the row of headings under “Headings are in”."
    )
    assert [one.source for one in received.proposal.columns] == [f"Column {letter}" for letter in "ABCDEF"]
    mapping = {"columns": dict(zip([one.source for one in received.proposal.columns], FIELDS, strict=True))}
    imported = door.import_rows(received.kept, Grid.table, mapping)
    assert len(imported.rows) == 12
    assert imported.rows[0] == {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 1}
    assert imported.problems == ()


def test_what_was_proposed_can_be_changed_either_way():
    assert door.receive(csv_of(COUNTS), "counts.csv", Grid.table, header_row=1).proposal.rows == 11
    headed = csv_of([["Area", "Kind", "Time", "Group", "Gender", "Number"], *COUNTS])
    assert door.receive(headed, "counts.csv", Grid.table).proposal.rows == 12
    assert door.receive(headed, "counts.csv", Grid.table, header_row=NO_HEADINGS).proposal.rows == 13


def test_the_first_rows_are_shown_for_choosing_headings_and_what_was_dropped_is_not():
    rows = [["Smith, John", *PEOPLE[0]], ["Jones, Mary", *PEOPLE[1]], ["Brown, Linda", *PEOPLE[2]]]
    received = door.receive(csv_of(rows), "staff.csv", Roster.table)
    assert received.proposal.header_row == NO_HEADINGS
    assert received.proposal.dropped[0] == Dropped("Column A", NAMES)
    assert [number for number, _ in received.top] == [1, 2, 3]
    for name in ("Smith", "Jones", "Brown"):
        assert name not in str(received.json())
        assert name.encode() not in received.kept


def test_a_staff_list_without_headings_is_recognised_also_where_a_later_row_has_only_words():
    rows = [*PEOPLE, ["Parks", "Gardener", "White", "M", "", ""], *PEOPLE]
    received = door.receive(csv_of(rows), "staff.csv", Roster.table)
    assert (received.proposal.header_row, received.proposal.rows) == (NO_HEADINGS, 7)
    assert {one.target for one in received.proposal.columns} >= {"race", "sex"}, "by their values"
    assert received.proposal.columns[0].why == "It has no heading. It is left out unless you choose a field."


def test_titles_above_are_left_out_and_said_and_empty_columns_are_not_named():
    rows = [["Village of Prairie Glen", *[None] * 6], ["Staff", *[None] * 6], *([*row[:2], None, *row[2:]] for row in COUNTS)]
    sheet = read_spreadsheet(xlsx_of(rows), "a.xlsx", header_row=NO_HEADINGS)
    assert sheet.columns == ("Column A", "Column B", "Column D", "Column E", "Column F", "Column G")
    assert (len(sheet.rows), sheet.row_numbers[0]) == (12, 3)
    assert sheet.messages[0] == "Rows 1 to 2 above the list are left out."


def test_a_row_that_moved_is_noticed_without_headings_too():
    content = csv_of(COUNTS) + b"\nPolice, downtown,Clerk,Full-time,White,Male,3"
    sheet = read_spreadsheet(content, "a.csv", header_row=NO_HEADINGS)
    assert len(sheet.rows) == 12
    assert sheet.messages[0].startswith("Row 13: more cells than columns in most rows")


@pytest.mark.parametrize(
    "rows",
    [
        [["Office of", "White", "Black or African American", "Asian"], ["Police", 12, 3, 1], ["Fire", 9, 2, 0]],
        [["Bureau", "2022", "2023", "2024"], ["Police", 2022, 3, 1], ["Fire", 9, 2, 0]],
        [["Dept", "Race", "Sex"], ["Police", "White", "M"], ["Dept", "Race", "Sex"], ["Fire", "White", "F"]],
        [["Fld1", "Fld2", "Fld3"], ["White", "F", "12"], ["Black", "M", "7"]],
    ],
    ids=["groups-across", "years-across", "headings-again", "silent-headings"],
)
def test_headings_stay_headings(rows: list[list[Any]]):
    for table in (Grid.table, Roster.table):
        assert not has_no_headings(read_spreadsheet(csv_of(rows), "a.csv"), table)


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.table.id)
def test_a_blank_file_has_headings(row: Any):
    from equitybook.intake.blank import blank_csv

    assert door.receive(blank_csv(row.table), "blank.csv", row.table).proposal.header_row == 1


def test_files_without_headings_are_told_apart_by_what_their_columns_hold():
    first = door.receive(csv_of(COUNTS), "a.csv", Grid.table).proposal.fingerprint
    turned = door.receive(csv_of([row[::-1] for row in COUNTS]), "b.csv", Grid.table).proposal.fingerprint
    assert first == door.receive(csv_of(COUNTS[:6]), "c.csv", Grid.table).proposal.fingerprint
    assert first != turned
