"""Imports and their undoing."""

from __future__ import annotations

import time

import pytest

from equitybook.errors import StoreError
from equitybook.store import Store
from equitybook.store.handle import DELETED, ORDER, Edit, Handle


@pytest.fixture
def maria(store: Store) -> Handle:
    return store.community("prairie-glen", author="maria")


def add(handle: Handle, rows, *, batch="b1", replace=False, table="hr1_roster", source="imported"):
    return handle.add_rows(table, rows, replace=replace, source=source, batch=batch)


def values(handle: Handle, table="hr1_roster"):
    return [record.values() for record in handle.read(table)]


def test_imported_rows_stand_in_the_order_of_the_file_after_those_that_were_there(maria):
    assert add(maria, [{"job_title": "Clerk"}, {"job_title": "Officer"}]) == 2
    assert add(maria, [{"job_title": "Planner"}], batch="b2") == 1
    assert values(maria) == [{"job_title": "Clerk"}, {"job_title": "Officer"}, {"job_title": "Planner"}]
    cell = maria.read("hr1_roster")[0].cells["job_title"]
    assert (cell.source, cell.author, cell.version) == ("imported", "maria", 1)


def test_empty_cells_are_left_out_but_zero_and_no_are_kept(maria):
    add(maria, [{"a": None, "b": "", "c": float("nan"), "d": 0, "e": False}])
    assert values(maria) == [{"d": 0, "e": False}]


def test_a_row_without_any_value_still_is_a_row(maria):
    assert add(maria, [{}, {"a": 1}]) == 2
    assert values(maria) == [{}, {"a": 1}]


def test_replacing_takes_the_old_rows_out_and_keeps_them_in_the_history(maria):
    add(maria, [{"a": 1}, {"a": 2}])
    assert add(maria, [{"a": 3}], batch="b2", replace=True) == 1
    assert values(maria) == [{"a": 3}]
    assert [change.value for change in maria.changes(field="a")] == [1, 2, 3]
    assert len(maria.changes(field=DELETED)) == 2


def test_replacing_some_rows_leaves_the_others_and_counts_their_versions_however_often_it_is_undone(maria):
    add(maria, [{"a": 1}, {"a": 2}, {"a": 3}])
    for batch in ("b2", "b3"):
        old = [record.id for record in maria.read("hr1_roster") if record.values()["a"] != 3]
        assert add(maria, [{"a": 10}, {"a": 20}], batch=batch, replace=old) == 2
        assert values(maria) == [{"a": 3}, {"a": 10}, {"a": 20}]
    maria.undo("b3")
    assert values(maria) == [{"a": 3}, {"a": 10}, {"a": 20}]
    old = [record.id for record in maria.read("hr1_roster") if record.values()["a"] != 3]
    add(maria, [{"a": 11}], batch="b4", replace=old)
    assert values(maria) == [{"a": 3}, {"a": 11}]


def test_replacing_touches_no_other_table(maria):
    add(maria, [{"a": 1}], table="hr1_flow")
    add(maria, [{"a": 2}], batch="b2", replace=True)
    assert values(maria, "hr1_flow") == [{"a": 1}]


def test_the_same_import_sent_twice_is_added_once(maria):
    assert add(maria, [{"a": 1}, {"a": 2}]) == 2
    seq = maria.last_seq()
    assert add(maria, [{"a": 1}, {"a": 2}]) == 2
    assert maria.last_seq() == seq
    assert len(values(maria)) == 2


def test_one_batch_may_fill_two_tables(maria):
    add(maria, [{"a": 1}], table="hr1_roster")
    add(maria, [{"a": 2}], table="hr1_moves")
    assert (values(maria), values(maria, "hr1_moves")) == ([{"a": 1}], [{"a": 2}])


def test_undoing_an_import_takes_its_rows_out_and_redoing_brings_them_back_again_and_again(maria):
    add(maria, [{"a": 1, "b": 2}, {"a": 3}])
    standing = values(maria)
    for _ in range(2):
        assert maria.undo("b1") > 0
        assert values(maria) == []
        assert maria.undo("undo:b1") == 2
        assert values(maria) == standing


def test_undoing_a_replacement_brings_the_old_rows_back(maria):
    add(maria, [{"a": 1}, {"a": 2}])
    add(maria, [{"a": 3}], batch="b2", replace=True)
    maria.undo("b2")
    assert values(maria) == [{"a": 1}, {"a": 2}]
    maria.undo("undo:b2")
    assert values(maria) == [{"a": 3}]


def test_undoing_twice_does_nothing_the_second_time(maria):
    add(maria, [{"a": 1}])
    assert maria.undo("b1") == 2  # the field and the row's place
    seq = maria.last_seq()
    assert maria.undo("b1") == 0
    assert maria.last_seq() == seq


def test_undoing_an_import_that_was_replaced_leaves_no_empty_rows_when_the_replacement_goes_too(maria):
    add(maria, [{"a": 1}, {"a": 2}])
    add(maria, [{"a": 3}], batch="b2", replace=True)
    assert maria.undo("b1") == 4
    maria.undo("b2")
    assert values(maria) == []
    maria.undo("undo:b1")
    maria.undo("undo:b2")
    assert values(maria) == [{"a": 3}]


