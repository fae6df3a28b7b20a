"""The tables of the store, the same on SQLite and PostgreSQL.

``answer_history`` is the truth and only ever grows: triggers made by the first migration refuse UPDATE and DELETE on it.
``answer_heads`` holds the newest version of every field and can be made again from the history at any time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

LATEST = "0001"
"""The newest migration this program knows; a test holds it to the migrations folder."""


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment in UTC, aware on the way in and on the way out.

    SQLite keeps no time zone, so there it is written as text. The thousands of cells of one import share one moment, which
    is why both ways remember the last ones they were asked for.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Give the function that writes a moment."""
        return _as_text if dialect.name == "sqlite" else _in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        """Give the function that reads a moment."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _in_utc(moment: dt.datetime | None) -> dt.datetime | None:
    return None if moment is None else moment.astimezone(dt.UTC)


@lru_cache(maxsize=1024)
def _as_text(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=1024)
def _from_text(written: str | None) -> dt.datetime | None:
    return None if written is None else dt.datetime.fromisoformat(written).replace(tzinfo=dt.UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

communities = Table(
    "communities",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
)
"""One counter per community. Its row is the lock every writer of that community takes (see ``counting``)."""


def _community(**options: Any) -> Column[str]:  # noqa: ANN401 - passed on to Column
    return Column("community", Text, ForeignKey("communities.slug"), nullable=False, **options)


answer_history = Table(
    "answer_history",
    metadata,
    _community(primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),  # JSON, written by ``values.to_json``: the same text on both databases
    Column("version", Integer),  # NULL for a wish that lost a conflict: it never became a version
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("source", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("key", Text),  # NULL where the writer gave none, as every cell of a bulk import
    Column("lost_to", BigInteger),  # for a wish that lost: the seq of the change that came first, 0 where there was none
    # NULLs are distinct on both databases, so the wishes that lost do not stand in the way of the versions.
    UniqueConstraint("community", "table_name", "row_id", "field", "version"),
    Index(
        "ix_answer_history_key",
        "community",
        "key",
        unique=True,
        sqlite_where=text("key IS NOT NULL"),
        postgresql_where=text("key IS NOT NULL"),
    ),
    Index("ix_answer_history_batch", "community", "batch", sqlite_where=text("batch <> ''"), postgresql_where=text("batch <> ''")),
    sqlite_with_rowid=False,
)

answer_heads = Table(
    "answer_heads",
    metadata,
    _community(primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("source", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    sqlite_with_rowid=False,  # clustered by its key, so that one table of one community is read in one sweep
)

imports = Table(
    "imports",
    metadata,
    _community(primary_key=True),
    Column("batch", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("row_count", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""Bulk imports that are done, so that a replayed one adds nothing."""

files = Table(
    "files",
    metadata,
    _community(primary_key=True),
    Column("sha256", Text, primary_key=True, index=True),
    Column("purpose", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Text, primary_key=True),
    _community(),
    Column("cycle", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("key", Text),
    UniqueConstraint("community", "cycle", "number"),
    UniqueConstraint("community", "key"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("username", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("username", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("retry_at", UtcTime),
)
"""Failures in a row, for names that exist and names that do not, so that waiting tells nobody which is which."""
