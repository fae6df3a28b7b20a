"""Census files that are not what they seem: each gives one clear sentence, and no figure lands on the wrong line."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

import pytest

from equitybook.errors import DataError
from equitybook.intake.census import read_census
from equitybook.intake.census.packed import MAX_UNPACKED_BYTES
from equitybook.intake.sniff import MAX_UPLOAD_BYTES
from tests.intake.census.make_census import FIGURES, TOWN, csv_a, on_screen, packed, with_codes
from tests.intake.make_files import csv_of, rewritten, xls_of, xlsx_of, zip_of

RACE_A = with_codes("B03002", {("160", TOWN): FIGURES["B03002"]})
RACE_B = on_screen("B03002", {TOWN: FIGURES["B03002"]})
LANGUAGE_B = on_screen("C16001", {TOWN: FIGURES["C16001"]})
DATA = "ACSDT5Y2023.B03002-Data.csv"


def _changed(rows: Sequence[Sequence[str]], row: int, column: int, value: str) -> list[list[str]]:
    made = [list(one) for one in rows]
    made[row][column] = value
    return made


def _swapped(rows: list[list[str]], first: int, second: int) -> list[list[str]]:
    made = list(rows)
    made[first], made[second] = made[second], made[first]
    return made


REFUSED = {
    "empty.csv": (b"\xef\xbb\xbf\r\n", "The file is empty."),
    "report.pdf": (b"%PDF-1.7 x", "This is a PDF document"),
    "page.csv": (b"<!doctype html><html>Just a moment</html>", "This is a web page"),
    "api.csv": (b'[["NAME","B03002_001E"],["Cook","1"]]', "This is a JSON file"),
    "book.xlsx": (xlsx_of([["Label (Grouping)"]]), "This is a spreadsheet, not the table as data.census.gov gives it."),
    "book.xls": (xls_of([["Label (Grouping)"]]), "This is a spreadsheet, not the table"),
    "staff.csv": (b"Dept,Race\nPolice,White\n", 'The first row ("Dept", "Race") has neither census codes'),
    "ACSDT5Y2023.B03002-Column-Metadata.csv": (b"Column Name,Label\nGEO_ID,Geography\n", "This is the description of the columns"),
    "ACSDT5Y2023.B03002-Table-Notes.txt": (
        b"HISPANIC OR LATINO ORIGIN BY RACE\n\nSource: 2019-2023 American Community Survey 5-Year Estimates\n",
        "These are the notes that come with a table",
    ),
    "labels_only.csv": (csv_of(RACE_A[1:]), "The row of codes (GEO_ID, NAME, B03002_001E and so on) is missing"),
    "no_place.csv": (csv_of(RACE_A[:2]), "There are headings but no place below them."),
    "no_estimates.csv": (b"GEO_ID,NAME,B03002_001M\n1,Town,3\n", "There is no column of estimates"),
    "two_tables.csv": (b"NAME,B03002_001E,C16001_001E\nTown,3,4\n", "The file holds columns of 2 tables: B03002, C16001."),
    "twice.csv": (b"NAME,B03002_001E,B03002_001E\nTown,3,4\n", 'row 1, column "B03002_001E": The column is there twice.'),
    "same_place.csv": (csv_of([*RACE_A, RACE_A[2]]), 'column "GEO_ID": "160" The place is there twice.'),
    "moved.csv": (csv_of([*RACE_A[:2], [*RACE_A[2], "7"]]), "so figures have moved."),
    "nowhere.csv": (csv_of(_changed(_changed(RACE_A, 2, 0, ""), 2, 1, "")), "row 3: The row has figures but no place."),
    "factfinder.csv": (b"GEO.id,GEO.id2,GEO.display-label,HD01_VD01\n1,2,Cook,3\n", "a download of American FactFinder"),
    "relabelled.csv": (
        csv_of(_changed(RACE_A, 1, 6, "Estimate!!Total:!!Not Hispanic or Latino:!!Asian alone")),
        'is the label here, but line 003 of B03002 is "White alone".',
    ),
    "longer.csv": (b"NAME,B03002_022E\nGeography,Estimate!!Total:!!More\nTown,3\n", "but line 022 of B03002 is not there."),
    "B03002 collapsed.csv": (
        csv_of([row for at, row in enumerate(RACE_B) if at not in {10, 11}]),
        'row 11, column "Label (Grouping)": "Hispanic or Latino" is line 10 here, but line 10 of B03002 is "Two races including',
    ),
    "B03002 cut.csv": (csv_of(RACE_B[:15]), 'The table ends after line 14; line 15 of B03002 should be "American Indian'),
    "C16001 sorted.csv": (csv_of(_swapped(LANGUAGE_B, 38, 39 - 2)), "lines are missing, moved or of another table"),
    "C16001 more.csv": (csv_of([*LANGUAGE_B, ["One more", "3", "±4"]]), "C16001 has only 38 lines, and this is one more."),
    "some table.csv": (csv_of(RACE_B[:15]), "Neither the file's name nor its lines say which table it is."),
    "ACSST5Y2023.S1601-x.csv": (
        csv_of([["Label (Grouping)", f"{TOWN}!!Total!!Estimate"], ["Population", "3"]]),
        "is a column of a subject table or profile",
    ),
    "ACSST5Y2023.S1601-y.csv": (
        csv_of([["Label (Grouping)", f"{TOWN}!!Estimate"], ["Population", "3"]]),
        "Table S1601 is a subject table or profile.",
    ),
    "turned.csv": (csv_of([["Geographic Area Name (Grouping)", "Total:"], [TOWN, "3"]]), "The table lies on its side"),
    "no_figures.csv": (csv_of([["Label (Grouping)", "Note"], ["Total:", "3"]]), 'No heading says "!!Estimate"'),
    "no_label.csv": (csv_of(_changed(RACE_B, 3, 0, " ")), "row 4: The line has figures but no label."),
    "no_lines.csv": (csv_of(RACE_B[:1]), "There are headings but no line below them."),
    "double.csv": (
        csv_of([["Label (Grouping)", "X!!Estimate", "X!!Estimate"], ["Total:", "3", "4"]]),
        "The column is there twice.",
    ),
    "quote.csv": (csv_of(RACE_A[:2]) + b'\n160,"Prairie Glen' + b"\nvillage" * 50, "A quotation mark opens here"),
    "notes.zip": (zip_of({"a-Table-Notes.txt": "x", "b.txt": "y"}), "No file in the ZIP is a table"),
    "nested.zip": (zip_of({"inner.zip": packed("B03002")}), "It holds inner.zip."),
    "broken.zip": (packed("B03002")[:300], "The ZIP is damaged"),
    "many.zip": (zip_of({f"{at}-Data.csv": "x" for at in range(201)}), "The ZIP holds 201 files; at most 200 are read."),
    "two_years.zip": (
        zip_of({"ACSDT5Y2022.B03002-Data.csv": csv_a("B03002"), "ACSDT5Y2023.B03002-Data.csv": csv_a("B03002")}),
        "The ZIP holds table B03002 2 times (2018-2022 and 2019-2023).",
    ),
    "pdf_inside.zip": (zip_of({DATA: b"%PDF-1.7"}), f"{DATA} This is a PDF document"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_census_table_is_refused_in_one_sentence_with_a_next_step(name: str):
    content, sentence = REFUSED[name]
    with pytest.raises(DataError) as refusal:
        read_census(content, name)
    text = str(refusal.value)
    assert sentence.removeprefix(f"{DATA} ") in text
    assert text.startswith(DATA if sentence.startswith(DATA) else name)
    assert text.endswith(".")
    assert text.count(". ") >= 1, "the sentence ends with a next step"
    assert "Traceback" not in text


def test_a_zip_bomb_is_refused_while_it_unpacks(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made, made.open(DATA, "w") as part:
        for _ in range(100):
            part.write(b"0" * 1024 * 1024)
    assert bomb.stat().st_size < MAX_UPLOAD_BYTES
    with pytest.raises(DataError, match=f"unpacks to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MB"):
        read_census(bomb.read_bytes(), "bomb.zip")


def test_a_zip_whose_bytes_were_changed_is_damaged_not_believed():
    content = packed("B03002")
    start = content.index(b"-Data.csv") + 40
    with pytest.raises(DataError, match="The ZIP is damaged"):
        read_census(content[:start] + bytes(255 - byte for byte in content[start : start + 60]) + content[start + 60 :], "x.zip")


def test_a_locked_zip_says_so():
    content = bytearray(packed("B03002"))
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    with pytest.raises(DataError, match="locked by a password"):
        read_census(bytes(content), "x.zip")


def test_names_inside_a_zip_are_no_paths():
    content = zip_of({"../../etc/ACSDT5Y2023.B03002-Data.csv": csv_a("B03002"), "__MACOSX/._x-Data.csv": b"\x00\x05"})
    (table,) = read_census(content, "x.zip")
    assert table.table_id == "B03002"


def test_more_places_than_a_town_needs_are_refused():
    wide = csv_of([["GEO_ID", "NAME", *(f"B03002_{at:03d}E" for at in range(1, 60))], *([["1", "Town"]] * 14_000)])
    with pytest.raises(DataError, match=r"at most 400,000 are read\. Choose fewer places"):
        read_census(wide, "all.csv")
    with pytest.raises(DataError, match="at most 25 MB"):
        read_census(b"PK" + b"0" * MAX_UPLOAD_BYTES, "all.zip")


def test_a_cell_that_is_no_number_is_left_empty_and_named():
    (table,) = read_census(csv_of(_changed(RACE_A, 2, 6, "about 9,900")), DATA)
    assert table.geographies[0].values["003"].value is None
    assert table.messages == (f'1 cell is left empty: line 003 of {TOWN}, not a number: "about 9,900".',)


def test_a_formula_in_a_cell_is_not_computed_or_believed():
    (table,) = read_census(csv_of(_changed(RACE_A, 2, 6, "=1+1")), DATA)
    assert table.geographies[0].values["003"].value is None


def test_a_changed_part_of_a_zip_is_read_by_what_it_holds():
    content = rewritten(packed("B03002"), "ACSDT5Y2023.B03002-Table-Notes.txt", b"2019-2023", b"2015-2023")
    (table,) = read_census(content, "x.zip")
    assert table.vintage == "2019-2023", "notes of nine years are no five-year notes: the file's name counts"
