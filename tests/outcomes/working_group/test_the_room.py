"""The room as a whole: messages, rows to begin with, the worked example, what a coach and the public see."""

from __future__ import annotations

import pytest

from equitybook.codebook.check import check_table
from equitybook.disclosure import Tier, release
from equitybook.outcomes import table
from equitybook.outcomes.gate import self_check
from tests.outcomes.working_group.group import ALL, DEPARTMENTS, IC1, example, measure, say


def messages(table_id, *rows):
    return [one.text for one in check_table(table(table_id), [(f"r{at}", row) for at, row in enumerate(rows)])]


def checks(rows):
    lines = self_check(IC1.guide, {row.table.id: rows.get(row.table.id, []) for row in ALL}, list(say(**rows).values()))
    return {line.id: line.done for line in lines}


def test_the_example_has_nothing_to_check_and_meets_every_rule():
    rows = example()
    for row in IC1.tables:
        assert rows[row.table.id], row.table.id
        assert messages(row.table.id, *rows[row.table.id]) == [], row.table.id
    assert set(checks(rows).values()) == {True}
    assert [one.flags for one in say(**rows).values()] == [(), (), (), ()]


def test_the_examples_letters_are_for_its_own_tasks_and_members():
    rows = example()
    assert {one["task_id"] for one in rows["ic1_rasci"]} == {one["task_id"] for one in rows["ic1_tasks"]}
    assert {one["member_id"] for one in rows["ic1_rasci"]} == {one["member_id"] for one in rows["ic1_members"]}


@pytest.mark.parametrize(
    ("broken", "change"),
    [
        ("sponsor_signed", lambda rows: rows["ic1_group"][0].pop("sponsor_signed_on")),
        ("departments_in", lambda rows: rows["charter"].__setitem__(0, {"focus_departments": ["Library"]})),
        ("departments_in", lambda rows: rows["charter"].clear()),
        ("frontline_in", lambda rows: [one.update(level="Manager") for one in rows["ic1_members"]]),
        ("letters_in_order", lambda rows: rows["ic1_rasci"][0].update(code="I")),
        ("letters_in_order", lambda rows: rows["ic1_rasci"].clear()),
        ("three_dates", lambda rows: rows["ic1_meetings"].__delitem__(slice(2, None))),
        ("group_reflected", lambda rows: rows["ic1_words"][0].pop("can_stop")),
    ],
)
def test_each_rule_is_broken_by_what_it_is_about_and_by_nothing_else(broken, change):
    rows = example()
    change(rows)
    assert [line for line, done in checks(rows).items() if not done] == [broken]


def test_nothing_entered_meets_no_rule_and_every_finding_says_what_to_do():
    assert not any(checks({}).values())
    assert all(one.empty for one in say().values())


@pytest.mark.parametrize("tier", list(Tier))
def test_every_tier_is_told_something_and_the_public_no_word_that_was_typed(tier):
    for rows in (
        example(),
        {},
        {**example(), "ic1_rasci": example()["ic1_rasci"][:2], "charter": [{"focus_departments": ["Library"]}]},
    ):
        released = release(measure(**rows), IC1.present, tier)
        assert [one.id for one in released.findings] == ["IC1.coverage", "IC1.rules", "IC1.rasci", "IC1.meetings"]
        if tier is Tier.T3:
            said = repr(released.findings)
            for word in (
                "Permit technician",
                "Village manager",
                "Police",
                "Review the policy",
                "Library",
                "Spanish",
                "committee",
                "smaller step",
            ):
                assert word not in said


def test_the_public_still_learns_how_many_tasks_need_another_look():
    rows = {**example(), "ic1_rasci": example()["ic1_rasci"][:2]}
    found = {one.id: one for one in release(measure(**rows), IC1.present, Tier.T3).findings}["IC1.rasci"]
    assert found.sentence.startswith("5 of 6 tasks need another look")
    assert found.flags[0].reason == "5 tasks have not exactly one A, or no R."
    assert found.table is None


def test_departments_to_begin_with_are_those_of_the_profile_that_are_missing():
    kept = {"profile": [{"departments": DEPARTMENTS}], "ic1_departments": [{"department": "police"}]}
    rows = table("ic1_departments").model.starters(lambda name: kept.get(name, []))
    assert [one["department"] for one in rows] == [name for name in DEPARTMENTS if name != "Police"]
    assert all(one["in_scope"] for one in rows)
    assert table("ic1_departments").model.starters(lambda _: []) == []


def test_tasks_to_begin_with_are_numbered_after_those_that_are_there_and_come_once():
    model = table("ic1_tasks").model
    assert [one["task_id"] for one in model.starters(lambda _: [])] == ["T1", "T2", "T3", "T4", "T5", "T6"]
    rows = model.starters(lambda _: [{"task_id": "T4", "task": "review the  policy"}, {"task_id": "own", "task": "Print signs"}])
    assert [one["task_id"] for one in rows] == ["T5", "T6", "T7", "T8", "T9"]
    assert "Review the policy" not in [one["task"] for one in rows]


def test_messages_name_the_row_the_matter_and_the_next_step():
    seat = {"member_id": "P1", "role_title": "Clerk", "department": "Clerk", "level": "Manager", "seat": "Chair", "hours_month": 0}
    assert messages("ic1_members", seat) == [
        "Row 1, Hours a month: No hours are planned, so this work would come on top of the job. Agree the hours with their supervisor and write them here."
    ]
    seat["hours_month"] = 2
    assert messages("ic1_members", seat, {**seat, "role_title": "Planner"}) == [
        "Row 2 has the same as row 1: “P1”. Each member needs a code of their own."
    ]
    assert messages("ic1_meetings", {"date": "2026-11-12", "invited": 5, "attended": 6}) == [
        "Row 1, Came: 6 came and 5 were invited. Count guests among the invited, or leave them out."
    ]


def test_the_groups_rules_are_held_against_each_other():
    rules = {
        "purpose": "The group decides what changes", "authority": "Advisory", "decision_rule": "Consent", "meets": "monthly",
        "sponsor_role": "Manager", "reports_to": "Board", "sponsor_signed_on": "2026-11-12", "review_date": "2026-11-01",
    }  # fmt: skip
    said = messages("ic1_group", rules)
    assert any("says “decides”, and the group only advises" in one for one in said)
    assert any("not after the day the sponsor signed" in one for one in said)
    assert any("no budget is written down" in one for one in messages("ic1_group", {**rules, "authority": "Decides within budget"}))
    assert messages("ic1_group", {**rules, "authority": "Decides policy", "review_date": "2027-05-15"}) == []


def test_every_prompt_is_asked_once_and_every_step_names_what_exists():
    asked = [name for step in IC1.guide.steps for name in step.prompts]
    assert sorted(asked) == sorted(one.id for one in IC1.guide.prompts)
    ids = {one.id for one in IC1.present(measure())}
    for step in IC1.guide.steps:
        assert set(step.findings) <= ids
        assert all(table(one).id == one for one in step.tables)