def test_undoing_a_paste_into_a_row_that_was_there_keeps_the_row(maria):
    maria.write([Edit("t", "r", ORDER, 1.0, 0, "1")])
    maria.write([Edit("t", "r", "a", 5, 0, "2", "pasted", "p")])
    maria.undo("p")
    assert values(maria, "t") == [{"a": None}]


def test_undoing_a_paste_restores_each_field_to_what_it_was_as_a_new_version(maria):
    maria.write([Edit("t", "r", "kept", "old", 0, "1"), Edit("t", "r", "other", 9, 0, "2")])
    maria.write([Edit("t", "r", "kept", "pasted", 1, "3", "pasted", "p"), Edit("t", "r", "fresh", "pasted", 0, "4", "pasted", "p")])
    assert maria.undo("p") == 2
    (record,) = maria.read("t")
    assert record.values() == {"kept": "old", "other": 9, "fresh": None}
    assert (record.cells["kept"].version, record.cells["kept"].source) == (3, "typed")


def test_undo_leaves_alone_what_somebody_changed_since(store, maria):
    maria.write([Edit("t", "r", "a", 1, 0, "1"), Edit("t", "r", "b", 1, 0, "2")])
    maria.write([Edit("t", "r", "a", 2, 1, "3", "pasted", "p"), Edit("t", "r", "b", 2, 1, "4", "pasted", "p")])
    store.community("prairie-glen", author="ken").write([Edit("t", "r", "a", 3, 2, "5")])
    assert maria.undo("p") == 1
    assert maria.read("t")[0].values() == {"a": 3, "b": 1}


def test_undoing_an_import_keeps_a_row_somebody_has_typed_into_since(store, maria):
    add(maria, [{"a": 1}, {"a": 2}])
    kept = maria.read("hr1_roster")[0].id
    store.community("prairie-glen", author="ken").write([Edit("hr1_roster", kept, "note", "ours", 0, "k")])
    maria.undo("b1")
    assert [(record.id, record.values()) for record in maria.read("hr1_roster")] == [(kept, {"a": None, "note": "ours"})]


def test_undo_returns_to_the_other_persons_value_when_a_batch_wrote_twice(store, maria):
    ken = store.community("prairie-glen", author="ken")
    maria.write([Edit("t", "r", "a", 1, 0, "1", "pasted", "p")])
    ken.write([Edit("t", "r", "a", 2, 1, "2")])
    maria.write([Edit("t", "r", "a", 3, 2, "3", "pasted", "p")])
    maria.undo("p")
    assert maria.read("t")[0].values() == {"a": 2}


def test_undoing_a_deletion_brings_the_row_back(maria):
    add(maria, [{"a": 1}])
    row = maria.read("hr1_roster")[0].id
    maria.write([Edit("hr1_roster", row, DELETED, True, 0, "1", "typed", "away")])
    assert values(maria) == []
    maria.undo("away")
    assert values(maria) == [{"a": 1}]


def test_a_wish_that_lost_is_no_part_of_what_undo_restores(store, maria):
    ken = store.community("prairie-glen", author="ken")
    ken.write([Edit("t", "r", "a", 1, 0, "1")])
    maria.write([Edit("t", "r", "a", 2, 0, "2", "pasted", "p")])
    assert maria.undo("p") == 0
    assert maria.read("t")[0].values() == {"a": 1}


@pytest.mark.parametrize("rows", [[{ORDER: 1.0}], [{"_deleted": True}], [{"a\0": 1}], [{"": 1}]])
def test_an_import_cannot_write_the_stores_own_fields_or_unusable_names(maria, rows):
    with pytest.raises(StoreError, match="name"):
        add(maria, rows)
    assert maria.last_seq() == 0


def test_an_import_of_an_unknown_source_is_refused(maria):
    with pytest.raises(StoreError, match="no source"):
        add(maria, [{"a": 1}], source="guessed")


def test_a_value_that_cannot_be_kept_stops_the_whole_import(maria):
    add(maria, [{"a": 1}])
    with pytest.raises(StoreError):
        add(maria, [{"a": 2}, {"a": object()}], batch="b2", replace=True)
    assert values(maria) == [{"a": 1}]


def test_two_thousand_rows_of_twelve_fields_are_imported_in_a_second_and_a_half(sqlite_store):
    handle = sqlite_store.community("prairie-glen", author="maria")
    rows = [{f"field_{field}": f"value {row} {field}" if field % 2 else row * field for field in range(12)} for row in range(2000)]
    best = min(_seconds(lambda batch=batch: add(handle, rows, batch=batch, replace=True)) for batch in ("b1", "b2", "b3"))
    assert best < 1.5
    assert len(handle.read("hr1_roster")) == 2000
    assert _seconds(lambda: handle.undo("b3")) < 5
    assert handle.read("hr1_roster")[-1].cells["field_1"].value == "value 1999 1"


def _seconds(work) -> float:
    begun = time.process_time()  # of this process alone: another program on the machine must not decide
    work()
    return time.process_time() - begun
