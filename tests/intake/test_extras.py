"""Rows of an uploaded sheet that are not of the list: totals, subtotals, notes below it."""

from __future__ import annotations

from typing import Any

import pytest

from equitybook.intake import door
from equitybook.intake.make_rows import Imported
from equitybook.intake.proposal import Proposal
from equitybook.intake.read import read_spreadsheet
from equitybook.intake.sheet import Sheet
from equitybook.outcomes.human_resources.staff_statistics.tables import Grid, Roster
from tests.intake.make_files import csv_of, xlsx_of

HEADINGS = ["Department", "Job group", "Status", "Race or ethnicity", "Sex", "People"]
POLICE = ["Police", "Protective Service Workers", "Full-time", "White", "Male", 21]
FIRE = ["Fire/EMS", "Protective Service Workers", "Full-time", "Black or African American", "Female", 12]


def total(words: str, people: int) -> list[Any]:
    return [words, None, None, None, None, people]


SUBTOTALLED = [HEADINGS, POLICE, total("Police Total", 21), FIRE, total("Fire/EMS Total", 12), total("Grand Total", 33)]


def sheet_of(rows: list[list[Any]]) -> Sheet:
    return read_spreadsheet(xlsx_of(rows), "counts.xlsx")


def uploaded(rows: list[list[Any]], table: Any = Grid.table, **answers: str) -> tuple[Proposal, Imported]:
    received = door.receive(xlsx_of(rows), "counts.xlsx", table)
    return received.proposal, door.import_rows(received.kept, table, {"answers": answers})


def test_the_subtotals_of_excel_are_found_anywhere_and_nobody_is_counted_twice():
    proposal, imported = uploaded(SUBTOTALLED)
    assert [(one.id, one.text) for one in proposal.questions] == [("totals", "Rows 3, 5 and 6 read like totals of other rows.")]
    assert [row["department"] for row in imported.rows] == ["Police", "Fire/EMS"]
    assert sum(row["n"] for row in imported.rows) == 33
    assert [(one.row, one.text) for one in imported.left_out] == [
        (3, "It reads like a total of other rows."),
        (5, "It reads like a total of other rows."),
        (6, "It reads like a total of other rows."),
    ]


def test_a_total_that_is_kept_is_asked_about_in_the_table():
    _, imported = uploaded(SUBTOTALLED, totals="keep")
    assert len(imported.rows) == 5
    asked = [one.text for one in imported.problems if one.column == "Department"]
    assert asked[0] == "This reads like a total of other rows and is counted as 21 people. Delete the row if it is."
    assert len(asked) == 3


@pytest.mark.parametrize("words", ["TOTAL", "Subtotal", "Sum", "grand total:", "Total staff", "Police total", "Police Count"])
def test_a_total_is_found_by_its_words_also_on_top(words: str):
    assert sheet_of([HEADINGS, total(words, 33), POLICE, FIRE]).totals == (2,)


def test_a_department_that_is_called_so_is_no_total_where_its_row_is_filled_in_like_its_neighbours():
    rows = [HEADINGS, POLICE, ["Total Fitness Center", *FIRE[1:]], FIRE]
    assert sheet_of(rows).totals == ()
    assert uploaded(rows)[1].problems == ()


def test_where_no_other_column_has_words_its_name_decides_and_it_is_said():
    proposal, imported = uploaded([["Department", "People"], ["Police", 21], ["Police Total", 21], ["Fire", 12]])
    assert proposal.questions[0].text == "Row 3 reads like a total of other rows."
    assert [one.row for one in imported.left_out] == [3]


def test_a_total_stands_in_the_first_column_of_words():
    rows = [["No", *HEADINGS], [1, *POLICE], [2, *FIRE], [None, *total("Police Total", 33)]]
    assert sheet_of(rows).totals == (4,)
    titled = [["Department", "Job title", "Race"], ["Police", "Total quality officer", "White"], ["Fire", "Captain", None]]
    assert sheet_of(titled).totals == ()


def test_the_words_of_a_total_are_not_asked_about():
    rows = [["Race", "Sex", "Hired on"], ["White", "F", "2020-01-01"], ["White Total", None, None], ["Black", "M", "2021-01-01"]]
    proposal, _ = uploaded(rows, Roster.table)
    assert proposal.open == ()
    assert [one.raw for one in proposal.codes["race"]] == ["Black", "White"]


@pytest.mark.parametrize("note", ["Note: excludes seasonal staff", "Source: payroll", "* as of June 30", "Village of Prairie Glen"])
def test_a_note_below_the_list_becomes_no_department(note: str):
    proposal, imported = uploaded([HEADINGS, POLICE, FIRE, total("Total", 33), [], [note]])
    assert [one.text for one in proposal.questions] == [
        "Row 4 reads like a total of other rows.",
        "Row 6 at the end has one cell filled in, like a note below the list.",
    ]
    assert [row["department"] for row in imported.rows] == ["Police", "Fire/EMS"]
    assert [(one.row, one.text) for one in imported.left_out] == [
        (4, "It reads like a total of other rows."),
        (6, "It has one cell filled in, like a note below the list."),
    ]
    assert len(uploaded([HEADINGS, POLICE, FIRE, [note]], notes="keep")[1].rows) == 3


def test_a_sum_without_a_word_and_a_note_over_two_cells_are_left_out_too():
    assert sheet_of([HEADINGS, POLICE, FIRE, [None, None, None, None, None, 33]]).notes == (4,)
    assert sheet_of([HEADINGS, POLICE, FIRE, ["Note:", "excludes seasonal staff"]]).notes == (4,)


def test_a_row_with_one_cell_above_the_end_stays_and_so_does_a_list_of_single_cells():
    assert sheet_of([HEADINGS, POLICE, ["Library"], FIRE]).notes == ()
    assert sheet_of([["Department", "Note"], ["Police", None], ["Fire", None]]).notes == ()


def test_a_long_list_is_searched_quickly():
    import time

    sheet = [HEADINGS, *[POLICE] * 20_000, total("Total", 33)]
    content, started = csv_of(sheet), time.monotonic()
    assert read_spreadsheet(content, "a.csv").totals == (20_002,)
    assert time.monotonic() - started < 3
