"""Opening, setting up, and every way in which it can fail, in words."""

from __future__ import annotations

import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from equitybook.errors import StoreError
from equitybook.store import Store
from equitybook.store.file_systems import network_share, read_mounts
from equitybook.store.handle import Edit
from equitybook.store.migrate import _scripts
from equitybook.store.schema import LATEST, metadata


def opened(url: str, tmp_path: Path, **more) -> Store:
    return Store.open(url, files=tmp_path / "files", **more)


def test_a_new_database_has_everything_pending_and_nothing_afterwards(database_url, tmp_path):
    with opened(database_url, tmp_path) as store:
        assert store.pending() == ("0001",)
        assert store.migrate() == ("0001",)
        assert (store.pending(), store.migrate()) == ((), ())


def test_asking_what_is_pending_writes_nothing(database_url, tmp_path):
    with opened(database_url, tmp_path) as store:
        store.pending()
        assert inspect(store._database.engine).get_table_names() == []


def test_the_migrations_make_exactly_the_tables_the_program_uses(database_url, tmp_path):
    with opened(database_url, tmp_path) as store:
        store.migrate()
        with store._database.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_program_knows_its_newest_migration():
    assert _scripts().get_heads() == [LATEST]


def test_programs_that_set_up_the_same_new_store_at_once_do_it_once(database_url, tmp_path):
    barrier = threading.Barrier(4)

    def start(_) -> tuple[str, ...]:
        with opened(database_url, tmp_path) as store:
            barrier.wait()
            ran = store.migrate()
            store.community("prairie-glen", author="maria").write([Edit("t", "r", "f", 1, 0, "")])
            return ran

    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(start, range(4)))
    assert sorted(ran) == [(), (), (), ("0001",)]


def test_a_store_that_is_not_set_up_says_so_instead_of_failing_later(database_url, tmp_path):
    with (
        opened(database_url, tmp_path) as store,
        pytest.raises(StoreError, match=r"not set up for this version yet \(1 step to do\)"),
    ):
        store.community("prairie-glen", author="maria")


def test_a_store_of_a_newer_program_is_left_alone(database_url, tmp_path):
    with opened(database_url, tmp_path) as store:
        store.migrate()
    with opened(database_url, tmp_path) as store:
        with store._database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for refused in (store.pending, store.migrate, lambda: store.community("a", author="b"), store.rebuild_heads):
            with pytest.raises(StoreError, match="written by a newer Equitybook"):
                refused()


def test_what_is_saved_is_there_when_the_store_is_opened_again(database_url, tmp_path):
    with opened(database_url, tmp_path) as store:
        store.migrate()
        store.community("prairie-glen", author="maria").write([Edit("t", "r", "f", "kept", 0, "k")])
    with opened(database_url, tmp_path) as store:
        assert store.community("prairie-glen", author="ken").read("t")[0].values() == {"f": "kept"}


def test_a_cohorts_store_lies_in_its_folder_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("EQUITYBOOK_DATABASE_URL", raising=False)
    folder = tmp_path / "a cohort? #1 %41"  # characters an address must not trip over
    folder.mkdir()
    with Store.of(folder) as store:
        store.migrate()
        store.community("prairie-glen", author="maria").write([Edit("t", "r", "f", 1, 0, "k")])
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes["equitybook.sqlite"] == 0o600
    assert set(modes.values()) == {0o600}


def test_the_environment_may_name_another_database_and_an_argument_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("EQUITYBOOK_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    assert "elsewhere.sqlite" in repr(Store.of(tmp_path))
    assert "argument.sqlite" in repr(Store.of(tmp_path, f"sqlite:///{tmp_path / 'argument.sqlite'}"))


def test_sqlite_waits_writes_ahead_syncs_fully_and_checks_keys(sqlite_store):
    with sqlite_store._database.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "busy_timeout": 10_000, "synchronous": 2, "foreign_keys": 1}


