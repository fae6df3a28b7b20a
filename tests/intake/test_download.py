from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.codebook import coerce
from equitybook.intake import door
from equitybook.intake.download import download_csv, download_workbook
from equitybook.outcomes.human_resources.staff_statistics.tables import Availability, Grid, Roster

PERSON = {
    "emp_key": "k7q2", "department": "Police", "job_title": "Patrol officer", "jobcat": "4", "status": "FT", "annual_salary": 74250.5,
    "race": "WHITE", "sex": "M", "hire_date": "2014-03-10",
}  # fmt: skip


def cells(content: bytes) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2)]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_values_are_written_as_types_and_codes_as_words():
    (row,) = cells(download_workbook(Roster.table, [("a", PERSON)]))
    assert [cell.value for cell in row[:8]] == [
        "k7q2",
        "Police",
        "Patrol officer",
        "Protective Service Workers",
        "Full-time",
        74250.5,
        "White",
        "Male",
    ]
    assert (row[5].data_type, row[8].is_date, row[8].number_format) == ("n", True, "d mmm yyyy")
    assert lines(download_csv(Roster.table, [("a", PERSON)]))[1][8] == "2014-03-10"


def test_what_was_typed_and_cannot_be_read_is_written_as_it_was_typed():
    stored = {**PERSON, "hire_date": "13/2024", "annual_salary": -5.0, "race": "Asain"}
    written = lines(download_csv(Roster.table, [("a", stored)]))[1]
    assert (written[8], written[5], written[6]) == ("13/2024", "-5.0", "Asain")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_text_is_run_by_a_spreadsheet_program(start: str):
    text = f"{start}HYPERLINK(1)"
    for content in (download_workbook(Roster.table, [("a", {**PERSON, "job_title": text, "department": text})]),):
        (row,) = cells(content)
        assert (row[1].data_type, row[2].data_type) == ("s", "s")
        assert row[2].quotePrefix
    assert lines(download_csv(Roster.table, [("a", {**PERSON, "job_title": text})]))[1][2].startswith("'")


_TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([one.name for one in Roster.table.columns]), _TYPED | st.floats() | st.integers() | st.booleans()
    )
)
def test_whatever_is_stored_the_download_holds_no_formula_and_opens(stored: dict[str, Any]):
    stored = {name: coerce(Roster.table.column(name), value).value for name, value in stored.items()}
    (row,) = cells(download_workbook(Roster.table, [("a", stored)])) or [()]
    assert all(cell.data_type != "f" for cell in row)
    assert all(
        not cell or cell[0] not in "=+-@\t\r" or _is_number(cell) for cell in lines(download_csv(Roster.table, [("a", stored)]))[1]
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("source", ["=EEO", "'=EEO", "''@EEO", "'EEO"])
def test_a_download_uploaded_again_gives_the_same_rows(source: str):
    stored = {"jobcat": "4", "group": "HISP", "ext_pct": 21.0, "ext_moe": 3.0, "ext_source": source, "w_ext": 0.7, "w_int": 0.3}
    for content, name in (
        (download_workbook(Availability.table, [("a", stored)]), "a.xlsx"),
        (download_csv(Availability.table, [("a", stored)]), "a.csv"),
    ):
        received = door.receive(content, name, Availability.table)
        (row,) = door.import_rows(received.kept, Availability.table, received.proposal.mapping).rows
        assert {field: value for field, value in row.items() if value is not None} == stored


def test_a_table_without_rows_still_has_its_headings():
    assert len(lines(download_csv(Grid.table, []))) == 1
    assert cells(download_workbook(Grid.table, [])) == []
