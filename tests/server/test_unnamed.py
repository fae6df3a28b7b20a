"""Names, numbers and addresses of people stay out of the tables of people, typed and pasted alike."""

from __future__ import annotations

import pytest

from equitybook.server.unnamed import left_out, with_keys
from equitybook.store import Store
from equitybook.store.handle import ORDER, Edit

NAMES = ["Abbott", "Brian", "Maria", "Jennifer", "Robert", "Linda"]


@pytest.fixture
def maria(store: Store):
    return store.community("prairie-glen", author="maria")


def pasted(field, *values, table="hr1_roster", source="pasted"):
    return [Edit(table, f"r{at}", field, value, 0, key=f"{field}-{at}", source=source) for at, value in enumerate(values)]


def test_names_pasted_into_a_column_of_the_staff_list_are_left_out_and_the_others_stay(maria):
    edits = [
        *pasted("department", *NAMES),
        *pasted("job_title", "Patrol officer", "Clerk", "Planner", "Clerk", "Mechanic", "Clerk"),
    ]
    left = left_out(maria, edits)
    assert {key.split("-")[0] for key in left} == {"department"}
    assert len(left) == len(NAMES)
    assert "names of people, and nothing of it was kept" in next(iter(left.values()))


def test_one_name_alone_is_known_too(maria):
    assert left_out(maria, pasted("job_title", "Brian"))


def test_a_title_that_is_typed_is_nobodys_name_but_a_number_of_social_security_is(maria):
    assert left_out(maria, pasted("job_title", "Marshall", source="typed")) == {}
    assert "social security" in left_out(maria, pasted("job_title", "078-05-1120", source="typed"))["job_title-0"]
    assert left_out(maria, pasted("grade", "brian@town.example", source="typed"))


def test_a_move_takes_only_keys_of_the_staff_list(maria):
    maria.add_rows("hr1_roster", [{"emp_key": "k7q2", "department": "Police"}], replace=True, source="imported", batch="list")
    moves = pasted("emp_key", "k7q2", "14247", table="hr1_moves", source="typed")
    left = left_out(maria, moves)
    assert set(left) == {"emp_key-1"}
    assert "no key of your staff list" in left["emp_key-1"]


def test_other_tables_are_left_alone(maria):
    assert left_out(maria, pasted("who_role", *NAMES, table="pm1_requests")) == {}


def test_a_new_row_of_the_staff_list_gets_a_random_key_that_says_nothing():
    begun = [Edit("hr1_roster", row, ORDER, 1.0, 0, key=row) for row in ("one", "two")]
    keys = [edit.value for edit in with_keys(begun) if edit.field == "emp_key"]
    assert len(set(keys)) == 2
    assert [edit.field for edit in with_keys([Edit("hr1_grid", "one", ORDER, 1.0, 0, key="one")])] == [ORDER]
    assert [edit.field for edit in with_keys([Edit("hr1_roster", "one", ORDER, 2.0, 1, key="moved")])] == [ORDER]
