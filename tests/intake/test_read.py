from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.errors import DataError
from equitybook.intake.read import read_spreadsheet
from equitybook.intake.sheet import column_letters, pack, unpack
from tests.intake.make_files import STAFF, csv_of, ods_of, rewritten, xls_of, xlsx_of

ROWS = tuple(tuple(row) for row in STAFF[1:])


@pytest.mark.parametrize(
    "content",
    [
        csv_of(STAFF),
        csv_of(STAFF, separator=";"),
        csv_of(STAFF, separator="\t"),
        csv_of(STAFF, separator="|", newline="\r\n"),
        csv_of(STAFF, newline="\r"),
        csv_of(STAFF, encoding="utf-8-sig"),
        csv_of(STAFF, encoding="utf-16"),
        csv_of(STAFF, encoding="utf-16-le", separator="\t"),
        b"sep=;\r\n" + csv_of(STAFF, separator=";"),
        xlsx_of(STAFF),
        ods_of(STAFF),
        xls_of(STAFF),
    ],
    ids=["csv", "semicolon", "tab", "bar", "old-mac", "bom", "utf-16", "utf-16-tab", "sep-hint", "xlsx", "ods", "xls"],
)
def test_the_same_list_is_read_from_every_kind_of_file_whatever_its_name(content: bytes):
    sheet = read_spreadsheet(content, "staff.dat")
    assert sheet.columns == ("Dept", "Race", "Gender", "Hire Date")
    assert sheet.rows == ROWS
    assert sheet.messages == ()


def test_windows_letters_are_read_and_the_encoding_is_told():
    sheet = read_spreadsheet(csv_of([["Dept", "Lead"], ["Café", "Peña"]], encoding="cp1252"), "a.csv")
    assert sheet.rows == (("Café", "Peña"),)
    assert (sheet.encoding, sheet.delimiter) == ("cp1252", ",")


def test_row_numbers_are_those_of_the_file_also_after_blank_rows_and_cells_of_several_lines():
    content = b'Dept,Race\n"Parks,\nand more",White\n\n,\nFire,Black\n'
    sheet = read_spreadsheet(content, "a.csv")
    assert sheet.rows == (("Parks,\nand more", "White"), ("Fire", "Black"))
    assert sheet.row_numbers == (2, 6)


def test_titles_above_the_headings_are_passed_over_and_said():
    rows = [["Village of Prairie Glen"], ["Staff as of June 30"], [], *STAFF]
    sheet = read_spreadsheet(csv_of(rows), "a.csv")
    assert sheet.columns == tuple(STAFF[0])
    assert sheet.header_row == 4
    assert "Row 4 is read as headings. The 2 rows above them are left out." in sheet.messages[0]


def test_another_heading_row_can_be_chosen():
    rows = [["D", "R", "G", "H"], *STAFF]
    assert read_spreadsheet(xlsx_of(rows), "a.xlsx", header_row=2).columns == tuple(STAFF[0])
    with pytest.raises(DataError, match="Row 99 is empty or not there"):
        read_spreadsheet(xlsx_of(rows), "a.xlsx", header_row=99)


def test_headings_are_tidied_and_doubled_ones_numbered():
    rows = [["  Pay\u00a0Rate ", "Race\n(EEO)", "Race (EEO)", ""], ["1", "White", "B", "x"], ["2", "Black", "W", None]]
    sheet = read_spreadsheet(csv_of(rows), "a.csv")
    assert sheet.columns == ("Pay Rate", "Race (EEO)", "Race (EEO) (2)", "Column D (no heading)")
    assert any('2 columns are called "Race (EEO)"' in one for one in sheet.messages)


def test_empty_columns_without_a_heading_are_left_out():
    rows = [["Dept", "", "Race", ""], ["Police", "", "White", ""]]
    assert read_spreadsheet(csv_of(rows), "a.csv").columns == ("Dept", "Race")


def test_labels_merged_above_repeated_headings_are_put_in_front_of_them():
    rows = [
        [None, None, None, None, None],
        ["Department", "Male", "Female", "Male", "Female"],
        ["Police", 3, 1, 2, 2],
        ["Fire", 4, 0, 1, 0],
    ]
    content = xlsx_of(rows, merge=[(0, 1, 0, 2, "Full-time"), (0, 3, 0, 4, "Part-time")])
    assert read_spreadsheet(content, "a.xlsx").columns == (
        "Department",
        "Full-time Male",
        "Full-time Female",
        "Part-time Male",
        "Part-time Female",
    )


