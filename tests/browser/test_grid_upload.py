"""Uploading on the page: refused early, asked where unclear, imported as settled, taken back with one button."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import Harness, Shown, grid

pytestmark = pytest.mark.slow

UPLOAD = Shown("importer.js", {"kind": "roster", "label": "Upload a staff list", "most_megabytes": 25}, "Upload")

STAFF = """Employee Name,Employee ID,Department,Job Title,Race,Gender,Hire Date,Base Salary
"Ruiz, Ana",1001,Police,Officer,White,F,3/10/2014,"$61,000.00"
"Abara, Ken",1002,Finance,Analyst,Asian/Pacific Islander,M,5/1/2019,58000
"Bell, Otis",1003,Finance,Clerk,Black or African American,M,7/15/2021,
"""


def choose(page: Page, raw: str, words: str) -> None:
    page.get_by_label(f"{raw} in Race or ethnicity").select_option(label=words)


def test_names_and_numbers_are_removed_what_is_unclear_is_asked_and_the_import_is_undone(harness: Harness, tmp_path: Path):
    file = tmp_path / "staff.csv"
    file.write_text(STAFF)
    page = harness.show(UPLOAD, grid("hr1_roster"))
    page.set_input_files("input[type=file]", file)
    proposal = page.locator(".eq-proposal")
    expect(proposal).to_contain_text("Removed before anything was kept:")
    expect(proposal).to_contain_text("Employee Name")
    assert "Ruiz" not in proposal.inner_text()
    unclear = page.locator("tr.eq-asked")
    expect(unclear).to_have_count(1)
    expect(unclear).to_contain_text("Asian/Pacific Islander")
    proposal.get_by_role("button", name="Import 3 people").click()
    expect(proposal.get_by_role("alert")).to_contain_text("Asian/Pacific Islander")
    assert harness.stored("hr1_roster") == []
    choose(page, "Asian/Pacific Islander", "Asian or Pacific Islander (not told apart)")
    expect(proposal).to_contain_text("What would be imported")
    proposal.get_by_role("button", name="Import 3 people").click()
    expect(page.locator(".eq-import")).to_contain_text("3 people imported.")
    assert [row["race"] for row in harness.stored("hr1_roster")] == ["WHITE", "ASIAN_PI", "BLACK"]
    expect(page.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "4")
    page.locator(".eq-import").get_by_role("button", name="Undo").click()
    expect(page.locator(".eq-import")).to_contain_text("The import was taken back.")
    assert harness.stored("hr1_roster") == []


def test_a_choice_made_while_an_earlier_one_is_being_tried_is_kept(harness: Harness, tmp_path: Path):
    file = tmp_path / "staff.csv"
    file.write_text(STAFF.replace("White,F", "Others,F"))
    page = harness.show(UPLOAD)
    waiting = []
    page.route("**/api/imports", lambda route: waiting.append(route) if len(waiting) < 1 else route.fallback())
    page.set_input_files("input[type=file]", file)
    choose(page, "Asian/Pacific Islander", "Asian")
    choose(page, "Others", "Two or More Races")
    waiting[0].fallback()  # what the page asked before any choice is answered now
    expect(page.locator(".eq-proposal")).to_contain_text("What would be imported")
    assert page.get_by_label("Asian/Pacific Islander in Race or ethnicity").input_value() == "=ASIAN"
    assert page.get_by_label("Others in Race or ethnicity").input_value() == "=TWO"


def test_the_houston_list_comes_in_with_the_counts_of_the_file(harness: Harness, shared_data: Path):
    page = harness.show(UPLOAD)
    page.set_input_files("input[type=file]", shared_data / "workforce" / "houston_employees.csv")
    expect(page.locator("tr.eq-asked")).not_to_have_count(0, timeout=60_000)
    choose(page, "Asian/Pacific Islander", "Asian or Pacific Islander (not told apart)")
    choose(page, "Others", "Another group, as recorded")
    page.get_by_label("HFD Deferred Term in Status").select_option(label="Other than full-time")
    page.get_by_label("Inactive in Still here or not").select_option(label="Still on staff, also when on leave")
    result = page.locator(".eq-proposal")
    expect(result).to_contain_text("What would be imported", timeout=60_000)
    counted = result.get_by_role("region", name="Race or ethnicity").last
    for words, people in {
        "Black or African American": "700", "White": "665", "Hispanic or Latino": "480", "Asian or Pacific Islander (not told apart)": "107",
        "American Indian or Alaska Native": "11", "Another group, as recorded": "2", "Unknown or declined": "35",
    }.items():  # fmt: skip
        expect(counted.get_by_role("row", name=f"{words} {people}", exact=True)).to_have_count(1)
    expect(result).to_contain_text("114 rows have no Yearly pay.")
    result.get_by_role("button", name="Import 2,000 people").click()
    expect(page.locator(".eq-import")).to_contain_text("2,000 people imported.", timeout=90_000)
    assert len(harness.stored("hr1_roster")) == 2000


def test_a_file_too_large_is_refused_before_it_is_sent(harness: Harness, tmp_path: Path):
    file = tmp_path / "large.csv"
    with file.open("wb") as large:
        large.truncate(26 * 1024 * 1024)
    page = harness.show(UPLOAD)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "uploads" in request.url else None)
    expect(page.locator(".eq-drop")).to_contain_text("up to 25 MB")
    page.set_input_files("input[type=file]", file)
    expect(page.locator(".eq-import")).to_contain_text("large.csv has 26 MB; at most 25 MB are taken.")
    assert sent == []


def test_a_pdf_renamed_to_a_spreadsheet_gets_one_clear_sentence(harness: Harness, tmp_path: Path):
    file = tmp_path / "staff.xlsx"
    file.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    page = harness.show(UPLOAD)
    page.set_input_files("input[type=file]", file)
    expect(page.locator(".eq-import .eq-msg")).to_contain_text("PDF")
    expect(page.locator(".eq-import .eq-msg")).to_contain_text("Nothing was changed.")


def test_stopping_while_a_file_is_sent_changes_nothing(harness: Harness, tmp_path: Path):
    file = tmp_path / "staff.csv"
    file.write_text(STAFF)
    page = harness.show(UPLOAD)
    page.route("**/api/uploads", lambda route: None)  # never answered
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".eq-import")).to_contain_text("Stopped. Nothing was changed.")
    assert harness.stored("hr1_roster") == []


def test_every_tables_blank_spreadsheet_comes_back_filled_in_through_its_own_upload(harness: Harness, tmp_path: Path):
    page = harness.show(Shown("grid.js", {"table": "measures", "label": "Measures"}, "Measures"))
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Blank spreadsheet").click()
    file = tmp_path / "measures.xlsx"
    fetched.value.save_as(file)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    headings = {str(one.value): one.column for one in sheet[1]}
    for heading, value in (("Code", "M1"), ("Measure", "Days to a permit")):
        sheet.cell(sheet.max_row if heading == "Measure" else sheet.max_row + 1, headings[heading], value)
    book.save(file)
    button = page.get_by_role("button", name="Upload a file", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.set_input_files("input[type=file]", file)
    page.locator(".eq-proposal").get_by_role("button", name="Import 1 row").click()  # the example row is left out
    expect(page.locator(".eq-import")).to_contain_text("imported.")
    assert [row["name"] for row in harness.stored("measures") if row.get("measure_id") == "M1"] == ["Days to a permit"]
    page.locator(".eq-import").get_by_role("button", name="Undo").click()
    expect(page.locator(".eq-import")).to_contain_text("The import was taken back.")
    assert harness.stored("measures") == []
    button.click()
    expect(page.locator(".eq-import")).to_have_count(0)


def test_the_staff_list_has_no_second_place_for_its_file(harness: Harness):
    page = harness.show(grid("hr1_roster"))
    expect(page.get_by_role("button", name="Paste from Excel")).to_be_visible()
    expect(page.get_by_role("button", name="Upload a file")).to_have_count(0)


def test_a_file_without_headings_loses_no_row_and_can_be_read_either_way(harness: Harness, tmp_path: Path):
    file = tmp_path / "counts.csv"
    file.write_text("Police,4,Full-time,White,Male,21\nPolice,4,Full-time,White,Female,6\nClerk,6,Full-time,Asian,Female,3\n")
    page = harness.show(Shown("importer.js", {"kind": "table:hr1_grid", "label": "Upload counts", "most_megabytes": 25}, "Upload"))
    page.set_input_files("input[type=file]", file)
    proposal, headings = page.locator(".eq-proposal"), page.get_by_label("Headings are in")
    expect(proposal).to_contain_text("Row 1 is like the rows below it, so it is read as one of them")
    expect(proposal.get_by_role("heading", level=3).first).to_have_text("counts.csv: 3 rows")
    expect(headings).to_have_value("0")
    headings.select_option("1")
    expect(proposal.get_by_role("heading", level=3).first).to_have_text("counts.csv: 2 rows")
    page.get_by_text("Headings are read from row 1").click()
    headings.select_option(label="No row: the list has no headings")
    expect(proposal.get_by_role("heading", level=3).first).to_have_text("counts.csv: 3 rows")
    expect(page.get_by_label("Meaning of Column A")).to_be_visible()


def test_replacing_says_how_many_rows_go_before_they_do(harness: Harness, tmp_path: Path):
    harness.put("hr1_grid", {"department": "Police", "n": 3}, {"department": "Clerk", "n": 4})
    file = tmp_path / "counts.csv"
    file.write_text("Department,Job group,Status,Race or ethnicity,Sex,People\nFinance,6,Full-time,White,Female,3\n")
    page = harness.show(Shown("importer.js", {"kind": "table:hr1_grid", "label": "Upload counts", "most_megabytes": 25}, "Upload"))
    page.set_input_files("input[type=file]", file)
    told = page.locator(".eq-proposal").get_by_text("2 rows that are in the table now will be replaced.")
    expect(told).to_be_visible()
    page.get_by_label("Add these to them").check()
    expect(told).to_have_count(0)
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.locator(".eq-import")).to_contain_text("1 row imported.")
    assert [row["n"] for row in harness.stored("hr1_grid")] == [3, 4, 3]
