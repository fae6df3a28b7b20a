"""What the tables ask somebody to check, in words, and the rows they offer."""

from __future__ import annotations

from typing import Any

import pytest

from equitybook.charter.vocabularies import DATA_FIELD
from equitybook.codebook.check import check_table
from equitybook.outcomes.performance_management.data_systems.tables import DataSets, Fields, Notice, Requests
from equitybook.outcomes.performance_management.data_systems.vocabularies import STEP
from tests.outcomes.data_systems.inventory_of import data_set, field, request, say


def messages(model: Any, *rows: dict[str, Any]) -> list[str]:
    return [one.text for one in check_table(model.table, [(f"r{at}", row) for at, row in enumerate(rows)])]


def test_more_usable_answers_than_asked_name_the_row_and_both_numbers():
    rows = [field("D1", "age", asked=False), field("D2", "age", asked=False), field("D1", "language", n_asked=12, n_usable=14)]
    assert messages(Fields, *rows) == ["Row 3, Usable answers: 14 is more than the 12 asked. Check the two numbers."]


def test_usable_and_declined_answers_together_stay_within_those_asked():
    row = {**field("D1", "language", n_asked=12, n_usable=9), "n_declined": 4}
    assert messages(Fields, row) == ["Row 1, Declined: 9 usable and 4 declined are 13, more than the 12 asked."]
    assert messages(Fields, {**row, "n_declined": 3}) == []


def test_a_field_that_is_not_asked_has_no_answers():
    assert messages(Fields, field("D1", "age", asked=False, n_usable=7)) == [
        "Row 1, Usable answers: 7 is entered for a field that is not asked. Choose yes, or clear the number."
    ]
    assert messages(Fields, field("D1", "age", asked=False, n_asked=0, n_usable=0)) == []


def test_a_field_is_described_once():
    assert messages(Fields, field("D1", "age", asked=False), field("D1", "age", asked=False)) == [
        "Row 2 is about Age of D1, like row 1. Keep one of the two."
    ]


def test_a_code_stands_for_one_data_set():
    assert messages(DataSets, data_set("D1"), data_set("D2"), data_set("D1")) == [
        "Row 3 has the code D1 of row 1. Each data set needs a code of its own."
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"expected_on": "2026-11-01"}, "Row 1, Expected on: 1 November 2026 is before 2 November 2026, when it was asked."),
        ({"status": "received"}, "Row 1, Received on: The data are received, but not since when."),
        ({"got_on": "2026-11-09"}, "Row 1, Status: The data came on 9 November 2026, so the status is “Received”."),
        ({"got_on": "2026-11-09", "status": "received"}, ""),
        ({"for_step": "HR9.nowhere"}, "Row 1, For which step?:"),
    ],
)
def test_dates_and_status_of_a_request_fit_together(values: dict[str, Any], said: str):
    found = messages(Requests, request(**values))
    assert len(found) == bool(said)
    assert not said or found[0].startswith(said)


def test_every_missing_pair_of_data_set_and_field_is_offered_once():
    there = {"pm1_datasets": [data_set("D1"), data_set("D2"), {"name": "no code yet"}], "pm1_fields": [field("D1", "language")]}
    offered = Fields.starters(lambda table: there.get(table, []))
    assert len(offered) == 2 * len(DATA_FIELD.codes) - 1
    assert {"dataset_id": "D1", "field": "language"} not in offered
    assert all("asked" not in one for one in offered)
    there["pm1_fields"] += offered
    assert Fields.starters(lambda table: there.get(table, [])) == []


def test_requests_can_be_for_any_step_that_holds_data():
    assert STEP.label("HR1.who_works_here") == "Staff statistics: Who works here"
    assert "CHARTER.residents" in STEP.codes
    assert not any(code.endswith("reflect") for code in STEP.codes)
    assert not STEP.open_ended


def test_more_asked_than_records_is_a_flag_and_no_rate():
    fields = [field("D1", "language", n_asked=120, n_usable=90), field("D7", "age", n_asked=1, n_usable=1)]
    found = say(datasets=[data_set(records=100)], fields=fields)["heat_map"]
    assert [flag.reason for flag in found.flags] == [
        "The numbers do not agree with each other: in “Log D1 (D1)”, for language, 120 asked are more than the 100 records of 12 months.",
        "The numbers do not agree with each other: 1 field is about a data set that is not in the inventory.",
    ]
    assert found.table is not None
    assert dict(zip(found.table.columns, found.table.rows[0], strict=True))["Language"] == "90 % (—)"


def test_the_notice_has_four_parts_to_fill():
    assert len(messages(Notice, {"purpose": "To see who waits."})) == 3