def test_cells_merged_over_rows_are_read_on_each_row_and_said():
    rows = [["Dept", "Race", "n"], [None, "White", 3], [None, "Black", 2], ["Fire", "White", 4]]
    sheet = read_spreadsheet(xlsx_of(rows, merge=[(1, 0, 2, 0, "Police")]), "a.xlsx")
    assert sheet.column("Dept") == ["Police", "Police", "Fire"]
    assert any("merged over several rows" in one for one in sheet.messages)


def test_a_total_at_the_bottom_is_noticed_and_kept_for_the_user_to_settle():
    rows = [["Dept", "n"], ["Police", 3], ["Fire", 4], [None, None], ["Grand Total", 7]]
    sheet = read_spreadsheet(xlsx_of(rows), "a.xlsx")
    assert sheet.totals == (5,)
    assert sheet.rows[-1] == ("Grand Total", 7)


def test_the_first_sheet_with_something_on_it_is_read_and_the_others_are_named():
    content = xlsx_of(STAFF, more=["Leavers"])
    sheet = read_spreadsheet(content, "a.xlsx")
    assert (sheet.sheet, sheet.sheet_names) == ("Staff", ("Staff", "Leavers"))
    assert sheet.messages == ('The file has 2 sheets. "Staff" is read; choose another if your list is on it ("Leavers").',)


def test_dates_and_whole_numbers_come_as_people_see_them():
    import datetime as dt

    content = xlsx_of([["Hired", "Pay"], [dt.date(2014, 3, 10), 52_000.0], [dt.date(2015, 3, 10), 52_000.5]])
    content = rewritten(content, "xl/styles.xml", b"<cellXfs", b"<cellXfs")  # the file is an ordinary one
    assert read_spreadsheet(content, "a.xlsx").rows[0][1] == 52_000
    assert read_spreadsheet(content, "a.xlsx").rows[1][1] == 52_000.5


def test_errors_in_cells_are_not_lost():
    content = rewritten(
        xlsx_of([["Dept", "n"], ["Police", 3]]),
        "xl/worksheets/sheet1.xml",
        b'<c r="B2"><v>3</v>',
        b'<c r="B2" t="e"><v>#DIV/0!</v>',
    )
    assert read_spreadsheet(content, "a.xlsx").rows == (("Police", "#DIV/0!"),)


def test_an_apostrophe_of_our_own_downloads_is_taken_off_again():
    assert read_spreadsheet(b"Dept,Note\nFire,'=1+1\nLaw,'twas\n", "a.csv").column("Note") == ["=1+1", "'twas"]


def test_a_spreadsheet_openpyxl_cannot_open_is_read(shared_data):
    content = (shared_data / "spreadsheets" / "community_cohort_inputs_2023_EDADA.xlsx").read_bytes()
    sheet = read_spreadsheet(content, "inputs.xlsx")
    assert (len(sheet.rows), sheet.sheet, sheet.columns[:2]) == (284, "FACTORS_MUNI", ("GEOID", "MUNI"))


def test_a_census_download_keeps_its_second_heading_row_out_of_the_data(shared_data):
    content = (shared_data / "census" / "ACSDT5Y2020.B03002-Data_first40_block_groups.csv").read_bytes()
    sheet = read_spreadsheet(content, "b03002.csv")
    assert len(sheet.rows) == 40
    assert sheet.columns[:3] == ("GEO_ID", "NAME", "B03002_001E")
    assert "Rows 1 and 2 both look like headings." in sheet.messages[0]


def test_a_sheet_survives_being_packed_without_the_rows_above_its_headings():
    sheet = read_spreadsheet(csv_of([["Made by Jane Doe"], *STAFF]), "a.csv")
    assert sheet.top[0] == (1, ("Made by Jane Doe",))
    again = unpack(pack(sheet))
    assert (again.columns, again.rows, again.row_numbers, again.top) == (sheet.columns, sheet.rows, sheet.row_numbers, ())
    assert b"Jane" not in pack(sheet)
    with pytest.raises(DataError, match="Upload it once more"):
        unpack(b"{}")


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(
    st.lists(st.lists(_TEXT.filter(lambda text: not text.startswith("'")), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
)
def test_whatever_is_written_as_separated_text_is_read_back(rows: list[list[str]], separator: str):
    rows = [[*row, "White"] for row in rows]
    heading = ["Department", "Job title", "Grade", "Race"]
    sheet = read_spreadsheet(csv_of([heading, *rows], separator=separator), "a.csv", header_row=1)
    assert [list(row) for row in sheet.rows] == rows
