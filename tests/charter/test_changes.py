"""Changing what others build upon: always with a reason, never by overwriting."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.charter.carried import carried
from equitybook.charter.changes import next_code, redefined, revised
from equitybook.charter.versions import charter_changes
from equitybook.codebook.revisions import Revision
from equitybook.errors import DataError

TODAY = dt.date(2027, 1, 15)
REASON = "The vendor's export counted withdrawn applications too."
LOCKED = {
    "measure_id": "M2",
    "name": "Days",
    "unit": "days",
    "direction": "DOWN",
    "numerator_def": "days",
    "baseline_value": 31,
    "baseline_n": 46,
    "baseline_period": "2025",
    "baseline_date": "2025-12-31",
    "locked_by": "Director",
    "baseline_locked_on": "2026-12-05",
}
AGREED = {
    "problem_statement": "Spanish-speaking residents wait longer for a permit.",
    "population_of_focus": "Spanish-speaking residents",
    "condition": "wait longer for a permit",
    "lever": "the intake of applications",
    "focus_departments": ["Police", "Finance"],
    "desired_result": "The same time for everybody.",
    "approved_on": "2026-11-30",
}


def of_measure(values, reason=REASON, before=LOCKED):
    return revised("measures", before, values, reason, cycle=3)


def of_charter(values, *, cycle, substance=False, leave=False, before=AGREED):
    return revised("charter", before, values, REASON, cycle=cycle, substance=substance, leave=leave)


def test_a_baseline_is_revised_with_a_reason_and_only_what_changes_is_written():
    assert of_measure({"baseline_value": 29, "baseline_n": 46, "baseline_period": "2025"}) == {"baseline_value": 29}
    with pytest.raises(DataError, match="Nothing changes"):
        of_measure({"baseline_value": 31})


@pytest.mark.parametrize("reason", ["", "   ", "typo"])
def test_nothing_is_revised_without_a_reason(reason):
    with pytest.raises(DataError, match="reason is missing"):
        of_measure({"baseline_value": 29}, reason)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("measures", "unit"),
        ("measures", "baseline_locked_on"),
        ("measures", "locked_by"),
        ("charter", "approved_on"),
        ("risks", "risk"),
    ],
)
def test_other_fields_are_not_changed_by_a_revision(table, field):
    with pytest.raises(DataError, match="not changed by a revision"):
        revised(table, {}, {field: "x"}, REASON, cycle=2, substance=True)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"baseline_value": "abc"}, r'^Baseline: "abc" is not a number. Write digits, for example 31.$'),
        ({"baseline_value": None}, r"^Baseline: this cannot be empty. Write for example 31.$"),
        ({"baseline_n": "some"}, r'^Cases behind it: "some" is not a whole number'),
        ({"baseline_n": -2}, r"^Cases behind it: -2 is below 0"),
        ({"baseline_value": -3}, r"^Baseline: -3 is below 0"),
        ({"baseline_period": ""}, r"^Baseline period: this cannot be empty"),
    ],
)
def test_a_baseline_that_cannot_be_counted_is_refused_with_its_field_its_value_and_what_is_right(values, words):
    with pytest.raises(DataError, match=words):
        of_measure(values)


@pytest.mark.parametrize("value", [140, -0.5, 100.1])
def test_a_baseline_in_percent_stays_between_0_and_100(value):
    share = {**LOCKED, "unit": "pct", "baseline_value": 62}
    with pytest.raises(DataError, match=rf"Baseline: {value:g} is no percentage between 0 and 100"):
        of_measure({"baseline_value": value}, before=share)
    assert of_measure({"baseline_value": 100}, before=share) == {"baseline_value": 100}
    assert of_measure({"baseline_value": 140}) == {"baseline_value": 140}, "140 days are many, and no mistake"


def test_the_number_of_cases_may_be_unknown():
    assert of_measure({"baseline_n": None}) == {"baseline_n": None}


def test_what_nobody_locked_or_agreed_on_is_not_revised():
    with pytest.raises(DataError, match="baseline is not locked"):
        of_measure({"baseline_value": 29}, before={**LOCKED, "baseline_locked_on": None})
    with pytest.raises(DataError, match="not agreed yet"):
        of_charter({"lever": "the counter"}, cycle=2, before={**AGREED, "approved_on": None})


def test_what_others_build_upon_is_not_emptied():
    with pytest.raises(DataError, match=r"Who is affected.: this cannot be empty"):
        of_charter({"population_of_focus": None}, cycle=2)


def test_the_meaning_of_the_charter_changes_until_cycle_3_and_its_wording_always():
    change = {"problem_statement": "Another problem"}
    assert of_charter(change, cycle=3, substance=True)
    assert of_charter(change, cycle=6, substance=False)
    assert of_charter(change, cycle=6, substance=True, leave=True), "the coach may open it"
    with pytest.raises(DataError, match="wording only"):
        of_charter(change, cycle=4, substance=True)


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"population_of_focus": "Residents over 65"}, "Who is affected"),
        ({"focus_departments": ["Police"]}, "Which departments"),
        ({"problem_statement": "In other words.", "focus_departments": ["Police", "Finance", "HR"]}, "Which departments"),
    ],
)
def test_other_people_and_other_departments_are_another_meaning_whatever_is_said(change, label):
    with pytest.raises(DataError, match=label):
        of_charter(change, cycle=4, substance=False)
    assert of_charter(change, cycle=3, substance=False)
    assert of_charter(change, cycle=4, substance=False, leave=True)


def test_the_same_people_in_other_capitals_and_the_same_departments_in_another_order_are_the_same():
    assert of_charter({"population_of_focus": "Spanish speaking Residents."}, cycle=5)
    with pytest.raises(DataError, match="Nothing changes"):
        of_charter({"focus_departments": ["Finance", "Police"]}, cycle=5)


def test_a_change_of_the_charter_says_whether_it_is_one_of_meaning():
    with pytest.raises(DataError, match="Choose whether only the wording changes, or the meaning"):
        of_charter({"lever": "the counter"}, cycle=2, substance=None)
    assert of_measure({"baseline_value": 29}), "a baseline has no wording"


def test_another_definition_is_another_measure_and_retires_the_old_one():
    new, old = redefined(
        LOCKED, {"numerator_def": "working days", "name": "Working days"}, REASON, used=["M1", "M2", "M3"], today=TODAY
    )
    assert new["measure_id"] == "M4"
    assert new["replaces"] == "M2"
    assert new["numerator_def"] == "working days"
    assert not {"baseline_value", "baseline_locked_on", "baseline_date", "locked_by", "retired_on"} & set(new)
    assert old["retired_on"] == "2027-01-15"
    assert "M4" in old["retired_reason"]
    assert REASON in old["retired_reason"]


AIMED_AT = {
    "target_value": 18,
    "target_date": "2028-06-30",
    "target_rationale": "trend",
    "target_note": "18 days",
    "tolerance": 2,
    "reference_value": 21,
    "reference_source": "State",
}


@pytest.mark.parametrize("turn", [{"unit": "pct"}, {"direction": "UP"}])
def test_a_target_and_a_published_figure_are_not_taken_into_another_unit_or_direction(turn):
    new, _ = redefined({**LOCKED, **AIMED_AT, "owner_role": "Clerk"}, turn, REASON, used=["M2"], today=TODAY)
    assert not set(AIMED_AT) & set(new)
    assert new["owner_role"] == "Clerk"


def test_a_target_is_taken_along_where_unit_and_direction_stay():
    new, _ = redefined({**LOCKED, **AIMED_AT}, {"numerator_def": "working days"}, REASON, used=["M2"], today=TODAY)
    assert AIMED_AT.items() <= new.items()


def test_a_definition_of_values_nobody_can_read_is_refused():
    with pytest.raises(DataError, match="Unit: "):
        redefined(LOCKED, {"unit": "furlongs"}, REASON, used=["M2"], today=TODAY)
    with pytest.raises(DataError, match="Measure: this cannot be empty"):
        redefined(LOCKED, {"unit": "pct", "name": ""}, REASON, used=["M2"], today=TODAY)


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
    measures = [{"measure_id": "M1", "name": "Old", "retired_on": "2027-01-01"}, {**LOCKED, "target_value": 18}]
    changes = charter_changes([revision("condition", "wait", "wait long", batch="a"), revision("lever", "a", "b", batch="b")], {})
    kept = [{"evidence_id": "E1", "statement": "a"}, {"evidence_id": "E2", "statement": "b"}]
    carry = carried(charter, measures, kept, [], changes=changes)
    assert carry.version == 3
    assert carry.measures == (("M2", "Days", "baseline 31 days, 2025; target 18 days"),)
    assert [code for code, _ in carry.evidence] == ["E2", "E1"]
    assert carry.changes[0].startswith("What can you influence? “a” became “b”.")
    assert carried([], [], [], []).empty
    assert carried([{"problem_statement": "P"}], [], [], []).version == 0


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ({**LOCKED, "target_value": 1, "target_date": "2027-06-30"}, "baseline 31 days, 2025; target 1 day by 30 Jun 2027"),
        (
            {**LOCKED, "unit": "pct", "baseline_value": 41.50943396, "direction": "MAINTAIN", "tolerance": 1},
            "baseline 41.5 %, 2025; to stay where it is, give or take 1 point",
        ),
        ({**LOCKED, "direction": "MAINTAIN"}, "baseline 31 days, 2025; to stay where it is"),
        (
            {**LOCKED, "baseline_locked_on": None, "baseline_plan": "Ask the clerk", "baseline_due": "2027-01-10"},
            "no baseline yet (Ask the clerk, by 10 Jan 2027); no target yet",
        ),
    ],
)
def test_what_is_carried_in_says_each_measures_baseline_and_target_in_its_unit(measure, words):
    carry = carried([], [measure], [], [])
    assert [line for _, _, line in carry.measures] == [words]


def revision(field, old, new, *, batch, table="charter", author="maria"):
    at = dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC)
    return Revision(table, "one", field, old, new, REASON, author, at, batch)


def test_changes_of_one_act_are_one_version_and_told_by_role():
    found = [
        revision("population_of_focus", None, "Renters", batch="a"),
        revision("focus_departments", ["Police"], ["Police", "HR"], batch="a", author="ken"),
        revision("baseline_value", 31, 29, batch="m", table="measures"),
        revision("lever", "a", "b", batch="b", author="gone"),
    ]
    told = charter_changes(found, {"maria": "Assistant village manager", "ken": "Director"})
    assert [(one.version, one.by) for one in told] == [
        (2, "Assistant village manager"),
        (2, "Director"),
        (3, "A participant"),
    ]
    assert (told[0].old, told[0].new) == ("(empty)", "Renters")
    assert told[1].new == "Police, HR"