def test_a_writer_who_never_lets_go_is_an_error_in_words_and_reading_goes_on(tmp_path):
    url = f"sqlite:///{tmp_path / 'equitybook.sqlite'}"
    with opened(url, tmp_path, patience=0.2) as store:
        store.migrate()
        maria = store.community("prairie-glen", author="maria")
        maria.write([Edit("t", "r", "f", 1, 0, "k")])
        other = sqlite3.connect(tmp_path / "equitybook.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            maria.write([Edit("t", "r", "f", 2, 1, "k2")])
        assert maria.read("t")[0].values() == {"f": 1}
        other.execute("ROLLBACK")
        other.close()
        assert maria.write([Edit("t", "r", "f", 2, 1, "k2")])[0].status == "saved"


@pytest.mark.slow
def test_a_writer_who_never_lets_go_is_an_error_in_words_on_postgresql_too(postgresql_server, postgresql_template, tmp_path):
    database = postgresql_server.database(template=postgresql_template)
    with database as name, opened(postgresql_server.url(name), tmp_path, patience=0.2) as store:
        maria = store.community("prairie-glen", author="maria")
        maria.write([Edit("t", "r", "f", 1, 0, "k")])
        with store._database.engine.begin() as other:
            other.execute(text("SELECT * FROM communities FOR UPDATE"))
            with pytest.raises(StoreError, match="in use by another program"):
                maria.write([Edit("t", "r", "f", 2, 1, "k2")])
            store.community("oak-bluff", author="otis").write([Edit("t", "r", "f", 1, 0, "k")])


@pytest.mark.slow
def test_a_database_server_that_was_restarted_is_found_again(postgresql_server, postgresql_template, tmp_path):
    with postgresql_server.database(template=postgresql_template) as name, opened(postgresql_server.url(name), tmp_path) as store:
        maria = store.community("prairie-glen", author="maria")
        maria.write([Edit("t", "r", "f", 1, 0, "k")])
        postgresql_server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        assert maria.read("t")[0].values() == {"f": 1}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("not an address", "cannot be read"),
        ("mysql://host/name", "SQLite or PostgreSQL, not in 'mysql'"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////nowhere/at/all/equitybook.sqlite", "does not exist"),
        ("sqlite://///server/share/equitybook.sqlite", "does not exist|network share"),
    ],
)
def test_an_address_that_cannot_work_is_refused_in_words(tmp_path, url, words):
    with pytest.raises(StoreError, match=words):
        opened(url, tmp_path)


def test_an_unreachable_server_is_named_without_its_password(tmp_path):
    store = opened("postgresql://maria:geheim@127.0.0.1:1/cohort", tmp_path)
    with pytest.raises(StoreError, match=r"127\.0\.0\.1/cohort cannot be reached") as caught:
        store.pending()
    assert "geheim" not in str(caught.value) + repr(store)


@pytest.mark.slow
def test_a_database_that_is_not_there_is_said_not_to_be_there(postgresql_server, tmp_path):
    with pytest.raises(StoreError, match="not there or not set up"):
        opened(postgresql_server.url("missing"), tmp_path).pending()


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path):
    path = tmp_path / "equitybook.sqlite"
    path.write_bytes(b"hire date,race\n" * 200)
    with pytest.raises(StoreError, match="holds something else"):
        opened(f"sqlite:///{path}", tmp_path).migrate()
    assert path.read_bytes() == b"hire date,race\n" * 200


def test_a_table_that_is_missing_is_said_not_to_be_set_up(tmp_path, sqlite_store):
    maria = sqlite_store.community("prairie-glen", author="maria")
    bare = create_engine(f"sqlite:///{tmp_path / 'equitybook.sqlite'}")
    with bare.begin() as connection:
        connection.execute(text("DROP TABLE answer_heads"))
    with pytest.raises(StoreError, match="not set up yet"):
        maria.read("t")


@pytest.mark.parametrize("slug", ["", "a\0b", "x" * 121])
def test_a_community_needs_a_usable_name(sqlite_store, slug):
    with pytest.raises(StoreError, match="community name"):
        sqlite_store.community(slug, author="maria")


MOUNTS = r"""
22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
31 22 0:28 / /home rw,relatime shared:9 - nfs4 files.town.gov:/home rw
32 31 254:2 / /home/local rw - xfs /dev/vdb rw
33 22 0:30 / /media/Town\040Hall rw - cifs //server/share rw
34 22 0:31 / /mnt/a rw - fuse.sshfs maria@host: rw
35 22 0:32 / /srv rw - nfs server:/srv rw
36 35 254:3 / /srv rw - ext4 /dev/vdc rw
a line nobody understands
"""


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ("/var/lib/cohort/equitybook.sqlite", None),
        ("/home/maria/cohort/equitybook.sqlite", "nfs4"),
        ("/home/local/cohort/equitybook.sqlite", None),
        ("/homestead/equitybook.sqlite", None),
        ("/media/Town Hall/equitybook.sqlite", "cifs"),
        ("/mnt/a/equitybook.sqlite", "fuse.sshfs"),
        ("/srv/equitybook.sqlite", None),  # a disk mounted over a share
        (r"\\server\share\equitybook.sqlite", "a Windows share"),
    ],
)
def test_a_network_share_is_recognised_by_the_mount_a_path_lies_on(path, share):
    assert network_share(Path(path), mounts=MOUNTS) == share


def test_where_the_mounts_cannot_be_read_a_path_counts_as_local(tmp_path):
    assert network_share(tmp_path, mounts="") is None
    assert network_share(tmp_path, mounts=read_mounts()) is None
