"""What the charter's tables ask somebody to check, and what they lock."""

from __future__ import annotations

import pytest

from equitybook.charter.remedies import remedy_in
from equitybook.charter.tables import Charter, Decisions, Evidence, Measures
from equitybook.codebook.check import check_table
from equitybook.flags import Flag

EXAMPLE = str(Charter.table.column("problem_statement").example)
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
        "We need more training.",
        "Spanish-speaking residents wait longer for the intake; we should hire a coordinator.",
        "Lack of a diversity policy",
        "Residents wait; the village must hire interpreters.",
        "The town needs to adopt a language access policy.",
        "The solution is a new navigator program.",
        "They leave because of a lack of training.",
        "Residents wait because of the lack of interpreters.",
        "The village should create an equity office.",
        "It ends by adopting a language access policy.",
        "Public Works has to buy a translation app.",
        "The counter needs a full-time bilingual coordinator.",
        "The department ought to train its officers.",
        "The board must now appoint a task force.",
        "The only fix is translated forms.",
        "Hiring a second locator would end the long outages.",
    ],
)
def test_a_remedy_in_the_problem_is_marked(remedy):
    assert any("sounds like a remedy" in text for text in said(Charter, {**GOOD, "problem_statement": remedy}, "problem_statement"))


@pytest.mark.parametrize(
    "problem",
    [
        EXAMPLE,
        "Residents who are deaf must bring their own interpreter to the counter.",
        "Applicants often have to hire a lawyer to appeal a fine.",
        "Residents with limited English have to provide forms that others fill in at the counter.",
        "Black applicants for police officer are hired at half the rate of White applicants.",
        "Women leave the fire department within three years of being hired; training schedules clash with child care.",
        "Renters lack heat, and a lack of trust keeps them from calling.",
        "Families need a permit for a block party, and they need more time than others to get one.",
        "The department is hiring more men than women, because jobs are filled by word of mouth.",
        "Jobs are filled by hiring friends.",
        "Residents need to come to the counter twice, because the policy is in English only.",
        "Tenants need an interpreter and wait two weeks for one.",
        "Seniors have to create an online account before they can pay.",
        "Staff of color are passed over for training and leave.",
        "Women in Public Works must train the men who are then promoted over them.",
        "People who call are told that the answer is in the mail.",
        "A fix is promised every spring, and the street floods again.",
        "Walkers on the south side have no sidewalk, because of a lack of funding since 1990.",
    ],
)
def test_what_people_experience_is_no_remedy(problem):
    assert remedy_in(problem) == ""


@pytest.mark.parametrize("who", ["Gay men", "Deaf men and women", "The ill", "We all"])
def test_people_named_in_short_words_are_found_in_the_sentence(who):
    row = {**GOOD, "population_of_focus": who, "problem_statement": f"{who} wait longer for a permit; we can influence the intake."}
    assert said(Charter, row, "problem_statement") == []


def test_people_named_in_short_words_are_missed_where_they_are_not_in_the_sentence():
    row = {
        **GOOD,
        "population_of_focus": "Gay men",
        "problem_statement": "Women and the ill wait longer for the intake of a permit.",
    }
    assert any("does not say who is affected" in text for text in said(Charter, row, "problem_statement"))


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


CONTRACT = (
    "evidence_id",
    "cycle",
    "outcome",
    "metric_id",
    "measure_id",
    "group",
    "value",
    "lower",
    "upper",
    "n",
    "flag",
    "period",
    "source",
    "statement",
    "confidence",
    "tier",
    "created_on",
)


def test_evidence_has_the_columns_of_its_contract():
    names = [column.name for column in Evidence.table.columns]
    assert set(CONTRACT) <= set(names)
    assert list(Evidence.table.column("flag").vocabulary.codes) == [str(flag) for flag in Flag]
    assert Decisions.table.column("decision_id").numbered == "DEC"


def test_measures_have_what_their_contract_adds():
    names = {column.name: column for column in Measures.table.columns}
    assert {"suppression_min", "baseline_date", "locked_by"} <= set(names)
    assert names["suppression_min"].vocabulary.codes == ("5", "10", "11")
    assert {"baseline_date", "locked_by"} <= set(Measures.locked({"baseline_locked_on": "2026-12-05"}))
    assert not names["locked_by"].typed


def test_kept_evidence_is_locked_whole_and_a_sentence_has_a_length():
    assert set(CONTRACT) <= set(Evidence.locked({"created_on": "2026-12-10"}))
    assert "statement" in Evidence.locked({"kept_on": "2026-12-10"}), "as evidence was kept before"
    assert Evidence.locked({}) == {}
    assert said(Evidence, {"statement": "x" * 241}, "statement")
    assert all(not column.typed for column in Evidence.table.columns)
