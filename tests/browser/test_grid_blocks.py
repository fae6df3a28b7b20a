"""Blocks of cells to and from a spreadsheet, as the page's module reads and writes them."""

from __future__ import annotations

import pytest

from tests.browser.harness import Harness

pytestmark = pytest.mark.slow

READ = [
    ("a\tb\r\n1\t2\r\n", [["a", "b"], ["1", "2"]]),
    ('"two\nlines"\t"say ""yes"""', [["two\nlines", 'say "yes"']]),
    ('6" pipe\t"loose', [['6" pipe', '"loose']]),
    ("a\t\tb\n\t\t\n\n", [["a", "", "b"]]),
    ("one", [["one"]]),
    ("", []),
]

COLUMNS = [
    {"name": "department", "label": "Department", "kind": "choice", "choices": [["Police", "Police"]], "open_ended": True},
    {"name": "race", "label": "Race or ethnicity", "kind": "choice", "choices": [["HISP", "Hispanic or Latino"]]},
    {"name": "n", "label": "People", "kind": "whole", "choices": None},
]


@pytest.fixture
def paste(harness: Harness):
    """Call a function of paste.js."""
    page = harness.person("maria").new_page()
    page.goto(harness.server.url)
    page.route("**/blank", lambda route: route.fulfill(body="<!doctype html><title>Blank</title>", content_type="text/html"))
    page.goto(f"{harness.server.url}blank")
    return lambda name, *given: page.evaluate(
        "async ([name, given]) => (await import('/equitybook/static/paste.js'))[name](...given)", [name, given]
    )


def test_a_block_is_read_as_the_spreadsheet_meant_it(paste):
    for text, rows in READ:
        assert paste("readBlock", text) == rows


def test_what_is_written_is_read_back_the_same(paste):
    rows = [['6" pipe', "two\nlines", "tab\there"], ["", "plain", '"quoted"']]
    assert paste("readBlock", paste("writeBlock", rows)) == rows


def test_a_heading_row_matches_columns_in_any_order_and_passes_over_others(paste):
    plan = paste("planPaste", [["people", "Shoe size", "Race or Ethnicity"], ["4", "43", "hispanic or latino"]], COLUMNS, 2)
    assert [(cell["column"]["name"], cell["value"]) for cell in plan["cells"]] == [("n", "4"), ("race", "HISP")]
    assert (plan["rows"], plan["outside"], plan["headings"]) == (1, ["“Shoe size”"], True)


def test_the_headings_of_the_products_own_spreadsheets_match_all_their_columns(paste):
    columns = [
        *COLUMNS,
        {"name": "denominator", "label": "Out of (denominator)", "kind": "number", "unit": "people", "choices": None},
    ]
    plan = paste("planPaste", [["Department", "People", "Out of (denominator) (people)"], ["Police", "4", "12"]], columns, 0)
    assert [(cell["column"]["name"], cell["value"]) for cell in plan["cells"]] == [
        ("department", "Police"),
        ("n", "4"),
        ("denominator", "12"),
    ]
    assert plan["outside"] == []


def test_without_headings_a_block_starts_at_the_chosen_column(paste):
    plan = paste("planPaste", [["Hispanic or Latino", "4", "too far"], ["", "5"]], COLUMNS, 1)
    assert [(cell["row"], cell["column"]["name"], cell["value"]) for cell in plan["cells"]] == [
        (0, "race", "HISP"),
        (0, "n", "4"),
        (1, "race", None),
        (1, "n", "5"),
    ]
    assert plan["outside"] == ["column 3"]


def test_a_column_name_alone_is_a_value_and_two_of_them_or_rows_under_it_make_it_a_heading(paste):
    assert paste("planPaste", [["People"]], COLUMNS, 0)["headings"] is False
    assert paste("planPaste", [["People"], ["4"]], COLUMNS, 0)["headings"] is True
    assert paste("planPaste", [["Department", "People"]], COLUMNS, 0)["headings"] is True


def test_one_value_fills_what_is_chosen_and_a_block_is_put_once(paste):
    over = {"rows": 2, "columns": 2}
    filled = paste("planPaste", [["People"]], COLUMNS, 1, over)
    assert [(cell["row"], cell["column"]["name"]) for cell in filled["cells"]] == [(0, "race"), (0, "n"), (1, "race"), (1, "n")]
    assert (filled["rows"], filled["filled"]) == (2, True)
    assert len(paste("planPaste", [["1", "2"]], COLUMNS, 1, over)["cells"]) == 2
