"""The connection to the database: how it is opened, how a transaction begins, and what is said when it fails."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from equitybook.errors import StoreError
from equitybook.store.file_systems import network_share, read_mounts

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds a writer waits for another one before it gives up."""

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Give the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Database:
    """One database: its engine and the name it goes by in messages (never with a password)."""

    engine: Engine
    name: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that only reads; on SQLite it sees one moment and stops no writer."""
        with self._said(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that writes.

        On SQLite it takes the write lock when it begins: a transaction that first reads and then wants to write could
        otherwise be refused half-way, however long it waits.
        """
        with self._said(), self.engine.connect().execution_options(equitybook_writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, NoConnectionFree) as error:
            raise StoreError(_in_words(self.name, error)) from error


def connect(url: str, *, patience: float = PATIENCE) -> Database:
    """Prepare a database; nothing is read or written yet, except that a new SQLite file is made for its owner only.

    Parameters
    ----------
    url
        ``sqlite:///path`` or ``postgresql://user:password@host/name``.
    patience
        Seconds to wait for a lock that somebody else holds.

    Raises
    ------
    StoreError
        If the address cannot be understood, the SQLite file would lie on a network share, or its folder is missing.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "The database address cannot be read. Write sqlite:///folder/equitybook.sqlite or postgresql://…"
        ) from error
    kind = address.get_backend_name()
    if kind == "sqlite":
        return _sqlite(address, patience=patience)
    if kind in {"postgresql", "postgres"}:
        return _postgresql(address, patience=patience)
    problem = f"Equitybook keeps its store in SQLite or PostgreSQL, not in {kind!r}. Use sqlite:///… or postgresql://…"
    raise StoreError(problem)


def _sqlite(address: URL, *, patience: float) -> Database:
    if not address.database or address.database == ":memory:":
        raise StoreError(
            "The store needs a file: notebooks and the server open it side by side. Use sqlite:///folder/equitybook.sqlite."
        )
    path = Path(address.database).resolve()
    if share := network_share(path, mounts=read_mounts()):
        problem = (
            f"{path} lies on a network share ({share}), where SQLite can lose answers. "
            "Put the cohort's folder on a disk of this machine, or use PostgreSQL."
        )
        raise StoreError(problem)
    if not path.parent.is_dir():
        problem = f"The folder {path.parent} does not exist, so the store cannot be kept there. Create the cohort first."
        raise StoreError(problem)
    if not path.exists():
        try:
            path.touch(mode=0o600)  # SQLite gives its -wal and -shm files the same mode
        except OSError as error:
            problem = f"{path} cannot be written: {error.strerror}. Check who owns the folder."
            raise StoreError(problem) from error
    engine = create_engine(address.set(drivername="sqlite+pysqlite", database=str(path)), connect_args={"timeout": patience})
    event.listen(engine, "connect", lambda connection, _record: _prepare_sqlite(connection, path, patience))
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, str(path))


def _prepare_sqlite(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves; Python's driver would say it late
    connection.execute("PRAGMA foreign_keys=ON")
    # FULL: an acknowledged answer survives a power cut, not only a crash of the program.
    connection.execute("PRAGMA synchronous=FULL")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    # Two programs that open a new store at once: SQLite does not wait for the change of journal mode, so we do.
    until = time.monotonic() + patience
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
            continue
        if mode != "wal":
            problem = f"The disk of {path} does not let several programs share a database. Put the cohort's folder on another disk."
            raise StoreError(problem)
        return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("equitybook_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(address: URL, *, patience: float) -> Database:
    name = f"{address.host or 'local PostgreSQL'}/{address.database or ''}"
    # A lock held longer than our patience is an error we can put into words, instead of a page that hangs.
    settings: dict[str, Any] = {"connect_timeout": 5, "options": f"-c lock_timeout={int(patience * 1000)} -c timezone=UTC"}
    if "options" in address.query:
        settings["options"] += f" {address.query['options']}"
        address = address.difference_update_query(["options"])
    try:
        engine = create_engine(address.set(drivername="postgresql+psycopg"), connect_args=settings, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(
            "PostgreSQL cannot be reached from here: its driver psycopg is missing or broken. Install the program again."
        ) from error
    return Database(engine, name)


_SENTENCES: tuple[tuple[str, str], ...] = (
    # What SQLite and PostgreSQL say, and what it means to the person who has to do something.
    ("database is locked", "is in use by another program that does not let go. Close that program, then try again."),
    ("lock timeout", "is in use by another program that does not let go. Close that program, then try again."),
    ("unable to open database file", "cannot be opened. Check that the folder is there and that you may write in it."),
    ("readonly database", "may only be read. Check who owns the file and its folder."),
    ("read-only transaction", "may only be read. Ask for the main database server, not a copy."),
    ("database or disk is full", "has no room left on its disk. Make room, then try again; nothing saved so far is lost."),
    ("no space left", "has no room left on its disk. Make room, then try again; nothing saved so far is lost."),
    ("file is not a database", "is not a store: the file holds something else. Name the right file, or restore it from a backup."),
    ("malformed", "is damaged. Stop the program and restore the store from a backup."),
    ("no such table", "is not set up yet. Bring it up to date first (Store.migrate)."),
    ("does not exist", "is not there or not set up yet. Check the address, then bring the store up to date (Store.migrate)."),
    ("authentication failed", "refuses this user name or password. Check the database address."),
    ("no password supplied", "asks for a password. Add it to the database address."),
    ("append-only", "keeps its history as it is: rows of answer_history are never changed or taken out."),
)


def _in_words(name: str, error: Exception) -> str:
    said = str(getattr(error, "orig", error)).lower()
    for part, sentence in _SENTENCES:
        if part in said:
            return f"The store {name} {sentence}"
    log.warning("The store %s failed: %s", name, type(error).__name__, exc_info=error)
    if isinstance(error, DBAPIError) and (error.connection_invalidated or "connect" in said):
        return f"The store {name} cannot be reached. Check that the database server runs and that the address is right, then try again."
    first = said.splitlines()[0] if said else type(error).__name__
    return f"The store {name} could not do that: {first}. Nothing of this step was saved; try again."
