from __future__ import annotations

import io

import openpyxl
import pytest

from equitybook.intake.blank import blank_csv, blank_workbook, columns_to_fill, heading
from equitybook.intake.read import read_spreadsheet
from equitybook.outcomes.human_resources.staff_statistics.tables import TABLES, Availability, Grid, Roster


def opened(row) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank_workbook(row.table)))


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.table.id)
def test_a_blank_file_names_its_table_and_offers_a_guide(row):
    book = opened(row)
    assert book.sheetnames[1:] == ["How to fill this in", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    assert book.custom_doc_props["equitybook_table"].value == row.table.id
    assert book.worksheets[0].freeze_panes == "A2"
    guide = [[cell for cell in line if cell] for line in book["How to fill this in"].iter_rows(values_only=True)]
    assert guide[0] == [row.table.title]
    assert [line[0] for line in guide if line][-len(columns_to_fill(row.table)) :] == [
        heading(one) for one in columns_to_fill(row.table)
    ]


def test_headings_carry_their_unit_and_the_example_row_follows():
    sheet = opened(Availability).worksheets[0]
    assert [cell.value for cell in sheet[1]][2:4] == ["Share you could hire (%)", "Margin of error (points)"]
    assert [cell.value for cell in sheet[2]][:3] == ["Protective Service Workers", "Hispanic or Latino", 21]


def test_lists_are_offered_and_other_words_only_asked_back_about():
    rules = {str(rule.sqref).split(":")[0]: rule for rule in opened(Grid).worksheets[0].data_validations.dataValidation}
    assert rules["C2"].type == "list"
    assert rules["C2"].formula1 == "Lists!$C$1:$C$8"
    assert rules["C2"].errorStyle == "warning"
    assert rules["A2"].errorStyle == "information", "departments may be in other words"
    assert (rules["H2"].type, rules["H2"].operator, rules["H2"].formula1) == ("whole", "greaterThanOrEqual", "0")
    lists = opened(Grid)["Lists"]
    assert [lists.cell(row, 7).value for row in range(1, 5)] == ["Female", "Male", "Non-binary", "Unknown or declined"]


def test_the_staff_list_asks_for_no_key_and_says_what_not_to_write():
    assert "Key" not in [cell.value for cell in opened(Roster).worksheets[0][1]]
    guide = " ".join(str(cell.value) for line in opened(Roster)["How to fill this in"].iter_rows() for cell in line if cell.value)
    assert "no names, no employee numbers and no birth dates" in guide


def test_the_csv_has_the_same_headings_and_example():
    csv, xlsx = read_spreadsheet(blank_csv(Grid.table), "a.csv"), read_spreadsheet(blank_workbook(Grid.table), "a.xlsx")
    assert csv.columns == xlsx.columns
    assert [str(cell) for cell in xlsx.rows[0]] == list(csv.rows[0])
    assert blank_csv(Grid.table).startswith(b"\xef\xbb\xbf")


def test_the_same_declaration_makes_the_same_file():
    assert blank_workbook(Grid.table) == blank_workbook(Grid.table)
