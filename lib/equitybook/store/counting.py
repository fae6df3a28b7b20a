"""Sequence numbers: one counter per community, which is also the lock its writers take.

A page asks "what came after 41?" again and again. With an ordinary database sequence, writer A may draw 42, writer B draw 43
and commit first; the page then sees 43, asks for what came after 43, and never learns of 42. Here the numbers are drawn from
a row that stays locked until the transaction commits (SQLite: the whole database is), so within a community numbers
become visible in their own order, and a number that was rolled back is drawn again: no gaps, nothing missed.
The same lock makes reading a head, comparing versions and writing the next one a single step.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from equitybook.store.schema import communities


def lock_community(connection: Connection, community: str) -> int:
    """Wait for the community's other writers, keep them out until this transaction ends, and return the last number used."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    wanted = select(communities.c.last_seq).where(communities.c.slug == community).with_for_update()
    last: int | None = connection.execute(wanted).scalar()
    if last is None:  # the community's first writer; another one may be its first at the same moment
        connection.execute(insert(communities).values(slug=community, last_seq=0).on_conflict_do_nothing())
        last = connection.execute(wanted).scalar_one()
    return last


def set_last_seq(connection: Connection, community: str, seq: int) -> None:
    """Record the last number used; only under ``lock_community``."""
    connection.execute(update(communities).where(communities.c.slug == community).values(last_seq=seq))


def last_seq(connection: Connection, community: str) -> int:
    """Give the newest number of a community; 0 where nothing was ever written."""
    return connection.execute(select(communities.c.last_seq).where(communities.c.slug == community)).scalar() or 0
