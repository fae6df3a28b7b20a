"""Codes of numbered rows are never used twice: the highest ever given, and codes that were another row's."""

from __future__ import annotations

import secrets

import pytest

from equitybook.outcomes import table
from equitybook.server.codes import highest_codes, reused_codes
from equitybook.store import Store
from equitybook.store.handle import DELETED, Edit, Handle

MEASURES = table("measures")


@pytest.fixture
def town(store: Store) -> Handle:
    return store.community("prairie-glen", author="maria")


def add(town: Handle, *rows: dict[str, object], replace: bool = False) -> None:
    town.add_rows("measures", rows, replace=replace, source="pasted", batch=secrets.token_hex(6))


def delete(town: Handle, code: str) -> None:
    row = next(one for one in town.read("measures") if one.values().get("measure_id") == code)
    town.write([Edit("measures", row.id, DELETED, True, row.system.get(DELETED, 0), secrets.token_hex(6))])


def rename(town: Handle, field: str, old: str, new: str) -> None:
    row = next(one for one in town.read("measures") if one.values().get(field) == old)
    town.write([Edit("measures", row.id, field, new, row.cells[field].version, secrets.token_hex(6))])


def marks(town: Handle) -> list[str]:
    rows = [(one.id, one.values()) for one in town.read("measures")]
    return [one.text for one in reused_codes(town, MEASURES, rows)]


CALLS, DAYS, VISITS = (
    {"measure_id": f"M{at}", "name": name} for at, name in enumerate(("Calls answered", "Days", "Visits"), start=1)
)


def test_the_highest_code_counts_deleted_rows_and_codes_that_were_changed(town):
    assert highest_codes(town, MEASURES) == {"measure_id": 0}
    add(town, CALLS, DAYS, VISITS, {"measure_id": "Mine"}, {"measure_id": "M2b"})
    delete(town, "M3")
    assert highest_codes(town, MEASURES) == {"measure_id": 3}
    rename(town, "measure_id", "M2", "M7")
    rename(town, "measure_id", "M7", "M2")
    assert highest_codes(town, MEASURES) == {"measure_id": 7}
    assert highest_codes(town, table("risks")) == {}


def test_a_code_that_was_another_rows_is_marked_with_a_free_one(town):
    add(town, CALLS, VISITS)
    delete(town, "M3")
    assert marks(town) == []
    add(town, {"measure_id": "M3", "name": "Forms translated"})
    [text] = marks(town)
    assert text.startswith("Row 2, Code: M3 was the code of “Visits”, which is deleted.")
    assert "for example M4" in text
    rename(town, "measure_id", "M3", "M4")
    assert marks(town) == []


def test_the_same_thing_entered_again_is_not_marked(town):
    add(town, CALLS, VISITS)
    delete(town, "M3")
    add(town, {"measure_id": "M3", "name": "visits "})
    assert marks(town) == []


def test_a_file_that_takes_the_place_of_a_table_may_word_its_rows_anew(town):
    add(town, CALLS, DAYS)
    add(town, CALLS, {**DAYS, "name": "Days to a permit"}, replace=True)
    assert marks(town) == []
    delete(town, "M2")
    add(town, {"measure_id": "M2", "name": "Forms translated"})
    assert len(marks(town)) == 1


def test_a_row_that_was_deleted_before_it_had_a_name_was_nothing(town):
    add(town, {"measure_id": "M1"})
    delete(town, "M1")
    add(town, CALLS)
    assert marks(town) == []


def test_a_code_a_deleted_row_had_given_up_before_is_free(town):
    add(town, CALLS, VISITS)
    rename(town, "measure_id", "M3", "M5")
    delete(town, "M5")
    add(town, {"measure_id": "M3", "name": "Forms translated"})
    assert marks(town) == []
