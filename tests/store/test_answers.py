"""Writing and reading fields: versions, conflicts, replays, order, deletion, history."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from equitybook.errors import StoreError
from equitybook.store import Store
from equitybook.store.handle import DELETED, ORDER, Edit, Handle
from equitybook.store.history import whole_history


def edit(value, expected=0, *, key="", row="r1", field="n", table="hr1_grid", **more):
    return Edit(table, row, field, value, expected, key, **more)


@pytest.fixture
def maria(store: Store) -> Handle:
    return store.community("prairie-glen", author="maria")


@pytest.fixture
def ken(store: Store) -> Handle:
    return store.community("prairie-glen", author="ken")


def value_of(handle: Handle, row="r1", field="n", table="hr1_grid"):
    return {record.id: record.values() for record in handle.read(table)}[row][field]


def test_a_first_write_becomes_version_one_with_its_author_and_moment(maria):
    before = dt.datetime.now(dt.UTC)
    (receipt,) = maria.write([edit(21, key="k1", source="pasted", batch="b", reason="recount")])
    assert receipt.status == "saved"
    (record,) = maria.read("hr1_grid")
    cell = record.cells["n"]
    assert (cell.value, cell.version, cell.author, cell.source) == (21, 1, "maria", "pasted")
    assert before <= cell.at <= dt.datetime.now(dt.UTC)
    assert cell.at.utcoffset() == dt.timedelta(0)
    (change,) = maria.changes()
    assert change == receipt.change
    assert (change.seq, change.batch, change.reason) == (1, "b", "recount")


def test_a_stale_write_is_a_conflict_that_names_who_came_first_and_keeps_both_values(maria, ken):
    maria.write([edit(21, key="m1")])
    ken.write([edit(22, 1, key="k1")])
    (receipt,) = maria.write([edit(23, 1, key="m2")])
    assert receipt.status == "conflict"
    assert (receipt.change.value, receipt.change.version, receipt.change.author) == (22, 2, "ken")
    assert receipt.mine == 23
    assert value_of(maria) == 22
    assert [(change.value, change.version, change.status) for change in maria.changes(wishes=True)] == [
        (21, 1, "saved"),
        (22, 2, "saved"),
        (23, 0, "conflict"),
    ]
    assert [change.value for change in maria.changes()] == [21, 22]


def test_a_conflict_is_settled_by_writing_again_over_the_version_it_named(maria, ken):
    maria.write([edit(21, key="m1")])
    (lost,) = ken.write([edit(22, 0, key="k1")])
    (settled,) = ken.write([edit(lost.mine, lost.change.version, key="k2")])
    assert settled.status == "saved"
    assert value_of(maria) == 22


def test_two_people_who_write_the_same_value_have_no_conflict(maria, ken):
    maria.write([edit(21, key="m1")])
    (receipt,) = ken.write([edit(21, 0, key="k1")])
    assert receipt.status == "saved"
    assert (receipt.change.version, receipt.change.author) == (2, "ken")


@pytest.mark.parametrize(("first", "second"), [(1, True), (0, False), (1, "1"), (None, ""), (0, None)])
def test_values_that_only_look_equal_still_conflict(maria, ken, first, second):
    maria.write([edit(first, key="m1")])
    (receipt,) = ken.write([edit(second, 0, key="k1")])
    assert receipt.status == "conflict"


def test_a_version_this_store_never_gave_out_is_a_conflict_with_nothing(maria):
    (receipt,) = maria.write([edit(5, 7, key="m1")])
    assert receipt.status == "conflict"
    assert (receipt.change.version, receipt.change.seq, receipt.change.value) == (0, 0, None)
    assert receipt.mine == 5
    assert maria.read("hr1_grid") == ()
    assert maria.write([edit(5, 7, key="m1")]) == (receipt,)


def test_a_replayed_edit_returns_the_same_receipt_and_is_stored_once(maria, ken):
    sent = [edit(21, key="m1"), edit(5, field="other", key="m2")]
    first = maria.write(sent)
    ken.write([edit(99, 1, key="k1")])
    assert maria.write(sent) == first
    assert value_of(maria) == 99
    assert maria.last_seq() == 3


def test_a_replayed_conflict_returns_the_change_it_lost_to_even_after_later_ones(maria, ken):
    maria.write([edit(21, key="m1")])
    first = ken.write([edit(22, 0, key="k1")])
    maria.write([edit(23, 1, key="m2")])
    assert ken.write([edit(22, 0, key="k1")]) == first
    assert first[0].change.value == 21


def test_the_same_key_twice_in_one_call_is_stored_once(maria):
    first, second = maria.write([edit(21, key="m1"), edit(21, key="m1")])
    assert first == second
    assert maria.last_seq() == 1


def test_edits_of_one_field_in_one_call_follow_each_other(maria):
    first, stale, next_one = maria.write([edit("a", 0, key="1"), edit("b", 0, key="2"), edit("c", 1, key="3")])
    assert [first.status, stale.status, next_one.status] == ["saved", "conflict", "saved"]
    assert stale.change == first.change
    assert value_of(maria) == "c"


def test_a_key_used_for_another_field_is_refused_and_nothing_of_the_call_is_saved(maria):
    maria.write([edit(21, key="m1")])
    with pytest.raises(StoreError, match=r"'m1' was used before, for hr1_grid/r1/n"):
        maria.write([edit(1, field="fresh", key="m2"), edit(22, field="other", key="m1")])
    assert maria.last_seq() == 1


def test_edits_without_a_key_are_each_stored(maria):
    maria.write([edit(1), edit(2, 1)])
    maria.write([edit(3, 2)])
    assert [change.value for change in maria.changes()] == [1, 2, 3]


def test_the_same_key_in_another_community_is_another_edit(store, maria):
    maria.write([edit(21, key="k")])
    other = store.community("oak-bluff", author="otis")
    (receipt,) = other.write([edit(7, key="k")])
    assert (receipt.status, receipt.change.value, receipt.change.seq) == ("saved", 7, 1)


def test_one_community_sees_nothing_of_another(store, maria):
    maria.write([edit(21, key="k", batch="b")])
    other = store.community("oak-bluff", author="otis")
    assert other.read("hr1_grid") == ()
    assert other.changes() == ()
    assert other.last_seq() == 0
    assert other.undo("b") == 0


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        0,
        -3,
        2**60,
        0.1,
        1e300,
        True,
        "Ñuñoa – 北京 🏙",
        "a\0b",
        "\ud800",
        ["A", "B"],
        {"code": 1, "note": None},
        "x" * 50_000,
    ],
)
def test_any_json_value_comes_back_as_it_was(maria, value):
    (receipt,) = maria.write([edit(value, key="k")])
    assert receipt.change.value == value
    assert type(value_of(maria)) is type(value)
    assert value_of(maria) == value


def test_not_a_number_is_kept_as_empty_and_a_date_as_its_iso_text(maria):
    maria.write([edit(math.nan, field="gap"), edit(dt.date(2026, 6, 30), field="day")])
    assert (value_of(maria, field="gap"), value_of(maria, field="day")) == (None, "2026-06-30")


@pytest.mark.parametrize("value", [math.inf, object(), "x" * 1_000_001])
def test_a_value_that_cannot_be_kept_is_refused_in_words(maria, value):
    with pytest.raises(StoreError, match=r"Keep text|Put it into a file"):
        maria.write([edit(value)])


@pytest.mark.parametrize(
    "wrong", [{"table": ""}, {"row": "a\0"}, {"field": "x" * 121}, {"key": "a\nb"}, {"batch": "\x07"}, {"source": "guessed"}]
)
def test_names_no_database_should_see_are_refused(maria, wrong):
    with pytest.raises(StoreError):
        maria.write([edit(1, **wrong)])
    assert maria.last_seq() == 0


def test_a_name_of_120_wide_characters_fits_both_databases(maria):
    wide = "漢" * 120
    maria.write([edit(1, table=wide, row=wide, field=wide, key=wide, batch=wide)])
    assert maria.read(wide)[0].cells[wide].value == 1


def test_rows_come_in_their_order_and_then_by_id(maria):
    places = {"b": 2.0, "a": 2.0, "c": 1.5}
    maria.write([edit(place, row=row, field=ORDER) for row, place in places.items()])
    maria.write([edit("Police", row="z", field="department")])
    assert [(record.id, record.order) for record in maria.read("hr1_grid")] == [("z", 0.0), ("c", 1.5), ("a", 2.0), ("b", 2.0)]
    assert all(not name.startswith("_") for record in maria.read("hr1_grid") for name in record.cells)


def test_a_deleted_row_is_gone_from_view_and_comes_back_with_its_cells(maria):
    maria.write([edit(21, key="1"), edit(True, field=DELETED, key="2")])
    assert maria.read("hr1_grid") == ()
    maria.write([edit(False, 1, field=DELETED, key="3")])
    assert value_of(maria) == 21


def test_history_narrows_to_a_table_a_row_or_a_field_and_starts_after_a_number(maria):
    maria.write(
        [edit(1, row=row, field=field, table=table) for table in ("t1", "t2") for row in ("r1", "r2") for field in ("f1", "f2")]
    )
    assert [change.seq for change in maria.changes(after=6)] == [7, 8]
    assert [change.seq for change in maria.changes(table="t1")] == [1, 2, 3, 4]
    assert [change.seq for change in maria.changes(table="t2", row="r1", field="f2")] == [6]
    assert [change.seq for change in maria.changes(limit=3)] == [1, 2, 3]


def test_nothing_written_returns_nothing(maria):
    assert maria.write([]) == ()
    assert maria.last_seq() == 0


def test_edits_written_together_are_all_saved_in_one_step_whatever_tables_they_are_in(maria):
    receipts = maria.write([edit(1, row="old"), edit(2, row="new"), edit(3, table="measures")], together=True)
    assert [receipt.status for receipt in receipts] == ["saved"] * 3
    assert [change.value for change in maria.changes()] == [1, 2, 3]


def test_of_edits_written_together_none_is_saved_where_one_is_stale(maria, ken):
    ken.write([edit(21, key="k1")])
    (stale,) = maria.write([edit(1, row="new", key="m1"), edit(22, 0, key="m2"), edit(2, row="other", key="m3")], together=True)
    assert (stale.status, stale.mine, stale.change.author) == ("conflict", 22, "ken")
    assert [change.value for change in maria.changes(wishes=True)] == [21], "neither the other edits nor the wish that lost"
    assert maria.last_seq() == 1
    (saved, *_) = maria.write([edit(1, row="new", key="m1"), edit(22, 1, key="m2"), edit(2, row="other", key="m3")], together=True)
    assert saved.status == "saved", "the keys are free for another try"


def test_a_history_longer_than_one_answer_is_told_to_its_end(maria):
    maria.write([edit(number, row=f"r{number}", key=f"k{number}") for number in range(7)])
    maria.write([edit("Police", field="department")])
    assert [change.value for change in whole_history(maria, "hr1_grid", field="n", portion=3)] == [*range(7)]
    assert len(list(whole_history(maria, "hr1_grid", portion=4))) == 8
    assert list(whole_history(maria, "measures")) == []
