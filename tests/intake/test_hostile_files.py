"""Files that are not what they seem: each gives one clear sentence, and no row is lost without a word."""

from __future__ import annotations

import time
import zipfile

import pytest

from equitybook.errors import DataError
from equitybook.intake.delimited import MAX_FIELD
from equitybook.intake.read import MAX_ROWS, read_spreadsheet
from equitybook.intake.sniff import MAX_UPLOAD_BYTES
from tests.intake.make_files import STAFF, compound_of, csv_of, ods_of, rewritten, xls_of, xlsx_of, zip_of

SHEET = "xl/worksheets/sheet1.xml"
LAST_CELL = b'<c r="XFD1048576"><v>1</v></c></row></sheetData>'

REFUSED = {
    "nothing.csv": (b"", "The file is empty. Export it again"),
    "blanks.csv": (b"\xef\xbb\xbf \r\n\r\n", "The file is empty."),
    "empty_sheets.xlsx": (xlsx_of([]), "Every sheet is empty."),
    "only_separators.csv": (b",,,\n,,,\n", "Nothing is filled in."),
    "only_headings.csv": (csv_of(STAFF[:1]), "There are headings but no rows below them."),
    "report.xlsx": (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF document, whatever its name says."),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "This is a picture"),
    "letter.xlsx": (zip_of({"word/document.xml": "<w/>"}), "This is a text document, not a spreadsheet."),
    "folder.xlsx": (zip_of({"a.csv": "a,b"}), "This is a packed folder (.zip)"),
    "binary.xlsb": (zip_of({"xl/workbook.bin": b"\x00"}), "This is an Excel binary workbook (.xlsb)."),
    "mac.numbers": (zip_of({"Index/Document.iwa": b"\x00"}), "This is an Apple Numbers document."),
    "old_letter.xls": (compound_of("WordDocument", b"hello"), "This is a document, not a spreadsheet."),
    "locked.xlsx": (compound_of("EncryptedPackage", b"secret"), "The file is locked by a password"),
    "web_page.xls": (b"<html><body><table><tr><td>Name</td></tr></table>", "This is a web page under a spreadsheet's name"),
    "settings.csv": (b'{"rows": []}', "This is a JSON file, not a table."),
    "data.csv": (b'<?xml version="1.0"?><rows/>', "This is an XML file, not a table."),
    "program.csv": (b"MZ\x90\x00\x03\x00\x00\x00" * 20, "This is a program"),
    "noise.csv": (bytes(range(1, 32)) * 40, "This is not a spreadsheet and not plain text."),
    "cut_off.xlsx": (xlsx_of(STAFF)[:2000], "The file is damaged: it cannot be unpacked."),
    "broken.xlsx": (rewritten(xlsx_of(STAFF), "xl/workbook.xml", b"<sheets>", b"<sheets"), "The spreadsheet cannot be opened"),
    "broken.xls": (xls_of(STAFF)[:1800], "The spreadsheet cannot be opened"),
    "far_cell.xlsx": (
        rewritten(xlsx_of(STAFF), SHEET, b"</row></sheetData>", LAST_CELL),
        'The sheet "Staff" reaches over 17,179,869,184 cells',
    ),
    "repeated.ods": (ods_of(STAFF, repeat=2_000_000_000), "reaches over 8,000,000,012 cells"),
    "open_quote.csv": (
        csv_of(STAFF) + b'\n"Parks,White,F,2020-01-01\n' + csv_of(STAFF[1:]) * 30,
        "A quotation mark opens here and never closes",
    ),
    "unquoted_names.csv": (
        b"Name,Dept,Race\nSmith, Ann,Police,White\nDoe, Jo,Fire,Black\n",
        "There are 3 headings but 4 cells here and in most rows",
    ),
    "wide.csv": (
        csv_of([[f"c{number}" for number in range(600)], ["1"] * 600]),
        "The sheet has 600 columns; at most 500 are read.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_readable_table_is_refused_in_one_sentence_that_names_the_file(name: str):
    content, sentence = REFUSED[name]
    with pytest.raises(DataError) as refusal:
        read_spreadsheet(content, name)
    text = str(refusal.value)
    assert sentence in text
    assert text.startswith(name)
    assert text.endswith(".")
    assert text.count(". ") >= 1, "the sentence ends with a next step"
    assert "Traceback" not in text
    assert "0x" not in text


def test_a_file_of_200_megabytes_is_refused_before_it_is_looked_at():
    content = b"Dept,Race\n" * (200 * 1024 * 1024 // 10)
    started = time.monotonic()
    with pytest.raises(DataError, match="The file is 200 MB; at most 25 MB can be read"):
        read_spreadsheet(content, "payroll.csv")
    assert time.monotonic() - started < 1
    assert MAX_UPLOAD_BYTES == 25 * 1024 * 1024


def test_a_zip_bomb_is_refused_while_it_unpacks_not_after(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(500):
                part.write(b"0" * 1024 * 1024)
    assert bomb.stat().st_size < MAX_UPLOAD_BYTES
    with pytest.raises(DataError, match="unpacks to more than 400 MB"):
        read_spreadsheet(bomb.read_bytes(), "bomb.xlsx")


def test_more_rows_than_a_town_can_have_are_refused():
    with pytest.raises(DataError, match="more than 100,000 rows"):
        read_spreadsheet(b"Dept,Race\n" + b"Police,White\n" * (MAX_ROWS + 1), "state.csv")


def test_a_formula_without_a_result_counts_as_empty_and_is_named():
    sheet = read_spreadsheet(xlsx_of([["Dept", "n"], ["Police", "=A1*2"], ["Fire", 4]]), "a.xlsx")
    assert sheet.rows == (("Police", None), ("Fire", 4))
    assert sheet.messages[0].startswith("1 formula has no result in the file (B2) and counts as empty.")


def test_a_formula_with_a_result_gives_its_result():
    content = rewritten(xlsx_of([["Dept", "n"], ["Police", "=2+2"]]), SHEET, b"<v></v>", b"<v>4</v>")
    sheet = read_spreadsheet(content, "a.xlsx")
    assert sheet.rows == (("Police", 4),)
    assert sheet.messages == ()


def test_two_heading_rows_are_noticed_and_the_other_one_is_offered():
    rows = [["HR_DEPT", "HR_PAY"], ["Department", "Base pay"], ["Police", 52000], ["Fire", 61000]]
    sheet = read_spreadsheet(xlsx_of(rows), "a.xlsx")
    assert sheet.rows == (("Police", 52000), ("Fire", 61000))
    assert sheet.messages[0].startswith("Rows 1 and 2 both look like headings. Row 1 is used and row 2 is left out.")
    assert read_spreadsheet(xlsx_of(rows), "a.xlsx", header_row=2).columns == ("Department", "Base pay")


def test_a_first_person_without_pay_is_not_taken_for_a_heading():
    rows = [["Dept", "Race", "Pay"], ["Police", "White", "unknown"], ["Fire", "White", 61000], ["Police", "Black", 52000]]
    sheet = read_spreadsheet(csv_of(rows), "a.csv")
    assert len(sheet.rows) == 3
    assert sheet.messages == ()


def test_a_list_without_headings_is_read_with_a_word_about_it():
    sheet = read_spreadsheet(csv_of([["2014-03-10", "52000", "1"], ["2015-03-10", "61000", "2"]]), "a.csv")
    assert "Row 1 is read as headings although it holds numbers." in sheet.messages[0]


def test_a_row_that_moved_is_left_out_with_its_number_and_the_others_are_read():
    content = csv_of([*STAFF, *STAFF[1:]]) + b"\nSmith, Ann,Police,White,F\n"
    sheet = read_spreadsheet(content, "a.csv")
    assert len(sheet.rows) == 6
    assert sheet.messages == (
        "Row 8: more cells than headings, so cells have moved to the wrong column. They are left out. "
        "Put cells that contain a comma in quotation marks, or save the list as .xlsx.",
    )


def test_a_single_column_and_a_cell_of_endless_text_are_said():
    assert "Only one column was found." in read_spreadsheet(b"Department\nPolice\nFire\n", "a.csv").messages[0]
    with pytest.raises(DataError, match="A quotation mark opens here"):
        read_spreadsheet(b'Dept,Note\nFire,"' + b"x" * (2 * MAX_FIELD) + b'"\n', "a.csv")
