"""The heads equal the history, the history cannot be rewritten, and the counter leaves no gaps."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from equitybook.store import Store
from equitybook.store.handle import Edit


def engine_of(store: Store):
    """Straight to the database, past the store, as somebody with a database tool would go."""
    return store._database.engine


def rows(store: Store, table: str) -> list[tuple]:
    with engine_of(store).connect() as connection:
        return sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}")))


def fill(store: Store) -> None:
    maria = store.community("prairie-glen", author="maria")
    ken = store.community("prairie-glen", author="ken")
    maria.add_rows("t", [{"a": n, "b": str(n)} for n in range(20)], replace=False, source="imported", batch="one")
    ken.write([Edit("t", record.id, "a", -1, 1, f"k{record.id}") for record in ken.read("t")[:7]])
    maria.write([Edit("t", record.id, "a", -2, 1, f"m{record.id}") for record in maria.read("t")[:9]])
    maria.add_rows("t", [{"a": 99}], replace=True, source="imported", batch="two")
    maria.undo("two")
    store.community("oak-bluff", author="otis").write([Edit("t", "r", "a", n, n, f"o{n}") for n in range(5)])


def test_heads_made_again_from_the_history_equal_the_heads_kept_while_writing(store):
    fill(store)
    kept = rows(store, "answer_heads")
    assert store.rebuild_heads() == len(kept) > 60
    assert rows(store, "answer_heads") == kept


def test_rebuilding_repairs_heads_that_were_tampered_with(store):
    fill(store)
    kept = rows(store, "answer_heads")
    with engine_of(store).begin() as connection:
        connection.execute(text("UPDATE answer_heads SET value = '7', version = 40 WHERE field = 'a'"))
        connection.execute(text("DELETE FROM answer_heads WHERE field = 'b'"))
    store.rebuild_heads()
    assert rows(store, "answer_heads") == kept


def test_sequence_numbers_have_no_gaps_and_end_at_the_counter(store):
    fill(store)
    for slug in ("prairie-glen", "oak-bluff"):
        handle = store.community(slug, author="maria")
        assert [change.seq for change in handle.changes(wishes=True, limit=10_000)] == list(range(1, handle.last_seq() + 1))


def test_a_refused_write_uses_up_no_number(store):
    maria = store.community("prairie-glen", author="maria")
    maria.write([Edit("t", "r", "a", 1, 0, "k")])
    with pytest.raises(Exception, match="used before"):
        maria.write([Edit("t", "r", "b", 1, 0, "x"), Edit("t", "r", "c", 1, 0, "k")])
    (receipt,) = maria.write([Edit("t", "r", "b", 2, 0, "y")])
    assert receipt.change.seq == 2


@pytest.mark.parametrize("statement", ["UPDATE answer_history SET value = '0'", "DELETE FROM answer_history"])
def test_the_database_itself_refuses_to_rewrite_the_history(store, statement):
    fill(store)
    before = rows(store, "answer_history")
    with pytest.raises(DBAPIError, match="append-only"), engine_of(store).begin() as connection:
        connection.execute(text(statement))
    assert rows(store, "answer_history") == before


def test_sqlites_insert_or_replace_cannot_rewrite_the_history_either(sqlite_store, tmp_path):
    fill(sqlite_store)
    # A connection of its own, without the store's settings: what `sqlite3 equitybook.sqlite` would be.
    bare = create_engine(f"sqlite:///{tmp_path / 'equitybook.sqlite'}")
    copy = "INSERT OR REPLACE INTO answer_history SELECT * FROM answer_history WHERE community = 'oak-bluff' AND seq = 1"
    with pytest.raises(DBAPIError, match="append-only"), bare.begin() as connection:
        connection.execute(text(copy))


@pytest.mark.slow
def test_postgresqls_truncate_cannot_empty_the_history(postgresql_server, postgresql_template, tmp_path):
    with (
        postgresql_server.database(template=postgresql_template) as name,
        Store.open(postgresql_server.url(name), files=tmp_path) as store,
    ):
        fill(store)
        with pytest.raises(DBAPIError, match="append-only"), engine_of(store).begin() as connection:
            connection.execute(text("TRUNCATE answer_history"))
