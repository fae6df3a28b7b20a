from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equitybook.codebook import Column, Kind, Table, coerce
from equitybook.errors import DataError
from equitybook.intake import door
from equitybook.intake.blank import blank_csv, blank_workbook, columns_to_fill, example_as_stored, heading, in_words
from equitybook.intake.match import match_exactly
from equitybook.intake.read import read_spreadsheet
from equitybook.intake.screen import of_a_person
from equitybook.intake.tables import apply, propose
from equitybook.outcomes.human_resources.staff_statistics.tables import TABLES, Availability, Flow, Grid, Roster, Setup
from tests.intake.make_files import csv_of, xlsx_of

GRID = ["Department", "Job group", "Status", "Race or ethnicity", "Sex", "People"]
ROW = ["Police", "Protective Service Workers", "Full-time", "White", "Male", "21"]


@pytest.mark.parametrize(
    ("row", "old", "field"),
    [
        (Availability, "Share outside (%)", "ext_pct"),
        (Availability, "Source outside", "ext_source"),
        (Availability, "Share inside (%)", "int_pct"),
        (Availability, "Source inside", "int_source"),
        (Availability, "Weight outside", "w_ext"),
        (Availability, "Weight inside", "w_int"),
        (Setup, "Leavers are on file since", "records_from"),
        (Setup, "Leaving that counts in the tenure curve", "tenure_events"),
    ],
)
def test_files_filled_in_under_an_earlier_heading_still_match(row: Any, old: str, field: str):
    found = match_exactly(row.table, old)
    assert found is not None
    assert found.name == field
    assert found.label != old, "the page has a plainer one"


def test_a_filled_in_table_becomes_typed_rows():
    sheet = read_spreadsheet(csv_of([GRID, ROW]), "grid.csv")
    imported = apply(sheet, Grid.table, propose(sheet, Grid.table).mapping)
    assert imported.rows == ({"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21},)
    assert imported.problems == ()


def test_similar_headings_are_matched():
    sheet = read_spreadsheet(
        csv_of([["DEPT", "EEO-4 Category", "Ethnicity", "Gender", "Headcount"], ["Police", "4", "White", "M", "21"]]), "grid.csv"
    )
    assert propose(sheet, Grid.table).mapping.columns == {
        "DEPT": "department",
        "EEO-4 Category": "jobcat",
        "Ethnicity": "race",
        "Gender": "sex",
        "Headcount": "n",
    }


def test_words_in_no_list_are_kept_as_typed_unless_the_user_chooses_a_code():
    sheet = read_spreadsheet(csv_of([GRID, [*ROW[:3], "Asain", "Male", "7.5"]]), "grid.csv")
    proposal = propose(sheet, Grid.table)
    assert proposal.open == ()
    assert [(one.raw, one.code, one.options[0][0]) for one in proposal.codes["race"]] == [("Asain", None, "ASIAN")]
    imported = apply(sheet, Grid.table, proposal.mapping)
    assert (imported.rows[0]["race"], imported.rows[0]["n"]) == ("Asain", "7.5")
    assert [(one.row, one.column) for one in imported.problems] == [(2, "Race or ethnicity"), (2, "People")]
    proposal.mapping.codes["race"]["Asain"] = "ASIAN"
    assert apply(sheet, Grid.table, proposal.mapping).rows[0]["race"] == "ASIAN"


def test_a_hidden_small_count_is_kept_and_never_becomes_zero():
    sheet = read_spreadsheet(csv_of([GRID, [*ROW[:5], "<5"]]), "grid.csv")
    imported = apply(sheet, Grid.table, {})
    assert imported.rows[0]["n"] == "<5"
    assert "it is not 0" in imported.problems[0].text


def test_shares_between_0_and_1_are_asked_about_for_the_whole_column():
    sheet = read_spreadsheet(
        xlsx_of([["Job group", "Group", "Share outside"], ["4", "HISP", 0.24], ["4", "WHITE", 0.5]]), "avail.xlsx"
    )
    proposal = propose(sheet, Availability.table)
    assert proposal.open == ('All values in "Share outside" are between 0 and 1. Are they shares of one whole',)
    with pytest.raises(DataError, match="Are they shares of one whole"):
        apply(sheet, Availability.table, proposal.mapping)
    shares = apply(sheet, Availability.table, {"answers": {"percent:ext_pct": "share"}})
    assert [row["ext_pct"] for row in shares.rows] == [24.0, 50.0]
    kept = apply(sheet, Availability.table, {"answers": {"percent:ext_pct": "percent"}})
    assert [row["ext_pct"] for row in kept.rows] == [0.24, 0.5]


def test_the_blank_file_of_another_table_is_refused():
    with pytest.raises(DataError, match=r"This is the file for another table \(hr1_grid\), not for Who came, stayed and left"):
        door.receive(blank_workbook(Grid.table), "grid.xlsx", Flow.table)


def test_the_untouched_example_row_is_left_out_and_said():
    sheet = read_spreadsheet(
        csv_of([[heading(one) for one in Grid.table.columns]]) + b"\n" + blank_csv(Grid.table).split(b"\r\n")[1], "grid.csv"
    )
    imported = apply(sheet, Grid.table, {})
    assert imported.rows == ()
    assert imported.left_out[0].text.startswith("It is the example row of the blank file.")


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.table.id)
def test_every_blank_file_is_matched_to_its_own_table_without_a_question(row: Any):
    for content, name in ((blank_workbook(row.table), "blank.xlsx"), (blank_csv(row.table), "blank.csv")):
        proposal = door.receive(content, name, row.table).proposal
        assert list(proposal.mapping.columns.values()) == [one.name for one in columns_to_fill(row.table)]
        assert proposal.dropped == ()
        assert [one.id for one in proposal.questions] == []
        assert proposal.messages == ()


_WORDS = (
    st.text(st.sampled_from("abcdefgh ÄéñŁ0123456789=+-@;,\"'<%"), min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    # A spreadsheet program's own apostrophe before a formula sign is taken away on reading, as it should be.
    .filter(lambda text: bool(text) and not (text.startswith("'") and text.lstrip("'")[:1] in {*"=+-@"}))
)


def _values(column: Column) -> st.SearchStrategy[Any]:
    """Typed values as people would fill them in: words for codes, dates as dates."""
    if column.kind is Kind.CHOICE and column.vocabulary:
        return st.sampled_from(list(column.vocabulary.labels.values()))
    if column.kind is Kind.CHOICES and column.vocabulary:
        labels = [label for label in column.vocabulary.labels.values() if ";" not in label]
        return st.lists(st.sampled_from(labels), min_size=1, max_size=3, unique=True).map("; ".join)
    low, high = column.minimum or 0, column.maximum or 500_000
    return {
        Kind.WHOLE: st.integers(int(low), int(high)),
        Kind.NUMBER: st.floats(low, high).map(lambda number: round(number, 3)),
        Kind.MONEY: st.floats(20_000, high).map(lambda number: round(number, 2)),
        Kind.PERCENT: st.floats(max(low, 1.01), high).map(lambda number: round(number, 2)),
        Kind.DATE: st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)).map(dt.date.isoformat),
        Kind.YES_NO: st.sampled_from(["Yes", "No"]),
        # "Aña" in a column of keys is somebody's name, and is not kept.
    }.get(
        column.kind, _WORDS.filter(lambda text: coerce(column, text).value == text and not of_a_person(column, [text], people=True))
    )


