"""Changing what others build upon: always with a reason, never by overwriting."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.charter.carried import carried
from equitybook.charter.changes import next_code, redefined, revised
from equitybook.errors import DataError

TODAY = dt.date(2027, 1, 15)
REASON = "The vendor's export counted withdrawn applications too."
LOCKED = {
    "measure_id": "M2",
    "name": "Days",
    "unit": "days",
    "numerator_def": "days",
    "baseline_value": 31,
    "baseline_locked_on": "2026-12-05",
}


def test_a_baseline_is_revised_with_a_reason():
    assert revised("measures", {"baseline_value": 29}, REASON, cycle=3, substance=True) == {"baseline_value": 29}


@pytest.mark.parametrize("reason", ["", "   ", "typo"])
def test_nothing_is_revised_without_a_reason(reason):
    with pytest.raises(DataError, match="reason is missing"):
        revised("measures", {"baseline_value": 29}, reason, cycle=3, substance=True)


@pytest.mark.parametrize(
    ("table", "field"), [("measures", "unit"), ("measures", "baseline_locked_on"), ("charter", "approved_on"), ("risks", "risk")]
)
def test_other_fields_are_not_changed_by_a_revision(table, field):
    with pytest.raises(DataError, match="not changed by a revision"):
        revised(table, {field: "x"}, REASON, cycle=2, substance=True)


def test_the_meaning_of_the_charter_changes_until_cycle_3_and_its_wording_always():
    change = {"problem_statement": "Another problem"}
    assert revised("charter", change, REASON, cycle=3, substance=True)
    assert revised("charter", change, REASON, cycle=6, substance=False)
    assert revised("charter", change, REASON, cycle=6, substance=True, leave=True), "the coach may open it"
    with pytest.raises(DataError, match="wording only"):
        revised("charter", change, REASON, cycle=4, substance=True)


def test_another_definition_is_another_measure_and_retires_the_old_one():
    new, old = redefined(
        LOCKED, {"numerator_def": "working days", "name": "Working days"}, REASON, used=["M1", "M2", "M3"], today=TODAY
    )
    assert new["measure_id"] == "M4"
    assert new["replaces"] == "M2"
    assert new["numerator_def"] == "working days"
    assert not {"baseline_value", "baseline_locked_on", "retired_on"} & set(new)
    assert old["retired_on"] == "2027-01-15"
    assert "M4" in old["retired_reason"]
    assert REASON in old["retired_reason"]


def test_a_code_is_never_used_twice_even_where_its_row_is_gone():
    assert next_code(["M1", "M7", "M2"]) == "M8"
    assert next_code([]) == "M1"
    assert next_code(["Mx", "", "M3"]) == "M4"


@pytest.mark.parametrize(
    ("measure", "values", "words"),
    [
        ({**LOCKED, "baseline_locked_on": None}, {"unit": "pct"}, "not locked yet"),
        ({**LOCKED, "retired_on": "2027-01-01"}, {"unit": "pct"}, "retired already"),
        (LOCKED, {"name": "Other words"}, "Nothing of the definition"),
    ],
)
def test_a_definition_changes_anew_only_where_there_is_one_to_change(measure, values, words):
    with pytest.raises(DataError, match=words):
        redefined(measure, values, REASON, used=["M2"], today=TODAY)


def test_what_is_carried_in_counts_versions_and_leaves_retired_measures_out():
    charter = [{"problem_statement": "P", "approved_on": "2026-11-30", "focus_departments": ["Police"]}]
    measures = [
        {"measure_id": "M1", "name": "Old", "retired_on": "2027-01-01"},
        {**LOCKED, "baseline_period": "2025", "target_value": 18},
    ]
    carry = carried(
        charter, measures, [{"evidence_id": "E1", "statement": "a"}, {"evidence_id": "E2", "statement": "b"}], [], revisions=2
    )
    assert carry.version == 3
    assert carry.measures == (("M2", "Days", "baseline 31 days, 2025; target 18 days"),)
    assert [code for code, _ in carry.evidence] == ["E2", "E1"]
    assert carried([], [], [], []).empty
    assert carried([{"problem_statement": "P"}], [], [], []).version == 0
