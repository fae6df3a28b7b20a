"""Checking only what changed says exactly what checking everything says."""

from __future__ import annotations

import contextlib
import random

from equitybook.analysis import Answers
from equitybook.codebook.check import check_table
from equitybook.outcomes.registry import outcome, table
from equitybook.server.checked import CheckedTables
from equitybook.server.restoring import RESTORED, _restore, _tell
from equitybook.store import Store
from equitybook.store.handle import DELETED, ORDER, Edit

GRID = table("hr1_grid")
VALUES = {"department": ["Police", "Fire", None], "n": [21, "7.5", None, -3], "race": ["WHITE", "Martian"], ORDER: [1.0, 2.5, 0.5], DELETED: [True, False]}  # fmt: skip


def edit(rng: random.Random, number: int) -> Edit:
    name = rng.choice(sorted(VALUES))
    return Edit("hr1_grid", f"r{rng.randrange(6)}", name, rng.choice(VALUES[name]), expected=0, key=f"k{number}")


def afresh(store: Store):
    rows = store.community("prairie-glen", author="test").read("hr1_grid")
    return check_table(GRID, [(row.id, row.values()) for row in rows])


def test_after_any_edit_import_or_undo_the_messages_are_those_of_checking_afresh(sqlite_store: Store):
    rng = random.Random(20261122)
    handle = sqlite_store.community("prairie-glen", author="maria")
    checked = CheckedTables()
    for number in range(120):
        one = edit(rng, number)
        known = {(row.id, name): cell.version for row in handle.read("hr1_grid") for name, cell in row.cells.items()}
        handle.write([Edit(one.table, one.row, one.field, one.value, known.get((one.row, one.field), 0), one.key)])
        if number % 40 == 20:
            handle.add_rows(
                "hr1_grid", [{"n": 5}, {"department": "Parks"}], replace=number > 60, source="imported", batch=f"b{number}"
            )
        if number % 40 == 30:
            handle.undo(f"b{number - 10}")
        assert checked.messages(handle, GRID) == afresh(sqlite_store)
    assert afresh(sqlite_store), "the run ends with something to check"


def test_one_edit_of_a_long_table_checks_one_row(sqlite_store: Store, monkeypatch):
    handle = sqlite_store.community("prairie-glen", author="maria")
    handle.add_rows(
        "hr1_grid", [{"department": "Police", "n": at} for at in range(300)], replace=True, source="imported", batch="b"
    )
    checked = CheckedTables()
    checked.messages(handle, GRID)
    looked_at = []
    monkeypatch.setattr(type(handle), "read", lambda *_: looked_at.append("the whole table"))
    monkeypatch.setattr("equitybook.server.checked.check_row", lambda table, values: looked_at.append(values) or None)
    handle.write([Edit("hr1_grid", "new", ORDER, 301.0, 0, "o"), Edit("hr1_grid", "new", "n", 7, 0, "k")])
    with contextlib.suppress(AttributeError):  # the row's check was taken away above
        checked.messages(handle, GRID)
    assert looked_at == [{"n": 7}]


def test_what_is_written_into_a_row_taken_out_before_makes_no_row_of_it(sqlite_store: Store):
    handle = sqlite_store.community("prairie-glen", author="maria")
    handle.add_rows("hr1_grid", [{"n": 1}, {"n": 2}], replace=True, source="imported", batch="b")
    gone = handle.read("hr1_grid")[0]
    handle.write([Edit("hr1_grid", gone.id, DELETED, value=True, expected=gone.system.get(DELETED, 0), key="d")])
    checked = CheckedTables()
    assert gone.id not in checked.rows(handle, GRID)
    handle.write([Edit("hr1_grid", gone.id, "n", "7.5", gone.cells["n"].version, "late")])
    assert gone.id not in checked.rows(handle, GRID)
    assert checked.messages(handle, GRID) == afresh(sqlite_store)


def test_a_restored_point_is_the_table_as_it_was_and_can_be_undone(sqlite_store: Store):
    handle = sqlite_store.community("prairie-glen", author="maria")
    handle.add_rows(
        "hr1_grid", [{"department": "Police", "n": 21}, {"department": "Fire", "n": 4}], replace=True, source="imported", batch="b"
    )
    point = handle.last_seq()
    first, second = handle.read("hr1_grid")
    handle.write([
        Edit("hr1_grid", first.id, "n", 35, 1, "k1"), Edit("hr1_grid", first.id, "race", "WHITE", 0, "k2"),
        Edit("hr1_grid", second.id, DELETED, True, 0, "k3"), Edit("hr1_grid", "new", "n", 9, 0, "k4"),
    ])  # fmt: skip
    answer = _restore(handle, GRID, point)
    assert [row.values() for row in handle.read("hr1_grid")] == [
        {"department": "Police", "n": 21, "race": None},
        {"department": "Fire", "n": 4},
    ]
    told = _tell(handle, GRID)["points"]
    assert [(one["reason"], one["cells"], one["added"], one["removed"]) for one in told] == [
        (RESTORED, 2, 1, 1), ("", 3, 1, 1), ("", 4, 2, 0),
    ]  # fmt: skip
    handle.undo(answer["batch"])
    assert [row.values().get("n") for row in handle.read("hr1_grid")] == [9, 35]


def test_a_value_is_held_against_its_measures_unit_on_the_page_and_after_an_edit(sqlite_store: Store):
    handle = sqlite_store.community("prairie-glen", author="maria")
    handle.add_rows("measures", [{"measure_id": "M1", "unit": "pct"}], replace=False, source="typed", batch="m")
    value = {
        "measure_id": "M1",
        "period_start": "2025-07-01",
        "period_end": "2026-06-30",
        "group": "ALL",
        "numerator": 30,
        "denominator": 20,
    }
    handle.add_rows("pm2_values", [value], replace=False, source="typed", batch="v")
    said = "Row 1: 30 are counted out of 20. A percentage counts no more than it is out of."
    assert said in [one.text for one in CheckedTables().messages(handle, table("pm2_values"))]
    assert said in [one.text for one in Answers.read(handle, outcome("PM2")).messages()["pm2_values"]]
