"""Bring a database up to date, or say why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from equitybook.errors import StoreError
from equitybook.store.database import Database
from equitybook.store.schema import LATEST

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

# Any number does, as long as every program takes the same one.
_MIGRATION_LOCK = 4_771_020


def revision(database: Database) -> str | None:
    """Give the migration the database stands at; None where it holds no tables of ours. This only reads."""
    with database.reading() as connection:
        return _revision(connection)


def pending(database: Database) -> tuple[str, ...]:
    """Give the migrations still to come, oldest first. This only reads.

    Raises
    ------
    StoreError
        If the database was written by a newer program than this one.
    """
    standing = revision(database)
    if standing == LATEST:
        return ()  # without importing Alembic, which costs a tenth of a second
    return _pending(_scripts(), standing, database.name)


def migrate(database: Database) -> tuple[str, ...]:
    """Run the migrations still to come, all or none, and name them. Several programs may try at once: one does it.

    Raises
    ------
    StoreError
        If the database was written by a newer program, or is locked.
    """
    if not pending(database):
        return ()
    from alembic import command  # only needed when there is something to do

    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        todo = _pending(_scripts(), _revision(connection), database.name)
        if todo:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return todo


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    standing: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return standing


def _pending(scripts: ScriptDirectory, standing: str | None, name: str) -> tuple[str, ...]:
    known = [script.revision for script in scripts.walk_revisions()][::-1]
    if standing is None:
        return tuple(known)
    if standing not in known:
        problem = (
            f"The store {name} was written by a newer Equitybook (it stands at {standing}, this program knows {known[-1]}). "
            "Install the newer program; this one will not touch it."
        )
        raise StoreError(problem)
    return tuple(known[known.index(standing) + 1 :])


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "equitybook.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())
