"""Who does what: the rules of a table of letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.codebook.check import check_table
from equitybook.flags import Flag
from equitybook.outcomes import table
from equitybook.outcomes.internal_communications.working_group.rasci import (
    accountable,
    carries_too_much,
    responsible,
    task_problems,
)
from tests.outcomes.working_group.group import letters, measure, say


@pytest.mark.parametrize(
    ("codes", "errors", "warnings"),
    [
        ("A R", [], []),
        ("AR", [], []),
        ("AR R C I", [], []),
        ("R R", ["nobody is accountable yet"], []),
        ("A A R", ["2 people are accountable"], []),
        ("A AR", ["2 people are accountable"], []),
        ("A C", ["nobody is responsible yet"], []),
        ("C I", ["nobody is accountable yet", "nobody is responsible yet"], []),
        ("I I I", ["everybody is only informed"], []),
        ("", ["no letter yet"], []),
        ("A R R R", [], ["3 people are responsible"]),
        ("AR R R", [], ["3 people are responsible"]),
        ("A R R", [], []),
    ],
)
def test_a_task_has_exactly_one_to_answer_for_it_and_somebody_to_do_it(codes, errors, warnings):
    found = task_problems(codes.split())
    assert [one.startswith(said) for one, said in zip(found.errors, errors, strict=True)] == [True] * len(errors)
    assert [one.startswith(said) for one, said in zip(found.warnings, warnings, strict=True)] == [True] * len(warnings)


@given(st.lists(st.sampled_from(["R", "A", "S", "C", "I", "AR"]), min_size=1, max_size=9))
def test_a_task_is_in_order_just_when_the_letters_add_up_whatever_their_order(codes):
    assert task_problems(codes).errors == task_problems(codes[::-1]).errors
    assert (not task_problems(codes).errors) == (accountable(codes) == 1 and responsible(codes) >= 1)


@pytest.mark.parametrize(
    ("count", "tasks", "much"),
    [
        (2, 5, False),
        (3, 5, True),
        (2, 6, False),
        (3, 6, True),
        (4, 10, False),
        (5, 13, False),
        (6, 100, True),
        (1, 1, False),
        (1, 2, False),
        (2, 2, True),
    ],
)
def test_over_five_or_over_forty_percent_is_too_much_for_one_and_exactly_forty_is_not(count, tasks, much):
    assert carries_too_much(["A"] * count + ["R"], tasks) is much


def test_the_grid_says_per_task_what_to_look_at():
    found = say(**letters(T1="A R -", T2="A A R", T3="I I I", T4="- - -"))["IC1.rasci"]
    assert found.sentence == "3 of 4 tasks need another look: each needs one person who answers for it and somebody who does it."
    assert found.table.columns == ("Task", "Role 1", "Role 2", "Role 3", "To look at")
    assert found.table.rows[0] == ("Task T1", "A", "R", "", "In order")
    assert found.table.rows[1][-1].startswith("2 people are accountable.")
    assert found.table.rows[3] == ("Task T4", "", "", "", "No letter yet.")
    [flag] = found.flags
    assert flag.flag is Flag.DATA_QUALITY
    assert flag.value == 3
    assert "Task T2: 2 people are accountable" in flag.reason


def test_a_grid_in_order_is_clear_and_still_tells_who_carries_too_much_and_who_has_no_part():
    found = say(**letters(T1="AR R - -", T2="AR R - -", T3="C AR R -"))["IC1.rasci"]
    assert found.flags == ()
    assert found.sentence == "Each of the 3 tasks has one person who answers for it and somebody who does it."
    assert found.notices == (
        "Role 1 answers for more than five tasks, or for over 40 percent of them. Who could take one over?",
        "No part in any task yet: Role 4.",
    )


def test_letters_for_what_is_no_longer_listed_are_told_and_not_counted():
    given_letters = letters(T1="A R")
    given_letters["ic1_rasci"].append({"task_id": "T9", "member_id": "P1", "code": "A"})
    found = say(**given_letters)["IC1.rasci"]
    assert found.flags == ()
    assert "1 letter for tasks or members that are no longer listed; not counted." in found.notices


def test_a_pair_with_two_letters_is_not_in_order():
    given_letters = letters(T1="A R")
    given_letters["ic1_rasci"].append({"task_id": "T1", "member_id": "P2", "code": "S"})
    found = say(**given_letters)["IC1.rasci"]
    assert [flag.reason for flag in found.flags] == ["1 pair of task and member has two letters; the first is shown."]


@pytest.mark.parametrize("missing", ["ic1_members", "ic1_tasks", "ic1_rasci"])
def test_without_members_tasks_or_letters_there_is_a_word_what_to_do_and_no_error(missing):
    found = say(**{**letters(T1="A R"), missing: []})["IC1.rasci"]
    assert found.empty
    assert found.flags == ()
    assert measure(**{**letters(T1="A R"), missing: []}).facts["letters"]["letters"] == 0


def test_the_table_itself_says_so_beside_the_first_letter_of_a_task():
    rows = [
        ("a", {"task_id": "T1", "member_id": "P1", "code": "R"}),
        ("b", {"task_id": "T1", "member_id": "P2", "code": None}),
        ("c", {"task_id": "T2", "member_id": "P1", "code": "AR"}),
        ("d", {"task_id": "T2", "member_id": "P1", "code": "C"}),
    ]
    assert [(one.row, one.field, one.text) for one in check_table(table("ic1_rasci"), rows)] == [
        ("a", "code", "Task T1: nobody is accountable yet. Choose one A."),
        ("c", "code", "Task T2: P1 has two letters. Keep one; “accountable and responsible” is AR."),
    ]
