"""What the charter's tables ask somebody to check, and what they lock."""

from __future__ import annotations

import pytest

from equitybook.charter.tables import Charter, Evidence, Measures
from equitybook.codebook.check import check_table

GOOD = {
    "population_of_focus": "Spanish-speaking residents",
    "condition": "wait longer for a permit",
    "lever": "the intake of applications",
    "problem_statement": "Spanish-speaking residents wait longer for a permit; Community Development can influence the intake of applications.",
    "focus_departments": ["Police"],
    "desired_result": "The same time for everybody.",
    "sponsor_role": "Manager",
    "decision_needed_from": "Manager",
}


def said(model, row, field):
    return [one.text for one in check_table(model.table, [("one", row)]) if one.field == field]


def test_a_problem_that_names_who_what_and_the_lever_passes():
    assert said(Charter, GOOD, "problem_statement") == []


@pytest.mark.parametrize(
    "remedy",
    [
        "We need a DEI officer.",
        "Spanish-speaking residents wait longer for the intake; we should hire a coordinator.",
        "Lack of a diversity policy",
    ],
)
def test_a_remedy_in_the_problem_is_marked(remedy):
    assert any("sounds like a remedy" in text for text in said(Charter, {**GOOD, "problem_statement": remedy}, "problem_statement"))


def test_a_problem_that_leaves_out_who_is_affected_says_so():
    row = {**GOOD, "problem_statement": "Permits wait longer at the intake of applications."}
    assert any("does not say who is affected" in text for text in said(Charter, row, "problem_statement"))


def test_five_focus_departments_are_one_too_many():
    row = {**GOOD, "focus_departments": ["Police", "Finance", "HR", "IT", "Clerk"]}
    assert said(Charter, row, "focus_departments")


def test_an_agreed_charter_locks_what_others_build_on_and_nothing_else():
    assert Charter.locked(GOOD) == {}
    locked = Charter.locked({**GOOD, "approved_on": "2026-11-30"})
    assert {"problem_statement", "population_of_focus", "desired_result"} <= set(locked)
    assert "constraints" not in locked
    assert not Charter.table.column("approved_on").typed
    assert "Change the charter" in locked["problem_statement"]


def test_a_locked_baseline_locks_itself_and_the_definition_but_not_the_target():
    assert Measures.locked({"measure_id": "M1"}) == {}
    locked = Measures.locked({"measure_id": "M1", "baseline_locked_on": "2026-12-05"})
    assert {"measure_id", "baseline_value", "numerator_def", "unit"} <= set(locked)
    assert not {"target_value", "name", "owner_role"} & set(locked)


@pytest.mark.parametrize(
    ("direction", "target", "wrong"), [("DOWN", 18, False), ("DOWN", 40, True), ("UP", 40, False), ("UP", 18, True)]
)
def test_a_target_below_the_baseline_needs_lower_to_be_better(direction, target, wrong):
    row = {
        "measure_id": "M1",
        "baseline_value": 31,
        "target_value": target,
        "direction": direction,
        "target_rationale": "trend",
        "unit": "days",
    }
    assert bool(said(Measures, row, "target_value")) is wrong


def test_two_measures_with_one_code_are_told_apart():
    records = [("a", {"measure_id": "M1", "name": "One"}), ("b", {"measure_id": "M1", "name": "Two"})]
    assert any(one.text.startswith("Row 2 has the code M1 of row 1") for one in check_table(Measures.table, records))


def test_a_measure_of_everybody_in_town_is_no_departments_own():
    assert said(Measures, {"measure_id": "M1", "level": "POPULATION", "department": "Police"}, "level")


def test_kept_evidence_is_locked_whole_and_a_sentence_has_a_length():
    assert "statement" in Evidence.locked({"kept_on": "2026-12-10"})
    assert said(Evidence, {"statement": "x" * 241}, "statement")
    assert all(not column.typed for column in Evidence.table.columns)