def _rows(table: Table) -> st.SearchStrategy[list[list[Any]]]:
    columns = columns_to_fill(table)
    row = st.tuples(*(st.none() | _values(one) for one in columns)).map(list).filter(any)
    return st.lists(row, min_size=1, max_size=6)


@pytest.mark.parametrize("row", [one for one in TABLES if one is not Roster], ids=lambda row: row.table.id)
@settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(data=st.data())
def test_a_blank_file_filled_in_and_uploaded_gives_the_same_rows(row: Any, data: st.DataObject):
    columns = columns_to_fill(row.table)
    rows = data.draw(_rows(row.table))
    expected = [{one.name: coerce(one, value).value for one, value in zip(columns, values, strict=True)} for values in rows]
    expected = [one for one in expected if one != example_as_stored(row.table)]
    write = data.draw(st.sampled_from([csv_of, partial(xlsx_of, formulas=False)]))
    sheet = read_spreadsheet(write([[heading(one) for one in columns], *rows]), "filled", header_row=1)
    read = [*apply(sheet, row.table, _answers(propose(sheet, row.table).questions)).rows] if sheet.rows else []
    filled = {one.name for one in columns if any(values.get(one.name) is not None for values in expected)}
    assert [{name: values.get(name) for name in filled} for values in read] == [
        {name: values[name] for name in filled} for values in expected
    ]


def _answers(questions: Any) -> dict[str, Any]:
    return {
        "answers": {
            one.id: {"totals": "keep", "notes": "keep"}.get(one.id, "percent" if one.id.startswith("percent") else "month")
            for one in questions
        }
    }


def test_words_for_codes_are_written_and_read_the_same_way():
    for row in TABLES:
        for column in row.table.columns:
            for code in column.vocabulary.labels if column.vocabulary and column.kind is Kind.CHOICE else ():
                assert coerce(column, in_words(column, code)).value == code
